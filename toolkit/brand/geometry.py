"""Where words stand on slides and notes pages: boxes, the slots of a layout, and how the text in them is set.

Lengths are EMU (914,400 to the inch, 12,700 to the point), sizes points.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from toolkit.office.boxes import Box as Box
from toolkit.office.boxes import Colour as Colour
from toolkit.office.boxes import Crop as Crop
from toolkit.office.boxes import Drawn as Drawn
from toolkit.plan.model import SLOTS, Layout

EMU = 12_700  # per point
INCH = 914_400
SMALLEST_ON_SLIDES = 18.0  # points; Microsoft's accessibility advice for slides
SMALLEST_CITATION = 12.0
SMALLEST_IN_NOTES = 12.0  # clear print minimum (UK Association for Accessible Formats)
CLEAR_PRINT = 14.0
LARGE_PRINT = 18.0
CITATIONS = ("source", "footer", "number")  # the slots that may go below SMALLEST_ON_SLIDES


@dataclass(frozen=True)
class Look:
    """How text in a slot is set: points, ratios of the size, EMU insets (left, top, right, bottom).

    `undone` names what the template says of its words and a renderer takes back, because words could not be
    read or would run off: "cap" (capitals), "spc" (letters spread out), "wrap" (lines that never break),
    "numCol" (columns within the box); "sz" where it says no size at all.
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
    words that are not set left, "l" for running text that the template centres or justifies.
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
    fill: str = ""

    @property
    def own(self) -> bool:
        """Whether a renderer must write the whole look of the words."""
        return self.bare or self.idx is None

    @property
    def smallest(self) -> float:
        return SMALLEST_CITATION if self.name in CITATIONS else SMALLEST_ON_SLIDES


@dataclass(frozen=True)
class SlideLayout:
    """One of our layout roles in this brand.

    `position` counts the template's layouts over all its masters from 0, `font` is that of what stands in no
    placeholder, and `missing` names the slots that have none.
    """

    role: Layout
    name: str
    position: int
    slots: dict[str, Slot]
    font: str
    missing: tuple[str, ...] = ()

    def used(self, names: Collection[str]) -> dict[str, Slot]:
        """The slots of a page that uses these names; without a label, those above it have its room too."""
        slots = dict(self.slots)
        label = slots.get("label")
        if label and "label" not in names and self.role != "two-columns":
            for name, slot in self.slots.items():
                if (
                    name in SLOTS[self.role]
                    and name not in ("badge", "label", "source")
                    and 0 <= label.box.y - slot.box.bottom < INCH // 2
                ):
                    slots[name] = replace(
                        slot, box=replace(slot.box, h=label.box.bottom - slot.box.y), moved=True
                    )
        return slots


@dataclass(frozen=True)
class NotesLook:
    """The notes page: its body's box and text, and its own page size in EMU."""

    body: Slot
    page: Box


@dataclass(frozen=True)
class Holder:
    """A placeholder of a layout with what it inherits. `ink` and `fill` are None where they cannot be told.

    `line` is the colour of its outline, and `edge` how a hard shadow is drawn, the coloured edge of a card:
    its offset in EMU and its colour.
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
