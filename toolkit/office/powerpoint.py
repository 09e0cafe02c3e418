"""A deck as it is read back: its slides and notes pages, what stands on them in reading order, and what each
piece inherits.

Inheritance of text: run, own list style, layout, master, the master's text styles, presentation, theme
(ECMA-376 part 1, 19.3 and 20.1). What a layout or master says is worked out once, however many slides inherit
it; of the slides themselves one is held at a time.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple
from xml.etree.ElementTree import tostring

from toolkit.late import dataclass
from toolkit.office.boxes import Box, Colour, Crop, Drawn, Tones
from toolkit.office.colour import ON, RunLook, decorative, from_hex, tinted, whole
from toolkit.office.fills import Fill, Paint, colours_behind, fill_of, palette_of
from toolkit.office.opc import KEPT, MC, TYPES, A, P, Package, R, Rel, rels_name
from toolkit.office.shapes import (
    PLAIN,
    TAGS,
    Holders,
    Scale,
    about,
    find,
    frame,
    group_scale,
    is_whole,
    kind_of,
    outline_of,
    turned,
)

EMU = 12_700  # per point
OFF = ("0", "false")
_BLACK_ON_WHITE: dict[str, Colour] = {"dk1": (0.0, 0.0, 0.0), "lt1": (1.0, 1.0, 1.0)}


class Shape(NamedTuple):
    """Something on a slide or notes page.

    `kind` is text, picture, table, chart, diagram, object, media, line, shape or group; `holder` the
    placeholder type ("obj" when the file leaves it out, "" for no placeholder) and `label` what the layout
    calls it; `box` is in the slide's own coordinates, or None when it stands nowhere, and `moved` says that
    it is not the layout's; `covered` that a group around it has an alternative text or is decorative.
    """

    element: Any
    kind: str
    name: str
    holder: str
    idx: int
    box: Box | None
    alt: str
    decorative: bool
    moved: bool
    label: str
    covered: bool
    children: tuple[Shape, ...] = ()


class Level(NamedTuple):
    """What is said of the paragraphs of a level and their words; None for what is not. `inks` says whether
    `ink` counts."""

    size: int | None = None
    bold: bool | None = None
    caps: bool | None = None
    language: str | None = None
    mark: str | None = None
    align: str | None = None
    inks: bool = False
    ink: Colour | None = None

    def over(self, other: Level) -> Level:
        """This level, and what the other says where it says nothing."""
        inked = self if self.inks else other
        return Level(
            other.size if self.size is None else self.size,
            other.bold if self.bold is None else self.bold,
            other.caps if self.caps is None else self.caps,
            other.language if self.language is None else self.language,
            other.mark if self.mark is None else self.mark,
            other.align if self.align is None else self.align,
            inked.inks,
            inked.ink,
        )


class Run(NamedTuple):
    """Words of a paragraph. `marked` says that something other than weight and colour picks them out,
    `link` where they lead to, None for what is no link."""

    words: str
    look: RunLook
    marked: bool
    link: str | None


class CellStyle(NamedTuple):
    """What a table's style says of a cell: fill and text colour, "" for none and "?" for what cannot be
    told, and bold."""

    fill: str = ""
    text: str = "tx1:100000"
    bold: bool = False


UNKNOWN = CellStyle("?", "?")
_RUNS, _WORDS, _ABOUT, _LINK = (f"{A}r", f"{A}fld"), f"{A}t", f"{A}rPr", f"{A}hlinkClick"
_PROPERTIES, _SHAPE, _STYLE = f"{A}pPr", f"{P}spPr", f"{P}style"
_TEXT_STYLES = {
    **dict.fromkeys(("title", "ctrTitle"), "titleStyle"),
    **dict.fromkeys(("dt", "ftr", "sldNum", "hdr"), "otherStyle"),
}


class Page:
    """A slide, notes page, layout or master, and `parents`, what it inherits from. `number` counts slides
    from 1."""

    def __init__(self, deck: Deck, part: str, number: int, parents: tuple[Page, ...] | None = None) -> None:
        self.deck, self.part, self.number = deck, part, number
        self.root: Any = deck.package.root(part)
        self.rels: dict[str, Rel] = {rel.id: rel for rel in deck.package.rels(part)}
        self.parents = self._parents() if parents is None else parents
        self.paint = self._paint()
        self._likes: dict[tuple[str, int, int], tuple[list[Any], Box | None, str]] = {}
        self._texts: dict[tuple[str, int, str, int], Level] = {}
        self._levels: dict[tuple[Any, str | None], tuple[Level, float, Known]] = {}
        self._fills: dict[Any, Fill] = {}
        self._inherited_fills: dict[tuple[Paint, str, int, int], Fill | None] = {}
        self._things: list[tuple[int, Drawn]] | None = None
        self._order: dict[Any, int] = {}
        self._bare = False  # whether what lies behind is the same on all pages of the layout
        self._holders: Holders | None = None
        self._shapes: tuple[Shape, ...] | None = None
        self._flat: list[Shape] | None = None
        self._drawn: dict[Paint, list[Drawn]] = {}
        self._behind: dict[Box | None, Fill] = {}

    @property
    def layout(self) -> str:
        """The layout's name."""
        return self.parents[0].name if self.parents else ""

    @property
    def name(self) -> str:
        """What the page calls itself."""
        slide = self.root.find(f"{P}cSld")
        return (slide.get("name") or "") if slide is not None else ""

    @property
    def hidden(self) -> bool:
        return self.root.get("show") in OFF

    @property
    def notes(self) -> Page | None:
        """The notes page of a slide."""
        part = self._first("notesSlide")
        return Page(self.deck, part, self.number) if part else None

    @property
    def holders(self) -> Holders:
        """The placeholders of a layout or master."""
        if self._holders is None:
            self._holders = Holders(self.root)
        return self._holders

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """What stands on the page in reading order; what is in a group is its group's."""
        if self._shapes is None:
            tree = find(self.root, f"{P}cSld", f"{P}spTree")
            self._shapes = tuple(self._walk(tree, PLAIN, False)) if tree is not None else ()
        return self._shapes

    @property
    def ground(self) -> Fill:
        """The colours of the background."""
        return self.paint.ground(page.root for page in (self, *self.parents))

    def goes_on(self) -> str | None:
        """After how many milliseconds the slide goes on by itself, as written, or None where it waits."""
        return next((t.get("advTm") for t in self.root.iter(f"{P}transition") if t.get("advTm")), None)

    def title(self) -> Shape | None:
        """The title placeholder."""
        return next((s for s in self.flat() if s.holder in ("title", "ctrTitle")), None)

    def flat(self) -> list[Shape]:
        """Every shape in reading order, those of groups after their group."""
        if self._flat is None:
            self._flat, stack = [], list(reversed(self.shapes))
            while stack:
                shape = stack.pop()
                self._flat.append(shape)
                stack.extend(reversed(shape.children))
        return self._flat

    def likes(self, holder: str, idx: int) -> list[Any]:
        """The placeholders that one inherits from: the layout's of its number, then the master's of its
        type."""
        return self._like(holder, idx)[0] if holder else []

    def levels(self, chain: list[Any], holder: str, name: str) -> list[Any]:
        """What is said of a paragraph of a level, such as lvl1pPr, nearest first: by some placeholders, by
        the text styles of the master, and by the presentation."""
        lists = [find(like, f"{P}txBody", f"{A}lstStyle") for like in chain]
        if holder:
            root = (self.parents[-1] if self.parents else self).root
            styles = root.find(f"{P}txStyles")
            if styles is not None:
                lists.append(styles.find(P + _TEXT_STYLES.get(holder, "bodyStyle")))
            lists.append(root.find(f"{P}notesStyle"))
        lists.append(self.deck.text_style)
        return [level for each in lists if each is not None and (level := each.find(name)) is not None]

    def read(self, shape: Shape, paragraph: Any, cell: CellStyle | None = None) -> tuple[list[Run], str]:
        """The words of a paragraph of a shape, run by run, and its alignment as written: l, ctr, r, just …
        `cell` is what cell_styles() said, for text in a table."""
        properties = paragraph.find(_PROPERTIES)
        level, scale, looks = self._level(shape, properties)
        known = looks.get(cell)
        if known is None:
            known = looks[cell] = self.deck.looks.setdefault((id(self.paint), id(level), scale, cell), {})
        found = []
        for run in paragraph:
            if run.tag in _RUNS and (words := run.findtext(_WORDS)):
                own = run.find(_ABOUT)
                key = None
                if own is not None and len(own):
                    if (link := own.find(_LINK)) is not None:
                        look = self._look(level, scale, own, cell)
                        found.append(Run(words, look, True, self._leads(link)))
                        continue
                    key = _written(own)
                elif own is not None:
                    key = tuple(own.items())
                if (said := known.get(key)) is None:
                    said = known[key] = self._look(level, scale, own, cell), _marked(own)
                found.append(Run(words, *said, None))
        aligned = properties.get("algn") if properties is not None else None
        return found, aligned or level.align or "l"

    def bullet(self, shape: Shape, paragraph: Any) -> str:
        """The mark before a paragraph: a character, "1." for a number, "picture", or nothing."""
        own = paragraph.find(_PROPERTIES)
        mark = _mark(own) if own is not None and len(own) else None
        return (self._level(shape, own)[0].mark or "") if mark is None else mark

    def background(self, shape: Shape, cell: Any = None, style: CellStyle | None = None) -> Colour | None:
        """The one colour behind a shape's words, or None where there is a picture, more than one colour,
        or no telling."""
        if cell is not None:
            fill = self.paint.fill(cell.find(f"{A}tcPr"))
            if fill:
                return fill[0] if len(fill) == 1 else None
            if fill is None and style is not None and style.fill:
                return None if style == UNKNOWN else self._named(style.fill)
        fill = (self._own_fill(shape) if cell is None else ()) or self._beneath(shape)
        return fill[0] if len(set(fill)) == 1 else None

    def filling(self, shape: Shape, paint: Paint | None = None) -> Fill:
        """The colours of a shape itself, or of the placeholders that it inherits from; empty when one sees
        through."""
        paint = paint or self.paint
        fill = _filling([shape.element], paint)
        if fill is None and shape.holder:
            known = (self.parents[0] if self.parents else self)._inherited_fills
            key = (paint, shape.holder, shape.idx, len(self.parents))
            if key not in known:
                known[key] = _filling(self.likes(shape.holder, shape.idx), paint)
            fill = known[key]
        return fill or ()

    def drawings(self, paint: Paint) -> list[Drawn]:
        """What a layout or master draws besides its placeholders, over what is seen of its own master, in
        some colours."""
        if paint not in self._drawn:
            things = [_thing(self, shape, paint) for shape in self.flat() if not shape.holder]
            below = self.drawn_below(paint)
            self._drawn[paint] = [*below, *(thing for thing in things if thing is not None)]
        return self._drawn[paint]

    def drawn_below(self, paint: Paint | None = None) -> list[Drawn]:
        """What is seen on this page of the drawings of its layout and master, from back to front."""
        if not self.parents or self.root.get("showMasterSp") in OFF:
            return []
        return self.parents[0].drawings(paint or self.paint)

    def picture(self, fill: Any) -> tuple[bytes, Crop, Tones | None]:
        """The file of a picture that fills something, what is cut off it, and the two colours that it is
        shown in, if it is; no bytes where there is none, or where its colours are changed in another way."""
        none: tuple[bytes, Crop, Tones | None] = b"", (0.0, 0.0, 0.0, 0.0), None
        blip = fill.find(f"{A}blip") if fill is not None else None
        rel = self.rels.get(blip.get(f"{R}embed") or "") if blip is not None else None
        if rel is None or rel.kind != "image" or rel.target not in self.deck.package.parts:
            return none
        assert blip is not None
        tones: Tones | None = None
        for effect in blip:
            if effect.tag == f"{A}duotone" and len(effect) == 2:
                dark, light = (self.paint.colour(colour) for colour in effect)
                tones = (dark, light) if dark is not None and light is not None else None
            if effect.tag != f"{A}extLst" and tones is None:
                return none
        cut = fill.find(f"{A}srcRect")
        left, top, right, bottom = (
            whole(cut.get(side)) / 100_000 if cut is not None else 0.0 for side in ("l", "t", "r", "b")
        )
        return self.deck.package.parts[rel.target], (left, top, right, bottom), tones

    def cell_styles(self, table: Any) -> list[list[CellStyle]]:
        """What the table's style says of each cell of each row."""
        properties = table.find(f"{A}tblPr")
        named = properties.find(f"{A}tableStyleId") if properties is not None else None
        name = (named.text or "").strip().upper() if named is not None else ""
        rows, columns = table.findall(f"{A}tr"), len(table.findall(f"{A}tblGrid/{A}gridCol"))
        wide = [len(row.findall(f"{A}tc")) for row in rows]
        if not name or name in _NO_STYLE:
            return [[CellStyle()] * cells for cells in wide]
        found = self.deck.table_styles().get(name)
        if found is None:
            return [[UNKNOWN] * cells for cells in wide]
        flags = {k for k in _FLAGS if properties.get(k) in ON}
        across = [_across(flags, column, columns) for column in range(max(wide, default=0))]
        down = [_down(flags, row, len(rows)) for row in range(len(rows))]
        return [[_styled(found, down[r], across[c]) for c in range(cells)] for r, cells in enumerate(wide)]

    # -- inside

    def _first(self, kind: str) -> str:
        parts = self.deck.package.parts
        return next(
            (r.target for r in self.rels.values() if r.kind == kind and not r.external and r.target in parts),
            "",
        )

    def _parents(self) -> tuple[Page, ...]:
        # A master points at its layouts too, but inherits nothing from them.
        layout = self._first("slideLayout") if self.root.tag == f"{P}sld" else ""
        if layout:
            above = self.deck.layout(layout)
            return (above, *above.parents)
        master = self._first("slideMaster") or self._first("notesMaster")
        return (self.deck.master(master),) if master else ()

    def _paint(self) -> Paint:
        override = find(self.root, f"{P}clrMapOvr", f"{A}overrideClrMapping")
        if self.parents and override is None:
            return self.parents[0].paint
        base = override if override is not None else self.root.find(f"{P}clrMap")
        theme = (self.parents[-1] if self.parents else self)._first("theme")
        return self.deck.paint(theme, base.attrib if base is not None else None)

    def _walk(self, parent: Any, scale: Scale, covered: bool) -> Iterator[Shape]:
        for element in parent:
            tag = TAGS.get(element.tag)
            if tag is None:
                if element.tag == f"{MC}AlternateContent":
                    choice = element.find(f"{MC}Choice")
                    yield from self._walk(choice if choice is not None else element, scale, covered)
                continue
            named, ph = about(element)
            if named is None or named.get("hidden") in ON:
                continue
            yield self._shape(tag, element, named, ph, scale, covered)

    def _shape(self, tag: str, element: Any, named: Any, ph: Any, scale: Scale, covered: bool) -> Shape:
        holder, idx, label, inherited = "", 0, "", None
        if ph is not None:
            holder, idx = ph.get("type") or "obj", whole(ph.get("idx"))
            _, inherited, label = self._like(holder, idx)
        own = frame(element)
        box = own or inherited
        alt = (named.get("descr") or named.get("title") or "").strip()
        quiet = len(named) > 0 and decorative(named)
        children: tuple[Shape, ...] = ()
        if tag == "grpSp":
            spoken = covered or bool(alt) or quiet
            children = tuple(self._walk(element, group_scale(element, scale), spoken))
        return Shape(
            element,
            kind_of(tag, element),
            named.get("name") or "",
            holder,
            idx,
            scale.of(box) if box else None,
            alt,
            quiet,
            own is not None,
            label,
            covered,
            children,
        )

    def _like(self, holder: str, idx: int) -> tuple[list[Any], Box | None, str]:
        """The placeholders that one inherits from, where it stands by them, and what the first of them is
        called."""
        known = (self.parents[0] if self.parents else self)._likes
        key = (holder, idx, len(self.parents))
        if key not in known:
            found = []
            for page in self.parents:
                like = None if page is self.parents[-1] else page.holders.numbered(idx)
                like = page.holders.like(holder) if like is None else like
                found += [like] if like is not None else []
            named = about(found[0])[0] if found else None
            box = next((box for like in found if (box := frame(like))), None)
            known[key] = found, box, (named.get("name") or "") if named is not None else ""
        return known[key]

    def _level(self, shape: Shape, properties: Any) -> tuple[Level, float, Known]:
        """What is said of the words of a paragraph with some properties before it says anything itself, how
        much smaller they are set, and how they then look, by the style of their cell."""
        nth = properties.get("lvl") if properties is not None else None
        key = (shape.element, nth)
        found = self._levels.get(key)
        if found is None:
            level = self._leveled(shape, f"{A}lvl{1 + whole(nth)}pPr")
            found = self._levels[key] = level, _scale(shape), {}
        return found

    def _leveled(self, shape: Shape, name: str) -> Level:
        inherited = self._inherited(shape.holder, shape.idx, name)
        font = find(shape.element, f"{P}style", f"{A}fontRef")
        if font is not None and len(font):
            inherited = Level(inks=True, ink=self.paint.colour(font[0])).over(inherited)
        style = find(shape.element, f"{P}txBody", f"{A}lstStyle")
        own = style.find(name) if style is not None and len(style) else None
        level = inherited if own is None else self._read(own).over(inherited)
        return self.deck.levels.setdefault(level, level)  # the same object for the same level, for `looks`

    def _inherited(self, holder: str, idx: int, name: str) -> Level:
        """What a placeholder inherits; pages of one layout and palette inherit the same, which is kept
        there."""
        above = self.parents[0] if self.parents and self.paint is self.parents[0].paint else self
        key = (holder, idx, name, len(self.parents))
        if key not in above._texts:
            level = Level()
            for each in self.levels(self.likes(holder, idx), holder, name):
                level = level.over(self._read(each))
            above._texts[key] = level
        return above._texts[key]

    def _read(self, level: Any) -> Level:
        run = level.find(f"{A}defRPr")
        read = self._run(run) if run is not None else Level()
        return read._replace(mark=_mark(level), align=level.get("algn") or None)

    def _run(self, properties: Any) -> Level:
        fill: Any = fill_of(properties) if len(properties) else None
        solid = fill is not None and fill.tag == f"{A}solidFill" and len(fill)
        size, bold, caps = properties.get("sz"), properties.get("b"), properties.get("cap")
        return Level(
            whole(size) if size else None,
            bold in ON if bold else None,
            caps == "all" if caps else None,
            properties.get("lang") or None,
            inks=fill is not None,
            ink=self.paint.colour(fill[0]) if solid else None,
        )

    def _look(self, level: Level, scale: float, own: Any, cell: CellStyle | None) -> RunLook:
        run = self._run(own) if own is not None else Level()
        link = own.find(f"{A}hlinkClick") if own is not None else None
        if link is not None and not any(
            e.get("val") == "tx" for e in link.iter() if e.tag.endswith("}hlinkClr")
        ):
            run = run._replace(inks=True, ink=self.paint.palette.get("hlink"))
        if cell is not None and not run.inks:
            run = run._replace(inks=True, ink=None if cell == UNKNOWN else self._named(cell.text))
        found = run.over(level)
        return RunLook(
            (1800 if found.size is None else found.size) / 100 * scale,
            (cell is not None and cell.bold) if found.bold is None else found.bold,
            bool(found.caps),
            found.language or "",
            found.ink if found.inks else self.paint.palette.get("tx1"),
        )

    def _named(self, value: str) -> Colour | None:
        name, _, tint = value.partition(":")
        base = from_hex(name[1:]) if name.startswith("#") else self.paint.palette.get(name)
        part = whole(tint, 100_000) / 100_000
        return tinted(base, part) if base is not None and part < 1 else base

    def _leads(self, link: Any) -> str:
        rel = self.rels.get(link.get(f"{R}id") or "")
        return rel.target if rel else link.get("action") or ""

    def _own_fill(self, shape: Shape) -> Fill:
        if shape.element not in self._fills:
            self._fills[shape.element] = self.filling(shape)
        return self._fills[shape.element]

    def _beneath(self, shape: Shape) -> Fill:
        """The colours of what a see-through shape lies on."""
        if self._things is None:
            self._order = {each.element: n for n, each in enumerate(self.flat())}
            seen = (
                each for each in self.flat() if each.kind not in ("text", "shape") or self._own_fill(each)
            )
            things = [(self._order[each.element], _thing(self, each, self.paint)) for each in seen]
            self._things = [(n, thing) for n, thing in things if thing is not None and thing.fill]
            bare = find(self.root, f"{P}cSld", f"{P}bg") is None and self.root.get("showMasterSp") not in OFF
            self._bare = bare and bool(self.parents) and self.paint is self.parents[0].paint
        below = [thing for n, thing in self._things if n < self._order[shape.element]]
        if below or not self._bare:
            return colours_behind(self.ground, [*self.drawn_below(), *below], shape.box)
        known = self.parents[0]._behind
        if shape.box not in known:
            known[shape.box] = colours_behind(self.ground, self.drawn_below(), shape.box)
        return known[shape.box]


def _filling(chain: list[Any], paint: Paint) -> Fill | None:
    for like in chain:
        fill = paint.fill(like.find(_SHAPE))
        if fill is None and (style := like.find(_STYLE)) is not None:
            fill = paint.themed(style.find(f"{A}fillRef"))
        if fill is not None:
            return fill
    return None


def _thing(page: Page, shape: Shape, paint: Paint) -> Drawn | None:
    """A shape of a page as something that lies behind others; None for what stands nowhere. A group is there
    beside what is in it."""
    if shape.box is None:
        return None
    box = turned(shape.element, shape.box)
    if shape.kind == "group":
        return Drawn(box, (), "group") if len(shape.children) > 1 else None
    if shape.kind == "line":
        return Drawn(box, (), "line")
    if shape.kind not in ("text", "shape"):
        return Drawn(box, (None,), "picture", "rect", *page.picture(shape.element.find(f"{P}blipFill")))
    fill = page.filling(shape, paint)
    words = any((t.text or "").strip() for t in shape.element.iter(_WORDS))
    properties = shape.element.find(f"{P}spPr")
    geometry = properties.find(f"{A}prstGeom") if properties is not None else None
    blip = properties.find(f"{A}blipFill") if properties is not None else None
    form = (geometry.get("prst") or "") if geometry is not None else "rect" if shape.holder else ""
    outline = outline_of(properties)
    if is_whole(outline):
        form, outline = "rect", ()
    own = fill_of(properties)
    sheer = own is not None and any(True for _ in own.iter(f"{A}alpha"))
    kind: Literal["words", "picture", "shape"] = "words" if words else "shape" if blip is None else "picture"
    return Drawn(box, fill, kind, form, *page.picture(blip), outline, sheer)


def _written(run: Any) -> tuple[object, ...]:
    """All that a run's properties say, for comparison."""
    return (*run.items(), *((e.tag, *e.items()) for e in run.iter() if e is not run))


def _marked(run: Any) -> bool:
    return run is not None and (run.get("i") in ON or run.get("u", "none") != "none")


def _scale(shape: Shape) -> float:
    fit = find(shape.element, f"{P}txBody", f"{A}bodyPr", f"{A}normAutofit")
    return whole(fit.get("fontScale"), 100_000) / 100_000 if fit is not None else 1.0


def _mark(level: Any) -> str | None:
    """The mark that a paragraph's properties give it, or None when they say nothing."""
    for child in level:
        if child.tag == f"{A}buNone":
            return ""
        if child.tag == f"{A}buChar":
            return child.get("char") or ""
        if child.tag == f"{A}buAutoNum":
            return "1."
        if child.tag == f"{A}buBlip":
            return "picture"
    return None


# Looks by what a run says; those by the style of a cell; and by all else that they come from: palette,
# inherited level, scale, style of a cell.
Said = dict[tuple[object, ...] | None, tuple[RunLook, bool]]
Known = dict[CellStyle | None, Said]
Looks = dict[tuple[object, ...], Said]


class Deck:
    """A presentation, its slides, and the parts that they share, each read once. Raises Invalid as Package
    does.

    `guess` says that what is half opaque counts as opaque, and that a theme which lacks them has black and
    white; without it their colours cannot be told. With `above`, layouts and masters are those of another
    deck, whose parts are the same (see `deck_above`).
    """

    def __init__(self, package: Package, guess: bool = False, above: Deck | None = None) -> None:
        self.package, self.main = package, package.main()
        self.root: Any = package.root(self.main)
        self.text_style = self.root.find(f"{P}defaultTextStyle")
        self._guess, self._above = guess, above
        self.looks: Looks = above.looks if above else {}
        self.levels: dict[Level, Level] = above.levels if above else {}
        self.judged: dict[object, Any] = above.judged if above else {}  # by all that makes a slide what it is
        self._pages: dict[str, Page] = {}
        self._paints: dict[tuple[str, object], Paint] = {}
        self._styles: dict[str, TableStyle] | None = None
        rels = {rel.id: rel.target for rel in package.rels(self.main)}
        ids = [e.get(f"{R}id") for e in self.root.iterfind(f"{P}sldIdLst/{P}sldId")]
        self.parts = [rels[i] for i in ids if i in rels and rels[i] in package.parts]

    @property
    def slides(self) -> Iterator[Page]:
        """The slides, each read when it is asked for."""
        for number, part in enumerate(self.parts, 1):
            yield Page(self, part, number)

    def layout(self, part: str) -> Page:
        """A slide layout; do not change it."""
        if self._above:
            return self._above.layout(part)
        if part not in self._pages:
            masters = self.package.related(part, "slideMaster")[:1]
            self._pages[part] = Page(self, part, 0, tuple(self.master(master) for master in masters))
        return self._pages[part]

    def master(self, part: str) -> Page:
        """A slide or notes master; do not change it."""
        if self._above:
            return self._above.master(part)
        if part not in self._pages:
            self._pages[part] = Page(self, part, 0, ())
        return self._pages[part]

    def forget(self) -> None:
        """Let go of layouts and masters. They know the deck, so that all of it would stay until somebody
        looks for circles."""
        self._pages.clear()

    def paint(self, theme: str, mapping: Mapping[str, str] | None) -> Paint:
        """The colours of a theme under a colour map."""
        if self._above:
            return self._above.paint(theme, mapping)
        key = (theme, None if mapping is None else tuple(sorted(mapping.items())))
        if key not in self._paints:
            root = self.package.root(theme) if theme else None
            opaque, plain = (0.5, _BLACK_ON_WHITE) if self._guess else (1.0, {})
            self._paints[key] = Paint(root, palette_of(root, mapping, opaque, plain), opaque)
        return self._paints[key]

    def sections(self) -> list[tuple[str, list[int]]]:
        """Name and slide numbers of each section (PowerPoint 2010's extension)."""
        p14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
        numbers = {e.get("id"): n for n, e in enumerate(self.root.iterfind(f"{P}sldIdLst/{P}sldId"), 1)}
        return [
            (
                s.get("name") or "",
                [numbers[i.get("id")] for i in s.iter(f"{p14}sldId") if i.get("id") in numbers],
            )
            for s in self.root.iter(f"{p14}section")
        ]

    def table_styles(self) -> dict[str, TableStyle]:
        """What the styles of tables say, by their ids."""
        if self._above:
            return self._above.table_styles()
        if self._styles is None:
            part = next(iter(self.package.related(self.main, "tableStyles")), "")
            own: dict[str, TableStyle] = {}
            for style in self.package.root(part) if part else ():
                own[(style.get("styleId") or "").upper()] = {_local(area): _area(area) for area in style}
            self._styles = {**_OFFICE_TABLES, **own}
        return self._styles


# ------------------------------------------------------------------- layouts that many decks have in common

_MOST_DECKS = 256  # that have their layouts from one: what it has worked out for their slides is kept
_MOST_KEPT = 4 * KEPT  # bytes of its parts
_OUTSIDE = ("slide", "notesSlide")  # what layouts and masters may point at, and nobody reads


@dataclass
class _Above:
    """A deck without slides, all that its layouts and masters are made of, and how many have them from it."""

    made_of: dict[str, bytes]
    deck: Deck
    used: int = 0


_last: list[_Above] = []


def deck_above(package: Package) -> Deck | None:
    """A deck for `Deck(package, above=…)`: that of the package before, where all that layouts and masters are
    made of is the same to the byte, else a new one. None where they are not apart from slides, or very large.
    """
    main = package.main()
    slides = set(package.related(main, "slide"))
    notes = {posixpath.dirname(part) for slide in slides for part in package.related(slide, "notesSlide")}
    apart = {*slides, *map(rels_name, slides), main, rels_name(main)}
    apart |= {part for part in package.parts if posixpath.dirname(part).removesuffix("/_rels") in notes}
    folder = f"{posixpath.dirname(main)}/"
    made_of = {
        name: one for name, one in package.parts.items() if name.startswith(folder) and name not in apart
    }
    style = package.root(main).find(f"{P}defaultTextStyle")
    made_of[""] = tostring(style) if style is not None else b""
    if not _last or _last[0].made_of != made_of or _last[0].used >= _MOST_DECKS:
        for old in _last:
            old.deck.forget()
        _last.clear()
        there = {*made_of, main, rels_name(main), TYPES, rels_name("")}
        own = Package(package.path, {name: one for name, one in package.parts.items() if name in there})
        if sum(map(len, made_of.values())) > _MOST_KEPT or any(_leads_out(own, package)):
            return None
        _last.append(_Above(made_of, Deck(own)))
    _last[0].used += 1
    return _last[0].deck


def _leads_out(own: Package, whole: Package) -> Iterator[bool]:
    """For each relationship of some parts of a package, whether it is read and leads to one of the rest."""
    for name in (name for name in own.parts if not name.endswith(".rels") and name != own.main()):
        for rel in () if rels_name(name) not in own.parts else own.rels(name):
            yield (
                rel.kind not in _OUTSIDE and not rel.external and rel.target in whole.parts.keys() - own.parts
            )


# ------------------------------------------------------------------------------------------- tables

TableStyle = dict[str, tuple[str, str, bool]]  # part of the table: fill, text colour, bold, as in CellStyle
_FLAGS = ("firstRow", "lastRow", "firstCol", "lastCol", "bandRow", "bandCol")
_NO_STYLE = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}")
# PowerPoint's default table style, Medium Style 2 - Accent 1, which files name without defining it.
_OFFICE_TABLES: dict[str, TableStyle] = {
    "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}": {
        "wholeTbl": ("accent1:20000", "dk1:100000", False),
        "band1H": ("accent1:40000", "", False),
        "band1V": ("accent1:40000", "", False),
        **dict.fromkeys(
            ("firstRow", "lastRow", "firstCol", "lastCol"), ("accent1:100000", "lt1:100000", True)
        ),
    }
}


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _area(area: Any) -> tuple[str, str, bool]:
    fill, text = area.find(f"{A}tcStyle/{A}fill"), area.find(f"{A}tcTxStyle")
    filled = "?" if area.find(f"{A}tcStyle/{A}fillRef") is not None else ""
    if fill is not None and len(fill):
        filled = "" if fill[0].tag == f"{A}noFill" else "?"
        if fill[0].tag == f"{A}solidFill" and len(fill[0]):
            filled = _colour(fill[0][0])
    ink = next((e for e in text if e.tag.endswith("Clr")), None) if text is not None else None
    return filled, _colour(ink) if ink is not None else "", text is not None and text.get("b") == "on"


def _colour(colour: Any) -> str:
    """A table style's colour as "scheme:tint"; anything but a plain scheme colour, hex colour or tint is
    "?"."""
    changes = [(_local(change), change.get("val")) for change in colour]
    tints = [value for name, value in changes if name == "tint"]
    if len(changes) > 1 or len(tints) < len(changes) or _local(colour) not in ("schemeClr", "srgbClr"):
        return "?"
    name = ("#" if _local(colour) == "srgbClr" else "") + str(colour.get("val"))
    return f"{name}:{tints[0] if tints else 100000}"


def _down(flags: set[str], row: int, rows: int) -> tuple[list[str], list[str]]:
    """The parts of a style that a row takes part in: the edges of the table, then its bands."""
    edges = [k for k, at in (("firstRow", 0), ("lastRow", rows - 1)) if k in flags and row == at]
    odd = (row - ("firstRow" in flags)) % 2
    return edges, [f"band{1 + odd}H"] if "bandRow" in flags else []


def _across(flags: set[str], column: int, columns: int) -> tuple[list[str], list[str]]:
    edges = [k for k, at in (("firstCol", 0), ("lastCol", columns - 1)) if k in flags and column == at]
    odd = (column - ("firstCol" in flags)) % 2
    return edges, [f"band{1 + odd}V"] if "bandCol" in flags else []


def _styled(
    style: TableStyle, down: tuple[list[str], list[str]], across: tuple[list[str], list[str]]
) -> CellStyle:
    names = [*down[0], *across[0], *down[1], *across[1], "wholeTbl"]
    said = [style[name] for name in names if name in style]
    fill = next((fill for fill, _, _ in said if fill), "")
    text = next((text for _, text, _ in said if text), "tx1:100000")
    return UNKNOWN if "?" in (fill, text) else CellStyle(fill, text, any(bold for _, _, bold in said))
