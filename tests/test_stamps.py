"""What was built from what: stamps on disk, and what counts as changed by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit import stamps
from toolkit.stamps import Output, Stamp

STAMP = Stamp(
    ("decks/x.yaml",), {".pptx": Output("of this", (stamps.digest(b"out"),), 3, 1)}, ("did",), "of this"
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A file as it was built."""
    (tmp_path / "out.pptx").write_bytes(b"out")
    return tmp_path / "out.pptx"


def output(path: Path, *digests: str) -> Output:
    there = path.stat()
    return Output("", digests or (stamps.digest(b"out"),), there.st_size, there.st_mtime_ns)


def test_a_stamp_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(stamps.dump(STAMP))
    assert stamps.read(tmp_path / "x.json") == STAMP


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", "null", '{"outputs": 1}', '{"outputs": {".pptx": {}}}', "\udce9"]
)
def test_damaged_or_missing_stamp_knows_nothing(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "x.json").write_bytes(damaged.encode("utf-8", "surrogateescape"))
    assert stamps.read(tmp_path / "x.json") == Stamp()
    assert stamps.read(tmp_path / "none.json") == Stamp()


def test_edited_file_is_noticed_and_a_touched_one_is_not(out: Path) -> None:
    made = output(out)
    assert not stamps.is_changed(out, made)
    os.utime(out, (1, 1))
    assert not stamps.is_changed(out, made)
    out.write_bytes(b"tuo")
    os.utime(out, (2, 2))
    assert stamps.is_changed(out, made)
    out.unlink()
    assert not stamps.is_changed(out, made)


def test_before_a_file_is_replaced_its_bytes_are_read_whatever_its_time(out: Path) -> None:
    made = output(out)
    out.write_bytes(b"tuo")
    os.utime(out, ns=(made.time, made.time))
    assert stamps.is_changed(out, made, look=True)


def test_both_versions_are_ours_while_one_is_being_replaced(out: Path) -> None:
    made = output(out, stamps.digest(b"old"), stamps.digest(b"new"))
    for words, ours in ((b"old", True), (b"new", True), (b"edited", False)):
        out.write_bytes(words)
        assert stamps.is_changed(out, made, look=True) is not ours
