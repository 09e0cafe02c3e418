"""Broken files, one defect each: what `toolkit check` prints is compared in full with the text beside each
file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import TOP, invented, run_here

FOLDER = Path(__file__).parent / "broken"
CASES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix()
    for path in FOLDER.rglob("*.yaml")
    if path.parent.name != "advice"
)
ADVICE = sorted((FOLDER / "advice").glob("*.yaml"))
PLACES = {
    "pages": "templates/pages/cover.yaml",
    "outlines": "templates/outlines/session.yaml",
    "brands": "templates/brands/house/brand.yaml",
    "board": "board.yaml",
}
Golden = Callable[[Path, str], None]


def lay(folder: Path, kind: str, name: str, data: bytes) -> Path:
    """A folder to check, with one broken file in the place where its kind belongs."""
    if kind == "reviews":
        (folder / "reviews").mkdir(parents=True)
        if b"pictures/" in data:
            (folder / "reviews" / "pictures").mkdir()
            Image.new("RGB", (40, 30), "green").save(folder / "reviews" / "pictures" / "tree.png")
    else:
        invented(folder)
        for work in (folder / "decks" / "robin.yaml", folder / "briefings" / "robin.yaml"):
            other = kind in PLACES and work.parent.name == "briefings"
            if work.parent.name == kind or other or kind == "board":
                work.unlink()
    if kind == "brands":
        shutil.copytree(TOP / "templates" / "brands" / "house", folder / "templates" / "brands" / "house")
    path = folder / PLACES.get(kind, f"{kind}/{name}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("case", CASES)
def test_broken_file_is_refused_in_plain_words(case: str, tmp_path: Path, golden: Golden) -> None:
    kind, name = case.split("/")
    lay(tmp_path / "board", kind, name, (FOLDER / f"{case}.yaml").read_bytes())
    refused(tmp_path / "board", FOLDER / f"{case}.txt", golden)


@pytest.mark.parametrize("path", ADVICE, ids=lambda path: path.stem)
def test_what_could_be_better_is_advice_and_stops_nothing(path: Path, tmp_path: Path, golden: Golden) -> None:
    lay(tmp_path / "board", "reviews", path.stem, path.read_bytes())
    ran = run_here("check", cwd=tmp_path / "board")
    golden(path.with_suffix(".txt"), ran.err)
    assert ran.code == 0


def refused(folder: Path, expected: Path, golden: Golden) -> None:
    ran = run_here("check", cwd=folder)
    assert "Traceback" not in ran.err
    golden(expected, ran.err)
    assert ran.code == 1


GOOD = (FOLDER / "reviews" / "unknown-field.yaml").read_text("utf-8").replace("colour: red\n", "")
MADE = {
    "utf-16": GOOD.encode("utf-16"),
    "byte-order-mark": GOOD.encode("utf-8-sig"),
    "latin-1": GOOD.replace("Robin", "Róisín").encode("latin-1"),
    "windows-1252": GOOD.replace("Robin", "Robin’s").encode("cp1252"),
    "ten-thousand-brackets": b"[" * 10_000,
    "ten-thousand-braces": b"{a: " * 10_000,
    "one-long-text": GOOD.replace("Robin is", "Robin " * 170_000 + "is").encode(),
    "five-megabytes": GOOD.encode() + b"# x\n" * 1_250_000,
    "very-long-line": GOOD.replace(
        "cites: [S1]", f"colour: red, slide: {'very ' * 3_000}long, cites: [S1]"
    ).encode(),
    "a-hundred-mistakes": GOOD.encode() + b"".join(b"field%d: x\n" % n for n in range(100)),
    "a-picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
    "a-word-document": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
}


@pytest.mark.parametrize("name", MADE)
def test_broken_bytes_are_refused_in_plain_words(name: str, tmp_path: Path, golden: Golden) -> None:
    lay(tmp_path / "board", "reviews", name, MADE[name])
    refused(tmp_path / "board", FOLDER / "made" / f"{name}.txt", golden)


def folder(path: Path) -> None:
    path.mkdir()


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights that Windows users have not")
@pytest.mark.parametrize("make", [folder, link_to_nothing, link_to_itself, pipe])
def test_what_is_no_file_is_refused_in_plain_words(
    make: Callable[[Path], None], tmp_path: Path, golden: Golden
) -> None:
    name = make.__name__.replace("_", "-")
    path = lay(tmp_path / "board", "reviews", name, b"")
    path.unlink()
    make(path)
    refused(tmp_path / "board", FOLDER / "made" / f"{name}.txt", golden)


MENDED = [
    ("reviews/unknown-field", "colour: red\n", ""),
    ("decks/minutes-too-few", "minutes: 6\n", "minutes: 30\n"),
    ("decks/more-minutes-than-points", "minutes: 120\n", "minutes: 49\n"),
    ("decks/more-points-than-minutes", "minutes: 12\n", "minutes: 14\n"),
    ("briefings/minutes-in-a-briefing", "minutes: 60\n", ""),
    ("outlines/unknown-page", "caer", "care"),
    ("pages/undefined-name", "reveiw", "review"),
    ("pages/unknown-need", "[cards]", "[items]"),
    ("pages/nobody-says-it", "points[1].slide.finding", "points[0].slide.finding"),
]


@pytest.mark.parametrize(("case", "wrong", "right"), MENDED, ids=[case for case, _, _ in MENDED])
def test_a_broken_file_is_good_without_its_one_mistake(
    case: str, wrong: str, right: str, tmp_path: Path
) -> None:
    kind, name = case.split("/")
    words = (FOLDER / f"{case}.yaml").read_text("utf-8")
    assert words.count(wrong) == 1
    lay(tmp_path / "board", kind, name, words.replace(wrong, right).encode())
    ran = run_here("check", cwd=tmp_path / "board")
    assert (ran.code, ran.err) == (0, "")


def test_every_golden_text_has_its_case() -> None:
    kept = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.txt")}
    made = {f"made/{name}" for name in MADE} | {
        f"made/{name}" for name in ("folder", "link-to-nothing", "link-to-itself", "pipe")
    }
    assert kept == set(CASES) | made | {f"advice/{path.stem}" for path in ADVICE}
