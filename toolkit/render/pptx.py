"""A fitted plan as a PowerPoint deck: native text in the brand's own placeholders, notes pages, named sections."""

from __future__ import annotations

import re
import uuid
from copy import deepcopy
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.parts.slide import NotesSlidePart

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CITATIONS, EMU, Sheet, Slot
from toolkit.fit.fit import fits
from toolkit.fit.typeset import (
    CELL,
    MARKS,
    Para,
    advance,
    column_widths,
    heading_size,
    inner,
    paras,
    row_heights,
    timeline_heights,
)
from toolkit.plan.model import Blocks, Page, Paragraph, Plan, Span, Spans, Table, Timeline, words
from toolkit.render.package import PRODUCER, set_properties, settle

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
# Without this PowerPoint gives links the theme's own colour, whatever the run says.
LINK_AS_TEXT = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}">'
    '<ahyp:hlinkClr xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
DOT = 0.17 * 914_400  # EMU, the width of a timeline's dots


def render(plan: Plan, brand: Brand) -> bytes:
    """The bytes of a .pptx. The plan has been fitted to the brand."""
    presentation = Presentation(BytesIO(brand.deck))
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    footer = footer_words(plan, brand)
    notes_master = presentation.part.notes_master_part
    for number, page in enumerate(plan.pages, 1):
        layout = brand.layout(page.layout)
        slide = presentation.slides.add_slide(layouts[layout.position])
        _keep_colour_map(slide, layouts[layout.position])
        tree = slide.shapes._spTree
        for child in list(tree)[2:]:
            tree.remove(child)
        draw = _Slide(slide.part, brand, plan)
        for element in draw.shapes(page, footer_words(plan, brand, layout.slots.get("footer")), number):
            tree.append(element)
        if page.hidden:
            slide._element.set("show", "0")
        if page.printed:
            _add_notes(slide.part, notes_master, presentation.part.package, page, plan, brand, number, footer)
    _add_sections(presentation, plan)
    set_properties(presentation.core_properties, plan)
    out = BytesIO()
    presentation.save(out)
    return settle(out.getvalue(), _app(plan))


def footer_words(plan: Plan, brand: Brand, slot: Slot | None = None) -> str:
    """What stands at the foot of a slide or notes page: who and which edition, as much as the notes page, and a slide's own footer, has room for."""
    edition = plan.wording.date(plan.edition)
    room = (brand.notes.page.w - 2 * brand.notes.body.box.x) / EMU * 0.8
    for words_ in (f"{plan.board}  |  {edition}", plan.board):
        if advance(words_, brand.notes.body.look.font, False) * 12 < room and (
            slot is None or _stands(words_, slot)
        ):
            return words_
    return edition


def _stands(words_: str, slot: Slot) -> bool:
    return fits((Paragraph((Span(words_),)),), slot, max(slot.look.size, slot.smallest))


def _keep_colour_map(slide: Any, layout: Any) -> None:
    # A slide that follows its master's colours does so even on a layout that swaps light and dark; PowerPoint copies the swap too.
    swapped, own = (holder._element.find(qn("p:clrMapOvr")) for holder in (layout, slide))
    if swapped is not None and own is not None and swapped.find(qn("a:overrideClrMapping")) is not None:
        slide._element.replace(own, deepcopy(swapped))


class _Slide:
    """Draws the shapes of one slide in reading order: title, badge, content, label, source, footer, number."""

    def __init__(self, part: Any, brand: Brand, plan: Plan) -> None:
        self._part, self._brand, self._language, self._wording = part, brand, plan.language, plan.wording
        self._sheet: Sheet | None = None
        self._id = 1

    def shapes(self, page: Page, footer: str, number: int) -> list[Any]:
        slots = self._brand.layout(page.layout).used([name for name, _ in page.slots])
        self._sheet = self._brand.sheet(page.layout)
        title = slots["title"]
        title_size = page.size("title")
        points = (
            (title_size or title.look.size)
            if title.own
            else title_size
            if title_size != title.look.size
            else None
        )
        run = self._run(page.title, points, title.look.bold if title.own else None, colour=_ink(title))
        found = [self._text_shape(title, "Title", f"<a:p>{run}</a:p>")]
        for name, blocks in page.slots:
            slot = slots[name]
            if len(blocks) == 1 and isinstance(blocks[0], Table):
                found.append(self._table(slot, blocks[0], page))
            elif len(blocks) == 1 and isinstance(blocks[0], Timeline):
                found += self._timeline(slot, blocks[0], page)
            else:
                found.append(
                    self._text_shape(
                        slot, slot.label or name.capitalize(), self.paragraphs(blocks, slot, page.size(name))
                    )
                )
        if "footer" in slots:
            slot = slots["footer"]
            found.append(
                self._text_shape(
                    slot, "Footer", f"<a:p>{self._run(footer, _legible(slot), colour=_ink(slot))}</a:p>"
                )
            )
        if "number" in slots:
            slot = slots["number"]
            size = f' sz="{round(slot.smallest * 100)}"' if _legible(slot) else ""
            looks = (
                f'<a:rPr lang="{self._language}"{size}>{_ink(slot)}</a:rPr>'
                if _ink(slot)
                else f'<a:rPr lang="{self._language}"{size}/>'
            )
            field = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{looks}<a:t>{number}</a:t></a:fld>'
            found.append(self._text_shape(slots["number"], "Slide number", f"<a:p>{field}</a:p>"))
        return [parse_xml(xml) for xml in found]

    def paragraphs(self, blocks: Blocks, slot: Slot, size: float | None) -> str:
        """`a:p` elements for prose, headings and lists."""
        return "".join(self._paragraph(p, slot, size) for p in paras(blocks, slot.look, size))

    def _paragraph(self, para: Para, slot: Slot, size: float | None, always: bool = False) -> str:
        changed = always or slot.own or (size is not None and size != slot.look.size)
        points = (
            para.size
            if changed or (para.kind == "heading" and heading_size(slot.look.size) != slot.look.size)
            else None
        )
        colour = (
            f'<a:solidFill><a:schemeClr val="{self._brand.accent}"/></a:solidFill>'
            if para.kind == "heading" and self._brand.accent != "tx1"
            else ""
        )
        heavy = slot.own and slot.look.bold
        runs = "".join(
            self._run(s.text, points, s.bold or heavy or None, s.italic, s.link, _ink(slot) or colour)
            for s in para.spans
        )
        before = f'<a:spcBef><a:spcPts val="{round(para.before * 100)}"/></a:spcBef>'
        if slot.own:
            line = (
                f'<a:lnSpc><a:spcPct val="{round(slot.look.line * 100_000)}"/></a:lnSpc>'
                if slot.look.line != 1.0
                else ""
            )
            before = (
                line
                + before
                + (
                    f'<a:spcAft><a:spcPts val="{round(slot.look.after * 100)}"/></a:spcAft>'
                    if slot.look.after
                    else ""
                )
            )
        if para.indent:
            hang = round(para.indent * EMU)
            mark = (
                f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="{para.number}"/>'
                if para.number
                else f'<a:buFont typeface="Arial"/><a:buChar char="{MARKS[para.kind]}"/>'
            )
            return f'<a:p><a:pPr marL="{hang}" indent="-{hang}">{before}{mark}</a:pPr>{runs}</a:p>'
        return f'<a:p><a:pPr marL="0" indent="0">{before}<a:buNone/></a:pPr>{runs}</a:p>'

    def _run(
        self,
        text: str,
        size: float | None = None,
        bold: bool | None = None,
        italic: bool = False,
        link: str = "",
        colour: str = "",
        font: str = "",
    ) -> str:
        attributes = f'lang="{self._language}"'
        attributes += f' sz="{round(size * 100)}"' if size else ""
        attributes += f' b="{int(bold)}"' if bold is not None else ""
        attributes += ' i="1"' if italic else ""
        inside = colour + (f"<a:latin typeface={quoteattr(font)}/>" if font else "")
        if link:
            number = self._part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            inside += (
                f'<a:hlinkClick r:id="{number}">{LINK_AS_TEXT}</a:hlinkClick>'
                if colour
                else f'<a:hlinkClick r:id="{number}"/>'
            )
        return f'<a:r><a:rPr {attributes} dirty="0">{inside}</a:rPr><a:t>{escape(text)}</a:t></a:r>'

    def _font(self, slot: Slot) -> str:
        """The font that a text box or table must name, because plain text of this template is set in another."""
        return slot.look.font if self._sheet and slot.look.font != self._sheet.fonts[2] else ""

    def _next_id(self) -> int:
        self._id += 1
        return self._id

    def _text_shape(self, slot: Slot, name: str, paragraphs: str) -> str:
        locks = '<a:spLocks noGrp="1"/>' if slot.idx is not None else ""
        box, insets = slot.box, slot.look.insets
        place = f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'
        ground = _ground(slot)
        if slot.idx is None:
            left, top, right, bottom = insets
            shape = f'<p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground or "<a:noFill/>"}</p:spPr>'
            body = f'<a:bodyPr wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" rtlCol="0"><a:noAutofit/></a:bodyPr>'
            holder, kind = "", '<p:cNvSpPr txBox="1"/>'
        else:
            type_ = f' type="{slot.type}"' if slot.type != "obj" else ""
            index = f' idx="{slot.idx}"' if slot.idx else ""
            shape, body = "<p:spPr/>", f"<a:bodyPr{_undo(slot, BODY)}><a:noAutofit/></a:bodyPr>"
            if slot.moved or ground:
                shape = f"<p:spPr>{place if slot.moved else ''}{ground}</p:spPr>"
            if slot.bare:
                left, top, right, bottom = insets
                body = f'<a:bodyPr vert="horz" wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" anchor="b"><a:noAutofit/></a:bodyPr>'
            holder, kind = f"<p:ph{type_}{index}/>", f"<p:cNvSpPr>{locks}</p:cNvSpPr>"
        size, font = "", self._font(slot) if slot.idx is None else ""
        if "sz" in slot.look.undone:
            size, font = f' sz="{round(slot.look.size * 100)}"', slot.look.font
        sizes = set(re.findall(r' sz="(\d+)"', paragraphs))
        if (
            slot.name in CITATIONS and len(sizes) == 1
        ):  # the size of a citation belongs to its box, not to every run
            paragraphs = re.sub(r' sz="\d+"', "", paragraphs)
            size = f' sz="{sizes.pop()}"'
        style = _list_style(slot, size, font)
        return (
            f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="{self._next_id()}" name={quoteattr(name)}/>{kind}<p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
            f"{shape}<p:txBody>{body}{style}{paragraphs}</p:txBody></p:sp>"
        )

    def _frame(self, slot: Slot, name: str, description: str, height: float, grid: str) -> str:
        holder = (
            f'<p:ph type="{slot.type}" idx="{slot.idx}"/>'
            if slot.idx is not None and slot.type != "obj"
            else f'<p:ph idx="{slot.idx}"/>'
            if slot.idx is not None
            else ""
        )
        return (
            f'<p:graphicFrame {NS}><p:nvGraphicFramePr><p:cNvPr id="{self._next_id()}" name={quoteattr(name)} descr={quoteattr(description)}/>'
            f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{holder}</p:nvPr></p:nvGraphicFramePr>'
            f'<p:xfrm><a:off x="{slot.box.x}" y="{slot.box.y}"/><a:ext cx="{slot.box.w}" cy="{round(height * EMU)}"/></p:xfrm>'
            f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">{grid}</a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _table(self, slot: Slot, table: Table, page: Page) -> str:
        size = page.size(slot.name) or slot.look.size
        width, room = inner(slot.box, slot.look)
        widths = column_widths(table, slot.look.font, size, width)
        heights = row_heights(table, slot.look, width, size)
        airy = max(0.0, min(14.0, (room * 0.95 - sum(heights)) / len(heights)))
        heights = [h + airy for h in heights]
        columns = "".join(f'<a:gridCol w="{round(w * EMU)}"/>' for w in widths)
        rows = ""
        for n, (row, high) in enumerate(zip((table.header, *table.rows), heights)):
            cells = "".join(self._cell(cell, size, n == 0, slot) for cell in row)
            rows += f'<a:tr h="{round(high * EMU)}">{cells}</a:tr>'
        grid = f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{self._brand.table_style}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>'
        return self._frame(slot, "Table", self._wording("table", title=page.title)[:240], sum(heights), grid)

    def _cell(self, spans: Spans, size: float, header: bool, slot: Slot) -> str:
        side, edge = round(CELL[0] * EMU), round(CELL[1] * EMU)
        runs = "".join(
            self._run(
                s.text,
                size,
                True if header or s.bold else None,
                s.italic,
                s.link,
                _ink(slot),
                self._font(slot),
            )
            for s in spans
        )
        properties = f'<a:tcPr marL="{side}" marR="{side}" marT="{edge}" marB="{edge}" anchor="ctr">{_ground(slot)}</a:tcPr>'
        return f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{runs}</a:p></a:txBody>{properties}</a:tc>"

    def _timeline(self, slot: Slot, timeline: Timeline, page: Page) -> list[str]:
        """A table of two rows, dates over events, with a line between them and a dot for each event: text that reads in order."""
        size = page.size(slot.name) or slot.look.size
        width, room = inner(slot.box, slot.look)
        dates, events = timeline_heights(timeline, slot.look, width, size)
        column = slot.box.w // len(timeline.events)
        columns = f'<a:gridCol w="{column}"/>' * len(timeline.events)
        side = round(CELL[0] * EMU)
        accent = slot.colour or self._brand.accent
        line = f'<a:ln{{}} w="38100"><a:solidFill><a:schemeClr val="{accent}"/></a:solidFill></a:ln{{}}>'
        none = "".join(f'<a:ln{edge} w="0"><a:noFill/></a:ln{edge}>' for edge in "LR")
        over = (
            none
            + '<a:lnT w="0"><a:noFill/></a:lnT>'
            + line.format("B", "B")
            + (_ground(slot) or "<a:noFill/>")
        )
        under = (
            none
            + line.format("T", "T")
            + '<a:lnB w="0"><a:noFill/></a:lnB>'
            + (_ground(slot) or "<a:noFill/>")
        )
        colour = f'<a:solidFill><a:schemeClr val="{accent}"/></a:solidFill>'

        def cell(runs: str, borders: str, anchor: str, top: float, bottom: float) -> str:
            properties = f'<a:tcPr marL="0" marR="{2 * side}" marT="{round(top * EMU)}" marB="{round(bottom * EMU)}" anchor="{anchor}">{borders}</a:tcPr>'
            return f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{runs}</a:p></a:txBody>{properties}</a:tc>"

        font = self._font(slot)
        first = "".join(
            cell(self._run(when, size, True, colour=colour, font=font), over, "b", CELL[1], 8)
            for when, _ in timeline.events
        )
        dark = _ink(slot) or '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        second = "".join(
            cell(
                "".join(self._run(s.text, size, s.bold, s.italic, s.link, dark, font) for s in what),
                under,
                "t",
                12,
                CELL[1],
            )
            for _, what in timeline.events
        )
        grid = (
            f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{{2D5ABB26-0587-4C30-8999-92F81FD0307C}}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>'
            f'<a:tr h="{round(dates * EMU)}">{first}</a:tr><a:tr h="{round(events * EMU)}">{second}</a:tr></a:tbl>'
        )
        down = max(0, min(round((room - dates - events) * 0.3 * EMU), 914_400 // 2))
        lowered = Slot(
            slot.name,
            type(slot.box)(slot.box.x, slot.box.y + down, slot.box.w, slot.box.h - down),
            slot.look,
            slot.idx,
            slot.type,
            slot.label,
        )
        shapes = [
            self._frame(
                lowered, "Timeline", self._wording("timeline", title=page.title)[:240], dates + events, grid
            )
        ]
        middle = lowered.box.y + dates * EMU
        for n in range(len(timeline.events)):
            x, y = round(slot.box.x + n * column), round(middle - DOT / 2)
            shapes.append(
                f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="{self._next_id()}" name="Dot {n + 1}" descr="">{DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
                f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{round(DOT)}" cy="{round(DOT)}"/></a:xfrm><a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
                f'<a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:ln w="38100"><a:solidFill><a:schemeClr val="{accent}"/></a:solidFill></a:ln></p:spPr></p:sp>'
            )
        return shapes


def _ground(slot: Slot) -> str:
    """The fill behind words that no ink would be read without, else nothing."""
    return f'<a:solidFill><a:schemeClr val="{slot.fill}"/></a:solidFill>' if slot.fill else ""


def _ink(slot: Slot) -> str:
    """The fill of words in a slot where the brand's own colour would be hard to read, else nothing."""
    return f'<a:solidFill><a:schemeClr val="{slot.colour}"/></a:solidFill>' if slot.colour else ""


# What a text shape writes to take back what its placeholder says (see toolkit.brand.geometry.Look).
BODY = {"wrap": ' wrap="square"', "numCol": ' numCol="1"'}
RUNS = {"cap": ' cap="none"', "spc": ' spc="0"'}


def _undo(slot: Slot, words_: dict[str, str]) -> str:
    return "".join(attribute for name, attribute in words_.items() if name in slot.look.undone)


def _list_style(slot: Slot, size: str = "", font: str = "") -> str:
    """The shape's own a:lstStyle: the alignment, size, font and run properties that all its paragraphs have instead of the inherited ones."""
    side = f' algn="{slot.align}"' if slot.align else ""
    runs = size + _undo(slot, RUNS)
    face = f"<a:latin typeface={quoteattr(font)}/>" if font else ""
    if not side and not runs and not face:
        return "<a:lstStyle/>"
    return f"<a:lstStyle><a:lvl1pPr{side}>{f'<a:defRPr{runs}>{face}</a:defRPr>' if runs or face else ''}</a:lvl1pPr></a:lstStyle>"


def _legible(slot: Slot) -> float | None:
    """The size to write where a template's footer is smaller than any text may be."""
    return slot.smallest if slot.look.size < slot.smallest else None


def _add_notes(
    slide_part: Any, master: Any, package: Any, page: Page, plan: Plan, brand: Brand, number: int, footer: str
) -> None:
    # python-pptx's own notes_slide walks every part for each new one, so that 1,000 slides take minutes.
    part = NotesSlidePart(
        PackURI(f"/ppt/notesSlides/notesSlide{number}.xml"),
        CONTENT_TYPE.PML_NOTES_SLIDE,
        package,
        parse_xml(f"<p:notes {NS}/>"),
    )
    draw = _Slide(part, brand, plan)
    slot = brand.notes.body
    size = page.size("notes") or slot.look.size
    # LibreOffice draws notes at 20 points unless the size stands on the run.
    body = "".join(draw._paragraph(p, slot, size, always=True) for p in paras(page.printed, slot.look, size))
    master_root = master._element
    shapes = []
    for ph in master_root.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}ph"):
        kind, index = ph.get("type") or "obj", ph.get("idx")
        inside = {
            "hdr": f"<a:p>{draw._run(plan.title)}</a:p>",
            "body": body,
            "ftr": f"<a:p>{draw._run(footer)}</a:p>",
            "sldNum": f'<a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{plan.language}"/><a:t>{number}</a:t></a:fld></a:p>',
        }
        attributes = (
            f'type="{kind}"'
            + (f' idx="{index}"' if index else "")
            + (f' sz="{ph.get("sz")}"' if ph.get("sz") else "")
        )
        names = {
            "sldImg": "Slide picture",
            "hdr": "Header",
            "body": "Notes",
            "ftr": "Footer",
            "sldNum": "Page number",
        }
        if kind == "sldImg":
            shapes.append(
                f'<p:sp><p:nvSpPr><p:cNvPr id="{draw._next_id()}" name="{names[kind]}"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
                f"<p:nvPr><p:ph {attributes}/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>"
            )
        elif kind in inside:
            shapes.append(
                f'<p:sp><p:nvSpPr><p:cNvPr id="{draw._next_id()}" name="{names[kind]}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
                f"<p:nvPr><p:ph {attributes}/></p:nvPr></p:nvSpPr>"
                f"<p:spPr/><p:txBody><a:bodyPr{_undo(slot, BODY) if kind == 'body' else ''}><a:noAutofit/></a:bodyPr>"
                f"{_list_style(slot) if kind == 'body' else '<a:lstStyle/>'}{inside[kind]}</p:txBody></p:sp>"
            )
    xml = (
        f'<p:notes {NS}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{"".join(shapes)}</p:spTree></p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
    part._element = parse_xml(xml)
    part.relate_to(master, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide_part, RELATIONSHIP_TYPE.SLIDE)
    slide_part.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)


_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


def _add_sections(presentation: Any, plan: Plan) -> None:
    """Named sections (p14:sectionLst), which python-pptx cannot write; every slide stands in one."""
    ids = [s.get("id") for s in presentation.slides._sldIdLst]
    sections: list[tuple[str, list[str]]] = []
    for page, slide_id in zip(plan.pages, ids):
        if not sections or sections[-1][0] != page.section:
            sections.append((page.section, []))
        sections[-1][1].append(slide_id)
    listed = "".join(
        f'<p14:section name={quoteattr(name)} id="{{{str(uuid.uuid5(uuid.NAMESPACE_OID, f"{plan.name} {n} {name}")).upper()}}}">'
        f'<p14:sldIdLst>{"".join(f"""<p14:sldId id="{i}"/>""" for i in members)}</p14:sldIdLst></p14:section>'
        for n, (name, members) in enumerate(sections)
    )
    extension = etree.fromstring(
        f'<p:ext {NS} uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst xmlns:p14="{_P14}">{listed}</p14:sectionLst></p:ext>'
    )
    root = presentation.part._element
    extensions = root.find("{http://schemas.openxmlformats.org/presentationml/2006/main}extLst")
    if extensions is None:
        extensions = etree.SubElement(
            root, "{http://schemas.openxmlformats.org/presentationml/2006/main}extLst"
        )
    extensions.append(extension)


def _app(plan: Plan) -> str:
    hidden = sum(p.hidden for p in plan.pages)
    notes = sum(bool(p.printed) for p in plan.pages)
    total = sum(len(words(b).split()) for p in plan.pages for _, b in p.slots)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Words>{total}</Words><Application>{PRODUCER}</Application><Slides>{len(plan.pages)}</Slides><Notes>{notes}</Notes><HiddenSlides>{hidden}</HiddenSlides>"
        f"<Company>{escape(plan.board)}</Company></Properties>"
    )
