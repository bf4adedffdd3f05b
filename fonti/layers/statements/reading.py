"""A parsed report as the statements see it: quotations set apart, sentences around them, cues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from fonti.layers.quotes import Quote, find_quotes
from fonti.layers.statements.cues import Cue, Words, find_cues, words
from fonti.record import Section

_STOPS = (".", "!", "?", "…", "...")


@dataclass(slots=True)
class Sentence:
    """A sentence on one level: tokens in order, and the quotations that stand among them as wholes."""

    level: int  # number of the quotation that it is in, -1 outside
    items: list[Token | Quote] = field(default_factory=list)
    paragraph: int = 0

    @property
    def tokens(self) -> list[Token]:
        return [item for item in self.items if isinstance(item, Token)]

    @property
    def quotes(self) -> list[Quote]:
        return [item for item in self.items if isinstance(item, Quote)]


@dataclass(slots=True)
class Reading:
    """What all the rules look at."""

    doc: Doc
    text: str  # spaCy puts its own together anew each time
    words: Words
    quotes: list[Quote]
    sentences: list[Sentence]
    cues: list[Cue]
    at: dict[int, Sentence]  # token number -> its sentence
    cue_at: dict[int, Cue]
    levels: list[int]
    tokens_of: dict[Quote, range]
    around: dict[int, list[Quote]]  # by each token, the quotations that hold it

    def holding(self, tokens: Iterable[int]) -> list[Quote]:
        """The quotations that hold one of these tokens, in order."""
        return list(dict.fromkeys(quote for i in sorted(tokens) for quote in self.around.get(i, ())))


def read(doc: Doc, sections: Sequence[Section]) -> Reading:
    """The reading of a parsed report."""
    text = doc.text
    quotes = find_quotes(text, sections)
    silent = {i for section in sections if section.silent for i in _tokens(doc, section.start, section.end)}
    independent = [quote for quote in quotes if quote.independent]
    tokens_of = {quote: _tokens(doc, quote.outer.start, quote.outer.end) for quote in quotes}
    levels = [-1] * len(doc)
    for number, quote in enumerate(independent):
        for i in tokens_of[quote]:
            levels[i] = number
    cues = find_cues(doc, silent)
    speaking = {cue.token.i for cue in cues if cue.sort == "verb" and cue.takes("speech")}
    sentences = list(_sentences(doc, text, independent, tokens_of, levels, silent, sections, speaking))
    return Reading(
        doc=doc,
        text=text,
        words=words(doc.lang_),
        quotes=quotes,
        sentences=sentences,
        cues=cues,
        at={token.i: sentence for sentence in sentences for token in sentence.tokens},
        cue_at={cue.token.i: cue for cue in cues},
        levels=levels,
        tokens_of=tokens_of,
        around=_around(tokens_of),
    )


def _around(tokens_of: dict[Quote, range]) -> dict[int, list[Quote]]:
    around: dict[int, list[Quote]] = {}
    for quote, span in tokens_of.items():
        for i in span:
            around.setdefault(i, []).append(quote)
    return around


def _tokens(doc: Doc, start: int, end: int) -> range:
    span = doc.char_span(start, end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _sentences(
    doc: Doc,
    text: str,
    quotes: list[Quote],
    tokens_of: dict[Quote, range],
    levels: list[int],
    silent: set[int],
    sections: Sequence[Section],
    speaking: set[int],
) -> Iterator[Sentence]:
    """The sentences of each level, outermost level first."""
    edges = {section.start for section in sections}
    holders = [_holder(quotes, tokens_of, number) for number in range(len(quotes))]
    for level in (-1, *range(len(quotes))):
        inside = range(len(doc)) if level < 0 else tokens_of[quotes[level]]
        current, paragraph = Sentence(level), 0
        skip_to = inside.start
        for i in inside:
            if i < skip_to:
                continue
            token = doc[i]
            if "\n" in token.text or token.idx in edges:
                paragraph += 1
                if current.items:
                    yield current
                current = Sentence(level, paragraph=paragraph)
            if i in silent or token.is_space:
                continue
            held = levels[i]
            while held not in (level, -1) and holders[held] != level:
                held = holders[held]
            if held == -1:  # two quotations cross, as lost marks may make them: the word counts where it stands
                held = level
            if held != level:
                skip_to = tokens_of[quotes[held]].stop
            item: Token | Quote = token if held == level else quotes[held]
            if current.items and _starts(current.items[-1], item, doc, text, speaking):
                yield current
                current = Sentence(level, paragraph=paragraph)
            current.items.append(item)
        if current.items:
            yield current


def _holder(quotes: list[Quote], tokens_of: dict[Quote, range], number: int) -> int:
    """The number of the quotation next outside, -1 for none."""
    span = tokens_of[quotes[number]]
    around = [
        n for n in range(number) if tokens_of[quotes[n]].start <= span.start and span.stop <= tokens_of[quotes[n]].stop
    ]
    return around[-1] if around else -1


def _starts(before: Token | Quote, item: Token | Quote, doc: Doc, text: str, speaking: set[int]) -> bool:
    """Whether a sentence of this level ends between two neighbours."""
    if isinstance(before, Token):
        if before.text in (";", ":"):
            return False
        stopped = before.text in _STOPS or (before.text in ')”»"' and before.i > 0 and before.nbor(-1).text in _STOPS)
        if isinstance(item, Quote):
            return stopped
        return stopped and (bool(item.is_sent_start) or item.text[:1].isupper())
    last = text[before.inner.end - 1]
    if isinstance(item, Quote):
        return last in ".!?…"
    if last in "!?…" and any(token.i in speaking for token in doc[item.i : item.i + 5]):
        return False  # “Why not?” Mr Smith said
    return last in ".!?…" and item.text[:1].isupper()
