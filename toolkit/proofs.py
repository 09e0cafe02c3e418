"""Faithful proofs through LibreOffice, where it is installed: a deck's slides and notes pages, a
briefing's pages, as PDF and pictures."""

from __future__ import annotations

import contextlib
import glob
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from toolkit import files, stamps
from toolkit.problems import Invalid, Place
from toolkit.seals import sealed

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


def prove(output: Path, told: Callable[[str], None] = lambda line: None) -> list[Path]:
    """The proofs of a built target, in a folder `proofs` beside it. What somebody has edited there is kept
    under another name, and `told`.

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
        for kind, export in kinds.items():
            target = file.parent / "proofs" / f"{output.name}.{kind}.pdf"
            made = _converted(program, file, export, target)
            for old in _pictures_of(target):
                if old not in made and stamps.state(old, None) == "other":
                    with contextlib.suppress(OSError):
                        old.unlink()
            files.write(made, before=lambda path: _keep(path, told))
            written += made
    return written


def _keep(path: Path, told: Callable[[str], None]) -> None:
    if stamps.state(path, None) == "edited":
        told(f"{path.name} had been changed by hand; your version is kept as {files.set_aside(path).name}")


def _converted(program: str, file: Path, export: str, target: Path) -> dict[Path, bytes]:
    """The PDF of a file and a picture of each page, by where they belong."""
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
        pictures = {target.with_name(name): sealed(data) for name, data in _pictures(made, target.stem)}
        return {target: sealed(made.read_bytes()), **pictures}


def _slides(deck: Path, hidden: bool) -> int:
    """How many slides a deck has, without its hidden ones unless they count."""
    with zipfile.ZipFile(deck) as package:
        slides = [
            package.read(n)[:3000] for n in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)
        ]
    return sum(hidden or b'show="0"' not in s for s in slides)


def _pictures_of(pdf: Path) -> list[Path]:
    return sorted(pdf.parent.glob(f"{glob.escape(pdf.stem)}-*.png"))


def _pictures(pdf: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """A PNG of each page, beginning with `name`, when poppler's pdftoppm is there."""
    if program := shutil.which("pdftoppm"):
        start = pdf.with_name(name)
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([program, "-r", "72", "-png", pdf, start], check=True, capture_output=True)
        for path in _pictures_of(start.with_name(f"{name}.pdf")):
            yield path.name, path.read_bytes()
