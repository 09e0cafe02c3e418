"""The waist of the hourglass: what a deck or briefing says, page by page, with nothing of Office or YAML in
it.

Made by `pages`, drawn by every renderer; decks are fitted to slides before. Frozen throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import groupby
from typing import Literal, assert_never

from toolkit.late import dataclass, replace
from toolkit.plan.wording import Wording
from toolkit.problems import Place

Layout = Literal[
    "title",
    "section",
    "care",
    "child",
    "drawing",
    "finding",
    "actions",
    "pause",
    "number",
    "content",
    "two-columns",
    "quotation",
    "activity",
    "table",
    "closing",
    "part",
    "script",
    "card",
    "quiz",
]

# The slots of each layout in reading order. `badge` says which review a slide belongs to, `source` where the
# words come from. `picture` of an activity is left out where a template has no room for it, and `motif`, the
# words inside a brand's own picture on its first slide or a small drawing beside the child, where the brand
# has no placeholder of that name.
SLOTS: dict[Layout, tuple[str, ...]] = {
    "title": ("subtitle", "board", "edition", "motif"),
    "section": ("text",),
    "care": ("body",),
    "child": ("badge", "body", "picture", "motif", "aside", "source"),
    "drawing": ("badge", "drawing", "source"),
    "finding": ("badge", "body", "source"),
    "actions": ("badge", "first", "second", "third", "fourth", "source"),
    "pause": ("badge", "body", "question", "how", "source"),
    "number": ("badge", "figure", "body", "source"),
    "content": ("badge", "body", "source"),
    "two-columns": ("badge", "left", "right", "source"),
    "quotation": ("badge", "quotation", "attribution", "source"),
    "activity": ("badge", "question", "picture", "how", "source"),
    "table": ("badge", "table", "source"),
    "closing": ("left", "right", "source"),
    "part": ("body",),
    "script": ("shown", "script"),
    "card": ("badge", "case", "question"),
    "quiz": ("question", "right", "wrong", "because", "source"),
}
ON_PAPER: tuple[Layout, ...] = (
    "part",
    "script",
    "card",
    "quiz",
)  # of documents; no brand has a slide for them

# Letters, with room for "(notes, 10 of 10)": a screen reader reads titles aloud to whoever looks for a slide.
LONGEST_TITLE = 100

# The parts of the trainer notes in the order they are printed; their headings are in reference/words.yaml.
# Those for the room stand on the notes page; the others in documents alone.
ROOM = ("minutes", "say", "ask", "group", "bring", "do", "listen_for", "care", "if_short", "next")
NOTES = (
    *("minutes", "say", "ask", "group", "bring", "do", "online", "listen_for", "care", "if_short", "next"),
    *("purpose", "local", "source", "background", "reference"),
)
CARE_MARK = "▲"  # before the name of what may hurt: seen without colour
LOOKED_UP = ("minutes", "group", "bring", "if_short", "next")  # set small on a notes page
MOST_WORDS = 220  # on a notes page, and of these to say: it then stands on one page in 14 points
MOST_SAID = 130  # about a minute


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look; `quiet` words are grey. `link` is a web address or empty.

    `origin` is where the words come from, as review, field and number: patrick/points/P-1/finding/0/text;
    several are joined with a space. Words of a page template have its name and the slot or note, fixed words
    theirs; `content_of` leaves these out. It makes no difference to how the span looks, so two spans
    that differ in nothing else are equal.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    origin: str = field(default="", compare=False)
    quiet: bool = False


Spans = tuple[Span, ...]
# What origins of words of ours begin with: templates/pages/care/notes/say, reference/words/ask; or are.
TEMPLATES, FIXED, CLOCK, SECTION = "templates/", "reference/words/", "clock", "section"
_OURS = (TEMPLATES, FIXED)


def content_of(origin: str) -> str:
    """Those of some origins that lie in content: in a review, deck, board or register, not in a template, nor
    in the fixed words; nor are they times of the session's clock, or names of sections.
    """
    if TEMPLATES not in origin and FIXED not in origin and origin not in (CLOCK, SECTION):
        return origin
    every = (one for one in origin.split() if one not in (CLOCK, SECTION))
    return " ".join(one for one in every if not one.startswith(_OURS))


Role = Literal["body", "statement", "callout", "label", "source", "question", "small"]
ListKind = Literal["bullet", "number", "suggestion", "check", "term"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page; level 2 stands below its title. On slides one of level 1 is a figure."""

    spans: Spans
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, a line of a callout box, an evidence label or a citation line.

    On notes pages alone it may be a `question` to ask, set larger, or `small`, what is looked up now and
    then. A `large` line of a callout box is seen first, from a distance; documents alone have it.
    """

    spans: Spans
    role: Role = "body"
    large: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. `suggestion` marks practice suggestions of ours, which no source recommends; a `check` list has
    boxes to tick; numbers count from `start`. An item of a `term` list is bold words, a tab, and what
    belongs to them, which stands beside them on paper.
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
    in points. A row of empty cells is one to write in; quiet words in it are an example.
    """

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    widths: tuple[float, ...] = ()

    @property
    def to_write_in(self) -> bool:
        """Whether it has a row to write in."""
        return any(map(is_to_write_in, self.rows))


def is_to_write_in(row: tuple[Spans, ...]) -> bool:
    """Whether nothing stands in a row but an example."""
    return all(span.quiet for cell in row for span in cell)


@dataclass(frozen=True)
class Timeline:
    """Dated events in order: (when, what)."""

    events: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True)
class Lines:
    """Room to write: so many ruled lines; or one, dashed, to `cut` along. Documents have them, slides do
    not.
    """

    count: int
    cut: bool = False


@dataclass(frozen=True)
class Field:
    """Words, and room beside them to write a few more, or a `date`."""

    label: Spans
    date: bool = False


@dataclass(frozen=True)
class Fields:
    """Fields beside each other on one line. Documents have them, slides do not."""

    fields: tuple[Field, ...]


Form = Literal["rectangle", "rounded", "ellipse", "diamond", "line", "arrow", "words"]
Tone = Literal["none", "paper", "pale", "accent", "ink"]
Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle", "bottom"]


@dataclass(frozen=True)
class Shape:
    """A part of a drawing, in the drawing's own units from its top left corner.

    A line or an arrow goes from (`x`, `y`) by `w` and `h`, which may be negative for these two; `weight` is
    the thickness of what is painted in `edge`. `words` is a box of which nothing is seen. A paragraph of
    `size`, and one before it (`head`), may stand inside a shape, but not on a line: in the colour of paper on
    `accent` and `ink`, else in that of ink, so that it can be read in every brand.
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
    align: Align = "center"
    anchor: Anchor = "middle"
    head: Spans = ()

    @property
    def paragraphs(self) -> tuple[Spans, ...]:
        """Its words, paragraph by paragraph."""
        return tuple(filter(None, (self.head, self.spans)))

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
    each brand has its own. `instead` stands where there is too little room for the drawing: its plain form.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str
    instead: Blocks = ()


@dataclass(frozen=True)
class Picture:
    """A picture of dots, `width` by `height`: the bytes of a PNG or JPEG that holds nothing else.

    `alt` says what it shows; empty, it is decorative. `credit` are the words, with the licence, that stand on
    every page on which it does; `origin` is where all of these come from.
    """

    data: bytes = field(repr=False)
    width: int
    height: int
    alt: str
    credit: str
    origin: str = field(default="", compare=False)


Block = Heading | Paragraph | Bullets | Quotation | Table | Timeline | Lines | Fields | Drawing | Picture
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
    begins, in minutes from the opening. `origin` is where the words of the title come from (see `Span`), and
    `accent` which of the brand's accent colours it has: a deck about several reviews has one for each. In a
    document the section of a page may begin a `new_sheet` of paper; a part that is a numbered `box` has its
    number, else 0, and one with `new_side` begins a new side of paper. The title and words of a `strip`
    stand in one tinted paragraph, without a heading.
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
    accent: int = 0
    new_sheet: bool = False
    box: int = 0
    new_side: bool = False
    strip: bool = False

    @property
    def in_strip(self) -> Blocks:
        """The title and words of a strip as its one paragraph."""
        said = tuple(span for _, blocks in self.slots for span in spans_in(blocks))
        return (Paragraph((Span(f"{self.title} ", bold=True, origin=self.origin), *said), "label"),)

    def slot(self, name: str) -> Blocks:
        """The blocks of one slot; empty when the page does not use it."""
        return dict(self.slots).get(name, ())

    def lasts(self, wording: Wording) -> tuple[str, str]:
        """From when to when by the session's clock, and how long in words."""
        long = wording("one-minute" if self.minutes == 1 else "several-minutes", count=self.minutes)
        return f"{clock(self.start)}–{clock(self.start + self.minutes)}", long


@dataclass(frozen=True)
class Making:
    """What a plan was made of, and how, as its file says it: `of` is its source, such as decks/patrick, and
    `name` that of the plan. `wishes` are those of an edition of its own, by their names; `digests` are a few
    letters for each part of the sources, by the beginning of its origins.
    """

    of: str = ""
    name: str = ""
    final: bool = False
    large_print: bool = False
    wishes: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A whole deck, or a document such as a briefing or a handout.

    `edition` is a date such as 2026-11; `language` a tag such as en-GB; `wording` its fixed words. `subtitle`
    and `board` may be empty. `document` says what a document is, such as Handout, and `draft` is a sentence
    that says what of it nobody has checked yet; `footer` stands in
    place of board, title and edition; empty where there is nothing to say. The words of each name in
    `together` stay on one line. `unapproved` says that nobody has approved this edition as it is.
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
    together: tuple[str, ...] = ()
    unapproved: str = ""
    making: Making = field(default=Making(), compare=False, repr=False)

    @property
    def above(self) -> tuple[str, ...]:
        """What stands above the title of a document: what it is, whose, and which edition, approved or not.
        It takes no line of its own, so that a briefing has the same words before somebody approves it.
        """
        edition = self.wording.date(self.edition) if self.edition else ""
        return tuple(filter(None, (self.document, self.board, edition, self.unapproved)))

    @property
    def state(self) -> str:
        """Why it is a draft, in a sentence: what nobody has checked, or that nobody has approved it."""
        return self.draft or self.unapproved

    @property
    def full_title(self) -> str:
        """What it is and its title, as properties say it: "Handout: Robin"."""
        return ": ".join(filter(None, (self.document, self.title)))

    @property
    def warning(self) -> Blocks:
        """The sentence about what makes it a draft, as a paragraph of notes; none where it is none."""
        span = Span(self.state, bold=True, origin=self.fixed(self.state))
        return (Paragraph((span,)),) if self.state else ()

    def fixed(self, said: str) -> str:
        """The origin of fixed words; of what is none, and so stands in an outline, that of its names."""
        return next((FIXED + name for name, words in self.wording.entries if words == said), SECTION)

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


def origins_in(pages: Iterable[Page]) -> Iterator[str]:
    """Where the words of some pages come from: those of their titles, slots and notes."""
    for page in pages:
        blocks = (*(one for _, one in page.slots), *(note.blocks for note in page.notes))
        every = [page.origin, *(span.origin for one in blocks for span in spans_in(one))]
        yield from (origin for joined in every for origin in joined.split())


def spans_in(blocks: Iterable[Block]) -> Iterator[Span]:
    """Every span of some blocks, in reading order."""
    for block in blocks:
        match block:
            case Paragraph() | Heading() | Quotation():  # nearly all are one of these
                yield from block.spans
            case Bullets():
                for item in block.items:
                    yield from item
            case Table():
                yield from (span for row in (block.header, *block.rows) for cell in row for span in cell)
            case Timeline():
                yield from (span for _, what in block.events for span in what)
            case Drawing():
                yield from (span for shape in block.shapes for spans in shape.paragraphs for span in spans)
            case Fields():
                yield from (span for field in block.fields for span in field.label)
            case Lines() | Picture():
                pass
            case _:
                assert_never(block)


def paragraphs(blocks: Blocks) -> Iterator[Spans]:
    """The words of some blocks, one paragraph, item, cell or shape after the other. A date of a timeline has
    the origin of its event; fields stand alone and on one line.
    """
    for block in blocks:
        match block:
            case Bullets():
                yield from block.items
            case Table():
                yield from (cell for row in (block.header, *block.rows) for cell in row)
            case Timeline():
                for when, what in block.events:
                    yield (Span(when, origin=what[0].origin if what else ""),)
                    yield what
            case Drawing():
                yield from (spans for shape in block.shapes for spans in shape.paragraphs)
            case Fields():
                yield from (field.label for field in block.fields)
                yield tuple(span for field in block.fields for span in (*field.label, Span(" ")))
            case Lines() | Picture():
                pass
            case Heading() | Paragraph() | Quotation():
                yield block.spans
            case _:
                assert_never(block)


def changed(
    block: Block, change: Callable[[str], str], line: Callable[[Spans], Spans] | None = None
) -> Block:
    """A block with every text changed by a function; spans as the whole `line` that they are, if need be."""

    def of(spans: Spans) -> Spans:
        if line:
            return line(spans)
        return tuple(replace(span, text=change(span.text)) for span in spans)

    match block:
        case Paragraph() | Heading() | Quotation():
            return replace(block, spans=of(block.spans))
        case Bullets():
            return replace(block, items=tuple(map(of, block.items)))
        case Table():
            rows = tuple(tuple(map(of, row)) for row in block.rows)
            return replace(block, header=tuple(map(of, block.header)), rows=rows)
        case Timeline():
            return replace(block, events=tuple((change(when), of(what)) for when, what in block.events))
        case Drawing():
            shapes = tuple(
                replace(shape, spans=of(shape.spans), head=of(shape.head)) for shape in block.shapes
            )
            instead = tuple(changed(one, change, line) for one in block.instead)
            return replace(block, shapes=shapes, alt=change(block.alt), instead=instead)
        case Fields():
            return Fields(tuple(replace(field, label=of(field.label)) for field in block.fields))
        case Picture():
            return replace(block, alt=change(block.alt))
        case Lines():
            return block
        case _:
            assert_never(block)


def originating(block: Block, origin: str) -> Block:
    """A block whose words that know no origin have this one."""

    def of(spans: Spans) -> Spans:
        return tuple(span if span.origin else replace(span, origin=origin) for span in spans)

    made = changed(block, str, of)
    if isinstance(made, Drawing):
        return replace(made, instead=tuple(originating(one, origin) for one in made.instead))
    return made


def words(blocks: Blocks) -> str:
    """All text of some blocks, one line a paragraph, item, cell or shape."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Blocks) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading | Quotation):
            lines.append(text(block.spans))
        elif isinstance(block, Bullets):
            lines += [text(item) for item in block.items]
        elif isinstance(block, Table):
            lines += [text(cell) for row in (block.header, *block.rows) for cell in row]
        elif isinstance(block, Timeline):
            lines += [part for when, what in block.events for part in (when, text(what))]
        elif isinstance(block, Drawing):
            lines += [text(spans) for shape in block.shapes for spans in shape.paragraphs]
        elif isinstance(block, Fields):
            lines += [text(field.label) for field in block.fields]
    return lines


def text(spans: Spans) -> str:
    """The letters of some spans without their looks."""
    return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


def spoken(drawing: Drawing | Picture) -> Blocks:
    """A drawing where none can be drawn: its plain form, else what it shows, then its words in their order.

    In place of a picture stands what it shows.
    """
    if isinstance(drawing, Picture):
        return (Paragraph((Span(drawing.alt, origin=drawing.origin),)),) if drawing.alt else ()
    if drawing.instead:
        return drawing.instead
    said = tuple(spans for shape in drawing.shapes for spans in shape.paragraphs)
    origin = next((span.origin for spans in said for span in spans), "")
    return (Paragraph((Span(drawing.alt, origin=origin),)), *((Bullets(said),) if said else ()))


def in_words(blocks: Blocks) -> Blocks:
    """Blocks as they stand in a narrow column: a table and a timeline as lines of words, a drawing in its
    plain form, a picture as what it shows, and a figure before the words that it counts, or that it numbers
    with their heading. A drawing that has a sign in it and no word, such as a question mark, says nothing.
    """
    found: list[Block] = []
    figure: Spans = ()
    lead: Spans = ()
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            found += _counted(figure, lead)
            figure, lead = block.spans, ()
            continue
        if figure:
            if isinstance(block, Heading) and not lead and text(figure).isdecimal():
                lead = tuple(replace(span, bold=True) for span in block.spans)
                continue
            start = int(text(figure)) if text(figure).isdecimal() else 0
            if start and isinstance(block, Paragraph) and block.role != "source":
                spans = (*lead, Span(" "), *block.spans) if lead else block.spans
                found.append(Bullets((spans,), "number", start))
                figure, lead = (), ()
                continue
            found += _counted(figure, lead)
            figure, lead = (), ()
        if isinstance(block, Table):
            found.append(Bullets(tuple(_in_a_row(row) for row in block.rows if not is_to_write_in(row))))
        elif isinstance(block, Timeline):
            found.append(
                Bullets(
                    tuple(
                        (Span(f"{when}: ", bold=True, origin=what[0].origin if what else ""), *what)
                        for when, what in block.events
                    )
                )
            )
        elif isinstance(block, Drawing | Picture):
            found += in_words(spoken(block)) if not _is_a_sign(block) else ()
        else:
            found.append(block)
    return (*found, *_counted(figure, lead))


def _counted(figure: Spans, lead: Spans) -> Blocks:
    """A figure that counts nothing: a heading that it numbers, or alone."""
    if lead:
        return (Bullets((lead,), "number", int(text(figure))),)
    return (Paragraph(figure),) if figure else ()


def _is_a_sign(block: Drawing | Picture) -> bool:
    if isinstance(block, Picture) or block.instead:
        return False
    said = "".join(text(spans) for shape in block.shapes for spans in shape.paragraphs)
    return bool(said) and not any(map(str.isalnum, said))


def _in_a_row(cells: tuple[Spans, ...]) -> Spans:
    first, *others = [cell for cell in cells if cell]
    bold = tuple(replace(span, bold=True) for span in first)
    return (*bold, Span(": "), *_joined(others, "; ")) if others else bold


def _joined(several: Sequence[Spans], between: str) -> Spans:
    return tuple(span for n, spans in enumerate(several) for span in ((Span(between),) if n else ()) + spans)


def note_blocks(notes: tuple[Note, ...], wording: Wording, level: int = 2) -> Blocks:
    """The notes as they are printed: a short part begins with its name in bold, a longer one has its name as
    a heading of a `level`.
    """
    found: list[Block] = []
    for note in notes:
        name = wording[note.name]
        first = note.blocks[0]
        if len(note.blocks) == 1 and isinstance(first, Paragraph) and first.role == "body":
            found.append(Paragraph((Span(f"{name}: ", bold=True, origin=FIXED + note.name), *first.spans)))
        else:
            found += [Heading((Span(name, origin=FIXED + note.name),), level), *note.blocks]
    return tuple(found)


def on_notes_page(notes: tuple[Note, ...], wording: Wording) -> Blocks:
    """The notes as they stand below the picture of a slide: each part under its name, questions larger, the
    mark of care before its name; what is looked up is small, and how long it lasts stands last.
    """
    found: list[Block] = []
    for note in sorted(notes, key=lambda note: note.name == "minutes"):
        name, first = wording[note.name], note.blocks[0]
        if note.name in LOOKED_UP:
            begun = isinstance(first, Paragraph)
            named = Span(f"{name}: ", bold=True, origin=FIXED + note.name)
            lead = (named, *(first.spans if isinstance(first, Paragraph) else ()))
            said = (Paragraph(lead), *(note.blocks[1:] if begun else note.blocks))
            found += [replace(b, role="small") if isinstance(b, Paragraph) else b for b in said]
        else:
            label = f"{CARE_MARK} {name}" if note.name == "care" else name
            found.append(Heading((Span(label, origin=FIXED + note.name),)))
            found += asked(note.blocks) if note.name == "ask" else note.blocks
    return tuple(found)


def asked(blocks: Blocks, role: Role = "question") -> Blocks:
    """What is asked, each question a paragraph of its own in bold."""
    found: list[Block] = []
    for block in blocks:
        lines = (
            block.items
            if isinstance(block, Bullets)
            else (block.spans,)
            if isinstance(block, Paragraph)
            else ()
        )
        for spans in lines:
            found.append(Paragraph(tuple(replace(span, bold=True) for span in spans), role))
        if not lines:
            found.append(block)
    return tuple(found)


def stays_with(block: Block, after: Block | None) -> bool:
    """Whether a block stands on one page with what follows: a question with its lines, words with their
    source."""
    if isinstance(block, (Table, Timeline, Lines, Fields, Drawing)):
        return False
    return isinstance(after, (Lines, Fields)) or (isinstance(after, Paragraph) and after.role == "source")


def field_names(header: tuple[Spans, ...], number: int, count: int) -> list[str]:
    """What each cell of a row to write in is for, of `count` rows: "Action 1", "Action 1: by when"."""
    names = [text(cell) for cell in header]
    if count == 1:
        return names
    first = f"{names[0]} {number}"
    return [first, *(f"{first}: {name[:1].lower()}{name[1:]}" for name in names[1:])]


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
