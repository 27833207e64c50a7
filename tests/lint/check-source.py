#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file says its licence, stays readable and is finished.

Fails on: a missing SPDX line, a C file over 800 lines, a tab or a line over
132 columns in C, words of unfinished work, a command that reads rows in the
order of this machine, SQL that only SQLite knows where a hub runs it, too few documented functions in the layers that others
build on. Reports, without failing: long functions.
"""

import re
import subprocess
import sys

from source import BODY, ROOT, c_files, code_only, finish, layer, line_of, name, read, without_comments

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
MAX_FILE_LINES = 800
MAX_FUNCTION_LINES = 60
MAX_COLUMNS = 132  # 100 are the aim
MAX_TABLE_COLUMNS = 160  # a table of data reads better as one row a line
# Half-finished work belongs in an issue, not in a file.
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\bfor now\b")
TEXT_SUFFIXES = {".c", ".h", ".py", ".sh", ".ui", ".css", ".in", ".build", ".md", ".xml", ".json", ".po", ".1", ""}
DOCUMENTED = {"db": 60, "domain": 60, "services": 60}  # layer: floor in per cent
# Only what runs inside a command has one of these.
COMMAND_PARAMETER = re.compile(r"\b(LinliCommandContext|LinliCaseFile|LinliTx)\b")
STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')
ORDER_BY_PK = re.compile(r"ORDER BY[^\"]*\bpk\b")
# A hub in PostgreSQL runs every command; these files search, list and count, at desks alone.
SQLITE_ONLY = re.compile(r"\b(?:ifnull|iif|instr|group_concat|json_[a-z_]+|strftime|julianday|datetime|unixepoch|typeof|hex|char"
                         r"|printf|glob|last_insert_rowid|changes)\s*\(|\b(?:INSERT OR \w+ INTO|REPLACE INTO|rowid|GLOB|PRAGMA"
                         r"|AUTOINCREMENT|NOCASE|IS (?:NOT )?\?)")
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|AND|OR|ORDER BY|CASE|WHEN)\b|\|\||\?\d|\bifnull\b")
DESKS_ALONE = {
    "linli-case-duplicates", "linli-case-find", "linli-case-fts", "linli-case-index", "linli-case-measure", "linli-duty-search",
    "linli-duty-units", "linli-accounts", "linli-jump", "linli-migrations", "linli-pick", "linli-sight",
    "linli-template", "linli-unit-search",
}
# What can neither fail nor hand over ownership in a way its name does not say needs no comment.
SELF_EVIDENT = re.compile(r"_(get|is|has|n|set)_|_(free|close|ref|unref|quark|reset|release|get_type)$")
# A prototype may name its function at the start of the line or after its type.
PROTOTYPE = re.compile(r"^(?!typedef|struct|union|enum|#|static)[A-Za-z][^;{}()]*?\b(linli_[a-z0-9_]+)\s*\([^;{}]*\)[^;{}]*;", re.M)


def tracked_files():
    """The project's own files, also in an unpacked archive without a repository."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, text=True, capture_output=True)
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / line for line in listed.stdout.splitlines()]
    else:
        paths = [p for top in ("src", "tests", "data", "po", "docs", "tools") for p in (ROOT / top).rglob("*")]
    return sorted(p for p in paths if p.is_file())


def needs_licence(path):
    if path.suffix in (".c", ".h", ".py", ".sh"):
        return True
    return path.suffix == "" and path.stat().st_mode & 0o111 != 0


def check_text(path, problems):
    try:
        text = read(path)
    except UnicodeDecodeError:
        return
    if needs_licence(path) and SPDX not in text[:400]:
        problems.append(f"{name(path)}:1: no SPDX line")
    if path.parent.name == "lint":
        return  # these files name the words they look for
    for match in UNFINISHED.finditer(text):
        problems.append(f"{name(path)}:{line_of(text, match.start())}: says {match.group()}")


def check_c(path, problems, long_functions):
    text = read(path)
    lines = text.splitlines()
    if len(lines) > MAX_FILE_LINES:
        problems.append(f"{name(path)}: {len(lines)} lines, {MAX_FILE_LINES} are the most")
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            problems.append(f"{name(path)}:{number}: a tab")
        if len(line) > (MAX_TABLE_COLUMNS if path.stem.endswith(("-tables", "-table", "-words")) else MAX_COLUMNS):
            problems.append(f"{name(path)}:{number}: {len(line)} columns")
    code = code_only(text)
    for match in BODY.finditer(code):
        length = match.group().count("\n") + 1
        if length > MAX_FUNCTION_LINES:
            head = code[:match.start()].rstrip().rpartition("\n\n")[2]
            function = re.search(r"\b(\w+)\s*\(", head)
            long_functions.append((length, f"{name(path)}:{line_of(code, match.start())}",
                                   function[1] if function else "?"))


def check_order(path, problems):
    """A command reads rows in an order that is the same on every machine: pk is the order of arrival on this one."""
    text = without_comments(read(path))
    code = code_only(text)
    for match in BODY.finditer(code):
        head = code[:match.start()].rstrip().rpartition("\n\n")[2]
        if not COMMAND_PARAMETER.search(head):
            continue
        for said in STRINGS.finditer(text, match.start(), match.end()):
            sql = re.sub(r'"\s*"', "", said.group())
            if ORDER_BY_PK.search(sql) and "FROM audit" not in sql:  # each machine has a chain of its own
                problems.append(f"{name(path)}:{line_of(text, said.start())}: a command orders by pk; id is the same everywhere")


def check_engine(path, problems):
    """Whatever a hub may run is said in words that both engines know."""
    text = without_comments(read(path))
    for said in STRINGS.finditer(text):
        sql = re.sub(r'"\s*"', "", said.group())
        match = SQLITE_ONLY.search(sql)
        if match and SQL.search(sql):
            problems.append(f"{name(path)}:{line_of(text, said.start())}: only SQLite knows {match.group().rstrip('( ')}")


def documented_share(wanted_layer):
    """Public functions of a layer and those with a /** ... name: ... */ comment in a .c file."""
    comments = set()
    for path in c_files(".c"):
        if layer(path) == wanted_layer:
            comments |= set(re.findall(r"/\*\*\n \* (linli_\w+):", read(path)))
    public = []
    for path in c_files(".h"):
        if layer(path) == wanted_layer and not path.name.endswith("-private.h"):
            public += [(m[1], name(path)) for m in PROTOTYPE.finditer(code_only(read(path)))
                       if not SELF_EVIDENT.search(m[1])]
    return public, comments


def check_documents(problems):
    """A document that names a file names one that is there."""
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = read(path)
        folders = {p if p.is_dir() else p.parent for p in map(ROOT.joinpath, re.findall(r"`(src/[\w/.-]+)`", text))}
        for named in re.findall(r"`((?:(?:src|tests|data|docs|tools|po|LICENSES)/[\w/.-]+)|linli-[\w-]+\.[ch]|COPYING)`", text):
            if "/" in named or named == "COPYING":
                found = (ROOT / named).exists()
            else:
                found = any((folder / named).exists() for folder in folders)
            if not found:
                problems.append(f"{name(path)}: names {named}, which is not there")


def main():
    problems, long_functions = [], []
    for path in tracked_files():
        if path.suffix in TEXT_SUFFIXES and path.name != "COPYING" and "LICENSES" not in path.parts:
            check_text(path, problems)
        if path.suffix in (".c", ".h") and ROOT / "src" in path.parents:
            check_c(path, problems, long_functions)
        # The room "sync" reads what waits on this machine, in its own order.
        if path.suffix == ".c" and ROOT / "src" / "domain" in path.parents and path.parent.name != "sync":
            check_order(path, problems)
        if path.suffix == ".c" and path.is_relative_to(ROOT / "src") and layer(path) in ("domain", "hub") and path.stem not in DESKS_ALONE:
            check_engine(path, problems)
    check_documents(problems)
    for length, where, function in sorted(long_functions, reverse=True):
        print(f"note: {where}: {function} has {length} lines")
    for wanted, floor in DOCUMENTED.items():
        public, comments = documented_share(wanted)
        bare = [p for p in public if p[0] not in comments]
        share = 100 * (len(public) - len(bare)) // max(len(public), 1)
        print(f"note: {wanted}: {len(public) - len(bare)} of {len(public)} public functions documented, {share} %")
        if share < floor:
            problems.append(f"src/{wanted}: under {floor} % documented; without: {' '.join(p[0] for p in bare)}")
    finish("source", problems)


if __name__ == "__main__":
    sys.exit(main())
