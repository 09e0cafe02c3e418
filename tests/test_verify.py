"""What a built file was made of, whether it is as it was built, and whether it is current."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest

from tests.conftest import Ran, edit, invented, run_here

DECK, HANDOUT, BRIEFING = (
    "build/decks/robin.pptx",
    "build/decks/robin.handout.pdf",
    "build/briefings/robin.docx",
)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented review, built."""
    folder = invented(tmp_path_factory.mktemp("verified") / "board")
    (folder / "board.yaml").write_text("footer: An invented footer\n", "utf-8")
    ran = run_here("build", "--jobs", "1", "--only", "pptx,docx,handout.pdf", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return folder


@pytest.fixture
def again(board: Path, tmp_path: Path) -> Path:
    """A copy of that folder to change."""
    return Path(shutil.copytree(board, tmp_path / "again"))


def verify(file: str | Path, cwd: Path) -> Ran:
    ran = run_here("verify", file, cwd=cwd)
    assert "Traceback" not in ran.err
    return ran


@pytest.mark.parametrize(
    ("file", "what", "made_of"),
    [
        (
            DECK,
            "the deck robin, edition 2024-06",
            ["decks/robin.yaml", "board.yaml", "the register of support"],
        ),
        (
            HANDOUT,
            "the handout of the deck robin, edition 2024-06",
            ["decks/robin.yaml", "the register of support"],
        ),
        (
            BRIEFING,
            "the briefing robin, edition 2024-06",
            ["briefings/robin.yaml", "the register of agencies", "the register of support"],
        ),
    ],
)
def test_a_file_as_built_says_what_it_was_made_of(
    board: Path, file: str, what: str, made_of: list[str]
) -> None:
    ran = verify(file, board)
    shown = ran.out.splitlines()
    assert shown[0] == f"{file}: {what}"
    assert sorted(shown[1].removeprefix("  made of ").split(", ")) == sorted(made_of)
    assert shown[2].startswith("  made of reviews/robin.yaml: points R-1")
    assert shown[-2:] == [
        "  as built: nobody has changed it",
        "  current: built today, it would have the same words",
    ]
    assert ran.code == 0


def test_a_draft_says_so_and_so_does_what_was_built_as_final(board: Path, again: Path) -> None:
    assert "  DRAFT: it holds what nobody has checked against the report\n" in verify(DECK, board).out
    checked = "    checked: {by: An invented manager, on: 2026-11-23, source: S1, where: 5.4}\n"
    edit(again / "reviews" / "robin.yaml", "    lenses: [schools]\n", f"    lenses: [schools]\n{checked}")
    assert run_here("build", "decks/robin", "--jobs", "1", "--only", "pptx", cwd=again).code == 0
    assert (
        "  DRAFT: nobody had approved this edition as it stood when it was built\n" in verify(DECK, again).out
    )
    assert run_here("approve", "decks/robin", "--by", "An invented manager", cwd=again).code == 0
    ran = run_here("build", "decks/robin", "--final", "--jobs", "1", "--only", "pptx", cwd=again)
    assert (ran.code, ran.err) == (0, "")
    shown = verify(DECK, again).out
    assert "  FINAL: built with --final" in shown and "DRAFT" not in shown


CHANGES: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "reviews/robin.yaml",
        "alone at any visit.",
        "alone at a visit.",
        DECK,
        "the review robin, point R-1 (reviews/",
    ),
    ("reviews/robin.yaml", "A first worry", "A worry", HANDOUT, "the review robin, timeline (reviews/"),
    ("reviews/robin.yaml", "child of four,", "child of five,", BRIEFING, "the review robin, child (reviews/"),
    (
        "decks/robin.yaml",
        "Learning from Robin",
        "What we learn",
        HANDOUT,
        "the deck robin, title (decks/robin.yaml:2)",
    ),
    ("decks/robin.yaml", "2024-06", "2024-07", DECK, "the deck robin, edition (decks/robin.yaml:5)"),
    ("board.yaml", "invented footer", "odd footer", DECK, "the board, footer (board.yaml:1)"),
)


@pytest.mark.parametrize(("source", "old", "new", "file", "told"), CHANGES)
def test_a_file_is_not_current_when_words_of_its_sources_have_changed(
    again: Path, source: str, old: str, new: str, file: str, told: str
) -> None:
    edit(again / source, old, new)
    ran = verify(file, again)
    shown = ran.out.splitlines()
    at = shown.index("  not current:")
    assert shown[at + 1].startswith(f"    {told}") and shown[at + 1].endswith(" has changed")
    assert len(shown) == at + 2, shown
    assert ran.code == 1


def test_what_a_file_does_not_print_leaves_it_current_and_is_told(again: Path) -> None:
    edit(again / "reviews" / "robin.yaml", "Ask about the day before yesterday.", "Ask about last week.")
    edit(again / "reviews" / "robin.yaml", "points:", "# A remark changes nothing.\npoints:")
    shown = verify(DECK, again)
    assert shown.code == 0
    assert shown.out.splitlines()[-3:-1] == [
        "  current: built today, it would have the same words",
        "  changed since, in what it does not print:",
    ]
    assert shown.out.splitlines()[-1].startswith("    the review robin, point R-1 (reviews/robin.yaml:")


def test_a_point_that_is_gone_and_one_that_is_new_are_told_once(again: Path) -> None:
    edit(again / "reviews" / "robin.yaml", "  - id: R-1\n", "  - id: R-9\n")
    edit(again / "briefings" / "robin.yaml", "points: [R-1]", "points: [R-9]")
    told = [
        line
        for line in verify(BRIEFING, again).out.splitlines()
        if "point R-" in line and "made of" not in line
    ]
    assert [line.partition(" (")[0].strip() for line in told] == [
        "the review robin, point R-1 is there no more",
        "the review robin, point R-9",
    ]
    assert told[1].endswith(") would be new")


def test_an_edited_deck_says_which_words_and_what_is_gone(board: Path, tmp_path: Path) -> None:
    deck = pptx.Presentation(board / DECK)
    frames = [shape.text_frame for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    next(run for run in runs if "spoken" in run.text).text = "Robin was seen once."
    deck.save(tmp_path / "edited.pptx")
    ran = verify(tmp_path / "edited.pptx", board)
    shown = ran.out.splitlines()
    at = shown.index("  changed since it was built:")
    assert "once" in shown[at + 1] and shown[at + 1].endswith("” was not built so")
    assert any("not there as it was built: the review robin, point R-1, finding" in line for line in shown)
    assert ran.code == 1


def test_a_sentence_taken_out_of_a_document_is_missed(board: Path, tmp_path: Path) -> None:
    document = docx.Document(board / BRIEFING)
    every = [
        *document.paragraphs,
        *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]
    paragraph = next(p for p in every if "spoken to alone" in p.text)
    paragraph._p.getparent().remove(paragraph._p)
    document.save(tmp_path / "less.docx")
    shown = verify(tmp_path / "less.docx", board).out.splitlines()
    at = shown.index("  changed since it was built:")
    assert "was not built so" not in shown[at + 1]
    gone = "    not there as it was built: the review robin, point R-1, finding ("
    assert any(line.startswith(gone) for line in shown[at:])


def saved_again(path: Path, made: Path) -> None:
    pptx.Presentation(path).save(made)


def sent(path: Path, made: Path) -> None:
    shutil.copy(path, made)


@pytest.mark.parametrize(
    ("become", "state"),
    [
        (saved_again, "  saved by another program, and every word is as it was built"),
        (sent, "  as built: nobody has changed it"),
    ],
)
def test_a_file_that_somebody_sent_can_be_verified_anywhere(
    board: Path, tmp_path: Path, become: Callable[[Path, Path], None], state: str
) -> None:
    become(board / DECK, tmp_path / "sent.pptx")
    shown = verify("sent.pptx", tmp_path).out.splitlines()
    assert shown[0] == "sent.pptx: the deck robin, edition 2024-06"
    assert shown[-2:] == [state, "  whether it is current can be told in the folder that it was built from"]


def test_a_deck_that_is_no_longer_there_is_not_called_current(again: Path) -> None:
    (again / "decks" / "robin.yaml").unlink()
    edit(again / "reviews" / "robin.yaml", "alone at any visit.", "alone at a visit.")
    shown = verify(DECK, again).out
    assert "not current" in shown and "this folder has no decks/robin.yaml" in shown and "point R-1" in shown


def test_a_source_that_cannot_be_read_is_told(again: Path) -> None:
    (again / "reviews" / "robin.yaml").write_text("id: [", "utf-8")
    ran = verify(DECK, again)
    assert ran.code == 1 and "not current" in ran.out and "it would not be built today" in ran.out


def test_a_file_that_is_not_ours_says_so(board: Path, tmp_path: Path) -> None:
    docx.Document().save(tmp_path / "strange.docx")
    ran = verify(tmp_path / "strange.docx", board)
    assert ran.code == 1 and "this file does not say where its words come from" in ran.out


def test_an_edition_is_verified_against_what_was_wished(again: Path) -> None:
    ran = run_here("build", "decks/robin", "--minutes", "20", "--jobs", "1", "--only", "pptx", cwd=again)
    assert (ran.code, ran.err) == (0, "")
    (made,) = (path for path in (again / "build" / "decks").glob("robin*20*.pptx"))
    shown = verify(made, again)
    assert "the deck robin, as 20, edition 2024-06" in shown.out and shown.code == 0, shown


BY_HAND = """\
files:
- ending: '{ending}'
  changes:
  - do: reword
{where}
    was: '{was}'
    now: 'Robin was not spoken to alone'
    source: ['robin/points/R-1/finding']
"""
KEPT = (
    (DECK, "decks", ".pptx", "    slide: care\n    box: 1\n    among: 9", "Step out at any time", "slide 2"),
    (BRIEFING, "briefings", ".docx", "    box: 0\n    among: 9", "What happened", "paragraph "),
)


@pytest.mark.parametrize(("file", "folder", "ending", "where", "was", "place"), KEPT)
def test_what_was_changed_by_hand_before_is_told_as_that_and_makes_files_old(
    again: Path, file: str, folder: str, ending: str, where: str, was: str, place: str
) -> None:
    name = f"{folder}/robin.changes.yaml"
    if folder == "briefings":
        was = next(one.text for one in docx.Document(str(again / file)).paragraphs if was in one.text)
        was = was.replace("\t", "\\t") if "\t" in was else was
    kept = BY_HAND.format(ending=ending, where=where, was=was)
    kept = kept.replace(f"'{was}'", f'"{was}"')
    (again / name).write_text(kept, "utf-8")
    ran = verify(file, again)
    told = f"    {name}, which keeps what was changed by hand, is new: the file was built without it"
    assert (ran.code, ran.out.splitlines()[-2:]) == (1, ["  not current:", told])
    assert f"{file}: advice: this file is older than {name} (new)" in run_here("stale", cwd=again).out

    built = run_here("build", f"{folder}/robin", "--jobs", "1", "--only", ending[1:], cwd=again)
    assert f"{file} has 1 change made by hand" in built.err, built.err
    assert "Nothing is out of date" in run_here("stale", cwd=again).out
    ran = verify(file, again)
    assert ran.code == 0
    shown = ran.out.splitlines()
    assert shown[-4] == f"  changed by hand, kept in {name}: 1 change, which its build made anew"
    assert shown[-3].startswith(f"    {place}") and shown[-3].endswith(": “Robin was not spoken to alone”")
    assert shown[-2:] == ["  all else is as built", "  current: built today, it would have the same words"]
    traced = run_here("trace", file, "Robin was not spoken to alone", cwd=again).out
    by_hand = f"  “Robin was not spoken to alone”\n      = changed by hand, kept in {name}\n"
    assert by_hand in traced and "taken out" not in traced
    ran = run_here("trace", file, cwd=again)
    assert ran.out.splitlines()[-1].endswith(", 6 changed by hand before it was built, none not ours")
    assert "no words, notes, tables or slides were changed" in run_here("pull", file, cwd=again).out
    save(again / file)
    assert "every word is as it was built" in verify(file, again).out  # and those by hand are none of these

    (again / name).unlink()
    assert f"{name} does not keep what was changed by hand any more" in verify(file, again).out
    assert f"is older than {name} (taken out)" in run_here("stale", cwd=again).out


def save(path: Path) -> None:
    """Save a file with another program."""
    program = docx.Document if path.suffix == ".docx" else pptx.Presentation
    program(str(path)).save(str(path))
