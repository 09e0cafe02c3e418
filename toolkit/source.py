"""YAML with places: a file becomes a tree of nodes that know their line and column, then a model of `content`.

Plain scalars stay text (`no`, `1.10` and `12:30` are what was typed) until a model asks for another type. What YAML allows
but a review never needs (tags, aliases, several documents, a key twice) is refused, because each of them has lost somebody's words.
"""

from __future__ import annotations

import difflib
import itertools
import re
import stat
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from toolkit.problems import Invalid, Place, Problem

LONGEST_FILE = 1_500_000  # bytes; the longest real review here is under 100,000
MOST_VALUES = 25_000  # in one file; the longest real review has about 3,000
MOST_TOLD = 200  # problems of one file; whoever has put those right is told the next
LONGEST_TEXT = 20_000  # characters in one value, about seven printed pages
DEEPEST = 30  # levels of nesting; a review uses eight

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Node:
    """A YAML value and where it stands: text, a list of nodes, or a mapping of nodes with the place of each key."""

    place: Place
    value: str | list[Node] | dict[str, Node]
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> Any:
        """The same value as built-in str, list and dict."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: tuple[Any, ...]) -> Node:
        """The node at a path of keys and list positions, or the nearest one above it."""
        node = self
        for step in path:
            if (isinstance(node.value, dict) and step in node.value) or (isinstance(node.value, list) and isinstance(step, int) and step < len(node.value)):
                node = node.value[step]
            else:
                break
        return node


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises Invalid when it cannot be read or is not clean text."""

    def stop(message: str, hint: str, line: int = 0, column: int = 0) -> Invalid:
        return Invalid([Problem(Place(path, line, column), message, hint)])

    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise stop("this is a folder, not a file", "name a file that ends in .yaml")
        if not stat.S_ISREG(mode):  # reading from a pipe or a device may never end
            raise stop("this is not an ordinary file", "put a text file that ends in .yaml in its place")
        data = path.read_bytes()
    except FileNotFoundError:
        raise stop("there is no such file", "check the spelling, or run: toolkit new") from None
    except OSError as error:
        raise stop(f"the file cannot be read ({error.strerror})", "close other programs that use it and check that you may open it") from None
    if len(data) > LONGEST_FILE:
        raise stop(f"the file is too long ({len(data):,} bytes)", "a review file holds one review; keep reports and pictures elsewhere")
    if data.startswith(_OTHER_FILES):
        raise stop("this is not a text file", "it looks like an Office file, a PDF or a picture under another name; reviews are written in a text editor")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise stop("the file is saved as UTF-16", "in Notepad choose Save as, and Encoding: UTF-8", 1, 1)
    if data.startswith(b"\xef\xbb\xbf"):
        raise stop("the file starts with an invisible byte order mark", "in Notepad choose Save as, and Encoding: UTF-8 (not UTF-8 with BOM)", 1, 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise stop("this character is not UTF-8", "save the file as UTF-8: in Notepad choose Save as, and Encoding: UTF-8", line, column) from None
    problems = (
        Problem(Place(path, number, match.start() + 1), *_forbidden(match[0]))
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
        for match in _FORBIDDEN.finditer(line)
    )
    if first := list(itertools.islice(problems, 20)):
        raise Invalid(first)
    return text


# The first bytes of Office files (new and old), PDF, PNG and JPEG.
_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")

# Controls that XML cannot carry or that hide text: C0 and C1 controls, line separators, bidirectional overrides and
# isolates (Unicode UAX 9), byte order mark, non-characters, lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def _forbidden(character: str) -> tuple[str, str]:
    code = f"U+{ord(character):04X}"
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return f"an invisible character turns the direction of the text ({code})", "delete it: it can make a reader see other words than the file holds"
    return f"an invisible control character ({code})", "delete it and type the words again; it often comes from copying out of a PDF"


def parse(path: Path, text: str) -> Node:
    """The tree of a YAML text. Raises Invalid, with a place, for what is not YAML or not plain enough."""
    problems: list[Problem] = []
    stack: list[tuple[Place, list[Any], str]] = []
    root: Node | None = None

    def place(mark: Any) -> Place:
        return Place(path, mark.line + 1, mark.column + 1)

    def add(node: Node) -> None:
        nonlocal root
        if stack:
            stack[-1][1].append(node)
        else:
            root = node

    documents = values = 0
    lines = re.split(r"\r\n|\r|\n", text)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            here = place(event.start_mark)
            values += isinstance(event, yaml.NodeEvent)
            if len(problems) >= MOST_TOLD:
                break
            elif values > MOST_VALUES:
                message = f"this file holds more than {MOST_VALUES:,} values"
                problems.append(Problem(here, message, "a review file holds one review; look for lines that repeat"))
                break
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    problems.append(Problem(here, "a second document starts here (---)", "one file holds one review, deck or briefing"))
                    break
            elif isinstance(event, yaml.AliasEvent):
                problems.append(Problem(here, f"an alias (*{event.anchor}) stands for words written elsewhere", "write the words out; if a value starts with *, put it in quotes"))
                add(Node(here, ""))
            elif isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                if event.tag is not None:
                    tag = event.tag.replace("tag:yaml.org,2002:", "!!")
                    problems.append(Problem(here, f"a tag ({tag}) is not used here", "delete it; if the value starts with an exclamation mark, put it in quotes"))
                if event.anchor is not None:
                    problems.append(Problem(here, f"an anchor (&{event.anchor}) is not used here", "delete it; if the value starts with &, put it in quotes"))
                if isinstance(event, yaml.ScalarEvent):
                    add(Node(here, _scalar(event.value, here, problems)))
                    end: Any = event.end_mark
                    line = lines[end.line] if end.line < len(lines) else ""
                    if not event.style and (match := _CUT_OFF.match(line, end.column)):
                        hash_sign = Place(path, end.line + 1, match.end())
                        problems.append(Problem(hash_sign, "YAML leaves out all that follows this #", "put the whole value in quotes; to write a remark, put a space after the #"))
                elif len(stack) >= DEEPEST:
                    problems.append(Problem(here, f"this is nested more than {DEEPEST} levels deep", "check the indentation and the brackets"))
                    break
                else:
                    stack.append((here, [], "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"))
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                start, children, kind = stack.pop()
                add(Node(start, children) if kind == "list" else _mapping(start, children, problems))
    except yaml.YAMLError as error:
        if re.search(r"nest|depth", str(getattr(error, "problem", ""))):
            # libyaml looks ahead before it tells of any level, and from 0.2.6 on refuses the thousandth. Up to there it
            # can be read, and is nested too deep for us long before.
            stopped: Any = error
            return parse(path, text[: stopped.problem_mark.index])
        problems.append(_unreadable(path, lines, error))
    if not problems and (root is None or root.value == ""):
        problems.append(Problem(Place(path), "the file is empty", "run: toolkit new, for a file to start from"))
    if problems:
        raise Invalid(sorted(problems))
    assert root is not None
    return root


_CUT_OFF = re.compile(r"\s*#(?=\S)")


def _scalar(value: str, here: Place, problems: list[Problem]) -> str:
    if len(value) > LONGEST_TEXT:
        problems.append(Problem(here, f"this text is too long ({len(value):,} characters)", f"keep one value under {LONGEST_TEXT:,} characters; look for a missing quotation mark"))
        return value[:100]
    if match := _FORBIDDEN.search(value):  # the file itself holds none: a code such as \r or \u0007 made it
        message = f"a backslash inside double quotes makes an invisible character here (U+{ord(match[0]):04X})"
        problems.append(Problem(here, message, "use single quotes, or write the backslash twice"))
    return value


def _mapping(start: Place, children: list[Node], problems: list[Problem]) -> Node:
    value: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, node in zip(children[::2], children[1::2]):
        if len(problems) >= MOST_TOLD:
            break
        elif not isinstance(key.value, str):
            problems.append(Problem(key.place, "a field name cannot be a list or a group", "write a name, then a colon"))
        elif key.value == "<<":
            problems.append(Problem(key.place, "<< would copy fields from elsewhere", "write the fields out"))
        elif key.value in value:
            problems.append(Problem(key.place, f"'{key.value}' stands here twice", f"the first is on line {keys[key.value].line}; delete one or put the words together"))
        else:
            value[key.value], keys[key.value] = node, key.place
    return Node(start, value, keys)


# What libyaml says where neither the next line of a group stands nor its end.
_NOT_IN_LINE = r"did not find expected (key|'-' indicator)"

_YAML_WORDS = [
    (r"found a tab", "a tab stands where spaces are needed", "indent with spaces; most editors can turn tabs into spaces"),
    (r"found unexpected ':'", "a colon inside brackets needs quotes", "put the value in quotes"),
    (r"mapping values are not allowed", "a colon here makes YAML see a second field", "put the whole value in quotes, or start it with >- on a line of its own"),
    (
        _NOT_IN_LINE,
        "the indentation does not line up here",
        "fields of one group start in the same column, and list items with a hyphen and a space",
    ),
    (r"could not find expected ':'", "a colon and a space are missing here", "a field is a name, a colon and a space, then the value"),
    (r"unexpected end of stream", "a quotation mark or bracket is opened and never closed", "close it, or use >- for long text"),
    (r"expected ',' or", "a comma or closing bracket is missing", "lists in brackets are written [one, two]"),
    (
        r"unknown escape character|escape (sequence|code)|expected escape",
        "a backslash inside double quotes starts a code that YAML does not know",
        "use single quotes, or write the backslash twice",
    ),
    (r"cannot start any token", "a value cannot start with this character", "put the value in quotes"),
    (r"undefined alias", "an alias (*) stands for words written elsewhere", "write the words out; if a value starts with *, put it in quotes"),
    (r"sequence entries are not allowed", "a list item cannot start here", "start it on a line of its own; if the value starts with a hyphen, put it in quotes"),
    (r"did not find expected node content", "a value is missing before this character", "write the value; if it starts with this character, put it in quotes"),
    (r"scanning a block scalar", "no words may follow | or > on its line", "start the words on the next line, further in; or put the value in quotes"),
    (r"mapping keys are not allowed", "a question mark and a space start no value here", "put the whole value in quotes"),
    (r"alphabetic or numeric|while scanning an? (alias|anchor)", "a value cannot start with * or &", "put the value in quotes"),
]


def _unreadable(path: Path, lines: list[str], error: yaml.YAMLError) -> Problem:
    mark: Any = getattr(error, "problem_mark", None)
    opened: Any = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    if mark and opened and ("could not find expected ':'" in said or not "".join(lines[mark.line :])[mark.column :].strip()):
        mark = opened  # what was begun there is what is wrong, not the end of the file
    if not mark:
        return Problem(Place(path), f"this is not YAML ({said.strip()})", "compare with a file that works, or run: toolkit new")
    where = Place(path, mark.line + 1, mark.column + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    before = line[: mark.column].rstrip()
    if line[mark.column : mark.column + 1] == "\t":
        return Problem(where, "a tab stands where spaces are needed", "indent with spaces; most editors can turn tabs into spaces")
    if re.search(_NOT_IN_LINE, said) and before.endswith(('"', "'")):
        return Problem(where, "words follow a closing quotation mark", "put single quotation marks round the whole value as well")
    for number in (mark.line, mark.line - 1):
        if "mapping values are not allowed" in said and 0 <= number < len(lines) and (match := re.match(r"\s*-(?=[^\s-])", lines[number])):
            return Problem(Place(path, number + 1, match.end()), "there is no space after this hyphen", "a list item is a hyphen, a space, and the item")
    for pattern, message, hint in _YAML_WORDS:
        if re.search(pattern, said):
            return Problem(where, message, hint)
    return Problem(where, f"this is not YAML ({said.strip()})", "compare with a file that works, or run: toolkit new")


def load(path: Path, model: type[M]) -> tuple[M, Node]:
    """A model read from a YAML file, and its nodes for the places. Raises Invalid with every problem of the file."""
    node = parse(path, read_text(path))
    return validate(model, node), node


def validate(model: type[M], node: Node) -> M:
    """`node` as `model`. Raises Invalid with each of pydantic's errors in our words, at its line and column."""
    empty = list(itertools.islice(_empty(node), MOST_TOLD))
    if empty:
        raise Invalid(empty)
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        raise Invalid(sorted(_problem(model, node, e) for e in _told(model, node, error.errors(include_url=False)[:MOST_TOLD]))) from None


def _told(model: type[BaseModel], node: Node, errors: list[Any]) -> list[Any]:
    # A misspelt field is unknown and its right name missing; a list whose only item is wrong counts as empty: once is enough.
    meant = {(*e["loc"][:-1], _near_field(model, e["loc"])) for e in errors if e["type"] == "extra_forbidden"}
    return [e for e in errors if not (e["type"] == "missing" and e["loc"] in meant) and not (e["type"] == "too_short" and node.at(e["loc"]).value)]


def _near_field(model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    owner = _model_at(model, loc[:-1])
    return next(iter(difflib.get_close_matches(str(loc[-1]), list(owner.model_fields) if owner else [], 1, 0.6)), "")


def _empty(node: Node) -> typing.Iterator[Problem]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if isinstance(child.value, str) and not child.value.strip():
                yield Problem(node.keys[key], f"'{key}' has no value", "write it after the colon, or delete the line")
            else:
                yield from _empty(child)
    elif isinstance(node.value, list):
        for child in node.value:
            if isinstance(child.value, str) and not child.value.strip():
                yield Problem(child.place, "an empty list item", "write it after the hyphen, or delete the line")
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
    what = f"an item of '{name}'" if name and isinstance(loc[-1], int) else f"'{name}'" if name else "the file"
    found = node.at(loc)
    place = found.place
    shown = found.value if isinstance(found.value, str) else ""
    shown = f" “{shown if len(shown) <= 60 else shown[:57] + '…'}”" if shown else ""
    if kind == "extra_forbidden":
        owner = _model_at(model, loc[:-1])
        known = list(owner.model_fields) if owner else []
        parent = node.at(loc[:-1])
        near_field = _near_field(model, loc)
        hint = f"did you mean '{near_field}'?" if near_field else f"known here: {', '.join(known)}"
        return Problem(parent.keys.get(name, place), f"unknown field '{name}'", hint)
    if kind == "missing":
        described = _description(_model_at(model, loc[:-1]), name)
        return Problem(node.at(loc[:-1]).place, f"'{name}' is missing", described or f"add a line: {name}: …")
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context.get("expected", ""))
        near = difflib.get_close_matches(shown.strip(" “”"), allowed, 1, 0.6)
        hint = f"did you mean '{near[0]}'?" if near else f"write one of: {', '.join(allowed)}"
        return Problem(place, f"'{name}' cannot be{shown}", hint)
    if kind == "no_such_day":
        return Problem(place, f"'{name}'{shown} is a day that no calendar has", "look at the day and the month")
    if kind == "string_pattern_mismatch" and name == "source" and "cites" in loc:
        return Problem(place, f"{shown.strip()} is not the id of a source", "put the paragraph or page after the id, in one item: S1 5.2, p11")
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
        why = "they hold a colon and a space" if isinstance(found.value, dict) else "they start with a bracket"
        hint = f"write words; if {why}, put all of them in quotes"
    elif kind == "tuple_type":
        hint = "put each item on a line of its own after a hyphen and a space, or short ones in brackets: [one, two]"
    elif kind in ("model_type", "dict_type"):
        inside = _model_at(model, loc)
        hint = f"write each field on a line of its own, such as {next(iter(inside.model_fields))}: …" if inside else "write a name, a colon and a space, then the value"
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
