"""`make bench`: whole-process time and peak memory of a build, beside pandoc making a deck and a document from the same words.

Runs alternate (ours, pandoc, ours, …), so that a machine that slows down slows both. Figures are medians; ratios are ours / pandoc.
With LibreOffice installed, the second part compares the line counts that `fit` predicts with what LibreOffice draws.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 7


def measure(command: list[str], cwd: Path) -> tuple[float, float]:
    """Seconds and peak MiB of one whole process."""
    import time

    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def compare(
    name: str, ours: Callable[[], tuple[float, float]], theirs: Callable[[], tuple[float, float]]
) -> None:
    """Print one line: medians of both and their ratios."""
    ours(), theirs()  # warm up
    pairs = [(ours(), theirs()) for _ in range(RUNS)]
    seconds = [statistics.median(p[side][0] for p in pairs) for side in (0, 1)]
    memory = [statistics.median(p[side][1] for p in pairs) for side in (0, 1)]
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    print(
        f"{name:<34} {seconds[0]:>8.3f} s {seconds[1]:>8.3f} s {ratio:>7.2f}   {memory[0]:>6.0f} MiB {memory[1]:>6.0f} MiB {memory[0] / memory[1]:>6.2f}",
        flush=True,
    )


def markdown(name: str, folder: str) -> str:
    """The words of a target as pandoc's Markdown: a slide or section for each page, notes in a notes block."""
    from toolkit.build import Options, make
    from toolkit.plan.model import words
    from toolkit.project import Project

    project = Project(ROOT)
    target = next(t for t in project.targets() if (t.name, t.folder) == (name, folder))
    plan, _, _ = make(project, target, Options())
    lines = [f"---\ntitle: {plan.title}\n---\n"]
    for page in plan.pages:
        lines.append(f"\n## {page.title}\n")
        lines += [f"- {line}" for _, blocks in page.slots for line in words(blocks).splitlines()]
        if page.notes:
            lines.append("\n::: notes\n")
            lines += [f"{line}\n" for note in page.notes for line in words(note.blocks).splitlines()]
            lines.append(":::\n")
    return "\n".join(lines)


def speed() -> None:
    """Building, side by side."""
    import pypandoc

    pandoc = pypandoc.get_pandoc_path()
    toolkit = str(Path(sys.executable).with_name("toolkit"))
    print(f"pandoc {pypandoc.get_pandoc_version()}, {RUNS} runs each, medians of whole processes")
    print(
        f"{'':<34} {'toolkit':>10} {'pandoc':>10} {'ratio':>7}   {'toolkit':>10} {'pandoc':>10} {'ratio':>6}"
    )
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("reviews", "decks", "briefings", "reference", "templates"):
            shutil.copytree(ROOT / name, work / name)
        for name, source, ending in (
            ("national-reviews", "decks", "pptx"),
            ("daniel-pelka", "briefings", "docx"),
        ):
            text = work / f"{name}.md"
            text.write_text(markdown(name, source), "utf-8")

            def ours(name: str = name, source: str = source) -> tuple[float, float]:
                shutil.rmtree(work / "build", ignore_errors=True)
                return measure([toolkit, "build", f"{source}/{name}"], work)

            def theirs(text: Path = text, ending: str = ending) -> tuple[float, float]:
                return measure([pandoc, "-t", ending, "-o", str(work / f"pandoc.{ending}"), str(text)], work)

            ours()
            files = len(list((work / "build" / source).glob(f"{name}.*")))
            compare(f"{source}/{name} ({files} files)", ours, theirs)

            def again(name: str = name, source: str = source) -> tuple[float, float]:
                return measure([toolkit, "build", f"{source}/{name}"], work)

            compare(f"{source}/{name}, unchanged", again, theirs)


def fit(count: int = 2400) -> tuple[float, int]:
    """Predicted against drawn line counts, on `count` paragraphs of the reviews at many widths, sizes and fonts.

    Gives back the share of paragraphs with the same number of lines, and by how many lines the worst was taken too low.
    """
    from pptx import Presentation
    from pptx.util import Emu, Pt

    from toolkit.brand.geometry import EMU
    from toolkit.fit.typeset import lines
    from toolkit.plan.model import Span
    from toolkit.project import Project

    texts: list[str] = []
    for path in sorted((ROOT / "reviews").glob("*.yaml")):
        review, _ = Project(ROOT).review(path)
        for point in review.points:
            texts += [s.text for s in (*point.happened, *point.finding, *point.why, *point.practice)] + list(
                point.questions
            )
            texts += list(point.notes.say) if point.notes else []
    cases = []
    for n in range(count):
        cases.append(
            (
                texts[n % len(texts)],
                ("Arial", "Calibri", "Times New Roman")[n % 3],
                (12, 14, 18, 20, 24, 28)[n % 6],
                140 + (n * 37) % 280,
                n % 5 == 0,
            )
        )
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(2000 * EMU), Emu(2000 * EMU)
    for start in range(0, len(cases), 4):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        for column, (text, font, size, width, bold) in enumerate(cases[start : start + 4]):
            box = slide.shapes.add_textbox(
                Emu(column * 500 * EMU), 0, Emu(width * EMU), Emu(1900 * EMU)
            ).text_frame
            box.word_wrap, box.margin_left, box.margin_right = True, 0, 0
            run = box.paragraphs[0].add_run()
            run.text, run.font.name, run.font.size, run.font.bold = text, font, Pt(size), bold
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fit.pptx"
        out = BytesIO()
        presentation.save(out)
        file.write_bytes(out.getvalue())
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                file,
            ],
            check=True,
            capture_output=True,
        )
        pages = subprocess.run(
            ["pdftotext", "-bbox", Path(folder) / "fit.pdf", "-"], check=True, capture_output=True, text=True
        ).stdout.split("<page ")[1:]
    same = under = over = worst = 0
    for n, (text, font, size, width, bold) in enumerate(cases):
        column = n % 4
        found = [
            (float(x), float(y)) for x, y in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"', pages[n // 4])
        ]
        drawn = len({round(y) for x, y in found if column * 500 - 1 <= x < column * 500 + 499})
        predicted = lines((Span(text, bold),), font, size, False, width)
        same += predicted == drawn
        under += predicted < drawn
        over += predicted > drawn
        worst = max(worst, drawn - predicted)
    print(
        f"\nfit against LibreOffice, {len(cases)} paragraphs: same line count {same / len(cases):.1%}, "
        f"one or more too many {over / len(cases):.1%}, too few {under / len(cases):.1%} (at most {worst})"
    )
    return same / len(cases), worst


if __name__ == "__main__":
    speed()
    if shutil.which("soffice") and shutil.which("pdftotext"):
        fit()
    else:
        print("\nfit against LibreOffice: not measured, soffice or pdftotext is not installed")
