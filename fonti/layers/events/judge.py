"""A small net that judges events: which words tell an act of which type, how it is told, and who takes part in it.

``models/events.py`` trains it, on what the rules find (``triggers``, ``sides``) among other things: a word that no
lexicon lists may tell an act, and a listed one may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ...nets import path
from ..judges import Reads, Scores, bent
from .features import PAIR, TRIGGER, TYPES, WORD, Stretch, pairs, trigger

# what is asked of each trigger beside its type, and the answers
ASKED = {
    "certainty": ("certain", "probable", "possible"),
    "polarity": ("positive", "negative"),
    "tense": ("past", "present", "future"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the net says of a trigger, as log odds: of each type against none, of each word that it is of an actor or of
    a recipient, and of each answer to what is asked."""

    place: int  # of the trigger, in the stretch
    stretch: Stretch
    type: str
    types: Scores
    actor: Scores
    recipient: Scores
    answers: dict[str, Scores]


class Judge(Reads):
    """The net of ``models/events.py`` at run time."""

    def verdicts(
        self, stretches: Sequence[Stretch], choose: Callable[[Stretch, Scores], dict[int, str]]
    ) -> Iterator[Verdict]:
        """Of the triggers that `choose` takes, by their place and type, from the log odds of each word and type."""
        for stretch, states in self.states(sorted(stretches, key=lambda stretch: -len(stretch.words)), WORD):
            types = bent(states["typed"]) @ self._tables["type"] + self._tables["type:bias"]
            types = types[:, 1:] - types[:, :1]
            chosen = choose(stretch, types)
            if not chosen:
                continue
            doc, places = stretch.doc, list(chosen)
            tokens = [doc[stretch.start + place] for place in places]
            told = np.array([trigger(stretch, token, chosen[i]) for i, token in zip(places, tokens, strict=True)])
            cues = states["cue"][places] + self.sum("cue", TRIGGER, told)
            sides = bent(states["token"] + cues[:, None] + self.sum("pair", PAIR, pairs(stretch, tokens)))
            sides = sides @ self._tables["side"] + self._tables["side:bias"]
            how = bent(states["how"][places] + self.sum("cue", TRIGGER, told)) @ self._tables["how"]
            how += self._tables["how:bias"]
            cuts = np.cumsum([len(answers) for answers in ASKED.values()])[:-1]
            for row, place in enumerate(places):
                answers = dict(zip(ASKED, np.split(how[row], cuts), strict=True))
                actor, recipient = sides[row].T
                yield Verdict(place, stretch, chosen[place], types[place], actor, recipient, answers)


@cache
def judge() -> Judge:
    """The judge that Fonti brings along."""
    return Judge.load(path("events"))


__all__ = ["ASKED", "TYPES", "Judge", "Verdict", "judge"]
