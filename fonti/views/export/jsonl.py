"""JSON lines: an event a line, or the records whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row
from .rows import flat


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    for row in rows:
        out.write(json.dumps(flat(row), ensure_ascii=False).encode() + b"\n")


def write_records(rows: Iterator[Row], out: BinaryIO) -> None:
    for row in rows:
        out.write(zlib.decompress(row["record"]) + b"\n")
