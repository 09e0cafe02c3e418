"""How easily a text is read: where advice begins, and where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.content.reading import Reading, long_sentences, read, sentences, syllables, unexplained
from toolkit.problems import Place

HERE = Place(Path("invented.yaml"), 3, 5)


def words(count: int) -> str:
    return " ".join(["word"] * count) + "."


def test_a_sentence_may_have_25_words() -> None:
    assert long_sentences(words(25)) == []
    assert long_sentences(words(26)) == [words(26)]
    assert long_sentences(f"{words(20)} {words(20)}") == []
    assert long_sentences(f"{words(3)} {words(26)} {words(3)}") == [words(26)]


def test_a_sentence_ends_with_its_marks() -> None:
    assert sentences("Who asked? “Nobody!” That (all of it.) was it") == [
        "Who asked?",
        "“Nobody!”",
        "That (all of it.)",
        "was it",
    ]
    assert sentences("  ") == []


@pytest.mark.parametrize(
    "word, count",
    [
        *(("child", 1), ("home", 1), ("baby", 2), ("table", 2), ("wanted", 2), ("asked", 1), ("boxes", 2)),
        *(("notes", 1), ("the", 1), ("carefully", 4), ("A4", 1), ("school’s", 1), ("houses", 2), ("idea", 2)),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_age_is_flesch_kincaid_and_five_years() -> None:
    assert read([]) == read(["…", "12 + 3"]) == Reading(0, 0.0, 0.0)
    assert read(["The cat sat on the mat. It was a fine day."]) == Reading(11, 5.5, 5.0)
    hard = "Investigators deliberated intensively; nobody anticipated disagreement."
    assert read([hard]) == Reading(6, 6.0, round(0.39 * 6 + 11.8 * 27 / 6 - 15.59 + 5, 1))


def test_words_of_the_field_are_not_hard() -> None:
    assert read(["Safeguarding supervision."]).age == read(["Cat mat."]).age
    assert read(["Children’s information."]).age == read(["Cat mat."]).age
    assert read(["Vegetarian television."]).age > read(["Cat mat."]).age


def told(*texts: str) -> list[str]:
    return [name for _, name in unexplained([(HERE, text) for text in texts])]


def test_an_abbreviation_is_explained_at_its_first_use() -> None:
    assert told("The MASH met.") == ["MASH"]
    assert told("The hub (MASH) met.", "The MASH met.") == []
    assert told("The MASH (a hub) met.") == []
    assert told("The MASH met.", "The hub (MASH) met. MASH.") == ["MASH"]
    assert told("All MASHs met.", "The MASH met.") == ["MASHs"]
    assert told("The GP, two GPs, the NHS and a PDF.") == []
    assert told("I saw A, and ABCDEFG and ABCDEFGH.") == ["ABCDEFG"]
    assert list(unexplained([(HERE, "The MASH met.")])) == [(HERE, "MASH")]
