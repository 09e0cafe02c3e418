"""What YAML has read as something else than its writer meant, though it is a good file: a sentence as a list,
two paragraphs as one.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from toolkit.content.model import Thought
from toolkit.content.spelling import PARAGRAPHS, quoted
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
                yield from _one(inside, name, item, "- ")
        elif child.further or inside:
            needed = {key for key, info in model.model_fields.items() if info.is_required()}
            yield from _one(
                inside, name, child, "- text: " if name == "text" and needed <= {"text", "cites"} else ""
            )


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[bool, type[BaseModel] | None]]:
    """Of each field whether it is a list of sentences, and the model of what is inside it."""
    every = model.model_fields.items()
    return {name: (_of_sentences(info.annotation), _model(info.annotation)) for name, info in every}


def _one(inside: type[BaseModel] | None, name: str, node: Node, item: str) -> Iterator[Problem]:
    if isinstance(node.value, str):
        if node.further and name not in PARAGRAPHS:
            place, words = node.further
            if words:
                message = f"a second paragraph begins here, and '{name}' takes one only"
                hint = "delete the empty line above"
                safe = words if re.fullmatch(r"[A-Za-z][^:#]*", words) else quoted(words)
                safe = safe if safe and len(safe) < 80 else "…"
                hint += f"; or start a second item for these words, like this: {item}{safe}" if item else ""
            else:
                message = f"a list begins here, and '{name}' takes one paragraph, no list"
                hint = "write it as sentences, without list marks and empty lines"
                hint += f"; or start each with its own {item.rstrip()} in place of its mark" if item else ""
            yield Problem(place, message, hint)
    elif inside:
        yield from misread(inside, node)


def _parted(name: str, node: Node) -> Iterator[Problem]:
    children = node.value if isinstance(node.value, list) else []
    items = [child.value for child in children if isinstance(child.value, str)]
    if len(items) < 2 or len(items) < len(children) or not any(item[:1].islower() for item in items[1:]):
        return
    message = f"square brackets make a list, and commas part it: '{name}' has {len(items)} items here"
    safe = quoted(", ".join(items))
    hint = "if these words are one item, put straight quotation marks round them, inside the brackets"
    if safe and len(safe) < 90:
        hint = f"if these words are one item, type it like this: {name}: [{safe}]"
    yield Problem(node.place, message, hint)


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
