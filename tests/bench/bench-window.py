#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window keeps the main loop, over a small store and a big one.

Usage: bench-window.py LINLI MAKE-STORE. Walks through lists by keyboard like a
clerk in a hurry; after each step the program's watchdog tells its longest turn
of the main loop. Pages are drawn by cairo: a software GL would compile shaders
for some hundred milliseconds and tell nothing about this program.
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
STEPS = [
    ("walk down", ["Down"] * 60),
    ("search", ["ctrl+f", "type:小区 漏水", "Escape"]),
    ("jump to the end", ["End", "Home"]),
    ("page through", ["Next"] * 30),
    ("other views", ["ctrl+3", "ctrl+4", "ctrl+5", "ctrl+2"]),
    ("all cases, end", ["ctrl+9", "wait", "End", "wait", "Home"]),
]


def press(key):
    if key.startswith("type:"):
        subprocess.run(["xdotool", "type", "--delay", "60", key[5:]], check=True)
    elif key != "wait":
        subprocess.run(["xdotool", "key", key], check=True)
    time.sleep(0.05 if key in ("Down", "Next") else 0.8)


def ask_watchdog(program, log):
    """The longest turn since it was asked last, in milliseconds."""
    size = os.path.getsize(log)
    program.send_signal(signal.SIGUSR1)
    while True:
        time.sleep(0.02)
        with open(log, encoding="utf-8") as lines:
            lines.seek(size)
            told = re.search(r"longest=(\d+)us", lines.read())
        if told:
            return int(told.group(1)) / 1000


def memory(program):
    with open(f"/proc/{program.pid}/smaps_rollup", encoding="utf-8") as lines:
        return int(re.search(r"^Pss:\s+(\d+)", lines.read(), re.M).group(1)) / 1024


def walk(linli, store, folder):
    log = os.path.join(folder, "log")
    with open(log, "w", encoding="utf-8") as errors:
        program = subprocess.Popen([linli, "--store", store], stdout=errors, stderr=errors)
    try:
        time.sleep(4)
        ask_watchdog(program, log)
        opened = memory(program)
        longest = {}
        press("ctrl+2")
        for name, keys in STEPS:
            for key in keys:
                press(key)
            longest[name] = ask_watchdog(program, log)
        return longest, opened, memory(program)
    finally:
        program.terminate()
        program.wait()


def main():
    linli, make_store = sys.argv[1:3]
    build = os.environ["LINLI_BUILD_ROOT"]
    os.environ.update(GSK_RENDERER="cairo", LINLI_WATCHDOG="1", GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"))
    found = {}
    for rows in (SMALL, BIG):
        made = subprocess.run([make_store, str(rows)], stdout=subprocess.PIPE, check=True, text=True).stdout
        with tempfile.TemporaryDirectory(dir=os.path.join(build, "bench-stores")) as folder:
            store = os.path.join(folder, "store")
            os.mkdir(store)
            shutil.copyfile(made.splitlines()[-1], os.path.join(store, "linli.db"))
            found[rows] = walk(linli, store, folder)
    for name, _ in STEPS:
        print(f"{name}: longest turn {found[SMALL][0][name]:.0f} ms with {SMALL} cases, "
              f"{found[BIG][0][name]:.0f} ms with {BIG}; goal 16 ms")
    print(f"memory (PSS), {BIG} cases: {found[BIG][1]:.0f} MB when the window is open, "
          f"{found[BIG][2]:.0f} MB after the walk; goal 200 MB")


main()
