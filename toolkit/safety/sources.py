"""What is warned of in reviews, decks and briefings, at its line, and what people have answered to that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path

from toolkit.content.model import Answered, Review
from toolkit.late import dataclass
from toolkit.problems import Node, Place, Problem, did_you_mean
from toolkit.safety.rulebook import Hit, Rule, Rulebook

# Fields that hold ids, settings and records of ours, and no words that are printed.
_SETTINGS = (
    "id cites kind read sha256 found on themes lenses lens pattern standing level published review_by retired"
    " edition instrument language known_to answered key harm decision pseudonym brand outline minutes mode"
    " audience names_kept_out right example priority extract"
)
_NO_WORDS = frozenset(_SETTINGS.split())
_ADVICE_ON_WORDS = ("cautions", "care", "listen_for")  # which may name what is not to be said


@dataclass(frozen=True)
class Found:
    """A warning before anybody has answered it: where, and what."""

    place: Place
    hit: Hit


@dataclass
class Sources:
    """The reviews of a folder as they were read, what is found in each, and which answers fit something."""

    rules: Rulebook
    reviews: Mapping[str, tuple[Review, Node]]
    partly: Collection[str] = ()  # ids of reviews of which some is restricted, and so was not looked through
    _used: set[tuple[str, int]] = field(default_factory=set)

    def of_review(self, id: str) -> Iterator[Problem]:
        """The warnings of one review that nobody has answered."""
        _, node = self.reviews[id]
        told = [*warned(self.rules, node), *self._in_review(id)]
        yield from self._unanswered(told, [id])

    def of_work(self, node: Node, chosen: Sequence[str]) -> Iterator[Problem]:
        """The warnings of a deck or briefing: of its own words, and of what two reviews of one area or family
        that it brings together tell side by side."""
        ids = [id for id in chosen if id in self.reviews]
        yield from self._unanswered(list(warned(self.rules, node)), ids)
        for number, second in enumerate(ids):
            for first in ids[:number]:
                if self._related(first, second):
                    place = node.at(("reviews", number)).place
                    yield from self._together(place, first, second)

    def unfitting(self) -> Iterator[Problem]:
        """The answers that fit nothing, once everything else was asked for."""
        for id, (review, node) in self.reviews.items():
            for number, answer in enumerate(review.answered):
                if (id, number) not in self._used and id not in self.partly:
                    known = answer.rule in self.rules.by_id
                    message = f"nothing here is warned of as '{answer.rule}' that this could answer"
                    hint = "correct its words, or delete it"
                    hint = hint if known else did_you_mean(answer.rule, self.rules.by_id, hint)
                    place = node.at(("answered", number, "rule")).place
                    yield Problem(place, message, hint, stops=False)

    def _unanswered(self, told: Sequence[Found], ids: Sequence[str]) -> Iterator[Problem]:
        seen: set[tuple[str, int]] = set()
        for one in told:
            key = (one.hit.rule.id, one.place.line)
            if not self._answered(one.hit, ids) and key not in seen:
                seen.add(key)
                yield problem(one.place, one.hit)

    def _answered(self, hit: Hit, ids: Sequence[str]) -> bool:
        every = [(id, n, answer) for id in ids for n, answer in enumerate(self.reviews[id][0].answered)]
        fitting = {(id, n) for id, n, answer in every if fits(answer, hit)}
        self._used |= fitting
        return bool(fitting)

    def _in_review(self, id: str) -> Iterator[Found]:
        details = self._details[id]
        for hit in self.rules.side_by_side([one.hit for one in details], "review"):
            places = {one.hit.rule.id: one.place for one in reversed(details)}
            yield Found(places[hit.rule.together[0]], hit)

    @cached_property
    def _details(self) -> dict[str, list[Found]]:
        return {
            id: [Found(place, hit) for place, _, text in words(node) for hit in self.rules.details(text)]
            for id, (_, node) in self.reviews.items()
        }

    def _related(self, first: str, second: str) -> bool:
        """Whether two reviews are of one board, or one names the child or a small place of the other."""
        (one, one_node), (other, other_node) = self.reviews[first], self.reviews[second]
        if (
            one.board.casefold() == other.board.casefold()
            or _names(one_node, other)
            or _names(other_node, one)
        ):
            return True
        here, there = (
            {word for one in self._details[id] if one.hit.rule.id == "place" for word in _last(one.hit.words)}
            for id in (first, second)
        )
        return bool(here & there)

    def _together(self, place: Place, first: str, second: str) -> Iterator[Problem]:
        """What two reviews tell side by side, and neither by itself."""
        by_review = [{one.hit.rule.id: one for one in reversed(self._details[id])} for id in (first, second)]
        for rule in self.rules.anonymity:
            parts = set(rule.together)
            if rule.within != "area" or not parts or not parts <= by_review[0].keys() | by_review[1].keys():
                continue
            if any(parts <= one.keys() for one in by_review):
                continue  # told by one of them alone: nothing comes together here
            told = [next(one[id] for one in by_review if id in one) for id in rule.together]
            if self._answered(Hit(rule, "", 0), [first, second]):
                continue
            says = "; ".join(
                f"{one.hit.rule.title} “{one.hit.words}” in {one.place.path.name}, line {one.place.line}"
                for one in told
            )
            yield Problem(
                place,
                f"'{first}' and '{second}' tell together what neither tells alone: {says}",
                f"{rule.instead}; or {how_to_answer(rule)}",
                stops=False,
            )


def fits(answer: Answered, hit: Hit) -> bool:
    """Whether an answer is about something that is warned of."""
    if answer.rule != hit.rule.id:
        return False
    words = " ".join(hit.words.split()).casefold()
    return not answer.words or any(" ".join(one.split()).casefold() in words for one in answer.words)


def problem(place: Place, hit: Hit) -> Problem:
    """The warning as a person reads it."""
    rule = hit.rule
    what = f"“{hit.words}”: {rule.title}"
    message = what if hit.blames else f"this may identify somebody: {what}"
    hint = f"{rule.instead}. {rule.why} If it may stand, {how_to_answer(rule)}"
    return Problem(place, message, hint, stops=False)


def how_to_answer(rule: Rule) -> str:
    """What to type where a warning is not to be followed."""
    return f"say why in the review, under answered: with rule: {rule.id}"


def warned(rules: Rulebook, node: Node) -> Iterator[Found]:
    """What is warned of in the words of a file, each once on its line."""
    lines = _lines(node.place.path)
    seen = set()
    for place, name, text in words(node):
        for hit in rules.warned(text):
            if hit.blames and name in _ADVICE_ON_WORDS:
                continue
            where = _place_of(lines, place, hit.words)
            if (hit.rule.id, where.line, hit.words) not in seen:
                seen.add((hit.rule.id, where.line, hit.words))
                yield Found(where, hit)


def words(node: Node, name: str = "") -> Iterator[tuple[Place, str, str]]:
    """The places, fields and texts of a file that may be printed; a date with the text that it belongs to."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if key not in _NO_WORDS:
                yield from words(child, key)
        date, text = node.value.get("date"), node.value.get("text")
        if date and text and isinstance(date.value, str) and isinstance(text.value, str):
            yield date.place, "date", f"{date.value}: {text.value}"
    elif isinstance(node.value, list):
        for child in node.value:
            yield from words(child, name)
    elif node.value and name != "points":  # a deck names them by their ids
        yield node.place, name, node.value


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _place_of(lines: Sequence[str], place: Place, found: str) -> Place:
    """Where in a text of several lines some words stand; where the text begins when they are not found so."""
    said = found.split("”")[0].split()
    for most in (len(said), 2, 1):
        for number in range(place.line, min(place.line + 40, len(lines) + 1)):
            line = lines[number - 1]
            start = place.column - 1 if number == place.line else 0
            if (at := line.find(" ".join(said[:most]), start)) >= 0:
                return Place(place.path, number, at + 1)
            if number > place.line and line.strip() and len(line) - len(line.lstrip()) < place.column - 1:
                break
    return place


def _names(node: Node, review: Review) -> bool:
    name = review.child.name if review.child else ""
    if len(name) < 3:
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return any(pattern.search(text) for _, _, text in words(node))


def _last(found: str) -> list[str]:
    return re.findall(r"[A-Z][a-z’'-]+", found)[-1:]
