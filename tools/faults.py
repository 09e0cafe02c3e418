"""Commands are broken off at every step at which they write: is anything lost, and does the next run heal it?

Usage: python tools/faults.py [RUNS [SEED [NAME]]], of one command alone where its NAME is given. Each run
works on a copy of the invented folder of the tests. At one step (a folder made, a file opened, written, put
on the disk, moved or taken away) the process is killed, the disk is full, or nothing may be written any more.
Other runs are killed at any moment, have a disk that is too small, a folder that is read-only, or a second
one beside them. After each: every source and what a person has edited is there, nothing is half written, no
traceback; after the next run the files are those of a clean one.
POSIX only; small and read-only disks for root alone.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = Path(__file__).parent.parent
sys.path.insert(0, str(TOP))
from toolkit import seals  # noqa: E402, RUF100

INVENTED = TOP / "tests" / "project"
HOUSE = TOP / "templates" / "brands" / "house"
DECK = "decks/robin-30-minutes.yaml"  # which `toolkit session` makes
PULLED = ("reviews/robin.yaml",)  # which `toolkit pull` writes anew
MINE = b"what a trainer has written into a built file"
KILL, FULL, READ_ONLY = "kill", "full", "read-only"
_MUTATIONS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link")


class Faults:
    """Counts the steps at which this process changes something below a folder, and breaks it off at one."""

    def __init__(self, folder: Path, kind: str = "", at: int = 0) -> None:
        self.folder, self.kind, self.at, self.steps, self.inside = str(folder), kind, at, 0, False

    def set(self) -> None:
        """From now on, in this process, for good."""
        sys.addaudithook(self._heard)
        self._open, self._fsync = io.open, os.fsync
        io.open = builtins.open = self._opened  # type: ignore[assignment]
        os.fsync = self._synced

    def _step(self, path: Any, half: Callable[[], None] = lambda: None) -> None:
        if self.inside or not _whole(path).startswith(self.folder):
            return
        self.inside = True  # what is done here is no step
        try:
            self.steps += 1
            hit = self.steps >= self.at if self.kind == READ_ONLY else self.steps == self.at
            if hit and self.kind == KILL:
                half()
                os.kill(os.getpid(), signal.SIGKILL)
            if hit and self.kind == FULL:
                half()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fsdecode(path))
            if hit and self.kind == READ_ONLY:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), os.fsdecode(path))
        finally:
            self.inside = False

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        writes = (
            event == "open" and isinstance(given[0], str | bytes) and given[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if (writes or event in _MUTATIONS) and isinstance(given[0], str | bytes | os.PathLike):
            self._step(given[0])

    def _synced(self, number: int) -> None:
        self._step(self.folder)
        self._fsync(number)

    def _opened(self, path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        file = self._open(path, mode, *more, **named)
        inside = isinstance(path, str | os.PathLike) and _whole(path).startswith(self.folder)
        return _Halved(file, str(path), self) if inside and set(mode) & set("wax+") else file


def _whole(path: Any) -> str:
    return os.path.abspath(os.fsdecode(path))  # noqa: PTH100  which looks at nothing


class _Halved:
    """A file to which half is written when the process is broken off at that."""

    def __init__(self, file: Any, path: str, faults: Faults) -> None:
        self._file, self._path, self._faults = file, path, faults

    def write(self, data: Any) -> Any:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._faults._step(self._path, half)
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Halved:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


@dataclass(frozen=True)
class Ran:
    """How a run ended, and what it said; how many steps it had."""

    code: int
    said: str
    steps: int = 0


def forked(words: tuple[str, ...], folder: Path, faults: Faults | None = None, typed: str = "") -> Ran:
    """`toolkit` with these words in a folder, in a copy of this process, which has loaded what is slow."""
    told, tells = os.pipe()
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            code = 99
            try:
                code = _in_child(words, folder, faults, said, typed)
                os.write(tells, str(faults.steps if faults else 0).encode())
            finally:
                os._exit(code)
        os.close(tells)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        steps = int(os.read(told, 20) or 0)
        os.close(told)
        said.seek(0)
        return Ran(code, said.read().decode("utf-8", "replace"), steps)


def _in_child(words: tuple[str, ...], folder: Path, faults: Faults | None, said: Any, typed: str) -> int:
    os.chdir(folder)
    sys.argv = ["toolkit", *words]
    sys.stdin = io.StringIO(typed)
    os.dup2(said.fileno(), 2)
    out = io.TextIOWrapper(io.FileIO(os.dup(said.fileno()), "w"), "utf-8", write_through=True)
    from toolkit.__main__ import main

    if faults:
        faults.set()
    with redirect_stdout(out), redirect_stderr(out):
        try:
            main()
        except SystemExit as ended:
            return int(ended.code or 0)
        except BaseException:
            import traceback

            traceback.print_exc()
            return 98
    return 0


@dataclass
class Command:
    """A command that writes, the folder that it begins with, and what a clean run leaves. Of what a person
    has written it `writes` these files anew, each whole or not at all."""

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Path], None]
    typed: str = ""
    writes: tuple[str, ...] = ()
    steps: int = 0
    clean: dict[str, bytes] = field(default_factory=dict)

    def after(self, folder: Path) -> tuple[str, ...]:
        """The words of the next run: of a session whose deck is there, to build it."""
        return ("build", "robin-30-minutes") if (folder / DECK).exists() else self.words


def _start(folder: Path) -> None:
    shutil.copytree(INVENTED, folder, ignore=shutil.ignore_patterns("build"))


def _change(folder: Path) -> None:
    path = folder / "reviews" / "robin.yaml"
    path.write_text(path.read_text("utf-8").replace("Six invented visits", "Seven invented visits"), "utf-8")


def _edited(built: Path) -> Callable[[Path], None]:
    """A folder that was built, in which a person has edited two files, and then the sources have changed."""

    def prepare(folder: Path) -> None:
        shutil.copytree(built, folder)
        for name in ("briefings/robin.docx", "decks/robin.team.docx"):
            if (folder / "build" / name).exists():
                (folder / "build" / name).write_bytes(MINE)
        _change(folder)

    return prepare


def _without_stamps(built: Path) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _edited(built)(folder)
        shutil.rmtree(folder / "build" / ".stamps")

    return prepare


def _edited_words(built: Path) -> Callable[[Path], None]:
    """A folder that was built, in which a person has changed a word of a review and a title of ours, and put
    in a slide."""

    def prepare(folder: Path) -> None:
        shutil.copytree(built, folder)
        path = folder / "build" / "decks" / "robin.pptx"
        if not saved:
            saved.append(save(path))
        path.write_bytes(saved[0])

    def save(path: Path) -> bytes:
        import pptx

        deck = pptx.Presentation(str(path))
        for slide in deck.slides:
            for shape in slide.shapes:
                for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                    for run in paragraph.runs:
                        run.text = run.text.replace("telephone call", "phone call").replace("will", "shall")
        deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "An invented slide"
        deck.save(str(path))
        return path.read_bytes()

    saved: list[bytes] = []  # a saved file holds the time
    return prepare


def commands(built: Path) -> list[Command]:
    """Every command that writes."""
    new = ("new", "review", "wren")
    answers = "robin\neveryone\nroom\n30\ny\n"
    brand = ("brand", "--save", "ours", str(HOUSE / "deck.pptx"))
    some = ("--only", "pptx,team.docx,handout.pdf,docx,pdf", "--jobs", "1")
    return [
        Command("build, edited", ("build", "briefings/robin", "--jobs", "1"), _edited(built)),
        Command("build, stamps lost", ("build", "briefings/robin", "--jobs", "1"), _without_stamps(built)),
        Command("build, all", ("build", *some), _edited(built)),
        Command("build, first", ("build", "briefings/robin"), _start),
        Command("new", new, _start),
        Command("init", ("init", "ours", "--yes", "--reviews", "none"), _start),
        Command("init here", ("init", "empty", "--yes", "--reviews", "none"), _with_empty),
        Command("brand", brand, _start),
        Command("session", ("session",), _start, answers),
        Command("schema", ("schema",), _start),
        Command("cite", CITE, _with_report, "", ("reviews/robin.yaml",)),
        Command("pull", ("pull", "build/decks/robin.pptx", "--yes"), _edited_words(built), "", PULLED),
    ]


CITE = ("cite", "report.txt", "--review", "robin", "--by", "An invented manager", "--yes")


def _with_report(folder: Path) -> None:
    """The invented review quotes its report."""
    _start(folder)
    (folder / "report.txt").write_text("An invented report\n\n5.2 Nobody spoke to Robin alone.\n", "utf-8")
    path = folder / "reviews" / "robin.yaml"
    quote = "cites: ['S1: \"Nobody spoke to Robin alone\"']"
    path.write_text(path.read_text("utf-8").replace("cites: [S1 5.2]", quote), "utf-8")


def _with_empty(folder: Path) -> None:
    _start(folder)
    (folder / "empty").mkdir()


def content(folder: Path, hidden: bool = False) -> dict[str, bytes]:
    """Every file below a folder, by name; of hidden ones and stamps only what is asked for."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (hidden or not any(part.startswith(".") for part in name.split("/"))):
            found[name] = path.read_bytes()
    return found


def wrong_after(command: Command, before: dict[str, bytes], folder: Path, ran: Ran) -> Iterator[str]:
    """What is not as it should be after a run that was broken off."""
    if "Traceback" in ran.said or ran.code not in (0, 1, -signal.SIGKILL):
        yield f"ended with {ran.code}: {ran.said[-300:]}"
    if ran.code == 1 and not ran.said.strip():
        yield "nothing was said"
    after = content(folder)
    for name, data in before.items():
        new = command.clean.get(name) if name in command.writes else data
        if not name.startswith(("build/", "reference/schema/")) and after.get(name) not in (data, new):
            yield f"{name} is not what it was"
    edited = ["build/decks/robin.pptx"] if command.words[0] == "pull" else []
    for name in edited:
        if after.get(name) != before[name]:
            yield f"{name} is not as a person has edited it"
    mine = [name for name, data in after.items() if data == MINE]
    if len(mine) < sum(data == MINE for data in before.values()):
        yield f"what a person has edited is lost: {mine}"
    moved = [name for name in mine if "(your changes" in name]
    if ran.code != -signal.SIGKILL and not all(Path(name).name in ran.said for name in moved):
        yield "nobody was told where an edited file went"
    for name, data in after.items():
        if name in before or data == MINE:
            continue
        sealed = name.startswith("build/") and not name.endswith(".html")
        if not (seals.is_own(data) if sealed else data == command.clean.get(name, data)):
            yield f"{name} is half written"


def wrong_at_last(command: Command, before: dict[str, bytes], folder: Path, ran: Ran) -> Iterator[str]:
    """What is not as it should be after the run that follows."""
    there_already = ran.code == 1 and ("already" in ran.said or "not empty" in ran.said)
    if "Traceback" in ran.said or (ran.code and not there_already):
        yield f"the next run ended with {ran.code}: {ran.said[-300:]}"
    after = content(folder)
    copies = [name for name in after if "(your changes" in name]
    if any(after[name] != MINE for name in copies):
        yield f"a false copy: {copies}"
    if len(copies) > sum(data == MINE for data in before.values()):
        yield f"too many copies: {copies}"
    rest = {name: data for name, data in after.items() if name not in copies}
    clean = {name: data for name, data in command.clean.items() if "(your changes" not in name}
    for name in sorted(rest.keys() | clean.keys()):
        if rest.get(name) != clean.get(name):
            yield f"{name} is not that of a clean run ({name in rest}, {name in clean})"
    left = [name for name in content(folder, hidden=True) if name.endswith(".part") or ".unfinished" in name]
    if left:
        yield f"left lying about: {left}"


class Trial:
    """Runs in folders of their own below one folder, what was wrong with them, and how many there were."""

    def __init__(self, top: Path, seed: int) -> None:
        self.top, self.random = top, random.Random(seed)
        self.wrong: list[str] = []
        self.runs: Counter[str] = Counter()

    def prepare(self, only: str = "") -> list[Command]:
        """The commands whose names begin with `only`, each run once without a fault."""
        built = self.top / "built"
        _start(built)
        assert forked(("build",), built).code == 0
        every = [one for one in commands(built) if one.name.startswith(only)]
        for command in every:
            with self.folder(command) as folder:
                faults = Faults(folder)
                ran = forked(command.words, folder, faults, command.typed)
                assert ran.code == 0, (command.name, ran)
                command.steps, command.clean = ran.steps, content(folder)
        return every

    @contextmanager
    def folder(self, command: Command) -> Iterator[Path]:
        folder = self.top / "run"
        shutil.rmtree(folder, ignore_errors=True)
        command.prepare(folder)
        yield folder
        shutil.rmtree(folder, ignore_errors=True)

    def one(self, command: Command, how: str, run: Callable[[Path], Ran]) -> None:
        """One run that is broken off, and the next one."""
        with self.folder(command) as folder:
            before = content(folder)
            ran = run(folder)
            found = list(wrong_after(command, before, folder, ran))
            again = forked(command.after(folder), folder, None, command.typed)
            found += wrong_at_last(command, before, folder, again)
        self.runs[f"{command.name}: {how.split(' ')[0]}"] += 1
        self.wrong += [f"{command.name}, {how}: {one}" for one in found]

    def at_a_step(self, command: Command, kind: str, step: int) -> None:
        def run(folder: Path) -> Ran:
            return forked(command.words, folder, Faults(folder, kind, step), command.typed)

        self.one(command, f"{kind} at step {step} of {command.steps}", run)

    def at_any_moment(self, command: Command, within: float) -> None:
        """A build with its helpers is killed from outside."""
        delay = self.random.random() * within

        def run(folder: Path) -> Ran:
            child = _started(command.words, folder)
            time.sleep(delay)
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)  # its helpers find out by themselves
            said = child.communicate()[0]
            time.sleep(0.3)
            return Ran(child.returncode, said.decode("utf-8", "replace"))

        self.one(command, f"killed after {delay:.3f} s", run)

    def two_at_once(self, command: Command) -> None:
        delay = self.random.random() * 0.5

        def run(folder: Path) -> Ran:
            first = _started(command.words, folder)
            time.sleep(delay)
            second = _started(command.words, folder)
            said = [child.communicate()[0].decode("utf-8", "replace") for child in (first, second)]
            return Ran(max(first.returncode, second.returncode), "\n".join(said))

        self.one(command, f"two with {delay:.3f} s between", run)

    def on_a_small_disk(self, command: Command, size: int) -> None:
        """Build on a disk of its own that holds so many bytes more than it has to."""

        def run(folder: Path) -> Ran:
            build = folder / "build"
            kept = self.top / "kept"
            shutil.move(build, kept)
            build.mkdir()
            needed = sum(len(data) + 4096 for data in content(kept, hidden=True).values()) + 65536
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={needed + size}", "none", build], check=True)
            try:
                shutil.copytree(kept, build, dirs_exist_ok=True)
                ran = forked(command.words, folder)
                shutil.rmtree(kept)
                shutil.copytree(build, kept)
            finally:
                subprocess.run(["umount", build], check=True)
            build.rmdir()
            shutil.move(kept, build)
            return ran

        self.one(command, f"disk with {size} bytes left", run)

    def read_only(self, command: Command, below: str) -> None:
        """As where a folder lies on a disk that cannot be written."""

        def run(folder: Path) -> Ran:
            place = folder / below
            subprocess.run(["mount", "--bind", place, place], check=True)
            try:
                subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
                return forked(command.words, folder, None, command.typed)
            finally:
                subprocess.run(["umount", place], check=True)

        self.one(command, f"read-only {below or 'folder'}", run)


def _started(words: tuple[str, ...], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def load() -> None:
    """All that is slow to load, once for all runs; nothing that starts threads."""
    import docx
    import pptx
    import typst  # noqa: F401

    import toolkit.brand.folder
    import toolkit.cli
    import toolkit.content.model
    import toolkit.crew
    import toolkit.render.readback  # noqa: F401

    assert docx and pptx


def _of_all(trial: Trial, every: list[Command], runs: int) -> list[Callable[[], None]]:
    """What no step is: kills at any moment, two at once, small and read-only disks."""
    builds = every[:2]
    todo: list[Callable[[], None]] = []
    for n in range(max(2, runs // 12)):
        todo.append(lambda n=n: trial.at_any_moment(every[n % 3], 2.5 if n % 3 == 2 else 1.2))  # type: ignore[misc]
    for n in range(max(2, runs // 20)):
        todo.append(lambda n=n: trial.two_at_once((*every[:5], every[7], every[9])[n % 7]))  # type: ignore[misc]
    if os.geteuid() == 0:
        for n in range(max(2, runs // 20)):
            size = trial.random.randrange(0, 260_000, 4096)
            todo.append(lambda n=n, size=size: trial.on_a_small_disk(builds[n % 2], size))  # type: ignore[misc]
        for below in ("build", "build/briefings", "build/.stamps", ""):
            todo.append(lambda below=below: trial.read_only(builds[0], below))  # type: ignore[misc]
        for command, below in ((every[4], "reviews"), (every[5], ""), (every[7], ""), (every[9], "reviews")):
            todo.append(lambda c=command, b=below: trial.read_only(c, b))  # type: ignore[misc]
    return todo


def _of_one(trial: Trial, command: Command, runs: int) -> list[Callable[[], None]]:
    todo: list[Callable[[], None]] = []
    todo += [lambda: trial.at_any_moment(command, 1.2) for _ in range(max(2, runs // 12))]
    todo += [lambda: trial.two_at_once(command) for _ in range(max(2, runs // 20))]
    if os.geteuid() == 0:
        todo += [lambda below=below: trial.read_only(command, below) for below in ("reviews", "")]  # type: ignore[misc]
    return todo


def main(runs: int = 500, seed: int = 1, only: str = "") -> int:
    load()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        trial = Trial(Path(top), seed)
        every = trial.prepare(only)
        print(*(f"{one.name}: {one.steps} steps" for one in every), sep="\n", flush=True)
        todo = _of_one(trial, every[0], runs) if only else _of_all(trial, every, runs)
        steps = [
            (command, kind, step)
            for command in every
            for kind in (KILL, FULL, READ_ONLY)
            for step in range(1, command.steps + 1)
            if command.name != "session" or step % 4 == 1  # which builds a whole deck each time
        ]
        left = runs - len(todo)
        chosen = steps if len(steps) <= left else trial.random.sample(steps, max(left, 0))
        todo += [lambda one=one: trial.at_a_step(*one) for one in chosen]  # type: ignore[misc]
        for one in todo:
            one()
        for name, number in sorted(trial.runs.items()):
            print(f"{number:>5}  {name}")
        total = sum(trial.runs.values())
        took = time.monotonic() - began
        print(f"{total} runs, of {len(steps)} steps in all; {len(trial.wrong)} faults; {took:.0f} s")
        print(*trial.wrong[:60], sep="\n")
        return 1 if trial.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:4]))
