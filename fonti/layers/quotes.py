"""Quotation marks paired, though a page may have lost some of them.

A newspaper's marks open twice, close with the opening mark, or never close; an apostrophe is no mark. Each paragraph is
read by itself, since the quotation that is carried over opens again in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fonti.record import Section, Span

# Opening mark -> what may close it; the pages' mistakes included ("“sempre“", "„so“").
CLOSERS = {
    "“": "”“\"", "”": "”", "„": "“”\"„", "‟": "”", "«": "»", "»": "«", "‹": "›", '"': '"”',
    "‘": "’'", "‚": "‘’", "'": "'’", "``": "''", "''": "''",
}  # fmt: skip
_DIRECTED_OPEN, _DIRECTED_CLOSE = "“„«‹‟", "”»›"
_SINGLE = "‘’‚'"
_MARK = re.compile(r"``|''|[“”„‟\"«»‹›‘’‚']")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?=[a-zà-ÿ])[^\n]+)*")  # a line that goes on in lower case was only wrapped
_STOP = re.compile(r"[.!?…][”»\"’']?(?=\s+[^\sa-zà-ÿ]|\s*$)")
_DEEP = 5  # quotations in each other; what opens deeper is litter
_TITLE = 120  # characters of a title at most
_BEFORE = re.compile(r"[\s(\[{—–\-/:;,.…“”„«»‘’'\"]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``outer`` with its marks, ``inner`` without; a lost mark leaves the two even on that side."""

    outer: Span
    inner: Span
    independent: bool  # holds a sentence of its own, rather than words inside another's clause
    continues: bool = False  # carried over into the next paragraph, which opens again


def find_quotes(text: str, sections: Sequence[Section] = ()) -> list[Quote]:
    """All quotations in order of their beginning, nested ones after those that hold them."""
    blocks = [(section.start, section.end) for section in sections] or [(0, len(text))]
    quotes: list[Quote] = []
    for start, end in blocks:
        paragraphs = list(_PARAGRAPH.finditer(text, start, end))
        for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
            reopened = following is not None and following[0].lstrip()[:1] in _DIRECTED_OPEN + '"'
            for left, right, opened, closed in _pairs(text, paragraph.start(), paragraph.end(), reopened):
                quote = _quote(text, left, right, opened, closed, paragraph.start())
                if quote:
                    goes_on = reopened and not closed and right == paragraph.end()
                    quotes.append(replace(quote, continues=goes_on))
    return sorted(quotes, key=lambda quote: (quote.outer.start, -quote.outer.end))


def _quote(text: str, start: int, end: int, opened: int, closed: int, paragraph: int) -> Quote | None:
    """The quotation from mark to mark; ``opened`` and ``closed`` are the lengths of its marks, 0 for a lost one."""
    first, last = start + opened, end - closed
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if first == last or not any(char.isalnum() for char in text[first:last]):
        return None
    outer = Span(start if opened else first, end if closed else last)
    inner = Span(first, last)
    return Quote(outer, inner, _independent(text, outer, inner, paragraph))


def _independent(text: str, outer: Span, inner: Span, paragraph: int) -> bool:
    """Whether the words inside are a sentence: by what stands before, by their own stops, by what follows."""
    words = text[inner.start : inner.end]
    before = text[paragraph : outer.start].rstrip(' “„«‘"')
    after = text[outer.end :].split("\n", 1)[0].lstrip()
    length = len(words.split())
    if _STOP.search(words[:-1]):
        return True
    if before.endswith(":"):
        return length > 1
    if _titled(words):
        return False
    stopped = words[-1] in ".!?…,"
    capital = words.lstrip("([¿¡…. ")[:1].isupper()
    if not before or before[-1] in '.!?…”»"':
        cut = stopped or not after or after[0] in ",;–—-"
        plain = sum(word.islower() for word in words.split())  # a title has capitals
        return (cut and length > 1) or plain >= max(4, 0.6 * length)
    if before[-1] in ",–—-":
        if re.search(r"[”»\"’][^.!?]*$", before) and (not after or after[0] in ".,;–—-"):
            return True  # goes on with the one before: «Q», ha detto X, «Q»
        return length > 1 and (stopped or (capital and (not after or after[0] in ".,;–—-")))
    return capital and length > 3 and words[-1] in ".!?,"


def _titled(words: str) -> bool:
    """Whether the words are written as a title: "Game of Thrones,"."""
    if len(words) > _TITLE:
        return False
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() and not word.isupper() for word in long)


def _pairs(text: str, start: int, end: int, reopened: bool) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, length of the opening mark, of the closing mark) of each quotation in a paragraph."""
    stack: list[tuple[int, str]] = []
    free = start  # where a quotation that lost its opener may begin
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        opens, closes = _directions(text, at, match.end(), start, end)
        holder = next((i for i in range(len(stack) - 1, -1, -1) if mark in CLOSERS[stack[i][1]]), None)
        if mark in _SINGLE:
            if holder is not None and closes and not _apostrophe(text, at, end, stack[holder][1]):
                opener, kind = stack[holder]
                del stack[holder:]
                yield opener, match.end(), len(kind), len(mark)
            elif len(stack) < _DEEP and opens and mark in "‘‚'" and _closes_later(text, match.end(), end, mark):
                stack.append((at, mark))
            continue
        closing = holder is not None and (closes or not opens) and not (mark in _DIRECTED_OPEN and opens)
        if closing and holder is not None:
            opener, kind = stack[holder]
            del stack[holder:]
            yield opener, match.end(), len(kind), len(mark)
            free = match.end() if not stack else free
        elif opens and (mark not in _DIRECTED_CLOSE or not closes):
            if stack and stack[-1][1] == mark and _closers_left(text, match.end(), end, mark) <= len(stack):
                opener, kind = stack.pop()  # opened again before it was closed: the first lost its closer
                if text[opener + len(kind) : at].strip():
                    stop = _sentence_end(text, opener + len(kind), at)
                    yield opener, stop, len(kind), 0
            if len(stack) < _DEEP:
                stack.append((at, mark))
        elif closes and not stack and mark in _DIRECTED_CLOSE + '"' and not text[at - 1].isdigit():
            if text[free:at].strip():
                yield free, match.end(), 0, len(mark)
            free = match.end()
    for opener, kind in stack[:1]:
        if kind in _SINGLE:
            continue
        stop = end if reopened or _alone(text, opener, start) else _sentence_end(text, opener + len(kind), end)
        yield opener, stop, len(kind), 0


def _directions(text: str, at: int, after: int, start: int, end: int) -> tuple[bool, bool]:
    """Whether a mark stands where one opens, and where one closes."""
    left = text[at - 1] if at > start else " "
    right = text[after] if after < end else " "
    opens = not right.isspace() and bool(_BEFORE.match(left))
    closes = not left.isspace() and not right.isalnum()
    if text[at] == "»" and left.isspace() and not right.isalnum():  # set with blanks: "« Oui », dit-il"
        return False, True
    if text[at] == "«" and right.isspace() and (left.isspace() or left in "([{'’–—-/"):
        return True, False
    if text[at] in _DIRECTED_OPEN + _DIRECTED_CLOSE and not opens and not closes:  # blanks on both sides, or letters
        return text[at] in _DIRECTED_OPEN, text[at] in _DIRECTED_CLOSE
    return opens, closes


def _apostrophe(text: str, at: int, end: int, opener: str) -> bool:
    """Whether a single mark that could close is the plural's apostrophe: "'the workers' pay'"."""
    if opener in "‘'" and text[at - 1] in "sS" and text[at + 1 : at + 2] == " ":
        rest = text[at + 1 : end]
        later = re.search(r"[^\s\w]?[’'](?!\w)", rest)
        again = re.search(r"(?<!\w)[‘'](?=\w)", rest)
        return later is not None and (again is None or later.start() < again.start())
    return False


def _closes_later(text: str, at: int, end: int, mark: str) -> bool:
    """Whether a single mark that could open has a partner, so that it is no apostrophe ("’n’", "'90s")."""
    if not text[at : at + 1].isalpha() and text[at : at + 1] not in '([“«"…':
        return False
    found = re.compile(rf"(?<=\S)[{re.escape(CLOSERS[mark])}](?!\w)").search(text, at + 1, end)
    return found is not None


def _closers_left(text: str, at: int, end: int, mark: str) -> int:
    return sum(char in CLOSERS[mark] for char in text[at:end])


def _alone(text: str, opener: int, start: int) -> bool:
    """Whether a quotation opens a sentence of its own, so that one without end runs on to the paragraph's."""
    before = text[start:opener].rstrip()
    return not before or before[-1] in ".!?:…,"


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = _STOP.search(text, start, end)
    return stop.start() if stop else end
