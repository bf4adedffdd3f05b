"""The gazetteer: one name however it is written, the likeliest place first, the same file from the same sources."""

import importlib.util
import sys
from pathlib import Path

import pytest

from fonti.gazetteer import PATH, Gazetteer, gazetteer, key

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the gazetteer is built when Fonti is installed")


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("gazetteer_build", ROOT / "gazetteer" / "build.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Aquila", "L'Aquila"),
        ("Val-d’Isère", "val d'isere"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Łódź", "Lodz"),
        ("Bol'šoj Kamen'", "Bolsoj Kamen"),
        ("U.S.", "US"),
        ("N’Djamena", "Ndjamena"),
    ],
)
def test_key_is_the_same(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("name", "language", "kind", "country", "shown"),
    [
        ("Mosca", "it", "city", "RUS", "Mosca"),
        ("Moscow", "it", "city", "RUS", "Mosca"),
        ("Stati Uniti", "it", "country", "USA", "Stati Uniti"),
        ("Federazione russa", "it", "country", "RUS", "Russia"),
        ("UK", "en", "country", "GBR", "United Kingdom"),
        ("Islamabad", "en", "city", "PAK", "Islamabad"),  # an old name of Chattogram, which is larger
        ("Bavaria", "en", "region", "DEU", "Bavaria"),
        ("Mar Nero", "it", "sea", None, "Mar Nero"),
        ("Striscia di Gaza", "it", "region", "PSE", "Striscia di Gaza"),
        ("Baikonur Cosmodrome", "en", "site", "KAZ", "Baikonur Cosmodrome"),
        ("Medio Oriente", "it", "area", None, "Medio Oriente"),
    ],
)
def test_likeliest_place_first(name, language, kind, country, shown):
    best = gazetteer().find(name, language=language)[0]
    assert (best.kind, best.country, best.name) == (kind, country, shown)


def test_unknown_name():
    assert gazetteer().find("Xyzzyville", language="en") == []
    assert gazetteer().find("…", language="en") == []


def test_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="pip install"):
        Gazetteer(tmp_path / "none.sqlite").find("Roma", language="it")


def test_builder_writes_what_gazetteer_reads(build, tmp_path):
    files = []
    for name in ("one.sqlite", "two.sqlite"):
        builder = build.Builder(key)
        place = builder.add(
            "Firenze", "city", 43.77, 11.25, geonameid=1, country="ITA", region="IT.16", population=360_000
        )
        builder.label(place, "en", "Florence")
        builder.write(tmp_path / name, "sources")
        files.append(tmp_path / name)
    assert files[0].read_bytes() == files[1].read_bytes()
    (found,) = Gazetteer(files[0]).find("Florence", language="en")
    assert (found.name, found.how, found.lat, found.region) == ("Florence", "exonym", 43.77, "IT.16")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Oblast' di Kursk", "Kursk"),
        ("Primorsky Krai", "Primorsky"),
        ("Provincia dell'Aquila", "Aquila"),
        ("Region", "Region"),
    ],
)
def test_head_words_of_regions(build, name, bare):
    assert build.headless(name) == bare
