"""Links of old material whose words do not say where they go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.intake.material import Link, Material, Words, sentences
from toolkit.office.accessible.findings import Finding, cut, poor_links

LINK = "Link text"
# Words that stand for a link, where a file does not show its links or the link is only a part of them.
_CLICK = re.compile(
    r"\bclick(?:ing)?\s+(?:on\s+)?(?:here|this(?:\s+link)?|(?:the\s+)?link(?:\s+below)?)\b"
    r"|\b(?:follow|use|press|tap)(?:ing)?\s+this\s+link\b",
    re.I,
)
# The same but for what a program writes where somebody is to put words.
_HERE = re.compile(r"\bclick(?:ing)?\s+here\b(?!\s+to\s+(?:add|edit|enter|insert|type|write)\b)", re.I)
_HINT = "write what the reader finds there, such as the name of the report, and make these words the link"


def vague(material: Material) -> Iterator[Finding]:
    """Links that say nothing, in the order of the file, each once."""
    linked: dict[int, list[Link]] = {}
    for link in material.links:
        linked.setdefault(link.paragraph, []).append(link)
    for number, paragraph in enumerate(material.words):
        there = linked.get(number, [])
        told: list[str] = []
        if material.has_links and not there:
            yield from _without_link(paragraph)
        for sentence in sentences(paragraph.text) if there or not material.has_links else ():
            for match in _CLICK.finditer(sentence):
                told.append(_plain(match[0]))
                said = _round(sentence, match)
                message = f"“{said}” asks to click; the link itself does not say where it goes"
                yield Finding("warning", LINK, paragraph.place, message, _HINT)
        for link in there:
            words = _plain(link.words)
            if words in told or any(words and f" {words} " in f" {one} " for one in told):
                told.remove(next(one for one in told if f" {words} " in f" {one} "))
                continue
            if not link.address.startswith("#") and not _CLICK.search(link.words):
                yield from poor_links([(paragraph.place, link.words, link.address)])


def _without_link(paragraph: Words) -> Iterator[Finding]:
    """That words ask to click where nothing is to be clicked."""
    for sentence in sentences(paragraph.text):
        for match in _HERE.finditer(sentence):
            message = f"“{_round(sentence, match)}” asks to click, and there is no link in these words"
            yield Finding("warning", LINK, paragraph.place, message, _HINT)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _round(sentence: str, match: re.Match[str]) -> str:
    """Words of a link with some of those around them."""
    return cut(sentence, 70) if match.end() < 70 else f"…{cut(sentence[match.start() :], 69)}"
