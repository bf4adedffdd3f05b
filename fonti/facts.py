"""What Fonti knows before it reads: countries, demonyms, seats of power, outlets, groups, people in office.

Every table has the columns kind, form, country, office, name, from, to; a user's own table is one more of them:

    country demonym            a form that names a country; the office tells the language of a demonym or common name
    seat                       a place that stands for who sits there: office `capital`, `presidency`, `parliament` …
    outlet                     a news agency, newspaper, broadcaster
    igo ngo armed forces party organisation
    spelling                   how another language spells a word of a person's name, which `name` has
    person                     office `president`, `head of government` …, or a PLOVER sector; ISO dates where known
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from fonti.errors import FactsError
from fonti.gazetteer import stem

GROUPS = ("igo", "ngo", "armed", "forces", "party", "organisation")
SECTORS = {"igo": "IGO", "ngo": "NGO", "armed": "REB", "forces": "MIL", "party": "PTY"}
KINDS = ("country", "demonym", "seat", "outlet", *GROUPS, "person", "spelling")
# what the names layer calls a name of a user's table
LABELS = dict.fromkeys(("outlet", *GROUPS), "ORG") | {"country": "LOC", "seat": "LOC", "person": "PER"}
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
        """Fonti's own tables, and those of the user, which come first.

        Raises FactsError for a table that cannot be read.
        """
        self._own = tuple(fact for path in tables for fact in read(path))
        self._begun: dict[str, bool] = {}
        self._added = {fold(fact.form): LABELS[fact.kind] for fact in self._own if fact.kind in LABELS}

    @property
    def digest(self) -> str | None:
        """What tells the user's own tables from others; None where there are none."""
        return hashlib.sha256(repr(self._own).encode()).hexdigest()[:12] if self._own else None

    def country(self, form: str) -> str | None:
        """The country that has this name."""
        return next((fact.country for fact in self._named("country", form)), None)

    def common_name(self, country: str, language: str) -> str:
        """The name that the press uses: "Corea del Nord" for PRK in Italian."""
        return self._common_names.get((country, language), country)

    def demonym(self, form: str, *, language: str) -> tuple[str, ...]:
        """The countries of an adjective or a noun of people in a language."""
        found = [fact for fact in self._named("demonym", form) if fact.office in (None, language)]
        return tuple(dict.fromkeys(fact.country for fact in found if fact.country))

    def seat(self, form: str) -> Fact | None:
        return next(iter(self._named("seat", form)), None)

    def outlet(self, form: str) -> Fact | None:
        return next(iter(self._named("outlet", form)), None)

    def group(self, form: str) -> Fact | None:
        return next((fact for kind in GROUPS for fact in self._named(kind, form)), None)

    def person(self, form: str, on: str | None) -> Fact | None:
        """The person of that full name or leader of that surname, if the name leaves no doubt of the country."""
        key = " ".join(self._spellings.get(word, word) for word in sound(form).split())
        turned = " ".join(key.split()[1:] + key.split()[:1])
        if " " in key:
            known = self._full_names.get(key) or self._full_names.get(turned) or list(self._persons_of(form))
            known = known or self._skeletons.get(skeleton(key), [])
        else:
            known = self._surnames.get(key) or self._skeletons.get(skeleton(key), [])
            known = [fact for fact in known if len(key) > 3 or fact.holds(on)]
        fit = [fact for fact in known if fact.holds(on, grace=GRACE)]
        if len({fact.country for fact in fit}) > 1:
            fit = [fact for fact in fit if fact.holds(on)]
        if len({fact.country for fact in fit}) != 1 or (" " not in key and len({fact.name for fact in fit}) > 1):
            return None
        return min(fit, key=lambda fact: (not fact.holds(on), fact.name is None))

    def added(self, form: str) -> str | None:
        """PER, ORG or LOC for a name that a user's table has."""
        return self._added.get(fold(form))

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

    def begins(self, word: str) -> bool:
        """Whether the form of a country, demonym, seat, outlet or group starts with that word."""
        found = self._begun.get(word)
        if found is None:
            if len(self._begun) > 50_000:
                self._begun.clear()
            first = (_first(word), _first(re.split("['’-]", word)[0]), _first(word.removesuffix("s")))
            found = self._begun[word] = not self._first_words.isdisjoint(first)
        return found

    def begins_name(self, word: str) -> bool:
        """Whether a leader's full name or a name of a user's table starts with that word."""
        return sound(word).partition(" ")[0] in self._first_sounds or _first(word) in self._first_added

    @cached_property
    def _first_words(self) -> set[str]:
        forms = self.forms("country", "demonym", "seat", "outlet", *GROUPS)
        return {_first(form.split()[0]) for form in forms} - {""}

    @cached_property
    def _first_sounds(self) -> set[str]:
        return {key.partition(" ")[0] for key in self._full_names}

    @cached_property
    def _first_added(self) -> set[str]:
        return {_first(form.split()[0]) for form in self._added if form}

    def forms(self, *kinds: str) -> Iterator[str]:
        """All the forms of these kinds."""
        for kind in kinds:
            for facts in self._tables.get(kind, {}).values():
                yield from (fact.form for fact in facts)

    def _named(self, kind: str, form: str) -> tuple[Fact, ...]:
        """The rows with that form; of a form that ends in s, a plural or a genitive, else those without it."""
        table = self._tables.get(kind, {})
        bare = form[:-1] if form.endswith("s") and kind in ("country", "demonym", "seat") else form
        return tuple(table.get(fold(form)) or table.get(fold(bare)) or ())

    @cached_property
    def _tables(self) -> dict[str, dict[str, list[Fact]]]:
        tables: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in [*self._own, *_shipped("countries", "countries-more", "seats", "outlets", "groups", "more")]:
            tables[fact.kind][fold(fact.form)].append(fact)
        return tables

    @cached_property
    def _common_names(self) -> dict[tuple[str, str], str]:
        rows = [fact for facts in self._tables["country"].values() for fact in facts]
        return {(fact.country, fact.office): fact.form for fact in rows if fact.country and fact.office}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Words of leaders' names by how they sound in other languages."""
        added = [fact for facts in self._tables["spelling"].values() for fact in facts]
        return {sound(fact.form): sound(fact.name or "") for fact in [*_shipped("spellings"), *added]}

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
    def _skeletons(self) -> dict[str, list[Fact]]:
        """Leaders by what other languages leave of their full names and surnames: "Poutine", "Путиным"."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for names in (self._full_names, self._surnames):
            for key, facts in names.items():
                found[skeleton(key)] += facts
        return found

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


def read(path: Path) -> list[Fact]:
    """The rows of a user's table; `#` lines say where they come from."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FactsError("no such table of facts", "look at the path", where=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError("no table in UTF-8", "save it as tab-separated text in UTF-8", where=str(path)) from error
    found, header = list[Fact](), False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header:
            fact = _fact("\t".join([*cells, ""][:7]))
            if wrong := _wrong(fact):
                raise FactsError(*wrong, where=f"{path}, line {number}")
            found.append(fact)
        elif cells != COLUMNS:
            break
        header = True
    if not header:
        raise FactsError(
            "no table of facts", f"start it with the line: {' '.join(COLUMNS)} (tab between)", where=str(path)
        )
    return found


def _wrong(fact: Fact) -> tuple[str, str] | None:
    """What is wrong with a user's row, and what to do; None if nothing is."""
    if fact.kind not in KINDS:
        return f"the kind is {fact.kind!r}", f"write one of: {', '.join(KINDS)}"
    if not fact.form:
        return "no form", "write the name in the second column"
    if fact.country and not re.fullmatch("[A-Z]{3}", fact.country):
        return f"the country is {fact.country!r}", "write three letters (ISO 3166-1 alpha-3), such as ITA"
    for date in (fact.since, fact.until):
        if date and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date):
            return f"the date is {date!r}", "write 2023, 2023-09 or 2023-09-18"
    return None


def _shipped(*names: str) -> Iterator[Fact]:
    for name in names:
        yield from map(_fact, _lines(name))


def _lines(name: str) -> list[str]:
    text = files("fonti").joinpath("data", "facts", f"{name}.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")][1:]


def _fact(line: str) -> Fact:
    kind, form, *rest = line.split("\t")
    return Fact(kind, form, *(cell or None for cell in rest[:5]))


MARKS = str.maketrans({"’": "'", "‘": None, "ʿ": None, "ʾ": None, "-": " ", ".": None})


@cache
def fold(form: str) -> str:
    """The form without accents, dots, hyphens, case and Russian endings; up to three letters the case stays ("US" is
    not "us")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
    plain = " ".join(plain.translate(MARKS).split())
    return plain if len(plain) < 4 else " ".join(map(stem, plain.casefold().split()))


def _first(word: str) -> str:
    return fold(word).partition(" ")[0]


# spellings of one sound in the Latin alphabets of the press: Shoigu, Šojgu, Choïgou; Zelensky, Zelenskyj, Zelenskiy
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("sch|sh|ch(?=[aeiou])", "s"), ("zh", "z"), ("tch|tsch", "c"),
        ("ks|cks", "x"), ("kh|gh", "g"), ("ck|q|c(?=[aou])", "k"), ("ou|oo|oe", "u"), ("ph", "f"), ("w", "v"),
        ("th", "t"), ("y|j", "i"), ("ii+", "i"), (r"(.)\1", r"\1"), ("ei", "e"), (r"i\b", "i"),
        (r"(?<=[aeiou])ch?\b", "c"),
    ]
]  # fmt: skip
# Cyrillic as English has it, and letters of the Latin alphabets
LETTERS = str.maketrans("абвгдеёзийклмнопрстуфыэіїєґ", "abvgdeeziiklmnoprstufyeiieg", "ъь") | str.maketrans(
    {"ж": "zh", "х": "kh", "ц": "ts", "ч": "c", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
    | {"š": "sh", "ş": "sh", "ž": "zh", "č": "c", "ć": "c", "ı": "i", "ł": "l", "ø": "o", "ß": "ss"}
)


def skeleton(key: str) -> str:
    """A sound without the vowels that its words end in."""
    return " ".join(re.sub("(?<=..[^aeiou])[aeiou]+$", "", word) for word in key.split())


@cache
def sound(name: str) -> str:
    """A key that the spellings of one name share, whatever the transliteration."""
    words = unicodedata.normalize("NFC", name).casefold().replace("ё", "е").split()
    key = " ".join(map(stem, words)).translate(LETTERS)
    key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    key = key.replace("-", " ").replace("’", "").replace("'", "").replace(".", " ")
    for pattern, letter in SOUNDS:
        key = pattern.sub(letter, key)
    return " ".join(key.split())
