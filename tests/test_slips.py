"""Slips of the hand: told where they are, none twice, and good once each is typed as its hint says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import TOP, run_here
from toolkit.content.model import Review
from toolkit.content.nodes import load
from toolkit.content.spelling import how_to_type, known_fields, list_fields
from toolkit.problems import Invalid, Problem

STARTER = (TOP / "templates" / "starters" / "review.yaml").read_text("utf-8").replace("NAME", "child-z")
HINT = re.compile(r"type it like this: (.*?)(; a remark .*)?$")


def told(folder: Path, text: str) -> list[Problem]:
    path = folder / "child-z.yaml"
    path.write_text(text, "utf-8")
    try:
        load(path, Review)
    except Invalid as error:
        return error.problems
    return []


def test_the_starter_has_no_slip(tmp_path: Path) -> None:
    assert told(tmp_path, STARTER) == []


# What stands in a line of the starter, and what somebody typed there: the hint says the whole line.
TYPED = [
    ("title: An invented example", "title: 'Robin's mother'"),
    ("title: An invented example", 'title: "Not started" was written'),
    ("title: An invented example", 'title: "He said "no" to her"'),
    ("title: An invented example", "title: 'An invented example"),
    ("title: An invented example", "title: “Robin: an example”"),
    ("title: An invented example", "title: Robin: an example"),
    ("title: An invented example", "title: > 3 visits were missed"),
    ("title: An invented example", "title: | a | b |"),
    ("title: An invented example", "title: [Recommendation 5] Adopt it"),
    ("title: An invented example", "title: {Recommendation 5} Adopt it"),
    ("title: An invented example", "title: % of visits"),
    ("title: An invented example", "title: &Co and others"),
    ("title: An invented example", "title: ! Robin"),
    ("title: An invented example", "title: *Robin* and others"),
    ("title: An invented example", "title: @Robin"),
    ("title: An invented example", "title: `Robin`"),
    ("title: An invented example", "title: - a baby"),
    ("title: An invented example", "title An invented example"),
    ("title: An invented example", "title:An invented example"),
    ("title: An invented example", "title: She was # 1 of five."),
    ("    - What Robin enjoyed.", "    - > 3 visits"),
    ("    - What Robin enjoyed.", "    - 'Robin's own words'"),
    ("    - What Robin enjoyed.", "    - What Robin said: no."),
    ("    - What Robin enjoyed.", "    - Whom Robin asked # 2 times."),
    ("  - id: P-1", "  - id P-1"),
]


@pytest.mark.parametrize(("right", "wrong"), TYPED, ids=[wrong.strip() for _, wrong in TYPED])
def test_what_the_hint_says_to_type_is_read(right: str, wrong: str, tmp_path: Path) -> None:
    assert STARTER.count(right) == 1
    text = STARTER.replace(right, wrong)
    (problem,) = told(tmp_path, text)
    assert text.splitlines()[problem.place.line - 1].startswith(wrong)
    match = HINT.search(problem.hint)
    assert match, problem.hint
    lead = wrong[: len(wrong) - len(wrong.lstrip())]
    typed = match[1].partition("; if not")[0]
    words = typed if typed.startswith(wrong.strip()[:2]) else f"- {typed}"
    assert told(tmp_path, STARTER.replace(right, f"{lead}{words}")) == []


NBSP = "\u00a0"
ONE = [  # a slip that a program sees as many: told once, and what stands below is no second one
    ("    title: Seeing the child", f"{NBSP * 4}title: Seeing the child", "no-break space"),
    ("  pseudonym: true", f"{NBSP * 2}pseudonym: true", "no-break space"),
    ("  - id: P-1", f"  -{NBSP}id: P-1", "no-break space"),
    ("    title: Seeing the child", "\ttitle: Seeing the child", "a tab"),
    ("    title: Seeing the child", "   title: Seeing the child", "1 column too far to the left"),
    ("    title: Seeing the child", "      title: Seeing the child", "2 columns too far to the right"),
    ("  - id: P-1", "   - id: P-1\n    priority: 1\n    level: case\n  - id: P-2", "too far to the left"),
    ("    - What Robin enjoyed.", "    - What Robin enjoyed.\n   - Where.", "1 column too far to the left"),
    ("    - What Robin enjoyed.", "    - What Robin enjoyed.\n     - Where.", "behind the words above"),
    ("    - What Robin enjoyed.", "    – What Robin enjoyed.", "this mark (–)"),
    ("    - What Robin enjoyed.", "    - What Robin enjoyed.\n    • Where.", "this mark (•)"),
    ("title: An invented example", "title： An invented example", "this colon is a look-alike"),
    ("cautions:", "Dear Ben,\n\nsee: this and: that\n- one\n\nRegards\n\ncautions:", "belong to no field"),
    ("cautions:", "From: Anna\nTo: Ben\nSubject: Re: it\n\nDear Ben\n\ncautions:", "belong to no field"),
    ("title: An invented example", 'title: "An invented example', "never closed"),
    ("cites: [S1 5.2]", "cites: [S1 5.2", "never closed"),
    ("text: An invented first event.", "text: 'Robin's first event.'", "apostrophe"),
    ("text: An invented first event.", "text: Ask, in private, who came", "a comma inside brackets"),
    ("cites: [S1 5.2]", "cites: [S1 5.2; S1 5.3]", "names two sources"),
    ("cites: [S1 5.2]", "cites: [S1 5.2 S1 5.3]", "names two sources"),
    ("date: January 2023", "date: 2023-01-14", "14 January 2023"),
]


@pytest.mark.parametrize(("right", "wrong", "words"), ONE, ids=[wrong.strip()[:40] for _, wrong, _ in ONE])
def test_one_slip_is_one_problem(right: str, wrong: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "child-z.yaml").write_text(STARTER.replace(right, wrong, 1), "utf-8")
    ran = run_here("check", cwd=tmp_path)
    assert ran.code == 1 and words in ran.err
    assert ran.err.count("error: ") == 1, ran.err


def test_several_slips_are_told_at_once_and_five_at_most(tmp_path: Path) -> None:
    every = [(right, wrong) for right, wrong in TYPED if "Robin's own" in wrong or "id P-1" in wrong]
    every += [("title: An invented example", "title: Robin: x"), ("    title: Seeing", "    title: > Seeing")]
    text = STARTER
    for right, wrong in every:
        text = text.replace(right, wrong, 1)
    assert len(told(tmp_path, text)) == 4
    text = text.replace("board: An", "board: @An").replace("    level: case", "    level case")
    found = told(tmp_path, text)
    assert len(found) == 5 and found == sorted(found)


@pytest.mark.parametrize(
    ("words", "typed"),
    [("a: b", '"a: b"'), ('"a" b', "'\"a\" b'"), ("“a: b”", '"a: b"'), ("c:\\d", "'c:\\d'")],
)
def test_words_are_quoted_so_that_they_are_read_back(words: str, typed: str) -> None:
    assert how_to_type("title:", words) == f"type it like this: title: {typed}"
    assert "title: >-" in how_to_type("title:", "both ' and \"")


def test_fields_are_those_of_the_models() -> None:
    assert {"title", "cites", "minutes", "raise_concern", "old"} <= known_fields()
    assert {"cites", "summary", "questions", "lenses"} <= list_fields() and "title" not in list_fields()


WEB, ZIP = b"<!DOCTYPE html>\n<html><title>Sign in</title>", b"PK\x03\x04\x14\0word/document.xml"
DISGUISED = {
    "a web page": WEB,
    "a Word file": ZIP,
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rich text": b"{\\rtf1\\ansi Robin}",
    "a PDF": b"%PDF-1.7",
    "Git LFS": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "nothing but zeros": b"\0" * 4096,
    "conflict marks": b"id: x\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> theirs\n",
    "the file is empty": b"",
}


@pytest.mark.parametrize("said", DISGUISED)
def test_a_file_is_said_for_what_it_is(said: str, tmp_path: Path) -> None:
    for name in ("reviews", "decks", "reference"):
        (tmp_path / name).mkdir()
    (tmp_path / "reviews" / "x.yaml").write_bytes(DISGUISED[said])
    ran = run_here("check", cwd=tmp_path)
    assert ran.code == 1 and ran.err.count("error: ") == 1 and said in ran.err and "\n      = " in ran.err
