#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a hub and a desk wake the processor while nobody does anything.

Usage: bench-idle.py LINLI [SECONDS]. A wake-up is a voluntary switch of any
thread of the process, as the kernel counts them: each is one sleep that ended.
Fails only far beyond its goal. Needs a display (tests/with-display brings one).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hub"))
from desks import Desk, Hub  # noqa: E402

SETTLE = 40  # seconds until what is done once after a start is done
GOAL = 1.0  # a second
FAR = 10  # times the goal


def count(pid):
    """Wake-ups of each thread: id -> (name, how many)."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            lines = dict(line.split(":\t", 1) for line in (task / "status").read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        found[task.name] = (lines["Name"], int(lines["voluntary_ctxt_switches"]))
    return found


def watch(processes, seconds):
    """Whether they all sleep, more or less."""
    before = {name: count(process.pid) for name, process in processes.items()}
    worst = 0.0
    time.sleep(seconds)
    for name, process in processes.items():
        now = count(process.pid)
        if process.poll() is not None:
            sys.exit(f"idle: {name} has ended: nothing was measured")
        by_thread = {}
        for task, (thread, n) in now.items():
            by_thread[thread] = by_thread.get(thread, 0) + n - before[name].get(task, (thread, 0))[1]
        rate = sum(by_thread.values()) / seconds
        worst = max(worst, rate)
        parts = ", ".join(f"{thread} {n / seconds:.2f}" for thread, n in sorted(by_thread.items(), key=lambda t: -t[1]) if n)
        print(f"idle: {name} wakes {rate:.2f} times a second (goal below {GOAL:.0f}){': ' + parts if parts else ''}", flush=True)
    return worst <= FAR * GOAL


def main():
    linli = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory(prefix="linli-idle-") as name:
        scratch = Path(name)
        os.environ.update(GSETTINGS_SCHEMA_DIR=os.path.join(os.environ["LINLI_BUILD_ROOT"], "data"),
                          XDG_CONFIG_HOME=str(scratch / "settings"))
        hub = Hub(scratch / "hub")
        window = None
        try:
            time.sleep(3)
            good = watch({"a hub without desks": hub.process}, seconds)
            desk = Desk(scratch / "desk")
            desk.ctl("init", "桂园党群服务中心", "陈静", "桂园社区")
            desk.join(hub)
            desk.take_in("The lamp is dark")
            desk.sync()
            window = subprocess.Popen([linli, "--store", desk.folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(SETTLE)
            good = watch({"a hub with one desk": hub.process, "the desk's window": window}, seconds) and good
        finally:
            if window is not None:
                window.terminate()
                window.wait(30)
            hub.stop()
    return 0 if good else 1


sys.exit(main())
