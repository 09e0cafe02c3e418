"""Spaces at which no line ends, en dashes in ranges, curly quotes: nothing is added, lost or moved."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import run_here
from toolkit.fit.typeset import lines, loosened, set_lines
from toolkit.office.show import show
from toolkit.plan.model import (
    Bullets,
    Drawing,
    Heading,
    Note,
    Page,
    Paragraph,
    Plan,
    Quotation,
    Shape,
    Span,
    Table,
    Timeline,
    spans_in,
)
from toolkit.plan.typography import NBSP, set_plan, set_spans, set_well
from toolkit.plan.wording import Wording
from toolkit.problems import Place

KEPT = """
on 23_May_2016 and in May_2016
Autumn_2011, early_2012, late_May
from 23–25_May_2016_– or later
18_months, 27_contacts and 4_home visits
aged four and three months old
p_11, pp_4–6, page_11 and Section_47
section_17 of the Children Act_1989
Working_Together_2023 says
it cost £4_million, 10_per_cent more
Dr_Shah, Mr_Khan, Ms_J._Shah and St_Ives
J._B._Shah wrote it
Child_A and baby_P were
a Level_4 threshold, Key_Stage_2, 3_of_5, 1_in_4_children
at 10_am, 10.30_pm or 4_p.m.
call 0808_800_5000, 0800_1111, 116_123 or +44_20_7946_0000
NHS_111 and 3_GPs
e._g. this, and 24_/_7
he came_– late
ar 23_Mai_2016, hydref_2011, tudalen_11, adran_47, 18_mis
aged 4 and well, aged 14 lived there
page_11 says so, in 2016 children came
In 2016 we met; by 2017 and 27 of them
the child. A nurse came; I am; Is A right
"""


@pytest.mark.parametrize("line", [line for line in KEPT.splitlines() if line])
def test_words_that_belong_together_are_kept_and_no_others(line: str) -> None:
    assert set_well(line.replace("_", " ")).replace(NBSP, "_") == line


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("2011-2013", "2011–2013"),
        ("2013-14", "2013–14"),
        ("5-11", "5–11"),
        ("(pages 4-6)", f"(pages{NBSP}4–6)"),
        ("9.00-17.30", "9.00–17.30"),
        ("May-July", "May–July"),
        ("Monday-Friday", "Monday–Friday"),
    ],
)
def test_ranges_have_an_en_dash(typed: str, set_: str) -> None:
    assert set_well(typed) == set_


@pytest.mark.parametrize(
    "typed",
    [
        *("2016-05-23", "2011-12", "2016-05", "020-7946", "1-1", "16-5", "S1-2", "P-1", "COVID-19", "24-7"),
        *("well-known", "self-harm", "a-b", "10-year-old", "e.g.", "i.e.", "24/7", "and/or", "1-2-3"),
    ],
)
def test_hyphens_that_are_no_ranges_and_short_forms_stay(typed: str) -> None:
    assert set_well(typed) == typed


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("don't", "don’t"),
        ("the children's", "the children’s"),
        ("in the '90s", "in the ’90s"),
        ("'tis so", "’tis so"),
        ("mae'r plant, a 'n nhw", "mae’r plant, a ’n nhw"),
        ("'Yes', he said", "‘Yes’, he said"),
        ("\"Who said 'yes'?\"", "“Who said ‘yes’?”"),
        ('("in 2016")', "(“in 2016”)"),
        ("'in 2016'", "‘in 2016’"),
        ("2016's", "2016’s"),
    ],
)
def test_straight_quotes_are_curled(typed: str, set_: str) -> None:
    assert set_well(typed) == set_


@pytest.mark.parametrize(
    "typed",
    [
        *("5' 4\" tall", 'a 3" scar', "https://example.org/2011-2013?x='1'", "www.example.org/5-11"),
        *("me-2-3@example.org", "example.gov.uk/a'b-1-2/5-11"),
    ],
)
def test_primes_and_addresses_stay_as_they_are(typed: str) -> None:
    assert set_well(f"See {typed}") == f"See {typed}"


def test_an_address_stays_and_words_round_it_are_set() -> None:
    assert set_well("it's at www.a-b.org/1-2 'now'") == "it’s at www.a-b.org/1-2 ‘now’"


SAMPLES = st.sampled_from(
    [
        *("23 May 2016", "May", "2016", "18", "months", "'", '"', "-", "–", " ", "p", "Dr", "St", "A", "B."),
        *("page", "1989", "0808", "800", "per", "cent", "of", "10", "e.", "g.", "/", "www.a-b.org", "(", ")"),
        *("Child", "£4", "million", "Working", "Together", "don't", "a.m.", NBSP, ",", "…", "x@y.org", "am"),
    ]
)


@given(
    st.lists(SAMPLES | st.text(max_size=4), max_size=14).flatmap(
        lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
    )
)
def test_letters_and_digits_stay_in_their_order_and_set_words_stay_set(words: str) -> None:
    made = set_well(words)
    assert len(made) == len(words)
    for before, after in zip(words, made):
        assert before == after or (before, after) in {
            *((" ", NBSP), ("-", "–")),
            *(("'", "‘"), ("'", "’"), ('"', "“"), ('"', "”")),
        }
    assert set_well(made) == made


def test_words_that_go_over_spans_are_set_as_a_whole() -> None:
    spans = (Span("on 23 "), Span("May", bold=True, origin="x"), Span(" 2016", link="https://a.org/5-11"))
    made = set_spans(spans)
    assert [s.text for s in made] == [f"on 23{NBSP}", "May", f"{NBSP}2016"]
    assert [(s.bold, s.link, s.origin) for s in made] == [(s.bold, s.link, s.origin) for s in spans]


def one_plan(**slots: object) -> Plan:
    place = Place(Path("a.yaml"))
    note = Note("say", (Paragraph((Span("Since May 2016"),)),))
    page = Page("p", "content", "After May 2016", tuple(slots.items()), (note,), 1, 0, "In 5 weeks", place)  # type: ignore[arg-type]
    return Plan(
        "may 2016", "Robin Reed's May 2016", "60 minutes", "Board 5-11", "2016-05", "en-GB", (page,),
        Wording(()), draft="Since May 2016", footer="May 2016",
        together=("Robin", "Robin Reed"),
    )  # fmt: skip


def test_every_word_of_a_plan_is_set() -> None:
    date = (Span("May 2016"),)
    plan = set_plan(
        one_plan(
            body=(
                Heading(date),
                Paragraph(date),
                Bullets((date,)),
                Quotation(date),
                Drawing(1, 1, (Shape("words", 0, 0, 1, 1, spans=date, size=9),), "In May 2016"),
            ),
            table=(Table((date,), ((date,),)),),
            timeline=(Timeline((("May 2016", date),)),),
        )
    )
    (page,) = plan.pages
    every = [s.text for _, blocks in page.slots for s in spans_in(blocks)]
    assert every == [f"May{NBSP}2016"] * 8
    assert page.slot("timeline") == (Timeline(((f"May{NBSP}2016", (Span(f"May{NBSP}2016"),)),)),)
    (drawing,) = [b for b in page.slot("body") if isinstance(b, Drawing)]
    assert drawing.alt == f"In May{NBSP}2016"
    (said,) = spans_in(page.notes[0].blocks)
    assert said.text == f"Since May{NBSP}2016"
    assert (page.title, page.section) == (f"After May{NBSP}2016", f"In 5{NBSP}weeks")
    assert plan.title == f"Robin{NBSP}Reed’s May{NBSP}2016"
    assert (plan.name, plan.edition) == ("may 2016", "2016-05")  # names of files and dates stay
    assert (plan.subtitle, plan.board) == (f"60{NBSP}minutes", "Board 5–11")
    assert (plan.draft, plan.footer) == (f"Since May{NBSP}2016", f"May{NBSP}2016")


def test_every_file_keeps_words_together_and_is_read_as_it_is_typed(project: Path) -> None:
    ran = run_here("build", cwd=project)
    assert ran.code == 0, ran.err
    build = project / "build"
    for name, part, date in (
        ("decks/robin.pptx", "ppt/slides/", "May 2024"),
        ("decks/robin.guide.docx", "word/document.xml", "May 2024"),
        ("briefings/robin.docx", "word/document.xml", "May 2024"),
    ):
        with zipfile.ZipFile(build / name) as package:
            made = "".join(package.read(n).decode() for n in package.namelist() if n.startswith(part))
            assert NBSP not in package.read("docProps/core.xml").decode()
        assert date.replace(" ", NBSP) in made
        assert date not in made
        assert date in show(build / name)
        assert NBSP not in show(build / name)
    for name in ("decks/robin.notes.pdf", "decks/robin.guide.pdf", "briefings/robin.pdf"):
        with pypdfium2.PdfDocument(build / name) as document:
            printed = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
        assert re.search(r"May[ \u00a0]2024", printed)


# ---- lines


def test_no_line_ends_where_words_are_kept_and_they_are_as_wide_as_with_a_space() -> None:
    loose, kept = (Span("aa bb"),), (Span(f"aa{NBSP}bb"),)
    width = 20 * 2.6
    assert lines(loose, "Arial", 20, False, 200) == lines(kept, "Arial", 20, False, 200) == 1
    assert set_lines(loose, "Arial", 20, False, 200)[0].width == pytest.approx(
        set_lines(kept, "Arial", 20, False, 200)[0].width
    )
    whole = (Span(f"xx aa{NBSP}bb"),)
    assert [line.words for line in set_lines(whole, "Arial", 20, False, width)] == [1, 2]
    assert [line.words for line in set_lines((Span("xx aa bb"),), "Arial", 20, False, width)] == [2, 1]


def test_kept_words_wider_than_their_column_are_let_go_and_counted_so() -> None:
    spans = (Span("on 23"), Span(f"{NBSP}September", bold=True), Span(f"{NBSP}2016 in May{NBSP}2016"))
    made = loosened(spans, "Arial", 20, False, 110)
    assert [s.text for s in made] == ["on 23", " September", f" 2016 in May{NBSP}2016"]
    assert lines(spans, "Arial", 20, False, 110) == lines(made, "Arial", 20, False, 110)
    assert loosened(spans, "Arial", 20, False, 900) == spans
    assert set_lines((), "Arial", 20, False, 900) == []


@given(
    st.lists(
        st.sampled_from(["a", "bb", "cccc", "dd–ee", "well-known", "23", "May"]), min_size=1, max_size=20
    ),
    st.lists(st.sampled_from([" ", NBSP]), min_size=20, max_size=20),
    st.integers(60, 400),
)
def test_lines_that_are_set_are_those_that_are_counted(words: list[str], gaps: list[str], width: int) -> None:
    whole = "".join(w + g for w, g in zip(words, gaps)).rstrip()
    spans = (Span(whole[:7]), Span(whole[7:], bold=True)) if whole[7:] else (Span(whole),)
    found = set_lines(spans, "Arial", 20, False, width)
    if all(line.width <= width for line in found):  # no word is wider than the line
        assert len(found) == lines(spans, "Arial", 20, False, width)
