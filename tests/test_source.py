"""Loading: what was typed is what is read, with its place; anything else is a problem in plain words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import INVENTED
from toolkit.content.model import Review
from toolkit.content.nodes import LONGEST_FILE, LONGEST_TEXT, load, parse, read_text
from toolkit.content.sentences import validate
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
    assert problems("a: the words\n  go on #1\n") == ["2:9 YAML leaves out all that follows this #"]
    assert problems("a: #1 concern\n") == ["1:4 YAML leaves out all that follows this #"]
    assert problems("a: [one, two #2\n  ]\n") == ["1:14 YAML leaves out all that follows this #"]


def test_every_node_and_key_knows_its_place() -> None:
    node = parse(HERE, "a:\n  - b: x\n    c: ‘é’\n  - y\n")
    assert node.keys["a"] == Place(HERE, 1, 1)
    assert node.at(("a", 0, "c")).place == Place(HERE, 3, 8)
    assert node.at(("a", 1)).place == Place(HERE, 4, 5)
    assert node.at(("a", 7, "c")).place == node.at(("a",)).place == Place(HERE, 2, 3)


def test_several_problems_are_told_at_once_in_the_order_of_lines() -> None:
    assert problems("a: *x\nb: !y z\na: 2\n") == [
        "1:4 an alias (*x) stands for words written elsewhere",
        "2:4 a tag (!y) is not used here",
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
    assert (LONGEST_TEXT, LONGEST_FILE) == (20_000, 4_000_000)
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
    "field, near", [("titqq", "title"), ("tiqqq", ""), ("boaqq", "board"), ("boqqq", "")]
)
def test_a_field_that_shares_three_fifths_of_its_letters_is_a_near_miss(field: str, near: str) -> None:
    words = ROBIN.replace("title: Robin", f"title: Robin\n{field}: x", 1)
    with pytest.raises(Invalid) as raised:
        validate(Review, parse(HERE, words))
    (problem,) = raised.value.problems
    assert problem.message == f"unknown field '{field}'"
    assert problem.hint.startswith(f"did you mean '{near}'?" if near else "known here: id, title, ")
