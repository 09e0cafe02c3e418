"""Templates as designers make them: logos of every kind, covers, columns, shared numbers, odd layouts. What
the designer drew stays whole, and the words stand where the designer put words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pptx
import pytest
from PIL import Image, ImageDraw
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from tests.conftest import TOP, edit, read_brand, run_here
from tests.odd import odd
from tests.test_brand import invented
from toolkit.brand.compiled import Brand
from toolkit.brand.folder import compile_brand, ready_deck
from toolkit.brand.geometry import EMU, INCH, Box, Drawn
from toolkit.brand.inks import PADDING
from toolkit.brand.inspection import save_brand
from toolkit.brand.layouts import choose_layouts, kind_of
from toolkit.brand.pictures import emblems, shades, uncovered
from toolkit.brand.room import free_region, strewn
from toolkit.brand.template import Template, take_apart
from toolkit.fit.fit import fit_deck
from toolkit.office.colour import contrast
from toolkit.office.fills import colours_behind
from toolkit.office.opc import read_package
from toolkit.plan.model import SLOTS
from toolkit.render.pptx import render
from toolkit.trial import COMPOSITIONS, try_brand

Change = Callable[[Any], None]
A, P = odd.A, odd.P
WIDE = (0.0, 0.0, 40 / 3, 7.5)


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def emblem(size: tuple[int, int] = (300, 120)) -> Image.Image:
    """A logo: a disc and a bar, on nothing."""
    image = Image.new("RGBA", size, (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((4, 4, size[1] - 4, size[1] - 4), fill=(200, 30, 60, 255))
    pen.rectangle((size[1] + 8, size[1] // 2, size[0] - 4, size[1] // 2 + 12), fill=(20, 40, 120, 255))
    return image


def ground(logo: bool = True, ink: tuple[int, int, int] = (246, 246, 240)) -> bytes:
    """A background picture with a band at its foot, and perhaps a logo at its lower left."""
    image = Image.new("RGB", (1280, 720), ink)
    if logo:
        mark = emblem((260, 100))
        image.paste(mark.convert("RGB"), (60, 560))
    ImageDraw.Draw(image).rectangle((0, 690, 1280, 720), fill=(0, 90, 160))
    return png(image)


LOGO = Box(round(60 / 1280 * 40 / 3 * INCH), round(560 / 96 * INCH), round(2.6 * INCH), INCH)


def blip(holder: Any, data: bytes) -> str:
    return f'<a:blip r:embed="{holder.part.get_or_add_image_part(BytesIO(data))[1]}"/>'


def called(presentation: Any, name: str) -> Any:
    return next(one for one in presentation.slide_layouts if one.name == name)


def brand_of(tmp_path: Path, change: Change | None = None, name: str = "ours", **more: Any) -> Brand:
    """The brand of python-pptx's own template, changed."""
    file = tmp_path / f"{name}.pptx"
    file.write_bytes(odd.deck(change, **more))
    return read_brand(save_brand([file], name, tmp_path / "brands"))


def template_of(change: Change | None = None, **more: Any) -> Template:
    return take_apart(ready_deck(read_package(odd.deck(change, **more)))[0])


# ---- logos


def small_picture(presentation: Any) -> Box:
    master = presentation.slide_masters[0]
    drawn = odd.drawn("pic", (10.6, 6.1, 2.3, 0.9), blip(master, png(emblem())))
    master.shapes._spTree.append(drawn)
    return Box(*(round(v * INCH) for v in (10.6, 6.1, 2.3, 0.9)))


def picture_filled_shape(presentation: Any) -> Box:
    master = presentation.slide_masters[0]
    fill = f"<a:blipFill>{blip(master, png(emblem()))}<a:stretch><a:fillRect/></a:stretch></a:blipFill>"
    master.shapes._spTree.append(odd.drawn("sp", (0.4, 5.9, 2.3, 0.9), fill))
    return Box(*(round(v * INCH) for v in (0.4, 5.9, 2.3, 0.9)))


def inside_the_background(presentation: Any) -> Box:
    master = presentation.slide_masters[0]
    fill = f"<a:blipFill>{blip(master, ground())}<a:stretch><a:fillRect/></a:stretch></a:blipFill>"
    slide = master.element.cSld
    for old in slide.findall(f"{P}bg"):
        slide.remove(old)
    slide.insert(0, odd.parse_xml(f"<p:bg {odd.NS}><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>"))
    return LOGO


def inside_a_full_picture(presentation: Any) -> Box:
    master = presentation.slide_masters[0]
    master.shapes._spTree.insert(2, odd.drawn("pic", WIDE, blip(master, ground())))
    return LOGO


def drawn_words(presentation: Any) -> Box:
    shape = odd.drawn("sp", (9.8, 6.2, 3.1, 0.6), odd.solid("003366"))
    run = f"<a:r {odd.NS}><a:rPr/><a:t>OUR BOARD</a:t></a:r>"
    shape.find(f"{P}txBody/{A}p").insert(0, odd.parse_xml(run))
    presentation.slide_masters[0].shapes._spTree.append(shape)
    return Box(*(round(v * INCH) for v in (9.8, 6.2, 3.1, 0.6)))


def group_of_shapes(presentation: Any) -> Box:
    """A logo of shapes, each too small to be in the way."""
    parts = "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{n}" name="Part {n}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="5600000"/><a:ext cx="90000" cy="90000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{odd.solid("008080")}</p:spPr></p:sp>'
        for n, x in ((70, 500_000), (71, 700_000), (72, 1_400_000))
    )
    at = '<a:off x="500000" y="5600000"/><a:ext cx="990000" cy="500000"/>'
    inner = '<a:chOff x="500000" y="5600000"/><a:chExt cx="990000" cy="500000"/>'
    presentation.slide_masters[0].shapes._spTree.append(
        odd.parse_xml(
            f'<p:grpSp {odd.NS}><p:nvGrpSpPr><p:cNvPr id="69" name="Logo"/><p:cNvGrpSpPr/><p:nvPr/>'
            "</p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{at}{inner}</a:xfrm></p:grpSpPr>{parts}</p:grpSp>"
        )
    )
    return Box(500_000, 5_600_000, 990_000, 500_000)


LOGOS = [
    small_picture,
    picture_filled_shape,
    inside_the_background,
    inside_a_full_picture,
    drawn_words,
    group_of_shapes,
]


@pytest.mark.parametrize("draws", LOGOS, ids=lambda draws: draws.__name__)
def test_nothing_of_ours_lies_on_a_logo(draws: Callable[[Any], Box], tmp_path: Path) -> None:
    boxes: list[Box] = []
    brand = brand_of(tmp_path, lambda made: boxes.append(draws(made)))
    (logo,) = boxes
    for role, layout in brand.layouts.items():
        for names in COMPOSITIONS[layout.role]:
            slots = layout.used(names)
            for name in (*names, "footer", "number"):
                if name in slots and (slots[name].moved or slots[name].idx is None or slots[name].fill):
                    assert slots[name].box.shared(logo) < 0.02 * logo.area, (role, name)


def test_a_photograph_has_no_emblem_and_a_plain_picture_has_its_own() -> None:
    slide = Box(0, 0, 1280 * EMU, 720 * EMU)
    drawn = Drawn(slide, (None,), "picture", "rect", ground())
    (found,) = emblems(drawn, slide)
    assert found.inside(Box(40 * EMU, 530 * EMU, 310 * EMU, 150 * EMU))
    assert emblems(replace(drawn, picture=ground(logo=False)), slide) == ()
    noise = Image.effect_noise((1280, 720), 120).convert("RGB")
    assert emblems(replace(drawn, picture=png(noise)), slide) == ()


def test_a_picture_with_a_grain_has_its_emblem() -> None:
    """Paper and cloth have weak edges all over."""
    slide = Box(0, 0, 1280 * EMU, 720 * EMU)
    grain = Image.effect_noise((1280, 720), 6).convert("RGB")
    drawn = Drawn(slide, (None,), "picture", "rect", png(grain))
    assert emblems(drawn, slide) == ()
    grain.paste(emblem((260, 100)).convert("RGB"), (60, 560))
    (found,) = emblems(replace(drawn, picture=png(grain)), slide)
    assert found.inside(Box(40 * EMU, 530 * EMU, 310 * EMU, 150 * EMU))


# ---- what covers what


def test_a_stray_box_under_a_picture_of_the_whole_slide_is_no_obstacle() -> None:
    def covered(stray: bool, presentation: Any) -> None:
        master = presentation.slide_masters[0]
        tree = master.shapes._spTree
        tree.insert(2, odd.drawn("pic", WIDE, blip(master, ground(logo=False)), 91))
        if stray:
            tree.insert(2, odd.drawn("sp", (4, 2, 6, 3.5), odd.solid("FF0000")))

    plain, other = (template_of(partial(covered, stray)) for stray in (False, True))
    assert [sheet.drawn for sheet in plain.sheets] == [sheet.drawn for sheet in other.sheets]


def test_what_shines_through_hides_nothing() -> None:
    slide = Box(0, 0, 1000, 1000)
    below = Drawn(Box(100, 100, 200, 200), ((1.0, 0.0, 0.0),), "shape", "rect")
    veil = Drawn(slide, ((1.0, 1.0, 1.0),), "shape", "rect", sheer=True)
    assert uncovered([below, veil], slide) == [below, veil]
    assert uncovered([below, replace(veil, sheer=False)], slide) == [replace(veil, sheer=False)]
    assert uncovered([veil, below], slide) == [veil, below]


def test_a_freeform_lies_under_what_it_lies_under() -> None:
    """A triangle over the lower left half of its box."""
    whole = Box(0, 0, 1000, 1000)
    half = Drawn(whole, ((0.0, 0.0, 0.0),), "shape", outline=(((0.0, 0.0), (1.0, 1.0), (0.0, 1.0)),))
    assert half.part_of(Box(0, 900, 90, 90)) == 1
    assert half.part_of(Box(900, 0, 90, 90)) == 0
    assert 0.4 < half.part_of(whole) < 0.6
    white = ((1.0, 1.0, 1.0),)
    assert colours_behind(white, [half], Box(900, 0, 90, 90)) == white
    assert colours_behind(white, [half], Box(0, 900, 90, 90)) == ((0.0, 0.0, 0.0),)
    assert set(colours_behind(white, [half], whole)) == {(1.0, 1.0, 1.0), (0.0, 0.0, 0.0)}


def test_a_picture_in_two_colours_is_seen_in_them(tmp_path: Path) -> None:
    def recoloured(presentation: Any) -> None:
        master = presentation.slide_masters[0]
        picture = blip(master, png(Image.new("RGB", (64, 36), (200, 200, 200)))).replace(
            "/>", '><a:duotone><a:srgbClr val="000000"/><a:srgbClr val="2A0A45"/></a:duotone></a:blip>'
        )
        fill = f"<a:blipFill>{picture}<a:stretch><a:fillRect/></a:stretch></a:blipFill>"
        master.shapes._spTree.insert(2, odd.drawn("sp", WIDE, fill))

    sheet = template_of(recoloured).sheets[0]
    (drawn,) = sheet.drawn
    seen = shades(drawn, drawn.box)
    assert seen is not None and contrast(seen.colours[0], (1.0, 1.0, 1.0)) > 12, "dark purple"
    brand = brand_of(tmp_path, recoloured)
    assert {brand.layouts[role].slots["title"].colour for role in ("title", "content")} == {"bg1"}


def test_a_texture_of_the_theme_is_seen_in_its_two_colours() -> None:
    """A shape that has the third fill of its theme: a picture in two shades of the colour that it names."""

    def textured(presentation: Any) -> None:
        master = presentation.slide_masters[0]
        theme = master.part.part_related_by(RT.THEME)
        root = odd.etree.fromstring(theme.blob)
        styles = root.find(f".//{A}fillStyleLst")
        tones = "".join(
            f'<a:schemeClr val="phClr"><a:lumMod val="{part}000"/></a:schemeClr>' for part in (50, 90)
        )
        fill = f"<a:blipFill {odd.NS}><a:blip><a:duotone>{tones}</a:duotone></a:blip></a:blipFill>"
        styles.replace(styles[2], odd.etree.fromstring(fill))
        theme._blob = odd.etree.tostring(root)
        band = odd.drawn("sp", (0, 0, 13.34, 2), "")
        names = "".join(
            f'<a:{name} idx="{at}"><a:srgbClr val="00C8BE"/></a:{name}>'
            for name, at in (("lnRef", 0), ("fillRef", 3), ("effectRef", 0))
        )
        style = f'<p:style {odd.NS}>{names}<a:fontRef idx="minor"/></p:style>'
        band.insert(2, odd.parse_xml(style))
        master.shapes._spTree.insert(2, band)

    (band,) = template_of(textured).sheets[0].drawn
    assert None not in band.fill and len(band.fill) == 2
    assert 1.5 < contrast(*(colour for colour in band.fill if colour)) < 4


@pytest.mark.parametrize("boxed", [False, True], ids=["words", "box"])
@pytest.mark.parametrize("ground", ["FFFFFF", "101040"])
def test_words_in_another_colour_have_no_shadow(ground: str, boxed: bool, tmp_path: Path) -> None:
    """The title of the template is white, with a shadow; on white it is written dark, and without."""

    def shadowed(presentation: Any) -> None:
        master = presentation.slide_masters[0]
        master.shapes._spTree.insert(2, odd.drawn("sp", WIDE, odd.solid(ground)))
        look = master.element.find(f"{P}txStyles/{P}titleStyle/{A}lvl1pPr/{A}defRPr")
        for old in look.findall(f"{A}solidFill"):
            look.remove(old)
        white = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        shadow = '<a:effectLst><a:outerShdw><a:srgbClr val="000000"/></a:outerShdw></a:effectLst>'
        parts = [odd.parse_xml(part.replace(">", f" {odd.NS}>", 1)) for part in (white, shadow)]
        look.insert(0, parts[0])
        if boxed:
            next(one for one in master.placeholders if one.placeholder_format.type == 1)._element.spPr.append(
                parts[1]
            )
        else:
            look.insert(1, parts[1])

    brand = brand_of(tmp_path, shadowed)
    dark = ground == "FFFFFF"
    assert bool(brand.layouts["content"].slots["title"].colour) is dark
    deck, _ = fit_deck(invented(), brand)
    content = next(n for n, page in enumerate(deck.slides) if page.layout == "content")
    title = pptx.Presentation(BytesIO(render(deck, brand))).slides[content].shapes.title
    plain = [title._element.spPr, *title._element.iter(f"{A}rPr")]
    assert len(plain) > 1 and all((one.find(f"{A}effectLst") is not None) is dark for one in plain)


# ---- covers


def test_a_cover_keeps_the_templates_own_title_and_subtitle(tmp_path: Path) -> None:
    def columns(presentation: Any) -> None:
        title, below = list(called(presentation, "Title Slide").placeholders)[:2]
        odd.put(title, (0.6, 1.2, 5.6, 4.5))
        odd.put(below, (7.0, 1.2, 5.6, 4.5))

    slots = brand_of(tmp_path, columns).layouts["title"].slots
    title, below = slots["title"], slots["subtitle"]
    assert (title.moved, title.box.x, below.box.x, below.box.y) == (
        False,
        round(0.6 * INCH),
        7 * INCH,
        round(1.2 * INCH),
    )
    assert slots["board"].box.x >= 6.9 * INCH and slots["edition"].box.y >= slots["board"].box.bottom


def test_the_words_below_a_title_keep_beside_an_ornament(tmp_path: Path) -> None:
    ring = (0.2, 2.9, 1.2, 1.0)

    def ringed(presentation: Any) -> None:
        layout = called(presentation, "Title Slide")
        title, below = list(layout.placeholders)[:2]
        odd.put(title, (0.6, 1.2, 12, 1.6))
        odd.put(below, (0.6, 3.2, 12, 2))
        layout.shapes._spTree.append(odd.drawn("pic", ring, blip(layout, png(emblem((120, 100))))))

    slots = brand_of(tmp_path, ringed).layouts["title"].slots
    drawn = Box(*(round(v * INCH) for v in ring))
    assert slots["subtitle"].idx is not None and slots["subtitle"].box.y == round(3.2 * INCH)
    for name in ("subtitle", "board", "edition"):
        assert not slots[name].box.shared(drawn) and slots[name].box.w > 10 * INCH, name


def low(presentation: Any) -> None:
    """A title and one line low on the slide, and nothing below them."""
    layout = called(presentation, "Title Slide")
    title, below = list(layout.placeholders)[:2]
    odd.put(title, (0.6, 3.85, 12, 1.3))
    odd.put(below, (0.6, 5.15, 12, 0.6))


def test_lines_of_ours_join_a_subtitle_that_leaves_no_room(tmp_path: Path) -> None:
    brand = brand_of(tmp_path, low)
    pages = tuple(p for p in invented().pages if p.layout == "title")
    (slide,) = fit_deck(replace(invented(), pages=pages), brand)[0].slides
    said = re.sub(r"<[^>]+>", " ", str(slide.slots))
    assert "Edition: June 2024" in said and "Invented Safeguarding" in said
    slots = brand.layouts["title"].used([name for name, _ in slide.slots], slide.rooms)
    assert slots["subtitle"].idx is not None
    assert all(slots[name].box.y >= slots["title"].box.bottom for name, _ in slide.slots)
    assert all((slide.size(name) or 20) >= 20 for name, _ in slide.slots)


@pytest.mark.parametrize(
    "change", [None, low, small_picture, drawn_words], ids=["plain", "low", "logo", "words"]
)
def test_there_is_never_a_second_cover(change: Change | None, tmp_path: Path) -> None:
    brand = brand_of(tmp_path, change)
    trial = try_brand(brand, tmp_path / "a.pptx", tmp_path / "a.docx")
    assert not [one.message for one in trial.problems if one.message.startswith("title")]


def test_lines_stand_closer_before_there_is_a_second_cover(tmp_path: Path) -> None:
    """Three lines at 20 points in the little room below a title, which have 16 points between them."""

    def banded(presentation: Any) -> None:
        title, below = list(called(presentation, "Title Slide").placeholders)[:2]
        odd.put(title, (0.6, 0.3, 12, 5))
        odd.put(below, (0.6, 5.6, 12, 0.6))
        style = below.element.find(f"{P}txBody/{A}lstStyle")
        for level in list(style):
            style.remove(level)
        apart = '<a:spcBef><a:spcPts val="1000"/></a:spcBef><a:spcAft><a:spcPts val="600"/></a:spcAft>'
        style.append(odd.parse_xml(f'<a:lvl1pPr {odd.NS}>{apart}<a:defRPr sz="2000"/></a:lvl1pPr>'))

    brand = brand_of(tmp_path, banded)
    assert not try_brand(brand, tmp_path / "a.pptx", tmp_path / "a.docx").problems
    pages = tuple(p for p in invented().pages if p.layout == "title")
    deck = fit_deck(replace(invented(), pages=pages), brand)[0]
    (slide,) = deck.slides
    slot = brand.layouts["title"].slots["subtitle"]
    assert slot.look.after == 0 and {name for name, _ in slide.slots} == {"subtitle"}
    (drawn,) = pptx.Presentation(BytesIO(render(deck, brand))).slides
    (shape,) = [s for s in drawn.placeholders if s.placeholder_format.idx == slot.idx]
    assert len(shape.text_frame.paragraphs) == 3
    assert {one.space_after for one in shape.text_frame.paragraphs} == {0}


# ---- room


def test_words_end_where_the_layouts_own_body_ends() -> None:
    def high(presentation: Any) -> None:
        body = list(called(presentation, "Title and Content").placeholders)[1]
        odd.put(body, (0.7, 1.75, 12, 3.9))

    template = template_of(high)
    sheet = next(s for s in template.sheets if s.name == "Title and Content")
    region = free_region(sheet, template.slide, [sheet.holders[0].box])
    assert region.bottom <= round(5.65 * INCH) + 1


def test_a_ground_goes_on_beyond_its_words(tmp_path: Path) -> None:
    def striped(presentation: Any) -> None:
        master = presentation.slide_masters[0]
        for n in range(8):
            tone = "FFFFFF" if n % 2 else "000000"
            master.shapes._spTree.insert(2, odd.drawn("sp", (0, n * 0.94, 13.34, 0.94), odd.solid(tone)))

    brand = brand_of(tmp_path, striped)
    body = brand.layouts["content"].slots["body"]
    assert body.fill and body.idx is not None
    assert body.look.insets[0] >= PADDING[0] and body.look.insets[1] >= PADDING[1]
    deck, _ = fit_deck(invented(), brand)
    slide = next(
        s
        for s, page in zip(pptx.Presentation(BytesIO(render(deck, brand))).slides, deck.slides)
        if page.layout == "content"
    )
    (shape,) = [s for s in slide.placeholders if s.placeholder_format.idx == body.idx]
    assert shape.element.find(f".//{A}bodyPr").get("lIns") == str(body.look.insets[0])
    foot = brand.layouts["content"].slots["number"]
    assert not foot.fill or foot.box.w < INCH, "no wider than a number"


# ---- which layout


def kinds(change: Change) -> dict[str, str]:
    template = template_of(change)
    return {sheet.name: kind_of(sheet, template.slide) for sheet in template.sheets}


def renamed(presentation: Any, old: str, new: str) -> Any:
    layout = called(presentation, old)
    layout.element.attrib.pop("type", None)
    layout.element.cSld.set("name", new)
    return layout


def test_one_small_picture_makes_no_picture_layout() -> None:
    def pictured(presentation: Any) -> None:
        layout = renamed(presentation, "Title and Content", "Layout A")
        layout.shapes._spTree.append(
            odd.parse_xml(
                f'<p:sp {odd.NS}><p:nvSpPr><p:cNvPr id="77" name="Portrait"/><p:cNvSpPr/><p:nvPr>'
                '<p:ph type="pic" idx="27"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
                '<a:off x="11000000" y="300000"/>'
                '<a:ext cx="900000" cy="900000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/>'
                "</p:txBody></p:sp>"
            )
        )

    assert kinds(pictured)["Layout A"] == "content"
    assert {s.name for role, s in choose_layouts(template_of(pictured)).items() if role == "content"} == {
        "Layout A"
    }


@pytest.mark.parametrize("name", ["Table of Content", "Table of Contents", "Inhaltsverzeichnis", "Agenda"])
def test_a_table_of_contents_is_no_table(name: str) -> None:
    def listed(presentation: Any) -> None:
        renamed(presentation, "Comparison", name)

    assert kinds(listed)[name] == "contents"
    assert name not in {sheet.name for sheet in choose_layouts(template_of(listed)).values()}


def test_a_heading_called_title_is_no_first_slide() -> None:
    def plain(presentation: Any) -> None:
        renamed(presentation, "Title Only", "Title")
        renamed(presentation, "Title Slide", "Cover 1")

    chosen = choose_layouts(template_of(plain))
    assert chosen["title"].name == "Cover 1"
    assert chosen["table"].name == "Title"


def test_a_layout_without_a_title_loses_to_one_with() -> None:
    def untitled(presentation: Any) -> None:
        layout = called(presentation, "Title and Content")
        layout.shapes._spTree.remove(layout.placeholders[0]._element)
        renamed(presentation, "Two Content", "Something else")

    names = {sheet.name for sheet in choose_layouts(template_of(untitled)).values()}
    assert "Title and Content" not in names


def two(change: Change) -> Template:
    """A deck with two masters whose layouts are the same, the first one changed."""
    made = pptx.Presentation(BytesIO(odd.two_masters()))
    change(made)
    out = BytesIO()
    made.save(out)
    return take_apart(ready_deck(read_package(out.getvalue()))[0])


def tiles(presentation: Any) -> None:
    master = presentation.slide_masters[0]
    for n in range(4):
        fill = odd.solid("FF7030")
        master.shapes._spTree.append(odd.drawn("sp", (2 + n, 1.5 + 1.2 * n, 1.5, 1.1), fill, 90 + n))


def photograph(presentation: Any) -> None:
    master = presentation.slide_masters[0]
    noise = png(Image.effect_noise((640, 360), 120).convert("RGB").resize((1280, 720)))
    master.shapes._spTree.insert(2, odd.drawn("pic", WIDE, blip(master, noise)))


def shade(presentation: Any) -> None:
    """A patch that is hardly seen."""
    master = presentation.slide_masters[0]
    ground = master.element.cSld.find(f"{P}bg")
    if ground is not None:
        master.element.cSld.remove(ground)
    fill = '<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="97000"/></a:schemeClr></a:solidFill>'
    master.shapes._spTree.append(odd.drawn("sp", (9, 1.5, 3, 2), fill))


@pytest.mark.parametrize("change", [tiles, photograph])
def test_a_master_without_ornaments_in_its_room_for_text_is_used(change: Change) -> None:
    assert choose_layouts(two(lambda made: None))["content"].master == 0
    chosen = choose_layouts(two(change))
    assert {chosen[role].master for role in ("content", "finding", "table", "two-columns")} == {1}


def test_a_layout_without_text_is_no_better_on_ornaments_than_one_with() -> None:
    chosen = choose_layouts(template_of(photograph))
    assert (chosen["content"].name, chosen["finding"].name) == ("Title and Content",) * 2


def test_a_shade_is_no_ornament() -> None:
    def full(change: Change) -> float:
        template = template_of(change)
        return max(strewn(sheet, template.slide, sheet.safe) for sheet in template.sheets)

    assert full(tiles) > 0.1 and full(photograph) > 0.9
    assert full(shade) == full(lambda made: None) == 0


def test_words_stand_below_their_title_where_a_master_lets_them() -> None:
    def turned(presentation: Any) -> None:
        for holder in (presentation.slide_masters[0], *presentation.slide_masters[0].slide_layouts):
            for shape in holder.placeholders:
                if shape.placeholder_format.type in (1, 3):
                    odd.put(shape, (0.6, 5.7, 12, 1.2))
                elif shape.placeholder_format.type in (2, 7):
                    odd.put(shape, (0.6, 0.5, 12, 4.9))

    assert choose_layouts(two(turned))["finding"].master == 1


def test_the_first_slide_as_libreoffice_writes_it_is_one() -> None:
    """As a layout with a title and text, in which the text is a subtitle."""

    def written(presentation: Any) -> None:
        layout = called(presentation, "Title Slide")
        layout.element.set("type", "tx")
        for ph in layout.element.iter(f"{P}ph"):
            if ph.get("type") == "ctrTitle":
                ph.set("type", "title")

    assert kinds(written)["Title Slide"] == "title"
    assert choose_layouts(template_of(written))["title"].name == "Title Slide"


def test_small_print_is_no_column(tmp_path: Path) -> None:
    def noted(presentation: Any) -> None:
        note = list(called(presentation, "Two Content").placeholders)[2]
        odd.put(note, (9.5, 5.9, 3.2, 0.8))
        style = note.element.find(f"{P}txBody/{A}lstStyle")
        for level in list(style):
            style.remove(level)
        style.append(odd.parse_xml(f'<a:lvl1pPr {odd.NS}><a:defRPr sz="1000"/></a:lvl1pPr>'))

    slots = brand_of(tmp_path, noted).layouts["two-columns"].slots
    assert slots["right"].idx != 2
    assert slots["left"].look.size == slots["right"].look.size >= 20


def test_two_columns_are_set_alike(tmp_path: Path) -> None:
    def unlike(presentation: Any) -> None:
        right = list(called(presentation, "Two Content").placeholders)[2]
        odd.put(right, (6.9, 2.6, 5.7, 4.0))
        body = right.element.find(f"{P}txBody")
        body.find(f"{A}bodyPr").set("anchor", "ctr")
        style = body.find(f"{A}lstStyle")
        for level in list(style):
            style.remove(level)
        ink = '<a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill>'
        style.append(odd.parse_xml(f'<a:lvl1pPr {odd.NS}><a:defRPr sz="2000">{ink}</a:defRPr></a:lvl1pPr>'))

    slots = brand_of(tmp_path, unlike).layouts["two-columns"].slots
    left, right = slots["left"], slots["right"]
    assert (left.box.y, left.box.h) == (right.box.y, right.box.h)
    assert left.look.size == right.look.size == 20
    assert (left.anchor, right.anchor) == ("t", "t")
    assert left.colour == right.colour != ""


@pytest.mark.parametrize(
    "names", [("Title Slide",), ("Title and Content",), ("Blank",)], ids=lambda names: names[0]
)
def test_a_file_with_one_layout_serves(names: tuple[str, ...], tmp_path: Path) -> None:
    brand = brand_of(tmp_path, lambda made: odd.keep_layouts(made, names))
    assert not try_brand(brand, tmp_path / "a.pptx", tmp_path / "a.docx").fails


# ---- faults that are mended


def test_placeholders_that_share_a_number_are_kept(tmp_path: Path) -> None:
    """LibreOffice writes none: then all have 0, as the title has."""

    def unnumbered(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            for ph in layout.element.iter(f"{P}ph"):
                if ph.get("type") in (None, "body", "subTitle"):
                    ph.attrib.pop("idx", None)

    brand = brand_of(tmp_path, unnumbered)
    two = brand.layouts["two-columns"].slots
    assert None not in (two["left"].idx, two["right"].idx) and two["left"].idx != two["right"].idx
    assert brand.layouts["title"].slots["subtitle"].idx is not None
    _, said = ready_deck(read_package(odd.deck(unnumbered)))
    assert "put right: placeholders of a layout that had the same number have one each" in said


Frame = tuple[float, float, float, float]


def moved(title: Frame, text: Frame) -> bytes:
    """Two masters whose layouts say where their title and text stand, as LibreOffice writes them: where the
    first master has its own; the second has them in these boxes.
    """
    made = pptx.Presentation(BytesIO(odd.two_masters()))
    for n, master in enumerate(made.slide_masters):
        for holder in (master, *master.slide_layouts):
            own = n and holder is master
            for shape in holder.placeholders:
                if shape.placeholder_format.type in (1, 3):
                    odd.put(shape, title if own else FIRST[0])
                elif shape.placeholder_format.type in (2, 4, 7):
                    odd.put(shape, text if own else FIRST[1])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


FIRST: tuple[Frame, Frame] = ((0.6, 0.4, 12, 1.2), (0.6, 1.8, 12, 4.8))


def test_layouts_stand_as_their_own_master_says() -> None:
    package, said = ready_deck(read_package(moved((0.6, 5.9, 12, 1.2), (0.6, 0.5, 12, 4.8))))
    assert any("another master" in line for line in said)
    for sheet in take_apart(package).sheets:
        for holder in sheet.holders:
            if holder.type in ("title", "ctrTitle"):
                assert holder.box.y == round((5.9 if sheet.master else 0.4) * INCH), sheet.name
            if holder.type == "body" and sheet.master:
                assert holder.box.bottom <= 5.4 * INCH, sheet.name
    _, said = ready_deck(read_package(moved(*FIRST)))
    assert not any("another master" in line for line in said)


def test_a_size_of_slides_that_is_called_what_it_is_not(tmp_path: Path) -> None:
    def misnamed(presentation: Any) -> None:
        presentation.element.find(f"{P}sldSz").set("type", "screen4x3")

    package, said = ready_deck(read_package(odd.deck(misnamed)))
    assert "type=" not in re.search(r"<p:sldSz[^>]*>", package.parts[package.main()].decode())[0]
    assert any("screen4x3" in line for line in said)
    right, said = ready_deck(read_package(odd.deck(misnamed, size=(10, 7.5))))
    assert 'type="screen4x3"' in right.parts[right.main()].decode() and not any(
        "screen4x3" in s for s in said
    )


def test_names_of_layouts_have_no_spaces_at_their_ends(tmp_path: Path) -> None:
    def spaced(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            layout.element.cSld.set("name", f"{layout.name} ")

    file = tmp_path / "ours.pptx"
    file.write_bytes(odd.deck(spaced))
    folder = save_brand([file], "ours", tmp_path / "brands")
    assert '{layout: "Title and Content"}' in (folder / "brand.yaml").read_text("utf-8")
    edit(folder / "brand.yaml", '"Title and Content"', '"title and content"')
    assert compile_brand(folder)[0].layouts["content"].name == "Title and Content"


def test_elements_in_a_wrong_order_are_put_in_the_right_one() -> None:
    def shuffled(presentation: Any) -> None:
        for style in presentation.slide_masters[0].element.iter(f"{A}lvl1pPr"):
            run = style.find(f"{A}defRPr")
            style.remove(run)
            style.insert(0, run)

    package, said = ready_deck(read_package(odd.deck(shuffled)))
    assert any("lvl1pPr" in line for line in said)
    master = package.root(package.related(package.main(), "slideMaster")[0])
    levels = [level for level in master.iter(f"{A}lvl1pPr") if len(level) > 1]
    assert levels and all(level[-1].tag == f"{A}defRPr" for level in levels)
    assert not any("put right" in line for line in ready_deck(read_package(odd.deck()))[1])


def test_a_picture_that_is_not_in_the_file_is_left_out() -> None:
    def broken(presentation: Any) -> None:
        layout = called(presentation, "Title and Content")
        layout.shapes._spTree.append(odd.drawn("pic", (1, 1, 2, 1), '<a:blip r:embed="rId99"/>'))
        fill = '<a:blipFill><a:blip r:embed="rId98"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>'
        layout.shapes._spTree.append(odd.drawn("sp", (4, 1, 2, 1), fill, 91))

    package, _ = ready_deck(read_package(odd.deck(broken)))
    assert not any(b"rId98" in data or b"rId99" in data for data in package.parts.values())


# ---- brand tries what it saves


def tiny(presentation: Any) -> None:
    """A logo over nearly all of every slide: no words have room."""
    master = presentation.slide_masters[0]
    for n, box in enumerate([(0.0, 1.7, 40 / 3, 2.6), (0.0, 4.6, 40 / 3, 2.5)]):
        shape = odd.drawn("sp", box, odd.solid("003366"), 90 + n)
        run = f"<a:r {odd.NS}><a:rPr/><a:t>Our words</a:t></a:r>"
        shape.find(f"{P}txBody/{A}p").insert(0, odd.parse_xml(run))
        master.shapes._spTree.append(shape)


def test_brand_says_at_once_what_will_not_do(project: Path) -> None:
    (project / "bad.pptx").write_bytes(odd.deck(tiny))
    ran = run_here("brand", "bad.pptx", "--save", "ours", cwd=project)
    assert ran.code == 1
    assert len((ran.out + ran.err).splitlines()) <= 25
    assert (
        "bad.pptx: error: " in ran.err
        and "drawn words would lie under words" in ran.err
        and "leave more room free" in ran.err
    )
    assert "Traceback" not in ran.err
    assert not list((project / "templates").glob("brands/*"))
    more = run_here("brand", "bad.pptx", "-v", cwd=project)
    assert more.code == 1 and len(more.out.splitlines()) > 40 and "Layouts" in more.out


def test_brand_says_in_a_few_lines_what_it_saves(project: Path) -> None:
    (project / "good.pptx").write_bytes(odd.TEMPLATES["wide.pptx"]())
    ran = run_here("brand", "good.pptx", "--save", "ours", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) <= 25
    assert "All can be built." in ran.out and ran.out.splitlines()[-1].startswith("wrote ")
    assert (project / "templates" / "brands" / "ours" / "deck.pptx").exists()


def test_a_folder_is_not_begun_with_a_template_that_will_not_do(tmp_path: Path) -> None:
    (tmp_path / "bad.pptx").write_bytes(odd.deck(tiny))
    ran = run_here("init", "ours", "--yes", "--template", "bad.pptx", cwd=tmp_path)
    assert ran.code == 1 and "bad.pptx: error: " in ran.err
    assert not (tmp_path / "ours").exists()


def test_the_house_brand_passes_its_own_trial(tmp_path: Path) -> None:
    brand = read_brand(TOP / "templates" / "brands" / "house")
    trial = try_brand(brand, tmp_path / "a.pptx", tmp_path / "a.docx")
    assert not trial.fails
    assert set(COMPOSITIONS) == set(brand.layouts)


def test_a_trial_has_every_slot_of_every_role() -> None:
    for role, compositions in COMPOSITIONS.items():
        assert {name for names in compositions for name in names} | {"source", "motif"} >= set(SLOTS[role]), (
            role
        )
        assert all(set(names) <= set(SLOTS[role]) for names in compositions)


def test_a_table_on_the_last_slide_keeps_the_inks_of_its_own_style(tmp_path: Path) -> None:
    """A header that the style sets white on black must not be written in the black of the columns."""

    def styled(presentation: Any) -> None:
        part = next(
            r.target_part for r in presentation.part.rels.values() if r.reltype.endswith("/tableStyles")
        )
        name = re.search(rb'def="([^"]+)"', part.blob)[1].decode()

        def area(tag: str, ink: str, fill: str) -> str:
            return (
                f'<a:{tag}><a:tcTxStyle><a:srgbClr val="{ink}"/></a:tcTxStyle><a:tcStyle><a:tcBdr/><a:fill>'
                f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></a:fill></a:tcStyle></a:{tag}>'
            )

        part._blob = (
            f'<a:tblStyleLst {odd.NS} def="{name}"><a:tblStyle styleId="{name}" styleName="Ours">'
            f"{area('wholeTbl', '000000', 'EEEEEE')}{area('firstRow', 'FFFFFF', '000000')}"
            "</a:tblStyle></a:tblStyleLst>"
        ).encode()
        left = list(called(presentation, "Two Content").placeholders)[1]
        ink = '<a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill>'
        style = left.element.find(f"{P}txBody/{A}lstStyle")
        for level in list(style):
            style.remove(level)
        style.append(odd.parse_xml(f'<a:lvl1pPr {odd.NS}><a:defRPr sz="2400">{ink}</a:defRPr></a:lvl1pPr>'))

    brand = brand_of(tmp_path, styled)
    assert brand.layouts["closing"].slots["right"].colour == ""
    deck, _ = fit_deck(invented(), brand)
    assert deck.slides
