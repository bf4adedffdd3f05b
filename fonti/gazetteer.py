"""The gazetteer: one read-only SQLite file of the world's places and their names, looked up by normalised name.

``gazetteer/build.py`` makes the file when the package is built. This module needs the standard library only: the build
reads ``key`` from it, so that both sides normalise a name the same way.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from pathlib import Path
from typing import Literal

PATH = Path(__file__).parent / "data" / "gazetteer.sqlite"

How = Literal["name", "exonym", "foreign", "alternate"]  # an exonym is the asked language's, a foreign one another's

COLUMNS = "p.id, p.name, p.kind, p.lat, p.lon, p.geonameid, p.country, p.region, p.population, p.seat, n.languages"
PRIMARY = "*"  # in names.languages: GeoNames' own name for the place
# What a place of the kind weighs, on the scale of log10(population) that towns have: a sea outranks most of them.
KIND_WEIGHT = {
    "continent": 8.5, "area": 6.0, "county": 4.2, "sea": 7.0, "strait": 5.5, "site": 5.3,
    "river": 5.0, "lake": 4.6, "mountain": 4.6, "island": 5.0, "peninsula": 4.6, "desert": 4.6, "airport": 3.2,
}  # fmt: skip
HOW_WEIGHT: dict[How, float] = {"name": 0.0, "exonym": 0.0, "foreign": -0.5, "alternate": -1.5}
SEAT_WEIGHT = {"country": 1.0, "region": 0.4}

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = re.compile(r"['’‘ʼʻʹ`´\u02bf\u02be]")
_BREAKS = re.compile(r"[^\w]+|_+")
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "intl": "international"}


# endings of nouns and adjectives in Russian, the longest first
_ENDINGS = re.compile(
    "(?<=[а-я]{3})(?:ыми|ими|ого|его|ому|ему|ами|ями|ым|им|ом|ем|ей|ых|их|ах|ях|ам|ям|[аеиоуыэюяйьъ])$"
)


def stem(word: str) -> str:
    """A Cyrillic word, in small letters, without its endings, so that its cases are one; any other word as it is."""
    while (cut := _ENDINGS.sub("", word)) != word:
        word = cut
    return word


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens: "Val-d’Isère" and "Val d'Isere" are one, as are the cases
    of a Russian name."""
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _BREAKS.sub(" ", _APOSTROPHES.sub("", bare.replace("u.s.", "us").replace("u.k.", "uk"))).split()
    return " ".join(_ABBREVIATIONS.get(word) or stem(word) for word in words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; ``weight`` says how likely before anything is known of the report."""

    id: int
    name: str  # as the asked language has it
    kind: str
    lat: float | None
    lon: float | None
    geonameid: int | None
    country: str | None  # ISO 3166-1 alpha-3
    region: str | None  # GeoNames: country and first-level code, "RU.59"
    population: int
    seat: str | None  # the capital of a "country" or a "region"
    how: How
    weight: float


class Gazetteer:
    """Looks names up; opens its file on the first question, for reading only, once for each thread."""

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = Path(path) if path is not None else PATH
        self._local = threading.local()
        self._cached = lru_cache(maxsize=8192)(self._find)

    def find(self, name: str, *, language: str) -> list[Candidate]:
        """The places with this name, likeliest first."""
        return list(self._cached(key(name), language))

    def _find(self, wanted: str, language: str) -> tuple[Candidate, ...]:
        if not wanted:
            return ()
        rows = self._connection().execute(
            f"SELECT {COLUMNS}, l.name FROM names n JOIN places p ON p.id = n.place "
            "LEFT JOIN labels l ON l.place = p.id AND l.language = ? WHERE n.key = ?",
            (language, wanted),
        )
        found = [_candidate(row, language) for row in rows]
        return tuple(sorted(found, key=lambda place: (-place.weight, place.id)))

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if not self.path.exists():
                raise FileNotFoundError(f"no gazetteer at {self.path}: pip install Fonti again, which builds it")
            connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.connection = connection
        return connection


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer that came with the package."""
    return Gazetteer()


def _candidate(row: tuple[object, ...], language: str) -> Candidate:
    (id_, name, kind, lat, lon, geonameid, country, region, population, seat, languages, label) = row
    tags = str(languages).split()
    how: How = "exonym" if language in tags else "name" if PRIMARY in tags else "foreign" if tags else "alternate"
    weight = _weight(str(kind), int(population or 0)) + HOW_WEIGHT[how] + SEAT_WEIGHT.get(str(seat), 0.0)  # type: ignore[call-overload]
    return Candidate(id_, label or name, kind, lat, lon, geonameid, country, region, population or 0, seat, how, weight)  # type: ignore[arg-type]


def _weight(kind: str, population: int) -> float:
    size = log10(population + 10)
    if kind == "country":
        return 2.5 + size
    if kind == "region":
        return 4.8 + 0.2 * size
    return KIND_WEIGHT.get(kind, size)
