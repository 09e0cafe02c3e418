"""Commands that are broken off at any step lose nothing, and the next run heals what they left.

A seeded sample; all steps with: python tools/faults.py 1000
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import tool


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are copied as on POSIX")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of a fork beside threads of pytest
def test_nothing_is_lost_wherever_a_command_is_broken_off(tmp_path: Path) -> None:
    faults = tool("faults")
    faults.load()
    trial = faults.Trial(tmp_path, seed=7)
    every = trial.prepare()
    for command in every:
        if command.name in ("session", "build, first"):
            continue
        for kind in (faults.KILL, faults.FULL, faults.READ_ONLY):
            trial.at_a_step(command, kind, trial.random.randint(1, command.steps))
    for _ in range(2):
        trial.at_any_moment(every[0], 1.2)
        trial.two_at_once(every[1])
    assert trial.wrong == []
    assert sum(trial.runs.values()) == 28
