"""RSS and Atom -> the pages behind their entries; where a page is not to be had whole, what the feed has of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from time import struct_time
from typing import Any

from ..errors import FontiError, InputError
from ..record import Report
from ..walls import FREE, breaks_off, find_wall
from .found import Found, Piece, failed
from .markup import plain

ENOUGH = 400  # characters from which on a feed's own words are a report, and no teaser


def of_feed(piece: Piece) -> Iterator[Found]:
    import feedparser  # type: ignore[import-untyped]

    feed = feedparser.parse(piece.whole())
    if not feed.entries:
        yield failed(piece.where, InputError("is a feed without entries", "see whether its address has moved"))
    for number, entry in enumerate(feed.entries, 1):
        name = entry.get("link") or entry.get("id") or f"entry {number}"
        make = partial(_of_entry, entry, feed.feed, path=piece.path)
        yield Found(f"{piece.where}!{name}", make, share=(number - 1) / len(feed.entries))


def _of_entry(entry: Any, feed: Any, *, path: str | None) -> Report:
    from .text import of_bytes
    from .web import fetch

    link = entry.get("link") or ""
    own = max((plain(part) for part in _bodies(entry)), key=len, default="")
    try:
        if not re.match(r"https?://", link, re.I):
            raise InputError("has no address of a page", "see the feed")
        report = of_bytes(fetch(link), url=link)
        more = len(own) > len(report.text) and bool(report.wall or find_wall(report.text))
    except FontiError:
        if len(own) < ENOUGH:
            raise
        more = True
    if more:
        part = breaks_off(own) or (len(own) < FREE and not entry.get("content"))
        report = Report(id="", text=own, url=link or None, path=path, wall="feed" if part else None)
    title = plain(entry.get("title", ""))
    report.title = report.title or title or None
    report.author = report.author or entry.get("author") or None
    report.publisher = report.publisher or plain(feed.get("title", "")) or None
    if day := _day(entry.get("published_parsed") or entry.get("updated_parsed")):
        report.published, report.dated_by = day, "feed"
    return report


def _bodies(entry: Any) -> Iterator[str]:
    yield from (part.get("value") or "" for part in entry.get("content", ()))
    yield entry.get("summary") or ""


def _day(moment: struct_time | None) -> str | None:
    if moment is None:
        return None
    return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}T{moment.tm_hour:02}:{moment.tm_min:02}Z"
