"""An edited file beside what it was built as and what the sources give now: the three that are compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import XML, ParseError

from toolkit import files, stamps
from toolkit.build import Options, draw, make
from toolkit.content.changes import Change, Changes
from toolkit.content.nodes import parse
from toolkit.content.sentences import validate
from toolkit.office.changing import changed
from toolkit.office.opc import ORIGINS, Package, read_package
from toolkit.office.origins import table_of
from toolkit.office.story import Leaf, Was, as_built, leaves, mark
from toolkit.plan.model import Blocks, Paragraph, Plan
from toolkit.problems import Invalid, Place
from toolkit.project import Project
from toolkit.refresh import texts
from toolkit.refresh.alignment import Side, side
from toolkit.refresh.comparison import Found, as_sides, compare
from toolkit.render.formats import Format
from toolkit.seals import PART
from toolkit.targets import Target


@dataclass
class Tried(Project):
    """A folder of which some files say what they would say."""

    instead: dict[Path, bytes] = field(default_factory=dict)

    def read(self, path: Path) -> bytes:
        if path in self.instead:
            self._digests[path] = stamps.digest(self.instead[path])
            return self.instead[path]
        return super().read(path)

    def changes(self, target: Target) -> Changes | None:
        if target.changes in self.instead:
            words = self.instead[target.changes].decode()
            return validate(Changes, parse(target.changes, words))
        return super().changes(target)


@dataclass(frozen=True)
class Opening:
    """An edited file, what it was built as, and what the sources give now, with the changes that are kept.

    `sure` is False where neither the file nor the stamp tells what it was built as.
    """

    target: Target
    format: Format
    options: Options
    package: Package
    leaves: tuple[Leaf, ...]
    built: tuple[Side, ...]
    now: bytes
    said: tuple[Side, ...]
    guarded: frozenset[str]
    kept: tuple[Change, ...]
    sure: bool
    trusted: bool

    @property
    def edited(self) -> list[Side]:
        """The slides of the edited file, or the document."""
        return [side(leaf) for leaf in self.leaves]


def drawn(project: Project, target: Target, one: Format, options: Options) -> tuple[bytes, frozenset[str]]:
    """A file as the sources give it now, without what is kept by hand; and the fingerprints of its lines that
    say who speaks, where words come from, and what is not checked. Raises Invalid."""
    plans, brand, _ = make(project, target, options)
    made, _ = draw(target, plans, brand, options, [one])
    if one.ending not in made:
        message = f"the sources no longer make {target.name}{one.ending}"
        raise Invalid.at(Place(target.path), message, "keep your file, or take its words over yourself")
    return made[one.ending], frozenset(_guarded(plans.by_name[one.plan]))


def _guarded(plan: Plan) -> list[str]:
    blocks: list[Blocks] = [plan.warning]
    for page in plan.pages:
        blocks += [of for _, of in page.slots] + [note.blocks for note in page.notes]
    found = [
        "".join(span.text for span in one.spans)
        for of in blocks
        for one in of
        if isinstance(one, Paragraph) and one.role in ("source", "label")
    ]
    return [mark(words) for words in [*found, plan.draft] if words.strip()]


def open_edited(project: Project, target: Target, one: Format, path: Path) -> Opening:
    """An edited file beside what the sources give now. Raises Invalid."""
    package = read_package(path)
    there = tuple(leaves(package))
    kept = project.changes(target)
    mine = kept.of(one.ending) if kept else ()
    table = table_of(package)
    built = as_built(table) if table is not None else []
    trusted = bool(built)
    if not built and path.resolve() == target.file(one.ending).resolve():
        built = _from_stamp(stamps.was(target.stamp, one.ending))
    best: Opening | None = None
    about = texts.built(table)
    said_so = about.made if about else {}  # the file says in which size it was built
    sizes = (bool(said_so.get("large")),) if said_so else (False, True)
    for options in (Options(large_print=large) for large in sizes):
        if options.large_print and not (one.fitted or one.sized):
            continue
        bare, guarded = drawn(project, target, one, options)
        now, _ = changed(bare, mine) if mine else (bare, [])
        said = sides_of(now)
        base = as_sides(built, said) if built else said
        found = Opening(
            target,
            one,
            options,
            package,
            there,
            tuple(base),
            now,
            tuple(said),
            guarded,
            mine,
            bool(built),
            trusted,
        )
        if not built or [was.marks() for was in base] == [one_.marks() for one_ in said]:
            return found
        best = best or found
    assert best
    return best


def _from_stamp(path: Path) -> list[Was]:
    """What the last build wrote beside its stamp, for a file of which a program has taken it out."""
    try:
        said = files.read(path, stamps.LARGEST).decode()
        return as_built(XML(f'<origins xmlns="{ORIGINS}">{said}</origins>'))
    except (OSError, ValueError, ParseError):
        return []


def sides_of(data: bytes) -> list[Side]:
    """The slides of a file of ours, or the document, with the names of their pages."""
    package = read_package(data)
    names = {was.key: was.page for was in as_built(package.root(PART))}
    return [side(leaf, names.get(leaf.key, "")) for leaf in leaves(package)]


def made_now(project: Project, target: Target, one: Format, options: Options) -> list[Side]:
    """The slides of a file, or the document, as a build makes it now, with what is kept by hand. Raises
    Invalid."""
    bare, _ = drawn(project, target, one, options)
    kept = project.changes(target)
    mine = kept.of(one.ending) if kept else ()
    return sides_of(changed(bare, mine)[0] if mine else bare)


def edits(opening: Opening) -> Found:
    """What was changed by hand."""
    found = compare(opening.built, opening.edited, opening.said, opening.trusted)
    if opening.sure:
        return found
    unsure = "nothing tells what it was built as, so it may be yours or a change of the sources"
    return replace(
        found, edits=tuple(replace(edit, conflict=edit.conflict or unsure) for edit in found.edits)
    )
