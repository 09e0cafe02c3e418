"""Edits as changes that each build makes again, in the order in which they are made.

They are made here once, on what the sources give now: so what is kept is what has been shown to work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit.content.changes import AddedBox, Change
from toolkit.office.changing import Opened, Sheet, closed, make, opened
from toolkit.office.opc import A, P, Package, W
from toolkit.office.story import Leaf, Line, even, holder_of, plain, typed, words_of
from toolkit.refresh.comparison import Edit

Place = tuple[str, int, int]  # page, box, line: where an element stood before anything was changed


class Keeper:
    """A file that the sources give now, and the changes that were made in it so far."""

    def __init__(self, data: bytes, edited: Package, leaves: Sequence[Leaf]) -> None:
        self.file: Opened = opened(data)
        self.changes: list[Change] = []
        self._edited, self._leaves = edited, leaves
        self._elements: dict[Place, Any] = {}
        self._last: dict[tuple[str, int, Any], Any] = {}  # behind which a further new line stands
        for sheet in self.file.sheets:
            self._know(sheet)

    def bytes(self) -> bytes:
        """The file with the changes."""
        return closed(self.file)

    def keep(self, edit: Edit, source: tuple[str, ...] = ()) -> str:
        """Make an edit; or why it cannot be made."""
        makers: Mapping[str, Callable[[Edit, tuple[str, ...]], str]] = {
            "reworded": self._line,
            "deleted": self._line,
            "added": self._new,
            "slide moved": self._slide,
            "slide deleted": self._slide,
            "slide added": self._slide,
        }
        if edit.kind not in makers:
            return "a box or table that was put in is not carried over"
        return makers[edit.kind](edit, source)

    def _know(self, sheet: Sheet) -> None:
        count: dict[int, int] = {}
        for line in self.file.lines(sheet):
            if plain(line.words):
                at = count.get(line.box, 0)
                count[line.box] = at + 1
                self._elements[sheet.page, line.box, at] = line.element
            else:
                self._elements[sheet.page, line.box, -1] = line.element

    def _addressed(self, edit: Edit, element: Any) -> tuple[Sheet, Line, int, int] | None:
        """The sheet and line of an element as they are now, which such line in its box it is, and how many
        boxes there are."""
        sheet = self.file.sheet(edit.page)
        if sheet is None:
            return None
        lines = self.file.lines(sheet)
        line = next((one for one in lines if one.element is element), None)
        if line is None:
            return None
        same = [o for o in lines if o.box == line.box and plain(o.words) == plain(line.words)]
        return sheet, line, [o.element for o in same].index(element) + 1, lines[-1].box + 1

    def _line(self, edit: Edit, source: tuple[str, ...]) -> str:
        element = self._elements.get((edit.page, edit.box, -1 if edit.line is None else edit.line))
        there = self._addressed(edit, element)
        if there is None:
            return "these words stand there no more"
        _, line, nth, among = there
        do = "reword" if edit.kind == "reworded" else "delete"
        return self._make(
            do=do,
            slide=edit.page or None,
            box=line.box,
            among=among,
            was=typed(line.words),
            nth=nth,
            now=edit.now,
            source=source,
        )

    def _new(self, edit: Edit, source: tuple[str, ...]) -> str:
        key = (edit.page, edit.box, (edit.line, edit.before))
        beside = None if edit.before else self._last.get(key)
        if beside is None and edit.line is not None:
            beside = self._elements.get((edit.page, edit.box, edit.line))
        if beside is None:
            sheet = self.file.sheet(edit.page)
            lines = self.file.lines(sheet) if sheet else ()
            beside = next((one.element for one in reversed(lines) if one.box == edit.box), None)
        there = self._addressed(edit, beside)
        if there is None:
            return "the line that it follows is there no more"
        sheet, line, nth, among = there
        before = [one.element for one in self.file.lines(sheet)]
        why = self._make(
            do="insert",
            slide=edit.page or None,
            box=line.box,
            among=among,
            was=typed(line.words),
            nth=nth,
            now=edit.now,
            before=edit.before and plain(line.words) != "",
            style=self._style(edit),
        )
        if not why:
            new = [one.element for one in self.file.lines(sheet) if all(one.element is not b for b in before)]
            self._last[key] = new[0] if new else beside
        return why

    def _style(self, edit: Edit) -> str | None:
        """The Word style of a new line, where the one that it stands beside has another."""
        if edit.page:
            return None
        for leaf in self._leaves:
            for line in leaf.lines:
                if line.words and even(line.words) == even(edit.now):
                    about = line.element.find(f"{W}pPr/{W}pStyle")
                    named = about.get(f"{W}val") if about is not None else None
                    return named if named and self._has_style(named) else None
        return None

    def _has_style(self, name: str) -> bool:
        package = self.file.package
        part = next(iter(package.related(package.main(), "styles")), "")
        styles = package.root(part) if part else ()
        return any(style.get(f"{W}styleId") == name for style in styles)

    def _slide(self, edit: Edit, source: tuple[str, ...]) -> str:
        if edit.kind == "slide added":
            leaf = self._leaves[edit.index]
            why = self._make(
                do="add-slide",
                slide=edit.page,
                after=edit.follows,
                layout=self._layout(leaf) or None,
                boxes=_boxes(self._edited.root(leaf.part)),
                notes=_notes(self._edited.root(leaf.notes)) if leaf.notes else (),
            )
            sheet = self.file.sheet(edit.page)
            if sheet:
                self._know(sheet)
            return why
        do = "move-slide" if edit.kind == "slide moved" else "delete-slide"
        return self._make(do=do, slide=edit.page, after=edit.follows)

    def _layout(self, leaf: Leaf) -> str:
        part = next(iter(self._edited.related(leaf.part, "slideLayout")), "")
        found = self._edited.root(part).find(f"{P}cSld") if part else None
        return "" if found is None else found.get("name") or ""

    def _make(self, **said: Any) -> str:
        change = Change(**said)
        why = make(self.file, change)
        if not why:
            self.changes.append(change)
        return why


def _boxes(slide: Any) -> tuple[AddedBox, ...]:
    """What stands on a slide that was added."""
    found = []
    for shape in slide.iter():
        if shape.tag not in (f"{P}sp", f"{P}graphicFrame"):
            continue
        at = _place(shape)
        if shape.tag == f"{P}graphicFrame":
            rows = tuple(tuple(_cell(cell) for cell in row.iter(f"{A}tc")) for row in shape.iter(f"{A}tr"))
            if rows:
                found.append(AddedBox(at=at, rows=rows))
            continue
        body = shape.find(f"{P}txBody")
        if body is None or holder_of(shape) in ("dt", "ftr", "sldNum"):
            continue
        holder = next(shape.iter(f"{P}ph"), None)
        name = "" if holder is None else f"{holder.get('type') or 'obj'} {holder.get('idx') or ''}".strip()
        lines = tuple(typed(words_of(one)) for one in body if one.tag == f"{A}p")
        if name or any(lines):
            found.append(AddedBox(holder=name, at=at, lines=lines if any(lines) else ()))
    return tuple(found)


def _cell(cell: Any) -> str:
    return "\n".join(typed(words_of(one)) for one in cell.iter(f"{A}p"))


def _place(shape: Any) -> tuple[int, ...]:
    for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm"):
        off, size = shape.find(f"{path}/{A}off"), shape.find(f"{path}/{A}ext")
        if off is not None and size is not None:
            return tuple(int(n) for n in (off.get("x"), off.get("y"), size.get("cx"), size.get("cy")))
    return ()


def _notes(notes: Any) -> tuple[str, ...]:
    for shape in notes.iter(f"{P}sp"):
        if holder_of(shape) == "body":
            return tuple(typed(words_of(one)) for one in shape.iter(f"{A}p"))
    return ()
