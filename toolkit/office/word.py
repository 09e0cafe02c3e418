"""A Word document as it is read back: its stories, and what its paragraphs and runs inherit.

Inheritance: run, character style, paragraph style with what it is based on, document defaults (ECMA-376 part
1, 17.7.2). What a style says is worked out once, from what it is based on, however long the chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from toolkit.office.colour import ON, Colour, RunLook, contrast, from_hex, whole
from toolkit.office.opc import MC, Package, W

_HIGHLIGHTS = {
    **{
        "black": "000000",
        "white": "FFFFFF",
        "yellow": "FFFF00",
        "green": "00FF00",
        "cyan": "00FFFF",
        "magenta": "FF00FF",
        "blue": "0000FF",
        "red": "FF0000",
    },
    **{
        "darkYellow": "808000",
        "darkGreen": "008000",
        "darkCyan": "008080",
        "darkMagenta": "800080",
        "darkBlue": "000080",
        "darkRed": "800000",
    },
    **{"darkGray": "808080", "lightGray": "C0C0C0"},
}
BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)


_P, _R, _T, _TABLE, _CELL = (W + name for name in ("p", "r", "t", "tbl", "tc"))
_OWN, _ABOUT, _LINK, _FIELD = (W + name for name in ("rPr", "pPr", "hyperlink", "fldSimple"))
_STYLED, _RUN_STYLE, _FALLBACK = f"{W}pStyle", f"{W}rStyle", f"{MC}Fallback"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
_CHANGES = {
    **dict.fromkeys((f"{W}del", f"{W}moveFrom"), "deleted"),
    **dict.fromkeys((f"{W}ins", f"{W}moveTo"), "inserted"),
}


class Run(NamedTuple):
    """A run, or a simple field: its own properties, its words without and with tabs and breaks, and the link
    that it is in.

    `gone` says that readers do not get it from here: it is deleted, moved away, a second copy, or a field's
    last result. `change` says what tracked changes did to it: "inserted" or "deleted".
    """

    element: Any
    properties: Any
    words: str
    said: str
    link: Any
    gone: bool
    change: str = ""


class Paragraph(NamedTuple):
    """A paragraph with its own runs and links, without those of text boxes in it, and what it stands in,
    nearest first."""

    element: Any
    properties: Any
    runs: list[Run]
    links: list[Any]
    boxes: list[Any]
    cells: tuple[Any, ...] = ()
    tables: tuple[Any, ...] = ()
    boxed: bool = False

    @property
    def said(self) -> str:
        """Its words."""
        return "".join([run.said for run in self.runs])


class RunFacts(NamedTuple):
    """How a run looks, the colour behind it, whether it is hidden, and whether a line or slant picks it
    out."""

    look: RunLook
    behind: Colour | None
    hidden: bool
    marked: bool


class _Style(NamedTuple):
    """What a style says with all that it is based on: property elements of runs and paragraphs by name."""

    run: dict[str, Any]
    paragraph: dict[str, Any]
    shaded: bool


_NOTHING = _Style({}, {}, False)


class Document:
    """A Word document's body and styles. Raises Invalid as Package does."""

    def __init__(self, package: Package) -> None:
        self.package, self.main = package, package.main()
        self.root: Any = package.root(self.main)
        self.rels = {rel.id: rel for rel in package.rels(self.main)}
        part = next(iter(package.related(self.main, "styles")), "")
        root: Any = package.root(part) if part else ()
        self._styles: dict[str | None, Any] = {s.get(f"{W}styleId"): s for s in root if s.tag == f"{W}style"}
        self._default = {s.get(f"{W}type"): k for k, s in self._styles.items() if s.get(f"{W}default") in ON}
        every = next((e for e in root if e.tag == f"{W}docDefaults"), None)
        run, paragraph = (
            every.find(f"{W}{kind}Default/{W}{kind}") if every is not None else None
            for kind in ("rPr", "pPr")
        )
        self._run_default, self._paragraph_default = _by_name(run), _by_name(paragraph)
        page = self.root.find(f"{W}background")
        self._page = (from_hex(page.get(f"{W}color")) if page is not None else None) or WHITE
        self._known: dict[str | None, _Style] = {}
        self._inherited: dict[tuple[str | None, str | None], dict[str, Any]] = {}
        self._facts: dict[tuple[object, ...], RunFacts] = {}
        self._looked: dict[tuple[str | None, str], int] = {}

    def style_name(self, element: Any) -> str:
        """The name of a paragraph's, run's or table's style; built-in names are English in every language."""
        kind, held, tag = _KINDS[element.tag]
        properties = element.find(held)
        named = properties.find(tag) if properties is not None else None
        style = self._styles.get(named.get(f"{W}val") if named is not None else self._default.get(kind))
        return name_of(style) if style is not None else ""

    def of_paragraph(self, properties: Any, tag: str) -> Any:
        """A property of a paragraph with these of its own, its own or inherited, or None."""
        own = properties.find(W + tag) if properties is not None else None
        if own is not None:
            return own
        found = self._style(self._paragraph_style(properties)).paragraph.get(W + tag)
        return self._paragraph_default.get(W + tag) if found is None else found

    def facts(self, run: Run, paragraph: Paragraph, under: Colour | None) -> RunFacts:
        """What is said of a run of a paragraph; `under` is what lies behind the paragraph."""
        style = self._paragraph_style(paragraph.properties)
        own = run.properties
        said = None if own is None else tuple([(e.tag, *e.items()) for e in own])
        key = (style, said, under)
        if key not in self._facts:
            self._facts[key] = self._fact(own, style, under)
        return self._facts[key]

    def under(self, paragraph: Paragraph) -> Colour | None:
        """The colour behind a paragraph: its shading, its cell's, the page; None when a table's style may
        colour it."""
        shadings = [self.of_paragraph(paragraph.properties, "shd")]
        shadings += [cell.find(f"{W}tcPr/{W}shd") for cell in paragraph.cells]
        for shading in shadings:
            if shading is not None and shading.get(f"{W}fill") not in (None, "auto"):
                return _shade(shading)
        if paragraph.boxed or any(self._coloured(table) for table in paragraph.tables):
            return None
        return self._page

    def level(self, paragraph: Any, properties: Any) -> int:
        """The heading level of a paragraph, 1 to 9, or 0 for text that is no heading."""
        outline = self.of_paragraph(properties, "outlineLvl")
        said = outline.get(f"{W}val") if outline is not None else ""
        key = (self._paragraph_style(properties), said)
        if key not in self._looked:
            name = self.style_name(paragraph).casefold()
            number = whole(said, 9) if outline is not None else 9
            titled = name.startswith("heading ") and name[8:].isdigit()
            self._looked[key] = int(name[8:]) if titled else number + 1 if number < 9 else 0
        return self._looked[key]

    # -- inside

    def _paragraph_style(self, properties: Any) -> str | None:
        held = properties.find(_STYLED) if properties is not None else None
        return held.get(f"{W}val") if held is not None else self._default.get("paragraph")

    def _style(self, name: str | None) -> _Style:
        """A style with what it is based on; a circle in a faulty file ends."""
        chain: dict[str | None, Any] = {}
        while name in self._styles and name not in self._known and name not in chain:
            chain[name] = self._styles[name]
            base = chain[name].find(f"{W}basedOn")
            name = base.get(f"{W}val") if base is not None else None
        found = self._known.get(name, _NOTHING)
        for name, style in reversed(chain.items()):
            found = _Style(
                {**found.run, **_by_name(style.find(_OWN))},
                {**found.paragraph, **_by_name(style.find(_ABOUT))},
                found.shaded or next(style.iter(f"{W}shd"), None) is not None,
            )
            self._known[name] = found
        return found

    def _fact(self, own: Any, style: str | None, under: Colour | None) -> RunFacts:
        named = own.find(_RUN_STYLE) if own is not None else None
        key = (named.get(f"{W}val") if named is not None else None, style)
        if key not in self._inherited:
            above = self._style(key[0]).run if named is not None else {}
            self._inherited[key] = {**self._run_default, **self._style(style).run, **above}
        said = {**self._inherited[key], **_by_name(own)}

        def value(name: str) -> str | None:
            element = said.get(W + name)
            return element.get(f"{W}val") if element is not None else None

        behind, shading = under, said.get(f"{W}shd")
        if shading is not None and shading.get(f"{W}fill") not in (None, "auto"):
            behind = _shade(shading)
        if f"{W}highlight" in said and value("highlight") != "none":
            behind = from_hex(_HIGHLIGHTS.get(value("highlight") or ""))
        written = value("color")
        if written not in (None, "auto"):
            ink = from_hex(written)
        else:
            ink = None if behind is None else BLACK if contrast(BLACK, behind) >= 4.5 else WHITE
        size = float(whole(value("sz"), 20)) / 2  # in half points; 10 points when nothing says otherwise
        bold, caps, slanted, hidden = (is_on(said.get(W + n)) for n in ("b", "caps", "i", "vanish"))
        look = RunLook(size, bold, caps, value("lang") or "", ink)
        return RunFacts(look, behind, hidden, slanted or (f"{W}u" in said and value("u") != "none"))

    def _coloured(self, table: Any) -> bool:
        """Whether the table's style shades anything."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        return named is not None and self._style(named.get(f"{W}val")).shaded


_KINDS = {
    _P: ("paragraph", _ABOUT, _STYLED),
    _R: ("character", _OWN, _RUN_STYLE),
    _TABLE: ("table", f"{W}tblPr", f"{W}tblStyle"),
}


# The properties that are asked for: no others are carried from style to style.
_ASKED = {
    *(W + name for name in ("sz", "lang", "b", "i", "u", "caps", "color", "highlight", "shd", "vanish")),
    *(W + name for name in ("numPr", "jc", "outlineLvl")),
}


def _by_name(properties: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in properties if properties is not None else ():
        if element.tag in _ASKED:
            found.setdefault(element.tag, element)
    return found


def _shade(shading: Any) -> Colour | None:
    plain = shading.get(f"{W}val") in ("clear", "nil", None)
    return from_hex(shading.get(f"{W}fill")) if plain else None


def paragraphs(
    parent: Any, cells: tuple[Any, ...] = (), tables: tuple[Any, ...] = (), boxed: bool = False
) -> Iterator[Paragraph]:
    """The paragraphs of a story in the order of the file, those of text boxes after the one that holds
    them, without the second copies that a file keeps for old programs."""
    for child in parent:
        tag = child.tag
        if tag == _P:
            paragraph = read(child)._replace(cells=cells, tables=tables, boxed=boxed)
            yield paragraph
            for box in paragraph.boxes:
                faulty = box.tag == _P  # a paragraph straight inside a paragraph
                yield from paragraphs((box,) if faulty else box, cells, tables, boxed or not faulty)
        elif tag == _TABLE:
            yield from paragraphs(child, cells, (child, *tables), boxed)
        elif tag == _CELL:
            yield from paragraphs(child, (child, *cells), tables, boxed)
        elif len(child) and tag != _FALLBACK and not tag.endswith("Pr"):
            yield from paragraphs(child, cells, tables, boxed or tag.endswith("}txbxContent"))


def read(paragraph: Any) -> Paragraph:
    """A paragraph's own runs, links and text boxes."""
    found = Paragraph(paragraph, paragraph.find(_ABOUT), [], [], [])
    _collect(paragraph, found, None, False, found.boxes, "")
    return found


def _collect(parent: Any, found: Paragraph, link: Any, gone: bool, boxes: list[Any], change: str) -> None:
    for child in parent:
        tag = child.tag
        if tag == _R:
            words, said, own, deeper = "", "", None, False
            for piece in child:
                kind = piece.tag
                if kind == _T:
                    words += piece.text or ""
                    said += piece.text or ""
                elif kind == _OWN:
                    own = piece if own is None else own
                elif kind in _SIGNS:
                    said += _SIGNS[kind]
                else:
                    deeper = deeper or len(piece) > 0
            found.runs.append(Run(child, own, words, said, link, gone, change))
            if deeper:
                _collect(child, found, link, gone, boxes, change)
        elif tag in (_ABOUT, _OWN) or not (len(child) or tag == _FIELD):
            continue
        elif tag == _P or tag.endswith("}txbxContent"):
            boxes.append(child)
        elif tag == _LINK:
            found.links.append(child)
            _collect(child, found, child, gone, boxes, change)
        elif tag == _FIELD:
            found.runs.append(Run(child, None, "", "", link, gone, change))
            _collect(child, found, link, True, boxes, change)
        elif tag == _FALLBACK:
            _collect(child, found, link, True, [], change)
        else:
            change_here = _CHANGES.get(tag, change)
            _collect(child, found, link, gone or change_here == "deleted", boxes, change_here)


def within(parent: Any, tag: str, stop: str) -> Iterator[Any]:
    """The elements of a tag below one, but not those inside another of the tag `stop`."""
    for child in parent:
        if child.tag == tag:
            yield child
        if child.tag != stop and len(child):
            yield from within(child, tag, stop)


def copies(root: Any) -> set[Any]:
    """All that a story keeps a second time for old programs."""
    return {element for fallback in root.iter(_FALLBACK) for element in fallback.iter()}


def name_of(style: Any) -> str:
    """The name of a style as the file writes it, or nothing."""
    name = style.find(f"{W}name")
    return (name.get(f"{W}val") if name is not None else "") or ""


def is_on(element: Any) -> bool:
    """Whether a Word toggle such as bold is there and not switched off."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def is_on_attribute(element: Any, name: str) -> bool:
    """Whether an element is there and says yes in one of Word's attributes."""
    return element is not None and element.get(W + name) in ON


def stories(document: Document) -> Iterator[tuple[str, Any]]:
    """Part name and root of each header, footer, set of footnotes and set of endnotes, by name of part."""
    found = {
        part
        for kind in ("header", "footer", "footnotes", "endnotes")
        for part in document.package.related(document.main, kind)
    }
    for part in sorted(found):
        yield part, document.package.root(part)


def blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs, tables and section marks of a body, cell, header or note, through content controls
    and tracked insertions."""
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl", f"{W}sectPr"):
            yield element
        elif element.tag == f"{W}sdt":
            yield from blocks(content) if (content := element.find(f"{W}sdtContent")) is not None else ()
        elif element.tag == f"{MC}AlternateContent":
            yield from blocks(choice) if (choice := element.find(f"{MC}Choice")) is not None else ()
        elif element.tag in (
            f"{W}customXml",
            f"{W}ins",
            f"{W}moveTo",
            f"{W}smartTag",
            f"{W}footnote",
            f"{W}endnote",
        ):
            yield from blocks(element)
