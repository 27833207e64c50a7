#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window keeps the main loop, over a small store and a big one.

Usage: bench-window.py LINLI MAKE-STORE PLAIN. Walks through lists by keyboard like a
clerk in a hurry; after each step the program's watchdog tells its longest turn
of the main loop, and the longest by processor time: what it did itself, however
crowded the machine. Pages are drawn by cairo: a software GL would compile shaders
for some hundred milliseconds and tell nothing about this program. PLAIN, a window
with as many rows of GTK's own labels, takes the same keys as far as it has something
for them: what GTK takes where a program leaves rows to it. Fails only far beyond its goals.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SMALL = 10000
BIG = int(os.environ.get("LINLI_BENCH_ROWS", "1000000"))
TURN, MEMORY = 16, 200  # goals: milliseconds, megabytes
FAR_TURN, FAR_MEMORY = 500, 400
READY = {"linli": "– Linli", "plain-window": "Plain ready"}  # in the title, when keys are heard
STEPS = [
    ("walk down", ["Down"] * 60),
    ("search", ["ctrl+f", "type:小区 漏水", "Escape"]),
    ("jump to the end", ["End", "Home"]),
    ("page through", ["Next"] * 30),
    ("other views", ["ctrl+3", "ctrl+4", "ctrl+5", "ctrl+2"]),
    ("all cases, end", ["ctrl+9", "wait", "End", "wait", "Home"]),
]
ALSO_PLAIN = ("walk down", "jump to the end", "page through")


def wait_until(what, program, condition):
    end = time.monotonic() + 60
    while not condition():
        if program.poll() is not None or time.monotonic() > end:
            sys.exit(f"window: {what} never came: nothing was measured")
        time.sleep(0.02)


def is_in_front(name):
    """Whether the program @name has its pages up and what is typed goes there."""
    told = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True, check=False)
    return READY[name] in told.stdout


def press(key):
    if key.startswith("type:"):
        subprocess.run(["xdotool", "type", "--delay", "60", key[5:]], check=True)
    elif key != "wait":
        subprocess.run(["xdotool", "key", key], check=True)
    time.sleep(0.05 if key in ("Down", "Next") else 0.8)


def ask_watchdog(program, log):
    """The longest turn since it was asked last: milliseconds, and of the processor."""
    size = os.path.getsize(log)
    longest = []

    def has_told():
        with open(log, encoding="utf-8") as lines:
            lines.seek(size)
            longest.extend(re.findall(r"longest=(\d+)us over=\d+ busiest=(\d+)us", lines.read()))
        return longest

    program.send_signal(signal.SIGUSR1)
    wait_until("the watchdog's answer", program, has_told)
    return tuple(int(turn) / 1000 for turn in longest[0])


def memory(program):
    with open(f"/proc/{program.pid}/smaps_rollup", encoding="utf-8") as lines:
        return int(re.search(r"^Pss:\s+(\d+)", lines.read(), re.M).group(1)) / 1024


def walk(steps, log, *command):
    """The longest turn of each step, and the memory before and after all."""
    name = os.path.basename(command[0])
    with open(log, "w", encoding="utf-8") as errors:
        program = subprocess.Popen(command, stdout=errors, stderr=errors)
    try:
        wait_until("the window", program, lambda: is_in_front(name))
        time.sleep(4)
        ask_watchdog(program, log)
        opened = memory(program)
        longest = {}
        press("ctrl+2")
        for step, keys in steps:
            for key in keys:
                press(key)
            wait_until("the window after “" + step + "”", program, lambda: is_in_front(name))
            longest[step] = ask_watchdog(program, log)
        return longest, opened, memory(program)
    finally:
        program.terminate()
        program.wait()


def tell(turn):
    return f"{turn[0]:.0f} ms ({turn[1]:.0f} of the processor)"


def main():
    linli, make_store, plain = sys.argv[1:4]
    build = os.environ["LINLI_BUILD_ROOT"]
    os.environ.update(GSK_RENDERER="cairo", LINLI_WATCHDOG="1", GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"))
    found = {}
    for rows in (SMALL, BIG):
        made = subprocess.run([make_store, str(rows)], stdout=subprocess.PIPE, check=True, text=True).stdout
        with tempfile.TemporaryDirectory(dir=os.path.join(build, "bench-stores")) as folder:
            store = os.path.join(folder, "store")
            os.mkdir(store)
            shutil.copyfile(made.splitlines()[-1], os.path.join(store, "linli.db"))
            found[rows] = walk(STEPS, os.path.join(folder, "log"), linli, "--store", store)
    with tempfile.TemporaryDirectory() as folder:
        gtk = walk([step for step in STEPS if step[0] in ALSO_PLAIN], os.path.join(folder, "log"), plain, str(SMALL))[0]
    for name, _ in STEPS:
        least = f"; a plain list of GTK's {tell(gtk[name])}" if name in gtk else ""
        print(f"{name}: longest turn {tell(found[SMALL][0][name])} with {SMALL} cases, "
              f"{tell(found[BIG][0][name])} with {BIG}{least}; goal {TURN} ms")
    print(f"memory (PSS), {BIG} cases: {found[BIG][1]:.0f} MB when the window is open, "
          f"{found[BIG][2]:.0f} MB after the walk; goal {MEMORY} MB")
    longest = max(turn[0] for turn in found[BIG][0].values())
    return 0 if longest <= FAR_TURN and found[BIG][2] <= FAR_MEMORY else 1


sys.exit(main())
