"""Templates run nothing, reach nothing and end soon: pages, conditions, names of sections, translations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.conftest import TOP, edit, run_here
from tests.test_pages import own_page, plan
from tests.test_wording import translate
from toolkit.content import model as content
from toolkit.plan.fill import Words
from toolkit.plan.language import FILTERS, TESTS, after_lead, lead, sentence
from toolkit.plan.model import text, words
from toolkit.plan.wording import Wording
from toolkit.problems import Invalid, Place
from toolkit.project import Project

DOUBLE = "{% set a = a ~ a %}"
TWINS = "{% set a = ['x'] %}" + "{% set a = [a, a] %}" * 60
TWINS += TWINS.replace("a ", "b ").replace("[a, a]", "[b, b]")
LOOPS = "{% for a in 'x' * 400 %}{% for b in 'x' * 400 %}{% for c in 'x' * 400 %}"
ENDS = "{% endfor %}" * 3

REACHING = {
    "parse_raw": ("{{ deck.parse_raw('x', proto='pickle', allow_pickle=True) }}", "no function 'parse_raw'"),
    "parse_file": ("{{ reviews[0].parse_file('/etc/passwd') }}", "no function 'parse_file'"),
    "model_dump": ("{{ deck.model_dump }}", "a deck has no field 'model_dump'"),
    "place": ("{{ chosen[0].place(none).path.write_text('x') }}", "no function 'write_text'"),
    "place as a field": ("{{ chosen[0].place }}", "a chosenreview has no field 'place'"),
    "class": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "no function '__subclasses__'"),
    "class of a record": ("{{ review.__class__ }}", "access to attribute '__class__'"),
    "class in brackets": ("{{ review['__class__'] }}", "access to attribute '__class__'"),
    "class by a filter": (
        "{{ reviews | map(attribute='__class__') | list | length }}",
        "access to attribute '__class__'",
    ),
    "class by parts": ("{{ review['__cl' ~ 'ass__'] }}", "access to attribute '__class__'"),
    "globals of a function": ("{{ cite.__globals__ }}", "access to attribute '__globals__'"),
    "inside of a function": ("{{ cite.use }}", "has no attribute 'use'"),
    "inside of a record": ("{{ review.fields }}", "a review has no field 'fields'"),
    "inside of a loop": (
        "{% for r in reviews %}{{ loop._iterable }}{% endfor %}",
        "access to attribute '_iterable'",
    ),
    "calling a loop": (
        "{% for r in reviews %}{{ loop(reviews) }}{% endfor %}",
        "calls something that is no function",
    ),
    "a loop as a list": ("{% for r in reviews %}{{ loop | list }}{% endfor %}", "is no value"),
    "calling a record": ("{{ review('x') }}", "calls something that is no function"),
    "attr": ("{{ review | attr('title') }}", "no filter 'attr'"),
    "attr by map": ("{{ reviews | map('attr', '__class__') | list | length }}", "no filter 'attr'"),
    "own loop filter": ("{{ reviews | map('(loop)', -9) | list | length }}", "No filter named"),
    "format": ("{{ '{0.__class__}'.format(review) }}", "no function 'format'"),
    "format_map": ("{{ '{x}'.format_map({'x': review}) }}", "no function 'format_map'"),
    "format filter": ("{{ '%s' | format(review) }}", "no filter 'format'"),
    "percent": ("{{ '%s' % review }}", "% is for numbers"),
    "tojson": ("{{ review | tojson }}", "no filter 'tojson'"),
    "method": ("{{ 'a'.upper() }}", "no function 'upper'"),
    "include": ("{% include '/etc/passwd' %}", "no {% include %}"),
    "import": ("{% import '/etc/passwd' as x %}", "no {% import %}"),
    "from": ("{% from '/etc/passwd' import x %}", "no {% from %}"),
    "extends": ("{% extends '/etc/passwd' %}", "no {% extends %}"),
    "block": ("{% block x %}{% endblock %}", "no {% block %}"),
    "self": ("{{ self }}", "nothing called 'self'"),
    "macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "no {% macro %}"),
    "call": ("{% call date() %}{% endcall %}", "no {% call %}"),
    "filter block": ("{% filter upper %}x{% endfilter %}", "no {% filter %}"),
    "set block": ("{% set x %}x{% endset %}", "no {% set %} with"),
    "autoescape": ("{% autoescape true %}x{% endautoescape %}", "no {% autoescape %}"),
    "do": ("{% do review %}", "unknown tag 'do'"),
    "recursive loop": (
        "{% for r in reviews recursive %}{{ loop(reviews) }}{% endfor %}",
        "no recursive loops",
    ),
    "stars": ("{{ date(*reviews) }}", "no stars"),
    "two stars": ("{{ date(**{'day': '2013'}) }}", "no stars"),
    **{
        name: (f"{{{{ {name}(9) }}}}", f"nothing called '{name}'")
        for name in ("range", "lipsum", "cycler", "joiner", "namespace", "dict")
    },
}
GROWING = {
    "loops in loops": f"{LOOPS}{ENDS}",
    "range in range": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "loops that print": f"{LOOPS}{{{{ review.title }}}}{ENDS}",
    "long words in a loop": "{% for a in 'x' * 4000 %}" + "words " * 200 + "{% endfor %}",
    "repeated text": "{{ 'a' * 999999999999 }}",
    "repeated list": "{{ ([1] * 999999999999) | length }}",
    "power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "large number": "{{ 999999999 * 999999999 }}",
    "no number": "{{ 1e999 }}",
    "doubled text": "{% set a = 'xxxx' %}" + DOUBLE * 60,
    "doubled by plus": "{% set a = 'xxxx' %}" + DOUBLE.replace("~", "+") * 60,
    "doubled list": "{% set a = ['x'] %}" + DOUBLE.replace("~", "+") * 60,
    "doubled by join": "{% set a = 'xxxx' %}" + "{% set a = [a, a] | join %}" * 60,
    "twins compared": TWINS + "{{ 'x' if a == b }}",
    "twins printed": TWINS + "{{ a }}",
    "twins joined": TWINS + "{{ a | join }}",
    "twins in words": TWINS + "{{ a ~ '' }}",
    "twins counted": TWINS + "{{ a | words }}",
    "twins given": TWINS + "{{ date(a) }}",
    "replace": "{{ ('a' * 9999) | replace('', 'b' * 9999) }}",
    "join": "{{ (['a'] * 9999) | join('b' * 9999) }}",
    "round": "{{ 2.5 | round(999999999, 'ceil') }}",
    "sum of lists": "{{ ([[1]] * 9999) | sum(start=[]) }}",
    "width by odd": "{{ 'x' if '%999999999999d' is odd }}",
    "width by divisibleby": "{{ 'x' if '%999999999999d' is divisibleby 3 }}",
    "width by percent": "{{ '%999999999999d' % 3 }}",
    "center": "{{ 'a' | center(999999999999) }}",
    "search in a loop": "{% set t = 'x' * 99999 %}" + LOOPS + "{{ 'x' if 'xy' in t }}" + ENDS,
    "brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "sum of many": "{{ 1" + " + 1" * 3000 + " }}",
    "loops too deep": "{% for a in reviews %}" * 30 + "{% endfor %}" * 30,
}
PRINTING = {
    "record": ("{{ review }}", "this prints a group of fields"),
    "list": ("{{ reviews }}", "this prints a list"),
    "group": ("{{ registers.support }}", "this prints a list"),
    "function": ("{{ cite }}", "this prints a function"),
    "yes": ("{{ total == 1 }}", "this prints true or false"),
    "loop": ("{% for r in reviews %}{{ loop }}{% endfor %}", "this prints something that is not words"),
    "record in words": ("{{ review ~ '' }}", "this prints a group of fields"),
    "records joined": ("{{ reviews | join }}", "this prints a group of fields"),
    "record in capitals": ("{{ review | upper }}", "needs text"),
    "token in quotes": (r"{{ '\ufdd00\ufdd1' }}", "cannot be printed"),
    "nothing": (r"{{ '\x00' }}", "cannot be printed"),
}
WHOLE = (
    "brackets",
    "sum of many",
    "loops too deep",
    "long template",
)  # no line of it is more to blame than another
FORBIDDEN = {**REACHING, **{name: (text, "") for name, text in GROWING.items()}, **PRINTING}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_page_template_is_stopped_with_its_line(name: str, project: Path) -> None:
    template, said = FORBIDDEN[name]
    own_page(project, f"  first line\n  {template}")
    before = sorted(project.rglob("*"))
    ran = run_here("check", cwd=project)
    assert ran.code == 1
    told = ran.err
    assert f"templates/pages/cover.yaml:{4 if name in WHOLE else 5}:1: error: " in told.replace("\\", "/")
    assert said in told, told
    assert "root:" not in told and "Traceback" not in told
    assert sorted(project.rglob("*")) == before


def outline(project: Path, section: str, when: str) -> None:
    path = project / "templates" / "outlines" / "session.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    name, condition = ("'" + text.replace("'", "''") + "'" for text in (section, when))
    begun = f"title: x\nsections:\n  - name: {name}\n    pages:\n"
    path.write_text(f"{begun}      - page: care\n        when: {condition}\n", "utf-8")


@pytest.mark.parametrize("name", [n for n, (text, _) in FORBIDDEN.items() if n != "do"])
def test_name_of_a_section_is_stopped(name: str, project: Path) -> None:
    outline(project, FORBIDDEN[name][0], "reviews")
    with pytest.raises(Invalid) as caught:
        plan(project)
    (problem,) = caught.value.problems
    assert FORBIDDEN[name][1] in problem.message


CONDITIONS = [
    name
    for name, (text, _) in FORBIDDEN.items()
    if re.fullmatch(r"\{\{ .* \}\}", text) and name not in PRINTING
]


@pytest.mark.parametrize("name", CONDITIONS)
def test_condition_is_stopped(name: str, project: Path) -> None:
    template, said = FORBIDDEN[name]
    outline(project, "x", template.removeprefix("{{ ").removesuffix(" }}"))
    with pytest.raises(Invalid, match="this condition does not work") as caught:
        plan(project)
    assert said in caught.value.problems[0].message


def test_translated_template_is_stopped(project: Path) -> None:
    for name in ("words", "themes", "agencies", "kinds", "support"):
        translate(project, TOP / "reference" / f"{name}.yaml")
    for path in [
        *(TOP / "templates" / "pages").glob("*.yaml"),
        *(TOP / "templates" / "outlines").glob("*.yaml"),
    ]:
        translate(project, path)
    for path in (project / "decks" / "robin.yaml", project / "reviews" / "robin.yaml"):
        path.write_text(path.read_text("utf-8") + "\nlanguage: cy\n", "utf-8")
    assert plan(project).pages
    edit(
        project / "templates" / "pages" / "cy-GB" / "cover.yaml",
        "{{ title }}",
        "{{ deck.parse_file('/etc/passwd') }}",
    )
    with pytest.raises(Invalid, match="no function 'parse_file'"):
        plan(project)


def test_fixed_words_reach_nothing() -> None:
    fixed = Wording((("slide", "{number} {number:9999999999} {number.__class__}"),))
    assert fixed("slide", number=3) == "3 {number:9999999999} {number.__class__}"


def test_words_that_look_like_a_token_are_refused(project: Path) -> None:
    path = own_page(project, "  x")
    edit(path, '"{{ deck.title }}"', r'"{{ deck.title }} \uFDD09\uFDD1"')
    with pytest.raises(Invalid, match=r"a backslash does not stand for itself|cannot be printed"):
        plan(project)


def test_what_templates_see_is_plain(project: Path) -> None:
    filled = Words()
    seen = filled.values({"f": lambda review: review.title, "n": 1, "t": ("a", ["b"])})
    assert (seen["n"], seen["t"]) == (1, ("a", ["b"]))
    with pytest.raises(TypeError):
        filled.values({"path": project})
    place = Place(project)
    source = content.Source(id="S1", title="Invented", publisher="Nobody", kind="news", read="whole")
    seen |= filled.values({"one": source, "more": [source, source.model_copy()]})
    compared = "{{ 'same' if one == more[0] and one in more }} {{ 'other' if one != more[1] }} {{ f(one) }}"
    assert text(filled.line(compared, seen, place)) == "same other Invented"


def test_registers_are_lists_and_give_one_by_id(project: Path) -> None:
    own_page(
        project,
        "  {% for one in registers.agencies %}{% if loop.first %}"
        "{{ one.title == agency(one.id) and one.title }}, "
        "{{ registers.agencies[one.id].title }}{% endif %}{% endfor %}",
    )
    first = next(iter(Project(project).registers().agencies.values()))
    assert words(plan(project).pages[0].slot("body")) == f"{first.title}, {first.title}"


def test_the_work_of_one_text_does_not_count_for_the_next(project: Path) -> None:
    filled, place = Words(), Place(project)
    for _ in range(3):
        assert len(text(filled.line("{% for a in 'x' * 90000 %}y{% endfor %}", {}, place))) == 90_000


@pytest.mark.parametrize(
    "model", [m for m in vars(content).values() if isinstance(m, type) and issubclass(m, BaseModel)]
)
def test_no_field_is_called_like_what_is_refused(model: type[BaseModel]) -> None:
    assert not [name for name in model.model_fields if name.startswith("_")]


def test_architecture_names_every_filter_and_test() -> None:
    text = (TOP / "docs" / "architecture.md").read_text("utf-8").partition("### Language")[2]
    for name in (FILTERS | TESTS) - {"equalto", "greaterthan", "lessthan"}:
        assert f"`{name}`" in text or not name.isalpha(), name


@pytest.mark.parametrize(
    "line",
    [
        "Words {{ draw_line() }}",
        "{{ draw_line() }} words",
        "{{ draw_line() }}{{ draw_line() }}",
        "- {{ draw_line() }}",
        "## {{ draw_line() }}",
        "^ {{ draw_line() }}",
        "@ May | {{ draw_line() }}",
        "| A | {{ draw_line() }} |",
        "{{ draw_line() ~ '' }}",
        "{{ [draw_line(), 'x'] | join }}",
        "{{ draw_line() | upper }}",
    ],
)
def test_a_drawing_among_words_is_refused_with_its_place(line: str, project: Path) -> None:
    path = own_page(project, f"  first line\n\n  {line}")
    with pytest.raises(Invalid) as caught:
        plan(project)
    (problem,) = caught.value.problems
    assert problem.place.path == path and problem.place.line in (3, 6), "where the text begins, or its line"
    if "|" not in line or line[0] in "@|":
        assert problem.message == "this prints a drawing among words"
        assert problem.hint == "give it a line of its own, with nothing before or after it"


def test_a_drawing_is_no_title_and_no_name_of_a_section(project: Path) -> None:
    path = own_page(project, "  words")
    edit(path, "{{ deck.title }}", "Words {{ draw_line() }}")
    with pytest.raises(Invalid, match="a drawing among words"):
        plan(project)
    path.unlink()
    outline(project, "Words {{ draw_line() }}", "true")
    with pytest.raises(Invalid, match="a drawing among words"):
        plan(project)


def test_a_drawing_stands_where_its_line_stands(project: Path) -> None:
    own_page(project, "  {% set made = draw_line() %}\n  first\n  {{ made }}\n  last")
    made = plan(project).pages[0].slot("body")
    assert [type(block).__name__ for block in made] == ["Paragraph", "Drawing", "Paragraph"]
    assert words(made) == "first\nAgree\nDisagree\nlast"


@pytest.mark.parametrize(
    "words, made",
    [
        ("Ask the child", "Ask the child."),
        ("Who knew?", "Who knew?"),
        ("He said “think children”", "He said “think children”."),
        ("“Why?”", "“Why?”"),
        ("(in pairs)", "(in pairs)."),
        ("", ""),
    ],
)
def test_a_sentence_ends_with_a_full_stop_behind_its_last_quotation_mark(words: str, made: str) -> None:
    assert sentence(words) == made


@pytest.mark.parametrize(
    "words, first, rest",
    [
        ("**See the child**, with play", "See the child", "with play"),
        ("**You sit there.** What now?", "You sit there.", "What now?"),
        ("**All of it**", "", "**All of it**"),
        ("Ask **now**", "", "Ask **now**"),
    ],
)
def test_the_bold_words_that_a_text_begins_with_are_its_lead(words: str, first: str, rest: str) -> None:
    assert (lead(words), after_lead(words)) == (first, rest)
