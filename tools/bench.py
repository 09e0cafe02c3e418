"""`make bench`: speed, growth and memory beside pandoc, on frozen invented inputs. Exits 1 for a bar not met.

What is measured are whole processes, imports included, with files in the system's cache. Runs alternate
(ours, pandoc, ours, …), so that a machine that slows down slows both; every ratio is one of medians. Needs
Linux (memory is read in /proc) and pypandoc-binary.

`tools/bench` is a folder of invented reviews, decks and a briefing with its own copies of outlines and page
templates, so that the toolkit's may change without changing what is measured. `tools/bench/pandoc` has the
same words, slide by slide, as pandoc's Markdown, written once by `tools/bench.py freeze`; a session of today
says less on a slide and in its notes, and so the decks here have outlines without a clock.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from toolkit.fit.slides import Slide
from toolkit.plan.model import Block, Bullets, Heading, Page, Quotation, Spans, Table, Timeline

ROOT = Path(__file__).parent.parent
FROZEN = ROOT / "tools" / "bench"
WITHOUT_GATE = FROZEN / "without_gate.py"
RUNS = 7  # of each pair of single builds
BATCH = 500  # decks of ours: a sample of the 1,000 that the bar names, whose start counts for less
THEIRS = 100  # of the same decks by pandoc, each of which is a process of its own
FIVE = (
    "--only",
    "pptx,notes.pdf,guide.docx,guide.pdf,handout.pdf",
)  # of a deck's files, where five are measured
NAMES = (
    *("Alder", "Aspen", "Beech", "Birch", "Bramble", "Briar", "Cedar", "Clover", "Elder", "Elm"),
    *("Fern", "Heather", "Holly", "Ivy", "Juniper", "Laurel", "Maple", "Myrtle", "Poplar", "Willow"),
)
TOOLKIT = (sys.executable, "-m", "toolkit")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # pip compiles what it installs, and so would the first run


@dataclass(frozen=True)
class Run:
    """What some whole processes took, one after another: seconds, seconds of CPU, and MiB at their peak.

    `largest` is the most that one process ever held, `together` the most that all of them held at one moment:
    resident memory from /proc, read every 10 ms. Pages that processes share count once for each.
    """

    seconds: float
    cpu: float
    largest: float = 0.0
    together: float = 0.0


@dataclass(frozen=True)
class Bar:
    """A figure beside its limit, `least` where more is better. `beside` is what it was worked out from."""

    what: str
    figure: float
    limit: float
    beside: str
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure keeps to its limit."""
        return self.figure >= self.limit if self.least else self.figure <= self.limit

    def __str__(self) -> str:
        limit = f"{'at least' if self.least else 'at most'} {self.limit:g}"
        verdict = "ok" if self.met else "short"
        return f"{self.what:<52} {self.figure:>8.2f}  {limit:<13} {verdict:<6} {self.beside}"


def run(command: Sequence[str | Path], cwd: Path, watched: bool = False) -> Run:
    """Run a command to its end; `watched` sees what its processes hold together. Exits when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    ended, peaks = threading.Event(), [0.0, 0.0]

    def watch() -> None:
        while not ended.wait(0.01):
            held = [resident(pid) for pid in family(process.pid)]
            peaks[0] = max(peaks[0], *(most for _, most in held))
            peaks[1] = max(peaks[1], peaks[0], sum(now for now, _ in held))

    watcher = threading.Thread(target=watch)
    if watched:
        watcher.start()
    assert process.stderr
    said = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    ended.set()
    if watched:
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}\n{said}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, *peaks)


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, as far as they are there."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))
    except OSError:
        return


def resident(pid: int) -> tuple[float, float]:
    """MiB that a process holds in memory now, and the most that it has held; nothing when it has ended."""
    try:
        words = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0, 0.0
    found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", words, re.M))
    return int(found.get("VmRSS", 0)) / 1024, int(found.get("VmHWM", 0)) / 1024


def compare(
    what: str, limit: float, ours: Callable[[], Run], theirs: Callable[[], Run], runs: int = RUNS
) -> Bar:
    """How many times as long ours takes, in medians of alternating runs."""
    ours(), theirs()  # fill the system's cache
    pairs = [(ours(), theirs()) for _ in range(runs)]
    mine, other = (statistics.median(pair[side].seconds for pair in pairs) for side in (0, 1))
    return Bar(what, mine / other, limit, f"{mine:.3f} s / {other:.3f} s")


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of log time against log size, by least squares over (size, time)."""
    xs, ys = [math.log(size) for size, _ in points], [math.log(spent) for _, spent in points]
    mean_x, mean_y = statistics.fmean(xs), statistics.fmean(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def growth(what: str, limit: float, points: Sequence[tuple[float, float]]) -> Bar:
    """The exponent over all sizes, or over the upper ones if larger: start-up hides growth at small sizes."""
    beside = ", ".join(f"{size:,.0f}: {spent:.2f} s" for size, spent in points)
    return Bar(what, max(exponent(points), exponent(points[-3:])), limit, f"CPU {beside}")


# What is built


def folder(work: Path) -> Path:
    """A fresh copy of the frozen folder."""
    return Path(shutil.copytree(FROZEN, work, ignore=shutil.ignore_patterns("pandoc", "build", "*.py")))


def toolkit(board: Path, *words: str, afresh: bool = True, watched: bool = False) -> Run:
    """Build in a folder, as if nothing had been built unless told otherwise; compiled brands are kept."""
    if afresh:
        for path in (board / "build").glob("*"):
            if path.name != ".cache":
                shutil.rmtree(path)
    return run([*TOOLKIT, "build", *words], board, watched)


def from_nothing(board: Path) -> Run:
    """Build all targets of a folder where there is not even a compiled brand."""
    shutil.rmtree(board / "build", ignore_errors=True)
    return toolkit(board)


def pandoc(board: Path, *targets: tuple[str, str]) -> Run:
    """pandoc making some files, one after another: (name, ending)."""
    import pypandoc

    runs = [
        run(
            [pypandoc.get_pandoc_path(), FROZEN / "pandoc" / f"{name}.md", "-o", f"pandoc-{name}.{ending}"],
            board,
        )
        for name, ending in targets
    ]
    return Run(sum(r.seconds for r in runs), sum(r.cpu for r in runs))


def renamed(board: Path, review: str, name: str, id: str) -> None:
    """A frozen review once more, under another id and about a child of another name."""
    words = (FROZEN / "reviews" / f"{review}.yaml").read_text("utf-8")
    words = re.sub(rf"^id: {review}$", f"id: {id}", words, flags=re.M)
    (board / "reviews" / f"{id}.yaml").write_text(words.replace(review.capitalize(), name), "utf-8")


def long_deck(board: Path, name: str, reviews: int) -> None:
    """A deck of so many reviews, the three of the frozen one again and again: about 42 slides a review.

    Without the table of themes, which has a column for each review: nobody can read it with a dozen.
    """
    outlines = FROZEN / "templates" / "outlines"
    outline = (outlines / "session-90.yaml").read_text("utf-8")
    shared = "  - name: What the reviews share\n    pages:\n      - {page: themes, when: shared}\n"
    assert shared in outline
    outline = outline.replace(shared, "")
    (board / "templates" / "outlines" / "session-long.yaml").write_text(outline, "utf-8")
    text = (FROZEN / "decks" / "several.yaml").read_text("utf-8").replace("session-90", "session-long")
    head, _, chosen = text.partition("reviews:\n")
    parts = [f"  - review: {part}" for part in chosen.split("  - review: ")[1:]]
    picked = []
    for n in range(reviews):
        review = ("ash", "wren", "linden")[n % 3]
        renamed(board, review, f"{review.capitalize()} {n + 1}", f"{review}-{n + 1}")
        picked.append(parts[n % 3].replace(f"review: {review}", f"review: {review}-{n + 1}"))
    (board / "decks" / f"{name}.yaml").write_text(f"{head}reviews:\n{''.join(picked)}", "utf-8")


def slides_and_words(file: Path) -> tuple[int, int]:
    """How many slides a deck has, and how many words on slides and in notes, without headers and footers."""
    from pptx import Presentation
    from pptx.enum.shapes import PP_PLACEHOLDER as KINDS

    repeated = (KINDS.HEADER, KINDS.FOOTER, KINDS.DATE, KINDS.SLIDE_NUMBER)
    words = 0
    slides = list(Presentation(str(file)).slides)
    for slide in slides:
        shapes = [*slide.shapes, *(slide.notes_slide.placeholders if slide.has_notes_slide else ())]
        for shape in shapes:
            if shape.is_placeholder and shape.placeholder_format.type in repeated:
                continue
            if shape.has_text_frame:
                words += len(shape.text_frame.text.split())
            elif getattr(shape, "has_table", False):
                words += sum(len(cell.text.split()) for row in shape.table.rows for cell in row.cells)
    return len(slides), words


# The bars


def same_words(work: Path) -> Iterator[Bar]:
    """That both sides write the same: as many words, and about as many slides."""
    board = folder(work / "words")
    toolkit(board)
    pandoc(board, ("one", "pptx"), ("several", "pptx"))
    for name, slides in (("one", 24), ("several", 127)):
        (mine, words), (other, others) = (
            slides_and_words(board / file) for file in (f"build/decks/{name}.pptx", f"pandoc-{name}.pptx")
        )
        beside = f"{mine} slides, {words:,} words; pandoc {other}, {others:,}"
        yield Bar(f"deck of {slides} slides: words, ours / pandoc", words / others, 1.01, beside)


def single_builds(work: Path) -> Iterator[Bar]:
    """One target or all of them, beside pandoc with the same words."""
    board = folder(work / "single")
    several, one, briefing = ("several", "pptx"), ("one", "pptx"), ("hazel", "docx")

    def alone(target: str, kind: str) -> Callable[[], Run]:
        return lambda: toolkit(board, target, "--only", kind)

    def theirs(*targets: tuple[str, str]) -> Callable[[], Run]:
        return lambda: pandoc(board, *targets)

    yield compare("deck of 127 slides, .pptx alone", 1.0, alone("decks/several", "pptx"), theirs(several))
    yield compare("deck of 24 slides, .pptx alone", 2.0, alone("decks/one", "pptx"), theirs(one))
    yield compare(
        "briefing of four pages, .docx alone", 3.0, alone("briefings/hazel", "docx"), theirs(briefing)
    )
    yield compare(
        "deck of 127, five files to pandoc's one",
        2.0,
        lambda: toolkit(board, "several", *FIVE),
        theirs(several),
    )
    review = board / "reviews" / "ash.yaml"
    plain = review.read_text("utf-8")
    changed = plain.replace("made up to measure with", "made up in order to measure")
    assert plain != changed

    def after_a_change() -> Run:
        review.write_text(plain if review.read_text("utf-8") == changed else changed, "utf-8")
        return toolkit(board, "several", *FIVE, afresh=False)

    yield compare("the same after one changed sentence", 2.0, after_a_change, theirs(several))
    review.write_text(plain, "utf-8")
    yield compare(
        "all targets in one run, to pandoc one by one",
        1.0,
        lambda: from_nothing(board),
        theirs(several, one, briefing),
    )
    toolkit(board)
    yield compare(
        "unchanged, to python -c 'import typer, yaml'",
        2.0,
        lambda: toolkit(board, afresh=False),
        lambda: run([sys.executable, "-c", "import typer, yaml"], board),
    )


def many_decks(work: Path) -> Iterator[Bar]:
    """Many decks of 24 slides on two cores, each on one of twenty reviews and with a title of its own."""
    import pypandoc

    board = folder(work / "many")
    shutil.rmtree(board / "decks")
    shutil.rmtree(board / "briefings")
    (board / "decks").mkdir()
    deck = (FROZEN / "decks" / "one.yaml").read_text("utf-8")
    text = (FROZEN / "pandoc" / "one.md").read_text("utf-8")
    for name in NAMES:
        renamed(board, "rowan", name, name.lower())
    for n in range(BATCH):
        name = NAMES[n % len(NAMES)]
        mine = deck.replace("review: rowan", f"review: {name.lower()}").replace(
            "from Rowan", f"from {name}, group {n}"
        )
        (board / "decks" / f"deck-{n:03}.yaml").write_text(mine, "utf-8")
        (board / f"deck-{n:03}.md").write_text(
            text.replace("from Rowan", f"from {name}, group {n}").replace("Rowan", name), "utf-8"
        )

    def ours(*command: str | Path) -> Callable[[], Run]:
        def build() -> Run:
            shutil.rmtree(board / "build", ignore_errors=True)
            return run([*command, "build", "--only", "pptx", "--jobs", "2"], board)

        return build

    def theirs() -> Run:
        begin = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            files = [f"deck-{n:03}" for n in range(THEIRS)]
            list(
                pool.map(
                    lambda f: run([pypandoc.get_pandoc_path(), f"{f}.md", "-o", f"{f}.pptx"], board), files
                )
            )
        return Run(time.perf_counter() - begin, 0.0)

    with_gates, without = ours(*TOOLKIT), ours(sys.executable, WITHOUT_GATE)
    runs = [(theirs(), with_gates(), without()) for _ in range(3)]
    spent = [statistics.median(run[side].seconds for run in runs) for side in range(3)]
    other, gated, bare = (s / decks * 1000 for s, decks in zip(spent, (THEIRS, BATCH, BATCH)))
    for what, limit, mine in (
        ("with all gates", 5.0, gated),
        ("without the accessibility gate", 10.0, bare),
    ):
        beside = f"pandoc {other:.0f} s / {mine:.0f} s, worked out from {THEIRS} and {BATCH}"
        yield Bar(f"1,000 decks, two cores, {what}", other / mine, limit, beside, least=True)


def sizes(work: Path) -> Iterator[Bar]:
    """How time grows with slides and with reviews, and how much memory decks take, all five files of each."""
    board = folder(work / "sizes")
    counts = {"one": 24.0, "several": 127.0}
    for name, reviews in (("six", 6), ("twelve", 12), ("twenty-six", 26), ("thirty", 30)):
        long_deck(board, name, reviews)
        counts[name] = 0.0
    runs: dict[str, list[Run]] = {}
    for name in counts:
        tries = 3 if counts[name] else 1 if name == "thirty" else 2
        runs[name] = [toolkit(board, f"decks/{name}", *FIVE, watched=True) for _ in range(tries)]
        counts[name] = float(slides_and_words(board / "build" / "decks" / f"{name}.pptx")[0])
    spent = [(counts[name], min(r.cpu for r in tries)) for name, tries in runs.items()]
    yield growth("exponent over slides, five files", 1.05, spent[:-1])
    how = "resident, ru_maxrss", "resident, /proc each 10 ms, shared pages counted each time"
    normal, huge = runs["several"], runs["thirty"]
    yield Bar("deck of 127, MiB of the largest process", max(r.largest for r in normal), 200, how[0])
    yield Bar("deck of 127, MiB of all processes", max(r.together for r in normal), 400, how[1])
    yield Bar(
        f"deck of {counts['thirty']:,.0f}, MiB of all processes",
        max(r.together for r in huge),
        400,
        f"largest {max(r.largest for r in huge):.0f} MiB",
    )


def reviews_in_a_folder(work: Path) -> Iterator[Bar]:
    """How time grows with a folder's reviews: of `check`, which reads all, and of a deck, which must not."""
    board = folder(work / "reviews")
    checked, built = [], []
    for count in (10, 100, 500, 2000):
        have = len(list((board / "reviews").glob("*.yaml")))
        for n in range(have, count):
            renamed(board, "robin", "Robin", f"robin-{n}")
        checked.append((count, min(run([*TOOLKIT, "check"], board).cpu for _ in range(2))))
        built.append((count, min(toolkit(board, "one", "--only", "pptx").cpu for _ in range(3))))
    yield growth("exponent over reviews, check of all", 1.05, checked)
    yield growth("exponent over reviews, one deck, which reads its own", 0.1, built)


def bench() -> int:
    """Print every bar; 1 when one falls short."""
    import pypandoc

    print(
        f"Beside pandoc {pypandoc.get_pandoc_version()} on {os.cpu_count()} cores. Ratios are ours / pandoc,"
    )
    print(f"of medians of {RUNS} alternating runs, with warm files and brands. The inputs are invented.\n")
    print(f"{'':<52} {'figure':>8}  {'limit':<13} {'':<6} from")
    short = 0
    with tempfile.TemporaryDirectory() as work:
        for part in (same_words, single_builds, many_decks, sizes, reviews_in_a_folder):
            for bar in part(Path(work)):
                print(bar, flush=True)
                short += not bar.met
    print(f"\n{f'{short} of the bars fall short.' if short else 'Every bar is met.'}")
    return 1 if short else 0


# The same words for pandoc


def freeze() -> None:
    """Write the words of every frozen target as pandoc's Markdown; of a deck, as it was fitted to slides."""
    from toolkit.build import Options, make
    from toolkit.fit.fit import fit_deck
    from toolkit.project import Project

    project = Project(FROZEN)
    (FROZEN / "pandoc").mkdir(exist_ok=True)
    for target in project.targets():
        plans, brand, _ = make(project, target, Options())
        plan = plans.by_name["deck" if target.folder == "decks" else "briefing"]
        pages = fit_deck(plan, brand)[0].slides if target.folder == "decks" else plan.pages
        (FROZEN / "pandoc" / f"{target.name}.md").write_text(markdown(plan.language, pages), "utf-8")


def markdown(language: str, pages: Sequence[Page]) -> str:
    """Pages or slides as pandoc's Markdown: a heading for each page, columns side by side, notes in a notes
    block.
    """
    head = f"---\nlang: {language}\n---"
    return "\n\n".join([head, *(part for page in pages for part in _page(page))]) + "\n"


def _page(page: Page) -> Iterator[str]:
    """A heading with what belongs below it; columns and tables last, as pandoc begins a slide after them."""
    yield f"## {_escaped(page.title)}"
    columns = [blocks for name, blocks in page.slots if name in ("left", "right")]
    around = [block for name, blocks in page.slots if name not in ("left", "right") for block in blocks]
    around.sort(key=lambda block: isinstance(block, Table))
    if columns:
        columns[0] = (*around, *columns[0])
        yield ":::: columns"
        for blocks in columns:
            yield from ("::: column", *map(_block, blocks), ":::")
        yield "::::"
    else:
        yield from map(_block, around)
    if isinstance(page, Slide) and page.printed:
        yield from ("::: notes", *map(_block, page.printed), ":::")


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"### {_spans(block.spans)}"
    if isinstance(block, Bullets):
        marks = [f"{n}." if block.kind == "number" else "-" for n in range(block.start, block.start + 999)]
        return "\n".join(f"{mark} {_spans(item)}" for mark, item in zip(marks, block.items))
    if isinstance(block, Quotation):
        return f"> {_spans(block.spans)}"
    if isinstance(block, Table):
        return _table(block.header, block.rows)
    if isinstance(block, Timeline):
        return "\n".join(f"- **{_escaped(when)}** {_spans(what)}" for when, what in block.events)
    return _spans(block.spans)


def _table(header: tuple[Spans, ...], rows: tuple[tuple[Spans, ...], ...]) -> str:
    lines = ["|".join(map(_spans, row)) for row in (header, *rows)]
    return "\n".join(f"|{line}|" for line in (lines[0], "|".join("---" for _ in header), *lines[1:]))


def _spans(spans: Spans) -> str:
    return "".join(_span(s.text, s.bold, s.italic, s.link) for s in spans)


def _span(words: str, bold: bool, italic: bool, link: str) -> str:
    inside = words.strip()
    mark = "**" * bold + "*" * italic
    marked = f"{mark}{_escaped(inside)}{mark}" if inside else ""
    linked = f"[{marked}]({link})" if link else marked
    return words.replace(inside, linked, 1) if inside else words


def _escaped(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#$~^@])", r"\\\1", words)


if __name__ == "__main__":
    if sys.argv[1:] == ["freeze"]:
        freeze()
    else:
        sys.exit(bench())
