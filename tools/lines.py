"""How well `fit` predicts lines: its counts beside LibreOffice's. Needs LibreOffice and poppler."""

from __future__ import annotations

import re
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent


def fit(count: int = 2400) -> tuple[float, int]:
    """Predicted against drawn line counts, on `count` paragraphs of the reviews at many widths, sizes and
    fonts.

    Gives back the share of paragraphs with the same number of lines, and by how many lines the worst was
    taken too low.
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
    fit()
