#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A district connects to a hub by address and key, sees its centres, opens one,
and keeps the last figures with their age when the hub is gone."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from desk import BUILD, Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
HUB = BUILD / "src/hub/server/linli-hub"


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


class Hub:
    def __init__(self, folder):
        self.folder = folder
        self.process = subprocess.Popen([HUB, "-f", folder, "-p", "0", "--first", "桂园", "serve"],
                                        stdout=subprocess.PIPE, text=True)
        self.port = next(int(line.rsplit(":", 1)[1]) for line in self.process.stdout if line.startswith("Serving "))

    def order(self, *words):
        done = subprocess.run([HUB, "-f", self.folder, *words], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process.stdout.close()


def make_district(home):
    """A hub of two centres; one of them has taken in two cases."""
    hub = Hub(home / "hub")
    centre = home / "centre"
    linlictl(centre, "init", "桂园党群服务中心", "陈静", "桂园社区")
    linlictl(centre, "join", f"localhost:{hub.port}", hub.order("code", "桂园")["code"])
    leaf = json.loads(linlictl(centre, "query", "duty.find", '{"typed":"消防通道堵塞"}'))[0]["code"]
    for text in ("The lane is blocked", "Blocked again"):
        case = json.loads(linlictl(centre, "run", "case.intake", json.dumps({"text": text, "channel": "CK01"})))["case"]
        linlictl(centre, "run", "case.accept", json.dumps({"case": case, "item": leaf}))
    linlictl(centre, "sync", "30")
    hub.order("centre", "add", "海棠")
    return hub, hub.order("district", "key", "坪山区")["key"]


def open_district(desk):
    desk.press("F10")
    desk.click("District", "menu item")


def connect(desk, hub, key):
    desk.find("The District’s Hub", "label")
    texts = [n for n in desk.walk() if n.get_role_name() in ("text", "password text") and name_of(n) in ("Address", "Key")]
    assert len(texts) >= 2, desk.dump()
    # Whoever comes in types the address at once.
    desk.type(f"localhost:{hub.port}")
    wait("the address", lambda: any(desk.text(n) == f"localhost:{hub.port}" for n in texts if name_of(n) == "Address"))
    desk.fill(next(n for n in texts if name_of(n) == "Key"), key)
    shot(desk, "district-connect")
    desk.press("ctrl+Return")


def main():
    home = Path(tempfile.mkdtemp(prefix="linli-gui-district-"))
    hub = None
    try:
        hub, key = make_district(home)
        street = home / "street"
        linlictl(street, "init", "坪山区", "林静", "区")
        with Desk("--store", street) as desk:
            desk.find(re.compile("林静$"))
            open_district(desk)
            connect(desk, hub, key)
            desk.find(re.compile("^桂园 · Accepted 2, .*Not finished yet 2"), "list item")
            desk.find(re.compile("^海棠 · "), "list item")  # nobody has joined it yet
            bad = desk.nameless()
            assert not bad, bad
            shot(desk, "district-centres")
            wait("the keyboard on a centre", lambda: desk.keyboard().startswith("桂园"))
            desk.press("Return")
            desk.find("By Class", "label")
            desk.find("By Community", "label")
            shot(desk, "district-centre")
            desk.press("Escape")
            desk.find(re.compile("^桂园 · "), "list item")
            hub.stop()
            desk.press("F5")
            desk.find(re.compile("cannot be reached.*gave last"))
            assert desk.find_now(re.compile("^桂园 · Accepted 2"), "list item"), "the last figures stay"
        with Desk("--store", street) as desk:  # also after the program was closed
            desk.find(re.compile("林静$"))
            open_district(desk)
            desk.find(re.compile("cannot be reached.*gave last"))
            desk.find(re.compile("^桂园 · Accepted 2"), "list item")
        assert (street / "district.json").stat().st_mode & 0o777 == 0o600
    finally:
        if hub is not None:
            hub.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
