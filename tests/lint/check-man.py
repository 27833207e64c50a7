#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-man.py BUILD_FOLDER: every option and verb that a program's --help
names is in its manual page, and no page speaks of an option that is gone."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from source import ROOT, finish, read

PROGRAMS = {"linli": "src/ui/linli", "linlictl": "src/ctl/linlictl", "linli-hub": "src/hub/server/linli-hub"}
# GTK and GApplication bring their own, documented there.
NOT_OURS = {"--help-all", "--help-gapplication", "--help-gtk", "--gapplication-service", "--gapplication-app-id",
            "--gapplication-replace", "--display"}


def words(text):
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    verbs = re.search(r"^Verbs:\n((?: .*\n)+)", text, re.M)
    names = {line.split()[0] for line in verbs[1].splitlines()} if verbs else set()
    return options - NOT_OURS, names


def check(program, binary, problems):
    page = ROOT / "docs" / "man" / f"{program}.1"
    if not page.is_file():
        problems.append(f"{program} has no manual page")
        return
    plain = read(page).replace("\\-", "-").replace("\\|", "")
    shown = subprocess.run([binary, "--help"], text=True, capture_output=True,
                           env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}).stdout
    options, verbs = words(shown)
    for option in sorted(options - set(re.findall(r"--[a-z][a-z-]+", plain))):
        problems.append(f"{page.name} does not name {option}")
    for option in sorted(set(re.findall(r"--[a-z][a-z-]+", plain)) - options - NOT_OURS - {"--help"}):
        problems.append(f"{page.name} names {option}, which {program} does not know")
    for verb in sorted(verbs):
        if not re.search(rf"^\.(?:B|BI) {re.escape(verb)}\b", plain, re.M):
            problems.append(f"{page.name} does not name the verb {verb}")
    if shutil.which("man"):
        done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", page], text=True, capture_output=True,
                              env={**os.environ, "MANROFFSEQ": "", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"})
        if done.stderr.strip():
            problems.append(f"{page.name}: {done.stderr.strip()}")


def main():
    problems = []
    for program, binary in PROGRAMS.items():
        path = Path(sys.argv[1]) / binary
        if path.exists():
            check(program, path, problems)
        else:
            print(f"note: {program} was not built")
    finish("manual pages", problems)


if __name__ == "__main__":
    sys.exit(main())
