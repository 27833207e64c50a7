#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a test finds every bug that can be put in.

Usage: find-planted.py TEST LIST. Runs TEST as it is, which must pass, and once
with each bug that LIST names, which must fail by an error that the test tells.
"""
import os
import re
import subprocess
import sys


def run(test, bug):
    env = dict(os.environ, LINLI_PLANTED=bug)
    return subprocess.run([test], env=env, capture_output=True, text=True, check=False, timeout=200)


def main():
    test, listing = sys.argv[1:]
    with open(listing, encoding="utf-8") as lines:
        bugs = re.findall(r"LINLI_PLANT_BUG \((\w+),", lines.read())
    print(f"1..{len(bugs) + 1}", flush=True)
    done = run(test, "")
    print(f"{'ok' if done.returncode == 0 else 'not ok'} 1 passes as it is", flush=True)
    for number, bug in enumerate(bugs, 2):
        told = run(test, bug).stderr
        found = re.search(r"\bERROR(?: \*\*)?:(.*)$", told, re.M)
        print(f"{'ok' if found else 'not ok'} {number} {bug}{': ' + found.group(1) if found else ''}", flush=True)


if __name__ == "__main__":
    main()
