"""YAML with places: a file becomes a tree of nodes that know their line and column.

Plain scalars stay text (`no`, `1.10` and `12:30` are what was typed) until a model asks for another type.
What YAML allows but a review never needs (tags, aliases, several documents, a key twice) is refused, because
each of them has lost somebody's words.
"""

from __future__ import annotations

import itertools
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from toolkit.content.sentences import MOST_TOLD, M, validate
from toolkit.problems import Invalid, Node, Place, Problem

LONGEST_FILE = 1_500_000  # bytes; the longest real review here is under 100,000
MOST_VALUES = 25_000  # in one file; the longest real review has about 3,000
LONGEST_TEXT = 20_000  # characters in one value, about seven printed pages
DEEPEST = 30  # levels of nesting; a review uses eight


def read_text(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> str:
    """The text of a UTF-8 file, of which `read` gives the bytes.

    Raises Invalid when it cannot be read or is not clean text.
    """

    def stop(message: str, hint: str, line: int = 0, column: int = 0) -> Invalid:
        return Invalid.at(Place(path, line, column), message, hint)

    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise stop("this is a folder, not a file", "name a file that ends in .yaml")
        if not stat.S_ISREG(mode):  # reading from a pipe or a device may never end
            raise stop("this is not an ordinary file", "put a text file that ends in .yaml in its place")
        data = read(path)
    except FileNotFoundError:
        raise stop("there is no such file", "check the spelling, or run: toolkit new") from None
    except OSError as error:
        raise stop(
            f"the file cannot be read ({error.strerror})",
            "close other programs that use it and check that you may open it",
        ) from None
    if len(data) > LONGEST_FILE:
        raise stop(
            f"the file is too long ({len(data):,} bytes)",
            "a review file holds one review; keep reports and pictures elsewhere",
        )
    if data.startswith(_OTHER_FILES):
        raise stop(
            "this is not a text file",
            "it looks like an Office file, a PDF or a picture under another name; reviews are written in a"
            " text editor",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise stop("the file is saved as UTF-16", "in Notepad choose Save as, and Encoding: UTF-8", 1, 1)
    if data.startswith(b"\xef\xbb\xbf"):
        raise stop(
            "the file starts with an invisible byte order mark",
            "in Notepad choose Save as, and Encoding: UTF-8 (not UTF-8 with BOM)",
            1,
            1,
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise stop(
            "this character is not UTF-8",
            "save the file as UTF-8: in Notepad choose Save as, and Encoding: UTF-8",
            line,
            column,
        ) from None
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

# Controls that XML cannot carry or that hide text: C0 and C1 controls, line separators, bidirectional
# overrides and
# isolates (Unicode UAX 9), byte order mark, non-characters, lone surrogates.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def _forbidden(character: str) -> tuple[str, str]:
    code = f"U+{ord(character):04X}"
    if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
        return (
            f"an invisible character turns the direction of the text ({code})",
            "delete it: it can make a reader see other words than the file holds",
        )
    return (
        f"an invisible control character ({code})",
        "delete it and type the words again; it often comes from copying out of a PDF",
    )


def parse(path: Path, text: str) -> Node:
    """The tree of a YAML text. Raises Invalid, with a place, for what is not YAML or not plain enough."""
    lines = re.split(r"\r\n|\r|\n", text)
    tree = _Tree(path, lines)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not tree.take(event):
                break
    except yaml.YAMLError as error:
        if re.search(r"nest|depth", str(getattr(error, "problem", ""))):
            # libyaml looks ahead before it tells of any level, and from 0.2.6 on refuses the thousandth.
            # Up to there it can be read, and is nested too deep for us long before.
            stopped: Any = error
            return parse(path, text[: stopped.problem_mark.index])
        tree.problems.append(_unreadable(path, lines, error))
    if not tree.problems and (tree.root is None or tree.root.value == ""):
        raise Invalid.at(Place(path), "the file is empty", "run: toolkit new, for a file to start from")
    if tree.problems:
        raise Invalid(sorted(tree.problems))
    assert tree.root is not None
    return tree.root


class _Tree:
    """Grows a tree of nodes out of YAML's events, and finds what a review never needs."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._path, self._lines = path, lines
        self._stack: list[tuple[Place, list[Node], bool]] = []  # start, children, whether it is a list
        self._documents = self._values = 0

    def take(self, event: Any) -> bool:
        """Whether to go on after one event."""
        here = Place(self._path, event.start_mark.line + 1, event.start_mark.column + 1)
        self._values += isinstance(event, yaml.NodeEvent)
        if len(self.problems) >= MOST_TOLD:
            return False
        if self._values > MOST_VALUES:
            hint = "a review file holds one review; look for lines that repeat"
            return self._stop(here, f"this file holds more than {MOST_VALUES:,} values", hint)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents == 2:
                    hint = "one file holds one review, deck or briefing"
                    return self._stop(here, "a second document starts here (---)", hint)
            case yaml.AliasEvent():
                message = f"an alias (*{event.anchor}) stands for words written elsewhere"
                self._stop(here, message, "write the words out; if a value starts with *, put it in quotes")
                self._add(Node(here, ""))
            case yaml.ScalarEvent():
                self._refuse_extras(event, here)
                self._add(Node(here, _scalar(event.value, here, self.problems)))
                self._find_cut_off(event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_extras(event, here)
                if len(self._stack) >= DEEPEST:
                    hint = "check the indentation and the brackets"
                    return self._stop(here, f"this is nested more than {DEEPEST} levels deep", hint)
                self._stack.append((here, [], isinstance(event, yaml.SequenceStartEvent)))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                start, children, listed = self._stack.pop()
                self._add(Node(start, children) if listed else _mapping(start, children, self.problems))
        return True

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1][1].append(node)
        else:
            self.root = node

    def _stop(self, here: Place, message: str, hint: str) -> bool:
        self.problems.append(Problem(here, message, hint))
        return False

    def _refuse_extras(self, event: Any, here: Place) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            hint = "delete it; if the value starts with an exclamation mark, put it in quotes"
            self._stop(here, f"a tag ({tag}) is not used here", hint)
        if event.anchor is not None:
            hint = "delete it; if the value starts with &, put it in quotes"
            self._stop(here, f"an anchor (&{event.anchor}) is not used here", hint)

    def _find_cut_off(self, event: Any) -> None:
        end = event.end_mark
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        if not event.style and (match := _CUT_OFF.match(line, end.column)):
            hint = "put the whole value in quotes; to write a remark, put a space after the #"
            place = Place(self._path, end.line + 1, match.end())
            self._stop(place, "YAML leaves out all that follows this #", hint)


_CUT_OFF = re.compile(r"\s*#(?=\S)")


def _scalar(value: str, here: Place, problems: list[Problem]) -> str:
    if len(value) > LONGEST_TEXT:
        problems.append(
            Problem(
                here,
                f"this text is too long ({len(value):,} characters)",
                f"keep one value under {LONGEST_TEXT:,} characters; look for a missing quotation mark",
            )
        )
        return value[:100]
    if match := _FORBIDDEN.search(value):  # the file itself holds none: a code such as \r or \u0007 made it
        message = (
            f"a backslash inside double quotes makes an invisible character here (U+{ord(match[0]):04X})"
        )
        problems.append(Problem(here, message, "use single quotes, or write the backslash twice"))
    return value


def _mapping(start: Place, children: list[Node], problems: list[Problem]) -> Node:
    value: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, node in zip(children[::2], children[1::2]):
        if len(problems) >= MOST_TOLD:
            break
        elif not isinstance(key.value, str):
            problems.append(
                Problem(key.place, "a field name cannot be a list or a group", "write a name, then a colon")
            )
        elif key.value == "<<":
            problems.append(Problem(key.place, "<< would copy fields from elsewhere", "write the fields out"))
        elif key.value in value:
            problems.append(
                Problem(
                    key.place,
                    f"'{key.value}' stands here twice",
                    f"the first is on line {keys[key.value].line}; delete one or put the words together",
                )
            )
        else:
            value[key.value], keys[key.value] = node, key.place
    return Node(start, value, keys)


# What libyaml says where neither the next line of a group stands nor its end.
_NOT_IN_LINE = r"did not find expected (key|'-' indicator)"

_YAML_WORDS = [
    (
        r"found a tab",
        "a tab stands where spaces are needed",
        "indent with spaces; most editors can turn tabs into spaces",
    ),
    (r"found unexpected ':'", "a colon inside brackets needs quotes", "put the value in quotes"),
    (
        r"mapping values are not allowed",
        "a colon here makes YAML see a second field",
        "put the whole value in quotes, or start it with >- on a line of its own",
    ),
    (
        _NOT_IN_LINE,
        "the indentation does not line up here",
        "fields of one group start in the same column, and list items with a hyphen and a space",
    ),
    (
        r"could not find expected ':'",
        "a colon and a space are missing here",
        "a field is a name, a colon and a space, then the value",
    ),
    (
        r"unexpected end of stream",
        "a quotation mark or bracket is opened and never closed",
        "close it, or use >- for long text",
    ),
    (r"expected ',' or", "a comma or closing bracket is missing", "lists in brackets are written [one, two]"),
    (
        r"unknown escape character|escape (sequence|code)|expected escape",
        "a backslash inside double quotes starts a code that YAML does not know",
        "use single quotes, or write the backslash twice",
    ),
    (r"cannot start any token", "a value cannot start with this character", "put the value in quotes"),
    (
        r"undefined alias",
        "an alias (*) stands for words written elsewhere",
        "write the words out; if a value starts with *, put it in quotes",
    ),
    (
        r"sequence entries are not allowed",
        "a list item cannot start here",
        "start it on a line of its own; if the value starts with a hyphen, put it in quotes",
    ),
    (
        r"did not find expected node content",
        "a value is missing before this character",
        "write the value; if it starts with this character, put it in quotes",
    ),
    (
        r"scanning a block scalar",
        "no words may follow | or > on its line",
        "start the words on the next line, further in; or put the value in quotes",
    ),
    (
        r"mapping keys are not allowed",
        "a question mark and a space start no value here",
        "put the whole value in quotes",
    ),
    (
        r"alphabetic or numeric|while scanning an? (alias|anchor)",
        "a value cannot start with * or &",
        "put the value in quotes",
    ),
]


def _unreadable(path: Path, lines: list[str], error: yaml.YAMLError) -> Problem:
    mark: Any = getattr(error, "problem_mark", None)
    opened: Any = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    if (
        mark
        and opened
        and ("could not find expected ':'" in said or not "".join(lines[mark.line :])[mark.column :].strip())
    ):
        mark = opened  # what was begun there is what is wrong, not the end of the file
    if not mark:
        return Problem(
            Place(path),
            f"this is not YAML ({said.strip()})",
            "compare with a file that works, or run: toolkit new",
        )
    where = Place(path, mark.line + 1, mark.column + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    before = line[: mark.column].rstrip()
    if line[mark.column : mark.column + 1] == "\t":
        return Problem(
            where,
            "a tab stands where spaces are needed",
            "indent with spaces; most editors can turn tabs into spaces",
        )
    if re.search(_NOT_IN_LINE, said) and before.endswith(('"', "'")):
        return Problem(
            where,
            "words follow a closing quotation mark",
            "put single quotation marks round the whole value as well",
        )
    for number in (mark.line, mark.line - 1):
        if (
            "mapping values are not allowed" in said
            and 0 <= number < len(lines)
            and (match := re.match(r"\s*-(?=[^\s-])", lines[number]))
        ):
            return Problem(
                Place(path, number + 1, match.end()),
                "there is no space after this hyphen",
                "a list item is a hyphen, a space, and the item",
            )
    for pattern, message, hint in _YAML_WORDS:
        if re.search(pattern, said):
            return Problem(where, message, hint)
    return Problem(
        where, f"this is not YAML ({said.strip()})", "compare with a file that works, or run: toolkit new"
    )


def load(path: Path, model: type[M], read: Callable[[Path], bytes] = Path.read_bytes) -> tuple[M, Node]:
    """A model read from a YAML file, and its nodes for the places.

    Raises Invalid with every problem of the file.
    """
    node = parse(path, read_text(path, read))
    return validate(model, node), node
