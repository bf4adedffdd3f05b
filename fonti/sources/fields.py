"""Named fields, as a line of JSON, an article of another program or a row of a table has them -> a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from ..dates import is_date, read_date
from ..errors import InputError
from ..record import Report

# What news-please, Media Cloud, Event Registry, Common Crawl's news and tables of all sorts call it, ours first
TEXT = ("text", "maintext", "body", "story_text", "content", "article_text", "full_text", "fulltext")
LANGUAGE = ("language", "lang")
TITLE = ("title", "headline")
AUTHOR = ("author", "authors", "byline")
PUBLISHER = ("publisher", "source", "media_name", "source_domain", "domain", "outlet", "sitename")
PUBLISHED = ("published", "dct", "date_publish", "publish_date", "publication_date", "published_at", "pub_date",
             "datetimepub", "datetime", "date")  # fmt: skip
ADDRESS = ("url", "link")
ID = ("id", "uri", "stories_id", "guid")
# ISO 639-2 and -3, and names, of the languages that Fonti reads
LANGUAGES = {"eng": "en", "ita": "it", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "por": "pt",
             "nld": "nl", "dut": "nl", "rus": "ru", "english": "en", "italian": "it", "spanish": "es",
             "french": "fr", "german": "de", "portuguese": "pt", "dutch": "nl", "russian": "ru"}  # fmt: skip


def of_fields(fields: Any, *, path: str | None) -> Report:
    """The report that an object's fields tell."""
    if isinstance(fields, Mapping):
        fields = {str(name).strip().lower(): value for name, value in fields.items()}
    if not isinstance(fields, Mapping) or not _first(fields, TEXT, str):
        raise InputError('has no "text"', 'give the report\'s words as the string "text"')
    report = Report(
        id=_words(_first(fields, ID)) or "",
        text=_first(fields, TEXT, str),
        language=language_of(_words(_first(fields, LANGUAGE))),
        title=_words(_first(fields, TITLE)),
        author=_words(_first(fields, AUTHOR)),
        publisher=_words(_first(fields, PUBLISHER)),
        published=_words(_first(fields, PUBLISHED)),
        url=_words(_first(fields, ADDRESS)),
        path=path,
    )
    if not fields.get("published"):
        # others' words, at times "Nov 22": no reason to lose the report
        report.published = _date(report.published)
    return report


def has_text(names: Any) -> bool:
    """Whether one of the names is that of a report's words."""
    return any(str(name).strip().lower() in TEXT for name in names)


def language_of(told: str | None) -> str | None:
    """ISO 639-1, of a code with three letters or a name too."""
    return LANGUAGES.get(told.strip().lower(), told) if told else None


def _first(fields: Mapping[str, Any], names: tuple[str, ...], kind: type = object) -> Any:
    return next((fields[name] for name in names if fields.get(name) and isinstance(fields[name], kind)), None)


def _words(value: Any) -> str | None:
    """A number as id, a list of authors, a publisher with a name and an address."""
    if isinstance(value, Mapping):
        return _words(_first(value, ("name", "title", "uri", "url", "$oid", "$date")))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(_words, value))) or None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return None if value is None else str(value)


def _date(told: str | None) -> str | None:
    """ISO 8601 as it is, a date of the mail's kind, or a day with something behind it."""
    if told is None or is_date(told):
        return told
    try:
        return parsedate_to_datetime(told).isoformat(timespec="minutes")
    except (ValueError, TypeError):
        day = re.match(r"\d{4}-\d\d-\d\d(?!\d)", told.strip())
        return read_date(day[0]) if day and is_date(day[0]) else None
