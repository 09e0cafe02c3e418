"""Faithful proofs through LibreOffice, where it is installed: a deck's slides and notes pages, a
briefing's pages, as PDF and pictures."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from toolkit.problems import Invalid, Place

# Notes pages are printed of hidden slides too: that is where long notes go on.
_NOTES = (
    "{"
    + ",".join(
        f'"Export{what}":{{"type":"boolean","value":"true"}}'
        for what in ("NotesPages", "OnlyNotesPages", "HiddenSlides")
    )
    + "}"
)
_KINDS = {
    ".pptx": {"slides": "impress_pdf_Export", "printed-notes": f"impress_pdf_Export:{_NOTES}"},
    ".docx": {"pages": "writer_pdf_Export"},
}
_LONGEST = 600  # seconds for one conversion; a deck of 126 slides takes fifteen
_WINDOWS = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


def prove(output: Path) -> list[Path]:
    """The proofs of a built target, in a folder `proofs` beside it.

    Raises Invalid without LibreOffice, or when it makes no whole PDF.
    """
    program = shutil.which("soffice") or next((p for p in _WINDOWS if Path(p).exists()), None)
    if program is None:
        raise Invalid.at(
            Place(output),
            "LibreOffice is not installed, so there are no proofs of it",
            "install it from libreoffice.org, or build without --with-office",
        )
    written: list[Path] = []
    for ending, kinds in _KINDS.items():
        file = output.with_name(output.name + ending)
        if not file.exists():
            continue
        folder = file.parent / "proofs"
        folder.mkdir(exist_ok=True)
        for kind, export in kinds.items():
            written += _converted(program, file, export, folder / f"{output.name}.{kind}.pdf")
    return written


def _converted(program: str, file: Path, export: str, target: Path) -> list[Path]:
    # soffice exits 0 when it fails, and reads rubbish as text: only the PDF itself tells whether it worked.
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / f"{file.stem}.pdf"
        command = [
            program,
            f"-env:UserInstallation={Path(temporary, 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:{export}",
            "--outdir",
            temporary,
            str(file),
        ]
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
        pages = len(re.findall(rb"/Type\s*/Page\b", made.read_bytes())) if made.exists() else 0
        if not pages or (file.suffix == ".pptx" and pages != _slides(file, hidden="HiddenSlides" in export)):
            raise Invalid.at(
                Place(file),
                f"LibreOffice made {pages or 'no'} pages of it",
                "close LibreOffice and build again with --with-office",
            )
        shutil.copyfile(made, target)
    return [target, *_pictures(target)]


def _slides(deck: Path, hidden: bool) -> int:
    """How many slides a deck has, without its hidden ones unless they count."""
    with zipfile.ZipFile(deck) as package:
        slides = [
            package.read(n)[:3000] for n in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)
        ]
    return sum(hidden or b'show="0"' not in s for s in slides)


def _pictures(pdf: Path) -> list[Path]:
    """A PNG of each page beside the PDF, when poppler's pdftoppm is there."""
    program = shutil.which("pdftoppm")
    if program is None:
        return []
    for old in pdf.parent.glob(f"{pdf.stem}-*.png"):
        old.unlink()
    subprocess.run(
        [program, "-r", "72", "-png", str(pdf), str(pdf.with_suffix(""))], check=True, capture_output=True
    )
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
