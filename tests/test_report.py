"""Problems as a person reads them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TOP
from toolkit.problems import Place, Problem, lines_named
from toolkit.report import shown, tell


def told(count: int, capsys: pytest.CaptureFixture[str], *others: Problem) -> tuple[int, list[str]]:
    problems = [Problem(Place(Path("a.yaml"), n, 1), f"fault {n}", "") for n in range(1, count + 1)]
    stopping = tell([*problems, *others])
    return stopping, capsys.readouterr().err.splitlines()


def test_ten_problems_of_a_file_are_printed_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    stopping, lines = told(10, capsys)
    assert (stopping, len(lines), lines[-1]) == (10, 10, "a.yaml:10:1: error: fault 10")
    stopping, lines = told(11, capsys)
    assert (stopping, len(lines), lines[-1]) == (11, 11, "a.yaml: and 1 more; put these right first")


def test_each_file_has_ten_of_its_own_and_the_same_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    other = Problem(Place(Path("b.yaml"), 1, 1), "another", "do this", stops=False)
    stopping, lines = told(11, capsys, other, other)
    assert stopping == 11
    assert lines[-2:] == ["b.yaml:1:1: advice: another", "      = do this"]


def test_what_a_hint_lays_out_can_be_copied_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("care:\n  say: Look: here\n", "utf-8")
    hint = "type it like this:\n  say: >-\n\n    Look: here\n= or like this:\n  say: Look here"
    problem = Problem(Place(path, 2, 12), "a fault", hint)
    assert shown(problem, tmp_path).split("\n") == [
        "a.yaml:2:12: error: a fault",
        "    2 |   say: Look: here",
        "      |            ^",
        "      = type it like this:",
        "  say: >-",
        "",
        "    Look: here",
        "      = or like this:",
        "  say: Look here",
    ]


def test_lines_are_named_by_their_numbers() -> None:
    named = [lines_named(numbers) for numbers in ((6,), (6, 7), (6, 8), (6, 7, 8), range(6, 10), (6, 8, 10))]
    assert named == [
        "line 6",
        "lines 6 and 7",
        "lines 6 and 8",
        "lines 6 to 8",
        "lines 6 to 9",
        "lines 6, 8 and 10",
    ]


@pytest.mark.skipif(os.name == "nt", reason="a process sends itself an interrupt")
def test_ctrl_c_ends_in_one_line_and_exit_1_wherever_it_comes(tmp_path: Path) -> None:
    """Python keeps an interrupt that it meets in exec() in mind, and would end as if by the signal."""
    (tmp_path / "stop.py").write_text(
        "import os, signal\nfrom toolkit.report import plainly\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in what a shell runs with &
        "with plainly():\n"
        "    exec('os.kill(os.getpid(), signal.SIGINT)\\nfor n in range(10**7): pass')\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "stop"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "Stopped. Files that were already built are whole.\n")
