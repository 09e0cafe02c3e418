"""What `toolkit read` does and prints: a form that somebody filled in becomes a review, or changes one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path as File

from yaml import YAMLError

from toolkit import files, report, stamps
from toolkit.content.lengths import too_long
from toolkit.content.nodes import parse, read_text
from toolkit.forms import cells, controls
from toolkit.forms.answers import Item, Repeated, gathered, plain, unfit
from toolkit.forms.controls import Filled
from toolkit.forms.drawing import FORM, is_ours
from toolkit.forms.form import TITLES, choices
from toolkit.forms.lines import Edited, emitted, unchangeable
from toolkit.forms.merging import Merge
from toolkit.forms.shape import PARTS, Path, at, review, told
from toolkit.forms.sheets import NAMES
from toolkit.office.opc import Package, read_package
from toolkit.office.unzip import KINDS
from toolkit.problems import Invalid, Node, Place, Problem, counted
from toolkit.project import FOLDERS, Project, here

_HEAD = "# yaml-language-server: $schema=../reference/schema/review.json"
_STAMP = re.compile(r"(review|points|timeline) (?:empty|([A-Za-z0-9-]+) ([0-9a-f]{16}))")
_AGAIN = "put it right in the form, save it, and read it once more"
_OF_LINES = re.compile(
    r"(type|write|put|add|begin|start|delete|give|it goes) "
)  # hints on how a file is typed
_VALUE = re.compile(
    r"(?:type it like this|write it in words): (?:[a-z_]+: )?([^\s\[{\"'>|:-][^:\n\[{\"'>|]*|https?:\S+)"
)
_ANEW = "make the form once more, and copy your words into it"
_NO_FORM = {
    ".yaml": "it is read as it is: run: toolkit check",
    ".yml": "it is read as it is, once its name ends in .yaml: run: toolkit check",
    ".csv": "open it in Excel, and copy its rows into a sheet: toolkit form timeline NAME --out NAME.xlsx",
    ".xls": "open it in Excel, and choose File, Save as, Excel Workbook",
    ".doc": "open it in Word, and choose File, Save as, Word Document",
    ".odt": "choose File, Save as, Word (.docx)",
    ".txt": "a form ends in .docx or .xlsx; for words of old, run: toolkit import",
    ".pdf": "a form ends in .docx or .xlsx; for an old document, run: toolkit import",
}
_KEPT = ".stamps/forms"  # below build: what a form was made from, to read the same form twice


def read(path: File, name: str | None) -> int:
    """Read a form and write the review. Gives back the exit code."""
    with report.plainly():
        project = here()
        return _read(project, path if path.is_absolute() else File.cwd() / path, name)


def _read(project: Project, path: File, name: str | None) -> int:
    if path.is_file() and (hint := _NO_FORM.get(path.suffix.casefold())):
        raise Invalid.at(Place(path), "this is no form of the toolkit", hint)
    package = read_package(path)
    if cells.is_sheet(package):
        rows = cells.read(package, choices(project))
        kind, of, base = _stamp(path, rows.stamp)
        for what in rows.beside:
            print(f"note: {project.named(path)}: not read: {what}", file=sys.stderr)
        if kind not in NAMES:
            raise Invalid.at(
                Place(path), "a sheet holds points or a timeline, and this says otherwise", _ANEW
            )
        if kind not in rows.kinds or rows.missing:
            gone = f"the column “{rows.missing[0]}”" if rows.missing else f"the sheet {NAMES[kind]}"
            again = f"write “{rows.missing[0]}” at its head again; or {_ANEW}" if rows.missing else _ANEW
            raise Invalid.at(Place(path), f"{gone} is gone or has another name; nothing was written", again)
        if rows.twice:
            message = f"the column “{rows.twice[0]}” stands twice; nothing was written"
            raise Invalid.at(Place(path), message, "take one of them away, save the sheet, and read it again")
        item = Item(fields={kind: rows.items})
    else:
        filled = opened(package, path)
        said = next((one.text for one in filled.controls if one.path == ("form",)), "")
        kind, of, base = _stamp(path, said)
        _tell_beside(project, path, filled)
        item = _gathered(project, path, kind, filled)
    _tell_open(project, path)
    if wrong := list(unfit(item)):
        raise Invalid([Problem(Place(path), f"{told(there)}: {why}", _AGAIN) for there, why in wrong])
    if name and of and name != of:
        message = f"this form was made from the review '{of}', not from '{name}'"
        raise Invalid.at(Place(path), message, f"leave --review out, or write: --review {of}")
    with files.alone(project.root, report.waits):
        if of:
            return _update(project, path, kind, of, base, item, cells.is_sheet(package))
        if kind == "review":
            return _start(project, path, name, item)
        return _append(project, path, kind, name, item)


def opened(package: Package, path: File) -> Filled:
    """What stands in a form in Word. Raises Invalid."""
    if package.kind() != "document":
        raise Invalid.at(Place(path), "this is not a Word file", KINDS)
    filled = controls.read(package)
    if not filled.controls:
        hint = "make one with: toolkit form review; then fill it in"
        raise Invalid.at(Place(path), "this holds no field of a form of the toolkit", hint)
    return filled


def _stamp(path: File, said: str) -> tuple[str, str, str]:
    """Which kind of form it is, and the name and digest of the review that it was made from, if any."""
    match = _STAMP.fullmatch(said)
    if match is None:
        raise Invalid.at(Place(path), "the line that says which form this is is gone or was changed", _ANEW)
    return match[1], match[2] or "", match[3] or ""


def _gathered(project: Project, path: File, kind: str, filled: Filled) -> Item:
    top = review(PARTS[kind])
    fields = [one for one in filled.controls if one.path != ("form",)]
    strange = [one for one in fields if at(one.path, top) is None]
    if strange:
        what = told(strange[0].path)
        raise Invalid.at(Place(path), f"{what}: a form of this kind has no such field", "take it out")
    try:
        return gathered(fields, top, choices(project))
    except Repeated as error:
        message = f"{told(error.path)}: this field stands twice in the form"
        hint = "take one of them away; to add an item, click in one and use the plus sign at its corner"
        raise Invalid.at(Place(path), message, hint) from None


def _tell_beside(project: Project, path: File, filled: Filled) -> None:
    """Say what of a person’s words is not read."""
    titles = [one for one in filled.beside if any(one.startswith(f"{t}: ") for t in TITLES.values())][:1]
    notes = [
        f"typed outside the fields, so not read: “{words}”"
        for words in filled.beside
        if not is_ours(words, (*titles, *TITLES.values(), FORM.strip()))
    ]
    notes += [f"deleted with tracked changes, so not read: “{words}”" for words in filled.deleted]
    if filled.comments:
        notes.append(f"{counted(filled.comments, 'comment', 'comments')} in the form, which is not read")
    for note in notes:
        print(f"note: {project.named(path)}: {note}", file=sys.stderr)


def _tell_open(project: Project, path: File) -> None:
    """Say that another program has the form open."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f"~${path.name[2:]}"))
    if any(one.exists() for one in (*locks, path.with_name(f".~lock.{path.name}#"))):
        note = "the form is open in another program: what was not saved there yet is not read"
        print(f"note: {project.named(path)}: {note}", file=sys.stderr)


# ------------------------------------------------------------------------------------------- what is written


def _update(project: Project, path: File, kind: str, name: str, base: str, item: Item, is_sheet: bool) -> int:
    """Bring a form into the review that it was made from."""
    target = project.root / FOLDERS["review"] / f"{name}.yaml"
    now = _text(project, target)
    before = _base(project, target, base, now)
    lines = Edited(target, before)
    merge = Merge(lines)
    old = parse(target, before).plain()
    try:
        merge.group((), review(PARTS[kind]), old, item)
    except (LookupError, StopIteration, ValueError, YAMLError):  # a change before it has spoilt the lines
        raise unchangeable(target) from None
    text = lines.checked()
    for what in () if is_sheet else merge.missing:  # a sheet has columns for some fields alone
        print(f"note: {what}: the form has no such field any more; it stays as it is", file=sys.stderr)
    checked(project, path, target, text)
    for change in merge.changes:
        print(change)
    if text == now:
        print(f"{project.named(target)} says the same already: nothing was written.")
        return 0
    kept = _kept(project, name, base)
    files.write(
        {
            target: text.encode(),
            kept: before.encode(),
            kept.with_suffix(".read"): stamps.digest(text.encode()).encode(),
        }
    )
    print(f"wrote {project.named(target)}. Now run: toolkit check")
    return 0


def _base(project: Project, target: File, base: str, now: str) -> str:
    """The text that a form was made from: what stands there now, or what stood there before the same form was
    read. Raises Invalid where somebody has changed the review since."""
    if stamps.digest(now.encode())[:16] == base:
        return now
    kept = _kept(project, target.stem, base)
    try:
        read = kept.with_suffix(".read").read_text(encoding="ascii")
        text = files.read(kept).decode()
    except (OSError, ValueError):
        read = text = ""
    if read == stamps.digest(now.encode()) and stamps.digest(text.encode())[:16] == base:
        return text
    message = "this review was changed after the form was made from it; nothing was written"
    hint = (
        f"make the form once more (toolkit form review {target.stem} --out another.docx), and copy your words"
    )
    raise Invalid.at(Place(target), message, hint)


def _kept(project: Project, name: str, base: str) -> File:
    return project.root / "build" / _KEPT / f"{name}-{base}.yaml"


def _start(project: Project, path: File, name: str | None, item: Item) -> int:
    """A new review from an empty form."""
    values = plain(review(), item) or {}
    name = name or str(values.get("id", ""))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or files.unfit(name, files.LONGEST_NAME):
        message = f"Id: '{name[:60]}' will not do as a name" if name else "Id: nothing is written here"
        hint = "use lower-case letters, digits and hyphens, such as baby-rose; it is the name of the file too"
        raise Invalid.at(Place(path), message, hint)
    target = project.root / FOLDERS["review"] / f"{name}.yaml"
    if target.exists():
        message = "this review is there already, and the form was not made from it; nothing was written"
        hint = f"to change it, run: toolkit form review {name}; else write another id in the form"
        raise Invalid.at(Place(target), message, hint)
    values = {"id": name, **values}
    text = "\n".join(
        [_HEAD, *(line for key, one in values.items() for line in emitted(f"{key}:", one, 2)), ""]
    )
    checked(project, path, target, text)
    files.write_new(target, text.encode())
    print(f"wrote {project.named(target)}. Now run: toolkit check")
    return 0


def _append(project: Project, path: File, kind: str, name: str | None, item: Item) -> int:
    """The points or events of an empty form, put at the end of those of a review."""
    if not name:
        known = ", ".join(one.stem for one in project.review_paths())
        hint = f"write which review they belong to: --review NAME; there are: {known or 'none yet'}"
        raise Invalid.at(Place(path), "this form was not made from a review", hint)
    target = project.root / FOLDERS["review"] / f"{name}.yaml"
    before = _text(project, target)
    merge = Merge(lines := Edited(target, before))
    items = item.fields.get(kind, [])
    assert isinstance(items, list)
    field = review().field(kind)
    assert field
    merge.append((kind,), field, items)
    text = lines.checked()
    if not merge.changes:
        print("Nothing is filled in in this form: nothing was written.")
        return 0
    checked(project, path, target, text)
    files.write({target: text.encode()})
    print("\n".join(merge.changes))
    print(f"wrote {project.named(target)}. Now run: toolkit check")
    return 0


def _text(project: Project, target: File) -> str:
    return read_text(target, project.read)


# ------------------------------------------------------------------------------------------ what is wrong


def checked(project: Project, path: File, target: File, text: str) -> None:
    """Raises Invalid where a review would not do, with every problem by the title of its field."""
    try:
        node = parse(target, text)
    except Invalid as error:
        raise Invalid([replace(one, place=Place(path)) for one in error.problems]) from None
    problems = [one for one in _problems(project, node) if one.stops]
    if problems:
        where: dict[tuple[int, int], list[Path]] = {}
        for spot, there in _places(node, ()):
            where.setdefault(spot, []).append(there)
        raise Invalid([_by_title(path, one, where) for one in problems])


def _problems(project: Project, node: Node) -> Sequence[Problem]:
    from toolkit.content.model import Review
    from toolkit.content.rules import check_review, check_ways
    from toolkit.content.sentences import validate
    from toolkit.content.shapes import misread

    found = list(misread(Review, node))
    try:
        made = validate(Review, node)
    except Invalid as error:
        return [*found, *error.problems]
    found += check_review(made, node, project.registers())
    found += check_ways(made, node, project.names("templates", "pages"))
    return [*found, *too_long(node)]


def _places(node: Node, path: Path) -> Iterator[tuple[tuple[int, int], Path]]:
    """Where each value and each name of a field stands, with its path; the innermost last."""
    yield (node.place.line, node.place.column), path
    if isinstance(node.value, dict):
        for name, one in node.value.items():
            yield (node.keys[name].line, node.keys[name].column), (*path, name)
            yield from _places(one, (*path, name))
    elif isinstance(node.value, list):
        for n, one in enumerate(node.value):
            yield from _places(one, (*path, n))


def _by_title(form: File, problem: Problem, where: dict[tuple[int, int], list[Path]]) -> Problem:
    """A problem of a line of the file, told of the field of the form."""
    spot = (problem.place.line, problem.place.column)
    above = [one for one in where if one <= spot]
    paths = where[max(above)][::-1] if above else [()]
    message, path = problem.message, paths[0]
    if match := re.match(r"'(\w+)' is missing", message):
        path = next((there for one in paths if at(there := (*one, match[1]))), path)
        message = "nothing is written here"
    elif match := re.match(r"'(\w+)' ", message):
        named = [one for one in paths if one[-1:] == (match[1],)]
        path = named[0] if named else path
        message = message[match.end() :] if named else message
    hint = problem.hint.split("\n")[0]
    if (match := _VALUE.fullmatch(problem.hint)) and match[1] != "…":
        hint = f"write {match[1]} in the form, save it, and read it once more"
    elif _OF_LINES.match(hint) and (":" in hint or "\n" in problem.hint):
        hint = _AGAIN
    title = told(path)
    return Problem(Place(form), f"{title}: {message}" if title else message, hint or _AGAIN)
