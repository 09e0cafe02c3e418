"""The documents say what the code does: every command, field, name and message, and every link leads
somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel

from tests.conftest import WORDING, edit
from toolkit.brand.wordstyles import HOUSE_STYLES
from toolkit.build import Options, make
from toolkit.cli import app
from toolkit.content import model as content
from toolkit.content.nodes import parse, read_text
from toolkit.plan import model as plan
from toolkit.plan.facts import ChosenReview
from toolkit.plan.outline import OutlinePage, Pattern
from toolkit.plan.session import shape
from toolkit.problems import Invalid, Node
from toolkit.project import Project
from toolkit.render.formats import FORMATS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
WRITING = ROOT / "docs" / "writing-a-review.md"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def code_of(text: str) -> str:
    """What stands in blocks and spans of code."""
    return "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", text, re.S | re.M))


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings."""
    return {
        re.sub(r"[^\w\- ]", "", title).strip().casefold().replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", text, re.M)
    }


def test_the_folder_of_a_board_names_commands_that_there_are() -> None:
    named = set(re.findall(r"^  toolkit (\w+)", read("templates/starters/README.txt"), re.M))
    assert {"build", "audit", "import"} <= named <= set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_and_headings(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", document.read_text("utf-8"))):
        if not target.startswith(("https://", "http://")):
            name, _, anchor = target.partition("#")
            file = document.parent / name if name else document
            assert file.is_file(), f"{document.name} links to {target}"
            assert not anchor or anchor in anchors(file.read_text("utf-8")), (
                f"{document.name} links to {target}"
            )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_templates_that_exist(document: Path) -> None:
    for name in re.findall(r"\btemplates/(?:pages|outlines)/[a-z0-9-]+\.yaml", document.read_text("utf-8")):
        assert (ROOT / name).is_file(), f"{document.name}: {name}"


@pytest.mark.parametrize("picture", re.findall(r"!\[.*?\]\([^)]*\)", read("README.md")))
def test_pictures_have_alternative_texts(picture: str) -> None:
    assert len(picture[2 : picture.index("]")].split()) > 5


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_names_every_command(name: str) -> None:
    assert f"toolkit {name}" in code_of(read("README.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_commands_and_options_that_exist(document: Path) -> None:
    for name, rest in re.findall(
        r"(?:^|`|\s)toolkit ([a-z]+)\b([^`\n]*)", code_of(document.read_text("utf-8"))
    ):
        assert name in COMMANDS, f"{document.name}: toolkit {name}"
        there = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
        assert set(re.findall(r"(?<!\S)--?[a-z-]+", rest)) <= there, f"{document.name}: toolkit {name}{rest}"


def words_of(node: Node) -> list[str]:
    if isinstance(node.value, dict):
        return [text for child in node.value.values() for text in words_of(child)]
    if isinstance(node.value, list):
        return [text for child in node.value for text in words_of(child)]
    return [node.value]


def conditions(node: Node) -> Iterator[str]:
    """What stands after `when:` in an outline."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            if name == "when":
                yield child.value
            yield from conditions(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from conditions(child)


def test_architecture_names_everything_that_templates_use() -> None:
    jinja = SandboxedEnvironment()
    own = (
        "after_lead",
        "clock",
        "lead",
        "sentence",
        "words",
    )  # of ours; with one more, the templates below cannot be parsed
    jinja.filters |= dict.fromkeys(own, str)
    used = set(own)
    for path in sorted((ROOT / "templates" / "pages").glob("*.yaml")):
        for text in words_of(parse(path, read_text(path))):
            used |= meta.find_undeclared_variables(jinja.parse(text))
    for path in sorted((ROOT / "templates" / "outlines").glob("*.yaml")):
        for text in words_of(parse(path, read_text(path))):
            used |= meta.find_undeclared_variables(jinja.parse(text))
        for condition in conditions(parse(path, read_text(path))):
            used |= meta.find_undeclared_variables(jinja.parse("{{ " + condition + " }}"))
    assert {"review", "cite", "point", "chosen_review", "shared", "heading"} <= used
    named = set(re.findall(r"\w+", code_of(read("docs/architecture.md"))))
    assert used - named == set()


GIVEN = {  # what stands for what in the calls that the table of functions writes
    "statements": "point.finding",
    "statement": "point.finding[0]",
    "words": "'x'",
    "url": "'https://example.org'",
    "id": "'schools'",
    "day": "'2024-05-01'",
    "knew": "[]",
    "name": "'Robin'",
    "items": "['x']",
    "steps": "['x']",
    "lines": "['x']",
}


def test_a_template_knows_every_name_and_function_that_architecture_tells(project: Path) -> None:
    """On a page for a point: all of them but the question of a quiz."""
    tables = read("docs/architecture.md").partition("### Names")[2].partition("### Language")[0]
    names, functions = tables.split("| Function |")
    cells = re.findall(r"^\| (`[^|]+) \|", names, re.M)
    told = sorted({name for cell in cells for name in re.findall(r"`(\w+)", cell)})
    calls = re.findall(r"^\| `(\w+)\((.*?)\)`", functions, re.M)
    assert {"review", "draft", "session"} <= set(told) and ("heading", "review, point") in calls
    lines = "".join(f"  - {name} {{% if {name} is defined %}}is{{% endif %}} known\n" for name in told)
    for name, given in calls:
        words = ", ".join(GIVEN.get(one, one) for one in given.split(", ") if one != "…")
        lines += f"  - {name} {{% set made = {name}({words}) %}}is known\n"
    own = project / "templates"
    (own / "pages").mkdir(parents=True)
    (own / "outlines").mkdir()
    page = f"layout: content\ntitle: Names\nbody: |\n  **{{{{ heading(review, point) }}}}**\n\n{lines}"
    (own / "pages" / "names.yaml").write_text(page, "utf-8")
    outline = "title: Names\nsections: [{name: Names, pages: [{page: names, each: point}]}]\n"
    (own / "outlines" / "names.yaml").write_text(outline, "utf-8")
    edit(project / "decks" / "robin.yaml", "minutes:", "outline: names\nminutes:")
    opened = Project(project)
    plans, _, _ = make(opened, opened.targets()[0], Options())
    body = plan.words(plans.by_name["deck"].pages[0].slots[0][1]).splitlines()
    known = [*told, *(name for name, _ in calls)]
    assert [name for name in known if f"{name} is known" not in body] == ["asked"]


@pytest.mark.parametrize(
    "name", [*ChosenReview.shown, *plan.NOTES, *OutlinePage.model_fields, *Pattern.model_fields]
)
def test_architecture_names_parts(name: str) -> None:
    assert re.search(rf"`\.?{name}`", read("docs/architecture.md"))


def test_architecture_names_every_module_that_exists() -> None:
    tables = read("docs/architecture.md").partition("## Modules")[2].partition("## Central")[0]
    first = [row.split(" | ")[0] for row in re.findall(r"^\| (`.+)$", tables, re.M)]
    named = [name for cell in first for name in re.findall(r"`([\w/]+)`", cell)]
    code = ROOT / "toolkit"
    there = {p.relative_to(code).with_suffix("").as_posix() for p in code.rglob("*.py")}
    there = {name for name in there if "__" not in name and not name.startswith("office/accessible/")}
    assert sorted(named) == sorted({*there, "office/accessible"})


def models() -> list[type[BaseModel]]:
    written = [m for m in vars(content).values() if isinstance(m, type) and issubclass(m, content.Model)]
    return [
        m
        for m in written
        if m not in (content.Model, content.Work, content.Deck, content.Briefing, content.Selection)
    ]


@pytest.mark.parametrize(
    "field", sorted({f"{m.__name__}.{name}" for m in models() for name in m.model_fields})
)
def test_writing_a_review_names_every_field(field: str) -> None:
    assert re.search(rf"\b{field.partition('.')[2]}\b", code_of(WRITING.read_text("utf-8")))


def example() -> str:
    """The invented review that the examples of the guide make together."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", WRITING.read_text("utf-8"), re.S | re.M)
    return "".join(blocks)


def problems(folder: Path, text: str) -> list[str]:
    """What the toolkit says of a review with this text."""
    path = folder / "reviews" / "robin.yaml"
    path.parent.mkdir()
    path.write_bytes(text.encode())
    project = Project(folder, ROOT)
    try:
        return [p.message for p in project.advice(path)]
    except Invalid as error:
        return [p.message for p in error.problems]


def test_the_examples_are_a_sound_review(tmp_path: Path) -> None:
    assert problems(tmp_path, example()) == []


MISTAKES = [  # what the guide quotes, and the change to its own example that brings it
    ("unknown field 'titel'", "title: Robin ", "titel: Robin "),
    ("'title' is missing", "title: Robin                 # what it is called on slides\n", ""),
    ("'title' stands here twice", "title: Robin ", "title: Robin\ntitle: Robin "),
    ("this colon would start a second field", "text: Robin was seriously", "text: Robin: was seriously"),
    ("a tab (shown as ?) stands where spaces are needed", "  - text: Robin lived", "\t- text: Robin lived"),
    ("a quotation mark is opened here and never closed", 'practice review"', "practice review"),
    ("a no-break space (shown as ?) stands after the colon", "title: Robin ", "title:\u00a0Robin "),
    ("this mark (–) starts no list item", "  - This is an invented", "  – This is an invented"),
    ("there is no colon after 'title'", "title: Robin ", "title Robin "),
    ("an apostrophe inside single quotation marks", "title: Robin ", "title: 'Robin's' "),
    ("line 2 belongs to no field", "title: Robin ", "Pasted words\ntitle: Robin "),
    (
        "what follows this # is taken for a note of yours",
        "text: Robin was seriously",
        "text: Robin was # 1 seriously",
    ),
    ("two cites are joined by a semicolon", "cites: [S1 2.1]", "cites: [S1 2.1; S2 2.2]"),
    (
        "a second paragraph begins here",
        "text: Robin was seriously",
        "text: Robin\n\n      was seriously",
    ),
    ("an empty list item", "  - This is an invented example. Do not use it in a session.", "  -"),
    ("this part of the summary has no source", "    cites: [S1 2.1]\n", ""),
    (
        "a cite that carries words needs quotation marks round all of it",
        "[S1 2.1]",
        '[S1 2.1: "many services knew the household"]',
    ),
    ("3 words are too few for a cite", "[S1 2.1]", "['S1 2.1: \"services knew it\"']"),
    ("no source is called 'S9'", "[S1 2.1]", "[S9 2.1]"),
    ("no theme is called 'voice-of-child'", "voice-of-the-child", "voice-of-child"),
    ("'published' “1 May 2024” is not a date", "published: 2024-05-01 ", "published: 1 May 2024 "),
    (
        "point 'ROB-1' has no questions",
        "    questions:\n      - When did you last see a child you worry about at home?\n",
        "",
    ),
    ("this finding rests on a court or on wider guidance only", "kind: review-report", "kind: court"),
    ("'ROB-1' is lowered to hold without a reason", "level: case", "standing: hold"),
    ("'S2' is not a review report, so it cannot lift a point's standing", "source: S1  ", "source: S2  "),
    ("the id 'robyn' differs from the file's name", "id: robin", "id: robyn"),
    (
        "words are many for a slide",
        "No practitioner saw Robin at home in a year.",
        "no practitioner saw Robin at home in a year" + " at all" * 12,
    ),
    ("no answer to this question is right", "        right: yes\n", ""),
    ("the file starts with an invisible byte order mark", "id: robin", "\ufeffid: robin"),
]


@pytest.mark.parametrize(("message", "right", "wrong"), MISTAKES, ids=[m for m, _, _ in MISTAKES])
def test_common_mistakes_are_answered_as_the_guide_says(
    message: str, right: str, wrong: str, tmp_path: Path
) -> None:
    assert f"| {message} |" in WRITING.read_text("utf-8")
    assert right in example()
    assert any(message in said for said in problems(tmp_path, example().replace(right, wrong, 1)))


def test_every_common_mistake_is_tried() -> None:
    table = WRITING.read_text("utf-8").partition("## Common mistakes")[2]
    rows = [
        row for row in re.findall(r"^\| (.+?) \|", table, re.M) if row not in ("---", "What the toolkit says")
    ]
    assert rows == [message for message, _, _ in MISTAKES]


def test_making_a_brand_names_every_role_slot_and_style() -> None:
    text = read("docs/making-a-brand.md")
    for role, slots in plan.SLOTS.items():
        if role not in plan.ON_PAPER:
            row = next((line for line in text.splitlines() if line.startswith(f"| `{role}` |")), "")
            assert re.findall(r"`([\w-]+)`", row) == [role, "title", *slots]
    for style, name in HOUSE_STYLES.items():
        assert f"| `{style}` | {name} |" in text


def test_running_a_session_explains_every_line_of_a_deck() -> None:
    table = read("docs/running-a-session.md").partition("| Line |")[2].partition("### ")[0]
    told = {name for row in re.findall(r"^\| (`.+?) \|", table, re.M) for name in re.findall(r"`(\w+)`", row)}
    from_the_board = {"subtitle", "board", "language", "brand", "outline"}
    assert told == set(content.Deck.model_fields) - from_the_board


def test_running_a_session_says_how_much_fits() -> None:
    """From and to how many minutes, points and reviews, as the toolkit chooses them."""
    rows = re.findall(r"^\| (\d+) to (\d+) \| (\d).*? \| (\d) \|$", read("docs/running-a-session.md"), re.M)
    told = [tuple(map(int, row)) for row in rows]
    assert [(first, last, *shape(first)[:2]) for first, last, _, _ in told] == told
    assert [(first, last, *shape(last)[:2]) for first, last, _, _ in told] == told
    assert [one[0] for one in told] == [7, *(one[1] + 1 for one in told[:-1])] and told[-1][1] == 180


def test_running_a_session_names_every_file_of_a_deck() -> None:
    table = read("docs/running-a-session.md").partition("## What you get")[2].partition("## ")[0]
    for one in FORMATS["decks"]:
        assert re.search(rf"`(gp-lunch)?{re.escape(one.ending)}`", table), one.ending


@pytest.mark.parametrize("name", plan.NOTES)
def test_running_a_session_explains_every_part_of_the_notes_where_it_is_printed(name: str) -> None:
    told = read("docs/running-a-session.md").partition("## What is in the notes")[2].partition("\n## ")[0]
    with_slides, in_the_guide = told.split("These stand in the guide alone")
    row = f"| {WORDING[name]} |"
    assert (row in with_slides, row in in_the_guide) == (name in plan.ROOM, name not in plan.ROOM)


@pytest.mark.parametrize("title", ["care", "support", "check-in", "action", "running-late", "box-talk"])
def test_running_a_session_calls_slides_by_their_titles(title: str) -> None:
    path = ROOT / "templates" / "pages" / f"{title}.yaml"
    node = parse(path, read_text(path))
    assert isinstance(node.value, dict)
    assert f"*{node.value['title'].value}*" in " ".join(read("docs/running-a-session.md").split())
