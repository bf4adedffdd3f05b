"""The parts of a page: what the report tells, and headings, captions, credits, datelines and boilerplate around it.

Sections follow one another in the text; only white space lies between them. In doubt a paragraph is body:
to take a heading for a sentence costs little, to take a sentence for a credit loses what it tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ..lexicon import lexicon
from ..record import Section, SectionKind

OPENING = 6  # sections at the top in which a header or a dateline may date the report
FINAL = ".!?…:;,"
CLOSING = "\"'”’»)]"
BULLET = re.compile(r"[-–—•*·▪►>]|\d{1,3}[.)]\s")
LONG_HEADING, LONG_CREDIT, LONG_CAPTION = 110, 100, 600  # characters


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that stands by itself, and its place among the others."""

    text: str
    start: int
    place: int = 0  # 0 is the first
    before: tuple[str, ...] = ()  # the paragraphs before, nearest first
    after: tuple[str, ...] = ()
    kind: SectionKind | None = None  # what the page's markup says

    def part(self, start: int, end: int | None = None) -> Paragraph:
        """A stretch of it, without the white space around."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        return replace(self, text=words.strip(), start=self.start + start + lead)

    def section(self, kind: SectionKind) -> list[Section]:
        return [Section(self.start, self.start + len(self.text), kind)] if self.text else []


@dataclass(frozen=True, slots=True)
class Patterns:
    """A language's `sections.toml`, compiled."""

    date: re.Pattern[str]
    months: tuple[re.Pattern[str], ...]
    day_first: bool | None
    header: re.Pattern[str]
    date_line: re.Pattern[str]
    datelines: tuple[re.Pattern[str], ...]
    photo: re.Pattern[str]
    photo_last: re.Pattern[str]
    holder: re.Pattern[str]
    names_photographer: re.Pattern[str]
    signed: re.Pattern[str]
    caption: re.Pattern[str]
    byline: re.Pattern[str]
    rights: re.Pattern[str]
    boilerplate: re.Pattern[str]
    boilerplate_end: re.Pattern[str]


Cut = Callable[[Paragraph, Patterns], tuple[list[Section], Paragraph] | None]
Whole = Callable[[Paragraph, Patterns], list[Section] | None]


def find_sections(
    text: str, *, language: str, title: str | None = None, known: Sequence[Section] = ()
) -> list[Section]:
    """The text's sections in order; `known` are paragraphs whose kind the page's markup tells."""
    patterns = _patterns(language)
    return [s for p in _paragraphs(text, title, known) for s in _read(p, patterns)]


def find_published(text: str, sections: Sequence[Section], *, language: str) -> str | None:
    """The date that a header or a dateline at the top states, at its own precision; None where its year is not told."""
    patterns = _patterns(language)
    for section in sections[:OPENING]:
        if section.kind in ("dateline", "boilerplate"):
            for found in patterns.date.finditer(text, section.start, section.end):
                if value := _value(found, patterns):
                    return value
    return None


def _read(paragraph: Paragraph, patterns: Patterns) -> list[Section]:
    """What stands in front and behind is cut away; the first rule that knows the rest names it."""
    if paragraph.kind and paragraph.kind != "body":
        return paragraph.section(paragraph.kind)
    front, back, rest = [], [], paragraph
    for cut in FRONT:
        if found := cut(rest, patterns):
            front += found[0]
            rest = found[1]
    for cut in BACK:
        if found := cut(rest, patterns):
            back = found[0] + back
            rest = found[1]
    whole = next((found for rule in RULES if rest.text and (found := rule(rest, patterns))), None)
    return front + (whole or rest.section("body")) + back


# What stands in front or behind -----------------------------------------------------------------------------------


def header(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """` date 2023-09 Si è concluso …`, `Published: 18 September 2023`."""
    found = patterns.header.match(p.text) if p.place < OPENING else None
    return (p.part(0, found.end()).section("boilerplate"), p.part(found.end())) if found else None


def dateline(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`MOSCA, 13 SET -`, `(ANSA) - ROMA, 27 GEN -`, `WASHINGTON (AP) —`."""
    for pattern in patterns.datelines:
        found = pattern.match(p.text)
        if found and not _shouts(p.text[found.end() :]):
            return p.part(0, found.end()).section("dateline"), p.part(found.end())
    return None


def _shouts(text: str) -> bool:
    """Whether it goes on in capitals: then the words before a dash are a rubric, `SOCCER - JAPAN WIN AGAIN`."""
    words = [w for w in text.split()[:4] if w.isalpha() and len(w) > 1]
    return len(words) > 1 and all(w.isupper() for w in words)


def imprint(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`(Reporting by …)` behind the last sentence."""
    found = patterns.boilerplate_end.search(p.text)
    return (p.part(found.start()).section("boilerplate"), p.part(0, found.start())) if found else None


def rights(p: Paragraph, patterns: Patterns) -> tuple[list[Section], Paragraph] | None:
    """`© Riproduzione riservata` and what follows, behind the last sentence or alone."""
    found = patterns.rights.search(p.text)
    if not found or len(p.text) - found.start() > 4 * LONG_CREDIT:
        return None
    kind: SectionKind = "boilerplate" if found[0].casefold().startswith(("all", "tutti")) else "credit"
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
    return p.section("dateline") if p.place < OPENING and patterns.date_line.fullmatch(p.text) else None


def boilerplate(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`Leggi anche: …`, `Follow us on …`."""
    return p.section("boilerplate") if len(p.text) < 300 and patterns.boilerplate.match(p.text) else None


def credit_first(p: Paragraph, patterns: Patterns) -> list[Section] | None:
    """`Fonte foto: ANSA`, and the caption that may follow on the same line."""
    lead = patterns.photo.match(p.text)
    if not lead:
        return p.section("credit") if patterns.names_photographer.fullmatch(p.text) else None
    holder = patterns.holder.match(p.text, lead.end())
    if holder and len(p.text) - holder.end() < LONG_CAPTION:
        return p.part(0, holder.end()).section("credit") + p.part(holder.end()).section("caption")
    marked = lead[0].rstrip()[-1] in ":/©|"
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


# Paragraphs -------------------------------------------------------------------------------------------------------


def _paragraphs(text: str, title: str | None, known: Sequence[Section]) -> Iterator[Paragraph]:
    marked = {s.start: s for s in known}
    spans = [(s.start, s.end) for s in known] or list(_split(text))
    texts = tuple(text[a:b] for a, b in spans)
    for i, (start, _) in enumerate(spans):
        kind = marked[start].kind if start in marked else None
        if title and i < OPENING and _same(texts[i], title):
            kind = "headline"
        yield Paragraph(texts[i], start, i, texts[max(0, i - 4) : i][::-1], texts[i + 1 : i + 5], kind)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs end at empty lines and at line breaks, unless the break is one inside a sentence."""
    lines = [m.span() for m in re.finditer(r"\S(?:[^\r\n\v\f\x85\u2028\u2029]*\S)?", text)]
    width = _wrapped_at(text, lines)
    start = None
    for (a, b), following in zip(lines, [*lines[1:], None], strict=True):
        start = a if start is None else start
        if following is None or not _runs_on(text, (a, b), following, width):
            yield start, b
            start = None


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int | None) -> bool:
    gap = text[line[1] : following[0]]
    if len(re.findall(r"\r\n|[^\S \t\xa0]", gap)) > 1:
        return False
    mid_sentence = text[following[0]].islower() and text[line[1] - 1] not in FINAL.replace(",", "") + CLOSING
    return mid_sentence or (width is not None and _full(text, line, following, width))


def _full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the next line's first word would not have fitted."""
    word = text[following[0] : following[1]].split()[0]
    return line[1] - line[0] + 1 + len(word) > width


def _wrapped_at(text: str, lines: Sequence[tuple[int, int]]) -> int | None:
    """The width at which the text's lines were broken by hand or by a mailer; None where lines are paragraphs."""
    width = max((b - a for a, b in lines), default=0)
    breaks = [pair for pair in zip(lines, lines[1:], strict=False) if text[pair[0][1] : pair[1][0]].count("\n") < 2]
    if len(breaks) < 3 or not 40 <= width <= 120:
        return None
    full = [pair for pair in breaks if _full(text, *pair, width)]
    open_ended = [a for a, _ in full if text[a[1] - 1] not in ".!?"]
    return width if len(full) > 0.6 * len(breaks) and len(open_ended) > 0.5 * len(full) else None


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


# Patterns and dates -----------------------------------------------------------------------------------------------


@cache
def _patterns(language: str) -> Patterns:
    words = lexicon(language, "sections")
    month = _any(words["months"])
    agency = _any(sorted(words["agencies"], key=len, reverse=True), escape=True)
    date = (
        rf"(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)(?![\d-])"
        rf"|(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<y>\d{{4}})"
        rf"|(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|º|°)?\s+)?(?P<m>\b{month}\b)\.?,?\s+(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,\s+)?(?P<y2>\d{{4}})\b"
    )
    plain_date = re.sub(r"\?P<\w+>", "?:", date)
    day = rf"(?:\b{_any(words['weekdays'])}\b\.?,?\s+)?"
    clock = rf"(?:[ ,]+(?:{_any(words['clock'])}\s+)?\d{{1,2}}[:.]\s?\d{{2}}(?::\s?\d\d)?(?:\s*(?:[ap]\.?m\.?|[A-Z]{{2,4}})\b)?)?"
    dated = rf"(?:(?i:{plain_date})|\d{{1,2}}º?\s+(?i:{month})\.?|(?i:{month})\.?\s+\d{{1,2}})"
    word = r"[A-ZÀ-Þ][\w'’.-]*"
    caps = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,4}"
    city = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,2}(?:, [A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)?)?"
    place = rf"{word}(?: {word}){{0,4}}"
    not_place = rf"(?!(?:{_any(words['not_places'])})\b)"
    region = rf"(?:, {place}){{0,2}}"
    dash = r"(?:\s*(?:--?|[–—_])+(?=[\s\"“«A-ZÀ-Þ]|$))"
    stop = rf"(?:{dash}|\s*:(?=\s*\S))"
    by = rf"(?:{_any(words['by'])})"
    photo = _any(words["photo"])
    name = rf"{word}(?:[ ]{word}){{0,3}}"
    full = rf"{word}(?:[ ]{word}){{1,3}}"
    signer = rf"(?:{name}\s*(?:/|\bvia\b|[-–—,])\s*)*(?:{agency})\b(?:\s*(?:/|\bvia\b|\be\b|\band\b)\s*(?:{agency}\b|{name}))*"
    return Patterns(
        date=re.compile(date, re.I),
        months=tuple(re.compile(m, re.I) for m in words["months"]),
        day_first=words.get("day_first"),
        header=re.compile(rf"(?:{_any(words['header'])})\s*[:=]?\s*{day}(?:{plain_date}){clock}(?:\s*[|·–-](?=\s))?", re.I),
        date_line=re.compile(rf"(?:{name},?\s+)?(?i:{day}(?:{plain_date}){clock})|{caps}{region}\s+\d{{4}}-\d\d-\d\d", 0),
        datelines=tuple(
            re.compile(p)
            for p in (
                # (ANSA) - ROMA, 27 GEN -
                rf"\((?:{agency})\){dash}(?:\s*{place}{region},? {dated}{stop})?",
                # MOSCOW, Sept 13 (Reuters) -    Roma, 13 set. - (Adnkronos) -    ROMA, 18 settembre 2023 -
                rf"\(?(?:{place}{region},|{caps}) {dated}\)?(?:{dash}?\s*\((?:{agency}|{word})\))?{stop}",
                # WASHINGTON (AP) —    GORLE (Bergamo) -    Hanoi (VNA) –
                rf"{not_place}{caps}{region}\s*\({word}(?:/{word})?\){dash}",
                rf"{not_place}{place}{region}\s*\((?:{agency})(?:/{word})?\){stop}",
                # NEW YORK —    (NEW YORK) —    AFP -
                rf"{not_place}(?:\({city}\)|{city}|{agency})\s+(?:--|[-–—])\s+(?=[\"“«‘A-ZÀ-Þ].{{40}})",
                # LONDON —, alone on its line
                rf"{not_place}{city}\s*(?:--|[–—])\s*$",
            )
        ),
        photo=re.compile(rf"[(\[]?(?i:{photo})(?:\s*(?:[:/©|]|[-–—]\s)|\s+(?i:{by})\b\s*:?|\s+(?=(?:{agency})\b))\s*"),
        photo_last=re.compile(
            rf"(?<=\S\s)[(\[](?:(?i:{photo})\b\s*(?:[:/©|]|(?i:{by})\b|(?=(?:{agency})\b))[^()\[\]]*|{name}\s*/\s*{signer}|(?:{agency})\s*[/|][^()\[\]]+)[)\]]\.?$"
            rf"|(?<=[.!?\"”’)»]\s)(?i:{photo})\s*[:©/][^.!?]{{2,{LONG_CREDIT}}}\.?$"
            rf"|(?<=\S\s)(?:{agency})/{name}$"
        ),
        holder=re.compile(rf"{signer}[)\]]?(?:\s*[|.:–—-](?=\s|$))?"),
        names_photographer=re.compile(r"[(\[][A-ZÀ-Þ][^()\[\]/]{1,60}/\s*[^\W\d][^()\[\]]{1,40}[)\]]"),
        signed=re.compile(rf"\s[(\[](?:{agency})(?:, (?:{agency}))*[)\]]\.?$|(?<=[.!?\"”»])\s*[-–—]\s*(?:{agency})\.?$"),
        caption=re.compile(rf"[(\[]?(?:{_any(words['caption'])})(?![\w])", re.I),
        byline=re.compile(rf"(?i:{_any(words['byline'])})\s+{full}(?:(?:,| and| e| &) {full})*(?:(?:[,|]| per| for)\s*{name})*"),
        rights=re.compile(rf"(?:{_any(words['rights'])})(?=\W|$|(?<=\s)|(?<=\d)).*$", re.I | re.S),
        boilerplate=re.compile(rf"[(\[*→►»>-]*\s*(?:{_any(words['boilerplate'])})", re.I),
        boilerplate_end=re.compile(rf"(?:{_any(words['boilerplate_end'])})\.?\s*$", re.I),
    )


def _any(words: Iterable[str], *, escape: bool = False) -> str:
    return f"(?:{'|'.join(re.escape(w) if escape else w for w in words)})"


def _value(found: re.Match[str], patterns: Patterns) -> str | None:
    """ISO 8601 of a date in words or figures; None where day and month could be exchanged."""
    if found["iso"]:
        return found["iso"]
    if found["a"]:
        day, month, year = int(found["a"]), int(found["b"]), int(found["y"])
        if not patterns.day_first:
            if day <= 12 and month <= 12 and day != month:
                return None
            day, month = max(day, month), min(day, month)
    else:
        month = next(i for i, m in enumerate(patterns.months, 1) if m.fullmatch(found["m"]))
        day, year = int(found["d"] or found["d2"] or 0), int(found["y2"])
    try:
        return date(year, month, day).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None
