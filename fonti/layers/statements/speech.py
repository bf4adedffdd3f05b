"""Quotations that are sentences of their own, and the cues beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.quotes import Quote
from fonti.layers.statements import sources
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.found import DASHES, Found
from fonti.layers.statements.reading import Reading, Sentence
from fonti.record import Span

_SPOKEN = ("direct", "aside")  # rules whose statement a further quotation goes on with
_SIGNATURE = 12  # tokens of a name behind a dash
_FAR = 40  # tokens between a quotation and its verb: a subject with a long apposition


def direct(reading: Reading) -> Iterator[Found]:
    """Quotations that are sentences of their own, each given to the cue beside it."""
    by_cue: dict[int, Found] = {}
    before: Sentence | None = None
    for number, sentence in enumerate(reading.sentences):
        following = reading.sentences[number + 1] if number + 1 < len(reading.sentences) else None
        if before is not None and before.level != sentence.level:
            before = None
        for position, item in enumerate(sentence.items):
            if not isinstance(item, Quote):
                continue
            cue = _speaking(reading, sentence, position)
            if cue is None and position == 0 and before is not None and _announced(before):
                cue = _last_cue(reading, before.tokens)
            if cue is None:
                found = _bare(reading, sentence, position)
                if not found.source:
                    found.source = _signed(reading, sentence, position, following)
                yield found
            elif cue.token.i in by_cue:
                by_cue[cue.token.i].content.append(item.inner)
                by_cue[cue.token.i].quotes.append(item)
            else:
                found = by_cue[cue.token.i] = _said(reading, cue, item, _part(reading, sentence, cue))
                found.source = found.source or _named(reading, sentence, position)
                yield found
        before = sentence


def carried(reading: Reading, found: list[Found]) -> list[Found]:
    """Quotations that stand alone go on with what was said in the sentence before: one statement, or one's actor."""
    ends = {id(reading.at[item.token.i]): item for item in found if item.token is not None and item.rule in _SPOKEN}
    before: Sentence | None = None
    alone = {id(item.sentence): item for item in found if item.sentence is not None}
    joined: set[int] = set()
    for sentence in reading.sentences:
        item = alone.get(id(sentence))
        if item is not None and before is not None and before.level == sentence.level:
            spoken = ends.get(id(before))
            goes_on = spoken is not None and bool(spoken.quotes) and spoken.quotes[-1].continues
            if spoken is not None and (goes_on or sentence.paragraph == before.paragraph):
                item.carries = spoken
                ends[id(sentence)] = spoken
                if goes_on or reading.words.one_speech:
                    spoken.content += item.content
                    spoken.quotes += item.quotes
                    joined.add(id(item))
            else:
                ends[id(sentence)] = item
        before = sentence
    return [item for item in found if id(item) not in joined]


def parts(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Quotations inside what is said, where the language's press has them as statements of their own."""
    least = reading.words.parts
    for one in found if least else ():
        for quote in reading.quotes:
            span = quote.inner
            inside = any(part.start <= span.start and span.end <= part.end for part in one.content)
            alone = any(part.start >= span.start and part.end <= span.end for part in one.content)
            if inside and not alone and len(reading.text[span.start : span.end].split()) >= least:
                yield Found("part", one.act, list(one.source), list(one.cue), [span], carries=one)


def _part(reading: Reading, sentence: Sentence, cue: Cue) -> list[Token]:
    """The tokens of the cue's sentence between the quotations around it."""
    around = reading.at.get(cue.token.i, sentence)
    parts: list[list[Token]] = [[]]
    for item in around.items:
        if isinstance(item, Quote):
            parts.append([])
        else:
            parts[-1].append(item)
    return next((part for part in parts if any(token.i == cue.token.i for token in part)), [])


def _said(reading: Reading, cue: Cue, quote: Quote, near: Sequence[Token]) -> Found:
    return Found(
        "direct",
        cue.act("speech"),
        sources.source(reading, cue, within={token.i for token in near}),
        syntax.stretches(reading.doc, (word.i for word in cue.words)),
        [quote.inner],
        cue.token,
        [quote],
    )


def _speaking(reading: Reading, sentence: Sentence, position: int) -> Cue | None:
    """The cue of a quotation in its sentence: behind it where the quotation comes first, else before it."""
    left = _tokens_before(sentence, position)
    right = _tokens_after(sentence, position)
    before = _last_cue(reading, left)
    after = _first_cue(reading, right)
    if not left:
        return after
    joint = left[-1].text
    if joint == ":" or (before is not None and joint in (",", *DASHES)):
        return before or after
    if before is not None and left[-1].i - before.token.i < 8:
        return before
    return after if after is not None and (not right or right[0].is_punct or right[0].i == after.words[0].i) else before


def _tokens_before(sentence: Sentence, position: int) -> list[Token]:
    tokens: list[Token] = []
    for item in reversed(sentence.items[:position]):
        if not isinstance(item, Token):
            break
        tokens.insert(0, item)
    return tokens


def _tokens_after(sentence: Sentence, position: int) -> list[Token]:
    tokens: list[Token] = []
    for item in sentence.items[position + 1 :]:
        if not isinstance(item, Token):
            break
        tokens.append(item)
    return tokens


def _last_cue(reading: Reading, tokens: Sequence[Token]) -> Cue | None:
    cues = [cue for token in reversed(tokens[-_FAR:]) if (cue := reading.cue_at.get(token.i)) and cue.takes("speech")]
    return next((cue for cue in cues if cue.sort == "verb"), cues[0] if cues else None)


def _first_cue(reading: Reading, tokens: Sequence[Token]) -> Cue | None:
    for token in tokens[:_FAR]:
        if token.text in (":", ";"):
            return None
        cue = reading.cue_at.get(token.i)
        if cue is not None and cue.sort == "verb" and cue.takes("speech") and not _relative(token):
            return cue
    return None


def _relative(token: Token) -> bool:
    return any(step.dep_ == "acl:relcl" for step in syntax.chain(token))


def _announced(sentence: Sentence) -> bool:
    last = sentence.items[-1]
    return isinstance(last, Token) and last.text == ":"


def _bare(reading: Reading, sentence: Sentence, position: int) -> Found:
    """A quotation without a word of saying: its verb, whatever it is, stands for one behind a colon."""
    left = _tokens_before(sentence, position)
    found = Found("bare", "asserts", [], [], [sentence.items[position].inner], None, [sentence.items[position]])  # type: ignore[union-attr, list-item]
    if all(token.is_punct for token in sentence.tokens):
        found.sentence = sentence
    if left and left[-1].text == ":":
        verbs = [token for token in left if token.pos_ == "VERB" and syntax.is_finite(token) and not _relative(token)]
        if verbs:
            verb = verbs[-1]
            speakers = [noun for noun in syntax.subjects(verb) if sources.speaks(noun)]
            found.source = sources.phrases(reading, speakers)
            found.cue = syntax.stretches(reading.doc, (word.i for word in syntax.predicate(verb))) if speakers else []
            found.token = verb if speakers else None
        else:
            found.source = _named(reading, sentence, position)
    return found


def _signed(reading: Reading, sentence: Sentence, position: int, following: Sentence | None) -> list[Span]:
    """Who is named behind a quotation and a dash, also on a line of its own: "«…» – Anna Bini, sindaca"."""
    right = _tokens_after(sentence, position)
    if not right and position + 1 == len(sentence.items) and following is not None:
        right = following.tokens if following.level == sentence.level and not following.quotes else []
    right = [token for token in right if token.text not in ".;"]
    if not 1 < len(right) <= _SIGNATURE or right[0].text not in DASHES:
        return []
    named = any(token.ent_type_ in ("PER", "ORG") for token in right[1:4])
    if not named or any(token.pos_ in ("VERB", "AUX") for token in right):
        return []
    span = syntax.trimmed(reading.doc, range(right[1].i, right[-1].i + 1))
    return [span] if span else []


def _named(reading: Reading, sentence: Sentence, position: int) -> list[Span]:
    """Who is named before the colon of a quotation: "Soddisfatta la sindaca Anna Bini: «…»"."""
    left = _tokens_before(sentence, position)
    if not left or left[-1].text != ":":
        return []
    names = [token for token in left if token.ent_type_ in ("PER", "ORG")]
    heads = [sources.top(token) for token in names[-1:]]
    if heads and syntax.label(heads[0]) == "appos":
        heads = [heads[0].head]
    return sources.phrases(reading, [head for head in heads if not syntax.children(head, "case")])
