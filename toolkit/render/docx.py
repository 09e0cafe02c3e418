"""A plan as a Word document: a briefing, or (from a deck's plan) the trainer guide. True styles, header rows, page x of y."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from io import BytesIO
from typing import Any, assert_never

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from toolkit.brand.compiled import Brand
from toolkit.brand.legible import make_legible, styles_by_name
from toolkit.fit.typeset import advance, column_widths
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Heading,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    shortened,
    text,
)
from toolkit.render.package import PRODUCER, set_properties, settle

_RUNNING = 12.0  # points, the size that a running header is measured at: it must not take a second line


def render(plan: Plan, brand: Brand) -> bytes:
    """The bytes of a .docx."""
    document = Document(BytesIO(brand.briefing))
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    styles = styles_by_name(document, brand.styles)
    make_legible(document, styles)
    draw = _Writer(document, styles, plan)
    draw.front(plan)
    for number, page in enumerate((p for p in plan.pages if not p.hidden), 1):
        draw.page(page, number)
    draw.running(plan)
    draw.language(plan.language)
    set_properties(document.core_properties, plan)
    out = BytesIO()
    document.save(out)
    return settle(out.getvalue(), _app(plan))


class _Writer:
    """Appends paragraphs and tables to a document in the style of each role."""

    def __init__(self, document: Any, styles: dict[str, Any], plan: Plan) -> None:
        self._document, self._wording = document, plan.wording
        self._styles = styles
        self._default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH).style_id
        section = document.sections[0]
        self._width = (
            int(section.page_width - section.left_margin - section.right_margin) // 635
        )  # twentieths of a point

    def front(self, plan: Plan) -> None:
        """The title block: board, title, subtitle with the edition."""
        self._paragraph((Span(plan.board),), "body")
        self._paragraph((Span(plan.title),), "title")
        self._paragraph((Span(f"{plan.subtitle}, {plan.wording.date(plan.edition)}"),), "subtitle")

    def page(self, page: Page, number: int) -> None:
        """One part of a briefing, or one slide of a session with its notes."""
        self._heading((Span(page.title),), 1)
        if page.layout == "part":
            self.blocks(page.slot("body"))
            return
        self._paragraph((Span(self._wording("slide", number=number)),), "body")
        for _, blocks in page.slots:
            self.blocks(blocks)
        for note in page.notes:
            self._paragraph((Span(self._wording[note.name]),), "heading-2")
            self.blocks(note.blocks)

    def blocks(self, blocks: Blocks) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block.spans, min(block.level, 3))
        elif isinstance(block, Paragraph):
            self._paragraph(block.spans, block.role)
        elif isinstance(block, Quotation):
            self._paragraph(block.spans, "quotation")
        elif isinstance(block, Bullets):
            number = self._restarted(block.start) if block.kind == "number" else None
            for item in block.items:
                self._paragraph(item, block.kind, number)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Timeline):
            self._table(
                Table(
                    ((Span(self._wording["when"]),), (Span(self._wording["what-happened"]),)),
                    tuple(((Span(when),), what) for when, what in block.events),
                )
            )
        else:
            assert_never(block)

    def _heading(self, spans: Spans, level: int) -> None:
        """A heading; one too long to be read aloud in a list of headings is shortened, and stands whole below."""
        words, short = text(spans), shortened(text(spans))
        self._paragraph(spans if short == words else (Span(short),), f"heading-{level}")
        if short != words:
            self._paragraph(tuple(replace(s, bold=True) for s in spans), "body")

    def _paragraph(self, spans: Spans, role: str, number: int | None = None) -> Any:
        paragraph = self._document.add_paragraph()
        if (
            self._styles[role].style_id != self._default
        ):  # as python-docx does it, which looks the default up each time
            paragraph._p.style = self._styles[role].style_id
        if number is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
        self._runs(paragraph, spans)
        return paragraph

    def _runs(self, paragraph: Any, spans: Spans) -> None:
        for span in spans:
            run = paragraph.add_run(span.text)
            run.bold, run.italic = span.bold or None, span.italic or None
            if span.link:
                run.style = self._styles["hyperlink"]
                link = OxmlElement("w:hyperlink")
                link.set(
                    qn("r:id"),
                    self._document.part.relate_to(span.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
                )
                run._r.addprevious(link)
                link.append(run._r)

    def _restarted(self, start: int) -> int | None:
        """A new numbering instance that counts from `start`, so that each numbered list begins anew."""
        numbered = self._styles["number"].element.find(f".//{qn('w:numId')}")
        if numbered is None:
            return None
        numbering = self._document.part.numbering_part.element
        source = next(
            n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == numbered.get(qn("w:val"))
        )
        new = copy.deepcopy(source)
        identifier = max(int(n.get(qn("w:numId"))) for n in numbering.findall(qn("w:num"))) + 1
        new.set(qn("w:numId"), str(identifier))
        for old in new.findall(qn("w:lvlOverride")):
            new.remove(old)
        override, begin = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
        override.set(qn("w:ilvl"), "0")
        begin.set(qn("w:val"), str(start))
        override.append(begin)
        new.append(override)
        source.getparent().append(new)
        return identifier

    def _table(self, table: Table) -> None:
        columns = len(table.header)
        drawn = self._document.add_table(rows=0, cols=columns)
        drawn.style = self._styles["table"]
        drawn.autofit = False
        look = drawn._tbl.tblPr.find(qn("w:tblLook"))
        if look is None:
            look = OxmlElement("w:tblLook")
            drawn._tbl.tblPr.append(look)
        for name, value in (
            ("val", "0420"),
            ("firstRow", "1"),
            ("lastRow", "0"),
            ("firstColumn", "0"),
            ("lastColumn", "0"),
            ("noHBand", "0"),
            ("noVBand", "1"),
        ):
            look.set(qn(f"w:{name}"), value)
        widths = self._widths(table)
        for column, width in zip(drawn._tbl.tblGrid.findall(qn("w:gridCol")), widths):
            column.set(qn("w:w"), str(width))
        for n, row in enumerate((table.header, *table.rows)):
            cells = drawn.add_row()
            properties = cells._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if n == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, spans, width in zip(cells.cells, row, widths):
                size = cell._tc.get_or_add_tcPr().get_or_add_tcW()
                size.set(qn("w:type"), "dxa")
                size.set(qn("w:w"), str(width))
                paragraph = cell.paragraphs[0]
                paragraph.style = self._styles["table-heading" if n == 0 else "table-text"]
                self._runs(paragraph, spans)

    def _widths(self, table: Table) -> list[int]:
        widths = [round(w * 20) for w in column_widths(table, "Arial", 12, self._width / 20)]
        widths[-1] += self._width - sum(widths)
        return widths

    def running(self, plan: Plan) -> None:
        """Headers and footers: the title at the top unless the brand's header says something of its own; page x of y at the foot."""
        section = self._document.sections[0]
        header = section.header
        if not "".join(p.text for p in header.paragraphs).strip() and not header._element.findall(
            f".//{qn('w:drawing')}"
        ):
            both = f"{plan.title}  |  {plan.board}"
            header.paragraphs[0].text = (
                both if advance(both, "Arial", False) * _RUNNING * 20 < self._width else plan.title
            )
            header.paragraphs[0].style = self._styles["header"]
        for part in (header, section.footer, section.first_page_header, section.first_page_footer):
            for drawing in part._element.iter(qn("wp:docPr")) if not part.is_linked_to_previous else ():
                if not drawing.get("descr") and not len(drawing):
                    drawing.set(
                        "descr", f"Logo: {plan.board}"
                    )  # a letterhead's picture seldom says what it is
        footers = [section.footer]
        if section.different_first_page_header_footer:
            footers.append(section.first_page_footer)
        if self._document.settings.odd_and_even_pages_header_footer:
            footers.append(section.even_page_footer)
        for footer in footers:
            self._numbered(footer, plan)

    def _numbered(self, footer: Any, plan: Plan) -> None:
        before, between, _ = re.split(r"\{page\}|\{pages\}", plan.wording["page-of"])
        codes = "".join(e.text or "" for e in footer._element.iter(qn("w:instrText"))) + "".join(
            e.get(qn("w:instr"), "") for e in footer._element.iter(qn("w:fldSimple"))
        )
        if "PAGE" in codes:  # the house brand says it in English
            for text in footer._element.iter(qn("w:t")):
                text.text = {"Page ": before, " of ": between}.get(text.text, text.text)
            return
        paragraph = (
            footer.paragraphs[0]
            if footer.paragraphs and not footer.paragraphs[0].text.strip()
            else footer.add_paragraph()
        )
        paragraph.style = self._styles["footer"]
        for words, code in ((before, "PAGE"), (between, "NUMPAGES")):
            paragraph.add_run(words)
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f" {code} ")
            run = OxmlElement("w:r")
            number = OxmlElement("w:t")
            number.text = "1"
            run.append(number)
            field.append(run)
            paragraph._p.append(field)

    def language(self, tag: str) -> None:
        """The language of the whole document, in its defaults and settings."""
        for element in self._document.styles.element.iter(qn("w:lang")):
            element.set(qn("w:val"), tag)


def _app(plan: Plan) -> str:
    from xml.sax.saxutils import escape

    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{PRODUCER}</Application><Company>{escape(plan.board)}</Company></Properties>"
    )
