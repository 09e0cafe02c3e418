"""What holds of all real reviews, of every plan of them, and of every file built from them, read with zipfile
and lxml alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests import office
from tests.conftest import TOP, WORDING
from toolkit.brand.geometry import CLEAR_PRINT, LARGE_PRINT
from toolkit.build import Options, make
from toolkit.content.evidence import standing
from toolkit.content.model import Review, Statement
from toolkit.content.rules import spoken
from toolkit.fit.fit import check_notes, fit_deck
from toolkit.fit.sides import words_on_two_sides
from toolkit.fit.slides import FittedDeck
from toolkit.office.accessible import check_accessible
from toolkit.office.opc import read_package
from toolkit.plan.facts import heading, needs_speaker, source_line
from toolkit.plan.markup import inline
from toolkit.plan.model import Block, Bullets, Page, Plan, Table, Timeline, note_blocks, text, words
from toolkit.plan.plans import Plans
from toolkit.problems import Invalid, Node
from toolkit.project import Project
from toolkit.render.pdf import notes_pages
from toolkit.targets import Target, Wishes

PROJECT = Project(TOP)
REVIEWS = {path.stem: path for path in PROJECT.review_paths()}
TARGETS = PROJECT.targets()
DECKS = [target for target in TARGETS if target.folder == "decks"]
BRIEFINGS = [target for target in TARGETS if target.folder == "briefings"]
UNCHECKED = WORDING["unchecked"]
BESIDE = {  # the files of a deck and of a briefing, after their names
    "decks": (
        *(".pptx", ".notes.pdf", ".guide.docx", ".guide.pdf", ".handout.docx", ".handout.pdf"),
        *(".team.docx", ".team.pdf", ".quiz.gift.txt"),
    ),
    "briefings": (".docx", ".pdf"),
}

# The table of section 11 of the Bedford dossier: what may be printed, and how. Points that it does not name
# are held.
BEDFORD = {
    "faith": {"FAI-3": "releasable", **dict.fromkeys(("FAI-1", "FAI-2", "FAI-4"), "marked"), "FAI-5": "hold"},
    "sama": {**dict.fromkeys((f"SAM-{n}" for n in range(1, 8)), "marked"), "SAM-8": "hold"},
    "patrick": {
        **dict.fromkeys((f"PAT-{n}" for n in (1, 3, 4, 5, 6, 7)), "releasable"),
        "PAT-2": "marked",
        **dict.fromkeys((f"PAT-{n}" for n in range(8, 16)), "hold"),
    },
    "thematic-disabled-children": {
        **dict.fromkeys(("THE-1", "THE-2", "THE-3"), "releasable"),
        "THE-4": "hold",
    },
}


def review(name: str) -> tuple[Review, Node]:
    return PROJECT.review(REVIEWS[name])


def plain(written: str) -> str:
    """Words as they are printed: without marks, one space between them."""
    return re.sub(r"\s+", " ", text(inline(written))).strip()


@cache
def planned(target: Target) -> Plans:
    return make(PROJECT, target, Options())[0]


@cache
def fitted(target: Target) -> FittedDeck:
    plans, brand, _ = make(PROJECT, target, Options())
    deck, _ = fit_deck(plans.by_name["deck"], brand)
    assert check_notes(deck, brand) == []
    return deck


def template(page: Page) -> str:
    """The name of the template that a page was made from."""
    return page.id.rpartition("-")[0]


def part(page: Page, name: str) -> str:
    """The words of one part of the notes."""
    return words(next((note.blocks for note in page.notes if note.name == name), ()))


@cache
def paragraphs(path: Path) -> tuple[str, ...]:
    lines = (
        office.document(path)
        if path.suffix == ".docx"
        else [line for s in office.slides(path) for line in (*s.shown, *s.notes)]
    )
    return tuple(re.sub(r"\s+", " ", line).strip() for line in lines)


def files(real: Path, name: str) -> list[Path]:
    """The Office files that are made from one review."""
    found = []
    for target in TARGETS:
        work, _, _ = PROJECT.work(target)
        if name in [chosen.review for chosen in work.reviews]:
            found += [
                p
                for p in (real / "build" / target.folder).iterdir()
                if p.name.split(".")[0] == target.name and p.suffix in (".pptx", ".docx")
            ]
    return found


@pytest.mark.parametrize("name", BEDFORD)
def test_standings_are_those_of_the_dossier(name: str) -> None:
    found, _ = review(name)
    assert {p.id: standing(found, p) for p in found.points} == BEDFORD[name]


@pytest.mark.parametrize("name", REVIEWS)
def test_every_finding_and_fact_cites_a_source_of_its_review(name: str) -> None:
    found, _ = review(name)
    ids = {s.id for s in found.sources}
    stated: list[Statement] = [
        *found.summary,
        *found.good_practice,
        *(found.child.who if found.child else ()),
        *(found.child.voice if found.child else ()),
    ]
    for point in found.points:
        stated += [*point.finding, *point.happened]
    for one in (*stated, *found.timeline, *found.facts):
        assert one.cites, one
        assert {c.source for c in one.cites} <= ids, one


@pytest.mark.parametrize("name", REVIEWS)
def test_no_source_is_left_without_use(name: str) -> None:
    found, _ = review(name)
    used = set(re.findall(r"source='([^']+)'", repr(found)))
    assert {s.id for s in found.sources} <= used | {
        s.id for s in found.sources if s.read == "not-read" or s.kind == "context"
    }


@pytest.mark.parametrize("name", REVIEWS)
def test_held_point_is_in_no_file(real: Path, name: str) -> None:
    found, node = review(name)
    held = [n for n, p in enumerate(found.points) if standing(found, p) == "hold"]
    if not held:
        pytest.skip("no point is on hold")
    printed = "\n".join("\n".join(paragraphs(path)) for path in files(real, name))
    for index in held:
        for _, said in spoken(node.at(("points", index))):
            if len(said.split()) > 4:
                assert plain(said) not in printed, said


def told_of(found: Review, id: str, paths: set[str]) -> list[str]:
    """The words of a point that stand at some of these paths, such as finding/0 or slide/happened."""
    point = next(p for p in found.points if p.id == id)
    said: list[str | None] = []
    for path in paths:
        *steps, last = path.split("/")
        holder = point.way if steps[:1] == ["way"] else point
        if steps == ["slide"]:
            said.append(getattr(point.slide, last))
        else:
            statement = getattr(holder, steps[-1])[int(last)]
            said += [statement.text, statement.slide]
    return [plain(one) for one in said if one and len(one.split()) > 3]


@pytest.mark.parametrize("name", REVIEWS)
def test_what_nobody_has_checked_has_its_speaker_in_every_file_that_tells_it(real: Path, name: str) -> None:
    """On its slide, or in the lines before it in a document: the heading of its point; and beside it where it
    comes from, with the words that nobody has checked it. What happened needs only these. In a guide the
    timeline, the facts, the account in full and what is known of the child may tell the same, with numbers
    that lead to their sources.
    """
    found, _ = review(name)
    others = [f"{event.date}: " for event in found.timeline] + [f"{fact.label}: " for fact in found.facts]
    others += [plain(statement.text) for statement in found.summary]
    others += [plain(s.text) for s in (*found.child.who, *found.child.voice)] if found.child else []
    needed = needs_speaker(found)
    seen = 0
    for point in found.points:
        mine = {k.split("/", 3)[3]: kind for k, kind in needed.items() if k.split("/")[2] == point.id}
        spoken_by = heading(found, point, WORDING)
        for path in files(real, name):
            slides = office.slides(path) if path.suffix == ".pptx" else []
            lines = paragraphs(path) if path.suffix == ".docx" else ()
            numbered = [n for n, line in enumerate(lines) if re.search(r"\[\d", line)]
            elsewhere = {n for n in numbered if lines[n].startswith(tuple(others))}
            told = [n for n in range(len(lines)) if n not in elsewhere]
            for kind in ("speaker", "teller"):
                for said in told_of(found, point.id, {k for k, v in mine.items() if v == kind}):
                    boxes = [s.shown for s in slides if any(said in line for line in s.shown)]
                    boxes += [lines[max(0, n - 12) : n + 12] for n in told if said in lines[n]]
                    for box in boxes:
                        seen += 1
                        if kind == "speaker":
                            assert any(spoken_by in line for line in box), (path.name, said)
                            cited = any(said in line and re.search(r"\[\d+", line) for line in box)
                            assert any(UNCHECKED in line for line in box) or (lines and cited), said
                        else:
                            tellers = [source_line(found, point.happened, WORDING), spoken_by]
                            assert any(one in line for line in box for one in (*tellers, UNCHECKED)), said
    assert seen or not needed


@pytest.mark.parametrize("name", REVIEWS)
def test_a_finding_of_the_review_itself_is_told_without_doubt(real: Path, name: str) -> None:
    found, _ = review(name)
    sure = {plain(p.message) for p in found.points if standing(found, p) == "releasable" and p.message}
    seen = 0
    for path in files(real, name):
        if path.suffix == ".pptx":
            for slide in office.slides(path):
                if slide.title in sure:
                    seen += 1
                    assert not any(UNCHECKED in line for line in (*slide.shown, *slide.notes)), slide.title
                    own = (WORDING["found"], WORDING["found-board"])
                    assert any(line in own or line.startswith("What the ") for line in slide.shown)
    titles = {page.title for t in DECKS for page in planned(t).by_name["deck"].pages}
    assert seen >= len(sure & titles)


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
def test_every_sentence_of_a_taught_point_is_in_a_file_of_its_deck(real: Path, target: Target) -> None:
    made = [real / "build" / "decks" / f"{target.name}{end}" for end in BESIDE["decks"]]
    printed = " ".join(" ".join(paragraphs(path)) for path in made if path.suffix in (".pptx", ".docx"))
    titles = [page.title for page in planned(target).by_name["deck"].pages if template(page) == "finding"]
    assert titles
    lost, taught = [], 0
    for chosen in PROJECT.work(target)[0].reviews:
        found, node = review(chosen.review)
        for index, point in enumerate(found.points):
            if not point.message or plain(point.message) not in titles:
                continue
            taught += 1
            assert point.notes
            heard = [*point.notes.listen_for, *(point.way.listen_for if point.way else ())]
            assert not heard or any(plain(one) in printed for one in heard), point.id
            whole = ("message", "happened", "finding", "why", "practice", "questions", "not_known", "slide")
            for path in (
                *((one,) for one in whole),
                *(("notes", one) for one in ("say", "care")),  # how to shorten goes with its activity
            ):
                if path[-1] in node.at(("points", index, *path[:-1])).keys:
                    for place, said in spoken(node.at(("points", index, *path))):
                        if plain(said) not in printed:
                            lost.append(f"{chosen.review}:{place.line}: {path[-1]}: {said[:60]}")
    assert taught == len(titles)
    assert lost == []


@pytest.mark.parametrize("name", REVIEWS)
def test_every_printable_point_is_told_in_a_briefing_or_named(real: Path, name: str) -> None:
    found, _ = review(name)
    printed = " ".join(paragraphs(real / "build" / "briefings" / f"{name}.docx"))
    (target,) = (t for t in BRIEFINGS if t.name == name)
    ((_, left),) = planned(target).remarks
    named, told = 0, 0
    for point in found.points:
        if standing(found, point) != "hold":
            assert point.message and point.slide
            assert plain(point.message) in printed
            is_told = plain(point.slide.finding or point.slide.happened or "") in printed
            told, named = told + is_told, named + (not is_told)
    assert 2 <= told <= 3, "the boxes tell two or three"
    assert (f"{named} point{'s' * (named != 1)} in full" in left) == bool(named)
    for role in found.roles:
        title = PROJECT.registers().agencies[role.lens].title
        assert (title in left) != (plain(role.slide or role.text) in printed), "a role is asked, or left out"
    for question in PROJECT.work(target)[0].questions:  # type: ignore[attr-defined]
        assert (question in left) != (plain(question) in printed)


@pytest.mark.parametrize("name", REVIEWS)
def test_every_briefing_has_two_sides_that_begin_alike_in_word_and_pdf(real: Path, name: str) -> None:
    (target,) = (t for t in BRIEFINGS if t.name == name)
    plan = planned(target).by_name["briefing"]
    both = replace(plan, pages=tuple(replace(page, new_side=False) for page in plan.pages))
    assert 500 < words_on_two_sides(both) <= 650
    (second,) = (page for page in plan.pages if page.new_side)
    pdf = PdfReader(real / "build" / "briefings" / f"{name}.pdf")
    assert len(pdf.pages) == 2
    assert f"{second.box} {second.title}" in " ".join(pdf.pages[1].extract_text().split())[:150]
    document = docx.Document(str(real / "build" / "briefings" / f"{name}.docx"))
    breaks = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert [one.replace("\t", "") for one in breaks] == [f"{second.box} {second.title}"]
    last = [page.extract_text() for page in pdf.pages]
    assert all(len(said.split()) > 150 for said in last), "neither side is half empty"


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
def test_a_team_sheet_is_one_side_and_a_handout_four_at_most(real: Path, target: Target) -> None:
    team = PdfReader(real / "build" / "decks" / f"{target.name}.team.pdf")
    assert len(team.pages) == 1
    handout = PdfReader(real / "build" / "decks" / f"{target.name}.handout.pdf")
    assert 2 <= len(handout.pages) <= 4
    plan = planned(target).by_name["handout"]
    assert len(handout.pages) == 1 + sum(page.new_side for page in plan.pages)


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
def test_minutes_of_every_deck_add_up(real: Path, target: Target) -> None:
    session = planned(target).session
    assert session
    told = [
        re.search(r"(\d+):(\d\d)–(\d+):(\d\d), (\d+) minutes?", "\n".join(s.notes))
        for s in office.slides(real / "build" / "decks" / f"{target.name}.pptx")
    ]
    parts = [[int(x) for x in m.groups()] for m in told if m]
    pages = planned(target).by_name["deck"].pages
    assert len(parts) == len(pages) - 1  # all but the cover have a time, and what goes on has it once
    assert session.minutes == PROJECT.work(target)[0].minutes  # type: ignore[attr-defined]
    assert sum(p[4] for p in parts) + session.in_hand == session.minutes
    at, waits = 0, []
    for h1, m1, h2, m2, length in parts:
        waits.append(h1 * 60 + m1 - at)
        at = h1 * 60 + m1 + length
        assert h2 * 60 + m2 == at
    assert at == session.minutes
    assert [wait for wait in waits if wait] == [session.in_hand]  # once, and only forwards


def test_every_review_is_in_a_briefing_and_every_target_is_built(real: Path) -> None:
    used = {
        chosen.review for t in TARGETS if t.folder == "briefings" for chosen in PROJECT.work(t)[0].reviews
    }
    assert used == set(REVIEWS)
    for target in TARGETS:
        for ending in BESIDE[target.folder]:
            assert (real / "build" / target.folder / f"{target.name}{ending}").is_file(), ending


# ------------------------------------------------------------ what a session costs in paper and attention


MOST_PAPER = {45: 15, 60: 18, 90: 30}  # notes pages as printed, by minutes


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
def test_notes_pages_of_a_session_are_few_and_none_goes_on(target: Target) -> None:
    session, slides = planned(target).session, fitted(target).slides
    assert session
    assert len(slides) <= MOST_PAPER[session.minutes]
    assert [slide.title for slide in slides if slide.hidden] == []


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
@pytest.mark.parametrize("large", [False, True], ids=["14 points", "18 points"])
def test_notes_of_a_slide_take_one_page_in_clear_print_and_two_in_large_print(
    target: Target, large: bool
) -> None:
    """From PowerPoint, where further pages are hidden slides, and as PDF, where a page begins each slide."""
    plans, brand, _ = make(PROJECT, target, Options())
    deck, _ = fit_deck(plans.by_name["deck"], brand, large)
    size, most = (LARGE_PRINT, 2) if large else (CLEAR_PRINT, 1)
    assert {slide.size("notes") for slide in deck.slides if slide.printed} == {size}
    pages = Counter(slide.id.partition("-notes-")[0] for slide in deck.slides)
    assert max(pages.values()) <= most
    heads = [sheet.splitlines()[0] for sheet in sheets(notes_pages(deck, brand, size))]
    further = [head.strip() for head in heads if head.strip().endswith("(continued)")]
    assert len(heads) - len(further) == sum(not slide.hidden for slide in deck.slides)
    assert len(set(further)) == len(further) and (large or not further)


def sheets(data: bytes) -> list[str]:
    """The words of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


MOST_GUIDE = {45: 20, 60: 24, 90: 42}  # pages of a guide, by minutes; half of them are slides and sources


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
def test_a_guide_has_as_many_pages_as_a_trainer_reads_and_every_slide_with_its_picture(
    real: Path, target: Target
) -> None:
    session = planned(target).session
    assert session
    data = (real / "build" / "decks" / f"{target.name}.guide.pdf").read_bytes()
    assert len(sheets(data)) <= MOST_GUIDE[session.minutes]
    shown = [slide for slide in fitted(target).slides if not slide.hidden]
    figures = sum(
        name.startswith("word/media/slide-")
        for name in read_package(real / "build" / "decks" / f"{target.name}.guide.docx").parts
    )
    assert figures == len(shown)


def lines(blocks: tuple[Block, ...]) -> list[str]:
    """The paragraphs, items, cells and events of some blocks."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Bullets):
            found += map(text, block.items)
        elif isinstance(block, Table):
            found += [text(cell) for row in (block.header, *block.rows) for cell in row]
        elif isinstance(block, Timeline):
            found += [text(what) for _, what in block.events]
        else:
            found.append(words((block,)))
    return found


@pytest.mark.parametrize("target", TARGETS, ids=lambda t: f"{t.folder}/{t.name}")
def test_nothing_says_its_standing_twice(target: Target) -> None:
    for name, plan in planned(target).by_name.items():
        for page in plan.pages:
            boxes = [*page.slots, *((note.name, note.blocks) for note in page.notes)]
            for slot, blocks in boxes:
                for line in lines(blocks):
                    assert line.count(UNCHECKED) <= 1, (name, page.title, line)
                if plan is planned(target).by_name.get("deck"):
                    assert words(blocks).count(UNCHECKED) <= 1, (page.title, slot)
    for slide in fitted(target).slides if target in DECKS else ():
        assert sum(words(blocks).count(UNCHECKED) for _, blocks in slide.slots) <= 1, slide.title


def check_session(plans: Plans) -> None:
    """What a trainer can rely on: few words on each notes page, care second, support last."""
    deck: Plan = plans.by_name["deck"]
    for page in deck.pages:
        said = len(part(page, "say").split())
        every = len(words(note_blocks(page.notes, deck.wording)).split())
        assert said <= 130, (page.title, said)
        assert every <= 220, (page.title, every)
    assert [told for _, told in plans.remarks if "leaves out the subtitle" not in told] == []
    names = [template(page) for page in deck.pages]
    assert names[:2] == ["cover", "care"] and names.count("care") == 1
    assert names[-1] == "support" and names.count("support") == 1


@pytest.mark.parametrize("target", DECKS, ids=lambda t: t.name)
def test_notes_are_short_and_people_are_looked_after(target: Target) -> None:
    check_session(planned(target))


@pytest.mark.parametrize("lens", ["schools", "gp"])
@pytest.mark.parametrize("minutes", [7, 20, 45, 60, 90, 180])
def test_every_edition_of_the_national_deck_is_made_or_refused_with_what_would_fit(
    minutes: int, lens: str
) -> None:
    deck = next(target for target in DECKS if target.name == "national-reviews")
    target = replace(deck, wishes=Wishes(minutes=minutes, audience=(lens,)))
    try:
        plans, brand, _ = make(PROJECT, target, Options())
    except Invalid as error:
        (problem,) = error.problems
        would_fit = re.search(r"write minutes: (\d+)", problem.hint)
        assert would_fit, problem
        make(PROJECT, replace(target, wishes=Wishes(minutes=int(would_fit[1]), audience=(lens,))), Options())
        return
    assert plans.session and plans.session.minutes == minutes
    assert sum(page.minutes for page in plans.by_name["deck"].pages) + plans.session.in_hand == minutes
    check_session(plans)
    slides = fit_deck(plans.by_name["deck"], brand)[0].slides
    assert [slide.title for slide in slides if slide.hidden] == []


@pytest.mark.slow
def test_no_file_of_ours_has_an_error_or_a_warning_of_accessibility(real: Path) -> None:
    folders = [(target.name, real / "build" / target.folder) for target in TARGETS]
    made = [
        path
        for name, folder in folders
        for path in folder.glob(f"{name}.*")
        if path.suffix in (".pptx", ".docx")
    ]
    cards = [path for path in made if path.name.endswith(".cards.docx")]  # a deck may teach every point
    assert len(made) == len(DECKS) * 4 + len(cards) + len(REVIEWS) and cards
    for path in made:
        assert [f"{f.rule}, {f.where}" for f in check_accessible(path) if f.level != "tip"] == [], path.name
