#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing in src reaches up, sideways around the build, or for what its layer
may not know.

The build already keeps higher layers out of the include path; this stops the
ways around it: "../" paths, headers of the default system path, and calls that
would make a deterministic layer read a clock or a thread.
"""

import re
import sys

from source import LAYERS, c_files, code_only, finish, layer, line_of, name, read, without_comments

MAY_SEE = {
    "base": {"base"},
    "db": {"base", "db"},
    "domain": {"base", "db", "domain"},
    "sync": {"base", "db", "domain", "sync"},
    "services": {"base", "db", "domain", "sync", "services"},
    "ui": {"base", "db", "domain", "services", "ui"},
    "ctl": {"base", "db", "domain", "sync", "services", "ctl"},
    "hub": {"base", "db", "domain", "sync", "hub"},
}
# The window hands read jobs to a lane and gets rows back: of the store it knows
# these names and nothing that could write or open one.
UI_SEES_OF_DB = {"linli-conn.h", "linli-db.h", "linli-row.h", "linli-schema.h", "linli-store-error.h"}
GENERATED = re.compile(r"config\.h|linli-[a-z-]*resources\.h|linli-[a-z-]*enums\.h")

# header -> the layers that may include it
SYSTEM = (
    (re.compile(r"gtk/|gdk/|gsk/|adwaita|graphene"), {"ui"}),
    (re.compile(r"libsoup/"), {"sync", "hub"}),
    (re.compile(r"microhttpd"), {"hub"}),
    (re.compile(r"sqlite3|libpq"), {"db"}),
    (re.compile(r"archive|expat|linear\.h|xlsxwriter"), {"services"}),
    (re.compile(r"qrencode"), {"services", "hub"}),
    (re.compile(r"cairo|pango"), {"services", "ui"}),
)
# Deterministic layers: time, chance, threads and the machine come in as arguments.
IMPURE = re.compile(
    r"(?<![>.\w])(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|time|gettimeofday|clock_gettime|localtime|"
    r"g_random_\w+|g_rand_\w+|rand|random|getentropy|getrandom|g_uuid_string_random|"
    r"g_thread_\w+|g_mutex_\w+|g_rec_mutex_\w+|g_cond_\w+|pthread_\w+|"
    r"g_getenv|getenv|g_get_environ|g_get_home_dir|g_get_host_name|g_get_user_name)\s*\(")
IMPURE_ALLOWED = {"linli-clock.c", "linli-uuid.c"}
SQL = re.compile(r'"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE|PRAGMA\s)')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def check_include(path, bracket, header, where, homes):
    own = layer(path)
    if ".." in header.split("/"):
        return f"{where}: {header} goes around the include path"
    for pattern, allowed in SYSTEM:
        if pattern.match(header) and own not in allowed:
            return f"{where}: {own} may not see {header}"
    if bracket == "<" or GENERATED.fullmatch(header):
        return None
    home = homes.get(header.rpartition("/")[2])
    if home is None:
        return f"{where}: {header} is in no layer"
    if home not in MAY_SEE[own]:
        return f"{where}: {own} may not see {home}: {header}"
    if own == "ui" and home == "db" and header not in UI_SEES_OF_DB:
        return f"{where}: of db the window may see only {', '.join(sorted(UI_SEES_OF_DB))}, not {header}"
    return None


def main():
    problems = []
    homes = {}
    for path in c_files(".h"):
        if path.name in homes:
            problems.append(f"{name(path)}: another header has this name")
        homes[path.name] = layer(path)
    n_includes = 0
    for path in c_files(".c", ".h"):
        if layer(path) not in LAYERS:
            problems.append(f"{name(path)}: {layer(path)} is no layer")
            continue
        text = without_comments(read(path))
        for match in INCLUDE.finditer(text):
            n_includes += 1
            where = f"{name(path)}:{line_of(text, match.start())}"
            problem = check_include(path, match[1], match[2], where, homes)
            if problem:
                problems.append(problem)
        if layer(path) in ("base", "domain") and path.name not in IMPURE_ALLOWED:
            code = code_only(text)
            problems += [f"{name(path)}:{line_of(code, m.start())}: {layer(path)} may not call {m[1]}"
                         for m in IMPURE.finditer(code)]
        if layer(path) in ("services", "ui", "ctl", "sync"):
            problems += [f"{name(path)}:{line_of(text, m.start())}: SQL above domain" for m in SQL.finditer(text)]
    finish(f"{n_includes} includes", problems)


if __name__ == "__main__":
    sys.exit(main())
