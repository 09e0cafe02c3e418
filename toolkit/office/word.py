"""A Word document as it is read back: its stories, and what its paragraphs and runs inherit.

Inheritance: run, character style, paragraph style with what it is based on, document defaults (ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.office.colour import ON, Colour, RunLook, contrast, from_hex, whole
from toolkit.office.editing import tree
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


class Document:
    """A Word document's body and styles. Raises Invalid as Package does."""

    def __init__(self, package: Package) -> None:
        self.package, self.main = package, package.main()
        self.root = tree(package, self.main)
        self.rels = {rel.id: rel for rel in package.rels(self.main)}
        styles = next(iter(package.related(self.main, "styles")), "")
        root = tree(package, styles) if styles else None
        self._styles = (
            {s.get(f"{W}styleId"): s for s in root.iterfind(f"{W}style")} if root is not None else {}
        )
        self._default = {s.get(f"{W}type"): k for k, s in self._styles.items() if s.get(f"{W}default") in ON}
        self._run_default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._paragraph_default = (
            root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr") if root is not None else None
        )
        self._chains: dict[tuple[str | None, str], list[Any]] = {}
        self._looks: dict[tuple[str | None, str | None], list[Any]] = {}

    def style_name(self, element: Any) -> str:
        """The name of a paragraph's, run's or table's style; built-in names are English in every language."""
        tag = {f"{W}p": "pPr/{0}pStyle", f"{W}r": "rPr/{0}rStyle", f"{W}tbl": "tblPr/{0}tblStyle"}[
            element.tag
        ].format(W)
        named = element.find(W + tag)
        kind = {f"{W}p": "paragraph", f"{W}r": "character", f"{W}tbl": "table"}[element.tag]
        style = self._styles.get(named.get(f"{W}val") if named is not None else self._default.get(kind))
        return name_of(style) if style is not None else ""

    def of_paragraph(self, paragraph: Any, tag: str) -> Any:
        """A paragraph's property element, its own or inherited, or None."""
        own = paragraph.find(f"{W}pPr")
        style = own.find(f"{W}pStyle") if own is not None else None
        chain = [own, *(s.find(f"{W}pPr") for s in self._chain(style, "paragraph")), self._paragraph_default]
        return next((e for p in chain if p is not None and (e := p.find(W + tag)) is not None), None)

    def of_run(self, run: Any, paragraph: Any, tag: str) -> Any:
        """A run's property element, its own or inherited, or None."""
        own, held = run.find(f"{W}rPr"), paragraph.find(f"{W}pPr/{W}pStyle")
        style = own.find(f"{W}rStyle") if own is not None else None
        if own is not None and (found := own.find(W + tag)) is not None:
            return found
        return next((e for p in self._inherited(style, held) if (e := p.find(W + tag)) is not None), None)

    def _inherited(self, style: Any, held: Any) -> list[Any]:
        """The run properties of a character style, a paragraph style and the document, nearest first."""
        key = (
            style.get(f"{W}val") if style is not None else None,
            held.get(f"{W}val") if held is not None else None,
        )
        if key not in self._looks:
            chain = [*(self._chain(style, "") if style is not None else []), *self._chain(held, "paragraph")]
            self._looks[key] = [
                p for p in (*(s.find(f"{W}rPr") for s in chain), self._run_default) if p is not None
            ]
        return self._looks[key]

    def look(self, run: Any, paragraph: Any) -> RunLook:
        """How a run looks; black or white by its background when the colour is automatic."""
        size, language = self.of_run(run, paragraph, "sz"), self.of_run(run, paragraph, "lang")
        half = (
            float(whole(size.get(f"{W}val"), 20)) if size is not None else 20.0
        )  # half points; 10 points when nothing says otherwise
        return RunLook(
            half / 2,
            is_on(self.of_run(run, paragraph, "b")),
            is_on(self.of_run(run, paragraph, "caps")),
            (language.get(f"{W}val") or "") if language is not None else "",
            self._colour(run, paragraph),
        )

    def background(self, run: Any, paragraph: Any) -> Colour | None:
        """The colour behind a run: highlight, shading of run, paragraph or cell, page; None when a table style may colour it."""
        mark = self.of_run(run, paragraph, "highlight")
        if mark is not None and mark.get(f"{W}val") != "none":
            return from_hex(_HIGHLIGHTS.get(mark.get(f"{W}val") or ""))
        cells = [e for e in paragraph.iterancestors() if e.tag == f"{W}tc"]
        shadings = [
            self.of_run(run, paragraph, "shd"),
            self.of_paragraph(paragraph, "shd"),
            *(cell.find(f"{W}tcPr/{W}shd") for cell in cells),
        ]
        for shading in shadings:
            if shading is None or (fill := shading.get(f"{W}fill")) in (None, "auto"):
                continue
            return from_hex(fill) if shading.get(f"{W}val") in ("clear", "nil", None) else None
        if any(self._coloured(table) for table in paragraph.iterancestors(f"{W}tbl")):
            return None
        if any(e.tag.endswith("}txbxContent") for e in paragraph.iterancestors()):
            return None
        page = self.root.find(f"{W}background")
        return from_hex(page.get(f"{W}color")) or WHITE if page is not None else WHITE

    def level(self, paragraph: Any) -> int:
        """The heading level of a paragraph, 1 to 9, or 0 for text that is no heading."""
        name = self.style_name(paragraph).casefold()
        if name.startswith("heading ") and name[8:].isdigit():
            return int(name[8:])
        outline = self.of_paragraph(paragraph, "outlineLvl")
        level = whole(outline.get(f"{W}val"), 9) if outline is not None else 9
        return level + 1 if level < 9 else 0

    def _chain(self, named: Any, kind: str) -> list[Any]:
        style: str | None = named.get(f"{W}val") if named is not None else self._default.get(kind)
        key = (style, kind)
        if key not in self._chains:
            found: list[Any] = []
            while style in self._styles and self._styles[style] not in found:
                found.append(self._styles[style])
                base = found[-1].find(f"{W}basedOn")
                style = base.get(f"{W}val") if base is not None else None
            self._chains[key] = found
        return self._chains[key]

    def _coloured(self, table: Any) -> bool:
        """Whether the table's style shades anything."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        return named is not None and any(s.find(f".//{W}shd") is not None for s in self._chain(named, ""))

    def _colour(self, run: Any, paragraph: Any) -> Colour | None:
        colour = self.of_run(run, paragraph, "color")
        written = colour.get(f"{W}val") if colour is not None else "auto"
        if written not in (None, "auto"):
            return from_hex(written)
        behind = self.background(run, paragraph)
        return None if behind is None else BLACK if contrast(BLACK, behind) >= 4.5 else WHITE


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
        yield part, tree(document.package, part)


def blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs, tables and section marks of a body, cell, header or note, through content controls and tracked insertions."""
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
