"""A slide drawn small for the notes pages, from the brand's geometry and paint, and the page's text."""

from __future__ import annotations

from typing import assert_never

from toolkit.brand.compiled import Brand, Paint, Scene
from toolkit.brand.geometry import EMU, Box, Look, Slot
from toolkit.fit.drawing import place
from toolkit.fit.pictures import frame
from toolkit.fit.slides import Slide
from toolkit.fit.typeset import (
    CELL,
    LINE,
    MARKS,
    column_widths,
    face,
    height,
    inner,
    paras,
    row_heights,
    timeline_heights,
)
from toolkit.late import replace
from toolkit.plan.model import (
    Blocks,
    Bullets,
    Drawing,
    Fields,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Quotation,
    Span,
    Table,
    Timeline,
    Tone,
)
from toolkit.render.drawingml import MARKER, hues, is_light
from toolkit.render.pdfblocks import Json, drawing_of, picture_of, said, spans_of, table_of


def picture(slide: Slide, brand: Brand, footer: str, number: int, pictures: dict[str, list[int]]) -> Json:
    """A slide as rectangles, pictures and texts at its own size, in points: the template makes it small.

    The bytes of the pictures that it shows are added to `pictures` by name.
    """
    scene = brand.scenes[slide.layout]
    slots = brand.layout(slide.layout).used([name for name, _ in slide.slots], slide.rooms)
    contents: list[tuple[str, Blocks]] = [("title", (said(slide.title),)), *slide.slots]
    contents += [
        (name, (said(value),))
        for name, value in (("footer", footer), ("number", str(number)))
        if name in slots
    ]
    for shown in scene.shown:
        if shown.picture and shown.picture not in pictures:
            pictures[shown.picture] = list(brand.pictures[shown.picture])
    return {
        "w": brand.slide.w / EMU,
        "h": brand.slide.h / EMU,
        "ground": list(scene.ground),
        "drawn": [
            _box(s.box)
            | {"shape": s.shape, "fill": list(s.fill), "picture": s.picture}
            | {"outline": [list(corners) for corners in s.outline]}
            for s in scene.shown
        ],
        "shapes": [
            _box(slots[name].box)
            | {"insets": [inset / EMU for inset in slots[name].look.insets]}
            | _frame(paint := _painted(scene.slots[name], slots[name], slide, brand))
            | _inside(slots[name], blocks, slide, paint.ink)
            | {"tones": _tones(scene, paint), "face": face(slots[name].look.font)}
            for name, blocks in contents
        ],
    }


def _painted(paint: Paint, slot: Slot, slide: Slide, brand: Brand) -> Paint:
    """How a slot is painted on a slide: headings in the accent of the slide's part of the deck."""
    accent, colour = brand.accent_of(slide)
    if accent == brand.accent:
        return paint
    if slot.panel:
        return replace(paint, fill=(colour,))
    return replace(paint, accent=colour) if slot.accented and not slot.colour else paint


def _box(box: Box) -> Json:
    return {"x": box.x / EMU, "y": box.y / EMU, "w": box.w / EMU, "h": box.h / EMU}


def _frame(paint: Paint) -> Json:
    """How a slot is painted: inks, fill, outline, hard shadow, and where its words stand."""
    dx, dy, edge = paint.edge or (0, 0, "")
    return {
        "ink": paint.ink,
        "accent": paint.accent,
        "fill": list(paint.fill),
        "line": paint.line,
        "edge": {"dx": dx / EMU, "dy": dy / EMU, "fill": edge} if edge else None,
        "anchor": {"ctr": "horizon", "b": "bottom"}.get(paint.anchor, "top"),
        "align": {"r": "right", "ctr": "center"}.get(paint.align, "left"),
    }


def _tones(scene: Scene, paint: Paint) -> dict[Tone, str]:
    """The colours of a drawing in a slot."""
    return hues(paint.accent, paint.ink, (paint.fill or scene.ground)[0])


_BARE: Json = {"fill": [], "line": "", "edge": None}  # in place of its placeholder, as on the slide itself


def _inside(slot: Slot, blocks: Blocks, slide: Slide, ink: str) -> Json:
    """What stands in a slot, at the size that `fit` chose or, where it did not, at the largest that fits."""
    look = replace(slot.look, font=face(slot.look.font))  # may be wider than the brand's
    width, room = inner(slot.box, look)
    size = slide.size(slot.name) or look.size
    while size > 4 and height(blocks, look, width, size) > room:
        size -= 1
    match blocks[0] if len(blocks) == 1 else None:
        case Table() as table:
            return {"what": "table", "size": size} | _table(table, look, width, room, size)
        case Timeline() as timeline:
            return {"what": "timeline", "size": size} | _timeline(timeline, look, width, room, size)
        case Drawing() as drawing:
            placement = place(drawing, look.font, width, room, slot.smallest)
            at = {"at": (placement.x, placement.y), "drawing": drawing_of(placement)}
            return {"what": "drawing"} | ({} if slot.fill else _BARE) | at
        case Picture() as shown:
            framed = frame(shown, width, room)
            shown_at = {"at": (framed.x, framed.y), "picture": picture_of(shown, framed)}
            return {"what": "picture"} | _BARE | shown_at
        case Heading() | Paragraph() | Bullets() | Quotation() | Lines() | Fields() | None:
            about = {"what": "text", "marker": "" if is_light(ink) else MARKER}
            return about | {"size": size} | _text(blocks, look, width, size)
        case unknown:
            assert_never(unknown)


def _table(table: Table, look: Look, width: float, room: float, size: float) -> Json:
    widths = table.widths or tuple(column_widths(table, look.font, size, width))
    heights = row_heights(table, look, width, size)
    airy = max(0.0, min(14.0, (room * 0.95 - sum(heights)) / len(heights)))
    return {
        "heights": [h + airy for h in heights],
        "table": table_of(replace(table, widths=widths), width, size),
    }


def _timeline(timeline: Timeline, look: Look, width: float, room: float, size: float) -> Json:
    dates, events = timeline_heights(timeline, look, width, size)
    column = width / len(timeline.events) - 2 * CELL[0]
    return {
        "dates": dates,
        "below": events,
        "down": max(0.0, min((room - dates - events) * 0.3, 36.0)),
        "events": [
            [spans_of((Span(when),), column, size, True), spans_of(what, column, size)]
            for when, what in timeline.events
        ],
    }


def _text(blocks: Blocks, look: Look, width: float, size: float) -> Json:
    set_ = [
        {
            "spans": spans_of(p.spans, width - p.indent, p.size, look.bold, look.font),
            "kind": p.kind,
            "size": p.size,
            "before": p.before,
            "indent": p.indent,
            "mark": f"{p.number}." if p.number else MARKS.get(p.kind, ""),
        }
        for p in paras(blocks, look, size)
    ]
    return {"pitch": LINE * look.line, "bold": look.bold, "paragraphs": set_}
