"""Accessibility findings: a clean file has none, and each defect put into it gives its own and no other.

All words here are invented.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import docx
import pytest
from docx.oxml import parse_xml as word_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.shared import Pt as WordPt
from docx.shared import RGBColor as WordColour
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from tests.conftest import TOP, WORDING, read_brand
from toolkit.fit.fit import fit_deck
from toolkit.office.accessible import Finding, check_accessible, findings
from toolkit.office.colour import RunLook, contrast, from_hex
from toolkit.plan.model import Page, Plan
from toolkit.problems import Invalid, Place
from toolkit.render.pptx import render

HERE = Place(Path("invented.yaml"), 3, 5)

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
DECORATIVE = (
    f'<a:extLst xmlns:a="{A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><d:decorative'
    ' xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def png() -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (40, 20), (20, 80, 140)).save(data, "PNG")
    data.seek(0)
    return data


def found(path: Path) -> list[tuple[str, str, str]]:
    """Level, rule and place of each finding; every one has a message and a hint."""
    findings = check_accessible(path)
    assert all(isinstance(f, Finding) and f.message and f.hint for f in findings)
    return [(f.level, f.rule, f.where) for f in findings]


# ---- decks


def clean_deck() -> Any:
    """Two slides with a list, a picture, a table and notes, as they should be."""
    deck = Presentation()
    deck.core_properties.title, deck.core_properties.language = "An invented session", "en-GB"
    one = deck.slides.add_slide(deck.slide_layouts[1])
    one.shapes.title.text = "What we learn"
    one.placeholders[1].text = "Ask the child\nWrite it down"
    one.notes_slide.notes_text_frame.text = "Welcome everybody."
    two = deck.slides.add_slide(deck.slide_layouts[5])
    two.shapes.title.text = "A picture and a table"
    picture = two.shapes.add_picture(png(), Inches(1), Inches(2))
    picture._element.nvPicPr.cNvPr.set("descr", "A blue box that stands for a house")
    table = two.shapes.add_table(2, 2, Inches(4), Inches(2), Inches(4), Inches(1)).table
    for row, column, text in ((0, 0, "When"), (0, 1, "What"), (1, 0, "Monday"), (1, 1, "A visit")):
        table.cell(row, column).text = text
    return deck


def saved(deck: Any, folder: Path, languages: bool = True) -> Path:
    """The deck in a file, each run marked as British English."""
    if languages:
        for slide in deck.slides:
            for root in [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]:
                for run in root.iter(f"{{{A}}}r"):
                    if run.get_or_add_rPr().get("lang") is None:
                        run.get_or_add_rPr().set("lang", "en-GB")
    path = folder / "deck.pptx"
    deck.save(path)
    return path


def text_box(deck: Any, text: str, slide: int = 0, top: float = 6.6) -> Any:
    box = deck.slides[slide].shapes.add_textbox(Inches(1), Inches(top), Inches(7), Inches(0.6))
    box.text_frame.text = text
    return box


def run_of(shape: Any) -> Any:
    return shape.text_frame.paragraphs[0].runs[0]


def test_a_clean_deck_has_no_findings(tmp_path: Path) -> None:
    assert found(saved(clean_deck(), tmp_path)) == []


def no_title(deck: Any) -> None:
    deck.core_properties.title = "PowerPoint Presentation"


def no_slide_title(deck: Any) -> None:
    deck.slides[0].shapes.title.text = ""


def no_title_placeholder(deck: Any) -> None:
    title = deck.slides[0].shapes.title._element
    title.getparent().remove(title)


def same_title(deck: Any) -> None:
    deck.slides[1].shapes.title.text = "What  WE learn"


def no_alt(deck: Any) -> None:
    deck.slides[1].shapes[1]._element.nvPicPr.cNvPr.set("descr", "")


def file_name_alt(deck: Any) -> None:
    deck.slides[1].shapes[1]._element.nvPicPr.cNvPr.set("descr", "IMG_2041.JPG")


def empty_alt(deck: Any) -> None:
    deck.slides[1].shapes[1]._element.nvPicPr.cNvPr.set("descr", "Picture 3")


def machine_alt(deck: Any) -> None:
    deck.slides[1].shapes[1]._element.nvPicPr.cNvPr.set(
        "descr", "A house. Description automatically generated"
    )


def long_alt(deck: Any) -> None:
    deck.slides[1].shapes[1]._element.nvPicPr.cNvPr.set("descr", "A house with a door. " * 20)


def drawn_shape(deck: Any) -> None:
    deck.slides[0].shapes.add_shape(1, Inches(1), Inches(6.6), Inches(1), Inches(0.5))


def no_header(deck: Any) -> None:
    deck.slides[1].shapes[2].table.first_row = False


def merged(deck: Any) -> None:
    table = deck.slides[1].shapes[2].table
    table.cell(1, 0).merge(table.cell(1, 1))


def blank_row(deck: Any) -> None:
    table = deck.slides[1].shapes[2].table
    table.cell(1, 0).text = table.cell(1, 1).text = ""


def blank_heading(deck: Any) -> None:
    deck.slides[1].shapes[2].table.cell(0, 1).text = ""


def empty_placeholder(deck: Any) -> None:
    deck.slides[0].placeholders[1].text = ""


def title_read_last(deck: Any) -> None:
    title = deck.slides[0].shapes.title._element
    title.getparent().append(title)


def read_upwards(deck: Any) -> None:
    text_box(deck, "First at the bottom")
    text_box(deck, "Then above it", top=0.05)


def typed_dash(deck: Any) -> None:
    deck.slides[0].placeholders[1].text = "- ask the child"


def typed_numbers(deck: Any) -> None:
    box = text_box(deck, "1. Ask")
    box.text_frame.add_paragraph().text = "2. Write"


def justified(deck: Any) -> None:
    deck.slides[0].placeholders[1].text_frame.paragraphs[0].alignment = PP_ALIGN.JUSTIFY


def small_text(deck: Any) -> None:
    run_of(text_box(deck, "Too small")).font.size = Pt(16)


def small_notes(deck: Any) -> None:
    run_of(deck.slides[0].notes_slide.notes_placeholder).font.size = Pt(11)


def pale(deck: Any) -> None:
    run_of(text_box(deck, "Pale words")).font.color.rgb = RGBColor(0xBB, 0xBB, 0xBB)


def pale_layout(deck: Any) -> None:
    """White words from the theme, on the layout's white: the colour stands three steps up."""
    layout = deck.slide_layouts[1].placeholders[1]._element
    style = layout.txBody.find(f"{{{A}}}lstStyle")
    style.append(
        parse_xml(
            f'<a:lvl1pPr xmlns:a="{A}"><a:defRPr><a:solidFill><a:schemeClr val="bg1"><a:lumMod'
            ' val="85000"/></a:schemeClr></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )


def dark_slide(deck: Any) -> None:
    fill = deck.slides[0].background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(0x22, 0x22, 0x22)


def dark_notes_band(deck: Any) -> None:
    """Black words that stand on a black band of their own slide."""
    band = deck.slides[0].shapes.add_shape(1, Inches(0.5), Inches(6.5), Inches(9), Inches(0.9))
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor(0, 0, 0)
    band._element.nvSpPr.cNvPr.append(parse_xml(DECORATIVE))
    text_box(deck, "On the band")


def capitals(deck: Any) -> None:
    text_box(deck, "ASK EVERY CHILD ALONE")


def styled_capitals(deck: Any) -> None:
    run_of(text_box(deck, "Ask every child alone"))._r.get_or_add_rPr().set("cap", "all")


def red_words(deck: Any) -> None:
    frame = text_box(deck, "Ask the child ").text_frame
    run = frame.paragraphs[0].add_run()
    run.text, run.font.color.rgb = "at once", RGBColor(0xB0, 0, 0)


def speaks_of_red(deck: Any) -> None:
    text_box(deck, "The points shown in red are urgent")


def vague_link(deck: Any) -> None:
    run_of(text_box(deck, "Click here")).hyperlink.address = "https://example.org/a"


def bare_link(deck: Any) -> None:
    run_of(text_box(deck, "https://example.org/a/long/address")).hyperlink.address = "https://example.org/a"


def timed(deck: Any) -> None:
    deck.slides[0]._element.append(parse_xml(f'<p:transition xmlns:p="{P}" advTm="5000"/>'))


def guarded(deck: Any) -> None:
    deck.part._element.append(parse_xml(f'<p:modifyVerifier xmlns:p="{P}"/>'))


def sections(deck: Any, *names: str) -> None:
    listed = "".join(
        f'<p14:section name="{name}"'
        f' id="{{0000000{n}-0000-0000-0000-000000000000}}"><p14:sldIdLst/></p14:section>'
        for n, name in enumerate(names)
    )
    deck.part._element.append(
        parse_xml(
            f'<p:extLst xmlns:p="{P}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst'
            f' xmlns:p14="{P14}">{listed}</p14:sectionLst></p:ext></p:extLst>'
        )
    )


def american(deck: Any) -> None:
    run_of(deck.slides[0].placeholders[1])._r.get_or_add_rPr().set("lang", "en-US")


DECK_DEFECTS: list[tuple[Callable[[Any], None], tuple[str, str, str]]] = [
    (no_title, ("error", "Missing document title", "Properties")),
    (no_slide_title, ("error", "Missing slide title", "Slide 1")),
    (no_title_placeholder, ("error", "Missing slide title", "Slide 1")),
    (same_title, ("tip", "Duplicate slide title", "Slide 2")),
    (no_alt, ("error", "Missing alt text", "Slide 2, Picture 2")),
    (file_name_alt, ("error", "Missing alt text", "Slide 2, Picture 2")),
    (empty_alt, ("warning", "Alternative text quality", "Slide 2, Picture 2")),
    (machine_alt, ("warning", "Review auto-generated description", "Slide 2, Picture 2")),
    (long_alt, ("warning", "Alternative text quality", "Slide 2, Picture 2")),
    (drawn_shape, ("error", "Missing alt text", "Slide 1, Rectangle 3")),
    (no_header, ("error", "No header row specified", "Slide 2, Table 3")),
    (merged, ("warning", "Use of merged or split cells", "Slide 2, Table 3")),
    (blank_row, ("warning", "Blank table rows or columns", "Slide 2, Table 3")),
    (blank_heading, ("warning", "No header row specified", "Slide 2, Table 3")),
    (empty_placeholder, ("warning", "Empty placeholder", "Slide 1, Content Placeholder 2")),
    (title_read_last, ("warning", "Check reading order", "Slide 1")),
    (read_upwards, ("warning", "Check reading order", "Slide 1")),
    (typed_dash, ("warning", "List typed by hand", "Slide 1, Content Placeholder 2")),
    (typed_numbers, ("warning", "List typed by hand", "Slide 1, TextBox 3")),
    (justified, ("warning", "Justified text", "Slide 1, Content Placeholder 2")),
    (small_text, ("warning", "Text size", "Slide 1, TextBox 3")),
    (small_notes, ("warning", "Text size", "Slide 1 notes, Notes Placeholder 2")),
    (pale, ("warning", "Hard-to-read text contrast", "Slide 1, TextBox 3")),
    (pale_layout, ("warning", "Hard-to-read text contrast", "Slide 1, Content Placeholder 2")),
    (dark_notes_band, ("warning", "Hard-to-read text contrast", "Slide 1, TextBox 4")),
    (capitals, ("warning", "All capitals", "Slide 1, TextBox 3")),
    (styled_capitals, ("warning", "All capitals", "Slide 1, TextBox 3")),
    (red_words, ("warning", "Use of colour alone", "Slide 1, TextBox 3")),
    (speaks_of_red, ("tip", "Use of colour alone", "Slide 1, TextBox 3")),
    (vague_link, ("warning", "Link text", "Slide 1, TextBox 3")),
    (bare_link, ("warning", "Link text", "Slide 1, TextBox 3")),
    (timed, ("warning", "Slide timing", "Slide 1")),
    (guarded, ("error", "Restricted access", "The whole file")),
    (
        lambda deck: sections(deck, "Default Section"),
        ("error", "Default section name", "Section 1, “Default Section”"),
    ),
    (
        lambda deck: sections(deck, "Welcome", "Learning", "welcome"),
        ("tip", "Duplicate section name", "Section 3, “welcome”"),
    ),
    (american, ("tip", "Language of the text", "The whole file")),
]


@pytest.mark.parametrize(
    ("defect", "expected"), DECK_DEFECTS, ids=[getattr(d, "__name__", "") + e[1] for d, e in DECK_DEFECTS]
)
def test_one_defect_of_a_deck_is_one_finding(
    defect: Callable[[Any], None], expected: tuple[str, str, str], tmp_path: Path
) -> None:
    deck = clean_deck()
    defect(deck)
    assert found(saved(deck, tmp_path)) == [expected]


def test_the_same_colours_in_many_places_are_one_finding(tmp_path: Path) -> None:
    deck = clean_deck()
    dark_slide(deck)
    assert found(saved(deck, tmp_path)) == [
        ("warning", "Hard-to-read text contrast", "Slide 1, Title 1 and 1 more place")
    ]


def test_words_on_a_picture_or_gradient_are_left_to_a_person(tmp_path: Path) -> None:
    deck = clean_deck()
    deck.slides[0].background.fill.gradient()
    pale(deck)
    assert found(saved(deck, tmp_path)) == []


def test_large_words_need_three_to_one(tmp_path: Path) -> None:
    deck = clean_deck()
    run_of(text_box(deck, "Grey words")).font.color.rgb = RGBColor(0x88, 0x88, 0x88)  # 3.5 to 1
    assert found(saved(deck, tmp_path)) == []
    run_of(text_box(deck, "Grey words", 1)).font.color.rgb = RGBColor(0x99, 0x99, 0x99)  # 2.8 to 1
    assert [rule for _, rule, _ in found(saved(deck, tmp_path))] == ["Hard-to-read text contrast"]


@pytest.mark.parametrize(
    ("width", "ink", "said"),
    [
        (9.0, 0x30, ["Hard-to-read text contrast"]),  # dark words, all of them on the dark band
        (
            4.0,
            0x30,
            [],
        ),  # half of them: two colours lie behind, and which words stand on which cannot be told
        (1.1, 0xBB, ["Hard-to-read text contrast"]),  # pale words, with only an edge of their box on the band
    ],
)
def test_words_stand_on_the_shapes_that_lie_beneath_them(
    tmp_path: Path, width: float, ink: int, said: list[str]
) -> None:
    deck = clean_deck()
    shapes = deck.slides[0].shapes
    band = shapes.add_shape(5, 0, Inches(6.5), Inches(width), Inches(0.9))  # a rounded rectangle
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)
    band._element.nvSpPr.cNvPr.set("descr", "A dark band")
    run_of(text_box(deck, "Some words")).font.color.rgb = RGBColor(ink, ink, ink)
    assert [rule for _, rule, _ in found(saved(deck, tmp_path))] == said


def test_a_table_style_gives_the_colours_that_the_file_does_not_write(tmp_path: Path) -> None:
    """PowerPoint's default style: bold white on the first accent colour, here 4 to 1, which is enough from 14
    points on.
    """
    deck = clean_deck()
    run_of(deck.slides[1].shapes[2].table.cell(0, 0)).font.size = Pt(13)
    assert [rule for _, rule, _ in found(saved(deck, tmp_path))] == [
        "Text size",
        "Hard-to-read text contrast",
    ]
    run_of(deck.slides[1].shapes[2].table.cell(0, 0)).font.size = Pt(14)
    assert [rule for _, rule, _ in found(saved(deck, tmp_path))] == ["Text size"]


def test_words_without_a_language_are_found_whatever_the_presentation_says(tmp_path: Path) -> None:
    path = saved(clean_deck(), tmp_path, languages=False)
    assert found(path) == [("warning", "Language of the text", "Slides 1 and 2")]


def test_decorative_pictures_and_groups_with_an_alternative_text_are_fine(tmp_path: Path) -> None:
    deck = clean_deck()
    picture = deck.slides[1].shapes[1]._element.nvPicPr.cNvPr
    picture.set("descr", "")
    picture.append(parse_xml(DECORATIVE))
    group = deck.slides[0].shapes.add_group_shape()
    group.shapes.add_shape(1, Inches(1), Inches(6.6), Inches(1), Inches(0.5))
    assert found(saved(deck, tmp_path)) == [("error", "Missing alt text", "Slide 1, Rectangle 4")]
    group._element.nvGrpSpPr.cNvPr.set("descr", "Two boxes joined by an arrow")
    assert found(saved(deck, tmp_path)) == []


def test_small_print_may_be_small_where_the_layout_calls_it_so(tmp_path: Path) -> None:
    deck = clean_deck()
    box = text_box(deck, "From an invented report")
    run_of(box).font.size, box.name = Pt(12), "Source 1"
    assert found(saved(deck, tmp_path)) == []
    run_of(box).font.size = Pt(10)
    assert [rule for _, rule, _ in found(saved(deck, tmp_path))] == ["Text size"]


def test_a_short_line_below_larger_words_may_be_as_small_as_a_source(tmp_path: Path) -> None:
    deck = clean_deck()
    body = deck.slides[0].placeholders[1].text_frame
    line = body.add_paragraph()
    line.text = "Told by an invented paper"
    said = body.paragraphs[0]
    said.text = "What people in the room read from the back is large and long enough."
    for size, words, enough in ((14, line.text, True), (12, line.text, True), (10, line.text, False)):
        line.runs[0].font.size, line.runs[0].text = Pt(size), words
        assert ("Text size" not in [rule for _, rule, _ in found(saved(deck, tmp_path))]) is enough, size
    line.runs[0].text, line.runs[0].font.size = "All the rest is small. " * 6, Pt(14)
    assert "Text size" in [rule for _, rule, _ in found(saved(deck, tmp_path))]


def test_a_size_that_the_layout_gives_counts(tmp_path: Path) -> None:
    deck = clean_deck()
    style = deck.slide_layouts[1].placeholders[1]._element.txBody.find(f"{{{A}}}lstStyle")
    style.append(parse_xml(f'<a:lvl1pPr xmlns:a="{A}"><a:defRPr sz="1400"/></a:lvl1pPr>'))
    assert found(saved(deck, tmp_path)) == [("warning", "Text size", "Slide 1, Content Placeholder 2")]


def test_links_of_the_same_words_to_two_places(tmp_path: Path) -> None:
    deck = clean_deck()
    for n, top in ((1, 6.1), (2, 6.8)):
        run_of(text_box(deck, "The report", top=top)).hyperlink.address = f"https://example.org/{n}"
    assert found(saved(deck, tmp_path)) == [("tip", "Link text", "Slide 1, TextBox 3")]


# ---- documents


def clean_document() -> Any:
    """Two headings, text, a list, a picture and a table, as they should be."""
    document = docx.Document()
    document.core_properties.title = "An invented briefing"
    for style in document.styles:
        if style.type in (1, 2) and hasattr(style, "font"):
            if style.font.size is not None and style.font.size < WordPt(12):
                style.font.size = WordPt(12)
            if style.font.color is not None and style.font.color.rgb is not None:
                style.font.color.rgb = WordColour(0, 0, 0)
    document.styles["Normal"].font.size = WordPt(12)
    document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").set(qn("w:val"), "en-GB")
    document.add_heading("At a glance", 1)
    document.add_paragraph("What we learn from an invented review.")
    document.add_paragraph("Ask the child", style="List Bullet")
    document.add_heading("What happened", 2)
    document.add_picture(png())
    next(document.element.iter(qn("wp:docPr"))).set("descr", "A blue box that stands for a house")
    table = document.add_table(2, 2)
    for row, column, text in ((0, 0, "When"), (0, 1, "What"), (1, 0, "Monday"), (1, 1, "A visit")):
        table.cell(row, column).text = text
    table.rows[0]._tr.get_or_add_trPr().append(word_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    return document


def written(document: Any, folder: Path) -> Path:
    path = folder / "briefing.docx"
    document.save(path)
    return path


def test_a_clean_document_has_no_findings(tmp_path: Path) -> None:
    assert found(written(clean_document(), tmp_path)) == []


def linked(document: Any, text: str, *targets: str) -> None:
    for target in targets:
        paragraph = document.add_paragraph()
        name = document.part.relate_to(
            target,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        paragraph._p.append(
            word_xml(
                f'<w:hyperlink {nsdecls("w", "r")} r:id="{name}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'
            )
        )


def word_bold(d: Any) -> None:
    d.add_paragraph().add_run("What good looks like").bold = True


def word_pale(d: Any) -> None:
    d.add_paragraph().add_run("Pale words").font.color.rgb = WordColour(0xAA, 0xAA, 0xAA)


def word_shaded(d: Any) -> None:
    """Automatic black turns white on black by itself; a written colour does not."""
    for colour in ("", '<w:color w:val="333333"/>'):
        d.element.body.insert(
            1,
            word_xml(
                f'<w:p {nsdecls("w")}><w:pPr><w:shd w:val="clear"'
                f' w:fill="000000"/></w:pPr><w:r><w:rPr>{colour}</w:rPr><w:t>Words</w:t></w:r></w:p>'
            ),
        )


def word_float(d: Any) -> None:
    inline = next(d.element.iter(qn("wp:inline")))
    inline.tag = qn("wp:anchor")


def word_control(d: Any) -> None:
    d.element.body.insert(
        1,
        word_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Your"
            " name</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )


def word_guard(d: Any) -> None:
    d.settings.element.append(
        word_xml(f'<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="1"/>')
    )


def word_language(d: Any) -> None:
    for lang in list(d.styles.element.iter(qn("w:lang"))):
        lang.getparent().remove(lang)


def word_flat(d: Any) -> None:
    for paragraph in d.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            paragraph.style = "Normal"
    for _ in range(12):
        d.add_paragraph("A sentence of an invented briefing.")


WORD_DEFECTS: list[tuple[Callable[[Any], Any], tuple[str, str, str]]] = [
    (lambda d: setattr(d.core_properties, "title", ""), ("error", "Missing document title", "Properties")),
    (word_guard, ("error", "Restricted access", "The whole file")),
    (word_flat, ("tip", "No headings in document", "The whole file")),
    (lambda d: d.add_heading("Deep", 4), ("warning", "Skipped heading level", "Paragraph 10, “Deep”")),
    (lambda d: d.add_heading("", 2), ("error", "Empty heading", "Paragraph 10")),
    (word_bold, ("warning", "Heading that is only bold", "Paragraph 10, “What good looks like”")),
    (
        lambda d: [d.add_paragraph(t) for t in ("", "", "End.")],
        ("warning", "Repeated blank characters", "Paragraph 11"),
    ),
    (
        lambda d: d.add_paragraph("Name:      Date:"),
        ("warning", "Repeated blank characters", "Paragraph 10, “Name: Date:”"),
    ),
    (
        lambda d: d.add_paragraph("– ask the child"),
        ("warning", "List typed by hand", "Paragraph 10, “– ask the child”"),
    ),
    (
        lambda d: setattr(d.add_paragraph("Justified."), "alignment", 3),
        ("warning", "Justified text", "Paragraph 10, “Justified.”"),
    ),
    (
        lambda d: setattr(d.add_paragraph().add_run("Small.").font, "size", WordPt(9)),
        ("warning", "Text size", "Paragraph 10, “Small.”"),
    ),
    (
        lambda d: setattr(d.sections[0].footer.paragraphs[0].add_run("Page").font, "size", WordPt(9)),
        ("warning", "Text size", "Footer, paragraph 1, “Page”"),
    ),
    (word_pale, ("warning", "Hard-to-read text contrast", "Paragraph 10, “Pale words”")),
    (word_shaded, ("warning", "Hard-to-read text contrast", "Paragraph 2, “Words”")),
    (
        lambda d: setattr(d.add_paragraph().add_run("Ask every child alone.").font, "all_caps", True),
        ("warning", "All capitals", "Paragraph 10, “Ask every child alone.”"),
    ),
    (
        lambda d: linked(d, "read more", "https://example.org/a"),
        ("warning", "Link text", "Paragraph 10, “read more”"),
    ),
    (
        lambda d: linked(d, "The report", "https://example.org/a", "https://example.org/b"),
        ("tip", "Link text", "Paragraph 10, “The report”"),
    ),
    (
        lambda d: next(d.element.iter(qn("wp:docPr"))).set("descr", ""),
        ("error", "Missing alt text", "Picture 1"),
    ),
    (word_float, ("error", "Image or object not inline", "Picture 1")),
    (word_control, ("error", "Missing content control title", "Content control, “Your name”")),
    (lambda d: d.tables[0].rows[0]._tr.trPr.clear(), ("error", "No header row specified", "Table 1, “When”")),
    (
        lambda d: d.tables[0].cell(1, 0).merge(d.tables[0].cell(1, 1)),
        ("warning", "Use of merged or split cells", "Table 1, “When”"),
    ),
    (lambda d: d.tables[0].add_row(), ("warning", "Blank table rows or columns", "Table 1, “When”")),
    (word_language, ("warning", "Language of the text", "Paragraph 1, “At a glance” and 7 more places")),
]


@pytest.mark.parametrize(
    ("defect", "expected"), WORD_DEFECTS, ids=[f"{n} {e[1]}" for n, (_, e) in enumerate(WORD_DEFECTS)]
)
def test_one_defect_of_a_document_is_one_finding(
    defect: Callable[[Any], Any], expected: tuple[str, str, str], tmp_path: Path
) -> None:
    document = clean_document()
    defect(document)
    assert found(written(document, tmp_path)) == [expected]


@pytest.mark.parametrize(("centimetres", "blank"), [(1.6, False), (1.0, False), (0.9, True)])
def test_a_high_empty_row_is_there_to_be_written_in(centimetres: float, blank: bool, tmp_path: Path) -> None:
    document = clean_document()
    document.tables[0].add_row().height = Cm(centimetres)
    expected = [("warning", "Blank table rows or columns", "Table 1, “When”")]
    assert found(written(document, tmp_path)) == (expected if blank else [])


def test_a_coloured_cell_without_words_says_nothing_to_many(tmp_path: Path) -> None:
    document = clean_document()
    for fill in ("FF0000", "00FF00"):
        row = document.tables[0].add_row()
        row.cells[0].text = "An action"
        row.cells[1]._tc.get_or_add_tcPr().append(
            word_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')
        )
    assert found(written(document, tmp_path)) == [("warning", "Use of colour alone", "Table 1, “When”")]


@pytest.mark.parametrize(
    "said, seen", [("(the Echo)", True), ("the Echo", False), ("(the) Echo (says)", False)]
)
def test_grey_words_in_brackets_are_told_from_others_without_colour(
    tmp_path: Path, said: str, seen: bool
) -> None:
    document = clean_document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Open every letter of the week ").font.color.rgb = WordColour(0, 0, 0)
    paragraph.add_run(said).font.color.rgb = WordColour(0x4A, 0x54, 0x59)
    there = [rule for _, rule, _ in found(written(document, tmp_path))]
    assert there == ([] if seen else ["Use of colour alone"])


# ---- both


def test_rules_keep_to_their_three_levels_and_plain_words(tmp_path: Path) -> None:
    deck = clean_deck()
    for defect in (no_title, no_alt, no_header, small_text, timed):
        defect(deck)
    for finding in check_accessible(saved(deck, tmp_path)):
        assert finding.level in ("error", "warning", "tip")
        assert not re.search(r"\b(XML|lxml|NoneType|w:|a:|p:)", finding.message + finding.hint)


def test_what_is_no_office_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "talk.pptx").write_text("not a deck")
    with pytest.raises(Invalid):
        check_accessible(tmp_path / "talk.pptx")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("000000", "FFFFFF", 21.0),
        ("777777", "FFFFFF", 4.48),
        ("FFFFFF", "FFFFFF", 1.0),
        ("FF0000", "FFFFFF", 4.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    first, second = from_hex(one), from_hex(other)
    assert first and second
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


def test_parts_that_are_missing_are_no_crash(tmp_path: Path) -> None:
    """A slide whose layout or theme is gone is still checked as far as it goes."""
    from toolkit.office.accessible.deck import check_deck
    from toolkit.office.opc import Package, read_package

    package = read_package(saved(clean_deck(), tmp_path))
    for gone in (
        "theme/theme1",
        "slideLayouts/slideLayout2",
        "slideMasters/slideMaster1",
        "notesMasters/notesMaster1",
    ):
        parts = {name: data for name, data in package.parts.items() if name != f"ppt/{gone}.xml"}
        assert all(isinstance(f, Finding) for f in check_deck(Package(package.path, parts)))
    root = etree.fromstring(package.parts["ppt/slides/slide1.xml"])
    for child in list(root):
        root.remove(child)
    assert [
        f.rule
        for f in check_deck(
            Package(package.path, {**package.parts, "ppt/slides/slide1.xml": etree.tostring(root)})
        )
    ] == ["Missing slide title"]


def test_decks_with_the_same_slides_are_judged_alike_and_each_by_its_own() -> None:
    """What was found on a slide is told again of the same slide at the same place, and of no other."""
    from toolkit.office.accessible.deck import check_deck
    from toolkit.office.opc import Package, read_package

    pages = [Page(n, "content", n.capitalize(), (), (), 0, 0, "", HERE) for n in ("one", "two")]
    plan = Plan("robin", "Robin", "", "", "2026-11", "en-GB", tuple(pages), WORDING)
    house = read_brand(TOP / "templates" / "brands" / "house")
    package = read_package(render(fit_deck(plan, house)[0], house))
    first, second = (f"ppt/slides/slide{n}.xml" for n in (1, 2))
    found = list(check_deck(package))
    assert list(check_deck(Package(None, package.parts))) == found
    mute = package.parts[first].replace(b"One", b" ")
    assert mute != package.parts[first]
    for part, place in ((first, "Slide 1"), (second, "Slide 2"), (first, "Slide 1")):
        told = check_deck(Package(None, {**package.parts, part: mute}))
        assert [f.where for f in told if f.rule == "Missing slide title"] == [place]
    assert list(check_deck(Package(None, package.parts))) == found
    twice = {**package.parts, second: package.parts[first]}
    assert "Duplicate slide title" in [f.rule for f in check_deck(Package(None, twice))]


# ---- both sides of each limit


def pairs(front: str, back: str, large: bool) -> list[str]:
    counted = Counter({(from_hex(front), from_hex(back), large): 1})
    return [f.rule for f in findings.poor_contrast("here", counted)]


@pytest.mark.parametrize(
    "grey, large, enough",
    [
        ("767676", False, True),  # 4.54 to 1 on white
        ("777777", False, False),  # 4.48
        ("949494", True, True),  # 3.03
        ("959595", True, False),  # 2.99
        ("949494", False, False),
        ("777777", True, True),
    ],
)
def test_contrast_is_enough_from_four_and_a_half_or_three_on(grey: str, large: bool, enough: bool) -> None:
    assert (pairs(grey, "FFFFFF", large) == []) is enough
    assert (pairs("FFFFFF", grey, large) == []) is enough


@pytest.mark.parametrize(
    "size, bold, large", [(18, False, True), (17.9, False, False), (14, True, True), (13.9, True, False)]
)
def test_large_words_have_18_points_or_14_in_bold(size: float, bold: bool, large: bool) -> None:
    assert findings.is_large(RunLook(size, bold, False, "en-GB", None)) is large


@pytest.mark.parametrize(
    "notes, size, enough", [(False, 18, True), (False, 17.5, False), (True, 12, True), (True, 11.5, False)]
)
def test_words_have_18_points_on_slides_and_12_in_print(
    notes: bool, size: float, enough: bool, tmp_path: Path
) -> None:
    deck = clean_deck()
    shape = deck.slides[0].notes_slide.notes_placeholder if notes else text_box(deck, "Some words")
    run_of(shape).font.size = Pt(size)
    assert found(saved(deck, tmp_path)) == ([] if enough else [("warning", "Text size", ANY)])


@pytest.mark.parametrize("size, enough", [(12, True), (11.5, False)])
def test_words_of_a_document_have_12_points(size: float, enough: bool, tmp_path: Path) -> None:
    document = clean_document()
    document.add_paragraph().add_run("Some words").font.size = WordPt(size)
    assert ("Text size" in [rule for _, rule, _ in found(written(document, tmp_path))]) is not enough


def test_an_alternative_text_has_250_characters_at_most() -> None:
    assert list(findings.poor_alternative("word " * 49 + "words", False, "picture", "here")) == []
    (finding,) = findings.poor_alternative("word " * 50 + "w", False, "picture", "here")
    assert "251 characters" in finding.message


@pytest.mark.parametrize(
    "text, shouted",
    [
        ("WHAT MATTERS MOST TODAY", True),
        ("WHAT MATTERS TODAY", False),
        ("WHAT MATTERS MOST Today", False),
        ("NHS GP MASH NSPC", False),
        ("NHS GP MASH NSPCC", True),
        ("A B MATTERS C D E", False),
    ],
)
def test_four_words_with_a_long_one_in_capitals_are_shouted(text: str, shouted: bool) -> None:
    assert ("All capitals" in [f.rule for f in findings.poor_words("here", text)]) is shouted


@pytest.mark.parametrize("letters, whole", [(50, True), (51, False)])
def test_a_text_that_is_told_has_50_letters(letters: int, whole: bool) -> None:
    told = findings.cut("x" * letters)
    assert len(told) == 50
    assert told.endswith("…") is not whole


def test_places_are_listed_up_to_eight() -> None:
    assert findings.listed([2], "slide") == "slide 2"
    assert findings.listed([5, 1, 2, 2], "slide") == "slides 1, 2 and 5"
    assert findings.listed(list(range(1, 9)), "slide") == "slides 1, 2, 3, 4, 5, 6, 7 and 8"
    assert findings.listed(list(range(1, 10)), "slide") == "slides 1, 2, 3, 4, 5, 6, 7, 8 and 1 more"
    assert [findings.and_more(["a"] * n) for n in (1, 2, 3)] == [
        "a",
        "a and 1 more place",
        "a and 2 more places",
    ]


@pytest.mark.parametrize(
    "cells, told",
    [
        ([["a", "b"], ["", ""], ["c", "d"]], ["row 2 of the table is empty"]),
        ([["a", "b"], ["", "x"], ["c", "d"]], []),
        ([["a", ""], ["b", ""]], ["column 2 of the table is empty", "a heading of the table is empty"]),
        ([["a", ""], ["b", "c"]], ["a heading of the table is empty"]),
        ([["", "a"], ["b", "c"]], []),
        ([["", ""], ["b", "c"]], ["row 1 of the table is empty"]),
        ([["", ""], ["", ""]], []),
    ],
)
def test_empty_rows_columns_and_headings_of_a_table(cells: list[list[str]], told: list[str]) -> None:
    assert [f.message for f in findings.poor_table("here", cells, 0, True, "")] == told
