"""Contact sheets of every built page, to look at: slides, notes pages and briefings as LibreOffice draws
them.

Writes build/look/NAME.slides.png, NAME.notes.png and NAME.pages.png; with --pictures, the small ones that the
README shows. Needs soffice and pdftoppm (Debian: libreoffice-impress, libreoffice-writer, poppler-utils) and
Pillow.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

YES = '{"type":"boolean","value":"true"}'
NOTES = f'pdf:impress_pdf_Export:{{"ExportNotesPages":{YES},"ExportOnlyNotesPages":{YES}}}'
SHEETS = {
    ".pptx": {"slides": ("pdf:impress_pdf_Export", 4, 60), "notes": (NOTES, 5, 45)},
    ".docx": {"pages": ("pdf:writer_pdf_Export", 4, 60)},
}


def pages(file: Path, export: str, dpi: int, folder: Path) -> list[Path]:
    """PNG files of each page of an Office file."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", export, "--outdir", folder, file],
        check=True,
        capture_output=True,
        timeout=300,
    )
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", folder / f"{file.stem}.pdf", folder / "page"], check=True
    )
    return sorted(folder.glob("page*.png"))


def sheet(images: list[Path], columns: int, target: Path) -> None:
    """One picture of many, in reading order."""
    drawn = [Image.open(image).convert("RGB") for image in images]
    wide, high, gap = drawn[0].width, drawn[0].height, 12
    rows = -(-len(drawn) // columns)
    canvas = Image.new("RGB", (columns * (wide + gap) + gap, rows * (high + gap) + gap), (120, 120, 120))
    for n, image in enumerate(drawn):
        canvas.paste(image, (gap + n % columns * (wide + gap), gap + n // columns * (high + gap)))
    canvas.quantize(128, Image.Quantize.FASTOCTREE).save(target, optimize=True)


def main(build: Path, names: list[str]) -> None:
    target = build / "look"
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(f for f in build.rglob("*") if f.suffix in SHEETS and (not names or f.stem in names)):
        for kind, (export, columns, dpi) in SHEETS[file.suffix].items():
            with tempfile.TemporaryDirectory() as folder:
                sheet(pages(file, export, dpi, Path(folder)), columns, target / f"{file.stem}.{kind}.png")
            print(target / f"{file.stem}.{kind}.png", flush=True)


# The README's pictures: which file and kind, which pages, how many side by side, how wide each is.
PICTURES = {
    "deck": ("decks/national-reviews.pptx", "slides", (1, 4, 5, 8, 9, 10), 3, 330),
    "notes": ("decks/national-reviews.pptx", "notes", (8,), 1, 560),
    "handout": ("decks/patrick.handout.docx", "pages", (1,), 1, 560),
    "briefing": ("briefings/patrick.docx", "pages", (1,), 1, 560),
}


def pictures(build: Path, target: Path) -> None:
    """The small pictures that the README shows."""
    target.mkdir(parents=True, exist_ok=True)
    for name, (file, kind, numbers, columns, wide) in PICTURES.items():
        export = SHEETS[Path(file).suffix][kind][0]
        with tempfile.TemporaryDirectory() as folder:
            every = pages(build / file, export, 90, Path(folder))
            small = []
            for number in numbers:
                image = Image.open(every[number - 1]).convert("RGB")
                image.resize((wide, round(image.height * wide / image.width)), Image.Resampling.LANCZOS).save(
                    every[number - 1]
                )
                small.append(every[number - 1])
            sheet(small, columns, target / f"{name}.png")


if __name__ == "__main__":
    if "--pictures" in sys.argv:
        pictures(Path("build"), Path("docs/pictures"))
    else:
        main(Path("build"), sys.argv[1:])
