#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hub's program from outside: its operator, its desks, and whoever should
not be there. Speaks to it over loopback only."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import uuid
from pathlib import Path

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
HUB = BUILD / "src/hub/server/linli-hub"
PATIENCE = 20


class Hub:
    def __init__(self, folder, *arguments):
        self.folder = folder
        self.process = subprocess.Popen([HUB, "-f", folder, "-p", "0", *arguments, "serve"], stdout=subprocess.PIPE,
                                        text=True)
        self.greeting = []
        for line in self.process.stdout:
            self.greeting.append(line)
            if line.startswith("Serving "):
                break
        self.port = int(self.greeting[-1].rsplit(":", 1)[1])

    def order(self, *words, fails=False):
        done = subprocess.run([HUB, "-f", self.folder, *words], capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, done.stderr
        return done.stderr if fails else json.loads(done.stdout)

    def ask(self, method, path, body=None, token=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        head = dict(headers or {})
        if token:
            head["Authorization"] = "Bearer " + token
        data = json.dumps(body) if isinstance(body, dict) else body
        connection.request(method, path, body=data, headers=head)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, text.decode("utf-8", "replace")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0
        self.process.stdout.close()


class Device:
    def __init__(self, hub, code, device=None):
        self.hub = hub
        self.id = device or str(uuid.uuid4())
        status, text = hub.ask("POST", "/v1/devices", {"code": code, "device": self.id, "name": "desk"})
        assert status == 200, text
        told = json.loads(text)
        self.workspace, self.epoch, self.credential = told["workspace"], told["epoch"], told["credential"]
        self.token = self.new_token()

    def new_token(self):
        status, text = self.hub.ask("POST", "/v1/token", {"device": self.id, "credential": self.credential})
        assert status == 200, text
        return json.loads(text)["token"]

    def ask(self, method, name, body=None, workspace=None, token=None):
        return self.hub.ask(method, f"/v1/t/{workspace or self.workspace}/{name}", body, token or self.token)


def problem(text):
    return json.loads(text)["type"].rsplit(":", 1)[1]


def test_first_start(hub):
    code = hub.greeting[1].split(" code ")[1].split(" ")[0]
    assert [w["name"] for w in hub.order("workspaces")["rows"]] == ["桂园"]
    typed = code.lower().replace("-", " ")
    # The reply was lost: the same machine shows the same code again, and the
    # credential of the first answer is worth nothing any more.
    shown = {"code": typed, "device": str(uuid.uuid4()), "name": "desk"}
    lost = json.loads(hub.ask("POST", "/v1/devices", shown)[1])
    first = Device(hub, typed, shown["device"])
    assert first.credential != lost["credential"]
    assert hub.ask("POST", "/v1/token", {"device": first.id, "credential": lost["credential"]})[0] == 403
    assert first.ask("GET", "tip")[0] == 200
    return first


def test_a_code_works_once(hub):
    code = hub.order("code", "桂园")["code"]
    device = Device(hub, code)
    status, text = hub.ask("POST", "/v1/devices", {"code": code, "device": str(uuid.uuid4()), "name": "thief"})
    assert (status, problem(text)) == (401, "code-unknown")
    # A fresh code is not the key to a device that is there already.
    fresh = hub.order("code", "桂园")["code"]
    status, text = hub.ask("POST", "/v1/devices", {"code": fresh, "device": device.id, "name": "thief"})
    assert (status, problem(text)) == (401, "code-unknown")
    return device


def lives(hub):
    """How many hours each unused code is good for."""
    with sqlite3.connect(f"file:{hub.folder / 'hub.db'}?mode=ro", uri=True) as rows:
        return sorted((until / 1e6 - time.time()) / 3600 for until, in
                      rows.execute("SELECT expires_at FROM code WHERE used_at IS NULL"))


def test_an_untold_code(hub):
    """Who asked for a code left before it was told: nobody knows it, and it does not stay good."""
    order = json.dumps({"do": "code", "workspace": "桂园"}).encode()
    os.kill(hub.process.pid, signal.SIGSTOP)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(hub.folder / "control"))
        line.sendall(b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: %d\r\n\r\n" % len(order) + order)
    os.kill(hub.process.pid, signal.SIGCONT)
    hub.order("code", "桂园", "--hours", "48")
    end = time.monotonic() + PATIENCE
    while not (after := lives(hub)) or after[-1] < 47:
        assert time.monotonic() < end, after
        time.sleep(0.05)
    assert all(hours < 0.2 for hours in after[:-1]), after


def test_orders(hub):
    assert "There is no workspace" in hub.order("code", "梦园", fails=True)
    assert "already" in hub.order("workspace", "桂园", fails=True)
    hub.order("workspace", "梅园")
    assert "thirty days" in hub.order("code", "梅园", "--hours", "1000", fails=True)
    assert "no such device" in hub.order("revoke", str(uuid.uuid4()), fails=True)


def test_walls(hub, device):
    """Every door, with everything that is not its key: no row, no 500, no hint."""
    other = Device(hub, hub.order("code", "梅园")["code"])
    doors = [("GET", "tip"), ("POST", "ops"), ("GET", "changes"), ("GET", "digest"), ("POST", "fork"),
             ("GET", "nothing"), ("DELETE", "tip")]
    parts = device.token.split(".")
    later = ".".join(parts[:3] + [str(int(parts[3]) + 1000)] + parts[4:])
    swapped = ".".join([parts[0], other.workspace] + parts[2:])
    bad = [None, "", "x", "1.2.3.4.5", later, swapped, device.token[:-1], device.token + "0", "1." + "." * 4,
           "Bearer", "\xff" * 40, "a" * 5000]
    for method, name in doors:
        body = "{}" if method == "POST" else None
        for token in bad:
            status, text = hub.ask(method, f"/v1/t/{device.workspace}/{name}", body, token)
            assert status in (401, 431), (method, name, token, status, text)
        # A good token of another centre opens nothing here, whatever the path says.
        status, text = other.ask(method, name, body, workspace=device.workspace)
        assert status == 401, (method, name, status, text)
    assert device.ask("GET", "nothing")[0] == 404
    assert device.ask("DELETE", "tip")[0] == 405
    for path in ("/", "/v1", "/v1/t", f"/v1/t/{device.workspace}", f"/v1/t/{device.workspace}/tip/x", "/../key",
                 f"/v1/t/{device.workspace}/../../../key", "/v1/t/%00/tip", "//"):
        status, _ = hub.ask("GET", path, None, device.token)
        assert status in (400, 401, 404), (path, status)


def test_nonsense(hub, device):
    """Strangers' bytes at the doors that read them."""
    bodies = ["", "x", "{}", "[]", "null", "{\"p\":1}", "\x00" * 64, "{\"p\":1}\n{\"op\":", "{" * 5000, "\n" * 3000,
              json.dumps({"p": 1, "epoch": device.epoch, "device": device.id, "seq": -1, "sent_at": 0}),
              json.dumps({"p": 1, "epoch": device.epoch, "device": device.id, "seq": 1, "sent_at": 0}) + "\n{\"op\":\"x\"}\n"]
    for body in bodies:
        status, text = device.ask("POST", "ops", body)
        assert status in (200, 400, 409, 410, 413), (body[:40], status, text)
        status, text = device.ask("POST", "fork", body)
        assert status in (400, 413), (body[:40], status, text)
    for cursor in ("x", "f1:0:zzz", "f1:-1:" + device.epoch, "f1:99999999999999999999:" + device.epoch, "a" * 5000, "%00", "%ff"):
        status, text = device.ask("GET", "changes?since=" + cursor)
        assert status in (200, 400, 410, 414, 431), (cursor[:40], status, text)
    try:
        assert device.ask("POST", "ops", "x" * (5 << 20))[0] == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused and closed before it had sent all that
    assert device.ask("GET", "tip")[0] == 200


def test_held_polls_wake(hub, device):
    """A desk that waits is answered when its workspace changes, and only then."""
    answers = []

    def wait(path):
        begun = time.monotonic()
        status = device.ask("GET", path)[0]
        answers.append((path, status, time.monotonic() - begun))

    thread = threading.Thread(target=wait, args=("changes?since=start&wait=20",))
    thread.start()
    while "linli_hub_waiting 1" not in hub.ask("GET", "/metrics")[1]:
        time.sleep(0.02)
    # So is one that only wants to know whether there is anything new.
    waiter = threading.Thread(target=wait, args=("tip?after=0&wait=20",))
    waiter.start()
    while "linli_hub_waiting 2" not in hub.ask("GET", "/metrics")[1]:
        time.sleep(0.02)
    begun = time.monotonic()
    assert device.ask("GET", "tip?after=7&wait=20")[0] == 200 and time.monotonic() - begun < 10
    hub.order("epoch", "桂园")
    thread.join(PATIENCE)
    waiter.join(PATIENCE)
    assert len(answers) == 2 and all(took < 15 for _, _, took in answers), answers
    status, text = device.ask("GET", "changes?since=f1:0:" + device.epoch)
    assert (status, problem(text)) == (410, "epoch-changed")


def test_a_device_that_left(hub, device):
    """Who hangs up while it waits is not waited for."""
    with socket.create_connection(("127.0.0.1", hub.port)) as line:
        line.sendall((f"GET /v1/t/{device.workspace}/changes?since=start&wait=25 HTTP/1.1\r\nHost: h\r\n"
                      f"Authorization: Bearer {device.token}\r\n\r\n").encode())
        while "linli_hub_waiting 1" not in hub.ask("GET", "/metrics")[1]:
            time.sleep(0.02)
    end = time.monotonic() + 5
    while "linli_hub_waiting 0" not in hub.ask("GET", "/metrics")[1]:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_revoked(hub, device):
    assert "up to 200" in hub.order("--reason", "旧" * 201, "revoke", device.id, fails=True)
    hub.order("--reason", "电脑已报废", "revoke", device.id)
    hub.order("--reason", "another", "revoke", device.id)
    for method, name in (("GET", "tip"), ("GET", "changes"), ("GET", "digest")):
        status, text = device.ask(method, name)
        assert (status, problem(text)) == (403, "device-revoked"), text
    status, text = hub.ask("POST", "/v1/token", {"device": device.id, "credential": device.credential})
    assert status == 403 and "电脑已报废" in text, text


def test_guessing(hub):
    """Five wrong codes a minute; then nobody from there is listened to."""
    seen = [hub.ask("POST", "/v1/devices", {"code": f"AAAAA-AAAA{i}", "device": str(uuid.uuid4()), "name": ""})[0]
            for i in range(2, 12)]
    assert seen[-1] == 429 and 401 in seen, seen


def test_second_process(folder):
    done = subprocess.run([HUB, "-f", folder, "-p", "0", "serve"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "open" in done.stderr, done.stderr


def test_ends_politely(hub, device):
    """A held request is answered before the process ends, and tokens outlive it."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(device.ask("GET", "changes?since=start&wait=25")))
    thread.start()
    while "linli_hub_waiting 1" not in hub.ask("GET", "/metrics")[1]:
        time.sleep(0.02)
    hub.stop()
    thread.join(PATIENCE)
    assert answers and answers[0][0] == 200, answers
    again = Hub(hub.folder)
    assert len(again.greeting) == 1, "a hub that was used before greets nobody"
    device.hub = again
    assert device.ask("GET", "tip")[0] == 200
    again.stop()
    assert "no hub serves" in again.order("workspaces", fails=True)


def main():
    with tempfile.TemporaryDirectory(prefix="linli-hub-") as scratch:
        folder = Path(scratch) / "hub"
        hub = Hub(folder, "--first", "桂园")
        try:
            device = test_first_start(hub)
            test_an_untold_code(hub)
            second = test_a_code_works_once(hub)
            test_orders(hub)
            test_walls(hub, device)
            test_nonsense(hub, device)
            test_a_device_that_left(hub, device)
            test_held_polls_wake(hub, device)
            test_revoked(hub, second)
            test_guessing(hub)
            test_second_process(folder)
            test_ends_politely(hub, device)
        finally:
            if hub.process.poll() is None:
                hub.process.kill()


main()
