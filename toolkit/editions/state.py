"""How an edition stands: is what would be printed now what somebody has approved, and what has changed since
the last one that was?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.editions.changes import changes
from toolkit.editions.content import Content
from toolkit.editions.record import Record
from toolkit.plan.since import GRADES, Change, Group, Since
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Place, Problem
from toolkit.project import Project
from toolkit.targets import NO_WISHES, Target

MOST_NAMED = 5  # changes that a message names; the guide, or the file beside a briefing, has all


@dataclass(frozen=True)
class State:
    """An edition as it would be printed now, and the records of those approved, the oldest first."""

    edition: str
    content: Content
    records: Sequence[Record]
    wording: Wording

    @cached_property
    def own(self) -> Record | None:
        """The record of this very edition, whether it is still what would be printed or not."""
        return next((one for one in self.records if one.edition == self.edition), None)

    @cached_property
    def last(self) -> Record | None:
        """The edition that this one is compared with: itself, where it has changed since it was approved, or
        else the last one before it.
        """
        if self.own and self._otherwise(self.own):
            return self.own
        return next((one for one in reversed(self.records) if one.edition < self.edition), None)

    @property
    def approved(self) -> Record | None:
        """Who has approved what would be printed now; None where nobody has."""
        return self.own if self.own and not self._otherwise(self.own) else None

    @cached_property
    def changes(self) -> list[Change]:
        """What has changed since `last`."""
        return self._otherwise(self.last) if self.last else []

    @property
    def draft(self) -> str:
        """What a document says of itself that nobody has approved; nothing where somebody has."""
        if self.approved:
            return ""
        return self.wording["draft-changed" if self.own else "draft-not-approved"]

    @property
    def since(self) -> Since | None:
        """The changes as page templates see them; None where there are none."""
        if not self.last or not self.changes:
            return None
        groups = [
            Group(grade, self.wording[f"grade-{grade}"], tuple(c for c in self.changes if c.grade == grade))
            for grade in GRADES
        ]
        return Since(
            self.last.edition, self.last.by, self.last.on, tuple(one for one in groups if one.changes)
        )

    def _otherwise(self, record: Record) -> list[Change]:
        if record.content == self.content:
            return []
        return changes(record.content, self.content, self.wording)


def refuse(project: Project, target: Target, state: State | None) -> None:
    """Raises Invalid for an edition that is to be final and that nobody has approved as it is."""
    if state and state.approved:
        return
    kind, name = target.folder.removesuffix("s"), f"{target.folder}/{target.path.stem}"
    do = f'when somebody has read it: toolkit approve {name} --by "role or name"'
    if target.wishes != NO_WISHES:
        message = f"nobody has approved this {kind} for other minutes, agencies or points"
        do = f"write a {kind} of its own with these lines; {do.replace(target.path.stem, 'NAME')}"
    elif state is None or not state.records:
        message = f"nobody has approved this {kind} yet"
        orphans = [project.named(one) for one in project.without_work() if one.parent.name == target.folder]
        if orphans:
            do += (
                f"\n= if it had another name before, rename its records as well; without a {kind} there are: "
            )
            do += ", ".join(orphans)
    else:
        message, told = _since(state, kind)
        do = "\n".join([f"toolkit build {name} writes what has changed; {do}", *told])
    raise Invalid([Problem(Place(target.path), message, do)])


def _since(state: State, kind: str) -> tuple[str, list[str]]:
    """Who approved what, and what has changed since."""
    last = state.own or state.records[-1]
    approved = f"{last.by} approved the edition {last.edition} of this {kind} on {last.on}"
    if not state.own:
        return f"nobody has approved the edition {state.edition}: {approved}", []
    found = sorted(state.changes, key=lambda change: GRADES.index(change.grade))
    counts = [(sum(c.grade == grade for c in found), grade) for grade in GRADES]
    said = ", ".join(f"{n} {_GRADES[grade]}" for n, grade in counts if n)
    lines = [f"= {told(change)}" for change in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        lines.append(f"= and {len(found) - MOST_NAMED} more")
    return f"{approved}, and it has changed since: {said}", lines


_GRADES = {"significant": "significant", "text": "in words", "minor": "minor"}
_KINDS = {
    "new": "new",
    "gone": "no longer there",
    "words": "in other words",
    "cites": "rests on something else",
    "standing": "another standing",
    "order": "in another order",
    "taught": "taught, or a card",
    "around": "otherwise",
}


def told(change: Change) -> str:
    """A change in a line."""
    where = ", ".join(filter(None, (change.where, change.what)))
    return f"{where}: {_KINDS[change.kind]}" + (f" ({change.now})" if change.kind == "around" else "")
