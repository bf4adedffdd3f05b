"""Cues that break or follow a sentence: ", said X", "come nota X, …", "Poll: …", "Lo ha detto X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.quotes import Quote
from fonti.layers.statements import contents, sources
from fonti.layers.statements.borders import finite, subtree
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.found import DASHES, Found, indices_of, joined, separates, verbal
from fonti.layers.statements.reading import Reading, Sentence

_SUBJECT = 16  # tokens of a subject before its verb


def aside(reading: Reading, cue: Cue) -> Found | None:
    """A cue set off by commas or dashes, or at the end: all the rest of its sentence is what is said."""
    if cue.sort != "verb" or not cue.takes("speech"):
        return None
    sentence = reading.at.get(cue.token.i)
    if sentence is None or governs(cue) or syntax.negated(cue.token) or not finite(cue.token):
        return None
    own = contents.content(reading, cue)
    if own and own[0] in ("object", "about", "name", "charge") and len(own[1]) > 2 and min(own[1]) > cue.token.i:
        return None
    items = sentence.items
    span = _clause(reading, cue)
    span = _clause_by_order(sentence, cue) or span
    numbers = [n for n, item in enumerate(items) if isinstance(item, Token) and item.i in span]
    if not numbers:
        return None
    first, last = numbers[0], numbers[-1]
    if (first > 0 and not _breaks(items, first - 1)) or not _edge(items, last + 1, opening=False):
        return None
    if first == 0 or _own_parts(items[:first], items[last + 1 :], cue):
        return None
    left, right = items[: first - 1 if separates(items[first - 1]) else first], items[last + 1 :]
    if len(right) > 1 and isinstance(right[1], Token) and "Rel" in syntax.morph(right[1], "PronType"):
        right = right[:0]  # "…, ha detto X, che …": about X, no longer said
    content = indices_of(reading, [*left, *right])
    behind = last + 1 < len(items) and any(isinstance(item, Token) and syntax.is_finite(item) for item in right)
    if not behind and not any(isinstance(item, Quote) or syntax.is_finite(item) for item in left):
        return None
    as_words = [
        word
        for word in reading.doc[max(min(span) - 1, 0) : min(span)]
        if (syntax.lower(word),) in reading.words.markers["as"]
    ]
    source = sources.source(reading, cue, within=span)
    content -= {i for i in content if any(part.start <= reading.doc[i].idx < part.end for part in source)}
    return Found(
        "aside",
        cue.act("speech"),
        source,
        syntax.stretches(reading.doc, (word.i for word in (*as_words, *cue.words))),
        syntax.stretches(reading.doc, content),
        cue.token,
    )


def _own_parts(left: Sequence[Token | Quote], right: Sequence[Token | Quote], cue: Cue) -> bool:
    """Whether only the cue's own subject or circumstances stand before it: "X, who leads Y, warned of Z"."""
    if any(isinstance(item, Quote) or (item in right and syntax.is_finite(item)) for item in (*left, *right)):
        return False
    hung = [item for item in left if isinstance(item, Token) and item.head.i == cue.token.i and not item.is_punct]
    return bool(hung) and all(syntax.label(token) in ("nsubj", "obl", "advmod", "mark", "cc", "aux") for token in hung)


def governs(cue: Cue) -> bool:
    """Whether something that is said follows the verb by the tree."""
    said = [child for child in syntax.children(cue.token, "ccomp", "xcomp", "csubj") if child.i > cue.token.i]
    return any(not _broken(cue, child) for child in said) or cue.token.dep_ in ("xcomp", "acl:relcl", "acl")


def _broken(cue: Cue, said: Token) -> bool:
    """Whether the cue stands between marks inside what is said: "la cosecha, afirmó X, será la peor"."""
    first = cue.words[0]
    opener = said.doc[said.left_edge.i]
    if first.i == 0 or opener.i == 0 or not syntax.is_finite(said) or syntax.children(said, "mark"):
        return False
    return separates(first.nbor(-1)) and separates(opener.nbor(-1)) and not first.is_sent_start


def _clause(reading: Reading, cue: Cue) -> set[int]:
    """The tokens of the cue's own clause: predicate, subject, what else hangs on the verb without being said."""
    own = {word.i for word in cue.words}
    for child in cue.token.children:
        relation = syntax.label(child)
        if relation in ("nsubj", "obl", "advmod", "iobj", "expl", "mark", "discourse") or (
            relation == "obj" and child.i == cue.words[-1].i + 1
        ):
            own |= subtree(child)
    low = high = cue.token.i
    doc = reading.doc
    while low - 1 in own or (low - 2 in own and doc[low - 1].is_punct):
        low -= 1
    while high + 1 in own or (high + 2 in own and doc[high + 1].is_punct):
        high += 1
    return set(range(low, high + 1))


def _clause_by_order(sentence: Sentence, cue: Cue) -> set[int]:
    """The cue's clause by the order of words: from a comma to the next, with a subject and no other verb."""
    items = sentence.items
    numbers = [
        n for n, item in enumerate(items) if isinstance(item, Token) and item.i in (cue.words[0].i, cue.words[-1].i)
    ]
    if not numbers:
        return set()
    first, last = numbers[0], numbers[-1]
    while first > 0 and not _breaks(items, first - 1):
        first -= 1
    end = last
    while end + 1 < len(items) and not (_edge(items, end + 1, opening=False) and not _day(items, end + 1)):
        end += 3 if _day(items, end + 1) else 1
    before = [item for item in items[first : numbers[0]] if isinstance(item, Token)]
    after = [item for item in items[last + 1 : end + 1] if isinstance(item, Token)]
    if (
        first == 0
        or len(before) > _SUBJECT
        or any(verbal(token) or token.pos_ in ("SCONJ", "CCONJ") for token in before)
    ):
        return set()
    relative = next((n for n, token in enumerate(after) if "Rel" in syntax.morph(token, "PronType")), len(after))
    if any(verbal(token) or token.pos_ == "SCONJ" for token in after[:relative]):
        return set()
    if any(token.pos_ != "ADV" for token in before) and any(_bare_noun(token) for token in after[:relative]):
        return set()
    return {item.i for item in items[first : end + 1] if isinstance(item, Token)}


def _day(items: Sequence[Token | Quote], n: int) -> bool:
    """Whether a day stands here between commas: "informó hoy, martes, el ministro"."""
    some = items[n : n + 3]
    return (
        len(some) == 3
        and all(isinstance(item, Token) for item in some)
        and some[0].text == some[2].text == ","  # type: ignore[union-attr]
        and sources.temporal(some[1])  # type: ignore[arg-type]
    )


def _bare_noun(token: Token) -> bool:
    """Whether the token heads a noun phrase without preposition, which tells no time: an object."""
    nominal = token.pos_ in ("NOUN", "PROPN", "PRON") and syntax.label(token) in (
        "obj",
        "nsubj",
        "iobj",
        "ccomp",
        "xcomp",
    )
    return nominal and not syntax.children(token, "case") and not sources.temporal(token)


def _breaks(items: Sequence[Token | Quote], n: int) -> bool:
    """Whether a clause may begin behind this: a comma or a dash, also inside the mark that closes a quotation."""
    item = items[n]
    if isinstance(item, Quote) or separates(item):
        return True
    closing = item.text in ("”", "»", '"', "''", "’")
    return closing and n > 0 and isinstance(before := items[n - 1], Token) and before.text in (",", "!", "?")


def _edge(items: Sequence[Token | Quote], n: int, *, opening: bool) -> bool:
    """Whether a clause may be set off here: a comma, a dash, a quotation, the sentence's end."""
    if n < 0 or n >= len(items):
        return True
    item = items[n]
    if isinstance(item, Quote) or separates(item):
        return True
    return not opening and item.text in (".", "!", "?", "…", ";", ")")


def introduced(reading: Reading) -> Iterator[Found]:
    """ "come nota X, …": the sentence around the clause is what is said."""
    for cue in reading.cues:
        first = cue.words[0]
        if cue.sort != "verb" or not cue.takes("speech") or first.i == 0:
            continue
        clause = _clause(reading, cue)
        start = min(clause)
        while start and (syntax.lower(reading.doc[start - 1]),) in reading.words.markers["clitics"]:
            start -= 1  # "comme l'a dit X"
        pronouns = range(start, min(clause))
        clause |= {*pronouns}
        below = subtree(cue.token)
        while (end := max(clause) + 1) in below and reading.doc[end].text != ",":
            clause.add(end)  # what the tree hangs elsewhere: "comme le note X dans son rapport, …"
        before = [reading.doc[i] for i in (start, start - 1) if i >= 0]
        opener = next((word for word in before if (syntax.lower(word),) in reading.words.markers["as"]), None)
        if opener is None or governs(cue):
            continue
        sentence = reading.at.get(cue.token.i)
        if sentence is None or reading.at.get(opener.i) is not sentence:
            continue
        around = indices_of(reading, sentence.items) - clause - {opener.i}
        edge = opener.i == sentence.tokens[0].i or opener.nbor(-1).text in (",", *DASHES)
        if not edge or not any(verbal(reading.doc[i]) for i in around):
            continue
        comma = next((i for i in sorted(clause) if i > cue.token.i and reading.doc[i].text == ","), max(clause) + 1)
        found = sources.source(reading, cue, within={i for i in clause if i < comma})
        if not found and not syntax.is_passive(cue.token):
            continue
        around -= {
            token.i for token in reading.doc[max(clause) + 1 :] if any(x.start <= token.idx < x.end for x in found)
        }
        yield Found(
            "introduced", cue.act("speech"), found,
            syntax.stretches(reading.doc, {opener.i, *pronouns, *(word.i for word in cue.words)}),
            syntax.stretches(reading.doc, joined(reading, around, clause)), cue.token,
        )  # fmt: skip


def headed(reading: Reading) -> Iterator[Found]:
    """ "Poll: race is tight", "ROSSI: Non lo so": who stands before a paragraph's colon says the rest of it."""
    for number, sentence in enumerate(reading.sentences):
        tokens = sentence.tokens
        before = reading.sentences[number - 1] if number else None
        if before is not None and before.level == sentence.level and before.paragraph == sentence.paragraph:
            continue
        colon = next(
            (n for n, item in enumerate(sentence.items[:9]) if isinstance(item, Token) and item.text == ":"), 0
        )
        if colon == 0 or colon + 2 >= len(sentence.items) or isinstance(sentence.items[colon + 1], Quote):
            continue
        head = tokens[:colon]
        worded = any(verbal(token) or syntax.case_form(token) in reading.words.of for token in head)
        loud = len(head) <= 3 and not worded and all(token.text.isupper() for token in head)
        if not loud and (worded or not _tells(reading, head[-1])):
            continue
        rest = sentence.items[colon + 1 :]
        if not loud and not any(isinstance(item, Token) and verbal(item) for item in rest):
            continue
        content = indices_of(reading, rest)
        following = number + 1
        while loud and following < len(reading.sentences):
            other = reading.sentences[following]
            if other.level != sentence.level or other.paragraph != sentence.paragraph:
                break
            content |= indices_of(reading, other.items)
            following += 1
        content = set(range(min(content), max(content) + 1))
        source = syntax.trimmed(reading.doc, range(head[0].i, head[-1].i + 1))
        yield Found(
            "headed", "asserts", [source] if source else [], [], syntax.stretches(reading.doc, content), tokens[colon]
        )


def _tells(reading: Reading, noun: Token) -> bool:
    return noun.ent_type_ in ("PER", "ORG") or noun.lemma_.lower() in reading.words.tellers


def pointers(reading: Reading) -> Iterator[Found]:
    """ "Lo ha detto X", "è quanto ha affermato X": what is said is the sentence before."""
    for before, sentence in pairwise(reading.sentences):
        if before.level != sentence.level or before.paragraph != sentence.paragraph:
            continue
        cue = next((c for t in sentence.tokens if (c := reading.cue_at.get(t.i)) and c.takes("speech")), None)
        if cue is None or cue.sort != "verb" or governs(cue) or not _points(reading, sentence, cue):
            continue
        source = sources.source(reading, cue, within={token.i for token in sentence.tokens})
        source = source or sources.phrases(reading, syntax.children(cue.token, "obj"))  # "das teilte X mit", exchanged
        content = (
            [quote.inner for quote in before.quotes]
            if not before.tokens
            else syntax.stretches(reading.doc, indices_of(reading, before.items))
        )
        if source:
            cue_spans = syntax.stretches(reading.doc, (word.i for word in cue.words))
            yield Found("pointer", cue.act("speech"), source, cue_spans, content, cue.token)


def _leading(sentence: Sentence, clitic: Token) -> bool:
    """Whether the pronoun opens its sentence, be it behind an adverb: "así lo anunció X"."""
    before = [token for token in sentence.tokens if token.i < clitic.i]
    return not before or (len(before) == 1 and before[0].pos_ == "ADV" and not syntax.negated(clitic.head))


def _points(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    forms = [syntax.lower(token) for token in sentence.tokens if token.i < cue.words[0].i]
    first, *others = sentence.tokens
    pronoun = (syntax.lower(first),) in reading.words.markers["clitics"] and first.pos_ in ("PRON", "DET")
    if pronoun and others and others[0].i == cue.words[0].i:
        return True  # "Das teilte X mit"
    clitics = syntax.children(cue.token, "obj")
    if any(
        (syntax.lower(clitic),) in reading.words.markers["clitics"] and _leading(sentence, clitic) for clitic in clitics
    ):
        return True
    return any(tuple(forms[1 : 1 + len(phrase)]) == phrase for phrase in reading.words.markers["pointers"])
