"""What was built from what: a second build does nothing, and a file that a person changed is not overwritten.

A stamp is a small JSON file for one target. For each file it knows the SHA-256 of what was written, and a
fingerprint of all that the file was made from. A stamp may be lost: what a file was built as stands in the
file as well (`toolkit.seals`). Only the standard library is imported here: an unchanged build takes a
fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import asdict, field
from functools import cache
from pathlib import Path
from typing import Literal

from toolkit import files, seals
from toolkit.late import dataclass

LARGEST = 8 * 1024 * 1024  # bytes of a stamp; that of 1,000 slides has 100,000
State = Literal["gone", "built", "other", "edited"]


@dataclass(frozen=True)
class Output:
    """A file that was built: the fingerprint of all it was made from, the digests of what was written, its
    size and time. There is no digest of a file that was not written because nothing would stand in it.
    """

    made_from: str
    digests: tuple[str, ...]
    size: int = -1
    time: int = -1


@dataclass(frozen=True)
class Stamp:
    """What is known of a target: names of its own sources, outputs by their endings, what `fit` did when; and
    for each fingerprint that an output has the digests of the `sources`, and of their parts, at that time,
    and what the files `said` then: digests of the plans, and how they were asked for.
    """

    inputs: tuple[str, ...] = ()
    outputs: dict[str, Output] = field(default_factory=dict)
    fitted: tuple[str, ...] = ()
    fitted_from: str = ""
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)


def read(path: Path) -> Stamp:
    """A stamp; an empty one when there is none or it is damaged."""
    try:
        found = json.loads(files.read(path, LARGEST))
        outputs = {
            ending: Output(
                _word(one["made_from"]), _words(one["digests"]), int(one["size"]), int(one["time"])
            )
            for ending, one in found["outputs"].items()
        }
        sources, said = (
            {
                _word(made): {_word(name): _word(one) for name, one in known.items()}
                for made, known in found.get(table, {}).items()
            }
            for table in ("sources", "said")
        )
        fitted, fitted_from = _words(found["fitted"]), _word(found["fitted_from"])
        return Stamp(_words(found["inputs"]), outputs, fitted, fitted_from, sources, said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Stamp()


def _word(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _words(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise ValueError
    return tuple(map(_word, values))


def dump(stamp: Stamp) -> bytes:
    """The file of a stamp."""
    return json.dumps(asdict(stamp), indent=1).encode()


def was(stamp: Path, ending: str) -> Path:
    """Where it stands beside a stamp what the file with this ending was built as."""
    return stamp.with_name(f"{stamp.stem}{ending}.was")


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def state(path: Path, known: Output | None, look: bool = False) -> State:
    """What a file is: gone, as it was built, built by us at another time, or edited by somebody.

    Its bytes are read when its size or time differs from what is `known`, or to `look`. Only what can be
    shown to be our own untouched output, by its stamp or by itself, does not count as edited.
    """
    try:
        there = path.lstat()
        if stat.S_ISDIR(there.st_mode):
            return "gone"  # there is no file, and where one is to be written this will be told
        if known and not look and (there.st_size, there.st_mtime_ns) == (known.size, known.time):
            return "built"
        data = files.read(path, seals.LARGEST)
    except FileNotFoundError:
        return "edited" if path.is_symlink() else "gone"
    except OSError:
        return "edited"
    if known and digest(data) in known.digests:
        return "built"
    return "other" if seals.is_own(data) else "edited"


@cache
def own_code() -> str:
    """A fingerprint of the toolkit itself: a new version builds everything anew."""
    whole = hashlib.sha256()
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "data", "fonts"))
        for name in sorted(names):
            whole.update(name.encode() + Path(folder, name).read_bytes())
    return whole.hexdigest()
