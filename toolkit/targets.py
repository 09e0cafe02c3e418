"""What is built: a deck or briefing, and what somebody wishes it to be in place of what its file says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.content.bounds import ALONE, EVERYONE, TOGETHER, is_everyone
from toolkit.late import dataclass, replace
from toolkit.problems import Invalid, Place

if TYPE_CHECKING:
    from toolkit.content.model import Work

CHANGES = ".changes.yaml"  # what the name of a file ends in that holds what was changed by hand


@dataclass(frozen=True)
class Wishes:
    """What a session is to be in place of what its deck says: an edition of its own, named after it. One that
    is `restricted`, which a briefing may be too, is for few: it tells what is restricted as well.
    """

    minutes: int | None = None
    audience: tuple[str, ...] = ()
    mode: str = ""
    points: tuple[str, ...] = ()
    restricted: bool = False

    @property
    def name(self) -> str:
        """What the files of the edition are called after their deck: 20-minutes-gp."""
        minutes = (f"{self.minutes}-minutes",) if self.minutes else ()
        audience = dict.fromkeys(EVERYONE if is_everyone(one) else one for one in self.audience)
        mode = (self.mode,) if self.mode else ()
        few = ("restricted",) if self.restricted else ()
        name = "-".join([*minutes, *audience, *mode, *self.points, *few])
        return re.sub(r"[/\\\0]", "-", name)  # of an agency or a point that there is not, which is told later

    @property
    def options(self) -> tuple[str, ...]:
        """What is typed behind `toolkit build NAME` for such an edition: --minutes 20, --lens gp."""
        minutes = (f"--minutes {self.minutes}",) if self.minutes else ()
        lenses = (f"--lens {one}" for one in self.audience)
        mode = (f"--mode {self.mode}",) if self.mode else ()
        points = (f"--points {','.join(self.points)}",) if self.points else ()
        return (*minutes, *lenses, *mode, *points, *(("--restricted",) if self.restricted else ()))

    def told(self) -> dict[str, str]:
        """What is wished, as a built file says it."""
        said = {
            "minutes": str(self.minutes or ""),
            "audience": " ".join(self.audience),
            "mode": self.mode,
            "points": " ".join(self.points),
            "restricted": "restricted" if self.restricted else "",
        }
        return {name: words for name, words in said.items() if words}

    @classmethod
    def read(cls, said: object) -> Wishes:
        """The wishes of an edition, as a built file says them of its making: `told`."""
        said = {k: str(v) for k, v in said.items()} if isinstance(said, dict) else {}
        minutes = int(said["minutes"]) if said.get("minutes", "").isdecimal() else None
        lenses, points = (tuple(said.get(name, "").split()) for name in ("audience", "points"))
        return cls(minutes, lenses, said.get("mode", ""), points, bool(said.get("restricted")))


NO_WISHES = Wishes()


@dataclass(frozen=True)
class Target:
    """A deck or briefing to build: its source, where its files go (without their endings), its stamp, and
    what it is to be in place of what its source says.
    """

    name: str
    folder: str
    path: Path
    output: Path
    stamp: Path
    wishes: Wishes = NO_WISHES

    @property
    def changes(self) -> Path:
        """Where what somebody changed by hand in its files is kept."""
        return self.path.with_name(f"{self.name}{CHANGES}")

    def file(self, ending: str) -> Path:
        """The file of it with this ending."""
        return self.output.with_name(self.output.name + ending)

    def edition(self, wishes: Wishes) -> Target:
        """The same deck or briefing as somebody wishes it."""
        name = f"{self.name}-{wishes.name}"
        stamp = self.stamp.with_name(f"{name}.json")
        return replace(self, name=name, output=self.output.with_name(name), stamp=stamp, wishes=wishes)


def as_wished(work: Work, wishes: Wishes, place: Place) -> Work:
    """A deck or briefing as somebody wishes it. Raises Invalid for one that is for everyone and for some."""
    if wishes == NO_WISHES:
        return work
    wanted = {"minutes": wishes.minutes, "audience": wishes.audience, "mode": wishes.mode}
    changed: dict[str, object] = {name: value for name, value in wanted.items() if value}
    if any(map(is_everyone, wishes.audience)):
        if not all(map(is_everyone, wishes.audience)):
            raise Invalid.at(place, TOGETHER, ALONE)
        changed["audience"] = ()
    if wishes.points:
        selections = tuple(one.model_copy(update={"points": ()}) for one in work.reviews)
        changed |= {"points": wishes.points, "reviews": selections}
    return work.model_copy(update=changed)
