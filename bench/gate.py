"""Hold the figures of ``bench/score.py`` against their floors, which only rise.

python bench/gate.py SHARED            exit 1 where a figure fell below its floor
python bench/gate.py SHARED --raise    write the figures that rose into floors.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from score import score

FLOORS = Path(__file__).with_name("floors.json")


def main(shared: str, *, rise: bool) -> int:
    floors = json.loads(FLOORS.read_text())
    figures = score(Path(shared), set())
    fallen = 0
    for name, measures in figures.items():
        for measure, value in measures.items():
            floor = floors.get(name, {}).get(measure, 0.0)
            fell = value < floor
            fallen += fell
            print(f"{name:44} {measure:18} {value:6.2f}  floor {floor:6.2f}" + ("  FELL" if fell else ""))
            if rise and not fell:
                floors.setdefault(name, {})[measure] = value
    if rise:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], rise="--raise" in sys.argv[2:]))
