"""What nobody has checked is never printed without saying who says it, whoever wrote the page template."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import invented
from tests.conftest import edit
from toolkit.build import Options, make
from toolkit.plan.facts import ChosenReview, shared_themes
from toolkit.plan.model import Plan, spans_in, words
from toolkit.problems import Invalid
from toolkit.project import Project

MARKED = "reviews[0].points[1]"  # R-2 of the invented review: a newspaper's report
REFUSED = "nobody has checked against the report, and not who says it: '{}' of '{}'"


def refused(point: str = "R-2", review: str = "robin") -> str:
    """The words with which what nobody has checked of a point is refused."""
    return REFUSED.format(point, review)


def made(project: Path, page: str, outline: str = "", final: bool = False) -> Plan:
    """The plan of a briefing that is one page of this template."""
    own = project / "templates"
    for folder in (own / "pages", own / "outlines"):
        folder.mkdir(parents=True, exist_ok=True)
    (own / "pages" / "own.yaml").write_text(page, "utf-8")
    whole = outline or "title: Own\nsections:\n  - name: All\n    pages:\n      - page: own\n"
    (own / "outlines" / "own.yaml").write_text(whole, "utf-8")
    briefing = project / "briefings" / "robin.yaml"
    briefing.write_text(briefing.read_text("utf-8").replace("practitioner-briefing", "own"), "utf-8")
    opened = Project(project)
    target = next(t for t in opened.targets() if t.folder == "briefings")
    return make(opened, target, Options(final))[0].by_name["briefing"]


def body(text: str) -> str:
    return "layout: part\ntitle: Own\nbody: |\n" + "".join(f"  {line}\n" for line in text.splitlines())


def lowered(project: Path) -> None:
    """The author lowers R-1, which rests on the review."""
    before = "    message: Somebody"
    edit(project / "reviews" / "robin.yaml", before, f"    standing: marked\n    because: x\n{before}")


SAID = f"{MARKED}.slide.finding"
PRINTED = {
    "slide": f"{{{{ {SAID} }}}}",
    "statement": f"{{% for s in {MARKED}.finding %}}{{{{ s.text }}}}{{% endfor %}}",
    "filter": f"{{{{ {SAID} | upper | replace('A', 'a') | trim }}}}",
    "attribute": f"{{{{ {MARKED}.finding | map(attribute='text') | join('; ') }}}}",
    "filters in a row": f"{{{{ {MARKED}.finding | map(attribute='text') | map('lower') | list | first }}}}",
    "joined": f"{{{{ 'It was said: ' ~ {SAID} }}}}",
    "added": f"{{{{ 'It was said: ' + {SAID} }}}}",
    "part": f"{{{{ {SAID}[2:20] }}}}",
    "letters": f"{{% for letter in {SAID} %}}{{{{ letter }}}}{{% endfor %}}",
    "letter": f"{{{{ {SAID}[0] }}}}",
    "list of letters": f"{{{{ {SAID} | list | join }}}}",
    "kept": f"{{% set said = {SAID} %}}{{{{ said }}}}",
    "default": f"{{{{ none or {SAID} }}}}",
    "link": f"{{{{ link({SAID}, 'https://example.org') }}}}",
    "beside another": f"{{{{ [reviews[0].points[0].slide.finding, {SAID}] | join(' ') }}}}",
    "bold": f"**{{{{ {SAID} }}}}**",
    "bullet": f"- {{{{ {SAID} }}}}",
    "heading": f"## {{{{ {SAID} }}}}",
    "quotation": f"> {{{{ {SAID} }}}}",
    "event": f"@ May | {{{{ {SAID} }}}}",
    "cell": f"| One | Two |\n| a | {{{{ {SAID} }}}} |",
    "below its source line": f"{{{{ {SAID} }}}} {{{{ source_line(review, {MARKED}.finding) }}}}",
    "after who tells it": f"{{{{ told_by(review, {MARKED}.finding) }}}} {{{{ {SAID} }}}}",
}


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_what_nobody_has_checked_is_refused_without_who_says_it(project: Path, text: str) -> None:
    with pytest.raises(Invalid) as found:
        made(project, body(text))
    (problem,) = found.value.problems
    assert problem.message == f"this page prints what {refused()}"
    assert (problem.place.path.name, problem.place.line) == ("own.yaml", 2)
    assert "{{ heading(review, point) }}" in problem.hint


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED.keys())
def test_below_the_heading_that_says_who_speaks_it_is_printed(project: Path, text: str) -> None:
    plan = made(project, body(f"## {{{{ heading(review, {MARKED}) }}}}\n{text}"))
    assert words(plan.pages[0].slot("body")).startswith("What others say the review found\n")


@pytest.mark.parametrize("speaker", ["{{ unchecked }}", "{{ sure(chosen_review) }}"])
def test_one_speaker_may_speak_for_all_in_the_box(project: Path, speaker: str) -> None:
    plan = made(project, body(f"{{{{ {SAID} }}}} ({speaker})"))
    assert "not yet checked against the report" in words(plan.pages[0].slot("body"))


def test_words_typed_in_a_template_are_no_speaker(project: Path) -> None:
    with pytest.raises(Invalid, match=refused()):
        made(project, body(f"## What others say the review found\n{{{{ {SAID} }}}}"))


def test_heading_of_another_point_is_not_enough(project: Path) -> None:
    lowered(project)
    with pytest.raises(Invalid, match=refused()):
        made(project, body(f"{{{{ heading(review, reviews[0].points[0]) }}}}: {{{{ {SAID} }}}}"))


def test_title_is_a_box_of_its_own_and_states_the_learning(project: Path) -> None:
    spoken = f"{{{{ heading(review, {MARKED}) }}}}"
    with pytest.raises(Invalid, match=refused()):
        made(project, f'layout: part\ntitle: "{{{{ {SAID} }}}}"\nbody: "{spoken}"\n')
    titled = made(project, f'layout: part\ntitle: "{spoken}: {{{{ {SAID} }}}}"\nbody: Words.\n')
    assert titled.pages[0].title == "What others say the review found: A second letter was not answered."
    for name in ("message", "title"):
        assert made(project, f'layout: part\ntitle: "{{{{ {MARKED}.{name} }}}}"\nbody: Words.\n').pages


def test_heading_speaks_for_its_own_slot_alone(project: Path) -> None:
    page = f'layout: two-columns\ntitle: Own\nleft: "{{{{ heading(review, {MARKED}) }}}}"\nright: "{{}}"\n'
    assert made(project, page.format("Nothing"))
    with pytest.raises(Invalid, match=refused()):
        made(project, page.format(f"{{{{ {SAID} }}}}"))


def test_each_part_of_the_notes_needs_a_speaker_of_its_own(project: Path) -> None:
    spoken = f"{{{{ heading(review, {MARKED}) }}}}"
    page = f'layout: part\ntitle: Own\nbody: "{spoken}"\nnotes:\n  say: "{spoken}"\n  do: "{{}}"\n'
    with pytest.raises(Invalid, match=refused()):
        made(project, page.format(f"{{{{ {SAID} }}}}"))
    assert made(project, page.format(f"{spoken}: {{{{ {SAID} }}}}")).pages


def test_name_of_a_section_needs_a_speaker_too(project: Path) -> None:
    outline = 'title: Own\nsections:\n  - name: "{}"\n    pages:\n      - page: own\n'
    with pytest.raises(Invalid, match=refused()) as found:
        made(project, body("Words."), outline.format(f"{{{{ {SAID} }}}}"))
    assert found.value.problems[0].place.line == 3
    plan = made(
        project, body("Words."), outline.format(f"{{{{ heading(review, {MARKED}) }}}}: {{{{ {SAID} }}}}")
    )
    assert plan.pages[0].section == "What others say the review found: A second letter was not answered."


TOLD = {
    "source line": f"{{{{ source_line(review, {MARKED}.happened) }}}}",
    "sentence": f"{{{{ told_by(review, {MARKED}.happened) }}}}",
    "source line of more": f"{{{{ source_line(review, {MARKED}.happened, {MARKED}.finding) }}}}",
    "heading": f"{{{{ heading(review, {MARKED}) }}}}",
    "several at once": "{{ unchecked }}",
}
HAPPENED = (f"{MARKED}.happened[0].text", f"{MARKED}.slide.happened")


def only_told(project: Path) -> None:
    """R-2 has no finding: a newspaper tells what happened."""
    review = project / "reviews" / "robin.yaml"
    edit(review, "finding: A second letter", "happened: A second letter")
    edit(
        review,
        "    finding:\n      - {text: An invented news",
        "    happened:\n      - {text: An invented news",
    )


@pytest.mark.parametrize("said", HAPPENED)
@pytest.mark.parametrize("teller", TOLD.values(), ids=TOLD.keys())
def test_what_happened_needs_its_heading_or_who_tells_it(project: Path, teller: str, said: str) -> None:
    only_told(project)
    with pytest.raises(Invalid, match=refused()):
        made(project, body(f"{{{{ {said} }}}}"))
    assert made(project, body(f"{{{{ {said} }}}}\n\n{teller}")).pages


def test_source_line_of_another_point_tells_nothing_of_this(project: Path) -> None:
    only_told(project)
    other = "source_line(review, reviews[0].points[0].finding)"
    with pytest.raises(Invalid, match=refused()):
        made(project, body(f"{{{{ {HAPPENED[0]} }}}} {{{{ {other} }}}}"))


WAYS = {"known": ("A-1", 0), "next": ("A-1", 0), "knew": ("A-5", 4)}  # the point that has it, and where


@pytest.mark.parametrize("field", WAYS)
def test_what_a_way_of_working_tells_needs_its_heading_or_who_tells_it(tmp_path: Path, field: str) -> None:
    id, index = WAYS[field]
    invented.folder(tmp_path, ("Ash",))
    briefing = {"title": "x", "edition": "2024-06", "outline": "own", "questions": ["x"], "reviews": ["ash"]}
    invented.write(tmp_path / "briefings" / "robin.yaml", briefing)
    point = f"reviews[0].points[{index}]"
    page = f"- {{{{ {point}.way.{field}[0].text }}}}"
    with pytest.raises(Invalid, match=refused(id, "ash")):
        made(tmp_path, body(page))
    for teller in (f"source_line(review, {point}.way.{field})", f"heading(review, {point})"):
        assert made(tmp_path, body(f"{page}\n\n{{{{ {teller} }}}}")).pages


def test_what_a_newspaper_tells_in_a_releasable_point_needs_a_teller_and_is_no_draft(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "to the home., cites: [S1 4.1]", "to the home., cites: [S3]")
    told = "reviews[0].points[0].happened"
    with pytest.raises(Invalid, match=refused("R-1")):
        made(project, body(f"{{{{ {told}[0].text }}}}"))
    page = body(f"{{{{ {told}[0].text }}}} {{{{ source_line(review, {told}) }}}}")
    assert not made(project, page, final=True).draft


def test_releasable_words_need_no_speaker(project: Path) -> None:
    plan = made(
        project, body("{{ reviews[0].points[0].slide.finding }}: {{ reviews[0].points[0].finding[0].text }}")
    )
    assert "nobody spoke to Robin alone" in words(plan.pages[0].slot("body"))


def test_statement_of_the_review_in_a_marked_point_needs_no_speaker(project: Path) -> None:
    edit(
        project / "reviews" / "robin.yaml",
        "    finding:\n      - {text: An invented newspaper",
        "    finding:\n      - {text: The review says so too., cites: [S1 9]}\n      - {text: An invented"
        " newspaper",
    )
    assert made(project, body(f"{{{{ {MARKED}.finding[0].text }}}}")).pages
    with pytest.raises(Invalid, match=refused()):
        made(project, body(f"{{{{ {MARKED}.finding[1].text }}}}"))


def test_what_an_author_lowered_needs_a_speaker_whatever_it_cites(project: Path) -> None:
    lowered(project)
    said = "{{ reviews[0].points[0].finding[0].text }}"
    with pytest.raises(Invalid, match=refused("R-1")):
        made(project, body(said))
    plan = made(project, body(f"## {{{{ heading(review, reviews[0].points[0]) }}}}\n{said}"))
    assert words(plan.pages[0].slot("body")).startswith("What others say the review found\n")


def test_what_somebody_has_checked_needs_none(project: Path) -> None:
    checked = "    checked: {by: An invented manager, on: 2026-11-23, source: S1, where: 5.3}\n"
    edit(project / "reviews" / "robin.yaml", "    level: system\n", f"    level: system\n{checked}")
    calls = (SAID, f"source_line(review, {MARKED}.finding)", f"heading(review, {MARKED})")
    said = " ".join(f"{{{{ {call} }}}}" for call in calls)
    told = "The review, 5.3; The Invented Echo, 2 May 2024 What the review found"
    plan = made(project, body(said), final=True)
    assert words(plan.pages[0].slot("body")) == f"A second letter was not answered. {told}"
    assert plan.draft == ""


def test_what_happened_needs_a_teller_while_no_finding_is_known(project: Path) -> None:
    edit(project / "reviews" / "robin.yaml", "      finding: Robin was not", "      happened: Robin was not")
    edit(
        project / "reviews" / "robin.yaml",
        "    finding:\n      - {text: The review found that nobody spoke to Robin alone., cites: [S1 5.2]}\n",
        "",
    )
    said = "{{ reviews[0].points[0].happened[0].text }}"
    with pytest.raises(Invalid, match=refused("R-1")):
        made(project, body(said))
    plan = made(project, body(f"{said} {{{{ source_line(review, reviews[0].points[0].happened) }}}}"))
    assert words(plan.pages[0].slot("body")).endswith("The review, 4.1")


def test_final_refuses_what_is_printed_of_it_and_nothing_else(project: Path) -> None:
    shown = body(f"## {{{{ heading(review, {MARKED}) }}}}\n{{{{ {SAID} }}}}")
    draft = made(project, shown)
    assert draft.draft == "Draft: it holds findings not yet checked against the report"
    with pytest.raises(Invalid) as found:
        made(project, shown, final=True)
    (problem,) = found.value.problems
    assert problem.message.startswith("point 'R-2' of 'robin' is printed, and nobody has checked it")
    with pytest.raises(Invalid, match="is printed, and nobody has checked it"):
        made(project, f'{body("Words.")}notes:\n  say: "{{{{ unchecked }}}}: {{{{ {SAID} }}}}"\n', final=True)
    assert problem.place.path.name == "robin.yaml" and "add checked:" in problem.hint
    for ours in (f"{{{{ {MARKED}.message }}}}", f"{{{{ {MARKED}.practice[0].text }}}}"):
        plan = made(project, body(ours), final=True)
        assert plan.pages and plan.draft == ""


def test_a_slide_names_what_its_few_words_rest_on_where_that_is_not_all_of_the_finding(project: Path) -> None:
    review = project / "reviews" / "robin.yaml"
    second = "      - {text: The review says so too., cites: [S1 9]}\n"
    edit(review, "    practice:\n      - Telephone when", f"{second}    practice:\n      - Telephone when")
    page = body(f"{{{{ source_line(review, shown_from({MARKED})) }}}}")
    assert "The review, 9; The Invented Echo" in words(made(project, page).pages[0].slot("body"))
    edit(
        review,
        "finding: A second letter was not answered.",
        "finding: A second letter was not answered.\n      cites: [S3]",
    )
    told = words(made(project, page).pages[0].slot("body"))
    assert "The review" not in told and "The Invented Echo, 2 May 2024; not yet checked" in told


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
        "Words of ours: ": "templates/pages/own/body",
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
    text = (
        "{{ marked_ids(review) | join(' ') }} {{ chosen | map(attribute='marked') | select | list | length }}"
    )
    plan = made(project, body(text))
    assert words(plan.pages[0].slot("body")) == "R-2 1"
    assert plan.pages[0].id == "own-1"
