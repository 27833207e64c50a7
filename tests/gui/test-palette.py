#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything by typing: an action of the case, a view, a case, a resident; and
what surrounds the case shown."""

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from desk import Desk, linlictl, name_of, wait


def make_store(folder):
    linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
    for place, name in (("桂园路 12 号", "曾小贤"), ("东湖路 3 号", "曾小贤"), ("桂园路 12 号", "胡一菲")):
        linlictl(folder, "run", "case.intake", json.dumps({
            "text": f"{place}的路灯不亮", "channel": "CK01", "place": place,
            "appellant": {"name": name, "phone": "13800138000" if name == "曾小贤" else "13900139000"}}))


def open_palette(desk, words):
    desk.press("ctrl+k")
    wait("the keyboard in the palette", lambda: desk.keyboard() == "Go To or Do")
    desk.type(words)


def palette():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        make_store(folder)
        with Desk("--store", folder) as desk:
            desk.find(re.compile("陈静$"))
            # A view.
            open_palette(desk, "all open")
            desk.find("All open", "list item")
            desk.press("Return")
            wait("three cases", lambda: len([r for r in desk.rows() if "路灯" in r]) == 3)
            # A case by its number.
            number = json.loads(linlictl(folder, "query", "case.list"))[1]["case_no"]
            open_palette(desk, number)
            wait("the case", lambda: any("路灯" in name_of(n) for n in desk.walk() if n.get_role_name() == "list item"))
            desk.press("Return")
            desk.find(number, "label")
            # Keys mean the case gone to, also for who was in the search before.
            desk.press("slash")
            wait("the keyboard in the search", lambda: desk.keyboard() == "Search all cases")
            open_palette(desk, number)
            wait("the case", lambda: any("路灯" in name_of(n) for n in desk.walk() if n.get_role_name() == "list item"))
            desk.press("Return")
            wait("the keyboard in the list", lambda: desk.keyboard_in("list item"))
            # What surrounds it.
            desk.press("alt+u")
            desk.find("This resident: 1 other matter, 1 open")
            assert not desk.nameless(), desk.nameless()
            # A resident by initials: the search line shows the matters.
            open_palette(desk, "zxx")
            desk.find("曾小贤", "list item")
            desk.press("Return")
            wait("two cases", lambda: len([r for r in desk.rows() if "路灯" in r]) == 2)
            # An action of the case shown.
            desk.press("Escape", "Down")
            open_palette(desk, "withdraw")
            desk.find("Withdraw", "list item")
            desk.press("Return")
            desk.find("Withdraw the Case", "label")
            desk.press("Escape")
            print(f"# longest turn of the main loop {desk.longest_turn():.1f} ms")
    finally:
        shutil.rmtree(folder)


def main():
    names = sys.argv[1:] or ["palette"]
    print(f"1..{len(names)}", flush=True)
    for number, name in enumerate(names, 1):
        globals()[name]()
        print(f"ok {number} {name}", flush=True)


if __name__ == "__main__":
    main()
