"""An Office file as plain text: what a reader of it gets, and what it is made of, line by line.

Two builds of a deck differ as text exactly where they differ as decks, so that `git diff` and the golden
tests can show it. A paragraph starts with its mark: `•` or another character for a list, `1.` for a number,
`¶` for none. Levels are indented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.late import dataclass
from toolkit.office.colour import decorative, whole
from toolkit.office.diagrams import diagram_words
from toolkit.office.fields import INSIDE, Field, named
from toolkit.office.opc import A, P, Package, R, W, properties, read_package
from toolkit.office.powerpoint import Deck, Page, Shape
from toolkit.office.word import (
    Document,
    Paragraph,
    Run,
    blocks,
    copies,
    is_on,
    is_on_attribute,
    read,
    stories,
    within,
)
from toolkit.problems import counted

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_POINT = 12_700  # EMU
_HOLDERS = {
    "obj": "content",
    "ctrTitle": "centred title",
    "subTitle": "subtitle",
    "tbl": "table",
    "pic": "picture",
    "sldImg": "slide picture",
}
_HOLDERS |= {"hdr": "header", "ftr": "footer", "sldNum": "number", "dt": "date", "dgm": "diagram"}


def show(path: Path) -> str:
    """A .pptx, .potx, .docx or .dotx as plain text that ends with a line break. Raises Invalid for
    anything else.

    Spaces at which no line ends are shown as spaces, so that words can be looked for as they are typed.
    """
    package = read_package(path)
    lines = _deck(package) if package.kind() == "deck" else _document(package)
    return "\n".join(line.rstrip() for line in lines).replace("\u00a0", " ") + "\n"


def _head(package: Package, kind: str) -> Iterator[str]:
    template = "template" in package.content_type(package.main())
    yield f"{kind}{' template' if template else ''}"
    yield "properties"
    for name, value in properties(package).items():
        yield f"  {name}: {value}"


# ---- decks


def _deck(package: Package) -> Iterator[str]:
    deck = Deck(package)
    root = deck.root
    yield from _head(package, "PowerPoint presentation")
    for name, tag in (("slide size", "sldSz"), ("notes page size", "notesSz")):
        size = root.find(P + tag)
        if size is not None:
            yield f"{name}: {_points(size.get('cx'))} x {_points(size.get('cy'))} pt"
    if root.find(f"{P}modifyVerifier") is not None:
        yield "protected against changes"
    sections = deck.sections()
    if sections:
        yield "sections"
        for name, numbers in sections:
            yield f"  {name}: {_numbers(numbers)}"
    if not deck.parts:
        yield "no slides"
        yield "layouts"
        for master in package.related(deck.main, "slideMaster"):
            for layout in package.related(master, "slideLayout"):
                page = deck.layout(layout)
                yield f"  {page.name or layout}"
                yield from (f"    {_label(shape)}" for shape in page.shapes)
    for page in deck.slides:
        yield ""
        yield f"slide {page.number}: layout {page.layout}{', hidden' if page.hidden else ''}{_timing(page)}"
        for shape in page.shapes:
            yield from _shape(page, shape, "  ")
        notes = page.notes
        if notes:
            yield "  notes page"
            for shape in notes.shapes:
                yield from _shape(notes, shape, "    ")


def _timing(page: Page) -> str:
    after = page.goes_on()
    return f", goes on by itself after {whole(after) / 1000:g} s" if after else ""


def _label(shape: Shape) -> str:
    what = (
        f"{_HOLDERS.get(shape.holder, shape.holder)} placeholder {shape.idx}"
        if shape.holder
        else "text box"
        if shape.kind == "text"
        else shape.kind
    )
    what += f" ({shape.kind})" if shape.holder and shape.kind not in ("text", "shape") else ""
    where = (
        ", at {} {}, {} x {} pt".format(*(round(n / _POINT) for n in astuple(shape.box)))
        if shape.box and shape.moved
        else ""
    )
    alt = f", alternative text: {_flat(shape.alt)}" if shape.alt else ""
    return f"[{what}] {shape.name}{where}{alt}{', decorative' if shape.decorative else ''}"


def _shape(page: Page, shape: Shape, indent: str) -> Iterator[str]:
    yield indent + _label(shape)
    indent += "  "
    table = next(shape.element.iter(f"{A}tbl"), None) if shape.kind == "table" else None
    if table is not None:
        yield from _slide_table(page, table, indent)
    elif shape.kind == "group":
        for child in shape.children:
            yield from _shape(page, child, indent)
    elif shape.kind == "chart":
        yield from _chart(page, shape, indent)
    elif shape.kind == "diagram":
        for said in diagram_words(page.deck.package, page.part, shape.element):
            yield f"{indent}• {said}"
    else:
        for paragraph in shape.element.iterfind(f"{P}txBody/{A}p"):
            yield from _slide_paragraph(page, paragraph, indent, page.bullet(shape, paragraph))


def _slide_paragraph(page: Page, paragraph: Any, indent: str, mark: str) -> Iterator[str]:
    about = paragraph.find(f"{A}pPr")
    text = _slide_runs(page, paragraph)
    if text:
        level = whole(about.get("lvl")) if about is not None else 0
        yield f"{indent}{'  ' * level}{mark or '¶'} {text}"


def _slide_runs(page: Page, paragraph: Any) -> str:
    pieces: list[_Piece] = []
    for run in paragraph:
        if run.tag == f"{A}br":
            pieces.append(_Piece(" / "))
        text = run.findtext(f"{A}t") or ""
        if not text or run.tag not in (f"{A}r", f"{A}fld"):
            continue
        text = f"{{{run.get('type')}}}" if run.tag == f"{A}fld" else text
        about = run.find(f"{A}rPr")
        link = about.find(f"{A}hlinkClick") if about is not None else None
        target = page.rels.get(link.get(f"{R}id") or "") if link is not None else None
        size = f"{whole(about.get('sz')) / 100:g}" if about is not None and about.get("sz") else ""
        bold, italic = (
            (about.get("b") in ("1", "true"), about.get("i") in ("1", "true"))
            if about is not None
            else (False, False)
        )
        pieces.append(
            _Piece(
                text,
                size,
                bold,
                italic,
                target.target if target else "" if link is None else link.get("action") or "#",
            )
        )
    return _marked(pieces)


def _slide_table(page: Page, table: Any, indent: str) -> Iterator[str]:
    about = table.find(f"{A}tblPr")
    rows = table.findall(f"{A}tr")
    header = about is not None and about.get("firstRow") in ("1", "true")
    columns = len(table.findall(f"{A}tblGrid/{A}gridCol"))
    size = f"{counted(len(rows), 'row', 'rows')}, {counted(columns, 'column', 'columns')}"
    yield f"{indent}{size}, {'header row' if header else 'no header row'}"
    for row in rows:
        cells = []
        for cell in row.findall(f"{A}tc"):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                cells.append("(merged)")
            else:
                cells.append(
                    " / ".join(t for p in cell.iterfind(f"{A}txBody/{A}p") if (t := _slide_runs(page, p)))
                )
        yield f"{indent}| {' | '.join(cells)} |"


def _chart(page: Page, shape: Shape, indent: str) -> Iterator[str]:
    c = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    part = next(
        (
            page.rels[e.get(f"{R}id")].target
            for e in shape.element.iter(f"{c}chart")
            if e.get(f"{R}id") in page.rels
        ),
        "",
    )
    if part in page.deck.package.parts:
        for series in page.deck.package.root(part).iter(f"{c}ser"):
            words = [
                [v.text or "" for v in series.iterfind(f"{c}{tag}//{c}v")] for tag in ("tx", "cat", "val")
            ]
            yield f"{indent}series {' '.join(words[0])}: " + ", ".join(
                f"{name} {value}" for name, value in zip(words[1], words[2])
            )


# ---- documents


def _document(package: Package) -> Iterator[str]:
    document = Document(package)
    yield from _head(package, "Word document")
    for part in package.related(document.main, "settings"):
        guard: Any = package.root(part).find(f"{W}documentProtection")
        if is_on_attribute(guard, "enforcement"):
            yield f"protected: {guard.get(f'{W}edit')}"
    body = document.root.find(f"{W}body")
    if body is None:
        return
    yield ""
    yield "body"
    yield from _story(document, body, "  ", document.main)
    for part, element in stories(document):
        yield ""
        name = element.tag.rpartition("}")[2].replace("hdr", "header").replace("ftr", "footer")
        yield f"{name} {part.rpartition('/')[2]}"
        yield from _story(document, element, "  ", part)


def _story(document: Document, parent: Any, indent: str, part: str) -> Iterator[str]:
    rels = {rel.id: rel.target for rel in document.package.rels(part)}
    for block in blocks(parent):
        if block.tag == f"{W}p":
            yield from _paragraph(document, block, indent, rels, part)
        elif block.tag == f"{W}tbl":
            yield from _table(document, block, indent, rels, part)
        else:
            yield _section(block, indent, rels)


def _paragraph(
    document: Document, paragraph: Any, indent: str, rels: dict[str, str], part: str
) -> Iterator[str]:
    said = read(paragraph)
    numbered = document.of_paragraph(said.properties, "numPr")
    name, mark = document.style_name(paragraph) or "no style", ""
    if (
        numbered is not None
        and (number := numbered.find(f"{W}numId")) is not None
        and number.get(f"{W}val") != "0"
    ):
        level = numbered.find(f"{W}ilvl")
        mark = f", list level {whole(level.get(f'{W}val')) + 1 if level is not None else 1}"
    text = _runs(document, said, rels)
    yield f"{indent}[{name}{mark}] {text}"
    twice = copies(paragraph)
    for drawing in paragraph.iter(f"{W}drawing"):
        about = next(drawing.iter(f"{_WP}docPr"), None)
        if about is not None and drawing not in twice:
            place = "floating" if drawing.find(f"{_WP}anchor") is not None else "in line"
            alt = f", alternative text: {_flat(about.get('descr') or '')}" if about.get("descr") else ""
            alt += ", decorative" if decorative(about) else ""
            yield f"{indent}  <drawing {about.get('name') or ''}, {place}{alt}>"
            words = diagram_words(document.package, part, drawing)
            yield from (f"{indent}    • {line}" for line in words)
    boxes = [box for box in paragraph.iter(f"{W}txbxContent") if box not in twice]
    inside = {inner for box in boxes for inner in box.iter(f"{W}txbxContent") if inner is not box}
    for box in boxes:
        if box not in inside:
            yield f"{indent}  <text box>"
            yield from _story(document, box, indent + "    ", part)
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        yield _section(section, indent, rels)


def _runs(document: Document, paragraph: Paragraph, rels: dict[str, str]) -> str:
    """The paragraph's words with marks. A field that counts or tells the day stands as {ITS INSTRUCTION} in
    place of its last result, a link as one, another with its result as {ITS INSTRUCTION: WORDS}."""
    pieces: list[_Piece] = []
    fields: list[_Open] = []
    for run in paragraph.runs:
        if run.element.tag == f"{W}fldSimple":
            if not run.gone:
                pieces.append(_simple(document, run.element, rels))
            continue
        if run.gone and run.change != "deleted":
            continue
        words = ""
        for child in run.element:
            if child.tag == f"{W}fldChar":
                words += _at_mark(child.get(f"{W}fldCharType"), fields)
            elif child.tag in (f"{W}instrText", f"{W}delInstrText"):
                if fields and not fields[-1].shown:
                    fields[-1].said += child.text or ""
            elif all(field.shown and not field.counts for field in fields):
                words += _word(child)
        if words:
            pieces.append(_piece(document, run, words, next((f.link for f in fields if f.link), ""), rels))
    pieces += [_Piece(_at_mark("end", fields)) for _ in list(fields)]
    return _marked(pieces)


@dataclass
class _Open:
    """A field that has begun: its instruction, and whether its result has."""

    said: str = ""
    shown: bool = False

    @property
    def field(self) -> Field:
        return named(self.said)

    @property
    def counts(self) -> bool:
        """Whether its last result says nothing: it is another on each page or day."""
        return self.field.name in _COUNTING

    @property
    def link(self) -> str:
        return self.field.address if self.shown else ""


_COUNTING = ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "PAGEREF", "SEQ", "=", "IF")


def _at_mark(kind: str | None, fields: list[_Open]) -> str:
    """What stands at the begin, the middle or the end of a field."""
    if kind == "begin":
        fields.append(_Open())
    if kind in (None, "begin") or not fields:
        return ""
    field = fields[-1]
    outside = all(other.shown and not other.counts for other in fields[:-1])
    said = " ".join(field.said.split()).replace(INSIDE, "…")
    if kind == "separate":
        field.shown = True
        return f"{{{said}: " if outside and not field.counts and not field.field.address else ""
    fields.pop()
    if not outside or (field.shown and field.field.address):
        return ""
    return "}" if field.shown and not field.counts else f"{{{said}}}"


def _simple(document: Document, element: Any, rels: dict[str, str]) -> _Piece:
    field = named(element.get(f"{W}instr") or "")
    words = "" if field.name in _COUNTING else _runs(document, read(element), rels)
    if field.address and words:
        return _Piece(words, link=field.address)
    return _Piece(f"{{{field.said}{': ' if words else ''}{words}}}")


def _piece(document: Document, run: Run, words: str, address: str, rels: dict[str, str]) -> _Piece:
    """Words of a run and how they look."""
    if run.link is not None:
        address = rels.get(run.link.get(f"{R}id") or "", "") or f"#{run.link.get(f'{W}anchor') or ''}"
    about = run.element.find(f"{W}rPr")
    own, styled, bold, italic = (
        about.find(W + tag) if about is not None else None for tag in ("sz", "rStyle", "b", "i")
    )
    size = f"{whole(own.get(f'{W}val')) / 2:g}" if own is not None else ""
    style = document.style_name(run.element) if styled is not None else ""
    return _Piece(
        words,
        size,
        is_on(bold) or style == "Strong",
        is_on(italic) or style == "Emphasis",
        address,
        run.change,
    )


def _word(child: Any) -> str:
    if child.tag in (f"{W}t", f"{W}delText"):
        return child.text or ""
    name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
    page = child.get(f"{W}type") == "page" if name == "br" else False
    notes = {
        "footnoteReference": f"[note {child.get(f'{W}id')}]",
        "endnoteReference": f"[note {child.get(f'{W}id')}]",
    }
    return {
        "tab": "\t",
        "br": " {page break} " if page else " / ",
        "noBreakHyphen": "\u2011",
        "cr": " / ",
        **notes,
    }.get(name, "")


def _table(document: Document, table: Any, indent: str, rels: dict[str, str], part: str) -> Iterator[str]:
    rows = list(within(table, f"{W}tr", f"{W}tbl"))
    headers = sum(is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows)
    name = document.style_name(table) or "no style"
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    about = table.find(f"{W}tblPr")
    told = [about.find(W + tag) for tag in ("tblCaption", "tblDescription")] if about is not None else []
    alt = "".join(f", alternative text: {_flat(e.get(f'{W}val') or '')}" for e in told if e is not None)
    headed = f"header rows: {headers}" if headers else "no header row"
    size = f"{counted(len(rows), 'row', 'rows')}, {counted(columns, 'column', 'columns')}"
    yield f"{indent}[table, {name}] {size}, {headed}{alt}"
    for row in rows:
        cells, nested = [], []
        for cell in within(row, f"{W}tc", f"{W}tbl"):
            cells.append(
                " / ".join(
                    f"{_quiet(document, block)}{words}"
                    for block in blocks(cell)
                    if block.tag == f"{W}p" and (words := _runs(document, read(block), rels))
                )
            )
            nested += [block for block in blocks(cell) if block.tag == f"{W}tbl"]
        yield f"{indent}  | {' | '.join(cells)} |"
        for inner in nested:
            yield from _table(document, inner, indent + "    ", rels, part)


def _quiet(document: Document, paragraph: Any) -> str:
    """The style of a paragraph in a cell, when it is not the plain one."""
    return f"[{document.style_name(paragraph)}] " if paragraph.find(f"{W}pPr/{W}pStyle") is not None else ""


def _section(section: Any, indent: str, rels: dict[str, str]) -> str:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    said = []
    if size is not None:
        turned = " landscape" if size.get(f"{W}orient") == "landscape" else ""
        said.append(f"{_twips(size, 'w')} x {_twips(size, 'h')} pt{turned}")
    if margins is not None:
        said.append(
            "margins "
            + ", ".join(f"{side} {_twips(margins, side)}" for side in ("top", "right", "bottom", "left"))
        )
    for ref in section.iterfind(f"{W}headerReference"):
        said.append(
            f"{ref.get(f'{W}type')} header {rels.get(ref.get(f'{R}id') or '', '').rpartition('/')[2]}"
        )
    for ref in section.iterfind(f"{W}footerReference"):
        said.append(
            f"{ref.get(f'{W}type')} footer {rels.get(ref.get(f'{R}id') or '', '').rpartition('/')[2]}"
        )
    return f"{indent}[section] " + "; ".join(said)


# ---- words


@dataclass(frozen=True)
class _Piece:
    """A run's words and marks; `size` in points when the run says so itself."""

    text: str
    size: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""
    change: str = ""


_CHANGED = {"": ("", ""), "inserted": ("{+", "+}"), "deleted": ("[-", "-]")}


def _marked(pieces: list[_Piece]) -> str:
    """Runs as one line: **bold**, *italic*, [words](address), each change of an explicit size before it as
    {14}, and tracked changes as {+inserted+} and [-deleted-]."""
    out, now = "", ""
    for (size, bold, italic, link, change), group in groupby(pieces, lambda p: astuple(p)[1:]):
        text = "".join(piece.text for piece in group)
        words, stars = text.strip(), "**" * bold + "*" * italic
        if not words:
            out += text
            continue
        before, _, after = text.partition(words)
        sized = f"{{{size}}}" if size and size != now else ""
        now = size or now
        out += (
            before
            + sized
            + _CHANGED[change][0]
            + (f"[{stars}{words}{stars}]({link})" if link else f"{stars}{words}{stars}")
            + _CHANGED[change][1]
            + after
        )
    return _flat(out) if any(piece.text.strip() for piece in pieces) else ""


def _flat(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " / ").replace("\v", " / ").strip()


def _points(emu: str | None) -> str:
    return f"{whole(emu) / _POINT:g}"


def _twips(element: Any, name: str) -> str:
    return f"{whole(element.get(W + name)) / 20:g}"


def _numbers(numbers: list[int]) -> str:
    """Slides 1 to 4 as "slides 1-4"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    word = "slide" if len(numbers) == 1 else "slides"
    return f"{word} " + ", ".join("-".join(str(n) for n in span) for span in spans) if spans else "no slides"
