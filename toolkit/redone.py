"""What somebody changed by hand in built files, made anew in files that are built again."""

from __future__ import annotations

from collections.abc import Collection, MutableMapping
from typing import TYPE_CHECKING

from toolkit.problems import Invalid, Place, counted
from toolkit.project import Project
from toolkit.targets import Target

if TYPE_CHECKING:
    from toolkit.content.changes import Change

_ALIKE = {".pptx": ".notes.pdf"}  # the PDF that says what an Office file says


def redone(
    project: Project,
    target: Target,
    made: MutableMapping[str, bytes],
    makes: Collection[str],
    final: bool = False,
) -> list[str]:
    """Make the changes that are kept of a target in its files that were `made` again, and tell of them, and
    of those that can no longer be made; also where their file is none that a target `makes`, by its ending.

    Raises Invalid where the file that keeps them is spoilt, or where a final file would say what nobody has
    checked.
    """
    kept = project.changes(target)
    if kept is None:
        return []
    from toolkit.office.accessible import check_accessible
    from toolkit.office.changing import changed
    from toolkit.office.opc import read_package

    named, remarks = project.named(target.changes), []
    for file in kept.files:
        data, name = made.get(file.ending), project.named(target.file(file.ending))
        if file.ending not in makes:
            remarks.append(f"{named}: what is kept of {name} is in no file, for it is not made")
        if not data or not data.startswith(b"PK"):
            continue
        if final and any(change.source for change in file.changes):
            message = f"words of a review, or about its sources, were changed by hand in {name}"
            hint = "a final file says what was checked: put them into the review, or take them out here"
            raise Invalid.at(Place(target.changes), message, hint)
        new, missed = changed(data, file.changes)
        count = len(file.changes) - len(missed)
        if count:
            made[file.ending] = new
            remarks.append(f"{name} has {counted(count, 'change', 'changes')} made by hand, kept in {named}")
        for one, why in missed:
            remarks.append(f"{named}: {about(one)} was left out of {name}: {why}")
        for found in check_accessible(read_package(new)) if count else ():
            if found.level == "error":
                what = f"{found.where}: {found.message}"
                remarks.append(f"{name}, as it was changed by hand, shuts a reader out: {what}; {found.hint}")
        other = _ALIKE.get(file.ending, file.ending.replace(".docx", ".pdf"))
        if count and other in made:
            remarks.append(f"{project.named(target.file(other))} does not have these changes: print {name}")
    return remarks


def kept_by_ending(project: Project, target: Target) -> dict[str, str]:
    """A few letters for the changes that are kept of each file of a target, by its ending. Raises Invalid."""
    kept = project.changes(target)
    if kept is None:
        return {}
    from toolkit.office.kept import digest_of

    return {file.ending: digest_of(file.changes) for file in kept.files if file.changes}


def about(change: Change) -> str:
    """A change in a few words."""
    words = change.now or change.was or change.slide or ""
    short = words if len(words) < 60 else f"{words[:57]}…"
    what = {
        "reword": "the line that now says",
        "insert": "the new line",
        "delete": "the deletion of",
        "move-slide": "the new place of the slide",
        "delete-slide": "the deletion of the slide",
        "add-slide": "the slide",
    }[change.do]
    return f"{what} “{short}”"
