"""What a store of many reports costs: ``python bench/store.py SHARED [REPORTS [STORE]]``.

Reads the gold reports of SHARED once, makes REPORTS (20,000) of their records by giving them other days, outlets and
addresses, and adds these. Prints the milliseconds that reading and that adding a report take, the latter as a share of
the former, bytes on disk a report, and how long questions take: in this process the median of five, and the whole
command `fonti find` with its start. STORE is an SQLite file that is made anew, or a PostgreSQL address of an empty
database.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from fonti.intake import read, take
from fonti.reader import Reader
from fonti.record import Record, Report
from fonti.store import Store
from fonti.store.asking import count, find, sources
from fonti.store.reading import add_all
from fonti.store.wanted import Wanted

OUTLETS = ["La Gazzetta", "Il Mattino", "The Courier", "Tass", "Reuters", "ANSA", "Il Giorno", "The Star"]
SAMPLE = 500  # reports by which intake is timed, which is a part of reading
QUESTIONS = {
    "all": Wanted(),
    "type": Wanted(types=["ASSAULT"]),
    "rare type": Wanted(types=["RETREAT"]),
    "actor by country": Wanted(actor="RUS"),
    "actor by name": Wanted(actor="Putin"),
    "nobody": Wanted(actor="Nessuno Qualunque"),
    "source": Wanted(source="Tass"),
    "since": Wanted(since="2023-09"),
    "certain": Wanted(certainty="certain", since="2023", until="2023-06"),
    "text": Wanted(text="missile"),
    "rare text": Wanted(text='"Vladimir Putin" droni'),
    "near": Wanted(near="43.1,131.9,200km"),
    "all of it": Wanted(["ASSAULT"], "RUS", source="Tass", since="2023", certainty="certain", text="guerra"),
}


def gold(shared: Path) -> tuple[list[Record], float]:
    """Their records, and the seconds that reading took, without the time to load the nets."""
    names = ("all-it-kim-russia", "all-it-reports-dev", "all-en-reports-dev")
    reports = [report for name in names for report in read(shared / "gold" / f"{name}.jsonl")]
    reader = Reader()
    list(reader.read_all(reports[:2]))
    start = time.perf_counter()
    records = list(reader.read_all(reports))
    return records, time.perf_counter() - start


def moved(record: Record, number: int) -> Record:
    """The record of another day, outlet and address."""
    by = timedelta(days=random.Random(number).randrange(-700, 700))

    def move(day: str | None) -> str | None:
        try:
            return (date.fromisoformat(str(day)[:10]) + by).isoformat()
        except ValueError:
            return day

    about = {"url": f"https://example.org/{number}", "publisher": OUTLETS[number % len(OUTLETS)], "id": ""}
    published = move(record.report.published if len(str(record.report.published)) >= 10 else "2023-09-18")
    report = replace(record.report, published=published, **about)
    times = [replace(t, earliest=move(t.earliest), latest=move(t.latest)) for t in record.times]
    return replace(record, report=report, times=times)


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Milliseconds, the median of several."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return round(median(taken), 1)


def main(shared: str, number: str = "20000", name: str | None = None) -> None:
    records, seconds = gold(Path(shared))
    reading = 1000 * seconds / len(records)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        order = list(range(int(number)))
        random.Random(0).shuffle(order)
        with path.open("w", encoding="utf-8") as lines:
            for n in order:
                report = moved(records[n % len(records)], n).report
                fields = ("text", "language", "title", "publisher", "published", "url")
                lines.write(json.dumps({field: getattr(report, field) for field in fields}) + "\n")

        def read_all(reports: Iterable[Report], *, on_error: object) -> Iterator[Record]:
            for report in reports:
                n = int(str(report.url).rpartition("/")[2])
                one = moved(records[n % len(records)], n)
                yield replace(one, report=replace(report, read_by={"fonti": "bench"}))

        start = time.perf_counter()
        for _ in islice(take(path), SAMPLE):
            pass
        intake = 1000 * (time.perf_counter() - start) / min(SAMPLE, len(order))
        store_name = name or str(Path(folder) / "store.sqlite")
        with Store(store_name, new=True) as store:
            start = time.perf_counter()
            added = add_all(store, [str(path)], read_all).added
            adding = 1000 * (time.perf_counter() - start) / added - intake
            told = {question: timed(lambda w=wanted: find(store, w)) for question, wanted in QUESTIONS.items()}
            events, quoted = count(store, Wanted()), timed(lambda: sources(store, limit=100), 3)
        figures = {
            "reports": added, "events": events, "reading_ms": round(reading, 1), "adding_ms": round(adding, 2),
            "adding_percent": round(100 * adding / reading, 1), "find_ms": told, "sources_ms": quoted,
        }  # fmt: skip
        if not store.postgres:
            files = Path(store_name).parent.glob("store.sqlite*")
            figures["bytes_a_report"] = round(sum(file.stat().st_size for file in files) / added)
        command = [sys.executable, "-m", "fonti", "find", "--store", store_name, "--actor", "RUS", "--since", "2023-09"]
        figures["command_ms"] = timed(lambda: subprocess.run(command, check=True, capture_output=True), 3)
    print(json.dumps(figures))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(*sys.argv[1:4])
