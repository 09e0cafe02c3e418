"""What was filled in in a form, brought into the lines of a review: only what differs is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit.forms.answers import Item, even, plain, same, shown
from toolkit.forms.lines import Edited
from toolkit.forms.shape import Field, Path, told
from toolkit.refresh.alignment import rising

Value = str | Item | list[Item]


class Merge:
    """Brings a form into a file, field by field, and remembers in words what it has changed."""

    def __init__(self, lines: Edited) -> None:
        self._lines = lines
        self.changes: list[str] = []
        self.missing: list[str] = []  # fields of the file that the form has no control for any more

    def group(self, path: Path, field: Field, old: dict[str, Any], item: Item) -> None:
        """The fields of a group that stands in the file."""
        above, gone = "", []
        for one in field.fields:
            there = (*path, one.name)
            if one.name in item.fields:
                new = item.fields[one.name]
                if plain(one, new) is None:
                    gone.append((there, one, new))  # last, for a group may not be empty meanwhile
                else:
                    self._value(there, one, old.get(one.name), new, above)
            elif one.name in old:
                self.missing.append(told(there))
            if one.name in self._lines.plain(path):
                above = one.name
        for there, one, new in gone:
            self._value(there, one, old.get(one.name), new, "")

    def append(self, path: Path, field: Field, items: Sequence[Item]) -> None:
        """New items at the end of a list, which may not be there yet."""
        assert field.item
        values = [one for one in (plain(field.item, item) for item in items) if one is not None]
        old = self._lines.plain(path[:-1]).get(path[-1])
        if not values:
            return
        if not old or self._lines.is_inline(path):
            self._set(path, [*(old or []), *values], bool(old is not None), "")
        else:
            for value in values:
                self._lines.item(path, len(self._lines.plain(path)), value)
        first = len(old or [])
        self.changes += [f"{told((*path, first + n))}: put in" for n in range(len(values))]

    def _value(self, path: Path, field: Field, old: Any, new: Value, above: str) -> None:
        made, before = plain(field, new), shown(field, old)
        if made is None:
            if _holds(before):
                self._lines.remove(path)
                self.changes.append(f"{told(path)}: taken out{_words(before)}")
        elif old is None or not _holds(before):
            self._set(path, made, old is not None, above)
            self.changes.append(f"{told(path)}: put in{_words(shown(field, made))}")
        elif field.kind in ("list", "group") and _bare(before) == shown(field, made):
            return
        elif field.kind == "list":
            assert isinstance(new, list)
            self._items(path, field, old, new)
        elif field.kind == "group":
            assert isinstance(new, Item)
            self._inside(path, field, old, new, made)
        else:
            self._leaf(path, field, before, made)

    def _leaf(self, path: Path, field: Field, before: str, made: Any) -> None:
        now = shown(field, made)
        if not same(field, before, now):
            self._lines.put(path, made)
            self.changes.append(f"{told(path)}: was{_words(before)}, is{_words(now)}")

    def _inside(self, path: Path, field: Field, old: Any, new: Item, made: Any) -> None:
        """A group that stands in the file, perhaps as its text alone or in braces."""
        if isinstance(old, dict) and not self._lines.is_inline(path):
            self.group(path, field, old, new)
            return
        whole = old if isinstance(old, dict) else {"text": old}
        both = _merged(field, old, new)
        if _bare(shown(field, both)) == _bare(shown(field, whole)):
            return
        short = isinstance(old, str) and set(both) == {"text"}
        self._lines.put(path, both["text"] if short else both)
        self.changes.append(f"{told(path)}: was{_words(shown(field, old))}, is{_words(shown(field, made))}")

    def _items(self, path: Path, field: Field, old: list[Any], new: list[Item]) -> None:
        item = field.item
        assert item
        kept = [one for one in new if plain(item, one) is not None]
        values = [
            plain(item, one) if (was := _known(one, old)) is None else _merged(item, old[was], one)
            for one in kept
        ]
        stays = rising([_known(one, old) for one in kept])
        if self._lines.is_inline(path) or not stays:
            if [shown(item, one) for one in values] != [shown(item, one) for one in old]:
                self._lines.put(path, values)
                self.changes.append(
                    f"{told(path)}: was{_words(shown(field, old))}, is{_words(shown(field, values))}"
                )
            return
        left = {kept[n].was for n in stays}
        moved = {_known(one, old) for one in kept} - left - {None}
        for n in range(len(old) - 1, -1, -1):
            if n not in left:
                self._lines.remove((*path, n))
                if n not in moved:
                    self.changes.append(f"{told((*path, n))}: taken out{_words(shown(item, old[n]))}")
        for n, (one, value) in enumerate(zip(kept, values)):
            there = (*path, n)
            if n not in stays:
                self._lines.item(path, n, value)
                how = "moved here" if one.was in moved else "put in"
                self.changes.append(f"{told(there)}: {how}{_words(shown(item, value))}")
            elif item.kind == "group":
                self._inside(there, item, old[one.was or 0], one, plain(item, one))
            else:
                self._leaf(there, item, even(item, old[one.was or 0]), one.text)

    def _set(self, path: Path, value: Any, there: bool, above: str) -> None:
        if there:
            self._lines.put(path, value)
        else:
            self._lines.field(path, value, above)


def _known(item: Item, old: Sequence[Any]) -> int | None:
    """The number of an item in the file; none for a new one."""
    return item.was if item.was is not None and item.was < len(old) else None


def _merged(field: Field, old: Any, new: Item) -> Any:
    """A value as a form has it, with what the form does not ask for as the file has it."""
    made = plain(field, new)
    if not isinstance(old, dict) or not isinstance(made, dict):
        return made
    kept = {name: one for name, one in old.items() if name not in new.fields}
    order = [*(one.name for one in field.fields), *kept]
    both = {**made, **kept}
    return {name: both[name] for name in dict.fromkeys(order) if name in both}


def _holds(value: Any) -> bool:
    """Whether anything stands in a value."""
    if isinstance(value, dict):
        return any(map(_holds, value.values()))
    return any(map(_holds, value)) if isinstance(value, list) else bool(value)


def _bare(value: Any) -> Any:
    """A value without what holds nothing."""
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if _holds(one)}
    return [_bare(one) for one in value if _holds(one)] if isinstance(value, list) else value


def _words(value: Any) -> str:
    """Some of the words of a value, in quotation marks; nothing where it has none."""
    found = value
    while found and not isinstance(found, str):
        found = next(
            (one for one in (found.values() if isinstance(found, dict) else found) if _holds(one)), ""
        )
    said = " ".join((found or "").split())
    return f" “{said if len(said) <= 120 else said[:117] + '…'}”" if said else ""
