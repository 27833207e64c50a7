#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hub's disk is full: the desk says so in words, nothing that was acknowledged
is lost, and everything goes on by itself once there is room."""

import hashlib
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import desks
from desks import Desk, expect_same, rows

SMALL = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
         'mount -t tmpfs -o size=16m none "$1" && shift && exec "$@"', "sh"]


class SmallHub(desks.Hub):
    """A hub whose folder is a disk of a few megabytes, seen by nobody else."""

    def __init__(self, folder):
        folder.mkdir()
        self.mount = folder
        super().__init__(folder)

    def start(self):
        self.process = subprocess.Popen([*SMALL, self.mount, desks.HUB, "-f", self.mount, "-p", "0", "--first", "桂园", "serve"],
                                        stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("Serving "):
                self.port = int(line.rsplit(":", 1)[1])
                self.folder = Path(f"/proc/{self.process.pid}/root") / self.mount.relative_to("/")
                return
        raise AssertionError("the hub does not start")

    def fill(self, leaving=0):
        """Takes all room of the disk but @leaving bytes."""
        with open(self.folder / "filler", "ab", buffering=0) as filler:
            for size in (65536, 4096):
                try:
                    while True:
                        filler.write(b"\0" * size)
                except OSError:
                    pass
        if leaving:
            os.truncate(self.folder / "filler", (self.folder / "filler").stat().st_size - leaving)

    def make_room(self):
        (self.folder / "filler").unlink()


def attach(desk, case, name, content):
    path = desk.folder.parent / name
    path.write_bytes(content)
    stored = desk.ctl("put", str(path))
    desk.run("case.attach", case=case, audience="internal", **stored)
    return stored["sha256"]


def test_operations(hub, one, two):
    """The hub cannot decide: the desk keeps what it has, and says what is wrong."""
    acknowledged = [one.take_in(f"Before it was full, {i}") for i in range(3)]
    one.sync()
    hub.fill()
    waiting = [one.take_in(f"While it was full, {i} " + "x" * 4000) for i in range(40)]
    answer = one.ctl("sync", "3", codes=(4,))
    assert answer["to_send"] >= 1 and answer["needs_attention"] == 0, answer
    assert (answer["state"], answer["fault"]) == ("offline", "no-room"), answer
    assert "full" in answer["trouble"], answer
    hub.make_room()
    expect_same(one, two)
    assert set(acknowledged + waiting) <= set(rows(two))


def test_files(hub, one, two):
    """There is room for operations, but not for a file: it waits, and is not given up."""
    case = one.take_in("A film of it")
    content = random.Random(4).randbytes(3 << 20)
    sha256 = attach(one, case, "film.bin", content)
    one.ctl("sync", "20", "small", codes=(0, 4))
    hub.fill(leaving=600000)
    answer = one.ctl("sync", "4", codes=(4,))
    assert answer["to_send"] == 0 and answer["files_to_send"] == 1, answer
    assert answer["hub_full"] and answer["files_refused"] == 0, answer
    hub.make_room()
    answer = one.sync()
    assert answer["files_to_send"] == 0 and not answer["hub_full"], answer
    told = hub.order("verify", "桂园")
    assert told["damaged"] == [] and told["missing"] == [], told
    two.sync()
    assert two.ctl("fetch", sha256) == {sha256: "here"}
    path = two.folder / "attachments" / sha256[:2] / sha256
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


PUT_FULL = r"""
set -e
ctl=$1 store=$2 case=$3 file=$4
cp -r "$store"/. "$5"
files() { find "$5/attachments" -type f 2>/dev/null | sort; }
before=$(files "$@")
dd if=/dev/zero of="$5/filler" bs=65536 2>/dev/null || true
truncate -s -1000000 "$5/filler"
if "$ctl" -s "$5" put "$file" 2>"$5.words"; then echo "a full disk took it"; exit 1; fi
grep -qi "space" "$5.words" || { cat "$5.words"; exit 1; }
test "$before" = "$(files "$@")" || { echo "something half was kept"; files "$@"; exit 1; }
rm "$5/filler"
"$ctl" -s "$5" put "$file"
test "$before" != "$(files "$@")"
"""


def test_attaching(scratch, desk):
    """The disk of the desk is full: nothing of the file is kept, and it is added once there is room."""
    case = desk.take_in("With a film, on a small disk")
    film = scratch / "large.bin"
    film.write_bytes(random.Random(6).randbytes(5 << 20))
    small = scratch / "small-disk"
    small.mkdir()
    done = subprocess.run([*SMALL, small, "sh", "-c", PUT_FULL, "sh", desks.CTL, desk.folder, case, film, small],
                          capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert hashlib.sha256(film.read_bytes()).hexdigest() in done.stdout, done.stdout


def main():
    with tempfile.TemporaryDirectory(prefix="linli-full-") as name:
        scratch = Path(name)
        (scratch / "try").mkdir()
        if subprocess.run([*SMALL, scratch / "try", "true"], capture_output=True, check=False).returncode != 0:
            print("no small disk to be had here: a full one is not tried")
            sys.exit(77)
        hub = SmallHub(scratch / "hub")
        try:
            one, two = Desk(scratch / "one"), Desk(scratch / "two")
            one.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            one.join(hub)
            two.join(hub)
            one.sync()
            two.sync()
            test_operations(hub, one, two)
            test_files(hub, one, two)
            test_attaching(scratch, one)
        finally:
            if hub.process.poll() is None:
                hub.process.kill()


main()
