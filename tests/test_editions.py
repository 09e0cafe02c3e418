"""Editions that somebody has approved: what is written down of them, what has changed since and how much it
weighs, and what `--final` asks for. All reviews here are invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from tests import invented
from tests.conftest import TOP, WORDING, Ran, edit, run_here
from toolkit import files
from toolkit.build import Options, Prepared, _plans, _task, prepare
from toolkit.content.model import Cite
from toolkit.editions.changes import changes
from toolkit.editions.content import Content, PointSaid, ReviewSaid, Said, content
from toolkit.editions.grades import Language, graded
from toolkit.editions.record import FORM, Record, dump, path_of, read, records
from toolkit.editions.state import refuse
from toolkit.office.show import show
from toolkit.plan import model as plan
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.targets import Wishes

ENGLISH = Language(WORDING)
WHO = "An invented manager"


def sure(root: Path, names: tuple[str, ...] = ("Ash",)) -> Path:
    """A folder with invented reviews that rest on their reports, a deck on each, a briefing on the first."""
    for name in names:
        review: Any = deepcopy(invented.review(name, 4))  # its ways of working are those of every test
        for point in review["points"]:
            told = [
                *point["finding"],
                *(one for key in ("known", "next", "knew") for one in point["way"].get(key, ())),
            ]
            for statement in told:
                statement["cites"] = ["S1 5.2"]
        invented.write(root / "reviews" / f"{name.lower()}.yaml", review)
        invented.deck(root, name.lower(), minutes=20, reviews=[name.lower()])
    first = names[0].lower()
    asks = ["Who reads the letters?"]
    briefing = {"title": f"{names[0]}, invented", "edition": "2024-06", "questions": asks, "reviews": [first]}
    invented.write(root / "briefings" / f"{first}.yaml", briefing)
    return root


def approve(root: Path, *names: str, on: str = "2024-06-03", by: str = WHO) -> Ran:
    ran = run_here("approve", *names, "--by", by, "--on", on, cwd=root)
    assert ran.code == 0, ran.err
    return ran


def prepared(root: Path, name: str = "decks/ash", final: bool = False) -> Prepared:
    project = Project(root)
    target = next(one for one in project.targets() if f"{one.folder}/{one.name}" == name)
    return prepare(project, target, Options(final))


def refused(root: Path, name: str = "decks/ash", made: Prepared | None = None) -> str:
    """What keeps an edition from being final; nothing where it is approved as it is."""
    project = Project(root)
    target = next(one for one in project.targets() if f"{one.folder}/{one.name}" == name)
    try:
        refuse(project, target, (made or prepare(project, target, Options(final=True))).state)
    except Invalid as error:
        return "\n".join(f"{one.message}\n{one.hint}" for one in error.problems)
    return ""


def found(root: Path, name: str = "decks/ash", made: Prepared | None = None) -> list[tuple[str, ...]]:
    """What has changed: grade, kind, of what point or review, and what of it."""
    state = (made or prepared(root, name)).state
    return [(one.grade, one.kind, one.where, one.what) for one in state.changes] if state else []


# ------------------------------------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("before", "now", "grade"),
    [
        ("Ask the child.", "Ask the child.", None),
        # typing
        ("“Ask” – the child’s day", '"Ask" - the child\'s day', "minor"),
        ("Ask **the child** about home", "Ask the child about home", "minor"),
        ("Ask the child, today", "Ask the Child today!", "minor"),
        ("Well-being, and a re-visit", "Wellbeing and a revisit", "minor"),
        ("Six letters came", "6 letters came", "minor"),
        # spelling, and what is no slip
        ("A letter was recieved", "A letter was received", "minor"),
        ("They organize it", "They organise it", "minor"),
        ("The letter was opned", "The letter was opened", "minor"),
        ("The policy was read", "The police was read", "text"),
        ("Ask the sister", "Ask the mister", "text"),
        ("One visit then", "One visits then", "text"),
        ("It was seen", "It was sewn", "text"),
        # words
        ("Ask the child about home", "Ask the child about school", "text"),
        ("Ask the child", "Ask the child again", "text"),
        ("Tom met Ann", "Ann met Tom", "text"),
        # numbers
        ("There were two visits", "There were three visits", "significant"),
        ("It rose by 5%", "It rose by 5", "significant"),
        ("On 3 May 2012", "On 4 May 2012", "significant"),
        ("In May they came", "In June they came", "significant"),
        ("Every letter was read", "Most letters were read", "significant"),
        ("Every letter was read", "Each letter was read", "minor"),
        ("Two boys and three girls", "Three boys and two girls", "significant"),
        ("It cost £5", "It cost $5", "significant"),
        # denials
        ("The child was seen", "The child was not seen", "significant"),
        ("They didn’t ask", "They did not ask", "text"),
        ("They didn’t ask", "They did ask", "significant"),
        ("The child was known", "The child was unknown", "significant"),
        ("They did not ask", "They never did ask", "significant"),
        ("They asked and did not look", "They did not ask and looked", "text"),
        ("They saw and did not hear", "They did not see and hear saw", "text"),
        ("She knew and he did not know it", "He knew and she did not know it", "significant"),
        # duties
        ("You should ask", "You must ask", "significant"),
        ("You should ask", "You should look", "text"),
    ],
)
def test_what_differs_weighs(before: str, now: str, grade: str | None) -> None:
    assert graded(before, now, ENGLISH) == grade
    assert graded(now, before, ENGLISH) == grade


def test_a_word_that_stands_elsewhere_is_no_slip() -> None:
    assert graded("The statue was read", "The statute was read", ENGLISH) == "minor"
    assert graded("The statue was read", "The statute was read", ENGLISH, {"statue"}) == "text"


# ------------------------------------------------------------------------------------------ changes

CITED = Said("finding", "Nobody opened the invented letters.", "Nobody opened them", ("S1 5.2",))
ASKED = Said("questions", "Who reads the invented letters?")
STEP = Said("practice", "Open every letter on its day.")
POINT = PointSaid("P-1", "releasable", True, (Said("message", "Open letters"), CITED, STEP, ASKED))
OTHER = PointSaid("P-2", "releasable", True, (Said("message", "Ring back"), Said("questions", "Who rings?")))
SOURCE = Said("sources/S1", "An invented report. An invented board (review-report; read: whole)")
REVIEW = ReviewSaid("ash", (Said("title", "Ash"), SOURCE), (POINT, OTHER))
WHOLE = Content(
    (Said("title", "Talk"), Said("contacts", "Help. 0800 1")), (REVIEW,), {"care": "1", "words": "1"}
)


def with_point(point: PointSaid, *others: PointSaid) -> Content:
    return replace(WHOLE, reviews=(replace(REVIEW, points=(point, *(others or (OTHER,)))),))


def with_said(*said: Said) -> Content:
    return with_point(replace(POINT, said=said))


MESSAGE = POINT.said[0]
SEEN = Said("finding", "The invented clerk kept a copy.", "", ("S1 5.3",))
CHANGED: list[tuple[str, Content, list[tuple[str, str, str]]]] = [
    ("nothing", WHOLE, []),
    (
        "a finding comes",
        with_said(MESSAGE, CITED, SEEN, STEP, ASKED),
        [("significant", "new", "what was found")],
    ),
    ("a finding goes", with_said(MESSAGE, STEP, ASKED), [("significant", "gone", "what was found")]),
    (
        "a question comes",
        with_said(MESSAGE, CITED, STEP, ASKED, Said("questions", "And then?")),
        [("text", "new", "a question")],
    ),
    ("a question goes", with_said(MESSAGE, CITED, STEP), [("text", "gone", "a question")]),
    ("a step goes", with_said(MESSAGE, CITED, ASKED), [("significant", "gone", "what good looks like")]),
    (
        "another paragraph",
        with_said(MESSAGE, replace(CITED, cites=("S1 5.3",)), STEP, ASKED),
        [("significant", "cites", "what was found")],
    ),
    (
        "one cite more",
        with_said(MESSAGE, replace(CITED, cites=("S1 5.2", "S2")), STEP, ASKED),
        [("significant", "cites", "what was found")],
    ),
    (
        "a cite typed otherwise",
        with_said(MESSAGE, replace(CITED, cites=("S1  5.2",)), STEP, ASKED),
        [("minor", "order", "what was found")],
    ),
    (
        "other words",
        with_said(MESSAGE, replace(CITED, words="Nobody opened the invented post."), STEP, ASKED),
        [("text", "words", "what was found")],
    ),
    (
        "other words for the slide",
        with_said(MESSAGE, replace(CITED, slide="Nobody opened it"), STEP, ASKED),
        [("text", "words", "what was found, in few words")],
    ),
    (
        "a slide that was not there",
        with_said(MESSAGE, CITED, replace(STEP, slide="Open 1 letter"), ASKED),
        [("text", "words", "what good looks like, in few words")],
    ),
    (
        "a standing",
        with_point(replace(POINT, standing="marked")),
        [("significant", "standing", "how sure we are")],
    ),
    (
        "a point goes",
        replace(WHOLE, reviews=(replace(REVIEW, points=(OTHER,)),)),
        [("significant", "gone", "a learning point")],
    ),
    (
        "a point comes",
        with_point(POINT, OTHER, replace(OTHER, id="P-3")),
        [("significant", "new", "a learning point")],
    ),
    ("points in another order", with_point(OTHER, POINT), [("minor", "order", "a learning point")]),
    (
        "a card says less",
        with_point(replace(POINT, taught=False, said=(MESSAGE, CITED))),
        [("significant", "taught", "")],
    ),
    ("no review", replace(WHOLE, reviews=()), [("significant", "gone", "a review")]),
    (
        "a number to ring",
        replace(WHOLE, own=(WHOLE.own[0], Said("contacts", "Help. 0800 2"))),
        [("significant", "words", "where to turn")],
    ),
    ("a contact goes", replace(WHOLE, own=WHOLE.own[:1]), [("significant", "gone", "where to turn")]),
    (
        "a page template",
        replace(WHOLE, around={"care": "2", "words": "1"}),
        [("text", "around", WORDING["field-around"])],
    ),
    ("another page", replace(WHOLE, around={"quiz": "2", "words": "1"}), []),
]


@pytest.mark.parametrize(("now", "expected"), [c[1:] for c in CHANGED], ids=[c[0] for c in CHANGED])
def test_each_change_is_named_once_and_graded(now: Content, expected: list[tuple[str, str, str]]) -> None:
    made = [(one.grade, one.kind, one.what) for one in changes(WHOLE, now, WORDING)]
    assert made == expected


def test_what_nobody_had_checked_is_told_so_as_it_was_and_as_it_is() -> None:
    before = with_said(MESSAGE, replace(CITED, unchecked=True), STEP, ASKED)
    now = with_said(MESSAGE, replace(CITED, words="Nobody opened the invented post."), STEP, ASKED)
    assert [(c.unchecked, c.was_unchecked) for c in changes(before, now, WORDING)] == [(False, True)]
    now = with_said(MESSAGE, replace(now.reviews[0].points[0].said[1], unchecked=True), STEP, ASKED)
    assert [(c.unchecked, c.was_unchecked) for c in changes(WHOLE, now, WORDING)] == [(True, False)]
    assert [c.was_unchecked for c in changes(before, with_said(MESSAGE, STEP, ASKED), WORDING)] == [True]


def test_statements_in_another_order_are_one_small_change() -> None:
    first = with_said(MESSAGE, CITED, SEEN, STEP)
    (one,) = changes(first, with_said(MESSAGE, SEEN, CITED, STEP), WORDING)
    assert (one.grade, one.kind, one.what) == ("minor", "order", "what was found")


def test_a_statement_in_the_middle_leaves_the_others_alone() -> None:
    steps = [Said("practice", f"Step {n} of the invented clerk, who opens {n} letters.") for n in range(6)]
    before, now = with_said(*steps[:2], *steps[3:]), with_said(*steps)
    (one,) = changes(before, now, WORDING)
    assert (one.kind, one.now) == ("new", steps[2].words)


def test_cites_are_told_by_the_titles_of_their_sources() -> None:
    (one,) = changes(WHOLE, with_said(MESSAGE, replace(CITED, cites=("S1 5.3", "S9")), STEP, ASKED), WORDING)
    assert (one.before, one.now) == ("An invented report, 5.2", "An invented report, 5.3; S9")
    (one,) = changes(WHOLE, with_said(MESSAGE, replace(CITED, cites=()), STEP, ASKED), WORDING)
    assert one.now == "no source"


# ------------------------------------------------------------------------------------------ records

ODD = 'A “quoted” \\ "straight": {{ braces }} # hash, [list] – ’tis\n\n- an item; Łódź 𝄞 yes'


def recorded(folder: Path, record: Record) -> tuple[Project, Path]:
    """A folder with a deck and this record of it."""
    invented.deck(folder, "ash", minutes=45, reviews=["ash"])
    project = Project(folder)
    path = path_of(project, project.targets()[0], record.edition)
    path.parent.mkdir(parents=True)
    path.write_bytes(dump(record))
    return project, path


RECORD = Record("2024-06", 'The board’s "manager": A. B. #1', "2024-06-03", WHOLE)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    said = (Said("title", ODD, unchecked=True), Said("no", "yes"), Said("minutes", "1.10"))
    record = replace(RECORD, content=replace(WHOLE, own=said))
    project, path = recorded(tmp_path, record)
    assert read(path, project) == record
    assert [one.unchecked for one in read(path, project).content.own] == [True, False, False]
    assert records(project, project.targets()[0]) == [record]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('words: "Talk"', 'words: "Talks"', 9, "this record was changed by hand"),
        ('words: "Talk"', 'words: "Talk", unchecked: yes', 9, "this record was changed by hand"),
        ("approved_by:", "aproved_by:", 7, "unknown field 'aproved_by'"),
        ('approved_on: "2024-06-03"', 'approved_on: "June"', 8, "'approved_on' “June” is not a date"),
        ("standing: releasable", "standing releasable", 20, "there is no colon after 'standing'"),
        ("{of: title,", "of: title,", 11, ""),
        (f"form: {FORM}", f"form: {FORM + 1}", 4, "a newer toolkit (0.1.0) wrote this record"),
        ('edition: "2024-06"', "", 0, "this record of an approved edition is damaged"),
    ],
)
def test_a_damaged_record_is_told_with_its_line(
    old: str, new: str, line: int, message: str, tmp_path: Path
) -> None:
    project, path = recorded(tmp_path, RECORD)
    edit(path, old, new)
    with pytest.raises(Invalid) as told:
        read(path, project)
    assert any(message in one.message and one.place.line == line for one in told.value.problems), told.value
    assert any("approve" in one.hint or "newer" in one.hint or line for one in told.value.problems)


def test_a_record_cut_off_at_any_byte_is_told_and_never_believed(tmp_path: Path) -> None:
    project, path = recorded(tmp_path, RECORD)
    whole = path.read_bytes()
    for size in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:size])
        with pytest.raises(Invalid):
            read(path, project)


def test_a_record_under_another_name_is_told(tmp_path: Path) -> None:
    project, path = recorded(tmp_path, RECORD)
    path.rename(path.with_name("2024-07.yaml"))
    with pytest.raises(Invalid, match="is of the edition 2024-06, and its name says 2024-07"):
        records(project, project.targets()[0])


def test_a_record_of_another_toolkit_is_as_good(tmp_path: Path) -> None:
    older = replace(RECORD, toolkit="0.0.1")
    project, path = recorded(tmp_path, older)
    assert read(path, project) == older


# ------------------------------------------------------------------------- what is written, and printed


def test_nothing_is_final_that_nobody_has_approved(tmp_path: Path) -> None:
    root = sure(tmp_path)
    first = prepared(root)
    assert refused(root, made=first) == (
        "nobody has approved this deck yet\n"
        'when somebody has read it: toolkit approve decks/ash --by "role or name"'
    )
    made = first.plans.by_name
    assert made["deck"].state == made["guide"].state == "Draft: nobody has approved it yet"
    assert not made["handout"].state and not made["cards"].state
    cover = plan.words(made["deck"].pages[0].slot("edition"))
    assert cover == "June 2024. Draft: nobody has approved it yet"
    assert "You may run it as it is" not in plan.words(made["guide"].pages[0].slot("body"))
    ran = approve(root, "ash")
    assert ran.out == (
        f"decks/ash: {WHO} has approved the edition 2024-06 on 2024-06-03\n"
        "wrote editions/decks/ash/2024-06.yaml\n"
        f"briefings/ash: {WHO} has approved the edition 2024-06 on 2024-06-03\n"
        "wrote editions/briefings/ash/2024-06.yaml\n"
        "2 editions are approved. Now run: toolkit build --final decks/ash briefings/ash\n"
    )
    assert refused(root) == refused(root, "briefings/ash") == ""
    assert prepared(root, "briefings/ash").plans.by_name["briefing"].state == ""


FINDING = "text: The invented letter 0 about Ash was not"
NAMED = [("significant", "words", "Open each letter of kind 0 about Ash", "what was found")]
TOLD = (
    "Open each letter of kind 0 about Ash, what was found: The invented letter 0 about Ash was opened. – was:"
    " The invented letter 0 about Ash was not opened."
)


def test_what_has_changed_since_is_exactly_one_point(tmp_path: Path) -> None:
    root = sure(tmp_path)
    approve(root, "ash")
    edit(root / "reviews" / "ash.yaml", FINDING, FINDING.removesuffix(" not"))
    made = prepared(root)
    assert found(root, made=made) == NAMED
    assert found(root, "briefings/ash") == [], "it has the few words for slides alone"
    assert made.plans.by_name["deck"].state == "Draft: it has changed since it was approved"
    (page,) = (one for one in made.plans.by_name["guide"].pages if one.title.startswith("What has changed"))
    assert page.title.replace("\u00a0", " ") == "What has changed since the edition of June 2024"
    body = plan.words(page.slot("body")).replace("\u00a0", " ")
    assert TOLD in body and body.count("was:") == 1
    assert f"{WHO} approved that edition on 3 June 2024." in body
    assert refused(root, made=made) == (
        f"{WHO} approved the edition 2024-06 of this deck on 2024-06-03, and it has changed since:"
        " 1 significant\ntoolkit build decks/ash writes what has changed; when somebody has read it:"
        ' toolkit approve decks/ash --by "role or name"\n'
        "= Open each letter of kind 0 about Ash, what was found: in other words"
    )


@pytest.mark.slow
def test_one_changed_point_leaves_every_other_file_as_it_is(tmp_path: Path) -> None:
    root = sure(tmp_path, ("Ash", "Elm"))
    only = ("--only", "pptx,guide.docx,changes.docx")
    approve(root, "ash", "elm")
    assert run_here("build", *only, cwd=root).code == 0
    before = {path: path.read_bytes() for path in (root / "build").glob("*/*.*")}
    assert before and not any("changes" in path.name for path in before)
    edit(root / "reviews" / "ash.yaml", FINDING, FINDING.removesuffix(" not"))
    assert run_here("build", *only, cwd=root).code == 0
    assert (found(root), found(root, "decks/elm"), found(root, "briefings/ash")) == (NAMED, [], [])
    after = {path: path.read_bytes() for path in (root / "build").glob("*/*.*")}
    assert set(after) == set(before)
    written = {path for path, data in before.items() if after[path] != data}
    assert {path.name for path in written} == {"ash.pptx", "ash.guide.docx"}
    guide = show(root / "build" / "decks" / "ash.guide.docx")
    assert guide.count("What has changed since the edition of June 2024") == 1
    part = guide.partition("What has changed since")[2].partition("Words for the invitation")[0]
    assert part.count("[List Bullet") == 1
    assert (
        TOLD.replace("Open each letter of kind 0 about Ash", "**Open each letter of kind 0 about Ash**")
        in part
    )


def test_a_briefing_has_what_has_changed_in_a_document_of_its_own(tmp_path: Path) -> None:
    root, name = sure(tmp_path), "briefings/ash"
    approve(root, name)
    edit(root / "briefings" / "ash.yaml", "Who reads the letters?", "Who answers the letters?")
    plans = prepared(root, name).plans.by_name
    assert [page.title[:16] for page in plans["changes"].pages] == ["What has changed"]
    told = plan.words(plans["changes"].pages[0].slot("body"))
    assert "a question: Who answers the letters? – was: Who reads the letters?" in told
    assert plans["changes"].state == "Draft: it has changed since it was approved"
    assert not [page for page in plans["briefing"].pages if "has changed" in page.title]


@pytest.mark.slow
def test_the_file_of_changes_goes_when_nothing_has_changed(tmp_path: Path) -> None:
    root = sure(tmp_path)
    approve(root, "briefings/ash")
    edit(root / "briefings" / "ash.yaml", "Who reads the letters?", "Who answers the letters?")
    assert run_here("build", "briefings/ash", cwd=root).code == 0
    file = root / "build" / "briefings" / "ash.changes.docx"
    told = show(file)
    assert "**a question**: Who answers the letters? – was: Who reads the letters?" in told
    assert told.count("[List Bullet") == 1
    assert "Draft: it has changed since it was approved" in told
    assert "What has changed" not in show(file.with_name("ash.docx"))
    approve(root, "briefings/ash", on="2024-06-09")
    assert run_here("build", "briefings/ash", cwd=root).code == 0
    assert not file.exists() and not file.with_suffix(".pdf").exists(), "nothing has changed since"


def test_two_approvals_in_a_row(tmp_path: Path) -> None:
    root, name = sure(tmp_path), "briefings/ash"
    approve(root, name)
    again = approve(root, name)
    assert "as was written down already" in again.out and "wrote" not in again.out
    edit(root / "briefings" / "ash.yaml", "Who reads the letters?", "Who reads the invented letters?")
    other = approve(root, name, by="Another invented manager", on="2024-06-04")
    assert f"; before, {WHO} had on 2024-06-03\n" in other.out
    assert "note: the edition 2024-06 was approved before, and is otherwise now" in other.err
    # a new edition: what has changed stays told when it has been approved as well
    edit(root / "briefings" / "ash.yaml", "Who reads the invented letters?", "Who answers letters?")
    edit(root / "briefings" / "ash.yaml", "2024-06", "2024-11")
    made = prepared(root, name)
    assert (
        "nobody has approved the edition 2024-11: Another invented manager approved the edition 2024-06"
        in refused(root, name, made)
    )
    assert made.plans.by_name["briefing"].state == "Draft: nobody has approved it yet"
    told = found(root, name, made)
    assert told == [("text", "words", "", "a question")]
    assert approve(root, name, on="2024-11-02").err == ""
    made = prepared(root, name)
    assert refused(root, name, made) == "" and found(root, name, made) == told
    assert made.state and made.state.last
    assert (made.state.last.edition, made.state.last.by) == ("2024-06", "Another invented manager")
    # and an edition before both is compared with none
    edit(root / "briefings" / "ash.yaml", "2024-11", "2024-05")
    assert found(root, name) == []


@pytest.mark.slow
def test_a_renamed_briefing_is_told_where_its_records_are(tmp_path: Path) -> None:
    root = sure(tmp_path)
    approve(root, "briefings/ash")
    (root / "briefings" / "ash.yaml").rename(root / "briefings" / "birch.yaml")
    hint = "rename its records as well; without a briefing there are: editions/briefings/ash"
    assert hint in refused(root, "briefings/birch")
    ran = run_here("build", "--only", "changes.docx", cwd=root)
    assert (
        "note: editions/briefings/ash has approved editions, and no briefing is called ash any more: if the"
        " briefing has another name now, give this folder that name\n"
    ) in ran.err
    (root / "editions" / "briefings" / "ash").rename(root / "editions" / "briefings" / "birch")
    assert refused(root, "briefings/birch") == ""


def test_other_templates_are_one_change_in_words(tmp_path: Path) -> None:
    root, name = sure(tmp_path), "briefings/ash"
    approve(root, name)
    page = (TOP / "templates" / "pages" / "box-talk.yaml").read_text("utf-8")
    own = root / "templates" / "pages" / "box-talk.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(page, "utf-8")
    assert found(root, name) == [], "the same words"
    outline = root / "templates" / "outlines" / "changes.yaml"
    outline.parent.mkdir()
    outline.write_text("title: What is new\nsections: [{name: x, pages: [{page: what-changed}]}]\n", "utf-8")
    assert found(root, name) == [], "of the changes alone"
    edit(own, "Talk about it", "Talk about it, and write")
    assert found(root, name) == [("text", "around", "", WORDING["field-around"])]


def test_a_damaged_record_stops_its_briefing_alone(tmp_path: Path) -> None:
    root = sure(tmp_path)
    (root / "decks" / "ash.yaml").unlink()
    briefing = (root / "briefings" / "ash.yaml").read_text("utf-8")
    (root / "briefings" / "birch.yaml").write_text(briefing, "utf-8")
    approve(root, "briefings/ash")
    edit(root / "editions" / "briefings" / "ash" / "2024-06.yaml", "approved_by: ", "approved by: ")
    ran = run_here("build", "--only", "changes.docx", cwd=root)
    assert ran.code == 1
    assert "editions/briefings/ash/2024-06.yaml:7:1: error: unknown field 'approved by'" in ran.err
    assert "put back the file as `toolkit approve` wrote it" in ran.err
    assert "1 of 2 could not be built. The others are built." in ran.err
    assert run_here("check", cwd=root).code == 1


def test_what_final_refuses_is_not_approved(tmp_path: Path) -> None:
    root = sure(tmp_path)
    edit(
        root / "reviews" / "ash.yaml",
        "finding:\n  - text: The invented letter 1 about Ash was not opened.\n    cites:\n    - S1 5.2",
        "finding:\n  - text: The invented letter 1 about Ash was not opened.\n    cites:\n    - N1",
    )
    ran = run_here("approve", "decks/ash", "--by", WHO, cwd=root)
    assert ran.code == 1 and "nobody has checked it against the review report" in ran.err
    assert ran.err.endswith("Nothing was approved.\n")
    assert not (root / "editions").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("decks/ash", "--by", " "), 1, "it is not said who approves this"),
        (("decks/ash", "--by", "A\x07B"), 1, "an invisible character"),
        (("decks/ash", "--by", "A" * 101), 1, "this is longer than 100 letters"),
        (("decks/ash", "--by", WHO, "--on", "3 June"), 1, "“3 June” is not a day"),
        (("decks/ash", "--by", WHO, "--on", "2024-02-30"), 1, "“2024-02-30” is not a day"),
        (("decks/oak", "--by", WHO), 2, "No deck or briefing is called 'decks/oak'"),
        (("decks/ash",), 2, "--by"),
    ],
)
def test_what_is_typed_wrong_is_told(words: tuple[str, ...], code: int, told: str, tmp_path: Path) -> None:
    invented.deck(tmp_path, "ash", minutes=45, reviews=["ash"])
    ran = run_here("approve", *words, cwd=tmp_path)
    assert (ran.code, "Traceback" in ran.err) == (code, False)
    assert told in ran.err


@pytest.mark.slow
def test_of_several_those_that_are_written_are_told_and_no_record_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sure(tmp_path)
    approve(root, "briefings/ash")
    before = {path: path.read_bytes() for path in (root / "editions").rglob("*.yaml")}
    move, held, alone = Path.replace, [], []

    @contextmanager
    def waiting(root: Path, waits: object) -> Iterator[None]:
        held.append(root)
        yield
        held.clear()

    def locked(self: Path, to: Path) -> Path:
        alone.append(held == [root])
        if "briefings" in Path(to).parts:
            raise PermissionError(13, "it is open in another program")
        return move(self, to)

    monkeypatch.setattr(Path, "replace", locked)
    monkeypatch.setattr(files, "alone", waiting)
    ran = run_here("approve", "ash", "--by", WHO, cwd=root)  # its deck comes first
    assert ran.code == 1 and "cannot be replaced" in ran.err
    assert alone == [True, True], "nobody else writes meanwhile"
    assert ran.out.endswith("wrote editions/decks/ash/2024-06.yaml\n"), "and nothing of the briefing"
    assert {path: path.read_bytes() for path in before} == before
    (new,) = [path for path in (root / "editions").rglob("*") if path.is_file() and path not in before]
    assert new == root / "editions" / "decks" / "ash" / "2024-06.yaml"
    assert refused(root) == ""


def test_an_edition_as_somebody_wishes_it_is_never_final(tmp_path: Path) -> None:
    sure(tmp_path)
    project, _ = recorded(tmp_path, RECORD)
    target = project.targets()[0].edition(Wishes(minutes=7))
    made = prepare(project, target, Options())
    assert made.state is None and made.plans.by_name["deck"].state == "Draft: nobody has approved it yet"
    with pytest.raises(Invalid, match="nobody has approved this deck for other minutes, agencies or points"):
        refuse(project, target, None)


# ------------------------------------------------------------------- nothing that is printed is missing


def marked(model: BaseModel, path: str, tokens: dict[str, str]) -> BaseModel:
    """A review whose every text and cite ends in a token of its own."""
    kept = {"id", "lens", "pattern", "kind", "language", "level", "standing", "read", "published", "source"}
    kept |= {"url", "themes", "lenses", "known_to", "file", "retired", "review_by", "on"}
    made: dict[str, Any] = {}

    def one(value: Any, at: str) -> Any:
        if isinstance(value, BaseModel):
            return marked(value, at, tokens)
        token = f"zq{len(tokens)}x"
        tokens[token] = at
        return f"{value} {token}"

    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in kept or not isinstance(value, str | BaseModel | tuple):
            continue
        step = f"{path}/{name}"
        each = isinstance(value, tuple)
        made[name] = tuple(one(v, f"{step}/{n}") for n, v in enumerate(value)) if each else one(value, step)
    return model.model_copy(update=made)


def lacking(project: Project) -> Iterator[str]:
    """The fields of reviews that a deck or briefing prints, and of which its record would not know."""
    for target in project.targets():
        task, _ = _task(project, target, Options())
        tokens: dict[str, str] = {}
        chosen = []
        for use in task.chosen:
            review: Any = marked(use.review, use.review.id, tokens)
            by_id = {point.id: point for point in review.points}
            points, cards = (tuple(by_id[p.id] for p in some) for some in (use.points, use.cards))
            chosen.append(
                replace(use, review=review, points=points, cards=cards, place=lambda of, at=task.place: at)
            )
        task = replace(task, chosen=chosen)
        plans = _plans(task)
        every = [page for one in plans.by_name.values() for page in one.pages]
        boxes = [blocks for page in every for _, blocks in page.slots]
        boxes += [note.blocks for page in every for note in page.notes]
        text = " ".join([*map(plan.words, boxes), *(page.title for page in every)])
        known = " ".join(f"{s.words} {s.slide} {' '.join(s.cites)}" for s in content(task, plans).every())
        printed = set(re.findall(r"zq\d+x", text))
        assert len(printed) > 20
        yield from sorted(
            f"{target.folder}/{target.name}: {tokens[one]}"
            for one in printed - set(re.findall(r"zq\d+x", known))
        )


def test_a_record_knows_every_word_of_a_review_that_is_printed(project: Path) -> None:
    assert list(lacking(Project(project))) == []


@pytest.mark.slow
def test_a_record_knows_every_word_of_the_real_reviews_that_is_printed(tmp_path: Path) -> None:
    assert list(lacking(Project(TOP))) == []
    root = invented.folder(tmp_path)
    for minutes, mode, audience in ((180, "room", []), (60, "online", ["gp"]), (7, "room", ["police"])):
        invented.deck(root, f"of-{minutes}", minutes=minutes, mode=mode, audience=audience, reviews=["ash"])
    invented.deck(root, "all", minutes=180, reviews=["ash", "elm", "oak"])
    assert list(lacking(Project(root))) == []
    assert Cite(source="S1", where=None, extract=False)  # what a mark is put on has a paragraph or none


def texts(model: BaseModel, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    """Where the words of a point stand that somebody may write otherwise."""
    kept = {"id", "lens", "pattern", "source", "sources", "themes", "lenses", "level", "standing"}
    for name in set(type(model).model_fields) - kept:
        value = getattr(model, name)
        listed = enumerate(value) if isinstance(value, tuple) else [("", value)]
        for n, one in listed:
            step = (*path, name, n) if isinstance(n, int) else (*path, name)
            if isinstance(one, BaseModel):
                yield from texts(one, *step)
            elif isinstance(one, str):
                yield step


def put(there: Any, path: tuple[str | int, ...]) -> Any:
    """The same with other words at a path."""
    if not path:
        return f"{there.rstrip('.')} zq"
    if isinstance(there, tuple):
        return tuple(put(one, path[1:]) if n == path[0] else one for n, one in enumerate(there))
    return there.model_copy(update={path[0]: put(getattr(there, str(path[0])), path[1:])})


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["decks", "briefings"])
def test_whatever_words_of_a_point_are_otherwise_are_one_change_of_that_point(
    kind: str, tmp_path: Path
) -> None:
    project = Project(sure(tmp_path))
    target = next(one for one in project.targets() if one.folder == kind)
    task, _ = _task(project, target, Options())
    (use,) = task.chosen
    before, some = content(task, _plans(task)), 0
    for n, point in enumerate(use.review.points):
        for path in texts(point):
            if path[-1] == "action":  # of all points the same
                continue
            review = put(use.review, ("points", n, *path))
            by_id = {one.id: one for one in review.points}
            points, cards = (tuple(by_id[p.id] for p in part) for part in (use.points, use.cards))
            other = replace(use, review=review, points=points, cards=cards, place=lambda of: task.place)
            plans = _plans(replace(task, chosen=[other]))
            pages = [page for one in plans.by_name.values() for page in one.pages]
            boxes = [box for page in pages for _, box in page.slots]
            boxes += [note.blocks for page in pages for note in page.notes]
            printed = any("zq" in said for said in (*map(plan.words, boxes), *(p.title for p in pages)))
            named = [
                one.where for one in changes(before, content(replace(task, chosen=[other]), plans), WORDING)
            ]
            assert named == [by_id[point.id].message] * printed, path
            some += printed
    assert some > 15


def test_a_change_that_nobody_has_checked_says_so(tmp_path: Path) -> None:
    root = sure(tmp_path)
    approve(root, "decks/ash")
    old = "  - text: The invented letter 0 about Ash was not opened.\n    cites:\n    - S1 5.2"
    edit(
        root / "reviews" / "ash.yaml",
        old,
        old.replace("was not opened", "was laid aside").replace("S1 5.2", "N1"),
    )
    few = "finding: Letter 0 about Ash was "
    edit(root / "reviews" / "ash.yaml", few + "not opened.", few + "put by.")
    made = prepared(root)
    kinds = {(one[1], one[3]) for one in found(root, made=made)}
    assert {
        ("standing", "how sure we are"),
        ("cites", "what was found"),
        ("words", "what was found"),
    } <= kinds
    guide = made.plans.by_name["guide"]
    page = next(page for page in guide.pages if page.title.startswith("What has changed"))
    body = plan.words(page.slot("body"))
    assert "Letter 0 about Ash was put by. (not yet checked against the report) – was:" in body
    line = next(one for one in body.splitlines() if "was laid aside" in one)
    assert line.endswith(
        "was laid aside. (not yet checked against the report) – was: The invented letter 0 about Ash was not"
        " opened."
    )
    assert guide.draft == "Draft: it holds findings not yet checked against the report"
    assert guide.state == guide.draft and not guide.unapproved, "once is enough"
