"""What types cannot say of decks, briefings and boards: the reviews, points, outlines, brands and agencies
that they choose are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from toolkit.content.evidence import standing
from toolkit.content.meant import as_id
from toolkit.content.model import Board, Deck, Review, Work
from toolkit.content.naming import named_hint, near_hint
from toolkit.content.registers import Entry
from toolkit.problems import Node, Place, Problem

Path = tuple[str | int, ...]

_OUT = "take it out here; an edition that is built with --restricted has it"


def check_work(
    work: Work,
    node: Node,
    reviews: Mapping[str, Review],
    outlines: Collection[str],
    brands: Collection[str],
    there: Collection[str] = (),
) -> list[Problem]:
    """Every problem of one deck or briefing: unknown review, point, outline or brand, and points that are
    held. What it leaves out has been filled in from its board.
    """
    assert work.brand and work.language
    problems = list(_known(node, ("outline",), work.outline, outlines, "outline"))
    problems += _known(node, ("brand",), work.brand, brands, "brand")
    for index, chosen in enumerate(work.reviews):
        path: Path = ("reviews", index)
        if any(chosen.review == before.review for before in work.reviews[:index]):
            problems.append(
                Problem(
                    node.at((*path, "review")).place,
                    f"the review '{chosen.review}' is chosen twice",
                    "put all of its points into one list",
                )
            )
            continue
        unknown = list(_known(node, (*path, "review"), chosen.review, there or reviews, "review"))
        problems += unknown or _points(node, (*path, "points"), reviews[chosen.review], chosen.points)
        if not unknown and reviews[chosen.review].retired:
            problems.append(_retired(node.at((*path, "review")).place, reviews[chosen.review], there))
        if not unknown and reviews[chosen.review].language != work.language:
            spoken_in = reviews[chosen.review].language
            problems.append(
                Problem(
                    node.at((*path, "review")).place,
                    f"'{chosen.review}' is in {spoken_in}, and this is in {work.language}",
                    f"choose a review whose language is {work.language}",
                )
            )
    return problems


def _retired(place: Place, review: Review, there: Collection[str]) -> Problem:
    """That a review is chosen which is no longer used. A deck without it would be another session, of other
    points and minutes: so it is never left out in silence."""
    instead = review.replaced_by or ""
    hint = "take it out here"
    if instead in there:
        hint += f", or put '{instead}' in its place"
    elif instead:
        hint += f"; in its place there is: {instead}"
    return Problem(place, f"the review '{review.id}' is {review.why_retired}", hint)


def check_restricted(
    work: Work, node: Node, reviews: Mapping[str, Review], points: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Reviews, and points by the ids of their reviews, that a deck or briefing chooses and that are
    restricted: these are never printed for everyone."""
    for index, chosen in enumerate(work.reviews):
        review = reviews.get(chosen.review)
        if review and review.audience:
            where = node.at(("reviews", index, "review")).place
            message = f"the review '{chosen.review}' is restricted: nothing of it is printed"
            yield Problem(where, message, _OUT)
        for number, id in enumerate(chosen.points):
            if id in points.get(chosen.review, ()):
                where = node.at(("reviews", index, "points", number)).place
                yield Problem(where, f"point '{id}' is restricted and is never printed", _OUT)
    every = {id for chosen in work.reviews for id in points.get(chosen.review, ())}
    for number, id in enumerate(work.points if isinstance(work, Deck) else ()):
        if id in every:
            where = node.at(("points", number)).place
            yield Problem(where, f"point '{id}' is restricted and is never printed", _OUT)


def check_board(board: Board, node: Node, brands: Collection[str]) -> list[Problem]:
    """Every problem of a board's settings: an unknown brand."""
    return list(_known(node, ("brand",), board.brand, brands, "brand"))


def check_audience(deck: Deck, node: Node, agencies: Mapping[str, Entry]) -> Iterator[Problem]:
    """The agencies for which a deck is made, and that nobody knows."""
    for index, lens in enumerate(deck.audience):
        path: Path = ("audience", index) if isinstance(node.at(("audience",)).value, list) else ("audience",)
        if lens not in agencies:
            yield Problem(
                node.at(path).place, f"no agency is called '{lens}'", named_hint(lens, agencies, "agencies")
            )


def _points(node: Node, path: Path, review: Review, chosen: tuple[str, ...]) -> Iterator[Problem]:
    known = {p.id: p for p in review.points}
    for index, id in enumerate(chosen):
        place = node.at((*path, index)).place
        if id not in known:
            there = f"toolkit points --review {review.id} shows them; there are"
            yield Problem(place, f"'{review.id}' has no point '{id}'", near_hint(id, known, there))
        elif standing(review, known[id]) == "hold":
            yield Problem(
                place,
                f"point '{id}' is on hold and cannot be published",
                f"{(known[id].because or 'nothing that was read supports it').rstrip('.')}; leave it out"
                " until the report has been read",
            )
        elif id in chosen[:index]:
            yield Problem(place, f"point '{id}' is chosen twice", "delete one of them")


def _known(node: Node, path: Path, name: str, known: Collection[str], what: str) -> Iterator[Problem]:
    if name in known:
        return
    there = f"toolkit list {what}s shows them; there are"
    odd = next((one for one in known if as_id(one) == name), "")
    hint = f"rename the file {odd}.yaml: {name}.yaml" if odd else near_hint(name, known, there, 0.75)
    if what == "brand" and hint.startswith(there):
        hint += f"; a template of your own becomes one with: toolkit brand TEMPLATE --save {name}"
    yield Problem(node.at(path).place, f"no {what} is called '{name}'", hint)
