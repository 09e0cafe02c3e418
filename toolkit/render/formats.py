"""Every kind of file that is built: one line for each, and a module that draws it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from toolkit.late import dataclass
from toolkit.seals import sealed

if TYPE_CHECKING:
    from toolkit.fit.slides import FittedDeck
    from toolkit.office.opc import Package
    from toolkit.plan.model import Plan
    from toolkit.problems import Problem


@dataclass(frozen=True)
class Format:
    """A kind of file: what its name ends in, the function of `render` that draws it, the one of `readback`
    that reads it back.

    It is drawn from the `plan` of this name: "deck" is that of the slides, every other one a document's; a
    `fitted` one from the fitted deck, of which a `pictured` one shows the slides. One that is `sized` is
    given the size of its words in points, which large print changes. `office` files must pass the
    accessibility checks.
    """

    ending: str
    drawn_by: str
    read_by: str
    plan: str = "deck"
    fitted: bool = False
    pictured: bool = False
    sized: bool = False
    office: bool = False

    def draw(self, *given: Any, **more: Any) -> bytes:
        """The finished bytes, from a plan or fitted deck, a brand and, where it is `pictured`, the fitted
        `deck`, where it is `sized`, a `size`.

        Raises Invalid.
        """
        module, _, name = self.drawn_by.partition(".")
        drawn: bytes = getattr(import_module(f"toolkit.render.{module}"), name)(*given, **more)
        return drawn if self.office else sealed(drawn)  # renderers of Office files seal their parts

    def read_back(self, data: bytes | Package, said: Plan | FittedDeck) -> list[Problem]:
        """What of a plan or fitted deck has not arrived in the finished bytes, or in the package that they
        hold."""
        from toolkit.render import readback

        lost: list[Problem] = getattr(readback, self.read_by)(data, said)
        return lost


def _document(
    plan: str, name: str = "", pictured: bool = False, sized: bool = False
) -> tuple[Format, Format]:
    """A document in Word and as PDF, which say the same."""
    more = {"pictured": pictured, "sized": sized}
    return (
        Format(f"{name}.docx", "docx.render", "check_document", plan, office=True, **more),
        Format(f"{name}.pdf", "pdf.document", "check_pdf", plan, **more),
    )


FORMATS = {
    "decks": (
        Format(".pptx", "pptx.render", "check_deck", fitted=True, office=True),
        Format(".notes.pdf", "pdf.notes_pages", "check_pdf", fitted=True, sized=True),
        *_document("guide", ".guide", pictured=True),
        *_document("handout", ".handout", sized=True),
        *_document("cards", ".cards"),
        *_document("team", ".team", sized=True),
        Format(".quiz.gift.txt", "gift.render", "check_quiz", plan="quiz"),
    ),
    "briefings": (*_document("briefing", sized=True), *_document("changes", ".changes")),
}
