#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of places: brought in from a table after a look at it, mended and
undone by keyboard."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, states_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")

TABLE = """社区,小区,楼栋,网格,别名
桂园社区,桂园花园,,GY-01,老粮站
,,1栋,,
,,2栋,GY-02,
,银杏里,A座,GY-04,
"""


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def query(folder, name, args=None):
    return json.loads(linlictl(folder, "query", name, json.dumps(args or {})))


def places(folder):
    return {row["full_name"]: row for row in query(folder, "place.list", {"retired": True})}


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def is_typing(desk):
    return any(node.get_role_name() == "text" and "focused" in states_of(node) for node in desk.walk())


def focus_is(desk, name):
    wait(f"the keyboard in {name}", lambda: desk.keyboard() == name)


def choose_file(desk, path):
    desk.find("Choose a File to Import")
    desk.type("/")
    wait("a place for the path", lambda: is_typing(desk))
    desk.press("ctrl+a")
    desk.type(str(path))
    desk.press("Return")


def bring_in(desk, folder, home):
    file = home / "places.csv"
    file.write_text(TABLE, encoding="utf-8")
    desk.click("Main Menu")
    desk.click("Places of the Centre", "menu item")
    desk.find("No Places Yet")
    desk.click("Import…", "push button")
    choose_file(desk, file)
    desk.find("6 new, 0 changed, 0 as before, 0 that cannot be taken.")
    expect_named(desk, "what the file would do")
    shot(desk, "places-preview")
    assert not places(folder), "a look writes nothing"
    desk.press("alt+i")
    desk.find("Places Imported")
    assert len(places(folder)) == 6
    desk.press("alt+u")
    desk.find("Import Undone")
    assert not places(folder)
    desk.press("Escape")
    wait("the window gone", lambda: not desk.find_now("Import Undone"))

    desk.click("Import…", "push button")
    choose_file(desk, file)
    desk.find("What This File Would Do")
    desk.press("alt+i")
    desk.find("Places Imported")
    desk.press("Escape")
    wait("the window gone", lambda: not desk.find_now("Places Imported"))
    known = places(folder)
    assert set(known) == {"桂园社区", "桂园花园", "桂园花园1栋", "桂园花园2栋", "银杏里", "银杏里A座"}, known
    assert known["桂园花园"]["grid"] == "GY-01" and known["桂园花园2栋"]["grid"] == "GY-02", known


def undo(desk):
    """Ctrl+Z outside the words, where it would take back a letter."""
    desk.tab_to("Edit…")
    desk.press("ctrl+z")


def mend(desk, folder):
    desk.find(re.compile("^桂园社区, Community"), "list item")
    expect_named(desk, "places")
    desk.click("Main Menu")
    desk.click("Places of the Centre", "menu item")
    focus_is(desk, "Search the places")
    desk.type("gyhy")
    desk.find(re.compile("^桂园花园2栋, Building"), "list item")
    desk.press("Return")
    desk.find("Edit the Place", "label")
    focus_is(desk, "Name")
    expect_named(desk, "the form")
    shot(desk, "places-form")
    desk.press("ctrl+a")
    desk.type("Laurel Garden")
    desk.press("ctrl+Return")
    desk.find("No Such Place")
    undo(desk)
    desk.find(re.compile("^桂园花园2栋, Building"), "list item")
    assert "桂园花园1栋" in places(folder)

    # Out of use with what stands in it, and back.
    desk.tab_to("Retire or Restore")
    desk.press("space")
    desk.find("No Such Place")
    known = places(folder)
    assert not any(known[name]["active"] for name in ("桂园花园", "桂园花园1栋", "桂园花园2栋")), known
    assert known["银杏里A座"]["active"], known
    desk.press("ctrl+z")
    desk.find(re.compile("^桂园花园2栋, Building"), "list item")
    assert all(row["active"] for row in places(folder).values())


def pick_at_intake(desk, folder):
    """The place of an intake by its initials; the list knows its community."""
    desk.press("ctrl+n")
    focus_is(desk, "The resident’s words")
    desk.type("The lamp is broken")
    desk.press("Tab")
    desk.type("Lin Guixiang")
    desk.press("alt+l")
    focus_is(desk, "Place")
    desk.type("gyhy2")
    desk.find("桂园花园2栋", "list item")
    desk.press("Down", "Return")
    place = desk.find("Place", "text")
    wait("the place in the field", lambda: desk.text(place) == "桂园花园2栋")
    desk.press("alt+c")
    desk.type("sq")
    desk.find(re.compile("^社区"), "list item")
    desk.press("Return", "ctrl+Return")
    cases = wait("the case", lambda: query(folder, "case.list", {"query": ""}))
    case = cases[0] if isinstance(cases, list) else cases["cases"][0]
    assert case["place"] == "桂园花园2栋" and case["community"] == "桂园社区", case
    assert case["place_id"] == places(folder)["桂园花园2栋"]["id"], case


def main():
    home = Path(tempfile.mkdtemp(prefix="linli-gui-places-"))
    folder = home / "centre"
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        with Desk("--store", folder) as desk:
            bring_in(desk, folder, home)
            mend(desk, folder)
            pick_at_intake(desk, folder)
            assert "CRITICAL" not in desk.output(), desk.output()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("1..1\nok 1 places")


if __name__ == "__main__":
    main()
