"""What shuts readers out of a Word document: its headings, words, drawings and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from toolkit.office.accessible.findings import (
    CAPITALS,
    SMALLEST_IN_PRINT,
    TYPED_MARK,
    TYPED_NUMBER,
    Finding,
    and_more,
    capitals,
    colour_alone,
    cut,
    is_large,
    missing_title,
    mixed_languages,
    no_language,
    poor_alternative,
    poor_contrast,
    poor_links,
    poor_table,
    poor_words,
    together,
)
from toolkit.office.colour import Colour, RunLook, decorative, whole
from toolkit.office.fields import told
from toolkit.office.opc import Package, R, W, properties
from toolkit.office.word import (
    Document,
    Paragraph,
    copies,
    is_on,
    is_on_attribute,
    paragraphs,
    stories,
    within,
)

HIGH_ROW = 567  # twentieths of a point, 1 cm: an empty row as high as that is there to be written in
MANY_WORDS = 300  # a document shorter than this is found without headings
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWN = (f"{_VML}shape", f"{_VML}rect", f"{_VML}oval")


def check_document(package: Package) -> Iterator[Finding]:
    """The findings of a document. Raises Invalid for parts that cannot be read."""
    document, about = Document(package), properties(package)
    yield from missing_title(about)
    for part in package.related(document.main, "settings"):
        guard: Any = package.root(part).find(f"{W}documentProtection")
        if is_on_attribute(guard, "enforcement") and guard.get(f"{W}edit") != "trackedChanges":
            yield Finding(
                "error",
                "Restricted access",
                "The whole file",
                "the document is protected against changes, which can shut out assistive software",
                "Review, Restrict Editing, Stop Protection",
            )
    texts = [("", document.main, document.root)]
    texts += [
        (
            element.tag.rpartition("}")[2].replace("hdr", "header").replace("ftr", "footer").capitalize(),
            part,
            element,
        )
        for part, element in stories(document)
    ]
    languages: Counter[str] = Counter()
    found: list[Finding] = []
    small: dict[float, list[str]] = {}
    silent: list[str] = []
    for name, part, root in texts:
        every = list(paragraphs(root))
        found += _structure(document, name, root, every) if root is document.root else []
        found += _story(document, name, part, every, languages, small, silent)
        found += _drawings(name, root)
        found += _tables(name, root)
    yield from mixed_languages(languages, about, False)
    if silent:
        yield no_language(and_more(silent))
    for size, places in sorted(small.items()):
        yield Finding(
            "warning",
            "Text size",
            and_more(places),
            f"text of {size:g} points; the smallest that reads well in print is {SMALLEST_IN_PRINT:g}",
            "change the size of the style, so that all of it changes",
        )
    yield from together(found)


def _own(root: Any, *tags: str) -> Iterator[Any]:
    """The elements of some kinds below one, without the second copy that a file keeps for old programs."""
    twice = copies(root)
    return (each for tag in tags for each in root.iter(tag) if each not in twice)


def _where(name: str, number: int, text: str) -> str:
    place = f"{name}, paragraph {number}" if name else f"Paragraph {number}"
    return place + (f", “{cut(text, 40)}”" if text.strip() else "")


_SEEN = tuple(W + tag for tag in ("drawing", "pict", "object", "sectPr", "br", "fldChar", "fldSimple"))


def _structure(document: Document, name: str, root: Any, every: list[Paragraph]) -> Iterator[Finding]:
    """Headings, empty paragraphs and content controls of the body."""
    last, headings, words, filled, blank = 0, 0, 0, 0, 0
    for number, paragraph in enumerate(every, 1):
        text, level = paragraph.said, document.level(paragraph.element, paragraph.properties)
        words, filled = words + len(text.split()), filled + bool(text.strip())
        if level and not text.strip():
            yield Finding(
                "error",
                "Empty heading",
                _where(name, number, text),
                f"a heading of level {level} is empty, and is still read out",
                "delete it, or choose the style Normal",
            )
            continue
        if level:
            if level > last + 1:
                message = (
                    f"a heading of level {level} follows one of level {last}"
                    if headings
                    else f"the first heading is of level {level}"
                )
                yield Finding(
                    "warning",
                    "Skipped heading level",
                    _where(name, number, text),
                    message,
                    f"choose the style Heading {last + 1}",
                )
            last, headings = level, headings + 1
        elif text.strip() and _only_bold(document, paragraph, text):
            yield Finding(
                "warning",
                "Heading that is only bold",
                _where(name, number, text),
                "it looks like a heading and is not one, so that nobody can jump to it",
                "choose a heading style for it",
            )
        lone = (
            not text.strip()
            and not paragraph.cells
            and not any(e.tag in _SEEN for e in paragraph.element.iter())
        )
        blank = blank + 1 if lone else 0
        if blank == 2:
            yield Finding(
                "warning",
                "Repeated blank characters",
                _where(name, number, text),
                "empty paragraphs in a row make space",
                "delete them and set the spacing of the paragraph, or insert a page break",
            )
    if not headings and (words > MANY_WORDS or filled > 10):
        yield Finding(
            "tip",
            "No headings in document",
            "The whole file",
            f"{words:,} words and no heading",
            "choose heading styles for the headings; a screen reader jumps from one to the next",
        )
    for control in root.iter(f"{W}sdt"):
        about = control.find(f"{W}sdtPr")
        if about is None or any(
            about.find(W + tag) is not None
            for tag in ("docPartObj", "docPartList", "group", "citation", "bibliography")
        ):
            continue
        alias = about.find(f"{W}alias")
        if alias is None or not (alias.get(f"{W}val") or "").strip():
            text = "".join(t.text or "" for t in control.iter(f"{W}t"))
            yield Finding(
                "error",
                "Missing content control title",
                f"Content control, “{cut(text, 40)}”",
                "the field does not say what to write in it",
                "Developer, Properties: give it a title",
            )


_PLAIN = ("", "normal", "body text", "list paragraph", "no spacing")


def _only_bold(document: Document, paragraph: Paragraph, text: str) -> bool:
    inside = paragraph.cells or paragraph.boxed
    if inside or len(text) > 90 or text.strip().endswith((".", ":", ";", ",")) or len(text.split()) > 12:
        return False
    if document.style_name(paragraph.element).casefold() not in _PLAIN or _numbered(document, paragraph):
        return False
    under = document.under(paragraph)
    looks = [document.facts(run, paragraph, under).look for run in paragraph.runs if run.words.strip()]
    return bool(looks) and all(look.bold or look.size >= 16 for look in looks)


def _numbered(document: Document, paragraph: Paragraph) -> bool:
    mark = document.of_paragraph(paragraph.properties, "numPr")
    number = mark.find(f"{W}numId") if mark is not None else None
    return number is not None and number.get(f"{W}val") != "0"


def _story(
    document: Document,
    name: str,
    part: str,
    every: list[Paragraph],
    languages: Counter[str],
    small: dict[float, list[str]],
    silent: list[str],
) -> Iterator[Finding]:
    """Everything about the words of the body, a header or notes."""
    rels = {rel.id: rel.target for rel in document.package.rels(part)}
    links: list[tuple[str, str, str]] = []
    previous = False
    for number, paragraph in enumerate(every, 1):
        text = paragraph.said
        if not text.strip():
            continue
        where = _where(name, number, text)
        under = document.under(paragraph)
        pairs: Counter[tuple[Colour, Colour, bool]] = Counter()
        runs: list[tuple[str, RunLook, bool]] = []
        caps = False
        for run in paragraph.runs:
            if not run.words or run.words.isspace():
                continue
            look, behind, hidden, marked = document.facts(run, paragraph, under)
            if hidden:
                continue
            languages[look.language] += len(run.words) if look.language else 0
            silent += [where] if not look.language and where not in silent[-1:] else []
            if look.size < SMALLEST_IN_PRINT and where not in small.get(look.size, [])[-1:]:
                small.setdefault(look.size, []).append(where)
            if look.colour is not None and behind is not None:
                pairs[look.colour, behind, is_large(look)] += len(run.words)
            runs.append((run.words, look, marked or run.link is not None))
            caps = caps or look.caps
        yield from poor_contrast(where, pairs)
        yield from colour_alone(where, runs)
        stripped = text.strip()
        typed = TYPED_NUMBER.match(stripped) is not None and not _numbered(document, paragraph)
        if (TYPED_MARK.match(stripped) and not _numbered(document, paragraph)) or (typed and previous):
            yield Finding(
                "warning",
                "List typed by hand",
                where,
                "it starts with a typed mark, so that nobody hears that it is a list",
                "delete the mark and choose Home, Bullets or Numbering",
            )
        previous = typed
        if "    " in text or "\t\t" in text:
            yield Finding(
                "warning",
                "Repeated blank characters",
                where,
                "spaces or tabs in a row make a layout, and each is read out",
                "use a table, a tab stop or an indent",
            )
        aligned = document.of_paragraph(paragraph.properties, "jc")
        if aligned is not None and aligned.get(f"{W}val") in ("both", "distribute"):
            yield Finding(
                "warning",
                "Justified text",
                where,
                "the text is justified, which leaves uneven gaps",
                "Home, Align Left",
            )
        if caps and len(text.split()) >= CAPITALS:
            yield capitals(where, text)
        else:
            yield from poor_words(where, text)
        links += [(where, *link) for link in told(run.element for run in paragraph.runs).links()]
        for link in paragraph.links:
            words = "".join(t.text or "" for t in link.iter(f"{W}t"))
            links.append(
                (where, words, rels.get(link.get(f"{R}id") or "") or f"#{link.get(f'{W}anchor') or ''}")
            )
    # The page numbers of a table of contents are links of their own, to places inside the document.
    yield from poor_links([link for link in links if not link[2].startswith("#_Toc")])


def _drawings(name: str, root: Any) -> Iterator[Finding]:
    hint = (
        "right-click it, Wrap Text, In Line with Text; otherwise it is read at another place than it is seen"
    )
    for drawing in _own(root, f"{W}drawing"):
        about = next(drawing.iter(f"{_WP}docPr"), None)
        if about is None:
            continue
        where = f"{name + ', ' if name else ''}{about.get('name') or 'picture'}"
        boxed = any(e.tag.endswith("}txbxContent") for e in drawing.iter())
        text, marked = (about.get("descr") or about.get("title") or "").strip(), decorative(about)
        if not boxed or text:
            yield from poor_alternative(text, marked, "picture or object", where)
        if drawing.find(f"{_WP}anchor") is not None and not marked and not name:
            yield Finding("error", "Image or object not inline", where, "it floats over the page", hint)
    for picture in _own(root, f"{W}pict", f"{W}object"):
        for shape in (e for e in picture.iter() if e.tag in _DRAWN):
            where = f"{name + ', ' if name else ''}{shape.get('id') or 'picture'}"
            if "watermark" in (shape.get("id") or "").casefold():
                yield Finding(
                    "warning",
                    "Image watermark",
                    where,
                    "there is a watermark, which makes the words over it hard to read "
                    "and is not read out itself",
                    "say it in words in the header",
                )
            elif next(shape.iter(f"{_VML}textbox"), None) is None and shape.get("alt") is None:
                yield Finding(
                    "error",
                    "Missing alt text",
                    where,
                    "the picture has no alternative text",
                    "right-click it, choose View Alt Text, and write what it tells in a sentence",
                )
            if "position:absolute" in (shape.get("style") or "").replace(" ", "") and not name:
                yield Finding("error", "Image or object not inline", where, "it floats over the page", hint)


def _tables(name: str, root: Any) -> Iterator[Finding]:
    tables = list(_own(root, f"{W}tbl"))
    nested = {inner for table in tables for inner in table.iter(f"{W}tbl") if inner is not table}
    for number, table in enumerate(tables, 1):
        where = f"{name + ', ' if name else ''}{'table' if name else 'Table'} {number}"
        rows = list(within(table, f"{W}tr", f"{W}tbl"))
        cells = [list(within(row, f"{W}tc", f"{W}tbl")) for row in rows]
        texts = [
            [_content(cell) or ("(room to write)" if _is_high(row) else "") for cell in held]
            for row, held in zip(rows, cells)
        ]
        if texts and texts[0]:
            where += f", “{cut(texts[0][0], 40)}”" if texts[0][0] else ""
        if table in nested:
            yield Finding(
                "warning",
                "Use of merged or split cells",
                where,
                "the table stands inside another",
                "make them two tables, one after the other",
            )
        about = table.find(f"{W}tblPr")
        if about is not None and about.find(f"{W}tblpPr") is not None:
            yield Finding(
                "error",
                "Image or object not inline",
                where,
                "text flows round the table",
                "Layout, Properties, Text wrapping: None",
            )
        if len(rows) == 1 and len(cells[0]) == 1:
            continue  # a box round words, not a table of data
        merged = sum(_merged(cell) for row in cells for cell in row)
        yield from poor_table(
            where, texts, merged, bool(rows) and is_on(rows[0].find(f"{W}trPr/{W}tblHeader")), ""
        )
        fills = {fill for row in cells[1:] for cell in row if not _content(cell) and (fill := _shading(cell))}
        if len(fills) > 1:
            yield Finding(
                "warning",
                "Use of colour alone",
                where,
                "cells of the table say something by their colour and hold no words",
                "write a word, such as Done or Late, in each",
            )


_HELD = (f"{W}drawing", f"{W}pict", f"{W}fldChar", f"{W}sdt")


def _content(cell: Any) -> str:
    text = "".join(t.text or "" for t in cell.iter(f"{W}t")).strip()
    return text or ("(picture)" if any(True for tag in _HELD for _ in cell.iter(tag)) else "")


def _is_high(row: Any) -> bool:
    """Whether a row is made high enough to write in by hand."""
    high = row.find(f"{W}trPr/{W}trHeight")
    return high is not None and whole(high.get(f"{W}val"), 0) >= HIGH_ROW


def _merged(cell: Any) -> bool:
    span, down = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    return (span is not None and whole(span.get(f"{W}val"), 1) > 1) or (
        down is not None and down.get(f"{W}val") == "restart"
    )


def _shading(cell: Any) -> str:
    shading = cell.find(f"{W}tcPr/{W}shd")
    fill = (shading.get(f"{W}fill") or "") if shading is not None else ""
    return "" if fill.casefold() in ("auto", "ffffff") else fill
