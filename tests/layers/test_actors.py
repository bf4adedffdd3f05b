"""Chains in sentences drawn by hand; names are marked by their words and label."""

from __future__ import annotations

from spacy.tokens import Doc

from fonti.facts import facts
from fonti.layers.actors import actor_at, dropped_subject, find_actors, home, locate, settle
from fonti.record import Actor, Mention, Name, Place
from tests.layers.trees import tree

FIN = "Mood=Ind|Number=Sing|Tense=Pres|VerbForm=Fin"
PART = "Tense=Past|VerbForm=Part"
VISIT = f"""
Kim Kim PROPN 5 nsubj Number=Sing
Jong-un Jong-un PROPN 1 flat:name
ha avere AUX 5 aux {FIN}
già già ADV 5 advmod
incontrato incontrare VERB 0 root {PART}
il il DET 7 det
ministro ministro NOUN 5 obj Gender=Masc|Number=Sing
della di ADP 9 case
Difesa difesa NOUN 7 nmod
russo russo ADJ 7 amod
Sergej Sergej PROPN 7 flat:name
Šojgu_ Šojgu PROPN 11 flat:name
. . PUNCT 5 punct

Il il DET 2 det
leader leader NOUN 5 nsubj Number=Sing
nordcoreano nordcoreano ADJ 2 amod
ha avere AUX 5 aux {FIN}
ringraziato ringraziare VERB 0 root {PART}
Shoigu_ Shoigu PROPN 5 obj
. . PUNCT 5 punct

Kim Kim PROPN 2 nsubj Number=Sing
parte partire VERB 0 root {FIN}
; ; PUNCT 2 punct
dice dire VERB 2 conj {FIN}
la il DET 6 det
Tass Tass PROPN 4 nsubj
che che SCONJ 8 mark
tornerà_ tornare VERB 4 ccomp Mood=Ind|Number=Sing|Tense=Fut|VerbForm=Fin
. . PUNCT 2 punct
"""
TALKS = f"""
Ukraine Ukraine PROPN 4 nmod:poss
's 's PART 1 case
defence defence NOUN 4 compound
minister minister NOUN 9 nsubj Number=Sing
and and CCONJ 7 cc
a a DET 7 det
spokesman spokesman NOUN 4 conj Number=Sing
both both ADV 9 advmod
met meet VERB 0 root {PART}
South south ADJ 11 amod
Korean korean ADJ 12 amod
officials official NOUN 9 obj Number=Plur
in in ADP 14 case
Seoul_ Seoul PROPN 9 obl
. . PUNCT 9 punct

Moscow Moscow PROPN 2 nsubj
criticised criticise VERB 0 root {PART}
the the DET 5 det
Russian russian ADJ 5 amod
invasion_ invasion NOUN 2 obj
. . PUNCT 2 punct
"""


def read(doc: Doc, names: dict[str, str], *, published: str | None = None) -> tuple[list[Actor], list[Name]]:
    """The actors, with every occurrence of these words as a name."""
    found = [
        Name(i, i + len(words), label)  # type: ignore[arg-type]
        for words, label in names.items()
        for i in range(len(doc.text))
        if doc.text.startswith(words, i)
    ]
    spans = [s for s in found if not any(o.start <= s.start and s.end <= o.end and o is not s for o in found)]
    spans.sort(key=lambda n: n.start)
    return find_actors(doc, spans, facts(), published=published), spans


def words(doc: Doc, actor: Actor) -> list[str]:
    return [f"{doc.text[m.start : m.end]}/{m.how}" for m in actor.mentions]


ITALIAN = {"Kim Jong-un": "PER", "Kim": "PER", "Sergej Šojgu": "PER", "Shoigu": "PER", "Tass": "ORG"}


def test_a_person_by_full_name_surname_and_role() -> None:
    doc = tree("it", VISIT)
    actors, names = read(doc, ITALIAN, published="2023-09")
    kim = actors[0]
    assert words(doc, kim) == ["Kim Jong-un/name", "leader nordcoreano/role", "Kim/name"]
    assert (kim.id, kim.name, kim.kind, kim.country) == ("a1", "Kim Jong-un", "person", "PRK")
    assert [name.actor for name in names if doc.text[name.start : name.end] == "Kim"] == ["a1"]


def test_a_minister_in_two_spellings() -> None:
    doc = tree("it", VISIT)
    minister = read(doc, ITALIAN, published="2023-09")[0][1]
    assert words(doc, minister) == ["ministro della Difesa russo/role", "Sergej Šojgu/name", "Shoigu/name"]
    assert (minister.country, minister.sector, minister.role) == ("RUS", "GOV", "ministro della Difesa")


def test_an_agency_knows_its_country() -> None:
    doc = tree("it", VISIT)
    agency = read(doc, ITALIAN)[0][-1]
    assert (agency.name, agency.kind, agency.country, agency.sector) == ("Tass", "agency", "RUS", "MED")


def test_a_report_of_an_unknown_date_names_no_holder_of_office() -> None:
    doc = tree("en", TALKS)
    actors, _ = read(doc, {"Ukraine": "LOC", "Seoul": "LOC", "Moscow": "LOC"})
    minister = next(a for a in actors if a.role == "defence minister")
    assert (minister.name, minister.country, minister.kind) == ("defence minister", "UKR", "person")


def test_the_holder_of_an_office_by_date() -> None:
    doc = tree("en", TALKS)
    actors, _ = read(doc, {"Ukraine": "LOC"}, published="2022-03")
    assert "Oleksii Reznikov" in [a.name for a in actors]


def test_groups_capitals_and_demonyms() -> None:
    doc = tree("en", TALKS)
    actors, _ = read(doc, {"Ukraine": "LOC", "Seoul": "LOC", "Moscow": "LOC"})
    officials = next(a for a in actors if a.kind == "group")
    assert (officials.country, words(doc, officials)) == ("KOR", ["South Korean officials/role"])
    russia = next(a for a in actors if a.country == "RUS")
    assert (russia.name, words(doc, russia)) == ("Russia", ["Moscow/capital", "Russian/demonym"])
    assert not any("Seoul/capital" in words(doc, a) for a in actors)  # "in Seoul" is only a place


def test_actor_of_a_noun_phrase() -> None:
    doc = tree("it", VISIT)
    actors, _ = read(doc, ITALIAN, published="2023-09")
    start = doc.text.index("il ministro")
    assert actor_at(actors, start, doc.text.index(". Il leader")) is actors[1]
    assert actor_at(actors, 0, 60, head=doc.text.index("incontrato")) is None


def test_a_dropped_subject() -> None:
    doc = tree("it", VISIT)
    actors, _ = read(doc, ITALIAN, published="2023-09")
    verb = next(token for token in doc if token.text == "tornerà")
    assert dropped_subject(verb, actors) == "a3"


QUOTED = f"""
Rossi Rossi PROPN 2 nsubj Number=Sing
tace tacere VERB 0 root {FIN}
. . PUNCT 2 punct

«_ « PUNCT 4 punct
I il DET 3 det
responsabili responsabile NOUN 4 nsubj Number=Plur
partono_ partire VERB 0 root Mood=Ind|Number=Plur|Tense=Pres|VerbForm=Fin
» » PUNCT 4 punct
, , PUNCT 4 punct
ha avere AUX 8 aux {FIN}
detto dire VERB 4 parataxis {PART}
"""


def test_a_subject_dropped_behind_what_is_said_is_not_in_it() -> None:
    doc = tree("it", QUOTED)
    actors, _ = read(doc, {"Rossi": "PER"})
    verb = next(token for token in doc if token.text == "detto")
    assert dropped_subject(verb, actors) == next(a.id for a in actors if a.name == "Rossi")


def test_home_is_the_country_of_most_mentions() -> None:
    doc = tree("it", VISIT)
    actors, _ = read(doc, {"Sergej Šojgu": "PER", "Shoigu": "PER"})
    assert (home(actors), home(actors, ["FRA", "FRA"]), home(actors[:1])) == ("RUS", None, "RUS")


POLICE = f"""
La il DET 2 det
polizia polizia NOUN 5 nsubj Number=Sing
francese francese ADJ 2 amod
ha avere AUX 5 aux {FIN}
arrestato arrestare VERB 0 root {PART}
i il DET 7 det
manifestanti_ manifestante NOUN 5 obj Number=Plur
. . PUNCT 5 punct

Poi poi ADV 4 advmod
la il DET 3 det
polizia polizia NOUN 4 nsubj Number=Sing
tace_ tacere VERB 0 root {FIN}
. . PUNCT 4 punct

Loro loro PRON 2 nsubj Number=Plur
protestano protestare VERB 0 root Mood=Ind|Number=Plur|VerbForm=Fin
. . PUNCT 2 punct
"""


def test_bodies_and_crowds_without_a_name() -> None:
    doc = tree("it", POLICE)
    police, crowd = read(doc, {})[0]
    assert (words(doc, police), police.kind, police.sector) == (
        ["polizia francese/role", "polizia/role"],
        "organisation",
        "COP",
    )
    assert (words(doc, crowd), crowd.kind, crowd.sector) == (["manifestanti/role", "Loro/pronoun"], "crowd", "OPP")


OUTLETS = f"""
Tass Tass PROPN 2 nsubj Number=Sing
parla parlare VERB 0 root {FIN}
; ; PUNCT 2 punct
l'_ il DET 5 det Definite=Def
agenzia agenzia NOUN 6 nsubj Number=Sing
conferma confermare VERB 2 conj {FIN}
; ; PUNCT 6 punct
l'_ il DET 9 det Definite=Def
emittente emittente NOUN 11 nsubj Number=Sing
regionale regionale ADJ 9 amod Number=Sing
tace tacere VERB 2 conj {FIN}
"""


def test_another_outlet_is_not_the_agency_told_before() -> None:
    doc = tree("it", OUTLETS)
    assert [words(doc, actor) for actor in read(doc, {"Tass": "ORG"})[0]] == [
        ["Tass/name", "agenzia/role"],
        ["emittente regionale/role"],
    ]


SPEAKERS = f"""
Slovakia Slovakia PROPN 2 nsubj Number=Sing
says say VERB 0 root {FIN}
it it PRON 4 nsubj Number=Sing|PronType=Prs
left leave VERB 2 ccomp {FIN}
and and CCONJ 8 cc
that that SCONJ 8 mark
it it PRON 8 nsubj Number=Sing|PronType=Prs
stayed stay VERB 4 conj {FIN}
because because SCONJ 11 mark
it it PRON 11 nsubj Number=Sing|PronType=Prs
rained rain VERB 8 advcl {FIN}
"""


def test_what_a_body_says_of_itself() -> None:
    doc = tree("en", SPEAKERS)
    (country,) = read(doc, {"Slovakia": "LOC"})[0]
    assert words(doc, country) == ["Slovakia/name", "it/pronoun", "it/pronoun"]


ABROAD = f"""
Police police NOUN 6 nsubj Number=Plur
in in ADP 5 case
Nairobia Nairobia PROPN 5 nmod:poss
's 's PART 3 case
capital capital NOUN 1 nmod
arrest arrest VERB 0 root {FIN}
two two NUM 8 nummod
men man NOUN 6 obj Number=Plur
"""


def test_a_role_has_the_country_of_the_place_in_its_phrase() -> None:
    doc = tree("en", ABROAD)
    actors, _ = read(doc, {})
    at = doc.text.index("Nairobia")
    place = Place("p1", at, at + len("Nairobia"), country="KEN", name="Nairobia", precision="city")
    locate(doc, actors, [place])
    settle(actors, ["LBY"] * 3)
    assert [(words(doc, a), a.country, a.presumed) for a in actors] == [
        (["Police/role"], "KEN", False),
        (["men/role"], "LBY", True),
    ]


def test_settle_gives_the_home_country_but_not_to_rebels_or_agencies() -> None:
    mentions = [Mention(0, 1, "name")] * 3
    home_country = Actor("a1", "Francia", "country", "FRA", mentions=mentions)
    others = [
        Actor("a2", "sindaco", "person", sector="GOV"),
        Actor("a3", "ribelli", "group", sector="REB"),
        Actor("a4", "agenzia", "agency", sector="MED"),
    ]
    settle([home_country, *others])
    assert [actor.country for actor in others] == ["FRA", None, None]
    assert [actor.presumed for actor in (home_country, *others)] == [False, True, False, False]


RUSSIAN = """
Глава глава NOUN 4 nsubj Case=Nom|Number=Sing
МИД МИД PROPN 1 nmod Case=Gen
Германии Германия PROPN 2 nmod Case=Gen
встретила встретить VERB 0 root Number=Sing
президента президент NOUN 4 obj Case=Acc|Number=Sing
Северной северный ADJ 7 amod Case=Gen
Кореи Корея PROPN 5 nmod Case=Gen
Владимира Владимир PROPN 5 appos Case=Acc
Путина_ Путин PROPN 8 flat:name Case=Acc
. . PUNCT 4 punct

Протестующие протестующий VERB 2 nsubj Case=Nom|Number=Plur
ушли уйти VERB 0 root Number=Plur
от от ADP 4 case
Путиных_ Путин PROPN 2 obl Case=Gen
. . PUNCT 2 punct
"""
FRENCH = """
la le DET 2 det
ministre ministre NOUN 6 nsubj Number=Sing
allemande allemand ADJ 2 amod
de de ADP 5 case
Défense défense PROPN 2 nmod
dit dire VERB 0 root Mood=Ind|Number=Sing|VerbForm=Fin
il il PRON 8 expl:subj
faut falloir VERB 6 ccomp Mood=Ind|VerbForm=Fin
agir_ agir VERB 8 xcomp VerbForm=Inf
. . PUNCT 6 punct
"""
GERMAN = """
Der der DET 2 det
US-Präsident US-Präsident NOUN 4 nsubj Case=Nom|Number=Sing
Biden Biden PROPN 2 appos
lobte loben VERB 0 root Number=Sing
Putins Putins PROPN 6 nmod Case=Gen
Sprecher Sprecher NOUN 4 obj Case=Acc|Number=Sing
und und CCONJ 8 cc
Putin_ Putin PROPN 6 conj
. . PUNCT 4 punct

Tausende Tausend NOUN 3 nsubj Number=Plur
Demonstranten Demonstrant NOUN 1 nmod Number=Plur
protestierten protestieren VERB 0 root Number=Plur
mit mit ADP 6 case
einem ein DET 6 det
Ex-Präsidenten_ Ex-Präsident NOUN 3 obl Case=Dat|Number=Sing
. . PUNCT 3 punct
"""


def told(actors: list[Actor]) -> list[str]:
    return [f"{a.name} {a.kind} {a.country} {a.role}" for a in actors]


def test_bare_genitives_and_cases() -> None:
    doc = tree("ru", RUSSIAN)
    found = told(
        read(doc, {"Германии": "LOC", "Северной Кореи": "LOC", "Владимира Путина": "PER", "Путиных": "PER"})[0]
    )
    assert found == [
        "Глава МИД person DEU Глава МИД",
        "Германия country DEU None",
        "Владимир Путин person PRK президент",
        "Северная Корея country PRK None",
        "Протестующие crowd None Протестующие",
    ]


def test_an_adjective_inside_an_office_and_nobodys_pronoun() -> None:
    doc = tree("fr", FRENCH)
    (minister,) = read(doc, {})[0]
    assert words(doc, minister) == ["ministre allemande de Défense/role"]
    assert (minister.country, minister.role) == ("DEU", "ministre de Défense")


def test_compounds_and_genitives_with_s() -> None:
    doc = tree("de", GERMAN)
    actors = read(doc, {"Biden": "PER", "Putins": "PER", "Putin": "PER"}, published="2022")[0]
    assert told(actors) == [
        "Biden person USA US-Präsident",
        "Putin person RUS None",
        "Sprecher person None Sprecher",
        "Demonstranten crowd None Demonstranten",
        "Ex-Präsidenten person None Ex-Präsidenten",
    ]
    assert words(doc, actors[1]) == ["Putins/name", "Putin/name"]


def test_a_name_that_is_only_a_role() -> None:
    doc = tree("it", VISIT.replace("Tass Tass PROPN", "polizia polizia NOUN"))
    actors, names = read(doc, {**ITALIAN, "polizia": "ORG"})
    police = next(a for a in actors if a.sector == "COP")
    assert words(doc, police) == ["polizia/role"]
    assert next(n for n in names if n.label == "ORG").actor == police.id
