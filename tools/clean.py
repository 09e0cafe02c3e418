"""What `make clean` does to `build`: what was made goes, and what somebody has edited or put there stays.

Usage: python tools/clean.py [FOLDER]. Nothing but Python is needed.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from toolkit import files, stamps

MADE = (".cache", ".stamps", "cite", "look")  # folders that hold nothing of anybody's


def clean(build: Path) -> list[Path]:
    """Take away what can be shown to be as it was built, and say what is still there."""
    known = {
        build / path.parent.name / f"{path.stem}{ending}": output
        for path in build.glob(".stamps/*/*.json")
        for ending, output in stamps.read(path).outputs.items()
    }
    every = sorted(path for path in build.rglob("*") if path.relative_to(build).parts[0] not in MADE)
    for path in every:
        half = path.name.startswith(".") and files.is_left(path.name)
        if half or stamps.state(path, known.get(path), look=True) in ("built", "other"):
            with suppress(OSError):
                path.unlink()
    for name in MADE:
        shutil.rmtree(build / name, ignore_errors=True)
    for path in (*reversed(every), build):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):  # it holds something still
                path.rmdir()
    return [path for path in every if path.is_file() or path.is_symlink()]


def main(folder: Path) -> None:
    kept = clean(folder / "build")
    for path in kept:
        print(f"kept {path.relative_to(folder)}")
    if kept:
        print("These are not as they were built. Delete them yourself if nobody needs them.")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path.cwd())
