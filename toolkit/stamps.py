"""What was built from what: a second build does nothing, and a file that a person changed is not overwritten.

A stamp is a small JSON file for one target. For each file it knows the SHA-256 of what was written, and a
fingerprint of all that the file was made from. Only the standard library is imported here: an unchanged build
takes a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Output:
    """A file that was built: the fingerprint of all it was made from, the digests of what was written, its
    size and time.

    There are two digests, and no fingerprint, while one version is being replaced by the next: a build that
    was broken off then does not take its own file for a person's. There is none where nothing is to be
    built: a deck that teaches every point has no cards.
    """

    made_from: str
    digests: tuple[str, ...]
    size: int = -1
    time: int = -1


@dataclass(frozen=True)
class Stamp:
    """What is known of a target: names of its own sources, outputs by their endings, what `fit` did when."""

    inputs: tuple[str, ...] = ()
    outputs: dict[str, Output] = field(default_factory=dict)
    fitted: tuple[str, ...] = ()
    fitted_from: str = ""


def read(path: Path) -> Stamp:
    """A stamp; an empty one when there is none or it is damaged."""
    try:
        found = json.loads(path.read_bytes())
        outputs = {
            ending: Output(one["made_from"], tuple(one["digests"]), one["size"], one["time"])
            for ending, one in found["outputs"].items()
        }
        return Stamp(tuple(found["inputs"]), outputs, tuple(found["fitted"]), found["fitted_from"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Stamp()


def dump(stamp: Stamp) -> bytes:
    """The file of a stamp."""
    return json.dumps(asdict(stamp), indent=1).encode()


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def is_changed(path: Path, output: Output, look: bool = False) -> bool:
    """Whether a file differs from what was built: somebody has edited it.

    Its bytes are read when its size or time differs, or to `look`.
    """
    try:
        there = path.stat()
        if not look and (there.st_size, there.st_mtime_ns) == (output.size, output.time):
            return False
        return digest(path.read_bytes()) not in output.digests
    except OSError:
        return False


@cache
def own_code() -> str:
    """A fingerprint of the toolkit itself: a new version builds everything anew."""
    whole = hashlib.sha256()
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "data", "fonts"))
        for name in sorted(names):
            whole.update(name.encode() + Path(folder, name).read_bytes())
    return whole.hexdigest()
