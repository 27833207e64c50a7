# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and its desks as programs, and plain HTTP to speak to the hub. Beside a
PostgreSQL server (tests/with-postgres) each hub has a database of its own."""

import http.client
import json
import os
import signal
import sqlite3
import subprocess
from pathlib import Path

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
HUB = BUILD / "src/hub/server/linli-hub"
CTL = BUILD / "src/ctl/linlictl"
DATABASE = os.environ.get("LINLI_TEST_DATABASE")


def psql(database, sql):
    done = subprocess.run([*os.environ["LINLI_TEST_PG"].split(), "psql", "-h", os.environ["LINLI_TEST_CLUSTER"] + "/run",
                           "-U", "linli", "-d", database, "-v", "ON_ERROR_STOP=1", "-At", "-c", sql],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Hub:
    def __init__(self, folder, *arguments, env=None):
        self.folder = folder
        if DATABASE:
            psql("postgres", f'CREATE DATABASE "{folder.name}"')
            arguments = (*arguments, "-d", DATABASE.replace("/postgres?", f"/{folder.name}?"))
        self.arguments = arguments
        self.env = {**os.environ, **(env or {})}
        self.start()

    def start(self):
        self.process = subprocess.Popen([HUB, "-f", self.folder, *self.arguments, "serve"], stdout=subprocess.PIPE, text=True,
                                        env=self.env)
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                return
        raise AssertionError("the hub does not start")

    def order(self, *words, fails=False, typed=""):
        done = subprocess.run([HUB, "-f", self.folder, *words], capture_output=True, text=True, check=False, input=typed)
        assert (done.returncode != 0) == fails, (words, done.stdout, done.stderr)
        return done.stderr if fails else json.loads(done.stdout)

    def look(self, workspace, sql):
        """The first column of what @sql finds in a centre's store."""
        if DATABASE:
            return psql(self.folder.name, f'SET search_path = "linli_{workspace}"; {sql}').splitlines()[1:]
        with sqlite3.connect(f"file:{self.folder / 'workspaces' / workspace}.db?mode=ro", uri=True) as rows:
            return [row[0] for row in rows.execute(sql)]

    def ask(self, method, path, body=None, key=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        head = dict(headers or {})
        if key:
            head["Authorization"] = "Bearer " + key
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        connection.request(method, path, body=data, headers=head)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0
        self.process.stdout.close()


class Desk:
    def __init__(self, folder, hub, workspace):
        self.folder = folder
        code = hub.order("code", workspace)["code"]
        self.ctl("init", workspace, "李娟")
        answer = self.ctl("join", f"localhost:{hub.port}", code)
        assert answer["state"] == "online", answer
        self.sync()

    def ctl(self, *words):
        return self.ctl_at(self.folder, *words)

    @staticmethod
    def ctl_at(folder, *words):
        done = subprocess.run([CTL, "-s", folder, *words], capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, (words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def run(self, command, **args):
        return self.ctl("run", command, json.dumps(args))

    def query(self, name, **args):
        return self.ctl("query", name, json.dumps(args))

    def sync(self):
        answer = self.ctl("sync", "60")
        assert answer["state"] == "online" and answer["to_send"] == 0, answer
