#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches kept as views: made, changed, ordered, shared, removed and brought
back, by keyboard and accessibility tree only."""

import json
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from desk import Desk, Timeout, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def saved(folder):
    """(name, search, shared) of the saved views, as the sidebar has them."""
    views = json.loads(linlictl(folder, "--as", "陈静", "query", "case.views"))
    return [(v["name"], v["query"], v["shared"]) for v in views if not v["built_in"]]


def expect_named(desk, page):
    # libadwaita 1.2 leaves the close button inside its own toasts unnamed.
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def choose(desk, words, entry):
    """An entry of the palette."""
    desk.press("ctrl+k")
    wait("the palette", lambda: desk.keyboard() == "Go To or Do")
    desk.type(words)
    desk.find(re.compile(entry), "list item")
    desk.press("Return")


def keep(desk, search, name, n):
    desk.press("ctrl+f")
    wait("the search", lambda: desk.keyboard() == "Search all cases")
    desk.press("ctrl+a")
    desk.type(search)
    wait("what was found", lambda: sum(search in row for row in desk.rows()) == n)
    choose(desk, "save this", "^Save This Search")
    desk.find("Save This Search", "label")
    expect_named(desk, "the form of a view")
    shot(desk, f"views-save-{name}")
    desk.type(name)
    desk.press("ctrl+Return")
    desk.find(f"{name} {n}", "list item")


def focused_row(desk, name):
    wait(f"the keyboard on {name}", lambda: desk.keyboard() == name)


def views():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        for text in ("The lamp is broken", "No lamp at the gate", "The lane is full of cars"):
            linlictl(folder, "run", "case.intake", json.dumps({"text": text, "channel": "CK01"}))
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("three cases", lambda: len([r for r in desk.rows() if "lamp" in r or "lane" in r]) == 3)
            keep(desk, "lamp", "Lamps", 2)
            keep(desk, "cars", "Cars", 1)
            assert saved(folder) == [("Lamps", "lamp", False), ("Cars", "cars", False)], saved(folder)

            # The overview was made before there were any, and follows its numbers still.
            desk.press("ctrl+2")
            wait("all three, and the keyboard there", lambda: len([r for r in desk.rows() if "lamp" in r or "lane" in r]) == 3
                 and desk.keyboard_in("list item"))
            desk.press("j")
            desk.find("Register…", "push button")
            desk.press("a")
            wait("the keyboard in the form", lambda: desk.keyboard() == "Duty item")
            desk.type("xftd")
            desk.find(re.compile("^消防通道堵塞"), "list item")
            desk.press("Return")
            desk.press("ctrl+Return")
            desk.find("Dispatch…", "push button")
            desk.press("ctrl+1")
            wait("the numbers of now", lambda: {"To accept 2", "To dispatch 1"} <= {name_of(n) for n in desk.walk()
                                                if n.get_role_name() == "list item" and "panel" in desk.path(n)})
            desk.press("ctrl+2")
            wait("the list again", lambda: desk.keyboard_in("list item"))

            # The window that keeps them in order.
            choose(desk, "saved views", "^Saved Views")
            desk.find("Saved Views", "label")
            expect_named(desk, "the window of saved views")
            desk.tab_to("Lamps 2")
            shot(desk, "views-window")
            desk.press("alt+Down")
            wait("the other order", lambda: [v[0] for v in saved(folder)] == ["Cars", "Lamps"])
            focused_row(desk, "Lamps 2")
            desk.press("alt+Up")
            wait("the first order", lambda: [v[0] for v in saved(folder)] == ["Lamps", "Cars"])
            focused_row(desk, "Lamps 2")

            # Another search under another name, for everybody.
            desk.press("Return")
            desk.find("Change a View", "label")
            expect_named(desk, "the form that changes a view")
            desk.find("Show it to everybody at this centre", "check box")
            shot(desk, "views-change")
            search = desk.find("Search", "text")
            desk.fill(search, "gate")
            desk.press("alt+e")
            desk.press("ctrl+Return")
            wait("the changed view", lambda: saved(folder) == [("Cars", "cars", False), ("Lamps", "gate", True)])
            desk.find("Everybody's Views", "label")
            focused_row(desk, "Lamps 1")

            # Removed and brought back; before that, changed and changed back.
            desk.press("Delete")
            wait("one view", lambda: [v[0] for v in saved(folder)] == ["Cars"])
            focused_row(desk, "Cars 1")
            desk.press("ctrl+z")
            wait("both views", lambda: [v[0] for v in saved(folder)] == ["Cars", "Lamps"])
            desk.press("ctrl+z")
            wait("as they were before", lambda: saved(folder) == [("Lamps", "lamp", False), ("Cars", "cars", False)])

            # Nothing more can be written, and it says so. What it says takes no Escape from the window.
            desk.find("Lamps 2", "list item")
            desk.tab_to("Lamps 2")
            before = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            desk.press("alt+Down")
            desk.find(re.compile("What you typed is still here"))
            focused_row(desk, "Lamps 2")
            resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, before)
            desk.press("Escape")
            wait("the window gone", lambda: not desk.find_now("Saved Views", "label", showing=True))

            # By its name from anywhere; a new search may take its place.
            choose(desk, "cars", "^Cars")
            wait("the view", lambda: desk.find_now("Cars", "label", showing=True) and
                 sum("cars" in row for row in desk.rows()) == 1)
            desk.press("ctrl+f")
            wait("the search", lambda: desk.keyboard() == "Search all cases")
            desk.type("lane")
            wait("what was found", lambda: desk.find_now("Found in All Cases", "label", showing=True))
            choose(desk, "save this", "^Save This Search")
            desk.find("Save This Search", "label")
            desk.press("alt+i")
            desk.press("ctrl+Return")
            wait("the view with the new search", lambda: ("Cars", "lane", False) in saved(folder))
            print(f"# longest turn of the main loop {desk.longest_turn():.1f} ms")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def look_at_it_long_enough(desk):
    """A case counts as seen once somebody stayed on it for most of a second; how
    long that takes here nobody knows, so it is tried with ever more patience."""
    for stay in (1, 2, 4, 8, 16):
        time.sleep(stay)
        desk.press("j")
        desk.find("No lamp at the gate", "heading")
        desk.press("alt+Left")
        try:
            desk.find("The lane is full of cars", "heading", patience=stay)
            return
        except Timeout:
            desk.press("k")
            desk.find("The lane is full of cars", "heading")
    raise Timeout("no way back to the case seen before")


def seen_before():
    """Back to the case looked at before, and rows of one line."""
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        for text in ("The lamp is broken", "No lamp at the gate", "The lane is full of cars"):
            linlictl(folder, "run", "case.intake", json.dumps({"text": text, "channel": "CK01"}))
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("three cases", lambda: len([r for r in desk.rows() if "lamp" in r or "lane" in r]) == 3)
            desk.press("j")
            desk.find("The lane is full of cars", "heading")
            look_at_it_long_enough(desk)

            # One line a case: the same is read out, and more fits.
            def height():
                row = desk.find(re.compile("^The lamp is broken"), "list item")
                assert "To accept" in name_of(row), name_of(row)
                return row.extents()[3]
            tall = height()
            choose(desk, "one line", "^One Line a Case")
            wait("lower rows", lambda: height() < tall - 8)
            shot(desk, "views-one-line")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["views", "seen_before"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
