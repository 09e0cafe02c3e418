"""What `toolkit build` does and prints."""

from __future__ import annotations

import atexit
import gc
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from toolkit import report
from toolkit.build import Built, Failed, Options, left_behind, still_there
from toolkit.crew import build_all
from toolkit.late import replace
from toolkit.problems import Invalid, Place, Problem, counted, did_you_mean
from toolkit.project import Project, here
from toolkit.render.formats import FORMATS
from toolkit.targets import NO_WISHES, Target, Wishes

_FLAGS = {"--final": "final", "--with-office": "with_office", "--verbose": "verbose", "-v": "verbose"}


def understood(words: Sequence[str]) -> dict[str, Any] | None:
    """What `build` is given for these words of the command line; None for what needs the parser in `cli`.

    The parser takes longer to load than it takes to see that nothing has changed, or to draw a deck.
    """
    if set("".join(words)) & set("*?[~$%"):
        return None  # on Windows the parser looks for files with such names
    names: list[str] = []
    given: dict[str, Any] = {"names": names}
    rest = iter(words)
    for word in rest:
        value = next(rest, "") if word in ("--only", "--jobs") else ""
        if word in _FLAGS:
            given[_FLAGS[word]] = True
        elif word == "--only" and value and not value.startswith("-"):
            given["only"] = value
        elif word == "--jobs" and value.isascii() and value.isdecimal() and int(value) > 0:
            given["jobs"] = int(value)
        elif word.startswith("-"):
            return None
        else:
            names.append(word)
    return given


def build(
    names: Sequence[str] = (),
    final: bool = False,
    large_print: bool = False,
    only: str | None = None,
    jobs: int | None = None,
    with_office: bool = False,
    verbose: bool = False,
    wishes: Wishes = NO_WISHES,
    on: str = "",
) -> int:
    """Build the decks and briefings with these names, or all of the folder one stands in; with `wishes`, an
    edition of each deck that has them; with what was in force `on` a day, where one is given.

    Gives back the exit code.
    """
    gc.disable()  # to look for circles all the time takes a third of a build: `crew` looks after each target
    atexit.register(gc.freeze)  # nor need anybody look at the end
    with report.plainly():
        project = here()
        targets = chosen(project, names)
        if wishes != NO_WISHES:
            targets = _editions(project, targets, wishes)
        options = Options(final, large_print, _endings(only, targets), on)
        targets, retired = without_retired(project, targets, bool(names))
        targets = [target for target in targets if options.formats(target)]
        done: list[Built] = []
        failed: list[Failed] = []
        with (
            report.progress(len(targets)) as (begin, step),
            closing(
                build_all(project, targets, options, jobs, lambda target: begin(target.name), _waits)
            ) as outcomes,
        ):
            for one in outcomes:
                step()
                if isinstance(one, Failed):
                    failed.append(one)
                    continue
                done.append(one)
                for path in one.written:
                    print(f"wrote {project.named(path)}", flush=True)
        remarks = [remark for one in done for remark in one.remarks]
        for remark in dict.fromkeys([*remarks, *(() if names else _without_work(project))]):
            _note(remark)
        if verbose:
            for fitted in (fitted for one in done for fitted in one.fitted):
                print(f"  {fitted}")
        for line in (line for one in done if one.written for line in one.told):
            print(line)
        problems = [problem for one in failed for problem in one.problems] + project.misnamed() + retired
        if with_office:
            problems += _proofs(project, done)
        made = sum(bool(one.written) for one in done)
        if done or not any(problem.stops for problem in problems):
            unmade = sum(one.unmade for one in done)
            print(_summary(made, len(done) - made, sum(len(one.fitted) for one in done), verbose, unmade))
        if report.tell(problems):
            others = " The others are built." if done else ""
            asked = [problem for problem in retired if problem.stops]
            count = f"{len(failed) + len(asked)} of {len(targets) + len(asked)}"
            print(f"{count} could not be built.{others}", file=sys.stderr)
            return 1
        return 0


def _without_work(project: Project) -> Iterator[str]:
    """What is left of decks and briefings that are there no more: built files, and records of editions."""
    yield from left_behind(project)
    for path in project.without_work():
        kind = path.parent.name.removesuffix("s")
        yield (
            f"{project.named(path)} has approved editions, and no {kind} is called {path.name} any more: "
            f"if the {kind} has another name now, give this folder that name"
        )


def without_retired(
    project: Project, targets: Sequence[Target], named: bool
) -> tuple[list[Target], list[Problem]]:
    """The targets that are still built; and for each of the others, whose reviews are retired, why not, and
    what was built of it and stays. That is advice, unless the target was `named`.
    """
    found = {target: why for target in targets if (why := project.retired(target))}
    problems = []
    for target, why in found.items():
        there = still_there(project, target)
        kept = f"{there}, as it was built: delete what you do not need" if there else ""
        problems.append(replace(why, hint="; ".join(filter(None, (why.hint, kept))), stops=named))
    return [target for target in targets if target not in found], problems


def _note(words: str) -> None:
    print(f"note: {words}", file=sys.stderr, flush=True)


def _waits() -> None:
    _note("another build of this folder is at work; this one waits for it")


def _editions(project: Project, targets: Sequence[Target], wishes: Wishes) -> list[Target]:
    """The editions that are wished of the decks among the targets, and where no more is wished than that they
    tell what is restricted, of the briefings. Raises Invalid where there is none, or where another deck or
    briefing has the name of an edition: its files would be overwritten.
    """
    any_kind = wishes == Wishes(restricted=True)
    decks = [target for target in targets if target.folder == "decks" or any_kind]
    if targets and not decks:
        message = "a briefing has no editions for minutes, agencies, a room or points"
        raise Invalid.at(Place(targets[0].path), message, "name a deck, or leave these options out")
    there = {target.output: target for target in project.targets()}
    editions = [deck.edition(wishes) for deck in decks]
    taken = [there[one.output] for one in editions if one.output in there]
    if taken:
        message = "the edition asked for has the name of this {}, and would take the place of its files"
        hint = "give this one another name"
        raise Invalid(
            [Problem(Place(o.path), message.format(o.folder.removesuffix("s")), hint) for o in taken]
        )
    return editions


def _endings(only: str | None, targets: list[Target]) -> tuple[str, ...]:
    """The endings in a list such as pptx,notes.pdf. Exits 2 for one that none of the targets has."""
    there = list(dict.fromkeys(one.ending for target in targets for one in FORMATS[target.folder]))
    typed = re.split(r"[,;\s]+", (only or "").casefold())
    found = tuple(f".{_PROGRAMS.get(name, name).removeprefix('.')}" for name in typed if name)
    unknown = [ending for ending in found if ending not in there]
    if targets and (unknown or (only is not None and not found)):
        wrong = (
            f"No file that is built here ends in '{unknown[0]}'." if unknown else "--only names no ending."
        )
        print(wrong, f"There are: {', '.join(one.removeprefix('.') for one in there)}", file=sys.stderr)
        sys.exit(2)
    return found


_PROGRAMS = {"powerpoint": "pptx", "ppt": "pptx", "word": "docx", "doc": "docx"}  # whose files these are


def _proofs(project: Project, done: list[Built]) -> list[Problem]:
    """Faithful proofs of the decks and briefings that are there, through LibreOffice."""
    from toolkit.proofs import prove

    problems: list[Problem] = []
    with report.progress(len(done)) as (begin, step):
        for one in done:
            begin(f"{one.target.name} through LibreOffice")
            try:
                for path in prove(one.target.output, _note):
                    print(f"wrote {project.named(path)}", flush=True)
            except Invalid as error:
                problems += error.problems
            step()
    return problems


def _summary(made: int, unchanged: int, fitted: int, verbose: bool, unmade: int) -> str:
    parts = [f"{made} built"] if made else []
    parts += [f"{unchanged} unchanged"] if unchanged else []
    words = f"{', '.join(parts) or 'Nothing to build'}."
    if unmade:
        words += f" {counted(unmade, 'PDF', 'PDFs')} could not be made: the note above says why."
    if fitted and not verbose:
        what = counted(fitted, "slide or its notes", "slides or notes")
        words += f" {what} needed more than one page; toolkit build -v says which."
    return words


def chosen(project: Project, names: Sequence[str]) -> list[Target]:
    """The targets with these names (national-reviews, or decks/national-reviews).

    Exits 2 for one that is not there.
    """
    every = project.targets()
    found: list[Target] = []
    for name in names:
        short = name.replace("\\", "/").removesuffix(".yaml").removeprefix("./")
        matches = [t for t in every if short in (t.name, f"{t.folder}/{t.name}")]
        if not matches:
            if short.removeprefix("reviews/") in {path.stem for path in project.review_paths()}:
                one = short.removeprefix("reviews/")
                print(
                    f"'{one}' is a review, and no deck or briefing has its name yet.\n"
                    f"For the slides of a session, run: toolkit new deck {one}\n"
                    f"For two sides to read, run: toolkit new briefing {one}\n"
                    "Then build again.",
                    file=sys.stderr,
                )
                sys.exit(2)
            for problem in project.misnamed():
                if problem.place.path.name.startswith(f"{short.rpartition('/')[2]}."):
                    raise Invalid([replace(problem, stops=True)])
            if short.casefold() in ("all", "everything", "*"):
                print(f"For all of them leave out '{name}': toolkit build", file=sys.stderr)
                sys.exit(2)
            there = sorted({t.name for t in every})
            hint = did_you_mean(short, there, f"there are: {', '.join(there) or 'none'}")
            print(f"No deck or briefing is called '{name}'. {hint[0].upper()}{hint[1:]}", file=sys.stderr)
            sys.exit(2)
        found += [t for t in matches if t not in found]
    return found if names else every
