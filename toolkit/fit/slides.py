"""A deck as `fit` hands it on: only this can be drawn as slides and notes pages."""

from __future__ import annotations

from toolkit.brand.geometry import Room
from toolkit.late import dataclass
from toolkit.plan.model import Blocks, Page, Plan


@dataclass(frozen=True)
class Slide(Page):
    """A page, or as much of one as stands on a slide and its notes page, with every word inside its box.

    `sizes` (points, by slot; `notes` for the notes) are those that are not the brand's own, `printed` is what
    of the notes stands on this notes page, and a `hidden` slide is there for its notes page alone. `rooms`
    are those of slots that gave each other room.
    """

    sizes: tuple[tuple[str, float], ...] = ()
    printed: Blocks = ()
    hidden: bool = False
    rooms: tuple[Room, ...] = ()

    def size(self, name: str) -> float | None:
        """The size in points that `fit` chose for a slot, or None for the brand's own."""
        return dict(self.sizes).get(name)


@dataclass(frozen=True)
class FittedDeck:
    """The plan of a deck, and the slides that show all of it in their order."""

    plan: Plan
    slides: tuple[Slide, ...]
