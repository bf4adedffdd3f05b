"""Parquet, a row an event, its columns typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from ...store import Store
from ...store.asking import Row, names
from . import ExportError
from .rows import batches, flat

TOGETHER = 5000  # rows of a row group
WHOLE = {"version", "start", "end", "geonameid"}
REAL = {"lat", "lon", "confidence"}
YES_OR_NO = {"implied"}


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    try:
        import pyarrow  # type: ignore[import-untyped]
        from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]
    except ImportError:
        raise ExportError("Parquet wants a library", "pip install 'fonti[parquet]'") from None

    def kind(name: str) -> Any:
        if name in WHOLE:
            return pyarrow.int64()
        return pyarrow.float64() if name in REAL else pyarrow.bool_() if name in YES_OR_NO else pyarrow.string()

    writer = None
    for some in batches(map(flat, rows), TOGETHER):
        schema = pyarrow.schema([(name, kind(name)) for name in some[0]])
        writer = writer or ParquetWriter(out, schema)
        for row in some:
            row |= {name: bool(row[name]) for name in YES_OR_NO & row.keys()}  # SQLite has none but 0 and 1
        writer.write_table(pyarrow.Table.from_pylist(some, schema))
    if writer is None:
        writer = ParquetWriter(out, pyarrow.schema([(name, kind(name)) for name in names(store, "told")]))
    writer.close()
