"""Who does it and to whom: the participants of a verb."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from ...record import Participant, Span
from .. import syntax
from .text import (
    Text,
    actor_of,
    country_of,
    is_actor,
    is_reflexive_pronoun,
    people,
    receives,
    spread,
    state_in,
    under,
)
from .words import Word

# Whoever is blamed for it did what is told after "of": "accusare X di aver invaso Y".
BLAMES = ("ACCUSE", "COERCE", "PROTEST", "SANCTION")
OBLIQUE = {"Gen", "Dat", "Acc", "Ins", "Loc"}  # cases in which nobody acts


@dataclass(slots=True)
class Sides:
    """The heads of the phrases on either side of an act."""

    actors: list[Token] = field(default_factory=list)
    recipients: list[Token] = field(default_factory=list)

    def all(self) -> list[Token]:
        return [*self.actors, *self.recipients]


def verb_sides(text: Text, verb: Token, word: Word) -> Sides:
    """The participants of a verb: the first slot of each side that holds somebody."""
    actors = first(text, verb, word.actor, None)
    if word.reflexive and not actors:  # "ils se sont réunis": a passive in French trees
        actors = people(text, syntax.objects(verb))
    recipients = [token for token in first(text, verb, word.recipient, word) if token not in actors]
    if word.reciprocal and not recipients:
        return reciprocal(actors)
    return Sides(actors, recipients)


def first(text: Text, verb: Token, names: Iterable[str], word: Word | None) -> list[Token]:
    """What stands in the first slot that holds somebody (for a recipient, what the act can be done to)."""
    for name in names:
        found = [t for t in slot(text, verb, name) if (receives(text, t, word) if word else is_actor(text, t))]
        if found:
            return found
    return []


def reciprocal(actors: list[Token]) -> Sides:
    """ "A and B met": one on either side."""
    return Sides(actors[:1], actors[1:])


def slot(text: Text, verb: Token, name: str) -> list[Token]:
    """What fills a slot of a verb; a preposition may hang on its object too: "lanciare accuse contro X"."""
    find = SLOTS.get(name)
    if find:
        return find(text, verb)
    hosts = [verb] if name in CLOSE else [verb, *syntax.children(verb, "obj", "nsubj:pass")]
    return spread(found for host in hosts for found in under(text, host, text.words.slots[name]))


CLOSE = ("of", "in", "by")  # on an object these say something of it alone


def _object(text: Text, verb: Token) -> list[Token]:
    clitics = [child for child in syntax.children(verb, "obj", "iobj") if child.pos_ == "PRON"]
    found = spread(patients(verb)) or [word for word in clitics if not is_reflexive_pronoun(text, word)]
    return found or marked(text, verb)


def marked(text: Text, verb: Token) -> list[Token]:
    """The persons under the preposition that marks them as direct objects, where the tree calls them oblique."""
    return people(text, under(text, verb, text.words.object_marks)) if text.words.object_marks else []


def patients(verb: Token) -> list[Token]:
    """The direct objects; of a passive verb its subject, which it may share, or the noun that it modifies."""
    found = syntax.objects(verb)
    if found or not (syntax.is_passive(verb) or _after_passive(verb)):
        return found
    if syntax.label(verb) in ("acl", "amod"):
        return [verb.head]
    if syntax.label(verb) == "conj":
        return patients(verb.head)
    found = syntax.children(verb, "obj", "nsubj")
    return found or (syntax.subjects(verb) if syntax.label(verb) == "xcomp" else [])  # "могут быть освобождены"


def _after_passive(verb: Token) -> bool:
    """Whether a participle is joined to a passive: "was found guilty and sentenced"."""
    shared = syntax.label(verb) == "conj" and not syntax.children(verb, "aux", "nsubj", "obj")
    return shared and "Part" in syntax.morph(verb, "VerbForm") and syntax.is_passive(verb.head)


def _of_object(text: Text, verb: Token) -> list[Token]:
    things = syntax.objects(verb)
    found = spread(found for thing in things for found in under(text, thing, text.words.slots["of"]))
    return found or spread(
        owner for thing in things for owner in syntax.children(thing, "nmod:poss") if owner.pos_ != "PRON"
    )


def _with_object(text: Text, verb: Token) -> list[Token]:
    wanted = text.words.slots["with"] | text.words.slots["between"]
    return spread(found for thing in syntax.objects(verb) for found in under(text, thing, wanted))


def verb_actors(text: Text, verb: Token) -> list[Token]:
    """Who does what a verb says: its subject or agent, who was asked to, whose decision it is, the subject before."""
    if _after_passive(verb):
        return under(text, verb, text.words.slots["by"])
    if syntax.is_passive(verb):
        return spread(syntax.agents(verb)) or under(text, verb, text.words.slots["by"])
    if seen := _seen(verb):
        return spread(seen)
    return _controller(text, verb) or _subjects(text, verb) or _before(text, verb) or _dropped(text, verb)


def _seen(verb: Token) -> list[Token]:
    """Of a bare infinitive, who is seen or made to do it: "lo ha visto tenere colloqui"."""
    if syntax.label(verb) not in ("xcomp", "ccomp") or syntax.is_finite(verb) or syntax.children(verb, "mark", "nsubj"):
        return []
    objects = [child for child in syntax.children(verb.head, "obj") if child.i != verb.i]
    return [child for child in objects if "Yes" not in syntax.morph(child, "Reflex")]


def _subjects(text: Text, verb: Token) -> list[Token]:
    """The subjects; for a relative pronoun that is not tagged as one, the noun of its clause."""
    found = spread(syntax.subjects(verb))
    if verb.dep_ == "acl:relcl" and found and found[0].lower_ in text.words.relatives and found[0].i not in text.actors:
        return [verb.head]
    return found


SLOTS: dict[str, Callable[[Text, Token], list[Token]]] = {
    "subject": verb_actors,
    "object": _object,
    "indirect": lambda text, verb: spread(syntax.children(verb, "iobj")),
    "of_object": _of_object,
    "with_object": _with_object,
}


def owners(text: Text, noun: Token) -> list[Token]:
    """ "his visit", "Putin's visit", "la sua visita"."""
    found = spread(syntax.children(noun, "nmod:poss", "det"))
    return [owner for owner in found if owner.i in text.actors or (owner.dep_ == "nmod:poss" and is_actor(text, owner))]


def _controller(text: Text, verb: Token) -> list[Token]:
    """Of an infinitive: who was asked to ("chiedere a X di"), or whose decision it is ("la decisione di X di")."""
    head, relation = verb.head, syntax.label(verb)
    if syntax.is_finite(verb) or syntax.children(verb, "nsubj") or head.i == verb.i:
        return []
    if relation in ("xcomp", "ccomp", "advcl") and "Conv" not in syntax.morph(verb, "VerbForm"):
        known = next(
            (
                w
                for w in text.words.verbs.get(text.lemma(head), [])
                if w.type in BLAMES or (w.opens and relation != "advcl")
            ),
            None,
        )
        asked = first(text, head, known.recipient, known) if known else []
        return asked or (verb_actors(text, head) if relation == "ccomp" and head.pos_ == "VERB" else [])
    if relation == "acl" and syntax.children(verb, "mark", "case") and head.pos_ == "NOUN":
        return people(text, under(text, head, text.words.slots["of"])) or owners(text, head)
    return []


def _before(text: Text, verb: Token) -> list[Token]:
    """The actor that stands right before a finite verb, where the tree gives it no subject."""
    group = [verb, *syntax.children(verb, "aux", "cop")]
    start = min(word.i for word in group)
    if not syntax.is_finite(verb) or start == verb.sent.start or start - 1 not in text.actors:
        return []
    head = verb.nbor(start - 1 - verb.i)
    while head.head.i in text.actors and text.actors[head.head.i][0] is text.actors[head.i][0] and head.head.i < head.i:
        head = head.head
    if syntax.children(head, "case") or set(syntax.morph(head, "Case")) & OBLIQUE:
        return []
    if syntax.label(head) != "conj":
        return [head]
    joined = [other for other in (head.head, *syntax.children(head.head, "conj", "appos")) if other.i < head.i]
    # "Secondo la Tass, X e Y hanno parlato": where the tree joins all three, the first is no subject
    return [*(other for other in joined if other.i in text.actors and not syntax.children(other, "case")), head]


def _dropped(text: Text, verb: Token) -> list[Token]:
    """The subject that a finite verb leaves out: that of the clause above, else of the sentence before."""
    impersonal = syntax.children(verb, "csubj", "expl:impers", "expl:pass")
    if not text.words.drops_subject or not syntax.is_finite(verb) or impersonal:
        return []
    group = [verb, *syntax.children(verb, "aux", "cop")]
    if any({"1", "2"} & set(syntax.morph(word, "Person")) for word in group):
        return []
    for step in list(syntax.chain(verb))[1:]:
        if syntax.is_clause(step) and step.i < verb.i and (found := syntax.subjects(step)):
            return _agreeing(text, found, group)
    start = verb.sent.start
    found = syntax.subjects(verb.doc[start - 1].sent.root) if start else []
    return _agreeing(text, found, group)


def _agreeing(text: Text, found: list[Token], group: list[Token]) -> list[Token]:
    finite = [word for word in group if "Fin" in syntax.morph(word, "VerbForm")]
    number = {value for word in finite for value in syntax.morph(word, "Number")}
    told = set(syntax.morph(found[0], "Number")) if found else set()
    agrees = not number or not told or bool(number & told) or len(found) > 1
    return people(text, spread(found)) if agrees else []


def participants(text: Text, tokens: Iterable[Token]) -> list[Participant]:
    """The phrases of these heads, with the actors that they name."""
    found: dict[tuple[int, int], Participant] = {}
    for token in tokens:
        actor = actor_of(text, token) or country_of(text, token) or state_in(text, token)
        span = _phrase(text, token)
        found.setdefault((span.start, span.end), Participant(span.start, span.end, actor.id if actor else None))
    return list(found.values())


def _phrase(text: Text, token: Token) -> Span:
    """The noun phrase without the day behind it, which the tree may hang on it: "President Trump on Tuesday"."""
    if token.pos_ == "ADJ" or syntax.label(token) in ("amod", "det"):
        return Span(token.idx, token.idx + len(token))
    span = syntax.noun_phrase(token, coordination=False)
    if token.ent_type_ and (told := [t for t in under(text, token, text.words.slots["of"]) if not t.ent_type_]):
        before = told[0].left_edge.nbor(-1)  # "accused Washington of bias"
        span = Span(span.start, min(span.end, before.idx + len(before))) if before.i >= token.i else span
    last = next((word for word in reversed(list(token.subtree)) if word.idx + len(word) == span.end), token)
    if last.i not in text.timed or last.i <= token.i:
        return span
    while last.i > token.i and (last.i in text.timed or last.pos_ in ("ADP", "PUNCT", "DET")):
        last = last.nbor(-1)
    return Span(span.start, last.idx + len(last))
