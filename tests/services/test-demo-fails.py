#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A demo that cannot be made leaves nothing behind, and touches nothing that
was there."""

import os
import resource
import signal
import sqlite3
import subprocess
import tempfile
from pathlib import Path

CTL = Path(os.environ.get("LINLI_BUILD_ROOT", "build")) / "src/ctl/linlictl"
REFUSED = 2
MOST = 3 << 20  # bytes in a file: room for the lists of a centre, not for its cases


def cramped():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, MOST))


def ctl(folder, *words, **options):
    return subprocess.run([CTL, "-s", folder, *words], capture_output=True, text=True, check=False, timeout=120, **options)


def prefix(folder):
    with sqlite3.connect(folder / "linli.db") as store:
        return store.execute("SELECT value FROM setting WHERE id = 'device.prefix'").fetchone()[0]


def a_real_store_is_left_alone(place):
    folder = place / "real"
    assert ctl(folder, "init", "桂园", "陈静").returncode == 0
    before = prefix(folder)
    done = ctl(folder, "demo", "--cases", "5")
    assert done.returncode == REFUSED, (done.returncode, done.stderr)
    assert prefix(folder) == before, "the numbers of the desk changed"
    assert ctl(folder, "verify").returncode == 0


def a_new_folder_goes_again(place):
    folder = place / "new"
    done = ctl(folder, "demo", preexec_fn=cramped)
    assert done.returncode != 0, "it did not fail"
    assert not folder.exists(), list(folder.iterdir())


def what_lay_in_the_folder_stays(place):
    folder = place / "used"
    folder.mkdir()
    (folder / "信.txt").write_text("别人的文件", encoding="utf-8")
    done = ctl(folder, "demo", preexec_fn=cramped)
    assert done.returncode != 0, "it did not fail"
    assert [p.name for p in folder.iterdir()] == ["信.txt"], list(folder.iterdir())


with tempfile.TemporaryDirectory() as base:
    for test in (a_real_store_is_left_alone, a_new_folder_goes_again, what_lay_in_the_folder_stays):
        test(Path(base))
        print(f"{test.__name__}: ok", flush=True)
