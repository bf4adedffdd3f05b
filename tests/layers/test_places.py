"""Places: a marked line, [names of places] in brackets, and what each is: country, kind and name."""

import re

import pytest
import spacy

import fonti
from fonti.gazetteer import PATH, gazetteer
from fonti.layers.places import find_places
from fonti.record import Actor, Mention, Name

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the gazetteer is built when Fonti is installed")


def read(language, line, actors=()):
    """The places of a marked line; actors are (word, how, country)."""
    names, text = [], ""
    for part in re.split(r"(\[[^]]*\])", line):
        if part.startswith("["):
            names.append(Name(len(text), len(text) + len(part) - 2, "LOC"))
        text += part.strip("[]")
    acting = [
        Actor(
            f"a{number}",
            word,
            "country",
            country,
            mentions=[Mention(text.index(word), text.index(word) + len(word), how)],
        )
        for number, (word, how, country) in enumerate(actors)
    ]
    return find_places(spacy.blank(language)(text), names, acting, gazetteer())


LINES = [
    ("it", "Il ministro è arrivato a [Mosca].", "RUS city Mosca"),
    ("it", "Il leader di [Pyongyang] torna in [Corea del Nord].", "PRK city Pyongyang; PRK country Corea del Nord"),
    ("it", "Il governatore della regione di [Primorye] lo ha salutato.", "RUS region Territorio del Litorale"),
    ("it", "Combattimenti nell’[oblast di Kursk].", "RUS region Oblast' di Kursk"),
    ("it", "Si è schiantato nel [lago di Garda].", "None lake Lago di Garda"),
    ("it", "La petroliera ha passato lo [Stretto di Hormuz].", "None sea Stretto di Hormuz"),
    ("it", "Il razzo è partito dal cosmodromo di [Vostochny].", "RUS site Cosmodromo di Vostočnyj"),
    ("it", "La cerimonia alla stazione [Torino Porta Nuova].", "ITA city Torino"),
    ("it", "Una cittadina vicino a [Parigi], [Texas].", "USA city Paris; USA region Texas"),
    ("it", "Nato a [Rho] (MI) nel 1960.", "ITA city Rho"),
    ("en", "A fire broke out in [Athens], [Georgia].", "USA city Athens; USA region Georgia"),
    ("en", "A fire broke out in [Athens], Ga.", "USA city Athens"),
    ("en", "In [Athens] and [Thessaloniki], [Greece].", "GRC city Athens; GRC city Thessaloniki; GRC country Greece"),
    ("en", "[Tbilisi] is the capital of [Georgia].", "GEO city Tbilisi; GEO country Georgia"),
    ("en", "In [Dallas] and [Paris], [Texas].", "USA city Dallas; USA city Paris; USA region Texas"),
    ("en", "They crossed the [Mississippi River].", "None river Mississippi"),
    ("en", "Flights from [Dubai International Airport] were halted.", "ARE site Dubai International"),
    ("en", "[Clay] and [Duval] counties in [Florida]",
     "USA region Clay County; USA region Duval County; USA region Florida"),
    ("en", "[Moscow]’s answer came late.", "RUS city Moscow"),
    ("en", "Recalled in [Ohio], [Georgia], [Washington] and [Texas].",
     "USA region Ohio; USA region Georgia; USA region Washington; USA region Texas"),
    ("en", "Between Russia and the [West].", "None None West"),
    ("en", "It happened in [Beverly Hills], [California].", "USA city Beverly Hills; USA region California"),
    ("en", "They drove along [Lake Como].", "None lake Lake Como"),
    ("en", "Grain ships to north [Africa].", "None area North Africa"),
    ("it", "Un vertice nell’[Estremo Oriente] russo.", "RUS area Estremo Oriente russo"),
    ("en", "The [Russia-Turkey] summit.", "RUS country Russia; TUR country Turkey"),
    ("en", "A coup in [Guinea-Bissau].", "GNB country Guinea-Bissau"),
    ("en", "Fires in [NSW] spread.", "AUS region New South Wales"),
    ("en", "Offices in [Denver], [Hartford], [Houston] and [Miami].",
     "USA city Denver; USA city Hartford; USA city Houston; USA city Miami"),
    ("es", "La guerra en [Oriente Medio] y en el [mar Negro].", "None area Oriente Medio; None sea mar Negro"),
    ("fr", "Les combats à [Kiev] et au [Proche-Orient].", "UKR city Kyiv; None area Moyen-Orient"),
    ("de", "Im [Schwarzen Meer] und in [Norditalien].", "None sea Schwarzes Meer; ITA area Norditalien"),
    ("pt", "Moradores de [Campinas] ([SP]).", "BRA city Campinas; BRA region São Paulo"),
    ("nl", "Gevechten in [Zuid-Turkije].", "TUR country Turkije"),
    ("ru", "Бои у [Черного моря] и в [Нижнем Новгороде].", "None sea Черное море; RUS city Нижний Новгород"),
    ("ru", "Президент [Северной Кореи] в [Киеве].", "PRK country КНДР; UKR city Киев"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line", "expected"), LINES)
def test_resolved(language, line, expected):
    found = [f"{place.country} {place.kind} {place.name}" for place in read(language, line)]
    assert "; ".join(found) == expected


def test_unknown_place_keeps_its_mention_and_country():
    (place,) = read("it", "La città ucraina di [Vattelapesca] è caduta.", [("ucraina", "demonym", "UKR")])
    assert (place.name, place.lat, place.country, place.kind, place.confidence) == (
        "Vattelapesca",
        None,
        "UKR",
        "city",
        0,
    )


def test_demonym_chooses_among_namesakes():
    (place,) = read("en", "The Canadian city of [London] has a new mayor.", [("Canadian", "demonym", "CAN")])
    assert place.country == "CAN"


def test_actors_choose_among_namesakes():
    georgian = ("Saakashvili", "name", "GEO")
    american = ("Biden", "name", "USA")
    assert read("en", "Saakashvili returned to [Georgia].", [georgian])[0].country == "GEO"
    assert read("en", "Biden spoke of [Georgia] again.", [american])[0].kind in ("region", "country")


def test_one_name_one_place():
    places = read("en", "[Paris], [Texas], wants a tower. Nothing in [Paris] is that tall.")
    assert places[0].geonameid == places[2].geonameid


NEAR = [
    ("en", "From [Liverpool] they went to [Birkenhead], then back to [Liverpool], down [Vanished Lane].", "GBR near"),
    ("it", "Da [Bologna] a [Modena], poi di nuovo a [Bologna], in [via Vattelapesca].", "ITA near"),
    ("en", "From [Liverpool] they went to [Osaka] and [Nairobi], down [Vanished Lane].", "None None"),
    ("en", "They went to [Liverpool], down [Vanished Lane].", "GBR near"),
    ("en", "From [Liverpool] to [Osaka], [Nairobi], [Lima], [Kyiv], down [Vanished Lane].", "None None"),
    ("en", "From [Liverpool] they went to [Birkenhead], then back to [Liverpool], to the [XQW].", "None None"),
]


@pytest.mark.parametrize(("language", "line", "expected"), NEAR)
def test_an_unknown_place_is_near_what_the_report_is_about(language, line, expected):
    place = read(language, line)[-1]
    assert f"{place.country} {place.precision}" == expected
    assert (place.lat is not None, place.confidence > 0) == (place.precision == "near",) * 2
    assert place.geonameid is None


def test_acronym_is_no_town():
    (place,) = read("en", "The [EU] imposed sanctions.")
    assert place.lat is None


def test_only_places_and_in_order():
    doc = spacy.blank("en")("Paris Hilton left Paris.")
    names = [Name(18, 23, "LOC"), Name(0, 12, "PER")]
    (place,) = find_places(doc, names, [], gazetteer())
    assert (place.id, place.start, place.end) == ("p1", 18, 23)


def test_confidence_falls_with_namesakes():
    (plain,) = read("en", "They met in [Reykjavik].")
    (unsure,) = read("en", "They met in [Springfield].")
    assert unsure.confidence < plain.confidence


DEFINITE = [
    ("en", "The storm left Des Moines and Iowa City and moved over the Atlantic.", "Atlantic", "sea"),
    ("it", "La tempesta ha lasciato Boston e New York e si è spostata sull'Atlantico.", "Atlantico", "sea"),
    ("en", "The London talks ended in Paris.", "London", "city"),
]


@pytest.mark.parametrize(("language", "text", "name", "kind"), DEFINITE)
def test_a_name_with_an_article_of_its_own_is_no_town(language, text, name, kind):
    (place,) = [place for place in fonti.read(text, language=language).places if name in place.name]
    assert place.kind == kind
