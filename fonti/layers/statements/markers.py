"""Prepositions that name a source: "secondo X", "according to X", "per X", "secondo quanto riferito da X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.statements import borders, sources
from fonti.layers.statements.borders import subtree
from fonti.layers.statements.found import DASHES, Found, indices_of, joined
from fonti.layers.statements.reading import Reading, Sentence
from fonti.record import Span


def markers(reading: Reading) -> Iterator[Found]:
    """ "secondo X", "according to X", "per X": the clause around it is what X says."""
    for sentence in reading.sentences:
        tokens = sentence.tokens
        for n in range(len(tokens)):
            if tokens[n].pos_ not in ("ADP", "ADV", "SCONJ", "VERB", "AUX"):
                continue
            for name, phrase in _opened(reading, tokens[n]):
                marker = _marker(reading, tokens, n, name, phrase)
                found = _marked(reading, sentence, marker, name) if marker else None
                if found is not None:
                    yield found
                if marker:
                    break


def _opened(reading: Reading, token: Token) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The markers that may begin with this word, by their kinds."""
    forms = (syntax.lower(token), syntax.case_form(token))
    for form in dict.fromkeys(forms):
        yield from reading.words.openers.get(form, ())


def _marker(
    reading: Reading, tokens: Sequence[Token], n: int, name: str, phrase: tuple[str, ...]
) -> Sequence[Token] | None:
    """The words of the marker, if all of it stands here."""
    words = tokens[n : n + len(phrase)]
    if name == "sources" and len(phrase) == 2 and len(words) == 2:
        skip = next((k for k in (1, 2, 3) if n + k < len(tokens) and tokens[n + k].pos_ not in ("ADJ", "DET")), 1)
        words = [words[0], *tokens[n + skip : n + skip + 1]]  # "nach ersten Angaben"
    if len(words) < len(phrase) or not all(_is(word, form) for word, form in zip(words[:-1], phrase, strict=False)):
        return None
    fits = _is(words[-1], phrase[-1]) or syntax.case_form(words[-1]) == phrase[-1]
    wrong = tuple(syntax.lower(word) for word in tokens[n : n + 2]) in reading.words.markers["wrong"]
    return words if fits and not wrong else None


def _is(token: Token, form: str) -> bool:
    return syntax.lower(token) == form


def _marked(reading: Reading, sentence: Sentence, marker: Sequence[Token], name: str) -> Found | None:
    doc = reading.doc
    last = marker[-1]
    cue = [word.i for word in marker]
    source: list[Span] = []
    phrase = set(cue)
    if name in ("own", "hearsay"):
        head = last.head
    else:
        quanto = _quanto(reading, last)
        if not quanto and (which := _which(reading, last)):
            return _by_which(reading, marker, which)
        noun = None if quanto else _before(last) if name == "behind" else _behind(reading, marker)
        if quanto:
            words, source, clause = quanto
            cue += words
            phrase |= clause
            head = marker[0].head
        elif noun is None or (name == "people" and not (_person(noun) and _at_edge(marker[0]))):
            return None
        else:
            source = [_first_part(reading, noun, sources.noun_phrase(reading, noun))]
            phrase |= {t.i for t in doc.char_span(source[0].start, source[0].end, alignment_mode="expand") or ()}
            if marker[0].pos_ == "ADV" and not _set_off(reading, phrase):
                return None  # "…, so X." tells who says it, "so X …" does not
            phrase |= {t.i for t in noun.subtree if t.i > last.i and not t.is_punct and t.idx < source[0].end}
            head = noun.head if noun.head.i not in phrase else noun.head.head
    indices = _around(reading, sentence, phrase, head, strict=name == "people")
    if not any(doc[i].pos_ in ("VERB", "AUX") for i in indices) and (name == "people" or len(indices) < 3):
        return None
    indices = borders.cut(reading, head, indices)
    return Found(
        "marker", "asserts", source, syntax.stretches(doc, cue),
        syntax.stretches(doc, borders.without_opening(reading, indices)), marker[0],
    )  # fmt: skip


def _which(reading: Reading, marker: Token) -> Token | None:
    """The relative pronoun behind a marker: "secondo cui", "secondo la quale", "according to which"."""
    near = reading.doc[marker.i + 1 : marker.i + 3]
    return next((token for token in near if "Rel" in syntax.morph(token, "PronType")), None)


def _by_which(reading: Reading, marker: Sequence[Token], which: Token) -> Found | None:
    """ "voci secondo cui il ponte è chiuso": the noun before is the source."""
    noun = syntax.antecedent(which)
    clause = next((step for step in syntax.chain(which) if step.head.i == noun.i), None)
    if noun.i == which.i or clause is None:
        return None
    tokens = {i for i in subtree(clause) if i > which.i}
    source = sources.phrases(reading, [noun])
    cue = syntax.stretches(reading.doc, (word.i for word in marker))
    return Found("marker", "asserts", source, cue, syntax.stretches(reading.doc, tokens), marker[0])


def _set_off(reading: Reading, phrase: set[int]) -> bool:
    """Whether punctuation stands on both sides, be it behind an adverb: "…, so X weiter" ends so."""
    doc, before, after = reading.doc, min(phrase) - 1, max(phrase) + 1
    after += after < len(doc) and doc[after].pos_ == "ADV"
    return before >= 0 and doc[before].is_punct and (after >= len(doc) or doc[after].is_punct or doc[after].is_space)


def _at_edge(token: Token) -> bool:
    """Whether a clause begins here, so that "per X" says whose view it is."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return (
        before.is_space
        or before.text in (",", ":", ";", *DASHES)
        or before.pos_ in ("CCONJ", "SCONJ")
        or ("Rel" in syntax.morph(before, "PronType"))
    )


def _person(noun: Token) -> bool:
    personal = "Prs" in syntax.morph(noun, "PronType")
    return noun.ent_type_ in ("PER", "ORG") or personal


def _behind(reading: Reading, marker: Sequence[Token]) -> Token | None:
    """The noun that a marker governs."""
    last = marker[-1]
    if len(marker) > 1 and last.pos_ == "NOUN" and not _owned(last):
        return last  # "nach ersten Angaben", but "nach Angaben der Polizei"
    for step in (last.head, *([marker[0].head] if syntax.label(marker[0]) == "case" else [])):
        if step.i > last.i and step.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"):
            return step
    for token in reading.doc[last.i + 1 : last.i + 7]:
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            return sources.top(token)
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _owned(noun: Token) -> bool:
    """Whether the noun tells behind it whose it is."""
    if any(child.i > noun.i for child in syntax.children(noun, "nmod", "flat", "appos")):
        return True
    following = noun.doc[noun.i + 1 : noun.i + 2]
    return bool(following) and (following[0].pos_ == "PROPN" or "Gen" in syntax.morph(following[0], "Case"))


def _before(marker: Token) -> Token | None:
    """The noun before a word that stands behind it: "Angaben der Polizei zufolge"."""
    if syntax.label(marker) == "case" and marker.head.i < marker.i:
        return marker.head
    if marker.i == 0 or marker.nbor(-1).pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    noun = sources.top(marker.nbor(-1))
    while syntax.label(noun) == "nmod" and noun.head.i < noun.i:
        if any(token.is_punct for token in noun.doc[noun.head.i : noun.i]):
            break
        noun = noun.head
    return noun


def _first_part(reading: Reading, noun: Token, span: Span) -> Span:
    """The source before a comma that a clause follows: "secondo X, Y ha …" has no apposition."""
    text = reading.text
    cut = text.find(", ", span.start, span.end)
    told = any(syntax.is_finite(token) for token in reading.doc[noun.sent.start : noun.i])
    if cut < 0 or text[span.end : span.end + 1] == "," or (told and text[span.end : span.end + 1] == "."):
        return span
    return Span(span.start, cut) if cut > noun.idx else span


def _quanto(reading: Reading, last: Token) -> tuple[list[int], list[Span], set[int]] | None:
    """ "secondo quanto riferito da X": the further words of the cue, the source, the whole clause."""
    doc = reading.doc
    following = doc[last.i + 1 : last.i + 3]
    words = [syntax.lower(token) for token in following]
    phrase = next((p for p in reading.words.markers["quanto"] if tuple(words[: len(p)]) == p), None)
    if phrase is None:
        return None
    verb = next((token for token in doc[last.i + 1 : last.i + 10] if token.pos_ == "VERB"), None)
    if verb is None or any(token.is_punct for token in doc[last.i + 1 : verb.i]):
        return None
    cue = reading.cue_at.get(verb.i)
    group = cue.words if cue else tuple(syntax.predicate(verb))
    agents = syntax.children(verb, "obl:agent") or syntax.obliques(verb, sources.agent_cases(reading))
    agents = agents or [
        token for token in syntax.children(verb, "nsubj", "obj") if token.i > verb.i or token.pos_ in ("NOUN", "PROPN")
    ]
    speakers = sources.phrases(reading, agents)
    clause = {i for i in subtree(verb) if i > last.i} | set(range(last.i + 1, verb.i + 1))
    stop = next((token.i for token in doc[verb.i : verb.i + 40] if token.text in (",", ".", ";", ":")), len(doc))
    clause = {i for i in clause if i < stop or any(s.start <= doc[i].idx < s.end for s in speakers)}
    return [*range(last.i + 1, last.i + 1 + len(phrase)), *(word.i for word in group)], speakers, clause


def _around(reading: Reading, sentence: Sentence, phrase: set[int], head: Token, *, strict: bool) -> set[int]:
    """The clause that a marker's phrase belongs to: the sentence, where it stands at an edge of it."""
    everything = indices_of(reading, sentence.items)
    first = min(everything)
    begins = all(
        reading.doc[i].is_punct or i in phrase or reading.doc[i].pos_ in ("ADV", "CCONJ")
        for i in range(first, min(phrase))
    )
    rest = joined(reading, everything - phrase, phrase)
    if begins:
        return {i for i in rest if i > min(phrase)}
    ends = all(reading.doc[i].is_punct or i in phrase for i in range(max(phrase) + 1, max(everything) + 1))
    if ends and not strict:
        return rest
    verb = next((step for step in syntax.chain(head) if syntax.is_clause(step)), None)
    if verb is None or syntax.label(verb) in ("ROOT", "parataxis") or verb.i not in everything:
        return rest
    clause = subtree(verb) & rest
    opener = reading.doc[min(clause, default=verb.i)]
    opens = syntax.label(opener) in ("mark", "cc") or "Rel" in syntax.morph(opener, "PronType")
    return joined(reading, clause - {opener.i} if opens else clause, phrase)
