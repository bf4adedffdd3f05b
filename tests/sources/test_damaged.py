"""Whatever is done to an input, it ends in reports or in failures of one line: a sample of ``bench/damaged.py``."""

from __future__ import annotations

import gzip
import json
import os
import random
import zipfile
from pathlib import Path

import pytest

from fonti.intake import take

from .test_sources import ATOM, MAIL, NEWSML, NITF, PAGE, RSS, TEXT, URL, http, pdf, save, warc, zipped

SOUND: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.html": PAGE.encode(),
    "a.jsonl": b"\n".join([json.dumps({"text": TEXT, "date": "2023"}).encode()] * 3),
    "a.json": json.dumps({"articles": [{"text": TEXT}]}).encode(),
    "a.csv": f'text,date\n"{TEXT}",2023\n'.encode(),
    "a.pdf": pdf([TEXT.replace("È", "E")]),
    "a.eml": MAIL.encode(),
    "a.xml": NEWSML.encode(),
    "b.xml": NITF.encode(),
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "a.warc": warc((URL, http(PAGE.encode()))),
    "a.warc.gz": gzip.compress(warc((URL, http(PAGE.encode())))),
    "a.zip": zipped({"a.html": PAGE, "b.txt": TEXT}),
    "a.html.gz": gzip.compress(PAGE.encode()),
}


@pytest.fixture(autouse=True)
def _no_web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.downloads.fetch_response", lambda url: None)


def sound(path: Path) -> None:
    """Every failure is one line with what to do next."""
    for taken in take(path):
        if taken.error is not None:
            assert taken.error.then
            assert "\n" not in str(taken.error)
            assert len(str(taken.error)) < 2_000
        else:
            assert taken.report and taken.report.text.strip()


@pytest.mark.parametrize("name", SOUND)
def test_cut_changed_spliced(tmp_path: Path, name: str) -> None:
    chance, content = random.Random(name), SOUND[name]
    for number in range(12):
        place = chance.randrange(len(content))
        changed = bytearray(content)
        for _ in range(20):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        other = SOUND[chance.choice(list(SOUND))]
        damaged = [
            content[:place],
            bytes(changed),
            content[:place] + bytes(50) + content[place:],
            content[:place] + other,
        ]
        sound(save(tmp_path, f"{number}-{name}", damaged[number % 4]))


@pytest.mark.parametrize("name", SOUND)
def test_under_another_name(tmp_path: Path, name: str) -> None:
    for other in SOUND:
        sound(save(tmp_path, f"x-{other}", SOUND[name]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("line.txt", b"parola " * 200_000),
        ("line.csv", b"text\n" + b"parola " * 200_000),
        ("nul.txt", bytes(1_000_000)),
        ("deep.html", f"<html><body><article>{'<div>' * 20_000}{TEXT}".encode()),
        ("deep.json", b"[" * 100_000),
        ("deep.jsonl", b'{"text": ' * 100_000),
        ("deep.xml", b"<nitf><body.content>" + b"<p>" * 20_000 + TEXT.encode()),
        ("columns.csv", b",".join(b"c%d" % n for n in range(20_000))),
        ("parts.eml", b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\n" * 500),
        ("\udcff.txt", TEXT.encode()),
        ("new\nline.txt", b""),
    ],
)
def test_hostile(tmp_path: Path, name: str, content: bytes) -> None:
    sound(save(tmp_path, name, content))


def test_entities_do_not_grow(tmp_path: Path) -> None:
    grown = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    laughs = f'<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa">{grown}]><nitf><body.content><p>&m;</p></body.content></nitf>'
    sound(save(tmp_path, "laughs.xml", laughs))


def test_pipes_and_links_to_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    save(tmp_path, "a.txt", TEXT)
    assert [taken.where for taken in take(tmp_path)] == [str(tmp_path / "a.txt")]


def test_a_locked_archive(tmp_path: Path) -> None:
    path = save(tmp_path, "a.zip", zipped({"a.txt": TEXT}))
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    assert zipfile.ZipFile(path).infolist()[0].flag_bits & 1
    (taken,) = take(path)
    assert "encrypted" in str(taken.error)
