"""What `toolkit points`, `toolkit lenses` and `toolkit list` print: tables on a terminal, and elsewhere a
line for each entry with tabs between its parts.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import report
from toolkit.problems import Invalid, Problem, did_you_mean
from toolkit.project import Project, here

if TYPE_CHECKING:
    from rich.console import RenderableType

    from toolkit.content.guidance import Guidance, Shelf
    from toolkit.content.model import Point, Review

Line = tuple[str, ...]
NONE = "–"
RETIRED = "retired"  # in place of the standing of each point of a review that is no longer used
BREAK = "break"  # takes time and stands in no outline, but is no way of working
POINTS = ("review", "id", "title", "standing", "priority", "minutes", "themes", "lenses")


def points(lens: str | None = None, theme: str | None = None, review: str | None = None) -> int:
    """Print the learning points: all of them, or those of a review, a theme or an agency. Gives back the
    exit code.
    """
    with report.plainly():
        project = here()
        registers = project.registers()
        _known("lens", lens, registers.agencies)
        _known("theme", theme, registers.themes)
        _known("review", review, [path.stem for path in project.review_paths()])
        reviews, problems = _reviews(project, review)
        found = [
            (one, [point for point in one.points if _is_asked_for(point, lens, theme)]) for one in reviews
        ]
        found = [(one, chosen) for one, chosen in found if chosen]
        lines = [line_of(one, point) for one, chosen in found for point in chosen]
        if sys.stdout.isatty():
            _draw(*(point_table(one, chosen) for one, chosen in found))
        elif lines:
            _tell(POINTS, lines)
        if not lines:
            print("There is no such learning point.", file=sys.stderr)
        return 1 if report.tell(problems) else 0


def lenses() -> int:
    """Print how many points name each agency, and how many say what they mean for it. Gives back the exit
    code.
    """
    with report.plainly():
        project = here()
        reviews, problems = _reviews(project)
        agencies = list(project.registers().agencies)
        cells = {(lens, one.id): coverage(one, lens) for lens in agencies for one in reviews}
        if sys.stdout.isatty():
            _draw(*coverage_tables(agencies, [one.id for one in reviews], cells, _width()))
        else:
            lines = [(lens, *(cells[lens, one.id] for one in reviews)) for lens in agencies]
            _tell(("lens", *(one.id for one in reviews)), lines)
        return 1 if report.tell(problems) else 0


def listed(kind: str) -> int:
    """Print the ids and titles of everything of one kind. Gives back the exit code."""
    with report.plainly():
        project = here()
        problems: list[Problem] = []
        if kind == "points":
            reviews, problems = _reviews(project)
            lines: list[Line] = [(p.id, f"{p.title} ({one.id})") for one in reviews for p in one.points]
        else:
            lines = entries(project, kind)
        if not lines:
            print(f"There are no {kind} here.", file=sys.stderr)
        elif sys.stdout.isatty():
            wide = max(len(id) for id, _ in lines)
            for id, title in lines:
                print(f"{id:<{wide}}  {title}")
        else:
            _tell((), lines)
        return 1 if report.tell(problems) else 0


def line_of(review: Review, point: Point) -> Line:
    """A point as one line, in the order of POINTS."""
    from toolkit.content.evidence import standing
    from toolkit.plan.session import minutes_of

    how = RETIRED if review.retired else standing(review, point)
    minutes = NONE if how in ("hold", RETIRED) else str(minutes_of(point))
    themes, agencies = ", ".join(point.themes) or NONE, ", ".join(point.lenses) or NONE
    return review.id, point.id, point.title, how, str(point.priority), minutes, themes, agencies


def point_table(review: Review, chosen: Sequence[Point]) -> RenderableType:
    """The points of one review as a table for a terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    why = f", {review.why_retired}" if review.retired else ""
    title = Text(f"{review.title} ({review.id}{why})", "bold")
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", expand=True)
    table.add_column("Id", min_width=6, overflow="fold")
    table.add_column("Point", ratio=1, overflow="fold")
    table.add_column("Standing", min_width=10)
    table.add_column("Priority", min_width=8, justify="right")
    table.add_column("Minutes", min_width=7, justify="right")
    for point in chosen:
        _, id, title_of, how, priority, minutes, themes, agencies = line_of(review, point)
        about = Text(f"{title_of}\n").append(f"Themes: {themes}\nFor: {agencies}", "dim")
        table.add_row(Text(id), about, how, priority, minutes)
    return table


def coverage(review: Review, lens: str) -> str:
    """How many printable points of a review name an agency, a slash, and how many say what they mean for it;
    a dash for none.
    """
    from toolkit.content.evidence import printable

    every = printable(review)
    named = sum(lens in point.lenses for point in every)
    means = sum(any(role.lens == lens for role in point.roles) for point in every)
    return f"{named or NONE}/{means or NONE}" if named or means else NONE


def coverage_tables(
    agencies: Sequence[str], reviews: Sequence[str], cells: dict[tuple[str, str], str], width: int
) -> list[RenderableType]:
    """The counts as tables of agencies and numbered reviews, as many as the width needs, and who has which
    number.
    """
    from rich.table import Table
    from rich.text import Text

    wide = max((len(cell) for cell in cells.values()), default=1) + 2
    most = max(1, (width - max(map(len, agencies), default=0)) // wide)
    numbered = list(enumerate(reviews, 1))
    tables: list[RenderableType] = []
    for start in range(0, len(reviews), most):
        some = numbered[start : start + most]
        table = Table(box=None, padding=(0, 0, 0, 2), pad_edge=False)
        table.add_column("Agency", no_wrap=True)
        for number, _ in some:
            table.add_column(str(number), justify="right", no_wrap=True)
        for lens in agencies:
            table.add_row(lens, *(cells[lens, review] for _, review in some))
        tables += [table, Text()]
    told = "".join(f"{number:>3}  {review}\n" for number, review in numbered)
    told += f"Points that name the agency / points that say what they mean for it; {NONE} for none."
    return [*tables, Text(told)]


def entries(project: Project, kind: str) -> list[Line]:
    """The ids and titles of all themes, agencies, kinds, patterns, outlines, brands or reviews; or
    the old and the new words of the field, or guidance with its dates.
    """
    kind = "agencies" if kind == "lenses" else kind
    if kind in ("themes", "agencies", "kinds"):
        return [(id, entry.title) for id, entry in getattr(project.registers(), kind).items()]
    if kind == "terms":
        return [(term.old, f"{term.new}, since: {term.since}") for term in project.registers().terms]
    if kind == "guidance":
        shelf = project.registers().shelf
        return [(one.id, _when(one, shelf)) for one in shelf.entries]
    if kind == "reviews":
        return [(path.stem, _titled(path)) for path in project.review_paths()]
    if kind == "brands":
        return [(name, _said(project.brand_folder(name) / "brand.yaml", "name")) for name in project.brands()]
    folder = ("templates", "outlines" if kind == "outlines" else "pages")
    paths = [project.find(*folder, f"{name}.yaml") for name in project.names(*folder)]
    if kind == "outlines":
        return [(path.stem, _said(path, "title")) for path in paths]
    outlines = project.names("templates", "outlines")
    others = {BREAK, *(page for name in outlines for page in project.outline(name)[0].page_names)}
    return [
        (path.stem, _remark(path)) for path in paths if path.stem not in others and _said(path, "minutes")
    ]


def _when(entry: Guidance, shelf: Shelf) -> str:
    """Guidance by its name, from when it is in force as far as that is known, and what followed it."""
    from toolkit.content.guidance import in_words

    told = "no date is known"
    if day := entry.since or entry.said:
        told = f"{'from' if entry.since else 'said to be from'} {in_words(day)}"
    later = shelf.successors(entry)
    return f"{entry.name}, {told}{f'; then {later[0].name}' if later else ''}"


def _said(path: Path, field: str) -> str:
    """What a file says in one of its fields; nothing where it does not. Raises Invalid."""
    from toolkit.content.nodes import parse, read_text

    plain = parse(path, read_text(path)).plain()
    found = plain.get(field, "") if isinstance(plain, dict) else ""
    return found if isinstance(found, str) else ""


def _titled(path: Path) -> str:
    """The title of a review, and that it is retired, where it is. Raises Invalid."""
    since, instead = _said(path, "retired"), _said(path, "replaced_by")
    more = f" (retired since {since}{f'; in its place: {instead}' if instead else ''})" if since else ""
    return f"{_said(path, 'title')}{more}"


def _remark(path: Path) -> str:
    """The remark that a file begins with."""
    from toolkit.content.nodes import read_text

    first = read_text(path).partition("\n")[0]
    return first.lstrip("# ") if first.startswith("#") else ""


def _reviews(project: Project, only: str | None = None) -> tuple[list[Review], list[Problem]]:
    """The reviews that can be read, in the order of their names, and what is wrong with the others."""
    reviews: list[Review] = []
    problems: list[Problem] = []
    for path in project.review_paths():
        if only in (None, path.stem):
            try:
                reviews.append(project.review(path)[0])
            except Invalid as error:
                problems += error.problems
    return reviews, problems


def _is_asked_for(point: Point, lens: str | None, theme: str | None) -> bool:
    concerned = {*point.lenses, *(role.lens for role in point.roles)}
    return (lens is None or lens in concerned) and (theme is None or theme in point.themes)


def _known(what: str, name: str | None, there: Collection[str]) -> None:
    """Exits 2 for a name that is not there."""
    if name is not None and name not in there:
        hint = did_you_mean(name, there, f"there are: {', '.join(there) or 'none'}")
        print(f"No {what} is called '{name}'. {hint[0].upper()}{hint[1:]}", file=sys.stderr)
        sys.exit(2)


def _tell(header: Line, lines: Sequence[Line]) -> None:
    for line in (header, *lines) if header else lines:
        print("\t".join(" ".join(part.split()) for part in line))


def _draw(*tables: RenderableType) -> None:
    from rich.console import Console

    for table in tables:
        Console().print(table)


def _width() -> int:
    from rich.console import Console

    return Console().width
