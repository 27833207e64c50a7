#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep the translations in po/ in step with the source.

po.py update   writes po/POTFILES and merges new sentences into every catalogue
po.py check    fails when POTFILES is out of date or a sentence has no translation

Sentences are compared with a fresh extraction, so a catalogue that merely looks
complete because nobody merged it does not pass.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "po"
DOMAIN = "linli"

MARK = re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dgettext|g_dngettext|g_dpgettext2)\s*\(')
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]
FLAGS = ["N_:1:pass-c-format", "C_:2:pass-c-format", "NC_:2:pass-c-format",
         "g_strdup_printf:1:c-format", "g_string_append_printf:2:c-format", "g_set_error:4:c-format",
         "g_error_new:3:c-format"]


def run(*command):
    done = subprocess.run([str(c) for c in command], cwd=ROOT, text=True, capture_output=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def must(*command):
    code, output = run(*command)
    if code != 0:
        sys.exit(f"{command[0]}: {output}")


def has_sentences(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".c" or path.suffix == ".h":
        code = COMMENT.sub(lambda m: m.group() if m.group().startswith('"') else " ", text)
        return any(not code[:m.start()].rpartition("\n")[2].lstrip().startswith("#") for m in MARK.finditer(code))
    if path.suffix == ".ui":
        return 'translatable="' in text
    return True


def sentence_files():
    """What POTFILES must list: everything with something a person reads."""
    found = []
    for folder, patterns in (("data", ("**/*.ui", "*.desktop.in", "*.metainfo.xml.in")),
                             ("src", ("**/*.c", "**/*.h", "**/*.ui"))):
        for pattern in patterns:
            found += [p for p in (ROOT / folder).glob(pattern) if has_sentences(p)]
    return sorted(str(p.relative_to(ROOT)) for p in found)


def listed_files():
    lines = (PO / "POTFILES").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def languages():
    return (PO / "LINGUAS").read_text(encoding="utf-8").split()


def extract(files, target):
    must("xgettext", "--from-code=UTF-8", "--add-comments=translators:", "--add-location=file",
         "--sort-by-file", f"--default-domain={DOMAIN}", f"--package-name={DOMAIN}", f"--output={target}",
         *(f"--keyword={k}" for k in KEYWORDS), *(f"--flag={f}" for f in FLAGS), *files)


def untranslated(catalogue):
    _, sentences = run("msgattrib", "--untranslated", "--no-wrap", catalogue)
    return sentences.partition("\n\n")[2]


def check_language(language, template):
    catalogue = PO / f"{language}.po"
    problems = []
    code, output = run("msgfmt", "--check", "--statistics", "--output-file=/dev/null", catalogue)
    print(f"{language}: {output.splitlines()[-1] if output else 'empty'}")
    if code != 0:
        problems.append(output)
    if "fuzzy" in output or "untranslated" in output:
        problems.append(f"{language}.po is not complete")
    merged = template.with_suffix(f".{language}.po")
    must("msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", catalogue, template)
    missing = untranslated(merged)
    if missing:
        problems.append(f"{language}.po has no translation for:\n{missing}")
    return problems


def check():
    problems = []
    wanted, listed = sentence_files(), listed_files()
    for path in sorted(set(wanted) - set(listed)):
        problems.append(f"po/POTFILES lacks {path}")
    for path in sorted(set(listed) - set(wanted)):
        problems.append(f"po/POTFILES lists {path}, which has nothing to translate")
    if listed != sorted(listed):
        problems.append("po/POTFILES is not sorted")
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / f"{DOMAIN}.pot"
        extract(wanted, template)
        for language in languages():
            problems += check_language(language, template)
    if problems:
        print("\n".join(problems))
        sys.exit("Run ./dev po, then translate what it lists.")


def update():
    files = sentence_files()
    (PO / "POTFILES").write_text("\n".join(files) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / f"{DOMAIN}.pot"
        extract(files, template)
        for language in languages():
            catalogue = PO / f"{language}.po"
            # No guesses: a guessed translation is marked fuzzy and never shown anyway.
            must("msgmerge", "--quiet", "--update", "--backup=none", "--no-fuzzy-matching",
                 "--add-location=file", "--sort-by-file", catalogue, template)
            must("msgattrib", "--no-obsolete", "--add-location=file", "--sort-by-file",
                 f"--output-file={catalogue}", catalogue)
            # The time of the extraction tells nobody anything and makes every merge a conflict.
            catalogue.write_text("".join(line for line in catalogue.read_text(encoding="utf-8").splitlines(True)
                                         if not line.startswith('"POT-Creation-Date:')), encoding="utf-8")
            missing = untranslated(catalogue)
            if missing:
                print(f"{language}.po still lacks:\n\n{missing}")


if __name__ == "__main__":
    {"check": check, "update": update}[sys.argv[1]]()
