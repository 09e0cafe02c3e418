"""A deck as it is read back: its slides and notes pages, what stands on them in reading order, and what each piece inherits.

Inheritance of text: run, own list style, layout, master, the master's text styles, presentation, theme (ECMA-376 part 1, 19.3 and 20.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.office.colour import (
    MAPPED,
    ON,
    Colour,
    RunLook,
    decorative,
    from_hex,
    read_colour,
    tinted,
    whole,
)
from toolkit.office.editing import tree
from toolkit.office.opc import MC, A, P, Package, R
from toolkit.office.shapes import (
    OFFICE_TABLES,
    Box,
    fill_of,
    frame,
    group_scale,
    inside,
    kind_of,
    overlap,
    placeholders,
    same_kind,
    table_colour,
)

EMU = 12_700  # per point


@dataclass(frozen=True)
class Shape:
    """Something on a slide or notes page.

    `kind` is text, picture, table, chart, diagram, object, media, line, shape or group; `holder` the placeholder type ("obj" when the
    file leaves it out, "" for no placeholder) and `label` what the layout calls it; `box` is in the slide's own coordinates, or None
    when it stands nowhere, and `moved` says that it is not the layout's.
    """

    element: Any
    kind: str
    name: str
    holder: str = ""
    idx: int = 0
    box: Box | None = None
    alt: str = ""
    decorative: bool = False
    moved: bool = False
    children: tuple[Shape, ...] = ()
    label: str = ""


_UNKNOWN_TABLE = ("?", "?")


class Page:
    """A slide, notes page, layout or master with what it inherits from. `number` counts slides from 1."""

    def __init__(self, deck: Deck, part: str, number: int) -> None:
        self.deck, self.part, self.number = deck, part, number
        self.root = deck.root(part)
        self.rels = {rel.id: rel for rel in deck.package.rels(part)}
        # A master points at its layouts too, but inherits nothing from them.
        layout = deck.first(part, "slideLayout") if self.root.tag == f"{P}sld" else ""
        master = (
            deck.first(layout, "slideMaster")
            if layout
            else deck.first(part, "slideMaster") or deck.first(part, "notesMaster")
        )
        self.parents = [p for p in (layout, master) if p]
        self._holders = [deck.holders(p) for p in self.parents]
        self._theme = deck.theme(master or part)
        self._map = self._colour_map(master)
        self._above: dict[tuple[Any, str], list[Any]] = {}
        self._behind: dict[Any, Colour | None] = {}
        self.shapes = self._shapes(self.root)

    @property
    def layout(self) -> str:
        """The layout's name."""
        if not self.parents:
            return ""
        slide = self.deck.root(self.parents[0]).find(f"{P}cSld")
        return (slide.get("name") or "") if slide is not None else ""

    @property
    def hidden(self) -> bool:
        return self.root.get("show") in ("0", "false")

    @property
    def notes(self) -> Page | None:
        """The notes page of a slide."""
        part = self.deck.first(self.part, "notesSlide")
        return Page(self.deck, part, self.number) if part else None

    def title(self) -> Shape | None:
        """The title placeholder."""
        return next((s for s in self.flat() if s.holder in ("title", "ctrTitle")), None)

    def flat(self) -> Iterator[Shape]:
        """Every shape in reading order, those of groups after their group."""
        stack = list(reversed(self.shapes))
        while stack:
            shape = stack.pop()
            yield shape
            stack.extend(reversed(shape.children))

    def look(self, shape: Shape, paragraph: Any, run: Any, cell: tuple[str, str] | None = None) -> RunLook:
        """How a run of a shape looks. `cell` is what cell_style() said, for text in a table."""
        properties = run.find(f"{A}rPr")
        if properties is None and run.tag == f"{A}endParaRPr":
            properties = run
        above = [
            level for like in self._levels(shape, paragraph) if (level := like.find(f"{A}defRPr")) is not None
        ]
        chain = ([properties] if properties is not None else []) + above
        size = next((whole(p.get("sz")) for p in chain if p.get("sz")), 1800) / 100 * self._scale(shape)
        bold = next(
            (p.get("b") in ON for p in chain if p.get("b")), cell is not None and cell[1].endswith("b")
        )
        caps = next((p.get("cap") for p in chain if p.get("cap")), "none") == "all"
        language = next((p.get("lang") for p in chain if p.get("lang")), "")
        return RunLook(size, bold, caps, language or "", self._text_colour(shape, properties, above, cell))

    def bullet(self, shape: Shape, paragraph: Any) -> str:
        """The mark before a paragraph: a character, "1." for a number, "picture", or nothing."""
        own = paragraph.find(f"{A}pPr")
        for level in ([own] if own is not None else []) + self._levels(shape, paragraph):
            for child in level:
                if child.tag == f"{A}buNone":
                    return ""
                if child.tag == f"{A}buChar":
                    return child.get("char") or ""
                if child.tag == f"{A}buAutoNum":
                    return "1."
                if child.tag == f"{A}buBlip":
                    return "picture"
        return ""

    def aligned(self, shape: Shape, paragraph: Any) -> str:
        """The paragraph's alignment as written: l, ctr, r, just …"""
        own = paragraph.find(f"{A}pPr")
        return next(
            (
                level.get("algn")
                for level in ([own] if own is not None else []) + self._levels(shape, paragraph)
                if level.get("algn")
            ),
            "l",
        )

    def background(
        self, shape: Shape, cell: Any = None, style: tuple[str, str] | None = None
    ) -> Colour | None:
        """The one colour behind a shape's words, or None when there is a picture, a gradient, more than one colour, or no telling."""
        if cell is not None:
            fill = fill_of(cell.find(f"{A}tcPr"))
            if fill is not None and fill.tag != f"{A}noFill":
                return self._solid(fill)
            if fill is None and style is not None and style[0]:
                return None if style == _UNKNOWN_TABLE else self._written(style[0])
        else:
            fill = self._shape_fill(shape)
            if fill == "unknown":
                return None
            if fill is not None:
                return fill if isinstance(fill, tuple) else None
        if shape.element not in self._behind:
            self._behind[shape.element] = self._beneath(shape)
        return self._behind[shape.element]

    def cell_style(self, table: Any, row: int, column: int) -> tuple[str, str]:
        """What the table's style says of a cell: fill and text colour, each as "scheme:tint", "" for none; ("?", "?") when unknown."""
        properties = table.find(f"{A}tblPr")
        style = properties.find(f"{A}tableStyleId") if properties is not None else None
        name = (style.text or "").strip().upper() if style is not None else ""
        if (
            properties is None
            or not name
            or name in ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}")
        ):
            return ("", "tx1:100000")
        flags = {
            k
            for k in ("firstRow", "lastRow", "firstCol", "lastCol", "bandRow", "bandCol")
            if properties.get(k) in ON
        }
        rows, columns = len(table.findall(f"{A}tr")), len(table.findall(f"{A}tblGrid/{A}gridCol"))
        band = row - ("firstRow" in flags)
        parts = ["firstRow"] * ("firstRow" in flags and row == 0) + ["lastRow"] * (
            "lastRow" in flags and row == rows - 1
        )
        parts += ["firstCol"] * ("firstCol" in flags and column == 0) + ["lastCol"] * (
            "lastCol" in flags and column == columns - 1
        )
        parts += ["band1H" if band % 2 == 0 else "band2H"] * ("bandRow" in flags)
        parts += ["band1V" if (column - ("firstCol" in flags)) % 2 == 0 else "band2V"] * ("bandCol" in flags)
        found = self.deck.table_styles().get(name)
        if found is None:
            return _UNKNOWN_TABLE
        fill = next((found[p][0] for p in [*parts, "wholeTbl"] if p in found and found[p][0]), "")
        text = next((found[p][1] for p in [*parts, "wholeTbl"] if p in found and found[p][1]), "tx1:100000")
        bold = "b" if any(p in found and found[p][2] for p in [*parts, "wholeTbl"]) else ""
        return _UNKNOWN_TABLE if "?" in (fill, text) else (fill, text + bold)

    # -- inside

    def _colour_map(self, master: str | None) -> dict[str, str]:
        base = self.deck.root(master).find(f"{P}clrMap") if master else None
        for part in reversed(self.parents[:-1]):
            override = self.deck.root(part).find(f"{P}clrMapOvr/{A}overrideClrMapping")
            base = override if override is not None else base
        override = self.root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        base = override if override is not None else base
        return dict(base.attrib) if base is not None else dict(MAPPED)

    def _shapes(self, root: Any) -> tuple[Shape, ...]:
        tree = root.find(f"{P}cSld/{P}spTree")
        return tuple(self._walk(tree, (1.0, 1.0, 0.0, 0.0))) if tree is not None else ()

    def _walk(self, parent: Any, scale: Box) -> Iterator[Shape]:
        for element in parent:
            if element.tag == f"{MC}AlternateContent":
                choice = element.find(f"{MC}Choice")
                yield from self._walk(choice if choice is not None else element, scale)
                continue
            tag = (
                element.tag.rpartition("}")[2]
                if isinstance(element.tag, str) and element.tag.startswith(P)
                else ""
            )
            about = (
                element.find(f"*/{P}cNvPr")
                if tag in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart")
                else None
            )
            if about is None or about.get("hidden") in ON:
                continue
            ph = element.find(f"*/{P}nvPr/{P}ph")
            holder = (ph.get("type") or "obj") if ph is not None else ""
            idx = whole(ph.get("idx")) if ph is not None else 0
            likes = self._likes(holder, idx) if holder else []
            own = frame(element)
            box = own or next((box for like in likes if (box := frame(like))), None)
            children: tuple[Shape, ...] = ()
            if tag == "grpSp":
                children = tuple(self._walk(element, group_scale(element, scale)))
            yield Shape(
                element,
                kind_of(tag, element),
                about.get("name") or "",
                holder,
                idx,
                (
                    box[0] * scale[0] + scale[2],
                    box[1] * scale[1] + scale[3],
                    box[2] * scale[0],
                    box[3] * scale[1],
                )
                if box
                else None,
                (about.get("descr") or about.get("title") or "").strip(),
                decorative(about),
                own is not None,
                children,
                next(
                    (
                        c.get("name") or ""
                        for like in likes[:1]
                        if (c := like.find(f"*/{P}cNvPr")) is not None
                    ),
                    "",
                ),
            )

    def _likes(self, holder: str, idx: int) -> list[Any]:
        """The placeholders that a placeholder inherits from: the layout's of its number, then the master's of its type."""
        found = []
        for n, holders in enumerate(self._holders):
            last = n == len(self._holders) - 1
            like = None if last else holders.get(("idx", str(idx)))
            like = like if like is not None else same_kind(holders, holder)
            if like is not None:
                found.append(like)
        return found

    def _levels(self, shape: Shape, paragraph: Any) -> list[Any]:
        """The paragraph properties that a paragraph inherits, nearest first."""
        properties = paragraph.find(f"{A}pPr")
        name = f"{A}lvl{1 + (whole(properties.get('lvl')) if properties is not None else 0)}pPr"
        if (shape.element, name) not in self._above:
            self._above[shape.element, name] = self._inherited_levels(shape, name)
        return self._above[shape.element, name]

    def _inherited_levels(self, shape: Shape, name: str) -> list[Any]:
        lists = [
            like.find(f"{P}txBody/{A}lstStyle")
            for like in [shape.element, *(self._likes(shape.holder, shape.idx) if shape.holder else [])]
        ]
        if self.parents and shape.holder:
            master = self.deck.root(self.parents[-1])
            style = {
                "title": "titleStyle",
                "ctrTitle": "titleStyle",
                "dt": "otherStyle",
                "ftr": "otherStyle",
                "sldNum": "otherStyle",
            }.get(shape.holder, "bodyStyle")
            lists += [master.find(f"{P}txStyles/{P}{style}"), master.find(f"{P}notesStyle")]
        lists.append(self.deck.root(self.deck.main).find(f"{P}defaultTextStyle"))
        return [level for each in lists if each is not None and (level := each.find(name)) is not None]

    def _scale(self, shape: Shape) -> float:
        fit = shape.element.find(f"{P}txBody/{A}bodyPr/{A}normAutofit")
        return whole(fit.get("fontScale"), 100_000) / 100_000 if fit is not None else 1.0

    def _text_colour(
        self, shape: Shape, properties: Any, above: list[Any], cell: tuple[str, str] | None
    ) -> Colour | None:
        if properties is not None:
            link = properties.find(f"{A}hlinkClick")
            if link is not None and not any(
                e.get("val") == "tx"
                for e in link.iter()
                if isinstance(e.tag, str) and e.tag.endswith("}hlinkClr")
            ):
                return self._scheme("hlink")
            fill = fill_of(properties)
            if fill is not None:
                return self._solid(fill)
        if cell is not None:
            return None if cell == _UNKNOWN_TABLE else self._written(cell[1].rstrip("b"))
        own = [level for level in above if shape.element in level.iterancestors()]
        font = shape.element.find(f"{P}style/{A}fontRef")
        for level in own:
            if (fill := fill_of(level)) is not None:
                return self._solid(fill)
        if font is not None and len(font):
            return self._colour(font[0])
        for level in above:
            if (fill := fill_of(level)) is not None:
                return self._solid(fill)
        return self._scheme("tx1")

    def _solid(self, fill: Any) -> Colour | None:
        return self._colour(fill[0]) if fill.tag == f"{A}solidFill" and len(fill) else None

    def _written(self, value: str) -> Colour | None:
        name, _, tint = value.partition(":")
        base = from_hex(name[1:]) if name.startswith("#") else self._scheme(name)
        part = whole(tint, 100_000) / 100_000
        return tinted(base, part) if base is not None and part < 1 else base

    def _scheme(self, name: str) -> Colour | None:
        scheme = self._theme.find(f"{A}themeElements/{A}clrScheme") if self._theme is not None else None
        if scheme is None:
            return None
        element = next((e for e in scheme if e.tag == A + self._map.get(name, name)), None)
        return self._colour(element[0]) if element is not None and len(element) else None

    def _colour(self, element: Any, placeholder: Colour | None = None) -> Colour | None:
        return read_colour(element, lambda name: placeholder if name == "phClr" else self._scheme(name))

    def _shape_fill(self, shape: Shape) -> Colour | str | None:
        """The shape's own colour, None when one sees through it, "unknown" for a picture, a gradient or a group's fill."""
        chain = [shape.element, *(self._likes(shape.holder, shape.idx) if shape.holder else [])]
        for like in chain:
            fill = fill_of(like.find(f"{P}spPr"))
            if fill is not None:
                return None if fill.tag == f"{A}noFill" else self._solid(fill) or "unknown"
            ref = like.find(f"{P}style/{A}fillRef")
            if ref is not None and whole(ref.get("idx")):
                return self._themed("fillStyleLst", whole(ref.get("idx")), ref) or "unknown"
        return None

    def _themed(self, names: str, idx: int, ref: Any) -> Colour | None:
        styles = (
            self._theme.find(f"{A}themeElements/{A}fmtScheme/{A}{names}") if self._theme is not None else None
        )
        if (
            styles is None
            or not 1 <= idx <= len(styles)
            or styles[idx - 1].tag != f"{A}solidFill"
            or not len(ref)
        ):
            return None
        return self._colour(styles[idx - 1][0], self._colour(ref[0]))

    def _beneath(self, shape: Shape) -> Colour | None:
        """The colour of what a see-through shape lies on: the topmost filled shape that it stands inside of, or the slide."""
        below = []
        for part in reversed(self.parents):
            if self._shows(part):
                below += self.deck.drawings(part)
        for other in self.flat():
            if other.element is shape.element:
                break
            below.append(other)
        for other in reversed(below):
            if (
                other.kind in ("line", "group")
                or other.box is None
                or shape.box is None
                or not overlap(other.box, shape.box)
            ):
                continue
            fill = "unknown" if other.kind not in ("text", "shape") else self._shape_fill(other)
            if fill is None:
                continue
            within = (
                inside(shape.box, other.box)
                and other.element.find(f"{P}spPr/{A}prstGeom[@prst='rect']") is not None
            )
            return fill if isinstance(fill, tuple) and within else None
        return self._slide_colour()

    def _shows(self, part: str) -> bool:
        """Whether the drawings of a layout or master are seen on this page."""
        if self.root.get("showMasterSp") in ("0", "false"):
            return False
        return part == self.parents[0] or self.deck.root(self.parents[0]).get("showMasterSp") not in (
            "0",
            "false",
        )

    def _slide_colour(self) -> Colour | None:
        for root in [self.root, *(self.deck.root(part) for part in self.parents)]:
            background = root.find(f"{P}cSld/{P}bg")
            if background is None:
                continue
            ref = background.find(f"{P}bgRef")
            if ref is None:
                fill = fill_of(background.find(f"{P}bgPr"))
                return self._solid(fill) if fill is not None else None
            idx = whole(ref.get("idx"))
            return (
                self._themed("bgFillStyleLst", idx - 1000, ref)
                if idx > 1000
                else self._themed("fillStyleLst", idx, ref)
            )
        return self._scheme("bg1")


class Deck:
    """A presentation's slides, and its parts read once each. Raises Invalid as Package does."""

    def __init__(self, package: Package) -> None:
        self.package, self.main = package, package.main()
        self._roots: dict[str, Any] = {}
        self._holders: dict[str, dict[tuple[str, str], Any]] = {}
        self._related: dict[tuple[str, str], str] = {}
        self._drawings: dict[str, list[Shape]] = {}
        self._styles: dict[str, dict[str, tuple[str, str, bool]]] | None = None
        self.rels = {rel.id: rel for rel in package.rels(self.main)}
        ids = [e.get(f"{R}id") for e in self.root(self.main).iterfind(f"{P}sldIdLst/{P}sldId")]
        parts = [self.rels[i].target for i in ids if i in self.rels and self.rels[i].target in package.parts]
        self.slides = [Page(self, part, number) for number, part in enumerate(parts, 1)]

    def root(self, part: str) -> Any:
        """The root element of a part; do not change it."""
        if part not in self._roots:
            self._roots[part] = tree(self.package, part)
        return self._roots[part]

    def first(self, part: str, kind: str) -> str:
        """The first part of a kind that a part points at, or nothing."""
        key = (part, kind)
        if key not in self._related:
            self._related[key] = next(iter(self.package.related(part, kind)), "")
        return self._related[key]

    def holders(self, part: str) -> dict[tuple[str, str], Any]:
        """The placeholders of a layout or master by number and by type."""
        if part not in self._holders:
            self._holders[part] = placeholders(self.root(part))
        return self._holders[part]

    def drawings(self, part: str) -> list[Shape]:
        """What a layout or master draws on every slide: its shapes that are no placeholders."""
        if part not in self._drawings:
            self._drawings[part] = [shape for shape in Page(self, part, 0).flat() if not shape.holder]
        return self._drawings[part]

    def theme(self, master: str) -> Any:
        """The theme of a master."""
        part = self.first(master, "theme")
        return self.root(part) if part else None

    def sections(self) -> list[tuple[str, list[int]]]:
        """Name and slide numbers of each section (PowerPoint 2010's extension)."""
        p14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
        root = self.root(self.main)
        numbers = {e.get("id"): n for n, e in enumerate(root.iterfind(f"{P}sldIdLst/{P}sldId"), 1)}
        return [
            (
                s.get("name") or "",
                [numbers[i.get("id")] for i in s.iter(f"{p14}sldId") if i.get("id") in numbers],
            )
            for s in root.iter(f"{p14}section")
        ]

    def table_styles(self) -> dict[str, dict[str, tuple[str, str, bool]]]:
        """Style id: part of the table: fill, text colour ("" for none, "?" for unknown), bold."""
        if self._styles is None:
            self._styles = dict(OFFICE_TABLES)
            part = self.first(self.main, "tableStyles")
            for style in self.root(part) if part else ():
                parts = {}
                for area in style:
                    tag = area.tag.rpartition("}")[2] if isinstance(area.tag, str) else ""
                    fill, text = area.find(f"{A}tcStyle/{A}fill"), area.find(f"{A}tcTxStyle")
                    parts[tag] = (
                        table_colour(fill[0])
                        if fill is not None and len(fill)
                        else "?"
                        if area.find(f"{A}tcStyle/{A}fillRef") is not None
                        else "",
                        next((table_colour([e]) for e in text if e.tag.endswith("Clr")), "")
                        if text is not None
                        else "",
                        text is not None and text.get("b") == "on",
                    )
                self._styles[(style.get("styleId") or "").upper()] = parts
        return self._styles
