# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and its desks as programs, and plain HTTP to speak to the hub."""

import http.client
import json
import os
import signal
import subprocess
from pathlib import Path

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
HUB = BUILD / "src/hub/server/linli-hub"
CTL = BUILD / "src/ctl/linlictl"


class Hub:
    def __init__(self, folder, *arguments, env=None):
        self.folder = folder
        self.process = subprocess.Popen([HUB, "-f", folder, *arguments, "serve"], stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(env or {})})
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                return
        raise AssertionError("the hub does not start")

    def order(self, *words, fails=False):
        done = subprocess.run([HUB, "-f", self.folder, *words], capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, (words, done.stdout, done.stderr)
        return done.stderr if fails else json.loads(done.stdout)

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
        done = subprocess.run([CTL, "-s", self.folder, *words], capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, (words, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def run(self, command, **args):
        return self.ctl("run", command, json.dumps(args))

    def query(self, name, **args):
        return self.ctl("query", name, json.dumps(args))

    def sync(self):
        answer = self.ctl("sync", "60")
        assert answer["state"] == "online" and answer["to_send"] == 0, answer
