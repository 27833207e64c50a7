#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hub and desks are killed under load, again and again: whatever anybody was
told is done stays done, nothing is there twice, and all end with the same rows.

--kills N: how often; twenty when absent"""

import argparse
import random
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from desks import CTL, Desk, Hub, expect_same, rows


class Worker(threading.Thread):
    """Somebody who takes in cases and synchronises until told to stop."""

    def __init__(self, desk):
        super().__init__()
        self.desk = desk
        self.channel = desk.query("channel.find", typed="")[0]["code"]
        self.process = None
        self.is_over = False
        self.told = []  # numbers of the cases that were acknowledged

    def call(self, *words):
        self.process = subprocess.Popen([CTL, "-s", self.desk.folder, *words], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        out, errors = self.process.communicate(timeout=120)
        assert self.process.returncode in (0, 4, -signal.SIGKILL), (words, self.process.returncode, errors)
        return out if self.process.returncode == 0 else ""

    def run(self):
        n = 0
        while not self.is_over:
            for _ in range(3):
                n += 1
                text = f"{self.desk.folder.name} {n}"
                if self.call("run", "case.intake", f'{{"text":"{text}","channel":"{self.channel}"}}'):
                    self.told.append(text)
            self.call("sync", "2")

    def kill(self):
        process = self.process
        if process is None or process.poll() is not None:
            return False
        process.kill()
        return True


def work_and_kill(hub, workers, n_kills):
    rand = random.Random(200)
    killed = {"hub": 0, "desk": 0}
    for worker in workers:
        worker.start()
    while sum(killed.values()) < n_kills:
        time.sleep(rand.uniform(0.02, 0.3))
        if rand.randrange(3) == 0:
            hub.stop(signal.SIGKILL)
            hub.start()
            killed["hub"] += 1
        elif rand.choice(workers).kill():
            killed["desk"] += 1
    for worker in workers:
        worker.is_over = True
    for worker in workers:
        worker.join()
    return killed


def is_enrolled(desk):
    return (desk.folder / "store.db").exists() and desk.query("sync.status")["enrolled"]


def join_under_kills(hub, desk, n_kills):
    """All that is there is fetched, and indexed, by a process that is killed
    wherever it happens to be, and goes on when it is started again."""
    rand = random.Random(300)
    n = 0
    for _ in range(n_kills):
        words = ("sync", "60") if is_enrolled(desk) else ("join", f"localhost:{hub.port}", hub.order("code", "桂园")["code"])
        process = subprocess.Popen([CTL, "-s", desk.folder, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(rand.uniform(0.02, 0.4))
        except subprocess.TimeoutExpired:
            process.kill()
            n += 1
        process.wait(60)
    if not is_enrolled(desk):
        desk.join(hub)
    return n


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    n_kills = parser.parse_args().kills
    with tempfile.TemporaryDirectory(prefix="linli-kills-") as name:
        scratch = Path(name)
        hub = Hub(scratch / "hub")
        try:
            one, two = Desk(scratch / "one"), Desk(scratch / "two")
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            one.join(hub)
            two.join(hub)
            workers = [Worker(one), Worker(two)]
            killed = work_and_kill(hub, workers, n_kills)
            expect_same(one, two)
            titles = [title for _, title, _, _ in rows(one).values()]
            assert len(titles) == len(set(titles)), "an intake took effect twice"
            for worker in workers:
                assert set(worker.told) <= set(titles), "what was acknowledged is gone"
            three = Desk(scratch / "three")
            n_joins = join_under_kills(hub, three, 8)
            expect_same(one, three)
            assert "cases_to_index" not in three.query("sync.status")
            print(f"{n_joins} kills of a desk that joins, {killed['hub']} kills of the hub, {killed['desk']} of desks; {len(titles)} cases")
        finally:
            if hub.process.poll() is None:
                hub.process.kill()


main()
