from pathlib import Path

import pytest

from fonti.errors import FactsError
from fonti.facts import COLUMNS, Facts, facts, fold, sound


@pytest.mark.parametrize(
    ("form", "country"),
    [("Corea del Nord", "PRK"), ("Federazione russa", "RUS"), ("U.S.", "USA"), ("UNITED STATES", "USA"), ("us", None)],
)
def test_countries_by_name(form: str, country: str | None) -> None:
    assert facts().country(form) == country


@pytest.mark.parametrize(
    ("form", "countries"),
    [
        ("it nordcoreano", ("PRK",)),
        ("en Russians", ("RUS",)),
        ("en Congolese", ("COD", "COG")),
        ("it tavolo", ()),
        ("es chinas", ("CHN",)),
        ("fr française", ("FRA",)),
        ("fr néerlandais", ("NLD",)),
        ("en China", ()),
        ("ru российскими", ("RUS",)),
        ("de nordkoreanischer", ("PRK",)),
    ],
)
def test_demonyms(form: str, countries: tuple[str, ...]) -> None:
    assert set(facts().demonym(form[3:], language=form[:2])) == set(countries)


@pytest.mark.parametrize(
    ("form", "country"),
    [("России", "RUS"), ("Северной Кореей", "PRK"), ("США", "USA"), ("Russlands", "RUS"), ("Texas", None)],
)
def test_countries_in_their_cases(form: str, country: str | None) -> None:
    assert facts().country(form) == country


def test_seats_outlets_groups() -> None:
    seat, outlet, group = facts().seat("Cremlino"), facts().outlet("Kcna"), facts().group("Onu")
    assert seat and (seat.country, seat.office) == ("RUS", "presidency")
    assert outlet and (outlet.name, outlet.country) == ("KCNA", "PRK")
    assert group and (group.name, group.kind, group.country) == ("UN", "igo", None)


@pytest.mark.parametrize(
    "names", [("Shoigu", "Šojgu", "Choïgou"), ("Zelensky", "Zelenskyj", "Zelenskiy"), ("Kim Jong-un", "Kim Jong Un")]
)
def test_spellings_of_one_name_sound_alike(names: tuple[str, ...]) -> None:
    assert len({sound(name) for name in names}) == 1


def test_fold_keeps_the_case_of_short_forms() -> None:
    assert fold("US") != fold("us")
    assert fold("Élysée") == "elysee"


@pytest.mark.parametrize(
    ("form", "on", "name"),
    [
        ("Sergej Šojgu", "2023-09", "Sergey Shoigu"),
        ("Aso Taro", "2008-10", "Taro Aso"),
        ("Bush", "2007", "George W. Bush"),
        ("Kim", "2023-09", "Kim Jong-un"),
        ("Mario Rossi", "2023", None),
        ("Vladimir Poutine", "2023", "Vladimir Putin"),
        ("Путиным", "2023", "Vladimir Putin"),
        ("Selenskyj", "2023", "Volodymyr Zelensky"),
        ("Эмманюэлю Макрону", "2023", None),  # no spelling that we know
        ("Макрону", "2023", "Emmanuel Macron"),
        ("Си Цзиньпином", "2023", "Xi Jinping"),
        ("Kadhafi", "2010", "Muammar Gaddafi"),
    ],
)
def test_persons_by_name_and_date(form: str, on: str, name: str | None) -> None:
    person = facts().person(form, on)
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("RUS", "president", "2023-09", "Vladimir Putin"),
        ("USA", "president", "2018", "Donald Trump"),
        ("USA", "president", None, None),
        ("ITA", "head of government", "2022-10", None),  # Draghi until the 22nd, Meloni from then
    ],
)
def test_holders_of_an_office(country: str, office: str, on: str | None, name: str | None) -> None:
    holder = facts().holder(country, [office], on)
    assert (holder.name if holder else None) == name


def test_a_users_table_adds_to_ours(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("\t".join(COLUMNS) + "\noutlet\tGazzetta di Borgo\tITA\t\tGazzetta\n", encoding="utf-8")
    found = Facts([table]).outlet("gazzetta di borgo")
    assert found and found.country == "ITA"


HEADER = "\t".join(COLUMNS)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("name\tcountry\n", "no table of facts; start it with the line"),
        ("", "no table of facts; start it with the line"),
        (f"{HEADER}\nperso\tRossi", "line 2: the kind is 'perso'"),
        (f"# mine\n{HEADER}\n\nperson", "line 4: no form"),
        (f"{HEADER}\nperson\tRossi\tItaly", "the country is 'Italy'"),
        (f"{HEADER}\nperson\tRossi\tITA\tGOV\t\t18.9.2023", "the date is '18.9.2023'"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str, met: str) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=met):
        Facts([table])


def test_no_table_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(FactsError, match="no table in UTF-8"):
        Facts([tmp_path / "mine.tsv"])
    with pytest.raises(FactsError, match="no such table"):
        Facts([tmp_path / "other.tsv"])


def test_a_users_names_are_known(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    rows = [
        "person\tMario Rossi\tITA\tCRM\tMario Rossi",
        "person\tIl Gatto\tITA\tCRM\tMario Rossi",
        "armed\tBrigata Luna",
    ]
    table.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    mine = Facts([table])
    assert [mine.added(form) for form in ("il gatto", "Brigata Luna", "Roma")] == ["PER", "ORG", None]
    person = mine.person("Il Gatto", "2023")
    assert person and (person.name, person.office) == ("Mario Rossi", "CRM")
