"""Drawings: native shapes with words and one alternative text, the same in decks, documents and PDFs."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import pptx as python_pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.conftest import TOP, WORDING, read_brand, run_here, tags
from tests.drawings import EVERY, deck, number, on_paper, page, ring, said, timeline
from tests.odd import odd
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import EMU
from toolkit.brand.inspection import save_brand
from toolkit.fit.drawing import MOST_HIGH, place, place_in_text
from toolkit.fit.drawing import on_paper as measured
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.fit.typeset import LINE, advance, lines, units
from toolkit.office.accessible import check_accessible
from toolkit.office.show import show
from toolkit.plan.model import Bullets, Drawing, Note, Paragraph, Shape, changed, spans_in, spoken, words
from toolkit.problems import Invalid
from toolkit.render import docx, pdf, pptx
from toolkit.render.drawingml import hues
from toolkit.render.pdfslide import picture
from toolkit.render.readback import check_deck, check_document, check_pdf

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


@pytest.fixture(scope="module")
def fitted(house: Brand) -> FittedDeck:
    return fit_deck(deck(), house)[0]


# ---- the block


def test_a_drawing_gives_its_words_in_the_order_of_its_shapes() -> None:
    assert words((timeline(),)).splitlines() == [
        *("May 2011", "A neighbour calls", "July 2011", "The nurse sees bruises", "2014", "Robin is found"),
    ]
    assert [span.text for span in spans_in((number(),))] == ["3 in 10"]
    loud = changed(number(), str.upper)
    assert isinstance(loud, Drawing)
    assert (loud.alt, words((loud,))) == ("THREE IN TEN.", "3 IN 10")
    assert words(spoken(number())) == "Three in ten.\n3 in 10"


def test_words_stand_on_what_they_can_be_read_on() -> None:
    tones = {
        fill: Shape("rectangle", 0, 0, 1, 1, fill).ink for fill in ("none", "paper", "pale", "accent", "ink")
    }
    assert tones == {"none": "ink", "paper": "ink", "pale": "ink", "accent": "paper", "ink": "paper"}


# ---- where it stands


@pytest.mark.parametrize("drawing", EVERY)
@pytest.mark.parametrize("box", [(900, 400), (200, 700)])
def test_a_drawing_is_as_large_as_its_box_and_keeps_its_form(
    drawing: Drawing, box: tuple[float, float]
) -> None:
    placed = place(drawing, "Arial", *box)
    assert (placed.w, placed.h) == pytest.approx(
        (box[0], box[0] * drawing.height / drawing.width)
        if box[0] / box[1] < drawing.width / drawing.height
        else (box[1] * drawing.width / drawing.height, box[1])
    )
    assert placed.x == pytest.approx((box[0] - placed.w) / 2)
    for one, shape in zip(placed.shapes, drawing.shapes):
        assert one.w * drawing.width == pytest.approx(shape.w * placed.w)
        assert one.h * drawing.height == pytest.approx(shape.h * placed.h)


@given(
    st.text(" abcdefghijklmnopW-", min_size=1, max_size=60),
    st.sampled_from(["rectangle", "rounded", "ellipse"]),
)
def test_words_that_may_be_printed_stand_inside_their_shape(text: str, form: Any) -> None:
    drawing = Drawing(300, 120, (Shape(form, 10, 10, 200, 80, spans=said(text), size=30),), "A box.")
    placed = place(drawing, "Arial", 600, 240)
    (one,) = placed.shapes
    if placed.smallest >= 20:
        whole = {"ellipse": 0.707, "rounded": 0.96}.get(form, 1.0)
        room = one.w * whole - 2 * one.inset
        count = lines(one.shape.spans, "Arial", one.size, False, room)
        assert count * one.size * LINE <= one.h * whole + 1
        assert all(
            lines(said(word), "Arial", one.size, False, room) == 1 for word in text.split() if "-" not in word
        )


def test_words_are_as_large_as_was_said_where_they_have_room() -> None:
    placed = place(ring(), "Arial", 600, 400)
    assert [one.size for one in placed.shapes if one.shape.spans] == [28] * 6
    crowded = replace(
        ring(), shapes=(*ring().shapes, Shape("rounded", 0, 0, 90, 40, spans=said("Probation"), size=28))
    )
    sizes = {one.size for one in place(crowded, "Arial", 600, 400).shapes if one.shape.spans}
    assert len(sizes) == 1 and max(sizes) < 28


@pytest.mark.parametrize("wide, high", [(100, 90), (300, 30)])  # one is too narrow for 40 points, one too low
@pytest.mark.parametrize("form", ["rectangle", "rounded", "ellipse", "words"])
def test_words_are_as_large_as_their_shape_allows(form: Any, wide: float, high: float) -> None:
    """A quarter of their size is free at each side; they stand in the rectangle inside an ellipse, or inside
    corners rounded by a sixth of the shorter side. They are made smaller in steps of 4 %, to half points.
    """
    drawing = Drawing(
        400, 200, (Shape(form, 20, 10, wide, high, weight=3, spans=said("Wheel"), size=40),), "-"
    )
    corner = 2 * (1 - 0.5**0.5) * min(wide, high) / 6 if form == "rounded" else 0.0
    inside = [side * 0.5**0.5 if form == "ellipse" else side - corner for side in (wide, high)]
    most = min(inside[0] / (advance("Wheel", "Arial", False) + 0.5), inside[1] / 1.2)
    placed = place(drawing, "Arial", 900, 400)
    (one,) = placed.shapes
    assert most < 40
    assert 2 * most * 0.96 - 0.5 <= one.size <= 2 * most + 0.01, "all is drawn twice as large"
    assert (one.x, one.y, one.w, one.h, one.weight) == pytest.approx((90, 20, 2 * wide, 2 * high, 6))
    assert one.inset == one.size / 4


def test_the_least_words_of_a_drawing_are_those_that_count() -> None:
    """A heading of 40 points says nothing for the 20 points beside it."""
    shapes = [Shape("words", 0, 60 * n, 300, 60, spans=said("Words"), size=40 - 10 * n) for n in range(3)]
    bare = Shape("rectangle", 0, 0, 10, 10, size=5)
    assert place(Drawing(300, 180, (*shapes, bare), "-"), "Arial", 300, 180).smallest == 20
    assert place(Drawing(300, 180, (bare,), "-"), "Arial", 300, 180).smallest == float("inf")


@pytest.mark.parametrize("size, kept", [(24, True), (23, False)])
def test_a_drawing_in_a_document_is_at_most_320_points_high(size: float, kept: bool) -> None:
    """Words of 24 points in one of 640 are of 12 there, the least for print."""
    high = Drawing(300, 640, (Shape("words", 0, 0, 300, 60, spans=said("Words"), size=size),), "-")
    placed = place_in_text(high, "Arial", 450)
    assert (placed.x, placed.y, placed.w, placed.h, placed.smallest) == (0, 0, 150, 320, size / 2)
    plan = on_paper(replace(deck(), pages=(page("tower", high),)))
    (tower,) = measured(plan, 450).pages
    assert tower.slot("body") == ((high,) if kept else spoken(high))


# ---- fit


def test_a_drawing_is_never_split(house: Brand) -> None:
    assert units((timeline(),)) == [timeline()]
    high = Drawing(400, 4_000, (Shape("rectangle", 0, 0, 400, 4_000, "accent"),), "A very high box.")
    whole, report = fit_deck(replace(deck(), pages=(page("tower", high),)), house)
    assert (len(whole.slides), report) == (1, [])


def test_the_plain_form_stands_in_place_of_words_too_small(house: Brand) -> None:
    small = Drawing(
        1_000, 400, (Shape("words", 0, 0, 900, 20, spans=said("Small words"), size=26),), "Words."
    )
    for plain in ((), (Bullets((said("Small words"), said("on a line"))),)):  # without one, what it says
        whole, report = fit_deck(
            replace(deck(), pages=(page("slide", replace(small, instead=plain)),)), house
        )
        (slide,) = whole.slides
        assert slide.slot("body") == (plain or (Paragraph(said("Words.")), Bullets((said("Small words"),))))
        assert check_deck(pptx.render(whole, house), whole) == [] == report
    large = replace(small, shapes=(replace(small.shapes[0], h=33),))  # as large as the least
    whole, _ = fit_deck(replace(deck(), pages=(page("slide", large),)), house)
    slide = python_pptx.Presentation(BytesIO(pptx.render(whole, house))).slides[0]
    (group,) = (shape for shape in slide.shapes if shape.shape_type == 6)
    assert group.shapes[0].text_frame.paragraphs[0].runs[0].font.size.pt == 20


def test_a_drawing_has_its_slot_for_itself(house: Brand) -> None:
    one = page("ring", ring())
    both = replace(one, slots=(("body", (ring(), Paragraph(said("And words")))),))
    with pytest.raises(Invalid, match="has a drawing and other words in one slot"):
        fit_deck(replace(deck(), pages=(both,)), house)


def test_a_long_title_over_a_drawing_is_shortened_and_stands_whole_in_the_notes(house: Brand) -> None:
    title = "An invented title that says more than can be read aloud in a breath, " * 4
    one = replace(page("ring", ring()), title=title.strip())
    (slide,), _ = fit_deck(replace(deck(), pages=(one,)), house)[0].slides, None
    assert slide.title.endswith("…") and len(slide.title) <= 100
    assert slide.slot("body") == (ring(),)
    assert title.strip() in words(slide.printed)


def test_one_column_may_hold_a_drawing_and_the_other_many_words(house: Brand) -> None:
    long = tuple(Paragraph(said(f"Sentence {n} of a long column goes on here. " * 2)) for n in range(12))
    one = replace(
        page("ring", number()), layout="two-columns", slots=(("left", (number(),)), ("right", long))
    )
    whole, _ = fit_deck(replace(deck(), pages=(one,)), house)
    drawn = [b for s in whole.slides for _, blocks in s.slots for b in blocks if isinstance(b, Drawing)]
    assert drawn == [number()] and len(whole.slides) > 1
    assert check_deck(pptx.render(whole, house), whole) == []


def test_notes_say_a_drawing_in_words(house: Brand) -> None:
    one = replace(page("ring", ring()), notes=(Note("say", (ring(),)),))
    whole, _ = fit_deck(replace(deck(), pages=(one,)), house)
    assert words(whole.slides[0].printed).splitlines()[:3] == ["Say", ring().alt, "Robin"]
    assert check_deck(pptx.render(whole, house), whole) == []


# ---- PowerPoint


def test_a_deck_holds_native_shapes_in_a_group_with_the_alternative_text(
    fitted: FittedDeck, house: Brand, tmp_path: Path
) -> None:
    data = pptx.render(fitted, house)
    for slide, drawing in zip(python_pptx.Presentation(BytesIO(data)).slides, EVERY):
        (group,) = (shape for shape in slide.shapes if shape.shape_type == 6)
        assert group._element.nvGrpSpPr.cNvPr.get("descr") == drawing.alt
        children = list(group.shapes)
        assert len(children) == len(drawing.shapes)
        told = [child.text_frame.text for child in children if child.has_text_frame and child.text_frame.text]
        assert [words.replace("\u00a0", " ") for words in told] == words((drawing,)).splitlines()
        for child in children:
            mute = b"decorative" in etree.tostring(child._element)
            assert mute != bool(child.has_text_frame and child.text_frame.text)
            assert group.left - 2 <= child.left and child.left + child.width <= group.left + group.width + 2
            assert group.top - 2 <= child.top and child.top + child.height <= group.top + group.height + 2
    (tmp_path / "drawn.pptx").write_bytes(data)
    errors = OpenXmlValidator().validate(tmp_path / "drawn.pptx").errors
    assert [e.description for e in errors if "viewProps" not in e.description] == []
    assert check_accessible(data) == []
    assert b"srgbClr" not in b"".join(
        part.blob
        for part in python_pptx.Presentation(BytesIO(data)).part.package.iter_parts()
        if part.partname.startswith("/ppt/slides/")
    )
    assert f"[group] Drawing, at 58 155, 845 x 282 pt, alternative text: {timeline().alt}" in show(
        tmp_path / "drawn.pptx"
    )


def test_a_line_goes_where_it_was_told_to_go(fitted: FittedDeck, house: Brand) -> None:
    slide = python_pptx.Presentation(BytesIO(pptx.render(fitted, house))).slides[0]
    (group,) = (shape for shape in slide.shapes if shape.shape_type == 6)
    first, second, _, arrow = (shape for shape in group.shapes if shape.shape_type == 9)
    assert first.begin_x < first.end_x and first.begin_y == first.end_y
    assert second.begin_x < second.end_x and second.begin_y > second.end_y
    assert b'tailEnd type="triangle"' in etree.tostring(arrow._element)


# ---- one geometry


def test_the_picture_of_a_slide_has_the_geometry_of_the_slide(fitted: FittedDeck, house: Brand) -> None:
    shown = python_pptx.Presentation(BytesIO(pptx.render(fitted, house))).slides
    for slide, there in zip(fitted.slides, shown):
        drawn = picture(slide, house, "", 1, {})["shapes"][1]
        (group,) = (shape for shape in there.shapes if shape.shape_type == 6)
        left, top = (drawn[side] + drawn["insets"][n] + drawn["at"][n] for n, side in enumerate("xy"))
        for one, child in zip(drawn["drawing"]["shapes"], group.shapes):
            x, y, w, h = one["at"]
            assert (left + min(x, x + w)) * EMU == pytest.approx(child.left, abs=3)
            assert (top + min(y, y + h)) * EMU == pytest.approx(child.top, abs=3)
            assert (abs(w) * EMU, abs(h) * EMU) == pytest.approx((child.width, child.height), abs=3)
            if one["paragraphs"]:
                assert child.text_frame.paragraphs[0].runs[0].font.size.pt == one["size"]


def test_pale_is_a_light_accent_under_dark_words_and_a_dark_one_under_light() -> None:
    assert hues("#14464F", "#1F2A30", "#FFFFFF")["pale"] == "#D8E6E8"
    assert hues("#FFD966", "#FFFFFF", "#000000")["pale"] == "#473600"


# ---- Word


def test_a_document_holds_the_drawing_in_line_with_its_alternative_text(house: Brand, tmp_path: Path) -> None:
    data = docx.render(on_paper(), house)
    (tmp_path / "drawn.docx").write_bytes(data)
    document = python_docx.Document(str(tmp_path / "drawn.docx"))
    body = document.element.body
    alts = [drawing.alt for drawing in EVERY]
    assert [e.get("descr") for e in body.iter(f"{WP}docPr") if b"decorative" not in etree.tostring(e)] == alts
    instead = ["".join(e.itertext()) for e in body.iter(f"{MC}Fallback")]
    assert [said for said in instead if said] == alts
    wide, high = house.document.width * 635, MOST_HIGH * EMU
    assert all(int(e.get("cx")) <= wide and int(e.get("cy")) <= high for e in body.iter(f"{WP}extent"))
    ids = re.findall(r'(?:docPr|cNvPr) id="(\d+)"', document.part.blob.decode())
    assert len(ids) == len(set(ids)) > 20
    assert OpenXmlValidator().validate(tmp_path / "drawn.docx").errors == []
    assert check_accessible(data) == []
    assert f"<drawing Drawing, in line, alternative text: {ring().alt}>" in show(tmp_path / "drawn.docx")


def test_a_document_says_in_words_what_would_be_too_small_in_it(house: Brand) -> None:
    tiny = replace(ring(), shapes=tuple(replace(shape, size=8) for shape in ring().shapes))
    plan = measured(on_paper(replace(deck(), pages=(page("ring", tiny),))), house.document.width / 20)
    document = python_docx.Document(BytesIO(docx.render(plan, house)))
    assert all(b"decorative" in etree.tostring(e) for e in document.element.body.iter(f"{WP}docPr"))
    told = [paragraph.text for paragraph in document.paragraphs]
    at = told.index(tiny.alt)
    assert told[at + 1 : at + 7] == words((tiny,)).splitlines()
    assert check_document(docx.render(plan, house), plan) == []
    assert check_pdf(pdf.document(plan, house), plan) == []


# ---- PDF


def alternatives(data: bytes) -> list[str]:
    return [str(node["/Alt"]) for _, node in tags(data) if "/Alt" in node]


def test_a_pdf_holds_a_figure_with_the_alternative_text(fitted: FittedDeck, house: Brand) -> None:
    every = [drawing.alt for drawing in EVERY]
    assert alternatives(pdf.document(on_paper(), house)) == every
    told = alternatives(pdf.notes_pages(fitted, house))
    assert told == [f"Slide {n}: {s.title}. {alt}" for n, (s, alt) in enumerate(zip(fitted.slides, every), 1)]


# ---- read back


def test_what_was_drawn_is_all_there_in_every_file(fitted: FittedDeck, house: Brand) -> None:
    assert check_deck(pptx.render(fitted, house), fitted) == []
    assert check_document(docx.render(on_paper(), house), on_paper()) == []
    assert check_pdf(pdf.document(on_paper(), house), on_paper()) == []
    assert check_pdf(pdf.notes_pages(fitted, house), fitted) == []


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda d: replace(d, alt="Nothing"), "an alternative text: Three in ten."),
        (lambda d: replace(d, shapes=(d.shapes[0], replace(d.shapes[1], spans=said("in 10")))), ": 3"),
    ],
)
def test_what_is_lost_of_a_drawing_is_found(change: Any, lost: str, house: Brand) -> None:
    plan = replace(deck(), pages=(page("number", number()),))
    less = replace(deck(), pages=(page("number", change(number())),))
    whole, short = fit_deck(plan, house)[0], fit_deck(less, house)[0]
    assert [lost in p.message for p in check_deck(pptx.render(short, house), whole)] == [True]
    assert [lost in p.message for p in check_pdf(pdf.notes_pages(short, house), whole)] == [True]
    plan, less = on_paper(plan), on_paper(less)
    assert [lost in p.message for p in check_document(docx.render(less, house), plan)] == [True]
    assert [lost in p.message for p in check_pdf(pdf.document(less, house), plan)] == [True]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dark.pptx", "picture-ground.pptx", "gradient.pptx", "newsletter.docx"])
def test_a_drawing_can_be_read_in_templates_of_every_colour(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(odd.TEMPLATES[name]())
    brand = read_brand(save_brand([tmp_path / name], "ours", tmp_path))
    whole, _ = fit_deck(replace(deck(), pages=deck().pages[1:]), brand)
    data = docx.render(on_paper(), brand) if name.endswith("docx") else pptx.render(whole, brand)
    assert [f for f in check_accessible(data) if "Words" in f.where or "Drawing" in f.where] == []
    (tmp_path / "made").write_bytes(data)
    errors = OpenXmlValidator().validate(tmp_path / "made").errors
    assert [e.description for e in errors if "viewProps" not in e.description] == []


# ---- a document is measured once


def cards(count: int, words: int) -> str:
    """A line of a page template that draws cards of so many words."""
    items = [" ".join(f"word{n}x{k}" for k in range(words)) for n in range(count)]
    return "{{ draw_cards(" + repr(items) + ") }}"


@pytest.mark.parametrize(
    ("line", "kept"), [(cards(2, 4), True), (cards(5, 12), False)], ids=["drawn", "told"]
)
def test_word_and_pdf_of_a_document_agree_whether_a_drawing_can_be_read(
    line: str, kept: bool, project: Path
) -> None:
    own = project / "templates" / "pages" / "handout-practice.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(f"layout: part\ntitle: Cards\nbody: |\n  {line}\n", "utf-8")
    ran = run_here("build", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    made = project / "build" / "decks" / "robin.handout"
    document = python_docx.Document(str(made.with_suffix(".handout.docx")))
    said = {str(e.get("descr")).replace("\u00a0", " ") for e in document.element.body.iter(f"{WP}docPr")}
    told = alternatives(made.with_suffix(".handout.pdf").read_bytes())
    figures = {one.replace("\u00a0", " ") for one in told}
    shown = WORDING("cards-of", count=2 if kept else 5)
    assert (shown in said, shown in figures) == (kept, kept)
    lines = [p.text for p in document.paragraphs if p.text.startswith("word0x0")]
    assert bool(lines) is not kept


@pytest.mark.parametrize(
    ("width", "size", "kept"), [(493.2, 24, True), (470, 24, False), (600, 24, True), (600, 23, False)]
)
def test_a_document_is_as_wide_as_its_narrower_file(width: float, size: float, kept: bool) -> None:
    """A PDF has lines of 493.2 points, a Word template those that it has: 12 points in both, or in none."""
    shapes = (Shape("words", 0, 0, 900, 60, spans=said("Words"), size=size),)
    wide = Drawing(986.4, 100, shapes, "-", (Paragraph(said("Words")),))
    plan = on_paper(replace(deck(), pages=(page("cards", wide),)))
    (one,) = measured(plan, width).pages
    assert one.slot("body") == ((wide,) if kept else wide.instead)
    assert (place_in_text(wide, "Arial", min(width, 493.2)).smallest >= 12) is kept
    assert measured(replace(plan, pages=()), width) == replace(plan, pages=())
