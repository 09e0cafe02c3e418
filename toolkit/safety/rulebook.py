"""The rules of reference/anonymity.yaml and reference/blame.yaml: what they look for in a text, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from toolkit.content.model import Id, Model, Text, YesNo
from toolkit.content.nodes import parse, read_text
from toolkit.content.registers import entries
from toolkit.late import dataclass, replace
from toolkit.problems import Invalid, Node, Place, Problem, did_you_mean
from toolkit.shipped import packaged

FILES = ("anonymity", "blame")


class Rule(Model):
    """One thing that is warned of: what it looks for, why, and what to write instead."""

    id: Id
    title: Text = Field(description="What it is, as a warning says it: a postcode.")
    words: tuple[Text, ...] = Field((), description="Words or phrases, whatever their case.")
    patterns: tuple[Text, ...] = Field((), description="Regular expressions, with <day> and <name>.")
    unless: tuple[Text, ...] = Field((), description="Regular expressions: what is part of them is right.")
    together: tuple[Id, ...] = Field((), description="Ids of what is not harmless side by side.")
    within: Literal["sentence", "review", "area"] = "sentence"
    alone: YesNo = Field(True, description="No for what is harmless by itself.")
    why: Text
    instead: Text = Field(description="What to write instead.")


@dataclass(frozen=True)
class Hit:
    """Words of a text that a rule looks for, and where in the text they begin."""

    rule: Rule
    words: str
    start: int
    blames: bool = False


_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
_MONTH += r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_DAY = rf"(?:(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+\d{{4}})?"
_DAY += rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
_DAY += (
    r"|(?<![\d/.-])\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d|[/.-]\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
_NAME = r"[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+){0,2}"
_QUOTED = re.compile(r"“[^”]{0,2000}”|(?<!\w)‘[^’]{0,500}(?:’(?=\w)[^’]{0,500}){0,9}’|\"[^\"\n]{0,2000}\"")
_LONGEST = 4_000  # letters that are looked through at once
_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘A-Z\d])")
_ODD = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, and where each begins."""
    start = 0
    for match in _END.finditer(text):
        if not text[start : match.start()].endswith((" Dr.", " St.", " Mr.", " Mrs.", " Ms.")):
            yield start, text[start : match.start()]
            start = match.end()
    yield start, text[start:]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text in pieces that end with a sentence, or a word, and where each begins."""
    start = 0
    while len(text) - start > _LONGEST:
        end = max(text.rfind(". ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        end = end if end > start + _LONGEST // 2 else text.rfind(" ", start, start + _LONGEST)
        end = end + 1 if end > start else start + _LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a rule. Raises re.error."""
    return re.compile(pattern.replace("<day>", _DAY).replace("<name>", _NAME))


@dataclass(frozen=True)
class Rulebook:
    """All rules, those that blame apart. `calm` are numbers that are printed on purpose."""

    anonymity: Sequence[Rule]
    blame: Sequence[Rule]
    calm: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Every rule by its id."""
        return {rule.id: rule for rule in (*self.anonymity, *self.blame)}

    def warned(self, text: str) -> Iterator[Hit]:
        """What in a text is warned of by itself or side by side in a sentence, in the order of the text."""
        for offset, piece in _pieces(text):
            for hit in self._warned(piece):
                yield replace(hit, start=hit.start + offset) if offset else hit

    def _warned(self, text: str) -> Iterator[Hit]:
        hits = list(self._hits(text, self.anonymity))
        found = [hit for hit in hits if hit.rule.alone]
        for start, sentence in sentences(text):
            here = [hit for hit in hits if start <= hit.start < start + len(sentence)]
            found += self.side_by_side(here, "sentence")
        found += self._blamed(text)
        yield from sorted(found, key=lambda hit: hit.start)

    def details(self, text: str) -> list[Hit]:
        """What in a text may be part of something that is not harmless side by side."""
        parts = {id for rule in self.anonymity for id in rule.together}
        rules = [rule for rule in self.anonymity if rule.id in parts]
        return [hit for _, piece in _pieces(text) for hit in self._hits(piece, rules)]

    def side_by_side(self, hits: Sequence[Hit], within: str) -> Iterator[Hit]:
        """What some hits make together, at the first of each."""
        first: dict[str, Hit] = {}
        for hit in hits:
            first.setdefault(hit.rule.id, hit)
        for rule in self.anonymity:
            if rule.together and rule.within == within and first.keys() >= set(rule.together):
                parts = sorted((first[id] for id in rule.together), key=lambda hit: hit.start)
                yield Hit(rule, "” and “".join(part.words for part in parts), parts[0].start)

    def _hits(self, text: str, rules: Sequence[Rule]) -> Iterator[Hit]:
        if _ODD.search(text):  # invisible characters within a word
            text = _ODD.sub("", text)
        for rule in rules:
            for pattern in _patterns(rule):
                for match in pattern.finditer(text):
                    if not (_right(rule, text, match.span()) or self._is_calm(match[0])):
                        yield Hit(rule, " ".join(match[0].split()), match.start())

    def _is_calm(self, words: str) -> bool:
        digits = "".join(filter(str.isdigit, words))
        return len(digits) > 6 and digits in self.calm

    def _blamed(self, text: str) -> Iterator[Hit]:
        bare = _QUOTED.sub(lambda match: " " * len(match[0]), text)
        for hit in self._hits(bare, self.blame):
            yield Hit(hit.rule, hit.words, hit.start, blames=True)


@lru_cache(256)
def _patterns(rule: Rule) -> tuple[re.Pattern[str], ...]:
    found = [compiled(pattern) for pattern in rule.patterns]
    if rule.words:
        words = "|".join(re.escape(word).replace("’", "[’']") for word in sorted(rule.words, reverse=True))
        found.append(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I))
    return tuple(found)


@lru_cache(256)
def _exceptions(rule: Rule) -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(pattern) for pattern in rule.unless)


def _right(rule: Rule, text: str, span: tuple[int, int]) -> bool:
    """Whether a match is part of something in which it is right."""
    return any(
        match.start() < span[1] and span[0] < match.end()
        for pattern in _exceptions(rule)
        for match in pattern.finditer(text)
    )


def rulebook(root: Path | None = None, calm: Sequence[str] = ()) -> Rulebook:
    """The toolkit's rules with those of a folder, of which one with the same id takes the place of ours.
    Contacts that are printed on purpose are `calm`. Raises Invalid."""
    data = packaged()
    every: list[dict[str, Rule]] = []
    problems: list[Problem] = []
    for name in FILES:
        rules: dict[str, Rule] = {}
        for base in dict.fromkeys((data, root or data)):
            path = base / "reference" / f"{name}.yaml"
            if not path.exists():
                continue
            node = parse(path, read_text(path))
            own = entries(node, Rule)
            rules |= {rule.id: rule for rule in own}
            problems += [
                found for index, rule in enumerate(own) for found in _faults(rule, node.at((index,)))
            ]
        every.append(rules)
    known = {id for rules in every for id in rules}
    problems += _unknown(every[0], known, (root or data) / "reference" / "anonymity.yaml")
    if problems:
        raise Invalid(sorted(problems))
    digits = ("".join(filter(str.isdigit, word)) for word in calm)
    return Rulebook(tuple(every[0].values()), tuple(every[1].values()), frozenset(digits))


def _faults(rule: Rule, node: Node) -> Iterator[Problem]:
    """What is wrong with one rule."""
    if not (rule.words or rule.patterns or rule.together):
        hint = "add words: with what to look for, such as words: [The Old Mill]"
        yield Problem(node.place, f"the rule '{rule.id}' looks for nothing", hint)
    for name in ("patterns", "unless"):
        for index, pattern in enumerate(getattr(rule, name)):
            try:
                compiled(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                place = node.at((name, index)).place
                hint = "ask whoever wrote it; plain words go into words:"
                yield Problem(place, f"this pattern cannot be read ({error})", hint)


def _unknown(rules: dict[str, Rule], known: set[str], path: Path) -> Iterator[Problem]:
    for rule in rules.values():
        for id in rule.together:
            if id not in known:
                hint = did_you_mean(id, known, "write the id of an entry of anonymity.yaml")
                yield Problem(Place(path), f"'{rule.id}' brings together '{id}', which is no rule", hint)
