"""How far a review reaches: which of its points have changed, what prints them, and which other points,
themes and agencies it meets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.build import Options, make
from toolkit.content.guidance import first_day, last_day
from toolkit.content.model import Deck, Point, Review, Work
from toolkit.makings import again
from toolkit.plan.model import origins_in
from toolkit.problems import Invalid, Node, Problem
from toolkit.project import Project
from toolkit.refresh.folder import Finding
from toolkit.refresh.likeness import Alike, Sentences
from toolkit.refresh.sets import built_together, parts_in
from toolkit.targets import NO_WISHES, Target, Wishes

ALL = "all"  # the agency that every point is for


@dataclass(frozen=True)
class Change:
    """What of a review is new or has changed: its points by their ids, and those that were taken out; the
    rest of it; and compared with what, in words: of what was built, with which sets of files.
    """

    points: tuple[str, ...]
    gone: tuple[str, ...] = ()
    rest: bool = False
    since: str = ""
    sets: tuple[BuiltSet, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything has changed since a set of files was built."""
        return any(one.change.points or one.change.gone or one.change.rest for one in self.sets)

    def since_which(self, id: str) -> str:
        """Since which files were built a point has changed, where it is as it was in others; else nothing."""
        older = [one for one in self.sets if id in (*one.change.points, *one.change.gone)]
        return "" if len(older) == len(self.sets) else ", ".join(one.file for one in older)

    def due(self, name: str, points: Collection[str]) -> str:
        """What is to be done about a deck or briefing that prints some points; nothing where all of them are
        as they were when it was built."""
        mine = [one for one in self.sets if one.source == name]
        older = [one for one in mine if one.change.touches(points)]
        if older and all(one.edition for one in older) and any(not one.edition for one in mine):
            return f"an edition of it is older; run: {'; '.join(one.command for one in older)}"
        return "build it again, and read it" if older or not mine else ""

    def touches(self, points: Collection[str]) -> bool:
        """Whether one of some points has changed, or what stands outside of all points."""
        return self.rest or bool(self.gone) or not set(self.points).isdisjoint(points)


@dataclass(frozen=True)
class BuiltSet:
    """Files that were built together: of which deck or briefing, the first of them, the command that makes
    them, whether they are an edition as somebody wished it, and what has changed since."""

    source: str
    file: str
    command: str
    edition: bool
    change: Change


NO_CHANGE = Change(())


@dataclass(frozen=True)
class Printed:
    """A deck or briefing, and by the ids of its reviews the ids of the points that it tells, and of those of
    which it has no more than their message; and which fields of board.yaml it takes.
    """

    name: str
    work: Work
    points: dict[str, tuple[str, ...]]
    named: dict[str, tuple[str, ...]]
    board: frozenset[str] = frozenset()


@dataclass
class Works:
    """All reviews, decks and briefings of a folder that can be read, and what is wrong with the others."""

    project: Project
    reviews: list[Review] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> Works:
        """The same, when all is read."""
        for path in self.project.review_paths():
            try:
                self.reviews.append(self.project.review(path)[0])
            except Invalid as error:
                self.problems += error.problems
        for target in self.project.targets():
            try:
                self.printed.append(self._printed(target))
            except Invalid as error:
                self.problems += [one for one in error.problems if one not in self.problems]
        return self

    def _printed(self, target: Target) -> Printed:
        """What a target prints is asked of its plans: their words know where they come from."""
        work, _, reviews = self.project.work(target)
        plans, _, _ = make(self.project, target, Options())
        fields: dict[tuple[str, str], set[str]] = {}
        origins = {one for plan in plans.by_name.values() for one in origins_in(plan.pages)}
        for origin in sorted(origins):
            review, points, id, *rest = [*origin.split("/", 3), "", "", ""][:4]
            if points == "points":
                fields.setdefault((review, id), set()).update(rest)
        told: dict[str, tuple[str, ...]] = {}
        named: dict[str, tuple[str, ...]] = {}
        for chosen in work.reviews:
            review = chosen.review
            ids = [point.id for point in reviews[review][0].points if (review, point.id) in fields]
            named[review] = tuple(id for id in ids if fields[review, id] <= {"message", "title"})
            told[review] = tuple(id for id in ids if id not in named[review])
        board = frozenset(_of_board(self.project.nodes(target.path), work, origins))
        return Printed(self.project.named(target.path), work, told, named, board)

    def with_review(self, review: Review, node: Node) -> Works:
        """The same as if this stood in the folder’s own file of the review."""
        return Works(self.project.with_review(review, node)).read()

    def others(self, review: Review) -> list[Review]:
        """All reviews of the folder but this one."""
        return [one for one in self.reviews if one.id != review.id]

    def made_from(self, review: str) -> list[Printed]:
        """The decks and briefings that are made from a review."""
        return [one for one in self.printed if review in one.points]

    def that_print(self, found: Finding) -> list[str]:
        """The names of those that print the words at a place of a review, or of a kind of review."""
        if found.kind:
            ids = [review.id for review in self.reviews if review.kind == found.kind]
            return [one.name for one in self.printed if not set(ids).isdisjoint(one.points)]
        made = self.made_from(found.review)
        every = {one.name: {*one.points[found.review], *one.named[found.review]} for one in made}
        return [name for name, points in every.items() if not found.point or found.point in points]

    def that_tell(self, review: str, points: Collection[str]) -> list[str]:
        """The names of those that tell one of some points."""
        return [one.name for one in self.made_from(review) if not set(points).isdisjoint(one.points[review])]


def _of_board(node: Node, work: Work, origins: Collection[str]) -> Iterator[str]:
    """The fields of board.yaml that a deck or briefing takes: what it does not say itself, and what it has
    words of."""
    says = node.value if isinstance(node.value, dict) else {}
    yield from (name for name in ("edition", "brand", "language") if name not in says)
    yield from () if "board" in says else ("name",)
    yield from ("footer",) if isinstance(work, Deck) else ()
    for origin in origins:
        steps = origin.split("/")
        if steps[0] == "board" and len(steps) > 1:
            yield steps[1]
        elif steps[:2] == [
            "reference",
            "support",
        ]:  # the board’s own contacts, or what they take the place of
            yield from CONTACTS


CONTACTS = ("raise_concern", "support")


def change_of(project: Project, review: Review, parts: dict[str, str], named: str) -> Change:
    """What has changed of a review of the folder since what is built of it was built."""
    every = tuple(point.id for point in review.points)
    known = list(_sets(project, parts, named))
    if not known:
        return Change(every, since="nothing has been built from it yet, so all of it counts as new")
    changed = {id for one in known for id in one.change.points}
    gone = dict.fromkeys(id for one in known for id in one.change.gone)
    rest = any(one.change.rest for one in known)
    sets = tuple(known)
    if not (changed or gone or rest):
        since = "nothing in it has changed since it was built; here is all that it meets"
        return Change(every, since=since, sets=sets)
    inside = tuple(id for id in every if id in changed)
    return Change(inside, tuple(gone), rest, "what has changed since it was built", sets)


def _sets(project: Project, parts: dict[str, str], named: str) -> Iterator[BuiltSet]:
    """The sets of files that were built from a review, and what has changed of it since each was."""
    for one in built_together(project):
        if named in one.digests:
            change = change_between(parts_in(one.digests, named), parts, named)
            command, first = again(one.how, one.stamp.stem), project.named(next(iter(one.files.values())))
            yield BuiltSet(one.source, first, command, Wishes.read(one.how) != NO_WISHES, change)


def change_between(old: dict[str, str], new: dict[str, str], named: str) -> Change:
    """What differs in a review from the one that the folder has."""
    points = tuple(id for id, one in new.items() if id and old.get(id) != one)
    gone = tuple(id for id in old if id and id not in new)
    return Change(points, gone, old.get("") != new.get(""), f"what differs from {named}")


@dataclass(frozen=True)
class Shared:
    """A theme or an agency that points of a review have, by their ids, and which points of other reviews have
    it; for a theme of earlier reviews that is printed already, where.
    """

    id: str
    ours: tuple[str, ...]
    theirs: tuple[tuple[Review, tuple[str, ...]], ...]
    told_in: tuple[str, ...] = ()


def alike(works: Works, review: Review, points: Sequence[Point]) -> list[tuple[Point, list[Alike]]]:
    """For some points of a review the points of others that say nearly the same, where there are any."""
    sentences = Sentences([*works.others(review), review])
    found = [(point, sentences.like(review, point)) for point in points]
    return [(point, like) for point, like in found if like]


def themes_back(works: Works, review: Review, points: Sequence[Point]) -> Iterator[Shared]:
    """The themes of some points that an earlier review had, and that a deck or briefing tells already."""
    for id in dict.fromkeys(theme for point in points for theme in point.themes):
        theirs: list[tuple[Review, tuple[str, ...]]] = []
        told: dict[str, None] = {}
        for other in works.others(review):
            ids = tuple(point.id for point in other.points if id in point.themes)
            names = works.that_tell(other.id, ids)
            if names and last_day(other.published) < first_day(review.published):
                theirs.append((other, ids))
                told |= dict.fromkeys(names)
        if theirs:
            ours = tuple(point.id for point in points if id in point.themes)
            yield Shared(id, ours, tuple(theirs), tuple(told))


def themes_shared(works: Works, review: Review, points: Sequence[Point]) -> Iterator[Shared]:
    """All themes of some points that other reviews have, but for what comes back."""
    back = {(one.id, other.id) for one in themes_back(works, review, points) for other, _ in one.theirs}
    for id in dict.fromkeys(theme for point in points for theme in point.themes):
        theirs = tuple(
            (other, ids)
            for other in works.others(review)
            if (id, other.id) not in back
            and (ids := tuple(point.id for point in other.points if id in point.themes))
        )
        if theirs:
            yield Shared(id, tuple(point.id for point in points if id in point.themes), theirs)


def agencies_shared(works: Works, review: Review, points: Sequence[Point]) -> Iterator[Shared]:
    """The agencies that some points concern, and which points of other reviews concern them as well."""
    for id in dict.fromkeys(lens for point in points for lens in lenses_of(point)):
        theirs = tuple(
            (other, ids)
            for other in works.others(review)
            if (ids := tuple(point.id for point in other.points if id in lenses_of(point)))
        )
        if theirs:
            yield Shared(id, tuple(point.id for point in points if id in lenses_of(point)), theirs)


def lenses_of(point: Point) -> list[str]:
    """The agencies that a point names, or says something to."""
    every = dict.fromkeys([*point.lenses, *(role.lens for role in point.roles)])
    return [lens for lens in every if lens != ALL]
