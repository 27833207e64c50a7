#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files brought in through the window: columns assigned by hand once and
remembered, refused rows written beside the file, an import taken back; a duty
list; a backup made and brought back on the first screen. What an import that
was killed left behind is offered to be taken back."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, states_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def n_cases(folder):
    return json.loads(linlictl(folder, "query", "case.count", "{}"))["count"]


def is_typing(desk):
    """Every window has a focus of its own; a text that has one is the dialog's."""
    return any(node.get_role_name() == "text" and "focused" in states_of(node) for node in desk.walk())


def choose_file(desk, title, path):
    """Types the path where GTK's own dialog expects a name."""
    desk.find(title)
    desk.type("/")
    wait("a place for the path", lambda: is_typing(desk))
    desk.press("ctrl+a")
    desk.type(str(path))
    desk.press("Return")


def open_import(desk, item, path):
    desk.click("Main Menu")
    desk.click("Import", "menu item")
    desk.click(item, "menu item")
    choose_file(desk, "Choose a File to Import", path)


def set_column(desk, field, position):
    """Goes to the field by Tab and picks the heading by arrow keys."""
    for _ in range(40):
        if desk.keyboard() == field:
            break
        desk.press("Tab")
        wait("the next stop", desk.focused)
    assert desk.keyboard() == field, f"{field} cannot be reached by Tab"
    desk.press("space")
    wait("the headings", lambda: desk.keyboard() != field)
    desk.press("Home", *["Down"] * position, "Return")
    wait("the headings gone", lambda: desk.keyboard() == field)


def import_by_hand(desk, folder, home):
    file = home / "visits.csv"
    file.write_text("编号,what was said,when it was\n1,The lamp is dark,2026-01-05 09:00\n"
                    "2,The cover rattles,never\n", encoding="utf-8")
    open_import(desk, "Cases…", file)
    desk.find("Columns found by their headings")
    expect_named(desk, "columns")
    set_column(desk, "Resident's words", 2)
    desk.find("The lamp is dark")
    set_column(desk, "Received at", 3)
    desk.find("2026-01-05 09:00")
    shot(desk, "import-columns")
    desk.press("alt+i")
    desk.find("1 Case Imported")
    desk.find(re.compile("1 row could not be read"))
    expect_named(desk, "what came of it")
    shot(desk, "import-done")
    assert n_cases(folder) == 1
    refused = home / "visits.csv – refused rows.csv"
    assert "never" in refused.read_text(encoding="utf-8-sig"), "the refused row is kept beside the file"
    desk.press("Escape")
    wait("the window gone", lambda: not desk.find_now("1 Case Imported"))


def take_back(desk, folder, home):
    file = home / "more.csv"
    file.write_text("编号,what was said,when it was\n7,The bench is broken,2026-01-07 09:00\n", encoding="utf-8")
    open_import(desk, "Cases…", file)
    desk.find(re.compile("Columns as the last time"))
    expect_named(desk, "remembered columns")
    shot(desk, "import-remembered")
    desk.press("alt+i")
    desk.find("1 Case Imported")
    assert n_cases(folder) == 2
    desk.press("alt+u")
    desk.find("Import Undone")
    assert n_cases(folder) == 1
    desk.press("Escape")
    wait("the window gone", lambda: not desk.find_now("Import Undone"))


def duty_list(desk, home):
    file = home / "duties.csv"
    file.write_text("大类,小类,责任单位,处置时限\n市政设施,路灯不亮,路灯管理所,2工作日\n", encoding="utf-8")
    open_import(desk, "Duty List…", file)
    desk.find(re.compile("1 Duty Item Read"))
    expect_named(desk, "duty list")
    shot(desk, "import-duty")
    wait("the keyboard on the way out", lambda: desk.keyboard().endswith("Close"))
    desk.press("Return")
    wait("the window gone", lambda: not desk.find_now(re.compile("1 Duty Item Read")))


def exceptions(folder):
    calendar = next(row for row in json.loads(linlictl(folder, "query", "calendar.list")) if row["current"])
    body = calendar["body"]
    return (json.loads(body) if isinstance(body, str) else body)["exceptions"]


def holidays(desk, folder, home):
    file = home / "holidays.json"
    file.write_text('{"year": 2026, "days": [{"name": "盘点", "date": "2026-12-31", "isOffDay": true}]}', encoding="utf-8")
    before = exceptions(folder)
    open_import(desk, "Holidays…", file)
    desk.find("Nothing has changed yet. If you import this list:")
    desk.find(re.compile("^No due time of an open case moves|^[0-9]+ due times? of"))
    expect_named(desk, "holidays, looked at")
    assert exceptions(folder) == before
    desk.press("alt+i")
    wait("the days in the calendar", lambda: exceptions(folder) != before)
    desk.find(re.compile("^1 Day Read"))
    expect_named(desk, "holidays")
    assert {"date": "2026-12-31", "kind": "off", "name": "盘点"} in exceptions(folder)
    desk.press("alt+u")
    desk.find("The calendar and the due times are as they were before.")
    assert exceptions(folder) == before
    desk.press("Escape")
    wait("the window gone", lambda: not desk.find_now("Import Undone"))


def back_up(desk, home):
    desk.click("Main Menu")
    desk.click("Back Up…", "menu item")
    desk.find("Back Up the Centre")
    wait("a place for the name", lambda: is_typing(desk))
    desk.press("ctrl+a")
    desk.type(str(home / "evening.linli-backup"))
    desk.press("Return")
    desk.find(re.compile("Backup written and complete"))
    return wait("the backup", lambda: next(iter(home.glob("evening.linli-backup")), None))


def bring_back(desk, backup, folder):
    desk.find("Start a New Centre")
    row = desk.find(re.compile("Bring Back a Backup"), "list item")
    desk.walk_to(row)
    desk.press("Return")
    choose_file(desk, "Bring Back a Backup", backup)
    desk.find(re.compile("陈静$"))


def break_off(folder):
    """An import whose program did not live to finish it."""
    batch = json.loads(linlictl(folder, "run", "import.start", '{"kind":"cases","file_name":"half.csv"}'))["import"]
    linlictl(folder, "run", "case.import", json.dumps({"import": batch, "rows": [
        {"source_key": "half:1", "text": "The gate does not close", "received_at": "2026-01-05T09:00:00+08:00"}]}))
    assert n_cases(folder) == 1


def take_back_broken_off(desk, folder):
    desk.find(re.compile("“half.csv” was broken off"))
    expect_named(desk, "a broken-off import")
    desk.click(desk.find("Take Back", "push button"))
    desk.find(re.compile("The import was taken back"))
    assert n_cases(folder) == 0


def main():
    home = Path(tempfile.mkdtemp(prefix="linli-gui-import-"))
    folder = home / "store"
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        break_off(folder)
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            take_back_broken_off(desk, folder)
            import_by_hand(desk, folder, home)
            take_back(desk, folder, home)
            duty_list(desk, home)
            holidays(desk, folder, home)
            backup = back_up(desk, home)
        with Desk("--store", home / "elsewhere") as desk:
            bring_back(desk, backup, home / "elsewhere")
            assert n_cases(home / "elsewhere") == 1
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
