"""Fixed words and translations: a document in another language is built from words of that language, up to
date, or not at all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TOP, WORDING, edit, run_here
from toolkit.content.nodes import parse, read_text
from toolkit.content.translation import check_translation, fingerprint
from toolkit.plan.wording import Wording, read_wording
from toolkit.problems import Invalid

LANGUAGE = "cy-GB"
NEEDED = ("words", "themes", "agencies", "kinds", "support")


def translate(project: Path, original: Path, old: str = "", new: str = "") -> Path:
    """An invented translation in the project: the English words, with the line that says which English they
    were made from.
    """
    at = original.relative_to(TOP).parent / LANGUAGE / original.name
    words = read_text(original)
    made_from = f"# translation of {original.name} at {fingerprint(parse(original, words))}\n"
    target = project / at
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(made_from + words.replace(old, new) if old else made_from + words, "utf-8")
    return target


@pytest.fixture
def welsh(project: Path) -> Path:
    """The invented folder with an invented translation of everything, in which Say is called DWEUD."""
    for name in NEEDED:
        translate(project, TOP / "reference" / f"{name}.yaml", "say: Say", "say: DWEUD")
    for path in sorted((TOP / "templates" / "pages").glob("*.yaml")) + sorted(
        (TOP / "templates" / "outlines").glob("*.yaml")
    ):
        translate(project, path)
    for path in (project / "reviews").glob("*.yaml"):
        path.write_text(path.read_text("utf-8") + "\nlanguage: cy\n", "utf-8")
    for folder in ("decks", "briefings"):
        for path in (project / folder).glob("*.yaml"):
            path.write_text(path.read_text("utf-8") + "\nlanguage: cy\n", "utf-8")
    return project


def test_fixed_words_are_filled_in() -> None:
    assert WORDING("part-of", title="Invented", part=2, parts=3) == "Invented (2 of 3)"
    assert WORDING.date("2013-09-17") == "17 September 2013"
    assert WORDING.date("2013-09") == "September 2013"
    assert WORDING.date("2013") == "2013"


def test_translated_table_must_have_every_name_and_every_brace(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    model = Wording((("a", "One {number}"), ("b", "Two")))
    with pytest.raises(Invalid) as caught:
        read_wording(parse(path, "a: Un\n"), model)
    assert sorted(p.message for p in caught.value.problems) == [
        "'a' must hold {number}",
        "there are no words for 'b' (“Two”)",
    ]
    assert read_wording(parse(path, "a: Un {number}\nb: Dau\n"), model)["b"] == "Dau"


def test_translation_that_is_missing_unsigned_or_overtaken_is_told(tmp_path: Path) -> None:
    original, translated = tmp_path / "care.yaml", tmp_path / "cy-GB" / "care.yaml"
    original.write_text("title: Invented\n", "utf-8")
    missing = check_translation(translated, original)
    assert missing and missing.message == "there is no translation of care.yaml"
    translated.parent.mkdir()
    translated.write_text("title: Dyfais\n", "utf-8")
    unsigned = check_translation(translated, original)
    assert unsigned and "does not say which English" in unsigned.message
    translated.write_text(unsigned.hint.partition("first line: ")[2] + "\ntitle: Dyfais\n", "utf-8")
    assert check_translation(translated, original) is None
    original.write_text("# a remark\ntitle:   Invented\n", "utf-8")
    assert check_translation(translated, original) is None, "a remark or a space changes no word"
    original.write_text("title: Invented anew\n", "utf-8")
    overtaken = check_translation(translated, original)
    assert overtaken and "has changed since" in overtaken.message


def test_welsh_deck_is_built_from_welsh_words(welsh: Path) -> None:
    from toolkit.office.show import show

    done = run_here("build", cwd=welsh)
    assert done.code == 0, done.err
    deck = next((welsh / "build" / "decks").glob("*.pptx"))
    shown = show(deck)
    assert "DWEUD" in shown
    assert "en-GB" not in shown
    document = next((welsh / "build" / "briefings").glob("*.docx"))
    assert "cy-GB" in show(document)


def test_without_a_translator_a_welsh_deck_is_not_built(project: Path) -> None:
    for folder in ("reviews", "decks"):
        for path in (project / folder).glob("*.yaml"):
            path.write_text(path.read_text("utf-8") + "\nlanguage: cy-GB\n", "utf-8")
    deck = next((project / "decks").glob("*.yaml")).stem
    done = run_here("build", f"decks/{deck}", cwd=project)
    assert done.code == 1
    assert "there is no translation of words.yaml" in done.err
    for name in ("care", "pairs", "break", "handout-action", "session", "guide"):
        assert f"there is no translation of {name}.yaml" in done.err
    assert "way.yaml" not in done.err and "slides.yaml" not in done.err, "these stand for others"
    assert not (project / "build" / "decks" / f"{deck}.pptx").exists()


def test_a_welsh_deck_needs_the_pages_that_it_takes_and_no_others(welsh: Path) -> None:
    pages = welsh / "templates" / "pages" / LANGUAGE
    for name in ("card", "voices", "box-talk"):
        (pages / f"{name}.yaml").unlink()
    done = run_here("build", "decks/robin", "--only", ".pptx", cwd=welsh)
    assert done.code == 0, done.err
    edit(
        welsh / "reviews" / "robin.yaml",
        "    title: The second letter\n",
        "    title: The second letter\n    way: {pattern: card}\n",
    )
    done = run_here("build", "decks/robin", "--only", ".pptx", cwd=welsh)
    assert done.code == 1
    assert "there is no translation of card.yaml" in done.err
    assert "voices.yaml" not in done.err


def test_overtaken_page_stops_the_welsh_deck_and_is_named(welsh: Path) -> None:
    page = welsh / "templates" / "pages" / LANGUAGE / "care.yaml"
    line = page.read_text("utf-8").partition("\n")[0]
    edit(page, line, "# translation of care.yaml at 000000000000")
    done = run_here("build", cwd=welsh)
    assert done.code == 1
    assert "the English of care.yaml has changed since this was translated" in done.err
    assert f"cy-GB{'/'}care.yaml:1:1" in done.err


def test_english_review_is_refused_in_a_welsh_deck(welsh: Path) -> None:
    for path in (welsh / "reviews").glob("*.yaml"):
        edit(path, "\nlanguage: cy\n", "\n")
    done = run_here("build", cwd=welsh)
    assert done.code == 1
    assert "is in en-GB, and this is in cy-GB" in done.err
