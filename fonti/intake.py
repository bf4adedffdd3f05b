"""Intake: a file, an address, standard input or JSON lines -> reports, their text exactly as it came."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from .dates import read_date, to_come
from .errors import FontiError, InputError
from .language import find_language, read_language
from .layers.sections import find_published, find_sections
from .record import Report, Section
from .sources import find_reports
from .sources.found import LONGEST, broken, too_long
from .walls import find_wall, wall

__all__ = ["LONGEST", "Taken", "check_text", "read", "read_date", "read_text", "take"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was met at one place of a source: a report, or the reason why there is none."""

    where: str
    report: Report | None = None
    given: Report | None = None  # it as the source and the user told it, before Fonti found the rest
    error: FontiError | None = None
    lasting: bool = False  # whether a corrected report will stand at the same place


def read(
    source: str | Path,
    *,
    published: str | None = None,
    language: str | None = None,
    on_error: Callable[[FontiError], None] | None = None,
) -> Iterator[Report]:
    """The reports of a file, a folder, an http address or ``-``; `published` and `language` go before what the source
    says.

    A report that cannot be read raises; given `on_error`, it is told there and the others are still read.
    """
    for taken in take(source, published=published, language=language):
        if taken.report is not None:
            yield taken.report
        elif taken.error is not None:
            if on_error is None:
                raise taken.error
            on_error(taken.error)


def take(
    source: str | Path,
    *,
    published: str | None = None,
    language: str | None = None,
    wanted: Callable[[str], bool] = lambda where: True,
    passed: Callable[[int], None] = lambda size: None,
) -> Iterator[Taken]:
    """The reports of a source and what cannot be read there, in its order, at the places that are `wanted`.

    `passed` hears of how many more bytes of its files are behind.
    """
    said = _sayer(published=published, language=language)
    for found in find_reports(str(source), passed=passed):
        if not wanted(found.where):
            continue
        try:
            given = said(found.make())
            report = complete(given)
        except FontiError as error:
            error.where = found.where
            yield Taken(found.where, error=error, lasting=found.lasting)
        except (Exception, RecursionError, MemoryError) as error:
            told = broken(error)
            told.where = found.where
            yield Taken(found.where, error=told, lasting=found.lasting)
        else:
            yield Taken(found.where, report, given, lasting=found.lasting)


def read_text(
    text: str, *, published: str | None = None, language: str | None = None, title: str | None = None
) -> Report:
    """A report whose text is at hand."""
    said = _sayer(published=published, language=language)
    return complete(said(Report(id="", text=text, title=title)))


def complete(given: Report) -> Report:
    """The report with all that can be found in it: its id, language, date, sections and wall."""
    report = replace(given, id=given.id or text_id(given.text))
    report.language = read_language(given.language or find_language(given.text))
    report.sections = find_sections(given.text, language=report.language, title=given.title, known=given.sections)
    report.published, report.dated_by = _date(report)
    report.wall = given.wall or find_wall(given.text)
    if report.wall:
        report.sections = [_silenced(section, report.text) for section in report.sections]
    return report


def _sayer(*, published: str | None, language: str | None) -> Callable[[Report], Report]:
    """The user's own word goes before what the source says of a report."""
    the_date = None if published is None else _told("published", read_date, published)
    the_language = None if language is None else _told("language", read_language, language)

    def said(report: Report) -> Report:
        check_text(report.text)
        _mend(report)
        report.language = the_language or report.language
        if the_date:
            report.published, report.dated_by = the_date, "user"
        return report

    return said


def _silenced(section: Section, text: str) -> Section:
    """A section as it is, or as boilerplate where it is a wall."""
    return replace(section, kind="boilerplate") if wall(text[section.start : section.end]) else section


def text_id(text: str) -> str:
    """The id of a report whose source gives it none."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _date(report: Report) -> tuple[str | None, str | None]:
    """When it was published, and who says so; a date to come is a page's error."""
    if report.dated_by == "user":
        return report.published, "user"
    stated = read_date(report.published) if report.published else None
    if stated and not to_come(stated):
        return stated, report.dated_by or "source"
    found = find_published(report.text, report.sections, language=str(report.language))
    return (found, "text") if found and not to_come(found) else (None, None)


def _mend(report: Report) -> None:
    """Halves of characters in what the source says of the report, which no store or stream takes."""
    for field in fields(report):
        value = getattr(report, field.name)
        if isinstance(value, str) and field.name != "text":
            setattr(report, field.name, re.sub("[\ud800-\udfff\0]", "\ufffd", value))


# What a report must be --------------------------------------------------------------------------------------------


def check_text(text: str) -> None:
    """Raises where there is nothing to read, or too much."""
    if not text.strip():
        raise InputError("is empty", "give a report with some text")
    if len(text) > LONGEST:
        raise too_long()
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise InputError("holds half a character (a lone surrogate)", "write the text again as UTF-8")


def _told(name: str, reads: Callable[[str], str], value: str) -> str:
    try:
        return reads(value)
    except FontiError as error:
        error.where = f"--{name}"
        raise
