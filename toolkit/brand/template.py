"""A PowerPoint template, taken apart: its layouts with their placeholders, what they draw, and on which
colours.

Sizes and colours come from the template's own chain: layout, master, presentation, theme (ECMA-376 part 1,
19.3 and 20.1). The template has been cleaned first (`hygiene`).
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from toolkit.brand.geometry import CLEAR_PRINT, Box, Drawn, Holder, Look, NotesLook, Sheet, Slot
from toolkit.brand.pictures import uncovered
from toolkit.late import dataclass
from toolkit.office.colour import Colour, whole
from toolkit.office.fills import Paint, fill_of
from toolkit.office.opc import A, P, Package, R
from toolkit.office.powerpoint import Deck, Page
from toolkit.office.shapes import about, frame
from toolkit.problems import Invalid, Place

TITLES = ("title", "ctrTitle")  # types of placeholders
TEXTS = ("body", "obj", "subTitle", "tbl")
GAP = 180_000  # EMU, from the picture of a slide on its notes page to the clock beside it
BESIDE = (1_500_000, 900_000)  # EMU, the least width and height that the clock needs


@dataclass(frozen=True)
class Template:
    """Everything that is read from a deck template."""

    slide: Box
    sheets: tuple[Sheet, ...]
    notes: NotesLook
    tables: Any


def take_apart(package: Package) -> Template:
    """A clean deck taken apart. Raises Invalid for one so faulty that PowerPoint itself would offer to
    repair it."""
    try:
        return _parts_of(package)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
        message, hint = (
            "the template is faulty: a layout or master lacks something that it must have",
            "open it in PowerPoint, let it repair the file, and save it under a new name",
        )
        raise Invalid.at(Place(package.path or Path("the deck")), message, hint) from None


def _parts_of(package: Package) -> Template:
    deck = Deck(package, guess=True)
    size = deck.root.find(f"{P}sldSz")
    slide = Box(0, 0, int(size.get("cx")), int(size.get("cy")))
    sheets: list[Sheet] = []
    by_id = {rel.id: rel.target for rel in package.rels(deck.main)}
    for number, entry in enumerate(deck.root.iterfind(f"{P}sldMasterIdLst/{P}sldMasterId")):
        master = deck.master(by_id[entry.get(f"{R}id")])
        for item in master.root.iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId"):
            layout = Page(deck, master.rels[item.get(f"{R}id")].target, 0, (master,))
            sheets.append(_sheet(layout, slide, len(sheets), number))
    if not sheets or not slide.area:
        raise ValueError("no layouts")
    masters = package.related(deck.main, "notesMaster")
    notes = _notes(deck.master(masters[0]), deck.root) if masters else _plain_notes(deck.root)
    tables = package.related(deck.main, "tableStyles")
    return Template(slide, tuple(sheets), notes, package.root(tables[0]) if tables else None)


def _sheet(layout: Page, slide: Box, position: int, number: int) -> Sheet:
    chain = _Chain(layout)
    holders: dict[int, Holder] = {}
    for element, ph in layout.holders.every:
        holder = chain.holder(element, ph)
        holders.setdefault(holder.idx, holder)
    return Sheet(
        layout.name.strip() or f"Layout {position + 1}",
        layout.root.get("type") or "",
        position,
        number,
        tuple(holders.values()),
        tuple(uncovered([*_backdrop(layout, slide), *layout.drawings(layout.paint)], slide)),
        layout.ground,
        dict(layout.paint.palette),
        _safe(chain, slide),
        chain.master_box("body"),
        (chain.font("major"), chain.font("minor"), chain.plain_font()),
        chain.of_master("title", 30.0),
        chain.of_master("body", 22.0),
    )


def _backdrop(layout: Page, slide: Box) -> list[Drawn]:
    """The picture behind everything, if a layout or else its master has one."""
    for page in (layout, *layout.parents):
        element = page.root.find(f"{P}cSld/{P}bg")
        if element is not None:
            data, crop, tones = page.picture(element.find(f"{P}bgPr/{A}blipFill"))
            return [Drawn(slide, (None,), "picture", "rect", data, crop, tones)] if data else []
    return []


_THEMED = {"+mj-lt": "major", "+mn-lt": "minor"}
# Points, where neither layout nor master says a size, as in files from LibreOffice: programs then take 18 or
# 44.
_UNSAID = {**dict.fromkeys(TITLES, 32.0), **dict.fromkeys(("dt", "ftr", "sldNum"), 12.0)}


class _Chain:
    """Reads what the placeholders of a layout, or of a notes master, inherit."""

    def __init__(self, page: Page) -> None:
        self._page, self._paint = page, page.paint
        self._master: Page = page.parents[-1] if page.parents else page
        style = page.deck.text_style
        self._default: Any = style.find(f"{A}lvl1pPr") if style is not None else None

    def holder(self, element: Any, ph: Any) -> Holder:
        kind = ph.get("type") or "obj"
        likes = [element, *self._page.likes(kind, whole(ph.get("idx")))]
        bodies = [b for like in likes if (b := like.find(f"{P}txBody/{A}bodyPr")) is not None]
        turned = (
            next((b.get("vert") for b in bodies if b.get("vert")), "horz") != "horz"
            or ph.get("orient") == "vert"
            or _turned(likes, bodies)
        )
        fill = next((f for like in likes if (f := self._paint.fill(like.find(f"{P}spPr"))) is not None), ())
        align = next((level.get("algn") for level in self._levels(likes, kind) if level.get("algn")), "l")
        look, ink = self._look(likes, kind), self._ink(likes, kind)
        anchor = next((b.get("anchor") for b in bodies if b.get("anchor")), "t")
        drawn = [properties for like in likes if (properties := like.find(f"{P}spPr")) is not None]
        line, edge = _outline(drawn, self._paint), _edge(drawn, self._paint)
        return Holder(
            whole(ph.get("idx")),
            kind,
            (about(element)[0].get("name") or "").strip(),
            self._box(likes),
            look,
            ink,
            fill,
            turned,
            align,
            anchor,
            line,
            edge,
            self._says_ink(likes, kind),
        )

    def of_master(self, kind: str, size: float) -> Look:
        """How the master sets titles or text: for what of ours has no placeholder to inherit from."""
        like = self._of_master(kind)
        look = self._look([like] if like is not None else [], kind)
        return Look(min(look.size, size), look.font, look.bold, 1.0, 6.0 if kind == "body" else 0.0)

    def master_box(self, kind: str) -> Box | None:
        """Where the master has its title or body."""
        like = self._of_master(kind)
        box = self._box([like]) if like is not None else Box(0, 0, 0, 0)
        return box if box.w else None

    def plain_font(self) -> str:
        """The font of text boxes and tables, which inherit from the presentation alone."""
        latin: Any = self._default.find(f"{A}defRPr/{A}latin") if self._default is not None else None
        return self.font(
            _THEMED.get(latin.get("typeface"), latin.get("typeface")) if latin is not None else "minor"
        )

    def font(self, which: str) -> str:
        if which not in ("major", "minor"):
            return which
        theme = self._paint.theme
        latin = theme.find(f".//{A}{which}Font/{A}latin") if theme is not None else None
        return (latin.get("typeface") if latin is not None else "") or "Arial"

    def _of_master(self, kind: str) -> Any:
        return next((e for e, ph in self._master.holders.every if (ph.get("type") or "obj") == kind), None)

    def _box(self, likes: list[Any]) -> Box:
        return next((box for like in likes if (box := frame(like)) is not None), Box(0, 0, 0, 0))

    def _levels(self, likes: list[Any], kind: str) -> list[Any]:
        return self._page.levels(likes, kind, f"{A}lvl1pPr")

    def _look(self, likes: list[Any], kind: str) -> Look:
        # A normAutofit of the template with a fontScale does not count: the renderers write noAutofit, and
        # the size that fits.
        levels = self._levels(likes, kind)
        runs = [r for level in levels if (r := level.find(f"{A}defRPr")) is not None]
        said = [
            r
            for level in levels
            if level is not self._default and (r := level.find(f"{A}defRPr")) is not None and r.get("sz")
        ]
        size = int(said[0].get("sz")) / 100 if said else _UNSAID.get(kind, 20.0)
        bold = next((r.get("b") in ("1", "true") for r in runs if r.get("b")), False)
        face = next(
            (latin.get("typeface") for r in runs if (latin := r.find(f"{A}latin")) is not None),
            "+mj-lt" if kind in TITLES else "+mn-lt",
        )
        return Look(
            size,
            self.font(_THEMED.get(face, face)),
            bold,
            _spacing(levels, "lnSpc", size, 1.0) / (size if _in_points(levels, "lnSpc") else 1),
            _spacing(levels, "spcBef", size, 0.0) * (1 if _in_points(levels, "spcBef") else size),
            _spacing(levels, "spcAft", size, 0.0) * (1 if _in_points(levels, "spcAft") else size),
            self._insets(likes),
            _undone(runs, [b for like in likes if (b := like.find(f"{P}txBody/{A}bodyPr")) is not None])
            | _shadowed(runs, likes)
            | (frozenset() if said else {"sz"}),
        )

    def _ink(self, likes: list[Any], kind: str) -> Colour | None:
        for level in self._levels(likes, kind):
            fill = level.find(f"{A}defRPr/{A}solidFill")
            if fill is not None and len(fill):
                return self._paint.colour(fill[0])
        return self._paint.palette.get("tx1")

    def _says_ink(self, likes: list[Any], kind: str) -> bool:
        fills = (level.find(f"{A}defRPr/{A}solidFill") for level in self._levels(likes, kind))
        return any(fill is not None and len(fill) for fill in fills)

    def _insets(self, likes: list[Any]) -> tuple[int, int, int, int]:
        bodies = [b for like in likes if (b := like.find(f"{P}txBody/{A}bodyPr")) is not None]
        default = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
        left, top, right, bottom = (
            next((int(b.get(side)) for b in bodies if b.get(side)), default[side]) for side in default
        )
        return left, top, right, bottom


def _undone(runs: list[Any], bodies: list[Any]) -> frozenset[str]:
    """Which properties of its words a renderer takes back (see Look). Letters set closer than usual need
    no room and stay."""

    def said(elements: list[Any], name: str) -> str:
        return next((e.get(name) for e in elements if e.get(name)), "")

    found = {"cap": said(runs, "cap") in ("all", "small"), "spc": whole(said(runs, "spc")) > 0}
    found |= {"wrap": said(bodies, "wrap") == "none", "numCol": whole(said(bodies, "numCol")) > 1}
    return frozenset(name for name, there in found.items() if there)


def _shadowed(runs: list[Any], likes: list[Any]) -> frozenset[str]:
    """Whether words have a shadow or a glow: of their own, or of a box that has no ground."""
    shapes = [p for like in likes if (p := like.find(f"{P}spPr")) is not None]
    filled = (
        next((fill.tag for p in shapes if (fill := fill_of(p)) is not None), f"{A}noFill") != f"{A}noFill"
    )
    for elements in (runs, [] if filled else shapes):
        effects = next((e for one in elements if (e := one.find(f"{A}effectLst")) is not None), None)
        if effects is not None and len(effects):
            return frozenset({"effect"})
    return frozenset()


def _turned(likes: list[Any], bodies: list[Any]) -> bool:
    """Whether a placeholder or the words in it stand at an angle."""
    frames = [xfrm for like in likes if (xfrm := like.find(f"{P}spPr/{A}xfrm")) is not None]
    angles = [
        next((whole(e.get("rot")) for e in elements if e.get("rot")), 0) for elements in (frames[:1], bodies)
    ]
    return any(60_000 < angle % 21_600_000 < 21_540_000 for angle in angles)  # more than a degree


def _outline(drawn: list[Any], paint: Paint) -> Colour | None:
    line = next((ln for properties in drawn if (ln := properties.find(f"{A}ln")) is not None), None)
    fill = line.find(f"{A}solidFill") if line is not None else None
    return paint.colour(fill[0]) if fill is not None and len(fill) else None


def _edge(drawn: list[Any], paint: Paint) -> tuple[int, int, Colour] | None:
    shadow = next(
        (s for properties in drawn if (s := properties.find(f"{A}effectLst/{A}outerShdw")) is not None), None
    )
    if (
        shadow is None
        or not len(shadow)
        or whole(shadow.get("blurRad"))
        or (colour := paint.colour(shadow[0])) is None
    ):
        return None
    distance, angle = whole(shadow.get("dist")), math.radians(whole(shadow.get("dir")) / 60_000)
    return round(distance * math.cos(angle)), round(distance * math.sin(angle)), colour


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
    """Where words may stand at all: between the margins that the master keeps, or 5 % where it keeps none
    or odd ones."""
    boxes = [box for kind in ("title", "body") if (box := chain.master_box(kind)) is not None]
    lefts = [b.x for b in boxes if slide.w * 0.02 <= b.x <= slide.w * 0.15]
    rights = [slide.w - b.right for b in boxes if slide.w * 0.02 <= slide.w - b.right <= slide.w * 0.15]
    left, right = min(lefts, default=slide.w // 20), min(rights, default=slide.w // 20)
    top, bottom = slide.h // 20, slide.h // 25
    return Box(left, top, slide.w - left - right, slide.h - top - bottom)


# ------------------------------------------------------------------------------------------- the notes page


def _notes(master: Page, presentation: Any) -> NotesLook:
    """The notes page of a deck whose notes master `lending.ensure_notes_master` has passed or made."""
    chain = _Chain(master)
    body = next(((e, ph) for e, ph in master.holders.every if ph.get("type") == "body"), None)
    if body is None:
        return _plain_notes(presentation)
    holder = chain.holder(*body)
    page = _notes_page(presentation)
    return NotesLook(
        Slot(
            "notes",
            holder.box,
            holder.look,
            holder.idx,
            "body",
            holder.label,
            align="" if holder.align == "l" else "l",
        ),
        page,
        _beside_picture(master, holder.box),
    )


def _beside_picture(master: Page, body: Box) -> Box | None:
    """The room right of the slide's picture, as far as the notes go; None where it is too small or taken."""
    stand = [(ph.get("type"), box) for e, ph in master.holders.every if (box := frame(e))]
    picture = next((box for kind, box in stand if kind == "sldImg"), None)
    if picture is None:
        return None
    left = picture.right + GAP
    room = Box(left, picture.y, body.right - left, picture.h)
    others = [box for kind, box in stand if kind != "sldImg"]
    others += [thing.box for thing in master.drawings(master.paint)]
    taken = any(room.shared(box) for box in others)
    return None if taken or room.w < BESIDE[0] or room.h < BESIDE[1] else room


def _plain_notes(presentation: Any) -> NotesLook:
    page = _notes_page(presentation)
    box = Box(page.w // 12, page.h * 3 // 10, page.w * 5 // 6, page.h * 6 // 10)
    return NotesLook(
        Slot("notes", box, Look(CLEAR_PRINT, before=4, insets=(0, 0, 0, 0)), 1, "body", "Notes"), page
    )


def _notes_page(presentation: Any) -> Box:
    size = presentation.find(f"{P}notesSz")
    return (
        Box(0, 0, int(size.get("cx")), int(size.get("cy")))
        if size is not None
        else Box(0, 0, 7_560_000, 10_692_000)
    )
