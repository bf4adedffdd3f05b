"""Opening a store: the database behind its name, made or brought up to date where it must be."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from ..errors import FontiError
from .distance import kilometres

WAIT = 600  # seconds for which one writer lets another finish its report; a migration of a large store takes minutes


class StoreError(FontiError):
    """A store that cannot be opened, read or written."""


class Store:
    """An open store. Every report is written in one transaction: what is there is whole."""

    def __init__(self, name: str | Path, *, new: bool = False) -> None:
        """Opens the store of that file name or PostgreSQL address; a `new` one is made where there is none."""
        self.name = str(name)
        self.postgres = bool(re.match(r"postgres(ql)?(\+\w+)?://", self.name))
        if not self.postgres and not new and not Path(self.name).is_file():
            raise StoreError("no such store", "make it with `fonti add`, or name another with --store", where=self.name)
        self._engine = _postgres(self.name) if self.postgres else _sqlite(self.name)
        from .migrations import bring_up_to_date

        with told(self.name):
            try:
                bring_up_to_date(self)
            except BaseException:
                self.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the store as it is at one moment, and changes nothing."""
        with told(self.name), self._engine.connect() as connection:
            if self.postgres:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            else:
                connection.exec_driver_sql("PRAGMA query_only = on")
            try:
                yield connection
            finally:
                connection.rollback()
                if not self.postgres:
                    connection.exec_driver_sql("PRAGMA query_only = off")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all that is done in it is done, or nothing."""
        with told(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(fonti_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


@contextmanager
def told(name: str) -> Iterator[None]:
    """What the database says, in one line."""
    try:
        yield
    except DBAPIError as error:
        raise _error(error, name) from None
    except sqlite3.Error as error:
        raise StoreError(f"the database says: {error}", "see that it is a store of Fonti", where=name) from None


def _error(error: DBAPIError, name: str) -> StoreError:
    said = " ".join(str(error.orig).split())[:300]
    name = re.sub(r"(?<=://)([^:@/]+):[^@/]+@", r"\1@", name)  # no password in a message
    for words, met, then in (
        ("disk is full", "the disk is full", "make room and run it again: it goes on where it stopped"),
        ("database is locked", "another program writes to it", "run it again when that is done"),
        ("not a database", "is no store", "name another file with --store"),
        ("readonly", "may not be written", "see to its permissions"),
        ("unable to open", "cannot be opened", "check the folder and that you may write in it"),
        ("connection failed", "does not answer", "check the address, the user and that PostgreSQL runs"),
        ("connection is bad", "does not answer", "check the address, the user and that PostgreSQL runs"),
    ):
        if words in said:
            return StoreError(f"{met} ({said})", then, where=name)
    return StoreError(f"the database says: {said}", "see that the store and the question fit", where=name)


def _sqlite(name: str) -> Engine:
    fixed = not may_write_beside(name)

    def connect() -> sqlite3.Connection:
        # a reader too writes files beside the store, unless it is told that nobody changes it
        mode = "mode=ro" if Path(f"{name}-wal").exists() else "mode=ro&immutable=1"
        where = f"{Path(name).absolute().as_uri()}?{mode}" if fixed else name
        return sqlite3.connect(where, timeout=WAIT, check_same_thread=False, uri=fixed)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins the transactions, below
        connection.create_function("kilometres", 4, kilometres, deterministic=True)
        for pragma in ("foreign_keys = on", "journal_mode = wal", "synchronous = full"):
            if not fixed:
                patiently(connection, f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("fonti_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def patiently(connection: sqlite3.Connection, command: str) -> None:
    """Runs what SQLite refuses at once, without its own waiting, while others open the store: the change to WAL."""
    last = time.monotonic() + WAIT
    while True:
        try:
            connection.execute(command)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > last:
                raise
            time.sleep(0.05)


def may_write_beside(name: str) -> bool:
    """Whether the folder of a file that is there may be written; on a DVD or another's folder it may not."""
    return not os.path.isfile(name) or os.access(Path(name).absolute().parent, os.W_OK)


def _postgres(name: str) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StoreError("PostgreSQL wants its driver", "pip install 'fonti[postgres]'") from None
    return create_engine(re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql+psycopg://", name))
