"""The lexicon's templates as regular expressions, and the stretches of text where they may match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fonti.lexicon import lexicon

from .rules import RULES

NUMERALS = {
    "day": r"3[01]|[12]\d|0?[1-9]",
    "year": r"1[0-9]\d\d|20\d\d",
    "yy": r"\d\d",
    "hour": r"2[0-4]|1\d|0?\d",
    "minute": r"[0-5]\d",
    "mm": r"1[0-2]|0?[1-9]",
    "number": r"\d+(?:[.,]\d+)?",
}
WORD = re.compile(r"\d+|[^\W\d_]+")
# No time begins or ends inside a word, a decimal, an amount of money or a share.
LEFT, RIGHT = r"(?<![\w$€£#])(?<!\d[.,:/])", r"(?!\w)(?![.,:/]\d)(?! ?[%€$])"
SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\t": " ", "–": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Template:
    """A way to write a time: which rule reads it, and the expression with a named group for each of its parts."""

    rule: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What one language's lexicon makes."""

    templates: list[Template]
    words: dict[str, dict[str, Any]]
    vocabulary: frozenset[str]
    triggers: frozenset[str]
    capitalised: frozenset[str]
    decimal: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    fine_first: re.Pattern[str]
    coarse_first: re.Pattern[str]

    def small(self, match: re.Match[str], original: str) -> bool:
        """Whether a word that needs a capital ("May") lacks it."""
        groups = ((match.start(name), word) for name, word in match.groupdict().items() if word in self.capitalised)
        return any(original[start].islower() for start, _ in groups)

    def value(self, name: str, written: str) -> Any:
        """What a part's words stand for: the table's value, or the number that they write."""
        table = self.words.get(name, {})
        if written in table:
            return table[written]
        digits = "".join(char for char in written if char.isdigit() or char in ".,")
        if re.fullmatch(r"\d{1,3}[.,]\d{3}", digits) and self.decimal not in digits:
            digits = re.sub("[.,]", "", digits)
        number = digits.replace(",", ".")
        return float(number) if "." in number else int(number) if number else None


def plain(text: str) -> str:
    """The text for matching, as long as it was: small letters, one kind of apostrophe and hyphen, no wrapped lines."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return re.sub(r"\n(?=[a-z])", " ", lower.translate(SAME_LENGTH))


@cache
def patterns(language: str) -> Patterns:
    data = lexicon(language, "times")
    words: dict[str, dict[str, Any]] = {name: dict(table) for name, table in data["words"].items()}
    words["number"] |= {word: n for n, word in enumerate(data["cardinals"].split())}
    words["ordinal"] |= {word: n for n, word in enumerate(data["ordinals"].split(), 1)}
    words["other_part"] = words["part"]
    templates = [
        Template(rule, re.compile(LEFT + "(?:" + fill(template, words, data["snippets"]) + ")" + RIGHT))
        for rule in RULES
        for template in data["templates"][rule]
    ]
    written = " ".join([*data["snippets"].values(), *(t for group in data["templates"].values() for t in group)])
    literals = re.sub(r"\(\?P?<?\w*>?|\{~?\w+\}|\\.", " ", written)
    every = [word for table in words.values() for key in table for word in WORD.findall(key)]
    telling = [max(WORD.findall(key), key=len) for name in words.keys() - set(data["silent"]) for key in words[name]]
    return Patterns(
        templates,
        words,
        frozenset([*every, *WORD.findall(literals)]),
        frozenset([*telling, *data["triggers"]]),
        frozenset(data["capitalised"]),
        data["decimal"],
        re.compile(rf"(?<!\w)(?:{fill(data['spans']['before'], words, data['snippets'])} ?)+$"),
        *(
            re.compile(fill(data["spans"][name], words, data["snippets"]))
            for name in ("after", "fine_first", "coarse_first")
        ),
    )


def fill(template: str, words: dict[str, dict[str, Any]], snippets: dict[str, str]) -> str:
    """``{month}`` as a group of that name, ``{~month}`` as one without; a snippet as it stands."""

    def replace(match: re.Match[str]) -> str:
        silent, name = match.groups()
        known = sorted(words.get(name, ()), key=len, reverse=True)
        choices = "|".join(filter(None, [NUMERALS.get(name), *map(re.escape, known)]))
        return f"(?:{choices})" if silent else f"(?P<{name}>{choices})"

    for name, snippet in snippets.items():
        template = template.replace("{" + name + "}", f"(?:{snippet})")
    return re.sub(r"\{(~?)([a-z_]+)\}", replace, template)


def stretches(text: str, found: Patterns) -> Iterator[tuple[int, int]]:
    """The runs of words that times are made of, each with at least one that tells of time; ``text`` is ``plain``."""
    start, told = -1, False
    for match in WORD.finditer(text):
        word = match.group()
        if word in found.vocabulary or word.isdigit():
            if start < 0:
                start, told = match.start(), False
            told = told or word in found.triggers or word.isdigit()
        elif start >= 0:
            if told:
                yield start, match.end()  # with the next word, for what may not follow
            start = -1
    if start >= 0 and told:
        yield start, len(text)
