#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shell scripts are clean, and the package list can be read."""

import shutil
import subprocess
import sys

from source import ROOT, finish, read

SCRIPTS = ("dev", ".ci/run", "tests/with-display")
GROUPS = {"build", "run", "test", "fuzz"}


def main():
    problems = []
    for script in SCRIPTS:
        done = subprocess.run(["bash", "-n", ROOT / script], text=True, capture_output=True)
        if done.returncode != 0:
            problems.append(done.stderr.strip())
    if shutil.which("shellcheck"):
        done = subprocess.run(["shellcheck", "--severity=warning", *SCRIPTS], cwd=ROOT, text=True, capture_output=True)
        if done.returncode != 0:
            problems.append(done.stdout.strip())
    else:
        print("note: shellcheck is not installed, scripts read by bash only")

    seen = set()
    for number, line in enumerate(read(ROOT / "tools/packages").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        fields = line.split(None, 2)
        if len(fields) != 3 or fields[1] not in GROUPS or fields[0] in seen:
            problems.append(f"tools/packages:{number}: package, group and reason, each package once: {line}")
        seen.add(fields[0])
    if "./dev test" not in read(ROOT / ".ci/run") or "./dev test" not in read(ROOT / "README.md"):
        problems.append("the README and .ci/run do not name the same test command")
    finish("scripts", problems)


if __name__ == "__main__":
    sys.exit(main())
