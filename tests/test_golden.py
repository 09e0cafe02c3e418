"""Everything in the Office files of the invented deck and briefing, as plain text: with the house brand, and
with an awkward one.

The awkward brand is 4:3, its layouts are in German, without types and the other way round, its placeholders
have other numbers, it has no notes page, and the names of its Word styles are in German.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import edit, run_here
from tests.odd import odd
from toolkit.brand.inspection import save_brand
from toolkit.office.show import show

HERE = Path(__file__).parent / "golden"
FILES = ("decks/robin.pptx", "decks/robin.guide.docx", "decks/robin.handout.docx", "briefings/robin.docx")


@pytest.mark.parametrize("brand", ["house", "awkward"])
def test_office_files_hold_exactly_this(
    brand: str, project: Path, golden: Callable[[Path, str], None]
) -> None:
    if brand == "awkward":
        for name in ("awkward.pptx", "german.docx"):
            (project / name).write_bytes(odd.TEMPLATES[name]())
        save_brand(
            [project / "awkward.pptx", project / "german.docx"], "awkward", project / "templates" / "brands"
        )
        for kind in ("decks", "briefings"):
            edit(project / kind / "robin.yaml", "edition:", "brand: awkward\nedition:")
    ran = run_here("build", cwd=project)
    assert ran.code == 0, ran.err
    for file in FILES:
        golden(HERE / brand / f"{Path(file).name}.txt", show(project / "build" / file))
