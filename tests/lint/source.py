# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of this folder share: the source files and a C reader that
knows comments and strings apart from code."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
LAYERS = ("base", "db", "domain", "sync", "services", "ui", "ctl", "hub")

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
# GNU style: a function's body opens and closes with a brace in the first column.
BODY = re.compile(r"^\{\n(.*?)^\}", re.M | re.S)


def c_files(*suffixes):
    return sorted(p for p in SRC.rglob("*") if p.suffix in suffixes)


def read(path):
    return path.read_text(encoding="utf-8")


def name(path):
    return str(path.relative_to(ROOT))


def layer(path):
    return path.relative_to(SRC).parts[0]


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def code_only(text):
    """The text with comments and the insides of strings blanked, lines kept."""
    return TOKEN.sub(lambda m: blank(m) if m.group()[0] == "/" else '"' + blank(m)[2:] + '"', text)


def without_comments(text):
    return TOKEN.sub(lambda m: blank(m) if m.group()[0] == "/" else m.group(), text)


def finish(what, problems):
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problem{'' if len(problems) == 1 else 's'}")
    sys.exit(1 if problems else 0)
