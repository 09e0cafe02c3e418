"""What `toolkit approve` does and prints: who has approved which edition, written down beside the sources."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from toolkit import files, report
from toolkit.build import Options, prepare
from toolkit.builder import chosen, without_retired
from toolkit.content.texts import FORBIDDEN
from toolkit.editions.record import Record, dump, path_of
from toolkit.editions.state import State
from toolkit.problems import Invalid, Place, Problem, counted
from toolkit.project import Project, here
from toolkit.targets import Target

LONGEST_NAME = 100  # letters of a role or name


def approve(names: Sequence[str], by: str, on: str | None = None) -> int:
    """Write down that somebody has approved the editions of some decks and briefings as they would be printed
    now: of all of them, or, where one is refused, of none. Gives back the exit code.
    """
    with report.plainly():
        who, day = _name(by), _day(on)
        project = here()
        with files.alone(project.root, report.waits):
            targets, retired = without_retired(project, chosen(project, names), named=True)
            problems = [*retired]
            states: dict[Target, State] = {}
            for target in targets:
                try:
                    states[target] = _state(project, target)
                except Invalid as error:
                    problems += error.problems
            if report.tell(problems):
                print("Nothing was approved.", file=sys.stderr)
                return 1
            _write(project, states, who, day)
        return 0


def _state(project: Project, target: Target) -> State:
    """How an edition stands that could be final. Raises Invalid for whatever keeps it from that."""
    state = prepare(project, target, Options(final=True)).state
    assert state
    return state


def _write(project: Project, states: dict[Target, State], who: str, day: str) -> None:
    """Write the records, and say of each edition that it is approved as soon as it is. Raises Invalid at the
    first that cannot be written.
    """
    for target, state in states.items():
        path = path_of(project, target, state.edition)
        said = f"{target.folder}/{target.name}: {who} has approved the edition {state.edition} on {day}"
        if state.approved and (state.approved.by, state.approved.on) == (who, day):
            print(f"{said}, as was written down already")
            continue
        files.write({path: dump(Record(state.edition, who, day, state.content))})
        before = f"; before, {state.own.by} had on {state.own.on}" if state.own else ""
        print(f"{said}{before}\nwrote {project.named(path)}", flush=True)
        if state.own and not state.approved:
            print(_again(state.edition, project.named(target.path)), file=sys.stderr, flush=True)
    print(
        f"{counted(len(states), 'edition is', 'editions are')} approved. Now run: toolkit build --final"
        f" {' '.join(f'{target.folder}/{target.name}' for target in states)}"
    )


def _again(edition: str, path: str) -> str:
    """That what readers of an edition may have by now is told nowhere as changed."""
    return (
        f"note: the edition {edition} was approved before, and is otherwise now; nothing tells those who"
        f" have it what has changed. If it is given out already, write another edition: in {path}"
    )


def _name(by: str) -> str:
    """A role or name as it is printed. Raises Invalid."""
    name, place = " ".join(by.split()), Place(Path("--by"))
    if not name:
        hint = 'write a role or a name: --by "Board business manager"'
        raise Invalid.at(place, "it is not said who approves this", hint)
    if FORBIDDEN.search(name) or not name.isprintable():
        raise Invalid.at(place, "an invisible character stands in these words", "type them again")
    if len(name) > LONGEST_NAME:
        raise Invalid.at(place, f"this is longer than {LONGEST_NAME} letters", "write a role or a name")
    return name


def _day(on: str | None) -> str:
    """A day as it is written, or today. Raises Invalid."""
    if on is None:
        return date.today().isoformat()
    try:
        day = date.fromisoformat(on.strip())
    except ValueError:
        day = None
    if day is None or len(on.strip()) != len("2026-11-01") or not 1900 <= day.year < 2100:
        problem = Problem(
            Place(Path("--on")), f"“{on}” is not a day", "write year-month-day, such as 2026-11-01"
        )
        raise Invalid([problem])
    return day.isoformat()
