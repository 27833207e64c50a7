#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody at a handling unit finds what was dispatched to it and nothing else,
signs, writes, reports done, and sees it come back from the review."""

import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
LISTS = ["In hand", "To sign for", "Being worked on", "Due soon", "Overdue", "Sent back to us", "Reported done",
         "All that came to us"]


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def run(folder, command, **args):
    return json.loads(linlictl(folder, "run", command, json.dumps(args)))


def dispatched(folder, text, unit, beside=()):
    case = run(folder, "case.intake", text=text, channel="CK01")["case"]
    run(folder, "case.accept", case=case, item=LEAF["code"])
    run(folder, "case.dispatch", case=case, lead=unit, assist=list(beside))
    return case


LEAF = {}


def make_store(folder):
    """Two units, a case for each, and one that nobody got yet."""
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    run(folder, "duty.set-evidence", code="01.01.01")  # what it asks for is another test's matter
    LEAF.update(json.loads(linlictl(folder, "query", "duty.find", '{"typed":"消防通道堵塞"}'))[0])
    units = [json.loads(linlictl(folder, "query", "unit.find", json.dumps({"typed": t})))[0] for t in ("市政", "执法")]
    mine = dispatched(folder, "The lamp at gate 3 is dark", units[0]["id"], [units[1]["id"]])
    dispatched(folder, "A stall blocks the lane", units[1]["id"])
    run(folder, "case.intake", text="A dog barks all night", channel="CK01")
    run(folder, "case.note", case=mine, audience="internal", body="He calls every week")
    run(folder, "case.note", case=mine, audience="unit", body="Ladder at the gatehouse")
    person = run(folder, "account.create", name="潘秋霞", roles="handler", unit=units[0]["id"])["account"]
    with sqlite3.connect(folder / "linli.db") as store:  # she sits there from the next start on
        store.execute("INSERT INTO setting (id, value) VALUES ('desk.actor', ?) "
                      "ON CONFLICT (id) DO UPDATE SET value = excluded.value", (person,))
    return mine, units[0].get("short_name", units[0]["name"])


def at(desk, words):
    return wait(words, lambda: desk.find_now(words, "list item", showing=True))


def only_its_own(desk, unit):
    desk.find(unit, "label")
    at(desk, "To sign for 1")
    at(desk, "In hand 1")
    names = [n for n in (desk.find_now(re.compile(f"^{name}( |$)"), "list item") for name in LISTS) if n]
    assert len(names) == len(LISTS), "every list of a unit"
    for strange in ("Figures", "Answers", "To dispatch"):
        assert not desk.find_now(re.compile(f"^{strange}"), "list item"), strange
    shot(desk, "unit-overview")
    for typed, found, strange in (("lock or change", "Lock or Change Person", "New Case"),
                                  ("new case", None, "New Case"), ("back up", None, "Back Up…"),
                                  ("lamp", re.compile("lamp"), None), ("stall", None, re.compile("stall"))):
        desk.press("ctrl+k")
        wait("the keyboard in the palette", lambda: desk.keyboard() == "Go To or Do")
        desk.type(typed)
        if found:
            desk.find(found, "list item")
        if strange:
            wait(f"no {strange}", lambda: not desk.find_now(strange, "list item", showing=True))
        desk.escape("Go To or Do")


def works(desk, folder, case):
    def part():
        shown = json.loads(linlictl(folder, "query", "case.show", json.dumps({"case": case})))
        return shown["dispatches"][0]["state"]

    desk.press("ctrl+3")
    wait("the case to sign", lambda: desk.rows())
    desk.press("j")
    desk.find("Timeline")
    desk.find("Ladder at the gatehouse")
    assert not desk.find_now("He calls every week"), "that was written for the centre"
    assert not desk.find_now("Internal", "toggle button", showing=True)
    shot(desk, "unit-case")
    desk.find("Sign For", "push button")
    desk.press("s")
    wait("signed", lambda: part() == "signed")
    at(desk, "Being worked on 1")
    desk.find(re.compile("^First contact · "), "label")  # and not that the unit beside has not signed
    desk.find("Report Done…", "push button")
    desk.press("n")
    desk.type("We come at noon")
    desk.press("ctrl+Return")
    desk.find("We come at noon")
    desk.press("Escape")
    desk.press("e")
    form = re.compile("^Report Done · ")
    desk.find(form, "label")
    desk.type("A new lamp burns")
    desk.press("ctrl+Return")
    wait("reported", lambda: part() == "done")
    at(desk, "Reported done 1")
    bad = desk.nameless()
    assert not bad, bad


def takes_nothing_else_out(folder):
    file = folder / "all.pdf"
    for verb in (["export", "submission", str(file)], ["print", "figures", "2026-01-01..2026-12-31", "--pdf", str(file)]):
        try:
            linlictl(folder, "--as", "潘秋霞", *verb)
        except AssertionError as refused:
            assert "centre-only" in str(refused), refused
        assert not file.exists(), verb


def main():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        mine, unit = make_store(folder)
        with Desk("--store", folder) as desk:
            only_its_own(desk, unit)
            works(desk, folder, mine)
        beside = json.loads(linlictl(folder, "query", "case.show", json.dumps({"case": mine})))["dispatches"][1]
        linlictl(folder, "--as", "陈静", "run", "case.release", json.dumps({"dispatch": beside["id"], "reason": "Not needed"}))
        linlictl(folder, "--as", "陈静", "run", "case.review",
                 json.dumps({"case": mine, "verdict": "reject", "note": "A picture, please"}))
        with Desk("--store", folder) as desk:
            at(desk, "Sent back to us 1")
            desk.press("ctrl+2")
            wait("its own part in the row", lambda: [r for r in desk.rows() if " · Working · " in r])
        notes = json.loads(linlictl(folder, "--as", "潘秋霞", "query", "case.list", "{}"))
        assert [n["id"] for n in notes] == [mine], "the terminal shows the same"
        takes_nothing_else_out(folder)
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
