"""Events of the Italian and English reports by halves, beside what a constant reaches.

    python bench/events.py SHARED

Rules were written after reading the errors of the reports of even number; the odd ones nobody read. Prints F1 in
percent of types, arguments, sides and who to whom; then, over the events of the right type, how many have the right
certainty, polarity, tense, time and source. ``constant`` gives every side the report's most named country.
"""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from score import scorer

from fonti.intake import read
from fonti.reader import Reader


def constant(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its most named country on both sides of each event."""
    named = Counter(actor["country"] for actor in record["actors"] for _ in actor["mentions"] if actor["country"])
    side = [{"start": 0, "end": 0, "actor": "home"}]
    made = copy.deepcopy(record)
    made["actors"].append({"id": "home", "country": named.most_common(1)[0][0] if named else None})
    for event in made["events"]:
        event["actors"] = event["recipients"] = side
    return made


def main(shared: Path) -> None:
    module, reader = scorer(shared), Reader()
    for name in ("all-it-reports-dev", "all-en-reports-dev"):
        file = shared / "gold" / f"{name}.jsonl"
        gold, records = module.load(file), [json.loads(r.to_json()) for r in reader.read_all(read(str(file)))]
        for part, some in (("even", slice(0, None, 2)), ("odd", slice(1, None, 2)), ("all", slice(None))):
            figures = module.score_events(gold[some], records[some])
            told = [figures[key]["F1"] for key in ("typed", "arguments", "sides", "who_to_whom")]
            told += [figures[key] for key in ("certainty", "polarity", "tense", "time_value", "said_by")]
            alone = module.score_events(gold[some], [constant(record) for record in records[some]])
            beside = f"constant: sides {alone['sides']['F1']:.1f}, who to whom {alone['who_to_whom']['F1']:.1f}"
            print(f"{name} {part:5}", *(f"{value:5.1f}" for value in told), beside)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
