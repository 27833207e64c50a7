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
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def query(folder, name):
    return json.loads(linlictl(folder, "query", name))


def open_centre(desk):
    desk.press("F10")
    desk.click("This Centre", "menu item")
    desk.find(re.compile("^As soon as a limit has run out"), "list item")
    wait("the keyboard on the first room", lambda: desk.keyboard() == "Supervision Ladder")


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
    desk.fill_in("How long before or after it, in working time", "4工作时")
    desk.find("With these values it calls for no open case at this moment.")
    shot(desk, "step")
    offers = desk.offers()
    desk.press("ctrl+Return")
    desk.find(re.compile("^4工作时 before a limit runs out"), "list item")
    desk.undo(offers)  # the offer does not stay for long
    wait("the rule as it was", lambda: step(folder, "remind-before-due")["wait"] == "1工作时")
    desk.find(re.compile("^1工作时 before a limit runs out"), "list item")


def stop_a_step(desk, folder):
    desk.tab_to("In force: As soon as a limit has run out", 60)
    desk.press("space")
    wait("the rule stopped", lambda: not step(folder, "urge-overdue")["active"])
    assert step(folder, "urge-overdue")["reply"] == "4工作时", "the rest of it stays as it was"


def room(desk, name, first):
    desk.press("ctrl+k")
    wait("the palette", lambda: desk.keyboard() == "Go To or Do")
    desk.type(name)
    desk.find(name, "list item")
    desk.press("Return")
    wait(f"the keyboard on {name}", lambda: desk.keyboard() == name and desk.keyboard_in("list item"))
    desk.find(first, "list item")
    expect_named(desk, name)


def exceptions(folder):
    calendar = next(row for row in query(folder, "calendar.list") if row["current"])
    body = calendar["body"]
    return (json.loads(body) if isinstance(body, str) else body)["exceptions"]


def calendar(desk, folder):
    room(desk, "Working Calendar", re.compile("^Monday to Friday "))
    before = exceptions(folder)
    desk.press("alt+n")
    desk.wait_for_keyboard("New Days")
    desk.press("alt+d")
    desk.type("2026-12-31")
    desk.press("alt+l")
    desk.type("2026-12-30")
    desk.find("The last day comes before the first.")  # before it is handed in
    desk.press("ctrl+a")
    desk.fill_in("Last day", "2026-12-31")
    desk.press("alt+n")
    desk.fill_in("Name", "盘点")
    desk.find("No due time of an open case moves.")
    expect_named(desk, "days")
    shot(desk, "days")
    offers = desk.offers()
    desk.press("ctrl+Return")
    desk.find(re.compile("盘点"), "list item")
    desk.undo(offers)  # the offer does not stay for long
    wait("the days as they were", lambda: exceptions(folder) == before)


def year(desk):
    view = desk.find(re.compile(r"^\w+day, \d+ \w+ 20\d\d: "), "push button")
    day = view.get_name()
    desk.tab_to(re.escape(day), 60)
    desk.press("Right")
    wait("the next day", lambda: desk.keyboard() not in ("", day))
    desk.press("Page_Down")
    desk.press("Return")
    desk.find("Change Days", "label")
    desk.wait_for_keyboard("Change Days")
    desk.press("Escape")
    shot(desk, "calendar")


def bound(folder):
    return next(rule["value"] for rule in query(folder, "handling.rules") if rule["name"] == "extension.limit")


def procedure(desk, folder):
    room(desk, "Rules of Procedure", re.compile("^A case is given 2 extensions at most"))
    desk.tab_to("A case is given 2 extensions at most", 60)
    desk.press("Return")
    desk.wait_for_keyboard("Rule of Procedure")
    desk.press("alt+e")
    desk.fill_in("Extensions, 0 to 10", "99")
    desk.find("Write a whole number within 0–10.")
    desk.fill_in("Extensions, 0 to 10", "3")
    desk.find("A case is given 3 extensions at most", "label")
    expect_named(desk, "a rule of procedure")
    offers = desk.offers()
    desk.press("ctrl+Return")
    desk.find(re.compile("^A case is given 3 extensions at most"), "list item")
    desk.undo(offers)
    wait("two extensions", lambda: bound(folder) == "2")


def lanes(desk, folder):
    room(desk, "Names of the Three Lanes", re.compile(" leads, "))
    desk.press("Tab")
    desk.press("Return")
    desk.wait_for_keyboard("Lane")
    desk.press("alt+n")
    desk.fill_in("Name here", "公事")
    desk.press("ctrl+Return")
    desk.find(re.compile("^公事: "), "list item")


def evidence(desk, folder):
    before = query(folder, "duty.evidence")
    room(desk, "Closing Evidence", re.compile("^" + before[0]["name"]))
    desk.press("Tab")
    desk.press("Return")
    desk.wait_for_keyboard(before[0]["name"])
    desk.tab_to("Document")
    desk.press("space")
    expect_named(desk, "evidence of an item")
    shot(desk, "evidence")
    offers = desk.offers()
    desk.press("ctrl+Return")
    desk.find(re.compile("^" + before[0]["name"] + ".*Document"), "list item")
    desk.undo(offers)
    wait("the evidence as it was", lambda: query(folder, "duty.evidence") == before)


def limit(folder, code, kind):
    return next(item for item in query(folder, "duty.limits") if item["code"] == code)["limits"].get(kind)


def limits(desk, folder):
    before = limit(folder, "06.01.03", "dispatch")
    room(desk, "Limits by Duty Item", re.compile("^01.01.01"))
    desk.press("slash")
    wait("the keyboard in the search", lambda: desk.keyboard_in("text") or desk.keyboard_in("entry"))
    desk.type("wsjg")  # 污水井盖
    wait("one item", lambda: not desk.find_now(re.compile("^01.01.01"), "list item", showing=True))
    desk.tab_to("06.01.03", 60)
    desk.press("Return")
    desk.wait_for_keyboard("污水井盖缺失或移位")
    desk.find("The open cases keep the limits they were registered with.")
    expect_named(desk, "limits of an item")
    desk.fill_in("Dispatch within", "soon")
    desk.find(re.compile("^A limit is written"))  # before it is handed in
    desk.fill_in("Dispatch within", "种植季节15工作日，3自然时")
    desk.find(re.compile("^15工作日 holds for “种植季节” only; clocks pass it over"))
    desk.fill_in("Dispatch within", "3自然时")
    wait("no condition", lambda: not desk.find_now(re.compile("种植季节"), "label", showing=True))
    desk.press("alt+o")
    desk.find(re.compile("^1 due time of an open case moves:.*井盖没了", re.DOTALL))
    shot(desk, "limits")
    offers = desk.offers()
    desk.press("ctrl+Return")
    desk.find(re.compile("^06.01.03.*3自然时"), "list item")
    desk.undo(offers)
    wait("the limit as it was", lambda: limit(folder, "06.01.03", "dispatch") == before)
    desk.press("slash")
    wait("the keyboard in the search", lambda: desk.keyboard_in("text") or desk.keyboard_in("entry"))
    desk.press("Escape")
    desk.find(re.compile("^01.01.01"), "list item")


def questions(desk, folder):
    before = query(folder, "attribute.list")
    room(desk, "What Is Asked about Matters", re.compile("^井盖类别"))
    desk.press("alt+o")
    desk.wait_for_keyboard("One More Question")
    desk.fill_in("What is asked", "盖的材质")
    desk.press("alt+i")
    desk.fill_in("About which duty items", "06.01")
    desk.press("alt+a")
    desk.fill_in("Possible answers", "铸铁、复合")
    desk.find(re.compile("^Why this unit\\?.*铸铁, 复合 → ", re.DOTALL))
    expect_named(desk, "a question")
    shot(desk, "question")
    desk.press("ctrl+Return")
    desk.find(re.compile("^盖的材质"), "list item")
    desk.tab_to("盖的材质", 60)
    desk.press("Return")
    desk.wait_for_keyboard("What Is Asked")
    offers = desk.offers()
    desk.click("Remove", "push button")
    wait("the question gone", lambda: query(folder, "attribute.list") == before)
    desk.undo(offers)
    wait("the question back", lambda: len(query(folder, "attribute.list")) == len(before) + 1)


def search(desk):
    desk.press("slash")
    wait("the keyboard in the search", lambda: desk.keyboard_in("text") or desk.keyboard_in("entry"))
    desk.type("nonsense")
    desk.find("Nothing here has all these words.")
    # What was looked for in one room is not looked for in the next.
    for _ in range(12):
        if desk.keyboard_in("list item"):
            break
        before = desk.focused()
        desk.press("shift+Tab")
        wait("the stop before", lambda: desk.focused() not in (None, before))
    desk.press("Down")
    wait("the other room whole", lambda: not desk.find_now("Nothing here has all these words.", showing=True)
         and not desk.find_now("nonsense"))


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
        linlictl(folder, "run", "case.intake", json.dumps({"text": "井盖没了", "channel": "CK01", "item": "06.01.03",
                                                           "accept": True}))
        with Desk("--store", folder) as desk:
            open_centre(desk)
            ladder(desk, folder)
            stop_a_step(desk, folder)
            search(desk)
            calendar(desk, folder)
            year(desk)
            procedure(desk, folder)
            lanes(desk, folder)
            evidence(desk, folder)
            limits(desk, folder)
            questions(desk, folder)
        for role in ("clerk", "supervisor", "admin"):
            linlictl(folder, "run", "role.set-rights", json.dumps({"role": role, "rights": "identity export"}))
        with Desk("--store", folder) as desk:
            open_centre(desk)
            only_read(desk)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
