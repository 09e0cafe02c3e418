"""Nodes as a model of `content`, and what is wrong with them in plain words: pydantic's error codes, not its
English.
"""

from __future__ import annotations

import itertools
import re
import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from toolkit.content.bounds import ALONE, TOGETHER
from toolkit.problems import Invalid, Node, Problem, did_you_mean, near

MOST_TOLD = 200  # problems of one file; whoever has put those right is told the next
M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], node: Node) -> M:
    """`node` as `model`. Raises Invalid with each of pydantic's errors in our words, at its place."""
    empty = list(itertools.islice(_empty(node), MOST_TOLD))
    if empty:
        raise Invalid(empty)
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        raise Invalid(
            sorted(
                _problem(model, node, e)
                for e in _told(model, node, error.errors(include_url=False)[:MOST_TOLD])
            )
        ) from None


def _told(model: type[BaseModel], node: Node, errors: list[Any]) -> list[Any]:
    # A misspelt field is unknown and its right name missing; a list whose only item is wrong counts as empty:
    # once is enough.
    meant = {(*e["loc"][:-1], _near_field(model, e["loc"])) for e in errors if e["type"] == "extra_forbidden"}
    return [
        e
        for e in errors
        if not (e["type"] == "missing" and e["loc"] in meant)
        and not (e["type"] == "too_short" and node.at(e["loc"]).value)
    ]


def _near_field(model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    owner = _model_at(model, loc[:-1])
    return near(str(loc[-1]), owner.model_fields if owner else [])


def _empty(node: Node) -> typing.Iterator[Problem]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if isinstance(child.value, str) and not child.value.strip():
                yield Problem(
                    node.keys[key], f"'{key}' has no value", "write it after the colon, or delete the line"
                )
            else:
                yield from _empty(child)
    elif isinstance(node.value, list):
        for child in node.value:
            if isinstance(child.value, str) and not child.value.strip():
                yield Problem(
                    child.place, "an empty list item", "write it after the hyphen, or delete the line"
                )
            else:
                yield from _empty(child)


_PATTERN_WORDS = {
    "^[A-Za-z0-9]+(-": ("may hold only letters, digits and single hyphens", "such as daniel-pelka or P-F1"),
    r"^(19|20)\d\d-": ("is not a date", "write year-month-day, such as 2013-09-17"),
    r"^(19|20)\d\d(-": ("is not a date", "write the year first: 2013, 2013-09 or 2013-09-17"),
    "^https?": ("is not a web address", "it starts with http:// or https:// and holds no spaces"),
}


def _problem(model: type[BaseModel], node: Node, error: Any) -> Problem:
    loc, kind, context = tuple(error["loc"]), error["type"], error.get("ctx", {})
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    what = (
        f"an item of '{name}'" if name and isinstance(loc[-1], int) else f"'{name}'" if name else "the file"
    )
    found = node.at(loc)
    place = found.place
    shown = found.value if isinstance(found.value, str) else ""
    shown = f" “{shown if len(shown) <= 60 else shown[:57] + '…'}”" if shown else ""
    if kind == "extra_forbidden":
        owner = _model_at(model, loc[:-1])
        known = list(owner.model_fields) if owner else []
        parent = node.at(loc[:-1])
        hint = did_you_mean(name, known, f"known here: {', '.join(known)}")
        return Problem(parent.keys.get(name, place), f"unknown field '{name}'", hint)
    if kind == "missing":
        described = _description(_model_at(model, loc[:-1]), name)
        return Problem(node.at(loc[:-1]).place, f"'{name}' is missing", described or f"add a line: {name}: …")
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context.get("expected", ""))
        hint = did_you_mean(shown.strip(" “”"), allowed, f"write one of: {', '.join(allowed)}")
        return Problem(place, f"'{name}' cannot be{shown}", hint)
    if kind == "everyone_and_others":
        return Problem(place, TOGETHER, ALONE)
    if kind == "no_such_day":
        return Problem(
            place, f"'{name}'{shown} is a day that no calendar has", "look at the day and the month"
        )
    if kind == "string_pattern_mismatch" and name == "source" and "cites" in loc:
        return Problem(
            place,
            f"{shown.strip()} is not the id of a source",
            "put the paragraph or page after the id, in one item: S1 5.2, p11",
        )
    if kind == "string_pattern_mismatch":
        for start, (message, hint) in _PATTERN_WORDS.items():
            if context.get("pattern", "").startswith(start):
                return Problem(place, f"'{name}'{shown} {message}", hint)
    wanted = {
        "string_type": "needs text, not a list or a group of fields",
        "tuple_type": "needs a list",
        "bool_parsing": f"needs yes or no, not{shown}",
        "bool_type": "needs yes or no",
        "int_parsing": f"needs a whole number, not{shown}",
        "int_parsing_size": "needs a whole number, and this one is too long",
        "int_type": "needs a whole number",
        "model_type": "needs fields with names, not plain text or a list",
        "dict_type": "needs fields with names, not plain text or a list",
        "greater_than_equal": f"must be at least {context.get('ge')}",
        "less_than_equal": f"must be at most {context.get('le')}",
        "too_short": "needs at least one item",
    }.get(kind, error["msg"])
    hint = _description(_model_at(model, loc[:-1]), name)
    if kind == "string_type":
        why = (
            "they hold a colon and a space" if isinstance(found.value, dict) else "they start with a bracket"
        )
        hint = f"write words; if {why}, put all of them in quotes"
    elif kind == "tuple_type":
        hint = (
            "put each item on a line of its own after a hyphen and a space, or short ones in brackets: [one,"
            " two]"
        )
    elif kind in ("model_type", "dict_type"):
        inside = _model_at(model, loc)
        hint = (
            f"write each field on a line of its own, such as {next(iter(inside.model_fields))}: …"
            if inside
            else "write a name, a colon and a space, then the value"
        )
    return Problem(place, f"{what} {wanted}", hint)


def _model_at(model: type[BaseModel], loc: tuple[Any, ...]) -> type[BaseModel] | None:
    current: Any = model
    for step in loc:
        if isinstance(step, str):
            if current is None or step not in current.model_fields:
                return None
            current = _inner(current.model_fields[step].annotation)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _inner(annotation: Any) -> Any:
    """The model inside Optional[…], tuple[…, ...] and Annotated[…]."""
    while True:
        origin = typing.get_origin(annotation)
        if origin in (typing.Union, types.UnionType):
            annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
        elif origin in (tuple, typing.Annotated, dict):
            annotation = typing.get_args(annotation)[-1 if origin is dict else 0]
        else:
            return annotation


def _description(model: type[BaseModel] | None, name: str) -> str:
    info = model.model_fields.get(name) if model else None
    return (info.description or "") if info else ""
