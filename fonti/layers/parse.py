"""Report -> spaCy Doc: sentences, tags, morphology, lemmas, Universal Dependencies trees, names.

Two components for any spaCy pipeline, ``fonti_parse`` and ``fonti_names``, filled by the nets in ``fonti.nets``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.lang.punctuation import HYPHENS
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from ..lexicon import lexicon
from ..nets import net
from ..record import Report

LONGEST = 150  # words that the nets read at once: the longest they were trained on
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
    for word in lexicon(language, "parse")["abbreviations"]:
        nlp.tokenizer.add_special_case(word, [{"ORTH": word}])
    if language != "en":  # hyphenated words stay whole there, as in the treebanks
        infixes = [i for i in nlp.Defaults.infixes or () if HYPHENS not in str(i)]
        nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def runs(doc: Doc) -> Iterator[list[int]]:
    """The words that belong together: those of a paragraph, cut after a full stop where it is long."""
    borders = {s.start for s in doc._.sections}
    run: list[int] = []
    for token in doc:
        if run and (token.idx in borders or ends_paragraph(doc, token.i) or full(run, doc)):
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


@Language.factory("fonti_parse", assigns=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "doc.sents"])
def fonti_parse(nlp: Language, name: str) -> Parser:
    return Parser(nlp.lang)


class Parser:
    """Fills a Doc with sentences, tags, lemmas and trees."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        n = len(doc)
        heads, deps, pos = list(range(n)), ["dep"] * n, ["SPACE"] * n
        morphs, lemmas, starts = [""] * n, [t.text for t in doc], [False] * n
        for run in runs(doc):
            found = net("parse").parse([doc[i].text for i in run], self.language)
            for k, i in enumerate(run):
                head = int(found.heads[k])
                heads[i] = run[head - 1] if head else i
                deps[i] = found.deps[k] if head else "ROOT"
                pos[i], morphs[i], lemmas[i] = found.pos[k], found.morph[k], found.lemmas[k]
                starts[i] = bool(found.starts[k])
        white(doc, heads, starts)
        return fill(doc, heads, deps, pos, morphs, lemmas)


def white(doc: Doc, heads: list[int], starts: list[bool]) -> None:
    """White space hangs on the word before it, at the start of the text on the word after it."""
    for token in doc:
        if token.is_space:
            near = token.i - 1 if token.i else next((t.i for t in doc if not t.is_space), 0)
            heads[token.i] = near
            if not token.i:
                starts[0] = True


def fill(doc: Doc, heads: list[int], deps: list[str], pos: list[str], morphs: list[str], lemmas: list[str]) -> Doc:
    """The Doc with these annotations; sentences are what its trees span."""
    filled = Doc(doc.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc], pos=pos, tags=pos, morphs=morphs,
                 lemmas=lemmas, heads=heads, deps=deps, user_data=doc.user_data)  # fmt: skip
    assert filled.text == doc.text
    return filled


@Language.factory("fonti_names", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def fonti_names(nlp: Language, name: str) -> Namer:
    return Namer(nlp.lang)


class Namer:
    """Fills a Doc with the names of persons, organisations and places."""

    def __init__(self, language: str) -> None:
        self.corpus = NAMES_AS[language]

    def __call__(self, doc: Doc) -> Doc:
        found: list[Span] = []
        for run in runs(doc):
            tags = net("names").names([doc[i].text for i in run], self.corpus)
            found += spans(doc, run, tags)
        doc.set_ents(found)
        return doc


def spans(doc: Doc, run: Sequence[int], tags: Iterable[str]) -> Iterator[Span]:
    """Entities from BIOES tags."""
    start = run[0]
    for i, tag in zip(run, tags, strict=True):
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            yield Span(doc, start, i + 1, label=tag[2:])
