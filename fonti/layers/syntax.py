"""What a Universal Dependencies tree says, in plain questions: the same for every language.

Labels are UD's, subtypes included ("nsubj:pass", "obl:agent"); a multiword token such as Italian "della" is one token.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, Literal

from spacy.tokens import Doc, Token

from fonti.lexicon import lexicon
from fonti.record import Span, Tense

Mood = Literal["indicative", "subjunctive", "conditional", "imperative", "unspecified"]

_MOODS: dict[str, Mood] = {
    "Ind": "indicative", "Sub": "subjunctive", "Cnd": "conditional", "Imp": "imperative",
}  # fmt: skip
# What hangs on a noun without being part of its phrase: the sentence around it, where the noun is its predicate.
_OUTSIDE = (
    "case",
    "mark",
    "cc",
    "punct",
    "cop",
    "aux",
    "nsubj",
    "csubj",
    "advcl",
    "parataxis",
    "discourse",
    "vocative",
)


def label(token: Token) -> str:
    """The relation without its subtype: "nsubj" for "nsubj:pass"."""
    return token.dep_.partition(":")[0]


def morph(token: Token, feature: str) -> list[str]:
    """The values of a morphological feature: ["Past"] for "Tense"."""
    return token.morph.get(feature, [])


def children(token: Token, *labels: str) -> list[Token]:
    """Children by full label ("nsubj:pass") or by the relation alone ("nsubj")."""
    return [child for child in token.children if child.dep_ in labels or label(child) in labels]


def chain(token: Token) -> Iterator[Token]:
    """The token, then its heads up to the root."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def lower(token: Token) -> str:
    """The token's form in lower case, with one kind of apostrophe."""
    return token.lower_.replace("’", "'")


def is_finite(verb: Token) -> bool:
    """Whether the verb, or an auxiliary or copula of its, has a finite form."""
    group = [verb, *children(verb, "aux", "cop")]
    return any("Fin" in morph(word, "VerbForm") or morph(word, "Mood") for word in group)


def is_clause(token: Token) -> bool:
    """Whether the token is the head of a clause: a verb, or a nominal with a copula."""
    return token.pos_ in ("VERB", "AUX") or bool(children(token, "cop"))


def predicate(verb: Token) -> list[Token]:
    """The verb with its auxiliaries, particles and fixed words, in order: "ha reso", "had pointed out"."""
    group = [verb, *children(verb, "aux", "compound:prt", "fixed", "flat")]
    return sorted(group, key=lambda token: token.i)


def case_word(token: Token) -> str:
    """The preposition of a nominal, as the dictionary has it: "da" for "dalla", "according to"; "" without one."""
    words = children(token, "case")
    if not words:
        return ""
    first = words[0]
    return " ".join([case_form(first), *(case_form(word) for word in (*children(first, "fixed"), *words[1:]))])


def case_form(token: Token) -> str:
    """A preposition without the article fused to it."""
    return without_article(lower(token), token.doc.lang_)


def without_article(form: str, language: str) -> str:
    """ "da" for "dalla"; any other form as it is."""
    return _fused(language).get(form, form)


@cache
def _fused(language: str) -> dict[str, str]:
    cases: dict[str, list[str]] = _words(language).get("cases", {})
    return {form: case for case, forms in cases.items() for form in forms}


def _words(language: str) -> dict[str, Any]:
    return lexicon(language, "syntax")


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject is who undergoes it; so too a bare participle: "le armi fornite da Mosca"."""
    if children(verb, "nsubj:pass", "csubj:pass", "aux:pass", "obl:agent"):
        return True
    if {"Part", "Pass"} <= {*morph(verb, "VerbForm"), *morph(verb, "Voice")} and children(verb, "nsubj"):
        return True  # Russian "приговорён", where the tree has a plain subject
    # auxiliaries that make a passive of any participle, whatever the tree calls them
    passive: list[str] = _words(verb.doc.lang_).get("passive", [])
    if "Part" in morph(verb, "VerbForm") and any(word.lemma_ in passive for word in children(verb, "aux")):
        return True
    bare = "Part" in morph(verb, "VerbForm") and "Past" in morph(verb, "Tense") and not children(verb, "aux")
    return bare and label(verb) in ("acl", "amod") and not {"Act", "Mid"} & set(morph(verb, "Voice"))


def subjects(verb: Token) -> list[Token]:
    """The subjects: the verb's own, or shared over coordination, controlled from above, or the noun it modifies."""
    own = children(verb, "nsubj")
    if own:
        return [noun for subject in own for noun in coordinated(antecedent(subject))]
    head, relation = verb.head, label(verb)
    if head.i == verb.i or ";" in verb.doc[min(head.i, verb.i) : max(head.i, verb.i)].text:
        return []
    if relation == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        if "Inf" not in morph(verb, "VerbForm"):
            return coordinated(head)
        return subjects(head.head) if label(head) == "obj" else []  # "ha l'intenzione di partire"
    if relation == "xcomp":
        return objects(head) or subjects(head)
    unmarked = relation == "advcl" and not is_finite(verb)
    if relation == "conj" or unmarked or (relation == "parataxis" and head.i < verb.i):
        return subjects(head) if is_clause(head) else []
    return []


def objects(verb: Token) -> list[Token]:
    """The direct objects; of a passive verb, its subjects."""
    found = children(verb, "nsubj:pass") if is_passive(verb) else children(verb, "obj")
    return [noun for noun_head in found for noun in coordinated(antecedent(noun_head))]


def agents(verb: Token) -> list[Token]:
    """Who does it: the subjects of an active verb, the agent of a passive one."""
    if not is_passive(verb):
        return subjects(verb)
    return [noun for agent in children(verb, "obl:agent") for noun in coordinated(agent)]


def obliques(verb: Token, cases: Collection[str]) -> list[Token]:
    """Nominals under one of these prepositions ("da" finds "dalla"), on a verb or on a noun."""
    return [child for child in children(verb, "obl", "nmod", "iobj") if case_word(child) in cases]


def coordinated(token: Token) -> list[Token]:
    """The nominal and those joined to it: "Kim e Putin"."""
    return [token, *(other for other in children(token, "conj") if not is_clause(other))]


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if "Rel" not in morph(token, "PronType"):
        return token
    for step in chain(token):
        if step.dep_ == "acl:relcl":
            return step.head
    return token


def negated(token: Token) -> bool:
    """Whether a negation hangs on the token or on its auxiliary."""
    words = _words(token.doc.lang_)["negations"]
    below = [token, *children(token, "aux", "cop")]
    return any(
        "Neg" in morph(child, "Polarity") or child.lower_ in words
        for word in below
        for child in children(word, "advmod", "det", "case", "mark", "cc")
    )


def tense(verb: Token) -> Tense:
    """The time of the verb group, unspecified for a lone infinitive or gerund."""
    auxiliaries = children(verb, "aux", "cop")
    group = [verb, *auxiliaries]
    future = _words(verb.doc.lang_)["future"]
    if any("Fut" in morph(word, "Tense") or (word.dep_ == "aux" and lower(word) in future) for word in group):
        return "future"
    tenses = {value for word in group if morph(word, "VerbForm") != ["Part"] for value in morph(word, "Tense")}
    if tenses & {"Past", "Imp", "Pqp"}:
        return "past"
    if any(word.dep_ == "aux:pass" and "Inf" in morph(word, "VerbForm") for word in auxiliaries) and is_finite(verb):
        return "future"  # "devono essere multati", "should be released"
    if len(auxiliaries) == 1 and children(verb, "obl:agent") and "Pres" in tenses:
        return "present"  # "l'aeroporto è occupato dai ribelli"
    participle = "Part" in morph(verb, "VerbForm") and "Past" in morph(verb, "Tense")
    perfect = [word for word in auxiliaries if word.dep_ in ("aux", "aux:tense") or "Past" in morph(word, "Tense")]
    if participle and (perfect or not auxiliaries):
        return "past"
    return "present" if "Pres" in tenses else "unspecified"


def mood(verb: Token) -> Mood:
    """The mood of the verb group; a conditional auxiliary ("would") makes a conditional."""
    group = [verb, *children(verb, "aux", "cop")]
    if any(lower(word) in _words(verb.doc.lang_)["conditional"] for word in group[1:]):
        return "conditional"
    found = {_MOODS[value] for word in group for value in morph(word, "Mood") if value in _MOODS}
    order: tuple[Mood, ...] = ("conditional", "subjunctive", "imperative", "indicative")
    return next((mood for mood in order if mood in found), "unspecified")


def noun_phrase(token: Token, *, apposition: bool = True, relative: bool = False, coordination: bool = True) -> Span:
    """The longest noun phrase of a noun, without its preposition."""
    left_out = {*_OUTSIDE}
    left_out |= set() if apposition else {"appos"}
    left_out |= set() if coordination else {"conj"}
    kept = {token.i}
    for child in token.children:
        clause = label(child) == "conj" and is_clause(child)
        if label(child) not in left_out and not clause:
            kept |= _phrase(child, relative)
    kept -= _beyond_name(token, kept)
    first = last = token.i
    while first - 1 in kept or (first - 2 in kept and token.doc[first - 1].is_punct):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and token.doc[last + 1].is_punct):
        last += 1
    return trimmed(token.doc, range(first, last + 1)) or Span(token.idx, token.idx + len(token))


def _phrase(token: Token, relative: bool) -> set[int]:
    """The subtree, without the clauses in it: "il governo russo di aver invaso" accused of it."""
    told = label(token) in ("acl", "advcl") and any(child.dep_ in ("mark", "case") for child in token.children)
    if (token.dep_ == "acl:relcl" or told) and not relative:
        return set()
    if label(token) in ("parataxis", "discourse"):
        return set()
    return {token.i}.union(*(_phrase(child, relative) for child in token.children))


def _beyond_name(token: Token, kept: set[int]) -> set[int]:
    """What a parser hung on by mistake: "ha dato a Kim droni", "al premier russo droni".

    A bare common noun right behind a name, or behind the noun's own adjective, begins another phrase.
    """
    for i in sorted(k for k in kept if k > token.i + 1 and k - 1 in kept):
        word, before = token.doc[i], token.doc[i - 1]
        bare = word.is_lower and word.pos_ in ("NOUN", "PROPN") and not any(child.i < i for child in word.children)
        if bare and (before.pos_ == "PROPN" or (before.pos_ == "ADJ" and before.head == token)):
            return {k for k in kept if k >= i}
    return set()


def trimmed(doc: Doc, tokens: range) -> Span | None:
    """The tokens' stretch of text, without punctuation and blanks at its edges; None if nothing is left."""
    first, last = tokens.start, tokens.stop - 1
    while first <= last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last >= first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if last + 1 < tokens.stop and doc[last + 1].text == ")" and any(token.text == "(" for token in doc[first:last]):
        last += 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last])) if first <= last else None


def stretches(doc: Doc, indices: Iterable[int]) -> list[Span]:
    """Tokens as spans of text, a span for each run without a gap, punctuation trimmed off each."""
    ordered = sorted(set(indices))
    runs: list[list[int]] = []
    for i in ordered:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = (trimmed(doc, range(run[0], run[-1] + 1)) for run in runs)
    return [span for span in spans if span]
