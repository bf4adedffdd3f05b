"""The parsed report with what its other layers found, looked up by token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from ...record import Actor, How, Place, Time
from .. import syntax
from ..actors.lookup import countries_at
from .words import SHORTEST, EventWords, Word, event_words

PERSONAL = {"Prs", "Clit", "Rel", "Ind", "Dem", "Tot"}  # pronouns that stand for somebody
PREFIX = 3  # letters before the last part of a compound
PLACED = ("ASSAULT", "COERCE")  # acts that are done to places too


@dataclass(slots=True)
class Text:
    """The report's words, its actors and its places."""

    doc: Doc
    words: EventWords
    actors: dict[int, tuple[Actor, How]] = field(default_factory=dict)  # the narrowest mention over each token
    states: dict[str, Actor] = field(default_factory=dict)  # the countries that act, by ISO code
    countries: dict[int, str] = field(default_factory=dict)  # the country of the place that each token names
    timed: frozenset[int] = frozenset()  # the words of times
    _lemmas: dict[int, str] = field(default_factory=dict)
    _forms: dict[int, dict[str, list[int]]] = field(default_factory=dict)  # by the first token of a sentence

    @classmethod
    def of(
        cls, doc: Doc, words: EventWords, actors: Iterable[Actor], places: Iterable[Place], times: Iterable[Time]
    ) -> Text:
        """The text with its actors, places and times looked up once for every token."""
        found: dict[int, tuple[int, Actor, How]] = {}
        states: dict[str, Actor] = {}
        for actor in actors:
            if actor.kind == "country" and actor.country:
                states.setdefault(actor.country, actor)
            for mention in actor.mentions:
                size = mention.end - mention.start
                for token in doc.char_span(mention.start, mention.end, alignment_mode="expand") or ():
                    if token.i not in found or size < found[token.i][0]:
                        found[token.i] = (size, actor, mention.how)
        timed = frozenset(
            token.i
            for time in times
            if time.type in ("DATE", "TIME")
            for token in doc.char_span(time.start, time.end, alignment_mode="expand") or ()
        )
        return cls(
            doc,
            words,
            {i: (actor, how) for i, (_, actor, how) in found.items()},
            states,
            countries_at(doc, places),
            timed,
        )

    def lemma(self, token: Token) -> str:
        """The dictionary form, looked up once for each token."""
        if token.i not in self._lemmas:
            self._lemmas[token.i] = self._lemma(token)
        return self._lemmas[token.i]

    def _lemma(self, token: Token) -> str:
        """The dictionary form, of a compound that of its last part: "angriff" for "Luftangriffe"."""
        lemma, heads = self.own_lemma(token), self.words.heads
        if not heads or token.pos_ != "NOUN" or lemma in self.words.nouns:
            return lemma
        for form in (lemma, syntax.lower(token)):
            for start in (0, *range(PREFIX, len(form) - SHORTEST + 1)):
                if form[start:] in heads:
                    return heads[form[start:]]
        return lemma

    def places(self, sentence: Span) -> dict[str, list[int]]:
        """Where in a sentence each lemma, form and bare preposition stands."""
        found = self._forms.get(sentence.start)
        if found is None:
            found = self._forms[sentence.start] = {}
            for token in sentence:
                for form in {self.lemma(token), syntax.lower(token), syntax.case_form(token)}:
                    found.setdefault(form, []).append(token.i)
        return found

    def own_lemma(self, token: Token) -> str:
        """The dictionary form; by the form's endings where the lemmatizer's is no word of the lexicon."""
        lemma = token.lemma_.lower()
        if self.words.particles and token.pos_ == "VERB":
            for particle in syntax.children(token, "compound:prt"):
                start = syntax.lower(particle)
                return self.words.verb_forms.get(start + syntax.lower(token), start + lemma)
        if token.pos_ in ("VERB", "AUX") and lemma not in self.words.verbs:
            return self.words.verb_forms.get(syntax.lower(token), lemma)
        if token.pos_ == "NOUN" and lemma not in self.words.nouns:
            return self.words.noun_forms.get(syntax.lower(token), lemma)
        return lemma


def actor_of(text: Text, token: Token) -> Actor | None:
    """The actor that a phrase names: by its head, its name, or its demonym ("soldati russi")."""
    if token.i in text.actors:
        return text.actors[token.i][0]
    for child in syntax.children(token, "flat", "appos", "compound"):
        if child.i in text.actors:
            return text.actors[child.i][0]
    if text.words.of_class("PERSON", text.lemma(token)):
        for child in syntax.children(token, "amod", "nmod"):
            if child.i in text.actors and text.actors[child.i][1] == "demonym":
                return text.actors[child.i][0]
    return None


def country_of(text: Text, token: Token) -> Actor | None:
    """The country in which a place lies, where the report names it: an attack on Kharkiv is one on Ukraine."""
    for place in (token, *syntax.children(token, "nmod", "flat", "appos", "compound")):
        country = text.countries.get(place.i)
        if country:
            return text.states.get(country)
    return None


def state_in(text: Text, token: Token) -> Actor | None:
    """The only country that the phrase names: "thousands of workers in Haiti", "positions in Syria's Hama province"."""
    inside = [word for word in token.subtree if _of_phrase(word, token)]
    found = {text.countries.get(word.i) or _acting(text, word) for word in inside} - {None}
    return text.states.get(found.pop() or "") if len(found) == 1 else None


def _acting(text: Text, word: Token) -> str | None:
    actor = text.actors[word.i][0] if word.i in text.actors else None
    return actor.country if actor and actor.kind == "country" else None


def _of_phrase(word: Token, head: Token) -> bool:
    for step in syntax.chain(word):
        if step.i == head.i:
            return True
        if syntax.label(step) not in ("nmod", "amod", "compound", "flat", "case", "det", "appos", "obl", "acl"):
            return False
        if step.dep_ == "acl:relcl":
            return False
    return False


def is_actor(text: Text, token: Token) -> bool:
    """Whether the phrase can act: an actor, a name, a person noun or a pronoun for one."""
    if token.i in text.actors or token.ent_type_ or actor_of(text, token):
        return True
    if token.pos_ == "PRON":
        personal = PERSONAL & set(syntax.morph(token, "PronType")) or syntax.morph(token, "Person")
        return bool(personal) and not is_reflexive_pronoun(text, token)
    if token.pos_ == "NUM":  # "due hanno sparato"
        return syntax.label(token) == "nsubj"
    return text.words.of_class("PERSON", text.lemma(counted(text, token)))


def counted(text: Text, token: Token) -> Token:
    """The thing behind a word of quantity: "droni" in "un set di droni", "dollari" in "tre milioni di dollari"."""
    for _ in range(3):
        if not text.words.of_class("QUANTITY", text.lemma(token)) and token.pos_ != "NUM":
            return token
        inner = under(text, token, text.words.slots["of"])
        if not inner:
            return token
        token = inner[0]
    return token


def receives(text: Text, token: Token, word: Word) -> bool:
    """Whether an act can be done to it: to an actor; a place too can be attacked, seized or visited."""
    placed = word.type in PLACED or word.mode == "visit"
    return is_actor(text, token) or (placed and text.words.of_class("PLACE", text.lemma(token)))


def is_public(text: Text, token: Token) -> bool:
    """Whether the phrase is a state, an organisation, an office or a named person."""
    actor = actor_of(text, token)
    if actor is None:
        return token.ent_type_ != ""
    if actor.kind in ("country", "organisation", "agency"):
        return True
    if actor.kind == "person":
        named = any(mention.how == "name" for mention in actor.mentions)
        return named or bool(actor.role) or actor.sector not in PRIVATE
    return actor.sector not in PRIVATE or actor.country is not None


PRIVATE = ("CVL", "CRM", None)


def is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def is_plural(token: Token) -> bool:
    return "Plur" in syntax.morph(token, "Number") and token.pos_ == "NOUN"


def is_definite(noun: Token) -> bool:
    """Whether a noun has a definite article, joined to a preposition too, or an owner."""
    marks = syntax.children(noun, "det", "case", "nmod:poss")
    return any("Def" in syntax.morph(mark, "Definite") or "Yes" in syntax.morph(mark, "Poss") for mark in marks)


def is_reflexive_pronoun(text: Text, token: Token) -> bool:
    return "Yes" in syntax.morph(token, "Reflex") or token.lower_ in text.words.reflexives


def is_reflexive(text: Text, verb: Token) -> bool:
    """Whether the verb has a reflexive pronoun, before it or joined to it."""
    pronouns = syntax.children(verb, "expl", "obj", "iobj")
    return (
        any(word.dep_ == "expl" or is_reflexive_pronoun(text, word) for word in pronouns)
        or "Yes" in syntax.morph(verb, "Reflex")
        or verb.lower_.endswith(text.words.reflexive_endings)
    )


def obliques(text: Text, token: Token) -> Iterator[tuple[str, Token]]:
    """The nominals under a preposition with that preposition; "nei confronti di" is one, a bare "Gen" or "Dat" too."""
    for child in syntax.children(token, "obl", "nmod", "iobj", "advmod"):
        case = case_of(child)
        if not case or not syntax.children(child, "case"):
            if case or syntax.label(child) == "iobj":
                yield case, child
            continue
        start = f"{case} {syntax.lower(child)} "
        longer = [
            (start + case_of(below), below)
            for below in syntax.children(child, "nmod", "obl", "fixed")
            if start + case_of(below) in text.words.complex
        ]
        yield longer[0] if longer else (case, child)


def case_of(token: Token) -> str:
    """The preposition of a nominal; without one its case, where the language has cases: "Gen", "Dat", "Ins"."""
    cases = syntax.morph(token, "Case")
    if syntax.children(token, "case") or not cases:
        return syntax.case_word(token)
    if syntax.label(token) == "iobj" and "Ins" not in cases:  # names and abbreviations hide theirs
        return "Dat"
    return cases[0]


def spread(tokens: Iterable[Token]) -> list[Token]:
    """The nominals with those joined to them, each once."""
    found: dict[int, Token] = {}
    for token in tokens:
        for other in syntax.coordinated(antecedent(token)):
            found.setdefault(other.i, other)
    return list(found.values())


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, where the tags do not call it one too: Russian "который"."""
    if is_untagged_relative(token):
        return next((step.head for step in syntax.chain(token) if step.dep_ == "acl:relcl"), token)
    return syntax.antecedent(token)


def is_untagged_relative(token: Token) -> bool:
    bare = token.pos_ == "PRON" and not syntax.morph(token, "PronType")
    return bare and syntax.lower(token) in event_words(token.doc.lang_).relatives


def under(text: Text, token: Token, prepositions: Iterable[str]) -> list[Token]:
    """Who stands under one of these prepositions."""
    wanted = set(prepositions)
    return spread(found for case, found in obliques(text, token) if case in wanted)


def people(text: Text, tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if is_actor(text, token)]
