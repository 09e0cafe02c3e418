"""What the tests share: a small invented folder, the command line, golden texts, and the real content built
once.
"""

from __future__ import annotations

import gc
import importlib.util
import io
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from toolkit.__main__ import main
from toolkit.brand.compiled import Brand, dump, load
from toolkit.brand.folder import compile_brand
from toolkit.fit.slides import FittedDeck, Slide
from toolkit.plan.model import Plan
from toolkit.project import Project

TOP = Path(__file__).parent.parent
INVENTED = Path(__file__).parent / "project"
WORDING = Project(TOP).wording()
SURROUNDINGS = {"COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb"}
MOST_CPU = (
    300  # seconds of computing for one process; nothing that works comes near, however busy the machine
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Rewrite the golden texts; look at the difference before you commit.",
    )


# Two minutes of computing are what the quick tests may take. Of files whose tests start programs, build
# folders or compile templates they try one test of eight, of those that draw whole plans one of three; `make
# check` tries all.
_FOLDERS = "affected asking broken build citing cli compiled crew hostile letterhead limits odd_yaml pictures"
_FOLDERS += " project seals session stale start templates tools trace verify wording"
_PLANS = "brand deck drawing drawings fill fit hygiene inks origins pages pdf reports twosided word"
ONE_OF = {**dict.fromkeys(_FOLDERS.split(), 8), **dict.fromkeys(_PLANS.split(), 3)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """To compile every awkward template takes eight seconds: tests of them all run with `make check`."""
    seen: Counter[Path] = Counter()
    for item in items:
        one_of = ONE_OF.get(item.path.stem.removeprefix("test_"), 1)
        if "brands" in getattr(item, "fixturenames", ()) or seen[item.path] % one_of:
            item.add_marker(pytest.mark.slow)
        seen[item.path] += 1


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave back."""

    code: int
    out: str
    err: str


def limit_cpu() -> None:
    """To be called in a new process: ends it when it computes for ever.

    Waiting for a busy machine does not count.
    """
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))


LIMITS: Callable[[], None] | None = None if os.name == "nt" else limit_cpu


def run(*words: str | Path, cwd: Path, prefix: tuple[str, ...] = (), **environment: str) -> Ran:
    """`toolkit` with these words as a process of its own, in a folder.

    `prefix` goes before `-m`, such as ("-X", "importtime").
    """
    done = subprocess.run(
        [sys.executable, *prefix, "-m", "toolkit", *map(str, words)],
        cwd=cwd,
        env={**os.environ, **SURROUNDINGS, **environment},
        capture_output=True,
        preexec_fn=LIMITS,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_here(*words: str | Path, cwd: Path) -> Ran:
    """The same in this process: for all that does not depend on a process of its own, and a third of the
    computing.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["toolkit", *map(str, words)])
        for name, value in SURROUNDINGS.items():
            patch.setenv(name, value)
        try:
            main()
        finally:
            gc.enable()  # a build of its own process leaves it to the end
    said = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]  # type: ignore[attr-defined]
    return Ran(int(ended.value.code or 0), *said)


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
    shutil.copytree(INVENTED, folder, ignore=shutil.ignore_patterns("build"))
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
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real reviews, decks and briefings, all built: this one, where `make build` has built
    it already.

    If a person has changed a built file here, or nothing is built yet, it is a new folder.
    """
    if (TOP / "build").exists():
        ran = run("build", cwd=TOP)
        if (ran.code, ran.err) == (0, ""):
            return TOP
    folder = tmp_path_factory.mktemp("real")
    for name in ("reviews", "decks", "briefings"):
        shutil.copytree(TOP / name, folder / name)
    ran = run("build", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return folder


def unfitted(plan: Plan) -> FittedDeck:
    """The pages of a plan taken for slides as they are, whether their words fit or not."""
    return FittedDeck(plan, tuple(Slide(**vars(page)) for page in plan.pages))


def tags(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every structure element of a PDF in reading order: (its type, the element)."""

    def walk(node: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"]), node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
