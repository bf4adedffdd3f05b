"""How fast Fonti reads, as ratios measured in one run.

    python bench/speed.py [TEXTS [MODEL]]

First line: runs the installed `fonti read` on an example three times and prints the best time to its first line, the
peak memory, and the time as a multiple of importing spaCy alone, which says how busy or slow the machine is.

Layers: with TEXTS (JSON lines with a `text`), what each layer takes on top of the parse, in percent of it, when what
they need is loaded.

Nets: with TEXTS (JSON lines with a `text`) and MODEL (an installed spaCy pipeline of their language, such as
fr_core_news_sm), words a second on one core, tokens to sentences, tags, lemmas, trees and names, in batches, by Fonti
and by MODEL in turn; and the ratio.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LAYERS = ("parse", "find_times", "find_names", "find_actors", "find_places", "find_statements", "find_events")
REPORT = Path(__file__).parents[1] / "examples" / "visita.txt"


def first_line(command: list[str]) -> tuple[float, int]:
    """Seconds to the first line of output, and the peak memory in MB."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        seconds = time.perf_counter() - start
        process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed")
    return seconds, usage.ru_maxrss // 1024


def reading() -> dict[str, float]:
    runs = [first_line([sys.executable, "-m", "fonti", "read", str(REPORT)]) for _ in range(3)]
    spacy = min(first_line([sys.executable, "-c", "import spacy; print()"])[0] for _ in range(3))
    best = min(seconds for seconds, _ in runs)
    return {"first_line_s": best, "memory_MB": max(mb for _, mb in runs), "times_import_spacy": best / spacy}


def nets(texts: Path, model: str) -> dict[str, float]:
    import spacy

    from fonti.layers.parse import pipeline

    read = [json.loads(line)["text"] for line in texts.open(encoding="utf-8")]
    stock = spacy.load(model)
    ours = pipeline(stock.lang)
    speeds: dict[str, float] = {}
    for name, nlp in (("fonti", ours), (model, stock)) * 2:
        start, words = time.process_time(), 0
        for doc in nlp.pipe(read, batch_size=32):
            words += len(doc)
        speeds[name] = max(speeds.get(name, 0), words / (time.process_time() - start))
    return {f"{name}_words_per_s": speed for name, speed in speeds.items()} | {"ratio": speeds["fonti"] / speeds[model]}


def layers(texts: Path) -> dict[str, float]:
    from fonti import reader
    from fonti.intake import read

    spent: dict[str, float] = dict.fromkeys(LAYERS, 0.0)

    def timed(name: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def timing(*args: Any, **more: Any) -> Any:
            start = time.process_time()
            found = run(*args, **more)
            spent[name] += time.process_time() - start
            return found

        return timing

    for name in LAYERS:
        setattr(reader, name, timed(name, getattr(reader, name)))
    reports = list(read(str(texts)))
    for _ in range(2):
        spent |= dict.fromkeys(LAYERS, 0.0)
        for _ in reader.Reader().read_all(reports):
            pass
    return {f"{name}_percent": 100 * seconds / spent["parse"] for name, seconds in spent.items() if name != "parse"}


def main(texts: str | None = None, model: str | None = None) -> None:
    figures = reading() | (layers(Path(texts)) if texts else {}) | (nets(Path(texts), model) if texts and model else {})
    print(json.dumps({k: round(v, 2) for k, v in figures.items()}))


if __name__ == "__main__":
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[threads] = "1"
    main(*sys.argv[1:3])
