"""Intake: a file, an address, standard input or JSON lines -> reports, their text exactly as it came."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from .decode import decode
from .errors import DateError, FontiError, InputError
from .language import find_language, read_language
from .layers.sections import find_published, find_sections
from .record import Report

LONGEST = 1_000_000  # characters of a report: a long book; what is longer is an archive and wants splitting
LARGEST = 32 * LONGEST  # bytes of a page or a line: scripts and styles can outweigh the text many times
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|meta)\b",
    re.I | re.S,
)


def read(
    source: str | Path,
    *,
    published: str | None = None,
    language: str | None = None,
    on_error: Callable[[FontiError], None] | None = None,
) -> Iterator[Report]:
    """The reports of a file, an http address or ``-``; `published` and `language` go before what the source says.

    A report that cannot be read raises; given `on_error`, it is told there and the others are still read.
    """
    name = str(source)
    complete = _completer(published=published, language=language)
    for where, make in _sources(name):
        try:
            report = complete(make())
        except FontiError as error:
            error.where = where
            if on_error is None:
                raise
            on_error(error)
        else:
            yield report


def read_text(
    text: str, *, published: str | None = None, language: str | None = None, title: str | None = None
) -> Report:
    """A report whose text is at hand."""
    complete = _completer(published=published, language=language)
    return complete(Report(id="", text=text, title=title))


def _completer(*, published: str | None, language: str | None) -> Callable[[Report], Report]:
    """Gives a report its id, language, date and sections, where the user's own word does not go before."""
    the_date = None if published is None else _told("published", read_date, published)
    the_language = None if language is None else _told("language", read_language, language)

    def complete(report: Report) -> Report:
        check_text(report.text)
        report.id = report.id or hashlib.sha256(report.text.encode()).hexdigest()[:16]
        report.language = the_language or read_language(report.language or find_language(report.text))
        report.sections = find_sections(
            report.text, language=report.language, title=report.title, known=report.sections
        )
        stated = the_date or (read_date(report.published) if report.published else None)
        report.published = stated or find_published(report.text, report.sections, language=report.language)
        return report

    return complete


# Where reports come from ------------------------------------------------------------------------------------------

# where the report is, as errors tell it, and what makes the report, or raises
_Found = tuple[str, Callable[[], Report]]


def _sources(name: str) -> Iterator[_Found]:
    if re.match(r"https?://", name, re.I):
        yield name, partial(_of_url, name)
    elif name == "-":
        yield from _stream(sys.stdin.buffer, "standard input", path=None)
    elif Path(name).is_dir():
        yield name, partial(_fail, InputError("is a folder", "name the files in it"))
    else:
        try:
            stream = open(name, "rb")  # noqa: SIM115 (closed below; an error of reading is not one of opening)
        except FileNotFoundError:
            yield name, partial(_fail, InputError("no such file", "check the name; an address begins with http"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            yield name, partial(_fail, InputError(f"cannot be opened ({reason})", "check that you may read it"))
        else:
            with stream:
                yield from _stream(stream, name, path=name)


def _fail(error: FontiError) -> Report:
    raise error


def _stream(stream: BinaryIO, name: str, *, path: str | None) -> Iterator[_Found]:
    first = stream.readline(LARGEST)
    if name.lower().endswith((".jsonl", ".ndjson", ".json")) or _is_json_line(first):
        lines = chain([first], iter(partial(stream.readline, LARGEST), b""))
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield f"{name}, line {number}", partial(_of_line, line, path=path)
    else:
        yield name, partial(_of_bytes, first + stream.read(LARGEST), path=path)


def _of_bytes(data: bytes, *, url: str | None = None, path: str | None = None) -> Report:
    if len(data) > LARGEST:
        raise _too_long()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, in which no tag is seen
        data = decode(data).encode()
    if HTML.match(data.removeprefix(b"\xef\xbb\xbf")) or (path or "").lower().endswith((".html", ".htm")):
        from .pages import read_page

        return read_page(data, url=url, path=path)
    return Report(id="", text=decode(data), url=url, path=path)


def _of_url(url: str) -> Report:
    from trafilatura.downloads import fetch_response

    response = fetch_response(url)
    if response is None or not response.data:
        raise InputError("could not be fetched", "check the address, or save the page and read the file")
    if response.status != 200:
        raise InputError(f"answers with status {response.status}", "open it in a browser, save it and read the file")
    return _of_bytes(response.data, url=url)


def _of_line(line: bytes, *, path: str | None) -> Report:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InputError("is not JSON", "write a report a line, as a JSON object") from None
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
    if not fields.get("published") and not _is_date(report.published):
        report.published = None  # `dct` and `date` are others' words, at times "Nov 22": no reason to lose the report
    return report


def _words(value: Any) -> str:
    """A number as id, a list of authors."""
    return "; ".join(map(_words, value)) if isinstance(value, list) else str(value)


def _is_json_line(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


# What a report must be --------------------------------------------------------------------------------------------


def check_text(text: str) -> None:
    """Raises where there is nothing to read, or too much."""
    if not text.strip():
        raise InputError("is empty", "give a report with some text")
    if len(text) > LONGEST:
        raise _too_long()
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise InputError("holds half a character (a lone surrogate)", "write the text again as UTF-8")


def _too_long() -> InputError:
    return InputError(f"is longer than {LONGEST:,} characters", "split it into its reports, one a line as JSON lines")


def _told(name: str, reads: Callable[[str], str], value: str) -> str:
    try:
        return reads(value)
    except FontiError as error:
        error.where = f"--{name}"
        raise


def read_date(published: str) -> str:
    """ISO 8601 at any precision, with hyphens and a T."""
    text = published.strip()
    basic = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    text = "-".join(basic.groups()) if basic else re.sub(r"(?<=\d) (?=\d{2}:)", "T", text)
    pattern = r"\d{4}(-\d{2}(-\d{2}(T\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?)?)?"
    try:
        if not re.fullmatch(pattern, text):
            raise ValueError
        datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        raise DateError(f"{published!r} is no date", "write it as 2023-09-18, or 2023-09, or 2023") from None
    return text


def _is_date(text: str | None) -> bool:
    try:
        return text is not None and bool(read_date(text))
    except DateError:
        return False
