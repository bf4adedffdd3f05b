"""Dates at the precision at which they are known: `2023`, `2023-09`, `2023-09-18`, `2023-09-18T10:00`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from .errors import DateError

AHEAD = timedelta(hours=14)  # how far the clocks of the easternmost islands are before UTC


def read_date(published: str) -> str:
    """ISO 8601 at any precision, with hyphens and a T."""
    text = published.strip()
    basic = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    text = "-".join(basic.groups()) if basic else re.sub(r"(?<=\d) (?=\d{2}:)", "T", text)
    pattern = r"\d{4}(-\d{2}(-\d{2}(T\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?)?)?"
    try:
        if not re.fullmatch(pattern, text):
            raise ValueError
        datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        raise DateError(f"{published!r} is no date", "write it as 2023-09-18, or 2023-09, or 2023") from None
    return text


def is_date(text: str | None) -> bool:
    try:
        return text is not None and bool(read_date(text))
    except DateError:
        return False


def days(date: str | None) -> tuple[str | None, str | None]:
    """The first and the last day that a date may mean; none of what is no date."""
    if not is_date(date):
        return None, None
    day = read_date(str(date))[:10]
    if len(day) == 4:
        return f"{day}-01-01", f"{day}-12-31"
    if len(day) == 7:
        return f"{day}-01", f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]:02}"
    return day, day


def to_come(date: str) -> bool:
    """Whether no part of it has begun anywhere on Earth: nothing is published then."""
    first, _ = days(date)
    return first is not None and first > (datetime.now(UTC) + AHEAD).date().isoformat()
