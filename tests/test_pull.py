"""What somebody changed by hand in a built file: found, put back into the review or kept, and never lost."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from lxml import etree
from PIL import Image

from tests.conftest import TOP, Ran, edit, invented, run_here, tool
from toolkit import files
from toolkit.content.changes import AddedBox, Change
from toolkit.content.nodes import parse
from toolkit.office.adding import P14
from toolkit.office.changing import changed
from toolkit.office.opc import W, read_package
from toolkit.office.origins import origins
from toolkit.office.rewording import beside
from toolkit.office.story import as_built, leaves, mark, plain
from toolkit.problems import Invalid, Place
from toolkit.project import Project
from toolkit.refresh import fields
from toolkit.refresh.alignment import Box, Side, Text, moved, rising
from toolkit.refresh.comparison import Edit, compare
from toolkit.refresh.found import target_named, target_of
from toolkit.refresh.speakers import changed_speakers
from toolkit.seals import PART, is_own

# ------------------------------------------------------------------------------------------ the comparison


def test_what_rises_in_the_longest_row_need_not_be_moved() -> None:
    assert rising([]) == rising([None]) == set()
    assert rising([None, 2, 0, None, 1, 3]) == {2, 4, 5}
    assert moved([3, 0, 1, 2]) == {3}
    assert moved([0, 1, 2]) == moved([]) == set()


def a_side(page: str, *boxes: str) -> Side:
    """A slide whose boxes have these lines, with bars between."""
    made = (
        Box(tuple(Text(mark(one), one) for one in box.split("|") if one), "slide", n)
        for n, box in enumerate(boxes)
    )
    return Side(page, f"{256 + ord(page[0])}", tuple(made))


ONE = a_side("one", "A letter came", "It lay there for a week|Nobody read it|The cat sat on it")
TWO = a_side("two", "What we do", "Open each letter|Tell one person")
THREE = a_side("three", "What good looks like", "A letter is read on its day")
BUILT = [ONE, TWO, THREE]


def found(edited: Iterable[Side], now: Iterable[Side] = BUILT) -> tuple[Edit, ...]:
    return compare(BUILT, list(edited), list(now)).edits


def with_lines(lines: str) -> Side:
    return a_side("one", "A letter came", lines)


@pytest.mark.parametrize(
    "lines, kind, was, now",
    [
        ("It lay there for a month|Nobody read it|The cat sat on it", "reworded", "week", "month"),
        ("It lay there for a week|The cat sat on it", "deleted", "Nobody read it", ""),
        ("It lay there for a week|Nobody read it|So what?|The cat sat on it", "added", None, "So what?"),
    ],
)
def test_a_line_that_was_changed_is_found_once(lines: str, kind: str, was: str | None, now: str) -> None:
    (one,) = found([with_lines(lines), TWO, THREE])
    assert (one.kind, one.page, one.number, one.conflict) == (kind, "one", 1, "")
    assert was is None or was in (one.was or "")
    assert now in one.now


def test_what_is_as_it_was_built_is_no_edit() -> None:
    assert found(BUILT) == ()


def test_what_the_toolkit_sets_by_itself_is_no_edit() -> None:
    built = [a_side("one", "“It’s 3–4\u00a0letters”")]
    assert compare(built, [a_side("one", '"It\'s 3-4 letters"')], built).edits == ()


def test_a_change_of_the_sources_alone_is_no_edit_and_no_conflict() -> None:
    assert found(BUILT, [with_lines("It lay there for a year|Nobody read it"), TWO, THREE]) == ()


def test_what_both_have_changed_alike_is_no_edit() -> None:
    both = with_lines("It lay there for a month|Nobody read it|The cat sat on it")
    assert found([both, TWO, THREE], [both, TWO, THREE]) == ()


def test_what_both_have_changed_each_in_its_own_way_is_a_conflict_that_shows_both() -> None:
    mine = with_lines("It lay there for a month|Nobody read it|The cat sat on it")
    theirs = with_lines("It lay there for a year|Nobody read it|The cat sat on it")
    (one,) = found([mine, TWO, THREE], [theirs, TWO, THREE])
    assert one.conflict == "the sources have changed it as well"
    assert (one.now, one.source) == ("It lay there for a month", "It lay there for a year")


def test_an_edit_on_a_slide_that_the_sources_no_longer_make_is_a_conflict() -> None:
    mine = with_lines("It lay there for a month|Nobody read it|The cat sat on it")
    (one,) = found([mine, TWO, THREE], [TWO, THREE])
    assert one.conflict == "the sources no longer make this slide"


@pytest.mark.parametrize(
    "edited, kind, page, number",
    [
        ([ONE, THREE], "slide deleted", "two", 2),
        ([ONE, a_side("x", "Our own slide"), TWO, THREE], "slide added", "added 1", 2),
        ([THREE, ONE, TWO], "slide moved", "three", 1),
    ],
)
def test_slides_that_were_deleted_added_and_moved_are_found(
    edited: list[Side], kind: str, page: str, number: int
) -> None:
    (one,) = found(edited)
    assert (one.kind, one.page, one.number, one.conflict) == (kind, page, number, "")


def test_slides_that_the_sources_already_have_so_are_not_found_again() -> None:
    """As where `pull` is run twice, without a build between."""
    mine = [THREE, ONE, a_side("x", "Our own slide"), TWO]
    there = [THREE, ONE, a_side("added 1", "Our own slide"), TWO]
    assert {one.kind for one in found(mine)} == {"slide moved", "slide added"}
    assert found(mine, there) == ()


def test_a_deleted_slide_whose_words_the_sources_have_changed_is_a_conflict() -> None:
    (one,) = found([TWO, THREE], [with_lines("It lay there for a year"), TWO, THREE])
    assert (one.kind, one.conflict) == ("slide deleted", "its words have changed in the sources")


# ----------------------------------------------------------------------------------------- words in a field

REVIEW = """\
# a remark that stays
id: wren
points:
  - id: W-1
    message: Open each letter   # and this one
    finding:
      - {text: Nobody opened the letter., cites: [S1]}
      - text: 'Wren''s letter lay there.'
      - text: "A \\"letter\\" came on a Friday."
      - text: >
          A long text, which somebody
          has folded into lines
          of their own.
      - text: A plain text that goes
          over two lines.
      - text: It was **never** opened.
"""


def pulled(origin: str, was: str, now: str) -> tuple[list[str], list[str]]:
    """The lines that are taken out of the review, and that come in, when this edit goes back."""
    path = Path("reviews/wren.yaml")
    field = fields.find(path, REVIEW, f"wren/points/W-1/{origin}")
    assert field
    value = fields.edited(field, was, now)
    if value is None:
        return [], []
    made = fields.written(path, REVIEW, field, value)
    assert made is not None
    old, new = REVIEW.splitlines(), made.splitlines()
    assert parse(path, made).plain() != parse(path, REVIEW).plain()
    return [line.strip() for line in old if line not in new], [
        line.strip() for line in new if line not in old
    ]


@pytest.mark.parametrize(
    "origin, was, now, line",
    [
        ("message", "Open each letter", "Open every letter", "message: Open every letter   # and this one"),
        (
            "message",
            "What good looks like: Open each letter",
            "What good looks like: Open each letter at once",
            "message: Open each letter at once   # and this one",
        ),
        (
            "finding/0/text",
            "Nobody opened the letter. [1, p4]",
            "Nobody opened the letter, or the parcel. [1, p4]",
            "- {text: 'Nobody opened the letter, or the parcel.', cites: [S1]}",
        ),
        (
            "finding/1/text",
            "Wren’s letter lay there.",
            "Wren’s letters lay there.",
            "- text: 'Wren''s letters lay there.'",
        ),
        (
            "finding/2/text",
            "A “letter” came on a\u00a0Friday.",
            "A “parcel” came on a\u00a0Friday.",
            '- text: "A \\"parcel\\" came on a Friday."',
        ),
        (
            "finding/3/text",
            "A long text, which somebody has folded into lines of their own.",
            "A long text, which nobody has folded into lines of their own.",
            "A long text, which nobody",
        ),
        (
            "finding/4/text",
            "A plain text that goes over two lines.",
            "A plain text that goes over three lines.",
            "over three lines.",
        ),
        ("finding/5/text", "It was never opened.", "It was never read.", "- text: It was **never** read."),
    ],
)
def test_an_edit_goes_back_in_its_own_line_alone(origin: str, was: str, now: str, line: str) -> None:
    out, come = pulled(origin, was, now)
    assert (len(out), come) == (1, [line])


@pytest.mark.parametrize(
    "origin, was, now",
    [
        ("finding/0/text", "Nobody opened the letter. [1, p4]", "Nobody opened the letter. [1, p5]"),
        ("finding/0/text", "The review: Nobody opened the letter.", "A report: Nobody opened the letter."),
        ("message", "For each letter: Open each letter", "For every letter: Open each letter"),
        ("message", "When to open", "When to close"),
        ("message", "Slide 3: Open each letter", "Slide 3: Please Open each letter"),  # whose word is it?
        ("finding/5/text", "It was never opened.", "It was not ever opened."),  # would take its marks apart
        ("message", "Open each letter", ""),
    ],
)
def test_an_edit_that_does_not_lie_within_the_field_is_never_written(origin: str, was: str, now: str) -> None:
    assert pulled(origin, was, now) == ([], [])


def test_a_new_line_of_word_looks_as_the_one_beside_it_and_begins_no_page() -> None:
    said = '<w:body xmlns:w="{}"><w:p><w:pPr><w:keepNext/>{}</w:pPr><w:r><w:t>One</w:t></w:r></w:p></w:body>'
    for break_, stays in (('<w:pageBreakBefore w:val="0"/>', True), ("<w:pageBreakBefore/>", False)):
        body = etree.fromstring(said.format(W[1:-1], break_))
        beside(body[0], "Two")
        assert ["".join(one.itertext()) for one in body] == ["One", "Two"]
        assert body[1].find(f"{W}pPr/{W}keepNext") is not None
        assert (body[1].find(f"{W}pPr/{W}pageBreakBefore") is not None) == stays


def test_an_id_and_what_is_not_there_are_no_fields_of_words() -> None:
    for origin in ("id", "points/W-1/id", "points/W-9/message", "points/W-1/finding/9/text", ""):
        assert fields.find(Path("wren.yaml"), REVIEW, f"wren/{origin}") is None


@pytest.mark.parametrize(
    "put", ["no: it is", "100 # percent", "- ", "{x}", "yes", "@home", "*a*", "'quoted'", "a, b"]
)
def test_whatever_is_written_is_read_again_as_it_was_meant(put: str) -> None:
    path = Path("reviews/wren.yaml")
    field = fields.find(path, REVIEW, "wren/points/W-1/message")
    assert field
    made = fields.written(path, REVIEW, field, put)
    assert made is not None
    was, now = parse(path, REVIEW).plain(), parse(path, made).plain()
    assert now["points"][0].pop("message") == put.strip()
    was["points"][0].pop("message")
    assert now == was


# ----------------------------------------------------------------------------------------- files and folders

DECK = "build/decks/robin.pptx"
BRIEFING = "build/briefings/robin.docx"
CHANGES = "decks/robin.changes.yaml"
CHECKED = "    checked: {by: An invented manager, on: 2024-06-02, source: S1, where: 5.2}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invented(tmp_path_factory.mktemp("pull") / "board")
    edit(folder / "reviews" / "robin.yaml", "    lenses: [all]\n", f"    lenses: [all]\n{CHECKED}")
    ran = run_here("build", "--only", "pptx,docx", cwd=folder)
    assert ran.code == 0
    return folder


@pytest.fixture
def board(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "board")


def paragraphs(file: Any) -> Iterable[Any]:
    """Those of slides before those of notes, and those of tables last."""
    if not hasattr(file, "slides"):
        yield from file.paragraphs
        tables = list(file.tables)
    else:
        slides = list(file.slides)
        every = [shape for slide in slides for shape in slide.shapes]
        every += [shape for slide in slides if slide.has_notes_slide for shape in slide.notes_slide.shapes]
        for shape in every:
            yield from shape.text_frame.paragraphs if shape.has_text_frame else ()
        tables = [shape.table for shape in every if getattr(shape, "has_table", False)]
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                yield from getattr(cell, "text_frame", cell).paragraphs


def by_hand(path: Path, *pairs: tuple[str, str], more: Callable[[Any], None] = lambda file: None) -> None:
    """Open a file as a person does, put other words in place of some, and save it."""
    file: Any = pptx.Presentation(str(path)) if path.suffix == ".pptx" else docx.Document(str(path))
    for old, new in pairs:
        runs = [run for one in paragraphs(file) for run in one.runs if old in run.text]
        assert runs, f"{old!r} is not in {path.name}"
        runs[0].text = runs[0].text.replace(old, new)
    more(file)
    file.save(str(path))


def pull(folder: Path, *more: str, file: str = DECK) -> Ran:
    return run_here("pull", file, *more, cwd=folder)


def built_again(folder: Path, name: str = "decks/robin") -> Ran:
    ran = run_here("build", name, "--only", "pptx" if name.startswith("decks") else "docx", cwd=folder)
    assert ran.code == 0
    return ran


def review_of(folder: Path) -> str:
    return (folder / "reviews" / "robin.yaml").read_text("utf-8")


def words(path: Path) -> str:
    return "\n".join(line.words for leaf in leaves(read_package(path)) for line in leaf.lines)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_an_edited_word_goes_back_into_the_review_and_the_next_build_has_it(board: Path) -> None:
    old = (board / "reviews" / "robin.yaml").read_text("utf-8")
    by_hand(board / DECK, ("telephone call", "phone call"))
    ran = pull(board, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "reviews/robin.yaml:60:14 (robin/points/R-2/message)" in ran.out
    new = (board / "reviews" / "robin.yaml").read_text("utf-8")
    assert new == old.replace("needs a telephone call", "needs a phone call")
    assert not (board / CHANGES).exists()
    assert built_again(board).err == ""  # no copy is set aside
    assert "needs a phone call" in words(board / DECK)


@pytest.mark.slow
def test_words_of_ours_slides_and_their_order_are_kept_and_made_again(board: Path) -> None:
    def slides(deck: Any) -> None:
        ids = deck.slides._sldIdLst
        last = ids[-1]
        ids.remove(last)
        ids.insert(1, last)  # the last slide now stands second
        deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "An invented slide of ours"

    by_hand(board / DECK, ("This week I will", "This month I will"), more=slides)
    ran = pull(board, "--yes")
    assert (ran.code, ran.err) == (0, "")
    review = (board / "reviews" / "robin.yaml").read_bytes()
    ran = built_again(board)
    assert "build/decks/robin.pptx has 3 changes made by hand, kept in decks/robin.changes.yaml" in ran.err
    assert "your version is kept" not in ran.err
    said = words(board / DECK)
    assert "This month I will" in said
    assert said.rstrip().endswith("An invented slide of ours")
    titles = [slide.shapes.title.text for slide in pptx.Presentation(str(board / DECK)).slides]
    assert titles[1].replace("\u00a0", " ") == "Where to get support"
    assert is_own((board / DECK).read_bytes())
    edit(
        board / "reviews" / "robin.yaml", "Sit on the floor", "Sit on the rug"
    )  # a build that has other words
    assert "3 changes made by hand" in built_again(board).err
    assert "This month I will" in words(board / DECK)
    assert "no words, notes, tables or slides were changed by hand" in pull(board).out
    assert review != (board / "reviews" / "robin.yaml").read_bytes()


@pytest.mark.slow
def test_a_word_briefing_with_its_tables_goes_back_as_well(board: Path) -> None:
    by_hand(
        board / BRIEFING,
        ("What did a child tell you this week?", "What did a child tell you today?"),
        ("Ask every service", "Ask each service"),
        ("By when", "Until when"),
    )
    ran = pull(board, "--yes", file=BRIEFING)
    assert (ran.code, ran.err) == (0, "")
    assert "text: Ask each service how it answers a letter., cites: [S1 7.2]" in review_of(board)
    assert "your version is kept" not in built_again(board, "briefings/robin").err
    said = words(board / BRIEFING)
    assert "What did a child tell you today?" in said
    assert "Ask each service" in said
    assert "Until when" in said


def test_a_conflict_is_shown_and_never_resolved_in_silence(board: Path) -> None:
    by_hand(board / DECK, ("telephone call", "phone call"))
    mine = (board / DECK).read_bytes()
    edit(board / "reviews" / "robin.yaml", "needs a telephone call", "needs a visit")
    before = snapshot(board)
    ran = pull(board, "--yes")
    assert ran.code == 1
    assert "conflict: the sources have changed it as well" in ran.out
    assert "the sources now say: “A letter without an answer needs a visit”" in ran.out
    assert snapshot(board) == before
    assert "robin (your changes).pptx" in built_again(board).err
    assert (board / "build/decks/robin (your changes).pptx").read_bytes() == mine


@pytest.mark.slow
def test_a_dry_run_writes_nothing(board: Path) -> None:
    by_hand(board / DECK, ("telephone call", "phone call"), ("This week I will", "This month I will"))
    before = snapshot(board)
    ran = pull(board, "--dry-run")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nothing was written.")
    assert snapshot(board) == before


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked; a person says yes to all of it."""
    asked: list[str] = []

    def says_yes(question: str, letters: str) -> str:
        asked.append(question)
        return letters[0]

    monkeypatch.setattr("toolkit.refresh.pull._asked", says_yes)
    return asked


@pytest.mark.slow
def test_words_that_somebody_has_checked_are_left_until_a_person_confirms_them(
    board: Path, answers: list[str]
) -> None:
    by_hand(board / DECK, ("was not spoken to alone", "was never spoken to alone"))
    before = snapshot(board)
    ran = pull(board, "--yes")
    assert (ran.code, "Nothing was taken over" in ran.out) == (1, True)
    assert "An invented manager found this in the report on 2024-06-02" in ran.out
    assert snapshot(board) == before
    assert pull(board).code == 0
    assert "Does it hold for the new ones?" in answers[0]
    assert "finding: Robin was never spoken to alone at any visit." in review_of(board)
    assert CHECKED in review_of(board)


@pytest.mark.slow
def test_who_speaks_is_not_changed_by_hand_unasked_and_never_in_a_final_file(
    board: Path, answers: list[str]
) -> None:
    by_hand(board / DECK, ("What others say the review found", "What the review found"))
    assert pull(board, "--yes").code == 1
    assert not (board / CHANGES).exists()
    review = review_of(board)
    assert pull(board).code == 0
    assert "Without them a finding would stand higher than its sources" in answers[0]
    assert review_of(board) == review
    edit(board / "reviews" / "robin.yaml", "    lenses: [schools]\n", f"    lenses: [schools]\n{CHECKED}")
    assert run_here("approve", "decks/robin", "--by", "An invented manager", cwd=board).code == 0
    ran = run_here("build", "decks/robin", "--final", "--only", "pptx", cwd=board)
    assert ran.code == 1
    assert (
        "words of a review, or about its sources, were changed by hand in build/decks/robin.pptx" in ran.err
    )


ECHO = "An invented newspaper reports that a second letter was not answered."


@pytest.mark.parametrize(
    ("was", "now", "names"),
    [
        (ECHO, "A second letter was not answered.", ["newspaper"]),
        (ECHO, ECHO.replace("reports", "writes"), []),
        (ECHO, ECHO.replace("An invented newspaper", "The review"), ["newspaper", "review"]),
        (ECHO, ECHO.replace("An invented newspaper", "An old newspaper"), []),
        ("The Invented Echo says so.", "The Echo says so.", ["Invented Echo"]),
        ("The Echo says so.", "It is so.", ["Echo"]),
        ("Said by the Invented Echo.", "", ["Invented Echo", "Echo"]),
        ("It is so.", "According to some it is so.", ["according to"]),
        ("She was said to be well.", "She was well.", ["was said to"]),
        ("Reportedly she was well.", "She was well.", ["reportedly"]),
        ("The invented board answers.", "The invented  board ‘answers’.", []),
        ("The invented board answers.", "Everybody answers.", ["invented board", "board"]),
        ("Children echo each other.", "The children echo each other.", []),  # not the Echo
        ("Review the plan, and report it.", "Look at the plan.", []),
        ("The 2014 analysis found it.", "They found it.", ["2014 analysis", "analysis"]),
    ],
)
def test_who_speaks_in_the_middle_of_a_sentence_is_known(was: str, now: str, names: list[str]) -> None:
    review, _ = Project(TOP / "tests" / "project").review(
        TOP / "tests" / "project" / "reviews" / "robin.yaml"
    )
    point = review.points[0].model_copy(update={"found_by": "the 2014 analysis"})
    source = review.sources[1].model_copy(update={"url": "https://example.org/echo"})
    changed = {"points": (point,), "sources": (source, *review.sources[2:])}
    assert changed_speakers([review.model_copy(update=changed)], was, now) == names


@pytest.mark.slow
@pytest.mark.parametrize("now", ["This is what we know", "This is what the Echo tells us", ""])
def test_who_speaks_in_the_middle_of_a_sentence_is_not_changed_unasked(
    board: Path, answers: list[str], now: str
) -> None:
    by_hand(board / DECK, ("This is what a newspaper tells us", now))
    before = review_of(board)
    assert pull(board, "--yes").code == 1
    assert review_of(board) == before and not (board / CHANGES).exists()
    assert pull(board).code == 0
    assert "The words that say who tells this are others now (“newspaper”" in answers[0]
    assert "a newspaper tells us" not in review_of(board) or (board / CHANGES).exists()


@pytest.mark.slow
def test_what_the_rules_refuse_is_kept_for_this_deck_alone(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(project: Project, *more: Any) -> None:
        raise Invalid.at(Place(board / "reviews" / "robin.yaml"), "an invented rule is against it")

    monkeypatch.setattr("toolkit.refresh.outcome.make", refuses)
    by_hand(board / DECK, ("needs a telephone call", "needs a phone call"))
    before = review_of(board)
    ran = pull(board, "--yes")
    assert ran.code == 0
    assert "robin/points/R-2/message may not say so: an invented rule is against it" in ran.err
    assert review_of(board) == before
    assert "needs a phone call" in (board / CHANGES).read_text("utf-8")


def without(path: Path, name: str) -> None:
    """Take a part out of a file, as programs do that do not know it."""
    with zipfile.ZipFile(path) as old:
        parts = {one.filename: old.read(one) for one in old.infolist()}
    parts = {
        one: data.replace(f"../{name}".encode(), b"../docProps/core.xml") if one.endswith(".rels") else data
        for one, data in parts.items()
        if one != name
    }
    with zipfile.ZipFile(path, "w") as new:
        for one, data in parts.items():
            new.writestr(one, data)


@pytest.mark.slow
def test_a_program_may_drop_what_the_file_was_built_as(board: Path) -> None:
    """The last build has noted it beside its stamp. Without both nothing is anybody's in silence."""
    by_hand(board / DECK, ("telephone call", "phone call"))
    without(board / DECK, PART)
    ran = pull(board, "--dry-run")
    assert (ran.out.count("conflict"), "→ reviews/robin.yaml:60:14" in ran.out) == (0, True)
    shutil.rmtree(board / "build" / ".stamps")
    before = snapshot(board)
    ran = pull(board, "--yes")
    assert ran.code == 1
    assert "nothing tells what it was built as" in ran.out
    assert snapshot(board) == before


@pytest.mark.slow
def test_what_the_file_was_built_as_is_found_whatever_a_program_calls_its_part(board: Path) -> None:
    by_hand(board / DECK, ("telephone call", "phone call"))
    with zipfile.ZipFile(board / DECK) as old:
        parts = {one.filename.replace("item1", "item7"): old.read(one) for one in old.infolist()}
    with zipfile.ZipFile(board / DECK, "w") as new:
        for name, data in parts.items():
            new.writestr(
                name,
                data.replace(b"customXml/item1", b"customXml/item7")
                if "rels" in name or "Types" in name
                else data,
            )
    shutil.rmtree(board / "build" / ".stamps")
    assert pull(board, "--dry-run").out.count("conflict") == 0


@pytest.mark.slow
def test_a_kept_copy_can_be_pulled_and_stays(board: Path) -> None:
    by_hand(board / DECK, ("telephone call", "phone call"))
    copy = (board / DECK).rename(board / "build/decks/robin (your changes).pptx")
    data = copy.read_bytes()
    built_again(board)
    assert pull(board, "--yes", file=str(copy)).code == 0
    assert "needs a phone call" in review_of(board)
    assert copy.read_bytes() == data


@pytest.mark.slow
def test_a_picture_that_was_put_in_is_not_read_back_so_the_file_is_kept(board: Path) -> None:
    def picture(deck: Any) -> None:
        deck.slides[3].shapes.add_picture(str(board / "dot.png"), 0, 0)

    Image.new("RGB", (9, 9), "red").save(board / "dot.png")
    by_hand(board / DECK, ("telephone call", "phone call"), more=picture)
    mine = (board / DECK).read_bytes()
    ran = pull(board, "--yes")
    assert "The next build keeps your file beside the new one (its looks, pictures or boxes may" in ran.out
    assert "your version is kept as robin (your changes).pptx" in built_again(board).err
    assert (board / "build/decks/robin (your changes).pptx").read_bytes() == mine
    assert "needs a phone call" in words(board / DECK)


@pytest.mark.slow
def test_a_file_that_may_not_be_replaced_is_told_and_nothing_is_written(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows has it while another program shows the file."""
    by_hand(board / DECK, ("telephone call", "phone call"), ("This week I will", "This month I will"))
    before = snapshot(board)
    for name in ("robin.yaml", "robin.changes.yaml"):

        def refuses(self: Path, target: Path, name: str = name) -> Path:
            if target.name == name:
                raise PermissionError(13, "it is in use", str(self))
            return REPLACE(self, target)

        monkeypatch.setattr(Path, "replace", refuses)
        ran = pull(board, "--yes")
        assert (ran.code, "the file cannot be replaced" in ran.err) == (1, True)
        assert "Traceback" not in ran.err
        monkeypatch.setattr(Path, "replace", REPLACE)
        now = snapshot(board)
        assert now[DECK] == before[DECK]
        assert {
            parse(Path(name), data.decode()).place for name, data in now.items() if name.endswith(".yaml")
        }
    assert pull(board, "--yes").code == 0
    assert "needs a phone call" in review_of(board)


REPLACE = Path.replace


@pytest.mark.slow
def test_a_source_that_is_saved_meanwhile_is_not_overwritten(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saves(root: Path, waits: object) -> Any:
        edit(board / "reviews" / "robin.yaml", "Sit on the floor", "Sit on the rug")
        return ALONE(root, waits)  # type: ignore[arg-type]

    monkeypatch.setattr("toolkit.refresh.pull.files.alone", saves)
    by_hand(board / DECK, ("telephone call", "phone call"))
    ran = pull(board, "--yes")
    assert (ran.code, "this was saved meanwhile; nothing was written" in ran.err) == (1, True)
    assert "Sit on the rug" in review_of(board)
    assert "needs a phone call" not in review_of(board)


ALONE = files.alone


@pytest.mark.parametrize(
    "name, says",
    [
        ("build/decks/robin.notes.pdf", "what is changed in a PDF cannot be read back"),
        ("build/decks/robin.guide.docx", "there is no such file"),
        ("robbin.pptx", "no deck or briefing of this folder has a file of this name"),
        ("reviews/robin.yaml", "what is changed in this kind of file cannot be read back"),
    ],
)
def test_what_cannot_be_pulled_is_told_in_plain_words(board: Path, name: str, says: str) -> None:
    if name == "robbin.pptx":  # as LibreOffice saves it, which says nothing any more
        without(shutil.copy(board / DECK, board / name), PART)
    ran = pull(board, file=name)
    assert (ran.code, says in ran.err) == (1, True), ran
    assert "Traceback" not in ran.err


def test_a_file_says_itself_what_it_was_built_of(board: Path) -> None:
    project = Project(board)
    for built, name in (
        (DECK, "Thursday.pptx"),
        ("build/briefings/robin.docx", "robin.guide.docx"),
    ):
        file = board / name
        shutil.copy(board / built, file)
        target, one = target_of(project, file)
        assert target.folder in built and built.endswith(target.name + one.ending), name


def test_a_file_that_no_longer_says_so_is_known_by_its_name(board: Path) -> None:
    project = Project(board)
    for name, target, ending in (
        ("robin.pptx", "decks", ".pptx"),
        ("robin (your changes 2).pptx", "decks", ".pptx"),
        ("robin - Copy.guide.docx", "", ""),
        ("robin.guide (copy).docx", "decks", ".guide.docx"),
        ("briefings/robin.docx", "briefings", ".docx"),
        ("robin-20-minutes-schools.pptx", "decks", ".pptx"),
    ):
        try:
            found_of, one = target_named(project, board / name)
        except Invalid:
            assert target == "", name
        else:
            assert (found_of.folder, one.ending) == (target, ending), name


# ---------------------------------------------------------------------------------- changes that are kept


def test_changes_are_made_where_they_can_be_and_told_where_not(board: Path) -> None:
    data = (board / DECK).read_bytes()
    names = {was.page for was in as_built(read_package(data).root(PART))}
    assert {"action", "support"} <= names
    good = [
        Change(do="reword", slide="action", was="This week I will …", now="This month we will …"),
        Change(do="delete-slide", slide="support"),
        Change(
            do="add-slide",
            slide="added 1",
            after="action",
            layout="Section",
            boxes=(AddedBox(holder="title", lines=("Ours",)), AddedBox(rows=(("a", "b"), ("c", "d")))),
            notes=("Say this.",),
        ),
    ]
    bad = [
        Change(do="reword", slide="action", was="Words that nobody has written", now="x"),
        Change(do="reword", slide="gone", was="x", now="y"),
        Change(do="move-slide", slide="action", after="gone"),
    ]
    made, missed = changed(data, [*good, *bad])
    assert [(one, why) for one, why in missed] == [
        (bad[0], "these words stand there no more"),
        (bad[1], "there is no such slide any more"),
        (bad[2], "the slide that it follows is there no more"),
    ]
    assert is_own(made)
    deck = pptx.Presentation(io.BytesIO(made))  # every part is there and is said to be what it is
    last = deck.slides[len(deck.slides) - 1]
    assert last.shapes.title.text == "Ours"
    assert last.notes_slide.notes_text_frame.text == "Say this."
    assert deck.slides[len(deck.slides) - 2].shapes.title.text == "This month we will …"
    said = {one.words for one in origins(read_package(made))}
    assert any("spoken to alone" in plain(one) for one in said)  # words still know where they come from


@pytest.mark.slow
def test_a_spoilt_file_of_changes_is_told_with_its_place_and_a_change_without_its_words_is_left_out(
    board: Path,
) -> None:
    path = board / CHANGES
    path.write_text("files:\n  - ending: .pptx\n    changes:\n      - {do: dance, was: x}\n", "utf-8")
    ran = run_here("build", "decks/robin", "--only", "pptx", cwd=board)
    assert (ran.code, "decks/robin.changes.yaml:4:" in ran.err) == (1, True)
    path.write_text(
        "files:\n  - ending: .pptx\n    changes:\n"
        "      - {do: reword, slide: action, was: Not there, now: x}\n",
        "utf-8",
    )
    ran = run_here("build", "decks/robin", "--only", "pptx", cwd=board)
    assert ran.code == 0
    assert "was left out of build/decks/robin.pptx: these words stand there no more" in ran.err


# ------------------------------------------------------------------------------------------- random edits


@pytest.mark.slow
def test_random_edits_are_all_found_none_is_invented_and_none_is_lost(tmp_path: Path) -> None:
    trial = tool("hand_edits").Trial(tmp_path / "board")
    seed = 51_000_000
    while trial.edits < 200:
        trial.run(seed)
        seed += 1
    assert trial.wrong == []
    assert trial.back > 0
    assert trial.copies <= trial.files // 20  # kept though all is in: no loss, but a nuisance


@pytest.mark.office
def test_so_are_those_in_files_that_another_program_has_saved(tmp_path: Path) -> None:
    trial = tool("hand_edits").Trial(tmp_path / "board")
    for seed in range(30):
        trial.run(seed, resaved=True)
    assert trial.wrong == []


def _other_foot(deck: Any) -> None:
    feet = [s for s in deck.slides[4].placeholders if s.placeholder_format.type.name == "FOOTER"]
    feet[0].text_frame.paragraphs[0].runs[0].text = "For our invented partnership"


def _other_section(deck: Any) -> None:
    section = next(deck.part._element.iter(f"{P14}section"))
    section.set("name", "An invented part")


@pytest.mark.slow
@pytest.mark.parametrize("more", [_other_foot, _other_section])
def test_words_that_stand_in_no_line_are_never_lost(board: Path, more: Callable[[Any], None]) -> None:
    by_hand(board / DECK, ("telephone call", "phone call"), more=more)
    mine = (board / DECK).read_bytes()
    assert "All of it is taken over" not in pull(board, "--yes").out
    assert "your version is kept as robin (your changes).pptx" in built_again(board).err
    assert (board / "build/decks/robin (your changes).pptx").read_bytes() == mine


@pytest.mark.slow
def test_another_address_of_a_link_is_never_lost(board: Path) -> None:
    def more(document: Any) -> None:
        link = next(one for one in document.part.rels.values() if one.is_external)
        link._target = "https://example.org/elsewhere"

    by_hand(board / BRIEFING, ("What did a child tell you this week?", "What did a child say?"), more=more)
    assert "All of it is taken over" not in pull(board, "--yes", file=BRIEFING).out
    assert "your version is kept" in built_again(board, "briefings/robin").err


@pytest.mark.slow
def test_what_is_kept_of_a_file_that_is_not_made_is_told(board: Path) -> None:
    by_hand(board / DECK, ("This week I will", "This month I will"))
    assert pull(board, "--yes").code == 0
    edit(board / CHANGES, ".pptx", ".nope")
    ran = run_here("build", "decks/robin", "--only", "pptx", cwd=board)
    assert "decks/robin.changes.yaml: what is kept of build/decks/robin.nope is in no file" in ran.err
