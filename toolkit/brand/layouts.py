"""Which layout of a template plays which of our roles: by its type, the words of its name in many languages,
and what it holds.
"""

from __future__ import annotations

import re
from functools import cache

from toolkit.brand.geometry import Box, Sheet, SlideLayout, Slot
from toolkit.brand.inks import CLEAR, colours_behind, least_contrast
from toolkit.brand.placement import fill_in, place_title
from toolkit.brand.room import art, free_region, is_small_print, strewn, texts_of
from toolkit.brand.template import TEXTS, TITLES, Template
from toolkit.content.nodes import parse, read_text
from toolkit.plan.model import ON_PAPER, SLOTS, Layout
from toolkit.shipped import packaged

ROLES: tuple[Layout, ...] = tuple(
    role for role in SLOTS if role not in ON_PAPER
)  # what a brand has layouts for

_TYPES = {
    "title": "title",
    "secHead": "section",
    **dict.fromkeys(("obj", "tx", "objOnly"), "content"),
    **dict.fromkeys(("twoObj", "twoTxTwoObj", "twoColTx"), "two"),
    "titleOnly": "title only",
    "blank": "blank",
    "objTx": "caption",
    **dict.fromkeys(("vertTx", "vertTitleAndTx", "vertTitleAndTxOverChart", "clipArtAndVertTx"), "vertical"),
    **dict.fromkeys(
        (
            "picTx",
            "chart",
            "dgm",
            "tbl",
            "txAndChart",
            "chartAndTx",
            "txAndClipArt",
            "clipArtAndTx",
            "txAndMedia",
            "mediaAndTx",
            "fourObj",
        ),
        "picture",
    ),
}
_DRAWN = ("timeline", "title only", "content", "other", "two", "section", "blank", "caption", "closing")
_WORDS = ("content", "other", "title only", "two", "caption", "section", "blank", "closing", "quotation")
_QUOTED = ("quotation", *_WORDS[:-1])
_ASKED = ("activity", *_WORDS[:-1])
# Which kinds of layout suit each role, best first.
_SUITS: dict[str, tuple[str, ...]] = {
    "title": ("title", "section", "title only", "content", "caption", "other", "closing", "blank", "two"),
    "section": ("section", "title", "title only", "content", "other", "closing", "blank", "two"),
    "content": _WORDS,
    "care": _WORDS,
    "child": _WORDS,
    "finding": _WORDS,
    "actions": _WORDS,
    "pause": _ASKED,
    "number": _WORDS,
    "two-columns": ("two", "content", "title only", "other", "caption", "section", "blank", "closing"),
    "drawing": _DRAWN,
    "table": ("table", "title only", "content", "other", "two", "section", "blank", "caption", "closing"),
    "quotation": _QUOTED,
    "activity": _ASKED,
    "closing": ("closing", "two", "content", "other", "title only", "caption", "section", "blank"),
}
CALLED = 90.0  # more for the layout that has a role's own name, as in a copy of the house deck
TURNED = 40.0  # less where words have room above their title only
UNREADABLE = 15.0  # less where words would need a ground of ours
LIKELY = 4.0  # and where nothing else is called as in the house deck
_OURS = ("care", "child", "drawing", "finding", "actions", "pause", "number", "two-columns")
_PICTURE = 0.25  # of a slide: placeholders for pictures that make a layout one for pictures
_PICTURES = ("pic", "chart", "dgm", "media", "clipArt")


@cache
def names() -> dict[str, str]:
    """What layouts of each kind are called, as patterns: reference/layout-names.yaml."""
    path = packaged() / "reference" / "layout-names.yaml"
    return {kind: "|".join(patterns) for kind, patterns in parse(path, read_text(path)).plain().items()}


def kind_of(sheet: Sheet, slide: Box) -> str:
    """What a layout is for: by its type, then by the words of its name, then by what it holds."""
    words, type_, holders = sheet.name.casefold(), sheet.type, sheet.holders
    titled = any(h.type in TITLES for h in holders)
    texts = [h for h in holders if h.type in TEXTS and h.box.h > slide.h * 0.1]
    useful = [h for h in texts if h.box.w > slide.w * 0.2 and not is_small_print(h, sheet)]
    pictures = sum(h.box.within(slide).area for h in holders if h.type in _PICTURES)
    if any(h.vertical and h.type in (*TITLES, *TEXTS) for h in holders) or _TYPES.get(type_) == "vertical":
        return "vertical"
    if pictures > _PICTURE * slide.area or (pictures and not useful) or _TYPES.get(type_) == "picture":
        return "picture"
    if type_ == "tx" and titled and any(h.type == "subTitle" for h in holders):
        return "title"  # as LibreOffice writes it
    if type_ in _TYPES:
        return (
            "closing"
            if type_ in ("title", "obj", "tx") and re.search(names()["closing"], words)
            else _TYPES[type_]
        )
    for kind, pattern in names().items():
        if kind != "vertical" and re.search(pattern, words):
            return "title only" if kind == "title" and _is_heading(sheet, slide) else kind
    if any(h.type in ("ctrTitle", "subTitle") for h in holders):
        return "title"
    if not texts:
        return "title only" if titled else "blank"
    if len(texts) == 1:
        return "content" if titled else "other"
    return (
        "two"
        if titled and len(texts) == 2 and abs(texts[0].box.y - texts[1].box.y) < slide.h // 10
        else "other"
    )


def _is_heading(sheet: Sheet, slide: Box) -> bool:
    """Whether the title of a layout stands above what the slide says, as on no first slide."""
    return not any(h.type in ("ctrTitle", "subTitle") for h in sheet.holders) and any(
        h.type == "title" and 0 < h.box.bottom < slide.h * 0.3 for h in sheet.holders
    )


def choose_layouts(template: Template) -> dict[str, Sheet]:
    """The best layout for each role, from the one master whose layouts suit best; another master's only for a
    title or section of its own.
    """
    slide = template.slide
    kinds = {s.position: kind_of(s, slide) for s in template.sheets}
    rooms = {s.position: _room_of(s, slide) for s in template.sheets}
    ours = any(called(s.name) in _OURS for s in template.sheets)
    scores = {
        role: {
            s.position: _score(role, kinds[s.position], s, slide, rooms[s.position], ours)
            for s in template.sheets
        }
        for role in _SUITS
    }
    masters = sorted({s.master for s in template.sheets})
    totals = {
        m: sum(max(scores[role][s.position] for s in template.sheets if s.master == m) for role in _SUITS)
        for m in masters
    }
    main = max(masters, key=lambda m: (totals[m], -m))
    chosen = {}
    for role in _SUITS:
        own = [s for s in template.sheets if s.master == main]
        if role in ("title", "section") and not any(kinds[s.position] == role for s in own):
            own += [s for s in template.sheets if kinds[s.position] == role]
        chosen[role] = max(own, key=lambda s: (scores[role][s.position], -s.position))
    return chosen


def called(name: str) -> str:
    """The name of a layout as roles are written."""
    return name.strip().casefold().replace(" ", "-")


def _room_of(sheet: Sheet, slide: Box) -> tuple[Slot, Box, float]:
    """The title of a layout, the room that it leaves, and what speaks against words there: that no ink can be
    read on all of it, or that it is full of ornaments.
    """
    title = place_title(sheet, slide)
    region = free_region(sheet, slide, [title.box])
    behind = colours_behind(sheet, region)
    inks = [sheet.scheme[name] for name in ("tx1", "bg1") if name in sheet.scheme]
    hard = None in behind or max(least_contrast(ink, behind) for ink in inks) < CLEAR
    texts = texts_of(sheet, slide)
    over = sum(box.shared(text) for box in art(sheet, slide) for text in texts)
    full = over / max(1, sum(text.area for text in texts))
    full = max(full, strewn(sheet, slide, region))
    return title, region, UNREADABLE * hard + 40 * min(1.0, 2 * full)


def _score(
    role: str, kind: str, sheet: Sheet, slide: Box, room_of: tuple[Slot, Box, float], ours: bool
) -> float:
    """How well a layout suits a role. Vertical text and pictures never do while anything else is there."""
    suits = _SUITS[role]
    title, region, against = room_of
    score = (
        100.0 - 12 * suits.index(kind)
        if kind in suits
        else {"picture": -300.0, "vertical": -500.0}.get(kind, -40.0)
    )
    # “Title” or “Content” says little where no layout is called as only ours are.
    score += (CALLED if ours else LIKELY) if called(sheet.name) == role else 0
    score -= 150 if title.bare else 0
    score -= (
        25
        if role not in ("title", "section") and title.box.w < 0.45 * slide.w and title.box.h < 0.3 * slide.h
        else 0
    )  # a label, not a title
    if role not in ("title", "section"):
        score -= against + TURNED * (region.bottom <= title.box.y)
        room = region.area / slide.area
        score += 30 * min(room, 0.6) - (
            200 if room < 0.2 or region.w < slide.w * 0.35 or region.h < slide.h * 0.3 else 0
        )
    elif region.area < slide.area * 0.06:
        score -= 60
    texts = sum(
        h.type in TEXTS and h.box.area > 0.02 * slide.area and not is_small_print(h, sheet)
        for h in sheet.holders
    )
    score += (
        6
        if texts == {"two-columns": 2, "closing": 2, "actions": 0, "drawing": 0, "table": 0}.get(role, 1)
        else 0
    )
    # A placeholder for a picture stays empty: the room that it has is lost.
    pictures = sum(h.box.within(slide).area for h in sheet.holders if h.type in _PICTURES)
    score -= 40 * min(1.0, 2 * pictures / slide.area) + (5 if pictures else 0)
    return score - (5 if None in sheet.ground else 0)


def fill_all(template: Template, chosen: dict[str, Sheet]) -> dict[str, SlideLayout]:
    """The layouts of all roles as they are filled in when nobody says how."""
    return {role: fill_in(role, chosen[role], template.slide, {}) for role in ROLES}
