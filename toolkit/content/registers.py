"""The registers in reference/: themes, agencies (lenses), kinds of review, support, old and new terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import Field

from toolkit.content.model import Board, Day, Id, Model, Text, Web
from toolkit.content.sentences import validate
from toolkit.problems import Invalid, Node, Place


class Theme(Model):
    """Something that learning points are about."""

    id: Id
    title: Text


class Agency(Model):
    """A lens: who is asked to look at a learning point from their own work."""

    id: Id
    title: Text
    short: Text | None = Field(None, description="The same in few words, for a page with little room.")


class Kind(Model):
    """A kind of review: what it was for, and what it is called today."""

    id: Id
    title: Text
    short: Text
    nation: Text
    since: Day | None = None
    until: Day | None = None
    today: Text
    purpose: Text
    change: Text
    source: Text


class Support(Model):
    """Somewhere to turn: for a person upset by a session, or with a concern about a child."""

    id: Id
    title: Text
    text: Text
    short: Text | None = Field(None, description="The same in few words, for a page with little room.")
    what: Text | None = Field(None, description="The title in few words, for a page with little room.")
    who: Text | None = Field(None, description="Whom to turn to, without the number.")
    number: Text | None = Field(None, description="The number to call, or when.")
    url: Web | None = None


class Term(Model):
    """A word of the field that has changed: say `new` from `since` on, but never inside a quotation or an old
    title.
    """

    old: Text
    new: Text
    since: Text
    note: Text | None = Field(None, description="When not to change it.")


@dataclass(frozen=True)
class Registers:
    """All registers by id, in the order of their files."""

    themes: dict[str, Theme]
    agencies: dict[str, Agency]
    kinds: dict[str, Kind]
    support: dict[str, Support]
    terms: tuple[Term, ...]

    def of_board(self, board: Board) -> Registers:
        """The registers with a board's own contacts before those that hold for everybody.

        How to raise a concern comes first, then support; each takes the place of the general words for it.
        """
        own = {
            f"board-{kind}-{number}": Support(id=f"board-{kind}-{number}", **one.model_dump())
            for kind, contacts in (("concern", board.raise_concern), ("support", board.support))
            for number, one in enumerate(contacts, 1)
        }
        gone = {"local", "concern"} if board.raise_concern else set()
        gone |= {"you"} if board.support else set()
        return replace(self, support=own | {id: one for id, one in self.support.items() if id not in gone})


Entry = Theme | Agency | Kind | Support
M = TypeVar("M", bound=Model)
R = TypeVar("R", Theme, Agency, Kind, Support)


def entries(node: Node, model: type[M]) -> tuple[M, ...]:
    """The entries of one register file, which is a YAML list. Raises Invalid."""
    if not isinstance(node.value, list):
        raise Invalid.at(node.place, "a register is a list", "start each entry with a hyphen")
    return tuple(validate(model, item) for item in node.value)


def by_id(node: Node, model: type[R]) -> dict[str, R]:
    """The entries of one register by their id. Raises Invalid when an id stands twice."""
    every = entries(node, model)
    register = {entry.id: entry for entry in every}
    if len(register) < len(every):
        raise Invalid.at(Place(node.place.path), "an id stands here twice", "give each entry its own id")
    return register
