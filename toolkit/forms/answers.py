"""Values as a form has them: those of a file, to fill it with, and those of its controls, read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from toolkit.content.meant import as_day
from toolkit.content.model import Cite, Cites
from toolkit.content.nodes import LONGEST_TEXT
from toolkit.content.texts import FORBIDDEN
from toolkit.forms.controls import Control
from toolkit.forms.shape import Choices, Field, Path
from toolkit.refresh.citelines import with_words

EXTRACT = "[extract]"
_YES = {"yes": "yes", "true": "yes", "on": "yes", "no": "no", "false": "no", "off": "no"}
_CITES: TypeAdapter[tuple[Cite, ...]] = TypeAdapter(Cites)


@dataclass
class Item:
    """A group of fields, or an item of a list: what it holds by name; of an item that is no group, its text
    alone. `was` is the number that the item had when the form was made, or none for a new one."""

    was: int | None = None
    text: str | None = None
    fields: dict[str, str | Item | list[Item]] = field(default_factory=dict)


# --------------------------------------------------------------------------------------------- as files have


def shown(field: Field, value: Any) -> Any:
    """A value of a file as a form shows it: text, lines of cites, a group by its fields, or a list."""
    if value is None:
        return None
    if field.kind == "group":
        value = {"text": value} if isinstance(value, str) else value
        return {one.name: shown(one, value[one.name]) for one in field.fields if one.name in value}
    if field.kind == "list" and field.item:
        return [shown(field.item, one) for one in value]
    if field.kind == "cites":
        return "\n".join(map(_cite_line, value))
    return even(field, value) if isinstance(value, str) else None


def even(field: Field, value: str) -> str:
    """A text with its spaces as a form has them: paragraphs apart where a field may hold some."""
    if field.kind in ("paragraphs", "cites"):
        return "\n".join(" ".join(line.split()) for line in value.strip().split("\n"))
    value = " ".join(value.split())
    if field.choices == ("yes", "no"):
        return _YES.get(value.casefold(), value)
    return value


def _cite_line(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    source, where, quote = (" ".join((value.get(name) or "").split()) for name in _PARTS)
    line = with_words(source, where, quote) if quote else f"{source} {where}".strip()
    is_extract = _YES.get(str(value.get("extract")).casefold()) == "yes"
    return " ".join(f"{line} {EXTRACT * is_extract}".split())


_PARTS = ("source", "where", "quote")


def cites(lines: str) -> list[Any]:
    """The cites of a field as a file has them."""
    found: list[Any] = []
    for line in filter(None, (one.strip() for one in lines.split("\n"))):
        bare = line.removesuffix(EXTRACT).strip()
        if bare == line or not bare:
            found.append(line)
            continue
        try:
            one = _CITES.validate_python([bare])[0]
        except ValidationError:
            found.append(line)
            continue
        said = {"source": one.source, "where": one.where, "extract": "yes", "quote": one.quote}
        found.append({name: value for name, value in said.items() if value})
    return found


def same(field: Field, one: str, other: str) -> bool:
    """Whether two values of a field mean the same."""
    if field.kind != "cites":
        return one == other
    return [*map(_meant, cites(one))] == [*map(_meant, cites(other))]


def _meant(cite: Any) -> Any:
    try:
        return _CITES.validate_python([cite])[0]
    except ValidationError:
        return cite


# -------------------------------------------------------------------------------------------- as forms have


class Repeated(Exception):
    """Two controls of a form are the same field."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


def gathered(controls: Iterable[Control], top: Field, choices: Choices) -> Item:
    """The controls of a form as one tree. Raises Repeated."""
    root = Item()
    found: dict[tuple[Any, ...], Item] = {}
    for control in controls:
        steps = list(_steps(control))
        owner, field = root, top
        where: tuple[Any, ...] = ()
        for n, (name, number, key) in enumerate(steps):
            inner = field.field(name)
            assert inner
            last = n == len(steps) - 1
            where = (*where, name)
            if number is not None and inner.item:
                where = (*where, key)
                if last and where in found:  # the same field once more, as where a line was copied
                    where = (*where[:-1], ("again", len(found)))
                if where not in found:
                    items = owner.fields.setdefault(name, [])
                    assert isinstance(items, list)
                    taken = {one.was for one in items}
                    found[where] = Item(number if number not in taken else None)
                    items.append(found[where])
                owner, field = found[where], inner.item
                if last:
                    owner.text = value(field, control.text, choices)
            elif last:
                if name in owner.fields:
                    raise Repeated(control.path)
                owner.fields[name] = value(inner, control.text, choices)
            else:
                made = owner.fields.setdefault(name, Item())
                assert isinstance(made, Item)
                owner, field = made, inner
    return root


def unfit(item: Item, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of a form that no file can hold, by their paths, and why."""
    for name, one in item.fields.items():
        inner = one if isinstance(one, list) else [Item(text=one) if isinstance(one, str) else one]
        for n, held in enumerate(inner):
            there = (*path, name, n) if isinstance(one, list) else (*path, name)
            if held.text is None:
                yield from unfit(held, there)
            elif len(held.text) > LONGEST_TEXT:
                yield there, f"this text is too long ({len(held.text):,} letters); at most {LONGEST_TEXT:,}"
            elif match := FORBIDDEN.search(held.text):
                yield there, f"an invisible character stands in these words (U+{ord(match[0]):04X})"


def _steps(control: Control) -> Iterator[tuple[str, int | None, Any]]:
    """The steps of a control’s path: a name, and in a list the number of the item and what tells it from
    others: the section that repeats, where the form still has them."""
    path = control.path
    lists = sum(isinstance(one, int) for one in path)
    known = control.items if len(control.items) == lists else ()
    level = 0
    for n, step in enumerate(path):
        if isinstance(step, int):
            continue
        number = path[n + 1] if n + 1 < len(path) else None
        if isinstance(number, int):
            yield step, number, known[level] if known else ("number", number)
            level += 1
        else:
            yield step, None, None


def value(field: Field, words: str, choices: Choices) -> str:
    """What was meant by the words of a control or cell: an id for a title, a day as files have it."""
    said = even(field, words)
    if field.kind == "choice":  # programs that keep no list of choices leave the title that it shows
        titles = field.titles(choices)
        by_title = {title.casefold(): one for one, title in titles.items()}
        return said if said in titles else by_title.get(said.casefold(), said)
    return as_day(said, whole=True) or said if field.kind == "day" else said


def plain(field: Field, value: str | Item | list[Item]) -> Any:
    """What a form says as a file has it; None where nothing was filled in."""
    if isinstance(value, str):
        return (cites(value) if field.kind == "cites" else value) or None
    if isinstance(value, list):
        assert field.item
        items = [plain(field.item, one) for one in value]
        return [one for one in items if one is not None] or None
    if value.text is not None:
        return value.text or None
    made = {one.name: plain(one, value.fields[one.name]) for one in field.fields if one.name in value.fields}
    return {name: one for name, one in made.items() if one is not None} or None
