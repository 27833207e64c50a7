#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From process start to a usable inbox, against a minimal libadwaita window.

Usage: bench-start.py TIMER LINLI LINLICTL MINIMAL [STORE]. A window counts as
ready when its title says so: Linli names the centre only once its pages are up,
and here they begin with the list of open cases.
Needs a display (tests/with-display brings one). The two programs take turns,
so that a machine whose speed drifts is fair to both. Fails only far beyond its goal.
"""
import os
import statistics
import subprocess
import sys
import tempfile

GOAL, FAR = 1.3, 2.6
ROUNDS = int(os.environ.get("LINLI_BENCH_ROUNDS", "15"))


def start_once(timer, title, *command):
    return float(subprocess.run([timer, title, *command], stdout=subprocess.PIPE, check=True).stdout)


def begin_with_inbox(folder):
    """The settings of a clerk who left the program at the list of open cases."""
    settings = os.path.join(folder, "glib-2.0", "settings")
    os.makedirs(settings)
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as keys:
        keys.write("[io/github/linli_desk/Linli]\nlast-view='open'\n")
    os.environ.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=folder,
                      GSETTINGS_SCHEMA_DIR=os.path.join(os.environ["LINLI_BUILD_ROOT"], "data"))


def main():
    timer, linli, linlictl, minimal = sys.argv[1:5]
    with tempfile.TemporaryDirectory() as folder:
        store = sys.argv[5] if len(sys.argv) > 5 else os.path.join(folder, "store")
        if len(sys.argv) <= 5:
            subprocess.run([linlictl, "-s", store, "init", "centre", "clerk"],
                           stdout=subprocess.DEVNULL, check=True)
        begin_with_inbox(os.path.join(folder, "settings"))
        start_once(timer, "Minimal ready", minimal)
        start_once(timer, "– Linli", linli, "--store", store)
        least, ours = [], []
        for _ in range(ROUNDS):
            least.append(start_once(timer, "Minimal ready", minimal))
            ours.append(start_once(timer, "– Linli", linli, "--store", store))
    ratios = sorted(a / b for a, b in zip(ours, least))
    print(f"minimal window {statistics.median(least):.0f} ms, linli with its inbox {statistics.median(ours):.0f} ms")
    print(f"start ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}); goal {GOAL}")
    return 0 if statistics.median(ratios) <= FAR else 1


sys.exit(main())
