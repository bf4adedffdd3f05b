"""Times: TIMEX3 dates, clock times, durations and sets, with their value and the interval they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from spacy.tokens import Doc

from fonti.record import Time, TimeType

from .calendar import Partial
from .patterns import Patterns, patterns, plain, stretches
from .resolve import Meant, meant
from .rules import RULES, Duration, Meaning, Point, Reference, joined
from .tense import direction, written

__all__ = ["find_times"]


@dataclass(frozen=True, slots=True)
class Found:
    """A time in the text and what its words mean."""

    start: int
    end: int
    meaning: Meaning


def find_times(doc: Doc, *, published: str | None) -> list[Time]:
    """The times of a text in their order, resolved against the report's date, of which the month or year will do."""
    known, text = patterns(doc.lang_), plain(doc.text)
    anchor = Partial.parse(published) if published else None
    mentioned: list[Partial] = []
    days: list[Partial] = []  # of this paragraph
    told = 0
    year: int | None = None
    times: list[Time] = []
    for found in widened(text, combined(text, unnamed(doc, spotted(doc.text, text, known)), known), known):
        tense = partial(direction, doc, found.start, found.end)
        if isinstance(found.meaning, Point):
            clocked = found.meaning.unit in ("clock", "part")
            if "\n" in text[told : found.start]:
                days, year = [], None
            point = found.meaning
            if point.month and point.day and not point.anchored and year and found.start - told < 150 and tense() != 1:
                point = replace(point, year=year)
            result = meant(point, published=anchor, mentioned=days if clocked else mentioned, tense=tense)
            kind: TimeType = "TIME" if clocked else "DATE"
            if result.date and result.date.unit != "decade" and not found.meaning.ago:
                mentioned.append(result.date)
                days += [result.date] if result.date.unit == "day" else []
                told = found.end
                year = point.year if point.month else None
        elif isinstance(found.meaning, Reference):
            if found.meaning.future_only and written(doc.text, found.start, found.end, doc.lang_, reach=12) != 1:
                continue
            result, kind = Meant(found.meaning.value, *now(found.meaning.value, anchor)), "DATE"
        else:
            result, kind = Meant(found.meaning.value), "DURATION" if isinstance(found.meaning, Duration) else "SET"
        times.append(Time(f"t{len(times) + 1}", found.start, found.end, kind, *result.written()))
    return times


def now(value: str, anchor: Partial | None) -> tuple[str | None, str | None]:
    """The past ends, the future begins with the report."""
    if anchor is None:
        return None, None
    first, last = anchor.first.isoformat(), anchor.last.isoformat()
    return (None if value == "PAST_REF" else first), (None if value == "FUTURE_REF" else last)


def spotted(original: str, text: str, known: Patterns) -> list[Found]:
    """The times by the ordered rules: what an earlier rule read, a later one leaves alone."""
    found: list[Found] = []
    for low, high in stretches(text, known):
        taken: list[tuple[int, int]] = []
        for template in known.templates:
            for match in template.regex.finditer(text, low, high):
                groups = match.groupdict()
                start, end = match.span("span" if "span" in groups else 0)
                if any(start < e and s < end for s, e in taken) or known.small(match, original):
                    continue
                values = {k: known.value(k, v) for k, v in groups.items() if v is not None and k != "span"}
                meaning = RULES[template.rule](values)
                if meaning or template.rule == "nothing":
                    taken.append((start, end))
                    if meaning:
                        found.append(Found(start, end, meaning))
    return sorted(found, key=lambda f: f.start)


def unnamed(doc: Doc, found: list[Found]) -> list[Found]:
    """Without those that are part of a name: "Theresa May", "Piazza XX Settembre"."""
    names = [(ent.start_char, ent.end_char) for ent in doc.ents]
    return [
        item
        for item in found
        if not any(
            start <= item.start and item.end <= end and end - start > item.end - item.start for start, end in names
        )
    ]


def combined(text: str, found: list[Found], known: Patterns) -> list[Found]:
    """Neighbours of which one lies in the other as one time: "Friday" and "night", "June" and "last year"."""
    done: list[Found] = []
    for item in reversed(found):
        while done:
            after, gap = done[-1], text[item.end : done[-1].start]
            whole = joined(item.meaning, after.meaning) if known.fine_first.fullmatch(gap) else None
            if whole is None and known.coarse_first.fullmatch(gap):
                whole = joined(after.meaning, item.meaning)
            if whole is None:
                break
            item = Found(item.start, after.end, whole)
            done.pop()
        done.append(item)
    return [item for item in done[::-1] if not (isinstance(item.meaning, Point) and item.meaning.dangling)]


def widened(text: str, found: list[Found], known: Patterns) -> Iterator[Found]:
    """With the words around that belong to the time: its article, "nearly", "the end of"."""
    end = 0
    for item, following in zip_longest(found, found[1:]):
        if isinstance(item.meaning, Reference):
            yield item
            continue
        before = known.before.search(text, end, item.start)
        after = known.after.match(text, item.end, following.start if following else len(text))
        start, end = before.start() if before else item.start, after.end() if after else item.end
        yield Found(start, end, item.meaning)
