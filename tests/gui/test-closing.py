#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the review to the end of a case by keyboard and accessibility tree: the
resident is told, not reached, then holds it unsolved; it is done again, and
closed when they are content. And a unit under supervision, and the bell."""

import base64
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, on_screen, wait

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
SHOTS = os.environ.get("LINLI_TEST_SHOTS")


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def run(folder, command, **arguments):
    return json.loads(linlictl(folder, "run", command, json.dumps(arguments)))


def ask(folder, name, **arguments):
    return json.loads(linlictl(folder, "query", name, json.dumps(arguments)))


def case_of(folder):
    found = ask(folder, "case.list", query="")
    return (found if isinstance(found, list) else found["cases"])[0]


def expect(folder, what, **columns):
    wait(what, lambda: all(case_of(folder).get(name) == value for name, value in columns.items()))


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def answer(desk, form, *keys, text=None):
    """Fills the form that opened and hands it in."""
    desk.find(form, "label", showing=True)
    expect_named(desk, form)
    for key in keys:
        desk.press(key)
    if text:
        desk.type(text)
    desk.press("ctrl+Return")
    wait(f"“{form}” gone", lambda: not desk.find_now(form, "label", showing=True))


def make_case(folder, state, evidence="", text="The fire lane is full of parked cars"):
    """A case of one resident, taken as far as @state by the terminal."""
    if not folder.exists() or not any(folder.iterdir()):
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    run(folder, "duty.set-evidence", code="01.01.01", evidence=evidence)
    item = next(i for i in ask(folder, "duty.find", typed="xftd") if "消防通道" in i["name"])
    channel = ask(folder, "channel.find", typed="sq")[0]
    made = run(folder, "case.intake", text=text, channel=channel["code"],
               item=item["code"], accept=True, reply_wanted=True,
               appellant={"name": "Lin Guixiang", "phone": "13800138000"})
    lead = run(folder, "case.dispatch", case=made["case"], lead=item["lead_unit_id"])["lead_dispatch"]
    run(folder, "case.sign", dispatch=lead)
    if state == "in_progress":
        return made["case"]
    run(folder, "case.done", dispatch=lead, result="The lane is free")
    return made["case"]


def open_case(desk, folder):
    desk.find(re.compile("陈静$"))
    desk.press("ctrl+2")
    desk.find(re.compile(case_of(folder)["title"][:12]), "list item")
    desk.press("Down")


def told_why(desk):
    """The clocks on the screen that can tell why their time is that."""
    return [node for node in desk.walk() if name_of(node) == "Why this time?" and on_screen(node)]


def unsolved_then_closed():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_case(folder, "pending_review")
        with Desk("--store", folder) as desk:
            open_case(desk, folder)
            desk.find("Review…", "push button")
            desk.press("v")
            answer(desk, "Review the Result")
            expect(folder, "the case resolved", state="resolved")

            # Told; the words stand there already.
            desk.find("Inform the Resident…", "push button")
            desk.press("i")
            shot(desk, "notify")
            answer(desk, "Inform the Resident")
            told = wait("the notice", lambda: ask(folder, "resident-notice.list", case=case_of(folder)["id"]))
            assert "The lane is free" in told[0]["words"], told
            wait("nobody left to inform", lambda: not desk.find_now("Inform the Resident…", "push button", showing=True))

            # Not reached: the case stays, the attempt is counted.
            desk.press("l")
            desk.find("13800138000", "label")
            answer(desk, "Call Back", "alt+o")
            calls = wait("the attempt", lambda: ask(folder, "callback.list", case=case_of(folder)["id"]))
            assert not calls[0]["reached"], calls
            expect(folder, "the case still resolved", state="resolved")

            # Reached and unsolved: without a reason the form says so, then it is done again.
            wait("the attempt on the screen", lambda: desk.find_now("called once", "label", showing=True))
            desk.press("l")
            desk.find("Call Back", "label", showing=True)
            desk.press("alt+4", "alt+n")
            shot(desk, "callback")
            desk.press("ctrl+Return")
            desk.find("Say why the resident is not content.")
            answer(desk, "Call Back", "alt+r", text="They park there again")
            expect(folder, "the case dispatched again", state="dispatched", redo_count=1)
            desk.find("Sign For", "push button")
            # The case is told anew around whoever reads it with the keyboard.
            ended = re.compile(r"\d+ clocks? that ha(s|ve) ended$")
            desk.tab_to(ended.pattern)
            n_running = len(told_why(desk))
            desk.press("Return")
            wait("the clocks that have ended", lambda: len(told_why(desk)) > n_running)
            desk.press("s")
            expect(folder, "the case in progress", state="in_progress")
            desk.find("Report Done…", "push button")
            wait("the keyboard where it was", lambda: ended.match(desk.keyboard()))
            wait("them still open", lambda: len(told_why(desk)) > n_running)
            desk.press("e")
            answer(desk, re.compile("^Report Done · "), text="Posts were set")
            expect(folder, "the case to review", state="pending_review")
            desk.find("Review…", "push button")
            desk.press("v")
            answer(desk, "Review the Result")
            expect(folder, "the case resolved again", state="resolved")

            # Content now: one form closes it.
            desk.find("Call Back…", "push button")
            desk.press("l")
            answer(desk, "Call Back", "alt+1", "alt+s")
            expect(folder, "the case closed", state="closed", solved="yes", satisfaction="very_satisfied")
            shot(desk, "closed")
            expect_named(desk, "a closed case")

            # The resident comes again within the review period: the case is taken up again.
            desk.click("Same Matter Again…", "push button")
            desk.find("The Same Matter Again", "label", showing=True)
            desk.type("The posts are gone")
            desk.press("Tab")
            desk.type("sq")
            desk.find(re.compile("^社区"), "list item")
            desk.press("Return")
            answer(desk, "The Same Matter Again")
            expect(folder, "the case received again", state="received", n_submissions=2, redo_count=2)
        clocks = [c for c in ask(folder, "case.show", case=case_of(folder)["id"])["clocks"] if c["kind"] == "resolve"]
        assert [c.get("redo") for c in clocks] == [None, 1], clocks
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def one_call_after_the_other():
    """Who calls back stays in the list: the case leaves it, the next one has the
    keyboard and is the one that Down, or J, goes to."""
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        for text in ("First lane", "Second lane", "Third lane"):
            case = make_case(folder, "pending_review", text=text)
            run(folder, "case.review", case=case, verdict="pass")
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("three calls", lambda: len([r for r in desk.rows() if " lane" in r]) == 3)
            calls = [r for r in desk.rows() if " lane" in r]
            wait("the keyboard in the list", lambda: desk.keyboard() == calls[0])
            for done, key in ((0, "Down"), (1, "Down")):
                desk.press(key)
                title = re.search(r"\w+ lane", calls[done])[0]
                wait(f"{title!r} beside the list", lambda: desk.find_now(title, "label", showing=True))
                desk.press("l")
                answer(desk, "Call Back", "alt+1", "alt+s")
                wait("the keyboard at the next one", lambda: desk.keyboard() == calls[done + 1])
            shot(desk, "calls")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def pressed_unit():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_case(folder, "in_progress")
        with Desk("--store", folder) as desk:
            open_case(desk, folder)
            desk.find("Report Done…", "push button")
            desk.press("o")
            answer(desk, "Press the Unit")
            expect(folder, "the case under supervision", supervision_level=1)
            desk.find("Reminder", "label")
            desk.find("Answer the Supervision…", "push button")
            desk.press("q")
            answer(desk, "Answer the Supervision", text="The crew is on its way")
            wait("the answer", lambda: ask(folder, "supervision.list", case=case_of(folder)["id"])[0].get("reply"))
            shot(desk, "supervised")

            # The newest step taken back: the unit still owes its answer.
            desk.press("ctrl+z")
            wait("no answer", lambda: not ask(folder, "supervision.list", case=case_of(folder)["id"])[0].get("reply"))

            # The bell, by its key; nothing there is without a name.
            desk.press("ctrl+b")
            desk.find("Notices", "label")
            expect_named(desk, "notices")
            shot(desk, "notices")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def evidence_before_the_report():
    """What the item asks for stands in the form: one thing is there, the other is waived."""
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        case = make_case(folder, "in_progress", evidence="photo signature")
        picture = folder / "lane.png"
        picture.write_bytes(PICTURE)
        stored = json.loads(linlictl(folder, "put", picture))
        run(folder, "case.attach", case=case, audience="unit", evidence="photo", **stored)
        with Desk("--store", folder) as desk:
            open_case(desk, folder)
            desk.find("Report Done…", "push button")
            desk.press("e")
            form = desk.find(re.compile("^Report Done · "), "label", showing=True)
            desk.find(re.compile("^lane.png · 陈静"), "label", showing=True)
            desk.find("Still missing", "label", showing=True)
            expect_named(desk, "the checklist")
            shot(desk, "evidence")
            desk.type("The lane is free")
            desk.press("ctrl+Return")
            desk.find(re.compile("asks for a signature"), showing=True)
            desk.click("Waive…: Signature", "push button")
            answer(desk, "Waive: Signature", text="Nobody is at home")
            desk.find(re.compile("^Waived · Nobody is at home"), "label", showing=True)
            shot(desk, "evidence-waived")
            assert on_screen(form), "what was typed is still there"
            desk.press("ctrl+Return")
            expect(folder, "the case to review", state="pending_review")
            desk.find("Review…", "push button")
            desk.press("v")
            desk.find(re.compile("^Waived · Nobody is at home"), "label", showing=True)
            shot(desk, "evidence-review")
            answer(desk, "Review the Result")
            expect(folder, "the case resolved", state="resolved")
        # Asked for again: who calls back sees what the case cannot be closed without.
        run(folder, "case.waive-evidence", case=case, evidence="signature", reason="They are back", waived=False)
        with Desk("--store", folder) as desk:
            open_case(desk, folder)
            desk.find("Call Back…", "push button")
            desk.press("l")
            desk.find("Still missing", "label", showing=True)
            shot(desk, "evidence-callback")
            desk.click("Waive…: Signature", "push button")
            answer(desk, "Waive: Signature", text="Away for good")
            desk.find(re.compile("^Waived · Away for good"), "label", showing=True)
            desk.press("Escape")
            wait("the form gone", lambda: not desk.find_now("Closing Evidence", "label", showing=True))
        states = {one["evidence"]: one["state"] for one in ask(folder, "case.evidence", case=case)}
        assert states == {"photo": "shown", "signature": "waived"}, states
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["unsolved_then_closed", "one_call_after_the_other", "pressed_unit", "evidence_before_the_report"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
