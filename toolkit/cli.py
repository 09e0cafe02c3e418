"""The command line: what a person types, and what it prints.

Everything else is imported when it is needed.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from toolkit import __version__, report
from toolkit.content.bounds import LEAST_MINUTES, MOST_MINUTES
from toolkit.problems import Invalid, Problem
from toolkit.report import plainly

app = typer.Typer(
    name="toolkit",
    help="Learning points from safeguarding reviews, as PowerPoint decks with trainer notes "
    "and Word briefings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    pretty_exceptions_enable=False,
)


class Print(StrEnum):
    normal = "normal"
    large = "large"


class Mode(StrEnum):
    room = "room"
    online = "online"


class Kind(StrEnum):
    review = "review"
    deck = "deck"
    briefing = "briefing"


class Schema(StrEnum):
    review = "review"
    deck = "deck"
    briefing = "briefing"
    board = "board"


class Form(StrEnum):
    review = "review"
    points = "points"
    timeline = "timeline"


class Listed(StrEnum):
    themes = "themes"
    agencies = "agencies"
    kinds = "kinds"
    patterns = "patterns"
    outlines = "outlines"
    brands = "brands"
    reviews = "reviews"
    points = "points"
    terms = "terms"
    guidance = "guidance"
    lenses = "lenses"


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"toolkit {__version__}")
        raise typer.Exit


def _day(words: str | None) -> str:
    """A day as a person types it; nothing where there is none. Exits 2 for what is no day."""
    from datetime import date

    try:
        return date.fromisoformat(words).isoformat() if words else ""
    except ValueError:
        print(
            f"--on needs a day, and '{words}' is none. Write year-month-day, such as 2026-11-23.",
            file=sys.stderr,
        )
        raise typer.Exit(2) from None


@app.command()
def check(
    reading: Annotated[
        bool,
        typer.Option(
            "--reading", help="Advise on plain English: long sentences, reading age, abbreviations."
        ),
    ] = False,
) -> None:
    """Check every review, deck and briefing, and count how far the learning points may go."""
    from toolkit.checker import check

    raise typer.Exit(check(reading))


@app.command()
def build(
    names: Annotated[
        list[str] | None, typer.Argument(help="Decks or briefings to build; all of them when left out.")
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="Refuse points that nobody has checked against the review report.")
    ] = False,
    print_: Annotated[
        Print, typer.Option("--print", help="large: notes, handouts, team sheets and briefings in 18 points.")
    ] = Print.normal,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="ENDINGS", help="Make only these files, such as pptx,notes.pdf."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", min=1, help="How many processes may work at once; as many as there are cores."
        ),
    ] = None,
    with_office: Annotated[
        bool,
        typer.Option(
            "--with-office", help="Also make PDFs and pictures through LibreOffice, where it is installed."
        ),
    ] = False,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes",
            min=LEAST_MINUTES,
            max=MOST_MINUTES,
            help="An edition of the deck for so many minutes.",
        ),
    ] = None,
    lens: Annotated[
        list[str] | None,
        typer.Option(
            "--lens",
            metavar="AGENCY",
            help="An edition for an agency, or for everyone; may be given several times.",
        ),
    ] = None,
    mode: Annotated[Mode | None, typer.Option("--mode", help="An edition for a room, or for online.")] = None,
    points: Annotated[
        str | None,
        typer.Option("--points", metavar="IDS", help="An edition on these points, such as P-1,P-2."),
    ] = None,
    restricted: Annotated[
        bool,
        typer.Option(
            "--restricted", help="An edition for few, which tells what is restricted; every page says so."
        ),
    ] = False,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", help="With what was in force on this day, in place of the edition’s own."
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say which source line needed a second slide or page.")
    ] = False,
) -> None:
    """Build decks and briefings into build/. Only what has changed is made again."""
    from toolkit.builder import build
    from toolkit.targets import Wishes

    ids = tuple((points or "").replace(",", " ").replace(";", " ").split())
    wishes = Wishes(minutes, tuple(lens or ()), mode.value if mode else "", ids, restricted)
    large = print_ is Print.large
    raise typer.Exit(build(names or (), final, large, only, jobs, with_office, verbose, wishes, _day(on)))


@app.command()
def stale(
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="As things are on this day; today when left out."),
    ] = None,
    fail: Annotated[
        bool, typer.Option("--fail", help="Exit with 1 where something is out of date, for automation.")
    ] = False,
) -> None:
    """Show what is out of date: superseded guidance, old terms, days to look again, built files."""
    from datetime import date

    from toolkit.refresh.stale import stale

    raise typer.Exit(stale(_day(on) or date.today().isoformat(), fail))


@app.command()
def affected(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Reviews, in your folder or not yet, board.yaml, or a register of guidance or terms."
        ),
    ],
) -> None:
    """Show which decks, briefings, themes and points a new or changed file touches, and why."""
    from toolkit.refresh.affected import affected

    raise typer.Exit(affected(files))


@app.command()
def approve(
    names: Annotated[list[str], typer.Argument(help="Decks or briefings whose editions are approved.")],
    by: Annotated[str, typer.Option("--by", help="Who approves them: a role or a name.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="On which day, such as 2026-11-01; today.")
    ] = None,
) -> None:
    """Write down who has approved an edition, as it would be printed now; build --final asks for it."""
    from toolkit.refresh.approval import approve

    raise typer.Exit(approve(names, by, on))


@app.command()
def pull(
    file: Annotated[Path, typer.Argument(help="A built .pptx or .docx that you have changed by hand.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Take over all that is clear; ask nothing, and leave the rest.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done, and write nothing.")
    ] = False,
) -> None:
    """Bring what you changed in a built file back into the review it came from, or keep it for each build."""
    from toolkit.refresh.pull import pull

    raise typer.Exit(pull(file, yes, dry_run))


@app.command()
def form(
    kind: Annotated[Form, typer.Argument(help="What the form asks for.")],
    name: Annotated[
        str | None, typer.Argument(help="The review it is filled from; an empty form when left out.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Where to write it: a new .docx, or .xlsx for points or a timeline."
        ),
    ] = None,
) -> None:
    """Make a Word form for a review, or a form or sheet for its learning points or its timeline."""
    from toolkit.forms.form import form

    raise typer.Exit(form(kind.value, name, out))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A form or sheet that you have filled in.")],
    review: Annotated[
        str | None,
        typer.Option(
            "--review", metavar="NAME", help="The review it belongs to; as the form says when left out."
        ),
    ] = None,
) -> None:
    """Take what was filled in in a form into its review, or start a new one; comments in the file stay."""
    from toolkit.forms.reading import read

    raise typer.Exit(read(file, review))


@app.command()
def session() -> None:
    """Make a session by answering four questions: which reviews, who comes, how long, room or online."""
    from toolkit.asking import session

    raise typer.Exit(session())


@app.command()
def cite(
    report: Annotated[Path, typer.Argument(help="The report: a .pdf, .docx or .txt file.")],
    review: Annotated[str, typer.Option("--review", metavar="NAME", help="The review whose report it is.")],
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="ID", help="Which source it is; the review report when left out."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who checks: a name or role, which goes into the review."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: you have compared each sentence with what was found.")
    ] = False,
) -> None:
    """Look for the words behind the cites of a review in its report, and write down where they stand."""
    from toolkit.refresh.citing import cite

    raise typer.Exit(cite(report, review, source, by, yes))


@app.command()
def show(file: Annotated[Path, typer.Argument(help="A .pptx, .potx, .docx or .dotx file.")]) -> None:
    """Print an Office file as plain text: slides, placeholders, notes, styles, properties."""
    from toolkit.office.show import show

    with plainly():
        print(show(file), end="")


@app.command()
def accessible(
    files: Annotated[list[Path], typer.Argument(help="Office files, from this toolkit or from anywhere.")],
) -> None:
    """Check Office files against Microsoft's accessibility rules, and tell what in them is active."""
    from toolkit.office.accessible import check_accessible
    from toolkit.office.accessible.active import active
    from toolkit.office.opc import read_package

    errors = 0
    problems: list[Problem] = []
    for file in files:
        try:
            package = read_package(file)
            findings, runs = check_accessible(package), active(package)
        except Invalid as error:
            problems += error.problems
            continue
        counts = {level: sum(f.level == level for f in findings) for level in ("error", "warning", "tip")}
        errors += counts["error"]
        print(
            f"{file}: "
            + (
                ", ".join(f"{n} {level}{'s' if n > 1 else ''}" for level, n in counts.items() if n)
                or ("no barrier found" if runs else "nothing found")
            )
        )
        for finding in findings:
            print(
                f"  {finding.level}: {finding.rule}, {finding.where}: {finding.message}\n"
                f"      = {finding.hint}"
            )
        if runs:
            print(
                f"{file}: active content, which runs, fetches or opens something, or asks who opens the file"
            )
            print("\n".join(f"  {line}" for line in runs))
            print("      = if you do not know who made the file, do not enable or update anything in it")
    if report.tell(problems) or errors:
        raise typer.Exit(1)


@app.command()
def audit(
    files: Annotated[
        list[Path], typer.Argument(help="Old .pptx, .docx, .pdf or .txt files, or web pages that you saved.")
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As things are on this day; today if left out.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show all that was found, however much it is.")
    ] = False,
) -> None:
    """Show what is wrong with old material: superseded guidance, old terms, vague links, who is shut out."""
    from datetime import date

    from toolkit.intake.audit import audit

    raise typer.Exit(audit(files, _day(on) or date.today().isoformat(), verbose))


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="An old .pptx, .docx, .pdf or .txt file, or a saved web page.")
    ],
    name: Annotated[
        str, typer.Option("--name", help="What the review is to be called; the name of the file if left out.")
    ] = "",
) -> None:
    """Take an old deck, briefing or summary over as a draft of a review, each sentence with its place."""
    from toolkit.intake.taking import take_in

    raise typer.Exit(take_in(file, name))


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="A .pptx, .docx or .pdf that the toolkit built.")],
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of a sentence; every sentence when left out.")
    ] = None,
) -> None:
    """Show where each sentence of a built file comes from, and which words are not ours."""
    from toolkit.refresh.tracer import trace

    raise typer.Exit(trace(file, words or ()))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A .pptx, .docx or .pdf that the toolkit built.")],
) -> None:
    """Show what a built file was made of, whether it is current, and what was changed in it since."""
    from toolkit.refresh.verifier import verify

    raise typer.Exit(verify(file))


@app.command()
def brand(
    files: Annotated[list[Path], typer.Argument(help="A PowerPoint template, a Word template, or both.")],
    save: Annotated[
        str, typer.Option("--save", metavar="NAME", help="Write templates/brands/NAME, ready to build with.")
    ] = "",
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Say all that the templates hold, and what it is used for."),
    ] = False,
) -> None:
    """Show what a template holds and try it; with --save, make it a brand of your folder."""
    from toolkit.trial import brand

    raise typer.Exit(brand(files, save, verbose))


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What to start.")],
    name: Annotated[str, typer.Argument(help="Its name, in lower case with hyphens, such as baby-rose.")],
) -> None:
    """Start a review, deck or briefing from a commented file that builds as it is."""
    from toolkit.project import here
    from toolkit.start import start_file

    with plainly():
        path = start_file(here(), kind.value, name)
        print(f"wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="A new folder for a board's own reviews, decks and briefings.")
    ],
    board: Annotated[str | None, typer.Option("--board", metavar="NAME", help="The board's name.")] = None,
    concern: Annotated[
        str | None,
        typer.Option(
            "--concern",
            metavar="TEXT",
            help="How to raise a concern about a child: a number or a sentence.",
        ),
    ] = None,
    template: Annotated[
        list[Path] | None,
        typer.Option(
            "--template", help="A PowerPoint or Word template to make a brand from, or one of each."
        ),
    ] = None,
    reviews: Annotated[
        str | None,
        typer.Option("--reviews", metavar="NAMES", help="Which reviews to bring along: all, none, or a,b."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; leave out what is not given.")] = False,
) -> None:
    """Make a folder of your own, with examples that build at once."""
    from toolkit.starter import init

    init(folder, board, concern, template or (), reviews, yes)


@app.command()
def points(
    lens: Annotated[
        str | None,
        typer.Option(
            "--lens", metavar="ID", help="Those that name this agency, or say what they mean for it."
        ),
    ] = None,
    theme: Annotated[
        str | None, typer.Option("--theme", metavar="ID", help="Those about this theme.")
    ] = None,
    review: Annotated[
        str | None, typer.Option("--review", metavar="ID", help="Those of this review.")
    ] = None,
) -> None:
    """Show the learning points: standing, themes, agencies, priority, and the minutes they take at least."""
    from toolkit.lister import points

    raise typer.Exit(points(lens, theme, review))


@app.command()
def lenses() -> None:
    """Show for each agency and review how many points name it, and how many say what they mean for it."""
    from toolkit.lister import lenses

    raise typer.Exit(lenses())


@app.command("list")
def list_(kind: Annotated[Listed, typer.Argument(help="What to list.")]) -> None:
    """List the ids and titles of themes, agencies (or lenses), kinds, patterns, outlines, brands, reviews or
    points; or terms, old words and new, and guidance with its dates.
    """
    from toolkit.lister import listed

    raise typer.Exit(listed(kind.value))


@app.command()
def schema(
    kind: Annotated[
        Schema | None, typer.Argument(help="Print one schema instead of writing all of them.")
    ] = None,
) -> None:
    """Write the JSON Schemas that give editors completion and red underlines into reference/schema/."""
    from toolkit.project import here
    from toolkit.start import schema_text, write_schemas

    with plainly():
        if kind:
            print(schema_text(kind.value), end="")
            return
        for path in write_schemas(here().root):
            print(f"wrote {path}")
