"""What YAML has read as something else than its writer meant, though it is a good file: a sentence as a list,
two paragraphs as one.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from toolkit.content.model import Thought
from toolkit.content.spelling import PARAGRAPHS, how_to_type
from toolkit.problems import Node, Problem


def misread(model: type[BaseModel], node: Node) -> Iterator[Problem]:
    """Sentences in brackets that their commas part, and paragraphs that would be printed as one."""
    if not isinstance(node.value, dict):
        return
    fields = _fields(model)
    for name, child in node.value.items():
        if name not in fields:
            continue
        sentences, inside = fields[name]
        if isinstance(child.value, list):
            if child.inline and sentences:
                yield from _parted(name, child)
            for item in child.value:
                yield from _one(inside, name, item, " of its own: - and then the words")
        elif child.further or inside:
            yield from _one(inside, name, child, "")


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[bool, type[BaseModel] | None]]:
    """Of each field whether it is a list of sentences, and the model of what is inside it."""
    every = model.model_fields.items()
    return {name: (_of_sentences(info.annotation), _model(info.annotation)) for name, info in every}


def _one(inside: type[BaseModel] | None, name: str, node: Node, item: str) -> Iterator[Problem]:
    if isinstance(node.value, str):
        if node.further and name not in PARAGRAPHS:
            message = f"a second paragraph or a list begins here, and '{name}' is printed as one paragraph"
            hint = f"give it an item{item}" if item else "put the words into one paragraph"
            if not item and name in ("text", "means"):
                hint += ", or write a second item for them"
            yield Problem(node.further, message, hint)
    elif inside:
        yield from misread(inside, node)


def _parted(name: str, node: Node) -> Iterator[Problem]:
    children = node.value if isinstance(node.value, list) else []
    items = [child.value for child in children if isinstance(child.value, str)]
    if len(items) < 2 or len(items) < len(children) or not any(item[:1].islower() for item in items[1:]):
        return
    message = f"'{name}' is read as {len(items)} items, because commas stand between them"
    typed = how_to_type("-", ", ".join(items))
    yield Problem(node.place, message, f"if this is one item, on a line of its own below {name} {typed}")


def _of_sentences(annotation: Any) -> bool:
    """Whether a field is a list of texts, and not of ids or groups."""
    if typing.get_origin(annotation) is not tuple:
        return False
    item = typing.get_args(annotation)[0]
    base, *how = typing.get_args(item) if typing.get_origin(item) is typing.Annotated else (item,)
    if base is str:
        return not any(
            getattr(one, "pattern", "") or "pattern" in str(getattr(one, "json_schema", "")) for one in how
        )
    return isinstance(base, type) and issubclass(base, Thought)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model inside Optional[…], tuple[…, ...] and Annotated[…], if there is one."""
    while True:
        origin = typing.get_origin(annotation)
        if origin in (typing.Union, types.UnionType):
            annotation = next(one for one in typing.get_args(annotation) if one is not type(None))
        elif origin in (tuple, typing.Annotated):
            annotation = typing.get_args(annotation)[0]
        else:
            return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
