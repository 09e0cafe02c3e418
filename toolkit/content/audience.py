"""What of a review is for everyone: the review without all that is restricted, and without what rests on it.

Whatever is made for everyone is made of this: nothing above can print what it never sees. Only an edition
for few, which somebody asks for, is made of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from toolkit.content.model import Review
from toolkit.content.sentences import validate
from toolkit.late import replace
from toolkit.problems import Invalid, Node, Problem

RESTRICTED = "restricted"


def public(review: Review, node: Node) -> tuple[Review, Node]:
    """A review and its nodes without what is restricted; as they are where nothing is. A review that is
    restricted as a whole stays whole: no deck or briefing may choose it.

    Raises Invalid where what is left is no review, or rests in its few words on what is not.
    """
    hidden = hidden_sources(node)
    left = public_node(node)
    if left is node:
        return review, node
    if problems := list(_slides_that_rest_on_it(node, hidden)):
        raise Invalid(problems)
    try:
        return validate(Review, left), left
    except Invalid as error:
        raise Invalid([without(problem) for problem in error.problems]) from None


def public_node(node: Node) -> Node:
    """The nodes of a review without what is restricted; the same where nothing is, or all of it."""
    return node if is_restricted(node) else _left(node, hidden_sources(node))


def hidden_sources(node: Node) -> set[str]:
    """The ids of the sources of a review that are restricted: what rests on them is restricted as well."""
    every = node.value.get("sources") if isinstance(node.value, dict) else None
    sources = every.value if every and isinstance(every.value, list) else []
    return {str(one.at(("id",)).value) for one in sources if is_restricted(one)}


def without(problem: Problem) -> Problem:
    """A problem of what is left of a review without its restricted parts, as one reads it there."""
    return replace(problem, message=f"without what is restricted here: {problem.message}")


def is_restricted(node: Node, hidden: Collection[str] = ()) -> bool:
    """Whether a part of a file says that it is restricted, or rests on a hidden source, by their ids."""
    if not isinstance(node.value, dict):
        return False
    if (said := node.value.get("audience")) and said.value == RESTRICTED:
        return True
    cites = node.value.get("cites")
    every = cites.value if cites and isinstance(cites.value, list) else []
    return any(_source_of(cite) in hidden for cite in every)


def restricted_points(node: Node) -> set[str]:
    """The ids of the points of a review that are restricted."""
    every = node.value.get("points") if isinstance(node.value, dict) else None
    points = every.value if every and isinstance(every.value, list) else []
    return {str(one.at(("id",)).value) for one in points if is_restricted(one)}


def _source_of(cite: Node) -> str:
    said = cite.value
    if isinstance(said, dict):
        return str(said["source"].value) if "source" in said else ""
    return re.split(r"[\s:]", said.strip())[0] if isinstance(said, str) else ""


def _left(node: Node, hidden: Collection[str]) -> Node:
    """A node without its restricted parts; the same one where it has none."""
    if isinstance(node.value, list):
        items = [_left(one, hidden) for one in node.value if not is_restricted(one, hidden)]
        alike = len(items) == len(node.value) and all(a is b for a, b in zip(items, node.value))
        return node if alike else replace(node, value=items)
    if not isinstance(node.value, dict):
        return node
    made: dict[str, Node] = {}
    for name, child in node.value.items():
        if is_restricted(child, hidden) or (name == "checked" and _rests_on(child, hidden)):
            continue
        left = _left(child, hidden)
        if left is child or left.value:  # a list of which nothing is left goes with its name
            made[name] = left
    if len(made) == len(node.value) and all(made[name] is child for name, child in node.value.items()):
        return node
    return replace(node, value=made, keys={name: node.keys[name] for name in made if name in node.keys})


def _rests_on(check: Node, hidden: Collection[str]) -> bool:
    return isinstance(check.value, dict) and "source" in check.value and check.value["source"].value in hidden


def _slides_that_rest_on_it(node: Node, hidden: Collection[str]) -> Iterator[Problem]:
    """The few words of points for slides that rest on a statement which is restricted: without it they would
    seem to rest on the others alone."""
    every = node.at(("points",)).value
    for point in every if isinstance(every, list) else ():
        slide = point.at(("slide",))
        if is_restricted(point, hidden) or not isinstance(slide.value, dict) or "cites" in slide.value:
            continue
        for name in ("finding", "happened"):
            told = point.at((name,)).value if isinstance(point.value, dict) and name in point.value else ()
            if name in slide.value and any(
                is_restricted(one, hidden) for one in told if isinstance(one, Node)
            ):
                message = f"these words for the slide rest on a restricted {name} as well"
                hint = "write with cites: at the slide what they rest on without it, or restrict the point"
                yield Problem(slide.at((name,)).place, message, hint)
