"""Loading: what was typed is what is read, with its place; anything else is a problem in plain words."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import INVENTED
from toolkit.content.model import Review
from toolkit.content.nodes import (
    DEEPEST,
    LONGEST_FILE,
    LONGEST_TEXT,
    MOST_TOLD,
    MOST_VALUES,
    load,
    parse,
    read_text,
)
from toolkit.content.sentences import validate
from toolkit.office.unzip import unzipped
from toolkit.problems import Invalid, Place

HERE = Path("x.yaml")
ROBIN = (INVENTED / "reviews" / "robin.yaml").read_text("utf-8")


def problems(text: str) -> list[str]:
    with pytest.raises(Invalid) as found:
        parse(HERE, text)
    return [f"{p.place.line}:{p.place.column} {p.message}" for p in found.value.problems]


@pytest.mark.parametrize(
    "typed", ["no", "yes", "1.10", "12:30", "0o17", "1e3", "2024-05-01", "~", "null", "=", "Case 007", "50%"]
)
def test_plain_scalar_stays_what_was_typed(typed: str) -> None:
    assert parse(HERE, f"a: {typed}\n").plain() == {"a": typed}


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x # 1'\n",
        "a: |\n  x #1\n",
        'a: "x #1"\n',
        "a: x#1\n",
        "# a\nb: x # a remark\n",
        "a: https://example.org/#part\n",
    ],
)
def test_hash_inside_words_or_before_a_remark_is_no_problem(text: str) -> None:
    assert parse(HERE, text).plain()


def test_hash_that_would_cut_a_sentence_is_refused_where_it_stands() -> None:
    assert problems("a: the words\n  go on #1\n") == [
        "2:9 what follows this # is taken for a note of yours, and is not printed"
    ]
    assert problems("a: #1 concern\n") == [
        "1:4 what follows this # is taken for a note of yours, and is not printed"
    ]
    assert problems("a: [one, two #2\n  ]\n") == [
        "1:14 what follows this # is taken for a note of yours, and is not printed"
    ]


def test_every_node_and_key_knows_its_place() -> None:
    node = parse(HERE, "a:\n  - b: x\n    c: ‘é’\n  - y\n")
    assert node.keys["a"] == Place(HERE, 1, 1)
    assert node.at(("a", 0, "c")).place == Place(HERE, 3, 8)
    assert node.at(("a", 1)).place == Place(HERE, 4, 5)
    assert node.at(("a", 7, "c")).place == node.at(("a",)).place == Place(HERE, 2, 3)


def test_several_problems_are_told_at_once_in_the_order_of_lines() -> None:
    assert problems("a: *x\nb: !y z\na: 2\n") == [
        "1:4 a value that starts with * needs quotation marks",
        "2:4 a value that starts with ! needs quotation marks",
        "3:1 'a' stands here twice",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ending_gives_the_same_review_and_the_same_lines(tmp_path: Path, end: str) -> None:
    path = tmp_path / "robin.yaml"
    path.write_bytes(ROBIN.replace("\n", end).encode())
    review, node = load(path, Review)
    first, its_node = load(INVENTED / "reviews" / "robin.yaml", Review)
    assert review == first
    assert node.at(("points", 1, "id")).place.line == its_node.at(("points", 1, "id")).place.line


def test_lengths_are_limited_but_generous(tmp_path: Path) -> None:
    assert (LONGEST_TEXT, LONGEST_FILE) == (20_000, 1_500_000)
    assert parse(HERE, "a: " + "x" * LONGEST_TEXT).plain()
    assert problems("a: " + "x" * (LONGEST_TEXT + 1)) == [
        f"1:4 this text is too long ({LONGEST_TEXT + 1:,} characters)"
    ]
    long = tmp_path / "long.yaml"
    long.write_bytes(b"#" * LONGEST_FILE)
    assert len(read_text(long)) == LONGEST_FILE
    long.write_bytes(b"#" * (LONGEST_FILE + 1))
    with pytest.raises(Invalid, match="too long"):
        read_text(long)


@pytest.mark.parametrize(
    ("opening", "column"),
    [("[", 31), ("{a: ", 121), ("- ", 61), ("? ", 61), ("[a: ", 61), ("[{é: ", 76)],
)
def test_depth_is_refused_at_the_same_place_whatever_the_parser_says_of_it(opening: str, column: int) -> None:
    """libyaml has no limit up to 0.2.5 and one of a thousand levels from 0.2.6 on."""
    assert problems(opening * 10_000) == [f"1:{column} this is nested more than {DEEPEST} levels deep"]
    assert problems("a: 'é'\r\nb: " + "[" * 10_000) == [
        f"2:{3 + DEEPEST} this is nested more than {DEEPEST} levels deep"
    ]
    assert parse(HERE, "[" * DEEPEST + "x" + "]" * DEEPEST).plain()


def test_values_are_limited_but_generous() -> None:
    assert parse(HERE, "- x\n" * (MOST_VALUES - 1)).plain()
    assert problems("- x\n" * MOST_VALUES) == [
        f"{MOST_VALUES}:3 this file holds more than {MOST_VALUES:,} values"
    ]


LONG = {
    **{
        f"nothing but {unit!r}": unit
        for unit in (
            "[",
            "{a: ",
            "- ",
            "? ",
            ": ",
            "'",
            '"',
            "\n",
            "#",
            "&",
            "*",
            "!",
            "%",
            "-\n",
            "--- a\n",
            "[a: ",
            "\x01",
            "- [[\n",
        )
    },
    **{
        f"many {unit!r}": unit
        for unit in (
            "a: b\n",
            "- &a b\n",
            "- *a\n",
            "- !x y\n",
            "- x #1\n",
            "- <<: a\n",
            "- - - a\n",
            "- |\n",
            "- \n",
            '- "\\x01"\n',
        )
    },
}
LONG_LINES = {
    "one long list": ("[", "a, "),
    "one long group": ("{", "a: b, "),
    "an open quotation": ('a: "', "word\n"),
    "a late mistake in quotes": ('a: "', "x\n", "\\q"),
    "empty lines in a value": ("a: x", "\n", "  y"),
    "spaces before a remark": ("a: x", " ", "#y"),
    "a late mistake": ("", "- a: b\n", "x: y: z"),
    "brackets after a good line": ("a: b\n", "["),
}


def full(start: str, unit: str, end: str = "") -> str:
    return start + unit * ((LONGEST_FILE - len((start + end).encode())) // len(unit.encode())) + end


@pytest.mark.slow
@pytest.mark.parametrize(
    "parts",
    [*LONG_LINES.values(), *(pytest.param(("", unit), marks=pytest.mark.slow) for unit in LONG.values())],
    ids=[*LONG_LINES, *LONG],
)
def test_longest_file_is_read_or_refused_at_once(tmp_path: Path, parts: tuple[str, ...]) -> None:
    """Each takes well under a second; what reads a text twice, or a line again for each of its words, takes
    minutes.
    """
    path = tmp_path / "x.yaml"
    path.write_bytes(full(*parts).encode())
    begun = time.process_time()
    with pytest.raises(Invalid) as found:
        load(path, Review)
    assert (
        time.process_time() - begun < 5
    )  # seconds of this process's own computing, however busy the machine
    assert 0 < len(found.value.problems) <= MOST_TOLD + 1


def test_many_unknown_fields_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("".join(f"field{number}: x\n" for number in range(MOST_VALUES // 2 - 1)), "utf-8")
    begun = time.process_time()
    with pytest.raises(Invalid) as found:
        load(path, Review)
    assert time.process_time() - begun < 5
    assert len(found.value.problems) == MOST_TOLD


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a:\n\tb: c\n", "2:1 a tab (shown as ?) stands where spaces are needed"),
        ("a:\n  - 'b' c\n  - d\n", "2:8 words follow a closing quotation mark"),
        ('"a" b: c\nd: e\n', "1:5 words follow a closing quotation mark"),
        ("a:\n  - b\n  - c\n d: e\n", "4:2 'd' stands 1 column too far to the right"),
        ("a: x - y\nb: - c\n", "2:4 a list item cannot start after 'b:'"),
        ("a: [,b]\n", "1:5 a value is missing before this character"),
        ("a: | words\n", "1:4 a value that starts with | needs quotation marks"),
        (
            "a: {b: c}? d\n",
            "1:4 a value that starts with { is taken for a group of fields, and words follow its end",
        ),
    ],
)
def test_what_the_parser_says_is_put_in_our_words(text: str, told: str) -> None:
    assert problems(text) == [told]


@pytest.mark.parametrize(
    "kept",
    [
        "é",
        "ŵ",
        "Łódź",
        "“quoted”",
        "naïve – dash",
        "emoji 🙂",
        "\u200bzero width space",
        "\u00ad",
        "right \u200f mark",
    ],
)
def test_letters_of_all_languages_are_read(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"a: '{kept}'\n", "utf-8")
    assert parse(path, read_text(path)).plain() == {"a": kept}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: b\n", "utf-8")
    path.chmod(0)
    with pytest.raises(Invalid, match="cannot be read"):
        read_text(path)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_invalid(text: str) -> None:
    try:
        node = parse(HERE, text)
    except Invalid as error:
        assert error.problems
        assert all(p.message for p in error.problems)
    else:
        assert node.plain() is not None


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(ROBIN)),
    st.integers(0, 40),
    st.text(max_size=12)
    | st.sampled_from(
        ["\n", "  ", "- ", ": ", "[", "]", "{", "}", '"', "'", "|", "&a ", "*a", "#", "\t", "---\n", "!!set "]
    ),
)
def test_any_edit_of_a_review_gives_a_review_or_invalid(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, put: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "edited.yaml"
    path.write_bytes((ROBIN[:at] + put + ROBIN[at + cut :]).encode("utf-8", "surrogatepass"))
    try:
        review, _ = load(path, Review)
    except Invalid as error:
        assert all(p.place.path == path and p.message for p in error.problems)
    else:
        assert review.id


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_invalid(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(data)
    try:
        assert read_text(path).encode() == data
    except Invalid as error:
        assert error.problems


@pytest.mark.parametrize(
    "field, near", [("answqqed", "answered"), ("ansqqqed", ""), ("quuz", "quiz"), ("quuu", "")]
)
def test_a_field_that_shares_seven_tenths_of_its_letters_is_a_near_miss(field: str, near: str) -> None:
    words = ROBIN.replace("title: Robin", f"title: Robin\n{field}: x", 1)
    with pytest.raises(Invalid) as raised:
        validate(Review, parse(HERE, words))
    (problem,) = raised.value.problems
    assert problem.message == f"unknown field '{field}'"
    assert problem.hint.startswith(f"did you mean '{near}'?" if near else "known here: id, title, ")


def test_what_has_no_size_is_empty_and_is_never_read(tmp_path: Path) -> None:
    """As what Linux shows in /proc, which is a file like any other, and may never end."""
    (tmp_path / "robin.yaml").touch()
    assert read_text(tmp_path / "robin.yaml", pytest.fail) == ""
    with pytest.raises(Invalid) as caught:
        unzipped(tmp_path / "robin.yaml", tmp_path / "robin.yaml")
    assert caught.value.problems[0].message == "the file is empty"
    if Path("/proc/kmsg").exists():
        with pytest.raises(Invalid):
            unzipped(Path("/proc/kmsg"), Path("/proc/kmsg"))
