"""Drawings made from data: every word stands in them once, at a size that can be read, at its true place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TOP, WORDING, read_brand
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import SMALLEST_ON_SLIDES
from toolkit.content.model import Child, Cite, Event, Knew, Point, Review, Way
from toolkit.content.registers import Agency, Registers, Theme
from toolkit.content.rules import LONGEST_ALT
from toolkit.fit.drawing import INSET, Placed, place
from toolkit.fit.fit import fit_deck
from toolkit.fit.typeset import LINE, inner, lines
from toolkit.plan.drawings import MOST_AGENCIES, MOST_EVENTS, MOST_THEMES, NARROW, WIDE, Draw, month_of
from toolkit.plan.facts import ChosenReview
from toolkit.plan.language import Made
from toolkit.plan.model import Drawing, Page, Plan, Shape, Timeline, spans_in, spoken, text, words
from toolkit.plan.session import Session, SessionPart
from toolkit.problems import Place

CITES = (Cite(source="S1", where="2", extract=False),)
HERE = Place(Path("invented.yaml"), 9, 5)
AGENCIES = (
    "Schools and colleges",
    "Police",
    "Health visiting and school nursing",
    "GPs and surgeries",
    "Housing",
)
THEMES = (
    *("Voice and daily life of the child", "Challenge and escalation of disagreement"),
    *("Adolescents, exploitation and youth violence", "Parental alcohol and substance use"),
    *("Fathers and other adults in the home", "Risk assessment and critical thinking"),
)
REGISTERS = Registers(
    {f"t{n}": Theme(id=f"t{n}", title=title) for n, title in enumerate((*THEMES, "One theme too many"))},
    {f"a{n}": Agency(id=f"a{n}", title=title) for n, title in enumerate((*AGENCIES, "One more", "Two more"))},
    {},
    {},
    (),
    {},
)
DRAW = Draw(WORDING, REGISTERS)
NAMES = DRAW.every()  # what templates call
DATES = ("March 2011", "June 2011", "March 2012", "October 2012", "May 2013", "July 2013")


SAID = (
    "A nurse wrote down that the child had come to school without",
    "Two letters lay on a desk for a week until somebody read",
    "The family moved to a new town, and no file went along",
    "Two people rang at night as they could hear shouting next door",
    "A teacher asked about the bruise and was told of a fall",
    "A doctor found that it was not the first time, and said so",
)


def label(n: int, count: int = 12) -> str:
    """At most twelve words, as long as words are."""
    return " ".join(SAID[n].split()[:count])


def event(date: str, words: str, **more: Any) -> Event:
    return Event(date=date, text=f"In full: {words}", slide=words, cites=CITES, **{"key": True, **more})


def review(*events: Event, name: str = "Robin") -> Review:
    return Review.model_construct(
        id=name.lower(),
        title=f"The review of {name}",
        child=Child(name=name, pseudonym=True),
        timeline=events,
        points=(),
    )


def point(*themes: str, hours: tuple[Event, ...] = ()) -> Point:
    way = Way(pattern="day", hours=hours)
    return Point.model_construct(id="R-1", title="A point", themes=themes, way=way)


def chosen(name: str, *themes: tuple[str, ...]) -> ChosenReview:
    return ChosenReview(review(name=name), tuple(point(*one) for one in themes), (), lambda _: HERE)


def session(*parts: tuple[str, int]) -> Session:
    made, at = [], 0
    for name, minutes in parts:
        made.append(SessionPart(name, at, minutes))
        at += minutes
    return Session(at, 5, tuple(made), (), ())


def drawn(made: Made | str) -> Drawing:
    assert isinstance(made, Made)
    (drawing,) = made.blocks
    assert isinstance(drawing, Drawing)
    return drawing


@dataclass(frozen=True)
class Case:
    """A drawing, the slot it was made for, the words that were given for it, and those that it adds."""

    made: Callable[[], Made | str]
    slot: tuple[str, str]
    given: Sequence[str]
    added: Sequence[str] = ()
    shows: Sequence[str] = ()  # what the alternative text says


SLIDE, ACTIVITY, BESIDE = ("drawing", "drawing"), ("activity", "picture"), ("two-columns", "right")
PARTS = (
    ("Before we begin", 5),
    ("Robin", 30),
    ("What we take from it", 12),
    ("In hand", 5),
    ("What I will do", 8),
)
TWO = [
    chosen("Robin", ("t0", "t1", "t2", "t3", "t4", "t5")),
    chosen("Wren", ("t0", "t1"), ("t1", "t2", "t3", "t4", "t5")),
]
HOURS = tuple(event(f"{6 + 4 * n}:30", label(n, 4)) for n in range(5))
LABELS = [label(n) for n in range(MOST_EVENTS)]
CARDS = [label(n, 8) for n in range(5)]
STEPS = [label(n, 8) for n in range(3)]


def told(count: int, **more: Any) -> tuple[Event, ...]:
    return tuple(event(date, words, **more) for date, words in zip(DATES[:count], LABELS))


def known(count: int, agencies: int) -> tuple[Event, ...]:
    """Each agency knows of every other event, in turn."""
    return tuple(
        event(date, words, known_to=tuple(f"a{a}" for a in range(agencies) if (a + n) % 2 == 0))
        for n, (date, words) in enumerate(zip(DATES[:count], LABELS))
    )


CASES = {
    **{
        f"a story of {n}": Case(
            lambda n=n: NAMES["draw_story"](review(*told(n))),  # type: ignore[misc]
            SLIDE,
            [*DATES[:n], *LABELS[:n]],
            shows=[f"in order, with {n} events"],
        )
        for n in range(2, MOST_EVENTS + 1)
    },
    "a story of a decision and a harm": Case(
        lambda: NAMES["draw_story"](
            review(
                event("May 2011", "Somebody decides", decision=True),
                event("May 2012", "Robin is hurt", harm=True),
            )
        ),
        SLIDE,
        ["May 2011", "May 2012", "Somebody decides", "Robin is hurt"],
        [],
        ["with 2 events", "A diamond marks a decision", "An open ring marks the death or the harm"],
    ),
    **{
        f"who knew: {a} of {n}": Case(
            lambda a=a, n=n: NAMES["draw_who_knew"](review(*known(n, a))),  # type: ignore[misc]
            SLIDE,
            [*DATES[:n], *AGENCIES[:a]],
            shows=[
                f"{name}: {', '.join(date for at, date in enumerate(DATES[:n]) if (at + i) % 2 == 0)}"
                for i, name in enumerate(AGENCIES[:a])
            ],
        )
        for a, n in ((2, 2), (3, 4), (MOST_AGENCIES, MOST_EVENTS))
    },
    "agencies round a child": Case(
        lambda: NAMES["draw_agencies"](
            [Knew(lens=f"a{n}", text="It knew", cites=CITES) for n in range(MOST_AGENCIES)], "Robin"
        ),
        ACTIVITY,
        AGENCIES,
        ["Robin"],
        ["Robin in the middle", *AGENCIES],
    ),
    "a session": Case(
        lambda: NAMES["draw_session"](session(*PARTS)),
        SLIDE,
        [*(name for name, _ in PARTS), "0:00", "0:05", "0:35", "0:47", "0:52"],
        ["30 min", "12 min", "8 min"],
        ["60 minutes", "0:35 What we take from it", "0:52 What I will do"],
    ),
    "themes": Case(
        lambda: NAMES["draw_themes"](TWO),
        SLIDE,
        [*THEMES, "Robin", "Wren", *"1111112", *"11111"],
        shows=["Robin 1, Wren 2", *THEMES],
    ),
    "a day to fill": Case(
        lambda: NAMES["draw_day"](review(), point()),
        ("two-columns", "right"),
        ["Midday", "6 pm", "Midnight", "6 am", "One day"],
        shows=["24 empty parts", "Midday, 6 pm, Midnight, 6 am"],
    ),
    "a line": Case(
        lambda: NAMES["draw_line"](), ACTIVITY, ["Agree", "Disagree"], shows=["from agree to disagree"]
    ),
    **{
        f"{n} cards": Case(
            lambda n=n: NAMES["draw_cards"]((CARDS if n == 5 else LABELS)[:n]),  # type: ignore[misc]
            ACTIVITY,
            (CARDS if n == 5 else LABELS)[:n],
            shows=[f"{n} card{'s' * (n > 1)}"],
        )
        for n in (1, 3, 5)
    },
    **{
        f"{n} numbered cards": Case(
            lambda n=n: NAMES["draw_cards"](CARDS[:n], "12345"),  # type: ignore[misc]
            ACTIVITY,
            CARDS[:n],
            "12345"[:n],
            [f"{n} card{'s' * (n > 1)}"],
        )
        for n in (2, 3, 5)
    },
    **{
        f"{n} steps": Case(
            lambda n=n: NAMES["draw_steps"](STEPS[:n]),  # type: ignore[misc]
            ACTIVITY,
            STEPS[:n],
            "123"[:n],
            [f"{n} step{'s' * (n > 1)}"],
        )
        for n in (1, 2, 3)
    },
    "lines to fill": Case(
        lambda: NAMES["draw_to_fill"](LABELS[:2]), BESIDE, LABELS[:2], shows=["2 lines to write on"]
    ),
    "numbers to fill": Case(
        lambda: NAMES["draw_to_fill"](["1", "2", "3"]), ACTIVITY, "123", shows=["3 lines to write on"]
    ),
}


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


def in_house(drawing: Drawing, slot: tuple[str, str], house: Brand) -> tuple[Placed, ...]:
    """A drawing's shapes as they stand in a slot of the house brand."""
    layout = house.layout(slot[0])
    there = layout.slots[slot[1]]
    return place(drawing, layout.font, *inner(there.box, there.look)).shapes


def _bare(words: str) -> list[str]:
    return re.findall(r"[\w’]+", words)


def paragraphs(drawing: Drawing) -> list[str]:
    return [text(spans) for shape in drawing.shapes for spans in shape.paragraphs]


def together(shape: Shape) -> str:
    """The words of a shape: a month may stand above its year."""
    return " ".join(text(spans) for spans in shape.paragraphs)


# ---- what they say


@pytest.mark.parametrize("name", CASES)
def test_every_word_that_was_given_stands_in_it_once(name: str) -> None:
    case = CASES[name]
    given = [*case.given, *case.added]
    drawing = drawn(case.made())
    said = Counter(" ".join(paragraphs(drawing)).split())
    assert said == Counter(" ".join(given).split())
    told = [*paragraphs(drawing), *map(together, drawing.shapes)]
    assert not [words for words in given if not any(words in one for one in told)], "each in one piece"


TOO_LONG = {"who knew: 5 of 6": AGENCIES, "themes": ["Robin", "Wren"]}  # and what the short one names


@pytest.mark.parametrize("name", CASES)
def test_its_alternative_text_says_what_it_shows(name: str) -> None:
    case = CASES[name]
    alt = drawn(case.made()).alt
    assert len(alt) <= LONGEST_ALT, "nobody can stop or go back in it"
    if name in TOO_LONG:  # its plain form says it all
        shown = [re.sub(r" \d$", "", part) for said in case.shows for part in re.split("[:,] ", said)]
        alt, told = alt.removesuffix("."), words(drawn(case.made()).instead)
        assert [part for part in shown if part not in told] == []
        assert all(name in alt for name in TOO_LONG[name])
    else:
        assert case.shows and all(said in alt for said in case.shows), alt
    assert "{" not in alt and "  " not in alt


def test_the_alternative_text_names_no_mark_that_is_not_there() -> None:
    plain = drawn(DRAW.story(review(event("May 2011", "One"), event("May 2012", "Two"))))
    assert plain.alt == "A timeline in order, with 2 events."
    unknown = drawn(DRAW.story(review(event("Later", "One"), event("May 2012", "Two"))))
    assert unknown.alt == "A timeline in order, with 2 events."


@pytest.mark.parametrize("name", CASES)
def test_its_plain_form_has_the_same_words(name: str) -> None:
    case = CASES[name]
    drawing = drawn(case.made())
    assert drawing.instead and spoken(drawing) == drawing.instead
    said = words(drawing.instead)
    missing = Counter(_bare(" ".join(case.given))) - Counter(_bare(said))
    assert not missing - Counter("123" if name == "numbers to fill" else "")  # a list has its own numbers
    assert not [given for given in case.given if given not in said]


def test_words_know_where_they_come_from() -> None:
    """So what nobody has checked needs its speaker in a drawing as well, and in its plain form."""
    own = review(
        event("May 2011", "One"), event("June 2011", "Between", key=False), event("July 2011", "Two")
    )
    drawing = drawn(DRAW.story(own))
    for blocks in ((drawing,), drawing.instead):
        origins = {span.text: span.origin for span in spans_in(blocks)}
        assert (origins["One"], origins["Two"]) == ("robin/timeline/0", "robin/timeline/2")


def test_a_strip_of_a_day_has_24_empty_hours_and_words_for_a_screen_reader() -> None:
    strip = drawn(DRAW.hours())
    boxes = [shape for shape in strip.shapes if shape.form == "rectangle"]
    assert len({(box.x, box.y) for box in boxes}) == 24 and not any(box.spans for box in boxes)
    assert all(box.w > 60 and box.h > 60 for box in boxes), "to shade by hand"
    assert max(box.x + box.w for box in boxes) == pytest.approx(WIDE)
    assert "24 empty boxes" in strip.alt and "Midnight, 6 am, Midday, 6 pm" in strip.alt


def test_a_day_whose_hours_a_source_gives_is_a_list_of_them() -> None:
    made = DRAW.day(review(), point(hours=HOURS))
    assert isinstance(made, Made)
    assert [text(item) for item in made.blocks[0].items] == [  # type: ignore[union-attr]
        f"{hour.date}: {hour.slide}" for hour in HOURS
    ]
    paths = [f"robin/points/R-1/way/hours/{n}" for n in range(5)]
    assert {span.origin for span in spans_in(made.blocks)} == {*paths, *(f"{path}/date" for path in paths)}


def test_marks_inside_words_are_marks_in_a_drawing_too() -> None:
    (shape,) = drawn(DRAW.cards(["Ask **the child** first"])).shapes
    assert [(span.text, span.bold) for span in shape.spans] == [
        ("Ask ", False),
        ("the child", True),
        (" first", False),
    ]


# ---- where they stand


def sides(shape: Shape | Placed) -> tuple[float, float, float, float]:
    """Left, top, right and bottom; a line may go any way."""
    across, down = sorted((shape.x, shape.x + shape.w)), sorted((shape.y, shape.y + shape.h))
    return across[0], down[0], across[1], down[1]


@pytest.mark.parametrize("name", CASES)
def test_nothing_stands_outside_it(name: str) -> None:
    """Words may begin as far outside as they leave free beside them: so they stand in line with shapes."""
    drawing = drawn(CASES[name].made())
    assert drawing.width == (NARROW if CASES[name].slot[0] == BESIDE[0] else WIDE)
    for shape in drawing.shapes:
        left, top, right, bottom = sides(shape)
        free = shape.size * INSET + 0.5 if shape.form == "words" else 0.0
        assert left >= -free and top >= 0, shape
        assert right <= drawing.width + 0.01 and bottom <= drawing.height + 0.01, shape


def set_in(placed: Placed) -> tuple[float, float, float, float]:
    """The part of a shape in which its words are set, as high as their lines."""
    left, top, right, bottom = sides(placed)
    room = placed.w - 2 * placed.inset
    high = sum(lines(spans, "Arial", placed.size, False, room) for spans in placed.shape.paragraphs)
    high *= placed.size * LINE
    if placed.shape.anchor == "middle":
        top += (bottom - top - high) / 2
    elif placed.shape.anchor == "bottom":
        top = bottom - high
    return left, top, right, top + high


def overlap(one: tuple[float, ...], two: tuple[float, ...], by: float = 0.5) -> bool:
    return all(min(one[n + 2], two[n + 2]) - max(one[n], two[n]) > by for n in (0, 1))


@pytest.mark.parametrize("name", CASES)
def test_no_words_stand_on_others_and_nothing_is_drawn_over_them(name: str, house: Brand) -> None:
    case = CASES[name]
    placed = in_house(drawn(case.made()), case.slot, house)
    told = [one for one in placed if one.shape.paragraphs]
    for one, two in combinations(told, 2):
        assert not overlap(set_in(one), set_in(two)), (one.shape, two.shape)
    for n, one in enumerate(placed):
        for later in placed[n + 1 :]:
            if one.shape.paragraphs and later.shape.fill != "none":
                assert not overlap(set_in(one), sides(later)), (one.shape, later.shape)


@pytest.mark.parametrize("name", CASES)
def test_no_line_goes_through_words(name: str, house: Brand) -> None:
    """Upright and level lines; a slanting one runs between a mark and its pole, where no words are."""
    case = CASES[name]
    placed = in_house(drawn(case.made()), case.slot, house)
    rules = [one for one in placed if one.shape.form in ("line", "arrow") and 0 in (one.w, one.h)]
    for rule in rules:
        left, top, right, bottom = sides(rule)
        half = 2.0  # that much may be over or below letters in a line
        across = (left - half, top - half, right + half, bottom + half)
        for one in placed:
            if one.shape.form == "words":
                x, y, end, low = set_in(one)
                assert not overlap((x + one.inset, y, end - one.inset, low), across, 3.0), (
                    one.shape,
                    rule.shape,
                )


@pytest.mark.parametrize("name", CASES)
def test_all_words_can_be_read_in_the_house_brand(name: str, house: Brand) -> None:
    case = CASES[name]
    placed = in_house(drawn(case.made()), case.slot, house)
    assert min(one.size for one in placed if one.shape.paragraphs) >= SMALLEST_ON_SLIDES


def test_five_cards_of_twelve_words_can_be_read(house: Brand) -> None:
    placed = in_house(drawn(DRAW.cards(LABELS[:5])), ACTIVITY, house)
    assert min(one.size for one in placed if one.shape.paragraphs) >= SMALLEST_ON_SLIDES


def test_six_columns_too_narrow_for_their_months_are_told_in_a_list(house: Brand) -> None:
    six = [event(f"September {2010 + n}", "x", known_to=("a0", "a1")) for n in range(6)]
    drawing = drawn(DRAW.who_knew(review(*six)))
    page = Page("own-1", "drawing", "A title", (("drawing", (drawing,)),), (), 1, 0, "One", HERE)
    plan = Plan("own", "Own", "", "A board", "2026-11", "en-GB", (page,), WORDING)
    (slide,) = fit_deck(plan, house)[0].slides
    assert slide.slot("drawing") == drawing.instead
    assert all(one.date in words(drawing.instead) for one in six)


@pytest.mark.parametrize("name", CASES)
def test_a_slide_shows_it_and_not_its_plain_form(name: str, house: Brand) -> None:
    case = CASES[name]
    drawing = drawn(case.made())
    page = Page("own-1", case.slot[0], "A title", ((case.slot[1], (drawing,)),), (), 1, 0, "One", HERE)  # type: ignore[arg-type]
    plan = Plan("own", "Own", "", "A board", "2026-11", "en-GB", (page,), WORDING)
    (slide,) = fit_deck(plan, house)[0].slides
    (shown,) = slide.slot(case.slot[1])
    assert isinstance(shown, Drawing)
    assert words((shown,)).replace("\u00a0", " ") == words((drawing,))


# ---- time


@pytest.mark.parametrize(
    ("date", "month"),
    [
        ("2011", 6.0),
        ("January 2011", 0.5),
        ("Jan 2011", 0.5),
        ("by May 2011", 4.5),
        ("9 May 2011", 4 + 8 / 31),
        ("31 December 2011", 11 + 30 / 31),
        ("Spring 2011", 3.5),
        ("summer 2011", 6.5),
        ("Autumn 2011", 9.5),
        ("Winter 2011", 0.5),
        ("early 2011", 1.5),
        ("Mid-2011", 5.5),
        ("late 2011", 10.5),
        ("End of 2011", 11.5),
        ("between March and May 2011", 4.5),
        ("June 2011 to May 2014", 5.5),
        ("the market of 2011", 6.0),
        ("2011–12", 6.0),
    ],
)
def test_a_date_in_words_is_a_month(date: str, month: float) -> None:
    assert month_of(date) == pytest.approx(2011 * 12 + month)


@pytest.mark.parametrize("date", ["", "At birth", "Age six", "Spring", "May", "Week 2011a", "1851", "20111"])
def test_a_date_without_a_year_is_none(date: str) -> None:
    assert month_of(date) is None


def marks(drawing: Drawing) -> list[float]:
    """The middle of each mark on the line, from the top."""
    (axis,) = (s for s in drawing.shapes if s.form == "line" and s.weight == 5)
    found = [s for s in drawing.shapes if s.form in ("ellipse", "diamond")]
    assert {s.x + s.w / 2 for s in found} == {axis.x}, "all on one straight line"
    return [s.y + s.h / 2 for s in found]


def story(*dates: str) -> Drawing:
    return drawn(DRAW.story(review(*(event(date, f"Event {n}") for n, date in enumerate(dates)))))


def breaks(drawing: Drawing) -> list[float]:
    """The middle of the gap of each break: a piece of paper over the line."""
    return [s.y + s.h / 2 for s in drawing.shapes if s.form == "rectangle" and s.fill == "paper"]


def test_a_line_is_broken_where_most_of_the_time_passes() -> None:
    drawing = story("May 2005", "May 2012", "May 2013", "May 2014")
    first, second, *_ = marks(drawing)
    assert breaks(drawing) == [pytest.approx((first + second) / 2)]
    assert "It is broken where more time passes than in all the rest." in drawing.alt
    slants = [s for s in drawing.shapes if s.form == "line" and s.w == 22 and s.h == -12]
    assert len(slants) == 2


@pytest.mark.parametrize(
    "dates",
    [
        ("May 2010", "May 2014"),  # nothing to compare it with
        ("May 2010", "May 2012", "May 2014"),  # half of all, and no more
        ("May 2010", "Later", "May 2014"),  # nobody knows when
        ("May 2013", "May 2010", "May 2014"),  # told in another order
    ],
)
def test_what_is_not_long_is_not_broken(dates: tuple[str, ...]) -> None:
    drawing = story(*dates)
    assert not breaks(drawing)
    assert "broken" not in drawing.alt


def test_events_stand_in_the_order_they_are_told() -> None:
    drawing = story("At birth", "May 2013", "Age six", "May 2014")
    dates = [text(s.spans) for s in drawing.shapes if s.spans and s.spans[0].bold]
    assert dates == ["At birth", "May 2013", "Age six", "May 2014"]


def test_the_plain_form_says_what_was_a_decision() -> None:
    drawing = drawn(DRAW.story(review(event("May 2011", "One", decision=True), event("May 2012", "Two"))))
    assert "May 2011: decision" in words(drawing.instead)


def test_marks_say_what_kind_of_event_it_is() -> None:
    drawing = drawn(
        DRAW.story(
            review(
                event("May 2011", "Seen"),
                event("May 2012", "Decided", decision=True),
                event("May 2013", "Hurt", harm=True),
            )
        )
    )
    seen, decided, hurt = (s for s in drawing.shapes if s.form in ("ellipse", "diamond"))
    assert (seen.form, seen.fill) == ("ellipse", "accent")
    assert (decided.form, decided.fill) == ("diamond", "accent")
    assert (hurt.form, hurt.fill, hurt.edge) == ("ellipse", "paper", "accent") and hurt.weight
    assert seen.weight == 0, "in grey too the harm is not as the rest"


def test_an_event_is_read_straight_across_from_its_mark() -> None:
    """Date and words stand in a row beside the mark, the rows in the order of the events, evenly apart."""
    for count in range(2, MOST_EVENTS + 1):
        drawing = story(*DATES[:count])
        middles = marks(drawing)
        labels = [s for s in drawing.shapes if s.form == "words"]
        assert [text(s.spans) for s in labels[::2]] == list(DATES[:count])
        assert [text(s.spans) for s in labels[1::2]] == [f"Event {n}" for n in range(count)]
        for row in (labels[::2], labels[1::2]):
            assert [s.y + s.h / 2 for s in row] == pytest.approx(middles)
            assert len({s.x for s in row}) == 1
        steps = [b - a for a, b in pairwise(middles)]
        assert steps == pytest.approx([steps[0]] * len(steps)) and steps[0] > 0


def test_the_strip_of_a_session_is_to_scale() -> None:
    drawing = drawn(DRAW.session(session(*PARTS)))
    strip = [s for s in drawing.shapes if s.form == "rectangle"]
    assert [s.w + 2 for s in strip] == pytest.approx([WIDE * minutes / 60 for _, minutes in PARTS], rel=0.02)
    assert [s.x - 1 for s in strip] == pytest.approx([WIDE * at / 60 for at in (0, 5, 35, 47, 52)], rel=0.02)
    free = strip[[name for name, _ in PARTS].index(WORDING["in-hand"])]
    assert free.fill == "pale" and all(one.fill != "pale" for one in strip if one is not free)


# ---- who and what


def dots(drawing: Drawing) -> list[tuple[float, float]]:
    return [(s.x + s.w / 2, s.y + s.h / 2) for s in drawing.shapes if s.form == "ellipse"]


def test_a_dot_stands_where_an_agency_knew_of_an_event_and_nowhere_else() -> None:
    drawing = drawn(DRAW.who_knew(review(*known(4, 3))))
    told = {together(s): s for s in drawing.shapes if s.paragraphs}
    found = set()
    for x, y in dots(drawing):
        (date,) = (d for d in DATES[:4] if told[d].x <= x <= told[d].x + told[d].w)
        (name,) = (a for a in AGENCIES if a in told and told[a].y <= y <= told[a].y + told[a].h)
        found.add((name, date))
    assert found == {(AGENCIES[a], DATES[n]) for a in range(3) for n in range(4) if (a + n) % 2 == 0}


def test_a_dot_has_the_number_of_points_that_a_review_has_on_a_theme() -> None:
    drawing = drawn(DRAW.themes(TWO))
    told = {text(spans): s for s in drawing.shapes if s.form == "words" for spans in s.paragraphs}
    found = {}
    for shape in drawing.shapes:
        if shape.form == "ellipse":
            x, y = shape.x + shape.w / 2, shape.y + shape.h / 2
            (name,) = (n for n in ("Robin", "Wren") if told[n].x <= x <= told[n].x + told[n].w)
            (theme,) = (t for t in THEMES if told[t].y <= y <= told[t].y + told[t].h)
            found[theme, name] = text(shape.spans)
    assert found == {
        (theme, name): "2" if (n, name) == (1, "Wren") else "1"
        for n, theme in enumerate(THEMES)
        for name in ("Robin", "Wren")
    }


def test_a_review_without_points_on_a_theme_has_no_dot_and_a_dash_in_the_table() -> None:
    three = [chosen("Robin", ("t0",)), chosen("Wren", ("t0",)), chosen("Jay", ("t1",))]
    drawing = drawn(DRAW.themes(three))
    assert len(dots(drawing)) == 2
    assert words(drawing.instead).splitlines()[-4:] == [THEMES[0], "1", "1", "–"]
    assert "Jay 0" in drawing.alt


# ---- how much, and nothing at all


def test_what_is_too_much_has_its_plain_form_alone() -> None:
    (many,) = DRAW.story(review(*(event(f"May 20{n}", f"Event {n}") for n in range(10, 17)))).blocks  # type: ignore[union-attr]
    assert isinstance(many, Timeline) and len(many.events) == MOST_EVENTS + 1
    (one,) = DRAW.story(review(event("May 2010", "Alone"))).blocks  # type: ignore[union-attr]
    assert isinstance(one, Timeline)
    crowd = tuple(f"a{n}" for n in range(MOST_AGENCIES + 1))
    made = DRAW.who_knew(review(*(event(date, "All knew", known_to=crowd) for date in DATES[:2])))
    assert isinstance(made, Made) and not any(isinstance(block, Drawing) for block in made.blocks)
    assert words(made.blocks).count("March 2011") == MOST_AGENCIES + 1


def test_of_many_events_those_that_matter_are_drawn() -> None:
    """With more than six that somebody knew of, the key ones."""
    every = [event(f"May {2001 + n}", "x", known_to=("a0", "a1"), key=n % 2 == 0) for n in range(8)]
    said = map(together, drawn(DRAW.who_knew(review(*every))).shapes)
    assert [date for date in said if date.startswith("May")] == [f"May {2001 + n}" for n in range(0, 8, 2)]


def test_no_more_themes_than_there_is_room_for() -> None:
    ids = tuple(f"t{n}" for n in range(MOST_THEMES + 1))
    assert len(dots(drawn(DRAW.themes([chosen("Robin", ids), chosen("Wren", ids)])))) == 2 * MOST_THEMES


NOTHING = {
    "no events": lambda: DRAW.story(review()),
    "no key events": lambda: DRAW.story(review(event("May 2011", "Told", key=False))),
    "nobody knew": lambda: DRAW.who_knew(review(*told(3))),
    "one agency knew": lambda: DRAW.who_knew(review(*told(3, known_to=("a0",)))),
    "of one event": lambda: DRAW.who_knew(review(*told(1, known_to=("a0", "a1")))),
    "no agencies": lambda: DRAW.agencies([], "Robin"),
    "no parts": lambda: DRAW.session(session()),
    "one part": lambda: DRAW.session(session(("All", 60))),
    "one review": lambda: DRAW.themes([chosen("Robin", ("t0",))]),
    "nothing shared": lambda: DRAW.themes([chosen("Robin", ("t0",)), chosen("Wren", ("t1",))]),
    "no cards": lambda: DRAW.cards([]),
    "no steps": lambda: DRAW.steps([]),
}


@pytest.mark.parametrize("made", NOTHING.values(), ids=NOTHING.keys())
def test_of_nothing_no_drawing_is_made(made: Callable[[], Made | str]) -> None:
    assert made() == ""


def test_of_no_lines_to_fill_no_drawing_is_made() -> None:
    assert DRAW.to_fill([]) == ""
