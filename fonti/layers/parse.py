"""Report -> spaCy Doc: sentences, tags, morphology, lemmas, Universal Dependencies trees, names.

Two components for any spaCy pipeline, ``fonti_parse`` and ``fonti_names``, filled by the nets in ``fonti.nets``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import spacy
from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, minibatch

from ..lexicon import lexicon
from ..nets import Array, Parse, entities, names, net
from ..record import Report

LONGEST = 150  # words that the nets read at once: the longest they were trained on
STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", ".."})
OPENING = frozenset("“„«‘\"'([")
CLOSING = frozenset("”“»’\"')]")

# what spaCy leaves together: marks typed without a space, doubled ones that stand for quotation marks, and those that
# HTML has left behind
ENTITIES = r"(?:&(?:quot|apos|laquo|raquo|[lr][sd]quo|[mn]dash|hellip|nbsp|amp|lt|gt|#\d+);)+"
PUNCTUATION = {
    "prefixes": ["``", ",,", "''", ENTITIES],
    "infixes": [
        ",,",
        ENTITIES,
        '[«»“”„‟"]',
        '(?<=[«»“”„‟"])[,.;:!?]',
        '[,.;:!?…](?=[«»“”„‟"])',
        r"(?<=[\w.,!?»”\"'])[–—](?=[\w«“\"'])",
    ],
    "suffixes": ["[«»“”„‟]", "''", ENTITIES, r"(?<=\d)[%‰]", "[–—]"],
}

if not Doc.has_extension("sections"):
    Doc.set_extension("sections", default=())


def parse(reports: Sequence[Report]) -> list[Doc]:
    """The texts of reports, parsed, those of a language together."""
    docs: dict[int, Doc] = {}
    for language in {str(report.language) for report in reports}:
        at = [i for i, report in enumerate(reports) if report.language == language]
        docs |= zip(at, pipeline(language).pipe([sectioned(reports[i]) for i in at], batch_size=len(at)), strict=True)
    return [docs[i] for i in range(len(reports))]


def sectioned(report: Report) -> Doc:
    """The report's text in tokens, with its sections."""
    doc = pipeline(str(report.language)).make_doc(report.text)
    doc._.sections = report.sections
    return doc


@cache
def pipeline(language: str) -> Language:
    """The spaCy pipeline of a language (ISO 639-1)."""
    nlp = blank(language)
    nlp.add_pipe("fonti_parse")
    nlp.add_pipe("fonti_names")
    return nlp


def blank(language: str) -> Language:
    """spaCy's tokenizer with the abbreviations, quotation marks and dashes of the press."""
    nlp = spacy.blank(language)
    nlp.max_length = 10_000_000
    tokenizer: Any = nlp.tokenizer
    for word in lexicon(language, "parse")["abbreviations"]:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    infixes = list(nlp.Defaults.infixes or ())
    if language != "en":  # hyphenated words stay whole there, as in the treebanks
        infixes = [i for i in infixes if HYPHENS not in str(i)]
    own = lexicon(language, "parse").get("tokenizer", {})
    extra = {where: [*own.get(where, ()), *patterns] for where, patterns in PUNCTUATION.items()}
    unlearned = re.compile(own.get("unlearned", "(?!)"))
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if not unlearned.search(form)}
    tokenizer.prefix_search = compile_prefix_regex([*extra["prefixes"], *(nlp.Defaults.prefixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex([*extra["infixes"], *infixes]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*extra["suffixes"], *(nlp.Defaults.suffixes or ())]).search
    if language == "it":
        nlp.tokenizer = Apostrophes(tokenizer)
    return nlp


class Apostrophes:
    """Keeps the apostrophe that stands for an accent ("citta'", "perche'") with its word, in Italian so typed."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        doc = self._tokenizer(text)
        if re.search(r"\b(?:e|perche|piu|puo|gia|cosi|sara)'(?!\w)", text, re.IGNORECASE):
            with doc.retokenize() as retokenizer:
                for mark in doc[1:]:
                    word = doc[mark.i - 1]
                    ends = mark.i + 1 == len(doc) or mark.whitespace_ or not doc[mark.i + 1].is_alpha
                    if (
                        mark.text in "'’"
                        and ends
                        and not word.whitespace_
                        and re.search("(?i)[^\\W\\d_]*[aeiou]$", word.text)
                    ):
                        retokenizer.merge(doc[word.i : mark.i + 1])
        return doc


def runs(doc: Doc) -> Iterator[list[int]]:
    """The words that belong together: those of a paragraph, cut after a full stop where it is long."""
    borders = {at for s in doc._.sections for at in (s.start, s.end)}
    run: list[int] = []
    for token in doc:
        white = token.is_space
        ends = token.idx in borders if borders else white and ends_paragraph(doc, token.i)
        if run and (ends or full(run, doc)):
            yield run
            run = []
        if not white:
            run.append(token.i)
    if run:
        yield run


def ends_paragraph(doc: Doc, i: int) -> bool:
    """Whether the white space at i ends a paragraph; a line broken in the middle of a sentence does not."""
    breaks = doc[i].text.count("\n")
    wrapped = breaks == 1 and i + 1 < len(doc) and doc[i + 1].is_lower and doc[i - 1].text not in ".!?:"
    return breaks > 0 and not wrapped


def full(run: Sequence[int], doc: Doc) -> bool:
    return len(run) >= LONGEST or (len(run) >= LONGEST // 2 and doc[run[-1]].text in (".", "!", "?"))


@Language.factory(
    "fonti_parse", assigns=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "doc.sents"]
)
def fonti_parse(nlp: Language, name: str) -> Parser:
    return Parser(str(nlp.lang))


class Parser:
    """Fills Docs with sentences, tags, lemmas and trees."""

    def __init__(self, language: str) -> None:
        own = lexicon(language, "parse")
        self.net, self.corpus = own["trees_by"], own["trees_as"]

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            places = [[[doc[i] for i in run] for run in runs(doc)] for doc in docs]
            flat = [run for of_doc in places for run in of_doc]
            words = [[spelled(token) for token in run] for run in flat]
            found = iter(net(self.net).parse(words, self.corpus, lambda n, starts: borders(flat[n], starts)))  # noqa: B023
            for doc, of_doc in zip(docs, places, strict=True):
                yield annotated(doc, [(run, next(found)) for run in of_doc])


def borders(run: Sequence[Token], starts: Array) -> None:
    """Helps the net: a sentence starts after a stop with a capital behind it, and at no closing mark."""
    stop: Token | None = None  # where a sentence ends, if only closing marks stand since
    for i in range(1, len(run)):
        last, token = run[i - 1], run[i]
        if last.text in STOPS:
            stop = last
        elif last.text not in CLOSING or opens(last):
            stop = None
        if token.text in STOPS or (token.text in CLOSING and not opens(token)):
            starts[i] = False
        elif stop is not None:
            text = run[i + 1].text if opens(token) and i + 1 < len(run) else token.text
            letter = next((c for c in text if c.isalnum()), "")
            before = stop.nbor(-1).text if stop.i else ""
            initial = stop.text == "." and len(before) == 1 and before.isupper()
            starts[i] |= letter.isupper() and not initial and stop.text != "..."


def opens(token: Token) -> bool:
    """Whether a mark belongs to the word after it."""
    return token.text in OPENING and not token.whitespace_ and (token.i == 0 or bool(token.nbor(-1).whitespace_))


def annotated(old: Doc, read: Iterable[tuple[list[Token], Parse]]) -> Doc:
    """The Doc with what the net found for the words of each run; its sentences are what its trees span."""
    n, words = len(old), [t.text for t in old]
    heads, deps, pos, morphs, lemmas = list(range(n)), ["dep"] * n, ["SPACE"] * n, [""] * n, list(words)
    for run, found in read:
        for k, token in enumerate(run):
            i, up = token.i, int(found.heads[k]) - 1
            heads[i], deps[i] = (run[up].i, found.deps[k]) if up >= 0 else (i, "ROOT")
            pos[i], morphs[i], lemmas[i] = found.pos[k], found.morph[k], found.lemmas[k]
    for i, word in enumerate(words):  # white space hangs on the word before it, at the start on the first word
        if word.isspace():
            near = i - 1 if i else next((k for k, other in enumerate(words) if not other.isspace()), 0)
            heads[i], deps[i] = near, "dep" if near != i else "ROOT"
    return Doc(
        old.vocab,
        words,
        [bool(t.whitespace_) for t in old],
        pos=pos,
        tags=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        user_data=old.user_data,
    )


@Language.factory("fonti_names", assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def fonti_names(nlp: Language, name: str) -> Namer:
    return Namer(str(nlp.lang))


class Namer:
    """Fills Docs with the names of persons, organisations and places."""

    def __init__(self, language: str) -> None:
        own = lexicon(language, "parse")
        self.nets, self.corpus = own["names_by"], own["names_as"]

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            places = [list(runs(doc)) for doc in docs]
            words = [[spelled(doc[i]) for i in run] for doc, of_doc in zip(docs, places, strict=True) for run in of_doc]
            found = iter(names([net(name) for name in self.nets], words, self.corpus))
            for doc, of_doc in zip(docs, places, strict=True):
                named = ((run, name) for run in of_doc for name in entities(next(found)))
                doc.set_ents([Span(doc, run[a], run[b] + 1, label=label) for run, (a, b, label) in named])
                yield doc


ACCENTS = {"a'": "à", "e'": "è", "i'": "ì", "o'": "ò", "u'": "ù"}


def spelled(token: Token) -> str:
    """The token as the nets should see it: Italian's apostrophe that stands for an accent is one."""
    form = str(token.text)
    mark = form[-2:].lower().replace("’", "'")
    if token.doc.lang_ != "it" or mark not in ACCENTS or form.lower() in lexicon("it", "parse")["clipped"]:
        return form
    accent = "é" if form[-4:-1].lower() == "che" and len(form) > 4 else ACCENTS[mark]
    return form[:-2] + (accent.upper() if form[-2].isupper() else accent)
