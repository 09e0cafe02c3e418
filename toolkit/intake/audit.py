"""What `toolkit audit` does and prints: what is wrong with old material, what weighs most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit import report
from toolkit.content.registers import Registers
from toolkit.intake.links import LINK, vague
from toolkit.intake.material import Material
from toolkit.intake.outdated import GUIDANCE, TERM, outdated
from toolkit.intake.reading import read_material
from toolkit.office.accessible.findings import Finding, and_more
from toolkit.problems import Invalid, Problem, counted
from toolkit.project import Project, here
from toolkit.safety.names import Names
from toolkit.safety.rulebook import Rulebook

MOST = 40  # lines of a file that are printed, unless all are asked for
NOTES = "Notes longer than their page"
WHO = "What may tell who somebody is, or blames"
_LEVELS = ("error", "warning", "tip")
# What weighs most, within a level; the rest follows in the order of the file.
_FIRST = (WHO, GUIDANCE, TERM, LINK, NOTES)
# What is told of who is shut out; `toolkit accessible` tells all of it.
_BARRIERS = {
    *("Missing slide title", "Duplicate slide title", "Missing alt text", "Missing document title"),
    *("No headings in document", "Skipped heading level", "Heading that is only bold", "Empty heading"),
    *("No header row specified", "Text size", "Hard-to-read text contrast", "Document language"),
    *("Language of the text", "No tags", "Missing captions"),
}
# What is drawn mostly decorates: nobody can tell whether it says something.
_DRAWN = ("the shape ", "the line ", "the group ")


def audit(paths: Sequence[Path], day: str, everything: bool = False) -> int:
    """Print what is wrong with some files. Gives back the exit code: 1 where something of it is an error, or
    a file cannot be read.
    """
    with report.plainly():
        registers, guarding = _registers(), _guarding()
        problems: list[Problem] = []
        errors = 0
        for path in paths:
            try:
                material = read_material(path)
                found = findings(material, registers, day, *guarding)
            except Invalid as error:
                problems += error.problems
                continue
            errors += sum(one.level == "error" for one in found)
            print("\n".join(lines(path, found, everything)))
            for remark in material.remarks:
                print(f"  note: {remark}")
        return 1 if report.tell(problems) or errors else 0


def _guarding() -> tuple[Rulebook, Names | None]:
    """The rules on what may tell who somebody is, and the names that must never appear, of the folder that
    one stands in; else those of the toolkit.
    """
    from toolkit.safety.names import kept_out
    from toolkit.safety.rulebook import rulebook

    try:
        project = here()
    except Invalid:
        return rulebook(), kept_out(None)
    return rulebook(project.root, project.contacts()), project.kept_out


def _registers() -> Registers:
    """Those of the folder that one stands in; else those of the toolkit."""
    try:
        return here().registers()
    except Invalid as error:
        if any(problem.place.line for problem in error.problems):
            raise  # a register that cannot be read
        return Project(Path()).registers()


def findings(
    material: Material,
    registers: Registers,
    day: str,
    rules: Rulebook | None = None,
    names: Names | None = None,
) -> list[Finding]:
    """All that is wrong with a file on a day: what weighs most first, then in its order. What may tell who
    somebody is, where there are rules for it.
    """
    found = [*outdated(material, registers, day), *vague(material), *_notes(material)]
    found += _telling(material, rules, names) if rules else ()
    found += [
        one for one in material.barriers if one.rule in _BARRIERS and not one.message.startswith(_DRAWN)
    ]
    order = list(dict.fromkeys([*_FIRST, *(one.rule for one in found)]))
    return sorted(found, key=lambda one: (_LEVELS.index(one.level), order.index(one.rule)))


def _telling(material: Material, rules: Rulebook, names: Names | None) -> Iterator[Finding]:
    """What may tell who somebody is, in whatever place of a file; names that are kept out are an error."""
    from toolkit.safety.anonymity import found, found_in
    from toolkit.safety.hiding import Words

    if material.kind in ("deck", "document", "pdf"):
        told = found(material.path, rules, names)
    else:
        words = [Words(one.place, one.text) for one in material.words]
        words += [Words(one.place, one.text, aside=True) for one in material.unseen]
        told = found_in(material.path, words, rules, names)
    for problem in told:
        place, _, message = problem.message.partition(": ")
        yield Finding("error" if problem.stops else "warning", WHO, place, message, problem.hint)


def _notes(material: Material) -> Iterator[Finding]:
    for one in material.notes:
        if one.share > 1:
            message = f"the notes need at least {one.share:.1f} times the room of their printed page"
            message += ", so that the rest would be cut off"
            hint = "shorten them, or put the rest into a guide beside the deck"
            yield Finding("warning", NOTES, one.place, message, hint)


def together(found: Sequence[Finding]) -> list[Finding]:
    """The findings, what is said of several places in the same words, or of the same old term, once; links
    stand each by itself.
    """
    places: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        places.setdefault(_alike(one), []).append(one.where)
    every = []
    for one in found:
        if one.rule == LINK:
            every.append(one)
        elif there := places.pop(_alike(one), None):
            every.append(replace(one, where=and_more(there)))
    return every


def _alike(one: Finding) -> tuple[str, ...]:
    return (one.level, one.rule, one.hint if one.rule == TERM else one.message)


def lines(path: Path, found: Sequence[Finding], everything: bool) -> list[str]:
    """What is printed of a file."""
    counts = {level: sum(one.level == level for one in found) for level in _LEVELS}
    said = [counted(number, level, f"{level}s") for level, number in counts.items() if number]
    printed = [f"{path}: {', '.join(said) or 'nothing found'}"]
    found = list(dict.fromkeys(found)) if everything else together(found)
    rule, hint, done = "", "", 0
    for one in found:
        more = [f"  {one.level}: {one.rule}"] if f"{one.level} {one.rule}" != rule else []
        if one.hint != hint and hint and not more:
            more = [f"      = {hint}"]
        elif more and hint:
            more = [f"      = {hint}", *more]
        if not everything and len(printed) + len(more) + 3 > MOST:
            break
        printed += [*more, f"    {one.where}: {one.message}"]
        rule, hint, done = f"{one.level} {one.rule}", one.hint, done + 1
    printed += [f"      = {hint}"] if hint else []
    if left := len(found) - done:
        printed.append(f"  and {counted(left, 'more finding', 'more findings')}; -v shows all")
    return printed
