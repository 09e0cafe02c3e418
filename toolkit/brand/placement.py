"""Where each slot of a layout stands: in a placeholder that suits it, else in a text box of ours where the
layout leaves room.

brand.yaml may name the placeholders; what it leaves open is chosen by the names, types and sizes of the
placeholders, and by what is free.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from toolkit.brand.geometry import (
    EMU,
    INCH,
    SMALLEST_CITATION,
    SMALLEST_ON_SLIDES,
    Box,
    Holder,
    Look,
    Sheet,
    SlideLayout,
    Slot,
)
from toolkit.brand.template import TEXTS, TITLES
from toolkit.plan.model import SLOTS, Layout

TITLE_WIDTH = 255.0  # points: about 30 letters at 18 points, less than which no title can be read
RUNNING_TEXT = (
    "body",
    "left",
    "right",
    "how",
    "label",
    "source",
)  # slots whose words start at the left in any template
LARGE_SHAPE = 0.05  # of a slide: a filled shape that words must not run over


def fill_in(role: Layout, sheet: Sheet, slide: Box, wanted: dict[str, str]) -> SlideLayout:
    """The slots of one role: placeholders that brand.yaml names, those called as the slot is, then by type
    and size, then text boxes.
    """
    slots: dict[str, Slot] = {}
    for name, label in wanted.items():
        holder = next((h for h in sheet.holders if h.label.casefold() == label.casefold()), None)
        if holder is not None:
            slots[name] = _taken(name, holder)
    for name in SLOTS[role]:
        holder = next((h for h in sheet.holders if h.label.casefold() == name), None)
        if (
            name not in slots
            and holder
            and holder.idx not in {s.idx for s in slots.values()}
            and _useful(holder, slide)
        ):
            slots[name] = _taken(name, holder)
    if "title" not in slots:
        slots["title"] = place_title(sheet, slide)
    for name, kind in (("number", "sldNum"), ("footer", "ftr")):
        holder = next((h for h in sheet.holders if h.type == kind), None)
        if name not in slots and holder and not holder.vertical and holder.box.inside(slide):
            number = slots["number"].box if name == "footer" and "number" in slots else Box(0, 0, 0, 0)
            box = (
                holder.box
                if not holder.box.shared(number)
                else replace(holder.box, w=number.x - holder.box.x)
            )
            left, top, right, bottom = holder.look.insets
            letters = 15 if name == "footer" else 4  # a month and year; a number of four digits
            if (
                box.w - left - right > letters * SMALLEST_CITATION * 0.55 * EMU
                and box.h - top - bottom > SMALLEST_CITATION * EMU
            ):
                slots[name] = _taken(name, holder, box)
    missing = [s for s in SLOTS[role] if s not in slots]
    if missing:
        fixed = [slot.box for slot in slots.values()]
        region = free_region(sheet, slide, fixed)
        if any(name in slots for name in SLOTS[role]) and region.h < _need(missing, region):
            # What brand.yaml names leaves no room for the rest: keep its placeholders, and share the room out
            # among all.
            missing = list(SLOTS[role])
            region = free_region(
                sheet, slide, [slots[name].box for name in ("title", "footer", "number") if name in slots]
            )
        slots |= _shared_out(role, sheet, slide, region, missing, slots)
    order = ("title", *SLOTS[role], "footer", "number")
    return SlideLayout(
        role,
        sheet.name,
        sheet.position,
        {name: slots[name] for name in order if name in slots},
        sheet.fonts[2],
        tuple(s for s in SLOTS[role] if slots[s].idx is None),
    )


def _useful(holder: Holder, slide: Box) -> bool:
    """Whether a line of the least size stands in a placeholder."""
    left, top, right, bottom = holder.look.insets
    room = (holder.box.w - left - right, holder.box.h - top - bottom)
    return (
        holder.type in TEXTS
        and not holder.vertical
        and holder.box.inside(slide)
        and room[0] > slide.w * 0.2
        and room[1] >= SMALLEST_ON_SLIDES * EMU
    )


def _taken(name: str, holder: Holder, box: Box | None = None) -> Slot:
    align = "l" if holder.align in ("just", "dist") or (holder.align != "l" and name in RUNNING_TEXT) else ""
    return Slot(
        name,
        box or holder.box,
        holder.look,
        holder.idx,
        holder.type,
        holder.label,
        box is not None and box != holder.box,
        align=align,
    )


def place_title(sheet: Sheet, slide: Box) -> Slot:
    """The title: the layout's own placeholder if a title can stand in it, else a title placeholder at a place
    of ours.
    """
    holder = next((h for h in sheet.holders if h.type in TITLES), None)
    if holder is not None:
        left, top, right, bottom = holder.look.insets
        wide = round(min(TITLE_WIDTH * EMU, slide.w * 0.6)) + left + right
        high = round(SMALLEST_ON_SLIDES * 1.2 * EMU) + top + bottom
        logos = [
            d.box.within(slide)
            for d in sheet.drawn
            if d.kind in ("picture", "words") and 0 < d.box.shared(holder.box) < 0.5 * holder.box.area
        ]
        box = _widest(holder.box, logos, high, wide) or holder.box
        if not holder.vertical and box.inside(slide) and box.w >= wide and box.h >= high:
            return _taken("title", holder, box)
    blocked = _obstacles(sheet, slide, [h.box for h in sheet.holders if h.type in ("ftr", "sldNum")])
    area = _widest(sheet.safe, blocked, slide.h // 8, slide.w // 2) or sheet.safe
    high = min(slide.h * 13 // 100, round(sheet.title.size * 2.6 * EMU))
    look = replace(sheet.title, insets=(91_440, 0, 91_440, 0))
    return Slot(
        "title",
        Box(area.x, area.y, area.w, high),
        look,
        holder.idx if holder else 0,
        holder.type if holder else "title",
        holder.label if holder else "Title",
        True,
        "",
        True,
    )


def _obstacles(sheet: Sheet, slide: Box, others: list[Box]) -> list[Box]:
    """What words must not run over: `others`, logos, drawn words, rules, and shapes that are neither
    background nor panel.

    A shape that covers most of the slide is background; one that lies under the text of the layout or its
    master is a panel for words.
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


def _texts(sheet: Sheet, slide: Box) -> list[Box]:
    """Where the layout has its text, as far as it is of use; else where its master has it."""
    own = [
        h.box.within(slide)
        for h in sheet.holders
        if h.type in TEXTS and h.box.w > slide.w * 0.2 and h.box.h > slide.h * 0.08 and h.box.inside(slide)
    ]
    return own or ([sheet.words] if sheet.words is not None and sheet.words.inside(slide) else [])


def _is_panel(box: Box, sheet: Sheet, slide: Box) -> bool:
    return any(box.shared(text) > 0.5 * text.area for text in _texts(sheet, slide))


def free_region(sheet: Sheet, slide: Box, taken: list[Box]) -> Box:
    """The largest free rectangle for words, between the sides of the layout's own text and inside the panel
    that it lies on, if any.
    """
    feet = [h.box for h in sheet.holders if h.type in ("ftr", "sldNum") and h.box.inside(slide)]
    gap = slide.h // 70
    blocked = [Box(b.x, b.y - gap, b.w, b.h + 2 * gap) for b in _obstacles(sheet, slide, [*taken, *feet])]
    texts = _texts(sheet, slide)
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


def _need(slots: list[str], region: Box) -> int:
    """The height in EMU that the small slots need, and an inch for each of the others."""
    return sum(_small(name, region) or INCH for name in slots)


# How many letters a slot of a few words holds at its size in points, and the least and most lines that it is
# given.
_LETTERS = {
    "badge": (50, 18, 1, 2),
    "label": (120, 18, 2, 4),
    "source": (300, 12, 2, 5),
    "board": (60, 20, 1, 2),
    "edition": (75, 18, 1, 3),
}


def _small(name: str, region: Box) -> int:
    """The height in EMU of a badge, label or source in a region of this width; 0 for other slots."""
    return _high(name, region) if name in ("badge", "label", "source") else 0


def _high(name: str, region: Box) -> int:
    """The height in EMU of a slot of a few words; a letter is taken as half its size wide."""
    letters, size, least, most = _LETTERS[name]
    rows = -(-letters * size // 2 // max(1, (region.w - 182_880) // EMU))
    return round(
        (min(max(rows, least), most) * size * 1.2 + (3 if name in ("badge", "label", "source") else 14)) * EMU
    )


def _shared_out(
    role: Layout, sheet: Sheet, slide: Box, region: Box, names: list[str], have: dict[str, Slot]
) -> dict[str, Slot]:
    """Slots for some names inside a region: badge on top, label and source below, the others between, in
    placeholders where there are any.
    """
    heights = {name: _small(name, region) for name in names if _small(name, region)}
    if sum(heights.values()) > region.h * 0.45:
        heights = {
            name: round(high * region.h * 0.45 / sum(heights.values())) for name, high in heights.items()
        }
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
    boxes |= (
        _columns(between, main, holders) if role == "two-columns" else _rows(role, between, main, holders)
    )
    slots = {}
    align = (
        next(
            (
                h.align
                for h in (holders.get("subtitle"), *sheet.holders)
                if h and h.type in ("subTitle", *TITLES)
            ),
            "l",
        )
        if role == "title"
        else "l"
    )
    for name in names:
        holder = holders.get(name)
        look = _plain(name, sheet)
        if role == "two-columns" and name in main and holders:  # two columns are set alike
            model = next(iter(holders.values())).look
            look = replace(
                model, size=max(SMALLEST_ON_SLIDES, model.size), insets=look.insets, undone=frozenset()
            )
        slots[name] = (
            _taken(name, holder, boxes[name])
            if holder
            else Slot(name, boxes[name], look, align=align if align in ("ctr", "r") else "")
        )
    return slots


def _holders_for(
    role: Layout, sheet: Sheet, slide: Box, names: list[str], have: dict[str, Slot]
) -> dict[str, Holder]:
    """Placeholders for the main slots of a role: those named already, then the larger, in reading order."""
    found = {name: h for name in names if name in have for h in sheet.holders if h.idx == have[name].idx}
    taken = {slot.idx for slot in have.values()} | {h.idx for h in found.values()}
    types = ("obj", "tbl") if role in ("table", "timeline") else ("body", "obj", "subTitle")
    free = [h for h in sheet.holders if h.type in types and h.idx not in taken and not h.vertical]
    free = [
        h
        for h in free
        if h.box.within(slide).area > 0.8 * h.box.area
        and h.box.w > slide.w * 0.2
        and h.box.h > slide.h * 0.05
    ]
    open_ = [name for name in names if name not in found]
    free = sorted(
        sorted(free, key=lambda h: (h.type == "subTitle" and role == "title", h.box.area), reverse=True)[
            : len(open_)
        ],
        key=_reading(role),
    )
    return found | dict(zip(open_, free))


def _reading(role: Layout) -> Callable[[Holder], tuple[int, int]]:
    return lambda h: (h.box.x // INCH, h.box.y) if role == "two-columns" else (h.box.y // INCH, h.box.x)


def _columns(between: Box, names: list[str], holders: dict[str, Holder]) -> dict[str, Box]:
    """Two columns at the template's own sides where it has two, else of equal width."""
    if len(names) == 2 and all(name in holders for name in names):
        left, right = (holders[name].box for name in names)
        if (
            left.right <= right.x
            and left.x >= between.x - INCH // 8
            and right.right <= between.right + INCH // 8
            and min(left.w, right.w) > between.w * 0.25
        ):
            return {name: Box(box.x, between.y, box.w, between.h) for name, box in zip(names, (left, right))}
    gap = between.w // 40
    width = (between.w - gap * (len(names) - 1)) // max(len(names), 1)
    return {
        name: Box(between.x + n * (width + gap), between.y, width, between.h) for n, name in enumerate(names)
    }


_SHARE = {"quotation": 0.7, "attribution": 0.3, "question": 0.5, "how": 0.5}


def _rows(role: Layout, between: Box, names: list[str], holders: dict[str, Holder]) -> dict[str, Box]:
    """Slots one under the other.

    A title slide's subtitle and a section's text stay where the template has them if the rest has room.
    """
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


def _plain(name: str, sheet: Sheet) -> Look:
    """How a text box of ours is set, in the master's font for text."""
    sizes = {
        "source": SMALLEST_CITATION,
        "badge": 18.0,
        "label": 18.0,
        "question": 28.0,
        "quotation": 28.0,
        "edition": 18.0,
        "board": 20.0,
    }
    small = name in ("badge", "label", "source")
    return Look(
        sizes.get(name, max(sheet.body.size, SMALLEST_ON_SLIDES)),
        sheet.body.font,
        name == "badge",
        before=0.0 if small else 6.0,
        insets=(91_440, 0, 91_440, 0) if small else (91_440, 45_720, 91_440, 45_720),
    )
