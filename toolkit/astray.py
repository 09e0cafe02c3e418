"""Files that nothing reads: a board.yml, a review in a wrong folder, a register of no name of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.content.texts import SHOW_ENDINGS
from toolkit.problems import Place, Problem, counted, near
from toolkit.project import BOARD, CONTENT, EDITIONS, HIDDEN, Project

_PARTS = (*CONTENT, "reference", "templates", EDITIONS)
_CONTENT = re.compile(rb"(?m)^(?:points|sources|minutes|reviews|raise_concern|questions) *:")
_LOOK = 20_000  # bytes of a file in which it may say what it is


def astray(project: Project) -> Iterator[Problem]:
    """Advice on each file or folder that looks like content and is left out; one that has another ending is
    told elsewhere, and what stands in for board.yaml stops."""
    root = project.root
    yield from _beside(root)
    for folder in CONTENT:
        yield from _deeper(root, folder)
    known = {path.stem for path in (project.data / "reference").glob("*.yaml")}
    for path in sorted((root / "reference").glob("*.yaml")):
        if path.stem in known or path.name.startswith(HIDDEN):
            continue
        meant = near(path.stem.casefold(), known, 0.75) or _ALSO.get(path.stem.casefold(), "")
        hint = f"rename it {meant}.yaml" if meant else f"there are: {', '.join(sorted(known))}"
        if path.stem.casefold() == "board":
            hint = "move it out of reference, beside the folders reviews and decks"
        yield Problem(Place(path), "nothing reads a register of this name", hint, stops=False)
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix.casefold() in (".potx", ".dotx", ".pptx", ".docx", ".pot", ".ppt") and not (
            path.name.startswith(HIDDEN) or (path.parent / "brand.yaml").exists()
        ):
            hint = f'run: toolkit brand "{path.relative_to(root).as_posix()}" --save our-brand'
            yield Problem(Place(path), "a template is used only once it is a brand", hint, stops=False)


_ALSO = {"lenses": "agencies", "lens": "agencies", "roles": "agencies", "contacts": "support"}


def _beside(root: Path) -> Iterator[Problem]:
    """What stands beside board.yaml and has nearly its name, or belongs into a folder; and folders that have
    nearly the name of one of ours."""
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        name, plain = path.name, path.name.casefold()
        if name.startswith(HIDDEN):
            continue
        if path.is_dir():
            meant = near(plain, _PARTS, 0.8)
            if meant and name not in _PARTS and any(path.rglob("*.y*ml")):
                message = f"nothing reads the folder '{name}'"
                hint = f"call it {meant}, or move its files to {meant}"
                yield Problem(Place(path), message, hint, stops=False)
        elif name == BOARD:
            continue
        elif re.fullmatch(r"(?i)boards?(?:\.ya?ml)?(?:\.(?:ya?ml|txt|docx?))?", name):
            if re.search(r"(?i)\.ya?ml|^board\.txt$", name) and not (root / BOARD).exists():
                message = "this file is left out, because it is not called board.yaml"
                hint = f"on Windows, first {SHOW_ENDINGS}; then rename it {BOARD}"
                yield Problem(Place(path), message, hint)
        elif re.fullmatch(r".*\.ya?ml", plain) and _is_content(path):
            message = "this file is left out, because it lies outside the folders"
            hint = "move a review to reviews, a deck to decks and a briefing to briefings"
            yield Problem(Place(path), message, hint, stops=False)


def _is_content(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(_CONTENT.search(file.read(_LOOK)))
    except OSError:
        return False


def _deeper(root: Path, folder: str) -> Iterator[Problem]:
    """Folders inside one of content, whose files nothing reads."""
    for inner in sorted(p for p in (root / folder).glob("*") if p.is_dir() and not p.name.startswith(".")):
        if count := sum(1 for path in inner.rglob("*.y*ml") if not path.name.startswith(HIDDEN)):
            files = counted(count, "file", "files")
            message = f"nothing reads what lies in a folder inside {folder}: {files}"
            yield Problem(Place(inner), message, f"move to {folder} what is to be used", stops=False)
