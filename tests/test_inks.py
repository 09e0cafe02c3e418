"""Which colours lie behind words, and which are clear enough to write in: both sides of each limit."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pptx
import pytest
from lxml import etree

from tests.conftest import TOP, WORDING, read_brand
from toolkit.brand.compiled import PLAIN_GRID, Brand
from toolkit.brand.geometry import GROUNDS, LARGE_PRINT, Box, Drawn, Sheet, SlideLayout
from toolkit.brand.inks import (
    CLEAR,
    accents_of,
    choose_accent,
    colour_layouts,
    colours_behind,
    colours_behind_slot,
    least_contrast,
)
from toolkit.brand.template import Template, take_apart
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.office.colour import Colour, contrast, from_hex, read_colour
from toolkit.office.opc import A, read_package
from toolkit.plan.model import Bullets, Heading, Layout, Page, Plan, Span
from toolkit.problems import Place
from toolkit.render.pdfslide import picture
from toolkit.render.pptx import render

HOUSE = TOP / "templates" / "brands" / "house"
WHITE, BLACK = from_hex("FFFFFF"), from_hex("000000")
ROOM = Box(0, 0, 1000, 10)


@dataclass(frozen=True)
class House:
    """The house brand, and its template taken apart."""

    brand: Brand
    template: Template

    def layout(self, role: str) -> SlideLayout:
        return self.brand.layouts[role]

    def sheet(self, role: str) -> Sheet:
        return self.template.sheets[self.layout(role).position]


@pytest.fixture(scope="module")
def house() -> House:
    return House(read_brand(HOUSE), take_apart(read_package((HOUSE / "deck.pptx").read_bytes())))


def sheet(house: House, *drawn: Drawn, **scheme: Colour) -> Sheet:
    """A white sheet that draws these, with some colours of its theme changed."""
    plain = house.sheet("content")
    return replace(plain, drawn=drawn, ground=(WHITE,), scheme={**plain.scheme, **scheme})


def band(wide: int, shape: str = "rect", fill: tuple[Colour | None, ...] = (BLACK,)) -> Drawn:
    return Drawn(Box(0, 0, wide, 10), fill, "shape", shape)


@pytest.mark.parametrize(
    "wide, behind",
    [
        (19, (WHITE,)),  # less than a fiftieth of the room does not count
        (20, (WHITE, BLACK)),
        (970, (WHITE, BLACK)),
        (971, (BLACK,)),  # all but three hundredths count as the whole
        (1000, (BLACK,)),
    ],
)
def test_what_is_drawn_behind_words_counts_by_the_room_it_takes(
    house: House, wide: int, behind: tuple[Colour, ...]
) -> None:
    assert colours_behind(sheet(house, band(wide)), ROOM) == behind


def test_only_a_shape_that_fills_its_box_hides_what_lies_below(house: House) -> None:
    assert colours_behind(sheet(house, band(1000, "roundRect")), ROOM) == (BLACK,)
    assert colours_behind(sheet(house, band(1000, "ellipse")), ROOM) == (WHITE, BLACK)
    assert colours_behind(sheet(house, band(1000, fill=())), ROOM) == (WHITE,)
    assert colours_behind(sheet(house, band(1000), band(20, fill=(WHITE,))), ROOM) == (BLACK, WHITE)
    assert colours_behind(sheet(house, band(1000)), ROOM, (WHITE, None)) == (WHITE, None)
    assert colours_behind(sheet(house, band(1000)), Box(0, 0, 0, 10)) == (WHITE,)


def test_the_least_contrast_is_that_of_the_nearest_colour() -> None:
    assert least_contrast(BLACK, (WHITE, None)) == pytest.approx(21)
    assert least_contrast(BLACK, (WHITE, from_hex("777777"))) == pytest.approx(4.69, abs=0.01)
    assert least_contrast(BLACK, (None,)) == 21


def layouts(
    house: House, changed: Sheet, name: str = "content"
) -> tuple[dict[str, Sheet], dict[str, SlideLayout]]:
    return {name: changed}, {name: house.layout(name)}


@pytest.mark.parametrize("accent, chosen", [("767676", "accent1"), ("777777", "tx1")])  # 4.54 and 4.48 to 1
def test_an_accent_has_four_and_a_half_to_one(house: House, accent: str, chosen: str) -> None:
    assert choose_accent("accent1", *layouts(house, sheet(house, accent1=from_hex(accent)))) == chosen
    others = dict.fromkeys(("tx2", "accent2", "accent5", "accent6"), WHITE)
    assert choose_accent("auto", *layouts(house, sheet(house, accent1=from_hex(accent), **others))) == chosen
    assert choose_accent("accent9", *layouts(house, sheet(house))) == "tx1"


def inked(house: House, ink: str, link: str = "000000", size: float = LARGE_PRINT) -> dict[str, str]:
    """The colour to write in of each slot of a table's layout, on white, where the template has this ink."""
    plain = house.sheet("table")
    holders = tuple(replace(h, ink=from_hex(ink), fill=()) for h in plain.holders)
    scheme = {**plain.scheme, "hlink": from_hex(link), "tx1": BLACK, "bg1": WHITE}
    changed = replace(plain, drawn=(), ground=(WHITE,), holders=holders, scheme=scheme)
    table = house.layout("table")
    title = table.slots["title"]
    table = replace(
        table, slots={**table.slots, "title": replace(title, look=replace(title.look, size=size))}
    )
    template = replace(house.template, tables=None)
    made, _, _ = colour_layouts(template, {"table": changed}, {"table": table}, "auto")
    return {
        name: slot.colour for name, slot in made["table"].slots.items() if table.slots[name].idx is not None
    }


@pytest.mark.parametrize(
    "ink, size, title, others",
    [
        ("727272", 17, "", ""),  # 4.81 to 1
        ("737373", 17, "tx1", "tx1"),  # 4.74: too near to 4.5 for a colour that programs mix
        ("737373", 18, "", "tx1"),
        ("949494", 18, "", "tx1"),  # 3.03
        ("959595", 18, "tx1", "tx1"),  # 2.99
    ],
)
def test_an_ink_that_is_hard_to_read_is_changed(
    house: House, ink: str, size: float, title: str, others: str
) -> None:
    found = inked(house, ink, size=size)
    assert found.pop("title") == title
    found = {name: colour for name, colour in found.items() if name not in ("footer", "number")}
    assert found and set(found.values()) == {others}


@pytest.mark.parametrize("link, colour", [("767676", ""), ("777777", "tx1")])
def test_words_take_another_ink_where_links_would_be_hard_to_read(
    house: House, link: str, colour: str
) -> None:
    assert inked(house, "000000", link)["source"] == colour
    assert inked(house, "000000", link)["title"] == ""


def test_text_boxes_on_a_photograph_have_the_ink_of_the_title_not_of_the_date(house: House) -> None:
    """Nobody can tell what lies behind: the template writes its titles so that they can be read."""
    plain = house.sheet("content")
    inks = {"dt": BLACK, "ftr": BLACK, "sldNum": BLACK}
    holders = [replace(h, ink=inks.get(h.type, WHITE), fill=()) for h in plain.holders]
    date = replace(holders[0], idx=90, type="dt", label="Date", ink=BLACK)
    scheme = {**plain.scheme, "tx1": BLACK, "bg1": WHITE}
    photograph = replace(plain, drawn=(), ground=(None,), holders=(date, *holders), scheme=scheme)
    content = house.layout("content")
    boxed = {
        name: replace(slot, idx=None) if name == "badge" else slot for name, slot in content.slots.items()
    }
    layouts = {"content": replace(content, slots=boxed), "table": house.layout("table")}
    used = {"content": photograph, "table": house.sheet("table")}
    made, accent, _ = colour_layouts(house.template, used, layouts, "auto")
    assert made["content"].slots["badge"].colour == "bg1"
    assert made["content"].slots["title"].colour == ""
    assert accent == "tx1", "headings have no colour of their own there"


def tables(house: House, **areas: tuple[str, str]) -> str:
    """The style of tables where the template's own has these inks and fills for its areas."""

    def colour(tag: str, value: str) -> str:
        return f'<a:{tag}><a:srgbClr val="{value}"/></a:{tag}>'

    style = "".join(
        f"<a:{area}>{colour('tcTxStyle', ink) if ink else ''}<a:tcStyle><a:fill>"
        f"{colour('solidFill', fill) if fill else '<a:noFill/>'}</a:fill></a:tcStyle></a:{area}>"
        for area, (ink, fill) in areas.items()
    )
    root = etree.fromstring(
        f'<a:tblStyleLst xmlns:a="{A[1:-1]}" def="ours"><a:tblStyle styleId="other"/>'
        f'<a:tblStyle styleId="ours">{style}</a:tblStyle></a:tblStyleLst>'
    )
    white = replace(house.sheet("table"), drawn=(), ground=(WHITE,))
    template = replace(house.template, tables=root)
    layouts = {"table": house.layout("table")}
    return colour_layouts(template, {"table": white}, layouts, "auto")[2]


@pytest.mark.parametrize(
    "areas, readable",
    [
        ({}, True),
        ({"wholeTbl": ("FFFFFF", "222222"), "band1H": ("", "444444")}, True),  # white also in its bands
        ({"wholeTbl": ("000000", "EEEEEE"), "firstRow": ("", "222222")}, False),  # black also at its head
        ({"wholeTbl": ("000000", "EEEEEE"), "firstRow": ("FFFFFF", "222222")}, True),
        ({"wholeTbl": ("", "222222")}, False),  # the black of all text
        ({"wholeTbl": ("FFFFFF", "")}, False),  # on the white slide
        ({"wholeTbl": ("", ""), "firstRow": ("FFFFFF", "")}, False),
        ({"wholeTbl": ("767676", "FFFFFF")}, True),
        ({"wholeTbl": ("777777", "FFFFFF")}, False),
        ({"wholeTbl": ("", ""), "band2H": ("", "333333")}, False),
    ],
)
def test_the_templates_own_tables_are_used_if_every_row_can_be_read(
    house: House, areas: dict[str, tuple[str, str]], readable: bool
) -> None:
    assert tables(house, **areas) == ("ours" if readable else PLAIN_GRID)


# ---- a colour for each part of a deck


def usable(house: House, **scheme: Colour) -> tuple[tuple[str, str], ...]:
    """The accents of the house brand with other colours in its theme."""
    used = {role: house.sheet(role) for role in house.brand.layouts}
    used = {role: replace(one, scheme={**one.scheme, **scheme}) for role, one in used.items()}
    return accents_of("tx2", used, house.brand.layouts)


def test_every_accent_can_be_read_wherever_it_stands(house: House) -> None:
    """Headings on all grounds that may hold them, and paper on a panel or a dot of it; none is a grey."""
    accents = house.brand.accents
    assert accents[0][0] == house.brand.accent and len(accents) >= 3
    tried = 0
    for role, layout in house.brand.layouts.items():
        scheme = house.sheet(role).scheme
        for name, colour in accents[:1] if role in GROUNDS else accents:
            assert scheme[name] == from_hex(colour[1:])
            assert contrast(scheme[name], scheme["bg1"]) >= CLEAR, "words of paper stand on it in drawings"
            for slot in layout.slots.values():
                if slot.accented and not slot.colour and slot.name not in ("title", "footer", "number"):
                    behind = colours_behind_slot(house.sheet(role), slot)
                    assert None not in behind
                    assert least_contrast(scheme[name], behind) >= CLEAR, (role, slot.name, name)
                    tried += 1
    assert tried > 40
    for _, colour in accents:
        assert max(from_hex(colour[1:])) - min(from_hex(colour[1:])) >= 0.12


def test_no_two_accents_look_alike(house: House) -> None:
    colours = [from_hex(colour[1:]) for _, colour in house.brand.accents]
    for one, two in itertools.combinations(colours, 2):
        assert math.dist(one, two) >= 0.18
    same = usable(house, accent5=house.sheet("content").scheme["tx2"])
    assert "accent5" not in dict(same)
    assert "accent5" in dict(usable(house))


@pytest.mark.parametrize(
    ("colour", "taken"),
    [
        ("6B4A5E", True),
        ("FFD966", False),  # nobody can read it on white
        ("55555A", False),  # a grey
        ("13464F", False),  # as good as the accent itself
    ],
)
def test_only_what_can_be_read_and_told_apart_becomes_an_accent(
    house: House, colour: str, taken: bool
) -> None:
    pale = dict.fromkeys((f"accent{n}" for n in range(1, 7)), from_hex("F0E0E0"))
    found = usable(house, **{**pale, "accent2": from_hex(colour)})
    assert found == ((("tx2", "#12454F"), ("accent2", f"#{colour}")) if taken else (("tx2", "#12454F"),))


def test_paper_can_be_read_on_every_accent(house: House) -> None:
    """In drawings and on panels, words of paper stand on it."""
    assert usable(house, bg1=BLACK) == (("tx2", "#12454F"),)


def test_a_template_with_one_usable_colour_has_one_accent_for_every_part(house: House) -> None:
    pale = dict.fromkeys((f"accent{n}" for n in range(1, 7)), from_hex("F0E0E0"))
    one = replace(house.brand, accents=usable(house, **pale))
    assert one.accents == (("tx2", "#12454F"),)
    assert {one.accent_of(part(n)) for n in range(4)} == {("tx2", "#12454F")}


def part(n: int, layout: Layout = "content", slot: str = "body") -> Page:
    """A page of the part of a deck about its review number n, with a heading and a number."""
    body = (Heading((Span(f"Heading {n}"),)), Bullets(((Span("One"),),), "number"))
    place = Place(Path("invented.yaml"), 1, 1)
    return Page(f"one-{n}", layout, f"Part {n}", ((slot, body),), (), 1, n, "One", place, accent=n)


def parts(house: House, *pages: Page) -> FittedDeck:
    plan = Plan("two", "Two", "", "A board", "2026-11", "en-GB", pages, WORDING)
    return fit_deck(plan, house.brand)[0]


def painted(slide: Any) -> set[str]:
    """The theme colours that a slide itself writes, other than those of its layout."""
    return {e.get("val") for e in slide._element.iter(f"{A}schemeClr")}


def test_two_reviews_of_a_deck_have_headings_and_numbers_in_two_colours(house: House) -> None:
    many = len(house.brand.accents)
    deck = parts(house, *(part(n) for n in range(many + 1)))
    shown = [painted(slide) for slide in pptx.Presentation(BytesIO(render(deck, house.brand))).slides]
    assert shown == [{name} for name, _ in house.brand.accents] + [{house.brand.accent}], (
        "then from the first on"
    )
    told = [picture(slide, house.brand, "", 1, {})["shapes"] for slide in deck.slides]
    for shapes, (_, colour) in zip(told, house.brand.accents):
        assert colour in str(shapes)
        assert not [other for _, other in house.brand.accents if other != colour and other in str(shapes[1:])]


def test_the_panel_of_a_finding_has_the_colour_of_its_review(house: House) -> None:
    """Behind the title, which is written in paper; the first review has that of the template itself."""
    assert [name for name, slot in house.layout("finding").slots.items() if slot.panel] == ["title"]
    deck = parts(house, part(0, "finding"), part(1, "finding"))
    first, second = pptx.Presentation(BytesIO(render(deck, house.brand))).slides
    assert first.shapes.title._element.spPr.find(f"{A}solidFill") is None
    panel = second.shapes.title._element.spPr.find(f"{A}solidFill/{A}schemeClr")
    assert panel.get("val") == house.brand.accents[1][0]
    drawn = [picture(slide, house.brand, "", 1, {})["shapes"][0] for slide in deck.slides]
    assert [house.brand.accents[1][1] in str(one) for one in drawn] == [False, True]
    for _, colour in house.brand.accents:
        assert contrast(from_hex(colour[1:]), house.sheet("finding").scheme["bg1"]) >= CLEAR


def test_nothing_on_a_dark_ground_is_written_in_the_colour_of_a_part(house: House) -> None:
    for role, name in (("pause", "body"), ("pause", "question"), ("closing", "left"), ("section", "text")):
        slot = house.layout(role).slots[name]
        assert not slot.accented and not slot.panel
        deck = parts(house, part(1, role, name))  # type: ignore[arg-type]
        (slide,) = pptx.Presentation(BytesIO(render(deck, house.brand))).slides
        assert house.brand.accents[1][0] not in painted(slide)


@pytest.mark.parametrize(
    ("base", "part", "made"),
    [("FF0000", 100_000, "FF0000"), ("00FF00", 50_000, "FFFF00"), ("00FF00", 200_000, "0000FF"),
     ("0000FF", 150_000, "FF0000"), ("808080", 50_000, "808080")],
)  # fmt: skip
def test_a_hue_is_turned(base: str, part: int, made: str) -> None:
    """Green is at a third of the circle of colours, blue at two thirds."""
    change = f'<a:srgbClr xmlns:a="{A[1:-1]}" val="{base}"><a:hueMod val="{part}"/></a:srgbClr>'
    found = read_colour(etree.fromstring(change), lambda _: None)
    assert found == pytest.approx(from_hex(made))
