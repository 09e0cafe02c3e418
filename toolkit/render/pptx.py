"""A fitted deck as PowerPoint has it: native text in the brand's own placeholders, notes, named sections."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import assert_never
from xml.etree.ElementTree import XML

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CITATIONS, CLEAR_PRINT, EMU, SMALLEST_IN_NOTES, Box, Look, Slot
from toolkit.fit.drawing import Placed, place
from toolkit.fit.fit import footer_words
from toolkit.fit.pictures import frame
from toolkit.fit.slides import FittedDeck, Slide
from toolkit.fit.typeset import (
    CELL,
    MARKS,
    Para,
    column_widths,
    inner,
    paras,
    row_heights,
    timeline_heights,
)
from toolkit.late import replace
from toolkit.office.opc import HEAD, TYPES, escaped, quoted, zipped
from toolkit.office.story import marked, slide_lines
from toolkit.plan.model import (
    Blocks,
    Bullets,
    Drawing,
    Fields,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Plan,
    Quotation,
    Shape,
    Span,
    Spans,
    Table,
    Timeline,
    Tone,
    content_of,
    words,
)
from toolkit.render.drawingml import ALIGN, MARKER, body_attributes, is_light, paints, shape_properties
from toolkit.render.media import DECORATIVE, Media, Shown, said_of
from toolkit.render.origins import Origins
from toolkit.render.printed import of_deck
from toolkit.render.properties import properties
from toolkit.seals import sealed_parts

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.presentationml."
NS = (
    f'xmlns:a="{_DRAWING}main" xmlns:r="{_RELATIONSHIPS}" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_LINKED = f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_TREE = (
    '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    "<p:grpSpPr/>"
)
# Without this PowerPoint gives links the theme's own colour, whatever the run says.
LINK_AS_TEXT = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}">'
    '<ahyp:hlinkClr xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)
_NUMBER = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"
NEAR = 2.0  # points, from the name of a part of the notes to its words
CLOCK = 24.0  # points, of the clock on notes pages
DOT = 0.17 * 914_400  # EMU, the width of a timeline's dots
Noted = tuple[int, Sequence[Spans]]  # the id of a shape, and the paragraphs whose origins are to be noted
Drawn = tuple[str, str, str]  # a slide or notes page, its relationships, and the fingerprints of its lines
_NUMBERED = re.compile(r"-\d+$")  # an id of a page ends in its place in the deck
_FIRST_SLIDE = 256  # the least id that a slide may have (ECMA-376 part 1, 19.7.13)


def render(fitted: FittedDeck, brand: Brand) -> bytes:
    """The bytes of a .pptx, from a deck that was fitted to this brand."""
    plan, slides = fitted.plan, fitted.slides
    deck, parts = brand.deck, dict(brand.deck.parts)
    types, relations, origins = [deck.types], [deck.relations], Origins()
    media = Media("ppt/media")
    footers = {slide.layout: "" for slide in slides}
    for role in footers:
        footers[role] = footer_words(plan, brand, brand.layout(role).slots.get("footer"))
    footer = footer_words(plan, brand)
    pages: Counter[str] = Counter()
    for number, slide in enumerate(slides, 1):
        shown, notes = f"slides/slide{number}.xml", f"notesSlides/notesSlide{number}.xml"
        drawn = {shown: _slide(slide, plan, brand, number, footers[slide.layout], origins, media)}
        if slide.printed:
            drawn[notes] = _notes(slide, plan, brand, number, footer, origins)
        page = f"{_NUMBERED.sub('', slide.id)} {content_of(slide.origin)}".strip()
        pages[page] += 1
        page += f" {pages[page]}" * (pages[page] > 1)  # known wherever it stands, and whatever its words
        origins.built([marks for _, _, marks in drawn.values()], _FIRST_SLIDE - 1 + number, page)
        for name, (xml, linked, _) in drawn.items():
            folder, file = name.split("/")
            parts[f"ppt/{name}"] = xml.encode()
            parts[f"ppt/{folder}/_rels/{file}.rels"] = linked.encode()
            kind = "slide" if name == shown else "notesSlide"
            types.append(f'<Override PartName="/ppt/{name}" ContentType="{_CONTENT}{kind}+xml"/>')
        relations.append(_relation(deck.free + number - 1, "slide", shown))
    relations.append(origins.relationship(deck.free + len(slides)))
    types += [origins.content_type(), media.types(deck.types)]
    origins.remember(of_deck(fitted, brand))
    parts |= origins.parts(plan) | media.parts()
    parts[TYPES] = "".join((*types, "</Types>")).encode()
    parts["ppt/_rels/presentation.xml.rels"] = "".join((*relations, "</Relationships>")).encode()
    parts["ppt/presentation.xml"] = _presentation(fitted, brand).encode()
    parts |= properties(
        plan,
        Words=sum(len(words(blocks).split()) for slide in slides for _, blocks in slide.slots),
        Slides=len(slides),
        Notes=sum(bool(slide.printed) for slide in slides),
        HiddenSlides=sum(slide.hidden for slide in slides),
    )
    return zipped(sealed_parts(parts))


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/{kind}" Target={quoted(target)}/>'


def _presentation(fitted: FittedDeck, brand: Brand) -> str:
    """The main part: the list of slides, and named sections (p14:sectionLst) that have each slide once."""
    ids = range(_FIRST_SLIDE, _FIRST_SLIDE + len(fitted.slides))
    listed = "".join(
        f'<p:sldId id="{key}" r:id="rId{number}"/>' for number, key in enumerate(ids, brand.deck.free)
    )
    sections: list[tuple[str, list[int]]] = []
    for slide, key in zip(fitted.slides, ids):
        if not sections or sections[-1][0] != slide.section:
            sections.append((slide.section, []))
        sections[-1][1].append(key)
    named = ""
    for n, (name, members) in enumerate(sections):
        guid = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{fitted.plan.name} {n} {name}")).upper()
        inside = "".join(f'<p14:sldId id="{key}"/>' for key in members)
        inside = f"<p14:sldIdLst>{inside}</p14:sldIdLst>"
        named += f'<p14:section name={quoted(name)} id="{{{guid}}}">{inside}</p14:section>'
    before, between, after = brand.deck.presentation
    return (
        f"{before}<p:sldIdLst {NS}>{listed}</p:sldIdLst>{between}"
        f'<p:ext {NS} uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        f'<p14:sectionLst xmlns:p14="{_P14}">{named}</p14:sectionLst></p:ext>{after}'
    )


_MOST_DRAWN, _LAST_DRAWN = 1_000, 50  # in all, and of one deck: a longer one has hardly a twin
# Slides and notes pages as they were drawn, by the ids of what they were drawn from, which stands first so
# that no other has them: one that many decks have at one place is drawn once.
_drawn: dict[tuple[object, ...], tuple[object, Drawn, list[Noted]]] = {}


def _slide(
    slide: Slide, plan: Plan, brand: Brand, number: int, footer: str, origins: Origins, media: Media
) -> Drawn:
    """A slide."""
    made_of = slide, brand, plan.wording
    key = (*map(id, made_of), number, footer, plan.language)
    if key in _drawn:
        _, drawn, noted = _drawn[key]
    else:
        layout = brand.deck.layouts[slide.layout]
        relations = [_relation(1, "slideLayout", layout.target)]
        if slide.printed:
            relations.append(_relation(2, "notesSlide", f"../notesSlides/notesSlide{number}.xml"))
        font, accent = brand.layout(slide.layout).font, brand.accent_of(slide)[0]
        draw = _Writer(brand, plan, 3, font, accent, Shown(media, "../media/"))
        shapes, noted = "".join(draw.shapes(slide, footer, number)), draw.noted
        hidden = ' show="0"' if slide.hidden else ""
        xml = f"{HEAD}<p:sld {NS}{hidden}>{_TREE}{shapes}</p:spTree></p:cSld>{layout.colour_map}</p:sld>"
        linked = "".join((_LINKED, *relations, *draw.relations(), "</Relationships>"))
        drawn = xml, linked, marked(slide_lines(XML(xml)))
        if not any(isinstance(block, Picture) for _, blocks in slide.slots for block in blocks):
            _remember(number, key, (made_of, drawn, noted))
    for shape, paragraphs in noted:
        origins.note(f'slide="{_FIRST_SLIDE - 1 + number}"', shape, paragraphs)
    return drawn


# Where these two stand on a notes page, of which no more differs from deck to deck. No word has such letters.
_HEADER, _FOOTER = "\0", "\1"


def _notes(slide: Slide, plan: Plan, brand: Brand, number: int, footer: str, origins: Origins) -> Drawn:
    """A notes page."""
    made_of = slide, brand, plan.wording
    key = ("notes", *map(id, made_of), number, plan.language)
    if key in _drawn:
        _, (xml, linked, marks), noted = _drawn[key]
    else:
        relations = [
            _relation(1, "notesMaster", brand.deck.notes_master),
            _relation(2, "slide", f"../slides/slide{number}.xml"),
        ]
        draw = _Writer(brand, plan, 3)
        shapes, noted = "".join(draw.notes(slide, number)), draw.noted
        xml = (
            f"{HEAD}<p:notes {NS}>{_TREE}{shapes}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
        )
        linked = "".join((_LINKED, *relations, *draw.relations(), "</Relationships>"))
        marks = marked(slide_lines(notes=XML(xml.replace(_HEADER, "").replace(_FOOTER, ""))))
        _remember(number, key, (made_of, (xml, linked, marks), noted))
    for shape, paragraphs in noted:
        origins.note(f'notes="{_FIRST_SLIDE - 1 + number}"', shape, paragraphs)
    xml = xml.replace(_HEADER, escaped(plan.title)).replace(_FOOTER, escaped(footer))
    return xml, linked, marks


def _remember(number: int, key: tuple[object, ...], drawn: tuple[object, Drawn, list[Noted]]) -> None:
    if number <= _LAST_DRAWN:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = drawn


class _Writer:
    """Draws the shapes of one slide or notes page in reading order, and counts their ids and links."""

    def __init__(
        self,
        brand: Brand,
        plan: Plan,
        first_link: int,
        font: str = "",
        accent: str = "",
        pictures: Shown | None = None,
    ) -> None:
        self.noted: list[Noted] = []  # in the order of the shapes
        self._accent = accent or brand.accent
        self._pictures = pictures
        self._brand, self._plan, self._font, self._first_link = brand, plan, font, first_link
        self._language = quoted(plan.language)
        self._links: dict[str, int] = {}
        self._id = 1

    def relations(self) -> list[str]:
        """The relationships of the links, of which each address has one, and of the pictures."""
        links = [
            _relation(number, "hyperlink", link).replace("/>", ' TargetMode="External"/>')
            for link, number in self._links.items()
        ]
        return [*links, *(self._pictures.relationships() if self._pictures else ())]

    def shapes(self, slide: Slide, footer: str, number: int) -> list[str]:
        """A slide's title, badge, content, label, source, footer and number."""
        slots = self._brand.layout(slide.layout).used([name for name, _ in slide.slots], slide.rooms)
        scene = self._brand.scenes[slide.layout]
        title = slots["title"]
        size = slide.size("title")
        points = (size or title.look.size) if title.own else size if size != title.look.size else None
        run = self._run(slide.title, points, title.look.bold if title.own else None, colour=_ink(title))
        found = [self._text_shape(title, "Title", f"<a:p>{run}</a:p>")]
        self._note([(Span(slide.title, origin=slide.origin),)])
        for name, blocks in slide.slots:
            slot = slots[name]
            first = blocks[0] if len(blocks) == 1 else None
            match first:
                case Table():
                    found.append(self._table(slot, first, slide))
                case Timeline():
                    found += self._timeline(slot, first, slide)
                case Drawing():
                    found.append(self._drawing(slot, first, slide))
                case Picture():
                    found.append(self._picture(slot, first))
                case Heading() | Paragraph() | Bullets() | Quotation() | Lines() | Fields() | None:
                    marker = "" if is_light(scene.slots[name].ink) else _MARKER
                    found.append(self._blocks(slot, blocks, slide.size(name), marker))
                case _:
                    assert_never(first)
        if "footer" in slots:
            slot = slots["footer"]
            run = self._run(footer, colour=_ink(slot))
            found.append(self._text_shape(slot, "Footer", f"<a:p>{run}</a:p>", _legible(slot)))
        if "number" in slots:
            slot = slots["number"]
            looks = f"<a:rPr lang={self._language}>{_ink(slot)}</a:rPr>"
            field = f"<a:p>{_NUMBER}{looks}<a:t>{number}</a:t></a:fld></a:p>"
            found.append(self._text_shape(slot, "Slide number", field, _legible(slot)))
        return found

    def notes(self, slide: Slide, number: int) -> list[str]:
        """The placeholders of a notes page that its master has; header and footer are still to be filled."""
        slot = self._brand.notes.body
        field = f"{_NUMBER}<a:rPr lang={self._language}/><a:t>{number}</a:t></a:fld>"
        body, set_ = self._body(slide, slot)
        inside = {
            "hdr": ("Header", f"<a:p>{self._run(_HEADER)}</a:p>"),
            "body": ("Notes", body),
            "ftr": ("Footer", f"<a:p>{self._run(_FOOTER)}</a:p>"),
            "sldNum": ("Page number", f"<a:p>{field}</a:p>"),
        }
        found = []
        for holder in self._brand.deck.notes:
            ph = f"<p:nvPr><p:ph {holder.attributes}/></p:nvPr>"
            if holder.type == "sldImg":
                locks = '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
                found.append(
                    f'<p:sp><p:nvSpPr><p:cNvPr id="{self._next_id()}" name="Slide picture"/>'
                    f"<p:cNvSpPr>{locks}</p:cNvSpPr>{ph}</p:nvSpPr><p:spPr/></p:sp>"
                )
                if room := self._brand.notes.beside:
                    found.append(self._clock(slide, number, room))
            elif holder.type in inside:
                name, said = inside[holder.type]
                own = holder.type == "body"
                found.append(
                    f'<p:sp><p:nvSpPr><p:cNvPr id="{self._next_id()}" name="{name}"/>'
                    f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>{ph}</p:nvSpPr><p:spPr/><p:txBody>'
                    f"<a:bodyPr{_undo(slot, BODY) if own else ''}><a:noAutofit/></a:bodyPr>"
                    f"{_list_style(slot) if own else '<a:lstStyle/>'}{said}</p:txBody></p:sp>"
                )
                if own:
                    self._note([p.spans for p in set_])
        return found

    def _body(self, slide: Slide, slot: Slot) -> tuple[str, Sequence[Para]]:
        """The words of a notes page, and its paragraphs."""
        size = slide.size("notes") or slot.look.size
        # LibreOffice draws notes at 20 points unless the size stands on the run.
        set_ = _names_with_their_words(paras(slide.printed, slot.look, size))
        return "".join(self._paragraph(p, slot, p.size) for p in set_), set_

    def _clock(self, slide: Slide, number: int, room: Box) -> str:
        """A text box beside the picture of a slide on its notes page: which slide, from when to when, how
        long."""
        said = [(self._plan.wording("slide", number=number), SMALLEST_IN_NOTES, True)]
        if slide.minutes:
            times, long = slide.lasts(self._plan.wording)
            said += [(times, CLOCK, True), (long, CLEAR_PRINT, False)]
        drawn = "".join(
            f'<a:p><a:pPr><a:spcBef><a:spcPts val="{400 * bool(n)}"/></a:spcBef></a:pPr>'
            f"{self._run(words_, size, bold)}</a:p>"
            for n, (words_, size, bold) in enumerate(said)
        )
        look = Look(CLOCK, self._brand.notes.body.look.font, insets=(0, 0, 0, 0))
        return self._text_shape(Slot("clock", room, look), "Clock", drawn)

    def _blocks(self, slot: Slot, blocks: Blocks, size: float | None, marker: str = "") -> str:
        """Prose, headings and lists; `marker` is what marks the bold words of a statement."""
        found = paras(blocks, slot.look, size)
        points = [_points(para, slot, size) for para in found]
        # The size of a citation belongs to its box, not to every run.
        own = points[0] if slot.name in CITATIONS and len(set(points)) == 1 else None
        paragraphs = "".join(
            self._paragraph(para, slot, None if own else each, marker) for para, each in zip(found, points)
        )
        made = self._text_shape(slot, slot.label or slot.name.capitalize(), paragraphs, own)
        self._note([para.spans for para in found])
        return made

    def _paragraph(self, para: Para, slot: Slot, points: float | None, marker: str = "") -> str:
        colour = _ink(slot)
        if not colour and para.kind == "heading" and slot.accented and self._accent != "tx1":
            colour = _solid(self._accent)
        heavy = slot.own and slot.look.bold
        inks = ["" if s.link else colour for s in para.spans]
        if para.kind == "statement":
            inks = [ink + marker * s.bold for ink, s in zip(inks, para.spans)]
        runs = "".join(
            [
                self._run(s.text, points, s.bold or heavy or None, s.italic, s.link, ink)
                for s, ink in zip(para.spans, inks)
            ]
        )
        spacing = f'<a:spcBef><a:spcPts val="{round(para.before * 100)}"/></a:spcBef>'
        if slot.own and slot.look.line != 1.0:
            spacing = f'<a:lnSpc><a:spcPct val="{round(slot.look.line * 100_000)}"/></a:lnSpc>{spacing}'
        if "after" in slot.look.undone or (slot.own and slot.look.after):
            spacing += f'<a:spcAft><a:spcPts val="{round(slot.look.after * 100)}"/></a:spcAft>'
        if not para.indent:
            return f'<a:p><a:pPr marL="0" indent="0">{spacing}<a:buNone/></a:pPr>{runs}</a:p>'
        hang = round(para.indent * EMU)
        tint = self._accent if slot.accented and not _ink(slot) and self._accent != "tx1" else ""
        drawn = f"<a:buClr><a:schemeClr val={quoted(tint)}/></a:buClr>" if tint and para.number else ""
        mark = drawn + (
            f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="{para.number}"/>'
            if para.number
            else f'<a:buFont typeface="Arial"/><a:buChar char="{MARKS[para.kind]}"/>'
        )
        return f'<a:p><a:pPr marL="{hang}" indent="-{hang}">{spacing}{mark}</a:pPr>{runs}</a:p>'

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
        points = f' sz="{round(size * 100)}"' if size else ""
        weight = "" if bold is None else ' b="1"' if bold else ' b="0"'
        slant = ' i="1"' if italic else ""
        inside = f"{colour}<a:latin typeface={quoted(font)}/>" if font else colour
        if link:
            number = self._links.setdefault(link, self._first_link + len(self._links))
            kept = f">{LINK_AS_TEXT}</a:hlinkClick>" if colour else "/>"
            inside += f'<a:hlinkClick r:id="rId{number}"{kept}'
        return (
            f'<a:r><a:rPr lang={self._language}{points}{weight}{slant} dirty="0">{inside}</a:rPr>'
            f"<a:t>{escaped(text)}</a:t></a:r>"
        )

    def _face(self, slot: Slot) -> str:
        """The font that a text box or table must name, because plain text of the template has another."""
        return slot.look.font if slot.look.font != self._font else ""

    def _note(self, paragraphs: Sequence[Spans]) -> None:
        """The words of the shape that was drawn last, which come from somewhere."""
        self.noted.append((self._id, paragraphs))

    def _next_id(self) -> int:
        self._id += 1
        return self._id

    def _text_shape(self, slot: Slot, name: str, paragraphs: str, size: float | None = None) -> str:
        """A placeholder, or a text box, with some paragraphs; `size` is what they have if they say none."""
        box = slot.box
        place = f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'
        left, top, right, bottom = slot.look.insets
        insets = f'lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}"'
        anchor = f' anchor="{slot.anchor}"' if slot.anchor else ""
        ground = _solid(self._accent) if slot.panel and self._accent != self._brand.accent else _ground(slot)
        if slot.idx is None:
            holder, kind = "", '<p:cNvSpPr txBox="1"/>'
            outline = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            shape = f"<p:spPr>{place}{outline}{ground or '<a:noFill/>'}</p:spPr>"
            body = f'<a:bodyPr wrap="square" {insets} rtlCol="0"{anchor}>'
        else:
            holder, kind = _holder(slot), '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            shape = f"<p:spPr>{place if slot.moved else ''}{ground}{_unshadowed(slot)}</p:spPr>"
            body = f"<a:bodyPr{_undo(slot, BODY | {'ins': f' {insets}'})}{anchor}>"
            if slot.bare:
                body = f'<a:bodyPr vert="horz" wrap="square" {insets} anchor="b">'
        font = self._face(slot) if slot.idx is None else ""
        if "sz" in slot.look.undone:
            size, font = size or slot.look.size, slot.look.font
        if "size" in slot.look.undone:
            size = size or slot.look.size
        style = _list_style(slot, size, font)
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._next_id()}" name={quoted(name)}/>'
            f"{kind}<p:nvPr>{holder}</p:nvPr></p:nvSpPr>{shape}"
            f"<p:txBody>{body}<a:noAutofit/></a:bodyPr>{style}{paragraphs}</p:txBody></p:sp>"
        )

    def _frame(self, slot: Slot, name: str, description: str, height: float, grid: str) -> str:
        box = slot.box
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{self._next_id()}" name="{name}"'
            f" descr={quoted(description)}/>"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
            f"<p:nvPr>{_holder(slot)}</p:nvPr></p:nvGraphicFramePr>"
            f'<p:xfrm><a:off x="{box.x}" y="{box.y}"/>'
            f'<a:ext cx="{box.w}" cy="{round(height * EMU)}"/></p:xfrm>'
            f'<a:graphic><a:graphicData uri="{_DRAWING}table">{grid}</a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )

    def _table(self, slot: Slot, table: Table, slide: Slide) -> str:
        size = slide.size(slot.name) or slot.look.size
        width, room = inner(slot.box, slot.look)
        widths = column_widths(table, slot.look.font, size, width)
        heights = row_heights(table, slot.look, width, size)
        airy = max(0.0, min(14.0, (room * 0.95 - sum(heights)) / len(heights)))
        heights = [high + airy for high in heights]
        rows = [
            _row("".join(self._cell(cell, size, n == 0, slot) for cell in row), high)
            for n, (row, high) in enumerate(zip((table.header, *table.rows), heights))
        ]
        grid = _grid(self._brand.table_style, [round(w * EMU) for w in widths], rows)
        frame = self._frame(slot, "Table", self._described("table", slide), sum(heights), grid)
        self._note([cell for row in (table.header, *table.rows) for cell in row])
        return frame

    def _described(self, name: str, slide: Slide) -> str:
        return self._plan.wording(name, title=slide.title)[:240]

    def _cell(self, spans: Spans, size: float, header: bool, slot: Slot) -> str:
        side, edge = round(CELL[0] * EMU), round(CELL[1] * EMU)
        ink, font = _ink(slot), self._face(slot)
        runs = [
            self._run(s.text, size, True if header or s.bold else None, s.italic, s.link, ink, font)
            for s in spans
        ]
        margins = f'marL="{side}" marR="{side}" marT="{edge}" marB="{edge}"'
        return _set_cell("".join(runs), f'{margins} anchor="ctr"', _ground(slot))

    def _timeline(self, slot: Slot, timeline: Timeline, slide: Slide) -> list[str]:
        """A table of dates over events, which reads in order, with a line between them and a dot for each."""
        size = slide.size(slot.name) or slot.look.size
        width, room = inner(slot.box, slot.look)
        dates, events = timeline_heights(timeline, slot.look, width, size)
        column = slot.box.w // len(timeline.events)
        accent = slot.colour or self._accent
        colour, ground, font = _solid(accent), _ground(slot) or "<a:noFill/>", self._face(slot)
        none = "".join(f'<a:ln{edge} w="0"><a:noFill/></a:ln{edge}>' for edge in "LR")
        top, bottom = (f'<a:ln{edge} w="0"><a:noFill/></a:ln{edge}>' for edge in "TB")
        line_below, line_above = (f'<a:ln{edge} w="38100">{colour}</a:ln{edge}>' for edge in "BT")
        side, edge = round(CELL[0] * EMU), round(CELL[1] * EMU)
        over = f'marL="0" marR="{2 * side}" marT="{edge}" marB="{8 * EMU}" anchor="b"'
        under = f'marL="0" marR="{2 * side}" marT="{12 * EMU}" marB="{edge}" anchor="t"'
        first = "".join(
            _set_cell(
                self._run(when, size, True, colour=colour, font=font),
                over,
                f"{none}{top}{line_below}{ground}",
            )
            for when, _ in timeline.events
        )
        dark = _ink(slot) or _solid("tx1")
        second = "".join(
            _set_cell(
                "".join(self._run(s.text, size, s.bold, s.italic, s.link, dark, font) for s in what),
                under,
                f"{none}{line_above}{bottom}{ground}",
            )
            for _, what in timeline.events
        )
        rows = [_row(first, dates), _row(second, events)]
        grid = _grid(_PLAIN_TABLE, [column] * len(timeline.events), rows)
        down = max(0, min(round((room - dates - events) * 0.3 * EMU), 914_400 // 2))
        box = replace(slot.box, y=slot.box.y + down)
        shapes = [
            self._frame(
                replace(slot, box=box), "Timeline", self._described("timeline", slide), dates + events, grid
            )
        ]
        self._note([*[() for _ in timeline.events], *[what for _, what in timeline.events]])
        y = round(box.y + dates * EMU - DOT / 2)
        for n in range(len(timeline.events)):
            shapes.append(
                f'<p:sp><p:nvSpPr><p:cNvPr id="{self._next_id()}" name="Dot {n + 1}" descr="">'
                f"{DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
                f'<a:xfrm><a:off x="{slot.box.x + n * column}" y="{y}"/>'
                f'<a:ext cx="{round(DOT)}" cy="{round(DOT)}"/></a:xfrm>'
                '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
                f'{_solid("bg1")}<a:ln w="38100">{colour}</a:ln></p:spPr></p:sp>'
            )
        return shapes

    def _drawing(self, slot: Slot, drawing: Drawing, slide: Slide) -> str:
        """A group of native shapes: the alternative text is its own, and shapes without words are mute."""
        ink = slot.colour or "tx1"
        paper = slot.fill or ("tx1" if ink.startswith("bg") else "bg1")
        light = is_light(self._brand.scenes[slide.layout].slots[slot.name].ink)
        colours = paints("schemeClr", slot.colour or self._accent, ink, paper, light)
        placement = place(drawing, self._font, *inner(slot.box, slot.look), slot.smallest)
        left, top = slot.box.x + slot.look.insets[0], slot.box.y + slot.look.insets[1]
        group = self._next_id()
        shapes = placement.shapes
        if slot.fill:
            ground = Shape("rectangle", 0, 0, 0, 0, "paper")
            box = (placement.x, placement.y, placement.w, placement.h)
            shapes = (Placed(ground, *box, 0, 0, 0), *shapes)
        at = f'x="{left + round(placement.x * EMU)}" y="{top + round(placement.y * EMU)}"'
        size = f'cx="{round(placement.w * EMU)}" cy="{round(placement.h * EMU)}"'
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{group}" name="Drawing" descr={quoted(drawing.alt)}/>'
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off {at}/><a:ext {size}/>"
            f"<a:chOff {at}/><a:chExt {size}/></a:xfrm></p:grpSpPr>"
            f"{''.join(self._shape(placed, colours, left, top) for placed in shapes)}</p:grpSp>"
        )

    def _picture(self, slot: Slot, picture: Picture) -> str:
        """A picture in its own form: in no placeholder, which would cut it to the placeholder's."""
        assert self._pictures
        x, y, w, h = (round(n * EMU) for n in frame(picture, *inner(slot.box, slot.look)))
        x, y = slot.box.x + slot.look.insets[0] + x, slot.box.y + slot.look.insets[1] + y
        told, mute = said_of(picture)
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{self._next_id()}" name="Picture" {told}>{mute}</p:cNvPr>'
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{self._pictures.id(picture)}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/>'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def _shape(self, placed: Placed, colours: Mapping[Tone, str], x: int, y: int) -> str:
        shape = placed.shape
        number, drawn = self._next_id(), shape_properties(placed, x, y, colours)
        if not shape.paragraphs:
            mute = f'<p:cNvPr id="{number}" name="Shape {number}" descr="">{DECORATIVE}</p:cNvPr>'
            if shape.form in ("line", "arrow"):
                about = f"<p:nvCxnSpPr>{mute}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
                return f"<p:cxnSp>{about}<p:spPr>{drawn}</p:spPr></p:cxnSp>"
            return f"<p:sp><p:nvSpPr>{mute}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{drawn}</p:spPr></p:sp>"
        self._note(shape.paragraphs)
        ink = f"<a:solidFill>{colours[shape.ink]}</a:solidFill>"
        said = ""
        for spans in shape.paragraphs:
            runs = [self._run(s.text, placed.size, s.bold or None, s.italic, s.link, ink) for s in spans]
            said += f'<a:p><a:pPr algn="{ALIGN[shape.align]}"/>{"".join(runs)}</a:p>'
        box = ' txBox="1"' if shape.form == "words" else ""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Words {number}"/><p:cNvSpPr{box}/><p:nvPr/>'
            f"</p:nvSpPr><p:spPr>{drawn}</p:spPr><p:txBody><a:bodyPr {body_attributes(placed)}>"
            f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{said}"
            "</p:txBody></p:sp>"
        )


def _names_with_their_words(set_: Sequence[Para]) -> list[Para]:
    """The paragraphs of notes, each name of a part nearer to what stands below it than to what stands above.

    Together they are no higher than before.
    """
    found: list[Para] = []
    for para in set_:
        if found and found[-1].kind == "heading" and para.kind != "heading":
            saved = max(0.0, para.before - NEAR)
            found[-1] = found[-1]._replace(before=found[-1].before + saved)
            para = para._replace(before=para.before - saved)
        found.append(para)
    return found


def _points(para: Para, slot: Slot, size: float | None) -> float | None:
    """The size that the runs of a paragraph must say, or None where the placeholder's own will do."""
    changed = slot.own or (size is not None and size != slot.look.size)
    return para.size if changed or para.size != slot.look.size else None


def _grid(style: str, widths: list[int], rows: list[str]) -> str:
    columns = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
    return (
        f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{escaped(style)}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>"
    )


def _set_cell(runs: str, set_: str, drawn: str) -> str:
    words_ = f"<a:txBody><a:bodyPr/><a:lstStyle/><a:p>{runs}</a:p></a:txBody>"
    return f"<a:tc>{words_}<a:tcPr {set_}>{drawn}</a:tcPr></a:tc>"


def _row(cells: str, height: float) -> str:
    return f'<a:tr h="{round(height * EMU)}">{cells}</a:tr>'


def _holder(slot: Slot) -> str:
    """The placeholder of the layout that a shape stands in, if any."""
    if slot.idx is None:
        return ""
    type_ = f" type={quoted(slot.type)}" if slot.type != "obj" else ""
    index = f' idx="{slot.idx}"' if slot.idx else ""
    return f"<p:ph{type_}{index}/>"


def _solid(colour: str) -> str:
    return f"<a:solidFill><a:schemeClr val={quoted(colour)}/></a:solidFill>"


def _ground(slot: Slot) -> str:
    """The fill behind words that no ink would be read without, else nothing."""
    return _solid(slot.fill) if slot.fill else ""


def _ink(slot: Slot) -> str:
    """The fill of words in a slot where the brand's own colour would be hard to read, else nothing. A shadow
    that was made for that colour goes.
    """
    return _solid(slot.colour) + _unshadowed(slot) if slot.colour else ""


def _unshadowed(slot: Slot) -> str:
    """No shadow, where words are written in another colour than it was made for."""
    return "<a:effectLst/>" if slot.colour and "effect" in slot.look.undone else ""


_MARKER = f'<a:highlight><a:srgbClr val="{MARKER[1:]}"/></a:highlight>'

# What a text shape writes to take back what its placeholder says (see toolkit.brand.geometry.Look).
BODY = {"wrap": ' wrap="square"', "numCol": ' numCol="1"'}
RUNS = {"b": ' b="1"', "cap": ' cap="none"', "spc": ' spc="0"'}


def _undo(slot: Slot, said: dict[str, str]) -> str:
    return "".join(attribute for name, attribute in said.items() if name in slot.look.undone)


def _list_style(slot: Slot, size: float | None = None, font: str = "") -> str:
    """The shape's own a:lstStyle: what its paragraphs have instead of the inherited."""
    side = f' algn="{slot.align}"' if slot.align else ""
    runs = (f' sz="{round(size * 100)}"' if size else "") + _undo(slot, RUNS)
    face = f"<a:latin typeface={quoted(font)}/>" if font else ""
    if not side and not runs and not face:
        return "<a:lstStyle/>"
    set_ = f"<a:defRPr{runs}>{face}</a:defRPr>" if runs or face else ""
    return f"<a:lstStyle><a:lvl1pPr{side}>{set_}</a:lvl1pPr></a:lstStyle>"


def _legible(slot: Slot) -> float | None:
    """The size to write where a template's footer is smaller than any text may be."""
    return slot.smallest if slot.look.size < slot.smallest else None
