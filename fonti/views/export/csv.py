"""CSV in UTF-8, a row an event."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row, names
from .rows import flat


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer: csv.DictWriter[str] | None = None
    for row in map(flat, rows):
        if writer is None:
            writer = csv.DictWriter(stream, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)
    if writer is None:
        csv.writer(stream, lineterminator="\n").writerow(names(store, "told"))
    stream.detach()
