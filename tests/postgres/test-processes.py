#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two processes of one hub over one PostgreSQL database, a desk at each: what
is done at one is heard at the other, the files of cases are at both, and a
server that dies loses nothing that was acknowledged."""

import hashlib
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hub"))
from desks import HUB, Desk, Hub, expect_same, rows  # noqa: E402

CLUSTER = os.environ["LINLI_TEST_CLUSTER"]
PG = os.environ["LINLI_TEST_PG"].split()


def server(*words):
    subprocess.run([*PG, "pg_ctl", "--pgdata", f"{CLUSTER}/main", "--log", f"{CLUSTER}/run/log", "--silent", "--wait", *words],
                   check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def psql(sql):
    return subprocess.Popen([*PG, "psql", "-h", f"{CLUSTER}/run", "-U", "linli", "-d", "postgres", "-v", "ON_ERROR_STOP=1",
                             "-qAt", "-c", sql], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)


def number(sql):
    out, _ = psql(sql).communicate()
    return int(out)


def ask(hub, method, path, body=None, token=None, **head):
    line = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=60)
    line.request(method, path, body=body, headers={**({"Authorization": "Bearer " + token} if token else {}),
                                              **{name.replace("_", "-"): value for name, value in head.items()}})
    answer = line.getresponse()
    data = answer.read()
    line.close()
    return answer.status, answer.headers, data


def key_of(hub, desk):
    """Where the desk's workspace is, and a token for it."""
    address = json.loads((desk.folder / "hub.json").read_text())
    asked = json.dumps({k: address[k] for k in ("device", "credential")})
    return f"/v1/t/{address['workspace']}/", json.loads(ask(hub, "POST", "/v1/token", asked)[2])["token"]


def settle(desk):
    """A request that met a lost connection was answered by 503: the desk comes again."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        answer = desk.ctl("sync", "5", codes=(0, 4))
        if answer["state"] == "online" and answer["to_send"] == 0:
            return
        time.sleep(0.2)
    raise AssertionError(answer)


def test_news_cross(one, two):
    """Whatever process decides, every desk ends with the same rows, and no
    number is given twice."""
    made = [desk.take_in(f"Case {i}") for i in range(6) for desk in (one, two)]
    threads = [threading.Thread(target=desk.sync) for desk in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect_same(one, two)
    assert set(made) <= set(rows(two))


def test_one_order(one, two):
    """Whoever came first and commits last is still before what waited for it:
    nothing becomes visible below a revision that somebody may have seen."""
    schema = '"linli_' + json.loads((one.folder / "hub.json").read_text())["workspace"] + '"'
    tip = number(f"SELECT rev FROM {schema}.hub_clock")
    slow = psql(f"BEGIN; UPDATE {schema}.hub_clock SET rev = rev + 100; SELECT pg_sleep (2); COMMIT")
    while number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0:
        time.sleep(0.02)
    case = one.take_in("Behind the slow one")
    one.sync()
    assert slow.wait() == 0
    assert number(f"SELECT min(rev) FROM {schema}.hub_feed WHERE rev > {tip}") > tip + 100
    expect_same(one, two)
    assert case in rows(two)


def test_one_name(hubs):
    """Two operators want the same name at once, each at a process of their own: one gets it."""
    for i in range(8):
        both = [subprocess.Popen([HUB, "-f", hub.folder, "workspace", f"梅园{i}"], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True) for hub in hubs]
        words = [order.communicate()[1] for order in both]
        assert sorted(order.returncode == 0 for order in both) == [False, True], words
        assert "already" in "".join(words)


def attach(desk, case, name, content):
    path = desk.folder.parent / name
    path.write_bytes(content)
    stored = desk.ctl("put", str(path))
    desk.run("case.attach", case=case, audience="internal", **stored)
    return stored["sha256"]


def has(desk, content):
    sha256 = hashlib.sha256(content).hexdigest()
    path = desk.folder / "attachments" / sha256[:2] / sha256
    return path.exists() and path.read_bytes() == content


def test_files_at_both(hubs, one, two):
    """What was brought to one process is fetched from the other, and an upload that
    one did not finish goes on at the other."""
    case = one.take_in("The wall has a crack")
    small = random.Random(1).randbytes(30000)
    attach(one, case, "wall.jpg", small)
    one.sync()
    two.sync()
    assert has(two, small)

    large = random.Random(2).randbytes(300000)
    sha256 = attach(one, case, "wall.bin", large)
    (one.folder / "attachments" / sha256[:2] / sha256).unlink()  # this test sends it
    one.sync()
    place, token = key_of(hubs[0], one)
    at = f"{place}blobs/{sha256}"
    assert ask(hubs[0], "PUT", at, json.dumps({"size": len(large)}), token)[0] == 204
    assert ask(hubs[0], "PATCH", at, large[:100000], token, Upload_Offset="0")[0] == 204
    status, head, _ = ask(hubs[1], "HEAD", at, None, token)
    assert (status, head["Upload-Offset"], head["Upload-Complete"]) == (204, "100000", "?0"), head.items()
    status, head, _ = ask(hubs[1], "PATCH", at, large[100000:], token, Upload_Offset="100000", Upload_Complete="?1")
    assert (status, head["Upload-Complete"]) == (204, "?1")
    for hub in hubs:
        assert ask(hub, "GET", at, None, token)[2] == large
    two.sync()

    # Both begin and append at once: one file, whole, whoever was quicker.
    crowd = [random.Random(10 + i).randbytes(200000) for i in range(4)]
    names = [attach(one, case, f"crowd-{i}.bin", content) for i, content in enumerate(crowd)]
    for name in names:
        (one.folder / "attachments" / name[:2] / name).unlink()
    one.sync()

    def send(hub):
        for name, content in zip(names, crowd):
            ask(hub, "PUT", f"{place}blobs/{name}", json.dumps({"size": len(content)}), token)
            for offset in range(0, len(content), 50000):
                ask(hub, "PATCH", f"{place}blobs/{name}", content[offset:offset + 50000], token, Upload_Offset=str(offset),
                    Upload_Complete="?1" if offset + 50000 == len(content) else "?0")

    threads = [threading.Thread(target=send, args=(hub,)) for hub in hubs for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, content in zip(names, crowd):
        assert ask(hubs[0], "GET", f"{place}blobs/{name}", None, token)[2] == content
    told = hubs[1].order("verify", "桂园")
    assert told["damaged"] == [] and told["missing"] == [], told


def start_fails(folder, files):
    done = subprocess.run([HUB, "-f", folder, "-d", os.environ["LINLI_TEST_DATABASE"], "-p", "0", *files, "serve"],
                          capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2, done
    return done.stderr


def test_another_folder(scratch, hubs, one):
    """A process that has another folder does not start, nor one whose folder is not
    mounted; and when the folder goes away, nobody is told that files are gone."""
    words = start_fails(scratch / "hub-c", ())
    assert "mark is missing" in words and str(scratch / "hub-c/files") in words and "--files" in words, words
    (scratch / "other").mkdir()
    (scratch / "other/hub").write_text("0123456789abcdef\n")
    assert "another hub's mark" in start_fails(scratch / "hub-c", ("--files", scratch / "other"))

    place, token = key_of(hubs[0], one)
    status, _, data = ask(hubs[0], "GET", place + "blobs", None, token)
    assert status == 200 and json.loads(data)["missing"] == [], data
    sha256 = next((scratch / "files").glob("*/??/*")).name
    (scratch / "files").rename(scratch / "gone")
    (scratch / "files").mkdir()
    for method, path, body in (("GET", "blobs", None), ("GET", "blobs/" + sha256, None), ("HEAD", "blobs/" + sha256, None),
                               ("PUT", "blobs/" + sha256, '{"size":5}')):
        status, head, data = ask(hubs[1], method, place + path, body, token)
        assert status == 503 and int(head["Retry-After"]) > 0, (method, path, status, data)
    (scratch / "files/lock").unlink(missing_ok=True)
    (scratch / "files").rmdir()
    (scratch / "gone").rename(scratch / "files")
    assert ask(hubs[1], "GET", place + "blobs/" + sha256, None, token)[0] == 200


def test_newer_registry(scratch):
    """A registry that a newer program wrote is left alone, and the operator told."""
    was = number("SELECT version FROM linli_hub.store_version")
    psql("UPDATE linli_hub.store_version SET version = 99").communicate()
    words = start_fails(scratch / "hub-d", ("--files", scratch / "files"))
    assert "newer linli-hub" in words and "99" in words, words
    assert number("SELECT version FROM linli_hub.store_version") == 99
    psql(f"UPDATE linli_hub.store_version SET version = {was}").communicate()


def test_server_away(hub, one):
    """Nobody is told anything but to come again, and when."""
    address = json.loads((one.folder / "hub.json").read_text())
    asked = json.dumps({k: address[k] for k in ("device", "credential")})
    place, token = key_of(hub, one)
    server("--mode=immediate", "stop")
    try:
        for method, path, body, key in (("POST", "/v1/token", asked, None), ("GET", place + "tip", None, token),
                                        ("GET", place + "changes", None, token)):
            status, headers, data = ask(hub, method, path, body, key)
            assert status == 503 and int(headers["Retry-After"]) > 0, (path, status, headers.items(), data)
            assert json.loads(data)["type"].endswith(":unavailable"), data
        assert ask(hub, "GET", "/readyz")[0] == 503 and ask(hub, "GET", "/healthz")[0] == 200
    finally:
        server("start")
    settle(one)


def test_server_killed(one, two):
    """The database dies in the middle of pushes: the processes outlive it, and
    what a desk was told is decided is there afterwards."""
    made = [desk.take_in(f"Round {i}") for i in range(12) for desk in (one, two)]
    stop = threading.Event()

    def killer():
        while not stop.is_set():
            time.sleep(0.3)
            server("--mode=immediate", "stop")
            server("start")

    thread = threading.Thread(target=killer)
    thread.start()
    for _ in range(2):
        for desk in (one, two):
            desk.ctl("sync", "2", codes=(0, 4))
    stop.set()
    thread.join()
    for desk in (one, two):
        settle(desk)
    expect_same(one, two)
    assert set(made) <= set(rows(one))


def main():
    with tempfile.TemporaryDirectory(prefix="linli-processes-") as name:
        scratch = Path(name)
        files = ("--files", scratch / "files")
        (scratch / "files").mkdir()  # marked by a first process that died before it told the registry
        (scratch / "files/hub").write_text("fedcba9876543210\n")
        hubs = [Hub(scratch / "hub-a", *files)]
        try:
            hubs.append(Hub(scratch / "hub-b", *files))
            one, two = Desk(scratch / "one"), Desk(scratch / "two")
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            one.join(hubs[0])
            two.join(hubs[1])
            test_news_cross(one, two)
            test_one_order(one, two)
            test_one_name(hubs)
            test_files_at_both(hubs, one, two)
            test_another_folder(scratch, hubs, one)
            test_newer_registry(scratch)
            test_server_away(hubs[0], one)
            test_server_killed(one, two)
            assert all(hub.process.poll() is None for hub in hubs)
        finally:
            for hub in hubs:
                if hub.process.poll() is None:
                    hub.process.kill()


main()
