"""What a file says of the changes that were made by hand in an earlier one, and that its build made anew: so
that their words are told from those of the sources.

It stands in the table of origins, as fingerprints: no word can be read out of it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from toolkit.content.changes import Change
from toolkit.office.opc import ORIGINS, quoted
from toolkit.office.prints import fingerprint, words_of
from toolkit.office.story import Line, mark

_HAND, _SIZE = f"{{{ORIGINS}}}hand", 4  # letters of the fingerprint of a word


class Kept(NamedTuple):
    """The changes of a file: a few letters that tell them from others, how many were `made`, the fingerprints
    of their lines by the keys of slides ("" in a document), and the words of lines that they took away.
    """

    digest: str = ""
    made: int = 0
    lines: Mapping[str, tuple[str, ...]] = {}
    gone: tuple[tuple[str, ...], ...] = ()


NOTHING = Kept()
Leaves = Sequence[tuple[str, Sequence[Line]]]  # the key of each slide and its lines; "" for a document


def digest_of(changes: Sequence[Change]) -> str:
    """A few letters that tell some changes from any others; nothing for none."""
    said = json.dumps([one.model_dump() for one in changes], sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8] if changes else ""


def written(changes: Sequence[Change], count: int, before: Leaves, after: Leaves) -> str:
    """What a file says of some changes, of which a number was made: it had the lines `before`."""
    were, new = Counter(_marks(before)), ""
    were.subtract(_marks(after))
    more = {one: -number for one, number in were.items() if number < 0}
    for key, lines in reversed(after):  # of the same words those count that stand last
        found = []
        for line in reversed(lines):
            if line.words.strip() and more.get(one := mark(line.words), 0) > 0:
                more[one] -= 1
                found.append(one)
        if found:
            new += f"<new slide={quoted(key)}>{' '.join(reversed(found))}</new>"
    gone = {
        "".join(map(fingerprint, words_of(line.words)))
        for _, lines in before
        for line in lines
        if were[mark(line.words)] > 0
    } - {""}
    about = f"of={quoted(digest_of(changes))} count={quoted(str(count))}"
    return f"<hand {about}>{new}<gone>{' '.join(sorted(gone))}</gone></hand>"


def _marks(leaves: Leaves) -> Iterable[str]:
    return [mark(line.words) for _, lines in leaves for line in lines if line.words.strip()]


def kept_in(table: Any) -> Kept:
    """What a table of origins says of changes that were made by hand."""
    hand = table.find(_HAND)
    if hand is None:
        return NOTHING
    count, new = hand.get("count") or "", hand.iterfind(f"{{{ORIGINS}}}new")
    lines = {one.get("slide") or "": tuple((one.text or "").split()) for one in new}
    gone = (hand.findtext(f"{{{ORIGINS}}}gone") or "").split()
    rows = tuple(tuple(one[at : at + _SIZE] for at in range(0, len(one), _SIZE)) for one in gone)
    return Kept(hand.get("of") or "", int(count) if count.isdecimal() else 0, lines, rows)
