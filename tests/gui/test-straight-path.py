#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A case from intake to close by keyboard and accessibility tree only, and an
intake whose words outlive a killed program."""

import json
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from desk import Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
OTHERS = 9
WORDS = "The fire lane behind block 3 is full of parked cars"


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    # libadwaita 1.2 leaves the close button inside its own toasts unnamed.
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def make_store(folder):
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    # What the item asks for is another test's matter.
    linlictl(folder, "run", "duty.set-evidence", '{"code":"01.01.01"}')


def cases(folder):
    answer = json.loads(linlictl(folder, "query", "case.list", '{"query":""}'))
    return answer if isinstance(answer, list) else answer["cases"]


def case_state(folder):
    found = cases(folder)
    return found[0]["state"] if found else None


def expect_state(folder, state):
    wait(f"the case {state}", lambda: case_state(folder) == state)


def words_field(desk):
    return desk.find("The resident’s words", "text")


def intake(desk, folder):
    desk.press("ctrl+n")
    words = words_field(desk)
    wait("the keyboard in the words", lambda: desk.keyboard() == "The resident’s words")
    expect_named(desk, "intake")

    # Nothing filled in: said at the field, and nothing is stored.
    desk.press("ctrl+Return")
    desk.find("This must be filled in.")
    assert not cases(folder)

    desk.type(WORDS)
    desk.press("Tab")
    desk.type("Lin Guixiang")
    desk.press("Tab")
    desk.type("13800138000")
    desk.press("Tab", "Tab", "Tab", "Tab")
    desk.type("sq")
    desk.find(re.compile("^社区"), "list item")
    desk.press("Return", "Tab")
    desk.type("xftd")
    desk.find("消防通道堵塞", "list item")
    shot(desk, "intake-picker")
    desk.press("Return")
    desk.find("安全隐患 / 消防安全 / 消防通道堵塞")
    expect_named(desk, "intake with an item")
    shot(desk, "intake")
    desk.press("ctrl+Return")
    desk.find("Registered")
    shot(desk, "receipt")
    expect_state(folder, "registered")
    case = cases(folder)[0]
    assert case["title"].startswith("The fire lane"), case
    assert case["appellant_name"] == "Lin Guixiang", case
    assert json.loads(linlictl(folder, "query", "core.drafts", "{}")) == [], "the draft went with the intake"
    wait("the form ready for the next resident", lambda: desk.text(words) == "")


def answer(desk, form, *keys, text=None):
    """Fills the form that opened and hands it in."""
    desk.find(form, "label", showing=True)
    expect_named(desk, form)
    if text:
        desk.type(text)
    desk.press(*keys, "ctrl+Return")
    wait(f"“{form}” gone", lambda: not desk.find_now(form, "label", showing=True))


def parts_in(folder, state):
    case = cases(folder)[0]
    shown = json.loads(linlictl(folder, "query", "case.show", json.dumps({"case": case["id"]})))
    return [p for p in shown["dispatches"] if p["state"] == state]


def straight_path():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder)
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            desk.find("No Open Cases")
            intake(desk, folder)
            desk.click("Open the Case", "push button")
            desk.find("Dispatch…", "push button")
            expect_named(desk, "a case to dispatch")
            shot(desk, "registered")

            desk.press("d")
            shot(desk, "dispatch")
            answer(desk, "Dispatch the Case")
            expect_state(folder, "dispatched")
            n = len(parts_in(folder, "sent"))
            assert n == 3, f"the lead and both assisting units of the item, not {n}"

            for left in range(n - 1, -1, -1):
                wait("the next one to sign", lambda: desk.find_now("Sign For", "push button", showing=True))
                desk.press("s")
                wait(f"{left} to sign", lambda: len(parts_in(folder, "sent")) == left)
            expect_state(folder, "in_progress")
            shot(desk, "signed")

            # Escape closes a form without losing what was typed into it.
            wait("no more to sign", lambda: not desk.find_now("Sign For", "push button", showing=True))
            desk.press("e")
            form = re.compile("^Report Done · ")
            desk.find(form, "label")
            desk.type("The lane is free again")
            desk.press("Escape")
            wait("the form gone", lambda: not desk.find_now(form, "label", showing=True))
            desk.press("e")
            desk.find("This is what you had typed before.")
            for left in range(n - 1, -1, -1):
                answer(desk, form, text=None if left == n - 1 else "done")
                wait(f"{n - left} done", lambda: len(parts_in(folder, "done")) == n - left)
                if left:
                    wait("the list of units shown anew",
                         lambda: desk.find_now("Report Done…", "push button", showing=True))
                    desk.press("e")
            expect_state(folder, "pending_review")

            desk.find("Review…", "push button")
            desk.press("v")
            answer(desk, "Review the Result")
            expect_state(folder, "resolved")
            desk.find("Close…", "push button")
            desk.press("x")
            shot(desk, "close")
            answer(desk, "Close the Case")
            expect_state(folder, "closed")
            desk.find("Closed")
            expect_named(desk, "a closed case")
            shot(desk, "closed")

            # A note, then the newest action taken back with Ctrl+Z.
            desk.press("n")
            desk.type("She thanked us")
            desk.press("ctrl+Return")
            wait("the note", lambda: any(e.get("body") == "She thanked us" for e in entries(folder)))
            desk.press("Escape")
            desk.press("ctrl+z")
            expect_state(folder, "resolved")
            print(f"# longest turn of the main loop {desk.longest_turn():.1f} ms")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def entries(folder):
    case = cases(folder)[0]
    return json.loads(linlictl(folder, "query", "case.show", json.dumps({"case": case["id"]})))["entries"]


def killed_while_typing():
    """kill -9 in the middle of an intake: what was typed is there after the restart."""
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder)
        linlictl(folder, "run", "case.intake", json.dumps(
            {"text": "No lamp", "channel": "CK01", "appellant": {"name": "Lin Guixiang", "phone": "13800138000"}}))
        # Others of the same day: they make the window no wider.
        for number in range(OTHERS):
            linlictl(folder, "run", "draft.save", json.dumps({
                "id": f"01a22369-80b3-7056-b972-{number:012x}", "kind": "intake", "body": {"text": WORDS}}))
        desk = Desk("--store", folder)
        try:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+n")
            words_field(desk)
            wait("the keyboard in the words",
                 lambda: desk.keyboard() == "The resident’s words")
            desk.type(WORDS)
            wait("every letter on the screen", lambda: desk.text(words_field(desk)) == WORDS)

            # A known resident calls from another number.
            desk.press("Tab")
            desk.type("Lin")
            desk.find("Lin Guixiang", "list item")
            desk.press("Down", "Return")
            phone = desk.find("Phone", "text")
            wait("the number that is known", lambda: desk.text(phone) == "13800138000")
            desk.press("Tab", "ctrl+a")
            desk.type("13900139000")
            wait("the other number", lambda: desk.text(phone) == "13900139000")
            time.sleep(1.0)  # the promise: durable within a second
        finally:
            desk.kill()
        with Desk("--store", folder) as desk:
            width = desk.window.extents()[2]
            desk.find(re.compile(f"^{OTHERS + 1} intakes were begun"))
            desk.click(desk.find(re.compile("^Continue"), "push button"))
            words = words_field(desk)
            wait("the words again", lambda: desk.text(words) == WORDS)
            desk.find(f"{OTHERS} unfinished:")
            assert desk.window.extents()[2] == width, "the window is as wide as it was"
            desk.find(re.compile("^Known resident"))
            assert desk.text(desk.find("Phone", "text")) == "13900139000", "the number that was typed"
            shot(desk, "restored")
            # Thrown away, and brought back.
            offers = desk.offers()
            desk.click("Discard This Draft", "push button")
            wait("an empty form", lambda: desk.text(words) == "")
            desk.undo(offers)
            wait("the words once more", lambda: desk.text(words) == WORDS)
            # The place that the form stands over is a way out of it too.
            desk.press("ctrl+1")
            desk.find("The Last Two Weeks", "label")
            wait("the form gone", lambda: not desk.find_now("The resident’s words"))
        with Desk("--store", folder) as desk:
            # What is offered follows what is begun.
            desk.find(re.compile(f"^{OTHERS + 1} intakes were begun"))
            desk.press("ctrl+n")
            desk.fill_in("The resident’s words", "No lamp")
            desk.find(re.compile(f"^{OTHERS + 2} intakes were begun"))
            desk.find(f"{OTHERS + 1} unfinished:")
            desk.click("Discard This Draft", "push button")
            desk.find(re.compile(f"^{OTHERS + 1} intakes were begun"))
        drafts = json.loads(linlictl(folder, "query", "core.drafts", "{}"))
        assert len(drafts) == OTHERS + 1 and WORDS in json.dumps(drafts), drafts
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def disk_full():
    """No room for a draft: the foot of the sidebar says so, until there is room again."""
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder)
        with Desk("--store", folder) as desk:
            desk.find("Everything is saved on this computer", "push button")
            desk.press("ctrl+n")
            words = words_field(desk)
            wait("the keyboard in the words",
                 lambda: desk.keyboard() == "The resident’s words")
            # Files may not grow any more: Python ignores the signal, and the program inherits that.
            before = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            desk.type("No lamp")
            desk.find("What is being typed is not saved", "push button")
            shot(desk, "disk-full")
            resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, before)
            desk.find("Everything is saved on this computer", "push button")
            assert desk.text(words) == "No lamp"
            wait("the draft", lambda: "No lamp" in linlictl(folder, "query", "core.drafts", "{}"))
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["straight_path", "killed_while_typing", "disk_full"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
