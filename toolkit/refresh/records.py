"""What a person accepts, written into the review: the place, the words, and who found them in which file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit import files
from toolkit.content.model import Cite, FileCheck, Review
from toolkit.content.nodes import load, parse, read_text
from toolkit.content.quotes import seal, told_by
from toolkit.content.sentences import validate
from toolkit.problems import Invalid, Place
from toolkit.refresh.citelines import Lines, is_short, with_place, with_words
from toolkit.refresh.claims import Claim


def accept(path: Path, claim: Claim, source: str, check: FileCheck, where: str, words: str) -> None:
    """Write into a review that words carry a claim, and where they stand. Raises Invalid when the claim is
    no longer what was shown, or the file cannot be written: then it is as it was.
    """

    def change(review: Review, lines: Lines) -> None:
        *above, _, index = claim.path
        model = _at(review, above)
        cites = getattr(model, "cites", ())
        there = cites[index] if isinstance(index, int) and index < len(cites) else None
        if model is None or told_by(review, model) != claim.said or there != claim.cite:
            message = f"{claim.name} has been changed since it was shown; it was left as it is"
            raise Invalid.at(Place(path), message, "run the command again")
        _cite(path, lines, claim, source, where, words)
        cite = Cite.model_validate({"source": source, "where": where, "quote": words})
        _record(review, lines, source, check, seal(check, cite, told_by(review, model)))

    _rewrite(path, change)


def mark_read(path: Path, source: str) -> None:
    """Write at a source that a part of it was read. Raises Invalid; then the file is as it was."""

    def change(review: Review, lines: Lines) -> None:
        lines.replace(("sources", _number(review, source), "read"), "part")

    _rewrite(path, change)


def _rewrite(path: Path, change: Callable[[Review, Lines], None]) -> None:
    """The file as it is now, changed, tried and put in its place in one step."""
    path = path.resolve()
    review, _ = load(path, Review)
    text = read_text(path)
    lines = Lines(path, text)
    change(review, lines)
    new = lines.checked()
    validate(Review, parse(path, new))
    mode = path.stat().st_mode
    try:
        files.clear_up(path.parent)
        files.write({path: new.encode()}, before=lambda _: _unchanged(path, text))
    except Invalid as error:
        again = [replace(one, hint=one.hint.replace("build again", "try again")) for one in error.problems]
        raise Invalid(again) from None
    with suppress(OSError):
        path.chmod(mode & 0o7777)


def _unchanged(path: Path, text: str) -> None:
    if read_text(path) != text:
        message = "somebody has saved this file just now; nothing was written over it"
        raise Invalid.at(Place(path), message, "run the command again")


def _at(review: Review, path: Any) -> Any:
    found: Any = review
    for step in path:
        try:
            found = found[step] if isinstance(step, int) else getattr(found, step)
        except (IndexError, AttributeError, TypeError):
            return None
    return found


def _cite(path: Path, lines: Lines, claim: Claim, source: str, where: str, words: str) -> None:
    if claim.cite is None:
        lines.add(claim.path, with_words(source, where, words))
        return
    node = parse(path, lines.text).at(claim.path)
    if is_short(node):
        same = claim.quote == words
        new = with_place(str(node.value), where) if same else with_words(source, where, words)
        if new != node.value:
            lines.replace(claim.path, new)
        return
    for name, value, old in (("where", where, claim.cite.where), ("quote", words, claim.cite.quote)):
        if old is None:
            lines.add((*claim.path, name), value)
        elif old != value:
            lines.replace((*claim.path, name), value)


def _record(review: Review, lines: Lines, source: str, check: FileCheck, sealed: str) -> None:
    """The seal in the record of this person, day and file, or in a new one."""
    number = _number(review, source)
    checks = review.sources[number].checked
    about = {"by": check.by, "on": check.on, "file": check.file, "sha256": check.sha256}
    path = ("sources", number, "checked")
    for position, one in enumerate(checks):
        if one.model_dump(exclude={"found"}) == about:
            if sealed not in one.found:
                found = (*path, position, "found")
                lines.add((*found, len(one.found)) if one.found else found, sealed if one.found else [sealed])
            return
    record = {**about, "found": [sealed]}
    lines.add((*path, len(checks)) if checks else path, record if checks else [record])


def _number(review: Review, source: str) -> int:
    return next(n for n, one in enumerate(review.sources) if one.id == source)
