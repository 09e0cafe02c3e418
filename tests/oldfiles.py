"""Old material, made by script. All of it is invented: no child, board or report in it exists."""

from __future__ import annotations

from pathlib import Path

import typst
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Inches, Pt

NOTICE = "This page is invented: no child, board or report on it exists."
LINKS = (
    "<a>Click here</a> for the form of the Owlshire board.",
    "All invented reports are on a website by <a>clicking here</a>",
    "Elmton - to see the story of this case please <a>click here</a>.",
    "Ashby - For the document <a>click here</a>",
    "Oakham Inquiry - <a>click here to see the document</a>",
    "Birchwood – <a>click here</a> to see full document",
    "<a>Click here</a> for the Robin report. <a>Click here</a> for the practitioner briefing on Robin.",
    "<a>Click here</a> for the Wren report.. <a>Click here</a> for the practitioner briefing on Wren.",
    "<a>Click here</a> for the Finch report. <a>Click here</a> for the practitioner briefing.",
    "<a>Click on this link</a> for the themes. <a>Click here</a> for the briefing on the themes.",
    "<a>Click on this link</a> to view the report of a neighbour.",
    "An invented form is new - <a>click here</a> for updated version",
)
OLD = (
    "Working Together 2015",
    "(Working Together to Safeguard Children - A guide to inter-agency working 2015)",
    "Information Sharing - Advice for practitioners updated July 2018",
    "A Serious Case Review is held where a child dies and abuse or neglect is known.",
    "Safeguarding and child protection are for everyone.",
)
# What tells of its own time, quotes, or names a review, a board or a document: all of it is in order.
IN_ORDER = (
    "The review was commissioned under Working Together 2013 and found much.",
    "In 2014 the LSCB held an event on safeguarding and child protection.",
    "Serious Case Review - Robin - Published 12th December 2017",
    "The Owlshire Safeguarding Children Board has carried out its work. The SCR is closed.",
    "She said: “Working Together 2015 is what the professionals read.”",
    "Working Together 2015 is no longer in force.",
    "Second report of the national panel of independent experts on serious case reviews",
    "The team follows Working Together to Safeguard Children 2026.",
    "Mother did not attend court. Smoking is a lifestyle choice. The switch is hard to reach.",
    "Source: Working Together to Safeguard Children 2018.",
    "[2] Learning lessons from Serious Case Reviews.",
    "References",
    "HM Government. Working Together to Safeguard Children 2015.",
)


def plain(lines: tuple[str, ...]) -> list[str]:
    """Lines without the marks of their links."""
    return [line.replace("<a>", "").replace("</a>", "") for line in lines]


def web_page(lines: tuple[str, ...] = (*OLD, *LINKS), head: str = "<title>Invented reviews</title>") -> str:
    """A saved web page of some lines."""
    body = "".join(f"<p>{line}</p>\n" for line in (NOTICE, *lines)).replace("<a>", '<a href="one.pdf">')
    return f"<!doctype html><html lang='en-GB'><head>{head}</head><body><h1>Reviews</h1>{body}</body></html>"


def saved_page(html: str) -> bytes:
    """The same as a browser saves it in one file."""
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
    head += "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return f"{head}{html}\r\n--xx--\r\n".encode()


def deck(path: Path, lines: tuple[str, ...], notes: str = "", rows: tuple[str, ...] = ()) -> Path:
    """A deck of one slide with a box of lines, and one slide without a title, with a table of rows if any."""
    made = Presentation()
    made.core_properties.title, made.core_properties.language = "An invented deck", "en-GB"
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "What we learn"
    frame = slide.placeholders[1].text_frame
    frame.text = plain(lines)[0]
    for line in plain(lines)[1:]:
        frame.add_paragraph().text = line
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    bare = made.slides.add_slide(made.slide_layouts[6])
    box = bare.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame.paragraphs[0]
    run = box.add_run()
    run.text, run.hyperlink.address, run.font.size = "here", "https://example.org/one", Pt(9)
    bare.shapes.add_shape(1, Inches(7), Inches(5), Inches(1), Inches(1))
    if rows:
        table = bare.shapes.add_table(len(rows), 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
        for number, row in enumerate(rows):
            table.cell(number, 0).text, table.cell(number, 1).text = f"Row {number + 1}", row
    made.save(str(path))
    return path


def boxes(path: Path, lines: tuple[str, ...]) -> Path:
    """A briefing in boxes: a table with a line in each cell."""
    made = Document()
    table = made.add_table(len(lines), 1)
    for cell, line in zip(table.column_cells(0), lines):
        cell.text = line
    made.save(str(path))
    return path


def document(path: Path, lines: tuple[str, ...], headings: tuple[str, ...] = (), deleted: str = "") -> Path:
    """A document of a heading and lines, whose links are marked, and some of which are headings."""
    made = Document()
    made.core_properties.title, made.core_properties.language = "An invented briefing", "en-GB"
    made.add_heading("What we learn", 1)
    for line in lines:
        paragraph = made.add_heading("", 2) if line in headings else made.add_paragraph()
        for number, piece in enumerate(line.replace("</a>", "<a>").split("<a>")):
            if number % 2:
                link = OxmlElement("w:hyperlink")
                rel = paragraph.part.relate_to("https://example.org/1", RELATIONSHIP_TYPE.HYPERLINK, True)
                link.set(qn("r:id"), rel)
                link.append(paragraph.add_run(piece)._r)
                paragraph._p.append(link)
            else:
                paragraph.add_run(piece)
    if deleted:
        change = OxmlElement("w:del")
        made.paragraphs[-1]._p.append(change)
        change.append(made.paragraphs[-1].add_run(deleted)._r)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGEREF one")
        made.paragraphs[-1].add_run(" on page ")
        made.paragraphs[-1]._p.append(field)
        field.append(made.paragraphs[-1].add_run("7")._r)
    made.add_heading("Who is told", 1)
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Who", "the LSCB is told"
    made.save(str(path))
    return path


def pdf(path: Path, lines: tuple[str, ...]) -> Path:
    """A PDF of two pages, each with all lines."""
    words = "\n\n".join(plain(lines)).replace("/", "\\/")
    text = f"#set page(width: 9cm, height: 26cm)\n{words}\n\n#pagebreak()\n{words}"
    path.write_bytes(typst.compile(text.encode(), format="pdf"))
    return path
