"""Templates from anybody, made safe and usable: no macros, no left-over slides or words, nothing that points
outside the file.

A template keeps its looks (masters, layouts, themes, styles, headers, embedded fonts) and loses everything
else. What was left out is told in plain words, one remark for each kind of thing. The same file gives the
same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from lxml import etree

from toolkit.office.editing import insert_after, new_element, tree, xml_bytes
from toolkit.office.opc import (
    MC,
    TYPES,
    A,
    Kind,
    P,
    Package,
    R,
    Rel,
    W,
    is_xml,
    rels_name,
    rels_part,
    settled,
    type_map,
)

# Relationships, by the last word of their type, whose targets are no part of a brand's looks: what to say, or
# nothing for what nobody misses (window positions, edit history).
_DROPPED = {
    **dict.fromkeys(
        ("vbaProject", "wordVbaData", "vbaProjectSignature", "vbaProjectSignatureAgile", "attachedToolbars"),
        "macros",
    ),
    **dict.fromkeys(
        ("keyMapCustomizations", "extensibility", "userCustomization"), "buttons and shortcuts of its own"
    ),
    **dict.fromkeys(("control", "activeXControlBinary", "ctrlProp"), "ActiveX controls"),
    **dict.fromkeys(
        (
            "comments",
            "commentAuthors",
            "authors",
            "commentsExtended",
            "commentsIds",
            "commentsExtensible",
            "people",
            "documenttasks",
        ),
        "comments",
    ),
    **dict.fromkeys(("oleObject", "package"), "embedded objects"),
    **dict.fromkeys(("audio", "video", "media"), "sounds and films"),
    **dict.fromkeys(
        ("customXml", "customXmlProps", "tags", "webextension", "webextensiontaskpanes"),
        "data of a document system or add-in",
    ),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), "a mail merge"),
    **dict.fromkeys(("aFChunk", "subDocument"), "documents inside the document"),
    "glossaryDocument": "building blocks (Quick Parts)",
    "classificationlabels": "a sensitivity label",
    "origin": "a digital signature",
    "custom-properties": "custom properties",
    **dict.fromkeys(
        (
            "core-properties",
            "extended-properties",
            "thumbnail",
            "printerSettings",
            "viewProps",
            "vmlDrawing",
            "revisionInfo",
            "changesInfo",
            "stylesWithEffects",
        ),
        "",
    ),
}


def clean_deck(package: Package) -> tuple[Package, list[str]]:
    """A .pptx, .potx, .pptm or .potm as a .pptx that holds masters and layouts only, and remarks on what was
    left out.

    Raises Invalid for what is not a sound PowerPoint file, and for one without a slide layout.
    """
    _check(package, "deck")
    remarks: list[str] = []
    package = _pruned(package, frozenset({"slide"}), remarks)
    main = package.main()
    root = tree(package, main)
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
        insert_after(
            root,
            ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst"),
            new_element(f"{P}sldSz", cx="9144000", cy="6858000"),
        )
    _plain_text_has_a_font(root)
    parts = {**package.parts, main: xml_bytes(root)}
    for part in package.related(main, "presProps"):
        properties = tree(package, part)
        for tag in ("showPr", "htmlPubPr", "webPr"):  # a kiosk show, or a show of slides that are gone
            for element in properties.findall(P + tag):
                properties.remove(element)
        parts[part] = xml_bytes(properties)
    package = replace(package, parts=parts)
    masters = package.related(main, "slideMaster")
    if not any(package.related(master, "slideLayout") for master in masters):
        raise package.stop(
            "the file has no slide layout",
            "open it in PowerPoint, choose View, Slide Master, and add layouts, "
            "or start from another template",
        )
    return settled(package, "deck"), remarks


def _plain_text_has_a_font(root: Any) -> None:
    """Text boxes and tables inherit from the presentation, whose style may name no font: programs then
    take different ones."""
    style = root.find(f"{P}defaultTextStyle")
    if style is None:
        style = new_element(f"{P}defaultTextStyle")
        insert_after(
            root,
            ("sldSz", "notesSz", "firstSlideNum", "embeddedFontLst", "photoAlbum", "custDataLst", "kinsoku"),
            style,
        )
    level = _inside(
        style,
        "lvl1pPr",
        ("lvl2pPr", "lvl3pPr", "lvl4pPr", "lvl5pPr", "lvl6pPr", "lvl7pPr", "lvl8pPr", "lvl9pPr", "extLst"),
    )
    run = _inside(level, "defRPr", ("extLst",))
    _inside(
        run, "latin", ("ea", "cs", "sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst"), typeface="+mn-lt"
    )


def _inside(element: Any, tag: str, before: tuple[str, ...], **attributes: str) -> Any:
    """The DrawingML child of an element, made where it is missing, before those that must follow it."""
    found = element.find(A + tag)
    if found is None:
        found = new_element(A + tag, **attributes)
        at = next(
            (n for n, child in enumerate(element) if child.tag in {A + name for name in before}), len(element)
        )
        element.insert(at, found)
    return found


def clean_document(package: Package) -> tuple[Package, list[str]]:
    """A .docx, .dotx, .docm or .dotm as a .docx with styles, headers and footers and an empty body, and
    remarks on what was left out.

    The one section that is left has the last section's page, and the headers and footers that it would
    inherit. Raises Invalid for what is not a sound Word file.
    """
    _check(package, "document")
    remarks: list[str] = []
    main = package.main()
    root = tree(package, main)
    body = root.find(W + "body")
    if body is None:
        raise package.stop(
            "the document has no body",
            "open it in Word, save it under a new name, and try that file",
        )
    words = sum(len("".join(p.itertext(W + "t")).split()) for p in body.iter(W + "p"))
    if words:
        remarks.append(f"left out: the {words:,} words in the body; styles, headers and footers are kept")
    section = _last_section(body)
    for child in list(body):
        body.remove(child)
    body.append(new_element(f"{W}p"))
    body.append(section)
    root.attrib.pop(f"{W}conformance", None)
    root.attrib.pop("conformance", None)
    package = replace(package, parts={**package.parts, main: xml_bytes(root)})
    # A picture of the body is related to the document still, though nothing shows it.
    used = {value for element in root.iter() for key, value in element.attrib.items() if key.startswith(R)}
    package = _pruned(package, frozenset(), remarks, {main: used})
    parts = dict(package.parts)
    for part in package.related(main, "settings"):
        parts[part] = xml_bytes(_settings(tree(package, part), remarks))
    for kind in ("footnotes", "endnotes"):
        for part in package.related(main, kind):
            notes = tree(package, part)
            for note in list(notes):
                if note.get(W + "type") is None:
                    notes.remove(note)
            parts[part] = xml_bytes(notes)
    for kind in ("header", "footer"):
        for part in package.related(main, kind):
            parts[part] = xml_bytes(_accepted(tree(package, part), remarks))
    return settled(replace(package, parts=parts), "document"), list(dict.fromkeys(remarks))


# ------------------------------------------------------------------------------------------- opening


def _check(package: Package, kind: Kind) -> None:
    """Raises Invalid for a file of another kind, and for one with an XML part that cannot be read."""
    found = package.kind()
    if found != kind:
        wanted, other = {"deck": ("PowerPoint", "Word"), "document": ("Word", "PowerPoint")}[kind]
        raise package.stop(
            f"this is a {other} file, and a {wanted} template is needed",
            f"name a file that ends in {'.pptx or .potx' if kind == 'deck' else '.docx or .dotx'}",
        )
    for part in package.parts:
        if is_xml(part):
            tree(package, part)


# ------------------------------------------------------------------------------------------- leaving out


def _pruned(
    package: Package, left: frozenset[str], remarks: list[str], used: dict[str, set[str]] | None = None
) -> Package:
    """The package with only the parts that can be reached without what is dropped, and remarks on what went.

    `left` names further kinds of relationships to leave out, and `used` the relationships that a part's XML
    still speaks of.
    """
    main = package.main()
    said = type_map(package).get(main, "")
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
            if is_xml(part):
                root = tree(package, part)
                if _cut(root, gone):
                    parts[part] = xml_bytes(root)
        if kept:
            parts[rels_name(part)] = rels_part(part, kept)
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
_POINTERS = (
    "blip",
    "svgBlip",
    "imagedata",
    "oleObj",
    "OLEObject",
    "audioFile",
    "videoFile",
    "media",
    "chart",
    "relIds",
    "movie",
    "quickTimeFile",
    "wavAudioFile",
)
_EMPTY_WITHOUT = (
    "custDataLst",
    "controls",
    "sldIdLst",
    "embeddedFontLst",
    "AlternateContent",
    "Choice",
    "ext",
    "extLst",
)


def _cut(root: Any, gone: set[str]) -> bool:
    """Removes from a part what speaks of relationships that are gone, and of macros; whether there was
    any."""
    found = False
    for element in list(root.iter(etree.Element)):
        tag = etree.QName(element).localname
        if tag.startswith("hlink") and re.match(
            r"ppaction://(macro|program|ole)", element.get("action") or ""
        ):
            found = True
            _remove(element)
            continue
        pointing = [key for key, value in element.attrib.items() if key.startswith(R) and value in gone]
        if not pointing:
            continue
        found = True
        if tag in ("fill", "stroke", "textpath") or (
            tag == "blip" and any(k.startswith(R) and k not in pointing for k in element.attrib)
        ):
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
    above = [element, *element.iterancestors()]
    whole = next((a for tag in _WHOLE for a in reversed(above) if etree.QName(a).localname == tag), None)
    if whole is not None:
        outer = next((a for a in whole.iterancestors(f"{MC}AlternateContent")), None)
        _remove(whole if outer is None else outer)
        return
    fill = next((a for a in above if etree.QName(a).localname in ("blipFill", "buBlip")), None)
    if fill is not None and fill.tag == f"{A}blipFill":
        fill.getparent().replace(fill, new_element(f"{A}noFill"))
    else:
        _remove(element if fill is None else fill)


def _remove(element: Any) -> None:
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
    for extension in list(root.iter(f"{P}ext")):
        if any(etree.QName(child).localname in tags for child in extension.iter(etree.Element)):
            _remove(extension)


def _last_section(body: Any) -> Any:
    """The last section's properties, with the headers and footers that it inherits from those before it."""
    sections = list(body.iter(f"{W}sectPr"))
    last = sections[-1] if sections else new_element(f"{W}sectPr")
    have = {
        (ref.tag, ref.get(f"{W}type"))
        for ref in last
        if ref.tag in (f"{W}headerReference", f"{W}footerReference")
    }
    inherited = {}
    for section in sections[:-1]:
        for ref in section:
            if ref.tag in (f"{W}headerReference", f"{W}footerReference"):
                inherited[(ref.tag, ref.get(f"{W}type"))] = ref
    for key in sorted(set(inherited) - have, reverse=True):
        last.insert(0, inherited[key])
    for tag in (
        "type",
        "formProt",
        "footnotePr",
        "endnotePr",
        "lnNumType",
        "pgNumType",
        "sectPrChange",
        "printerSettings",
        "cols",
    ):
        for element in last.findall(W + tag):  # a briefing has one column and no numbers beside its lines
            last.remove(element)
    at = sum(1 for child in last if child.tag in (f"{W}headerReference", f"{W}footerReference"))
    for tag, sides in (("pgMar", _MARGINS), ("pgSz", _PAGE)):
        page = last.find(W + tag)
        if page is None:
            page = new_element(W + tag)
            last.insert(at + (tag == "pgMar" and last.find(f"{W}pgSz") is not None), page)
        for side, value in sides.items():
            if not re.fullmatch(r"-?\d+", page.get(W + side, "")):
                page.set(W + side, str(value))
    return last


# What a page is where the document does not say: A4 with margins of 2.54 cm, in twentieths of a point.
_PAGE = {"w": 11_906, "h": 16_838}
_MARGINS = {
    "top": 1440,
    "right": 1440,
    "bottom": 1440,
    "left": 1440,
    "header": 709,
    "footer": 709,
    "gutter": 0,
}


def _settings(root: Any, remarks: list[str]) -> Any:
    protected = False
    for tag in (
        "documentProtection",
        "writeProtection",
        "trackRevisions",
        "rsids",
        "docVars",
        "attachedTemplate",
        "mailMerge",
        "readModeInkLockDown",
        "formsDesign",
        "linkStyles",
    ):
        for element in root.findall(W + tag):
            protected |= tag.endswith("Protection")
            root.remove(element)
    if protected:
        remarks.append("left out: the protection against changes")
    for element in root.findall(f"{W}autoHyphenation"):
        if element.get(f"{W}val") not in ("0", "false", "off"):
            remarks.append("left out: words broken at the ends of lines")
        root.remove(element)
    return root


def _accepted(root: Any, remarks: list[str]) -> Any:
    """A header or footer with its tracked changes accepted, out of the frames that Word puts around
    ready-made ones."""
    changed = False
    for frame in list(root.iterfind(f"{W}sdt")):
        for child in reversed(frame.findall(f"{W}sdtContent/*")):
            frame.addnext(child)
        root.remove(frame)
    if root.find(f"{W}p") is None:
        root.append(new_element(f"{W}p"))
    for element in root.iter():  # LibreOffice writes an attribute into VML that no schema knows
        if isinstance(element.tag, str) and element.tag.startswith("{urn:schemas-microsoft-com:vml}"):
            element.attrib.pop("ID", None)
    for tag in (
        "del",
        "moveFrom",
        "rPrChange",
        "pPrChange",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
    ):
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
