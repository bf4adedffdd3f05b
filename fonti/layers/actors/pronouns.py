"""Whom pronouns mean, where the report leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token

from fonti.layers.actors.chains import Chain
from fonti.layers.syntax import label, lower, morph, subjects
from fonti.lexicon import lexicon

Gender = Literal["feminine", "masculine"]
BODIES = ("country", "organisation", "agency", "group", "crowd")
NEAR = 2  # sentences in which a pronoun looks for its person


def pronoun_person(token: Token, chains: Sequence[Chain], text: str) -> Chain | None:
    """The person that "lui", "she" plainly means: the only one near, or the subject of the clause before.

    ``text`` is the Doc's, which spaCy builds anew each time.
    """
    words = lexicon(token.doc.lang_, "actors")["words"]
    gender: Gender = "feminine" if lower(token) in words["feminine"] else "masculine"
    own_clause = {t.i for t in subjects(token.head)} - {token.i}
    near = [
        chain
        for chain in _near(token, chains, NEAR)
        if chain.kind == "person"
        and gender_of(chain, token.doc, text) in (None, gender)
        and not any(_covers(chain, token.doc[i]) for i in own_clause)
    ]
    if len(near) < 2:
        return near[0] if near else None
    for earlier in _subjects_before(token):
        fit = [chain for chain in near if _covers(chain, earlier)]
        if fit:
            return fit[0]
    return None


def pronoun_group(token: Token, chains: Sequence[Chain], text: str) -> Chain | None:
    """The group or crowd that "loro", "they" means, if only one is near."""
    near = [chain for chain in _near(token, chains, NEAR) if chain.kind in ("group", "crowd")]
    return near[0] if len(near) == 1 else None


def pronoun_speaker(token: Token, chains: Sequence[Chain]) -> Chain | None:
    """The state or body that goes on about itself: "Bangladesh says it will not accept …"."""
    clause = token.head
    while label(clause) == "conj":
        clause = clause.head
    if label(token) != "nsubj" or label(clause) != "ccomp":
        return None
    for subject in subjects(clause.head):
        alike = all(_agree(token, subject, feature) for feature in ("Gender", "Number"))
        chain = next((c for c in chains if c.kind in BODIES and _covers(c, subject)), None)
        if chain and alike:
            return chain
    return None


def _agree(one: Token, other: Token, feature: str) -> bool:
    """Whether nothing speaks against it; a body told in the singular may be "they" where pronouns have no gender."""
    values = set(morph(one, feature)), set(morph(other, feature))
    return not all(values) or bool(values[0] & values[1])


def _near(token: Token, chains: Sequence[Chain], sentences: int) -> list[Chain]:
    """The chains told before the token in its sentence or so many sentences before it."""
    start = token.sent.start
    for _ in range(sentences):
        start = token.doc[start - 1].sent.start if start else 0
    return [chain for chain in chains if token.doc[start].idx <= chain.last_before(token.idx)]


def _subjects_before(token: Token) -> Iterator[Token]:
    """Subjects before the token in its sentence, the nearest first, then those of the sentence before."""
    sentence = token.sent
    yield from (t for t in reversed(list(sentence)) if t.dep_.startswith("nsubj") and t.i < token.i)
    if sentence.start:
        yield from (t for t in token.doc[sentence.start - 1].sent if t.dep_.startswith("nsubj"))


def _covers(chain: Chain, token: Token) -> bool:
    return any(m.start <= token.idx < m.end for m in chain.mentions)


def gender_of(chain: Chain, doc: Doc, text: str) -> Gender | None:
    """By the grammar of the roles, the first name's place in the lexicon or its ending, or an earlier pronoun."""
    words = _genders(doc.lang_)
    for m in chain.mentions:
        if m.how == "pronoun" and (told := words.get(text[m.start : m.end].lower())):
            return told
    for name in sorted(chain.names, key=len, reverse=True):
        first = name.casefold().replace("-", " ").split()[0]
        if " " in name and first in words:
            return words[first]
    if doc.lang_ != "en":
        for role in chain.roles:
            values = morph(doc[role.head], "Gender")
            if role.kind == "person" and values and role.noun[-1] in "oae" and not role.noun.endswith(("e", "ista")):
                return "feminine" if values == ["Fem"] else "masculine"
        for name in chain.names:
            first = name.casefold().split()[0]
            if " " in name and first[-1] in "ao":
                return "feminine" if first[-1] == "a" else "masculine"
    return None


@cache
def _genders(language: str) -> dict[str, Gender]:
    words = lexicon(language, "actors")["words"]
    genders: dict[str, Gender] = {}
    for gender in ("feminine", "masculine"):
        genders |= dict.fromkeys(words[gender] + words[f"{gender}_names"], gender)
    return genders
