"""An analyst's corrections: on top of what was read, through newer versions and readers, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonti.store import Store
from fonti.store.amending import (
    AmendError,
    fix_place,
    list_amendments,
    merge,
    read_event,
    read_point,
    reject,
    undo,
)
from fonti.store.asking import find, sources, timeline
from fonti.store.rereading import reread
from fonti.store.wanted import Wanted

from .stub import StubReader, text
from .test_adding import add, ask, save

SAID = {"reason": "visto sulla carta", "by": "Anna"}


@pytest.fixture
def full(store: Store, tmp_path: Path) -> Store:
    for number in range(2):
        add(store, save(tmp_path, f"{number}.txt", text(number)))
    return store


def actors(store: Store) -> list[str]:
    return [row["actors"] for row in find(store, Wanted())]


def test_two_actors_are_one(full: Store) -> None:
    number = merge(full, "kim jong un", "Vladimir Putin", **SAID)
    assert actors(full) == ["Vladimir Putin"] * 2
    assert len(find(full, Wanted(actor="Putin"))) == 2
    merge(full, "Vladimir Putin", "Il presidente", **SAID)
    assert actors(full) == ["Il presidente"] * 2
    undo(full, number, by="Bruno")
    assert actors(full) == ["Kim Jong-un"] * 2
    assert find(full, Wanted())[0]["recipients"] == "Il presidente"
    first, second = list_amendments(full)
    assert (first["reason"], first["by"], first["undone_by"]) == ("visto sulla carta", "Anna", "Bruno")
    assert second["undone_at"] is None


def test_in_one_report_only(full: Store, tmp_path: Path) -> None:
    merge(full, "Tass", "TASS (Mosca)", report=str(tmp_path / "0.txt"), **SAID)
    assert {row["name"]: row["statements"] for row in sources(full)} == {"TASS (Mosca)": 1, "Tass": 1}


def test_a_place_is_put_right(full: Store) -> None:
    number = fix_place(full, "vladivostok", lat=43.12, lon=131.89, country="prk", **SAID)
    row = find(full, Wanted(near="43.12,131.89,0.1km"))[0]
    assert (row["country"], row["lat"], row["place"]) == ("PRK", 43.12, "Vladivostok")
    undo(full, number, by="Anna")
    assert find(full, Wanted(near="43.12,131.89,0.1km")) == []
    assert find(full, Wanted())[0]["country"] == "RUS"


def test_an_event_is_rejected_through_versions_and_readers(full: Store, tmp_path: Path) -> None:
    version = next(row["version"] for row in find(full, Wanted()) if row["address"].endswith("0.txt"))
    number = reject(full, version, "e1", **SAID)
    assert [row["address"][-5:] for row in find(full, Wanted())] == ["1.txt"]
    assert timeline(full, Wanted())[0]["reports"] == 1
    assert ask(full, "SELECT count(*) FROM told") == [(1,)]
    assert ask(full, "SELECT count(*) FROM events WHERE amended IS NOT NULL") == [(1,)]
    add(full, save(tmp_path, "0.txt", "Corretto. " + text(0)))
    assert len(find(full, Wanted())) == 1
    reread(full, StubReader().read_all, lambda language: {"fonti": "newer"})
    assert len(find(full, Wanted())) == 1
    undo(full, number, by="Anna")
    assert len(find(full, Wanted())) == 2


def test_what_fits_nothing_is_told_and_not_kept(full: Store) -> None:
    for wrong in (
        lambda: merge(full, "Nessuno", "Tass", **SAID),
        lambda: merge(full, "Tass", "Nessuno", report="elsewhere", **SAID),
        lambda: fix_place(full, "Nessundove", lat=1, lon=1, **SAID),
        lambda: fix_place(full, "Vladivostok", lat=143, lon=31, **SAID),
        lambda: reject(full, 1, "e9", **SAID),
        lambda: undo(full, 1, by="Anna"),
        lambda: read_point("qui"),
        lambda: read_event("e3"),
    ):
        with pytest.raises(AmendError, match="; "):
            wrong()
    assert list_amendments(full) == []
