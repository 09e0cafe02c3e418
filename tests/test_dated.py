"""What in a text is out of date on a day: old words and superseded guidance where they are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TOP
from toolkit.content.nodes import parse
from toolkit.content.registers import Term
from toolkit.project import Project
from toolkit.refresh.dated import Lexicon, Setting
from toolkit.refresh.prose import File, prose_of

TERMS = (
    Term.model_validate(
        {"old": "wise owl", "forms": ["WO"], "new": "tree keeper", "since": "2019", "date": "2019-09-29"}
    ),
    Term.model_validate(
        {"old": "sly fox", "new": "describe it", "since": "style", "not_in": ["sly fox lane"]}
    ),
    Term.model_validate({"old": "grey heron", "new": "water keeper", "since": "2022", "said": "2022-07"}),
)


def old_in(words: str, day: str = "2026-01-01", setting: Setting | None = None) -> list[str]:
    """The old words of a text on a day."""
    path = Path("x.yaml")
    text = "text: |-\n" + "".join(f"  {line}\n" for line in words.split("\n"))
    file = File(path, parse(path, text), text)
    lexicon = Lexicon(TERMS, Project(TOP).registers().shelf, day)
    return [
        prose.whole[one.start : one.end]
        for prose in prose_of(file)
        for one in lexicon.old_in(prose, setting or Setting())
    ]


@pytest.mark.parametrize(
    "words, found",
    [
        ("Ask the wise owl.", ["wise owl"]),
        ("Wise owls and WOs are old", ["Wise owls", "WOs"]),
        ("a wise-owl and a wise\nowl", ["wise-owl", "wise\nowl"]),
        ("the wise owl’s word", ["wise owl"]),
        ("likewise owl, wise owlet, two, TWO, wo and Wo", []),
        ("They said “ask the wise owl” to us", []),
        ("They said ‘ask the child’s wise owl’ to us, wise owl", ["wise owl"]),
        ('They said "ask the wise owl" to us', []),
        ("Write `wise owl` there", []),
        ("[wise owl](https://example.org) and https://example.org/WO", []),
        ("the Oaktown Wise Owl met", []),  # the name of an owl that there was
        ("The Wise Owl met. Every Wise Owl", ["Wise Owl", "Wise Owl"]),
        ("a sly fox in sly fox lane", ["sly fox"]),
    ],
)
def test_old_words_are_found_where_they_are_ours(words: str, found: list[str]) -> None:
    assert old_in(words) == found


@pytest.mark.parametrize(
    "day, found",
    [
        ("2019-09-28", ["sly fox"]),
        ("2019-09-29", ["wise owl", "sly fox"]),
        ("2019-09-30", ["wise owl", "sly fox"]),
        ("2022-07-30", ["wise owl", "sly fox"]),
        ("2022-07-31", ["wise owl", "sly fox", "grey heron"]),
    ],
)
def test_a_word_is_old_from_its_day(day: str, found: list[str]) -> None:
    assert sorted(old_in("wise owl, sly fox, grey heron", day)) == sorted(found)


def test_words_of_another_nation_and_names_of_the_thing_itself_stay() -> None:
    term = TERMS[0].model_copy(update={"nation": "England"})
    path = Path("x.yaml")
    file = File(path, parse(path, "text: the wise owl\n"), "text: the wise owl\n")
    lexicon = Lexicon([term], Project(TOP).registers().shelf, "2026-01-01")
    prose = next(prose_of(file))
    for setting, number in (
        (Setting(), 1),
        (Setting(frozenset({"England", "Wales"})), 1),
        (Setting(frozenset({"Wales"})), 0),
        (Setting(names=frozenset({"wise owl"})), 0),
    ):
        assert len(list(lexicon.old_in(prose, setting))) == number
    assert next(lexicon.old_in(prose, Setting())).message == (
        "“wise owl” has been out of date in England since 29 September 2019"
    )
    heron = Lexicon([TERMS[2]], lexicon.shelf, "2026-01-01")
    told = File(path, parse(path, "text: grey heron\n"), "text: grey heron\n")
    (found,) = heron.old_in(next(prose_of(told)), Setting())
    assert "is said to be out of date since July 2022 (the date is not confirmed)" in found.message


def test_the_page_that_this_began_from() -> None:
    """Its headings of 2015 and 2018 name guidance that other editions have superseded."""
    page = """\
Working Together 2015
(Working Together to Safeguard Children - A guide to inter-agency working to safeguard and promote the \
welfare of children 2015)
Working Together to Safeguard Children updated July 2018 - click here for updated version
Information Sharing - Advice for practitioners providing safeguarding services to children, young people, \
parents and carers updated July 2018 - updated version here"""
    found = old_in(page)
    assert [(one.split()[0], one[-4:]) for one in found] == [
        ("Working", "2015"),
        ("Working", "2015"),
        ("Working", "2018"),
        ("Information", "2018"),
    ]
    assert old_in(page, "2016-01-01") == []
    assert [one[-4:] for one in old_in(page, "2018-08-01")] == ["2015", "2015"]
