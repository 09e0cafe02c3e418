"""Commands typed otherwise than they are meant: told in plain words, with what to type, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_here


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("biuld", "There is no command 'biuld'. Did you mean 'build'?"),
        ("help", "There is no command 'help'. Run: toolkit --help"),
        ("themes", "There is no command 'themes'. Run: toolkit list themes"),
        ("toolkit check", "There is no command 'toolkit'. Leave out the second word: toolkit check"),
        ("xyz", "There is no command 'xyz'. For all commands, run: toolkit --help"),
        ("list theme", "toolkit list: 'theme' is not known here. Did you mean 'themes'?"),
        ("list", "toolkit list needs one of these words after it: themes, agencies, kinds,"),
        ("form robin", "toolkit form: 'robin' is not known here. It is one of: review, points, timeline."),
        ("check robin", "toolkit check is about the whole folder: leave out 'robin'."),
        ("new review Baby Rose", "toolkit new: 'Rose' is too much."),
        ("new review", "toolkit new needs a name after it: its name, in lower case with hyphens"),
        ("build -only pptx", "'-only' needs two hyphens: --only"),
        ("check --readng", "There is no option '--readng'. Did you mean '--reading'?"),
        ("build --minutes half", "toolkit build: --minutes needs a whole number, in figures."),
        ("build --minutes 500", "toolkit build: --minutes must be at most 180."),
        ("build --mode zoom", "toolkit build: --mode 'zoom' is not known here. It is one of: room, online."),
        ("build --on", "toolkit build: --on needs a word after it."),
        ("approve robin", "toolkit approve: --by is missing: who approves them: a role or a name."),
        ("build all", "For all of them leave out 'all': toolkit build"),
    ],
)
def test_a_mistyped_command_says_what_to_type(project: Path, typed: str, said: str) -> None:
    ran = run_here(*typed.split(), cwd=project)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("only", ["PPTX", "pptx notes.pdf", "PowerPoint", ".pptx; notes.pdf"])
def test_endings_may_be_named_as_people_name_them(project: Path, only: str) -> None:
    ran = run_here("build", "decks/robin", "--only", only, cwd=project)
    assert ran.code == 0 and (project / "build" / "decks" / "robin.pptx").exists()


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--points", "R1"), "--points: error: none of these reviews has a point 'R1' that can be printed"),
        (("--lens", "school"), "--lens: error: no agency is called 'school'"),
    ],
)
def test_what_is_wrong_with_a_wish_is_told_of_the_wish(
    project: Path, wish: tuple[str, ...], said: str
) -> None:
    ran = run_here("build", "decks/robin", *wish, cwd=project)
    assert ran.code == 1 and ran.err.startswith(said)


def test_points_may_be_parted_by_spaces(project: Path) -> None:
    ran = run_here("build", "decks/robin", "--points", "R-1 R-2", "--only", "pptx", cwd=project)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    ("name", "better"),
    [("Baby Rose", "baby-rose"), ("baby.yaml", "baby"), ("reviews/baby", "baby"), ("Zoë", "zoe")],
)
def test_a_name_that_will_not_do_is_told_with_one_that_does(project: Path, name: str, better: str) -> None:
    ran = run_here("new", "review", name, cwd=project)
    assert ran.code == 1 and ran.err.endswith(f"such as {better}\n")


@pytest.mark.parametrize("command", ["trace", "verify"])
def test_a_built_file_that_is_not_there_is_told(project: Path, command: str) -> None:
    ran = run_here(command, "nothing.pptx", cwd=project)
    assert ran.code == 1 and "there is no such file\n      = check the spelling" in ran.err


@pytest.mark.parametrize(("name", "do"), [("a.csv", "copy its rows"), ("a.yaml", "toolkit check")])
def test_what_is_no_form_is_told_with_what_to_do(project: Path, name: str, do: str) -> None:
    (project / name).write_text("date: x\n", "utf-8")
    ran = run_here("read", name, cwd=project)
    assert ran.code == 1 and do in ran.err
