"""A compiled brand: everything that fitting and drawing need of a board's templates, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.brand.geometry import Box, NotesLook, Sheet, SlideLayout

PLAIN_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's own style "No Style, Table Grid", which no file needs to define


@dataclass(frozen=True)
class Brand:
    """Everything a renderer and `fit` need to know of a brand.

    `deck` and `briefing` are the cleaned templates, `sheets` the deck's layouts as they are drawn (SlideLayout.position counts them), `styles`
    the Word style of each role, `accent` the theme colour of headings inside slides, and `table_style` the id of the style of tables in decks.
    """

    deck: bytes
    briefing: bytes
    slide: Box
    layouts: dict[str, SlideLayout]
    notes: NotesLook
    sheets: tuple[Sheet, ...]
    styles: dict[str, str] = field(default_factory=dict)
    accent: str = "tx1"
    table_style: str = PLAIN_GRID

    def layout(self, role: str) -> SlideLayout:
        """The layout that plays a role."""
        return self.layouts[role]

    def sheet(self, role: str) -> Sheet:
        """What the template's layout for a role holds and draws."""
        return self.sheets[self.layouts[role].position]
