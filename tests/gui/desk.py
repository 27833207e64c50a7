# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive the program as a person with a keyboard and a screen reader would.

Needs a display, a window manager and a session bus: tests/with-display brings
them. Nothing here sleeps for luck: everything is polled until it is true.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gi.repository import GLib

from tree import Tree, accessibility_bus

BUILD = Path(os.environ.get("LINLI_BUILD_ROOT", "build"))
PATIENCE = float(os.environ.get("LINLI_TEST_PATIENCE", "40"))

# Roles as GTK 4.8 tells them; a container that takes focus only for its
# children is not something a person stops at.
CONTAINERS = {"list", "panel", "filler", "scroll pane", "frame", "window", "application", "grouping", "viewport"}


CLASS_NAME = re.compile(r"(Gtk|Adw|Linli)[A-Z]\w+$")


class Timeout(AssertionError):
    """What was waited for did not come true."""


def wait(what, condition, patience=PATIENCE):
    """Polls @condition until it answers something true, and returns that."""
    end = time.monotonic() + patience
    while True:
        try:
            answer = condition()
        except Exception as error:  # an object that went away between two questions
            if "gi.repository.GLib" not in repr(type(error)) and "GError" not in type(error).__name__:
                raise
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise Timeout(f"{what}: not within {patience:g} s")
        time.sleep(0.02)


def name_of(node):
    return (node.get_name() or "").strip()


def states_of(node):
    return node.states()


def on_screen(node):
    """GTK 4.8 tells "showing" of windows alone, but what was never laid out has
    no size. A page that was shown before keeps its size when another covers it."""
    try:
        _, _, width, height = node.extents()
    except GLib.Error:
        return False
    return width > 0 and height > 0


class Desk:
    """One running program and the folder it may write to."""

    running = []
    bus = None

    def __init__(self, *arguments, language="C.UTF-8", settings=None, environment=None):
        self.home = Path(tempfile.mkdtemp(prefix="linli-gui-"))
        self.log = self.home / "linli.log"
        env = dict(os.environ,
                   GSETTINGS_BACKEND="keyfile" if settings is not None else "memory",
                   GSETTINGS_SCHEMA_DIR=str(BUILD / "data"),
                   LINLI_LOCALEDIR=str(BUILD / "po"),
                   GSK_RENDERER="cairo", GDK_DEBUG="gl-disable", GIO_USE_VFS="local",
                   G_DEBUG="gc-friendly,fatal-criticals",
                   XDG_DATA_HOME=str(self.home / "data"), XDG_CONFIG_HOME=str(self.home / "config"),
                   LINLI_WATCHDOG="1", LC_ALL=language, TZ="Asia/Shanghai")
        env.pop("GTK_A11Y", None)
        if settings is not None:
            self._write_settings(settings)
        env.update(environment or {})
        self.out = open(self.log, "w+", encoding="utf-8")
        self.process = subprocess.Popen([str(BUILD / "src/ui/linli"), *map(str, arguments)], env=env,
                                        stdout=self.out, stderr=subprocess.STDOUT, restore_signals=False)
        Desk.running.append(self)
        self.front = None  # the window that keys went to last
        Desk.bus = Desk.bus or accessibility_bus()
        self.tree = wait("the program on the accessibility bus", self._find_tree)
        self.window = wait("a window", lambda: self.find_now(role="frame") or self.find_now(role="window"))

    def _write_settings(self, settings):
        folder = self.home / "config" / "glib-2.0" / "settings"
        folder.mkdir(parents=True)
        lines = ["[io/github/linli_desk/Linli]"] + [f"{key}={value}" for key, value in settings.items()]
        (folder / "keyfile").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _find_tree(self):
        if self.process.poll() is not None:
            raise AssertionError(f"linli ended with {self.process.returncode}:\n{self.output()}")
        return Tree.of_process(Desk.bus, self.process.pid)

    # --- Looking ---

    def walk(self, root=None):
        """Every accessible object that is on the screen, parents first."""
        try:
            top = self.tree.read()
        except GLib.Error:
            if self.process.poll() is not None:
                raise AssertionError(f"linli ended with {self.process.returncode}") from None
            raise
        if root is not None and (top := self.tree.nodes.get(root.path)) is None:
            return
        stack = [top]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def find_now(self, name=None, role=None, root=None, showing=False):
        for node in self.walk(root):
            try:
                if role is not None and node.get_role_name() != role:
                    continue
                if name is not None and not (name.search(name_of(node)) if hasattr(name, "search")
                                             else name_of(node) == name):
                    continue
                if showing and not on_screen(node):
                    continue
                return node
            except Exception:
                continue
        return None

    def find(self, name=None, role=None, root=None, showing=True, patience=PATIENCE):
        return wait(f"{role or 'something'} named {name!r}",
                    lambda: self.find_now(name, role, root, showing), patience)

    def rows(self, root=None):
        """The names of the list rows on the screen, top to bottom."""
        return [name_of(n) for n in self.walk(root) if n.get_role_name() == "list item"
                and on_screen(n) and name_of(n)]

    def focused(self):
        for node in self.walk():
            if "focused" in states_of(node):
                return node
        return None

    def keyboard(self):
        """The name of what has the keyboard, empty while nothing has it. One look:
        between two, a list that is built anew has it nowhere for a moment."""
        node = self.focused()
        return name_of(node) if node else ""

    def keyboard_in(self, role):
        """Whether the keyboard is in something of that role."""
        node = self.focused()
        return bool(node) and node.get_role_name() == role

    def nameless(self):
        """What a person can stop at and a screen reader cannot name: an empty
        name, or the name of a class, which is what GTK falls back to."""
        bad = []
        for node in self.walk():
            try:
                if "focusable" not in states_of(node) or not on_screen(node):
                    continue
                name = name_of(node)
                if node.get_role_name() in CONTAINERS or (name and not CLASS_NAME.match(name)):
                    continue
                # libadwaita 1.2 leaves the rows inside its own combo rows and the button of a toast unnamed.
                path = self.path(node)
                if "AdwToastWidget" not in path and (node.get_role_name() != "list item" or "< combo box[" not in path):
                    bad.append(path)
            except Exception:
                continue
        return bad

    def path(self, node):
        steps = []
        while node.parent is not None and len(steps) < 12:
            steps.append(f"{node.get_role_name()}[{name_of(node)}]")
            node = node.get_parent()
        return " < ".join(steps)

    def dump(self, root=None):
        """The tree as text, to look at when a test fails."""
        lines = []
        for node in self.walk(root):
            depth, parent = 0, node.parent
            while parent is not None:
                depth, parent = depth + 1, parent.parent
            lines.append(f"{'  ' * (depth - 1)}{node.get_role_name()} [{name_of(node)}] {','.join(sorted(states_of(node)))}")
        return "\n".join(lines)

    def text(self, node):
        return node.text()

    # --- Doing ---

    def click(self, node_or_name, role=None):
        node = node_or_name
        if isinstance(node, str):  # a menu button is a button in a button; the inner one acts
            node = wait(f"{role or 'something'} named {node_or_name!r} that acts", lambda: next(
                (n for n in self.walk() if name_of(n) == node_or_name and n.get_n_actions() > 0
                 and (role is None or n.get_role_name() == role)), None))
        if not node.do_action(0):
            raise AssertionError(f"{self.path(node)} has no action")

    def offers(self):
        """The buttons at the window's foot that take something back."""
        return [node for node in self.walk() if node.get_role_name() == "push button"
                and re.match("_?Undo", name_of(node))]

    def undo(self, before):
        """Takes back what was done last. The offer made for something else may
        still stand there or go only now: those of @before are others."""
        self.click(wait("an offer to undo", lambda: next((n for n in self.offers() if n not in before), None)))

    def fill(self, node, text):
        """Puts @text into an entry, as pasting does."""
        if not node.set_text(text):
            raise AssertionError(f"{self.path(node)} cannot be written")

    def fill_in(self, name, text):
        """Puts @text into the entry named @name, once the keyboard is there."""
        wait(f"the keyboard in {name!r}", lambda: self.keyboard() == name)
        self.fill(self.focused(), text)

    def windows(self):
        """How many windows this program says it shows."""
        return self.tree.windows() if self.process.poll() is None else 0

    def settle(self, patience=10):
        """Until the foremost window is the one that keys go to, every window the
        programs say they show is there, and something in a new one has the focus:
        a dialog is in the tree before the window manager has given it the
        keyboard, and keys would go astray."""
        def settled():
            told = subprocess.run(["xprop", "-root", "_NET_CLIENT_LIST_STACKING", "_NET_ACTIVE_WINDOW"],
                                  capture_output=True, text=True, check=False).stdout
            stack, _, active = told.partition("_NET_ACTIVE_WINDOW")
            stack, active = (re.findall("0x[0-9a-f]+", line) for line in (stack, active))
            return (active[:1] == stack[-1:] and len(stack) == sum(desk.windows() for desk in Desk.running)
                    and active)
        try:
            front = wait("a window that keys go to", settled, patience)[0]
        except Timeout:
            print("# keys were pressed with no window in front", flush=True)
            return
        if front != self.front:
            self.front = front
            try:
                wait("the focus", self.focused, 2)
            except Timeout:
                print("# keys were pressed with nothing in focus", flush=True)

    def press(self, *keys):
        self.settle()
        subprocess.run(["xdotool", "key", "--delay", "25", *keys], check=True)
        self.tree.touch()

    def wait_for_keyboard(self, title):
        """Until the window named @title is the one that keys go to: a dialog is
        in the tree before the window manager has made it the active one."""
        def has_it():
            told = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True, check=False)
            return told.stdout.strip() == title
        wait(f"the keyboard in {title!r}", has_it)

    def escape(self, name):
        """Escape, until what is called @name is gone: a window is in the tree
        before it hears keys."""
        def is_gone():
            self.press("Escape")
            time.sleep(0.2)
            return not self.find_now(name, showing=True)
        wait(f"{name!r} gone", is_gone)

    def tab_to(self, name, patience=40):
        """Goes on by Tab until what is called @name has the focus."""
        for _ in range(patience):
            node = self.focused()
            if node and re.match(name, name_of(node)):
                return node
            self.press("Tab")
            time.sleep(0.1)
        raise Timeout(f"Tab does not reach {name!r}")

    def walk_to(self, row):
        """Goes on by Tab and Down until @row has the focus: among groups of rows
        the one leads from group to group, the other from row to row."""
        for step in range(40):
            if self.focused() == row:
                return
            self.press("Tab" if step % 2 else "Down")
            time.sleep(0.05)
        raise Timeout(f"neither Tab nor Down leads to {name_of(row)!r}")

    def type(self, text):
        self.settle()
        subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)
        self.tree.touch()

    def shot(self, path):
        """A picture of the screen; silently none where ImageMagick is absent."""
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", str(path)], check=False)

    def longest_turn(self):
        """Milliseconds of the main loop's longest turn since the last question."""
        before = len(self.output())
        self.process.send_signal(signal.SIGUSR1)
        found = wait("the watchdog's answer",
                     lambda: re.search(r"watchdog longest=(\d+)us over=(\d+)", self.output()[before:]))
        return int(found.group(1)) / 1000

    def output(self):
        self.out.flush()
        return self.log.read_text(encoding="utf-8", errors="replace")

    # --- The end ---

    def close(self):
        """Quits as a person does, and fails if the program complained on the way."""
        if self.process.poll() is None:
            self.press("ctrl+q")
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("linli does not quit:\n" + self.output())
        complaints = [line for line in self.output().splitlines()
                      if re.search(r"-(CRITICAL|WARNING) \*\*|ERROR: \w+Sanitizer|runtime error:", line)
                      and not re.search(r"GetItems|dconf|AT-SPI|Vulkan|portal|Adwaita-WARNING", line)]
        code = self.process.returncode
        Desk.running.remove(self)
        shutil.rmtree(self.home, ignore_errors=True)
        if code != 0 or complaints:
            raise AssertionError(f"linli ended with {code}: " + "\n".join(complaints))

    def kill(self):
        self.process.kill()
        self.process.wait()
        if self in Desk.running:
            Desk.running.remove(self)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.close()
            return
        sys.stderr.write(self.output()[-4000:] + "\n")
        try:
            sys.stderr.write(self.dump() + "\n")
        except (GLib.GError, AssertionError) as gone:
            sys.stderr.write(f"no tree: {gone}\n")
        if os.environ.get("LINLI_TEST_SHOTS"):
            self.shot(Path(os.environ["LINLI_TEST_SHOTS"]) / "failure.png")
        self.kill()


def linlictl(store, *arguments, stdin=None):
    """Runs the terminal door on @store and returns what it says."""
    done = subprocess.run([str(BUILD / "src/ctl/linlictl"), "--store", str(store), *arguments],
                          input=stdin if stdin is not None else "", text=True, capture_output=True, check=False,
                          timeout=60)
    if done.returncode != 0:
        raise AssertionError(f"linlictl {arguments[:2]}: {done.stderr}")
    return done.stdout
