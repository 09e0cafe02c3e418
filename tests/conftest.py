"""What the tests share: a small invented folder, the command line as a real process, golden texts, and the real content built once."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from toolkit.__main__ import main
from toolkit.brand.compiled import Brand, dump, load
from toolkit.brand.folder import compile_brand
from toolkit.project import Project

TOP = Path(__file__).parent.parent
INVENTED = Path(__file__).parent / "project"
WORDING = Project(TOP).wording()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Rewrite the golden texts; look at the difference before you commit.",
    )


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave back."""

    code: int
    out: str
    err: str


def run(*words: str | Path, cwd: Path, prefix: tuple[str, ...] = (), **environment: str) -> Ran:
    """`toolkit` with these words as a process of its own, in a folder. `prefix` goes before `-m`, such as ("-X", "importtime")."""
    done = subprocess.run(
        [sys.executable, *prefix, "-m", "toolkit", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb", **environment},
        capture_output=True,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_here(*words: str) -> int:
    """`toolkit` with these words in this process and this folder; gives back its exit code. Faster than `run`."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["toolkit", *words])
        main()
    return int(ended.value.code or 0)


def tool(name: str) -> Any:
    """One of the programs in tools/, as a module."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, TOP / "tools" / f"{name}.py")
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def invented(folder: Path) -> Path:
    """A copy of the invented review, deck and briefing in a new folder."""
    shutil.copytree(INVENTED, folder)
    return folder


def read_brand(folder: Path) -> Brand:
    """The brand in a folder as a build has it: compiled, kept and read again."""
    return load(dump(compile_brand(folder)[0]))


def edit(path: Path, old: str, new: str) -> None:
    """Change some words of a file, which must be there."""
    words = path.read_text("utf-8")
    assert old in words, f"{old!r} is not in {path}"
    path.write_text(words.replace(old, new), "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the invented review, deck and briefing."""
    return invented(tmp_path / "board")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with all of a golden file, or with --update-golden rewrite that file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.exists(), (
            f"there is no {path.name}; run pytest with --update-golden and look at what it writes"
        )
        assert text == path.read_text("utf-8")

    return compare


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the real reviews, decks and briefings, all built: once, whatever the number of test processes."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "real"
    done = shared / "done.txt"
    try:
        shared.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
    else:
        for name in ("reviews", "decks", "briefings"):
            shutil.copytree(TOP / name, shared / name)
        ran = run("build", cwd=shared)
        done.write_text(f"{ran.code}\n{ran.err}", "utf-8")
    code, _, said = done.read_text("utf-8").partition("\n")
    assert code == "0", said
    return shared
