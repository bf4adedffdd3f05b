"""What a stream of bytes is, by what it begins with and by its name, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

from ..errors import InputError
from .found import LARGEST, Found, Piece, failed
from .lines import is_json_line, of_lines
from .text import of_text

Reader = Callable[[Piece], Iterator[Found]]

PROLOG = rb"[^<]*(<[?!][^>]*>\s*)*<"  # what may stand before the first element of XML
# The first that fits: a name of the module and its function, the bytes that it begins with, the ends of its name.
# XML tells itself by its first element, behind which there is none of another format.
KINDS: tuple[tuple[str, str, re.Pattern[bytes] | None, tuple[str, ...]], ...] = (
    ("archives", "of_gzip", re.compile(rb"\x1f\x8b"), ()),
    ("warc", "of_warc", re.compile(rb"WARC/\d"), (".warc", ".wet")),
    ("archives", "of_zip", re.compile(rb"PK\x03\x04|PK\x05\x06"), (".zip", ".docx")),
    ("pdf", "of_pdf", re.compile(rb".{0,1000}?%PDF-\d", re.S), (".pdf",)),
    ("tables", "of_parquet", re.compile(rb"PAR1"), (".parquet",)),
    ("tables", "of_csv", None, (".csv", ".tsv")),
    ("mail", "of_mail", re.compile(rb"(?i)(Return-Path|Received|Delivered-To|MIME-Version|Message-ID): "), (".eml",)),
    ("feeds", "of_feed", re.compile(PROLOG + rb"(rss|feed|rdf:RDF)\b"), (".rss", ".atom")),
    ("newsml", "of_newsml", re.compile(PROLOG + rb"(\w+:)?(newsItem|newsMessage|packageItem)\b"), ()),
    ("newsml", "of_nitf", re.compile(PROLOG + rb"nitf\b"), (".nitf",)),
)  # fmt: skip
FORMATS = re.compile(rb"\x89PNG|GIF8|\xff\xd8\xff|BM..\0\0|RIFF|ID3|OggS|\x7fELF|MZ|7z\xbc\xaf|Rar!|SQLite format 3")


def reports_in(piece: Piece) -> Iterator[Found]:
    """The reports in a stream, whatever its format."""
    head = piece.head()
    for module, name, begins, ends in KINDS:
        if piece.name.endswith(ends) or (begins is not None and begins.match(head)):
            yield from getattr(import_module(f".{module}", __package__), name)(piece)
            return
    if _lists_addresses(head):
        from .web import of_addresses

        yield from of_addresses(piece)
        return
    if FORMATS.match(head):
        yield failed(piece.where, InputError("is not text", "give a text file, an HTML page or JSON lines"))
        return
    first = piece.stream.readline(LARGEST)
    if piece.name.endswith((".jsonl", ".ndjson", ".json")) or is_json_line(first):
        yield from of_lines(piece, first)
    else:
        yield from of_text(piece, first)


def _lists_addresses(head: bytes) -> bool:
    """Whether each line is an address; a `#` begins a remark."""
    lines = [line.strip() for line in head.splitlines()]
    lines = [line for line in lines if line and not line.startswith(b"#")]
    return bool(lines) and all(re.fullmatch(rb"https?://\S+", line, re.I) for line in lines)
