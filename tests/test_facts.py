from pathlib import Path

import pytest

from fonti.errors import FontiError
from fonti.facts import COLUMNS, Facts, facts, fold, sound


@pytest.mark.parametrize(
    ("form", "country"),
    [("Corea del Nord", "PRK"), ("Federazione russa", "RUS"), ("U.S.", "USA"), ("UNITED STATES", "USA"), ("us", None)],
)
def test_countries_by_name(form: str, country: str | None) -> None:
    assert facts().country(form) == country


@pytest.mark.parametrize(
    ("form", "countries"),
    [("nordcoreano", ("PRK",)), ("Russians", ("RUS",)), ("Congolese", ("COD", "COG")), ("tavolo", ())],
)
def test_demonyms(form: str, countries: tuple[str, ...]) -> None:
    assert set(facts().demonym(form)) == set(countries)


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


def test_a_table_without_our_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("name\tcountry\n", encoding="utf-8")
    with pytest.raises(FontiError, match="starts with the line"):
        Facts([table]).country("Italia")
