"""The whole line, as real runs in a temporary folder: the same bytes, nothing half written, nothing lost."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests import office
from tests.conftest import LIMITS, TOP, Ran, edit, invented, limit_cpu, run, run_here
from toolkit import files
from toolkit.build import Drawn, Job, Options, _left_out, _whole, build
from toolkit.plan.model import NOTES, ROOM
from toolkit.problems import Place, Problem
from toolkit.project import Project

DECK = "build/decks/robin.pptx"
BRIEFING = "build/briefings/robin.docx"


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file under build/, stamps left out."""
    files = [p for p in (folder / "build").rglob("*") if p.is_file() and ".stamps" not in p.parts]
    found = {}
    for path in files:
        with suppress(FileNotFoundError):  # a build that is running gives it its own name
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented folder, built once; a test that changes it takes a copy."""
    folder = invented(tmp_path_factory.mktemp("built") / "board")
    ran = run("build", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return folder


def wrote(ran: Ran) -> list[str]:
    """The files that a run says it wrote."""
    return [line.removeprefix("wrote build/") for line in ran.out.splitlines() if line.startswith("wrote ")]


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"


def test_what_is_written_is_what_is_told(copy: Path) -> None:
    ran = run_here("build", "--print", "large", "briefings/robin", cwd=copy)
    wrote = {line.removeprefix("wrote ") for line in ran.out.splitlines() if line.startswith("wrote ")}
    assert wrote == {name for name in hashes(copy) if name.startswith("build/briefings/")}
    assert {DECK, BRIEFING} <= set(hashes(copy))
    assert not list(copy.rglob("*.part"))


def test_same_sources_give_the_same_bytes_anywhere(built: Path, tmp_path: Path) -> None:
    other = invented(tmp_path / "another folder, with a longer name é")
    for path in other.rglob("*.yaml"):
        os.utime(path, (1, 1))
    ran = run(
        "build",
        cwd=other,
        TZ="Pacific/Auckland",
        LANG="cy_GB.UTF-8",
        LC_ALL="C",
        PYTHONHASHSEED="4711",
        SOURCE_DATE_EPOCH="1",
        USER="somebody",
        HOME=str(tmp_path),
    )
    assert (ran.code, ran.err) == (0, "")
    assert hashes(other) == hashes(built)


def test_no_path_name_or_date_of_this_machine_is_inside(built: Path) -> None:
    for name in (DECK, BRIEFING):
        with zipfile.ZipFile(built / name) as package:
            assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            whole = b"".join(package.read(part) for part in package.namelist())
        for word in (str(built).encode(), b"python-pptx", b"python-docx", b"Steve Canny", b"/tmp/"):
            assert word not in whole, word
        assert b"2024-06-01T00:00:00Z" in whole


def test_second_build_does_nothing_and_loads_no_office_library(copy: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in copy.rglob("*") if p.is_file()}
    ran = run("build", cwd=copy, prefix=("-X", "importtime"))
    assert (ran.code, ran.out.splitlines()[0]) == (0, "2 unchanged.")
    loaded = {
        line.rpartition("|")[2].strip() for line in ran.err.splitlines() if line.startswith("import time:")
    }
    assert "toolkit.stamps" in loaded
    assert not {
        name
        for name in loaded
        if name.split(".")[0] in ("pptx", "docx", "lxml", "typst", "jinja2", "markdown_it")
    }
    assert {p: p.stat().st_mtime_ns for p in copy.rglob("*") if p.is_file()} == before


def test_a_folder_that_was_moved_is_still_unchanged(copy: Path) -> None:
    copy.rename(copy.parent / "moved")
    assert run_here("build", cwd=copy.parent / "moved").out.startswith("2 unchanged.")


@pytest.mark.parametrize(
    "path, old, new, rebuilt",
    [
        ("decks/robin.yaml", "title: Learning from Robin", "title: What Robin teaches", ["decks/robin.pptx"]),
        (
            "reviews/robin.yaml",
            "Six invented visits",
            "Seven invented visits",
            ["briefings/robin.docx", "decks/robin.pptx"],
        ),
    ],
)
def test_only_what_has_changed_is_made_again(
    copy: Path, path: str, old: str, new: str, rebuilt: list[str]
) -> None:
    edit(copy / path, old, new)
    ran = run_here("build", cwd=copy)
    wrote = sorted(
        line.removeprefix("wrote build/")
        for line in ran.out.splitlines()
        if line.endswith((".pptx", "/robin.docx"))
    )
    assert wrote == rebuilt


def test_only_makes_what_is_asked_for_and_a_later_build_the_rest(project: Path, built: Path) -> None:
    ran = run("build", "--only", "pptx,handout.pdf", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert wrote(ran) == ["decks/robin.pptx", "decks/robin.handout.pdf"]
    assert run("build", "--only", ".pptx", cwd=project).out == "1 unchanged.\n"
    rest = ["notes.pdf", "guide.docx", "guide.pdf", "handout.docx", "team.docx", "team.pdf"]
    assert wrote(run("build", cwd=project)) == [
        *(f"decks/robin.{name}" for name in rest),
        "briefings/robin.docx",
        "briefings/robin.pdf",
    ]
    assert hashes(project) == hashes(built)
    assert run("build", cwd=project).out.startswith("2 unchanged.")


def test_file_that_was_not_asked_for_stays_and_is_stale(copy: Path) -> None:
    before = hashes(copy)
    edit(copy / "reviews" / "robin.yaml", "Robin was not spoken to alone", "Robin was not asked alone")
    assert wrote(run("build", "--only", "pptx", cwd=copy)) == ["decks/robin.pptx"]
    assert {name for name, value in hashes(copy).items() if before[name] != value} == {DECK}
    ran = run("build", cwd=copy)
    assert "changed by hand" not in ran.err
    assert DECK.removeprefix("build/") not in wrote(ran)
    assert len(wrote(ran)) == 9


@pytest.mark.slow
def test_only_says_nothing_of_other_files_that_were_changed_by_hand(copy: Path) -> None:
    (copy / "build" / "decks" / "robin.guide.docx").write_bytes(b"edited by a trainer")
    edit(copy / "decks" / "robin.yaml", "title: Learning from Robin", "title: What Robin teaches")
    ran = run("build", "decks/robin", "--only", "pptx", cwd=copy)
    assert (ran.code, ran.err) == (0, "")
    assert (copy / "build" / "decks" / "robin.guide.docx").read_bytes() == b"edited by a trainer"
    assert "your version is kept as robin.guide (your changes).docx" in run("build", cwd=copy).err


def test_file_that_is_gone_is_made_again_alone(copy: Path, built: Path) -> None:
    (copy / BRIEFING).unlink()
    assert wrote(run("build", cwd=copy)) == ["briefings/robin.docx"]
    assert hashes(copy) == hashes(built)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["brand.yaml", "deck.pptx"])
def test_changed_house_brand_builds_another_brand_anew(tmp_path: Path, name: str) -> None:
    """The house brand lends what another lacks. The toolkit is copied: its own brand is changed here."""
    for part in ("toolkit", "templates", "reference"):
        shutil.copytree(TOP / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    board = invented(tmp_path / "board")
    shutil.copytree(TOP / "templates" / "brands" / "house", board / "templates" / "brands" / "borough")
    edit(board / "briefings" / "robin.yaml", "outline:", "brand: borough\noutline:")
    (board / "decks" / "robin.yaml").unlink()
    assert wrote(run("build", cwd=board, PYTHONPATH=str(tmp_path)))
    assert not wrote(run("build", cwd=board, PYTHONPATH=str(tmp_path)))
    house = tmp_path / "templates" / "brands" / "house" / name
    house.write_bytes(house.read_bytes() + b"\n")
    assert wrote(run("build", cwd=board, PYTHONPATH=str(tmp_path))) == [
        "briefings/robin.docx",
        "briefings/robin.pdf",
    ]


def test_an_edition_has_files_of_its_own_beside_those_of_its_deck(copy: Path) -> None:
    before = hashes(copy)
    wanted = ("--minutes", "20", "--lens", "schools", "--points", "R-2")
    ran = run_here("build", "decks/robin", *wanted, "--only", "pptx", cwd=copy)
    name = "decks/robin-20-minutes-schools-R-2.pptx"
    assert (ran.code, ran.err, wrote(ran)) == (0, "", [name])
    assert {one for one, value in hashes(copy).items() if before.get(one) != value} == {f"build/{name}"}
    titles = [slide.title for slide in office.slides(copy / "build" / name)]
    assert "A letter without an answer needs a telephone call" in titles
    assert "Somebody needs to see and hear the child" not in titles
    assert "20 minutes, for Schools and colleges" in office.words(copy / "build" / name)
    assert run_here("build", "decks/robin", *wanted, "--only", "pptx", cwd=copy).out == "1 unchanged.\n"
    assert run_here("build", cwd=copy).out.startswith("2 unchanged.")


@pytest.mark.parametrize("written", ["[everyone]", "[ Everyone , all ]", "Everyone", "ALL"])
def test_everyone_may_be_written_in_several_ways(project: Path, written: str) -> None:
    edit(project / "decks" / "robin.yaml", "audience: everyone", f"audience: {written}")
    opened = Project(project)
    assert opened.work(opened.targets()[0])[0].audience == ()  # type: ignore[attr-defined]


def test_an_edition_for_everyone_of_a_deck_for_some(project: Path) -> None:
    edit(project / "decks" / "robin.yaml", "audience: everyone", "audience: [schools]")
    for word in ("everyone", "Everyone"):
        ran = run_here("build", "decks/robin", "--lens", word, "--only", "pptx", cwd=project)
        assert ran.code == 0, ran.err
        assert set(hashes(project)) == {"build/decks/robin-everyone.pptx"}
    words = office.words(project / "build" / "decks" / "robin-everyone.pptx")
    assert "A session about an invented review. 30 minutes, for everyone" in words


def test_an_edition_keeps_the_subtitle_of_its_deck_unless_it_tells_minutes(project: Path) -> None:
    ran = run_here("build", "decks/robin", "--minutes", "20", "--only", "pptx", cwd=project)
    assert (ran.code, "subtitle" in ran.out + ran.err) == (0, False)
    made = project / "build" / "decks" / "robin-20-minutes.pptx"
    assert "A session about an invented review. 20 minutes, for everyone" in office.words(made)
    edit(project / "decks" / "robin.yaml", "A session about an invented review", "30 minutes on a review")
    ran = run_here("build", "decks/robin", "--minutes", "20", "--only", "pptx", cwd=project)
    assert ran.code == 0, ran.err
    told = "this edition leaves out the subtitle “30 minutes on a review”: it tells how long the deck is"
    assert told in ran.out
    assert "on a review" not in office.words(made)
    assert "20 minutes, for everyone" in office.words(made)
    ran = run_here("build", "decks/robin", "--only", "pptx", cwd=project)
    assert "leaves out" not in ran.out
    assert "30 minutes on a review" in office.words(project / "build" / "decks" / "robin.pptx")


@pytest.mark.parametrize(
    "wanted, said",
    [
        (("--lens", "polise"), "no agency is called 'polise'"),
        (("--lens", "schools", "--lens", "Everyone"), "everyone is named together with agencies"),
        (("--points", "R-9"), "none of these reviews has a point 'R-9' that can be printed"),
        (("--minutes", "8", "--points", "R-1,R-2"), "2 points need at least 14 minutes"),
    ],
)
def test_an_edition_that_cannot_be_is_told_and_nothing_is_written(
    project: Path, wanted: tuple[str, ...], said: str
) -> None:
    ran = run_here("build", "decks/robin", *wanted, cwd=project)
    assert (ran.code, hashes(project)) == (1, {})
    assert said in ran.err


def test_source_that_is_saved_during_a_build_is_seen_by_the_next(project: Path) -> None:
    opened = Project(project)
    target = opened.targets()[1]

    class Saved:
        """Somebody saves the review while the files are being drawn."""

        def lend(self, todo: list[Job]) -> None:
            if len(todo) == 2:
                edit(project / "reviews" / "robin.yaml", "nobody spoke to Robin alone", "nobody asked Robin")

        def dismiss(self) -> None:
            raise AssertionError("this is not long")

        def collect(self) -> Drawn:
            return {}

    assert build(opened, target, Options(), Saved()).written
    assert "nobody spoke to Robin alone" in office.words(project / BRIEFING)
    assert BRIEFING.removeprefix("build/") in wrote(run("build", "briefings/robin", cwd=project))
    assert "nobody asked Robin" in office.words(project / BRIEFING)


def test_a_long_deck_is_drawn_by_one_process_and_comes_out_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Project(project)
    target = opened.targets()[0]
    assert build(opened, target, Options()).written
    usual = hashes(project)
    shutil.rmtree(project / "build")
    dismissed = []

    class Idle:
        """Somebody who has nothing to do."""

        def lend(self, todo: list[Job]) -> None:
            raise AssertionError("a long deck is not lent")

        def dismiss(self) -> None:
            dismissed.append(1)

        def collect(self) -> Drawn:
            return {}

    monkeypatch.setattr("toolkit.build.MOST_LENT", 2)
    assert build(opened, target, Options(), Idle()).written
    assert dismissed == [1] and hashes(project) == usual


@pytest.mark.skipif(os.name == "nt", reason="makes a file of the system immovable through a folder")
def test_build_that_was_broken_off_between_two_files_does_not_take_its_own_for_a_persons(copy: Path) -> None:
    pdf = copy / "build" / "briefings" / "robin.pdf"
    pdf.unlink()
    pdf.mkdir()
    (pdf / "in the way").touch()  # the document is replaced, the PDF cannot be
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    assert run("build", "briefings/robin", cwd=copy).code == 1
    shutil.rmtree(pdf)
    ran = run("build", "briefings/robin", cwd=copy)
    assert (ran.code, ran.err) == (0, "")
    assert "What did you hear?" in office.words(copy / BRIEFING)


def test_own_template_that_appears_or_goes_builds_anew(copy: Path) -> None:
    own = copy / "templates" / "pages" / "box-talk.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("layout: part\ntitle: Trafod\nbody: Beth nesaf?\n", "utf-8")
    assert run_here("build", "briefings/robin", cwd=copy).out.startswith("wrote")
    assert {"Trafod", "Beth nesaf?"} <= set(office.document(copy / BRIEFING))
    own.unlink()
    assert run_here("build", "briefings/robin", cwd=copy).out.startswith("wrote")
    assert "Trafod" not in office.document(copy / BRIEFING)


@pytest.mark.parametrize("mode", ["room", "online"])
def test_every_part_of_the_notes_is_printed_in_the_guide_and_those_for_the_room_with_the_slide(
    project: Path, mode: str
) -> None:
    page = project / "templates" / "pages" / "check-in.yaml"
    page.parent.mkdir(parents=True)
    parts = [part for part in NOTES if part not in ("minutes", "next")]
    notes = "".join(f"  {part}: These are the words of {part.replace('_', ' ')} here.\n" for part in parts)
    page.write_text(f"layout: section\ntitle: An invented pause\ntext: Breathe.\nnotes:\n{notes}", "utf-8")
    outline = project / "templates" / "outlines" / "session.yaml"
    outline.parent.mkdir(parents=True)
    outline.write_bytes((TOP / "templates" / "outlines" / "session.yaml").read_bytes())
    edit(outline, "page: check-in, shortest: 75,", "page: check-in,")
    edit(outline, "full, late: 7}", "full}")
    edit(project / "decks" / "robin.yaml", "minutes:", f"mode: {mode}\nminutes:")
    assert run_here("build", "decks/robin", "--only", "pptx,guide.docx", cwd=project).code == 0
    slide = next(s for s in office.slides(project / DECK) if s.title == "An invented pause")
    guide = office.words(project / "build/decks/robin.guide.docx")

    def printed(words: str) -> set[str]:
        return {part for part in parts if f"These are the words of {part.replace('_', ' ')} here." in words}

    elsewhere = {"do", "group", "bring"} if mode == "online" else {"online"}
    assert printed(guide) == set(parts) - elsewhere
    assert printed("\n".join(slide.notes)) == set(ROOM) & set(parts) - elsewhere | (
        {"online"} if mode == "online" else set()
    )


def test_hand_edited_file_is_left_alone_and_then_kept(copy: Path) -> None:
    (copy / BRIEFING).write_bytes(b"edited by a trainer")
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert ran.code == 0
    assert f"{BRIEFING} was changed by hand since it was built; it is left as it is" in ran.err
    assert (copy / BRIEFING).read_bytes() == b"edited by a trainer"
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert ran.code == 0
    assert (
        f"{BRIEFING} had been changed by hand; your version is kept as robin (your changes).docx" in ran.err
    )
    assert (copy / "build/briefings/robin (your changes).docx").read_bytes() == b"edited by a trainer"
    assert office.document(copy / BRIEFING)
    (copy / BRIEFING).write_bytes(b"edited again")
    edit(copy / "briefings" / "robin.yaml", "What did you hear?", "What did you see?")
    assert "robin (your changes 2).docx" in run_here("build", "briefings/robin", cwd=copy).err
    assert (copy / "build/briefings/robin (your changes).docx").read_bytes() == b"edited by a trainer"
    assert (copy / "build/briefings/robin (your changes 2).docx").read_bytes() == b"edited again"


def test_final_refuses_what_nobody_has_checked(project: Path) -> None:
    ran = run_here("build", "--final", cwd=project)
    assert ran.code == 1
    words = "point 'R-2' of 'robin' is printed, and nobody has checked it against the review report"
    assert ran.err.count(words) == 1  # one place, though the deck and the briefing print it
    assert "2 of 2 could not be built." in ran.err
    assert not hashes(project)
    edit(
        project / "reviews" / "robin.yaml",
        "    lenses: [schools]\n",
        "    lenses: [schools]\n"
        "    checked: {by: An invented manager, on: 2026-11-23, source: S1, where: 5.4}\n",
    )
    assert run_here("approve", "robin", "--by", "An invented manager", cwd=project).code == 0
    ran = run_here("build", "--final", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    for name in (DECK, DECK.replace(".pptx", ".guide.docx"), DECK.replace(".pptx", ".team.docx"), BRIEFING):
        assert "not yet checked against the report" not in office.words(project / name)
    slide = next(s for s in office.slides(project / DECK) if s.title.startswith("A letter without an answer"))
    assert {"What the review found", "The review, 5.4; The Invented Echo, 2 May 2024"} <= set(slide.shown)


def test_what_nobody_has_checked_has_its_speaker_on_the_slide_in_the_notes_and_on_paper(copy: Path) -> None:
    heading = "What others say the review found"
    source = "The Invented Echo, 2 May 2024; not yet checked against the report"
    edit(copy / "briefings" / "robin.yaml", "points: [R-1]", "points: [R-1, R-2]")
    assert run_here("build", cwd=copy).code == 0
    slide = next(s for s in office.slides(copy / DECK) if s.title.startswith("A letter without an answer"))
    assert slide.shown.index(heading) < slide.shown.index("A second letter was not answered.")
    assert source in slide.shown
    for name in (DECK.replace(".pptx", ".guide.docx"), BRIEFING):
        lines = office.document(copy / name)
        assert any(line.startswith(heading) for line in lines), name
        assert any(source in line for line in lines), name
    other = next(s for s in office.slides(copy / DECK) if s.title.startswith("Somebody needs"))
    assert "What the review found" in other.shown
    assert "The review, 5.2" in other.shown
    assert not any(
        words in line
        for line in (*other.shown, *other.notes)
        for words in ("others say", "not yet checked against")
    )


def test_a_file_of_which_there_is_no_plan_any_more_goes_and_a_persons_stays(project: Path) -> None:
    asked = "quiz:\n  - text: Who came?\n    answers: [{text: Six people, right: yes}, {text: Nobody}]\n"
    asked += "    because: Six visits were made.\n    cites: [S1 4.1]\n"
    review, quiz = project / "reviews" / "robin.yaml", project / "build" / "decks" / "robin.quiz.gift.txt"
    review.write_text(review.read_text("utf-8") + asked, "utf-8")
    assert "decks/robin.quiz.gift.txt" in wrote(run_here("build", "decks/robin", cwd=project))
    edit(review, asked, "")
    ran = run_here("build", "decks/robin", cwd=project)
    assert (ran.code, ran.err, quiz.exists()) == (0, "", False)
    assert run_here("build", "decks/robin", cwd=project).out.startswith("1 unchanged.")
    assert run_here("build", "decks/robin", "--only", "quiz.gift.txt", cwd=project).out == "1 unchanged.\n"
    review.write_text(review.read_text("utf-8") + asked, "utf-8")
    assert wrote(run_here("build", "decks/robin", "--only", "quiz.gift.txt", cwd=project))
    quiz.write_bytes(b"edited by a trainer")
    edit(review, asked, "")
    ran = run_here("build", "decks/robin", cwd=project)
    kept = quiz.with_name("robin.quiz.gift (your changes).txt")
    assert kept.name in ran.err
    assert (kept.read_bytes(), quiz.exists()) == (b"edited by a trainer", False)


def test_a_file_that_was_never_built_is_not_taken_away(project: Path) -> None:
    mine = project / "build" / "decks" / "robin.quiz.gift.txt"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    assert run_here("build", "decks/robin", cwd=project).code == 0
    assert mine.read_bytes() == b"mine"


def test_jinja_in_content_prints_as_itself(project: Path) -> None:
    strange = "{{ 7*7 }} {% raw %} {# x #} # 1 concern | a | **b"
    edit(
        project / "reviews" / "robin.yaml",
        "The review found that nobody spoke to Robin alone.",
        f"'The review found {strange} and more.'",
    )
    edit(
        project / "reviews" / "robin.yaml",
        "finding: Robin was not spoken to alone at any visit.",
        f"finding: '{strange}'",
    )
    said = "Six people came to the home. Not one of them spoke with Robin alone."
    edit(project / "reviews" / "robin.yaml", said, f"'{strange} came.'")
    ran = run_here("build", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    slide = next(s for s in office.slides(project / DECK) if s.title.startswith("Somebody needs"))
    assert strange in slide.shown
    assert f"{strange} came." in slide.notes
    assert f"The review found {strange} and more." in office.words(project / "build/decks/robin.guide.docx")
    assert f"The review found {strange} and more." in office.words(project / BRIEFING)


def test_one_broken_deck_does_not_stop_the_others(project: Path) -> None:
    shutil.copy(project / "decks" / "robin.yaml", project / "decks" / "a-broken.yaml")
    edit(project / "decks" / "a-broken.yaml", "review: robin", "review: wren")
    ran = run("build", cwd=project)
    assert ran.code == 1
    assert "decks/a-broken.yaml:9:13: error: no review is called 'wren'" in ran.err
    assert ran.err.endswith("1 of 3 could not be built. The others are built.\n")
    assert {DECK, BRIEFING} <= set(hashes(project))
    assert not (project / "build" / "decks" / "a-broken.pptx").exists()


def refused(ran: Ran, folder: Path, words: str, before: dict[str, str]) -> None:
    """The run failed in plain words, and every file is what it was."""
    assert ran.code == 1, ran
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert hashes(folder) == before
    assert not list((folder / "build").rglob("*.part"))


def test_file_that_cannot_be_replaced_is_told_and_left(project: Path) -> None:
    """A folder that holds something cannot be replaced by a file, as an open file cannot on Windows."""
    (project / DECK).mkdir(parents=True)
    (project / DECK / "inside.txt").write_text("mine", "utf-8")
    before = hashes(project)
    refused(
        run_here("build", "decks/robin", cwd=project),
        project,
        "build/decks/robin.pptx: error: the file cannot be written",
        before,
    )


class Full:
    """A disk that is full when a file of this name is put on it."""

    def __init__(self, patch: pytest.MonkeyPatch, ending: str) -> None:
        self.real, self.ending = files._fill, ending
        patch.setattr(files, "_fill", self)

    def __call__(self, part: Path, data: bytes, hurry: bool = False) -> None:
        if self.ending in part.name:
            self.real(part, data[: len(data) // 2], True)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.real(part, data, hurry)


@pytest.mark.parametrize("name", ["robin.docx", "robin.pdf"])
def test_full_disk_is_told_and_every_old_file_kept(copy: Path, name: str) -> None:
    (copy / BRIEFING).write_bytes(b"edited by a trainer")
    before = hashes(copy)
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    with pytest.MonkeyPatch.context() as patch:
        Full(patch, name)
        refused(
            run_here("build", "briefings/robin", cwd=copy),
            copy,
            "the disk is full: nothing was written, and the old file is as it was",
            before,
        )
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert (ran.code, ran.err.count("your version is kept as robin (your changes).docx")) == (0, 1)
    assert "What did you hear?" in office.words(copy / BRIEFING)


def test_a_disk_that_is_full_at_the_stamp_is_told_and_the_next_build_heals_it(copy: Path) -> None:
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    with pytest.MonkeyPatch.context() as patch:
        Full(patch, "robin.json")
        ran = run_here("build", "briefings/robin", cwd=copy)
    assert ran.code == 0
    assert "robin is built, but this cannot be noted in build/.stamps/briefings/robin.json" in ran.err
    assert "What did you hear?" in office.words(copy / BRIEFING)
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert (ran.code, ran.err, len(wrote(ran))) == (0, "", 2)
    assert run_here("build", "briefings/robin", cwd=copy).out == "1 unchanged.\n"


def test_where_an_edited_file_cannot_go_back_it_is_told_where_it_is(copy: Path) -> None:
    (copy / BRIEFING).write_bytes(b"edited by a trainer")
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    real = Path.replace

    def stops(self: Path, target: Path) -> Path:
        if target.suffix == ".pdf" and target.parent.name == "briefings":
            raise PermissionError(errno.EACCES, "it is open")
        return real(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", stops)
        ran = run_here("build", "briefings/robin", cwd=copy)
    assert ran.code == 1
    assert "build/briefings/robin.pdf: error: the file cannot be replaced" in ran.err
    assert "your version of this file is kept as robin (your changes).docx" in ran.err
    assert (copy / "build/briefings/robin (your changes).docx").read_bytes() == b"edited by a trainer"
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("stamps", ["gone", "damaged", "empty", "a list", "all gone"])
def test_without_its_stamp_an_edited_file_is_kept_and_our_own_is_not(
    copy: Path, built: Path, stamps: str
) -> None:
    stamp = copy / "build" / ".stamps" / "briefings" / "robin.json"
    wrong = {"gone": None, "damaged": b"{", "empty": b"", "a list": b"[1]", "all gone": None}[stamps]
    if stamps == "all gone":
        shutil.rmtree(copy / "build" / ".stamps")
    elif wrong is None:
        stamp.unlink()
    else:
        stamp.write_bytes(wrong)
    (copy / BRIEFING).write_bytes(b"edited by a trainer")
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert ran.code == 0
    said = f"note: {BRIEFING} was there, and is not as the toolkit wrote it;"
    assert ran.err == f"{said} your version is kept as robin (your changes).docx\n"
    assert (copy / "build/briefings/robin (your changes).docx").read_bytes() == b"edited by a trainer"
    ours = {name: value for name, value in hashes(copy).items() if "(your" not in name}
    assert ours == hashes(built)


def test_a_file_that_was_there_before_the_first_build_is_kept(project: Path) -> None:
    (project / "build" / "briefings").mkdir(parents=True)
    (project / BRIEFING).write_bytes(b"mine")
    ran = run_here("build", "briefings/robin", cwd=project)
    assert "your version is kept as robin (your changes).docx" in ran.err
    assert (project / "build/briefings/robin (your changes).docx").read_bytes() == b"mine"


def test_a_file_that_is_saved_while_it_is_built_is_kept(copy: Path) -> None:
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    opened = Project(copy)
    target = opened.targets()[1]

    class Saved:
        """Somebody saves the document while the files are being drawn."""

        def lend(self, todo: list[Job]) -> None:
            (copy / BRIEFING).write_bytes(b"saved just now")

        def dismiss(self) -> None:
            raise AssertionError("this is not long")

        def collect(self) -> Drawn:
            return {}

    done = build(opened, target, Options(), Saved())
    assert "your version is kept as robin (your changes).docx" in " ".join(done.remarks)
    assert (copy / "build/briefings/robin (your changes).docx").read_bytes() == b"saved just now"
    assert "What did you hear?" in office.words(copy / BRIEFING)


def test_a_build_that_was_killed_before_its_stamp_leaves_no_false_copy(copy: Path, built: Path) -> None:
    """The files are new, and the stamp is old; then the source is as it was."""
    old = (copy / "build" / ".stamps" / "briefings" / "robin.json").read_bytes()
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    assert run_here("build", "briefings/robin", cwd=copy).code == 0
    (copy / "build" / ".stamps" / "briefings" / "robin.json").write_bytes(old)
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert (ran.code, ran.err) == (0, "")
    (copy / "build" / ".stamps" / "briefings" / "robin.json").write_bytes(old)
    edit(copy / "briefings" / "robin.yaml", "What did you hear?", "What did a child tell you this week?")
    ran = run_here("build", "briefings/robin", cwd=copy)
    assert (ran.code, ran.err, len(wrote(ran))) == (0, "", 2)
    assert hashes(copy) == hashes(built)


def test_what_is_left_of_a_killed_build_goes_though_nothing_has_changed(copy: Path, built: Path) -> None:
    left = [
        copy / "build" / "decks" / ".robin.pptx.4711.toolkit.part",
        copy / "build" / "briefings" / ".robin.pdf.part",
        copy / "build" / ".stamps" / "decks" / ".robin.json.1.toolkit.part",
    ]
    for path in left:
        path.write_bytes(b"half")
    ran = run_here("build", cwd=copy)
    assert (ran.code, ran.err, ran.out.startswith("2 unchanged.")) == (0, "", True)
    assert not any(path.exists() for path in left)
    assert hashes(copy) == hashes(built)


def test_what_is_left_of_a_deck_that_is_gone_is_told(copy: Path) -> None:
    assert run_here("build", "decks/robin", "--minutes", "20", "--only", "pptx", cwd=copy).code == 0
    assert run_here("build", cwd=copy).err == ""
    (copy / "decks" / "robin.yaml").rename(copy / "decks" / "wren.yaml")
    ran = run_here("build", "--only", "pptx", cwd=copy)
    words = "note: there is no decks/robin.yaml any more, but build/decks still holds "
    assert f"{words}robin.pptx and 7 more: delete what you do not need" in ran.err
    assert f"{words}robin-20-minutes.pptx: delete what you do not need" in ran.err
    for path in (copy / "build" / "decks").glob("robin*"):
        path.unlink()
    assert run_here("build", "--only", "pptx", cwd=copy).err == ""


def test_what_an_earlier_toolkit_made_is_told_once(copy: Path) -> None:
    stamp = copy / "build" / ".stamps" / "briefings" / "robin.json"
    known = json.loads(stamp.read_bytes())
    known["outputs"][".odt"] = {**known["outputs"][".docx"], "made_from": "of an earlier one"}
    stamp.write_text(json.dumps(known))
    (copy / "build" / "briefings" / "robin.odt").write_bytes(b"old")
    edit(copy / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?")
    said = "build/briefings/robin.odt is not made any more and stays as it is"
    assert said in run_here("build", "briefings/robin", cwd=copy).err
    edit(copy / "briefings" / "robin.yaml", "What did you hear?", "What did you see?")
    assert run_here("build", "briefings/robin", cwd=copy).err == ""


def test_a_template_outside_the_folder_of_its_brand_is_a_source(copy: Path) -> None:
    brand = copy / "templates" / "brands" / "ours"
    shutil.copytree(TOP / "templates" / "brands" / "house", brand)
    (brand / "briefing.docx").rename(copy.parent / "elsewhere.docx")
    edit(brand / "brand.yaml", "briefing: briefing.docx", "briefing: ../../../../elsewhere.docx")
    edit(copy / "briefings" / "robin.yaml", "outline:", "brand: ours\noutline:")
    assert len(wrote(run_here("build", "briefings/robin", cwd=copy))) == 2
    assert run_here("build", "briefings/robin", cwd=copy).out == "1 unchanged.\n"
    with (copy.parent / "elsewhere.docx").open("ab") as file:
        file.write(b"\0")
    assert run_here("build", "briefings/robin", cwd=copy).out != "1 unchanged.\n"


@pytest.mark.parametrize("what", [".stamps", ".stamps/briefings/robin.json", "briefings/.robin.docx.part"])
def test_the_wrong_kind_of_file_below_build_stops_nothing(copy: Path, built: Path, what: str) -> None:
    path = copy / "build" / what
    if path.is_dir():
        shutil.rmtree(path)
        path.write_bytes(b"not a folder")
    else:
        path.unlink(missing_ok=True)
        path.mkdir()
    ran = run_here("build", cwd=copy)
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    assert hashes(copy) == hashes(built)
    assert ("cannot be noted" in ran.err) is what.startswith(".stamps")


def test_build_that_is_a_file_is_told_and_left(project: Path) -> None:
    (project / "build").write_bytes(b"mine")
    ran = run_here("build", cwd=project)
    assert ran.code == 1
    assert ran.err.startswith(
        "build: error: this cannot be written: there is a file where a folder should be"
    )
    assert (project / "build").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["x" * 240, "a\udcff", "con", "a\nb"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_deck_with_a_name_that_no_file_can_have_is_told(project: Path, name: str) -> None:
    deck = project / "decks" / "robin.yaml"
    deck.rename(deck.with_name(f"{name}.yaml"))
    ran = run_here("build", cwd=project)
    assert ran.code == 1
    assert "will not do as a name" in ran.err
    assert "Traceback" not in ran.err
    assert not [name for name in hashes(project) if not name.startswith("build/briefings/robin.")]


@pytest.mark.skipif(os.name == "nt", reason="pipes are files on POSIX alone")
@pytest.mark.parametrize(
    "name",
    [
        "reviews/robin.yaml",
        "decks/robin.yaml",
        "board.yaml",
        "reference/themes.yaml",
        "templates/pages/check-in.yaml",
        "templates/outlines/session.yaml",
        "templates/brands/ours/brand.yaml",
        "templates/brands/ours/deck.pptx",
        "build/.cache/brands/ours.zip",
        "build/decks/robin.pptx",
    ],
)
@pytest.mark.parametrize("device", [False, True])
def test_a_pipe_or_a_device_in_place_of_a_file_is_not_waited_for(
    project: Path, name: str, device: bool
) -> None:
    shutil.copytree(TOP / "templates" / "brands" / "house", project / "templates" / "brands" / "ours")
    edit(project / "decks" / "robin.yaml", "minutes:", "brand: ours\nminutes:")
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if device:
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    ran = run_here("build", "decks/robin", "--only", "pptx", cwd=project)
    made = name.startswith("build/")
    assert (ran.code, "Traceback" in ran.err) == (0 if made else 1, False)
    assert made or Path(name).name in ran.err


@pytest.mark.skipif(os.name == "nt", reason="file sizes are limited through POSIX")
def test_write_that_stops_half_way_leaves_the_old_file(copy: Path) -> None:
    before = hashes(copy)
    edit(copy / "decks" / "robin.yaml", "title: Learning from Robin", "title: What Robin teaches")

    import resource  # not on Windows

    def small_files() -> None:
        limit_cpu()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "build", "decks/robin"],
        cwd=copy,
        capture_output=True,
        preexec_fn=small_files,
    )
    refused(
        Ran(done.returncode, done.stdout.decode(), done.stderr.decode()),
        copy,
        "build/decks/robin.pptx: error: the file cannot be written",
        before,
    )


@pytest.mark.slow
def test_killed_build_leaves_the_old_file_or_the_new(copy: Path) -> None:
    whole = invented(copy.parent / "whole")
    for folder in (copy, whole):
        edit(
            folder / "briefings" / "robin.yaml", "What did a child tell you this week?", "What did you hear?"
        )
    old = hashes(copy)[BRIEFING]
    started = time.monotonic()
    assert run("build", "briefings/robin", cwd=whole).code == 0
    took = time.monotonic() - started
    new = hashes(whole)
    for share in (0.7, 0.85, 1.0):
        child = subprocess.Popen(
            [sys.executable, "-m", "toolkit", "build", "briefings/robin"],
            cwd=copy,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=LIMITS,
        )
        time.sleep(took * share)
        child.kill()
        child.wait()
        assert hashes(copy)[BRIEFING] in (old, new[BRIEFING])
    assert run("build", "briefings/robin", cwd=copy).code == 0
    assert {name: value for name, value in hashes(copy).items() if name in new} == new


@pytest.mark.slow
def test_two_builds_at_once_leave_whole_files(project: Path, built: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "build", "briefings/robin"]
    children = [
        subprocess.Popen(
            command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=LIMITS
        )
        for _ in range(2)
    ]
    said = [child.communicate()[1].decode() for child in children]
    assert not any("Traceback" in words for words in said), said
    assert 0 in [child.returncode for child in children]
    assert hashes(project) == {
        name: value for name, value in hashes(built).items() if name.startswith("build/briefings/")
    }


def test_an_edition_never_takes_the_place_of_another_deck(copy: Path) -> None:
    deck = copy / "decks" / "robin.yaml"
    own = deck.with_name("robin-45-minutes.yaml")
    own.write_bytes(deck.read_bytes())
    before = hashes(copy)
    ran = run_here("build", "decks/robin", "--minutes", "45", cwd=copy)
    assert ran.code == 1
    assert "robin-45-minutes.yaml: error: the edition asked for has the name of this deck" in ran.err
    assert hashes(copy) == before


def test_an_edition_of_a_briefing_is_refused(copy: Path) -> None:
    ran = run_here("build", "briefings/robin", "--minutes", "45", cwd=copy)
    assert ran.code == 1
    assert "a briefing has no editions" in ran.err
    assert "name a deck, or leave these options out" in ran.err


def test_a_pdf_whose_letters_join_others_and_cannot_be_read_back_is_left_out_with_its_line(
    project: Path,
) -> None:
    place = Place(project / "reviews" / "robin.yaml", 3, 1)
    lost, other = Problem(place, "“\u09b0\u09b9” has not arrived"), Problem(place, "“Robin” has not arrived")
    assert _whole(b"PDF", [lost, other]) == (b"PDF", [lost, other])
    data, (problem,) = _whole(b"PDF", [lost])
    assert (data, problem.stops) == (b"", False)
    folder = Project(project)
    target = next(iter(folder.targets()))
    left = {".guide.pdf": problem, ".team.pdf": problem, ".cards.pdf": problem}
    assert list(_left_out(folder, target, left, (), lambda _, endings: f"do this for {len(endings)}")) == [
        "robin.guide.pdf, robin.team.pdf and robin.cards.pdf are not made: line 3 of reviews/robin.yaml has"
        " letters that join others, and they could not be read back\n      = do this for 3"
    ]
