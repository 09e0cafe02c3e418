"""What `toolkit import` does and prints: old material as a draft of a review, written once and never over
another file.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit import files, report
from toolkit.content.quotes import FEWEST, MOST
from toolkit.intake.draft import Draft, Taken, drafted
from toolkit.intake.material import Material
from toolkit.intake.reading import read_material
from toolkit.problems import Invalid, Place, counted
from toolkit.project import here
from toolkit.start import new_path

SOURCE = "S1"  # the old file, in the draft


def take_in(path: Path, name: str) -> int:
    """Write a draft of a review from an old file, under a name. Gives back the exit code."""
    with report.plainly():
        project = here()
        material = read_material(path)
        draft = drafted(material, project.registers().kinds)
        if not draft.every():
            message = "there are no sentences in this file"
            raise Invalid.at(Place(path), message, "perhaps its pages are pictures; look at it yourself")
        to = new_path(project, "review", name or named(path))
        files.write_new(to, written(draft, material, to.stem).encode())
        for line in told(draft, to):
            print(line)
        for remark in material.remarks:
            print(f"note: {remark}", file=sys.stderr)
        return 0


def named(path: Path) -> str:
    """A name for a review, made of that of a file."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-")[:60].strip("-") or "old-material"


def told(draft: Draft, to: Path) -> Iterator[str]:
    """What was written, and what is to be done next."""
    shown = to.relative_to(Path.cwd()) if to.is_relative_to(Path.cwd()) else to
    yield f"wrote {shown}: {counted(len(draft.every()), 'sentence', 'sentences')}, none of them checked"
    taught = sum(len(one.body) for one in draft.points)
    rows = [
        ("in the summary", len(draft.summary)),
        (f"as findings of {counted(len(draft.points), 'point', 'points')} on hold", taught),
        ("as events of the timeline, with their dates", len(draft.timeline)),
        ("as good practice", len(draft.good_practice)),
        ("still to be sorted", len(draft.unsorted)),
    ]
    yield from (f"  {number} {what}" for what, number in rows if number)
    if missing := [one for one in ("kind", "board", "published") if not getattr(draft, one)]:
        yield f"  to be written first: {', '.join(missing)}"
    yield "Next: open the file, follow its remarks, and run: toolkit check"


def written(draft: Draft, material: Material, id: str) -> str:
    """A draft as the text of a file."""
    name = " ".join("".join(c for c in material.path.name if c.isprintable()).split())
    return "\n".join([*_head(draft, name, id), *_body(draft, name), *_sources(draft, name)]) + "\n"


def _head(draft: Draft, name: str, id: str) -> Iterator[str]:
    yield f"# A draft, taken over from {name} by toolkit import. Nobody has checked any of it."
    yield "# What to do:"
    yield "#  1. Write the lines below that are missing, and correct those that were found in the file."
    yield "#  2. Sort what stands under unsorted: move each entry to its field, or delete it."
    yield "#  3. Say each learning point in your own words; cites keep the old words and where they stood."
    yield "#  4. Add the review report to the sources as a review-report, and compare each with it:"
    yield f"#     toolkit cite REPORT --review {id}"
    yield "#  5. Only then take standing and because out of a point."
    yield f"id: {id}"
    if draft.title:
        yield f"title: {_text(draft.title.text)}  # {draft.title.where}"
    else:
        yield f"title: {_text(id)}  # the file has no title: write one"
    yield (
        f"kind: {draft.kind}  # as the file names it"
        if draft.kind
        else ("# kind: serious-case-review  # write which kind it is: toolkit list kinds")
    )
    yield (
        f"board: {_text(draft.board)}  # as the file names it"
        if draft.board
        else ("# board: An invented board  # write the board that published the review")
    )
    yield (
        f"published: {draft.published}  # as the file says it"
        if draft.published
        else ("# published: 2018-06  # write when the review was published: a year, a month or a day")
    )


def _body(draft: Draft, name: str) -> Iterator[str]:
    yield from _list("summary", draft.summary, "What happened and what followed.")
    yield "# child:  # take the # away from these four lines, and move what tells who the child was below who"
    yield "#   name: Robin  # the published name or pseudonym"
    yield "#   pseudonym: yes"
    yield "#   who: []"
    if draft.timeline:
        yield "timeline:  # Write key: yes at those that a slide is to show."
    for event in draft.timeline:
        yield f"  - date: {_text(event.date.text)}"
        yield from (f"    {line}" for line in _fields(event.text))
    if draft.points:
        yield "# Make one point of each message, with a title of its own."
        yield "points:"
    else:
        yield "points: []  # the file has no heading such as Learning or Findings"
    because = _text(f"Taken over from {name}, and not yet checked against the review report.")
    for number, point in enumerate(draft.points, 1):
        yield f"  - id: P-{number}"
        yield f"    title: {_text(point.heading.text)}  # {point.heading.where}"
        yield "    standing: hold"
        yield f"    because: {because}"
        yield "    finding:"
        for one in point.body:
            yield from _statement(one, "      ")
    if draft.good_practice:
        yield from _list("good_practice", draft.good_practice, "What was done well.")
    if draft.unsorted:
        yield from _list("unsorted", draft.unsorted, "To be sorted: nothing of this is printed.")


def _list(key: str, taken: Sequence[Taken], remark: str) -> Iterator[str]:
    yield f"{key}:  # {remark}" if taken else f"{key}: []  # {remark}"
    for one in taken:
        yield from _statement(one, "  ")


def _statement(one: Taken, margin: str) -> Iterator[str]:
    for mark, line in zip("- ", _fields(one), strict=True):
        yield f"{margin}{mark} {line}"


def _fields(one: Taken) -> Iterator[str]:
    quote = f": “{one.text}”" if FEWEST <= len(one.text.split()) <= MOST else ""
    yield f"text: {_text(one.text)}"
    yield f"cites: [{_text(f'{SOURCE} {one.where}{quote}')}]"


def _sources(draft: Draft, name: str) -> Iterator[str]:
    yield "sources:"
    yield f"  - id: {SOURCE}"
    yield f"    title: {_text(name)}"
    yield '    publisher: "Old material"  # write who made it'
    yield "    kind: training  # what others say of a review; the report itself is a review-report"
    yield "    read: opening"
    yield "    note: Old material, taken over sentence by sentence; nobody has compared it with the report."


def _text(words: str) -> str:
    """Words as YAML reads them again, whatever they are."""
    return json.dumps(words, ensure_ascii=False)
