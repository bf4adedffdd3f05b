"""Reported speech that the mood of its verb tells: "X sagte, das sei leer. Er habe …", "L'uomo sarebbe fuggito."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.statements import sources
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.found import Found, indices_of
from fonti.layers.statements.reading import Reading, Sentence

_FAR = 12  # tokens between a noun of saying and the comma before what is said


def torn(reading: Reading) -> Iterator[Found]:
    """A clause in this mood behind a cue and a comma that the tree hangs elsewhere: "berichtete …, er gehöre …"."""
    if not reading.words.reported:
        return
    for cue in reading.cues:
        sentence = reading.at.get(cue.token.i)
        if not cue.takes("clause") or cue.sort == "adjective" or sentence is None:
            continue
        behind = [token for token in sentence.tokens if token.i > cue.words[-1].i]
        comma = next((token for token in behind if token.text in (",", ":")), None)
        if comma is None or (cue.sort == "noun" and comma.i - cue.token.i > _FAR):
            continue
        clause = [token for token in behind if token.i > comma.i]
        if _opens_clause(reading, clause):
            content = {i for i in indices_of(reading, sentence.items) if i > comma.i}
            yield _torn(reading, cue, content - {word.i for word in cue.words})


def _torn(reading: Reading, cue: Cue, content: set[int]) -> Found:
    doc = reading.doc
    words = syntax.stretches(doc, (word.i for word in cue.words))
    source = sources.source(reading, cue)
    return Found("clause", cue.act("clause"), source, words, syntax.stretches(doc, content), cue.token)


def _opens_clause(reading: Reading, clause: Sequence[Token]) -> bool:
    """Whether a main clause in the mood of hearsay, or one with a conjunction of saying, begins here."""
    if not clause or any("Rel" in syntax.morph(token, "PronType") and token.pos_ == "PRON" for token in clause[:2]):
        return False
    if clause[0].pos_ == "SCONJ" and syntax.lower(clause[0]) not in reading.words.questions:
        return False
    stop = next((n for n, token in enumerate(clause) if token.text in (",", ";", ":")), len(clause))
    return any(_plainly(reading, token) for token in clause[:stop])


def implied(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Sentences without a cue whose verb says, by its mood, that they are only reported; those in a row are one."""
    if not reading.words.moods:
        return
    told, quoted = _told(reading, found)
    last: Found | None = None  # with which a sentence may go on
    before: Found | None = None  # the implied one that the sentence before belongs to
    near = False  # whether that sentence is reported, too
    for sentence in reading.sentences:
        if sentence.level != -1 or not sentence.tokens:
            continue
        indices = indices_of(reading, sentence.items)
        verb = _main(sentence)
        here = [told[i] for i in sorted(indices) if i in told]
        if verb.i in told or verb.i in quoted or not _reported(reading, sentence, verb, near=near):
            last = max(here, key=lambda one: sum(s.end - s.start for s in one.content)) if here else last
            near, before = bool(here) or (near and bool(sentence.quotes)), None
        elif last is not None:
            content = syntax.stretches(reading.doc, range(min(indices), max(indices) + 1))
            near = True
            if before is not None:
                before.content += content
                continue
            source = list(last.source) if reading.words.repeats else []
            last = before = Found("implied", "asserts", source, [], content, None, carries=last)
            yield before


def _told(reading: Reading, found: Sequence[Found]) -> tuple[dict[int, Found], set[int]]:
    """By each token that is said or a cue, its statement; and what quotations without a cue hold."""
    told: dict[int, Found] = {}
    quoted: set[int] = set()
    for one in found:
        for span in (*one.content, *one.cue):
            words = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
            if words is not None and one.cue:
                told |= dict.fromkeys(range(words.start, words.end), one)
            elif words is not None:
                quoted |= set(range(words.start, words.end))
    return told, quoted


def _main(sentence: Sentence) -> Token:
    """The verb of the main clause."""
    tokens = sentence.tokens
    own = {token.i for token in tokens}
    heads = [token for token in tokens if not token.is_punct and (token.head.i == token.i or token.head.i not in own)]
    return next((token for token in heads if syntax.is_clause(token)), (heads or tokens)[0])


def _reported(reading: Reading, sentence: Sentence, verb: Token, *, near: bool) -> bool:
    """Whether a mood of hearsay tells the sentence; one that the writer also uses counts only right behind another."""
    words = reading.words
    if sentence.tokens[-1].text == "?" or any(syntax.lower(token) in words.unless for token in sentence.tokens):
        return False
    if any(syntax.lower(noun) in words.first for noun in syntax.children(verb, "nsubj")):
        return False
    group = (verb, *syntax.children(verb, "aux", "cop"))
    if any(_plainly(reading, word) for word in group):
        return True
    perfect = "Part" in syntax.morph(verb, "VerbForm") and len(group) > 1
    fits = near and (perfect or not words.perfect)
    return fits and any(words.moods & set(syntax.morph(word, "Mood")) for word in group)


def _plainly(reading: Reading, token: Token) -> bool:
    """Whether the form of a verb hardly tells anything but hearsay: "sei", "habe"."""
    if syntax.lower(token) in reading.words.reported:
        return token.pos_ in ("AUX", "VERB")
    return bool(reading.words.reported) and {"Sub", "Pres"} <= {
        *syntax.morph(token, "Mood"),
        *syntax.morph(token, "Tense"),
    }
