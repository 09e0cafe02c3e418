"""What was built from what: stamps on disk, and what counts as changed by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit import seals, stamps
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
    "damaged",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"outputs": 1}',
        '{"outputs": {".pptx": {}}}',
        '{"outputs": {".pptx": []}, "inputs": [], "fitted": [], "fitted_from": ""}',
        '{"outputs": {}, "inputs": [1], "fitted": [], "fitted_from": ""}',
        '{"outputs": {}, "inputs": "decks/x.yaml", "fitted": [], "fitted_from": ""}',
        '{"outputs": {}, "inputs": ["a\\u0000"], "fitted": [], "fitted_from": ""}',
        '{"outputs": {".pptx": {"made_from": "", "digests": [[1]], "size": 1, "time": 1}}, "inputs": [],'
        ' "fitted": [], "fitted_from": ""}',
        '{"outputs": {".pptx": {"made_from": "", "digests": [], "size": 1e999, "time": 1}}, "inputs": [],'
        ' "fitted": [], "fitted_from": ""}',
        "\udce9",
    ],
)
def test_damaged_or_missing_stamp_knows_nothing(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "x.json").write_bytes(damaged.encode("utf-8", "surrogateescape"))
    assert stamps.read(tmp_path / "x.json") == Stamp()
    assert stamps.read(tmp_path / "none.json") == Stamp()


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes among files")
def test_a_stamp_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    assert stamps.read(tmp_path / "pipe.json") == stamps.read(tmp_path / "folder.json") == Stamp()


def test_edited_file_is_noticed_and_a_touched_one_is_not(out: Path) -> None:
    made = output(out)
    assert stamps.state(out, made) == "built"
    os.utime(out, (1, 1))
    assert stamps.state(out, made) == "built"
    out.write_bytes(b"tuo")
    os.utime(out, (2, 2))
    assert stamps.state(out, made) == "edited"
    out.unlink()
    assert stamps.state(out, made) == "gone"


def test_before_a_file_is_replaced_its_bytes_are_read_whatever_its_time(out: Path) -> None:
    made = output(out)
    out.write_bytes(b"tuo")
    os.utime(out, ns=(made.time, made.time))
    assert stamps.state(out, made) == "built"
    assert stamps.state(out, made, look=True) == "edited"


def test_a_file_that_says_itself_that_it_is_ours_needs_no_stamp(out: Path) -> None:
    made = output(out)
    assert stamps.state(out, None) == "edited"
    out.write_bytes(seals.sealed(b"another"))
    assert stamps.state(out, None) == stamps.state(out, made) == "other"
    out.write_bytes(seals.sealed(b"another") + b" ")
    assert stamps.state(out, None) == "edited"


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes among files")
def test_what_is_no_file_of_ours_may_be_somebodys(tmp_path: Path) -> None:
    path = tmp_path / "x.pptx"
    os.mkfifo(path)
    assert stamps.state(path, None) == "edited"
    path.unlink()
    path.symlink_to("nowhere")
    assert stamps.state(path, None) == "edited"
    path.unlink()
    path.mkdir()
    assert stamps.state(path, None) == "gone"
