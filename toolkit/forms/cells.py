"""The cells of a sheet that somebody filled in, as text: what begins with = is text as well."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from toolkit.forms.answers import Item, value
from toolkit.forms.shape import Choices
from toolkit.forms.sheets import ABOUT, CHOICES, FORM, INTRO, MAIN, NAMES, NUMBER, Column, columns
from toolkit.office.opc import RELATIONSHIPS, Package

_S = f"{{{MAIN}}}"
_MOST = 10_000  # rows and columns; more are no list of points
_COUNT = re.compile(r"[1-9]\d{0,2}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Rows:
    """The items of a sheet, which form it says it is, and what in it is no field."""

    stamp: str = ""
    missing: list[str] = field(default_factory=list)  # columns that are gone
    twice: list[str] = field(default_factory=list)  # columns of which nobody can tell which counts
    kinds: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def is_sheet(package: Package) -> bool:
    """Whether a file is a workbook of Excel."""
    return "spreadsheetml" in package.content_type(package.main())


def read(package: Package, choices: Choices) -> Rows:
    """What stands in the sheets of a form. Raises Invalid for a part that is no XML."""
    book = package.main()
    shared = [_string(one) for part in package.related(book, "sharedStrings") for one in package.root(part)]
    targets = {rel.id: rel.target for rel in package.rels(book)}
    found = Rows()
    for listed in package.root(book).iter(f"{_S}sheet"):
        name = listed.get("name") or ""
        part = targets.get(listed.get(f"{{{RELATIONSHIPS[:-1]}}}id") or "", "")
        if part not in package.parts:
            continue
        cells = _cells(package.root(part), shared)
        if name == ABOUT:
            found.stamp = next(
                (cells.get((row, 1), "") for (row, at), said in cells.items() if said == FORM and not at), ""
            )
            ours = _about(found.stamp)
            found.beside += [
                f"“{said}” in the sheet {name}"
                for said in cells.values()
                if re.sub(r" \d+\Z", " 1", said) not in ours and said not in ours
            ]
        elif name in NAMES.values():
            kind = next(one for one, said in NAMES.items() if said == name)
            found.kinds.append(kind)
            _items(cells, kind, found, choices)
        elif name != CHOICES and cells:
            found.beside.append(f"the sheet {name}")
        if package.related(part, "comments"):
            found.beside.append(f"comments in the sheet {name}")
    return found


def _about(stamp: str) -> set[str]:
    """What the toolkit itself writes in the sheet about a form; of columns of one kind the first."""
    every = [one for kind in NAMES for one in columns(kind)]
    return {FORM, stamp, *INTRO, *(one.title for one in every), *(one.field.said for one in every)}


def _items(cells: dict[tuple[int, int], str], kind: str, found: Rows, choices: Choices) -> None:
    """Each row as an item, with those fields that have a column."""
    heads = {at: said for (row, at), said in cells.items() if row == 0}
    longest = {one.field.name: _MOST for one in columns(kind) if one.number is not None}
    known = {one.title: one for one in columns(kind)} | _more(kind, heads, longest)
    by_column = {at: known[said] for at, said in heads.items() if said in known}
    needed = [NUMBER, *(one.title for one in columns(kind))]
    found.missing += [one for one in needed if one not in heads.values()]
    every = list(heads.values())
    found.twice += [one for one in dict.fromkeys(every) if every.count(one) > 1 and one in {NUMBER, *known}]
    taken: set[int] = set()
    for row in sorted({row for row, _ in cells if row}):
        there = {at: said for (n, at), said in cells.items() if n == row and said.strip()}
        number = next((said for at, said in there.items() if heads.get(at) == NUMBER), "")
        was = int(number) - 1 if re.fullmatch(r"[1-9]\d{0,3}", number) else None
        item = Item(was if was not in taken else None)
        if item.was is not None:
            taken.add(item.was)
        for at, said in there.items():
            if at not in by_column and (heads.get(at) != NUMBER or said != number or was is None):
                found.beside.append(f"“{said}” in row {row + 1}, which stands in no column of the form")
        for at, column in sorted(by_column.items()):
            _put(item, column, there.get(at, ""), choices)
        for listed in item.fields.values():
            if isinstance(listed, list):
                listed[:] = [one for one in listed if one.text]
        found.items.append(item)


def _more(kind: str, heads: dict[int, str], longest: dict[str, int]) -> dict[str, Column]:
    """The further columns of lists of choices, which a sheet may have more of than an empty one."""
    found = {}
    for said in heads.values():
        base, _, number = said.rpartition(" ")
        for one in columns(kind):
            if (
                one.field.name in longest
                and one.number == 0
                and one.field.title == base
                and _COUNT.fullmatch(number)
            ):
                found[said] = Column(said, one.field, int(number) - 1)
    return found


def _put(item: Item, column: Column, said: str, choices: Choices) -> None:
    field = column.field
    if field.kind != "list" or not field.item:
        item.fields[field.name] = value(field, said, choices)
        return
    listed = item.fields.setdefault(field.name, [])
    assert isinstance(listed, list)
    lines = [said] if column.number is not None else said.split("\n")
    for line in filter(None, (value(field.item, one, choices) for one in lines)):
        listed.append(Item(len(listed), line))


# ------------------------------------------------------------------------------------------------------ cells


def _cells(root: Any, shared: list[str]) -> dict[tuple[int, int], str]:
    """The cells that hold something, by row and column, which count from 0."""
    found: dict[tuple[int, int], str] = {}
    row = -1
    for line in root.iter(f"{_S}row"):
        said = line.get("r") or ""
        row = int(said) - 1 if re.fullmatch(r"[1-9]\d{0,6}", said) else row + 1
        column = -1
        for cell in line:
            match = re.fullmatch(r"([A-Z]{1,3})\d+", cell.get("r") or "")
            column = _number(match[1]) if match else column + 1
            said = _said(cell, shared)
            if said and row < _MOST and column < _MOST:
                found[row, column] = said
    return found


def _number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1


def _said(cell: Any, shared: list[str]) -> str:
    formula, value = cell.find(f"{_S}f"), cell.findtext(f"{_S}v") or ""
    if formula is not None and formula.text:
        return f"={formula.text}"
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inner = cell.find(f"{_S}is")
        return _string(inner) if inner is not None else ""
    if kind == "s":
        return shared[int(value)] if re.fullmatch(r"\d{1,9}", value) and int(value) < len(shared) else ""
    if kind == "b":
        return "yes" if value == "1" else "no"
    if kind == "n" and re.fullmatch(r"-?\d+\.0+", value):
        return value.partition(".")[0]
    return _unescaped(value)


def _string(element: Any) -> str:
    """The words of a cell, which may be in pieces; how they are spoken is left out."""
    if element is None:
        return ""
    pieces = [one for one in element if one.tag in (f"{_S}t", f"{_S}r")]
    return _unescaped("".join(t.text or "" for one in pieces for t in one.iter(f"{_S}t")))


def _unescaped(words: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), words).replace("\r\n", "\n").replace("\r", "\n")
