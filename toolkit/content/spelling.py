"""How words are typed so that YAML reads them, the characters that only look right, and what is said."""

from __future__ import annotations

import re
import typing
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from toolkit.late import pattern

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

ODD = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"  # look like a space, or like nothing, and are none
MARKS = "•▪▫◦●○■□‣⁃∙·‐‑‒–—―−➢►\uf0b7\uf0a7\uf0d8"  # what Word and Outlook put before an item
PARAGRAPHS = (
    "say",
    "listen_for",
    "care",
    "do",
    "if_short",
)  # texts that are printed with all their paragraphs
ALSO_WORDS = {"about", "because", "by", "do", "for", "next", "on", "text", "to", "where", "why", "words"}
_OF_REGISTERS = {"nation", "since", "until", "today", "purpose", "change", "old", "new"}
TIGHT = "a list item is a hyphen, a space, and the item"
TAB = ("a tab (shown as ?) stands where spaces are needed", "delete it and press the space bar instead")
LIST_LINE = pattern(rf"(?:[-*+](?=\s)|[{MARKS}]|\d{{1,2}}[.)](?=\s)|[a-z]\)(?=\s))")
_STOPS = pattern(r"[.!?:;,…][”’\"')]*$")
_LONGEST, _MOST_LINES = 90, 6  # of what a hint shows


def quoted(words: str) -> str:
    """Words in straight quotation marks, as YAML reads them back; nothing where both kinds stand in them."""
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return f"'{words}'" if "'" not in words else ""


def how_to_type(before: str, words: str) -> str:
    """What to type in place of words that YAML takes for something else; `before` stands on the same line."""
    words, how = words.strip(), "type it like this"
    if words[:1] in "“‘" and words[-1:] in "”’":
        words, how = words[1:-1], f"{how}, with straight quotation marks, as Notepad types them"
    if not (safe := quoted(words)):
        return below(before, [words])
    before = before.strip()
    if safe[0] == "'":
        how = f"{how}, with one ' at each end"
    if len(before) + len(safe) < _LONGEST:
        return f"{how}: {before} {safe}".replace(":  ", ": ")
    mark = "double" if safe[0] == '"' else "single"
    return f"put the whole value in straight {mark} quotation marks: {safe[:12]}…{safe[-12:]}"


def slashed(line: str, column: int) -> tuple[str, str] | None:
    """What is said of a value in double quotation marks with backslashes in it, as a path in Windows has
    them, which stands round a column of a line; nothing where none does."""
    for match in re.finditer(r'"([^"]*)"', line):
        if match.start() <= column < match.end() and "\\" in match[1]:
            hint = how_to_type(line[: match.start()], match[1])
            return "a backslash does not stand for itself inside double quotation marks", hint
    return None


def below(before: str, words: Sequence[str], mark: str = ">-") -> str:
    """What to type for words that no quotation marks keep, or that go on below, laid out as in the file.

    `before` is what stands before them, with its indentation.
    """
    lead = before[: len(before) - len(before.lstrip(" -"))]
    deep = len(lead.rstrip()) - 1 if lead.strip() and not before[len(lead) :].strip() else len(lead)
    first = f"{before.rstrip()} {mark}" if before.strip() else f"{before}{mark}"
    return laid_out(first, *(f"{' ' * (deep + 2)}{line.strip()}" for line in words))


def barred(before: str, words: Sequence[str], where: str = "") -> tuple[str, str]:
    """What is said of a list in a text that may hold one, and has its words behind `before`; `where` says
    of which line, if it is another one."""
    after = f"'{name}'" if (name := before.strip().removeprefix("- ")) not in ("", "-") else "the hyphen"
    message = f"this text may hold a list, but then a bar | must stand after {after}{where}"
    hint = below(before, words, "|")
    return message, f"begin the words on the next line, 2 spaces further in than {after}; {hint}"


def pieces(lines: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs and list items of a text, without their marks."""
    found: list[str] = []
    gap = True
    for line in map(str.strip, lines):
        mark = LIST_LINE.match(line)
        if line and (gap or mark):
            found.append(line[mark.end() :].lstrip() if mark else line)
        elif line:
            found[-1] += f" {line}"
        gap = not line
    return tuple(found)


def bare(words: str) -> str:
    """Words as they are typed after a field's name or a hyphen: as they are, or in quotation marks; nothing
    where neither will do."""
    return words if re.fullmatch(r"[A-Za-z][^:#]*", words) else quoted(words)


def in_one(before: str, parts: Sequence[str], without: str = "list marks and empty lines") -> str:
    """What to type for a text of several pieces as one paragraph, on the line that has `before`."""
    whole = ""
    for part in parts:
        stop = "," if part[:1].islower() else "."
        whole = f"{whole}{'' if not whole or _STOPS.search(whole) else stop} {part}".strip()
    typed = bare(whole + "." * (whole[:1].isupper() and not _STOPS.search(whole)))
    if typed and len(before.strip()) + len(typed) < _LONGEST:
        name = before.strip(" -:")
        lines = f"the lines of '{name}'" if name else "all its lines"
        return f"write it as one paragraph, in place of {lines}, like this: {before.strip()} {typed}"
    return f"write it as one paragraph, without {without}"


def as_items(before: str, parts: Sequence[str]) -> str:
    """What to type for the pieces of a text where `before` is the name of a list, which has nothing else on
    its line."""
    lead = " " * (len(before) - len(before.lstrip(" -")))
    return laid_out(before.rstrip(), *(f"{lead}  - {bare(part) or '…'}" for part in parts))


def laid_out(*lines: str) -> str:
    """A hint that shows what to type over two lines or more, each indented as in the file, and all but the
    first alike; long ones are cut.
    """
    first, rest = (len(line) - len(line.lstrip()) for line in lines[:2])
    shown = [
        line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0].rstrip()}…" for line in lines
    ]
    shown[_MOST_LINES - 1 :] = shown[_MOST_LINES - 1 :] if len(lines) <= _MOST_LINES else [f"{' ' * rest}…"]
    others = "the second" if len(lines) == 2 else "the others"
    how = f"{first} spaces before the first line and {rest} before {others}"
    if not first:
        how = f"{rest} spaces before {'the second line' if len(lines) == 2 else 'all but the first'}"
    return "\n".join([f"type it like this, with {how}:", *(line.rstrip() for line in shown)])


def odd_space(characters: str, where: str) -> tuple[str, str]:
    """What is said of characters that look like spaces, and stand where it is said."""
    name = "no-break space" if set(characters) <= set("\u00a0\u202f") else "odd or invisible space"
    count = len(characters)
    what = f"{count} {name}s" if count > 1 else f"{'a' if name[0] == 'n' else 'an'} {name}"
    hint = f"delete {'them' if count > 1 else 'it'} and press the space bar"
    message = f"{what} (shown as ?) stand{'s' if count == 1 else ''} {where}"
    return message, f"{hint}; such spaces often come out of Word, mail or a web page"


@cache
def known_fields() -> frozenset[str]:
    """The names of all fields of reviews, decks, briefings, boards and registers."""
    return frozenset(name for name, _ in _fields()) | _OF_REGISTERS


@cache
def list_fields() -> frozenset[str]:
    """The names of the fields that are lists."""
    return frozenset(name for name, kind in _fields() if "uple[" in kind)


@cache
def together(one: str, other: str) -> bool:
    """Whether some group of fields may hold two of these names."""
    return any({one, other} <= group.keys() for group in _groups())


@cache
def holds(one: str, other: str) -> bool:
    """Whether a field holds a group of fields of which one is the other."""
    from pydantic import BaseModel

    kinds = [info.annotation for group in _groups() for name, info in group.items() if name == one]
    while kinds:
        kind = kinds.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if other in kind.model_fields:
                return True
        else:
            kinds += typing.get_args(kind)
    return False


def _fields() -> list[tuple[str, str]]:
    """Every field of every model, and its type in words."""
    return [(name, str(info.annotation)) for group in _groups() for name, info in group.items()]


@cache
def _groups() -> list[dict[str, FieldInfo]]:
    from toolkit.content import model

    every = [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, model.Model)]
    return [one.model_fields for one in every]


def colon_like(mark: str, typed: str) -> tuple[str, str]:
    """What is said of a mark in place of a colon; `typed` is its line with a colon."""
    message = (
        f"this mark ({mark}) stands in place of a colon"
        if mark in ";="
        else f"this colon is a look-alike ({mark})"
    )
    if len(typed := typed.strip()) < _LONGEST:
        return message, f"type it like this, with an ordinary colon and a space: {typed}"
    return message, f"type an ordinary colon in place of {mark}, and one space after it"


def mark_hint(mark: str, gap: str, words: str) -> str:
    """What to type in place of a mark before a list item, and of the gap between it and its words."""
    if not gap.strip(" "):
        return f"a list item starts with a hyphen and a space: type - in place of {mark}"
    how = f"type a hyphen and an ordinary space in place of {mark} and the gap after it (shown as ?)"
    return f"{how}: - {words.strip()}" if 0 < len(words.strip()) < _LONGEST // 2 else how
