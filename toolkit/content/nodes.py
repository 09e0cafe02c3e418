"""YAML with places: a file becomes a tree of nodes that know their line and column.

Plain scalars stay text (`no`, `1.10` and `12:30` are what was typed) until a model asks for another type.
What YAML allows but a review never needs (tags, aliases, several documents, a key twice) is refused, because
each of them has lost somebody's words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from toolkit.content.sentences import MOST_TOLD, M, validate
from toolkit.content.spelling import (
    LIST_LINE,
    MARKS,
    ODD,
    PARAGRAPHS,
    barred,
    colon_like,
    how_to_type,
    in_one,
    known_fields,
    list_fields,
    mark_hint,
    odd_space,
    pieces,
    slashed,
)
from toolkit.content.syntax import faults
from toolkit.content.texts import FORBIDDEN, LONGEST_FILE, read_text, to_start
from toolkit.content.values import said_of
from toolkit.late import pattern, replace
from toolkit.problems import Further, Invalid, Node, Place, Problem, counted, lines_named

__all__ = ["LONGEST_FILE", "load", "parse", "read_text"]
MOST_VALUES = 25_000  # in one file; the longest real review has about 3,000
LONGEST_TEXT = 20_000  # characters in one value, about seven printed pages
DEEPEST = 30  # levels of nesting; a review uses eight


def parse(path: Path, text: str) -> Node:
    """The tree of a YAML text. Raises Invalid, with a place, for what is not YAML or not plain enough."""
    lines = re.split(r"\r\n|\r|\n", text)
    tree, error = _grown(path, lines, text)
    if error:
        raise Invalid(faults(path, lines, lambda mended: _faults_of(path, mended)))
    if not tree.problems and (tree.root is None or tree.root.value == ""):
        if text.strip():
            hint = "delete the # before each line that is to be read"
            raise Invalid.at(Place(path), "the file holds nothing but notes: every line starts with #", hint)
        raise Invalid.at(
            Place(path),
            "the file is empty",
            f"delete it{f', then run: {to_start(path)}' if to_start(path) else ''}",
        )
    if tree.problems:
        raise Invalid(sorted(tree.problems))
    assert tree.root is not None
    return tree.root


def _faults_of(path: Path, lines: list[str]) -> tuple[list[Problem], yaml.YAMLError | None]:
    tree, error = _grown(path, lines, "\n".join(lines))
    return tree.problems, error


def _grown(path: Path, lines: list[str], text: str) -> tuple[_Tree, yaml.YAMLError | None]:
    """The tree of a YAML text, and what stopped libyaml where it could not read on."""
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
            return _grown(path, lines, text[: stopped.problem_mark.index])
        return tree, error
    return tree, None


class _Tree:
    """Grows a tree of nodes out of YAML's events, and finds what a review never needs."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._path, self._lines = path, lines
        # where each begins that is open, what is in it, whether it is a list, and in brackets
        self._stack: list[tuple[Place, list[Node], bool, bool]] = []
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
                self._refuse(here, "a value that starts with * needs quotation marks")
                self._add(Node(here, ""))
            case yaml.ScalarEvent():
                self._refuse_extras(event, here)
                value = self._unslashed(event, here) or _scalar(event.value, here, self.problems)
                self._add(Node(here, value, further=self._further(event, value)))
                if not event.style:
                    self._find_cut_off(event)
                    if not value.isascii():
                        self._find_odd_start(value, here)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_extras(event, here)
                if len(self._stack) >= DEEPEST:
                    hint = "check the indentation and the brackets"
                    return self._stop(here, f"this is nested more than {DEEPEST} levels deep", hint)
                listed, inline = isinstance(event, yaml.SequenceStartEvent), bool(event.flow_style)
                self._stack.append((here, [], listed, inline))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                start, children, listed, inline = self._stack.pop()
                made = Node(start, children) if listed else _mapping(start, children, self.problems)
                self._add(replace(made, inline=inline) if inline else made)
        return True

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1][1].append(node)
        else:
            self.root = node

    def _stop(self, here: Place, message: str, hint: str) -> bool:
        self.problems.append(Problem(here, message, hint))
        return False

    def _refuse(self, here: Place, message: str) -> None:
        line = self._lines[here.line - 1] if here.line <= len(self._lines) else ""
        words = line[here.column - 1 :].split(" #")[0].strip()
        typed = how_to_type(line[: here.column - 1], words[:200])
        if self._stack and self._stack[-1][3]:
            typed = "put the value in straight quotation marks"
        if words[:1] != "!" or words[:2] == "!!":
            typed = f"if these are words, {typed}; if not, delete {words.split(' ')[0].rstrip(',]}')}"
        self._stop(here, message, typed)

    def _refuse_extras(self, event: Any, here: Place) -> None:
        if event.tag is not None:
            self._refuse(here, "a value that starts with ! needs quotation marks")
        if event.anchor is not None:
            self._refuse(here, "a value that starts with & needs quotation marks")

    def _unslashed(self, event: Any, here: Place) -> str:
        """A value in double quotation marks in which backslashes have made something else of a path or of
        letters: that is a problem. Nothing where all is well."""
        if event.style != '"' or event.start_mark.line != event.end_mark.line:
            return ""
        line = self._lines[event.start_mark.line]
        raw = line[event.start_mark.column + 1 : event.end_mark.column - 1]
        path = re.match(r"(?:[A-Za-z]:|\\)\\[^\\]", raw)
        if not path and not FORBIDDEN.search(event.value):
            return ""
        found = slashed(line, event.start_mark.column)
        if found is None:
            return ""
        self._stop(here, *found)
        return raw[:100] or "x"

    def _find_cut_off(self, event: Any) -> None:
        end = event.end_mark
        line = self._lines[end.line] if end.line < len(self._lines) else ""
        match = _CUT_OFF.match(line, end.column)
        if match is None or (match["said"] is not None and not _breaks_off(event.value, match["said"])):
            return
        value = line[event.start_mark.column :] if event.start_mark.line == end.line else ""
        one = value and not (self._stack and self._stack[-1][3])
        typed = (
            how_to_type(line[: event.start_mark.column], value)
            if one
            else "put the whole value in quotation marks"
        )
        note = "put it on a line of its own" if match["said"] else "type a space after the #"
        place = Place(self._path, end.line + 1, match.start("mark") + 1)
        message = "what follows this # is taken for a note of yours, and is not printed"
        self._stop(place, message, f"if you meant it as a private note, {note}; if not, {typed}")

    def _find_odd_start(self, value: str, here: Place) -> None:
        """What looks like a list item or a field to a person, and to YAML like words."""
        if match := _ODD_ITEM.match(value):
            place = Place(self._path, here.line, here.column + 1)
            self._stop(place, *odd_space(match[1], "after the hyphen"))
        elif any(one.place == here for one in self.problems):
            return  # it is said already
        elif (match := _MARKED.match(value)) and match[1] in MARKS:
            hint = mark_hint(match[1], match[2], value[match.end() :])
            self._stop(here, f"this mark ({match[1]}) starts no list item", hint)
        elif (match := _WIDE_FIELD.match(value)) and match[1] in known_fields():
            line = self._lines[here.line - 1]
            place, at = Place(self._path, here.line, here.column + match.start(2)), here.column - 1
            typed = f"{line[:at]}{match[1]}: {line[at + match.end() :].strip()}"
            self._stop(place, *colon_like(match[2], typed))

    def _further(self, event: Any, value: str) -> Further | None:
        """Where a second paragraph or a list line begins in a text, if one does, and all its pieces.

        Where YAML has put a list line behind the words before it, that is a problem.
        """
        start, end = event.start_mark.line, event.end_mark.line
        if start == end or self._values > MOST_VALUES or (not event.style and _ODD_ITEM.match(value)):
            return None
        block = event.style in ("|", ">")  # its words begin on the line below
        before = "" if block else self._lines[start][event.start_mark.column :].strip()
        found, gap, ended = None, False, start + 1
        last = min(end if block else end + 1, len(self._lines))
        for number in range(start + 1, last):
            line = self._lines[number].strip()
            listed = bool(LIST_LINE.match(line))
            if listed and before and event.style != "|" and _is_item(line, before):
                self._run_on(event, value, number)
                return None
            if found is None and line and ((listed and event.style == "|") or (gap and before)):
                found = self._first_word(number), listed
            gap, before = not line, line or before
            ended = number + 1 if line else ended
        if found is None:
            return None
        lines = value.split("\n")
        parts = pieces(lines) if event.style == "|" else tuple(line.strip() for line in lines if line.strip())
        return Further(*found, parts, ended)

    def _run_on(self, event: Any, value: str, number: int) -> None:
        message = "this list line is put behind the words above it, in one paragraph"
        hint = "give each its own list item, all in the same column; or leave the mark out"
        place, start = self._first_word(number), event.start_mark
        hyphen = self._lines[start.line][: start.column].rstrip()
        far = place.column - len(hyphen)
        if not event.style and (mark := _MARKED.match(value)):  # the whole list has other marks than ours
            place = Place(self._path, start.line + 1, start.column + 1)
            hint = mark_hint(mark[1], mark[2], self._lines[start.line][start.column + mark.end() :])
            further = range(start.line + 1, event.end_mark.line + 1)
            same = [k + 1 for k in further if _MARKED.match(self._lines[k].strip())]
            message = f"this mark ({mark[1]}) starts no list item"
            message += f"; the same in {lines_named(same)}" if same else ""
        elif (
            not event.style
            and hyphen[-1:] == "-"
            and self._lines[number].lstrip().startswith("- ")
            and 0 < far <= 4
        ):
            columns = counted(far, "column", "columns")
            message = f"this list item stands {columns} too far to the right"
            hint = f"start it in column {len(hyphen)}, below the hyphen of line {start.line + 1}"
            hint += f" (delete {counted(far, 'space', 'spaces')} before it)"
        elif not event.style and self._in_paragraphs(start.line):
            words = self._lines[start.line : event.end_mark.line + 1]
            lead, _, first = words[0].partition("- ")
            message, hint = barred(f"{lead}-", [first, *words[1:]])
        elif event.style not in ('"', "'") and (field := re.match(r" *(?:- +)*([a-z_]+):$", hyphen)):
            words = self._lines[start.line + 1 : event.end_mark.line + (not event.style)]
            if not event.style:  # its words begin on the line of its name
                words = [self._lines[start.line][start.column :], *words]
            if field[1] in list_fields() and not event.style:
                message = f"a list stands below '{field[1]}:', and words stand behind it"
                hint = f"delete {said_of(words[0]).strip()[:50]} there, or make it an item of the list"
            elif field[1] in PARAGRAPHS:
                message, hint = barred(hyphen, words)
            elif field[1] in known_fields() - list_fields():
                message = f"a list begins here, and '{field[1]}' takes one paragraph, no list"
                hint = in_one(hyphen, pieces(words))
        self._stop(place, message, hint)

    def _in_paragraphs(self, number: int) -> bool:
        """Whether a line is an item of a list whose texts keep their paragraphs."""
        item = re.match(r" *-(?= )", self._lines[number])
        above = (_NAME.match(line) for line in reversed(self._lines[:number]))
        owner = next((one for one in above if one and item and len(one[1]) < item.end()), None)
        return bool(owner and owner[2] in PARAGRAPHS)

    def _first_word(self, number: int) -> Place:
        line = self._lines[number]
        return Place(self._path, number + 1, len(line) - len(line.lstrip()) + 1)


def _is_item(line: str, before: str) -> bool:
    """Whether a line with a mark is an item, and not a sentence that goes on with a dash or a number."""
    return line[0] == "-" or before[-1] in ".!?:;" or bool(LIST_LINE.match(before))


_CUT_OFF = pattern(r"\s*(?P<mark>#)(?:\s+(?P<said>.*)|(?=\S))")
_ODD_EDGE = pattern(rf"^[{ODD}]|[{ODD}]$")
_ODD_ITEM = pattern(rf"-([{ODD}]+)")
_NAME = pattern(r"( *(?:- +)*)([a-z_]+):(?:\s|$)")
_MARKED = pattern(rf"([{MARKS}]|\d{{1,2}}[.)]|[a-z]\))([\s{ODD}]+)")
_WIDE_FIELD = pattern(r"([A-Za-z_]+)\s*([：﹕︓∶꞉])")
_OPEN_END = pattern(r"(?:\b(?:a|an|and|as|of|or|our|the|their)|[,;:–(])$", re.I)


def _breaks_off(value: str, remark: str | None) -> bool:
    """Whether a sentence seems to go on in what YAML takes for a remark."""
    if not remark or " " not in value or value[-1:] in ".!?…”’\"')":
        return False
    return remark[0].isdigit() or remark.rstrip()[-1:] in ".!?" or bool(_OPEN_END.search(value))


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
    if match := FORBIDDEN.search(value):  # the file itself holds none: a code such as \r or \u0007 made it
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
        elif not key.value.isascii() and (odd := _ODD_EDGE.search(key.value)):
            where = "before" if odd.start() == 0 else "after"
            problems.append(Problem(key.place, *odd_space(odd[0], f"{where} this name")))
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


def load(path: Path, model: type[M], read: Callable[[Path], bytes] = Path.read_bytes) -> tuple[M, Node]:
    """A model read from a YAML file, and its nodes for the places.

    Raises Invalid with every problem of the file.
    """
    from toolkit.content.shapes import misread

    node = parse(path, read_text(path, read))
    found = list(itertools.islice(misread(model, node), MOST_TOLD))
    try:
        made = validate(model, node)
    except Invalid as error:
        raise Invalid(sorted([*found, *error.problems])) from None
    if found:
        raise Invalid(sorted(found))
    return made, node
