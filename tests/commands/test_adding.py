"""Into a store and what failed, with a stub for the Reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fonti.__main__ import app
from fonti.commands import common

from ..store.stub import TEXT, StubReader, text


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(common, "reader", StubReader)
    monkeypatch.setenv("FONTI_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def test_added_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(), encoding="utf-8")
    first, second = run("add", str(tmp_path / "a.txt")), run("add", str(tmp_path))
    assert (first.stdout, first.stderr, first.exit_code) == ("1 added, 0 there already, 0 failed\n", "", 0)
    assert second.stdout == "0 added, 1 there already, 0 failed\n"


def test_what_failed_is_told_listed_and_read_again(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    result = run("add", str(source))
    assert result.exit_code == 1
    assert result.stderr == f"fonti: {source}: no such file; check the name; an address begins with http\n"
    assert result.stdout.startswith("0 added, 0 there already, 1 failed; `fonti failures` tells why")
    (row,) = map(json.loads, run("failures", "--format", "jsonl").stdout.splitlines())
    assert (row["place"], row["met"], row["tries"]) == (str(source), "no such file", 1)
    assert "no such file" in run("failures").stdout
    source.write_text(text(), encoding="utf-8")
    assert run("retry").stdout == "1 added, 0 there already, 0 failed\n"
    assert run("failures").stdout == "nothing\n"
    assert run("failures", "--format", "csv").stdout == "place,met,then,tries,last\n"


def test_what_is_there_in_part(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(more=f" {TEXT}\nAbbonati per leggere"), encoding="utf-8")
    result = run("add", str(tmp_path))
    assert result.stdout == (
        "1 added (1 of them in part: `fonti failures --walls` lists these), 0 there already, 0 failed\n"
    )
    assert result.stderr.startswith(f"fonti: {tmp_path}/a.txt: tells only its beginning: the rest is for subscribers;")
    assert result.exit_code == 0
    assert "subscription" in run("failures", "--walls").stdout
    assert run("failures").stdout == run("find", "--whole").stdout == "nothing\n"


def test_progress_in_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    (tmp_path / "in").mkdir()
    for number in range(5):
        (tmp_path / f"in/{number}.txt").write_text(text(number), encoding="utf-8")
    assert "5 added, 0 there already, 0 failed" in run("add", str(tmp_path / "in")).stderr
    assert "5 of 5 read again, 0 changed" in run("reread", "--all").stderr
    assert "5 of 5 rows" in run("export", "--to", str(tmp_path / "a.csv")).stderr


def test_stopped_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.txt").write_text(text(), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("fonti.store.adding.write_rows", stop)
        result = run("add", str(tmp_path))
    assert "fonti: stopped; run it again: what is read is in the store, and it goes on from there" in result.stderr
    assert result.exit_code != 0
    assert run("add", str(tmp_path)).stdout.startswith("1 added")


def test_standard_input() -> None:
    assert run("add", "-", stdin=text()).stdout.startswith("1 added")


def test_a_bad_option_is_told(tmp_path: Path) -> None:
    result = run("add", str(tmp_path), "--published", "yesterday")
    assert "--published: 'yesterday' is no date" in str(result.exception)


def test_reread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(text(), encoding="utf-8")
    run("add", str(tmp_path))
    assert run("reread").stdout == "0 read again, 0 changed, 0 failed\n"
    assert run("reread", "--all").stdout == "1 read again, 0 changed, 0 failed\n"


def test_own_tables(tmp_path: Path) -> None:
    words = tmp_path / "w.toml"
    words.write_text("w", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(text(), encoding="utf-8")
    assert run("add", str(tmp_path / "in"), "--lexicon", str(words)).stderr == ""
    assert (
        "`fonti reread` with these tables reads it again"
        in run("add", str(tmp_path / "in"), "--lexicon", str(words)).stderr
    )
    words.write_text("v", encoding="utf-8")
    assert run("reread").stdout == "0 read again, 0 changed, 0 failed\n"
    assert run("reread", "--lexicon", str(words)).stdout == "1 read again, 0 changed, 0 failed\n"
    assert run("reread", "--lexicon", str(words)).stdout == "0 read again, 0 changed, 0 failed\n"


def test_amend(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(), encoding="utf-8")
    run("add", str(tmp_path))
    told = run("amend", "merge", "Tass", "Kim Jong-un", "--reason", "prova", "--by", "Anna")
    assert told.stdout == "amendment 1; `fonti amend undo 1` takes it back\n"
    assert run("amend", "place", "Vladivostok", "1,-2", "--reason", "prova").exit_code == 0
    assert run("amend", "reject", "1:e1", "--reason", "prova").exit_code == 0
    assert run("find").stdout == "nothing\n"
    assert run("amend", "undo", "3").stdout == "amendment 3 is undone\n"
    (row,) = map(json.loads, run("find", "--format", "jsonl").stdout.splitlines())
    assert (row["lat"], row["lon"], row["origin"]) == (1.0, -2.0, "publisher > Kim Jong-un")
    assert run("amend", "list", "--format", "csv").stdout.count("\n") == 4
