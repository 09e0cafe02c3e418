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

from tests.conftest import TOP, WORDING, read_brand
from tests.odd import DOCUMENTS, odd, some
from toolkit.brand.compiled import Brand, dump, load
from toolkit.brand.document import compile_document
from toolkit.brand.folder import house_file
from toolkit.brand.lending import ensure_styles
from toolkit.brand.wordstyles import HOUSE_STYLES, own_styles
from toolkit.fit.cards import fit_cards
from toolkit.office.accessible import check_accessible
from toolkit.office.hygiene import clean_document
from toolkit.office.opc import read_package
from toolkit.plan.model import (
    LONGEST_TITLE,
    Blocks,
    Bullets,
    Heading,
    Lines,
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
from toolkit.plan.wording import Wording
from toolkit.problems import Place
from toolkit.render.docx import render

HERE = Place(Path("invented.yaml"), 3, 5)
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
    package, _ = clean_document(read_package(template))
    own = own_styles(package)
    lacking = {role: name for role, name in HOUSE_STYLES.items() if role not in own}
    package, lent, _ = ensure_styles(package, house_file("briefing.docx"), lacking)
    return replace(house, document=compile_document(package, own | lent))


def opened(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def told(document: Any) -> list[str]:
    """The text of each paragraph in its order, those of tables among them."""
    every = (WordParagraph(p, document) for p in document.element.body.iter(qn("w:p")))
    return [paragraph.text for paragraph in every]


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
    every = words(EVERYTHING).split("\n")
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
    assert told(document) == [
        text,
        text,
        f"{text}, November 2026",
        "A part",
        text,
        text * 2,
        text,
        text,
        text,
    ]
    about = document.core_properties
    assert (about.title, about.author, about.subject) == (text, text, text)
    assert len(list(document.element.body.iter(qn("w:tab")))) == text.count("\t") * 9
    (link,) = (rel.target_ref for rel in document.part.rels.values() if rel.is_external)
    assert link == "https://example.org/" + text
    assert document.sections[0].header.paragraphs[0].text in (f"{text}  |  {text}", text)


def test_looks_are_in_the_styles_and_emphasis_on_the_words(house: Brand) -> None:
    document = opened(render(briefing(), house))
    by_text = {p.text: p for p in document.paragraphs}
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
    assert len({int(column.get(qn("w:w"))) // 10 for column in form._tbl.tblGrid}) == 1
    assert [row.height for row in other.rows] == [None, None]
    assert other._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert check_accessible(data) == []


# ---- the title block, headings


def headings(document: Any) -> list[tuple[int, str]]:
    """The level and words of each heading, those in boxes among them."""
    every = (WordParagraph(p, document) for p in document.element.body.iter(qn("w:p")))
    return [(int(p.style.name[-1]), p.text) for p in every if re.fullmatch(r"Heading \d", p.style.name)]


def test_the_title_block_says_what_it_is_and_what_is_not_checked(house: Brand) -> None:
    document = opened(render(session(), house))
    assert [(p.text, p.style.name) for p in document.paragraphs[:4]] == [
        ("Handout  |  Board of Nowhere", "Normal"),
        ("Robin", "Title"),
        ("Made up, November 2026", "Subtitle"),
        ("Draft: some of it is not checked", "Label"),
    ]
    assert document.sections[0].header.paragraphs[0].text == "Robin  |  Handout  |  Board of Nowhere"
    about = document.core_properties
    assert about.title == "Handout: Robin"
    assert (about.content_status, about.keywords) == ("Draft", "Draft")
    assert about.comments == "Draft: some of it is not checked"


def test_what_a_plan_does_not_say_leaves_no_trace(house: Brand) -> None:
    data = render(replace(briefing(), board="", subtitle=""), house)
    document = opened(data)
    assert told(document)[:3] == ["Robin", "November 2026", "A part"]
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
        assert set(brand.document.styles) == set(HOUSE_STYLES)
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
