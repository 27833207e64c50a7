#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One action on many cases by keyboard: marked, looked at before, done, the
refused ones named, and all of it taken back."""

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
        desk.shot(Path(SHOTS) / f"{name}.png")


def states(folder):
    answer = json.loads(linlictl(folder, "query", "case.list", '{"query":""}'))
    return sorted(case["state"] for case in answer)


def make_store(folder, registered, received):
    """A store with cases that can be dispatched and some that cannot."""
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    items = json.loads(linlictl(folder, "query", "duty.find", '{"typed":"消防通道堵塞"}'))
    for n in range(registered + received):
        args = {"text": f"{n} 栋前消防通道被车堵住", "channel": "CK01"}
        case = json.loads(linlictl(folder, "run", "case.intake", json.dumps(args)))["case"]
        if n < registered:
            linlictl(folder, "run", "case.accept", json.dumps({"case": case, "item": items[0]["code"]}))


def bulk_with_preview_and_undo():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder, 3, 2)
        before = states(folder)
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("five cases", lambda: len([r for r in desk.rows() if "消防通道" in r]) == 5)
            desk.press("space")
            desk.find("1 marked")
            desk.press("shift+Down", "shift+Down")
            desk.find("3 marked")
            desk.press("shift+Up")
            desk.find("2 marked")
            assert len([r for r in desk.rows() if r.startswith("Marked")]) == 2, desk.rows()
            desk.press("Escape")
            wait("no marks", lambda: not [r for r in desk.rows() if r.startswith("Marked")])
            desk.press("ctrl+a")
            desk.find("5 marked")
            shot(desk, "marked")

            # The form says before what can be done.
            # The key of a step means the marked ones, and not the one shown.
            desk.press("d")
            desk.find("Dispatch 5 Cases", "label")
            desk.find("It can be done to 3 cases, to 2 it cannot:")
            shot(desk, "many-preview")
            assert states(folder) == before, "looking changes nothing"
            assert not desk.nameless(), desk.nameless()

            # Afterwards it says whom it was not done to; Undo takes all of it back.
            desk.press("ctrl+Return")
            desk.find("Done to 3 cases, not to 2:")
            wait("three dispatched", lambda: states(folder).count("dispatched") == 3)
            shot(desk, "many-done")
            # The toast has an Undo of its own; here the form's is meant.
            form = desk.find("Dispatch 5 Cases", "filler")
            desk.click(desk.find_now(re.compile("Undo"), "push button", root=form))
            wait("as before", lambda: states(folder) == before)
            wait("the form gone", lambda: not desk.find_now("Dispatch 5 Cases", "label", showing=True))
            print(f"# longest turn of the main loop {desk.longest_turn():.1f} ms")
        bulks = json.loads(linlictl(folder, "query", "bulk.list"))
        assert [(b["state"], b["undone"], b["refused"]) for b in bulks] == [("undone", 3, 2)], bulks
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["bulk_with_preview_and_undo"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
