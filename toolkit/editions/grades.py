"""How far words that take the place of others differ: in how they are typed or spelt, in what they say, or in
a number, a denial or a duty.

The last is always significant: “two visits” for “three”, “was not seen” for “was seen”, “must” for “should”.
Which words these are stands in reference/words.yaml, for each language. Where words could be either, they
count as the more serious: “police” for “policy” is not taken for a slip while the other word is in use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.plan.since import Grade
from toolkit.plan.wording import Wording

_WORD = re.compile(r"[£$€]?\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:’[^\W\d_]+)*")
_MARKS = {
    **dict.fromkeys("‘ʼ`'", "’"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_TYPED = str.maketrans(_MARKS)
_LONG_ENOUGH = 5  # letters of a word in which one other letter is a slip of the hand


@dataclass(frozen=True)
class Language:
    """The words of a language that weigh more than others."""

    wording: Wording

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Words of number with what they are in figures, as far as they are counted up from nought; those
        between which a stroke stands are one.
        """
        listed = self.wording["words-of-number"].split()
        months = self.wording["months"].casefold().split()
        counted = {word: str(n) for n, same in enumerate(listed[:21]) for word in same.split("/")}
        others = {word: same for same in (*listed[21:], *months) for word in same.split("/")}
        return {**others, **counted}

    @cached_property
    def denials(self) -> frozenset[str]:
        """Words that deny."""
        return frozenset(self.wording["words-of-denial"].split())

    @cached_property
    def duties(self) -> frozenset[str]:
        """Words that say how binding or how sure something is."""
        return frozenset(self.wording["words-of-duty"].split())

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """What turns a word into its opposite: known, unknown."""
        return tuple(self.wording["prefixes-of-denial"].split())


def graded(before: str, now: str, language: Language, in_use: Collection[str] = ()) -> Grade | None:
    """How far two texts differ; None where they are the same. `in_use` are the words of everything else that
    is printed now: a word among these is no slip.
    """
    if before == now:
        return None
    old, new = (words_in(text) for text in (before, now))
    weighed = [[_weight(word, language) for word in words] for words in (old, new)]
    if [one for one in weighed[0] if one] != [one for one in weighed[1] if one]:
        return "significant"
    figures = [[language.numbers.get(word, word) for word in words] for words in (old, new)]
    if "".join(figures[0]) == "".join(figures[1]):
        return "minor"
    if _turned(old, new, language.prefixes):
        return "significant"
    if sorted(figures[0]) == sorted(figures[1]) and any(weighed[0]):
        return "significant"  # what is denied, or counted, may be something else now
    return "minor" if _spelt(old, new, in_use) else "text"


def words_in(text: str) -> list[str]:
    """The words of a text without capitals, marks or accents of typing."""
    plain = unicodedata.normalize("NFC", re.sub(r"\]\([^)\s]*\)", "]", text)).translate(_TYPED)
    return _WORD.findall(plain.casefold())


def _weight(word: str, language: Language) -> str:
    """What a word weighs: a number in figures, a denial or a duty; nothing for every other."""
    if any(map(str.isdigit, word)) or word in language.numbers:
        return language.numbers.get(word, word)
    if word.endswith("n’t") or (word in language.denials and word.endswith("not")):
        return "not"
    return word if word in language.denials or word in language.duties else ""


def _turned(old: Sequence[str], new: Sequence[str], prefixes: Sequence[str]) -> bool:
    """Whether a word stands there that is the opposite of one that stood there."""
    gone, come = set(old) - set(new), set(new) - set(old)
    return any(f"{start}{word}" in come for word in gone for start in prefixes) or any(
        f"{start}{word}" in gone for word in come for start in prefixes
    )


def _spelt(old: Sequence[str], new: Sequence[str], in_use: Collection[str]) -> bool:
    """Whether the words are the same, some of them spelt otherwise."""
    if len(old) != len(new):
        return False
    pairs = [(a, b) for a, b in zip(old, new) if a != b]
    return all(_is_slip(a, b) and a not in in_use for a, b in pairs)


def _is_slip(a: str, b: str) -> bool:
    """Whether two words differ in one letter inside, or in two that changed places; or as -ise and -ize."""
    if a.replace("z", "s") == b.replace("z", "s"):
        return True
    if min(len(a), len(b)) < _LONG_ENOUGH or (a[0], a[-1]) != (b[0], b[-1]) or abs(len(a) - len(b)) > 1:
        return False
    start = next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
    return swapped or rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]
