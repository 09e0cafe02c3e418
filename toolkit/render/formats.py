"""Every kind of file that is built: one line for each, and a module that draws it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Format:
    """A kind of file: what its name ends in, which function of `render` draws it and which one of `render.readback` reads it back.

    One that is `fitted` is drawn from the slides and notes pages as `fit` has set them, others from the plan itself. One that is
    `sized` is given the size of its words in points, which large print changes. `office` files must pass the accessibility checks.
    """

    ending: str
    drawn_by: str
    read_by: str = ""
    fitted: bool = False
    sized: bool = False
    office: bool = False

    def draw(self, *given: Any) -> bytes:
        """The finished bytes, from a plan, a brand and, where it is `sized`, a size. Raises Invalid."""
        module, _, name = self.drawn_by.partition(".")
        drawn: bytes = getattr(import_module(f"toolkit.render.{module}"), name)(*given)
        return drawn


FORMATS = {
    "decks": (
        Format(".pptx", "pptx.render", "check_deck", fitted=True, office=True),
        Format(".notes.pdf", "pdf.notes_pages", fitted=True, sized=True),
        Format(".guide.docx", "docx.render", "check_document", office=True),
        Format(".guide.pdf", "pdf.trainer_guide"),
        Format(".handout.pdf", "pdf.handout"),
    ),
    "briefings": (
        Format(".docx", "docx.render", "check_document", office=True),
        Format(".pdf", "pdf.briefing"),
    ),
}
