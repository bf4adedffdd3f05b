"""What the rows of exports have in common."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from ...store.asking import Row


def flat(row: Row) -> Row:
    """Without the lists that a table cannot hold; the names in them stand in other columns."""
    return {name: value for name, value in row.items() if not isinstance(value, list)}


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while some := list(islice(rows, size)):
        yield some


def title(row: Row) -> str:
    """An event in a few words: `Kim Jong-un → AID → Vladimir Putin`."""
    parts: list[Any] = [row["actors"], row["mode"] or row["type"], row["recipients"]]
    return " → ".join(str(part) for part in parts if part)
