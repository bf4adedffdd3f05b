"""Who does it and to whom: the participants of a verb, of a noun, and of a noun that a verb carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from ...record import Actor, How, Participant
from .. import syntax
from .words import EventWords, Word

PERSONAL = {"Prs", "Clit", "Rel", "Ind", "Dem", "Tot"}
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET", "X")
# The sides of a noun for these may stand further up in the sentence: "said during a visit to Rome".
CARRIED = ("CONSULT", "COOPERATE", "AGREE", "SUPPORT", "CONCEDE", "PROTEST")


@dataclass(slots=True)
class Text:
    """The parsed report with what its other layers found, for looking up by token."""

    doc: Doc
    words: EventWords
    actors: dict[int, tuple[Actor, How]] = field(default_factory=dict)  # the narrowest mention over each token
    heads: dict[int, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc, words: EventWords, actors: Iterable[Actor]) -> Text:
        """The text with its actors looked up once for every token."""
        found: dict[int, tuple[int, Actor, How]] = {}
        for actor in actors:
            for mention in actor.mentions:
                span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
                for token in span or ():
                    size = mention.end - mention.start
                    if token.i not in found or size < found[token.i][0]:
                        found[token.i] = (size, actor, mention.how)
        return cls(doc, words, {i: (actor, how) for i, (_, actor, how) in found.items()})


@dataclass(slots=True)
class Sides:
    """The heads of the phrases on either side of an act."""

    actors: list[Token] = field(default_factory=list)
    recipients: list[Token] = field(default_factory=list)

    def all(self) -> list[Token]:
        return [*self.actors, *self.recipients]


def lemma(token: Token) -> str:
    return token.lemma_.lower()


def actor_of(text: Text, token: Token) -> Actor | None:
    """The actor that a phrase names: by its head, its name, or its demonym ("soldati russi")."""
    if token.i in text.actors:
        return text.actors[token.i][0]
    for child in syntax.children(token, "flat", "appos", "compound"):
        if child.i in text.actors:
            return text.actors[child.i][0]
    for child in syntax.children(token, "amod", "nmod:poss", "nmod"):
        if child.i in text.actors and text.actors[child.i][1] == "demonym":
            return text.actors[child.i][0]
    return None


def is_actor(text: Text, token: Token) -> bool:
    """Whether the phrase can act: an actor, a name, a person noun or a pronoun for one."""
    if token.i in text.actors or token.ent_type_ in ("PER", "ORG") or actor_of(text, token):
        return True
    if token.pos_ == "PRON":
        return bool(PERSONAL & set(syntax.morph(token, "PronType"))) and "Yes" not in syntax.morph(token, "Reflex")
    return text.words.of_class("PERSON", lemma(token)) or token.ent_type_ == "LOC"


def receives(text: Text, token: Token, word: Word) -> bool:
    """Whether an act can be done to it: to an actor; a place too can be attacked, seized or visited."""
    return (
        is_actor(text, token)
        or (word.type in PLACED or word.mode == "visit")
        and text.words.of_class("PLACE", lemma(token))
    )


PLACED = ("ASSAULT", "COERCE")


def is_public(text: Text, token: Token) -> bool:
    """Whether the phrase is a state, an organisation, an office or a named person."""
    actor = actor_of(text, token)
    if actor is None:
        return token.ent_type_ in ("PER", "ORG", "LOC")
    if actor.kind in ("country", "organisation", "agency"):
        return True
    if actor.kind == "person":
        return actor.sector not in ("CVL", "CRM", "ATH", None) or bool(actor.role) or named(actor)
    return actor.sector not in ("CVL", None) or actor.country is not None


def named(actor: Actor) -> bool:
    return any(mention.how == "name" for mention in actor.mentions)


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """The nominals under a preposition with that preposition: ("nei confronti di", X) is one."""
    for child in syntax.children(token, "obl", "nmod", "iobj", "advmod"):
        case = syntax.case_word(child)
        inner = [(f"{case} {syntax.lower(child)} {syntax.case_word(below)}", below) for below in
                 syntax.children(child, "nmod", "obl", "fixed")] if case else []  # fmt: skip
        longer = [(key, below) for key, below in inner if key in COMPLEX]
        if longer:
            yield longer[0]
        elif child.dep_.startswith(("nmod:poss", "obl:tmod", "nmod:tmod")):
            continue
        elif case or syntax.label(child) == "iobj":
            yield case, child


COMPLEX = {
    "in confronti di", "a danni di", "da parte di", "a opera di", "ad opera di", "per mano di", "per opera di", "in favore di",
    "a favore di", "in difesa di", "a sostegno di", "a fianco di", "al fianco di", "a danno di", "a scapito di", "alla volta di",
    "on behalf of", "at hands of",
}  # fmt: skip


def spread(tokens: Iterable[Token]) -> list[Token]:
    """The nominals with those joined to them, each once."""
    found: dict[int, Token] = {}
    for token in tokens:
        for other in syntax.coordinated(syntax.antecedent(token)):
            found.setdefault(other.i, other)
    return list(found.values())


def slot(text: Text, token: Token, name: str) -> list[Token]:
    """What fills a slot of a verb."""
    find = SLOTS.get(name)
    if find:
        return find(text, token)
    prepositions = text.words.slots[name]
    places = [token, *syntax.children(token, "obj", "nsubj:pass")] if name not in ("of", "in", "by") else [token]
    return spread(found for place in places for case, found in obliques(place) if case in prepositions)


def _object(text: Text, token: Token) -> list[Token]:
    found = syntax.objects(token)
    clitics = [child for child in syntax.children(token, "obj", "iobj", "expl") if child.pos_ == "PRON"]
    return spread(found) or [c for c in clitics if "Yes" not in syntax.morph(c, "Reflex")]


def _of_object(text: Text, token: Token) -> list[Token]:
    return spread(
        found for thing in syntax.objects(token) for case, found in obliques(thing) if case in text.words.slots["of"]
    ) or spread(owner for thing in syntax.objects(token) for owner in syntax.children(thing, "nmod:poss"))


def _with_object(text: Text, token: Token) -> list[Token]:
    return spread(
        found
        for thing in syntax.objects(token)
        for case, found in obliques(thing)
        if case in text.words.slots["with"] | text.words.slots["between"]
    )


SLOTS: dict[str, Callable[[Text, Token], list[Token]]] = {
    "subject": lambda text, token: verb_actors(text, token),
    "object": _object,
    "indirect": lambda text, token: spread(syntax.children(token, "iobj")),
    "of_object": _of_object,
    "with_object": _with_object,
}


def verb_actors(text: Text, verb: Token) -> list[Token]:
    """Who does what a verb says: its subject or agent, who was asked to, whose decision it is, or the subject before."""
    if syntax.is_passive(verb):
        by = text.words.slots["by"]
        return spread(syntax.agents(verb) or [found for case, found in obliques(verb) if case in by])
    return _controller(text, verb) or spread(syntax.subjects(verb)) or _dropped(text, verb)


def _controller(text: Text, verb: Token) -> list[Token]:
    """Of an infinitive: who was asked to ("chiedere a X di"), or whose decision it is ("la decisione di X di")."""
    head, relation = verb.head, syntax.label(verb)
    if syntax.is_finite(verb) or syntax.children(verb, "nsubj") or head.i == verb.i:
        return []
    if relation in ("xcomp", "ccomp", "advcl"):
        known = next((w for w in text.words.verbs.get(lemma(head), []) if w.opens or w.type in BLAMES), None)
        asked = first(text, head, known.recipient, known) if known else []
        return asked or (verb_actors(text, head) if relation == "ccomp" and head.pos_ == "VERB" else [])
    if relation == "acl" and syntax.children(verb, "mark", "case") and head.pos_ == "NOUN":
        of = [found for case, found in obliques(head) if case in text.words.slots["of"]]
        return [token for token in spread(of) if is_actor(text, token)] or _owners(text, head)
    return []


BLAMES = ("ACCUSE", "COERCE", "PROTEST", "SANCTION")  # whoever is blamed did what is told after "of"


def _dropped(text: Text, verb: Token) -> list[Token]:
    """The subject that a finite verb leaves out: that of the clause above, else of the sentence before."""
    if (
        text.doc.lang_ not in DROPPING
        or not syntax.is_finite(verb)
        or syntax.children(verb, "csubj", "expl:impers", "expl:pass")
    ):
        return []
    group = [verb, *syntax.children(verb, "aux", "cop")]
    if any(set(syntax.morph(word, "Person")) & {"1", "2"} for word in group):
        return []
    for step in list(syntax.chain(verb))[1:]:
        if syntax.is_clause(step) and step.i < verb.i and (found := syntax.subjects(step)):
            return _agreeing(text, found, group)
    start = verb.sent.start
    found = syntax.subjects(verb.doc[start - 1].sent.root) if start else []
    return _agreeing(text, found, group)


DROPPING = ("it", "es", "pt")


def _agreeing(text: Text, found: list[Token], group: list[Token]) -> list[Token]:
    number = {
        value for word in group if "Fin" in syntax.morph(word, "VerbForm") for value in syntax.morph(word, "Number")
    }
    told = set(syntax.morph(found[0], "Number")) if found else set()
    agrees = not number or not told or bool(number & told) or len(found) > 1
    return [token for token in spread(found) if is_actor(text, token)] if agrees else []


def verb_sides(text: Text, verb: Token, word: Word) -> Sides:
    """The participants of a verb: the first slot of each side that holds somebody."""
    actors = first(text, verb, word.actor, None)
    recipients = [token for token in first(text, verb, word.recipient, word) if token not in actors]
    if word.reciprocal and not recipients:
        return reciprocal(text, actors)
    return Sides(actors, recipients)


def first(text: Text, verb: Token, names: Iterable[str], word: Word | None) -> list[Token]:
    """What stands in the first slot that holds somebody (or for a recipient, what the act can be done to)."""
    for name in names:
        found = [t for t in slot(text, verb, name) if (receives(text, t, word) if word else is_actor(text, t))]
        if found:
            return found
    return []


def reciprocal(text: Text, actors: list[Token]) -> Sides:
    """ "A and B met": one on either side."""
    return Sides(actors[:1], actors[1:]) if len(actors) > 1 else Sides(actors, [])


def noun_sides(text: Text, noun: Token, word: Word) -> Sides:
    """The participants of a noun: in its own phrase, then with the verb that carries it, then further up."""
    sides = Sides()
    slots = text.words.slots
    wanted = {case for name in word.noun for case in slots.get(name, ())}
    of: list[Token] = []
    for case, found in obliques(noun):
        group = [token for token in spread([found]) if receives(text, token, word)]
        if case in slots["between"]:
            both = reciprocal(text, group)
            sides.actors += both.actors
            sides.recipients += both.recipients
        elif case in slots["by"] and not (case in slots["from"] and case in wanted):
            sides.actors += group
        elif case in slots["of"]:
            of += group
        elif case in wanted:
            sides.recipients += group
    owners = _owners(text, noun)
    if word.of == "recipient":
        sides.recipients = of or sides.recipients
        (sides.actors if of or sides.recipients else sides.recipients).extend(owners)
    elif word.of == "actor":
        sides.actors = sides.actors or of or owners
        if of and owners and owners[0] not in sides.actors:
            sides.recipients = sides.recipients or of
            sides.actors = owners
    for demonym in syntax.children(noun, "amod", "compound"):
        if demonym.i in text.actors and not (demonym in owners):
            entry = text.actors[demonym.i][1]
            undergoes = entry != "demonym" and word.of == "recipient" and not sides.recipients
            side = sides.recipients if undergoes else sides.actors
            if not side:
                side.append(demonym)
    if not (sides.actors and sides.recipients):
        _carried(text, noun, word, sides)
    if word.reciprocal and not sides.recipients and len(sides.actors) > 1:
        sides = reciprocal(text, sides.actors)
    sides.recipients = [token for token in sides.recipients if token not in sides.actors]
    return sides


def _owners(text: Text, noun: Token) -> list[Token]:
    """ "his visit", "Putin's visit", "la sua visita"."""
    found = syntax.children(noun, "nmod:poss", "det:poss")
    return [
        owner for owner in spread(found) if is_actor(text, owner) or owner.dep_ == "det:poss" and owner.i in text.actors
    ]


def _carried(text: Text, noun: Token, word: Word, sides: Sides) -> None:
    """What the verb above gives to a noun: "ha lanciato un attacco contro X", "Obama, in visita in Polonia"."""
    head, relation = noun.head, syntax.label(noun)
    support, slots = text.words.support, text.words.slots
    if head.i == noun.i:
        if syntax.children(noun, "cop") or syntax.children(noun, "nsubj"):
            sides.actors = sides.actors or _people(text, spread(syntax.children(noun, "nsubj")))
        return
    if relation == "conj" and head.pos_ in ("NOUN", "PROPN"):
        head, relation = head.head, syntax.label(head)
    if relation == "nmod" and head.pos_ == "NOUN" and not is_actor(text, head) and head.head.i != head.i:
        sides.actors = sides.actors or [t for case, found in obliques(head) if case in slots["by"]
                                        for t in spread([found]) if is_actor(text, t)]  # fmt: skip
        head, relation = head.head, syntax.label(head)
    if relation in ("nmod", "acl") and head.pos_ in ("PROPN", "NOUN") and word.of == "actor" and is_actor(text, head):
        if syntax.case_word(noun) in slots["in"] | slots["on"]:
            sides.actors = sides.actors or [head]
        return
    if head.pos_ not in ("VERB", "AUX"):
        return
    verb, passive = head, syntax.is_passive(head)
    name = lemma(verb)
    wanted = {case for slot_name in word.noun for case in slots.get(slot_name, ())}
    given = [token for case, found in obliques(verb) if case in wanted and found.i != noun.i
             for token in spread([found]) if receives(text, token, word)]  # fmt: skip
    is_object = relation == "obj" or noun.dep_ == "nsubj:pass"
    if is_object and name in support["passive"] and not passive:
        sides.recipients = sides.recipients or _people(text, verb_actors(text, verb))
        sides.actors = sides.actors or [t for case, found in obliques(verb) if case in slots["from"]
                                        for t in spread([found]) if is_actor(text, t)]  # fmt: skip
    elif is_object:
        sides.actors = sides.actors or [t for t in _people(text, verb_actors(text, verb)) if t not in sides.recipients]
        if name in support["active"]:
            sides.recipients = sides.recipients or given
    elif relation == "nsubj":
        if name in support["from"]:
            sides.actors = sides.actors or [t for case, found in obliques(verb) if case in slots["from"]
                                            for t in spread([found]) if is_actor(text, t)]  # fmt: skip
        if name in support["happen"]:
            between = [t for case, found in obliques(verb) if case in slots["between"] for t in spread([found])]
            if between:
                both = reciprocal(text, between)
                sides.actors, sides.recipients = both.actors, both.recipients
            sides.recipients = sides.recipients or given
    elif relation == "obl" and word.of == "actor" and word.type in CARRIED:
        sides.actors = sides.actors or [t for t in _people(text, verb_actors(text, verb)) if t not in sides.recipients]
        if name in support["active"] and not sides.recipients:
            sides.recipients = given


def _people(text: Text, tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if is_actor(text, token)]


def participants(text: Text, tokens: Iterable[Token]) -> list[Participant]:
    """The phrases of these heads, with the actors that they name."""
    found: dict[tuple[int, int], Participant] = {}
    for token in tokens:
        actor = actor_of(text, token)
        span = syntax.noun_phrase(token, coordination=False)
        if token.pos_ == "ADJ" or syntax.label(token) in ("amod", "det"):
            span = type(span)(token.idx, token.idx + len(token))
        found.setdefault((span.start, span.end), Participant(span.start, span.end, actor.id if actor else None))
    return list(found.values())
