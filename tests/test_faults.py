"""Commands that are broken off at any step lose nothing, and the next run heals what they left.

A seeded sample; all steps with: python tools/faults.py 1000
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import TOP


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are copied as on POSIX")
def test_nothing_is_lost_wherever_a_command_is_broken_off() -> None:
    """In a process of its own: one that has threads, as those of a parallel run have, must not be copied."""
    ran = subprocess.run(
        [sys.executable, str(TOP / "tools" / "faults.py"), "40", "7"],
        capture_output=True,
        text=True,
        cwd=TOP,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "; 0 faults;" in ran.stdout
