"""Feeds damaged and hostile inputs to `fonti add`: ``python bench/damaged.py [INPUTS SEED]``.

Makes INPUTS (1,000) files: a sound one of each format, cut, with bytes changed, doubled, spliced with another, in the
wrong encoding, under another format's name; and bombs, 100 MB of one line, deep markup, NULs, links in a circle,
hostile names in archives. Adds all of them to a store in a process of its own, by the real reader where READ is set in
the environment, else with one that finds nothing. Prints what came of them and the peak memory; exit 1 where one of
them ended in anything but a report or a failure of one line, or wrote a file, or memory passed 1.5 GB.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fonti.errors import FontiError, InputError
from fonti.record import Record, Report
from fonti.store import Store
from fonti.store.reading import add_all

TEXT = "Il presidente russo Vladimir Putin ha incontrato a Mosca il ministro cinese. «Partirò domani», ha detto. "
MOST_MEMORY = 1_500  # MB
OUTSIDE = (Path("/tmp/fonti-outside.txt"), Path("/outside.txt"), Path("/tmp/outside.txt"))


def page(body: str) -> str:
    head = '<head><meta charset="utf-8"><title>Visita</title></head>'
    return f"<!doctype html><html>{head}<body><article>{body}</article></body></html>"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def document() -> bytes:
    from docx import Document

    out, made = io.BytesIO(), Document()
    made.add_heading("Visita", 0)
    made.add_paragraph(TEXT * 5)
    made.save(out)
    return out.getvalue()


def portable() -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    sheet = writer.add_blank_page(600, 800)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    words = DecodedStreamObject()
    words.set_data(f"BT /F1 12 Tf 50 700 Td ({TEXT}) Tj ET".encode("latin-1"))
    sheet[NameObject("/Contents")] = writer._add_object(words.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def columns() -> bytes:
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [TEXT * 3] * 5, "date": ["2023-09-18"] * 5}), out)
    return out.getvalue()


def sound() -> dict[str, bytes]:
    """A sound input of each format."""
    body = page(f"<h1>Visita</h1><p>{TEXT * 4}</p><p>{TEXT * 3}</p>").encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Type: application/http"
    warc = f"{head}; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"
    lines = "\n".join(json.dumps({"text": TEXT * 3, "id": n, "date": "2023-09-18"}) for n in range(5)).encode()
    entry = f"<item><title>Visita</title><description>{TEXT * 6}</description></item>"
    newsml = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:a"><contentSet><inlineXML>'
        f"<html><body><p>{TEXT * 4}</p></body></html></inlineXML></contentSet></newsItem>"
    )
    mail = f"From: a@example.org\nSubject: Visita\nContent-Type: text/plain; charset=utf-8\n\n{TEXT * 4}"
    return {
        "a.txt": (TEXT * 6).encode(), "a.html": body, "a.jsonl": lines, "a.pdf": portable(), "a.docx": document(),
        "a.json": json.dumps({"articles": [{"text": TEXT * 3}] * 3}).encode(),
        "a.csv": ("text,date\n" + f'"{TEXT * 3}",2023\n' * 5).encode(), "a.parquet": columns(),
        "a.warc": warc, "a.warc.gz": gzip.compress(warc), "a.zip": zipped({"b/a.html": body, "c.jsonl": lines}),
        "a.html.gz": gzip.compress(body), "a.eml": mail.encode(), "a.xml": newsml.encode(),
        "b.xml": f"<nitf><body><body.content><p>{TEXT * 4}</p></body.content></body></nitf>".encode(),
        "feed.rss": f"<rss version='2.0'><channel><title>G</title>{entry * 3}</channel></rss>".encode(),
    }  # fmt: skip


def damaged(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """The content with one thing done to it."""
    place = chance.randrange(len(content) + 1)
    kind = chance.randrange(9)
    if kind == 0:
        return content[:place]
    if kind == 1:
        return content[place:]
    if kind == 2:  # some bytes changed
        changed = bytearray(content)
        for _ in range(chance.choice([1, 3, 30, 300])):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if kind == 3:
        return content[:place] + bytes(chance.choice([1, 10, 5000])) + content[place:]  # NULs
    if kind == 4:
        return content[:place] + other[chance.randrange(len(other)) :]
    if kind == 5:
        return content.decode("latin-1").encode(chance.choice(["utf-16", "utf-32", "cp037", "utf-7"]))
    if kind == 6:
        return content[:place] + content[: chance.randrange(len(content))] * chance.choice([2, 50]) + content[place:]
    if kind == 7:
        return chance.randbytes(chance.choice([1, 100, 100_000]))
    return content[:place] + "\ud800\udfff\ufeff\u202e".encode("utf-8", "surrogatepass") + content[place:]


def hostile(folder: Path) -> None:
    """What is made to break a reader."""
    line, deep = b"parola " * 15_000_000, 200_000
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    nitf = "<nitf><body.content>{}</body.content></nitf>"
    ask = "<p>We and our partners use cookies. Accept all cookies to go on reading this site.</p>"
    parts = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
    parts += '--x\nContent-Type: multipart/mixed; boundary="x"\n\n' * 5_000
    huge = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\n"
    names = [
        "../../../../outside.txt", "/tmp/fonti-outside.txt", "..\\..\\outside.txt", "C:\\outside.txt", "a\0b.txt",
        "\x1b[31mred.txt", "\u202egnp.txt", "x" * 5000 + ".txt", "a\nb.txt", ".", "con.txt", "a/../../b.txt",
    ]  # fmt: skip
    write: dict[str, bytes | str] = {
        "line.txt": line,
        "line.html": page("<p>").encode() + line,
        "line.jsonl": b'{"text": "' + line + b'"}',
        "line.csv": b"text\n" + line,
        "line.eml": b"Subject: x\n\n" + line,
        "line.xml": b"<nitf><p>" + line,
        "line.rss": b"<rss><channel><item><title>" + line,
        "line.pdf": b"%PDF-1.4\n" + line,
        "nul.txt": bytes(50_000_000),
        "deep.html": page("<div>" * deep + TEXT + "</div>" * deep),
        "deep-bold.html": page("<b><i>" * deep + TEXT),
        "deep.json": b"[" * deep + b"]" * deep,
        "deep.jsonl": b'{"text": ' * deep,
        "deep.xml": nitf.format("<p>" * deep + TEXT + "</p>" * deep),
        "laughs.xml": f'<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa">{entities}]>{nitf.format("<p>&m;</p>")}',
        "outside.xml": f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>{nitf.format("&x;")}',
        "bomb.txt.gz": gzip.compress(bytes(1_000_000_000), 9),
        "bomb.html.gz": gzip.compress(b"<p>" * 300_000_000, 9),
        "bomb.zip": zipped({f"{n}.txt": bytes(100_000_000) for n in range(20)}),
        "bomb.docx": zipped({"[Content_Types].xml": b"", "word/document.xml": b"<w>" + b" " * 400_000_000}),
        "bomb.warc.gz": gzip.compress(huge + bytes(1_000_000_000)),
        "many.zip": zipped({f"{n}.txt": b"" for n in range(3_000)}),
        "names.zip": zipped({name: TEXT.encode() * 3 for name in names}),
        "columns.csv": b",".join(b"c%d" % n for n in range(200_000)) + b"\ntext",
        "rows.csv": b"text\n" + b"x\n" * 3_000,
        "quote.csv": b'text\n"' + TEXT.encode() * 100_000,
        "links.txt": b"https://example.org/a\n" * 500,
        "file.rss": b"<rss><channel><item><link>file:///etc/passwd</link></item></channel></rss>",
        "cookies.html": page(ask * 2),
        "attached.eml": parts,
        "\udcff\udcfe.txt": TEXT,
        "new\nline.txt": TEXT,
        "-rf.txt": TEXT,
    }
    for name, content in write.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    inner = zipped({"a.txt": TEXT.encode() * 3})
    for _ in range(12):
        inner = zipped({"a.zip": inner, "b.zip": inner})
    (folder / "nested.zip").write_bytes(inner)


def links(folder: Path) -> None:
    """A folder in a circle, a link to itself and one to nothing, a pipe that nobody writes to."""
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "nothing.txt").symlink_to(folder / "nothing")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")


def read_nothing(reports: Iterable[Report], *, on_error: object) -> Iterator[Record]:
    for report in reports:
        yield Record(replace(report, read_by={"fonti": "damaged"}))


def no_web(url: str) -> bytes:
    raise InputError("could not be fetched", "there is no web here")


def files(folder: Path) -> set[str]:
    return {repr(os.path.join(place, name)) for place, _, names in os.walk(folder) for name in names}


def add(base: Path) -> None:
    """Adds each file of the folder `in`, then that of the links; prints what came of it."""
    import fonti.sources.web

    fonti.sources.web.fetch = no_web
    read_all = read_nothing
    if os.environ.get("READ"):
        from fonti.reader import Reader

        read_all = Reader().read_all  # type: ignore[assignment]
    reasons: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    crashed: list[str] = []
    counts: Counter[str] = Counter()

    def tell(error: FontiError) -> None:
        reasons[error.met.split("(")[0].strip()] += 1
        if "\n" in str(error) or not error.then:
            crashed.append(str(error))

    with Store(base / "store.sqlite", new=True) as store:
        for path in [*sorted(str(p) for p in (base / "in").iterdir()), str(base / "links")]:
            start = time.perf_counter()
            try:
                found = add_all(store, [path], read_all, tell=tell)
                counts.update(added=found.added, there=found.there, failed=found.failed)
            except BaseException as error:
                crashed.append(f"{path}: {type(error).__name__}: {error}"[:300])
            slow.append((round(time.perf_counter() - start, 1), Path(path).name[:60]))
    # VmHWM is this process's own: ru_maxrss counts what the process had that started it
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    memory = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]
    told = {"memory_MB": memory, "slowest_s": sorted(slow)[-5:], "reasons": dict(reasons.most_common())}
    print(json.dumps(counts | told | {"crashed": crashed}))


def main(inputs: int = 1000, seed: int = 1) -> bool:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        for name in ("in", "links"):
            (base / name).mkdir()
        hostile(base / "in")
        links(base / "links")
        seeds = sound()
        for number in range(inputs - len(list((base / "in").iterdir()))):
            name = chance.choice(list(seeds))
            content = damaged(seeds[name], chance.choice(list(seeds.values())), chance)
            under = name if chance.random() < 0.8 else chance.choice(list(seeds))
            (base / "in" / f"{number:04}-{under}").write_bytes(content)
        before = files(base)
        command = [sys.executable, __file__, "--add", place]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, errors="replace")
        written = sorted(name for name in files(base) - before if "store.sqlite" not in name)
    outside = [str(path) for path in (*OUTSIDE, Path(place).parent / "outside.txt") if path.exists()]
    told = json.loads(done.stdout) if done.returncode == 0 else {"crashed": [done.stderr[-2000:]], "memory_MB": 0}
    print(json.dumps({"inputs": inputs} | told | {"written": written + outside}, indent=1))
    return not told["crashed"] and not written and not outside and told["memory_MB"] < MOST_MEMORY


if __name__ == "__main__":
    if sys.argv[1:2] == ["--add"]:
        add(Path(sys.argv[2]))
    else:
        raise SystemExit(not main(*map(int, sys.argv[1:3])))
