"""What a form has to ask for: the models of `content` as a tree of fields, each with its plain name, its
sentence and its choices."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from toolkit.content import model
from toolkit.content.spelling import PARAGRAPHS
from toolkit.forms.names import HIDDEN, REGISTERS, SENTENCES, name_of

Kind = Literal["text", "paragraphs", "choice", "day", "cites", "group", "list"]
Choices = Mapping[str, Mapping[str, str]]  # by the name of a register, the titles of its entries by their ids

PARTS = {"review": (), "points": ("points",), "timeline": ("timeline",)}  # the fields of each kind of form
_YES = ("yes", "no")
_MARK = "_tk_"  # how the names of our bookmarks begin


@dataclass(frozen=True)
class Field:
    """A field of a form: of a group its `fields`, of a list what one `item` of it is."""

    name: str
    title: str
    said: str
    kind: Kind
    choices: tuple[str, ...] = ()
    register: str = ""
    fields: tuple[Field, ...] = ()
    item: Field | None = None

    def field(self, name: str) -> Field | None:
        """The field of a group by its name."""
        return next((one for one in self.fields if one.name == name), None)

    def titles(self, choices: Choices) -> dict[str, str]:
        """What may be chosen, each value with its title."""
        return dict(choices.get(self.register, {})) if self.register else {one: one for one in self.choices}


@cache
def review(parts: tuple[str, ...] = ()) -> Field:
    """A whole review, or only some of its parts."""
    every = _group("review", model.Review)
    fields = tuple(one for one in every.fields if not parts or one.name in parts)
    return Field("", "", "", "group", fields=fields)


def _group(name: str, of: type[BaseModel], said: str = "") -> Field:
    fields = tuple(
        _field(of, field, info)
        for field, info in of.model_fields.items()
        if f"{of.__name__}.{field}" not in HIDDEN
    )
    return Field(name, name_of(name), said, "group", fields=fields)


def _field(of: type[BaseModel], name: str, info: Any) -> Field:
    said = info.description or SENTENCES.get(name, "")
    return _of_type(f"{of.__name__}.{name}", name, said, info.annotation, tuple(info.metadata))


def _of_type(full: str, name: str, said: str, hint: Any, about: tuple[Any, ...]) -> Field:
    title = name_of(name)
    while typing.get_origin(hint) in (typing.Union, types.UnionType, typing.Annotated):
        if typing.get_origin(hint) is typing.Annotated:
            hint, *more = typing.get_args(hint)
            about = (*more, *about)
        else:
            hint = next(one for one in typing.get_args(hint) if one is not type(None))
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        if _bare(inner) is model.Cite:
            return Field(name, title, said, "cites")
        item = _of_type(full, name, said, inner, ())
        return Field(name, title, said, "list", item=item)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return _group(name, hint, said)
    register = REGISTERS.get(full) or REGISTERS.get(name, "")
    if register:
        return Field(name, title, said, "choice", register=register)
    if typing.get_origin(hint) is Literal:
        return Field(name, title, said, "choice", choices=tuple(map(str, typing.get_args(hint))))
    if hint is bool:
        return Field(name, title, said, "choice", choices=_YES)
    if hint is int:
        least = next(one.ge for one in about if hasattr(one, "ge"))
        most = next(one.le for one in about if hasattr(one, "le"))
        return Field(name, title, said, "choice", choices=tuple(map(str, range(least, most + 1))))
    if any("-(0[1-9]|[12]" in (getattr(one, "pattern", "") or "") for one in about) and not any(
        ")?" in (getattr(one, "pattern", "") or "") for one in about
    ):
        return Field(name, title, said, "day")
    return Field(name, title, said, "paragraphs" if name in PARAGRAPHS else "text")


def _bare(hint: Any) -> Any:
    return typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint


# ----------------------------------------------------------------------------------------------------- paths

Path = tuple[str | int, ...]  # names, and numbers that count from 0


def tag(path: Path) -> str:
    """A path as the tag of a control, in which items count from 1: points[2].title."""
    said = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return said.removeprefix(".")


def mark(path: Path) -> str:
    """A path as the name of a bookmark, which may hold letters, digits and _ alone."""
    return _MARK + re.sub(r"[\[.]", "_", tag(path)).replace("]", "")


def path_of(said: str) -> Path | None:
    """The path of a tag, or of a bookmark’s name; None for what is neither."""
    if said.startswith(_MARK):
        numbers = re.findall(r"(?<=_)[1-9]\d{0,5}(?=_|$)", said)
        pattern = re.sub(r"(?<=_)[1-9]\d{0,5}(?=_|$)", "#", said)
        found = _marks().get(pattern)
        if found is None:
            return None
        pieces = iter(numbers)
        return tuple(int(next(pieces)) - 1 if step == "#" else step for step in found)
    if not re.fullmatch(r"[a-z_]+(?:\[[1-9]\d{0,5}\])?(?:\.[a-z_]+(?:\[[1-9]\d{0,5}\])?)*", said):
        return None
    steps = re.findall(r"[a-z_]+|\d+", said)
    path = tuple(int(one) - 1 if one.isdecimal() else one for one in steps)
    return path if tuple("#" if isinstance(one, int) else one for one in path) in _marks().values() else None


@cache
def _marks() -> dict[str, tuple[str, ...]]:
    """The paths of all fields that take words, by their bookmarks with # for each number."""
    return {_MARK + "_".join(path): path for path in (*_leaves(review(), ()), ("form",))}


def _leaves(field: Field, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if field.kind == "group":
        for one in field.fields:
            yield from _leaves(one, (*above, one.name))
    elif field.kind == "list" and field.item:
        yield from _leaves(field.item, (*above, "#"))
    else:
        yield above


def at(path: Sequence[str | int], top: Field | None = None) -> Field | None:
    """The field at a path, or None."""
    found: Field | None = top or review()
    for step in path:
        if found is None:
            return None
        found = found.item if isinstance(step, int) else found.field(step)
    return found


def told(path: Sequence[str | int]) -> str:
    """A path as a person reads it: Point 2, What the review found 1, Text."""
    names: list[str] = []
    for n, step in enumerate(path):
        field = at(path[:n])
        if isinstance(step, int):
            names[-1] += f" {step + 1}"
        else:
            inner = field.field(step) if field else None
            names.append(inner.title if inner else step)
    return ", ".join(names)
