"""Reads real news pages and scores titles, dates and text: ``python bench/pages.py PAGES_DIR SCORE_PY``."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from fonti.errors import FontiError
from fonti.pages import read_page


def main(folder: str, score: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as records:
        for page in sorted(Path(folder).glob("*.html.gz")):
            try:
                report = read_page(gzip.decompress(page.read_bytes()), path=str(page))
            except FontiError as error:
                print(f"{page.name}: {error}", file=sys.stderr)
            else:
                records.write(json.dumps({"report": asdict(report)}, ensure_ascii=False) + "\n")
        records.flush()
        subprocess.run([sys.executable, score, folder, records.name], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
