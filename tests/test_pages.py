"""From an outline, templates and facts to a plan: minutes, order, citations; and content that never escapes
its slot.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import edit
from toolkit.build import Options, make
from toolkit.content.nodes import parse
from toolkit.plan.facts import link
from toolkit.plan.model import NOTES, SLOTS, Bullets, Page, Plan, clock, text, words
from toolkit.problems import Invalid
from toolkit.project import Project


def plan(project: Path, folder: str = "decks") -> Plan:
    opened = Project(project)
    target = next(t for t in opened.targets() if t.folder == folder)
    return make(opened, target, Options())[0].by_name["deck" if folder == "decks" else "briefing"]


def everything(page: Page) -> str:
    return "\n".join([page.title, *(words(b) for _, b in page.slots), *(words(n.blocks) for n in page.notes)])


def test_plan_keeps_its_promises(project: Path) -> None:
    for folder in ("decks", "briefings"):
        made = plan(project, folder)
        assert len({p.id for p in made.pages}) == len(made.pages)
        assert len({p.title for p in made.pages}) == len(made.pages)
        for page in made.pages:
            names = [name for name, _ in page.slots]
            assert names == [s for s in SLOTS[page.layout] if s in names]
            assert [n.name for n in page.notes] == [n for n in NOTES if n in [x.name for x in page.notes]]
            assert all(blocks for _, blocks in page.slots)
            assert page.place.path.exists()


def test_minutes_are_shared_out_whole_and_in_order(project: Path) -> None:
    made = plan(project)
    assert sum(p.minutes for p in made.pages) == 60
    clock_at = 0
    for page in made.pages:
        assert page.start == clock_at
        clock_at += page.minutes
    points = [p for p in made.pages if p.id.startswith("point-")]
    assert [p.minutes for p in points] == [12, 12]
    assert "12 minutes, from 0:1" in everything(points[0])


def test_points_come_in_the_order_of_the_deck(project: Path) -> None:
    edit(project / "decks" / "robin.yaml", "review: robin", "review: robin\n    points: [R-2, R-1]")
    titles = [p.title for p in plan(project).pages if p.id.startswith("point-")]
    assert titles == [
        "A letter without an answer needs a telephone call",
        "Somebody needs to see and hear the child",
    ]


def test_points_left_out_come_as_cards(project: Path) -> None:
    edit(project / "decks" / "robin.yaml", "review: robin", "review: robin\n    points: [R-2]")
    ids = [p.id.rpartition("-")[0] for p in plan(project).pages]
    assert ids.count("point") == 1
    assert ids[-1] == "card"


def test_held_point_is_in_no_page(project: Path) -> None:
    for folder in ("decks", "briefings"):
        assert not any("heading that nobody has read" in everything(p) for p in plan(project, folder).pages)


def test_page_names_the_line_it_comes_from(project: Path) -> None:
    page = next(
        p for p in plan(project).pages if p.title == "A letter without an answer needs a telephone call"
    )
    assert page.place.path == project / "reviews" / "robin.yaml"
    assert "R-2" in page.place.path.read_text("utf-8").splitlines()[page.place.line - 1]


def test_sources_are_numbered_in_the_order_of_the_file_and_only_if_cited(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "sources:\n",
        "sources:\n  - {id: S0, title: Never cited, publisher: Nobody, kind: context, read: whole}\n",
    )
    made = plan(project)
    whole = "\n".join(everything(p) for p in made.pages)
    assert "Never cited" not in whole
    assert "An invented summary" not in whole  # the deck shows no part of the review that cites it
    assert "See each child alone and write down what they say. [1, 7.1]" in whole
    assert "An invented newspaper reports that a second letter was not answered. [2]" in whole


STRANGE = [
    "# 1 concern",
    "## 2 concerns",
    "- x",
    "1. x",
    "> x",
    "| a | b |",
    "@ x | y",
    "% y",
    "! y",
    "^ y",
    "~ y",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# gone #}",
    "{% endfor %}",
    "[a](javascript:x)",
    "<script>x</script>",
    "&lt; & > \" '",
    "${x} %(x)s {0}",
    "a  b",
    "]]>",
]


PLACES = [
    "in the title",
    "in the finding",
    "in a step",
    "in a question",
    "in the account",
    "in a practice",
    "in what is said",
    "in an answer",
    "in an event",
    "in a source",
]


def strange(project: Path, values: list[str]) -> None:
    """Put each value into every kind of slot that a point, an event and a source have: one of each for every
    value.
    """
    path = project / "reviews" / "robin.yaml"
    data = parse(path, path.read_text("utf-8")).plain()
    data["points"] = [
        {
            "id": f"R-{n}",
            "title": f"{value} in a name",
            "message": f"{value} in the title",
            "slide": {
                "finding": f"{value} in the finding",
                "practice": [f"{value} in a step", "A second step"],
            },
            "finding": [{"text": f"{value} in the account", "cites": [f"S1{n}"]}],
            "practice": [f"{value} in a practice"],
            "questions": [f"{value} in a question"],
            "lenses": ["all"],
            "themes": ["neglect"],
            "notes": {"say": [f"{value} in what is said"], "listen_for": [f"{value} in an answer"]},
        }
        for n, value in enumerate(values)
    ]
    data["timeline"] = [
        {"date": f"{value} {n}", "text": f"{value} in an event", "cites": ["S1"], "key": True}
        for n, value in enumerate([*values, "Plain"])
    ]
    first = data["sources"][0]
    data["sources"] = data["sources"][:4] + [
        {**first, "id": f"S1{n}", "title": f"{value} in a source"} for n, value in enumerate(values)
    ]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    briefing = project / "briefings" / "robin.yaml"
    briefing.write_text(briefing.read_text("utf-8").replace("    points: [R-1]\n", ""), "utf-8")


def shape(made: Plan) -> list[object]:
    """Pages, slots and notes of a plan with the kinds of their blocks, without the words."""
    return [
        (
            p.id,
            p.layout,
            [(n, [type(b) for b in blocks]) for n, blocks in p.slots],
            [(n.name, [type(b) for b in n.blocks]) for n in p.notes],
        )
        for p in made.pages
    ]


def test_content_stays_in_its_slot_and_prints_as_itself(project: Path) -> None:
    strange(project, [f"Plain{n}" for n in range(len(STRANGE))])
    shapes = [shape(plan(project, folder)) for folder in ("decks", "briefings")]
    strange(project, STRANGE)
    deck, briefing = plan(project), plan(project, "briefings")
    assert [shape(deck), shape(briefing)] == shapes
    told, written = ("\n".join(everything(p) for p in made.pages) for made in (deck, briefing))
    for value in STRANGE:
        assert [place for place in PLACES if f"{value} {place}" not in told] == []
        assert [
            place
            for place in ("in the title", "in the account", "in a practice", "in a source")
            if f"{value} {place}" not in written
        ] == []


def test_bold_in_content_is_bold_and_leaves_no_stars(project: Path) -> None:
    strange(project, ["**bold**"])
    page = next(p for p in plan(project).pages if p.id.startswith("point-"))
    assert page.title == "bold in the title"
    bold = [
        s.text
        for b in page.slot("right")
        if isinstance(b, Bullets)
        for item in b.items
        for s in item
        if s.bold
    ]
    assert bold == ["bold"]


def own_page(project: Path, body: str, name: str = "cover") -> Path:
    path = project / "templates" / "pages" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'layout: content\ntitle: "{{{{ deck.title }}}}"\nbody: |\n{body}\n', "utf-8")
    return path


def test_own_template_wins(project: Path) -> None:
    own_page(
        project,
        "  - {{ deck.audience }}, {{ total }} review\n  - {{ 75 | clock }} and {{ 'three small words' | words"
        " }} words",
    )
    first = plan(project).pages[0]
    assert words(first.slot("body")) == "everyone who tests, 1 review\n1:15 and 3 words"


@pytest.mark.parametrize(
    "body, message",
    [
        ("  {{ date(none) }}", "this template cannot be filled"),
        ("  {{ reviews[7].title }}", "this template cannot be filled"),
        ("  {{ 1 / 0 }}", "this template cannot be filled: division by zero"),
        ("  {{ agency('zzz') }}", "this template cannot be filled"),
        ("  {{ reviews[0].child.names }}", "a child has no field 'names'"),
        ("  {{ reviews[0].__init__.__globals__ }}", "this template cannot be filled"),
        ("  {% include 'x' %}", "this template cannot be filled"),
        ("  {% if %}x{% endif %}", "this template cannot be read"),
    ],
)
def test_template_that_does_not_work_is_told_with_its_line(project: Path, body: str, message: str) -> None:
    path = own_page(project, "  first line\n" + body)
    with pytest.raises(Invalid) as found:
        plan(project)
    (problem,) = found.value.problems
    assert problem.message.startswith(message)
    assert (problem.place.path, problem.place.line) == (path, 5)


def test_condition_may_not_crash(project: Path) -> None:
    outline = project / "templates" / "outlines" / "session-60.yaml"
    outline.parent.mkdir(parents=True)
    outline.write_text(
        "title: x\nminutes: 60\nsections:\n  - name: x\n    pages:\n      - {page: care, minutes: 60, when:"
        " reviews > 3}\n",
        "utf-8",
    )
    with pytest.raises(Invalid, match="this condition does not work"):
        plan(project)


def test_same_title_twice_is_told_apart(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "message: A letter without an answer needs a telephone call",
        "message: Somebody needs to see and hear the child",
    )
    titles = [p.title for p in plan(project).pages if p.id.startswith("point-")]
    assert titles == [
        "Somebody needs to see and hear the child",
        "Somebody needs to see and hear the child (2)",
    ]


def test_words_for_clocks_and_links() -> None:
    assert [clock(m) for m in (0, 5, 60, 75, 605)] == ["0:00", "0:05", "1:00", "1:15", "10:05"]
    assert link("a [b] *c*", None) == r"a \[b\] \*c\*"
    assert link("a [b] *c*", "https://example.org/(x)") == r"[a \[b\] \*c\*](<https://example.org/(x)>)"


def test_plan_of_spans_has_no_tokens(project: Path) -> None:
    for folder in ("decks", "briefings"):
        for page in plan(project, folder).pages:
            assert not {"\ufdd0", "\ufdd1"} & set(everything(page) + page.section)
            assert text(()) == ""
