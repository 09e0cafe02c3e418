"""How words are typed so that YAML reads them, the characters that only look right, and what is said."""

from __future__ import annotations

from functools import cache

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
TAB = ("a tab stands where spaces are needed", "indent with spaces; most editors can turn tabs into spaces")


def quoted(words: str) -> str:
    """Words in straight quotation marks, as YAML reads them back; nothing where both kinds stand in them."""
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return f"'{words}'" if "'" not in words else ""


def how_to_type(before: str, words: str) -> str:
    """What to type in place of words that YAML takes for something else; `before` stands on the same line."""
    words, before = words.strip(), before.strip()
    if words[:1] in "“‘" and words[-1:] in "”’":
        words = words[1:-1]
    if not (safe := quoted(words)):
        return f"{below(before)} and without quotation marks round them"
    if len(before) + len(safe) < 90:
        return f"type it like this: {before} {safe}".replace(":  ", ": ")
    mark = "double" if safe[0] == '"' else "single"
    return f"put the whole value in straight {mark} quotation marks: {safe[:12]}…{safe[-12:]}"


def below(before: str) -> str:
    """What to type for words that no quotation marks keep, or that go on below."""
    return f"type {before.strip()} >- and put the words, as they are, on the lines below, further in"


def odd_space(character: str) -> tuple[str, str]:
    """What is said of a character that looks like a space."""
    name = "a no-break space" if character in "\u00a0\u202f" else "an odd or invisible space"
    hint = "delete it and type an ordinary space in its place; it often comes out of Word, mail or a web page"
    return f"{name} stands here: it is read as a letter (U+{ord(character):04X})", hint


@cache
def known_fields() -> frozenset[str]:
    """The names of all fields of reviews, decks, briefings, boards and registers."""
    return frozenset(name for name, _ in _fields()) | _OF_REGISTERS


@cache
def list_fields() -> frozenset[str]:
    """The names of the fields that are lists."""
    return frozenset(name for name, kind in _fields() if "uple[" in kind)


def _fields() -> list[tuple[str, str]]:
    """Every field of every model, and its type in words."""
    from toolkit.content import model

    every = [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, model.Model)]
    return [(name, str(info.annotation)) for one in every for name, info in one.model_fields.items()]


def colon_like(mark: str) -> tuple[str, str]:
    """What is said of a mark in place of a colon."""
    message = (
        f"this mark ({mark}) stands in place of a colon"
        if mark in ";="
        else f"this colon is a look-alike ({mark})"
    )
    return message, "type an ordinary colon and a space in its place"


def mark_hint(mark: str) -> str:
    """What to type in place of a mark before a list item."""
    return f"a list item starts with a hyphen and a space: type - in place of {mark}"
