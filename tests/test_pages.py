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
from toolkit.plan.model import NOTES, ROOM, SLOTS, Heading, Page, Plan, clock, spans_in, text, words
from toolkit.plan.plans import Plans
from toolkit.problems import Invalid
from toolkit.project import Project


def plans(project: Path, folder: str = "decks") -> Plans:
    opened = Project(project)
    target = next(t for t in opened.targets() if t.folder == folder)
    return make(opened, target, Options())[0]


def plan(project: Path, folder: str = "decks") -> Plan:
    return plans(project, folder).by_name["deck" if folder == "decks" else "briefing"]


def every_plan(project: Path) -> dict[str, Plan]:
    """The plans of the deck, of its documents, and of the briefing."""
    return {**plans(project).by_name, **plans(project, "briefings").by_name}


def everything(page: Page) -> str:
    return "\n".join([page.title, *(words(b) for _, b in page.slots), *(words(n.blocks) for n in page.notes)])


def whole(made: Plan) -> str:
    return "\n".join(everything(page) for page in made.pages)


def from_template(made: Plan, name: str) -> list[Page]:
    return [page for page in made.pages if page.id.rpartition("-")[0] == name]


def taught(project: Path, *points: str) -> None:
    edit(
        project / "decks" / "robin.yaml", "review: robin", f"review: robin\n    points: [{', '.join(points)}]"
    )


def test_plan_keeps_its_promises(project: Path) -> None:
    taught(project, "R-2")
    made = every_plan(project)
    assert made.keys() == {"deck", "guide", "handout", "cards", "team", "briefing"}
    for one in made.values():
        assert len({p.id for p in one.pages}) == len(one.pages)
        assert len({p.title for p in one.pages}) == len(one.pages)
        for page in one.pages:
            names = [name for name, _ in page.slots]
            assert names == [s for s in SLOTS[page.layout] if s in names]
            assert [n.name for n in page.notes] == [n for n in NOTES if n in [x.name for x in page.notes]]
            assert all(blocks for _, blocks in page.slots)
            assert page.place.path.exists()


def test_minutes_are_shared_out_whole_and_in_order(project: Path) -> None:
    made = plans(project)
    assert made.session and made.session.in_hand == 3
    pages = made.by_name["deck"].pages
    assert sum(p.minutes for p in pages) == 30 - 3
    clock_at = 0
    for page in pages:
        if page.section == "What I will do" and page.id.startswith("action"):
            clock_at += made.session.in_hand
        assert page.start == clock_at
        clock_at += page.minutes
        until = clock(page.start + page.minutes)
        assert (f"{clock(page.start)}–{until}, {page.minutes} minutes" in everything(page)) is (
            page.minutes > 1
        )
    points = [
        sum(p.minutes for p in pages[n : n + 3]) for n, p in enumerate(pages) if p.id.startswith("finding")
    ]
    assert points == [8, 7]


def test_a_guide_begins_with_what_to_do_before_and_has_what_is_at_hand_on_a_new_sheet(project: Path) -> None:
    guide = plans(project).by_name["guide"]
    sections = list(dict.fromkeys(page.section for page in guide.pages))
    assert sections[:3] == ["Before you run this", "To have at hand", "Slides and script"]
    assert {page.section for page in guide.pages if page.new_sheet} == {sections[1]}
    at_hand = [page for page in guide.pages if page.section == sections[1]]
    assert [page.title for page in at_hand[:3]] == [
        "Running order",
        "If you are running late",
        "If it happens",
    ]
    slides = [page for page in guide.pages if page.section == sections[2]]
    assert {page.layout for page in slides} == {"script"}
    deck = plans(project).by_name["deck"].pages
    assert [page.id for page in slides] == [page.id for page in deck], "its pictures are found by these"


def test_notes_have_what_the_room_needs_and_the_guide_the_rest(project: Path) -> None:
    made = plans(project).by_name
    for page in made["deck"].pages:
        assert {note.name for note in page.notes} <= set(ROOM)
    script = next(p for p in made["guide"].pages if p.title.startswith("Slide 5: Somebody needs"))
    assert "Not one of them spoke with Robin alone." in everything(script)
    for said in (
        "Who made the fourth visit.",
        "Only the opening of each was read",
        "This review is invented.",
    ):
        assert said in whole(made["guide"]) and said not in whole(made["deck"])


def test_online_the_notes_say_what_to_do_on_screen(project: Path) -> None:
    def activity() -> dict[str, str]:
        (page,) = from_template(plan(project), "pairs")[:1]
        return {note.name: words(note.blocks) for note in page.notes}

    room = activity()
    assert "pairs talk. Walk round" in room["do"] and "Pairs, with whoever" in room["group"]
    edit(project / "decks" / "robin.yaml", "minutes: 30", "minutes: 30\nmode: online")
    online = activity()
    assert "put the question into the chat" in online["do"] and "Walk round" not in online["do"]
    assert "group" not in online and "online" not in online


def test_points_come_in_the_order_of_the_deck(project: Path) -> None:
    taught(project, "R-2", "R-1")
    expected = [
        "A letter without an answer needs a telephone call",
        "Somebody needs to see and hear the child",
    ]
    made = plans(project).by_name
    assert [p.title for p in from_template(made["deck"], "finding")] == expected
    assert [p.title for p in from_template(made["handout"], "handout-point")] == expected
    edit(project / "decks" / "robin.yaml", "    points: [R-2, R-1]", "points: [R-2, R-1, R-2]")
    assert [p.title for p in from_template(plan(project), "finding")] == expected
    edit(project / "decks" / "robin.yaml", "points: [R-2, R-1, R-2]", "points: [R-1, R-2]")
    assert [p.title for p in from_template(plan(project), "finding")] == expected[::-1]


def test_points_left_out_come_as_cards(project: Path) -> None:
    assert "cards" not in plans(project).by_name
    taught(project, "R-2")
    made = plans(project).by_name
    assert len(from_template(made["deck"], "finding")) == 1
    front, card = made["cards"].pages
    assert front.layout == "part"
    assert (card.id, card.layout, card.title) == (
        "learning-card-2",
        "card",
        "Somebody needs to see and hear the child",
    )
    assert "Robin was not spoken to alone at any visit." in everything(card)
    assert "Somebody needs to see and hear the child" not in whole(made["deck"])


def test_held_point_is_in_no_page(project: Path) -> None:
    for one in every_plan(project).values():
        assert "heading that nobody has read" not in whole(one)


def test_page_names_the_line_it_comes_from(project: Path) -> None:
    page = next(
        p for p in plan(project).pages if p.title == "A letter without an answer needs a telephone call"
    )
    assert page.place.path == project / "reviews" / "robin.yaml"
    assert "R-2" in page.place.path.read_text("utf-8").splitlines()[page.place.line - 1]


def test_sources_are_numbered_in_the_order_of_the_file_and_only_if_cited(project: Path) -> None:
    never = "  - {id: S0, title: Never cited, publisher: Nobody, kind: context, read: whole}\n"
    review = project / "reviews" / "robin.yaml"
    edit(review, "sources:\n", f"sources:\n{never}")
    edit(review, "  - {id: S3,", f"{never.replace('S0', 'S9')}  - {{id: S3,")
    for guide in (plans(project).by_name["guide"], plan(project, "briefings")):
        told = whole(guide)
        assert "Never cited" not in told
        assert "See each child alone and write down what they say. [1, 7.1]" in told
        assert "The invented board published its review in May 2024. [2]" in told
        assert "Ask about the day before yesterday. [4]" in told
        listed = [line[:10] for line in everything(guide.pages[-1]).splitlines() if line.startswith("[")]
        assert listed == ["[1] An inv", "[2] An inv", "[3] A lett", "[4] Invent"]
    edit(review, "      - {text: Ask about the day before yesterday., cites: [S4]}\n", "")
    assert "Invented guidance" not in whole(plans(project).by_name["guide"])


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
    "in a quiz",
    "in a right answer",
    "in a wrong answer",
    "in a reason",
]


def strange(project: Path, values: list[str]) -> None:
    """Put each value into every kind of slot that a point, an event, a source and a question have: one of
    each for every value. The deck tells all of them.
    """
    path = project / "reviews" / "robin.yaml"
    data = parse(path, path.read_text("utf-8")).plain()
    data["points"] = [
        {
            "id": f"R-{n}",
            "title": f"{value} in a name",
            "message": f"{value} in the title",
            "slide": {"finding": f"{value} in the finding"},
            "finding": [{"text": f"{value} in the account", "cites": [f"S1{n}"]}],
            "practice": [{"text": f"{value} in a practice", "slide": f"{value} in a step"}],
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
    data["quiz"] = [
        {
            "text": f"{value} in a quiz",
            "answers": [
                {"text": f"{value} in a right answer", "right": True},
                {"text": f"{value} in a wrong answer"},
            ],
            "because": f"{value} in a reason",
            "cites": ["S1"],
        }
        for value in values
    ]
    first = data["sources"][0]
    data["sources"] = data["sources"][:4] + [
        {**first, "id": f"S1{n}", "title": f"{value} in a source"} for n, value in enumerate(values)
    ]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    briefing = project / "briefings" / "robin.yaml"
    briefing.write_text(briefing.read_text("utf-8").replace("    points: [R-1]\n", ""), "utf-8")
    outline = project / "templates" / "outlines" / "session.yaml"
    outline.parent.mkdir(parents=True, exist_ok=True)
    outline.write_text(
        "title: All\nsections:\n  - name: All\n    pages:\n      - {page: story, each: review}\n"
        + "".join(f"      - {{page: {name}, each: point}}\n" for name in ("finding", "pairs", "practice")),
        "utf-8",
    )


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
    plain = {name: shape(one) for name, one in every_plan(project).items()}
    strange(project, STRANGE)
    made = every_plan(project)
    assert made.keys() == {"deck", "guide", "handout", "team", "quiz", "briefing"}
    assert {name: shape(one) for name, one in made.items()} == plain
    where = {
        "deck": ("the title", "the finding", "a step", "a question", "what is said", "an answer", "an event"),
        "guide": ("the title", "the account", "a practice", "a question", "what is said", "a source"),
        "handout": ("the title", "a question", "a step", "an event"),
        "briefing": ("the title", "the account", "a practice", "a source"),
        "quiz": ("a quiz", "a right answer", "a wrong answer", "a reason"),
    }
    assert {f"in {place}" for places in where.values() for place in places} == set(PLACES)
    for name, places in where.items():
        printed = whole(made[name])
        lost = [f"{v} in {place}" for v in STRANGE for place in places if f"{v} in {place}" not in printed]
        assert lost == [], name


def test_bold_in_content_is_bold_and_leaves_no_stars(project: Path) -> None:
    strange(project, ["**bold**"])
    made = plan(project)
    assert from_template(made, "finding")[0].title == "bold in the title"
    first = from_template(made, "practice")[0].slot("first")
    assert [words((block,)) for block in first if isinstance(block, Heading)] == ["1", "bold"]
    assert "*" not in words(first)


@pytest.mark.parametrize(
    "audience, way, question",
    [
        ("everyone", "{pattern: pairs}", "robin/points/R-1/questions/0"),
        ("everyone", "{pattern: pairs, question: And in pairs?}", "robin/points/R-1/way/question"),
        ("schools", "{pattern: pairs, question: And in pairs?}", "robin/points/R-1/roles/0/question"),
    ],
)
def test_what_is_put_to_the_room_knows_where_it_comes_from(
    project: Path, audience: str, way: str, question: str
) -> None:
    role = "roles: [{lens: schools, means: Invented., question: And here?, action: Look twice}]"
    edit(
        project / "reviews" / "robin.yaml",
        "    title: Seeing",
        f"    way: {way}\n    {role}\n    title: Seeing",
    )
    edit(project / "decks" / "robin.yaml", "audience: everyone", f"audience: {audience}")
    made = plans(project).by_name
    pairs = from_template(made["deck"], "pairs")[0]
    handout = from_template(made["handout"], "handout-point")[0]
    assert pairs.origin == question and pairs.title.endswith("?")
    for box in (
        {n.name: n.blocks for n in pairs.notes}["ask"],
        handout.slot("body"),
    ):
        (span,) = (s for s in spans_in(box) if s.text.endswith("?"))
        assert span.origin == question


def own_page(project: Path, body: str, name: str = "cover") -> Path:
    path = project / "templates" / "pages" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'layout: content\ntitle: "{{{{ deck.title }}}}"\nbody: |\n{body}\n', "utf-8")
    return path


def test_own_template_wins(project: Path) -> None:
    own_page(
        project,
        "  - {{ audience }}, {{ total }} review\n  - {{ 75 | clock }} and {{ 'three small words' | words"
        " }} words",
    )
    first = plan(project).pages[0]
    assert words(first.slot("body")) == "everyone, 1 review\n1:15 and 3 words"


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
    outline = project / "templates" / "outlines" / "session.yaml"
    outline.parent.mkdir(parents=True)
    outline.write_text(
        "title: x\nsections:\n  - name: x\n    pages:\n      - {page: care, when: reviews > 3}\n",
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
    titles = [p.title for p in from_template(plan(project), "finding")]
    assert titles == [
        "Somebody needs to see and hear the child",
        "Somebody needs to see and hear the child (2)",
    ]


def test_words_for_clocks_and_links() -> None:
    assert [clock(m) for m in (0, 5, 60, 75, 605)] == ["0:00", "0:05", "1:00", "1:15", "10:05"]
    assert link("a [b] *c*", None) == r"a \[b\] \*c\*"
    assert link("a [b] *c*", "https://example.org/(x)") == r"[a \[b\] \*c\*](<https://example.org/(x)>)"


def test_plan_of_spans_has_no_tokens(project: Path) -> None:
    for one in every_plan(project).values():
        for page in one.pages:
            assert not {"\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"} & set(everything(page) + page.section)
    assert text(()) == ""
