"""How far a point may go: the table of standings, for every kind of source, and the words of the label."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.conftest import WORDING
from toolkit.content import evidence
from toolkit.content.evidence import found, printable, reporters, standing
from toolkit.content.model import Point, Review, SourceKind
from toolkit.plan.facts import label

OURS = ("review-report", "board-summary")
REPORTED = ("government", "nspcc", "professional-press", "news", "training")
OTHER = ("court", "context")


def review(**point: Any) -> tuple[Review, Point]:
    """A review with one source of every kind, its id the kind without hyphens, and one point."""
    sources = [
        {"id": k.replace("-", ""), "title": "Invented", "publisher": f"The {k}", "kind": k, "read": "whole"}
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
    assert standing(*review(finding=[cited("news", "review-report")])) == "releasable"
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


def test_words_of_the_label() -> None:
    assert label(*review(finding=[cited("review-report")]), WORDING) == ""
    assert label(*review(), WORDING) == ""
    assert label(*review(finding=[cited("news")], checked=CHECK), WORDING) == ""
    assert (
        label(*review(finding=[cited("news")]), WORDING)
        == "As reported by The news; not yet checked against the report"
    )
    assert (
        label(*review(happened=[cited("nspcc", "news")]), WORDING)
        == "As reported by The nspcc and The news; not yet checked against the report"
    )
    assert (
        label(*review(finding=[cited("news"), cited("nspcc"), cited("training")]), WORDING)
        == "As reported by The news, The nspcc and others; not yet checked against the report"
    )
    assert (
        label(*review(finding=[cited("news", "court")]), WORDING)
        == "As reported by The news; not yet checked against the report"
    )
    assert (
        label(*review(finding=[cited("review-report")], standing="marked", because="x"), WORDING)
        == "Marked by the editor: not yet checked against the report"
    )
    assert (
        label(*review(happened=[cited("board-summary")]), WORDING)
        == "Raised by the published circumstances; the review’s own finding is not yet checked"
    )


NEWS, REPORT, BOARD = cited("news"), cited("review-report"), cited("board-summary")


@pytest.mark.parametrize(
    "findings, expected",
    [
        ([REPORT], "found"),
        ([BOARD], "found-board"),
        ([REPORT, BOARD], "found"),
        ([cited("news", "review-report")], "found"),
        ([cited("news", extract=True)], "found"),
        ([cited("court", extract=True), BOARD], "found"),
        ([NEWS], "found-reported"),
        ([NEWS, REPORT], "found-reported"),
        ([REPORT, NEWS], "found-reported"),
        ([BOARD, NEWS, REPORT], "found-reported"),
    ],
)
def test_the_review_found_only_what_all_findings_rest_on(
    findings: list[dict[str, Any]], expected: str
) -> None:
    assert found(*review(finding=findings, checked=CHECK)) == expected


def test_one_part_of_what_happened_that_was_reported_is_enough_to_be_marked() -> None:
    assert standing(*review(happened=[cited("court"), NEWS])) == "marked"
    assert standing(*review(happened=[NEWS, cited("context")])) == "marked"


def test_a_lowered_point_with_mixed_findings_is_as_reported() -> None:
    lowered = {"standing": "marked", "because": "x"}
    assert evidence.label(*review(finding=[REPORT, NEWS], **lowered)) == "as-reported"
    assert evidence.label(*review(finding=[REPORT, BOARD], **lowered)) == "lowered"
    assert evidence.label(*review(finding=[REPORT], happened=[NEWS], **lowered)) == "lowered"
    assert evidence.label(*review(finding=[NEWS], happened=[REPORT])) == "as-reported"
    assert evidence.label(*review(happened=[REPORT, NEWS])) == "as-reported"
    assert evidence.label(*review(happened=[REPORT])) == "raised"
    assert evidence.label(*review(finding=[REPORT])) == ""


def test_reporters_are_those_who_reported_what_the_review_does_not_say() -> None:
    told = [REPORT, cited("news", "review-report"), cited("training", "court"), cited("training")]
    assert reporters(*review(finding=told, happened=[cited("nspcc")])) == ("The training",)
    assert reporters(*review(happened=[cited("nspcc"), REPORT, NEWS])) == ("The nspcc", "The news")
    assert reporters(*review(finding=[REPORT], happened=[NEWS])) == ()
