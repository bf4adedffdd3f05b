"""Statements marked in the lines of ``tests/cases/statements-LANGUAGE.txt``, as gold in the form of the other corpora.

A text on one line, then an indented line for each of its statements: source | cue | content, the parts of a broken one
joined by " … "; ``#`` begins a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "tests" / "cases"


def statements() -> dict[str, list[dict[str, Any]]]:
    """Language -> its documents."""
    return {file.stem[-2:]: list(documents(file)) for file in sorted(CASES.glob("statements-*.txt"))}


def documents(file: Path) -> Iterator[dict[str, Any]]:
    document: dict[str, Any] | None = None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            yield from [document] if document else []
            document = {"id": f"{file.stem}:{number}", "lang": file.stem[-2:], "text": line, "statements": []}
        elif document:
            document["statements"].append(statement(document, line))
    yield from [document] if document else []


def statement(document: dict[str, Any], line: str) -> dict[str, Any]:
    """Each part where it stands in the text: the content first, the others as near to it as they come."""
    source, cue, content = (part.strip() for part in line.split("|"))
    said = spans(document, content, near=0)
    near = said[0]["start"] if said else 0
    cues = spans(document, cue, near=near)
    near = cues[0]["start"] if cues else near
    return {
        "id": f"s{len(document['statements']) + 1}",
        "content": said,
        "cue": cues,
        "source": spans(document, source, near=near),
        "inside": None,
    }


def spans(document: dict[str, Any], part: str, *, near: int) -> list[dict[str, int]]:
    """Raises ``ValueError`` for words that the text does not have."""
    text, found = document["text"], []
    for words in filter(None, part.split(" … ")):
        starts = [i for i in range(len(text)) if text.startswith(words, i) and _whole(text, i, i + len(words))]
        if not starts:
            raise ValueError(f"{document['id']}: not in the text: {words!r}")
        start = min(starts, key=lambda i: abs(i - near))
        found.append({"start": start, "end": start + len(words)})
    return found


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut here; an apostrophe may stand between two."""
    inside = text[start - 1 : start + 1] if start else " "
    behind = text[end - 1 : end + 1]
    return not (inside.isalnum() and len(inside) == 2) and not (behind.isalnum() and len(behind) == 2)
