"""What is built, or would be, and is out of date: files that are older than what they were made from, and
editions that tell what was in force in their month and is not any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from toolkit.build import Options, make
from toolkit.content.guidance import in_words, last_day
from toolkit.makings import again, said
from toolkit.problems import Invalid, Place, Problem, counted
from toolkit.project import BOARD, CONTENT, SHARES, Project
from toolkit.redone import kept_by_ending
from toolkit.refresh.folder import Finding
from toolkit.refresh.reach import NO_CHANGE, change_between
from toolkit.refresh.sets import BuiltTogether, built_together, own_in, parts_in
from toolkit.render.formats import FORMATS
from toolkit.targets import CHANGES, Target

MOST = 5  # changed sources that are named
Changed = dict[str, list[str]]  # sources by their names, and of reviews the points


def editions_of_then(project: Project, day: str) -> Iterator[Finding]:
    """Decks and briefings that would print something else of what is in force with today’s edition."""
    registers = project.registers()
    now = registers.on(day)
    for target in project.targets():
        try:
            work, node, _ = project.work(target)
            edition = work.edition or day
            if last_day(edition) >= day or registers.on(last_day(edition)) == now:
                continue
            then, _, _ = make(project, target, Options())
            today, _, _ = make(project, target, Options(on=day))
        except Invalid:
            continue  # which is told where its files are read, or when it is built
        if then.by_name != today.by_name:
            message = (
                f"this edition tells what was in force in {in_words(edition)}, some of which has changed"
            )
            hint = f"write a new edition, such as {day[:7]}, build it, and read it"
            yield Finding(Problem(node.at(("edition",)).place, message, hint, stops=False))


class Older:
    """Built files that are older than what they were made from: those that would be built otherwise are
    `found`, one finding for each deck or briefing; of the others only how many sets there are, and what has
    changed.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.found: list[Finding] = []
        self._alike = 0
        self._since: Changed = {}
        for one in built_together(project):
            self._read(one)

    def alike(self) -> str:
        """That some sets are older, and would be the same; nothing where there are none."""
        if not self._alike:
            return ""
        sets = counted(self._alike, "set of built files is", "sets of built files are")
        return f"{sets} older than {_listed(self._since)}, and would say the same if built again."

    def _read(self, one: BuiltTogether) -> None:
        project, path, built = self._project, one.stamp, one.files
        changed = changed_since(project, one.digests)
        hand, kept = _by_hand_since(project, path, one.digests)
        if hand.isdisjoint(built):
            hand, kept = set(), {}
        if not changed and not kept:
            return
        same = set(built)
        if changed:
            same = _same(project, one)
        same, changed = same - hand, changed | kept
        older = [file for ending, file in built.items() if ending not in same]
        if not older:
            self._alike += 1
            self._since |= changed
            return
        what = "this file is" if len(older) == 1 else f"these {counted(len(older), 'file', 'files')} are"
        edition = not any((project.root / folder / f"{path.stem}.yaml").exists() for folder in CONTENT)
        words = again(one.how, "" if edition else path.stem)
        hint = f"run: {words}" if words else "build this edition once more, as it was built before"
        message = f"{what} older than {_listed(changed)}"
        self.found.append(Finding(Problem(Place(older[0]), message, hint, stops=False)))


def _same(project: Project, built: BuiltTogether) -> set[str]:
    """Which files, by their endings, would be built as they are: from the same plans, with the same brand.
    None of which that was not written down."""
    from toolkit.refresh.today import find

    how = built.how
    target = find(project, {"of": how.get("of"), "wishes": how})
    if target is None:
        return set()
    options = Options(bool(how.get("final")), bool(how.get("large")), on=how.get("on", ""))
    try:
        plans, _, inputs = make(project, target, options)
    except Invalid:
        return set()
    own = own_in(built.digests)
    if own.keys() != {project.named(path) for path in inputs}:
        return set()
    if any(project.digest(project.root / name) != one for name, one in own.items() if not _is_text(name)):
        return set()
    alike = {name for name, plan in plans.by_name.items() if said(plan) == how.get(f"plan {name}")}
    return {
        one.ending
        for one in FORMATS[built.stamp.parent.name]
        if one.ending in built.files and {one.plan, *(["deck"] if one.pictured else [])} <= alike
    }


def _by_hand_since(project: Project, stamp: Path, known: Mapping[str, str]) -> tuple[set[str], Changed]:
    """The endings of files of which other changes by hand are kept than when they were built, and the name of
    what keeps them."""
    path = project.root / stamp.parent.name / f"{stamp.stem}{CHANGES}"
    name, target = project.named(path), Target(stamp.stem, stamp.parent.name, path, path, stamp)
    try:
        now = kept_by_ending(project, target)
    except Invalid:
        return set(), {}  # which is told when it is built
    then = parts_in(known, name)
    other = {one for one in {**then, **now} if then.get(one) != now.get(one)}
    return other, {name: [] if now and then else ["new"] if now else ["taken out"]} if other else {}


def _is_text(name: str) -> bool:
    """Whether all that is drawn of a source stands in plans: it is a review, a deck or a briefing."""
    return Path(name).parent.name in CONTENT and name.endswith(".yaml")


def changed_since(project: Project, known: Mapping[str, str]) -> Changed:
    """The sources that have changed since a target was built, by their names, and for reviews the points that
    have changed. Of the target’s own, what is there no more is left out.
    """
    found: Changed = {}
    for name, digest in own_in(known).items():
        now = project.digest(project.root / name)
        if now and now != digest:
            then = parts_in(known, name)
            parts = project.parts(project.root / name) if then else {}
            change = change_between(then, parts, name) if parts else NO_CHANGE
            found[name] = [*change.points, *(f"{id} (taken out)" for id in change.gone)]
    return (_shared_since(project, known) if known.get("", project.shared) != project.shared else {}) | found


def _shared_since(project: Project, known: Mapping[str, str]) -> Changed:
    """What of all that targets share has changed: by names, where they were written down."""
    then = {name[1:]: one for name, one in known.items() if name.startswith(SHARES)}
    now = project.shared_by_name
    found: Changed = {name: [] for name, one in now.items() if name in then and then[name] != one}
    if BOARD in found and f"{SHARES}{BOARD}" in known:
        found[BOARD] = board_since(project.board_parts(), known)
    found |= {name: ["new"] for name in now if name not in then and then}
    found |= {name: ["taken out"] for name in then if name not in now}
    return found or {f"the templates, registers or {BOARD}": []}


def board_since(now: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """The fields of board.yaml that have changed since something was built."""
    then = parts_in(known, BOARD)
    return [
        name for name in (*now, *(one for one in then if one not in now)) if now.get(name) != then.get(name)
    ]


def _listed(changed: Changed) -> str:
    names = [f"{name} ({', '.join(points)})" if points else name for name, points in changed.items()]
    if len(names) > MOST:
        names = [*names[: MOST - 1], f"{len(names) - MOST + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
