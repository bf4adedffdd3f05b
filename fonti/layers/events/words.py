"""The event words of a language: ``concepts.toml`` says what they mean, ``<language>/events.toml`` which they are."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from ... import lexicon as lexicon_package
from ...lexicon import lexicon
from ...lexicon.forms import forms
from ...record import CasualtyKind, Context, EventType
from ..syntax import without_article

SHORTEST = 5  # letters of a word that may end a compound
PARTS = ("verbs", "nouns", "adjectives")
BOUNDS = ("least", "most", "about")
MARKS = {"!": "any", "?": "public", "&": "recipient"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word for an act: what it means, where its sides stand, and what must stand beside it."""

    lemma: str
    concept: str
    type: EventType
    mode: str | None
    gate: str
    actor: tuple[str, ...]  # slots of a verb
    recipient: tuple[str, ...]
    noun: tuple[str, ...]  # slots of a noun
    of: str  # what the "of" of a noun is: actor, recipient or none
    negated: EventType | None = None
    reciprocal: bool = False
    absorbs: bool = False
    opens: bool = False
    object: frozenset[str] = frozenset()  # classes
    without: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    predicate: frozenset[str] = frozenset()
    reflexive: bool = False
    rest: tuple[str, ...] = ()  # of a phrase: the words that must stand with its first
    trigger: int | None = None  # of a phrase: which of its words is the trigger; the word over the others unless told


@dataclass(slots=True)
class EventWords:
    """All the event words of a language."""

    verbs: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    adjectives: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    support: dict[str, frozenset[str]] = field(default_factory=dict)
    certainty: dict[str, frozenset[str]] = field(default_factory=dict)
    slots: dict[str, frozenset[str]] = field(default_factory=dict)
    quiet: tuple[str, ...] = ()  # subjects that tell of no political act
    subjects: dict[str, list[str]] = field(default_factory=dict)  # word -> those of them that it shows
    back: frozenset[str] = frozenset()  # determiners that point back
    after: frozenset[str] = frozenset()  # prepositions under which a bare act was told before
    figurative: frozenset[str] = frozenset()
    numbers: dict[str, float] = field(default_factory=dict)
    casualties: dict[str, frozenset[str]] = field(default_factory=dict)
    contexts: dict[Context, frozenset[str]] = field(default_factory=dict)
    bounds: dict[str, str] = field(default_factory=dict)  # what stands before a number -> least, most or about
    complex: frozenset[str] = frozenset()  # prepositions with a noun in them: "in confronti di"
    whether: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    reflexives: frozenset[str] = frozenset()
    reflexive_endings: tuple[str, ...] = ()
    drops_subject: bool = False
    object_marks: frozenset[str] = frozenset()  # prepositions of a direct object that is a person: "criticó a X"
    particles: bool = False  # whether a verb's particle belongs to its lemma: "griff … an"
    heads: dict[str, str] = field(default_factory=dict)  # form -> lemma of what ends a compound: "Luftangriffe"
    verb_forms: dict[str, str] = field(default_factory=dict)  # for words that the lemmatizer does not know
    noun_forms: dict[str, str] = field(default_factory=dict)

    def of_class(self, name: str, lemma: str) -> bool:
        return lemma in self.classes.get(name, ())


@cache
def concepts() -> dict[str, Any]:
    return tomllib.loads(files(lexicon_package.__name__).joinpath("concepts.toml").read_text(encoding="utf-8"))


Blocks = Sequence[dict[str, Any]]


@cache
def event_words(language: str) -> EventWords:
    """The words of a language (ISO 639-1), ready to look up."""
    return words_of(language)


def words_of(language: str, own: Blocks = (), own_concepts: dict[str, Any] | None = None) -> EventWords:
    """The words of a language, those of an analyst's own lexicon before Fonti's."""
    data = lexicon(language, "events")
    slots = {name: frozenset(_plain(language, words) for words in given) for name, given in data["slots"].items()}
    grammar = data["grammar"]
    words = EventWords(
        classes={name: frozenset(text.split()) for name, text in data["classes"].items()},
        support={name: frozenset(text.split()) for name, text in data["support"].items()},
        certainty={name: frozenset(text.split()) for name, text in data["certainty"].items()},
        slots=slots,
        complex=frozenset(case for cases in slots.values() for case in cases if case.count(" ") == 2),
        whether=frozenset(grammar["whether"]),
        relatives=frozenset(grammar["relatives"]),
        reflexives=frozenset(grammar["reflexives"]),
        reflexive_endings=tuple(grammar["reflexive_endings"]),
        drops_subject=grammar["drops_subject"],
        object_marks=frozenset(grammar.get("object_marks", [])),
        particles=grammar.get("particles", False),
        back=frozenset(data["back"]["determiners"].split()),
        after=frozenset(_plain(language, words) for words in data["back"]["after"]),
        figurative=frozenset(data["back"]["figurative"].split()),
        quiet=tuple(data["quiet"]),
        numbers={word: float(value) for word, value in data["numbers"].items()},
        casualties={kind: frozenset(data["casualties"][kind].split()) for kind in (*get_args(CasualtyKind), "subject")},
        contexts={
            name: frozenset(data["contexts"][name].split()) for name in get_args(Context) if name in data["contexts"]
        },
        bounds={words: bound for bound in BOUNDS for words in data["casualties"][bound]},
    )
    for subject, listed in data["quiet"].items():
        for form in listed.split():
            words.subjects.setdefault(form, []).append(subject)
    ending = grammar.get("reflexive_infinitive", ["rsi", "re"])
    for blocks, known in ((own, concepts() | (own_concepts or {})), (data["words"], concepts())):
        for name, table in _tables(blocks, known, ending).items():
            for lemma, readings in table.items():
                getattr(words, name)[lemma] += readings
    words.verb_forms = forms(
        [*words.verbs, *words.phrases, *sorted(words.support["active"])], language=language, pos="verbs"
    )
    words.noun_forms = forms(words.nouns, language=language, pos="nouns")
    if grammar.get("compounds", False):
        ends = dict.fromkeys([*words.nouns, *(word for names in words.classes.values() for word in sorted(names))])
        found = forms(ends, language=language, pos="nouns") | {word: word for word in ends}
        words.heads = {form: lemma for form, lemma in found.items() if min(len(form), len(lemma)) >= SHORTEST}
    return words


def _tables(blocks: Blocks, known: dict[str, Any], ending: list[str]) -> dict[str, dict[str, list[Word]]]:
    """The words of blocks by part of speech and lemma, in the order in which their readings are tried."""
    tables: dict[str, dict[str, list[Word]]] = {name: defaultdict(list) for name in (*PARTS, "phrases")}
    for block in blocks:
        for pos in PARTS:
            for text in block.get(pos, "").split():
                word = _word(block, known, text, pos, ending)
                tables[pos][word.lemma].append(word)
        for line in block.get("phrases", "").strip().splitlines():
            phrase = _phrase(block, known, line, ending)
            tables["phrases"][phrase.lemma].append(phrase)
    for pos in PARTS:
        for found in tables[pos].values():
            found.sort(key=lambda word: not (word.object or word.near or word.predicate))
    for found in tables["phrases"].values():
        found.sort(key=lambda word: (word.concept != "none", -len(word.rest)))
    return tables


def _plain(language: str, preposition: str) -> str:
    """A preposition as trees are asked for it, without articles: "in confronti di" for "nei confronti di"."""
    return " ".join(without_article(word, language) for word in preposition.split())


def _word(block: dict[str, Any], known: dict[str, Any], text: str, pos: str, ending: list[str]) -> Word:
    mark = MARKS.get(text[-1])
    lemma = text.rstrip("!?&")
    if pos == "verbs":
        lemma, reflexive = _reflexive(lemma, ending)
        return _make(block, known, lemma=lemma, gate=mark, reflexive=reflexive)
    return _make(block, known, lemma=lemma, gate=mark)


def _reflexive(lemma: str, ending: list[str]) -> tuple[str, bool]:
    """The verb without the pronoun written with it, and whether it has one: "incontrarsi", "reunirse"."""
    written, plain = ending
    return (lemma.removesuffix(written) + plain, True) if lemma.endswith(written) else (lemma, False)


def _phrase(block: dict[str, Any], known: dict[str, Any], line: str, ending: list[str]) -> Word:
    parts = line.split()
    trigger = next((i for i, part in enumerate(parts) if part.startswith("*")), None)
    gate = next((MARKS[part[-1]] for part in parts if part[-1] in MARKS), None)
    head, *rest = (part.lstrip("*").rstrip("!?&") for part in parts)
    head, reflexive = _reflexive(head, ending)
    return _make(
        block, known, lemma=head, gate=gate, reflexive=reflexive, rest=tuple(rest), trigger=trigger, phrase=True
    )


def _make(
    block: dict[str, Any], known: dict[str, Any], *, lemma: str, gate: str | None, phrase: bool = False, **more: Any
) -> Word:
    concept = known[block["concept"]] | {key: block[key] for key in block if key in OVERRIDES}
    classes: dict[str, frozenset[str]] = {
        key: frozenset() if phrase else frozenset(block.get(key, "").split()) for key in CLASSES
    }
    return Word(
        lemma=lemma,
        concept=block["concept"],
        type=concept["type"],
        mode=concept.get("mode"),
        gate=block.get("gate") or gate or concept.get("gate", "side"),
        actor=tuple(concept.get("actor", ["subject"])),
        recipient=tuple(concept.get("recipient", ["object"])),
        noun=tuple(concept.get("noun", [])),
        of=concept.get("of", "actor"),
        negated=concept.get("negated"),
        reciprocal=concept.get("reciprocal", False),
        absorbs=concept.get("absorbs", False),
        opens=concept.get("opens", False),
        object=classes["object"],
        without=classes["without"],
        near=frozenset(block.get("phrases_near", "").split()) if phrase else classes["near"],
        predicate=classes["predicate"],
        **more,
    )


OVERRIDES = ("mode", "actor", "recipient", "noun", "of")
CLASSES = ("object", "without", "near", "predicate")
