"""Where each edit of a file goes: into which field of which review, or among what is kept for each build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.content.model import Check, FileCheck, Point, Review, SlideWords
from toolkit.content.nodes import read_text
from toolkit.content.quotes import check_of
from toolkit.office.opc import W, read_package
from toolkit.office.origins import origins
from toolkit.office.story import leaves, mark, plain
from toolkit.problems import Invalid
from toolkit.project import FOLDERS, Project
from toolkit.refresh import fields
from toolkit.refresh.comparison import Edit, Found
from toolkit.refresh.opening import Opening
from toolkit.refresh.sources import SPEAKERS
from toolkit.refresh.speakers import changed_speakers

ASKS = (
    "These words say whose the others are, or that nobody has checked them. Without them a finding would"
    " stand higher than its sources."
)
SPEAKS = (
    "The words that say who tells this are others now ({names}). Without them, or with others, it would stand"
    " higher than its sources."
)


@dataclass(frozen=True)
class Planned:
    """What becomes of one edit: it goes into a `field` that then has a `value`, or is kept; or neither, and
    why. `asks` is what a person has to say yes to before."""

    edit: Edit
    field: fields.Field | None = None
    value: str = ""
    refused: str = ""
    asks: str = ""
    sources: tuple[str, ...] = ()


def plan(project: Project, opening: Opening, found: Found) -> list[Planned]:
    """What would become of each edit."""
    known = _origins(opening)
    texts: dict[Path, str] = {}
    planned = []
    for edit in found.edits:
        planned.append(_planned(project, opening, edit, known, texts))
    return _agreed(planned)


def _origins(opening: Opening) -> dict[tuple[str, str], tuple[str, ...]]:
    """Where each line of what the sources give now comes from, by its place and fingerprint."""
    package = read_package(opening.now)
    found: dict[tuple[str, str], dict[str, None]] = {}
    if package.kind() == "deck":
        for said in origins(package):
            there = found.setdefault((said.place, mark(said.words)), {})
            there |= dict.fromkeys(said.origin.split())
    else:
        paragraphs: dict[str, dict[str, None]] = {}
        for said in origins(package):
            paragraphs.setdefault(said.place, {}).update(dict.fromkeys(said.origin.split()))
        numbers = {id(e): n for n, e in enumerate(package.root(package.main()).iter(f"{W}p"), 1)}
        for leaf in leaves(package):
            for line in leaf.lines:
                place = f"paragraph {numbers.get(id(line.element), 0)}"
                found.setdefault(("", mark(line.words)), {}).update(paragraphs.get(place, {}))
    return {key: tuple(origin) for key, origin in found.items()}


def _place_of(opening: Opening, edit: Edit) -> str:
    """How `origins` calls the place of an edit in what the sources give now."""
    if not edit.page:
        return ""
    number = next((n for n, one in enumerate(opening.said, 1) if one.page == edit.page), 0)
    return f"notes of slide {number}" if edit.where == "notes" else f"slide {number}"


def _planned(
    project: Project,
    opening: Opening,
    edit: Edit,
    known: Mapping[tuple[str, str], tuple[str, ...]],
    texts: dict[Path, str],
) -> Planned:
    if edit.kind in ("slide moved", "slide added"):
        return Planned(edit)
    if edit.kind == "box added":
        return Planned(edit, refused="a text box or table that was put in is not carried over")
    if edit.was is None or edit.kind == "added":
        return Planned(edit)
    if edit.kind == "slide deleted":
        return Planned(edit)
    sources = known.get((_place_of(opening, edit), mark(edit.was)), ())
    if mark(edit.was) in opening.guarded or any(one.split("/")[-1] in SPEAKERS for one in sources):
        asks = ASKS
        return Planned(edit, asks=asks, sources=(*sources, "source"))
    asks = f"{_check_of(project, sources)} {_speakers_of(project, edit, sources)}".strip()
    kept = Planned(edit, asks=asks, sources=sources)
    if edit.kind == "deleted" or edit.conflict:
        return kept
    choices = []
    for origin in sources:
        path = _path(project, origin)
        try:
            texts.setdefault(path, read_text(path, project.read))
        except Invalid:
            continue
        at = fields.find(path, texts[path], origin)
        value = fields.edited(at, edit.was, edit.now) if at else None
        if at and value is not None:
            choices.append((at, value))
    if len(choices) != 1 or _is_mention(opening, edit, sources, known):
        return kept
    at, value = choices[0]
    if fields.written(at.place.path, texts[at.place.path], at, value) is None:
        return kept
    return replace(kept, field=at, value=value)


def _is_mention(
    opening: Opening,
    edit: Edit,
    sources: Sequence[str],
    known: Mapping[tuple[str, str], tuple[str, ...]],
) -> bool:
    """Whether a line only mentions a title that stands elsewhere, as what comes next does."""
    own = plain(edit.was or "")
    for (place, print_), others in known.items():
        if set(others) & set(sources) and print_ != mark(own):
            whole = _words(opening, print_)
            if whole and whole in own and len(whole) < len(own) and place != _place_of(opening, edit):
                return True
    return False


def _words(opening: Opening, print_: str) -> str:
    for one in opening.said:
        for box in one.boxes:
            for text in box.lines:
                if text.mark == print_:
                    return plain(text.words or "")
    return ""


def _check_of(project: Project, sources: Sequence[str]) -> str:
    """What a person has to confirm before words change that somebody has checked in the report."""
    for origin in sources:
        try:
            review, _ = project.review(_path(project, origin))
        except Invalid:
            continue
        check = under_check(review, origin.split("/")[1:])
        if check is not None:
            return (
                f"{check.by} found this in the report on {check.on}; that check is of the old words."
                " Does it hold for the new ones?"
            )
    return ""


def _speakers_of(project: Project, edit: Edit, sources: Sequence[str]) -> str:
    """What a person has to confirm before a sentence names other people as saying it, or nobody."""
    reviews = {}
    for path in dict.fromkeys(_path(project, origin) for origin in sources):
        try:
            reviews[path] = project.review(path)[0]
        except Invalid:
            continue
    found = changed_speakers(reviews.values(), edit.was or "", edit.now) if reviews else []
    return SPEAKS.format(names=", ".join(f"“{name}”" for name in found)) if found else ""


def under_check(review: Review, steps: Sequence[str]) -> Check | FileCheck | None:
    """The check that words of a review stand under, those of their point for a slide too; or None."""
    at: Any = review
    told: tuple[Any, ...] = ()
    for step in steps:
        if isinstance(at, tuple):
            at = next((one for one in at if getattr(one, "id", None) == step), None) or _item(at, step)
        else:
            at = getattr(at, step, None)
        if isinstance(at, Point) and {"finding", "happened"} & set(steps):
            told = (*at.finding, *at.happened)
            if at.checked:
                return at.checked
        elif hasattr(at, "cites") and not isinstance(at, SlideWords):
            told = (at,)
    found = (check_of(review, cite, one) for one in told for cite in one.cites)
    return next((check for check in found if check), None)


def _item(values: Sequence[Any], step: str) -> Any:
    return values[int(step)] if step.isdecimal() and int(step) < len(values) else None


def _path(project: Project, origin: str) -> Path:
    """The file of the review that an origin names."""
    return project.root / FOLDERS["review"] / f"{origin.split('/')[0]}.yaml"


def _agreed(planned: Sequence[Planned]) -> list[Planned]:
    """Edits of one field that stands in several places: alike they are one, else none goes back."""
    values: dict[str, set[str]] = {}
    for one in planned:
        if one.field:
            values.setdefault(one.field.origin, set()).add(one.value)
    return [
        replace(one, field=None, value="") if one.field and len(values[one.field.origin]) > 1 else one
        for one in planned
    ]
