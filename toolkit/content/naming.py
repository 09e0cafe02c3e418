"""What somebody meant who wrote a name that nothing has."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from toolkit.content.registers import Entry
from toolkit.problems import did_you_mean, near


def near_hint(name: str, known: Collection[str], where: str, alike: float = 0.5) -> str:
    """The nearest name that there is, or `where` all of them are shown."""
    there = f"{where}: {', '.join(sorted(known)) or 'none'}"
    return did_you_mean(name, known, there, alike)  # S9 is half like S1


def named_hint(name: str, register: Mapping[str, Entry], listed: str) -> str:
    """The id that somebody meant who wrote a title or misspelt an id, or where all of them are shown."""
    plain = _plain(name)
    if (bare := name.strip("“”‘’\"'")) != name and bare in register:
        return f"delete the quotation marks: {bare}"
    parts = re.split(r"\s*[;,]\s*|\s+and\s+|\s+", name)
    if len(parts) > 1 and all(part in register for part in parts):
        return f"put a comma between them: [{', '.join(parts)}]"
    titled = [id for id, entry in register.items() if plain in (_plain(entry.title), _plain(id))]
    if titled:
        return f"that is its title; type in its place: {titled[0]}" if name != titled[0] else ""
    if len(starts := {word[:4] for word in plain.split()}) > 1:  # school nurses: … and school nursing
        like = [id for id, entry in register.items() if starts <= _starts(f"{entry.title} {id}")]
        if len(like) == 1:
            return f"did you mean '{like[0]}'?"
    by_title = {_plain(entry.title): id for id, entry in register.items()}
    meant = near(name.casefold(), register, 0.6) or by_title.get(near(plain, by_title, 0.6), "")
    if meant:
        return f"did you mean '{meant}'?"
    there = f"there are: {', '.join(register)}"
    return (
        f"{there}; type the one that comes nearest"
        if len(there) < 400
        else f"run: toolkit list {listed}; then type the name that stands first in its line"
    )


def _starts(words: str) -> set[str]:
    return {word[:4] for word in _plain(words.replace("-", " ")).split()}


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def next_id(id: str, taken: Collection[str]) -> str:
    """An id like this one that nothing has yet: P-2 for P-1."""
    match = re.fullmatch(r"(.*?)(\d*)", id)
    stem, number = (match[1], int(match[2] or 1)) if match else (id, 1)
    if match and not match[2]:
        stem += "-"
    while f"{stem}{number}" in taken or (number == 1 and match and not match[2]):
        number += 1
    return f"{stem}{number}"
