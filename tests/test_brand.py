"""Any board's template works: titles can be read, words stand on the slide, beside each other and in a colour
that shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pptx
import pytest
from lxml import etree
from PIL import Image

from tests.conftest import TOP, WORDING, read_brand
from tests.drawings import ring
from tests.odd import DECKS, odd
from toolkit.brand.compiled import PLAIN_GRID, Brand
from toolkit.brand.folder import compile_brand
from toolkit.brand.geometry import ACTIONS, EMU, INCH, MOTIF, Box, Drawn, Sheet, SlideLayout, points_on
from toolkit.brand.inks import CLEAR, colours_behind
from toolkit.brand.inspection import describe, inspect, save_brand
from toolkit.brand.layouts import ROLES, choose_layouts, kind_of
from toolkit.brand.pictures import SMALL, Shades, shades, small_copy
from toolkit.brand.placement import fill_in, place_title
from toolkit.brand.template import Template, take_apart
from toolkit.brand.wordstyles import own_styles
from toolkit.fit.fit import check_notes, fit_deck
from toolkit.fit.typeset import fits
from toolkit.office.colour import contrast, from_hex
from toolkit.office.hygiene import clean_deck
from toolkit.office.opc import read_package
from toolkit.plan.model import (
    ON_PAPER,
    SLOTS,
    Blocks,
    Bullets,
    Heading,
    Layout,
    Note,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Span,
    Table,
    Timeline,
)
from toolkit.problems import Invalid, Place
from toolkit.render.pptx import render
from toolkit.render.readback import check_deck

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HOUSE = TOP / "templates" / "brands" / "house"

NEEDED = {role: tuple(n for n in names if n != MOTIF) for role, names in SLOTS.items()}


@pytest.fixture(scope="module")
def brands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brand]:
    """A brand from each odd template, saved and read."""
    made = {}
    folder = tmp_path_factory.mktemp("brands")
    for name, make in odd.TEMPLATES.items():
        file = folder / name
        file.write_bytes(make())
        made[name] = read_brand(save_brand([file], name.replace(".", "-"), folder / "out"))
    return made


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(HOUSE)


def chosen(brand: Brand) -> dict[str, str]:
    return {role: layout.name for role, layout in brand.layouts.items()}


# ---- the house brand


def test_the_house_brand_stands_in_its_own_placeholders(house: Brand) -> None:
    presentation = pptx.Presentation(str(HOUSE / "deck.pptx"))
    layouts = list(presentation.slide_layouts)
    for role, layout in house.layouts.items():
        assert layout.missing == ()
        there = {p.placeholder_format.idx: p for p in layouts[layout.position].placeholders}
        for name in ("title", *NEEDED[layout.role]):
            slot = layout.slots[name]
            assert slot.idx is not None and not slot.bare and not slot.moved, (role, name)
            if role not in ("pause", "quotation", "closing"):
                assert not slot.colour, (role, name)
            assert slot.colour in ("", "bg1", "tx1") and not slot.fill, "links cannot be read on every ground"
            holder = there[slot.idx]
            assert slot.box == Box(holder.left, holder.top, holder.width, holder.height)
            assert slot.label == holder.name
    assert house.accent == "tx2"
    assert house.table_style != PLAIN_GRID
    assert compile_brand(HOUSE)[1] == []


@pytest.mark.slow
def test_a_copy_of_the_house_deck_without_names_is_understood(brands: dict[str, Brand], house: Brand) -> None:
    """no-notes.pptx is the house deck; what brand.yaml says of it is found from the names in it."""
    for role, layout in house.layouts.items():
        assert brands["no-notes.pptx"].layouts[role].slots == layout.slots, role


# ---- every odd deck


def rooms(layout: SlideLayout) -> dict[str, Box]:
    return {name: slot.box for name, slot in layout.slots.items()}


@pytest.mark.parametrize("name", DECKS)
def test_titles_can_be_read_and_nothing_lies_on_anything(name: str, brands: dict[str, Brand]) -> None:
    brand = brands[name]
    for role, layout in brand.layouts.items():
        title = layout.slots["title"]
        left, top, right, bottom = title.look.insets
        assert title.type in ("title", "ctrTitle"), role
        assert title.box.w - left - right >= min(255 * EMU, brand.slide.w * 0.6) - 2, (role, title)
        assert title.box.h - top - bottom >= 20 * 1.2 * EMU - 2, (role, title)
        boxes = rooms(replace(layout, slots=layout.used(NEEDED[role])))  # on a page with every slot
        for slot, box in boxes.items():
            assert box.inside(brand.slide), (role, slot, box)
            for other, beside in boxes.items():
                if slot < other and brand.layouts[role].slots[slot].moved | (layout.slots[slot].idx is None):
                    assert box.shared(beside) <= 0.02 * min(box.area, beside.area), (role, slot, other)


@pytest.mark.parametrize("name", DECKS)
def test_there_is_room_for_every_slot(name: str, brands: dict[str, Brand]) -> None:
    for role, layout in brands[name].layouts.items():
        for slot in NEEDED[layout.role]:
            look, box = layout.slots[slot].look, layout.slots[slot].box
            line = layout.slots[slot].smallest * 1.2 * EMU
            assert box.h - look.insets[1] - look.insets[3] >= line - EMU, (role, slot)
        for slot in set(NEEDED[layout.role]) & {"body", "left", "right", "table", "drawing", "question"}:
            assert layout.slots[slot].box.h >= 1.2 * INCH, (role, slot)
            assert layout.slots[slot].box.w >= 2 * INCH, (role, slot)


@pytest.mark.parametrize("name", [n for n in DECKS if n != "vertical-only.pptx"])
def test_picture_and_vertical_layouts_are_never_used(name: str, brands: dict[str, Brand]) -> None:
    assert not [
        used
        for used in chosen(brands[name]).values()
        if "Vertical" in used or "Picture" in used or "Bild" in used or "ertikal" in used
    ]


def span(words: str) -> tuple[Span]:
    return (Span(words),)


def invented() -> Plan:
    """A plan with every layout; nothing in it is a real review."""
    said = (
        Paragraph(
            span("An invented sentence about an invented review, so that there is something to print here.")
        ),
    )
    steps = (
        Heading(span("What good looks like")),
        Bullets(
            (span("Ask the child"), span("Write down what was said"), span("Tell the lead the same day"))
        ),
    )
    filled: dict[str, Blocks] = {
        "badge": (Paragraph(span("Robin (an invented review)")),),
        "source": (
            Paragraph(
                (Span("Invented review", link="https://example.org/review"), Span(", 5.2, page 11")), "source"
            ),
        ),
        "left": said,
        "right": steps,
        "body": (*said, *steps),
        "quotation": (Quotation(span("“Nobody asked me.”")),),
        "attribution": said[:1],
        "question": (Paragraph(span("What would you have noticed?")),),
        "how": steps,
        "text": said,
        "subtitle": said,
        "board": (Paragraph(span("Invented Safeguarding Children Partnership")),),
        "edition": (Paragraph(span("Edition: June 2024. For everyone who works with children")),),
        "table": (
            Table(
                (span("Who"), span("What")),
                tuple((span(f"Agency {n}"), span("Asks whether the child was seen")) for n in range(4)),
            ),
        ),
        "figure": (Paragraph(span("27 visits")),),
        "aside": (Paragraph(span("What Robin liked")),),
        "picture": (ring(),),
        "drawing": (Timeline(tuple((f"May 201{n}", span("A visit was made")) for n in range(4))),),
        **{
            name: (Heading(span(f"{n}"), 1), Paragraph(span("Write down what was said")))
            for n, name in enumerate(ACTIONS, 1)
        },
    }
    notes = (Note("say", said), Note("ask", steps))
    place = Place(Path("invented.yaml"), 1, 1)
    pages = []
    for number, role in enumerate(r for r in SLOTS if r not in ON_PAPER):
        layout: Layout = role
        pages.append(
            Page(
                f"page-{number}",
                layout,
                f"An invented page for the layout {role}",
                tuple((s, filled[s]) for s in NEEDED[role]),
                notes,
                5,
                5 * number,
                "All",
                place,
            )
        )
    return Plan(
        "invented",
        "Invented",
        "For tests",
        "Invented Safeguarding Children Partnership",
        "2024-06",
        "en-GB",
        tuple(pages),
        WORDING,
    )


def own_size(shape: Any) -> float | None:
    """The size in points that a shape's own list style gives its text."""
    found = shape.element.find(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr")
    return None if found is None or not found.get("sz") else int(found.get("sz")) / 100


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_is_built_whole(name: str, brands: dict[str, Brand]) -> None:
    brand = brands[name]
    whole, _ = fit_deck(invented(), brand)
    assert not check_notes(whole, brand)
    data = render(whole, brand)
    assert check_deck(data, whole) == []
    presentation = pptx.Presentation(BytesIO(data))
    for slide in presentation.slides:
        assert slide.shapes.title is not None and slide.shapes.title.has_text_frame
        assert slide.has_notes_slide
        idx = [p.placeholder_format.idx for p in slide.placeholders]
        assert len(idx) == len(set(idx))
        for shape in slide.shapes:
            if not shape.is_placeholder and shape.has_text_frame and shape.text_frame.text:
                assert own_size(shape) or all(
                    run.font.size for paragraph in shape.text_frame.paragraphs for run in paragraph.runs
                ), "a text box inherits nothing that we know"
    assert render(whole, brand) == data


# ---- choosing


def test_german_layouts_are_found_by_their_names_and_order_means_nothing(brands: dict[str, Brand]) -> None:
    found = chosen(brands["german.pptx"])
    assert found["title"] == "Titelfolie"
    assert found["section"] == "Abschnittsüberschrift"
    assert found["content"] == "Titel und Inhalt"
    assert found["two-columns"] == "Zwei Inhalte"
    assert found["table"] == found["drawing"] == "Nur Titel"


def test_what_a_template_lacks_is_made_of_what_it_has(brands: dict[str, Brand]) -> None:
    assert set(chosen(brands["title-only-and-blank.pptx"]).values()) == {"Title Only"}
    blank = brands["only-blank.pptx"]
    assert set(chosen(blank).values()) == {"Blank"}
    assert all(
        layout.slots["title"].bare and layout.slots["title"].idx == 0 for layout in blank.layouts.values()
    )


def test_all_layouts_come_from_one_master(brands: dict[str, Brand], house: Brand) -> None:
    own = len({layout.position for layout in house.layouts.values()})
    assert {layout.position // own for layout in brands["two-masters.pptx"].layouts.values()} == {0}


def test_a_title_too_small_or_off_the_slide_is_placed_at_the_top(brands: dict[str, Brand]) -> None:
    for layout in brands["tiny.pptx"].layouts.values():
        title = layout.slots["title"]
        assert title.bare and title.moved
        assert "footer" not in layout.slots, "no month and year stands in an inch"


def test_a_title_at_the_bottom_or_the_side_stays_there(brands: dict[str, Brand]) -> None:
    for layout in brands["bottom-title.pptx"].layouts.values():
        assert not layout.slots["title"].moved
        assert all(layout.slots[s].box.bottom <= layout.slots["title"].box.y for s in NEEDED[layout.role])
    for layout in brands["side-title.pptx"].layouts.values():
        assert not layout.slots["title"].moved
        assert all(layout.slots[s].box.x >= 4.4 * INCH for s in NEEDED[layout.role]), (
            "words on the dark panel"
        )


def test_words_keep_clear_of_pictures_logos_and_rules(brands: dict[str, Brand]) -> None:
    drawn = [
        Box(round(x * INCH), round(y * INCH), round(w * INCH), round(h * INCH))
        for x, y, w, h in ((9.9, 0, 3.44, 7.5), (0.3, 0.2, 1.6, 0.5), (0.5, 1.7, 9.2, 0.04))
    ]
    for role, layout in brands["picture-band.pptx"].layouts.items():
        for name in NEEDED[layout.role]:
            assert not any(layout.slots[name].box.shared(box) for box in drawn), (role, name)


# ---- where words stand


@pytest.fixture(scope="module")
def wide() -> Template:
    """A template as PowerPoint itself has it, taken apart."""
    return take_apart(clean_deck(read_package(odd.TEMPLATES["wide.pptx"]()))[0])


def inches(x: float, y: float, w: float, h: float) -> Box:
    return Box(*(round(v * INCH) for v in (x, y, w, h)))


def called(template: Template, name: str) -> Sheet:
    """The layout of this name."""
    return next(sheet for sheet in template.sheets if sheet.name == name)


def changed(sheet: Sheet, label: str, /, **news: Any) -> Sheet:
    """The layout with one of its placeholders changed."""
    assert label in [h.label for h in sheet.holders]
    return replace(sheet, holders=tuple(replace(h, **news) if h.label == label else h for h in sheet.holders))


def points(emu: int) -> float:
    return round(emu / EMU, 1)


def apart(layout: SlideLayout) -> bool:
    """Whether no slot lies on another."""
    return not [
        (name, other)
        for name, box in rooms(layout).items()
        for other, beside in rooms(layout).items()
        if name < other and box.shared(beside)
    ]


def test_text_boxes_are_set_by_what_stands_in_them(wide: Template) -> None:
    """20 points and more for what a room reads, 12 for sources; air above running text alone."""
    made = {role: fill_in(role, called(wide, "Title Only"), wide.slide, {}) for role in ROLES}
    looks = {
        (role, name): (slot.look.size, slot.look.before, slot.look.bold)
        for role, layout in made.items()
        for name, slot in layout.slots.items()
        if slot.idx is None
    }
    alone = {  # one thing on a slide is larger, and what goes with a question is not
        ("care", "body"): (32.0, 18.0, False),
        ("child", "body"): (36.0, 6.0, False),
        ("finding", "body"): (30.0, 6.0, False),
        ("pause", "question"): (32.0, 6.0, True),
        ("number", "figure"): (96.0, 6.0, True),
        ("number", "body"): (28.0, 6.0, False),
        ("quotation", "quotation"): (32.0, 6.0, False),
        ("activity", "question"): (30.0, 6.0, True),
        ("child", "picture"): (20.0, 0.0, False),  # no words stand there
    }
    own = {
        "badge": (20.0, 0.0, True),
        "source": (12.0, 0.0, False),
        "board": (20.0, 6.0, False),
        "edition": (20.0, 6.0, False),
    }
    running = ("subtitle", "text", "body", "left", "right", "drawing", "picture", "table", "attribution")
    running += ("how", "aside", *ACTIONS)
    assert {name for _, name in looks} == {*own, *running, *(name for _, name in alone)}
    assert looks == {
        (role, name): alone.get((role, name)) or own.get(name, (22.0, 6.0, False)) for role, name in looks
    }
    tenth = 91_440  # EMU, of an inch; what PowerPoint itself gives text boxes at each side
    for layout in made.values():
        for name, slot in layout.slots.items():
            above = 0 if name in ("badge", "source") else tenth // 2
            if slot.idx is None:
                around = (0, 0, 0, 0) if (layout.role, name) == ("child", "picture") else (tenth, above) * 2
                assert slot.look.insets == around, name


@pytest.mark.parametrize(("align", "written"), [("ctr", "ctr"), ("r", "r"), ("l", ""), ("just", "")])
def test_text_boxes_on_a_title_slide_stand_as_its_subtitle_does(
    align: str, written: str, wide: Template
) -> None:
    title = changed(called(wide, "Title Slide"), "Subtitle 2", align=align)
    slots = fill_in("title", title, wide.slide, {}).slots
    assert {slots[name].align for name in ("board", "edition")} == {written}
    assert slots["subtitle"].align == ("l" if align == "just" else "")
    content = called(wide, "Title and Content")  # its title is centred, too
    assert {slot.align for slot in fill_in("content", content, wide.slide, {}).slots.values()} == {""}


def test_a_subtitle_stays_where_the_template_has_it_if_the_rest_has_room_below(wide: Template) -> None:
    high = changed(called(wide, "Title Slide"), "Title 1", box=inches(1, 0.5, 11, 1.4))
    own = inches(1.5, 2.3, 9, 1.2)
    slots = fill_in("title", changed(high, "Subtitle 2", box=own), wide.slide, {}).slots
    board, edition = slots["board"].box, slots["edition"].box
    assert (slots["subtitle"].box, slots["subtitle"].moved) == (own, False)
    assert (board.y, edition.y) == (own.bottom + wide.slide.h // 90, board.bottom)
    # One line of 20 points, and two, with 14 points of air, and half as much again for there is room.
    assert (points(board.h), points(edition.h)) == (57.0, 93.0)
    low = changed(high, "Subtitle 2", box=inches(1.5, 5, 9, 1.4))
    slots = fill_in("title", low, wide.slide, {}).slots
    own, board, edition = (slots[name].box for name in ("subtitle", "board", "edition"))
    assert (own.x, own.y, own.w, slots["subtitle"].idx) == (round(1.5 * INCH), 5 * INCH, 9 * INCH, 1)
    assert (board.y, edition.y) == (own.bottom, board.bottom), "they join it in the room that it has"
    assert points(own.h) >= 24 and edition.bottom <= slots["footer"].box.y, "nothing stands on the footer"


def test_the_words_below_the_name_of_a_section_stay_where_the_template_has_them(wide: Template) -> None:
    high = changed(called(wide, "Section Header"), "Title 1", box=inches(1, 1, 11, 1.2))
    own = inches(1, 3, 11, 2)
    slot = fill_in("section", changed(high, "Text Placeholder 2", box=own), wide.slide, {}).slots["text"]
    assert (slot.box, slot.moved, slot.idx) == (own, False, 1)
    low = changed(high, "Text Placeholder 2", box=inches(1, 5, 11, 0.6))
    slot = fill_in("section", low, wide.slide, {}).slots["text"]
    assert slot.idx == 1 and slot.box.y == 5 * INCH and slot.box.h > INCH, "as high as three lines need"


@pytest.mark.parametrize(("less", "kept"), [((0, 0), True), ((1, 0), False), ((0, 1), False)])
@pytest.mark.parametrize("insets", [(900_000, 300_000, 91_440, 45_720), (0, 0, 500_000, 400_000)])
def test_a_title_has_255_points_and_a_line_of_20_inside_its_insets(
    insets: tuple[int, int, int, int], less: tuple[int, int], kept: bool, wide: Template
) -> None:
    left, top, right, bottom = insets
    box = Box(INCH, INCH, 255 * EMU + left + right - less[0], 304_800 + top + bottom - less[1])
    sheet = called(wide, "Title and Content")
    look = replace(sheet.holders[0].look, insets=insets)
    title = place_title(changed(sheet, "Title 1", box=box, look=look), wide.slide)
    assert (title.box == box, title.bare) == (kept, not kept)
    assert title.idx == 0


@pytest.mark.parametrize(
    ("across", "badge", "source"), [(12, 1, 3), (7.4, 1, 4), (7, 2, 4), (5, 2, 5), (3, 2, 5)]
)
def test_where_there_is_little_width_small_words_have_more_lines(
    across: float, badge: int, source: int, wide: Template
) -> None:
    page = inches(0, 0, 13, 14)
    narrow = replace(called(wide, "Title Only"), safe=inches(0.5, 0.5, across, 13), holders=(), words=None)
    boxes = rooms(fill_in("content", narrow, page, {}))
    lines = {"badge": badge * 20, "source": source * 12}
    assert {name: points(boxes[name].h) for name in lines} == {
        name: points(round((high * 1.2 + 3) * EMU)) for name, high in lines.items()
    }


@pytest.mark.parametrize(
    ("news", "used"),
    [
        ({"box": inches(1, 2.5, 11, 2.4)}, True),
        ({"box": inches(1, 3, 2.7, 0.38)}, True),  # a fifth of the slide, and a line of 20 points
        ({"box": inches(1, 3, 2.8, 0.37)}, False),
        ({"box": inches(1, 3, 2.6, 0.38)}, False),
        ({"box": inches(12, 2, 6, 4)}, False),  # most of it stands beside the slide
        ({"box": inches(1, 2.5, 11, 2.4), "vertical": True}, False),
        ({"box": inches(1, 2.5, 11, 2.4), "type": "pic"}, False),
    ],
)
def test_a_placeholder_called_as_a_slot_is_taken_if_words_can_stand_in_it(
    news: dict[str, Any], used: bool, wide: Template
) -> None:
    sheet = called(wide, "Title and Content")
    look = replace(sheet.holders[1].look, insets=(0, 45_720, 0, 45_720))
    sheet = changed(sheet, "Content Placeholder 2", **{"label": "BODY", "look": look, **news})
    body = fill_in("content", sheet, wide.slide, {}).slots["body"]
    assert (body.box == sheet.holders[1].box and body.label == "BODY") is used
    assert body.box.inside(wide.slide)


def test_where_named_placeholders_leave_no_room_all_share_what_is_there(wide: Template) -> None:
    sheet = called(wide, "Title and Content")
    layout = fill_in("content", sheet, wide.slide, {"body": "content placeholder 2"})
    body = layout.slots["body"]
    assert body.idx == 1 and body.moved
    assert apart(layout)
    assert layout.slots["badge"].box.y >= layout.slots["title"].box.bottom
    assert layout.slots["source"].box.bottom <= layout.slots["footer"].box.y


@pytest.mark.parametrize(
    ("left", "right", "own"),
    [
        ((0.667, 4.4), (5.5, 7.1667), True),
        ((0.667, 2.9), (4.0, 8.6), False),  # less than a quarter of the room
        ((0.667, 7.1667), (8.2, 4.4), True),
        ((0.667, 8.6), (9.5, 2.9), False),
        ((0.667, 6.4), (6.9, 5.7667), False),  # one runs into the other
    ],
)
def test_two_columns_are_the_templates_own_or_equally_wide(
    left: tuple[float, float], right: tuple[float, float], own: bool, wide: Template
) -> None:
    sheet = called(wide, "Two Content")
    for label, (x, w) in (("Content Placeholder 2", left), ("Content Placeholder 3", right)):
        sheet = changed(sheet, label, box=inches(x, 1.75, w, 4.95))
    layout = fill_in("two-columns", sheet, wide.slide, {})
    one, other, badge = (layout.slots[name].box for name in ("left", "right", "badge"))
    sides = [(box.x, box.w) for box in (one, other)]
    assert (sides == [(h.box.x, h.box.w) for h in sheet.holders[1:3]]) is own
    assert (one.y, one.h) == (other.y, other.h) and one.y == badge.bottom
    if not own:
        assert one.w == other.w and other.x - one.right == badge.w // 40
        assert one.x == badge.x and abs(other.right - badge.right) <= 2


def test_a_column_that_the_template_lacks_has_all_the_room_beside_the_other(wide: Template) -> None:
    box = inches(0.667, 1.75, 4, 4.95)
    sheet = changed(called(wide, "Title and Content"), "Content Placeholder 2", label="Left", box=box)
    layout = fill_in("two-columns", sheet, wide.slide, {})
    left, right = layout.slots["left"], layout.slots["right"]
    assert (left.box, left.idx, right.idx) == (box, 1, None)
    assert (right.box.x, right.box.right) == (box.right, sheet.safe.right)
    assert apart(layout)


# ---- what layouts are for


KINDS = {
    "Title Slide": ("title", "title"),
    "Title and Content": ("content", "content"),
    "Section Header": ("section", "content"),  # a title and one text, unless its name says more
    "Two Content": ("two", "two"),
    "Comparison": ("two", "two"),  # its small headings are no texts
    "Title Only": ("title only", "title only"),
    "Blank": ("blank", "blank"),
    "Content with Caption": ("caption", "other"),  # two texts, one lower than the other
    "Picture with Caption": ("picture", "picture"),
    "Title and Vertical Text": ("vertical", "vertical"),
    "Vertical Title and Text": ("vertical", "vertical"),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_a_layout_is_for_is_said_by_its_type_or_its_name_or_what_it_holds(
    name: str, wide: Template
) -> None:
    sheet = called(wide, name)
    kind, by_holders = KINDS[name]
    assert kind_of(replace(sheet, name="Layout 7"), wide.slide) == kind
    assert kind_of(replace(sheet, type=""), wide.slide) == kind
    assert kind_of(replace(sheet, name="Layout 7", type=""), wide.slide) == by_holders
    untitled = replace(sheet, name="", type="", holders=tuple(h for h in sheet.holders if h.type != "title"))
    if kind in ("content", "title only"):
        assert kind_of(untitled, wide.slide) == {"content": "other", "title only": "blank"}[kind]


@pytest.mark.parametrize("type_", ["title", "obj", "tx"])
def test_a_slide_of_thanks_is_a_closing_whatever_it_was_made_from(type_: str, wide: Template) -> None:
    sheet = replace(called(wide, "Title and Content"), type=type_)
    assert kind_of(replace(sheet, name="Thank you!"), wide.slide) == "closing"
    assert kind_of(sheet, wide.slide) == ("title" if type_ == "title" else "content")
    two = replace(sheet, type="twoObj", name="Thank you!")
    assert kind_of(two, wide.slide) == "two"


def test_a_label_for_a_title_counts_for_more_than_two_kinds(wide: Template) -> None:
    """A layout for tables with a small label at its top, beside a plain one with a title across the slide."""
    plain = called(wide, "Title and Content")
    tables = replace(plain, name="Our table", type="", position=20)
    label = changed(tables, "Title 1", box=inches(0.667, 0.3, 5, 1.25))
    assert kind_of(label, wide.slide) == "table"
    for own, best in ((tables, tables), (label, plain)):
        chosen = choose_layouts(replace(wide, sheets=(plain, own)))
        assert chosen["table"] == best


# ---- what templates say of their words


def test_titles_and_text_have_the_two_fonts_of_the_theme() -> None:
    parts = odd.unpacked(odd.TEMPLATES["wide.pptx"]())
    for which, face in (("major", "Georgia"), ("minor", "Verdana")):
        font = f'<a:{which}Font><a:latin typeface="'
        odd.swap(parts, "ppt/theme/theme1.xml", f'{font}Calibri"', f'{font}{face}"')
    package = read_package(odd.packed(parts))
    sheet = called(take_apart(clean_deck(package)[0]), "Title and Content")
    assert sheet.fonts == ("Georgia", "Verdana", "Verdana")
    assert (sheet.title.font, sheet.body.font) == ("Georgia", "Verdana")
    assert [h.look.font for h in sheet.holders[:3]] == ["Georgia", "Verdana", "Verdana"]


@pytest.mark.parametrize(
    ("face", "font"), [("Tahoma", "Tahoma"), ("+mj-lt", "Georgia"), ("+mn-lt", "Calibri"), ("", "Calibri")]
)
def test_text_boxes_have_the_font_that_the_presentation_gives_them(face: str, font: str) -> None:
    parts = odd.unpacked(odd.TEMPLATES["wide.pptx"]())
    major = '<a:majorFont><a:latin typeface="'
    odd.swap(parts, "ppt/theme/theme1.xml", f'{major}Calibri"', f'{major}Georgia"')
    style = rf'<a:lvl1pPr><a:defRPr><a:latin typeface="{face}"/></a:defRPr></a:lvl1pPr>' if face else ""
    main = "ppt/presentation.xml"
    parts[main] = re.sub(
        r"(<p:defaultTextStyle>).*(?=</p:defaultTextStyle>)", rf"\1{style}", parts[main].decode(), flags=re.S
    ).encode()
    template = take_apart(clean_deck(read_package(odd.packed(parts)))[0])
    assert {sheet.fonts[2] for sheet in template.sheets} == {font}


@pytest.mark.parametrize(
    ("said", "undone"),
    [
        ({"spc": "1", "cap": "small"}, {"spc", "cap"}),
        ({"spc": "0", "cap": "none"}, set()),
        ({"spc": "-20"}, set()),  # letters set closer need no room
    ],
)
def test_only_what_takes_room_or_cannot_be_read_is_taken_back(said: dict[str, str], undone: set[str]) -> None:
    def spread(presentation: Any) -> None:
        (style,) = presentation.slide_masters[0].element.iter(f"{P}titleStyle")
        for name, value in said.items():
            style.find(f"{A}lvl1pPr/{A}defRPr").set(name, value)

    package = read_package(odd.deck(spread))
    sheet = called(take_apart(clean_deck(package)[0]), "Title and Content")
    assert sheet.holders[0].look.undone == undone
    assert sheet.holders[1].look.undone == frozenset()


def test_a_deck_without_a_box_for_notes_has_them_in_clear_print_below_the_slide() -> None:
    for name in ("no-notes.pptx", "notes-without-body.pptx"):
        notes = take_apart(clean_deck(read_package(odd.TEMPLATES[name]()))[0]).notes
        look, box = notes.body.look, notes.body.box
        assert (look.size, look.bold, look.line, look.before, look.after) == (14.0, False, 1.0, 4, 0.0)
        assert box.inside(notes.page) and box.h == notes.page.h * 6 // 10
        assert box.x - notes.page.x == pytest.approx(notes.page.right - box.right, abs=10)


def notes_beside(change: Callable[[Any], None] = lambda root: None) -> Any:
    """Where the house's notes page, changed, has room for the clock."""
    package = read_package(TOP / "templates" / "brands" / "house" / "deck.pptx")
    part = "ppt/notesMasters/notesMaster1.xml"
    root = etree.fromstring(package.parts[part])
    change(root)
    parts = {**package.parts, part: etree.tostring(root)}
    return take_apart(replace(package, parts=parts)).notes


def at(root: Any, kind: str) -> Any:
    """Where the notes page has a placeholder of a kind."""
    (shape,) = [s for s in root.iter(f"{P}sp") if any(ph.get("type") == kind for ph in s.iter(f"{P}ph"))]
    return shape.find(f"{P}spPr/{A}xfrm")


def test_the_clock_has_the_room_beside_the_slides_picture_up_to_the_edge_of_the_notes() -> None:
    notes = notes_beside()
    assert notes.beside.right == notes.body.box.right
    assert notes.beside.bottom < notes.body.box.y


@pytest.mark.parametrize(
    "change",
    [
        lambda root: at(root, "sldImg").find(f"{A}ext").set("cx", "5000000"),
        lambda root: at(root, "sldImg").find(f"{A}ext").set("cy", "800000"),
        lambda root: at(root, "hdr").find(f"{A}off").set("y", "1200000"),
        lambda root: root.find(f".//{P}spTree").remove(at(root, "sldImg").getparent().getparent()),
    ],
    ids=["a wide picture", "a low picture", "a header beside it", "no picture"],
)
def test_there_is_no_clock_where_it_would_not_stand_well(change: Callable[[Any], None]) -> None:
    assert notes_beside(change).beside is None


# ---- colours


def inks(data: bytes) -> list[set[str | None]]:
    """The theme colours that each slide writes in."""
    found = []
    for slide in pptx.Presentation(BytesIO(data)).slides:
        runs = slide._element.iter(f"{A}rPr")
        found.append({c.get("val") for run in runs for c in run.iterfind(f"{A}solidFill/{A}schemeClr")})
    return found


def test_an_accent_that_cannot_be_read_is_not_used(brands: dict[str, Brand]) -> None:
    assert brands["wide.pptx"].accent == "tx2"
    brand = brands["picture-ground.pptx"]
    assert contrast(sheet("picture-ground.pptx", brand).scheme[brand.accent], PHOTOGRAPH) >= CLEAR


PHOTOGRAPH = (20 / 255, 30 / 255, 60 / 255)  # the one colour of the picture in picture-ground.pptx


def sheet(name: str, brand: Brand, role: str = "content") -> Sheet:
    """The layout of an odd template that plays a role."""
    package, _ = clean_deck(read_package(odd.TEMPLATES[name]()))
    return take_apart(package).sheets[brand.layouts[role].position]


def test_a_picture_that_nobody_can_read_leaves_the_templates_own_ink() -> None:
    seen = shades(Drawn(Box(0, 0, 100, 100), (None,), "picture", "rect", b"no picture"), Box(0, 0, 50, 50))
    assert seen is None


def test_the_colours_of_a_picture_are_those_under_the_words() -> None:
    image = Image.new("RGBA", (80, 40), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 40, 40))
    out = BytesIO()
    image.save(out, "PNG")
    drawn = Drawn(Box(0, 0, 800, 400), (None,), "picture", "rect", out.getvalue())
    left, right, both = (
        shades(drawn, box) for box in (Box(0, 0, 390, 400), Box(410, 0, 300, 100), Box(200, 100, 400, 100))
    )
    assert left == Shades(((1.0, 0.0, 0.0),), False)
    assert right == Shades((), True)
    assert both == Shades(((1.0, 0.0, 0.0),), True)
    cut = replace(drawn, crop=(0.5, 0.0, 0.0, 0.0))
    assert shades(cut, Box(0, 0, 800, 400)) == Shades((), True)


def test_a_picture_is_kept_as_it_is_drawn_but_small() -> None:
    image = Image.new("RGB", (1200, 300), (0, 0, 255))
    image.paste((255, 0, 0), (600, 0, 1200, 300))
    out = BytesIO()
    image.save(out, "PNG")
    whole = Drawn(Box(0, 0, 800, 200), (None,), "picture", "rect", out.getvalue())
    left = replace(whole, crop=(0.0, 0.2, 0.5, 0.2))  # half of it, without a fifth above and below
    for drawn, size in ((whole, (SMALL, SMALL // 4)), (left, (320, 96))):
        small = Image.open(BytesIO(small_copy(drawn)))
        assert (small.format, small.size) == ("PNG", size)
        assert small.convert("RGB").getpixel((0, 0)) == (0, 0, 255)
    for crop in ((0.5, 0.0, 0.5, 0.0), (0.0, 0.4, 0.0, 0.6), (0.7, 0.0, 0.7, 0.0)):
        gone = replace(whole, crop=crop)
        assert small_copy(gone) == b"", "nothing of it shows"
    assert small_copy(replace(whole, picture=b"no picture")) == b""


def test_words_on_a_dark_ground_are_light_and_on_a_light_one_dark(brands: dict[str, Brand]) -> None:
    dark = brands["dark.pptx"]
    whole, _ = fit_deck(invented(), dark)
    presentation = pptx.Presentation(BytesIO(render(whole, dark)))
    swaps = {
        s.slide_layout.name: s._element.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        for s in presentation.slides
    }
    assert swaps["Two Content"] is not None, "a slide on a layout that swaps colours back must swap them too"
    assert swaps["Title and Content"] is None
    scheme = sheet("dark.pptx", dark).scheme
    for page, colours in zip(whole.slides, inks(render(whole, dark))):
        slots = dark.layout(page.layout).slots.values()
        bands = [slot for slot in slots if slot.panel and slot.fill]  # laid by us, in a light accent
        assert page.layout == "pause" or not bands
        assert all(contrast(scheme[band.colour], scheme[band.fill]) >= CLEAR for band in bands)
        assert "bg1" not in set(colours) - {band.colour for band in bands}, page.layout


def test_on_a_photograph_everything_is_written_in_an_ink_that_can_be_read(brands: dict[str, Brand]) -> None:
    brand = brands["picture-ground.pptx"]
    assert {brand.layouts["content"].slots[s].colour for s in ("badge", "source")} == {"bg1"}
    for layout in brand.layouts.values():
        behind = sheet("picture-ground.pptx", brand, layout.role)
        for slot in layout.slots.values():
            holder = behind.holder(slot)
            ink = behind.scheme[slot.colour] if slot.colour else holder and holder.ink
            assert ink and contrast(ink, PHOTOGRAPH) >= CLEAR, (layout.role, slot.name)


def test_where_no_ink_can_be_read_a_ground_is_laid(brands: dict[str, Brand]) -> None:
    brand = brands["gradient.pptx"]
    slot = next(s for layout in brand.layouts.values() for s in layout.slots.values() if s.fill)
    scheme = sheet("gradient.pptx", brand).scheme
    assert contrast(scheme[slot.colour], scheme[slot.fill]) >= CLEAR
    whole, _ = fit_deck(invented(), brand)
    filled = [
        sp
        for slide in pptx.Presentation(BytesIO(render(whole, brand))).slides
        for sp in slide._element.iter(f"{P}spPr")
        if sp.find(f"{A}solidFill") is not None
    ]
    assert filled


def test_a_title_in_spread_out_capitals_is_set_as_it_is_measured(brands: dict[str, Brand]) -> None:
    brand = brands["spread.pptx"]
    title = brand.layouts["content"].slots["title"]
    assert title.look.undone == {"cap", "spc", "wrap"}
    assert (
        "numCol" in brand.layouts["content"].slots["body"].look.undone
        and brand.layouts["content"].slots["body"].align == "l"
    )
    assert (
        not brand.layouts["section"].slots["title"].moved or brand.layouts["section"].slots["title"].bare
    ), "a title on its side is put upright"
    whole, _ = fit_deck(invented(), brand)
    slide = pptx.Presentation(BytesIO(render(whole, brand))).slides[2]
    shape = slide.shapes.title
    assert shape is not None
    level = shape._element.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}defRPr")
    assert (level.get("cap"), level.get("spc")) == ("none", "0")
    assert shape._element.find(f"{P}txBody/{A}bodyPr").get("wrap") == "square"


def test_pale_and_small_footers_are_made_legible(brands: dict[str, Brand]) -> None:
    brand = brands["small-footers.pptx"]
    assert brand.layouts["content"].slots["footer"].colour == "tx1"
    whole, _ = fit_deck(invented(), brand)
    slide = pptx.Presentation(BytesIO(render(whole, brand))).slides[2]
    footer = next(s for s in slide.placeholders if s.element.ph.get("type") == "ftr")
    run = footer.text_frame.paragraphs[0].runs[0]
    assert own_size(footer) == 12
    assert run.font.size is None, "the size belongs to the box"
    assert run.text == "June 2024", "only as much as stands in the box"


def test_contrast_is_told_and_at_least_what_wcag_asks(tmp_path: Path) -> None:
    for name in ("dark.pptx", "side-title.pptx", "wide.pptx", "small-footers.pptx"):
        (tmp_path / name).write_bytes(odd.TEMPLATES[name]())
        for line in inspect(tmp_path / name).contrast:
            value = float(line.split("contrast ")[1].split(" ")[0])
            assert value >= (3 if "title:" in line else CLEAR), (name, line)


# ---- documents


def test_styles_are_found_in_german_and_missing_ones_are_named() -> None:
    found = own_styles(read_package(odd.TEMPLATES["german.docx"]()))
    assert {
        role: found[role]
        for role in ("title", "heading-1", "body", "bullet", "number", "quotation", "table", "header")
    } == {
        "title": "Titel",
        "heading-1": "Überschrift 1",
        "body": "Standard",
        "bullet": "Aufzählungszeichen",
        "number": "Listennummer",
        "quotation": "Zitat",
        "table": "Tabellenraster",
        "header": "Kopfzeile",
    }
    few = own_styles(read_package(odd.TEMPLATES["few-styles.docx"]()))
    assert (few["heading-1"], few["heading-2"], few["body"]) == ("Heading 1", "Heading 2", "Normal")
    assert not {"title", "heading-3", "bullet", "table"} & set(few)


def test_a_list_style_without_bullets_is_no_list_style() -> None:
    def plain(made: Any) -> None:
        style = next(s for s in made.styles if s.name == "List Bullet")
        style.element.pPr.remove(style.element.pPr.numPr)

    assert "bullet" not in own_styles(read_package(odd.document(plain)))
    assert own_styles(read_package(odd.document()))["bullet"] == "List Bullet"


# ---- brand.yaml


def brand_folder(folder: Path, yaml: str, deck: str = "wide.pptx") -> Path:
    (folder / "brand.yaml").write_text(
        "name: Ours\ndeck: deck.pptx\nbriefing: briefing.docx\n" + yaml, "utf-8"
    )
    (folder / "deck.pptx").write_bytes(odd.TEMPLATES[deck]())
    (folder / "briefing.docx").write_bytes(odd.document())
    return folder


@pytest.mark.parametrize(
    ("yaml", "line", "said"),
    [
        ("layouts:\n  content: {layout: Nowhere}\n", 5, "no layout called 'Nowhere'"),
        ("layouts:\n  contents: {layout: Blank}\n", 5, "not a role of a layout"),
        ("layouts:\n  content: {layout: Blank, body: Body 9}\n", 5, "no placeholder called 'Body 9'"),
        ("layouts:\n  content: {layout: Blank, drawing: Body 9}\n", 5, "not a slot of 'content'"),
        ("styles:\n  title: Nothing\n", 5, "no style called 'Nothing'"),
        ("styles:\n  titles: Title\n", 5, "not a role of a style"),
    ],
)
def test_a_wrong_name_is_told_with_its_line(yaml: str, line: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as error:
        read_brand(brand_folder(tmp_path, yaml))
    (problem,) = error.value.problems
    assert said in problem.message
    assert (problem.place.path.name, problem.place.line) == ("brand.yaml", line)
    assert problem.hint


def test_what_brand_yaml_says_goes_before_what_is_guessed(tmp_path: Path) -> None:
    brand, cleaned = compile_brand(
        brand_folder(
            tmp_path,
            "layouts:\n  content: {layout: Content with Caption, body: Content Placeholder 2}\nstyles:\n "
            " callout: Intense Quote\n",
        )
    )
    content = brand.layouts["content"]
    assert content.name == "Content with Caption"
    assert content.slots["body"].label == "Content Placeholder 2"
    assert brand.document.styles["callout"] == "IntenseQuote"
    assert brand.document.styles["bullet"] == "ListBullet"
    assert any("Label" in remark for remark in cleaned)


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    folder = brand_folder(tmp_path, "")
    (folder / "deck.pptx").unlink()
    with pytest.raises(Invalid, match=r"no file 'deck\.pptx'"):
        read_brand(folder)


# ---- making a brand


def test_a_brand_is_saved_ready_to_build_with(tmp_path: Path) -> None:
    deck, briefing = tmp_path / "ours.potx", tmp_path / "ours.dotx"
    deck.write_bytes(odd.TEMPLATES["template.potx"]())
    briefing.write_bytes(odd.TEMPLATES["remote.dotx"]())
    folder = save_brand([briefing, deck], "our-board", tmp_path / "brands")
    assert folder == tmp_path / "brands" / "our-board"
    assert sorted(p.name for p in folder.iterdir()) == ["brand.yaml", "briefing.docx", "deck.pptx"]
    assert sorted(p.name for p in folder.parent.iterdir()) == ["our-board"]
    assert compile_brand(folder)[1] == []  # it was cleaned when it was saved
    assert 'content: {layout: "Title and Content"}' in (folder / "brand.yaml").read_text("utf-8")


def test_what_is_not_given_comes_from_the_house(tmp_path: Path, house: Brand) -> None:
    deck = tmp_path / "ours.pptx"
    deck.write_bytes(odd.TEMPLATES["wide.pptx"]())
    assert read_brand(save_brand([deck], "only-deck", tmp_path / "out")).document == house.document
    briefing = tmp_path / "ours.docx"
    briefing.write_bytes(odd.document())
    only = read_brand(save_brand([briefing], "only-briefing", tmp_path / "out"))
    for role, layout in house.layouts.items():
        assert (only.layouts[role].name, only.layouts[role].slots) == (layout.name, layout.slots)


@pytest.mark.parametrize(
    ("files", "name", "said"),
    [
        ([], "ours", "no template was named"),
        (["wide.pptx"], "our brand", "cannot be the name"),
        (["wide.pptx"], "../ours", "cannot be the name"),
        (["wide.pptx", "dark.pptx"], "ours", "second PowerPoint file"),
        (["wide.pptx"], "taken", "already"),
    ],
)
def test_a_brand_that_cannot_be_saved_leaves_nothing_behind(
    files: list[str], name: str, said: str, tmp_path: Path
) -> None:
    for file in files:
        (tmp_path / file).write_bytes(odd.TEMPLATES[file]())
    out = tmp_path / "out"
    (out / "taken").mkdir(parents=True)
    with pytest.raises(Invalid, match=said):
        save_brand([tmp_path / file for file in files], name, out)
    assert [p.name for p in out.iterdir()] == ["taken"]


def test_a_look_at_a_template_says_what_is_there_and_what_is_not(tmp_path: Path) -> None:
    file = tmp_path / "only-blank.pptx"
    file.write_bytes(odd.TEMPLATES["only-blank.pptx"]())
    report = inspect(file)
    assert report.kind == "deck"
    assert report.facts[0].startswith("slides of 33.9 × 19.1 cm; notes pages of 21.0 × 29.7 cm")
    assert report.roles["content"] == "Blank"
    assert (
        "content: the layout 'Blank' has no usable title; the toolkit puts one at the top" in report.missing
    )
    told = describe(report)
    assert "Blank  [blank]" in told
    assert "content: Blank" in told
    document = tmp_path / "few.docx"
    document.write_bytes(odd.TEMPLATES["few-styles.docx"]())
    told = describe(inspect(document))
    assert "bullet: there is no such style; 'List Bullet' of the house brand is added, in grey" in told


# ---- what each composition looks like in a template that was not made for it


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Brand]:
    """The brand of an odd template, each compiled once."""
    folder = tmp_path_factory.mktemp("made")

    @cache
    def brand(name: str) -> Brand:
        (folder / name).write_bytes(odd.TEMPLATES[name]())
        return read_brand(save_brand([folder / name], name.replace(".", "-"), folder / "out"))

    return brand


def test_a_layout_that_has_a_roles_own_name_plays_it() -> None:
    template = take_apart(clean_deck(read_package(odd.TEMPLATES["two-masters.pptx"]()))[0])
    assert {role: sheet.name for role, sheet in choose_layouts(template).items()} == {
        role: role.replace("-", " ").capitalize() for role in ROLES
    }


def test_only_a_quotation_stands_in_a_layout_for_quotations(wide: Template) -> None:
    quote = replace(called(wide, "Title and Content"), name="Quote", type="", position=len(wide.sheets))
    chosen_ = choose_layouts(replace(wide, sheets=(*wide.sheets, quote)))
    assert [role for role in ROLES if chosen_[role].name == "Quote"] == ["quotation"]


@pytest.mark.parametrize(("role", "least"), [("care", 32), ("child", 36), ("finding", 30), ("number", 28)])
def test_what_stands_alone_is_large_whatever_its_placeholder_was_made_for(
    role: Layout, least: float, wide: Template
) -> None:
    sheet, label = called(wide, "Title and Content"), "Content Placeholder 2"
    look = replace(next(h.look for h in sheet.holders if h.label == label), size=18.0)
    body = fill_in(role, changed(sheet, label, look=look), wide.slide, {}).slots["body"]
    assert (body.idx, body.look.size, "size" in body.look.undone) == (1, least, True)
    look = replace(look, size=54.0)
    body = fill_in(role, changed(sheet, label, look=look), wide.slide, {}).slots["body"]
    assert (body.look.size, "size" in body.look.undone) == (54.0, False), "the template's own is larger"


def test_words_that_stand_alone_stand_in_the_middle_unless_the_template_says_where(wide: Template) -> None:
    sheet, label = called(wide, "Title and Content"), "Content Placeholder 2"
    assert fill_in("child", sheet, wide.slide, {}).slots["body"].anchor == "ctr"
    low = changed(sheet, label, anchor="b")
    assert fill_in("child", low, wide.slide, {}).slots["body"].anchor == ""
    assert fill_in("content", sheet, wide.slide, {}).slots["body"].anchor == "", "a list begins at the top"


def test_a_figure_is_no_words_of_a_placeholder(wide: Template) -> None:
    slots = fill_in("number", called(wide, "Title and Content"), wide.slide, {}).slots
    assert (slots["figure"].idx, slots["figure"].look.size, slots["figure"].look.bold) == (None, 96.0, True)
    assert slots["body"].idx == 1 and slots["figure"].box.bottom <= slots["body"].box.y


def shape_of(deck: bytes, words: str) -> Any:
    """The shape of the first slide that has these words."""
    shapes = pptx.Presentation(BytesIO(deck)).slides[0].shapes
    return next(shape for shape in shapes if shape.has_text_frame and shape.text_frame.text == words)


def one_page(layout: Layout, **slots: Blocks) -> Plan:
    page = Page("page-1", layout, "An invented page", tuple(slots.items()), (), 5, 0, "-", Place(Path("x")))
    return Plan("invented", "Invented", "", "A board", "2024-06", "en-GB", (page,), WORDING)


def test_size_weight_and_place_of_ours_are_written_once_for_the_whole_shape(
    made: Callable[[str], Brand],
) -> None:
    brand = made("wide.pptx")
    plan = one_page(
        "activity",
        question=(Paragraph(span("What would you ask?")),),
        how=(Paragraph(span("Talk in pairs")),),
    )
    asked = shape_of(render(fit_deck(plan, brand)[0], brand), "What would you ask?")
    run = asked.element.find(f".//{A}lstStyle/{A}lvl1pPr/{A}defRPr")
    assert asked.is_placeholder and run.get("b") == "1"
    assert asked.element.find(f".//{A}bodyPr").get("anchor") == "ctr"
    run = asked.element.find(f".//{A}r/{A}rPr")
    assert run.get("sz") is None and run.get("b") is None, "its runs say nothing of their own"


@pytest.mark.parametrize("name", ["wide.pptx", "dark.pptx", "default-4x3.pptx"])
def test_a_pause_has_its_question_on_a_band_that_is_seen(name: str, made: Callable[[str], Brand]) -> None:
    brand = made(name)
    question, paint = brand.layouts["pause"].slots["question"], brand.scenes["pause"].slots["question"]
    assert (question.fill, question.colour, question.panel) == (brand.accent, "bg1", True)
    ink, band, ground, *accents = (
        from_hex(colour.removeprefix("#")) or (0.5, 0.5, 0.5)
        for colour in (
            paint.ink,
            paint.fill[0],
            brand.scenes["pause"].ground[0],
            *(colour for _, colour in brand.accents),
        )
    )
    assert contrast(band, ground) >= 3
    assert all(contrast(ink, colour) >= CLEAR for colour in (band, *accents))


def test_no_band_is_laid_where_nobody_knows_whether_it_is_seen(made: Callable[[str], Brand]) -> None:
    assert not made("two-masters.pptx").layouts["pause"].slots["question"].fill, "its layout has a ground"
    vague = made("picture-ground.pptx").layouts["pause"].slots["question"]
    assert vague.fill in ("", made("picture-ground.pptx").accent)


def test_a_cover_without_a_place_for_its_title_has_it_below_a_third(made: Callable[[str], Brand]) -> None:
    brand = made("only-blank.pptx")
    tops = {role: layout.slots["title"].box.y / brand.slide.h for role, layout in brand.layouts.items()}
    assert {role for role, top in tops.items() if top > 0.25} == {"title", "section"}
    for role in ("title", "section"):
        assert brand.layouts[role].slots["title"].look.size == 40
        assert apart(brand.layouts[role])


@pytest.mark.parametrize(
    ("box", "stays"), [((2, 2.2, 9, 1.6), False), ((2, 0.4, 9, 1.2), True), ((2, 5.4, 9, 1.2), True)]
)
def test_a_title_in_the_middle_gives_its_room_to_the_words(
    box: tuple[float, float, float, float], stays: bool, wide: Template
) -> None:
    sheet = changed(called(wide, "Title Only"), "Title 1", box=inches(*box))
    slots = fill_in("content", sheet, wide.slide, {}).slots
    assert (slots["title"].box == inches(*box)) is stays
    assert slots["title"].idx == 0 and slots["body"].box.h > 2.4 * INCH
    assert fill_in("title", sheet, wide.slide, {}).slots["title"].box == inches(*box), "a cover may have it"


@pytest.mark.parametrize(("high", "least"), [(7.5, 20), (10, 20), (6.2, 16.5), (5.625, 15), (3, 15)])
def test_words_on_a_lower_slide_are_smaller_because_all_of_it_is_shown_larger(
    high: float, least: float, wide: Template
) -> None:
    part = high / 7.5
    slide = Box(0, 0, round(wide.slide.w * part), round(wide.slide.h * part))
    assert points_on(slide, 20) == least
    sheet = called(wide, "Title Only")
    slots = fill_in("finding", replace(sheet, safe=slide, holders=(), words=None), slide, {}).slots
    assert (slots["body"].smallest, slots["source"].smallest) == (least, 12)
    assert slots["badge"].look.size == least and slots["source"].look.size == 12


@pytest.mark.parametrize(("high", "before"), [(4.9, 18), (4.0, 14), (3.75, 11)])
def test_what_looks_after_the_room_stands_on_one_slide(high: float, before: float, wide: Template) -> None:
    sheet = called(wide, "Title and Content")
    body = next(holder for holder in sheet.holders if holder.idx == 1)
    look = replace(body.look, before=0.0, after=9.0)
    sheet = changed(sheet, body.label, box=inches(0.7, 1.9, 12, high), look=look)
    slot = fill_in("care", sheet, wide.slide, {}).slots["body"]
    assert slot.look.before == pytest.approx(before, abs=1) and slot.look.after == 0
    assert "after" in slot.look.undone
    two_lines = Paragraph(span("It is so " * 16))
    said: Blocks = (Heading(span("What")), Paragraph(span("It is"))) * 3
    assert fits((*said, Heading(span("What")), two_lines), slot, 20)


def test_the_list_of_a_closing_has_more_room_whatever_the_template_has(wide: Template) -> None:
    sheet = changed(called(wide, "Two Content"), "Content Placeholder 3", box=inches(8.5, 1.75, 4.1, 4.95))
    sheet = changed(sheet, "Content Placeholder 2", box=inches(0.667, 1.75, 7.5, 4.95))
    widths = [
        [fill_in(role, sheet, wide.slide, {}).slots[side].box.w for side in ("left", "right")]
        for role in ("two-columns", "closing")
    ]
    assert widths[0] == [inches(0, 0, 7.5, 0).w, inches(0, 0, 4.1, 0).w]
    assert widths[1][1] == pytest.approx(7 / 3 * widths[1][0], abs=3)


def test_a_picture_whose_colours_are_changed_is_not_read_as_it_is() -> None:
    def ground(effect: str) -> Sheet:
        def change(presentation: Any) -> None:
            odd.picture_ground(presentation)
            blip = presentation.slide_masters[0].element.find(f".//{A}blip")
            if effect:
                blip.append(odd.parse_xml(f'<a:{effect} {odd.NS}><a:srgbClr val="FFFFFF"/></a:{effect}>'))

        return take_apart(clean_deck(read_package(odd.deck(change)))[0]).sheets[0]

    box = inches(1, 1, 4, 3)
    assert colours_behind(ground(""), box) != (None,)
    assert set(colours_behind(ground("duotone"), box)) == {None}


def test_on_a_picture_that_nobody_can_read_footers_are_written_as_the_words_are(tmp_path: Path) -> None:
    def change(presentation: Any) -> None:
        odd.picture_ground(presentation)
        blip = presentation.slide_masters[0].element.find(f".//{A}blip")
        blip.append(odd.parse_xml(f"<a:grayscl {odd.NS}/>"))

    (tmp_path / "grey.pptx").write_bytes(odd.deck(change))
    slots = read_brand(save_brand([tmp_path / "grey.pptx"], "grey", tmp_path)).layouts["content"].slots
    assert (slots["body"].colour, slots["badge"].colour) == ("", "bg1"), "the template's own words are white"
    assert (slots["footer"].colour, slots["number"].colour) == ("bg1", "bg1")


def test_a_layout_whose_name_ends_with_a_space_is_found(tmp_path: Path) -> None:
    def spaced(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            layout.name += " "

    (tmp_path / "spaced.pptx").write_bytes(odd.deck(spaced))
    brand = read_brand(save_brand([tmp_path / "spaced.pptx"], "spaced", tmp_path))
    assert brand.layouts["two-columns"].name.strip() == "Two Content"


def test_words_in_a_brands_own_picture_stand_only_where_it_has_a_place_for_them(
    brands: dict[str, Brand], house: Brand
) -> None:
    every = invented()
    cover = replace(
        every.pages[0],
        layout="title",
        slots=(
            ("edition", (Paragraph(span("June 2024")),)),
            (MOTIF, (Paragraph(span("Who sees the rest?")),)),
        ),
    )
    for brand in (house, brands["dark.pptx"]):
        (slide,) = fit_deck(replace(every, pages=(cover,)), brand)[0].slides
        assert [slot for slot, _ in slide.slots] == ["edition", MOTIF][
            : 2 if brand is not brands["dark.pptx"] else 1
        ]
