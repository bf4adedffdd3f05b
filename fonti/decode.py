"""Bytes -> text, in the encodings that newsrooms use."""

from __future__ import annotations

from .errors import InputError
from .language import find_language

BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Code pages of Latin letters that are not cp1252; charset-normalizer takes one for another, the language tells them
CODE_PAGES = dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250")
CODE_PAGES |= {"tr": "cp1254", "et": "cp1257", "lt": "cp1257", "lv": "cp1257"}
OTHER_SCRIPTS = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]


def decode(data: bytes) -> str:
    """Bytes as text: by their byte order mark, as UTF-8, or in the encoding that fits; line ends stay."""
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise _undecodable() from None
    if b"\0" in data:
        return _decode_utf16(data)
    try:
        return _printable(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _printable(data.decode(_code_page(data)))


def encoding_of(head: bytes) -> str:
    """The encoding of a stream that begins so, for those who read it line by line."""
    for mark, encoding in BOMS.items():
        if head.startswith(mark):
            return encoding
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # no character that the end of the head cuts in two
            return _code_page(head)
    return "utf-8"


def _code_page(data: bytes) -> str:
    """The legacy encoding of bytes that are no UTF-8."""
    latin = sum(byte < 128 for byte in data) > 0.7 * len(data)
    encoding = CODE_PAGES.get(find_language(data.decode("ascii", "ignore")) or "", "cp1252") if latin else None
    if encoding is None:
        from charset_normalizer import from_bytes

        best = from_bytes(data, cp_isolation=OTHER_SCRIPTS).best()
        encoding = best.encoding if best else "cp1252"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        raise _undecodable() from None
    return encoding


def _decode_utf16(data: bytes) -> str:
    """UTF-16 without its mark shows as a zero beside nearly every letter; other zeros are of a binary file."""
    half = max(len(data) // 2, 1)
    for encoding, zeros in (("utf-16-le", data[1::2].count(0)), ("utf-16-be", data[::2].count(0))):
        if zeros > 0.7 * half:
            try:
                return _printable(data.decode(encoding))
            except UnicodeDecodeError:
                break
    raise _binary()


def _printable(text: str) -> str:
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:100_000])
    if controls > 2 + 0.001 * len(text):
        raise _binary()
    return text


def _binary() -> InputError:
    return InputError("is not text", "give a text file, an HTML page or JSON lines")


def _undecodable() -> InputError:
    return InputError("is in no encoding that Fonti can tell", "save it as UTF-8")
