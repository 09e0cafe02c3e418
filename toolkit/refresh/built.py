"""What is built, or would be, and is out of date: files that are older than what they were made from, and
editions that tell what was in force in their month and is not any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit import stamps
from toolkit.build import Options, make
from toolkit.content.guidance import in_words, last_day
from toolkit.problems import Invalid, Place, Problem, counted
from toolkit.project import CONTENT, Project
from toolkit.refresh.folder import Finding
from toolkit.refresh.reach import NO_CHANGE, change_between


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


def older_than_sources(project: Project) -> Iterator[Finding]:
    """Built files that are older than what they were made from, one finding for each deck or briefing."""
    for path in project.stamps():
        stamp = stamps.read(path)
        for made_from, known in stamp.sources.items():
            built = [
                file
                for ending, one in stamp.outputs.items()
                if one.made_from == made_from
                and one.digests
                and (file := project.built(path, ending)).is_file()
            ]
            changed = changed_since(project, known)
            if not built or not changed:
                continue
            what = "this file is" if len(built) == 1 else f"these {counted(len(built), 'file', 'files')} are"
            edition = not any((project.root / folder / f"{path.stem}.yaml").exists() for folder in CONTENT)
            hint = f"run: toolkit build {path.stem}"
            if edition:
                hint = "build this edition once more, as it was built before"
            message = f"{what} older than {_listed(changed)}"
            yield Finding(Problem(Place(built[0]), message, hint, stops=False))


def changed_since(project: Project, known: dict[str, str]) -> dict[str, list[str]]:
    """The sources that have changed since a target was built, by their names, and for reviews the points that
    have changed. What is there no more is left out.
    """
    found: dict[str, list[str]] = {}
    for name, digest in known.items():
        if not name:
            if digest != project.shared:
                found["the templates, registers or board.yaml"] = []
        elif "#" not in name and (now := project.digest(project.root / name)) and now != digest:
            mark = f"{name}#"
            then = {id.removeprefix(mark): one for id, one in known.items() if id.startswith(mark)}
            parts = project.parts(project.root / name) if then else {}
            change = change_between(then, parts, name) if parts else NO_CHANGE
            found[name] = [*change.points, *(f"{id} (taken out)" for id in change.gone)]
    return found


def _listed(changed: dict[str, list[str]]) -> str:
    names = [f"{name} ({', '.join(points)})" if points else name for name, points in changed.items()]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
