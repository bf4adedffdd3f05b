"""Stores to test on: SQLite, and PostgreSQL where FONTI_TEST_POSTGRES tells a database for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from fonti.store import Store


@pytest.fixture(params=["sqlite", "postgres"])
def name(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The name of a store that is not there yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.sqlite")
        return
    address = os.environ.get("FONTI_TEST_POSTGRES")
    if not address:
        pytest.skip("FONTI_TEST_POSTGRES tells no PostgreSQL")
    import psycopg

    schema = f"fonti_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE SCHEMA {schema}")
        yield f"{address}?options=-csearch_path%3D{schema}"
        server.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def store(name: str) -> Iterator[Store]:
    with Store(name, new=True) as opened:
        yield opened
