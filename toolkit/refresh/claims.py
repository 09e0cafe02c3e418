"""What a review says of a report: cites with the words that they rest on, and statements without any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from toolkit.content.audience import hidden_sources, is_restricted
from toolkit.content.model import Cite, Review, Source
from toolkit.content.quotes import check_of, told_by
from toolkit.content.rules import models_in
from toolkit.problems import Node, Place
from toolkit.refresh.matches import Match, find
from toolkit.refresh.passages import Passage, Passages
from toolkit.refresh.reports import Report

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Claim:
    """A statement and the cite that carries it, at `path`: a new one where its number is that of none yet.

    `matches` are where the words of the cite stand in the report; `passages` come nearest, where it has no
    words or they stand nowhere. `checked` says who has found them in this very file already. `restricted` is
    what few may see: the statement, its point or the source says so.
    """

    path: Path
    name: str
    place: Place
    said: str
    cite: Cite | None
    matches: tuple[Match, ...] = ()
    passages: tuple[Passage, ...] = ()
    checked: str = ""
    restricted: bool = False

    @property
    def quote(self) -> str:
        """The words that it rests on, or nothing."""
        return self.cite.quote or "" if self.cite else ""

    @property
    def match(self) -> Match | None:
        """The place where the words stand: the only one, or the only one that the cite names."""
        if len(self.matches) > 1:
            named = {part for _, part in _parts(self.cite.where if self.cite else None)}
            there = [one for one in self.matches if named & {part for _, part in _parts(one.where)}]
            return there[0] if len(there) == 1 else None
        return self.matches[0] if self.matches else None


def claims(review: Review, node: Node, source: Source, report: Report) -> list[Claim]:
    """All that a review says of a source: cites with words, in the order of the file, then what its points
    found or tell without words of this source."""
    passages: list[Passages] = []

    def nearest(words: str) -> tuple[Passage, ...]:
        if not passages:
            passages.append(Passages(report))
        return tuple(passages[0].nearest(words))

    hidden = hidden_sources(node)

    def few(path: Path) -> bool:
        above = (node.at(path[:deep]) for deep in range(len(path) + 1))
        return source.id in hidden or any(is_restricted(one, hidden) for one in above)

    made = []
    for path, model, index, cite in _cited(review, source):
        found = tuple(find(report, cite.quote or ""))
        check = check_of(review, cite, model)
        known = f"{check.by} on {check.on}" if check and check.sha256 == report.sha256 else ""
        where = (*path, "cites", index)
        made.append(
            Claim(
                where,
                name_of(review, path),
                node.at(where).place,
                told_by(review, model),
                cite,
                found,
                () if found else nearest(cite.quote or ""),
                known,
                few(path),
            )
        )
    for path, model, index, bare in _without_words(review, source):
        said = told_by(review, model)
        where = (*path, "cites", index)
        place, near = node.at(path).place, nearest(said)
        made.append(Claim(where, name_of(review, path), place, said, bare, (), near, "", few(path)))
    return made


def _cited(review: Review, source: Source) -> Iterator[tuple[Path, BaseModel, int, Cite]]:
    for path, model in models_in(review):
        for index, cite in enumerate(getattr(model, "cites", ())):
            if cite.source == source.id and cite.quote:
                yield path, model, index, cite


def _without_words(review: Review, source: Source) -> Iterator[tuple[Path, BaseModel, int, Cite | None]]:
    """What points found, or where they found nothing what happened, as far as it has no words of a source:
    and its cite of the source, or where one would be added."""
    for number, point in enumerate(review.points):
        field = "finding" if point.finding else "happened"
        for position, statement in enumerate(getattr(point, field)):
            mine = [(n, one) for n, one in enumerate(statement.cites) if one.source == source.id]
            if not any(one.quote for _, one in mine):
                path: Path = ("points", number, field, position)
                yield path, statement, *(mine[0] if mine else (len(statement.cites), None))


def name_of(review: Review, path: Path) -> str:
    """What a person calls a place in a review: R-1, finding 2."""
    steps = [str(step + 1) if isinstance(step, int) else step.replace("_", " ") for step in path]
    if path[0] == "points" and len(path) > 1 and isinstance(path[1], int):
        steps[:2] = [f"{review.points[path[1]].id},"]
    return " ".join(steps)


_PAGE = re.compile(r"(?:pp?\.? ?|pages? )(\d+(?: ?[–-] ?\d+)?)", re.I)
_NUMBER = re.compile(r"(?:para(?:graph)?s?\.? |§ ?)?(\d+(?:\.\d+)+)\.?", re.I)
_COUNTED = re.compile(r"((?:para|note|endnote) \d+)")


def _parts(where: str | None) -> list[tuple[str, str]]:
    """The parts of a place, each with its kind: a page, the number of a paragraph, a paragraph as counted."""
    found = []
    for part in filter(None, re.split(r"\s*,\s*", where or "")):
        for kind, pattern in (("page", _PAGE), ("number", _NUMBER), ("counted", _COUNTED)):
            if match := pattern.fullmatch(part):
                pages = re.sub(r" ?[–-] ?", "–", match[1])
                found.append((kind, f"p{pages}" if kind == "page" else match[1]))
                break
        else:
            found.append(("other", part))
    return found


@dataclass(frozen=True)
class Placed:
    """A place as a cite has it once its words were found: what it said stays, what was missing is filled in.
    `said` is what it says that does not agree with where they were `found`, and `anew` the place that agrees.
    """

    where: str
    said: str = ""
    found: str = ""
    anew: str = ""


def placed(old: str | None, new: str) -> Placed:
    """A place that somebody may have written, and another one where the words were found. What is neither a
    page nor the number of a paragraph is kept, such as “recommendation 3”.
    """
    before, found = _parts(old), dict(_parts(new))
    kept = [part for kind, part in before if kind == "other"]
    were = {kind: part for kind, part in before if kind != "other"}
    differ = [kind for kind in _ORDER if kind in were and found.get(kind, were[kind]) != were[kind]]
    where = _place(kept, {**found, **were})
    if not differ:
        return Placed(where)
    said, ours = (", ".join(one[kind] for kind in differ) for one in (were, found))
    return Placed(where, said, ours, _place(kept, {**were, **found}))


_ORDER: Sequence[str] = ("number", "counted", "page")


def _place(kept: Sequence[str], parts: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys([*kept, *(parts[kind] for kind in _ORDER if kind in parts)]))
