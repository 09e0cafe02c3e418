"""The models: what a person may write, and in which short forms."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from toolkit.content.model import (
    Board,
    Briefing,
    Cite,
    Cites,
    Day,
    Deck,
    Id,
    PartialDay,
    Review,
    Selection,
    Statement,
    Statements,
    Text,
    Thought,
    Thoughts,
    Web,
)


@pytest.mark.parametrize("good", ["2024", "1945", "2024-02", "2024-02-29", "2000-02-29", "2023-12-31"])
def test_date_that_a_calendar_has(good: str) -> None:
    assert TypeAdapter(PartialDay).validate_python(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "2023-02-29",
        "2023-02-30",
        "1900-02-29",
        "2023-04-31",
        "2023-13",
        "2023-00",
        "23",
        "2023-1-1",
        "0000",
        "1066-10-14",
        "3000",
        "May 2024",
        "",
        "2024-05-01 ",
    ],
)
def test_date_that_no_calendar_has(bad: str) -> None:
    for kind in (PartialDay, Day):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(bad)


@pytest.mark.parametrize("short", ["2024", "2024-05"])
def test_day_of_a_check_is_a_whole_day(short: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(short)


@pytest.mark.parametrize(
    "typed, source, where",
    [
        ("S1", "S1", None),
        ("S1 5.2", "S1", "5.2"),
        ("S1 5.2, p11", "S1", "5.2, p11"),
        ("S1   title page ", "S1", "title page"),
    ],
)
def test_cite_in_short(typed: str, source: str, where: str | None) -> None:
    assert TypeAdapter(Cites).validate_python([typed]) == (Cite(source=source, where=where),)


def test_statement_in_short_has_no_cites() -> None:
    assert TypeAdapter(Statements).validate_python(["A sentence."]) == (Statement(text="A sentence."),)


def test_what_may_be_ours_is_no_statement() -> None:
    (ours,) = TypeAdapter(Thoughts).validate_python(["A sentence."])
    assert type(ours) is Thought and ours.cites == ()


def deck(**fields: object) -> Deck:
    return Deck.model_validate({"minutes": 20, "reviews": ["robin"], **fields})


def test_deck_needs_no_more_than_its_reviews_and_minutes() -> None:
    made = deck()
    assert made.reviews == (Selection(review="robin"),)
    assert (made.title, made.outline, made.mode, made.audience, made.points) == (
        "",
        "session",
        "room",
        (),
        (),
    )
    assert (made.board, made.edition, made.brand, made.language) == (None, None, None, None)
    for absent in ("minutes", "reviews"):
        with pytest.raises(ValidationError, match=absent):
            Deck.model_validate({"minutes": 20, "reviews": ["robin"]} | {absent: None})


@pytest.mark.parametrize(
    "written, read",
    [
        ("everyone", ()),
        ("all", ()),
        (" everyone ", ()),
        ("gp", ("gp",)),
        (["gp", "schools"], ("gp", "schools")),
        ([], ()),
    ],
)
def test_deck_is_for_everyone_or_for_agencies(written: object, read: tuple[str, ...]) -> None:
    assert deck(audience=written).audience == read


@pytest.mark.parametrize("minutes, good", [(6, False), (7, True), (180, True), (181, False), ("20.5", False)])
def test_deck_takes_from_7_to_180_minutes(minutes: object, good: bool) -> None:
    if good:
        assert deck(minutes=minutes).minutes == minutes
    else:
        with pytest.raises(ValidationError):
            deck(minutes=minutes)


@pytest.mark.parametrize("gone", ["aims", "share", "practice"])
def test_deck_refuses_fields_that_it_no_longer_has(gone: str) -> None:
    with pytest.raises(ValidationError, match=gone):
        deck(**{gone: ["x"]})


@pytest.mark.parametrize("bad", ["../x", "a b", "a--b", "-a", "a-", "a_b", "a.b", "é", "a\n", ""])
def test_id_is_letters_digits_and_single_hyphens(bad: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Id).validate_python(bad)


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "example.org",
        "https://a b",
        "ftp://example.org",
        " https://example.org",
    ],
)
def test_web_address_is_http_and_holds_no_space(bad: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Web).validate_python(bad)


def test_text_loses_space_round_it_and_is_not_empty() -> None:
    assert TypeAdapter(Text).validate_python("  a b \n") == "a b"
    with pytest.raises(ValidationError):
        TypeAdapter(Text).validate_python(" \n")


def models(model: type[BaseModel]) -> set[type[BaseModel]]:
    every = {model}
    while more := {sub for m in every for sub in m.__subclasses__()} - every:
        every |= more
    return every


def test_every_model_is_frozen_and_refuses_what_it_does_not_know() -> None:
    for model in models(Review.__mro__[1]):
        assert model.model_config.get("frozen"), model
        assert model.model_config.get("extra") == "forbid", model


@pytest.mark.parametrize("value", [["en"], {"en": "cy"}, 3, None, "de"])
def test_a_language_that_is_none_is_a_problem_and_no_fault(value: object) -> None:
    with pytest.raises(ValidationError):
        Board.model_validate({"language": value})


@pytest.mark.parametrize("value", ["en", "en-GB"])
def test_a_language_may_be_named_in_short(value: str) -> None:
    assert Board.model_validate({"language": value}).language == "en-GB"


@pytest.mark.parametrize("value", [["2"], {"2": 3}, "4", 2.5])
def test_sides_that_are_no_number_of_sides_are_a_problem_and_no_fault(value: object) -> None:
    about = {
        "title": "x",
        "edition": "2026",
        "outline": "y",
        "reviews": ["z"],
        "questions": ["a?", "b?", "c?"],
    }
    assert Briefing.model_validate(about | {"sides": "3"}).sides == 3
    with pytest.raises(ValidationError):
        Briefing.model_validate(about | {"sides": value})
