"""The whole line for one target: load, check, plan, fit, draw, read back, write."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from toolkit import files, seals, stamps
from toolkit.files import Held
from toolkit.late import dataclass, pattern, replace
from toolkit.plan.wording import ENGLISH
from toolkit.problems import Invalid, Node, Place, Problem, counted
from toolkit.project import SHARED, Project
from toolkit.redone import kept_by_ending, redone
from toolkit.render.formats import FORMATS, Format
from toolkit.targets import NO_WISHES, Target

if TYPE_CHECKING:
    from toolkit.brand.compiled import Brand
    from toolkit.editions.state import State
    from toolkit.fit.slides import FittedDeck
    from toolkit.office.opc import Package
    from toolkit.plan.model import Plan
    from toolkit.plan.pages import Task
    from toolkit.plan.plans import Plans


@dataclass(frozen=True)
class Options:
    """How to build: without marked points (`final`), notes in 18 points, `only` files with these endings, and
    with what was in force `on` a day: that of the edition where none is given.
    """

    final: bool = False
    large_print: bool = False
    only: tuple[str, ...] = ()
    on: str = ""

    def formats(self, target: Target) -> list[Format]:
        """The files of a target that are asked for."""
        return [one for one in FORMATS[target.folder] if not self.only or one.ending in self.only]


@dataclass(frozen=True)
class Built:
    """What became of a target: files written (none when nothing had changed), remarks, what `fit` did, and
    what is `told` once: notes with too many words, and what a session has no room for; and how many PDFs this
    computer could not make.
    """

    target: Target
    written: tuple[Path, ...] = ()
    remarks: tuple[str, ...] = ()
    fitted: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    unmade: int = 0


@dataclass(frozen=True)
class Failed:
    """A target of which nothing was written, and why."""

    target: Target
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Job:
    """One file that is to be drawn, with everything that it takes: any process can do it."""

    format: Format
    target: Target
    said: Plan | FittedDeck
    brand: Brand
    size: float
    deck: FittedDeck | None = None

    def draw(self) -> tuple[bytes, list[Problem]]:
        """The finished bytes, read back and checked, and what is wrong with them."""
        more: dict[str, Any] = {"size": self.size} if self.format.sized else {}
        more |= {"deck": self.deck} if self.format.pictured else {}
        try:
            data = self.format.draw(self.said, self.brand, **more)
            if not self.format.office:
                return _whole(data, self.format.read_back(data, self.said))
            from toolkit.office.opc import read_package

            package = read_package(data)  # unpacked and parsed once for both
            problems = self.format.read_back(package, self.said)
            return data, [*problems, *_barriers(self.target, self.format.ending, package)]
        except Invalid as error:
            return b"", error.problems
        except files.UNFORESEEN as error:
            return b"", [files.unforeseen(self.target.path, error)]


def _whole(data: bytes, problems: list[Problem]) -> tuple[bytes, list[Problem]]:
    """A PDF, unless letters that join and change places could not be read back: then it is left out."""
    if problems and all(_JOINED.search(problem.message) for problem in problems):
        message = "letters that join others, and they could not be read back"
        return b"", [Problem(problems[0].place, message, stops=False)]
    return data, problems


# Scripts whose letters change their shape or their place beside others, from Hebrew and Arabic to Khmer.
_JOINED = pattern("[\u0590-\u109f\u1780-\u18af]")
Drawn = dict[str, tuple[bytes, list[Problem]]]
MANY = 100  # slides of a deck whose files are drawn in another order, for less memory
MOST_LENT = 400  # slides of a deck that two processes may hold at once: 200 MiB each


class Help(Protocol):
    """Somebody who draws some of a target's files at the same time."""

    def lend(self, todo: list[Job]) -> None:
        """Take what can be drawn elsewhere out of what is still to be drawn."""

    def dismiss(self) -> None:
        """Have those go who have nothing to do: what is drawn next takes much memory."""

    def collect(self) -> Drawn:
        """Wait for what was taken, by ending."""


def attempt(project: Project, target: Target, options: Options, help: Help | None = None) -> Built | Failed:
    """What becomes of one target."""
    try:
        return build(project, target, options, help)
    except Invalid as error:
        return Failed(target, tuple(error.problems))
    except files.UNFORESEEN as error:
        return Failed(target, (files.unforeseen(target.path, error),))


def fresh(project: Project, target: Target, options: Options) -> Built | None:
    """A target of which nothing that is asked for has changed; None when something has to be built."""
    stamp = stamps.read(target.stamp)
    formats = options.formats(target)
    if _lists_names(project) and _with_kept_out(project, target, stamp.inputs):
        return None  # which building it tells
    made_from = _fingerprint(project, target, stamp.inputs, options)
    if not all(_is_fresh(stamp, target, one, made_from) for one in formats):
        return None
    return Built(
        target,
        remarks=(*_left(project, target, stamp, formats), *_unmade(project, target, stamp, options)),
        fitted=stamp.fitted if stamp.fitted_from == made_from else (),
    )


def build(project: Project, target: Target, options: Options, help: Help | None = None) -> Built:
    """Build what has changed of one target. Raises Invalid; then nothing of it has been written."""
    _check_name(target)
    if unchanged := fresh(project, target, options):
        return unchanged
    stamp = stamps.read(target.stamp)
    made_from = _fingerprint(project, target, stamp.inputs, options)
    due = [one for one in options.formats(target) if not _is_fresh(stamp, target, one, made_from)]
    rest = [one for one in options.formats(target) if one not in due]
    made_of = prepare(project, target, options)
    if options.final:
        from toolkit.editions.state import refuse

        refuse(project, target, made_of.state)
    plans, brand, inputs = made_of.plans, made_of.brand, made_of.inputs
    if problems := _with_kept_out(project, target, [project.named(path) for path in inputs]):
        raise Invalid(problems)
    lacking: dict[str, Problem] = {}
    made, fitted = draw(target, plans, brand, options, due, help, lacking)
    nothing = {one.ending for one in due} - {*made, *lacking}
    by_hand = redone(project, target, made, _endings(target) - nothing, options.final)
    _keep_out(project, target, made)
    names = tuple(project.named(path) for path in inputs)
    made_from = _fingerprint(project, target, names, options)
    told = tuple(f"{project.named(place.path)}:{place.line}: {words}" for place, words in fitted or ())
    if fitted is None and stamp.fitted_from == made_from:
        told = stamp.fitted
    left = _left(project, target, stamp, rest)
    now, aside = _write(project, target, stamp, made, [one.ending for one in due])
    remarks = [*project.cleaned, *left, *aside, *by_hand, *_outgrown(project, target, stamp)]
    project.cleaned.clear()
    known = {ending: one for ending, one in stamp.outputs.items() if ending in _endings(target)}
    for ending, one in now.items():
        known[ending] = replace(
            one, made_from="" if lacking and ending not in made else made_from
        )  # again with a font, or typst
    used = {one.made_from for one in known.values()}
    sources, said = (
        {made: digests for made, digests in table.items() if made in used}
        for table in (stamp.sources, stamp.said)
    )
    by_hand_of = {
        f"{project.named(target.changes)}#{k}": v for k, v in kept_by_ending(project, target).items()
    }
    sources[made_from] = project.digests(names) | by_hand_of
    said[made_from] = _said(target, plans, options)
    stamp = stamps.Stamp(names, known, told, made_from, sources, said)
    there = [ending for ending, one in known.items() if one.digests and one.made_from == made_from]
    if lacking:
        remarks += _left_out(project, target, lacking, inputs, partial(_in_office, options, there))
    remarks += _noted(project, target, stamp, made)
    remarks += _unmade(project, target, stamp, options)
    written = tuple(_file(target, one.ending) for one in due if one.ending in made)
    return Built(target, written, tuple(remarks), told, tuple(_to_tell(project, target, plans)), len(lacking))


def _said(target: Target, plans: Plans, options: Options) -> dict[str, str]:
    """Digests of the plans by their names, and how they were asked for."""
    from toolkit.makings import asked, said

    of, wishes = f"{target.folder}/{target.path.stem}", target.wishes.told()
    how = asked(of, wishes, final=options.final, large=options.large_print, on=options.on)
    return how | {f"plan {name}": said(plan) for name, plan in plans.by_name.items()}


def _lists_names(project: Project) -> bool:
    """Whether there is a private list of names, or one that cannot be used, which building tells."""
    try:
        return project.kept_out is not None
    except Invalid:
        return True


def _with_kept_out(project: Project, target: Target, inputs: Sequence[str]) -> list[Problem]:
    """Where in the sources of a target names stand that must never be printed. Raises Invalid for a list that
    cannot be used."""
    own = [project.root / name for name in inputs if name.endswith(".yaml")]
    return project.with_kept_out(dict.fromkeys((target.path, target.changes, *own, *project.sources(SHARED))))


def _keep_out(project: Project, target: Target, made: Mapping[str, bytes]) -> None:
    """Raises Invalid where such a name stands anywhere in a file that was made, or in what it is called."""
    names = project.kept_out
    problems: list[Problem] = []
    if names is None:
        return
    from toolkit.safety.hiding import words_in

    for ending, data in made.items():
        path = _file(target, ending)
        told = [("its name", path.name, True), *words_in(data, path, aside=True)]
        problems += names.problems_of(path, told)
    if problems:
        raise Invalid(problems)


def _left_out(
    project: Project,
    target: Target,
    left: Mapping[str, Problem],
    inputs: Sequence[Path],
    instead: Callable[[Target, Sequence[str]], str],
) -> Iterator[str]:
    """Why PDFs are left out, once for each reason, with the line of the words that are the reason, and what
    to do: to mend it, or what is to be done `instead`.
    """
    from toolkit.render.pdf import NO_TYPST

    for message, hint, place in {
        one.hint: (one.message, one.hint, one.place) for one in left.values()
    }.values():
        if message == NO_TYPST:
            yield message
            continue
        letters = message.partition("“")[2].partition("”")[0]
        for path in (path for path in inputs if letters and path.suffix == ".yaml"):
            lines = project.read(path).decode("utf-8", "replace").splitlines()
            found = next((n for n, line in enumerate(lines, 1) if letters in line), 0)
            if found:
                place = Place(path, found)
                break
        endings = [ending for ending, one in left.items() if one.hint == hint]
        names = _listed([_file(target, ending).name for ending in endings])
        where = f"line {place.line} of " * (place.line > 0) + project.named(place.path)
        yield (
            f"{names} {'are' if len(endings) > 1 else 'is'} not made: {where} has {message}"
            f"\n      = {hint}{', or ' if hint else ''}{instead(target, endings)}"
        )


def _in_office(options: Options, there: Sequence[str], target: Target, endings: Sequence[str]) -> str:
    """How to come by PDFs with these endings out of Office files with the same words, of which some are
    `there`."""
    same = {one: ".pptx" if one == ".notes.pdf" else one.replace(".pdf", ".docx") for one in endings}
    names = {ending: _file(target, one).name for ending, one in same.items()}
    ways = [
        f"{'print the notes pages of' if one == '.notes.pdf' else 'save'} {name} as a PDF"
        for one, name in names.items()
    ]
    do = f"{_listed(ways)} on a computer that shows such letters"
    missing = ",".join(one.removeprefix(".") for one in same.values() if one not in there)
    if not missing:
        return do
    alike = target.wishes != NO_WISHES or options.final or options.large_print
    command = "the same command with" if alike else f"toolkit build {target.name}"
    return f"run {command} --only {missing}, then {do}"


def _listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: one, two and three."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _to_tell(project: Project, target: Target, plans: Plans) -> Iterator[str]:
    """Notes pages with too many words, with their line, and what a session has no room for."""
    for place, words in plans.remarks:
        yield f"{project.named(place.path)}:{place.line}: {words}"
    if plans.session and plans.session.left_out:
        left = [one.what for one in plans.session.left_out]
        what = counted(len(left), "point, page or review has", "points, pages or reviews have")
        yield f"{target.name}: {what} no room in {plans.session.minutes} minutes;"
        yield f"  {'the guide says which' if len(left) > 3 else '; '.join(left)}"


def _fingerprint(project: Project, target: Target, inputs: Sequence[str], options: Options) -> str:
    """All that a file is made from: toolkit, options, what targets share, the target's own sources."""
    own = [
        f"{name} {project.digest(project.root / name)}" for name in inputs
    ]  # an absolute name stays as it is
    if target.folder == "briefings":  # whose foot names the guide that tells a review in full
        told = [Path(name).stem for name in inputs if Path(name).parent.name == "reviews"]
        own += [f"{name} {project.guide(name)}" for name in told]
    own += [f"{project.named(path)} {project.digest(path)}" for path in project.edition_paths(target)]
    own.append(f"by hand {project.digest(target.changes)}")
    how = f"final={options.final} large_print={options.large_print} wishes={target.wishes} on={options.on}"
    return hashlib.sha256(
        "\n".join([stamps.own_code(), how, project.shared, *own]).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _is_fresh(stamp: stamps.Stamp, target: Target, one: Format, made_from: str) -> bool:
    there = stamp.outputs.get(one.ending)
    if there is None or there.made_from != made_from:
        return False
    return not there.digests or stamps.state(_file(target, one.ending), there) in ("built", "edited")


def _left(project: Project, target: Target, stamp: stamps.Stamp, formats: Sequence[Format]) -> Iterator[str]:
    for one in formats:
        path = _file(target, one.ending)
        there = stamp.outputs[one.ending]
        if there.digests and stamps.state(path, there) == "edited":
            yield f"{project.named(path)} was changed by hand since it was built; it is left as it is"


def _unmade(project: Project, target: Target, stamp: stamps.Stamp, options: Options) -> Iterator[str]:
    """The files that were asked for by their endings, and that nothing would stand in."""
    for ending in options.only:
        if ending in stamp.outputs and not stamp.outputs[ending].digests and stamp.outputs[ending].made_from:
            path = project.named(_file(target, ending))
            yield f"{path} is not made: {target.name} has nothing to put into it"


def make(project: Project, target: Target, options: Options) -> tuple[Plans, Brand, list[Path]]:
    """The plans of a target, its brand, and every file it is made from. Raises Invalid."""
    made = prepare(project, target, options)
    return made.plans, made.brand, made.inputs


@dataclass(frozen=True)
class Prepared:
    """The plans of a target, its brand, every file it is made from; and how its edition stands, which nobody
    has asked where none of it was ever approved, or is an edition as somebody wishes it.
    """

    plans: Plans
    brand: Brand
    inputs: list[Path]
    state: State | None


def prepare(project: Project, target: Target, options: Options) -> Prepared:
    """All of this. The plans say “Draft” where nobody has approved them, unless they are to be final: these
    are written only when somebody has. Raises Invalid.
    """
    task, inputs = _task(project, target, options)
    state = None
    if target.wishes == NO_WISHES and (options.final or project.edition_paths(target)):
        state = _state(project, target, task)
    draft = state.draft if state else task.wording["draft-not-approved"]
    told = replace(task, unapproved="" if options.final else draft, since=state.since if state else None)
    plans = _plans(told, options.final, options.large_print)
    plans = _with_making(plans, project, target, options)
    assert task.work.brand
    return Prepared(plans, project.brand(task.work.brand), inputs, state)


def _state(project: Project, target: Target, task: Task) -> State:
    """How an edition stands, whatever the size of its print."""
    from toolkit.editions.content import content
    from toolkit.editions.record import records
    from toolkit.editions.state import State

    known = records(project, target)
    printed = content(task, _plans(task))
    return State(task.work.edition or "", printed, known, task.wording)


def _plans(task: Task, final: bool = False, large_print: bool = False) -> Plans:
    from toolkit.content.model import Deck
    from toolkit.plan.plans import make_plans, with_changes
    from toolkit.twosided import briefing_plans, with_room_to_write

    if isinstance(task.work, Deck):
        return with_room_to_write(make_plans(task, final), large_print)
    return with_changes(briefing_plans(task, final, large_print), task)


def _task(project: Project, target: Target, options: Options) -> tuple[Task, list[Path]]:
    """What the plans of a target are made from, and every file of it."""
    from toolkit.content.guidance import last_day
    from toolkit.content.model import Briefing, Deck
    from toolkit.plan.facts import choose
    from toolkit.plan.pages import Task
    from toolkit.plan.plans import BRIEFING, CHANGES, DECK, DOCUMENTS, PAUSE
    from toolkit.plan.session import PAIRS

    work, node, reviews = project.work(target)
    chosen = [choose(reviews[s.review][0], s.points, reviews[s.review][1]) for s in work.reviews]
    assert isinstance(work, (Deck, Briefing)) and work.language and work.brand
    session, language = isinstance(work, Deck), work.language
    others = DOCUMENTS if session else (CHANGES,)
    names = {DECK if session else BRIEFING: work.outline} | {name: name for name in others}
    names = {plan: name for plan, name in names.items() if name in project.names("templates", "outlines")}
    there = project.names("templates", "pages")
    asked = [p for n in names.values() for p in project.outline(n)[0].page_names]
    if session:  # its points bring their own patterns, and a long one its break
        ways = [p.way.pattern for review, _ in reviews.values() for p in review.points if p.way]
        asked += [PAIRS, PAUSE, *ways]
    pages = [page for page in dict.fromkeys(asked) if page in there]
    project.check_translations(language, list(names.values()), pages)
    task = Task(
        target.name,
        work,
        project.board(),
        chosen,
        {plan: project.outline(name, language) for plan, name in names.items()},
        project.page_templates(there if session and language == ENGLISH else pages, language),
        project.own_registers(language, options.on or last_day(work.edition or "")),
        node.at(("minutes",) if session else ("outline",)).place,
        project.wording(language),
        project.words,
        bool(target.wishes.minutes and not target.wishes.points),
        target.wishes != NO_WISHES,
        pictures={
            name: one for review, _ in reviews.values() for name, one in project.pictures(review).items()
        },
        restricted=target.wishes.restricted,
        guides={} if session else {name: deck for name in reviews if (deck := project.guide(name))},
        named=_named(work, node, target),
    )
    _check_outline(task, node.at(("outline",)).place)
    return task, project.inputs(target, list(reviews), work.brand)


def _named(work: object, node: Node, target: Target) -> list[Place]:
    """Where the points of a deck are named: in its file, or by who has asked for an edition on others."""
    from toolkit.content.model import Deck

    if not isinstance(work, Deck):
        return []
    if target.wishes.points:
        return [Place(Path("--points"))] * len(work.points)
    return [node.at(("points", number)).place for number, _ in enumerate(work.points)]


def _with_making(plans: Plans, project: Project, target: Target, options: Options) -> Plans:
    """Plans that know what they were made of."""
    from toolkit.makings import making

    of, wishes = f"{target.folder}/{target.path.stem}", target.wishes.told()
    _, node, reviews = project.work(target)
    nodes = {id: one for id, (_, one) in reviews.items()}
    made = making(of, node, project.board_node(), nodes, options.final, options.large_print)
    named = {
        name: replace(plan, making=replace(made, name=name, wishes=wishes))
        for name, plan in plans.by_name.items()
    }
    return replace(plans, by_name=named)


def _check_outline(task: Task, place: Place) -> None:
    """Raises Invalid when a deck has the outline of a document, or a briefing that of a session."""
    from toolkit.content.model import Deck
    from toolkit.plan.model import ON_PAPER
    from toolkit.plan.pages import SLIDES
    from toolkit.plan.plans import BRIEFING, DECK

    name, deck = task.work.outline, isinstance(task.work, Deck)
    outline, _ = task.outlines[DECK if deck else BRIEFING]
    there = task.templates
    paper = {p for p in outline.page_names if p == SLIDES or (p in there and there[p].layout in ON_PAPER)}
    if deck and paper and not outline.session:
        message = f"the outline '{name}' is for a document, not for a deck"
        raise Invalid.at(place, message, "choose another, such as outline: session")
    if not deck and outline.session:
        message = f"the outline '{name}' is for a session, not for a briefing"
        raise Invalid.at(place, message, "choose another, such as outline: practitioner-briefing")


def draw(
    target: Target,
    plans: Plans,
    brand: Brand,
    options: Options,
    formats: Sequence[Format],
    help: Help | None = None,
    lacking: dict[str, Problem] | None = None,
) -> tuple[Held[str], list[tuple[Place, str]] | None]:
    """Files of a target by their endings, read back, and what its author should know, where a deck is drawn.

    A file of which there is no plan is left out; and a PDF that this computer cannot make, of which `lacking`
    is told. Raises Invalid when a word has been lost.
    """
    from toolkit.brand.geometry import CLEAR_PRINT, LARGE_PRINT
    from toolkit.fit.drawing import on_paper
    from toolkit.plan.typography import set_plan

    deck: FittedDeck | None = None
    told, problems = None, []
    formats = [one for one in formats if one.plan in plans.by_name]
    pictured = any(one.fitted or one.pictured for one in formats)
    needed = {one.plan for one in formats} | ({"deck"} if pictured else set())
    by_name = {name: set_plan(plans.by_name[name]) for name in needed}
    if pictured:
        from toolkit.fit.fit import check_notes, fit_deck

        deck, did = fit_deck(by_name["deck"], brand, options.large_print)
        if any(one.fitted for one in formats):
            told = [(one.place, f"“{one.title}” {one.did}") for one in did]
            problems = check_notes(deck, brand)
    size = LARGE_PRINT if options.large_print else CLEAR_PRINT
    paper = {name: on_paper(plan, brand.document.width / 20) for name, plan in by_name.items()}
    todo = [
        Job(
            one,
            target,
            deck if deck and one.fitted else paper[one.plan],
            brand,
            size,
            deck if one.pictured else None,
        )
        for one in formats
    ]
    todo.sort(key=lambda job: (job.format.office, not job.format.fitted))  # the longest first
    slides = len(deck.slides) if deck else 0
    long = slides > MOST_LENT
    if slides > MANY:  # the guide in Word takes most memory
        todo.sort(key=lambda job: not (job.format.office and job.format.pictured))
    if long and help:
        help.dismiss()
    done: Drawn = {}
    made: Held[str] = Held()
    while todo:
        if help and not long:
            help.lend(todo)
        job = todo.pop(0)
        data, found = job.draw()
        done[job.format.ending] = data, found
        if long:
            from toolkit.render.pdf import give_back

            if data:
                made.put_aside(job.format.ending, data)
            done[job.format.ending] = b"", found
            del data
            give_back()
    if help:
        done |= help.collect()
    problems += [problem for one in formats for problem in done[one.ending][1]]
    if any(problem.stops for problem in problems):
        raise Invalid(problems)
    if lacking is not None:
        lacking |= {one.ending: done[one.ending][1][0] for one in formats if done[one.ending][1]}
    for one in formats:
        if data := done[one.ending][0]:
            made[one.ending] = data
    return made, told


def _barriers(target: Target, ending: str, package: Package) -> Iterator[Problem]:
    """What would shut a reader out of a file of ours.

    It stops the build: a template, or the toolkit, has to be mended. The headers and footers of a letterhead
    are its own: `toolkit brand` has told of them.
    """
    from toolkit.office.accessible import check_accessible

    for finding in check_accessible(package):
        if finding.level == "error" and not finding.where.startswith(("Header", "Footer")):
            yield Problem(
                Place(target.path),
                f"{target.name}{ending} would not be accessible: "
                f"{finding.rule}, {finding.where}: {finding.message}",
                finding.hint,
            )


def _write(
    project: Project, target: Target, stamp: stamps.Stamp, made: Held[str], due: Sequence[str]
) -> tuple[dict[str, stamps.Output], list[str]]:
    """Write the files of a target, and take away what was `due` and is no longer made. What each is then, and
    what was set aside. Raises Invalid.

    A file is looked at just before it is replaced, for somebody may have saved it meanwhile.
    """
    kept: dict[Path, Path] = {}

    def keep(path: Path) -> None:
        if stamps.state(path, by_path[path], look=True) == "edited":
            kept[path] = files.set_aside(path)

    by_path = {_file(target, ending): stamp.outputs.get(ending) for ending in due}
    try:
        whole = made.renamed(partial(_file, target))
        there = files.write(whole, before=keep) if made else {}
        for ending in due:
            path, known = _file(target, ending), stamp.outputs.get(ending)
            if ending not in made:
                _clear(path, known, keep)
    except Invalid as error:
        raise Invalid([*error.problems, *_put_back(project, kept)]) from None
    now = {ending: stamps.Output("", ()) for ending in due}
    for ending, data in made.items():
        one = there[_file(target, ending)]
        now[ending] = stamps.Output("", (stamps.digest(data),), one.st_size, one.st_mtime_ns)
    remarks = [
        f"{project.named(path)} {'had been changed by hand' if by_path[path] else _STRANGE};"
        f" your version is kept as {aside.name}"
        for path, aside in kept.items()
    ]
    return now, remarks


_STRANGE = "was there, and is not as the toolkit wrote it"


def _clear(path: Path, known: stamps.Output | None, keep: Callable[[Path], None]) -> None:
    """Take away a file of ours that is no longer made. Raises Invalid where it cannot go."""
    try:
        match stamps.state(path, known, look=True):
            case "built" | "other":
                path.unlink(missing_ok=True)
            case "edited" if known and known.digests:
                keep(path)
    except OSError as error:
        raise files.trouble(path, error) from None


def _put_back(project: Project, kept: Mapping[Path, Path]) -> Iterator[Problem]:
    """What was set aside goes back to its place, or it is told where it is."""
    for path, aside in kept.items():
        if not os.path.lexists(path):
            with suppress(OSError):
                aside.rename(path)
                continue
        yield Problem(
            Place(path), f"your version of this file is kept as {aside.name}", "nothing is lost", stops=False
        )


def _noted(project: Project, target: Target, stamp: stamps.Stamp, made: Mapping[str, bytes]) -> Iterator[str]:
    """Write a stamp, and what the Office files say of how they were built, for those who take it out.

    What is built is whole without one, and is built once more by the next build.
    """
    said = {stamps.was(target.stamp, ending): seals.leaves(data) for ending, data in made.items()}
    try:
        files.write(
            {target.stamp: stamps.dump(stamp), **{path: data for path, data in said.items() if data}},
            hurry=True,
        )
    except Invalid as error:
        why = error.problems[0].message.partition(":")[0]
        yield (
            f"{target.name} is built, but this cannot be noted in {project.named(target.stamp)} ({why}); "
            "the next build makes it again"
        )


def left_behind(project: Project) -> Iterator[str]:
    """What was built of decks and briefings that are there no more, a line each."""
    known = {target.stamp for target in project.targets()}
    for path in sorted(project.stamps()):
        stamp = stamps.read(path) if path not in known else stamps.Stamp()
        source = next(iter(stamp.inputs), "")
        if source and not os.path.lexists(project.root / source):
            made = [project.built(path, ending) for ending, one in stamp.outputs.items() if one.digests]
            if there_is := _holds(project, made):
                yield f"there is no {source} any more, but {there_is}: delete what you do not need"


def still_there(project: Project, target: Target) -> str:
    """Which files of a target stand in the folder of built files: the first, and how many more; or ""."""
    return _holds(project, [_file(target, one.ending) for one in FORMATS[target.folder]])


def _holds(project: Project, made: Sequence[Path]) -> str:
    names = [one.name for one in made if one.exists()]
    more = f" and {len(names) - 1} more" if names[1:] else ""
    return f"{project.named(made[0].parent)} still holds {names[0]}{more}" if names else ""


def _outgrown(project: Project, target: Target, stamp: stamps.Stamp) -> Iterator[str]:
    """The files of a target that an earlier toolkit made and that this one does not make."""
    for ending in sorted(stamp.outputs.keys() - _endings(target)):
        if stamp.outputs[ending].digests and _file(target, ending).exists():
            path = project.named(_file(target, ending))
            yield f"{path} is not made any more and stays as it is; delete it if you do not need it"


def _check_name(target: Target) -> None:
    """Raises Invalid for a name under which no files can be written, or not on every computer."""
    if wrong := files.unfit(target.name, files.LONGEST_NAME):
        what = (
            target.path.name.encode("utf-8", "replace").decode()
            if target.wishes == NO_WISHES
            else target.name
        )
        long = target.wishes != NO_WISHES and len(target.name) > files.LONGEST_NAME
        hint = "name fewer points or agencies" if long else "give the file another name"
        raise Invalid.at(Place(target.path), f"{what[:60]!r} will not do as a name: {wrong}", hint)


def _endings(target: Target) -> set[str]:
    return {one.ending for one in FORMATS[target.folder]}


def _file(target: Target, ending: str) -> Path:
    return target.file(ending)
