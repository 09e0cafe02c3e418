"""The content controls of a Word file, and what stands in each; and what was typed beside them.

A control may stand round words, paragraphs, cells or rows, inside others, and in sections that repeat.
Programs that do not keep the tags of controls mostly keep bookmarks, so each field has one as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from toolkit.forms.shape import Path, path_of
from toolkit.office.opc import MC, Package, W

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
WRITE, CHOOSE = "Write here", "Choose one"  # what stands in an empty field of ours
_EMPTY = {
    WRITE,
    CHOOSE,
    "Click or tap here to enter text.",  # and in those that Word empties
    "Click here to enter text.",
    "Choose an item.",
    "Click or tap to enter a date.",
    "Click to enter a date.",
}
_GONE = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr", f"{MC}Fallback"}
_CUT = (f"{W}delText", f"{W}t")
_OFF = ("0", "false", "off")


@dataclass
class Control:
    """A field of a form: its path, its title, what was typed, and the repeated items that it stands in."""

    path: Path
    title: str
    items: tuple[int, ...] = ()
    empty: bool = False
    values: dict[str, str] = field(default_factory=dict)  # of a list to choose from, by what it shows
    lines: list[str] = field(default_factory=list)

    @property
    def typed(self) -> str:
        """All that stands in it, a line for each paragraph."""
        return "\n".join(line.strip() for line in self.lines).strip()

    @property
    def text(self) -> str:
        """What was typed; nothing where the form’s own hint still stands."""
        if self.empty or self.typed in _EMPTY:
            return ""
        return self.values.get(self.typed, self.typed)


@dataclass
class Filled:
    """All that stands in a form: its fields in their order, what stands beside them, paragraph by paragraph,
    and what was deleted while changes were tracked."""

    controls: list[Control] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: int = 0


def read(package: Package) -> Filled:
    """What stands in a form. Raises Invalid for a part that is no XML."""
    root = package.root(package.main())
    tags = (_said(one, "tag") for one in root.iter(f"{W}sdt"))
    reader = _Reader(any(path_of(one) for one in tags if one))
    reader.walk(root, None)
    reader.end_line()
    for one in reader.filled.controls:
        if one.empty and one.typed not in _EMPTY:
            reader.filled.beside.append(one.typed)
    for kind in ("footnote", "endnote"):
        for part in package.related(package.main(), f"{kind}s"):
            notes = (one for one in package.root(part).iter(f"{W}{kind}") if one.get(f"{W}type") is None)
            said_below = ("".join(t.text or "" for t in note.iter(f"{W}t")).strip() for note in notes)
            reader.filled.beside += filter(None, said_below)
    for part in package.related(package.main(), "comments"):
        reader.filled.comments += sum(1 for _ in package.root(part).iter(f"{W}comment"))
    return reader.filled


class _Reader:
    """Walks through a document from its first word to its last."""

    def __init__(self, tagged: bool) -> None:
        self.filled = Filled()
        self._tagged = tagged
        self._items: tuple[int, ...] = ()
        self._count = 0
        self._line: list[str] = []
        self._marked: Control | None = None
        self._names: dict[str, str] = {}  # of bookmarks, by their numbers
        self._by_name: dict[str, Control] = {}
        self._told: dict[str, Callable[[Any, Control | None], None]] = {
            f"{W}p": self._paragraph,
            f"{W}sdt": self._control,
            f"{W}bookmarkStart": self._start,
            f"{W}bookmarkEnd": self._end,
        }

    def walk(self, element: Any, inside: Control | None) -> None:
        """Everything in an element, which stands inside a field, or in none."""
        for child in element:
            if child.tag in _GONE:
                if child.tag in (f"{W}del", f"{W}moveFrom"):
                    self._cut(child)
            elif one := self._told.get(child.tag):
                one(child, inside)
            elif (said := _words(child)) is not None:
                self._say(said, inside)
            else:
                self.walk(child, inside)

    def end_line(self) -> None:
        """What stood beside the fields of a paragraph is whole."""
        said = "".join(self._line).strip()
        self._line = []
        if said:
            self.filled.beside.append(said)

    def _say(self, words: str, inside: Control | None) -> None:
        owner = inside or self._marked
        if owner is None:
            self._line.append(words)
            return
        if not owner.lines:
            owner.lines.append("")
        first, *more = words.split("\n")
        owner.lines[-1] += first
        owner.lines += more

    def _paragraph(self, element: Any, inside: Control | None) -> None:
        if inside is None:
            kept, self._line = self._line, []
            if self._marked:
                self._marked.lines.append("")
            self.walk(element, None)
            self.end_line()
            self._line = kept
            return
        inside.lines.append("")
        self.walk(element, inside)

    def _control(self, element: Any, inside: Control | None) -> None:
        about = element.find(f"{W}sdtPr")
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if about is not None and about.find(f"{W15}repeatingSectionItem") is not None:
            self._count += 1
            kept, self._items = self._items, (*self._items, self._count)
            self.walk(content, inside)
            self._items = kept
            return
        path = path_of(_said(element, "tag"))
        if path is None or inside is not None:
            self.walk(content, inside)
            return
        made = Control(path, _said(element, "alias"), self._items, _is_hint(about), _values(about))
        self.filled.controls.append(made)
        ticked = about.find(f"{W14}checkbox") if about is not None else None
        if ticked is not None:
            on = ticked.find(f"{W14}checked")
            is_on = on is not None and on.get(f"{W14}val", "1") not in _OFF
            made.lines, made.empty = ["yes" if is_on else "no"], False
            return
        self.walk(content, made)

    def _start(self, element: Any, inside: Control | None) -> None:
        name = element.get(f"{W}name") or ""
        path = path_of(name) if name.startswith("_tk_") and not self._tagged else None
        if path is None:
            return
        self._names[element.get(f"{W}id") or ""] = name
        if name not in self._by_name:
            self._by_name[name] = Control(path, "", self._items)
            self.filled.controls.append(self._by_name[name])
        elif self._marked is None:
            self._by_name[name].lines.append("")
        self._marked = self._by_name[name]

    def _end(self, element: Any, inside: Control | None) -> None:
        name = self._names.get(element.get(f"{W}id") or "")
        if name and self._marked is self._by_name[name]:
            self._marked = None

    def _cut(self, element: Any) -> None:
        said = "".join(one.text or "" for one in element.iter() if one.tag in _CUT)
        if said.strip():
            self.filled.deleted.append(said.strip())


def _words(element: Any) -> str | None:
    """What an element inside a run says; None for one that is no word."""
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in (f"{W}br", f"{W}cr"):
        return "\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else " "
    if element.tag in (f"{W}tab", f"{W}ptab"):
        return " "
    return {f"{W}noBreakHyphen": "‑", f"{W}softHyphen": ""}.get(element.tag)


def _said(control: Any, name: str) -> str:
    found = control.find(f"{W}sdtPr/{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _is_hint(about: Any) -> bool:
    found = about.find(f"{W}showingPlcHdr") if about is not None else None
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _values(about: Any) -> dict[str, str]:
    values: dict[str, str] = {}
    for kind in ("dropDownList", "comboBox"):
        for one in about.iter(f"{W}listItem") if about.find(f"{W}{kind}") is not None else ():
            value = one.get(f"{W}value") or ""
            values[(one.get(f"{W}displayText") or value).strip()] = value
    return values
