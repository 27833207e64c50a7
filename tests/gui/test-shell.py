#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window by keyboard and accessibility tree: first run, places, list, search."""

import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from desk import Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
TITLES = ["楼道路灯不亮", "井盖松动", "夜间施工扰民", "停水三天", "垃圾无人清运"]


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def make_store(folder, n):
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    channel = json.loads(linlictl(folder, "query", "channel.find", '{"typed":""}'))[0]["code"]
    for i in range(n):
        linlictl(folder, "run", "case.intake", json.dumps({
            "text": f"{TITLES[i % len(TITLES)]}，请派人来看。", "title": f"{TITLES[i % len(TITLES)]} {i + 1}",
            "channel": channel, "appellant": {"name": "王秀英", "phone": f"1380000{i:04d}"}, "place": "金桂花园3栋"}))


def first_run():
    """A new desk: nothing to open, so the way to begin is asked for; then it works."""
    with Desk() as desk:
        desk.find("Start a New Centre")
        expect_named(desk, "first run")
        shot(desk, "first-run")
        start = desk.find("Start", "push button")
        desk.fill(desk.find("Name of the centre", "text"), "桂园党群服务中心")
        desk.fill(desk.find("Your name", "text"), "陈静")
        desk.click(start)
        desk.find(re.compile("陈静$"))
        desk.find("First Steps")
        expect_named(desk, "empty overview")
        desk.press("ctrl+2")
        desk.find("No Open Cases")
        expect_named(desk, "empty list")
        shot(desk, "empty-list")


def settings_lost():
    """A centre is found again though the settings no longer know of it."""
    with tempfile.TemporaryDirectory(prefix="linli-gui-data-") as data:
        folder = Path(data) / "linli" / "centre-2"
        folder.parent.mkdir()
        make_store(folder, 1)
        # What was not brought back whole is no centre, however new.
        torn = folder.parent / "centre.restoring" / "linli.db"
        torn.parent.mkdir()
        torn.touch()
        os.utime(torn, (2 ** 32, 2 ** 32))
        with Desk(environment={"XDG_DATA_HOME": data}) as desk:
            desk.find(str(folder))
            desk.tab_to("Open the Last Centre")
            desk.press("Return")
            desk.find(re.compile("陈静$"))
            desk.find("The Last Two Weeks")


def demo_fails():
    """A demo that cannot be made says so, and the start page goes on where it was."""
    with Desk(environment={"TMPDIR": "/nonexistent/folder"}) as desk:
        desk.find("Start a New Centre")
        name = desk.find("Name of the centre", "text")
        desk.fill(name, "桂园党群服务中心")
        desk.tab_to("Look Around in the Demo Centre")
        desk.press("Return")
        desk.find(re.compile("The demo centre could not be made"))
        desk.find("Start a New Centre")
        assert desk.text(name) == "桂园党群服务中心"
        shot(desk, "demo-fails")


def spoil_cases(path):
    """One bad page: the store opens, its cases are not to be read. And its last
    entry is of tomorrow, which is how a clock that was set back looks."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TRIGGER audit_no_update")
        database.execute("UPDATE audit SET at = at + 86400000000 WHERE pk = (SELECT max(pk) FROM audit)")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'cases'").fetchone()[0]
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def trouble():
    """A store that is not there, and damaged ones: said in full, with a way out."""
    with Desk("--store", "/nonexistent/centre") as desk:
        desk.find("Start a New Centre")
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder, 1)
        spoil_cases(folder / "linli.db")
        with Desk("--store", folder) as desk:
            desk.find(re.compile("This computer’s clock says"))
            desk.press("ctrl+2", "ctrl+f")
            desk.fill(desk.find("Search all cases", "entry"), "路灯")
            desk.find(re.compile("These cases could not be read"))
            expect_named(desk, "cases that cannot be read")
            shot(desk, "cannot-read")
            desk.click(desk.find("Close the Centre", "push button"))
            desk.find("Bring Back a Backup…", "list item")
        (folder / "linli.db").write_bytes(b"no database at all" * 400)
        with Desk("--store", folder) as desk:
            desk.find("The Centre’s Data Is Damaged")
            desk.find("Bring Back a Backup…", "push button")
            expect_named(desk, "trouble")
            shot(desk, "damaged")
    finally:
        shutil.rmtree(folder)


def inbox():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder, 12)
        with Desk("--store", folder) as desk:
            wait("the numbers of the overview", lambda: desk.find_now(re.compile("^All open 12$"), "push button"))
            expect_named(desk, "overview")
            shot(desk, "overview")

            desk.press("ctrl+2")
            cases = desk.find("Cases", "list")
            wait("twelve rows", lambda: len(desk.rows(cases)) >= 8)
            assert "井盖松动" in " ".join(desk.rows(cases))
            expect_named(desk, "inbox")
            desk.find("12 cases")

            desk.press("j", "j", "j")
            desk.find("3 of 12")
            desk.press("k")
            desk.find("2 of 12")
            desk.press("End")
            desk.find("12 of 12")
            desk.press("Home")
            desk.find("1 of 12")
            shot(desk, "inbox")

            # Whoever goes on and acts at once means the case gone on to, be it read yet or not.
            desk.press("j", "m")
            desk.wait_for_keyboard("Edit the Case")
            title = desk.text(desk.find("Title", "text"))
            desk.press("Escape")
            wait("the form gone", lambda: not desk.find_now("Edit the Case", "label", showing=True))
            desk.find("2 of 12")
            desk.find(title, "heading")

            # "/" goes to the search and is not typed there; what follows is.
            search = desk.find("Search all cases", "entry")
            desk.press("slash")
            desk.type("VS")
            wait("the keyboard in the search entry", lambda: desk.text(search) == "VS")
            desk.fill(search, "井盖")
            desk.find("Found in All Cases")
            wait("only what was searched", lambda: all("井盖" in row for row in desk.rows(cases)) and desk.rows(cases))
            desk.click("Order of the List", "push button")
            desk.click("Save This Search…", "menu item")
            desk.find(re.compile("becomes a view in the sidebar"))
            expect_named(desk, "saving a search")
            desk.wait_for_keyboard("Save This Search")
            desk.type("manholes")
            desk.press("Return")
            wait("the view with its number", lambda: desk.find_now(re.compile("^manholes 3$"), "list item"))
            desk.press("Escape")
            desk.find(re.compile("12( cases)?$"), "status bar")
            wait("every row again", lambda: len(desk.rows(cases)) >= 8)

            desk.press("ctrl+f")
            desk.fill(search, "不存在的词语")
            desk.find("Nothing Found")
            desk.press("Escape")

            # Typing j into a text does not walk the list, nor does the list take
            # the keyboard back when the rows of a view just entered are there.
            desk.press("Home")
            desk.find("1 of 12")
            desk.press("ctrl+2", "slash")
            desk.type("j")
            wait("j in the entry", lambda: desk.text(search) == "j")
            desk.press("Escape")

            desk.press("question")
            desk.find("Show or hide places")
            desk.escape("Show or hide places")
            desk.press("ctrl+comma")
            desk.find("Text Size")
            expect_named(desk, "preferences")
            shot(desk, "preferences")
            desk.escape("Text Size")

            # Tab stops once in the places and leads nowhere; Enter does.
            desk.press("ctrl+b")
            desk.find("Nothing Waits for You")
            desk.tab_to("All open 12")
            desk.press("Tab")
            wait("the keyboard after the places", lambda: desk.keyboard().startswith("Everything is saved"))
            desk.press("shift+Tab")
            wait("the keyboard on the place", lambda: desk.keyboard() == "All open 12")
            desk.find("Nothing Waits for You")
            desk.press("Return")
            wait("the keyboard in the place", lambda: desk.keyboard().startswith("井盖松动 12"))
            print(f"# longest turn of the main loop {desk.longest_turn():.1f} ms")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["first_run", "settings_lost", "demo_fails", "trouble", "inbox"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
