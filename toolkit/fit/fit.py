"""Nothing is ever cut: what does not fit its box gets a smaller size down to the minimum, then another page.

Continuation slides are titled "… (2 of 3)". Notes that need more than a page go on on a hidden slide, "…
(notes, 2 of 2)", which prints but does not show. What was done is told with the line of YAML that caused it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import Any, TypeVar

from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import (
    ACTIONS,
    CITATIONS,
    CLEAR_PRINT,
    EMU,
    LARGE_PRINT,
    MOTIF,
    SMALLEST_IN_NOTES,
    Room,
    Slot,
)
from toolkit.fit.drawing import place
from toolkit.fit.slides import FittedDeck, Slide
from toolkit.fit.splitting import evened, grouped, measured, page_fulls, shared_out
from toolkit.fit.typeset import (
    advance,
    fits,
    height,
    inner,
    joined,
    timeline_columns,
)
from toolkit.fit.widows import without_widows
from toolkit.late import dataclass, replace
from toolkit.plan.model import (
    LONGEST_TITLE,
    ON_PAPER,
    Block,
    Blocks,
    Drawing,
    Fields,
    Heading,
    Lines,
    Note,
    Page,
    Paragraph,
    Picture,
    Plan,
    Span,
    Table,
    Timeline,
    on_notes_page,
    shortened,
    spans_in,
    spoken,
)
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Place, Problem

REPEATED = ("badge", "source")  # the slots that stand on every slide of a page
WIDOW = 0.3  # of a slot's room: what is left over of a column is too little for a slide of its own
SMALLER_BESIDE_A_DRAWING = 9  # points: how much smaller words may be so that a drawing has room
MOST_REMEMBERED = 2_000  # entries, two for a page: a run may have more pages than it needs to know again
FOR_REFERENCE = ("background", "reference")  # the parts of the notes that nobody reads aloud

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One thing that `fit` did: which page, where it comes from, and what in plain words."""

    place: Place
    title: str
    did: str


@dataclass(frozen=True)
class _Fitted:
    """What comes of a page: its slides, the same slides with their last lines bound, and what was done."""

    slides: tuple[Slide, ...]
    bound: tuple[Slide, ...]
    did: tuple[Change, ...]


@dataclass
class _Memory:
    """What was made of pages for one brand: a thousand decks on twenty reviews have the same ones."""

    brand: Brand | None = None
    made: dict[object, Any] = field(default_factory=dict)

    def of(self, page: Page, brand: Brand, how: object, make: Callable[[], T]) -> T:
        """What is made of a page in a certain way. Pages that differ in nothing but the origins of their
        words are equal, and not the same."""
        if self.brand is not brand or len(self.made) >= MOST_REMEMBERED:
            self.brand, self.made = brand, {}
        boxes = (*(blocks for _, blocks in page.slots), *(note.blocks for note in page.notes))
        key = page, page.origin, tuple(_origins([one for blocks in boxes for one in blocks])), how
        if key not in self.made:
            self.made[key] = make()
        found: T = self.made[key]
        return found


_memory = _Memory()


def _origins(blocks: Sequence[Block]) -> list[str]:
    """Where the words of some blocks come from, those of the plain forms of drawings as well."""
    found = [span.origin for span in spans_in(blocks)]
    for block in blocks:
        if isinstance(block, Drawing):
            found += _origins(block.instead)
    return found


def fit_deck(plan: Plan, brand: Brand, large_print: bool = False) -> tuple[FittedDeck, list[Change]]:
    """A plan's slides and notes pages, with every word inside its box, and what was done.

    Raises Invalid where nothing helps.
    """
    arranged = [_memory.of(page, brand, "", partial(_arranged_and_sized, page, brand)) for page in plan.pages]
    alike = _alike(sizes for _, sizes in arranged)
    slides: list[Slide] = []
    bound: list[Slide] = []
    report: list[Change] = []
    for page, _ in arranged:
        before = () if slides else plan.warning
        own = {key: size for key, size in alike.items() if key[0] == _kind(page)}
        how = (plan.wording, large_print, before, *sorted(own.items()))
        make = partial(_fitted, page, brand, plan.wording, large_print, before, own)
        made = _memory.of(page, brand, how, make)
        slides += made.slides
        bound += made.bound
        report += made.did
    told = zip(_told_apart(slides), slides, bound)
    final = (done if one is same else without_widows(one, brand) for one, same, done in told)
    return FittedDeck(plan, tuple(final)), report


def _fitted(
    page: Page, brand: Brand, wording: Wording, large_print: bool, before: Blocks, alike: Alike
) -> _Fitted:
    """The slides of an arranged page and their notes pages, with words `before` the notes of the first."""
    slides: list[Slide] = []
    did: list[Change] = []
    parts = _slides(page, brand, wording, alike)
    if len(parts) > 1:
        did.append(Change(page.place, page.title, f"goes on over {len(parts)} slides"))
    for part in parts:
        printed = _notes_pages(part, brand, wording, large_print, () if slides else before)
        if len(printed) > 1:
            did.append(Change(part.place, part.title, f"the notes take {len(printed)} pages"))
        slides += printed
    return _Fitted(tuple(slides), tuple(without_widows(slide, brand) for slide in slides), tuple(did))


def _told_apart(slides: list[Slide]) -> Iterator[Slide]:
    """The slides with titles that differ: two long ones may have been shortened to the same words."""
    seen: dict[str, int] = {}
    for slide in slides:
        seen[slide.title] = seen.get(slide.title, 0) + 1
        again = seen[slide.title]
        yield slide if again == 1 else replace(slide, title=f"{slide.title} ({again})")


def footer_words(plan: Plan, brand: Brand, slot: Slot | None = None) -> str:
    """Who and which edition, or a board's own words, for the foot of slides and notes pages.

    Only the edition where there is no room for more.
    """
    edition = plan.wording.date(plan.edition)
    body = brand.notes.body
    room = (brand.notes.page.w - 2 * body.box.x) / EMU * 0.8
    named = ("  |  ".join(filter(None, (plan.board, edition))), plan.board)
    for said in filter(None, (plan.footer,) if plan.footer else named):
        stands = slot is None or fits((Paragraph((Span(said),)),), slot, max(slot.look.size, slot.smallest))
        if stands and advance(said, body.look.font, False) * 12 < room:
            return said
    return edition


Alike = dict[tuple[str, str, str], float]  # by kind of page, layout and slot: the size of its words in a deck


def _alike(found: Iterable[Alike]) -> Alike:
    """One size for words of one kind through a deck: the largest at which all stand that need one slide."""
    least: Alike = {}
    for sizes in found:
        least |= {key: min(size, least.get(key, size)) for key, size in sizes.items()}
    return least


def _arranged_and_sized(page: Page, brand: Brand) -> tuple[Page, Alike]:
    """A page as it is arranged, and the largest sizes at which its words stand on one slide."""
    page = _arranged(page, brand)
    found: Alike = {}
    if page.layout in ON_PAPER:
        return page, found
    slots = _slots(page, brand)
    for name, blocks in (("title", (Paragraph((Span(page.title),)),)), *page.slots):
        if any(isinstance(block, Drawing | Lines | Picture | Table | Timeline) for block in blocks):
            continue
        if size := _size(blocks, slots[name]):
            key = (_kind(page), page.layout, _like(name))
            found[key] = min(size, found.get(key, size))
    return page, found


def _slots(page: Page, brand: Brand) -> dict[str, Slot]:
    """The slots of a page, with the room that they have given each other."""
    rooms = page.rooms if isinstance(page, Slide) else ()
    return brand.layout(page.layout).used([name for name, _ in page.slots], rooms)


def _like(slot: str) -> str:
    """The slot that has the size of another: actions side by side are set alike."""
    return ACTIONS[0] if slot in ACTIONS else slot


def _kind(page: Page) -> str:
    """The page template of a page, without the number that tells its pages apart."""
    return page.id.rpartition("-")[0]


def _arranged(page: Page, brand: Brand) -> Page:
    """A page whose slots have given each other room where one needs more than it has.

    A drawing that would still be too small to be read stands in its plain form.
    """
    if page.layout in ON_PAPER:
        return page
    layout = brand.layout(page.layout)
    page = replace(
        page, slots=tuple(slot for slot in page.slots if slot[0] in layout.slots or slot[0] != MOTIF)
    )
    page = _on_cover(page, layout.slots)
    slots = layout.used([name for name, _ in page.slots])
    small = [name for name, blocks in page.slots if not _stands(blocks, slots[name], layout.font)]
    if not small:
        return page
    column = layout.column([name for name, _ in page.slots])
    tight = any(name in column for name in small)
    if tight and (rooms := _rooms(page, slots, column, layout.font)):
        return Slide(**vars(page), rooms=rooms)
    drawn = (*small, *column) if tight else small
    plain = replace(
        page, slots=tuple((n, _plain(blocks) if n in drawn else blocks) for n, blocks in page.slots)
    )
    if plain != page:
        return _arranged(plain, brand)
    column = [name for name in column if name not in REPEATED]
    low = [name for name in column if not _has_lines(slots[name], 2 if name in small else 1)]
    cover = page.layout == "title" and tight
    return _in_one(page, column, slots) if (low or cover) and len(column) > 1 else page


def _on_cover(page: Page, slots: Mapping[str, Slot]) -> Page:
    """A first slide whose lines say together, one under the other, what the layout has no slot for below the
    words under the title, or no slot at all.
    """
    first = next((name for name, _ in page.slots if name in slots), "")
    apart = [name for name, _ in page.slots if name not in slots]
    lines = [n for n, _ in page.slots if n in slots and n != MOTIF]
    above = [n for n in lines if slots[n].box.y < slots[first].box.y]
    lost = [name for name, _ in page.slots if name in (*apart, *above)]
    if page.layout != "title" or not lost:
        return page
    said = tuple(block for name, blocks in page.slots if name in (first, *lost) for block in blocks)
    if not apart and not _size(said, slots[first]):
        return page
    kept = dict(page.slots) | {first: said}
    return replace(page, slots=tuple((name, b) for name, b in kept.items() if name not in lost))


def _has_lines(slot: Slot, count: int) -> bool:
    """Whether so many lines of the least size stand in a slot: two of what goes on over further slides, for
    a heading and its first line.
    """
    return fits((Paragraph((Span("I"),)),) * count, slot, slot.smallest)


def _in_one(page: Page, column: list[str], slots: Mapping[str, Slot]) -> Page:
    """A page with the words of all slots that stand one under the other in the first of them, which has the
    room of all.
    """
    said = tuple(block for name, blocks in page.slots if name in column for block in blocks)
    if not _is_prose(said):
        return page
    first = next(name for name, _ in page.slots if name in column)
    kept = tuple(
        (n, said if n == first else blocks) for n, blocks in page.slots if n == first or n not in column
    )
    top, low = min(slots[n].box.y for n in column), max(slots[n].box.bottom for n in column)
    return Slide(**vars(replace(page, slots=kept)), rooms=((first, top, low - top),))


def _plain(blocks: Blocks) -> Blocks:
    """The plain form of a drawing that has its slot for itself; other words as they are."""
    alone = blocks[0] if len(blocks) == 1 else None
    return spoken(alone) if isinstance(alone, Drawing) else blocks


def _stands(blocks: Blocks, slot: Slot, font: str) -> bool:
    """Whether some blocks can be read in a slot, on one slide."""
    alone = blocks[0] if len(blocks) == 1 else None
    if isinstance(alone, Drawing):
        return place(alone, font, *inner(slot.box, slot.look), slot.smallest).smallest >= slot.smallest
    if isinstance(alone, Lines) or (alone is None and not _is_prose(blocks)):
        return True  # which is refused later
    return _size(blocks, slot) is not None


def _is_prose(blocks: Blocks) -> bool:
    return not any(isinstance(block, Table | Timeline | Drawing | Picture | Lines) for block in blocks)


def _rooms(page: Page, slots: dict[str, Slot], column: list[str], font: str) -> tuple[Room, ...]:
    """How slots that stand one under the other share their room so that all of them can be read; none if not.

    Words get what they need, in sizes as large as can be; a drawing gets the rest.
    """
    if len(column) < 2:
        return ()
    said = {name: blocks for name, blocks in page.slots if name in column and _is_prose(blocks)}
    drawn = [name for name in column if name not in said]
    if len(drawn) > 1 or any(not isinstance(b, Drawing) for n in drawn for b in page.slot(n)):
        return ()
    top = slots[column[0]].box.y
    whole = slots[column[-1]].box.bottom - top
    for less in range(0, SMALLER_BESIDE_A_DRAWING if drawn else 90, 2):
        need = {}
        for name, blocks in said.items():
            slot = slots[name]
            size = slot.look.size if name in REPEATED else max(slot.smallest, slot.look.size - less)
            width, _ = inner(slot.box, slot.look)
            insets = slot.look.insets[1] + slot.look.insets[3]
            need[name] = round((height(blocks, slot.look, width, size) + 1) * EMU) + insets
        spare = whole - sum(need.values())
        if spare < 0:
            continue
        for name in drawn:
            slot = slots[name]
            if not _stands(page.slot(name), replace(slot, box=replace(slot.box, h=spare)), font):
                break
            need[name] = spare
        else:
            full = sum(need.values())
            rooms, at = [], top
            for name in column:
                high = need[name] * whole // full
                rooms.append((name, at, high))
                at += high
            return tuple(rooms)
    return ()


def _slides(page: Page, brand: Brand, wording: Wording, alike: Alike) -> list[Slide]:
    """The slides that a page needs, "… (1 of 3)" when there are several; only the first has notes."""
    if page.layout in ON_PAPER:
        message = f"“{page.title}” has the layout {page.layout}, which is for documents"
        raise Invalid.at(page.place, message, "give it a layout for slides, such as content")
    slot = brand.layout(page.layout).slots["title"]
    slot = _at_most(slot, alike.get((_kind(page), page.layout, "title")))
    titled, size = _titled(page, slot, _Frame(wording, "part-of"))
    parts = _parts(titled, brand, alike)
    frame = _Frame(wording, "part-of", len(parts))
    if len(parts) > 1:
        titled, size = _titled(page, slot, frame)
        parts = _parts(titled, brand, alike)
        frame = _Frame(wording, "part-of", len(parts))
    slides = []
    for n, part in enumerate(parts, 1):
        # what one column has left over goes on in another layout
        other = brand.layout(part.layout).slots["title"]
        title, own = (
            (titled.title, size) if part.layout == page.layout else _fitted_title(titled.title, other, frame)
        )
        slides.append(
            replace(
                part,
                title=frame.around(title, n),
                sizes=(("title", own), *part.sizes) if own != other.look.size else part.sizes,
            )
        )
    if len(parts) == 1:
        return slides
    going_on = (
        Note("purpose", (Paragraph((Span(wording("goes-on", title=page.title), origin=page.origin),)),)),
    )
    return slides[:1] + [
        replace(s, id=f"{s.id}-{n}", notes=going_on, minutes=0, start=page.start + page.minutes)
        for n, s in enumerate(slides[1:], 2)
    ]


@dataclass(frozen=True)
class _Frame:
    """The words round a title that say which part of how many a slide is; none when it is the only one."""

    wording: Wording
    name: str
    parts: int = 1

    def around(self, title: str, part: int) -> str:
        return self.wording(self.name, title=title, part=part, parts=self.parts) if self.parts > 1 else title


def _titled(page: Page, slot: Slot, frame: _Frame) -> tuple[Page, float]:
    """A page whose title stands in its slot, and at which size.

    A title too long goes whole into the body and shortened above it.
    """
    title, size = _fitted_title(page.title, slot, frame)
    if title == page.title:
        return page, size
    whole = Paragraph((Span(page.title, bold=True, origin=page.origin),))
    taken = ("badge", *CITATIONS)
    whole_slot = (Table, Timeline, Drawing, Picture)  # what has a slot of its own
    name = next(
        (n for n, b in page.slots if n not in taken and not any(isinstance(one, whole_slot) for one in b)),
        None,
    )
    slots = tuple((n, (whole, *b) if n == name else b) for n, b in page.slots)
    notes = page.notes if name else (Note("background", (whole,)), *page.notes)
    return replace(page, title=title, slots=slots, notes=notes), size


def _fitted_title(title: str, slot: Slot, frame: _Frame) -> tuple[str, float]:
    """A title that stands in its slot with the words of its frame, cut with "…" if need be; and its size."""

    def set_(words: str) -> Blocks:
        return (Paragraph((Span(frame.around(words, frame.parts)),)),)

    size = _size(set_(title), slot)
    if size and len(title) <= LONGEST_TITLE:
        return title, size
    kept = shortened(title).removesuffix(" …").split(" ")
    while len(kept) > 1 and not fits(set_(" ".join(kept) + " …"), slot, size or slot.smallest):
        kept.pop()
    return " ".join(kept) + " …", size or slot.smallest


def _at_most(slot: Slot, size: float | None) -> Slot:
    """A slot whose words have at most this size, and the space between them in proportion."""
    if not size or size >= slot.look.size:
        return slot
    before = slot.look.before * size / slot.look.size
    return replace(slot, look=replace(slot.look, size=size, before=before))


def _parts(page: Page, brand: Brand, alike: Alike) -> list[Slide]:
    """A page cut into as many slides as its slots need.

    What one of two columns has left over goes on in the full width.
    """
    slots = _slots(page, brand)
    sizes: dict[str, float] = {}
    chunks: dict[str, list[Blocks]] = {}
    for name, blocks in page.slots:
        slot = slots[name]
        _check_lines(page, blocks)
        if any(isinstance(block, Drawing | Picture) for block in blocks):
            _check_drawing(page, blocks)
            chunks[name] = [blocks]
            continue
        size = _size(blocks, _at_most(slot, alike.get((_kind(page), page.layout, _like(name)))))
        if name == "badge" and not size:  # no slide is made for words that only say whose it is
            size = next((less for less in (18.0, 16.0, 14.0, 12.0) if fits(blocks, slot, less)), None)
        chunks[name] = [blocks] if size else page_fulls(blocks, slot, slot.smallest, page)
        sizes[name] = size or slot.smallest
    if sizes.keys() >= {"left", "right"} and slots["left"].look.size == slots["right"].look.size:
        sizes["left"] = sizes["right"] = min(
            sizes["left"], sizes["right"]
        )  # columns that the brand sets alike stay alike
    sizes = {name: size for name, size in sizes.items() if size != slots[name].look.size}
    columns = [name for name in ("left", "right") if name in chunks]
    both = min((len(chunks[name]) for name in columns), default=0)
    rest: list[Slide] = []
    for name in columns:
        if len(columns) == 2 and len(chunks[name]) > both:
            full = page_fulls(dict(page.slots)[name], slots[name], slots[name].smallest, page, even=False)
            chunks[name], left_over = full[:both], [block for chunk in full[both:] for block in chunk]
            heading = [b for b in full[0][:1] if isinstance(b, Heading)]
            around = [(n, b) for n, b in page.slots if n not in columns]
            at = sum(n == "badge" for n, _ in around)
            rest = _parts(
                replace(
                    page,
                    layout="content",
                    slots=(*around[:at], ("body", (*heading, *joined(left_over))), *around[at:]),
                ),
                brand,
                alike,
            )
            width, room = inner(slots[name].box, slots[name].look)
            if height(joined(left_over), slots[name].look, width, slots[name].smallest) < WIDOW * room and (
                shared := _side_by_side(page, slots, both + 1)
            ):
                chunks, rest = chunks | shared, []
                sizes |= {
                    side: slots[side].smallest
                    for side in columns
                    if slots[side].smallest != slots[side].look.size
                }
    count = max((len(c) for c in chunks.values()), default=1)
    slides = []
    for n in range(count):
        here = tuple(
            (name, c[n] if n < len(c) else c[-1])
            for name, c in chunks.items()
            if n < len(c) or (name in REPEATED and len(c) == 1)
        )
        slides.append(Slide(**vars(page) | {"slots": here, "sizes": tuple(sizes.items())}))
    return slides + rest


def _check_lines(page: Page, blocks: Blocks) -> None:
    """Refuses room to write on a slide or its notes page: nobody can write there."""
    if any(isinstance(block, (Lines, Fields)) for block in blocks):
        message = f"“{page.title}” has lines to write on, which slides and their notes do not have"
        raise Invalid.at(page.place, message, "take the line with _ out; a handout or card may have it")


def _check_drawing(page: Page, blocks: Blocks) -> None:
    """Refuses a drawing or picture that shares its slot."""
    if len(blocks) > 1:
        what = "drawing" if any(isinstance(block, Drawing) for block in blocks) else "picture"
        message = f"“{page.title}” has a {what} and other words in one slot"
        raise Invalid.at(page.place, message, f"give the {what} a slot of its own")


def _side_by_side(page: Page, slots: dict[str, Slot], count: int) -> dict[str, list[Blocks]] | None:
    """Both columns of a page shared out over slides, with their headings; None where one has too little."""
    found = {}
    for name in ("left", "right"):
        blocks, slot = page.slot(name), slots[name]
        heading = blocks[:1] if isinstance(blocks[0], Heading) else ()
        width, room = inner(slot.box, slot.look)
        less = room - height(heading, slot.look, width, slot.smallest)
        groups = grouped(measured(blocks[len(heading) :], slot, slot.smallest, page), less)
        parts = evened(groups, less, count) if len(groups) >= count else None
        if parts is None:
            return None
        found[name] = [(*heading, *joined(part)) for part in parts]
    return found


def _size(blocks: Blocks, slot: Slot) -> float | None:
    """The largest size from the brand's own down to the minimum at which some blocks fit, or None."""
    size = max(slot.look.size, slot.smallest)
    while size >= slot.smallest:
        if fits(blocks, slot, size) and not _crowded(blocks, slot, size):
            return size
        size = size - 2 if size - 2 >= slot.smallest or size == slot.smallest else slot.smallest
    return None


def _crowded(blocks: Blocks, slot: Slot, size: float) -> bool:
    width, _ = inner(slot.box, slot.look)
    return any(
        isinstance(b, Timeline) and len(b.events) > timeline_columns(b, slot.look, width, size)
        for b in blocks
    )


def _notes_pages(
    slide: Slide, brand: Brand, wording: Wording, large_print: bool, before: Blocks = ()
) -> list[Slide]:
    """The slide with its notes, some words `before` them, and hidden slides for those that need more pages.

    What is said and done comes first; when all is more than a page, the account in full begins the next.
    """
    if not slide.notes and not before:
        return [slide]
    slot = brand.notes.body
    for note in slide.notes:
        _check_lines(slide, note.blocks)
    aloud = _prose(on_notes_page(tuple(n for n in slide.notes if n.name not in FOR_REFERENCE), wording))
    aloud = (*before, *aloud)
    account = _prose(on_notes_page(tuple(n for n in slide.notes if n.name in FOR_REFERENCE), wording))
    best: tuple[float, list[Blocks]] | None = None
    _, room = inner(slot.box, slot.look)
    for size in (LARGE_PRINT,) if large_print else (CLEAR_PRINT, 13.0, SMALLEST_IN_NOTES):
        said, told = (measured(blocks, slot, size, slide) for blocks in (aloud, account))
        chunks = shared_out(said + told, room)
        if len(chunks) > 1 and said and told:
            chunks = shared_out(said, room) + shared_out(told, room)
        if best is None or len(chunks) < len(best[1]):
            best = (size, chunks)
        if len(chunks) == 1:
            break
    assert best is not None
    size, chunks = best
    title_slot = brand.layout(slide.layout).slots["title"]
    frame = _Frame(wording, "notes-part-of", len(chunks))
    title, title_size = _fitted_title(slide.title, title_slot, frame)
    pages = []
    for n, chunk in enumerate(chunks):
        printed = replace(slide, sizes=(*slide.sizes, ("notes", size)), printed=chunk)
        if n:
            printed = replace(
                printed,
                id=f"{slide.id}-notes-{n + 1}",
                title=frame.around(title, n + 1),
                sizes=(("title", title_size), *(s for s in printed.sizes if s[0] != "title")),
                hidden=True,
                minutes=0,
                start=slide.start + slide.minutes,
            )
        pages.append(printed)
    return pages


def _prose(blocks: Blocks) -> Blocks:
    """Blocks as the notes of a slide hold them: in place of a drawing or picture stands what it says."""
    drawn = (spoken(block) if isinstance(block, Drawing | Picture) else (block,) for block in blocks)
    return tuple(b for made in drawn for b in made)


def check_notes(deck: FittedDeck, brand: Brand) -> list[Problem]:
    """Proof for each notes page that its text stands inside its box. It cannot be turned off."""
    slot = brand.notes.body
    return [
        Problem(
            slide.place,
            f"the notes of “{slide.title}” do not fit their page",
            "this is a fault of the toolkit; please report it",
        )
        for slide in deck.slides
        if slide.printed and not fits(slide.printed, slot, slide.size("notes") or slot.look.size)
    ]
