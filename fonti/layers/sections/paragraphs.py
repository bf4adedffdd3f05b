"""A text -> its paragraphs, whatever marks them: empty lines, line breaks, or lines wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from ...record import Section, SectionKind

FINAL = ".!?…:;,"
CLOSING = "\"'”’»)]"
NEAR = 4  # paragraphs before and after that one knows


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


def find_paragraphs(text: str, title: str | None, known: Sequence[Section]) -> Iterator[Paragraph]:
    marked = {s.start: s for s in known}
    spans = [(s.start, s.end) for s in known] or list(_split(text))
    texts = tuple(text[a:b] for a, b in spans)
    for i, (start, _) in enumerate(spans):
        kind = marked[start].kind if start in marked else None
        if title and i < NEAR and _same(texts[i], title):
            kind = "headline"
        yield Paragraph(texts[i], start, i, texts[max(0, i - NEAR) : i][::-1], texts[i + 1 : i + 1 + NEAR], kind)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs end at empty lines and at line breaks, unless the break is one inside a sentence."""
    lines = [m.span() for m in re.finditer(r"\S(?:[^\r\n\v\f\x85\u2028\u2029]*\S)?", text)]
    width = _wrapped_at(text, lines)
    start = None
    for (a, b), following in zip_longest(lines, lines[1:]):
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
    breaks = [pair for pair in pairwise(lines) if text[pair[0][1] : pair[1][0]].count("\n") < 2]
    if len(breaks) < 3 or not 40 <= width <= 120:
        return None
    full = [pair for pair in breaks if _full(text, *pair, width)]
    open_ended = [a for a, _ in full if text[a[1] - 1] not in ".!?"]
    return width if len(full) > 0.6 * len(breaks) and len(open_ended) > 0.5 * len(full) else None


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()
