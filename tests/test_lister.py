"""The commands that list: points, how agencies are covered, and the ids of everything else."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from tests.conftest import INVENTED, TOP, edit, run_here
from toolkit.content.model import Point
from toolkit.lister import POINTS, coverage, coverage_tables, entries, line_of, point_table
from toolkit.plan.session import minutes_of
from toolkit.project import Project

ROBIN = Project(INVENTED).review(INVENTED / "reviews" / "robin.yaml")[0]
ROLE = "    roles: [{lens: gp, means: x, question: y, action: z}]\n"
MORE = "{lens: schools, means: x, question: y, action: z}"


def told(out: str) -> list[list[str]]:
    """The parts of each line that was printed."""
    return [line.split("\t") for line in out.splitlines()]


def drawn(tables: Sequence[RenderableType], width: int) -> str:
    """What a terminal of this width shows."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None)
    for table in tables:
        console.print(table)
    return out.getvalue()


def test_points_are_lines_with_tabs_where_nobody_looks(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "    level: system\n", "    level: system\n    priority: 1\n")
    ran = run_here("points", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    header, first, second, third = told(ran.out)
    assert header == list(POINTS)
    one, two, _ = Project(project).review(project / "reviews" / "robin.yaml")[0].points
    assert first == [
        *("robin", "R-1", one.title, "releasable", "2", str(minutes_of(one))),
        *(", ".join(one.themes), ", ".join(one.lenses)),
    ]
    assert second[:6] == ["robin", "R-2", two.title, "marked", "1", str(minutes_of(two))]
    assert third[1:6] == ["R-3", "A heading that nobody has read", "hold", "2", "–"]
    assert third[6:] == ["–", "–"]


@pytest.mark.parametrize(
    "words, found",
    [
        (("--lens", "schools"), ["R-2"]),
        (("--lens", "gp"), ["R-2"]),
        (("--lens", "all"), ["R-1"]),
        (("--theme", "escalation"), ["R-2"]),
        (("--review", "robin"), ["R-1", "R-2", "R-3"]),
        (("--review", "robin", "--lens", "schools", "--theme", "escalation"), ["R-2"]),
    ],
)
def test_points_of_an_agency_a_theme_or_a_review(
    words: tuple[str, ...], found: list[str], project: Path
) -> None:
    edit(project / "reviews" / "robin.yaml", "    level: system\n", f"    level: system\n{ROLE}")
    text = (project / "reviews" / "robin.yaml").read_text("utf-8").replace("id: robin", "id: wren")
    (project / "reviews" / "wren.yaml").write_text(text, "utf-8")
    ran = run_here("points", *words, cwd=project)
    assert (ran.code, ran.err) == (0, "")
    twice = [] if "--review" in words else found
    assert [(line[0], line[1]) for line in told(ran.out)[1:]] == [
        *(("robin", id) for id in found),
        *(("wren", id) for id in twice),
    ]


def test_points_and_terms_are_listed_with_the_rest(project: Path) -> None:
    ran = run_here("list", "points", cwd=project)
    assert told(ran.out)[0] == ["R-1", "Seeing the child (robin)"] and len(told(ran.out)) == 3
    ran = run_here("list", "terms", cwd=project)
    assert ["professionals", "practitioners, since: Working Together 2018"] in told(ran.out)
    assert run_here("list", "lenses", cwd=project).out == run_here("list", "agencies", cwd=project).out


def test_that_no_point_is_like_that_is_said(project: Path) -> None:
    ran = run_here("points", "--theme", "poverty", cwd=project)
    assert (ran.code, ran.out, ran.err) == (0, "", "There is no such learning point.\n")


@pytest.mark.parametrize(
    "words, said",
    [
        (("points", "--lens", "schols"), "No lens is called 'schols'. Did you mean 'schools'?"),
        (("points", "--theme", "zzz"), "No theme is called 'zzz'. There are: voice-of-the-child, "),
        (("points", "--review", "robbin"), "No review is called 'robbin'. Did you mean 'robin'?"),
        (("list", "themse"), "themse"),
    ],
)
def test_what_is_not_there_ends_with_2(words: tuple[str, ...], said: str, project: Path) -> None:
    ran = run_here(*words, cwd=project)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("command", ["points", "lenses"])
def test_a_broken_review_is_told_and_the_others_are_listed(command: str, project: Path) -> None:
    shutil.copy(project / "reviews" / "robin.yaml", project / "reviews" / "wren.yaml")
    ran = run_here(command, cwd=project)
    assert ran.code == 1
    assert "the id 'robin' differs from the file's name" in ran.err
    assert "robin" in ran.out and "wren" not in ran.out


def test_a_table_of_points_has_every_word_in_80_columns() -> None:
    lines = drawn([point_table(ROBIN, ROBIN.points)], 80).splitlines()
    assert max(map(len, lines)) <= 80
    whole = " ".join(" ".join(lines).split())
    for point in ROBIN.points:
        for part in line_of(ROBIN, point)[1:]:
            assert set(part.split()) <= set(whole.split())


def test_words_in_brackets_stand_in_a_table_as_they_are() -> None:
    odd = ROBIN.points[0].model_copy(update={"title": "[red]Seen[/red] [/x]"})
    assert "[red]Seen[/red] [/x]" in drawn([point_table(ROBIN, [odd])], 120)


def test_a_tab_in_a_title_does_not_begin_another_part(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "title: A heading that nobody has read",
        'title: "A\\theading"',
    )
    assert told(run_here("points", cwd=project).out)[3][2] == "A heading"


def test_a_count_has_points_that_name_and_points_that_say_what_they_mean(project: Path) -> None:
    path = project / "reviews" / "robin.yaml"
    edit(path, "    level: system\n", f"    level: system\n{ROLE.replace(']', f', {MORE}]')}")
    edit(path, "    standing: hold\n", "    standing: hold\n    lenses: [police]\n")
    review, _ = Project(project).review(path)
    found = {lens: coverage(review, lens) for lens in ("schools", "all", "police", "gp")}
    assert found == {"schools": "1/1", "all": "1/–", "police": "–", "gp": "–/1"}
    ran = run_here("lenses", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    lines = told(ran.out)
    assert lines[0] == ["lens", "robin"]
    assert [line[0] for line in lines[1:]] == list(Project(project).registers().agencies)
    assert ["schools", "1/1"] in lines and ["police", "–"] in lines


def test_more_reviews_than_fit_stand_in_further_tables() -> None:
    agencies, reviews = ["gp", "domestic-abuse-services"], [f"an-invented-review-{n}" for n in range(1, 21)]
    cells = {(lens, one): f"{n}/{n}" for lens in agencies for n, one in enumerate(reviews, 31)}
    shown = drawn(coverage_tables(agencies, reviews, cells, 80), 80)
    assert max(map(len, shown.splitlines())) <= 80
    for n, one in enumerate(reviews, 31):
        assert shown.split().count(f"{n}/{n}") == 2
        assert shown.split().count(one) == 1
    assert "…" not in shown
    narrow = drawn(coverage_tables(agencies, reviews[:2], cells, 20), 80)
    assert "31/31" in narrow and "32/32" in narrow


def test_everything_can_be_listed_with_its_title(project: Path) -> None:
    (project / "reference").mkdir()
    (project / "reference" / "themes.yaml").write_text("- {id: letters, title: Letters}\n", "utf-8")
    shutil.copytree(TOP / "templates" / "brands" / "house", project / "templates" / "brands" / "ours")
    opened = Project(project)
    expected = {
        "themes": ("letters", "Letters"),
        "agencies": ("schools", "Schools and colleges"),
        "kinds": ("serious-case-review", "Serious Case Review"),
        "outlines": ("practitioner-briefing", "Practitioner briefing"),
        "brands": ("ours", "House"),
        "reviews": ("robin", "Robin"),
    }
    for kind, line in expected.items():
        assert line in entries(opened, kind)
        ran = run_here("list", kind, cwd=project)
        assert (ran.code, ran.err) == (0, "")
        assert list(line) in told(ran.out)


def test_patterns_are_pages_that_take_time_and_that_no_outline_names(project: Path) -> None:
    folder = project / "templates" / "pages"
    folder.mkdir(parents=True)
    (folder / "sorting.yaml").write_text("# Cards to sort.\nlayout: content\nminutes: 5\n", "utf-8")
    (folder / "silent.yaml").write_text("layout: content\nminutes: 5\n", "utf-8")
    outline = project / "templates" / "outlines" / "ours.yaml"
    outline.parent.mkdir()
    outline.write_text("title: x\nsections: [{name: x, pages: [{page: action}]}]\n", "utf-8")
    (folder / "action.yaml").write_text("# Action.\nlayout: content\nminutes: 5\n", "utf-8")
    (folder / "break.yaml").write_text("# A break.\nlayout: content\nminutes: 15\n", "utf-8")
    found = entries(Project(project), "patterns")
    assert ("sorting", "Cards to sort.") in found and ("silent", "") in found
    assert not {"break", "title", "action"} & {id for id, _ in found}


def test_that_there_is_nothing_to_list_is_said(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    ran = run_here("list", "reviews", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "", "There are no reviews here.\n")


def test_a_point_takes_six_minutes_and_longer_for_many_words() -> None:
    point = ROBIN.points[0]
    assert point.notes and minutes_of(point) == 6
    assert minutes_of(ROBIN.points[2]) == 6, "it has no notes"

    def of(words: int) -> Point:
        notes = point.notes.model_copy(update={"say": ("word " * (words - 100), "word " * 100)})  # type: ignore[union-attr]
        return point.model_copy(update={"notes": notes, "questions": ("Who?",)})

    assert [minutes_of(of(words)) for words in (1300, 1365)] == [12, 13]
