"""Problems as a person reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.problems import Place, Problem
from toolkit.report import tell


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
