"""RDF in Turtle: events in the Simple Event Model (SEM), the words that show them in NIF 2.0."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row
from .markup import UNSEEN

HEAD = """@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix fonti: <urn:fonti:> .

"""


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    out.write(HEAD.encode())
    seen: set[str] = set()
    for row in rows:
        for part in (_report(row), *map(_actor, row["actors_named"] + row["recipients_named"]), _place(row)):
            if part and part not in seen:
                seen.add(part)
                out.write(part.encode())
        out.write(_event(row).encode())


def _report(row: Row) -> str:
    told = [
        "a nif:Context", f"nif:sourceUrl {_text(row['address'])}", *_some("dcterms:title", row["title"]),
        *_some("dcterms:publisher", row["publisher"]), *_some("dcterms:date", row["published"]),
        *_some("dcterms:language", row["language"]),
    ]  # fmt: skip
    return _said(_about(row), told)


def _actor(actor: Row) -> str:
    kind = [f"sem:actorType fonti:{_name(actor['kind'])}"] if actor["kind"] else []
    country = [f"fonti:country {_text(actor['country'])}"] if actor["country"] else []
    return _said(_uri("actor", actor["key"]), ["a sem:Actor", f"rdfs:label {_text(actor['name'])}", *kind, *country])


def _place(row: Row) -> str:
    if row["place"] is None:
        return ""
    axes = (("lat", row["lat"]), ("long", row["lon"]))
    point = [f'geo:{axis} "{degrees}"^^xsd:double' for axis, degrees in axes if degrees is not None]
    return _said(_place_uri(row), ["a sem:Place", f"rdfs:label {_text(row['place'])}", *point])


def _event(row: Row) -> str:
    span = f"<{_about(row)[1:-1]}#char={row['start']},{row['end']}>"
    event = _uri("event", f"{row['address']}#{row['event']}")
    told = [
        "a sem:Event",
        f"sem:eventType fonti:{_name(row['type'])}",
        *(f"sem:hasActor {_uri('actor', actor['key'])}" for actor in row["actors_named"]),
        *(f"fonti:hasRecipient {_uri('actor', actor['key'])}" for actor in row["recipients_named"]),
        *([f"sem:hasPlace {_place_uri(row)}"] if row["place"] else []),
        *([f'sem:hasEarliestBeginTimeStamp "{row["earliest"]}"^^xsd:date'] if row["earliest"] else []),
        *([f'sem:hasLatestEndTimeStamp "{row["latest"]}"^^xsd:date'] if row["latest"] else []),
        *_some("sem:accordingTo", row["origin"]),
        *_some("fonti:mode", row["mode"]),
        *_some("fonti:certainty", row["certainty"]),
        *_some("fonti:polarity", row["polarity"]),
        f"fonti:shownBy {span}",
    ]
    shown = [
        "a nif:Phrase", f"nif:referenceContext {_about(row)}", f"nif:anchorOf {_text(row['words'])}",
        f'nif:beginIndex "{row["start"]}"^^xsd:nonNegativeInteger',
        f'nif:endIndex "{row["end"]}"^^xsd:nonNegativeInteger',
    ]  # fmt: skip
    return _said(event, told) + _said(span, shown)


def _said(subject: str, told: list[str]) -> str:
    return f"{subject} " + " ;\n  ".join(told) + " .\n"


def _some(name: str, value: str | None) -> list[str]:
    return [f"{name} {_text(value)}"] if value else []


def _about(row: Row) -> str:
    """The report: its own address where that is one of the web."""
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`#\x00-\x20]+", row["address"]):
        return f"<{row['address']}>"
    return _uri("report", row["address"])


def _place_uri(row: Row) -> str:
    return _uri("place", f"{row['place']} {row['lat']} {row['lon']}")


def _uri(kind: str, name: str) -> str:
    return f"<urn:fonti:{kind}:{hashlib.sha256(name.encode()).hexdigest()[:16]}>"


def _name(word: str) -> str:
    return re.sub(r"\W", "_", word)


def _text(value: str) -> str:
    told = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '"' + UNSEEN.sub("\ufffd", told) + '"'
