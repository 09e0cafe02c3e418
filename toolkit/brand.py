"""A brand: what the parts of its Office files are called, where they stand, and how large they write.

`brand.yaml` says which layout, placeholder and style plays which of our roles. What it leaves open is guessed by name, then by
placeholder type and position, in any language. Sizes come from the template's own chain: layout, master, presentation.
Lengths are EMU (914,400 to the inch, 12,700 to the point), sizes points.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pydantic import Field

from toolkit.content import Language, Model, Text
from toolkit.plan import SLOTS, Layout
from toolkit.problems import Invalid, Problem
from toolkit.source import Node, load

EMU = 12_700  # per point
INCH = 914_400
SMALLEST_ON_SLIDES = 18.0  # points; Microsoft's accessibility advice for slides
SMALLEST_CITATION = 12.0
SMALLEST_IN_NOTES = 12.0  # clear print minimum (UK Association for Accessible Formats)
CLEAR_PRINT = 14.0
LARGE_PRINT = 18.0
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

    `label` is the placeholder's own name; `moved` says that the box is not the layout's, so a renderer must write it.
    """

    name: str
    box: Box
    look: Look
    idx: int | None = None
    type: str = ""
    label: str = ""
    moved: bool = False

    @property
    def smallest(self) -> float:
        return SMALLEST_CITATION if self.name in CITATIONS else SMALLEST_ON_SLIDES


@dataclass(frozen=True)
class SlideLayout:
    """One of our layout roles in this brand. `position` counts the template's layouts over all its masters from 0."""

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
    """Everything a renderer and `fit` need to know of a brand."""

    name: str
    language: str
    deck: bytes
    briefing: bytes
    slide: Box
    layouts: dict[str, SlideLayout]
    notes: NotesLook
    styles: dict[str, str] = field(default_factory=dict)
    accent: str = "tx1"

    def layout(self, role: str) -> SlideLayout:
        """The layout that plays a role."""
        return self.layouts[role]


def read_brand(folder: Path) -> Brand:
    """The brand in a folder with brand.yaml and its two templates. Raises Invalid for what cannot be used."""
    path = folder / "brand.yaml"
    file, node = load(path, BrandFile)
    parts = {}
    for name in ("deck", "briefing"):
        template = folder / getattr(file, name)
        if not template.is_file():
            raise Invalid([Problem(node.at((name,)).place, f"there is no file '{getattr(file, name)}' beside brand.yaml", "copy the template there, or correct the name")])
        parts[name] = template.read_bytes()
    return _deck_brand(file, node, parts["deck"], parts["briefing"])


def _deck_brand(file: BrandFile, node: Node, deck: bytes, briefing: bytes) -> Brand:
    from pptx import Presentation

    presentation = Presentation(BytesIO(deck))
    slide = Box(0, 0, int(presentation.slide_width or 0), int(presentation.slide_height or 0))
    candidates = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    layouts: dict[str, SlideLayout] = {}
    problems: list[Problem] = []
    for role in SLOTS:
        if role == "part":
            continue
        wanted = dict(file.layouts.get(role, {}))
        name = wanted.pop("layout", None)
        if name is None:
            layouts[role] = _guess(role, candidates, slide)
            continue
        position = next((i for i, c in enumerate(candidates) if c.name.casefold() == name.casefold()), None)
        if position is None:
            there = ", ".join(c.name for c in candidates)
            problems.append(Problem(node.at(("layouts", role, "layout")).place, f"{file.deck} has no layout called '{name}'", f"it has: {there}"))
            continue
        layouts[role] = _slots(role, candidates[position], position, wanted, slide)
    if problems:
        raise Invalid(problems)
    return Brand(file.name, file.language, deck, briefing, slide, layouts, _notes(presentation), dict(file.styles), file.accent)


def _slots(role: Layout, layout: Any, position: int, wanted: dict[str, str], slide: Box) -> SlideLayout:
    """The slots of one role: placeholders by name, then by type and position, then text boxes inside the safe area."""
    chain = _Chain(layout)
    found: dict[str, Slot] = {}
    free = {p.placeholder_format.idx: p for p in layout.placeholders}

    def take(slot: str, shape: Any) -> None:
        ph = shape.element.ph
        free.pop(shape.placeholder_format.idx, None)
        found[slot] = Slot(slot, chain.box(shape), chain.look(shape), shape.placeholder_format.idx, ph.get("type") or "obj", shape.name)

    for slot, name in wanted.items():
        shape = next((p for p in free.values() if p.name.casefold() == name.casefold()), None)
        if shape is not None:
            take(slot, shape)
    for slot, types in (("title", ("title", "ctrTitle")), ("footer", ("ftr",)), ("number", ("sldNum",)), ("subtitle", ("subTitle",))):
        if slot not in found:
            shape = next((p for p in free.values() if (p.element.ph.get("type") or "obj") in types), None)
            if shape is not None and (slot != "subtitle" or "subtitle" in SLOTS[role]):
                take(slot, shape)
    missing = [s for s in SLOTS[role] if s not in found]
    main = [s for s in missing if s not in ("badge", "label", "source")]
    bodies = [p for p in free.values() if (p.element.ph.get("type") or "obj") in ("body", "obj", "subTitle", "tbl") and chain.box(p).h > INCH // 2]
    bodies.sort(key=lambda p: (chain.box(p).x // INCH, chain.box(p).y) if role == "two-columns" else (chain.box(p).y // INCH, chain.box(p).x))
    if len(bodies) >= len(main):
        for slot, shape in zip(main, bodies):
            take(slot, shape)
    area = _area(chain, found, bodies, slide)
    for slot, box in _divide(area, [s for s in SLOTS[role] if s not in found], role).items():
        found[slot] = Slot(slot, box, chain.plain(slot))
    if "title" not in found:
        found["title"] = Slot("title", Box(area.x, max(area.y - INCH, INCH // 4), area.w, INCH * 3 // 4), Look(30, chain.font("major"), True))
    return SlideLayout(role, layout.name, position, found, tuple(missing))


def _guess(role: Layout, candidates: list[Any], slide: Box) -> SlideLayout:
    """The layout of a template that suits a role best: by OOXML layout type, then by what placeholders it has."""
    types = {
        "title": ("title",),
        "section": ("secHead", "title"),
        "content": ("obj", "tx", "titleOnly"),
        "two-columns": ("twoObj", "twoTxTwoObj", "obj", "titleOnly"),
        "timeline": ("titleOnly", "obj"),
        "table": ("titleOnly", "obj"),
        "quotation": ("obj", "titleOnly"),
        "activity": ("obj", "titleOnly"),
        "closing": ("obj", "titleOnly"),
    }[role]
    for kind in types:
        for position, layout in enumerate(candidates):
            if layout.element.get("type") == kind:
                return _slots(role, layout, position, {}, slide)
    titled = [(i, c) for i, c in enumerate(candidates) if any((p.element.ph.get("type") or "") in ("title", "ctrTitle") for p in c.placeholders)]
    position, layout = max(titled or list(enumerate(candidates)), key=lambda pair: len(list(pair[1].placeholders)))
    return _slots(role, layout, position, {}, slide)


def _area(chain: _Chain, found: dict[str, Slot], bodies: list[Any], slide: Box) -> Box:
    """Where text boxes may go: under the title, above the footer, within the margins of the master's body."""
    title, footer = found.get("title"), found.get("footer")
    body = chain.master_body()
    left, width = (body.x, body.w) if body else (slide.w // 20, slide.w * 9 // 10)
    top = title.box.bottom if title and title.box.bottom < slide.h // 2 else slide.h // 4
    bottom = footer.box.y if footer and footer.box.y > slide.h // 2 else slide.h * 9 // 10
    return Box(left, top + INCH // 10, width, bottom - top - INCH // 5)


_SHARE = {"badge": 0.09, "label": 0.17, "source": 0.08}


def _divide(area: Box, slots: list[str], role: Layout) -> dict[str, Box]:
    """Boxes for slots that have no placeholder: badge on top, label and source below, the others between."""
    boxes: dict[str, Box] = {}
    top, bottom = area.y, area.bottom
    for slot in slots:
        height = int(area.h * _SHARE.get(slot, 0))
        if slot == "badge":
            boxes[slot] = Box(area.x, top, area.w, height)
            top += height
    for slot in reversed(slots):
        if slot in ("label", "source"):
            height = int(area.h * _SHARE[slot])
            bottom -= height
            boxes[slot] = Box(area.x, bottom, area.w, height)
    main = [s for s in slots if s not in _SHARE]
    if role == "two-columns" and main:
        gap = area.w // 40
        width = (area.w - gap * (len(main) - 1)) // len(main)
        for n, slot in enumerate(main):
            boxes[slot] = Box(area.x + n * (width + gap), top, width, bottom - top)
    else:
        for n, slot in enumerate(main):
            height = (bottom - top) // len(main)
            boxes[slot] = Box(area.x, top + n * height, area.w, height)
    return boxes


def _notes(presentation: Any) -> NotesLook:
    page = Box(0, 0, *_notes_size(presentation))
    has_master = any(r.reltype.endswith("/notesMaster") for r in presentation.part.rels.values())
    body = None
    if has_master:
        master = presentation.notes_master
        body = next((p for p in master.placeholders if p.element.ph.get("type") == "body"), None)
    if body is None:
        box = Box(page.w // 12, page.h * 3 // 10, page.w * 5 // 6, page.h * 6 // 10)
        return NotesLook(Slot("notes", box, Look(CLEAR_PRINT, before=4, insets=(0, 0, 0, 0)), 1, "body", "Notes"), page)
    chain = _Chain(presentation.notes_master)
    return NotesLook(Slot("notes", chain.box(body), chain.look(body), body.placeholder_format.idx, "body", body.name), page)


def _notes_size(presentation: Any) -> tuple[int, int]:
    size = presentation.element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}notesSz")
    return (int(size.get("cx")), int(size.get("cy"))) if size is not None else (7_560_000, 10_692_000)


_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


class _Chain:
    """Reads what a placeholder inherits: its own XML, its like on the master, the master's text styles, the theme."""

    def __init__(self, holder: Any) -> None:
        self._holder = holder
        self._master = getattr(holder, "slide_master", None)
        root = (self._master or holder).part
        self._theme: Any = None
        for relation in root.rels.values():
            if relation.reltype.endswith("/theme"):
                from lxml import etree

                self._theme = etree.fromstring(relation.target_part.blob)

    def box(self, shape: Any) -> Box:
        for like in self._likes(shape):
            xfrm = like.find(f"{_P}spPr/{_A}xfrm")
            if xfrm is None:
                xfrm = like.find(f"{_P}xfrm")
            if xfrm is not None and xfrm.find(f"{_A}ext") is not None:
                off, ext = xfrm.find(f"{_A}off"), xfrm.find(f"{_A}ext")
                return Box(int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy")))
        return Box(0, 0, 0, 0)

    def look(self, shape: Any) -> Look:
        kind = shape.element.ph.get("type") or "obj"
        levels = [like.find(f"{_P}txBody/{_A}lstStyle/{_A}lvl1pPr") for like in self._likes(shape)]
        holder = self._master if self._master is not None else self._holder
        style = {"title": "titleStyle", "ctrTitle": "titleStyle"}.get(kind, "bodyStyle" if kind in ("body", "obj", "subTitle", "tbl") else "otherStyle")
        levels += [holder.element.find(f"{_P}txStyles/{_P}{style}/{_A}lvl1pPr"), holder.element.find(f"{_P}notesStyle/{_A}lvl1pPr")]
        levels = [level for level in levels if level is not None]
        runs = [r for level in levels if (r := level.find(f"{_A}defRPr")) is not None]
        size = next((int(r.get("sz")) / 100 for r in runs if r.get("sz")), 18.0)
        bold = next((r.get("b") in ("1", "true") for r in runs if r.get("b")), False)
        face = next((latin.get("typeface") for r in runs if (latin := r.find(f"{_A}latin")) is not None), "+mj-lt" if style == "titleStyle" else "+mn-lt")
        return Look(
            size,
            self.font({"+mj-lt": "major", "+mn-lt": "minor"}.get(face, face)),
            bold,
            _spacing(levels, "lnSpc", size, 1.0) / (size if _in_points(levels, "lnSpc") else 1),
            _spacing(levels, "spcBef", size, 0.0) * (1 if _in_points(levels, "spcBef") else size),
            _spacing(levels, "spcAft", size, 0.0) * (1 if _in_points(levels, "spcAft") else size),
            self._insets(shape),
        )

    def plain(self, slot: str) -> Look:
        sizes = {"source": SMALLEST_CITATION, "badge": 18.0, "label": 18.0, "question": 28.0, "quotation": 28.0, "edition": 18.0, "board": 20.0}
        return Look(sizes.get(slot, 22.0), self.font("minor"), slot == "badge", before=6.0 if slot not in ("badge", "label", "source") else 0.0)

    def font(self, which: str) -> str:
        if which not in ("major", "minor"):
            return which
        latin = self._theme.find(f".//{_A}{which}Font/{_A}latin") if self._theme is not None else None
        return (latin.get("typeface") if latin is not None else "") or "Arial"

    def master_body(self) -> Box | None:
        master = self._master if self._master is not None else self._holder
        shape = next((p for p in master.placeholders if p.element.ph.get("type") == "body"), None)
        return self.box(shape) if shape is not None else None

    def _likes(self, shape: Any) -> list[Any]:
        found = [shape.element]
        if self._master is not None and shape.element.getroottree().getroot() is not self._master.element:
            kind = shape.element.ph.get("type") or "obj"
            like = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "tbl": "body"}.get(kind, kind)
            found += [p.element for p in self._master.placeholders if (p.element.ph.get("type") or "obj") == like][:1]
        return found

    def _insets(self, shape: Any) -> tuple[int, int, int, int]:
        bodies = [b for like in self._likes(shape) if (b := like.find(f"{_P}txBody/{_A}bodyPr")) is not None]
        default = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
        left, top, right, bottom = (next((int(b.get(side)) for b in bodies if b.get(side)), default[side]) for side in default)
        return left, top, right, bottom


def _spacing(levels: list[Any], name: str, size: float, default: float) -> float:
    for level in levels:
        spacing = level.find(f"{_A}{name}")
        if spacing is not None:
            points, percent = spacing.find(f"{_A}spcPts"), spacing.find(f"{_A}spcPct")
            if points is not None:
                return int(points.get("val")) / 100
            value = str(percent.get("val"))
            return float(value.rstrip("%")) / 100 if value.endswith("%") else int(value) / 100_000
    return default


def _in_points(levels: list[Any], name: str) -> bool:
    spacing = next((s for level in levels if (s := level.find(f"{_A}{name}")) is not None), None)
    return spacing is not None and spacing.find(f"{_A}spcPts") is not None


def plain_name(name: str) -> str:
    """A name without numbers and case, to compare layout and style names: "Inhalt 2" is "inhalt"."""
    return re.sub(r"[\s\d_]+", " ", name).strip().casefold()
