"""How long a reader waits for the first line, and how much memory it takes.

    python bench/speed.py [REPORT]

Runs the installed `fonti read REPORT` three times and prints the best time to its first line, the peak memory, and the
time as a multiple of importing spaCy alone in the same run, which says how busy or slow the machine is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

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


def main(report: str) -> None:
    runs = [first_line([sys.executable, "-m", "fonti", "read", report]) for _ in range(3)]
    spacy = min(first_line([sys.executable, "-c", "import spacy; print()"])[0] for _ in range(3))
    best = min(seconds for seconds, _ in runs)
    figures = {"first_line_s": best, "memory_MB": max(mb for _, mb in runs), "times_import_spacy": best / spacy}
    print(json.dumps({k: round(v, 2) for k, v in figures.items()}))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(REPORT))
