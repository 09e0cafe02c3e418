"""A finished file with what somebody changed by hand in an earlier one: words, slides and their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.content.changes import Change
from toolkit.office import adding
from toolkit.office.editing import tree, xml_bytes
from toolkit.office.kept import Leaves, written
from toolkit.office.opc import P, Package, R, quoted, read_package, slides, zipped
from toolkit.office.rewording import beside, remove, reword
from toolkit.office.story import (
    Line,
    as_built,
    document_lines,
    marked,
    plain,
    slide_lines,
    with_leaves,
)
from toolkit.seals import PART, sealed_parts, unsealed

SLIDES = ("move-slide", "delete-slide", "add-slide")


@dataclass
class Sheet:
    """A slide, or the document: the name of its page, its parts, and its entry in the list of slides."""

    page: str
    part: str
    notes: str
    listed: Any = None


@dataclass
class Opened:
    """A file that is being changed, its parts that have been, and the sheets in their order."""

    package: Package
    parts: dict[str, bytes]
    trees: dict[str, Any] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)

    def tree(self, part: str) -> Any:
        """The root of a part, to be changed."""
        if part not in self.trees:
            self.trees[part] = tree(Package(self.package.path, self.parts), part)
        return self.trees[part]

    def lines(self, sheet: Sheet) -> tuple[Line, ...]:
        """The lines of a sheet as they are now."""
        if sheet.listed is None:
            return document_lines(self.tree(sheet.part))
        return slide_lines(self.tree(sheet.part), self.tree(sheet.notes) if sheet.notes else None)

    def sheet(self, page: str | None) -> Sheet | None:
        """The sheet of a page."""
        return next((sheet for sheet in self.sheets if sheet.page == (page or "")), None)

    def leaves(self) -> Leaves:
        """The key of every slide in its order, with its lines; or those of the document."""
        return [("" if one.listed is None else one.listed.get("id"), self.lines(one)) for one in self.sheets]


def opened(data: bytes) -> Opened:
    """A file of ours, to be changed. Raises Invalid."""
    package = read_package(data)
    made = Opened(package, dict(package.parts))
    main = package.main()
    if package.kind() == "document":
        made.sheets = [Sheet("", main, "")]
        return made
    known = {was.key: was.page for was in as_built(package.root(PART))}
    for one in slides(package, made.tree(main)):
        notes = next(iter(one.notes), "")
        made.sheets.append(Sheet(known.get(one.key, ""), one.part, notes, one.entry))
    return made


def changed(data: bytes, changes: Sequence[Change]) -> tuple[bytes, list[tuple[Change, str]]]:
    """A file of ours with some changes, which it then says it was built with, and that they were made by
    hand; and those that could not be made, because what they change is not there, with the reason."""
    file = opened(data)
    before, missed = file.leaves(), []
    for change in changes:
        if why := make(file, change):
            missed.append((change, why))
    hand = written(changes, len(changes) - len(missed), before, file.leaves())
    return closed(file, hand), missed


def make(file: Opened, change: Change) -> str:
    """Make one change; or why it cannot be made."""
    if change.do in SLIDES:
        return _of_slides(file, change)
    sheet = file.sheet(change.slide)
    if sheet is None:
        return "there is no such slide any more"
    lines = file.lines(sheet)
    line = find(lines, change)
    if line is None:
        return "these words stand there no more"
    if change.do == "insert":
        if not line.words.strip():
            reword(line.element, change.now)
        else:
            beside(line.element, change.now, change.before, change.style)
    elif change.do == "delete":
        remove(line.element)
    else:
        reword(line.element, change.now)
    return ""


def find(lines: Sequence[Line], change: Change) -> Line | None:
    """The line that a change is about: in its box, or the only one of these words anywhere."""
    words = plain(change.was)
    same = [line for line in lines if plain(line.words) == words]
    boxes = lines[-1].box + 1 if lines else 0
    here = [line for line in same if line.box == change.box]
    if not words:  # an empty cell: only its place tells it from others
        return here[0] if here and boxes == change.among else None
    if len(here) >= change.nth and (len(here) > 1 or len(same) == 1 or boxes == change.among):
        return here[change.nth - 1]
    return same[0] if len(same) == 1 else None


def _of_slides(file: Opened, change: Change) -> str:
    page = change.slide or ""
    if change.do == "add-slide":
        if file.sheet(page):
            return "there is a slide of this name already"
        after = file.sheet(change.after)
        if change.after and after is None:
            return "the slide that it follows is there no more"
        part, notes = adding.add(file.package, file.parts, file.tree, change, after.part if after else "")
        listed = adding.list_slide(file.tree(file.package.main()), file.parts, file.package.main(), part)
        sheet = Sheet(page, part, notes, listed)
    else:
        found = file.sheet(page)
        if found is None:
            return "there is no such slide any more"
        sheet = found
    if change.do == "delete-slide":
        _unlist(file, sheet)
        sheet.listed.getparent().remove(sheet.listed)
        file.sheets.remove(sheet)
        adding.drop(file.parts, file.package.main(), sheet.listed.get(f"{R}id"), (sheet.part, sheet.notes))
        for part in (sheet.part, sheet.notes):
            file.trees.pop(part, None)  # a slide that is added may take its name
        return ""
    after = file.sheet(change.after) if change.after else None
    if (change.after and after is None) or after is sheet:
        return "the slide that it follows is there no more"
    _unlist(file, sheet)
    _place(file, sheet, after)
    return ""


def _section_entries(file: Opened, sheet: Sheet) -> list[Any]:
    key = sheet.listed.get("id")
    root = file.tree(file.package.main())
    return [one for one in root.iter(f"{adding.P14}sldId") if one.get("id") == key]


def _unlist(file: Opened, sheet: Sheet) -> None:
    for entry in _section_entries(file, sheet):
        entry.getparent().remove(entry)


def _place(file: Opened, sheet: Sheet, after: Sheet | None) -> None:
    """Put a sheet behind another, or at the beginning; in the same section."""
    if sheet in file.sheets:
        file.sheets.remove(sheet)
    root = file.tree(file.package.main())
    entry = None
    first = file.sheets[0] if file.sheets else None
    neighbour = after or first
    for other in _section_entries(file, neighbour) if neighbour else ():
        entry = other.makeelement(f"{adding.P14}sldId", {"id": sheet.listed.get("id")})
        if after:
            other.addnext(entry)
        else:
            other.addprevious(entry)
    if after:
        after.listed.addnext(sheet.listed)
    else:
        root.find(f"{P}sldIdLst").insert(0, sheet.listed)
    file.sheets.insert(file.sheets.index(after) + 1 if after else 0, sheet)


def closed(file: Opened, hand: str = "") -> bytes:
    """The bytes of a file that was changed, sealed, with what its leaves are now, and what is said of changes
    by `hand`."""
    said = hand
    for sheet in file.sheets:
        about = ""
        if sheet.listed is not None:
            about = f" slide={quoted(sheet.listed.get('id'))} page={quoted(sheet.page)}"
        said += f"<was{about}>{marked(file.lines(sheet))}</was>"
    parts = file.parts
    parts |= {part: xml_bytes(root) for part, root in file.trees.items() if part in parts}
    parts[PART] = with_leaves(unsealed(parts[PART]), said)
    return zipped(sealed_parts(parts))
