"""Which colours lie behind words, and which are clear enough to write in: both sides of each limit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from tests.conftest import TOP, read_brand
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import LARGE_PRINT, Box, Drawn, Sheet, SlideLayout
from toolkit.brand.inks import choose_accent, colour_layouts, colours_behind, least_contrast
from toolkit.brand.template import Template, take_apart
from toolkit.office.colour import Colour, from_hex
from toolkit.office.opc import read_package

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
