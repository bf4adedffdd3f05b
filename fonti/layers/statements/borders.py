"""Where what is said begins and ends."""

from __future__ import annotations

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.found import indices_of
from fonti.layers.statements.reading import Reading


def subtree(token: Token) -> set[int]:
    return {other.i for other in token.subtree}


def without_opening(reading: Reading, tokens: set[int]) -> set[int]:
    """The tokens without the word that introduces them, where the language leaves it out."""
    for i in sorted(tokens):
        token = reading.doc[i]
        opener = syntax.lower(token) in reading.words.dropped and token.pos_ in ("SCONJ", "ADP", "ADV", "PRON", "CCONJ")
        within = syntax.label(token) == "case" and token.head.i != token.head.head.i and token.head.head.i in tokens
        if within or not (opener or token.is_punct or token.is_space):
            break  # "dijo que en enero …": this preposition is said
        tokens = tokens - {i}
        if opener and syntax.lower(token) in reading.words.conjunctions:
            break  # "a affirmé qu'à Paris …"
    while tokens and reading.doc[min(tokens)].text == ",":
        tokens = tokens - {min(tokens)}
    while tokens and reading.doc[max(tokens)].pos_ == "CCONJ":  # "vrezen dat … en vragen zich af"
        tokens = tokens - {max(tokens)}
    return tokens


def within_level(reading: Reading, token: Token, tokens: set[int]) -> set[int]:
    """Only the tokens of the cue's sentence, quotations that stand in it included."""
    sentence = reading.at.get(token.i)
    return tokens if sentence is None else tokens & indices_of(reading, sentence.items)


def extended(reading: Reading, cue: Cue, frame: str, tokens: set[int]) -> set[int]:
    """The content goes on over what the tree hangs too high, in its sentence: behind a colon, ", che …", "per …"."""
    doc = reading.doc
    sentence = reading.at.get(cue.token.i)
    if sentence is None or not tokens or max(tokens) < cue.token.i:
        return tokens
    limit = max(token.i for token in sentence.tokens)
    said = frame in ("clause", "infinitive")
    while (end := max(tokens)) < limit:
        after = end + 1
        if said and doc[after].text == ":":
            return tokens | {i for i in range(after, limit + 1) if doc[i].text not in ".!?"}
        gap = 1 if doc[after].text == "," or doc[after].pos_ == "CCONJ" else 0
        start = after + gap
        if start > limit or start not in reading.at:
            break
        piece = _piece(reading, cue, start, said=said, gap=gap)
        if not piece:
            break
        tokens = tokens | set(range(after, start)) | piece
    return tokens


def _piece(reading: Reading, cue: Cue, start: int, *, said: bool, gap: int) -> set[int]:
    """What stands from here on, if it hangs on the cue but belongs to what is said."""
    doc = reading.doc
    first = doc[start]
    for child in cue.token.children:
        if child.left_edge.i != start or child.i < cue.token.i or child.i in reading.cue_at:
            continue
        relation = syntax.label(child)
        if said and relation in ("obl", "advcl", "advmod", "nmod", "acl", "xcomp", "ccomp"):
            if syntax.lower(first) in reading.words.meanwhile:
                return set()
            return subtree(child)
        if not said and not gap and relation in ("obl", "nmod") and syntax.case_word(child) in reading.words.inner:
            return subtree(child)
    if said and gap and syntax.lower(first) in reading.words.conjunctions:  # "… e che …"
        verb = next((token for token in doc[start + 1 : start + 20] if token.pos_ == "VERB"), None)
        if verb is not None and verb.left_edge.i >= start - 1:
            return {i for i in subtree(verb) if i >= start} | set(range(start, verb.i + 1))
    if said and gap and syntax.lower(first) in reading.words.to:  # "…, di fare, di dire"
        verb = doc[start + 1] if start + 1 < len(doc) else first
        verb = verb.head if syntax.label(verb) in ("aux", "advmod") else verb
        if infinitive(verb):
            return {i for i in subtree(verb) if i >= start} | set(range(start, verb.i + 1))
    return set()


def whole_quotes(reading: Reading, cue: Cue, tokens: set[int]) -> set[int]:
    """A quotation of which the content has a part belongs to it as a whole."""
    for quote in reading.holding(tokens):
        span = reading.tokens_of[quote]
        if quote.independent or cue.token.i in span:
            continue
        others = reading.cue_at.keys() & set(span)
        if not others or tokens & others:
            tokens = tokens | set(span)
    return tokens


def cut(reading: Reading, said: Token, tokens: set[int]) -> set[int]:
    """The content ends where the next saying begins: ", affermando che", ", mentre Z ha detto", "e fa presente"."""
    for i in sorted(tokens & reading.cue_at.keys()):
        other = reading.cue_at[i]
        verb = other.token
        if other.sort != "verb" or verb.i not in tokens or verb.i == said.i:
            continue
        relation = syntax.label(verb)
        if relation not in ("advcl", "conj", "parataxis") or not _opens(other):
            continue
        start = verb.left_edge.i
        if relation == "conj" and not _like(verb, said):
            continue
        if relation == "advcl" and not _comma_before(verb):
            continue
        tokens = {i for i in tokens if i < start or i > verb.right_edge.i}
    return _without_source(reading, said, tokens)


def _without_source(reading: Reading, said: Token, tokens: set[int]) -> set[int]:
    """The content without a source for the whole sentence at its end: "Half think that it will rise, a poll says"."""
    doc = reading.doc
    behind = {i for i in tokens if i > said.i}
    for i in sorted(behind):
        if doc[i].text == "," and i + 1 in behind and _names_source(reading, doc[i + 1]):
            last = {j for j in behind if j >= i}
            if i > said.i + 1 and not any(doc[j].text == "," or syntax.is_finite(doc[j]) for j in last - {i}):
                return tokens - last
    return tokens


def _names_source(reading: Reading, token: Token) -> bool:
    near = [syntax.lower(other) for other in token.doc[token.i : token.i + 5]]
    return any(tuple(near[: len(phrase)]) == phrase for phrase in reading.words.markers["sources"])


def _opens(cue: Cue) -> bool:
    return bool(syntax.children(cue.token, "ccomp", "xcomp", "obj", "csubj"))


def _like(verb: Token, other: Token) -> bool:
    """Whether two verbs have one shape, so that they are joined to each other: "ha detto … e ha aggiunto"."""
    if syntax.children(verb, "mark"):
        return False
    first = {(word.lemma_, *syntax.morph(word, "VerbForm")) for word in (verb, *syntax.children(verb, "aux"))}
    second = {(word.lemma_, *syntax.morph(word, "VerbForm")) for word in (other, *syntax.children(other, "aux"))}
    shapes = [{item[1:] for item in group} for group in (first, second)]
    return len(first) == len(second) and shapes[0] == shapes[1] and syntax.tense(verb) == syntax.tense(other)


def _comma_before(verb: Token) -> bool:
    edge = verb.left_edge
    return bool(edge.i) and (edge.nbor(-1).text in (",", ";", "–", "-", "—") or edge.is_punct)


def finite(verb: Token) -> bool:
    """Whether the verb is finite; so is an infinitive with its own subject, which is a plural: "zeggen experts"."""
    return syntax.is_finite(verb) or bool(syntax.children(verb, "nsubj") and infinitive(verb))


def infinitive(token: Token) -> bool:
    group = [token, *syntax.children(token, "cop", "aux")]
    bare = token.pos_ == "VERB" and syntax.label(token) == "xcomp" and not str(token.morph)  # "zurückzutreten"
    return bare or any("Inf" in syntax.morph(word, "VerbForm") for word in group)
