"""The ordered rules: each says what the words of one kind of time mean. The words and their order are the lexicon's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .calendar import RANK

Groups = dict[str, Any]
CLOCK_UNITS = {"second": "S", "minute": "M", "hour": "H"}
LETTERS = {
    "day": "D", "night": "NI", "weekend": "WE", "week": "W", "month": "M", "quarter": "Q", "season": "S", "year": "Y",
    "decade": "DE", "century": "CE", "millennium": "ML",
}  # fmt: skip
MULTIPLES = {
    "fortnight": (2, "week"), "half": (6, "month"), "biennium": (2, "year"), "decade": (10, "year"),
    "century": (100, "year"), "millennium": (1000, "year"),
}  # fmt: skip
HALVES = {
    "minute": (30, "second"), "hour": (30, "minute"), "day": (12, "hour"), "month": (15, "day"), "year": (6, "month"),
    "decade": (5, "year"), "century": (50, "year"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What the words say of a date or clock time: the parts they name, or how far it lies from another."""

    unit: str  # how fine it is: clock, part, or a unit of the calendar
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None  # the third quarter, the first Monday
    season: str | None = None
    holiday: str | None = None
    clock: str | None = None
    part: str | None = None
    shift: int | None = None  # so many units after (before) the base
    base: str = "published"  # or "mentioned", the date told before; "event", which has none
    ago: bool = False  # counted back in so many words
    direction: int | None = None  # last -1, this 0, next 1
    inside: Point | None = None  # the day of a clock time, the year of a month
    dangling: bool = False  # no time by itself, only inside another: the "night" of "Friday night"

    @property
    def anchored(self) -> bool:
        """Whether it needs no other date to lie in."""
        return (self.year, self.shift, self.direction, self.inside) != (None,) * 4


@dataclass(frozen=True, slots=True)
class Duration:
    value: str


@dataclass(frozen=True, slots=True)
class Repeated:
    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The present, past or future at large; ``future_only`` asks for a clause about the future ("sempre")."""

    value: str
    future_only: bool = False


Meaning = Point | Duration | Repeated | Reference


def point(g: Groups) -> Point | None:
    """A calendar date by the parts it names, or a clock time."""
    month = g.get("month") or g.get("mon") or g.get("mm")
    year = g.get("year")
    if year is None and "yy" in g:
        year = g["yy"] + (2000 if g["yy"] < 50 else 1900)
    direction, day, weekday = g.get("direction"), g.get("day") or g.get("ordinal"), g.get("weekday")
    if "hour" in g:
        return clock(g)
    if "part" in g:
        day_of = Point(unit="day", shift=direction) if direction is not None else None
        if day or weekday:  # "the night between Saturday and Sunday" is Saturday's
            day_of = Point(unit="day", year=year, month=month, day=day, weekday=weekday, direction=direction)
        return Point(unit="part", part=g["part"], inside=day_of)
    if "holiday" in g:
        return Point(unit="day", holiday=g["holiday"], year=year, direction=direction)
    if season := g.get("season") or g.get("seasonal"):
        return Point(unit="season", season=season, year=year, direction=direction)
    if "weekend" in g:
        return Point(unit="weekend")
    if day or weekday:
        return Point(unit="day", year=year, month=month, day=day, weekday=weekday, direction=direction)
    if month:
        return Point(unit="month", year=year, month=month, direction=direction)
    return Point(unit="year", year=year) if year is not None else None


def clock(g: Groups) -> Point | None:
    """A time of the day, in 24 hours."""
    if "noon" in g:
        return Point(unit="clock", clock=g["noon"])
    hour, minute = g["hour"], g.get("minute")
    half = g.get("half_of_day") or g.get("part")
    if (half in ("AF", "EV", "PM") and hour < 12) or (half == "NI" and 6 < hour < 12):
        hour += 12
    elif half in ("MO", "AM", "NI") and hour == 12:
        hour = 0
    if minute is not None and minute < 0:  # "ten to four"
        hour, minute = (hour or 24) - 1, minute + 60
    if hour > 24:
        return None
    minutes = "" if minute is None else f":{minute:02}"  # at its own precision: "at 3 pm" is T15
    return Point(unit="clock", clock=f"{hour:02}{minutes}" + (g.get("zone") or ""))


def decade(g: Groups) -> Point:
    year = g["year"] if "year" in g else 1900 + g["yy"] if "yy" in g else g["tens"]
    return Point(unit="decade", year=year)


def century(g: Groups) -> Point:
    number = g.get("ordinal") or g.get("roman") or g["number"]
    if number < 1:  # "the last century"
        return Point(unit="century", shift=-1)
    return Point(unit="century", year=number * 100 - 99)


def nth(g: Groups) -> Point | None:
    """The third quarter, the second half, week 27, the first Monday."""
    if "weekday" in g:
        month = Point(unit="month", month=g.get("month"), year=g.get("year"))
        return Point(unit="day", weekday=g["weekday"], nth=g["ordinal"], inside=month)
    unit, count = g.get("period", "quarter"), g.get("ordinal") or g.get("roman") or g["number"]
    if not 0 < count <= {"week": 53, "quarter": 4, "half": 2}[unit]:
        return None
    return Point(unit=unit, nth=count, year=g.get("year"))


def ago(g: Groups) -> Meaning | None:
    """Three weeks ago; a vague number of them is the past."""
    return away(g, -1, "published")


def hence(g: Groups) -> Meaning | None:
    return away(g, 1, "published")


def earlier(g: Groups) -> Meaning | None:
    return away(g, -1, "mentioned")


def later(g: Groups) -> Meaning | None:
    return away(g, 1, "mentioned")


def away(g: Groups, sign: int, base: str) -> Meaning | None:
    unit, count = g.get("unit") or g["units"], g.get("number", 1)
    if "vague" in g or "units" in g or unit in CLOCK_UNITS:
        return Reference("PAST_REF" if sign < 0 else "FUTURE_REF") if base == "published" else None
    many, unit = MULTIPLES.get(unit, (1, unit)) if unit in ("fortnight", "biennium") else (1, unit)
    if count != int(count) or unit not in RANK:
        return None
    return Point(unit=unit, shift=sign * int(count) * many, base=base, ago=sign < 0)


def deictic(g: Groups) -> Point:
    """Today, yesterday, tonight."""
    shift, *part = g["deictic"]
    day = Point(unit="day", shift=shift)
    part = [g["part"]] if "part" in g else part
    return Point(unit="part", part=part[0], inside=day) if part else day


def shifted(g: Groups) -> Point | None:
    """Last week, this year."""
    if g["unit"] not in RANK:
        return None
    return Point(unit=g["unit"], shift=g.get("direction") or 0)


def anaphor(g: Groups) -> Point | None:
    """The next day, the same month: counted from the date told before."""
    if "other_part" in g:
        return Point(unit="part", part=g["other_part"], inside=Point(unit="day", shift=g["other"], base="mentioned"))
    unit = g.get("unit") or "period"
    return Point(unit=unit, shift=g.get("other", 0), base="mentioned") if unit in RANK or unit == "period" else None


def from_event(g: Groups) -> Point:
    """The day before something whose own date nobody tells."""
    return Point(unit="day", shift=g["around"], base="event")


def duration(g: Groups) -> Duration | None:
    unit, count = g.get("unit") or g.get("units") or g["halves"], g.get("number", 1)
    half = "more" if "halves" in g else g.get("half")
    if "vague" in g or ("units" in g and "number" not in g):
        count = "X"
    elif unit in MULTIPLES and half != "only":
        many, unit = MULTIPLES[unit]
        count, half = (count + 0.5 if half else count) * many, None  # three centuries and a half
    extra = ""
    if half:
        if unit not in HALVES:
            return None
        part, smaller = HALVES[unit]
        if half == "only":
            count, unit = part, smaller
        else:
            extra = f"{part}{CLOCK_UNITS.get(smaller) or LETTERS[smaller]}"
            extra = "T" + extra if smaller in CLOCK_UNITS and unit not in CLOCK_UNITS else extra
    if isinstance(count, float) and count == int(count):
        count = int(count)
    clocked = "T" if unit in CLOCK_UNITS else ""
    if unit not in LETTERS and not clocked:
        return None
    return Duration(f"P{clocked}{count}{CLOCK_UNITS.get(unit) or LETTERS[unit]}{extra}")


def repeated(g: Groups) -> Repeated | None:
    if "frequency" in g:
        return Repeated(g["frequency"])
    part = "T" + g["part"] if "part" in g else ""
    if "weekday" in g:
        return Repeated(f"XXXX-WXX-{g['weekday']}{part}")
    if "month" in g:
        return Repeated(f"XXXX-{g['month']:02}")
    if "season" in g:
        return Repeated(f"XXXX-{g['season']}")
    if part:
        return Repeated(f"XXXX-XX-XX{part}")
    found = duration(g)
    return Repeated(found.value) if found else None


def dangling(g: Groups) -> Point:
    return Point(unit="part", part=g["part"], dangling=True)


def reference(g: Groups) -> Reference:
    """The present, the past, the future; "always" only where it means from now on."""
    if "hereafter" in g or "someday" in g:
        return Reference(g.get("hereafter") or g["someday"], future_only=True)
    return Reference(g.get("reference") or g["now"])


def past(g: Groups) -> Reference:
    """Days or years gone by, uncounted."""
    return Reference("PAST_REF")


def future(g: Groups) -> Reference:
    return Reference("FUTURE_REF")


def nothing(g: Groups) -> None:
    """Words that look like a time and are none: names, ages, shares."""


# First come, first served: a word read by one rule is not read by the next.
RULES: dict[str, Callable[[Groups], Meaning | None]] = {
    "nothing": nothing,
    "numeric": point,
    "nth": nth,
    "date": point,
    "decade": decade,
    "century": century,
    "ago": ago,
    "hence": hence,
    "earlier": earlier,
    "later": later,
    "repeated": repeated,
    "clock": clock,
    "someday": reference,
    "past": past,
    "future": future,
    "duration": duration,
    "deictic": deictic,
    "from_event": from_event,
    "anaphor": anaphor,
    "shifted": shifted,
    "named": point,
    "dangling": dangling,
    "reference": reference,
    "year": point,
}


def joined(fine: Meaning, coarse: Meaning) -> Point | None:
    """The finer time within the coarser one ("the third quarter" of "last year"), if it can lie there."""
    if not (isinstance(fine, Point) and isinstance(coarse, Point)) or fine.inside or fine.year is not None:
        return None
    if fine.unit == "clock" and coarse.unit == "part":  # "ieri sera alle 9"
        hour = int((fine.clock or "")[:2])
        later = (coarse.part in ("AF", "EV") and hour < 12) or (coarse.part == "NI" and 6 < hour < 12)
        hour += 12 if later else 0
        return replace(fine, clock=f"{hour:02}{(fine.clock or '')[2:]}", inside=coarse.inside)
    if fine.unit in ("clock", "part"):
        return replace(fine, inside=coarse, dangling=False) if coarse.unit == "day" else None
    if fine.unit == "period" or fine.base == "mentioned":
        return replace(fine, inside=coarse) if coarse.unit == "year" and coarse.anchored else None
    if fine.anchored or coarse.unit in ("clock", "part", "period") or RANK[fine.unit] >= RANK[coarse.unit]:
        return None
    named = {"day": ("week", "month", "year"), "week": ("year",), "month": ("year",), "quarter": ("year",),
             "half": ("year",), "season": ("year",)}.get(fine.unit, ())  # fmt: skip
    if coarse.unit not in named or not coarse.anchored:
        return None
    if coarse.unit == "week" and (fine.weekday is None or fine.month):
        return None
    if fine.unit == "day" and coarse.unit == "year" and not (fine.month or fine.holiday):
        return None
    return replace(fine, inside=coarse)
