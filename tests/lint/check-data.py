#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files the desktop reads are what their specifications ask for.

A tool that is not installed is named and skipped; ./dev test installs them all.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from source import ROOT, c_files, finish, name, read

APP_ID = "io.github.linli_desk.Linli"
DATA = ROOT / "data"
# What meson.build asks for and the manifest's runtime holds; the rest are modules of the manifest.
RUNTIME = {"cairo-pdf", "expat", "gio-2.0", "gio-unix-2.0", "glib-2.0", "gobject-2.0", "gtk4", "json-glib-1.0",
           "libadwaita-1", "libarchive", "libm", "libsoup-3.0", "nettle", "pangocairo", "sqlite3"}


def run(problems, what, *command, cwd=None):
    if shutil.which(command[0]) is None:
        print(f"note: {command[0]} is not installed, {what} not checked")
        return
    done = subprocess.run([str(c) for c in command], text=True, capture_output=True, cwd=cwd)
    if done.returncode != 0:
        problems.append(f"{what}: {(done.stdout + done.stderr).strip()}")


def check_xml(problems):
    files = [p for folder in (DATA, ROOT / "src") for pattern in ("*.ui", "*.xml", "*.xml.in", "*.svg")
             for p in folder.rglob(pattern)]
    for path in sorted(files):
        run(problems, name(path), "xmllint", "--noout", "--nonet", path)
        if path.suffix == ".ui" and 'translatable="' in read(path) and 'domain="linli"' not in read(path):
            problems.append(f"{name(path)}: <interface> lacks domain=\"linli\", so nothing in it is translated")


def check_schema(problems):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(DATA / f"{APP_ID}.gschema.xml", folder)
        run(problems, "settings schema", "glib-compile-schemas", "--strict", "--dry-run", folder)
    keys = set(re.findall(r'<key name="([a-z-]+)"', read(DATA / f"{APP_ID}.gschema.xml")))
    used = {}
    for path in c_files(".c"):
        for key in re.findall(r'g_settings_(?:get|set|bind|reset|create_action)\w*\s*\([^,()]+,\s*"([a-z-]+)"', read(path)):
            used[key] = name(path)
    for key in sorted(set(used) - keys):
        problems.append(f"{used[key]}: the schema has no key {key}")


def check_icons(problems):
    """An icon that exists nowhere shows as a broken picture, and no other test looks."""
    icons = {p.stem for p in (DATA / "icons").rglob("*.svg")}
    asked = {}
    for path in [*DATA.rglob("*.ui"), *(ROOT / "src").rglob("*.ui"), *c_files(".c")]:
        for icon in re.findall(r'["\'>]((?:linli-|io\.github\.linli)[A-Za-z._-]*-symbolic)["\'<]', read(path)):
            asked[icon] = name(path)
    for icon in sorted(set(asked) - icons):
        problems.append(f"{asked[icon]}: there is no icon {icon}")


def check_manifest(problems):
    path = ROOT / "flatpak" / f"{APP_ID}.json"
    manifest = json.loads(read(path))
    for key in ("id", "runtime", "runtime-version", "sdk", "command", "finish-args", "modules"):
        if key not in manifest:
            problems.append(f"{name(path)}: lacks {key}")
    if manifest.get("id") != APP_ID or manifest.get("command") != "linli":
        problems.append(f"{name(path)}: names another program")
    if not re.fullmatch(r"\d+", str(manifest.get("runtime-version", ""))):
        problems.append(f"{name(path)}: the runtime is not pinned to a release")
    for argument in manifest.get("finish-args", []):
        if argument.startswith(("--filesystem", "--talk-name=org.freedesktop.Flatpak", "--socket=session-bus")):
            problems.append(f"{name(path)}: {argument} asks for more than the program needs")
    for module in manifest.get("modules", []):
        for source in module.get("sources", []):
            if source["type"] in ("archive", "file") and "sha256" not in source:
                problems.append(f"{name(path)}: {module['name']} is not pinned by its sha256")
            if source["type"] == "git" and "commit" not in source:
                problems.append(f"{name(path)}: {module['name']} is not pinned to a commit")
    modules = [module["name"] for module in manifest.get("modules", [])]
    build = read(ROOT / "meson.build")
    # PostgreSQL is for hubs on servers; the program in a sandbox does without.
    needed = set(re.findall(r"\bdependency\('([^']+)'(?!.*get_option\('postgresql'\))", build))
    needed |= {"lib" + library for library in re.findall(r"find_library\('([^']+)'", build)}
    for library in sorted(needed - RUNTIME - set(modules[:-1])):  # linli itself comes last
        problems.append(f"{name(path)}: {library} is neither in the runtime nor a module before linli")
    with tempfile.TemporaryDirectory() as folder:  # it leaves a folder of its own where it runs
        run(problems, "flatpak manifest", "flatpak-builder", "--show-manifest", path, cwd=folder)


def check_translated(problems):
    """Merged here, not taken from a build: meson does not merge again when only a catalogue changed."""
    with tempfile.TemporaryDirectory() as folder:
        desktop, metainfo = Path(folder) / f"{APP_ID}.desktop", Path(folder) / f"{APP_ID}.metainfo.xml"
        for kind, target in (("--desktop", desktop), ("--xml", metainfo)):
            run(problems, target.name, "msgfmt", kind, f"--template={DATA / target.name}.in", "-d", ROOT / "po", "-o", target)
        if problems:
            return
        run(problems, "desktop file", "desktop-file-validate", desktop)
        run(problems, "metainfo", "appstreamcli", "validate", "--no-net", "--pedantic", metainfo)
        if "\nName[zh_CN]=邻里" not in read(desktop):
            problems.append("the desktop file has no Chinese name")
        keywords = re.search(r"^Keywords\[zh_CN\]=(.*)$", read(desktop), re.M)
        if keywords is None or "；" in keywords[1] or not keywords[1].endswith(";"):
            problems.append("the Chinese keywords are not separated by plain semicolons")
        if 'xml:lang="zh_CN"' not in read(metainfo):
            problems.append("the metainfo has no Chinese text")


def main():
    problems = []
    check_xml(problems)
    check_schema(problems)
    check_icons(problems)
    check_manifest(problems)
    check_translated(problems)
    finish("data", problems)


if __name__ == "__main__":
    sys.exit(main())
