"""Who cannot read this file, and why: Microsoft's Accessibility Checker rules by the names that Office shows, and those it does not have.

Rules and their levels: Microsoft, "Rules for the Accessibility Checker"; Web Content Accessibility Guidelines 2.2; for print, the UK
Association for Accessible Formats' clear print. What a program cannot see is left to a person: words inside pictures, and whether an
alternative text tells what the picture tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from toolkit.looks import EMU, ON, Colour, Deck, Document, Page, RunLook, Shape, contrast, decorative, is_on, to_hex, whole
from toolkit.opc import MC, A, P, Package, R, W, read_package
from toolkit.show import is_on_attribute, properties, stories

SMALLEST_ON_SLIDES = 18.0  # points; Microsoft's advice for slides
SMALLEST_IN_PRINT = 12.0  # points; clear print. Notes pages and documents are printed
LONGEST_ALT = 250  # characters; Microsoft's advice is one or two sentences
LONGEST_TITLE = 120
CAPITALS = 4  # words in a row; a heading of two capitals is an abbreviation
MANY_WORDS = 300  # a document shorter than this is found without headings

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"

_VAGUE = "here|click|click here|click this|click this link|link|this link|this|this page|page|this site|website|web page|site|url|address|go|more|read more|learn more"
_VAGUE += "|see more|find out more|more info|more information|info|information|details|further details|download|view|open|document|report|continue|pdf"
_FILE = re.compile(r"\.(png|jpe?g|gif|svg|bmp|tiff?|emf|wmf|webp|heic|mp4|wav)\b", re.I)
_EMPTY_ALT = re.compile(r"(an? )?(image|picture|photo(graph)?|graphic|chart|graph|diagram|figure|img|logo|icon|screenshot|object|shape|group|table|slide)?[\s_-]*\d*\.?", re.I)
_EMPTY_TITLE = re.compile(r"(powerpoint presentation|presentation\d*|document\d*|word document|untitled.*|title|microsoft (word|powerpoint).*|new document|default|slide 1)", re.I)
_DEFAULT_SECTION = re.compile(r"(default section|untitled section|section \d+|)", re.I)
_TYPED_MARK = re.compile(r"[-–—*•·▪◦○●‣➢]\s+\S")
_TYPED_NUMBER = re.compile(r"\(?(\d{1,2}|[a-z])[.)]\s+\S")
_COLOUR = "red|green|amber|yellow|blue|orange|purple|pink|grey|gray|coloured|colored"
_COLOUR_WORDS = re.compile(
    rf"\b((shown|marked|highlighted|written|printed|coloured|colored|shaded|words|text|items|rows|cells|boxes|those)( are)? in (the )?({_COLOUR})|the ({_COLOUR}) (text|words|boxes|box|items|rows|cells))\b",
    re.I,
)
_SMALL_PRINT = re.compile(r"(source|citation|reference|footnote|copyright|credit)", re.I)


@dataclass(frozen=True)
class Finding:
    """Something that shuts a reader out: `rule` as Office's pane calls it (or we, for what Office does not see), `where`, and what to do.

    An error keeps somebody from the content, a warning makes it hard, a tip would make it easier.
    """

    level: Literal["error", "warning", "tip"]
    rule: str
    where: str
    message: str
    hint: str


def check_accessible(path: Path) -> list[Finding]:
    """Everything found in a .pptx, .potx, .docx or .dotx, in reading order; the file as a whole comes first. Raises Invalid for anything else."""
    package = read_package(path)
    return list(_deck(package) if package.kind() == "deck" else _document(package))


# ---- both


def _title(package: Package, about: dict[str, str]) -> Iterator[Finding]:
    title = about.get("title", "").strip()
    hint = "in File, Info, Properties write a title that says what it is about; screen readers and browser tabs show it"
    if not title:
        yield Finding("error", "Missing document title", "Properties", "the file has no title", hint)
    elif _EMPTY_TITLE.fullmatch(title):
        yield Finding("error", "Missing document title", "Properties", f"the title “{title}” says nothing", hint)


def _alternative(text: str, marked: bool, what: str, where: str) -> Iterator[Finding]:
    """Whether a picture or object has words that stand for it."""
    hint = "right-click it, choose View Alt Text, and write what it tells in a sentence, or tick Mark as decorative"
    if marked and not text:
        return
    if marked:
        yield Finding("tip", "Alternative text quality", where, f"the {what} is marked as decorative and still has an alternative text", "keep one of the two")
    elif not text:
        yield Finding("error", "Missing alt text", where, f"the {what} has no alternative text", hint)
    elif _FILE.search(text) and " " not in _FILE.sub("", text).strip():
        yield Finding("error", "Missing alt text", where, f"the alternative text is a file name ({_cut(text)})", hint)
    elif "generated" in text.casefold() and "description" in text.casefold():
        yield Finding("warning", "Review auto-generated description", where, f"nobody has looked at this alternative text yet ({_cut(text)})", hint)
    elif _EMPTY_ALT.fullmatch(text) or text.casefold() in ("alt text", "todo", "tbc", "tbd", "placeholder", "alternative text"):
        yield Finding("warning", "Alternative text quality", where, f"the alternative text “{text}” says nothing", hint)
    elif len(text) > LONGEST_ALT:
        yield Finding(
            "warning",
            "Alternative text quality",
            where,
            f"the alternative text has {len(text)} characters; a listener cannot stop or go back in it",
            f"keep it under {LONGEST_ALT} and put the rest into the text",
        )


def _links(links: list[tuple[str, str, str]]) -> Iterator[Finding]:
    """Links, each a place, its words and its address: do the words alone say where it goes?"""
    hint = "write what the reader finds there, such as the name of the report; a list of links is read without the words around it"
    for where, text, address in links:
        words = " ".join(text.split()).strip(".!>»:( )")
        if not words:
            yield Finding("warning", "Link text", where, f"a link to {_cut(address)} has no words", hint)
        elif re.fullmatch(_VAGUE, words.casefold()):
            yield Finding("warning", "Link text", where, f"the link “{words}” does not say where it goes", hint)
        elif re.fullmatch(r"(https?://|www\.)\S{20,}", words, re.I):
            yield Finding("warning", "Link text", where, f"the link is a bare address ({_cut(words)}), which is read out letter by letter", hint)
    seen: dict[str, str] = {}
    for where, text, address in links:
        words = " ".join(text.split()).casefold()
        if words and address and seen.setdefault(words, address) != address:
            yield Finding("warning", "Link text", where, f"another link of the same words “{_cut(text.strip())}” goes elsewhere", "give each its own words")


def _contrast(where: str, pairs: Counter[tuple[Colour, Colour, bool]]) -> Iterator[Finding]:
    for front, back, large in pairs:
        need, ratio = 3.0 if large else 4.5, contrast(front, back)
        if ratio < need:
            message = f"{to_hex(front)} on {to_hex(back)} has a contrast of {int(ratio * 10) / 10:g} to 1; it needs {need:g} to 1"
            yield Finding("warning", "Hard-to-read text contrast", where, message, "make the words darker or the background lighter, or the other way round")


def _large(look: RunLook) -> bool:
    """Large text as WCAG 2.2 means it, for which 3 to 1 is enough."""
    return look.size >= 18 or (look.bold and look.size >= 14)


def _colour_alone(where: str, runs: list[tuple[str, RunLook, bool]]) -> Iterator[Finding]:
    """Words picked out of a paragraph by nothing but their colour. The flag says that something else marks a run: italic, a line, a link."""
    plain = [(text, look) for text, look, marked in runs if text.strip() and not marked and look.colour is not None]
    if not plain or len({look.bold for _, look in plain}) > 1:
        return
    letters: Counter[Colour | None] = Counter()
    for text, look in plain:
        letters[look.colour] += len(text)
    main = letters.most_common(1)[0][0]
    for text, look in plain:
        if look.colour != main and re.search(r"\w", text):
            message = f"“{_cut(text.strip())}” differs from the words around it in colour alone"
            yield Finding("warning", "Use of colour alone", where, message, "make it bold too, or say in words what the colour means")
            return


def _words(where: str, text: str) -> Iterator[Finding]:
    if match := _COLOUR_WORDS.search(text):
        yield Finding("tip", "Use of colour alone", where, f"“{match[0]}” asks the reader to see a colour", "name the thing as well as its colour")
    if _shouted(text):
        yield _capitals(where, text)


def _shouted(text: str) -> bool:
    words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 1]
    return len(words) >= CAPITALS and text == text.upper() and any(len(w) > 4 for w in words)


def _capitals(where: str, text: str) -> Finding:
    return Finding("warning", "All capitals", where, f"“{_cut(text)}” is in capitals, which have no shape to read by", "write it as a sentence and make it bold")


def _language(package: Package, languages: Counter[str], about: dict[str, str], deck: bool) -> Iterator[Finding]:
    stated = about.get("language", "").strip()
    if stated and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", stated):
        yield Finding("warning", "Document language", "Properties", f"the language “{stated}” is no language code", "write a code such as en-GB")
        stated = ""
    if deck and not stated:
        yield Finding("tip", "Document language", "Properties", "the file does not say its language", "in File, Info, Properties, Advanced write the language, such as en-GB")
    most = stated or next((tag for tag, _ in languages.most_common(1)), "")
    for tag, letters in sorted(languages.items()):
        if tag and most and tag.casefold() != most.casefold() and tag.split("-")[0].casefold() == most.split("-")[0].casefold():
            message = f"{letters:,} letters are marked as {tag}, the rest as {most}"
            yield Finding("tip", "Language of the text", "The whole file", message, f"select all, Review, Language, Set Proofing Language: {most}")


def _no_language(where: str) -> Finding:
    return Finding(
        "warning",
        "Language of the text",
        where,
        "the text does not say its language, so that a screen reader may read it with the wrong voice",
        "select it, Review, Language, Set Proofing Language",
    )


def _grid(where: str, cells: list[list[str]], merged: int, header: bool, menu: str) -> Iterator[Finding]:
    """A table: its header, its shape, and what stands empty."""
    if not header:
        message = "the table has no header row, so that a listener does not learn what a cell is about"
        yield Finding("error", "No header row specified", where, message, f"{menu} tick Header Row" if menu else "select the first row, Layout, Repeat Header Rows")
    if merged:
        counted = "1 merged or split cell" if merged == 1 else f"{merged} merged or split cells"
        yield Finding("warning", "Use of merged or split cells", where, f"the table has {counted}; a screen reader loses count", "make it a simple grid, or two tables")
    rows = [n for n, row in enumerate(cells, 1) if row and not any(row)]
    wide = max((len(row) for row in cells), default=0)
    columns = [n + 1 for n in range(wide) if not any(row[n] for row in cells if n < len(row))]
    for word, numbers in (("row", rows), ("column", columns)):
        if numbers and len(numbers) < (len(cells) if word == "row" else wide):
            message = f"{word} {', '.join(str(n) for n in numbers)} of the table is empty"
            yield Finding("warning", "Blank table rows or columns", where, message, f"delete the {word}; for space, use the cell margins or the spacing of the paragraphs")
    if header and cells and any(not cell for cell in cells[0][1:]) and not merged and 1 not in rows:
        yield Finding("warning", "No header row specified", where, "a heading of the table is empty", "say in a word what the column holds")


def _cut(text: str, length: int = 50) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"


def _some(numbers: list[int], word: str) -> str:
    """Slides 1, 2 and 5 in words."""
    numbers = sorted(set(numbers))
    shown = [str(n) for n in numbers[:8]] + ([f"{len(numbers) - 8} more"] if len(numbers) > 8 else [])
    return f"{word} {shown[0]}" if len(shown) == 1 else f"{word}s {', '.join(shown[:-1])} and {shown[-1]}"


# ---- decks


def _deck(package: Package) -> Iterator[Finding]:
    deck, about = Deck(package), properties(package)
    yield from _title(package, about)
    if deck.root(deck.main).find(f"{P}modifyVerifier") is not None:
        yield Finding(
            "error",
            "Restricted access",
            "The whole file",
            "the deck is protected against changes, which can shut out assistive software",
            "File, Info, Protect Presentation: take the protection off",
        )
    yield from _sections(deck)
    languages: Counter[str] = Counter()
    silent: list[int] = []
    pages = [(page, page.notes) for page in deck.slides]
    for page, notes in pages:
        for side in (page, notes):
            counted = _languages(side) if side else Counter()
            silent += [page.number] if counted.pop("", 0) else []
            languages += counted
    yield from _language(package, languages, about, True)
    if silent:
        yield _no_language(_some(silent, "Slide"))
    titles: dict[str, int] = {}
    for page, notes in pages:
        yield from _slide(page, titles)
        if notes:
            yield from _text(notes, f"Slide {page.number} notes", SMALLEST_IN_PRINT)


def _sections(deck: Deck) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for n, (name, _) in enumerate(deck.sections(), 1):
        if _DEFAULT_SECTION.fullmatch(name.strip()):
            yield Finding("error", "Default section name", f"Section {n}, “{name}”", "the section's name says nothing", "right-click it, Rename Section, and say what it is about")
        elif seen.setdefault(name.strip().casefold(), n) != n:
            message = f"section {seen[name.strip().casefold()]} has the same name"
            yield Finding("tip", "Duplicate section name", f"Section {n}, “{name}”", message, "right-click it, Rename Section, and give each its own name")


def _languages(page: Page) -> Counter[str]:
    """Letters of text in each language, "" for none."""
    found: Counter[str] = Counter()
    for shape in page.flat():
        if shape.kind != "group":
            for paragraph in _paragraphs(shape):
                for run in paragraph.iterfind(f"{A}r"):
                    if (text := run.findtext(f"{A}t") or "").strip():
                        found[_own_language(page, shape, paragraph, run)] += len(text)
    return found


def _own_language(page: Page, shape: Shape, paragraph: Any, run: Any) -> str:
    return page.look(shape, paragraph, run).language


def _slide(page: Page, titles: dict[str, int]) -> Iterator[Finding]:
    slide = f"Slide {page.number}"
    title = page.title()
    text = _shape_text(title) if title else ""
    if not text:
        hint = "give the slide a title in Outline View; it can stay off the slide, but a screen reader lists slides by it"
        yield Finding("error", "Missing slide title", slide, "the slide has no title" if title is None else "the slide's title is empty", hint)
    else:
        first = titles.setdefault(" ".join(text.casefold().split()), page.number)
        if first != page.number:
            yield Finding("tip", "Duplicate slide title", slide, f"slide {first} has the same title, “{_cut(text)}”", "give each its own, such as “… (2 of 2)”")
        if len(text) > LONGEST_TITLE:
            yield Finding("tip", "Long slide title", slide, f"the title has {len(text)} characters", "put the point in a line and the rest below it")
    after = next((t.get("advTm") for t in page.root.iter(f"{P}transition") if t.get("advTm")), None)
    if after:
        message = f"the slide goes on by itself after {whole(after) / 1000:g} seconds"
        yield Finding("warning", "Slide timing", slide, message, "Transitions, Timing: untick After, so that people have the time they need")
    yield from _order(page, slide)
    for shape in page.flat():
        yield from _object(page, shape, f"{slide}, {shape.name or shape.kind}")
    yield from _text(page, slide, SMALLEST_ON_SLIDES)


_APART = ("dt", "ftr", "sldNum", "hdr", "sldImg")


def _order(page: Page, slide: str) -> Iterator[Finding]:
    """The order of a slide's XML is the order of reading: title first, then from above to below and from left to right."""
    read = [s for s in page.shapes if s.box and s.holder not in _APART and not s.decorative and s.kind != "line" and (s.kind != "shape" or s.alt)]
    hint = "Review, Check Accessibility, Reading Order Pane: put them in the order in which they are to be heard"
    titled = next((n for n, s in enumerate(read) if s.holder in ("title", "ctrTitle")), 0)
    if titled:
        yield Finding("warning", "Check reading order", slide, f"the title is read after “{read[0].name}”", hint)
    rest = [s for n, s in enumerate(read) if n != titled or s.holder not in ("title", "ctrTitle")]
    for one, other in zip(rest, rest[1:]):
        x, y = one.box, other.box
        if x is None or y is None:
            continue
        across = min(x[0] + x[2], y[0] + y[2]) - max(x[0], y[0])
        down = min(x[1] + x[3], y[1] + y[3]) - max(x[1], y[1])
        if y[1] + y[3] <= x[1] + 2 * EMU and across > min(x[2], y[2]) / 3:
            yield Finding("warning", "Check reading order", slide, f"“{other.name}” is read after “{one.name}” but stands above it", hint)
        elif y[0] + y[2] <= x[0] + 2 * EMU and down > min(x[3], y[3]) / 2:
            yield Finding("warning", "Check reading order", slide, f"“{other.name}” is read after “{one.name}” but stands to the left of it", hint)


def _object(page: Page, shape: Shape, where: str) -> Iterator[Finding]:
    names = {"line": "line", "shape": "shape", "picture": "picture", "chart": "chart", "diagram": "SmartArt", "object": "object", "media": "video or sound", "group": "group"}
    empty = shape.holder and shape.kind == "shape" and shape.holder not in _APART and not any(True for _ in shape.element.iter(f"{A}fld"))
    if empty and shape.holder not in ("title", "ctrTitle"):
        yield Finding("warning", "Empty placeholder", where, "the placeholder is empty, and is still read out", "delete it, or fill it")
    if _covered(page, shape) or (shape.kind == "group" and not shape.alt and not shape.decorative):
        return
    if shape.kind in names and not (shape.holder and shape.kind == "shape"):
        yield from _alternative(shape.alt, shape.decorative, names[shape.kind], where)
    if shape.kind == "media" and not any(isinstance(e.tag, str) and e.tag.rpartition("}")[2] in ("tracksInfo", "trackLst") for e in shape.element.iter()):
        yield Finding("warning", "Missing captions", where, "the video or sound has no captions", "Playback, Insert Captions, or hand out what is said as text")
    table = next(shape.element.iter(f"{A}tbl"), None) if shape.kind == "table" else None
    if table is not None:
        about, rows = table.find(f"{A}tblPr"), table.findall(f"{A}tr")
        cells = [[_cell_text(c) for c in row.findall(f"{A}tc")] for row in rows]
        merged = sum(whole(c.get("gridSpan"), 1) > 1 or whole(c.get("rowSpan"), 1) > 1 for c in table.iter(f"{A}tc"))
        yield from _grid(where, cells, merged, about is not None and about.get("firstRow") in ON, "Table Design:")
        fills = {
            to_hex(c)
            for row in rows[1:]
            for cell in row.findall(f"{A}tc")
            if not _cell_text(cell) and (c := page.background(shape, cell)) and cell.find(f"{A}tcPr/{A}solidFill") is not None
        }
        if len(fills) > 1:
            yield Finding(
                "warning", "Use of colour alone", where, "cells of the table say something by their colour and hold no words", "write a word, such as Done or Late, in each"
            )


def _covered(page: Page, shape: Shape) -> bool:
    """Whether a group's own alternative text, or its being decorative, speaks for a shape inside it."""
    return any((s.alt or s.decorative) and s is not shape and any(e is s.element for e in shape.element.iterancestors()) for s in page.flat() if s.kind == "group")


def _text(page: Page, where: str, smallest: float) -> Iterator[Finding]:
    """Everything about the words of a slide or notes page."""
    links: list[tuple[str, str, str]] = []
    for shape in page.flat():
        if shape.kind not in ("text", "table"):
            continue
        place = f"{where}, {shape.name or shape.kind}"
        least = SMALLEST_IN_PRINT if shape.holder in _APART or _SMALL_PRINT.match(shape.name) else smallest
        small: Counter[float] = Counter()
        pairs: Counter[tuple[Colour, Colour, bool]] = Counter()
        previous = False
        for paragraph, cell, style in _places(page, shape):
            runs = list(_runs(page, shape, paragraph, style))
            text = "".join(text for _, text, _ in runs).strip()
            if not text:
                continue
            behind = page.background(shape, cell, style)
            for run, words, look in runs:
                if words.strip():
                    small[look.size] += len(words) if look.size < least - 0.01 else 0
                    if look.colour is not None and behind is not None:
                        pairs[look.colour, behind, _large(look)] += len(words)
                    links += [(place, *_link(page, run, words))] if run.find(f"{A}rPr/{A}hlinkClick") is not None else []
            yield from _colour_alone(place, [(words, look, _marked(run)) for run, words, look in runs])
            typed = _TYPED_NUMBER.match(text) is not None
            mark = page.bullet(shape, paragraph)
            if cell is None and (_TYPED_MARK.match(text) or (typed and previous)) and not (mark and typed):
                yield Finding(
                    "warning",
                    "List typed by hand",
                    place,
                    f"“{_cut(text)}” starts with a typed mark, so that nobody hears that it is a list",
                    "delete the mark and choose Home, Bullets or Numbering",
                )
            previous = typed and not mark
            if page.aligned(shape, paragraph) in ("just", "justLow", "dist"):
                yield Finding("warning", "Justified text", place, f"“{_cut(text)}” is justified, which leaves uneven gaps", "Home, Align Left")
            if any(look.caps for _, words, look in runs if words.strip()) and len(text.split()) >= CAPITALS:
                yield _capitals(place, text)
            else:
                yield from _words(place, text)
        for size, letters in sorted(small.items()):
            if letters:
                message = f"{letters} letters are at {size:g} points; the smallest that reads well here is {least:g}"
                yield Finding(
                    "warning", "Text size", place, message, "make it larger, and share the words over more slides if they no longer fit" if least == smallest else "make it larger"
                )
        yield from _contrast(place, pairs)
    yield from _links([(place, "".join(part[1] for part in group), address) for place, group, address in _joined(links)])


def _joined(links: list[tuple[str, str, str]]) -> Iterator[tuple[str, list[tuple[str, str, str]], str]]:
    """Runs in a row that are one link, together."""
    group: list[tuple[str, str, str]] = []
    for link in links:
        if group and (link[0], link[2]) != (group[0][0], group[0][2]):
            yield group[0][0], group, group[0][2]
            group = []
        group.append(link)
    if group:
        yield group[0][0], group, group[0][2]


def _link(page: Page, run: Any, words: str) -> tuple[str, str]:
    link = run.find(f"{A}rPr/{A}hlinkClick")
    rel = page.rels.get(link.get(f"{R}id") or "")
    return words, rel.target if rel else link.get("action") or ""


def _marked(run: Any) -> bool:
    about = run.find(f"{A}rPr")
    return about is not None and (about.get("i") in ON or about.get("u") not in (None, "none") or about.find(f"{A}hlinkClick") is not None)


def _paragraphs(shape: Shape) -> Iterator[Any]:
    return (p for _, p, _ in _parts(shape))


def _parts(shape: Shape) -> Iterator[tuple[Any, Any, tuple[Any, int, int]]]:
    """Cell, paragraph, and table, row and column for each paragraph of a shape."""
    if shape.kind == "table":
        for table in shape.element.iter(f"{A}tbl"):
            for r, row in enumerate(table.iterfind(f"{A}tr")):
                for c, cell in enumerate(row.iterfind(f"{A}tc")):
                    for paragraph in cell.iterfind(f"{A}txBody/{A}p"):
                        yield cell, paragraph, (table, r, c)
    else:
        for paragraph in shape.element.iterfind(f"{P}txBody/{A}p"):
            yield None, paragraph, (None, 0, 0)


def _places(page: Page, shape: Shape) -> Iterator[tuple[Any, Any, tuple[str, str] | None]]:
    for cell, paragraph, (table, row, column) in _parts(shape):
        yield paragraph, cell, page.cell_style(table, row, column) if cell is not None else None


def _runs(page: Page, shape: Shape, paragraph: Any, style: tuple[str, str] | None) -> Iterator[tuple[Any, str, RunLook]]:
    for run in paragraph:
        if run.tag in (f"{A}r", f"{A}fld") and (text := run.findtext(f"{A}t") or ""):
            yield run, text, page.look(shape, paragraph, run, style)


def _shape_text(shape: Shape) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(f"{A}t")) for p in _paragraphs(shape)).strip()


def _cell_text(cell: Any) -> str:
    return "".join(t.text or "" for t in cell.iter(f"{A}t")).strip()


# ---- documents


def _document(package: Package) -> Iterator[Finding]:
    document, about = Document(package), properties(package)
    yield from _title(package, about)
    for part in package.related(document.main, "settings"):
        guard = package.xml(part).find(f"{W}documentProtection")
        if is_on_attribute(guard, "enforcement") and guard.get(f"{W}edit") != "trackedChanges":
            yield Finding(
                "error",
                "Restricted access",
                "The whole file",
                "the document is protected against changes, which can shut out assistive software",
                "Review, Restrict Editing, Stop Protection",
            )
    texts = [("", document.main, document.root)]
    texts += [(element.tag.rpartition("}")[2].replace("hdr", "header").replace("ftr", "footer").capitalize(), part, element) for part, element in stories(document)]
    languages: Counter[str] = Counter()
    found: list[Finding] = []
    small: dict[float, list[str]] = {}
    silent: list[str] = []
    for name, part, root in texts:
        found += _structure(document, name, root) if root is document.root else []
        found += _story(document, name, part, root, languages, small, silent)
        found += _drawings(name, root)
        found += _tables(document, name, root)
    yield from _language(package, languages, about, False)
    if silent:
        yield _no_language(silent[0] + (f" and {len(silent) - 1} more places" if len(silent) > 1 else ""))
    for size, places in sorted(small.items()):
        where = places[0] + (f" and {len(places) - 1} more places" if len(places) > 1 else "")
        yield Finding(
            "warning",
            "Text size",
            where,
            f"text of {size:g} points; the smallest that reads well in print is {SMALLEST_IN_PRINT:g}",
            "change the size of the style, so that all of it changes",
        )
    yield from found


def _own(element: Any, root: Any, *tags: str) -> Iterator[Any]:
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
    return place + (f", “{_cut(text, 40)}”" if text.strip() else "")


def _structure(document: Document, name: str, root: Any) -> Iterator[Finding]:
    """Headings, empty paragraphs and content controls of the body."""
    last, headings, words, filled, blank = 0, 0, 0, 0, 0
    for number, paragraph in enumerate(_own(root, root, f"{W}p"), 1):
        text, level = _said(paragraph), document.level(paragraph)
        where = _where(name, number, text)
        words, filled = words + len(text.split()), filled + bool(text.strip())
        if level and not text.strip():
            yield Finding("error", "Empty heading", where, f"a heading of level {level} is empty, and is still read out", "delete it, or choose the style Normal")
            continue
        if level:
            if level > last + 1:
                message = f"a heading of level {level} follows one of level {last}" if headings else f"the first heading is of level {level}"
                yield Finding("warning", "Skipped heading level", where, message, f"choose the style Heading {last + 1}")
            last, headings = level, headings + 1
        elif text.strip() and _only_bold(document, paragraph, text):
            yield Finding("warning", "Heading that is only bold", where, "it looks like a heading and is not one, so that nobody can jump to it", "choose a heading style for it")
        lone = not text.strip() and not any(e.tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sectPr", f"{W}br", f"{W}fldChar", f"{W}fldSimple") for e in paragraph.iter())
        lone = lone and not any(e.tag == f"{W}tc" for e in paragraph.iterancestors())
        blank = blank + 1 if lone else 0
        if blank == 2:
            yield Finding(
                "warning", "Repeated blank characters", where, "empty paragraphs in a row make space", "delete them and set the spacing of the paragraph, or insert a page break"
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
        if about is None or any(about.find(W + tag) is not None for tag in ("docPartObj", "docPartList", "group", "citation", "bibliography")):
            continue
        alias = about.find(f"{W}alias")
        if alias is None or not (alias.get(f"{W}val") or "").strip():
            text = "".join(t.text or "" for t in control.iter(f"{W}t"))
            yield Finding(
                "error",
                "Missing content control title",
                f"Content control, “{_cut(text, 40)}”",
                "the field does not say what to write in it",
                "Developer, Properties: give it a title",
            )


def _only_bold(document: Document, paragraph: Any, text: str) -> bool:
    words = text.split()
    inside = any(e.tag in (f"{W}tc", f"{W}txbxContent") for e in paragraph.iterancestors())
    if inside or len(text) > 90 or len(words) > 12 or text.strip().endswith((".", ":", ";", ",")):
        return False
    plain = document.style_name(paragraph).casefold() in ("", "normal", "body text", "list paragraph", "no spacing")
    runs = [r for r in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in r.iterfind(f"{W}t")).strip()]
    looks = [document.look(run, paragraph) for run in runs]
    return plain and not _numbered(document, paragraph) and bool(looks) and all(look.bold or look.size >= 16 for look in looks)


def _numbered(document: Document, paragraph: Any) -> bool:
    mark = document.of_paragraph(paragraph, "numPr")
    number = mark.find(f"{W}numId") if mark is not None else None
    return number is not None and number.get(f"{W}val") != "0"


def _story(document: Document, name: str, part: str, root: Any, languages: Counter[str], small: dict[float, list[str]], silent: list[str]) -> Iterator[Finding]:
    """Everything about the words of the body, a header or notes."""
    rels = {rel.id: rel.target for rel in document.package.rels(part)}
    links: list[tuple[str, str, str]] = []
    previous = False
    for number, paragraph in enumerate(_own(root, root, f"{W}p"), 1):
        text = _said(paragraph)
        if not text.strip():
            continue
        where = _where(name, number, text)
        pairs: Counter[tuple[Colour, Colour, bool]] = Counter()
        runs: list[tuple[str, RunLook, bool]] = []
        caps = False
        for run in paragraph.iter(f"{W}r"):
            words = "".join(t.text or "" for t in run.iterfind(f"{W}t"))
            if not words.strip() or next(run.iterancestors(f"{W}p")) is not paragraph or is_on(document.of_run(run, paragraph, "vanish")):
                continue
            look, behind = document.look(run, paragraph), document.background(run, paragraph)
            languages[look.language] += len(words) if look.language else 0
            silent += [where] if not look.language and where not in silent[-1:] else []
            if look.size < SMALLEST_IN_PRINT and where not in small.get(look.size, [])[-1:]:
                small.setdefault(look.size, []).append(where)
            if look.colour is not None and behind is not None:
                pairs[look.colour, behind, _large(look)] += len(words)
            line, italic = document.of_run(run, paragraph, "u"), document.of_run(run, paragraph, "i")
            linked = any(e.tag == f"{W}hyperlink" for e in run.iterancestors())
            runs.append((words, look, linked or is_on(italic) or (line is not None and line.get(f"{W}val") != "none")))
            caps = caps or look.caps
        yield from _contrast(where, pairs)
        yield from _colour_alone(where, runs)
        typed = _TYPED_NUMBER.match(text.strip()) is not None and not _numbered(document, paragraph)
        if (_TYPED_MARK.match(text.strip()) and not _numbered(document, paragraph)) or (typed and previous):
            yield Finding(
                "warning",
                "List typed by hand",
                where,
                "it starts with a typed mark, so that nobody hears that it is a list",
                "delete the mark and choose Home, Bullets or Numbering",
            )
        previous = typed
        if re.search(r" {4,}|\t{2,}", text):
            yield Finding("warning", "Repeated blank characters", where, "spaces or tabs in a row make a layout, and each is read out", "use a table, a tab stop or an indent")
        aligned = document.of_paragraph(paragraph, "jc")
        if aligned is not None and aligned.get(f"{W}val") in ("both", "distribute"):
            yield Finding("warning", "Justified text", where, "the text is justified, which leaves uneven gaps", "Home, Align Left")
        if caps and len(text.split()) >= CAPITALS:
            yield _capitals(where, text)
        else:
            yield from _words(where, text)
        for link in paragraph.iter(f"{W}hyperlink"):
            words = "".join(t.text or "" for t in link.iter(f"{W}t"))
            links.append((where, words, rels.get(link.get(f"{R}id") or "") or f"#{link.get(f'{W}anchor') or ''}"))
    # The page numbers of a table of contents are links of their own, to places inside the document.
    yield from _links([link for link in links if not link[2].startswith("#_Toc")])


def _drawings(name: str, root: Any) -> Iterator[Finding]:
    hint = "right-click it, Wrap Text, In Line with Text; otherwise it is read at another place than it is seen"
    for drawing in _own(root, root, f"{W}drawing"):
        about = next(drawing.iter(f"{_WP}docPr"), None)
        if about is None:
            continue
        where = f"{name + ', ' if name else ''}{about.get('name') or 'picture'}"
        boxed = any(isinstance(e.tag, str) and e.tag.endswith("}txbxContent") for e in drawing.iter())
        text, marked = (about.get("descr") or about.get("title") or "").strip(), decorative(about)
        if not boxed or text:
            yield from _alternative(text, marked, "picture or object", where)
        if drawing.find(f"{_WP}anchor") is not None and not marked and not name:
            yield Finding("error", "Image or object not inline", where, "it floats over the page", hint)
    for picture in _own(root, root, f"{W}pict", f"{W}object"):
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
                    "error", "Missing alt text", where, "the picture has no alternative text", "right-click it, choose View Alt Text, and write what it tells in a sentence"
                )
            if "position:absolute" in (shape.get("style") or "").replace(" ", "") and not name:
                yield Finding("error", "Image or object not inline", where, "it floats over the page", hint)


def _tables(document: Document, name: str, root: Any) -> Iterator[Finding]:
    for number, table in enumerate(_own(root, root, f"{W}tbl"), 1):
        where = f"{name + ', ' if name else ''}{'table' if name else 'Table'} {number}"
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        cells = [[cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tbl")) is table] for row in rows]
        texts = [[_content(cell) for cell in row] for row in cells]
        if texts and texts[0]:
            where += f", “{_cut(texts[0][0], 40)}”" if texts[0][0] else ""
        if any(e.tag == f"{W}tbl" for e in table.iterancestors()):
            yield Finding("warning", "Use of merged or split cells", where, "the table stands inside another", "make them two tables, one after the other")
        about = table.find(f"{W}tblPr")
        if about is not None and about.find(f"{W}tblpPr") is not None:
            yield Finding("error", "Image or object not inline", where, "text flows round the table", "Layout, Properties, Text wrapping: None")
        if len(rows) == 1 and len(cells[0]) == 1:
            continue  # a box round words, not a table of data
        merged = sum(_merged(cell) for row in cells for cell in row)
        yield from _grid(where, texts, merged, bool(rows) and is_on(rows[0].find(f"{W}trPr/{W}tblHeader")), "")
        fills = {fill for row in cells[1:] for cell in row if not _content(cell) and (fill := _shading(cell))}
        if len(fills) > 1:
            yield Finding(
                "warning", "Use of colour alone", where, "cells of the table say something by their colour and hold no words", "write a word, such as Done or Late, in each"
            )


def _content(cell: Any) -> str:
    text = "".join(t.text or "" for t in cell.iter(f"{W}t")).strip()
    return text or ("(picture)" if any(True for _ in cell.iter(f"{W}drawing", f"{W}pict", f"{W}fldChar", f"{W}sdt")) else "")


def _merged(cell: Any) -> bool:
    span, down = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    return (span is not None and whole(span.get(f"{W}val"), 1) > 1) or (down is not None and down.get(f"{W}val") == "restart")


def _shading(cell: Any) -> str:
    shading = cell.find(f"{W}tcPr/{W}shd")
    fill = (shading.get(f"{W}fill") or "") if shading is not None else ""
    return "" if fill.casefold() in ("auto", "ffffff") else fill
