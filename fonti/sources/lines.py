"""JSON lines -> a report a line; a document of JSON -> the reports in its list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from ..errors import InputError
from ..record import Report
from .fields import of_fields
from .found import LARGEST, Found, Piece

LISTS = ("articles", "results", "data", "items", "documents", "stories", "reports")  # what others call their list


def of_lines(piece: Piece, first: bytes) -> Iterator[Found]:
    """The reports of a stream of which the first line was read already."""
    if piece.name.endswith(".json") and not is_json_line(first):
        yield from _of_document(piece, first)
        return
    lines = chain([first], iter(partial(piece.stream.readline, LARGEST), b""))
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from _of_line(piece, number, line)


def _of_line(piece: Piece, number: int, line: bytes) -> Iterator[Found]:
    where = f"{piece.where}, line {number}"
    if any(f'"{name}"'.encode() in line for name in LISTS):
        fields = loaded(line)
        if (found := _listed(fields)) is not None:
            yield from _items(piece, found, where=where, line=True)
            return
    yield Found(where, partial(of_line, line, path=piece.path))


def _of_document(piece: Piece, first: bytes) -> Iterator[Found]:
    data = first + piece.stream.read(LARGEST)
    lines = [line for line in data.split(b"\n") if line.strip()]
    if len(lines) > 1 and any(map(is_json_line, lines)) and not data.lstrip().startswith(b"["):  # lines after all
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                yield from _of_line(piece, number, line)
        return
    fields = loaded(data)
    found = fields if isinstance(fields, list) else _listed(fields)
    if found is None:
        yield Found(piece.where, partial(of_fields, fields, path=piece.path), lasting=True)
    else:
        yield from _items(piece, found, where=piece.where)


def _items(piece: Piece, items: list[Any], *, where: str, line: bool = False) -> Iterator[Found]:
    for number, fields in enumerate(items, 1):
        share = None if line else (number - 1) / len(items)
        yield Found(f"{where}, item {number}", partial(of_fields, fields, path=piece.path), share=share)


def _listed(fields: Any) -> list[Any] | None:
    """The list in `{"articles": {"results": […]}}` and the like, where the object is no report itself."""
    for _ in range(3):
        if isinstance(fields, list):
            return fields
        if not isinstance(fields, dict) or isinstance(fields.get("text"), str):
            return None
        fields = next((fields[name] for name in LISTS if isinstance(fields.get(name), list | dict)), None)
    return fields if isinstance(fields, list) else None


def of_line(line: bytes, *, path: str | None) -> Report:
    return of_fields(loaded(line), path=path)


def loaded(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError("is not JSON", "write a report a line, as a JSON object") from None


def is_json_line(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False
