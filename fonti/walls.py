"""Walls: what a page shows in place of its report, or at the end of the little of it that is free."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from .errors import InputError

SHORT = 700  # characters up to which a page with a wall is the wall; the shortest text of 43 real pages has 1,307
LINE = 240  # characters up to which a block with a wall's words is one, and no report about subscriptions

THEN = {
    "cookies": (
        "asks for consent to cookies in place of its report",
        "open it in a browser, save it and read the file",
    ),
    "subscription": ("is for subscribers", "open it in a browser where you are signed in, save it and read the file"),
    "robots": ("lets no program read it", "open it in a browser, save it and read the file"),
}


def wall(text: str) -> str | None:
    """The kind of wall whose words these are: cookies, subscription, robots."""
    words = " ".join(text.lower().split())
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), None)


def check_wall(text: str) -> None:
    """Raises where a page's text is a wall and nothing else."""
    if len(text) <= SHORT and (kind := wall(text)):
        raise InputError(*THEN[kind])


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    table = files("fonti").joinpath("data", "walls.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return [(kind, re.compile(pattern)) for kind, pattern in rows]
