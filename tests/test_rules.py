"""The rules that types cannot say. Their messages stand in tests/broken; here is when they apply, and when
not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from tests.conftest import INVENTED, TOP, edit
from toolkit.content.choices import check_audience, check_board, check_work
from toolkit.content.model import Board, Cite, Deck, Review
from toolkit.content.nodes import load, parse
from toolkit.content.rules import REVIEW_RULES, check_review, every_fact_cites, models_in
from toolkit.content.sentences import validate
from toolkit.problems import Invalid, Node, Place, Problem
from toolkit.project import Project

ROBIN = INVENTED / "reviews" / "robin.yaml"


def found(*edits: tuple[str, str]) -> list[Problem]:
    words = ROBIN.read_text("utf-8")
    for old, new in edits:
        assert old in words
        words = words.replace(old, new, 1)
    node = parse(ROBIN, words)
    return check_review(validate(Review, node), node, Project(INVENTED).registers())


def test_invented_review_has_no_problem_and_no_advice() -> None:
    assert found() == []


def test_every_rule_has_a_bad_example() -> None:
    registers = Project(INVENTED).registers()
    seen = set()
    broken = TOP / "tests" / "broken"
    for path in (*broken.glob("reviews/*.yaml"), *broken.glob("advice/*.yaml")):
        try:
            review, node = load(path, Review)
            seen |= {rule for rule in REVIEW_RULES if any(rule(review, node, registers))}
        except (Invalid, StopIteration, RuntimeError):
            continue  # no review, or one that cites what is not there
    assert [rule.__name__ for rule in REVIEW_RULES if rule not in seen] == []


def test_every_rule_says_what_it_is() -> None:
    assert all(rule.__doc__ and rule.__doc__.strip() for rule in REVIEW_RULES)


def test_far_miss_says_where_all_names_are_shown_and_a_title_which_id_it_has() -> None:
    (problem,) = found(("themes: [escalation]", "themes: [zzz]"))
    assert problem.hint == "run: toolkit list themes; then type the name that stands first in its line"
    (titled,) = found(("themes: [escalation]", "themes: [Voice and daily lived experience of the child]"))
    assert titled.hint == "that is its title; type in its place: voice-of-the-child"
    lines = ROBIN.read_text("utf-8").splitlines()
    line = next(n for n, words in enumerate(lines, 1) if "themes: [escalation]" in words)
    assert (problem.place.line, problem.place.column) == (line, 14)


def test_wrong_cite_anywhere_is_found() -> None:
    for old in (
        "cites: [S1 2.1]",
        "cites: [S1 title page]",
        "cites: [S1 3.2]",
        "cites: [S1 4.1]",
        "cites: [S1 7.1]",
        "cites: [S4]",
        "cites: [S1 7.2]",
    ):
        (problem,) = found((old, "cites: [Q9]"))
        assert problem.message == "no source is called 'Q9'"


def test_problems_come_in_the_order_of_lines() -> None:
    lines = [
        p.place.line
        for p in found(
            ("lenses: [schools]", "lenses: [zzz]"),
            ("cites: [S1 3.1]", "cites: []"),
            ("id: robin", "id: wren"),
        )
    ]
    assert lines == sorted(lines)
    assert len(lines) == 3


@pytest.mark.parametrize("most, field", [(12, "message: "), (28, "finding: Robin "), (12, "slide: See ")])
def test_many_words_on_a_slide_are_advice_that_stops_nothing(most: int, field: str) -> None:
    (problem,) = found((field, field + "very " * most))
    assert not problem.stops
    assert f"aim at {most} or fewer" in problem.hint


def test_point_on_hold_need_not_be_ready() -> None:
    assert (
        found(
            (
                "because: Only the heading was read.",
                "because: Only the heading was read.\n    message: Half a point",
            )
        )
        == []
    )


def test_board_with_a_brand_that_is_not_there() -> None:
    def of(brand: str) -> list[Problem]:
        node = parse(Path("board.yaml"), f"name: Nobody\nbrand: {brand}\n")
        return check_board(validate(Board, node), node, ["house", "harbour"])

    assert of("house") == of("harbour") == []
    (problem,) = of("horse")
    assert (problem.message, problem.hint) == ("no brand is called 'horse'", "did you mean 'house'?")
    assert problem.place == Place(Path("board.yaml"), 2, 8)


@pytest.fixture
def deck() -> Callable[[str, str], list[Problem]]:
    review, _ = load(ROBIN, Review)

    def check(old: str, new: str) -> list[Problem]:
        path = INVENTED / "decks" / "robin.yaml"
        node: Node = parse(path, path.read_text("utf-8").replace(old, new))
        written = validate(Deck, node)
        filled = {"brand": written.brand or "house", "language": written.language or "en-GB"}
        work = written.model_copy(update=filled)
        return check_work(work, node, {"robin": review}, ["session", "quiz"], ["house"])

    return check


def test_deck_that_chooses_well(deck: Callable[[str, str], list[Problem]]) -> None:
    assert deck("review: robin", "review: robin\n    points: [R-2, R-1]") == []


def test_deck_with_several_faults_hears_of_all(deck: Callable[[str, str], list[Problem]]) -> None:
    messages = [
        p.message
        for p in deck("minutes: 30", "minutes: 30\noutline: sesion\nbrand: hause")
        + deck("review: robin", "review: robin\n    points: [R-3, R-8, R-1, R-1]")
    ]
    assert messages == [
        "no outline is called 'sesion'",
        "no brand is called 'hause'",
        "point 'R-3' is on hold and cannot be published",
        "'robin' has no point 'R-8'",
        "point 'R-1' is chosen twice",
    ]


def test_advice_reaches_the_person_who_checks(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "message: A letter without an answer needs",
        "message: " + "very " * 10 + "needs",
    )
    (problem,) = Project(project).advice(project / "reviews" / "robin.yaml")
    assert problem.message == "14 words are many for a slide"


def test_a_text_that_names_a_point_by_its_id_is_advised_against() -> None:
    (problem,) = found(
        ("  - What happened after the review.", "  - What happened after the review, and after R-2.")
    )
    assert not problem.stops and problem.message == "'R-2' is the id of a point, which no reader knows"


def citing(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """The fields, at any depth, whose values can cite."""
    for name, field in model.model_fields.items():
        found = [field.annotation]
        for one in found:  # grows: tuple[Annotated[Statement, …], ...] holds a Statement
            found += get_args(one)
        for inside in found:
            if isinstance(inside, type) and issubclass(inside, BaseModel) and inside is not Cite:
                if "cites" in inside.model_fields:
                    yield f"{path}{name}"
                yield from citing(inside, f"{path}{name}.")


def test_whatever_can_cite_must_unless_its_type_says_that_it_may_be_ours() -> None:
    """One of everything that has cites, so that a new field is tried as soon as it is there."""
    _, node = load(ROBIN, Review)
    plain = node.plain()
    said = {"text": "An invented sentence.", "cites": ["S1 1"]}
    plain |= {"good_practice": [said], "disagreements": [{"about": "x", "versions": [said], "advice": "y"}]}
    plain |= {"story": [said], "unsorted": [said]}
    plain["quiz"] = [
        {
            "text": "x",
            "answers": [{"text": "a", "right": True}, {"text": "b"}],
            "because": "y",
            "cites": ["S1"],
        }
    ]
    plain["child"] |= {"detail": said}
    plain["quotation"] = {"words": "nobody came", "by": "Robin, as the review tells it", "cites": ["S1"]}
    plain["numbers"] = [{"figure": "3 letters", "counts": "Letters that came in May", "cites": ["S1"]}]
    plain["asks"] |= {"intro": said, "since": [said]}
    hour = {"date": "Morning", "text": "An invented hour.", "cites": ["S1"]}
    way = {
        "known": [said],
        "unknown": [said],
        "next": [said],
        "hours": [hour],
        "knew": [{"lens": "schools", **said}],
    }
    role = {"lens": "schools", "means": said, "question": "x", "action": "y"}
    plain["points"][0] |= {"way": {"pattern": "decide", **way}, "roles": [role]}
    tried: dict[str, list[bool]] = {}
    for path, part in models_in(Review.model_validate(plain)):
        if "cites" in type(part).model_fields:
            without = json.loads(json.dumps(plain))
            held = without
            for step in path[:-1]:
                held = held[step]
            inside = held[path[-1]]
            held[path[-1]] = (
                {**inside, "cites": []} if isinstance(inside, dict) else {"text": inside, "cites": []}
            )
            found = [*every_fact_cites(Review.model_validate(without), node, Project(INVENTED).registers())]
            field = ".".join(str(step) for step in path if not isinstance(step, int))
            tried[field] = [problem.message.endswith("has no source") for problem in found]
    # What a slide says rests on its findings, unless it names fewer sources.
    ours = {"points.why", "points.practice", "points.roles.means", "points.slide"}
    assert {field for field, told in tried.items() if not told} == ours
    assert all(told == [True] for field, told in tried.items() if field not in ours)
    assert tried.keys() == set(citing(Review))
    assert {"points.way.knew", "points.finding", "asks.items", "child.who", "quiz"} <= tried.keys()


def test_a_deck_is_for_agencies_that_somebody_knows() -> None:
    def told(audience: str) -> list[Problem]:
        node = parse(Path("deck.yaml"), f"minutes: 20\nreviews: [robin]\naudience: {audience}\n")
        return list(check_audience(validate(Deck, node), node, Project(INVENTED).registers().agencies))

    assert [told(audience) for audience in ("everyone", "all", "gp", "[gp, schools]")] == [[]] * 4
    (problem,) = told("[gp, school]")
    assert (problem.message, problem.hint) == ("no agency is called 'school'", "did you mean 'schools'?")
    assert problem.place == Place(Path("deck.yaml"), 3, 16)
    (problem,) = told("zzz")
    assert problem.hint and problem.hint.startswith("there are: all, childrens-social-care, ")
    assert problem.place == Place(Path("deck.yaml"), 3, 11)


@pytest.mark.parametrize(
    "field, most",
    [
        ("message: Somebody needs to see and hear the child", 12),
        ("finding: Robin was not spoken to alone at any visit.", 28),
        ("happened: Robin was not spoken to alone at any visit.", 28),
        ("slide: See the child alone", 12),
    ],
)
def test_as_many_words_as_a_slide_carries_and_one_more(field: str, most: int) -> None:
    name = field.partition(":")[0]

    def said(count: int) -> list[Problem]:
        words = " ".join(["word"] * count)
        if name == "happened":
            whole = ("finding: Robin was not spoken to alone at any visit.", f"happened: {words}")
        else:
            whole = (field, f"{name}: {words}")
        return found(whole)

    assert said(most) == []
    (problem,) = said(most + 1)
    assert problem.message == f"{most + 1} words are many for a slide"


CHECKED = (
    "    level: system\n",
    "    level: system\n    checked: {by: x, on: 2024-05-02, source: S1, where: 5.2}\n",
)
REPORT = "kind: review-report, read: whole"


@pytest.mark.parametrize(
    "source, message",
    [
        ("kind: review-report, read: whole", None),
        ("kind: review-report, read: part", None),
        ("kind: review-report, read: opening", "'S1' is recorded as read: opening"),
        ("kind: review-report, read: not-read", "'S1' is recorded as read: not-read"),
        (
            "kind: board-summary, read: whole",
            "'S1' is not a review report, so it cannot lift a point's standing",
        ),
        ("kind: news, read: whole", "'S1' is not a review report, so it cannot lift a point's standing"),
    ],
)
def test_only_a_report_that_was_read_lifts_a_standing(source: str, message: str | None) -> None:
    messages = [p.message for p in found(CHECKED, (REPORT, source)) if p.place.line == CHECKED_LINE]
    assert messages == ([message] if message else [])


CHECKED_LINE = ROBIN.read_text("utf-8").partition(CHECKED[0])[0].count("\n") + 2


def test_a_check_without_a_finding_or_of_an_unknown_source_is_told() -> None:
    unknown = (CHECKED[0], CHECKED[1].replace("S1", "S8"))
    assert [p.message for p in found(unknown)] == ["no source is called 'S8'"]
    none = (
        "    finding:\n      - {text: An invented newspaper",
        "    happened:\n      - {text: An invented newspaper",
    )
    slide = ("finding: A second letter was not answered.", "happened: A second letter was not answered.")
    assert [p.message for p in found(CHECKED, none, slide)] == ["there is no finding to check"]


@pytest.mark.parametrize(
    "kind, told", [("court", True), ("context", True), ("news", False), ("nspcc", False)]
)
def test_a_finding_that_rests_on_a_court_or_guidance_alone_is_told(kind: str, told: bool) -> None:
    messages = [
        p.message for p in found(("publisher: The Invented Echo, kind: news", f"publisher: x, kind: {kind}"))
    ]
    assert ("this finding rests on a court or on wider guidance only" in messages) is told
    extract = ("not answered., cites: [S3]}", "not answered., cites: [{source: S3, extract: yes}]}")
    both = ("not answered., cites: [S3]}", "not answered., cites: [S3, S1]}")
    for edits in (extract, both):
        assert not found(("publisher: The Invented Echo, kind: news", f"publisher: x, kind: {kind}"), edits)


def test_a_finding_rests_on_one_source_at_least_that_was_read() -> None:
    unread = ("published: 2024-05-02, read: opening", "published: 2024-05-02, read: not-read")
    assert [p.message for p in found(unread)] == ["this finding rests on a source that nobody has read"]
    assert found(unread, ("not answered., cites: [S3]}", "not answered., cites: [S3, S1]}")) == []


@pytest.mark.parametrize("wrong, near", [("S9", True), ("S99", False)])
def test_a_near_miss_shares_half_its_letters(wrong: str, near: bool) -> None:
    (problem,) = found(("cites: [S1 2.1]", f"cites: [{wrong}]"))
    assert problem.hint.startswith("did you mean 'S" if near else "in sources there are: S1, S2, S3, S4")


@pytest.mark.parametrize(
    "cite, begins, message",
    [
        ("[S1 1.1]", "- {text: Robin was seen", "this part of the summary has no source"),
        ("[S1 2.1]", "- text: Robin is an invented", "this statement has no source"),
        ("[S1 2.4]", "- {text: Nobody wrote down", "this statement has no source"),
        ("[S1 3.2]", "- {date: March 2023", "this entry has no source"),
        ("[S1 title page]", "- {label: Author", "this entry has no source"),
        ("[S1 4.1]", "- {text: Six invented visits", "this account of what happened has no source"),
        ("[S1 5.2]", "- {text: The review found", "this finding has no source"),
    ],
)
def test_every_fact_says_where_it_comes_from(cite: str, begins: str, message: str) -> None:
    lines = ROBIN.read_text("utf-8").splitlines()
    line = next(n for n, words in enumerate(lines, 1) if words.strip().startswith(begins))
    assert (line, message) in [(p.place.line, p.message) for p in found((f"cites: {cite}", "cites: []"))]


CITES = [  # what was typed in a list of cites, what is said, and the list as it should be
    ("[S1 2.1; S1 2.2]", "two cites are joined by a semicolon", "[S1 2.1, S1 2.2]"),
    ("[S1 2.1 S1 2.2]", "two cites stand here without a comma between them", "[S1 2.1, S1 2.2]"),
    ("[S1 2.1 and S1 2.2]", "two cites are joined by 'and'", "[S1 2.1, S1 2.2]"),
    (
        '["S1 2.1, S1 2.2"]',
        "two cites stand here as one, with quotation marks round both",
        "[S1 2.1, S1 2.2]",
    ),
    ("[S1, S1 2.1; S1 2.2]", "two cites are joined by a semicolon", "[S1, S1 2.1, S1 2.2]"),
    ("[{source: S1, where: 2.1; S1 2.2}]", "two cites are joined by a semicolon", "[S1 2.1, S1 2.2]"),
]
COMMA = "the comma makes 'p11' a cite of its own, and no source is called so"
CUT = [
    ("[S1 5.2, p11]", '["S1 5.2, p11"]'),
    ("[S1 2.1, S1 5.2, p11, S1]", '[S1 2.1, "S1 5.2, p11", S1]'),
]


@pytest.mark.parametrize(("typed", "message", "right"), CITES, ids=[typed for typed, _, _ in CITES])
def test_cites_in_one_are_shown_apart(typed: str, message: str, right: str) -> None:
    before = "cites: [S1 2.1]"
    (problem,) = found((before, f"cites: {typed}"))
    assert (problem.message, problem.hint) == (message, f"put a comma between them: cites: {right}")
    assert found((before, f"cites: {right}")) == []


@pytest.mark.parametrize(("typed", "right"), CUT, ids=[typed for typed, _ in CUT])
def test_a_cite_that_its_comma_cuts_is_shown_whole(typed: str, right: str) -> None:
    before = "cites: [S1 2.1]"
    (problem,) = found((before, f"cites: {typed}"))
    hint = f"if it is part of 'S1 5.2', type it like this: cites: {right}"
    assert (problem.message, problem.hint) == (COMMA, hint)
    assert found((before, f"cites: {right}")) == []


def test_a_kind_that_is_like_none_can_be_added_with_the_lines_that_are_told(tmp_path: Path) -> None:
    (problem,) = found(("kind: serious-case-review", "kind: Coroner’s inquest"))
    assert problem.hint
    before, _, lines = problem.hint.partition("in your own words:\n")
    assert "serious-case-review, " in before
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "kinds.yaml").write_text(lines, "utf-8")
    assert "coroner-s-inquest" in Project(tmp_path).registers().kinds
