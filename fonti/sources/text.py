"""Plain text and web pages -> a report, its text exactly as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ..decode import decode
from ..record import Report
from .found import LARGEST, Found, Piece, too_long

HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|meta)\b",
    re.I | re.S,
)


def of_text(piece: Piece, first: bytes = b"") -> Iterator[Found]:
    """The one report of a stream of which `first` was read already."""
    data = first + piece.stream.read(LARGEST)
    yield Found(piece.where, partial(of_bytes, data, url=piece.url, path=piece.path), lasting=piece.path is not None)


def of_bytes(data: bytes, *, url: str | None = None, path: str | None = None) -> Report:
    if len(data) > LARGEST:
        raise too_long()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, in which no tag is seen
        data = decode(data).encode()
    if HTML.match(data.removeprefix(b"\xef\xbb\xbf")) or (path or "").lower().endswith((".html", ".htm")):
        from ..pages import read_page

        return read_page(data, url=url, path=path)
    return Report(id="", text=decode(data), url=url, path=path)
