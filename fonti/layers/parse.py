"""Report -> spaCy Doc: sentences, tags, morphology, lemmas, Universal Dependencies trees, names.

Two components for any spaCy pipeline, ``fonti_parse`` and ``fonti_names``, filled by the nets in ``fonti.nets``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import spacy
from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from ..lexicon import lexicon
from ..nets import Array, Parse, entities, net
from ..record import Report
from .quotes import Quote, find_quotes, outermost

LONGEST = 150  # words that the nets read at once: the longest they were trained on
STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", ".."})
OPENING = frozenset("“„«‘\"'([")
CLOSING = frozenset("”“»’\"')]")
# names are labelled as these news corpora do
NAMES_AS = {"it": "it_kindwn", "en": "en_conll2003"}

if not Doc.has_extension("sections"):
    Doc.set_extension("sections", default=())


def parse(report: Report) -> Doc:
    """The report's text, parsed. Raises OSError where a spaCy language is missing."""
    assert report.language
    nlp = pipeline(report.language)
    doc = nlp.make_doc(report.text)
    doc._.sections = report.sections
    return nlp(doc)


@cache
def pipeline(language: str) -> Language:
    """The spaCy pipeline of a language (ISO 639-1)."""
    nlp = blank(language)
    nlp.add_pipe("fonti_parse")
    nlp.add_pipe("fonti_names")
    return nlp


def blank(language: str) -> Language:
    """spaCy's tokenizer with the abbreviations of the press."""
    nlp = spacy.blank(language)
    nlp.max_length = 10_000_000
    tokenizer: Any = nlp.tokenizer
    for word in lexicon(language, "parse")["abbreviations"]:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    if language != "en":  # hyphenated words stay whole there, as in the treebanks
        infixes = [i for i in nlp.Defaults.infixes or () if HYPHENS not in str(i)]
        tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def runs(doc: Doc) -> Iterator[list[int]]:
    """The words that belong together: those of a paragraph, cut after a full stop where it is long."""
    borders = {at for s in doc._.sections for at in (s.start, s.end)}
    run: list[int] = []
    for token in doc:
        ends = token.idx in borders if borders else ends_paragraph(doc, token.i)
        if run and (ends or full(run, doc)):
            yield run
            run = []
        if not token.is_space:
            run.append(token.i)
    if run:
        yield run


def ends_paragraph(doc: Doc, i: int) -> bool:
    """Whether the white space at i ends a paragraph; a line broken in the middle of a sentence does not."""
    white = doc[i]
    if not white.is_space or "\n" not in white.text:
        return False
    wrapped = white.text.count("\n") == 1 and i + 1 < len(doc) and doc[i + 1].is_lower and doc[i - 1].text not in ".!?:"
    return not wrapped


def full(run: Sequence[int], doc: Doc) -> bool:
    return len(run) >= LONGEST or (len(run) >= LONGEST // 2 and doc[run[-1]].text in (".", "!", "?"))


@Language.factory(
    "fonti_parse", assigns=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "doc.sents"]
)
def fonti_parse(nlp: Language, name: str) -> Parser:
    return Parser(str(nlp.lang))


class Parser:
    """Fills a Doc with sentences, tags, lemmas and trees."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        stand_in = lexicon(self.language, "parse")["stand_in"]
        quotes = [q for q in outermost(find_quotes(doc.text, doc._.sections)) if q.independent]
        masked = [mask(doc, run, quotes) for run in runs(doc)]
        stretches, words, ends = [], [], []
        for outside, insides in masked:
            for stretch in [outside, *(x.words for x in insides)]:
                stretches.append(stretch)
                words.append([doc[i].text if i >= 0 else stand_in for i in stretch])
                ends.append([doc[i if i >= 0 else insides[~i].words[-1]].text in STOPS for i in stretch])
        found = iter(net("parse").parse(words, self.language, lambda n, starts: borders(words[n], ends[n], starts)))
        tree = Tree(doc)
        for outside, insides in masked:
            around = next(found)
            for inside in insides:
                tree.put(inside.words, next(found), [])
                inside.roots = [i for i in inside.words if tree.heads[i] == i]
                for at in inside.marks:
                    tree.hang(at, inside.roots[0 if at < inside.roots[0] else -1])
            tree.put(outside, around, insides)
        return tree.doc()


def borders(words: Sequence[str], ends: Sequence[bool], starts: Array) -> None:
    """Corrects the net: a sentence starts after a stop with a capital behind it, and nowhere else than after a stop."""
    stop = -1  # the last word that is no mark, where it ends a sentence
    for i in range(1, len(words)):
        if ends[i - 1]:
            stop = i - 1
        elif words[i - 1] not in CLOSING:
            stop = -1
        letter = next((c for c in words[i] if c.isalnum()), "")
        if words[i] in STOPS or words[i] in CLOSING - OPENING:
            starts[i] = False
        elif stop >= 0:
            initial = words[stop] == "." and stop > 0 and len(words[stop - 1]) == 1 and words[stop - 1].isupper()
            starts[i] |= letter.isupper() and not initial and words[stop] != "..."
        elif words[i - 1] not in (":", ";"):
            starts[i] = False


@dataclass(slots=True)
class Inside:
    """A quotation that is read by itself, apart from the sentence around it."""

    words: list[int]
    marks: list[int]
    roots: list[int] = field(default_factory=list)


def mask(doc: Doc, run: Sequence[int], quotes: Sequence[Quote]) -> tuple[list[int], list[Inside]]:
    """The run's words with a number ~k in place of each quotation k that holds a sentence of its own, and these.

    With these nets it brings statements and events neither gain nor loss (``bench/README.md``): what it keeps is that
    a sentence inside a quotation never takes words from the one around it.
    """
    outside: list[int] = []
    insides: dict[int, Inside] = {}
    for i in run:
        at = doc[i].idx
        quote = next((q for q in quotes if q.outer.start <= at < q.outer.end), None)
        if quote is None:
            outside.append(i)
            continue
        if quote.outer.start not in insides:
            outside.append(~len(insides))
            insides[quote.outer.start] = Inside([], [])
        inside = insides[quote.outer.start]
        (inside.words if quote.inner.start <= at < quote.inner.end else inside.marks).append(i)
    if all(x.words for x in insides.values()):
        return outside, list(insides.values())
    return list(run), []


def speakers(words: Sequence[int], found: Parse) -> None:
    """A quotation is what is said: where its stand-in was taken for the subject, the object is who says it."""
    for k, word in enumerate(words):
        if word < 0 and found.deps[k].startswith("nsubj"):
            said = found.heads[k]
            others = [i for i in range(len(words)) if found.heads[i] == said and i != k]
            objects = [i for i in others if found.deps[i] == "obj" and found.pos[i] in ("NOUN", "PROPN")]
            if objects and not any(found.deps[i].startswith("nsubj") for i in others):
                found.deps[objects[0]] = "nsubj"


class Tree:
    """The annotations of a Doc while they are put together."""

    def __init__(self, doc: Doc) -> None:
        self._doc, n = doc, len(doc)
        self.heads, self.deps, self.pos = list(range(n)), ["dep"] * n, ["SPACE"] * n
        self.morphs, self.lemmas = [""] * n, [t.text for t in doc]

    def put(self, words: Sequence[int], found: Parse, insides: Sequence[Inside]) -> None:
        """What the net found for these words; ~k among them stands for quotation k."""
        speakers(words, found)
        cuts = [*map(int, np.flatnonzero(found.starts)), len(words)]
        for a, b in pairwise(cuts):
            self._sentence(words, found, insides, a, b)

    def hang(self, mark: int, head: int) -> None:
        self.heads[mark], self.deps[mark], self.pos[mark] = head, "punct", "PUNCT"

    def _sentence(self, words: Sequence[int], found: Parse, insides: Sequence[Inside], a: int, b: int) -> None:
        joints: dict[int, int] = {}  # place of a stand-in -> the word of the quotation that hangs in its place
        told = [k for k in range(a, b) if words[k] < 0 or found.pos[k] != "PUNCT"]
        for k in range(a, b):
            if words[k] < 0:
                joints[k] = self._joint(insides[~words[k]], before=k > told[0], after=k < told[-1])
        for k in range(a, b):
            up, dep = int(found.heads[k]) - 1, found.deps[k]
            here = joints.get(k, words[k])
            self.heads[here] = here if up < 0 else joints.get(up, words[up])
            if words[k] >= 0:
                self.deps[here] = "ROOT" if up < 0 else dep
                self.pos[here], self.morphs[here], self.lemmas[here] = found.pos[k], found.morph[k], found.lemmas[k]
            elif up >= 0:
                self.deps[here] = "ccomp" if found.pos[up] in ("VERB", "AUX") else "parataxis"
        if told and joints:
            self._edges(words, insides, range(a, told[0]), told[0])
            self._edges(words, insides, range(told[-1] + 1, b), told[-1])

    def _joint(self, inside: Inside, *, before: bool, after: bool) -> int:
        """Sentences must not cross: with words on both sides the quotation's hang together, else one joins in."""
        if before and after:
            for root in inside.roots[1:]:
                self.heads[root], self.deps[root] = inside.roots[0], "parataxis"
        return inside.roots[-1 if after and not before else 0]

    def _edges(self, words: Sequence[int], insides: Sequence[Inside], marks: Iterable[int], edge: int) -> None:
        """Punctuation beyond a quotation at the sentence's edge hangs on the quotation's nearest sentence."""
        if words[edge] < 0:
            for k in marks:
                self.hang(words[k], insides[~words[edge]].roots[0 if k < edge else -1])

    def doc(self) -> Doc:
        """The Doc with these annotations; sentences are what its trees span."""
        old = self._doc
        for token in old:  # white space hangs on the word before it, at the start of the text on the word after it
            if token.is_space:
                near = token.i - 1 if token.i else next((t.i for t in old if not t.is_space), 0)
                self.heads[token.i], self.deps[token.i] = near, "dep" if near != token.i else "ROOT"
        new = Doc(
            old.vocab,
            [t.text for t in old],
            [bool(t.whitespace_) for t in old],
            pos=self.pos,
            tags=self.pos,
            morphs=self.morphs,
            lemmas=self.lemmas,
            heads=self.heads,
            deps=self.deps,
            user_data=old.user_data,
        )
        assert new.text == old.text
        return new


@Language.factory("fonti_names", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def fonti_names(nlp: Language, name: str) -> Namer:
    return Namer(str(nlp.lang))


class Namer:
    """Fills a Doc with the names of persons, organisations and places."""

    def __init__(self, language: str) -> None:
        self.corpus = NAMES_AS[language]

    def __call__(self, doc: Doc) -> Doc:
        found = list(runs(doc))
        tags = net("names").names([[doc[i].text for i in run] for run in found], self.corpus)
        named = ((run, name) for run, row in zip(found, tags, strict=True) for name in entities(row))
        doc.set_ents([Span(doc, run[first], run[last] + 1, label=label) for run, (first, last, label) in named])
        return doc
