"""The programs in tools/ that measure: what they count, and that their frozen inputs still work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import TOP, run, tool
from toolkit.build import Options, make
from toolkit.fit.fit import fit_deck
from toolkit.plan import model as plan
from toolkit.project import Project


@pytest.mark.slow
def test_the_frozen_inputs_of_the_bench_have_no_problem() -> None:
    """Their own templates win over the toolkit’s, so a change of that language must reach them."""
    ran = run("check", cwd=TOP / "tools" / "bench")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("name", ["one", "several"])
def test_both_sides_of_the_bench_have_about_as_many_slides_and_notes(name: str) -> None:
    """Of which the bench compares the time. A deck of ours is fitted, not drawn."""
    bench = tool("bench")
    opened = Project(bench.FROZEN)
    target = next(one for one in opened.targets() if one.name == name)
    plans, brand, _ = make(opened, target, Options())
    slides = fit_deck(plans.by_name["deck"], brand)[0].slides
    words = sum(len(plan.words(made).split()) for one in slides for _, made in one.slots)
    words += sum(len(plan.words(one.printed).split()) + len(one.title.split()) for one in slides)
    frozen = (bench.FROZEN / "pandoc" / f"{name}.md").read_text("utf-8")
    theirs = len(re.sub(r"^(---|lang:|:::|\|---).*|[#*|>]|^-", " ", frozen, flags=re.M).split())
    assert 0.94 <= len(slides) / frozen.count("\n## ") <= 1.03
    assert 0.96 <= words / theirs <= 1.03
    assert set(plans.by_name) == {"deck", "guide", "handout"}


def test_the_long_decks_of_the_bench_build(tmp_path: Path) -> None:
    bench = tool("bench")
    board = bench.folder(tmp_path / "board")
    bench.long_deck(board, "long", 4)
    opened = Project(board)
    target = next(one for one in opened.targets() if one.name == "long")
    pages = make(opened, target, Options())[0].by_name["deck"].pages
    assert sum(page.title == "Linden 3" or page.title == "Ash 4" for page in pages) == 2


def test_frozen_words_stand_on_as_many_slides() -> None:
    bench = tool("bench")
    for name in ("one", "several", "hazel"):
        text = (bench.FROZEN / "pandoc" / f"{name}.md").read_text("utf-8")
        assert text.count("\n## ") == {"one": 24, "several": 127, "hazel": 9}[name]
    assert "An invented review" in (bench.FROZEN / "reviews" / "ash.yaml").read_text("utf-8")


def test_an_exponent_is_the_slope_of_the_logarithms() -> None:
    bench = tool("bench")
    assert bench.exponent([(n, 3 * n) for n in (10, 50, 700)]) == pytest.approx(1)
    assert bench.exponent([(n, n**2) for n in (10, 50, 700)]) == pytest.approx(2)
    hidden = [(10, 100.0), (100, 100.0), (1000, 100.0), (2000, 200.0), (4000, 400.0)]
    assert bench.growth("", 1.05, hidden).figure == pytest.approx(
        1
    )  # what start-up hides shows in the upper sizes


@pytest.mark.parametrize(
    "figure, least, met", [(1.0, False, True), (1.01, False, False), (1.0, True, True), (0.99, True, False)]
)
def test_a_bar_is_met_at_its_limit(figure: float, least: bool, met: bool) -> None:
    bar = tool("bench").Bar("words", figure, 1.0, "", least)
    assert bar.met is met
    assert ("ok" if met else "short") in str(bar)


def test_mutants_change_one_thing_that_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mutants = tool("mutants")
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    path = tmp_path / "invented.py"
    path.write_text(
        '"""Words."""\n'
        "LIMIT: int = 28\n"
        "def many(words: str | None) -> bool:\n"
        "    é = [w for w in words if w]; return len(words) > LIMIT and not any(words)\n",
        "utf-8",
    )
    made = mutants.mutants(path)
    told = {str(m).split(": ", 1)[1] for m in made}
    assert told >= {"28 → 29", "28 → 27", "> → >=", "> → <=", "and → or", "any → all", "w → True"}
    assert {
        "not any(words) → any(words)",
        "return len(words) > LIMIT and not any(words) → return None",
    } <= told
    assert not any("|" in words or "Words" in words for words in told)
    for mutant in made:
        changed = mutant.applied(path.read_bytes()).decode()
        compile(changed, "invented.py", "exec")
        assert sum(a != b for a, b in zip(changed.splitlines(), path.read_text("utf-8").splitlines())) == 1
