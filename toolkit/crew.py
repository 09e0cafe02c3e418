"""Other processes that build whole targets, or draw some of the files of the target that is being built here.

They are started as Windows starts them, by spawn. Each does one task after another and hands back values.
They end with the process that started them: its end of the pipe closes. One that dies is told as a problem of
the target that it was at.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import files
from toolkit.build import Built, Drawn, Failed, Job, Options, attempt, fresh
from toolkit.late import dataclass
from toolkit.problems import Place, Problem
from toolkit.project import Project
from toolkit.targets import Target

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Task = Target | Job


@dataclass
class _Hand:
    """One process, its pipe, and what it has been given and not yet handed back."""

    process: BaseProcess
    pipe: Connection
    tasks: deque[Task] = field(default_factory=deque)


@dataclass
class Crew:
    """The processes that help, the targets that are waiting for one, and what has come back."""

    hands: list[_Hand]
    waiting: list[Target]
    begun: Callable[[Target], None]
    outcomes: dict[Target, Built | Failed] = field(default_factory=dict)
    drawn: Drawn = field(default_factory=dict)

    def lend(self, todo: list[Job]) -> None:
        """Give the first of what is still to be drawn to each process that draws nothing, once no target is
        waiting; at least one is kept."""
        self.attend()
        for hand in self.hands:
            draws = any(isinstance(task, Job) for task in hand.tasks)
            if not draws and len(hand.tasks) < 2 and not self.waiting and len(todo) > 1:
                job = todo.pop(0)
                hand.tasks.append(job)
                self._send(hand, job)

    def dismiss(self) -> None:
        """End the processes that have nothing to do, and to which nothing is going to be given."""
        self.attend()
        for hand in [hand for hand in self.hands if not hand.tasks]:
            hand.process.terminate()
            self.hands.remove(hand)

    def collect(self) -> Drawn:
        """What was lent, by ending, once all of it has come back."""
        while any(isinstance(task, Job) for hand in self.hands for task in hand.tasks):
            self.attend(wait=True)
        drawn, self.drawn = self.drawn, {}
        return drawn

    def attend(self, wait: bool = False) -> None:
        """Take what has come back, and give targets to those that have fewer than they could do meanwhile."""
        self._hand_out()
        busy = {hand.pipe: hand for hand in self.hands if hand.tasks}
        if busy:
            from multiprocessing.connection import wait as ready

            for pipe in ready(list(busy), None if wait else 0):
                self._receive(busy[pipe])  # type: ignore[index]
            self._hand_out()

    def _hand_out(self) -> None:
        """Each has one target, and a second one to go on with while many are waiting."""
        for most in (1, 2):
            for hand in self.hands:
                if len(self.waiting) > (most - 1) * 2 * (len(self.hands) - 1) and len(hand.tasks) < most:
                    target = self.waiting.pop(0)
                    self.begun(target)
                    hand.tasks.append(target)
                    self._send(hand, target)

    def _send(self, hand: _Hand, task: Task) -> None:
        with contextlib.suppress(OSError):  # it has died: `_receive` says so
            hand.pipe.send(task)

    def _receive(self, hand: _Hand) -> None:
        try:
            answer = hand.pipe.recv()
        except (EOFError, OSError):
            self._bury(hand)
            return
        task = hand.tasks.popleft()
        if isinstance(task, Job):
            self.drawn[task.format.ending] = answer
        else:
            self.outcomes[task] = answer

    def _bury(self, hand: _Hand) -> None:
        """A process is gone. What it was at has failed; what it had not yet begun is done by others."""
        hand.process.join(5)
        self.hands.remove(hand)
        first, *others = hand.tasks
        if isinstance(first, Target):
            self.outcomes[first] = Failed(first, (_death(first, hand.process.exitcode),))
        for task in hand.tasks:
            if isinstance(task, Job):
                self.drawn[task.format.ending] = b"", [_death(task.target, hand.process.exitcode)]
        self.waiting[:0] = [task for task in others if isinstance(task, Target)]


def build_all(
    project: Project,
    targets: Sequence[Target],
    options: Options,
    jobs: int | None = None,
    begun: Callable[[Target], None] = lambda target: None,
    waits: Callable[[], None] = lambda: None,
) -> Generator[Built | Failed, None, None]:
    """What becomes of each target, in their order; `begun` is called when one is begun. Only one process at a
    time builds what has changed in a folder; `waits` is called when another one is at it.

    At most `jobs` processes work at once, by default as many as there are cores.
    """
    done = _fresh(project, targets, options)
    half = files.left_over(project.written_in())
    if len(done) == len(targets) and not half:
        yield from done.values()
        return
    with files.alone(project.root, waits):
        for path in {*half, *files.left_over(project.written_in())}:
            with contextlib.suppress(OSError):
                path.unlink()
        done |= _fresh(project, [target for target in targets if target not in done], options)
        yield from _outcomes(project, targets, options, jobs, begun, done)


def _fresh(project: Project, targets: Sequence[Target], options: Options) -> dict[Target, Built | Failed]:
    """Those targets of which nothing has changed."""
    found = ((target, fresh(project, target, options)) for target in targets)
    return {target: one for target, one in found if one}


def _outcomes(
    project: Project,
    targets: Sequence[Target],
    options: Options,
    jobs: int | None,
    begun: Callable[[Target], None],
    done: dict[Target, Built | Failed],
) -> Generator[Built | Failed, None, None]:
    """What becomes of each target, of which some are `done`."""
    waiting = [target for target in targets if target not in done]
    work = {target: _work_of(target, options) for target in waiting}
    left = deque(targets)
    with _crew(
        project, waiting, options, min((jobs or _cores()) - 1, _useful(waiting, options)), begun
    ) as crew:
        while True:
            while left and left[0] in done:
                yield done.pop(left.popleft())
            if not left:
                return
            if crew.waiting:
                gc.collect(0)  # what the target before has left
                own = max(crew.waiting, key=work.__getitem__)  # first, so that nobody waits for the longest
                crew.waiting.remove(own)
                crew.attend()
                begun(own)
                done[own] = attempt(project, own, options, crew)
            else:
                crew.attend(wait=True)
            done |= crew.outcomes
            crew.outcomes.clear()


def _useful(waiting: Sequence[Target], options: Options) -> int:
    """How many more processes have something to do. To start one takes as long as two or three files. What
    has changed since an approved edition is left out: most have nothing to tell there.
    """
    files = sum(one.plan != "changes" for target in waiting for one in options.formats(target))
    return min(len(waiting), files // 4) if files else 0


def _work_of(target: Target, options: Options) -> int:
    """How much there is to do for a target, by a guess: its reviews and its files. Its source is looked
    through and not parsed."""
    try:
        reviews = (
            target.path.read_bytes().count(b"review:") if target.path.is_file() else 0
        )  # a pipe never ends
    except OSError:
        return 0
    return reviews * len(options.formats(target))


@contextlib.contextmanager
def _crew(
    project: Project, waiting: list[Target], options: Options, size: int, begun: Callable[[Target], None]
) -> Iterator[Crew]:
    hands: list[_Hand] = []
    try:
        with _deaf():
            hands += (_started(project.root, options) for _ in range(size))
        yield Crew(list(hands), waiting, begun)
    finally:
        for hand in hands:
            hand.process.terminate()
        for hand in hands:
            hand.process.join(5)


def _started(root: Path, options: Options) -> _Hand:
    from multiprocessing import get_context

    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_work, args=(there, root, options), daemon=True)
    process.start()
    there.close()
    return _Hand(process, here)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started here do not hear Ctrl-C: the one that started them stops them."""
    old = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, old)


def _work(pipe: Connection, root: Path, options: Options) -> None:
    """What each process does until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows does not inherit it
    gc.disable()
    with contextlib.suppress(*files.UNFORESEEN):  # what is lacking is told with the first task
        import toolkit.render.pdf
        import toolkit.render.readback  # noqa: F401  while the first task is being got ready

    project = Project(root)
    with contextlib.closing(pipe):
        for task in _tasks(pipe):
            signal.signal(signal.SIGTERM, _stop)
            try:
                answer = task.draw() if isinstance(task, Job) else attempt(project, task, options)
            except BaseException as error:
                if "Panic" in type(error).__name__:  # in typst, when memory is short: others tell of this end
                    os._exit(1)
                raise
            with contextlib.suppress(OSError):  # nobody is there to hear
                pipe.send(answer)
            gc.collect(0)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _tasks(pipe: Connection) -> Iterator[Task]:
    with contextlib.suppress(EOFError, OSError):
        while True:
            yield pipe.recv()


def _stop(*_: Any) -> None:
    raise SystemExit(1)  # so that what is half written is cleared away


def _death(target: Target, code: int | None) -> Problem:
    how = f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"
    return Problem(
        Place(target.path),
        f"the process that built it was stopped {how}, so nothing of it was written",
        "the computer may be short of memory: close other programs, or build with --jobs 1",
    )


def _cores() -> int:
    """How many processes can work at once on this computer."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows and macOS
        return os.cpu_count() or 1
