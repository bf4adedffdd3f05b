"""What a store answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from fonti.errors import FontiError
from fonti.intake import Taken, read_text
from fonti.record import Actor, Record
from fonti.store import Store
from fonti.store.adding import add, met
from fonti.store.asking import ask, count, find, names, sources, timeline
from fonti.store.distance import box, kilometres
from fonti.store.opening import StoreError
from fonti.store.searching import QuestionError
from fonti.store.wanted import Wanted, check_type, read_near

from .stub import record, text


def put(store: Store, number: int, change: Callable[[Record], None] = lambda one: None, **about: Any) -> Record:
    """Adds a report that says what all of them say, but for the change."""
    report = replace(read_text(text(number), language="it"), url=f"https://example.org/{number}", **about)
    one = record(report)
    change(one)
    assert add(store, met(Taken(f"https://example.org/{number}", report, report)), one)
    return one


def undated(one: Record) -> None:
    one.events[0].time = one.events[0].time_value = None


def in_2021(one: Record) -> None:
    one.times[0].value, one.times[0].earliest, one.times[0].latest = "2021", "2021-01-01", "2021-12-31"


def doubted(one: Record) -> None:
    one.events[0].certainty = "possible"


def in_suva(one: Record) -> None:
    one.places[0].name, one.places[0].country, one.places[0].lat, one.places[0].lon = "Suva", "FJI", -18.14, 178.44


def by_lukashenko(one: Record) -> None:
    one.actors[0] = Actor("a1", "Александр Лукашенко", "person", "BLR")


def assault(one: Record) -> None:
    one.events[0].type, one.events[0].mode = "ASSAULT", "aerial"


@pytest.fixture
def full(store: Store) -> Iterator[Store]:
    put(store, 0, publisher="Gazzetta")
    put(store, 1, undated, published="2023-05-02", title="Una visita a Sòfia")
    put(store, 2, in_2021)
    put(store, 3, doubted, publisher="100%")
    put(store, 4, in_suva)
    put(store, 5, by_lukashenko)
    put(store, 6, assault, published="2024")
    yield store


CASES = [
    (Wanted(), "0123456"),
    (Wanted(types=["assault"]), "6"),
    (Wanted(types=["aerial"]), "6"),
    (Wanted(types=["ASSAULT", "AID"]), "0123456"),
    (Wanted(actor="PRK"), "012346"),
    (Wanted(actor="kim"), "012346"),
    (Wanted(actor="Kim Jong-Un"), "012346"),
    (Wanted(actor="Лукашенко"), "5"),
    (Wanted(actor="RUS"), ""),
    (Wanted(recipient="RUS"), "0123456"),
    (Wanted(recipient="Vladi"), ""),
    (Wanted(source="Tass"), "0123456"),
    (Wanted(source="gazzetta"), "0"),
    (Wanted(source="100%"), "3"),
    (Wanted(since="2023-04-10"), "1"),
    (Wanted(since="2023-05-02", until="2023"), "1"),
    (Wanted(until="2022"), "2"),
    (Wanted(since="2021-06", until="2021-07"), "2"),
    (Wanted(certainty="probable"), "012456"),
    (Wanted(certainty="possible"), "0123456"),
    (Wanted(near="43,132,50km"), "012356"),
    (Wanted(near="-18,-179.5,400"), "4"),
    (Wanted(near="90,0,6000km"), "012356"),
    (Wanted(near="43,132,5"), ""),
    (Wanted(text="sofia -ignoto"), "1"),
    (Wanted(text='"numero 3"'), "3"),
    (Wanted(text="visita drone*"), ""),
    (Wanted(language="IT", report="https://example.org/4"), "4"),
]


def test_find(full: Store) -> None:
    for wanted, numbers in CASES:
        assert "".join(sorted(row["address"][-1] for row in find(full, wanted))) == numbers, wanted
        assert count(full, wanted) == len(numbers)


def test_the_latest_first_and_no_more_than_asked_for(full: Store) -> None:
    found = find(full, Wanted())
    assert [row["latest"] for row in found] == sorted((row["latest"] for row in found), reverse=True)
    assert find(full, Wanted(), limit=2) == found[:2]
    assert found[0] == {
        "version": 2, "event": "2:e1", "address": "https://example.org/1", "title": "Una visita a Sòfia",
        "publisher": None, "language": "it", "published": "2023-05-02", "wall": None, "type": "AID", "mode": None,
        "earliest": "2023-05-02", "latest": "2023-05-02", "dated_by": "report", "time_value": None,
        "actors": "Kim Jong-un", "recipients": "Vladimir Putin", "objects": "cinque droni", "place": "Vladivostok",
        "country": "RUS", "lat": 43.1, "lon": 131.9, "precision": "exact", "certainty": "certain",
        "polarity": "positive", "tense": "past", "origin": "publisher > Tass", "said_in": "s1", "confidence": 0.8,
        "start": 34, "end": 44, "words": "consegnato", "passage": found[0]["passage"],
    }  # fmt: skip
    assert set(names(full, "told")) == set(found[0])


def test_questions_that_cannot_be_asked(store: Store) -> None:
    for asked in (
        Wanted(since="soon"),
        Wanted(certainty="sure"),
        Wanted(near="43.1;131.9"),
        Wanted(near="99,0,1km"),
        Wanted(text="- *"),
        Wanted(actor="--"),
    ):
        with pytest.raises(FontiError, match="; ") as caught:
            find(store, asked)
        assert not isinstance(caught.value, StoreError)


def test_types() -> None:
    assert check_type("assault") == "assault"
    with pytest.raises(QuestionError, match="'ASSALT' is no event type"):
        check_type("ASSALT")


def test_who_is_quoted(full: Store) -> None:
    put(full, 7, publisher="Gazzetta")
    assert sources(full) == [
        {
            "name": "Tass",
            "kind": "agency",
            "country": "RUS",
            "statements": 8,
            "reports": 8,
            "outlets": "Gazzetta 2, 100% 1",
        }
    ]
    assert sources(full, name="Kim") == []
    assert sources(full, since="2024")[0]["statements"] == 1


def test_what_happened_when(full: Store) -> None:
    found = timeline(full, Wanted())
    assert [row["earliest"] for row in found] == ["2021-01-01"] + ["2023-04-09"] * 4
    assert (
        next(row for row in found if row["actors"] == "Kim Jong-un" and row["place"] == "Vladivostok")["reports"] == 1
    )
    two = next(row for row in found if row["reports"] == 2)
    assert (two["type"], two["origins"]) == ("AID", "100% > Tass; Gazzetta > Tass")


def test_sql(full: Store) -> None:
    columns, rows = ask(full, "select place, count(*) as n from told where words like 'c%' group by place order by n")
    assert (columns, rows) == (["place", "n"], [{"place": "Suva", "n": 1}, {"place": "Vladivostok", "n": 6}])
    for query, said in (
        ("delete from reports", "a question changes nothing in a store; begin it with SELECT"),
        ("drop view told", "a question changes nothing in a store; begin it with SELECT"),
        ("selec 1", "the database says: .*syntax error.*; `fonti schema --store` tells the tables"),
        ("select nope from told", "the database says: .*nope.*; `fonti schema --store` tells the tables"),
    ):
        with pytest.raises(QuestionError, match=said):
            ask(full, query)
    assert count(full, Wanted()) == 7


def test_distances() -> None:
    assert kilometres(43.12, 131.89, 39.03, 125.75) == pytest.approx(689, abs=5)  # Vladivostok to Pyongyang
    assert kilometres(None, 1.0, 1.0, 1.0) is None
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015, abs=1)
    south, north, wide = box(60, 0, 111.2)
    assert (round(south), round(north), round(wide or 0)) == (59, 61, 2)
    assert box(89.5, 0, 100)[2] is None


def test_points() -> None:
    assert read_near(" 43.1, 131.9 ,200 km") == (43.1, 131.9, 200.0)
