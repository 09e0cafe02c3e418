"""Compiled brands on disk: read while they are true to their templates, and made anew otherwise."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from toolkit import files
from toolkit.brand.compiled import Brand, dump, load
from toolkit.late import replace
from toolkit.shipped import HOUSE
from toolkit.stamps import own_code

SHIPPED = HOUSE / "compiled.zip"
CODE = "toolkit"  # among the sources of a brand: what compiled it


def fetch(folder: Path, kept: Path) -> tuple[Brand, list[str]]:
    """The brand in a folder, and what was cleaned in its templates if it had to be compiled. Raises Invalid.

    `kept` is where a board's compiled brand is kept; whether that can be read or written makes no difference.
    """
    for path in (SHIPPED, kept) if folder.resolve() == HOUSE.resolve() else (kept,):
        with suppress(OSError, ValueError):
            brand = load(files.read(path))
            if all(value == _digest(folder, name) for name, value in brand.sources.items()):
                return brand, []
    from toolkit.brand.folder import compile_brand

    brand, remarks = compile_brand(folder)
    unfinished = kept.with_name(f".{kept.name}.{os.getpid()}")  # other processes may be at it as well
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(dump(replace(brand, sources={**brand.sources, CODE: _digest(folder, CODE)})))
        unfinished.replace(kept)
    return brand, remarks


def _digest(folder: Path, name: str) -> str:
    """The SHA-256 of one of the sources of a brand: a file, or the toolkit with the files that it lends."""
    if name != CODE:
        return hashlib.sha256(files.read(folder / name)).hexdigest()
    lent = (_digest(HOUSE, file) for file in ("deck.pptx", "briefing.docx"))
    return hashlib.sha256("".join((own_code(), *lent)).encode()).hexdigest()
