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


def make_registry_2(run):
    """What version 3 brought is taken away again."""
    for table, column in (("device", "version"), ("device", "enrolled_by"), ("device", "revoked_by"),
                          ("device", "revoked_reason"), ("code", "made_by"), ("device", "unit_id"), ("code", "unit_id")):
        run(f"ALTER TABLE {table} DROP COLUMN {column}")


def make_workspace_2(run):
    run("DROP TABLE hub_scope")
    run("DROP INDEX hub_device_unit")
    for table, column in (("hub_device", "unit_id"), ("sync_state", "ended_by"), ("sync_state", "unit_id")):
        run(f"ALTER TABLE {table} DROP COLUMN {column}")


def test_version_2(scratch):
    """A hub of version 2, of any day, becomes what a new one is, keeps its desks and lets one more in."""
    hub = Hub(scratch / "second", "-p", "0", "--first", "桂园")
    try:
        workspace = Desk(scratch / "desk-second", hub, "桂园").query("sync.status")["workspace"]
        hub.stop()
        paths = {"hub": hub.folder / "hub.db", workspace: hub.folder / f"workspaces/{workspace}.db"}
        before = {name: None if DATABASE else describe(path) for name, path in paths.items()}
        for name, path in paths.items():
            make = make_registry_2 if name == "hub" else make_workspace_2
            if DATABASE:
                def run(sql, schema=f"linli_{name}"):
                    return psql(hub.folder.name, f'SET search_path = "{schema}"; {sql}')
                make(run)
                run("UPDATE store_version SET version = 2")
            else:
                with closing(sqlite3.connect(path)) as store:
                    make(store.execute)
                    store.execute("PRAGMA user_version = 2")
        hub.start()
        desk = Desk(scratch / "desk-third", hub, "桂园")
        assert len(desk.ctl("devices")["devices"]) == 2
        hub.stop()
        for name, path in paths.items():
            assert DATABASE or describe(path) == before[name], name
    finally:
        if hub.process.poll() is None:
            hub.process.kill()


def test_hub(scratch, version, new):
    """What the version had no column for is written, and a door is open that it had not."""
    folder = scratch / f"old-{version}"
    load(f"hub-{version}-registry.sql", folder / "hub.db")
    with closing(sqlite3.connect(folder / "hub.db")) as registry:
        workspace = registry.execute("SELECT id FROM workspace").fetchone()[0]
    load(f"hub-{version}-workspace.sql", folder / f"workspaces/{workspace}.db")
    hub = Hub(folder, "-p", "0")
    try:
        desk = Desk(scratch / f"desk-{version}", hub, "桂园")
        account = desk.run("account.create", name="王芳", roles="clerk", login="wangfang")["account"]
        desk.sync()
        hub.order("channel", "add", "桂园", "city", "市一体化平台")
        key = hub.order("channel", "key", "桂园", "city")["key"]
        status, text = hub.ask("POST", f"/v1/t/{workspace}/intake/city", {"number": "1", "text": "路灯不亮"}, key)
        assert status == 201, text
        desk.sync()
        assert any(c["case_no"] == json.loads(text)["case_no"] for c in desk.query("case.list", limit=10))
        assert any(a["id"] == account for a in hub.order("account", "list", "桂园")["rows"])
        assert desk.ctl("verify")["ok"]
        hub.stop()
        for one, other in zip(sorted(folder.rglob("*.db")), sorted(new.rglob("*.db")), strict=True):
            assert describe(one) == describe(other), (one, other)
    finally:
        if hub.process.poll() is None:
            hub.process.kill()


def main():
    with tempfile.TemporaryDirectory(prefix="linli-upgrade-") as name:
        scratch = Path(name)
        test_version_2(scratch)
        if DATABASE:
            return
        hub = Hub(scratch / "new", "-p", "0", "--first", "桂园")
        try:
            Desk(scratch / "desk-new", hub, "桂园")
            hub.stop()
        finally:
            if hub.process.poll() is None:
                hub.process.kill()
        for version in (1, 2):
            test_hub(scratch, version, scratch / "new")
        test_newer(scratch / "new")


main()
