"""A session: real minutes, care first, support last, and what does not fit is told."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from tests import invented
from tests.conftest import TOP, run
from toolkit.build import Options, make
from toolkit.content.model import Point
from toolkit.fit.fit import check_notes, fit_deck
from toolkit.plan.model import MOST_SAID, MOST_WORDS, Page, note_blocks, words
from toolkit.plan.plans import Plans
from toolkit.plan.session import POINT, WORDS_A_MINUTE, minutes_of, spread, whole
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.render import pptx, readback
from toolkit.targets import Wishes

LENGTHS = (7, 20, 45, 60, 90, 180)
PATTERNS = ("decide", "pairs", "rank", "line", "day", "voices", "card", "recall", "situation", "quiz")


def made(root: Path, **fields: object) -> Plans:
    """The plans of a deck in an invented folder."""
    invented.deck(root, **fields)
    project = Project(root)
    plans, _, _ = make(project, project.targets()[0], Options())
    return plans


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented.folder(tmp_path_factory.mktemp("three"))


def said(page: Page, name: str) -> str:
    return words(next((note.blocks for note in page.notes if note.name == name), ()))


def templates(plans: Plans) -> list[str]:
    return [page.id.rsplit("-", 1)[0] for page in plans.by_name["deck"].pages]


@pytest.mark.parametrize(
    ("minutes", "lens", "mode", "reviews"),
    [
        case if case[1:3] == ("gp", "room") and case[3] == 3 else pytest.param(*case, marks=pytest.mark.slow)
        for case in itertools.product(LENGTHS, invented.LENSES, ("room", "online"), (1, 3))
    ],
)
def test_any_session_is_built_or_refused_with_what_would_fit(
    three: Path, minutes: int, lens: str, mode: str, reviews: int
) -> None:
    names = [name.lower() for name in invented.NAMES[:reviews]]
    try:
        plans = made(three, minutes=minutes, audience=[lens], mode=mode, reviews=names)
    except Invalid as error:
        (problem,) = error.problems
        assert "write minutes: " in problem.hint
        return
    session, pages = plans.session, plans.by_name["deck"].pages
    assert session
    pause = 15 if minutes > 120 else 0
    taken = sum(page.minutes for page in pages)
    assert taken + session.in_hand == minutes
    assert session.in_hand >= minutes // 10
    assert sum(part.minutes for part in session.parts) == minutes
    now = 0
    for page in pages:  # every page begins when the one before ends, or after the minutes in hand
        assert page.start - now in (0, session.in_hand)
        now = page.start + page.minutes
    assert now == minutes
    names_of = templates(plans)
    assert names_of[:2] == ["cover", "care"] and names_of[-1] == "support"
    assert ("break" in names_of) == bool(pause)
    if pause:
        at = names_of.index("break")
        assert pages[at].start <= 90 and minutes - pages[at].start - pause <= 90
    for page in pages:
        assert page.title.strip() and page.slots
        spoken = len(said(page, "say").split())
        assert spoken <= MOST_SAID, page.title
        assert len(words(note_blocks(page.notes, plans.by_name["deck"].wording)).split()) <= MOST_WORDS
        assert whole(spoken / WORDS_A_MINUTE) <= page.minutes
        assert ("Materials" in words(note_blocks(page.notes, plans.by_name["deck"].wording))) <= (
            mode == "room"
        )
    for place in {page.place for page, name in zip(pages, names_of) if name == "finding"}:
        assert sum(p.minutes for p in pages if p.place == place) >= (POINT if minutes >= 15 else 3)


@pytest.mark.parametrize("minutes", [20, 90])
def test_a_session_is_drawn_whole(three: Path, minutes: int) -> None:
    plans = made(three, minutes=minutes, reviews=["ash", "elm", "oak"])
    brand = Project(three).brand("house")
    fitted, _ = fit_deck(plans.by_name["deck"], brand, False)
    assert not check_notes(fitted, brand)
    assert not [slide for slide in fitted.slides if slide.hidden]
    assert not readback.check_deck(_package(pptx.render(fitted, brand)), fitted)


def _package(data: bytes) -> object:
    from toolkit.office.opc import read_package

    return read_package(data)


def test_points_that_an_author_names_are_taught_and_no_others(three: Path) -> None:
    plans = made(three, minutes=60, reviews=["ash", "elm"], points=["A-2", "A-6", "E-4", "E-6"])
    titles = [p.title for p, name in zip(plans.by_name["deck"].pages, templates(plans)) if name == "finding"]
    assert titles == [
        f"Open each letter of kind {n} about {who}"
        for n, who in ((1, "Ash"), (5, "Ash"), (3, "Elm"), (5, "Elm"))
    ]


def test_more_points_than_fit_is_an_error_that_says_what_would(three: Path) -> None:
    with pytest.raises(Invalid) as caught:
        made(three, minutes=20, reviews=["ash"], points=["A-1", "A-2", "A-3"])
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (
        "3 points need at least 28 minutes, but this deck has 20",
        "write minutes: 28, or take one point (points: [A-1]); toolkit points shows how long each takes",
    )
    with pytest.raises(Invalid) as caught:
        made(three, minutes=60, reviews=["ash"], points=[f"A-{n}" for n in range(1, 7)])
    assert caught.value.problems[0].message == "6 points are more than people can work on in 60 minutes"


def test_a_shorter_edition_takes_of_the_points_that_the_deck_names_those_that_fit(three: Path) -> None:
    invented.deck(three, minutes=60, reviews=["ash"], points=["A-2", "A-6", "A-7"])
    project = Project(three)
    plans, _, _ = make(project, project.targets()[0].edition(Wishes(minutes=20)), Options())
    titles = [p.title for p, name in zip(plans.by_name["deck"].pages, templates(plans)) if name == "finding"]
    assert 0 < len(titles) < 3
    assert set(titles) < {f"Open each letter of kind {n} about Ash" for n in (1, 5, 6)}


def test_what_is_left_out_is_told_with_the_reason(three: Path) -> None:
    plans = made(three, minutes=20, reviews=["ash", "elm"])
    assert plans.session
    left = {one.what: one.why for one in plans.session.left_out}
    assert left["Elm"] == "no room for another review in 20 minutes"
    assert left["Ash: Open each letter of kind 7 about Ash"].endswith("it is a learning card")
    guide = "\n".join(words(blocks) for page in plans.by_name["guide"].pages for _, blocks in page.slots)
    assert "Elm: no room for another review" in guide


def test_a_shorter_edition_tells_which_reviews_of_its_deck_it_leaves_out(three: Path) -> None:
    reviews = [{"review": "ash", "points": ["A-2"]}, "elm"]
    invented.deck(three, minutes=35, reviews=reviews)
    project = Project(three)
    deck = project.targets()[0]
    for target, minutes in ((deck, 35), (deck.edition(Wishes(minutes=20)), 20)):
        plans, _, _ = make(project, target, Options())
        assert plans.session
        left = {one.what: one.why for one in plans.session.left_out}
        assert left["Elm"] == f"no room for another review in {minutes} minutes"


@pytest.mark.parametrize("minutes, kept", [(90, True), (20, False)])
def test_a_subtitle_goes_with_the_reviews_that_it_may_name(three: Path, minutes: int, kept: bool) -> None:
    invented.deck(three, minutes=minutes, reviews=["ash", "elm"], subtitle="About Ash and Elm.")
    project = Project(three)
    plans, _, _ = make(project, project.targets()[0], Options())
    assert plans.by_name["deck"].subtitle.startswith("About Ash and Elm") is kept
    told = [told for _, told in plans.remarks]
    gone = "this session leaves out the subtitle “About Ash and Elm.”: not all of its reviews have room"
    assert (gone in told) is not kept


def test_a_team_sheet_names_the_review_that_it_tells_and_no_minutes(three: Path) -> None:
    plans = made(three, minutes=90, reviews=["ash", "elm"])
    assert plans.by_name["guide"].title == "Learning from Ash and Elm"
    assert plans.by_name["team"].title == "Learning from the review about Ash"
    assert plans.by_name["team"].subtitle == ""
    titled = made(three, minutes=90, reviews=["ash", "elm"], title="Letters")
    assert titled.by_name["team"].title == "Letters"
    assert titled.by_name["team"].subtitle == "Learning from the review about Ash"


def test_a_question_to_think_about_is_asked_and_has_its_time(three: Path) -> None:
    """What is put to the room has two minutes, what each thinks about alone less than one."""
    plans = made(three, minutes=60, reviews=["ash"])
    found = [p for p, name in zip(plans.by_name["deck"].pages, templates(plans)) if name == "finding"]
    thought = [p for p in found if "Ask yourself" in words(p.slot("body"))]
    assert thought
    for page in thought:
        (question,) = said(page, "ask").splitlines()
        assert words(page.slot("body")).endswith(question)
        assert "take no answers" in said(page, "do")
        long = len(said(page, "say").split()) / 130 + 0.5
        assert long - 0.25 <= page.minutes < long + 2


def test_a_lens_edition_leads_with_the_agency_and_asks_its_question(three: Path) -> None:
    plans = made(three, minutes=45, audience=["gp"], reviews=["ash"])
    pages = dict(zip(templates(plans), plans.by_name["deck"].pages))
    found = words(pages["finding"].slot("body"))
    assert found.startswith("For GPs and primary care\nLetters reach you first.")
    asked = next(p for p in plans.by_name["deck"].pages if said(p, "ask"))
    assert "who opens yours?" in asked.title.casefold()
    assert words(pages["practice"].slot("first")).startswith("1\nOpen one letter")


def test_a_review_of_which_little_is_known_is_for_45_minutes_or_less(tmp_path: Path) -> None:
    root = invented.folder(tmp_path, ("Ash",), found=False)
    with pytest.raises(Invalid) as caught:
        made(root, minutes=46, reviews=["ash"])
    assert caught.value.problems[0].hint.startswith("write minutes: 45 or fewer")
    plans = made(root, minutes=45, reviews=["ash"])
    assert plans.session
    assert plans.by_name["deck"].draft == "Draft: nobody here has read the report"


def test_the_build_names_a_notes_page_with_too_many_words_and_its_line(tmp_path: Path) -> None:
    review = invented.review("Ash", 1)
    review["points"][0]["notes"]["say"] = ["word " * 131]  # type: ignore[index]
    invented.write(tmp_path / "reviews" / "ash.yaml", review)
    invented.deck(tmp_path, minutes=30, reviews=["ash"])
    ran = run("build", "--only", "pptx", cwd=tmp_path)
    assert ran.code == 0
    line = (tmp_path / "reviews" / "ash.yaml").read_text("utf-8").splitlines().index("- id: A-1") + 1
    assert f"reviews/ash.yaml:{line}: “Open each letter of kind 0 about Ash” has 131 words to say" in ran.out


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("      - {page: care, up_to: 3}\n", "", "does not look after the people"),
        ("      - {page: support, up_to: 3}\n", "", "does not end with where to get support"),
        (
            "support, up_to: 3}\n",
            "support, up_to: 3}\n      - {page: cover}\n",
            "does not end with where to get support",
        ),
    ],
)
def test_no_outline_can_leave_out_care_or_support(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    root = invented.folder(tmp_path, ("Ash",))
    own = root / "templates" / "outlines" / "session.yaml"
    text = (Path(__file__).parent.parent / "templates" / "outlines" / "session.yaml").read_text("utf-8")
    assert before in text
    own.parent.mkdir(parents=True)
    own.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(Invalid) as caught:
        made(root, minutes=60, reviews=["ash"])
    assert message in caught.value.problems[0].message


def test_a_way_of_working_has_what_its_pattern_needs(tmp_path: Path) -> None:
    review = invented.review("Ash", 2)
    review["points"][0]["way"] = {"pattern": "decide"}  # type: ignore[index]
    review["points"][1]["way"] = {"pattern": "dice"}  # type: ignore[index]
    invented.write(tmp_path / "reviews" / "ash.yaml", review)
    with pytest.raises(Invalid) as caught:
        made(tmp_path, minutes=45, reviews=["ash"])
    (unknown,) = caught.value.problems
    assert unknown.message == "no way of working (pattern) is called 'dice'"
    assert unknown.hint == "run: toolkit list patterns; then type the name that stands first in its line"
    review["points"][1]["way"] = {"pattern": "finding"}  # type: ignore[index]
    invented.write(tmp_path / "reviews" / "ash.yaml", review)
    with pytest.raises(Invalid) as caught:
        made(tmp_path, minutes=45, reviews=["ash"])
    first, second, third = caught.value.problems
    assert first.message == "point 'A-1': the pattern decide needs 'known'"
    assert second.message == "point 'A-1': the pattern decide needs 'next'"
    assert third.message == "point 'A-2': no pattern is called 'finding'"
    assert "voices" in third.hint and "break" not in third.hint and ", finding" not in third.hint


def test_minutes_are_shared_out_evenly_and_never_over_what_a_page_can_use() -> None:
    assert spread([2, 2, 2], [5, 2, 5], 9) == [4, 2, 3]
    assert spread([2, 2], [3, 3], 60) == [3, 3]
    assert spread([4, 4], [9, 9], 8) == [4, 4]


def test_a_point_takes_six_minutes_at_least_and_more_with_more_words() -> None:
    def point(count: int) -> Point:
        told = {"say": ["word " * count]}
        return Point.model_validate({"id": "P", "title": "T", "questions": ["Why?"], "notes": told})

    assert [minutes_of(point(count)) for count in (1, 520, 553, 600, 900)] == [6, 6, 7, 7, 9]
    assert [whole(minutes) for minutes in (0, 0.25, 0.26, 1.25, 1.3)] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_says_all_that_a_trainer_needs_to_run_it(name: str) -> None:
    """Question, grouping, materials, steps with minutes, what to listen for, care, and a way online."""
    template = Project(TOP).page_templates([name])[name]
    parts = {part: str(node.value) for part, node in template.notes}
    needed = {"ask", "group", "bring", "do", "online", "listen_for", "care", "if_short"}
    assert needed <= set(parts)
    assert template.minutes >= (2 if name == "quiz" else 3)
    assert template.up_to or name == "quiz"
    for steps in (parts["do"], parts["online"]):
        assert re.search(r"^1\. .*(minute|Half of the time)", steps, re.M), steps
        assert "The rest: " in steps or "The rest, " in steps


def test_each_review_of_a_session_has_an_accent_of_its_own(three: Path) -> None:
    """In the order in which they are told; what belongs to no review has the first."""
    plans = made(three, minutes=90, reviews=["oak", "ash", "elm"])
    pages = plans.by_name["deck"].pages
    named = {
        page.accent: name
        for page, template in zip(pages, templates(plans))
        for name in invented.NAMES
        if template == "finding" and page.title.endswith(name)
    }
    assert named == {0: "Oak", 1: "Ash", 2: "Elm"}
    for page, template in zip(pages, templates(plans)):
        if template in ("cover", "care", "session-plan", "themes-seen", "together", "action", "support"):
            assert page.accent == 0, template
        names = [name for name in invented.NAMES if page.title.endswith(f"about {name}")]
        assert not names or page.accent == ("Oak", "Ash", "Elm").index(names[0]), page.title
