"""Questions to a store as tables, JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from fonti.commands import common
from fonti.errors import FontiError

from ..store.stub import StubReader, text
from .test_adding import run


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(common, "reader", StubReader)
    monkeypatch.setenv("FONTI_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("COLUMNS", "200")
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(text(number), encoding="utf-8")
    run("add", str(tmp_path))


def test_find() -> None:
    result = run("find", "--type", "AID", "--actor", "PRK", "--since", "2023-04", "--near", "43.1,131.9,200km")
    assert result.exit_code == 0
    head, *lines = result.stdout.splitlines()
    assert head.split()[:4] == ["event", "latest", "type", "actors"]
    assert len(lines) == 3
    assert "2023-04-09" in lines[0]
    assert run("find", "--actor", "USA").stdout == "nothing\n"


def test_for_programs() -> None:
    (row,) = csv.DictReader(io.StringIO(run("find", "--text", '"numero 2"', "--format", "csv").stdout))
    assert (row["type"], row["words"], row["lat"]) == ("AID", "consegnato", "43.1")
    result = run("find", "--format", "jsonl", "--limit", "2")
    assert [json.loads(line)["type"] for line in result.stdout.splitlines()] == ["AID", "AID"]
    assert result.stderr == "2 of 3; --limit 0 tells all\n"
    assert run("find", "--type", "ASSAULT", "--format", "csv").stdout.startswith("version,event,address,")


def test_sources_and_timeline() -> None:
    assert run("sources").stdout.splitlines()[1].split() == ["Tass", "agency", "RUS", "3", "3"]
    assert run("timeline", "--format", "jsonl").stdout.count("\n") == 1
    assert run("timeline").stdout.splitlines()[1].startswith("2023-04-09")


def test_sql(tmp_path: Path) -> None:
    assert run("sql", "select count(*) as n from told where '%' <> ':x'", "--format", "csv").stdout == "n\n3\n"
    assert isinstance(run("sql", "drop table reports").exception, FontiError)
    assert run("sql", "select text from versions", "--format", "jsonl").stdout.count(text(1)) == 1


def test_no_store() -> None:
    result = run("find", "--store", "none.sqlite")
    assert "no such store; make it with `fonti add`" in str(result.exception)


def test_export(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    assert run("export", "--to", str(path), "--type", "AID").stdout == f"the 3 of 3 rows that have a point in {path}\n"
    assert run("export", "--to", str(tmp_path / "a.csv"), "--view", "said").stdout.startswith("3 rows in ")
    assert run("export", "--to", str(tmp_path / "a.jsonl"), "--view", "records").stdout.startswith("3 rows in ")
    result = run("export", "--to", str(tmp_path / "a.csv"), "--view", "said", "--type", "AID")
    assert "said goes whole" in str(result.exception)
    assert len(json.loads(path.read_text(encoding="utf-8"))["features"]) == 3
