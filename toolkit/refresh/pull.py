"""What `toolkit pull` does and prints: what somebody changed in a built file comes back into the sources."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import files, report, stamps
from toolkit.problems import Invalid, Place, counted
from toolkit.project import FOLDERS, Project, here
from toolkit.refresh import destination, outcome
from toolkit.refresh.comparison import Edit
from toolkit.refresh.destination import Planned
from toolkit.refresh.found import target_of
from toolkit.refresh.opening import Opening, edits, open_edited
from toolkit.refresh.outcome import Result


@dataclass(frozen=True)
class Choice:
    """What a person wants: to be asked nothing (`yes`), and to see only what would be done (`dry`)."""

    yes: bool = False
    dry: bool = False


def pull(path: Path, yes: bool = False, dry_run: bool = False) -> int:
    """Show what was changed in a file, and take it over. Gives back the exit code."""
    with report.plainly():
        project = here()
        return _pull(project, path if path.is_absolute() else Path.cwd() / path, Choice(yes, dry_run))


def _pull(project: Project, path: Path, choice: Choice) -> int:
    target, one = target_of(project, path)
    if target.wishes.restricted:
        message = "what is changed in a restricted edition cannot be taken over"
        raise Invalid.at(
            Place(path),
            message,
            "change the review itself, and build the edition again",
        )
    data = _bytes(path)
    if not choice.dry:
        for folder in (target.path.parent, target.stamp.parent, project.root / FOLDERS["review"]):
            files.clear_up(folder)
    opening = open_edited(project, target, one, path)
    found = edits(opening)
    named = project.named(path)
    if not found.edits:
        print(f"{named}: no words, notes, tables or slides were changed by hand.")
        return 0
    planned = destination.plan(project, opening, found)
    print(f"{named}: {counted(len(planned), 'change', 'changes')} made by hand")
    for number, each in enumerate(planned, 1):
        print("\n".join(_shown(project, opening, number, each)))
    taken = _chosen(planned, choice)
    if choice.dry:
        result = outcome.tried(project, opening, taken)
        _tell_left(result, planned, taken)
        print("Nothing was written.")
        return 0
    if not taken:
        print("Nothing was taken over, and nothing was written. Your file stays as it is.")
        return 1
    result = outcome.tried(project, opening, taken)
    _tell_left(result, planned, taken)
    if not result.texts:
        print("Nothing was written. Your file stays as it is.")
        return 1
    if not choice.yes and _asked("Take this over?", "yn") != "y":
        alone = "" if sys.stdin and sys.stdin.isatty() else " Nobody can be asked here: add --yes."
        print(f"Nothing was written.{alone}")
        return 0
    with files.alone(project.root, report.waits):
        _unchanged(project, result, path, data)
        files.write(result.texts)
    for written in sorted(result.texts):
        print(f"wrote {project.named(written)}")
    whole = result.whole and len(taken) == len(planned)
    _noted(opening, path, data, whole)
    print(_ending(opening, path, whole, result))
    return 0 if len(taken) == len(planned) and not result.left else 1


def _bytes(path: Path) -> bytes:
    try:
        return files.read(path)
    except FileNotFoundError:
        hint = "give the path of a PowerPoint or Word file that was built, such as build/decks/robin.pptx"
        raise Invalid.at(Place(path), "there is no such file", hint) from None
    except OSError as error:
        raise Invalid([files.unforeseen(path, error)]) from None


def _asked(question: str, letters: str) -> str:
    """The letter of an answer; the last of the letters where nobody can answer."""
    if not sys.stdin or not sys.stdin.isatty():
        return letters[-1]
    while True:
        try:
            said = input(f"{question} [{'/'.join(letters)}] ").strip().casefold()[:1]
        except EOFError:
            return letters[-1]
        if said and said in letters:
            return said


def _chosen(planned: Sequence[Planned], choice: Choice) -> list[Planned]:
    """The edits that are to be taken over: all that are clear, and of the others those that a person says yes
    to, one by one."""
    taken = []
    for number, one in enumerate(planned, 1):
        if one.refused:
            continue
        if one.edit.conflict:
            if (
                not (choice.yes or choice.dry)
                and _asked(f"{number}: take your words, or leave it?", "yn") == "y"
            ):
                taken.append(one)
        elif one.asks:
            if not (choice.yes or choice.dry) and _asked(f"{number}: {one.asks} Take it over?", "yn") == "y":
                taken.append(one)
        else:
            taken.append(one)
    return taken


# ------------------------------------------------------------------------------------------------- showing

_SAID = {
    "reworded": "was: {was}\n      is:  {now}",
    "deleted": "deleted: {was}",
    "added": "added: {now}",
    "box added": "a box or table was put in: {now}",
    "slide moved": "the slide stands {after}: {was}",
    "slide deleted": "the slide was deleted: {was}",
    "slide added": "a slide was added {after}: {now}",
}


def _shown(project: Project, opening: Opening, number: int, one: Planned) -> list[str]:
    """An edit as a person reads it, and what would become of it."""
    edit = one.edit
    was = _short(edit.was) if edit.was is not None else "words that the sources no longer give"
    after = f"after slide {edit.number - 1}" if edit.follows else "first"
    said = _SAID[edit.kind].format(was=was, now=_short(edit.now), after=after)
    lines = [f"{number:>3}. {_where(edit)}{said}"]
    if edit.conflict:
        lines.append(f"      conflict: {edit.conflict}")
        if edit.source is not None:
            lines.append(f"      the sources now say: {_short(edit.source)}")
    elif one.refused:
        lines.append(f"      left out: {one.refused}")
    elif one.field:
        lines.append(f"      → {_near(project, one.field.place)} ({one.field.origin})")
    else:
        lines.append(f"      → kept in {project.named(opening.target.changes)}")
    if one.asks and not edit.conflict:
        lines.append(f"      ! {one.asks}")
    return lines


def _where(edit: Edit) -> str:
    if not edit.number:
        return "in a table, " if edit.where == "table" else ""
    where = {"notes": "notes of slide {}, ", "table": "table on slide {}, "}.get(edit.where, "slide {}, ")
    return where.format(edit.number)


def _near(project: Project, place: Place) -> str:
    return str(replace(place, path=Path(project.named(place.path))))


def _short(words: str | None) -> str:
    said = " ".join((words or "").replace("\u00a0", " ").split())
    return f"“{said if len(said) <= 160 else said[:157] + '…'}”"


def _tell_left(result: Result, planned: Sequence[Planned], taken: Sequence[Planned]) -> None:
    numbers = {one.edit.spot: n for n, one in enumerate(planned, 1)}
    chosen = {one.edit.spot for one in taken}
    for one in result.left:
        if one.edit.spot in chosen:
            print(f"note: {numbers[one.edit.spot]} cannot be taken over: {one.refused}", file=sys.stderr)
    missing = [str(n) for spot, n in numbers.items() if spot not in chosen]
    if missing:
        print(f"note: left as it is: {', '.join(missing)}", file=sys.stderr)
    for told in result.told:
        print(f"note: {told}", file=sys.stderr)


def _unchanged(project: Project, result: Result, path: Path, data: bytes) -> None:
    """Raises Invalid where somebody has saved the file, or a source, while we looked."""
    for each in (path, *result.texts):
        before = stamps.digest(data) if each == path else project.digest(each)
        try:
            now = stamps.digest(files.read(each))
        except OSError:
            now = ""
        if now != before:
            raise Invalid.at(Place(each), "this was saved meanwhile; nothing was written", "pull once more")


def _noted(opening: Opening, path: Path, data: bytes, whole: bool) -> None:
    """Say in the stamp that the edited file holds nothing more, so that the next build replaces it."""
    target, ending = opening.target, opening.format.ending
    if not whole or path.resolve() != target.file(ending).resolve():
        return
    stamp = stamps.read(target.stamp)
    output = stamp.outputs.get(ending) or stamps.Output("", ())
    output = replace(output, made_from="", digests=(*output.digests, stamps.digest(data)))
    stamp = replace(stamp, outputs={**stamp.outputs, ending: output})
    try:
        files.write({target.stamp: stamps.dump(stamp)}, hurry=True)
    except Invalid:
        print("note: the next build keeps a copy of your file, for this could not be noted", file=sys.stderr)


def _ending(opening: Opening, path: Path, whole: bool, result: Result) -> str:
    target, large = opening.target, ["--print large"] if opening.options.large_print else []
    build = " ".join(["toolkit build", target.path.stem, *target.wishes.options, *large])
    if whole:
        return f"All of it is taken over. Now run: {build}"
    if result.looks_differ and not result.left:
        why = "its looks, pictures or boxes may differ, which are not read back"
    else:
        why = "not all of it is taken over"
    return f"The next build keeps your file beside the new one ({why}). Now run: {build}"
