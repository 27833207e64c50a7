#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub and two desks through their windows: one joins with the work it has, a
second begins as its colleague, the hub goes away and comes back, and what the
hub refused is settled by a person."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from desk import BUILD, Desk, linlictl, name_of, states_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
HUB = BUILD / "src/hub/server/linli-hub"


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


class Hub:
    def __init__(self, folder, port=0):
        self.folder = folder
        self.process = subprocess.Popen([HUB, "-f", folder, "-p", str(port), "--first", "桂园", "serve"],
                                        stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                break

    def code(self):
        done = subprocess.run([HUB, "-f", self.folder, "code", "桂园"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["code"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.process.stdout.close()


def take_in(folder, text):
    channel = json.loads(linlictl(folder, "query", "channel.find", '{"typed":""}'))[0]["code"]
    return json.loads(linlictl(folder, "run", "case.intake", json.dumps({"text": text, "channel": channel})))


def attach(folder, case, name, content):
    path = folder.parent / name
    path.write_bytes(content)
    stored = json.loads(linlictl(folder, "put", str(path)))
    linlictl(folder, "run", "case.attach", json.dumps({"case": case, "audience": "internal", **stored}))


def fill_join(desk, hub):
    desk.find("Join a Hub", "label")
    expect_named(desk, "join")
    texts = [n for n in desk.walk() if n.get_role_name() == "text" and name_of(n) in ("Address", "Code")]
    assert len(texts) >= 2, desk.dump()
    desk.fill(texts[0], f"localhost:{hub.port}")
    desk.fill(texts[1], hub.code().lower())
    shot(desk, "join")
    desk.press("ctrl+Return")


def look_after_desks(desk):
    """The other desk of the centre is seen from here, and let in no more; one more gets a code."""
    desk.press("F10")
    desk.click("Desks of the Centre", "menu item")
    desk.find(re.compile(r"\(this desk\), A[AB] · last seen .*version"), "list item")
    expect_named(desk, "the desks of the centre")
    shot(desk, "desks")
    desk.press("Insert")
    desk.find("One More Desk", "label")
    desk.find("QR code with the hub's address and this code")
    expect_named(desk, "a code for one more desk")
    shot(desk, "desk-code")
    code = name_of(desk.find(re.compile(r"^[0-9A-Z]{5}-[0-9A-Z]{5}$"), "label"))
    desk.press("Escape")
    wait("the code gone", lambda: not desk.find_now("One More Desk", "label", showing=True))
    # Nobody has used it: asked for again, it is shown again, and no second one is made.
    desk.press("Insert")
    desk.find(re.compile("shown again"))
    desk.find(code, "label")
    shot(desk, "desk-code-again")
    desk.press("Escape")
    wait("the code gone", lambda: not desk.find_now("One More Desk", "label", showing=True))
    host = socket.gethostname()
    desk.tab_to(f"End {host}")
    desk.press("Return")
    desk.wait_for_keyboard(f"End {host}")
    expect_named(desk, "the end of a desk")
    desk.type("thrown away")
    desk.press("ctrl+Return")
    desk.find(re.compile("ended .*陈静 · thrown away"), "list item")
    assert not desk.find_now(f"End {host}", "push button"), "nobody ends the desk they sit at"
    # The list was made anew below the keyboard, and it is where it was.
    wait("the keyboard at the desk that was ended", lambda: desk.keyboard().startswith(f"{host}, "))
    shot(desk, "desk-ended")


def main():
    home = Path(tempfile.mkdtemp(prefix="linli-gui-hub-"))
    first, second = home / "first", home / "second"
    hub = Hub(home / "hub")
    try:
        linlictl(first, "init", "桂园党群服务中心", "陈静", "桂园社区")
        case = take_in(first, "The lamp at the gate is dark")["case"]
        attach(first, case, "film.bin", os.urandom(3 << 20))
        with Desk("--store", first) as desk:
            desk.find(re.compile("陈静$"))
            desk.click("Everything is saved on this computer")
            desk.find("Synchronisation")
            expect_named(desk, "synchronisation")
            desk.click("Join a Hub…", "push button")
            fill_join(desk, hub)
            desk.find(re.compile("Online · in step"))
            desk.find(re.compile("陈静$"))
            shot(desk, "joined")
            desk.click(desk.find(re.compile("Online · in step"), "push button"))
            desk.find(re.compile("The files added here are at the hub"))
            expect_named(desk, "files")
            shot(desk, "files")
            desk.press("Escape")
        with Desk("--store", second) as desk:
            desk.find("Start a New Centre")
            row = desk.find(re.compile("Join a Hub"), "list item")
            desk.walk_to(row)
            desk.press("Return")
            fill_join(desk, hub)
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            desk.find(re.compile("The lamp at the gate"), "list item")
            shot(desk, "second-desk")
            # Both look at the same case, and each is told of the other.
            desk.press("j")
            desk.find(re.compile("The lamp at the gate"), "heading")
            with Desk("--store", first) as other:
                other.find(re.compile("陈静$"))
                other.press("ctrl+2")
                other.find(re.compile("The lamp at the gate"), "list item")
                other.press("j")
                other.find("陈静 is looking at it", patience=60)
                desk.find("陈静 is looking at it", patience=60)
                shot(other, "presence")
            # A large file comes when somebody opens it.
            desk.press("j")
            desk.find(re.compile(r"3\.1\sMB · not here yet"))
            shot(desk, "not-here")
            desk.click("Open: film.bin", "push button")
            desk.find(re.compile(r"“film\.bin” is being fetched"))
            desk.find(re.compile(r"^3\.1\sMB$"))
            shot(desk, "here")
            look_after_desks(desk)
            with Desk("--store", first) as other:
                other.click(other.find("This desk was ended", "push button", patience=60))
                other.find(re.compile("ended at the hub .* by 陈静.*Reason: thrown away", re.DOTALL))
                other.find("Join a Hub…", "push button")
                shot(other, "let-in-no-more")
                other.press("Escape")
                wait("the window closed", lambda: not other.find_now("Join a Hub…", "push button"))
            # The network goes; work goes on, and the page says what it knows and from when.
            port = hub.port
            hub.stop()
            desk.find(re.compile("^Offline"), patience=60)
            desk.find(re.compile("Below is what the hub told"))
            desk.find(re.compile("thrown away"), "list item")
            shot(desk, "offline")
            desk.press("Escape")
            hub = Hub(home / "hub", port)
            desk.find(re.compile("^Online"), patience=90)
    finally:
        if hub.process.poll() is None:
            hub.process.kill()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
