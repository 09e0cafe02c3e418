"""What has changed since an edition that somebody approved, as page templates see it."""

from __future__ import annotations

from typing import Literal, get_args

from toolkit.late import dataclass

Grade = Literal["significant", "text", "minor"]
GRADES: tuple[Grade, ...] = get_args(Grade)
# Words that are new, that are gone, or take the place of others; what they rest on; how far a point may go;
# another order; a point that was taught and is a card now, or the other way round; page templates.
Kind = Literal["new", "gone", "words", "cites", "standing", "order", "taught", "around"]


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: of which review or point (`where`), what of it, and as it was and is.

    `unchecked` says that nobody has checked against the report what stands there now, `was_unchecked` that
    nobody had checked what stood there.
    """

    grade: Grade
    kind: Kind
    where: str
    what: str
    before: str = ""
    now: str = ""
    unchecked: bool = False
    was_unchecked: bool = False


@dataclass(frozen=True)
class Group:
    """The changes of one grade, under a title."""

    grade: Grade
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Since:
    """What has changed since the edition of a day, which somebody (`by`) approved on a day."""

    edition: str
    by: str
    on: str
    groups: tuple[Group, ...]
