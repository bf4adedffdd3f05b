"""What Fonti knows before it reads: countries, demonyms, seats of power, outlets, groups, people in office.

Every table has the columns kind, form, country, office, name, from, to; a user's own table is one more of them:

    country demonym            a form that names a country; the office tells the language of a demonym or common name
    seat                       a place that stands for who sits there: office `capital`, `presidency`, `parliament` …
    outlet                     a news agency, newspaper, broadcaster
    igo ngo armed forces party organisation
    person                     office `president`, `head of government` …, or a PLOVER sector; ISO dates where known
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from fonti.errors import FontiError

GROUPS = ("igo", "ngo", "armed", "forces", "party", "organisation")
SECTORS = {"igo": "IGO", "ngo": "NGO", "armed": "REB", "forces": "MIL", "party": "PTY"}
COLUMNS = ["kind", "form", "country", "office", "name", "from", "to"]
GRACE = 6  # years around a person's known terms in which the name still means that person


@dataclass(frozen=True, slots=True)
class Fact:
    """A row: a form of words, and what it stands for."""

    kind: str
    form: str
    country: str | None = None
    office: str | None = None
    name: str | None = None
    since: str | None = None
    until: str | None = None

    def holds(self, on: str | None, *, grace: int = 0) -> bool:
        """Whether the term covers that date (of any precision), give or take `grace` years."""
        if on is None:
            return True
        year = int(on[:4])
        after = self.since is None or year + grace > int(self.since[:4]) or self.since[: len(on)] <= on
        before = self.until is None or year - grace < int(self.until[:4]) or on <= self.until[: len(on)]
        return after and before


class Facts:
    """The tables, looked up by form; a person also by the sound of the name, the office and the date."""

    def __init__(self, tables: Iterable[Path] = ()) -> None:
        """Fonti's own tables, then those of the user, which add to them."""
        self._own = tuple(tables)

    def country(self, form: str) -> str | None:
        """The country that has this name."""
        return next((fact.country for fact in self._named("country", form)), None)

    def common_name(self, country: str, language: str) -> str:
        """The name that the press uses: "Corea del Nord" for PRK in Italian."""
        return self._common_names.get((country, language), country)

    def demonym(self, form: str, *, language: str | None = None) -> tuple[str, ...]:
        """The countries of an adjective or a noun of people, as it stands or in the English plural."""
        found = self._named("demonym", form) or (self._named("demonym", form[:-1]) if form[-1:] == "s" else ())
        return tuple(
            dict.fromkeys(
                fact.country for fact in found if fact.country and (language is None or fact.office in (None, language))
            )
        )

    def seat(self, form: str) -> Fact | None:
        return next(iter(self._named("seat", form)), None)

    def outlet(self, form: str) -> Fact | None:
        return next(iter(self._named("outlet", form)), None)

    def group(self, form: str) -> Fact | None:
        return next((fact for kind in GROUPS for fact in self._named(kind, form)), None)

    def person(self, form: str, on: str | None) -> Fact | None:
        """The person of that full name or leader of that surname, if the name leaves no doubt of the country."""
        key = sound(form)
        turned = " ".join(key.split()[1:] + key.split()[:1])
        if " " in key:
            known = self._full_names.get(key) or self._full_names.get(turned) or list(self._persons_of(form))
        else:
            known = [fact for fact in self._surnames.get(key, []) if len(key) > 3 or fact.holds(on)]
        fit = [fact for fact in known if fact.holds(on, grace=GRACE)]
        if len({fact.country for fact in fit}) > 1:
            fit = [fact for fact in fit if fact.holds(on)]
        if len({fact.country for fact in fit}) != 1 or (" " not in key and len({fact.name for fact in fit}) > 1):
            return None
        return min(fit, key=lambda fact: (not fact.holds(on), fact.name is None))

    def is_leader(self, form: str) -> bool:
        """Whether the form is the full name of somebody who holds or held one of the offices."""
        return " " in form and sound(form) in self._full_names

    def holder(self, country: str, offices: Iterable[str], on: str | None) -> Fact | None:
        """Who held one of the offices on that date; nobody where the tables name two, or no date is given."""
        if on is None:
            return None
        wanted = set(offices)
        found = [fact for fact in self._offices.get(country, ()) if fact.office in wanted and fact.holds(on)]
        return found[0] if len({fact.name for fact in found}) == 1 else None

    def forms(self, *kinds: str) -> Iterator[str]:
        """All the forms of these kinds."""
        for kind in kinds:
            for facts in self._tables.get(kind, {}).values():
                yield from (fact.form for fact in facts)

    def _named(self, kind: str, form: str) -> tuple[Fact, ...]:
        return tuple(self._tables.get(kind, {}).get(fold(form), ()))

    @cached_property
    def _tables(self) -> dict[str, dict[str, list[Fact]]]:
        tables: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        own = [fact for path in self._own for fact in read(path)]
        for fact in [*own, *_shipped("countries", "seats", "outlets", "groups", "more")]:
            tables[fact.kind][fold(fact.form)].append(fact)
        return tables

    @cached_property
    def _common_names(self) -> dict[tuple[str, str], str]:
        rows = [fact for facts in self._tables["country"].values() for fact in facts]
        return {(fact.country, fact.office): fact.form for fact in rows if fact.country and fact.office}

    @cached_property
    def _leaders(self) -> list[Fact]:
        added = [fact for facts in self._tables["person"].values() for fact in facts]
        return [*added, *_shipped("leaders")]

    @cached_property
    def _full_names(self) -> dict[str, list[Fact]]:
        names: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._leaders:
            names[sound(fact.form)].append(fact)
        return names

    @cached_property
    def _people(self) -> dict[str, list[str]]:
        """The lines of the large table by the name in small letters: a report asks for a few of twenty thousand."""
        people: dict[str, list[str]] = defaultdict(list)
        for line in _lines("people"):
            people[line.split("\t", 2)[1].casefold()].append(line)
        return people

    def _persons_of(self, form: str) -> Iterator[Fact]:
        words = fold(form).split()
        for order in (words, words[1:] + words[:1]):
            yield from map(_fact, self._people.get(" ".join(order), ()))

    @cached_property
    def _surnames(self) -> dict[str, list[Fact]]:
        """Leaders by the last word of the name; of the Korean and Chinese ones the first."""
        surnames: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._leaders:
            words = sound(fact.form).split()
            surnames[words[0] if fact.country in EASTERN else words[-1]].append(fact)
        return surnames

    @cached_property
    def _offices(self) -> dict[str, list[Fact]]:
        offices: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._leaders:
            if fact.country and fact.office:
                offices[fact.country].append(fact)
        return offices


EASTERN = {"CHN", "KOR", "PRK", "TWN", "VNM"}  # where the surname comes first


@cache
def facts() -> Facts:
    """Fonti's own tables, read once."""
    return Facts()


def read(path: Path) -> Iterator[Fact]:
    """The rows of a table; `#` lines say where they come from."""
    yield from map(_fact, _rows(path.read_text(encoding="utf-8"), str(path)))


def _shipped(*names: str) -> Iterator[Fact]:
    for name in names:
        yield from map(_fact, _lines(name))


def _lines(name: str) -> list[str]:
    return _rows(files("fonti").joinpath("data", "facts", f"{name}.tsv").read_text(encoding="utf-8"), name)


def _rows(text: str, where: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines or lines[0].split("\t") != COLUMNS:
        raise FontiError(f"{where}: a table of facts starts with the line: {' '.join(COLUMNS)} (tab between)")
    return lines[1:]


def _fact(line: str) -> Fact:
    kind, form, *rest = line.split("\t")
    return Fact(kind, form, *(cell or None for cell in rest[:5]))


MARKS = str.maketrans({"’": "'", "‘": None, "ʿ": None, "ʾ": None, "-": " ", ".": None})


@cache
def fold(form: str) -> str:
    """The form without accents, dots, hyphens and case; up to three letters the case stays ("US" is not "us")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
    plain = " ".join(plain.translate(MARKS).split())
    return plain if len(plain) < 4 else plain.casefold()


# spellings of one sound in the Latin alphabets of the press: Shoigu, Šojgu, Choïgou; Zelensky, Zelenskyj, Zelenskiy
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("sch|sh|ch(?=[aeiou])", "s"), ("zh", "z"), ("tch|tsch", "c"),
        ("ks|cks", "x"), ("kh|gh", "g"), ("ck|q|c(?=[aou])", "k"), ("ou|oo", "u"), ("ph", "f"), ("w", "v"), ("th", "t"),
        ("y|j", "i"), ("ii+", "i"), (r"(.)\1", r"\1"), ("ei", "e"), (r"i\b", "i"), (r"(?<=[aeiou])ch?\b", "c"),
    ]
]  # fmt: skip
LETTERS = str.maketrans({"š": "sh", "ş": "sh", "ž": "zh", "č": "c", "ć": "c", "ı": "i", "ł": "l", "ø": "o", "ß": "ss"})


@cache
def sound(name: str) -> str:
    """A key that the spellings of one name share, whatever the transliteration."""
    key = unicodedata.normalize("NFC", name).casefold().translate(LETTERS)
    key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    key = key.replace("-", " ").replace("’", "").replace("'", "").replace(".", " ")
    for pattern, letter in SOUNDS:
        key = pattern.sub(letter, key)
    return " ".join(key.split())
