"""What shuts readers out of a Word document: its headings, words, drawings and tables."""

from __future__ import annotations

import re
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
from toolkit.office.editing import tree
from toolkit.office.opc import MC, Package, R, W
from toolkit.office.show import properties
from toolkit.office.word import Document, is_on, is_on_attribute, stories

MANY_WORDS = 300  # a document shorter than this is found without headings
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"


def check_document(package: Package) -> Iterator[Finding]:
    """The findings of a document. Raises Invalid for parts that cannot be read."""
    document, about = Document(package), properties(package)
    yield from missing_title(about)
    for part in package.related(document.main, "settings"):
        guard = tree(package, part).find(f"{W}documentProtection")
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
        found += _structure(document, name, root) if root is document.root else []
        found += _story(document, name, part, root, languages, small, silent)
        found += _drawings(name, root)
        found += _tables(document, name, root)
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


def _own(element: Any, *tags: str) -> Iterator[Any]:
    """The elements of some kinds below one, without the second copy that a file keeps for old programs."""
    for each in element.iter(*tags):
        if not any(e.tag == f"{MC}Fallback" for e in each.iterancestors()):
            yield each


def _said(paragraph: Any) -> str:
    """A paragraph's own words, without those of text boxes in it or of deletions."""
    words = []
    for e in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if next(e.iterancestors(f"{W}p")) is paragraph and e.getparent().tag == f"{W}r":
            words.append({f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}.get(e.tag, e.text or ""))
    return "".join(words)


def _where(name: str, number: int, text: str) -> str:
    place = f"{name}, paragraph {number}" if name else f"Paragraph {number}"
    return place + (f", “{cut(text, 40)}”" if text.strip() else "")


def _structure(document: Document, name: str, root: Any) -> Iterator[Finding]:
    """Headings, empty paragraphs and content controls of the body."""
    last, headings, words, filled, blank = 0, 0, 0, 0, 0
    for number, paragraph in enumerate(_own(root, f"{W}p"), 1):
        text, level = _said(paragraph), document.level(paragraph)
        where = _where(name, number, text)
        words, filled = words + len(text.split()), filled + bool(text.strip())
        if level and not text.strip():
            yield Finding(
                "error",
                "Empty heading",
                where,
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
                    "warning", "Skipped heading level", where, message, f"choose the style Heading {last + 1}"
                )
            last, headings = level, headings + 1
        elif text.strip() and _only_bold(document, paragraph, text):
            yield Finding(
                "warning",
                "Heading that is only bold",
                where,
                "it looks like a heading and is not one, so that nobody can jump to it",
                "choose a heading style for it",
            )
        lone = not text.strip() and not any(
            e.tag
            in (
                f"{W}drawing",
                f"{W}pict",
                f"{W}object",
                f"{W}sectPr",
                f"{W}br",
                f"{W}fldChar",
                f"{W}fldSimple",
            )
            for e in paragraph.iter()
        )
        lone = lone and not any(e.tag == f"{W}tc" for e in paragraph.iterancestors())
        blank = blank + 1 if lone else 0
        if blank == 2:
            yield Finding(
                "warning",
                "Repeated blank characters",
                where,
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


def _only_bold(document: Document, paragraph: Any, text: str) -> bool:
    words = text.split()
    inside = any(e.tag in (f"{W}tc", f"{W}txbxContent") for e in paragraph.iterancestors())
    if inside or len(text) > 90 or len(words) > 12 or text.strip().endswith((".", ":", ";", ",")):
        return False
    plain = document.style_name(paragraph).casefold() in (
        "",
        "normal",
        "body text",
        "list paragraph",
        "no spacing",
    )
    runs = [r for r in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in r.iterfind(f"{W}t")).strip()]
    looks = [document.look(run, paragraph) for run in runs]
    return (
        plain
        and not _numbered(document, paragraph)
        and bool(looks)
        and all(look.bold or look.size >= 16 for look in looks)
    )


def _numbered(document: Document, paragraph: Any) -> bool:
    mark = document.of_paragraph(paragraph, "numPr")
    number = mark.find(f"{W}numId") if mark is not None else None
    return number is not None and number.get(f"{W}val") != "0"


def _story(
    document: Document,
    name: str,
    part: str,
    root: Any,
    languages: Counter[str],
    small: dict[float, list[str]],
    silent: list[str],
) -> Iterator[Finding]:
    """Everything about the words of the body, a header or notes."""
    rels = {rel.id: rel.target for rel in document.package.rels(part)}
    links: list[tuple[str, str, str]] = []
    previous = False
    for number, paragraph in enumerate(_own(root, f"{W}p"), 1):
        text = _said(paragraph)
        if not text.strip():
            continue
        where = _where(name, number, text)
        pairs: Counter[tuple[Colour, Colour, bool]] = Counter()
        runs: list[tuple[str, RunLook, bool]] = []
        caps = False
        for run in paragraph.iter(f"{W}r"):
            words = "".join(t.text or "" for t in run.iterfind(f"{W}t"))
            if (
                not words.strip()
                or next(run.iterancestors(f"{W}p")) is not paragraph
                or is_on(document.of_run(run, paragraph, "vanish"))
            ):
                continue
            look, behind = document.look(run, paragraph), document.background(run, paragraph)
            languages[look.language] += len(words) if look.language else 0
            silent += [where] if not look.language and where not in silent[-1:] else []
            if look.size < SMALLEST_IN_PRINT and where not in small.get(look.size, [])[-1:]:
                small.setdefault(look.size, []).append(where)
            if look.colour is not None and behind is not None:
                pairs[look.colour, behind, is_large(look)] += len(words)
            line, italic = document.of_run(run, paragraph, "u"), document.of_run(run, paragraph, "i")
            linked = any(e.tag == f"{W}hyperlink" for e in run.iterancestors())
            runs.append(
                (words, look, linked or is_on(italic) or (line is not None and line.get(f"{W}val") != "none"))
            )
            caps = caps or look.caps
        yield from poor_contrast(where, pairs)
        yield from colour_alone(where, runs)
        typed = TYPED_NUMBER.match(text.strip()) is not None and not _numbered(document, paragraph)
        if (TYPED_MARK.match(text.strip()) and not _numbered(document, paragraph)) or (typed and previous):
            yield Finding(
                "warning",
                "List typed by hand",
                where,
                "it starts with a typed mark, so that nobody hears that it is a list",
                "delete the mark and choose Home, Bullets or Numbering",
            )
        previous = typed
        if re.search(r" {4,}|\t{2,}", text):
            yield Finding(
                "warning",
                "Repeated blank characters",
                where,
                "spaces or tabs in a row make a layout, and each is read out",
                "use a table, a tab stop or an indent",
            )
        aligned = document.of_paragraph(paragraph, "jc")
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
        for link in paragraph.iter(f"{W}hyperlink"):
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
        boxed = any(isinstance(e.tag, str) and e.tag.endswith("}txbxContent") for e in drawing.iter())
        text, marked = (about.get("descr") or about.get("title") or "").strip(), decorative(about)
        if not boxed or text:
            yield from poor_alternative(text, marked, "picture or object", where)
        if drawing.find(f"{_WP}anchor") is not None and not marked and not name:
            yield Finding("error", "Image or object not inline", where, "it floats over the page", hint)
    for picture in _own(root, f"{W}pict", f"{W}object"):
        for shape in picture.iter(f"{_VML}shape", f"{_VML}rect", f"{_VML}oval"):
            where = f"{name + ', ' if name else ''}{shape.get('id') or 'picture'}"
            if "watermark" in (shape.get("id") or "").casefold():
                yield Finding(
                    "warning",
                    "Image watermark",
                    where,
                    "there is a watermark, which makes the words over it hard to read and is not read out itself",
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


def _tables(document: Document, name: str, root: Any) -> Iterator[Finding]:
    for number, table in enumerate(_own(root, f"{W}tbl"), 1):
        where = f"{name + ', ' if name else ''}{'table' if name else 'Table'} {number}"
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        cells = [
            [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tbl")) is table]
            for row in rows
        ]
        texts = [[_content(cell) for cell in row] for row in cells]
        if texts and texts[0]:
            where += f", “{cut(texts[0][0], 40)}”" if texts[0][0] else ""
        if any(e.tag == f"{W}tbl" for e in table.iterancestors()):
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


def _content(cell: Any) -> str:
    text = "".join(t.text or "" for t in cell.iter(f"{W}t")).strip()
    return text or (
        "(picture)"
        if any(True for _ in cell.iter(f"{W}drawing", f"{W}pict", f"{W}fldChar", f"{W}sdt"))
        else ""
    )


def _merged(cell: Any) -> bool:
    span, down = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    return (span is not None and whole(span.get(f"{W}val"), 1) > 1) or (
        down is not None and down.get(f"{W}val") == "restart"
    )


def _shading(cell: Any) -> str:
    shading = cell.find(f"{W}tcPr/{W}shd")
    fill = (shading.get(f"{W}fill") or "") if shading is not None else ""
    return "" if fill.casefold() in ("auto", "ffffff") else fill
