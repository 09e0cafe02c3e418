"""`toolkit cite` with a person: what is asked, what is written into the review, and that nothing else is,
whatever goes wrong.
"""

from __future__ import annotations

import difflib
import errno
import io
import os
import random
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import TOP, Ran, edit, run, run_here, tool
from toolkit import files
from toolkit.content.evidence import standing
from toolkit.content.model import FileCheck, Review
from toolkit.content.nodes import load
from toolkit.content.quotes import check_of
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.refresh.claims import Claim, Placed, claims, placed
from toolkit.refresh.destination import under_check
from toolkit.refresh.differing import differences
from toolkit.refresh.records import accept
from toolkit.refresh.reports import read_report

SAID = "The review found that nobody spoke to Robin alone."
REPORT = """An invented report

5.1 Six visits were made. Nobody spoke to Robin alone at any
of them, and nobody wrote down why.

5.2 A second letter of the nursery was not answered. It was not
the case that anybody had read the second letter.

5.3 A letter came on 3 May. The office read the second letter in
June.
"""
WORDS = "Nobody spoke to Robin alone at any of them"


class Terminal(io.StringIO):
    """What somebody types, at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def board(project: Path) -> Path:
    """A folder with the invented review, whose first finding quotes its report."""
    (project / "report.txt").write_text(REPORT, "utf-8")
    quote(project, WORDS)
    return project


def quote(board: Path, words: str, place: str = "5.2") -> None:
    path = board / "reviews" / "robin.yaml"
    old = re.search(r"spoke to Robin alone\., cites: (\[.*?\])}", path.read_text("utf-8"))
    assert old
    edit(path, old[1], f"['S1 {place}: \"{words}\"']")


def cite(board: Path, *more: str) -> Ran:
    return run_here("cite", "report.txt", "--review", "robin", *more, cwd=board)


def answered(board: Path, monkeypatch: pytest.MonkeyPatch, *answers: str) -> Ran:
    """A run of the command at a terminal, where somebody types these answers."""
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{one}\n" for one in answers)))
    return cite(board)


def text(board: Path) -> str:
    return (board / "reviews" / "robin.yaml").read_text("utf-8")


def review(board: Path) -> Review:
    return Project(board).review(board / "reviews" / "robin.yaml")[0]


# ----------------------------------------------------------------------------------------------- what it says


def test_without_a_terminal_it_lists_and_changes_nothing(board: Path) -> None:
    before = text(board)
    ran = cite(board)
    assert (ran.code, ran.err) == (0, "")
    assert "report.txt: 4 paragraphs, read as S1, “An invented report”" in ran.out
    assert (
        f"reviews/robin.yaml:37: R-1, finding 1: “{WORDS}”\n  found: 5.1; but the cite says 5.2\n" in ran.out
    )
    assert "R-2, finding 1: An invented newspaper reports that a second letter was not answered." in ran.out
    assert "nearest, 5.2: “A second letter of the nursery was not answered.”" in ran.out
    assert ran.out.endswith("or add --by and --yes.\n")
    assert text(board) == before


def test_what_is_not_there_is_said_with_what_comes_nearest(board: Path) -> None:
    quote(board, "Somebody spoke to Robin alone at any of them")
    edit(board / "reviews" / "robin.yaml", "cites: [S1 4.1]", 'cites: ["S1: “Six visits were made”"]')
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert ran.code == 1
    assert "  not there\n  nearest, 5.1: “Nobody spoke to Robin alone at any of them" in ran.out
    assert "1 quote is not in the report." in ran.out
    assert "S1 5.1: “Six visits were made”" in text(board)
    assert standing(review(board), review(board).points[0]) == "releasable"  # as its source alone has it
    assert not review(board).sources[0].checked[0].found[1:]


def test_another_report_is_said_to_be_one(board: Path) -> None:
    (board / "report.txt").write_text("An invented list of trees.\n\nOaks grow slowly here.\n", "utf-8")
    before = text(board)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert ran.code == 1
    assert "None of 1 quote stands in this file." in ran.out
    assert "Is it the report that S1 names: “An invented report”? Nothing was changed." in ran.out
    assert text(board) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--yes",), 'say who: --by "Board business manager"'),
        (("--by", "\n", "--yes"), "the name of who checks is too long, or holds what nobody can read"),
        (("--source", "S9"), "in sources there are: S1, S2, S3, S4"),
    ],
)
def test_what_cannot_be_asked_is_told(board: Path, words: tuple[str, ...], told: str) -> None:
    ran = cite(board, *words)
    assert ran.code == 1 and told in ran.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: board-summary", "kind: review-report", "there are several reports: S1, S2"),
        ("kind: review-report", "kind: board-summary", "none of the sources is the review report"),
    ],
)
def test_which_source_the_report_is_can_be_told(board: Path, old: str, new: str, told: str) -> None:
    edit(board / "reviews" / "robin.yaml", old, new)
    assert told in cite(board).err
    assert "read as S1" in cite(board, "--source", "s1").out


def test_a_list_tells_each_sentence_on_one_line(board: Path) -> None:
    path = board / "reviews" / "robin.yaml"
    edit(path, f"'S1 5.2: \"{WORDS}\"'", "S1 5.2")
    assert f": R-1, finding 1: {SAID}\n  nearest, 5.1: " in cite(board).out


def test_a_review_that_is_not_there(board: Path) -> None:
    ran = run_here("cite", "report.txt", "--review", "robyn", cwd=board)
    assert ran.code == 1 and "no review is called 'robyn'" in ran.err and "robin" in ran.err


# ---------------------------------------------------------------------------------------------- what is asked


def test_a_person_says_yes_and_it_is_written(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = text(board)
    ran = answered(board, monkeypatch, "yes", "yes", "An invented manager", "skip")
    assert ran.code == 0, ran.err
    assert f"  The sentence: {SAID}\n  Its slide says: " in ran.out
    assert "R-1, finding 1: written, 5.1 (the cite said 5.2)" in ran.out
    new = text(board)
    changed = [line for line in difflib.ndiff(before.splitlines(), new.splitlines()) if line[0] in "+-"]
    assert [line[0] for line in changed] == ["-", "+", "-", "+"]
    assert f"'S1 5.1: \"{WORDS}\"'" in changed[1]
    source = yaml.safe_load(changed[3][2:])[0]
    record = source.pop("checked")
    assert source == yaml.safe_load(changed[2][2:])[0]
    (record,) = record
    assert record["by"] == "An invented manager" and record["file"] == "report.txt"
    assert len(record["sha256"]) == 64 and len(record["found"]) == 1


def test_a_number_that_somebody_wrote_stays_unless_they_say_so(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text(board)
    ran = answered(board, monkeypatch, "yes", "skip", "stop")
    assert "The cite says 5.2; in this file the words were found at 5.1." in ran.out
    assert text(board) == before
    ran = answered(board, monkeypatch, "yes", "no", "An invented manager", "stop")
    left = "R-1, finding 1: written, 5.2; the cite says 5.2, the words were found at 5.1: left as it is"
    assert left in ran.out
    assert f"'S1 5.2: \"{WORDS}\"'" in text(board) and review(board).sources[0].checked
    ran = answered(board, monkeypatch, "stop")
    assert "1 of 1: R-2" in ran.out  # what was answered is not asked again, but still told
    assert "found: 5.1; but the cite says 5.2; found already by" in ran.out


def test_with_nobody_to_ask_a_number_stays_and_a_page_is_filled_in(board: Path) -> None:
    import typst

    paragraphs = REPORT.replace("\n\n5.2", "\n\n#pagebreak()\n5.2")
    (board / "report.txt").write_bytes(typst.compile(paragraphs.encode()))  # a PDF, whatever it is called
    for said, stays in (("5.2", "5.2, p1"), ("5.2, p7", "5.2, p7"), ("p1", "5.1, p1")):
        shutil.copy(board / "reviews" / "robin.yaml", board / "kept.yaml")
        edit(board / "reviews" / "robin.yaml", "S1 5.2: ", f"S1 {said}: ")
        ran = cite(board, "--yes", "--by", "An invented manager")
        assert "1 cite written" in ran.out and f"S1 {stays}: " in text(board)
        assert ("5.1: left as it is" in ran.out) == (said == "5.2")
        assert ("found at 5.1, p1: left as it is" in ran.out) == (said == "5.2, p7")
        shutil.copy(board / "kept.yaml", board / "reviews" / "robin.yaml")


def test_nothing_is_written_without_an_answer(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = text(board)
    for answers in (
        (),
        ("skip", "skip"),
        ("stop",),
        ("no", "stop"),
        ("yes",),
        ("yes", "yes", "  "),
        ("", "y"),
    ):
        ran = answered(board, monkeypatch, *answers)
        assert ran.code in (0, 1, 130), answers
        assert "Traceback" not in ran.err
        assert text(board) == before, answers


def test_a_word_that_denies_stands_before_it(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quote(board, "the case that anybody had read the second letter")
    before = text(board)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert "was left for a person to look at: the report says “not” just before it" in ran.out
    assert text(board) == before
    ran = answered(board, monkeypatch, "stop")
    assert "Beware: it says “not” just before the words of the cite." in ran.out


def test_words_that_stand_twice_are_chosen_by_a_person(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (board / "report.txt").write_text(REPORT + "\n5.4 Six visits were made, once more.\n", "utf-8")
    quote(board, "Six visits were made", "7.7")
    before = text(board)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert "found in 2 places: 5.1; 5.4" in ran.out and text(board) == before
    ran = answered(board, monkeypatch, "3", "2", "yes", "yes", "An invented manager", "stop")
    assert "S1 5.4: " in text(board)


def test_a_passage_is_chosen_for_what_quotes_nothing(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert standing(review(board), review(board).points[1]) == "marked"
    ran = answered(board, monkeypatch, "skip", "1", "yes", "An invented manager")
    assert "R-2 The second letter: marked before, releasable now" in ran.out
    assert '[S3, "S1 5.2: “A second letter of the nursery was not answered.”"]' in text(board)
    assert standing(review(board), review(board).points[1]) == "releasable"


def test_a_passage_with_another_number_is_not_taken_without_a_word(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = board / "reviews" / "robin.yaml"
    edit(path, "An invented newspaper reports that a second letter was not answered", "Eleven visits made")
    edit(path, "finding: A second letter was not answered", "finding: Visits were made")
    before = text(board)
    beware = (
        "  Beware: the sentence says “Eleven”, and the report does not;"
        " the report says “Six”, and the sentence does not"
    )
    for answers in (("skip", "1"), ("skip", "1", "skip"), ("skip", "1", "stop")):
        ran = answered(board, monkeypatch, *answers)
        assert "  1  5.1: “Six visits were made.”" in ran.out and beware in ran.out
        assert text(board) == before, answers
    ran = answered(board, monkeypatch, "skip", "1", "yes", "An invented manager")
    assert "S1 5.1: “Six visits were made.”" in text(board)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (SAID.replace("nobody", "somebody"), "the report says “Nobody”, and the sentence does not"),
        (SAID.replace("nobody", "no teacher"), "the sentence says “teacher”, and the report does not"),
        (SAID.replace("alone", "alone on 3 May"), "the sentence says “3”, “May”, and the report does not"),
        (
            SAID.replace("alone", "alone for sixty weeks"),
            "the sentence says “sixty”, and the report does",
        ),
    ],
)
def test_with_nobody_to_ask_no_words_are_accepted_that_differ(board: Path, said: str, told: str) -> None:
    edit(board / "reviews" / "robin.yaml", SAID, said)
    before = text(board)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert f"R-1, finding 1 was left for a person to look at: {told}" in ran.out
    assert text(board) == before


def test_the_slide_of_a_sentence_is_compared_as_well(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(board / "reviews" / "robin.yaml", "Robin was not spoken to", "Robin was spoken to")
    before = text(board)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert "the report says “Nobody”, and its slide does not" in ran.out and text(board) == before
    ran = answered(board, monkeypatch, "stop")
    assert "  Beware: the report says “Nobody”, and its slide does not.\n" in ran.out


@pytest.mark.parametrize(
    ("said", "words", "told"),
    [
        ("Eleven visits were made.", "there were 11 visits", ""),
        ("Two hundred and five letters came.", "205 letters had come", ""),
        ("1,200 letters came in two years.", "one thousand two hundred letters came in 2 years", ""),
        ("A visit was made on 3 May.", "they made one visit on the 3rd of May", ""),
        ("The police were not told.", "nobody told a police officer", ""),
        ("A health visitor came.", "Health visiting made a visit", ""),
        ("One of them came first.", "the family came once", ""),
        ("It may march on.", "it went on, as it may", ""),
        ("Room no. 5 was seen.", "room 5 was seen", ""),
        ("Seven visits were made.", "there were 11 visits", "“Seven”, and the report"),
        ("Seven visits were made.", "there were 11 visits", "“11”, and the sentence"),
        ("The third letter came.", "the second letter came", "“third”"),
        ("Twenty-one visits were made.", "twenty visits were made", "“Twenty-one”"),
        ("A visit was made in May.", "a visit was made in June", "“May”"),
        ("A visit was made on Monday.", "a visit was made on Tuesday", "“Tuesday”"),
        ("She was told.", "she was never told", "“never”"),
        ("She couldn’t tell.", "she could tell", "“n’t”"),
        ("The nursery knew.", "the school knew", "“nursery”"),
        ("The school nurse knew.", "the school knew", "“school”"),
        ("Stonebridge Play knew.", "the aunt knew of it", "“Stonebridge Play”"),
    ],
)
def test_what_a_sentence_and_the_report_do_not_share(said: str, words: str, told: str) -> None:
    differ = differences(said, words, words, names=["Stonebridge Play"])
    assert told in differ and bool(told) == bool(differ)


def test_a_slide_may_have_what_other_findings_of_its_point_say() -> None:
    said, words, slides = "Six visits were made.", "six visits were made", ["Six visits, two letters"]
    assert differences(said, words, words, slides) == "its slide says “two”, and the report does not"
    assert differences(said, words, words, slides, ["Two letters came."]) == ""
    said, words, slides = "Nobody came.", "nobody came to the door", ["A visit"]
    assert differences(said, words, words, slides) == "the report says “nobody”, and its slide does not"
    assert differences(said, words, words, slides, ["A visit was made."]) == ""


def test_words_that_a_person_types_have_to_stand_there(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    false, short = "A second letter of the nursery was answered", "a second letter"
    true = "second letter of the nursery was not answered"
    ran = answered(board, monkeypatch, "skip", false, short, true, "yes", "An invented manager")
    assert "  Not in the report." in ran.out
    assert "at least four, at most sixty" in ran.out
    assert f"S1 5.2: “{true}”" in text(board) and false not in text(board)


def test_a_second_run_finds_what_was_checked_and_asks_no_more(board: Path) -> None:
    who = ("--yes", "--by", "An invented manager")
    assert "1 cite written" in cite(board, *who).out
    first = text(board)
    ran = cite(board, *who)
    assert "found already by An invented manager" in ran.out and "Nothing was changed." in ran.out
    assert text(board) == first
    assert "advice" not in run_here("check", cwd=board).err


# --------------------------------------------------------------------------------------------------- standing


def lowered(board: Path) -> None:
    """The point that quotes the report rests on it alone no more: a newspaper stands beside it."""
    edit(board / "reviews" / "robin.yaml", f"{WORDS}\"'", f"{WORDS}\"', S3")


def test_standing_rises_only_with_a_check(board: Path) -> None:
    lowered(board)
    assert standing(review(board), review(board).points[0]) == "marked"
    cite(board, "--yes", "--by", "An invented manager")
    assert standing(review(board), review(board).points[0]) == "releasable"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Robin alone at any", "Robin alone on any"),  # the words
        (SAID, SAID.replace("nobody", "nobody ever")),  # the sentence
        ("Robin was not spoken to", "Robin was spoken to"),  # what stands on the slide of it
        ("by: An invented manager", "by: Another"),
        ("file: report.txt", "file: another.txt"),
        ("on: 20", "on: 19"),
        (r"sha256: \w", "sha256: x"),
        (r"found: \[\w", "found: [x"),
        ("read: whole", "read: opening"),
    ],
)
def test_a_check_counts_no_more_when_what_it_holds_is_changed(board: Path, old: str, new: str) -> None:
    lowered(board)
    cite(board, "--yes", "--by", "An invented manager")
    path = board / "reviews" / "robin.yaml"
    words = path.read_text("utf-8")
    there = re.search(old, words)
    assert there
    new = new.replace("x", "0" if there[0][-1] != "0" else "1") if "\\w" in old else new
    path.write_text(words.replace(there[0], new, 1), "utf-8")
    assert standing(review(board), review(board).points[0]) == "marked"


def test_words_that_stand_under_a_check_are_not_changed_by_hand_unasked(board: Path) -> None:
    lowered(board)
    cite(board, "--yes", "--by", "An invented manager")
    made = review(board)
    for steps in (["slide", "finding"], ["finding", "0"], ["finding", "0", "text"]):
        check = under_check(made, ["points", "R-1", *steps])
        assert check and check.by == "An invented manager", steps
    for steps in (
        ["points", "R-1", "title"],
        ["points", "R-1", "happened", "0"],
        ["points", "R-2", "slide", "finding"],
        ["summary", "0"],
    ):
        assert under_check(made, steps) is None, steps


def test_every_finding_of_a_point_has_to_be_found(board: Path) -> None:
    path = board / "reviews" / "robin.yaml"
    lowered(board)
    old = "    why:\n      - A child may only speak"
    edit(path, old, "      - {text: A second letter was read in June., cites: [S3]}\n" + old)
    assert "1 cite written" in cite(board, "--yes", "--by", "An invented manager").out
    assert standing(review(board), review(board).points[0]) == "marked"
    edit(path, "read in June., cites: [S3", 'read in June., cites: ["S1: “read the second letter in June”"')
    assert "1 cite written" in cite(board, "--yes", "--by", "An invented manager").out
    assert standing(review(board), review(board).points[0]) == "releasable"


@pytest.mark.parametrize("kind", ["board-summary", "news", "context"])
def test_words_found_in_anything_but_the_report_raise_nothing(board: Path, kind: str) -> None:
    lowered(board)
    edit(board / "reviews" / "robin.yaml", "kind: review-report", f"kind: {kind}")
    before = standing(review(board), review(board).points[0])
    ran = cite(board, "--source", "S1", "--yes", "--by", "An invented manager")
    assert "1 cite written" in ran.out
    assert standing(review(board), review(board).points[0]) == before != "releasable"


def test_who_has_only_searched_is_asked_whether_it_was_read(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(board)
    edit(
        board / "reviews" / "robin.yaml",
        "kind: review-report, read: whole",
        "kind: review-report, read: not-read",
    )
    cite(board, "--yes", "--by", "An invented manager")
    assert standing(review(board), review(board).points[0]) == "marked"
    monkeypatch.undo()
    ran = answered(board, monkeypatch, "1", "yes", "An invented manager", "yes")
    assert "No check counts until" in ran.out
    assert review(board).sources[0].read == "part"
    assert [standing(review(board), one) for one in review(board).points] == [
        "releasable",
        "releasable",
        "hold",
    ]


@pytest.mark.slow
def test_the_words_of_a_cite_are_printed_nowhere(board: Path) -> None:
    before = shutil.copytree(board, board.parent / "before")
    edit(before / "reviews" / "robin.yaml", f': "{WORDS}"\'', "'")
    for folder in (board, before):
        assert run_here("build", "--only", "pptx,guide.docx,docx", "--jobs", "1", cwd=folder).code == 0
    for name in ("decks/robin.pptx", "decks/robin.guide.docx", "briefings/robin.docx"):
        one, other = (run_here("show", f"build/{name}", cwd=folder).out for folder in (board, before))
        assert one == other and "at any of them" not in one
        assert "5.2" in one or "decks/robin.pptx" in name


# -------------------------------------------------------------------------------------------- writing it back

LAYOUTS = {
    "flow": "    - {text: T, cites: [S1 1.1]}",
    "flow, two": "    - {text: T, cites: [S2, S1 1.1]}",
    "flow, last comma": "    - {text: T, cites: [S1 1.1,]}",
    "block": "    - text: T\n      cites:\n        - S1 1.1  # mine\n        # and this\n      slide: X",
    "same column": "    - text: T\n      cites:\n      - S1 1.1\n      slide: X",
    "quoted": "    - text: T\n      cites: ['S1 1.1', \"S2\"]  # two",
    "long": "    - text: T\n      cites: [{source: S1, where: p1}]",
    "long, block": "    - text: T\n      cites:\n      - source: S1\n        where: p1\n        extract: yes",
    "long, no place": "    - text: T\n      cites:\n        - source: S1\n",
    "folded": "    - text: >-\n        T\n        and more\n\n      cites:\n        - S1 1.1",
    "other source": "    - text: T\n      cites:\n        - S2 p1\n\n    # the next",
    "over lines": "    - text: T\n      cites: [\n        S1 1.1,  # here\n        S2\n      ]",
    "with words": "    - text: T\n      cites: ['S1 1.1: \"it didn''t say so then\"']",
    "with words, double": '    - text: T\n      cites: ["S1: “nobody had said \\"yes\\" then”"]',
}
ABOUT = ("id: S1", "title: R", "publisher: B", "kind: review-report")
FLOW = f"  - {{{', '.join(ABOUT)}, read: part"
BLOCK = "\n    ".join(("  - id: S1", *ABOUT[1:], "read: part"))
DIGEST = "0" * 64
SOURCES = {
    "flow": f"{FLOW}}}",
    "block": f"{BLOCK}  # of it\n    # really\n",
    "note last": f"{BLOCK}\n    note: >-\n      Only the first\n      page.\n\n",
    "checked, flow": f"{FLOW}, checked: [{{by: A, on: 2024-01-01, file: f.txt, sha256: {DIGEST},"
    " found: ['0123456789abcdef']}]}",
    "checked, block": f"{BLOCK}\n    checked:\n      - by: A\n        on: 2024-01-01\n        file: f.txt\n"
    f"        sha256: {DIGEST}\n        found:\n          - 0123456789abcdef  # one\n    note: N",
}
FRAME = """# An invented review.
id: robin
title: Robin
kind: serious-case-review
board: B
published: 2024
summary: [{text: Invented., cites: [S1]}]
points:
- id: R-1
  title: A point
  message: M
  finding:
%s
  # what follows
  lenses: [all]
  questions: [Q?]
sources:
%s
  - {id: S2, title: O, publisher: B, kind: news, read: part}
"""
CHECK = FileCheck.model_validate(
    {"by": "A", "on": "2024-01-01", "file": "f.txt", "sha256": DIGEST, "found": ()}
)


def written(path: Path, claim: Claim, words: str) -> Review:
    accept(path, claim, "S1", CHECK, "5.2, p11", words)
    return load(path, Review)[0]


def first(path: Path, report: Path) -> Claim:
    made, node = load(path, Review)
    return claims(made, node, made.sources[0], read_report(report))[0]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_the_lines_meant_are_changed(tmp_path: Path, layout: str, source: str, ends: str) -> None:
    report, path = tmp_path / "f.txt", tmp_path / "robin.yaml"
    report.write_text("An invented line.\n\n5.2 He said: “it isn't \\so\\ at the 'end' of it”.\n", "utf-8")
    old = (FRAME % (LAYOUTS[layout], SOURCES[source])).replace("\n", ends)
    path.write_bytes(old.encode())
    words = "He said: “it isn't \\so\\ at the 'end' of it”"
    made = written(path, first(path, report), words)
    statement = made.points[0].finding[0]
    (cite,) = [one for one in statement.cites if one.source == "S1"]
    assert (cite.where, cite.quote) == ("5.2, p11", words)
    check = check_of(made, cite, statement)
    assert check and check.found[-1] == made.sources[0].checked[0].found[-1]
    assert cite.extract == ("extract" in layout or layout == "long, block")
    new = path.read_bytes().decode()
    assert new.count("\r") == (new.count("\n") if ends == "\r\n" else 0)
    lines, others = old.split(ends), new.split(ends)
    gone = [line[2:] for line in difflib.ndiff(lines, others) if line.startswith("- ")]
    assert all("S1" in line or "where: p1" in line for line in gone), gone
    for remark in re.findall("#.*", old):
        assert remark.rstrip("\r") in new


def test_a_list_of_checks_grows_and_another_person_has_one_of_their_own(board: Path) -> None:
    edit(board / "reviews" / "robin.yaml", "cites: [S1 4.1]", 'cites: ["S1: “Six visits were made”"]')
    cite(board, "--yes", "--by", "An invented manager")
    (check,) = review(board).sources[0].checked
    assert len(check.found) == 2
    quote(board, "nobody wrote down why")
    cite(board, "--yes", "--by", "Another: #1")
    checks = review(board).sources[0].checked
    assert [(one.by, len(one.found)) for one in checks] == [("An invented manager", 2), ("Another: #1", 1)]


def test_what_would_change_more_is_not_written(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit.refresh import citelines

    quote(board, WORDS, "p1")
    monkeypatch.setattr(citelines, "_single", lambda words: f"'{words}', S4, 'S1'")
    before = text(board)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert ran.code == 1 and "cannot be changed without a risk to others; nothing was written" in ran.err
    assert text(board) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in (TOP / "reviews").glob("*.yaml")))
def test_of_the_shipped_reviews_only_the_lines_meant_are_changed(tmp_path: Path, name: str) -> None:
    """With an invented report: what it would say is not what these reviews say, and nothing of it is kept."""
    path, report = tmp_path / name, tmp_path / "f.txt"
    shutil.copy(TOP / "reviews" / name, path)
    report.write_text(REPORT, "utf-8")
    luck = random.Random(name)
    source = luck.choice(load(path, Review)[0].sources)
    for _ in range(6):
        made, node = load(path, Review)
        bare = [one for one in claims(made, node, source, read_report(report)) if not one.quote]
        if not bare:
            break
        claim, old = luck.choice(bare), path.read_text("utf-8")
        accept(path, claim, source.id, CHECK, "5.1", WORDS)
        changes = list(difflib.unified_diff(old.splitlines(), path.read_text("utf-8").splitlines(), n=0))[2:]
        gone = [line[1:] for line in changes if line.startswith("-")]
        new = [line[1:] for line in changes if line.startswith("+")]
        assert len(gone) <= 2 and len(new) <= 8
        meant = yaml.safe_load(old)
        now = yaml.safe_load(path.read_text("utf-8"))
        strip(meant, now, claim.path)
        assert meant == now


def strip(old: Any, new: Any, path: tuple[str | int, ...]) -> None:
    """Take the cites of a statement, and the checks of all sources, out of both."""
    for tree in (old, new):
        for one in tree["sources"]:
            one.pop("checked", None)
        for step in path[:-2]:
            tree = tree[step]
        tree.pop("cites")


# -------------------------------------------------------------------------------------------- places of cites


@pytest.mark.parametrize(
    ("old", "new", "becomes"),
    [
        (None, "5.2, p11", ("5.2, p11",)),
        ("5.2", "5.2, p11", ("5.2, p11",)),
        ("p10", "5.2, p11", ("5.2, p10", "p10", "p11", "5.2, p11")),
        ("5.1", "5.2, p11", ("5.1, p11", "5.1", "5.2", "5.2, p11")),
        ("5.1, p10", "5.2, p11", ("5.1, p10", "5.1, p10", "5.2, p11", "5.2, p11")),
        ("5.1", "p11", ("5.1, p11",)),
        ("recommendation 3", "5.2, p11", ("recommendation 3, 5.2, p11",)),
        ("page 4", "5.2", ("5.2, p4",)),
        ("para 5.2, pp. 10-11", "5.2, p10–11", ("5.2, p10–11",)),
        ("para 7", "para 9", ("para 7", "para 7", "para 9", "para 9")),
        ("page 4 5.2", "p4", ("page 4 5.2, p4",)),
    ],
)
def test_a_place_is_filled_in_and_what_somebody_wrote_stays(
    old: str | None, new: str, becomes: tuple[str, ...]
) -> None:
    assert placed(old, new) == Placed(*becomes)


# -------------------------------------------------------------------------------------------- what goes wrong


def replaced(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on no review can be replaced."""
    whole = Path.replace

    def replace(self: Path, target: Any) -> Any:
        if Path(target).suffix == ".yaml":
            raise error
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Access is denied"), "the file cannot be replaced: it may be open in"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full: nothing was written"),
        (OSError(errno.EROFS, "Read-only file system"), "you may not write here"),
        (OSError(errno.EIO, "Input/output error"), "the file cannot be written (Input/output error)"),
    ],
)
def test_a_review_that_cannot_be_replaced_stays_as_it_was(
    board: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    before = text(board)
    replaced(monkeypatch, error)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert ran.code == 1 and told in ran.err and "Traceback" not in ran.err
    assert "build again" not in ran.err
    assert text(board) == before
    assert [path.name for path in (board / "reviews").iterdir()] == ["robin.yaml"]


def test_a_page_that_cannot_be_written_stops_nothing(board: Path) -> None:
    (board / "build").write_text("in the way", "utf-8")
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert "there is a file where a folder should be" in ran.err and "1 cite written" in ran.out
    assert WORDS in text(board) and (board / "build").read_text("utf-8") == "in the way"


def between(monkeypatch: pytest.MonkeyPatch, do: Callable[[], None]) -> None:
    """Something that happens just before a file is put in its place."""
    whole = files._fill

    def fill(part: Path, data: bytes, hurry: bool = False) -> None:
        whole(part, data, hurry)
        if part.name.startswith(".robin.yaml"):
            do()

    monkeypatch.setattr(files, "_fill", fill)


def test_what_somebody_saves_meanwhile_is_kept(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = board / "reviews" / "robin.yaml"
    mine = text(board) + "# mine\n"
    between(monkeypatch, lambda: path.write_text(mine, "utf-8") and None)
    ran = cite(board, "--yes", "--by", "An invented manager")
    assert ran.code == 1 and "somebody has saved this file just now; nothing was written over it" in ran.err
    assert text(board) == mine


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SAID, "The review found nothing of the kind."),
        (WORDS, "Six visits were made"),
        ("'S1 5.2: ", "'S1 7.7: "),
        (f"'S1 5.2: \"{WORDS}\"'", "S3"),
    ],
)
def test_a_claim_that_was_changed_meanwhile_is_left(board: Path, old: str, new: str) -> None:
    path = board / "reviews" / "robin.yaml"
    claim = first(path, board / "report.txt")
    edit(path, old, new)
    before = text(board)
    with pytest.raises(Invalid, match="has been changed since it was shown"):
        written(path, claim, WORDS)
    assert text(board) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither links nor these rights")
def test_a_link_and_the_rights_of_a_file_are_kept(board: Path) -> None:
    path, real = board / "reviews" / "robin.yaml", board / "elsewhere.yaml"
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o640)
    assert "1 cite written" in cite(board, "--yes", "--by", "An invented manager").out
    assert path.is_symlink() and WORDS in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are copied as on POSIX")
def test_nothing_is_lost_wherever_it_is_broken_off() -> None:
    """At each step at which it writes: killed, the disk full, nothing to be written any more; two at once."""
    ran = subprocess.run(
        [sys.executable, str(TOP / "tools" / "faults.py"), "80", "3", "cite"],
        capture_output=True,
        text=True,
        cwd=TOP,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "; 0 faults;" in ran.stdout and "cite: kill" in ran.stdout


# --------------------------------------------------------------------------------------------- the local page


def test_the_page_is_whole_in_itself_and_safe_to_open(board: Path) -> None:
    (board / "report.txt").write_text(
        "A second letter of the <b>nursery</b> & “its” <script>alert(1)</script> was not answered.\n\n"
        + REPORT,
        "utf-8",
    )
    cite(board)
    page = (board / "build" / "cite" / "robin.html").read_text("utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en-GB">') and "<title>" in page
    assert not re.search(r"(?:src|href)=|https?:|@import|url\(", page)
    assert "<b>" not in page and page.count("<script>") == 1
    assert "A second letter of the &lt;b&gt;nursery&lt;/b&gt; &amp; “its”" in page
    ids = re.findall(r'<code id="([^"]+)"', page)
    assert ids and len(ids) == len(set(ids)) == len(re.findall("<button", page))
    assert re.findall(r'data-of="([^"]+)"', page) == ids
    assert len(re.findall(r'<button [^>]*aria-label="Copy the cite of [^"]+"', page)) == len(ids)
    levels = [int(level) for level in re.findall(r"<h(\d)>", page)]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


def test_what_is_restricted_is_marked_on_the_page(board: Path) -> None:
    path, page = board / "reviews" / "robin.yaml", board / "build" / "cite" / "robin.html"

    def headings() -> list[str]:
        assert cite(board).err == ""
        return re.findall("<h3>(.*?)</h3>", page.read_text("utf-8"))

    top = "<p><strong>For you alone: this page holds what is restricted in the review"
    before, plain = text(board), headings()
    assert len(plain) == 2 and "restricted" not in page.read_text("utf-8")
    for (old, new), marked in (
        (("  - id: R-2\n", "  - id: R-2\n    audience: restricted\n"), ["R-2"]),
        (("cites: [S1 4.1]", "audience: restricted, cites: ['S1: “Six visits were made”']"), ["R-1"]),
        (("id: robin\n", "id: robin\naudience: restricted\n"), ["R-1", "R-2"]),
    ):
        edit(path, old, new)
        few = [one for one in headings() if one.endswith(" (restricted)")]
        assert sorted(one.split(",")[0] for one in few) == marked, new
        html = page.read_text("utf-8")
        assert html.index(top) < html.index("<h2>"), new
        path.write_text(before, "utf-8")


@pytest.mark.parametrize(
    ("source", "few"), [("S1", [True, True]), ("S3", [False, True]), ("S2", [False] * 2)]
)
def test_what_rests_on_a_restricted_source_is_restricted(board: Path, source: str, few: list[bool]) -> None:
    path = board / "reviews" / "robin.yaml"
    edit(path, f"{{id: {source},", f"{{id: {source}, audience: restricted,")
    made, node = load(path, Review)
    every = claims(made, node, made.sources[0], read_report(board / "report.txt"))
    assert [one.restricted for one in every] == few


def test_the_page_goes_with_all_else_that_was_made(board: Path) -> None:
    cite(board)
    assert (board / "build" / "cite" / "robin.html").exists()
    assert tool("clean").clean(board / "build") == [] and not (board / "build").exists()


def test_a_line_of_the_page_can_be_pasted_into_the_review(board: Path) -> None:
    import html

    cite(board)
    page = (board / "build" / "cite" / "robin.html").read_text("utf-8")
    lines = [html.unescape(one) for one in re.findall(r"<code [^>]*>(.*?)</code>", page)]
    assert lines
    for line in lines:
        (cited,) = yaml.safe_load(line)
        assert cited.startswith("S1 5.") and ": “" in cited
        quoted = cited.partition("“")[2].rstrip("”")
        assert quoted in " ".join(REPORT.split())


@pytest.mark.slow
def test_in_a_process_of_its_own_it_asks_nothing_where_nobody_can_answer(board: Path) -> None:
    ran = run("cite", "report.txt", "--review", "robin", cwd=board)
    assert (ran.code, ran.err) == (0, "") and "found: 5.1" in ran.out
