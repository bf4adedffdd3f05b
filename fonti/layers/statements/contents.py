"""What is said: the tokens that a cue's frames open onto."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.parse import OPENING
from fonti.layers.statements import sources
from fonti.layers.statements.borders import (
    cut,
    extended,
    finite,
    infinitive,
    subtree,
    whole_quotes,
    within_level,
    without_opening,
)
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.reading import Reading

Content = tuple[str, set[int]]  # the frame and its tokens


def content(reading: Reading, cue: Cue) -> Content | None:
    """The frame in which the cue stands and the tokens of what is said; None where it opens onto nothing."""
    if cue.sort == "noun":
        found = _of_noun(reading, cue)
    elif cue.sort == "adjective":
        found = _of_adjective(reading, cue)
    else:
        found = _of_verb(reading, cue)
    if not found:
        return None
    frame, tokens = found
    tokens -= {word.i for word in cue.words}
    tokens = extended(reading, cue, frame, tokens)
    tokens = within_level(reading, cue.token, tokens)
    tokens = cut(reading, cue.token, tokens)
    tokens = whole_quotes(reading, cue, tokens)
    tokens = without_opening(reading, tokens)
    return (frame, tokens) if any(reading.doc[i].is_alpha for i in tokens) else None


def _of_verb(reading: Reading, cue: Cue) -> Content | None:
    verb = cue.token
    finite, infinite = _complements(reading, cue)
    if cue.takes("clause") and finite:
        return "clause", _from_the_cue_on(reading, cue, finite)
    following = _following(reading, cue) if cue.takes("clause") and not infinite else set()
    if following:
        return "clause", following
    if cue.takes("infinitive") and infinite:
        tokens = _all(infinite)
        if not reading.words.dropped:  # "asked the clerks to wait": the clerks are part of what was asked
            tokens |= _all(noun for noun in syntax.children(verb, "obj", "iobj") if noun.i < min(tokens))
        return "infinitive", tokens
    for frame, rule in (
        ("name", _name),
        ("as", _name),
        ("self", _self),
        ("charge", _charge),
        ("object", _object),
        ("about", _about),
    ):
        if cue.takes(frame):
            tokens = rule(reading, cue, frame)
            if tokens:
                return frame, tokens
    return None


def _all(heads: Iterable[Token]) -> set[int]:
    return set().union(*(subtree(head) for head in heads))


def _complements(reading: Reading, cue: Cue) -> tuple[list[Token], list[Token]]:
    """The clauses that the verb governs, behind it: finite ones, and infinitives."""
    told: list[Token] = []
    infinite: list[Token] = []
    for child in syntax.children(cue.token, "ccomp", "xcomp", "csubj"):
        if child.i < cue.token.i or reading.levels[child.i] != reading.levels[cue.token.i]:
            continue
        if syntax.label(child) == "xcomp" and not infinitive(child):
            continue
        plural = finite(child) and _conjunction(reading, child) is not None
        bare = infinitive(child) and not (syntax.is_finite(child) or plural)
        (infinite if bare else told).append(child)
    for child in syntax.children(cue.token, "advcl"):
        first = syntax.lower(child.doc[child.left_edge.i])
        if child.i > cue.token.i and first in reading.words.questions and syntax.is_finite(child):
            told.append(child)
        elif child.i > cue.token.i and first in reading.words.to and infinitive(child):
            infinite.append(child)
    if not told and cue.takes("clause"):
        told = [clause for noun in syntax.children(cue.token, "obl", "iobj") for clause in _hung_on(reading, cue, noun)]
    return told, infinite


def _hung_on(reading: Reading, cue: Cue, noun: Token) -> list[Token]:
    """The verb's clauses that the tree hangs on a noun between: "a indiqué dans un communiqué que …"."""
    other = reading.cue_at.get(noun.i)
    if noun.i < cue.token.i or (other is not None and other.takes("clause")):
        return []
    clauses = syntax.children(noun, "acl", "ccomp", "advcl")
    return [clause for clause in clauses if clause.i > noun.i and _conjunction(reading, clause)]


def _conjunction(reading: Reading, clause: Token) -> Token | None:
    """The conjunction that opens a clause that is said."""
    marks = syntax.children(clause, "mark")
    return next((mark for mark in marks if syntax.lower(mark) in reading.words.conjunctions), None)


def _from_the_cue_on(reading: Reading, cue: Cue, clauses: list[Token]) -> set[int]:
    """The clauses, and what stands between the cue and them, if the tree has torn it off: "says *the ad* will air"."""
    doc = reading.doc
    tokens = _all(clauses)
    if len(clauses) == 1 and (mark := _conjunction(reading, clauses[0])):  # "verklaarde donderdag dat …"
        tokens = {i for i in tokens if i >= mark.i}
    start = cue.words[-1].i + 1
    gap = [doc[i] for i in range(start, min(tokens))]
    if not gap:
        return tokens
    for token in gap:
        if syntax.lower(token) in reading.words.conjunctions:
            return tokens | set(range(token.i, min(tokens)))
    subject = any(syntax.children(clause, "nsubj", "csubj", "expl", "mark") for clause in clauses)
    plain = not any(token.is_punct or syntax.label(token) in ("case", "mark") for token in gap)
    return tokens if subject or not plain or reading.words.dropped else tokens | {token.i for token in gap}


def _following(reading: Reading, cue: Cue) -> set[int]:
    """The clause right behind the cue by the order of words, where the tree hangs it elsewhere: "ha detto che …"."""
    doc = reading.doc
    at = cue.words[-1].i + 1
    while at < len(doc) and (doc[at].pos_ == "ADV" or doc[at].text == ","):
        at += 1
    if at >= len(doc) or syntax.lower(doc[at]) not in reading.words.conjunctions or doc[at].i not in reading.at:
        return set()
    sentence = reading.at[cue.token.i]
    if reading.at[doc[at].i] is not sentence:
        return set()
    verb = next((token for token in doc[at + 1 : at + 30] if token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return set()
    head = verb.head if verb.pos_ == "AUX" and syntax.label(verb) in ("aux", "cop") else verb
    if head.i < at:
        return set()
    return {i for i in subtree(head) if i >= at} | set(range(at, head.i + 1))


def _name(reading: Reading, cue: Cue, frame: str) -> set[int]:
    """ "bolla X come Y", "calls X a liar": the predicate, with the object for the frame "name"."""
    verb = cue.token
    objects = syntax.objects(verb) if not syntax.is_passive(verb) else syntax.children(verb, "nsubj:pass")
    predicates = [child for child in syntax.children(verb, "xcomp") if child.i > verb.i]
    own = syntax.children(verb, "obj")
    # "califica de grave el ataque"; two objects: "calls it a disaster"
    predicates += [noun for noun in own if syntax.case_word(noun) in cue.prepositions(frame)] or own[1:]
    predicates += [
        child
        for child in syntax.children(verb, "obl", "advcl", "nmod", "acl", "amod")
        if child.i > verb.i
        and (syntax.case_word(child) in cue.prepositions(frame) or _marked(reading, child, cue, frame))
    ]
    if not predicates:  # hung on the object
        predicates = [
            child
            for noun in objects
            if noun.i > verb.i
            for child in syntax.children(noun, "nmod", "acl", "advcl", "xcomp")
            if _marked(reading, child, cue, frame) or syntax.case_word(child) in cue.prepositions(frame)
        ]
    if frame == "name" and not predicates:  # taken for an apposition, which has a comma: "calls the road “a disaster”"
        nouns = (child for noun in objects if noun.i > verb.i for child in syntax.children(noun, "appos"))
        predicates = [child for child in nouns if not any(t.text == "," for t in child.doc[verb.i : child.i])]
    if frame == "as" and not predicates and not cue.prepositions(frame):
        behind = [child for child in syntax.children(verb, "obl", "obj", "amod", "nmod") if child.i > verb.i]
        quoted = [child for child in behind if child.doc[child.left_edge.i].text in OPENING]
        return _all(quoted or behind)  # "ha definito la strada «un disastro»"
    if not predicates:
        return set()
    tokens = _all(predicates[:1])
    if frame == "name":
        behind = [noun for noun in objects if noun.head.i == verb.i and noun.pos_ != "PRON"]
        tokens |= _all(noun for noun in behind if noun.i > verb.i or syntax.is_passive(verb))
        if not reading.words.dropped:
            tokens |= _all(noun for noun in objects if noun.head.i == verb.i and noun.i > verb.i)
    return tokens


def _marked(reading: Reading, child: Token, cue: Cue, frame: str) -> bool:
    first = syntax.lower(child.doc[child.left_edge.i])
    return first in cue.prepositions(frame) or (frame == "as" and (first,) in reading.words.markers["as"])


def _self(reading: Reading, cue: Cue, frame: str) -> set[int]:
    verb = cue.token
    return _all(child for child in syntax.children(verb, "xcomp", "obj", "amod", "acl", "obl") if child.i > verb.i)


def _charge(reading: Reading, cue: Cue, frame: str) -> set[int]:
    """ "accusa X di Y": Y alone where the language leaves the hearer out, else X and Y."""
    verb = cue.token
    cases = cue.prepositions(frame)
    charges = [child for child in syntax.obliques(verb, cases) if child.i > verb.i]
    charges += [
        child
        for child in syntax.children(verb, "xcomp", "advcl", "ccomp", "acl")
        if child.i > verb.i and syntax.lower(child.doc[child.left_edge.i]) in cases
    ]
    nouns = [noun for noun in syntax.objects(verb) if noun.i > verb.i]
    if not charges:
        charges = [
            child
            for noun in nouns
            for child in syntax.children(noun, "nmod", "acl", "advcl")
            if syntax.case_word(child) in cases or syntax.lower(child.doc[child.left_edge.i]) in cases
        ]
        charges = charges[:1] if cue.takes("infinitive") or not cue.takes("object") else []
    if not charges:
        return set()
    tokens = _all(charges)
    if not reading.words.dropped:
        return tokens | _all(nouns)
    for charge in charges:
        tokens -= {case.i for case in syntax.children(charge, "case")}
    return tokens


def _object(reading: Reading, cue: Cue, frame: str) -> set[int]:
    verb = cue.token
    tokens: set[int] = set()
    if syntax.label(verb) in ("acl", "amod") and syntax.is_passive(verb):
        noun = verb.head
        if not syntax.agents(verb):
            return set()
        return _phrase(noun) - subtree(verb)
    for noun in syntax.objects(verb):
        if noun.pos_ == "PRON" and noun.head.i == verb.i:
            continue
        if noun.head.i != verb.i and noun.i < verb.i:  # through a relative pronoun
            return _phrase(noun) - subtree(verb)
        tokens |= subtree(noun)
    return tokens


def _phrase(noun: Token) -> set[int]:
    span = syntax.noun_phrase(noun)
    return {token.i for token in noun.subtree if span.start <= token.idx < span.end}


def _about(reading: Reading, cue: Cue, frame: str) -> set[int]:
    """ "parla di X", "talks about X"; the preposition is no part where the language leaves it out."""
    cases = cue.prepositions(frame)
    word = cue.token
    nominals = [child for child in syntax.obliques(word, cases) if child.i > word.i]
    clauses = [
        child
        for child in syntax.children(word, "advcl", "acl", "obl")
        if child.i > word.i and syntax.lower(child.doc[child.left_edge.i]) in cases
    ]
    found = nominals or clauses
    if not found:
        return set()
    tokens = _all(found[:1])
    marks = syntax.children(found[0], "case", "mark")
    return tokens - {mark.i for mark in marks if mark.i < found[0].i}


def _of_noun(reading: Reading, cue: Cue) -> Content | None:
    noun = cue.token
    clauses = [
        child
        for child in syntax.children(noun, "acl", "ccomp", "appos", "xcomp")
        if child.i > noun.i and syntax.is_clause(child)
    ]
    # hung on who promises: "la promessa del ministro di riaprire"
    owners = syntax.children(noun, "nmod") if cue.takes("infinitive") else []
    clauses += [child for owner in owners for child in syntax.children(owner, "acl") if infinitive(child)]
    for clause in clauses:
        first = syntax.lower(clause.doc[clause.left_edge.i])
        if cue.takes("clause") and _opened(reading, clause) and finite(clause):
            if clause.dep_ == "acl:relcl" and any(
                "Rel" in syntax.morph(word, "PronType") and syntax.label(word) in ("nsubj", "obj", "obl")
                for word in clause.children
            ):
                continue
            return "clause", subtree(clause)
        marks = {first, *(syntax.lower(mark) for mark in syntax.children(clause, "mark"))}
        if cue.takes("infinitive") and infinitive(clause) and (marks & reading.words.to or not str(clause.morph)):
            return "infinitive", subtree(clause)
    if cue.takes("about"):
        tokens = _about_noun(reading, cue)
        if tokens:
            return "about", tokens
    return None


def _opened(reading: Reading, clause: Token) -> bool:
    """Whether a conjunction opens the clause, be it behind a preposition: "la promesa de que …"."""
    first, *following = [syntax.lower(token) for token in clause.doc[clause.left_edge.i : clause.left_edge.i + 2]]
    behind = first in reading.words.to and bool(reading.words.conjunctions.intersection(following))
    return behind or first in reading.words.nominal


def _about_noun(reading: Reading, cue: Cue) -> set[int]:
    noun = cue.token
    cases = cue.prepositions("about")
    for child in syntax.obliques(noun, cases):
        if child.i > noun.i and not (syntax.case_word(child) in reading.words.of and sources.owner(reading, child)):
            agents = _all(syntax.obliques(child, sources.agent_cases(reading)))  # "annuncio di tregua da parte di X"
            return subtree(child) - {case.i for case in syntax.children(child, "case")} - agents
    return set()


def _of_adjective(reading: Reading, cue: Cue) -> Content | None:
    word = cue.token
    told, infinite = _complements(reading, cue)
    if told and cue.takes("clause"):
        return "clause", _all(told)
    if infinite and cue.takes("infinitive"):
        return "infinitive", _all(infinite)
    tokens = _about(reading, cue, "about") if cue.takes("about") else set()
    return ("about", tokens) if tokens and syntax.children(word, "cop") else None
