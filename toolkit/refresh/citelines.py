"""The lines of a review in which cites and checks stand, changed at their places and nowhere else.

The text is changed, not written anew: comments, quotation marks and layout stay as a person typed them. What
comes out is read again, and has to say what was meant and nothing else.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from pathlib import Path as File
from typing import Any

import yaml

from toolkit.content.model import CITE
from toolkit.content.nodes import parse
from toolkit.problems import Invalid, Node, Place

Path = tuple[str | int, ...]
Value = str | dict[str, Any] | list[Any]


class Lines:
    """The text of a YAML file that is changed at places, and what it has to say in the end."""

    def __init__(self, path: File, text: str) -> None:
        self._path, self.text = path, text
        self._meant: Any = parse(path, text).plain()
        self._break = "\r\n" if "\r\n" in text else "\n"
        self._composed: tuple[str, Any] = ("", None)

    def checked(self) -> str:
        """The new text. Raises Invalid when it would say anything but what was meant."""
        try:
            said = parse(self._path, self.text).plain()
        except Invalid:
            said = None
        if said != self._meant:
            message = "these lines cannot be changed without a risk to others; nothing was written"
            hint = "write cites on lines of their own, each after a hyphen and a space, and try again"
            raise Invalid.at(Place(self._path), message, hint)
        return self.text

    def replace(self, path: Path, value: str) -> None:
        """Another text at a path, in the kind of quotation marks that stands there."""
        node = self._node(path)
        start, end = node.start_mark.index, node.end_mark.index
        new = _single(value) if node.style == "'" else _double(value)
        if not node.style and re.fullmatch(r"[A-Za-z][\w-]*", value):
            new = value
        self.text = self.text[:start] + new + self.text[end:]
        self._owner(path)[path[-1]] = value

    def add(self, path: Path, value: Value) -> None:
        """A new field of the group, or a new item of the list, at the end of what stands at a path: the path
        of a group ends in the name of the new field."""
        owner = self._node(path[:-1])
        fresh = owner.value
        listed = isinstance(owner, yaml.SequenceNode)
        name = "" if listed else f"{path[-1]}: "
        if owner.flow_style:
            end = owner.end_mark.index - 1
            before = self.text[owner.start_mark.index + 1 : end].rstrip()
            kept = owner.start_mark.index + 1 + len(before)
            comma = ", " if before and not before.endswith(",") else " " * bool(before)
            self.text = self.text[:kept] + comma + name + _inline(value) + self.text[kept:]
        else:
            column = owner.start_mark.column
            at = self._line_after(fresh[-1] if listed else fresh[-1][1])
            lead = f"{' ' * column}{'- ' if listed else name.rstrip()}"
            self._lay(at, _below(lead, value, column + 2))
        meant = self._owner(path)
        if listed:
            meant.append(copy.deepcopy(value))
        else:
            meant[path[-1]] = copy.deepcopy(value)

    def _owner(self, path: Path) -> Any:
        found = self._meant
        for step in path[:-1]:
            found = found[step]
        return found

    def _node(self, path: Path) -> Any:
        """The node of YAML at a path, as it stands in the text now."""
        if self._composed[0] != self.text:
            self._composed = (self.text, yaml.compose(self.text, Loader=yaml.CSafeLoader))
        node = self._composed[1]
        for step in path:
            if isinstance(step, int):
                node = node.value[step]
            else:
                node = next(value for key, value in node.value if key.value == step)
        return node

    def _end(self, node: Any) -> int:
        """Where the last word of a node ends."""
        while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
            node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            end = node.start_mark.index + len(self.text[node.start_mark.index : end].rstrip())
        return end

    def _line_after(self, node: Any) -> int:
        """Where the line begins that comes after the last one with words of a node on it."""
        found = self.text.find("\n", self._end(node))
        return len(self.text) if found < 0 else found + 1

    def _lay(self, at: int, lines: Sequence[str]) -> None:
        """Put lines in at a place, which begins a line or ends the text."""
        ended = "" if at == 0 or self.text[at - 1] == "\n" else self._break
        said = ended + "".join(f"{line}{self._break}" for line in lines)
        self.text = self.text[:at] + said + self.text[at:]


def with_place(typed: str, where: str) -> str:
    """A cite with words, as it was typed, `S1 5.2: "…"`, with another place."""
    match = CITE.fullmatch(typed.strip())
    assert match
    return f"{match['source']} {where}{match['rest']}"


def with_words(source: str, where: str, words: str) -> str:
    """A cite with the words that it rests on."""
    marks = "“”" if "”" not in words else '""' if '"' not in words else "‘’"
    return f"{source} {where}: {marks[0]}{words}{marks[1]}"


def is_short(node: Node) -> bool:
    """Whether a cite is written as one text, S1 5.2, and not as a group of fields."""
    return isinstance(node.value, str)


def _single(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _double(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w .’–()-]*[\w.’)])?")


def typed(value: str) -> str:
    """A text as it is typed on a line: as it is where that is safe, or in quotation marks."""
    return value if _PLAIN.fullmatch(value) else _double(value)


def _inline(value: Value) -> str:
    if isinstance(value, str):
        return typed(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return f"{{{', '.join(f'{name}: {_inline(one)}' for name, one in value.items())}}}"


def _below(lead: str, value: Value, column: int) -> Sequence[str]:
    """Lines for a value after its name or hyphen; fields and items begin in a column."""
    if isinstance(value, str):
        return (f"{lead.rstrip()} {typed(value)}",)
    lines: list[str] = []
    pad = " " * column
    if isinstance(value, list):
        lines += [lead]
        for one in value:
            lines += _below(f"{pad}-", one, column + 2)
        return lines
    first = True
    hyphen = lead.rstrip().endswith("-")
    if not hyphen:
        lines.append(lead)
    for name, one in value.items():
        start = f"{lead.rstrip()} {name}:" if hyphen and first else f"{pad}{name}:"
        lines += _below(start, one, column + 2)
        first = False
    return lines
