"""The colours to write in: what can be read on what lies behind, in the template's own theme colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from toolkit.brand.compiled import PLAIN_GRID
from toolkit.brand.geometry import (
    ACTIONS,
    BESIDE,
    EMU,
    GROUNDS,
    LARGE_PRINT,
    Box,
    Drawn,
    Sheet,
    SlideLayout,
    Slot,
)
from toolkit.brand.pictures import shades
from toolkit.brand.room import obstacles, widest
from toolkit.brand.template import Template
from toolkit.late import replace
from toolkit.office import fills
from toolkit.office.colour import Colour, contrast, to_hex
from toolkit.office.fills import Paint
from toolkit.office.opc import A

CLEAR = 4.5  # contrast of text with what is behind it (WCAG 2.2, 1.4.3)
SEEN = 3.0  # of what is no text (WCAG 2.2, 1.4.11)
BAND_INSET = 228_600  # EMU, left and right of words on a band: a quarter of an inch
SURE = 4.75  # of a colour that the template mixes: programs differ a little in how they do so


def colours_behind(sheet: Sheet, box: Box, own: tuple[Colour | None, ...] = ()) -> tuple[Colour | None, ...]:
    """Every colour that words in a box may stand on: its fill, else what is drawn below, the ground."""
    return own or fills.colours_behind(sheet.ground, sheet.drawn, box, _looked_at)


def _looked_at(drawn: Drawn, box: Box) -> tuple[fills.Fill, bool] | None:
    seen = shades(drawn, box)
    return (tuple(seen.colours), seen.see_through) if seen else None


def colours_behind_slot(sheet: Sheet, slot: Slot) -> tuple[Colour | None, ...]:
    """Every colour that the words of a slot may stand on."""
    if slot.fill:
        return (sheet.scheme[slot.fill],)
    holder = sheet.holder(slot)
    return colours_behind(sheet, slot.box, holder.fill if holder else ())


def least_contrast(ink: Colour, behind: Sequence[Colour | None]) -> float:
    """The least contrast of an ink with all that lies behind it; pictures do not count."""
    return min((contrast(ink, colour) for colour in behind if colour is not None), default=21.0)


def _best_ink(sheet: Sheet, behind: tuple[Colour | None, ...], near: Colour | None) -> str:
    """The theme colour to write in: the first that is clear; where something behind cannot be told, the
    nearest to that of the words that the template has there.
    """
    names = [name for name in ("tx1", "bg1", "tx2", "bg2") if name in sheet.scheme]
    clear = [name for name in names if least_contrast(sheet.scheme[name], behind) >= CLEAR]
    if None in behind and near is not None:
        return min(names, key=lambda name: contrast(sheet.scheme[name], near))
    return next(iter(clear), "") or max(names, key=lambda name: least_contrast(sheet.scheme[name], behind))


TABLES = (("table", "table"), ("closing", "right"))  # the slots that hold tables, by their roles


def _coloured(layout: SlideLayout, sheet: Sheet, slide: Box, table_style: str) -> SlideLayout:
    """The layout with a colour to write in where the inherited one, or that of links, is hard to read."""
    slots = {}
    for name, slot in layout.slots.items():
        if (layout.role, name) in TABLES and table_style != PLAIN_GRID:
            slots[name] = slot  # the table's own style says it
            continue
        made = _inked(layout, sheet, name, slot)
        if made.fill and slot.type in ("ftr", "sldNum"):
            tight = _tight(slot, sheet)
            made = _inked(layout, sheet, name, tight)
        slots[name] = _padded(_clear_of_art(made, sheet, slide)) if made.fill else made
    if layout.role in BESIDE and (layout.role != "closing" or table_style == PLAIN_GRID):
        slots |= _of_one_colour(slots, sheet)
    return replace(layout, slots=slots)


def _inked(layout: SlideLayout, sheet: Sheet, name: str, slot: Slot) -> Slot:
    """A slot with the colour to write its words in, and the ground behind them, where it needs such."""
    inks = [h.ink for h in sheet.holders if h.type not in ("dt", "ftr", "sldNum") and h.ink is not None]
    # A slot at a place of ours may have the room of others on its page.
    ours = slot.moved or slot.idx is None
    holder = sheet.holder(slot)
    foot = holder is not None and holder.type in ("ftr", "sldNum")
    behind = colours_behind_slot(sheet, layout.used([name])[name] if ours and not foot else slot)
    ink = holder.ink if holder else sheet.scheme["tx1"]
    least = (
        3.0 if name == "title" and slot.look.size >= LARGE_PRINT else SURE
    )  # WCAG 2.2, 1.4.3: 3 : 1 for large text
    # On what nobody can read a footer follows the words, for which the template was made.
    likened = foot and bool(inks) and ink is not None and contrast(ink, inks[0]) >= SEEN
    follows = holder is None or likened
    unsure = follows and None in behind
    if unsure or (ink is not None and least_contrast(ink, behind) < least):
        if holder is not None and holder.inked and not ours and not foot and None in behind:
            return slot  # its designer saw it on what cannot be told
        best = _best_ink(sheet, behind, inks[0] if inks else None)
        if least_contrast(sheet.scheme[best], behind) < min(least, CLEAR):
            return replace(slot, fill="bg1", colour=_best_ink(sheet, (sheet.scheme["bg1"],), None))
        return replace(slot, colour=best)
    if (
        name in ("body", "left", "right", "how", "source")
        and "hlink" in sheet.scheme
        and least_contrast(sheet.scheme["hlink"], behind) < CLEAR
    ):
        return replace(slot, colour=_best_ink(sheet, behind, ink))
    return slot


def _clear_of_art(slot: Slot, sheet: Sheet, slide: Box) -> Slot:
    """A slot whose ground lies on no logo or ornament that its box only touches."""
    box = slot.box
    art = [one for one in obstacles(sheet, slide, []) if 0 < one.shared(box) < 0.5 * box.area]
    free = widest(box, art, box.h * 9 // 10, box.w // 2) if art else None
    return slot if free is None or free == box else replace(slot, box=free, moved=True)


PADDING = (137_160, 64_008)  # EMU, of words on a ground of ours: at the sides, and above and below
_FOOT = {"footer": 24, "number": 4}  # letters: a month and year, a number


def _padded(slot: Slot) -> Slot:
    """A slot with a ground of ours, which goes on a little beyond its words."""
    across, down = PADDING
    left, top, right, bottom = slot.look.insets
    if slot.name in ("badge", "source", "footer", "number"):
        down = 0  # their boxes are as high as their lines
    insets = (max(left, across), max(top, down), max(right, across), max(bottom, down))
    undone = slot.look.undone | {"ins"} if slot.idx is not None else slot.look.undone
    return replace(slot, look=replace(slot.look, insets=insets, undone=undone))


def _tight(slot: Slot, sheet: Sheet) -> Slot:
    """A footer or number with a box no wider than its words, at the side where they stand."""
    holder = sheet.holder(slot)
    size = max(slot.look.size, slot.smallest)
    wide = min(slot.box.w, round(_FOOT[slot.name] * size * 0.62 * EMU) + 2 * PADDING[0])
    _, top, _, bottom = slot.look.insets
    high = min(slot.box.h, round(size * 1.3 * EMU) + top + bottom)
    spare = slot.box.w - wide
    align = slot.align or (holder.align if holder else "l")
    x = slot.box.x + {"ctr": spare // 2, "r": spare}.get(align, 0)
    anchor = holder.anchor if holder else "t"
    y = slot.box.y + {"ctr": (slot.box.h - high) // 2, "b": slot.box.h - high}.get(anchor, 0)
    return replace(slot, box=Box(x, y, wide, high), moved=True)


def _of_one_colour(slots: dict[str, Slot], sheet: Sheet) -> dict[str, Slot]:
    """Columns side by side, written in one colour where each would have another."""
    names = [name for name in (*ACTIONS, "left", "right") if name in slots]

    def written(slot: Slot) -> Colour | None:
        holder = sheet.holder(slot)
        ink = holder.ink if holder else sheet.scheme["tx1"]
        return sheet.scheme[slot.colour] if slot.colour else ink

    inks = {written(slots[name]) for name in names}
    fills = {slots[name].fill for name in names}
    if len(inks) < 2 and len(fills) < 2:
        return {}
    if any(fills):
        ink = _best_ink(sheet, (sheet.scheme["bg1"],), None)
        return {name: _padded(replace(slots[name], fill="bg1", colour=ink)) for name in names}
    behind = tuple(c for name in names for c in colours_behind_slot(sheet, slots[name]))
    best = _best_ink(sheet, behind, None)
    if least_contrast(sheet.scheme[best], behind) < CLEAR:
        return {}
    return {name: replace(slots[name], colour=best) for name in names}


_HEADED = (
    "body",
    "left",
    "right",
    "question",
    "how",
    "quotation",
    "drawing",
    "picture",
)  # slots that may hold headings in the accent colour


def choose_accent(wanted: str, used: dict[str, Sheet], layouts: dict[str, SlideLayout]) -> str:
    """The accent colour if headings in it can be read wherever they may stand, else the colour of text.

    "auto" tries the theme's.
    """
    places = []
    for role, layout in layouts.items():
        sheet = used[role]
        for name in _HEADED:
            if name in layout.slots and role not in GROUNDS:
                places.append((sheet, colours_behind_slot(sheet, layout.slots[name])))
    for name in ("tx2", "accent1", "accent2", "accent5", "accent6") if wanted == "auto" else (wanted,):
        if all(
            name in sheet.scheme
            and None not in behind
            and least_contrast(sheet.scheme[name], behind) >= CLEAR
            for sheet, behind in places
        ):
            return name
    return "tx1"


def _table_style(root: Any, sheet: Sheet, box: Box) -> str:
    """The template's default table style where the file defines it and it can be read, else a plain grid."""
    style = (
        next((s for s in root if root.get("def") and s.get("styleId") == root.get("def")), None)
        if root is not None
        else None
    )
    if style is None:
        return PLAIN_GRID
    scheme, paint = sheet.scheme, Paint(None, sheet.scheme, 0.5)
    whole = style.find(f"{A}wholeTbl")

    def part(area: Any, what: str) -> Colour | None:
        found = area.find(f"{A}tcTxStyle") if what == "text" else area.find(f"{A}tcStyle/{A}fill")
        if what == "text":
            return (
                next((paint.colour(c) for c in found if c.tag.endswith("Clr")), None)
                if found is not None
                else None
            )
        colours = paint.fill(found) if found is not None else None
        return colours[0] if colours else None

    base = (
        part(whole, "text") if whole is not None else None,
        part(whole, "fill") if whole is not None else None,
    )
    for tag in ("wholeTbl", "firstRow", "band1H", "band2H"):
        area = style.find(A + tag)
        if area is None:
            continue
        ink, fill = part(area, "text") or base[0] or scheme["tx1"], part(area, "fill") or base[1]
        if least_contrast(ink, (fill,) if fill is not None else colours_behind(sheet, box)) < CLEAR:
            return PLAIN_GRID
    return str(root.get("def"))


def colour_layouts(
    template: Template, used: dict[str, Sheet], layouts: dict[str, SlideLayout], accent: str
) -> tuple[dict[str, SlideLayout], str, str]:
    """The layouts with colours to write in, the accent (see `choose_accent`), and the style of tables."""
    boxes = {role: layouts[role].slots[name].box for role, name in TABLES if role in layouts}
    styles = {role: _table_style(template.tables, used[role], box) for role, box in boxes.items()}
    tables, slide = styles["table"], template.slide
    if tables == PLAIN_GRID:
        styles = {}
    chosen = choose_accent(accent, used, layouts)
    coloured = {
        role: _coloured(layout, used[role], slide, styles.get(role, tables))
        for role, layout in layouts.items()
    }
    return {role: _accented(layout, used[role], chosen) for role, layout in coloured.items()}, chosen, tables


def _accented(layout: SlideLayout, sheet: Sheet, accent: str) -> SlideLayout:
    """The layout with the slots marked in which no heading can be read in the accent."""

    def clear(slot: Slot) -> bool:
        behind = colours_behind_slot(sheet, slot)
        return None not in behind and least_contrast(sheet.scheme[accent], behind) >= CLEAR

    def panel(slot: Slot) -> bool:
        own = layout.role not in GROUNDS and not slot.fill and slot.name == "title"
        return own and colours_behind_slot(sheet, slot) == (sheet.scheme[accent],)

    def marked(slot: Slot) -> Slot:
        slot = replace(slot, accented=clear(slot), panel=panel(slot))
        if slot.idx is not None or slot.fill:
            return slot
        if (layout.role, slot.name) == ("number", "figure") and slot.accented and not slot.colour:
            return replace(slot, colour=accent)
        if (layout.role, slot.name) == ("pause", "question") and _shows(sheet, slot, accent):
            _, top, _, bottom = slot.look.insets
            look = replace(slot.look, insets=(BAND_INSET, top, BAND_INSET, bottom))
            return replace(slot, look=look, fill=accent, colour="bg1", panel=True, accented=False)
        return slot

    return replace(layout, slots={name: marked(slot) for name, slot in layout.slots.items()})


def _shows(sheet: Sheet, slot: Slot, accent: str) -> bool:
    """Whether a band of the accent is seen behind a slot, and paper can be read on it."""
    behind, band = colours_behind_slot(sheet, slot), sheet.scheme[accent]
    seen = None not in behind and least_contrast(band, behind) >= SEEN
    return seen and contrast(sheet.scheme["bg1"], band) >= SURE


_PARTS = ("accent5", "accent6", "accent2", "accent1", "accent4", "accent3")
_APART = 0.18  # of the way from black to white: how far two accents are apart at least
_COLOURED = 0.12  # how far the parts of a colour are apart that is no grey


def accents_of(
    accent: str, used: dict[str, Sheet], layouts: dict[str, SlideLayout]
) -> tuple[tuple[str, str], ...]:
    """The accent and others of the theme for the parts of a deck, with their #RRGGBB.

    Headings in them can be read wherever they may stand, and paper on them; no two look alike.
    """
    scheme = used["content"].scheme
    found = [accent]
    for name in _PARTS:
        colour = scheme.get(name)
        if (
            colour is not None
            and choose_accent(name, used, layouts) == name
            and contrast(colour, scheme["bg1"]) >= CLEAR
            and max(colour) - min(colour) >= _COLOURED
            and all(math.dist(colour, scheme[other]) >= _APART for other in found)
        ):
            found.append(name)
    return tuple((name, to_hex(scheme[name])) for name in found)
