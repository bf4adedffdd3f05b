"""The words that tell of saying and thinking, found in a parsed text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np
from spacy.tokens import Doc, Token

from fonti.layers import syntax
from fonti.lexicon import lexicon
from fonti.lexicon.forms import regular
from fonti.record import Act

Sort = Literal["verb", "noun", "adjective"]
Phrase = tuple[str, ...]
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
    guide: str  # by whose habits the judge reads
    least: float  # log odds of a statement
    parts: int  # words of a quotation that is a statement of its own inside another; 0: it never is
    first: frozenset[str]
    third: frozenset[str]
    abstract: tuple[str, ...]
    reflexive: dict[str, str]  # endings of reflexive verbs -> those of their lemmas
    selves: frozenset[str]  # pronouns that make a verb reflexive
    enclitics: tuple[str, ...]  # endings of forms with such a pronoun
    questions: frozenset[str]  # words that open an indirect question
    to: frozenset[str]  # words that open an infinitive
    conjunctions: frozenset[str]  # words that open a clause that is said, and hardly anything else
    meanwhile: frozenset[str]  # they open a clause that is no longer said
    nominal: frozenset[str]  # words that open the clause of a noun
    inner: frozenset[str]  # prepositions that go on with a noun that is said
    of: frozenset[str]  # prepositions that say whose a noun is
    tellers: frozenset[str]  # nouns that tell something
    mute: tuple[str, ...]  # endings of nouns that cannot speak
    bodies: frozenset[str]  # nouns of these endings that can
    nobody: frozenset[str]  # words that are no source, though trees take them for subjects
    carriers: frozenset[str]  # verbs whose subject says the noun of saying that they have as object
    times: frozenset[str]  # nouns and adverbs that tell when
    markers: dict[str, tuple[Phrase, ...]]
    openers: dict[str, list[tuple[str, Phrase]]]  # first word -> the kind and the words of a marker of a source
    reported: frozenset[str]  # forms in a mood that tells hearsay
    moods: frozenset[str]  # that may tell it
    perfect: bool  # only in a perfect tense
    unless: frozenset[str]  # conditions
    repeats: bool  # what goes on is told with the source of the statement before
    committed: frozenset[str]  # cues of what the writer takes for a fact
    detached: frozenset[str]  # cues that keep the writer off


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
    reflexive = raw["reflexive"]
    verbs = _entries(raw["verbs"], reflexive)
    markers = {name: tuple(tuple(phrase.split()) for phrase in phrases) for name, phrases in raw["markers"].items()}
    return Words(
        verbs=verbs,
        nouns=_entries(raw["nouns"], reflexive),
        adjectives=_entries(raw["adjectives"], reflexive),
        irregular={form: lemma for lemma, forms in raw["forms"].items() for form in forms},
        forms=_forms(verbs, raw["endings"]),
        dropped=frozenset(raw["dropped"]),
        first=frozenset(raw["first"]),
        third=frozenset(raw["third"]),
        one_speech=raw["one_speech"],
        guide=raw["guide"],
        least=raw["least"],
        parts=raw["parts"],
        abstract=tuple(raw["abstract"]),
        reflexive=reflexive,
        selves=frozenset(raw["selves"]),
        enclitics=tuple(raw["enclitics"]),
        questions=frozenset(raw["questions"]),
        to=frozenset(raw["to"]),
        conjunctions=frozenset(raw["conjunctions"]),
        meanwhile=frozenset(raw["meanwhile"]),
        nominal=frozenset(raw["nominal"]),
        inner=frozenset(raw["inner"]),
        of=frozenset(raw["of"]),
        tellers=frozenset(raw["tellers"].split()),
        mute=tuple(raw["mute"]),
        bodies=frozenset(raw["bodies"].split()),
        nobody=frozenset(raw["nobody"]),
        carriers=frozenset(raw["carriers"].split()),
        times=frozenset(raw["times"].split()),
        markers=markers,
        openers=_openers(markers),
        reported=frozenset(raw["reported"]["forms"].split()),
        moods=frozenset(raw["reported"]["moods"]),
        perfect=raw["reported"]["perfect"],
        unless=frozenset(raw["reported"]["unless"]),
        repeats=raw["reported"]["repeats"],
        committed=frozenset(raw["commitment"]["committed"].split()),
        detached=frozenset(raw["commitment"]["detached"].split()),
    )


def _openers(markers: dict[str, tuple[Phrase, ...]]) -> dict[str, list[tuple[str, Phrase]]]:
    found: dict[str, list[tuple[str, Phrase]]] = {}
    for name in ("sources", "people", "own", "hearsay", "behind"):
        for phrase in markers[name]:
            found.setdefault(phrase[0], []).append((name, phrase))
    return found


def _forms(verbs: Iterable[str], endings: dict[str, str]) -> dict[str, str]:
    """Form -> lemma for regular verbs; a form that two of them share belongs to the first."""
    found: dict[str, str] = {}
    for lemma in verbs:
        for form in regular(lemma, endings):
            found.setdefault(form, lemma)
    return found


def _plain(lemma: str, reflexive: dict[str, str]) -> str:
    """The lemma of a reflexive verb without its pronoun: "dire" for "dirsi"; any other as it is."""
    ending = next((ending for ending in reflexive if lemma.endswith(ending)), None)
    return lemma if ending is None else lemma.removesuffix(ending) + reflexive[ending]


def _entries(groups: list[dict[str, str]], reflexive: dict[str, str]) -> dict[str, list[Entry]]:
    """Lemma -> its entries, those of several words first."""
    found: dict[str, list[Entry]] = {}
    for group in groups:
        for word in dict.fromkeys(group["words"].split()):
            first, *rest = word.split("_")
            lemma = _plain(first, reflexive)
            entry = Entry(
                (lemma, *rest),
                group["act"],  # type: ignore[arg-type]
                frozenset(group["frames"]),
                frozenset(group.get("prepositions", ())),
                lemma != first,
            )
            found.setdefault(lemma, []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return found


def find_cues(doc: Doc, silent: set[int]) -> list[Cue]:
    """All verbs, nouns and adjectives of the lexicon, in order; none among the silent tokens."""
    lookup = words(doc.lang_)
    worded = np.array([doc.vocab.strings[name] for name in ("VERB", "AUX", "NOUN", "ADJ", "ADV")], np.uint64)
    places = np.flatnonzero(np.isin(doc.to_array(["POS"]), worded)).tolist()
    return [cue for i in places if i not in silent for cue in _match(doc[i], lookup)]


def _match(token: Token, lookup: Words) -> Iterator[Cue]:
    verbal = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "aux:pass", "cop")
    named = token.pos_ in ("ADJ", "NOUN") and (_participle(token) or _after_as(token, lookup))
    if verbal or named or _before_clause(token, lookup):
        lemma = _lemma(token, lookup)
        plain = _plain(lemma, lookup.reflexive)
        reflexive = plain != lemma or _reflexive(token, lookup)
        entries = lookup.verbs.get(plain, [])
        found = [(entry, parts) for entry in entries if (parts := _parts(token, entry, reflexive)) is not None]
        if found:
            longest = max(len(parts) for _, parts in found)
            best = [(entry, parts) for entry, parts in found if len(parts) == longest]
            group = _group(token, best[0][1])
            yield Cue(token, "verb", tuple(entry for entry, _ in best), group)
            return
    sort: Sort
    for sort, table in (("noun", lookup.nouns), ("adjective", lookup.adjectives)):
        lemma = token.lemma_ if token.lemma_ in table else token.lemma_.lower()
        if sort == "noun" and lemma.islower() and token.text[:1].isupper() and not token.is_sent_start:
            continue  # "il Consiglio", "the Report"; where all nouns have capitals, the lexicon's have them too
        if lemma in table and token.pos_ in (("NOUN",) if sort == "noun" else ("ADJ", "VERB")):
            yield Cue(token, sort, tuple(table[lemma]), (token,))
            return


def _lemma(token: Token, lookup: Words) -> str:
    """The verb's lemma, from the lexicon's forms where the lemmatizer's is no word of ours."""
    form, lemma = syntax.lower(token), token.lemma_.lower()
    if form in lookup.irregular:
        return lookup.irregular[form]
    known = lemma in lookup.verbs or _plain(lemma, lookup.reflexive) != lemma
    return lemma if known else lookup.forms.get(form, lemma)


def _after_as(token: Token, lookup: Words) -> bool:
    """Whether a verb of ours stands behind "come", though the tags call it a noun: "come nota la Cnn, …"."""
    at = token.i - 1
    while at > 0 and (syntax.lower(token.doc[at]),) in lookup.markers["clitics"]:  # "comme le note la Cnn"
        at -= 1
    if at < 0 or (syntax.lower(token.doc[at]),) not in lookup.markers["as"]:
        return False
    following = token.doc[token.i + 1 : token.i + 2]
    return syntax.lower(token) in lookup.forms and bool(following) and following[0].pos_ in ("DET", "PROPN")


def _before_clause(token: Token, lookup: Words) -> bool:
    """Whether a verb of ours stands before a clause, though the tags call it something else: "l'ONU nie que …"."""
    if token.pos_ not in ("ADJ", "ADV") or token.i + 1 == len(token.doc) or token.lemma_.lower() in lookup.adjectives:
        return False
    form, following = syntax.lower(token), token.nbor()
    clause = following.pos_ == "SCONJ" and syntax.lower(following) in lookup.conjunctions
    return clause and (form in lookup.forms or form in lookup.irregular)


def _participle(token: Token) -> bool:
    return "Part" in syntax.morph(token, "VerbForm") or bool(syntax.children(token, "obl:agent"))


def _parts(token: Token, entry: Entry, reflexive: bool) -> list[Token] | None:
    """The further words of an entry, near the verb or its particles; None where one is missing."""
    if entry.reflexive and not reflexive:
        return None
    particles = syntax.children(token, "compound:prt")  # "gaf de minister van Defensie toe": at any distance
    parts: list[Token] = []
    at = token.i + 1
    for word in entry.words[1:]:
        near = token.doc[at : min(at + _GAP, len(token.doc))]
        part = next((other for other in near if word in (syntax.lower(other), other.lemma_.lower())), None)
        if part is None or (syntax.label(part) == "case" and word == entry.words[-1] and part.i > at):
            part = next((child for child in particles if syntax.lower(child) == word), None)
        if part is None:
            return None
        parts.append(part)
        at = part.i + 1
    return parts


def _reflexive(token: Token, lookup: Words) -> bool:
    clitics = syntax.children(token, "expl", "obj", "iobj")
    joined = syntax.lower(token).endswith(lookup.enclitics)
    return joined or any(syntax.lower(clitic) in lookup.selves for clitic in clitics)


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
    sides = {child.i for child in syntax.children(token, "nsubj", "obj") if child.pos_ in ("NOUN", "PROPN")}
    whole = len(gaps) <= _GAP - 1 and not any(token.doc[i].is_punct or i in sides for i in gaps)
    return tuple(token.doc[i] for i in (range(low, high + 1) if whole else sorted(own)))
