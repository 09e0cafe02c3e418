"""Old material is read whatever its kind; what is wrong with it is told, and nothing that is in order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pptx
import pytest

from tests import oldfiles
from tests.conftest import TOP, run_here
from toolkit.content.guidance import Guidance
from toolkit.intake.audit import findings, lines
from toolkit.intake.material import sentences, unwrapped
from toolkit.intake.outdated import is_account
from toolkit.intake.reading import read_material
from toolkit.office.accessible.findings import Finding
from toolkit.problems import Invalid
from toolkit.project import Project

DAY = "2026-11-01"
REGISTERS = Project(TOP).registers()
LONG = " ".join(["Say slowly what happened in this invented story, and let people sit with it."] * 60)


def found(path: Path, rule: str = "", day: str = DAY) -> list[Finding]:
    every = findings(read_material(path), REGISTERS, day)
    return [one for one in every if not rule or one.rule == rule]


def made(folder: Path, kind: str, these: tuple[str, ...]) -> Path:
    """A file of a kind with some lines."""
    path = folder / f"old.{kind}"
    if kind == "pptx":
        return oldfiles.deck(path, these)
    if kind == "docx":
        return oldfiles.document(path, these)
    if kind == "pdf":
        return oldfiles.pdf(path, these)
    if kind == "txt":
        path.write_text("\n\n".join(oldfiles.plain(these)), "utf-8")
    elif kind == "mhtml":
        path.write_bytes(oldfiles.saved_page(oldfiles.web_page(these)))
    else:
        path.write_text(oldfiles.web_page(these), "utf-8")
    return path


KINDS = ("pptx", "docx", "pdf", "txt", "html", "mhtml")


@pytest.mark.parametrize("kind", ["html", "mhtml", "txt", "docx"])
def test_the_starting_page_has_two_superseded_editions_and_sixteen_vague_links(
    tmp_path: Path, kind: str
) -> None:
    path = made(tmp_path, kind, (*oldfiles.OLD, *oldfiles.LINKS))
    guidance = [one.message for one in found(path, "Superseded guidance")]
    assert len(guidance) == 3
    assert all("2015 was superseded by" in one and "2026" in one for one in guidance[:2])
    assert "Information sharing advice 2018 was superseded by Information sharing advice 2024" in guidance[2]
    assert len(found(path, "Link text")) == 16


@pytest.mark.parametrize("kind", KINDS)
def test_old_words_are_found_in_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    path = made(tmp_path, kind, oldfiles.OLD)
    times = 2 if kind == "pdf" else 1
    assert len(found(path, "Superseded guidance")) == 3 * times
    terms = [one for one in found(path, "Old term") if "Serious Case Review" in one.message]
    assert len(terms) == times
    assert terms[0].hint.startswith("now: local child safeguarding practice review")


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_of_its_time_is_in_order(tmp_path: Path, kind: str) -> None:
    path = made(tmp_path, kind, oldfiles.IN_ORDER)
    told = [one for one in found(path) if one.rule in ("Superseded guidance", "Old term")]
    assert [one.message for one in told if "LSCB” has" not in one.message] == []
    assert len(told) == (kind == "docx")  # whose table says “the LSCB is told”


def test_words_of_the_field_mean_nothing_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "shop.txt"
    path.write_text(
        "Executive summary\n\nOur professionals sell SCR catalysts. An SCR is hard to reach.", "utf-8"
    )
    assert found(path) == []
    path.write_text(
        path.read_text("utf-8") + "\n\nSafeguarding and child protection: an SCR is held.", "utf-8"
    )
    assert found(path, "Old term")


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("Please read a serious case review.", 1),
        ("Please read the serious case review.", 0),
        ("Ashby serious case review is for all.", 0),
        ("It is an analysis of serious case reviews.", 0),
        ("Serious Case Review: Robin is for all.", 0),
        ("The LSCB is here.", 1),
        ("The Ashby Safeguarding Children Board (LSCB) is here.", 0),
        ("The child is at risk if it did not attend a clinic.", 1),
        ("The child’s mother did not attend a clinic.", 0),
        ("A lifestyle choice is no word for sexual exploitation.", 1),
        ("Avoid the words lifestyle choice for sexual exploitation.", 0),
        ("Families are hard to reach.", 1),
        ("The switch is hard to reach.", 0),
    ],
)
def test_a_term_counts_where_it_is_surely_meant(tmp_path: Path, sentence: str, times: int) -> None:
    path = tmp_path / "old.txt"
    path.write_text(f"{sentence}\n\nSafeguarding and child protection are for everyone.", "utf-8")
    assert len(found(path, "Old term")) == times


def test_a_file_that_names_the_new_review_knows_that_the_old_one_was_called_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    text = "Safeguarding and child protection: a Serious Case Review asks why."
    path.write_text(text, "utf-8")
    assert found(path, "Old term")
    path.write_text(f"{text} Today it is a local child safeguarding practice review.", "utf-8")
    assert found(path) == []


def test_links_count_once_and_only_where_there_are_some(tmp_path: Path) -> None:
    made(tmp_path, "html", ("<a>Click here</a> or go <a>here</a>.", "Click here to add words."))
    assert len(found(tmp_path / "old.html", "Link text")) == 2
    path = made(tmp_path, "html", ("See the invented report. Click here to read it.", "It clicked here."))
    (one,) = found(path, "Link text")
    assert one.message.endswith("asks to click, and there is no link in these words")


def test_what_no_reader_sees_is_not_read(tmp_path: Path) -> None:
    path = made(tmp_path, "html", ("<i style='display: none'>Working Together 2015</i> A line.",))
    assert found(path) == []
    path = oldfiles.document(tmp_path / "old.docx", ("A line.",), deleted="Working Together 2015")
    assert found(path, "Superseded guidance") == []
    words = str(read_material(path).words)
    assert "2015" not in words and "on page 7" in words


def test_guidance_is_judged_as_on_a_day(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("Read Working Together 2018. Read Working Together to Safeguard Children 2010.", "utf-8")
    title = "Working Together to Safeguard Children"
    messages = [one.message for one in found(path, day="2018-06-01")]
    assert messages == [f"{title} 2010 is older than {title} 2015"]
    assert [one.level for one in found(path, "Superseded guidance", "2024-01-01")] == ["error"] * 2
    path.write_text("Read Working Together 2023.", "utf-8")
    assert [one.level for one in found(path, day="2026-11-01")] == ["warning"]  # the day is not confirmed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'These are in "Working Together to Safeguard Children 2018", which says why.',
            "2018 was superseded",
        ),
        ("See ‘Working Together to Safeguard Children’ (WTSC) 2018.", "2018 was superseded"),
        ("An analysis of visits provides much for duties (set out in Working Together 2015).", "2015 was"),
        ("“Working Together 2018 is the guide”, the board wrote.", ""),
        ("Analysis of visits by the board, Working Together 2015", ""),
        ("Keeping Children Safe in Education 2020 applies to schools.", "2020 is older than the edition of"),
        ("‘Keeping Children Safe in Education’ (KCSIE) 2020 says why.", "2020 is older than the edition of"),
        ("Keeping Children Safe in Education 2026 applies to schools.", ""),
    ],
)
def test_an_edition_counts_however_its_title_is_written(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "old.txt"
    path.write_text(text, "utf-8")
    messages = [one.message for one in found(path, "Superseded guidance")]
    assert len(messages) == bool(told) and all(told in one for one in messages), messages
    path.write_text(text.replace("2020", "2010"), "utf-8")
    assert not found(path, "Superseded guidance", "2011-01-01")


def test_a_deck_has_places_notes_and_barriers(tmp_path: Path) -> None:
    path = oldfiles.deck(tmp_path / "old.pptx", ("Ask the professionals of Elmton.",), LONG)
    every = {one.rule: one for one in found(path)}
    assert every["Notes longer than their page"].where == "Slide 1, notes"
    assert every["Missing slide title"].where == "Slide 2"
    assert every["Link text"].where == "Slide 2"
    assert "9 points" in every["Text size"].message
    assert "Missing alt text" not in every  # of a drawn shape
    short = oldfiles.deck(tmp_path / "short.pptx", ("A line.",), LONG[:900])
    assert not found(short, "Notes longer than their page")


def test_what_a_page_shuts_out(tmp_path: Path) -> None:
    path = tmp_path / "old.html"
    rows = "<tr><td><b>Who</b></td><td><b>What</b></td></tr><tr><td>a</td><td>b</td></tr>"
    table = f"<table>{rows}</table><table>{rows.replace('b>', 'i>')}</table>"
    path.write_text(
        f"<html><body><p>One.</p><img src='plan.png'><img src='line.png' alt=''>{table}"
        "<p><a href='https://example.org/a-long-address-of-a-page'>https://example.org/a-long-address-of-a-page"
        "</a> <a href='#top'>here</a> <a href='x.pdf'>The Robin report</a></p></body></html>",
        "utf-8",
    )
    rules = sorted(one.rule for one in found(path))
    assert rules == [
        "Document language",
        "Link text",
        "Missing alt text",
        "Missing document title",
        "No header row specified",
    ]
    path.write_text(oldfiles.web_page(("One <b>line</b> and<br>another.",)), "utf-8")
    assert found(path) == []
    assert [one.text for one in read_material(path).words][-1] == "One line and\nanother."


def test_a_pdf_says_its_pages(tmp_path: Path) -> None:
    path = oldfiles.pdf(tmp_path / "old.pdf", oldfiles.OLD)
    assert [one.where for one in found(path, "Superseded guidance")][:4:3] == ["Page 1", "Page 2"]
    assert not found(path, "No tags")  # typst tags what it makes
    assert found(path, "Missing document title")
    assert read_material(path).language == "en"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        b"%PDF-1.7 broken",
        b"<html><body></body></html>",
        b"\x89PNG\r\n\x1a\n\0\0\0",
    ],
    ids=["empty", "zip", "pdf", "page", "picture"],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.bin"
    path.write_bytes(data)
    with pytest.raises(Invalid) as told:
        read_material(path)
    assert told.value.problems[0].place.path == path
    assert told.value.problems[0].hint


def test_the_command_prints_what_weighs_most_first_and_no_more_than_forty_lines(tmp_path: Path) -> None:
    many = tuple(f"<a>Click here</a> for the invented report number {number}." for number in range(60))
    made(tmp_path, "html", (*many, *oldfiles.OLD))
    ran = run_here("audit", "old.html", "gone.pdf", "--on", DAY, cwd=tmp_path)
    shown = ran.out.splitlines()
    assert ran.code == 1 and "gone.pdf: error: there is no such file" in ran.err
    assert shown[0].startswith("old.html: 3 errors, 61 warnings")
    assert shown[1] == "  error: Superseded guidance" and len(shown) <= 40
    assert shown[-1].endswith("more findings; -v shows all")
    every = run_here("audit", "old.html", "-v", "--on", DAY, cwd=tmp_path).out
    assert every.count("asks to click") == 60
    made(tmp_path, "txt", ("Nothing is wrong here.",))
    fine = run_here("audit", "old.txt", cwd=tmp_path)
    assert (fine.code, fine.out) == (0, "old.txt: nothing found\n")


def test_places_that_say_the_same_are_told_once() -> None:
    every = [Finding("warning", "Old term", f"Slide {n}", f"told {n}", "now: new") for n in (1, 2, 3)]
    assert lines(Path("a.pptx"), every, False)[2:] == [
        "    Slide 1 and 2 more places: told 1",
        "      = now: new",
    ]
    assert len(lines(Path("a.pptx"), every, True)) == 6


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("The review was held under it.", True),
        ("In March 2014 agencies work under it.", True),
        ("Agencies found much.", True),
        ("A review is published.", False),
        ("Reviews must be held and published.", False),
        ("From 2026 reviews change.", False),
    ],
)
def test_what_is_an_account_of_its_time(sentence: str, tells: bool) -> None:
    assert is_account(sentence, DAY) == tells


def test_broken_lines_are_whole_again_and_items_stay_apart() -> None:
    long = "This line of an invented text goes on and on until its page has"
    assert unwrapped(f"{long}\nno room. Then more\n- one\n- two\n\nNew") == [
        f"{long} no room. Then more",
        "- one",
        "- two",
        "New",
    ]
    assert list(sentences("Dr. Elm came. She left at 3.15 p.m.\nThen? Yes.")) == [
        "Dr. Elm came.",
        "She left at 3.15 p.m.",
        "Then?",
        "Yes.",
    ]
    endless = "word " * 5000
    assert "".join(sentences(endless)).replace(" ", "") == endless.replace(" ", "")
    assert max(map(len, sentences(endless))) <= 2000


def test_what_may_tell_who_a_child_is_comes_first_of_the_warnings_whatever_hides_it(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "An invented child"
    slide.notes_slide.notes_text_frame.text = "Wren, who is invented, was born on 3 May 2015."
    deck.save(str(tmp_path / "old.pptx"))
    (tmp_path / "old.txt").write_text("Wren, who is invented, was born on 3 May 2015.\n", "utf-8")
    for name, place in (("old.pptx", "notes of slide 1"), ("old.txt", "paragraph 1")):
        out = run_here("audit", name, cwd=tmp_path).out
        assert "warning: What may tell who somebody is, or blames" in out, name
        assert f"{place}: this may identify somebody: “born on 3 may 2015”" in out.casefold(), out


def test_a_name_that_is_kept_out_is_found_in_the_code_of_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names.txt").write_text("Zebedee Quill\n", "utf-8")
    monkeypatch.setenv("TOOLKIT_NAMES", str(tmp_path / "names.txt"))
    name = "Zebedee Quill"
    for code in (f'<img alt="{name}">', f"<noscript>{name}</noscript>", f"<p hidden>{name}</p>"):
        (tmp_path / "old.html").write_text(f"<html><body><p>Words.</p>{code}</body></html>", "utf-8")
        ran = run_here("audit", "old.html", cwd=tmp_path)
        assert ran.code == 1 and "it begins with Z" in ran.out and "Quill" not in ran.out, (code, ran)


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ("Walk With Children 2015", "2020-05-01", ""),  # the later one of the year holds
        ("Walk With Children 2015", "2021-01-01", "Walk With Children 2015 was superseded by"),
        ("Walk With Children March 2015", "2020-05-01", "Walk With Children March 2015 was superseded by"),
        ("Walk With Children September 2015", "2020-05-01", ""),
        ("Walk With Children (1 September 2015)", "2021-01-01", "Walk With Children September 2015 was"),
    ],
)
def test_of_two_editions_of_one_year_the_month_tells(tmp_path: Path, words: str, day: str, said: str) -> None:
    guidance = {
        f"walk-{edition}": Guidance(
            id=f"walk-{edition}",
            instrument="walk",
            edition=edition,
            title="Walk With Children",
            nation="England",
            since=edition,
        )
        for edition in ("2015-03", "2015-09", "2020-06")
    }
    (tmp_path / "old.txt").write_text(f"Follow {words} when you safeguard.", "utf-8")
    registers = replace(REGISTERS, guidance=guidance)
    every = findings(read_material(tmp_path / "old.txt"), registers, day)
    told = [one.message for one in every if one.rule == "Superseded guidance"]
    assert len(told) == bool(said) and all(one.startswith(said) for one in told), told
