"""The words that a cite rests on: how they are compared with a report's, and the seal of whoever found them.

What a program does to words on a page (line breaks, hyphens at line ends, ligatures, curly quotation marks)
makes no difference. A letter, a digit or a sign does.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from pydantic import BaseModel

from toolkit.content.model import Cite, FileCheck, Review

FEWEST, MOST = 4, 60  # words of a quote; fewer stand in any report, more are a copy of it
JOINED = "\ufffe"  # where a word goes on after the end of a line: with a hyphen, or without
_SPACES = (
    "\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
UNKNOWN = "\ufffd"  # a sign that a file has no letter for: it may be any
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff"
_CONTROLS = [chr(n) for n in (*range(0x20), *range(0x7F, 0xA0)) if chr(n) not in "\t\n\v\f\r\x02\x85"]
_LETTERS = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_NOTHING),
        **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"},
        **dict.fromkeys("\r\u0085\u2028\u2029", "\n"),
        **dict.fromkeys(_CONTROLS, UNKNOWN),
        "\x02": JOINED,
    }
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‛′´`ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\n": " ",
    }
)
_LETTER = r"[^\W\d_]"
_AT_LINE_END = re.compile(rf"(?<={_LETTER})[-‐\u00ad] *\n *(?={_LETTER})")
_NO_WORD = re.compile(rf"(?<!{_LETTER}){JOINED}|{JOINED}(?! *\n? *{_LETTER})")
_MARKED_END = re.compile(rf"{JOINED} *\n *")
_GAP = re.compile(r" +")
_ROUND_SIGNS = re.compile(r" ?(-) ?| (?=[.,;:!?)\]])|(?<=[(\[]) ")
_NO_LETTER = re.compile(r"[\W_]+")
_EDGES = " .,;:!?\"'()[]"


def cleaned(text: str) -> str:
    """A text with plain letters and spaces: its line breaks are kept, but none stands inside a word."""
    text = text.replace("\r\n", "\n").translate(_LETTERS)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if JOINED in text:
        text = _MARKED_END.sub(JOINED, _NO_WORD.sub("-", text))
    return _AT_LINE_END.sub(JOINED, text).replace("\u00ad", "")


def canonical(text: str) -> str:
    """A cleaned text on one line, with one kind of quotation mark, apostrophe and dash."""
    text = _GAP.sub(" ", text.translate(_SIGNS))
    return _ROUND_SIGNS.sub(lambda match: match[1] or "", text).strip()


def core(words: str) -> str:
    """The words of a quote as they are compared, without quotation marks and stops at its ends."""
    return canonical(cleaned(words)).strip(_EDGES)


def letters(text: str) -> str:
    """The letters and digits of a cleaned text, and nothing else."""
    return _NO_LETTER.sub("", text)


def same(found: str, words: str) -> bool:
    """Whether a cleaned piece of a report is what a quote says, as `core` has it."""
    pattern = re.escape(canonical(found)).replace(JOINED, "-?")
    return re.fullmatch(pattern, words) is not None


def said_by(model: BaseModel) -> str:
    """The words of a statement, an event, a number or whatever else cites something, on slides too."""
    names = ("text", "slide", "words", "counts", "finding", "happened", "because", "about")
    return "\n".join(str(said) for name in names if (said := getattr(model, name, None)))


def told_by(review: Review, statement: BaseModel) -> str:
    """All that is printed of what a statement says: its words, and the few words of its point for a slide."""
    of = next((p for p in review.points if statement in (*p.finding, *p.happened)), None)
    return "\n".join(filter(None, (said_by(statement), said_by(of.slide) if of and of.slide else "")))


def seal(check: FileCheck, cite: Cite, told: str) -> str:
    """What `check` has to hold where its maker found the words of a cite, for what is told with it: it is
    another one when the words, what is told, the file, or who looked and when is changed.
    """
    parts = (
        check.sha256,
        check.file,
        check.by,
        check.on,
        cite.source,
        core(cite.quote or ""),
        told,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def check_of(review: Review, cite: Cite, statement: BaseModel) -> FileCheck | None:
    """The record of somebody who has found the words of a cite in the source, or None."""
    checks = review.source(cite.source).checked if cite.quote else ()
    told = told_by(review, statement) if checks else ""
    return next((one for one in checks if seal(one, cite, told) in one.found), None)
