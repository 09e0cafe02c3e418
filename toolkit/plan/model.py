"""The waist of the hourglass: what a deck or briefing says, page by page, with nothing of Office or YAML in
it.

Made by `pages`, drawn by every renderer; decks are fitted to slides before. Frozen throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, assert_never

from toolkit.plan.wording import Wording
from toolkit.problems import Place

Layout = Literal[
    "title",
    "section",
    "content",
    "two-columns",
    "timeline",
    "quotation",
    "activity",
    "table",
    "closing",
    "part",
    "card",
    "quiz",
]

# The slots of each layout in reading order. `badge` says which review a slide belongs to, `label` how sure we
# are, `source` where the words come from; every layout of slides has these three but `title`, `section` and
# `closing`.
SLOTS: dict[Layout, tuple[str, ...]] = {
    "title": ("subtitle", "board", "edition"),
    "section": ("text",),
    "content": ("badge", "body", "label", "source"),
    "two-columns": ("badge", "left", "right", "label", "source"),
    "timeline": ("badge", "timeline", "label", "source"),
    "quotation": ("badge", "quotation", "attribution", "source"),
    "activity": ("badge", "question", "how", "source"),
    "table": ("badge", "table", "label", "source"),
    "closing": ("body", "source"),
    "part": ("body",),
    "card": ("badge", "case", "question"),
    "quiz": ("question", "right", "wrong", "because", "source"),
}
ON_PAPER: tuple[Layout, ...] = ("part", "card", "quiz")  # of documents; no brand has a slide for them

# Letters, with room for "(notes, 10 of 10)": a screen reader reads titles aloud to whoever looks for a slide.
LONGEST_TITLE = 100

# The parts of the trainer notes in the order they are printed; their headings are in reference/words.yaml.
# Those for the room stand on the notes page; the others in documents alone.
ROOM = ("minutes", "say", "ask", "group", "bring", "do", "listen_for", "care", "if_short", "next")
NOTES = (
    *("minutes", "say", "ask", "group", "bring", "do", "online", "listen_for", "care", "if_short", "next"),
    *("purpose", "local", "source", "background", "reference"),
)
MOST_WORDS = 220  # on a notes page, and of these to say: it then stands on one page in 14 points
MOST_SAID = 130  # about a minute


@dataclass(frozen=True)
class Span:
    """A run of text with one look. `link` is a web address or empty.

    `origin` is where the words come from, as review, field and number: patrick/points/P-1/finding/0/text;
    several are joined with a space, and it is empty for words of a template. It makes no difference to how
    the span looks, so two spans that differ in nothing else are equal.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    origin: str = field(default="", compare=False)


Spans = tuple[Span, ...]
Role = Literal["body", "callout", "label", "source"]
ListKind = Literal["bullet", "number", "suggestion"]


@dataclass(frozen=True)
class Heading:
    """A heading inside a page; level 2 stands below the page's title."""

    spans: Spans
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose, a line of a callout box, an evidence label or a citation line."""

    spans: Spans
    role: Role = "body"


@dataclass(frozen=True)
class Bullets:
    """A list. `suggestion` marks practice suggestions of ours, which no source recommends; numbers count from
    `start`.
    """

    items: tuple[Spans, ...]
    kind: ListKind = "bullet"
    start: int = 1


@dataclass(frozen=True)
class Quotation:
    """Somebody's own words, set apart."""

    spans: Spans


@dataclass(frozen=True)
class Table:
    """A table with one header row and no merged cells. Every row has as many cells as `header`; `widths` are
    in points. A row of empty cells is one to write in.
    """

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    widths: tuple[float, ...] = ()

    @property
    def to_write_in(self) -> bool:
        """Whether it has a row whose cells are all empty."""
        return not all(map(any, self.rows))


@dataclass(frozen=True)
class Timeline:
    """Dated events in order: (when, what)."""

    events: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True)
class Lines:
    """Room to write: so many ruled lines. Documents have them, slides do not."""

    count: int


Form = Literal["rectangle", "rounded", "ellipse", "line", "arrow", "words"]
Tone = Literal["none", "paper", "pale", "accent", "ink"]


@dataclass(frozen=True)
class Shape:
    """A part of a drawing, in the drawing's own units from its top left corner.

    A line or an arrow goes from (`x`, `y`) by `w` and `h`, which may be negative for these two; `weight` is
    the thickness of what is painted in `edge`. `words` is a box of which nothing is seen. One paragraph of
    `size` may stand inside a shape, but not on a line: in the colour of paper on `accent` and `ink`, else in
    that of ink, so that it can be read in every brand.
    """

    form: Form
    x: float
    y: float
    w: float
    h: float
    fill: Tone = "none"
    edge: Tone = "none"
    weight: float = 0.0
    spans: Spans = ()
    size: float = 0.0
    align: Literal["left", "center", "right"] = "center"
    anchor: Literal["top", "middle", "bottom"] = "middle"

    @property
    def ink(self) -> Tone:
        """What its words are written in."""
        return "paper" if self.fill in ("accent", "ink") else "ink"


@dataclass(frozen=True)
class Drawing:
    """Shapes and words that are seen as one picture; `alt` says in words what it shows.

    Shapes stand in the order of reading, the later over the earlier. Units are the drawing's own: a renderer
    scales the whole, words too, until it touches the sides of its place. So a circle stays round, whatever
    slide or page it stands on, and lines of words break at the same places. Paints are roles, never colours:
    each brand has its own.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str


Block = Heading | Paragraph | Bullets | Quotation | Table | Timeline | Lines | Drawing
Blocks = tuple[Block, ...]


@dataclass(frozen=True)
class Note:
    """One part of the trainer notes, such as Say or Ask."""

    name: str
    blocks: Blocks


@dataclass(frozen=True)
class Page:
    """A page of a deck, before it is fitted to slides, or a part of a document.

    `slots` follows the order of SLOTS. `minutes` is how long the session stays here and `start` when it
    begins, in minutes from the opening. `origin` is where the words of the title come from (see `Span`).
    """

    id: str
    layout: Layout
    title: str
    slots: tuple[tuple[str, Blocks], ...]
    notes: tuple[Note, ...]
    minutes: int
    start: int
    section: str
    place: Place
    origin: str = field(default="", compare=False)

    def slot(self, name: str) -> Blocks:
        """The blocks of one slot; empty when the page does not use it."""
        return dict(self.slots).get(name, ())


@dataclass(frozen=True)
class Plan:
    """A whole deck, or a document such as a briefing or a handout.

    `edition` is a date such as 2026-11; `language` a tag such as en-GB; `wording` its fixed words. `subtitle`
    and `board` may be empty. `document` says what a document is, such as Handout, and `draft` is a sentence
    that says what of it nobody has checked yet; `footer` stands in
    place of board, title and edition; empty where there is nothing to say.
    """

    name: str
    title: str
    subtitle: str
    board: str
    edition: str
    language: str
    pages: tuple[Page, ...]
    wording: Wording
    document: str = ""
    draft: str = ""
    footer: str = ""

    @property
    def full_title(self) -> str:
        """What it is and its title, as properties say it: "Handout: Robin"."""
        return ": ".join(filter(None, (self.document, self.title)))

    @property
    def warning(self) -> Blocks:
        """The sentence about what is not checked, as a paragraph of notes; none where there is none."""
        return (Paragraph((Span(self.draft, bold=True),)),) if self.draft else ()

    def headed(self) -> Iterator[tuple[str, int, Page]]:
        """Each page of a document: the section whose name stands over it, else "", and its heading's level.

        Where there are several sections, their names are headings of level 1 and the titles below them of
        level 2. On a card no name of a section stands.
        """
        sections = [(name, list(pages)) for name, pages in groupby(self.pages, lambda page: page.section)]
        for name, pages in sections:
            level = 1
            for page in pages:
                begins = level == 1 and len(sections) > 1 and page.layout != "card" and name != ""
                level = 2 if begins else level
                yield name if begins else "", level, page


def spans_in(blocks: Blocks) -> Iterator[Span]:
    """Every span of some blocks, in reading order."""
    for block in blocks:
        match block:
            case Bullets():
                yield from (span for item in block.items for span in item)
            case Table():
                yield from (span for row in (block.header, *block.rows) for cell in row for span in cell)
            case Timeline():
                yield from (span for _, what in block.events for span in what)
            case Drawing():
                yield from (span for shape in block.shapes for span in shape.spans)
            case Lines():
                pass
            case Heading() | Paragraph() | Quotation():
                yield from block.spans
            case _:
                assert_never(block)


def changed(block: Block, change: Callable[[str], str]) -> Block:
    """A block with every text changed by a function."""

    def of(spans: Spans) -> Spans:
        return tuple(replace(span, text=change(span.text)) for span in spans)

    match block:
        case Bullets():
            return replace(block, items=tuple(map(of, block.items)))
        case Table():
            rows = tuple(tuple(map(of, row)) for row in block.rows)
            return replace(block, header=tuple(map(of, block.header)), rows=rows)
        case Timeline():
            return replace(block, events=tuple((change(when), of(what)) for when, what in block.events))
        case Drawing():
            shapes = tuple(replace(shape, spans=of(shape.spans)) for shape in block.shapes)
            return replace(block, shapes=shapes, alt=change(block.alt))
        case Lines():
            return block
        case Heading() | Paragraph() | Quotation():
            return replace(block, spans=of(block.spans))
        case _:
            assert_never(block)


def words(blocks: Blocks) -> str:
    """All text of some blocks, one line a paragraph, item, cell or shape."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Blocks) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Bullets):
            lines += [text(item) for item in block.items]
        elif isinstance(block, Table):
            lines += [text(cell) for row in (block.header, *block.rows) for cell in row]
        elif isinstance(block, Timeline):
            lines += [part for when, what in block.events for part in (when, text(what))]
        elif isinstance(block, Drawing):
            lines += [text(shape.spans) for shape in block.shapes if shape.spans]
        elif not isinstance(block, Lines):
            lines.append(text(block.spans))
    return lines


def text(spans: Spans) -> str:
    """The letters of some spans without their looks."""
    return "".join(span.text for span in spans)


def spoken(drawing: Drawing) -> Blocks:
    """A drawing where none can be drawn: what it shows, then its words in reading order."""
    said = tuple(shape.spans for shape in drawing.shapes if shape.spans)
    return (Paragraph((Span(drawing.alt),)), *((Bullets(said),) if said else ()))


def note_blocks(notes: tuple[Note, ...], wording: Wording, level: int = 2) -> Blocks:
    """The notes as they are printed: a short part begins with its name in bold, a longer one has its name as
    a heading of a `level`.
    """
    found: list[Block] = []
    for note in notes:
        name = wording[note.name]
        first = note.blocks[0]
        if len(note.blocks) == 1 and isinstance(first, Paragraph) and first.role == "body":
            found.append(Paragraph((Span(f"{name}: ", bold=True), *first.spans)))
        else:
            found += [Heading((Span(name),), level), *note.blocks]
    return tuple(found)


def clock(minutes: int) -> str:
    """Minutes from the start as hours and minutes: 75 is "1:15"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def shortened(title: str) -> str:
    """A title as it is, or the words of it that stand in LONGEST_TITLE letters and "…"."""
    if len(title) <= LONGEST_TITLE:
        return title
    return (
        title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0]
        if " " in title[: LONGEST_TITLE - 1]
        else title[: LONGEST_TITLE - 2]
    ) + " …"
