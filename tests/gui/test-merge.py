#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two residents' cases merged and parted, and one split into two, by keyboard
and accessibility tree only."""

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    # libadwaita 1.2 leaves the close button inside its own toasts unnamed.
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def ask(folder, query, **arguments):
    return json.loads(linlictl(folder, "query", query, json.dumps(arguments)))


def run(folder, command, **arguments):
    return json.loads(linlictl(folder, "run", command, json.dumps(arguments)))


def intake(folder, name, text):
    answer = run(folder, "case.intake", text=text, channel="CK01", place="Garden Road 3",
                 appellant={"name": name, "phone": "13800138000"}, reply_wanted=True, item=leaf(folder), accept=True)
    return answer.get("result", answer)


def attach(folder, case, name, content):
    """Puts a file beside a case, as the window does."""
    digest = hashlib.sha256(content).hexdigest()
    shelf = folder / "attachments" / digest[:2]
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / digest).write_bytes(content)
    run(folder, "case.attach", case=case, sha256=digest, name=name, content_type="text/plain", size=len(content),
        audience="internal")


def leaf(folder):
    items = ask(folder, "duty.find", typed="xftd")
    return next(i["code"] for i in items if i.get("is_leaf", True))


def show(folder, case):
    return ask(folder, "case.show", case=case)


def state(folder, case):
    return show(folder, case)["case"]["state"]


def open_case(desk, number):
    search = desk.find("Search all cases", "entry")
    desk.fill(search, number)
    wait(f"{number} found", lambda: any("fire lane" in row or number in row for row in desk.rows()) and
         desk.find_now("Found in All Cases", "label", showing=True))


def merged_and_parted():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        first = intake(folder, "Wang Fang", "The fire lane is full of cars.")
        second = intake(folder, "Li Qiang", "Cars block the fire lane again.")
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("both cases", lambda: sum("fire lane" in row for row in desk.rows()) == 2)
            desk.press("j")
            desk.find("Dispatch…", "push button")

            # What is near is offered, with the resident's words.
            desk.press("shift+m")
            desk.find("Merge Cases", "label")
            desk.find(re.compile("Wang Fang：The fire lane"), "label")
            near = desk.find(re.compile(r"takes part: The fire lane"), "check box")
            expect_named(desk, "the merge form")
            shot(desk, "merge-form")
            desk.press("ctrl+Return")
            desk.find("Mark the cases that are the same matter.")
            wait("the keyboard on what is near", lambda: desk.keyboard() == name_of(near))
            desk.press("space")
            desk.find(re.compile("^2 residents together in"), "label")
            shot(desk, "merge-preview")
            desk.press("ctrl+Return")
            wait("one of them merged", lambda: {state(folder, first["case"]), state(folder, second["case"])}
                 == {"merged", "registered"})
            source, target = (first, second) if state(folder, first["case"]) == "merged" else (second, first)
            assert len(show(folder, target["case"])["submissions"]) == 2

            # The old number leads to a pointer, and from there on.
            open_case(desk, source["case_no"])
            wait("the pointer", lambda: desk.find_now(re.compile("Open the Case It Is Part Of"), "push button", showing=True)
                 or desk.press("Down"))
            shot(desk, "pointer")
            expect_named(desk, "a merged case")
            desk.click(desk.find(re.compile("Open the Case It Is Part Of"), "push button"))
            desk.find("2 Residents")
            shot(desk, "target")

            desk.click(desk.find(re.compile(f"^Open {source['case_no']}: "), "push button"))
            desk.click(desk.find(re.compile("Undo the Merge…"), "push button"))
            desk.find(re.compile("Nothing came to"))
            expect_named(desk, "the form that undoes a merge")
            shot(desk, "unmerge-form")
            desk.press("ctrl+Return")
            wait("both registered", lambda: state(folder, source["case"]) == "registered")
            assert len(show(folder, source["case"])["submissions"]) == 1
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def marked_and_merged():
    """Three residents, one matter, marked in the list with a case that is over."""
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        same = [intake(folder, name, "The fire lane is full of cars.") for name in ("Wang Fang", "Li Qiang", "Zhao Lei")]
        over = intake(folder, "Sun Mei", "The fire lane again.")
        run(folder, "case.withdraw", case=over["case"], reason="Moved away")
        intake(folder, "Zhou Min", "The lamp is broken.")
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("the open cases", lambda: sum("fire lane" in row for row in desk.rows()) == 3)
            desk.press("ctrl+f")
            wait("the search", lambda: desk.keyboard() == "Search all cases")
            desk.type("fire lane")
            wait("four cases", lambda: sum("fire lane" in row for row in desk.rows()) == 4)
            desk.press("Down", "ctrl+a")
            desk.find("4 marked")
            desk.press("ctrl+k")
            wait("the palette", lambda: desk.keyboard() == "Go To or Do")
            desk.type("marked cases")
            desk.find(re.compile("^Merge the Marked Cases"), "list item")
            desk.press("Return")
            desk.find("Merge Cases", "label")
            desk.find(re.compile("^3 residents together in .*1 of the marked cases cannot join"), "label")
            desk.find(re.compile("^Stays out. It is finished."), "label")
            desk.find(re.compile("^Li Qiang keeps receipt .*, gets a reply and is called back"), "label")
            expect_named(desk, "the merge form of marked cases")
            shot(desk, "merge-marked")
            # Escape leads out, also from the search, and the marks are still there.
            desk.tab_to("Find another case")
            desk.type("lamp")
            lamp = re.compile("takes part: The lamp")
            desk.find(lamp, "check box")
            desk.find(re.compile("^Stays out. It is finished."), "label")  # nothing marked is put away
            desk.press("Escape")
            wait("what was found gone", lambda: not desk.find_now(lamp, "check box"))
            desk.press("Escape")
            wait("the form gone", lambda: not desk.find_now("Merge Cases", "label", showing=True))
            desk.find("4 marked")
            desk.press("ctrl+k")
            wait("the palette", lambda: desk.keyboard() == "Go To or Do")
            desk.type("marked cases")
            desk.find(re.compile("^Merge the Marked Cases"), "list item")
            desk.press("Return")
            desk.find(re.compile("^3 residents together in .*1 of the marked cases cannot join"), "label")
            desk.press("ctrl+Return")
            wait("two of them merged", lambda: sorted(state(folder, s["case"]) for s in same)
                 == ["merged", "merged", "registered"])
            assert state(folder, over["case"]) == "withdrawn"
            wait("the marks gone", lambda: not desk.find_now("4 marked", showing=True))
            desk.press("ctrl+z")
            wait("all as before", lambda: {state(folder, s["case"]) for s in same} == {"registered"})
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def split_in_two():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        whole = intake(folder, "Wang Fang", "The fire lane is full of cars! The lamp is broken!")
        attach(folder, whole["case"], "lamp.txt", b"The lamp at the gate")
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("the case", lambda: any("fire lane" in row for row in desk.rows()))
            desk.press("j")
            desk.find("Dispatch…", "push button")
            desk.press("shift+s")
            desk.find("Split the Case", "label")
            for sentence, initials in (("The fire lane is full of cars!", "xftd"), ("The lamp is broken!", "ld")):
                desk.find(sentence, "check box")
                wait("the sentence in reach", lambda: desk.keyboard() == sentence)
                desk.press("space")
                desk.press("alt+d")
                wait("the keyboard in the item", lambda: desk.keyboard_in("text"))
                desk.type(initials)
                wait("an item found", lambda: any(n.get_role_name() == "list item" for n in desk.walk()))
                desk.press("Return")
                desk.find(re.compile("Settle .*工作"), "label")
                if initials == "ld":
                    desk.tab_to("lamp.txt")
                    desk.press("space")
                shot(desk, f"split-{initials}")
                if initials == "xftd":
                    desk.press("alt+a")
                    desk.find(re.compile("^1 part · 1 sentence in none"), "label")
                    # Closed and opened again: what was made is there.
                    desk.press("Escape")
                    wait("the form gone", lambda: not desk.find_now("Split the Case", "label", showing=True))
                    desk.press("shift+s")
                    desk.find(re.compile("^1 part · 1 sentence in none"), "label")
                    expect_named(desk, "the split form")
            desk.press("ctrl+Return")
            wait("the parts", lambda: len(show(folder, whole["case"])["parts"]) == 2)
            assert state(folder, whole["case"]) == "in_progress"
            files = [show(folder, part["id"])["attachments"] for part in show(folder, whole["case"])["parts"]]
            assert [[f["name"] for f in some] for some in files] == [[], ["lamp.txt"]], files
            desk.find("Parts")
            shot(desk, "split-done")
            desk.press("ctrl+z")
            wait("the split taken back", lambda: state(folder, whole["case"]) == "registered")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["merged_and_parted", "marked_and_merged", "split_in_two"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
