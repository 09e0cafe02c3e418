"""Which deck or briefing a file was built of, and what kind of file it is: the file says it itself, whatever
it is called. Of one from which a program has taken that out, the name tells, also of a copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from toolkit.office.opc import Package, read_package
from toolkit.office.origins import table_of
from toolkit.problems import Invalid, Place, did_you_mean
from toolkit.project import Project
from toolkit.refresh import today
from toolkit.refresh.texts import built
from toolkit.render.formats import FORMATS, Format
from toolkit.targets import Target, Wishes

_KEPT = re.compile(r" \((?:your changes|copy|Kopie)?(?: ?\d+)?\)$| - Copy(?: \(\d+\))?$", re.I)


def target_of(project: Project, path: Path) -> tuple[Target, Format]:
    """The target that a file is of, and the kind of file that it is. Raises Invalid."""
    name = path.name
    if not name.endswith((".pptx", ".docx")):
        kind = "a PDF" if name.endswith(".pdf") else "this kind of file"
        message = f"what is changed in {kind} cannot be read back"
        raise Invalid.at(Place(path), message, "change the PowerPoint or Word file, and pull that")
    return _said_inside(project, read_package(path), path.suffix) or target_named(project, path)


def target_named(project: Project, path: Path) -> tuple[Target, Format]:
    """The same, by the name of the file alone. Raises Invalid."""
    stem = _KEPT.sub("", path.stem)
    folder = path.parent.name
    every = [
        (target, one)
        for target in project.targets()
        for one in FORMATS[target.folder]
        if one.office and one.ending.endswith(path.suffix)
    ]
    for target, one in sorted(every, key=lambda pair: pair[0].folder != folder):
        if target.name + one.ending == stem + path.suffix:
            return target, one
    for target, one in every:
        middle = one.ending.removesuffix(path.suffix)
        if stem.startswith(f"{target.name}-") and stem.endswith(middle):
            rest = stem[len(target.name) + 1 : len(stem) - len(middle) if middle else None]
            if wishes := _wishes(project, rest):
                return target.edition(wishes), one
    names = {target.name + one.ending for target, one in every}
    hint = did_you_mean(
        stem + path.suffix, names, "give it the name again that it was built with, such as robin.pptx"
    )
    raise Invalid.at(Place(path), "no deck or briefing of this folder has a file of this name", hint)


def _said_inside(project: Project, package: Package, ending: str) -> tuple[Target, Format] | None:
    about = built(table_of(package))
    target = today.find(project, about.made) if about else None
    if not about or not target:
        return None
    found = format_of(target.folder, about.made, ending)
    return (target, found) if found else None


def format_of(folder: str, made: Mapping[str, object], ending: str) -> Format | None:
    """The kind of file that one is, by what it says of its making and the end of its name."""
    plan = made.get("plan")
    every = (one for one in FORMATS[folder] if one.plan == plan and one.ending.endswith(ending))
    return next(every, None)


def _wishes(project: Project, name: str) -> Wishes | None:
    """What an edition with this name was wished to be."""
    rest, minutes, mode = name, None, ""
    few = rest == "restricted" or rest.endswith("-restricted")
    rest = rest.removesuffix("restricted").removesuffix("-") if few else rest
    if match := re.match(r"(\d+)-minutes(?:-|$)", rest):
        minutes, rest = int(match[1]), rest[match.end() :]
    lenses, points = [], []
    agencies = sorted([*project.registers().agencies, "everyone"], key=len, reverse=True)
    known = [point.id for path in project.review_paths() for point in project.review(path)[0].points]
    known.sort(key=len, reverse=True)
    while found := next((one for one in agencies if rest == one or rest.startswith(f"{one}-")), ""):
        lenses.append(found)
        rest = rest[len(found) + 1 :]
    for one in ("room", "online"):
        if rest == one or rest.startswith(f"{one}-"):
            mode, rest = one, rest[len(one) + 1 :]
    while found := next((one for one in known if rest == one or rest.startswith(f"{one}-")), ""):
        points.append(found)
        rest = rest[len(found) + 1 :]
    wishes = Wishes(minutes, tuple(lenses), mode, tuple(points), few)
    return wishes if name and wishes.name == name else None
