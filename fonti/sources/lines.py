"""JSON lines -> a report a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from ..dates import is_date
from ..errors import InputError
from ..record import Report
from .found import LARGEST, Found, Piece


def of_lines(piece: Piece, first: bytes) -> Iterator[Found]:
    """The reports of a stream of which the first line was read already."""
    lines = chain([first], iter(partial(piece.stream.readline, LARGEST), b""))
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Found(f"{piece.where}, line {number}", partial(of_line, line, path=piece.path))


def of_line(line: bytes, *, path: str | None) -> Report:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError("is not JSON", "write a report a line, as a JSON object") from None
    return of_fields(fields, path=path)


def of_fields(fields: Any, *, path: str | None) -> Report:
    """The report that an object's fields tell."""
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise InputError('has no "text"', 'give the report\'s words as the string "text"')

    def first(*names: str) -> str | None:
        return next((_words(fields[name]) for name in names if fields.get(name)), None)

    report = Report(
        id=first("id") or "",
        text=fields["text"],
        language=first("language", "lang"),
        title=first("title"),
        author=first("author"),
        publisher=first("publisher"),
        published=first("published", "dct", "date"),
        url=first("url"),
        path=path,
    )
    if not fields.get("published") and not is_date(report.published):
        report.published = None  # `dct` and `date` are others' words, at times "Nov 22": no reason to lose the report
    return report


def _words(value: Any) -> str:
    """A number as id, a list of authors."""
    return "; ".join(map(_words, value)) if isinstance(value, list) else str(value)


def is_json_line(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False
