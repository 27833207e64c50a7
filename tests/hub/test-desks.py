#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks and a hub as programs: they work apart, meet, disagree, lose each
other, are restored from backups, and end with the same rows."""

import json
import random
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from desks import CTL, DATABASE, Desk, Hub, expect_same, rows


def keep_hub(hub, night):
    """The night's backup, made while no hub serves."""
    if DATABASE:
        subprocess.run(["pg_dump", "--format=custom", f"--file={night}", DATABASE], check=True)
    else:
        subprocess.run(["cp", "-r", hub.folder, night], check=True)


def bring_back_hub(hub, night):
    if DATABASE:
        subprocess.run(["pg_restore", "--clean", "--if-exists", "--exit-on-error", f"--dbname={DATABASE}", night], check=True)
    else:
        subprocess.run(["rm", "-r", hub.folder], check=True)
        subprocess.run(["cp", "-r", night, hub.folder], check=True)


def test_apart_and_together(one, two):
    """Each takes in cases without the other; both have all of them afterwards."""
    made = [one.take_in(f"The lamp {i} is dark") for i in range(5)] + [two.take_in(f"The cover {i} rattles") for i in range(5)]
    expect_same(one, two)
    assert set(made) <= set(rows(one))
    numbers = [c[0] for c in rows(one).values()]
    assert len(numbers) == len(set(numbers)), "numbers printed apart never meet"


def test_same_case_two_ways(one, two):
    """Both finish one case differently while apart: the first to arrive counts,
    the other is told, and its words are kept."""
    case = one.take_in("Noise at night")
    expect_same(one, two)
    one.run("case.withdraw", case=case, reason="The resident called: it is quiet now")
    two.run("case.withdraw", case=case, reason="Taken back at the counter")
    one.sync()
    answer = two.ctl("sync", "60", codes=(0, 4))
    assert answer["needs_attention"] == 1, answer
    parked = two.query("sync.parked")[0]
    assert parked["result"] == "rejected" and "Taken back at the counter" in json.dumps(parked, ensure_ascii=False)
    assert two.case(case)["state"] == "withdrawn"
    two.run("parked.settle", refused=True, id=parked["id"], decision="seen")
    two.run("parked.settle", id=parked["id"], decision="dropped", reason="It was the same wish")
    expect_same(one, two)
    assert two.query("sync.parked") == []


def test_same_field_two_values(one, two):
    """Different fields are both kept; of one field the hub's value stays and
    both are shown."""
    case = one.take_in("A bench is broken")
    expect_same(one, two)
    revision = one.case(case)["revision"]
    one.run("case.edit", case=case, revision=revision, summary="The bench by the pond", place="Pond")
    two.run("case.edit", case=case, revision=revision, summary="The bench by the gate")
    one.sync()
    answer = two.ctl("sync", "60", codes=(0, 4))
    assert answer["needs_attention"] == 1, answer
    assert two.case(case)["summary"] == "The bench by the pond" and two.case(case)["place"] == "Pond"
    parked = two.query("sync.parked")[0]
    assert parked["result"] == "merged" and "The bench by the gate" in json.dumps(parked, ensure_ascii=False)
    two.run("parked.settle", id=parked["id"], decision="seen")
    expect_same(one, two)


def test_hub_killed(hub, one, two):
    """The hub dies again and again while both send; nothing is lost, nothing twice."""
    rand = random.Random(20261127)
    stop = threading.Event()

    def killer():
        while not stop.is_set():
            time.sleep(rand.uniform(0.05, 0.3))
            hub.stop(signal.SIGKILL)
            hub.start()

    made = [desk.take_in(f"Round {i}") for i in range(12) for desk in (one, two)]
    thread = threading.Thread(target=killer)
    thread.start()
    for _ in range(6):
        for desk in (one, two):
            desk.ctl("sync", "2", codes=(0, 4))
    stop.set()
    thread.join()
    expect_same(one, two)
    assert set(made) <= set(rows(two))


def test_restored_desk(hub, one, two, scratch):
    """A backup comes back on another machine: another desk, with a code of its
    own; what was done after the backup is fetched from the hub."""
    backup = scratch / "evening.linli-backup"
    two.ctl("backup", str(backup))
    late = two.take_in("After the backup")
    two.sync()
    three = Desk(scratch / "three")
    three.ctl("restore", str(backup))
    answer = three.ctl("sync", "20", codes=(0, 4))
    assert answer["state"] == "sign-in", answer
    three.join(hub)
    expect_same(one, two, three)
    assert late in rows(three)
    again = three.take_in("From the third desk")
    expect_same(one, two, three)
    assert three.case(again)["case_no"].split("-")[0] not in {c[0].split("-")[0] for k, c in rows(one).items() if k != again}


def test_hub_restored(hub, one, two, scratch):
    """The hub's disk is replaced by last night's: the desks send the lost day again."""
    hub.stop()
    night = scratch / "night"
    keep_hub(hub, night)
    hub.start()
    day = [one.take_in("Done on the lost day"), two.take_in("Also done on the lost day")]
    expect_same(one, two)
    hub.stop()
    bring_back_hub(hub, night)
    hub.start()
    hub.order("epoch", "桂园")
    for desk in (one, two, one, two):
        desk.ctl("sync", "60", codes=(0, 4))
    expect_same(one, two)
    assert set(day) <= set(rows(one))


def test_another_centres_code(hub, one):
    """What was done in one centre never goes to another's workspace."""
    hub.order("workspace", "梅园")
    code = hub.order("code", "梅园")["code"]
    kept = (one.folder / "hub.json").read_bytes()
    refused = subprocess.run([CTL, "-s", one.folder, "join", f"localhost:{hub.port}", code], capture_output=True, text=True,
                             check=False, timeout=60)
    assert refused.returncode != 0 and "another centre" in refused.stderr, refused
    assert (one.folder / "hub.json").read_bytes() == kept
    one.sync()


def main():
    with tempfile.TemporaryDirectory(prefix="linli-desks-") as name:
        scratch = Path(name)
        hub = Hub(scratch / "hub")
        try:
            one, two = Desk(scratch / "one"), Desk(scratch / "two")
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            before = one.take_in("Taken in before there was a hub")
            one.join(hub)
            two.join(hub)
            assert before in rows(two)
            test_apart_and_together(one, two)
            test_same_case_two_ways(one, two)
            test_same_field_two_values(one, two)
            test_another_centres_code(hub, one)
            test_hub_killed(hub, one, two)
            test_restored_desk(hub, one, two, scratch)
            test_hub_restored(hub, one, two, scratch)
        finally:
            if hub.process.poll() is None:
                hub.process.kill()


main()
