"""Files read and written whole: nothing half written, and nothing read that keeps one waiting for ever.

Only the standard library is imported here.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from toolkit.late import pattern
from toolkit.problems import Invalid, Place, Problem

LARGEST = 512 * 1024 * 1024  # bytes; a template with a film in it is well under this
PART = ".toolkit.part"  # what the names of files end in that are being written: .robin.pptx.4711.toolkit.part
UNFINISHED = ".toolkit.unfinished"  # and those of folders
_LEFT = pattern(rf"\..*\.(\d+)(?:{re.escape(PART)}|{re.escape(UNFINISHED)})")
_DAY = 24 * 60 * 60  # seconds
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_BINARY", "O_NONBLOCK", "O_NOCTTY"))
_GROWTH = 64 * 1024  # bytes by which a file may grow while it is being read
K = TypeVar("K")
L = TypeVar("L")
_WAIT = 600  # seconds that a build waits for another one; a thousand decks take fewer


def read(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of an ordinary file. Raises OSError for any other thing: a pipe or a device may never end."""
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        there = os.fstat(file.fileno())
        if stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(errno.EISDIR, "this is a folder, not a file", str(path))
        if not stat.S_ISREG(there.st_mode):
            raise OSError(errno.EINVAL, "this is not an ordinary file", str(path))
        if there.st_size > most:
            raise OSError(errno.EFBIG, "it is too large", str(path))
        data = file.read(there.st_size + _GROWTH) or b""
        if len(data) == there.st_size + _GROWTH:  # as some files of the system, which have no size
            raise OSError(errno.EINVAL, "this is not an ordinary file", str(path))
        return data


def read_named(path: Path, folder: str, again: str) -> bytes:
    """The bytes of a file that a person named. Raises Invalid in plain words for one that is not there, is
    empty, or cannot be read; `folder` and `again` say what to do where it is a folder, or holds nothing.
    """
    place = Place(path)
    try:
        data = read(path)
    except FileNotFoundError:
        message = "there is no such file"
        raise Invalid.at(place, message, "check the name, and the folder that you stand in") from None
    except IsADirectoryError:
        raise Invalid.at(place, "this is a folder, not a file", folder) from None
    except OSError as error:
        message = f"the file cannot be read ({error.strerror or error})"
        raise Invalid.at(place, message, "close other programs that use it, and try again") from None
    if not data.strip():
        raise Invalid.at(place, "the file is empty", again)
    return data


def write(
    files: Mapping[Path, bytes], hurry: bool = False, before: Callable[[Path], None] = lambda path: None
) -> dict[Path, os.stat_result]:
    """Files written all or none: first all of them beside their places, then moved there, each after `before`
    was called with its path. What they are then, by path.

    Unless in a `hurry`, they are on the disk before that. Raises Invalid; the old files stay as they were.
    """
    parts = {path: _part(path) for path in files}
    made: dict[Path, os.stat_result] = {}
    path = next(iter(files))
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _fill(parts[path], data, hurry)
            made[path] = parts[path].stat()
        for path in files:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder stands in its place")
            if path.is_file():
                path.open("r+b").close()  # Word, PowerPoint and Acrobat on Windows lock what they show
        for path, part in parts.items():
            before(path)
            part.replace(path)
    except OSError as error:
        raise trouble(path, error) from None
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return made


class _Aside:
    """A file without a name that holds some bytes, and goes with the last one that has it."""

    def __init__(self, data: bytes) -> None:
        from tempfile import TemporaryFile

        self._file = TemporaryFile()  # noqa: SIM115  closed when this goes
        self._file.write(data)

    def read(self) -> bytes:
        self._file.seek(0)
        return self._file.read()

    def __del__(self) -> None:
        self._file.close()


class Held(MutableMapping[K, bytes]):
    """The bytes of some files, in memory, or for large ones on the disk, from where each is read when it is
    asked for.
    """

    def __init__(self) -> None:
        self._there: dict[K, bytes | _Aside] = {}

    def put_aside(self, name: K, data: bytes) -> None:
        """Keep this on the disk, in a file without a name."""
        self._there[name] = _Aside(data)

    def renamed(self, by: Callable[[K], L]) -> Held[L]:
        """The same with other names."""
        held: Held[L] = Held()
        held._there = {by(name): one for name, one in self._there.items()}
        return held

    def __getitem__(self, name: K) -> bytes:
        one = self._there[name]
        return one if isinstance(one, bytes) else one.read()

    def __setitem__(self, name: K, data: bytes) -> None:
        self._there[name] = data

    def __delitem__(self, name: K) -> None:
        del self._there[name]

    def __iter__(self) -> Iterator[K]:
        return iter(self._there)

    def __len__(self) -> int:
        return len(self._there)


def write_new(path: Path, data: bytes) -> None:
    """A file that is not there yet, whole. Raises Invalid, also when there is one by now: it stays."""
    part = _part(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_up(path.parent)
        _fill(part, data)
        _place(part, path)
    except FileExistsError:
        message = "this file is there already; nothing was changed"
        raise Invalid.at(Place(path), message, "choose another name") from None
    except OSError as error:
        raise trouble(path, error, new=True) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, which then takes the place of `folder`, whole. Raises OSError, also when there is one
    that holds something by then; whatever stops it leaves nothing behind.
    """
    clear_up(folder.parent)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}{UNFINISHED}")
    try:
        unfinished.mkdir(parents=True)
        yield unfinished
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def is_left(name: str) -> bool:
    """Whether a name is that of a half written file or folder of ours."""
    return _LEFT.fullmatch(name) is not None


def clear_up(folder: Path) -> None:
    """Take away what commands that were broken off have left in a folder."""
    with suppress(OSError):
        for path in folder.iterdir():
            if (found := _LEFT.fullmatch(path.name)) and _is_over(path, int(found[1])):
                shutil.rmtree(path, ignore_errors=True)
                with suppress(OSError):
                    path.unlink()


def _is_over(path: Path, process: int) -> bool:
    """Whether nobody is at a half written file or folder any more."""
    if os.name == "nt":  # to ask for a process there would end it
        return time.time() - path.stat().st_mtime > _DAY
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return process == os.getpid()


LONGEST_NAME = 200  # bytes; endings and “(your changes)” come to it, and disks allow 255
_OF_WINDOWS = pattern(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?", re.I)


def unfit(name: str, longest: int) -> str:
    """Why no file can have this name, or not on every computer; nothing where one can."""
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "its letters are not written as text is (UTF-8)"
    if size > longest:
        return f"it is too long; at most {longest} letters, and fewer where they have accents"
    if name.startswith("."):
        return "it begins with a full stop, as the names of hidden files do"
    if not name.isprintable():
        return "it holds a character that nobody can see"
    if _OF_WINDOWS.fullmatch(name):
        return "Windows keeps it for a device"
    return ""


def _part(path: Path) -> Path:
    """Where a file is written first: another name for each process, not much longer than its own."""
    return path.with_name(f".{path.name}.{os.getpid()}{PART}")


def _fill(part: Path, data: bytes, hurry: bool = False) -> None:
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        if not hurry:
            os.fsync(file.fileno())


def _place(part: Path, path: Path) -> None:
    """Move a file to a name that nothing has. Raises FileExistsError."""
    try:
        os.link(part, path)  # which, other than rename, never takes the place of another
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a memory stick
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "it is there already") from None
        part.rename(path)


def left_over(folders: Iterable[Path]) -> list[Path]:
    """Half written files in some folders, of builds that were broken off."""
    found = []
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as every:
            found += [
                Path(one.path)
                for one in every
                if one.name.startswith(".")
                and one.name.endswith(".part")
                and not one.is_dir(follow_symlinks=False)
            ]
    return found


def trouble(path: Path, error: OSError, new: bool = False) -> Invalid:
    """Why a file could not be written, to be raised: the old one, unless it is `new`, is as it was."""
    program = {".pptx": "PowerPoint", ".docx": "Word"}.get(path.suffix, "another program")
    kept = "" if new else "; the old file is as it was"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = f"the disk is full: nothing was written{'' if new else ', and the old file is as it was'}"
        return Invalid.at(Place(path), message, "make some room and try again")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        if new:
            message = "this cannot be written: you may not write here"
            return Invalid.at(Place(path), message, "choose another folder, or ask who may")
        message = f"the file cannot be replaced: it may be open in {program}, or you may not write here"
        return Invalid.at(Place(path), message, f"close it in {program} and build again{kept}")
    if new and error.errno in (errno.EEXIST, errno.ENOTEMPTY):
        message = "there is something of this name by now; it was left as it is"
        return Invalid.at(Place(path), message, "choose another name")
    for folder in path.parents:
        if os.path.lexists(folder) and not folder.is_dir():
            message = "this cannot be written: there is a file where a folder should be"
            return Invalid.at(Place(folder), message, "rename it, or move it away, and try again")
    what = "this" if new else "the file"
    message = f"{what} cannot be written ({error.strerror or error})"
    return Invalid.at(Place(path), message, f"check the folder and try again{kept}")


UNFORESEEN = (OSError, ImportError, MemoryError)  # which can happen anywhere, and are nobody's mistake


def unforeseen(path: Path, error: BaseException) -> Problem:
    """What to say of such an error, which something at `path` met."""
    if not isinstance(error, OSError | ImportError) or re.search("map segment|allocate memory", str(error)):
        message = "the computer is short of memory, so nothing of it was written"
        return Problem(Place(path), message, "close other programs, or build with --jobs 1")
    if isinstance(error, ImportError):
        message = f"a part of the toolkit cannot be loaded ({error})"
        return Problem(Place(path), message, "set the toolkit up again, as its README says")
    where = Path(error.filename) if isinstance(error.filename, str) else path
    message = f"this cannot be read or written ({error.strerror or error})"
    return Problem(Place(where), message, "check the folder and try again")


def set_aside(path: Path) -> Path:
    """Move a file that somebody has edited out of the way, and say where to. Raises Invalid."""
    for number in range(1, 1000):
        mark = " (your changes)" if number == 1 else f" (your changes {number})"
        aside = path.with_name(f"{path.stem}{mark}{path.suffix}")
        if not os.path.lexists(aside):
            try:
                path.rename(aside)
            except OSError as error:
                raise trouble(path, error) from None
            return aside
    message = "there are too many kept versions of this file"
    raise Invalid.at(Place(path), message, "delete those you do not need")


@contextmanager
def alone(root: Path, waits: Callable[[], None]) -> Iterator[None]:
    """While this lasts, no other process is alone with the same folder; `waits` is called where one is.

    It is the system that keeps the lock, so it ends with its process, however that ends. Where a disk knows
    no locks, nobody waits: files are written whole all the same. Raises Invalid after ten minutes.
    """
    held = _open_lock(root)
    try:
        if held is not None:
            _take(held, root, waits)
        yield
    finally:
        if held is not None:
            os.close(held)


def _open_lock(root: Path) -> int | None:
    with suppress(OSError):
        if os.name != "nt":
            return os.open(root, os.O_RDONLY)  # the folder itself: nothing is left lying about
        path = root / "build" / ".stamps" / ".lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT)
    return None


def _take(held: int, root: Path, waits: Callable[[], None]) -> None:
    until = time.monotonic() + _WAIT
    told = False
    while not _locked(held):
        if not told:
            waits()
            told = True
        if time.monotonic() > until:
            message = "another build of this folder has been at work for ten minutes; nothing was written"
            raise Invalid.at(Place(root), message, "wait for it, or stop it, and build again")
        time.sleep(0.1)


def _locked(held: int) -> bool:
    """Whether the lock is ours, or there are no locks; False while another process has it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined, unused-ignore]
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True
