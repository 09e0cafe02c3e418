"""The quiz of a deck as GIFT: what the format takes for a mark arrives as it was written, and a lost word is
found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import INVENTED, WORDING, edit, run_here
from tests.drawings import ring
from toolkit.build import Options, fresh, make
from toolkit.plan.model import Blocks, Bullets, Page, Paragraph, Plan, Span, Table
from toolkit.problems import Invalid, Place
from toolkit.project import Project
from toolkit.render import gift
from toolkit.render.readback import check_quiz

BRAND = Project(INVENTED).brand("house")
SPECIAL = "\\~=#{}:%[]<>&;/$*|\"'-0n.é’ "
SIGN = re.compile(r"^(=|~%[0-9.-]+%|~)\[html\]", re.M)
LINE = re.compile(r"(::W::\[html\]W\{|[=~]\[html\]W|####\[html\]W|\}|)".replace("W", r"[^\\~=#{}:]*"))

# Marks in percent that Moodle knows for an answer, those that are taken away included.
KNOWN = {100.0, 50.0, 33.33333, 25.0, -100.0, -50.0, -33.33333, -25.0}


def paragraph(words: str) -> Blocks:
    return (Paragraph((Span(words),)),)


def listed(*items: str) -> Blocks:
    return (Bullets(tuple((Span(item),) for item in items)),)


def page(
    right: tuple[str, ...] = ("Robin",),
    wrong: tuple[str, ...] = ("Wren", "Lark"),
    question: str = "Who is it about?",
    because: str = "The report says so.",
    title: str = "Robin: question 1",
) -> Page:
    slots = {
        "question": paragraph(question),
        "right": listed(*right),
        "wrong": listed(*wrong),
        "because": paragraph(because),
        "source": paragraph("The review, 5.2"),
    }
    return Page("q-1", "quiz", title, tuple(slots.items()), (), 0, 0, "Quiz", Place(Path("robin.yaml"), 7))


def quiz(*pages: Page, title: str = "Learning from Robin") -> Plan:
    return Plan("robin", title, "", "", "2024-06", "en-GB", pages, WORDING)


def written(*pages: Page) -> str:
    return gift.render(quiz(*pages), BRAND).decode("utf-8")


def test_one_right_answer_is_a_question_that_takes_one() -> None:
    assert written(page()) == (
        "$CATEGORY: Learning from Robin\n\n"
        "::Robin\\: question 1::[html]<p>Who is it about?</p>{\n"
        "~[html]Lark\n"
        "=[html]Robin\n"
        "~[html]Wren\n"
        "####[html]<p>The report says so.</p><p>The review, 5.2</p>\n"
        "}\n"
    )


@pytest.mark.parametrize("wrong", [1, 2, 3, 4])
@pytest.mark.parametrize("right", [2, 3, 4])
def test_several_right_answers_share_the_mark_and_ticking_all_gives_nothing(right: int, wrong: int) -> None:
    asked = page(tuple(f"right {n}" for n in range(right)), tuple(f"wrong {n}" for n in range(wrong)))
    made = written(asked)
    marks = {answer: float(mark) for mark, answer in re.findall(r"^~%([0-9.-]+)%\[html\](.*)$", made, re.M)}
    assert "\n=" not in made
    assert len(marks) == right + wrong
    assert set(marks.values()) <= KNOWN
    assert sum(mark for answer, mark in marks.items() if answer.startswith("right")) == pytest.approx(100)
    assert sum(mark for answer, mark in marks.items() if answer.startswith("wrong")) == pytest.approx(-100)
    assert check_quiz(made.encode(), quiz(asked)) == []


def test_answers_stand_in_an_order_that_gives_nothing_away() -> None:
    right_first = page(right=("b",), wrong=("C", "a"))
    other = page(right=("a",), wrong=("b", "C"))
    for asked in (right_first, other):
        assert re.findall(r"^[=~]\[html\](.*)$", written(asked), re.M) == ["a", "b", "C"]


words = st.text(SPECIAL, min_size=1, max_size=12).filter(str.strip)


@given(words, words, words, words, words)
@example("{#1:5}", "=50%", "%50%[plain]b", "####", "::")
@example("// x", "\\n", "\\\\:", "&&058;", "a -> b = c")
@example("[html]<b>", "~", "&amp;", "<!-- x", "a <b> &amp; c")
def test_whatever_the_words_they_go_the_round_trip(
    question: str, right: str, wrong: str, because: str, title: str
) -> None:
    asked = page((right,), (wrong, "another"), question, because, title)
    before, after = page(), page(title="Robin: question 3")
    made = written(before, asked, after)
    assert check_quiz(made.encode(), quiz(before, asked, after)) == []
    assert len(SIGN.findall(made)) == 9
    assert made.count("\n\n") == 3
    for line in made.splitlines()[1:]:
        assert LINE.fullmatch(re.sub(r"\\[\\~=#{}:]", "", line)), line


def test_title_of_the_deck_is_one_category() -> None:
    made = gift.render(quiz(page(), title="Robin / Wren: \\n"), BRAND).decode()
    assert made.startswith("$CATEGORY: Robin // Wren: \\\\n\n\n::")


def test_bold_and_links_stay_what_they_are() -> None:
    spans = (
        Span("Read "),
        Span("this", bold=True, link="https://example.org/?a=b&c"),
        Span("!", italic=True),
    )
    asked = replace(page(), slots=(*page().slots[:3], ("because", (Paragraph(spans),))))
    link = '<a href\\="https\\://example.org/?a\\=b&amp;c"><strong>this</strong></a>'
    assert f"<p>Read {link}<em>!</em></p>" in written(asked)
    assert check_quiz(written(asked).encode(), quiz(asked)) == []


def test_words_of_lists_and_tables_arrive_too() -> None:
    table = Table(((Span("When"),), (Span("What"),)), (((Span("Monday"),), (Span("a = b"),)),))
    slots = tuple((n, (*b, table, *listed("one", "two")) if n == "because" else b) for n, b in page().slots)
    asked = replace(page(), slots=slots)
    made = written(asked)
    assert "<p>a \\= b</p><ul><li>one</li><li>two</li></ul>" in made
    assert check_quiz(made.encode(), quiz(asked)) == []


def test_drawing_is_told_and_a_numbered_list_keeps_its_numbers() -> None:
    steps = Bullets(((Span("ask"),), (Span("act"),)), kind="number", start=3)
    slots = tuple((n, (*b, ring(), steps) if n == "because" else b) for n, b in page().slots)
    asked = replace(page(), slots=slots)
    made = written(asked)
    assert f"<p>{ring().alt}</p>" in made
    assert '<ol start\\="3"><li>ask</li><li>act</li></ol>' in made
    assert check_quiz(made.encode(), quiz(asked)) == []


@pytest.mark.parametrize("slot", ["question", "right", "wrong"])
def test_page_that_asks_nothing_is_refused(slot: str) -> None:
    asked = replace(page(), slots=tuple((n, b) for n, b in page().slots if n != slot))
    with pytest.raises(Invalid) as refused:
        written(asked)
    (problem,) = refused.value.problems
    assert "is no quiz question" in problem.message
    assert problem.place == asked.place


# ---- what is lost is found


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("question 1::", "1::", "words of its title: question"),
        ("Who is it about?", "Who is it?", "words of the question: it, about?"),
        ("=[html]Robin", "=[html]Robi", "a right answer: Robin"),
        ("=[html]Robin\n", "", "a right answer: Robin"),
        ("=[html]Robin", "~[html]Robin", "a right answer: Robin"),
        ("=[html]Robin", "~%-100%[html]Robin", "a right answer: Robin"),
        ("~[html]Wren", "=[html]Wren", "a wrong answer: Wren"),
        ("~[html]Wren", "~%50%[html]Wren", "a wrong answer: Wren"),
        ("=[html]Robin", "=[html]Robin~", "more answers than were planned"),
        ("says so.", "says.", "words of the feedback: says, so."),
        ("The review, 5.2", "The review", "words of the feedback: review,, 5.2"),
        ("####", "", "words of the feedback"),
    ],
)
def test_what_is_lost_from_a_quiz_is_found(old: str, new: str, lost: str) -> None:
    asked = page(question="Who is it about?")
    made = written(asked)
    assert made.count(old) == 1
    problems = check_quiz(made.replace(old, new).encode(), quiz(asked))
    assert any(lost in problem.message for problem in problems), problems
    assert all(problem.place == asked.place and problem.stops for problem in problems)


@pytest.mark.parametrize(("old", "new"), [("\n}\n\n", "\n}\n"), ("about?</p>{", "about?</p>"), ("\n}", "")])
def test_question_that_no_platform_can_read_is_found(old: str, new: str) -> None:
    asked = (page(), page(title="Robin: question 2"))
    made = written(*asked)
    assert old in made
    (problem,) = check_quiz(made.replace(old, new).encode(), quiz(*asked))
    assert re.fullmatch(r"the quiz has \d questions?, but 2 were planned", problem.message)


# ---- the quiz of a deck

QUIZ = """
quiz:
  - text: Who heard what Wren said?
    answers:
      - {text: The nursery}
      - {text: Nobody wrote it down, right: yes}
      - {text: The board, right: yes}
    because: The invented report says so.
    cites: [S1 2.4]
  - text: What did a newspaper say?
    answers:
      - {text: "A letter: not answered", right: yes}
      - {text: A letter was lost}
    because: It was the second letter.
    cites: [S2]
"""
REVIEW = f"""
id: wren
title: Wren
kind: serious-case-review
board: An invented board
published: 2024-05-01
summary:
  - {{text: Wren is an invented child., cites: [S1]}}
points:
  - id: P-1
    title: Open each letter
    message: Open each letter on the day it comes
    slide: {{finding: A letter was not opened.}}
    finding: [{{text: A letter was not opened., cites: [S1 2.1]}}]
    practice: [{{text: Open each letter.}}]
    questions: [Who opens your letters?]
    lenses: [all]
    themes: [recording]
    notes: {{say: [An invented letter was not opened.], listen_for: [Somebody opens them.], care: Take care.}}
{QUIZ}
sources:
  - {{id: S1, title: An invented report, publisher: An invented board, kind: review-report, read: whole}}
  - {{id: S2, title: A letter, publisher: An invented paper, kind: news, published: 2024-05-02, read: part}}
"""
DECK = """
title: Learning from Wren
board: An invented board
edition: 2024-06
outline: session
minutes: 15
reviews: [{review: wren}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one invented review, whose quiz has two questions, and a deck of it."""
    for name, text in (("reviews", REVIEW), ("decks", DECK)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "wren.yaml").write_text(text, "utf-8")
    return tmp_path


Build = Callable[[], str]


@pytest.fixture
def build(folder: Path) -> Build:
    """Builds the quiz alone, and gives back what was printed."""

    def built() -> str:
        ran = run_here("build", "--only", "quiz.gift.txt", cwd=folder)
        assert ran.code == 0, ran.err
        return ran.out + ran.err

    return built


def test_every_question_of_a_deck_says_who_tells_it(folder: Path, build: Build) -> None:
    assert "wrote build/decks/wren.quiz.gift.txt" in build()
    made = (folder / "build" / "decks" / "wren.quiz.gift.txt").read_text("utf-8")
    assert "An invented paper, 2\u00a0May\u00a02024" in made  # no line ends inside a date
    made = made.replace("\u00a0", " ")
    assert re.findall(r"^::(.*?)::", made, re.M) == [
        "Wren\\: question 1 of 2",
        "Wren\\: question 2 of 2",
    ]
    assert re.findall(r"^####\[html\](.*)$", made, re.M) == [
        "<p>The invented report says so.</p><p>Source\\: The review, 2.4</p>",
        "<p>It was the second letter.</p>"
        "<p>Source\\: An invented paper, 2 May 2024; not yet checked against the report</p>",
    ]
    assert re.findall(r"^[=~].*", made, re.M) == [
        "~%50%[html]Nobody wrote it down",
        "~%50%[html]The board",
        "~%-100%[html]The nursery",
        "~[html]A letter was lost",
        "=[html]A letter\\: not answered",
    ]
    assert build() == "1 unchanged.\n"


def test_question_knows_its_line(folder: Path) -> None:
    project = Project(folder)
    plans, _, _ = make(project, project.targets()[0], Options())
    lines = (folder / "reviews" / "wren.yaml").read_text("utf-8").splitlines()
    assert [lines[one.place.line - 1].strip() for one in plans.by_name["quiz"].pages] == [
        "- text: Who heard what Wren said?",
        "- text: What did a newspaper say?",
    ]


def test_deck_without_a_quiz_has_no_file_and_says_so(folder: Path, build: Build) -> None:
    edit(folder / "reviews" / "wren.yaml", QUIZ, "")
    note = "note: build/decks/wren.quiz.gift.txt is not made: wren has nothing to put into it\n"
    for _ in range(2):
        assert build() == f"1 unchanged.\n{note}"
    assert not list((folder / "build").rglob("*.txt"))
    project = Project(folder)
    assert fresh(project, project.targets()[0], Options(only=(".quiz.gift.txt",)))
    own = folder / "build" / "decks" / "wren.quiz.gift.txt"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("a person’s own", "utf-8")
    assert build() == f"1 unchanged.\n{note}"
    assert own.read_text("utf-8") == "a person’s own"


def test_only_the_review_that_is_told_in_full_asks_its_questions(folder: Path) -> None:
    words = (INVENTED / "reviews" / "robin.yaml").read_text("utf-8")
    words += "" if "\nquiz:" in words else QUIZ
    (folder / "reviews" / "robin.yaml").write_text(words, "utf-8")
    (folder / "reviews" / "lark.yaml").write_text(
        words.replace("robin", "lark").replace("Robin", "Lark"), "utf-8"
    )
    both = "minutes: 60\nreviews: [{review: robin, points: [R-1, R-2]}, {review: lark, points: [R-1, R-2]}]"
    edit(folder / "decks" / "wren.yaml", "minutes: 15\nreviews: [{review: wren}]", both)
    project = Project(folder)
    plans, _, _ = make(project, project.targets()[0], Options())
    slides = [one.title for one in plans.by_name["deck"].pages]
    assert any("Lark" in title for title in slides)
    asked = [one.title for one in plans.by_name["quiz"].pages]
    assert asked
    assert all(title.startswith("Robin: question ") for title in asked)


def test_quiz_that_was_withdrawn_is_deleted_but_not_one_that_somebody_changed(
    folder: Path, build: Build
) -> None:
    review, file = folder / "reviews" / "wren.yaml", folder / "build" / "decks" / "wren.quiz.gift.txt"
    build()
    edit(review, QUIZ, "")
    build()
    assert not file.exists()
    review.write_text(REVIEW, "utf-8")
    assert "wrote" in build()
    file.write_text("mine", "utf-8")
    edit(review, QUIZ, "")
    assert "your version is kept as wren.quiz.gift (your changes).txt" in build()
    assert not file.exists()
    assert file.with_name("wren.quiz.gift (your changes).txt").read_text("utf-8") == "mine"
