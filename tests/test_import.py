"""Old material becomes a draft of a review: each of its sentences once, with its place, and nothing else."""

from __future__ import annotations

import unicodedata
from collections import Counter
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pptx
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from tests import oldfiles
from tests.conftest import TOP, run_here
from toolkit.content.evidence import printable
from toolkit.content.model import Cite, Review, Statement
from toolkit.content.nodes import load
from toolkit.content.rules import check_review
from toolkit.intake.draft import drafted
from toolkit.intake.material import Material, Words, sentences
from toolkit.intake.reading import read_material
from toolkit.intake.taking import named, written
from toolkit.office.opc import RELATIONSHIPS
from toolkit.problems import Invalid
from toolkit.project import Project

REGISTERS = Project(TOP).registers()
STORY = (
    "Robin is an invented child. Nobody asked Robin anything.",
    "The invented Elmton Safeguarding Children Board published its Serious Case Review in June 2018.",
)
LEARNT = ("Nobody spoke to Robin alone.", "A “second” letter: it was not answered! Why?")
BOXES = (
    "Background",
    *STORY,
    "Key findings",
    *LEARNT,
    "Good practice",
    "The nursery wrote twice.",
    "Next steps",
)
HEADINGS = ("Background", "Key findings", "Good practice", "Next steps")
MINUTES = (
    "Minutes of an invented meeting",
    "Present: two invented people.",
    "Elm said that visits were short. Ash agreed.",
    "Action: ask how letters are answered.",
)


def shaped(folder: Path, shape: str) -> Path:
    """A made file of one of six shapes."""
    if shape == "deck":
        return oldfiles.deck(folder / "old-deck.pptx", LEARNT)
    if shape == "deck-with-table":
        return oldfiles.deck(folder / "table.pptx", LEARNT, "Say this slowly. Then wait.", rows=STORY)
    if shape == "briefing":
        return oldfiles.document(folder / "briefing.docx", BOXES, headings=HEADINGS)
    if shape == "boxes":
        return oldfiles.boxes(folder / "boxes.docx", BOXES)
    if shape == "summary":
        path = folder / "summary.html"
        path.write_text(oldfiles.web_page(BOXES), "utf-8")
        return path
    path = folder / "minutes.txt"
    path.write_text("\n\n".join(MINUTES), "utf-8")
    return path


SHAPES = ("deck", "deck-with-table", "briefing", "boxes", "summary", "minutes")


def taken(material: Material, folder: Path) -> Review:
    """The review that a file becomes, with what is to be written first."""
    text = written(drafted(material, REGISTERS.kinds), material, "old")
    for line in ("kind: serious-case-review", "published: 2018-06", "board: An invented board"):
        text = text.replace(f"# {line}", line)
    path = folder / "old.yaml"
    path.write_text(text, "utf-8")
    review, node = load(path, Review)
    assert not [one.message for one in check_review(review, node, REGISTERS) if one.stops]
    return review


def statements(review: Review) -> list[Statement]:
    findings = [one for point in review.points for one in point.finding]
    return [*findings, *review.summary, *review.good_practice, *review.unsorted]


def texts(review: Review, material: Material) -> Counter[str]:
    """All that the draft says, but for a title made of the name of a file that has none."""
    found = Counter([*(one.text for one in statements(review)), *(one.title for one in review.points)])
    found.update(words for one in review.timeline for words in (one.date, one.text))
    return found + Counter([review.title] if review.title != "old" else [])


@pytest.mark.parametrize("shape", SHAPES)
def test_every_sentence_comes_in_once_with_its_place_and_none_is_invented(tmp_path: Path, shape: str) -> None:
    material = read_material(shaped(tmp_path, shape))
    review = taken(material, tmp_path)
    wanted = Counter[str]()
    for one in material.words:
        whole = one.what in ("title", "heading") or one.text == review.title
        wanted.update([one.text] if whole else sentences(one.text))
    assert texts(review, material) == wanted
    places = {one.place.casefold() for one in material.words}
    for one in statements(review):
        (cite,) = one.cites
        assert isinstance(cite, Cite) and cite.source == "S1" and (cite.where or "").casefold() in places
        assert cite.quote in (None, one.text)
    assert printable(review) == ()


@pytest.mark.parametrize("shape", ["briefing", "boxes", "summary"])
def test_headings_say_where_sentences_go(tmp_path: Path, shape: str) -> None:
    review = taken(read_material(shaped(tmp_path, shape)), tmp_path)
    assert [one.text for one in review.summary][-1].startswith("The invented Elmton")
    assert [(one.title, len(one.finding)) for one in review.points] == [("Key findings", 3)]
    assert [one.text for one in review.good_practice] == ["The nursery wrote twice."]
    assert (review.board, review.published) == ("Elmton Safeguarding Children Board", "2018-06")
    assert review.kind == "serious-case-review"
    assert [one.publisher for one in review.sources] == ["Old material"]  # and not that board


def test_notes_of_a_slide_are_no_findings() -> None:
    words = (
        Words("Slide 1", "Robin", "title"),
        Words("Slide 2", "Key findings", "title"),
        Words("Slide 2", "Nobody came", "text"),
        Words("Slide 2, notes", "Say it slowly", "notes"),
    )
    draft = drafted(Material(Path("a.pptx"), "deck", "", "", words), REGISTERS.kinds)
    assert [one.text for one in draft.points[0].body] == ["Nobody came"]
    assert [(one.text, one.where) for one in draft.unsorted] == [("Say it slowly", "slide 2, notes")]


EVENTS = (
    Words("Slide 1", "Robin", "title"),
    Words("Slide 2", "Timeline", "title"),
    *(Words("Slide 2", text, "cell") for text in ("Date", "What happened", "Who knew")),
    *(Words("Slide 2", text, "cell") for text in ("May 2017", "Robin moved. Nobody rang.", "The nursery")),
    *(Words("Slide 2", text, "cell") for text in ("Early 2018 – June 2019", "A school wrote.")),
    Words("Slide 2", "All of it is invented.", "text"),
    Words("Slide 3", "Chronology", "title"),
    *(Words(f"Paragraph {n}", text) for n, text in enumerate(("12/03/2019", "Nobody came.", "It ended."))),
    Words("Slide 4", "In 2017 Robin moved", "title"),
    Words("Slide 4", "June 2020", "text"),
)


def test_dates_below_a_timeline_become_events(tmp_path: Path) -> None:
    review = taken(Material(Path("a.pptx"), "deck", "", "", EVENTS), tmp_path)
    assert [(one.date, one.text) for one in review.timeline] == [
        ("May 2017", "Robin moved. Nobody rang. The nursery"),
        ("Early 2018 – June 2019", "A school wrote."),
        ("12/03/2019", "Nobody came."),
    ]
    (cite,) = review.timeline[0].cites
    assert isinstance(cite, Cite) and cite.where == "slide 2"
    assert cite.quote == "Robin moved. Nobody rang. The nursery"
    left = ["Timeline", "Date", "What happened", "Who knew", "All of it is invented.", "Chronology"]
    left += ["It ended.", "In 2017 Robin moved", "June 2020"]
    assert [one.text for one in review.unsorted] == left and not review.summary


SUMMARY = (
    "Wren and Elm, who are invented",
    "Background: Wren was seen twice. A letter was lost.",
    "Learning includes: who asks a child; and who reads a letter. It was late.",
    "Model: a review of what was done.",
    "Issues identified include: nobody rang: not once.",
    "It ended: nobody knows why.",
)


def test_a_summary_says_at_the_start_of_a_paragraph_what_it_is(tmp_path: Path) -> None:
    words = tuple(Words(f"Paragraph {n}", text) for n, text in enumerate(SUMMARY, 1))
    review = taken(Material(Path("a.txt"), "text", "", "", words), tmp_path)
    assert [one.text for one in review.summary] == ["Wren was seen twice.", "A letter was lost."]
    assert [(one.title, [said.text for said in one.finding]) for one in review.points] == [
        ("Learning includes:", ["who asks a child; and who reads a letter.", "It was late."]),
        ("Issues identified include:", ["nobody rang: not once."]),
    ]
    left = ["Background:", "Model: a review of what was done.", "It ended: nobody knows why."]
    assert [one.text for one in review.unsorted] == left


@pytest.mark.parametrize(
    ("text", "board"),
    [
        (
            "Robin: a Serious Case Review\nElmton Safeguarding Children Board",
            "Elmton Safeguarding Children Board",
        ),
        ("Serious Case Review Elmton Safeguarding\nChildren Board", "Elmton Safeguarding Children Board"),
        ("The Isle of Elm Safeguarding Partnership met.", "Isle of Elm Safeguarding Partnership"),
        (
            "Elm and The Ash Safeguarding Children Partnership",
            "Elm and The Ash Safeguarding Children Partnership",
        ),
        ("The Local Safeguarding Children’s Board Regulations 2006", ""),
        ("Every Local Safeguarding Children Board was asked.", ""),
    ],
)
def test_a_board_is_taken_by_its_name_alone(text: str, board: str) -> None:
    material = Material(Path("a.txt"), "text", "", "", (Words("Paragraph 1", text),))
    assert drafted(material, REGISTERS.kinds).board == board


PIECES = st.text(
    st.characters(blacklist_categories=["Cs"], whitelist_characters="\n :#'\"“”-[]{}&*!|>%@`\\,S1"),
    max_size=60,
)
MADE = st.lists(
    st.builds(
        Words,
        st.sampled_from(["Slide 1", "Slide 2, notes", "Page 3"]),
        st.one_of(PIECES, st.sampled_from((*BOXES, *SUMMARY, "Timeline", "May 2017", "12 March 2018"))),
        st.sampled_from(["title", "heading", "text", "notes", "cell"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(MADE)
def test_no_letter_is_lost_or_invented_whatever_is_written(words: list[Words]) -> None:
    material = Material(Path("a.pptx"), "deck", "", "", tuple(words))
    draft = drafted(material, REGISTERS.kinds)
    with TemporaryDirectory() as folder:
        review = taken(material, Path(folder))
    assert texts(review, material) == Counter(one.text for one in draft.every())
    signs = Counter(c for one in draft.every() for c in one.text if not c.isspace())
    seen = Counter(c for one in words for c in _seen(one.text) if not c.isspace())
    assert signs == seen


def _seen(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] != "C")


THEMATIC = "A Thematic Serious Case Review"


@pytest.mark.parametrize(
    ("text", "kind", "published"),
    [
        (f"{THEMATIC}, published on 23rd May 2016.", "thematic-serious-case-review", "2016-05-23"),
        (f"{THEMATIC} and a Serious Case Review. Published March 2015.", "", "2015-03"),
        ("Published in May 2016. Later published on 31 June 2017.", "", ""),
    ],
)
def test_what_a_file_says_of_itself_is_taken_only_if_it_is_one_thing(
    text: str, kind: str, published: str
) -> None:
    material = Material(Path("a.txt"), "text", "", "", (Words("Paragraph 1", text),))
    draft = drafted(material, REGISTERS.kinds)
    assert (draft.kind, draft.published) == (kind, published)


@pytest.mark.slow
def test_no_template_can_print_what_is_still_to_be_sorted(project: Path) -> None:
    page = project / "templates" / "pages" / "story.yaml"
    page.parent.mkdir(parents=True, exist_ok=True)
    text = (TOP / "templates" / "pages" / "story.yaml").read_text("utf-8")
    page.write_text(text, "utf-8")
    assert run_here("check", cwd=project).code == 0
    page.write_text(text.replace("review.summary", "review.unsorted"), "utf-8")
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and "unsorted" in ran.err


def test_the_command_writes_once_and_says_what_to_do(project: Path) -> None:
    path = oldfiles.document(project / "Old Briefing (v2).docx", BOXES, headings=HEADINGS)
    ran = run_here("import", path, cwd=project)
    assert ran.code == 0 and ran.out.splitlines()[0].startswith("wrote reviews/old-briefing-v2.yaml: ")
    assert "3 as findings of 1 point on hold" in ran.out
    to = project / "reviews" / "old-briefing-v2.yaml"
    before = to.read_bytes()
    again = run_here("import", path, cwd=project)
    assert again.code == 1 and "this file is there already; nothing was changed" in again.err
    assert to.read_bytes() == before
    checked = run_here("check", cwd=project)
    assert checked.code == 0 and "still to be sorted" in checked.err, checked.err
    assert run_here("import", path, "--name", "robin", cwd=project).code == 1
    assert named(project / "ÄÖ.docx") == "old-material"


def test_nothing_is_built_of_a_draft_whose_points_are_all_on_hold(project: Path) -> None:
    oldfiles.document(project / "wren.docx", BOXES, headings=HEADINGS)
    assert run_here("import", "wren.docx", cwd=project).code == 0
    for what in ("deck", "briefing"):
        assert run_here("new", what, "wren", cwd=project).code == 0
    ran = run_here("build", "wren", cwd=project)
    assert ran.code == 1 and ran.err.count("error: no point of wren may be printed yet") == 2
    assert "write minutes:" not in ran.err and "Nothing" not in ran.out and not (project / "build").exists()


def test_what_is_passed_over_is_told(project: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "An invented deck says this."
    data = CategoryChartData()
    data.categories, _ = ["a"], data.add_series("b", (1,))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 99_999, 99_999, data)
    deck.save(str(project / "old.pptx"))
    document = docx.Document()
    said = document.add_paragraph("An invented page says this.")
    document.add_comment(said.runs, "Invented", "Nobody", "N")
    document.save(str(project / "old.docx"))
    hidden = "<p>An invented page says this.</p><div hidden>Not this.</div><noscript>Nor that.</noscript>"
    (project / "old.html").write_text(f"<html><body>{hidden}</body></html>", "utf-8")
    for name, what in (
        ("old.pptx", "not read: words in diagrams and charts, on slide 1"),
        ("old.docx", "not read: 1 comment"),
        ("old.html", "not read: 2 parts that are hidden or drawn"),
    ):
        ran = run_here("import", name, "--name", name.replace(".", "-"), cwd=project)
        assert ran.code == 0 and f"note: {what}" in ran.err, ran


def test_feet_and_comments_of_a_deck_are_told(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "An invented deck says this."
    foot = deck.slide_layouts[5].placeholders[2]
    assert foot.placeholder_format.type == PP_PLACEHOLDER.FOOTER
    slide.shapes._spTree.append(deepcopy(foot._element))
    slide.shapes[-1].text_frame.text = "An invented board"
    said = b'<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    said += b'<p:cm authorId="0" idx="1"><p:text>Ask the nursery.</p:text></p:cm></p:cmLst>'
    kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    part = Part(PackURI("/ppt/comments/comment1.xml"), kind, slide.part.package, said)
    slide.part.relate_to(part, RELATIONSHIPS + "comments")
    deck.save(str(tmp_path / "old.pptx"))
    assert read_material(tmp_path / "old.pptx").remarks == (
        "not read: 1 comment",
        "not read: heads and feet of slides: “An invented board”",
    )


@pytest.mark.parametrize("head", ["Owlshire, invented", ""])
def test_heads_of_a_pdf_that_are_left_are_told(tmp_path: Path, head: str) -> None:
    pages = "\n#pagebreak()\n".join(
        f"Robin, who is invented, met {word} people by the lake, and nobody wrote down what was said."
        for word in ("two", "three", "four", "five", "six")
    )
    path = tmp_path / "old.pdf"
    path.write_bytes(typst.compile(f"#set page(height: 9cm, header: [{head}])\n{pages}".encode()))
    material = read_material(path)
    assert ("not read: heads and feet that stand on page after page" in material.remarks) == bool(head)
    assert "Owlshire" not in str(material.words) and len(material.words) == 5


def test_words_that_a_line_parts_are_whole_again(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text(
        "A multi-agency plan is invented.\n\nIt was a multi-\nagency plan, and the Half-\nMoon team was "
        "over-\nwhelmed by hos-\npitals.\n\nIt ended.",
        "utf-8",
    )
    said = [line for one in read_material(path).words for line in sentences(one.text)]
    assert said[1:-1] == ["It was a multi-agency plan, and the Half-Moon team was overwhelmed by hospitals."]


def test_a_page_of_many_parts_is_read_whole_or_refused(tmp_path: Path) -> None:
    page = tmp_path / "old.html"
    page.write_text(f"<html><body>{'<b>' * 300}Deep.{'</b>' * 300}<p>The last words.</p></body></html>")
    assert [one.text for one in read_material(page).words] == ["Deep.", "The last words."]
    page.write_text(f"<html><body>{'<span>' * 450}Deep.<p>The last words.</p></body></html>")
    with pytest.raises(Invalid, match="more than 400 parts stand inside each other"):
        read_material(page)
