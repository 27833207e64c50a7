#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A centre sets its own rules in one place: by keyboard, each said in a sentence,
refused at the field, taken back; and somebody who may not only reads them."""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"centre-{name}.png")


def expect_named(desk, page):
    bad = [path for path in desk.nameless() if "AdwToastWidget" not in path]
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def query(folder, name):
    return json.loads(linlictl(folder, "query", name))


def open_centre(desk):
    desk.press("F10")
    desk.click("This Centre", "menu item")
    desk.find(re.compile("^As soon as a limit has run out"), "list item")
    wait("the keyboard on the first room", lambda: desk.focused() and desk.focused().get_name() == "Supervision Ladder")


def step(folder, code):
    return next((rule for rule in query(folder, "supervision.rules") if rule["code"] == code), None)


def ladder(desk, folder):
    expect_named(desk, "the ladder")
    shot(desk, "ladder")
    desk.tab_to("1工作时 before a limit runs out", 60)
    desk.press("Return")
    desk.find("Step of the Ladder", "label")
    desk.wait_for_keyboard("Step of the Ladder")
    desk.find("With these values it calls for no open case at this moment.")
    expect_named(desk, "a step")
    desk.press("alt+l")
    desk.press("ctrl+a")
    desk.type("soon")
    desk.find(re.compile("The ladder counts in working time"))  # before it is handed in
    desk.press("ctrl+Return")
    desk.find(re.compile("The ladder counts in working time"), "label")
    desk.press("ctrl+a")
    desk.fill(desk.focused(), "4工作时")
    desk.find("With these values it calls for no open case at this moment.")
    shot(desk, "step")
    desk.press("ctrl+Return")
    desk.find(re.compile("^4工作时 before a limit runs out"), "list item")
    desk.click(desk.find(re.compile("^Undo"), "push button"))  # the offer does not stay for long
    wait("the rule as it was", lambda: step(folder, "remind-before-due")["wait"] == "1工作时")
    desk.find(re.compile("^1工作时 before a limit runs out"), "list item")


def stop_a_step(desk, folder):
    desk.tab_to("In force: As soon as a limit has run out", 60)
    desk.press("space")
    wait("the rule stopped", lambda: not step(folder, "urge-overdue")["active"])
    assert step(folder, "urge-overdue")["reply"] == "4工作时", "the rest of it stays as it was"


def search(desk):
    desk.press("slash")
    desk.type("nonsense")
    desk.find("Nothing here has all these words.")
    desk.press("Escape")


def only_read(desk):
    desk.find(re.compile("^You can read this, but not change it"))
    shot(desk, "read-only")
    desk.tab_to("As soon as a limit has run out", 60)
    desk.press("Return")
    assert not desk.find_now("Step of the Ladder", "label")
    desk.press("Escape")


def main():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        with Desk("--store", folder) as desk:
            open_centre(desk)
            ladder(desk, folder)
            stop_a_step(desk, folder)
            search(desk)
        for role in ("clerk", "supervisor", "admin"):
            linlictl(folder, "run", "role.set-rights", json.dumps({"role": role, "rights": "identity export"}))
        with Desk("--store", folder) as desk:
            open_centre(desk)
            only_read(desk)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
