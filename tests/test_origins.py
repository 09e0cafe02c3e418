"""Where words come from stands in the file, and is found again after somebody has edited and saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import pptx as python_pptx
import pytest
from openxml_audit import OpenXmlValidator
from pydantic import BaseModel

from tests.conftest import INVENTED, TOP, read_brand
from tests.drawings import HERE, deck, number, on_paper, page, said
from toolkit.brand.compiled import Brand
from toolkit.build import Options, make
from toolkit.content.model import Review
from toolkit.fit.fit import fit_deck
from toolkit.office.opc import Package, read_package, zipped
from toolkit.office.origins import Words, origins
from toolkit.plan.model import Bullets, Drawing, Page, Paragraph, Plan, Table, Timeline, spans_in, text
from toolkit.project import Project
from toolkit.render import docx, pptx
from toolkit.render.origins import PART

ONE, TWO, THREE = "wren/points/W-1/finding/0/text", "wren/points/W-1/practice/0/text", "wren/child/name"


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


@pytest.fixture(scope="module")
def review() -> Review:
    project = Project(INVENTED)
    (reviews,) = (project.work(target)[2] for target in project.targets()[:1])
    (found,) = (one for one, _ in reviews.values())
    return found


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    project = Project(INVENTED)
    made = {}
    for target in project.targets():
        plans, brand, _ = make(project, target, Options())
        for name, plan in plans.by_name.items():
            drawn = (
                pptx.render(fit_deck(plan, brand)[0], brand) if name == "deck" else docx.render(plan, brand)
            )
            made[name] = drawn
    return made


def statements(model: BaseModel, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a model and of what is inside it, and its path."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for n, item in enumerate(value if isinstance(value, tuple) else (value,)):
            step = f"{path}/{name}" + (f"/{getattr(item, 'id', n)}" if isinstance(value, tuple) else "")
            if isinstance(item, BaseModel):
                yield from statements(item, step)
            elif isinstance(item, str):
                yield step, item


def lines(data: bytes) -> list[str]:
    """The paragraphs of a deck, its notes, or of a document, as independent readers have them."""
    if b"ppt/presentation.xml" not in data:
        document = python_docx.Document(BytesIO(data))
        cells = [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
        return [p.text for p in (*document.paragraphs, *cells)]
    found = []
    for slide in python_pptx.Presentation(BytesIO(data)).slides:
        for shape in (*slide.shapes, *(slide.notes_slide.shapes if slide.has_notes_slide else ())):
            frames = [shape.text_frame] if shape.has_text_frame else []
            if getattr(shape, "has_table", False):
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
            found += [p.text for frame in frames for p in frame.paragraphs]
    return found


# How many statements of its points each prints at least.
PRINTED = {"deck": 14, "guide": 20, "handout": 6, "briefing": 7}


@pytest.mark.parametrize("name", PRINTED)
def test_every_printed_statement_of_every_point_has_its_origin(
    name: str, files: dict[str, bytes], review: Review
) -> None:
    there, known = lines(files[name]), origins(files[name])
    told = [
        (f"{review.id}/points/{point.id}/{path}", words)
        for point in review.points
        for path, words in ((p[1:], w) for p, w in statements(point, ""))
        if len(words.split()) > 2
    ]
    printed = [(path, words) for path, words in told if any(words in line for line in there)]
    assert len(printed) >= PRINTED[name]
    for path, words in printed:
        again = [p for p, w in told if words in w or w in words]  # a slide may have a part of the same words
        assert any(words in one.words and set(one.origin.split()) & {path, *again} for one in known), (
            path,
            words,
        )


@pytest.mark.parametrize("name", [*PRINTED, "team"])
def test_every_origin_is_one_of_the_plan_and_says_ids_only(name: str, files: dict[str, bytes]) -> None:
    known = origins(files[name])
    assert len(known) > {"team": 2, "handout": 5}.get(name, 20)
    every = {origin for one in known for origin in one.origin.split()}
    assert all(re.fullmatch(r"speaker|[a-z0-9-]+(/[A-Za-z0-9_-]+)+", origin) for origin in every)
    table = read_package(files[name]).parts[PART].decode()
    assert "Robin" not in table


# ---- each kind of block


def traced() -> Plan:
    one, two, three = (said(f"Words {n}", origin=origin) for n, origin in enumerate((ONE, TWO, THREE)))
    mixed = (*said("In one line: "), *one, *said(" and "), *two)
    drawing = Drawing(400, 200, (number().shapes[0], number().shapes[1]), "Three in ten.")
    drawing = Drawing(400, 200, tuple(_with(shape, two) for shape in drawing.shapes), drawing.alt)
    table = Table((said("Who"), said("What")), ((said("Nurse"), three), (one, two)))
    events = Timeline((("2011", one), ("2012", said("Nothing")), ("2013", three)))
    pages = (
        page("prose", number(), "content", "body"),
        page("table", number(), "table", "table"),
        page("timeline", number(), "drawing", "drawing"),
        page("drawing", number(), "content", "body"),
    )
    bodies: tuple[Any, ...] = (
        (Paragraph(mixed), Bullets((said("Plain"), three))),
        (table,),
        (events,),
        (drawing,),
    )
    made = [
        Page(p.id, p.layout, p.title, ((p.slots[0][0], body),), p.notes, 5, 0, "One", HERE, TWO)
        for p, body in zip(pages, bodies)
    ]
    return Plan("wren", "Wren", "Made up", "Nobody", "2026-11", "en-GB", tuple(made), deck().wording)


def _with(shape: Any, spans: Any) -> Any:
    return replace(shape, spans=spans) if shape.spans else shape


def expected(plan: Plan) -> list[tuple[str, str]]:
    found = []
    for one in plan.pages:
        found.append((one.title, one.origin))
        spans = [s for _, blocks in one.slots for s in spans_in(blocks) if s.origin]
        found += [(span.text, span.origin) for span in spans]
    return found


def test_titles_lists_tables_timelines_and_drawings_keep_their_origins(house: Brand, tmp_path: Path) -> None:
    plan = traced()
    document = docx.render(on_paper(plan), house)
    assert [(w.words, w.origin) for w in origins(document)] == expected(plan)
    data = pptx.render(fit_deck(plan, house)[0], house)
    known = origins(data)
    assert known[:3] == [
        Words("slide 1", "An invented prose", TWO),
        Words("slide 1", "In one line: Words 0 and Words 1", f"{ONE} {TWO}"),
        Words("slide 1", "Words 2", THREE),
    ]
    assert [(w.words, w.origin) for w in known[3:]] == expected(plan)[4:]
    for name, made in (("made.pptx", data), ("made.docx", document)):
        (tmp_path / name).write_bytes(made)
        errors = OpenXmlValidator().validate(tmp_path / name).errors
        assert [e.description for e in errors if "viewProps" not in e.description] == []


def test_words_cut_over_slides_keep_their_origin(house: Brand) -> None:
    long = said(
        " ".join(f"Sentence {n} of a very long account goes on here." for n in range(160)), origin=ONE
    )
    plan = traced()
    one = Page("p", "content", "Long", (("body", (Paragraph(long),)),), (), 5, 0, "One", HERE)
    whole, _ = fit_deck(Plan(**vars(plan) | {"pages": (one,)}), house)
    assert len(whole.slides) > 1
    known = origins(pptx.render(whole, house))
    assert {w.origin for w in known} == {ONE}
    assert " ".join(w.words for w in known).split() == text(long).split()


def test_the_same_words_twice_have_each_their_own_origin(house: Brand) -> None:
    one, two, three = (Paragraph(said("The same words", origin=origin)) for origin in (ONE, TWO, THREE))
    columns = (("left", (Paragraph(said("Others first")), one, two)), ("right", (three,)))
    page = replace(traced().pages[0], layout="two-columns", slots=columns)
    data = pptx.render(fit_deck(replace(traced(), pages=(page,)), house)[0], house)
    same = [w.origin for w in origins(data) if w.words == "The same words"]
    assert same == [ONE, TWO, THREE]
    package = read_package(data)
    slide = python_pptx.Presentation(BytesIO(data)).slides[0]
    left, right = (s.shape_id for s in slide.placeholders if "The same words" in s.text_frame.text)
    swapped = re.sub(
        f'(<shape [^>]*id="{left}".*?</shape>)(<shape [^>]*id="{right}".*?</shape>)',
        r"\2\1",
        package.parts[PART].decode(),
    )
    assert swapped != package.parts[PART].decode()
    assert origins(zipped({**package.parts, PART: swapped.encode()})) == origins(data)


def test_a_title_that_was_shortened_keeps_its_origin_wherever_it_stands(house: Brand) -> None:
    title = " ".join(f"long{n}" for n in range(30))
    one, two = (replace(p, title=title, origin=ONE) for p in traced().pages[:2])
    plan = replace(traced(), pages=(one, replace(two, id="two", title=f"Other {title}", origin=TWO)))
    known = origins(pptx.render(fit_deck(plan, house)[0], house))
    assert {w.origin for w in known if "long29" in w.words} == {ONE, TWO}  # whole, in body or notes
    assert {w.origin for w in known if w.words.endswith(" …")} == {ONE, TWO}
    cut = [w for w in origins(docx.render(plan, house)) if "long3" in w.words]
    assert [(w.words[-1] == "…", w.origin) for w in cut] == [
        (n % 2 == 0, (ONE, TWO)[n > 1]) for n in range(4)
    ]


def test_the_title_of_the_next_slide_has_its_origin(files: dict[str, bytes]) -> None:
    told = {w.words: w.origin for w in origins(files["deck"]) if w.words.startswith("Next: ")}
    assert told["Next: Robin"] == "robin/child/name"


# ---- after somebody has edited the file


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_deck_that_was_edited_and_saved_still_knows(house: Brand) -> None:
    deck = python_pptx.Presentation(BytesIO(pptx.render(fit_deck(traced(), house)[0], house)))
    slides = deck.part._element.find("{*}sldIdLst")
    slides.insert(0, slides[3])  # the last slide comes first
    prose = next(s for s in deck.slides if s.shapes.title.text == "An invented prose")
    (body,) = (
        s for s in prose.placeholders if s.placeholder_format.idx and s.text_frame.text.startswith("In one")
    )
    body.text_frame.paragraphs[0]._p.addprevious(deepcopy(body.text_frame.paragraphs[1]._p))
    prose.shapes.title.text_frame.paragraphs[0].runs[0].text = "Said in other words"
    known = origins(saved(deck))
    assert known[0] == Words("slide 1", "An invented drawing", TWO)
    assert [w for w in known if w.place == "slide 2"] == [
        Words("slide 2", "Said in other words", TWO),  # as many paragraphs as before
        Words("slide 2", "In one line: Words 0 and Words 1", f"{ONE} {TWO}"),  # not where it was
        Words("slide 2", "Words 2", THREE),
    ]
    body.text_frame.paragraphs[1].runs[0].text = "Neither the words nor the number of paragraphs: "
    assert [w.words for w in origins(saved(deck)) if w.place == "slide 2"] == [
        "Said in other words",
        "Words 2",
    ]


def test_shapes_with_other_ids_are_known_by_their_words(house: Brand) -> None:
    before = pptx.render(fit_deck(traced(), house)[0], house)
    deck = python_pptx.Presentation(BytesIO(before))
    for slide in deck.slides:
        for n, about in enumerate(slide._element.iter("{*}cNvPr"), 500):
            about.set("id", str(n))
    assert origins(saved(deck)) == origins(before)


def test_a_document_that_was_edited_and_saved_still_knows(house: Brand) -> None:
    document = python_docx.Document(BytesIO(docx.render(on_paper(traced()), house)))
    first, second = (
        p for p in document.paragraphs if p.text in ("In one line: Words 0 and Words 1", "Words 2")
    )
    first.runs[1].text = "Other words"
    first._p.addprevious(second._p)
    document.paragraphs[0].insert_paragraph_before("A new first line")
    known = origins(saved(document))
    assert [(w.words, w.origin) for w in known][1:4] == [
        ("Words 2", THREE),
        ("Other words", ONE),
        ("Words 1", TWO),
    ]
    assert known[1].place == f"paragraph {[p.text for p in document.paragraphs].index('Words 2') + 1}"


def test_a_file_that_is_none_of_ours_has_no_origins() -> None:
    assert origins(saved(python_pptx.Presentation())) == []
    assert origins(saved(python_docx.Document())) == []


def test_a_table_that_somebody_spoilt_tells_less_and_stops_nothing(house: Brand) -> None:
    package = read_package(pptx.render(fit_deck(traced(), house)[0], house))
    table = package.parts[PART].decode()
    for spoilt in (
        re.sub("<o>.*?</o>", "", table),
        re.sub("[0-9]+(,[0-9]+)*(?= |<)", "7777777", table),
        table.replace(":", ";"),
        re.sub(r' id="\d+"', "", table),
        re.sub(r"(\d+):", "999999999999:", table),
    ):
        assert table != spoilt
        data = zipped({**package.parts, PART: spoilt.encode()})
        assert set(origins(data)) <= set(origins(package))
    assert origins(Package(None, {**package.parts, PART: table.encode()})) == origins(package)
