"""What a file says of its making: its source, the wishes of its edition, and a few letters for each part of
the content, by which it can be told which of them has changed since.

The letters are of what is said and not of how it is typed: a remark, or lines in another order, change none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields

from toolkit.plan.model import Making, Plan
from toolkit.problems import Node, Place
from toolkit.targets import Wishes


def making(
    of: str, work: Node, board: Node | None, reviews: Mapping[str, Node], final: bool, large: bool
) -> Making:
    """What the files of a deck or briefing were made of; its source is `of`, such as decks/patrick."""
    found = dict(parts(of, work, deep=False))
    found |= parts("board", board, deep=False) if board else {}
    for id, node in reviews.items():
        found |= parts(id, node)
    return Making(of, final=final, large_print=large, digests=Digests(found))


def asked(of: str, wishes: Mapping[str, str], *, final: bool, large: bool, on: str) -> dict[str, str]:
    """Of which deck or briefing files are made, and how that was asked for."""
    how = {"of": of, **wishes, "final": "final" * final, "large": "large" * large, "on": on}
    return {name: words for name, words in how.items() if words}


def again(how: Mapping[str, str], name: str = "") -> str:
    """The command that makes files as it was `asked` for them; for those that do not say it, that which makes
    the deck or briefing of a name, or nothing where there is no such name."""
    asked_for = how.get("of", "").partition("/")[2] or name
    more = [
        *Wishes.read(how).options,
        *(["--final"] if how.get("final") else []),
        *(["--print large"] if how.get("large") else []),
        *([f"--on {how['on']}"] if how.get("on") else []),
    ]
    return " ".join(["toolkit build", asked_for, *more]) if asked_for else ""


class Digests(Mapping[str, str]):
    """The digests of parts, each worked out when it is asked for: a file prints few of them."""

    def __init__(self, parts: Mapping[str, Node]) -> None:
        self._parts = parts
        self._known: dict[str, str] = {}

    def __getitem__(self, part: str) -> str:
        if part not in self._known:
            self._known[part] = digest(self._parts[part])
        return self._known[part]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def parts(path: str, node: Node, deep: bool = True) -> Iterator[tuple[str, Node]]:
    """The parts of a file of content, as its origins begin: patrick/points/P-1. Those of a list whose entries
    have ids are told apart where it is to be `deep`.
    """
    if not isinstance(node.value, dict):
        return
    for name, field in node.value.items():
        items = field.value if deep and isinstance(field.value, list) else []
        named = [item for item in items if isinstance(item.value, dict) and "id" in item.value]
        if named and len(named) == len(items):
            for item in named:
                assert isinstance(item.value, dict)
                yield f"{path}/{name}/{item.value['id'].value}", item
        else:
            yield f"{path}/{name}", field


def digest(node: Node) -> str:
    """A few letters that tell what a node says from anything else."""
    said = json.dumps(node.plain(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def said(plan: Plan) -> str:
    """What tells a plan from one of which anything is drawn otherwise: not where its words stand in their
    files, nor what they were made of."""
    return hashlib.sha256("\n".join(_said(plan)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _said(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{len(value)} {value}"
    elif isinstance(value, tuple):
        yield f"({len(value)}"
        for one in value:
            yield from _said(one)
    elif names := _compared(kind := type(value)):
        yield kind.__name__
        for name in names:
            yield from _said(getattr(value, name))
    elif isinstance(value, bytes):
        yield hashlib.sha256(value).hexdigest()
    elif not isinstance(value, Place):
        yield repr(value)


_known: dict[type, tuple[str, ...]] = {}


def _compared(kind: type) -> tuple[str, ...]:
    """The fields by which values of a kind are told apart; none for what has no fields, and for places."""
    if kind not in _known:
        has = kind is not Place and hasattr(kind, "__dataclass_fields__")
        _known[kind] = tuple(one.name for one in fields(kind) if one.compare) if has else ()
    return _known[kind]
