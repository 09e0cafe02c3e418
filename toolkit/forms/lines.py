"""The lines of a review that a form changes: fields put in, taken out and written anew, all others as they
were."""

from __future__ import annotations

import copy
import re
import textwrap
from pathlib import Path as File
from typing import Any

import yaml

from toolkit.content.nodes import parse
from toolkit.forms.shape import Path
from toolkit.problems import Invalid, Place
from toolkit.refresh.citelines import Lines, typed
from toolkit.refresh.fields import Field, written

WIDE = 110
_SHORT = 40  # letters of an item of a list that stands on one line
_NO_WORDS = ("null", "true", "false", "on", "off")


def emitted(lead: str, value: Any, column: int) -> list[str]:
    """The lines of a value behind its name or hyphen; what stands below begins in a column."""
    if isinstance(value, str):
        return _scalar(lead, value, column)
    flow = _flow(value)
    if flow and len(lead) + len(flow) < WIDE:
        return [f"{lead} {flow}"]
    pad = " " * column
    lines = [] if lead.endswith("-") and isinstance(value, dict) else [lead]
    if isinstance(value, list):
        for one in value:
            lines += emitted(f"{pad}-", one, column + 2)
        return lines
    for n, (name, one) in enumerate(value.items()):
        start = f"{lead} {name}:" if n == 0 and not lines else f"{pad}{name}:"
        lines += emitted(start, one, column + 2)
    return lines


def _flow(value: Any) -> str:
    """A list of short texts on one line; nothing for another value."""
    if not isinstance(value, list):
        return ""
    texts = [_one(one) if isinstance(one, dict) else _typed(one) for one in value]
    if all(isinstance(one, str) and len(one) < _SHORT and "\n" not in one for one in value):
        return f"[{', '.join(texts)}]"
    return f"[{', '.join(texts)}]" if all(isinstance(one, dict) and "source" in one for one in value) else ""


def _one(value: dict[str, Any]) -> str:
    return f"{{{', '.join(f'{name}: {_typed(str(one))}' for name, one in value.items())}}}"


def _typed(value: str) -> str:
    said = typed(value)
    return f'"{said}"' if said.casefold() in _NO_WORDS else said


def _scalar(lead: str, value: str, column: int) -> list[str]:
    pad = " " * column
    if "\n" in value:
        return [f"{lead} |-", *(f"{pad}{line}".rstrip() for line in value.split("\n"))]
    short = f"{lead} {_typed(value)}"
    if len(short) <= WIDE:
        return [short]
    wrapped = textwrap.wrap(value, WIDE - column, break_long_words=False, break_on_hyphens=False)
    try:
        body = "\n".join(f"  {line}" for line in wrapped)
        if parse(File("line"), f"a: >-\n{body}\n").plain() == {"a": value}:
            return [f"{lead} >-", *(f"{pad}{line}" for line in wrapped)]
    except Invalid:
        pass  # such lines would be read as a list
    return [short]


def unchangeable(path: File) -> Invalid:
    """That the lines of a file are laid out as no form can change them."""
    message = "lines of this file cannot be changed without a risk to others; nothing was written"
    return Invalid.at(Place(path), message, "make the changes of the form in the file by hand")


class Edited(Lines):
    """The text of a file in which any field may be changed."""

    def checked(self) -> str:
        """The new text. Raises Invalid when it would say anything but what was meant."""
        try:
            return super().checked()
        except Invalid:
            raise unchangeable(self._path) from None

    def is_inline(self, path: Path) -> bool:
        """Whether a list or group stands in brackets."""
        return bool(getattr(self._node(path), "flow_style", False))

    def plain(self, path: Path) -> Any:
        """What stands at a path now."""
        found = self._meant
        for step in path:
            found = found[step]
        return found

    def put(self, path: Path, value: Any) -> None:
        """Another value at a path, whatever stood there; nothing around it may stand in brackets."""
        node = self._node(path)
        if not (isinstance(value, str) and isinstance(node, yaml.ScalarNode) and self._reworded(path, value)):
            start, lead = self._start(path)
            end = self._end(node)
            lines = emitted(lead, value, self._column(start) + 2)
            begin = start - self._column(start)
            kept = self._remarks(start, end)
            said = kept + self.text[begin:start] + self._break.join(lines)
            self.text = self.text[:begin] + said + self.text[end:]
        self._owner(path)[path[-1]] = copy.deepcopy(value)

    def field(self, path: Path, value: Any, above: str) -> None:
        """A new field of the group that a path without its last step leads to, below the field `above`; at
        the end where that is empty."""
        owner = self._node(path[:-1])
        name = above or str(owner.value[-1][0].value)
        key, last = next((key, one) for key, one in owner.value if key.value == name)
        column = key.start_mark.column
        lines = emitted(f"{path[-1]}:", value, column + 2)
        self._lay(self._line_after(last), [f"{' ' * column}{lines[0]}", *lines[1:]])
        self._owner(path)[path[-1]] = copy.deepcopy(value)

    def item(self, path: Path, at: int, value: Any) -> None:
        """A new item of the list at a path, before the one that is number `at` now, or at the end."""
        owner = self._node(path)
        column = owner.start_mark.column
        lines = emitted("-", value, column + 2)
        if at:
            spot = self._line_after(owner.value[at - 1])
        else:
            spot = self.text.rfind("\n", 0, owner.start_mark.index) + 1
        self._lay(spot, [f"{' ' * column}{lines[0]}", *lines[1:]])
        self._owner((*path, at)).insert(at, copy.deepcopy(value))

    def remove(self, path: Path) -> None:
        """Take a field or an item away, with its lines; it may not be the only one of its group or list."""
        node = self._node(path)
        start, _ = self._start(path)
        begin = start - self._column(start)
        after = self._line_after(node)
        if self.text[begin:start].strip():  # it stands behind the hyphen of its group
            after = self._node(path[:-1]).value[1][0].start_mark.index
            kept = self._remarks(start, after) + self.text[begin:start]
        else:
            kept = self._remarks(start, after)
        self.text = self.text[:begin] + kept + self.text[after:]
        del self._owner(path)[path[-1]]

    def _remarks(self, begin: int, end: int) -> str:
        """The remarks between two places, each on a line of its own, as far in as the line of the first."""
        found, at = [], 0
        for token in yaml.scan(self.text, Loader=yaml.CSafeLoader):
            between = self.text[at : token.start_mark.index]
            if "#" in between:
                found += [
                    match[0].rstrip()
                    for match in re.finditer(r"#[^\n]*", between)
                    if begin <= at + match.start() < end
                ]
            at = max(at, token.end_mark.index)
        line = self.text[begin - self._column(begin) : begin]
        pad = " " * (len(line) - len(line.lstrip()))
        return "".join(f"{pad}{one}{self._break}" for one in found)

    def _reworded(self, path: Path, value: str) -> bool:
        """Whether a text could be changed with its lines as they were."""
        node = self._node(path)
        if "\n" in value or "\n" in node.value.strip() or not node.value.strip():
            return False
        start, end = node.start_mark, node.end_mark
        field = Field(Place(self._path), "", node.value, start.index, end.index, node.style or "", path)
        made = written(self._path, self.text, field, value)
        if made is None or self._too_wide(made, start.index, len(made) - len(self.text) + end.index):
            return False
        self.text = made
        return True

    @staticmethod
    def _too_wide(text: str, start: int, end: int) -> bool:
        """Whether lines of a value that could be parted are too long."""
        begin = text.rfind("\n", 0, start) + 1
        return any(len(line) > WIDE and " " in line.strip() for line in text[begin:end].split("\n"))

    def _start(self, path: Path) -> tuple[int, str]:
        """Where the name or the hyphen of a value stands, and what it is."""
        if isinstance(path[-1], int):
            return self.text.rindex("-", 0, self._node(path).start_mark.index), "-"
        owner = self._node(path[:-1])
        key = next(key for key, _ in owner.value if key.value == path[-1])
        return key.start_mark.index, f"{path[-1]}:"

    def _column(self, at: int) -> int:
        return at - (self.text.rfind("\n", 0, at) + 1)
