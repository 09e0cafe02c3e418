"""What `toolkit init` asks, does and prints."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from toolkit import report
from toolkit.office.opc import read_package
from toolkit.problems import Invalid, Place
from toolkit.project import BOARD, CONTENT
from toolkit.start import Answers, chosen_examples, clean, examples, refuse_full, start_folder

if TYPE_CHECKING:
    from toolkit.brand.compiled import Brand

T = TypeVar("T")


def init(
    folder: Path,
    board: str | None = None,
    concern: str | None = None,
    templates: Sequence[Path] = (),
    reviews: str | None = None,
    yes: bool = False,
) -> None:
    """Make a folder of one's own, and ask on a terminal for what is not given, unless `yes`."""
    with report.plainly():
        refuse_full(folder)
        asks = not yes and sys.stdin.isatty()
        try:
            answers = _answers(folder, board, concern, templates, reviews, asks)
            start_folder(folder, answers, f"{datetime.date.today():%Y-%m}", _approval(answers.templates))
        except (typer.Abort, KeyboardInterrupt):
            report.stopped(f"{chr(10) * asks}Stopped. Nothing was made.")
    made = [sum(1 for _ in (folder / name).glob("*.yaml")) for name in CONTENT]
    named = [
        f"{n} {name if n != 1 else name.removesuffix('s')}" for n, name in zip(made, CONTENT, strict=True)
    ]
    print(f"made {folder}, with {', '.join(named[:-1])} and {named[-1]}.")
    lacking = [
        what
        for what, said in (("no board", answers.name), ("no way to raise a concern", answers.concern))
        if not said
    ]
    if lacking:
        begin = "" if asks else "Nothing was asked. "
        print(f"{begin}{BOARD} names {' and '.join(lacking)} yet: write it there.")
    there = f'"{folder}"' if " " in str(folder) else folder
    print(f"Next: cd {there}, then: toolkit {'build' if answers.reviews else 'new review, and a name'}")


def _approval(templates: Sequence[Path]) -> Callable[[Brand], None]:
    """What tries the brand that is made of some templates, named as they were given."""

    def approve(brand: Brand) -> None:
        from toolkit import trial

        kinds = {read_package(path).kind(): path for path in templates}
        deck, briefing = (kinds.get(kind, templates[0]) for kind in ("deck", "document"))
        trial.approve(brand, deck, briefing)

    return approve


def _answers(
    folder: Path,
    board: str | None,
    concern: str | None,
    templates: Sequence[Path],
    reviews: str | None,
    asks: bool,
) -> Answers:
    """What was given on the command line, and what is answered to the questions about the rest."""
    name = clean(board or "", Place(Path("--board")))
    how = clean(concern or "", Place(Path("--concern")))
    chosen = chosen_examples("all" if reviews is None else reviews, Place(Path("--reviews")))
    if asks:
        print(f"This makes {folder}, a folder of your own. Press Enter where you do not know an answer yet:")
        print(f"all of it stands in {BOARD}, where you can change it at any time.")
        if board is None:
            name = _asked("The name of your board", lambda said: clean(said, _HERE))
        if concern is None:
            how = _asked("How to raise a concern, a number or a sentence", lambda said: clean(said, _HERE))
        if not templates:
            templates = _templates()
        if reviews is None:
            for id, title in examples().items():
                print(f"  {id:<28}{title}")
            question = "Which of these to bring along: all (Enter), none, or names"
            chosen = _asked(question, lambda said: chosen_examples(said or "all", _HERE))
    return Answers(name, how, tuple(templates), chosen)


_HERE = Place(Path("your answer"))


def _asked(question: str, understand: Callable[[str], T]) -> T:
    """The answer to a question, asked again until it is understood."""
    while True:
        said: str = typer.prompt(question, default="", show_default=False)
        try:
            return understand(said.strip())
        except Invalid as error:
            report.tell(error.problems)


def _templates() -> list[Path]:
    """At most one PowerPoint and one Word template; none means the house brand."""
    found: dict[str, Path] = {}

    def understand(said: str) -> Path | None:
        if said in ("", "house"):
            return None
        path = Path(said.strip("\"'")).expanduser()
        kind = read_package(path).kind()
        if kind in found:
            raise Invalid.at(_HERE, "this is a second file of that kind", "name one of the other kind")
        found[kind] = path
        return path

    question = "A PowerPoint or Word template to make your brand from (Enter: the house brand)"
    while len(found) < 2 and _asked(question, understand):
        question = "A template of the other kind as well (Enter: none)"
    return list(found.values())
