#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and desks as programs, for the tests that drive whole programs."""

import json
import os
import signal
import subprocess
from pathlib import Path

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
HUB = BUILD / "src/hub/server/linli-hub"
CTL = BUILD / "src/ctl/linlictl"
# Of PostgreSQL, when the run is about that engine: see tests/with-postgres.
DATABASE = os.environ.get("LINLI_TEST_DATABASE")


class Hub:
    def __init__(self, folder, *arguments):
        self.folder = folder
        self.arguments = (*arguments, *(("-d", DATABASE) if DATABASE else ()))
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen([HUB, "-f", self.folder, "-p", str(self.port), *self.arguments, "--first", "桂园",
                                         "serve"], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                return
        raise AssertionError("the hub does not start")

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(60)
        self.process.stdout.close()

    def order(self, *words):
        done = subprocess.run([HUB, "-f", self.folder, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


class Desk:
    def __init__(self, folder):
        self.folder = folder

    def ctl(self, *words, codes=(0,)):
        done = subprocess.run([CTL, "-s", self.folder, *words], capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode in codes, (words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def run(self, command, refused=False, **args):
        return self.ctl("run", command, json.dumps(args), codes=(2,) if refused else (0,))

    def query(self, name, **args):
        return self.ctl("query", name, json.dumps(args))

    def join(self, hub, port=None):
        code = hub.order("code", "桂园")["code"]
        answer = self.ctl("join", f"localhost:{port or hub.port}", code)
        assert answer["state"] == "online" and answer["workspace"] == "桂园", answer

    def sync(self):
        answer = self.ctl("sync", "60")
        assert answer["state"] == "online" and answer["to_send"] == 0, answer
        return answer

    def take_in(self, text):
        channel = self.query("channel.find", typed="")[0]["code"]
        return self.run("case.intake", text=text, channel=channel)["case"]

    def case(self, case):
        return self.query("case.show", case=case)["case"]

    def verify(self):
        assert self.ctl("verify")["ok"]


def rows(desk):
    """Every case with what a clerk sees of it."""
    return {c["id"]: (c["case_no"], c["title"], c["state"], c.get("summary"))
            for c in desk.query("case.list", limit=1000)}


def expect_same(*desks):
    for desk in desks:
        desk.sync()
    for desk in desks:
        desk.sync()
        desk.verify()
    first = rows(desks[0])
    for desk in desks[1:]:
        assert rows(desk) == first
