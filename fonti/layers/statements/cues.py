"""The words that tell of saying and thinking, found in a parsed text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token

from fonti.layers import syntax
from fonti.lexicon import lexicon
from fonti.lexicon.forms import regular
from fonti.record import Act

Sort = Literal["verb", "noun", "adjective"]
_GAP = 4  # words that may stand between the parts of one cue: "ha reso ieri sera noto"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lexicon for one word: the act, and the frames that it takes."""

    words: tuple[str, ...]
    act: Act
    frames: frozenset[str]
    prepositions: frozenset[str]
    reflexive: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One language's lexicon of statements, ready to look up."""

    verbs: dict[str, list[Entry]]
    nouns: dict[str, list[Entry]]
    adjectives: dict[str, list[Entry]]
    irregular: dict[str, str]  # form -> lemma, where lemmatizers fail
    forms: dict[str, str]  # form -> lemma by the endings of regular verbs
    dropped: frozenset[str]
    one_speech: bool
    first: frozenset[str]
    third: frozenset[str]
    abstract: tuple[str, ...]
    questions: frozenset[str]  # words that open an indirect question
    to: frozenset[str]  # words that open an infinitive
    conjunctions: frozenset[str]  # words that open a clause that is said, and hardly anything else
    meanwhile: frozenset[str]  # they open a clause that is no longer said
    inner: frozenset[str]  # prepositions that go on with a noun that is said
    tellers: frozenset[str]  # nouns that tell something
    mute: tuple[str, ...]  # endings of nouns that cannot speak
    bodies: frozenset[str]  # nouns of these endings that can
    carriers: frozenset[str]  # verbs whose subject says the noun of saying that they have as object
    times: frozenset[str]  # nouns and adverbs that tell when
    markers: dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of saying in the text, with the words that belong to it."""

    token: Token
    sort: Sort
    entries: tuple[Entry, ...]
    words: tuple[Token, ...] = field(compare=False)

    def takes(self, frame: str) -> bool:
        return any(frame in entry.frames for entry in self.entries)

    def prepositions(self, frame: str) -> set[str]:
        return {case for entry in self.entries if frame in entry.frames for case in entry.prepositions}

    def act(self, frame: str) -> Act:
        """What the word does, by the frame that it stands in: the most telling of its entries."""
        fitting = [entry for entry in self.entries if frame in entry.frames] or list(self.entries)
        return next((entry.act for entry in fitting if entry.act != "asserts"), fitting[0].act)


@cache
def words(language: str) -> Words:
    """The lexicon of a language."""
    raw = lexicon(language, "statements")
    verbs = _entries(raw["verbs"], language)
    markers = {name: tuple(tuple(phrase.split()) for phrase in phrases) for name, phrases in raw["markers"].items()}
    return Words(
        verbs=verbs,
        nouns=_entries(raw["nouns"], language),
        adjectives=_entries(raw["adjectives"], language),
        irregular={form: lemma for lemma, forms in raw["forms"].items() for form in forms},
        forms=_forms(verbs, raw["endings"]),
        dropped=frozenset(raw["dropped"]),
        first=frozenset(raw["first"]),
        third=frozenset(raw["third"]),
        one_speech=raw["one_speech"],
        abstract=tuple(raw["abstract"]),
        questions=frozenset(raw["questions"]),
        to=frozenset(raw["to"]),
        conjunctions=frozenset(raw["conjunctions"]),
        meanwhile=frozenset(raw["meanwhile"]),
        inner=frozenset(raw["inner"]),
        tellers=frozenset(raw["tellers"].split()),
        mute=tuple(raw["mute"]),
        bodies=frozenset(raw["bodies"].split()),
        carriers=frozenset(raw["carriers"].split()),
        times=frozenset(raw["times"].split()),
        markers=markers,
    )


def _forms(verbs: Iterable[str], endings: dict[str, str]) -> dict[str, str]:
    """Form -> lemma for regular verbs; a form that two of them share belongs to the first."""
    found: dict[str, str] = {}
    for lemma in verbs:
        for form in regular(lemma, endings):
            found.setdefault(form, lemma)
    return found


def _entries(groups: list[dict[str, str]], language: str) -> dict[str, list[Entry]]:
    """Lemma -> its entries, those of several words first."""
    found: dict[str, list[Entry]] = {}
    for group in groups:
        for word in dict.fromkeys(group["words"].split()):
            first, *rest = word.split("_")
            reflexive = language == "it" and first.endswith("rsi")
            lemma = first[:-2] + "e" if reflexive else first
            entry = Entry(
                (lemma, *rest),
                group["act"],  # type: ignore[arg-type]
                frozenset(group["frames"]),
                frozenset(group.get("prepositions", ())),
                reflexive,
            )
            found.setdefault(lemma, []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return found


def find_cues(doc: Doc, silent: set[int]) -> list[Cue]:
    """All verbs, nouns and adjectives of the lexicon, in order; none among the silent tokens."""
    lookup = words(doc.lang_)
    return [cue for token in doc if token.i not in silent for cue in _match(token, lookup)]


def _match(token: Token, lookup: Words) -> Iterator[Cue]:
    if token.is_punct or token.is_space:
        return
    verbal = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "aux:pass", "cop")
    if verbal or (token.pos_ in ("ADJ", "NOUN") and (_participle(token) or _after_as(token, lookup))):
        lemma = _lemma(token, lookup)
        reflexive = lemma.endswith("rsi")
        entries = lookup.verbs.get(lemma[:-2] + "e" if reflexive else lemma, [])
        found = [(entry, parts) for entry in entries if (parts := _parts(token, entry, reflexive)) is not None]
        if found:
            longest = max(len(parts) for _, parts in found)
            best = [(entry, parts) for entry, parts in found if len(parts) == longest]
            group = _group(token, best[0][1])
            yield Cue(token, "verb", tuple(entry for entry, _ in best), group)
            return
    sort: Sort
    for sort, table in (("noun", lookup.nouns), ("adjective", lookup.adjectives)):
        lemma = token.lemma_.lower()
        if sort == "noun" and token.text[:1].isupper() and not token.is_sent_start:
            continue  # "il Consiglio", "the Report"
        if lemma in table and token.pos_ in (("NOUN",) if sort == "noun" else ("ADJ", "VERB")):
            yield Cue(token, sort, tuple(table[lemma]), (token,))
            return


def _lemma(token: Token, lookup: Words) -> str:
    """The verb's lemma, from the lexicon's forms where the lemmatizer's is no word of ours."""
    form, lemma = syntax.lower(token), token.lemma_.lower()
    if form in lookup.irregular:
        return lookup.irregular[form]
    return lemma if lemma in lookup.verbs or lemma.endswith("rsi") else lookup.forms.get(form, lemma)


def _after_as(token: Token, lookup: Words) -> bool:
    """Whether a verb of ours stands behind "come", though the tags call it a noun: "come nota la Cnn, …"."""
    if token.i == 0 or (syntax.lower(token.nbor(-1)),) not in lookup.markers["as"]:
        return False
    following = token.doc[token.i + 1 : token.i + 2]
    return syntax.lower(token) in lookup.forms and bool(following) and following[0].pos_ in ("DET", "PROPN")


def _participle(token: Token) -> bool:
    return "Part" in syntax.morph(token, "VerbForm") or bool(syntax.children(token, "obl:agent"))


def _parts(token: Token, entry: Entry, reflexive: bool) -> list[Token] | None:
    """The further words of an entry, near the verb; None where one is missing."""
    if entry.reflexive and not reflexive and not _clitic(token):
        return None
    parts: list[Token] = []
    at = token.i + 1
    for word in entry.words[1:]:
        near = token.doc[at : min(at + _GAP, len(token.doc))]
        part = next((other for other in near if word in (syntax.lower(other), other.lemma_.lower())), None)
        if part is None:
            return None
        parts.append(part)
        at = part.i + 1
    return parts


def _clitic(token: Token) -> bool:
    if syntax.lower(token).endswith(("rsi", "dosi", "tosi", "rmi", "rci")):
        return True
    clitics = syntax.children(token, "expl", "obj", "iobj")
    return any(syntax.lower(clitic) in ("si", "s'", "mi", "ci", "ti", "vi") for clitic in clitics)


def _group(token: Token, parts: list[Token]) -> tuple[Token, ...]:
    """The cue's words in order, with the adverbs between them: "ha anche reso noto"."""
    own = {word.i for word in (*syntax.predicate(token), *parts)}
    before = token.i - 1
    while before >= 0 and token.doc[before].pos_ in ("AUX", "ADV") and not token.doc[before].is_sent_start:
        own |= {before} if token.doc[before].pos_ == "AUX" else set()
        before -= 1
    own = {i for i in own if i <= token.i or token.doc[i].pos_ != "AUX"}
    low, high = min(own), max(own)
    gaps = [i for i in range(low, high + 1) if i not in own]
    whole = len(gaps) <= _GAP - 1 and not any(token.doc[i].is_punct for i in gaps)
    return tuple(token.doc[i] for i in (range(low, high + 1) if whole else sorted(own)))
