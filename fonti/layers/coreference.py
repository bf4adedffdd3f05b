"""Which mentions mean one actor: names, roles, pronouns. Where that is not clear they stay apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from fonti.facts import Fact, Facts, fold, sound
from fonti.layers.roles import Role
from fonti.layers.syntax import lower, morph, subjects
from fonti.lexicon import lexicon
from fonti.record import Actor, ActorKind, How, Mention

Gender = Literal["feminine", "masculine"]
LEADING = ("leader", "supreme leader", "president", "head of government", "monarch")  # whom "leader" may mean
NEAR = 2  # sentences in which a pronoun looks for its person


@dataclass(slots=True)
class Chain:
    """An actor in the making: its mentions are character offsets, the first of equal names gives the name."""

    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    names: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    fact: Fact | None = None
    definite: bool = True

    def mention(self, start: int, end: int, how: How) -> None:
        if not any((m.start, m.end) == (start, end) for m in self.mentions):
            self.mentions.append(Mention(start, end, how))

    def last_before(self, position: int) -> int:
        return max((m.start for m in self.mentions if m.start < position), default=-1)

    @property
    def words(self) -> set[str]:
        return {word for name in self.names for word in sound(name).split()}


# ── names ──


def same_person(chain: Chain, name: str) -> bool:
    """Whether the name is one of the chain's, longer or shorter; initials stand for first names."""
    new = sound(name).split()
    return any(_agree(new, sound(known).split()) for known in chain.names)


def _agree(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if len(short) == 1:
        return len(short[0]) > 1 and short[0] in (long[0], long[-1])
    if _same(short[-1], long[-1]) and len(short) == len(long):
        return all(
            a == b or (1 in (len(a), len(b)) and a[0] == b[0]) or (len(a) > 3 and _same(a, b))
            for a, b in zip(short, long, strict=True)
        )
    return all(word in long for word in short) or (short[-1] == long[-1] and short[0] == long[0])


def _same(one: str, other: str) -> bool:
    """Equal, or long and one letter apart: a second transliteration."""
    return one == other or (min(len(one), len(other)) > 5 and one[0] == other[0] and one_letter_apart(one, other))


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes the two equal."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    i = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[i:] == long[i + 1 :] or (len(short) == len(long) and short[i + 1 :] == long[i + 1 :])


def same_organisation(chain: Chain, name: str, fact: Fact | None, *, common: Collection[str]) -> bool:
    """Whether the name is the chain's: its words, the same fact, its initials, or its beginning where not `common`."""
    if fact and chain.fact and fact.name:
        return fact.name == chain.fact.name
    new = fold(name).casefold()
    for known in chain.names:
        old = fold(known).casefold()
        short, long = sorted((new, old), key=len)
        initials = "".join(word[0] for word in long.split() if len(word) > 3)
        abbreviated = len(short) > 2 and short == initials and (name.isupper() or known.isupper())
        begun = len(short) > 3 and long.startswith(short + " ") and short not in common and len(long.split()) < 4
        if new == old or abbreviated or begun:
            return True
    return False


# ── roles without a name ──


def person_of(role: Role, chains: Sequence[Chain], *, before: Role | None, position: int) -> Chain | None:
    """The person of the report that a definite role means: by country and office, or the last told with these words."""
    persons = [chain for chain in chains if chain.kind == "person"]
    if role.country:
        same_country = [chain for chain in persons if chain.country == role.country]
        fit = [chain for chain in same_country if holds(chain, role, before)]
        return fit[0] if len(fit) == 1 else None
    fit = [c for c in persons if any(r.noun == role.noun for r in c.roles) and c.last_before(position) >= 0]
    return max(fit, key=lambda chain: chain.last_before(position), default=None)


def holds(chain: Chain, role: Role, before: Role | None) -> bool:
    """Whether the chain's person has that office, by the facts or by the report's own words."""
    wanted = offices_of(role, before)
    offices = {r.expression.office for r in chain.roles if r.pure} | {chain.fact.office if chain.fact else None}
    nouns = {r.noun for r in chain.roles}
    return bool(set(wanted) & offices) or (before.noun if before else role.noun) in nouns


def offices_of(role: Role, before: Role | None) -> tuple[str, ...]:
    """The offices of the facts that a role may mean; a counterpart's are those of the person told before."""
    meant = before or role
    if not role.pure or meant.expression.office is None:
        return ()
    return LEADING if meant.expression.office == "leader" else (meant.expression.office,)


def group_of(role: Role, chains: Sequence[Chain], position: int) -> Chain | None:
    """The body, outlet, group or crowd last told with the same noun, its country the same or not told."""
    if not role.definite:
        return None
    if role.kind == "agency":
        fit = [c for c in chains if c.kind == "agency"]
    else:
        fit = [c for c in chains if any(r.noun == role.noun and r.kind == role.kind for r in c.roles)]
    fit = [c for c in fit if c.last_before(position) >= 0 and role.country in (None, c.country)]
    if role.kind != "agency" and role.country is None and not role.pure:
        fit = [c for c in fit if any(r.title.casefold() == role.title.casefold() for r in c.roles)]
    return max(fit, key=lambda chain: chain.last_before(position), default=None)


# ── pronouns and dropped subjects ──


def pronoun_person(token: Token, chains: Sequence[Chain]) -> Chain | None:
    """The person that "lui", "she" plainly means: the only one near, or the subject of the clause before."""
    words = lexicon(token.doc.lang_, "actors")["words"]
    gender: Gender = "feminine" if lower(token) in words["feminine"] else "masculine"
    sentences = list(token.doc.sents)
    here = next(k for k, sentence in enumerate(sentences) if sentence.start <= token.i < sentence.end)
    start = sentences[max(0, here - NEAR)][0].idx
    own_clause = {t.i for t in subjects(token.head)} - {token.i}
    near = [
        chain
        for chain in chains
        if chain.kind == "person"
        and start <= chain.last_before(token.idx)
        and gender_of(chain, token.doc) in (None, gender)
        and not any(_covers(chain, token.doc[i]) for i in own_clause)
    ]
    if len(near) < 2:
        return near[0] if near else None
    for earlier in _subjects_before(token, sentences[here], sentences[here - 1] if here else None):
        fit = [chain for chain in near if _covers(chain, earlier)]
        if fit:
            return fit[0]
    return None


def _subjects_before(token: Token, *sentences: Span | None) -> Iterator[Token]:
    """Subjects before the token in its sentence, the nearest first, then those of the sentence before."""
    for sentence in sentences:
        if sentence is not None:
            found = [t for t in sentence if t.dep_.startswith("nsubj") and t.i < token.i]
            yield from reversed(found) if sentence is sentences[0] else iter(found)


def _covers(chain: Chain | Actor, token: Token) -> bool:
    return any(m.start <= token.idx < m.end for m in chain.mentions)


def gender_of(chain: Chain, doc: Doc) -> Gender | None:
    """By the grammar of the roles, the first name's place in the lexicon or its ending, or an earlier pronoun."""
    words = _genders(doc.lang_)
    for m in chain.mentions:
        if m.how == "pronoun" and (told := words.get(doc.text[m.start : m.end].lower())):
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


def holder(role: Role, before: Role | None, facts: Facts, published: str | None) -> Fact | None:
    """Who held the role's office at the report's date, by the facts."""
    wanted = offices_of(role, before)
    if not role.country or not wanted:
        return None
    return facts.holder(role.country, wanted, published)
