#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hub's other doors and its administration, over plain HTTP and by the
operator's words: what comes in there is on the desk, and nothing goes out that
is nobody's business."""

import json
import sqlite3
import tempfile
from pathlib import Path

from hub_world import Desk, Hub

PERSON = {"name": "王秀英", "phone": "13800138000", "address": "桂园路 7 号 302"}


def problem(text):
    return json.loads(text)["type"].rsplit(":", 1)[1]


def test_settings(scratch):
    """Option before environment before file; what is wrong is named with its line."""
    config = scratch / "hub.conf"
    config.write_text("# ours\n[hub]\nport = 0\nper-minute = 7\npublic-url = https://file.example/\n")
    hub = Hub(scratch / "settings", "-c", str(config), env={"LINLI_HUB_PUBLIC_URL": "https://environment.example"})
    desk = Desk(scratch / "settings-desk", hub, "linli")
    key = hub.order("channel", "key", "linli", desk.query("channel.find", typed="")[0]["code"])
    where = f"/v1/t/{key['workspace']}/intake/" + desk.query("channel.find", typed="")[0]["code"]
    seen = [hub.ask("POST", where, {"number": str(i), "text": "路灯不亮"}, key["key"]) for i in range(9)]
    assert [status for status, _ in seen].count(429) >= 1, "seven a minute, says the file"
    assert json.loads(seen[0][1])["status_url"].startswith("https://environment.example/v1/t/"), seen[0]
    hub.stop()
    for line, words in (("prot = 8700", "no setting “prot”"), ("port = many", "whole number"), ("port = 70000", "65535"),
                        ("public-url = hub.example", "no address")):
        config.write_text(f"[hub]\n{line}\n")
        told = hub.order("-c", str(config), "centre", "list", fails=True)
        assert words in told, told
        assert f"{config}:2" in told or "no address" in told, told
    config.write_text("[hub]\nport = 0\n\n[desk]\nx = 1\n")
    assert f"{config}:4: there is no section “desk”" in hub.order("-c", str(config), "centre", "list", fails=True)


def test_administration(hub, desk):
    """Units and channels are changed by the commands of the domain, in the hub's own name, and reach the desks."""
    assert [c["name"] for c in hub.order("centre", "list")["rows"]] == ["桂园"]
    assert hub.order("centre", "show", "桂园")["rows"][0]["name"] == "桂园"
    made = hub.order("unit", "add", "桂园", "LD", "路灯管理所", "short_name=路灯所", "phone=0755-1")["unit"]
    assert made["name"] == "路灯管理所" and made["phone"] == "0755-1"
    assert "already" in hub.order("unit", "add", "桂园", "LD", "又一个", fails=True)
    assert "none with the code" in hub.order("unit", "change", "桂园", "XX", "phone=1", fails=True)
    assert "nothing called" in hub.order("unit", "change", "桂园", "LD", "telephone=1", fails=True)
    assert "MEMBER=VALUE" in hub.order("unit", "change", "桂园", "LD", "phone", fails=True)
    assert "missing" in hub.order("unit", "add", "桂园", fails=True)
    changed = hub.order("unit", "change", "桂园", "LD", "phone=0755-2")["unit"]
    assert (changed["short_name"], changed["phone"]) == ("路灯所", "0755-2"), "the rest stays"
    assert not hub.order("unit", "disable", "桂园", "LD")["unit"]["active"]
    assert not hub.order("unit", "change", "桂园", "LD", "kind=区直单位")["unit"]["active"], "a change wakes nobody"
    assert hub.order("unit", "enable", "桂园", "LD")["unit"]["active"]
    hub.order("channel", "add", "桂园", "city", "市一体化平台", "group=网络")
    hub.order("channel", "change", "桂园", "city", "aliases=民意速办")
    channel = next(c for c in hub.order("channel", "list", "桂园")["rows"] if c["code"] == "city")
    assert (channel["group_name"], channel["aliases"]) == ("网络", "民意速办")
    desk.sync()
    assert any(u["code"] == "LD" and u["phone"] == "0755-2" for u in desk.query("unit.find", typed="路灯管理所"))
    with sqlite3.connect(f"file:{next((hub.folder / 'workspaces').glob('*.db'))}?mode=ro", uri=True) as rows:
        who = rows.execute("SELECT DISTINCT p.name FROM audit a JOIN account p ON p.id = a.actor "
                           "WHERE a.kind IN ('unit.save', 'channel.import') AND a.device <> ''").fetchall()
    assert ("Hub",) in who, who
    assert desk.ctl("verify")["ok"]


def test_nobody_there_yet(hub):
    hub.order("centre", "add", "空园")
    assert "No desk has joined" in hub.order("unit", "add", "空园", "A", "甲", fails=True)


def test_channel_intake(hub, desk):
    made = hub.order("channel", "key", "桂园", "city")
    assert "no channel" in hub.order("channel", "key", "桂园", "nowhere", fails=True)
    where = f"/v1/t/{made['workspace']}/intake/city"
    matter = {"number": "SZPS-001", "text": "三楼漏水，物业不管", "place": "桂园路 7 号", "reply_wanted": True, **PERSON}

    status, text = hub.ask("POST", where, matter, made["key"])
    assert status == 201, text
    told = json.loads(text)
    # The answer was lost: the same matter is the same case, and no second one.
    status, text = hub.ask("POST", where, matter, made["key"])
    again = json.loads(text)
    assert status == 200 and again["known"] and {**again, "known": False} == told
    status, text = hub.ask("POST", where, {**matter, "text": "别的事"}, made["key"])
    assert (status, problem(text)) == (409, "number-taken")
    desk.sync()
    cases = [c for c in desk.query("case.list", limit=100) if c["case_no"] == told["case_no"]]
    assert len(cases) == 1 and cases[0]["state"] == "received"
    shown = desk.query("case.show", case=cases[0]["id"])
    assert shown["case"]["channel_code"] == "city" and shown["case"]["place"] == "桂园路 7 号"
    assert PERSON["phone"] in json.dumps(shown, ensure_ascii=False)
    assert "SZPS-001" in json.dumps(shown, ensure_ascii=False), "the clerk sees the channel's own number"

    # Refused by the rules of the house, by field.
    for wrong, field, expected in (({**matter, "number": "2", "text": ""}, "text", 422),
                                   ({**matter, "number": "2", "item": "no such"}, "item", 422),
                                   ({**matter, "number": ""}, "number", 422), ({"text": "x"}, "number", 422),
                                   ({**matter, "number": "2", "colour": "red"}, "colour", 422),
                                   ({**matter, "number": "2", "received_at": "2099-01-01T00:00:00Z"}, "received_at", 422),
                                   ({**matter, "number": "2", "latitude": -(1 << 63)}, "latitude", 422),
                                   ({**matter, "number": "2", "attachments": [{"name": "a"}]}, "attachments", 422)):
        status, text = hub.ask("POST", where, wrong, made["key"])
        assert status == expected and json.loads(text).get("field") == field, (wrong, status, text)
    for body in (b"", b"[]", b"{", b"\xff\xfe{}", b'{"number":"\xff"}'):
        assert hub.ask("POST", where, body, made["key"])[0] == 400, body
    assert hub.ask("POST", where, {**matter, "number": "3", "text": "长" * 40000}, made["key"])[0] == 413

    # Where it stands, for whoever has the secret; no word about anybody.
    path = told["status_url"]
    assert path.startswith("/v1/t/")
    status, text = hub.ask("GET", path)
    state = json.loads(text)
    assert status == 200 and (state["case_no"], state["status"]) == (told["case_no"], "open"), text
    assert not any(word in text for word in (*PERSON.values(), "漏水"))
    desk.run("case.withdraw", case=cases[0]["id"], reason="王秀英说不用了")
    desk.sync()
    text = hub.ask("GET", path)[1]
    assert json.loads(text)["status"] == "closed" and "王秀英" not in text
    for bad in (path[:-1], path + "0", path.split("?")[0], path.split("?")[0] + "?secret=", path.replace("status/", "status/X")):
        assert hub.ask("GET", bad)[0] == 404, bad
    assert hub.ask("DELETE", where, None, made["key"])[0] == 405
    return made, where, matter


def test_keys(hub, made, where, matter):
    """A key opens its own door only, and not for ever."""
    hub.order("channel", "add", "桂园", "wx", "微信")
    other = hub.order("channel", "key", "桂园", "wx")
    for key in (None, "", "x", made["key"][:-1], made["key"].upper(), other["key"], "\xff" * 20):
        status, text = hub.ask("POST", where, {**matter, "number": "9"}, key)
        assert (status, problem(text)) == (401, "key-unknown"), (key, status, text)
    listed = json.dumps(hub.order("key", "list"))
    assert made["id"] in listed and made["key"] not in listed
    hub.order("key", "withdraw", made["id"])
    assert hub.ask("POST", where, matter, made["key"])[0] == 401
    assert "no key" in hub.order("key", "withdraw", "x", fails=True)
    hub.order("channel", "disable", "桂园", "wx")
    status, text = hub.ask("POST", where.replace("city", "wx"), matter, other["key"])
    assert (status, json.loads(text)["field"]) == (422, "channel")


def main():
    with tempfile.TemporaryDirectory(prefix="linli-doors-") as name:
        scratch = Path(name)
        test_settings(scratch)
        hub = Hub(scratch / "hub", "-p", "0", "--first", "桂园")
        try:
            desk = Desk(scratch / "desk", hub, "桂园")
            test_administration(hub, desk)
            test_nobody_there_yet(hub)
            test_keys(hub, *test_channel_intake(hub, desk))
            hub.stop()
        finally:
            if hub.process.poll() is None:
                hub.process.kill()


main()
