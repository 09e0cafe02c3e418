"""What of a folder is out of date on a day: reviews, decks, briefings, page templates and registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit.content.guidance import Guidance, dated, day_named, last_day
from toolkit.content.model import Cite, Review, Source
from toolkit.content.nodes import parse, read_text
from toolkit.content.registers import Registers
from toolkit.content.rules import models_in
from toolkit.problems import Invalid, Node, Place, Problem
from toolkit.project import BOARD, Project
from toolkit.refresh.dated import Lexicon, Setting
from toolkit.refresh.prose import File, Prose, Steps, is_account, prose_of

_REGISTERS = ("themes", "agencies", "kinds", "support")


@dataclass(frozen=True, order=True)
class Finding:
    """Something that is out of date: where, what is wrong, what to do; in which review and point, or kind of
    review, and for which entry of a register, where there is one.
    """

    problem: Problem
    review: str = ""
    point: str = ""
    entry: str = ""
    kind: str = ""


@dataclass
class Reader:
    """Reads the files of a folder, and keeps what is wrong with those that cannot be read. It leaves out what
    a remark keeps, unless it is to go `with_kept`.
    """

    project: Project
    lexicon: Lexicon
    with_kept: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def registers(self) -> Registers:
        """The registers of the folder."""
        return self.project.registers()

    def every(self) -> list[Finding]:
        """All that is out of date in what people write, in the order of its places."""
        project = self.project
        found: list[Finding] = []
        for path in project.review_paths():
            found += self.in_review(path)
        for target in project.targets():
            found += self._in_text(target.path, self._setting_of(target.path))
        found += self._in_text(project.root / BOARD, Setting(edition=self._editions.get(BOARD, "")))
        for folder in ("pages", "outlines"):
            for name in project.names("templates", folder):
                path = project.find("templates", folder, f"{name}.yaml")
                found += self._in_text(path, Setting(), is_template=True)
        found += self._in_text(project.find("reference", "words.yaml"), Setting(), is_all=True)
        for name in _REGISTERS:
            found += self._in_register(name)
        for name in ("guidance", "terms"):
            found += self._past_in(name)
        return sorted(set(found))

    def in_review(self, path: Path) -> Iterator[Finding]:
        """All that is out of date in one review."""
        try:
            review, _ = self.project.review(path)
        except Invalid as error:
            self.problems += error.problems
            return
        if not (file := self._file(path)):
            return
        yield from (replace(one, review=review.id) for one in self.in_file(file, review))

    def in_file(self, file: File, review: Review) -> Iterator[Finding]:
        """All that is out of date in a review and the file that it stands in."""
        setting = self.setting(review)
        for prose in prose_of(file, is_review=True):
            if told := _told_in(review, prose.steps):  # what a source says in its own time
                yield from self._found(file, replace(prose, is_account=True), replace(setting, reaches=told))
            elif not _is_wrong_answer(file.node, prose.steps):
                yield from self._found(file, prose, setting)
        yield from self._cites(file, review, setting)
        yield from self._past(file)

    def setting(self, review: Review) -> Setting:
        """Of what and when a review tells. What its kind is called is its name, whatever it would be now."""
        kind = self.registers.kinds.get(review.kind)
        called = f"{kind.title} {kind.short}".casefold() if kind else ""
        words = {word.casefold() for term in self.lexicon.terms for word in (term.old, *term.forms)}
        names = frozenset(one for one in words if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", called))
        nations = frozenset({kind.nation} if kind else ())
        return Setting(nations, last_day(review.published), names, self._editions.get(review.id, ""))

    @cached_property
    def _editions(self) -> dict[str, str]:
        """The month of the first edition that prints a review, a deck or briefing by its path, or what the
        board says."""
        found: dict[str, str] = {}
        by_board = self._said(self.project.root / BOARD).get("edition")
        for target in self.project.targets():
            said = self._said(target.path)
            edition = said.get("edition") or by_board
            if not isinstance(edition, str) or not dated(edition):
                continue
            chosen = said.get("reviews")
            every = chosen if isinstance(chosen, list) else []
            ids = [one.get("review") if isinstance(one, dict) else one for one in every]
            for name in (BOARD, str(target.path), *filter(None, map(str, ids))):
                found[name] = min(found.get(name, edition), edition)
        return found

    def _said(self, path: Path) -> dict[str, Any]:
        """What a file says; nothing of one that cannot be read, which is told elsewhere."""
        try:
            said = self.project.nodes(path).plain() if path.is_file() else {}
        except Invalid:
            return {}
        return said if isinstance(said, dict) else {}

    def _setting_of(self, path: Path) -> Setting:
        """That of a deck or briefing: of all its reviews together."""
        try:
            chosen = self.project.nodes(path).at(("reviews",)).plain()
        except Invalid:
            return Setting()  # which is told where the file is read
        paths = {one.stem: one for one in self.project.review_paths()}
        settings = []
        for one in chosen if isinstance(chosen, list) else []:
            id = one.get("review") if isinstance(one, dict) else one
            if isinstance(id, str) and id in paths:
                try:
                    settings.append(self.setting(self.project.review(paths[id])[0]))
                except Invalid:
                    continue
        return Setting(
            frozenset().union(*(one.nations for one in settings)),
            names=frozenset().union(*(one.names for one in settings)),
            edition=self._editions.get(str(path), ""),
        )

    def _in_text(
        self, path: Path, setting: Setting, *, is_template: bool = False, is_all: bool = False
    ) -> Iterator[Finding]:
        """All that is out of date in a file that is no review."""
        if file := self._file(path):
            for prose in prose_of(file, is_template=is_template, is_all=is_all):
                yield from self._found(file, prose, setting)
            yield from self._past(file)

    def _in_register(self, name: str) -> Iterator[Finding]:
        """The same in the entries of a register: the folder’s own, and those of the toolkit that it keeps."""
        own: set[str] = set()
        for path in reversed(self.project.register_files(name)):
            if not (file := self._file(path)):
                continue
            entries = file.node.value if isinstance(file.node.value, list) else []
            for node in entries:
                id = str(node.at(("id",)).value)
                if id not in own:
                    part = File(path, node, file.text)
                    yield from self._kind(part) if name == "kinds" else self._entry(part, Setting())
            own |= {str(node.at(("id",)).value) for node in entries}

    def _entry(self, file: File, setting: Setting) -> Iterator[Finding]:
        for prose in prose_of(file):
            yield from self._found(file, prose, setting)
        yield from self._past(file)

    def _kind(self, file: File) -> Iterator[Finding]:
        """The same in a kind of review. One that has ended is history, and so is what it says of changes."""
        plain = file.node.plain()
        if plain.get("until", "9999-12-31") <= self.lexicon.day:
            return
        setting = Setting(frozenset({plain.get("nation", "")}))
        for prose in prose_of(file):
            if prose.steps[0] not in ("title", "short", "source"):
                yield from self._found(file, replace(prose, is_account=prose.steps[0] == "change"), setting)
        entry = self.registers.guidance.get(plain.get("guidance", ""))
        if entry and (words := self.lexicon.why_old(entry)):
            place = file.node.at(("guidance",)).place
            if not self._is_kept(file, Prose(place, (), "", ""), place):
                message = f"these words rest on {entry.name}, which {words}"
                hint = self.lexicon.instead_of(entry)
                problem = Problem(place, message, hint, stops=False)
                yield Finding(problem, entry=entry.id, kind=str(plain.get("id")))

    def _found(self, file: File, prose: Prose, setting: Setting) -> Iterator[Finding]:
        for old in self.lexicon.old_in(prose, setting):
            place = file.place_of(prose, old.start, old.end)
            if not self._is_kept(file, prose, place):
                problem = Problem(place, old.message, old.hint, stops=False)
                yield Finding(problem, point=_point(file.node, prose.steps), entry=old.entry)

    def _is_kept(self, file: File, prose: Prose, place: Place) -> bool:
        return not self.with_kept and file.is_kept(prose, place)

    def _cites(self, file: File, review: Review, setting: Setting) -> Iterator[Finding]:
        """Where today’s practice, reasons or questions rest on guidance that does not hold any more."""
        found = {source.id: self.editions_of(source) for source in review.sources}
        old = {
            id: every
            for id, every in found.items()
            if len(every) > 1 or any(self.lexicon.why_old(entry) for entry in every)
        }
        for steps, cite in models_in(review):
            if not (isinstance(cite, Cite) and cite.source in old):
                continue
            every, place = old[cite.source], file.node.at(steps).place
            if is_account(steps) and any(entry.begins <= setting.reaches for entry in every):
                continue
            if self._is_kept(file, Prose(place, steps, "", ""), place):
                continue
            where = f", {cite.where}" if cite.where else ""
            if len(every) > 1:
                words, hint = self.lexicon.unclear(every)
                message = f"{cite.source}, {every[0].title} {every[0].day[:4]}{where}, {words}"
            else:
                message = f"{cite.source} is {every[0].name}{where}, which {self.lexicon.why_old(every[0])}"
                hint = self.lexicon.instead_of(every[0])
            problem = Problem(place, message, hint, stops=False)
            watched = (one.id for one in every if one.id in self.lexicon.watched)
            yield Finding(problem, point=_point(file.node, steps), entry=next(watched, every[-1].id))

    def editions_of(self, source: Source) -> list[Guidance]:
        """The guidance that a source is, by its instrument and edition, or by its title: several where only
        the year is told, and that has had several by then."""
        shelf, day = self.lexicon.shelf, self.lexicon.day
        if source.instrument:
            every = shelf.editions(source.instrument, source.edition)
            return shelf.meant(every, every[0].day[:4], day) if len(every) > 1 else every
        title = source.title.casefold()
        known = [one for one in shelf.entries if one.edition and title.startswith(one.title.casefold())]
        match = self.lexicon.titles.match(source.title) if self.lexicon.titles else None
        every = shelf.meant(known, day_named(match), day) if match else []
        return every or [one for one in known if str(one.edition) in title][:1]

    def _past(self, file: File) -> Iterator[Finding]:
        """What somebody was to look at again, and the day is past."""
        found = file.node.at(("review_by",))
        if isinstance(found.value, str) and found is not file.node and found.value < self.lexicon.day:
            message = f"this was to be looked at again by {found.value}"
            hint = "look whether all of it still holds, then write the day of the next look"
            yield Finding(Problem(found.place, message, hint, stops=False))

    def _past_in(self, register: str) -> Iterator[Finding]:
        for path in self.project.register_files(register):
            if (file := self._file(path)) and isinstance(file.node.value, list):
                for node in file.node.value:
                    yield from self._past(File(path, node, file.text))

    def _file(self, path: Path) -> File | None:
        """A file with its nodes; none where there is none, or it is no YAML, which is told."""
        if not path.exists():
            return None
        try:
            text = read_text(path, self.project.read)
            if all(line.lstrip().startswith("#") or not line.strip() for line in text.splitlines()):
                return None  # remarks alone
            return File(path, parse(path, text), text)
        except Invalid as error:
            self.problems += error.problems
            return None


def reader(project: Project, day: str) -> Reader:
    """What reads a folder as it is on a day. Raises Invalid for registers that cannot be read."""
    registers = project.registers()
    return Reader(project, Lexicon(registers.terms, registers.shelf, day))


def _point(node: Node, steps: Steps) -> str:
    """The id of the point that a place of a review is in."""
    if steps[:1] != ("points",) or len(steps) < 2:
        return ""
    return str(node.at((*steps[:2], "id")).value)


def _told_in(review: Review, steps: Steps) -> str:
    """For a reason that cites sources: the last day of the latest of them, or of the review. Else nothing."""
    if len(steps) < 5 or steps[0] != "points" or steps[2] != "why":
        return ""
    cites = review.points[int(steps[1])].why[int(steps[3])].cites
    days = [review.source(one.source).published for one in cites]
    return max((last_day(day) for day in days if day), default=last_day(review.published)) if cites else ""


def _is_wrong_answer(node: Node, steps: Steps) -> bool:
    """Whether this is an answer of the quiz that is not right: it may be about the word itself."""
    return (
        steps[:1] == ("quiz",)
        and steps[2:3] == ("answers",)
        and node.at((*steps[:4], "right")).value != "yes"
    )
