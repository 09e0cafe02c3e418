"""What a person types: exit codes, what goes to stdout and what to stderr."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from tests.conftest import edit, run, run_here
from toolkit import __version__
from toolkit.builder import understood
from toolkit.cli import app


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("build", "--help"),
        ("check", "--help"),
        ("new", "--help"),
        ("init", "--help"),
        ("show", "--help"),
        ("schema", "--help"),
        ("points", "--help"),
        ("lenses", "--help"),
        ("list", "--help"),
    ],
)
def test_help_says_what_there_is(words: tuple[str, ...], tmp_path: Path) -> None:
    ran = run_here(*words, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "Usage:" in ran.out


def test_module_and_program_are_the_same_command(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "themes: [escalation]", "themes: [zzz]")
    ran = run("check", cwd=project)
    assert ran == run_here("check", cwd=project)
    assert (ran.code, run("biuld", cwd=project).code) == (1, 2)


def test_every_command_says_what_it_does(tmp_path: Path) -> None:
    shown = run_here("--help", cwd=tmp_path).out
    for command in ("check", "build", "show", "new", "init", "schema", "points", "lenses", "list"):
        assert any(line.split()[1:2] == [command] and len(line.split()) > 4 for line in shown.splitlines()), (
            command
        )


def test_version_needs_no_heavy_library(tmp_path: Path) -> None:
    ran = run("--version", cwd=tmp_path, prefix=("-X", "importtime"))
    assert (ran.code, ran.out) == (0, f"toolkit {__version__}\n")
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in ran.err.splitlines()}
    assert not loaded & {"pptx", "docx", "lxml", "typst", "jinja2", "yaml"}


@pytest.mark.parametrize(
    "words, said",
    [
        (("biuld",), "biuld"),
        (("build", "--finale"), "--finale"),
        (("build", "--print", "huge"), "huge"),
        (("new", "poem", "x"), "poem"),
        (("new", "review"), "needs a name after it"),
        (("build", "robbin"), "No deck or briefing is called 'robbin'. Did you mean 'robin'?"),
        (("build", "zzz"), "There are: robin"),
        (
            ("build", "--only", "pptx,xlsx"),
            "No file that is built here ends in '.xlsx'. There are: pptx, notes.pdf,",
        ),
        (("build", "briefings/robin", "--only", "pptx"), "There are: docx, pdf"),
        (("build", "--only", ","), "--only names no ending. There are: pptx, "),
        (("build", "--jobs", "0"), "--jobs"),
    ],
)
def test_mistyped_command_ends_with_2(project: Path, words: tuple[str, ...], said: str) -> None:
    ran = run_here(*words, cwd=project)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("robin", "decks/wren"),
        ("robin", "--only", "pptx,notes.pdf", "--jobs", "2"),
        ("--only", ".pptx", "robin", "--final"),
        ("-v", "--with-office", "robin", "--verbose", "--jobs", "1", "--jobs", "03"),
    ],
)
def test_what_is_understood_without_the_parser_is_what_it_would_say(words: tuple[str, ...]) -> None:
    given = understood(words)
    parsed = get_command(app).commands["build"].make_context("build", list(words)).params  # type: ignore[attr-defined]
    assert given is not None
    assert given.pop("names") == (parsed.pop("names") or [])
    assert given == {
        name: value for name, value in parsed.items() if value not in (False, None, (), "normal")
    }


@pytest.mark.parametrize(
    "words",
    [
        *(("--help",), ("-vv",), ("--print", "large"), ("--only=pptx",), ("--fin",), ("robin*",), ("--",)),
        *(("--only",), ("--only", "-v"), ("--only", ""), ("--jobs",), ("--jobs", "0"), ("--jobs", "²")),
        *(("--jobs", "-1"), ("--jobs", "two"), ("robin", "-"), ("~/robin",)),
        *(("--minutes", "20"), ("robin", "--lens", "schools"), ("--mode", "online"), ("--points", "R-1")),
    ],
)
def test_what_is_unusual_is_left_to_the_parser(words: tuple[str, ...]) -> None:
    assert understood(words) is None


def test_a_plain_build_loads_no_parser(project: Path) -> None:
    ran = run("build", "robin", "--only", "docx", cwd=project, prefix=("-X", "importtime"))
    assert ran.code == 0
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in ran.err.splitlines()}
    assert not loaded & {"typer", "lxml", "PIL", "typst"}


@pytest.mark.parametrize(
    "words",
    [
        *(("check",), ("build",), ("new", "review", "x"), ("show", "none.pptx")),
        *(("points",), ("lenses",), ("list", "themes")),
    ],
)
def test_wrong_folder_ends_with_1(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = run_here(*words, cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "error: " in ran.err
    assert "Traceback" not in ran.err


def test_failed_build_does_not_say_that_there_was_nothing_to_build(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "themes: [escalation]", "themes: [zzz]")
    ran = run_here("build", cwd=project)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("2 of 2 could not be built.\n")


def test_check_counts_on_stdout_and_tells_problems_on_stderr(project: Path) -> None:
    ran = run_here("check", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Learning points  releasable  marked  hold",
        "robin           1       1     1",
        "       to do: R-3 A heading that nobody has read: Only the heading was read.",
        "No problems found.",
    ]
    edit(project / "reviews" / "robin.yaml", "themes: [escalation]", "themes: [zzz]")
    edit(project / "decks" / "robin.yaml", "review: robin", "review: wren")
    ran = run_here("check", cwd=project)
    assert ran.code == 1
    assert ran.err.index("decks/robin.yaml:9:13: error: ") < ran.err.index(
        "reviews/robin.yaml:70:14: error: "
    )
    assert ran.err.endswith("2 problems to put right.\n")
    assert "No problems found" not in ran.out


def test_a_review_with_problems_is_named_below_the_table(project: Path) -> None:
    words = (project / "reviews" / "robin.yaml").read_text("utf-8")
    words = words.replace("id: robin", "id: finch", 1).replace("themes: [escalation]", "themes: [zzz]", 1)
    (project / "reviews" / "finch.yaml").write_text(words, "utf-8")
    ran = run_here("check", cwd=project)
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "Not in this table, for they have problems: finch.")


def test_advice_is_told_but_stops_nothing(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "message: A letter", "message: " + "very " * 14 + "A letter")
    ran = run_here("check", cwd=project)
    assert ran.code == 0
    assert "reviews/robin.yaml:59:14: advice: " in ran.err
    assert ran.out.endswith("No problems found; advice is yours to follow or to leave.\n")


def test_problem_is_printed_once_however_many_decks_have_it(project: Path) -> None:
    for name in ("a", "b", "c"):
        shutil.copy(project / "decks" / "robin.yaml", project / "decks" / f"{name}.yaml")
    edit(project / "reviews" / "robin.yaml", "themes: [escalation]", "themes: [zzz]")
    for command in ("check", "build"):
        assert run_here(command, cwd=project).err.count("no theme is called 'zzz'") == 1


@pytest.mark.parametrize(
    "name", ["robin", "briefings/robin", "briefings/robin.yaml", "briefings\\robin.yaml", "./briefings/robin"]
)
def test_target_may_be_named_as_people_name_it(project: Path, name: str) -> None:
    edit(
        project / "reviews" / "robin.yaml", "themes: [escalation]", "themes: [zzz]"
    )  # so that nothing is really built
    ran = run_here("build", name, cwd=project)
    assert ran.code == 1
    assert f"of {2 if name == 'robin' else 1} could not be built." in ran.err


def test_command_works_from_a_folder_below(project: Path) -> None:
    ran = run_here("check", cwd=project / "reviews")
    assert (ran.code, ran.err) == (0, "")


def test_folder_without_decks_has_nothing_to_build(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    ran = run_here("build", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "Nothing to build.\n", "")


def test_output_is_utf8_whatever_the_code_page(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "title: A heading that nobody has read", "title: Ŵyr – “neb” 漢")
    ran = run("check", cwd=project, PYTHONIOENCODING="cp1252", PYTHONUTF8="0", LC_ALL="C", LANG="C")
    assert (ran.code, ran.err) == (0, "")
    assert "Ŵyr – “neb” 漢" in ran.out


def test_verbose_says_which_line_needed_more_room(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "finding: Robin was not spoken to alone at any visit.",
        f"finding: {'Robin was not spoken to alone at any visit. ' * 60}",
    )
    ran = run_here("build", "decks/robin", "-v", cwd=project)
    assert ran.code == 0
    assert "reviews/robin.yaml:" in ran.out
    assert "“Somebody needs to see and hear the child” goes on over " in ran.out
    assert run_here("build", "decks/robin", "-v", cwd=project).out.startswith("  reviews/robin.yaml:")
