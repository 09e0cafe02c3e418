"""What is restricted in a review is in no file that is built: neither its words nor anything made of them."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import edit, run_here
from tests.hidden import png
from tests.invented import deck, folder, review, write
from toolkit.content.audience import public
from toolkit.content.model import Review
from toolkit.content.nodes import load
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.refresh.fields import find
from toolkit.refresh.verifier import AS_BUILT
from toolkit.safety.hiding import words_in

SECRETS = [f"quillan{chr(ord('a') + n)}" for n in range(25)]


def statement(secret: str, **more: object) -> dict[str, Any]:
    return {"text": f"The {secret} stands here.", "cites": ["S1"], "audience": "restricted", **more}


def planted() -> tuple[dict[str, Any], dict[str, Any]]:
    """An invented review with a secret in each of 25 places, all restricted; and the same without these."""
    plain: dict[str, Any] = copy.deepcopy(review("Ash"))
    plain["summary"].append({"text": "All of this is invented, every letter of it.", "cites": ["S1"]})
    made = copy.deepcopy(plain)
    secret = iter(SECRETS)
    made["child"]["who"].insert(0, statement(next(secret), slide=f"The {next(secret)}"))
    made["child"]["voice"].insert(0, statement(next(secret)))
    for name in ("summary", "story", "good_practice"):
        made[name].insert(0, statement(next(secret)))
    made["timeline"].insert(1, statement(next(secret), date=f"The day of {next(secret)}", key=True))
    made["facts"] = [statement(next(secret), label=next(secret))]
    made["quotation"] = {
        "words": f"A {next(secret)}",
        "by": "The report",
        "cites": ["S1"],
        "audience": "restricted",
    }
    figure = {"figure": "27", "counts": f"The {next(secret)}", "cites": ["S1"], "audience": "restricted"}
    made["numbers"] = [figure]
    made["asks"]["items"].insert(0, statement(next(secret), to="Nobody"))
    quiz = copy.deepcopy(made["quiz"][0])
    made["quiz"].insert(0, {**quiz, "because": f"The {next(secret)}.", "audience": "restricted"})
    point = made["points"][0]
    point["happened"] = [statement(next(secret))]
    point["practice"].insert(0, statement(next(secret)))
    point["why"] = [statement(next(secret))]
    hidden = copy.deepcopy(made["points"][1])
    title, message = next(secret), next(secret)
    made["points"].insert(
        1, {**hidden, "id": "X-9", "title": title, "message": message, "audience": "restricted"}
    )
    source = {**made["sources"][1], "id": "R1", "title": next(secret), "note": next(secret)}
    made["sources"].insert(
        0, {**source, "url": f"https://example.org/{next(secret)}", "audience": "restricted"}
    )
    rests = {"text": f"The {next(secret)} rests on it.", "cites": ["S1", "R1 p2"]}
    made["points"][2]["practice"].insert(0, rests)
    picture = {"file": f"pictures/{next(secret)}.png", "alt": f"The {next(secret)}.", "credit": "Nobody"}
    made["child"]["picture"] = {**picture, "licence": "CC BY 4.0", "audience": "restricted"}
    assert next(secret, "") == ""
    return made, plain


def built(root: Path, ash: dict[str, Any]) -> dict[str, bytes]:
    """Every file that is built of a deck and a briefing on this review, by its name."""
    write(root / "reviews" / "ash.yaml", ash)
    deck(root, "talk", title="Invented", minutes=60, reviews=["ash"])
    briefing = {
        "title": "Invented",
        "edition": "2024-06",
        "reviews": ["ash"],
        "questions": ["a?", "b?", "c?"],
    }
    write(root / "briefings" / "page.yaml", briefing)
    (root / "reviews" / "pictures").mkdir()
    for name in SECRETS:
        (root / "reviews" / "pictures" / f"{name}.png").write_bytes(png(name))
    ran = run_here("build", "--jobs", "1", cwd=root)
    assert (ran.code, "quillan" in ran.out + ran.err) == (0, False), ran.err
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("build/**/*")
        if path.is_file()
    }


@pytest.mark.slow
def test_no_word_of_twenty_places_is_in_any_file(tmp_path: Path) -> None:
    made, plain = planted()
    files = built(tmp_path / "with", made)
    public_files = {
        name: data for name, data in files.items() if "/.stamps/" not in name and "/.cache/" not in name
    }
    assert len(public_files) > 10
    for name, data in files.items():
        assert b"quillan" not in data.lower(), name
    for name, data in public_files.items():
        said = " ".join(one.text for one in words_in(data, Path(name), aside=True))
        assert "quillan" not in said.lower(), name
    ran = run_here("trace", "build/decks/talk.guide.docx", "In the second year", cwd=tmp_path / "with")
    lines = (tmp_path / "with" / "reviews" / "ash.yaml").read_text("utf-8").splitlines()
    line = next(n for n, words in enumerate(lines, 1) if "In the second year" in words)
    assert f"reviews/ash.yaml:{line}" in ran.out, ran.out
    bare = built(tmp_path / "without", plain)
    assert [name for name, data in public_files.items() if data != bare.get(name)] == []


@pytest.mark.slow
def test_an_edition_for_few_tells_what_is_restricted_and_says_so_on_every_page(tmp_path: Path) -> None:
    made, _ = planted()
    before = built(tmp_path, made)
    ran = run_here("build", "--restricted", "--jobs", "1", cwd=tmp_path)
    assert ran.code == 0, ran.err
    few = {path: path.read_bytes() for path in (tmp_path / "build").glob("*/*-restricted.*")}
    assert {path.name for path in few} >= {"talk-restricted.pptx", "page-restricted.docx"}
    every = ""
    for path, data in few.items():
        if path.suffix == ".txt":
            every += data.decode()
            continue
        said = [one for one in words_in(data, path, aside=True) if not one.aside]
        every += " ".join(one.text for one in said)
        numbered = [(re.match(r"(?:slide|page) \d+", one.place, re.I), one.text) for one in said]
        pages = {match[0] for match, _ in numbered if match}
        marked = {match[0] for match, text in numbered if match and "restricted" in text.casefold()}
        assert pages == marked and (pages or path.suffix == ".docx"), (path.name, pages - marked)
        assert any("(restricted)" in one.text for one in said), path.name
    assert sum(secret in every for secret in SECRETS) > 10
    after = {name: (tmp_path / name).read_bytes() for name in before}
    assert after == before  # what is for everyone is as it was
    verified = run_here("verify", "build/decks/talk-restricted.pptx", cwd=tmp_path)
    assert (verified.code, ", as restricted" in verified.out) == (0, True), verified.out
    assert "changed" not in verified.out.replace(AS_BUILT, ""), verified.out
    traced = run_here("trace", "build/decks/talk-restricted.guide.docx", "In the second year", cwd=tmp_path)
    lines = (tmp_path / "reviews" / "ash.yaml").read_text("utf-8").splitlines()
    line = next(n for n, words in enumerate(lines, 1) if "In the second year" in words)
    assert f"reviews/ash.yaml:{line}" in traced.out, traced.out
    pulled = run_here("pull", "build/decks/talk-restricted.pptx", cwd=tmp_path)
    assert (pulled.code, "restricted edition cannot be taken over" in pulled.err) == (1, True)


def test_an_edition_for_few_is_compared_with_all_that_is_restricted(tmp_path: Path) -> None:
    root = folder(tmp_path, ("Ash",))
    ash: dict[str, Any] = review("Ash")
    ash["points"][0]["finding"].insert(0, statement("quillan"))
    ash["points"][0]["slide"]["cites"] = ["S1"]
    write(root / "reviews" / "ash.yaml", ash)
    deck(root, "talk", title="Invented", minutes=20, reviews=["ash"])
    ran = run_here("build", "talk", "--restricted", "--jobs", "1", "--only", "pptx,guide.docx", cwd=root)
    assert ran.code == 0, ran.err
    current = "  current: built today, it would have the same words"
    for ending in ("pptx", "guide.docx"):
        verified = run_here("verify", f"build/decks/talk-restricted.{ending}", cwd=root)
        assert verified.out.splitlines()[-2:] == [f"  {AS_BUILT}", current], verified.out
    edit(root / "reviews" / "ash.yaml", "The quillan stands here.", "The quillan fell.")
    verified = run_here("verify", "build/decks/talk-restricted.guide.docx", cwd=root)
    assert "the review ash, point A-1 (reviews/ash.yaml:" in verified.out
    assert " has changed" in verified.out


def test_where_nothing_is_restricted_there_is_no_edition_for_few(tmp_path: Path) -> None:
    root = folder(tmp_path)
    deck(root, "talk", title="Invented", minutes=60, reviews=["robin"])
    ran = run_here("build", "talk", "--restricted", "--jobs", "1", cwd=root)
    assert ran.code == 1
    assert "nothing in its reviews is restricted" in ran.err
    assert not list(root.glob("build/*/*restricted*"))


def opened(root: Path, ash: dict[str, Any]) -> tuple[Project, Path]:
    path = root / "reviews" / "ash.yaml"
    write(path, ash)
    return Project(root), path


def test_a_review_without_anything_restricted_is_the_same_object(tmp_path: Path) -> None:
    _, path = opened(tmp_path, review("Ash"))
    whole, node = load(path, Review)
    assert public(whole, node) == (whole, node) and public(whole, node)[1] is node


def test_words_for_the_slide_do_not_rest_on_what_is_restricted(tmp_path: Path) -> None:
    ash: dict[str, Any] = review("Ash")
    ash["points"][1]["finding"].insert(0, statement("quillan"))
    project, path = opened(tmp_path, ash)
    with pytest.raises(Invalid, match="these words for the slide rest on a restricted finding as well"):
        project.review(path)
    ash["points"][1]["slide"]["cites"] = ["S1"]
    project, path = opened(tmp_path, ash)
    assert len(project.review(path)[0].points[1].finding) == 1
    assert len(project.whole_review(path)[0].points[1].finding) == 2


def test_what_is_left_must_be_a_review(tmp_path: Path) -> None:
    ash: dict[str, Any] = review("Ash")
    ash["summary"][0]["audience"] = "restricted"
    project, path = opened(tmp_path, ash)
    with pytest.raises(Invalid, match="without what is restricted here: 'summary' is missing"):
        project.review(path)


def test_a_check_against_a_restricted_report_lifts_nothing(tmp_path: Path) -> None:
    ash: dict[str, Any] = review("Ash")
    check = {"by": "Nobody", "on": "2026-11-01", "source": "R1", "where": "p1"}
    ash["points"][0]["checked"] = check
    ash["sources"].append({**ash["sources"][0], "id": "R1", "audience": "restricted"})
    project, path = opened(tmp_path, ash)
    assert project.review(path)[0].points[0].checked is None


@pytest.mark.slow
def test_a_deck_is_told_that_it_chooses_what_is_restricted(tmp_path: Path) -> None:
    folder(tmp_path, ("Ash", "Elm"))
    ash, elm = review("Ash"), review("Elm")
    ash["audience"] = "restricted"
    elm["points"][2]["audience"] = "restricted"  # type: ignore[index]
    write(tmp_path / "reviews" / "ash.yaml", ash)
    write(tmp_path / "reviews" / "elm.yaml", elm)
    deck(tmp_path, "one", minutes=60, reviews=["ash", {"review": "elm", "points": ["E-1", "E-3"]}])
    deck(tmp_path, "two", minutes=20, reviews=["elm"], points=["E-3"])
    ran = run_here("build", cwd=tmp_path)
    assert ran.code == 1 and not (tmp_path / "build" / "decks").exists()
    assert "decks/one.yaml:4:3: error: the review 'ash' is restricted: nothing of it is printed" in ran.err
    assert "decks/one.yaml:8:5: error: point 'E-3' is restricted and is never printed" in ran.err
    assert "decks/two.yaml:6:3: error: point 'E-3' is restricted and is never printed" in ran.err


def test_origins_lead_to_the_line_that_was_printed(tmp_path: Path) -> None:
    ash: dict[str, Any] = review("Ash")
    ash["story"].insert(1, statement("quillan"))
    _, path = opened(tmp_path, ash)
    words = path.read_text("utf-8")
    field = find(path, words, "ash/story/1/text")
    assert field and field.value.startswith("In the second year") and field.path == ("story", 2, "text")
    first = find(path, words, "ash/story/0/text")
    assert first and first.path == ("story", 0, "text")
