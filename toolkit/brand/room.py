"""The room that a layout leaves for words: beside what it draws, and inside what it was drawn for."""

from __future__ import annotations

from toolkit.brand.geometry import Box, Holder, Sheet
from toolkit.brand.pictures import busy, emblems
from toolkit.brand.template import TEXTS, TITLES
from toolkit.office.colour import contrast
from toolkit.office.fills import colours_behind

LARGE_SHAPE = 0.05  # of a slide: a filled shape that words must not run over
SMALL_GROUP = 0.08  # of a slide: a group of shapes up to this size is a logo or an ornament
SMALL_PICTURE = 0.15  # of a slide: a larger picture is looked at for what stands out in it
ENOUGH = 0.3  # of a slide: room for what any slide says
FAINT = 1.15  # contrast with the ground: what has less is a shade, on which words stand well
SMALL_PRINT = 12.0  # points: what is set smaller was not made for words that a room reads


def is_small_print(holder: Holder, sheet: Sheet) -> bool:
    """Whether a placeholder was made for a date or a note, by its size and by that of the text."""
    return holder.look.size < SMALL_PRINT or holder.look.size <= 0.6 * sheet.body.size


def art(sheet: Sheet, slide: Box) -> list[Box]:
    """Logos, drawn words and ornaments: small pictures, what stands out in large ones, small groups."""
    found: list[Box] = []
    for drawn in sheet.drawn:
        box = drawn.box.within(slide)
        if drawn.kind == "picture" and drawn.picture and box.area > SMALL_PICTURE * slide.area:
            found += emblems(drawn, slide)
        elif (
            (drawn.kind == "words" and box.area <= 0.5 * slide.area)
            or (drawn.kind == "picture" and box.area <= SMALL_PICTURE * slide.area)
            or (drawn.kind == "group" and box.area < SMALL_GROUP * slide.area)
        ):
            found.append(box)
    return [box for box in found if box.area]


def obstacles(sheet: Sheet, slide: Box, others: list[Box]) -> list[Box]:
    """What words must not run over: `others`, logos, drawn words, rules, and shapes that are neither
    background nor panel.

    A shape that covers most of the slide is background; one that lies under the text of the layout or its
    master is a panel for words. What is small is in the way unless the layout's own text lies on it.
    """
    found = [*others, *art(sheet, slide)]
    texts = texts_of(sheet, slide)
    for drawn in sheet.drawn:
        box = drawn.box.within(slide)
        if drawn.kind == "line":
            if drawn.box.w > slide.w * 0.3 and drawn.box.h < slide.h // 50:
                found.append(Box(drawn.box.x, drawn.box.y - slide.h // 200, drawn.box.w, slide.h // 100))
            continue
        if drawn.kind not in ("shape", "picture") or not drawn.fill or not box.area:
            continue
        if drawn.kind == "shape" and drawn.sheer:
            continue  # a veil or a gleam
        if box.area > 0.85 * slide.area or box in found:
            continue
        if drawn.kind == "picture" and drawn.picture and emblems(drawn, slide):
            continue  # only what stands out in it is in the way
        half = drawn.kind == "shape" and box.area > 0.5 * slide.area  # words have more room on it than beside
        small = box.area < LARGE_SHAPE * slide.area and box.w < slide.w * 0.3 and box.h < slide.h * 0.3
        under = small and (
            not _is_seen(box, slide) or any(box.shared(text) > 0.5 * box.area for text in texts)
        )
        if not (half or under or any(box.shared(text) > 0.5 * text.area for text in texts)):
            found.append(box)
    return found


def strewn(sheet: Sheet, slide: Box, room: Box) -> float:
    """How much of the place that a layout has for its text, or of the room that it leaves, is drawn over with
    ornaments, 0 to 1: shapes that are no panel and no shade, and what stands out in a picture.
    """
    texts = texts_of(sheet, slide)
    shares = [_strewn(sheet, room)]
    if total := sum(text.area for text in texts):
        shares.append(sum(_strewn(sheet, text) * text.area for text in texts) / total)
    return min(1.0, max(shares))


def _strewn(sheet: Sheet, text: Box) -> float:
    ground = [colour for colour in sheet.ground if colour is not None]
    over = 0.0
    for thing in sheet.drawn:
        part = thing.part_of(text)
        if not part or thing.kind in ("line", "group") or thing.sheer:
            continue
        if thing.picture:
            over += busy(thing, text) if part > 0.5 else part
        elif thing.fill and part < 0.5:
            known = [colour for colour in thing.fill if colour is not None]
            faint = ground and known and max(contrast(a, b) for a in known for b in ground) < FAINT
            over += 0.0 if faint else part
        elif not thing.fill:
            over += part
    return over


def _is_seen(box: Box, slide: Box) -> bool:
    """Whether a small shape is large enough to be seen as one: no dot, no hair line."""
    return box.area > 0.002 * slide.area and min(box.w, box.h) > slide.h * 0.02


def texts_of(sheet: Sheet, slide: Box) -> list[Box]:
    """Where the layout has its text, as far as it is of use; else where its master has it."""
    own = [
        h.box.within(slide)
        for h in sheet.holders
        if h.type in TEXTS
        and h.box.w > slide.w * 0.2
        and h.box.h > slide.h * 0.08
        and h.box.inside(slide)
        and not h.vertical
        and not is_small_print(h, sheet)
    ]
    return own or ([sheet.words] if sheet.words is not None and sheet.words.inside(slide) else [])


def free_region(sheet: Sheet, slide: Box, taken: list[Box]) -> Box:
    """The largest free rectangle for words, between the sides of the layout's own text and inside the panel
    that it lies on, if any.
    """
    feet = [h.box for h in sheet.holders if h.type in ("ftr", "sldNum") and h.box.inside(slide)]
    gap = slide.h // 70
    blocked = [Box(b.x, b.y - gap, b.w, b.h + 2 * gap) for b in obstacles(sheet, slide, [*taken, *feet])]
    texts = texts_of(sheet, slide)
    bounds = sheet.safe
    for drawn in sheet.drawn:
        panel = drawn.box.within(slide)
        if (
            drawn.fill
            and drawn.kind != "line"
            and 0.2 * slide.area < panel.area < 0.85 * slide.area
            and texts
            and all(text.inside(panel) for text in texts)
        ):
            bounds = bounds.within(Box(panel.x, panel.y + gap, panel.w, panel.h - 2 * gap))
    own = _of_texts(sheet, texts, bounds, slide)
    best = widest(own, blocked, slide.h // 20, slide.w // 4) if own is not None else None
    if best is None or best.area < ENOUGH * slide.area:
        whole = widest(bounds, blocked, slide.h // 20, slide.w // 4)
        if best is None or (whole is not None and best.area < 0.6 * whole.area):
            best = whole
    return best or Box(sheet.safe.x, sheet.safe.y + sheet.safe.h // 5, sheet.safe.w, sheet.safe.h * 3 // 4)


def _of_texts(sheet: Sheet, texts: list[Box], bounds: Box, slide: Box) -> Box | None:
    """Between the sides of the layout's own text, and no lower than it goes, where that is not little; above
    it only as far as what lies behind is the same.
    """
    if not texts:
        return None
    left, right = min(b.x for b in texts), max(b.right for b in texts)
    top, bottom = min(b.y for b in texts), max(b.bottom for b in texts)
    if right - left <= slide.w * 0.45:
        return None
    low = bottom if bottom - top > slide.h * 0.3 and bottom > slide.h * 0.7 else bounds.bottom
    title = max(
        (h.box.bottom for h in sheet.holders if h.type in TITLES and h.box.bottom <= top), default=top
    )
    above = colours_behind(sheet.ground, sheet.drawn, Box(left, title, right - left, top - title))
    below = colours_behind(sheet.ground, sheet.drawn, Box(left, top, right - left, bottom - top))
    high = top if title < top and set(above) - set(below) else bounds.y
    return Box(left, high, right - left, min(low, bounds.bottom) - high)


def widest(bounds: Box, blocked: list[Box], least_h: int, least_w: int) -> Box | None:
    """The largest rectangle inside bounds that touches nothing, or None when none is large enough."""
    around = sorted(
        (
            b
            for b in blocked
            if b.shared(bounds)
            or (b.x < bounds.right and b.right > bounds.x and b.y < bounds.bottom and b.bottom > bounds.y)
        ),
        key=lambda b: -b.area,
    )[:12]
    edges = sorted(
        {bounds.x, bounds.right, *(x for b in around for x in (b.x, b.right) if bounds.x < x < bounds.right)}
    )
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
