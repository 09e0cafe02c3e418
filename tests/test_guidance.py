"""Guidance in its editions: what holds when, how sure that is, how texts name it, and damaged registers."""

from __future__ import annotations

import pytest

from tests.conftest import TOP, run_here
from toolkit.content.guidance import (
    Guidance,
    Shelf,
    dated,
    day_named,
    in_words,
    mentions,
    on_or_in,
    superseded,
    unclear,
)
from toolkit.project import Project


def entry(id: str, instrument: str = "walking", **more: object) -> Guidance:
    edition = {"edition": id.rpartition("-")[2]} if id[-4:].isdigit() else {}
    said = {"title": "Walking With Children", "short": "Walking With", "nation": "Nowhere"}
    return Guidance.model_validate({"id": id, "instrument": instrument, **said, **edition, **more})


OLD = entry("walking-2010", since="2010-03")
MIDDLE = entry("walking-2015", since="2015-07-04")
NEW = entry("walking-2020", said="2020-02")
UNDATED = entry("walking-2021")
SHELF = Shelf((OLD, MIDDLE, NEW, UNDATED))


@pytest.mark.parametrize(
    "day, holds",
    [
        ("2010-03-30", []),
        ("2010-03-31", [OLD]),  # of a month nobody can say earlier that it holds
        ("2015-07-03", [OLD]),
        ("2015-07-04", [MIDDLE]),
        ("2015-07-05", [MIDDLE]),
        ("2020-02-28", [MIDDLE]),
        ("2020-02-29", [NEW]),
        ("2090-01-01", [NEW]),  # what has no date is never in force
    ],
)
def test_each_day_has_the_edition_that_has_begun(day: str, holds: list[Guidance]) -> None:
    assert list(SHELF.in_force(day)) == holds


def test_words_for_what_is_superseded_are_as_sure_as_the_dates() -> None:
    assert superseded(OLD, SHELF, "2015-07-03") == ""
    assert superseded(OLD, SHELF, "2015-07-04") == (
        "was superseded by Walking With Children 2015 on 4 July 2015"
    )
    assert superseded(MIDDLE, SHELF, "2021-01-01") == (
        "is said to have been superseded by Walking With Children 2020 in February 2020"
        " (the date is not confirmed)"
    )
    assert superseded(OLD, SHELF, "2021-01-01") == (
        "was superseded by Walking With Children 2015 on 4 July 2015;"
        " by now there is Walking With Children 2020, said to be in force since February 2020"
    )
    assert superseded(NEW, SHELF, "2090-01-01") == superseded(UNDATED, SHELF, "2090-01-01") == ""


def test_other_guidance_may_take_the_place_and_what_ends_may_have_no_heir() -> None:
    heir = entry("sitting", "sitting", title="Sitting With Children", since="2016", replaces=["walking-2015"])
    ended = entry("running", "running", since="2010", until="2012-05")
    shelf = Shelf((MIDDLE, heir, ended))
    assert shelf.in_force("2016-12-30") == (MIDDLE,)
    assert shelf.in_force("2016-12-31") == (heir,)
    assert "superseded by Sitting With Children in 2016" in superseded(MIDDLE, shelf, "2017-01-01")
    assert (ended in shelf.in_force("2012-05-31"), ended in shelf.in_force("2012-06-01")) == (True, False)
    assert superseded(ended, shelf, "2012-06-01") == "was in force until May 2012"


@pytest.mark.parametrize(
    "words, name, year",
    [
        ("as Walking With Children 2015 asks", "Walking With Children", "2015"),
        ("Walking With (2015)", "Walking With", "2015"),
        ("Walking with Children, 2015", "Walking with Children", None),
        ("Walking With CHILDREN (HM Government, 2015)", "Walking With CHILDREN", "2015"),
        ("Walking With\n  Children 2015", "Walking With\n  Children", "2015"),
        ("Walking With Children updated July 2015 - click here", "Walking With Children", "2015-07"),
        ("Walking With Children (published on 4 July 2015)", "Walking With Children", "2015-07-04"),
        ("the JULY 2015 edition of Walking With Children", "Walking With Children", "2015-07"),
        ("on 4 July 2015 Walking With Children", "Walking With Children", "2015-07-04"),
        ("Walking With Children 2015-07", "Walking With Children", "2015-07"),
        ("Walking With Children 2015-07-04", "Walking With Children", "2015-07-04"),
        ("Walking With Children 2015-18", "Walking With Children", "2015"),
        ("In July 2014 Walking With Children 2015", "Walking With Children", "2015"),
        ("Walking With Children - A guide to walking and more walking 2015", "Walking With Children", "2015"),
        ("Walking With Children: statutory guidance. In 2015 it rained", "Walking With Children", None),
        ("the 2015 edition of Walking With Children", "Walking With Children", "2015"),
        ("Walking With Children 20155", "Walking With Children", None),
        ("Walking With Children asks", "Walking With Children", None),
        ("They were walking with children in 2015", "", None),
        ("SleepWalking With Children 2015", "", None),
        ("Walking Within 2015", "", None),
    ],
)
def test_titles_are_found_with_the_year_that_belongs_to_them(words: str, name: str, year: str | None) -> None:
    pattern = mentions(SHELF.entries)
    assert pattern
    found = pattern.search(words)
    if name and name[8:9] == "w":  # “with” in small letters is no title
        assert found is None
        return
    assert (found["name"] if found else "") == name
    assert ((found and day_named(found)) or None) == year


def test_other_names_are_names_whatever_their_dashes() -> None:
    one = entry("walking-2015", forms=["Walking - Advice for families"])
    pattern = mentions([one])
    assert pattern
    for words in ("Walking: Advice for families 2015", "Walking – Advice for Families updated May 2015"):
        found = pattern.search(words)
        assert found and day_named(found)[:4] == "2015" and one.is_called(found["name"])
    assert not pattern.search("Walking advice")
    assert mentions([]) is None


def test_days_in_words() -> None:
    assert [in_words(day) for day in ("2018", "2018-07", "2018-07-04")] == [
        "2018",
        "July 2018",
        "4 July 2018",
    ]
    assert [on_or_in(day) for day in ("2018-07", "2018-07-04")] == ["in July 2018", "on 4 July 2018"]


def test_the_registers_of_a_day_tell_no_change_before_it_is_made() -> None:
    registers = Project(TOP).registers()
    kind = "child-safeguarding-practice-review"
    assert registers.on("2018-06-28").kinds[kind].change == ""
    assert registers.on("2018-06-29").kinds[kind].change
    assert registers.on("2019-09-29").kinds["serious-case-review"].change == ""
    assert registers.on("2019-09-30").kinds["serious-case-review"].change
    told = [registers.on(day).overtaken.get(kind, "") for day in ("2023-12-14", "2023-12-15", "2026-03-31")]
    title = "Working Together to Safeguard Children"
    assert told == ["", f"{title} 2023", f"{title} 2026, said to be in force since March 2026"]
    assert "serious-case-review" not in registers.on("2026-11-30").overtaken  # which is history


def test_our_own_register_states_no_date_that_nobody_confirmed() -> None:
    by_id = {one.id: one for one in Project(TOP).registers().guidance.values()}
    newest = by_id["working-together-2026"]
    assert (newest.since, newest.said) == (None, "2026-03")
    assert not by_id["keeping-children-safe-in-education-2026"].since
    listed = run_here("list", "guidance", cwd=TOP)
    assert "Children 2026, said to be from March 2026" in listed.out
    assert "Children 2023, from 15 December 2023; then" in listed.out
    assert "Education 2026, no date is known" in listed.out


SPRING = entry("walking-2026", said="2026-03")
AUTUMN = entry("walking-2026-09", edition="2026-09", since="2026-09-01")
TWO = Shelf((MIDDLE, SPRING, AUTUMN))


def test_an_edition_may_be_called_by_its_month_or_day() -> None:
    assert AUTUMN.name == "Walking With Children September 2026"
    assert entry("walking-2026", edition="2026-09-01").name == "Walking With Children 1 September 2026"
    assert entry("walking-2026", edition="second").name == "Walking With Children second"
    words = (
        "2026",
        "2026-09",
        "September 2026",
        "1 september 2026",
        "2026-09-01",
        "second",
        "May",
        "2026-13",
    )
    days = ["2026", "2026-09", "2026-09", "2026-09-01", "2026-09-01", "", "", ""]
    assert [dated(one) for one in words] == days


@pytest.mark.parametrize(
    "edition, found",
    [
        ("2015", [MIDDLE]),
        ("July 2015", [MIDDLE]),
        ("2015-07-04", [MIDDLE]),
        ("2015-08", []),  # one that nobody knows
        ("2016", []),
        ("2026", [SPRING, AUTUMN]),
        ("2026-03", [SPRING]),
        ("March 2026", [SPRING]),
        ("2026-09", [AUTUMN]),
        ("1 September 2026", [AUTUMN]),
        ("2026-10", [SPRING, AUTUMN]),
        ("second", []),
        (None, []),
    ],
)
def test_of_two_editions_in_a_year_the_month_tells(edition: str | None, found: list[Guidance]) -> None:
    assert TWO.editions("walking", edition) == found


def test_what_had_not_begun_is_not_meant() -> None:
    assert TWO.meant(TWO.entries, "2026", "2026-08-31") == [SPRING]
    assert TWO.meant(TWO.entries, "2026", "2026-09-01") == [SPRING, AUTUMN]
    undated = entry("walking-2026")
    assert TWO.meant([undated, AUTUMN], "2026", "2026-10-01") == [undated, AUTUMN]
    assert unclear([SPRING, AUTUMN]) == "may be the edition of March 2026 or that of September 2026"
    other = entry("other-2026", edition="2026-09")
    assert unclear([AUTUMN, other]).endswith(
        "of September 2026 (walking-2026-09) or that of September 2026 (other-2026)"
    )
