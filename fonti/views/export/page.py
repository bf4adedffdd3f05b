"""One HTML page with everything in it: the events in time's order, who is quoted, and the words that show each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from ...store import Store
from ...store.asking import Row, sources
from ...store.views import AROUND
from .markup import words

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; }
tr + tr { border-top: 1px solid #8884; } .passage { opacity: .75; } mark { background: #ffd54f; color: #000; }
td:first-child { white-space: nowrap; } h2 { margin-top: 2.5rem; } caption { text-align: left; opacity: .75; }
"""
MOST = 50  # sources that are told


def write(store: Store, rows: Iterator[Row], out: BinaryIO) -> None:
    found = sorted(rows, key=lambda row: (row["earliest"] or row["latest"] or "~", row["address"], row["start"]))
    told = sorted({row["address"] for row in found})
    made = datetime.now(UTC).strftime("%Y-%m-%d")
    out.write(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fonti: {len(found)} events</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>{STYLE}</style></head><body>"
        f"<h1>{len(found)} events in {len(told)} reports</h1><p>Made by Fonti on {made}. Fonti is a reader with "
        "errors, not a witness: look at the words before you rely on an event.</p><h2>What happened</h2><table>"
        "<tr><th>When</th><th>Who, what, whom</th><th>According to</th><th>The words</th></tr>\n".encode()
    )
    for row in found:
        out.write(_line(row).encode())
    out.write(b"</table><h2>Who is quoted</h2><table>")
    out.write(b"<tr><th>Who</th><th>Statements</th><th>Reports</th><th>Outlets</th></tr>\n")
    for row in sources(store, limit=MOST):
        cells = (row["name"], row["statements"], row["reports"], row["outlets"])
        out.write(f"<tr>{''.join(f'<td>{words(cell)}</td>' for cell in cells)}</tr>\n".encode())
    out.write(b"</table></body></html>\n")


def _line(row: Row) -> str:
    when = " – ".join(dict.fromkeys(day for day in (row["earliest"], row["latest"]) if day))
    marks = [row["mode"] or row["type"].lower()]
    marks += [row["certainty"]] if row["certainty"] != "certain" else []
    marks += ["did not happen"] if row["polarity"] == "negative" else []
    place = f" in {row['place']}" if row["place"] else ""
    what = f"{words(row['actors'] or 'somebody')} → <b>{words(', '.join(marks))}</b>"
    what += f" → {words(row['recipients'])}" if row["recipients"] else ""
    begin = min(row["start"], AROUND)  # where the words stand in the passage
    end = begin + len(row["words"])
    passage = f"{words(row['passage'][:begin])}<mark>{words(row['words'])}</mark>{words(row['passage'][end:])}"
    safe = row["address"].startswith(("http://", "https://"))
    source = words(row["publisher"] or row["address"])
    link = f'<a rel="noreferrer" href="{words(row["address"])}">{source}</a>' if safe else source
    return (
        f"<tr><td>{words(when)}</td><td>{what}{words(place)}</td><td>{words(row['origin'])}</td>"
        f'<td class="passage">{passage} <small>{link}</small></td></tr>\n'
    )
