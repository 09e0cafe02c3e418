"""What in a finished file, whoever made it, may tell who somebody is, blames, or is a name kept out."""

from __future__ import annotations

from pathlib import Path

from toolkit.problems import Place, Problem
from toolkit.safety.hiding import Words, words_of
from toolkit.safety.names import Names, kept_out
from toolkit.safety.rulebook import Rulebook, rulebook


def found(path: Path, rules: Rulebook | None = None, names: Names | None = None) -> list[Problem]:
    """Everything of this in an Office file or PDF, each with the place in plain words; names that are kept
    out stop. With the toolkit’s own rules, and the list that the environment names, where none are given.

    Raises Invalid for a file that cannot be read, or is of another kind.
    """
    rules = rules or rulebook()
    names = names or kept_out(None)
    return found_in(path, list(words_of(path, aside=names is not None)), rules, names)


def found_in(path: Path, words: list[Words], rules: Rulebook, names: Names | None = None) -> list[Problem]:
    """The same of words that were read of a file already, such as those of a saved web page."""
    problems: dict[tuple[str, str, str], Problem] = {}
    for place, text, aside in words:
        if aside:
            continue
        for hit in rules.warned(text):
            what = f"“{hit.words}”: {hit.rule.title}"
            message = f"{place}: {what}" if hit.blames else f"{place}: this may identify somebody: {what}"
            hint = f"{hit.rule.instead}. {hit.rule.why}"
            problem = Problem(Place(path), message, hint, stops=False)
            problems.setdefault((place, hit.rule.id, hit.words), problem)
    told = list(problems.values())
    return [*(names.problems_of(path, words) if names else ()), *told]
