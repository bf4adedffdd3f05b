"""Walls: what stands in place of a report, or behind the little of it that is free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from .errors import FontiError, InputError
from .record import Report, Wall

LINE = 240  # characters up to which a block with a wall's words is one, and no report about subscriptions
LONG = 800  # characters up to which a block that asks for consent is one: lawyers wrote it
LEAST = 200  # characters beside a wall from which on there is a report: a sentence or two
# characters before a wall up to which they are a beginning; behind more of them all is there, walled or not
MOST = 2_500
# characters up to which they may be a beginning where the page says that it is not free; the shortest whole text of
# such a page has 1,709
FREE = 1_500

Block = tuple[str, Wall | None]  # a paragraph, and the kind of wall that it is
SHUT: Wall = "subscription"
KINDS: dict[str, Wall] = {  # of the rows of `walls.tsv`
    "consent": "cookies", "cookies": "cookies", "subscription": "subscription", "offer": "subscription",
    "robots": "robots",
}  # fmt: skip
BROWSER = "open it in a browser, save it and read the file"
SIGNED_IN = "open it in a browser where you are signed in, save it and read the file"
THEN = {
    "cookies": ("asks for consent to cookies in place of its report", BROWSER),
    "subscription": ("is for subscribers", SIGNED_IN),
    "robots": ("lets no program read it", BROWSER),
}
IN_PART = {
    "cookies": ("is words about cookies in place of a report", "leave it out, or read its page again"),
    "subscription": ("tells only its beginning: the rest is for subscribers", SIGNED_IN),
    "robots": ("is a check for robots in place of a report", "leave it out, or read its page again"),
    "feed": ("tells only what its feed has of it: its page could not be read", BROWSER),
}


def wall(words: str) -> Wall | None:
    """The kind of wall that these words are, where they are so few that they are nothing else."""
    return _kind(words, offers=True)


def find_wall(text: str) -> Wall | None:
    """What hides a report's rest, or stands in its place; None where all of it is there."""
    if len(text) > 2 * MOST:
        return None
    blocks = _blocks(text)
    if (kind := _alone(blocks)) is not None:
        return kind
    shut = (i for i, (words, kind) in enumerate(blocks) if kind and _kind(words, offers=False) == SHUT)
    first = next(shut, len(blocks))
    before, behind = _beside(blocks[:first]), _beside(blocks[first:])
    return SHUT if first < len(blocks) and before <= MOST and behind < before / 2 else None


def check_wall(text: str) -> None:
    """Raises where a page's text is a wall and nothing else."""
    if len(text) <= 2 * MOST and (kind := _alone(_blocks(text))) is not None:
        raise InputError(*THEN[kind])


def breaks_off(text: str) -> bool:
    """Whether it ends as what is cut short does."""
    return text.rstrip(" ])").endswith(("…", "..."))


def in_part(report: Report, where: str) -> FontiError:
    """What a user is told of a report of which a wall hides the rest."""
    return InputError(*IN_PART[str(report.wall)], where=where)


def _blocks(text: str) -> list[Block]:
    return [(line, wall(line)) for line in map(str.strip, text.splitlines()) if line]


def _alone(blocks: Sequence[Block]) -> Wall | None:
    """The kind of wall where next to nothing stands beside it."""
    kind = next((kind for _, kind in blocks if kind), None)
    beside, all_of_it = _beside(blocks), sum(len(words) for words, _ in blocks)
    return kind if beside < LEAST or (beside < 2 * LEAST and beside < all_of_it / 2) else None


def _beside(blocks: Iterable[Block]) -> int:
    """The characters of those that are no wall."""
    return sum(len(words) for words, kind in blocks if not kind)


def _kind(words: str, *, offers: bool) -> Wall | None:
    if len(words) > LONG:
        return None
    words = " ".join(words.lower().replace("’", "'").split())
    for kind, pattern in _patterns():
        if (
            len(words) <= (LONG if kind == "consent" else LINE)
            and (offers or kind != "offer")
            and pattern.search(words)
        ):
            return KINDS[kind]
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    table = files("fonti").joinpath("data", "walls.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return [(kind, re.compile(pattern)) for kind, pattern in rows]
