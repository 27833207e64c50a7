#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""While an intake is typed: leaves, a likely duplicate, an answer on the spot,
each taken with one key; and the answers' own page."""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
LANGUAGE = os.environ.get("LINLI_TEST_LANGUAGE", "C.UTF-8")
COVER = "桂园小区三栋门口的井盖松动,车一过就响,晚上睡不着"
PERMIT = "请问居住证怎么办理"


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def run(folder, command, **args):
    return json.loads(linlictl(folder, "run", command, json.dumps(args)))


def cases(folder):
    answer = json.loads(linlictl(folder, "query", "case.list", '{"query":""}'))
    return answer if isinstance(answer, list) else answer["cases"]


def channel(folder):
    return json.loads(linlictl(folder, "query", "channel.find", "{}"))[0]["code"]


def make_store(folder):
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    run(folder, "case.intake", text=COVER, channel=channel(folder), appellant={"name": "王伟", "phone": "13800138000"})
    run(folder, "answer.save", questions="居住证怎么办理\n办居住证要带什么材料",
        answer="带身份证和租赁合同到三楼综合窗口,当场受理,十五个工作日领证。", valid_until="2099-12-31")
    run(folder, "answer.save", questions="老年证在哪里办", answer="到一楼窗口。", valid_until="2020-12-31")


def words_field(desk):
    return desk.find("The resident’s words", "text")


def wait_for_words(desk):
    wait("the keyboard in the words", lambda: desk.keyboard() == "The resident’s words")


def pick_channel(desk):
    desk.press("Tab")
    desk.type("Lin")
    desk.press("Tab", "Tab", "Tab", "Tab", "Tab")
    desk.type("sq")
    desk.find(re.compile("^社区"), "list item")
    desk.press("Return")


def leaves(desk):
    """Leaves appear while typing, and Alt+1 takes one; nothing is taken unasked."""
    desk.press("ctrl+n")
    wait_for_words(desk)
    desk.fill(words_field(desk), "小区门口的井盖破损了,很危险")
    first = desk.find(re.compile("^Take .*井盖.*: "), "push button")
    leaf = re.match("Take (.*?): ", name_of(first))[1]
    shot(desk, "hints-leaves")
    desk.press("alt+1")
    desk.find(re.compile(f"/ {leaf}$"))
    bad = desk.nameless()
    assert not bad, bad


def first_form(desk, folder):
    """The first form of a sitting suggests too, though what was learned is read
    only then; a step handed in leaves the keyboard on the next."""
    desk.press("ctrl+2")
    wait("the keyboard in the list", lambda: desk.keyboard_in("list item"))
    desk.press("j")
    desk.find("Register…", "push button")
    desk.press("Return")
    wait("the keyboard on the step", lambda: desk.keyboard() == "Register…")
    desk.press("Return")
    wait("the keyboard in the form", lambda: desk.keyboard() == "Duty item")
    desk.find(re.compile("^Take .*井盖.*: "), "push button")
    desk.press("alt+1")
    desk.find(re.compile("/ .*井盖"), "label")
    desk.press("ctrl+Return")
    wait("the keyboard on the next step", lambda: desk.keyboard() == "Dispatch…")
    desk.press("ctrl+z")
    wait("the step taken back", lambda: cases(folder)[0]["state"] == "received")


def duplicate(desk, folder):
    """A likely duplicate shows its words; one key adds the new voice to it."""
    desk.fill(words_field(desk), "桂园小区三栋门口井盖松动,车一过就响,影响休息")
    desk.find(re.compile("similar words"))
    pick_channel(desk)
    shot(desk, "hints-duplicate")
    desk.press("alt+4")
    wait("the keyboard on the case", lambda: "similar words" in desk.keyboard())
    desk.press("alt+5")
    desk.find("Added to the case, receipt")
    wait("two voices of one case", lambda: [c for c in cases(folder) if c["n_submissions"] == 2])
    assert len(cases(folder)) == 1, cases(folder)


def answer(desk, folder):
    """An answer that is valid closes with one key."""
    wait_for_words(desk)
    desk.fill(words_field(desk), PERMIT)
    desk.find(re.compile("valid until 2099-12-31"))
    shot(desk, "hints-answer")
    desk.press("alt+6")
    desk.find("Answered and closed")
    wait("a closed case", lambda: [c for c in cases(folder) if c["state"] == "closed"])
    shown = json.loads(linlictl(folder, "query", "answer.list", "{}"))
    assert [a["uses"] for a in shown if a["valid"]] == [1], shown


def page(desk, folder):
    """The answers' page: expired ones are marked, a new one is kept, one is retired."""
    desk.press("Escape", "ctrl+k")
    wait("the palette", lambda: desk.keyboard() == "Go To or Do")
    desk.type("answers")
    desk.find("Answers", "list item")
    desk.press("Return")
    desk.find(re.compile("^老年证在哪里办 · Expired"), "list item")
    bad = desk.nameless()
    assert not bad, bad
    shot(desk, "answers-page")
    desk.click("New Answer", "push button")
    desk.find("New Answer", "label", showing=True)
    shot(desk, "answer-dialog")
    wait("the keyboard in the questions", lambda: desk.keyboard().startswith("How people ask"))
    desk.type("residence permit")
    desk.press("Tab")
    desk.type("third floor")
    desk.press("ctrl+Return")
    desk.find(re.compile("^residence permit"), "list item")
    desk.click("Retire: residence permit", "push button")
    wait("the answer gone", lambda: not desk.find_now(re.compile("^residence permit"), "list item"))


def main():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder / "store")
        with Desk("--store", folder / "store", language=LANGUAGE) as desk:
            first_form(desk, folder / "store")
            leaves(desk)
            duplicate(desk, folder / "store")
            answer(desk, folder / "store")
            page(desk, folder / "store")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("hints: ok")


if __name__ == "__main__":
    sys.exit(main())
