"""A plan as PDF through typst, without an office suite: notes pages, trainer guide, handout, briefing. Tagged PDF/UA-1.

Words go to the template (`pdf.typ`, which never changes) as JSON, so nothing in a review can be taken for typst's own marks. The fonts
are the toolkit's own, Liberation Sans (as wide as Arial), DejaVu Sans and Noto Emoji for what it lacks, so every computer makes the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from io import BytesIO
from itertools import groupby
from typing import Any, assert_never

import typst
from pptx import Presentation

from toolkit.brand import CLEAR_PRINT, EMU, SMALLEST_IN_NOTES, Brand, Look, Slot
from toolkit.fit import note_blocks
from toolkit.pages import clock
from toolkit.plan import Block, Blocks, Bullets, Heading, Page, Paragraph, Plan, Quotation, Span, Spans, Table, Timeline, text, words
from toolkit.problems import Invalid, Problem
from toolkit.render.pptx import footer_words
from toolkit.typeset import CELL, LINE, MARKS, advance, column_widths, height, inner, paras, row_heights, timeline_heights

FONT = "Arial"  # for measuring; Liberation Sans has the same widths
TEXT_WIDTH = 493.2  # points: A4 without margins of 1.8 cm, as in pdf.typ
BESIDE_SLIDE = 206.9  # points: what the picture of a slide, 9.6 cm wide, and a gap of 0.5 cm leave of that
KEPT = 400.0  # points, just over half a page; what is lower is not broken over two pages
SHORT = 75  # letters of a title that fit one line over a page
CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3

Json = dict[str, Any]


def render(plan: Plan, brand: Brand) -> bytes:
    """The PDF that a plan is printed as: a deck's notes pages, or a briefing."""
    return briefing(plan, brand) if all(p.layout == "part" for p in plan.pages) else notes_pages(plan, brand)


def notes_pages(plan: Plan, brand: Brand, size: float = CLEAR_PRINT) -> bytes:
    """A deck's notes pages on A4: each shown slide, drawn small, over its trainer notes at `size` points, on as many pages as they need.

    Slides have the numbers that they have in PowerPoint, where hidden ones count. Raises Invalid for a character that no font has.
    """
    paint = _paint(brand)
    footer = footer_words(plan, brand)
    slides = []
    for number, page in enumerate(plan.pages, 1):
        if not page.hidden:
            when = f"{clock(page.start)} to {clock(page.start + page.minutes)}" if page.minutes else ""
            notes = list(_blocks(note_blocks(page.notes, plan.wording), TEXT_WIDTH, size))
            _close_gaps(notes, 1)
            heading = _spans((Span(page.title),), BESIDE_SLIDE, max(15.0, size * 1.1), True)
            picture = _slide(page, brand, paint, footer, number)
            short = page.title if len(page.title) <= SHORT else page.title[:SHORT].rsplit(" ", 1)[0] + " …"
            slides.append({"number": number, "title": page.title, "short": short, "heading": heading, "section": page.section, "when": when, "slide": picture, "notes": notes})
    return _compile(plan, {"look": "notes", "size": size, "colours": paint.colours, "slides": slides})


def trainer_guide(plan: Plan, brand: Brand, size: float = SMALLEST_IN_NOTES) -> bytes:
    """A deck as a document to prepare from: running clock, each slide's words and notes, sources. Raises Invalid as `notes_pages` does."""
    content: list[Json] = []
    sources: list[Json] = []
    for part, (section, pages) in enumerate(_sections(plan), 1):
        content.append(_heading(1, section, f"part-{part}"))
        for number, page in pages:
            content.append(_heading(2, plan.wording("slide-titled", number=number, title=page.title)))
            if on_slide := list(_slots(page, TEXT_WIDTH - 24, size, 3)):
                content.append({"kind": "box", "title": plan.wording["on-the-slide"], "blocks": on_slide, "keep": _page_height(page, TEXT_WIDTH - 24, size) < KEPT})
            for note in page.notes:
                listed = tuple(b for b in note.blocks if _is_source_list(b))
                sources += _blocks(listed, TEXT_WIDTH, size)
                if kept := tuple(b for b in note.blocks if b not in listed):
                    content += _blocks(note_blocks((replace(note, blocks=kept),), plan.wording), TEXT_WIDTH, size, 3)
                elif listed:
                    content += _blocks(note_blocks((replace(note, blocks=(_said(plan.wording["sources-at-end"]),)),), plan.wording), TEXT_WIDTH, size, 3)
    if sources:
        content += [_heading(1, plan.wording["sources"], "part-sources"), *sources]
    _close_gaps(content, 0)
    return _compile(plan, _document("guide", plan, brand, content, size) | {"name": plan.wording["trainer-guide"], "contents": _contents(plan, bool(sources))})


def handout(plan: Plan, brand: Brand, size: float = SMALLEST_IN_NOTES) -> bytes:
    """A deck as a handout for those who take part: the slides' words and room to write, nothing of the trainer's notes.

    Raises Invalid if a sentence of the notes has come into it, and as `notes_pages` does.
    """
    content: list[Json] = []
    for section, pages in _sections(plan):
        shown = [page for _, page in pages if page.layout != "title"]
        if shown:
            content.append(_heading(1, section))
        for page in shown:
            blocks = [_heading(2, page.title), *_slots(page, TEXT_WIDTH, size, 3)]
            if page.minutes and page.layout in ("content", "two-columns", "timeline", "quotation", "activity"):
                blocks.append({"kind": "lines", "title": plan.wording["my-notes"], "count": 6 if page.layout == "activity" else 3})
            content.append({"kind": "group", "blocks": blocks, "keep": _page_height(page, TEXT_WIDTH, size) < KEPT})
    _close_gaps(content, 0)
    if found := leaks(plan, "\n".join(_strings(content))):
        place = plan.pages[0].place
        raise Invalid([Problem(place, f"the handout would show words of the trainer's notes: “{s}”", "this is a fault of the toolkit; please report it") for s in found])
    return _compile(plan, _document("handout", plan, brand, content, size) | {"name": plan.wording["handout"]})


def briefing(plan: Plan, brand: Brand, size: float = SMALLEST_IN_NOTES) -> bytes:
    """A briefing on A4: title block, a heading for each page of the plan, tables whose header rows repeat. Raises Invalid as `notes_pages` does."""
    content: list[Json] = []
    sections = list(_sections(plan))
    top = 1 if len(sections) == 1 else 2
    for section, pages in sections:
        if top == 2:
            content.append(_heading(1, section))
        for _, page in pages:
            content.append(_heading(top, page.title))
            content += _slots(page, TEXT_WIDTH, size, top + 1)
    _close_gaps(content, 0)
    return _compile(plan, _document("briefing", plan, brand, content, size))


def leaks(plan: Plan, printed: str) -> list[str]:
    """The sentences of the trainer notes that stand in a printed text and on no slide; line breaks and spaces make no difference.

    Sentences of one or two words are not looked for: they are names and labels, which slides share.
    """
    public = _squeezed("\n".join([plan.title, plan.subtitle, plan.board, *(t for p in plan.pages for t in (p.title, p.section, *(words(b) for _, b in p.slots)))]))
    there = _squeezed(printed)
    found = []
    for page in plan.pages:
        for line in "\n".join(words(note.blocks) for note in page.notes).splitlines():
            for sentence in re.split(r"(?<=[.!?])\s+", line):
                key = _squeezed(sentence)
                if len(sentence.split()) > 2 and key in there and key not in public:
                    found.append(sentence.strip())
    return list(dict.fromkeys(found))


def _squeezed(value: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]+", "", value).casefold()


# ---------------------------------------------------------------------------------------------- blocks


def _blocks(blocks: Blocks, width: float, size: float, top: int = 2) -> Iterator[Json]:
    """Blocks as the template reads them, in a column of `width` points. A heading of level 2 becomes one of level `top`."""
    for boxed, group in groupby(blocks, lambda b: isinstance(b, Paragraph) and b.role == "callout"):
        if boxed:
            lines = [b for b in group if isinstance(b, Paragraph)]
            yield {"kind": "callout", "paragraphs": [_spans(b.spans, width - 24, size) for b in lines], "keep": _height(tuple(lines), width - 24, size) < KEPT}
        else:
            yield from (_block(block, width, size, top) for block in group)


def _block(block: Block, width: float, size: float, top: int) -> Json:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level - 2 + top, "spans": _spans(block.spans, width, size + 3, True), "label": ""}
    if isinstance(block, Bullets):
        indent = 1.8 * size
        return {"kind": "list", "mark": MARKS.get(block.kind, ""), "start": block.start, "items": [_spans(item, width - indent, size) for item in block.items]}
    if isinstance(block, Quotation):
        return {"kind": "quotation", "spans": _spans(block.spans, width - 20 - 2 * size, size + 1)}
    if isinstance(block, Paragraph):
        inside = width - (24 if block.role == "label" else 0)
        return {"kind": "paragraph", "role": block.role, "spans": _spans(block.spans, inside, size), "keep": _height((block,), inside, size) < KEPT}
    if isinstance(block, Table):
        return _table(replace(block, widths=()), width, size)
    if isinstance(block, Timeline):
        first = width * 0.28
        events = [
            {
                "when": _spans((Span(when),), first - 14.4, size, True),
                "what": _spans(what, width - first - 24, size),
                "keep": _height((Paragraph(what),), width - first - 24, size) < KEPT,
            }
            for when, what in block.events
        ]
        return {"kind": "timeline", "first": first, "events": events}
    assert_never(block)


def _table(table: Table, width: float, size: float) -> Json:
    widths = column_widths(table, FONT, size, width)
    rows = [[_spans(cell, w - 2 * CELL[0], size, n == 0) for cell, w in zip(row, widths)] for n, row in enumerate((table.header, *table.rows))]
    heights = row_heights(replace(table, widths=tuple(widths)), Look(size, FONT), width, size)
    return {"kind": "table", "widths": widths, "header": rows[0], "rows": rows[1:], "keep": [h < KEPT for h in heights[1:]]}


def _spans(spans: Spans, width: float, size: float, bold: bool = False) -> list[Json]:
    return [{"pieces": _pieces(s.text, width, size, bold or s.bold), "bold": s.bold, "italic": s.italic, "link": s.link} for s in spans]


def _pieces(value: str, width: float, size: float, bold: bool) -> list[str]:
    """A text, cut between the letters of any word that is wider than its column: typst breaks lines only between words."""
    pieces = [""]
    for part in re.split(r"(\s+)", value):
        if advance(part, FONT, bold) * size > width:
            pieces += [*re.findall("(?s).[\u0300-\u036f]*", part), ""]  # a letter with its accents
        else:
            pieces[-1] += part
    return [p for p in pieces if p]


def _heading(level: int, title: str, label: str = "") -> Json:
    """A heading in plain words. One with a label is named in the table of contents."""
    return {"kind": "heading", "level": level, "spans": _spans((Span(title),), TEXT_WIDTH, 20.0, True), "label": label}


def _said(sentence: str) -> Paragraph:
    return Paragraph((Span(sentence),))


def _close_gaps(content: list[Json], level: int) -> int:
    """Raises headings, in reading order, that leave out a level; `level` is the one before them."""
    for block in content:
        if block["kind"] == "heading":
            level = block["level"] = min(block["level"], level + 1)
        for inside in block.get("columns", [block["blocks"]] if "blocks" in block else []):
            level = _close_gaps(inside, level)
    return level


def _slots(page: Page, width: float, size: float, top: int) -> Iterator[Json]:
    """A slide's words as a document has them: columns side by side, a question set apart, label and source as such."""
    for name, blocks in page.slots:
        if name == "right" and page.slot("left"):
            continue
        if name == "left" and page.slot("right"):
            half = (width - 12) / 2 - 24
            columns = [list(_blocks(page.slot(side), half, size, top)) for side in ("left", "right")]
            yield {"kind": "columns", "columns": columns, "keep": max(_height(page.slot(side), half, size) for side in ("left", "right")) < KEPT}
        elif name == "question":
            yield from _blocks(tuple(replace(b, role="callout") if isinstance(b, Paragraph) else b for b in blocks), width, size, top)
        elif name == "quotation":
            yield from _blocks(tuple(Quotation(b.spans) if isinstance(b, Paragraph) else b for b in blocks), width, size, top)
        elif name in ("label", "source", "badge"):
            for block in _blocks(blocks, width, size, top):
                yield block | {"role": name} if block["kind"] == "paragraph" else block
        else:
            yield from _blocks(blocks, width, size, top)


def _page_height(page: Page, width: float, size: float) -> float:
    """About how high a slide's words stand in a document, in points."""
    return sum(_height(blocks, (width / 2 - 30) if name in ("left", "right") else width, size) / (2 if name in ("left", "right") else 1) for name, blocks in page.slots)


def _height(blocks: Blocks, width: float, size: float) -> float:
    look = Look(size, FONT, before=size * 0.8)
    total = 0.0
    for block in blocks:
        upright = tuple(Paragraph(what) for _, what in block.events) if isinstance(block, Timeline) else (block,)
        total += height(upright, look, width * 0.68 if isinstance(block, Timeline) else width, size) + size
    return total


# ---------------------------------------------------------------------------------------------- whole documents


def _sections(plan: Plan) -> Iterator[tuple[str, list[tuple[int, Page]]]]:
    """The shown pages by section, each with its number among all pages."""
    found: list[tuple[str, list[tuple[int, Page]]]] = []
    for number, page in enumerate(plan.pages, 1):
        if not page.hidden:
            if not found or found[-1][0] != page.section:
                found.append((page.section, []))
            found[-1][1].append((number, page))
    yield from found


def _contents(plan: Plan, sources: bool) -> list[Json]:
    """The lines of the table of contents: part, label of its heading, when it starts and how long it takes."""
    rows = []
    for part, (section, pages) in enumerate(_sections(plan), 1):
        minutes = sum(page.minutes for _, page in pages)
        rows.append({"part": section, "label": f"part-{part}", "start": clock(pages[0][1].start) if minutes else "–", "minutes": str(minutes) if minutes else "–"})
    if sources:
        rows.append({"part": plan.wording["sources"], "label": "part-sources", "start": "–", "minutes": "–"})
    return rows


def _is_source_list(block: object) -> bool:
    """Whether a block is the numbered list of sources, "[1] Title. Publisher …", that the cites of a plan refer to."""
    return isinstance(block, Bullets) and all(re.match(r"\[\d+\] ", text(item)) for item in block.items)


def _document(look: str, plan: Plan, brand: Brand, content: list[Json], size: float) -> Json:
    return {"look": look, "size": size, "colours": _paint(brand).colours, "content": content, "contents": [], "name": ""}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list):
        if value and all(isinstance(v, dict) and "pieces" in v for v in value):
            yield "".join(piece for span in value for piece in span["pieces"])
        else:
            for v in value:
                yield from _strings(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from _strings(v)


def _compile(plan: Plan, document: Json) -> bytes:
    """The PDF of a document, with the first day of the edition as its date."""
    year, month, day = (*(int(part) for part in plan.edition.split("-")), 1, 1)[:3]
    language, _, region = plan.language.partition("-")
    document |= {
        "title": plan.title,
        "subtitle": plan.subtitle,
        "board": plan.board,
        "edition": plan.wording.date(plan.edition),
        "date": [year, month, day],
        "language": language,
        "region": region or None,
        "words": dict(plan.wording),
    }
    here = resources.files("toolkit")
    with resources.as_file(here / "fonts") as fonts:
        own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        compiler = typst.Compiler((here / "render" / "pdf.typ").read_bytes(), root=str(fonts), font_paths=own, sys_inputs={"plan": json.dumps(document)})
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=datetime(year, month, day, tzinfo=UTC))
        except typst.TypstError as error:
            missing = re.findall(r'the text `"(.+?)"` could not be displayed', error.diagnostic)
            if not missing:
                raise
            raise Invalid([_unprintable(plan, m) for m in dict.fromkeys(missing)]) from None
    assert isinstance(pdf, bytes)
    return pdf


def _unprintable(plan: Plan, character: str) -> Problem:
    place = next((p.place for p in plan.pages if character in repr((p.title, p.slots, p.notes))), plan.pages[0].place)
    return Problem(place, f"no font of the PDF has the character “{character}”", "write it in letters, or print from PowerPoint or Word")


# ---------------------------------------------------------------------------------------------- slides, drawn small


@dataclass(frozen=True)
class _Paint:
    """What a brand's deck template is painted with: theme colours by name, our own few by what they are for, and its layouts."""

    theme: dict[str, str]
    colours: dict[str, str]
    layouts: tuple[Any, ...]


_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MAPPED = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}  # what nearly every template's clrMap says
_PLAIN = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "1F2A30", "lt2": "F4F2EE", "accent1": "2F6F86", "accent2": "8A5200"}


def _paint(brand: Brand) -> _Paint:
    from lxml import etree

    presentation = Presentation(BytesIO(brand.deck))
    theme = dict(_PLAIN)
    part = next((r.target_part for r in presentation.slide_masters[0].part.rels.values() if r.reltype.endswith("/theme")), None)
    scheme = etree.fromstring(part.blob).find(f".//{_A}clrScheme") if part is not None else None
    for slot in scheme if scheme is not None else ():
        if isinstance(slot.tag, str) and len(slot):
            theme[slot.tag.removeprefix(_A)] = str(slot[0].get("lastClr") or slot[0].get("val"))
    theme = {name: value for name, value in theme.items() if re.fullmatch("[0-9A-Fa-f]{6}", value)}
    paper = "FFFFFF"
    ink = _readable(theme["dk1"], paper, 7.0)
    deep = _readable(theme.get(_MAPPED.get(brand.accent, brand.accent), theme["dk2"]), paper, 7.0)
    edge = theme["accent1"] if _contrast(theme["accent1"], paper) >= 3 else deep
    stone = theme["lt2"] if _contrast(theme["lt2"], ink) >= 9 else "F4F2EE"
    warning = theme["accent2"] if _contrast(theme["accent2"], paper) >= 3 else ink
    colours = {"ink": ink, "deep": deep, "edge": edge, "stone": stone, "warning": warning, "straw": _mixed(warning, paper, 0.12), "muted": _mixed(ink, paper, 0.82)}
    colours |= {"link": _readable(theme.get("hlink", deep), stone), "line": _mixed(ink, paper, 0.45)}
    return _Paint(theme, {name: "#" + value for name, value in colours.items()}, tuple(layout for master in presentation.slide_masters for layout in master.slide_layouts))


def _slide(page: Page, brand: Brand, paint: _Paint, footer: str, number: int) -> Json:
    """A slide as rectangles and texts at its own size, in points: the template makes it small."""
    layout = brand.layout(page.layout)
    source = paint.layouts[layout.position]
    slots = layout.used([name for name, _ in page.slots])
    ground = _ground(source, paint.theme)
    bands = list(_bands(source, paint.theme))
    contents: list[tuple[Slot, Blocks]] = [(slots["title"], (_said(page.title),))]
    contents += [(slots[name], blocks) for name, blocks in page.slots]
    contents += [(slots[name], (_said(value),)) for name, value in (("footer", footer), ("number", str(number))) if name in slots]
    shapes = []
    for slot, blocks in contents:
        look = _shape_look(slot, source, paint.theme)
        under = look["fill"] or next((b["fill"] for b in reversed(bands) if _covers(b, slot)), ground)
        shapes.append(_box(slot) | look | {"ink": "#" + _readable(look["ink"], under)} | _inside(slot, blocks, page, look["bold"]))
        shapes[-1]["accent"] = "#" + _readable(paint.colours["deep"][1:], under)
    for shape in (*bands, *shapes):
        shape["fill"] = shape["fill"] and "#" + shape["fill"]
    return {"w": brand.slide.w / EMU, "h": brand.slide.h / EMU, "ground": "#" + ground, "bands": bands, "shapes": shapes}


def _box(slot: Slot) -> Json:
    return {"x": slot.box.x / EMU, "y": slot.box.y / EMU, "w": slot.box.w / EMU, "h": slot.box.h / EMU, "insets": [i / EMU for i in slot.look.insets]}


def _covers(band: Json, slot: Slot) -> bool:
    x, y = (slot.box.x + slot.box.w / 2) / EMU, (slot.box.y + slot.box.h / 2) / EMU
    return bool(band["x"] <= x <= band["x"] + band["w"] and band["y"] <= y <= band["y"] + band["h"])


def _inside(slot: Slot, blocks: Blocks, page: Page, bold: bool) -> Json:
    """What stands in a slot, at the size that `fit` chose or, on a page not fitted, at the largest that fits."""
    look = replace(slot.look, bold=bold or slot.look.bold)
    width, room = inner(slot.box, look)
    size = page.size(slot.name) or look.size
    while size > 4 and height(blocks, look, width, size) > room:
        size -= 1
    first = blocks[0] if len(blocks) == 1 else None
    if isinstance(first, Table):
        table = _table(replace(first, widths=first.widths or tuple(column_widths(first, FONT, size, width))), width, size)
        heights = row_heights(first, look, width, size)
        airy = max(0.0, min(14.0, (room * 0.95 - sum(heights)) / len(heights)))
        return {"what": "table", "size": size, "heights": [h + airy for h in heights], "table": table}
    if isinstance(first, Timeline):
        dates, events = timeline_heights(first, look, width, size)
        column = width / len(first.events) - 2 * CELL[0]
        cells = [[_spans((Span(when),), column, size, True), _spans(what, column, size)] for when, what in first.events]
        return {"what": "timeline", "size": size, "dates": dates, "below": events, "down": max(0.0, min((room - dates - events) * 0.3, 36.0)), "events": cells}
    set_ = [
        {
            "spans": _spans(p.spans, width - p.indent, p.size, look.bold),
            "kind": p.kind,
            "size": p.size,
            "before": p.before,
            "indent": p.indent,
            "mark": f"{p.number}." if p.number else MARKS.get(p.kind, ""),
        }
        for p in paras(blocks, look, size)
    ]
    return {"what": "text", "size": size, "pitch": LINE * look.line, "bold": look.bold, "paragraphs": set_}


def _shape_look(slot: Slot, layout: Any, theme: dict[str, str]) -> Json:
    """How a placeholder is painted: fill, outline, hard shadow (the coloured edge of a card), anchor, alignment, ink."""
    chain = _chain(slot, layout)
    levels = [level for like in chain if (level := like.find(f".//{_A}lstStyle/{_A}lvl1pPr")) is not None]
    styles = layout.slide_master.element.find(f"{_P}txStyles/{_P}{'titleStyle' if slot.name == 'title' else 'bodyStyle'}/{_A}lvl1pPr")
    levels += [styles] if styles is not None and slot.idx is not None else []
    runs = [run for level in levels if (run := level.find(f"{_A}defRPr")) is not None]
    properties = [p for like in chain if (p := like.find(f"{_P}spPr")) is not None]
    anchors = [a for like in chain if (body := like.find(f"{_P}txBody/{_A}bodyPr")) is not None and (a := body.get("anchor"))]
    shadow = next((s for p in properties if (s := p.find(f"{_A}effectLst/{_A}outerShdw")) is not None and s.get("blurRad", "0") == "0"), None)
    line = next((ln for p in properties if (ln := p.find(f"{_A}ln")) is not None), None)
    return {
        "fill": next((c for p in properties if (c := _solid(p, theme))), ""),
        "line": f"#{c}" if line is not None and (c := _solid(line, theme)) else "",
        "shadow": _shadow(shadow, theme) if shadow is not None else None,
        "anchor": {"ctr": "horizon", "b": "bottom"}.get(anchors[0] if anchors else "t", "top"),
        "align": {"r": "right", "ctr": "center"}.get(next((a for level in levels if (a := level.get("algn"))), "l"), "left"),
        "ink": next((c for run in runs if (c := _solid(run, theme))), theme["dk1"]),
        "bold": next((b in ("1", "true") for run in runs if (b := run.get("b"))), False),
    }


def _chain(slot: Slot, layout: Any) -> list[Any]:
    """The placeholder of a slot and its like on the master; none for a text box of ours."""
    own = [p.element for p in layout.placeholders if slot.idx is not None and p.placeholder_format.idx == slot.idx]
    like = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "tbl": "body"}.get(slot.type, slot.type)
    masters = [p.element for p in layout.slide_master.placeholders if (p.element.ph.get("type") or "obj") == like]
    return [*own[:1], *masters[:1]] if own else []


def _shadow(shadow: Any, theme: dict[str, str]) -> Json:
    from math import cos, radians, sin

    distance, angle = int(shadow.get("dist", "0")) / EMU, radians(int(shadow.get("dir", "0")) / 60_000)
    return {"dx": round(distance * cos(angle), 2), "dy": round(distance * sin(angle), 2), "fill": "#" + (_colour(shadow, theme) or theme["dk2"])}


def _ground(layout: Any, theme: dict[str, str]) -> str:
    for holder in (layout, layout.slide_master):
        back = holder.element.find(f"{_P}cSld/{_P}bg")
        if back is not None:
            properties, reference = back.find(f"{_P}bgPr"), back.find(f"{_P}bgRef")
            colour = _solid(properties, theme) if properties is not None else _colour(reference, theme) if reference is not None else ""
            if colour:
                return colour
    return theme["lt1"]


def _bands(layout: Any, theme: dict[str, str]) -> Iterator[Json]:
    """The filled rectangles that a layout and its master draw behind the text. Pictures and freeforms are left out."""
    holders: Iterable[Any] = (layout,) if layout.element.get("showMasterSp") in ("0", "false") else (layout.slide_master, layout)
    for holder in holders:
        for shape in holder.element.iterfind(f"{_P}cSld/{_P}spTree/{_P}sp"):
            properties = shape.find(f"{_P}spPr")
            extent = properties.find(f"{_A}xfrm/{_A}ext") if properties is not None else None
            geometry = properties.find(f"{_A}prstGeom") if properties is not None else None
            if (
                shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph") is None
                and extent is not None
                and geometry is not None
                and geometry.get("prst") == "rect"
                and (colour := _solid(properties, theme))
            ):
                offset = properties.find(f"{_A}xfrm/{_A}off")
                yield {"x": int(offset.get("x")) / EMU, "y": int(offset.get("y")) / EMU, "w": int(extent.get("cx")) / EMU, "h": int(extent.get("cy")) / EMU, "fill": colour}


def _solid(element: Any, theme: dict[str, str]) -> str:
    """The colour of an element's own solidFill, or empty."""
    fill = element.find(f"{_A}solidFill")
    return _colour(fill, theme) if fill is not None else ""


def _colour(holder: Any, theme: dict[str, str]) -> str:
    """The colour inside a fill as six hexadecimal digits, with its lumMod and lumOff; empty for one that is neither RGB nor of the theme."""
    rgb, scheme = holder.find(f"{_A}srgbClr"), holder.find(f"{_A}schemeClr")
    element = rgb if rgb is not None else scheme
    if element is None:
        return ""
    name = str(element.get("val"))
    value = name if rgb is not None else theme.get(_MAPPED.get(name, name), "")
    if not re.fullmatch("[0-9A-Fa-f]{6}", value):
        return ""
    factor, offset = (int(found.get("val")) / 100_000 if (found := element.find(f"{_A}{tag}")) is not None else default for tag, default in (("lumMod", 1.0), ("lumOff", 0.0)))
    return _mixed(_mixed(value, "000000", factor), "FFFFFF", 1 - offset)


def _mixed(colour: str, other: str, share: float) -> str:
    """`share` of a colour and the rest of the other."""
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in zip(bytes.fromhex(colour), bytes.fromhex(other)))


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (c / 255 for c in bytes.fromhex(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(colour: str, ground: str, least: float = CONTRAST) -> str:
    """The colour, or near-black or white where it cannot be read on its ground."""
    return colour if _contrast(colour, ground) >= least else max(("1F2A30", "FFFFFF"), key=lambda c: _contrast(c, ground))
