#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A centre of one goes on without a sign-in; then it takes somebody on, gives
out passwords, takes a right from a role, and locks; a case asked for meanwhile is
shown to who comes back; names are taken from a role, which looks one up all the same
and says why."""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from gi.repository import Gio, GLib

from desk import Desk, linlictl, name_of, wait

SHOTS = os.environ.get("LINLI_TEST_SHOTS")


def shot(desk, name):
    if SHOTS:
        desk.shot(Path(SHOTS) / f"{name}.png")


def expect_named(desk, page):
    bad = desk.nameless()
    assert not bad, f"{page}: nameless\n  " + "\n  ".join(bad)


def accounts(folder):
    return json.loads(linlictl(folder, "accounts", "list"))


def signed_in(desk, person):
    wait(f"{person} at the desk", lambda: desk.find_now(re.compile(f"{person}$"), "label", showing=True)
         and desk.find_now("Places", "list", showing=True))


def choose(desk, item):
    desk.press("F10")
    desk.click(item, "menu item")


def set_password(desk, person, password, old=None):
    desk.find(f"Password of {person}", "label")
    expect_named(desk, "the password")
    if old is not None:
        desk.type(old)
        desk.press("Return")
    desk.type(password)
    desk.press("Return")
    desk.type(password)
    desk.press("Return")
    wait("the form gone", lambda: not desk.find_now(f"Password of {person}", "label", showing=True))


def hire(desk, folder):
    choose(desk, "People and Roles")
    desk.find(re.compile("^陈静, Every role"), "list item")
    expect_named(desk, "people")
    desk.click("New Person…", "push button")
    desk.find("New Person", "label")
    expect_named(desk, "a new person")
    desk.type("Li Ming")
    desk.press("ctrl+Return")
    desk.find(re.compile("^Li Ming, Desk clerk"), "list item")
    shot(desk, "people")
    assert [a["roles"] for a in accounts(folder) if a["name"] == "Li Ming"] == ["clerk"]


def run(folder, command, **arguments):
    return json.loads(linlictl(folder, "run", command, json.dumps(arguments)))


def unit(folder, name):
    return next(u for u in json.loads(linlictl(folder, "query", "unit.list", json.dumps({"typed": name}))) if u["name"] == name)


def give_a_unit_work(folder):
    """A case at a unit that is looked for by its initials."""
    run(folder, "unit.save", code="BHGS", name="滨海供水站", kind="管线企业", contact="王工", phone="0755-25802580")
    run(folder, "unit.save", code="BHGD", name="滨海供电站", kind="管线企业")
    leaf = json.loads(linlictl(folder, "query", "duty.find", '{"typed": "消防通道堵塞"}'))[0]
    case = run(folder, "case.intake", text="No water since noon", channel="CK01")["case"]
    run(folder, "case.accept", case=case, item=leaf["code"])
    run(folder, "case.dispatch", case=case, lead=unit(folder, "滨海供水站")["id"], assist=[])


def keep_units(desk, folder):
    """A unit is found by its initials; it is not closed over a case; closed it is out of the way, and comes back."""
    choose(desk, "Handling Units")
    wait("the keyboard in the search", lambda: desk.keyboard() == "Search the units")
    desk.type("bhgs")
    desk.find(re.compile("^滨海供水站, 管线企业 · 王工 · 0755-25802580, 1 open"), "list item")
    desk.find("Show These Cases", "push button")
    expect_named(desk, "units")
    shot(desk, "units")
    desk.click("Close…", "push button")
    desk.find(re.compile("滨海供水站 Still Has 1 Case"))
    desk.press("Escape")
    wait("the message gone", lambda: not desk.find_now(re.compile("Still Has 1 Case"), showing=True))
    wait("the keyboard back in the search", lambda: desk.keyboard() == "Search the units")
    desk.press("ctrl+a")
    desk.type("bhgd")
    wait("the other one", lambda: desk.find_now(re.compile("^滨海供电站"), "list item", showing=True)
         and not desk.find_now(re.compile("^滨海供水站"), "list item", showing=True))
    desk.click("Close…", "push button")
    desk.wait_for_keyboard("Close 滨海供电站")
    expect_named(desk, "closing a unit")
    desk.type("merged")
    desk.press("ctrl+Return")
    desk.find("No Such Unit")
    closed = unit(folder, "滨海供电站")
    assert (closed["active"], closed["closed_reason"]) == (False, "merged"), closed
    desk.tab_to("Closed Ones Too")
    desk.press("space")
    desk.find(re.compile("^滨海供电站, .*, closed$"), "list item")
    desk.click("Reopen…", "push button")
    desk.wait_for_keyboard("Reopen 滨海供电站")
    desk.press("ctrl+Return")
    desk.find(re.compile("^滨海供电站, 管线企业$"), "list item")
    assert unit(folder, "滨海供电站")["active"]
    desk.press("Insert")
    desk.wait_for_keyboard("New Unit")
    expect_named(desk, "a new unit")
    desk.type("Tree Nursery")
    desk.press("Tab")
    desk.type("TN1")
    desk.press("ctrl+Return")
    wait("a unit more", lambda: any(u["code"] == "TN1" for u in json.loads(linlictl(folder, "query", "unit.list"))))
    desk.press("Escape")
    desk.press("Escape")
    wait("the page gone", lambda: not desk.find_now("New Unit…", "push button"))


def give_passwords(desk, folder):
    # A clerk's cannot be the first: nobody could look after the accounts.
    desk.click("Password of Li Ming", "push button")
    desk.find("Password of Li Ming", "label")
    desk.type("abcdefgh")
    desk.press("Return")
    desk.type("abcdefgh")
    desk.press("Return")
    desk.find(re.compile("an administrator must be able"))
    desk.press("Escape")
    wait("the form gone", lambda: not desk.find_now("Password of Li Ming", "label", showing=True))
    desk.click("Password of 陈静", "push button")
    set_password(desk, "陈静", "september")
    desk.click("Password of Li Ming", "push button")
    set_password(desk, "Li Ming", "abcdefgh")
    wait("both can sign in", lambda: all(a["password"] for a in accounts(folder)))


def take_a_right(desk, folder):
    desk.tab_to("Dispatcher: Merging", 60)
    desk.press("space")
    wait("the right is gone", lambda: "merge" not in next(
        r["rights"] for r in json.loads(linlictl(folder, "query", "role.list")) if r["role"] == "dispatcher"))
    desk.find(re.compile("What you may do here was changed"))
    desk.press("Escape")


def lock(desk):
    desk.press("ctrl+shift+l")
    desk.find("Who are you?", "text")
    desk.find("Password", "text")
    expect_named(desk, "the sign-in page")
    shot(desk, "sign-in")


def show_case(desk, case):
    """As a notice on the desktop does when it is clicked."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def ask(method, argument, answer):
        return bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", method, argument,
                             GLib.VariantType(answer), 0, -1, None).unpack()[0]
    name = next(n for n in ask("ListNames", None, "(as)") if n.startswith(":") and
                ask("GetConnectionUnixProcessID", GLib.Variant("(s)", (n,)), "(u)") == desk.process.pid)
    bus.call_sync(name, "/io/github/linli_desk/Linli", "org.gtk.Actions", "Activate",
                  GLib.Variant("(sava{sv})", ("show-case", [GLib.Variant("s", case)], {})), None, 0, -1, None)


def ask_for_a_case_while_locked(desk, case):
    choose(desk, "People and Roles")
    desk.find("New Person…", "push button")
    lock(desk)
    desk.press("ctrl+comma")
    show_case(desk, case)
    desk.type("wrong one")
    desk.press("Return")
    desk.find(re.compile("do not belong together"))
    assert desk.find_now("New Person…", "push button"), "the page under the cover stays as it was"
    assert not desk.find_now("Text Size"), "nobody who is not signed in changes how this desk locks"
    desk.type("september")
    desk.press("Return")
    desk.find("Timeline")
    wait("the case on top", lambda: not desk.find_now("New Person…", "push button"))


def check(desk, dialog, name):
    """Ticks or unticks @name in the form of a person and hands it in."""
    desk.wait_for_keyboard(dialog)
    desk.tab_to(name)
    desk.press("space", "ctrl+Return")
    wait("the form gone", lambda: not desk.find_now(name, "check box", showing=True))


def close_the_account_at_work(desk, folder):
    choose(desk, "People and Roles")
    desk.tab_to("^Li Ming, Desk clerk")
    desk.press("Return")
    check(desk, "Person", "Administrator")
    wait("an administrator more", lambda: "admin" in next(a["roles"] for a in accounts(folder) if a["name"] == "Li Ming"))
    desk.click("陈静 works here", "check box")
    desk.find(re.compile("closed the account of 陈静"))
    expect_named(desk, "the sign-in page of a closed account")
    shot(desk, "closed")
    desk.type("Li Ming")
    desk.press("Return")
    desk.type("abcdefgh")
    desk.press("Return")
    signed_in(desk, "Li Ming")


def give_the_role_away(desk, folder):
    choose(desk, "People and Roles")
    desk.click("陈静 works here", "check box")
    wait("open again", lambda: all(a["active"] for a in accounts(folder)))
    desk.tab_to("^Li Ming, Desk clerk")
    desk.press("Return")
    check(desk, "Person", "Administrator")
    wait("the page gone with the role", lambda: not desk.find_now("New Person…", "push button"))
    shot(desk, "no-administrator")


def take_the_names(desk, folder):
    """What a role may no longer see is gone from lists that have shown it."""
    desk.find(re.compile("王小梅"), "list item")
    choose(desk, "People and Roles")
    desk.tab_to("Desk clerk: Who residents are", 60)
    desk.press("space")
    desk.find(re.compile("What you may do here was changed"))
    wait("the pages anew", lambda: not desk.find_now("New Person…", "push button"))
    desk.find(re.compile(r"王\*\*"), "list item")
    assert not desk.find_now(re.compile("王小梅"), "list item")
    shot(desk, "no-names")


def look_behind_the_stars(desk, case, other):
    """Says why, sees who came until another case is chosen, and stands in the log."""
    show_case(desk, case)
    desk.find(re.compile(r"王\*\* 138\*\*\*\*5678"))
    desk.press("shift+i")
    desk.wait_for_keyboard("Look Up Who Came")
    expect_named(desk, "looking up")
    desk.press("alt+c")
    shot(desk, "look-up")
    desk.press("ctrl+Return")
    desk.find(re.compile("王小梅 13812345678"))
    shot(desk, "looked-up")
    show_case(desk, other)
    desk.find(re.compile(r"李\*\* 139\*\*\*\*5678"))
    show_case(desk, case)
    desk.find(re.compile(r"王\*\* 138\*\*\*\*5678"))


def mark_confidential(desk):
    desk.click("More about This Case")
    desk.click(desk.find("Mark Confidential (B)…", "menu item"))
    desk.wait_for_keyboard("Mark the Case Confidential")
    desk.type("A child is concerned")
    desk.press("ctrl+Return")
    desk.find(re.compile("A child is concerned"), "label")
    desk.find("Confidential", "label")
    shot(desk, "confidential")
    desk.press("ctrl+z")
    wait("open again", lambda: not desk.find_now("Confidential", "label", showing=True))


def read_the_log(desk):
    choose(desk, "Looks at Residents’ Names")
    desk.find(re.compile("^Li Ming · Contact"), "list item")
    expect_named(desk, "the log of looks")
    shot(desk, "looks")
    desk.tab_to("Li Ming · Contact")
    desk.press("Return")
    wait("the case on top", lambda: not desk.find_now(re.compile("^Li Ming · Contact"), "list item", showing=True))
    desk.find(re.compile(r"王\*\*"))


def main():
    folder = Path(tempfile.mkdtemp(prefix="linli-gui-store-"))
    try:
        linlictl(folder, "init", "桂园党群服务中心", "陈静", "桂园社区")
        case = json.loads(linlictl(folder, "run", "case.intake", json.dumps(
            {"text": "The lamp at gate 3 is dark", "channel": "CK01", "appellant": {"name": "王小梅", "phone": "13812345678"}})))["case"]
        other = json.loads(linlictl(folder, "run", "case.intake", json.dumps(
            {"text": "The bench by the pond is broken", "channel": "CK01",
             "appellant": {"name": "李大海", "phone": "13912345678"}})))["case"]
        linlictl(folder, "run", "role.set-rights", json.dumps({"role": "admin", "rights": "confidential export lists"}))
        give_a_unit_work(folder)
        with Desk("--store", folder) as desk:
            signed_in(desk, "陈静")  # no wall before a centre of one
            keep_units(desk, folder)
            hire(desk, folder)
            give_passwords(desk, folder)
            take_a_right(desk, folder)
            ask_for_a_case_while_locked(desk, case)
            close_the_account_at_work(desk, folder)
            take_the_names(desk, folder)
            look_behind_the_stars(desk, case, other)
            mark_confidential(desk)
            read_the_log(desk)
            give_the_role_away(desk, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
