"""A store is made, opened again, brought up to date; what is none is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, update
from sqlalchemy import text as sql

from fonti.store import Store, migrations
from fonti.store.opening import StoreError, patiently
from fonti.store.rereading import Reread, reread
from fonti.store.schema import store_sql, written
from fonti.store.tables import store as about

from .stub import StubReader, text
from .test_adding import add, ask, save


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store; make it with `fonti add`"):
        Store(tmp_path / "none.sqlite")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path / "no" / "folder.sqlite", new=True)


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    save(tmp_path, "a.txt", "Parole, parole, parole. " * 100)
    with pytest.raises(StoreError, match="is no store"):
        Store(tmp_path / "a.txt")
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("CREATE TABLE reports (x)")
    with pytest.raises(StoreError, match="of another program"):
        Store(tmp_path / "other.sqlite")


def test_no_answer_and_no_password_in_the_message() -> None:
    with pytest.raises(StoreError, match="does not answer") as caught:
        Store("postgresql://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_rows_of_another_shape_are_made_again(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(name, new=True) as store:
        add(store, save(tmp_path, "a.txt", text()))
        with store.writing() as connection:  # as an older Fonti left it
            connection.execute(sql("DROP VIEW told"))
            connection.execute(sql("DROP TABLE event_objects"))
            connection.execute(sql("CREATE VIEW mine AS SELECT 1 AS one"))
            connection.execute(update(about).values(shape="older"))
    with Store(name) as store:
        assert ask(store, "SELECT objects FROM told") == [("cinque droni",)]
        assert ask(store, "SELECT one FROM mine") == [(1,)]  # what others made is theirs


def test_steps_are_taken_once_and_in_one_go(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(name, new=True) as store:
        add(store, save(tmp_path, "a.txt", text()))

    def broken(connection: Connection) -> None:
        connection.execute(sql("ALTER TABLE versions ADD COLUMN mood TEXT"))
        raise KeyboardInterrupt

    old = migrations.MIGRATIONS
    monkeypatch.setattr(migrations, "MIGRATIONS", [*old, broken])
    with pytest.raises(KeyboardInterrupt):
        Store(name)
    steps = [*old, lambda connection: connection.execute(sql("ALTER TABLE versions ADD COLUMN mood TEXT"))]
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    for _ in range(2):
        with Store(name) as store:
            assert ask(store, "SELECT mood FROM versions") == [(None,)]
            assert ask(store, "SELECT count(*) FROM told") == [(1,)]


def test_a_store_of_the_first_version(name: str, tmp_path: Path) -> None:
    with Store(name, new=True) as store:
        add(store, save(tmp_path, "a.txt", text()))
        with store.writing() as connection:
            connection.execute(sql("DROP VIEW told"))
            connection.execute(sql("DROP VIEW said"))
            connection.execute(sql("ALTER TABLE versions DROP COLUMN wall"))
            connection.execute(sql("ALTER TABLE versions DROP COLUMN given"))
            connection.execute(update(about).values(version=1))
    with Store(name) as store:
        assert ask(store, "SELECT type, wall FROM told") == [("AID", None)]
        assert reread(store, StubReader().read_all, lambda language: {}) == Reread(1, 1)


def test_a_newer_store_is_left_alone(name: str) -> None:
    with Store(name, new=True) as store, store.writing() as connection:
        connection.execute(update(about).values(version=99))
    with pytest.raises(StoreError, match="made by a newer Fonti; pip install --upgrade"):
        Store(name)


def test_reading_changes_nothing(store: Store) -> None:
    with pytest.raises(StoreError), store.reading() as connection:
        connection.execute(update(about).values(version=2))


def test_a_store_where_nothing_may_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = tmp_path / "a store?.sqlite"
    with Store(name, new=True) as store:
        add(store, save(tmp_path, "a.txt", text()))
    monkeypatch.setattr("fonti.store.opening.may_write_beside", lambda name: False)
    with Store(name) as store:
        assert ask(store, "SELECT type FROM told") == [("AID",)]
        assert [path.name for path in tmp_path.glob("*sqlite*")] == [name.name]
        with pytest.raises(StoreError, match="may not be written"):
            add(store, save(tmp_path, "b.txt", text(1)))


def test_the_tables_can_be_read() -> None:
    assert store_sql() == written(), "python -m fonti.store.schema > fonti/store/store.sql"
    with sqlite3.connect(":memory:") as there:
        there.executescript(store_sql())
        assert there.execute("SELECT * FROM told").fetchall() == []


def test_duckdb_opens_the_file(tmp_path: Path) -> None:
    import duckdb
    import duckdb_extension_sqlite_scanner as extension

    with Store(tmp_path / "store.sqlite", new=True) as store, duckdb.connect() as there:
        add(store, save(tmp_path, "a.txt", text()), save(tmp_path, "b.txt", text(2)))
        (path,) = Path(extension.__file__).parent.rglob("*.duckdb_extension")
        there.load_extension(str(path))
        there.execute(f"ATTACH '{tmp_path / 'store.sqlite'}' AS fonti (TYPE sqlite, READ_ONLY)")
        assert there.sql("SELECT type, words, avg(lat), count(*) FROM fonti.told GROUP BY ALL").fetchall() == [
            ("AID", "consegnato", 43.1, 2)
        ]
        for view in ("said", "mentions", "located", "versions", "event_actors"):
            assert there.sql(f"SELECT * FROM fonti.{view}").fetchall()
        assert dict(there.sql("SELECT lat, words FROM fonti.located").fetchnumpy())["lat"].dtype == "float64"


def test_other_programs_open_the_file(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite", new=True) as store:
        add(store, save(tmp_path, "a.txt", text()))
    import pandas

    with sqlite3.connect(tmp_path / "store.sqlite") as there:
        told = pandas.read_sql("SELECT * FROM told", there)
    assert told.loc[0, ["type", "words"]].tolist() == ["AID", "consegnato"]


class Busy:
    """A connection that is refused so many times."""

    def __init__(self, times: int, words: str = "database is locked") -> None:
        self.times, self.words = times, words

    def execute(self, command: str) -> None:
        if self.times:
            self.times -= 1
            raise sqlite3.OperationalError(self.words)


def test_what_is_refused_while_others_open_the_store_is_asked_again() -> None:
    busy = Busy(2)
    patiently(busy, "PRAGMA journal_mode = wal")  # type: ignore[arg-type]
    assert busy.times == 0
    with pytest.raises(sqlite3.OperationalError):
        patiently(Busy(1, "disk I/O error"), "PRAGMA journal_mode = wal")  # type: ignore[arg-type]
