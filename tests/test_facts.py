"""What nobody has checked is never printed without its label, whoever wrote the page template."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import edit
from toolkit.build import Options, make
from toolkit.plan.facts import ChosenReview, shared_themes
from toolkit.plan.model import Plan, spans_in, words
from toolkit.problems import Invalid
from toolkit.project import Project

MARKED = "reviews[0].points[1]"  # R-2 of the invented review: a newspaper's report


def made(project: Path, page: str) -> Plan:
    """The plan of a briefing that is one page of this template."""
    own = project / "templates"
    (own / "pages").mkdir(parents=True)
    (own / "outlines").mkdir()
    (own / "pages" / "own.yaml").write_text(page, "utf-8")
    (own / "outlines" / "own.yaml").write_text(
        "title: Own\nsections:\n  - name: All\n    pages:\n      - page: own\n", "utf-8"
    )
    edit(project / "briefings" / "robin.yaml", "outline: practitioner-briefing", "outline: own")
    opened = Project(project)
    target = next(t for t in opened.targets() if t.folder == "briefings")
    return make(opened, target, Options())[0]


def body(text: str) -> str:
    return "layout: part\ntitle: Own\nbody: |\n" + "".join(f"  {line}\n" for line in text.splitlines())


PRINTED = {
    "message": f"{{{{ {MARKED}.message }}}}",
    "slide": f"{{{{ {MARKED}.slide.finding }}}}",
    "statement": f"{{% for s in {MARKED}.finding %}}{{{{ s.text }}}}{{% endfor %}}",
    "filter": f"{{{{ {MARKED}.message | upper | replace('A', 'a') | trim }}}}",
    "attribute": f"{{{{ {MARKED}.finding | map(attribute='text') | join('; ') }}}}",
    "filters in a row": f"{{{{ {MARKED}.finding | map(attribute='text') | map('lower') | list | first }}}}",
    "joined": f"{{{{ 'It was said: ' ~ {MARKED}.message }}}}",
    "added": f"{{{{ 'It was said: ' + {MARKED}.message }}}}",
    "part": f"{{{{ {MARKED}.message[2:20] }}}}",
    "letters": f"{{% for letter in {MARKED}.message %}}{{{{ letter }}}}{{% endfor %}}",
    "letter": f"{{{{ {MARKED}.message[0] }}}}",
    "list of letters": f"{{{{ {MARKED}.message | list | join }}}}",
    "kept": f"{{% set said = {MARKED}.message %}}{{{{ said }}}}",
    "default": f"{{{{ none or {MARKED}.message }}}}",
    "link": f"{{{{ link({MARKED}.message, 'https://example.org') }}}}",
    "beside another": f"{{{{ [reviews[0].points[0].message, {MARKED}.message] | join(' ') }}}}",
    "bold": f"**{{{{ {MARKED}.message }}}}**",
    "bullet": f"- {{{{ {MARKED}.message }}}}",
    "heading": f"## {{{{ {MARKED}.message }}}}",
    "quotation": f"> {{{{ {MARKED}.message }}}}",
    "event": f"@ May | {{{{ {MARKED}.message }}}}",
    "cell": f"| One | Two |\n| a | {{{{ {MARKED}.message }}}} |",
}


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_marked_words_without_their_label_are_refused(project: Path, text: str) -> None:
    with pytest.raises(Invalid) as found:
        made(project, body(text))
    (problem,) = found.value.problems
    assert "without its label: 'R-2' of 'robin'" in problem.message
    assert (problem.place.path.name, problem.place.line) == ("own.yaml", 2)
    assert "{{ label(review, point) }}" in problem.hint


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_marked_words_with_their_label_are_printed(project: Path, text: str) -> None:
    plan = made(project, body(f"{text}\n\n% {{{{ label(review, {MARKED}) }}}}"))
    assert "As reported by The Invented Echo" in words(plan.pages[0].slot("body"))


@pytest.mark.parametrize("label", ["{{ unchecked }}", "{{ sure(chosen_review) }}"])
def test_one_label_may_speak_for_all_on_the_page(project: Path, label: str) -> None:
    plan = made(project, body(f"{{{{ {MARKED}.message }}}} ({label})"))
    assert "not yet checked against the report" in words(plan.pages[0].slot("body"))


def test_words_typed_in_a_template_are_no_label(project: Path) -> None:
    with pytest.raises(Invalid, match="without its label"):
        made(project, body(f"{{{{ {MARKED}.message }}}} (not yet checked against the report)"))


def test_label_of_another_point_is_not_enough(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "    message: Somebody",
        "    standing: marked\n    because: x\n    message: Somebody",
    )
    with pytest.raises(Invalid, match="without its label: 'R-2' of 'robin'"):
        made(project, body(f"{{{{ {MARKED}.message }}}} {{{{ label(review, reviews[0].points[0]) }}}}"))


def test_title_counts_as_print(project: Path) -> None:
    with pytest.raises(Invalid, match="without its label"):
        made(project, f'layout: part\ntitle: "{{{{ {MARKED}.message }}}}"\nbody: Words.\n')


def test_notes_need_a_label_of_their_own(project: Path) -> None:
    page = f"layout: part\ntitle: Own\nbody: |\n  {{{{ label(review, {MARKED}) }}}}\nnotes:\n"
    with pytest.raises(Invalid, match="without its label"):
        made(project, f'{page}  say: "{{{{ {MARKED}.message }}}}"\n')


def test_releasable_words_need_no_label(project: Path) -> None:
    plan = made(
        project, body("{{ reviews[0].points[0].message }}: {{ reviews[0].points[0].finding[0].text }}")
    )
    assert "nobody spoke to Robin alone" in words(plan.pages[0].slot("body"))


def test_statement_of_the_review_in_a_marked_point_needs_no_label(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "    finding:\n      - {text: An invented newspaper",
        "    finding:\n      - {text: The review says so too., cites: [S1 9]}\n      - {text: An invented"
        " newspaper",
    )
    assert made(project, body(f"{{{{ {MARKED}.finding[0].text }}}}")).pages
    (project / "templates" / "pages" / "own.yaml").write_text(
        body(f"{{{{ {MARKED}.finding[1].text }}}}"), "utf-8"
    )
    with pytest.raises(Invalid, match="without its label"):
        opened = Project(project)
        make(opened, next(t for t in opened.targets() if t.folder == "briefings"), Options())


def test_what_an_author_lowered_needs_a_label_whatever_it_cites(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "    message: Somebody",
        "    standing: marked\n    because: x\n    message: Somebody",
    )
    with pytest.raises(Invalid, match="without its label: 'R-1' of 'robin'"):
        made(project, body("{{ reviews[0].points[0].finding[0].text }}"))


def test_what_happened_needs_a_label_while_no_finding_is_known(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "      finding: Robin was not", "      happened: Robin was not")
    edit(
        project / "reviews" / "robin.yaml",
        "    finding:\n      - {text: The review found that nobody spoke to Robin alone., cites: [S1 5.2]}\n",
        "",
    )
    with pytest.raises(Invalid, match="without its label: 'R-1' of 'robin'"):
        made(project, body("{{ reviews[0].points[0].happened[0].text }}"))


def test_words_know_where_they_come_from(project: Path) -> None:
    plan = made(
        project,
        body(
            f"- {{{{ {MARKED}.practice[0].text }}}}\n\nWords of ours: {{{{ reviews[0].summary[1].text | upper"
            " }}"
        ),
    )
    found = {span.text: span.origin for span in spans_in(plan.pages[0].slot("body"))}
    assert found == {
        "Telephone when a letter stays without an answer.": "robin/points/R-2/practice/0/text",
        "Words of ours: ": "",
        "THE INVENTED BOARD PUBLISHED ITS REVIEW IN MAY 2024.": "robin/summary/1/text",
    }


def test_cites_are_numbered_in_the_order_of_the_reviews_sources(project: Path) -> None:
    text = (
        "{{ cite(review, reviews[0].points[0].practice[1]) }} and {{ cite(review,"
        " reviews[0].points[0].finding[0]) }}"
    )
    listed = "{% for number, one, source in numbered %}\n- {{ number }} {{ source.id }}\n{% endfor %}"
    plan = made(project, body(f"{text}\n\n{listed}"))
    assert words(plan.pages[0].slot("body")) == "[2] and [1, 5.2]\n1 S1\n2 S4"


def test_link_of_a_template_goes_round_the_content(project: Path) -> None:
    plan = made(project, body("[{{ reviews[0].title }}](https://example.org/a) and {{ reviews[0].title }}"))
    found = [(span.text, span.link) for span in spans_in(plan.pages[0].slot("body"))]
    assert found == [("Robin", "https://example.org/a"), (" and ", ""), ("Robin", "")]


def test_each_shared_theme_begins_with_a_point_that_none_before_began_with(project: Path) -> None:
    opened = Project(project)
    review, node = opened.review(project / "reviews" / "robin.yaml")
    first, second = (p for p in review.points[:2])
    third = first.model_copy(update={"id": "R-9", "title": "The third"})
    themes = list(opened.registers().themes)[:3]
    points = (
        first.model_copy(update={"themes": tuple(themes[:1])}),
        second.model_copy(update={"themes": tuple(themes[:2])}),
        third.model_copy(update={"themes": (themes[0], themes[1], themes[2])}),
    )
    used = ChosenReview(review.model_copy(update={"points": points}), points, (), lambda point: node.place)
    rows = shared_themes([used, used], opened.registers())
    assert [titles[0][0] for _, titles in rows] == ["Seeing the child", "The second letter", "The third"]
    assert shared_themes([used], opened.registers()) == []


def test_templates_learn_which_points_are_marked(project: Path) -> None:
    points = "reviews[0].points[0]"
    text = "{{ marked_ids(review) | join(' ') }}"
    for some in (MARKED, f"{points}, {MARKED}"):
        text += f" {{{{ 'all' if all_marked(review, [{some}]) else 'some' }}}}"
    plan = made(project, body(text))
    assert words(plan.pages[0].slot("body")) == "R-2 all some"
    assert plan.pages[0].id == "own-1"
