"""Partly known dates: a day, week, month, quarter, season, year, decade or century, as TimeML writes them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

# From fine to coarse; units of one rank do not hold each other.
RANK = {
    "day": 0, "weekend": 1, "week": 1, "month": 2, "quarter": 3, "season": 3, "half": 4,
    "year": 5, "decade": 6, "century": 7,
}  # fmt: skip
MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
SEASONS = ("SP", "SU", "FA", "WI")
UNKNOWN = {
    "day": "XXXX-XX-XX", "weekend": "XXXX-WXX-WE", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "season": "XXXX-XX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Partial:
    """A date known down to ``unit``, by its first day."""

    first: date
    unit: str

    @classmethod
    def of(cls, day: date, unit: str) -> Partial:
        """The unit that holds the day."""
        if unit == "day":
            return cls(day, unit)
        if unit == "week":
            return cls(day - timedelta(days=day.weekday()), unit)
        if unit == "weekend":
            return cls(day + timedelta(days=5 - day.weekday()), unit)
        if unit == "season":  # December to February is the winter of December's year
            months = (day.year * 12 + day.month - 3) // 3 * 3 + 2
            return cls(date(months // 12, months % 12 + 1, 1), unit)
        span = MONTHS[unit]
        months = (day.year * 12 + day.month - 1) // span * span
        return cls(date(max(months // 12, 1), months % 12 + 1, 1), unit)

    @classmethod
    def parse(cls, text: str) -> Partial | None:
        """An ISO 8601 date at its own precision; a clock time after it is ignored."""
        match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])", text)
        if not match:
            return None
        year, month, day = match.groups()
        if not "1000" <= year < "9000":  # room to count from it
            return None
        unit = "day" if day else "month" if month else "year"
        try:
            return cls(date(int(year), int(month or 1), int(day or 1)), unit)
        except ValueError:
            return None

    @property
    def last(self) -> date:
        if self.unit == "weekend":
            return self.first + timedelta(days=1)
        return self.shift(1).first - timedelta(days=1)

    @property
    def value(self) -> str:
        day = self.first
        if self.unit == "day":
            return day.isoformat()
        if self.unit in ("week", "weekend"):
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}" + ("-WE" if self.unit == "weekend" else "")
        if self.unit == "month":
            return f"{day:%Y-%m}"
        if self.unit == "season":
            return f"{day.year:04}-{SEASONS[(day.month - 3) // 3]}"
        if self.unit in ("quarter", "half"):
            return f"{day.year:04}-{self.unit[0].upper()}{(day.month - 1) // MONTHS[self.unit] + 1}"
        return f"{day.year:04}"[: {"year": 4, "decade": 3, "century": 2}[self.unit]]

    def shift(self, n: int, unit: str | None = None) -> Partial:
        """``n`` units later, at this date's precision; ``ValueError`` or ``OverflowError`` outside our calendar."""
        unit = unit or self.unit
        if unit in ("day", "week", "weekend"):
            return Partial(self.first + timedelta(days=n * (1 if unit == "day" else 7)), self.unit)
        months = self.first.year * 12 + self.first.month - 1 + n * MONTHS[unit]
        year, month = divmod(months, 12)
        if self.unit in ("week", "weekend"):
            return Partial.of(date(year, month + 1, min(self.first.day, 28)), self.unit)
        day = min(self.first.day, monthrange(year, month + 1)[1])  # a month after 31 January is the last of February
        return Partial(date(year, month + 1, day), self.unit)

    def to(self, unit: str) -> Partial | None:
        """The coarser unit that holds this date; ``None`` if the date is not known well enough."""
        if RANK.get(unit, 9) < RANK[self.unit]:
            return None
        low, high = Partial.of(self.first, unit), Partial.of(self.last, unit)
        return low if low == high else None

    def meets(self, other: Partial) -> bool:
        return self.first <= other.last and other.first <= self.last


def easter(year: int) -> date:
    """Western Easter, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


def pascha(year: int) -> date:
    """Orthodox Easter: the Julian computus, on our calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    behind = year // 100 - year // 400 - 2  # days by which the Julian calendar lags
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=behind)


def holiday(rule: str, year: int) -> date:
    """A feast's day: ``12-25``, ``easter+1``, or ``11-4-4`` for the fourth Thursday of November (-1 is the last)."""
    for name, feast in (("easter", easter), ("pascha", pascha)):
        if rule.startswith(name):
            return feast(year) + timedelta(days=int(rule[6:] or 0))
    month, rest = rule.split("-", 1)
    if "-" not in rest.lstrip("-"):
        return date(year, int(month), int(rest))
    nth, weekday = rest.rsplit("-", 1)
    return nth_weekday(Partial(date(year, int(month), 1), "month"), int(nth), int(weekday))


def nth_weekday(inside: Partial, nth: int, weekday: int) -> date:
    """The first, second … or (-1) last such weekday of a month, quarter or year."""
    if nth < 0:
        back = (inside.last.isoweekday() - weekday) % 7
        return inside.last - timedelta(days=back + 7 * (-nth - 1))
    return inside.first + timedelta(days=(weekday - inside.first.isoweekday()) % 7 + 7 * (nth - 1))
