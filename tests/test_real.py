"""What holds of all real reviews, and of every file built from them, read with zipfile and lxml alone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests import office
from tests.conftest import TOP, WORDING
from toolkit.content.evidence import standing
from toolkit.content.model import Review, Statement
from toolkit.content.rules import spoken
from toolkit.office.accessible import check_accessible
from toolkit.plan.facts import label
from toolkit.plan.markup import inline
from toolkit.plan.model import text
from toolkit.problems import Node
from toolkit.project import Project

PROJECT = Project(TOP)
REVIEWS = {path.stem: path for path in PROJECT.review_paths()}
TARGETS = PROJECT.targets()

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


def plain(words: str) -> str:
    """Words as they are printed: without marks, one space between them."""
    return re.sub(r"\s+", " ", text(inline(words))).strip()


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
        for _, words in spoken(node.at(("points", index))):
            if len(words.split()) > 4:
                assert plain(words) not in printed, words


@pytest.mark.parametrize("name", REVIEWS)
def test_marked_point_has_its_label_in_every_file_that_tells_it(real: Path, name: str) -> None:
    found, _ = review(name)
    marked = {
        plain(p.message): plain(label(found, p, WORDING))
        for p in found.points
        if standing(found, p) == "marked" and p.message
    }
    for path in files(real, name):
        if path.suffix == ".pptx":
            for slide in office.slides(path):
                title = re.sub(r" \((?:notes, )?\d+(?: of \d+)?\)$", "", slide.title)
                if title in marked and not slide.hidden:
                    assert marked[title] in slide.shown, (path.name, slide.title)
            for title, its_label in marked.items():
                told = [
                    s for s in office.slides(path) if s.title == title or s.title.startswith(f"{title} (")
                ]
                assert not told or any(its_label in s.notes for s in told), (path.name, title)
        else:
            lines = paragraphs(path)
            for number, line in enumerate(lines):
                if line in marked and lines[number - 1] != "Next":
                    headed = any(
                        above.endswith("(not yet checked against the report)")
                        for above in lines[max(0, number - 40) : number]
                    )
                    assert headed or marked[line] in lines[number : number + 12], (path.name, line)


@pytest.mark.parametrize("name", REVIEWS)
def test_releasable_point_has_no_label(real: Path, name: str) -> None:
    found, _ = review(name)
    sure = {plain(p.message) for p in found.points if standing(found, p) == "releasable" and p.message}
    for path in files(real, name):
        if path.suffix == ".pptx":
            for slide in office.slides(path):
                if re.sub(r" \((?:notes, )?\d+(?: of \d+)?\)$", "", slide.title) in sure:
                    assert not any(
                        "not yet checked against" in line for line in (*slide.shown, *slide.notes)
                    ), (path.name, slide.title)


@pytest.mark.parametrize("name", REVIEWS)
def test_every_sentence_of_a_printable_point_is_printed_somewhere(real: Path, name: str) -> None:
    """In the union of the decks and briefings that use the review.

    Words that a cut spreads over two pages are joined again.
    """
    found, node = review(name)
    every = files(real, name)
    assert {p.suffix for p in every} >= {".docx"}
    printed = " ".join(" ".join(paragraphs(path)) for path in every)
    lost = []
    for index, point in enumerate(found.points):
        if standing(found, point) != "hold":
            for field in (
                "title",
                "message",
                "happened",
                "finding",
                "why",
                "practice",
                "questions",
                "notes",
                "not_known",
                "slide",
            ):
                if field not in node.at(("points", index)).keys:
                    continue
                for place, words in spoken(node.at(("points", index, field))):
                    if plain(words) not in printed and not all(
                        part in printed for part in re.split(r"(?<=[.!?;,:]) ", plain(words))
                    ):
                        lost.append(f"{place.line}: {field}: {words[:60]}")
    assert lost == []


@pytest.mark.parametrize("target", [t for t in TARGETS if t.folder == "decks"], ids=lambda t: t.name)
def test_minutes_of_every_deck_add_up(real: Path, target: object) -> None:
    work, _, _ = PROJECT.work(target)  # type: ignore[arg-type]
    slides = office.slides(real / "build" / "decks" / f"{target.name}.pptx")  # type: ignore[attr-defined]
    told = [
        re.search(r"(\d+) minutes?, from (\d+):(\d\d) to (\d+):(\d\d)", "\n".join(s.notes))
        for s in slides
        if not s.hidden
    ]
    parts = [[int(x) for x in m.groups()] for m in told if m]
    assert sum(p[0] for p in parts) == work.minutes  # type: ignore[attr-defined]
    at = 0
    for length, h1, m1, h2, m2 in parts:
        assert (h1 * 60 + m1, h2 * 60 + m2) == (at, at + length)
        at += length


def test_every_review_is_in_a_briefing_and_every_target_is_built(real: Path) -> None:
    used = {
        chosen.review for t in TARGETS if t.folder == "briefings" for chosen in PROJECT.work(t)[0].reviews
    }
    assert used == set(REVIEWS)
    for target in TARGETS:
        assert (
            real
            / "build"
            / target.folder
            / f"{target.name}{'.pptx' if target.folder == 'decks' else '.docx'}"
        ).is_file()


@pytest.mark.slow
def test_no_file_of_ours_has_an_error_or_a_warning_of_accessibility(real: Path) -> None:
    folders = [(target.name, real / "build" / target.folder) for target in TARGETS]
    made = [
        path
        for name, folder in folders
        for path in folder.glob(f"{name}.*")
        if path.suffix in (".pptx", ".docx")
    ]
    assert len(made) >= 17
    for path in made:
        assert [f"{f.rule}, {f.where}" for f in check_accessible(path) if f.level != "tip"] == [], path.name
