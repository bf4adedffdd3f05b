"""Kills `fonti add` at random moments: ``python bench/faults.py [KILLS REPORTS STORE]``.

Adds REPORTS (300) short reports to a store and sends SIGKILL at KILLS (50) moments on the way, each followed by the
same command, and the last run to its end; then compares all rows and records, byte for byte, with those of a store made
without kills. Every second run is killed wherever it is in its first seconds, the others when they have written some
reports more. STORE is an SQLite file, or the address of an empty PostgreSQL database, whose numbers of versions have
gaps, since it does not give again what was given and not used: versions are counted through before rows are compared.
With STUB in the environment a reader that needs no nets reads, so that a run starts at once: the store is the same.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from fonti.store import Store
from fonti.store.wanted import Wanted
from fonti.views.export import VIEWS, export

EARLY = 6.0  # seconds in which every second run is killed, mostly before it has read a report
SENTENCES = [
    "Il presidente russo {a} ha incontrato a Mosca il ministro degli Esteri cinese, riferisce la Tass.",
    "«Consegneremo {n} droni entro domani», ha detto {a} ai giornalisti.",
    "Il 13 settembre 2023 le forze ucraine hanno attaccato il porto di Sebastopoli, ha reso noto {a}.",
    "L'agenzia Kcna riferisce che {a} potrebbe visitare Vladivostok la settimana prossima.",
    "Secondo {a}, almeno {n} persone sono state arrestate durante le proteste a Minsk.",
]
NAMES = ["Vladimir Putin", "Kim Jong-un", "il governatore Oleg Kozhemyako", "il portavoce Dmitry Peskov"]


def write(folder: Path, number: int) -> None:
    chance = random.Random(number)
    lines = [s.format(a=chance.choice(NAMES), n=chance.randrange(2, 90)) for s in chance.sample(SENTENCES, 3)]
    (folder / f"{number:04}.txt").write_text(f"Rapporto {number}.\n\n" + " ".join(lines), encoding="utf-8")


STUB = """
import sys
from dataclasses import replace
from fonti.__main__ import main
from fonti.commands import common
from fonti.record import Actor, Event, Mention, Participant, Record, Span

class Stub:
    def __init__(self, *tables, lexicon):
        pass

    def read_all(self, reports, *, on_error):
        for report in reports:
            spans = [Span(i, i + 5) for i in range(0, len(report.text) - 5, 40)]
            actors = [Actor(f"a{n}", report.text[s.start : s.end], "person", mentions=[Mention(s.start, s.end, "name")])
                      for n, s in enumerate(spans)]
            events = [Event(f"e{n}", "AID", s, actors=[Participant(s.start, s.end, f"a{n}")])
                      for n, s in enumerate(spans)]
            yield Record(replace(report, read_by={"fonti": "stub"}), actors=actors, events=events)

common.reader = Stub
main()
"""


def command(store: str, folder: Path) -> list[str]:
    program = ["-c", STUB] if os.environ.get("STUB") else ["-m", "fonti"]
    return [sys.executable, *program, "add", "--store", store, "--published", "2023-09-18", str(folder)]


def exported(name: str, folder: Path) -> dict[str, bytes]:
    """All rows and records of a store, and what its database says of its own soundness."""
    folder.mkdir()
    found: dict[str, bytes] = {}
    with Store(name) as store:
        for view in VIEWS:
            export(store, folder / f"{view}.jsonl", Wanted(), view=view)
            found[view] = (folder / f"{view}.jsonl").read_bytes()
        with store.reading() as connection:
            if not store.postgres:
                for check in ("integrity_check", "foreign_key_check"):
                    found[check] = repr(connection.execute(text(f"PRAGMA {check}")).all()).encode()
            counts = connection.execute(text("SELECT (SELECT count(*) FROM search), (SELECT count(*) FROM versions)"))
            found["counts"] = repr(counts.all()).encode()
            numbers = connection.execute(text("SELECT id FROM versions ORDER BY id")).scalars().all()
    ranks = {number: rank for rank, number in enumerate(numbers, 1)}
    return found | {view: ranked(found[view], ranks) for view in VIEWS if view != "records"}


def ranked(rows: bytes, ranks: dict[int, int]) -> bytes:
    """The rows with versions counted through; SQLite's numbers are so already."""
    lines = []
    for row in map(json.loads, rows.splitlines()):
        rank = ranks[row["version"]]
        event = {"event": str(row["event"]).replace(f"{row['version']}:", f"{rank}:", 1)} if "event" in row else {}
        lines.append(json.dumps(row | {"version": rank} | event, ensure_ascii=False))
    return "\n".join(lines).encode()


def main(kills: int = 50, reports: int = 300, name: str | None = None) -> bool:
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        (base / "in").mkdir()
        for number in range(reports):
            write(base / "in", number)
        whole, broken = str(base / "whole.sqlite"), name or str(base / "broken.sqlite")
        subprocess.run(command(whole, base / "in"), check=True, capture_output=True)
        chance, progress = random.Random(7), list[int]()
        for number in range(kills):
            with subprocess.Popen(command(broken, base / "in"), stdout=-3, stderr=-3) as process:
                if number % 2:
                    wait_for(there(broken) + chance.randrange(1, 20), broken, process)
                try:
                    process.wait(timeout=chance.uniform(0, 0.2 if number % 2 else EARLY))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
            progress.append(there(broken))
        start = time.perf_counter()
        last = subprocess.run(command(broken, base / "in"), check=True, capture_output=True, text=True)
        seconds = round(time.perf_counter() - start, 1)
        one, other = exported(whole, base / "one"), exported(broken, base / "other")
        differ = [part for part in one if part in other and one[part] != other[part]]
    told = {
        "kills": kills,
        "reports": reports,
        "there_after_each": progress,
        "last": last.stdout.strip(),
        "last_s": seconds,
    }
    print(json.dumps(told | {"compared_bytes": sum(map(len, one.values())), "differ": differ}))
    return not differ


def wait_for(reports: int, name: str, process: subprocess.Popen[bytes]) -> None:
    """Until there are so many, or the run is at its end."""
    while process.poll() is None and there(name) < reports:
        time.sleep(0.02)


def there(name: str) -> int:
    """How many reports are in the store; none where there is no store yet."""
    try:
        with Store(name) as store, store.reading() as connection:
            return int(connection.execute(text("SELECT count(*) FROM versions")).scalar_one())
    except Exception:
        return 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sound = main(*map(int, arguments[:2]), *arguments[2:])  # type: ignore[arg-type]
    raise SystemExit(not sound)
