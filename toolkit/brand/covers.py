"""The first slide and those that open a part: the template's own title and the words below it stay together
where the designer put them, and lines of ours join them or go below.
"""

from __future__ import annotations

from toolkit.brand.geometry import EMU, SMALLEST_ON_SLIDES, Box, Holder, Sheet, points_on
from toolkit.brand.room import art, free_region, is_small_print, obstacles, widest
from toolkit.late import replace

# How many letters a line of ours holds, and the least and most lines that it is given.
LETTERS = {"board": (60, 1, 2), "edition": (90, 1, 3)}
_AIR = 14.0  # points above such a line, where there is room
LEAST_OF_A_PART = 3  # lines of what opens a part: fewer, and it goes on over further slides
_LINES = 2  # of the words below a title, that are always given room


def below_title(
    sheet: Sheet, slide: Box, title: Box, ours: list[str], taken: list[Box], used: set[int | None]
) -> tuple[Holder | None, Box]:
    """Where the words below a title stand, and their placeholder, if there is one."""
    blocked = obstacles(sheet, slide, [title, *taken])
    holder = _below(sheet, slide, title, used)
    own = _tall_enough(holder.box, holder, sheet, slide, blocked) if holder is not None else None
    if own is None or (not ours and own.h < _lines(LEAST_OF_A_PART, holder, slide)):
        return None, _under_title(sheet, slide, title, taken, blocked, ours)
    logos = [box for box in art(sheet, slide) if 0 < box.shared(own) < 0.5 * own.area]
    return holder, widest(own, logos, own.h * 9 // 10, own.w // 2) or own


def our_lines(
    sheet: Sheet,
    slide: Box,
    own: Box,
    holder: Holder | None,
    ours: list[str],
    taken: list[Box],
    elsewhere: bool,
) -> tuple[Box, dict[str, Box]]:
    """Where lines of ours stand with the words below a title, or `elsewhere`, and what is left of the room of
    those. A line that has no room is left out: it joins them.
    """
    blocked = obstacles(sheet, slide, taken)
    across = max(own.w // 2, slide.w // 4)
    area = _column(own, own.bottom, sheet, slide)
    if holder is None or holder.align == "l":  # and as far to the right as there is nothing
        area = replace(area, w=max(area.right, sheet.safe.right) - area.x)
    below = widest(area, blocked, min(_need(ours, own, slide), _need(ours, area, slide)), across)
    if below is not None and below.h < _need(ours, below, slide):
        below = None
    if below is not None:
        need = {name: _high(name, below, slide, _AIR) for name in ours}
        airy = min(1.5, below.h / sum(need.values()))
        if airy < 1:
            need, airy = {name: _high(name, below, slide) for name in ours}, 1.0
        return own, _stacked({name: round(high * airy) for name, high in need.items()}, below)
    deep = _deeper(own, sheet, slide, blocked)
    need = {name: _high(name, own, slide) for name in ours}
    rest = deep.h - sum(need.values())
    if rest >= _lines(1, holder, slide):
        return replace(own, h=rest), _stacked(need, replace(deep, y=own.y + rest))
    other = free_region(sheet, slide, [own, *taken])
    if (
        elsewhere
        and other.h >= _need(ours, other, slide)
        and not any(other.shared(box) for box in (own, *taken))
    ):
        return own, _stacked({name: _high(name, other, slide) for name in ours}, other)
    return replace(own, h=max(own.h, deep.h)), {}


def _below(sheet: Sheet, slide: Box, title: Box, used: set[int | None]) -> Holder | None:
    """The placeholder that the designer put with the title."""
    there = [
        h
        for h in sheet.holders
        if h.type in ("subTitle", "body", "obj")
        and h.idx not in used
        and not h.vertical
        and h.box.within(slide).area > 0.8 * h.box.area > 0
        and h.box.w > slide.w * 0.2
        and h.box.shared(title) < 0.3 * h.box.area
    ]

    def apart(holder: Holder) -> tuple[bool, bool, int]:
        above = holder.box.y < title.y
        far = max(holder.box.y - title.bottom, title.y - holder.box.bottom)
        return holder.type != "subTitle", above, abs(far)

    there = [h for h in there if h.type == "subTitle" or not is_small_print(h, sheet)]
    return min(there, key=apart, default=None)


def _lines(count: int, holder: Holder | None, slide: Box) -> int:
    """The height in EMU of some lines of the least size in a placeholder."""
    insets = holder.look.insets[1] + holder.look.insets[3] if holder is not None else 91_440
    return round(count * points_on(slide, SMALLEST_ON_SLIDES) * 1.2 * EMU) + insets + EMU


def _tall_enough(box: Box, holder: Holder, sheet: Sheet, slide: Box, blocked: list[Box]) -> Box | None:
    """A placeholder's box, with more height where it has too little for words of the least size."""
    if box.h >= _lines(LEAST_OF_A_PART, holder, slide):
        return box
    deep = _deeper(box, sheet, slide, blocked)
    high = min(max(deep.h, box.h), _lines(LEAST_OF_A_PART, holder, slide))
    return replace(box, h=max(high, box.h)) if high >= _lines(1, holder, slide) else None


def _deeper(box: Box, sheet: Sheet, slide: Box, blocked: list[Box]) -> Box:
    """A box down to what is in its way below its first half, further than it goes or less far."""
    stops = [b.y for b in blocked if b.x < box.right and b.right > box.x and b.y >= box.y + box.h // 2]
    low = min([sheet.safe.bottom, *stops])
    return replace(box, h=low - box.y)


def _under_title(
    sheet: Sheet, slide: Box, title: Box, taken: list[Box], blocked: list[Box], ours: list[str]
) -> Box:
    """Where the template has no place for them: straight below the title, else where there is most room."""
    need = _lines(_LINES, None, slide)
    area = _column(title, title.bottom, sheet, slide)
    below = widest(area, blocked, need, max(title.w // 2, slide.w // 4))
    room = below or free_region(sheet, slide, [title, *taken])
    spare = room.h - _need(ours, room, slide)
    return replace(room, h=min(room.h, spare if spare >= need else room.h, round(3 * need)))


def _column(box: Box, top: int, sheet: Sheet, slide: Box) -> Box:
    """All that lies below a line and between the sides of a box, or of the slide where that is narrow."""
    gap = slide.h // 90
    left, right = (box.x, box.right) if box.w > slide.w * 0.3 else (sheet.safe.x, sheet.safe.right)
    return Box(left, top + gap, right - left, max(0, sheet.safe.bottom - top - gap))


def _need(names: list[str], room: Box, slide: Box) -> int:
    return sum(_high(name, room, slide) for name in names)


def _high(name: str, room: Box, slide: Box, air: float = 3.0) -> int:
    """The height in EMU of a line of ours in a room of this width; a letter counts as half its size wide."""
    letters, least, most = LETTERS[name]
    size = points_on(slide, SMALLEST_ON_SLIDES)
    rows = int(-(-letters * size // 2 // max(1, (room.w - 182_880) // EMU)))
    return round((min(max(rows, least), most) * size * 1.2 + air) * EMU) + (91_440 if air < _AIR else 0)


def _stacked(need: dict[str, int], room: Box) -> dict[str, Box]:
    boxes, top = {}, room.y
    for name, high in need.items():
        boxes[name] = Box(room.x, top, room.w, high)
        top += high
    return boxes
