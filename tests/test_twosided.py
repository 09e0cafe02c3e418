"""A briefing on two sides: how much has room, what goes first, what is told of what has none; and lines that
fill a side. Invented content.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from tests import invented
from tests.conftest import WORDING, run_here
from toolkit.build import Options, make
from toolkit.content.model import Review
from toolkit.fit.sides import (
    HIGH,
    MOST_WORDS_ON_TWO_SIDES,
    banner_height,
    beside_motif,
    blocks_height,
    filled,
    on_two_sides,
    part_height,
    room_in,
    words_on_two_sides,
)
from toolkit.plan.facts import prediction
from toolkit.plan.model import (
    Block,
    Bullets,
    Heading,
    Lines,
    Page,
    Paragraph,
    Plan,
    Span,
    Table,
    is_to_write_in,
    words,
)
from toolkit.plan.plans import Plans
from toolkit.problems import Place
from toolkit.project import Project

HERE = Place(Path("invented.yaml"), 3, 5)
AGENCIES = ("schools", "police", "gp", "midwifery", "housing", "hospital", "ambulance", "managers")


def written(root: Path, points: int = 8, roles: int = 8, questions: int = 4, **fields: object) -> Path:
    """A folder with a briefing on one invented review."""
    review: dict[str, Any] = json.loads(json.dumps(invented.review("Ash", points)))  # without anchors
    review["roles"] = [
        {
            "lens": lens,
            "text": f"Which invented letter of {lens} did nobody open in the week that has gone by?",
        }
        for lens in AGENCIES[:roles]
    ]
    invented.write(root / "reviews" / "ash.yaml", review)
    briefing: dict[str, object] = {
        "title": "Learning from Ash",
        "edition": "2024-06",
        "questions": [f"What would invented question {n} change?" for n in range(1, questions + 1)],
        "reviews": ["ash"],
    }
    invented.write(root / "briefings" / "ash.yaml", briefing | fields)
    return root


def change(root: Path, how: Callable[[dict[str, Any]], None]) -> None:
    """Changes the review of a folder."""
    path = root / "reviews" / "ash.yaml"
    review = yaml.safe_load(path.read_text("utf-8"))
    how(review)
    invented.write(path, json.loads(json.dumps(review)))  # without anchors


def planned(root: Path, name: str = "ash", **how: bool) -> tuple[Plans, Plan]:
    project = Project(root)
    target = next(t for t in project.targets() if (t.folder, t.name) == ("briefings", name))
    plans = make(project, target, Options(**how))[0]
    return plans, plans.by_name["briefing"]


def whole(plan: Plan) -> str:
    return "\n".join(words(blocks) for page in plan.pages for _, blocks in page.slots)


def test_a_short_briefing_tells_all_that_it_has_and_says_nothing(tmp_path: Path) -> None:
    plans, plan = planned(written(tmp_path, points=2, roles=3, questions=3))
    titles = [page.title for page in plan.pages if page.box]
    assert titles == [
        "What happened",
        "Who Ash was",
        "What was found",
        "What good looks like",
        "For my role: our questions",
        "Talk about it: anybody may step out",
        "What we will do",
    ]
    assert [page.box for page in plan.pages] == [0, 1, 2, 3, 4, 5, 6, 7, 0]
    assert "March 2023\tA letter came" in whole(plan)
    ((_, told),) = plans.remarks
    left = "the story as it is read aloud, what people did well and what was asked for"
    assert told.startswith(f"two sides have no room for {left}: write")


def test_where_fewer_than_two_events_are_dated_the_story_is_told(tmp_path: Path) -> None:
    root = written(tmp_path, points=2, roles=3, questions=3)
    change(root, lambda review: review.update(timeline=review["timeline"][:1]))
    plans, plan = planned(root)
    assert "it was laid aside." in whole(plan), "the story as it is read aloud"
    assert "January 2023" not in whole(plan)
    assert plans.remarks[0][1].startswith("two sides have no room for what people did well and what was")


def test_the_events_are_six_at_most_and_leave_out_what_the_banner_says(tmp_path: Path) -> None:
    def more(review: dict[str, Any]) -> None:
        event = review["timeline"][0]
        published = event | {"date": "May 2024", "slide": "Report published"}
        later = [event | {"date": f"{day} June 2023", "slide": "It was opened"} for day in range(1, 6)]
        review["timeline"] = [published, *review["timeline"], *later]

    root = written(tmp_path, points=1, roles=0)
    change(root, more)
    ((_, (events, *_)),) = planned(root)[1].pages[1].slots
    assert isinstance(events, Bullets) and len(events.items) == 6
    assert [span.text for span in events.items[-1]] == ["3 June 2023", "\t", "It was opened"]
    assert [span.bold for span in events.items[-1]] == [True, False, False]
    assert "published" not in words((events,))


BOTH = "It could not have been predicted, the review said. That nobody would answer could have been."


@pytest.mark.parametrize("where", ["facts", "story"])
def test_what_is_said_of_prediction_is_printed_whole_and_has_its_source(tmp_path: Path, where: str) -> None:
    """Both halves of it: the first alone would say something else."""
    said: dict[str, Any] = {"text": BOTH, "cites": ["N1"]}
    if where == "facts":
        said["label"] = "Prediction and prevention"
    root = written(tmp_path, points=2, roles=0)
    change(root, lambda review: review.update({where: [*review.get(where, []), said]}))
    ((_, (_, sentence, source)),) = planned(root)[1].pages[1].slots
    assert isinstance(sentence, Paragraph) and [(s.text, s.bold) for s in sentence.spans] == [(BOTH, True)]
    assert words((source,)) == "The review; not yet checked against the report: The Invented Echo"


def test_what_is_said_of_prediction_is_not_said_twice() -> None:
    told = invented.review("Ash", 1)
    told["story"] = [{"text": BOTH, "cites": ["N1"]}]
    review = Review.model_validate(told)
    assert [one.text for one in prediction(review)] == [BOTH]
    assert prediction(review, review.story) == []


def test_before_anything_else_stands_what_it_is_about_and_whose_name(tmp_path: Path) -> None:
    root = written(tmp_path, reviews=["ash", "oak", "elm"])
    for name in ("Oak", "Elm"):
        invented.write(root / "reviews" / f"{name.lower()}.yaml", invented.review(name, 2))
    change(root, lambda review: review["child"].update(pseudonym=False))
    first = planned(root)[1].pages[0]
    assert first.strip and first.box == 0
    (strip,) = first.in_strip
    about = "; ".join(
        f"an invented child called {name}, and letters that nobody read" for name in ("Ash", "Oak", "Elm")
    )
    names = "Oak and Elm are not the real names. Ash is the real name."
    assert words((strip,)) == f"Before you read. This is about {about}. {names} Take care of yourself."


def test_each_line_of_good_practice_says_who_recommends_it(tmp_path: Path) -> None:
    plan = planned(written(tmp_path, points=2, roles=3, questions=3))[1]
    (practice,) = next(page for page in plan.pages if page.title == "What good looks like").slot("body")
    assert isinstance(practice, Bullets) and practice.kind == "check"
    quiet = [[span.text for span in item if span.quiet] for item in practice.items]
    assert quiet == [["(An invented board)"], ["(our suggestion)"]] * 2
    for sides in (2, 3):
        made = planned(written(tmp_path, sides=sides))[1]
        every = [b for p in made.pages for _, blocks in p.slots for b in blocks if isinstance(b, Bullets)]
        assert "○" not in whole(made) and not any(b.kind == "suggestion" for b in every), "no key, no ring"


def test_the_grid_begins_with_an_example_and_danger_stands_large(tmp_path: Path) -> None:
    plan = planned(written(tmp_path, points=2, roles=3, questions=3))[1]
    grid = next(b for p in plan.pages for _, blocks in p.slots for b in blocks if isinstance(b, Table))
    first, *rest = grid.rows
    assert [words((Paragraph(cell),)) for cell in first] == ["For example: Open every letter", "", "", ""]
    assert grid.to_write_in and is_to_write_in(first) and rest == [((),) * 4] * 2
    large = [
        b for p in plan.pages for _, blocks in p.slots for b in blocks if isinstance(b, Paragraph) and b.large
    ]
    assert words(tuple(large)) == "In danger now: 999"


def test_what_has_no_room_is_told_with_its_place_and_points_are_named(tmp_path: Path) -> None:
    root = written(tmp_path, points=14)
    plans, plan = planned(root)
    ((place, told),) = plans.remarks
    assert place.path == root / "briefings" / "ash.yaml"
    for n in range(14):
        assert f"Open each letter of kind {n} about Ash" in whole(plan)
    shown = [n for n in range(14) if f"Letter {n} about Ash was not opened." in whole(plan)]
    assert shown == [0, 3, 6], "those of priority 1, in the order of the file"
    assert "11 points in full" in told
    assert "1 question (“What would invented question 4 change?”)" in told
    assert "What would invented question 4 change?" not in whole(plan)
    whole_sides = replace(plan, pages=tuple(replace(p, new_side=False) for p in plan.pages))
    assert 500 < words_on_two_sides(whole_sides) <= MOST_WORDS_ON_TWO_SIDES
    assert sum(page.new_side for page in plan.pages) == 1


def test_a_third_side_has_what_two_have_no_room_for(tmp_path: Path) -> None:
    plans, plan = planned(written(tmp_path, points=14, sides=3))
    assert plans.remarks == ()
    for said in (
        *(f"The invented letter {n} about Ash was not opened." for n in range(14)),
        "What would invented question 4 change?",
        "An invented clerk kept every letter. [1]",
        "Open letters. [1]",
        "All sources and cites: page 3 of this briefing.",
    ):
        assert said in whole(plan), said
    titles = [page.title for page in plan.pages if page.new_side]
    assert len(titles) == 2 and titles[1] == "The account, with its cites"
    assert "[1" not in "".join(words(b) for p in plan.pages[:9] for _, b in p.slots), "no cites on two sides"


def test_the_foot_names_the_guide_that_tells_the_review(tmp_path: Path) -> None:
    root = written(tmp_path)
    assert "ask whoever gave it to you" in whole(planned(root)[1])
    invented.deck(root, "several", minutes=90, reviews=["ash", "oak"])
    invented.write(root / "reviews" / "oak.yaml", invented.review("Oak"))
    assert "in the trainer guide (several) that comes with the session" in whole(planned(root)[1])
    invented.deck(root, "zonly", minutes=60, reviews=[{"review": "ash"}])
    plans, plan = planned(root)
    assert "in the trainer guide (zonly)" in whole(plan), "the deck on this review alone"
    assert "zonly.guide tells the review in full" in plans.remarks[0][1]


def test_a_deck_that_comes_or_goes_changes_the_foot(tmp_path: Path) -> None:
    root = written(tmp_path)
    assert run_here("build", "briefings/ash", cwd=root).out.startswith("wrote")
    assert "unchanged" in run_here("build", "briefings/ash", cwd=root).out
    invented.deck(root, "talk", minutes=60, reviews=["ash"])
    assert run_here("build", "briefings/ash", cwd=root).out.startswith("wrote")
    invented.deck(root, "talk", minutes=45, reviews=["ash"])
    assert "unchanged" in run_here("build", "briefings/ash", cwd=root).out, "the guide is called the same"


def test_final_looks_at_what_is_printed_alone(tmp_path: Path) -> None:
    root = written(tmp_path, points=2, roles=0, questions=3)
    review = (root / "reviews" / "ash.yaml").read_text("utf-8")
    assert "N1" in review
    ran = run_here("build", "--final", "briefings/ash", cwd=root)
    assert "point 'A-1' of 'ash' is printed, and nobody has checked it" in ran.err
    invented.write(
        root / "briefings" / "ash.yaml",
        {
            "title": "Learning from Ash",
            "edition": "2024-06",
            "questions": ["What now?"],
            "reviews": [{"review": "ash", "points": ["A-2"]}],
        },
    )
    ran = run_here("build", "--final", "briefings/ash", cwd=root)
    assert "nobody has approved this briefing yet" in ran.err, "A-1 is named alone"


def test_too_much_is_said_and_built(tmp_path: Path) -> None:
    root = written(tmp_path, questions=3)
    long = "How would this one long invented question about letters change what we do together here? " * 20
    invented.write(
        root / "briefings" / "ash.yaml",
        {"title": "Ash", "edition": "2024-06", "questions": [long] * 3, "reviews": ["ash"]},
    )
    plans, plan = planned(root)
    assert "does not fit on two sides" in plans.remarks[0][1]
    assert not any(page.new_side for page in plan.pages)


def test_several_reviews_are_told_one_after_the_other(tmp_path: Path) -> None:
    root = written(tmp_path, points=3, reviews=["ash", "oak"])
    invented.write(root / "reviews" / "oak.yaml", invented.review("Oak", 2))
    plans, plan = planned(root)
    assert plans.remarks == () and not any(page.new_side for page in plan.pages)
    assert "Letter 1 about Oak was not opened." in whole(plan)
    assert [page.section for page in plan.pages[:3]] == ["", "Ash", "Ash"]


@pytest.mark.parametrize("large", [False, True])
def test_the_pdf_has_as_many_sides_and_breaks_at_the_box(tmp_path: Path, large: bool) -> None:
    root = written(tmp_path, points=9)
    given = ("--print", "large") if large else ()
    assert run_here("build", *given, "briefings/ash", cwd=root).code == 0
    pdf = PdfReader(BytesIO((root / "build" / "briefings" / "ash.pdf").read_bytes()))
    plan = planned(root, large_print=large)[1]
    begun = [page for page in plan.pages if page.new_side]
    assert len(pdf.pages) == len(begun) + 1 <= (4 if large else 2)
    for sheet, page in zip(pdf.pages[1:], begun):
        assert f"{page.box} {page.title}".replace("0 ", "") in " ".join(sheet.extract_text().split())[:120]
    size = max(
        float(font)
        for operands, operator in pdf.pages[0].get_contents().operations  # type: ignore[union-attr]
        if operator == b"Tf"
        for font in operands[1:]
    )
    assert size == (32 if large else 26), "the title"


# --------------------------------------------------------------------------------- what fills a side


def part(title: str, *blocks: Block) -> Page:
    return Page(title, "part", title, (("body", blocks),), (), 0, 0, "", HERE)


def document(*pages: Page) -> Plan:
    return Plan("x", "Invented", "", "", "2024-06", "en-GB", pages, WORDING, "Handout")


def prose(count: int) -> Bullets:
    return Bullets(((Span("word"),),) * count)


def asks(count: int = 4) -> tuple[Block, ...]:
    return Paragraph((Span("What now?"),), "callout"), Lines(count)


def lines_of(plan: Plan) -> list[int]:
    return [
        b.count for page in plan.pages for _, blocks in page.slots for b in blocks if isinstance(b, Lines)
    ]


def test_questions_have_as_many_lines_as_fill_their_side() -> None:
    plan, sides = filled(document(part("A", *asks()), part("B", *asks())), 12)
    assert sides == 1 and lines_of(plan) == [10, 10]
    plan, sides = filled(document(part("A", prose(28)), part("B", *asks())), 12)
    assert sides == 1 and lines_of(plan) == [4], "no more than there is room for"
    used = banner_height(plan, 12) + sum(part_height(p, 1, 12) for p in plan.pages)
    assert HIGH - 25.5 < used <= HIGH


def test_parts_are_divided_so_that_no_side_stays_half_empty() -> None:
    parts = [part(name, prose(8), *asks()) for name in "ABC"]
    plan, sides = filled(document(*parts, part("D", prose(12))), 12)
    assert sides == 2
    assert [p.title for p in plan.pages if p.new_side] == ["C"], "and not D alone on the last"


def test_a_line_less_that_saves_a_side_is_left_out() -> None:
    pages = [part("A", *asks()), part("B", prose(30))]
    high = banner_height(document(*pages), 12) + sum(part_height(page, 1, 12) for page in pages)
    over = int((HIGH - high) // 15.92) + 1
    plan, sides = filled(document(pages[0], part("B", prose(30 + over))), 12)
    assert (sides, lines_of(plan)) == (1, [3])


def test_a_part_higher_than_a_side_stops_nothing() -> None:
    high = document(part("A", prose(8)), part("B", prose(90)))
    assert [page.new_side for page in filled(high, 12)[0].pages] == [False, False], "half of a side is empty"
    high = document(part("A", prose(25)), part("B", prose(90)))
    assert [page.new_side for page in filled(high, 12)[0].pages] == [False, True]
    plan, _ = filled(document(part("A", prose(90)), part("B", *asks())), 12)
    assert lines_of(plan) == [4]


def test_a_box_is_never_broken_and_an_annex_begins_its_own_side() -> None:
    boxes = [replace(part(f"Box {n}", prose(10)), box=n) for n in range(1, 7)]
    annex = replace(part("Annex", Heading((Span("H"),)), prose(200)), new_side=True)
    plan = on_two_sides(document(*boxes, annex), 12)
    assert plan
    assert [p.title for p in plan.pages if p.new_side] == ["Box 4", "Annex"]
    assert on_two_sides(document(*boxes, *boxes, annex), 12) is None


def test_a_row_with_an_example_has_a_line_to_write_on_below_it() -> None:
    example = (Span("For example: open every letter of the week", quiet=True),)
    assert room_in(((Span("Nurse"),), ()), (200.0, 100.0), 12) == 0
    assert room_in(((), ()), (200.0, 100.0), 12) == 46
    narrow, wide = (room_in((example, ()), (width, 100.0), 12) for width in (90.0, 400.0))
    assert wide == 46 and narrow >= 3 * 12 * 1.16 + 25.5, "and never less than an empty row"


def test_lines_of_a_banner_end_at_its_motif() -> None:
    assert beside_motif("Learning from Ash", 26) == ["Learning from Ash"]
    long = "Learning from the thematic review on invented trees"
    first, second = beside_motif(long, 26)
    assert f"{first} {second}" == long and len(first) > len(second)
    assert beside_motif("  kept  as it is ", 12) == ["  kept  as it is "]
    one, two = (banner_height(replace(document(part("A")), title=title), 12) for title in ("Ash", long))
    assert two - one > 26


def test_a_large_line_and_a_strip_have_their_height() -> None:
    line = Paragraph((Span("In danger now: 999"),), "callout")
    assert blocks_height((replace(line, large=True),), 1, 12) - blocks_height((line,), 1, 12) > 6
    strip = replace(part("Before you read.", Paragraph((Span("It is about letters."),))), strip=True)
    plain = replace(strip, strip=False)
    assert part_height(strip, 1, 12) < part_height(plain, 1, 12), "it has no heading"


@pytest.mark.parametrize("more, fits", [(0, True), (1, False)])
def test_two_sides_hold_so_many_words_and_no_more(more: int, fits: bool) -> None:
    def box(count: int) -> Page:
        return replace(part("Box", Paragraph((Span("word " * count),))), box=1)

    plan = document(*(box(150) for _ in range(4)))
    last = box(150 + MOST_WORDS_ON_TWO_SIDES - words_on_two_sides(plan) + more)
    plan = document(*plan.pages[:3], last)
    fitted = on_two_sides(plan, 12)
    assert (fitted is not None) is fits
    if fitted:
        assert words_on_two_sides(fitted) == MOST_WORDS_ON_TWO_SIDES, "both sides count"
