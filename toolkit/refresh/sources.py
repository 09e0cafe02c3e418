"""Origins as a person reads them: which review, point and field they are, where it stands, what it cites."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit.content.audience import public_node
from toolkit.content.nodes import parse, read_text
from toolkit.files import LARGEST
from toolkit.office.prints import WORD
from toolkit.plan.model import CLOCK, FIXED, SECTION, TEMPLATES
from toolkit.plan.wording import ENGLISH
from toolkit.problems import Invalid, Node
from toolkit.project import BOARD, Project
from toolkit.render.printed import BOARD as OF_BOARD
from toolkit.render.printed import BRAND, EDITION, FOOTER, NUMBER, SUBTITLE, TITLE
from toolkit.shipped import packaged
from toolkit.targets import CHANGES, NO_WISHES, Wishes

_OWN_CONTACT = re.compile(r"board-(concern|support)-(\d+)")
SPEAKERS = ("speaker", "teller")  # the last step of the origin of what says who speaks


@dataclass(frozen=True)
class Source:
    """Where some words come from: in words, the file and line where that stands if it can be told, and what
    it cites there.
    """

    said: str
    where: str = ""
    cites: tuple[str, ...] = ()

    def told(self, cites: bool = True) -> str:
        """The whole as one line, with or without what it cites."""
        cited = f", which cites {'; '.join(self.cites)}" if self.cites and cites else ""
        return f"{self.said}{f' ({self.where})' if self.where else ''}{cited}"


class Sources:
    """Looks origins up: in a folder where there is one, else in what the toolkit brings along. `made` is what
    a file says of its making."""

    def __init__(self, project: Project | None, made: Mapping[str, Any]) -> None:
        self._project, self._of = project, str(made.get("of", ""))
        self._language = str(made.get("language") or ENGLISH)
        self._wishes = Wishes.read(made.get("wishes"))
        self._few = self._wishes.restricted
        self._nodes: dict[Path, Node | None] = {}

    @property
    def changes(self) -> str:
        """The name of the file that keeps what was changed by hand."""
        own = self._own(self._changes)
        return self._where(own) if own else self._changes

    @property
    def by_hand(self) -> str:
        """That words were changed by hand in an earlier file, and what keeps them, or has kept them."""
        own = self._own(self._changes)
        gone = own is not None and not own.is_file()
        return f"changed by hand, {'once ' * gone}kept in {self.changes}"

    @cached_property
    def _changes(self) -> str:
        return f"{self._of}{f'-{self._wishes.name}' if self._wishes != NO_WISHES else ''}{CHANGES}"

    def of(self, origin: str, words: str) -> Source:
        """Where some words with an origin come from."""
        steps, words = origin.split("/"), " ".join(words.split())
        if origin in self._plain:
            return self._plain[origin](words)
        if origin.startswith(FIXED):
            path = self._shared("reference", "words.yaml")
            return self._in(path, steps[2:], "the fixed words", words)
        if origin.startswith(TEMPLATES):
            path = self._shared(*steps[:2], f"{steps[2]}.yaml")
            return self._of_template(path, steps, words)
        if steps[0] == "reference" and len(steps) > 2:
            return self._of_register(steps, words)
        if steps[0] == "board":
            return self._in(self._own(BOARD), steps[1:], "the board", words)
        if steps[0] in ("decks", "briefings") and len(steps) > 1:
            kind, work = steps[0].removesuffix("s"), self._own(steps[0], f"{steps[1]}.yaml")
            if work and steps[2:] and steps[2] in self._plain and not self._step(work, steps[2:3]):
                return self._plain[steps[2]](words)  # it does not say so itself: the board does, or nobody
            return self._in(work, steps[2:], f"the {kind} {steps[1]}", words)
        return self._of_review(steps, words)

    @cached_property
    def _plain(self) -> dict[str, Callable[[str], Source]]:
        """What has a name in place of an origin."""
        kind, _, name = self._of.partition("/")
        work = self._own(kind, f"{name}.yaml") if name else None

        def either(field: str, of_board: str = "") -> Callable[[str], Source]:
            def find(words: str) -> Source:
                node = self._node(work)
                if node and isinstance(node.value, dict) and field in node.value:
                    return self._in(work, [field], f"the {kind.removesuffix('s')} {name}", words)
                board = self._node(self._own(BOARD))
                if of_board and board and isinstance(board.value, dict) and of_board in board.value:
                    return self._in(self._own(BOARD), [of_board], "the board", words)
                said = f"the {field}, made of the reviews" if field in (TITLE, SUBTITLE) else f"the {field}"
                return Source(said, self._where(work) if work and node else "")

            return find

        def sure(said: str) -> Callable[[str], Source]:
            return lambda words: Source(said)

        return {
            TITLE: either("title"),
            SUBTITLE: either("subtitle"),
            OF_BOARD: either("board", "name"),
            EDITION: either("edition", "edition"),
            FOOTER: either("footer", "footer"),
            SECTION: self._section,
            CLOCK: sure("the clock of the session, which the toolkit works out"),
            NUMBER: sure("a number that the toolkit counts"),
            BRAND: sure("the brand’s Word template"),
            "speaker": sure("words of the toolkit on who says it"),
            "": sure("words of the toolkit"),
        }

    def _section(self, words: str) -> Source:
        """The name of a section, which stands in an outline."""
        bases = [self._project.root] if self._project else []
        for base in (*bases, self._data):
            folder = base / "templates" / "outlines"
            folder = folder if self._language == ENGLISH else folder / self._language
            for path in sorted(folder.glob("*.yaml")):
                for line in _lines_with(path, words.strip(" :")):
                    return Source(f"the outline {path.stem}", self._where(path, line))
        fixed = self._shared("reference", "words.yaml")
        for line in _lines_with(fixed, words.strip(" :")):
            return Source("the fixed words", self._where(fixed, line))
        for path in sorted(self._project.root.glob("reviews/*.yaml")) if self._project else ():
            for field in (["title"], ["child", "name"]):
                node = self._step(path, field)
                if node and node.value == words.strip(" :"):
                    return self._in(path, field, f"the review {path.stem}", words)
        return Source("the name of a section, in an outline or a review")

    def _of_template(self, path: Path, steps: Sequence[str], words: str) -> Source:
        found = self._in(path, steps[3:], f"the page template {steps[2]}", words)
        fixed = self._shared("reference", "words.yaml")
        first = re.escape(" ".join(words.split()[:3]))
        if found.where and not any(_near(first, line) for line in _text(path)) and words.strip():
            for line in _lines_with(fixed, words.strip(" :.")):
                return Source("the fixed words", self._where(fixed, line))
        return found

    def _of_register(self, steps: Sequence[str], words: str) -> Source:
        if own := _OWN_CONTACT.fullmatch(steps[2]):
            field = {"concern": "raise_concern"}.get(own[1], own[1])
            return self._in(self._own(BOARD), [field, str(int(own[2]) - 1), *steps[3:]], "the board", words)
        name = f"{steps[1]}.yaml"
        mine = self._own("reference", *(() if self._language == ENGLISH else (self._language,)), name)
        path = mine if self._entry(mine, steps[2]) else self._shared("reference", name, data=True)
        return self._in(path, steps[2:], f"the register of {steps[1]}", words)

    def _of_review(self, steps: Sequence[str], words: str) -> Source:
        said = [f"the review {steps[0]}"]
        if steps[1:2] == ["points"] and len(steps) > 2:
            said.append(f"point {steps[2]}")
            rest = list(steps[3:])
        elif steps[1:2] == ["sources"] and len(steps) > 2:
            said.append(f"source {steps[2]}")
            rest = list(steps[3:])
        else:
            rest = list(steps[1:])
        if rest[:1] and rest[0] in SPEAKERS:
            said.append("who says it")
        else:
            said += _fields([step for step in rest if step not in ("text", "slide")])
        path = self._own("reviews", f"{steps[0]}.yaml")
        found = self._in(path, steps[1:], "", words)
        in_short = steps[3:4] == ["slide"] and path and self._step(path, [*steps[1:3], *steps[4:5]])
        cites = tuple(dict.fromkeys(_all_cites(in_short))) if in_short else found.cites
        return Source(", ".join(said), found.where, cites)

    # -- files and what stands in them

    @property
    def _data(self) -> Path:
        return self._project.data if self._project else packaged()

    def _where(self, path: Path, line: int = 0) -> str:
        """A file, and a line of it, as one would type them here; or as the toolkit has it."""
        at = f":{line}" if line else ""
        if path.is_relative_to(self._data) and not (
            self._project and path.is_relative_to(self._project.root)
        ):
            return f"{path.relative_to(self._data).as_posix()}{at} of the toolkit"
        try:
            return f"{os.path.relpath(path)}{at}"
        except (OSError, ValueError):  # another drive; or the folder one stands in is gone
            return f"{path}{at}"

    def _own(self, *parts: str) -> Path | None:
        return self._project.root.joinpath(*parts) if self._project else None

    def _shared(self, *parts: str, data: bool = False) -> Path:
        """A template or register in the language of the file: the folder’s own, or the toolkit’s."""
        parts = parts if self._language == ENGLISH else (*parts[:-1], self._language, parts[-1])
        own = self._own(*parts)
        return own if own and own.exists() and not data else self._data.joinpath(*parts)

    def _entry(self, path: Path | None, id: str) -> bool:
        node = self._node(path)
        return node is not None and isinstance(node.value, list) and _item(node, id) is not None

    def _node(self, path: Path | None) -> Node | None:
        """What stands in a file; None where there is none, or it cannot be read."""
        if path is None:
            return None
        if path not in self._nodes:
            try:
                self._nodes[path] = _read(path, self._few) if path.is_file() else None
            except Invalid:
                self._nodes[path] = None
        return self._nodes[path]

    def _in(self, path: Path | None, steps: Sequence[str], of: str, words: str) -> Source:
        """A field of a file: the nearest that is there. What is no line of its own is told as the file."""
        fields = ", ".join(filter(None, (of, *_fields(steps))))
        node = self._node(path)
        if path is None or node is None:
            return Source(fields, self._where(path) if path and path.is_file() else "")
        cites: tuple[str, ...] = ()
        for step in steps:
            below = _below(node, step)
            if below is None:
                break
            node = below
            if isinstance(node.value, dict) and "cites" in node.value:
                cites = tuple(_cites(node.value["cites"]))
        line = node.place.line
        if isinstance(node.value, str):
            line = _line_of(words, node.value, _text(path), line)
        return Source(fields, self._where(path, line), cites)

    def _step(self, path: Path, steps: Sequence[str]) -> Node | None:
        """What stands at some steps of a file; None where they lead nowhere."""
        node = self._node(path)
        for step in steps:
            node = _below(node, step) if node else None
        return node


def _read(path: Path, few: bool) -> Node:
    """What stands in a file for everyone, or for `few`: origins count that alone. Raises Invalid."""
    node = parse(path, read_text(path))
    return node if few else public_node(node)


def _below(node: Node, step: str) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(step)
    if isinstance(node.value, list):
        return _item(node, step)
    return None


def _item(node: Node, step: str) -> Node | None:
    assert isinstance(node.value, list)
    for item in node.value:
        if isinstance(item.value, dict) and (id := item.value.get("id")) and id.value == step:
            return item
    return node.value[int(step)] if step.isdecimal() and int(step) < len(node.value) else None


def _cites(node: Node) -> Iterator[str]:
    said: Any = node.plain()
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            yield " ".join(str(value) for value in one.values() if value)
        else:
            yield str(one)


def _all_cites(node: Node) -> Iterator[str]:
    """What the statements of a list cite, which words on a slide say in short."""
    for item in node.value if isinstance(node.value, list) else ():
        if isinstance(item.value, dict) and "cites" in item.value:
            yield from _cites(item.value["cites"])


def _fields(steps: Sequence[str]) -> list[str]:
    """The steps of an origin in words: practice 2, slide."""
    found: list[str] = []
    for step in steps:
        if step.isdecimal() and found:
            found[-1] += f" {int(step) + 1}"
        else:
            found.append(step.replace("_", " "))
    return found


def _text(path: Path) -> list[str]:
    try:
        return (
            path.read_text(encoding="utf-8", errors="replace").splitlines()
            if path.stat().st_size < LARGEST
            else []
        )
    except OSError:
        return []


def _near(pattern: str, line: str) -> bool:
    return re.search(pattern.replace(r"\ ", r"\W+"), line) is not None


def _lines_with(path: Path, words: str) -> Iterator[int]:
    """The lines of a file that say some words, as a whole value or in quotes."""
    if words:
        value = re.compile(rf"""[:-]\s*["']?{re.escape(words)}["']?\s*$""")
        yield from (n for n, line in enumerate(_text(path), 1) if value.search(line))


def _line_of(words: str, value: str, lines: Sequence[str], first: int) -> int:
    """The line on which some words of a value begin, which itself begins on the line `first`; that one where
    it does not have them.
    """
    said = WORD.findall(words)[:4]
    for count in range(len(said), 0, -1):
        begun = re.compile(r"[\W_]+".join(map(re.escape, said[:count])), re.I)
        if not begun.search(value):
            continue
        left = len(WORD.findall(value))
        for n in range(first, len(lines) + 1):
            if begun.search(lines[n - 1]):
                return n
            left -= len(WORD.findall(lines[n - 1]))
            if left < 0:
                break
    return first
