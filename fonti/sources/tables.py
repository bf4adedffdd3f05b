"""CSV and Parquet with named columns -> a report a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ..decode import encoding_of
from ..errors import InputError
from .fields import has_text, of_fields
from .found import LARGEST, Found, Piece

TOGETHER = 256  # rows of a Parquet file that are held at once


def of_csv(piece: Piece) -> Iterator[Found]:
    csv.field_size_limit(LARGEST)
    head = piece.head()
    stream = io.TextIOWrapper(piece.stream, encoding=encoding_of(head), newline="", errors="replace")
    first = head.split(b"\n")[0].decode("latin-1")
    delimiter = max("\t;,|", key=first.count)
    rows = csv.DictReader(stream, delimiter=delimiter)
    rows.fieldnames = [name.strip().lstrip("\ufeff") for name in rows.fieldnames or ()]
    try:
        yield from _of_rows(piece, rows, list(rows.fieldnames))
    finally:
        stream.detach()  # the stream under it is closed by whoever opened it


def of_parquet(piece: Piece) -> Iterator[Found]:
    try:
        from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]
    except ImportError:
        raise InputError("Parquet wants a library", "pip install 'fonti[parquet]'") from None
    source: Any = piece.stream if piece.stream.seekable() and not piece.depth else io.BytesIO(piece.whole())
    table = ParquetFile(source)
    rows = (row for batch in table.iter_batches(batch_size=TOGETHER) for row in batch.to_pylist())
    yield from _of_rows(piece, rows, table.schema_arrow.names, number=table.metadata.num_rows)


def _of_rows(
    piece: Piece, rows: Iterator[Mapping[str, Any]], names: list[str], *, number: int | None = None
) -> Iterator[Found]:
    if not has_text(names):
        told = ", ".join(names)[:200] or "none"
        raise InputError(f"has no column of reports' words among its columns ({told})", "name that column `text`")
    for n, row in enumerate(rows, 1):
        share = (n - 1) / number if number else None
        yield Found(f"{piece.where}, row {n}", partial(of_fields, row, path=piece.path), share=share)
