"""What may tell who somebody is: found wherever it hides, told with its place, and answered in the review."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import typst

from tests import hidden
from tests.conftest import TOP, edit, run_here
from tests.invented import deck, folder
from toolkit.office.opc import read_package, zipped
from toolkit.problems import Invalid, Problem
from toolkit.project import Project
from toolkit.safety.anonymity import found
from toolkit.safety.details import details
from toolkit.safety.names import kept_out
from toolkit.safety.rulebook import rulebook
from toolkit.safety.sources import Sources

RULES = rulebook()
Make = Callable[[Callable[[str], str]], bytes]
MAKERS = {"pptx": hidden.deck, "docx": hidden.document, "pdf": hidden.pdf}


def planted(make: Make, path: Path) -> dict[str, str]:
    """A made file at this path; the birthday that stands in each of its places."""
    told: dict[str, str] = {}

    def word(place: str) -> str:
        return told.setdefault(place, f"born on {len(told) % 28 + 1} May {2001 + len(told)}")

    path.write_bytes(make(word))
    return told


@pytest.mark.parametrize("ending", MAKERS)
def test_what_is_planted_is_found_in_every_place(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"invented.{ending}"
    told = planted(MAKERS[ending], path)
    said = [problem.message for problem in found(path, RULES)]
    assert len(told) > 6
    for place, words in told.items():
        assert any(f"“{words}”: a date of birth" in one for one in said), f"{place}: {words}"
    for place in told:
        known = place in (
            "hidden slide 2",
            "notes of slide 1",
            "tracked deletion",
            "alternative text",
            "properties",
        )
        assert not known or any(place in one.split(": this may")[0] for one in said), place


def test_a_name_of_the_list_is_found_in_every_place(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Zébedee Quill # invented\n", "utf-8")
    names = kept_out(tmp_path / "board", "../names.txt")
    for ending, make in MAKERS.items():
        places: list[str] = []

        def word(place: str, places: list[str] = places) -> str:
            places.append(place)
            return "Zebedee Quill"

        path = tmp_path / f"invented.{ending}"
        path.write_bytes(make(word))
        problems = [one for one in found(path, RULES, names) if one.stops]
        assert len(problems) >= len(places) - 3, ending  # three places of a picture are called the same
        assert all(
            one.private and "Quill" not in one.message and "(it begins with Z)" in one.message
            for one in problems
        )


def test_a_name_stands_in_a_part_name_or_an_id_too(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Zebedee Quill\n", "utf-8")
    names = kept_out(tmp_path / "board", "../names.txt")
    parts = dict(read_package(hidden.document(lambda place: "nothing")).parts)
    parts["word/media/zebedee-quill.png"] = hidden.png("nothing")
    path = tmp_path / "invented.docx"
    path.write_bytes(zipped(parts))
    (one,) = [one.message for one in found(path, RULES, names) if one.stops]
    assert "name of the part: a name of your private list" in one


def test_the_words_of_a_pdf_are_told_by_page(tmp_path: Path) -> None:
    text = "The invented child was born on 3 May 2011.\n#pagebreak()\nShe lived at 12 Harrowby Lane then."
    path = tmp_path / "invented.pdf"
    path.write_bytes(typst.compile(text.encode()))
    assert [one.message for one in found(path, RULES)] == [
        "page 1: this may identify somebody: “born on 3 May 2011”: a date of birth",
        "page 2: this may identify somebody: “12 Harrowby Lane”: an address or a street",
    ]


def test_a_picture_tells_where_it_was_taken() -> None:
    assert ("details of the picture (EXIF)", "GPS position 52.13560, -0.46670") in list(
        details(hidden.jpeg("x", "y", "z"))
    )
    hits = [hit.rule.id for _, text in details(hidden.jpeg("x", "y", "z")) for hit in RULES.warned(text)]
    assert "position" in hits
    assert (
        list(details(b"\xff\xd8\xff\xe1\xff")) == [] and list(details(b"\x89PNG\r\n\x1a\n\0\0\0\5tE")) == []
    )


SAID = {
    "birth-date": "Her date of birth is 03/05/2011.",
    "exact-day": "The invented child died at home on 3 May 2011.",
    "postcode": "They lived in MK40 3QX.",
    "address": "They lived at 12 Harrowby Lane.",
    "telephone": "Ring her on 01632 960 123 after six.",
    "email": "Write to invented.person@example.org.",
    "number-of-a-person": "Her NHS number: 943 476 5919.",
    "case-number": "See [2014] EWFC 99 for more.",
    "court-outcome": "An invented man was found guilty.",
    "named-place": "She went to Harrowby Hill Primary School.",
    "named-person": "It was Mrs Quill who wrote it down.",
    "siblings-and-ages": "She had three brothers, aged 4, 6 and 9.",
    "occupation": "Her father worked as a prison officer.",
    "rare-condition": "She had Quillan syndrome.",
    "injury-detail": "They counted eleven fractures.",
    "press-link": "https://www.harrowbygazette.co.uk/news/an-invented-story",
    "position": "GPS: 52.1356, -0.4667",
    "age-and-place": "The four-year-old lived in Harrowby.",
    "initials-and-place": "Child Q moved to Harrowby.",
    "sensational": "It was a horrific case.",
    "scandal": "A catalogue of errors followed.",
    "blames-practitioners": "They turned a blind eye to it.",
    "blames-parents": "The mother failed to engage.",
    "blames-child": "She put herself at risk.",
}


@pytest.mark.parametrize("rule", SAID)
def test_each_rule_finds_what_it_looks_for(rule: str) -> None:
    assert rule in [hit.rule.id for hit in RULES.warned(SAID[rule])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PC Quill came.", "PC Quill"),
        ("Mr. Quill came.", "Mr. Quill"),
        ("They met at The Quill Temple.", "The Quill Temple"),
        ("Write to quill@mail.example.org.", "quill@mail.example.org"),
    ],
)
def test_names_are_found_beside_words_that_are_none(text: str, words: str) -> None:
    assert [hit.words for hit in RULES.warned(text)] == [words]


def test_every_rule_that_warns_in_one_sentence_is_tried() -> None:
    wide = {rule.id for rule in RULES.anonymity if rule.within != "sentence" or not rule.alone}
    assert set(SAID) == set(RULES.by_id) - wide


HARMLESS = (
    "The report was published on 12 December 2017.",
    "Call the NSPCC Helpline for adults, 0808 800 5000.",
    "Working Together 2015, chapter 4, was the guidance then.",
    "A child with Down’s syndrome was seen.",
    "The Royal College of Paediatrics wrote to every hospital.",
    "The newspaper wrote of “a horrific case”.",
    "A boy of two lives with foster carers. Ask his school, his GP and the hospital.",
    "Ring the duty team on 01632 960 123, or write to info@example.org.",
    "Write to training@example.org, mash.referrals@example.org or no-reply@example.org.",
    "It lay beside the PC. This is no name, nor is a PC Card, nor compress@LIB_1.2.0.",
    "The Temple was open, and so was The Church.",
    "Ask on invented-board@lists.example.org; the letter is 20310503.GF12@mail.example.org.",
    "The bytes are 00000010 74, then 05 64 69 66 66.",
    "Dates such as 2013-09-17 in https://example.org/2013-09-17/death are part of an address.",
    "One review of three brothers and sisters has 8 points, and 90 minutes are few.",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    assert [hit.words for hit in RULES.warned(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "“" * 60_000,
        "‘a’b" * 20_000,
        "a." * 60_000,
        "a-" * 60_000,
        "1." * 60_000,
        "born on " * 20_000,
        "0" * 90_000,
    ],
)
def test_a_hostile_text_takes_no_long(text: str) -> None:
    begun = time.process_time()
    assert list(RULES.warned(text)) == []
    assert time.process_time() - begun < 3


def test_a_long_text_is_read_to_its_end() -> None:
    (hit,) = RULES.warned("Nothing of it is true. " * 900 + "She was born on 3 May 2011.")
    assert (hit.words, hit.start) == ("born on 3 May 2011", 23 * 900 + 8)


def test_a_contact_of_the_board_is_no_risk() -> None:
    text = "Ring 01632 960001, day and night."
    assert [hit.rule.id for hit in RULES.warned(text)] == ["telephone"]
    assert list(rulebook(calm=["01632 960001"]).warned(text)) == []


def warnings(root: Path) -> list[Problem]:
    project = Project(root)
    reviews = {path.stem: project.review(path) for path in project.review_paths()}
    sources = Sources(rulebook(root), reviews, [id for id in reviews if project.is_restricted(id)])
    told = [problem for id in reviews for problem in sources.of_review(id)]
    for target in project.targets():
        work, node, _ = project.work(target)
        told += sources.of_work(node, [one.review for one in work.reviews])
    return [*told, *sources.unfitting()]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with two invented reviews of one board, and a deck on both."""
    folder(tmp_path, ("Ash", "Elm"))
    deck(tmp_path, "both", minutes=60, reviews=["elm", "ash"])
    return tmp_path


def test_a_warning_stands_at_its_line_and_can_be_answered(two: Path) -> None:
    assert warnings(two) == []
    path = two / "reviews" / "ash.yaml"
    edit(path, "Ash is invented,", "Ash was born on 3 May 2011 and is invented,")
    (one,) = warnings(two)
    line = path.read_text("utf-8").splitlines()[one.place.line - 1]
    assert line[one.place.column - 1 :].startswith("born on 3 May 2011") and not one.stops
    answer = "answered:\n- {rule: birth-date, reason: Invented., by: Nobody, on: 2026-11-01%s}\n"
    path.write_text(answer % "" + path.read_text("utf-8"), "utf-8")
    assert warnings(two) == []
    edit(path, "on: 2026-11-01}", "on: 2026-11-01, words: [born on 4 May 2011]}")
    assert [one.message for one in warnings(two)] == [
        "this may identify somebody: “born on 3 May 2011”: a date of birth",
        "nothing here is warned of as 'birth-date' that this could answer",
    ]


def test_what_two_reviews_tell_together_is_warned_of_in_the_deck(two: Path) -> None:
    edit(two / "reviews" / "ash.yaml", "Ash is invented,", "Ash, aged four, is invented; it was 3 May 2011,")
    assert warnings(two) == []
    edit(two / "reviews" / "elm.yaml", "Elm is invented,", "Elm lived in Harrowby, is invented,")
    (one,) = warnings(two)
    assert one.place.path.name == "both.yaml" and one.place.line > 1
    assert one.message.startswith(
        "'elm' and 'ash' tell together what neither tells alone: an exact age “aged four”"
    )
    assert "a small place “lived in Harrowby” in elm.yaml, line " in one.message
    answer = "answered:\n- {rule: age-place-day, reason: Invented., by: Nobody, on: 2026-11-01}\n"
    path = two / "reviews" / "elm.yaml"
    path.write_text(answer + path.read_text("utf-8"), "utf-8")
    assert warnings(two) == []


def test_reviews_of_other_boards_are_not_brought_together(two: Path) -> None:
    edit(two / "reviews" / "ash.yaml", "Ash is invented,", "Ash, aged four, is invented; it was 3 May 2011,")
    edit(two / "reviews" / "elm.yaml", "Elm is invented,", "Elm lived in Harrowby, is invented,")
    edit(two / "reviews" / "elm.yaml", "board: An invented board", "board: Another board")
    assert warnings(two) == []


def test_a_board_adds_rules_of_its_own(two: Path) -> None:
    own = two / "reference" / "anonymity.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(
        "- {id: mill, title: the mill, words: [invented trees], why: It is near., instead: leave it out}\n"
    )
    assert {one.message for one in warnings(two)} == {
        "this may identify somebody: “invented trees”: the mill"
    }
    own.write_text(
        "- {id: mill, title: the mill, patterns: ['(a'], why: It is near., instead: leave it out}\n"
    )
    with pytest.raises(Invalid, match="this pattern cannot be read"):
        warnings(two)


def test_an_answer_may_be_of_what_is_restricted(two: Path) -> None:
    path = two / "reviews" / "ash.yaml"
    answer = "answered:\n- {rule: birth-date, reason: Invented., by: Nobody, on: 2026-11-01}\n"
    path.write_text(path.read_text("utf-8") + answer, "utf-8")
    assert [one.message for one in warnings(two)] == [
        "nothing here is warned of as 'birth-date' that this could answer"
    ]
    edit(path, "points:\n- ", "points:\n- audience: restricted\n  ")
    assert warnings(two) == []


@pytest.mark.slow
def test_the_shipped_reviews_give_no_warning_that_is_not_answered() -> None:
    assert [f"{one.place}: {one.message}" for one in warnings(TOP)] == []


@pytest.mark.slow
def test_a_name_stops_check_and_build_and_is_not_shown(
    two: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = tmp_path_factory.mktemp("elsewhere") / "names.txt"
    names.write_text("Zebedee Quill\nQuillan\n", "utf-8")
    (two / "board.yaml").write_text(f"name: A board\nnames_kept_out: {names}\n", "utf-8")
    assert run_here("build", "both", "--only", "pptx", cwd=two).code == 0
    edit(two / "reviews" / "ash.yaml", "Ash is invented,", "Ash knew Zebedee Quill, is invented,")
    for command in (("check",), ("build", "both", "--only", "pptx")):
        ran = run_here(*command, cwd=two)
        assert ran.code == 1, command
        assert "ash.yaml:" in ran.err and "(it begins with Z)" in ran.err
        assert "Quill" not in ran.out + ran.err and "ebedee" not in ran.out + ran.err
    built = BytesIO((two / "build" / "decks" / "both.pptx").read_bytes()).getvalue()
    assert b"Zebedee" not in built
    assert not any(b"Quillan" in path.read_bytes() for path in two.rglob("*") if path.is_file())


@pytest.mark.slow
def test_a_list_inside_the_folder_or_one_that_is_not_there_is_refused(two: Path) -> None:
    (two / "names.txt").write_text("Zebedee Quill\n", "utf-8")
    for said, why in (("names.txt", "lies inside this folder"), ("../no/names.txt", "cannot be read")):
        (two / "board.yaml").write_text(f"name: A board\nnames_kept_out: {said}\n", "utf-8")
        for command in ("check", "build"):
            ran = run_here(command, cwd=two)
            assert ran.code == 1 and why in ran.err and "Traceback" not in ran.err
    assert not (two / "build" / "decks").exists()


def test_the_environment_may_name_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list_ = tmp_path / "names.txt"
    list_.write_bytes("Zébedee Quill\r\n".encode("utf-16"))
    monkeypatch.setenv("TOOLKIT_NAMES", str(list_))
    names = kept_out(tmp_path / "board", None)
    assert names
    said = list(names.found("one\ntwo Zeb\u00adedee\nQuill’s, ZÉBEDEE-QUILL, zebedeequill"))
    assert said == [(2, 5, "Z"), (3, 10, "Z"), (3, 25, "Z")]
    assert list(names.found("Zebedee was here")) == []


def test_a_name_of_one_word_counts_with_a_capital_or_in_an_address(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Will\n", "utf-8")
    names = kept_out(tmp_path / "board", "../names.txt")
    assert names
    assert [list(names.found(text)) for text in ("she will come", "Willow")] == [[], []]
    assert list(names.found("of Will")) == list(names.found("of/will", aside=True)) == [(1, 4, "W")]


@pytest.mark.slow
def test_a_name_is_found_in_what_is_drawn_and_in_what_was_built_before(
    two: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = tmp_path_factory.mktemp("elsewhere") / "names.txt"
    names.write_text("Zebedee Quill\n", "utf-8")
    (two / "board.yaml").write_text(f"name: A board\nnames_kept_out: {names}\n", "utf-8")
    command = ("build", "both", "--only", "pptx")
    assert run_here(*command, cwd=two).code == 0
    names.write_text("Zebedee Quill\nInvented trees\n", "utf-8")
    ran = run_here(*command, cwd=two)
    assert ran.code == 1 and "(it begins with I)" in ran.err  # though nothing has changed since
    names.write_text("Zebedee Quill\n", "utf-8")
    edit(two / "decks" / "both.yaml", "minutes:", 'title: "Zeb\\x65dee Quill"\nminutes:')
    ran = run_here(*command, cwd=two)
    assert ran.code == 1 and "build/decks/both.pptx: error: " in ran.err and "Quill" not in ran.err
