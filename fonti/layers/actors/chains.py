"""Which mentions mean one actor: names, roles, pronouns. Where that is not clear they stay apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from fonti.facts import Fact, Facts, fold, sound
from fonti.layers.actors.roles import Role
from fonti.record import ActorKind, How, Mention

LEADING = ("leader", "supreme leader", "president", "head of government", "monarch")  # whom "leader" may mean


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
    body: str | None = None  # the noun that its name starts with: "governo" of "governo inglese"
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
    return any(_agree(name, known) for known in chain.names)


def _agree(one: str, other: str) -> bool:
    brief, full = sorted((one, other), key=lambda name: len(sound(name).split()))
    short, long = sound(brief).split(), sound(full).split()
    if short == long:
        return True
    if len(short) == 1:  # a surname; it stands first in Korean and Chinese names: "Kim Jong-un", "Xi Jinping"
        eastern = len(long) == 3 and ("-" in full or max(map(len, long)) < 5)
        first_too = eastern or len(short[0]) < 4
        return len(short[0]) > 1 and (short[0] == long[-1] or (first_too and short[0] == long[0]))
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
        holding = [chain for chain in persons if holds(chain, role, before)]
        fit = [chain for chain in holding if chain.country == role.country]
        if not fit and len(holding) == 1 and holding[0].country is None and before is None:
            fit = holding  # "il premier Rossi", and no other premier in the report
        return fit[0] if len(fit) == 1 else None
    fit = [c for c in persons if any(_told_by(role, r) for r in c.roles) and c.last_before(position) >= 0]
    return max(fit, key=lambda chain: chain.last_before(position), default=None)


def holds(chain: Chain, role: Role, before: Role | None) -> bool:
    """Whether the chain's person has that office, by the facts or by the report's own words."""
    wanted = offices_of(role, before)
    offices = {r.expression.office for r in chain.roles if r.pure} | {chain.fact.office if chain.fact else None}
    meant = before or role
    return bool(set(wanted) & offices) or any(_told_by(meant, r) for r in chain.roles)


def _told_by(role: Role, known: Role) -> bool:
    """Whether a role's noun is the known one's, or its main word: "il ministro" for "il ministro della Difesa".

    Where it says more, "il ministro dell'Energia", that must be the same.
    """
    if not role.pure and role.title.casefold() != known.title.casefold():
        return False
    return role.noun == known.noun or (" " not in role.noun and role.noun in known.expression.words)


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
        fit = [
            c
            for c in chains
            if c.body == role.noun or any(r.noun == role.noun and r.kind == role.kind for r in c.roles)
        ]
    fit = [c for c in fit if c.last_before(position) >= 0 and role.country in (None, c.country)]
    if role.country is None and not role.pure:  # "la télévision nationale" is not the agency told before
        fit = [c for c in fit if any(r.title.casefold() == role.title.casefold() for r in c.roles)]
    return max(fit, key=lambda chain: chain.last_before(position), default=None)


def holder(role: Role, before: Role | None, facts: Facts, published: str | None) -> Fact | None:
    """Who held the role's office at the report's date, by the facts."""
    wanted = offices_of(role, before)
    if not role.country or not wanted:
        return None
    return facts.holder(role.country, wanted, published)
