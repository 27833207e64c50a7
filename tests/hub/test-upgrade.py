#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hub's folder of an earlier version, served by today's program: its databases
become what new ones are, and what this version brought works in it. One of a later
version is left alone. Beside a PostgreSQL server, where registries begin with
version 2, the registry of that version is brought up."""

import json
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from hub_world import DATABASE, HUB, Desk, Hub, psql

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def load(name, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as store:
        store.executescript((GOLDEN / name).read_text())


def describe(path):
    """Every table with its columns, every index and trigger as it was written; and the version."""
    with closing(sqlite3.connect(path)) as store:
        columns = store.execute("SELECT s.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema s, "
                                "pragma_table_xinfo (s.name) c WHERE s.type = 'table'").fetchall()
        others = store.execute("SELECT type, sql FROM sqlite_schema WHERE type <> 'table' AND sql NOT NULL").fetchall()
        return sorted(columns), sorted(others), store.execute("PRAGMA user_version").fetchone()


def test_newer(folder):
    path = folder / "hub.db"
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA user_version = 99")
    before = describe(path)
    done = subprocess.run([HUB, "-f", folder, "-p", "0", "serve"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and "newer linli-hub" in done.stderr and "99" in done.stderr, done
    assert describe(path) == before


def make_registry_2(hub, run):
    """What version 3 brought is taken away again."""
    for table, column in (("device", "version"), ("device", "enrolled_by"), ("device", "revoked_by"),
                          ("device", "revoked_reason"), ("code", "made_by"), ("device", "unit_id"), ("code", "unit_id")):
        run(f"ALTER TABLE {table} DROP COLUMN {column}")


def test_registry_2(scratch):
    """A registry of version 2 becomes what a new one is, keeps its desks and lets one more in."""
    hub = Hub(scratch / "second", "-p", "0", "--first", "桂园")
    try:
        Desk(scratch / "desk-second", hub, "桂园")
        hub.stop()
        path = hub.folder / "hub.db"
        if DATABASE:
            def run(sql):
                return psql(hub.folder.name, f"SET search_path = linli_hub; {sql}")
            make_registry_2(hub, run)
            run("UPDATE store_version SET version = 2")
        else:
            before = describe(path)
            with closing(sqlite3.connect(path)) as store:
                make_registry_2(hub, store.execute)
                store.execute("PRAGMA user_version = 2")
        hub.start()
        if not DATABASE:
            assert describe(path) == before
        desk = Desk(scratch / "desk-third", hub, "桂园")
        assert len(desk.ctl("devices")["devices"]) == 2
        hub.stop()
    finally:
        if hub.process.poll() is None:
            hub.process.kill()


def main():
    with tempfile.TemporaryDirectory(prefix="linli-upgrade-") as name:
        scratch = Path(name)
        test_registry_2(scratch)
        if DATABASE:
            return
        load("hub-1-registry.sql", scratch / "old/hub.db")
        with closing(sqlite3.connect(scratch / "old/hub.db")) as registry:
            workspace = registry.execute("SELECT id FROM workspace").fetchone()[0]
        load("hub-1-workspace.sql", scratch / f"old/workspaces/{workspace}.db")
        hubs = [Hub(scratch / "old", "-p", "0"), Hub(scratch / "new", "-p", "0", "--first", "桂园")]
        try:
            desks = [Desk(scratch / f"desk-{hub.folder.name}", hub, "桂园") for hub in hubs]
            # An account with a name to sign in by, which version 1 had no column for, and a door that it had not.
            old, desk = hubs[0], desks[0]
            account = desk.run("account.create", name="王芳", roles="clerk", login="wangfang")["account"]
            desk.sync()
            old.order("channel", "add", "桂园", "city", "市一体化平台")
            key = old.order("channel", "key", "桂园", "city")["key"]
            status, text = old.ask("POST", f"/v1/t/{workspace}/intake/city", {"number": "1", "text": "路灯不亮"}, key)
            assert status == 201, text
            desk.sync()
            assert any(c["case_no"] == json.loads(text)["case_no"] for c in desk.query("case.list", limit=10))
            assert any(a["id"] == account for a in old.order("account", "list", "桂园")["rows"])
            assert desk.ctl("verify")["ok"]
            for hub in hubs:
                hub.stop()
            for one, other in zip(sorted((scratch / "old").rglob("*.db")), sorted((scratch / "new").rglob("*.db"))):
                assert describe(one) == describe(other), (one, other)
            test_newer(scratch / "new")
        finally:
            for hub in hubs:
                if hub.process.poll() is None:
                    hub.process.kill()


main()
