"""Office files as plain text. All words here are invented."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml as word_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt as WordPt
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from toolkit.office.show import show
from toolkit.problems import Invalid

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def png() -> BytesIO:
    data = BytesIO()
    Image.new("RGB", (72, 36), (20, 80, 140)).save(data, "PNG")
    data.seek(0)
    return data


def deck() -> Any:
    """Three slides with one of everything."""
    made = Presentation()
    made.core_properties.title, made.core_properties.author, made.core_properties.comments = (
        "An invented session",
        "An invented board",
        "",
    )
    one = made.slides.add_slide(made.slide_layouts[1])
    one.shapes.title.text = "What we learn"
    frame = one.placeholders[1].text_frame
    frame.text = "Ask "
    run = frame.paragraphs[0].add_run()
    run.text, run.font.bold = "the ", True
    run = frame.paragraphs[0].add_run()
    run.text, run.font.bold = "child", True
    run = frame.paragraphs[0].add_run()
    run.text, run.font.italic, run.font.size = " twice", True, Pt(20)
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "and listen", 1
    plain = frame.add_paragraph()
    plain._p.get_or_add_pPr().append(
        parse_xml('<a:buNone xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>')
    )
    link = plain.add_run()
    link.text, link.hyperlink.address = "The report", "https://example.org/report"
    one.notes_slide.notes_text_frame.text = "Welcome.\n\nSay who you are."
    two = made.slides.add_slide(made.slide_layouts[5])
    two.shapes.title.text = "A picture and a table"
    picture = two.shapes.add_picture(png(), Inches(1), Inches(2))
    picture._element.nvPicPr.cNvPr.set("descr", "A blue box")
    table = two.shapes.add_table(2, 2, Inches(4), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(1, 0).text = "When", "Monday\nor later"
    table.cell(0, 0).merge(table.cell(0, 1))
    two._element.set("show", "0")
    data = CategoryChartData()
    data.categories = ["Before", "After"]
    data.add_series("Visits", (1, 4))
    three = made.slides.add_slide(made.slide_layouts[6])
    three.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(2), data)
    group = three.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    box.text_frame.text = "Inside a group"
    ids = [s.get("id") for s in made.slides._sldIdLst]
    listed = ""
    for name, part in (("Start", ids[:2]), ("End", ids[2:])):
        members = "".join(f'<p14:sldId id="{i}"/>' for i in part)
        listed += (
            f'<p14:section name="{name}"'
            f' id="{{0000000{len(part)}-0000-0000-0000-000000000000}}">'
            f"<p14:sldIdLst>{members}</p14:sldIdLst></p14:section>"
        )
    made.part._element.append(
        parse_xml(
            f'<p:extLst xmlns:p="{P}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst'
            f' xmlns:p14="{P14}">{listed}</p14:sectionLst></p:ext></p:extLst>'
        )
    )
    return made


DECK = """\
slide size: 720 x 540 pt
notes page size: 540 x 720 pt
sections
  Start: slides 1-2
  End: slide 3

slide 1: layout Title and Content
  [title placeholder 0] Title 1
    ¶ What we learn
  [content placeholder 1] Content Placeholder 2
    • Ask **the child** {20}*twice*
      – and listen
    ¶ [The report](https://example.org/report)
  notes page
    [slide picture placeholder 2] Slide Image Placeholder 1
    [body placeholder 3] Notes Placeholder 2
      ¶ Welcome.
      ¶ Say who you are.
    [number placeholder 5] Slide Number Placeholder 3

slide 2: layout Title Only, hidden
  [title placeholder 0] Title 1
    ¶ A picture and a table
  [picture] Picture 2, at 72 144, 72 x 36 pt, alternative text: A blue box
  [table] Table 3, at 288 144, 288 x 72 pt
    2 rows, 2 columns, header row
    | When | (merged) |
    | Monday / or later |  |

slide 3: layout Blank
  [chart] Chart 1, at 72 288, 288 x 144 pt
    series Visits: Before 1, After 4
  [group] Group 2, at 72 72, 144 x 72 pt
    [text box] TextBox 3, at 72 72, 144 x 72 pt
      ¶ Inside a group
"""


def test_a_deck_in_full(tmp_path: Path) -> None:
    deck().save(tmp_path / "talk.pptx")
    head, _, rest = show(tmp_path / "talk.pptx").partition("slide size")
    assert "slide size" + rest == DECK
    assert head.startswith("PowerPoint presentation\nproperties\n")
    assert "  title: An invented session\n" in head and "  creator: An invented board\n" in head
    assert "description" not in head


def document() -> Any:
    """One of everything that a briefing holds."""
    made = docx.Document()
    made.core_properties.title = "An invented briefing"
    made.add_heading("At a glance", 1)
    paragraph = made.add_paragraph("Ask ")
    paragraph.add_run("the ").bold = True
    paragraph.add_run("child").bold = True
    run = paragraph.add_run(" twice")
    run.italic, run.font.size = True, WordPt(14)
    made.add_paragraph("and listen", style="List Bullet")
    name = made.part.relate_to(
        "https://example.org/report",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    made.add_paragraph("See ")._p.append(
        word_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{name}"><w:r><w:t>the report</w:t></w:r></w:hyperlink>'
        )
    )
    made.add_picture(png())
    next(made.element.iter(qn("wp:docPr"))).set("descr", "A blue box")
    table = made.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "When", "What", "Monday"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Inside"
    table.rows[0]._tr.get_or_add_trPr().append(word_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    footer = made.sections[0].footer.paragraphs[0]
    footer.add_run("Page ")
    for piece in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> PAGE </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>7</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        footer._p.append(word_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))
    footer._p.append(
        word_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>')
    )
    return made


DOCUMENT = """\
body
  [heading 1] At a glance
  [Normal] Ask **the child** {14}*twice*
  [List Bullet, list level 1] and listen
  [Normal] See [the report](https://example.org/report)
  [Normal]
    <drawing Picture 1, in line, alternative text: A blue box>
  [table, Table Grid] 2 rows, 2 columns, header rows: 1
    | When | What |
    | Monday |  |
      [table, Normal Table] 1 row, 1 column, no header row
        | Inside |
  [section] 612 x 792 pt; margins top 72, right 90, bottom 72, left 90; default footer footer1.xml

footer footer1.xml
  [footer] Page {PAGE}{NUMPAGES}
"""


def test_a_document_in_full(tmp_path: Path) -> None:
    document().save(tmp_path / "briefing.docx")
    head, _, rest = show(tmp_path / "briefing.docx").partition("body\n")
    assert "body\n" + rest == DOCUMENT
    assert head.startswith("Word document\nproperties\n") and "  title: An invented briefing\n" in head


def test_the_same_file_gives_the_same_text_and_one_word_one_line(tmp_path: Path) -> None:
    made = deck()
    made.save(tmp_path / "one.pptx")
    made.slides[0].shapes.title.text = "What we learnt"
    made.save(tmp_path / "two.pptx")
    one, two = show(tmp_path / "one.pptx"), show(tmp_path / "two.pptx")
    assert one == show(tmp_path / "one.pptx")
    assert [(a, b) for a, b in zip(one.splitlines(), two.splitlines(), strict=True) if a != b] == [
        ("    ¶ What we learn", "    ¶ What we learnt")
    ]


def test_an_empty_deck_shows_its_layouts(tmp_path: Path) -> None:
    Presentation().save(tmp_path / "template.pptx")
    shown = show(tmp_path / "template.pptx")
    assert "no slides\nlayouts\n  Title Slide\n    [centred title placeholder 0] Title 1" in shown


def test_the_kind_is_what_is_inside_not_the_name(tmp_path: Path) -> None:
    document().save(tmp_path / "named-wrongly.pptx")
    assert show(tmp_path / "named-wrongly.pptx").startswith("Word document\n")


def test_lines_hold_no_line_breaks_and_no_spaces_at_the_end(tmp_path: Path) -> None:
    made = deck()
    made.slides[0].shapes.title.text = "One\vline "
    made.slides[1].shapes[1]._element.nvPicPr.cNvPr.set("descr", "First\nsecond")
    made.save(tmp_path / "talk.pptx")
    shown = show(tmp_path / "talk.pptx")
    assert "    ¶ One / line\n" in shown and "alternative text: First / second\n" in shown
    assert not [line for line in shown.splitlines() if line != line.rstrip()]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        show(tmp_path / "no.docx")
    assert caught.value.problems[0].message == "there is no such file"
