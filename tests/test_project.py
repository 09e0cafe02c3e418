"""A folder of content: where things are found, and that the folder's own come first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import TOP, edit
from toolkit.problems import Invalid
from toolkit.project import Project, find_root, packaged


def test_packaged_data_is_there() -> None:
    assert (packaged() / "templates" / "brands" / "house" / "brand.yaml").is_file()
    assert (packaged() / "reference" / "themes.yaml").is_file()


def test_root_is_found_from_below_and_only_from_below(project: Path, tmp_path: Path) -> None:
    assert find_root(project) == find_root(project / "reviews") == project
    deep = project / "reviews" / "old" / "older"
    deep.mkdir(parents=True)
    assert find_root(deep) == project
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(Invalid, match="no reviews, decks or briefings"):
        find_root(tmp_path / "elsewhere")


def test_targets_are_decks_then_briefings_by_name(project: Path) -> None:
    for folder, name in (("decks", "autumn"), ("briefings", "a-first")):
        shutil.copy(project / folder / "robin.yaml", project / folder / f"{name}.yaml")
    (project / "decks" / "notes.txt").write_text("not a deck", "utf-8")
    targets = Project(project).targets()
    assert [(t.folder, t.name) for t in targets] == [
        ("decks", "autumn"),
        ("decks", "robin"),
        ("briefings", "a-first"),
        ("briefings", "robin"),
    ]
    assert targets[0].output == project / "build" / "decks" / "autumn"


def test_own_register_wins_file_by_file(project: Path) -> None:
    (project / "reference").mkdir()
    (project / "reference" / "themes.yaml").write_text("- {id: letters, title: Letters}\n", "utf-8")
    registers = Project(project).registers()
    assert list(registers.themes) == ["letters"]
    assert "schools" in registers.agencies
    with pytest.raises(Invalid, match="no theme is called 'escalation'"):
        Project(project).review(project / "reviews" / "robin.yaml")


def test_register_with_an_id_twice_is_refused(project: Path) -> None:
    (project / "reference").mkdir()
    (project / "reference" / "themes.yaml").write_text("- {id: a, title: A}\n- {id: a, title: B}\n", "utf-8")
    with pytest.raises(Invalid, match="twice"):
        Project(project).registers()


def test_own_brand_template_and_outline_are_found_beside_those_that_come_with_the_toolkit(
    project: Path,
) -> None:
    shutil.copytree(TOP / "templates" / "brands" / "house", project / "templates" / "brands" / "borough")
    (project / "templates" / "outlines").mkdir()
    shutil.copy(
        TOP / "templates" / "outlines" / "session-60.yaml",
        project / "templates" / "outlines" / "our-session.yaml",
    )
    opened = Project(project)
    assert set(opened.brands()) >= {"borough", "house"}
    assert set(opened.names("templates", "outlines")) >= {
        "our-session",
        "session-60",
        "practitioner-briefing",
    }
    assert opened.brand_folder("borough") == project / "templates" / "brands" / "borough"
    assert opened.brand_folder("house") == packaged() / "templates" / "brands" / "house"


def test_inputs_name_every_file_that_only_some_targets_are_made_from(project: Path) -> None:
    opened = Project(project)
    inputs = opened.inputs(opened.targets()[0], ["robin"], "house")
    house = packaged() / "templates" / "brands" / "house"
    assert set(inputs) == {
        project / "decks" / "robin.yaml",
        project / "reviews" / "robin.yaml",
        *(path for path in house.iterdir() if path.is_file()),
    }


@pytest.mark.parametrize(
    "name", ["reference/support.yaml", "templates/pages/own.yaml", "templates/brands/own/brand.yaml"]
)
def test_own_register_template_or_brand_changes_what_all_targets_share(project: Path, name: str) -> None:
    before = Project(project).shared
    assert Project(project).shared == before
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("- new", "utf-8")
    assert Project(project).shared != before


def test_digest_is_of_the_bytes_that_were_read(project: Path) -> None:
    opened, path = Project(project), project / "reviews" / "robin.yaml"
    was = opened.digest(path)
    opened.review(path)
    edit(path, "Six invented visits", "Seven invented visits")
    assert opened.digest(path) == was
    assert Project(project).digest(path) != was


def test_problems_of_a_review_reach_the_deck_that_uses_it(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "kind: serious-case-review", "kind: nothing")
    opened = Project(project)
    with pytest.raises(Invalid) as found:
        opened.work(opened.targets()[0])
    assert [p.place.path.name for p in found.value.problems] == ["robin.yaml"]


def test_a_file_is_read_once(project: Path) -> None:
    opened = Project(project)
    first = opened.review(project / "reviews" / "robin.yaml")
    (project / "reviews" / "robin.yaml").write_text("broken: [", "utf-8")
    assert opened.review(project / "reviews" / "robin.yaml") is first
    with pytest.raises(Invalid):
        Project(project).review(project / "reviews" / "robin.yaml")
