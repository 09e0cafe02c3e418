"""Where words stand on slides and notes pages: boxes, the slots of a layout, and how the text in them is set.

Lengths are EMU (914,400 to the inch, 12,700 to the point), sizes points.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from itertools import pairwise

from toolkit.late import dataclass, replace
from toolkit.office.boxes import Box as Box
from toolkit.office.boxes import Colour as Colour
from toolkit.office.boxes import Crop as Crop
from toolkit.office.boxes import Drawn as Drawn
from toolkit.office.boxes import Outline as Outline
from toolkit.plan.model import SLOTS, Layout

EMU = 12_700  # per point
INCH = 914_400
SMALLEST_ON_SLIDES = 20.0  # points: what can be read from the back of a room, on slides of the usual height
USUAL_HEIGHT = (
    7.5 * INCH
)  # of a slide; lower ones, as Google Slides and LibreOffice have them, show all larger
SMALLEST_CITATION = 12.0
SMALLEST_IN_NOTES = 12.0  # clear print minimum (UK Association for Accessible Formats)
CLEAR_PRINT = 14.0
LARGE_PRINT = 18.0


def document_size(asked: float) -> float:
    """The size of a document's words where notes have `asked`: the least clear one, but in large print."""
    return asked if asked > CLEAR_PRINT else SMALLEST_IN_NOTES


CITATIONS = ("source", "footer", "number")  # the slots that may go below SMALLEST_ON_SLIDES


def points_on(slide: Box, points: float) -> float:
    """A size that is meant for slides of the usual height, on a slide that is perhaps lower, to half points.

    Never less than three quarters of it.
    """
    return round(points * min(1.0, max(0.75, slide.h / USUAL_HEIGHT)) * 2) / 2


@dataclass(frozen=True)
class Look:
    """How text in a slot is set: points, ratios of the size, EMU insets (left, top, right, bottom).

    `undone` names what the template says of its words and a renderer takes back, because words could not be
    read or would run off: "cap" (capitals), "spc" (letters spread out), "wrap" (lines that never break),
    "numCol" (columns within the box); "sz" where it says no size at all; "size" and "b" where what stands
    alone on a slide has a size or weight of ours; "ins" where the words have more air around them; "after"
    where they have less between them; "effect" where they have a shadow, which goes with their colour.
    """

    size: float
    font: str = "Arial"
    bold: bool = False
    line: float = 1.0
    before: float = 0.0
    after: float = 0.0
    insets: tuple[int, int, int, int] = (91_440, 45_720, 91_440, 45_720)
    undone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Slot:
    """Where a slot's words go: a placeholder of the layout, or (with `idx` None) a text box of ours.

    `label` is the placeholder's own name; `moved` says that the box is not the layout's, so a renderer must
    write it. `colour` is the theme colour to write the words in where the inherited one would be hard to
    read, and `fill` the theme colour to lay behind them where no ink can be read on all that the template has
    there; `bare` says that nothing useful is inherited, so a renderer writes size, weight and insets as well.
    `align` is the alignment to write where the inherited one would not do: "ctr" or "r" for a text box among
    words that are not set left, "l" for running text that the template centres or justifies; `anchor` is
    where its words stand in the box, where that is ours to say: "ctr" or "b". `accented` says that headings
    in it can be read in the brand's accent colour, `panel` that it stands on a ground of it. `least` is the
    least size of its words in points, unless they are a citation.
    """

    name: str
    box: Box
    look: Look
    idx: int | None = None
    type: str = ""
    label: str = ""
    moved: bool = False
    colour: str = ""
    bare: bool = False
    align: str = ""
    anchor: str = ""
    fill: str = ""
    accented: bool = True
    panel: bool = False
    least: float = SMALLEST_ON_SLIDES

    @property
    def own(self) -> bool:
        """Whether a renderer must write the whole look of the words."""
        return self.bare or self.idx is None

    @property
    def smallest(self) -> float:
        return SMALLEST_CITATION if self.name in CITATIONS else self.least


Room = tuple[str, int, int]  # a slot, where its box begins, and how high it is


@dataclass(frozen=True)
class SlideLayout:
    """One of our layout roles in this brand.

    `position` counts the template's layouts over all its masters from 0, `font` is that of what stands in no
    placeholder, `missing` names the slots that have none, and `on_art` those that lie on a logo or on drawn
    words because there is no other room, with how much of them does, 0 to 1.
    """

    role: Layout
    name: str
    position: int
    slots: dict[str, Slot]
    font: str
    missing: tuple[str, ...] = ()
    on_art: dict[str, float] = field(default_factory=dict)

    def used(self, names: Collection[str], rooms: Collection[Room] = ()) -> dict[str, Slot]:
        """The slots of a page that uses these names, with the `rooms` that were shared out among them.

        The room of one that it does not use belongs to that above it, or else to that below. A picture takes
        its room from the words that it shares a box with.
        """
        slots = dict(self.slots)
        if self.role == "actions":
            slots |= self._given_back(names, slots)
            return slots | _spread([slots[name] for name in ACTIONS if name in names], slots)
        shared = self.role == "child" and slots["picture"].idx is None
        if shared and "picture" in names:
            slots |= {n: _less(slots[n], slots["picture"].box) for n in ("body", "aside") if n in slots}
        main = [name for name in SLOTS[self.role] if name in slots and name not in ("badge", "source")]
        if shared:
            main.remove("picture")
        for n, name in enumerate(main):
            if name in names or name == MOTIF or self.role in ("title", "pause", *BESIDE):
                continue
            box = slots[name].box
            above = next((slots[other] for other in main[:n][::-1] if other in names), None)
            below = next((slots[other] for other in main[n + 1 :] if other in names), None)
            listed = (
                name == "picture" and below is not None
            )  # what is drawn nowhere is told below the question
            if above and _aligned(above.box, box) and not listed:
                slots[above.name] = replace(
                    above, box=replace(above.box, h=box.bottom - above.box.y), moved=True
                )
            elif below and _aligned(below.box, box) and box.y < below.box.y:
                grown = replace(below.box, y=box.y, h=below.box.bottom - box.y)
                slots[below.name] = replace(below, box=grown, moved=True)
        slots |= self._given_back(names, slots)
        for name, top, high in rooms:
            slots[name] = replace(slots[name], box=replace(slots[name].box, y=top, h=high), moved=True)
        return slots

    def _given_back(self, names: Collection[str], slots: dict[str, Slot]) -> dict[str, Slot]:
        """The slots that have the room of a badge above them, of a source below them, or of the board above
        the edition, where a page has none and the template no placeholder for it.
        """
        made: dict[str, Slot] = {}
        main = [name for name in SLOTS[self.role] if name in names and name in slots]
        for lost in ("badge", "board", "source"):
            if lost in names or lost not in slots or slots[lost].idx is not None:
                continue
            room = slots[lost].box
            for name in main:
                slot = made.get(name, slots[name])
                box = slot.box
                beside = box.x >= room.x - INCH // 4 and box.right <= room.right + INCH // 4
                if lost == "source" and beside and 0 <= room.y - box.bottom < INCH // 8:
                    made[name] = replace(slot, box=replace(box, h=room.bottom - box.y), moved=True)
                elif lost != "source" and beside and 0 <= box.y - room.bottom < INCH // 8:
                    grown = replace(box, y=room.y, h=box.bottom - room.y)
                    made[name] = replace(slot, box=grown, moved=True)
        return made

    def column(self, names: Collection[str]) -> list[str]:
        """The slots of a page that stand one under the other and may give each other room, from the top."""
        if self.role in BESIDE:
            return []
        slots = self.used(names)
        main = [name for name in SLOTS[self.role] if name in names and name not in ("badge", "source")]
        if self.role == "child" and "picture" in main and slots["picture"].box.x >= slots["body"].box.right:
            main.remove("picture")  # it keeps its place beside them
        if self.role != "title" and main:  # a badge and a source of ours give what they do not need
            first = slots[main[0]].box
            main += [
                name
                for name in ("badge", "source")
                if name in names
                and name in slots
                and slots[name].idx is None
                and _aligned(slots[name].box, first)
            ]
        main.sort(key=lambda name: slots[name].box.y)
        boxes = [slots[name].box for name in main]
        if self.role != "title" and not all(_aligned(boxes[0], box) for box in boxes):
            return []
        return main if all(a.bottom <= b.y for a, b in pairwise(boxes)) else []


# Roles that may have a ground of their own, on which only the first accent need be read.
GROUNDS = ("title", "section", "care", "child", "pause", "quotation", "closing")
MOTIF = "motif"  # the slot that only a brand with a placeholder of this name has
BESIDE = ("two-columns", "actions", "closing")  # roles whose slots stand side by side
ACTIONS = ("first", "second", "third", "fourth")


def _spread(used: list[Slot], slots: dict[str, Slot]) -> dict[str, Slot]:
    """The columns that a page uses, as wide as all of them allow: three have as much room as four."""
    if not used:
        return {}
    left, right = slots[ACTIONS[0]].box.x, max(slots[name].box.right for name in ACTIONS)
    gap = slots[ACTIONS[1]].box.x - slots[ACTIONS[0]].box.right
    wide = (right - left - gap * (len(used) - 1)) // len(used)
    boxes = (replace(one.box, x=left + n * (wide + gap), w=wide) for n, one in enumerate(used))
    return {one.name: replace(one, box=box, moved=True) for one, box in zip(used, boxes)}


def _less(slot: Slot, taken: Box) -> Slot:
    """A slot without what is taken of its box at the right or at the bottom, and a little air before that."""
    box = slot.box
    if not box.shared(taken):
        return slot
    if taken.x > box.x:
        return replace(slot, box=replace(box, w=taken.x - INCH // 4 - box.x), moved=True)
    return replace(slot, box=replace(box, h=taken.y - INCH // 8 - box.y), moved=True)


def _aligned(first: Box, second: Box) -> bool:
    """Whether two boxes stand in one column."""
    return abs(first.x - second.x) + abs(first.right - second.right) < INCH


@dataclass(frozen=True)
class NotesLook:
    """The notes page: its body's box and text, its own page size in EMU, and the room beside the slide's
    picture, where there is enough for the clock.
    """

    body: Slot
    page: Box
    beside: Box | None = None


@dataclass(frozen=True)
class Holder:
    """A placeholder of a layout with what it inherits. `ink` and `fill` are None where they cannot be told.

    `line` is the colour of its outline, and `edge` how a hard shadow is drawn, the coloured edge of a card:
    its offset in EMU and its colour. `inked` says that the template names a colour for its words.
    """

    idx: int
    type: str
    label: str
    box: Box
    look: Look
    ink: Colour | None
    fill: tuple[Colour | None, ...]
    vertical: bool
    align: str
    anchor: str = "t"
    line: Colour | None = None
    edge: tuple[int, int, Colour] | None = None
    inked: bool = True


@dataclass(frozen=True)
class Sheet:
    """A slide layout: its type as the file has it, what it holds, what it draws, and on which colours.

    `words` is where its master has its text, `fonts` are those of titles, of text, and of what stands in no
    placeholder.
    """

    name: str
    type: str
    position: int
    master: int
    holders: tuple[Holder, ...]
    drawn: tuple[Drawn, ...]
    ground: tuple[Colour | None, ...]
    scheme: dict[str, Colour]
    safe: Box
    words: Box | None
    fonts: tuple[str, str, str]
    title: Look
    body: Look

    def holder(self, slot: Slot) -> Holder | None:
        """The placeholder that a slot stands in, if any."""
        return next((h for h in self.holders if slot.idx == h.idx and slot.type == h.type), None)
