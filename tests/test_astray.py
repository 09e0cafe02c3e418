"""What looks like content and is read by nothing is told, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_here
from toolkit.astray import astray
from toolkit.project import Project

DECK = "minutes: 20\nreviews: [robin]\nedition: 2024-06\n"


def told(folder: Path) -> dict[str, str]:
    """The hints of what is astray in a folder, by its path."""
    return {one.place.path.relative_to(folder).as_posix(): one.hint for one in astray(Project(folder))}


def test_a_folder_in_order_is_told_nothing(project: Path) -> None:
    (project / "board.yaml").write_text("name: A board\n", "utf-8")
    (project / "notes.yaml").write_text("ring: the school\n", "utf-8")
    (project / "reviews" / "pictures").mkdir()
    (project / "reference").mkdir(exist_ok=True)
    (project / "reference" / "themes.yaml").write_text("- {id: a, title: A}\n", "utf-8")
    assert told(project) == {}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("board.yml", "then rename it board.yaml"),
        ("Board.yaml", "then rename it board.yaml"),
        ("board.yaml.txt", "then rename it board.yaml"),
        ("reference/theme.yaml", "rename it themes.yaml"),
        ("reference/lenses.yaml", "rename it agencies.yaml"),
        ("reference/dentistry.yaml", "there are: agencies"),
        ("reference/board.yaml", "move it out of reference"),
        ("deck/wren.yaml", "call it decks"),
        ("template/pages/care.yaml", "call it templates"),
        ("decks/2025/wren.yaml", "move to decks what is to be used"),
        ("wren.yaml", "a deck to decks"),
        ("templates/our brand.potx", 'run: toolkit brand "templates/our brand.potx" --save our-brand'),
    ],
)
def test_what_nothing_reads_is_told(project: Path, name: str, hint: str) -> None:
    if name == "Board.yaml" and (project / "REVIEWS").exists():
        pytest.skip("here this is the same name as board.yaml")
    (project / "board.yaml").unlink(missing_ok=True)
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(DECK, "utf-8")
    ((place, said),) = told(project).items()
    assert hint in said and name.startswith(place)


def test_check_says_what_is_astray_and_stops_only_for_the_board(project: Path) -> None:
    (project / "board.yaml").unlink(missing_ok=True)
    (project / "deck").mkdir()
    (project / "deck" / "wren.yaml").write_text(DECK, "utf-8")
    ran = run_here("check", cwd=project)
    assert ran.code == 0 and "nothing reads the folder 'deck'" in ran.err
    (project / "board.yml").write_text("name: A board\n", "utf-8")
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and "it is not called board.yaml" in ran.err
