#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kept texts by ;; and a macro made from what was done, run on another case
with a half-written note in the way."""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, wait


def make_store(folder):
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    items = json.loads(linlictl(folder, "query", "duty.find", '{"typed":"消防通道堵塞"}'))
    for n in range(2):
        case = json.loads(linlictl(folder, "run", "case.intake", json.dumps(
            {"text": f"{n} 栋前消防通道被车堵住", "channel": "CK01"})))["case"]
        linlictl(folder, "run", "case.accept", json.dumps({"case": case, "item": items[0]["code"]}))
    linlictl(folder, "run", "template.save", json.dumps(
        {"name": "Arrived", "body": "{case_no} has arrived", "purpose": "any", "for": "everybody"}))


def cases(folder):
    return json.loads(linlictl(folder, "query", "case.list"))


def states(folder):
    return sorted(c["state"] for c in cases(folder))


def kept():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder)
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            desk.press("ctrl+2")
            wait("two cases", lambda: len([r for r in desk.rows() if "消防通道" in r]) == 2)
            desk.press("Down")
            desk.find("Dispatch…", "push button")

            # ;; in an instruction; the text comes filled in.
            desk.press("d")
            desk.find("Dispatch the Case", "label")
            field = desk.find("Instruction to the units", "text")
            desk.tab_to("Instruction to the units")
            desk.type(";;")
            desk.find("Arrived", "list item")
            desk.press("Return")
            wait("the kept text", lambda: re.fullmatch(r"\S+-000[12] has arrived", desk.text(field)))
            desk.press("ctrl+Return")
            wait("dispatched", lambda: "dispatched" in states(folder))

            # What was done becomes a macro.
            desk.press("ctrl+k")
            wait("the palette", lambda: desk.keyboard() == "Go To or Do")
            desk.type("last steps")
            desk.find(re.compile("^Keep the Last Steps"), "list item")
            desk.press("Return")
            desk.find("Keep the Last Steps as a Macro", "label")
            desk.find(re.compile("^2. Dispatch · {case_no} has arrived"), "check box")
            assert not desk.nameless(), desk.nameless()
            desk.type("Send off")

            desk.tab_to("1. Register")
            desk.press("space")
            desk.press("ctrl+Return")
            wait("the macro", lambda: json.loads(linlictl(folder, "--as", "陈静", "query", "macro.list")))

            # On the next case: a note is half written, and the macro asks.
            desk.press("Escape")
            desk.press("j")
            desk.find("Dispatch…", "push button")
            desk.press("n")
            desk.type("not yet")
            desk.press("Escape", "ctrl+k")
            wait("the palette", lambda: desk.keyboard() == "Go To or Do")
            desk.type("send off")
            desk.find("Send off", "list item")
            desk.press("Return")
            desk.find("A Note Is Half Written")
            desk.click(desk.find(re.compile("Keep It as a Draft"), "push button"))
            desk.find("It can be done to 1 case.")
            desk.press("ctrl+Return")
            wait("both dispatched", lambda: states(folder) == ["dispatched", "dispatched"])
            told = [json.loads(linlictl(folder, "query", "case.show", json.dumps({"case": c["id"]})))["dispatches"][0]
                    ["instruction"] for c in cases(folder)]
            assert told == [f"{c['case_no']} has arrived" for c in cases(folder)], told
            drafts = json.loads(linlictl(folder, "query", "core.drafts"))
            assert any("not yet" in d["body"] for d in drafts), "the note is still a draft"
            entries = [e for c in cases(folder) for e in json.loads(
                linlictl(folder, "query", "entry.list", json.dumps({"case": c["id"]})))]
            assert not any(e.get("body") == "not yet" for e in entries), "nothing was sent unasked"
            print(f"# longest turn of the main loop {desk.longest_turn():.1f} ms")
        linlictl(folder, "verify")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["kept"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
