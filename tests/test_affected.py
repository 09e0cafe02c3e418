"""What a new or changed review, guidance entry or term touches, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import edit, run_here
from toolkit.build import Options, make
from toolkit.plan.model import origins_in
from toolkit.project import Project
from toolkit.refresh.reach import Works


def new_review(project: Path, to: Path) -> Path:
    """A later invented review like Robin’s, which is in no folder yet."""
    words = (project / "reviews" / "robin.yaml").read_text("utf-8")
    words = words.replace("robin", "wren").replace("Robin", "Wren").replace("R-", "W-")
    words = words.replace("published: 2024-05-01", "published: 2025-05-01")
    to.write_text(words, "utf-8")
    return to


def test_a_new_review_meets_points_themes_and_agencies(project: Path, tmp_path: Path) -> None:
    path = new_review(project, tmp_path / "new.yaml")
    ran = run_here("affected", path, cwd=project)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].endswith("new.yaml: it is not in this folder yet, so all of it counts as new")
    assert "No deck or briefing tells this review yet" in lines
    flat = " ".join(ran.out.split())
    assert "put it into the folder reviews, then run: toolkit new deck wren" in flat
    assert "W-1 “Somebody needs to see and hear the child” beside robin R-1" not in flat  # too few words
    assert "W-2 “A letter without an answer needs a telephone call” beside robin R-2" in flat
    back = flat.partition("Themes that come back: something was already done about them")[2]
    assert "(W-1): robin (2024) R-1; told in decks/robin.yaml, briefings/robin.yaml" in back
    assert "(W-2): robin (2024) R-2; told in decks/robin.yaml" in back
    assert "(W-2): robin 1 point; toolkit points --lens schools" in flat
    assert lines[-1] == "These are suggestions: what to do about them is yours to decide."
    assert not (project / "build").exists()  # it writes nothing


def test_themes_of_a_later_review_do_not_come_back(project: Path, tmp_path: Path) -> None:
    path = new_review(project, tmp_path / "new.yaml")
    edit(path, "published: 2025-05-01", "published: 2024-05-01")
    out = run_here("affected", path, cwd=project).out
    assert "come back" not in out and "Themes that other reviews share" in out


def test_a_changed_review_outside_the_folder_is_compared_with_the_one_inside(
    project: Path, tmp_path: Path
) -> None:
    edit(project / "briefings" / "robin.yaml", "sides: 3\n", "")
    path = tmp_path / "changed.yaml"
    path.write_text((project / "reviews" / "robin.yaml").read_text("utf-8"), "utf-8")
    edit(path, "A letter without an answer needs", "A letter without a reply needs")
    out = run_here("affected", path, cwd=project).out.splitlines()
    assert out[0].endswith("changed.yaml: what differs from reviews/robin.yaml")
    assert out[1:5] == [
        "  R-2 The second letter",
        "Made from it",
        "  decks/robin.yaml prints R-2: build it again, and read it",
        "  briefings/robin.yaml names R-2: build it again, and read it",
    ]
    edit(path, "id: R-2", "id: R-9")
    out = run_here("affected", path, cwd=project).out.splitlines()
    assert "  R-2 was taken out" in out and "  R-9 The second letter" in out
    assert "  decks/robin.yaml prints R-9: build it again, and read it" in out


def test_what_a_deck_prints_is_what_its_plans_hold(project: Path) -> None:
    edit(project / "briefings" / "robin.yaml", "sides: 3\n", "")
    works = Works(Project(project)).read()
    for target, printed in zip(works.project.targets(), works.printed, strict=True):
        plans, _, _ = make(works.project, target, Options())
        held = {
            origin.split("/")[2]
            for plan in plans.by_name.values()
            for origin in origins_in(plan.pages)
            if origin.startswith("robin/points/")
        }
        assert held == {*printed.points["robin"], *printed.named["robin"]}
    assert [one.points["robin"] for one in works.printed] == [("R-1", "R-2"), ("R-1",)]
    assert works.printed[1].named["robin"] == ("R-2",)


GUIDANCE = (
    "- {id: walking-2018, instrument: walking, edition: '2018', title: Walking With Children,"
    " nation: England, since: 2018}\n"
)


def test_guidance_touches_what_cites_it_or_what_it_supersedes(project: Path, tmp_path: Path) -> None:
    (project / "reference").mkdir()
    (project / "reference" / "guidance.yaml").write_text(GUIDANCE, "utf-8")
    robin = project / "reviews" / "robin.yaml"
    edit(
        robin, "kind: context, read: part", "kind: context, read: part, instrument: walking, edition: '2018'"
    )
    edit(robin, "cites: [S4]", "cites: [S4 chapter 4]")
    ran = run_here("affected", "reference/guidance.yaml", cwd=project)
    assert ran.code == 0
    flat = " ".join(ran.out.split())
    assert "1 entry, of which this folder names or cites 1 walking-2018, Walking With Children 2018" in flat
    assert "(R-1): S4 is Walking With Children 2018, chapter 4, which is named here" in flat
    assert "printed in decks/robin.yaml, briefings/robin.yaml" in flat
    new = tmp_path / "new.yaml"
    newer = GUIDANCE.replace("2018", "2030")
    new.write_text(newer, "utf-8")
    flat = " ".join(run_here("affected", new, cwd=project).out.split())
    assert "(R-1): S4 is Walking With Children 2018, chapter 4, which will be superseded by" in flat
    new.write_text(newer.replace("walking", "sitting").replace("Walking", "Sitting"), "utf-8")
    assert "of which this folder names or cites none" in run_here("affected", new, cwd=project).out


def test_a_mistake_in_a_register_is_told_once_and_a_misspelt_instrument_is_one(project: Path) -> None:
    (project / "reference").mkdir()
    wrong = GUIDANCE.replace("instrument: walking", "instrument: waking")
    (project / "reference" / "guidance.yaml").write_text(GUIDANCE + wrong.replace("2018", "2019"), "utf-8")
    ran = run_here("affected", "reference/guidance.yaml", cwd=project)
    message = "'Walking With Children' is an edition of 'walking' elsewhere, and here of 'waking'"
    assert (ran.code, ran.err.count(message)) == (1, 1)
    assert "if it is the same guidance, write instrument: walking" in ran.err


def test_a_kind_of_review_that_rests_on_guidance_names_the_decks_that_print_it(
    project: Path, tmp_path: Path
) -> None:
    edit(project / "reviews" / "robin.yaml", "serious-case-review", "child-safeguarding-practice-review")
    new = tmp_path / "new.yaml"
    new.write_text(
        "- {id: working-together-2040, instrument: working-together, edition: '2040', nation: England,"
        " title: Working Together to Safeguard Children, since: 2040-06-01}\n",
        "utf-8",
    )
    flat = " ".join(run_here("affected", new, cwd=project).out.split())
    rests = "these words rest on Working Together to Safeguard Children 2018, which was superseded by"
    assert "1 entry, of which this folder names or cites none In files of the toolkit itself" in flat
    assert "nothing is for you to do there" in flat and " reference/kinds.yaml:" in flat and rests in flat
    assert "printed in decks/robin.yaml, briefings/robin.yaml" in flat


def test_a_term_touches_where_it_stands(project: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.yaml"
    terms.write_text(
        "- {old: nursery, new: day school, since: today}\n- {old: x y z, new: w, since: s}\n", "utf-8"
    )
    ran = run_here("affected", terms, cwd=project)
    assert ran.code == 0
    assert "2 entries, of which this folder names or cites 1" in ran.out
    assert "nursery, now day school" in ran.out and "(R-2): “nursery” is a term to avoid" in ran.out


@pytest.mark.parametrize(
    "name, text, message, hint",
    [
        ("nothing.yaml", None, "there is no such file", "check the spelling"),
        (
            "deck.yaml",
            "title: x\nminutes: 30\n",
            "this is no review, no board.yaml, and no register",
            "name a review",
        ),
        ("empty.yaml", "", "empty", ""),
        ("broken.yaml", "points: [\n", "broken.yaml:", ""),
        ("review.yaml", "points: 3\nsources: []\n", "review.yaml:1:9", ""),
        ("terms.yaml", "- {old: x}\n", "terms.yaml:1:", "add"),
    ],
)
def test_what_cannot_be_read_is_told_in_plain_words(
    project: Path, tmp_path: Path, name: str, text: str | None, message: str, hint: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    ran = run_here("affected", tmp_path / name, cwd=project)
    assert (ran.code, ran.out) == (1, "")
    assert name in ran.err and message in ran.err and hint in ran.err, ran.err


def test_a_link_that_leads_to_itself(project: Path) -> None:
    for name in ("loop.yaml", "reviews/loop.yaml"):
        (project / name).symlink_to(project / name)
    ran = run_here("affected", "loop.yaml", "reviews/robin.yaml", cwd=project)
    assert ran.code == 1
    assert "loop.yaml: error: " in ran.err and "Traceback" not in ran.err
    assert "reviews/robin.yaml: nothing has been built" in ran.out


def test_a_folder_is_no_file_and_others_are_still_told(project: Path) -> None:
    ran = run_here("affected", "reviews", "reviews/robin.yaml", cwd=project)
    assert ran.code == 1
    assert "reviews: error: this is a folder, not a file" in ran.err
    assert "reviews/robin.yaml: nothing has been built from it yet, so all of it counts as new" in ran.out


BOARD = """\
# An invented board.
name: The board of the file
edition: 2024-06
footer: An invented footer
brand: house
raise_concern: [{title: A concern, text: "The invented door, 01632 960001"}]
escalation: Ask the invented chair.
names_kept_out: private.txt
"""
DECK, BRIEFING = "  decks/robin.yaml: build again, and read", "  briefings/robin.yaml: build again, and read"
BOTH = "  decks/robin.yaml, briefings/robin.yaml: build again, and read"
LAST = "These are suggestions: what to do about them is yours to decide."


def test_each_line_of_a_board_names_what_takes_it(project: Path) -> None:
    edit(project / "briefings" / "robin.yaml", "board: An invented board\n", "")
    (project / "board.yaml").write_text(BOARD, "utf-8")
    ran = run_here("affected", "board.yaml", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "board.yaml: nothing has been built with it yet, so all of it counts as new",
        *("board.yaml:2 name", BRIEFING),
        *("board.yaml:3 edition", "  each deck and briefing says its own"),
        *("board.yaml:4 footer", DECK),
        *("board.yaml:5 brand", BOTH),
        *("board.yaml:6 raise_concern", BOTH),
        *("board.yaml:7 escalation", BOTH),
        "board.yaml:8 names_kept_out",
        "  no file prints it: each build looks for these names in all that it makes",
        LAST,
    ]


def test_a_changed_board_is_compared_with_what_was_built_or_with_the_one_inside(
    project: Path, tmp_path: Path
) -> None:
    words = BOARD.replace("names_kept_out: private.txt\n", "")
    (project / "board.yaml").write_text(words, "utf-8")
    assert run_here("build", "--only", "docx", "--jobs", "1", cwd=project).code == 0
    first = run_here("affected", "board.yaml", cwd=project).out.splitlines()[0]
    assert first == "board.yaml: nothing in it has changed since it was built; here is all that takes it"
    new = words.replace("footer: An invented footer\n", "").replace("invented chair", "new chair")
    new += "procedures: https://example.org/local\n"
    (tmp_path / "new.yaml").write_text(new, "utf-8")
    out = run_here("affected", tmp_path / "new.yaml", cwd=project).out.splitlines()
    assert out[0].endswith("new.yaml: what differs from board.yaml")
    assert out[1].endswith("new.yaml:6 escalation")
    assert out[2] == BOTH and out[3].endswith("new.yaml:7 procedures")
    assert out[4:] == [BOTH, "footer was taken out", DECK, LAST]
    (project / "board.yaml").write_text(new, "utf-8")
    out = run_here("affected", "board.yaml", cwd=project).out.splitlines()
    told = [
        "board.yaml:6 escalation",
        BOTH,
        "board.yaml:7 procedures",
        BOTH,
        "footer was taken out",
        DECK,
        LAST,
    ]
    assert out == ["board.yaml: what has changed since it was built", *told]
    stale = run_here("stale", "--on", "2024-06-01", cwd=project).out
    assert (
        "briefings/robin.docx: advice: this file is older than board.yaml (escalation, procedures, footer)"
        in stale
    )


def test_a_board_with_a_mistake_is_told_with_its_line(project: Path) -> None:
    for words, said in (("nmae: x\n", "board.yaml:1:1"), ("brand: huose\n", "did you mean 'house'")):
        (project / "board.yaml").write_text(words, "utf-8")
        ran = run_here("affected", "board.yaml", cwd=project)
        assert (ran.code, ran.out) == (1, "") and said in ran.err, ran.err


def test_an_edition_that_lies_about_from_before_is_told_from_what_was_built_since(project: Path) -> None:
    edition = ("build", "decks/robin", "--minutes", "20", "--only", "handout.docx", "--jobs", "1")
    assert run_here(*edition, cwd=project).code == 0
    edit(project / "reviews" / "robin.yaml", "Robin was not spoken to alone", "Nobody spoke to Robin alone")
    assert run_here("build", "--only", "handout.docx,docx", "--jobs", "1", cwd=project).code == 0
    out = run_here("affected", "reviews/robin.yaml", cwd=project).out.splitlines()
    assert out[0] == "reviews/robin.yaml: what has changed since it was built"
    title = next(one for one in out if one.startswith("  R-1 "))
    assert title.endswith(" (since build/decks/robin-20-minutes.handout.docx was built)")
    flat = " ".join(" ".join(out).split())
    deck = "decks/robin.yaml prints R-1: an edition of it is older; run: toolkit build robin --minutes 20"
    assert f"{deck} briefings/robin.yaml prints R-1, as they were when it was built" in flat

    assert run_here(*edition, cwd=project).code == 0
    out = run_here("affected", "reviews/robin.yaml", cwd=project).out
    assert "nothing in it has changed since it was built" in out and "build it again" not in out
    assert "decks/robin.yaml prints R-1, R-2, as they were when it was built" in " ".join(out.split())

    edit(project / "reviews" / "robin.yaml", "Nobody spoke to Robin alone", "Robin was alone")
    (project / "build" / "decks" / "robin-20-minutes.handout.docx").unlink()
    out = run_here("affected", "reviews/robin.yaml", cwd=project).out
    assert "decks/robin.yaml prints R-1: build it again, and read it" in out and "(since" not in out
