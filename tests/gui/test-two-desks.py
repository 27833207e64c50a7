#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Synchronisation in a minute: one option makes a centre, a hub and two desks;
both show the same centre; all of it goes with the first window."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from desk import BUILD, Desk, GLib, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
HUB = BUILD / "src/hub/server/linli-hub"


def frames(desk):
    return [node for node in desk.walk() if node.get_role_name() == "frame"]


def hubs(scratch):
    """The processes of hubs that keep their folder in @scratch."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(bytes(scratch) in word for word in words) and words[0].endswith(b"linli-hub"):
            found.append(folder.name)
    return found


def frames_with(desk, name, role):
    """How many windows show that."""
    try:
        return sum(1 for frame in frames(desk) if desk.find_now(name, role, frame))
    except GLib.GError:  # a row went away between two questions
        return 0


def active_window():
    return subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True, check=False).stdout.strip()


def main():
    scratch = Path(tempfile.mkdtemp(prefix="linli-gui-pair-"))
    with Desk("--two-desks", environment={"TMPDIR": str(scratch), "LINLI_HUB_PROGRAM": str(HUB.resolve())}) as desk:
        wait("both in step", lambda: frames_with(desk, re.compile("^Online · in step"), "push button") == 2, patience=120)
        wait("the same centre at both", lambda: frames_with(desk, "All cases", "label") == 2)
        assert len(hubs(scratch)) == 1, hubs(scratch)
        desk.press("ctrl+2")
        wait("the cases at the second desk", lambda: len(desk.rows()) > 3, patience=40)
        if SHOTS:
            desk.shot(Path(SHOTS) / "two-desks.png")
        # The first desk in front: with it goes the second, and both are to be closed.
        second = active_window()
        desk.press("alt+Tab")
        wait("the first desk in front", lambda: active_window() not in ("", second))
        desk.process.terminate()
        wait("the end of the program", lambda: desk.process.poll() is not None, patience=30)
        assert desk.process.returncode == 0
        assert "-WARNING" not in desk.output(), desk.output()
    wait("the end of the hub", lambda: not hubs(scratch))
    assert not list(scratch.iterdir()), list(scratch.iterdir())
    scratch.rmdir()


if __name__ == "__main__":
    main()
