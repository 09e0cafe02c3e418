"""Decks as PowerPoint files: every word arrives, every part is where it must be, and the same plan gives the
same bytes.
"""

from __future__ import annotations

import re
import tracemalloc
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pptx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.conftest import TOP, WORDING, read_brand, unfitted
from tests.odd import DECKS, odd, some
from toolkit.brand.compiled import Brand
from toolkit.brand.inspection import save_brand
from toolkit.fit.fit import fit_deck
from toolkit.fit.typeset import advance, paras
from toolkit.office.opc import read_package, zipped
from toolkit.plan.model import (
    Blocks,
    Bullets,
    Heading,
    Layout,
    Note,
    Page,
    Paragraph,
    Plan,
    Span,
    Spans,
    Table,
    Timeline,
    on_notes_page,
)
from toolkit.problems import Place
from toolkit.render.pptx import render

HERE = Place(Path("invented.yaml"), 3, 5)
LINK = 'https://example.org/?a=1&b="2"'
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


def said(words: str) -> Spans:
    return (Span(words),)


def page(layout: Layout, title: str, section: str = "Opening", **slots: Blocks) -> Page:
    notes = (Note("say", (Paragraph((Span("Notes of "), Span(title, link=LINK))),)),)
    return Page(f"{layout}-1", layout, title, tuple(slots.items()), notes, 5, 0, section, HERE)


def plan(*pages: Page) -> Plan:
    return Plan("robin", "Robin", "Made up", "Board of Nowhere", "2026-11", "cy", pages, WORDING)


def invented() -> Plan:
    linked = Paragraph((Span("see "), Span("this", link=LINK), Span(" and this", bold=True, link=LINK)))
    return plan(
        page("title", "An opening", subtitle=(Paragraph(said("Made up")),)),
        page(
            "content",
            "Words",
            badge=(Paragraph(said("Robin")),),
            body=(Heading(said("A heading")), linked, Bullets((said("ours"),), "suggestion")),
            source=(Paragraph(said("The review, 5.2"), "source"),),
        ),
        page("table", "Cells", "Second", table=(Table((said("Who"),), ((said("Nurse"),),)),)),
        page(
            "drawing",
            "Days",
            "Second",
            drawing=(Timeline((("2011", said("Moved")), ("2012", said("Seen")))),),
        ),
    )


def made(whole: Plan, brand: Brand) -> bytes:
    return render(fit_deck(whole, brand)[0], brand)


def opened(data: bytes) -> Any:
    return pptx.Presentation(BytesIO(data))


# ---- words

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
legal = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: not CONTROLS.search(text)
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(legal)
@example("<a:t> & \"quoted\" 'said' ]]> {0} %s \\1 &amp;")
@example('a sz="1200" sz="1400" b')
@example("  two spaces  before\tand\nafter  ")
def test_any_text_arrives(house: Brand, text: str) -> None:
    one = Page(
        "p",
        "content",
        text,
        (
            ("body", (Heading(said(text)), Bullets((said(text),)))),
            ("source", (Paragraph((Span(text, link="https://example.org/" + text),), "source"),)),
        ),
        (),
        0,
        0,
        text,
        HERE,
    )
    cells = replace(one, layout="table", slots=(("table", (Table((said(text),), ((said(text),),)),)),))
    days = replace(one, layout="drawing", slots=(("drawing", (Timeline(((text, said(text)),)),)),))
    whole = unfitted(replace(plan(one, cells, days), title=text, board=text, subtitle=text))
    said_aloud = (Paragraph((Span(text, bold=True),)),)
    with_notes = replace(whole, slides=tuple(replace(s, printed=said_aloud) for s in whole.slides))
    deck = opened(render(with_notes, house))
    first, second, third = deck.slides
    found = [t.text for t in first._element.iter(f"{A}t")]
    assert found[:4] == [text] * 4
    (link,) = (rel.target_ref for rel in first.part.rels.values() if rel.is_external)
    assert link == "https://example.org/" + text
    assert [t.text for t in second._element.iter(f"{A}t")][:3] == [text] * 3
    assert [t.text for t in third._element.iter(f"{A}t")][:3] == [text] * 3
    assert text in [t.text for t in first.notes_slide._element.iter(f"{A}t")]
    about = deck.core_properties
    assert {about.title, about.author, about.subject} == {text.replace("\u00a0", " ")}
    (section,) = deck.part._element.iter(f"{P14}section")
    assert section.get("name") == text
    (frame,) = (e for e in second._element.iter(f"{P}cNvPr") if e.get("descr"))
    assert frame.get("descr") == WORDING("table", title=text)[:240]


# ---- parts


@pytest.mark.parametrize("name", some(["house", *DECKS]))
def test_a_deck_is_sound(name: str, house: Brand, tmp_path: Path) -> None:
    brand = house
    if name != "house":
        (tmp_path / name).write_bytes(odd.TEMPLATES[name]())
        brand = read_brand(save_brand([tmp_path / name], "ours", tmp_path))
    data = made(invented(), brand)
    (tmp_path / "made.pptx").write_bytes(data)
    errors = OpenXmlValidator().validate(tmp_path / "made.pptx").errors
    # It asks for viewProps, which is optional (ECMA-376 part 1, 13.3.8) and says how somebody last looked at
    # the template.
    assert [e.description for e in errors if "viewProps" not in e.description] == []
    package = read_package(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert max(Counter(names).values()) == 1
    reached, waiting = {""}, [""]
    while waiting:
        rels = package.rels(waiting.pop())
        assert len({rel.id for rel in rels}) == len(rels)
        inside = {rel.target for rel in rels if not rel.external}
        assert inside <= set(names)
        waiting += inside - reached
        reached |= inside
    parts = {part for part in names if not part.endswith(".rels") and part != "[Content_Types].xml"}
    assert parts == reached - {""}, "each part is pointed at"
    assert all(package.content_type(part) for part in parts)
    for part in parts:
        root = etree.fromstring(package.parts[part]) if part.endswith(".xml") else None
        if root is not None and part.startswith(("ppt/slides/", "ppt/notesSlides/")):
            ids = [element.get("id") for element in root.iter(f"{P}cNvPr")]
            assert len(set(ids)) == len(ids), part
            used = {e.get(f"{R}id") for e in root.iter(f"{A}hlinkClick")}
            assert used == {rel.id for rel in package.rels(part) if rel.kind == "hyperlink"}, part


def test_slides_notes_and_sections_hang_together(house: Brand) -> None:
    whole, _ = fit_deck(invented(), house)
    hidden = replace(whole, slides=(*whole.slides[:3], replace(whole.slides[3], hidden=True)))
    deck = opened(render(hidden, house))
    root = deck.part._element
    order = [child.tag.rpartition("}")[2] for child in root]
    assert order[:4] == ["sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst"]
    assert root.find(f"{P}notesMasterIdLst")[0].get(f"{R}id") in deck.part.rels
    ids = [entry.get("id") for entry in root.find(f"{P}sldIdLst")]
    assert ids == ["256", "257", "258", "259"]
    sections = {
        s.get("name"): [i.get("id") for i in s.iter(f"{P14}sldId")] for s in root.iter(f"{P14}section")
    }
    assert sections == {"Opening": ids[:2], "Second": ids[2:]}
    assert [slide._element.get("show") for slide in deck.slides] == [None, None, None, "0"]
    for slide in deck.slides:
        assert slide.has_notes_slide and slide.notes_slide.part.part_related_by(RT_SLIDE) is slide.part
        assert f"Notes of {slide.shapes.title.text}" in slide.notes_slide.notes_text_frame.text


def clocks(deck: Any) -> list[list[str]]:
    """What stands beside the picture on each notes page."""
    return [
        [p.text for p in shape.text_frame.paragraphs]
        for slide in deck.slides
        for shape in slide.notes_slide.shapes
        if shape.name == "Clock"
    ]


def test_the_clock_stands_beside_the_picture_of_each_slide(house: Brand) -> None:
    pages = [replace(p, start=58, minutes=m) for p, m in zip(invented().pages, (5, 1, 0))]
    deck = opened(made(plan(*pages), house))
    assert clocks(deck) == [
        ["Slide 1", "0:58–1:03", "5 minutes"],
        ["Slide 2", "0:58–0:59", "1 minute"],
        ["Slide 3"],
    ]
    (box,) = [s for s in deck.slides[0].notes_slide.shapes if s.name == "Clock"]
    room = house.notes.beside
    assert room and (box.left, box.top, box.width, box.height) == (room.x, room.y, room.w, room.h)
    longest = "10:55–11:05"
    assert advance(longest, "Arial", True) * 24 * 12_700 < room.w


def test_without_room_beside_the_picture_there_is_no_clock_and_the_time_is_in_the_notes(house: Brand) -> None:
    full = replace(house, notes=replace(house.notes, beside=None))
    time = Note("minutes", (Paragraph(said("0:00–0:05, 5 minutes")),))
    whole = plan(*(replace(p, notes=(time, *p.notes)) for p in invented().pages))
    deck = opened(made(whole, full))
    assert clocks(deck) == []
    for slide in deck.slides:
        assert "Time: 0:00–0:05, 5 minutes" in slide.notes_slide.notes_text_frame.text


def test_the_name_of_a_part_is_nearer_to_its_words_than_to_those_above(house: Brand) -> None:
    notes = tuple(Note(name, (Paragraph(said(f"Words of {name}.")),)) for name in ("say", "do", "care"))
    deck = opened(made(plan(replace(invented().pages[1], notes=notes)), house))
    every = deck.slides[0].notes_slide.notes_text_frame.paragraphs
    assert [p.text for p in every] == [
        *("Say", "Words of say.", "Do", "Words of do.", "▲ Care", "Words of care."),
    ]
    before = [p.space_before.pt for p in every]
    assert before[1::2] == [2, 2, 2] and min(before[0::2]) > 10
    measured = [p.before for p in paras(on_notes_page(notes, WORDING), house.notes.body.look)]
    assert sum(before) <= sum(measured), "they fit the page that was measured"


RT_SLIDE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"


def test_a_page_without_notes_has_no_notes_page(house: Brand) -> None:
    whole = plan(replace(invented().pages[1], notes=()))
    (slide,) = opened(made(whole, house)).slides
    assert not slide.has_notes_slide


def test_a_link_has_one_relationship_on_each_slide(house: Brand) -> None:
    slide = opened(made(invented(), house)).slides[1]
    used = [e.get(f"{R}id") for e in slide._element.iter(f"{A}hlinkClick")]
    assert len(used) == 2 and len(set(used)) == 1
    assert slide.part.rels[used[0]].target_ref == LINK


def test_the_size_of_a_citation_belongs_to_its_box(house: Brand) -> None:
    tight = replace(
        house,
        layouts={
            role: replace(
                layout,
                slots={
                    name: replace(slot, idx=None) if name == "source" else slot
                    for name, slot in layout.slots.items()
                },
            )
            for role, layout in house.layouts.items()
        },
    )
    slide = opened(made(invented(), tight)).slides[1]
    box = next(shape for shape in slide.shapes if shape.name == house.layout("content").slots["source"].label)
    size = box._element.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}defRPr").get("sz")
    assert size == str(round(house.layout("content").slots["source"].look.size * 100))
    assert all(run.font.size is None for p in box.text_frame.paragraphs for run in p.runs)


def test_the_properties_say_whose_and_how_much(house: Brand) -> None:
    data = made(invented(), house)
    about = opened(data).core_properties
    assert (about.title, about.author, about.last_modified_by) == (
        "Robin",
        "Board of Nowhere",
        "Board of Nowhere",
    )
    assert (about.language, about.created.isoformat()) == ("cy", "2026-11-01T00:00:00")
    app = etree.fromstring(read_package(data).parts["docProps/app.xml"])
    told = {element.tag.rpartition("}")[2]: element.text for element in app}
    assert (told["Slides"], told["Notes"], told["HiddenSlides"]) == ("4", "4", "0")
    assert told["Company"] == "Board of Nowhere"


# ---- bytes and room


def test_the_same_plan_gives_the_same_stored_bytes(house: Brand) -> None:
    data = made(invented(), house)
    assert data == made(invented(), house)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_a_zip_of_ours_is_what_zipfile_writes() -> None:
    parts = {"[Content_Types].xml": b"<x/>", "ppt/łódź.xml": b"y" * 999, "_rels/.rels": b"", "a": b"z"}
    for compressed in (False, True):
        method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with zipfile.ZipFile(BytesIO(zipped(parts, compressed))) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "a", "ppt/łódź.xml"]
            assert {name: archive.read(name) for name in archive.namelist()} == parts
            assert {entry.compress_type for entry in archive.infolist()} == {method}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "a", "ppt/łódź.xml"):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = entry.external_attr = 0
            archive.writestr(entry, parts[name])
    # zipfile gives a file rights where the entry says none; all else is the same.
    assert zipped(parts) == out.getvalue().replace(b"\x00\x00\x80\x01", b"\x00\x00\x00\x00")


def test_each_slide_costs_as_much_room_as_the_one_before(house: Brand) -> None:
    """Ten times the slides take ten times the room, of which the finished file is a good part."""

    def room(count: int) -> int:
        whole = plan(*(replace(invented().pages[1], title=f"Slide {n}") for n in range(count)))
        fitted, _ = fit_deck(whole, house)
        tracemalloc.start()
        size = len(render(fitted, house))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 3.5 * size
        return size

    base, few, many = room(1), room(11), room(101)
    assert many - base == pytest.approx(10 * (few - base), rel=0.05)
