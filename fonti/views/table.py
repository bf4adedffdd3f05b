"""Rows as a table to read, as JSON lines or as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size

LEAST = 8  # columns of the terminal that each column of a table keeps


def as_rows(rows: Sequence[Mapping[str, Any]], format: str, *, names: Sequence[str] | None = None) -> str:
    """The rows, a line each; `names` are the columns, of use where there is no row."""
    names = list(names or (rows[0] if rows else ()))
    if format == "jsonl":
        return "".join(json.dumps(dict(row), ensure_ascii=False, default=_plain) + "\n" for row in rows)
    if format == "csv":
        return as_csv(rows, names)
    return as_table(rows, names)


def as_csv(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    if names:
        writer.writeheader()
    writer.writerows(
        {name: _plain(row[name]) if isinstance(row[name], bytes) else row[name] for name in names} for row in rows
    )
    return out.getvalue()


def as_table(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """Columns as wide as their words, or as the terminal lets them be; what is cut ends in `…`."""
    if not rows:
        return "nothing\n"
    shown = [name for name in names if any(row[name] not in (None, "") for row in rows)]
    cells = [shown, *([clean(row[name]) for name in shown] for row in rows)]
    widths = _fitted([max(cell_len(line[i]) for line in cells) for i in range(len(shown))])
    lines = ["  ".join(_cut(cell, width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    return "".join(line.rstrip() + "\n" for line in lines)


def _fitted(widths: list[int]) -> list[int]:
    """The widest columns give way until all of them fit."""
    room = max(shutil.get_terminal_size((160, 24)).columns - 2 * (len(widths) - 1), LEAST * len(widths))
    widest = next(cap for cap in range(max(widths), 0, -1) if sum(min(w, cap) for w in widths) <= room or cap <= LEAST)
    return [min(width, widest) for width in widths]


def _cut(cell: str, width: int) -> str:
    return set_cell_size(cell, width) if cell_len(cell) <= width else set_cell_size(cell, width - 1) + "…"


def clean(value: Any) -> str:
    """On one line, and nothing in it that a terminal would obey."""
    words = "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", words).split())


def _plain(value: Any) -> str:
    return f"({len(value)} bytes)" if isinstance(value, bytes) else str(value)
