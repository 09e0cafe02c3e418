"""Strict Office files (ISO/IEC 29500-1) in the words of the transitional kind, which every program writes and
reads.

A part is changed as text, so that all else in it stays as it is: the files of strangers are parsed
afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.late import pattern

STRICT = b"http://purl.oclc.org/ooxml/"
_OFFICE = "http://schemas.openxmlformats.org/"
_WORD = _OFFICE.encode() + b"wordprocessingml/2006/main"

# The namespaces and relationship types whose transitional names differ by more than a year.
_DOCUMENT, _PACKAGE = "officeDocument/relationships/", "package/2006/relationships/metadata/"
_NAMES = {
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    f"{_DOCUMENT}extendedProperties": "officeDocument/2006/relationships/extended-properties",
    f"{_DOCUMENT}customProperties": "officeDocument/2006/relationships/custom-properties",
    f"{_DOCUMENT}metadata/core-properties": f"{_PACKAGE}core-properties",
    f"{_DOCUMENT}metadata/thumbnail": f"{_PACKAGE}thumbnail",
}
_ADDRESS = pattern(re.escape(STRICT) + rb"([A-Za-z]+)(/[A-Za-z/-]+)")
_TAG = pattern(rb"<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))+)")
_ATTRIBUTE = pattern(rb"(\s+)([\w.:-]+)(\s*=\s*)([\"'])(.*?)\4", re.S)
_BOUND = pattern(rb"xmlns(?::([\w.-]+))?\s*=\s*[\"']([^\"']*)[\"']")
_CONFORMANCE = pattern(rb"\s(?:[\w.-]+:)?conformance\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HOLDERS = (b"pBdr", b"pgBorders", b"tblBorders", b"tcBorders", b"tblCellMar", b"tcMar")
_EDGE = pattern(rb"<(/?)((?:[\w.-]+:)?)(" + b"|".join((*_HOLDERS, b"start", b"end")) + rb")\b([^<>]*)>")
_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_SIDES = {b"start": b"left", b"end": b"right", b"startChars": b"leftChars", b"endChars": b"rightChars"}
_SAID = (b"name", b"descr", b"title")  # attributes that hold somebody's words


def transitional(content: bytes) -> bytes:
    """An XML part in the namespaces that every program knows, with percentages, lengths and sides as it
    writes them."""
    if STRICT not in content:
        return content
    content = _ADDRESS.sub(_renamed, content)
    bound = dict(_BOUND.findall(content))
    content = _TAG.sub(lambda tag: _tag(tag, bound), content)
    if _WORD in bound.values():
        content = _edges(content)
    return _CONFORMANCE.sub(b"", content, count=1)


def _renamed(match: re.Match[bytes]) -> bytes:
    rest = (match[1] + match[2]).decode()
    return (_OFFICE + _NAMES.get(rest, f"{match[1].decode()}/2006{match[2].decode()}")).encode()


def _edges(content: bytes) -> bytes:
    """A part of a document whose borders and margins have a left and a right instead of a start and an
    end."""
    inside = 0

    def named(tag: re.Match[bytes]) -> bytes:
        nonlocal inside
        closing, prefix, name, rest = tag.groups()
        if name in _HOLDERS:
            inside += 0 if rest.endswith(b"/") else -1 if closing else 1
        elif inside:
            return b"<" + closing + prefix + _SIDES[name] + rest + b">"
        return tag[0]

    return _EDGE.sub(named, content)


def _tag(tag: re.Match[bytes], bound: Mapping[bytes, bytes]) -> bytes:
    prefix, _, name = tag[1].rpartition(b":")
    word = bound.get(prefix) == _WORD

    def changed(attribute: re.Match[bytes]) -> bytes:
        space, key, equals, quote, value = attribute.groups()
        owner, _, own = key.rpartition(b":")
        if own in _SAID or bound.get(owner, b"").startswith(b"http://schemas.microsoft"):
            return attribute[0]
        if word and name == b"ind":
            key = key.removesuffix(own) + _SIDES.get(own, own)
        return space + key + equals + quote + _plain(value, own == b"val", name, word) + quote

    return b"<" + tag[1] + _ATTRIBUTE.sub(changed, tag[2])


def _plain(value: bytes, val: bool, name: bytes, word: bool) -> bytes:
    """A value of an element as transitional files write it. `val` says that it is the element's main one."""
    if percent := re.fullmatch(rb"(-?\d+(?:\.\d+)?)%", value):
        share = float(percent[1])
        whole = round(share if name in (b"zoom", b"w") else share * 50 if word else share * 1000)
        return str(whole).encode()
    if word and (length := re.fullmatch(rb"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)", value)):
        half = val and name in (b"sz", b"szCs", b"kern", b"position")
        return str(round(float(length[1]) * _UNITS[length[2].decode()] * (2 if half else 20))).encode()
    return value
