"""Stopped at any moment, the store is sound, and the next run goes on: a small version of ``bench/faults.py``."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from fonti.store import Store
from fonti.store.opening import StoreError
from fonti.store.wanted import Wanted
from fonti.views.export import VIEWS, export

from .stub import text
from .test_adding import add, ask, save

PROGRAM = """
import sys
from fonti.store import Store
from fonti.store.reading import add_all
from tests.store.stub import StubReader
print("ready", flush=True)
with Store(sys.argv[1], new=True) as store:
    print(add_all(store, sys.argv[2:], StubReader().read_all).added)
"""


def program(*arguments: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], cwd=root, stdout=subprocess.PIPE, text=True)


def rows(name: str, folder: Path) -> dict[str, bytes]:
    found = {}
    with Store(name) as store:
        for view in VIEWS:
            export(store, folder / "out.jsonl", Wanted(), view=view)
            found[view] = (folder / "out.jsonl").read_bytes()
    return found


def test_killed_on_the_way(name: str, tmp_path: Path) -> None:
    for number in range(40):
        save(tmp_path, f"in/{number:02}.txt", text(number))
    chance = random.Random(3)
    for _ in range(4):
        with program(name, str(tmp_path / "in")) as process:
            assert process.stdout
            process.stdout.readline()
            try:
                process.wait(timeout=chance.uniform(0, 0.5))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
    with program(name, str(tmp_path / "in")) as process:
        process.wait(timeout=60)
    assert process.returncode == 0
    whole = str(tmp_path / "whole.sqlite")
    with Store(whole, new=True) as store:
        add(store, str(tmp_path / "in"))
    found, wanted = rows(name, tmp_path), rows(whole, tmp_path)
    if not name.startswith("postgres"):  # whose numbers skip those that were given and not used
        assert found == wanted
        with sqlite3.connect(name) as there:
            assert there.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert there.execute("PRAGMA foreign_key_check").fetchall() == []
    assert sorted(found["records"].splitlines()) == sorted(wanted["records"].splitlines())


def test_a_full_disk(tmp_path: Path) -> None:
    sources = [save(tmp_path, f"{number:02}.txt", text(number)) for number in range(40)]
    with Store(tmp_path / "store.sqlite", new=True) as store:
        ((pages,),) = ask(store, "PRAGMA page_count")

        @event.listens_for(store._engine, "checkout")
        def small(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages + 12}")

        with pytest.raises(StoreError, match=r"the disk is full .*; make room and run it again"):
            add(store, *sources)
        ((there,),) = ask(store, "SELECT count(*) FROM told")
        assert 0 < there < 40
    with Store(tmp_path / "store.sqlite") as store:
        assert add(store, *sources).added == 40 - there
        assert ask(store, "SELECT count(*) FROM told") == [(40,)]
