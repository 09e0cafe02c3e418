"""What somebody meant who typed a value or a name as people do in other places."""

from __future__ import annotations

import pytest

from toolkit.content.meant import as_address, as_day, as_id, as_minutes, as_name, as_yes_or_no, field_meant
from toolkit.content.naming import named_hint, next_id
from toolkit.content.registers import Agency


@pytest.mark.parametrize(
    ("typed", "whole", "meant"),
    [
        ("01/05/2024", False, "2024-05-01"),
        ("1.5.2024", True, "2024-05-01"),
        ("2024/5/1", False, "2024-05-01"),
        ("1 May 2024", False, "2024-05-01"),
        ("1st May 2024", True, "2024-05-01"),
        ("Tuesday, 14 January 2025", True, "2025-01-14"),
        ("November 2026", False, "2026-11"),
        ("Sept. 2026", False, "2026-09"),
        ("5/2024", False, "2024-05"),
        ("November 2026", True, ""),
        ("05/14/2024", False, ""),
        ("32/01/2024", False, ""),
        ("31/02/2024", False, ""),
        ("last spring", False, ""),
        ("14 Juni 24", False, ""),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, whole: bool, meant: str) -> None:
    assert as_day(typed, whole) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.example.org/a", "https://www.example.org/a"),
        ("example.org.uk", "https://example.org.uk"),
        ("<https://example.org>", "https://example.org"),
        ("https://example.org/our report.pdf", "https://example.org/our%20report.pdf"),
        ("javascript:alert(1)", ""),
        ("our website", ""),
        ("help@example.org", ""),
    ],
)
def test_an_address_is_made_whole(typed: str, meant: str) -> None:
    assert as_address(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Domestic abuse", "domestic-abuse"),
        ("P–1", "P-1"),
        ("P\u00ad-1", "P-1"),
        ("P 1", "P-1"),
        ("Zoë’s review", "zoes-review"),
        ("…", ""),
    ],
)
def test_an_id_holds_letters_digits_and_hyphens(typed: str, meant: str) -> None:
    assert as_id(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("child-z.yaml", "child-z"),
        ("reviews/child-z", "child-z"),
        ("C:\\Board\\reviews\\child-z.yaml", "child-z"),
        ("child-z", ""),
        ("An invented example", ""),
    ],
)
def test_a_path_names_its_review(typed: str, meant: str) -> None:
    assert as_name(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30 minutes", "30"),
        ("45min", "45"),
        ("1:30", "90"),
        ("1h 15", "75"),
        ("2 hours", "120"),
        ("1.5 hours", "90"),
        ("half an hour", "30"),
        ("an hour", "60"),
        ("a day", ""),
        ("30-45", ""),
    ],
)
def test_a_length_is_told_in_minutes(typed: str, meant: str) -> None:
    assert as_minutes(typed) == meant


def test_ticks_and_letters_are_yes_or_no() -> None:
    assert [as_yes_or_no(typed) for typed in ("x", "✓", "Y", "n", "not real", "2")] == [
        *("yes", "yes", "yes", "no"),
        *("", ""),
    ]


def test_a_field_is_known_by_its_other_names_and_never_taken_for_one_of_another_place() -> None:
    assert field_meant("Title", ["title"]) == "title"
    assert field_meant("**not known**", ["not_known"]) == "not_known"
    assert field_meant("phone", ["title", "text"]) == "text"
    assert field_meant("duration", ["edition", "minutes"]) == "minutes"
    assert field_meant("titel", ["title"], {"cites"}) == "title"
    assert field_meant("cites", ["title"], {"cites"}) == ""
    assert field_meant("notes", ["unsorted"], {"notes"}) == ""


def test_the_next_id_is_free() -> None:
    assert next_id("P-1", ["P-1", "P-2"]) == "P-3"
    assert next_id("S9", ["S9"]) == "S10"
    assert next_id("seeing", ["seeing"]) == "seeing-2"


def test_a_title_is_known_by_how_its_words_begin() -> None:
    agencies = {
        "schools": Agency(id="schools", title="Schools and colleges"),
        "health-visiting": Agency(id="health-visiting", title="Health visiting and school nursing"),
    }
    assert named_hint("School nurses", agencies, "agencies") == "did you mean 'health-visiting'?"
    assert named_hint("school", agencies, "agencies") == "did you mean 'schools'?"
    assert (
        named_hint("schools; health-visiting", agencies, "agencies")
        == "put a comma between them: [schools, health-visiting]"
    )
