#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sum up one meson test run by suite.

test-summary.py LOG LABEL TABLE writes a table for people into the file TABLE
and prints two numbers, passed and failed. A test of several suites is counted
under the first one, so that the table adds up.
"""

import json
import sys
from collections import OrderedDict
from pathlib import Path

GOOD = {"OK", "EXPECTEDFAIL"}


def main():
    log, label, table = sys.argv[1:]
    suites = OrderedDict()
    slowest = ("", 0.0)
    for line in Path(log).read_text(encoding="utf-8", errors="replace").splitlines():
        test = json.loads(line)
        suite, _, name = test["name"].rpartition(" / ")
        suite = suite.partition(":")[2].split("+")[0] or "other"
        counts = suites.setdefault(suite, {"passed": 0, "skipped": 0, "failed": []})
        if test["result"] in GOOD:
            counts["passed"] += 1
        elif test["result"] == "SKIP":
            counts["skipped"] += 1
        else:
            counts["failed"].append(name)
        if test.get("duration", 0) > slowest[1]:
            slowest = (name, test["duration"])

    lines = [f"{label + ':':<14}{'passed':>8}{'skipped':>9}{'failed':>8}"]
    for suite, counts in suites.items():
        failed = counts["failed"]
        lines.append(f"  {suite:<12}{counts['passed']:>8}{counts['skipped']:>9}{len(failed):>8}  {' '.join(failed)}".rstrip())
    if slowest[0]:
        lines.append(f"  the longest was {slowest[0]}, {slowest[1]:.1f} s")
    Path(table).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(sum(c["passed"] for c in suites.values()), sum(len(c["failed"]) for c in suites.values()))


if __name__ == "__main__":
    main()
