"""A folder of reviews, decks and briefings: what its parts are called, and what stands in them.

Templates and registers come from the folder itself where it has them, file by file, and otherwise from the
toolkit.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit import files
from toolkit.content.lengths import too_long
from toolkit.content.texts import SHOW_ENDINGS
from toolkit.late import dataclass, pattern, replace
from toolkit.plan.wording import ENGLISH
from toolkit.problems import Invalid, Place, Problem
from toolkit.shipped import packaged
from toolkit.stamps import digest
from toolkit.targets import CHANGES, Target, as_wished

if TYPE_CHECKING:
    from toolkit.brand.compiled import Brand
    from toolkit.content.changes import Changes
    from toolkit.content.model import Bitmap, Board, Review, Work
    from toolkit.content.pictures import Unfit
    from toolkit.content.registers import R, Registers
    from toolkit.plan.fill import Words
    from toolkit.plan.outline import Outline, PageTemplate
    from toolkit.plan.wording import Wording
    from toolkit.problems import Node
    from toolkit.safety.names import Names

T = TypeVar("T")

FOLDERS = {"review": "reviews", "deck": "decks", "briefing": "briefings"}
CONTENT = tuple(FOLDERS.values())
BOARD = "board.yaml"
EDITIONS = "editions"
NAMES_ELSEWHERE = "TOOLKIT_NAMES"  # of the environment, in place of what board.yaml says
_OUTPUT = "build"
SHARED = ("reference", "templates/pages", "templates/outlines")
SHARES = "*"  # in a stamp, before the name of what all targets are made from
OURS = "the toolkit’s own templates and registers"
_FEW = 16  # letters of a digest that tell what has changed
_KEPT = 64  # reviews, and pictures, that are kept in memory: a thousand decks may have a thousand


HIDDEN = (".", "~$")  # copies and locks that a Mac, an editor or Word leaves beside a file
_OTHER_ENDING = pattern(r"(.+?)((?:\.ya?ml)(?:\.(?:txt|docx?|rtf|ya?ml))?)", re.I)


def _files(folder: Path, ending: str = ".yaml") -> list[Path]:
    """The files of a folder that a person put there, in the order of their names."""
    there = (
        path for path in folder.glob("*") if path.name.endswith(ending)
    )  # *.yaml is .YAML on Windows, too
    return sorted(path for path in there if not path.name.startswith(HIDDEN) and not is_kept(path.name))


def is_kept(name: str) -> bool:
    """Whether a file holds what was changed by hand in what is built of another."""
    return name.endswith(CHANGES) and name != CHANGES


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds reviews, decks or briefings. Raises Invalid."""
    for folder in (start, *start.parents):
        if any((folder / name).is_dir() for name in CONTENT):
            return folder
    raise Invalid.at(
        Place(start),
        "this folder has no reviews, decks or briefings",
        "go to your folder, or make one with: toolkit init my-board",
    )


def here() -> Project:
    """The project whose folder one stands in, or below. Raises Invalid."""
    try:
        start = Path.cwd()
    except OSError:
        message, hint = "the folder that you stand in is there no more", "go to another folder: cd"
        raise Invalid.at(Place(Path()), message, hint) from None
    return Project(find_root(start))


@dataclass
class Project:
    """A folder of content, and the toolkit's own data behind it.

    Reads each file once, and knows the digest of what it read. What templates there are is looked up once.
    `cleaned` tells what was cleaned in the templates of brands that had to be compiled, a line each.
    """

    root: Path
    data: Path = field(default_factory=packaged)
    cleaned: list[str] = field(default_factory=list)
    _loaded: dict[Path, object] = field(default_factory=dict, repr=False)
    _digests: dict[Path, str] = field(default_factory=dict, repr=False)
    _restricted: dict[str, set[str]] = field(default_factory=dict, repr=False)
    _parts: dict[Path, dict[str, str]] = field(default_factory=dict, repr=False)
    _listed: dict[tuple[str, ...], list[str]] = field(default_factory=dict, repr=False)
    _pages: dict[tuple[str, str], PageTemplate] = field(default_factory=dict, repr=False)
    _of_brands: dict[Path, list[Path]] = field(default_factory=dict, repr=False)

    @cached_property
    def words(self) -> Words:
        """What fills the texts of templates; it keeps what it has compiled."""
        from toolkit.plan.fill import Words

        return Words()

    def targets(self) -> list[Target]:
        """Every deck and briefing of the folder, decks first, in the order of their names."""
        return [
            Target(
                path.stem,
                folder,
                path,
                self.root / _OUTPUT / folder / path.stem,
                self.root / _OUTPUT / ".stamps" / folder / f"{path.stem}.json",
            )
            for folder in CONTENT[1:]
            for path in _files(self.root / folder)
        ]

    def editions_of(self, target: Target) -> Path:
        """Where the records of the approved editions of a deck or briefing are, a file for each."""
        return self.root / EDITIONS / target.folder / target.path.stem

    def edition_paths(self, target: Target) -> list[Path]:
        """These records, in the order of their names."""
        return _files(self.editions_of(target))

    def without_work(self) -> list[Path]:
        """Folders with records of decks and briefings that are there no more, or have another name now."""
        there = {self.editions_of(target) for target in self.targets()}
        every = (path for folder in CONTENT[1:] for path in (self.root / EDITIONS / folder).glob("*"))
        return sorted(path for path in every if path not in there and path.is_dir() and _files(path))

    def stamps(self) -> list[Path]:
        """Every stamp, also of editions and of what is there no more."""
        return sorted((self.root / _OUTPUT / ".stamps").glob("*/*.json"))

    def built(self, stamp: Path, ending: str) -> Path:
        """The file with this ending of the target that has this stamp."""
        return self.root / _OUTPUT / stamp.parent.name / f"{stamp.stem}{ending}"

    def written_in(self) -> list[Path]:
        """The folders that a build writes in."""
        output = self.root / _OUTPUT
        return [
            *(base / folder for base in (output, output / ".stamps") for folder in CONTENT[1:]),
            output / ".cache" / "brands",
        ]

    def review_paths(self) -> list[Path]:
        """The files of all reviews."""
        return _files(self.root / "reviews")

    def misnamed(self) -> list[Problem]:
        """Files that look like content and are left out, because their names end otherwise than in .yaml."""
        problems = []
        for folder in (*CONTENT, *SHARED):
            for path in sorted((self.root / folder).glob("*")):
                match = _OTHER_ENDING.fullmatch(path.name)
                if match and not path.name.startswith(HIDDEN) and not path.name.endswith(".yaml"):
                    do = f"rename it {match[1]}.yaml"
                    if path.name == f"{match[1]}.yaml{path.suffix}":
                        do = f"delete {path.suffix} from the name"
                    hint = f"on Windows, first {SHOW_ENDINGS}; then {do}"
                    message = "this file is left out, because its name does not end in .yaml"
                    problems.append(Problem(Place(path), message, hint, stops=False))
        return problems

    def find(self, *parts: str) -> Path:
        """A template or register: the folder's own, or the toolkit's."""
        own = self.root.joinpath(*parts)
        return own if own.exists() else self.data.joinpath(*parts)

    def find_in(self, language: str, *parts: str) -> Path:
        """A template or register in a language: other than English in a folder named after the language."""
        return self.find(*_in(language, parts))

    def names(self, *parts: str, ending: str = ".yaml") -> list[str]:
        """What templates or registers there are in a folder, the folder's own and the toolkit's together."""
        if (*parts, ending) not in self._listed:
            folders = (base.joinpath(*parts) for base in (self.root, self.data))
            self._listed[*parts, ending] = sorted({p.stem for one in folders for p in _files(one, ending)})
        return self._listed[*parts, ending]

    def brands(self) -> list[str]:
        """The names of all brands."""
        return sorted(
            {
                p.parent.name
                for base in (self.root, self.data)
                for p in base.glob("templates/brands/[!.]*/brand.yaml")
            }
        )

    def brand_folder(self, name: str) -> Path:
        """Where a brand's files are."""
        return self.find("templates", "brands", name)

    def board(self) -> Board:
        """What board.yaml says of the board, and what holds where it says nothing. Raises Invalid."""
        from toolkit.content.choices import check_board
        from toolkit.content.model import NO_BOARD, Board
        from toolkit.content.sentences import validate

        def read(path: Path) -> Board:
            node = self.board_node()
            if node is None:
                return NO_BOARD
            board = validate(Board, node)
            if problems := check_board(board, node, self.brands()):
                raise Invalid(problems)
            return board

        return self._once(self.root / BOARD, read)

    def board_node(self) -> Node | None:
        """What stands in board.yaml; None where nothing does. Raises Invalid."""
        from toolkit.content.nodes import parse, read_text

        def read(path: Path) -> Node | None:
            if not (path.exists() or path.is_symlink()):
                return None
            text = read_text(path, self.read)
            if all(line.lstrip().startswith("#") or not line.strip() for line in text.splitlines()):
                return None  # remarks alone
            return parse(path, text)

        return self._once(self.root / BOARD / "node", lambda path: read(path.parent))

    @cached_property
    def kept_out(self) -> Names | None:
        """The names that must never be printed; None where there is no list. Raises Invalid for one that
        cannot be used."""
        told = False
        with suppress(OSError):
            told = b"names_kept_out" in files.read(self.root / BOARD)
        if not (told or NAMES_ELSEWHERE in os.environ):
            return None
        from toolkit.safety.names import kept_out

        return kept_out(self.root, self.board().names_kept_out)

    def with_kept_out(self, paths: Iterable[Path]) -> list[Problem]:
        """An error for each place of some text files in which a name stands that must never be printed.
        Raises Invalid as kept_out does."""
        names, problems = self.kept_out, []
        for path in paths if names else ():
            with suppress(OSError):
                text = files.read(path).decode("utf-8", "replace")
                problems += list(names.problems(path, text)) if names else []
        return problems

    def registers(self, language: str = ENGLISH) -> Registers:
        """All registers, in a language. Raises Invalid.

        Those of the folder are added to those of the toolkit, entry by entry; one with the same id, or for
        the same old word, takes the place of ours.
        """
        from toolkit.content.guidance import Guidance, Shelf, check_guidance
        from toolkit.content.registers import (
            Agency,
            Kind,
            Registers,
            Support,
            Term,
            Theme,
            by_id,
            terms_of,
            unknown_guidance,
        )

        def added(name: str, model: type[R]) -> dict[str, R]:
            own = self.find_in(language, "reference", f"{name}.yaml")
            theirs = self.data.joinpath(*_in(language, ("reference", f"{name}.yaml")))
            known = by_id(self._parsed(theirs), model) if theirs.exists() and theirs != own else {}
            return known | by_id(self._parsed(own), model)

        def terms() -> tuple[Term, ...]:
            found = [term for path in self.register_files("terms") for term in terms_of(self._parsed(path))]
            return tuple({term.old: term for term in found}.values())

        def guidance() -> dict[str, Guidance]:
            files = [
                (node, by_id(node, Guidance)) for node in map(self._parsed, self.register_files("guidance"))
            ]
            known = {id: one for _, entries in files for id, one in entries.items()}
            problems = [
                problem
                for node in map(self._parsed, self.register_files("kinds"))
                for problem in unknown_guidance(node, known)
            ]
            problems += [
                problem
                for node, entries in files
                for problem in check_guidance(node, list(entries.values()), Shelf(tuple(known.values())))
            ]
            if problems:
                raise Invalid(problems)
            return known

        def read(path: Path) -> Registers:
            return Registers(
                added("themes", Theme),
                added("agencies", Agency),
                added("kinds", Kind),
                added("support", Support),
                terms(),
                guidance(),
            )

        return self._once(self.root / "reference" / language, read)

    def register_files(self, name: str) -> list[Path]:
        """The files of one register in English that there are: the toolkit's first, then the folder's own."""
        paths = [base / "reference" / f"{name}.yaml" for base in (self.data, self.root)]
        return [path for path in dict.fromkeys(paths) if path.exists()]

    def own_registers(self, language: str = ENGLISH, day: str = "") -> Registers:
        """All registers, in a language, with the board's own contacts first; those that are right on a day,
        where one is given. Raises Invalid.
        """
        made = self.root / "reference" / language / f"with-contacts {day}"
        if day:
            return self._once(made, lambda path: self.own_registers(language).on(day))
        return self._once(made, lambda path: self.registers(language).of_board(self.board()))

    def review(self, path: Path) -> tuple[Review, Node]:
        """One review with its nodes, checked against the rules: what of it is for everyone.

        Raises Invalid with every problem that stops.
        """
        from toolkit.content.audience import public, restricted_points, without
        from toolkit.content.model import Review
        from toolkit.content.nodes import load
        from toolkit.content.rules import check_review, check_ways

        def read(path: Path) -> tuple[Review, Node]:
            review, node = load(path, Review, self.read)
            problems = [p for p in check_review(review, node, self.registers()) if p.stops]
            problems += check_ways(review, node, self.names("templates", "pages"))
            problems += [*self._unfit_pictures(review, node), *too_long(node)]
            if problems:
                raise Invalid(sorted(problems))
            shown, left = public(review, node)
            if left is not node:
                self._restricted[review.id] = restricted_points(node)
                found = [without(p) for p in check_review(shown, left, self.registers()) if p.stops]
                if found:
                    raise Invalid(sorted(found))
            return shown, left

        self._make_room(path)
        return self._once(path, read)

    def whole_review(self, path: Path) -> tuple[Review, Node]:
        """The same with all that is restricted: for those who change its file, and for editions that few may
        see. Raises Invalid."""
        from toolkit.content.model import Review
        from toolkit.content.nodes import load

        review, node = self.review(path)
        return load(path, Review, self.read) if review.id in self._restricted else (review, node)

    def is_restricted(self, id: str) -> bool:
        """Whether a review that was read holds anything that is restricted."""
        return id in self._restricted

    def with_review(self, review: Review, node: Node) -> Project:
        """The same folder, in which a review that was read elsewhere stands in place of its own. Raises
        Invalid for what is left of it without what is restricted."""
        from toolkit.content.audience import public

        path = self.root / FOLDERS["review"] / f"{review.id}.yaml"
        return replace(self, _loaded={**self._loaded, path: public(review, node)})

    def pictures(self, review: Review) -> dict[str, Bitmap]:
        """The pictures of a review by the names that it calls them; those that are unfit are left out."""
        from toolkit.content.model import Bitmap

        found = {name: self._picture(path) for name, path in self._pictures_of(review).items()}
        return {name: one for name, one in found.items() if isinstance(one, Bitmap)}

    def _picture(self, path: Path) -> Bitmap | Unfit:
        from toolkit.content.pictures import read

        self._make_room(path)
        return self._once(path, lambda path: read(path, self.read))

    def _pictures_of(self, review: Review) -> dict[str, Path]:
        """Where the pictures of a review lie, by the names that it calls them."""
        from toolkit.content.model import Picture
        from toolkit.content.pictures import find
        from toolkit.content.rules import models_in

        names = [one.file for _, one in models_in(review) if isinstance(one, Picture)]
        found = {name: find(self.root / "reviews", name) for name in names}
        return {name: path for name, path in found.items() if isinstance(path, Path)}

    def _unfit_pictures(self, review: Review, node: Node) -> Iterator[Problem]:
        """What is wrong with the pictures of a review, where it names them."""
        from toolkit.content.model import Picture
        from toolkit.content.pictures import Unfit, find
        from toolkit.content.rules import models_in

        for where, one in models_in(review):
            if isinstance(one, Picture):
                path = find(self.root / "reviews", one.file)
                found = path if isinstance(path, Unfit) else self._picture(path)
                if isinstance(found, Unfit):
                    yield Problem(node.at((*where, "file")).place, found.message, found.hint)

    def _make_room(self, path: Path) -> None:
        """Forget the first of the files of a folder that have been loaded, where there are many."""
        if path in self._loaded:
            return
        kept = [p for p in self._loaded if p.parent == path.parent]
        if len(kept) > _KEPT:
            del self._loaded[kept[0]]

    def advice(self, path: Path) -> list[Problem]:
        """What does not stop a review from being built, but could be better."""
        from toolkit.content.rules import check_review

        review, node = self.review(path)
        return [p for p in check_review(review, node, self.registers()) if not p.stops]

    def work(self, target: Target) -> tuple[Work, Node, dict[str, tuple[Review, Node]]]:
        """A deck or briefing with the reviews it uses, and with what board.yaml says where it says nothing.

        Its board may be empty; brand, language and edition are there. Raises Invalid with every problem.
        """
        from toolkit.content.choices import check_audience, check_restricted, check_work
        from toolkit.content.model import Briefing, Deck
        from toolkit.content.nodes import load

        written, node = load(target.path, Deck if target.folder == "decks" else Briefing, self.read)
        reviews: dict[str, tuple[Review, Node]] = {}
        problems = list(too_long(node))
        work: Work = written
        try:
            work = as_wished(_with_board(written, self.board()), target.wishes, Place(target.path))
            if not work.edition:
                kind = target.folder.removesuffix("s")
                hint = f"write edition: 2026-11 here, or in {BOARD}"
                problems.append(Problem(Place(target.path), f"this {kind} has no edition", hint))
        except Invalid as error:
            problems += error.problems
        paths = {p.stem: p for p in self.review_paths()}
        for chosen in work.reviews:
            if chosen.review in paths:
                try:
                    read = self.whole_review if target.wishes.restricted else self.review
                    reviews[chosen.review] = read(paths[chosen.review])
                except Invalid as error:
                    problems += error.problems
        known: Mapping[str, Review] = {id: review for id, (review, _) in reviews.items()}
        if not target.wishes.restricted:
            problems += check_restricted(work, node, known, self._restricted)
        elif not problems and not any(map(self.is_restricted, known)):
            message = "nothing in its reviews is restricted, so there is nothing that only few may see"
            problems.append(Problem(Place(target.path), message, "build it without --restricted"))
        if isinstance(work, Deck):
            found = check_audience(work, node, self.registers().agencies)
            asked = Place(Path("--lens")) if target.wishes.audience else None
            problems += [replace(one, place=asked) if asked else one for one in found]
        if work.brand and all(p.place.path == target.path for p in problems):
            problems += [
                p
                for p in check_work(
                    work, node, known, self.names("templates", "outlines"), self.brands(), paths
                )
                if p.stops
            ]
        if problems:
            raise Invalid(problems)
        return work, node, reviews

    def retired(self, target: Target) -> Problem | None:
        """That a deck or briefing is no longer built, for every review that it tells is retired; advice."""
        from_day = self.maybe_retired
        if not from_day:
            return None
        from toolkit.content.model import Briefing, Deck
        from toolkit.content.nodes import load

        try:
            work, _ = load(target.path, Deck if target.folder == "decks" else Briefing, self.read)
            chosen = [self.review(from_day[one.review])[0] for one in work.reviews if one.review in from_day]
        except Invalid:  # which a build tells
            return None
        if len(chosen) < len(work.reviews) or not all(review.retired for review in chosen):
            return None
        kind, known = target.folder.removesuffix("s"), {path.stem for path in self.review_paths()}
        why = "; ".join(f"the review '{one.id}' is {one.why_retired}" for one in chosen)
        instead = [one.replaced_by for one in chosen if one.replaced_by]
        named = ", ".join(f"the review '{one}'" if one in known else one for one in instead)
        hint = f"in its place there is: {named}" if named else ""
        return Problem(Place(target.path), f"this {kind} is no longer built: {why}", hint, stops=False)

    @cached_property
    def maybe_retired(self) -> dict[str, Path]:
        """The reviews that have a line on this, by their ids. Their files are looked through and not parsed:
        an unchanged build takes a fraction of a second.
        """
        found = {}
        for path in self.review_paths():
            with suppress(OSError):
                if re.search(rb"(?m)^[\"']?retired[\"']?\s*:", files.read(path)):
                    found[path.stem] = path
        return found

    def changes(self, target: Target) -> Changes | None:
        """What was changed by hand in the files of a target; None where nothing was. Raises Invalid."""
        from toolkit.content.changes import Changes
        from toolkit.content.nodes import load

        if not target.changes.exists():
            return None
        try:
            return load(target.changes, Changes, self.read)[0]
        except Invalid as error:
            hint = "undo what was typed here; or delete this file, and run toolkit pull once more"
            raise Invalid([replace(one, hint=hint) for one in error.problems]) from None

    def outline(self, name: str, language: str = ENGLISH) -> tuple[Outline, Node]:
        """An outline with its nodes. Raises Invalid."""
        from toolkit.plan.outline import read_outline

        return self._once(
            self.find_in(language, "templates", "outlines", f"{name}.yaml"),
            lambda path: read_outline(self._parsed(path)),
        )

    def page_templates(self, names: Sequence[str], language: str = ENGLISH) -> dict[str, PageTemplate]:
        """The page templates with these names; those that do not exist are left out. Raises Invalid."""
        from toolkit.plan.outline import read_page_template

        there, known = self.names("templates", "pages"), self._pages
        for name in (name for name in names if name in there and (language, name) not in known):
            known[language, name] = self._once(
                self.find_in(language, "templates", "pages", f"{name}.yaml"),
                lambda path, name=name: read_page_template(name, self._parsed(path)),  # type: ignore[misc]
            )
        return {name: known[language, name] for name in names if name in there}

    def wording(self, language: str = ENGLISH) -> Wording:
        """The fixed words of a language. Raises Invalid for words that are missing."""
        from toolkit.plan.wording import read_wording

        path = self.find_in(language, "reference", "words.yaml")
        english = None if language == ENGLISH else self.wording()
        return self._once(path, lambda path: read_wording(self._parsed(path), english))

    def check_translations(self, language: str, outlines: Sequence[str], pages: Sequence[str]) -> None:
        """Raises Invalid for every file that a document in this language needs and that is not up to date."""
        from toolkit.content.translation import check_translation

        if language == ENGLISH:
            return
        needed: list[tuple[str, ...]] = [
            *(("templates", "outlines", outline) for outline in outlines),
            *(("templates", "pages", page) for page in pages),
        ]
        needed += [("reference", name) for name in ("words", "themes", "agencies", "kinds", "support")]
        pairs = [
            (
                self.find_in(language, *parts[:-1], f"{parts[-1]}.yaml"),
                self.find(*parts[:-1], f"{parts[-1]}.yaml"),
            )
            for parts in needed
        ]
        problems = [
            problem for translated, original in pairs if (problem := check_translation(translated, original))
        ]
        if not problems:
            here, english = self.registers(language), self.registers()
            problems = [
                Problem(
                    Place(self.find_in(language, "reference", f"{name}.yaml")),
                    f"there are no words for '{id}'",
                    "a translator has to add them",
                )
                for name in ("themes", "agencies", "kinds")
                for id in getattr(english, name)
                if id not in getattr(here, name)
            ]
        if problems:
            raise Invalid(problems)

    def brand(self, name: str) -> Brand:
        """A brand, compiled. Raises Invalid."""
        from toolkit.brand.shelf import fetch

        def read(folder: Path) -> Brand:
            for path in self._files_of(folder):
                self.digest(path)  # before it is read
            brand, cleaned = fetch(folder, self.root / _OUTPUT / ".cache" / "brands" / f"{name}.zip")
            self.cleaned += [f"the brand {name}: {line}" for line in cleaned]
            self._digests |= {folder / source: value for source, value in brand.sources.items()}
            return brand

        return self._once(self.brand_folder(name), read)

    def inputs(self, target: Target, reviews: Sequence[str], brand: str) -> list[Path]:
        """The files that a target is made from, beside the `shared` ones."""
        own = [target.path, *(self.root / "reviews" / f"{name}.yaml" for name in reviews)]
        for path in own[1:]:
            own += sorted(self._pictures_of(self.review(path)[0]).values())
        from toolkit.brand.shelf import CODE

        folder = self.brand_folder(brand)
        named = {folder / name for name in self.brand(brand).sources if name != CODE}
        return own + sorted({*self._files_of(folder), *named})

    def guide(self, review: str) -> str:
        """The deck whose trainer guide tells a review: one on this review alone, if there is one; or ""."""
        return min((decks for decks in self._told_by_deck if review in decks[2]), default=(0, "", ()))[1]

    @cached_property
    def _told_by_deck(self) -> list[tuple[int, str, tuple[str, ...]]]:
        """For each deck how many reviews it tells, its name, and these reviews.

        Its file is looked through and not parsed: what is wrong with it is for the deck to say.
        """
        known = {path.stem for path in self.review_paths()}
        found = []
        for path in _files(self.root / "decks"):
            try:
                lines = files.read(path).decode("utf-8", "replace").splitlines()
            except OSError:
                continue
            told = re.split(r"(?m)^reviews:", "\n".join(line.split("#")[0] for line in lines))[1:]
            names = tuple(dict.fromkeys(re.findall(r"[\w-]+", " ".join(told))))
            reviews = tuple(name for name in names if name in known)
            found.append((len(reviews), path.stem, reviews))
        return found

    def _files_of(self, brand: Path) -> list[Path]:
        """The files of a brand, and of the house brand, which lends what another lacks."""
        if brand not in self._of_brands:
            folders = (brand, self.data / "templates" / "brands" / "house")
            self._of_brands[brand] = [p for one in folders for p in one.glob("*.*") if p.is_file()]
        return self._of_brands[brand]

    @cached_property
    def shared(self) -> str:
        """A fingerprint of what all targets are made from: templates, registers, board, brands by name."""
        return _digest_of(self.shared_by_name.items())

    @cached_property
    def shared_by_name(self) -> dict[str, str]:
        """The digests of the same by the names of the files; what the toolkit brings has the name OURS, and
        the names of the files of brands together have that of their folder."""

        def below(base: Path) -> list[tuple[str, str]]:
            paths = (path for folder in SHARED for path in (base / folder).rglob("*.yaml"))
            return [(path.relative_to(base).as_posix(), self.digest(path)) for path in sorted(paths)]

        brands = self.root / "templates" / "brands"
        named = sorted(self.named(path) for path in brands.rglob("*") if path.is_file())
        found = {
            BOARD: self.digest(self.root / BOARD),
            self.named(brands): _digest_of((n, "") for n in named),
        }
        if self.data != self.root:
            found[OURS] = _digest_of(below(self.data))
        return found | {name: one[:_FEW] for name, one in below(self.root)}

    def named(self, path: Path) -> str:
        """A path as messages and stamps have it: from the folder's top, or whole where it lies elsewhere."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def read(self, path: Path) -> bytes:
        """The bytes of a file. Their digest is remembered: what is saved meanwhile is for the next build.

        Raises Invalid for a link that leads out of the folder: what it leads to is not shown to anybody.
        """
        if path.is_symlink() and self._leads_out(path):
            message = "this is a link to a file outside the folder"
            raise Invalid.at(Place(path), message, "put the file itself in its place")
        data = files.read(path)
        self._digests[path] = digest(data)
        return data

    def is_shipped(self, path: Path) -> bool:
        """Whether a file is one that the toolkit brings along, which nobody changes in this folder."""
        return path.is_relative_to(self.data) and not path.is_relative_to(self.root)

    def _leads_out(self, path: Path) -> bool:
        try:
            end = path.resolve()
            return not any(end.is_relative_to(base.resolve()) for base in (self.root, self.data))
        except (OSError, RuntimeError):  # it leads to itself, which reading it tells
            return False

    def digest(self, path: Path) -> str:
        """The SHA-256 of a file as it was first seen, or as it was last read; "" when it cannot be read."""
        if path not in self._digests:
            try:
                self._digests[path] = digest(files.read(path))
            except OSError:
                self._digests[path] = ""
        return self._digests[path]

    def digests(self, names: Sequence[str]) -> dict[str, str]:
        """The digests of what a target is made from: of each file by its name, of what targets share by its
        name after SHARES and all together by the name "", of each field of the board: board.yaml#footer, and
        of each point of a review by its file’s name and its id: reviews/patrick.yaml#PAT-1. What is no point
        of it stands after the mark alone.
        """
        found = {"": self.shared} | {f"{SHARES}{name}": one for name, one in self.shared_by_name.items()}
        found |= {f"{BOARD}#{field}": one for field, one in self.board_parts().items()}
        found |= {name: self.digest(self.root / name) for name in names}
        for name in names:
            if Path(name).parent.name == FOLDERS["review"] and name.endswith(".yaml"):
                found |= {f"{name}#{id}": one for id, one in self.parts(self.root / name).items()}
        return found

    def board_parts(self) -> dict[str, str]:
        """The digests of the fields of board.yaml; nothing where there is none, or it cannot be read."""
        try:
            node = self.board_node()
        except Invalid:
            return {}
        return fields_of(node) if node else {}

    def with_board(self, node: Node) -> Project:
        """The same folder, in which a board.yaml that was read elsewhere stands in place of its own."""
        own = {self.root / BOARD / "node": node}
        return Project(self.root, self.data, _loaded={**own})

    def parts(self, path: Path) -> dict[str, str]:
        """The digests of the points of a review by their ids, and by "" that of all else in it; nothing for a
        file that is none.
        """
        if path not in self._parts:
            try:
                node = self.nodes(path)
            except Invalid:
                return {}
            self._parts[path] = parts_of(node)
        return self._parts[path]

    def nodes(self, path: Path, restricted: bool = False) -> Node:
        """The nodes of a file, whatever stands in it for everyone, or what is `restricted` as well. Raises
        Invalid for one that is no YAML.
        """
        from toolkit.content.audience import public_node
        from toolkit.content.nodes import parse, read_text

        if restricted:
            return parse(path, read_text(path, self.read))
        loaded = self._loaded.get(path)
        if isinstance(loaded, tuple):
            node: Node = loaded[1]
            return node
        return public_node(parse(path, read_text(path, self.read)))

    def sources(self, folders: Sequence[str] = (*CONTENT, *SHARED, EDITIONS)) -> list[Path]:
        """board.yaml and every text file of some folders: of what a build may read, or that goes along."""
        every = {path for name in folders for path in (self.root / name).rglob("*.yaml")}
        return [path for path in (self.root / BOARD, *sorted(every)) if path.is_file()]

    def contacts(self) -> list[str]:
        """Where to turn, as it is printed on purpose: numbers and addresses. Raises Invalid."""
        support = self.own_registers().support.values()
        said = [text for one in support for text in (one.text, one.short, one.number) if text]
        return [found for text in said for found in re.findall(r"\+?\d[\d ()-]{5,}\d|\S+@\S+\w", text)]

    def _parsed(self, path: Path) -> Node:
        from toolkit.content.nodes import parse, read_text

        return self._once(path, lambda p: parse(p, read_text(p, self.read)))

    def _once(self, path: Path, read: Callable[[Path], T]) -> T:
        if path not in self._loaded:
            try:
                self._loaded[path] = read(path)
            except Invalid as error:
                self._loaded[path] = error
        found = self._loaded[path]
        if isinstance(found, Invalid):
            raise found
        return found  # type: ignore[return-value]


def parts_of(node: Node) -> dict[str, str]:
    """The digests of the points of a review by their ids, and by "" that of all else in it."""
    plain = node.plain()
    points = plain.pop("points", []) if isinstance(plain, dict) else []
    every = points if isinstance(points, list) else []
    by_id = {str(one.get("id")): one for one in every if isinstance(one, dict)}
    whole = {"": [plain, list(by_id)], **by_id}
    return {id: digest(json.dumps(one).encode())[:_FEW] for id, one in whole.items()}


def fields_of(board: Node) -> dict[str, str]:
    """The digests of the fields of a board.yaml."""
    plain = board.plain()
    every = plain.items() if isinstance(plain, dict) else ()
    return {str(name): digest(json.dumps(one).encode())[:_FEW] for name, one in every}


def _digest_of(pairs: Iterable[tuple[str, str]]) -> str:
    whole = "".join(f"{name} {one}\n" for name, one in pairs)
    return digest(whole.encode("utf-8", "surrogatepass"))


def _in(language: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a path in a language: other than English in a folder named after the language."""
    return parts if language == ENGLISH else (*parts[:-1], language, parts[-1])


def _with_board(work: Work, board: Board) -> Work:
    """A deck or briefing with what its board says wherever it says nothing itself."""
    told = {
        "board": work.board or board.name or "",
        "brand": work.brand or board.brand,
        "language": work.language or board.language,
        "edition": work.edition or board.edition,
    }
    return work.model_copy(update=told)
