"""Reading back what was built: anything that did not arrive is found."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import INVENTED
from toolkit.build import Options, make
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.office.opc import W, read_package
from toolkit.plan.model import Bullets, Heading, Page, Paragraph, Plan, Span, Table
from toolkit.project import Project
from toolkit.render import docx, pdf, pptx
from toolkit.render.readback import Print, check_deck, check_document, check_pdf


@pytest.fixture(scope="module")
def deck() -> tuple[bytes, FittedDeck]:
    project = Project(INVENTED)
    plan, brand, _ = make(project, project.targets()[0], Options())
    whole, _ = fit_deck(plan, brand)
    return pptx.render(whole, brand), whole


@pytest.fixture(scope="module")
def briefing() -> tuple[bytes, Plan]:
    project = Project(INVENTED)
    plan, brand, _ = make(project, project.targets()[1], Options())
    return docx.render(plan, brand), plan


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same package with some words of one part (a pattern) changed; the words must be there."""
    out = BytesIO()
    found = 0
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            if re.fullmatch(part, name):
                text, count = re.subn(old, new, content.decode("utf-8"))
                found, content = found + count, text.encode()
            other.writestr(name, content)
    assert found
    return out.getvalue()


def test_what_was_built_is_all_there(deck: tuple[bytes, FittedDeck], briefing: tuple[bytes, Plan]) -> None:
    assert check_deck(*deck) == []
    assert check_document(*briefing) == []


@pytest.mark.parametrize(
    "part, old, new, lost",
    [
        (
            r"ppt/slides/slide\d+\.xml",
            "Robin was not spoken to alone",
            "Robin was spoken to alone",
            "words of the slide: not",
        ),
        (
            r"ppt/notesSlides/notesSlide\d+\.xml",
            "Not one of them",
            "One of them",
            "words of the notes page: one, Not",
        ),
        (
            r"ppt/slides/slide\d+\.xml",
            "Somebody needs to see and hear the child",
            "Somebody needs to see the child",
            "its title",
        ),
        (r"ppt/slides/slide\d+\.xml", r' descr="Timeline[^"]*"', "", "an alternative text"),
        (
            r"ppt/slides/_rels/slide1\.xml\.rels",
            r"<Relationship [^>]*notesSlide\d[^>]*>",
            "",
            "words of the notes page",
        ),
    ],
)
def test_what_is_lost_from_a_deck_is_found(
    deck: tuple[bytes, FittedDeck], part: str, old: str, new: str, lost: str
) -> None:
    data, fitted = deck
    messages = [p.message for p in check_deck(changed(data, part, old, new), fitted)]
    assert any(lost in message for message in messages), messages


def test_missing_slide_is_found(deck: tuple[bytes, FittedDeck]) -> None:
    data, fitted = deck
    (problem,) = check_deck(
        changed(data, r"ppt/presentation\.xml", r"<p:sldId [^>]*/>(?=</p:sldIdLst>)", ""), fitted
    )
    assert f"{len(fitted.slides) - 1} slides, but {len(fitted.slides)} were planned" in problem.message


def test_word_said_twice_must_stand_there_twice(deck: tuple[bytes, FittedDeck]) -> None:
    data, fitted = deck
    twice = [
        replace(
            p,
            slots=tuple(
                (n, (*b, *b[-1:]) if n == "left" and p.id.startswith("point-") else b) for n, b in p.slots
            ),
        )
        for p in fitted.slides
    ]
    assert any(
        "has lost words of the slide: " in p.message and "spoken" in p.message
        for p in check_deck(data, replace(fitted, slides=tuple(twice)))
    )


def test_what_is_lost_from_a_document_is_found(briefing: tuple[bytes, Plan]) -> None:
    data, plan = briefing
    (problem,) = check_document(changed(data, r"word/document\.xml", "Sit on the floor", "Sit on the"), plan)
    assert re.fullmatch("words are missing from the document: .*floor\\.", problem.message)
    assert problem.place == plan.pages[0].place


def test_every_fault_says_that_nothing_was_written(deck: tuple[bytes, FittedDeck], tmp_path: Path) -> None:
    data, fitted = deck
    for problem in check_deck(changed(data, r"ppt/slides/slide\d+\.xml", "Robin", "Wren"), fitted):
        assert problem.stops
        assert "nothing was written" in problem.hint


def test_a_package_that_was_read_already_is_not_read_again(
    deck: tuple[bytes, FittedDeck], briefing: tuple[bytes, Plan]
) -> None:
    assert check_deck(read_package(deck[0]), deck[1]) == []
    assert check_document(read_package(briefing[0]), briefing[1]) == []


# ---- PDFs


@pytest.fixture(scope="module")
def plans() -> dict[Print, Plan | FittedDeck]:
    project = Project(INVENTED)
    plan, brand, _ = make(project, project.targets()[0], Options())
    briefing, _, _ = make(project, project.targets()[1], Options())
    return {"notes": fit_deck(plan, brand)[0], "guide": plan, "handout": plan, "briefing": briefing}


def printed(plan: Plan | FittedDeck, kind: Print) -> bytes:
    _, brand, _ = make(Project(INVENTED), Project(INVENTED).targets()[0], Options())
    prints = {
        "notes": pdf.notes_pages,
        "guide": pdf.trainer_guide,
        "handout": pdf.handout,
        "briefing": pdf.briefing,
    }
    return prints[kind](plan, brand)


def without(said: Plan | FittedDeck, word: str) -> Plan | FittedDeck:
    """A plan or fitted deck without a word wherever it stands, in titles, slots and notes."""

    def clean(value: object) -> object:
        if isinstance(value, str):
            return re.sub(rf"\s?\b{word}\b", "", value)
        if isinstance(value, tuple):
            return tuple(clean(v) for v in value)
        if isinstance(value, (Page, Paragraph, Bullets, Table, Span)) or type(value).__name__ in (
            "Note",
            "Heading",
            "Quotation",
            "Timeline",
        ):
            names = [
                n for n in value.__dataclass_fields__ if n not in ("id", "layout", "place", "name", "role")
            ]
            return replace(value, **{n: clean(getattr(value, n)) for n in names})
        return value

    if isinstance(said, FittedDeck):
        return replace(said, slides=tuple(clean(slide) for slide in said.slides))  # type: ignore[misc]
    return replace(said, pages=tuple(clean(page) for page in said.pages))  # type: ignore[misc]


@pytest.mark.parametrize("kind", ["notes", "guide", "handout", "briefing"])
def test_what_was_printed_is_all_there(plans: dict[Print, Plan | FittedDeck], kind: Print) -> None:
    assert check_pdf(printed(plans[kind], kind), plans[kind], kind) == []


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("notes", "judgement"),  # of a slide
        ("notes", "cameras"),  # of the notes
        ("guide", "judgement"),
        ("guide", "cameras"),
        ("handout", "judgement"),
        ("briefing", "floor"),
    ],
)
def test_what_is_lost_from_a_pdf_is_found(
    plans: dict[Print, Plan | FittedDeck], kind: Print, word: str
) -> None:
    said = plans[kind]
    problems = check_pdf(printed(without(said, word), kind), said, kind)
    pages = said.slides if isinstance(said, FittedDeck) else said.pages
    assert problems
    for problem in problems:
        assert f"has lost words of the PDF: {word}" in problem.message
        assert problem.place in {page.place for page in pages}
        assert problem.stops


def test_words_that_are_cut_over_lines_are_no_loss(plans: dict[Print, Plan | FittedDeck]) -> None:
    """A word wider than its column, words with hyphens, accents and ligatures at the ends of lines, and an
    address.
    """
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    odd = f"{long} well-being office fluffy ﬁrst e\u0301te\u0301 https://example.org/{'a-long/path?' * 12} "
    plan = plans["guide"]
    assert isinstance(plan, Plan)
    table = Table(
        ((Span("One"),), (Span("Two"),)), (((Span(odd * 3),), (Span(" ".join(["side-by-side"] * 60)),)),)
    )
    pages = tuple(
        replace(p, slots=(("body", (table, Paragraph((Span(odd * 5),)))),)) if p.layout == "closing" else p
        for p in plan.pages
    )
    changed = replace(plan, pages=pages)
    assert any(page.layout == "closing" for page in pages)
    assert check_pdf(printed(changed, "guide"), changed, "guide") == []
    assert check_pdf(printed(without(changed, long), "guide"), changed, "guide") != []


@pytest.mark.slow
def test_words_of_narrow_columns_are_no_loss(plans: dict[Print, Plan | FittedDeck]) -> None:
    """Two cut words side by side, and words cut over two sheets, in a table of twelve columns."""
    plan = plans["guide"]
    assert isinstance(plan, Plan)
    cells = [
        f"Information sharing {'Meetings and referrals without a name ' * n}number {n}" for n in range(12)
    ]
    row = tuple((Span(cell),) for cell in cells)
    table = Table(row[::-1], ((((Span("Information sharing"),),) * 12), *[row] * 3))
    pages = tuple(
        replace(page, slots=(("body", (table,)),)) if page.layout == "closing" else page
        for page in plan.pages
    )
    changed = replace(plan, pages=pages)
    assert check_pdf(printed(changed, "guide"), changed, "guide") == []
    assert check_pdf(printed(without(changed, "referrals"), "guide"), changed, "guide") != []


def numbers_of(data: bytes) -> list[int]:
    """The number that Word shows before each item of numbered lists, in order."""
    package = read_package(data)
    numbering = package.root("word/numbering.xml")
    starts = {
        n.get(f"{W}numId"): start.get(f"{W}val")
        for n in numbering.iter(f"{W}num")
        if (start := n.find(f"{W}lvlOverride/{W}startOverride")) is not None
    }
    counts: dict[str, int] = {}
    shown = []
    for paragraph in package.root("word/document.xml").iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            id = number.get(f"{W}val")
            counts[id] = counts.get(id, int(starts.get(id, "0")) - 1) + 1
            shown.append(counts[id])
    return shown


def test_each_numbered_list_of_a_document_begins_where_it_says(briefing: tuple[bytes, Plan]) -> None:
    """Word counts on through all lists of one style; each of ours has a numbering of its own."""
    _, plan = briefing
    brand = Project(INVENTED).brand("house")
    items = ((Span("one"),), (Span("another"),))
    lists = (Bullets(items, "number"), Paragraph((Span("between"),)), Bullets(items, "number"))
    body = (*lists, Heading((Span("On"),)), Bullets(items, "number", 4))
    page = replace(plan.pages[0], layout="part", slots=(("body", body),))
    data = docx.render(replace(plan, pages=(page,)), brand)
    assert numbers_of(data) == [1, 2, 1, 2, 4, 5]
