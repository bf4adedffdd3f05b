"""What an older Fonti read is read again in place, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fonti.record import Record, Report
from fonti.store import Store
from fonti.store.adding import unpacked
from fonti.store.reading import add_all
from fonti.store.rereading import Reread, _replace, reread

from .stub import StubReader, text
from .test_adding import add, ask, save


class Newer(StubReader):
    """Reads another type of event; stops after a number of reports where it is told so."""

    def __init__(self, stop: int = 99) -> None:
        super().__init__()
        self.stop = stop

    def read_all(self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]) -> Iterator[Record]:
        for record in super().read_all(reports, on_error=on_error):
            if len(self.read) > self.stop:
                raise KeyboardInterrupt
            record.report.read_by = {"fonti": "newer"}
            record.events[0].type = "SUPPORT"
            yield record


def newer(language: str) -> dict[str, str]:
    return {"fonti": "newer"}


def test_in_place_and_on_where_it_stopped(store: Store, tmp_path: Path) -> None:
    for number in range(4):
        add(store, save(tmp_path, f"{number}.txt", text(number)))
    with pytest.raises(KeyboardInterrupt):
        reread(store, Newer(stop=2).read_all, newer)
    assert ask(store, "SELECT count(*) FROM told WHERE type = 'SUPPORT'") == [(2,)]
    assert reread(store, Newer().read_all, newer) == Reread(2, 2, 2, 0)
    assert reread(store, Newer().read_all, newer) == Reread()
    assert reread(store, Newer().read_all, newer, every=True) == Reread(4, 4, 0, 0)
    assert ask(store, "SELECT type, count(*) FROM told GROUP BY type") == [("SUPPORT", 4)]
    assert ask(store, "SELECT count(*), min(read_by) FROM versions") == [(4, '{"fonti": "newer"}')]
    ((data,),) = ask(store, "SELECT record FROM records WHERE version = 1")
    assert unpacked(bytes(data)).events[0].type == "SUPPORT"


def test_own_tables_are_remembered(store: Store, tmp_path: Path) -> None:
    mine, mended = Path(save(tmp_path, "a.toml", "a")), Path(save(tmp_path, "b.toml", "b"))

    def again(*lexicon: Path, newer: bool = False, every: bool = False) -> Reread:
        reader = StubReader(lexicon=lexicon)
        reader.by |= {"fonti": "newer"} if newer else {}
        return reread(store, reader.read_all, reader.readers, own=["lexicon"] if lexicon else [], every=every)

    add_all(store, [save(tmp_path, "0.txt", text(0))], StubReader(lexicon=(mine,)).read_all)
    add(store, save(tmp_path, "1.txt", text(1)))
    assert again() == Reread()  # nothing is newer
    assert again(mine) == Reread(1, 1)  # what was read without
    assert again(mine) == Reread()
    assert again(mended) == Reread(2, 2)
    assert again(newer=True) == Reread(kept=2)  # nobody's words are lost for want of an option
    assert again(mended, newer=True) == Reread(2, 2)
    assert again(newer=True, every=True) == Reread(2, 2)
    assert ask(store, "SELECT DISTINCT read_by FROM versions") == [('{"fonti": "newer"}',)]


def test_what_no_source_told_is_found_anew(store: Store, tmp_path: Path) -> None:
    body = f"<h1>Visita</h1><p>{text()}</p><h2>Che cosa segue</h2><p>{text(2)} Si vedrà domani.</p>"
    page = save(
        tmp_path, "a.html", f"<html><head><title>Visita</title></head><body><article>{body}</article></body></html>"
    )
    words = save(tmp_path, "b.txt", f"Mosca, 18 settembre 2023 - {text(1)}\n\nAbbonati per leggere")
    add(store, page, words, language="it")
    about = "SELECT language, published, dated_by, wall, earliest FROM versions ORDER BY id"
    rows, records = ask(store, about), ask(store, "SELECT record FROM records ORDER BY version")
    assert rows[1] == ("it", "2023-09-18", "text", "subscription", "2023-09-18")
    for version in (1, 2):  # as a Fonti left it that found less
        ((data,),) = ask(store, "SELECT record FROM records WHERE version = :n", n=version)
        old = unpacked(bytes(data))
        old.report = replace(old.report, sections=[], language="en", published=None, dated_by=None, wall=None)
        _replace(store, version, old)
    assert ask(store, about)[1] == ("en", None, None, None, None)
    assert reread(store, StubReader().read_all, newer) == Reread(2, 2, 2)
    assert (ask(store, about), ask(store, "SELECT record FROM records ORDER BY version")) == (rows, records)
    assert ask(store, "SELECT kind FROM sections WHERE version = 1 ORDER BY number") == [
        ("headline",), ("body",), ("heading",), ("body",)
    ]  # fmt: skip


def test_what_cannot_be_read_again_keeps_its_record(store: Store, tmp_path: Path) -> None:
    add(store, save(tmp_path, "a.txt", text()))
    told: list[str] = []

    def broken(reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]) -> Iterator[Record]:
        for report in reports:
            on_error(report, KeyError("oh"))
        yield from ()

    assert reread(store, broken, newer, tell=lambda error: told.append(str(error))) == Reread(1, 0, 0, 1)
    assert "could not be read (KeyError: 'oh')" in told[0]
    assert ask(store, "SELECT type FROM told") == [("AID",)]
