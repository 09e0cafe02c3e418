"""The plan of a document in Word: a briefing, guide, handout, team sheet or set of cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby, zip_longest
from typing import assert_never

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import CLEAR_PRINT, EMU, SMALLEST_IN_NOTES, document_size
from toolkit.fit.cards import Card, fit_cards
from toolkit.fit.drawing import Placed, Placement, place_in_text
from toolkit.fit.pictures import frame_in_text
from toolkit.fit.script import slides_of, stands_whole
from toolkit.fit.sides import (
    IN_BANNER,
    LARGE_LINE,
    MOTIF,
    TITLE,
    beside_motif,
    motif_dots,
    motif_size,
    room_in,
)
from toolkit.fit.slides import FittedDeck
from toolkit.fit.typeset import LINES_APART, MARKS, advance, column_widths, fields_beside, parted, term_column
from toolkit.late import pattern, replace
from toolkit.office.opc import RELATIONSHIPS, TYPES, escaped, quoted, zipped
from toolkit.office.story import document_marks
from toolkit.plan.model import (
    Block,
    Blocks,
    Bullets,
    Drawing,
    Fields,
    Heading,
    Lines,
    Page,
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
    field_names,
    is_to_write_in,
    shortened,
    stays_with,
    text,
)
from toolkit.problems import Invalid
from toolkit.render import docxcards, docxscript
from toolkit.render.docxcards import SECTION, box, look, rule, unseen
from toolkit.render.drawingml import GOLD, body_attributes, dots, paints, shape_properties
from toolkit.render.media import DECORATIVE, Media, Shown, said_of
from toolkit.render.origins import Origins
from toolkit.render.printed import of_document, of_letterhead
from toolkit.render.properties import properties
from toolkit.seals import sealed_parts

_RUNNING = 12.0  # points, the size that a running header is measured at: it must not take a second line
_TEXT = '<w:t xml:space="preserve">'
_WORD = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_FIRST_ID = 10_000  # of drawings and bookmarks, above those that a template has
_FONT = "Arial"  # that words are measured in
_HANGING = 454  # twentieths of a point from the number of a box to its heading: 0.8 cm
_BEFORE_FIELDS = 80
_TO_TICK = 397  # twentieths of a point from a box to tick to its words: 0.7 cm
_SYMBOLS = "Segoe UI Symbol"  # has boxes to tick, which Arial has not
_LONGEST_NAME = 64  # letters of the name of a content control
_EMPTY = "…"  # what prints where nobody has typed yet; a control needs a word to click on
_DAY = (
    '<w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/>'
    '<w:calendar w:val="gregorian"/>'
)
_SIZE = pattern(r'(<(?:[\w.-]+:|)sz(?:Cs)?\s+(?:[\w.-]+:|)val=")(\d+)')
_SECTION = pattern(r"<(?P<p>[\w.-]+:|)sectPr\b(?:[^>]*/>|.*?</(?P=p)sectPr>)", re.S)


def render(plan: Plan, brand: Brand, size: float = CLEAR_PRINT, deck: FittedDeck | None = None) -> bytes:
    """The bytes of a .docx; where `size` is that of large print, all its words are so much larger. A guide
    shows the slides of its `deck`.
    """
    template = brand.document
    larger = document_size(size) - SMALLEST_IN_NOTES
    draw = _Writer(brand, plan, larger, deck)
    draw.front(plan)
    draw.pages(plan)
    before, between, _ = re.split(r"\{page\}|\{pages\}", plan.wording["page-of"])
    words = {
        "heading": _running(plan, template.width, _RUNNING + larger),
        "title": plan.title,
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
        if larger and "language" in pieces[1::2]:  # the styles
            pieces = tuple(_SIZE.sub(lambda m: f"{m[1]}{int(m[2]) + round(larger * 2)}", p) for p in pieces)
        if not plan.board:
            pieces = tuple(p.replace('descr="Logo: ', 'descr="Logo') for p in pieces)
        parts[name] = "".join(filled[p] if n % 2 else p for n, p in enumerate(pieces)).encode()
    main = next(name for name, pieces in template.gapped.items() if "body" in pieces[1::2])
    draw.origins.built([document_marks(parts[main])])
    types = draw.origins.content_type()
    if draw.has_cards:
        parts |= docxcards.parts()
        types += docxcards.content_types()
    parts |= docxscript.parts(draw.pictures)
    types += draw.media.types(parts[TYPES].decode()) + docxscript.content_types(draw.pictures)
    parts[TYPES] = parts[TYPES].replace(b"</Types>", f"{types}</Types>".encode())
    draw.origins.remember(of_document(plan, brand))
    draw.origins.remember(of_letterhead(template))
    parts |= properties(plan) | draw.origins.parts(plan) | draw.media.parts()
    return zipped(sealed_parts(parts))


def _running(plan: Plan, width: int, size: float) -> str:
    """What stands at the top of every page: as much of title, document and board as one line holds."""
    said = [words for words in (plan.title, plan.document, plan.board) if words]
    while len(said) > 1 and advance("  |  ".join(said), _FONT, False) * size * 20 >= width:
        said.pop()
    return "  |  ".join(said)


class _Writer:
    """Paragraphs and tables in the style of each role, and the links and lists that they use."""

    def __init__(self, brand: Brand, plan: Plan, larger: float, deck: FittedDeck | None = None) -> None:
        template = brand.document
        self._size = SMALLEST_IN_NOTES + larger
        self.pictures: dict[str, bytes] = {}
        self._slides = slides_of(deck) if deck else {}
        if any(page.id in self._slides for page in plan.pages if page.layout == "script"):
            from toolkit.render.pdf import slide_pictures  # with typst, which only a guide needs

            assert deck
            try:
                self.pictures = {f"slide-{n}": png for n, png in slide_pictures(deck, brand).items()}
            except Invalid as error:
                if any(problem.stops for problem in error.problems):
                    raise
                # no pictures without typst: the guide has the words of each slide beside its script
        self._ratio = brand.slide.w / brand.slide.h
        self.body: list[str] = []
        self.lists: list[str] = []
        self.origins, self.media = Origins(), Media("word/media")
        self._brought = Shown(self.media, "media/")
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
        self._styles["statement"] = self._styles["body"]
        self._hint = "6E7579" if "placeholder" in template.styles else self._hue("muted")
        # What was measured for sides of paper holds for the house's styles, and for a template made of them.
        self._is_ours = "banner" in template.styles
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
        banner = "banner" if self._is_ours else "body"
        for role, said in (
            (banner, "  |  ".join(plan.above)),
            ("title", plan.title),
            ("subtitle", plan.subtitle),
            (banner if banner != "body" else "label", plan.draft),
        ):
            if not said:
                continue
            if self._is_ours and role == "title":
                self._title(said)
            else:
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
                self._heading((Span(section),), 1, on_new_page=page.new_sheet)
            if page.strip:
                self._blocks(page.in_strip)
                continue
            self._heading(
                (Span(page.title, origin=page.origin),), level, page.box, page.new_side and self._is_ours
            )
            self._top = level
            if page.layout == "script":
                self._script(page)
                continue
            for _, blocks in page.slots:
                self._blocks(blocks)
        if self.on_cards or plan.pages[-1].layout == "script":
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

    def _script(self, page: Page) -> None:
        """A slide with its script: pictures and words in the left column, what is said and done in the
        right."""
        heads = [
            self._set((Span(self._wording[name], bold=True),), "table-text", docxscript.HEAD)
            for name in ("on-the-slide", "script")
        ]
        shown = "".join(
            f"<w:p><w:pPr>{self._styles['body']}</w:pPr>"
            + docxscript.picture(f"slide-{n}", self._next_id(), page.title, self._ratio, self._hue("muted"))
            + "</w:p>"
            for n in self._slides.get(page.id, ())
            if f"slide-{n}" in self.pictures
        )
        shown += self._apart(page.slot("shown"))
        script = self._apart(page.slot("script"))
        whole = stands_whole(page)
        width = self._template.width
        self.body.append(
            docxscript.table(heads, (shown or unseen(), script or unseen()), width, whole, self._hue("muted"))
        )

    def _apart(self, blocks: Blocks) -> str:
        """Blocks that stand elsewhere than in the body."""
        kept, self.body = self.body, []
        self._blocks(blocks)
        drawn, self.body = "".join(self.body), kept
        return drawn

    def _hue(self, name: str) -> str:
        return self._hues[name].removeprefix("#")

    def relationships(self) -> str:
        """The relationships of the links, of which each address has one, of the pictures and the origins."""
        kind = f'Type="{RELATIONSHIPS}hyperlink" TargetMode="External"'
        links = "".join(
            f'<Relationship Id="{number}" {kind} Target={quoted(link)}/>'
            for link, number in self._links.items()
        )
        links += "".join(self._brought.relationships())
        if self.has_cards:
            links += docxcards.relationships()
        links += docxscript.relationships(self.pictures)
        return links + self.origins.relationship(self._template.next_link + len(self._links))

    def _blocks(self, blocks: Blocks) -> None:
        for block, after in zip_longest(blocks, blocks[1:]):
            self._block(block, stays_with(block, after))

    def _block(self, block: Block, stays: bool = False) -> None:
        """One block; the last line of one that `stays` is on the same page as what follows."""
        keep = "<w:keepNext/>" * stays
        if isinstance(block, Heading):
            self._heading(block.spans, min(block.level + self._top - 1, 3))
        elif isinstance(block, Paragraph):
            large = f'<w:b/><w:sz w:val="{round((self._size + LARGE_LINE) * 2)}"/>' if block.large else ""
            self._paragraph(block.spans, block.role, "<w:keepNext/>" if block.large else keep, look=large)
        elif isinstance(block, Quotation):
            self._paragraph(block.spans, "quotation", keep)
        elif isinstance(block, Bullets) and block.kind == "term":
            self._terms(block, keep)
        elif isinstance(block, Bullets):
            own = ""
            if block.kind in ("number", "check"):
                own = self._restarted(block.start, block.kind == "check")
            role = "bullet" if block.kind == "check" else block.kind
            for item in block.items:
                last = keep if item is block.items[-1] else ""
                self._paragraph(item, role, last + own)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Fields):
            self._fields(block)
        elif isinstance(block, Timeline):
            header = ((Span(self._wording["when"]),), (Span(self._wording["what-happened"]),))
            self._table(Table(header, tuple(((Span(when),), what) for when, what in block.events)))
        elif isinstance(block, Lines):
            self.body.append(self._lines(block))
        elif isinstance(block, Drawing):
            self._drawing(block, place_in_text(block, _FONT, self._template.width / 20))
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            assert_never(block)

    def _heading(self, spans: Spans, level: int, box: int = 0, on_new_page: bool = False) -> None:
        """A heading that stays with what follows, and leaves out no level; before that of a box its number.

        One too long for a list of headings read aloud is shortened, and stands whole below.
        """
        self._level = min(level, self._level + 1)
        words, short = text(spans), shortened(text(spans))
        kept = spans if short == words else (Span(short, origin=spans[0].origin),)
        more = "<w:keepNext/>" + "<w:pageBreakBefore/>" * on_new_page
        number = ""
        if box:
            more += f'<w:tabs><w:tab w:val="left" w:pos="{_HANGING}"/></w:tabs>'
            more += f'<w:ind w:left="{_HANGING}" w:hanging="{_HANGING}"/>'
            ink = f'<w:rPr><w:b w:val="0"/><w:color w:val="{self._hue("edge")}"/></w:rPr>' * self._is_ours
            number = f"<w:r>{ink}{_TEXT}{box} </w:t><w:tab/></w:r>"
        self._paragraph(kept, f"heading-{self._level}", more, number)
        if short != words:
            self._paragraph(tuple(replace(s, bold=True) for s in spans), "body")

    def _terms(self, block: Bullets, keep: str) -> None:
        """Each term with what belongs to it beside it; below it where the term is wider than their column."""
        wide, above = term_column(block, _FONT, self._size, self._template.width / 20)
        column = round(wide * 20)
        about = f'<w:tabs><w:tab w:val="left" w:pos="{column}"/></w:tabs>'
        about += f'<w:spacing w:before="0" w:after="60"/><w:ind w:left="{column}" w:hanging="{column}"/>'
        for item, up in zip(block.items, above):
            term, what = parted(item)
            last = keep if item is block.items[-1] else ""
            self._paragraph((*term, Span("   " if up else " \t"), *what), "body", last + about)

    def _paragraph(self, spans: Spans, role: str, more: str = "", before: str = "", look: str = "") -> None:
        self.body.append(self._set(spans, role, more, before, look))

    def _set(self, spans: Spans, role: str, more: str = "", before: str = "", look: str = "") -> str:
        properties = self._styles[role] + more
        about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{about}{before}{self._runs(spans, look)}</w:p>"

    def _fields(self, fields: Fields) -> None:
        """One line: each label, then a control to type in, up to a rule that ends where its share does."""
        beside = fields_beside(fields, _FONT, self._size, self._template.width / 20)
        if beside < len(fields.fields):
            for field in fields.fields:
                self._fields(Fields((field,)))
            return
        share = self._template.width // beside
        tabs = "".join(
            f'<w:tab w:val="left" w:leader="underscore" w:pos="{share * n - 113}"/>'
            f'<w:tab w:val="left" w:pos="{share * n}"/>'
            for n in range(1, len(fields.fields) + 1)
        )
        high = round(LINES_APART * 20)
        apart = f'<w:spacing w:before="{_BEFORE_FIELDS}" w:after="0" w:line="{high}" w:lineRule="exact"/>'
        grey = f'<w:rPr><w:color w:val="{self._hue("muted")}"/></w:rPr>'
        runs = ""
        for n, field in enumerate(fields.fields, 1):
            runs += (
                self._runs(tuple(replace(s, bold=True) for s in field.label)) + f"<w:r>{_TEXT} </w:t></w:r>"
            )
            runs += self._control(text(field.label).rstrip(": "), field.date) + f"<w:r>{grey}<w:tab/></w:r>"
            runs += f"<w:r>{_TEXT} </w:t><w:tab/></w:r>" if n < len(fields.fields) else ""
        look = f"{self._styles['body']}<w:keepLines/><w:tabs>{tabs}</w:tabs>{apart}"
        self.body.append(f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>")

    def _control(self, title: str, date: bool = False, example: Spans = ()) -> str:
        """A content control to type or choose a day in, with its title; empty, or with an example."""
        style = self._template.styles.get("placeholder")
        look = f"<w:rStyle w:val={quoted(style)}/>" if style else ""
        look += f'<w:color w:val="{self._hint}"/>'
        words = text(example) or _EMPTY
        name = quoted(title[:_LONGEST_NAME])
        kind = f"<w:date>{_DAY}</w:date>" if date else '<w:text w:multiLine="1"/>'
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val={name}/><w:tag w:val={name}/><w:id w:val="{self._next_id()}"/>'
            f"<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr>{look}</w:rPr>"
            f"{_TEXT}{escaped(words)}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def _lines(self, lines: Lines) -> str:
        """One paragraph of rules to write on, each the leader of a tab: what is typed there pushes it on. A
        line to cut along is the border of a low one.
        """
        if lines.cut:
            edge = f'<w:bottom w:val="dashed" w:sz="8" w:space="0" w:color="{self._hue("muted")}"/>'
            low = '<w:spacing w:before="0" w:after="200" w:line="200" w:lineRule="exact"/>'
            return f"<w:p><w:pPr>{self._styles['body']}<w:pBdr>{edge}</w:pBdr>{low}</w:pPr></w:p>"
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
        for origin, group in groupby(spans, lambda span: content_of(span.origin)):
            runs = "".join([self._run(span, more) for span in group])
            if origin:
                number = self._next_id()
                name = f"_o{self.origins.number(origin)}_{number}"
                runs = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}'
                runs += f'<w:bookmarkEnd w:id="{number}"/>'
            found.append(runs)
        return "".join(found)

    def _run(self, span: Span, more: str = "") -> str:
        look = (self._linked if span.link else "") + "<w:b/>" * span.bold + "<w:i/>" * span.italic
        look += f'<w:color w:val="{self._hue("muted")}"/>' * (span.quiet and not span.link) + more
        words = escaped(span.text)
        if "\n" in words or "\t" in words:
            words = words.replace("\n", f"</w:t><w:br/>{_TEXT}").replace("\t", f"</w:t><w:tab/>{_TEXT}")
        run = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_TEXT}{words}</w:t></w:r>"
        if not span.link:
            return run
        number = self._links.setdefault(span.link, f"rId{self._template.next_link + len(self._links)}")
        return f'<w:hyperlink r:id="{number}">{run}</w:hyperlink>'

    def _title(self, title: str) -> None:
        """The title of a banner; its first line ends with the ring of a day: a decoration."""
        wide = high = motif_size()
        colours: dict[Tone, str] = {"pale": dots(self._hues["deep"]), "accent": GOLD}
        paint = {tone: f'<a:srgbClr val="{hue[1:]}"/>' for tone, hue in colours.items()}
        placed = [Placed(Shape("rectangle", 0, 0, 0, 0), 0, 0, wide, high, 0, 0, 0)]
        for x, y, seen in motif_dots():
            dot = Shape("ellipse", 0, 0, 0, 0, "accent" if seen else "pale")
            placed.append(Placed(dot, x, y, 2 * MOTIF[1], 2 * MOTIF[1], 0, 0, 0))
        number, shapes = self._next_id(), "".join(self._shape(one, paint) for one in placed)
        told = (
            f'<wp:docPr xmlns:a="{_DRAWING}main" id="{number}" name="Motif" descr="">{DECORATIVE}</wp:docPr>'
        )
        first, *others = beside_motif(title, self._size + TITLE)
        ends = round(self._template.width - 20 * IN_BANNER)
        self.body.append(
            f'<w:p><w:pPr>{self._styles["title"]}<w:tabs><w:tab w:val="right" w:pos="{ends}"/></w:tabs>'
            f"</w:pPr>{self._runs((Span(first),))}<w:r><w:tab/></w:r>"
            f"<w:r>{_in_line(told, wide, high, shapes)}</w:r>"
            f"{self._runs((Span(''.join(f' {chr(10)}{line}' for line in others)),))}</w:p>"
        )

    def _drawing(self, drawing: Drawing, placement: Placement) -> None:
        """A group of native shapes in line with the text; programs that know none show what it says."""
        # LibreOffice takes the box round the shapes for that of the group.
        whole = Placed(Shape("rectangle", 0, 0, 0, 0), 0, 0, placement.w, placement.h, 0, 0, 0)
        told = f'<wp:docPr id="{self._next_id()}" name="Drawing" descr={quoted(drawing.alt)}/>'
        colours = paints("srgbClr", self._hue("deep"), self._hue("ink"), "FFFFFF", light_ink=False)
        shapes = "".join([self._shape(placed, colours) for placed in (whole, *placement.shapes)])
        said = f"{_TEXT}{escaped(drawing.alt)}</w:t>"
        self.body.append(
            f'<w:p><w:pPr>{self._styles["body"]}<w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:r>'
            f"{_in_line(told, placement.w, placement.h, shapes, said)}</w:r></w:p>"
        )

    def _picture(self, picture: Picture) -> None:
        """A picture in line with the text, on a line of its own that stays with the next: its credit."""
        _, _, w, h = (round(n * EMU) for n in frame_in_text(picture, self._template.width / 20))
        number, size = self._next_id(), f'cx="{w}" cy="{h}"'
        told, mute = said_of(picture)
        look = f'{self._styles["body"]}<w:keepNext/><w:spacing w:line="240" w:lineRule="auto"/>'
        self.body.append(
            f"<w:p><w:pPr>{look}</w:pPr><w:r><w:drawing>"
            f'<wp:inline xmlns:wp="{_DRAWING}wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr xmlns:a="{_DRAWING}main" id="{number}" name="Picture" {told}>'
            f'{mute}</wp:docPr><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}main">'
            f'<a:graphicData uri="{_DRAWING}picture"><pic:pic xmlns:pic="{_DRAWING}picture"><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="Picture" {told}>{mute}</pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{self._brought.id(picture)}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r></w:p>"
        )

    def _shape(self, placed: Placed, colours: Mapping[Tone, str]) -> str:
        shape, words, number = placed.shape, "", self._next_id()
        line = shape.form in ("line", "arrow")
        if shape.paragraphs:
            colour = "FFFFFF" if shape.ink == "paper" else self._hue("ink")
            look = f'<w:color w:val="{colour}"/><w:sz w:val="{round(placed.size * 2)}"/>'
            about = (
                f"<w:pPr>{self._styles['body']}"
                '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
                f'<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="{shape.align}"/></w:pPr>'
            )
            set_ = "".join(f"<w:p>{about}{self._runs(spans, look)}</w:p>" for spans in shape.paragraphs)
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

    def _restarted(self, start: int, ticked: bool = False) -> str:
        """What sets a paragraph in a new list that counts from `start`: each numbered list begins anew. One
        to be `ticked` has boxes in place of numbers.
        """
        if not self._template.abstract_list:
            return ""
        level = f'<w:startOverride w:val="{start}"/>'
        if ticked:
            level = (
                '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
                f'<w:lvlText w:val="{MARKS["check"]}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs>'
                f'<w:tab w:val="num" w:pos="{_TO_TICK}"/></w:tabs><w:ind w:left="{_TO_TICK}"'
                f' w:hanging="{_TO_TICK}"/></w:pPr><w:rPr><w:rFonts w:ascii="{_SYMBOLS}"'
                f' w:eastAsia="{_SYMBOLS}" w:hAnsi="{_SYMBOLS}" w:cs="{_SYMBOLS}" w:hint="eastAsia"/>'
                "</w:rPr></w:lvl>"
            )
        number = self._template.next_list + len(self.lists)
        self.lists.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self._template.abstract_list}"/>'
            f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride></w:num>'
        )
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'

    def _table(self, table: Table) -> None:
        widths = self._widths(table)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = [self._row(table.header, widths, "table-heading", "<w:tblHeader/>")]
        empty = sum(map(is_to_write_in, table.rows))
        number = 0
        for row in table.rows:
            if not is_to_write_in(row):
                rows.append(self._row(row, widths, "table-text"))
            else:
                number += 1
                names = field_names(table.header, number, empty)
                least = room_in(row, [w / 20 for w in widths], self._size)
                high = f'<w:trHeight w:val="{round(least * 20)}" w:hRule="atLeast"/>'
                controls = [self._control(name, example=cell) for name, cell in zip(names, row)]
                rows.append(self._row(((),) * len(row), widths, "table-text", high, controls))
        about = self._table_properties.replace("{borders}", self._cells_apart * table.to_write_in)
        if table.to_write_in:
            about = about.replace('w:noHBand="0"', 'w:noHBand="1"').replace('w:val="0420"', 'w:val="0620"')
        self.body.append(f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")

    def _row(
        self,
        cells: Sequence[Spans],
        widths: list[int],
        role: str,
        more: str = "",
        controls: Sequence[str] = (),
    ) -> str:
        drawn = "".join(
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
            f"{self._set(spans, role, before=control)}</w:tc>"
            for spans, width, control in zip(cells, widths, controls or [""] * len(widths), strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{drawn}</w:tr>"

    def _widths(self, table: Table) -> list[int]:
        width = self._template.width
        widths = [round(w * 20) for w in column_widths(table, _FONT, self._size, width / 20)]
        widths[-1] += width - sum(widths)
        return widths


def _in_line(told: str, w: float, h: float, shapes: str, instead: str = "") -> str:
    """A group of shapes in line with the text, `w` by `h` points; `instead` for programs that know none."""
    size = f'cx="{round(w * EMU)}" cy="{round(h * EMU)}"'
    frame = f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/>'
    return (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wpg" xmlns:wpg="{_WORD}Group" xmlns:wps="{_WORD}Shape"><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/>{told}<wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{_DRAWING}main"><a:graphicData uri="{_WORD}Group"><wpg:wgp>'
        f"<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback>{instead}</mc:Fallback></mc:AlternateContent>"
    )
