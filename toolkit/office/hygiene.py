"""Templates from anybody, made safe and usable: no macros, no left-over slides or words, nothing that points
outside the file.

A template keeps its looks (masters, layouts, themes, styles, headers, embedded fonts) and loses everything
else: `sieve` lets through what is good, and what is known here is called by its name. What was left out is
told in plain words, one remark for each kind of thing. The same file gives the same bytes.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from toolkit.late import pattern, replace
from toolkit.office.colour import whole
from toolkit.office.editing import insert_after, new_element, tree, xml_bytes
from toolkit.office.opc import A, Kind, P, Package, R, W, settled
from toolkit.office.section import kept_section
from toolkit.office.sieve import remove, sifted, unwrap

# What to call relationships that are left out, by the last words of their types; nothing for what nobody
# misses (window positions, edit history).
_KNOWN = {
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
        ("chart", "chartEx", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors"),
        "charts and diagrams",
    ),
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
            "webSettings",
            "hdphoto",
            "diagramDrawing",
            "slide",
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
    package = sifted(package, _KNOWN | {"slide": "left-over slides"}, remarks)
    main = package.main()
    root = tree(package, main)
    for element in [e for e in root if e.tag not in _PRESENTATION]:
        root.remove(element)
        if element.tag == f"{P}modifyVerifier":
            remarks.append("left out: the password against changes")
    _drop_extensions(root, ("sectionLst",))
    for attribute in ("conformance", "firstSlideNum"):
        root.attrib.pop(attribute, None)
    _sized(root, remarks)
    _plain_text_has_a_font(root)
    parts = {**package.parts, main: xml_bytes(root)}
    for part in package.related(main, "presProps"):
        properties = tree(package, part)
        for element in [e for e in properties if e.tag not in _SHOWN]:
            properties.remove(element)  # a kiosk show, or a show of slides that are gone
        parts[part] = xml_bytes(properties)
    package = replace(package, parts=parts)
    masters = package.related(main, "slideMaster")
    package = _listed_once(package, (main, *masters))
    for master in masters:
        on_master = _shapes(package, master)
        for layout in package.related(master, "slideLayout"):
            if on_master + _shapes(package, layout) > MOST_SHAPES:
                raise package.stop(
                    f"a layout draws more than {MOST_SHAPES:,} shapes ({layout})",
                    "in PowerPoint make one picture of them (cut, then Paste Special, Picture)",
                )
    if not any(package.related(master, "slideLayout") for master in masters):
        raise package.stop(
            "the file has no slide layout",
            "open it in PowerPoint, choose View, Slide Master, and add layouts, "
            "or start from another template",
        )
    return settled(package, "deck"), remarks


def _listed_once(package: Package, holders: tuple[str, ...]) -> Package:
    """The package with each master and layout once in the lists of them. Raises Invalid for too many."""
    parts = dict(package.parts)
    for part in holders:
        root = tree(package, part)
        seen: set[str | None] = set()
        entries = list(root.iter(f"{P}sldMasterId", f"{P}sldLayoutId"))
        for entry in entries:
            if entry.get(f"{R}id") in seen:
                entry.getparent().remove(entry)
            seen.add(entry.get(f"{R}id"))
        if len(seen) > MOST_LAYOUTS:
            raise package.stop(
                f"the template has more than {MOST_LAYOUTS} layouts", "delete those that nobody uses"
            )
        if len(seen) < len(entries):
            parts[part] = xml_bytes(root)
    return replace(package, parts=parts)


MOST_LAYOUTS = 200  # of one master; real ones have up to eighty
MOST_SHAPES = 1_500  # on a layout with its master; real ones have some twenty, a map a few hundred
_SHAPE = pattern(rb"<(?:\w+:)?(?:sp|pic|cxnSp|graphicFrame)[\s>]")


def _shapes(package: Package, part: str) -> int:
    return len(_SHAPE.findall(package.parts[part]))


_PRESENTATION = {
    P + tag
    for tag in (
        "sldMasterIdLst",
        "notesMasterIdLst",
        "handoutMasterIdLst",
        "sldSz",
        "notesSz",
        "embeddedFontLst",
        "kinsoku",
        "defaultTextStyle",
        "extLst",
    )
}


_SHOWN = (f"{P}prnPr", f"{P}clrMru", f"{P}extLst")


_SIDES = range(914_400, 51_206_401)  # EMU, that the schema allows


def _sized(root: Any, remarks: list[str]) -> None:
    """Gives the presentation a size of slides, where it has none that can be, and takes off a faulty one of
    notes pages."""
    for tag in ("sldSz", "notesSz"):
        size = root.find(P + tag)
        if size is not None and not all(whole(size.get(side)) in _SIDES for side in ("cx", "cy")):
            root.remove(size)
            remarks.append(f"the size of {'slides' if tag == 'sldSz' else 'notes pages'} could not be read")
    if root.find(f"{P}sldSz") is None:
        # The schema lets it be absent; PowerPoint then takes 4:3.
        lists = ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst")
        insert_after(root, lists, new_element(f"{P}sldSz", cx="9144000", cy="6858000"))


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

    The one section that is left has the page of the last upright one, and the headers and footers that it
    would inherit (`section`). Raises Invalid for what is not a sound Word file.
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
    section = kept_section(body, remarks)
    for child in list(body):
        body.remove(child)
    body.append(new_element(f"{W}p"))
    body.append(section)
    root.attrib.pop(f"{W}conformance", None)
    root.attrib.pop("conformance", None)
    package = replace(package, parts={**package.parts, main: xml_bytes(root)})
    package = sifted(package, _KNOWN, remarks)
    main = package.main()
    parts = dict(package.parts)
    for part in package.related(main, "styles"):
        styles = tree(package, part)
        if _without_circles(styles):
            remarks.append(
                "styles that are wrongly based on each other (in a circle, over too many) now stand alone"
            )
            parts[part] = xml_bytes(styles)
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
    """Raises Invalid for a file of another kind."""
    found = package.kind()
    if found != kind:
        wanted, other = {"deck": ("PowerPoint", "Word"), "document": ("Word", "PowerPoint")}[kind]
        raise package.stop(
            f"this is a {other} file, and a {wanted} template is needed",
            f"name a file that ends in {'.pptx or .potx' if kind == 'deck' else '.docx or .dotx'}",
        )


def _drop_extensions(root: Any, tags: tuple[str, ...]) -> None:
    for extension in list(root.iter(f"{P}ext")):
        if any(etree.QName(child).localname in tags for child in extension.iter(etree.Element)):
            remove(extension)


_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SETTINGS = {
    f"{_MATH}mathPr",
    *(
        W + tag
        for tag in (
            "zoom",
            "mirrorMargins",
            "alignBordersAndEdges",
            "bordersDoNotSurroundHeader",
            "bordersDoNotSurroundFooter",
            "gutterAtTop",
            "embedTrueTypeFonts",
            "embedSystemFonts",
            "saveSubsetFonts",
            "defaultTabStop",
            "evenAndOddHeaders",
            "bookFoldPrinting",
            "characterSpacingControl",
            "noLineBreaksAfter",
            "noLineBreaksBefore",
            "displayBackgroundShape",
            "footnotePr",
            "endnotePr",
            "compat",
            "themeFontLang",
            "clrSchemeMapping",
            "decimalSymbol",
            "listSeparator",
            "hideSpellingErrors",
            "hideGrammaticalErrors",
        )
    ),
}


def _settings(root: Any, remarks: list[str]) -> Any:
    protected = False
    for element in [e for e in root if e.tag not in _SETTINGS]:
        protected |= element.tag in (f"{W}documentProtection", f"{W}writeProtection")
        if element.tag == f"{W}autoHyphenation" and element.get(f"{W}val") not in ("0", "false", "off"):
            remarks.append("left out: words broken at the ends of lines")
        root.remove(element)
    if protected:
        remarks.append("left out: the protection against changes")
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
            unwrap(element)
            changed = True
    if changed:
        remarks.append("tracked changes in a header or footer were accepted")
    return root


_TEXT = "paragraph"
MOST_STYLES = 30  # on which a style is based, one on another; Word itself allows ten


def _without_circles(styles: Any) -> bool:
    """Whether styles in a circle, on top of too many others, or of one of another type, were taken off it."""
    every = {style.get(f"{W}styleId"): style for style in styles.iterfind(f"{W}style")}
    bases = {name: style.find(f"{W}basedOn") for name, style in every.items()}
    depth: dict[str | None, int] = {None: 0}
    found = False
    for name, base in bases.items():
        below = every.get(base.get(f"{W}val")) if base is not None else None
        if below is not None and below.get(f"{W}type", _TEXT) != every[name].get(f"{W}type", _TEXT):
            every[name].remove(base)
            bases[name], found = None, True
    for name in bases:
        chain: list[str | None] = []
        at: str | None = name
        while at not in depth and at in bases and at not in chain and len(chain) <= MOST_STYLES:
            chain.append(at)
            base = bases[at]
            at = base.get(f"{W}val") if base is not None else None
        deep = depth.get(at, 0) if at not in chain else MOST_STYLES
        for number, style in enumerate(reversed(chain)):
            base = bases[style]
            if base is not None and (deep >= MOST_STYLES or (number == 0 and at in chain)):
                base.getparent().remove(base)
                bases[style], deep, found = None, 0, True
            deep += 1
            depth[style] = deep
    return found
