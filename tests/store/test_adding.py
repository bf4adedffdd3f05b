"""What goes into a store: once, with its versions, its rows and its failures."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from fonti.own import Own
from fonti.record import Event, Record, Report, Span
from fonti.store import Store
from fonti.store.adding import absolute, list_failures, list_walls, unpacked
from fonti.store.asking import find
from fonti.store.reading import Counts, ReadAll, add_all, retry
from fonti.store.rows import rows
from fonti.store.wanted import Wanted

from .stub import TEXT, StubReader, record, text


def ask(store: Store, query: str, **values: Any) -> list[tuple[Any, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(sql(query), values)]


def save(folder: Path, name: str, words: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return str(path)


def add(store: Store, *sources: str, **options: Any) -> Counts:
    return add_all(store, sources, StubReader().read_all, **options)


def test_what_is_there_is_passed_over(store: Store, tmp_path: Path) -> None:
    sources = [save(tmp_path, f"{n}.txt", text(n)) for n in range(3)]
    assert add(store, *sources[:2]) == Counts(added=2)
    reader = StubReader()
    assert add_all(store, sources, reader.read_all) == Counts(added=1, there=2)
    assert reader.read == [text(2)]
    copied = save(tmp_path, "elsewhere/0.txt", text(0))
    assert add(store, copied) == Counts(there=1)


def test_a_corrected_report_is_a_new_version(store: Store, tmp_path: Path) -> None:
    source = save(tmp_path, "a.txt", text())
    add(store, source)
    save(tmp_path, "a.txt", text(more=" Corretto."))
    assert add(store, source) == Counts(added=1)
    assert ask(store, "SELECT count(*) FROM reports") == [(1,)]
    assert ask(store, "SELECT number, newest FROM versions ORDER BY number") == [(1, False), (2, True)]
    assert ask(store, "SELECT count(*) FROM events") == [(2,)]  # the old version's rows stay
    assert ask(store, "SELECT count(*) FROM told") == [(1,)]  # but one is asked for
    save(tmp_path, "a.txt", text())
    assert add(store, source) == Counts(there=1)


def test_an_address_goes_before_the_file(store: Store, tmp_path: Path) -> None:
    lines = [{"text": text(n), "url": "https://example.org/a"} for n in range(2)]
    lines += [{"text": text(2), "url": "https://example.org/b"}, {"text": text(2), "url": "https://example.org/c"}]
    lines += [{"text": text(3)}, {"text": text(4)}, {"text": text(5), "id": 7}]
    source = save(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert add(store, source).added == 7
    found = ask(store, "SELECT address, count(*) FROM reports r JOIN versions v ON v.report = r.id GROUP BY address")
    counts = dict(found)
    assert counts["https://example.org/a"] == 2
    assert counts["https://example.org/b"] == counts["https://example.org/c"] == 1  # who else carries it matters
    assert counts[f"{source}#7"] == 1
    assert sum(address.startswith("sha256:") for address in counts) == 2


def test_every_row_reaches_its_words(store: Store, tmp_path: Path) -> None:
    add(store, save(tmp_path, "a.txt", text(1)))
    columns = "type, actors, recipients, objects, place, country, earliest, latest, dated_by, origin, words, passage"
    ((*told, origin, words, passage),) = ask(store, f"SELECT {columns} FROM told")
    assert told[:4] == ["AID", "Kim Jong-un", "Vladimir Putin", "cinque droni"]
    assert told[4:] == ["Vladivostok", "RUS", "2023-04-09", "2023-04-09", "time"]
    assert (origin, words, passage) == ("publisher > Tass", "consegnato", text(1)[: len(passage)])
    assert ask(store, "SELECT actor, source, cue, content FROM said") == [
        ("Tass", "la Tass", "ha riferito", TEXT[: TEXT.index(", ha")])
    ]
    assert ask(store, "SELECT words FROM mentions ORDER BY actor") == [("Kim Jong-un",), ("Vladimir Putin",), ("Tass",)]
    assert ask(store, "SELECT words, lat FROM located") == [("Vladivostok", 43.1)]


def test_the_record_is_kept_whole(store: Store, tmp_path: Path) -> None:
    odd = text(more=" \u0000 e \U0001f600")
    add(store, save(tmp_path, "a.jsonl", json.dumps({"text": odd, "published": "2023-09", "title": "T\ud800"})))
    ((data,),) = ask(store, "SELECT record FROM records")
    kept = unpacked(bytes(data))
    assert kept.report.text == odd
    assert kept.to_json() == record(kept.report).to_json()
    ((shown, title, earliest, latest, dated_by),) = ask(
        store, "SELECT text, title, earliest, latest, dated_by FROM versions"
    )
    assert (len(shown), title) == (len(odd), "T\ufffd")
    assert (earliest, latest, dated_by) == ("2023-09-01", "2023-09-30", "source")


def test_what_fails_is_listed_and_read_again(store: Store, tmp_path: Path) -> None:
    lines = [json.dumps({"text": text(n)}) for n in range(3)]
    source = save(tmp_path, "a.jsonl", "\n".join([lines[0], "{broken", lines[1], json.dumps({"text": "Un inciampo."})]))
    told: list[str] = []
    counts = add(store, source, str(tmp_path / "none.txt"), language="it", tell=lambda e: told.append(str(e)))
    assert counts == Counts(added=2, failed=3)
    assert len(told) == 3
    found = {row["place"]: row for row in list_failures(store)}
    assert set(found) == {f"{source}, line 2", f"{source}, line 4", str(tmp_path / "none.txt")}
    assert found[f"{source}, line 2"]["met"] == "is not JSON"
    assert found[f"{source}, line 4"]["met"] == "could not be read (KeyError: 'inciampo')"
    save(tmp_path, "a.jsonl", "\n".join([lines[0], lines[2], lines[1], json.dumps({"text": "Un inciampo."})]))
    reader = StubReader()
    assert retry(store, lambda own: reader.read_all) == Counts(added=1, failed=2)
    assert reader.read == [text(2), "Un inciampo."]
    assert {row["place"]: row["tries"] for row in list_failures(store)} == {
        f"{source}, line 4": 2,
        str(tmp_path / "none.txt"): 2,
    }


def test_what_is_there_in_part(store: Store, tmp_path: Path) -> None:
    sources = [save(tmp_path, "a.txt", text()), save(tmp_path, "b.txt", text(1, more=f" {TEXT}\nAbbonati per leggere"))]
    told: list[str] = []
    assert add(store, *sources, tell=lambda e: told.append(str(e))) == Counts(added=2, in_part=1)
    assert len(told) == 1
    assert told[0].startswith(f"{sources[1]}: tells only its beginning: the rest is for subscribers; ")
    assert [(row["address"], row["wall"]) for row in list_walls(store)] == [(sources[1], "subscription")]
    assert ask(store, "SELECT address, wall FROM told ORDER BY wall IS NULL") == [
        (sources[1], "subscription"),
        (sources[0], None),
    ]
    assert [row["address"] for row in find(store, Wanted(whole=True))] == [sources[0]]
    save(tmp_path, "b.txt", text(1, more=f" {TEXT}"))
    assert add(store, *sources) == Counts(added=1, there=1)
    assert list_walls(store) == []


def test_what_failed_is_read_again_with_the_tables_it_was_asked_with(store: Store, tmp_path: Path) -> None:
    words, others = Path(save(tmp_path, "w.toml", "w")), Path(save(tmp_path, "o.toml", "o"))
    add(store, str(tmp_path / "a.txt"), own=Own(lexicon=(words,)))
    asked: list[Own] = []

    def reads_with(own: Own) -> ReadAll:
        asked.append(own)
        return StubReader(*own.facts, lexicon=own.lexicon).read_all

    retry(store, reads_with)
    retry(store, reads_with, own=Own(facts=(others,)))
    retry(store, reads_with)
    assert asked == [Own(lexicon=(words,)), Own(facts=(others,)), Own(facts=(others,))]
    save(tmp_path, "a.txt", text())
    assert retry(store, reads_with) == Counts(added=1)
    assert ask(store, "SELECT read_by FROM versions") == [('{"facts": "o", "fonti": "stub"}',)]


def test_addresses_in_a_file_stay() -> None:
    assert absolute("/a/../feed.rss!https://example.org//b") == "/feed.rss!https://example.org//b"
    assert absolute("https://example.org/a/../b") == "https://example.org/a/../b"


def test_a_folder_and_links_in_a_circle(store: Store, tmp_path: Path) -> None:
    for name in ("a.txt", "b/c.txt", "b/d.txt", ".hidden/e.txt"):
        save(tmp_path, f"in/{name}", text(len(name) + ord(name[-5])))
    (tmp_path / "in/b/photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "in/b/round").symlink_to(tmp_path / "in")
    assert add(store, str(tmp_path / "in")) == Counts(added=3)


def test_a_date_to_come_is_no_date(store: Store, tmp_path: Path) -> None:
    add(store, save(tmp_path, "a.jsonl", json.dumps({"text": text(), "published": "2999-01-01"})))
    assert ask(store, "SELECT published, dated_by FROM versions") == [(None, None)]


def test_the_same_report_twice_in_one_go(store: Store, tmp_path: Path) -> None:
    sources = [save(tmp_path, name, text()) for name in ("a.txt", "b.txt")]
    reader = StubReader()
    assert add_all(
        store, sources, lambda reports, on_error: reader.read_all(list(reports), on_error=on_error)
    ) == Counts(added=1, there=1)
    assert reader.read == [text()]


def test_several_at_once(name: str, tmp_path: Path) -> None:
    sources = [save(tmp_path, f"{n}.txt", text(n)) for n in range(8)]
    lines = [json.dumps({"text": text(n), "url": "https://example.org/a"}) for n in range(8, 12)]
    sources.append(save(tmp_path, "versions.jsonl", "\n".join(lines)))
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with Store(name, new=True) as opened:
                add(opened, *sources)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with Store(name) as opened:
        assert ask(opened, "SELECT count(*), sum(CASE WHEN newest THEN 1 ELSE 0 END) FROM versions") == [(12, 9)]
        assert ask(opened, "SELECT max(number) FROM versions") == [(4,)]
        assert ask(opened, "SELECT count(*) FROM events") == [(12,)]


def test_nothing_is_half_written(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    source = save(tmp_path, "a.txt", text())
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("fonti.store.adding.write_rows", stop)
        add(store, source)
    assert ask(store, "SELECT count(*) FROM reports") == ask(store, "SELECT count(*) FROM versions") == [(0,)]
    assert add(store, source) == Counts(added=1)


def test_a_report_of_any_kind_has_rows(store: Store, tmp_path: Path) -> None:
    bare = Report("x", "Nulla.", "it")
    made = rows(Record(bare, events=[Event("e1", "AID", Span(0, 5), time_value="2023-W37")]), 1)
    assert made["events"][0]["latest"] is None
