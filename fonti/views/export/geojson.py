"""GeoJSON (RFC 7946): the events that have a point."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row
from .rows import flat


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    out.write(b'{"type": "FeatureCollection", "features": [')
    between = b"\n"
    for row in rows:
        if row["lat"] is not None and row["lon"] is not None:
            feature = {
                "type": "Feature",
                "id": row["event"],
                "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
                "properties": {name: value for name, value in flat(row).items() if name not in ("lat", "lon", "event")},
            }
            out.write(between + json.dumps(feature, ensure_ascii=False).encode())
            between = b",\n"
    out.write(b"\n]}\n")
