"""What shuts readers out of a deck: its slides, their order and objects, and the words of slides and notes
pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from toolkit.late import pattern
from toolkit.office.accessible.findings import (
    CAPITALS,
    SMALLEST_IN_PRINT,
    TYPED_MARK,
    TYPED_NUMBER,
    Finding,
    capitals,
    colour_alone,
    cut,
    is_large,
    listed,
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
from toolkit.office.colour import ON, Colour, RunLook, to_hex, whole
from toolkit.office.opc import A, P, Package, properties
from toolkit.office.powerpoint import EMU, CellStyle, Deck, Page, Shape, deck_above

SMALLEST_ON_SLIDES = 18.0  # points; Microsoft's advice for slides, which are 7.5 inches high
_USUAL_HEIGHT = 6_858_000  # EMU; words on a lower slide are shown larger
LONGEST_TITLE = 120
_DEFAULT_SECTION = pattern(r"(default section|untitled section|section \d+|)", re.I)
_SMALL_PRINT = pattern(r"(source|citation|reference|footnote|copyright|credit)", re.I)


def check_deck(package: Package) -> Iterator[Finding]:
    """The findings of a deck. Raises Invalid for parts that cannot be read."""
    deck, about = Deck(package, above=deck_above(package)), properties(package)
    yield from missing_title(about)
    if deck.root.find(f"{P}modifyVerifier") is not None:
        message = "the deck is protected against changes, which can shut out assistive software"
        yield Finding(
            "error",
            "Restricted access",
            "The whole file",
            message,
            "File, Info, Protect Presentation: take the protection off",
        )
    yield from _sections(deck)
    languages: dict[str, Counter[int]] = {}
    titles: dict[str, int] = {}
    found: list[Finding] = []
    size = deck.root.find(f"{P}sldSz")
    high = whole(size.get("cy")) if size is not None else _USUAL_HEIGHT
    smallest = SMALLEST_ON_SLIDES * min(1.0, max(0.75, high / _USUAL_HEIGHT))
    for number, part in enumerate(deck.parts, 1):
        one = _judged(deck, part, number, smallest)
        found += [*_same_title(one.title, number, titles), *one.found]
        letters = [one.letters]
        for notes in package.related(part, "notesSlide")[:1]:
            letters.append({})
            page = Page(deck, notes, number)
            found += _text(page, f"Slide {number} notes", SMALLEST_IN_PRINT, letters[1])
        for each in letters:
            for tag, count in each.items():
                languages.setdefault(tag, Counter())[number] += count
    deck.forget()
    silent = languages.pop("", Counter())
    yield from mixed_languages(
        Counter({tag: letters.total() for tag, letters in languages.items()}), about, True
    )
    if silent:
        yield no_language(listed(sorted(silent), "Slide"))
    yield from together(found)


def _sections(deck: Deck) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for n, (name, _) in enumerate(deck.sections(), 1):
        if _DEFAULT_SECTION.fullmatch(name.strip()):
            yield Finding(
                "error",
                "Default section name",
                f"Section {n}, “{name}”",
                "the section's name says nothing",
                "right-click it, Rename Section, and say what it is about",
            )
        elif seen.setdefault(name.strip().casefold(), n) != n:
            message = f"section {seen[name.strip().casefold()]} has the same name"
            yield Finding(
                "tip",
                "Duplicate section name",
                f"Section {n}, “{name}”",
                message,
                "right-click it, Rename Section, and give each its own name",
            )


class _Judged(NamedTuple):
    """What was found on one slide by itself, the words of its title, and its letters by language."""

    title: str
    found: tuple[Finding, ...]
    letters: dict[str, int]


def _judged(deck: Deck, part: str, number: int, smallest: float) -> _Judged:
    """A slide, judged once where decks that have their layouts from one have the same slide at one place."""
    package = deck.package
    by_itself = all(rel.external or rel.kind in ("slideLayout", "notesSlide") for rel in package.rels(part))
    key = (package.digest(part), number, smallest) if by_itself else None
    if key is None or key not in deck.judged:
        page, letters = Page(deck, part, number), dict[str, int]()
        title = page.title()
        text = _shape_text(page, title) if title else ""
        one = _Judged(text, tuple(_slide(page, title is not None, text, smallest, letters)), letters)
        if key is None:
            return one
        deck.judged[key] = one
    known: _Judged = deck.judged[key]
    return known


def _same_title(text: str, number: int, titles: dict[str, int]) -> Iterator[Finding]:
    first = titles.setdefault(" ".join(text.casefold().split()), number) if text else number
    if first != number:
        yield Finding(
            "tip",
            "Duplicate slide title",
            f"Slide {number}",
            f"slide {first} has the same title, “{cut(text)}”",
            "give each its own, such as “… (2 of 2)”",
        )


def _slide(
    page: Page, titled: bool, title: str, smallest: float, letters: dict[str, int]
) -> Iterator[Finding]:
    """Everything about a slide but whether another has the same title; `titled` says that it has a
    placeholder for one."""
    slide = f"Slide {page.number}"
    if not title:
        hint = "give the slide a title in Outline View; it can stay off the slide, "
        hint += "but a screen reader lists slides by it"
        yield Finding(
            "error",
            "Missing slide title",
            slide,
            "the slide's title is empty" if titled else "the slide has no title",
            hint,
        )
    elif len(title) > LONGEST_TITLE:
        yield Finding(
            "tip",
            "Long slide title",
            slide,
            f"the title has {len(title)} characters",
            "put the point in a line and the rest below it",
        )
    after = page.goes_on()
    if after:
        message = f"the slide goes on by itself after {whole(after) / 1000:g} seconds"
        yield Finding(
            "warning",
            "Slide timing",
            slide,
            message,
            "Transitions, Timing: untick After, so that people have the time they need",
        )
    yield from _order(page, slide)
    for shape in page.flat():
        yield from _object(page, shape, f"{slide}, {shape.name or shape.kind}")
    yield from _text(page, slide, smallest, letters)


_APART = ("dt", "ftr", "sldNum", "hdr", "sldImg")


def _order(page: Page, slide: str) -> Iterator[Finding]:
    """The order of a slide's XML is the order of reading: title first, then from above to below and from
    left to right."""
    read = [
        s
        for s in page.shapes
        if s.box
        and s.holder not in _APART
        and not s.decorative
        and s.kind != "line"
        and (s.kind != "shape" or s.alt)
    ]
    hint = (
        "Review, Check Accessibility, Reading Order Pane: put them in the order in which they are to be heard"
    )
    titled = next((n for n, s in enumerate(read) if s.holder in ("title", "ctrTitle")), 0)
    if titled:
        yield Finding(
            "warning", "Check reading order", slide, f"the title is read after “{read[0].name}”", hint
        )
    rest = [s for n, s in enumerate(read) if n != titled or s.holder not in ("title", "ctrTitle")]
    for one, other in pairwise(rest):
        x, y = one.box, other.box
        if x is None or y is None:
            continue
        across = min(x.right, y.right) - max(x.x, y.x)
        down = min(x.bottom, y.bottom) - max(x.y, y.y)
        if y.bottom <= x.y + 2 * EMU and across > min(x.w, y.w) / 3:
            yield Finding(
                "warning",
                "Check reading order",
                slide,
                f"“{other.name}” is read after “{one.name}” but stands above it",
                hint,
            )
        elif y.right <= x.x + 2 * EMU and down > min(x.h, y.h) / 2:
            yield Finding(
                "warning",
                "Check reading order",
                slide,
                f"“{other.name}” is read after “{one.name}” but stands to the left of it",
                hint,
            )


_NAMES = {
    "line": "line",
    "shape": "shape",
    "picture": "picture",
    "chart": "chart",
    "diagram": "SmartArt",
    "object": "object",
    "media": "video or sound",
    "group": "group",
}


def _object(page: Page, shape: Shape, where: str) -> Iterator[Finding]:
    empty = (
        shape.holder
        and shape.kind == "shape"
        and shape.holder not in _APART
        and not any(True for _ in shape.element.iter(f"{A}fld"))
    )
    if empty and shape.holder not in ("title", "ctrTitle"):
        yield Finding(
            "warning",
            "Empty placeholder",
            where,
            "the placeholder is empty, and is still read out",
            "delete it, or fill it",
        )
    if shape.covered or (shape.kind == "group" and not shape.alt and not shape.decorative):
        return
    if shape.kind in _NAMES and not (shape.holder and shape.kind == "shape"):
        yield from poor_alternative(shape.alt, shape.decorative, _NAMES[shape.kind], where)
    if shape.kind == "media" and not any(
        isinstance(e.tag, str) and e.tag.rpartition("}")[2] in ("tracksInfo", "trackLst")
        for e in shape.element.iter()
    ):
        yield Finding(
            "warning",
            "Missing captions",
            where,
            "the video or sound has no captions",
            "Playback, Insert Captions, or hand out what is said as text",
        )
    if shape.kind == "table" and (table := next(shape.element.iter(f"{A}tbl"), None)) is not None:
        yield from _table(page, shape, table, where)


def _table(page: Page, shape: Shape, table: Any, where: str) -> Iterator[Finding]:
    about, rows = table.find(f"{A}tblPr"), table.findall(f"{A}tr")
    cells = [[_cell_text(c) for c in row.findall(f"{A}tc")] for row in rows]
    merged = sum(
        whole(c.get("gridSpan"), 1) > 1 or whole(c.get("rowSpan"), 1) > 1 for c in table.iter(f"{A}tc")
    )
    yield from poor_table(
        where, cells, merged, about is not None and about.get("firstRow") in ON, "Table Design:"
    )
    fills = {
        to_hex(c)
        for row in rows[1:]
        for cell in row.findall(f"{A}tc")
        if not _cell_text(cell)
        and (c := page.background(shape, cell))
        and cell.find(f"{A}tcPr/{A}solidFill") is not None
    }
    if len(fills) > 1:
        yield Finding(
            "warning",
            "Use of colour alone",
            where,
            "cells of the table say something by their colour and hold no words",
            "write a word, such as Done or Late, in each",
        )


def _text(page: Page, where: str, smallest: float, spoken: dict[str, int]) -> Iterator[Finding]:
    """Everything about the words of a slide or notes page. Letters by language are added to `spoken`, ""
    for none."""
    links: list[tuple[str, str, str]] = []
    for shape in page.flat():
        if shape.kind in ("text", "table"):
            place = f"{where}, {shape.name or shape.kind}"
            small = (
                shape.holder in _APART or _SMALL_PRINT.match(shape.name) or _SMALL_PRINT.match(shape.label)
            )
            least = SMALLEST_IN_PRINT if small else smallest
            hint = "make it larger"
            if least == smallest:
                hint += ", and share the words over more slides if they no longer fit"
            yield from _words(page, shape, place, (least, hint), spoken, links)
    yield from poor_links(
        [(place, "".join(part[1] for part in group), address) for place, group, address in _joined(links)]
    )


def _words(
    page: Page,
    shape: Shape,
    place: str,
    smallest: tuple[float, str],
    spoken: dict[str, int],
    links: list[tuple[str, str, str]],
) -> Iterator[Finding]:
    """Everything about the words of a shape. Its links are added to `links`; `smallest` is in points, with
    a hint."""
    least, hint = smallest
    small: dict[float, int] = {}
    pairs: dict[tuple[Colour, Colour, bool], int] = {}
    previous, total = False, 0
    for cell, style, paragraphs in _parts(page, shape):
        letters: dict[int, int] = {}  # by the look of the words, which is the same object for the same look
        looks: dict[int, RunLook] = {}
        for paragraph in paragraphs:
            runs, aligned = page.read(shape, paragraph, style)
            text = "".join([run[0] for run in runs]).strip()
            if not text:
                continue
            caps = False
            for words, look, _, link in runs:
                if not words.isspace():
                    key = id(look)
                    looks[key] = look
                    letters[key] = letters.get(key, 0) + len(words)
                    caps = caps or look.caps
                    if link is not None:
                        links.append((place, words, link))
            if len(runs) > 1:
                yield from colour_alone(place, [run[:3] for run in runs])
            typed = TYPED_NUMBER.match(text) is not None
            mark = page.bullet(shape, paragraph) if typed else ""
            if cell is None and (TYPED_MARK.match(text) or (typed and previous)) and not (mark and typed):
                yield Finding(
                    "warning",
                    "List typed by hand",
                    place,
                    f"“{cut(text)}” starts with a typed mark, so that nobody hears that it is a list",
                    "delete the mark and choose Home, Bullets or Numbering",
                )
            previous = typed and not mark
            if aligned in ("just", "justLow", "dist"):
                yield Finding(
                    "warning",
                    "Justified text",
                    place,
                    f"“{cut(text)}” is justified, which leaves uneven gaps",
                    "Home, Align Left",
                )
            if caps and len(text.split()) >= CAPITALS:
                yield capitals(place, text)
            else:
                yield from poor_words(place, text)
        total += (cell is None) * sum(letters.values())
        behind = page.background(shape, cell, style) if looks else None
        for key, look in looks.items():
            spoken[look.language] = spoken.get(look.language, 0) + letters[key]
            if look.size < least - 0.01:
                small[look.size] = small.get(look.size, 0) + letters[key]
            if look.colour is not None and behind is not None:
                pair = look.colour, behind, is_large(look)
                pairs[pair] = pairs.get(pair, 0) + letters[key]
    for size, count in () if _is_source_line(small, total) else sorted(small.items()):
        message = f"{count} letters are at {size:g} points"
        message += f"; the smallest that reads well here is {round(least, 1):g}"
        yield Finding("warning", "Text size", place, message, hint)
    yield from poor_contrast(place, pairs)


def _is_source_line(small: dict[float, int], total: int) -> bool:
    """Whether what is small, in letters by size, is a line below what is read from afar that says where it
    comes from: less than half of the `total` outside tables, and no smaller than on paper."""
    return 2 * sum(small.values()) < total and min(small, default=0.0) >= SMALLEST_IN_PRINT - 0.01


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


def _parts(page: Page, shape: Shape) -> Iterator[tuple[Any, CellStyle | None, list[Any]]]:
    """The paragraphs of a shape, together where one thing lies behind them: cell, what its table's style
    says, paragraphs."""
    if shape.kind == "table":
        for table in shape.element.iter(f"{A}tbl"):
            for row, styles in zip(table.iterfind(f"{A}tr"), page.cell_styles(table)):
                for cell, style in zip(row.iterfind(f"{A}tc"), styles):
                    yield cell, style, cell.findall(f"{A}txBody/{A}p")
    elif (body := shape.element.find(f"{P}txBody")) is not None:
        yield None, None, body.findall(f"{A}p")


def _shape_text(page: Page, shape: Shape) -> str:
    paragraphs = (p for _, _, paragraphs in _parts(page, shape) for p in paragraphs)
    return "\n".join("".join(t.text or "" for t in p.iter(f"{A}t")) for p in paragraphs).strip()


def _cell_text(cell: Any) -> str:
    return "".join(t.text or "" for t in cell.iter(f"{A}t")).strip()
