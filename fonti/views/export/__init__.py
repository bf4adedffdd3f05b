"""A store into files for other programs: a module a format."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from ...errors import FontiError
from ...store import Store
from ...store.asking import ORDERS, Row, count, count_rows, each, records_of, rows_of
from ...store.wanted import Wanted

# What the end of a file's name says: the module, and whether it holds events alone or any table
FORMATS = {
    ".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".geojson": "geojson", ".kml": "kml",
    ".graphml": "graphml", ".ttl": "rdf", ".html": "page",
}  # fmt: skip
POINTS = (".geojson", ".kml")  # of what has a point
TABLES = (".csv", ".parquet", ".jsonl")
RECORDS = "records"  # the records whole, as `fonti read` prints them
VIEWS = (*ORDERS, RECORDS)


class ExportError(FontiError):
    """A file that cannot be written so."""


@dataclass(slots=True)
class Exported:
    """How it goes: of `total` rows, so many are done, of these so many have a point."""

    total: int = 0
    rows: int = 0
    placed: int = 0


def export(
    store: Store,
    to: Path,
    wanted: Wanted,
    *,
    view: str = "told",
    step: Callable[[Exported], None] = lambda counts: None,
) -> Exported:
    """Writes events, or the rows of another view, in the format that the file's name tells; all of it or nothing.

    `step` hears of each row.
    """
    ends = to.suffix.lower()
    if ends not in FORMATS:
        raise ExportError("tells no format", f"let its name end in one of {', '.join(FORMATS)}", where=str(to))
    if view not in VIEWS:
        raise ExportError(f"{view!r} is no view", f"it is one of {', '.join(VIEWS)}", where="--view")
    if view != "told" and (wanted != Wanted() or ends not in TABLES or (view == RECORDS and ends != ".jsonl")):
        raise ExportError(
            f"{view} goes whole, and into a table",
            "name a .csv, .parquet or .jsonl (records: .jsonl) and no conditions",
        )
    write: Callable[[Store, Iterator[Row], BinaryIO], None] = import_module(f".{FORMATS[ends]}", __package__).write
    counts = Exported(count(store, wanted) if view == "told" else count_rows(store, view))

    def counted(rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            yield row
            counts.rows += 1
            counts.placed += row.get("lat") is not None
            step(counts)

    with _whole(to) as out:
        if view == RECORDS:
            from .jsonl import write_records

            write_records(counted(records_of(store)), out)
        else:
            write(store, counted(each(store, wanted) if view == "told" else rows_of(store, view)), out)
    return counts


@contextmanager
def _whole(to: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when it is finished, so that nobody meets half of it."""
    try:
        file = tempfile.NamedTemporaryFile(dir=to.parent, prefix=".fonti-", delete=False)  # noqa: SIM115
    except OSError as error:
        met = f"cannot be written ({error.strerror})"
        raise ExportError(met, "check the folder and that you may write in it", where=str(to)) from None
    try:
        with file:
            yield file  # type: ignore[misc]
        os.chmod(file.name, 0o666 & ~_umask())
        os.replace(file.name, to)
    except BaseException:
        os.unlink(file.name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
