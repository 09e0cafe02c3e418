"""A brand tried before anybody builds with it: the longest words that slides usually hold, in every role and
every composition of slots, and the starter deck and briefing as they would be built. Nothing is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from toolkit import report
from toolkit.brand.compiled import Brand
from toolkit.brand.inspection import describe, inspect, save_brand, summarise
from toolkit.build import Options, draw, make
from toolkit.fit.fit import fit_deck
from toolkit.late import dataclass, replace
from toolkit.office.accessible import check_accessible
from toolkit.plan.model import (
    LONGEST_TITLE,
    SLOTS,
    Blocks,
    Bullets,
    Drawing,
    Heading,
    Layout,
    Page,
    Paragraph,
    Picture,
    Plan,
    Quotation,
    Shape,
    Span,
    Table,
    Timeline,
)
from toolkit.problems import Invalid, Place, Problem
from toolkit.project import Project, here
from toolkit.render.formats import FORMATS
from toolkit.shipped import packaged
from toolkit.start import start_file

MOST_ON_ART = 0.4  # of a slot: more than a logo that a long line touches
MOST_TOLD = 3  # of what will not do, without -v
MOST_SLIDES = 2  # of a page with the longest usual words: more is no good layout for it
_SENTENCE = (
    "Ask each child you work with, on their own, what a day is like for them, and write down their words"
)
_SHORT = "Write down what the child says, in their own words"

# Which slots stand together on a slide: what the page templates use.
COMPOSITIONS: dict[Layout, tuple[tuple[str, ...], ...]] = {
    "title": (("subtitle", "board", "edition"), ("subtitle", "edition")),
    "section": (("text",),),
    "care": (("body",),),
    "child": (("badge", "body", "aside", "source"), ("badge", "body", "picture", "aside", "source")),
    "drawing": (("badge", "drawing", "source"), ("drawing",)),
    "finding": (("badge", "body"), ("badge", "body", "source")),
    "actions": (
        ("badge", "first", "second"),
        ("badge", "first", "second", "third"),
        ("badge", "first", "second", "third", "fourth"),
    ),
    "pause": (("badge", "body", "question", "how"),),
    "number": (("badge", "figure", "body", "source"),),
    "content": (("badge", "body"), ("badge", "body", "source")),
    "two-columns": (("left", "right"), ("badge", "left", "right", "source")),
    "quotation": (("badge", "quotation", "attribution", "source"), ("quotation", "source")),
    "activity": (
        ("badge", "question", "picture", "how", "source"),
        ("badge", "question", "picture", "how"),
        ("badge", "question", "picture"),
        ("question", "picture"),
    ),
    "table": (("badge", "table", "source"),),
    "closing": (("left", "right"),),
}


@dataclass(frozen=True)
class Trial:
    """What was tried, in plain words, and what will not do, what stops a build last."""

    told: str
    problems: tuple[Problem, ...]

    @property
    def fails(self) -> bool:
        """Whether a deck or briefing could not be built."""
        return any(problem.stops for problem in self.problems)


def try_brand(brand: Brand, deck: Path, briefing: Path) -> Trial:
    """Try a brand that was made of two templates. What is wrong with one names what to change in it."""
    wording = Project(packaged()).wording()
    pages = list(_pages(Place(deck)))
    problems: list[Problem] = []
    slides = 0
    for page in pages:
        board, edition = "A safeguarding partnership", "2026-11"
        plan = Plan("trial", page.title, "", board, edition, "en-GB", (page,), wording)
        try:
            fitted, _ = fit_deck(plan, brand)
        except Invalid:
            problems.append(_too_small(page, brand, deck))
            continue
        slides += len(fitted.slides)
        if len(fitted.slides) > (1 if page.layout == "title" else MOST_SLIDES):
            problems.append(_crowded(page, brand, deck, len(fitted.slides)))
    problems += _overprinted(brand, deck)
    problems += _starters(brand, deck, briefing)
    once = {(one.place, one.message.split(";")[0]): one for one in problems}
    told = (
        f"{len(pages)} slides with the longest usual words, in every role, and the starter deck and briefing"
    )
    return Trial(told, tuple(sorted(once.values(), key=lambda one: (one.stops, one))))


def brand(files: Sequence[Path], save: str = "", verbose: bool = False) -> int:
    """What `toolkit brand` does and prints: what templates hold, what will not do, and a brand if it is to be
    saved. Gives back the exit code.
    """
    with report.plainly():
        kinds: dict[str, Path] = {}
        for file in files:
            seen = inspect(file)
            kinds.setdefault(seen.kind, file)
            print(describe(seen) if verbose else summarise(seen))
        project = here() if save else None
        deck, briefing = (kinds.get(kind, files[0]) for kind in ("deck", "document"))
        judge = partial(
            approve, deck=deck, briefing=briefing, tell=partial(_tell, verbose=verbose), whole=verbose
        )
        with tempfile.TemporaryDirectory() as spare:
            brands = project.root / "templates" / "brands" if project else Path(spare)
            folder = save_brand(list(files), save or "trial", brands, judge)
        if project:
            project.brand(save)  # compiled now, not when somebody waits for a deck
            print(f"wrote {folder}. Next: write brand: {save} in a deck or briefing, and build it.")
    return 0


def approve(
    made: Brand,
    deck: Path,
    briefing: Path,
    tell: Callable[[Trial], None] = lambda trial: None,
    whole: bool = False,
) -> None:
    """Try a brand and tell what came of it. Raises Invalid for one with which something cannot be built, with
    the `whole` list of why.
    """
    trial = try_brand(made, deck, briefing)
    tell(trial)
    if trial.fails:
        raise Invalid(_most([one for one in trial.problems if one.stops], whole))


def _tell(trial: Trial, verbose: bool) -> None:
    """What was tried, and what could be better."""
    print(f"Tried: {trial.told}.{' All can be built.' if not trial.fails else ''}")
    advice = [one for one in trial.problems if not one.stops]
    for one in advice if verbose else advice[:MOST_TOLD]:
        print(f"  {one.message}")
    if len(advice) > MOST_TOLD and not verbose:
        print(f"  and {len(advice) - MOST_TOLD} more; toolkit brand -v says which")


def _most(problems: list[Problem], verbose: bool) -> list[Problem]:
    """As many problems as can be read at once."""
    more = len(problems) - MOST_TOLD
    if verbose or more <= 0:
        return problems
    last = problems[MOST_TOLD - 1]
    hint = f"{last.hint}; and {more} more of the kind, which toolkit brand -v lists"
    return [*problems[: MOST_TOLD - 1], replace(last, hint=hint)]


def _too_small(page: Page, brand: Brand, folder: Path) -> Problem:
    layout = brand.layout(page.layout)
    return Problem(
        Place(folder),
        f"{page.layout}: the layout “{layout.name}” has too little room; {_room(page, brand)}",
        f"make the text box of “{layout.name}” larger in the slide master, or have another layout play"
        f" {page.layout} (brand.yaml, layouts)",
    )


def _crowded(page: Page, brand: Brand, folder: Path, count: int) -> Problem:
    layout = brand.layout(page.layout)
    return Problem(
        Place(folder),
        f"{page.layout}: the longest words need {count} slides with the layout “{layout.name}”;"
        f" {_room(page, brand)}",
        f"give “{layout.name}” a larger text box, or choose another layout for {page.layout} in brand.yaml",
        stops=False,
    )


def _overprinted(brand: Brand, deck: Path) -> Iterator[Problem]:
    """The layouts on which our words would lie on what the template draws."""
    for role, layout in brand.layouts.items():
        if layout.on_art:
            hint = f"leave more room free on “{layout.name}”, or have another layout play {role} (brand.yaml)"
            slots = ", ".join(layout.on_art)
            message = (
                f"{role}: on the layout “{layout.name}” a logo or drawn words would lie under words ({slots})"
            )
            yield Problem(Place(deck), message, hint, max(layout.on_art.values()) > MOST_ON_ART)


def _room(page: Page, brand: Brand) -> str:
    """How much room the words of a page have."""
    slots = brand.layout(page.layout).used([name for name, _ in page.slots])
    boxes = [slots[name].box for name, _ in page.slots if name in slots]
    left, right = min(box.x for box in boxes), max(box.right for box in boxes)
    top, bottom = min(box.y for box in boxes), max(box.bottom for box in boxes)
    return f"its words have {(right - left) / 360_000:.1f} × {(bottom - top) / 360_000:.1f} cm"


def _starters(brand: Brand, deck: Path, briefing: Path) -> Iterator[Problem]:
    """What would keep the starter deck, at its longest, and the starter briefing from being built."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "reviews").mkdir()
        project = Project(root)
        for kind in ("review", "deck", "briefing"):
            start_file(project, kind, "starter")
        for target in project.targets():
            template = deck if target.folder == "decks" else briefing
            formats = [one for one in FORMATS[target.folder] if one.office]
            try:
                plans, _, _ = make(project, target, Options())
                made, _ = draw(target, plans, brand, Options(), formats)
                yield from _running_heads(made.get(".docx", b""), template)
            except Invalid as error:
                for problem in error.problems:
                    yield Problem(
                        Place(template), f"the starter {target.folder[:-1]}: {problem.message}", problem.hint
                    )


def _running_heads(document: bytes, template: Path) -> Iterator[Problem]:
    """What in the headers and footers of a letterhead shuts readers out: they are its own, and stay so."""
    for finding in check_accessible(document) if document else ():
        if finding.level == "error" and finding.where.startswith(("Header", "Footer")):
            message = f"{finding.where}: {finding.message}; it stays so in every document"
            yield Problem(Place(template), message, finding.hint, stops=False)


def _said(words: str, bold: bool = False) -> Paragraph:
    return Paragraph((Span(words, bold=bold),))


def _words() -> dict[str, Blocks]:
    """The longest words that each slot usually holds."""
    source = Paragraph((Span("The review, 5.2, p11; the board’s summary, 17 September 2026"),), "source")
    steps = Bullets(((Span(_SHORT),), (Span("Tell the lead the same day"),), (Span(_SHORT),)))
    line = Drawing(
        1000,
        170,
        (
            Shape("line", 20, 60, 960, 0, edge="ink", weight=6),
            Shape("words", 0, 90, 250, 60, spans=(Span("Agree"),), size=40),
            Shape("words", 750, 90, 250, 60, spans=(Span("Disagree"),), size=40),
        ),
        "A line from agree to disagree",
        (_said("From agree to disagree"),),
    )
    events = tuple((f"March 201{n}", (Span("A visit was made and the child was seen"),)) for n in range(6))
    return {
        "subtitle": (_said("60 minutes, for schools, health and the police"),),
        "board": (_said("The Safeguarding Children Partnership of a county"),),
        "edition": (_said("November 2026. Draft: some findings are not yet checked against the report"),),
        "text": (_said(_SENTENCE),),
        "badge": (_said("Robin (a review of 2026)  ·  8 minutes"),),
        "body": (Heading((Span("What the review found"),)), _said(_SENTENCE), source),
        "aside": (Heading((Span("What we do not know"),)), _said("What Robin enjoyed")),
        "source": (source,),
        "picture": (line,),
        "drawing": (Timeline(events),),
        **{
            name: (Heading((Span(str(n)),), 1), _said("Write down what the child says"), source)
            for n, name in enumerate(("first", "second", "third", "fourth"), 1)
        },
        "question": (_said("When did you last see a child you worry about on their own, and ask?", True),),
        "how": (_said("A mark on your handout, for you alone; then talk with a neighbour"),),
        "figure": (_said("27 visits"),),
        "left": (Heading((Span("This week"),)), _said(_SENTENCE)),
        "right": (Heading((Span("For example"),)), steps),
        "quotation": (Quotation((Span(f"“{_SENTENCE}.”"),)),),
        "attribution": (_said("Robin’s teacher, to the review"),),
        "table": (
            Table(
                ((Span("Who"),), (Span("What"),)),
                tuple(((Span(f"Agency {n}"),), (Span(_SHORT),)) for n in range(1, 6)),
            ),
        ),
    }


def _pages(place: Place) -> Iterator[Page]:
    said = _words()
    helplines = Table(
        ((Span("When"),), (Span("Who"),)),
        tuple(((Span(f"A worry of kind {n}"),), (Span("The helpline, 01632 960001"),)) for n in range(1, 6)),
    )
    title = (
        "See each child alone, ask about home, and write down what they say, in their own words, every time"
    )
    for layout, compositions in COMPOSITIONS.items():
        for n, names in enumerate(compositions):
            blocks = {name: said[name] for name in SLOTS[layout] if name in names}
            if layout == "child":
                blocks["body"] = (
                    _said("Robin was seven, liked football, and asked when it was time to go home"),
                )
                blocks |= {"picture": (Picture(b"", 4, 3, "", ""),)} if "picture" in names else {}
            if layout == "closing":
                blocks = {
                    "left": (_said("A child in danger"), Heading((Span("999"),), 1)),
                    "right": (helplines,),
                }
            words = title[:LONGEST_TITLE].rsplit(" ", 1)[0] if n == 0 else "See each child alone"
            yield Page(f"{layout}-{n}", layout, words, tuple(blocks.items()), (), 5, 0, "Trial", place)
