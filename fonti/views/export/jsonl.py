"""JSON lines: an event a line, or the records whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import select

from ...store import Store
from ...store.asking import TOGETHER, Row
from ...store.tables import records, versions
from .rows import flat


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    for row in rows:
        out.write(json.dumps(flat(row), ensure_ascii=False).encode() + b"\n")


def write_records(store: Store, out: BinaryIO) -> None:
    """The records of the newest versions as they were read, without corrections."""
    asked = select(records.c.record).join(versions, versions.c.id == records.c.version)
    asked = asked.where(versions.c.newest).order_by(versions.c.id).execution_options(yield_per=TOGETHER)
    with store.reading() as connection:
        for (data,) in connection.execute(asked):
            out.write(zlib.decompress(data) + b"\n")
