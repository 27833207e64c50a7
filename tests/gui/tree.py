# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree of one program, read the way a screen reader's cache is.

GTK tells all it has told before in one answer, and who has children is asked for
them, all at once: asking node by node, as libatspi does, takes half a second of
the program's time a look.
"""

import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
STATES = {"checked": 4, "focusable": 11, "focused": 12, "selected": 23, "sensitive": 24, "showing": 25, "visible": 30}
ROUNDS = 8
FRESH = 0.2  # seconds that a picture of the tree is believed


class Node:
    """An accessible object as it was when the tree was read; asked again when
    that is a while ago, or something was done since."""

    def __init__(self, tree, item, parent):
        self.tree = tree
        self.path = item[0][1]
        self.parent = parent
        self.children = []
        self._name = item[6]
        self._role = item[7]
        self._states = item[9][0] | item[9][1] << 32

    def __eq__(self, other):
        return isinstance(other, Node) and (self.tree, self.path) == (other.tree, other.path)

    def __hash__(self):
        return hash(self.path)

    def _is_fresh(self):
        return self.tree.nodes.get(self.path) is self and time.monotonic() < self.tree.read_at + FRESH

    def call(self, interface, method, arguments=None):
        return self.tree.call(self.path, "org.a11y.atspi." + interface, method, arguments)

    def _property(self, interface, name):
        return self.call_properties(GLib.Variant("(ss)", ("org.a11y.atspi." + interface, name)))

    def call_properties(self, arguments):
        return self.tree.call(self.path, "org.freedesktop.DBus.Properties", "Get", arguments)[0]

    def get_name(self):
        return self._name if self._is_fresh() else self._property("Accessible", "Name")

    def get_role_name(self):
        return Atspi.role_get_name(Atspi.Role(self._role))

    def get_parent(self):
        return self.parent

    def states(self):
        if not self._is_fresh():
            low, high = self.call("Accessible", "GetState")[0]
            self._states = low | high << 32
        return {name for name, bit in STATES.items() if self._states >> bit & 1}

    def extents(self):
        """x, y, width, height in its window."""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (1,)))[0]

    def get_n_actions(self):
        try:
            return self._property("Action", "NActions")
        except GLib.Error:  # it has no actions at all
            return 0

    def do_action(self, number):
        done = self.call("Action", "DoAction", GLib.Variant("(i)", (number,)))[0]
        self.tree.touch()
        return done

    def text(self):
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, self._property("Text", "CharacterCount"))))[0]

    def set_text(self, text):
        done = self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))[0]
        self.tree.touch()
        return done


def accessibility_bus():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None)
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        address.unpack()[0], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)


class Tree:
    """The tree of the process @pid on @bus."""

    def __init__(self, bus, owner):
        self.bus = bus
        self.owner = owner
        self.nodes = {}  # path -> Node, of the last reading
        self.read_at = 0

    @classmethod
    def of_process(cls, bus, pid):
        """Returns its tree, or None while it has not come to the bus."""
        def ask(owner, path, interface, method, arguments=None):
            return bus.call_sync(owner, path, interface, method, arguments, None, 0, 60000, None).unpack()
        for owner, _ in ask("org.a11y.atspi.Registry", ROOT, "org.a11y.atspi.Accessible", "GetChildren")[0]:
            told = ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                       GLib.Variant("(s)", (owner,)))
            if told[0] == pid:
                return cls(bus, owner)
        return None

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_sync(self.owner, path, interface, method, arguments, None, 0, 60000, None).unpack()

    def touch(self):
        """What was read is old: something was done."""
        self.read_at = 0

    def children_of(self, path):
        return [child for _, child in self.call(path, "org.a11y.atspi.Accessible", "GetChildren")[0]]

    def _children_of_all(self, paths):
        """All are asked at once. Returns: the children's paths by path"""
        answers, waiting = {}, len(paths)

        def answered(bus, result, path):
            nonlocal waiting
            waiting -= 1
            try:
                answers[path] = [child for _, child in bus.call_finish(result).unpack()[0]]
            except GLib.Error:  # it went away between two questions
                answers[path] = []

        for path in paths:
            self.bus.call(self.owner, path, "org.a11y.atspi.Accessible", "GetChildren", None, None, 0, 60000, None,
                          answered, path)
        while waiting:
            GLib.MainContext.default().iteration(True)
        return answers

    def windows(self):
        """How many windows it shows."""
        shown = 0
        for path in self.children_of(ROOT):
            low, high = self.call(path, "org.a11y.atspi.Accessible", "GetState")[0]
            shown += (low | high << 32) >> STATES["visible"] & 1
        return shown

    def read(self):
        """Reads the tree anew. Returns: its root"""
        below = {}
        for _ in range(ROUNDS):
            items = {item[0][1]: item for item in self.call("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")[0]}
            # What is hidden is told as well, so only a parent knows its children.
            new = [path for path, item in items.items() if path not in below and (item[4] > 0 or path == ROOT)]
            strangers = []  # are told from the next answer on, unless they have no face at all
            while new:
                told = self._children_of_all(new)
                below.update(told)
                new = [child for path in new for child in told[path] if child not in items and child not in below]
                strangers += new
            if not strangers:
                break
        self.nodes = {}
        stack = [(ROOT, None)]
        while stack:
            path, parent = stack.pop()
            if path not in items or path in self.nodes:
                continue
            node = self.nodes[path] = Node(self, items[path], parent)
            if parent is not None:
                parent.children.append(node)
            stack.extend((child, node) for child in reversed(below.get(path, ())))
        self.read_at = time.monotonic()
        return self.nodes[ROOT]
