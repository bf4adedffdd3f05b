"""KML 2.2: the events that have a point, with the days in which they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row
from .markup import words
from .rows import title

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Fonti</name>
"""
TOLD = ("type", "mode", "certainty", "polarity", "origin", "words", "publisher", "address", "event")


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    out.write(HEAD.encode())
    for row in rows:
        if row["lat"] is not None and row["lon"] is not None:
            out.write(_placemark(row).encode())
    out.write(b"</Document></kml>\n")


def _placemark(row: Row) -> str:
    begin = f"<begin>{row['earliest']}</begin>" if row["earliest"] else ""
    end = f"<end>{row['latest']}</end>" if row["latest"] else ""
    data = "".join(
        f'<Data name="{name}"><value>{words(row[name])}</value></Data>' for name in TOLD if row[name] is not None
    )
    return (
        f"<Placemark><name>{words(title(row))}</name><description>{words(row['passage'])}</description>"
        f"{f'<TimeSpan>{begin}{end}</TimeSpan>' if begin or end else ''}"
        f"<ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{row['lon']},{row['lat']}</coordinates></Point></Placemark>\n"
    )
