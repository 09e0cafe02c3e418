"""What a new or changed board.yaml touches: which decks and briefings take which line of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import realpath
from pathlib import Path

from toolkit.content.choices import check_board
from toolkit.content.model import Board
from toolkit.content.sentences import validate
from toolkit.problems import Invalid, Node
from toolkit.project import BOARD, SHARES, Project, fields_of
from toolkit.refresh.built import board_since
from toolkit.refresh.reach import Works
from toolkit.refresh.sets import built_together

KEPT_OUT = "names_kept_out"
ALONE = {
    KEPT_OUT: "no file prints it: each build looks for these names in all that it makes",
    "edition": "each deck and briefing says its own",
    "name": "each deck and briefing names its own board",
}
NOBODY = "no deck or briefing takes it"


def is_board(node: Node) -> bool:
    """Whether a file is a board.yaml: it has fields of one, and none of a review, deck or briefing."""
    fields = node.value
    return (
        isinstance(fields, dict)
        and not {"reviews", "points", "sources"} & fields.keys()
        and bool(fields.keys() & Board.model_fields.keys() - {"title"})
    )


def of_board(project: Project, path: Path, node: Node) -> tuple[Works, list[str]]:
    """The folder as it is with a board.yaml, and what this touches, as lines. Raises Invalid."""
    board = validate(Board, node)
    if problems := check_board(board, node, project.brands()):
        raise Invalid(problems)
    now = fields_of(node)
    if realpath(path) == realpath(project.root / BOARD):
        changed, since = _since_built(project, now)
    else:
        changed, since = _beside(project.board_parts(), now)
        project = project.with_board(node)
    works = Works(project).read()
    return works, [f"{path}: {since}", *_lines(works, path, node, changed)]


def _since_built(project: Project, now: Mapping[str, str]) -> tuple[list[str], str]:
    """The fields that have changed since something of the folder was built, and compared with what."""
    known = [one.digests for one in built_together(project) if f"{SHARES}{BOARD}" in one.digests]
    if not known:
        return list(now), "nothing has been built with it yet, so all of it counts as new"
    changed = list(dict.fromkeys(field for digests in known for field in board_since(now, digests)))
    if not changed:
        return list(now), "nothing in it has changed since it was built; here is all that takes it"
    return changed, "what has changed since it was built"


def _beside(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[list[str], str]:
    """The fields that differ from those of the folder’s own board.yaml."""
    marked = {f"{BOARD}#{field}": one for field, one in then.items()}
    changed = board_since(now, marked)
    return changed, f"what differs from {BOARD}" if changed else f"nothing in it differs from {BOARD}"


def _lines(works: Works, path: Path, node: Node, changed: list[str]) -> Iterator[str]:
    fields = node.value if isinstance(node.value, dict) else {}
    for field in changed:
        takes = [one.name for one in works.printed if field in one.board]
        if field in fields:
            place = node.keys.get(field, node.place)
            yield f"{path}:{place.line} {field}"
        else:
            yield f"{field} was taken out"
        if takes:
            yield f"  {', '.join(takes)}: build again, and read"
        else:
            yield f"  {ALONE.get(field, NOBODY)}"
