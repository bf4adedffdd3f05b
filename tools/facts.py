"""Builds fonti/data/facts/ from the source tables: python tools/facts.py SOURCE_FOLDER.

Every table of ours has the same columns, so that a user's own table is one more of them:
kind, form, country, office, name, from, to.  See fonti/facts.py.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

LANGUAGES = ("en", "it")
MORE = ("es", "fr", "de", "pt", "nl", "ru")
EVERY = (*LANGUAGES, *MORE)
BRUSSELS = {
    "Bruxelles",
    "Brussels",
    "Bruselas",
    "Brüssel",
    "Bruxelas",
    "Brussel",
    "Брюссель",
}  # as often the Union as Belgium
TARGET = Path(__file__).parent.parent / "fonti" / "data" / "facts"
COLUMNS = ("kind", "form", "country", "office", "name", "from", "to")
GROUPS = {"IGO": "igo", "NGO": "ngo", "armed group": "armed", "armed forces": "forces", "party": "party"}
AMBIGUOUS = {"PRC"}  # a party in Italy
DEPENDENT = {"ATF", "BES", "IOT", "MNP", "SJM"}  # whose demonym is a larger country's
# CAMEO's roles, in PLOVER's words; the first that a code holds counts
SECTORS = ("GOV", "MIL", "COP", "JUD", "LEG", "OPP", "REB", "SPY", "MED", "BUS", "CVL")
# a form with one of these is a title, a country or an office, not a person
NO_PERSON = re.compile(
    r"\d|[()_/]|\b(MINISTER|PREMIER|PRESIDENT|PRESIDENCY|KING|QUEEN|PRINCE|PRINCESS|EMPEROR|GENERAL|POPE|PM|MINISTRY|GOVERNMENT|ARMY|"
    r"FORCES?|REPUBLIC|STATE|STATES|ISLANDS?|PARTY|THE|OF|AND|DEPARTMENT|BUREAU|AGENCY|GUARDS?|COUNCIL|COMMITTEE|UNION|"
    r"SENATOR|SECRETARY|CHANCELLOR|LEADER|DICTATOR|ADMINISTRATION|REGIME|NATIONAL|FRONT|MOVEMENT|EMBASSY|ASSEMBLY|"
    r"PARLIAMENT|COURT|POLICE|INTELLIGENCE|COMMANDER|OFFICIALS?|AMBASSADOR|SPOKESMAN)\b"
)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def write(name: str, source: str, rows: Iterable[tuple[str, ...]]) -> None:
    seen = dict.fromkeys(row + ("",) * (len(COLUMNS) - len(row)) for row in rows)
    lines = [f"# {line}" for line in source.splitlines()] + ["\t".join(COLUMNS)]
    lines += ["\t".join(row).rstrip("\t") for row in seen]
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def countries(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> Iterator[tuple[str, ...]]:
    rows = [row for row in read(folder / "countries.tsv") if row["lang"] in languages and row["form"] not in AMBIGUOUS]
    official = {(row["iso3"], row["lang"]): row["form"] for row in rows if row["kind"] == "official"}
    for row in rows:
        kind = "demonym" if row["kind"].startswith("demonym") else "country"
        if row["kind"] == "capital" or (kind == "demonym" and row["iso3"] in DEPENDENT):
            continue
        language = row["lang"] if kind == "demonym" or row["kind"] == "name" else ""
        short = "(" not in row["form"] or languages == LANGUAGES
        form = row["form"] if short else official[row["iso3"], row["lang"]]  # "Congo (Rép. dém.)"
        yield kind, form.removeprefix("the "), row["iso3"], language


def seats(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in read(folder / "metonyms.tsv"):
        if row["lang"] in EVERY and row["form"] not in BRUSSELS:
            yield "seat", row["form"], row["iso3"], row["role"]
    for row in read(folder / "countries.tsv"):
        if row["kind"] == "capital" and row["form"] != "Brussels":
            yield "seat", row["form"], row["iso3"], "capital"


def people(folder: Path) -> Iterator[tuple[str, ...]]:
    """Names with their country and the years in which the dictionary knows them, terms put together."""
    known: dict[tuple[str, str], dict[str, str]] = {}
    for table in ("actors.tsv", "actors-undated.tsv"):
        for row in read(folder / table):
            name = row["name"].strip("'_ ")
            sector = next((s for s in SECTORS if s in row["code"][3:]), "GOV" if row["role"] == "elite" else "")
            if row["file"] != "Countries" or not row["iso3"] or not sector or " " not in name or len(name.split()) > 4:
                continue
            if NO_PERSON.search(name) or any(len(x) > 3 and x in FORMS for x in name.split()) or name in FORMS:
                continue
            have = known.setdefault((name, row["iso3"]), {"sector": sector, "from": row["from"], "to": row["to"]})
            have["from"] = min(have["from"], row["from"])
            have["to"] = max(have["to"], row["to"]) if have["to"] and row["to"] else ""
    for (name, country), have in sorted(known.items()):
        yield "person", name.title(), country, have["sector"], "", have["from"], have["to"]


def leaders(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in read(folder / "leaders.tsv"):
        for form in [row["name"], *filter(None, row["aliases"].split(","))]:
            yield "person", form, row["iso3"], row["office"], row["name"], row["from"], row["to"]


if __name__ == "__main__":
    source = Path(sys.argv[1])
    FORMS = {form.upper() for _, form, *_ in countries(source)}
    write(
        "countries.tsv",
        "Countries and demonyms. Names and English demonyms: mledoze/countries, ODbL 1.0 (attribution, share-alike);\n"
        "the rest compiled by hand for Fonti. XKX is Kosovo.",
        countries(source),
    )
    write(
        "countries-more.tsv",
        "Countries and demonyms in Spanish, French, German, Portuguese, Dutch and Russian. Names and French demonyms:\n"
        "mledoze/countries, ODbL 1.0 (attribution, share-alike); the rest compiled by hand for Fonti. XKX is Kosovo.",
        countries(source, MORE),
    )
    write(
        "seats.tsv",
        "Capitals and seats that stand for a government.\n"
        "English capitals: mledoze/countries, ODbL 1.0; the rest compiled by hand for Fonti.",
        seats(source),
    )
    write(
        "outlets.tsv",
        "News agencies and large media with the country of their seat, compiled by hand for Fonti.",
        (("outlet", r["alias"], r["iso3"], "", r["name"]) for r in read(source / "agencies.tsv")),
    )
    write(
        "groups.tsv",
        "Organisations and armed groups, compiled by hand for Fonti.",
        (
            (GROUPS[r["kind"]], r["form"], r["iso3"], "", r["id"])
            for r in read(source / "groups.tsv")
            if r["lang"] in EVERY
        ),
    )
    write(
        "people.tsv",
        "Persons in public life to about 2014.\n"
        "From openeventdata/petrarch2, Phoenix dictionaries, MIT (Open Event Data Alliance).\n"
        "office is the PLOVER sector; from and to span all the terms that the dictionary knows.",
        people(source),
    )
    write(
        "leaders.tsv",
        "Heads of state and government, foreign and defence ministers with their dates, compiled by hand for Fonti.\n"
        "An empty 'to': in office at the end of 2025.",
        leaders(source),
    )
