"""Files are written whole or not at all, and nothing is read that could keep one waiting for ever."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import TOP
from toolkit import files
from toolkit.problems import Invalid

posix = pytest.mark.skipif(os.name == "nt", reason="pipes and devices are files on POSIX alone")


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def named(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_ordinary_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"words")
    assert files.read(tmp_path / "x") == b"words"
    assert files.read(tmp_path / "x", 5) == b"words"
    with pytest.raises(OSError, match="too large"):
        files.read(tmp_path / "x", 4)
    with pytest.raises(FileNotFoundError):
        files.read(tmp_path / "y")


@posix
def test_pipes_devices_and_folders_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    began = time.monotonic()
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), Path("/proc/self/mem")):
        with pytest.raises(OSError):
            files.read(path)
    assert time.monotonic() - began < 2


def test_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "a" / "one", tmp_path / "b" / "two"
    files.write({one: b"1", two: b"2"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    fsync, calls = os.fsync, []

    def full_at_second(number: int) -> None:
        calls.append(number)
        full() if len(calls) == 2 else fsync(number)

    monkeypatch.setattr(os, "fsync", full_at_second)
    with pytest.raises(Invalid, match="the disk is full: nothing was written, and the old file is as it was"):
        files.write({one: b"3", two: b"4"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    assert named(tmp_path / "a") + named(tmp_path / "b") == ["one", "two"]


def test_what_is_held_on_the_disk_is_written_as_what_is_held_in_memory(tmp_path: Path) -> None:
    held: files.Held[str] = files.Held()
    held["a"] = b"short"
    held.put_aside("b", b"long" * 1000)
    held["c"] = b"gone"
    del held["c"]
    assert dict(held) == {"a": b"short", "b": b"long" * 1000}
    assert held["b"] == held["b"]  # as often as one asks
    files.write(held.renamed(lambda name: tmp_path / f"{name}.txt"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.txt": b"short",
        "b.txt": b"long" * 1000,
    }


def test_what_is_told_of_a_file_is_what_it_is_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "x"
    told, there = files.write({path: b"words"})[path], path.stat()
    assert (told.st_size, told.st_mtime_ns) == (there.st_size, there.st_mtime_ns)


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"mine")
    with pytest.raises(Invalid) as found:
        files.write({tmp_path / "build" / "decks" / "x.pptx": b""})
    assert found.value.problems[0].place.path == tmp_path / "build"
    assert (tmp_path / "build").read_bytes() == b"mine"


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "x.yaml"
    files.write_new(path, b"first")
    for links in (True, False):
        if not links:  # as on a memory stick

            def no_links(*_: object) -> None:
                raise PermissionError(errno.EPERM, "no links here")

            monkeypatch.setattr(os, "link", no_links)
        with pytest.raises(Invalid, match="there already; nothing was changed"):
            files.write_new(path, b"second")
        assert path.read_bytes() == b"first"
        assert named(path.parent) == ["x.yaml"]
    files.write_new(tmp_path / "y.yaml", b"third")
    assert (tmp_path / "y.yaml").read_bytes() == b"third"


@posix
def test_what_a_dead_process_left_goes_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, mine, other = (
        tmp_path / f".x.yaml.{gone.pid}.toolkit.part",
        tmp_path / f".x.yaml.{os.getppid()}.toolkit.part",
        tmp_path / ".film.mp4.4711.part",  # of another program
    )
    for path in (dead, mine, other):
        path.write_bytes(b"half")
    (tmp_path / f".y.{gone.pid}.toolkit.unfinished").mkdir()
    files.write_new(tmp_path / "new.yaml", b"")
    assert named(tmp_path) == sorted([mine.name, other.name, "new.yaml"])


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "ours"
    with pytest.raises(ZeroDivisionError), files.new_folder(target) as unfinished:
        (unfinished / "x").touch()
        raise ZeroDivisionError
    assert named(tmp_path) == []
    with files.new_folder(target) as unfinished:
        (unfinished / "x").touch()
        assert not target.exists()
    assert named(target) == ["x"]
    with pytest.raises(OSError), files.new_folder(target) as unfinished:
        (unfinished / "y").touch()
    assert (named(tmp_path), named(target)) == (["ours"], ["x"])


@pytest.mark.parametrize(
    "name, wrong",
    [
        ("baby-rose", ""),
        ("Ein Name, mit Ähnlichem (2)", ""),
        ("x" * 200, ""),
        ("x" * 201, "too long"),
        ("ŵ" * 101, "too long"),
        (".", "full stop"),
        (".x", "full stop"),
        ("a\nb", "nobody can see"),
        ("a\u202eb", "nobody can see"),
        ("a\udcff", "UTF-8"),
        ("CON", "Windows"),
        ("nul", "Windows"),
        ("Com1.x", "Windows"),
        ("console", ""),
    ],
)
def test_names_that_no_file_can_have(name: str, wrong: str) -> None:
    said = files.unfit(name, 200)
    assert (wrong in said) if wrong else said == ""


def test_only_one_is_alone_and_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    words = (
        "import sys, time; from pathlib import Path; from toolkit import files\n"
        f"with files.alone(Path({str(tmp_path)!r}), lambda: print('waits', flush=True)):\n"
        "    print('alone', flush=True); time.sleep(60)"
    )
    env = {**os.environ, "PYTHONPATH": str(TOP)}
    first = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, env=env)
    assert first.stdout and first.stdout.readline().strip() == b"alone"
    second = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, env=env)
    assert second.stdout and second.stdout.readline().strip() == b"waits"
    first.kill()
    first.wait()
    assert second.stdout.readline().strip() == b"alone"
    second.kill()
    second.wait()
    with files.alone(tmp_path, pytest.fail):
        pass
    for child in (first, second):
        assert child.stdout
        child.stdout.close()


def test_where_a_disk_knows_no_locks_nobody_waits(tmp_path: Path) -> None:
    with files.alone(tmp_path / "nowhere", pytest.fail):
        pass


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_locked", lambda held: False)
    monkeypatch.setattr(files, "_WAIT", 0.2)
    with pytest.raises(Invalid, match="another build"), files.alone(tmp_path, lambda: None):
        pytest.fail("is alone")
