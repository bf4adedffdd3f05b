"""Each format gives its reports, with what it tells of them, at a place that can be found again."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fonti.errors import FontiError
from fonti.intake import Taken, read, take
from fonti.record import Report
from fonti.sources import size_of

TEXT = "Il ministro degli Esteri ha incontrato ieri a Roma l'ambasciatore del Giappone. È partito in serata."
MORE = "Il portavoce ha detto che la visita è conclusa e che il ministro tornerà in patria domani mattina."
PAGE = f"<html><head><title>Visita</title></head><body><article><p>{TEXT}</p><p>{MORE}</p></article></body></html>"
URL = "https://example.org/visita"


def save(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(folder: Path, name: str, content: str | bytes) -> Report:
    (report,) = read(save(folder, name, content))
    return report


def reasons(path: Path) -> list[str]:
    return [str(taken.error) for taken in take(path) if taken.error is not None]


# JSON, tables -------------------------------------------------------------------------------------------------------

ARTICLES = {
    "news-please": {
        "maintext": TEXT, "title": "Visita", "date_publish": "2023-09-18 10:00:00", "authors": ["A. B.", "C. D."],
        "source_domain": "example.org", "url": URL, "language": "it", "description": "no", "image_url": None,
    },
    "Media Cloud": {
        "text": TEXT, "title": "Visita", "publish_date": "2023-09-18 10:00:00", "media_name": "example.org",
        "url": URL, "language": "it", "authors": "A. B.; C. D.",
    },
    "Event Registry": {
        "uri": "77", "lang": "ita", "body": TEXT, "title": "Visita", "dateTime": "2023-09-18T10:00:00Z", "url": URL,
        "source": {"uri": "example.org", "title": "example.org"}, "authors": [{"name": "A. B."}, {"name": "C. D."}],
    },
    "Common Crawl": {
        "text": TEXT, "title": "Visita", "date": "2023-09-18 10:00:00", "domain": "example.org", "url": URL,
        "author": "A. B.; C. D.",
    },
}  # fmt: skip


@pytest.mark.parametrize("program", ARTICLES)
def test_fields_of_other_programs(tmp_path: Path, program: str) -> None:
    report = one(tmp_path, "a.jsonl", json.dumps(ARTICLES[program]))
    assert (report.text, report.title, report.author) == (TEXT, "Visita", "A. B.; C. D.")
    assert (report.publisher, report.url, report.language) == ("example.org", URL, "it")
    assert str(report.published).startswith("2023-09-18T10:00:00")
    assert report.dated_by == "source"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda articles: articles,
        lambda articles: {"articles": {"results": articles, "count": 2}},
        lambda articles: {"items": articles},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_of_json(tmp_path: Path, wrap: Callable[[object], object], indent: int | None) -> None:
    document = wrap([{"text": TEXT}, {"text": MORE}, {"title": "no"}])
    taken = list(take(save(tmp_path, "a.json", json.dumps(document, indent=indent))))
    assert [t.report.text for t in taken if t.report] == [TEXT, MORE]
    assert 'item 3: has no "text"' in str(taken[2].error)


def test_one_report_of_json(tmp_path: Path) -> None:
    assert one(tmp_path, "a.json", json.dumps({"text": TEXT}, indent=1)).text == TEXT


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["ID", "Title", "Text", "Date"], ["1", "Visita", f'"{TEXT}"', "18/9/2023"], ["2", "", f'"{MORE}"', "2023"]]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    first, second = read(save(tmp_path, "a.csv", content))
    assert (first.id, first.title, first.text, first.published) == ("1", "Visita", TEXT, None)
    assert (second.text, second.title, second.published) == (MORE, None, "2023")


def test_a_table_without_texts(tmp_path: Path) -> None:
    (told,) = reasons(save(tmp_path, "a.csv", "id,when\n1,2\n"))
    assert "among its columns (id, when); name that column `text`" in told


def test_parquet(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"text": [TEXT, MORE], "date": pandas.to_datetime(["2023-09-18", "2023-09-19"])})
    table.to_parquet(tmp_path / "a.parquet")
    taken = list(take(tmp_path / "a.parquet"))
    assert [t.report.text for t in taken if t.report] == [TEXT, MORE]
    assert taken[1].where.endswith("a.parquet, row 2")
    assert taken[1].report and str(taken[1].report.published).startswith("2023-09-19")


# Documents ----------------------------------------------------------------------------------------------------------


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, made by hand."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td\n{shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Visita a Roma) /Author (A. B.) /CreationDate (D:20230918100000Z) >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + end


LINES = ["Il ministro degli Esteri ha incontrato ieri a", "Roma l'ambasciatore del Giap-", "pone e due colleghi.", "",
         "Poi e partito."]  # fmt: skip


def test_pdf(tmp_path: Path) -> None:
    report = one(tmp_path, "a.pdf", pdf(LINES))
    assert report.text.startswith(
        "Il ministro degli Esteri ha incontrato ieri a Roma l'ambasciatore del Giappone e due"
    )
    assert (report.title, report.author, report.published, report.dated_by) == (
        "Visita a Roma",
        "A. B.",
        "2023-09-18",
        "pdf",
    )


def test_a_pdf_of_pictures_and_one_that_is_cut(tmp_path: Path) -> None:
    assert "holds no text: its pages are pictures; make a text" in reasons(save(tmp_path, "a.pdf", pdf([])))[0]
    (told,) = reasons(save(tmp_path, "b.pdf", pdf(LINES)[:200]))
    assert "cannot be read (" in told


def test_docx(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Visita a Roma", 0)
    document.add_heading("La partenza", 1)
    document.add_paragraph(TEXT)
    document.add_table(1, 2).rows[0].cells[1].text = MORE
    document.core_properties.author = "A. B."
    document.save(str(tmp_path / "a.docx"))
    (report,) = read(tmp_path / "a.docx")
    assert report.text == f"Visita a Roma\n\nLa partenza\n\n{TEXT}\n\n{MORE}"
    assert (report.title, report.author, report.dated_by) == ("Visita a Roma", "A. B.", "docx")
    assert [s.kind for s in report.sections][:2] == ["headline", "heading"]


MAIL = f"""\
From: Anna Bianchi <anna@example.org>
Subject: =?utf-8?Q?Visita_conclus=C3=A0?=
Date: Mon, 18 Sep 2023 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/html; charset=utf-8

<p>{TEXT}</p><script>no()</script><p>{MORE}<br>Fine.</p>
--x
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="../altro.txt"

{MORE}
--x--
"""


def test_mail(tmp_path: Path) -> None:
    message, attached = take(save(tmp_path, "a.eml", MAIL))
    assert message.report and attached.report
    assert message.report.text == f"{TEXT}\n\n{MORE}\n\nFine."
    assert (message.report.title, message.report.author) == ("Visita conclusà", "Anna Bianchi")
    assert (message.report.published, message.report.dated_by) == ("2023-09-18T10:00+02:00", "mail")
    assert attached.report.text == MORE
    assert attached.where == f"{tmp_path}/a.eml!%2E%2E/altro.txt"


NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:example.org:1" version="2" xml:lang="it-IT">
 <itemMeta><itemClass qcode="ninat:text"/><provider literal="AGENZIA"/>
  <versionCreated>2023-09-19T12:00:00+02:00</versionCreated><firstCreated>2023-09-18T12:00:00+02:00</firstCreated></itemMeta>
 <contentMeta><headline>Visita <b>conclusa</b></headline><by>A. B.</by></contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
  <head><title>no</title></head><body><p>{TEXT}</p><p>{MORE}</p></body></html></inlineXML></contentSet>
</newsItem>
<newsItem guid="urn:newsml:example.org:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
</itemSet></newsMessage>"""

NITF = f"""<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">
<nitf><head><title>no</title><docdata><doc-id id-string="d1"/><date.issue norm="20230918T100000Z"/></docdata></head>
<body><body.head><hedline><hl1>Visita conclusa</hl1></hedline><byline>A. B.</byline>
<distributor>AGENZIA</distributor></body.head>
<body.content><block><p>{TEXT}</p><p>{MORE}</p></block></body.content></body></nitf>"""


def test_newsml(tmp_path: Path) -> None:
    dispatch, picture = take(save(tmp_path, "a.xml", NEWSML))
    report = dispatch.report
    assert report
    assert (report.id, report.text) == ("urn:newsml:example.org:1", f"{TEXT}\n\n{MORE}")
    assert (report.title, report.author, report.publisher) == ("Visita conclusa", "A. B.", "AGENZIA")
    assert (report.published, report.dated_by, report.language) == ("2023-09-18T12:00:00+02:00", "newsml", "it")
    assert "is a picture without words in it" in str(picture.error)


def test_nitf(tmp_path: Path) -> None:
    report = one(tmp_path, "a.xml", NITF)
    assert (report.id, report.text) == ("d1", f"{TEXT}\n\n{MORE}")
    assert (report.title, report.author, report.publisher) == ("Visita conclusa", "A. B.", "AGENZIA")
    assert (report.published, report.dated_by) == ("2023-09-18", "nitf")


def test_xml_reaches_for_nothing(tmp_path: Path) -> None:
    secret = save(tmp_path, "secret.txt", "segreto")
    hostile = NITF.replace("<!DOCTYPE nitf SYSTEM", f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file://{secret}">]><!-- ')
    hostile = hostile.replace('3-4.dtd">', '3-4.dtd" -->').replace(TEXT, f"{TEXT} &x;")
    assert "segreto" not in one(tmp_path, "a.xml", hostile).text


# From the web -------------------------------------------------------------------------------------------------------


class Response:
    def __init__(self, status: int, data: bytes) -> None:
        self.status, self.data = status, data


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    pages = {URL: PAGE.encode()}
    monkeypatch.setattr(
        "trafilatura.downloads.fetch_response", lambda url: Response(200, pages[url]) if url in pages else None
    )
    return pages


LONG = " ".join([TEXT, MORE] * 3)
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>La Gazzetta</title>
<item><title>Visita</title><link>{URL}</link><pubDate>Mon, 18 Sep 2023 10:00:00 GMT</pubDate></item>
<item><title>Intera</title><link>https://example.org/gone</link><content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item>
<item><title>Breve</title><link>https://example.org/gone2</link><description>Poco.</description></item>
<item><title>Altrove</title><link>file:///etc/passwd</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>La Gazzetta</title>
<entry><title>Visita</title><link href="{URL}"/><published>2023-09-18T10:00:00Z</published><author><name>A. B.</name>
</author></entry></feed>"""


def test_a_feed_and_the_pages_behind_it(tmp_path: Path, web: dict[str, bytes]) -> None:
    page, whole, short, elsewhere = take(save(tmp_path, "feed.xml", RSS))
    assert page.report and whole.report
    assert (page.report.url, page.report.publisher, page.report.title) == (URL, "example.org", "Visita")
    assert (page.report.published, page.report.dated_by) == ("2023-09-18T10:00Z", "feed")
    assert TEXT in page.report.text
    assert (whole.report.text, whole.report.title) == (LONG, "Intera")
    assert "could not be fetched" in str(short.error)
    assert "has no address of a page" in str(elsewhere.error)


def test_a_feed_of_which_a_page_tells_less(tmp_path: Path, web: dict[str, bytes]) -> None:
    def wall(words: str) -> str | None:
        link = f"<item><link>{URL}</link>{words}</item>"
        (report,) = read(save(tmp_path, "feed.rss", f'<rss version="2.0"><channel>{link}</channel></rss>'))
        told.append(report.text)
        return report.wall

    told: list[str] = []
    ask = f"<p>{MORE}</p><p>{TEXT} {MORE}</p><p>Abbonati per continuare a leggere</p>"
    web[URL] = f"<html><body><article><p>{TEXT}</p>{ask}</article></body></html>".encode()
    assert wall("") == "subscription"
    assert wall(f"<description>{TEXT}</description>") == "subscription"
    assert wall(f"<description>{LONG * 3}</description>") is None
    assert told[-1] == LONG * 3
    del web[URL]
    assert wall(f"<description>{LONG}</description>") == "feed"
    assert wall(f"<description>{LONG * 3} […]</description>") == "feed"


def test_atom_at_an_address(web: dict[str, bytes]) -> None:
    web["https://example.org/feed"] = ATOM.encode()
    (report,) = read("https://example.org/feed")
    assert (report.url, report.author, report.published) == (URL, "A. B.", "2023-09-18T10:00Z")


def test_a_list_of_addresses(tmp_path: Path, web: dict[str, bytes]) -> None:
    path = save(tmp_path, "list.txt", f"# pages\n{URL}\n\nhttps://example.org/none\n")
    page, none = take(path)
    assert page.report and page.report.url == URL
    assert str(none.error).startswith("https://example.org/none: could not be fetched")


def warc(*pages: tuple[str, bytes]) -> bytes:
    out = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    for url, http in pages:
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-09-20T00:00:00Z\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        out += head.encode() + http + b"\r\n\r\n"
    return out


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "b.bin", "c.warc.gz"])
def test_warc(tmp_path: Path, name: str) -> None:
    content = warc(
        (URL, http(PAGE.encode())),
        ("https://example.org/photo", http(b"\x89PNG", "image/png")),
        ("https://example.org/gone", http(PAGE.encode(), status="404 Not Found")),
        ("https://example.org/packed", http(gzip.compress(PAGE.encode()), more="Content-Encoding: gzip\r\n")),
    )
    if name == "c.warc.gz":  # each record alone, as Common Crawl has them
        content = b"".join(gzip.compress(b"WARC/1.0" + record) for record in content.split(b"WARC/1.0")[1:])
    elif name.endswith("gz"):
        content = gzip.compress(content)
    path = save(tmp_path, name, content)
    taken = list(take(path))
    assert [t.report.url for t in taken if t.report] == [URL, "https://example.org/packed"]
    assert all(t.report and TEXT in t.report.text for t in taken)
    assert taken[0].where == f"{path}!{URL}"


# Archives -----------------------------------------------------------------------------------------------------------


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def places(path: Path) -> dict[str, Taken]:
    return {taken.where.removeprefix(str(path.parent) + "/"): taken for taken in take(path)}


def test_zip(tmp_path: Path) -> None:
    lines = gzip.compress(b"\n".join(json.dumps({"text": text}).encode() for text in (TEXT, MORE)))
    inner = zipped({"a/b.html": PAGE, "x.jsonl.gz": lines, "photo.png": b"\x89PNG", "__MACOSX/a": "no"})
    found = places(save(tmp_path, "a.zip", zipped({"in/inner.zip": inner, "c.txt": TEXT, "empty.txt": ""})))
    assert list(found) == [
        "a.zip!in/inner.zip!a/b.html",
        "a.zip!in/inner.zip!x.jsonl.gz, line 1",
        "a.zip!in/inner.zip!x.jsonl.gz, line 2",
        "a.zip!c.txt",
        "a.zip!empty.txt",
    ]
    assert found["a.zip!c.txt"].report and found["a.zip!c.txt"].lasting
    assert "is empty" in str(found["a.zip!empty.txt"].error)


def test_hostile_names_stay_in_the_archive(tmp_path: Path) -> None:
    found = places(save(tmp_path, "a.zip", zipped({"../../x.txt": TEXT, "/etc/y.txt": MORE, "..\\z.txt": TEXT + MORE})))
    assert list(found) == ["a.zip!%2E%2E/%2E%2E/x.txt", "a.zip!etc/y.txt", "a.zip!%2E%2E/z.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fonti.sources.archives.LEAST", 1_000_000)
    zeros = b"a" * 3_000_000
    assert "grows to more than 200 times its size" in reasons(save(tmp_path, "a.txt.gz", gzip.compress(zeros)))[0]
    (told,) = reasons(save(tmp_path, "a.zip", zipped({"b.txt": zeros, "c.txt": TEXT})))
    assert "a.zip!b.txt: grows to more than" in told
    deep = zipped({"a.txt": TEXT})
    for _ in range(4):
        deep = zipped({"a.zip": deep})
    assert "in more than 3 archives" in reasons(save(tmp_path, "deep.zip", deep))[0]


def test_an_archive_that_is_cut(tmp_path: Path) -> None:
    archive = zipped({"a.txt": TEXT})
    assert "cannot be read (BadZipFile" in reasons(save(tmp_path, "a.zip", archive[:-10]))[0]
    assert "cannot be read (EOFError" in reasons(save(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode())[:-9]))[0]


# How much is behind -------------------------------------------------------------------------------------------------


def test_all_bytes_are_passed(tmp_path: Path, web: dict[str, bytes]) -> None:
    lines = "\n".join(json.dumps({"text": f"{TEXT} {n}"}) for n in range(3000))
    items = json.dumps([{"text": f"{TEXT} {n}"} for n in range(100)])
    for name, content in {
        "a.txt": TEXT, "b/a.jsonl": lines, "b/c.jsonl.gz": gzip.compress(lines.encode()), "a.json": items,
        "urls.txt": f"{URL}\n" * 9, "feed.xml": RSS, "a.zip": zipped({"a.jsonl": lines, "b.json": items}),
        "a.pdf": "no",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        save(tmp_path, name, content)
    size = size_of(str(tmp_path))
    steps: list[int] = []
    taken = list(take(tmp_path, passed=steps.append))
    assert len(taken) == 9215
    assert sum(steps) == size
    for name, most in (("b/a.jsonl", 0.3), ("a.json", 0.1), ("urls.txt", 0.2)):
        steps = []
        next(take(tmp_path / name, passed=steps.append))
        assert sum(steps) <= most * (size_of(str(tmp_path / name)) or 0), name
    assert size_of(URL) is size_of("-") is None


# Walls --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("We and our 842 partners store and access cookies on your device. Accept all or manage options.", "cookies"),
        ("Noi e i nostri partner utilizziamo i cookie. Accetta per continuare la navigazione nel sito.", "cookies"),
        (
            "Il contenuto è riservato agli abbonati. Abbonati per continuare a leggere. Sei già abbonato? Accedi.",
            "subscr",
        ),
        ("Dieser Artikel ist nur für Abonnenten lesbar. Jetzt abonnieren und sofort weiterlesen, jeden Tag.", "subscr"),
        ("Checking your browser before accessing the site. Please enable JavaScript and cookies to go on.", "program"),
    ],
)
def test_a_wall_is_no_report(tmp_path: Path, words: str, told: str) -> None:
    page = f"<html><body><article><p>{words}</p><p>{words.upper()}</p></article></body></html>"
    with pytest.raises(FontiError, match=told):
        one(tmp_path, "a.html", page)


def test_a_wall_behind_a_teaser_is_boilerplate(tmp_path: Path) -> None:
    ask = "Abbonati per continuare a leggere questo articolo e tutti gli altri della nostra redazione."
    paragraphs = "".join(f"<p>{words}</p>" for words in (TEXT, MORE, LONG, LONG + " Bis.", ask))
    report = one(tmp_path, "a.html", f"<html><body><article>{paragraphs}</article></body></html>")
    walls = [report.text[s.start : s.end] for s in report.sections if s.kind == "boilerplate"]
    assert walls == [ask]
