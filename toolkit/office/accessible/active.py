"""What in a file runs, fetches or opens something, or asks who opens it: in any file, whoever made it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from toolkit.late import pattern
from toolkit.office.fields import is_safe, story
from toolkit.office.good import ADDRESS, FETCHES, OLD
from toolkit.office.media import file_kind
from toolkit.office.opc import TYPES, Package, W, is_xml

# The last words of relationships, and of elements, that lead to what is active.
_RUNS = {
    **dict.fromkeys(("vbaProject", "wordVbaData", "vbaProjectSignature"), "macros"),
    **dict.fromkeys(("control", "activeXControlBinary", "ctrlProp"), "an ActiveX control"),
    **dict.fromkeys(("oleObject", "package"), "an embedded object or file"),
    **dict.fromkeys(("webextension", "webextensiontaskpanes"), "an add-in from the web"),
    **dict.fromkeys(("extensibility", "userCustomization", "attachedToolbars"), "buttons of its own"),
    **dict.fromkeys(("aFChunk", "subDocument"), "a document inside the document"),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), "a mail merge"),
    **dict.fromkeys(("OLEObject", "oleObj"), "an embedded object or file"),
    **dict.fromkeys(("control", "controls"), "an ActiveX control"),
    **dict.fromkeys(("altChunk", "subDoc"), "a document inside the document"),
    "saveThroughXslt": "a program that runs when the file is saved",
    "mailMerge": "a mail merge",
    "entryMacro": "macros",
    "exitMacro": "macros",
}
_ELEMENTS = (
    *("OLEObject", "oleObj", "control", "altChunk", "subDoc", "saveThroughXslt", "mailMerge"),
    *("entryMacro", "exitMacro"),
)
_JUMP = pattern(r"(?i)ppaction://(noaction|media|hlinkshowjump\b.*|hlinksldjump|customshow\b.*)")
_MARKS = tuple(
    mark.encode() for mark in ("instr", "fldChar", "ction", "rc=", "ref=", "Url", "&#", *_ELEMENTS)
)
# The start of a part that is written as ASCII writes it.
_CODE = rb"(?:(?!\?>)(?!encoding).)*(?:encoding=[\"'](?i:utf-8|us-ascii)[\"'][^>]*)?"
_PLAIN = pattern(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml" + _CODE + rb"\?>|<[\w:])")


def active(package: Package) -> list[str]:
    """What a file does besides being read, a line each: the same thing in one place is told once."""
    found: dict[str, None] = {}
    for line in _every(package):
        found[line] = None
    return list(found)


def _every(package: Package) -> Iterator[str]:
    if "macroEnabled" in package.content_type(package.main()):
        yield "macros are allowed in this kind of file"
    objects: set[str] = set()
    for part in ("", *package.parts):
        for rel in package.rels(part) if not part.endswith(".rels") else ():
            where = f"in {part}" if part else "for the whole file"
            if rel.external:
                if rel.kind != "hyperlink":
                    yield f"something outside the file ({rel.kind}): {_short(rel.target)}, {where}"
                elif not is_safe(rel.target):
                    yield f"a link that opens a file or runs something: {_short(rel.target)}, {where}"
            elif rel.kind in _RUNS:
                objects.add(rel.target)
                if rel.kind == "package" and "chart" in package.content_type(part):
                    continue  # the numbers of a chart
                yield f"{_RUNS[rel.kind]}: {posixpath.basename(rel.target)}, {where}"
    for part, data in package.parts.items():
        if is_xml(part):
            yield from _in_xml(package, part) if part != TYPES and _worth_reading(data) else ()
        elif part not in objects:
            yield from _in_file(package, part)


def _in_file(package: Package, part: str) -> Iterator[str]:
    """What a part that is not XML really is."""
    data = package.parts[part]
    if data.startswith(b"MZ"):
        yield f"a program: {part}"
    elif "_VBA_PROJECT".encode("utf-16-le") in data[:1_000_000]:
        yield f"macros: {part}"
    elif data.startswith((b"\xd0\xcf\x11\xe0", b"PK\3\4")):
        yield f"an embedded object or file: {part}"
    elif b"<svg" in data[:4000] and not file_kind(data):
        yield f"a drawing that runs or fetches something: {part}"


def _worth_reading(data: bytes) -> bool:
    """Whether a part may hold anything active; most are not read again for that."""
    return any(mark in data for mark in _MARKS) or not _PLAIN.match(data[:200])


def _in_xml(package: Package, part: str) -> Iterator[str]:
    root = package.root(part)
    for field in story(root).fields if root.tag.startswith(W) else ():
        if not field.quiet:
            said = f": {_short(field.said)}" if field.said else ""
            yield f"the field {field.name or 'without a name'}{said}, in {part}"
    for element in root.iter():
        space, _, tag = str(element.tag).rpartition("}")
        if tag in _ELEMENTS:
            yield f"{_RUNS[tag]}, in {part}"
        for key, value in element.items():
            name = key.rpartition("}")[2]
            if name == "action" and tag.startswith("hlink"):
                if not _JUMP.fullmatch(value):
                    yield f"a button that opens or runs something: {_short(value)}, in {part}"
            elif name == "invalidUrl" or (
                space[1:].startswith(OLD) and FETCHES.fullmatch(name) and ADDRESS.search(value)
            ):
                yield f"an address of something outside the file: {_short(value)}, in {part}"


def _short(text: str) -> str:
    text = " ".join(text.split()).replace("\ufffc", "…")
    return text if len(text) <= 80 else f"{text[:79]}…"
