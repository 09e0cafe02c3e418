"""The plan of a document in Word: a briefing, guide, handout, team sheet or set of cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import assert_never

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import EMU
from toolkit.fit.cards import Card, fit_cards
from toolkit.fit.drawing import Placed, Placement, place_in_text
from toolkit.fit.typeset import LINES_APART, ROW_TO_WRITE_IN, advance, column_widths
from toolkit.office.opc import RELATIONSHIPS, TYPES, escaped, quoted, zipped
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Drawing,
    Heading,
    Lines,
    Paragraph,
    Plan,
    Quotation,
    Shape,
    Span,
    Spans,
    Table,
    Timeline,
    Tone,
    shortened,
    spoken,
    text,
)
from toolkit.render import docxcards
from toolkit.render.docxcards import SECTION, box, look, rule, unseen
from toolkit.render.drawingml import body_attributes, paints, shape_properties
from toolkit.render.origins import Origins
from toolkit.render.properties import properties

_RUNNING = 12.0  # points, the size that a running header is measured at: it must not take a second line
_TEXT = '<w:t xml:space="preserve">'
_WORD = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_ORIGIN = attrgetter("origin")
_FIRST_ID = 10_000  # of drawings and bookmarks, above those that a template has
_FONT = "Arial"  # that words are measured in
_SECTION = re.compile(r"<(?P<p>\w+:|)sectPr\b(?:[^>]*/>|.*?</(?P=p)sectPr>)", re.S)


def render(plan: Plan, brand: Brand) -> bytes:
    """The bytes of a .docx."""
    template = brand.document
    draw = _Writer(brand, plan)
    draw.front(plan)
    draw.pages(plan)
    before, between, _ = re.split(r"\{page\}|\{pages\}", plan.wording["page-of"])
    words = {
        "heading": _running(plan, template.width),
        "board": plan.board,
        "language": plan.language,
        "before": before,
        "between": between,
    }
    filled = {
        "body": "".join(draw.body),
        "links": draw.relationships(),
        "lists": "".join(draw.lists),
        **{gap: quoted(said)[1:-1] for gap, said in words.items()},  # some gaps are inside an attribute
    }
    parts = dict(template.parts)
    for name, pieces in template.gapped.items():
        if draw.on_cards and "body" in pieces:
            pieces = (*pieces[:-1], _SECTION.sub(lambda _: SECTION, pieces[-1], count=1))
        if not plan.board:
            pieces = tuple(p.replace('descr="Logo: ', 'descr="Logo') for p in pieces)
        parts[name] = "".join(filled[p] if n % 2 else p for n, p in enumerate(pieces)).encode()
    types = draw.origins.content_type()
    if draw.has_cards:
        parts |= docxcards.parts()
        types += docxcards.content_types()
    parts[TYPES] = parts[TYPES].replace(b"</Types>", f"{types}</Types>".encode())
    return zipped(parts | properties(plan) | draw.origins.parts())


def _running(plan: Plan, width: int) -> str:
    """What stands at the top of every page: as much of title, document and board as one line holds."""
    said = [words for words in (plan.title, plan.document, plan.board) if words]
    while len(said) > 1 and advance("  |  ".join(said), _FONT, False) * _RUNNING * 20 >= width:
        said.pop()
    return "  |  ".join(said)


class _Writer:
    """Paragraphs and tables in the style of each role, and the links and lists that they use."""

    def __init__(self, brand: Brand, plan: Plan) -> None:
        template = brand.document
        self.body: list[str] = []
        self.lists: list[str] = []
        self.origins = Origins()
        self.on_cards, self.has_cards = 0, False  # how many cards stand in the section that is open
        self._level, self._top = 0, 1  # of the last heading, and of the title of the page
        self._links: dict[str, str] = {}
        self._template, self._wording = template, plan.wording
        main = next(pieces for pieces in template.gapped.values() if "body" in pieces[1::2])
        found = _SECTION.search(main[-1])
        self._section = found[0] if found else ""
        self._hues, self._last_id = brand.palette, _FIRST_ID
        self._styles = {
            role: f"<w:pStyle w:val={quoted(style)}/>" if style else ""
            for role, style in template.styles.items()
        }
        self._linked = f"<w:rStyle w:val={quoted(template.styles['hyperlink'])}/>"
        between = f'w:val="single" w:sz="4" w:space="0" w:color="{self._hue("muted")}"'
        self._cells_apart = f"<w:tblBorders><w:insideH {between}/><w:insideV {between}/></w:tblBorders>"
        self._table_properties = (
            f"<w:tblPr><w:tblStyle w:val={quoted(template.styles['table'])}/>"
            '<w:tblW w:type="auto" w:w="0"/>{borders}<w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            ' w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        )

    def front(self, plan: Plan) -> None:
        """The title block: what it is and whose, title, subtitle with the edition, what is not checked."""
        edition = plan.wording.date(plan.edition)
        for role, said in (
            ("body", "  |  ".join(filter(None, (plan.document, plan.board)))),
            ("title", plan.title),
            ("subtitle", ", ".join(filter(None, (plan.subtitle, edition)))),
            ("label", plan.draft),
        ):
            if said:
                self._paragraph((Span(said),), role)

    def pages(self, plan: Plan) -> None:
        """Every page of the plan, under the heading of its section where that begins."""
        cards = iter(fit_cards(plan))
        for section, level, page in plan.headed():
            if page.layout == "card":
                self._card(next(cards), level)
                continue
            if self.on_cards:
                self.body.append(unseen(SECTION))
                self.on_cards = 0
            if section:
                self._heading((Span(section),), 1)
            self._heading((Span(page.title, origin=page.origin),), level)
            self._top = level
            for _, blocks in page.slots:
                self._blocks(blocks)
        if self.on_cards:
            self.body.append(unseen())

    def _card(self, card: Card, level: int) -> None:
        if not self.on_cards:
            self.body.append(unseen(self._section))
        self.on_cards += 1
        self.has_cards, self._level = True, level
        upper = self.on_cards % 2 == 1
        said = numbers = above = ""
        for para in card.paras:
            if para.kind == "number" != above:
                numbers = self._restarted(para.number)
            role = {"heading": f"heading-{level}"}.get(para.kind, para.kind)
            about = look(para, self._styles[role], numbers if para.kind == "number" else "")
            runs = self._runs(para.spans, f'<w:sz w:val="{round(para.size * 2)}"/>')
            said += f"<w:p>{about}{runs}</w:p>"
            above = para.kind
        said += rule(self._styles["body"], self._hue("muted")) * card.lines
        self.body.append(unseen(new_page=upper) + box(said, upper, self._hue("muted")))

    def _hue(self, name: str) -> str:
        return self._hues[name].removeprefix("#")

    def relationships(self) -> str:
        """The relationships of the links, of which each address has one, and of the origins."""
        kind = f'Type="{RELATIONSHIPS}hyperlink" TargetMode="External"'
        links = "".join(
            f'<Relationship Id="{number}" {kind} Target={quoted(link)}/>'
            for link, number in self._links.items()
        )
        if self.has_cards:
            links += docxcards.relationships()
        return links + self.origins.relationship(self._template.next_link + len(self._links))

    def _blocks(self, blocks: Blocks) -> None:
        for block, after in zip_longest(blocks, blocks[1:]):
            self._block(block, isinstance(after, Lines))

    def _block(self, block: Block, asks: bool = False) -> None:
        """One block; what `asks` for the lines after it stays with them on a page."""
        if isinstance(block, Heading):
            self._heading(block.spans, min(block.level + self._top - 1, 3))
        elif isinstance(block, Paragraph):
            self._paragraph(block.spans, block.role, "<w:keepNext/>" * asks)
        elif isinstance(block, Quotation):
            self._paragraph(block.spans, "quotation")
        elif isinstance(block, Bullets):
            restarted = self._restarted(block.start) if block.kind == "number" else ""
            for item in block.items:
                self._paragraph(item, block.kind, restarted)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Timeline):
            header = ((Span(self._wording["when"]),), (Span(self._wording["what-happened"]),))
            self._table(Table(header, tuple(((Span(when),), what) for when, what in block.events)))
        elif isinstance(block, Lines):
            self.body.append(self._lines(block))
        elif isinstance(block, Drawing):
            if placement := place_in_text(block, _FONT, self._template.width / 20):
                self._drawing(block, placement)
            else:
                self._blocks(spoken(block))
        else:
            assert_never(block)

    def _heading(self, spans: Spans, level: int) -> None:
        """A heading that stays with what follows, and leaves out no level.

        One too long for a list of headings read aloud is shortened, and stands whole below.
        """
        self._level = min(level, self._level + 1)
        words, short = text(spans), shortened(text(spans))
        kept = spans if short == words else (Span(short, origin=spans[0].origin),)
        self._paragraph(kept, f"heading-{self._level}", "<w:keepNext/>")
        if short != words:
            self._paragraph(tuple(replace(s, bold=True) for s in spans), "body")

    def _paragraph(self, spans: Spans, role: str, more: str = "") -> None:
        self.body.append(self._set(spans, role, more))

    def _set(self, spans: Spans, role: str, more: str = "") -> str:
        properties = self._styles[role] + more
        look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{look}{self._runs(spans)}</w:p>"

    def _lines(self, lines: Lines) -> str:
        """One paragraph of rules to write on, each the leader of a tab: what is typed there pushes it on."""
        end = self._template.width
        tab = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{end}"/></w:tabs>'
        apart = f'<w:spacing w:before="160" w:line="{round(LINES_APART * 20)}" w:lineRule="exact"/>'
        grey = f'<w:rPr><w:color w:val="{self._hue("muted")}"/></w:rPr>'
        rules = "<w:br/>".join(["<w:tab/>"] * lines.count)
        look = f"{self._styles['body']}<w:keepLines/>{tab}{apart}"
        return f"<w:p><w:pPr>{look}</w:pPr><w:r>{grey}{rules}</w:r></w:p>"

    def _runs(self, spans: Spans, more: str = "") -> str:
        """Runs, with a hidden bookmark round those that have an origin: its name is the line of the table."""
        found = []
        for origin, group in groupby(spans, _ORIGIN):
            runs = "".join([self._run(span, more) for span in group])
            if origin:
                number = self._next_id()
                name = f"_o{self.origins.number(origin)}_{number}"
                runs = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}'
                runs += f'<w:bookmarkEnd w:id="{number}"/>'
            found.append(runs)
        return "".join(found)

    def _run(self, span: Span, more: str = "") -> str:
        look = (self._linked if span.link else "") + "<w:b/>" * span.bold + "<w:i/>" * span.italic + more
        words = escaped(span.text)
        if "\n" in words or "\t" in words:
            words = words.replace("\n", f"</w:t><w:br/>{_TEXT}").replace("\t", f"</w:t><w:tab/>{_TEXT}")
        run = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_TEXT}{words}</w:t></w:r>"
        if not span.link:
            return run
        number = self._links.setdefault(span.link, f"rId{self._template.next_link + len(self._links)}")
        return f'<w:hyperlink r:id="{number}">{run}</w:hyperlink>'

    def _drawing(self, drawing: Drawing, placement: Placement) -> None:
        """A group of native shapes in line with the text; programs that know none show what it says."""
        # LibreOffice takes the box round the shapes for that of the group.
        whole = Placed(Shape("rectangle", 0, 0, 0, 0), 0, 0, placement.w, placement.h, 0, 0, 0)
        number = self._next_id()
        size = f'cx="{round(placement.w * EMU)}" cy="{round(placement.h * EMU)}"'
        colours = paints("srgbClr", self._hue("deep"), self._hue("ink"), "FFFFFF", light_ink=False)
        shapes = "".join([self._shape(placed, colours) for placed in (whole, *placement.shapes)])
        frame = f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/>'
        self.body.append(
            f'<w:p><w:pPr>{self._styles["body"]}<w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:r>'
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wpg" xmlns:wpg="{_WORD}Group" xmlns:wps="{_WORD}Shape"><w:drawing>'
            f'<wp:inline xmlns:wp="{_DRAWING}wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="Drawing"'
            f" descr={quoted(drawing.alt)}/><wp:cNvGraphicFramePr/>"
            f'<a:graphic xmlns:a="{_DRAWING}main"><a:graphicData uri="{_WORD}Group"><wpg:wgp>'
            f"<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
            f"<mc:Fallback>{_TEXT}{escaped(drawing.alt)}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )

    def _shape(self, placed: Placed, colours: Mapping[Tone, str]) -> str:
        shape, words, number = placed.shape, "", self._next_id()
        line = shape.form in ("line", "arrow")
        if shape.spans:
            colour = "FFFFFF" if shape.ink == "paper" else self._hue("ink")
            look = f'<w:color w:val="{colour}"/><w:sz w:val="{round(placed.size * 2)}"/>'
            set_ = (
                f"<w:p><w:pPr>{self._styles['body']}"
                '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
                f'<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="{shape.align}"/></w:pPr>'
                f"{self._runs(shape.spans, look)}</w:p>"
            )
            words = f"<wps:txbx><w:txbxContent>{set_}</w:txbxContent></wps:txbx>"
        kind = "<wps:cNvCnPr/>" if line else "<wps:cNvSpPr/>"
        return (
            f'<wps:wsp><wps:cNvPr id="{number}" name="Shape {number}"/>{kind}'
            f"<wps:spPr>{shape_properties(placed, 0, 0, colours)}</wps:spPr>{words}"
            f"<wps:bodyPr {body_attributes(placed)}/></wps:wsp>"
        )

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _restarted(self, start: int) -> str:
        """What sets a paragraph in a new list that counts from `start`: each numbered list begins anew."""
        if not self._template.abstract_list:
            return ""
        number = self._template.next_list + len(self.lists)
        self.lists.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self._template.abstract_list}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'

    def _table(self, table: Table) -> None:
        widths = self._widths(table)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        high = f'<w:trHeight w:val="{round(ROW_TO_WRITE_IN * 20)}" w:hRule="atLeast"/>'
        rows = [self._row(table.header, widths, "table-heading", "<w:tblHeader/>")]
        rows += [self._row(row, widths, "table-text", "" if any(row) else high) for row in table.rows]
        about = self._table_properties.replace("{borders}", self._cells_apart * table.to_write_in)
        self.body.append(f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")

    def _row(self, cells: Iterable[Spans], widths: list[int], role: str, more: str = "") -> str:
        drawn = "".join(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>{self._set(spans, role)}</w:tc>'
            for spans, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{drawn}</w:tr>"

    def _widths(self, table: Table) -> list[int]:
        width = self._template.width
        widths = [round(w * 20) for w in column_widths(table, _FONT, 12, width / 20)]
        widths[-1] += width - sum(widths)
        return widths
