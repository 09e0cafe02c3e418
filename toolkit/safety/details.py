"""What a picture says beside its dots: EXIF, XMP, IPTC, comments, texts of a PNG; and where it was taken."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from toolkit.late import pattern

LARGEST = 1024 * 1024  # bytes of one text of a PNG when it is unpacked
MOST = 5_000  # runs of letters that are read of one file
_PLAIN = pattern(rb"[\x20-\x7e\xc2-\xf4\x80-\xbf]{4,}")
_WIDE = pattern(rb"(?:[\x20-\x7e\xc0-\xff]\x00){4,}")
_MARKS = pattern(r"<[^<>]*>")
_GPS = 0x8825
Detail = tuple[str, str]  # what it is called, and the words


def strings(data: bytes) -> Iterator[str]:
    """Runs of letters in what is no text, as one byte or two a letter."""
    for number, match in enumerate(_PLAIN.finditer(data)):
        if number >= MOST:
            break
        yield match[0].decode("utf-8", "replace").strip()
    for number, match in enumerate(_WIDE.finditer(data)):
        if number >= MOST:
            break
        yield match[0].decode("utf-16-le", "replace").strip()


def details(data: bytes) -> Iterator[Detail]:
    """What a picture says of itself; nothing for what is no picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _png(data)
    elif data.startswith(b"\xff\xd8"):
        yield from _jpeg(data)
    elif data.startswith((b"II*\0", b"MM\0*", b"RIFF", b"GIF8", b"BM")):
        yield from _other(data)
        yield from _xmp(data)


def _png(data: bytes) -> Iterator[Detail]:
    at = 8
    while at + 8 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"tEXt":
            yield "details of the picture", _text(body.replace(b"\0", b": ", 1))
        elif kind == b"zTXt":
            name, _, packed = body.partition(b"\0")
            yield "details of the picture", _text(name + b": " + _unpacked(packed[1:]))
        elif kind == b"iTXt":
            name, _, rest = body.partition(b"\0")
            words = rest[2:].split(b"\0", 2)[-1]
            words = _unpacked(words) if rest[:1] == b"\1" else words
            yield "details of the picture", f"{_text(name)}: {_MARKS.sub(' ', _text(words))}"
            yield from _quoted(words)
        elif kind == b"eXIf":
            yield from _exif(body)
        elif kind not in (b"IDAT", b"PLTE", b"IHDR", b"iCCP", b"tRNS"):
            for run in strings(body):
                yield "details of the picture", run
    if (rest := data[at:]).strip(b"\0"):
        for run in strings(rest):
            yield "after the end of the picture", run


def _jpeg(data: bytes) -> Iterator[Detail]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark in (0xD9, 0xDA):
            break
        if mark == 0xFF:
            at += 1
            continue
        (size,) = struct.unpack(">H", data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)
        if mark == 0xE1 and body.startswith(b"Exif\0\0"):
            yield from _exif(body[6:])
        elif mark == 0xFE:
            yield "comment in the picture", _text(body)
        elif 0xE1 <= mark <= 0xEF and not body.startswith((b"ICC_PROFILE", b"Adobe")):
            if b"xmpmeta" in body or b"rdf:RDF" in body:
                yield from _xmp(body)
            else:
                for words in strings(body):
                    yield "details of the picture", words
    end = data.rfind(b"\xff\xd9")
    if 0 < end < len(data) - 2:
        for words in strings(data[end + 2 :]):
            yield "after the end of the picture", words


def _exif(body: bytes) -> Iterator[Detail]:
    for words in strings(body):
        yield "details of the picture (EXIF)", words
    with suppress(Exception):  # whatever Pillow makes of what is no EXIF
        from PIL import Image

        exif = Image.Exif()
        exif.load(b"Exif\0\0" + body)
        yield from _position(exif.get_ifd(_GPS))


def _position(found: Any) -> Iterator[Detail]:
    """Where a picture was taken, in degrees."""
    if 2 in found and 4 in found:
        degrees = [
            sum(float(part) / 60**n for n, part in enumerate(found[key]))
            * (-1 if found.get(key - 1) in "SW" else 1)
            for key in (2, 4)
        ]
        yield "details of the picture (EXIF)", f"GPS position {degrees[0]:.5f}, {degrees[1]:.5f}"


def _other(data: bytes) -> Iterator[Detail]:
    with suppress(Exception):  # whatever Pillow makes of what is no picture
        from io import BytesIO

        from PIL import Image

        with Image.open(BytesIO(data)) as picture:
            for name, value in picture.info.items():
                if isinstance(value, str | bytes) and name not in ("icc_profile", "exif"):
                    yield "details of the picture", value if isinstance(value, str) else _text(value)
            exif = picture.getexif()
            for value in exif.values():
                if isinstance(value, str):
                    yield "details of the picture (EXIF)", value
            yield from _position(exif.get_ifd(_GPS))


def _xmp(data: bytes) -> Iterator[Detail]:
    starts = [at for at in (data.find(b"<x:xmpmeta"), data.find(b"<rdf:RDF")) if at >= 0]
    end = max(data.rfind(b"</x:xmpmeta>"), data.rfind(b"</rdf:RDF>"))
    if starts and (packet := data[min(starts) : end][:LARGEST]):
        yield "details of the picture (XMP)", " ".join(_MARKS.sub(" ", _text(packet)).split())
        yield from _quoted(packet)


def _quoted(xml: bytes) -> Iterator[Detail]:
    """What stands in the attributes of some XMP."""
    for match in re.finditer(rb"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", xml):
        words = _text(match[1] or match[2] or b"")
        if not words.startswith("http://ns.adobe") and re.search(r"[^\W\d_]{2}|\d{5}", words):
            yield "details of the picture (XMP)", words


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").replace("\0", " ")
    except UnicodeDecodeError:
        return data.decode("latin-1").replace("\0", " ")


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, LARGEST)
    except zlib.error:
        return b""
