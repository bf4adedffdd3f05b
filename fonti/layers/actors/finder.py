"""Reads names, roles, demonyms and pronouns into chains of mentions, and chains into actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from fonti.facts import SECTORS, Fact, Facts, sound
from fonti.layers.actors.chains import (
    Chain,
    group_of,
    holder,
    one_letter_apart,
    person_of,
    same_organisation,
    same_person,
)
from fonti.layers.actors.pronouns import pronoun_group, pronoun_person, pronoun_speaker
from fonti.layers.actors.roles import POSSESSIVE, Role, countries_in, expression_at, find_roles
from fonti.layers.syntax import case_word, label, lower, morph, subjects
from fonti.lexicon import lexicon
from fonti.record import Actor, ActorKind, Name

OFFICES = {
    "police": "COP", "intelligence": "SPY", "party": "PTY", "military": "MIL", "court": "JUD",
    "constitutional court": "JUD", "parliament": "LEG", "lower house": "LEG", "upper house": "LEG", "senate": "LEG",
}  # fmt: skip


class Finder:
    """The chains of one report, while its mentions are read."""

    def __init__(self, doc: Doc, facts: Facts, published: str | None) -> None:
        self.doc, self.facts, self.published = doc, facts, published
        self.text, self.ents = doc.text, doc.ents  # spaCy builds them anew each time
        self.starting = {ent.start: ent for ent in self.ents}
        sections = doc._.sections if Doc.has_extension("sections") else ()
        self.credits = [s for s in sections if s.kind == "credit"]
        self.signed = [s for s in sections if s.kind in ("credit", "dateline")]
        self.words = lexicon(doc.lang_, "actors")["words"]
        self.chains: list[Chain] = []
        self.of_country: dict[str, Chain] = {}
        self.of_name: dict[tuple[int, int], Chain] = {}
        self.roles = find_roles(doc, facts)

    # ── names ──

    def read_name(self, name: Name) -> None:
        text = self.base_form(name)
        if name.label == "PER":
            chain: Chain | None = self.person(text, name)
        elif name.label == "ORG" and (self.signs(name) or not self.facts.country(text)):
            chain = self.organisation(text, name)
        else:
            chain = self.place(text, name)
        if chain:
            self.of_name[name.start, name.end] = chain
            if text not in chain.names and chain.kind != "country":
                chain.names.append(text)

    def signs(self, name: Name) -> bool:
        """Whether it is the agency of a dateline or a credit: there "ANP" is no Palestinian authority."""
        known = self.facts.outlet(self.text[name.start : name.end])
        return known is not None and any(s.start <= name.start and name.end <= s.end for s in self.signed)

    def base_form(self, name: Name) -> str:
        """A person's name without its case: "Владимир Путин" for "Владимира Путина", "Putin" for "Putins"."""
        span, text = self.span(name), self.text[name.start : name.end]
        if name.label != "PER":
            return text
        if self.doc.lang_ == "ru" and morph(span.root, "Case") not in ([], ["Nom"]):
            return "".join(token.lemma_.title() + token.whitespace_ for token in span).strip()
        bare = text.removesuffix("s") if self.doc.lang_ in ("de", "nl") else text
        told = any(ent.text == bare or ent.text.endswith(f" {bare}") for ent in self.ents)
        return bare if told or self.facts.person(bare, self.published) else text

    def person(self, text: str, name: Name) -> Chain:
        """The chain of a person's name: the only one that it fits, else a new one."""
        persons = [chain for chain in self.chains if chain.kind == "person"]
        fact = self.facts.person(text, self.published)
        fit = [
            c for c in persons if same_person(c, text) or (fact and fact.name and c.fact and c.fact.name == fact.name)
        ]
        if len(fit) > 1 and " " in text:
            fit = [chain for chain in fit if any(sound(known) == sound(text) for known in chain.names)] or fit
        if len(fit) > 1 and " " not in text:  # of two persons with that surname, the one told by it before
            fit = [chain for chain in fit if text in chain.names] or fit
        if len(fit) == 1:
            chain = fit[0]
        else:
            chain = Chain("person")
            self.chains.append(chain)
        if not chain.fact or " " in text:
            chain.fact = fact or chain.fact
        chain.country = chain.country or self.country_before(self.span(name))
        if chain.fact:
            chain.country = chain.country or chain.fact.country
            told = chain.fact.office or ""
            chain.sector = told if told.isupper() else "GOV"  # an office, or a sector
        return chain

    def organisation(self, text: str, name: Name) -> Chain:
        outlet, seat = self.facts.outlet(text), self.facts.seat(text)
        group = self.facts.group(text)
        fact = outlet or group or (seat if seat and seat.office != "capital" else None)
        kind: ActorKind = "agency" if outlet else "organisation"
        span = self.span(name)
        told = self.country_of_name(span)
        bodies = [c for c in self.chains if c.kind in ("organisation", "agency")]
        bodies = [c for c in bodies if told is None or c.country in (None, told)]
        chain = next((c for c in bodies if same_organisation(c, text, fact, common=self.words["common"])), None)
        if chain is None:
            chain = Chain(kind)
            self.chains.append(chain)
        chain.fact = chain.fact or fact
        start = expression_at(self.doc, span.start)
        chain.body = " ".join(start.words) if start and start.table == "bodies" else None
        chain.sector = chain.sector or self.sector_of(fact, span)
        chain.country = chain.country or (fact.country if fact else None) or told
        return chain

    def sector_of(self, fact: Fact | None, span: Span) -> str | None:
        if fact and fact.kind == "outlet":
            return "MED"
        if fact and fact.kind in SECTORS:
            return SECTORS[fact.kind]
        parts = (self.facts.group(span[:n].text) for n in (1, 2))
        if any(part and part.kind == "igo" for part in parts):
            return SECTORS["igo"]  # "Onu", "United Nations" before the name of one of its bodies
        if fact and fact.office:
            return OFFICES.get(fact.office, "GOV")
        found = (expression_at(self.doc, token.i) for token in span)
        return next((e.sector for e in found if e and e.table != "outlets"), None)

    def country_of_name(self, span: Span) -> str | None:
        """By an adjective or a country in the organisation's name, before it, or in a genitive that follows it."""
        end = span.end
        if end + 1 < len(self.doc) and lower(self.doc[end]) in self.words["links"]:
            end = next((e.end for e in self.ents if e.label_ == "LOC" and end < e.start <= end + 2), end)
        told = countries_in(self.doc, span.start, end, self.facts)
        return told[0][0] if told else self.country_before(span)

    def country_before(self, span: Span) -> str | None:
        """ "Russian Defense Ministry", "il ciclista spagnolo Contador", "Russia's Maria Orlova": told right before."""
        start = span.start
        while start > max(span.sent.start, span.start - 4) and self.joins_name(self.doc[start - 1]):
            start -= 1
        told = countries_in(self.doc, start, span.start, self.facts)
        return told[-1][0] if told else None

    def joins_name(self, token: Token) -> bool:
        possessive = token.text in POSSESSIVE
        return possessive or token.ent_type_ == "LOC" or (token.pos_ in ("ADJ", "NOUN") and not token.ent_type_)

    def place(self, text: str, name: Name) -> Chain | None:
        """Countries, capitals and seats where they act; other places are no actors."""
        if country := self.facts.country(text):
            return self.country(country, text)
        seat = self.facts.seat(text)
        if not seat or not seat.country:
            return None
        if seat.office != "capital":
            return self.organisation(text, name)
        span = self.span(name)
        if is_place_only(span, self.words):
            return None
        chain = self.country(seat.country, None)
        chain.mention(name.start, name.end, "capital")
        return chain

    def country(self, country: str, text: str | None) -> Chain:
        chain = self.of_country.get(country)
        if chain is None:
            chain = Chain("country", country, "GOV", [self.facts.common_name(country, self.doc.lang_)])
            self.of_country[country] = chain
            self.chains.append(chain)
        return chain

    def join_typing_errors(self) -> None:
        """A name that occurs once, a letter away from the one person told three times or more: "Ki" for "Kim"."""
        counts = {id(c): sum(x is c for x in self.of_name.values()) for c in self.chains}
        for chain in [
            c for c in self.chains if c.kind == "person" and counts[id(c)] == 1 and len(c.words) == 1 and not c.fact
        ]:
            word = next(iter(chain.words))
            near = [
                c for c in self.chains
                if c.kind == "person" and counts[id(c)] > 2
                and any(w[0] == word[0] and one_letter_apart(w, word) for w in c.words)
            ]  # fmt: skip
            if len(near) == 1:
                self.chains.remove(chain)
                for key in [k for k, c in self.of_name.items() if c is chain]:
                    self.of_name[key] = near[0]

    # ── roles ──

    def read_roles(self) -> None:
        for (start, end), chain in self.of_name.items():
            chain.mention(start, end, "name")
        free: list[Role] = []
        for role in self.roles:
            if named := self.named(role):
                self.tell(named, role)
            else:
                free.append(role)
        for role in free:
            self.tell(self.meant(role), role)

    def tell(self, chain: Chain, role: Role) -> None:
        """Adds the role to the chain; the report's own word for the country comes before the facts'."""
        span = self.doc[role.start : role.end]
        chain.mention(span.start_char, span.end_char, "role")
        chain.roles.append(role)
        if role.kind == "agency" and chain.kind == "organisation":
            chain.kind = "agency"
        if chain.kind != "country":
            chain.country = chain.country or role.country or self.country_of_person(role)
            chain.sector = chain.sector or role.sector

    def country_of_person(self, role: Role) -> str | None:
        """ "il governo di Putin", "amministrazione Bush": the country of the person in the phrase, or after it."""
        persons = (e for e in self.ents if e.label_ == "PER" and role.start <= e.start <= role.end)
        chain = next((self.of_name.get((e.start_char, e.end_char)) for e in persons), None)
        return chain.country if chain else None

    def named(self, role: Role) -> Chain | None:
        """The person or outlet that the role is told of: the name follows it, stands before it, or is its subject."""
        if role.kind in ("group", "crowd"):
            return None
        label = "PER" if role.kind == "person" else "ORG"
        if role.kind == "agency":  # "the Tass news agency"
            within = [
                e for e in self.ents
                if e.label_ == "ORG" and role.start <= e.start and e.end <= role.end
                and (not e.start or self.doc[e.start - 1].pos_ != "ADP")  # but not "l'agenzia del regime"
            ]  # fmt: skip
            if within and (agency := self.of_name.get((within[0].start_char, within[0].end_char))):
                return agency
        after = self.name_at(role.end, label)
        if after is None and role.kind == "person" and self.text_at(role.end) == ",":
            after = self.name_at(role.end + 1, label)
            ent = self.ent_at(role.end + 1)
            if after and ent and (self.text_at(ent.end) not in (",", ".", ")", ";", ":") and not self.verb_at(ent.end)):
                after = None
        if after or role.kind != "person":
            return after if after is None or role.kind != "organisation" else None
        k = role.start - 1
        if k > 0 and (self.doc[k].pos_ == "DET" or lower(self.doc[k]) in self.words["definite"]):
            k -= 1
        if self.text_at(k) in (",", "("):
            before = next((e for e in self.ents if e.end == k and e.label_ == "PER"), None)
            if before:
                return self.of_name.get((before.start_char, before.end_char))
        if any(child.dep_ == "cop" for child in self.doc[role.head].children):
            for subject in subjects(self.doc[role.head]):
                if subject.ent_type_ == "PER":
                    return self.at(subject)
        return None

    def meant(self, role: Role) -> Chain:
        """The chain that a role without a name means, a new one where the report does not tell."""
        position = self.doc[role.start].idx
        if role.kind == "person":
            before = self.counterpart(role)
            chain = person_of(role, self.chains, before=before, position=position) if role.definite else None
            if chain is None and role.definite and (fact := holder(role, before, self.facts, self.published)):
                chain = next((c for c in self.chains if c.fact and c.fact.name == fact.name), None)
                chain = chain or Chain("person", fact.country, "GOV", [fact.name or fact.form], fact=fact)
        else:
            chain = group_of(role, [c for c in self.chains if not self.only_credited(c)], position)
        chain = chain or self.same_words(role) or Chain(role.kind, role.country, role.sector)
        if chain not in self.chains:
            self.chains.append(chain)
        return chain

    def only_credited(self, chain: Chain) -> bool:
        """Whether only photographs' credits tell of it: "Fonte foto: ANSA" is nobody whom the report quotes."""
        return all(any(s.start <= m.start < s.end for s in self.credits) for m in chain.mentions)

    def same_words(self, role: Role) -> Chain | None:
        """An unnamed chain told before with the same words and country."""
        if not role.definite:
            return None
        fit = (c for c in reversed(self.chains) if not c.names and c.country == role.country and c.kind == role.kind)
        return next((c for c in fit if any(r.title.casefold() == role.title.casefold() for r in c.roles)), None)

    def counterpart(self, role: Role) -> Role | None:
        """For "l'omologo russo": the role last told before it."""
        if role.noun not in self.words["counterparts"]:
            return None
        earlier = [r for c in self.chains for r in c.roles if r.start < role.start and r.expression.office]
        return max(earlier, key=lambda r: r.start, default=None)

    # ── demonyms and pronouns ──

    def read_demonyms(self) -> None:
        """ "i russi", "l'invasione russa": outside names and roles, where they tell of persons, the country itself."""
        inside = {k for role in self.roles for k in range(role.start, role.end)}
        for token in self.doc:
            if token.pos_ not in ("ADJ", "NOUN", "PROPN") or token.ent_type_ or token.i in inside:
                continue
            if not self.facts.begins(token.text):
                continue
            for country, start, end in countries_in(self.doc, token.i, min(token.i + 2, len(self.doc)), self.facts):
                if start == token.i and self.facts.demonym(self.doc[start:end].text, language=self.doc.lang_):
                    span = self.doc[start:end]
                    self.country(country, None).mention(span.start_char, span.end_char, "demonym")
                    inside.update(range(start, end))

    def read_pronouns(self) -> None:
        single, plural = {*self.words["masculine"], *self.words["feminine"]}, set(self.words["plural"])
        neuter = set(self.words["neuter"]) - single
        for token in self.doc:
            if token.pos_ != "PRON" or morph(token, "Poss") or token.dep_ == "nmod:poss" or label(token) == "expl":
                continue
            form = lower(token)
            many = form in plural and (form not in single or "Plur" in morph(token.head, "Number"))  # German "sie"
            find = pronoun_group if many else pronoun_person
            if not many and form not in single and form not in neuter:
                continue
            speaker = pronoun_speaker(token, self.chains)
            near = None if form in neuter else find(token, self.chains, self.text)
            if chain := (speaker or near) if many else (near or speaker):
                chain.mention(token.idx, token.idx + len(token), "pronoun")

    # ── the outcome ──

    def actors(self, names: Sequence[Name]) -> list[Actor]:
        told = [chain for chain in self.chains if chain.mentions]
        told.sort(key=lambda chain: min((m.start, m.end) for m in chain.mentions))
        for name in names:
            chain = self.of_name.get((name.start, name.end)) or self.told_at(name)
            name.actor = f"a{told.index(chain) + 1}" if chain in told else None
        return [actor_of(chain, f"a{k}", self.text) for k, chain in enumerate(told, start=1)]

    def told_at(self, name: Name) -> Chain | None:
        """The chain of a role that is a name at the same time."""
        within = ((m, chain) for chain in self.chains for m in chain.mentions if m.how == "role")
        return next((chain for m, chain in within if m.start <= name.start and name.end <= m.end), None)

    def span(self, name: Name) -> Span:
        span = self.doc.char_span(name.start, name.end, alignment_mode="expand")
        assert span is not None
        return span

    def at(self, token: Token) -> Chain | None:
        return next((c for (a, b), c in self.of_name.items() if a <= token.idx < b), None)

    def name_at(self, i: int, label: str) -> Chain | None:
        ent = self.ent_at(i)
        return self.of_name.get((ent.start_char, ent.end_char)) if ent and ent.label_ == label else None

    def ent_at(self, i: int) -> Span | None:
        return self.starting.get(i)

    def text_at(self, i: int) -> str:
        return self.doc[i].text if 0 <= i < len(self.doc) else ""

    def verb_at(self, i: int) -> bool:
        return 0 <= i < len(self.doc) and self.doc[i].pos_ in ("VERB", "AUX", "PRON")


def actor_of(chain: Chain, ident: str, text: str) -> Actor:
    """The record's form of a chain: the fullest name, the fullest role."""
    told = Counter(text[m.start : m.end] for m in chain.mentions if m.how == "name")
    names = [name for name in chain.names if not name.isupper()] or chain.names
    genitives = {f"{name}{ending}" for name in names for ending in ("s", "es")}  # German and Dutch
    names = [name for name in names if name not in genitives]
    roles = [role.title for role in chain.roles]
    longest = max(roles, key=len, default=None)
    name = max(names, key=lambda n: (len(sound(n).split()), told[n]), default=longest) or ""
    role = max(roles, key=len) if roles and chain.kind in ("person", "group", "crowd") else None
    mentions = sorted(chain.mentions, key=lambda m: (m.start, m.end))
    return Actor(ident, name, chain.kind, chain.country, chain.sector, role, mentions)


def is_place_only(span: Span, words: dict[str, list[str]]) -> bool:
    """Whether a capital is only where something happens: "a Mosca", but not "fornire a Mosca"."""
    case = case_word(span.root) or (lower(span.doc[span.start - 1]) if span.start else "")
    if case not in words["locative"]:
        return False
    return span.root.head.lemma_.lower() not in words["dative"] or case not in ("a", "to", "à", "aan")
