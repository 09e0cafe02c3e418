"""What was built from what: so that a second build does nothing, and a file that a person changed is never overwritten.

A stamp is a small JSON file in build/.stamps with the SHA-256 of every source and every output of one target. Only the standard
library is imported here: an unchanged build takes a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = ".stamps"


@lru_cache(maxsize=4096)
def digest(path: Path) -> str:
    """The SHA-256 of a file, or "" when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=1)
def own_code() -> str:
    """A fingerprint of the toolkit itself: a new version builds everything anew."""
    whole = hashlib.sha256()
    for path in sorted(
        p
        for p in Path(__file__).parent.rglob("*")
        if p.suffix in (".py", ".json", ".typ") and "data" not in p.parts
    ):
        whole.update(path.name.encode() + digest(path).encode())
    return whole.hexdigest()


def read(stamp: Path) -> dict[str, Any]:
    """A stamp; empty when there is none or it is damaged."""
    try:
        found = json.loads(stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_fresh(stamp: Path, root: Path, listing: str, options: str) -> bool:
    """Whether nothing has changed since a target was built: sources, their listing, options, the toolkit, outputs still there."""
    found = read(stamp)
    if (
        not found
        or found.get("toolkit") != own_code()
        or found.get("listing") != listing
        or found.get("options") != options
    ):
        return False
    return all(digest(_absolute(root, name)) == value for name, value in found["inputs"].items()) and all(
        (root / name).exists() for name in found["outputs"]
    )


def changed_by_hand(stamp: Path, root: Path) -> list[Path]:
    """The outputs of a target that differ from what was last built: somebody has edited them."""
    return [
        root / name
        for name, value in read(stamp).get("outputs", {}).items()
        if (root / name).exists() and digest(root / name) != value
    ]


def write(
    stamp: Path,
    root: Path,
    inputs: Sequence[Path],
    outputs: dict[Path, str],
    listing: str,
    options: str,
    fitted: Sequence[str],
) -> None:
    """Remember a build. `outputs` holds the SHA-256 of each file as it was written, `fitted` what `fit` did."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "toolkit": own_code(),
        "options": options,
        "listing": listing,
        "inputs": {_relative(root, path): digest(path) for path in inputs},
        "outputs": {_relative(root, path): value for path, value in outputs.items()},
        "fitted": list(fitted),
    }
    temporary = stamp.with_suffix(".part")
    temporary.write_text(json.dumps(content, indent=1), "utf-8")
    temporary.replace(stamp)


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _absolute(root: Path, name: str) -> Path:
    return root / name  # an absolute name stays what it is
