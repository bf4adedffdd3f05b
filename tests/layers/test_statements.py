"""Statements: a line each, "source > cue > content", a broken part in pieces with " … "."""

from __future__ import annotations

from importlib.resources import files

import pytest
from spacy.tokens import Doc

from fonti.layers.parse import parse
from fonti.layers.statements import find_statements
from fonti.record import Report, Section, Span, Statement
from tests.layers.trees import tree

FIN = "Mood=Ind|Tense=Pres|VerbForm=Fin"
PART = "Tense=Past|VerbForm=Part"
with_model = pytest.mark.skipif(
    not files("fonti").joinpath("data", "nets", "parse.npz").is_file(), reason="no trained parser here"
)


def line(text: str, statement: Statement) -> str:
    def words(spans: list[Span]) -> str:
        return " … ".join(text[span.start : span.end] for span in spans)

    return " > ".join(words(spans) for spans in (statement.source, statement.cue, statement.content)).strip()


def lines(doc: Doc) -> list[str]:
    return [line(doc.text, statement) for statement in find_statements(doc, [], sections=[])]


def read(language: str, text: str) -> list[str]:
    return lines(parse([Report(id="t", text=text, language=language)])[0])


PROMISE = f"""
Anna Anna PROPN 4 nsubj
Rossi Rossi PROPN 1 flat
ha avere AUX 4 aux {FIN}
promesso promettere VERB 0 root {PART}
che che SCONJ 8 mark
il il DET 7 det
ponte ponte NOUN 8 nsubj
riaprirà_ riaprire VERB 4 ccomp Mood=Ind|Tense=Fut|VerbForm=Fin
. . PUNCT 4 punct
"""
INVERTED = f"""
“_ “ PUNCT 5 punct
Il il DET 3 det
ponte ponte NOUN 5 nsubj
è essere AUX 5 aux {FIN}
caduto_ cadere VERB 9 ccomp {PART}
”_ ” PUNCT 5 punct
, , PUNCT 5 punct
ha avere AUX 9 aux {FIN}
detto dire VERB 0 root {PART}
la il DET 11 det
prefetta_ prefetta NOUN 9 nsubj
. . PUNCT 9 punct
"""
ACCUSED = f"""
Il il DET 2 det
partito partito NOUN 4 nsubj
ha avere AUX 4 aux {FIN}
accusato accusare VERB 0 root {PART}
il il DET 6 det
governo governo NOUN 4 obj
di di ADP 8 case
ritardi_ ritardo NOUN 4 obl
. . PUNCT 4 punct
"""
ACCORDING = """
According accord VERB 3 case
to to ADP 1 fixed
Reuters_ Reuters PROPN 6 obl
, , PUNCT 3 punct
trains train NOUN 6 nsubj
stopped_ stop VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
. . PUNCT 6 punct
"""
NESTED = f"""
Bini Bini PROPN 2 nsubj
dice dire VERB 0 root {FIN}
che che SCONJ 5 mark
Neri Neri PROPN 5 nsubj
nega negare VERB 2 ccomp {FIN}
di di ADP 7 mark
saperlo_ sapere VERB 5 xcomp VerbForm=Inf
. . PUNCT 2 punct
"""


@pytest.mark.parametrize(
    "language, table, found",
    [
        ("it", PROMISE, ["Anna Rossi > ha promesso > il ponte riaprirà"]),
        ("it", INVERTED, ["la prefetta > ha detto > Il ponte è caduto"]),
        ("it", ACCUSED, ["Il partito > ha accusato > ritardi"]),
        ("en", ACCORDING, ["Reuters > According to > trains stopped"]),
    ],
)
def test_trees(language: str, table: str, found: list[str]) -> None:
    assert lines(tree(language, table)) == found


def test_acts_kinds_and_nesting() -> None:
    promise = find_statements(tree("it", PROMISE), [], sections=[])[0]
    assert (promise.act, promise.kind, promise.inside) == ("promises", "indirect", None)
    assert find_statements(tree("it", INVERTED), [], sections=[])[0].kind == "direct"
    outer, inner = find_statements(tree("it", NESTED), [], sections=[])
    assert (outer.id, inner.inside, inner.act) == ("s1", "s1", "denies")


def test_captions_tell_nothing() -> None:
    doc = tree("it", PROMISE)
    assert not find_statements(doc, [], sections=[Section(0, len(doc.text), "caption")])


@with_model
@pytest.mark.parametrize(
    "text, found",
    [
        # the cue before, behind, between
        ("Il ministro ha detto che la strada è chiusa.", ["Il ministro > ha detto > la strada è chiusa"]),
        ("«La strada è chiusa», ha detto il ministro.", ["il ministro > ha detto > La strada è chiusa"]),
        ("La strada resta chiusa, ha aggiunto il ministro.", ["il ministro > ha aggiunto > La strada resta chiusa"]),
        ("«La strada», ha detto il ministro, «è chiusa».", ["il ministro > ha detto > La strada … è chiusa"]),
        ("Il ministro ha dichiarato: «La strada è chiusa».", ["Il ministro > ha dichiarato > La strada è chiusa"]),
        # from hearsay
        ("Secondo la Reuters, la strada è chiusa.", ["la Reuters > Secondo > la strada è chiusa"]),
        ("La strada è chiusa, secondo quanto riferito dalla Reuters.",
         ["Reuters > secondo quanto riferito > La strada è chiusa"]),
        ("Come scrive la Reuters, la strada è chiusa.", ["la Reuters > Come scrive > la strada è chiusa"]),
        ("Stando al ministro, la strada è chiusa.", ["ministro > Stando al > la strada è chiusa"]),
        # nobody named
        ("È stato annunciato che la strada è chiusa.", ["> È stato annunciato > la strada è chiusa"]),
        # nouns
        ("Resta la promessa del ministro di riaprire la strada.", ["ministro > promessa > riaprire la strada"]),
        ("Rimane la richiesta del governo di chiudere la base.", ["governo > richiesta > chiudere la base"]),
        ("È arrivata la promessa del sindaco di aprire una scuola.", ["sindaco > promessa > aprire una scuola"]),
        # what goes on, what does not
        ("Bini ha detto che la strada è chiusa, aggiungendo che riaprirà a maggio.",
         ["Bini > ha detto > la strada è chiusa", "Bini > aggiungendo > riaprirà a maggio"]),
        ("Il ministro ha parlato di «una scelta difficile».", ["Il ministro > ha parlato > una scelta difficile"]),
        ("Il ministro ha definito la strada «un disastro».", ["Il ministro > ha definito > un disastro"]),
        ("Il ministro, secondo cui la strada è chiusa, parte domani.",
         ["Il ministro > secondo > la strada è chiusa"]),
        # marks that are no quotations
        ("Il film “La strada chiusa” esce venerdì.", []),
        ("Lo chiamavano “il Professore” e viveva solo.", []),
    ],
)  # fmt: skip
def test_italian(text: str, found: list[str]) -> None:
    assert read("it", text) == found


@with_model
@pytest.mark.parametrize(
    "text, found",
    [
        ("The minister said that the road was closed.", ["The minister > said > that the road was closed"]),
        ("“The road is closed,” the minister said.", ["the minister > said > The road is closed,"]),
        ("“The road is closed,” said the minister. “It will open in May.”",
         ["the minister > said > The road is closed, … It will open in May."]),
        ("The road, the minister said, is closed.", ["the minister > said > The road … is closed"]),
        ("The road is closed, according to Reuters.", ["Reuters > according to > The road is closed"]),
        ("Protesters asked the minister to open the road.",
         ["Protesters > asked > the minister to open the road"]),
        ("Critics accused the minister of closing the road.", ["Critics > accused > the minister of closing the road"]),
        ("The minister called the road “a disaster.”", ["The minister > called > the road “a disaster"]),
        ("“I think the road is closed,” the minister said.", ["the minister > said > I think the road is closed,"]),
        ("Poll: Most drivers want the road open.", ["Poll >  > Most drivers want the road open"]),
        ("“Why close the road?” Mr. Bini said.", ["Mr. Bini > said > Why close the road?"]),
        ("The film “The Closed Road” opens on Friday.", []),
    ],
)  # fmt: skip
def test_english(text: str, found: list[str]) -> None:
    assert read("en", text) == found


@with_model
@pytest.mark.parametrize(
    "text, found",
    [
        ("« La route est fermée », a dit le ministre. « Elle rouvrira en mai », a-t-il ajouté.",
         ["le ministre > a dit > La route est fermée", "il > a-t-il ajouté > Elle rouvrira en mai"]),
        ("« La route est fermée ! », s'est écriée la députée Anne Dupuis.",
         ["la députée Anne Dupuis > est écriée > La route est fermée !"]),
        ("Il précise que la route est fermée.", ["Il > précise > la route est fermée"]),
        ("L'ONU nie que la route soit fermée.", ["L'ONU > nie > la route soit fermée"]),
        ("Comme l'a dit le ministre, la route est fermée.", ["le ministre > Comme l'a dit > la route est fermée"]),
        ("Comme le note l'ONU dans son rapport, la route est fermée.",
         ["l'ONU > Comme le note > la route est fermée"]),
        ("Le ministre a indiqué dans un communiqué que la route était fermée.",
         ["Le ministre > a indiqué > la route était fermée"]),
        ("Le ministre a affirmé qu'à Paris, la route était fermée.",
         ["Le ministre > a affirmé > à Paris, la route était fermée"]),
        ("L'annonce d'un cessez-le-feu par le Hamas a surpris Paris.", ["le Hamas > annonce > un cessez-le-feu"]),
    ],
)  # fmt: skip
def test_french(text: str, found: list[str]) -> None:
    assert read("fr", text) == found


@with_model
@pytest.mark.parametrize(
    "text, found",
    [
        ("'De weg is dicht', gaf de minister van Defensie toe.",
         ["de minister van Defensie > gaf … toe > De weg is dicht"]),
        ("Boeing stelt ontwikkeling van vervanging voor de weg uit.", []),
        ("De weg is dicht, zo meldt het persbureau Belga.", ["het persbureau Belga > meldt > De weg is dicht"]),
        ("De weg is dicht, zeggen experts.", ["experts > zeggen > De weg is dicht"]),
        ("De minister zei in een reactie dat de weg dicht is.", ["De minister > zei > de weg dicht is"]),
        ("De minister verklaarde donderdag dat de weg dicht is.", ["De minister > verklaarde > de weg dicht is"]),
        ("De eis van de regering om de weg te sluiten blijft.", ["de regering > eis > de weg te sluiten"]),
    ],
)  # fmt: skip
def test_dutch(text: str, found: list[str]) -> None:
    assert read("nl", text) == found


@with_model
@pytest.mark.parametrize(
    "language, text, found",
    [
        ("es", "Tres de cada cuatro creen que la carretera se cerrará, según una encuesta.",
         ["una encuesta > según > Tres de cada cuatro creen que la carretera se cerrará",
          "Tres de cada cuatro > creen > la carretera se cerrará"]),
        ("es", "El ministro visitó a los vecinos, a los cuales aseguró que la carretera está cerrada.",
         ["> aseguró > la carretera está cerrada"]),
        ("pt", "O ministro visitou os moradores, aos quais garantiu que a estrada está fechada.",
         ["> garantiu > a estrada está fechada"]),
    ],
)  # fmt: skip
def test_spanish_and_portuguese(language: str, text: str, found: list[str]) -> None:
    assert read(language, text) == found


def told(language: str, text: str) -> list[Statement]:
    return find_statements(parse([Report(id="t", text=text, language=language)])[0], [], sections=[])


@with_model
@pytest.mark.parametrize(
    ("language", "text", "implied"),
    [
        ("de", "Der Minister sagte, das Haus sei leer. Die Polizei habe nichts gefunden. Es regnet.",
         ["Der Minister >  > Die Polizei habe nichts gefunden"]),
        ("de", "Der Minister sagte, das Haus sei leer. Es bleibt zu. Auch der Keller sei leer.",
         ["Der Minister >  > Auch der Keller sei leer"]),  # the mood tells it without a neighbour
        ("it", "La polizia ha detto che la casa era vuota. L'uomo sarebbe fuggito.", [">  > L'uomo sarebbe fuggito"]),
        ("it", "L'uomo sarebbe fuggito.", []),
        ("it", "La polizia ha detto che la casa era vuota. L'uomo sarebbe fuggito se avesse potuto.", []),
        ("en", "The police said the house was empty. The man would have fled.", []),
    ],
)  # fmt: skip
def test_what_goes_on_without_a_cue(language: str, text: str, implied: list[str]) -> None:
    found = [statement for statement in told(language, text) if statement.implied]
    assert [line(text, statement) for statement in found] == implied
    assert all(statement.commitment == "detached" and not statement.cue for statement in found)


@with_model
@pytest.mark.parametrize(
    ("language", "text", "commitment"),
    [
        ("it", "Rossi ha ammesso che il ponte è chiuso.", "committed"),
        ("it", "Rossi sostiene che il ponte è chiuso.", "detached"),
        ("it", "Rossi ha detto che il ponte è chiuso.", "neutral"),
        ("en", "Mr Smith admitted that the bridge is closed.", "committed"),
        ("en", "Mr Smith claims that the bridge is closed.", "detached"),
        ("de", "Der Minister räumte ein, dass die Brücke geschlossen ist.", "committed"),
        ("fr", "Le ministre prétend que le pont est fermé.", "detached"),
    ],
)
def test_how_far_the_writer_stands_behind_it(language: str, text: str, commitment: str) -> None:
    assert [statement.commitment for statement in told(language, text)] == [commitment]


@with_model
@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Die Brücke ist zu. Das teilte eine Sprecherin mit.",
         ["eine Sprecherin > teilte … mit > Die Brücke ist zu"]),
        ("it", "ROSSI: Non lo so. Chiedete al sindaco.", ["ROSSI >  > Non lo so. Chiedete al sindaco"]),
        ("en", "“We will rebuild the bridge and the road.” ― Mary Smith",
         ["Mary Smith >  > We will rebuild the bridge and the road."]),
        ("en", "“We will rebuild the bridge and the road.”\n— Mary Smith, mayor of Hull",
         ["Mary Smith, mayor of Hull >  > We will rebuild the bridge and the road."]),
        ("en", "“We will rebuild the bridge and the road.” – the end of a long day",
         [">  > We will rebuild the bridge and the road."]),
    ],
)  # fmt: skip
def test_layout_and_pronouns_tell_who_speaks(language: str, text: str, found: list[str]) -> None:
    assert read(language, text) == found
