"""The fixed words that the toolkit writes itself, in the language of a plan, and whether a translation still says what the English says.

English stands in reference/words.yaml and in the templates. A translation of any of these files stands in a folder named after its
language beside it, and its first line says which English it was made from: `# translation of words.yaml at 0123456789ab`. The twelve
digits are a fingerprint of the English words, so that a translation that has been overtaken stops the build instead of misleading.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit.problems import Invalid, Place, Problem
from toolkit.source import Node, parse, read_text

ENGLISH = "en-GB"
_MADE_FROM = re.compile(r"#\s*translation of (\S+) at ([0-9a-f]{12})\b")


@dataclass(frozen=True)
class Wording(Mapping[str, str]):
    """Fixed words by name. Call it to fill in what stands in braces: `wording("slide", number=3)`."""

    entries: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return self._table()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self.entries)

    def __call__(self, name: str, **filled: object) -> str:
        return re.sub(r"\{([a-z]+)\}", lambda match: str(filled.get(match[1], match[0])), self[name])

    def _table(self) -> dict[str, str]:
        return _table(self.entries)

    def date(self, day: str) -> str:
        """2013-09-17 as "17 September 2013", 2013-09 as "September 2013", 2013 as it is."""
        year, *rest = day.split("-")
        if not rest:
            return year
        month = f"{self['months'].split()[int(rest[0]) - 1]} {year}"
        return f"{int(rest[1])} {month}" if len(rest) > 1 else month


@lru_cache(maxsize=8)
def _table(entries: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(entries)


@lru_cache(maxsize=1)
def english() -> Wording:
    """The English words that come with the toolkit."""
    from toolkit.project import packaged

    path = packaged() / "reference" / "words.yaml"
    return read_wording(parse(path, read_text(path)), None)


def read_wording(node: Node, model: Wording | None) -> Wording:
    """A table of fixed words. With a `model`, raises Invalid for words that are missing, unknown, or lack a part in braces."""
    if not isinstance(node.value, dict):
        raise Invalid([Problem(node.place, "a table of words is a list of names and words", "write a name, a colon and the words on each line")])
    entries = {name: child.value for name, child in node.value.items() if isinstance(child.value, str)}
    problems = []
    for name, words in (model or {}).items():
        if name not in entries:
            problems.append(Problem(node.place, f"there are no words for '{name}' (“{words}”)", "a translator has to add them"))
        elif _braces(entries[name]) != _braces(words):
            problems.append(Problem(node.value[name].place, f"'{name}' must hold {', '.join(sorted(_braces(words))) or 'nothing in braces'}", f"the English is “{words}”"))
    if problems:
        raise Invalid(problems)
    return Wording(tuple(sorted(entries.items())))


def _braces(words: str) -> set[str]:
    return set(re.findall(r"\{[a-z]+\}", words))


def fingerprint(node: Node) -> str:
    """Twelve digits that change when any word of a file changes, but not with its remarks or line breaks."""
    return hashlib.sha256(json.dumps(node.plain(), ensure_ascii=False).encode("utf-8")).hexdigest()[:12]


def check_translation(translated: Path, original: Path) -> Problem | None:
    """What is wrong with a file as a translation of another: not there, not said, or overtaken."""
    now = fingerprint(parse(original, read_text(original)))
    line = f"# translation of {original.name} at {now}"
    if not translated.is_file():
        return Problem(Place(translated), f"there is no translation of {original.name}", f"a translator has to make it; its first line is: {line}")
    match = _MADE_FROM.match(read_text(translated))
    if not match:
        return Problem(Place(translated, 1, 1), f"this file does not say which English it translates ({original.name})", f"once it is right, make its first line: {line}")
    if match[2] != now:
        return Problem(Place(translated, 1, 1), f"the English of {original.name} has changed since this was translated", f"bring it up to date, then make its first line: {line}")
    return None
