"""Each format is read back by a program that it is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fonti.errors import FontiError
from fonti.record import Record
from fonti.store import Store
from fonti.store.wanted import Wanted
from fonti.views.export import ExportError, export

from ..store.test_asking import in_suva, put, undated


def hostile(one: Record) -> None:
    one.actors[0].name = '<b>"Kim" & \\ Co.</b>\n\x01'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite", new=True) as opened:
        put(opened, 0, publisher="Gazzetta", title='Visita "breve"', published="2023-09")
        put(opened, 1, in_suva)
        put(opened, 2, hostile, title="A;B,\"C\"\n'D'")
        put(opened, 3, undated)
        yield opened


def made(store: Store, folder: Path, name: str, wanted: Wanted | None = None, view: str = "told") -> Path:
    export(store, folder / name, wanted or Wanted(), view=view)
    assert sorted(path.name for path in folder.glob("*.*") if not path.name.startswith("store")) == [name]
    return folder / name


def test_csv(store: Store, tmp_path: Path) -> None:
    import pandas

    table = pandas.read_csv(made(store, tmp_path, "a.csv"))
    assert table["words"].tolist() == ["consegnato"] * 4
    assert table["title"][2] == "A;B,\"C\"\n'D'"
    assert (table["lat"][1], table["event"][1]) == (-18.14, "2:e1")


def test_parquet(store: Store, tmp_path: Path) -> None:
    import duckdb
    import pandas

    path = made(store, tmp_path, "a.parquet")
    assert pandas.read_parquet(path)["start"].dtype == "int64"
    rows = duckdb.sql(f"SELECT place, count(*) FROM '{path}' GROUP BY place ORDER BY place").fetchall()
    assert rows == [("Suva", 1), ("Vladivostok", 3)]
    assert duckdb.sql(
        f"SELECT DISTINCT implied FROM '{made(store, tmp_path, 'a.parquet', view='said')}'"
    ).fetchall() == [(False,)]


def test_json_lines(store: Store, tmp_path: Path) -> None:
    import duckdb

    path = made(store, tmp_path, "a.jsonl", Wanted(near="43,132,100km"))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["address"][-1] for row in rows] == ["0", "2", "3"]
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(3,)]


def test_records_whole(store: Store, tmp_path: Path) -> None:
    lines = made(store, tmp_path, "a.jsonl", view="records").read_bytes().splitlines()
    assert [Record.from_json(line).report.url for line in lines] == [f"https://example.org/{n}" for n in range(4)]


def test_geojson(store: Store, tmp_path: Path) -> None:
    from geojson_pydantic import FeatureCollection

    found = FeatureCollection.model_validate_json(made(store, tmp_path, "a.geojson").read_text(encoding="utf-8"))
    assert len(found.features) == 4
    assert tuple(found.features[1].geometry.coordinates) == (178.44, -18.14)  # type: ignore[union-attr]
    assert (found.features[0].properties or {})["passage"].startswith("Rapporto numero 0. Kim")


def test_kml(store: Store, tmp_path: Path) -> None:
    from lxml import etree

    tree = etree.parse(made(store, tmp_path, "a.kml"))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert tree.xpath("//k:coordinates/text()", namespaces=space)[1] == "178.44,-18.14"
    assert tree.xpath("//k:begin/text()", namespaces=space) == ["2023-04-09"] * 3
    assert tree.xpath("//k:name/text()", namespaces=space)[3].startswith('<b>"Kim" & \\ Co.</b>')


def test_graphml(store: Store, tmp_path: Path) -> None:
    import networkx

    graph = networkx.read_graphml(made(store, tmp_path, "a.graphml"))
    assert graph.is_directed()
    assert graph.nodes["kim jong un"] == {"name": "Kim Jong-un", "kind": "person", "country": "PRK"}
    edges = graph.get_edge_data("kim jong un", "vladimir putin")
    assert len(edges) == 3
    assert {edge["type"] for edge in edges.values()} == {"AID"}


def test_rdf(store: Store, tmp_path: Path) -> None:
    import rdflib

    graph = rdflib.Graph().parse(made(store, tmp_path, "a.ttl"))
    query = """
        PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
        PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
        SELECT ?actor ?words ?from ?url WHERE {
          ?event a sem:Event ; sem:hasActor [ rdfs:label ?actor ] ; <urn:fonti:shownBy> ?span .
          ?span nif:anchorOf ?words ; nif:beginIndex ?from ; nif:referenceContext [ nif:sourceUrl ?url ] .
        } ORDER BY ?url"""
    rows = [tuple(map(str, row)) for row in graph.query(query)]  # type: ignore[arg-type]
    assert rows[0] == ("Kim Jong-un", "consegnato", "34", "https://example.org/0")
    assert rows[2][0] == '<b>"Kim" & \\ Co.</b>\n\ufffd'


def test_a_page(store: Store, tmp_path: Path) -> None:
    from lxml import html

    text = made(store, tmp_path, "a.html").read_text(encoding="utf-8")
    tree = html.fromstring(text)
    assert [mark.text for mark in tree.iter("mark")] == ["consegnato"] * 4
    assert '<b>"Kim"' not in text
    assert not tree.xpath("//script | //link | //img | //@src")
    assert "Tass" in tree.xpath("string(//table[2])")


@pytest.mark.parametrize(
    "name", ["a.csv", "a.parquet", "a.jsonl", "a.geojson", "a.kml", "a.graphml", "a.ttl", "a.html"]
)
def test_nothing_is_a_file_too(store: Store, tmp_path: Path, name: str) -> None:
    import pandas

    path = made(store, tmp_path, name, Wanted(types=["ASSAULT"]))
    if name == "a.csv":
        assert "words" in pandas.read_csv(path).columns
    if name == "a.parquet":
        assert "words" in pandas.read_parquet(path).columns
    if name == "a.geojson":
        assert json.loads(path.read_text(encoding="utf-8"))["features"] == []


def test_half_a_file_is_none(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(row: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.kml").write_text("before", encoding="utf-8")
    monkeypatch.setattr("fonti.views.export.kml._placemark", stop)
    with pytest.raises(KeyboardInterrupt):
        export(store, tmp_path / "a.kml", Wanted())
    assert (tmp_path / "a.kml").read_text(encoding="utf-8") == "before"
    assert list(tmp_path.glob(".fonti-*")) == []


def test_what_cannot_be_written(store: Store, tmp_path: Path) -> None:
    for name, view, told in (
        ("a.xlsx", "told", "tells no format"),
        ("a.csv", "events", "is no view"),
        ("a.kml", "said", "goes whole, and into a table"),
        ("a.csv", "records", "goes whole, and into a table"),
        ("no/a.csv", "told", "cannot be written"),
    ):
        with pytest.raises(ExportError, match=told):
            export(store, tmp_path / name, Wanted(), view=view)
    with pytest.raises(FontiError):
        export(store, tmp_path / "a.csv", Wanted(since="soon"))
    assert list(tmp_path.glob("a.*")) == []
