#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From process start to a usable inbox, against a minimal libadwaita window.

Usage: bench-start.py LINLI LINLICTL MINIMAL [STORE]. A window counts as ready
when its title says so: Linli names the centre only once its pages are up.
Needs a display (tests/with-display brings one). The two programs take turns,
so that a machine whose speed drifts is fair to both.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("LINLI_BENCH_ROUNDS", "7"))
LIMIT = 30.0


def is_ready(title):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return bool(found.stdout.strip())


def start_once(command, title):
    begun = time.monotonic()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not is_ready(title):
            if time.monotonic() - begun > LIMIT or program.poll() is not None:
                sys.exit(f"{command[0]} never became ready")
            time.sleep(0.005)
        return time.monotonic() - begun
    finally:
        program.terminate()
        program.wait()


def main():
    linli, linlictl, minimal = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        store = sys.argv[4] if len(sys.argv) > 4 else os.path.join(folder, "store")
        if len(sys.argv) <= 4:
            subprocess.run([linlictl, "-s", store, "init", "centre", "clerk"],
                           stdout=subprocess.DEVNULL, check=True)
        start_once([minimal], "Minimal ready")
        start_once([linli, "--store", store], "– Linli$")
        least, ours = [], []
        for _ in range(ROUNDS):
            least.append(start_once([minimal], "Minimal ready"))
            ours.append(start_once([linli, "--store", store], "– Linli$"))
    ratios = sorted(a / b for a, b in zip(ours, least))
    print(f"minimal window {statistics.median(least) * 1000:.0f} ms, "
          f"linli with its inbox {statistics.median(ours) * 1000:.0f} ms")
    print(f"start ratio {statistics.median(ratios):.2f} "
          f"({ratios[0]:.2f} to {ratios[-1]:.2f}); goal 1.3")


main()
