"""What `toolkit check` does and prints: every problem, and how far the points of each review may go."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from toolkit import report
from toolkit.astray import astray
from toolkit.late import dataclass, replace
from toolkit.problems import Invalid, Problem
from toolkit.project import Project, here
from toolkit.targets import Target


@dataclass(frozen=True)
class Count:
    """How far the points of a review may go, what is to be done for those on hold, and why it is retired."""

    name: str
    found: dict[str, int]
    held: list[str]
    retired: str


def check(reading: bool = False) -> int:
    """Check the folder one stands in, with advice on plain English if `reading`. Gives back the exit code."""
    with report.plainly():
        project = here()
        problems: list[Problem] = []
        counts: list[Count] = []
        left_out: list[str] = []
        problems += [replace(problem, stops=True) for problem in project.misnamed()]
        problems += [*astray(project), *_problems(project.board)]
        for path in project.review_paths():
            found = _problems(lambda path=path: project.review(path))  # type: ignore[misc]
            problems += found or project.advice(path)
            if any(problem.stops for problem in found):
                left_out.append(path.stem)
            else:
                counts.append(_standings(project, path))
        for target in project.targets():
            if retired := project.retired(target):
                problems.append(retired)
                continue
            problems += _problems(lambda target=target: _planned(project, target))  # type: ignore[misc]
            problems += _problems(lambda target=target: project.changes(target))  # type: ignore[misc]
        problems += _problems(lambda: problems.extend(_unsafe(project)))
        if reading:
            problems += [p for path in project.review_paths() for p in _reading(project, path)]
        stopping = report.tell(problems)
        _table(counts)
        if counts and left_out:
            print(f"Not in this table, for they have problems: {', '.join(left_out)}.")
        if stopping:
            print(f"{stopping} problem{'s' if stopping > 1 else ''} to put right.", file=sys.stderr)
            return 1
        print(f"No problems found{'; advice is yours to follow or to leave' if problems else ''}.")
        return 0


def _problems(attempt: Callable[[], object]) -> list[Problem]:
    try:
        attempt()
    except Invalid as error:
        return error.problems
    return []


def _unsafe(project: Project) -> list[Problem]:
    """What may tell who somebody is, blames, or is a name that must never be printed."""
    from toolkit.safety.rulebook import rulebook
    from toolkit.safety.sources import Sources

    problems = project.with_kept_out(project.sources())
    reviews = {path.stem: project.review(path) for path in project.review_paths() if _is_sound(project, path)}
    partly = [id for id in reviews if project.is_restricted(id)]
    sources = Sources(rulebook(project.root, project.contacts()), reviews, partly)
    for id in reviews:
        problems += sources.of_review(id)
    for target in project.targets():
        with suppress(Invalid):  # which is told already
            work, node, _ = project.work(target)
            problems += sources.of_work(node, [one.review for one in work.reviews])
    return [*problems, *sources.unfitting()]


def _is_sound(project: Project, path: Path) -> bool:
    return not _problems(lambda: project.review(path))


def _planned(project: Project, target: Target) -> object:
    from toolkit.build import Options, make

    return make(project, target, Options())


def _standings(project: Project, path: Path) -> Count:
    from toolkit.content.evidence import standing

    review, _ = project.review(path)
    found = {"releasable": 0, "marked": 0, "hold": 0}
    for point in review.points:
        found[standing(review, point)] += 1
    held = [
        f"{p.id} {p.title}: {p.because or 'nothing that was read supports it'}"
        for p in review.points
        if standing(review, p) == "hold"
    ]
    return Count(path.stem, found, held, review.why_retired)


def _reading(project: Project, path: Path) -> list[Problem]:
    """Advice on the words of one review; its reading age goes to stdout."""
    from toolkit.content.reading import long_sentences, read, unexplained
    from toolkit.content.rules import spoken

    try:
        _, node = project.review(path)
    except Invalid:
        return []
    texts = list(spoken(node))
    whole = read(text for _, text in texts)
    print(f"{path.stem}: reading age {whole.age:g}, {whole.mean:g} words a sentence on average")
    advice = [
        Problem(
            place,
            f"a sentence of {len(sentence.split())} words: “{sentence[:60]}…”",
            "aim at 25 words or fewer; two sentences are often clearer",
            stops=False,
        )
        for place, text in texts
        for sentence in long_sentences(text)
    ]
    advice += [
        Problem(
            place,
            f"“{name}” is not explained where it is first used",
            "write the words once, with the short form in brackets",
            stops=False,
        )
        for place, name in unexplained(texts)
    ]
    return advice


def _table(counts: list[Count]) -> None:
    if not counts:
        return
    wide = max(len(one.name) for one in counts)
    print(f"{'Learning points':<{wide}}  releasable  marked  hold")
    for one in counts:
        if one.retired:
            print(f"{one.name:<{wide}}  {one.retired}")
            continue
        found = one.found
        print(f"{one.name:<{wide}}  {found['releasable']:>10}  {found['marked']:>6}  {found['hold']:>4}")
        for line in one.held:
            print(f"{'':<{wide}}  to do: {line}")
