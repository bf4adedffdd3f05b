"""A user's own tables, which go before Fonti's: facts and event words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Own:
    """The files, as they were named."""

    facts: tuple[Path, ...] = ()
    lexicon: tuple[Path, ...] = ()

    def told(self) -> dict[str, list[str]]:
        """For JSON: what there is."""
        found = {"facts": self.facts, "lexicon": self.lexicon}
        return {name: [str(path) for path in paths] for name, paths in found.items() if paths}

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Own:
        """What ``told`` gave."""
        return cls(*(tuple(map(Path, told.get(name, ()))) for name in ("facts", "lexicon")))
