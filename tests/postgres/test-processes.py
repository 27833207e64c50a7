#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two processes of one hub over one PostgreSQL database, a desk at each: what
is done at one is heard at the other, and a server that dies loses nothing that
was acknowledged."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hub"))
from desks import Desk, Hub, expect_same, rows  # noqa: E402

CLUSTER = os.environ["LINLI_TEST_CLUSTER"]
PG = os.environ["LINLI_TEST_PG"].split()


def server(*words):
    subprocess.run([*PG, "pg_ctl", "--pgdata", f"{CLUSTER}/main", "--log", f"{CLUSTER}/run/log", "--silent", "--wait", *words],
                   check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


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
        hubs = [Hub(scratch / "hub-a")]
        try:
            hubs.append(Hub(scratch / "hub-b"))
            one, two = Desk(scratch / "one"), Desk(scratch / "two")
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            one.join(hubs[0])
            two.join(hubs[1])
            test_news_cross(one, two)
            test_server_killed(one, two)
            assert all(hub.process.poll() is None for hub in hubs)
        finally:
            for hub in hubs:
                if hub.process.poll() is None:
                    hub.process.kill()


main()
