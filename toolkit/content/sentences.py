"""Nodes as a model of `content`, and what is wrong with them in plain words: pydantic's error codes, not its
English.
"""

from __future__ import annotations

import itertools
import re
import types
import typing
from collections.abc import Collection
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from toolkit.content.bounds import ALONE, TOGETHER
from toolkit.content.meant import (
    as_address,
    as_day,
    as_id,
    as_minutes,
    as_name,
    as_yes_or_no,
    field_meant,
)
from toolkit.content.model import Board, Briefing, Deck, Review, Thought
from toolkit.content.spelling import bare, how_to_type, known_fields, laid_out, list_fields, quoted
from toolkit.problems import Invalid, Node, Problem, did_you_mean

FEW = 4  # words to choose from that are all named in a hint
MOST_TOLD = 200  # problems of one file; whoever has put those right is told the next
M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], node: Node) -> M:
    """`node` as `model`. Raises Invalid with each of pydantic's errors in our words, at its place."""
    empty = list(itertools.islice(_empty(node, model), MOST_TOLD))
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
        if not (e["type"] == "missing" and (e["loc"] in meant or _is_cite_with_a_colon(node, e["loc"])))
        and not (e["type"] == "too_short" and node.at(e["loc"]).value)
    ]


def _is_cite_with_a_colon(node: Node, loc: tuple[Any, ...]) -> bool:
    """Whether a cite was written as a field: S1: 5.2."""
    found = node.at(loc[:-1]).value
    return "cites" in loc and isinstance(found, dict) and len(found) == 1 and "source" not in found


def _near_field(model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    owner = _model_at(model, loc[:-1])
    return field_meant(str(loc[-1]), owner.model_fields if owner else [], known_fields())


def _empty(node: Node, model: type[BaseModel] | None, before: str = "") -> typing.Iterator[Problem]:
    """What is left empty in a node; `before` is the hyphen that it stands behind."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if isinstance(child.value, str) and not child.value.strip():
                info = model.model_fields.get(key) if model else None
                yield _nothing_in(node, key, before, bool(info and info.is_required()))
                if node.inline and key not in known_fields():
                    return  # what follows are more pieces of the same sentence
            else:
                yield from _empty(child, _model_at(model, (key,)) if model else None)
    elif isinstance(node.value, list):
        for child in node.value:
            if isinstance(child.value, str) and not child.value.strip():
                yield Problem(
                    child.place, "an empty list item", "write it after the hyphen, or delete the line"
                )
            else:
                yield from _empty(child, model, "-")


def _nothing_in(node: Node, key: str, before: str, needed: bool) -> Problem:
    message, hint = f"'{key}' has no value", "write it after the colon"
    if key in list_fields():
        hint = "write each item on a line of its own below it, after a hyphen and a space"
    hint += ", or delete the line" * (not needed)
    if node.inline and not any(node.plain().values()) and key not in known_fields():
        message = "{ } makes a group of fields of these words"
        return Problem(
            node.keys[key], message, f"type square brackets in place of it: [{', '.join(node.keys)}]"
        )
    if node.inline and key not in known_fields():
        message = f"inside {{ }} a comma ends the text, and '{key}' is no field"
        hint = _with_commas(node, key)
    elif " " in key and len(node.plain()) == 1:
        message, hint = "words that end in a colon need quotation marks", how_to_type(before, f"{key}:")
    elif " " in key:
        message = f"the colon at the end makes a field of '{key}', and there is none of this name"
        hint = "delete it; if you need the words, type them as an item of a list that is there already, like"
        hint += f" this: - {quoted(f'{key}:') or '…'}"
    return Problem(node.keys[key], message, hint)


def _with_commas(node: Node, key: str) -> str:
    """What to type for a text in braces that its commas part, of which `key` is the second piece."""
    fields = list(node.plain().items())
    at = next(n for n, (name, _) in enumerate(fields) if name == key)
    pieces = itertools.takewhile(lambda one: one[1] == "" and one[0] not in known_fields(), fields[at:])
    name, first = fields[at - 1] if at else ("", "")
    safe = quoted(", ".join([first, *(piece for piece, _ in pieces)])) if isinstance(first, str) else ""
    if name and first and safe and len(safe) < 80:
        return f"type it like this: {name}: {safe}"
    return "put the whole text, with its commas, in straight quotation marks"


_LISTS = {
    "pattern": "patterns",
    "outline": "outlines",
    "brand": "brands",
    "review": "reviews",
    "points": "points",
}
_PATTERN_WORDS = {
    "^[A-Za-z0-9]+(-": ("may hold only letters, digits and single hyphens", "such as daniel-pelka or P-F1"),
    "^[0-9a-f]": ("is no digest as toolkit cite writes it", "run toolkit cite again, which writes it anew"),
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
        return _unknown(model, node, loc)
    if kind == "missing":
        described = _description(_model_at(model, loc[:-1]), name)
        above = node.at(loc[:-1])
        do = "add, inside the { }" if above.inline else "add a line"
        said = f" ({described[:1].lower()}{described[1:].rstrip('.')})" if described else ""
        return Problem(above.place, f"'{name}' is missing", f"{do}: {_example(above, name)}{said}")
    if kind == "literal_error":
        expected = str(context.get("expected", ""))
        allowed = re.findall(r"'([^']*)'", expected) or re.findall(r"\d+", expected)
        hint = f"write one of: {', '.join(allowed)}"
        small = shown.strip(" “”").casefold().replace(" ", "-")
        if small in allowed:
            hint = f"type it like this: {name}: {small}"
        elif len(allowed) > FEW:
            hint = did_you_mean(shown.strip(" “”"), allowed, hint)
        elif len(allowed) == 1:
            hint = f"write {allowed[0]}, or delete the line"
        return Problem(place, f"'{name}' cannot be{shown}", hint)
    if kind == "everyone_and_others":
        return Problem(place, TOGETHER, ALONE)
    if kind == "no_such_day":
        return Problem(
            place, f"'{name}'{shown} is a day that no calendar has", "look at the day and the month"
        )
    typed = found.value if isinstance(found.value, str) else ""
    if typed[:1] in tuple("“‘\"'") and kind not in ("tuple_type", "model_type"):
        return Problem(place, f"'{name}'{shown} stands in quotation marks", "delete the quotation marks")
    if kind == "string_pattern_mismatch":
        return Problem(place, *_mismatch(node, loc, name, shown, context.get("pattern", "")))
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
    return Problem(place, f"{what} {wanted}", _what_to_type(model, node, loc, kind, name))


def _unknown(model: type[BaseModel], node: Node, loc: tuple[Any, ...]) -> Problem:
    """What is said of a field that nothing reads."""
    name, owner, parent = str(loc[-1]), _model_at(model, loc[:-1]), node.at(loc[:-1])
    place = parent.keys.get(name, node.at(loc).place)
    if _is_cite_with_a_colon(node, loc):
        words = node.at(loc).value
        if isinstance(words, str) and (typed := _with_its_words(node, loc, words)):
            message = "a cite that carries words needs quotation marks round all of it"
            return Problem(place, message, f"type it like this: {typed}")
        return Problem(
            place,
            "a cite has no colon in it",
            f"type it like this: [{name} {words if isinstance(words, str) else '5.2'}]",
        )
    known = list(owner.model_fields) if owner else []
    message = f"unknown field '{name}'"
    if meant := field_meant(name, known, known_fields()):
        if isinstance(parent.value, dict) and meant in parent.value and meant in parent.keys:
            there = f"put its words into '{meant}' (line {parent.keys[meant].line}), and delete it here"
            return Problem(place, message, there)
        return Problem(place, message, f"did you mean '{meant}'?")
    if hint := _belongs(model, loc):
        return Problem(place, f"'{name}' does not belong here", hint)
    return Problem(place, message, f"known here: {', '.join(known)}")


def _belongs(model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    """Where a field belongs that stands in a wrong place; nothing where no field is called so."""
    name, inside = str(loc[-1]), _model_at(model, loc[:-1])
    if name == "cites":
        return "it goes below each text that rests on it, in the same column as text:"
    above: type[BaseModel] | None = model if len(loc) > 1 else None
    if above and name in above.model_fields:
        return f"it goes further out, where '{next(iter(above.model_fields))}' stands"
    for one in filter(None, (inside, model)):
        if owners := [key for key in one.model_fields if name in _fields_in(one, key)]:
            places = " or ".join(f"'{owner}'" for owner in owners[:3])
            return f"it goes further in, below {places}"
    for file, other in (("review", Review), ("deck", Deck), ("briefing", Briefing), ("board.yaml", Board)):
        if name in other.model_fields and other is not model:
            return f"delete it: {'' if file == 'board.yaml' else 'a '}{file} has such a field"
    return ""


def _fields_in(model: type[BaseModel], key: str) -> Collection[str]:
    inner = _inner(model.model_fields[key].annotation)
    return inner.model_fields if isinstance(inner, type) and issubclass(inner, BaseModel) else ()


def _example(above: Node, name: str) -> str:
    """A field that is missing in a group, as it is to be typed."""
    title = above.value.get("title") if isinstance(above.value, dict) else None
    made = as_id(title.value) if name == "id" and title and isinstance(title.value, str) else ""
    if name in ("reviews", "questions", "summary", "points", "sources"):
        return f"{name}: and below it each item after a hyphen and a space"
    return f"{name}: {'[S1]' if name == 'cites' else made if 0 < len(made) < 40 else '…'}"


def _with_its_words(node: Node, loc: tuple[Any, ...], words: str) -> str:
    """A cite with the words that it rests on as it is to be typed, or nothing where it carries none.

    YAML has taken what stands before the colon for a field: S1 5.2, of which a comma may have cut off p11.
    """
    name, at = str(loc[-1]), loc.index("cites")
    position = loc[at + 1]
    before = node.at((*loc[: at + 1], position - 1)).value if position else ""
    if isinstance(before, str) and " " in before and not re.match(r"[A-Z]+\d", name):
        name = f"{before}, {name}"
    if " " not in name and len(words.split()) < 4:
        return ""
    words += "…" * (words[:1] == "“" and words[-1:] != "”")  # a comma has cut it off
    words = words.strip('“”"')
    cite = f'{name}: "{words}"' if '"' not in words else f"{name}: '{words}'"
    safe = quoted(cite) or quoted(f"{name}: “{words}”") or f"'{name}: \"…\"'"
    return safe if len(safe) < 160 else f"{safe[:100]}…{safe[-20:]}"


def _mismatch(node: Node, loc: tuple[Any, ...], name: str, shown: str, pattern: str) -> tuple[str, str]:
    """What is said of words where an id, a date or an address belongs."""
    found = node.at(loc).value
    typed = found if isinstance(found, str) else ""
    if name == "source" and "cites" in loc:
        hint = f"an id and the paragraph or page make one item: {_whole_cite(node, loc, typed)}"
        return f"{shown.strip()} is not the id of a source", hint
    parts = _apart(typed)
    if (
        len(parts) > 1
        and name in ("review", "points")
        and all(re.fullmatch(_LIKE_AN_ID, p) or ";" in typed or "," in typed for p in parts)
    ):
        return f"'{name}'{shown} is several ids", f"put a comma between them: [{', '.join(parts)}]"
    message, hint = next(
        (said for start, said in _PATTERN_WORDS.items() if pattern.startswith(start)), ("will not do", "")
    )
    if name in _LISTS and "sources" not in loc:
        hint = f"write an id: toolkit list {_LISTS[name]} shows them"
    meant = ""
    if pattern.startswith("^https?"):
        meant = as_address(typed)
    elif pattern.startswith("^(19|20)"):
        meant = as_day(typed, not pattern.endswith("?$"))
    elif name == "review":
        meant = as_name(typed)
    elif name in ("id", "brand", "outline", "instrument", "points"):
        meant = as_id(typed)
    if meant and len(meant) < 90:
        alone = isinstance(loc[-1], int) or name == "review"
        hint = f"type it like this: {'' if alone else f'{name}: '}{meant}"
    return f"'{name}'{shown} {message}", hint


_LIKE_AN_ID = r"[\w-]*[\d-][\w-]*"


def _apart(words: str) -> list[str]:
    """Names that somebody put into one value."""
    return re.split(r"\s*[;,]\s*|\s+and\s+|\s+", words)


def _what_to_type(model: type[BaseModel], node: Node, loc: tuple[Any, ...], kind: str, name: str) -> str:
    """What to type where a value is of another kind than its field."""
    found = node.at(loc)
    typed = found.value if isinstance(found.value, str) else ""
    if kind == "string_type":
        return _as_words(found, isinstance(loc[-1], int), name)
    if kind == "tuple_type":
        return _as_list(name, found, node.at(loc[:-1]), _model_at(model, loc))
    if kind == "int_parsing" and name == "minutes" and (minutes := as_minutes(typed)):
        return f"type it like this: {name}: {minutes}"
    if kind == "int_parsing" and (number := re.fullmatch(r"(\d+)\s*[A-Za-z.]+", typed)):
        return f"write the number alone: {name}: {number[1]}"
    if kind == "bool_parsing" and (answer := as_yes_or_no(typed)):
        return f"type it like this: {name}: {answer}"
    if kind not in ("model_type", "dict_type"):
        return _description(_model_at(model, loc[:-1]), name)
    if name == "cites":
        return "a cite stands in one pair of brackets: [S1 5.2]"
    if inside := _model_at(model, loc):
        if typed and loc and (laid := _laid_in(inside, node, loc, typed)):
            return laid
        return f"write each field on a line of its own, such as {next(iter(inside.model_fields))}: …"
    return "write a name, a colon and a space, then the value"


def _whole_cite(node: Node, loc: tuple[Any, ...], piece: str) -> str:
    """A cite of which a piece was cut off at a comma as it should be, or an example."""
    at = next((n for n, step in enumerate(loc) if step == "cites"), len(loc))
    position = loc[at + 1] if at + 1 < len(loc) else 0
    before = node.at((*loc[: at + 1], position - 1)).value if isinstance(position, int) and position else ""
    if not isinstance(before, str) or not before or len(before + piece) > 60:
        return f"[S1 {piece}]" if re.search(r"\d", piece) and len(piece) < 30 else "[S1 5.2]"
    return (
        f'["{before}, {piece}"], in quotation marks for its comma' if " " in before else f"[{before} {piece}]"
    )


def _laid_in(inside: type[BaseModel], node: Node, loc: tuple[Any, ...], words: str) -> str:
    """What to type where words stand for a group of fields: the group, with the words in one of them."""
    fields = [key for key, info in inside.model_fields.items() if info.is_required()]
    fields = fields or list(inside.model_fields)[:1]
    holds = next((key for key in _HOLD_WORDS if key in fields), fields[0])
    if " " not in words and fields[0] in ("id", "lens", "pattern"):
        holds = fields[0]
    above, name = node.at(loc[:-1]), str(loc[-1])
    if above.inline:
        return ""
    listed = isinstance(loc[-1], int)
    column = (
        (node.at(loc).place.column - 3)
        if listed
        else above.keys[name].column - 1
        if name in above.keys
        else -1
    )
    if column < 0:
        return ""
    lead = " " * column
    said = "…" if words.casefold() in ("yes", "no", "true", "false") else bare(words) or "…"
    many = "tuple[" in str(inside.model_fields[holds].annotation)
    lines = [] if listed else [f"{lead}{name}:"]
    for number, key in enumerate(fields):
        mark = "- " if listed and not number else "  "
        value = ("" if many else f" {said}") if key == holds else " [S1]" if key == "cites" else " …"
        lines.append(f"{lead}{mark}{key}:{value}")
        if many and key == holds:
            lines.append(f"{lead}    - {said}")
    return laid_out(*lines) if len(lines) > 1 else f"type it like this: {lines[0].strip()}"


_HOLD_WORDS = (
    "text",
    "title",
    "say",
    "means",
    "words",
    "name",
    "reason",
)  # the field for the words themselves


def _as_words(found: Node, listed: bool, name: str = "") -> str:
    """What to type where words were read as a group or a list."""
    if isinstance(found.value, dict):
        words = next(((k, v.value) for k, v in found.value.items() if isinstance(v.value, str)), None)
        if len(found.value) == 1 and words and not found.inline:
            typed = how_to_type("-" if listed else "", f"{words[0]}: {words[1]}")
            return f"these are words with a colon in them: {typed}"
        return "write words; if they hold a colon and a space, put all of them in straight quotation marks"
    said = [one.value for one in found.value] if isinstance(found.value, list) else []
    texts = [one for one in said if isinstance(one, str)]
    if texts and len(texts) == len(said) and not listed and name not in (*_ONE_ONLY, "names_kept_out"):
        typed = bare(", ".join(texts) if found.inline else " ".join(texts))
        if typed and len(typed) < 80:
            return f"it takes words, no list: {name}: {typed}"
    if name == "names_kept_out":
        return "write where the file with the names lies, such as C:\\Private\\names.txt"
    if not found.inline:
        return "write words; delete one of two hyphens, or write each item as text"
    if name in _ONE_ONLY and isinstance(found.value, list) and found.value:
        first = found.value[0].value
        return f"it takes one only: {name}: {first}" if isinstance(first, str) else "it takes one only"
    return "if these are words that start with a bracket, put all of them in straight quotation marks"


_ONE_ONLY = (*_LISTS, "kind", "lens", "id", "published", "edition")
_IDS = ("reviews", "points", "lenses", "themes", "known_to")  # lists that are short


def _as_list(name: str, found: Node, above: Node, inside: type[BaseModel] | None) -> str:
    """What to type where one value stands for a list."""
    if isinstance(found.value, dict):
        first = next(iter(found.value), "text")
        return f"start each item with a hyphen, its other fields below, further in: - {first}: …"
    if isinstance(found.value, str) and name == "cites":
        cites = re.split(r"\s*(?:;|,(?=\s*[A-Z]+\d)|\band\b)\s*", found.value.strip("()“”‘’\"' "))
        return f"type it like this: cites: [{', '.join(cites)}]"
    if (
        isinstance(found.value, str)
        and name == "points"
        and found.value.casefold() in ("all", "every", "any")
    ):
        return "delete the line: without it the points are chosen for you"
    if isinstance(found.value, str) and name in _IDS:
        items = re.split(r"\s*[;,]\s*|\s+and\s+", found.value)
        return f"type it like this: {name}: [{', '.join(items)}]"
    if inside and not issubclass(inside, Thought):
        if isinstance(found.value, str) and name in above.keys and not above.inline:
            lead = " " * (above.keys[name].column - 1)
            fields = [key for key, info in inside.model_fields.items() if info.is_required()]
            holds = next((key for key in _HOLD_WORDS if key in fields), "")
            values = [
                bare(found.value) if key == holds else "[S1]" if key == "cites" else "…" for key in fields
            ]
            marks = ["- ", *["  "] * len(fields)]
            return laid_out(
                f"{lead}{name}:",
                *(f"{lead}  {mark}{key}: {value}" for mark, key, value in zip(marks, fields, values)),
            )
        return f"it holds groups of fields; start each with a hyphen: - {next(iter(inside.model_fields))}: …"
    if isinstance(found.value, str) and name in above.keys and not above.inline:
        lead = " " * (above.keys[name].column - 1)
        return laid_out(f"{lead}{name}:", f"{lead}  - {found.value}")
    return f"start each item on a line of its own below {name}, after a hyphen and a space"


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
