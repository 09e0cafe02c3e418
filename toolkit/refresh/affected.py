"""What `toolkit affected` does and prints: it suggests, and a person decides."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from os.path import realpath  # which raises nothing for a link that leads to itself
from pathlib import Path

from toolkit import files, report
from toolkit.content.audience import public_node
from toolkit.content.guidance import Guidance, Shelf, check_guidance
from toolkit.content.model import Point, Review
from toolkit.content.nodes import load, parse, read_text
from toolkit.content.registers import by_id, terms_of
from toolkit.content.rules import check_review, name_of_the_file
from toolkit.problems import Invalid, Node, Place, Problem, counted
from toolkit.project import BOARD, here, parts_of
from toolkit.refresh.boards import is_board, of_board
from toolkit.refresh.dated import EVER, Lexicon
from toolkit.refresh.folder import Finding, Reader
from toolkit.refresh.reach import (
    Change,
    Works,
    agencies_shared,
    alike,
    change_between,
    change_of,
    themes_back,
    themes_shared,
)

WIDE = 100
MOST_ALIKE = 5  # points that say nearly the same as one
OF_THE_TOOLKIT = "In files of the toolkit itself, which a newer toolkit mends: nothing is for you to do there"
AS_THEY_ARE = ", as they were when it was built"
DECIDE = "These are suggestions: what to do about them is yours to decide."


def affected(paths: Sequence[Path]) -> int:
    """Print what some files touch. Gives back the exit code: 1 where one of them cannot be read."""
    with report.plainly():
        project = here()
        works = Works(project).read()
        problems: list[Problem] = []
        told = False
        for path in paths:
            try:
                lines = list(_touched(works, path))
            except Invalid as error:
                problems += error.problems
                continue
            print("\n".join(lines))
            told = True
        said = {one.place.path.absolute() for one in problems}
        others = [one for one in works.problems if one.place.path.absolute() not in said]
        stopping = report.tell([*problems, *others])
        if told:
            print(DECIDE)
        return 1 if stopping else 0


def _touched(works: Works, path: Path) -> Iterator[str]:
    """What one file touches, as lines. Raises Invalid."""
    if path.is_dir():
        raise Invalid.at(Place(path), "this is a folder, not a file", "name a file of it")
    node = parse(path, read_text(path, files.read))
    fields = node.value
    if isinstance(fields, dict) and {"points", "sources"} & fields.keys():
        return _of_review(works, path)
    if path.name == BOARD or is_board(node):
        return _of_board(works, path, node)
    entries = [one.value for one in fields] if isinstance(fields, list) else []
    if any(isinstance(one, dict) and "instrument" in one for one in entries):
        return _of_guidance(works, path, node)
    if any(isinstance(one, dict) and "old" in one for one in entries):
        return _of_terms(works, path, node)
    message = "this is no review, no board.yaml, and no register of guidance or terms"
    hint = "name a review, board.yaml, reference/guidance.yaml or reference/terms.yaml"
    raise Invalid.at(Place(path), message, hint)


def _of_board(works: Works, path: Path, node: Node) -> Iterator[str]:
    """Which decks and briefings take which line of a board.yaml."""
    touched, lines = of_board(works.project, path, node)
    works.problems += [one for one in touched.problems if one not in works.problems]
    for line in lines:
        yield line if not line.startswith("  ") else _line(line.strip())


def _of_review(works: Works, path: Path) -> Iterator[str]:
    project, whole = works.project, realpath(path)
    inside = next((one for one in project.review_paths() if realpath(one) == whole), None)
    if inside:
        review, _ = project.review(inside)
        change = change_of(project, review, project.parts(inside), project.named(inside))
    else:
        review, node = load(path, Review, files.read)
        problems = check_review(review, node, project.registers(), leaving_out=[name_of_the_file])
        if problems := [one for one in problems if one.stops]:
            raise Invalid(problems)
        same = next((one for one in project.review_paths() if one.stem == review.id), None)
        every = tuple(point.id for point in review.points)
        change = Change(every, since="it is not in this folder yet, so all of it counts as new")
        if same:
            change = change_between(project.parts(same), parts_of(public_node(node)), project.named(same))
            works = works.with_review(review, node)
    points = [point for point in review.points if point.id in change.points]
    yield f"{path}: {change.since}"
    yield from _changes(review, change)
    yield from _made_from_it(works, review, change)
    yield from _alike(works, review, points)
    yield from _themes(works, review, points)
    yield from _agencies(works, review, points)


def _changes(review: Review, change: Change) -> Iterator[str]:
    titles = {point.id: point.title for point in review.points}
    for id in change.points:
        since = change.since_which(id) if change.is_changed else ""
        yield f"  {id} {titles[id]}{f' (since {since} was built)' if since else ''}"
    for id in change.gone:
        yield f"  {id} was taken out"
    if change.rest:
        yield "  what stands outside its points, such as the story or the sources"


def _made_from_it(works: Works, review: Review, change: Change) -> Iterator[str]:
    """Decks and briefings that are made from a review, and which of the points that changed they print."""
    made = works.made_from(review.id)
    if not made:
        yield "No deck or briefing tells this review yet"
        first = (
            "" if review.id in {one.id for one in works.reviews} else "put it into the folder reviews, then "
        )
        yield _line(f"{first}run: toolkit new deck {review.id}, or: toolkit new briefing {review.id}")
        return
    yield "Made from it"
    for one in made:
        met = {
            verb: [id for id in change.points if id in ids[review.id]]
            for verb, ids in {"prints": one.points, "names": one.named}.items()
        }
        words = [f"{verb} {', '.join(ids)}" for verb, ids in met.items() if ids]
        due = change.due(one.name, [*one.points[review.id], *one.named[review.id]])
        if words:
            yield _line(f"{one.name} {' and '.join(words)}{f': {due}' if due else AS_THEY_ARE}")
        elif not due:
            yield _line(f"{one.name} is made from this review{AS_THEY_ARE}")
        elif change.rest or change.gone:
            yield _line(f"{one.name} is made from this review: build it again, and read it")
        else:
            yield _line(f"{one.name} is made from this review, and prints none of these points")


def _alike(works: Works, review: Review, points: Sequence[Point]) -> Iterator[str]:
    """Points of other reviews that say nearly the same, and what prints them."""
    found = alike(works, review, points)
    if found:
        yield "Says nearly the same"
    for point, like in found:
        for one in like[:MOST_ALIKE]:
            names = works.that_tell(one.review.id, [one.point.id])
            where = f", printed in {', '.join(names)}" if names else ""
            words = f"{point.id} “{one.ours}” beside {one.review.id} {one.point.id} “{one.theirs}”{where}"
            yield _line(words)


def _themes(works: Works, review: Review, points: Sequence[Point]) -> Iterator[str]:
    """Themes that come back though decks or briefings tell them already, then those that others share."""
    titles = works.project.registers().themes
    for heading, found in (
        ("Themes that come back: something was already done about them", themes_back(works, review, points)),
        ("Themes that other reviews share", themes_shared(works, review, points)),
    ):
        lines = []
        for one in found:
            where = "; ".join(
                f"{other.id} ({other.published[:4]}) {', '.join(ids)}" for other, ids in one.theirs
            )
            told = f"; told in {', '.join(one.told_in)}" if one.told_in else ""
            title = titles[one.id].title if one.id in titles else one.id
            lines.append(_line(f"{title} ({', '.join(one.ours)}): {where}{told}"))
        yield from [heading, *lines] if lines else ()


def _agencies(works: Works, review: Review, points: Sequence[Point]) -> Iterator[str]:
    titles = works.project.registers().agencies
    lines = []
    for one in agencies_shared(works, review, points):
        where = ", ".join(f"{other.id} {counted(len(ids), 'point', 'points')}" for other, ids in one.theirs)
        title = titles[one.id].title if one.id in titles else one.id
        lines.append(_line(f"{title} ({', '.join(one.ours)}): {where}; toolkit points --lens {one.id}"))
    yield from ["Agencies that other reviews share", *lines] if lines else ()


def _of_guidance(works: Works, path: Path, node: Node) -> Iterator[str]:
    """What cites the guidance of a register, or what it takes the place of."""
    project = works.project
    own = by_id(node, Guidance)
    shelf = Shelf(tuple((project.registers().guidance | own).values()))
    if problems := list(check_guidance(node, list(own.values()), shelf)):
        raise Invalid(problems)
    watched = {
        id: {id, *(one.id for one in shelf.entries if entry in shelf.successors(one))}
        for id, entry in own.items()
    }
    today = date.today().isoformat()
    lexicon = Lexicon((), shelf, EVER, frozenset().union(*watched.values()), today)
    found = Reader(project, lexicon, with_kept=True).every()
    by_title = {f"{id}, {one.name}": [f for f in found if f.entry in watched[id]] for id, one in own.items()}
    yield from _places(works, path, by_title)


def _of_terms(works: Works, path: Path, node: Node) -> Iterator[str]:
    """Where the old words of a register stand."""
    terms = terms_of(node)
    found = Reader(works.project, Lexicon(terms, Shelf(), EVER), with_kept=True).every()
    by_title = {f"{one.old}, now {one.new}": [f for f in found if f.entry == one.old] for one in terms}
    yield from _places(works, path, by_title)


def _places(works: Works, path: Path, by_title: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    """Where each entry of a register is met, with the decks and briefings that print it."""
    project = works.project
    shipped = [
        one for found in by_title.values() for one in found if project.is_shipped(one.problem.place.path)
    ]
    mine = {title: [one for one in found if one not in shipped] for title, found in by_title.items()}
    met = {title: found for title, found in mine.items() if found}
    entries = counted(len(by_title), "entry", "entries")
    yield f"{path}: {entries}, of which this folder names or cites {len(met) or 'none'}"
    for title, found in met.items():
        yield title
        for one in found:
            yield from _place(works, one, project.named(one.problem.place.path))
    if shipped:
        yield OF_THE_TOOLKIT
        for one in shipped:
            yield from _place(works, one, one.problem.place.path.relative_to(project.data).as_posix())


def _place(works: Works, one: Finding, named: str) -> Iterator[str]:
    """A place where an entry of a register is met, with the decks and briefings that print it."""
    place = one.problem.place
    point = f" ({one.point})" if one.point else ""
    yield _line(f"{named}:{place.line}:{place.column}{point}: {one.problem.message}")
    if names := works.that_print(one):
        yield _line(f"printed in {', '.join(names)}", 4)


def _line(words: str, margin: int = 2) -> str:
    """A line with a margin, that goes on below where it is long."""
    indent, rest = " " * margin, " " * (margin + 2)
    lines = textwrap.wrap(words, WIDE - margin, break_long_words=False, break_on_hyphens=False)
    return indent + f"\n{rest}".join(lines)
