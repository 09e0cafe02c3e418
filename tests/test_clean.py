"""`make clean`: what was made goes, and what somebody has edited or put there stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import run_here, tool
from toolkit import seals


def test_what_was_made_goes_and_what_was_edited_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_here("build", "briefings/robin", cwd=project).code == 0
    build = project / "build"
    (build / "briefings" / "robin.docx").write_bytes(b"edited by a trainer")
    (build / "briefings" / "robin (your changes).docx").write_bytes(b"kept before")
    (build / "decks").mkdir()
    (build / "decks" / "old.pdf").write_bytes(seals.sealed(b"of a deck that is gone"))
    (build / "decks" / ".x.pptx.4711.toolkit.part").write_bytes(b"half")
    (build / "look").mkdir()
    (build / "look" / "sheet.png").write_bytes(b"a contact sheet")
    (build / "decks" / "link.docx").symlink_to(project / "reviews" / "robin.yaml")
    tool("clean").main(project)
    stays = ["briefings/robin (your changes).docx", "briefings/robin.docx", "decks/link.docx"]
    there = sorted(p.relative_to(build).as_posix() for p in build.rglob("*") if not p.is_dir())
    assert there == stays
    said = capsys.readouterr().out
    assert all(f"kept {Path('build', name)}" in said for name in stays)
    assert "Delete them yourself" in said
    assert (project / "reviews" / "robin.yaml").is_file()


def test_where_nobody_has_edited_anything_nothing_is_left(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool("clean").main(project)
    assert run_here("build", "briefings/robin", cwd=project).code == 0
    tool("clean").main(project)
    assert not os.path.lexists(project / "build")
    assert capsys.readouterr().out == ""
