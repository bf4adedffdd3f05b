"""WARC, as Common Crawl's news and the Internet Archive keep pages -> a report a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..record import Report
from .found import LARGEST, Found, Piece
from .text import of_bytes

READ = ("text/html", "application/xhtml+xml", "text/plain")


def of_warc(piece: Piece) -> Iterator[Found]:
    """Page by page; what is no page, or was not answered with one, is passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for record in ArchiveIterator(piece.stream, record_types=kinds, auto_decode="all"):
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        if _is_page(record) and url.startswith(("http://", "https://")):
            data = record.reader.read(LARGEST + 1)
            yield Found(f"{piece.where}!{url}", partial(_of_page, data, url, piece.path))


def _is_page(record) -> bool:  # type: ignore[no-untyped-def]
    if record.http_headers is None:
        return str(record.headers.get("Content-Type", "")).startswith(READ)
    kind = (record.http_content_type or record.http_headers.get("Content-Type") or "").lower()
    return record.http_headers.status_code == 200 and kind.startswith(READ)


def _of_page(data: bytes, url: str, path: str | None) -> Report:
    report = of_bytes(data, url=url)
    report.path = path
    return report
