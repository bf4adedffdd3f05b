"""Any label of a record in words: event types and modes, sectors, acts, kinds, relations, countries."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from .errors import FontiError


class LabelError(FontiError):
    """A label that no record has."""


@dataclass(frozen=True, slots=True)
class Label:
    """A row of `labels.tsv`."""

    kind: str
    label: str
    short: str  # in a word or two, where it stands between others
    words: str


def explain(label: str) -> list[Label]:
    """What the label means, in each kind that has it; case does not count."""
    found = _labels().get(label.strip().casefold(), [])
    if not found:
        shown = {key: labels[0].label for key, labels in _labels().items()}
        near = get_close_matches(label.strip().casefold(), shown, n=3, cutoff=0.5)
        hint = f"near to it: {', '.join(shown[key] for key in near)}" if near else "`fonti schema` tells what there is"
        raise LabelError("no such label", hint, where=repr(label))
    return found


def short(label: str | None) -> str:
    """An event's type or mode in a noun, a statement's act in a verb; empty for other labels."""
    return next((row.short for row in _labels().get((label or "").casefold(), []) if row.short), "")


def words(label: str, *, kind: str) -> str:
    """A label of one kind in words, or the label itself."""
    return next((row.words for row in _labels().get(label.casefold(), []) if row.kind == kind), label)


@cache
def _labels() -> dict[str, list[Label]]:
    from .facts import facts

    table = files("fonti").joinpath("data", "labels.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    labels = [Label(*row) for row in rows[1:]]
    countries = {facts().country(form) or "" for form in facts().forms("country")} - {""}
    labels += [Label("country", code, "", facts().common_name(code, "en")) for code in sorted(countries)]
    by_label: dict[str, list[Label]] = {}
    for row in labels:
        by_label.setdefault(row.label.casefold(), []).append(row)
    return by_label
