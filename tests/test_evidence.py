"""How far a point may go: the table of standings, for every kind of source, and the words that say whose a
finding is and where it comes from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from tests.conftest import WORDING
from toolkit.content.evidence import found, is_unchecked, little_known, printable, standing
from toolkit.content.model import Point, Question, Review, SourceKind
from toolkit.plan.facts import SPEAKER, choose, heading, source_line, told_by
from toolkit.plan.language import Told
from toolkit.problems import Node, Place

HERE = Path("x.yaml")
OURS = ("review-report", "board-summary")
REPORTED = ("government", "nspcc", "professional-press", "news", "training")
OTHER = ("court", "context")


def review(**point: Any) -> tuple[Review, Point]:
    """A review with one source of every kind, its id the kind without hyphens, and one point."""
    sources = [
        {
            "id": k.replace("-", ""),
            "title": "Invented",
            "publisher": f"The {k}",
            "kind": k,
            "read": "whole",
            "published": "2024-05-02",
        }
        for k in get_args(SourceKind)
    ]
    made = Review.model_validate(
        {
            "id": "robin",
            "title": "Robin",
            "kind": "serious-case-review",
            "board": "An invented board",
            "published": "2024",
            "summary": [],
            "points": [{"id": "R-1", "title": "Invented", **point}],
            "sources": sources,
        }
    )
    return made, made.points[0]


def cited(*kinds: str, extract: bool = False) -> dict[str, Any]:
    return {
        "text": "An invented sentence.",
        "cites": [{"source": k.replace("-", ""), "extract": extract} for k in kinds],
    }


def test_the_table_has_every_kind_of_source() -> None:
    assert {*OURS, *REPORTED, *OTHER} == set(get_args(SourceKind))


@pytest.mark.parametrize(
    "kind, expected",
    [*((k, "releasable") for k in OURS), *((k, "marked") for k in REPORTED), *((k, "hold") for k in OTHER)],
)
def test_finding_by_the_kind_of_its_source(kind: str, expected: str) -> None:
    assert standing(*review(finding=[cited(kind)])) == expected


@pytest.mark.parametrize("kind", get_args(SourceKind))
def test_extract_of_the_review_is_as_good_as_the_review(kind: str) -> None:
    assert standing(*review(finding=[cited(kind, extract=True)])) == "releasable"


@pytest.mark.parametrize("kind", get_args(SourceKind))
def test_account_without_a_finding_is_never_releasable(kind: str) -> None:
    assert standing(*review(happened=[cited(kind)])) == ("hold" if kind in OTHER else "marked")


def test_one_weaker_finding_lowers_the_whole_point() -> None:
    assert standing(*review(finding=[cited("review-report"), cited("news")])) == "marked"
    assert standing(*review(finding=[cited("review-report"), cited("court")])) == "hold"
    assert standing(*review(finding=[cited("news", "review-report")])) == "marked"  # mixed cites: the weakest
    assert standing(*review(finding=[cited("context", "review-report")])) == "releasable"
    assert standing(*review(finding=[cited("review-report")], happened=[cited("court")])) == "releasable"


def test_nothing_at_all_is_held() -> None:
    assert standing(*review()) == "hold"
    assert standing(*review(practice=["Only a suggestion."], why=["Only our reading."])) == "hold"


CHECK = {"by": "An invented manager", "on": "2026-11-23", "source": "reviewreport", "where": "5.2"}


def test_author_lowers_but_only_a_check_raises() -> None:
    strong, weak = [cited("review-report")], [cited("news")]
    assert standing(*review(finding=strong, standing="marked", because="x")) == "marked"
    assert standing(*review(finding=strong, standing="hold", because="x")) == "hold"
    assert standing(*review(finding=weak, checked=CHECK)) == "releasable"
    assert standing(*review(finding=weak, checked=CHECK, standing="hold", because="x")) == "hold"
    assert standing(*review(happened=weak, checked=CHECK)) == "marked"


def test_only_what_is_not_held_is_printable() -> None:
    made, point = review(finding=[cited("news")])
    assert printable(made) == (point,)
    assert printable(review(finding=[cited("court")])[0]) == ()


NEWS, REPORT, BOARD = cited("news"), cited("review-report"), cited("board-summary")
NOT_YET = "not yet checked against the report"
LOWERED = {"standing": "marked", "because": "x"}


@pytest.mark.parametrize(
    "findings, expected",
    [
        ([REPORT], "found"),
        ([BOARD], "found-board"),
        ([REPORT, BOARD], "found"),
        ([cited("news", "review-report")], "found-others"),
        ([cited("context", "review-report")], "found"),
        ([cited("news", extract=True)], "found"),
        ([cited("court", extract=True), BOARD], "found"),
        ([NEWS], "found-others"),
        ([NEWS, REPORT], "found-others"),
        ([REPORT, NEWS], "found-others"),
        ([BOARD, NEWS, REPORT], "found-others"),
    ],
)
def test_the_review_found_only_what_all_findings_rest_on(
    findings: list[dict[str, Any]], expected: str
) -> None:
    made = review(finding=findings)
    assert found(*made) == expected
    assert (standing(*made) == "releasable") is (expected != "found-others")
    assert found(*review(finding=findings, **LOWERED)) == "found-others"
    assert found(*review(finding=findings, checked=CHECK)) == "found"


def test_one_part_of_what_happened_that_was_reported_is_enough_to_be_marked() -> None:
    assert standing(*review(happened=[cited("court"), NEWS])) == "marked"
    assert standing(*review(happened=[NEWS, cited("context")])) == "marked"


@pytest.mark.parametrize(
    "point, words",
    [
        ({"finding": [REPORT]}, "What the review found"),
        ({"finding": [BOARD]}, "What the board’s page says"),
        ({"finding": [NEWS]}, "What others say the review found"),
        ({"finding": [REPORT], **LOWERED}, "What others say the review found"),
        ({"finding": [NEWS], "checked": CHECK}, "What the review found"),
        ({"finding": [NEWS], "found_by": "the 2014 analysis"}, "What the 2014 analysis found"),
        ({"happened": [NEWS]}, "What happened"),
        ({"happened": [REPORT]}, "What happened"),
    ],
)
def test_the_heading_says_who_speaks(point: dict[str, Any], words: str) -> None:
    said = heading(*review(**point), WORDING)
    assert said == words
    assert isinstance(said, Told) and said.origin == "robin/points/R-1/speaker"


def line(*statements: dict[str, Any], **point: Any) -> str:
    made, its = review(finding=list(statements), **point)
    return source_line(made, its.finding, WORDING)


def test_the_source_line_says_once_who_tells_it_and_whether_somebody_has_checked_it() -> None:
    at = {"text": "Invented.", "cites": ["reviewreport 5.2"]}
    assert line(at) == "The review, 5.2"
    assert line(at, at, BOARD) == "The review, 5.2; The board-summary, 2 May 2024"
    assert line(NEWS) == f"The news, 2 May 2024; {NOT_YET}"
    assert line(at, NEWS, NEWS) == f"The review, 5.2; The news, 2 May 2024; {NOT_YET}"
    assert line(cited("news", "review-report")) == f"The review; The news, 2 May 2024; {NOT_YET}"
    assert line(cited("news", extract=True)) == "The news, 2 May 2024"
    assert line(at, **LOWERED) == f"The review, 5.2; {NOT_YET}"
    assert line() == ""
    reporters = line(*(cited(kind) for kind in ("news", "nspcc", "training", "government")))
    assert reporters == (
        f"The government, 2 May 2024; The nspcc, 2 May 2024; The news, 2 May 2024 and others; {NOT_YET}"
    )


def test_statements_that_stand_apart_are_marked_each_for_itself() -> None:
    def apart(*statements: dict[str, Any], short: bool = False, **point: Any) -> str:
        made, its = review(finding=list(statements), **point)
        return source_line(made, its.finding, WORDING, short, apart=True)

    at = {"text": "Invented.", "cites": ["reviewreport 5.2"]}
    assert apart(at, BOARD) == "The review, 5.2; The board-summary, 2 May 2024"
    assert apart(at, NEWS) == f"The review, 5.2; {NOT_YET}: The news, 2 May 2024"
    assert apart(at, NEWS, short=True) == f"The review, 5.2; {NOT_YET}: The news"
    assert apart(NEWS, cited("nspcc")) == f"The nspcc, 2 May 2024; The news, 2 May 2024; {NOT_YET}"
    many = apart(at, BOARD, *(cited(kind) for kind in ("news", "nspcc", "training")), short=True)
    assert many == f"The review, 5.2 and others; {NOT_YET}: The nspcc and others"


def test_a_line_that_cannot_tell_which_statement_is_unchecked_marks_all_of_it() -> None:
    made, its = review(finding=[BOARD, cited("board-summary", "news"), cited("news", extract=True)])
    line = source_line(made, its.finding, WORDING, apart=True)
    assert line == f"The news, 2 May 2024; The board-summary, 2 May 2024; {NOT_YET}"


def test_the_source_line_of_what_was_checked_names_the_report_and_has_no_such_words() -> None:
    assert line(NEWS, checked=CHECK) == "The review, 5.2; The news, 2 May 2024"
    assert line(REPORT, NEWS, checked=CHECK) == "The review, 5.2; The news, 2 May 2024"
    made, point = review(finding=[NEWS], happened=[NEWS], checked=CHECK)
    assert source_line(made, point.happened, WORDING).endswith(NOT_YET), "the finding was checked, not this"
    assert [is_unchecked(made, s) for s in (*point.finding, *point.happened)] == [False, True]


@pytest.mark.parametrize("kind", get_args(SourceKind))
def test_guidance_claims_nothing_of_the_review_and_needs_no_check(kind: str) -> None:
    made, point = review(happened=[cited(kind)], practice=[cited(kind)], why=["Ours.", cited(kind)])
    for ours in (point.practice, point.why):
        assert source_line(made, ours, WORDING).endswith(NOT_YET) is (kind in REPORTED), "of what to do"
    assert source_line(made, point.happened, WORDING).endswith(NOT_YET) is (kind not in OURS), "of the case"
    asked = Question.model_validate(
        {"text": "Which?", "answers": [{"text": "a", "right": True}, {"text": "b"}], "because": "So it is."}
        | {"cites": cited(kind)["cites"]}
    )
    assert source_line(made, [asked], WORDING).endswith(NOT_YET) is (kind in REPORTED), "of a quiz"


def test_a_source_line_speaks_for_the_points_whose_words_it_stands_below() -> None:
    made, point = review(finding=[NEWS], happened=[NEWS], why=[NEWS])
    line, sentence = source_line(made, point.finding, WORDING), told_by(made, point.happened, WORDING)
    assert isinstance(line, Told) and line.origin == "robin/points/R-1/teller robin/sources/news"
    assert isinstance(sentence, Told) and sentence.origin == "robin/points/R-1/teller"
    ours = source_line(made, point.why, WORDING)
    assert isinstance(ours, Told) and ours.origin == "robin/sources/news"


def test_a_sentence_says_who_tells_what_the_review_does_not() -> None:
    def told(*kinds: str) -> str:
        made, point = review(happened=[cited(kind) for kind in kinds])
        return told_by(made, point.happened, WORDING)

    assert told("review-report") == told("board-summary", "review-report") == ""
    assert told("news", "review-report") == told("news", "nspcc") == WORDING["told"]


def test_one_sentence_says_how_well_the_points_of_a_review_are_founded() -> None:
    def sure(kind: str, *findings: dict[str, Any]) -> str:
        made, point = review(finding=[findings[0]])
        points = tuple(
            point.model_copy(update={"id": f"R-{n}", "finding": review(finding=[one])[1].finding})
            for n, one in enumerate(findings)
        )
        sources = tuple(
            s.model_copy(update={"read": kind}) if s.kind == "review-report" else s for s in made.sources
        )
        whole = made.model_copy(update={"points": points, "sources": sources})
        return choose(whole, (), Node(Place(HERE), "")).sure(WORDING)

    assert sure("whole", REPORT, BOARD) == WORDING["sure-all"]
    assert sure("not-read", BOARD) == WORDING["sure-board"]
    assert sure("whole", NEWS) == f"its points rest on what others say that it found, {NOT_YET} (1)."
    some = sure("whole", REPORT, NEWS, BOARD)
    assert some.startswith(
        "its points rest on words of the review that could be read, or its board (2) and what others say"
    )
    assert isinstance(some, Told) and some.origin == SPEAKER


def test_what_somebody_else_found_is_not_counted_as_the_reviews() -> None:
    made, point = review(finding=[NEWS])
    points = (point, point.model_copy(update={"id": "R-2", "found_by": "the later study"}))
    whole = made.model_copy(update={"points": points})
    assert choose(whole, (), Node(Place(HERE), "")).sure(WORDING) == (
        f"its points rest on what others say that it found, {NOT_YET} (1) and "
        "what others say that the later study found, not yet checked either (1)."
    )


def test_little_is_known_where_fewer_than_half_of_the_points_have_a_finding() -> None:
    made, point = review(finding=[NEWS])
    story = review(happened=[NEWS])[1]
    held = review(finding=[cited("court")])[1]

    def of(*points: Point) -> bool:
        return little_known(made.model_copy(update={"points": points}))

    assert not of(point)
    assert not of(point, story)
    assert of(point, story, story)
    assert of(point, story, story, held, held)
