"""What a stream of bytes is, by what it begins with and by its name, and the reader for it."""

from __future__ import annotations

from collections.abc import Iterator

from .found import LARGEST, Found, Piece
from .lines import is_json_line, of_lines
from .text import of_text


def reports_in(piece: Piece) -> Iterator[Found]:
    """The reports in a stream, whatever its format."""
    first = piece.stream.readline(LARGEST)
    if piece.name.endswith((".jsonl", ".ndjson", ".json")) or is_json_line(first):
        yield from of_lines(piece, first)
    else:
        yield from of_text(piece, first)
