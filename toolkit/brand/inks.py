"""The colours to write in: what can be read on what lies behind, in the template's own theme colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from toolkit.brand.compiled import PLAIN_GRID
from toolkit.brand.geometry import LARGE_PRINT, Box, Drawn, Sheet, SlideLayout, Slot
from toolkit.brand.pictures import shades
from toolkit.brand.template import Template
from toolkit.office import fills
from toolkit.office.colour import Colour, contrast
from toolkit.office.fills import Paint
from toolkit.office.opc import A

CLEAR = 4.5  # contrast of text with what is behind it (WCAG 2.2, 1.4.3)
SURE = 4.75  # of a colour that the template mixes: programs differ a little in how they do so


def colours_behind(sheet: Sheet, box: Box, own: tuple[Colour | None, ...] = ()) -> tuple[Colour | None, ...]:
    """Every colour that words in a box may stand on: its fill, else what is drawn below, the ground."""
    return own or fills.colours_behind(sheet.ground, sheet.drawn, box, _looked_at)


def _looked_at(drawn: Drawn, box: Box) -> tuple[fills.Fill, bool] | None:
    seen = shades(drawn, box)
    return (tuple(seen.colours), seen.see_through) if seen else None


def colours_behind_slot(sheet: Sheet, slot: Slot) -> tuple[Colour | None, ...]:
    """Every colour that the words of a slot may stand on."""
    holder = sheet.holder(slot)
    return colours_behind(sheet, slot.box, holder.fill if holder else ())


def least_contrast(ink: Colour, behind: Sequence[Colour | None]) -> float:
    """The least contrast of an ink with all that lies behind it; pictures do not count."""
    return min((contrast(ink, colour) for colour in behind if colour is not None), default=21.0)


def _best_ink(sheet: Sheet, behind: tuple[Colour | None, ...], near: Colour | None) -> str:
    """The theme colour to write in: the first that is clear, or on pictures the nearest to the own one."""
    names = [name for name in ("tx1", "bg1", "tx2", "bg2") if name in sheet.scheme]
    if all(colour is None for colour in behind) and near is not None:
        return min(names, key=lambda name: contrast(sheet.scheme[name], near))
    return next((name for name in names if least_contrast(sheet.scheme[name], behind) >= CLEAR), "") or max(
        names, key=lambda name: least_contrast(sheet.scheme[name], behind)
    )


def _coloured(layout: SlideLayout, sheet: Sheet, table_style: str) -> SlideLayout:
    """The layout with a colour to write in where the inherited one, or that of links, is hard to read."""
    slots = {}
    inks = [h.ink for h in sheet.holders if h.type not in ("dt", "ftr", "sldNum") and h.ink is not None]
    for name, slot in layout.slots.items():
        holder, behind = sheet.holder(slot), colours_behind_slot(sheet, slot)
        ink = holder.ink if holder else sheet.scheme["tx1"]
        least = (
            3.0 if name == "title" and slot.look.size >= LARGE_PRINT else SURE
        )  # WCAG 2.2, 1.4.3: 3 : 1 for large text
        unsure = holder is None and all(colour is None for colour in behind)
        if name == "table" and table_style != PLAIN_GRID:
            slots[name] = slot  # the table's own style says it
        elif unsure or (ink is not None and least_contrast(ink, behind) < least):
            best = _best_ink(sheet, behind, inks[0] if inks else None)
            if least_contrast(sheet.scheme[best], behind) < min(least, CLEAR):
                slots[name] = replace(slot, fill="bg1", colour=_best_ink(sheet, (sheet.scheme["bg1"],), None))
            else:
                slots[name] = replace(slot, colour=best)
        elif (
            name in ("body", "left", "right", "how", "source")
            and "hlink" in sheet.scheme
            and least_contrast(sheet.scheme["hlink"], behind) < CLEAR
        ):
            slots[name] = replace(slot, colour=_best_ink(sheet, behind, ink))
        else:
            slots[name] = slot
    return replace(layout, slots=slots)


_HEADED = (
    "body",
    "left",
    "right",
    "question",
    "how",
    "quotation",
    "timeline",
)  # slots that may hold headings in the accent colour


def choose_accent(wanted: str, used: dict[str, Sheet], layouts: dict[str, SlideLayout]) -> str:
    """The accent colour if headings in it can be read wherever they may stand, else the colour of text.

    "auto" tries the theme's.
    """
    places = []
    for role, layout in layouts.items():
        sheet = used[role]
        for name in _HEADED:
            if name in layout.slots and role not in ("title", "section"):
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
    tables = _table_style(template.tables, used["table"], layouts["table"].slots["table"].box)
    return (
        {role: _coloured(layout, used[role], tables) for role, layout in layouts.items()},
        choose_accent(accent, used, layouts),
        tables,
    )
