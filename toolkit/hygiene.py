"""Templates from anybody, made safe and usable: no macros, no left-over slides or words, nothing that points outside the file.

A template keeps its looks (masters, layouts, themes, styles, headers, embedded fonts) and loses everything else. What was left out is
told in plain words, one remark for each kind of thing. The same file gives the same bytes.
"""

from __future__ import annotations

import copy
import posixpath
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from toolkit.opc import MC, TYPES, A, P, Package, R, Rel, W, read_package
from toolkit.problems import Invalid, Place, Problem

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
A4 = (7_560_000, 10_692_000)  # EMU
LETTER = (7_772_400, 10_058_400)
LEAST_NOTES = 0.6  # of the notes page's height; python-pptx's own notes box has 0.47 and holds 170 words at 14 points

_OFFICE = "http://schemas.openxmlformats.org/"
_RELATIONSHIPS = _OFFICE + "officeDocument/2006/relationships/"
_PACKAGE = _OFFICE + "package/2006/"
_MAIN = {
    "deck": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}

# The content type of a part by the relationship that leads to it; what the file itself says may be wrong.
_KINDS_OF_PARTS = {
    **{kind: f"presentationml.{kind}" for kind in ("slideMaster", "slideLayout", "notesMaster", "handoutMaster")},
    **{kind: f"wordprocessingml.{kind}" for kind in ("styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes", "fontTable")},
    "theme": "theme",
}

# Relationships, by the last word of their type, whose targets are no part of a brand's looks: what to say, or nothing for
# what nobody misses (window positions, edit history).
_DROPPED = {
    **dict.fromkeys(("vbaProject", "wordVbaData", "vbaProjectSignature", "vbaProjectSignatureAgile", "attachedToolbars"), "macros"),
    **dict.fromkeys(("keyMapCustomizations", "extensibility", "userCustomization"), "buttons and shortcuts of its own"),
    **dict.fromkeys(("control", "activeXControlBinary", "ctrlProp"), "ActiveX controls"),
    **dict.fromkeys(("comments", "commentAuthors", "authors", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks"), "comments"),
    **dict.fromkeys(("oleObject", "package"), "embedded objects"),
    **dict.fromkeys(("audio", "video", "media"), "sounds and films"),
    **dict.fromkeys(("customXml", "customXmlProps", "tags", "webextension", "webextensiontaskpanes"), "data of a document system or add-in"),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), "a mail merge"),
    **dict.fromkeys(("aFChunk", "subDocument"), "documents inside the document"),
    "glossaryDocument": "building blocks (Quick Parts)",
    "classificationlabels": "a sensitivity label",
    "origin": "a digital signature",
    "custom-properties": "custom properties",
    **dict.fromkeys(("core-properties", "extended-properties", "thumbnail", "printerSettings", "viewProps", "vmlDrawing", "revisionInfo", "changesInfo", "stylesWithEffects"), ""),
}


def clean_deck(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """A .pptx, .potx, .pptm or .potm as a .pptx that holds masters and layouts only, and remarks on what was left out.

    `name` is what problems call the file. Raises Invalid for what is not a sound PowerPoint file, and for one without a slide layout.
    """
    package = _open(data, name, "deck")
    remarks: list[str] = []
    package = _pruned(package, frozenset({"slide"}), remarks)
    main = package.main()
    root = package.xml(main)
    for tag in ("sldIdLst", "custShowLst", "photoAlbum", "custDataLst", "modifyVerifier", "smartTags"):
        for element in root.findall(P + tag):
            root.remove(element)
            if tag == "modifyVerifier":
                remarks.append("left out: the password against changes")
    _drop_extensions(root, ("sectionLst",))
    for attribute in ("conformance", "firstSlideNum"):
        root.attrib.pop(attribute, None)
    if root.find(P + "sldSz") is None:
        # The schema lets it be absent; PowerPoint then takes 4:3.
        _after(root, ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst"), _element(f"{P}sldSz", cx="9144000", cy="6858000"))
    parts = {**package.parts, main: _bytes(root)}
    for part in package.related(main, "presProps"):
        properties = package.xml(part)
        for tag in ("showPr", "htmlPubPr", "webPr"):  # a kiosk show, or a show of slides that are gone
            for element in properties.findall(P + tag):
                properties.remove(element)
        parts[part] = _bytes(properties)
    package = replace(package, parts=parts)
    masters = package.related(main, "slideMaster")
    if not any(package.related(master, "slideLayout") for master in masters):
        raise _stop(package, "the file has no slide layout", "open it in PowerPoint, choose View, Slide Master, and add layouts, or start from another template")
    return _written(package, "deck"), remarks


def clean_document(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """A .docx, .dotx, .docm or .dotm as a .docx with styles, headers and footers and an empty body, and remarks on what was left out.

    The one section that is left has the last section's page, and the headers and footers that it would inherit. Raises Invalid for what
    is not a sound Word file.
    """
    package = _open(data, name, "document")
    remarks: list[str] = []
    main = package.main()
    root = package.xml(main)
    body = root.find(W + "body")
    if body is None:
        raise _stop(package, "the document has no body", "open it in Word, save it under a new name, and try that file")
    words = sum(len("".join(p.itertext(W + "t")).split()) for p in body.iter(W + "p"))
    if words:
        remarks.append(f"left out: the {words:,} words in the body; styles, headers and footers are kept")
    section = _last_section(body)
    for child in list(body):
        body.remove(child)
    body.append(_element(f"{W}p"))
    body.append(section)
    root.attrib.pop(f"{W}conformance", None)
    root.attrib.pop("conformance", None)
    package = replace(package, parts={**package.parts, main: _bytes(root)})
    # A picture of the body is related to the document still, though nothing shows it.
    used = {value for element in root.iter() for key, value in element.attrib.items() if key.startswith(R)}
    package = _pruned(package, frozenset(), remarks, {main: used})
    parts = dict(package.parts)
    for part in package.related(main, "settings"):
        parts[part] = _bytes(_settings(package.xml(part), remarks))
    for kind in ("footnotes", "endnotes"):
        for part in package.related(main, kind):
            notes = package.xml(part)
            for note in list(notes):
                if note.get(W + "type") is None:
                    notes.remove(note)
            parts[part] = _bytes(notes)
    for kind in ("header", "footer"):
        for part in package.related(main, kind):
            parts[part] = _bytes(_accepted(package.xml(part), remarks))
    return _written(replace(package, parts=parts), "document"), list(dict.fromkeys(remarks))


def ensure_notes_master(deck: bytes, house: bytes, name: str = "the deck") -> tuple[bytes, list[str]]:
    """A clean deck with a notes page that prints well, and remarks. `house` is the deck that lends its notes master when needed.

    A deck keeps its own notes master when its page is A4 or Letter upright, and it has a picture of the slide, a page number, and a notes
    box of at least LEAST_NOTES of the page's height; any other would cut trainers' notes off.
    """
    package, lender = read_package(deck, name), read_package(house, "the house deck")
    main = package.main()
    root = package.xml(main)
    own = next(iter(package.related(main, "notesMaster")), "")
    why = _unfit_notes(package.xml(own) if own else None, root.find(P + "notesSz"))
    rels = package.rels(main)
    notes = next((rel for rel in rels if rel.kind == "notesMaster" and rel.target == own), None)
    if why:
        lent = lender.related(lender.main(), "notesMaster")[0]
        theme = lender.related(lent, "theme")[0]
        others = {part for part in package.parts if not part.startswith("ppt/notesMasters/")}
        target = "ppt/notesMasters/notesMaster1.xml"
        paint = next(f"ppt/theme/theme{n}.xml" for n in range(1, 999) if f"ppt/theme/theme{n}.xml" not in others)
        number = next(f"rId{n}" for n in range(1, 9999) if f"rId{n}" not in {rel.id for rel in rels})
        notes = Rel(number, _RELATIONSHIPS + "notesMaster", target)
        rels = [rel for rel in rels if rel.kind != "notesMaster"] + [notes]
        parts = {part: content for part, content in package.parts.items() if part not in (target, _rels_name(target))}
        parts[target] = _bytes(_with_slide_shape(lender.xml(lent), root.find(P + "sldSz")))
        parts[paint] = lender.parts[theme]
        parts[_rels_name(target)] = _rels(target, [Rel("rId1", _RELATIONSHIPS + "theme", paint)])
        size = root.find(P + "notesSz")
        if size is None:
            size = _element(f"{P}notesSz")
            _after(root, ("sldSz",), size)
        size.set("cx", str(A4[0]))
        size.set("cy", str(A4[1]))
        types = {target: "notesMaster", paint: "theme"}
        overrides = {part: f"application/vnd.openxmlformats-officedocument.{'presentationml.' if kind == 'notesMaster' else ''}{kind}+xml" for part, kind in types.items()}
        parts[TYPES] = _types({**_type_map(package), **overrides})
        package = replace(package, parts=parts)
    assert notes is not None
    for element in root.findall(P + "notesMasterIdLst"):
        root.remove(element)
    # PowerPoint and Keynote look for this list; it must come straight after the slide masters, or notes are lost.
    listed = _element(f"{P}notesMasterIdLst")
    listed.append(_element(f"{P}notesMasterId", **{f"{R}id": notes.id}))
    _after(root, ("sldMasterIdLst",), listed)
    parts = {**package.parts, main: _bytes(root), _rels_name(main): _rels(main, rels)}
    return _written(_reachable(replace(package, parts=parts)), "deck"), [f"notes pages: {why}, so the toolkit’s own A4 notes page is used"] if why else []


def _unfit_notes(master: Any, size: Any) -> str:
    """Why a notes master would not print trainers' notes well, or nothing."""
    if master is None:
        return "the template has none"
    width, height = (int(size.get("cx")), int(size.get("cy"))) if size is not None else (0, 0)
    if not any(abs(width - w) < w * 0.02 and abs(height - h) < h * 0.02 for w, h in (A4, LETTER)):
        return f"the template’s are {width / 360_000:.1f} × {height / 360_000:.1f} cm, which is neither A4 nor Letter"
    kinds = {ph.get("type") or "obj": sp for sp in master.iter(P + "sp") for ph in sp.iter(P + "ph")}
    for kind, what in (("body", "box for notes"), ("sldImg", "picture of the slide"), ("sldNum", "page number")):
        if kind not in kinds:
            return f"the template’s have no {what}"
    off, ext = (kinds["body"].find(f"{P}spPr/{A}xfrm/{A}{tag}") for tag in ("off", "ext"))
    if off is None or ext is None or int(ext.get("cy")) < height * LEAST_NOTES or int(ext.get("cx")) < width * 0.7:
        return "the template’s have too small a box for trainers’ notes"
    if int(off.get("x")) < 0 or int(off.get("y")) < 0 or int(off.get("y")) + int(ext.get("cy")) > height or int(off.get("x")) + int(ext.get("cx")) > width:
        return "the template’s have a box for notes that runs off the page"
    return ""


def _with_slide_shape(master: Any, slide: Any) -> Any:
    """The notes master with its slide picture in the proportions of these slides, inside the same box."""
    for sp in master.iter(P + "sp"):
        if any(ph.get("type") == "sldImg" for ph in sp.iter(P + "ph")) and slide is not None:
            ext = sp.find(f"{P}spPr/{A}xfrm/{A}ext")
            wide, high = int(ext.get("cx")), int(ext.get("cy"))
            ratio = int(slide.get("cx")) / int(slide.get("cy"))
            ext.set("cx", str(min(wide, round(high * ratio))))
            ext.set("cy", str(min(high, round(wide / ratio))))
    return master


def ensure_styles(document: bytes, house: bytes, wanted: dict[str, str]) -> tuple[bytes, dict[str, str], list[str]]:
    """A clean document with the house styles that it lacks, what each is called there, and remarks.

    `wanted` is role: the house style's name, and `house` the document that lends them. They come without the house's colours and fonts, on top
    of the document's own body style. Raises Invalid for a document that has no styles at all.
    """
    if not wanted:
        return document, {}, []
    package, lender = read_package(document, "the briefing"), read_package(house, "the house briefing")
    main = package.main()
    parts = dict(package.parts)
    styles_part = next(iter(package.related(main, "styles")), "")
    if not styles_part:
        raise _stop(package, "the document has no styles", "open it in Word, save it under a new name, and try that file")
    styles = package.xml(styles_part)
    lent = lender.xml(lender.related(lender.main(), "styles")[0])
    ids = {style.get(f"{W}styleId") for style in styles.iterfind(f"{W}style")}
    names = {_style_name(style).casefold() for style in styles.iterfind(f"{W}style")}
    normal = next((s.get(f"{W}styleId") for s in styles.iterfind(f"{W}style") if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true", "on")), "")
    plain_table = next((s.get(f"{W}styleId") for s in styles.iterfind(f"{W}style") if s.get(f"{W}type") == "table" and s.get(f"{W}default") in ("1", "true", "on")), "")
    called: dict[str, str] = {}
    lists: dict[str, list[tuple[str, Any]]] = {}  # the house's list: the new styles that are set in it
    for role, name in wanted.items():
        style = next(s for s in lent.iterfind(f"{W}style") if _style_name(s).casefold() == name.casefold())
        style = _neutral(copy.deepcopy(style))
        free = next(n for n in (name, *(f"{name} {k}" for k in range(9, 999))) if n.casefold() not in names)
        number = next(i for i in (style.get(f"{W}styleId"), *(f"{style.get(f'{W}styleId')}{k}" for k in range(9, 999))) if i not in ids)
        names.add(free.casefold())
        ids.add(number)
        style.find(f"{W}name").set(f"{W}val", free if free != name else _style_name(style))
        style.set(f"{W}styleId", number)
        if role != "body" or normal:
            style.attrib.pop(f"{W}default", None)
        base = {"paragraph": normal, "table": plain_table}.get(style.get(f"{W}type") or "paragraph", "")
        for tag, value in (("basedOn", base if base != number else ""), ("next", normal), ("link", "")):
            for element in style.findall(W + tag):
                if value:
                    element.set(f"{W}val", value)
                else:
                    style.remove(element)
        numbered = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if numbered is not None:
            lists.setdefault(numbered.get(f"{W}val"), []).append((number, numbered))
        styles.append(style)
        called[role] = free
    if lists:
        package, parts = _with_lists(package, lender, parts, lists)
    parts[styles_part] = _bytes(styles)
    shown = ", ".join(dict.fromkeys(called.values()))
    return _written(replace(package, parts=parts), "document"), called, [f"added from the house brand, in grey: the styles {shown}"]


def _style_name(style: Any) -> str:
    name = style.find(f"{W}name")
    return (name.get(f"{W}val") if name is not None else "") or ""


def _neutral(style: Any) -> Any:
    """A style without colours of its own: greys for its lines and grounds."""
    for element in list(style.iter(f"{W}color")):
        element.getparent().remove(element)
    for element in style.iter():
        if element.tag == f"{W}shd":
            element.set(f"{W}fill", "EDEDED")
        elif element.get(f"{W}color") not in (None, "auto"):
            element.set(f"{W}color", "7F7F7F")
    return style


def _with_lists(package: Package, lender: Package, parts: dict[str, bytes], lists: dict[str, list[tuple[str, Any]]]) -> tuple[Package, dict[str, bytes]]:
    """The package with the house's bullets and numbers under new numbers, and the new styles set in them."""
    main = package.main()
    part = next(iter(package.related(main, "numbering")), "")
    if part:
        numbering = package.xml(part)
    else:
        part = posixpath.join(posixpath.dirname(main), "numbering.xml")
        numbering = _element(f"{W}numbering")
        rels = package.rels(main)
        number = next(f"rId{n}" for n in range(1, 9999) if f"rId{n}" not in {rel.id for rel in rels})
        parts[_rels_name(main)] = _rels(main, [*rels, Rel(number, _RELATIONSHIPS + "numbering", part)])
        types = {**_type_map(package), part: "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"}
        parts[TYPES] = _types(types)
    lent = lender.xml(lender.related(lender.main(), "numbering")[0])
    for old, styled in lists.items():
        num = next(n for n in lent.iterfind(f"{W}num") if n.get(f"{W}numId") == old)
        abstract = next(a for a in lent.iterfind(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == num.find(f"{W}abstractNumId").get(f"{W}val"))
        abstract = _neutral(copy.deepcopy(abstract))
        new_abstract = str(max((int(a.get(f"{W}abstractNumId")) for a in numbering.iterfind(f"{W}abstractNum")), default=-1) + 1)
        new_num = str(max((int(n.get(f"{W}numId")) for n in numbering.iterfind(f"{W}num")), default=0) + 1)
        abstract.set(f"{W}abstractNumId", new_abstract)
        at_level = {}
        for style_id, numbered in styled:
            level = numbered.getparent().find(f"{W}ilvl")
            at_level[level.get(f"{W}val") if level is not None else "0"] = style_id
            numbered.set(f"{W}val", new_num)
        for level in abstract.iterfind(f"{W}lvl"):
            for linked in level.findall(f"{W}pStyle"):
                if level.get(f"{W}ilvl") in at_level:
                    linked.set(f"{W}val", at_level[level.get(f"{W}ilvl")])
                else:
                    level.remove(linked)
        # All w:abstractNum stand before the first w:num, and those before a w:numIdMacAtCleanup.
        at = next((i for i, child in enumerate(numbering) if child.tag in (f"{W}num", f"{W}numIdMacAtCleanup")), len(numbering))
        numbering.insert(at, abstract)
        instance = _element(f"{W}num", **{f"{W}numId": new_num})
        instance.append(_element(f"{W}abstractNumId", **{f"{W}val": new_abstract}))
        at = next((i for i, child in enumerate(numbering) if child.tag == f"{W}numIdMacAtCleanup"), len(numbering))
        numbering.insert(at, instance)
    parts[part] = _bytes(numbering)
    return replace(package, parts=parts), parts


# ------------------------------------------------------------------------------------------- opening


def _open(data: bytes, name: str, kind: str) -> Package:
    """The package of a template in transitional namespaces, every XML part of it readable. Raises Invalid for anything else."""
    package = read_package(data, name)
    package = replace(package, parts={part: _transitional(content) if _is_xml(part) else content for part, content in package.parts.items()})
    found = package.kind()
    if found != kind:
        wanted, other = {"deck": ("PowerPoint", "Word"), "document": ("Word", "PowerPoint")}[kind]
        raise _stop(package, f"this is a {other} file, and a {wanted} template is needed", f"name a file that ends in {'.pptx or .potx' if kind == 'deck' else '.docx or .dotx'}")
    for part in package.parts:
        if _is_xml(part):
            package.xml(part)
    return package


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels"))


# The namespaces and relationship types of strict files (ISO/IEC 29500-1) whose transitional names differ by more than a year.
_STRICT_NAMES = {
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    "officeDocument/relationships/extendedProperties": "officeDocument/2006/relationships/extended-properties",
    "officeDocument/relationships/customProperties": "officeDocument/2006/relationships/custom-properties",
    "officeDocument/relationships/metadata/core-properties": "package/2006/relationships/metadata/core-properties",
    "officeDocument/relationships/metadata/thumbnail": "package/2006/relationships/metadata/thumbnail",
}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)(/[A-Za-z/-]+)")
_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_EDGES = ("pBdr", "pgBorders", "tblBorders", "tcBorders", "tblCellMar", "tcMar")


def _transitional(content: bytes) -> bytes:
    """A part in the namespaces that every program knows. Strict files also write percentages, lengths and sides in other ways."""
    if b"http://purl.oclc.org/ooxml/" not in content or b"<!DOCTYPE" in content:
        return content

    def renamed(match: re.Match[bytes]) -> bytes:
        rest = (match[1] + match[2]).decode()
        return (_OFFICE + _STRICT_NAMES.get(rest, f"{match[1].decode()}/2006{match[2].decode()}")).encode()

    from lxml import etree

    content = _STRICT.sub(renamed, content)
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return content  # what is wrong with it is told where it is opened
    everything: list[Any] = list(root.iter(etree.Element))
    for element in everything:
        word = str(element.tag).startswith(W)
        for key, value in dict(element.attrib).items():
            if (percent := re.fullmatch(r"(-?\d+(?:\.\d+)?)%", value)) and not key.startswith("{http://schemas.microsoft"):
                share = float(percent[1])
                tag = etree.QName(element).localname
                element.set(key, str(round(share if tag in ("zoom", "w") else share * 50 if word else share * 1000)))
            elif word and (length := re.fullmatch(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)", value)):
                points = float(length[1]) * _UNITS[length[2]]
                half = etree.QName(element).localname in ("sz", "szCs", "kern", "position") and key == f"{W}val"
                element.set(key, str(round(points * (2 if half else 20))))
        if word and element.tag == f"{W}ind":
            for old, new in (("start", "left"), ("end", "right"), ("startChars", "leftChars"), ("endChars", "rightChars")):
                if W + old in element.attrib:
                    element.set(W + new, element.attrib.pop(W + old))
        parent = element.getparent()
        if word and parent is not None and etree.QName(parent).localname in _EDGES and element.tag in (f"{W}start", f"{W}end"):
            element.tag = W + {"start": "left", "end": "right"}[etree.QName(element).localname]
    for attribute in ("conformance", f"{W}conformance"):
        if attribute in root.attrib:
            del root.attrib[attribute]
    return _bytes(root)


# ------------------------------------------------------------------------------------------- leaving out


def _pruned(package: Package, left: frozenset[str], remarks: list[str], used: dict[str, set[str]] | None = None) -> Package:
    """The package with only the parts that can be reached without what is dropped, and remarks on what went.

    `left` names further kinds of relationships to leave out, and `used` the relationships that a part's XML still speaks of.
    """
    main = package.main()
    said = _type_map(package).get(main, "")
    parts: dict[str, bytes] = {TYPES: package.parts[TYPES]}
    counts: Counter[str] = Counter()
    waiting = [""]
    seen = {""}
    while waiting:
        part = waiting.pop(0)
        kept: list[Rel] = []
        gone: set[str] = set()
        for rel in package.rels(part):
            remark = _refused(rel, package, left)
            if (
                remark is None
                and used is not None
                and part in used
                and rel.id not in used[part]
                and (rel.kind in ("image", "chart", "hyperlink") or rel.kind.startswith("diagram"))
            ):
                remark = ""
            if remark is None:
                kept.append(rel)
                if not rel.external and rel.target not in seen:
                    seen.add(rel.target)
                    waiting.append(rel.target)
                continue
            gone.add(rel.id)
            if remark:
                counts[remark] += 1
        if part:
            parts[part] = package.parts[part]
            if _is_xml(part):
                root = package.xml(part)
                if _cut(root, gone):
                    parts[part] = _bytes(root)
        if kept:
            parts[_rels_name(part)] = _rels(part, kept)
    if "macroEnabled" in said and "macros" not in counts:
        counts["macros"] += 1
    remarks += [f"left out: {what}" + (f" ({n})" if n > 1 else "") for what, n in counts.items()]
    return replace(package, parts=parts)


def _refused(rel: Rel, package: Package, left: frozenset[str]) -> str | None:
    """Why a relationship is left out: a remark, nothing to say (""), or None for one that stays."""
    if rel.kind in left:
        return {"slide": "left-over slides"}.get(rel.kind, "")
    if rel.external:
        if rel.kind == "hyperlink":
            return None if re.match(r"(?i)(https?://|mailto:|tel:)", rel.target) else "links to files"
        return {
            "attachedTemplate": "the link to another template",
            "image": "linked pictures, which are not in the file",
            "oleObject": "linked objects",
        }.get(rel.kind, _DROPPED.get(rel.kind, "") or "links to something outside the file")
    if rel.kind in _DROPPED:
        return _DROPPED[rel.kind]
    return None if rel.target in package.parts else ""


# What an element that points at a part belongs to, and goes with.
_WHOLE = ("drawing", "pict", "object", "graphicFrame", "pic")
_POINTERS = ("blip", "svgBlip", "imagedata", "oleObj", "OLEObject", "audioFile", "videoFile", "media", "chart", "relIds", "movie", "quickTimeFile", "wavAudioFile")
_EMPTY_WITHOUT = ("custDataLst", "controls", "sldIdLst", "embeddedFontLst", "AlternateContent", "Choice", "ext", "extLst")


def _cut(root: Any, gone: set[str]) -> bool:
    """Removes from a part what speaks of relationships that are gone, and of macros; whether there was any."""
    from lxml import etree

    found = False
    for element in list(root.iter(etree.Element)):
        tag = etree.QName(element).localname
        if tag.startswith("hlink") and re.match(r"ppaction://(macro|program|ole)", element.get("action") or ""):
            found = True
            _remove(element)
            continue
        pointing = [key for key, value in element.attrib.items() if key.startswith(R) and value in gone]
        if not pointing:
            continue
        found = True
        if tag in ("fill", "stroke", "textpath") or (tag == "blip" and any(k.startswith(R) and k not in pointing for k in element.attrib)):
            for key in pointing:
                del element.attrib[key]
        elif tag == "hyperlink":
            _unwrap(element)
        elif tag in _POINTERS:
            _remove_whole(element)
        else:
            merge = next(element.iterancestors(f"{W}mailMerge"), None)
            _remove(element if merge is None else merge)
    if found:
        for timing in root.findall(f"{P}timing"):  # an animation of what is no longer there
            root.remove(timing)
    return found


def _remove_whole(element: Any) -> None:
    from lxml import etree

    above = [element, *element.iterancestors()]
    whole = next((a for tag in _WHOLE for a in reversed(above) if etree.QName(a).localname == tag), None)
    if whole is not None:
        outer = next((a for a in whole.iterancestors(f"{MC}AlternateContent")), None)
        _remove(whole if outer is None else outer)
        return
    fill = next((a for a in above if etree.QName(a).localname in ("blipFill", "buBlip")), None)
    if fill is not None and fill.tag == f"{A}blipFill":
        fill.getparent().replace(fill, _element(f"{A}noFill"))
    else:
        _remove(element if fill is None else fill)


def _remove(element: Any) -> None:
    from lxml import etree

    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if len(parent) == 0 and etree.QName(parent).localname in _EMPTY_WITHOUT:
        _remove(parent)


def _unwrap(element: Any) -> None:
    """Replaces an element by its children."""
    parent = element.getparent()
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def _drop_extensions(root: Any, tags: tuple[str, ...]) -> None:
    from lxml import etree

    for extension in list(root.iter(f"{P}ext")):
        if any(etree.QName(child).localname in tags for child in extension.iter(etree.Element)):
            _remove(extension)


def _last_section(body: Any) -> Any:
    """The last section's properties, with the headers and footers that it inherits from those before it."""
    sections = list(body.iter(f"{W}sectPr"))
    last = sections[-1] if sections else _element(f"{W}sectPr")
    have = {(ref.tag, ref.get(f"{W}type")) for ref in last if ref.tag in (f"{W}headerReference", f"{W}footerReference")}
    inherited = {}
    for section in sections[:-1]:
        for ref in section:
            if ref.tag in (f"{W}headerReference", f"{W}footerReference"):
                inherited[(ref.tag, ref.get(f"{W}type"))] = ref
    for key in sorted(set(inherited) - have, reverse=True):
        last.insert(0, inherited[key])
    for tag in ("type", "formProt", "footnotePr", "endnotePr", "lnNumType", "pgNumType", "sectPrChange", "printerSettings"):
        for element in last.findall(W + tag):
            last.remove(element)
    at = sum(1 for child in last if child.tag in (f"{W}headerReference", f"{W}footerReference"))
    for tag, sides in (("pgMar", _MARGINS), ("pgSz", _PAGE)):
        page = last.find(W + tag)
        if page is None:
            page = _element(W + tag)
            last.insert(at + (tag == "pgMar" and last.find(f"{W}pgSz") is not None), page)
        for side, value in sides.items():
            if not re.fullmatch(r"-?\d+", page.get(W + side, "")):
                page.set(W + side, str(value))
    return last


# What a page is where the document does not say: A4 with margins of 2.54 cm, in twentieths of a point.
_PAGE = {"w": 11_906, "h": 16_838}
_MARGINS = {"top": 1440, "right": 1440, "bottom": 1440, "left": 1440, "header": 709, "footer": 709, "gutter": 0}


def _settings(root: Any, remarks: list[str]) -> Any:
    protected = False
    for tag in ("documentProtection", "writeProtection", "trackRevisions", "rsids", "docVars", "attachedTemplate", "mailMerge", "readModeInkLockDown", "formsDesign", "linkStyles"):
        for element in root.findall(W + tag):
            protected |= tag.endswith("Protection")
            root.remove(element)
    if protected:
        remarks.append("left out: the protection against changes")
    return root


def _accepted(root: Any, remarks: list[str]) -> Any:
    """A header or footer with its tracked changes accepted, out of the frames that Word puts around ready-made ones."""
    changed = False
    for frame in list(root.iterfind(f"{W}sdt")):
        for child in reversed(frame.findall(f"{W}sdtContent/*")):
            frame.addnext(child)
        root.remove(frame)
    if root.find(f"{W}p") is None:
        root.append(_element(f"{W}p"))
    for tag in ("del", "moveFrom", "rPrChange", "pPrChange", "commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(root.iter(W + tag)):
            element.getparent().remove(element)
            changed |= tag in ("del", "moveFrom")
    for tag in ("ins", "moveTo"):
        for element in list(root.iter(W + tag)):
            _unwrap(element)
            changed = True
    if changed:
        remarks.append("tracked changes in a header or footer were accepted")
    return root


# ------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True)
class _Kinds:
    """What [Content_Types].xml says: by part, and by extension."""

    parts: dict[str, str]
    extensions: dict[str, str]


def _type_map(package: Package) -> dict[str, str]:
    """The content type of each part. A picture that the file forgot to declare is known by its extension."""
    kinds = _Kinds({}, {})
    for element in package.xml(TYPES):
        said = element.get("ContentType") or ""
        if element.get("PartName"):
            kinds.parts[element.get("PartName").lstrip("/").casefold()] = said
        elif element.get("Extension"):
            kinds.extensions[element.get("Extension").casefold()] = said
    forgotten = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf", "wmf": "image/x-wmf", "svg": "image/svg+xml"}
    found = {}
    for part in package.parts:
        extension = part.rpartition(".")[2].casefold()
        if part != TYPES and not part.endswith(".rels"):
            found[part] = kinds.parts.get(part.casefold()) or kinds.extensions.get(extension) or forgotten.get(extension, "application/octet-stream")
    return found


def _types(said: dict[str, str]) -> bytes:
    overrides = "".join(f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>" for part, kind in sorted(said.items()) if _is_xml(part))
    others = {part.rpartition(".")[2].casefold(): kind for part, kind in sorted(said.items(), reverse=True) if not _is_xml(part) and "." in posixpath.basename(part)}
    defaults = "".join(f"<Default Extension={quoteattr(ext)} ContentType={quoteattr(kind)}/>" for ext, kind in sorted(others.items()))
    overrides += "".join(
        f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>"
        for part, kind in sorted(said.items())
        if not _is_xml(part) and others.get(part.rpartition(".")[2].casefold()) != kind
    )
    rels = f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{defaults}'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{rels}{overrides}</Types>'.encode()


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = {
    "docProps/core.xml": (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>',
        "application/vnd.openxmlformats-package.core-properties+xml",
        _PACKAGE + "relationships/metadata/core-properties",
    ),
    "docProps/app.xml": (
        f'{_HEAD}<Properties xmlns="{_OFFICE}officeDocument/2006/extended-properties"/>',
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        _RELATIONSHIPS + "extended-properties",
    ),
}


def _written(package: Package, kind: str) -> bytes:
    """The bytes of a package with the plain main type of its kind and empty properties: one order, one date."""
    main = package.main()
    said = {**_type_map(package), main: _MAIN[kind]}
    for part in ("", *package.parts):
        for rel in package.rels(part):
            if rel.kind in _KINDS_OF_PARTS and rel.target in said and _is_xml(rel.target):
                said[rel.target] = f"application/vnd.openxmlformats-officedocument.{_KINDS_OF_PARTS[rel.kind]}+xml"
    parts = dict(package.parts)
    rels = [rel for rel in package.rels("") if rel.target not in _PROPERTIES]
    for name, (xml, content_type, type_) in _PROPERTIES.items():
        parts[name] = xml.encode()
        said[name] = content_type
        rels.append(Rel(next(f"rId{n}" for n in range(1, 999) if f"rId{n}" not in {rel.id for rel in rels}), type_, name))
    parts["_rels/.rels"] = _rels("", rels)
    parts[TYPES] = _types(said)
    out = BytesIO()
    first = [TYPES, "_rels/.rels"]
    with zipfile.ZipFile(out, "w") as archive:
        for name in [*first, *sorted(set(parts) - set(first))]:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(info, parts[name])
    return out.getvalue()


def _reachable(package: Package) -> Package:
    """The package without the parts that nothing points at."""
    seen, waiting = {""}, [""]
    while waiting:
        for rel in package.rels(waiting.pop()):
            if not rel.external and rel.target in package.parts and rel.target not in seen:
                seen.add(rel.target)
                waiting.append(rel.target)
    kept = {*seen, *(_rels_name(part) for part in seen), TYPES}
    return replace(package, parts={part: content for part, content in package.parts.items() if part in kept})


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _rels(part: str, rels: list[Rel]) -> bytes:
    folder = posixpath.dirname(part)

    def one(rel: Rel) -> str:
        target = rel.target if rel.external else posixpath.relpath(rel.target, folder or ".")
        mode = ' TargetMode="External"' if rel.external else ""
        return f"<Relationship Id={quoteattr(rel.id)} Type={quoteattr(rel.type)} Target={quoteattr(target)}{mode}/>"

    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(one(rel) for rel in rels)}</Relationships>'.encode()


def _bytes(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _element(tag: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.Element(tag, attributes)


def _after(root: Any, tags: tuple[str, ...], element: Any) -> None:
    """Puts an element of a presentation after the last of some others that are there."""
    at = max((root.index(child) + 1 for child in root if child.tag in {P + tag for tag in tags}), default=0)
    root.insert(at, element)


def _stop(package: Package, message: str, hint: str) -> Invalid:
    return Invalid([Problem(Place(package.path or Path("the file")), message, hint)])
