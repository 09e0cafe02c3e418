"""A review that is retired: its decks and briefings are no longer built and say why; what was built stays."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import edit, run_here
from tests.invented import deck, folder

WHY = "the review 'ash' is retired since 2026-11-01: A fuller invented review was published"


def retire(root: Path, name: str = "ash", instead: str = "elm") -> None:
    more = f"replaced_by: {instead}\n" if instead else ""
    edit(
        root / "reviews" / f"{name}.yaml",
        "kind: serious",
        f"retired: 2026-11-01\nretired_because: A fuller invented review was published.\n{more}kind: serious",
    )


def two(root: Path) -> Path:
    """A folder with two invented reviews, a deck on each, and one on both."""
    folder(root, ("Ash", "Elm"))
    deck(root, "ash", minutes=20, reviews=["ash"])
    deck(root, "elm", minutes=20, reviews=["elm"])
    deck(root, "both", minutes=60, reviews=["elm", "ash"])
    return root


def test_its_deck_is_no_longer_built_and_what_was_built_stays(tmp_path: Path) -> None:
    root = two(tmp_path)
    (root / "decks" / "both.yaml").unlink()
    assert run_here("build", "--only", "pptx,team.docx", cwd=root).code == 0
    before = {path: path.read_bytes() for path in (root / "build").rglob("*.*") if path.is_file()}
    retire(root)
    ran = run_here("build", "--only", "pptx,team.docx", cwd=root)
    assert ran.code == 0 and ran.out == "1 unchanged.\n"
    assert ran.err == (
        f"decks/ash.yaml: advice: this deck is no longer built: {WHY}\n"
        "      = in its place there is: the review 'elm'; build/decks still holds ash.pptx and 1 more, as it"
        " was built: delete what you do not need\n"
    )
    assert {path: path.read_bytes() for path in before} == before
    named = run_here("build", "ash", cwd=root)
    assert named.code == 1 and named.out == ""
    assert f"decks/ash.yaml: error: this deck is no longer built: {WHY}" in named.err
    assert named.err.endswith("1 of 1 could not be built.\n")


def test_a_deck_of_two_reviews_is_refused_with_what_to_do(tmp_path: Path) -> None:
    root = two(tmp_path)
    retire(root)
    ran = run_here("check", cwd=root)
    assert ran.code == 1
    assert "decks/both.yaml:5:3: error: the review 'ash' is retired since 2026-11-01" in ran.err
    assert "= take it out here, or put 'elm' in its place" in ran.err
    assert "decks/ash.yaml: advice: this deck is no longer built" in ran.err
    assert f"\nash  {WHY.partition(' is ')[2]}\nelm " in ran.out


def test_words_may_say_what_takes_its_place(tmp_path: Path) -> None:
    root = two(tmp_path)
    retire(root, instead="the invented national review of 2026")
    assert "= take it out here; in its place there is: the invented national review of 2026" in (
        run_here("check", cwd=root).err
    )


def test_lists_show_it_and_a_session_does_not_offer_it(tmp_path: Path) -> None:
    root = two(tmp_path)
    retire(root)
    assert run_here("list", "reviews", cwd=root).out == (
        "ash\tAsh (retired since 2026-11-01; in its place: elm)\nelm\tElm\n"
    )
    points = run_here("points", cwd=root).out.splitlines()
    assert {line.split("\t")[3] for line in points if line.startswith("ash")} == {"retired"}
    assert "retired" not in {line.split("\t")[3] for line in points if line.startswith("elm")}
    retire(root, "elm", "")
    ran = run_here("session", cwd=root)
    assert ran.code == 1
    assert f"Not to choose from: Ash (ash), {WHY.partition(' is ')[2]}" in ran.out
    assert ran.out.endswith("is retired. Start another: toolkit new review, and a name.\n")


def test_a_new_deck_begins_with_a_review_that_is_in_use(tmp_path: Path) -> None:
    root = two(tmp_path)
    retire(root)
    run_here("new", "deck", "talk", cwd=root)
    assert "\n  - elm\n" in (root / "decks" / "talk.yaml").read_text("utf-8")
