"""What the room sees of the decks that we ship: compositions, sizes, words, dates."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from tests.conftest import TOP
from toolkit.build import Options, make
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.plan.model import Blocks, Paragraph, spans_in, words
from toolkit.plan.typography import set_plan
from toolkit.project import Project
from toolkit.targets import Target

PROJECT = Project(TOP)
DECKS = [target for target in PROJECT.targets() if target.folder == "decks"]
SHOWN = pytest.mark.parametrize("target", DECKS, ids=lambda target: target.name)
MOST_WORDS_SEEN = 45
LEAST_SIZE = 20
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


@cache
def deck(target: Target) -> FittedDeck:
    plans, brand, _ = make(PROJECT, target, Options())
    return fit_deck(set_plan(plans.by_name["deck"]), brand)[0]


def seen(blocks: Blocks) -> Blocks:
    """Blocks without lines that say where words come from."""
    return tuple(b for b in blocks if not (isinstance(b, Paragraph) and b.role == "source"))


@SHOWN
def test_a_deck_has_many_compositions_and_none_of_them_often(target: Target) -> None:
    layouts = [slide.layout for slide in deck(target).slides]
    assert len(set(layouts)) >= 7
    assert max(Counter(layouts).values()) <= len(layouts) / 4
    assert [pair for pair in pairwise(layouts) if pair[0] == pair[1]] == []


@SHOWN
def test_no_slide_has_more_than_45_words_or_any_under_20_points(target: Target) -> None:
    for slide in deck(target).slides:
        said = [words(seen(blocks)) for name, blocks in slide.slots if name not in ("badge", "source")]
        count = sum(any(map(str.isalpha, word)) for word in " ".join(said).split())  # figures are no words
        assert count <= MOST_WORDS_SEEN, slide.title
        assert all(size >= LEAST_SIZE for name, size in slide.sizes if name not in ("source", "notes")), slide


@SHOWN
def test_every_slide_is_one_slide(target: Target) -> None:
    plans, brand, _ = make(PROJECT, target, Options())
    assert [str(change.did) for change in fit_deck(set_plan(plans.by_name["deck"]), brand)[1]] == []


@SHOWN
def test_no_date_is_broken_over_two_lines(target: Target) -> None:
    for slide in deck(target).slides:
        for _, blocks in (("title", ()), *slide.slots):
            for span in spans_in(blocks):
                assert not re.search(rf"\b(\d{{1,2}}|{MONTHS}) ({MONTHS}|\d{{4}})\b", span.text), span.text
