"""Several processes build: the same files, lines and problems as one, and no harm when one dies or all are
stopped."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import edit, invented, run
from tests.test_build import hashes
from toolkit.build import Failed, Options
from toolkit.crew import build_all
from toolkit.project import Project
from toolkit.render.formats import FORMATS

DECKS = ("robin", "second", "third", "fourth")
posix = pytest.mark.skipif(os.name == "nt", reason="stops processes by POSIX signals")


@pytest.fixture
def several(project: Path) -> Path:
    """The invented folder with four decks and a briefing."""
    for name in DECKS[1:]:
        shutil.copy(project / "decks" / "robin.yaml", project / "decks" / f"{name}.yaml")
    return project


def children(pid: int) -> list[int]:
    """The processes that a process has started for building; Python's own tracker of resources is none."""
    listed = subprocess.run(
        ["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout
    found = re.findall(r"^\s*(\d+)\s+(\d+)\s+.*spawn_main.*$", listed, re.MULTILINE)
    return [int(child) for child, parent in found if int(parent) == pid]


def started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """`toolkit build` as a process that can be watched."""
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit", "build", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait(until: Callable[[], object]) -> None:
    """Wait until something holds, for at most a minute."""
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_bytes_and_lines_in_order(several: Path) -> None:
    other = several.parent / "other"
    shutil.copytree(several, other)
    one, two = run("build", "--jobs", "1", cwd=several), run("build", "--jobs", "3", cwd=other)
    assert (one.code, one.err) == (0, "")
    assert two == one
    assert hashes(other) == hashes(several)
    formats = [f for f in FORMATS["decks"] if f.plan not in ("cards", "quiz")]  # of these Robin has none
    decks = [f"wrote build/decks/{name}{f.ending}" for name in sorted(DECKS) for f in formats]
    briefing = [f"wrote build/briefings/robin{f.ending}" for f in FORMATS["briefings"] if f.plan != "changes"]
    assert one.out.splitlines()[:-1] == decks + briefing


@posix
def test_files_of_one_deck_are_drawn_in_two_processes_with_the_same_bytes(project: Path) -> None:
    other = invented(project.parent / "other")
    for folder, jobs in ((project, "1"), (other, "2")):
        child = started(folder, "decks/robin", "--jobs", jobs)
        seen: set[int] = set()
        while child.poll() is None:
            seen |= set(children(child.pid))
            time.sleep(0.02)
        child.communicate()
        assert (child.returncode, len(seen)) == (0, int(jobs) - 1)
    assert hashes(other) == hashes(project)


def test_small_job_and_unchanged_build_start_no_process(project: Path) -> None:
    for words in (("briefings/robin",), ("decks/robin", "--only", "pptx"), ("briefings/robin",)):
        ran = run("build", *words, "--jobs", "4", cwd=project, prefix=("-X", "importtime"))
        assert ran.code == 0
        assert "multiprocessing" not in ran.err


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_mistakes_are_told_in_order_whoever_finds_them(several: Path, jobs: str) -> None:
    edit(several / "decks" / "fourth.yaml", "review: robin", "review: wren")
    edit(several / "decks" / "third.yaml", "review: robin", "review: jay")
    ran = run("build", "--jobs", jobs, cwd=several)
    assert ran.code == 1
    assert ran.err.index("decks/fourth.yaml:9:13: error: no review is called 'wren'") < ran.err.index(
        "decks/third.yaml:9:13: error: no review is called 'jay'"
    )
    assert ran.err.endswith("2 of 5 could not be built. The others are built.\n")
    assert {"build/decks/robin.pptx", "build/decks/second.pptx"} <= set(hashes(several))
    assert "3 built." in ran.out


@pytest.mark.slow
@posix
def test_killed_process_is_a_problem_of_its_target_and_no_traceback(several: Path) -> None:
    child = started(several, "--jobs", "2")
    wait(lambda: children(child.pid))
    os.kill(children(child.pid)[0], signal.SIGKILL)
    out, err = (said.decode() for said in child.communicate(timeout=120))
    assert child.returncode == 1
    assert "Traceback" not in err
    assert err.count("the process that built it was stopped by signal 9, so nothing of it was written") == 1
    assert err.endswith("1 of 5 could not be built. The others are built.\n")
    assert "4 built." in out
    assert run("build", "--jobs", "2", cwd=several).out.endswith("1 built, 4 unchanged.\n")


@posix
def test_killed_process_that_draws_for_one_deck_is_a_problem(project: Path) -> None:
    child = started(project, "decks/robin", "--jobs", "2")
    wait(lambda: children(child.pid))
    os.kill(children(child.pid)[0], signal.SIGKILL)
    _, err = (said.decode() for said in child.communicate(timeout=120))
    assert "Traceback" not in err
    if child.returncode:  # it may have died before anything was lent to it
        assert "the process that built it was stopped by signal 9" in err
        assert hashes(project) == {}
    else:
        assert len(hashes(project)) == 5


@pytest.mark.slow
@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("group", [False, True], ids=["one process is told", "as a terminal does"])
def test_stopped_build_leaves_whole_files_and_no_process(several: Path, jobs: str, group: bool) -> None:
    whole = invented(several.parent / "whole")
    assert run("build", "decks/robin", cwd=whole).code == 0
    child = started(several, "--jobs", jobs)
    wait(lambda: hashes(several))
    helpers = children(child.pid)
    assert len(helpers) == int(jobs) - 1
    (os.killpg if group else os.kill)(child.pid, signal.SIGINT)
    _, err = (said.decode() for said in child.communicate(timeout=60))
    assert (child.returncode, err) == (1, "Stopped. Files that were already built are whole.\n")
    wait(lambda: not any(Path(f"/proc/{helper}").exists() for helper in helpers))
    assert not list(several.rglob("*.part"))
    of_robin = {name.rpartition("robin")[2]: value for name, value in hashes(whole).items()}
    for name, value in hashes(several).items():
        if name.startswith("build/decks/robin."):
            assert value == of_robin[name.rpartition("robin")[2]]
    ran = run("build", cwd=several)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.slow
@posix
def test_process_ends_with_the_one_that_started_it(several: Path) -> None:
    child = started(several, "--jobs", "2")
    wait(lambda: children(child.pid))
    helper = children(child.pid)[0]
    child.kill()
    child.communicate()
    wait(lambda: not Path(f"/proc/{helper}").exists())


def test_every_format_is_drawn_and_read_back_by_what_is_there() -> None:
    from importlib import import_module

    from toolkit.render import readback

    for one in (one for formats in FORMATS.values() for one in formats):
        module, _, name = one.drawn_by.partition(".")
        assert callable(getattr(import_module(f"toolkit.render.{module}"), name))
        assert callable(getattr(readback, one.read_by))


def test_the_target_with_most_reviews_and_files_is_begun_first(
    several: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = several / "decks" / "third.yaml"
    deck.write_text(deck.read_text("utf-8") + "  # - review: robin, and review: robin again\n", "utf-8")
    briefing = several / "briefings" / "robin.yaml"
    briefing.write_text(briefing.read_text("utf-8") + "# long\n" * 10_000, "utf-8")
    begun: list[str] = []
    project = Project(several)
    targets = project.targets()
    monkeypatch.setattr("toolkit.crew.attempt", lambda project, target, *_: Failed(target, ()))
    outcomes = build_all(project, targets, Options(), 1, lambda target: begun.append(target.name))
    assert [one.target for one in outcomes] == targets
    assert begun[0] == "third" and begun[-1] == targets[-1].name
    assert targets[-1].folder == "briefings"
