"""Where each slot of a layout stands: in a placeholder that suits it, else in a text box of ours where the
layout leaves room.

brand.yaml may name the placeholders; what it leaves open is chosen by the names, types and sizes of the
placeholders, and by what is free.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.brand.covers import below_title, our_lines
from toolkit.brand.geometry import (
    ACTIONS,
    BESIDE,
    EMU,
    INCH,
    MOTIF,
    SMALLEST_CITATION,
    SMALLEST_ON_SLIDES,
    Box,
    Holder,
    Look,
    Sheet,
    SlideLayout,
    Slot,
    points_on,
)
from toolkit.brand.room import art, free_region, is_small_print, obstacles, widest
from toolkit.brand.template import TEXTS, TITLES
from toolkit.late import replace
from toolkit.plan.model import SLOTS, Layout

TITLE_WIDTH = 255.0  # points: about 30 letters at 18 points, less than which no title can be read
RUNNING_TEXT = (
    "body",
    "left",
    "right",
    "how",
    "source",
)  # slots whose words start at the left in any template
CLOSE = 4.0  # points between lines that stand together for want of room
DRAWN = ("figure", "picture")  # slots that no placeholder was made for
PICTURE = 0.36  # of the words of a child: a picture beside them, or below them where they are narrow


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
            and _useful(holder, slide, 0.15 if name in ACTIONS else 0.2)
        ):
            slots[name] = _taken(name, holder)
    if "title" not in slots:
        title = place_title(sheet, slide)
        if role not in ("title", "section"):
            title = _raised(title, sheet, slide)
        slots["title"] = (
            _lowered(title, sheet, slide) if title.bare and role in ("title", "section") else title
        )
    slots |= _feet(sheet, slide, slots)
    every = [s for s in SLOTS[role] if s != MOTIF and (role, s) != ("child", "picture")]
    missing = [s for s in every if s not in slots]
    if missing and role in ("title", "section"):
        slots = _with_title(role, sheet, slide, missing, slots)
    elif missing:
        fixed = [slot.box for slot in slots.values()]
        region = free_region(sheet, slide, fixed)
        if any(name in slots for name in SLOTS[role]) and region.h < _need(missing, region, slide):
            # What brand.yaml names leaves no room for the rest: keep its placeholders, and share the room out
            # among all.
            missing = every
            region = free_region(
                sheet, slide, [slots[name].box for name in ("title", "footer", "number") if name in slots]
            )
        slots |= _shared_out(role, sheet, slide, region, missing, slots)
    if role == "child" and "picture" not in slots:
        look = Look(SMALLEST_ON_SLIDES, insets=(0, 0, 0, 0))
        slots["picture"] = Slot("picture", _beside(slots["body"].box, slots["aside"].box), look)
    least = points_on(slide, SMALLEST_ON_SLIDES)
    slots = {name: replace(slot, least=least) for name, slot in slots.items()}
    order = ("title", *SLOTS[role], "footer", "number")
    return SlideLayout(
        role,
        sheet.name,
        sheet.position,
        {name: slots[name] for name in order if name in slots},
        sheet.fonts[2],
        tuple(s for s in every if s in slots and slots[s].idx is None),
        _on_art(sheet, slide, slots),
    )


def _on_art(sheet: Sheet, slide: Box, slots: dict[str, Slot]) -> dict[str, float]:
    """The slots at places of ours that lie on a logo or on drawn words, and how much of each does."""
    there = art(sheet, slide)
    shares = {
        name: sum(slot.box.shared(box) for box in there) / slot.box.area
        for name, slot in slots.items()
        if (slot.moved or slot.idx is None) and slot.box.area
    }
    return {name: round(min(share, 1.0), 2) for name, share in shares.items() if share > 0.02}


def _feet(sheet: Sheet, slide: Box, have: dict[str, Slot]) -> dict[str, Slot]:
    """The placeholders of a footer and of a slide's number, if they have room for a month, or a number."""
    slots: dict[str, Slot] = {n: have[n] for n in ("number", "footer") if n in have}
    for name, kind in (("number", "sldNum"), ("footer", "ftr")):
        holder = next((h for h in sheet.holders if h.type == kind), None)
        if name not in have and holder and not holder.vertical and holder.box.inside(slide):
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
    return slots


def _with_title(
    role: Layout, sheet: Sheet, slide: Box, names: list[str], have: dict[str, Slot]
) -> dict[str, Slot]:
    """All slots of the first slide, or of one that opens a part: the words below its title, and our own lines
    with them. Nobody misses a footer or number on a first slide that has no room for them otherwise.
    """
    kept, made = have, have
    for lost in ((), ("footer",), ("footer", "number")) if role == "title" else ((),):
        kept = {name: slot for name, slot in have.items() if name not in lost}
        made = _below_title(role, sheet, slide, names, kept, elsewhere=False)
        if all(name in made for name in names):
            return kept | made
    other = _below_title(role, sheet, slide, names, have, elsewhere=True)
    return have | other if all(name in other for name in names) else _closer(SLOTS[role][0], kept | made)


def _closer(name: str, slots: dict[str, Slot]) -> dict[str, Slot]:
    """The slots of a first slide on which lines of ours join the words below the title: with little between
    the lines, so that all of them have room.
    """
    if name not in slots:
        return slots
    look = slots[name].look
    undone = look.undone | {"after"} if look.after else look.undone
    close = replace(look, before=min(look.before, CLOSE), after=0.0, undone=undone)
    return slots | {name: replace(slots[name], look=close)}


def _below_title(
    role: Layout, sheet: Sheet, slide: Box, names: list[str], have: dict[str, Slot], elsewhere: bool
) -> dict[str, Slot]:
    """The words below the title of the first slide, or of one that opens a part, and our own lines there."""
    first, *ours = SLOTS[role]
    ours = [name for name in ours if name in names]
    title, taken = have["title"].box, [slot.box for slot in have.values()]
    holder, slots = next((h for h in sheet.holders if first in have and h.idx == have[first].idx), None), {}
    if first in have:
        box = have[first].box
    else:
        used = {slot.idx for slot in have.values()}
        holder, box = below_title(sheet, slide, title, ours, taken, used)
    boxes: dict[str, Box] = {}
    if ours:
        box, boxes = our_lines(sheet, slide, box, holder, ours, taken, elsewhere)
    align = next((h.align for h in (holder, *sheet.holders) if h and h.type in ("subTitle", *TITLES)), "l")
    align = align if role == "title" and align in ("ctr", "r") else ""
    if first not in have or box != have[first].box:
        boxes[first] = box
    for name, box in boxes.items():
        slots[name] = Slot(name, box, _plain(name, sheet, slide), align=align)
        if name == first and holder is not None:
            slots[name] = _taken(name, holder, box)
    return slots


def _beside(words: Box, aside: Box) -> Box:
    """Where a picture stands that shares the boxes of words, and of what stands below them: on a page without
    one they have all of it.
    """
    if words.w > words.h:
        wide = round(words.w * PICTURE)
        below = aside.bottom if (words.x, words.w) == (aside.x, aside.w) else words.bottom
        return Box(words.right - wide, words.y, wide, max(below, words.bottom) - words.y)
    high = round(words.h * PICTURE)
    return replace(words, y=words.bottom - high, h=high)


def _useful(holder: Holder, slide: Box, wide: float = 0.2) -> bool:
    """Whether a line of the least size stands in a placeholder, so wide a part of the slide."""
    left, top, right, bottom = holder.look.insets
    room = (holder.box.w - left - right, holder.box.h - top - bottom)
    return (
        holder.type in TEXTS
        and not holder.vertical
        and holder.box.inside(slide)
        and room[0] > slide.w * wide
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
        logos = [box for box in art(sheet, slide) if 0 < box.shared(holder.box) < 0.5 * holder.box.area]
        whole, less = holder.box.h * 9 // 10, max(high, holder.box.h * 6 // 10)
        box = widest(holder.box, logos, whole, wide) or widest(holder.box, logos, less, wide) or holder.box
        if not holder.vertical and box.inside(slide) and box.w >= wide and box.h >= high:
            return _taken("title", holder, box)
    return _own_title(sheet, slide, holder)


def _own_title(sheet: Sheet, slide: Box, holder: Holder | None) -> Slot:
    """A title at a place of ours, in the layout's title placeholder if it has one."""
    blocked = obstacles(sheet, slide, [h.box for h in sheet.holders if h.type in ("ftr", "sldNum")])
    area = widest(sheet.safe, blocked, slide.h // 8, slide.w // 2) or sheet.safe
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


def _raised(title: Slot, sheet: Sheet, slide: Box) -> Slot:
    """The title, or one at a place of ours where the template's own leaves little room below it."""
    if title.bare or title.box.bottom < slide.h * 0.38 or title.box.y > slide.h * 0.5:
        return title
    room = free_region(sheet, slide, [title.box])
    if room.h > slide.h * 0.4 or title.box.w < slide.w * 0.4:
        return title
    own = _own_title(sheet, slide, next((h for h in sheet.holders if h.type in TITLES), None))
    return own if free_region(sheet, slide, [own.box]).area > 1.2 * room.area else title


def _lowered(title: Slot, sheet: Sheet, slide: Box) -> Slot:
    """The title of a session or section where the template has no place for one: large, below a third."""
    box = Box(title.box.x, slide.h * 28 // 100, title.box.w, slide.h * 22 // 100)
    feet = [h.box for h in sheet.holders if h.type in ("ftr", "sldNum")]
    if any(box.shared(other) for other in obstacles(sheet, slide, feet)):
        return title
    return replace(
        title, box=box, look=replace(title.look, size=max(title.look.size, points_on(slide, 40.0)))
    )


def _need(slots: list[str], region: Box, slide: Box) -> int:
    """The height in EMU that the small slots need, and an inch for each of the others."""
    return sum(_small(name, region, slide) or INCH for name in slots)


# How many letters a slot of a few words holds at its size in points, and the least and most lines that it is
# given.
_LETTERS = {
    "badge": (50, 20, 1, 2),
    "source": (300, 12, 2, 5),
}


def _small(name: str, region: Box, slide: Box) -> int:
    """The height in EMU of a badge or source in a region of this width; 0 for other slots. A letter is taken
    as half its size wide.
    """
    if name not in _LETTERS:
        return 0
    letters, usual, least, most = _LETTERS[name]
    size = usual if name == "source" else points_on(slide, usual)
    rows = int(-(-letters * size // 2 // max(1, (region.w - 182_880) // EMU)))
    return round((min(max(rows, least), most) * size * 1.2 + 3) * EMU)


def _shared_out(
    role: Layout, sheet: Sheet, slide: Box, region: Box, names: list[str], have: dict[str, Slot]
) -> dict[str, Slot]:
    """Slots for some names inside a region: badge on top, source below, the others between, in
    placeholders where there are any.
    """
    heights = {name: high for name in names if (high := _small(name, region, slide))}
    if sum(heights.values()) > region.h * 0.45:
        heights = {
            name: round(high * region.h * 0.45 / sum(heights.values())) for name, high in heights.items()
        }
    boxes: dict[str, Box] = {}
    top, bottom = region.y, region.bottom
    if "badge" in heights:
        boxes["badge"] = Box(region.x, top, region.w, heights["badge"])
        top += heights["badge"] + (slide.h // 90 if role == "table" else 0)
    if "source" in heights:
        bottom -= heights["source"]
        boxes["source"] = Box(region.x, bottom, region.w, heights["source"])
    main = [name for name in names if name not in heights]
    holders = _holders_for(role, sheet, slide, main, have)
    between = Box(region.x, top, region.w, bottom - top)
    boxes |= (
        _columns(between, main, holders, role == "closing") if role in BESIDE else _rows(role, between, main)
    )
    slots = {}
    for name in names:
        holder = holders.get(name)
        look = _plain(name, sheet, slide)
        if role in BESIDE and name in main and holders:  # columns are set alike
            model = next(iter(holders.values())).look
            look = replace(
                model,
                size=max(points_on(slide, SMALLEST_ON_SLIDES), model.size),
                insets=look.insets,
                undone=frozenset(),
            )
        slot = _taken(name, holder, boxes[name]) if holder else Slot(name, boxes[name], look)
        slots[name] = _set_apart(role, slot, holder, slide)
    return _alike(slots, main, holders) if role in BESIDE else slots


def _alike(slots: dict[str, Slot], names: list[str], holders: dict[str, Holder]) -> dict[str, Slot]:
    """Slots whose columns are set alike: in the smallest of their sizes, from the top."""
    size = min(slots[name].look.size for name in names)
    high = any(holders[name].anchor != "t" for name in names if name in holders)
    made = {}
    for name in names:
        look = slots[name].look
        if look.size != size:
            undone = look.undone | {"size"} if name in holders else look.undone
            look = replace(look, size=size, undone=undone)
        made[name] = replace(slots[name], look=look, anchor="t" if high else slots[name].anchor)
    return slots | made


# What stands alone on a slide, or is asked there: its least size in points, whether it is bold, the least
# space before its paragraphs, and where it stands in its box.
_ALONE: dict[tuple[Layout, str], tuple[float, bool, float, str]] = {
    ("care", "body"): (32.0, False, 18.0, "ctr"),
    ("child", "body"): (36.0, False, 6.0, "ctr"),
    ("finding", "body"): (30.0, False, 6.0, "ctr"),
    ("pause", "question"): (32.0, True, 0.0, "ctr"),
    ("number", "figure"): (96.0, True, 0.0, "b"),
    ("number", "body"): (28.0, False, 6.0, ""),
    ("quotation", "quotation"): (32.0, False, 6.0, "ctr"),
    ("activity", "question"): (30.0, True, 0.0, "ctr"),
    ("activity", "how"): (0.0, False, 0.0, "ctr"),
}
LINES, AIRS = 9, 9.0  # of the care of those in the room: its lines, and the spaces between four pairs of them
NEAREST = 6.0  # points between paragraphs, in any case
_SMALLER = {
    **dict.fromkeys([("pause", "body"), ("pause", "how"), ("activity", "how"), ("child", "aside")], 24.0)
}  # points at most: what goes with a question


def _set_apart(role: Layout, slot: Slot, holder: Holder | None, slide: Box) -> Slot:
    """A slot as what stands in it is set in every template, whatever its placeholder was made for."""
    if (role, slot.name) not in _ALONE and (role, slot.name) not in _SMALLER:
        return slot
    look = slot.look
    least, bold, before, anchor = _ALONE.get((role, slot.name), (0.0, False, 0.0, ""))
    most = _SMALLER.get((role, slot.name))
    size = max(look.size, points_on(slide, least))
    size = min(size, points_on(slide, most)) if most else size
    near = before > 0 and look.after > 0  # space of ours stands before paragraphs, and none after them
    changes = (("size", size != look.size), ("b", bold and not look.bold), ("after", near))
    said = {name for name, is_ in changes if is_}
    look = replace(
        look,
        size=size,
        bold=look.bold or bold,
        before=max(look.before, min(points_on(slide, before), _air(slot.box, look, size, slide))),
        after=0.0 if near else look.after,
        undone=look.undone | said if holder else look.undone,
    )
    stands = holder.anchor if holder else "t"
    return replace(slot, look=look, anchor=anchor if stands == "t" else "")


def _air(box: Box, look: Look, size: float, slide: Box) -> float:
    """The most space before paragraphs of this size at which LINES lines, AIRS spaces apart, still stand in a
    box at the least size: with more, a page meant to be one would be two.
    """
    least = points_on(slide, SMALLEST_ON_SLIDES)
    room = (box.h - look.insets[1] - look.insets[3]) / EMU - LINES * least * 1.2
    return max(NEAREST, room / AIRS * size / least)


def _holders_for(
    role: Layout, sheet: Sheet, slide: Box, names: list[str], have: dict[str, Slot]
) -> dict[str, Holder]:
    """Placeholders for the main slots of a role: those named already, then the larger, in reading order."""
    found = {name: h for name in names if name in have for h in sheet.holders if h.idx == have[name].idx}
    taken = {slot.idx for slot in have.values()} | {h.idx for h in found.values()}
    types = ("obj", "tbl") if role in ("table", "drawing") else ("body", "obj", "subTitle")
    names = [name for name in names if name not in DRAWN]
    free = [h for h in sheet.holders if h.type in types and h.idx not in taken and not h.vertical]
    free = [
        h
        for h in free
        if h.box.within(slide).area > 0.8 * h.box.area
        and h.box.w > slide.w * 0.2
        and h.box.h > slide.h * 0.05
        and not is_small_print(h, sheet)
    ]
    open_ = [name for name in names if name not in found]
    if role in BESIDE and len(free) < len(open_):
        return found  # one column in a placeholder and one beside it would not be set alike
    free = sorted(
        sorted(free, key=lambda h: h.box.area, reverse=True)[: len(open_)],
        key=_reading(role),
    )
    return found | dict(zip(open_, free))


def _reading(role: Layout) -> Callable[[Holder], tuple[int, int]]:
    if role in BESIDE:
        return lambda h: (h.box.x // INCH, h.box.y)
    return lambda h: (h.box.y // INCH, h.box.x)


def _columns(
    between: Box, names: list[str], holders: dict[str, Holder], closing: bool = False
) -> dict[str, Box]:
    """Two columns at the template's own sides where it has two, else of equal width.

    The last slide has its list on the right, which needs more.
    """
    if closing and len(names) == 2:
        gap = between.w // 40
        less = max((between.w - gap) * 3 // 10, min(2 * INCH, (between.w - gap) * 2 // 5))
        more = Box(between.x + less + gap, between.y, between.w - gap - less, between.h)
        return {names[0]: replace(between, w=less), names[1]: more}
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


_SHARE = {
    "quotation": 0.7,
    "attribution": 0.3,
    "question": 0.4,
    "picture": 0.45,
    "how": 0.15,
    "figure": 1.0,
    "aside": 0.35,
}


def _rows(role: Layout, between: Box, names: list[str]) -> dict[str, Box]:
    """Slots one under the other."""
    share = _SHARE | ({"body": 0.6, "question": 0.5, "how": 0.17} if role == "pause" else {})
    total = sum(share.get(name, 1.0) for name in names)
    boxes, top = {}, between.y
    for name in names:
        high = round(between.h * share.get(name, 1.0) / total)
        boxes[name] = Box(between.x, top, between.w, min(high, between.bottom - top))
        top += high
    return boxes


def _plain(name: str, sheet: Sheet, slide: Box) -> Look:
    """How a text box of ours is set, in the master's font for text."""
    least = points_on(slide, SMALLEST_ON_SLIDES)
    sizes = {"source": SMALLEST_CITATION, **dict.fromkeys(("badge", "edition", "board"), least)}
    small = name in ("badge", "source")
    return Look(
        sizes.get(name, max(sheet.body.size, least)),
        sheet.body.font,
        name == "badge",
        before=0.0 if small else 6.0,
        insets=(91_440, 0, 91_440, 0) if small else (91_440, 45_720, 91_440, 45_720),
    )
