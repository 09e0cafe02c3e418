"""The fixed words that the toolkit writes itself, in the language of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from toolkit.late import dataclass
from toolkit.problems import Invalid, Node, Problem

ENGLISH = "en-GB"


@dataclass(frozen=True)
class Wording(Mapping[str, str]):
    """Fixed words by name. Call it to fill in what stands in braces: `wording("slide", number=3)`.

    Where the count is one, the words whose name ends in -one stand for the others.
    """

    entries: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return self._table()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self.entries)

    def __call__(self, name: str, **filled: object) -> str:
        if filled.get("count") == 1 and f"{name}-one" in self:
            name = f"{name}-one"
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

    def several(self, names: Sequence[str]) -> str:
        """Names in a row: "Daniel, Keanu and Hamzah"."""
        if len(names) < 2:
            return "".join(names)
        return self("two-names", first=", ".join(names[:-1]), second=names[-1])


@lru_cache(maxsize=8)
def _table(entries: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(entries)


def read_wording(node: Node, model: Wording | None) -> Wording:
    """A table of fixed words.

    With a `model`, raises Invalid for words that are missing, unknown, or lack a part in braces.
    """
    if not isinstance(node.value, dict):
        raise Invalid.at(
            node.place,
            "a table of words is a list of names and words",
            "write a name, a colon and the words on each line",
        )
    entries = {name: child.value for name, child in node.value.items() if isinstance(child.value, str)}
    problems = []
    for name, words in (model or {}).items():
        if name not in entries:
            problems.append(
                Problem(
                    node.place, f"there are no words for '{name}' (“{words}”)", "a translator has to add them"
                )
            )
        elif _braces(entries[name]) != _braces(words):
            problems.append(
                Problem(
                    node.value[name].place,
                    f"'{name}' must hold {', '.join(sorted(_braces(words))) or 'nothing in braces'}",
                    f"the English is “{words}”",
                )
            )
    if problems:
        raise Invalid(problems)
    return Wording(tuple(sorted(entries.items())))


def _braces(words: str) -> set[str]:
    return set(re.findall(r"\{[a-z]+\}", words))
