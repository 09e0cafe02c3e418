"""What a picture or font is by its bytes, whatever it is called, and whether an SVG only draws."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from toolkit.late import pattern

_LARGEST_SVG = 4_000_000  # bytes
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWS = pattern(
    r"svg|g|defs|symbol|use|title|desc|metadata|path|rect|circle|ellipse|line|polyline|polygon|text|tspan"
    r"|linearGradient|radialGradient|stop|clipPath|mask|pattern|marker|image|filter|style"
    r"|fe(GaussianBlur|Offset|Blend|Flood|Composite|Merge|MergeNode|ColorMatrix)"
)
# Drawing programs keep notes of their own, which nothing shows.
_NOTES = tuple(
    f"{{{name}"
    for name in (
        "http://www.inkscape.org/namespaces/",
        "http://sodipodi.sourceforge.net/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/",
        "http://ns.adobe.com/",
        "http://www.bohemiancoding.com/sketch/",
    )
)
_TYPE = pattern(rb"<!DOCTYPE(?!\s+svg\s+PUBLIC\s+\"-//W3C//DTD SVG )")
_INLINE = pattern(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_FONT_STARTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


def file_kind(data: bytes, keys: Iterable[str] = ()) -> str:
    """The content type of a picture or font; nothing for any other file, and for an SVG that does more than
    draw.

    `keys` are those with which Word may have hidden a font.
    """
    for start, kind in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"\xd7\xcd\xc6\x9a", "image/x-wmf"),
        (b"\1\0\x09\0\0\3", "image/x-wmf"),
    ):
        if data.startswith(start):
            return kind
    if data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF":
        return "image/x-emf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:2] == b"BM" and data[14:18] in (b"\x0c\0\0\0", b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return "image/bmp"
    if data[34:36] == b"LP" and data[8:12] in (b"\1\0\2\0", b"\2\0\2\0", b"\0\0\1\0"):
        return "application/x-fontdata"
    if data[:4] in _FONT_STARTS:
        return "application/x-font-ttf"
    if any(_revealed(data, key)[:4] in _FONT_STARTS for key in keys):
        return "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    return "image/svg+xml" if _only_draws(data) else ""


def _revealed(data: bytes, key: str) -> bytes:
    """The start of a font that is hidden with a key (ECMA-376 part 4, 17.8.1)."""
    try:
        numbers = bytes.fromhex(re.sub(r"[{}-]", "", key))[::-1]
    except ValueError:
        return b""
    return bytes(a ^ b for a, b in zip(data[:16], numbers)) if len(numbers) == 16 else b""


def _only_draws(data: bytes) -> bool:
    """Whether a file is an SVG that runs nothing, fetches nothing and shows no other kind of page."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<") or b"<svg" not in data[:4000] or len(data) > _LARGEST_SVG:
        return False
    if b"<!ENTITY" in data or b"<?xml-stylesheet" in data or _TYPE.search(data):
        return False
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except (etree.XMLSyntaxError, ValueError):
        return False
    return root.tag == f"{_SVG}svg" and all(_draws(element) for element in root.iter())


def _draws(element: Any) -> bool:
    if element.tag is etree.Comment:
        return True
    if not isinstance(element.tag, str):
        return False
    if not element.tag.startswith(_SVG) or not _DRAWS.fullmatch(element.tag.removeprefix(_SVG)):
        return element.tag.startswith(_NOTES)
    if element.tag == f"{_SVG}style" and _fetches(element.text or ""):
        return False
    for key, value in element.attrib.items():
        name = etree.QName(key).localname.casefold()
        if name.startswith("on") or name == "base" or (name != "href" and _fetches(value)):
            return False
        if name in ("href", "src") and not (value.startswith("#") or _INLINE.fullmatch(value)):
            return False
    return True


def _fetches(style: str) -> bool:
    """Whether a style names anything but a piece of the drawing itself."""
    return bool(re.search(r"(?i)url\(\s*[\"']?(?!#)|@import|javascript:|expression\s*\(|\\", style))
