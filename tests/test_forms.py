"""Forms in Word: what goes out comes back, and nothing that a person typed is lost without a word."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from tests.conftest import TOP, edit, run_here
from tests.forms import a_review, changed
from toolkit.brand.compiled import Brand
from toolkit.content.model import NO_BOARD
from toolkit.content.nodes import parse
from toolkit.forms import cells, controls, shape, sheets
from toolkit.forms.answers import Item, gathered, plain, shown
from toolkit.forms.drawing import is_ours
from toolkit.forms.form import choices, drawn, made
from toolkit.forms.lines import Edited, emitted
from toolkit.forms.merging import Merge
from toolkit.office.accessible import check_accessible
from toolkit.office.opc import RELATIONSHIPS, read_package, zipped
from toolkit.project import Project

MAIN = "word/document.xml"
REVIEW = shape.review()
OURS = Project(TOP)
CHOICES = choices(OURS)
FORM = "robin-review-form.docx"


@pytest.fixture(scope="module")
def house() -> Brand:
    return OURS.brand("house")


def bare(value: Any) -> Any:
    """Values without what holds nothing."""
    if isinstance(value, dict):
        return {name: there for name, one in value.items() if (there := bare(one))}
    return [there for one in value if (there := bare(one))] if isinstance(value, list) else value


def back(data: bytes) -> Item:
    """What stands in a form."""
    filled = controls.read(read_package(data))
    return gathered([one for one in filled.controls if one.path != ("form",)], REVIEW, CHOICES)


def a_form(house: Brand, values: Any) -> bytes:
    return drawn(house, NO_BOARD, "A review: Robin", REVIEW, values, "review empty", CHOICES)


def with_words(data: bytes, change: Callable[[str], str]) -> bytes:
    """A form in whose document something was changed."""
    parts = dict(read_package(data).parts)
    before = parts[MAIN].decode()
    after = change(before)
    assert after != before, "nothing was changed in the form"
    return zipped({**parts, MAIN: after.encode()})


def change(path: Path, old: str, new: str, times: int = 1) -> None:
    """Type other words into a form that lies on the disk."""
    path.write_bytes(with_words(path.read_bytes(), lambda words: words.replace(old, new, times)))


def read_body(body: str) -> controls.Filled:
    """What is read of a document with this body."""
    document = re.compile(r"<w:body>.*</w:body>", re.S)
    form = made(OURS, "timeline")
    return controls.read(
        read_package(
            with_words(form, lambda words: document.sub(lambda _: f"<w:body>{body}</w:body>", words))
        )
    )


def sdt(tag: str, content: str, about: str = "") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="x"/><w:tag w:val="{tag}"/>{about}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


# ------------------------------------------------------------------------------------------ content controls

ROBIN = run("Robin")
CELL = f"<w:tc><w:p>{ROBIN}</w:p></w:tc>"
BOUND = '<w:dataBinding w:xpath="/x"/>'
LEVELS = {
    "run": f"<w:p>{run('Title: ')}{sdt('title', run('Ro') + run('bin'))}</w:p>",
    "block": sdt("title", f"<w:p>{run('Robin')}</w:p>"),
    "cell": f"<w:tbl><w:tr>{sdt('title', CELL)}</w:tr></w:tbl>",
    "row": f"<w:tbl>{sdt('title', f'<w:tr>{CELL}</w:tr>')}</w:tbl>",
    "nested": sdt("title", f"<w:p>{sdt('other', run('Robin'))}</w:p>"),
    "inserted": f"<w:p>{sdt('title', f'<w:ins>{ROBIN}</w:ins>')}</w:p>",
    "bound": f"<w:p>{sdt('title', ROBIN, BOUND)}</w:p>",
    "in a link": f"<w:p><w:hyperlink>{sdt('title', run('Robin'))}</w:hyperlink></w:p>",
}


@pytest.mark.parametrize("level", LEVELS)
def test_a_control_is_read_wherever_it_stands(level: str) -> None:
    (found,) = read_body(LEVELS[level]).controls
    assert (found.path, found.text) == (("title",), "Robin")


def test_a_hint_is_no_answer_and_lines_stay_lines() -> None:
    body = f"<w:p>{sdt('title', run('Type here'), '<w:showingPlcHdr/>')}</w:p>"
    body += sdt(
        "points[1].notes.care",
        f"<w:p>{run('one')}<w:r><w:br/></w:r>{run('two')}</w:p><w:p>{run('three')}</w:p>",
    )
    body += f"<w:p>{sdt('board', run('Click or tap here to enter text.'))}</w:p>"
    title, care, board = read_body(body).controls
    assert (title.text, care.text, board.text) == ("", "one\ntwo\nthree", "")


def test_choices_and_boxes_give_their_values() -> None:
    items = '<w:dropDownList><w:listItem w:displayText="Schools" w:value="schools"/></w:dropDownList>'
    box = f'<w14:checkbox xmlns:w14="{controls.W14[1:-1]}"><w14:checked w14:val="{{}}"/>'
    body = f"<w:p>{sdt('roles[1].lens', run('Schools'), items)}"
    body += sdt("timeline[1].key", run("☒"), box.format(1) + "</w14:checkbox>")
    body += sdt("timeline[1].harm", run("☐"), box.format(0) + "</w14:checkbox>") + "</w:p>"
    assert [one.text for one in read_body(body).controls] == ["schools", "yes", "no"]


def test_what_is_deleted_with_tracked_changes_is_not_read_but_told() -> None:
    cut = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    filled = read_body(f"<w:p>{sdt('title', cut + run('Robin'))}</w:p><w:p>{run('a remark')}</w:p>")
    assert filled.controls[0].text == "Robin"
    assert (filled.deleted, filled.beside) == (["never"], ["a remark"])


def test_without_tags_the_bookmarks_tell_the_fields() -> None:
    start = '<w:bookmarkStart w:id="7" w:name="_tk_points_2_finding_1_text"/>'
    filled = read_body(
        f'<w:p>{run("Text: ")}{start}{run("one")}</w:p><w:p>{run("two")}<w:bookmarkEnd w:id="7"/></w:p>'
    )
    (found,) = filled.controls
    assert (found.path, found.text) == (("points", 1, "finding", 0, "text"), "one\ntwo")


def test_every_field_has_a_name_a_sentence_a_tag_and_a_bookmark() -> None:
    for path in shape._marks().values():
        real = tuple(4 if step == "#" else step for step in path)
        assert shape.path_of(shape.tag(real)) == shape.path_of(shape.mark(real)) == real
        assert len(shape.mark(real)) <= 40 and len(shape.tag(real)) <= 64, "Word allows no more"
        field = shape.at(real)
        assert path == ("form",) or (field and field.title and field.said), path


def test_a_choice_without_its_list_is_known_by_its_title() -> None:
    filled = read_body(f"<w:p>{sdt('kind', run('Serious Case Review'))}</w:p>")
    assert gathered(filled.controls, REVIEW, CHOICES).fields["kind"] == "serious-case-review"


def test_headings_go_down_step_by_step(house: Brand) -> None:
    words = read_package(made(OURS, "timeline")).parts[MAIN].decode()
    heading = r'<w:pStyle w:val="(Heading\d)"/></w:pPr><w:r><w:t xml:space="preserve">([^<]*)'
    found = re.findall(heading, words)
    assert found == [("Heading1", "Events"), ("Heading2", "Event 1"), ("Heading3", "Agencies that knew")]


# -------------------------------------------------------------------------------------------- there and back


def same(house: Brand, values: Any) -> None:
    """These values are the same in a form, and in the file made of that."""
    found = plain(REVIEW, back(a_form(house, values)))
    assert shown(REVIEW, found) == values
    lines = [line for name, one in found.items() for line in emitted(f"{name}:", one, 2)]
    assert shown(REVIEW, parse(Path("robin.yaml"), "\n".join([*lines, ""])).plain()) == values


@pytest.mark.parametrize("seed", range(5))
def test_generated_reviews_come_back_the_same(house: Brand, seed: int) -> None:
    same(house, a_review(seed, CHOICES))


@pytest.mark.slow
def test_five_hundred_generated_reviews_come_back_the_same(house: Brand) -> None:
    for seed in range(500):
        same(house, a_review(seed, CHOICES))


def merged(name: str, project: Project, data: bytes) -> tuple[str, str, list[str]]:
    path = project.root / "reviews" / f"{name}.yaml"
    before = path.read_text("utf-8")
    merge = Merge(lines := Edited(path, before))
    merge.group((), REVIEW, parse(path, before).plain(), back(data))
    return before, lines.checked(), merge.changes


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.stem for one in OURS.review_paths()])
def test_each_review_comes_back_to_the_letter(name: str) -> None:
    before, after, changes = merged(name, OURS, made(OURS, "review", name))
    assert after == before and not changes


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_review_says_what_its_changed_form_says(house: Brand, seed: int) -> None:
    path = TOP / "reviews" / "thematic-disabled-children.yaml"
    values = changed(Random(seed), REVIEW, shown(REVIEW, OURS.nodes(path).plain()), CHOICES)
    _, after, changes = merged(path.stem, OURS, a_form(house, values))
    assert changes and bare(shown(REVIEW, parse(path, after).plain())) == bare(values)
    comments = re.findall(r"^#.*", path.read_text("utf-8"), re.M)
    assert comments and all(one in after for one in comments)


@pytest.mark.office
def test_libreoffice_may_save_a_form_in_between(tmp_path: Path) -> None:
    names = [one.stem for one in OURS.review_paths()]
    paths = [tmp_path / f"{name}.docx" for name in names]
    for name, path in zip(names, paths):
        path.write_bytes(made(OURS, "review", name))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    to = ("--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"))
    subprocess.run(["soffice", profile, *to, *map(str, paths)], check=True, capture_output=True, timeout=300)
    for name, path in zip(names, paths):
        before, after, changes = merged(name, OURS, (tmp_path / "out" / path.name).read_bytes())
        assert after == before and not changes, name


def test_a_form_is_accessible_and_all_its_own_words_are_known(house: Brand) -> None:
    data = a_form(house, a_review(3, CHOICES))
    assert not [one for one in check_accessible(read_package(data)) if one.level == "error"]
    beside = controls.read(read_package(data)).beside
    assert [one for one in beside if not is_ours(one, ("A review: Robin",))] == []
    assert not is_ours("Somebody’s remark", ()), "a person’s words"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["review", "points", "timeline"])
def test_a_form_is_sound_for_word(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(made(OURS, kind, "faith"))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []


# ------------------------------------------------------------------------------------------ the command line


@pytest.fixture
def form(project: Path) -> Path:
    ran = run_here("form", "review", "robin", cwd=project)
    assert ran.code == 0, ran.err
    return project / FORM


def test_a_form_that_nobody_changed_changes_nothing(project: Path, form: Path) -> None:
    before = (project / "reviews/robin.yaml").read_bytes()
    ran = run_here("read", FORM, cwd=project)
    assert (ran.code, ran.err) == (0, "")
    assert "nothing was written" in ran.out
    assert (project / "reviews/robin.yaml").read_bytes() == before


def test_other_words_come_into_their_line_alone_and_the_form_may_be_read_twice(
    project: Path, form: Path
) -> None:
    review = project / "reviews/robin.yaml"
    before = review.read_text("utf-8").splitlines()
    change(form, "Give people time.", "=Give them all the time they need.")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0, ran.err
    assert "Point 1, Trainer’s notes, Care: was “Give people time.”, is “=Give them" in ran.out
    after = review.read_text("utf-8").splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("      care: Give people time.", "      care: =Give them all the time they need.")
    ]
    change(form, "=Give them all the time they need.", "Wait for them.")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0, ran.err
    assert "care: Wait for them." in review.read_text("utf-8")


def items_of(words: str, first: str) -> tuple[str, str]:
    """The section of an item that repeats, which holds some words; and all of the document."""
    at = words.index(first)
    start = words.rindex("<w:sdt><w:sdtPr><w:alias", 0, words.rindex("repeatingSectionItem", 0, at))
    depth, end = 0, start
    for match in re.finditer(r"<w:sdt>|</w:sdt>", words[start:]):
        depth += 1 if match[0] == "<w:sdt>" else -1
        if depth == 0:
            end = start + match.end()
            break
    return words[start:end], words


def test_items_that_word_adds_and_takes_away_are_followed(project: Path, form: Path) -> None:
    def edited(words: str) -> str:
        question, _ = items_of(words, "When did you last see a child on their own?")
        again = question.replace("When did you last see a child on their own?", "Who asked?")
        words = words.replace(question, again + question)
        practice, _ = items_of(words, "Ask about the day before yesterday.")
        return words.replace(practice, "")

    form.write_bytes(with_words(form.read_bytes(), edited))
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0, ran.err
    assert "Point 1, What good looks like 2: taken out “Ask about the day before yesterday.”" in ran.out
    point = Project(project).review(project / "reviews/robin.yaml")[0].points[0]
    assert point.questions == ("Who asked?", "When did you last see a child on their own?")
    assert [one.text for one in point.practice] == [
        "See each child alone and write down what they say.",
        "Sit on the floor.",
    ]


def test_a_point_that_word_adds_brings_its_own_findings_along(project: Path, form: Path) -> None:
    def edited(words: str) -> str:
        point, _ = items_of(words, "R-1")
        new = point.replace(">R-1<", ">R-9<").replace("Seeing the child", "A new point")
        new = new.replace("The review found that nobody spoke to Robin alone.", "A new finding.")
        return words.replace(point, point + new)

    form.write_bytes(with_words(form.read_bytes(), edited))
    before = Project(project).review(project / "reviews/robin.yaml")[0].points
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0, ran.err
    assert next(line for line in ran.out.splitlines() if ": " in line).startswith("Point 2: put in “R-9”")
    first, new, *others = Project(project).review(project / "reviews/robin.yaml")[0].points
    assert (first, tuple(others)) == (before[0], before[1:])
    assert (new.title, new.finding[0].text) == ("A new point", "A new finding.")


def test_what_a_form_does_not_ask_for_stays_with_its_source_wherever_that_goes(project: Path) -> None:
    review = project / "reviews/robin.yaml"
    record = "[{by: A reader, on: 2026-11-01, file: r.pdf, sha256: " + "0" * 64 + "}]"
    edit(review, "{id: S1, title", f"{{id: S1, checked: {record}, title")
    assert run_here("form", "review", "robin", cwd=project).code == 0

    def edited(words: str) -> str:
        source, _ = items_of(words[words.rindex('w:val="sources"') :], ">S1<")
        after, _ = items_of(words[words.rindex('w:val="sources"') :], ">S3<")
        return words.replace(source, "").replace(after, after + source + source.replace(">S1<", ">S9<"))

    (project / FORM).write_bytes(with_words((project / FORM).read_bytes(), edited))
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0, ran.err
    sources = Project(project).review(review)[0].sources
    assert [one.id for one in sources][:3] == ["S2", "S3", "S1"]
    assert sources[3].id == "S9", "a copy of S1, which nobody has checked"
    assert [bool(one.checked) for one in sources] == [one.id == "S1" for one in sources]


def test_problems_are_told_by_the_titles_of_the_fields_and_nothing_is_written(
    project: Path, form: Path
) -> None:
    before = (project / "reviews/robin.yaml").read_bytes()
    change(form, ">S1 5.2<", ">S9 5.2<")
    change(form, ">Seeing the child<", "><")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 1
    assert f"{FORM}: error: Point 1, Title: nothing is written here" in ran.err
    change(form, '<w:t xml:space="preserve"></w:t>', "<w:t>Seeing the child</w:t>")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 1
    assert "Point 1, What the review found 1, Sources" in ran.err and "S9" in ran.err
    assert (project / "reviews/robin.yaml").read_bytes() == before


def test_a_field_that_is_gone_stays_as_it_is_and_one_that_stands_twice_is_refused(
    project: Path, form: Path
) -> None:
    review = project / "reviews/robin.yaml"
    before = review.read_bytes()
    whole = form.read_bytes()
    change(form, 'w:val="points[1].notes.care"', 'w:val="mine"')
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0
    assert "note: Point 1, Trainer’s notes, Care: the form has no such field any more; it stays" in ran.err
    assert "typed outside the fields, so not read: “Give people time.”" in ran.err
    form.write_bytes(whole)
    change(form, 'w:val="points[1].notes.care"', 'w:val="points[1].notes.if_short"')
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 1
    assert "Point 1, Trainer’s notes, If time is short: this field stands twice in the form" in ran.err
    assert review.read_bytes() == before


def test_remarks_stay_where_their_lines_are_written_anew_or_taken_out(project: Path) -> None:
    review = project / "reviews/robin.yaml"
    edit(review, "cautions:\n  - This review", "cautions:\n  - # one\n    This review")
    edit(review, "      care: Give people time.", "      # two\n      care: Give people time. # three")
    edit(review, "      - Who made the fourth visit.", "      - Who made the fourth visit. # five")
    assert run_here("form", "review", "robin", cwd=project).code == 0
    form = project / FORM
    change(form, "This review is invented. Robin did not live.", "This is invented. " * 20)
    change(form, "Give people time.", "")
    change(form, "Who made the fourth visit.", "")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0, ran.err
    words = review.read_text("utf-8")
    assert all(f"# {one}" in words for one in ("one", "two", "three", "five")), words
    assert "care" not in words and "fourth visit" not in words
    assert max(map(len, words[: words.index("summary:")].splitlines())) <= 110


def test_a_value_of_another_kind_is_told_with_what_to_write_in_the_form(project: Path, form: Path) -> None:
    published = re.search(r"(?m)^published: (\S+)", (project / "reviews/robin.yaml").read_text("utf-8"))
    assert published
    change(form, f">{published[1]}<", ">14 May 2024<")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 1 and "Published: “14 May 2024” is not a date" in ran.err
    assert "= write 2024-05-14 in the form, save it, and read it once more" in ran.err


def test_characters_that_no_file_may_hold_are_told_by_their_field(project: Path, form: Path) -> None:
    before = (project / "reviews/robin.yaml").read_bytes()
    change(form, "Give people time.", "Give people\u202e time.")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 1
    assert "Point 1, Trainer’s notes, Care: an invisible character stands in these words (U+202E)" in ran.err
    assert (project / "reviews/robin.yaml").read_bytes() == before


def test_words_beside_the_fields_and_an_open_form_are_told(project: Path, form: Path) -> None:
    change(form, "<w:sectPr", f"<w:p>{run('Please ask the school')}</w:p><w:sectPr")
    (project / f"~${FORM[2:]}").write_bytes(b"")
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 0
    assert "typed outside the fields, so not read: “Please ask the school”" in ran.err
    assert "open in another program" in ran.err


def test_a_review_that_somebody_changed_meanwhile_is_left_alone(project: Path, form: Path) -> None:
    edit(project / "reviews/robin.yaml", "Give people time.", "Give people a break.")
    change(form, "Keep the question.", "Keep both.")
    before = (project / "reviews/robin.yaml").read_bytes()
    ran = run_here("read", FORM, cwd=project)
    assert ran.code == 1 and "changed after the form was made" in ran.err
    assert (project / "reviews/robin.yaml").read_bytes() == before


def test_an_empty_form_of_events_comes_behind_those_of_a_review(project: Path) -> None:
    assert run_here("form", "timeline", "--out", "new.docx", cwd=project).code == 0

    def fill(words: str) -> str:
        for tag, said in (("date", "May 2023"), ("text", "Nobody came."), ("cites", "S1 3.3")):
            pattern = rf'(<w:tag w:val="timeline\[1\]\.{tag}"/>.*?)<w:showingPlcHdr/>(.*?)Write here'
            words = re.sub(pattern, rf"\1\2{said}", words, count=1, flags=re.S)
        return words

    (project / "new.docx").write_bytes(with_words((project / "new.docx").read_bytes(), fill))
    asked = run_here("read", "new.docx", cwd=project)
    assert asked.code == 1 and "--review NAME; there are: robin" in asked.err
    ran = run_here("read", "new.docx", "--review", "robin", cwd=project)
    assert ran.code == 0, ran.err
    timeline = Project(project).review(project / "reviews/robin.yaml")[0].timeline
    assert [one.date for one in timeline] == ["January 2023", "March 2023", "May 2023"]


def test_a_new_review_comes_out_of_a_filled_form(project: Path, house: Brand) -> None:
    path = project / "reviews/robin.yaml"
    values = shown(REVIEW, parse(path, path.read_text("utf-8")).plain())
    (project / "new.docx").write_bytes(a_form(house, {**values, "id": "wren"}))
    ran = run_here("read", "new.docx", cwd=project)
    assert ran.code == 0, ran.err
    old, new = (Project(project).review(project / f"reviews/{name}.yaml")[0] for name in ("robin", "wren"))
    assert new == old.model_copy(update={"id": "wren"})
    again = run_here("read", "new.docx", cwd=project)
    assert again.code == 1 and "there already" in again.err


# ----------------------------------------------------------------------------------------------------- sheets

EVENTS = "xl/worksheets/sheet1.xml"


def in_sheet(path: Path, change: Callable[[str], str]) -> None:
    """Change the first sheet of a workbook on the disk."""
    parts = dict(read_package(path).parts)
    before = parts[EVENTS].decode()
    after = change(before)
    assert after != before, "nothing was changed in the sheet"
    path.write_bytes(zipped({**parts, EVENTS: after.encode()}))


@pytest.mark.parametrize("out", ["points.docx", "points.xlsx"])
def test_an_unchanged_form_of_what_is_partly_restricted_changes_nothing(project: Path, out: str) -> None:
    path = project / "reviews" / "robin.yaml"
    edit(path, "  - id: R-1\n", "  - id: R-1\n    audience: restricted\n")
    before = path.read_text("utf-8")
    ran = run_here("form", "points", "robin", "--out", out, cwd=project)
    assert ran.code == 0 and "It shows what few people may know" in ran.out
    ran = run_here("read", out, cwd=project)
    assert "says the same already: nothing was written" in ran.out, ran
    assert path.read_text("utf-8") == before


def test_a_column_that_stands_twice_is_told_and_nothing_is_written(project: Path, events: Path) -> None:
    before = (project / "reviews" / "robin.yaml").read_text("utf-8")
    head = cell("N1", "Text")
    in_sheet(events, lambda words: words.replace("</c></row>", f"</c>{head}</row>", 1))
    ran = run_here("read", "events.xlsx", cwd=project)
    assert ran.code == 1 and "the column “Text” stands twice; nothing was written" in ran.err
    assert (project / "reviews" / "robin.yaml").read_text("utf-8") == before


def cell(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


@pytest.fixture
def events(project: Path) -> Path:
    ran = run_here("form", "timeline", "robin", "--out", "events.xlsx", cwd=project)
    assert ran.code == 0, ran.err
    return project / "events.xlsx"


@pytest.mark.parametrize("kind", ["points", "timeline"])
@pytest.mark.parametrize("name", ["faith", "keanu-williams"])
def test_a_sheet_that_nobody_changed_changes_nothing(kind: str, name: str) -> None:
    path = TOP / "reviews" / f"{name}.yaml"
    before = path.read_text("utf-8")
    rows = cells.read(read_package(made(OURS, kind, name, as_sheet=True)), CHOICES)
    assert not (rows.beside or rows.missing)
    merge = Merge(lines := Edited(path, before))
    merge.group((), shape.review((kind,)), parse(path, before).plain(), Item(fields={kind: rows.items}))
    assert rows.items and not merge.changes and lines.checked() == before


def test_rows_are_changed_added_and_taken_out(project: Path, events: Path) -> None:
    def edited(words: str) -> str:
        words = re.sub(r'<row r="2">.*?</row>', "", words)
        words = words.replace("Nobody answered the nursery’s second letter.", "=Nobody answered")
        new = cell("B9", "May 2023") + '<c r="C9"><f>1+1</f><v>2</v></c>' + cell("E9", "S1 3.3\nS2")
        new += '<c r="G9" t="b"><v>1</v></c>' + cell("H9", "Schools and education")
        return words.replace("</sheetData>", f'<row r="9">{new}</row></sheetData>')

    title = CHOICES["agencies"]["schools"]
    in_sheet(events, lambda words: edited(words).replace("Schools and education", title))
    ran = run_here("read", "events.xlsx", cwd=project)
    assert ran.code == 0, ran.err
    assert "Event 1: taken out “January 2023”" in ran.out
    first, new = Project(project).review(project / "reviews/robin.yaml")[0].timeline
    assert (first.date, first.text, first.slide) == ("March 2023", "=Nobody answered", "A second letter")
    assert (new.text, new.key, new.known_to) == ("=1+1", True, ("schools",))
    assert [(one.source, one.where) for one in new.cites] == [("S1", "3.3"), ("S2", None)]


def test_a_sheet_without_a_column_takes_nothing_out_and_words_elsewhere_are_told(
    project: Path, events: Path
) -> None:
    before = (project / "reviews/robin.yaml").read_bytes()
    in_sheet(
        events,
        lambda words: words.replace("</row></sheetData>", f"{cell('Z3', 'a remark')}</row></sheetData>"),
    )
    ran = run_here("read", "events.xlsx", cwd=project)
    assert ran.code == 0 and "“a remark” in row 3" in ran.err
    in_sheet(events, lambda words: words.replace(">Words for a slide<", ">In short<"))
    ran = run_here("read", "events.xlsx", cwd=project)
    assert ran.code == 1 and "the column “Words for a slide” is gone" in ran.err
    assert (project / "reviews/robin.yaml").read_bytes() == before


def test_words_in_place_of_a_number_and_on_the_sheet_about_the_form_are_told(
    project: Path, events: Path
) -> None:
    new = f'<row r="9">{cell("A9", "new, ask Jo")}{cell("B9", "May 2023")}</row></sheetData>'
    in_sheet(events, lambda words: words.replace("</sheetData>", new))
    parts = dict(read_package(events).parts)
    (about,) = (name for name, one in parts.items() if sheets.INTRO[0].encode() in one)
    note = f'<row r="60">{cell("A60", "Jo has seen this")}</row></sheetData>'
    parts[about] = parts[about].replace(b"</sheetData>", note.encode())
    events.write_bytes(zipped(parts))
    beside = cells.read(read_package(events), CHOICES).beside
    assert sorted(beside) == [
        "“Jo has seen this” in the sheet About this form",
        "“new, ask Jo” in row 9, which stands in no column of the form",
    ]


def test_words_that_excel_keeps_apart_are_read(project: Path, events: Path) -> None:
    parts = dict(read_package(events).parts)
    strings = (
        f'<sst xmlns="{cells.MAIN}"><si><r><t>Nobody</t></r><r><t xml:space="preserve"> answered.</t></r>'
        "<rPh><t>spoken</t></rPh></si><si><t>one_x000D__x000A_two</t></si></sst>"
    )
    rel = '<Relationship Id="rId9" Type="{}sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", rel.format(RELATIONSHIPS).encode())
    parts["xl/sharedStrings.xml"] = strings.encode()
    row = '<row r="9"><c r="B9" t="s"><v>0</v></c><c r="C9" t="s"><v>1</v></c><c r="D9"><v>2023.0</v></c>'
    row += '<c r="G9" t="b"><v>1</v></c></row><row r="x"><c r="A10"><v>1</v></c>'
    row += '<c r="B10"><v>2</v></c></row>'
    parts[EVENTS] = parts[EVENTS].replace(b"</sheetData>", f"{row}</sheetData>".encode())
    events.write_bytes(zipped(parts))
    items = cells.read(read_package(events), CHOICES).items
    assert [one.was for one in items] == [0, 1, None, None], "a number that stands twice is that of the first"
    fields = items[-2].fields
    assert (fields["date"], fields["text"], fields["slide"]) == ("Nobody answered.", "one two", "2023")
    assert fields["key"] == "yes"


@pytest.mark.parametrize("name", ["notes.txt", "gone.docx", "deck.pptx"])
def test_what_is_no_form_is_told_plainly(project: Path, name: str) -> None:
    if name == "notes.txt":
        (project / name).write_text("notes", "utf-8")
    if name == "deck.pptx":
        import pptx

        pptx.Presentation().save(project / name)
    ran = run_here("read", name, cwd=project)
    assert ran.code == 1 and ran.err.startswith(f"{name}: error: ") and "Traceback" not in ran.err
