"""The registers in reference/: themes, agencies (lenses), kinds of review, support, guidance, terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import TypeVar

from pydantic import Field

from toolkit.content.guidance import Guidance, Shelf, in_words, last_day
from toolkit.content.model import Board, Day, Id, Model, PartialDay, Text, Web, YesNo
from toolkit.content.sentences import validate
from toolkit.content.spelling import bare, laid_out
from toolkit.late import dataclass, replace
from toolkit.problems import Invalid, Node, Problem, did_you_mean

AGAIN = "The day by which somebody should look at this entry again."


class Theme(Model):
    """Something that learning points are about."""

    id: Id
    title: Text
    review_by: Day | None = Field(None, description=AGAIN)


class Agency(Model):
    """A lens: who is asked to look at a learning point from their own work."""

    id: Id
    title: Text
    short: Text | None = Field(None, description="The same in few words, for a page with little room.")
    review_by: Day | None = Field(None, description=AGAIN)


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
    guidance: Id | None = Field(None, description="The entry of guidance.yaml that these words rest on.")
    review_by: Day | None = Field(None, description=AGAIN)


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
    review_by: Day | None = Field(None, description=AGAIN)


class Term(Model):
    """A word of the field that has changed: say `new` from `since` on, but never inside a quotation or an old
    title.
    """

    old: Text
    forms: tuple[Text, ...] = Field((), description="Other words for the old one, such as its short form.")
    new: Text
    nation: Text | None = Field(None, description="Where the words have changed; everywhere when left out.")
    since: Text = Field(description="Since when, in words.")
    date: PartialDay | None = Field(
        None, description="From when the old word is out of date; one that never was in order has none."
    )
    said: PartialDay | None = Field(None, description="The same, where nobody has confirmed it.")
    of_its_time: YesNo | None = Field(
        None, description="Whether accounts of earlier times may keep it; yes when it has a date."
    )
    not_in: tuple[Text, ...] = Field((), description="Longer phrases in which the old word is right.")
    note: Text | None = Field(None, description="When not to change it.")
    review_by: Day | None = Field(None, description=AGAIN)

    @property
    def begins(self) -> str:
        """The day from which the old word is surely out of date; nothing where it always was."""
        day = self.date or self.said
        return last_day(day) if day else ""

    @property
    def may_tell(self) -> bool:
        """Whether an account of earlier times may keep the old word."""
        return bool(self.begins) if self.of_its_time is None else self.of_its_time


@dataclass(frozen=True)
class Registers:
    """All registers by id, in the order of their files; and by the ids of kinds that rest on guidance, what
    has `overtaken` it.
    """

    themes: dict[str, Theme]
    agencies: dict[str, Agency]
    kinds: dict[str, Kind]
    support: dict[str, Support]
    terms: tuple[Term, ...]
    guidance: dict[str, Guidance]
    overtaken: Mapping[str, str] = field(default_factory=dict)

    @property
    def shelf(self) -> Shelf:
        """All guidance, to ask what of it holds when."""
        return Shelf(tuple(self.guidance.values()))

    def on(self, day: str) -> Registers:
        """The registers as they are right on a day: guidance that is in force then, and kinds of review that
        tell no change before it is made, and what has overtaken the guidance that they rest on.
        """
        shelf = self.shelf
        kinds, overtaken = {}, {}
        for id, kind in self.kinds.items():
            is_made = (kind.until is None or kind.until < day) and (kind.since or day) <= day
            kinds[id] = kind if is_made else kind.model_copy(update={"change": ""})
            entry = self.guidance.get(kind.guidance or "")
            if entry and kind.until is None and (newest := shelf.newest(entry, day)):
                said = f", said to be in force since {in_words(newest.said)}" if newest.said else ""
                overtaken[id] = f"{newest.name}{said}"
        held = {one.id: one for one in shelf.in_force(day)}
        return replace(self, kinds=kinds, guidance=held, overtaken=overtaken)

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


Entry = Theme | Agency | Kind | Support | Guidance
M = TypeVar("M", bound=Model)
R = TypeVar("R", Theme, Agency, Kind, Support, Guidance)


def entries(node: Node, model: type[M]) -> tuple[M, ...]:
    """The entries of one register file, which is a YAML list. Raises Invalid."""
    if not isinstance(node.value, list):
        raise Invalid.at(node.place, "a register is a list", _first_entry(node, model))
    return tuple(validate(model, item) for item in node.value)


def _first_entry(node: Node, model: type[Model]) -> str:
    """What to type for the first entry of a register that is no list."""
    first, second = [name for name, info in model.model_fields.items() if info.is_required()][:2]
    for name, value in node.value.items() if isinstance(node.value, dict) else ():
        if isinstance(value.value, str) and name not in model.model_fields and bare(value.value):
            return laid_out(f"- {first}: {bare(name)}", f"  {second}: {bare(value.value)}")
    return "start each entry with a hyphen"


def by_id(node: Node, model: type[R]) -> dict[str, R]:
    """The entries of one register by their id. Raises Invalid when an id stands twice."""
    every = entries(node, model)
    register = {entry.id: entry for entry in every}
    if len(register) < len(every):
        ids = [entry.id for entry in every]
        at = next(n for n, id in enumerate(ids) if id in ids[:n])
        lines = [node.at((n, "id")).place for n in (ids.index(ids[at]), at)]
        hint = f"give this entry its own id; line {lines[0].line} has the other"
        raise Invalid.at(lines[1], f"two entries are called '{ids[at]}'", hint)
    return register


def terms_of(node: Node) -> tuple[Term, ...]:
    """The terms of one file. Raises Invalid, also for a term with two dates, or one that stays as it is."""
    every = entries(node, Term)
    problems = []
    for index, term in enumerate(every):
        if term.date and term.said:
            where = node.at((index, "said")).place
            message = f"'{term.old}' has both 'date' and 'said'"
            problems.append(Problem(where, message, "keep date if it is confirmed, else said"))
        if term.new.casefold() in (word.casefold() for word in (term.old, *term.forms)):
            where = node.at((index, "new")).place
            problems.append(
                Problem(where, f"'{term.new}' is both the old and the new word", "correct one of them")
            )
    if problems:
        raise Invalid(problems)
    return every


def unknown_guidance(kinds: Node, known: Collection[str]) -> Iterator[Problem]:
    """The kinds of review of one file that rest on guidance which there is not."""
    for index, _ in enumerate(kinds.value):
        found = kinds.at((index, "guidance"))
        if isinstance(found.value, str) and found.value not in known:
            hint = did_you_mean(found.value, known, "write an id of reference/guidance.yaml, or leave it out")
            yield Problem(found.place, f"no guidance is called '{found.value}'", hint)
