#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between a desk and its hub: a network that wants to be signed in
to, a proxy that asks who is there, a server before a hub that is down, a
certificate nobody knows. Each is told apart, and nothing is lost."""

import http.server
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
HUB = BUILD / "src/hub/server/linli-hub"
CTL = BUILD / "src/ctl/linlictl"
ASK = {"GIO_USE_PROXY_RESOLVER": "environment"}  # whatever desktop the test runs on
PAGE = b"<html><body>Welcome! Please sign in.</body></html>"


class Fake:
    """Answers everything in one way, for as long as it lives."""

    def __init__(self, status, headers=(), certificate=None):
        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(PAGE)))
                self.end_headers()
                self.wfile.write(PAGE)

            do_GET = do_POST = do_PUT = do_PATCH = do_HEAD = do_CONNECT = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Hub:
    def __init__(self, folder, *arguments):
        self.folder = folder
        self.process = subprocess.Popen([HUB, "-f", folder, "-p", "0", "--first", "桂园", *arguments, "serve"],
                                        stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                break

    def code(self):
        done = subprocess.run([HUB, "-f", self.folder, "code", "桂园"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["code"]

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def ctl(folder, *words, codes=(0,), environment=None):
    done = subprocess.run([CTL, "-s", folder, *words], capture_output=True, text=True, check=False, timeout=60,
                          env={**os.environ, **(environment or {})})
    assert done.returncode in codes, (words, done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout) if done.returncode in (0, 4) and done.stdout.strip() else done.stderr


def make_certificate(folder, name, subject):
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={subject}",
                    "-addext", f"subjectAltName=DNS:{subject}", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    return certificate, key


def make_outdated(folder, subject):
    """One that was good for a day, years ago, and the authority that vouches for it."""
    authority, authority_key = make_certificate(folder, "authority", "Authority")
    request, key, certificate = folder / "old.csr", folder / "old.key", folder / "old.pem"
    settings = folder / "authority.cnf"
    (folder / "index.txt").write_text("")
    (folder / "extensions.cnf").write_text(f"subjectAltName=DNS:{subject}\n")
    settings.write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index.txt\nrand_serial=yes\nnew_certs_dir={folder}\n"
                        "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n")
    subprocess.run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={subject}", "-keyout", key, "-out",
                    request], check=True, capture_output=True)
    subprocess.run(["openssl", "ca", "-batch", "-notext", "-config", settings, "-extfile", folder / "extensions.cnf",
                    "-startdate", "20200101000000Z", "-enddate", "20200102000000Z", "-cert", authority, "-keyfile",
                    authority_key, "-in", request, "-out", certificate], check=True, capture_output=True)
    return authority, (certificate, key)


class Cut:
    """Takes a connection and says @words, whatever is asked."""

    def __init__(self, words):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.words = words
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        try:
            while True:
                with self.listener.accept()[0] as near:
                    near.recv(65536)
                    near.sendall(self.words)
                    near.recv(65536)
        except OSError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


def through(desk, url, authority=None):
    path = desk / "hub.json"
    address = json.loads(path.read_text())
    address["url"] = url
    if authority:
        address["authority"] = str(authority)
    path.write_text(json.dumps(address))


def fault(desk, url, environment=None, authority=None):
    """What the desk says of @url in its hub's place; its work stays queued."""
    through(desk, url, authority)
    answer = ctl(desk, "sync", "20", codes=(4,), environment=environment)
    assert answer["state"] == "offline" and answer["to_send"] > 0, answer
    return answer["fault"]


def main():
    with tempfile.TemporaryDirectory(prefix="linli-between-") as name:
        scratch = Path(name)
        desk, secure = scratch / "desk", scratch / "secure"
        certificate = make_certificate(scratch, "hub", "localhost")
        other = make_certificate(scratch, "other", "elsewhere.example")
        hub = Hub(scratch / "hub")
        safe = Hub(scratch / "safe", "--certificate", str(certificate[0]), "--key", str(certificate[1]))
        try:
            ctl(desk, "init", "桂园党群服务中心", "陈静", "桂园社区")
            ctl(desk, "join", f"localhost:{hub.port}", hub.code())
            channel = ctl(desk, "query", "channel.find", '{"typed":""}')[0]["code"]
            ctl(desk, "run", "case.intake", json.dumps({"text": "The lamp is dark", "channel": channel}))

            html = [("Content-Type", "text/html; charset=utf-8")]
            for status, headers, expected in ((200, html, "portal"), (302, [("Location", "http://login.example/")], "portal"),
                                              (511, html, "portal"), (502, html, "gateway"), (404, html, "stranger")):
                with Fake(status, headers) as fake:
                    assert fault(desk, f"http://127.0.0.1:{fake.port}") == expected, (status, expected)
            with Fake(407, [("Proxy-Authenticate", 'Basic realm="office"')]) as fake:
                proxy = {**ASK, "http_proxy": f"http://127.0.0.1:{fake.port}", "no_proxy": ""}
                assert fault(desk, "http://hub.invalid:8700", proxy) == "proxy-password"
                assert fault(desk, f"http://127.0.0.1:{fake.port}") == "proxy-password"
            assert fault(desk, "http://127.0.0.1:9") == "no-answer"
            assert fault(desk, "https://hub.invalid") == "no-name"
            with Fake(200, html, certificate=other) as fake:
                assert fault(desk, f"https://localhost:{fake.port}") == "authority"
                assert fault(desk, f"https://localhost:{fake.port}", authority=other[0]) == "other-name"

            authority, outdated = make_outdated(scratch, "localhost")
            with Fake(200, html, certificate=outdated) as fake:
                assert fault(desk, f"https://localhost:{fake.port}", authority=authority) == "date"
            with Cut(b"\x15\x03\x03\x00\x02\x02\x28") as fake:  # an alert: no common way of being safe
                assert fault(desk, f"https://localhost:{fake.port}") == "tls"
            with Cut(b"\x05\x00\x05\x02\x00\x01" + bytes(6)) as fake:  # a SOCKS proxy: not allowed
                proxy = {**ASK, "http_proxy": f"socks5://127.0.0.1:{fake.port}", "no_proxy": ""}
                assert fault(desk, "http://hub.invalid:8700", proxy) == "proxy"

            # Joining says it in sentences, and a file of certificates helps.
            words = ctl(secure, "join", f"https://localhost:{safe.port}", safe.code(), codes=(2, 3, 5))
            assert "choose their file under Certificates" in words, words
            answer = ctl(secure, "join", f"https://localhost:{safe.port}", safe.code(), str(certificate[0]))
            assert answer["state"] == "online", answer
            certificate[0].rename(scratch / "gone.pem")  # a copy was kept
            assert ctl(secure, "sync", "20")["state"] == "online"
            words = ctl(secure, "trust", str(secure / "hub.json"), codes=(2, 3, 5))
            assert "no certificates in it" in words, words
            assert ctl(secure, "trust", str(scratch / "gone.pem"))["state"] == "online"

            # A code and the address in one line, as scanners type it.
            told = subprocess.run([HUB, "-f", hub.folder, "--public-url", f"http://localhost:{hub.port}", "--qr", "code", "桂园"],
                                  capture_output=True, text=True, check=True).stdout
            plain = subprocess.run([HUB, "-f", hub.folder, "-p", "8123", "--qr", "code", "桂园"], capture_output=True, text=True,
                                   check=True).stdout
            assert "Address  http://127.0.0.1:8123" in plain, plain
            link = next(line for line in told.splitlines() if line.startswith("linli://"))
            assert "▀" in told and ctl(scratch / "scanned", "join", link)["workspace"] == "桂园"

            # The work that waited all the time arrives when the hub is back.
            through(desk, f"http://localhost:{hub.port}")
            address = json.loads((desk / "hub.json").read_text())
            address.pop("authority", None)
            (desk / "hub.json").write_text(json.dumps(address))
            assert ctl(desk, "sync", "30")["to_send"] == 0
        finally:
            hub.stop()
            safe.stop()


if shutil.which("openssl") is None:
    print("no openssl: no certificates to try")
    sys.exit(77)
main()
