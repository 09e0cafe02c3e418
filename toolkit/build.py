"""The whole line for one target: load, check, plan, fit, render, read back, write."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import stamps
from toolkit.problems import Invalid, Place, Problem
from toolkit.project import OUTPUT, Project, Target

if TYPE_CHECKING:
    from toolkit.brand.compiled import Brand
    from toolkit.fit.fit import Fitted
    from toolkit.plan.model import Plan


@dataclass(frozen=True)
class Options:
    """How to build: `final` refuses marked points, `large_print` sets notes in 18 points."""

    final: bool = False
    large_print: bool = False

    def __str__(self) -> str:
        return f"final={self.final} large_print={self.large_print}"


@dataclass(frozen=True)
class Built:
    """What became of a target: the files written (none when nothing had changed), remarks, and what `fit` did."""

    target: Target
    written: tuple[Path, ...] = ()
    remarks: tuple[str, ...] = ()
    fitted: tuple[str, ...] = ()


def build(project: Project, target: Target, options: Options) -> Built:
    """Build one target, if its sources have changed. Raises Invalid; then nothing of it has been written."""
    stamp = project.root / OUTPUT / stamps.FOLDER / target.folder / f"{target.name}.json"
    listing = _listing(project)
    edited = stamps.changed_by_hand(stamp, project.root)
    if stamps.is_fresh(stamp, project.root, listing, str(options)):
        remarks = tuple(
            f"{_short(project, path)} was changed by hand since it was built; it is left as it is"
            for path in edited
        )
        return Built(target, remarks=remarks, fitted=tuple(stamps.read(stamp)["fitted"]))
    plan, brand, inputs = make(project, target, options)
    made, fitted = render(target, plan, brand, options)
    told = tuple(
        f"{_short(project, one.place.path)}:{one.place.line}: “{one.title}” {one.did}" for one in fitted
    )
    remarks = (*project.cleaned, *(_set_aside(project, path) for path in edited))
    project.cleaned.clear()
    write(made)
    stamps.write(
        stamp,
        project.root,
        inputs,
        {path: hashlib.sha256(data).hexdigest() for path, data in made.items()},
        listing,
        str(options),
        told,
    )
    return Built(target, tuple(made), remarks, told)


def make(project: Project, target: Target, options: Options) -> tuple[Plan, Brand, list[Path]]:
    """The plan of a target, its brand, and every file it is made from. Raises Invalid."""
    from toolkit.content.model import Briefing, Deck
    from toolkit.content.rules import unchecked
    from toolkit.plan.facts import choose
    from toolkit.plan.pages import Task, make_plan

    work, node, reviews = project.work(target)
    chosen = [choose(reviews[s.review][0], s.points, reviews[s.review][1]) for s in work.reviews]
    if options.final:
        problems = [
            p
            for i, c in enumerate(chosen)
            for p in unchecked(c.review, (*c.points, *c.cards), node.at(("reviews", i)).place)
        ]
        if problems:
            raise Invalid(problems)
    assert isinstance(work, (Deck, Briefing))
    language = work.language
    pages = project.outline(work.outline)[0].page_names
    project.check_translations(language, work.outline, pages)
    task = Task(
        target.name,
        work,
        chosen,
        project.outline(work.outline, language),
        project.page_templates(pages, language),
        project.registers(language),
        node.at(("minutes",) if isinstance(work, Deck) else ("outline",)).place,
        project.wording(language),
        project.words,
    )
    plan = make_plan(task)
    return plan, project.brand(work.brand), project.inputs(target, list(reviews), work.brand)


def render(
    target: Target, plan: Plan, brand: Brand, options: Options
) -> tuple[dict[Path, bytes], list[Fitted]]:
    """The files of a target by where they go, read back, and what `fit` did. Raises Invalid when a word has been lost."""
    from toolkit.brand.geometry import CLEAR_PRINT, LARGE_PRINT
    from toolkit.fit.fit import check_notes, fit_deck
    from toolkit.render import docx, pdf, pptx, readback

    fitted: list[Fitted] = []
    if target.folder == "decks":
        whole, fitted = fit_deck(plan, brand, options.large_print)
        slides = pptx.render(whole, brand)
        guide = docx.render(plan, brand)
        problems = (
            check_notes(whole, brand)
            + readback.check_deck(slides, whole)
            + readback.check_document(guide, plan)
        )
        made = {
            ".pptx": slides,
            ".notes.pdf": pdf.notes_pages(whole, brand, LARGE_PRINT if options.large_print else CLEAR_PRINT),
            ".guide.docx": guide,
            ".guide.pdf": pdf.trainer_guide(plan, brand),
            ".handout.pdf": pdf.handout(plan, brand),
        }
    else:
        briefing = docx.render(plan, brand)
        problems = readback.check_document(briefing, plan)
        made = {".docx": briefing, ".pdf": pdf.briefing(plan, brand)}
    problems += [
        p
        for ending, data in made.items()
        if not ending.endswith("pdf")
        for p in _barriers(target, ending, data)
    ]
    if problems:
        raise Invalid(problems)
    return {_with_ending(target.output, ending): data for ending, data in made.items()}, fitted


def _barriers(target: Target, ending: str, data: bytes) -> Iterator[Problem]:
    """What would shut a reader out of a file of ours. It stops the build: a template, or the toolkit, has to be mended."""
    from toolkit.office.accessible import check_accessible

    for finding in check_accessible(data):
        if finding.level == "error":
            yield Problem(
                Place(target.path),
                f"{target.name}{ending} would not be accessible: {finding.rule}, {finding.where}: {finding.message}",
                finding.hint,
            )


def write(files: dict[Path, bytes]) -> None:
    """Files written all or none: first all of them beside their places, then moved there. Raises Invalid; the old files stay as they were."""
    parts = {path: path.with_name(f".{path.name}.part") for path in files}
    path = next(iter(files))
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with parts[path].open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path in files:
            if path.is_file():
                path.open("r+b").close()  # Word, PowerPoint and Acrobat on Windows lock what they show
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise Invalid.at(Place(path), *_trouble(path, error)) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _trouble(path: Path, error: OSError) -> tuple[str, str]:
    program = (
        "PowerPoint" if path.suffix == ".pptx" else "Word" if path.suffix == ".docx" else "another program"
    )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            "the disk is full: nothing was written, and the old file is as it was",
            "make some room and build again",
        )
    if isinstance(error, PermissionError):
        return (
            f"the file cannot be replaced: it may be open in {program}, or you may not write here",
            f"close it in {program} and build again; the old file is as it was",
        )
    return (
        f"the file cannot be written ({error.strerror})",
        "check the folder and build again; the old file is as it was",
    )


def _set_aside(project: Project, path: Path) -> str:
    for number in range(1, 1000):
        aside = path.with_name(
            f"{path.stem} (your changes{'' if number == 1 else f' {number}'}){path.suffix}"
        )
        if not aside.exists():
            try:
                path.replace(aside)
            except OSError as error:
                raise Invalid.at(Place(path), *_trouble(path, error)) from None
            return f"{_short(project, path)} had been changed by hand; your version is kept as {aside.name}"
    raise Invalid.at(
        Place(path), "there are too many kept versions of this file", "delete those you do not need"
    )


def _with_ending(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _short(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path.name


def _listing(project: Project) -> str:
    """The names of the folder's own templates and registers: a new one may win over the toolkit's."""
    own = sorted(
        p.relative_to(project.root).as_posix()
        for folder in ("templates", "reference")
        for p in (project.root / folder).rglob("*")
        if p.is_file()
    )
    return hashlib.sha256("\n".join(own).encode()).hexdigest()
