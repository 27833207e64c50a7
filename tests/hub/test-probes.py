#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every route of the hub, as its own description lists them, against whoever
should not be there: other centres, keys that are wrong, foreign or withdrawn,
too much, too slow, malformed, packed to burst. No row of another's, no 500, and
the desk that works meanwhile is served."""

import gzip
import json
import re
import socket
import tempfile
import threading
import time
import uuid
from pathlib import Path

from hub_world import Desk, Hub

MARK = "秘密标记7731"
HALF_OPEN = 300
ROUTES = Path(__file__).resolve().parents[2] / "src/hub/server"


def enrol(hub, workspace, *options):
    asked = {"code": hub.order("code", workspace, *options)["code"], "device": str(uuid.uuid4()), "name": "desk"}
    told = json.loads(hub.ask("POST", "/v1/devices", asked)[1])
    token = json.loads(hub.ask("POST", "/v1/token", {"device": asked["device"], "credential": told["credential"]})[1])
    return {"id": asked["device"], "workspace": told["workspace"], "token": token["token"]}


class Legitimate(threading.Thread):
    """Hands matters in and asks for news, all the time; each must succeed."""

    def __init__(self, hub, key, device):
        super().__init__()
        self.hub, self.key, self.device = hub, key, device
        self.done = threading.Event()
        self.n, self.slowest, self.trouble = 0, 0.0, []

    def run(self):
        where = f"/v1/t/{self.device['workspace']}/intake/city"
        while not self.done.is_set():
            begun = time.monotonic()
            try:
                status, text = self.hub.ask("POST", where, {"number": f"L{self.n}", "text": MARK + "漏水", "name": MARK}, self.key)
                tip = self.hub.ask("GET", f"/v1/t/{self.device['workspace']}/tip", None, self.device["token"])[0]
                if (status, tip) != (201, 200):
                    self.trouble.append((status, text, tip))
            except OSError as error:
                self.trouble.append(repr(error))
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.n += 1
            time.sleep(0.02)


def routes(hub):
    document = json.loads(hub.ask("GET", "/v1/openapi.json")[1])
    assert document["openapi"] == "3.1.0"
    return [(method.upper(), path, what) for path, methods in document["paths"].items() for method, what in methods.items()]


def fill(path, workspace):
    filled = path.replace("{workspace}", workspace).replace("{sha256}", "0" * 64).replace("{channel}", "city")
    return re.sub(r"\{[a-z_0-9]+\}", "x", filled)


def test_description(hub, known, device):
    """Every handler of the source is in the description, and every route of it is there."""
    source = "".join((ROUTES / name).read_text() for name in ("linli-hub-routes.c", "linli-hub-side.c"))
    rows = re.findall(r"^  \{ \"(GET|POST|PUT|PATCH|HEAD|DELETE)\", (BLOB|\"[^\"]+\"),", source, re.M)
    told = {(method, path) for method, path, _ in known}
    assert len(rows) == len(known), (len(rows), len(known))
    for method, name in rows:
        name = "blobs/{sha256}" if name == "BLOB" else name.strip('"')
        assert (method, name if name.startswith("/") else "/v1/t/{workspace}/" + name) in told, (method, name)
    for method, path, what in known:
        assert what["summary"] and what["responses"], path
        assert {p["name"] for p in what["parameters"] if p["in"] == "path"} == set(re.findall(r"\{([a-z_0-9]+)\}", path))
        status, text = hub.ask(method, fill(path, device["workspace"]), b"" if "requestBody" in what else None, device["token"])
        assert status != 405 and (status != 404 or "requestBody" not in what or text), (method, path, status, text)
        status, _ = hub.ask("TRACE", fill(path, device["workspace"]), None, device["token"])
        assert status in (400, 405, 501), (path, status)


def test_strangers(hub, known, victim, thief, revoked, keys):
    """With everything that is not its key, no guarded door opens, and none tells of what is behind it."""
    parts = victim["token"].split(".")
    later = ".".join(parts[:3] + [str(int(parts[3]) + 1000)] + parts[4:])
    swapped = ".".join([parts[0], victim["workspace"]] + thief["token"].split(".")[2:])
    bad = [None, "", "x", later, swapped, thief["token"], victim["token"][:-1], "\xff" * 40, "a" * 3000, *keys]
    for method, path, what in known:
        scheme = next(iter(what["security"][0])) if "security" in what else None
        for token in bad if scheme else bad[:2]:
            body = b"{}" if "requestBody" in what else None
            status, text = hub.ask(method, fill(path, victim["workspace"]), body, token)
            assert status < 500, (method, path, token, status, text)
            assert MARK not in text and victim["id"] not in text, (method, path, text)
            if scheme:
                assert status in (400, 401, 403, 431), (method, path, token, status)
        if scheme == "device":
            status, _ = hub.ask(method, fill(path, victim["workspace"]), b"{}" if "requestBody" in what else None,
                                revoked["token"])
            assert status in (400, 403, 404, 405, 411), (method, path, status)


def test_desks_of_others(hub, victim, desk, other, stranger):
    """Nobody but an administrator at work looks after desks, and of no other centre's."""
    clerk, gone = (desk.run("account.create", name=name, roles="clerk admin" if name == "离职" else "clerk dispatcher")["account"]
                   for name in ("文员", "离职"))
    desk.run("account.set-active", account=gone, active=False)
    desk.sync()
    colleague = enrol(hub, "桂园")
    here, there = (place.query("core.accounts")[0]["id"] for place in (desk, other))
    wishes = (("devices", {}), ("device-code", {}), ("device-name", {"name": "偷"}), ("device-revoke", {"reason": "偷"}))
    for door, words in wishes:
        for actor, device, expected in ((None, colleague["id"], 400), (clerk, colleague["id"], 403), (gone, colleague["id"], 403),
                                        (there, colleague["id"], 403), ("x", colleague["id"], 403), (7, colleague["id"], 400),
                                        (here, stranger["id"], 404), (here, "x", 404), (here, None, 400), (here, victim["id"], 400)):
            if device != colleague["id"] and (not words or device == victim["id"] and door == "device-name"):
                continue
            body = {"actor": actor, "device": device, **words}
            status, text = hub.ask("POST", f"/v1/t/{victim['workspace']}/{door}", body, victim["token"])
            assert status == expected, (door, body, status, text)
    for words in ({"name": "", "reason": ""}, {"name": "长" * 121, "reason": "长" * 201}):
        for door in ("device-name", "device-revoke"):
            body = {"actor": here, "device": colleague["id"], **words}
            assert hub.ask("POST", f"/v1/t/{victim['workspace']}/{door}", body, victim["token"])[0] == 400, (door, words)
    listed = json.loads(hub.ask("POST", f"/v1/t/{victim['workspace']}/devices", {"actor": here}, victim["token"])[1])["devices"]
    assert colleague["id"] in [d["id"] for d in listed] and stranger["id"] not in [d["id"] for d in listed]
    assert not any("偷" in (d["name"], d["revoked_reason"]) for d in listed), listed
    assert hub.ask("GET", f"/v1/t/{stranger['workspace']}/tip", None, stranger["token"])[0] == 200


def dispatched(desk, text, unit, word):
    """A case of @unit's, whose every word has a mark in it."""
    channel = desk.query("channel.find", typed="")[0]["code"]
    item = desk.query("duty.find", typed="")[0]["code"]
    case = desk.run("case.intake", text=text + word, channel=channel, item=item, accept=True, urgency="normal",
                    appellant={"name": word, "phone": "13800138000"})["case"]
    path = desk.folder.parent / f"{word}.txt"
    path.write_text(word)
    stored = desk.ctl("put", str(path))
    desk.run("case.attach", case=case, audience="unit", **stored)
    desk.run("case.note", case=case, body="内部" + word, audience="internal")
    if unit:
        desk.run("case.dispatch", case=case, lead=unit)
    desk.sync()
    return case, stored["sha256"]


def test_other_units(hub, known, desk, scratch):
    """A unit's desk gets what was dispatched to the unit by no door more: no row, no word, no name, no file of another's."""
    units = {}
    for code, name in (("W", "供水公司"), ("R", "市政中心")):
        desk.run("unit.save", code=code, name=name)
        units[code] = next(u["id"] for u in desk.query("unit.find", typed=name))
        desk.run("account.create", name="经办" + code, roles="handler", unit=units[code])
    mine, my_file = dispatched(desk, "水管", units["W"], "甲某的案件")
    theirs, their_file = dispatched(desk, "路面", units["R"], "乙某的案件")
    centres, _ = dispatched(desk, "咨询", None, "丙某的案件")
    boss = desk.query("core.accounts")[0]["id"]
    hub.order("code", "桂园", "--unit", "ZZ", fails=True)
    unit = enrol(hub, "桂园", "--unit", "W")
    base = f"/v1/t/{unit['workspace']}/"
    whole = ""
    since, more = "start", True
    while more:
        status, text = hub.ask("GET", f"{base}changes?since={since}", None, unit["token"])
        assert status == 200, text
        end = json.loads(text.splitlines()[-1])
        since, more, whole = end["next"], end["more"], whole + text
    assert mine in whole and "甲某的案件" in whole and json.loads(text.splitlines()[0])["unit"] == units["W"]
    foreign = (theirs, centres, "乙某", "丙某", "内部甲某", f'"t":"account","id":"{boss}"', MARK, their_file)
    for method, path, what in known:
        if "security" not in what or next(iter(what["security"][0])) != "device":
            continue
        bodies = [None]
        if "requestBody" in what:
            bodies = [{"actor": boss}, {"case": theirs, "person": "x"}, {"actor": boss, "device": unit["id"], "name": "x", "reason": "x"}]
        for body in bodies:
            for target in {fill(path, unit["workspace"]), path.replace("{workspace}", unit["workspace"]).replace("{sha256}", their_file)}:
                status, text = hub.ask(method, target, body, unit["token"])
                assert status < 500 and (status >= 400 or "blobs/" not in target), (method, target, status)
                assert not [f for f in foreign if f in text], (method, target, body, text[:500])
    assert not [f for f in foreign if f in whole], [f for f in foreign if f in whole]
    told = json.loads(hub.ask("GET", base + "blobs", None, unit["token"])[1])
    assert their_file not in told["missing"]
    assert hub.ask("GET", base + "blobs/" + my_file, None, unit["token"]) == (200, "甲某的案件")
    assert hub.ask("PUT", base + "blobs/" + their_file, {"size": 1}, unit["token"])[0] == 404
    # And the program itself, at the unit: it works, its store is sound, and nobody else's words are anywhere in its folder.
    folder = scratch / "unit"
    answer = Desk.ctl_at(folder, "join", f"localhost:{hub.port}", hub.order("code", "桂园", "--unit", "W")["code"])
    assert answer["state"] == "online", answer
    Desk.ctl_at(folder, "sync", "60")
    assert Desk.ctl_at(folder, "query", "sync.status", "{}")["unit"] == units["W"]
    assert [c["id"] for c in Desk.ctl_at(folder, "query", "case.list", "{}")] == [mine]
    part = Desk.ctl_at(folder, "query", "case.show", json.dumps({"case": mine}))["dispatches"][0]["id"]
    Desk.ctl_at(folder, "run", "case.sign", json.dumps({"dispatch": part}))
    Desk.ctl_at(folder, "sync", "60")
    desk.sync()
    assert desk.query("case.show", case=mine)["dispatches"][0]["state"] == "signed"
    assert Desk.ctl_at(folder, "verify")["ok"]
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "甲某".encode() in held and not [f for f in foreign if f.encode() in held]
    check_sleep(hub, desk, unit, centres, units["W"])
    told = hub.order("verify", "桂园")
    assert (told["units"], told["units_wrong"]) == (1, []), told


def check_sleep(hub, desk, unit, case, water):
    """A unit's desk that listens sleeps through what is nothing to it, and wakes to what is sent to it."""
    base = f"/v1/t/{unit['workspace']}/tip"

    def ask(query=""):
        return json.loads(hub.ask("GET", base + query, None, unit["token"])[1])["tip"]

    def listen():
        while not heard or heard[-1] == tip:  # however long the others take
            heard.append(ask(f"?after={tip}&wait=25"))

    tip, heard = ask(), []
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    while "linli_hub_waiting 1" not in hub.ask("GET", "/metrics")[1]:
        time.sleep(0.02)
    desk.run("case.note", case=case, body="只给中心看", audience="internal")
    desk.sync()
    noted = ask()
    desk.run("case.dispatch", case=case, lead=water)
    desk.sync()
    listener.join(60)
    assert tip < noted < heard[-1], (tip, noted, heard)


def test_too_much(hub, known, victim):
    """A body beyond its limit, plain or packed, is refused before it is read whole."""
    bomb = gzip.compress(b"\0" * (64 << 20), 9)
    for method, path, what in known:
        if "requestBody" not in what:
            continue
        target = fill(path, victim["workspace"])
        for body, headers in ((bomb, {"Content-Encoding": "gzip"}), (b"\x1f\x8b" + b"x" * 50, {"Content-Encoding": "gzip"}),
                              (b"{}", {"Content-Encoding": "zstd"}), (b"{}", {"Content-Encoding": "gzip, gzip"})):
            try:
                status, text = hub.ask(method, target, body, victim["token"], headers)
                assert status in (400, 401, 403, 404, 411, 413, 415), (method, path, headers, status, text)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused and closed before it had sent all that
        answer = speak(hub, f"{method} {target} HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n".encode())
        assert answer.split()[1] in (b"413", b"400", b"401"), (method, path, answer[:80])


def speak(hub, data):
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as line:
        line.settimeout(0.5)
        got = b""
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(65536):
                got += part
        except OSError:
            pass  # closed, or left waiting for the rest until its time is over
        return got or b"HTTP/1.1 400 silence"


def test_malformed(hub, known, victim):
    bodies = [b"", b"null", b"[]", b'{"a":', b"\xff\xfe\x00", b'{"text":"\xc3\x28"}', b"{" * 3000, b'{"a":"\\ud800"}',
              b"&&&=%&a=%zz", b"service_code=%ff%fe", b"\x00" * 100, b'{"number":1,"text":{}}', b'{"do":"workspaces"}']
    for method, path, what in known:
        target = fill(path, victim["workspace"])
        for body in bodies if "requestBody" in what else ():
            status, text = hub.ask(method, target, body, victim["token"])
            assert status in (200, 400, 401, 403, 404, 409, 410, 411, 413, 422), (method, path, body, status, text)
        for query in ("?%", "?secret=%00", "?jurisdiction_id=%ff%fe", "?start_date=" + "9" * 400, "?since=%0d%0aX-Evil:1",
                      "?service_code=%27%20OR%201=1--", "?service_request_id=" + "," * 500, "?status=%ff", "?wait=0&after=-1"):
            if method == "GET":
                status, text = hub.ask("GET", target + query, None, victim["token"])
                assert status < 500, (path, query, status, text)
    for path in ("/%", "/%zz", "/%00", "/v1/t/%2e%2e/tip", "/open311/v2/requests/%27%3b--.json", "/open311/v2/requests/%ff.xml",
                 "/open311/v2/services/%3Cx%3E.xml", f"/v1/t/{victim['workspace']}/status/%0d%0aX:1", "//", "/../key",
                 "/v1/t/" + "a" * 200 + "/intake/city"):
        status, text = hub.ask("GET", path)
        assert status in (400, 401, 404, 405), (path, status, text)
    # Nothing that came in goes out as a header.
    answer = speak(hub, b"GET /v1/t/x/status/y%0d%0aX-Evil:%201?secret=%0d%0aX-Evil:1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    assert b"\r\nX-Evil" not in answer
    for data in (b"\r\n\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"A" * 20000,
                 b"GET / HTTP/1.1\r\nHost: h\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
                 b"POST /v1/token HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                 b"POST /v1/token HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
                 b"POST /v1/token HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"):
        answer = speak(hub, data)
        assert b" 200 " not in answer.split(b"\r\n")[0] and b" 500 " not in answer.split(b"\r\n")[0], (data[:40], answer[:80])


def open_halves(hub):
    """Heads that never end, and bodies that never come."""
    lines = []
    for i in range(HALF_OPEN):
        line = socket.create_connection(("127.0.0.1", hub.port), timeout=10)
        line.sendall(b"POST /v1/token HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\n{" if i % 2 else b"GET /v1/config HTTP/1.1\r\nX:")
        lines.append(line)
    return lines


def test_end(hub):
    """Whoever asks for nothing, or begins and says no more, does not hold up the end; whoever is being answered does."""
    silent = [socket.create_connection(("127.0.0.1", hub.port), timeout=10) for _ in range(4)]
    silent[1].sendall(b"GET /v1/config HTTP/1.1\r\nX:")
    silent[2].sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")  # and keeps the connection
    assert b" 200 " in silent[2].recv(65536)
    silent[3].sendall(b"GET /v1/config HTTP/1.1\r\nX:")
    silent[3].shutdown(socket.SHUT_WR)
    begun = time.monotonic()
    hub.stop()
    assert time.monotonic() - begun < 15, "it waited for nobody"
    for line in silent:
        line.close()


def main():
    with tempfile.TemporaryDirectory(prefix="linli-probes-") as name:
        scratch = Path(name)
        hub = Hub(scratch / "hub", "-p", "0", "--first", "桂园", "--per-minute", "1000000")
        working = None
        try:
            desk = Desk(scratch / "desk", hub, "桂园")
            hub.order("channel", "add", "桂园", "city", "市一体化平台")
            hub.order("centre", "add", "梅园")
            other = Desk(scratch / "other", hub, "梅园")
            hub.order("channel", "add", "梅园", "city", "市一体化平台")
            victim, revoked, thief = enrol(hub, "桂园"), enrol(hub, "桂园"), enrol(hub, "梅园")
            hub.order("device", "disable", revoked["id"])
            withdrawn = hub.order("channel", "key", "桂园", "city")
            hub.order("key", "withdraw", withdrawn["id"])
            keys = [withdrawn["key"], hub.order("channel", "key", "梅园", "city")["key"],
                    hub.order("channel", "open311", "梅园", "city")["key"], hub.order("channel", "open311", "桂园", "city")["key"]]
            working = Legitimate(hub, hub.order("channel", "key", "桂园", "city")["key"], victim)
            working.start()
            known = routes(hub)
            halves = open_halves(hub)
            test_description(hub, known, victim)
            test_strangers(hub, known, victim, thief, revoked, keys)
            test_desks_of_others(hub, victim, desk, other, thief)
            test_other_units(hub, known, desk, scratch)
            test_too_much(hub, known, victim)
            test_malformed(hub, known, victim)
            for line in halves:
                line.close()
            working.done.set()
            working.join()
            assert not working.trouble and working.n > 20, (working.n, working.trouble[:3])
            assert working.slowest < 5, working.slowest
            desk.sync()
            assert len(desk.query("case.list", limit=10000)) >= working.n and desk.ctl("verify")["ok"]
            test_end(hub)
        finally:
            if working is not None:
                working.done.set()
            if hub.process.poll() is None:
                hub.process.kill()


main()
