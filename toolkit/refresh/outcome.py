"""What would be written for some edits, and what would then be lost: nothing is written here.

It has been tried: the sources with the new words make the file, the changes can be made in it, and it then
says all that the edited file says, or it is told what of it is not in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from toolkit.build import make
from toolkit.content.changes import Change, ChangedFile, Changes
from toolkit.content.nodes import read_text
from toolkit.office.changing import changed
from toolkit.office.opc import read_package
from toolkit.office.story import plain
from toolkit.problems import Invalid, Problem
from toolkit.project import Project
from toolkit.refresh import fields
from toolkit.refresh.comparison import compare
from toolkit.refresh.destination import Planned
from toolkit.refresh.looks import lost
from toolkit.refresh.opening import Opening, Tried, drawn, sides_of
from toolkit.refresh.overrides import Keeper


@dataclass(frozen=True)
class Result:
    """What would be written: files of content by path, and what of the edits is then in; `whole` says that
    the next build may take the place of the edited file, because nothing of it would be lost."""

    texts: Mapping[Path, bytes]
    left: tuple[Planned, ...]
    whole: bool
    looks_differ: bool
    told: tuple[str, ...] = ()


def tried(project: Project, opening: Opening, planned: Sequence[Planned]) -> Result:
    """What would be written for these edits. Raises Invalid where the sources themselves are wrong."""
    texts, told = _written_back(project, opening, planned)
    after, said = _after_these(project, opening, texts)
    if said:
        texts, told = {}, (*told, said)
    found = compare(opening.built, opening.edited, sides_of(after), opening.trusted)
    by_spot = {one.edit.spot: one for one in planned}
    keeper = Keeper(after, opening.package, opening.leaves)
    left = []
    for edit in found.edits:
        asked = by_spot.get(edit.spot)
        if asked is None:
            left.append(Planned(edit, refused="it was left out"))
            continue
        why = asked.refused or keeper.keep(edit, asked.sources)
        if why:
            left.append(replace(asked, refused=why))
    made = keeper.bytes()
    written = {path: text.encode() for path, text in texts.items()}
    written |= _kept_file(project, opening, keeper.changes)
    rest = compare(opening.built, opening.edited, sides_of(made), opening.trusted).edits
    differ = lost(opening.package, read_package(opening.now), read_package(made))
    return Result(written, tuple(left), not left and not rest and not differ, differ, told)


def _written_back(
    project: Project, opening: Opening, planned: Sequence[Planned]
) -> tuple[dict[Path, str], tuple[str, ...]]:
    """The texts of reviews with the words that go back into them, and which may not, and why."""
    together: dict[Path, str] = {}
    for one in planned:
        together |= _text_with(project, together, one)
    if not together or not _refusal(project, opening, together):
        return together, ()
    texts: dict[Path, str] = {}  # one of them may not stand in its review: one by one
    told = []
    for one in planned:
        more = _text_with(project, texts, one)
        if more and (refused := _refusal(project, opening, {**texts, **more})):
            assert one.field
            told.append(
                f"{one.field.origin} may not say so: {refused[0].message}; it is kept for this file alone"
            )
        else:
            texts |= more
    return texts, tuple(told)


def _after_these(project: Project, opening: Opening, texts: Mapping[Path, str]) -> tuple[bytes, str]:
    """The file that the sources make with new words; or without them, and why."""
    why = "what was kept before would lose its place"
    try:
        after, missed = _after(project, opening, texts)
    except Invalid as error:
        if not texts:
            raise
        why = error.problems[0].message
    else:
        if not missed or not texts:
            return after, ""
    without, _ = _after(project, opening, {})
    return without, f"nothing goes into the review: {why}; it is kept for this file alone"


def _text_with(project: Project, texts: Mapping[Path, str], one: Planned) -> dict[Path, str]:
    """The text of a review with the words of one more edit; nothing where it does not go back into one."""
    if one.field is None:
        return {}
    path = one.field.place.path
    words = texts.get(path) or read_text(path, project.read)
    at = fields.find(path, words, one.field.origin)
    if at is None or plain(at.value) == plain(one.value):
        return {}
    made = fields.written(path, words, at, one.value)
    return {} if made is None else {path: made}


def _refusal(project: Project, opening: Opening, texts: Mapping[Path, str]) -> list[Problem]:
    """What the rules say against reviews with new words."""
    trial = Tried(project.root, project.data, instead={p: t.encode() for p, t in texts.items()})
    try:
        make(trial, opening.target, opening.options)
    except Invalid as error:
        return error.problems
    return []


def _after(
    project: Project, opening: Opening, texts: Mapping[Path, str]
) -> tuple[bytes, list[tuple[Change, str]]]:
    """The file that the sources make with new words, with what was kept before."""
    if not texts:
        return opening.now, []
    trial = Tried(project.root, project.data, instead={p: t.encode() for p, t in texts.items()})
    bare, _ = drawn(trial, opening.target, opening.format, opening.options)
    return changed(bare, opening.kept) if opening.kept else (bare, [])


HEAD = """\
# What was changed by hand in files that are built of {name}, so that each build makes it anew.
# `toolkit pull` writes this file. Take out an entry, from its hyphen on, and the change is gone.
"""


def _kept_file(project: Project, opening: Opening, new: Sequence[Change]) -> dict[Path, bytes]:
    """The file of what is kept, with these changes in it; nothing where there are none."""
    if not new:
        return {}
    old = project.changes(opening.target) or Changes(files=())
    ending = opening.format.ending
    mine = ChangedFile(ending=ending, changes=(*old.of(ending), *new))
    files_ = [*(one for one in old.files if one.ending != ending), mine]
    value = {"files": [one.model_dump(exclude_defaults=True, mode="json") for one in files_]}
    said = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    text = HEAD.format(name=opening.target.path.name) + said
    path = opening.target.changes
    trial = Tried(project.root, project.data, instead={path: text.encode()})
    again = trial.changes(opening.target)
    assert again and again.of(ending) == mine.changes
    return {path: text.encode()}


class _Dumper(yaml.SafeDumper):
    """Writes every text in quotation marks, on one line."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    bare = re.fullmatch(r"[a-z][a-z-]*", text) and text not in (
        "yes",
        "no",
        "true",
        "false",
        "null",
        "on",
        "off",
    )
    style = None if bare else '"' if set(text) & set("\n\t") else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)
