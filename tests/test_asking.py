"""`toolkit session`: four questions, what would be, and a deck; and a way out at each step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests import invented
from tests.conftest import Ran, run_here
from toolkit.content.bounds import LEAST_MINUTES, MOST_MINUTES
from toolkit.content.model import Deck


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return invented.folder(tmp_path / "board")


def answered(board: Path, monkeypatch: pytest.MonkeyPatch, *answers: str) -> Ran:
    """A run of the command in which somebody types these answers."""
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
    return run_here("session", cwd=board)


def decks(board: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (board / "decks").glob("*.yaml")}


def test_four_answers_make_a_deck_and_its_files(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answered(board, monkeypatch, "1, oak", "gp", "online", "45", "y")
    assert ran.code == 0, ran.err
    ((name, words),) = decks(board).items()
    assert name == "ash-oak-45-minutes-gp"
    lines = words.splitlines()
    assert lines[0] == "# Made by: toolkit session" and lines[1].startswith("edition: 20")
    assert lines[2:] == ["minutes: 45", "audience: [gp]", "mode: online", "reviews: [ash, oak]"]
    assert (board / "build" / "decks" / f"{name}.pptx").exists()
    shown = ran.out.partition("Build it?")[0]
    assert "Look after yourself, and each other" in shown
    assert re.search(r"\d+ of 45 minutes are kept in hand before the last part\.", shown)


def test_it_asks_again_for_what_it_does_not_know_and_says_what_there_is(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = answered(board, monkeypatch, "ashh", "9", "Ash", "everyone", "r", "soon", "200", "60", "n")
    assert ran.code == 0, ran.err
    assert "Nothing here is called 'ashh'. Write a number from 1 to 3, or a name above." in ran.out
    assert "Nothing here is called '9'." in ran.out
    assert ran.out.count("Write a number from 7 to 180.") == 2
    assert ran.out.endswith("Nothing was written.\n") and decks(board) == {}


def test_the_bounds_of_a_session_are_the_same_wherever_minutes_are_given(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    least, most = LEAST_MINUTES, MOST_MINUTES
    for given, good in ((least - 1, False), (least, True), (most, True), (most + 1, False)):
        made = {"minutes": given, "reviews": ["ash"]}
        if good:
            assert Deck.model_validate(made).minutes == given
        else:
            with pytest.raises(ValidationError):
                Deck.model_validate(made)
        said = run_here("build", "no-such-deck", "--minutes", str(given), cwd=board).err
        assert ("No deck or briefing is called" in said) == good
    asked = answered(board, monkeypatch, "1", "everyone", "room", str(least - 1), str(most + 1), "20", "n")
    assert asked.out.count(f"Write a number from {least} to {most}.") == 2


@pytest.mark.parametrize("everyone", ["Everyone", "ALL", "everyone, everyone"])
def test_everyone_may_be_written_as_one_likes_and_not_together_with_agencies(
    board: Path, monkeypatch: pytest.MonkeyPatch, everyone: str
) -> None:
    ran = answered(board, monkeypatch, "1", f"{everyone}, gp", everyone, "room", "20", "n")
    assert ran.code == 0, ran.err
    said = "Everyone is named together with agencies: write everyone alone, or the agencies alone."
    assert ran.out.count(said) == 1
    assert ran.out.count("Who comes?") == 2


def test_what_does_not_fit_is_said_with_what_would_and_the_minutes_are_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = invented.folder(tmp_path / "board", ("Ash",), found=False)
    ran = answered(board, monkeypatch, "1", "everyone", "room", "90", "45", "n")
    assert ran.code == 0, ran.err
    assert "Too little has been published about Ash for 90 minutes: write minutes: 45 or fewer" in ran.out
    assert ran.out.count("How long, in minutes?") == 2


@pytest.mark.slow
def test_a_second_session_of_the_same_kind_has_a_name_of_its_own(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert answered(board, monkeypatch, "2", "everyone", "room", "20", "y").code == 0
    assert sorted(decks(board)) == ["elm-20-minutes", "elm-20-minutes-2"]


def test_a_folder_without_reviews_says_what_to_do_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reviews").mkdir()
    ran = answered(tmp_path, monkeypatch)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "There is no review in this folder yet. First run: toolkit new review, and a name.\n"


def test_whoever_stops_answering_leaves_nothing_behind(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = answered(board, monkeypatch, "1", "everyone")
    assert ran.code == 1
    assert "Traceback" not in ran.err and decks(board) == {}
