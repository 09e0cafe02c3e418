"""The record of an edition that somebody has approved: a file to keep with the others, and to compare with.

`editions/decks/patrick/2026-11.yaml` is the edition 2026-11 of the deck patrick: who approved it, on which
day, and every statement that it prints, a line each, in their order. One edition is one file, so that the one
before stays. A digest of all the rest of it says whether somebody has changed it since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from toolkit import __version__
from toolkit.content.model import Day, Model, PartialDay, Text, YesNo
from toolkit.content.nodes import parse, read_text
from toolkit.content.sentences import validate
from toolkit.editions.content import Content, PointSaid, ReviewSaid, Said
from toolkit.problems import Invalid, Place
from toolkit.project import Project
from toolkit.targets import Target

FORM = 1  # of these files; a higher one is of a toolkit to come
ENDING = ".yaml"
_HEAD = """\
# An edition that somebody approved: who, when, and every statement that it prints, in its order.
# `toolkit approve` wrote this file. Keep it with your other files, and change nothing in it: `toolkit build`
# says what has changed since, and `toolkit build --final` asks for it.
"""


class SaidLine(Model):
    """A statement of a record."""

    of: Text
    words: str = ""
    slide: str = ""
    cites: tuple[str, ...] = ()
    unchecked: YesNo = False


class PointLines(Model):
    """A point of a record."""

    id: Text
    standing: Text
    taught: YesNo = False
    said: tuple[SaidLine, ...] = ()


class ReviewLines(Model):
    """A review of a record."""

    id: Text
    said: tuple[SaidLine, ...] = ()
    points: tuple[PointLines, ...] = ()


class Lines(Model):
    """A record as it stands in its file."""

    form: int
    toolkit: Text = Field(description="The version of the toolkit that wrote it.")
    edition: PartialDay
    approved_by: Text = Field(description="Who approved this edition: a role or a name.")
    approved_on: Day
    digest: Text
    around: dict[str, str] = Field({}, description="A fingerprint of each page template and outline.")
    own: tuple[SaidLine, ...] = ()
    reviews: tuple[ReviewLines, ...] = ()


@dataclass(frozen=True)
class Record:
    """An edition, who approved it and on which day, the toolkit that wrote this down, and what it prints."""

    edition: str
    by: str
    on: str
    content: Content
    toolkit: str = __version__


def path_of(project: Project, target: Target, edition: str) -> Path:
    """The record of one edition."""
    return project.editions_of(target) / f"{edition}{ENDING}"


def records(project: Project, target: Target) -> list[Record]:
    """The records of a deck or briefing, the oldest edition first. Raises Invalid for one that is damaged."""
    problems, found = [], []
    for path in project.edition_paths(target):
        try:
            found.append(read(path, project))
        except Invalid as error:
            problems += error.problems
    if problems:
        raise Invalid(problems)
    return sorted(found, key=lambda one: one.edition)


MOST_TOLD = 3  # faults of a record that are told one by one
_RESTORE = (
    "put back the file as `toolkit approve` wrote it; or move it out of this folder, and approve the edition"
    " again"
)


def read(path: Path, project: Project) -> Record:
    """The record in a file. Raises Invalid."""
    node = parse(path, read_text(path, project.read))
    if not isinstance(node.value, dict):
        raise Invalid.at(node.place, "this is no record of an edition", _RESTORE)
    form = node.value.get("form")
    if form and isinstance(form.value, str) and form.value.isdecimal() and int(form.value) > FORM:
        made = node.value.get("toolkit")
        version = made.value if made and isinstance(made.value, str) else ""
        message = (
            f"a newer toolkit{f' ({version})' * bool(version)} wrote this record, and this one cannot read it"
        )
        raise Invalid.at(form.place, message, "use that version, or a newer one")
    try:
        lines = validate(Lines, node)
    except Invalid as error:  # a file that is another thing altogether is told in one sentence
        told = error.problems if len(error.problems) <= MOST_TOLD else []
        raise Invalid([*told, *Invalid.at(Place(path), _DAMAGED, _RESTORE).problems]) from None
    found = Record(lines.edition, lines.approved_by, lines.approved_on, _content(lines), lines.toolkit)
    if _digest(found) != lines.digest:
        raise Invalid.at(node.value["digest"].place, "this record was changed by hand", _RESTORE)
    if lines.edition != path.stem:
        message = f"this record is of the edition {lines.edition}, and its name says {path.stem}"
        raise Invalid.at(
            node.value["edition"].place, message, f"give it back its name: {lines.edition}{ENDING}"
        )
    return found


_DAMAGED = "this record of an approved edition is damaged"


def _content(lines: Lines) -> Content:
    return Content(
        _said(lines.own),
        tuple(
            ReviewSaid(
                one.id,
                _said(one.said),
                tuple(PointSaid(p.id, p.standing, p.taught, _said(p.said)) for p in one.points),
            )
            for one in lines.reviews
        ),
        dict(lines.around),
    )


def _said(lines: tuple[SaidLine, ...]) -> tuple[Said, ...]:
    return tuple(Said(one.of, one.words, one.slide, one.cites, unchecked=one.unchecked) for one in lines)


def dump(record: Record) -> bytes:
    """The file of a record."""
    lines = [
        f"form: {FORM}",
        f"toolkit: {_quoted(record.toolkit)}",
        f"edition: {_quoted(record.edition)}",
        f"approved_by: {_quoted(record.by)}",
        f"approved_on: {_quoted(record.on)}",
        f"digest: {_quoted(_digest(record))}",
        *_about(record.content),
    ]
    return (_HEAD + "\n".join(lines) + "\n").encode()


def _about(content: Content) -> Iterator[str]:
    yield "own:"
    yield from (f"  - {_line(one)}" for one in content.own)
    yield "reviews:"
    for review in content.reviews:
        yield f"  - id: {_quoted(review.id)}"
        yield "    said:"
        yield from (f"      - {_line(one)}" for one in review.said)
        if review.points:
            yield "    points:"
        for point in review.points:
            yield f"      - id: {_quoted(point.id)}"
            yield f"        standing: {point.standing}"
            yield f"        taught: {'yes' if point.taught else 'no'}"
            if point.said:
                yield "        said:"
            yield from (f"          - {_line(one)}" for one in point.said)
    yield "around:"
    yield from (f"  {_quoted(name)}: {_quoted(digest)}" for name, digest in content.around.items())


def _line(said: Said) -> str:
    parts = [f"of: {said.of}"]
    parts += [f"words: {_quoted(said.words)}"] if said.words else []
    parts += [f"slide: {_quoted(said.slide)}"] if said.slide else []
    parts += [f"cites: [{', '.join(map(_quoted, said.cites))}]"] if said.cites else []
    parts += ["unchecked: yes"] if said.unchecked else []
    return "{" + ", ".join(parts) + "}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _digest(record: Record) -> str:
    """A digest of all that a record says, whatever its lines look like."""
    said = [record.edition, record.by, record.on, record.toolkit, _plain(record.content)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[
        :16
    ]


def _plain(content: Content) -> list[Any]:
    def every(said: tuple[Said, ...]) -> list[Any]:
        return [[one.of, one.words, one.slide, list(one.cites), one.unchecked] for one in said]

    points: Mapping[str, Any] = {
        review.id: [[p.id, p.standing, p.taught, every(p.said)] for p in review.points]
        for review in content.reviews
    }
    reviews = [[review.id, every(review.said), points[review.id]] for review in content.reviews]
    return [every(content.own), reviews, sorted(content.around.items())]
