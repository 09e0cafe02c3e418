"""A zip from anybody, unpacked into memory: measured before, and refused in plain words."""

from __future__ import annotations

import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from toolkit.problems import Invalid, Place

MOST_PARTS = 20_000
# bytes of all parts when unpacked, without films and sounds, which nothing here looks at:
# they are held in memory
LARGEST_FILE = 150 * 1024 * 1024
_FILMS = (".mp4", ".m4v", ".mov", ".avi", ".wmv", ".mpg", ".mpeg", ".mp3", ".m4a", ".wav", ".wma", ".aac")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
AGAIN = "open it in PowerPoint or Word, save it under a new name, and try that file"
KINDS = "name a file that ends in .pptx, .potx, .docx or .dotx"
_START = 16 * 1024 * 1024  # bytes at the start of a file that tell what it is: an old one may say late


def unzipped(source: Path | bytes, path: Path) -> dict[str, bytes]:
    """The parts of a zip by name, from its path or its bytes; `path` stands in problems.

    Raises Invalid for no such file, a folder, another kind of file, a damaged one, one with a password, and
    one that swells when unpacked.
    """
    start = source[: _START if source[:8] == _OLE else 8] if isinstance(source, bytes) else _start(source)
    if not start:
        raise _stop(
            path, "the file is empty", "it may not have been copied or downloaded to the end; get it again"
        )
    if start.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in start:
            raise _stop(
                path,
                "the file is protected with a password",
                "open it in Office, choose File, Info, Protect, remove the password, and save it",
            )
        raise _stop(
            path,
            "this is a file of an old kind, such as .ppt or .doc",
            "open it in Office and choose File, Save as, PowerPoint Presentation or Word Document",
        )
    if not start.startswith(b"PK"):
        raise _stop(
            path, "this is a PDF" if start.startswith(b"%PDF") else "this is not an Office file", KINDS
        )
    try:
        return _unpack(path, BytesIO(source) if isinstance(source, bytes) else source)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        LookupError,
    ):
        raise _stop(
            path, "the file is damaged", "get it again, or open it in Office, which may repair it"
        ) from None


def _start(path: Path) -> bytes:
    """The first bytes of a file: a new Office file is not held in memory beside its parts."""
    try:
        there = path.stat()
        if stat.S_ISDIR(there.st_mode):
            raise _stop(path, "this is a folder, not a file", KINDS)
        if not stat.S_ISREG(there.st_mode):  # reading from a pipe or a device may never end
            raise _stop(path, "this is not an ordinary file", KINDS)
        if not there.st_size:  # what Linux has in /proc has no size, and may never end
            return b""
        with path.open("rb") as file:
            start = file.read(8)
            return start + file.read(_START) if start.startswith(_OLE) else start
    except FileNotFoundError:
        raise _stop(path, "there is no such file", "check the spelling of the name and the folder") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> Invalid:
    return _stop(
        path,
        f"the file cannot be read ({getattr(error, 'strerror', None) or error})",
        "close other programs that use it and check that you may open it",
    )


def _unpack(path: Path, source: Path | BytesIO) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    with zipfile.ZipFile(source) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        size = sum(entry.file_size for entry in entries if not _is_film(entry.filename))
        # zipfile never unpacks more of an entry than its stated size, so that the stated sizes can be trusted
        # as a limit.
        if len(entries) > MOST_PARTS or size > LARGEST_FILE:
            raise _stop(
                path,
                f"the file is too large when unpacked ({len(entries):,} parts, {size:,} bytes)",
                "make the pictures in it smaller (File, Compress Pictures); if you do not know who made it, "
                "do not use it",
            )
        for entry in entries:
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                raise _stop(
                    path,
                    f"a part of the file has an unsafe name ({name[:60]})",
                    "do not use this file; ask who made it",
                )
            if name.casefold() in seen:  # names of parts are equal whatever their case
                raise _stop(path, f"the file holds a part twice ({name})", AGAIN)
            if entry.flag_bits & 1:
                raise _stop(
                    path,
                    "the file is a zip with a password",
                    "unpack it first, or ask for the file without a password",
                )
            seen.add(name.casefold())
            parts[name] = b"" if _is_film(name) else archive.read(entry)
    return parts


def _is_film(name: str) -> bool:
    return name.casefold().endswith(_FILMS)


def _stop(path: Path, message: str, hint: str) -> Invalid:
    return Invalid.at(Place(path), message, hint)
