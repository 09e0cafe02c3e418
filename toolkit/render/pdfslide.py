"""A slide drawn small for the notes pages, from the brand's geometry, colours and text, and the few colours that every PDF of a brand has.

What the template draws as a freeform shape or a vector picture is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import EMU, Box, Drawn, Holder, Slot
from toolkit.brand.inks import CLEAR, colours_behind, least_contrast
from toolkit.brand.pictures import small_copy
from toolkit.fit.typeset import (
    CELL,
    LINE,
    MARKS,
    column_widths,
    height,
    inner,
    paras,
    row_heights,
    timeline_heights,
)
from toolkit.office.colour import Colour, contrast, from_hex, mixed, to_hex
from toolkit.plan.model import Blocks, Page, Span, Table, Timeline
from toolkit.render.pdfblocks import FONT, Json, said, spans_of, table_of

PAPER: Colour = (1.0, 1.0, 1.0)
_SLATE, _STONE, _TEAL, _AMBER = (
    from_hex(c) or PAPER for c in ("1F2A30", "F4F2EE", "2F6F86", "8A5200")
)  # where a theme has nothing that serves
_SHAPES = ("rect", "roundRect", "ellipse")


def palette(brand: Brand) -> dict[str, str]:
    """The colours of a brand's PDFs by what they are for, as #RRGGBB: every one can be read on white paper."""
    theme = brand.sheet("content").scheme
    ink = readable(theme["dk1"], [PAPER], 7.0)
    deep = readable(theme.get(brand.accent, ink), [PAPER], 7.0)
    accent, second, light = (
        theme.get("accent1", _TEAL),
        theme.get("accent2", _AMBER),
        theme.get("lt2", _STONE),
    )
    edge = accent if contrast(accent, PAPER) >= 3 else deep
    stone = light if contrast(light, ink) >= 9 else _STONE
    warning = second if contrast(second, PAPER) >= 3 else ink
    found = {
        "ink": ink,
        "deep": deep,
        "edge": edge,
        "stone": stone,
        "warning": warning,
        "straw": mixed(warning, PAPER, 0.12),
        "muted": mixed(ink, PAPER, 0.82),
    }
    found |= {"link": readable(theme.get("hlink", deep), [stone]), "line": mixed(ink, PAPER, 0.45)}
    return {name: to_hex(colour) for name, colour in found.items()}


def readable(ink: Colour, behind: Sequence[Colour], least: float = CLEAR) -> Colour:
    """The ink, or near-black or white where it cannot be read on what is behind it."""
    return (
        ink
        if least_contrast(ink, behind) >= least
        else max((_SLATE, PAPER), key=lambda colour: least_contrast(colour, behind))
    )


def picture(page: Page, brand: Brand, footer: str, number: int, pictures: dict[str, list[int]]) -> Json:
    """A slide as rectangles, pictures and texts at its own size, in points: the template makes it small.

    The bytes of the pictures that it shows are added to `pictures` by name.
    """
    layout, sheet = brand.layout(page.layout), brand.sheet(page.layout)
    slots = layout.used([name for name, _ in page.slots])
    ground = _known(sheet.ground) or [sheet.scheme["bg1"]]
    drawn = [d for d in sheet.drawn if d.shape in _SHAPES and (d.picture or _known(d.fill))]
    contents: list[tuple[Slot, Blocks]] = [(slots["title"], (said(page.title),))]
    contents += [(slots[name], blocks) for name, blocks in page.slots]
    contents += [
        (slots[name], (said(value),))
        for name, value in (("footer", footer), ("number", str(number)))
        if name in slots
    ]
    shapes = []
    for slot, blocks in contents:
        holder = sheet.holder(slot)
        fill = [sheet.scheme[slot.fill]] if slot.fill else _known(holder.fill) if holder else []
        under = fill or _known(colours_behind(sheet, slot.box)) or ground
        ink = sheet.scheme.get(slot.colour) or (holder.ink if holder else None) or sheet.scheme["tx1"]
        accent = sheet.scheme.get(brand.accent, ink)
        inks = {"ink": to_hex(readable(ink, under)), "accent": to_hex(readable(accent, under))}
        shapes.append(
            _box(slot.box)
            | {"insets": [i / EMU for i in slot.look.insets]}
            | _frame(slot, holder, fill)
            | inks
            | _inside(slot, blocks, page)
        )
    return {
        "w": brand.slide.w / EMU,
        "h": brand.slide.h / EMU,
        "ground": [to_hex(c) for c in ground],
        "drawn": [
            _box(d.box)
            | {"shape": d.shape, "fill": [to_hex(c) for c in _known(d.fill)], "picture": _kept(d, pictures)}
            for d in drawn
        ],
        "shapes": shapes,
    }


def _known(colours: Sequence[Colour | None]) -> list[Colour]:
    """The colours of a fill, the stops of a gradient; none where there is a picture."""
    return [c for c in colours if c is not None]


def _box(box: Box) -> Json:
    return {"x": box.x / EMU, "y": box.y / EMU, "w": box.w / EMU, "h": box.h / EMU}


def _kept(drawn: Drawn, pictures: dict[str, list[int]]) -> str:
    """The name under which a picture's bytes stand in `pictures`; empty for a shape, and for a picture that cannot be read."""
    if not drawn.picture:
        return ""
    name = hashlib.sha256(drawn.picture + repr(drawn.crop).encode()).hexdigest()[:12]
    if name not in pictures:
        pictures[name] = list(small_copy(drawn))
    return name if pictures[name] else ""


def _frame(slot: Slot, holder: Holder | None, fill: list[Colour]) -> Json:
    """How a placeholder is painted: fill, outline, hard shadow, and where its words stand."""
    anchor, align = (holder.anchor, slot.align or holder.align) if holder else ("t", slot.align)
    dx, dy, edge = holder.edge if holder and holder.edge else (0, 0, None)
    return {
        "fill": [to_hex(c) for c in fill],
        "line": to_hex(holder.line) if holder and holder.line else "",
        "edge": {"dx": dx / EMU, "dy": dy / EMU, "fill": to_hex(edge)} if edge else None,
        "anchor": {"ctr": "horizon", "b": "bottom"}.get("b" if slot.bare else anchor, "top"),
        "align": {"r": "right", "ctr": "center"}.get(align, "left"),
    }


def _inside(slot: Slot, blocks: Blocks, page: Page) -> Json:
    """What stands in a slot, at the size that `fit` chose or, on a page not fitted, at the largest that fits."""
    look = replace(slot.look, font=FONT)  # the PDF's own, which may be wider than the brand's
    width, room = inner(slot.box, look)
    size = page.size(slot.name) or look.size
    while size > 4 and height(blocks, look, width, size) > room:
        size -= 1
    first = blocks[0] if len(blocks) == 1 else None
    if isinstance(first, Table):
        table = table_of(
            replace(first, widths=first.widths or tuple(column_widths(first, FONT, size, width))), width, size
        )
        heights = row_heights(first, look, width, size)
        airy = max(0.0, min(14.0, (room * 0.95 - sum(heights)) / len(heights)))
        return {"what": "table", "size": size, "heights": [h + airy for h in heights], "table": table}
    if isinstance(first, Timeline):
        dates, events = timeline_heights(first, look, width, size)
        column = width / len(first.events) - 2 * CELL[0]
        cells = [
            [spans_of((Span(when),), column, size, True), spans_of(what, column, size)]
            for when, what in first.events
        ]
        return {
            "what": "timeline",
            "size": size,
            "dates": dates,
            "below": events,
            "down": max(0.0, min((room - dates - events) * 0.3, 36.0)),
            "events": cells,
        }
    set_ = [
        {
            "spans": spans_of(p.spans, width - p.indent, p.size, look.bold),
            "kind": p.kind,
            "size": p.size,
            "before": p.before,
            "indent": p.indent,
            "mark": f"{p.number}." if p.number else MARKS.get(p.kind, ""),
        }
        for p in paras(blocks, look, size)
    ]
    return {"what": "text", "size": size, "pitch": LINE * look.line, "bold": look.bold, "paragraphs": set_}
