"""What a time means on the calendar: from the parts that the words name, the report's date and the date told before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendar import MONTHS, RANK, SEASONS, UNKNOWN, Partial, holiday, nth_weekday
from .rules import Point

# So many times nearer than the other, a date is the one meant whatever the tense: on 2 January, 14 January is to come.
NEAR = {"date": 2, "quarter": 3, "half": 3, "month": 6}
Direction = Callable[[], int | None]  # the tense of the clause, looked up only where it matters: past -1, future 1


@dataclass(frozen=True, slots=True)
class Meant:
    """A value as TimeML writes it, the interval it means, and the date where it is known."""

    value: str
    earliest: str | None = None
    latest: str | None = None
    date: Partial | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """A date that the report's own date leaves open, between two days as far as known."""

    value: str
    first: date | None = None
    last: date | None = None


def meant(point: Point, *, published: Partial | None, mentioned: Sequence[Partial], tense: Direction) -> Meant:
    """The value and interval of a point in time."""
    if point.unit in ("clock", "part"):
        day = point.inside or Point(unit="day", shift=0, base="mentioned")
        if not point.inside and published and mentioned and mentioned[-1].last < published.first and tense() == 1:
            mentioned = ()  # what is to come tonight is not on the day told before
        found = dated(day, published=published, mentioned=mentioned, tense=tense)
        part = f"T{point.clock or point.part}"
        if isinstance(found, Vague):
            day_value = "XXXX-XX-XX" if found.value == "PRESENT_REF" else found.value
            return Meant(day_value + part, *ends(found.first, found.last))
        return Meant(found.value + part, *ends(found.first, found.last), found)
    found = dated(point, published=published, mentioned=mentioned, tense=tense)
    if isinstance(found, Vague):
        return Meant(found.value, *ends(found.first, found.last))
    return Meant(found.value, *ends(found.first, found.last), found)


def ends(first: date | None, last: date | None) -> tuple[str | None, str | None]:
    return first.isoformat() if first else None, last.isoformat() if last else None


def dated(
    point: Point, *, published: Partial | None, mentioned: Sequence[Partial], tense: Direction
) -> Partial | Vague:
    """The date of a point, ``Vague`` where the report's date is not known well enough."""
    if point.inside:
        outer = dated(point.inside, published=published, mentioned=mentioned, tense=tense)
        if isinstance(outer, Vague):
            return Vague(unknown(point), outer.first, outer.last)
        return within(point, outer, mentioned) or Vague(unknown(point), outer.first, outer.last)
    if point.shift is not None:
        return shifted(point, base(point, published, mentioned))
    if point.year is not None:
        if not 0 < point.year < 9999:
            return Vague(unknown(point))
        return within(replace(point, year=None), Partial(date(point.year, 1, 1), "year"), ()) or Vague(unknown(point))
    if published is None:
        return Vague(unknown(point))
    if point.weekday is not None and point.day is None and published.unit != "day":
        low, high = (published.first - timedelta(days=6), published.last + timedelta(days=6))
        return Vague(unknown(point), low, high)
    chosen = pick(list(candidates(point, published)), point, published, tense)
    return chosen or Vague(unknown(point))


def base(point: Point, published: Partial | None, mentioned: Sequence[Partial]) -> Partial | None:
    """The date to count from: the report's, or the latest told that is known to the unit."""
    if point.ago and (point.unit, point.shift) == ("year", -1):
        quarters = [told for told in mentioned[-3:] if told.unit in ("quarter", "half")]
        if quarters:  # in a report on earnings, the same quarter "a year ago"
            return quarters[-1]
    if point.base != "mentioned":
        return published if point.base == "published" else None
    return next((told for told in reversed(mentioned) if point.unit == "period" or told.to(point.unit)), published)


def shifted(point: Point, anchor: Partial | None) -> Partial | Vague:
    """So many units from the anchor; two bounds where it is not known to the unit."""
    assert point.shift is not None
    if point.unit == "period":
        return anchor or Vague("XXXX")
    nameless = "PRESENT_REF" if point.shift == 0 and point.unit == "day" else UNKNOWN[point.unit]
    if anchor is None:
        return Vague(nameless)
    try:
        if point.ago and anchor.unit in ("quarter", "half"):
            return anchor.shift(point.shift, point.unit)
        known = anchor.to(point.unit)
        if known:
            return known.shift(point.shift)
        low, high = (Partial.of(day, point.unit).shift(point.shift) for day in (anchor.first, anchor.last))
    except (ValueError, OverflowError, KeyError):
        return Vague("PAST_REF" if point.shift < 0 else "FUTURE_REF")
    return low if low == high else Vague(nameless, low.first, high.last)


def within(point: Point, outer: Partial, mentioned: Sequence[Partial]) -> Partial | None:
    """The finer date inside the coarser one."""
    if point.unit == "period" or point.base == "mentioned":  # the same month of the year before
        same = [told if point.unit == "period" else told.to(point.unit) for told in mentioned]
        finer = [told for told in same if told and RANK[told.unit] < RANK["year"]]
        return finer[-1].shift(outer.first.year - finer[-1].first.year, "year") if finer else outer
    if point.weekday is not None and outer.unit == "week":
        return Partial(outer.first + timedelta(days=point.weekday - 1), "day")
    if point.weekday is not None and point.nth is not None:
        return Partial(nth_weekday(outer, point.nth, point.weekday), "day")
    if point.unit == outer.unit:
        return outer
    if outer.unit == "month" and point.day:
        return named(replace(point, month=outer.first.month), outer.first.year)
    return named(point, outer.first.year)


def named(point: Point, year: int) -> Partial | None:
    """The month, day, quarter, half, season or feast of that year; ``None`` for 30 February."""
    try:
        if point.unit in ("decade", "century", "year"):
            return Partial.of(date(year, 1, 1), point.unit)
        if point.holiday:
            return Partial(holiday(point.holiday, year), "day")
        if point.unit == "week" and point.nth:
            return Partial(date.fromisocalendar(year, point.nth, 1), "week")
        if point.season:
            return Partial(date(year, 3 * SEASONS.index(point.season) + 3, 1), "season")
        if point.unit in ("quarter", "half") and point.nth:
            return Partial(date(year, (point.nth - 1) * MONTHS[point.unit] + 1, 1), point.unit)
        if point.month and point.day:
            return Partial(date(year, point.month, point.day), "day")
        return Partial(date(year, point.month, 1), "month") if point.month else None
    except ValueError:
        return None


def candidates(point: Point, around: Partial) -> Iterator[Partial]:
    """The dates that the words could name, near a date, in order."""
    if point.unit == "weekend":
        yield from (Partial.of(around.first + timedelta(days=n), "weekend") for n in (-7, 0, 7))
        return
    if point.month or point.unit != "day" or point.holiday:
        found = [p for year in range(around.first.year - 1, around.last.year + 2) if (p := named(point, year))]
        if point.weekday:  # the weekday confirms the year, unless it is wrong in all of them
            found = [p for p in found if p.first.isoweekday() == point.weekday] or found
        yield from found
        return
    reach = 7 if point.day is None else 62
    days = [around.first + timedelta(days=n) for n in range(-reach, (around.last - around.first).days + reach + 1)]
    days = [day for day in days if point.day in (None, day.day)]
    for day in [d for d in days if point.weekday in (None, d.isoweekday())] or days:
        yield Partial(day, "day")


def pick(found: list[Partial], point: Point, anchor: Partial, tense: Direction) -> Partial | None:
    """The one meant: by "last" or "next", else the report's own time, else by the tense of the clause."""
    before = [p for p in found if p.last < anchor.first]
    after = [p for p in found if p.first > anchor.last]
    here = [p for p in found if p.meets(anchor)]
    if point.direction == -1:
        return before[-1] if before else None
    if point.direction == 1:
        return after[0] if after else None
    if here:
        return here[0]
    if not before or not after:
        return before[-1] if before else after[0] if after else None
    if point.direction == 0:
        same = [p for p in found if p.first.year == anchor.first.year]
        return same[0] if point.weekday is None and same else after[0]
    ahead, back = (after[0].first - anchor.last).days, (anchor.first - before[-1].last).days
    sure = NEAR.get("date" if (point.month and point.day) or point.holiday else point.unit)
    if sure and not ahead / sure < back < ahead * sure:
        return after[0] if ahead < back else before[-1]
    way = tense()
    if way is None:  # the news tells of what was
        return after[0] if ahead < back and point.day else before[-1]
    return after[0] if way > 0 else before[-1]


def unknown(point: Point) -> str:
    """The value with what the words name, and X for the rest."""
    if point.unit == "period":
        return "XXXX"
    if point.month and point.day:
        return f"XXXX-{point.month:02}-{point.day:02}"
    if point.month and point.unit == "month":
        return f"XXXX-{point.month:02}"
    if point.day:
        return f"XXXX-XX-{point.day:02}"
    if point.weekday and point.nth is None:
        return f"XXXX-WXX-{point.weekday}"
    if point.holiday and point.holiday.count("-") == 1:
        return f"XXXX-{point.holiday}"
    if point.season:
        return f"XXXX-{point.season}"
    if point.nth and point.unit in ("quarter", "half"):
        return f"XXXX-{point.unit[0].upper()}{point.nth}"
    if point.nth and point.unit == "week":
        return f"XXXX-W{point.nth:02}"
    return UNKNOWN[point.unit]
