"""WARC, as Common Crawl's news and the Internet Archive keep pages -> a report a page.

By warcio: fastwarc (2.0), which is faster, ends the program where a stream cannot be sought in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..record import Report
from .found import LARGEST, Found, Piece
from .text import of_bytes

READ = ("text/html", "application/xhtml+xml", "text/plain")
KINDS = ("response", "resource", "conversion")


def of_warc(piece: Piece) -> Iterator[Found]:
    """Page by page; what is no page, or was not answered with one, is passed over."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

    for record in ArchiveIterator(piece.stream):
        url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        if record.rec_type in KINDS and _is_page(record) and url.startswith(("http://", "https://")):
            data = record.content_stream().read(LARGEST + 1)
            yield Found(f"{piece.where}!{url}", partial(_of_page, data, url, piece.path))


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None:
        return str(record.rec_headers.get_header("Content-Type", "")).startswith(READ)
    kind = (headers.get_header("Content-Type") or "").lower()
    return headers.get_statuscode() == "200" and kind.startswith(READ)


def _of_page(data: bytes, url: str, path: str | None) -> Report:
    report = of_bytes(data, url=url)
    report.path = path
    return report
