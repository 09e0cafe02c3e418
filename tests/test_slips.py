"""Slips of the hand: told where they are, none twice, and good once each is typed as its hint says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import TOP, run_here
from toolkit.content.model import Review
from toolkit.content.nodes import load
from toolkit.content.spelling import below, how_to_type, known_fields, list_fields, together
from toolkit.problems import Invalid, Problem

STARTER = (TOP / "templates" / "starters" / "review.yaml").read_text("utf-8").replace("NAME", "child-z")
HINT = re.compile(r"type it like this(?:, [^:]*)?: (.*)$")


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


CARE = "      care: Say how to look after the room at this point."
HAPPENED = "      - text: An invented account of what happened."
LINE = "items: [I know what each child in my care did yesterday.]"
BELOW = [  # what cannot be kept in one line is laid out as in the file
    ("title: An invented example", "title: 'Robin's \"mother\"'", ["title: >-", '  Robin\'s "mother"']),
    ("    - What Robin enjoyed.", "    - 'Robin's \"day\"'", ["    - >-", '      Robin\'s "day"']),
    (
        HAPPENED,
        "      - text: Note: an account\n          that goes on.",
        ["      - text: >-", "          Note: an account", "          that goes on."],
    ),
    (
        CARE,
        "      care: Look after the room:\n        - Offer a break\n        - Give the helpline",
        [
            "      care: |",
            "        Look after the room:",
            "        - Offer a break",
            "        - Give the helpline",
        ],
    ),
    (
        CARE,
        "      care: Say how.\n        - Offer a break",
        ["      care: |", "        Say how.", "        - Offer a break"],
    ),
    (
        CARE,
        "      care: Say how.\n      - Offer a break\n      - Give it",
        ["      care: |", "        Say how.", "        - Offer a break", "        - Give it"],
    ),
    (
        "cautions:\n  - This is an invented example. Do not use it in a session.",
        "cautions: - This is an invented example.",
        ["cautions:", "  - This is an invented example."],
    ),
    (
        "    questions:\n      - When did you last see a child you worry about on their own?",
        "    questions: When did you last see one?",
        ["    questions:", "      - When did you last see one?"],
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "lines"), BELOW, ids=[wrong.strip()[:40] for _, wrong, _ in BELOW]
)
def test_what_the_hint_lays_out_is_read(right: str, wrong: str, lines: list[str], tmp_path: Path) -> None:
    assert STARTER.count(right) == 1
    (problem,) = told(tmp_path, STARTER.replace(right, wrong))
    how, *shown = problem.hint.split("\n")
    assert shown == lines
    first, rest = (str(len(line) - len(line.lstrip())) for line in lines[:2])
    assert re.findall(r"\d+", how.rpartition("like this")[2]) == [first, rest][first == "0" :], how
    assert told(tmp_path, STARTER.replace(right, "\n".join(lines))) == []


def test_long_words_that_are_laid_out_are_cut() -> None:
    shown = below("  - text: ", ["word " * 30, *(f"line {n}" for n in range(9))]).split("\n")
    assert shown[1] == "  - text: >-" and shown[-1] == "      …" and len(shown) == 7
    assert len(shown[2]) <= 90 and shown[2].endswith("word…")


NBSP = "\u00a0"
TITLE, ROBIN = "    title: Seeing the child", "    - What Robin enjoyed."
EVENT, CITES = "text: An invented first event.", "cites: [S1 5.2]"
TEXT = "An invented account of what happened."
SO_THAT = "so that 'title' starts in column 5, below 'id' of line 45"
EACH = "with 6 spaces before each hyphen, 8 before each 'cites' and no empty lines between:"
SAID = [  # a slip, and exactly what is said of it
    (
        TITLE,
        f"  {NBSP * 2}title: Seeing the child",
        "2 no-break spaces (shown as ?) stand before the first word",
        f"delete all that stands before it and type 4 spaces, {SO_THAT}",
    ),
    (
        TITLE,
        f"{NBSP * 3}title: Seeing the child",
        "3 no-break spaces (shown as ?) stand before the first word",
        f"delete all 3 and type 4 spaces, {SO_THAT}",
    ),
    (
        TITLE,
        "\u200b    title: Seeing the child",
        "an odd or invisible space (shown as ?) stands before the first word",
        f"delete all that stands before it and type 4 spaces, {SO_THAT}",
    ),
    (
        f"{TITLE}\n    message: See",
        "\ttitle: Seeing the child\n\tmessage: See",
        "a tab (shown as ?) stands where spaces are needed",
        f"delete it and type 4 spaces, {SO_THAT}; line 47 starts with such too",
    ),
    (
        "sources:",
        "\tsources:",
        "a tab (shown as ?) stands where spaces are needed",
        "delete it, so that 'sources' starts in column 1, below 'quiz' of line 92",
    ),
    (
        ROBIN,
        f"{ROBIN}\n\t- Where.",
        "a tab (shown as ?) stands where spaces are needed",
        "delete it and type 4 spaces, so that this list item starts in column 5, below the hyphen of line 21",
    ),
    (
        HAPPENED,
        HAPPENED.replace(" " * 6, "\t\t"),
        "a tab (shown as ?) stands where spaces are needed",
        "delete both and type 6 spaces, so that this list item starts in column 7,"
        " below 'happened' of line 52",
    ),
    (
        "      pattern: line",
        "\t\t\tpattern: line",
        "a tab (shown as ?) stands where spaces are needed",
        "delete all 3 and type 6 spaces, so that this line starts in column 7, below 'way' of line 68",
    ),
    (
        ROBIN,
        f"    -{NBSP}What Robin enjoyed.",
        "a no-break space (shown as ?) stands after the hyphen",
        "delete it and press the space bar; such spaces often come out of Word, mail or a web page",
    ),
    (
        ROBIN,
        f"    –{NBSP}What Robin enjoyed.",
        "this mark (–) starts no list item",
        "type a hyphen and an ordinary space in place of – and the gap after it (shown as ?):"
        " - What Robin enjoyed.",
    ),
    (
        ROBIN,
        "    •\tWhat Robin enjoyed.\n    •\tWhere.",
        "this mark (•) starts no list item; the same in line 22",
        "type a hyphen and an ordinary space in place of • and the gap after it (shown as ?):"
        " - What Robin enjoyed.",
    ),
    (
        ROBIN,
        f"{ROBIN}\n      - Where.",
        "this list item stands 2 columns too far to the right",
        "start it in column 5, below the hyphen of line 21 (delete 2 spaces before it)",
    ),
    (
        ROBIN,
        f"{ROBIN}\n   - Where.",
        "this list item stands 1 column too far to the left",
        "start it in column 5, below the hyphen of line 21 (add 1 space before it)",
    ),
    (
        TITLE,
        "  title: Seeing the child",
        "'title' stands 2 columns too far to the left",
        "start it in column 5, below 'id' of line 45 (add 2 spaces before it)",
    ),
    (
        TITLE,
        "     title: Seeing the child",
        "'title' stands 1 column too far to the right",
        "start it in column 5, below 'id' of line 45 (delete 1 space before it)",
    ),
    (
        "title: An invented example",
        "title： An invented example",
        "this colon is a look-alike (：)",
        "type it like this, with an ordinary colon and a space: title: An invented example",
    ),
    (
        "kind: serious-case-review",
        "kind; serious-case-review",
        "this mark (;) stands in place of a colon",
        "type it like this, with an ordinary colon and a space: kind: serious-case-review",
    ),
    (
        "  - id: P-1",
        "  - id： P-1",
        "this colon is a look-alike (：)",
        "type it like this, with an ordinary colon and a space: - id: P-1",
    ),
    (
        "title: An invented example",
        f"title; {'word ' * 20}",
        "this mark (;) stands in place of a colon",
        "type an ordinary colon in place of ;, and one space after it",
    ),
    (
        "warning: an invented",
        "warning: - an invented",
        "a list item cannot start after 'warning:'",
        "type it like this: warning: an invented child whom nobody listened to",
    ),
    (
        "cautions:\n  -",
        "cautions: -",
        "a list item cannot start after 'cautions:'",
        "type it like this, with 2 spaces before the second line:\ncautions:"
        "\n  - This is an invented example. Do not use it in a session.",
    ),
    (
        ROBIN,
        f"{ROBIN}\n          - Where.",
        "this list line is put behind the words above it, in one paragraph",
        "give each its own list item, all in the same column; or leave the mark out",
    ),
    (
        "cautions:",
        "From: Anna\nTo: Ben\n\nDear Ben\n\ncautions:",
        "lines 28 to 31 look like a letter or an email and belong to no field",
        "delete lines 28 to 31; if you need some of the words, type them as an item of a list that is there"
        " already, such as 'cautions' (line 33), like this, with 2 spaces before the hyphen:"
        "\n  - The words that you need.",
    ),
    (
        TEXT,
        f"{TEXT}\n\nNobody came.\nThe school rang.",
        "lines 55 and 56 belong to no field",
        "if they go on with 'text' (line 53), delete the empty line 54 and put 10 spaces before each of them;"
        " if not, delete them",
    ),
    (
        TEXT,
        f"{TEXT}\n   Nobody came.",
        "line 54 belongs to no field",
        "if it goes on with 'text' (line 53), start it in column 11; if not, delete it",
    ),
    (
        CITES,
        f"{CITES}\nNobody came.",
        "line 58 belongs to no field",
        "delete line 58; if you need some of the words, type them as an item of a list that is there already,"
        " such as 'why' (line 59), like this, with 6 spaces before the hyphen:"
        "\n      - The words that you need.",
    ),
    (
        TEXT,
        f"{TEXT}\n\n          Nobody came.\n          Not one.",
        "a second paragraph begins here, and 'text' takes one only",
        "delete the empty line above"
        f"\n= or make each paragraph a separate item, like this, in place of lines 53 to 57, {EACH}"
        f"\n      - text: {TEXT}\n        cites: [S1]"
        "\n      - text: Nobody came. Not one.\n        cites: [S1]",
    ),
    (
        "means: Without",
        "means: |\n          - Without",
        "a list begins here, and 'means' takes one paragraph, no list",
        "write it as one paragraph, in place of the lines of 'means', like this:"
        " means: Without cites this is printed as a thought of yours.",
    ),
    (
        f"text: {TEXT}",
        "text: |\n          Nobody came.\n\n          - On Monday\n          - On Tuesday",
        "a list begins here, and 'text' takes one paragraph, no list",
        "write it as one paragraph, in place of the lines of 'text', like this:"
        " - text: Nobody came. On Monday. On Tuesday."
        f"\n= or make each piece a separate item, like this, in place of lines 53 to 58, {EACH}"
        "\n      - text: Nobody came.\n        cites: [S1]\n      - text: On Monday\n        cites: [S1]"
        "\n      - text: On Tuesday\n        cites: [S1]",
    ),
    (
        "      - Without cites this is printed as your own reading.",
        "      - |\n        Nobody asked: why\n        so?\n        1. one\n        2. two\n        3. three"
        "\n        4. four",
        "a list begins here, and 'why' takes one paragraph, no list",
        "write it as one paragraph, in place of all its lines, like this:"
        ' - "Nobody asked: why so? one, two, three, four."'
        "\n= or make each piece a separate item, like this, in place of lines 59 to 65,"
        " with 6 spaces before each hyphen and no empty lines between:"
        '\n      - "Nobody asked: why so?"\n      - one\n      - two\n      - three\n      …',
    ),
    (
        "text: With cites this is printed as recommended by that source.",
        f"text: |\n          {'word ' * 20}\n          - See the child",
        "a list begins here, and 'text' takes one paragraph, no list",
        "write it as one paragraph, without the bar |, list marks and empty lines"
        f"\n= or make each piece a separate item, like this, {EACH}"
        f"\n      - text: {('word ' * 20).strip()}\n        cites: [S1 7.1]"
        "\n      - text: See the child\n        cites: [S1 7.1]",
    ),
    (
        CARE,
        "      care: Look after the room:\n        - Offer a break",
        "this text may hold a list, but then a bar | must stand after 'care:'",
        "begin the words on the next line, 2 spaces further in than 'care:'; type it like this, with 6 spaces"
        " before the first line and 8 before the others:"
        "\n      care: |\n        Look after the room:\n        - Offer a break",
    ),
    (
        CARE,
        "      care: >\n        Look after the room.\n        - Offer a break",
        "this text may hold a list, but then a bar | must stand after 'care:'",
        "begin the words on the next line, 2 spaces further in than 'care:'; type it like this, with 6 spaces"
        " before the first line and 8 before the others:"
        "\n      care: |\n        Look after the room.\n        - Offer a break",
    ),
    (
        CARE,
        "      care: Look after the room.\n      - Offer a break",
        "this text may hold a list, but then a bar | must stand after 'care:' of line 84",
        "begin the words on the next line, 2 spaces further in than 'care:'; type it like this, with 6 spaces"
        " before the first line and 8 before the others:"
        "\n      care: |\n        Look after the room.\n        - Offer a break",
    ),
    (
        "        - Answers about one's own practice.",
        "        - Answers such as these: none\n            - their own\n            - honest",
        "this text may hold a list, but then a bar | must stand after the hyphen",
        "begin the words on the next line, 2 spaces further in than the hyphen; type it like this,"
        " with 8 spaces before the first line and 10 before the others:"
        "\n        - |\n          Answers such as these: none\n          - their own\n          - honest",
    ),
    (
        "        means: Without cites this is printed as a thought of yours.",
        "        means: Look for:\n          - signs\n          - words",
        "a list stands inside this text, and 'means' takes one paragraph, no list",
        "write it as one paragraph, in place of the lines of 'means', like this:"
        ' means: "Look for: signs, words."',
    ),
    (
        "        means: Without cites this is printed as a thought of yours.",
        "        means: Look at the child.\n          - Look at the home",
        "a list begins here, and 'means' takes one paragraph, no list",
        "write it as one paragraph, in place of the lines of 'means', like this:"
        " means: Look at the child. Look at the home.",
    ),
    (
        "        means: Without cites this is printed as a thought of yours.",
        "        means: Look at the child.\n        - Look at the home",
        "a list item stands here, but 'means' in line 74 has its words already",
        "write it as one paragraph, in place of the lines of 'means', like this:"
        " means: Look at the child. Look at the home.",
    ),
    (
        "    questions:\n      - When did you last see a child you worry about on their own?",
        "    questions: Ask these:\n      - When?\n      - Where?",
        "a list stands behind the words of 'questions'",
        "type it like this, with 4 spaces before the first line and 6 before the others:"
        '\n    questions:\n      - "Ask these:"\n      - When?\n      - Where?',
    ),
    (
        "    questions:\n      - When did you last see a child you worry about on their own?",
        "    questions: [Ask, in private, who came]",
        "square brackets make a list, and commas part it: 'questions' has 3 items here",
        'if these words are one item, type it like this: questions: ["Ask, in private, who came"]',
    ),
    (
        ROBIN,
        "    - Robin was # 1 of five children.",
        "what follows this # is taken for a note of yours, and is not printed",
        "if you meant it as a private note, put it on a line of its own; if not, type it like this:"
        ' - "Robin was # 1 of five children."',
    ),
    (
        EVENT,
        "text: Ask, quickly, who came",
        "inside { } a comma ends the text, and 'quickly' is no field",
        'type it like this: text: "Ask, quickly, who came"',
    ),
    (
        EVENT,
        "text: 'Robin's first event.'",
        "an apostrophe inside single quotation marks ends the value here",
        'type it like this: text: "Robin\'s first event."',
    ),
    (
        LINE,
        "items: ['Robin's day', b]",
        "an apostrophe inside single quotation marks ends the value here",
        'type it like this: "Robin\'s day"',
    ),
    (
        ROBIN,
        "    - What Robin enjoyed at home:",
        "words that end in a colon need quotation marks",
        'type it like this: - "What Robin enjoyed at home:"',
    ),
    (
        CARE,
        "      care:\n        What to do:",
        "words that end in a colon need quotation marks",
        'type it like this: "What to do:"',
    ),
    (
        "  not_known:",
        "  What they said:\n  not_known:",
        "the colon at the end makes a field of 'What they said', and there is none of this name",
        "delete it; if you need the words, type them as an item of a list that is there already, like this:"
        ' - "What they said:"',
    ),
    (
        CITES,
        "cites: [S1 5.2",
        "the bracket [ is opened here and never closed",
        "type it like this: cites: [S1 5.2]",
    ),
    (
        "{date: January 2023, text: An invented first event., cites: [S1], key: true}",
        "{date: January 2023, text: One, cites: [S1",
        "the bracket { is opened here and never closed",
        "type it like this: - {date: January 2023, text: One, cites: [S1]}",
    ),
    (
        "title: An invented example",
        "title: [Draft] An [example",
        "a value that starts with [ is taken for a list, and words follow its end",
        'type it like this: title: "[Draft] An [example"',
    ),
    (
        "title: An invented example",
        "title: [Draft An example",
        "the bracket [ is opened here and never closed",
        'if it is one of the words, type it like this: title: "[Draft An example"',
    ),
    (
        "title: An invented example",
        "title: !important",
        "a value that starts with ! needs quotation marks",
        'type it like this: title: "!important"',
    ),
    (
        "themes: [voice-of-the-child]",
        "themes: [*voice, b]",
        "a value that starts with * needs quotation marks",
        "if these are words, put the value in straight quotation marks; if not, delete *voice",
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "message", "hint"), SAID, ids=[wrong.strip()[:40] for _, wrong, _, _ in SAID]
)
def test_each_slip_is_said_in_these_words(
    right: str, wrong: str, message: str, hint: str, tmp_path: Path
) -> None:
    assert right in STARTER
    (problem,) = told(tmp_path, STARTER.replace(right, wrong, 1))
    assert (problem.message, problem.hint) == (message, hint)


ITEMS = [row for row in SAID if "in place of lines" in row[3] and "…" not in row[3]]


@pytest.mark.parametrize(("right", "wrong", "message", "hint"), ITEMS, ids=[row[1][:40] for row in ITEMS])
def test_items_in_place_of_a_text_of_several_paragraphs_are_read(
    right: str, wrong: str, message: str, hint: str, tmp_path: Path
) -> None:
    lines = STARTER.replace(right, wrong, 1).split("\n")
    how, *shown = hint.partition("\n= or ")[2].split("\n")
    first, last = map(int, re.findall(r"lines (\d+) to (\d+)", how)[0])
    assert told(tmp_path, "\n".join([*lines[: first - 1], *shown, *lines[last:]])) == []
    if "like this: " in hint.partition("\n")[0]:
        typed = " " * 6 + hint.partition("\n")[0].partition("like this: ")[2]
        cites = [line for line in lines[first:last] if "cites:" in line]
        assert told(tmp_path, "\n".join([*lines[: first - 1], typed, *cites, *lines[last:]])) == []


ONE = [  # a slip that a program sees as many: told once, and what stands below is no second one
    ("    title: Seeing the child", f"{NBSP * 4}title: Seeing the child", "no-break space"),
    ("  pseudonym: true", f"{NBSP * 2}pseudonym: true", "no-break space"),
    ("  - id: P-1", f"  -{NBSP}id: P-1", "no-break space"),
    ("    title: Seeing the child", "\ttitle: Seeing the child", "a tab"),
    ("    title: Seeing the child", "   title: Seeing the child", "1 column too far to the left"),
    ("    title: Seeing the child", "      title: Seeing the child", "2 columns too far to the right"),
    ("  - id: P-1", "   - id: P-1\n    priority: 1\n    level: case\n  - id: P-2", "too far to the left"),
    ("    - What Robin enjoyed.", "    - What Robin enjoyed.\n   - Where.", "1 column too far to the left"),
    (
        "    - What Robin enjoyed.",
        "    - What Robin enjoyed.\n     - Where.",
        "1 column too far to the right",
    ),
    ("    - What Robin enjoyed.", "    – What Robin enjoyed.", "this mark (–)"),
    ("    - What Robin enjoyed.", "    - What Robin enjoyed.\n    • Where.", "this mark (•)"),
    ("title: An invented example", "title： An invented example", "this colon is a look-alike"),
    ("cautions:", "Dear Ben,\n\nsee: this and: that\n- one\n\nRegards\n\ncautions:", "belong to no field"),
    ("cautions:", "From: Anna\nTo: Ben\nSubject: Re: it\n\nDear Ben\n\ncautions:", "belong to no field"),
    ("title: An invented example", 'title: "An invented example', "never closed"),
    ("cites: [S1 5.2]", "cites: [S1 5.2", "never closed"),
    ("text: An invented first event.", "text: 'Robin's first event.'", "apostrophe"),
    ("text: An invented first event.", "text: Ask, in private, who came", "a comma ends the text"),
    ("cites: [S1 5.2]", "cites: [S1 5.2; S1 5.3]", "joined by a semicolon"),
    ("cites: [S1 5.2]", "cites: [S1 5.2 S1 5.3]", "without a comma"),
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
    how = ", with one ' at each end" * (typed[0] == "'")
    how += ", with straight quotation marks, as Notepad types them" * (words[0] == "“")
    assert how_to_type("title:", words) == f"type it like this{how}: title: {typed}"
    assert how_to_type("  title: ", "both ' and \"") == (
        "type it like this, with 2 spaces before the first line and 4 before the second:"
        "\n  title: >-\n    both ' and \""
    )


def test_fields_are_those_of_the_models() -> None:
    assert {"title", "cites", "minutes", "raise_concern", "old"} <= known_fields()
    assert {"cites", "summary", "questions", "lenses"} <= list_fields() and "title" not in list_fields()
    assert together("id", "title") and together("text", "cites") and not together("sources", "notes")


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


SHOW = "choose View, Show, File name extensions in File Explorer"
START = "\n= 3. Run: toolkit new review x\n= 4. Copy its words into the new file"
INSTEAD = {
    WEB: "delete it, sign in to the website that it came from, and"
    " download the file into this folder once more",
    ZIP: f"1. On Windows, {SHOW}\n= 2. Rename it x.docx, so that its program opens it{START}",
    b"PK\x03\x04": f"1. On Windows, {SHOW}\n= 2. Let its name end in .docx, .xlsx, .pptx or .zip,"
    f" so that its program opens it{START}",
    b"%PDF-1.7": f"1. On Windows, {SHOW}\n= 2. Rename it x.pdf, so that its program opens it{START}",
    b"": "delete it, then run: toolkit new review x",
    b"# a note": "delete the # before each line that is to be read",
    DISGUISED["conflict marks"]: "keep line 3 or line 5; delete the other, and lines 2, 4 and 6",
    b"<<<<<<< HEAD\na: 1\nb: 2\n=======\na: 3\n>>>>>>> x\n": "keep lines 2 and 3 or line 5; delete the other,"
    " and lines 1, 4 and 6",
    b"<<<<<<< HEAD\na: 1\n=======\n>>>>>>> x\n": "keep the lines that are right; delete the others, and every"
    " line that starts with <<<<<<<, ======= or >>>>>>>",
}


@pytest.mark.parametrize("data", INSTEAD, ids=[str(data)[:30] for data in INSTEAD])
def test_what_to_do_with_a_file_that_is_no_review(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "reviews" / "x.yaml"
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(Invalid) as caught:
        load(path, Review)
    assert [problem.hint for problem in caught.value.problems] == [INSTEAD[data]]


def test_a_register_that_is_a_word_file_is_no_review(tmp_path: Path) -> None:
    path = tmp_path / "reference" / "kinds.yaml"
    path.parent.mkdir()
    path.write_bytes(ZIP)
    with pytest.raises(Invalid) as caught:
        load(path, Review)
    assert caught.value.problems[0].hint == (
        f"on Windows, first {SHOW}; then rename it kinds.docx, and put a text file in its place"
    )
