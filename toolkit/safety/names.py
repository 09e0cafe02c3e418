"""A board's private list of names that must never appear: read where it lies, compared, and never shown.

Nothing of the list is printed, copied or kept in any file, not even as a fingerprint. A message gives a place
and the first letter of a name.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit import files
from toolkit.late import dataclass
from toolkit.problems import Invalid, Place, Problem

VARIABLE = "TOOLKIT_NAMES"  # of the environment: where the list lies, in place of what board.yaml says
LARGEST = 1024 * 1024  # bytes of a list
MOST = 5_000  # names in it
_APART = re.compile(r"[\W_]+")
_HINT = "take it out: write the role, or the published pseudonym"


@dataclass(frozen=True)
class Names:
    """Names that must never appear, ready to be looked for."""

    pattern: re.Pattern[str]

    def found(self, text: str, aside: bool = False) -> Iterator[tuple[int, int, str]]:
        """Where in a text a name stands: line, column, and its first letter. What is `aside`, such as an
        address, may write a name in small letters."""
        plain = _plain(text)
        for match in self.pattern.finditer(plain):
            if match.lastgroup and not aside and match[0][:1].islower():
                continue  # Will and will
            before = plain[: match.start()]
            line_start = before.rfind("\n") + 1
            yield before.count("\n") + 1, match.start() - line_start + 1, match[0][:1].upper()

    def problems(self, path: Path, text: str) -> Iterator[Problem]:
        """An error for each place of a text file in which a name stands."""
        for line, column, letter in self.found(text):
            yield Problem(Place(path, line, column), _message("here", letter), _HINT, private=True)

    def problems_of(self, path: Path, words: Iterable[tuple[str, str, bool]]) -> Iterator[Problem]:
        """An error for each place of a file, as it is called there, in whose words a name stands."""
        seen = set()
        for place, text, aside in words:
            for _, _, letter in self.found(text, aside):
                if (place, letter) not in seen:
                    seen.add((place, letter))
                    yield Problem(Place(path), f"{place}: {_message('here', letter)}", _HINT, private=True)


def _message(where: str, letter: str) -> str:
    return f"a name of your private list stands {where} (it begins with {letter})"


def _plain(text: str) -> str:
    """A text without accents and without characters that nobody can see."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))


def kept_out(root: Path | None, told: str | None = None) -> Names | None:
    """The names of the list that the environment names, or that board.yaml `told` of; None without a list.
    Raises Invalid for a list inside the folder, if there is one, or a list that cannot be used."""
    said = os.environ.get(VARIABLE, "").strip() or (told or "").strip()
    if not said:
        return None
    place = Place(root / "board.yaml" if root else Path(VARIABLE))
    path = Path(said).expanduser()
    path = Path(os.path.normpath(path if path.is_absolute() else (root or Path.cwd()) / path))
    try:
        inside = root is not None and path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    if inside:
        message = "the private list of names lies inside this folder, where it would be shared with it"
        raise Invalid.at(place, message, "move it elsewhere, and write its new place after names_kept_out:")
    try:
        data = files.read(path, LARGEST)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no file"
        message = (
            f"the private list of names cannot be read ({why}), so nobody can tell whether one is printed"
        )
        hint = "put the file back where board.yaml says, or write its place after names_kept_out:"
        raise Invalid.at(place, message, hint) from None
    return _read(place, data)


def _read(place: Place, data: bytes) -> Names:
    """The names of a list, one on each line. Raises Invalid, without saying what stands there."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    lines = [(number, line.split("#")[0].strip()) for number, line in enumerate(text.splitlines(), 1)]
    names = [(number, line) for number, line in lines if line]
    if "\0" in text or not names or len(names) > MOST:
        message = "the private list of names is no list: a text file with a name on each line"
        raise Invalid.at(place, message, f"type at least one name, and at most {MOST:,}, in a text editor")
    whole: set[str] = set()
    single: set[str] = set()  # which are words as well: told by a capital letter
    for number, name in names:
        parts = [part for part in _APART.split(_plain(name)) if part]
        if sum(map(len, parts)) < 2:
            message = f"line {number} of the private list of names is too short to look for"
            raise Invalid.at(place, message, "give each name at least two letters")
        between = r"[\W_]*" if sum(map(len, parts)) > 7 else r"[\W_]+"
        (whole if parts[1:] else single).add(between.join(map(re.escape, parts)))
    every = _any_of(whole) + ([f"(?P<single>{'|'.join(_any_of(single))})"] if single else [])
    return Names(re.compile(rf"(?<![^\W_])(?:{'|'.join(every)})(?![^\W_])", re.I))


def _any_of(patterns: set[str]) -> list[str]:
    """Patterns with the longest first, which holds others."""
    return sorted(patterns, key=lambda one: (-len(one), one))
