"""Strict Office files (ISO/IEC 29500-1) in the words of the transitional kind, which every program writes
and reads."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from toolkit.office.editing import xml_bytes
from toolkit.office.opc import OFFICE, W

# The namespaces and relationship types whose transitional names differ by more than a year.
_DOCUMENT, _PACKAGE = "officeDocument/relationships/", "package/2006/relationships/metadata/"
_STRICT_NAMES = {
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    f"{_DOCUMENT}extendedProperties": "officeDocument/2006/relationships/extended-properties",
    f"{_DOCUMENT}customProperties": "officeDocument/2006/relationships/custom-properties",
    f"{_DOCUMENT}metadata/core-properties": f"{_PACKAGE}core-properties",
    f"{_DOCUMENT}metadata/thumbnail": f"{_PACKAGE}thumbnail",
}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)(/[A-Za-z/-]+)")
_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_WORDS = ("name", "descr", "title")  # attributes that hold somebody's words
_EDGES = ("pBdr", "pgBorders", "tblBorders", "tcBorders", "tblCellMar", "tcMar")


def transitional(content: bytes) -> bytes:
    """An XML part in the namespaces that every program knows, with percentages, lengths and sides as it
    writes them.

    A part that cannot be read is left as it is: what is wrong with it is told where it is opened.
    """
    if b"http://purl.oclc.org/ooxml/" not in content or b"<!DOCTYPE" in content:
        return content
    content = _STRICT.sub(_renamed, content)
    try:
        root: Any = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return content
    everything: list[Any] = list(root.iter(etree.Element))
    for element in everything:
        word, name = str(element.tag).startswith(W), etree.QName(element).localname
        for key, value in dict(element.attrib).items():
            if (plain := _plain(value, key, name, word)) is not None:
                element.set(key, plain)
        if word and name == "ind":
            for old, new in _SIDES.items():
                if W + old in element.attrib:
                    element.set(W + new, element.attrib.pop(W + old))
        above = element.getparent()
        if word and above is not None and name in _SIDES and etree.QName(above).localname in _EDGES:
            element.tag = W + _SIDES[name]
    for attribute in ("conformance", f"{W}conformance"):
        if attribute in root.attrib:
            del root.attrib[attribute]
    return xml_bytes(root)


def _renamed(match: re.Match[bytes]) -> bytes:
    rest = (match[1] + match[2]).decode()
    return (OFFICE + _STRICT_NAMES.get(rest, f"{match[1].decode()}/2006{match[2].decode()}")).encode()


def _plain(value: str, key: str, name: str, word: bool) -> str | None:
    """A percentage or length of an element's attribute as transitional files write it, or None for
    anything else."""
    if key in _WORDS or key.startswith("{http://schemas.microsoft"):
        return None
    if percent := re.fullmatch(r"(-?\d+(?:\.\d+)?)%", value):
        share = float(percent[1])
        return str(round(share if name in ("zoom", "w") else share * 50 if word else share * 1000))
    if word and (length := re.fullmatch(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)", value)):
        half = name in ("sz", "szCs", "kern", "position") and key == f"{W}val"
        return str(round(float(length[1]) * _UNITS[length[2]] * (2 if half else 20)))
    return None
