"""A brand: what the parts of its Office files are called, where they stand, and how large they write.

`brand.yaml` says which layout, placeholder and style plays which of our roles. What it leaves open is chosen: a layout by its type, the
words of its name in many languages and what it holds; a slot's place by what is free. Sizes and colours come from the template's own
chain: layout, master, presentation, theme. The template is cleaned first (`hygiene`).
Lengths are EMU (914,400 to the inch, 12,700 to the point), sizes points.
"""

from __future__ import annotations

import colorsys
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import Field

from toolkit.content import Language, Model, Text
from toolkit.looks import Colour, contrast, from_hex, linear
from toolkit.opc import A, P, Package, R, W, read_package
from toolkit.plan import SLOTS, Layout
from toolkit.problems import Invalid, Place, Problem
from toolkit.source import Node, load

EMU = 12_700  # per point
INCH = 914_400
SMALLEST_ON_SLIDES = 18.0  # points; Microsoft's accessibility advice for slides
SMALLEST_CITATION = 12.0
SMALLEST_IN_NOTES = 12.0  # clear print minimum (UK Association for Accessible Formats)
CLEAR_PRINT = 14.0
LARGE_PRINT = 18.0
CLEAR = 4.5  # contrast of text with what is behind it (WCAG 2.2, 1.4.3)
TITLE_WIDTH = 255.0  # points: about 30 letters at 18 points, less than which no title can be read
LARGE_SHAPE = 0.05  # of a slide: a filled shape that words must not run over
PLAIN_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's own style "No Style, Table Grid", which no file needs to define
CITATIONS = ("source", "footer", "number")  # the slots that may go below SMALLEST_ON_SLIDES


class BrandFile(Model):
    """brand.yaml: the names that this brand's templates use."""

    name: Text
    language: Language = "en-GB"
    deck: Text = Field(description="The PowerPoint template, beside brand.yaml.")
    briefing: Text = Field(description="The Word template, beside brand.yaml.")
    accent: Text = Field("tx1", description="The theme colour of headings inside slides, such as tx2; it must read well on every background.")
    layouts: dict[str, dict[str, Text]] = Field({}, description="Role: the layout's name, and for each slot the placeholder's name.")
    styles: dict[str, Text] = Field({}, description="Role: the style's name in the Word template.")


@dataclass(frozen=True)
class Box:
    """A rectangle in EMU."""

    x: int
    y: int
    w: int
    h: int

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def area(self) -> int:
        return max(self.w, 0) * max(self.h, 0)

    def within(self, other: Box) -> Box:
        """The part of this box that lies in another; of no width or height when there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def shared(self, other: Box) -> int:
        """The area that two boxes have in common."""
        return self.within(other).area

    def inside(self, other: Box) -> bool:
        """Whether this box has a size and lies in another, give or take a twentieth."""
        return self.area > 0 and self.shared(other) >= 0.95 * self.area


@dataclass(frozen=True)
class Look:
    """How text in a slot is set: points, ratios of the size, EMU insets (left, top, right, bottom)."""

    size: float
    font: str = "Arial"
    bold: bool = False
    line: float = 1.0
    before: float = 0.0
    after: float = 0.0
    insets: tuple[int, int, int, int] = (91_440, 45_720, 91_440, 45_720)


@dataclass(frozen=True)
class Slot:
    """Where a slot's words go: a placeholder of the layout, or (with `idx` None) a text box of ours.

    `label` is the placeholder's own name; `moved` says that the box is not the layout's, so a renderer must write it. `colour` is the theme
    colour to write the words in where the inherited one would be hard to read; `bare` says that nothing useful is inherited, so a renderer
    writes size, weight and insets as well. `align` is "ctr" or "r" for a text box among words that are not set left.
    """

    name: str
    box: Box
    look: Look
    idx: int | None = None
    type: str = ""
    label: str = ""
    moved: bool = False
    colour: str = ""
    bare: bool = False
    align: str = ""

    @property
    def own(self) -> bool:
        """Whether a renderer must write the whole look of the words."""
        return self.bare or self.idx is None

    @property
    def smallest(self) -> float:
        return SMALLEST_CITATION if self.name in CITATIONS else SMALLEST_ON_SLIDES


@dataclass(frozen=True)
class SlideLayout:
    """One of our layout roles in this brand. `position` counts the template's layouts over all its masters from 0; `missing` names the slots
    that have no placeholder."""

    role: Layout
    name: str
    position: int
    slots: dict[str, Slot]
    missing: tuple[str, ...] = ()

    def used(self, names: Collection[str]) -> dict[str, Slot]:
        """The slots of a page that uses these names; without a label, the slots above it have its room as well."""
        slots = dict(self.slots)
        label = slots.get("label")
        if label and "label" not in names and self.role != "two-columns":
            for name, slot in self.slots.items():
                if name in SLOTS[self.role] and name not in ("badge", "label", "source") and 0 <= label.box.y - slot.box.bottom < INCH // 2:
                    slots[name] = replace(slot, box=replace(slot.box, h=label.box.bottom - slot.box.y), moved=True)
        return slots


@dataclass(frozen=True)
class NotesLook:
    """The notes page: its body's box and text, and its own page size in EMU."""

    body: Slot
    page: Box


@dataclass(frozen=True)
class Brand:
    """Everything a renderer and `fit` need to know of a brand.

    `deck` and `briefing` are the cleaned templates, `styles` the Word style of each role, `accent` the theme colour of headings inside slides,
    `table_style` the id of the style of tables in decks, and `remarks` what was cleaned.
    """

    name: str
    language: str
    deck: bytes
    briefing: bytes
    slide: Box
    layouts: dict[str, SlideLayout]
    notes: NotesLook
    styles: dict[str, str] = field(default_factory=dict)
    accent: str = "tx1"
    table_style: str = PLAIN_GRID
    remarks: tuple[str, ...] = ()

    def layout(self, role: str) -> SlideLayout:
        """The layout that plays a role."""
        return self.layouts[role]


def read_brand(folder: Path) -> Brand:
    """The brand in a folder with brand.yaml and its two templates, cleaned. Raises Invalid for what cannot be used."""
    from toolkit.hygiene import clean_deck, clean_document, ensure_notes_master, ensure_styles

    path = folder / "brand.yaml"
    file, node = load(path, BrandFile)
    parts = {}
    for name in ("deck", "briefing"):
        template = folder / getattr(file, name)
        if not template.is_file():
            raise Invalid([Problem(node.at((name,)).place, f"there is no file '{getattr(file, name)}' beside brand.yaml", "copy the template there, or correct the name")])
        parts[name] = template.read_bytes()
    deck, remarks = clean_deck(parts["deck"], str(folder / file.deck))
    deck, more = ensure_notes_master(deck, house_file("deck.pptx"), str(folder / file.deck))
    briefing, yet_more = clean_document(parts["briefing"], str(folder / file.briefing))
    styles, lacking = _named_styles(file, node, briefing)
    if lacking:
        briefing, added, remark = ensure_styles(briefing, house_file("briefing.docx"), {role: HOUSE_STYLES[role] for role in lacking})
        yet_more += remark
        styles |= added
    brand = _deck_brand(file, node, deck, briefing)
    return replace(brand, styles=styles, remarks=tuple(remarks + more + yet_more))


def house_file(name: str) -> bytes:
    """One of the house brand's own files, which lend what another brand lacks."""
    from toolkit.project import packaged

    return (packaged() / "templates" / "brands" / "house" / name).read_bytes()


def _named_styles(file: BrandFile, node: Node, briefing: bytes) -> tuple[dict[str, str], list[str]]:
    """The Word style of each role, as brand.yaml says or as found, and the roles that have none. Raises Invalid for a wrong name."""
    found = read_document_styles(briefing)
    there = {name.casefold(): name for name, _, _ in _styles(briefing)}
    problems = []
    styles = {role: style.name for role, style in found.items() if not style.stands_in}
    for role, name in file.styles.items():
        if role not in HOUSE_STYLES:
            problems.append(Problem(node.at(("styles", role)).place, f"'{role}' is not a role of a style", f"known here: {', '.join(HOUSE_STYLES)}"))
        elif name.casefold() not in there:
            problems.append(Problem(node.at(("styles", role)).place, f"{file.briefing} has no style called '{name}'", "correct the name, or delete the line"))
        else:
            styles[role] = there[name.casefold()]
    if problems:
        raise Invalid(problems)
    return styles, [role for role in HOUSE_STYLES if role not in styles]


def _deck_brand(file: BrandFile, node: Node, deck: bytes, briefing: bytes) -> Brand:
    template = _take_apart(read_package(deck, file.deck))
    layouts: dict[str, SlideLayout] = {}
    problems: list[Problem] = []
    for role in file.layouts:
        if role not in SLOTS or role == "part":
            problems.append(Problem(node.at(("layouts", role)).place, f"'{role}' is not a role of a layout", f"known here: {', '.join(r for r in SLOTS if r != 'part')}"))
    guessed = _choose(template)
    for role in SLOTS:
        if role == "part":
            continue
        wanted = dict(file.layouts.get(role, {}))
        name = wanted.pop("layout", None)
        sheet = guessed[role]
        if name is not None:
            named = [s for s in template.sheets if s.name.casefold() == name.casefold()]
            if not named:
                there = ", ".join(s.name for s in template.sheets)
                problems.append(Problem(node.at(("layouts", role, "layout")).place, f"{file.deck} has no layout called '{name}'", f"it has: {there}"))
                continue
            sheet = guessed[role] if guessed[role] in named else named[0]
        there, known = ", ".join(h.label for h in sheet.holders), ("title", *SLOTS[role], "footer", "number")
        for slot, label in wanted.items():
            place = node.at(("layouts", role, slot)).place
            if slot not in known:
                problems.append(Problem(place, f"'{slot}' is not a slot of '{role}'", f"known here: {', '.join(known)}"))
            elif not any(h.label.casefold() == label.casefold() for h in sheet.holders):
                problems.append(Problem(place, f"the layout '{sheet.name}' has no placeholder called '{label}'", f"it has: {there or 'none'}"))
        layouts[role] = _fill_in(role, sheet, template.slide, wanted)
    if problems:
        raise Invalid(problems)
    used = {role: template.sheets[layout.position] for role, layout in layouts.items()}
    accent = _accent(file.accent, used, layouts)
    tables = _table_style(template.tables, used["table"], layouts["table"].slots["table"].box)
    layouts = {role: _coloured(layout, used[role], tables) for role, layout in layouts.items()}
    return Brand(file.name, file.language, deck, briefing, template.slide, layouts, template.notes, dict(file.styles), accent, tables)


# ------------------------------------------------------------------------------------------- a deck template, taken apart


@dataclass(frozen=True)
class _Holder:
    """A placeholder of a layout with what it inherits. `ink` and `fill` are None where they cannot be told."""

    idx: int
    type: str
    label: str
    box: Box
    look: Look
    ink: Colour | None
    fill: tuple[Colour | None, ...]
    vertical: bool
    align: str


@dataclass(frozen=True)
class _Drawn:
    """Something that a layout or its master draws: a band, a logo, a rule. `fill` holds None for a picture, and is empty when one sees through."""

    box: Box
    fill: tuple[Colour | None, ...]
    kind: str  # shape, picture, words or line


@dataclass(frozen=True)
class _Sheet:
    """A slide layout: what it is for, what it holds, what it draws, and on which colours. `words` is where its master has its text."""

    name: str
    kind: str
    position: int
    master: int
    holders: tuple[_Holder, ...]
    drawn: tuple[_Drawn, ...]
    ground: tuple[Colour | None, ...]
    scheme: dict[str, Colour]
    safe: Box
    words: Box | None
    fonts: tuple[str, str]
    title: Look
    body: Look


@dataclass(frozen=True)
class _Template:
    """Everything that is read from a deck template."""

    slide: Box
    sheets: tuple[_Sheet, ...]
    notes: NotesLook
    tables: Any


def _take_apart(package: Package) -> _Template:
    """A clean deck taken apart. Raises Invalid for one so faulty that PowerPoint itself would offer to repair it."""
    try:
        return _parts_of(package)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
        message, hint = (
            "the template is faulty: a layout or master lacks something that it must have",
            "open it in PowerPoint, let it repair the file, and save it under a new name",
        )
        raise Invalid([Problem(Place(package.path or Path("the deck")), message, hint)]) from None


def _parts_of(package: Package) -> _Template:
    main = package.main()
    root = package.xml(main)
    size = root.find(f"{P}sldSz")
    slide = Box(0, 0, int(size.get("cx")), int(size.get("cy")))
    default = root.find(f"{P}defaultTextStyle/{A}lvl1pPr")
    sheets: list[_Sheet] = []
    by_id = {rel.id: rel.target for rel in package.rels(main)}
    for number, entry in enumerate(root.iterfind(f"{P}sldMasterIdLst/{P}sldMasterId")):
        master_part = by_id[entry.get(f"{R}id")]
        master, theme = package.xml(master_part), _theme(package, master_part)
        layouts = {rel.id: rel.target for rel in package.rels(master_part)}
        for item in master.iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId"):
            layout = package.xml(layouts[item.get(f"{R}id")])
            sheets.append(_sheet(layout, master, theme, default, slide, len(sheets), number))
    notes_part = package.related(main, "notesMaster")
    notes = _notes(package.xml(notes_part[0]), _theme(package, notes_part[0]), root) if notes_part else _plain_notes(root)
    tables = package.related(main, "tableStyles")
    if not sheets or not slide.area:
        raise ValueError("no layouts")
    return _Template(slide, tuple(sheets), notes, package.xml(tables[0]) if tables else None)


def _theme(package: Package, part: str) -> Any:
    themes = package.related(part, "theme")
    return package.xml(themes[0]) if themes else None


def _sheet(layout: Any, master: Any, theme: Any, default: Any, slide: Box, position: int, number: int) -> _Sheet:
    override = layout.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    mapping = override if override is not None else master.find(f"{P}clrMap")
    scheme = _scheme(theme, mapping)
    chain = _Chain(layout, master, theme, default, scheme)
    holders: dict[int, _Holder] = {}
    for element in layout.iterfind(f"{P}cSld/{P}spTree/*"):
        ph = element.find(f"*/{P}nvPr/{P}ph")
        if ph is not None:
            holder = chain.holder(element, ph)
            holders.setdefault(holder.idx, holder)
    drawn: list[_Drawn] = []
    for holding in (master, layout):
        if holding is layout or layout.get("showMasterSp") not in ("0", "false"):
            drawn += _drawings(holding.find(f"{P}cSld/{P}spTree"), theme, scheme, (1.0, 1.0, 0.0, 0.0))
    about = layout.find(f"{P}cSld")
    name = about.get("name") or f"Layout {position + 1}"
    return _Sheet(
        name,
        _kind(name, layout.get("type") or "", list(holders.values()), slide),
        position,
        number,
        tuple(holders.values()),
        tuple(drawn),
        _ground((layout, master), theme, scheme),
        scheme,
        _safe(chain, slide),
        chain.master_box("body"),
        (chain.font("major"), chain.font("minor")),
        chain.of_master("title", 30.0),
        chain.of_master("body", 22.0),
    )


class _Chain:
    """Reads what a placeholder inherits: its own XML, its like on the master, the master's text styles, the presentation, the theme."""

    def __init__(self, holding: Any, master: Any, theme: Any, default: Any, scheme: dict[str, Colour]) -> None:
        self._holding, self._master, self._theme, self._default, self._colours = holding, master, theme, default, scheme

    def holder(self, element: Any, ph: Any) -> _Holder:
        kind = ph.get("type") or "obj"
        likes = self._likes(element, kind)
        about = element.find(f"*/{P}cNvPr")
        bodies = [b for like in likes if (b := like.find(f"{P}txBody/{A}bodyPr")) is not None]
        turned = next((b.get("vert") for b in bodies if b.get("vert")), "horz") != "horz" or ph.get("orient") == "vert"
        fill = next((f for like in likes if (f := _fill(like.find(f"{P}spPr"), self._theme, self._colours)) is not None), ())
        align = next((level.get("algn") for level in self._levels(likes, kind) if level.get("algn")), "l")
        look, ink = self._look(likes, kind), self._ink(likes, kind)
        return _Holder(_whole(ph.get("idx")), kind, about.get("name") or "", self._box(likes), look, ink, fill, turned, align)

    def of_master(self, kind: str, size: float) -> Look:
        """How the master sets titles or text: for what of ours has no placeholder to inherit from."""
        like = next((e for e, ph in _placeholders(self._master) if (ph.get("type") or "obj") == kind), None)
        look = self._look([like] if like is not None else [], kind)
        return Look(min(look.size, size), look.font, look.bold, 1.0, 6.0 if kind == "body" else 0.0)

    def master_box(self, kind: str) -> Box | None:
        """Where the master has its title or body."""
        like = next((e for e, ph in _placeholders(self._master) if (ph.get("type") or "obj") == kind), None)
        box = self._box([like]) if like is not None else Box(0, 0, 0, 0)
        return box if box.w else None

    def font(self, which: str) -> str:
        if which not in ("major", "minor"):
            return which
        latin = self._theme.find(f".//{A}{which}Font/{A}latin") if self._theme is not None else None
        return (latin.get("typeface") if latin is not None else "") or "Arial"

    def _likes(self, element: Any, kind: str) -> list[Any]:
        if self._holding is self._master:
            return [element]
        like = {"ctrTitle": "title", **dict.fromkeys(("subTitle", "obj", "tbl", "pic", "chart", "dgm", "media", "clipArt"), "body")}.get(kind, kind)
        return [element, *[e for e, ph in _placeholders(self._master) if (ph.get("type") or "obj") == like][:1]]

    def _box(self, likes: list[Any]) -> Box:
        return next((box for like in likes if (box := _frame(like)) is not None), Box(0, 0, 0, 0))

    def _levels(self, likes: list[Any], kind: str) -> list[Any]:
        style = {"title": "titleStyle", "ctrTitle": "titleStyle"}.get(kind, "otherStyle" if kind in ("dt", "ftr", "sldNum", "hdr") else "bodyStyle")
        levels = [like.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr") for like in likes]
        levels += [self._master.find(f"{P}txStyles/{P}{style}/{A}lvl1pPr"), self._master.find(f"{P}notesStyle/{A}lvl1pPr"), self._default]
        return [level for level in levels if level is not None]

    def _look(self, likes: list[Any], kind: str) -> Look:
        # A normAutofit of the template with a fontScale does not count: the renderers write noAutofit, and the size that fits.
        levels = self._levels(likes, kind)
        runs = [r for level in levels if (r := level.find(f"{A}defRPr")) is not None]
        size = next((int(r.get("sz")) / 100 for r in runs if r.get("sz")), 18.0)
        bold = next((r.get("b") in ("1", "true") for r in runs if r.get("b")), False)
        face = next((latin.get("typeface") for r in runs if (latin := r.find(f"{A}latin")) is not None), "+mj-lt" if kind in ("title", "ctrTitle") else "+mn-lt")
        return Look(
            size,
            self.font({"+mj-lt": "major", "+mn-lt": "minor"}.get(face, face)),
            bold,
            _spacing(levels, "lnSpc", size, 1.0) / (size if _in_points(levels, "lnSpc") else 1),
            _spacing(levels, "spcBef", size, 0.0) * (1 if _in_points(levels, "spcBef") else size),
            _spacing(levels, "spcAft", size, 0.0) * (1 if _in_points(levels, "spcAft") else size),
            self._insets(likes),
        )

    def _ink(self, likes: list[Any], kind: str) -> Colour | None:
        for level in self._levels(likes, kind):
            fill = level.find(f"{A}defRPr/{A}solidFill")
            if fill is not None and len(fill):
                return _colour(fill[0], self._colours)
        return self._colours.get("tx1")

    def _insets(self, likes: list[Any]) -> tuple[int, int, int, int]:
        bodies = [b for like in likes if (b := like.find(f"{P}txBody/{A}bodyPr")) is not None]
        default = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
        left, top, right, bottom = (next((int(b.get(side)) for b in bodies if b.get(side)), default[side]) for side in default)
        return left, top, right, bottom


def _placeholders(root: Any) -> list[tuple[Any, Any]]:
    """The placeholders of a master or layout: shape and its p:ph."""
    return [(e, ph) for e in root.iterfind(f"{P}cSld/{P}spTree/*") if (ph := e.find(f"*/{P}nvPr/{P}ph")) is not None]


def _frame(element: Any) -> Box | None:
    xfrm = next((x for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm") if (x := element.find(path)) is not None), None)
    if xfrm is None or xfrm.find(f"{A}ext") is None or xfrm.find(f"{A}off") is None:
        return None
    off, ext = xfrm.find(f"{A}off"), xfrm.find(f"{A}ext")
    return Box(_whole(off.get("x")), _whole(off.get("y")), _whole(ext.get("cx")), _whole(ext.get("cy")))


def _whole(value: str | None) -> int:
    return int(value) if value and re.fullmatch(r"-?\d+", value) else 0


def _spacing(levels: list[Any], name: str, size: float, default: float) -> float:
    for level in levels:
        spacing = level.find(f"{A}{name}")
        if spacing is not None:
            points, percent = spacing.find(f"{A}spcPts"), spacing.find(f"{A}spcPct")
            if points is not None:
                return int(points.get("val")) / 100
            value = str(percent.get("val"))
            return float(value.rstrip("%")) / 100 if value.endswith("%") else int(value) / 100_000
    return default


def _in_points(levels: list[Any], name: str) -> bool:
    spacing = next((s for level in levels if (s := level.find(f"{A}{name}")) is not None), None)
    return spacing is not None and spacing.find(f"{A}spcPts") is not None


def _safe(chain: _Chain, slide: Box) -> Box:
    """Where words may stand at all: between the margins that the master keeps, or 5 % where it keeps none or odd ones."""
    boxes = [box for kind in ("title", "body") if (box := chain.master_box(kind)) is not None]
    lefts = [b.x for b in boxes if slide.w * 0.02 <= b.x <= slide.w * 0.15]
    rights = [slide.w - b.right for b in boxes if slide.w * 0.02 <= slide.w - b.right <= slide.w * 0.15]
    left, right = min(lefts, default=slide.w // 20), min(rights, default=slide.w // 20)
    top, bottom = slide.h // 20, slide.h // 25
    return Box(left, top, slide.w - left - right, slide.h - top - bottom)


def _drawings(parent: Any, theme: Any, scheme: dict[str, Colour], scale: tuple[float, float, float, float]) -> list[_Drawn]:
    """What a master or layout draws besides its placeholders, groups taken apart, from back to front."""
    found: list[_Drawn] = []
    for element in parent if parent is not None else ():
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag == "AlternateContent":
            found += _drawings(element[0] if len(element) else None, theme, scheme, scale)
            continue
        about = element.find(f"*/{P}cNvPr")
        if tag not in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp") or about is None or about.get("hidden") in ("1", "true") or element.find(f"*/{P}nvPr/{P}ph") is not None:
            continue
        frame = _frame(element)
        if frame is None:
            continue
        box = Box(round(frame.x * scale[0] + scale[2]), round(frame.y * scale[1] + scale[3]), round(frame.w * scale[0]), round(frame.h * scale[1]))
        if tag == "grpSp":
            inner = element.find(f"{P}grpSpPr/{A}xfrm")
            off, ext = inner.find(f"{A}chOff"), inner.find(f"{A}chExt")
            if off is not None and ext is not None:
                sx, sy = (box.w / (_whole(ext.get("cx")) or 1), box.h / (_whole(ext.get("cy")) or 1))
                found += _drawings(element, theme, scheme, (sx, sy, box.x - _whole(off.get("x")) * sx, box.y - _whole(off.get("y")) * sy))
        elif tag in ("pic", "graphicFrame"):
            found.append(_Drawn(box, (None,), "picture"))
        elif tag == "cxnSp":
            found.append(_Drawn(box, (), "line"))
        else:
            fill = _fill(element.find(f"{P}spPr"), theme, scheme)
            ref = element.find(f"{P}style/{A}fillRef")
            if fill is None:
                fill = (_colour(ref[0], scheme),) if ref is not None and _whole(ref.get("idx")) and len(ref) else ()
            words = any((t.text or "").strip() for t in element.iter(f"{A}t"))
            found.append(_Drawn(box, fill, "words" if words else "shape"))
    return found


# ------------------------------------------------------------------------------------------- colours


_MAPPED = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


def _scheme(theme: Any, mapping: Any) -> dict[str, Colour]:
    """The theme's colours by the names that a slide uses."""
    found: dict[str, Colour] = {}
    scheme = theme.find(f"{A}themeElements/{A}clrScheme") if theme is not None else None
    for entry in scheme if scheme is not None else ():
        if isinstance(entry.tag, str) and len(entry) and (colour := _colour(entry[0], {})) is not None:
            found[entry.tag.removeprefix(A)] = colour
    found.setdefault("dk1", (0.0, 0.0, 0.0))
    found.setdefault("lt1", (1.0, 1.0, 1.0))
    names = dict(mapping.attrib) if mapping is not None else _MAPPED
    return found | {name: found[target] for name, target in {**_MAPPED, **names}.items() if target in found}


def _colour(element: Any, scheme: dict[str, Colour]) -> Colour | None:
    """A DrawingML colour (ECMA-376 part 1, 20.1.2.3), or None where it cannot be told or lets one see through."""
    tag, value = element.tag.removeprefix(A), element.get("val") or ""
    named = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00", "gray": "808080"}
    if tag == "schemeClr":
        base = scheme.get(value)
    elif tag == "sysClr":
        base = from_hex(element.get("lastClr")) or {"windowText": (0.0, 0.0, 0.0), "window": (1.0, 1.0, 1.0)}.get(value)
    else:
        base = from_hex(value if tag == "srgbClr" else named.get(value))
    for change in element:
        if base is None:
            return None
        part = _whole(change.get("val")) / 100_000
        hue, light, full = colorsys.rgb_to_hls(*base)
        match change.tag.removeprefix(A):
            case "lumMod":
                base = colorsys.hls_to_rgb(hue, min(1.0, light * part), full)
            case "lumOff":
                base = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light + part)), full)
            case "satMod":
                base = colorsys.hls_to_rgb(hue, light, min(1.0, full * part))
            case "tint":
                base = tuple(_written(linear(c) * part + 1 - part) for c in base)  # type: ignore[assignment]
            case "shade":
                base = tuple(_written(linear(c) * part) for c in base)  # type: ignore[assignment]
            case "alpha":
                base = base if part >= 0.5 else None
            case _:
                return None
    return base


def _written(light: float) -> float:
    """Light as an sRGB channel (IEC 61966-2-1)."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _fill(properties: Any, theme: Any, scheme: dict[str, Colour]) -> tuple[Colour | None, ...] | None:
    """The colours of a fill: one, every stop of a gradient, None for a picture; empty when one sees through; None when nothing is said."""
    if properties is None:
        return None
    for child in properties:
        match child.tag.removeprefix(A) if isinstance(child.tag, str) else "":
            case "noFill":
                return ()
            case "solidFill":
                return (_colour(child[0], scheme),) if len(child) else (None,)
            case "gradFill":
                return tuple(_colour(stop[0], scheme) for stop in child.iterfind(f"{A}gsLst/{A}gs") if len(stop)) or (None,)
            case "blipFill" | "pattFill" | "grpFill":
                return (None,)
    return None


def _ground(holding: tuple[Any, ...], theme: Any, scheme: dict[str, Colour]) -> tuple[Colour | None, ...]:
    """The colours of a layout's background: its own, or its master's."""
    for root in holding:
        background = root.find(f"{P}cSld/{P}bg")
        if background is None:
            continue
        reference = background.find(f"{P}bgRef")
        if reference is None:
            return _fill(background.find(f"{P}bgPr"), theme, scheme) or (scheme["bg1"],)
        base = _colour(reference[0], scheme) if len(reference) else None
        styles = theme.find(f"{A}themeElements/{A}fmtScheme/{A}bgFillStyleLst") if theme is not None else None
        at = _whole(reference.get("idx")) - 1001
        if styles is None or not 0 <= at < len(styles) or base is None:
            return (base or scheme["bg1"],)
        return _fill([styles[at]], theme, {**scheme, "phClr": base}) or (base,)
    return (scheme["bg1"],)


def _behind(sheet: _Sheet, box: Box, own: tuple[Colour | None, ...] = ()) -> tuple[Colour | None, ...]:
    """Every colour that words in a box may stand on: the box's own fill, else what is drawn beneath it, else the background."""
    if own:
        return own
    found = list(sheet.ground)
    for drawn in sheet.drawn:
        shared = drawn.box.shared(box)
        if not drawn.fill or not box.area or shared < 0.02 * box.area:
            continue
        found = list(drawn.fill) if shared > 0.97 * box.area else [*found, *drawn.fill]
    return tuple(found)


def _clear(ink: Colour, behind: tuple[Colour | None, ...]) -> float:
    """The least contrast of an ink with all that lies behind it; pictures do not count."""
    return min((contrast(ink, colour) for colour in behind if colour is not None), default=21.0)


def _best_ink(sheet: _Sheet, behind: tuple[Colour | None, ...], near: Colour | None) -> str:
    """The theme colour to write in: the first that is clear, or on a picture that which is nearest to the template's own ink."""
    names = [name for name in ("tx1", "bg1", "tx2", "bg2") if name in sheet.scheme]
    if all(colour is None for colour in behind) and near is not None:
        return min(names, key=lambda name: contrast(sheet.scheme[name], near))
    return next((name for name in names if _clear(sheet.scheme[name], behind) >= CLEAR), "") or max(names, key=lambda name: _clear(sheet.scheme[name], behind))


def _coloured(layout: SlideLayout, sheet: _Sheet, table_style: str) -> SlideLayout:
    """The layout with a colour to write in wherever the inherited one, or that of links, would be hard to read."""
    slots = {}
    inks = [h.ink for h in sheet.holders if h.type not in ("dt", "ftr", "sldNum") and h.ink is not None]
    for name, slot in layout.slots.items():
        holder = next((h for h in sheet.holders if slot.idx == h.idx and slot.type == h.type), None)
        behind = _behind(sheet, slot.box, holder.fill if holder else ())
        ink = holder.ink if holder else sheet.scheme["tx1"]
        least = 3.0 if name == "title" and slot.look.size >= LARGE_PRINT else CLEAR  # WCAG 2.2, 1.4.3: 3 : 1 for large text
        unsure = holder is None and all(colour is None for colour in behind)
        if name == "table" and table_style != PLAIN_GRID:
            slots[name] = slot  # the table's own style says it
        elif unsure or (ink is not None and _clear(ink, behind) < least):
            slots[name] = replace(slot, colour=_best_ink(sheet, behind, inks[0] if inks else None))
        elif name in ("body", "left", "right", "how", "source") and "hlink" in sheet.scheme and _clear(sheet.scheme["hlink"], behind) < CLEAR:
            slots[name] = replace(slot, colour=_best_ink(sheet, behind, ink))
        else:
            slots[name] = slot
    return replace(layout, slots=slots)


_HEADED = ("body", "left", "right", "question", "how", "quotation", "timeline")  # slots that may hold headings in the accent colour


def _accent(wanted: str, used: dict[str, _Sheet], layouts: dict[str, SlideLayout]) -> str:
    """The accent colour if headings in it can be read wherever they may stand, else the colour of text. "auto" tries the theme's."""
    places = []
    for role, layout in layouts.items():
        sheet = used[role]
        for name in _HEADED:
            if name in layout.slots and role not in ("title", "section"):
                slot = layout.slots[name]
                holder = next((h for h in sheet.holders if slot.idx == h.idx and slot.type == h.type), None)
                places.append((sheet, _behind(sheet, slot.box, holder.fill if holder else ())))
    for name in ("tx2", "accent1", "accent2", "accent5", "accent6") if wanted == "auto" else (wanted,):
        if all(name in sheet.scheme and None not in behind and _clear(sheet.scheme[name], behind) >= CLEAR for sheet, behind in places):
            return name
    return "tx1"


def _table_style(root: Any, sheet: _Sheet, box: Box) -> str:
    """The template's default table style when the file defines it and it is clear to read in this place, else a plain grid."""
    style = next((s for s in root if root.get("def") and s.get("styleId") == root.get("def")), None) if root is not None else None
    if style is None:
        return PLAIN_GRID
    scheme = sheet.scheme
    whole = style.find(f"{A}wholeTbl")

    def part(area: Any, what: str) -> Colour | None:
        found = area.find(f"{A}tcTxStyle") if what == "text" else area.find(f"{A}tcStyle/{A}fill")
        if what == "text":
            return next((_colour(c, scheme) for c in found if c.tag.endswith("Clr")), None) if found is not None else None
        colours = _fill(found, None, scheme) if found is not None else None
        return colours[0] if colours else None

    base = (part(whole, "text") if whole is not None else None, part(whole, "fill") if whole is not None else None)
    for tag in ("wholeTbl", "firstRow", "band1H", "band2H"):
        area = style.find(A + tag)
        if area is None:
            continue
        ink, fill = part(area, "text") or base[0] or scheme["tx1"], part(area, "fill") or base[1]
        if _clear(ink, (fill,) if fill is not None else _behind(sheet, box)) < CLEAR:
            return PLAIN_GRID
    return str(root.get("def"))


# ------------------------------------------------------------------------------------------- choosing layouts


_TYPES = {
    "title": "title",
    "secHead": "section",
    **dict.fromkeys(("obj", "tx", "objOnly"), "content"),
    **dict.fromkeys(("twoObj", "twoTxTwoObj", "twoColTx"), "two"),
    "titleOnly": "title only",
    "blank": "blank",
    "objTx": "caption",
    **dict.fromkeys(("vertTx", "vertTitleAndTx", "vertTitleAndTxOverChart", "clipArtAndVertTx"), "vertical"),
    **dict.fromkeys(("picTx", "chart", "dgm", "tbl", "txAndChart", "chartAndTx", "txAndClipArt", "clipArtAndTx", "txAndMedia", "mediaAndTx", "fourObj"), "picture"),
}
# What layouts are called, where their type does not say it: English, Welsh, German, French, Polish, Spanish, Italian, Dutch, Swedish.
_WORDS = {
    "vertical": r"vertical|vertikal|pionow|fertigol",
    "picture": r"picture|photo|image|bild(?!schirm)|foto|obraz|imagen|immagine|afbeelding|llun|\bicon|chart|diagram|video",
    "timeline": r"timeline|llinell amser|zeitstrahl|zeitachse|chronolog|frise|oś czasu|línea de tiempo|tijdlijn|tidslinje",
    "activity": r"activit|exercise|discussion|gweithgaredd|trafod|übung|aktivit|exercice|ćwicz|actividad|esercizio|oefening|övning",
    "table": r"\btabl(?:e|eau|a)?\b|tabell|tabela|\btabel\b",
    "caption": r"caption|pennawd|mit überschrift|légende|podpis|con título|didascalia|bijschrift|bildtext",
    "title only": r"title only|heading only|teitl yn unig|nur titel|titre seul|tylko tytuł|s[oó]lo (?:el )?título|solo titolo|alleen titel|endast rubrik",
    "blank": r"\bblank|gwag|\bleer|\bvide\b|\bpust|en blanco|vuota|\bleeg|\btom\b",
    "section": r"section|divider|chapter|adran|abschnitt|kapitel|zwischentitel|intercalaire|chapitre|sekcj|rozdział|secci[oó]n|separador|sezione|sectie|avsnitt",
    "quotation": r"quot|dyfyniad|zitat|citation|cytat|\bcita\b|citazione|citaat|citat",
    "closing": r"clos|thank|contact|\bend\b|diolch|cysylltu|schluss|danke|kontakt|merci|\bfin\b|koniec|dzięk|gracias|grazie|bedankt|tack\b",
    "title": r"title slide|cover|front page|opening|s(?:l)?eid [dt]eitl|clawr|titelfolie|titelseite|deckblatt|startfolie|diapositive de titre|page de (?:titre|garde)|couverture"
    r"|slajd tytułowy|strona tytułowa|diapositiva de título|portada|diapositiva titolo|copertina|titeldia|rubrikbild|^titel?$|^title$",
    "two": r"\b(?:two|2|double|dual|dau|ddwy|zwei|deux|dwa|dwie|dos|due|twee|två)\b|compar|vergleich|porównanie|cymhar|columns|spalten|colonnes|kolumn",
    "content": r"content|text|bullet|body|cynnwys|testun|inhalt|contenu|texte|zawartość|tekst|contenido|objetos|contenuto|inhoud|innehåll",
}
# Which kinds of layout suit each role, best first.
_SUITS: dict[str, tuple[str, ...]] = {
    "title": ("title", "section", "title only", "content", "caption", "other", "closing", "blank", "two"),
    "section": ("section", "title", "title only", "content", "other", "closing", "blank", "two"),
    "content": ("content", "other", "title only", "two", "caption", "section", "blank", "closing", "quotation"),
    "two-columns": ("two", "content", "title only", "other", "caption", "section", "blank", "closing"),
    "timeline": ("timeline", "title only", "content", "other", "two", "section", "blank", "caption", "closing"),
    "table": ("table", "title only", "content", "other", "two", "section", "blank", "caption", "closing"),
    "quotation": ("quotation", "content", "other", "title only", "two", "caption", "section", "blank", "closing"),
    "activity": ("activity", "content", "other", "title only", "two", "caption", "section", "blank", "closing"),
    "closing": ("closing", "content", "other", "title only", "two", "caption", "section", "blank"),
}
_TEXT = ("body", "obj", "subTitle", "tbl")
_PICTURES = ("pic", "chart", "dgm", "media", "clipArt")


def _kind(name: str, type_: str, holders: list[_Holder], slide: Box) -> str:
    """What a layout is for: by its type, then by the words of its name, then by what it holds."""
    words = name.casefold()
    texts = [h for h in holders if h.type in _TEXT and h.box.h > slide.h * 0.1]
    if any(h.vertical and h.type in ("title", "ctrTitle", *_TEXT) for h in holders) or _TYPES.get(type_) == "vertical":
        return "vertical"
    if any(h.type in _PICTURES for h in holders) or _TYPES.get(type_) == "picture":
        return "picture"
    if type_ in _TYPES:
        return "closing" if type_ in ("title", "obj", "tx") and re.search(_WORDS["closing"], words) else _TYPES[type_]
    for kind, pattern in _WORDS.items():
        if kind != "vertical" and re.search(pattern, words):
            return kind
    titled = any(h.type in ("title", "ctrTitle") for h in holders)
    if any(h.type in ("ctrTitle", "subTitle") for h in holders):
        return "title"
    if not texts:
        return "title only" if titled else "blank"
    if len(texts) == 1:
        return "content" if titled else "other"
    return "two" if titled and len(texts) == 2 and abs(texts[0].box.y - texts[1].box.y) < slide.h // 10 else "other"


def _choose(template: _Template) -> dict[str, _Sheet]:
    """The best layout for each role, from the one master whose layouts suit best; another master's only for a title or section of its own."""
    slide = template.slide
    scores = {role: {s.position: _score(role, s, slide) for s in template.sheets} for role in _SUITS}
    masters = sorted({s.master for s in template.sheets})
    totals = {m: sum(max(scores[role][s.position] for s in template.sheets if s.master == m) for role in _SUITS) for m in masters}
    main = max(masters, key=lambda m: (totals[m], -m))
    chosen = {}
    for role in _SUITS:
        own = [s for s in template.sheets if s.master == main]
        if role in ("title", "section") and not any(s.kind == role for s in own):
            own += [s for s in template.sheets if s.kind == role]
        chosen[role] = max(own, key=lambda s: (scores[role][s.position], -s.position))
    return chosen


def _score(role: str, sheet: _Sheet, slide: Box) -> float:
    """How well a layout suits a role. Vertical text and pictures never do while anything else is there."""
    suits = _SUITS[role]
    score = 100.0 - 12 * suits.index(sheet.kind) if sheet.kind in suits else {"picture": -300.0, "vertical": -500.0}.get(sheet.kind, -40.0)
    title = _title(sheet, slide)
    score -= 150 if title.bare else 0
    region = _region(sheet, slide, [title.box])
    if role not in ("title", "section"):
        room = region.area / slide.area
        score += 30 * min(room, 0.6) - (200 if room < 0.2 or region.w < slide.w * 0.35 or region.h < slide.h * 0.3 else 0)
    elif region.area < slide.area * 0.06:
        score -= 60
    texts = sum(h.type in _TEXT and h.box.area > 0.02 * slide.area for h in sheet.holders)
    score += 6 if texts == {"two-columns": 2, "timeline": 0, "table": 0}.get(role, 1) else 0
    return score - (5 if None in sheet.ground else 0)


# ------------------------------------------------------------------------------------------- filling a layout in


def _fill_in(role: Layout, sheet: _Sheet, slide: Box, wanted: dict[str, str]) -> SlideLayout:
    """The slots of one role: placeholders that brand.yaml names, those called as the slot is, then by type and size, then text boxes."""
    slots: dict[str, Slot] = {}
    for name, label in wanted.items():
        holder = next((h for h in sheet.holders if h.label.casefold() == label.casefold()), None)
        if holder is not None:
            slots[name] = _taken(name, holder)
    for name in SLOTS[role]:
        holder = next((h for h in sheet.holders if h.label.casefold() == name), None)
        if name not in slots and holder and holder.idx not in {s.idx for s in slots.values()} and _useful(holder, slide):
            slots[name] = _taken(name, holder)
    if "title" not in slots:
        slots["title"] = _title(sheet, slide)
    for name, kind in (("number", "sldNum"), ("footer", "ftr")):
        holder = next((h for h in sheet.holders if h.type == kind), None)
        if name not in slots and holder and not holder.vertical and holder.box.inside(slide):
            number = slots["number"].box if name == "footer" and "number" in slots else Box(0, 0, 0, 0)
            box = holder.box if not holder.box.shared(number) else replace(holder.box, w=number.x - holder.box.x)
            left, top, right, bottom = holder.look.insets
            letters = 15 if name == "footer" else 4  # a month and year; a number of four digits
            if box.w - left - right > letters * SMALLEST_CITATION * 0.55 * EMU and box.h - top - bottom > SMALLEST_CITATION * EMU:
                slots[name] = _taken(name, holder, box)
    missing = [s for s in SLOTS[role] if s not in slots]
    if missing:
        fixed = [slot.box for slot in slots.values()]
        region = _region(sheet, slide, fixed)
        if any(name in slots for name in SLOTS[role]) and region.h < _need(missing, region):
            # What brand.yaml names leaves no room for the rest: keep its placeholders, and share the room out among all.
            missing = list(SLOTS[role])
            region = _region(sheet, slide, [slots[name].box for name in ("title", "footer", "number") if name in slots])
        slots |= _shared_out(role, sheet, slide, region, missing, slots)
    order = ("title", *SLOTS[role], "footer", "number")
    return SlideLayout(role, sheet.name, sheet.position, {name: slots[name] for name in order if name in slots}, tuple(s for s in SLOTS[role] if slots[s].idx is None))


def _useful(holder: _Holder, slide: Box) -> bool:
    """Whether a line of the least size stands in a placeholder."""
    left, top, right, bottom = holder.look.insets
    room = (holder.box.w - left - right, holder.box.h - top - bottom)
    return holder.type in _TEXT and not holder.vertical and holder.box.inside(slide) and room[0] > slide.w * 0.2 and room[1] >= SMALLEST_ON_SLIDES * EMU


def _taken(name: str, holder: _Holder, box: Box | None = None) -> Slot:
    return Slot(name, box or holder.box, holder.look, holder.idx, holder.type, holder.label, box is not None and box != holder.box)


def _title(sheet: _Sheet, slide: Box) -> Slot:
    """The title: the layout's own placeholder if a title can stand in it, else a title placeholder at a place of ours."""
    holder = next((h for h in sheet.holders if h.type in ("title", "ctrTitle")), None)
    if holder is not None:
        left, top, right, bottom = holder.look.insets
        wide = round(min(TITLE_WIDTH * EMU, slide.w * 0.6)) + left + right
        high = round(SMALLEST_ON_SLIDES * 1.2 * EMU) + top + bottom
        logos = [d.box.within(slide) for d in sheet.drawn if d.kind in ("picture", "words") and 0 < d.box.shared(holder.box) < 0.5 * holder.box.area]
        box = _widest(holder.box, logos, high, wide) or holder.box
        if not holder.vertical and box.inside(slide) and box.w >= wide and box.h >= high:
            return _taken("title", holder, box)
    blocked = _obstacles(sheet, slide, [h.box for h in sheet.holders if h.type in ("ftr", "sldNum")])
    area = _widest(sheet.safe, blocked, slide.h // 8, slide.w // 2) or sheet.safe
    high = min(slide.h * 13 // 100, round(sheet.title.size * 2.6 * EMU))
    look = replace(sheet.title, insets=(91_440, 0, 91_440, 0))
    return Slot(
        "title", Box(area.x, area.y, area.w, high), look, holder.idx if holder else 0, holder.type if holder else "title", holder.label if holder else "Title", True, "", True
    )


def _obstacles(sheet: _Sheet, slide: Box, others: list[Box]) -> list[Box]:
    """What words must not run over: `others`, logos, drawn words, rules, and shapes that are neither background nor panel.

    A shape that covers most of the slide is background; one that lies under the text of the layout or its master is a panel for words.
    """
    found = list(others)
    for drawn in sheet.drawn:
        box = drawn.box.within(slide)
        if drawn.kind == "line":
            if drawn.box.w > slide.w * 0.3 and drawn.box.h < slide.h // 50:
                found.append(Box(drawn.box.x, drawn.box.y - slide.h // 200, drawn.box.w, slide.h // 100))
            continue
        background = box.area > 0.85 * slide.area
        small = box.area < LARGE_SHAPE * slide.area and box.w < slide.w * 0.3 and box.h < slide.h * 0.3
        faint = drawn.kind == "shape" and (not drawn.fill or small)
        if box.area and not (background or faint or (drawn.kind != "words" and _is_panel(box, sheet, slide))):
            found.append(box)
    return found


def _texts(sheet: _Sheet, slide: Box) -> list[Box]:
    """Where the layout has its text, as far as it is of use; where its master has it if the layout has none."""
    own = [h.box.within(slide) for h in sheet.holders if h.type in _TEXT and h.box.w > slide.w * 0.2 and h.box.h > slide.h * 0.08 and h.box.inside(slide)]
    return own or ([sheet.words] if sheet.words is not None and sheet.words.inside(slide) else [])


def _is_panel(box: Box, sheet: _Sheet, slide: Box) -> bool:
    return any(box.shared(text) > 0.5 * text.area for text in _texts(sheet, slide))


def _region(sheet: _Sheet, slide: Box, taken: list[Box]) -> Box:
    """The largest free rectangle for words, between the sides of the layout's own text and inside the panel that it lies on, if any."""
    feet = [h.box for h in sheet.holders if h.type in ("ftr", "sldNum") and h.box.inside(slide)]
    gap = slide.h // 70
    blocked = [Box(b.x, b.y - gap, b.w, b.h + 2 * gap) for b in _obstacles(sheet, slide, [*taken, *feet])]
    texts = _texts(sheet, slide)
    bounds = sheet.safe
    for drawn in sheet.drawn:
        panel = drawn.box.within(slide)
        if drawn.fill and drawn.kind != "line" and 0.2 * slide.area < panel.area < 0.85 * slide.area and texts and all(text.inside(panel) for text in texts):
            bounds = bounds.within(Box(panel.x, panel.y + gap, panel.w, panel.h - 2 * gap))
    best = None
    if texts:
        left, right = min(b.x for b in texts), max(b.right for b in texts)
        if right - left > slide.w * 0.45:
            best = _widest(Box(left, bounds.y, right - left, bounds.h), blocked, slide.h // 20, slide.w // 4)
    whole = _widest(bounds, blocked, slide.h // 20, slide.w // 4)
    if best is None or (whole is not None and best.area < 0.6 * whole.area):
        best = whole
    return best or Box(sheet.safe.x, sheet.safe.y + sheet.safe.h // 5, sheet.safe.w, sheet.safe.h * 3 // 4)


def _widest(bounds: Box, blocked: list[Box], least_h: int, least_w: int) -> Box | None:
    """The largest rectangle inside bounds that touches nothing, or None when none is large enough."""
    around = sorted((b for b in blocked if b.shared(bounds) or (b.x < bounds.right and b.right > bounds.x and b.y < bounds.bottom and b.bottom > bounds.y)), key=lambda b: -b.area)[
        :12
    ]
    edges = sorted({bounds.x, bounds.right, *(x for b in around for x in (b.x, b.right) if bounds.x < x < bounds.right)})
    best: Box | None = None
    for n, left in enumerate(edges):
        for right in edges[n + 1 :]:
            if right - left < least_w:
                continue
            top = bounds.y
            inside = sorted((b for b in around if b.x < right and b.right > left), key=lambda b: b.y)
            for stop in [*inside, Box(left, bounds.bottom, 1, 1)]:
                high = min(stop.y, bounds.bottom) - top
                if high >= least_h and (best is None or high * (right - left) > best.area):
                    best = Box(left, top, right - left, high)
                top = max(top, stop.bottom)
    return best


def _need(slots: list[str], region: Box) -> int:
    """The height in EMU that the small slots need, and an inch for each of the others."""
    return sum(_small(name, region) or INCH for name in slots)


# How many letters a slot of a few words holds at its size in points, and the least and most lines that it is given.
_LETTERS = {"badge": (50, 18, 1, 2), "label": (120, 18, 2, 4), "source": (300, 12, 2, 5), "board": (60, 20, 1, 2), "edition": (75, 18, 1, 3)}


def _small(name: str, region: Box) -> int:
    """The height in EMU of a badge, label or source in a region of this width; 0 for other slots."""
    return _high(name, region) if name in ("badge", "label", "source") else 0


def _high(name: str, region: Box) -> int:
    """The height in EMU of a slot of a few words; a letter is taken as half its size wide."""
    letters, size, least, most = _LETTERS[name]
    rows = -(-letters * size // 2 // max(1, (region.w - 182_880) // EMU))
    return round((min(max(rows, least), most) * size * 1.2 + (3 if name in ("badge", "label", "source") else 14)) * EMU)


def _shared_out(role: Layout, sheet: _Sheet, slide: Box, region: Box, names: list[str], have: dict[str, Slot]) -> dict[str, Slot]:
    """Slots for some names inside a region: badge on top, label and source below, the others between, in placeholders where there are any."""
    heights = {name: _small(name, region) for name in names if _small(name, region)}
    if sum(heights.values()) > region.h * 0.45:
        heights = {name: round(high * region.h * 0.45 / sum(heights.values())) for name, high in heights.items()}
    boxes: dict[str, Box] = {}
    top, bottom = region.y, region.bottom
    if "badge" in heights:
        boxes["badge"] = Box(region.x, top, region.w, heights["badge"])
        top += heights["badge"]
    for name in ("source", "label"):
        if name in heights:
            bottom -= heights[name]
            boxes[name] = Box(region.x, bottom, region.w, heights[name])
    main = [name for name in names if name not in heights]
    holders = _holders_for(role, sheet, slide, main, have)
    between = Box(region.x, top, region.w, bottom - top)
    boxes |= _columns(between, main, holders) if role == "two-columns" else _rows(role, between, main, holders)
    slots = {}
    align = next((h.align for h in (holders.get("subtitle"), *sheet.holders) if h and h.type in ("subTitle", "title", "ctrTitle")), "l") if role == "title" else "l"
    for name in names:
        holder = holders.get(name)
        look = _plain(name, sheet)
        if role == "two-columns" and name in main and holders:  # two columns are set alike
            look = replace(look, size=max(SMALLEST_ON_SLIDES, next(iter(holders.values())).look.size))
        slots[name] = _taken(name, holder, boxes[name]) if holder else Slot(name, boxes[name], look, align=align if align in ("ctr", "r") else "")
    return slots


def _holders_for(role: Layout, sheet: _Sheet, slide: Box, names: list[str], have: dict[str, Slot]) -> dict[str, _Holder]:
    """Placeholders for the main slots of a role: those already named, then the larger ones, in reading order."""
    found = {name: h for name in names if name in have for h in sheet.holders if h.idx == have[name].idx}
    taken = {slot.idx for slot in have.values()} | {h.idx for h in found.values()}
    types = ("obj", "tbl") if role in ("table", "timeline") else ("body", "obj", "subTitle")
    free = [h for h in sheet.holders if h.type in types and h.idx not in taken and not h.vertical]
    free = [h for h in free if h.box.within(slide).area > 0.8 * h.box.area and h.box.w > slide.w * 0.2 and h.box.h > slide.h * 0.05]
    open_ = [name for name in names if name not in found]
    free = sorted(sorted(free, key=lambda h: (h.type == "subTitle" and role == "title", h.box.area), reverse=True)[: len(open_)], key=_reading(role))
    return found | dict(zip(open_, free))


def _reading(role: Layout) -> Callable[[_Holder], tuple[int, int]]:
    return lambda h: (h.box.x // INCH, h.box.y) if role == "two-columns" else (h.box.y // INCH, h.box.x)


def _columns(between: Box, names: list[str], holders: dict[str, _Holder]) -> dict[str, Box]:
    """Two columns at the template's own sides where it has two, else of equal width."""
    if len(names) == 2 and all(name in holders for name in names):
        left, right = (holders[name].box for name in names)
        if left.right <= right.x and left.x >= between.x - INCH // 8 and right.right <= between.right + INCH // 8 and min(left.w, right.w) > between.w * 0.25:
            return {name: Box(box.x, between.y, box.w, between.h) for name, box in zip(names, (left, right))}
    gap = between.w // 40
    width = (between.w - gap * (len(names) - 1)) // max(len(names), 1)
    return {name: Box(between.x + n * (width + gap), between.y, width, between.h) for n, name in enumerate(names)}


_SHARE = {"quotation": 0.7, "attribution": 0.3, "question": 0.5, "how": 0.5}


def _rows(role: Layout, between: Box, names: list[str], holders: dict[str, _Holder]) -> dict[str, Box]:
    """Slots one under the other. A title slide's subtitle and a section's text stay where the template has them if the rest has room."""
    boxes: dict[str, Box]
    first = names[0] if names else ""
    if role in ("title", "section") and first in holders:
        own = holders[first].box
        need = {name: _high(name, between) for name in names[1:]}
        if own.inside(between) and between.bottom - own.bottom >= sum(need.values()):
            airy = min(1.5, (between.bottom - own.bottom) / max(sum(need.values()), 1))
            boxes, top = {first: own}, own.bottom
            for name, high in need.items():
                boxes[name] = Box(between.x, top, between.w, round(high * airy))
                top += round(high * airy)
            return boxes
    if role == "title":  # the small ones as high as they need, the subtitle the rest
        need = {name: _high(name, between) for name in names if name in _LETTERS}
        less = min(1.0, between.h * 0.6 / max(sum(need.values()), 1))
        need = {name: round(high * less) for name, high in need.items()}
        need |= {name: between.h - sum(need.values()) for name in names if name not in need}
        boxes, top = {}, between.y
        for name in names:
            boxes[name] = Box(between.x, top, between.w, need[name])
            top += need[name]
        return boxes
    total = sum(_SHARE.get(name, 1.0) for name in names)
    boxes, top = {}, between.y
    for name in names:
        high = round(between.h * _SHARE.get(name, 1.0) / total)
        boxes[name] = Box(between.x, top, between.w, min(high, between.bottom - top))
        top += high
    return boxes


def _plain(name: str, sheet: _Sheet) -> Look:
    """How a text box of ours is set, in the master's font for text."""
    sizes = {"source": SMALLEST_CITATION, "badge": 18.0, "label": 18.0, "question": 28.0, "quotation": 28.0, "edition": 18.0, "board": 20.0}
    small = name in ("badge", "label", "source")
    return Look(
        sizes.get(name, max(sheet.body.size, SMALLEST_ON_SLIDES)),
        sheet.body.font,
        name == "badge",
        before=0.0 if small else 6.0,
        insets=(91_440, 0, 91_440, 0) if small else (91_440, 45_720, 91_440, 45_720),
    )


# ------------------------------------------------------------------------------------------- the notes page


def _notes(master: Any, theme: Any, presentation: Any) -> NotesLook:
    """The notes page of a deck whose notes master `hygiene.ensure_notes_master` has passed or made."""
    chain = _Chain(master, master, theme, None, _scheme(theme, master.find(f"{P}clrMap")))
    body = next(((e, ph) for e, ph in _placeholders(master) if ph.get("type") == "body"), None)
    if body is None:
        return _plain_notes(presentation)
    holder = chain.holder(*body)
    return NotesLook(Slot("notes", holder.box, holder.look, holder.idx, "body", holder.label), _notes_page(presentation))


def _plain_notes(presentation: Any) -> NotesLook:
    page = _notes_page(presentation)
    box = Box(page.w // 12, page.h * 3 // 10, page.w * 5 // 6, page.h * 6 // 10)
    return NotesLook(Slot("notes", box, Look(CLEAR_PRINT, before=4, insets=(0, 0, 0, 0)), 1, "body", "Notes"), page)


def _notes_page(presentation: Any) -> Box:
    size = presentation.find(f"{P}notesSz")
    return Box(0, 0, int(size.get("cx")), int(size.get("cy"))) if size is not None else Box(0, 0, 7_560_000, 10_692_000)


# ------------------------------------------------------------------------------------------- Word styles


HOUSE_STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading-1": "Heading 1",
    "heading-2": "Heading 2",
    "heading-3": "Heading 3",
    "body": "Normal",
    "bullet": "List Bullet",
    "bullet-2": "List Bullet 2",
    "number": "List Number",
    "quotation": "Quote",
    "callout": "Callout",
    "label": "Label",
    "suggestion": "Suggestion",
    "source": "Source",
    "table": "Briefing Table",
    "table-heading": "Table Heading",
    "table-text": "Table Text",
    "header": "Header",
    "footer": "Footer",
    "strong": "Strong",
    "emphasis": "Emphasis",
    "hyperlink": "Hyperlink",
}
# Word writes the English names of its own styles into every file; other programs and old templates translate them. After the English:
# Welsh, German, French, Polish, Spanish, Italian, Dutch, Swedish.
_HEADINGS = r"(?:heading|pennawd|überschrift|titre|nagłówek|título|encabezado|titolo|kop|rubrik)"
_BULLETS = r"(?:list bullet|rhestr fwled(?:i|og)|aufzählungszeichen|liste à puces|lista punktowana|lista con viñetas|punto elenco|lijst opsom\.teken|punktlista)"
_STYLE_WORDS = {
    "title": r"title|teitl|titel|titre|tytuł|título|titolo|rubrik",
    "subtitle": r"subtitle|is-?deitl|untertitel|sous-titre|podtytuł|subtítulo|sottotitolo|ondertitel|underrubrik",
    **{f"heading-{n}": f"{_HEADINGS} ?{n}" for n in (1, 2, 3)},
    "bullet": rf"{_BULLETS}|bullets?(?: list| point| 1)?|opsomming",
    "bullet-2": rf"(?:{_BULLETS}|bullets?) 2",
    "number": r"list number|numbered list|rhestr rifau|listennummer|liste à numéros|lista numerowana|lista con números|numero elenco|lijstnummering|numrerad lista",
    "quotation": r"quote|quotation|dyfyniad|zitat|citation|cytat|cita|citazione|citaat|citat",
    "callout": r"callout|call-out",
    "label": r"label",
    "suggestion": r"suggestion",
    "source": r"source",
    "table": r"briefing table|table grid|grid tabl|tabellenraster|tabellengitternetz|grille du tableau|tabela [-–] siatka|tabla con cuadrícula|griglia tabella"
    r"|tabelraster|tabellrutnät",
    "table-heading": r"table heading|table header",
    "table-text": r"table text|table body",
    "header": r"header|pennyn|kopfzeile|en-tête|nagłówek|encabezado|intestazione|koptekst|sidhuvud",
    "footer": r"footer|troedyn|fußzeile|pied de page|stopka|pie de página|piè di pagina|voettekst|sidfot",
    "strong": r"strong|cryf|fett|élevé|pogrubienie|texto en negrita|enfasi \(grassetto\)|zwaar|stark",
    "emphasis": r"emphasis|pwyslais|hervorhebung|accentuation|uwydatnienie|énfasis|enfasi \(corsivo\)|nadruk|betoning",
    "hyperlink": r"hyperlink|hyperddolen|lien hypertexte|hiperłącze|hipervínculo|collegamento ipertestuale|hyperlänk",
}
# What is used for a role that has no style, first that there is.
_STANDS_IN = {
    "title": ("heading-1", "body"),
    "subtitle": ("body",),
    "heading-1": ("title", "body"),
    "heading-2": ("heading-1", "body"),
    "heading-3": ("heading-2", "heading-1", "body"),
    "bullet-2": ("bullet", "body"),
    "suggestion": ("bullet", "body"),
    "table-heading": ("table-text", "body"),
}
_LISTS = ("bullet", "bullet-2", "number")


@dataclass(frozen=True)
class WordStyle:
    """A style of a Word template by its name as Word shows it, its id, and its kind; `stands_in` when the role has none of its own."""

    name: str
    id: str
    kind: str
    stands_in: bool = False


def read_document_styles(data: bytes) -> dict[str, WordStyle]:
    """The style for each role of HOUSE_STYLES in a .docx: by its built-in name, then by what other languages call it, else what stands in.

    A list style counts only when it brings its own bullets or numbers. Raises Invalid for what is not a Word file.
    """
    every = _styles(data)
    found: dict[str, WordStyle] = {}
    for role, house in HOUSE_STYLES.items():
        kind = {"table": "table", "strong": "character", "emphasis": "character", "hyperlink": "character"}.get(role, "paragraph")
        fitting = [s for s in every if s[2].startswith(kind) and (role not in _LISTS or "list" in s[2])]
        if role == "body":
            match = next((s for s in fitting if "default" in s[2]), None)
        else:
            match = next((s for s in fitting if s[0].casefold() == house.casefold()), None)
            match = match or next((s for s in fitting if re.fullmatch(_STYLE_WORDS[role], s[0].casefold())), None)
        if match:
            found[role] = WordStyle(match[0], match[1], kind)
    for role in HOUSE_STYLES:
        if role not in found and role not in ("table", "strong", "emphasis", "hyperlink"):
            other = next((found[r] for r in (*_STANDS_IN.get(role, ()), "body") if r in found), None)
            if other is not None:
                found[role] = replace(other, stands_in=True)
    return {role: found[role] for role in HOUSE_STYLES if role in found}


def _styles(data: bytes) -> list[tuple[str, str, str]]:
    """Name as Word shows it, id and kind of each style; the kind says "list" of one with bullets or numbers, "default" of the default."""
    package = read_package(data, "the briefing")
    parts = package.related(package.main(), "styles")
    if not parts:
        return []
    root = package.xml(parts[0])
    by_id = {s.get(f"{W}styleId"): s for s in root.iterfind(f"{W}style")}
    found = []
    for style in root.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        said = (name.get(f"{W}val") if name is not None else "") or style.get(f"{W}styleId") or ""
        kind = style.get(f"{W}type") or "paragraph"
        above, seen = style, set()
        while above is not None and above.get(f"{W}styleId") not in seen:
            seen.add(above.get(f"{W}styleId"))
            number = above.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                kind += " list" if number.get(f"{W}val") != "0" else ""
                break
            base = above.find(f"{W}basedOn")
            above = by_id.get(base.get(f"{W}val")) if base is not None else None
        kind += " default" if style.get(f"{W}default") in ("1", "true", "on") else ""
        # Word stores "heading 1", "header", "footer" and "caption" in small letters and shows them with a capital.
        said = re.sub(r"^(heading \d|header|footer|caption)$", lambda m: m[0].capitalize(), said)
        found.append((said, style.get(f"{W}styleId") or "", kind))
    return found


# ------------------------------------------------------------------------------------------- looking at any template


@dataclass(frozen=True)
class LayoutReport:
    """A layout of a template: what it seems to be for, and each placeholder's name, type, size in cm and points."""

    name: str
    kind: str
    placeholders: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What a template holds, and how the toolkit would use it. Every entry of a tuple is one line in plain words."""

    path: Path
    kind: str
    facts: tuple[str, ...]
    layouts: tuple[LayoutReport, ...]
    roles: dict[str, str]
    contrast: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...]


def inspect(path: Path) -> Report:
    """What any .pptx, .potx, .docx or .dotx holds, and what would become of it as a brand. Raises Invalid for what cannot be used."""
    package = read_package(path)
    return _inspect_deck(path) if package.kind() == "deck" else _inspect_document(path)


def _inspect_deck(path: Path) -> Report:
    from toolkit.hygiene import clean_deck, ensure_notes_master

    data, remarks = clean_deck(path.read_bytes(), str(path))
    data, more = ensure_notes_master(data, house_file("deck.pptx"), str(path))
    template = _take_apart(read_package(data, str(path)))
    chosen = _choose(template)
    layouts: dict[str, SlideLayout] = {role: _fill_in(role, chosen[role], template.slide, {}) for role in SLOTS if role != "part"}
    accent = _accent("auto", chosen, layouts)
    tables = _table_style(template.tables, chosen["table"], layouts["table"].slots["table"].box)
    layouts = {role: _coloured(layout, chosen[role], tables) for role, layout in layouts.items()}
    first = chosen["content"]
    facts = (
        f"slides of {_cm(template.slide)} cm",
        f"notes pages of {_cm(template.notes.page)} cm, with a box of {_cm(template.notes.body.box)} cm for notes",
        f"font of titles {first.fonts[0]}, of text {first.fonts[1]}",
        f"titles of {layouts['content'].slots['title'].look.size:g} points, text of {layouts['content'].slots['body'].look.size:g} points",
        f"headings in slides in the colour {accent}",
    )
    pairs = []
    missing = []
    for role, layout in layouts.items():
        sheet = chosen[role]
        for slot in layout.slots.values():
            holder = next((h for h in sheet.holders if slot.idx == h.idx and slot.type == h.type), None)
            behind = _behind(sheet, slot.box, holder.fill if holder else ())
            ink = sheet.scheme.get(slot.colour) if slot.colour else holder.ink if holder else sheet.scheme["tx1"]
            clear = "cannot be told (a picture)" if ink is None or None in behind else f"{_clear(ink, behind):.1f} : 1"
            pairs.append(f"{role}, {slot.name}: contrast {clear}" + (f", written in {slot.colour}" if slot.colour else ""))
        boxes = [name for name in layout.missing if name not in ("badge", "label", "source", "board", "edition")]
        if layout.slots["title"].bare:
            missing.append(f"{role}: the layout '{layout.name}' has no usable title; the toolkit puts one at the top")
        if boxes:
            missing.append(f"{role}: the layout '{layout.name}' has no placeholder for {', '.join(boxes)}; a text box or table of the toolkit is used")
    sheets = tuple(LayoutReport(s.name, s.kind, tuple(f"{h.label} ({h.type}), {_cm(h.box)} cm, {h.look.size:g} points" for h in s.holders)) for s in template.sheets)
    return Report(path, "deck", facts, sheets, {role: layout.name for role, layout in layouts.items()}, tuple(pairs), tuple(missing), tuple(remarks + more))


def _inspect_document(path: Path) -> Report:
    from toolkit.hygiene import clean_document

    data, remarks = clean_document(path.read_bytes(), str(path))
    package = read_package(data, str(path))
    found = read_document_styles(data)
    size = package.xml(package.main()).find(f".//{W}sectPr/{W}pgSz")
    facts = [f"{len(_styles(data))} styles"]
    if size is not None:
        facts.insert(0, f"pages of {_whole(size.get(f'{W}w')) / 567:.1f} × {_whole(size.get(f'{W}h')) / 567:.1f} cm")
    roles = {role: style.name for role, style in found.items() if not style.stands_in}
    missing = tuple(f"{role}: there is no such style; '{name}' of the house brand is added, in grey" for role, name in HOUSE_STYLES.items() if role not in roles)
    return Report(path, "document", tuple(facts), (), roles, (), missing, tuple(remarks))


def describe(report: Report) -> str:
    """A report as text, for people."""
    lines = [f"{report.path.name}", *(f"  {fact}" for fact in report.facts)]
    if report.layouts:
        lines += ["", "Layouts"]
        for layout in report.layouts:
            lines += [f"  {layout.name}  [{layout.kind}]", *(f"    {placeholder}" for placeholder in layout.placeholders)]
    lines += ["", "What would be used", *(f"  {role}: {name}" for role, name in report.roles.items())]
    for heading, said in (("Contrast", report.contrast), ("Not there", report.missing), ("Cleaned", report.remarks)):
        if said:
            lines += ["", heading, *(f"  {line}" for line in said)]
    return "\n".join(lines) + "\n"


def _cm(box: Box) -> str:
    return f"{box.w / 360_000:.1f} × {box.h / 360_000:.1f}"


def save_brand(files: list[Path], name: str, folder: Path) -> Path:
    """Makes the brand `name` in a folder of brands from a PowerPoint template, a Word template or both, cleaned; the folder it wrote.

    What is not given comes from the house brand. Raises Invalid for a name that is no folder's, one that is taken, or unusable files.
    """
    from toolkit.hygiene import clean_deck, clean_document, ensure_notes_master, ensure_styles

    target = folder / name
    if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name):
        raise Invalid([Problem(Place(target), f"'{name}' cannot be the name of a brand", "use letters, digits and single hyphens, such as our-board")])
    if target.exists():
        raise Invalid([Problem(Place(target), f"there is a brand '{name}' already", "choose another name, or move the old one away")])
    given: dict[str, Path] = {}
    for path in files:
        kind = read_package(path).kind()
        if kind in given:
            raise Invalid([Problem(Place(path), f"this is a second {'PowerPoint' if kind == 'deck' else 'Word'} file", "name one PowerPoint template and one Word template")])
        given[kind] = path
    if not given:
        raise Invalid([Problem(Place(folder), "no template was named", "name a file that ends in .pptx, .potx, .docx or .dotx")])
    house_deck, house_briefing = house_file("deck.pptx"), house_file("briefing.docx")
    deck, briefing = house_deck, house_briefing
    if "deck" in given:
        deck, _ = clean_deck(given["deck"].read_bytes(), str(given["deck"]))
        deck, _ = ensure_notes_master(deck, house_deck, str(given["deck"]))
    if "document" in given:
        briefing, _ = clean_document(given["document"].read_bytes(), str(given["document"]))
    found = read_document_styles(briefing)
    styles = {role: style.name for role, style in found.items() if not style.stands_in}
    lacking = {role: style for role, style in HOUSE_STYLES.items() if role not in styles}
    briefing, added, _ = ensure_styles(briefing, house_briefing, lacking)
    template = _take_apart(read_package(deck, "the deck"))
    text = _brand_yaml(name, template, {role: (styles | added)[role] for role in HOUSE_STYLES})
    unfinished = folder / f".{name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        for file, content in (("deck.pptx", deck), ("briefing.docx", briefing), ("brand.yaml", text.encode())):
            (unfinished / file).write_bytes(content)
        read_brand(unfinished)
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _brand_yaml(name: str, template: _Template, styles: dict[str, str]) -> str:
    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    chosen = _choose(template)
    layouts: dict[str, SlideLayout] = {role: _fill_in(role, chosen[role], template.slide, {}) for role in SLOTS if role != "part"}
    lines = [
        f"# The brand {name}: which layout or style plays which role. Change a name if another suits better.",
        f"name: {quoted(name)}",
        "language: en-GB",
        "deck: deck.pptx",
        "briefing: briefing.docx",
        f"accent: {_accent('auto', chosen, layouts)} # the theme colour of headings inside slides",
        "",
        "layouts: # role: the layout's name; to place a slot yourself, add its placeholder's name, such as body: Text 2",
    ]
    names = Counter(sheet.name.casefold() for sheet in template.sheets)
    for role, layout in layouts.items():
        if names[layout.name.casefold()] == 1:
            lines.append(f"  {role}: {{layout: {quoted(layout.name)}}}")
        else:
            lines.append(f"  # {role}: found by its type; several layouts are called {quoted(layout.name)}")
    if all(line.lstrip().startswith("#") for line in lines[8:]):
        lines[7] = "# layouts: several layouts have the same name, so that they are found by their types"
    lines += ["", "styles: # role: the style's name in the briefing", *(f"  {role}: {quoted(style)}" for role, style in styles.items())]
    return "\n".join(lines) + "\n"
