"""Every kind of file that is built: one line for each, and a module that draws it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.fit.slides import FittedDeck
    from toolkit.office.opc import Package
    from toolkit.plan.model import Plan
    from toolkit.problems import Problem


@dataclass(frozen=True)
class Format:
    """A kind of file: what its name ends in, the function of `render` that draws it, the one of `readback`
    that reads it back.

    A PDF is read back as what is `printed`. One that is `fitted` is drawn from a fitted deck, others from the
    plan itself. One that is `sized` is given the size of its words in
    points, which large print changes. `office` files must pass the accessibility checks.
    """

    ending: str
    drawn_by: str
    read_by: str
    printed: str = ""
    fitted: bool = False
    sized: bool = False
    office: bool = False
    plan: str = "deck"

    def draw(self, *given: Any) -> bytes:
        """The finished bytes, from a plan or fitted deck, a brand and, where it is `sized`, a size.

        Raises Invalid.
        """
        module, _, name = self.drawn_by.partition(".")
        drawn: bytes = getattr(import_module(f"toolkit.render.{module}"), name)(*given)
        return drawn

    def read_back(self, data: bytes | Package, said: Plan | FittedDeck) -> list[Problem]:
        """What of a plan or fitted deck has not arrived in the finished bytes, or in the package that they
        hold."""
        from toolkit.render import readback

        printed = (self.printed,) if self.printed else ()
        lost: list[Problem] = getattr(readback, self.read_by)(data, said, *printed)
        return lost


FORMATS = {
    "decks": (
        Format(".pptx", "pptx.render", "check_deck", fitted=True, office=True),
        Format(".notes.pdf", "pdf.notes_pages", "check_pdf", "notes", fitted=True, sized=True),
        Format(".guide.docx", "docx.render", "check_document", office=True, plan="guide"),
        Format(".guide.pdf", "pdf.briefing", "check_pdf", "briefing", plan="guide"),
        Format(".handout.docx", "docx.render", "check_document", office=True, plan="handout"),
        Format(".handout.pdf", "pdf.briefing", "check_pdf", "briefing", plan="handout"),
        Format(".team.docx", "docx.render", "check_document", office=True, plan="team"),
        Format(".team.pdf", "pdf.briefing", "check_pdf", "briefing", plan="team"),
        Format(".quiz.gift.txt", "gift.render", "check_quiz", plan="quiz"),
    ),
    "briefings": (
        Format(".docx", "docx.render", "check_document", office=True, plan="briefing"),
        Format(".pdf", "pdf.briefing", "check_pdf", "briefing", plan="briefing"),
    ),
}
