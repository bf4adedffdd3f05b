"""Times: TIMEX3 dates, clock times, durations and sets, with their value and the interval they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest

from spacy.tokens import Doc

from fonti.record import Time, TimeType

from .calendar import Partial
from .patterns import START, Patterns, matches, patterns, plain, stretches
from .resolve import Direction, Meant, meant
from .rules import RULES, Duration, Meaning, Point, Reference, Repeated, joined
from .tense import direction, written

__all__ = ["find_times"]

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
NOISY = 20  # no text has a control character in so many
BELONGS = 60  # characters before a time in which words that belong to it are looked for
SAME_STORY = 150  # characters after a date with its year in which a day and month lie in that year too


@dataclass(frozen=True, slots=True)
class Found:
    """A time in the text and what its words mean."""

    start: int
    end: int
    meaning: Meaning


@dataclass(slots=True)
class Told:
    """The dates told so far, for the times that count from them."""

    dates: list[Partial] = field(default_factory=list)
    days: list[Partial] = field(default_factory=list)  # of this paragraph
    year: int | None = None  # of the last date, where its words name it
    end: int = 0

    def add(self, point: Point, date: Partial, end: int) -> None:
        self.dates.append(date)
        self.days += [date] if date.unit == "day" else []
        self.year, self.end = point.year if point.month else None, end

    def forget(self) -> None:
        """At a new paragraph, clock times are the report's day's again."""
        self.days, self.year = [], None


def find_times(doc: Doc, *, published: str | None) -> list[Time]:
    """The times of a text in their order, resolved against the report's date, of which the month or year will do."""
    raw = doc.text
    if NOISY * len(CONTROL.findall(raw)) > len(raw):
        return []  # bytes read as letters: "Q4" and "1h" are in them by chance
    known, text = patterns(doc.lang_), plain(raw)
    anchor, told, times = Partial.parse(published or ""), Told(), list[Time]()
    for found in widened(text, combined(text, unnamed(doc, spotted(raw, text, known)), known), known):
        start, end, meaning = found.start, found.end, found.meaning
        if isinstance(meaning, Point):
            if "\n" in text[told.end : start]:
                told.forget()
            tense = partial(direction, doc, raw, start, end)
            kind, result = placed(meaning, start, anchor, told, tense)
            if result.date and result.date.unit != "decade" and not meaning.ago:
                told.add(meaning, result.date, end)
        elif isinstance(meaning, Reference):
            if meaning.future_only and written(raw, start, end, doc.lang_, reach=12) != 1:
                continue
            kind, result = "DATE", Meant(meaning.value, *now(meaning.value, anchor))
        else:
            kind, result = "DURATION" if isinstance(meaning, Duration) else "SET", Meant(meaning.value)
        times.append(Time(f"t{len(times) + 1}", start, end, kind, result.value, result.earliest, result.latest))
    return times


def placed(point: Point, start: int, anchor: Partial | None, told: Told, tense: Direction) -> tuple[TimeType, Meant]:
    """A point on the calendar, in the year just told if it is the same story."""
    if (
        point.month
        and point.day
        and not point.anchored
        and told.year
        and start - told.end < SAME_STORY
        and tense() != 1
    ):
        point = replace(point, year=told.year)
    clocked = point.unit in ("clock", "part")
    mentioned = told.days if clocked else told.dates
    return "TIME" if clocked else "DATE", meant(point, published=anchor, mentioned=mentioned, tense=tense)


def now(value: str, anchor: Partial | None) -> tuple[str | None, str | None]:
    """The past ends, the future begins with the report."""
    if anchor is None:
        return None, None
    first, last = anchor.first.isoformat(), anchor.last.isoformat()
    return (None if value == "PAST_REF" else first), (None if value == "FUTURE_REF" else last)


def spotted(original: str, text: str, known: Patterns) -> list[Found]:
    """The times by the ordered rules: what an earlier rule read, a later one leaves alone."""
    found: list[Found] = []
    for low, high, names in stretches(text, known):
        taken: list[tuple[int, int]] = []
        starts = [match.start() for match in START.finditer(text, low, high)]
        for template in (template for template in known.templates if template.needs <= names):
            for match in matches(template.regex, text, starts, high):
                groups = match.groupdict()
                start, end = match.span("span" if "span" in groups else 0)
                if any(start < e and s < end for s, e in taken) or known.miscased(match, original):
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
        if isinstance(item.meaning, (Reference, Repeated)):  # the article of "the annual report" is the noun's
            yield item
            continue
        around = known.before.finditer(text, max(end, item.start - BELONGS), item.end)
        before = next((match for match in around if match.end() >= item.start), None)
        after = known.after.match(text, item.end, following.start if following else len(text))
        start, end = min(before.start(), item.start) if before else item.start, after.end() if after else item.end
        yield Found(start, end, item.meaning)
