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
from toolkit.content.spelling import PARAGRAPHS, bare, in_one, quoted
from toolkit.problems import Further, Node, Problem, lines_named

MOST_ITEMS = 4  # that a hint lays out


def misread(model: type[BaseModel], node: Node, column: int = 0) -> Iterator[Problem]:
    """Sentences in brackets that their commas part, and paragraphs that would be printed as one.

    `column` is that of the hyphen before the node, if it is an item of a list.
    """
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
                hyphen = 0 if child.inline else child.place.column
                yield from _in_one(name, item, item, hyphen)
                if inside and not isinstance(item.value, str):
                    yield from misread(inside, item, hyphen)
        elif isinstance(child.value, str):
            needed = {key for key, info in model.model_fields.items() if info.is_required()}
            alone = name == "text" and needed <= {"text", "cites"}
            yield from _in_one(name, child, node, column if alone and not node.inline else 0)
        elif inside:
            yield from misread(inside, child)


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[bool, type[BaseModel] | None]]:
    """Of each field whether it is a list of sentences, and the model of what is inside it."""
    every = model.model_fields.items()
    return {name: (_of_sentences(info.annotation), _model(info.annotation)) for name, info in every}


def _in_one(name: str, text: Node, item: Node, hyphen: int) -> Iterator[Problem]:
    """What is said of a text that is more than one paragraph; `item` is it or what holds it, and `hyphen` the
    column of the hyphen before it, where an item may stand for each of its pieces.
    """
    if not text.further or name in PARAGRAPHS:
        return
    before = "- " * (hyphen > 0) + f"{name}: " * (text is not item)
    if text.further.listed:
        message = f"a list begins here, and '{name}' takes one paragraph, no list"
        hint = in_one(before, text.further.pieces, "the bar |, list marks and empty lines")
    else:
        message, hint = (
            f"a second paragraph begins here, and '{name}' takes one only",
            "delete the empty line above",
        )
    if hyphen:
        hint += _as_items(before, text.further, item, hyphen)
    yield Problem(text.further.place, message, hint)


def _as_items(before: str, further: Further, item: Node, hyphen: int) -> str:
    """The other thing to do with a text of several pieces: an item for each, with the cites of all."""
    fields = item.value if isinstance(item.value, dict) else {}
    cites = fields["cites"].value if "cites" in fields else []
    cites = cites if isinstance(cites, list) else []
    ids = [one.value for one in cites if isinstance(one.value, str)]
    lead, lines = " " * (hyphen - 1), []
    for piece in further.pieces[:MOST_ITEMS]:
        lines.append(f"{lead}{before}{bare(piece) or '…'}")
        if cites:
            shown = ", ".join(quoted(one) if "," in one else one for one in ids)
            lines.append(f"{lead}  cites: [{shown if len(ids) == len(cites) else '…'}]")
    lines += [f"{lead}…"] * (len(further.pieces) > MOST_ITEMS)
    hint = f"\n= or make each {'piece' if further.listed else 'paragraph'} a separate item, like this"
    if fields.keys() <= {"text", "cites"}:
        end = max([further.end, *(one.place.line for one in cites)])
        hint += f", in place of {lines_named(range(item.place.line, end + 1))}"
    hint += f", with {hyphen - 1} spaces before each hyphen"
    hint += f", {hyphen + 1} before each 'cites'" if cites else ""
    return "\n".join([f"{hint} and no empty lines between:", *lines])


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
