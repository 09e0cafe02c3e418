"""What of a folder is out of date: reviews, decks, briefings, templates and registers; days to look again,
damaged registers, and files that are older than their sources.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TOP, edit, run_here
from toolkit import stamps
from toolkit.build import Options, make
from toolkit.makings import again, said
from toolkit.plan.model import Making, Paragraph, Span
from toolkit.problems import Place
from toolkit.project import Project
from toolkit.refresh.folder import reader
from toolkit.targets import Wishes

REGISTER = "".join(
    f"- {{id: walking-{year}, instrument: walking, edition: '{year}', title: Walking With Children,"
    f" nation: England, {day}}}\n"
    for year, day in ((2015, "since: 2015"), (2018, "since: 2018-07-04"), (2023, "said: 2023-12"))
)
OWN_TERMS = "- {old: wise owl, forms: [WO], new: tree keeper, since: '2019', date: 2019-09-29}\n"


def registers(project: Path) -> Path:
    """The folder with an invented register of guidance and of terms."""
    (project / "reference").mkdir()
    (project / "reference" / "guidance.yaml").write_text(REGISTER, "utf-8")
    (project / "reference" / "terms.yaml").write_text(OWN_TERMS, "utf-8")
    return project


def places(project: Path, day: str) -> list[str]:
    """What is out of date in a folder: each place with the first words of what is said."""
    found = reader(Project(project), day).every()
    return [
        f"{one.problem.place.path.relative_to(project).as_posix()}:{one.problem.place.line}"
        for one in found
        if one.problem.place.path.is_relative_to(project)
    ]


def line(path: Path, words: str) -> int:
    return next(n for n, one in enumerate(path.read_text("utf-8").splitlines(), 1) if words in one)


def test_an_account_of_its_time_keeps_its_words_and_todays_practice_does_not(project: Path) -> None:
    review = registers(project) / "reviews" / "robin.yaml"
    edit(review, "published: 2024-05-01", "published: 2018-05-01")
    edit(review, "Six invented visits", "The WO made visits under Walking With Children 2015")
    edit(review, "See each child alone and", "As Walking With Children 2015 asks the WO and")
    edit(review, "title: An invented report", "title: The WO report on Walking With Children 2015")
    assert places(project, "2026-01-01") == [f"reviews/robin.yaml:{line(review, 'asks the WO')}"] * 2
    assert places(project, "2018-07-03") == []
    assert places(project, "2018-07-04") == [f"reviews/robin.yaml:{line(review, 'asks the WO')}"]


def test_an_account_of_a_later_time_does_not_keep_them(project: Path) -> None:
    review = registers(project) / "reviews" / "robin.yaml"  # published in 2024
    edit(review, "Six invented visits were", "Visits of the WO were")
    assert places(project, "2026-01-01") == [f"reviews/robin.yaml:{line(review, 'of the WO')}"]


def test_a_cite_of_superseded_guidance_is_found_in_practice(project: Path) -> None:
    review = registers(project) / "reviews" / "robin.yaml"
    edit(
        review, "kind: context, read: part", "kind: context, read: part, instrument: walking, edition: '2018'"
    )
    edit(review, "cites: [S4]", "cites: [S4 chapter 4]")
    edit(review, "cites: [S1 4.1]", "cites: [S1 4.1, S4 chapter 1]")  # in what happened, which stays
    assert places(project, "2023-12-30") == []
    ran = run_here("stale", "--on", "2023-12-31", cwd=project)
    assert ran.code == 0
    where = f"reviews/robin.yaml:{line(review, 'S4 chapter 4')}:"
    assert ran.out.startswith(where), ran.out
    assert "S4 is Walking With Children 2018, chapter 4, which is said to have been superseded by" in ran.out
    assert "= read Walking With Children 2023, and cite it with its own chapter or paragraph" in ran.out
    assert "1 thing is out of date on 31 December 2023." in ran.out
    assert run_here("stale", "--on", "2023-12-31", "--fail", cwd=project).code == 1
    assert run_here("stale", "--on", "2023-12-30", "--fail", cwd=project).code == 0


def test_two_editions_of_one_year_are_told_apart_by_the_month(project: Path, tmp_path: Path) -> None:
    review = registers(project) / "reviews" / "robin.yaml"
    new = "- {id: walking-2023-02, instrument: walking, edition: 2023-02, title: Walking With Children,"
    own = project / "reference" / "guidance.yaml"
    own.write_text(REGISTER + new + " nation: England, since: 2023-02}\n", "utf-8")
    deck = project / "decks" / "robin.yaml"
    edit(deck, "A session about an invented review", "A session on Walking With Children 2023")
    edit(
        review, "kind: context, read: part", "kind: context, read: part, instrument: walking, edition: '2023'"
    )
    edit(review, "cites: [S4]", "cites: [S4 chapter 4]")
    either = "may be the edition of December 2023 or that of February 2023"
    unsure = f"{either}, so nobody can tell whether it holds"

    out = run_here("stale", "--on", "2024-01-01", cwd=project).out
    assert f"S4, Walking With Children 2023, chapter 4, {unsure}" in out
    assert f"decks/robin.yaml:3:24: advice: Walking With Children 2023 {unsure}" in out, out
    assert "= write the month as well, such as Walking With Children February 2023" in out
    ran = run_here("check", cwd=project)
    assert ran.code == 0
    assert f"'S4' of 2023 {either}, so nobody is told when it is superseded" in ran.err + ran.out
    assert "= write edition: 2023-12 or 2023-02" in ran.err + ran.out
    (tmp_path / "guidance.txt").write_text("Sit on the floor.\n", "utf-8")
    ran = run_here("cite", tmp_path / "guidance.txt", "--review", "robin", "--source", "S4", cwd=project)
    assert f"S4 of 2023 {either}" in ran.out
    assert either not in run_here("stale", "--on", "2023-06-01", cwd=project).out  # one had begun

    edit(review, "edition: '2023'", "edition: 2023-12")
    edit(deck, "Children 2023", "Children December 2023")
    assert "Walking" not in run_here("stale", "--on", "2024-01-01", cwd=project).out
    assert "'S4' of" not in run_here("check", cwd=project).err
    assert (
        "may be"
        not in run_here(
            "cite", tmp_path / "guidance.txt", "--review", "robin", "--source", "S4", cwd=project
        ).out
    )
    edit(deck, "December 2023", "February 2023")
    out = run_here("stale", "--on", "2024-01-01", cwd=project).out
    assert "Walking With Children February 2023 is said to have been superseded by" in out
    edit(deck, "February 2023", "2023")
    own.write_text(own.read_text("utf-8").replace("2015", "2030"), "utf-8")
    out = run_here("stale", "--on", "2031-01-01", cwd=project).out
    assert f"Walking With Children 2023 {either}: none of them holds any more" in out
    assert "= read Walking With Children 2030, and cite it" in out


def test_decks_briefings_templates_and_registers_are_read_too(project: Path) -> None:
    registers(project)
    edit(project / "decks" / "robin.yaml", "A session about an invented", "A session for the WO about an")
    edit(project / "briefings" / "robin.yaml", "What did a child tell", "As WO, what did a child tell")
    (project / "templates" / "pages").mkdir(parents=True)
    page = "layout: part\ntitle: The WO\nbody: |\n  A line.\n\n  {{ kind.WO }} > WO\n  > WO\n  Ask the WO.\n"
    (project / "templates" / "pages" / "own.yaml").write_text(page, "utf-8")
    (project / "reference" / "themes.yaml").write_text("- {id: wo, title: What a WO does}\n", "utf-8")
    assert places(project, "2026-01-01") == [
        f"briefings/robin.yaml:{line(project / 'briefings' / 'robin.yaml', 'As WO')}",
        f"decks/robin.yaml:{line(project / 'decks' / 'robin.yaml', 'the WO')}",
        "reference/themes.yaml:1",
        "templates/pages/own.yaml:2",
        "templates/pages/own.yaml:6",
        "templates/pages/own.yaml:8",
    ]


def test_a_remark_keeps_what_must_stand(project: Path) -> None:
    deck = registers(project) / "decks" / "robin.yaml"
    edit(deck, "subtitle: A session", "# keep: the name of a form\nsubtitle: A WO session")
    assert places(project, "2026-01-01") == []
    edit(deck, "# keep: the name of a form", "# keeping is no remark of that kind")
    assert places(project, "2026-01-01") == ["decks/robin.yaml:4"]


@pytest.mark.parametrize("day, number", [("2027-04-30", 0), ("2027-05-01", 0), ("2027-05-02", 7)])
def test_what_was_to_be_looked_at_again(project: Path, day: str, number: int) -> None:
    registers(project)
    line = "review_by: 2027-05-01\n"
    for folder in ("reviews", "decks", "briefings"):
        path = project / folder / "robin.yaml"
        path.write_text(path.read_text("utf-8") + line, "utf-8")
    for name in ("guidance", "terms"):
        path = project / "reference" / f"{name}.yaml"
        words = path.read_text("utf-8").replace("}\n", ", review_by: 2027-05-01}\n", 1)
        path.write_text(words, "utf-8")
    theme = "- {id: wo, title: A theme, review_by: 2027-05-01}\n"
    (project / "reference" / "themes.yaml").write_text(theme, "utf-8")
    (project / "templates" / "pages").mkdir(parents=True)
    page = f"layout: part\ntitle: A page\nbody: A line.\n{line}"
    (project / "templates" / "pages" / "own.yaml").write_text(page, "utf-8")
    ran = run_here("stale", "--on", day, cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("this was to be looked at again by 2027-05-01") == number
    assert run_here("check", cwd=project).code == 0


def test_nothing_is_out_of_date_and_days_that_are_none(project: Path) -> None:
    ran = run_here("stale", "--on", "2026-01-01", "--fail", cwd=project)
    assert (ran.code, ran.out, ran.err) == (0, "Nothing is out of date on 1 January 2026.\n", "")
    for command in ("stale", "build"):
        ran = run_here(command, "--on", "2026-02-30", cwd=project)
        assert (ran.code, ran.out) == (2, "")
        assert (
            ran.err
            == "--on needs a day, and '2026-02-30' is none. Write year-month-day, such as 2026-11-23.\n"
        )


def test_without_a_day_it_is_today(project: Path) -> None:
    edit(project / "decks" / "robin.yaml", "minutes: 30", f"minutes: 30\nreview_by: {date.today()}")
    assert run_here("stale", "--fail", cwd=project).code == 0
    edit(project / "decks" / "robin.yaml", f"review_by: {date.today()}", "review_by: 2020-01-01")
    assert run_here("stale", "--fail", cwd=project).code == 1


def test_a_folder_without_content_and_a_file_that_cannot_be_read(tmp_path: Path, project: Path) -> None:
    (tmp_path / "none").mkdir()
    ran = run_here("stale", cwd=tmp_path / "none")
    assert (ran.code, ran.out) == (1, "")
    assert "this folder has no reviews, decks or briefings" in ran.err
    edit(project / "reviews" / "robin.yaml", "id: robin", "id: [robin")
    (project / "decks" / "list.yaml").write_text("minutes: 30\nreviews:\n  - review: [robin]\n", "utf-8")
    (project / "decks" / "robin.yaml").write_text("- 3\n", "utf-8")
    ran = run_here("stale", cwd=project)
    assert ran.code == 1
    assert "reviews/robin.yaml:" in ran.err and "to put right." in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "lines, place, words, hint",
    [
        ("{since: 2020, said: 2021}", ":6:", "'a' has both 'since' and 'said'", "keep since if"),
        ("{since: 2020-05-02, until: 2020-05-01}", ":6:", "ends before it begins", "look at since and until"),
        ("{replaces: [a]}", ":5:", "'a' cannot take the place of itself", "delete it from replaces"),
        ("{replaces: [working-togther-2015]}", ":5:", "no guidance is called", "did you mean 'working-tog"),
        ("{replaces: [b]}", ":5:", "'a' and 'b' each take the place of the other", "delete one of them"),
        ("{since: yesterday}", ":5:", "", "2013-09"),
        ("{nations: England}", ":5:", "unknown field 'nations'", "put its words into 'nation'"),
    ],
)
def test_a_mistake_in_the_register_has_its_line_and_what_to_do(
    project: Path, lines: str, place: str, words: str, hint: str
) -> None:
    (project / "reference").mkdir()
    own = "".join(f"  {part.strip()}\n" for part in _fields(lines))
    text = f"- id: a\n  instrument: walking\n  title: Walking\n  nation: Nowhere\n{own}"
    text += "- {id: b, instrument: sitting, title: Sitting, nation: Nowhere, replaces: [a]}\n"
    (project / "reference" / "guidance.yaml").write_text(text, "utf-8")
    for command in (["check"], ["stale"], ["affected", "reference/guidance.yaml"]):
        ran = run_here(*command, cwd=project)
        assert ran.code == 1
        assert f"reference/guidance.yaml{place}" in ran.err, ran.err
        assert words in ran.err and hint in ran.err, ran.err


def _fields(flow: str) -> list[str]:
    parts = flow.strip("{}").split(", ")
    return [flow.strip("{}")] if "[" in flow else parts


def test_an_edition_stands_only_once(project: Path) -> None:
    (project / "reference").mkdir()
    one = "- {id: %s, instrument: walking, edition: '2020', title: Walking, nation: Nowhere}\n"
    (project / "reference" / "guidance.yaml").write_text(one % "a" + one % "b", "utf-8")
    ran = run_here("stale", cwd=project)
    assert ran.code == 1
    assert "guidance.yaml:2:3: error: the edition 2020 of walking stands here twice: 'a' and 'b'" in ran.err
    assert "of two in one year write the month as well, such as edition: 2020-09" in ran.err


@pytest.mark.parametrize(
    "name, text, said",
    [
        ("terms", "- {old: x, new: y, since: z, date: 2020, said: 2021}\n", "'x' has both 'date' and 'said'"),
        ("terms", "- {old: x, forms: [Y], new: y, since: z}\n", "'y' is both the old and the new word"),
        ("terms", "- {old: x, new: y\n", "terms.yaml:1:"),
        ("terms", "old: x\n", "terms.yaml:1:1"),
        (
            "kinds",
            "- {id: k, title: K, short: K, nation: N, today: k, purpose: p, change: c, source: s,"
            " guidance: working-togther-2018}\n",
            "kinds.yaml:1:",
        ),
    ],
)
def test_other_registers_tell_theirs(project: Path, name: str, text: str, said: str) -> None:
    (project / "reference").mkdir()
    (project / "reference" / f"{name}.yaml").write_text(text, "utf-8")
    ran = run_here("stale", cwd=project)
    assert ran.code == 1 and said in ran.err and f"{name}.yaml:1:" in ran.err, ran.err


def test_our_own_content_is_up_to_date() -> None:
    assert reader(Project(TOP), "2026-11-27").every() == []


def second(project: Path) -> Path:
    """The folder with a second invented review, and its deck."""
    for folder in ("reviews", "decks"):
        words = (project / folder / "robin.yaml").read_text("utf-8")
        words = words.replace("robin", "wren").replace("Robin", "Wren").replace("R-", "W-")
        (project / folder / "wren.yaml").write_text(words, "utf-8")
    return project


GRASS = "Sit on the grass., slide: Sit on the grass"


def test_one_changed_point_makes_its_own_files_old_and_no_others(project: Path) -> None:
    build = ("build", "--only", "handout.docx,docx", "--jobs", "1")
    assert run_here(*build, cwd=second(project)).code == 0
    everything = {path: path.read_bytes() for path in sorted((project / "build").rglob("*.docx"))}
    assert len(everything) == 3
    assert run_here("stale", "--on", "2024-07-01", "--fail", cwd=project).code == 0
    edit(project / "reviews" / "robin.yaml", "Sit on the floor., slide: Sit on the floor", GRASS)
    ran = run_here("stale", "--on", "2024-07-01", cwd=project)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "build/briefings/robin.docx: advice: this file is older than reviews/robin.yaml (R-1)",
        "      = run: toolkit build robin",
        "build/decks/robin.handout.docx: advice: this file is older than reviews/robin.yaml (R-1)",
        "      = run: toolkit build robin",
        "2 things are out of date on 1 July 2024.",
    ]
    ran = run_here("affected", "reviews/robin.yaml", cwd=project)
    assert ran.code == 0
    assert ran.out.split("Says nearly the same")[0].splitlines() == [
        "reviews/robin.yaml: what has changed since it was built",
        "  R-1 Seeing the child",
        "Made from it",
        "  decks/robin.yaml prints R-1: build it again, and read it",
        "  briefings/robin.yaml prints R-1: build it again, and read it",
    ]
    assert run_here(*build, cwd=project).code == 0
    changed = [
        path.relative_to(project).as_posix() for path, data in everything.items() if path.read_bytes() != data
    ]
    assert set(changed) <= {"build/briefings/robin.docx", "build/decks/robin.handout.docx"} and changed
    assert run_here("stale", "--on", "2024-07-01", "--fail", cwd=project).code == 0


def test_an_edition_tells_what_was_in_force_in_its_month_or_on_a_day(project: Path) -> None:
    kind = "child-safeguarding-practice-review"
    edit(project / "reviews" / "robin.yaml", "kind: serious-case-review", f"kind: {kind}")
    edit(project / "decks" / "robin.yaml", "edition: 2024-06", "edition: 2023-11")
    (project / "briefings" / "robin.yaml").unlink()

    def told(*words: str) -> str:
        assert run_here("build", "--only", "guide.docx", "--jobs", "1", *words, cwd=project).code == 0
        return run_here("show", "build/decks/robin.guide.docx", cwd=project).out

    assert "the guidance now is" not in told()
    later = "the guidance now is Working Together to Safeguard Children 2023. Check what it asks"
    assert later not in told("--on", "2023-12-14")
    assert later in told("--on", "2023-12-15")
    ran = run_here("stale", "--on", "2023-12-14", cwd=project)
    assert "in force" not in ran.out
    ran = run_here("stale", "--on", "2023-12-15", cwd=project)
    assert "decks/robin.yaml:5:10: advice: this edition tells what was in force in November 2023" in ran.out
    assert "= write a new edition, such as 2023-12, build it, and read it" in ran.out
    edit(project / "decks" / "robin.yaml", "edition: 2023-11", "edition: 2023-12")  # which has not ended yet
    assert "in force" not in run_here("stale", "--on", "2023-12-10", cwd=project).out


def test_a_new_term_that_alters_nothing_makes_no_list_of_files(project: Path) -> None:
    build = ("build", "--only", "handout.docx,docx", "--jobs", "1")
    registers(project)
    assert run_here(*build, cwd=second(project)).code == 0
    terms = project / "reference" / "terms.yaml"
    terms.write_text(OWN_TERMS + "- {old: grey heron, new: water keeper, since: '2020'}\n", "utf-8")
    ran = run_here("stale", "--on", "2024-07-01", "--fail", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Nothing is out of date on 1 July 2024.",
        "3 sets of built files are older than reference/terms.yaml, and would say the same if built again.",
    ]
    assert run_here(*build, cwd=project).code == 0
    assert "sets of built files" not in run_here("stale", "--on", "2024-07-01", cwd=project).out


def test_a_register_that_alters_some_files_lists_these_alone(project: Path) -> None:
    build = ("build", "--only", "handout.docx,docx", "--jobs", "1")
    edit(second(project) / "decks" / "wren.yaml", "board: An invented board", "board: Wren’s board")
    (project / "board.yaml").write_text("footer: A footer\n", "utf-8")
    for folder in ("decks", "briefings"):
        words = (project / folder / "robin.yaml").read_text("utf-8").splitlines(keepends=True)
        kept = "".join(one for one in words if not one.startswith("board:"))
        (project / folder / "robin.yaml").write_text(kept, "utf-8")
    assert run_here(*build, cwd=project).code == 0
    (project / "board.yaml").write_text("footer: A footer\nname: A new board\n", "utf-8")
    (project / "reference").mkdir()
    (project / "reference" / "terms.yaml").write_text(OWN_TERMS, "utf-8")
    since = "older than board.yaml (name) and reference/terms.yaml (new)"
    ran = run_here("stale", "--on", "2024-07-01", cwd=project)
    assert ran.out.splitlines() == [
        f"build/briefings/robin.docx: advice: this file is {since}",
        "      = run: toolkit build robin",
        f"build/decks/robin.handout.docx: advice: this file is {since}",
        "      = run: toolkit build robin",
        "2 things are out of date on 1 July 2024.",
        f"1 set of built files is {since}, and would say the same if built again.",
    ]


def test_files_of_another_brand_are_never_the_same(project: Path) -> None:
    build = ("build", "--only", "handout.docx,docx", "--jobs", "1")
    house = project / "templates" / "brands" / "own"
    house.parent.mkdir(parents=True)
    shutil.copytree(TOP / "templates" / "brands" / "house", house)
    (project / "board.yaml").write_text("brand: house\n", "utf-8")
    assert run_here(*build, cwd=project).code == 0
    (project / "board.yaml").write_text("brand: own\n", "utf-8")
    out = run_here("stale", "--on", "2024-07-01", cwd=project).out
    assert out.count("older than board.yaml") == 2 and "would say the same" not in out
    assert run_here(*build, cwd=project).code == 0
    edit(project / "board.yaml", "brand: own", "brand: own\n# a remark")
    out = run_here("stale", "--on", "2024-07-01", cwd=project).out
    assert "2 sets of built files are older than board.yaml, and would say the same" in out
    edit(house / "brand.yaml", "name: House", "name: House\n# a remark")
    out = run_here("stale", "--on", "2024-07-01", cwd=project).out
    assert out.count("older than board.yaml and templates/brands/own/brand.yaml") == 2
    assert "would say the same" not in out


def test_files_of_a_brand_that_was_compiled_before_are_built_once(project: Path) -> None:
    own = project / "templates" / "brands" / "own"
    own.parent.mkdir(parents=True)
    shutil.copytree(TOP / "templates" / "brands" / "house", own)
    (project / "board.yaml").write_text("brand: own\n", "utf-8")
    for name, ending in (("decks/robin", "handout.docx"), ("briefings/robin", "docx")):
        # The second of them finds the brand compiled.
        assert "wrote" in run_here("build", name, "--only", ending, cwd=project).out
    assert "wrote" not in run_here("build", "--only", "handout.docx,docx", cwd=project).out


def test_what_a_toolkit_of_then_did_not_write_down_is_told_as_a_whole(project: Path) -> None:
    assert run_here("build", "--only", "docx", "--jobs", "1", cwd=project).code == 0
    for path in Project(project).stamps():
        stamp = stamps.read(path)
        sources = {
            made: {name: one for name, one in known.items() if name[:1] != "*"}
            for made, known in stamp.sources.items()
        }
        path.write_bytes(stamps.dump(replace(stamp, sources=sources, said={})))
    (project / "board.yaml").write_text("name: A new board\n", "utf-8")
    out = run_here("stale", "--on", "2024-07-01", cwd=project).out
    assert "this file is older than the templates, registers or board.yaml" in out


def test_plans_are_told_apart_by_all_that_is_drawn_and_by_nothing_else(project: Path) -> None:
    target = Project(project).targets()[0]
    plan = make(Project(project), target, Options())[0].by_name["deck"]

    def with_page(**changed: object) -> str:
        return said(replace(plan, pages=(replace(plan.pages[0], **changed), *plan.pages[1:])))

    first = plan.pages[0]
    same = [said(replace(plan, making=Making("x"))), with_page(place=Place(Path("x"), 3), origin="x")]
    assert same == [said(plan)] * 2
    others = [
        said(replace(plan, footer="x")),
        said(replace(plan, pages=plan.pages[1:])),
        with_page(accent=first.accent + 1),
        with_page(layout="part" if first.layout != "part" else "title"),
        with_page(title=f"{first.title} "),
        with_page(slots=(("body", (Paragraph((Span("a"), Span("b"))),)),)),
        with_page(slots=(("body", (Paragraph((Span("a", bold=True), Span("b"))),)),)),
        with_page(slots=(("body", (Paragraph((Span("ab"),)),)),)),
    ]
    assert len({said(plan), *others}) == 1 + len(others)


@pytest.mark.parametrize("folder", ["reviews", "decks", "board"])
def test_guidance_that_is_still_to_come_when_an_edition_prints_it(project: Path, folder: str) -> None:
    registers(project)
    own = project / "reference" / "guidance.yaml"
    own.write_text(own.read_text("utf-8").replace("said: 2023-12", "since: 2024-06-15"), "utf-8")
    path = project / folder / "robin.yaml"
    asks = "Walking With Children 2023 asks"
    if folder == "reviews":
        edit(path, "See each child alone and", f"As {asks} you and")
    elif folder == "decks":
        edit(path, "A session about an invented review", asks)
    else:
        path = project / "board.yaml"
        path.write_text(f"edition: 2024-06\nescalation: {asks} you to.\n", "utf-8")
    assert places(project, "2024-05-27") == []  # the edition is that of June
    for name in ("decks", "briefings"):
        edit(project / name / "robin.yaml", "edition: 2024-06", "edition: 2024-05")
    where = f"{path.relative_to(project).as_posix()}:{line(path, asks)}"
    assert places(project, "2024-05-27") == [where]
    message = "is not in force before 15 June 2024, and an edition of May 2024 prints this"
    assert message in run_here("stale", "--on", "2024-05-27", cwd=project).out
    edit(path, asks, "From June Walking With Children 2023 will ask")
    assert places(project, "2024-05-27") == []


def test_an_edition_that_is_old_comes_with_the_command_that_makes_it(project: Path) -> None:
    asked = {
        "20-minutes-schools": "--minutes 20 --lens schools",
        "online-R-1": "--mode online --points R-1 --on 2024-07-01",
        "25-minutes": "--minutes 25 --print large",
    }
    for options in asked.values():
        words = options.split()
        ran = run_here("build", "decks/robin", *words, "--only", "handout.docx", "--jobs", "1", cwd=project)
        assert ran.code == 0, ran.err
    edit(project / "decks" / "robin.yaml", "Learning from Robin", "What Robin tells us")
    out = run_here("stale", cwd=project).out.splitlines()
    for name, options in asked.items():
        at = next(n for n, one in enumerate(out) if one.startswith(f"build/decks/robin-{name}.handout.docx:"))
        assert out[at + 1].strip() == f"= run: toolkit build robin {options}"


def test_wishes_are_what_one_types_and_few_are_named() -> None:
    wishes = Wishes(20, ("gp", "police"), "online", ("A-1", "A-2"), True)
    typed = "--minutes 20 --lens gp --lens police --mode online --points A-1,A-2 --restricted"
    assert " ".join(wishes.options) == typed
    assert again({"of": "decks/tally", **wishes.told()}) == f"toolkit build tally {typed}"
    assert again({}, "tally") == "toolkit build tally" and again({}) == ""
