#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A synchronous standby takes over while desks push: the hub finds it by the
same address, and everything that was taken in is at every desk."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hub"))
import desks  # noqa: E402

CLUSTER = os.environ["LINLI_TEST_CLUSTER"]
PG = os.environ["LINLI_TEST_PG"].split()
RUN = f"{CLUSTER}/run"


def pg(*words):
    subprocess.run([*PG, *words], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def tell(port, standbys):
    pg("psql", "-h", RUN, "-p", port, "-U", "linli", "postgres",
       "-c", f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'", "-c", "SELECT pg_reload_conf()")


def start_standby():
    pg("pg_basebackup", "-D", f"{CLUSTER}/second", "-R", "-d", f"host={RUN} user=linli", "-X", "stream", "-c", "fast")
    pg("bash", "-c", f"echo port=5433 >>{CLUSTER}/second/postgresql.auto.conf")
    pg("pg_ctl", "-D", f"{CLUSTER}/second", "-l", f"{RUN}/second.log", "-s", "-w", "start")
    tell("5432", "*")


def take_over():
    pg("pg_ctl", "-D", f"{CLUSTER}/main", "-m", "immediate", "-s", "stop")
    pg("pg_ctl", "-D", f"{CLUSTER}/second", "-s", "-w", "promote")
    tell("5433", "")


def settle(desk):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        answer = desk.ctl("sync", "5", codes=(0, 4))
        if answer["state"] == "online" and answer["to_send"] == 0:
            return
        time.sleep(0.2)
    raise AssertionError(answer)


def main():
    start_standby()
    desks.DATABASE = f"postgresql://linli@/postgres?host={RUN},{RUN}&port=5432,5433"
    with tempfile.TemporaryDirectory(prefix="linli-takeover-") as name:
        scratch = Path(name)
        hub = desks.Hub(scratch / "hub")
        try:
            one, two = desks.Desk(scratch / "one"), desks.Desk(scratch / "two")
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            one.join(hub)
            two.join(hub)
            made = [desk.take_in(f"Case {i}") for i in range(12) for desk in (one, two)]
            pushes = [subprocess.Popen([desks.CTL, "-s", desk.folder, "sync", "5"], stdout=subprocess.DEVNULL)
                      for desk in (one, two)]
            take_over()
            for push in pushes:
                push.wait()
            for desk in (one, two):
                settle(desk)
            desks.expect_same(one, two)
            assert set(made) <= set(desks.rows(two))
            assert hub.process.poll() is None
        finally:
            if hub.process.poll() is None:
                hub.process.kill()


main()
