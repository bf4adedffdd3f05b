"""GraphML: who does what to whom; actors are nodes, an event is an edge from each of its actors to each recipient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row
from .markup import words

NODE = ("name", "kind", "country")
EDGE = ("type", "mode", "earliest", "latest", "place", "certainty", "polarity", "origin", "words", "address", "event")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    out.write(HEAD.encode())
    for of, names in (("node", NODE), ("edge", EDGE)):
        for name in names:
            key = f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="string"/>\n'
            out.write(key.encode())
    out.write(b'<graph edgedefault="directed">\n')
    seen: set[str] = set()
    number = 0
    for row in rows:
        for actor in row["actors_named"] + row["recipients_named"]:
            if actor["key"] not in seen:
                seen.add(actor["key"])
                out.write(f'<node id="{words(actor["key"])}">{_data("node", actor, NODE)}</node>\n'.encode())
        for one in row["actors_named"]:
            for other in row["recipients_named"]:
                ends = f'id="edge{number}" source="{words(one["key"])}" target="{words(other["key"])}"'
                out.write(f"<edge {ends}>{_data('edge', row, EDGE)}</edge>\n".encode())
                number += 1
    out.write(b"</graph></graphml>\n")


def _data(of: str, row: Row, names: tuple[str, ...]) -> str:
    return "".join(f'<data key="{of}-{name}">{words(row[name])}</data>' for name in names if row[name] is not None)
