"""The parts of a page: what the report tells, and headings, captions, credits, datelines and boilerplate around it.

Sections follow one another in the text; only white space lies between them. In doubt a paragraph is body:
to take a heading for a sentence costs little, to take a sentence for a credit loses what it tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ...record import Section, SectionKind
from .datelines import is_known
from .paragraphs import CLOSING, FINAL, Paragraph, find_paragraphs
from .patterns import LONG_CREDIT, Patterns, date_value, patterns_of

OPENING = 6  # sections at the top in which a header or a dateline may date the report
BULLET = re.compile(r"[-–—•*·▪►>]|\d{1,3}[.)]\s")
SEPARATOR = re.compile(r"[^\w\"'“”«»‘’]+")
LONG_HEADING, LONG_END, LONG_CAPTION = 110, 400, 600  # characters

Cut = Callable[[Paragraph, Patterns], tuple[list[Section], Paragraph] | None]
Whole = Callable[[Paragraph, Patterns], list[Section] | None]


def find_sections(
    text: str, *, language: str, title: str | None = None, known: Sequence[Section] = ()
) -> list[Section]:
    """The text's sections in order; `known` are paragraphs whose kind the page's markup tells."""
    patterns = patterns_of(language)
    return [s for p in find_paragraphs(text, title, known) for s in _read(p, patterns)]


def find_published(text: str, sections: Sequence[Section], *, language: str) -> str | None:
    """The date that a header or a dateline at the top states, at its own precision; None where its year is not told."""
    patterns = patterns_of(language)
    for section in sections[:OPENING]:
        if section.kind in ("dateline", "boilerplate"):
            for found in patterns.date.finditer(text, section.start, section.end):
                if value := date_value(found, patterns):
                    return value
    return None


def _read(paragraph: Paragraph, patterns: Patterns) -> list[Section]:
    """What stands in front and behind is cut away; the first rule that knows the rest names it."""
    if paragraph.kind and paragraph.kind != "body":
        return boilerplate(paragraph, patterns) or paragraph.section(paragraph.kind)
    front: list[Section] = []
    back: list[Section] = []
    rest = paragraph
    for cut in FRONT:
        if found := cut(rest, patterns):
            front += found[0]
            rest = found[1]
    for cut in BACK:
        if found := cut(rest, patterns):
            back = found[0] + back
            rest = found[1]
    whole = next((named for rule in RULES if rest.text and (named := rule(rest, patterns))), None)
    return front + (whole or rest.section("body")) + back


# What stands in front or behind -----------------------------------------------------------------------------------


def header(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """` date 2023-09 Si è concluso …`, `Published: 18 September 2023`; `AFP, publié le 12 mars 2024` is a dateline."""
    found = patterns.header.match(p.text) if p.place < OPENING else None
    if not found:
        return None
    kind: SectionKind = "dateline" if found["agency"] else "boilerplate"
    return p.part(0, found.end()).section(kind), p.part(found.end())


def dateline(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`MOSCA, 13 SET -`, `(ANSA) - ROMA, 27 GEN -`, `WASHINGTON (AP) —`, `МОСКВА, 12 марта. /ТАСС/.`"""
    for pattern in patterns.datelines:
        found = pattern.match(p.text)
        if found and not _shouts(p.text[found.end() :]) and is_known(found, language=patterns.language):
            return p.part(0, found.end()).section("dateline"), p.part(found.end())
    return None


def _shouts(text: str) -> bool:
    """Whether it goes on in capitals: then the words before a dash are a rubric, `SOCCER - JAPAN WIN AGAIN`."""
    words = [w for w in text.split()[:4] if w.isalpha() and len(w) > 1]
    return len(words) > 1 and all(w.isupper() for w in words)


def imprint(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`(Reporting by …)` behind the last sentence."""
    found = patterns.boilerplate_end.search(p.text, max(0, len(p.text) - LONG_END))
    return (p.part(found.start()).section("boilerplate"), p.part(0, found.start())) if found else None


def rights(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`© Riproduzione riservata` and what follows, behind the last sentence or alone."""
    found = patterns.rights.search(p.text, max(0, len(p.text) - LONG_END))
    if not found:
        return None
    kind: SectionKind = "boilerplate" if found["reserved"] else "credit"
    return p.part(found.start()).section(kind), p.part(0, found.start())


def signature(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`(ANSA).` behind the last sentence."""
    found = patterns.signed.search(p.text)
    return (p.part(found.start()).section("credit"), p.part(0, found.start())) if found else None


FRONT: tuple[Cut, ...] = (header, dateline)
BACK: tuple[Cut, ...] = (imprint, rights, signature)


# What a whole paragraph is ----------------------------------------------------------------------------------------


def date_line(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`November 24, 2004` on a line of its own, near the top."""
    found = patterns.date_line.fullmatch(p.text) if p.place < OPENING else None
    return p.section("dateline") if found and is_known(found, language=patterns.language) else None


def boilerplate(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`Leggi anche: …`, `Follow us on …`, `* * *`."""
    known = len(p.text) < 300 and patterns.boilerplate.match(p.text)
    return p.section("boilerplate") if known or SEPARATOR.fullmatch(p.text) else None


def credit_first(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`Fonte foto: ANSA`, and the caption that may follow on the same line."""
    lead = patterns.photo.match(p.text)
    if not lead:
        return p.section("credit") if patterns.names_photographer.fullmatch(p.text) else None
    holder = patterns.holder.match(p.text, lead.end())
    if holder and len(p.text) - holder.end() < LONG_CAPTION:
        return p.part(0, holder.end()).section("credit") + p.part(holder.end()).section("caption")
    marked = lead[0].rstrip()[-1] in ":/©|" and not patterns.caption.match(p.text)
    return p.section("credit") if marked and len(p.text) < LONG_CREDIT and p.text[-1] not in "!?" else None


def credit_last(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`Kim and Putin shake hands. (Photo by A. Smith/Getty Images)`: a caption and its credit."""
    found = patterns.photo_last.search(p.text)
    if not found or found.start() > LONG_CAPTION:
        return None
    return p.part(0, found.start()).section("caption") + p.part(found.start()).section("credit")


def caption(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`Nella foto, …`, `FILE PHOTO: …`."""
    return p.section("caption") if len(p.text) < LONG_CAPTION // 2 and patterns.caption.match(p.text) else None


def byline(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`By John Smith`, near the top or at the end."""
    outer = p.place < OPENING or len(p.after) < 2
    return p.section("credit") if outer and patterns.byline.fullmatch(p.text) else None


def heading(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """A short line without a full stop, above a paragraph that has one; not an item of a list or a table."""
    if p.kind == "body" or not _looks_heading(p.text) or (p.before and p.before[0][-1] == ":"):
        return None
    above = next((i for i, text in enumerate(p.before) if not _looks_heading(text)), len(p.before))
    below = next((i for i, text in enumerate(p.after) if not _looks_heading(text)), None)
    if below is None or above + below > 2 or not _tells(p.after[below]):
        return None
    return p.section("heading" if p.place else "headline")


RULES: tuple[Whole, ...] = (date_line, boilerplate, credit_first, credit_last, caption, byline, heading)


def _looks_heading(text: str) -> bool:
    if not 2 < len(text) <= LONG_HEADING or BULLET.match(text) or text.rstrip(CLOSING + " ")[-1:] in FINAL:
        return False
    letters = sum(c.isalpha() for c in text)
    first = next((c for c in text if c.isalnum()), "")
    return letters > 0.6 * len(text) and not first.islower() and "@" not in text and "://" not in text


def _tells(text: str) -> bool:
    return len(text) > LONG_HEADING or text.rstrip(CLOSING + "“‘ ")[-1:] in FINAL
