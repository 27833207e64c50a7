#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the seed data that ships with the program.

The seed is what a new centre reads on its first day, so a broken reference or
a limit nobody can parse must stop the build, not surface at a clerk's desk.
"""

import json
import re
import sys
from collections import Counter
from itertools import product
from pathlib import Path

LIMIT = re.compile(r"[1-9]\d*(分钟|紧急工作时|工作时|工作日|自然时|自然日)$")
# Hours of desk time behind each unit, only to compare two limits of one leaf.
HOURS = {"分钟": 1 / 60, "紧急工作时": 1, "工作时": 1, "自然时": 1, "工作日": 8, "自然日": 8}
CLASS_IDS = set(range(1, 18)) | {695}
EVIDENCE = ("photo_before", "photo", "visit", "signature", "file")
URGENCIES = {"urgent", "normal", "hard"}
LANES = {None, "major", "minor", "private"}
START_RULES = {"immediate", "next_day"}
LIMIT_SOURCES = {"statutory", "sibling", "hotline", "press", "proposed"}
UNIT_KINDS = {"区直单位", "市驻区单位", "街道部门", "社区", "管线/公用企业", "物业企业"}
STAFF_ROLES = Counter(intake=2, dispatcher=1, reviewer=1, callback=1, secretary=1)

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
FICTIONAL_MOBILE = re.compile(r"1540000\d{4}$")
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-?[1-9]\d{6,7}(?!\d)")
HALF_WIDTH = re.compile(r"[一-鿿][,;:?!(]|[,;:?!)][一-鿿]")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")

# Real districts, streets and communities: the demo centre is fictitious and
# must not put words into the mouths of offices that exist.
REAL_PLACES = ("坪山", "龙田", "坑梓", "马峦", "碧岭", "石井", "龙岗", "龙华", "罗湖", "福田",
               "南山区", "宝安", "盐田", "光明区", "大鹏", "前海", "北站社区", "龙岭", "东乐")
# A machine's traces and half-finished words have no place in shipped text.
FORBIDDEN_WORDS = ("/tmp/", "/work/", "TODO", "FIXME", "示例文本", "lorem")
# No invented resident may carry the name of somebody everybody knows.
PUBLIC_NAMES = {
    "习近平", "李强", "赵乐际", "王沪宁", "蔡奇", "丁薛祥", "李希", "韩正", "李克强", "胡锦涛", "温家宝",
    "江泽民", "朱镕基", "李鹏", "邓小平", "毛泽东", "周恩来", "刘少奇", "朱德", "陈毅", "王毅", "陈云",
    "叶剑英", "彭德怀", "胡耀邦", "彭丽媛", "陈敏尔", "黄坤明", "王伟中", "孟凡利", "覃伟中", "马云",
    "马化腾", "任正非", "王健林", "刘强东", "李彦宏", "雷军", "姚明", "刘翔", "李娜", "郎平", "刘德华",
    "张学友", "周杰伦", "成龙", "李小龙", "王菲", "章子怡", "张艺谋", "陈凯歌", "莫言", "屠呦呦", "袁隆平",
    "钟南山", "杨利伟", "雷锋", "杨洋", "刘洋", "李宁", "王宁", "张伟丽", "李连杰", "刘涛", "孙俪", "邓超",
    "黄晓明", "赵薇", "杨幂", "李晨", "王刚", "张国立", "陈道明", "李雪健", "李嘉诚", "林俊杰", "黄海波",
    "周慧敏", "李丽珍", "张静仪", "陈春花", "郑海霞", "李小璐", "黄磊", "何炅", "周永康",
}


class Report:
    def __init__(self):
        self.problems = []

    def check(self, condition, where, message):
        if not condition:
            self.problems.append(f"{where}: {message}")
        return bool(condition)

    def unique(self, values, where):
        for value, count in Counter(values).items():
            self.check(count == 1, where, f"{value!r} appears {count} times")


def load(path, report):
    try:
        raw = path.read_bytes()
        report.check(not raw.startswith(b"\xef\xbb\xbf"), path.name, "starts with a byte order mark")
        return json.loads(raw.decode("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        report.check(False, path.name, str(error))
        return None


def hours(limit):
    number, unit = re.match(r"(\d+)(\D+)$", limit).groups()
    return int(number) * HOURS[unit]


def check_units(data, report):
    units = {u["code"]: u for u in data["units"]}
    report.unique((u["code"] for u in data["units"]), "units")
    report.unique((u["name"] for u in data["units"]), "units")
    report.unique((u["short"] for u in data["units"]), "units")
    report.unique((u["phone"] for u in data["units"]), "units")
    for code, unit in units.items():
        where = f"unit {code}"
        report.check(unit["kind"] in UNIT_KINDS, where, f"unknown kind {unit['kind']!r}")
        report.check(re.fullmatch(r"0755-0000\d{4}", unit["phone"]), where, "phone could be real")
        report.check(unit["parent"] is None or unit["parent"] in units, where, "unknown parent")
        report.check(unit["duty"], where, "no duty hours")
        seen = set()
        while unit is not None and unit["code"] not in seen:
            seen.add(unit["code"])
            unit = units.get(unit["parent"])
        report.check(unit is None, where, "parents form a circle")
    return units


def check_leaf_limits(leaf, where, report):
    limits = leaf["limits"]
    report.check("resolve" in limits, where, "no resolve limit")
    typed = True
    for kind, limit in limits.items():
        report.check(kind in ("dispatch", "sign", "contact", "resolve", "callback"), where, f"clock {kind!r}")
        typed &= report.check(LIMIT.match(limit), where, f"{kind} limit {limit!r} is not a typed limit")
    if typed and {"contact", "sign", "resolve"} <= limits.keys():
        report.check(hours(limits["sign"]) <= hours(limits["contact"]) <= hours(limits["resolve"]), where,
                     "sign, contact and resolve limits are out of order")


def check_catalogue(data, units, report):
    classes = {c["name"]: c for c in data["classes"]}
    report.check({c["id"] for c in data["classes"]} == CLASS_IDS, "classes", "not the 18 known classes")
    leaves = {leaf["code"]: leaf for leaf in data["items"]}
    report.unique((leaf["code"] for leaf in data["items"]), "catalogue")
    report.unique((leaf["name"] for leaf in data["items"]), "catalogue")
    report.check(len(leaves) >= 170, "catalogue", f"only {len(leaves)} leaves")
    report.check(list(leaves) == sorted(leaves), "catalogue", "leaves are not in code order")
    for code, leaf in leaves.items():
        where = f"leaf {code} {leaf['name']}"
        groups = {g["code"]: g["name"] for g in classes.get(leaf["class"], {"groups": []})["groups"]}
        report.check(groups.get(code[:5]) == leaf["group"], where, "group does not match its code")
        report.check(re.fullmatch(r"\d\d\.\d\d\.\d\d", code), where, "bad code")
        for unit in [leaf["lead"], *leaf["assist"]]:
            report.check(unit in units, where, f"unknown unit {unit}")
        report.check(leaf["lead"] not in leaf["assist"], where, "lead also assists")
        report.check(2 <= len(leaf["aliases"]) <= 12, where, f"{len(leaf['aliases'])} aliases")
        report.check(leaf["catch_all"] or len(leaf["aliases"]) >= 4, where, "fewer than 4 aliases")
        report.unique(leaf["aliases"], where)
        report.check(leaf["name"] not in leaf["aliases"], where, "alias repeats the name")
        report.check(leaf["urgency"] in URGENCIES, where, f"urgency {leaf['urgency']!r}")
        report.check(leaf["lane"] in LANES, where, f"lane {leaf['lane']!r}")
        report.check(leaf["start_rule"] in START_RULES, where, f"start rule {leaf['start_rule']!r}")
        report.check(leaf["limit_source"] in LIMIT_SOURCES, where, f"source {leaf['limit_source']!r}")
        report.check(leaf["basis"].startswith("《"), where, "basis is not a named law")
        evidence = leaf.get("evidence", [])
        report.check(evidence == [kind for kind in EVIDENCE if kind in evidence], where, f"evidence {evidence!r}")
        for key in ("filing", "standard", "closing"):
            report.check(len(leaf[key]) >= 8, where, f"{key} says nothing")
        check_leaf_limits(leaf, where, report)
    for name in classes:
        catch_alls = [leaf for leaf in leaves.values() if leaf["class"] == name and leaf["catch_all"]]
        report.check(len(catch_alls) == 1, f"class {name}", f"{len(catch_alls)} catch-all leaves")
    return leaves


def check_channels(data, report):
    channels = {c["id"]: c for c in data["channels"]}
    report.unique((c["id"] for c in data["channels"]), "channels")
    report.unique((c["name"] for c in data["channels"]), "channels")
    report.unique((c["short"] for c in data["channels"]), "channels")
    report.check(len(channels) == 151, "channels", f"{len(channels)} instead of 151")
    for channel in channels.values():
        report.check(channel["group"] in data["groups"], channel["id"], "group not declared")
        report.check(channel["reply"] and isinstance(channel["active"], bool), channel["id"], "incomplete")
    return channels


def check_routing(data, units, leaves, report):
    attributes = {a["code"]: a for a in data["attributes"]}
    report.unique((a["code"] for a in data["attributes"]), "attributes")
    known = [code[:n] for code in leaves for n in (2, 5, 8)]
    for attribute in attributes.values():
        where = f"attribute {attribute['code']}"
        report.check(set(attribute["items"].split()) <= set(known), where, "asks about a leaf that is not there")
        report.check(all(leaf in leaves for leaf in attribute["defaults"]), where, "a default for no leaf")
        report.check(set(attribute["defaults"].values()) <= set(attribute["choices"]), where, "a default that is no choice")
    report.unique((r["code"] for r in data["rules"]), "rules")
    report.unique((r["name"] for r in data["rules"]), "rules")
    for rule in data["rules"]:
        where = f"rule {rule['code']}"
        report.check(set(rule["items"].split()) <= set(known), where, "is for a leaf that is not there")
        named = [rule["lead"], *rule.get("assist", []), rule.get("later", rule["lead"])]
        report.check(all(unit in units for unit in named), where, "names an unknown unit")
        for code, values in rule.get("attributes", {}).items():
            report.check(code in attributes and set(values.split()) <= set(attributes[code]["choices"]), where,
                         f"{code} cannot be {values}")


def slots_of(text):
    return set(re.findall(r"\{([^{}]*)\}", text))


def check_reasons(data, report):
    known = set(data["variables"])
    for section, rows in data.items():
        if not isinstance(rows, list) or section == "variables":
            continue
        report.unique((row["code"] for row in rows), f"reasons {section}")
        report.unique((row["label"] for row in rows), f"reasons {section}")
        for row in rows:
            where = f"reason {section}/{row['code']}"
            unknown = slots_of(row.get("template", "")) - known
            report.check(not unknown, where, f"unknown variables {sorted(unknown)}")
            if section in ("decline", "withdraw", "return", "release"):
                report.check(len(row.get("template", "")) >= 20, where, "no explanation template")
            if section == "decline":
                report.check(row.get("basis"), where, "no basis")
    report.check(len(data["satisfaction"]) == 5, "reasons", "satisfaction needs five grades")
    return {row["label"] for row in data["natures"]}


def check_people(data, report):
    surnames = [s["name"] for s in data["surnames"]]
    report.unique(surnames, "surnames")
    for gender, decades in data["given"].items():
        report.check(gender in ("female", "male"), "people", f"gender {gender!r}")
        for decade, names in decades.items():
            report.check(re.fullmatch(r"(19|20)\d0", decade), "people", f"decade {decade!r}")
            report.unique(names, f"given names {gender} {decade}")
            for surname, given in product(surnames, names):
                report.check(surname + given not in PUBLIC_NAMES, "people", f"{surname}{given} is a public figure")


def check_places(data, units, report):
    report.check(len(data["communities"]) == 3, "places", "not three communities")
    report.check(len(data["estates"]) == 24, "places", f"{len(data['estates'])} estates instead of 24")
    report.unique((e["code"] for e in data["estates"]), "estates")
    report.unique((e["name"] for e in data["estates"]), "estates")
    communities = {c["name"] for c in data["communities"]}
    for community in data["communities"]:
        report.check(community["unit"] in units, community["name"], "unknown unit")
        report.check(len(community["roads"]) >= 4 and len(community["landmarks"]) >= 5,
                     community["name"], "too few roads or landmarks")
    for estate in data["estates"]:
        where = f"estate {estate['name']}"
        report.check(estate["community"] in communities, where, "unknown community")
        report.check(estate["property"] in units, where, "unknown property unit")
        report.check(estate["buildings"] and estate["address"], where, "no buildings or no address")
        report.unique((b["name"] for b in estate["buildings"]), where)
        for building in estate["buildings"]:
            report.check(building["floors"] >= 1 and building["rooms"] >= 1, where, "empty building")


def check_matter(matter, known, leaves, channels, units, natures, report):
    where = f"matter {matter['id']}"
    if not report.check(matter["leaf"] in leaves, where, f"unknown leaf {matter['leaf']}"):
        return
    report.check(matter["nature"] in natures, where, f"nature {matter['nature']!r}")
    report.check(matter["urgency"] in URGENCIES, where, f"urgency {matter['urgency']!r}")
    report.check(matter["lane"] in LANES, where, f"lane {matter['lane']!r}")
    for channel in matter["channels"]:
        report.check(channel in channels, where, f"unknown channel {channel}")
    report.check(matter["channels"], where, "no channel")
    handlers = [h["unit"] for h in matter["handling"]]
    for unit in handlers:
        report.check(unit in units or unit == "{property}", where, f"unknown unit {unit}")
    lead = leaves[matter["leaf"]]["lead"]
    report.check(handlers and handlers[0] in (lead, "{property}" if lead == "WY" else lead), where,
                 f"the first handler is not the leaf's lead {lead}")
    for text in matter["texts"]:
        report.check(20 <= len(text) <= 200, where, f"text of {len(text)} characters: {text[:20]}")
    every = [matter["title"], *matter["texts"], *matter["results"], *matter["callbacks"],
             *(n for h in matter["handling"] for n in h["notes"])]
    variants = [len(part) for part in (matter["handling"][0]["notes"], matter["results"], matter["callbacks"])]
    report.check(variants == [2, 2, 2], where, f"lead notes, results and call-backs do not pair: {variants}")
    unknown = set().union(*(slots_of(text) for text in every)) - known
    report.check(not unknown, where, f"unknown slots {sorted(unknown)}")
    report.check(all(text.count("{") == text.count("}") for text in every), where, "unbalanced braces")


def check_demo(folder, units, leaves, channels, natures, report):
    people, places, matters, staff = (load(folder / f"{name}.json", report)
                                      for name in ("people", "places", "matters", "staff"))
    if None in (people, places, matters, staff):
        return
    check_people(people, report)
    check_places(places, units, report)
    known = set(matters["slots"])
    report.unique((m["id"] for m in matters["matters"]), "matters")
    report.unique((t for m in matters["matters"] for t in m["texts"]), "matter texts")
    report.check(len(matters["matters"]) >= 160, "matters", f"only {len(matters['matters'])}")
    for name, slot in matters["slots"].items():
        report.check(slot.get("values") or slot.get("from"), f"slot {name}", "neither values nor a source")
        nested = set().union(*(slots_of(v) for v in slot.get("values", [""])))
        report.check(nested <= known, f"slot {name}", f"unknown slots {sorted(nested - known)}")
    for matter in matters["matters"]:
        check_matter(matter, known, leaves, channels, units, natures, report)
    report.check(Counter(s["role"] for s in staff["staff"]) >= STAFF_ROLES, "staff", "a desk has nobody")
    report.unique((s["login"] for s in staff["staff"]), "staff")
    for person in staff["staff"]:
        report.check(person["name"] not in PUBLIC_NAMES, "staff", f"{person['name']} is a public figure")


def check_text(path, report):
    """What may stand in no seed file, whatever its structure."""
    text = path.read_text(encoding="utf-8")
    for number in MOBILE.findall(text):
        report.check(FICTIONAL_MOBILE.match(number), path.name, f"{number} could be somebody's phone")
    for pattern, what in ((LANDLINE, "telephone number"), (IDENTITY, "identity number")):
        for number in pattern.findall(text):
            report.check(False, path.name, f"{number} could be a real {what}")
    for clash in HALF_WIDTH.findall(text):
        report.check(path.suffix != ".json", path.name, f"half-width punctuation in Chinese text: {clash!r}")
    words = FORBIDDEN_WORDS + (REAL_PLACES if path.suffix == ".json" else ())
    for word in words:
        report.check(word not in text, path.name, f"forbidden word {word!r}")


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "data" / "seed"
    report = Report()
    files = [load(root / f"{name}.json", report) for name in ("units", "duty-catalogue", "channels", "reasons")]
    if None not in files:
        units = check_units(files[0], report)
        leaves = check_catalogue(files[1], units, report)
        channels = check_channels(files[2], report)
        natures = check_reasons(files[3], report)
        routing = load(root / "routing.json", report)
        if routing is not None:
            check_routing(routing, units, leaves, report)
        for leaf in leaves.values():
            report.check(set(leaf["nature"]) <= natures and leaf["nature"], f"leaf {leaf['code']}", "bad nature")
        check_demo(root / "demo", units, leaves, channels, natures, report)
    for path in sorted(root.rglob("*")):
        if path.suffix in (".json", ".md"):
            check_text(path, report)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    print(f"seed: {len(report.problems)} problems")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
