#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures, paper and files by keyboard: a number opens its rows, a receipt
prints right after intake, the rows in view are exported."""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, states_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")
N_CASES = 3


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def is_typing(desk):
    return any(node.get_role_name() == "text" and "focused" in states_of(node) for node in desk.walk())


def make_store(folder):
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    channel = json.loads(linlictl(folder, "query", "channel.find", '{"typed":""}'))[0]["code"]
    for i in range(N_CASES):
        linlictl(folder, "run", "case.intake", json.dumps({
            "text": f"楼道路灯不亮 {i}", "title": f"路灯 {i}", "channel": channel,
            "appellant": {"name": "王秀英", "phone": f"1380000{i:04d}"}}))


def choose_period(desk, position):
    for _ in range(40):
        if desk.keyboard() == "Period":
            break
        desk.press("Tab")
        wait("the next stop", desk.focused)
    assert desk.keyboard() == "Period", "the period cannot be reached by Tab"
    desk.press("space")
    wait("the periods", lambda: desk.keyboard() != "Period")
    desk.press("Home", *["Down"] * position, "Return")
    wait("the periods gone", lambda: desk.keyboard() == "Period")


def figures(desk):
    desk.press("ctrl+0")
    desk.find("Finishing rate 3 whole", "push button")
    expect_named(desk, "figures")
    shot(desk, "figures")
    choose_period(desk, 6)
    desk.find(re.compile(r"^\d{4}-01-01 – "))
    desk.find("Finishing rate 3 whole", "push button")

    # A number opens exactly the cases it counts, by a search anybody can change.
    desk.click("Finishing rate 3 whole", "push button")
    desk.find("Found in All Cases")
    desk.find(re.compile(r"^(1 of 3|3 cases)$"))
    shot(desk, "figures-rows")


def wait_for_pdf(path):
    def whole():
        return path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF")
    wait(f"{path.name}", whole)
    data = path.read_bytes()
    path.unlink()
    return data


def paper(desk, pdf):
    desk.press("ctrl+p")
    wait_for_pdf(pdf)
    desk.find("Printed.")
    desk.press("ctrl+0")
    desk.find("Finishing rate 3 whole", "push button")
    desk.press("ctrl+p")
    wait_for_pdf(pdf)


def receipt(desk, pdf):
    desk.press("ctrl+n")
    wait("the keyboard in the words", lambda: desk.keyboard() == "The resident’s words")
    desk.type("The lamp is dark again")
    desk.press("Tab")
    desk.type("Lin Guixiang")
    desk.press(*["Tab"] * 5)
    desk.type("sq")
    desk.find(re.compile("^社区"), "list item")
    desk.press("Return", "ctrl+Return")
    desk.find("Taken in")
    shot(desk, "receipt-bar")
    desk.press("ctrl+p")
    wait_for_pdf(pdf)
    desk.press("Escape")


def export(desk, home):
    desk.press("ctrl+2")
    desk.find(re.compile(r"^(\d of 4|4 cases)$"))
    desk.press("ctrl+e")
    desk.find("Exactly the rows in view, in their order, however many.")
    expect_named(desk, "export")
    shot(desk, "export")
    desk.press("alt+e")
    wait("a place for the name", lambda: is_typing(desk))
    desk.press("ctrl+a")
    desk.type(str(home / "open.xlsx"))
    desk.press("Return")
    book = home / "open.xlsx"
    wait("the workbook", lambda: book.exists() and book.read_bytes().startswith(b"PK"))
    wait("the form gone", lambda: not desk.find_now("Exactly the rows in view, in their order, however many."))


def main():
    home = Path(tempfile.mkdtemp(prefix="linli-gui-figures-"))
    folder = home / "store"
    pdf = home / "paper.pdf"
    try:
        make_store(folder)
        with Desk("--store", folder, environment={"LINLI_PRINT_TO": str(pdf)}) as desk:
            desk.find(re.compile("陈静$"))
            figures(desk)
            paper(desk, pdf)
            receipt(desk, pdf)
            export(desk, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("1..1\nok 1 - figures, paper and files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
