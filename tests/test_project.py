"""A folder of content: where things are found, and that the folder's own come first."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import INVENTED, TOP, edit, run, run_here
from toolkit.build import Options, build, make
from toolkit.content.model import NO_BOARD, Work
from toolkit.content.nodes import parse, read_text
from toolkit.content.translation import fingerprint
from toolkit.office.show import show
from toolkit.plan.model import Plan, spans_in
from toolkit.problems import Invalid
from toolkit.project import Project, find_root, packaged
from toolkit.targets import Wishes


def test_packaged_data_is_there() -> None:
    assert (packaged() / "templates" / "brands" / "house" / "brand.yaml").is_file()
    assert (packaged() / "reference" / "themes.yaml").is_file()


def test_root_is_found_from_below_and_only_from_below(project: Path, tmp_path: Path) -> None:
    assert find_root(project) == find_root(project / "reviews") == project
    deep = project / "reviews" / "old" / "older"
    deep.mkdir(parents=True)
    assert find_root(deep) == project
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(Invalid, match="no reviews, decks or briefings"):
        find_root(tmp_path / "elsewhere")


def test_targets_are_decks_then_briefings_by_name(project: Path) -> None:
    for folder, name in (("decks", "autumn"), ("briefings", "a-first")):
        shutil.copy(project / folder / "robin.yaml", project / folder / f"{name}.yaml")
    (project / "decks" / "notes.txt").write_text("not a deck", "utf-8")
    targets = Project(project).targets()
    assert [(t.folder, t.name) for t in targets] == [
        ("decks", "autumn"),
        ("decks", "robin"),
        ("briefings", "a-first"),
        ("briefings", "robin"),
    ]
    assert targets[0].output == project / "build" / "decks" / "autumn"


def test_own_themes_agencies_and_kinds_are_added_to_ours_entry_by_entry(project: Path) -> None:
    ours = Project(project).registers()
    folder = project / "reference"
    folder.mkdir()
    (folder / "themes.yaml").write_text(
        "- {id: letters, title: Letters}\n- {id: escalation, title: Saying it again}\n", "utf-8"
    )
    (folder / "agencies.yaml").write_text("- {id: ferry, title: The ferry service}\n", "utf-8")
    registers = Project(project).registers()
    assert list(registers.themes) == [*ours.themes, "letters"]
    assert registers.themes["escalation"].title == "Saying it again"
    assert registers.themes["babies"] == ours.themes["babies"]
    assert list(registers.agencies) == [*ours.agencies, "ferry"]
    assert registers.kinds == ours.kinds
    kinds = (TOP / "reference" / "kinds.yaml").read_text("utf-8").partition("\n- id: thematic")[0]
    (folder / "kinds.yaml").write_text(kinds.replace("id: serious-case-review", "id: island-review"), "utf-8")
    assert list(Project(project).registers().kinds) == [*ours.kinds, "island-review"]


def test_own_support_and_terms_are_added_to_ours_and_take_the_place_of_the_same(project: Path) -> None:
    ours = Project(project).registers()
    same, old = next(iter(ours.support)), ours.terms[0].old
    (project / "reference").mkdir()
    (project / "reference" / "support.yaml").write_text(
        f"- {{id: us, title: Us, text: Come in.}}\n- {{id: {same}, title: Same, text: Ring.}}\n", "utf-8"
    )
    (project / "reference" / "terms.yaml").write_text(
        f"- {{old: {old}, new: our words, since: today}}\n- {{old: a, new: b, since: today}}\n", "utf-8"
    )
    registers = Project(project).registers()
    assert list(registers.support) == [*ours.support, "us"] and registers.support[same].title == "Same"
    assert [one.old for one in registers.terms] == [*(one.old for one in ours.terms), "a"]
    assert registers.terms[0].new == "our words"


def test_copies_and_locks_are_no_content_and_other_endings_are_told(project: Path) -> None:
    words = (project / "reviews" / "robin.yaml").read_bytes()
    for name in ("._robin.yaml", ".#robin.yaml", "~$robin.yaml", "old.yaml.bak", "notes.txt"):
        (project / "reviews" / name).write_bytes(b"\0\1" + words)
    assert Project(project).misnamed() == []
    assert [path.name for path in Project(project).review_paths()] == ["robin.yaml"]
    meant = {"a.yml": "a", "B.YAML": "B", "c.yaml.txt": "c", "d.yml.docx": "d"}
    for name in meant:
        (project / "decks" / name).write_bytes(words)
    told = {problem.place.path.name: problem.hint for problem in Project(project).misnamed()}
    assert set(told) == set(meant)
    assert all(
        told[name].endswith(f"in File Explorer; then rename it {stem}.yaml")
        for name, stem in meant.items()
        if name != "c.yaml.txt"
    )
    assert told["c.yaml.txt"].endswith("in File Explorer; then delete .txt from the name")
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and ran.err.count("does not end in .yaml") == 4
    ran = run_here("build", "a", cwd=project)
    assert ran.code == 1 and "rename it a.yaml" in ran.err


def test_build_of_a_review_without_a_deck_names_the_command_that_starts_one(project: Path) -> None:
    (project / "decks" / "robin.yaml").unlink()
    (project / "briefings" / "robin.yaml").unlink()
    ran = run_here("build", "robin", cwd=project)
    assert ran.code == 2
    assert "run: toolkit new deck robin\nFor two sides to read, run: toolkit new briefing robin\n" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="pipes are made otherwise on Windows")
@pytest.mark.parametrize(
    "name",
    ["reference/themes.yaml", "templates/pages/care.yaml", "templates/starters/deck.yaml", "decks/x.yaml"],
)
def test_a_pipe_in_place_of_a_file_is_told_and_never_waited_for(project: Path, name: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(project / name)
    ran = run("new", "deck", "y", cwd=project) if "starters" in name else run("build", cwd=project)
    assert ran.code == 1 and f"{name}: error: this is not an ordinary file" in ran.err


def test_an_entry_that_a_board_added_needs_words_in_every_language(project: Path) -> None:
    folder = project / "reference"
    (folder / "cy-GB").mkdir(parents=True)
    (folder / "themes.yaml").write_text("- {id: letters, title: Letters}\n", "utf-8")
    for name in ("words", "themes", "agencies", "kinds", "support"):
        english = folder / f"{name}.yaml"
        english = english if english.exists() else TOP / "reference" / f"{name}.yaml"
        line = f"# translation of {name}.yaml at {fingerprint(parse(english, read_text(english)))}\n"
        (folder / "cy-GB" / f"{name}.yaml").write_text(line + english.read_text("utf-8"), "utf-8")
    outline = project / "templates" / "outlines" / "cy-GB" / "session.yaml"
    outline.parent.mkdir(parents=True)
    english = TOP / "templates" / "outlines" / "session.yaml"
    outline.write_text(
        f"# translation of session.yaml at {fingerprint(parse(english, read_text(english)))}\ntitle: x\n",
        "utf-8",
    )
    with pytest.raises(Invalid) as found:
        Project(project).check_translations("cy-GB", ["session"], [])
    missing = [problem.message for problem in found.value.problems]
    assert "there are no words for 'escalation'" in missing
    assert "there are no words for 'letters'" not in missing
    themes = folder / "cy-GB" / "themes.yaml"
    words = (TOP / "reference" / "themes.yaml").read_text("utf-8")
    themes.write_text(themes.read_text("utf-8") + words, "utf-8")
    Project(project).check_translations("cy-GB", ["session"], [])


def test_register_with_an_id_twice_is_refused(project: Path) -> None:
    (project / "reference").mkdir()
    (project / "reference" / "themes.yaml").write_text("- {id: a, title: A}\n- {id: a, title: B}\n", "utf-8")
    with pytest.raises(Invalid, match="twice"):
        Project(project).registers()


def test_own_brand_template_and_outline_are_found_beside_those_that_come_with_the_toolkit(
    project: Path,
) -> None:
    shutil.copytree(TOP / "templates" / "brands" / "house", project / "templates" / "brands" / "borough")
    (project / "templates" / "outlines").mkdir()
    shutil.copy(
        TOP / "templates" / "outlines" / "session.yaml",
        project / "templates" / "outlines" / "our-session.yaml",
    )
    opened = Project(project)
    assert set(opened.brands()) >= {"borough", "house"}
    assert set(opened.names("templates", "outlines")) >= {
        "our-session",
        "session",
        "practitioner-briefing",
    }
    assert opened.brand_folder("borough") == project / "templates" / "brands" / "borough"
    assert opened.brand_folder("house") == packaged() / "templates" / "brands" / "house"


def test_inputs_name_every_file_that_only_some_targets_are_made_from(project: Path) -> None:
    opened = Project(project)
    inputs = opened.inputs(opened.targets()[0], ["robin"], "house")
    house = packaged() / "templates" / "brands" / "house"
    assert set(inputs) == {
        project / "decks" / "robin.yaml",
        project / "reviews" / "robin.yaml",
        *(path for path in house.iterdir() if path.is_file()),
    }


@pytest.mark.parametrize(
    "name",
    ["reference/support.yaml", "templates/pages/own.yaml", "templates/brands/own/brand.yaml", "board.yaml"],
)
def test_own_register_template_or_brand_changes_what_all_targets_share(project: Path, name: str) -> None:
    before = Project(project).shared
    assert Project(project).shared == before
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("- new", "utf-8")
    assert Project(project).shared != before


def test_digest_is_of_the_bytes_that_were_read(project: Path) -> None:
    opened, path = Project(project), project / "reviews" / "robin.yaml"
    was = opened.digest(path)
    opened.review(path)
    edit(path, "Six invented visits", "Seven invented visits")
    assert opened.digest(path) == was
    assert Project(project).digest(path) != was


def test_problems_of_a_review_reach_the_deck_that_uses_it(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "kind: serious-case-review", "kind: nothing")
    opened = Project(project)
    with pytest.raises(Invalid) as found:
        opened.work(opened.targets()[0])
    assert [p.place.path.name for p in found.value.problems] == ["robin.yaml"]


def test_a_file_is_read_once(project: Path) -> None:
    opened = Project(project)
    first = opened.review(project / "reviews" / "robin.yaml")
    (project / "reviews" / "robin.yaml").write_text("broken: [", "utf-8")
    assert opened.review(project / "reviews" / "robin.yaml") is first
    with pytest.raises(Invalid):
        Project(project).review(project / "reviews" / "robin.yaml")


BOARD = """
name: The Board of Nowhere
brand: house
edition: 2031-02
footer: Only for practice
raise_concern:
  - title: A concern
    text: 01 234
  - {title: At night, text: 01 235, url: "https://example.org/night"}
support:
  - {title: Someone to talk to, text: 01 236}
"""


def briefing(folder: Path, board: str | None = BOARD, *gone: str) -> Project:
    """The folder with a board.yaml, and its briefing without some of its lines."""
    if board is not None:
        (folder / "board.yaml").write_text(board, "utf-8")
    path = folder / "briefings" / "robin.yaml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if line.partition(":")[0] not in gone), "utf-8")
    return Project(folder)


def read(opened: Project) -> Work:
    return opened.work(next(t for t in opened.targets() if t.folder == "briefings"))[0]


def test_what_a_briefing_leaves_out_comes_from_the_board(project: Path) -> None:
    work = read(briefing(project, BOARD, "board", "edition"))
    assert (work.board, work.edition, work.brand, work.language) == (
        "The Board of Nowhere",
        "2031-02",
        "house",
        "en-GB",
    )


def test_what_a_briefing_says_wins_over_the_board(project: Path) -> None:
    shutil.copytree(TOP / "templates" / "brands" / "house", project / "templates" / "brands" / "ours")
    edit(project / "briefings" / "robin.yaml", "edition:", "language: cy\nbrand: ours\nedition:")
    edit(project / "reviews" / "robin.yaml", "id: robin", "id: robin\nlanguage: cy")
    work = read(briefing(project))
    assert (work.board, work.edition) == ("An invented board", "2024-06")
    assert (work.brand, work.language) == ("ours", "cy-GB")


def test_brand_and_language_come_from_the_board(project: Path) -> None:
    shutil.copytree(TOP / "templates" / "brands" / "house", project / "templates" / "brands" / "ours")
    edit(project / "reviews" / "robin.yaml", "id: robin", "id: robin\nlanguage: cy")
    work = read(briefing(project, "brand: ours\nlanguage: cy\n"))
    assert (work.brand, work.language) == ("ours", "cy-GB")


def test_without_a_board_there_is_no_name_and_the_house_brand(project: Path) -> None:
    work = read(briefing(project, None, "board"))
    assert (work.board, work.brand, work.language) == ("", "house", "en-GB")
    assert Project(project).board() == NO_BOARD


@pytest.mark.parametrize("board", [None, "", "# edition: 2031-02\n\n  # name: x\n", "name: Nobody\n"])
def test_an_edition_that_stands_nowhere_is_told_at_the_file(project: Path, board: str | None) -> None:
    edit(project / "briefings" / "robin.yaml", "points: [R-1]", "points: [R-9]")
    with pytest.raises(Invalid) as found:
        read(briefing(project, board, "edition"))
    first, second = found.value.problems
    assert first.place.path == project / "briefings" / "robin.yaml" and not first.place.line
    assert (first.message, first.hint) == (
        "this briefing has no edition",
        "write edition: 2026-11 here, or in board.yaml",
    )
    assert second.message == "'robin' has no point 'R-9'"


@pytest.mark.parametrize(
    "board, message, line",
    [
        ("nmae: x\n", "unknown field 'nmae'", 1),
        ("name: x\nbrand: hause\n", "no brand is called 'hause'", 2),
        ("name: x\nedition: soon\n", "'edition'", 2),
        ("- a\n", "fields with names", 1),
        ('name: "\n', "never closed", 1),
    ],
)
def test_what_is_wrong_with_a_board_is_told_at_its_line(
    project: Path, board: str, message: str, line: int
) -> None:
    for attempt in (lambda p: p.board(), read):
        with pytest.raises(Invalid) as found:
            attempt(briefing(project, board))
        (problem,) = found.value.problems
        assert message in problem.message
        assert (problem.place.path, problem.place.line) == (project / "board.yaml", line)
    Project(project).review(project / "reviews" / "robin.yaml")


def test_own_contacts_come_first_and_take_the_place_of_general_words(project: Path) -> None:
    general = Project(project).registers().support
    assert Project(project).own_registers().support == general
    support = briefing(project).own_registers().support
    assert [(one.title, one.text, one.url) for one in support.values()][:3] == [
        ("A concern", "01 234", None),
        ("At night", "01 235", "https://example.org/night"),
        ("Someone to talk to", "01 236", None),
    ]
    assert list(support)[3:] == [id for id in general if id not in ("local", "concern", "you")]
    assert {"danger", "nspcc", "childline"} <= set(support)
    assert [id for id, one in support.items() if id != one.id] == []


def test_contacts_of_one_kind_leave_the_general_words_for_the_other(project: Path) -> None:
    (project / "board.yaml").write_text("support: [{title: Someone, text: 01 236}]\n", "utf-8")
    assert {"local", "concern"} <= set(Project(project).own_registers().support)
    (project / "board.yaml").write_text("raise_concern: [{title: A concern, text: 01 234}]\n", "utf-8")
    support = Project(project).own_registers().support
    assert "you" in support and not {"local", "concern"} & set(support)


def planned(opened: Project) -> tuple[Plan, str]:
    """The plan of the briefing, and all that it prints."""
    target = next(t for t in opened.targets() if t.folder == "briefings")
    plan = make(opened, target, Options())[0].by_name["briefing"]
    return plan, "".join(
        span.text for page in plan.pages for _, made in page.slots for span in spans_in(made)
    )


def test_a_plan_has_the_words_of_the_board(project: Path) -> None:
    template = project / "templates" / "pages" / "sheet-support.yaml"
    template.parent.mkdir(parents=True)
    template.write_bytes((TOP / "templates" / "pages" / "sheet-support.yaml").read_bytes())
    edit(template, "\nbody: |\n", "\nbody: |\n  By {{ board.name }}, {{ board.footer }}\n\n")
    plan, printed = planned(briefing(project, BOARD, "board", "edition"))
    assert (plan.board, plan.edition, plan.footer) == ("The Board of Nowhere", "2031-02", "Only for practice")
    assert "By The Board of Nowhere, Only for practice" in printed
    assert "01 236" in printed and "your council’s website" not in printed
    plan, printed = planned(briefing(project, "edition: 2031-02\n"))
    assert (plan.board, plan.footer) == ("", "")


def test_a_changed_board_builds_again(project: Path) -> None:
    briefing(project, BOARD, "board")
    target = next(t for t in Project(project).targets() if t.folder == "briefings")
    options = Options(only=(".docx",))
    assert build(Project(project), target, options).written
    assert not build(Project(project), target, options).written
    edit(project / "board.yaml", "The Board of Nowhere", "The Board of Somewhere")
    assert build(Project(project), target, options).written
    shown = show(project / "build" / "briefings" / "robin.docx")
    assert "The Board of Somewhere" in shown and "01 236" in shown


ELSEWHERE = "as a PDF on a computer that shows such letters"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "how"),
    [
        ((), "toolkit build robin"),
        (("--print", "large"), "the same command with"),
        (("--minutes", "20"), "the same command with"),
    ],
)
def test_an_office_file_that_stands_in_for_a_pdf_is_named_with_the_command_that_makes_it(
    more: tuple[str, ...], how: str, project: Path
) -> None:
    edit(project / "reviews" / "robin.yaml", "What Robin enjoyed", "What Robin and \U00010600 enjoyed")
    (project / "briefings" / "robin.yaml").unlink()
    ran = run_here("build", "robin", *more, "--only", "notes.pdf,guide.pdf", cwd=project)
    name = "robin-20-minutes" if "20" in more else "robin"
    assert ran.err.startswith(f"note: {name}.notes.pdf and {name}.guide.pdf are not made: line ")
    print_notes = f"print the notes pages of {name}.pptx as a PDF"
    assert ran.err.endswith(
        f"or run {how} --only pptx,guide.docx, then {print_notes} and save {name}.guide.docx {ELSEWHERE}\n"
    )
    assert run_here("build", "robin", *more, "--only", "pptx,guide.docx", cwd=project).code == 0
    assert (project / "build" / "decks" / f"{name}.guide.docx").exists()
    ran = run_here("build", "robin", *more, "--only", "notes.pdf,guide.pdf", cwd=project)
    assert "again, or print the notes pages" in ran.err


def test_words_that_no_font_has_stop_no_office_file_and_are_told_with_their_line(project: Path) -> None:
    review = project / "reviews" / "robin.yaml"
    edit(review, "What Robin enjoyed", "What Robin and \U00010600 enjoyed")
    line = next(
        n for n, words in enumerate(review.read_text("utf-8").splitlines(), 1) if "\U00010600" in words
    )
    assert run_here("check", cwd=project).code == 0
    for _ in range(2):  # the second build tries again: there may be a font by then
        ran = run_here("build", "decks/robin", "--only", "pptx,guide.docx,guide.pdf", cwd=project)
        assert ran.code == 0 and ran.err.count("note: ") == 1
        note, hint = ran.err.splitlines()
        assert note == (
            f"note: robin.guide.pdf is not made: line {line} of reviews/robin.yaml has “\U00010600”,"
            " and no font on this computer has it"
        )
        assert hint.startswith("      = install a font that has it, ")
        assert hint.endswith(f" and build again, or save robin.guide.docx {ELSEWHERE}")
        assert "1 PDF could not be made: the note above says why." in ran.out
    made = {path.name for path in (project / "build" / "decks").iterdir()}
    assert made == {"robin.pptx", "robin.guide.docx"}


def test_without_typst_the_office_files_are_built_without_pdfs(project: Path, tmp_path: Path) -> None:
    (tmp_path / "none" / "typst").mkdir(parents=True)
    (tmp_path / "none" / "typst" / "__init__.py").write_text("raise ImportError\n", "utf-8")
    ran = run("build", "--jobs", "1", cwd=project, PYTHONPATH=f"{tmp_path / 'none'}{os.pathsep}{TOP}")
    assert (ran.code, ran.err.count("note: ")) == (0, 1) and "the PDFs are left out: typst" in ran.err
    made = {path.suffix for path in (project / "build").rglob("robin.*") if ".stamps" not in path.parts}
    assert made == {".pptx", ".docx"}


def test_paragraphs_and_lists_in_the_notes_of_a_point_reach_every_file(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "        - Six people came to the home. Not one of them spoke with Robin alone.\n",
        "        - |\n          Six people came.\n\n"
        "          Not one of them\n          spoke with Robin.\n\n"
        "          - At breakfast\n          - At night\n",
    )
    edit(
        project / "reviews" / "robin.yaml",
        "care: Give people time.",
        "care: |\n        Give time.\n\n        1. Wait\n        2. Ask",
    )
    ran = run_here("build", "decks/robin", "--only", "pptx,guide.docx", cwd=project)
    assert (ran.code, ran.err) == (0, "")
    notes = show(project / "build" / "decks" / "robin.pptx")
    wanted = [
        "¶ {14}Six people came.",
        "¶ {14}Not one of them spoke with Robin.",
        "• {14}At breakfast",
        "• {14}At night",
    ]
    assert all(notes.count(one) == 1 for one in [*wanted, "1. {14}Wait", "1. {14}Ask"])
    guide = show(project / "build" / "decks" / "robin.guide.docx")
    told = " / [List Bullet] ".join(("Not one of them spoke with Robin.", "At breakfast", "At night"))
    assert f"Six people came. / {told}" in guide


@pytest.mark.parametrize("odd", ["a/b", "a\\b", "../up", "\0"])
def test_an_edition_named_after_what_there_is_not_stays_in_its_folder(odd: str) -> None:
    for wishes in (Wishes(audience=(odd,)), Wishes(points=(odd,))):
        target = next(t for t in Project(INVENTED).targets() if t.folder == "decks")
        made = target.edition(wishes)
        assert made.output.parent == target.output.parent and made.stamp.parent == target.stamp.parent


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("themes", "neglect: Neglect\n", "- id: neglect\n  title: Neglect"),
        ("terms", "LSCB: partnership\n", "- old: LSCB\n  new: partnership"),
        (
            "themes",
            "- {id: a, title: A}\n- {id: a, title: B}\n",
            "themes.yaml:2:8: error: two entries are called 'a'",
        ),
        ("themes", "- title: Neglect at home\n", "add a line: id: neglect-at-home"),
        ("themes", "- {id: Domestic abuse, title: A}\n", "type it like this: id: domestic-abuse"),
    ],
)
def test_a_register_that_is_typed_wrongly_is_told_with_what_to_type(
    project: Path, name: str, words: str, said: str
) -> None:
    (project / "reference").mkdir(exist_ok=True)
    (project / "reference" / f"{name}.yaml").write_text(words, "utf-8")
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and said in ran.err
    assert ran.err.endswith("1 problem to put right.\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("robin (1).yaml", "this is a copy of robin.yaml: delete it; or rename it robin-2.yaml"),
        ("robin - Copy.yaml", "this is a copy of robin.yaml: delete it; or rename it robin-2.yaml"),
        ("wren.yaml", "write id: wren\n"),
    ],
)
def test_a_copy_of_a_review_is_told_as_a_copy(project: Path, name: str, said: str) -> None:
    shutil.copy(project / "reviews" / "robin.yaml", project / "reviews" / name)
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and said in ran.err


def test_a_review_with_spaces_in_its_name_is_told_to_be_renamed(project: Path) -> None:
    (project / "reviews" / "robin.yaml").rename(project / "reviews" / "Robin.yaml")
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and "rename the file Robin.yaml: robin.yaml" in ran.err


def test_changes_that_somebody_has_typed_over_are_told_by_check(project: Path) -> None:
    (project / "decks" / "robin.changes.yaml").write_text("- please change the title\n", "utf-8")
    ran = run_here("check", cwd=project)
    assert ran.code == 1 and "undo what was typed here; or delete this file" in ran.err
