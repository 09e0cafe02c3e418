"""The command line: what a person types, and what it prints. Everything else is imported when it is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit import __version__, report
from toolkit.problems import Invalid, Problem

if TYPE_CHECKING:
    from toolkit.build import Built
    from toolkit.project import Project, Target

app = typer.Typer(
    name="toolkit",
    help="Learning points from safeguarding reviews, as PowerPoint decks with trainer notes and Word briefings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    pretty_exceptions_enable=False,
)


class Print(StrEnum):
    normal = "normal"
    large = "large"


class Kind(StrEnum):
    review = "review"
    deck = "deck"
    briefing = "briefing"


FOLDERS = {Kind.review: "reviews", Kind.deck: "decks", Kind.briefing: "briefings"}


@contextmanager
def _plainly() -> Iterator[None]:
    """A person's mistake ends as printed problems and exit 1, never as a traceback."""
    try:
        yield
    except Invalid as error:
        report.tell(error.problems)
        raise typer.Exit(1) from None


def _project() -> Project:
    from toolkit.project import Project, find_root

    return Project(find_root(Path.cwd()))


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"toolkit {__version__}")
        raise typer.Exit


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
    with _plainly():
        project = _project()
        problems: list[Problem] = []
        counts: list[tuple[str, dict[str, int], list[str]]] = []
        for path in project.review_paths():
            problems += _problems(lambda path=path: project.review(path)) or project.advice(path)  # type: ignore[misc]
            if not any(p.stops and p.place.path == path for p in problems):
                counts.append(_standings(project, path))
        for target in project.targets():
            problems += _problems(lambda target=target: _planned(project, target))  # type: ignore[misc]
        if reading:
            problems += [p for path in project.review_paths() for p in _reading(project, path)]
        stopping = report.tell(problems)
        _table(counts)
        if stopping:
            print(f"{stopping} problem{'s' if stopping > 1 else ''} to put right.", file=sys.stderr)
            raise typer.Exit(1)
        print("No problems found.")


def _problems(attempt: Callable[[], object]) -> list[Problem]:
    try:
        attempt()
    except Invalid as error:
        return error.problems
    return []


def _planned(project: Project, target: Target) -> object:
    from toolkit.build import Options, make

    return make(project, target, Options())


def _standings(project: Project, path: Path) -> tuple[str, dict[str, int], list[str]]:
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
    return path.stem, found, held


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


def _table(counts: list[tuple[str, dict[str, int], list[str]]]) -> None:
    if not counts:
        return
    wide = max(len(name) for name, _, _ in counts)
    print(f"{'Learning points':<{wide}}  releasable  marked  hold")
    for name, found, held in counts:
        print(f"{name:<{wide}}  {found['releasable']:>10}  {found['marked']:>6}  {found['hold']:>4}")
        for line in held:
            print(f"{'':<{wide}}  to do: {line}")


@app.command()
def build(
    names: Annotated[
        list[str] | None, typer.Argument(help="Decks or briefings to build; all of them when left out.")
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="Refuse points that nobody has checked against the review report.")
    ] = False,
    print_: Annotated[
        Print, typer.Option("--print", help="large: trainer notes in 18 points.")
    ] = Print.normal,
    only: Annotated[
        str, typer.Option("--only", metavar="ENDINGS", help="Make only these files, such as pptx,notes.pdf.")
    ] = "",
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
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say which source line needed a second slide or page.")
    ] = False,
) -> None:
    """Build decks and briefings into build/. Only what has changed is made again."""
    from toolkit.build import Failed, Options
    from toolkit.crew import build_all

    with _plainly():
        project = _project()
        targets = _chosen(project, names or [])
        options = Options(final, print_ is Print.large, _endings(only, targets))
        targets = [target for target in targets if options.formats(target)]
        done: list[Built] = []
        failed: list[Failed] = []
        with (
            _progress(len(targets)) as (begin, step),
            closing(
                build_all(project, targets, options, jobs, lambda target: begin(target.name))
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
        for one in done:
            for remark in one.remarks:
                print(f"note: {remark}", file=sys.stderr)
            if verbose:
                for fitted in one.fitted:
                    print(f"  {fitted}")
        problems = [problem for one in failed for problem in one.problems]
        if with_office:
            problems += _proofs(project, done)
        made = sum(bool(one.written) for one in done)
        if done or not failed:
            print(_summary(made, len(done) - made, sum(len(one.fitted) for one in done), verbose))
        if report.tell(problems):
            others = " The others are built." if done else ""
            print(f"{len(failed)} of {len(targets)} could not be built.{others}", file=sys.stderr)
            raise typer.Exit(1)


def _endings(only: str, targets: list[Target]) -> tuple[str, ...]:
    """The endings in a list such as pptx,notes.pdf. Exits 2 for one that none of the targets has."""
    from toolkit.render.formats import FORMATS

    there = list(dict.fromkeys(one.ending for target in targets for one in FORMATS[target.folder]))
    found = tuple(f".{name.strip().removeprefix('.')}" for name in only.split(",") if name.strip())
    for ending in found:
        if targets and ending not in there:
            every = ", ".join(one.removeprefix(".") for one in there)
            print(f"No file that is built here ends in '{ending}'. There are: {every}", file=sys.stderr)
            raise typer.Exit(2)
    return found


def _proofs(project: Project, done: list[Built]) -> list[Problem]:
    """Faithful proofs of the decks and briefings that are there, through LibreOffice."""
    from toolkit.proofs import prove

    problems: list[Problem] = []
    with _progress(len(done)) as (begin, step):
        for one in done:
            begin(f"{one.target.name} through LibreOffice")
            try:
                for path in prove(one.target.output):
                    print(f"wrote {project.named(path)}", flush=True)
            except Invalid as error:
                problems += error.problems
            step()
    return problems


def _summary(made: int, unchanged: int, fitted: int, verbose: bool) -> str:
    parts = [f"{made} built"] if made else []
    parts += [f"{unchanged} unchanged"] if unchanged else []
    words = f"{', '.join(parts) or 'Nothing to build'}."
    if fitted and not verbose:
        words += f" {fitted} slides or notes needed more than one page; toolkit build -v says which."
    return words


def _chosen(project: Project, names: list[str]) -> list[Target]:
    """The targets with these names (national-reviews, or decks/national-reviews). Exits 2 for one that is not there."""
    import difflib

    every = project.targets()
    found: list[Target] = []
    for name in names:
        short = name.replace("\\", "/").removesuffix(".yaml").removeprefix("./")
        matches = [t for t in every if short in (t.name, f"{t.folder}/{t.name}")]
        if not matches:
            near = difflib.get_close_matches(short, [t.name for t in every], 1)
            hint = (
                f"Did you mean '{near[0]}'?"
                if near
                else f"There are: {', '.join(sorted({t.name for t in every}))}"
            )
            print(f"No deck or briefing is called '{name}'. {hint}", file=sys.stderr)
            raise typer.Exit(2)
        found += [t for t in matches if t not in found]
    return found if names else every


@contextmanager
def _progress(total: int) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """A progress bar on the terminal, as two functions: one thing has begun, one is done. Nothing elsewhere, where each file is a line."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda name: None, lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("Building", total=total)
        yield lambda name: bar.update(task, description=f"Building {name}"), lambda: bar.advance(task)


@app.command()
def show(file: Annotated[Path, typer.Argument(help="A .pptx, .potx, .docx or .dotx file.")]) -> None:
    """Print an Office file as plain text: slides, placeholders, notes, styles, properties."""
    from toolkit.office.show import show

    with _plainly():
        print(show(file), end="")


@app.command()
def accessible(
    files: Annotated[list[Path], typer.Argument(help="Office files, from this toolkit or from anywhere.")],
) -> None:
    """Check Office files against Microsoft's accessibility rules, and those that its checker misses."""
    from toolkit.office.accessible import check_accessible

    errors = 0
    problems: list[Problem] = []
    for file in files:
        try:
            findings = check_accessible(file)
        except Invalid as error:
            problems += error.problems
            continue
        counts = {level: sum(f.level == level for f in findings) for level in ("error", "warning", "tip")}
        errors += counts["error"]
        print(
            f"{file}: "
            + (
                ", ".join(f"{n} {level}{'s' if n > 1 else ''}" for level, n in counts.items() if n)
                or "nothing found"
            )
        )
        for finding in findings:
            print(
                f"  {finding.level}: {finding.rule}, {finding.where}: {finding.message}\n      = {finding.hint}"
            )
    if report.tell(problems) or errors:
        raise typer.Exit(1)


@app.command()
def brand(
    files: Annotated[list[Path], typer.Argument(help="A PowerPoint template, a Word template, or both.")],
    save: Annotated[
        str, typer.Option("--save", metavar="NAME", help="Write templates/brands/NAME, ready to build with.")
    ] = "",
) -> None:
    """Show what a template holds and how it would be used; with --save, make it a brand of your folder."""
    from toolkit.brand.inspection import describe, inspect, save_brand

    with _plainly():
        for file in files:
            print(describe(inspect(file)))
        if save:
            folder = save_brand(files, save, _project().root / "templates" / "brands")
            print(f"wrote {folder}. Next: write brand: {save} in a deck or briefing, and build it.")


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What to start.")],
    name: Annotated[str, typer.Argument(help="Its name, in lower case with hyphens, such as baby-rose.")],
) -> None:
    """Start a review, deck or briefing from a commented file that builds as it is."""
    from toolkit.start import start_file

    with _plainly():
        path = start_file(_project(), kind.value, FOLDERS[kind], name)
        print(f"wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="A new folder for a board's own reviews, decks and briefings.")
    ],
) -> None:
    """Make a folder of your own, with examples that build at once."""
    from toolkit.start import start_folder

    with _plainly():
        start_folder(folder)
        print(f"made {folder}. Next: cd {folder}, then: toolkit build")


@app.command()
def schema(
    kind: Annotated[
        Kind | None, typer.Argument(help="Print one schema instead of writing all of them.")
    ] = None,
) -> None:
    """Write the JSON Schemas that give editors completion and red underlines into reference/schema/."""
    from toolkit.start import schema_text, write_schemas

    with _plainly():
        if kind:
            print(schema_text(kind.value), end="")
            return
        for path in write_schemas(_project().root):
            print(f"wrote {path}")


def main() -> None:
    """Run the command line. Output is UTF-8 wherever it goes, because reviews hold more letters than a Windows code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except KeyboardInterrupt:
        print("Stopped. Files that were already built are whole.", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
