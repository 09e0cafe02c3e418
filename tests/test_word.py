"""Documents as Word files: every word arrives, lists begin anew, each page says where one is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from tests.conftest import TOP, WORDING, read_brand, unfitted
from tests.odd import DOCUMENTS, odd, some
from toolkit.brand.compiled import Brand, dump, load
from toolkit.brand.document import compile_document, prepare_document
from toolkit.brand.folder import house_file
from toolkit.brand.lending import ensure_styles
from toolkit.brand.wordstyles import HOUSE_STYLES, OWN_STYLES, own_styles
from toolkit.fit.cards import fit_cards
from toolkit.fit.slides import FittedDeck
from toolkit.fit.typeset import advance
from toolkit.office.accessible import check_accessible
from toolkit.office.opc import read_package
from toolkit.plan.model import (
    LONGEST_TITLE,
    Blocks,
    Bullets,
    Field,
    Fields,
    Heading,
    Lines,
    Note,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Span,
    Spans,
    Table,
    Timeline,
    words,
)
from toolkit.plan.pages import with_script
from toolkit.plan.wording import Wording
from toolkit.problems import Place
from toolkit.render.docx import render

HERE = Place(Path("invented.yaml"), 3, 5)
EMPTY = "…"
LINK = "https://example.org/?a=1&b=2"


def said(words: str) -> Spans:
    return (Span(words),)


def steps(*items: str, start: int = 1) -> Bullets:
    return Bullets(tuple(said(item) for item in items), "number", start)


EVERYTHING: Blocks = (
    Heading(said("A heading"), 2),
    Heading(
        (Span("A heading too long to be read aloud, "), Span("for it goes on and on " * 5, italic=True)), 5
    ),
    Paragraph((Span("plain "), Span("bold", bold=True), Span("both", bold=True, italic=True))),
    Paragraph((Span("a "), Span("link", link=LINK), Span(" and it again", bold=True, link=LINK))),
    Paragraph(said("Stop here"), "callout"),
    Paragraph(said("Made up"), "label"),
    Paragraph((Span("The review, 5.2", link="https://example.org/"),), "source"),
    Quotation(said("“Nobody asked me.”")),
    Bullets((said("one"), said("two"))),
    steps("first", "second"),
    steps("third", "fourth", start=3),
    Bullets((said("ours"),), "suggestion"),
    Bullets(((Span("May", True), Span("\t"), Span("it began")),), "term"),
    Table((said("Who"), said("What")), ((said("Nurse"), said("saw")), (said("Teacher"), ()))),
    Table((said("Action"), said("Who")), (((), ()), ((), ()))),
    Table(tuple(said(side) for side in ("east", "west", "home", "best")), ()),
    Lines(2),
    Timeline((("Autumn 2011", said("Moved")), ("2012", (Span("Seen", link=LINK),)))),
)


def briefing(blocks: Blocks = EVERYTHING) -> Plan:
    page = Page("p", "part", "A part", (("body", blocks),), (), 0, 0, "", HERE)
    return Plan("robin", "Robin", "Made up", "Board of Nowhere", "2026-11", "cy", (page,), WORDING)


def card(n: int = 1, section: str = "Cards", **slots: Blocks) -> Page:
    slots = slots or {
        "badge": (Paragraph(said("Nobody: 1 of 1")),),
        "case": (Paragraph(said("What happened.")), Bullets((said("one"), said("two"))), steps("first")),
        "question": (Paragraph(said("What now?")),),
    }
    return Page(f"c{n}", "card", f"Card {n}", tuple(slots.items()), (), 0, 0, section, HERE)


def session() -> Plan:
    """Parts in two sections, then three cards."""
    (page,) = briefing().pages
    parts = [replace(page, id=name, title=f"Part {name}", section=name) for name in ("One", "Two")]
    pages = (*parts, card(1), card(2), card(3))
    return replace(briefing(), pages=pages, document="Handout", draft="Draft: some of it is not checked")


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


@pytest.fixture(scope="module")
def brands(house: Brand) -> dict[str, Brand]:
    """The house brand, and others with the house's deck and each odd Word template."""
    return {"house": house, **{name: with_template(house, odd.TEMPLATES[name]()) for name in DOCUMENTS}}


def with_template(house: Brand, template: bytes) -> Brand:
    """The house brand with another Word template."""
    package, _ = prepare_document(read_package(template))
    own = own_styles(package)
    lacking = {role: name for role, name in HOUSE_STYLES.items() if role not in own}
    package, lent, _ = ensure_styles(package, house_file("briefing.docx"), lacking)
    return replace(house, document=compile_document(package, own | lent))


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def told(document: Any) -> list[str]:
    """The text of each paragraph in its order, those of tables among them."""
    every = (WordParagraph(p, document) for p in document.element.body.iter(qn("w:p")))
    return [without_motif(paragraph) for paragraph in every]


def without_motif(paragraph: WordParagraph) -> str:
    """The words of a paragraph, but for the tab before the motif of a banner."""
    runs, motif = paragraph.runs, 'name="Motif"'
    if motif not in paragraph._p.xml:
        return paragraph.text
    (drawn,) = (n for n, run in enumerate(runs) if motif in run._r.xml)
    assert (runs[drawn - 1].text, runs[drawn].text) == ("\t", "")
    return "".join(run.text for n, run in enumerate(runs) if n != drawn - 1)


# ---- what is written


@pytest.mark.parametrize("name", some(["house", *DOCUMENTS], 2))
@pytest.mark.parametrize("plan", [briefing(), session()], ids=["briefing", "session"])
def test_a_document_is_sound_and_has_every_word(
    name: str, plan: Plan, brands: dict[str, Brand], tmp_path: Path
) -> None:
    data = render(plan, brands[name])
    (tmp_path / "made.docx").write_bytes(data)
    found = OpenXmlValidator().validate(tmp_path / "made.docx")
    assert [error.description for error in found.errors] == []
    there = told(opened(data))
    every = words(EVERYTHING).replace("\t", " \t").split("\n")
    assert [line for line in every if line not in there] == []


CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
legal = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: not CONTROLS.search(text)
)


@settings(max_examples=150, deadline=None)
@given(legal)
@example("<w:t> & \"quoted\" 'said' ]]> {gap:body} {0} %s \\1")
@example("  two spaces  before\tand\nafter  ")
def test_any_text_arrives(house: Brand, text: str) -> None:
    blocks: Blocks = (
        Heading(said(text), 3),
        Paragraph((Span(text, bold=True), Span(text, link="https://example.org/" + text))),
        Bullets((said(text),)),
        Table((said(text),), ((said(text),),)),
    )
    plan = replace(briefing(blocks), title=text, board=text, subtitle=text)
    document = opened(render(plan, house))
    first, title, *others = told(document)  # lines of a banner end at its motif
    assert [first, title.replace(" \n", " ")] == [
        f"{text}  |  November 2026".replace(" \n", " "),
        text.replace(" \n", " "),
    ]
    assert others == [
        text,
        "A part",
        text,
        text * 2,
        text,
        text,
        text,
    ]
    about = document.core_properties
    assert {about.title, about.author, about.subject} == {text.replace("\u00a0", " ")}
    assert len(list(document.element.body.iter(qn("w:tab")))) == text.count("\t") * 9 + 2  # and the motif’s
    (link,) = (rel.target_ref for rel in document.part.rels.values() if rel.is_external)
    assert link == "https://example.org/" + text
    assert document.sections[0].header.paragraphs[0].text in (f"{text}  |  {text}", text)


def test_looks_are_in_the_styles_and_emphasis_on_the_words(house: Brand) -> None:
    document = opened(render(briefing(), house))
    by_text = {without_motif(p): p for p in document.paragraphs}
    styles = {text: p.style.name for text, p in by_text.items()}
    assert (styles["Robin"], styles["A part"], styles["A heading"]) == ("Title", "Heading 1", "Heading 2")
    assert (styles["Stop here"], styles["Made up"], styles["ours"]) == ("Callout", "Label", "Suggestion")
    short, whole = next((a, b) for a, b in pairwise(document.paragraphs) if a.text.endswith("…"))
    assert (short.style.name, whole.style.name) == ("Heading 3", "Normal")
    assert len(short.text) <= LONGEST_TITLE < len(whole.text)
    assert all(run.bold for run in whole.runs) and whole.runs[1].italic
    looks = [(r.text, r.bold, r.italic) for r in by_text["plain boldboth"].runs]
    assert looks == [("plain ", None, None), ("bold", True, None), ("both", True, True)]


def test_a_link_has_one_relationship_wherever_it_stands(house: Brand) -> None:
    document = opened(render(briefing(), house))
    links = list(document.element.body.iter(qn("w:hyperlink")))
    targets = [document.part.rels[link.get(qn("r:id"))].target_ref for link in links]
    assert targets == [LINK, LINK, "https://example.org/", LINK]
    assert len({link.get(qn("r:id")) for link in links}) == 2
    assert all(
        link[0].find(f"{qn('w:rPr')}/{qn('w:rStyle')}").get(qn("w:val")) == "Hyperlink" for link in links
    )


@pytest.mark.parametrize("name", ["house", *DOCUMENTS])
def test_every_numbered_list_begins_anew(name: str, brands: dict[str, Brand]) -> None:
    document = opened(render(session(), brands[name]))
    used: dict[str, list[int]] = {}
    for p in document.paragraphs:
        if p._p.pPr is not None and p._p.pPr.numPr is not None:
            used.setdefault(p.text, []).append(p._p.pPr.numPr.numId.val)
    assert list(used) == ["first", "second", "third", "fourth"]
    assert used["first"] == used["second"] and used["third"] == used["fourth"]
    assert len({*used["first"], *used["third"]}) == 4, "both parts have both lists"
    numbering = document.part.numbering_part.element
    every = [n.numId for n in numbering.num_lst]
    assert len(set(every)) == len(every)
    abstract = {n.get(qn("w:abstractNumId")): n for n in numbering.findall(qn("w:abstractNum"))}
    for item, start in (("first", 1), ("third", 3)):
        (num,) = (n for n in numbering.num_lst if n.numId == used[item][-1])
        assert num.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == str(start)
        level = abstract[str(num.abstractNumId.val)].find(qn("w:lvl"))
        assert level.find(qn("w:numFmt")).get(qn("w:val")) == "decimal"


def test_header_rows_repeat_and_rows_stay_whole(house: Brand) -> None:
    document = opened(render(briefing(), house))
    assert [len(table.rows) for table in document.tables] == [3, 3, 1, 3]
    for table in document.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False][: len(rows)]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert {p.style.name for p in table.rows[0].cells[0].paragraphs} == {"Table Heading"}
        section = document.sections[0]
        room = (section.page_width - section.left_margin - section.right_margin) // 635
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) == room


def test_lines_are_leaders_of_tabs_to_the_right_margin_in_one_paragraph(house: Brand) -> None:
    blocks: Blocks = (Paragraph(said("Write:")), Lines(3), Lines(1), Paragraph(said("After")))
    data = render(briefing(blocks), house)
    written = [p for p in opened(data).paragraphs if p.text.strip("\t\n") == ""]
    assert [p.text for p in written] == ["\t\n\t\n\t", "\t"]
    for paragraph in written:
        (stop,) = paragraph.paragraph_format.tab_stops
        assert (stop.leader, stop.alignment) == (WD_TAB_LEADER.LINES, WD_TAB_ALIGNMENT.RIGHT)
        assert round(stop.position.twips) == house.document.width
        assert paragraph.paragraph_format.line_spacing.cm == pytest.approx(0.9, abs=0.01)
    assert check_accessible(data) == []


def test_a_line_to_cut_along_is_a_dashed_border(house: Brand) -> None:
    blocks: Blocks = (Paragraph(said("A piece")), Lines(1, cut=True), Paragraph(said("Another")))
    data = render(briefing(blocks), house)
    (edge,) = opened(data).element.body.findall(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert edge.get(qn("w:val")) == "dashed"
    texts = [p.text for p in opened(data).paragraphs]
    assert texts[texts.index("A piece") :][:3] == ["A piece", "", "Another"]
    assert check_accessible(data) == []


def test_rows_to_write_in_are_high_and_their_cells_are_apart(house: Brand) -> None:
    empty = ((),) * 4
    header = tuple(said(word) for word in ("Action", "Who", "By when", "How we will know"))
    grid, plain = Table(header, (empty, empty, empty)), Table((said("Who"), said("What")), ((said("I"), ()),))
    data = render(briefing((grid, Paragraph(said("between")), plain)), house)
    form, other = opened(data).tables
    heights = [row.height.cm if row.height else 0 for row in form.rows]
    assert heights[0] == 0 and all(high >= 1.6 for high in heights[1:])
    assert all(row._tr.trPr.find(qn("w:trHeight")).get(qn("w:hRule")) == "atLeast" for row in form.rows[1:])
    assert form._tbl.tblPr.find(f"{qn('w:tblBorders')}/{qn('w:insideV')}") is not None
    first, *others = (int(column.get(qn("w:w"))) for column in form._tbl.tblGrid)
    assert first > max(others) and max(others) / 20 > 100, "an action needs most room, a heading its own"
    assert [row.height for row in other.rows] == [None, None]
    assert other._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert check_accessible(data) == []


def controls(document: Any) -> list[tuple[str, str, str, bool]]:
    """Each content control: its title, tag, the words that wait in it, and whether a day is chosen in it."""
    found = []
    for control in document.element.body.iter(qn("w:sdt")):
        about = control.find(qn("w:sdtPr"))
        value = {name: about.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("alias", "tag", "id")}
        assert about.find(qn("w:showingPlcHdr")) is not None
        words = "".join(t.text for t in control.iter(qn("w:t")))
        date = about.find(qn("w:date")) is not None
        assert date != (about.find(qn("w:text")) is not None)
        found.append((value["alias"], value["tag"], words, date))
    return found


def test_cells_and_fields_are_titled_controls_to_type_in(house: Brand, tmp_path: Path) -> None:
    header = (said("Action"), said("Who"), said("By when"))
    grid = Table(header, (((),) * 3, ((),) * 3))
    one = Table((said("One thing I will do"),), (((),),))
    fields = Fields((Field(said("We look at this again on:"), date=True), Field(said("Who?"))))
    data = render(briefing((grid, fields, one)), house)
    document = opened(data)
    assert controls(document) == [
        *((name, name, EMPTY, False) for name in ("Action 1", "Action 1: who", "Action 1: by when")),
        *((name, name, EMPTY, False) for name in ("Action 2", "Action 2: who", "Action 2: by when")),
        ("We look at this again on", "We look at this again on", EMPTY, True),
        ("Who?", "Who?", EMPTY, False),
        ("One thing I will do", "One thing I will do", EMPTY, False),
    ]
    ids = [
        c.find(qn("w:sdtPr")).find(qn("w:id")).get(qn("w:val"))
        for c in document.element.body.iter(qn("w:sdt"))
    ]
    assert len(set(ids)) == len(ids)
    assert all(cell[-1].tag == qn("w:p") for cell in document.element.body.iter(qn("w:tc"))), (
        "Word asks for it"
    )
    assert check_accessible(data) == []
    (tmp_path / "made.docx").write_bytes(data)
    assert [e.description for e in OpenXmlValidator().validate(tmp_path / "made.docx").errors] == []


def test_an_example_waits_in_its_cell_to_be_typed_over(house: Brand) -> None:
    example = (Span("For example: ring", quiet=True),)
    grid = Table((said("Action"), said("Who")), ((example, ()), ((), ())))
    document = opened(render(briefing((grid,)), house))
    assert [(title, words) for title, _, words, _ in controls(document)] == [
        ("Action 1", "For example: ring"),
        ("Action 1: who", EMPTY),
        ("Action 2", EMPTY),
        ("Action 2: who", EMPTY),
    ]


@pytest.mark.parametrize("name", ["house", *some(DOCUMENTS, 2)])
def test_boxes_to_tick_are_a_list_in_any_template(
    brands: dict[str, Brand], name: str, tmp_path: Path
) -> None:
    ticked = Bullets((said("one"), said("two")), "check")
    data = render(briefing((ticked, Paragraph(said("between")), steps("first"))), brands[name])
    document = opened(data)
    numbers = {}
    for paragraph in document.paragraphs:
        found = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if found is not None:
            numbers[paragraph.text] = found.get(qn("w:val"))
    if numbers:
        assert numbers["one"] == numbers["two"] != numbers["first"]
        marks = {
            num.get(qn("w:numId")): [text.get(qn("w:val")) for text in num.iter(qn("w:lvlText"))]
            for num in document.part.numbering_part.element.iter(qn("w:num"))
        }
        assert marks[numbers["one"]] == ["☐"] and marks[numbers["first"]] == []
    assert numbers or name != "house"
    assert [f for f in check_accessible(data) if "list" in f.rule.lower()] == []
    (tmp_path / "made.docx").write_bytes(data)
    assert [e.description for e in OpenXmlValidator().validate(tmp_path / "made.docx").errors] == []


def test_a_strip_has_no_heading_and_quiet_words_are_grey(house: Brand) -> None:
    (page,) = briefing((Paragraph((Span("It is about letters. "), Span("The Echo", quiet=True))),)).pages
    plan = replace(briefing(), pages=(replace(page, title="Before you read.", strip=True), *briefing().pages))
    document = opened(render(plan, house))
    strip = next(p for p in document.paragraphs if p.text.startswith("Before"))
    assert strip.style.name == "Label"
    assert [(run.text, bool(run.bold)) for run in strip.runs] == [
        ("Before you read. ", True),
        ("It is about letters. ", False),
        ("The Echo", False),
    ]
    assert [run.font.color.rgb is not None for run in strip.runs] == [False, False, True]


def test_a_large_line_of_a_callout_is_bold_and_six_points_larger(house: Brand) -> None:
    lines = (
        Paragraph(said("In danger now: 999"), "callout", large=True),
        Paragraph(said("or tell"), "callout"),
    )
    for size, points in ((12, 18), (18, 24)):
        document = opened(render(briefing(lines), house, size))
        large, plain = (next(p for p in document.paragraphs if p.text.startswith(w)) for w in ("In", "or"))
        assert large.style.name == plain.style.name == "Callout"
        assert (large.runs[0].bold, large.runs[0].font.size.pt) == (True, points)
        assert plain.runs[0].font.size is None


def test_the_banner_of_the_house_has_its_motif_as_a_decoration(brands: dict[str, Brand]) -> None:
    data = render(briefing((Paragraph(said("plain")),)), brands["house"])
    (drawn,) = (e for e in opened(data).element.body.iter() if str(e.tag).endswith("}inline"))
    fills = [e.get("val") for e in drawn.iter() if str(e.tag).endswith("}srgbClr")]
    assert len(fills) == 24 and fills.count("C98A1B") == 6 and len(set(fills)) == 2, "six hours of a day"
    (about,) = (e for e in drawn if str(e.tag).endswith("}docPr"))
    assert about.get("descr") == "" and any(str(e.tag).endswith("}decorative") for e in about.iter())
    assert check_accessible(data) == []
    for name in DOCUMENTS:
        body = opened(render(briefing(), brands[name])).element.body
        assert "inline" not in {str(e.tag).rpartition("}")[2] for e in body.iter()}, (
            "a board has its own look"
        )


def test_a_long_title_of_a_control_is_cut(house: Brand) -> None:
    long = Table((said("x" * 90),), (((),),))
    assert [len(title) for title, *_ in controls(opened(render(briefing((long,)), house)))] == [64]


@pytest.mark.parametrize("size, words", [(14.0, 12.0), (18.0, 18.0)])
def test_large_print_makes_every_style_larger(house: Brand, size: float, words: float) -> None:
    document = opened(render(briefing(), house, size))
    styles = {style.name: style for style in document.styles}
    assert styles["Normal"].font.size.pt == words
    assert styles["Heading 1"].font.size.pt == words + 4
    assert styles["Title"].font.size.pt == words + 14


def test_a_box_has_its_number_and_a_side_begins_where_the_plan_says(house: Brand) -> None:
    first, second = (replace(briefing().pages[0], id=name, title=f"Part {name}") for name in ("a", "b"))
    plan = replace(briefing(), pages=(replace(first, box=1), replace(second, box=2, new_side=True)))
    document = opened(render(plan, house))
    begun = [
        (p.text, bool(p.paragraph_format.page_break_before)) for p in document.paragraphs if "Part" in p.text
    ]
    assert begun == [("1 \tPart a", False), ("2 \tPart b", True)]
    other = opened(render(plan, with_template(house, odd.document())))
    assert not any(p.paragraph_format.page_break_before for p in other.paragraphs), "its sides are its own"


# ---- the title block, headings


def headings(document: Any) -> list[tuple[int, str]]:
    """The level and words of each heading, those in boxes among them."""
    every = (WordParagraph(p, document) for p in document.element.body.iter(qn("w:p")))
    return [(int(p.style.name[-1]), p.text) for p in every if re.fullmatch(r"Heading \d", p.style.name)]


def test_the_title_block_says_what_it_is_and_what_is_not_checked(house: Brand) -> None:
    document = opened(render(session(), house))
    assert [(without_motif(p), p.style.name) for p in document.paragraphs[:4]] == [
        ("Handout  |  Board of Nowhere  |  November 2026", "Banner"),
        ("Robin", "Title"),
        ("Made up", "Subtitle"),
        ("Draft: some of it is not checked", "Banner"),
    ]
    assert document.sections[0].header.paragraphs[0].text == "Robin  |  Handout  |  Board of Nowhere"
    about = document.core_properties
    assert about.title == "Handout: Robin"
    assert (about.content_status, about.keywords) == ("Draft", "Draft")
    assert about.comments == "Draft: some of it is not checked"


def test_what_a_plan_does_not_say_leaves_no_trace(house: Brand) -> None:
    data = render(replace(briefing(), board="", subtitle=""), house)
    document = opened(data)
    assert told(document)[:3] == ["November 2026", "Robin", "A part"]
    assert document.sections[0].header.paragraphs[0].text == "Robin"
    core = zipfile.ZipFile(BytesIO(data)).read("docProps/core.xml").decode()
    assert not re.search("creator|lastModifiedBy|subject|keywords|contentStatus|description", core)
    assert "Company" not in zipfile.ZipFile(BytesIO(data)).read("docProps/app.xml").decode()
    assert about_title(data) == "Robin"


def about_title(data: bytes) -> str:
    return str(opened(data).core_properties.title)


def test_a_logo_of_nobody_is_a_logo(house: Brand) -> None:
    brand = with_template(house, odd.document(all_sides))
    section = opened(render(replace(briefing(), board=""), brand)).sections[0]
    assert next(section.first_page_header._element.iter(qn("wp:docPr"))).get("descr") == "Logo"


def test_names_of_several_sections_are_headings_over_the_titles(house: Brand) -> None:
    body: Blocks = (Heading(said("Small"), 2), Heading(said("Smaller"), 3))
    (page,) = briefing(body).pages
    plan = briefing(body)
    only = [(1, "A part"), (2, "Small"), (3, "Smaller")]
    assert headings(opened(render(plan, house))) == only
    assert headings(opened(render(replace(plan, pages=(replace(page, section="Only"),)), house))) == only
    deep = briefing((Heading(said("Smaller"), 3),))
    assert headings(opened(render(deep, house))) == [(1, "A part"), (2, "Smaller")]
    parts = [replace(page, title=f"Part {n}", section=name) for n, name in enumerate(("One", "One", "Two"))]
    assert headings(opened(render(replace(plan, pages=tuple(parts)), house))) == [
        *((1, "One"), (2, "Part 0"), (3, "Small"), (3, "Smaller"), (2, "Part 1"), (3, "Small")),
        *((3, "Smaller"), (1, "Two"), (2, "Part 2"), (3, "Small"), (3, "Smaller")),
    ]


@pytest.mark.parametrize("name", ["house", *DOCUMENTS])
def test_headings_stay_with_their_text_and_leave_out_no_level(name: str, brands: dict[str, Brand]) -> None:
    data = render(session(), brands[name])
    document = opened(data)
    levels = [0, *(level for level, _ in headings(document))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for paragraph in document.paragraphs:
        if re.fullmatch(r"Heading \d", paragraph.style.name):
            assert paragraph.paragraph_format.keep_with_next
    assert [f.message for f in check_accessible(data) if "heading" in f.message] == []


# ---- a guide


def guide() -> tuple[Plan, FittedDeck]:
    """Two slides with their scripts, on a new sheet, and the deck that they are of."""
    shown = (Bullets((said("one"), said("two"))), Table((said("Who"),), ((said("Nurse"),),)))
    notes = (Note("say", (Paragraph(said("Hello.")),)), Note("do", (steps("First", "Second"),)))
    pages = [
        Page(f"slide-{n}", "content", f"Slide {n}", (("body", shown[n : n + 1]),), notes, 5, 0, "", HERE)
        for n in (0, 1)
    ]
    deck = replace(briefing(), pages=tuple(pages))
    before = replace(briefing().pages[0], section="Before")
    script = [
        replace(with_script(p, n, WORDING), section="Slides", new_sheet=True) for n, p in enumerate(pages, 1)
    ]
    return replace(briefing(), pages=(before, *script)), unfitted(deck)


@pytest.mark.parametrize("name", ["house", *DOCUMENTS])
def test_a_guide_has_each_slide_beside_its_script_under_a_header(
    name: str, brands: dict[str, Brand], tmp_path: Path
) -> None:
    plan, deck = guide()
    data = render(plan, brands[name], deck=deck)
    document = opened(data)
    first, second = document.tables[-2:]
    for table, number in ((first, 1), (second, 2)):
        assert [cell.text for cell in table.rows[0].cells] == ["On the slide", "Script"]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        shown, script = table.rows[1].cells
        (about,) = shown._tc.iter(qn("wp:docPr"))
        assert about.get("descr") == f"Slide {number}: Slide {number - 1}"
        assert [p.text for p in script.paragraphs] == ["Say: Hello.", "Do", "First", "Second"]
        (blip,) = shown._tc.iter(qn("a:blip"))
        assert document.part.related_parts[blip.get(qn("r:embed"))].blob.startswith(b"\x89PNG")
    assert [p.text for p in first.rows[1].cells[0].paragraphs] == ["", "one", "two"]
    assert [p.text for p in second.rows[1].cells[0].paragraphs] == ["", "Nurse"]
    broken = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert "Slides" in broken and "Before" not in broken
    assert [f.message for f in check_accessible(data) if f.level == "error"] == []
    (tmp_path / "made.docx").write_bytes(data)
    assert [e.description for e in OpenXmlValidator().validate(tmp_path / "made.docx").errors] == []


def test_a_guide_without_its_deck_has_the_words_alone(house: Brand) -> None:
    plan, _ = guide()
    data = render(plan, house)
    assert not [part for part in read_package(data).parts if part.endswith(".png")]
    assert "Say: Hello." in told(opened(data))


def test_a_slide_with_more_than_most_of_a_page_of_script_may_be_broken_over_two(house: Brand) -> None:
    plan, deck = guide()
    long = (Paragraph(said("Words. " * 900)),)
    pages = (plan.pages[1], replace(plan.pages[2], slots=(("script", long),)))
    rows = [t.rows[1]._tr for t in opened(render(replace(plan, pages=pages), house, deck=deck)).tables]
    kept = [row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in rows]
    assert kept == [True, False]


# ---- cards


@pytest.mark.parametrize("name", ["house", *DOCUMENTS])
def test_cards_are_boxes_half_a_page_high_in_a_section_without_header(
    name: str, brands: dict[str, Brand]
) -> None:
    document = opened(render(session(), brands[name]))
    first, last = document.sections
    assert first.page_width == opened(render(briefing(), brands[name])).sections[0].page_width
    assert (round(last.page_width.mm), round(last.page_height.mm)) == (210, 297)
    for part in (last.header, last.footer, last.even_page_header, last.even_page_footer):
        assert not part.is_linked_to_previous
        assert [p.text for p in part.paragraphs] == [""] and codes(part) == []
    boxes = document.tables[-3:]
    assert [(len(box.rows), len(box.columns)) for box in boxes] == [(1, 1)] * 3
    cut = [box._tbl.find(f".//{qn('w:tcBorders')}/{qn('w:bottom')}") for box in boxes]
    assert [None if edge is None else edge.get(qn("w:val")) for edge in cut] == ["dashed", None, "dashed"]
    top, half = last.top_margin.twips, 16838 / 2
    heights = [box.rows[0].height.twips for box in boxes]
    assert [box.rows[0].height_rule for box in boxes] == [WD_ROW_HEIGHT_RULE.AT_LEAST] * 3
    assert top + 20 + heights[0] == pytest.approx(half, abs=1), "the line to cut along is in the middle"
    assert half + 20 + heights[1] + 20 < 16838 - last.bottom_margin.twips
    before = [box._tbl.getprevious() for box in boxes]
    breaks = [p.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None for p in before]
    assert breaks == [True, False, True]


def test_a_card_has_its_words_in_order_and_lines_below_them(house: Brand) -> None:
    document = opened(render(replace(briefing(), pages=(card(),)), house))
    (cell,) = document.tables[0].rows[0].cells
    words = ["Card 1", "Nobody: 1 of 1", "What happened.", "one", "two", "first", "What now?"]
    texts = [p.text for p in cell.paragraphs]
    assert texts[:7] == words
    assert len(texts) - 7 == fit_cards(replace(briefing(), pages=(card(),)))[0].lines > 4
    assert {*texts[7:]} == {""}
    assert cell.paragraphs[0].style.name == "Heading 1"
    assert all(run.bold for run in cell.paragraphs[6].runs)
    for ruled in cell.paragraphs[7:]:
        assert ruled._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:between')}") is not None


def test_parts_after_cards_have_the_templates_pages_again(house: Brand) -> None:
    part, *_ = session().pages
    document = opened(render(replace(session(), pages=(card(), part)), house))
    widths = [section.left_margin for section in document.sections]
    assert len(widths) == 3 and widths[0] == widths[2] != widths[1]
    assert document.sections[2].header.paragraphs[0].text.startswith("Robin")
    assert headings(document)[:3] == [(1, "Card 1"), (1, "One"), (2, "Part One")]


# ---- what stands at the top and foot of pages


def codes(part: Any) -> list[str]:
    """The fields of a header or footer."""
    simple = [field.get(qn("w:instr")) for field in part._element.iter(qn("w:fldSimple"))]
    return [code.split()[0] for code in (*simple, *(e.text for e in part._element.iter(qn("w:instrText"))))]


def all_sides(made: Any) -> None:
    """First and even pages have headers of their own, with a logo that says nothing, and empty footers."""
    section = made.sections[0]
    section.different_first_page_header_footer = True
    made.settings.odd_and_even_pages_header_footer = True
    for header in (section.first_page_header, section.even_page_header):
        header.paragraphs[0].add_run().add_picture(BytesIO(odd.png()), docx.shared.Inches(1))
        next(header._element.iter(qn("wp:docPr"))).attrib.pop("descr", None)


@pytest.mark.parametrize("name", ["house", *DOCUMENTS])
def test_every_page_says_which_of_how_many_it_is(name: str, brands: dict[str, Brand]) -> None:
    section = opened(render(briefing(), brands[name])).sections[0]
    assert codes(section.footer) == ["PAGE", "NUMPAGES"]
    if section.different_first_page_header_footer:
        assert codes(section.first_page_footer) == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[-1].text.strip().startswith("Page ")


def test_first_and_even_pages_are_numbered_and_logos_say_whose(house: Brand) -> None:
    brand = with_template(house, odd.document(all_sides))
    section = opened(render(briefing(), brand)).sections[0]
    for footer in (section.footer, section.first_page_footer, section.even_page_footer):
        assert codes(footer) == ["PAGE", "NUMPAGES"]
    for header in (section.first_page_header, section.even_page_header):
        assert next(header._element.iter(qn("wp:docPr"))).get("descr") == "Logo: Board of Nowhere"
    assert section.header.paragraphs[0].text == "Robin  |  Board of Nowhere"


def test_a_header_with_words_or_a_logo_is_left_alone(house: Brand, brands: dict[str, Brand]) -> None:
    def logo(made: Any) -> None:
        made.sections[0].header.paragraphs[0].add_run().add_picture(BytesIO(odd.png()))

    section = opened(render(briefing(), brands["letterhead.docx"])).sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Our Board"]
    assert [p.text for p in section.footer.paragraphs] == ["Official", "Page  of "]
    section = opened(render(briefing(), with_template(house, odd.document(logo)))).sections[0]
    assert [p.text for p in section.header.paragraphs] == [""]


def test_a_running_header_stays_on_one_line(house: Brand) -> None:
    plan = replace(briefing(), title="A rather long title of a review " * 3)
    assert opened(render(plan, house)).sections[0].header.paragraphs[0].text == plan.title


def test_the_house_footer_and_every_style_speak_the_language_of_the_plan(house: Brand) -> None:
    entries = {**dict(WORDING.entries), "page-of": "Tudalen {page} o {pages}"}
    data = render(replace(briefing(), wording=Wording(tuple(entries.items()))), house)
    document = opened(data)
    assert document.sections[0].footer.paragraphs[0].text.strip() == "Tudalen 1 o 1"
    tags = [lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))]
    assert tags and set(tags) == {"cy"}
    assert document.core_properties.language == "cy"


def test_a_template_without_a_language_gets_that_of_the_plan(house: Brand) -> None:
    def silent(made: Any) -> None:
        (defaults,) = made.styles.element.iter(qn("w:docDefaults"))
        made.styles.element.remove(defaults)

    document = opened(render(briefing(), with_template(house, odd.document(silent))))
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "cy"
    assert (
        [e.tag for e in language.iterancestors()][-2] == document.styles.element[0].tag == qn("w:docDefaults")
    )


# ---- templates and packages


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A package with one part changed."""
    parts = odd.unpacked(data)
    new = change(parts[part].decode())
    assert new != parts[part].decode()
    return bytes(odd.packed({**parts, part: new.encode()}))


def test_a_template_may_call_its_namespaces_what_it_likes(house: Brand) -> None:
    def renamed(xml: str) -> str:
        return re.sub(r"(</?|\s)w:", r"\1ns2:", xml).replace("xmlns:w=", "xmlns:ns2=")

    data = changed(odd.document(), "word/document.xml", renamed)
    brand = with_template(house, changed(data, "word/numbering.xml", renamed))
    document = opened(render(briefing(), brand))
    assert "Nurse" in told(document)
    assert document.part.numbering_part.element.num_lst[-1].find(f".//{qn('w:startOverride')}") is not None


def test_numbers_may_come_from_the_style_that_a_style_is_based_on(house: Brand) -> None:
    def based(made: Any) -> None:
        own = made.styles["List Number"].element
        lent = made.styles["List Number 2"].element.pPr
        lent.remove(lent.numPr)
        made.styles["List Number 2"].base_style = made.styles["List Number"]
        own.find(qn("w:name")).set(qn("w:val"), "Plain numbers")
        made.styles["List Number 2"].element.find(qn("w:name")).set(qn("w:val"), "List Number")

    brand = with_template(house, odd.document(based))
    assert brand.document.styles["number"] == "ListNumber2"
    first = next(p for p in opened(render(briefing(), brand)).paragraphs if p.text == "first")
    assert first._p.pPr.numPr is not None


def test_a_list_style_whose_list_is_not_there_stops_nothing(house: Brand) -> None:
    data = changed(
        odd.document(), "word/numbering.xml", lambda xml: re.sub("<w:num .*</w:num>", "", xml, flags=re.S)
    )
    assert "first" in told(opened(render(briefing(), with_template(house, data))))


def test_a_template_is_mended_once_and_every_role_has_a_style(brands: dict[str, Brand]) -> None:
    for name, brand in brands.items():
        document = opened(render(briefing(), brand))
        there = {style.style_id for style in document.styles}
        own = set(OWN_STYLES) if name == "house" else set()
        assert set(brand.document.styles) == {*HOUSE_STYLES, *own}, "no other is lent the banner of the house"
        assert set(brand.document.styles.values()) <= {"", *there}, name
    styles = {style.name: style for style in opened(render(briefing(), brands["newsletter.docx"])).styles}
    assert styles["Normal"].font.size.pt == 12
    assert styles["Heading 1"].font.all_caps is False


def test_the_same_plan_gives_the_same_stored_bytes_also_from_a_saved_brand(house: Brand) -> None:
    data = render(session(), house)
    assert render(session(), load(dump(house))) == data
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_belongs_to_a_term_stands_beside_it_or_follows_one_that_is_too_wide(house: Brand) -> None:
    wide = "A term that has no room in the column"
    terms = ((Span(term, True), Span("\t"), Span("it began")) for term in ("May", "In June", wide))
    document = opened(render(briefing((Bullets(tuple(terms), "term"),)), house))
    made = [p for p in document.paragraphs if "it began" in p.text]
    assert [p.text for p in made] == ["May \tit began", "In June \tit began", f"{wide}   it began"]
    for paragraph in made:
        ends = paragraph.paragraph_format
        assert ends.left_indent == -ends.first_line_indent == ends.tab_stops[0].position
        assert paragraph.runs[0].bold and not paragraph.runs[-1].bold
    assert made[0].paragraph_format.left_indent.pt > advance("In June", "Arial", True) * 12
