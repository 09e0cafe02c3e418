"""What was built from what: when a stamp is fresh, and what counts as changed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit import stamps


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """A process of the command line reads each file once; a test changes files and reads them again."""
    stamps.digest.cache_clear()
    yield
    stamps.digest.cache_clear()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with one input, one output and a stamp."""
    (tmp_path / "in.yaml").write_text("in", "utf-8")
    (tmp_path / "out.pptx").write_bytes(b"out")
    outside = tmp_path.parent / f"{tmp_path.name}-packaged.yaml"
    outside.write_text("packaged", "utf-8")
    stamps.write(
        tmp_path / "s" / "x.json",
        tmp_path,
        [tmp_path / "in.yaml", outside],
        {tmp_path / "out.pptx": hashlib.sha256(b"out").hexdigest()},
        "listing",
        "options",
        ["did"],
    )
    return tmp_path


def fresh(folder: Path, listing: str = "listing", options: str = "options") -> bool:
    stamps.digest.cache_clear()
    return stamps.is_fresh(folder / "s" / "x.json", folder, listing, options)


def test_untouched_is_fresh(made: Path) -> None:
    assert fresh(made)
    assert stamps.changed_by_hand(made / "s" / "x.json", made) == []
    assert stamps.read(made / "s" / "x.json")["fitted"] == ["did"]
    assert [p.name for p in (made / "s").iterdir()] == ["x.json"]


def test_any_change_is_noticed(made: Path) -> None:
    assert not fresh(made, listing="other")
    assert not fresh(made, options="final")
    (made / "in.yaml").write_text("changed", "utf-8")
    assert not fresh(made)
    (made / "in.yaml").write_text("in", "utf-8")
    assert fresh(made)
    (made / "in.yaml").unlink()
    assert not fresh(made)


def test_packaged_file_counts_as_well(made: Path) -> None:
    (made.parent / f"{made.name}-packaged.yaml").write_text("a new version", "utf-8")
    assert not fresh(made)


def test_output_that_is_gone_is_made_again_and_one_that_was_edited_is_told(made: Path) -> None:
    (made / "out.pptx").write_bytes(b"edited")
    assert fresh(made)
    assert stamps.changed_by_hand(made / "s" / "x.json", made) == [made / "out.pptx"]
    (made / "out.pptx").unlink()
    assert not fresh(made)
    assert stamps.changed_by_hand(made / "s" / "x.json", made) == []


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", '{"toolkit": 1}', "\udce9"])
def test_damaged_stamp_only_means_building_again(made: Path, damaged: str) -> None:
    (made / "s" / "x.json").write_bytes(damaged.encode("utf-8", "surrogateescape"))
    assert not fresh(made)
    assert stamps.changed_by_hand(made / "s" / "x.json", made) == []


def test_missing_stamp_and_missing_file(tmp_path: Path) -> None:
    assert stamps.read(tmp_path / "none.json") == {}
    assert not stamps.is_fresh(tmp_path / "none.json", tmp_path, "", "")
    assert stamps.digest(tmp_path / "none") == ""
