#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of cases between two desks and a hub: they arrive whole, go on after
either side was killed, count only when their hash is right, and are nobody
else's."""

import hashlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
HUB = BUILD / "src/hub/server/linli-hub"
DATABASE = os.environ.get("LINLI_TEST_DATABASE")  # of PostgreSQL: see tests/with-postgres
CTL = BUILD / "src/ctl/linlictl"
MIB = 1 << 20


class Hub:
    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen([HUB, "-f", self.folder, "-p", str(self.port), "--first", "桂园", "--quota", "24",
                                         *(("-d", DATABASE) if DATABASE else ()), "serve"], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                return
        raise AssertionError("the hub does not start")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def order(self, *words):
        done = subprocess.run([HUB, "-f", self.folder, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def shelf(self, workspace):
        return self.folder / "files" / workspace

    def ask(self, method, path, body=None, headers=None):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request(method, path, body=body, headers=headers or {})
        answer = line.getresponse()
        data = answer.read()
        line.close()
        return answer.status, data, answer.headers


class Desk:
    def __init__(self, folder):
        self.folder = folder

    def ctl(self, *words, codes=(0,)):
        done = subprocess.run([CTL, "-s", self.folder, *words], capture_output=True, text=True, check=False, timeout=90)
        assert done.returncode in codes, (words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def run(self, command, **args):
        return self.ctl("run", command, json.dumps(args))

    def join(self, hub, workspace="桂园"):
        code = hub.order("code", workspace)["code"]
        self.ctl("join", f"localhost:{hub.port}", code)

    def address(self):
        return json.loads((self.folder / "hub.json").read_text())

    def through(self, port):
        """From now on by way of another port."""
        address = self.address()
        address["url"] = f"http://127.0.0.1:{port}"
        (self.folder / "hub.json").write_text(json.dumps(address))

    def sync(self, *words, codes=(0,)):
        return self.ctl("sync", *(words or ("60",)), codes=codes)

    def take_in(self, text):
        channel = self.ctl("query", "channel.find", '{"typed":""}')[0]["code"]
        return self.run("case.intake", text=text, channel=channel)["case"]

    def attach(self, case, name, content):
        path = self.folder.parent / name
        path.write_bytes(content)
        stored = self.ctl("put", str(path))
        assert stored["sha256"] == hashlib.sha256(content).hexdigest() and stored["size"] == len(content)
        told = self.run("case.attach", case=case, audience="internal", **stored)
        return told["attachment"], stored["sha256"]

    def path(self, sha256):
        return self.folder / "attachments" / sha256[:2] / sha256

    def has(self, sha256):
        path = self.path(sha256)
        return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256

    def token(self, hub):
        address = self.address()
        status, data, _ = hub.ask("POST", "/v1/token", json.dumps({k: address[k] for k in ("device", "credential")}))
        assert status == 200
        return address["workspace"], {"Authorization": "Bearer " + json.loads(data)["token"]}


class Relay(threading.Thread):
    """A line of a given width that counts what passes and can be cut."""

    def __init__(self, port, rate):
        super().__init__(daemon=True)
        self.to = port
        self.rate = rate
        self.up = self.down = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                if self.listener.fileno() < 0:
                    return
                near.close()
                continue
            for a, b, name in ((near, far, "up"), (far, near, "down")):
                threading.Thread(target=self.pump, args=(a, b, name), daemon=True).start()

    def pump(self, a, b, name):
        try:
            while data := a.recv(16384):
                b.sendall(data)
                setattr(self, name, getattr(self, name) + len(data))
                time.sleep(len(data) / self.rate)
        except OSError:
            pass
        for end in (a, b):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def close(self):
        self.listener.close()


def noise(seed, size):
    return random.Random(seed).randbytes(size)


def problem(data):
    return json.loads(data)["type"].rsplit(":", 1)[1]


def until(condition, patience=20):
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_to_the_other_desk(hub, one, two):
    """A small file comes by itself, a large one when it is asked for."""
    case = one.take_in("The lamp is dark")
    _, small = one.attach(case, "lamp.png", b"\x89PNG\r\n\x1a\n" + noise(1, 50000))
    large_id, large = one.attach(case, "film.mp4", noise(2, 2 * MIB + 12345))
    answer = one.sync()
    assert answer["files_to_send"] == 0 and answer["files_refused"] == 0, answer
    assert hub.order("verify", "桂园") == {"files": 2, "bytes": 50008 + 2 * MIB + 12345, "damaged": [], "missing": []}
    answer = two.sync()
    assert two.has(small) and not two.path(large).exists() and answer["files_to_fetch"] == 0, answer
    assert two.ctl("verify")["files"] == {"here": 1, "absent": 1}
    assert two.ctl("fetch", large_id) == {large_id: "here"}
    assert two.has(large) and two.ctl("verify")["files"] == {"here": 2, "absent": 0}
    return case, small, large


def test_killed_while_sending(hub, one, two, case):
    """The desk, then the hub, is killed in the middle; what had come stays."""
    size = 4 * MIB
    _, sha256 = one.attach(case, "long.mp4", noise(3, size))
    answer = one.sync("30", "small")  # its operation, not the file
    assert (answer["to_send"], answer["files_to_send"], answer["files_metered"]) == (0, 1, 1), answer
    part = hub.shelf(one.address()["workspace"]) / ("part-" + sha256)
    assert not part.exists()
    relay = Relay(hub.port, 4 * MIB)
    one.through(relay.port)
    desk = subprocess.Popen([CTL, "-s", one.folder, "sync", "60"], stdout=subprocess.DEVNULL)
    until(lambda: part.exists() and part.stat().st_size > size // 4)
    desk.kill()
    desk.wait()
    first = part.stat().st_size
    assert 0 < first < size
    desk = subprocess.Popen([CTL, "-s", one.folder, "sync", "60"], stdout=subprocess.DEVNULL)
    until(lambda: part.stat().st_size > size // 2)
    hub.kill()
    hub.start()
    desk.kill()
    desk.wait()
    assert one.sync()["files_to_send"] == 0
    assert not part.exists() and relay.up < size * 3 // 2, relay.up
    relay.close()
    one.through(hub.port)
    assert hub.order("verify", "桂园")["damaged"] == []
    return sha256, size


def test_killed_while_fetching(hub, two, sha256, size):
    two.sync()
    relay = Relay(hub.port, 4 * MIB)
    two.through(relay.port)
    part = two.folder / "attachments" / ("part-" + sha256)
    desk = subprocess.Popen([CTL, "-s", two.folder, "fetch", sha256], stdout=subprocess.DEVNULL)
    until(lambda: part.exists() and part.stat().st_size > size // 3)
    desk.kill()
    desk.wait()
    assert two.ctl("fetch", sha256) == {sha256: "here"} and two.has(sha256)
    assert relay.down < size * 3 // 2, relay.down
    relay.close()
    two.through(hub.port)
    # A part that the disk has spoilt is found out, and fetched anew.
    two.path(sha256).unlink()
    part.write_bytes(b"x" * (size - 1000))
    assert two.ctl("fetch", sha256) == {sha256: "here"} and two.has(sha256) and not part.exists()


def test_the_hub_lost_them(hub, one, two, small, large):
    """Missing or damaged at the hub: whoever has them sends them again."""
    workspace = one.address()["workspace"]
    (hub.shelf(workspace) / small[:2] / small).unlink()
    (hub.shelf(workspace) / large[:2] / large).write_bytes(b"rot")
    told = hub.order("verify", "桂园")
    assert told["damaged"] == [large] and set(told["missing"]) == {small, large}, told
    two.sync()
    told = hub.order("verify", "桂园")
    assert told["damaged"] == [] and told["missing"] == [], told


def test_gone_here_and_there(hub, one, two):
    """A file that its own desk lost before the hub had it holds up nothing."""
    case = one.take_in("A bench is broken")
    lost_id, lost = one.attach(case, "lost.jpg", noise(5, 3000))
    one.path(lost).unlink()
    _, kept = one.attach(case, "kept.jpg", noise(6, 3000))
    one.sync()
    answer = two.sync()
    assert two.has(kept) and answer["files_to_fetch"] == 0, answer
    assert two.ctl("fetch", lost_id, codes=(4,)) == {lost_id: "nowhere"}


def test_a_backup_says_what_it_lacks(hub, one, two, restored):
    """A desk that has not every file yet: the backup counts what is in it, and the
    hub gives the rest once the restored desk has joined again."""
    _, large = one.attach(one.take_in("A long film of it"), "film.mp4", noise(9, 2 * MIB))
    one.sync()
    two.sync()
    assert not two.has(large)
    path = restored.folder.parent / "two.linli-backup"
    made = two.ctl("backup", path)
    assert made["absent"] == two.ctl("verify")["files"]["absent"] > 0, made
    told = restored.ctl("restore", path)
    assert (told["attachments"], told["absent"]) == (made["attachments"], made["absent"]), told
    restored.join(hub)
    restored.sync()
    row = next(a["id"] for c in restored.ctl("query", "case.list", '{"limit":1000}')
               for a in restored.ctl("query", "case.show", json.dumps({"case": c["id"]}))["attachments"]
               if a["sha256"] == large)
    assert restored.ctl("fetch", row) == {row: "here"} and restored.has(large)


def test_more_than_is_told_at_a_time(hub, one, third):
    """Hub and store name 500 files at a time; the rest follows at once, both ways."""
    channel = one.ctl("query", "channel.find", '{"typed":""}')[0]["code"]
    contents = {}
    for i in range(11):
        files = []
        for content in (f"Photo {i}.{j}".encode() for j in range(50)):
            sha256 = hashlib.sha256(content).hexdigest()
            contents[sha256] = content
            files.append({"sha256": sha256, "name": "photo.jpg", "content_type": "image/jpeg", "size": len(content)})
        one.run("case.intake", text=f"Many photos, {i}", channel=channel, attachments=files)
    one.sync()
    for sha256, content in contents.items():  # only now: so it is the hub that says what it lacks
        one.path(sha256).parent.mkdir(parents=True, exist_ok=True)
        one.path(sha256).write_bytes(content)
    one.sync("90")
    assert not set(hub.order("verify", "桂园")["missing"]) & set(contents)
    third.join(hub)
    third.sync("90")
    assert all(third.has(sha256) for sha256 in contents)


def test_damaged_here(hub, one):
    """Spoilt on its own disk before the hub had it: told, and it holds up nothing."""
    case = one.take_in("A wall has a crack")
    _, spoilt = one.attach(case, "crack.jpg", noise(11, 3000))
    one.path(spoilt).write_bytes(noise(12, 3000))
    _, kept = one.attach(case, "crack-again.jpg", noise(13, 3000))
    answer = one.sync(codes=(4,))
    assert answer["files_refused"] == 1 and answer["files_to_send"] == 0, answer
    missing = hub.order("verify", "桂园")["missing"]
    assert spoilt in missing and kept not in missing, missing
    one.path(spoilt).write_bytes(noise(11, 3000))
    assert one.sync()["files_refused"] == 0 and spoilt not in hub.order("verify", "桂园")["missing"]


def test_no_room_here(one, two):
    """A full disk while a file comes: said in so many words, and nothing but the wait
    is lost. Where no small disk can be mounted it is not tried."""
    row, sha256 = one.attach(one.take_in("A longer film of it"), "longer.mp4", noise(10, 3 * MIB))
    one.sync()
    two.sync()
    small = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
             'mount -t tmpfs -o size=1m none "$1" && shift && exec "$@"', "sh", two.folder / "attachments"]
    if subprocess.run([*small, "true"], capture_output=True, check=False).returncode != 0:
        print("no small disk to be had here: a full one is not tried")
        return
    done = subprocess.run([*small, CTL, "-s", two.folder, "fetch", row], capture_output=True, text=True, check=False,
                          timeout=60, env={**os.environ, "G_DEBUG": ""})
    assert done.returncode == 4 and json.loads(done.stdout) == {row: "no-room"}, done
    assert two.ctl("verify")["ok"] and two.ctl("fetch", row) == {row: "here"} and two.has(sha256)


def test_protocol(hub, one, case):
    """Where it goes on, what is too much, and what is not what its name says."""
    workspace, key = one.token(hub)
    content = noise(7, 5000)
    _, sha256 = one.attach(case, "by-hand.bin", content)
    one.path(sha256).unlink()  # this test sends it
    base = f"/v1/t/{workspace}/blobs/"
    one.sync()
    at = base + sha256
    assert hub.ask("HEAD", at, headers=key)[0] == 404 and hub.ask("GET", at, headers=key)[0] == 404
    assert hub.ask("PATCH", at, b"x", {**key, "Upload-Offset": "0"})[0] == 404
    stranger = base + hashlib.sha256(b"nobody's").hexdigest()
    status, data, _ = hub.ask("PUT", stranger, '{"size":8}', key)
    assert (status, problem(data)) == (404, "blob-unwanted")
    for size, name, expected in ((51 * MIB, "too-large", 413), (25 * MIB, "quota-exceeded", 507)):
        status, data, _ = hub.ask("PUT", at, json.dumps({"size": size}), key)
        assert (status, problem(data)) == (expected, name)
    for body in ("", "{}", "[]", '{"size":-1}', '{"size":"x"}', "\x00"):
        assert hub.ask("PUT", at, body, key)[0] == 400, body
    status, _, head = hub.ask("PUT", at, '{"size":5000}', key)
    assert status == 204 and head["Upload-Offset"] == "0" and head["Upload-Complete"] == "?0"
    assert hub.ask("PATCH", at, content[:2000], {**key, "Upload-Offset": "0"})[2]["Upload-Offset"] == "2000"
    for offset in ("0", "1999", "4999"):
        status, data, head = hub.ask("PATCH", at, b"x", {**key, "Upload-Offset": offset})
        assert (status, problem(data), head["Upload-Offset"]) == (409, "blob-offset", "2000")
    assert hub.ask("PATCH", at, b"x", {**key, "Upload-Offset": "many"})[0] == 400
    assert hub.ask("HEAD", at, headers=key)[2]["Upload-Offset"] == "2000" and hub.ask("GET", at, headers=key)[0] == 404
    wrong = {**key, "Upload-Offset": "2000", "Upload-Complete": "?1"}
    status, data, _ = hub.ask("PATCH", at, b"y" * 3000, wrong)
    assert (status, problem(data)) == (422, "blob-damaged") and hub.ask("HEAD", at, headers=key)[0] == 404
    hub.ask("PUT", at, '{"size":5000}', key)
    hub.ask("PATCH", at, content[:4000], {**key, "Upload-Offset": "0"})
    status, _, head = hub.ask("PATCH", at, content[4000:], {**key, "Upload-Offset": "4000", "Upload-Complete": "?1"})
    assert status == 204 and head["Upload-Complete"] == "?1"
    assert hub.ask("PUT", at, '{"size":5000}', key)[2]["Upload-Complete"] == "?1"
    assert hub.ask("GET", at, headers=key)[1] == content
    status, data, head = hub.ask("GET", at, headers={**key, "Range": "bytes=100-199"})
    assert status == 206 and data == content[100:200] and head["Content-Range"] == "bytes 100-199/5000"
    assert hub.ask("GET", at, headers={**key, "Range": "bytes=4990-9999"})[1] == content[4990:]
    assert hub.ask("GET", at, headers={**key, "Range": "bytes=5000-"})[0] == 416
    for odd in ("A" * 64, "../../../key", "0" * 63, "0" * 65, "%2e%2e"):
        assert hub.ask("GET", base + odd, headers=key)[0] in (401, 404), odd
    return at, sha256


def test_walls(hub, other, at):
    """Another centre's key opens nothing, in its own workspace or in this one."""
    workspace, key = other.token(hub)
    sha256 = at.rsplit("/", 1)[1]
    for path, allowed in ((at, (401,)), (f"/v1/t/{workspace}/blobs/{sha256}", (404,))):
        assert hub.ask("GET", path, headers=key)[0] in allowed
        assert hub.ask("HEAD", path, headers=key)[0] in allowed
        assert hub.ask("PUT", path, '{"size":5000}', key)[0] in allowed
        assert hub.ask("PATCH", path, b"", {**key, "Upload-Offset": "0"})[0] in allowed
    assert hub.ask("GET", at.rsplit("/", 1)[0], headers=key)[0] == 401
    assert hub.ask("GET", at)[0] == 401
    assert json.loads(hub.ask("GET", f"/v1/t/{workspace}/blobs", headers=key)[1]) == {"missing": [], "more": False}
    hub.order("revoke", other.address()["device"])
    assert hub.ask("GET", f"/v1/t/{workspace}/blobs", headers=key)[0] == 403


def test_nobody_refers_to_it(hub, one, case):
    """Taken out of its case, a file goes after the days of grace; the others stay."""
    unwanted, sha256 = one.attach(case, "mistake.png", noise(8, 4000))
    one.sync()
    shelf = hub.shelf(one.address()["workspace"])
    before = hub.order("verify", "桂园")["files"]
    one.run("case.detach", attachment=unwanted)
    one.sync()
    assert hub.order("sweep", "桂园")["removed"] == 0
    hub.order("sweep", "桂园", "--days", "0")
    assert hub.order("sweep", "桂园", "--days", "0")["removed"] == 1
    assert not (shelf / sha256[:2] / sha256).exists()
    told = hub.order("verify", "桂园")
    assert told["files"] == before - 1, told


def main():
    with tempfile.TemporaryDirectory(prefix="linli-blobs-") as name:
        scratch = Path(name)
        hub = Hub(scratch / "hub")
        try:
            one, two, other = (Desk(scratch / name) for name in ("one", "two", "other"))
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            one.join(hub)
            two.join(hub)
            hub.order("workspace", "梅园")
            other.ctl("init", "梅园党群服务中心", "李梅", "梅园社区")
            other.join(hub, "梅园")
            case, small, large = test_to_the_other_desk(hub, one, two)
            sha256, size = test_killed_while_sending(hub, one, two, case)
            test_killed_while_fetching(hub, two, sha256, size)
            test_the_hub_lost_them(hub, one, two, small, large)
            test_gone_here_and_there(hub, one, two)
            test_a_backup_says_what_it_lacks(hub, one, two, Desk(scratch / "restored"))
            test_no_room_here(one, two)
            test_damaged_here(hub, one)
            test_more_than_is_told_at_a_time(hub, one, Desk(scratch / "third"))
            at, _ = test_protocol(hub, one, case)
            test_walls(hub, other, at)
            test_nobody_refers_to_it(hub, one, case)
        finally:
            if hub.process.poll() is None:
                hub.process.send_signal(signal.SIGKILL)
                hub.process.wait()


main()
