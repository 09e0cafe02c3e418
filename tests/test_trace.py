"""Each word of a file that we built is traced to where it comes from, and what is planted is not ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter

from tests.conftest import TOP, edit, invented, run_here
from tests.planting import plant
from toolkit.office.opc import zipped
from toolkit.office.prints import fingerprint, words_of
from toolkit.problems import Invalid
from toolkit.project import Project
from toolkit.refresh.matching import Matcher, Traced
from toolkit.refresh.texts import Built, Text, open_file
from toolkit.refresh.tracer import traced

OFFICE = {".pptx", ".docx"}
SAID = "Robin was not spoken to alone at any visit."
BOARD = """\
name: The invented board of the board file
footer: An invented footer
raise_concern: [{title: A concern about Robin, text: "The invented front door, 01632 960001"}]
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented review, built."""
    folder = invented(tmp_path_factory.mktemp("traced") / "board")
    (folder / "board.yaml").write_text(BOARD, "utf-8")
    ran = run_here("build", "--jobs", "1", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return folder


def built(folder: Path) -> list[Path]:
    """The files that can be traced and that `toolkit build` makes: no edition as somebody wished for it."""
    made = {f"{target.folder}/{target.name}" for target in Project(folder).targets()}
    return [
        path
        for path in sorted(folder.glob("build/*/*.*"))
        if path.suffix in OFFICE | {".pdf"} and f"{path.parent.name}/{path.name.split('.')[0]}" in made
    ]


def words(found: list[Traced] | tuple[Traced, ...], ours: bool) -> list[str]:
    """The words that are ours, or are not."""
    return [w for one in found for p in one.pieces if p.ours == ours for w in words_of(p.words)]


def letters(path: Path) -> Counter[str]:
    """The letters that a file shows, as an independent reader has them; and none that readers do not see."""
    if path.suffix == ".pdf":
        said = "".join(page.extract_text() for page in PdfReader(path).pages)
    else:
        paths = "ppt/slides/slide*.xml ppt/notesSlides/notesSlide*.xml word/document.xml word/header*.xml"
        paths += " word/footer*.xml"
        said = ""
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if any(Path(name).match(pattern) for pattern in paths.split()):
                    root = etree.fromstring(archive.read(name))
                    hidden = "ancestor::*[local-name()='Fallback'] or ancestor::*[@type='slidenum']"
                    said += "".join(root.xpath(f"//*[local-name()='t'][not({hidden})]/text()"))
    return Counter("".join(words_of(said)))


def check_every_word(path: Path) -> int:
    """How many words a file has, which are all ours and know a place."""
    opened = open_file(path)
    assert opened.untouched
    found = traced(opened, None).traced
    assert all(piece.ours and any(piece.origins) for one in found for piece in one.pieces), path
    assert all(one.whole for one in found), path
    there = words(found, True)
    assert Counter("".join(there)) == letters(path), path
    return len(there)


def check_planted(path: Path, count: int, seed: int, kept: Path) -> int:
    """How many words were planted in a copy; they are not ours, and all else is."""
    data, planted = plant(path.read_bytes(), count, seed)
    copy = kept / path.name
    copy.write_bytes(data)
    found = traced(open_file(copy), None).traced
    assert Counter(words(found, False)) == Counter(planted), path
    return len(planted)


def test_every_word_of_every_file_is_traced(board: Path) -> None:
    every = built(board)
    assert len(every) == 10
    assert sum(map(check_every_word, every)) > 3_000


def test_planted_words_are_not_ours_and_all_others_are(board: Path, tmp_path: Path) -> None:
    every = [path for path in built(board) if path.suffix in OFFICE]
    assert sum(check_planted(path, 40, seed, tmp_path) for seed, path in enumerate(every)) > 190


@pytest.mark.slow
def test_every_word_of_all_shipped_files_is_traced(real: Path) -> None:
    assert sum(map(check_every_word, built(real))) > 100_000


@pytest.mark.slow
def test_a_thousand_words_planted_in_shipped_files_are_not_ours(real: Path, tmp_path: Path) -> None:
    every = [path for path in built(real) if path.suffix in OFFICE]
    assert sum(check_planted(path, 50, seed, tmp_path) for seed, path in enumerate(every)) > 1_000


def lines(folder: Path, *said: str | Path) -> list[str]:
    ran = run_here("trace", *said, cwd=folder)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def place(path: Path, said: str) -> str:
    """The file and line on which some words stand first."""
    text = path.read_text("utf-8").splitlines()
    return f"{path.parent.name}/{path.name}:{next(n for n, line in enumerate(text, 1) if said in line)}"


def test_a_sentence_is_shown_with_its_point_its_line_and_what_it_cites(board: Path) -> None:
    review = board / "reviews" / "robin.yaml"
    for file in ("decks/robin.pptx", "decks/robin.notes.pdf", "decks/robin.handout.docx"):
        shown = lines(board, f"build/{file}", "SEE the child alone")
        at = shown.index("  “See the child alone”")
        assert shown[at + 1] == (
            f"      = the review robin, point R-1, practice 1 ({place(review, 'See each child alone')}),"
            " which cites S1 7.1"
        ), file


@pytest.mark.parametrize(
    ("file", "said", "source"),
    [
        (
            "decks/robin.pptx",
            "You will hear about",
            "the page template care, notes, say (templates/pages/care.yaml:",
        ),
        ("decks/robin.pptx", "An invented footer", "the board, footer (board.yaml:2)"),
        ("decks/robin.pptx", "Learning from Robin", "the deck robin, title (decks/robin.yaml:2)"),
        ("decks/robin.pptx", "The invented front door", "the board, raise concern 1, text (board.yaml:3)"),
        ("decks/robin.pptx", "Next", "the fixed words, next (reference/words.yaml:"),
        ("decks/robin.pptx", "minutes", "the clock of the session"),
        (
            "briefings/robin.docx",
            "What did a child tell you this week?",
            "the briefing robin, questions 1 (briefings/",
        ),
        (
            "briefings/robin.pdf",
            "Practitioner briefing",
            "the outline practitioner-briefing (templates/outlines/",
        ),
    ],
)
def test_other_words_are_traced_to_the_place_they_stand_in(
    board: Path, file: str, said: str, source: str
) -> None:
    assert any(line.startswith(f"      = {source}") for line in lines(board, f"build/{file}", said))


def test_a_line_of_the_toolkit_s_own_templates_is_the_line_that_says_it(board: Path) -> None:
    shown = "\n".join(lines(board, "build/decks/robin.pptx", "You will hear about"))
    (at,) = {int(n) for n in re.findall(r"care, notes, say \(templates/pages/care\.yaml:(\d+)", shown)}
    assert (
        "You will hear about" in (TOP / "templates/pages/care.yaml").read_text("utf-8").splitlines()[at - 1]
    )


def test_a_changed_word_is_shown_and_its_sentence_still_traced(board: Path, tmp_path: Path) -> None:
    deck = pptx.Presentation(board / "build/decks/robin.pptx")
    frames = [shape.text_frame for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    (run,) = (run for run in runs if run.text.replace("\xa0", " ") == SAID)
    run.text = SAID.replace("any", "every")
    deck.save(tmp_path / "changed.pptx")
    shown = lines(board, tmp_path / "changed.pptx", "alone at every visit")
    source = "the review robin, point R-1, finding (reviews/robin.yaml:33), which cites S1 5.2"
    at = shown.index("  “every”")
    assert shown[at - 2] == "  “Robin was not spoken to alone at”"
    assert all(source in shown[n] for n in (at - 1, at + 3))
    assert shown[at + 1] == "      = not ours: it was not built with these words"
    assert lines(board, tmp_path / "changed.pptx")[-1].endswith(", 1 not ours")


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        (SAID, SAID),
        ("Robin was not listened to there at home then.", ""),  # five of nine words, in order
        ("To Robin, visit alone at any time was not spoken.", ""),  # the same words in another order
        (f"We heard this: {SAID}", SAID),
        ("not spoken to alone", "not spoken to alone"),
        ("spoken to", ""),
    ],
)
def test_so_much_of_a_sentence_makes_it_ours(board: Path, said: str, ours: str) -> None:
    built = open_file(board / "build/decks/robin.pptx").built
    assert built
    found = Matcher(built).trace([Text("slide 1", said)])
    assert words(found, True) == words_of(ours)


def test_a_sentence_that_lost_its_not_says_so(board: Path, tmp_path: Path) -> None:
    document = docx.Document(board / "build/briefings/robin.docx")
    every = [
        *document.paragraphs,
        *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]
    run = next(run for p in every for run in p.runs if "nobody spoke to Robin" in run.text)
    run.text = run.text.replace("nobody spoke", "spoke")
    document.save(tmp_path / "cut.docx")
    cut = "  changed since it was built: words of this paragraph were taken out or moved"
    assert cut in lines(board, tmp_path / "cut.docx", "spoke to Robin alone")
    assert cut not in lines(board, board / "build/briefings/robin.docx")


def test_words_on_another_slide_and_in_a_file_of_another_name_are_still_traced(
    board: Path, tmp_path: Path
) -> None:
    deck = pptx.Presentation(board / "build/decks/robin.pptx")
    box = deck.slides[0].shapes.add_textbox(0, 0, Inches(4), Inches(1)).text_frame
    box.text = SAID
    order = deck.slides._sldIdLst
    order.insert(0, order[-1])
    deck.save(tmp_path / "my own.pptx")
    found = traced(open_file(tmp_path / "my own.pptx"), None).traced
    assert words(found, False) == []
    assert any("point R-1" in line for line in lines(board, tmp_path / "my own.pptx", "not spoken to alone"))
    shown = lines(board, tmp_path / "my own.pptx", "not spoken to alone")
    hand = "      = added by hand: it was not built with these words here"
    at = shown.index(hand)
    assert shown.count(hand) == 1 and shown[at - 2] == "slide 2"
    assert shown[at + 1].startswith("      = the same words stand in: the review robin, point R-1, finding")
    assert lines(board, tmp_path / "my own.pptx")[-1].endswith(", 9 added by hand, none not ours")
    ran = run_here("verify", tmp_path / "my own.pptx", cwd=board)
    assert ran.code == 1 and f"slide 2: “{SAID}” was not built so" in ran.out


def test_far_from_its_folder_a_file_still_names_its_points(board: Path, tmp_path: Path) -> None:
    shutil.copy(board / "build/decks/robin.handout.pdf", tmp_path / "sent.pdf")
    shown = lines(tmp_path, "sent.pdf", "See the child alone")
    assert "      = the review robin, point R-1, practice 1" in shown


def test_what_cannot_be_traced_is_said_in_plain_words(board: Path, tmp_path: Path) -> None:
    deck = board / "build/decks/robin.pptx"
    docx.Document().save(tmp_path / "strange.docx")
    (tmp_path / "text.txt").write_text("Hello", "utf-8")
    (tmp_path / "odd.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with zipfile.ZipFile(deck) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (table,) = (name for name in parts if b"<prints>" in parts[name])
    parts[table] = re.sub(rb"<made>.*</words>", b"", parts[table], flags=re.S)
    (tmp_path / "old.pptx").write_bytes(zipped(parts))
    for name, message in (
        ("strange.docx", "this file does not say where its words come from"),
        ("text.txt", "this is not a file that can be traced"),
        ("odd.pdf", "the file is damaged"),
        ("old.pptx", "built by an earlier toolkit"),
        ("none.pptx", "there is no such file"),
    ):
        ran = run_here("trace", tmp_path / name, cwd=tmp_path)
        assert ran.code == 1 and message in ran.err and "Traceback" not in ran.err, ran
    ran = run_here("trace", deck, "no such words anywhere", cwd=board)
    assert ran.code == 1 and "does not say “no such words anywhere”" in ran.err


def test_a_pdf_that_lost_its_table_is_looked_up_in_the_folder(board: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=board / "build/briefings/robin.pdf")
    writer.write(tmp_path / "again.pdf")
    ran = run_here("trace", tmp_path / "again.pdf", "nobody spoke to Robin alone", cwd=board)
    assert ran.code == 0 and "looked up" in ran.err and "point R-1, finding 1" in ran.out
    with pytest.raises(Invalid, match="does not say where"):
        traced(open_file(tmp_path / "again.pdf"), None)


def test_a_pdf_to_which_a_program_adds_at_the_end_keeps_its_table(board: Path, tmp_path: Path) -> None:
    writer = PdfWriter(board / "build/briefings/robin.pdf", incremental=True)
    writer.add_metadata({"/Read": "by an invented manager"})
    writer.write(tmp_path / "added.pdf")
    opened = open_file(tmp_path / "added.pdf")
    found = traced(opened, None).traced
    assert not opened.untouched and words(found, False) == [] and len(words(found, True)) > 300


def test_words_put_into_a_pdf_are_not_ours(board: Path) -> None:
    opened = open_file(board / "build/decks/robin.notes.pdf")
    assert opened.built
    first, *rest = opened.texts
    for said, strange in (
        (first.words, []),
        (f"{first.words}\nZebras graze here", ["Zebras", "graze", "here"]),
    ):
        found = Matcher(opened.built).trace([Text(first.place, said), *rest], sheets=True)
        assert words(found, False) == strange


def test_the_table_leaves_pdfs_with_short_lines_that_other_readers_read(board: Path) -> None:
    data = (board / "build/decks/robin.guide.pdf").read_bytes()
    remarks = [line for line in data.splitlines() if line.startswith(b"%words ")]
    assert len(remarks) > 10 and max(map(len, remarks)) <= 255
    assert data.rindex(b"%words ") < data.rindex(b"startxref") > len(data) - 200
    assert len(PdfReader(BytesIO(data), strict=True).pages) > 3


@pytest.mark.office
@pytest.mark.parametrize("name", ["decks/robin.pptx", "decks/robin.guide.docx", "briefings/robin.docx"])
def test_a_file_that_libreoffice_saved_is_still_traced(board: Path, name: str, tmp_path: Path) -> None:
    path = board / "build" / name
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        path.suffix[1:],
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    opened = open_file(tmp_path / path.name)
    found = traced(opened, None).traced
    assert not opened.untouched and words(found, False) == []
    assert len(words(found, True)) > 500
    assert (
        "saved by another program, and every word is as it was built"
        in run_here("verify", tmp_path / path.name, cwd=board).out
    )


def test_one_letter_changed_in_a_source_moves_the_line_that_is_shown(board: Path, tmp_path: Path) -> None:
    folder = tmp_path / "moved"
    shutil.copytree(board, folder)
    before = lines(folder, "build/decks/robin.pptx", "See the child alone")
    edit(folder / "reviews" / "robin.yaml", "points:", "# A remark.\npoints:")
    after = lines(folder, "build/decks/robin.pptx", "See the child alone")
    number = re.compile(r"robin\.yaml:(\d+)")
    assert [int(n) + 1 for n in number.findall("\n".join(before))] == [
        int(n) for n in number.findall("\n".join(after))
    ]


def test_what_a_deck_takes_from_its_board_is_traced_to_the_board(project: Path) -> None:
    for folder in ("decks", "briefings"):
        for line in ("edition: 2024-06\n", "board: An invented board\n"):
            edit(project / folder / "robin.yaml", line, "")
    edit(project / "decks" / "robin.yaml", "title: Learning from Robin\n", "")
    (project / "board.yaml").write_text(f"{BOARD}edition: 2024-06\n", "utf-8")
    only = "pptx,guide.docx,guide.pdf,docx"
    assert run_here("build", "--only", only, "--jobs", "1", cwd=project).code == 0
    for path in built(project):
        for said, line in (("June 2024", "board.yaml:4"), ("invented board of the board", "board.yaml:1")):
            told = run_here("trace", path, said, cwd=project).out
            assert line in told and "robin.yaml" not in told, told
    told = run_here("trace", "build/decks/robin.pptx", "learning from robin", cwd=project).out
    assert "= the title, made of the reviews" in told and "deck robin, title" not in told


def with_lines(path: Path, change: Callable[[list[Any]], object], to: Path) -> Path:
    """A copy of a document whose paragraphs with words, those of tables too, somebody has changed."""
    document = docx.Document(path)
    change([p for p in (Paragraph(e, document) for e in document.element.iter(qn("w:p"))) if p.text.strip()])
    document.save(to)
    return to


def added(path: Path) -> list[tuple[str, str]]:
    """What of a file was added by hand, with its place."""
    found = traced(open_file(path), None).traced
    return [(one.place, p.words) for one in found for p in one.pieces if p.added]


def test_what_was_typed_into_a_document_is_added_by_hand_and_what_moved_is_not(
    board: Path, tmp_path: Path
) -> None:
    path, to = board / "build/briefings/robin.docx", tmp_path / "changed.docx"
    said = "The review found that nobody spoke to Robin alone."

    def find(every: list[Any], words: str) -> Any:
        return next(p for p in every if words in p.text)

    def put_in(every: list[Any]) -> None:
        first = find(every, "Robin is an invented child")
        first.insert_paragraph_before(find(every, "nobody spoke to Robin").text)

    found = added(with_lines(path, put_in, to))
    assert said in " ".join(words for _, words in found)
    (first, _) = (text.place for text in open_file(to).texts if said in text.words)
    assert {place for place, _ in found} == {first}

    def append(every: list[Any]) -> None:
        find(every, "Robin is an invented child").add_run(f" {said}")

    assert [words for _, words in added(with_lines(path, append, to))] == [said]

    def move(every: list[Any]) -> None:
        mine = find(every, "nobody spoke to Robin")
        find(every, "Robin is an invented child")._p.addprevious(mine._p)

    assert added(with_lines(path, move, to)) == []
    assert added(with_lines(path, lambda every: find(every, "nobody spoke").add_run(" Zebras"), to)) == []
    assert added(with_lines(path, lambda every: None, to)) == []
    assert added(path) == []


def test_a_line_that_now_says_what_another_says_is_added_by_hand(board: Path, tmp_path: Path) -> None:
    deck = pptx.Presentation(board / "build/decks/robin.pptx")
    runs = [
        (number, run)
        for number, slide in enumerate(deck.slides, 1)
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    (there,) = (number for number, run in runs if run.text.replace("\xa0", " ") == SAID)
    number, run = next((n, run) for n, run in runs if "A second letter was not" in run.text)
    run.text = SAID
    deck.save(tmp_path / "twice.pptx")
    assert number != there and added(tmp_path / "twice.pptx") == [(f"slide {number}", SAID)]
    swapped = pptx.Presentation(board / "build/decks/robin.pptx")
    mine = [
        run
        for slide in swapped.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    one, other = (
        mine[[run for _, run in runs].index(run)],
        next(r for r in mine if r.text.replace("\xa0", " ") == SAID),
    )
    one.text, other.text = other.text, one.text
    swapped.save(tmp_path / "swapped.pptx")
    assert added(tmp_path / "swapped.pptx") == []


TOLD = (
    ("foot", "A foot of the page"),
    ("head", "A head of the page"),
    ("one/say", "Say"),
    ("one", "The review found that nobody visited the child before the worry was closed"),
    ("one/care", "Care"),
    ("two", "Say The review found that nobody told the driver"),
    ("three", "The review found that nobody visited the pond"),
)


@pytest.mark.parametrize("cut", [None, "nobody ", "review "])
def test_a_sentence_of_a_pdf_is_of_the_paragraph_that_goes_on_in_order(cut: str | None) -> None:
    lines = tuple(origin for origin, _ in TOLD)
    paragraphs = tuple(
        (((n,), tuple(map(fingerprint, words_of(said)))),) for n, (_, said) in enumerate(TOLD, 1)
    )
    sentence = TOLD[3][1]
    start, end = sentence.split(cut) if cut else (sentence, "")
    sheets = [f"{TOLD[1][1]} Say {start}{cut or ''} {TOLD[0][1]}", f"{TOLD[1][1]} {end} Care {TOLD[0][1]}"]
    texts = [Text(f"page {n}", words) for n, words in enumerate(sheets, 1)]
    found = Matcher(Built({}, lines, paragraphs)).trace(texts, sheets=True, untouched=True)
    origins = [origin for one in found for piece in one.pieces for origin in piece.origins]
    second = ["one"] if cut else []
    assert origins == ["head", "one/say", "one", "foot", "head", *second, "one/care", "foot"]
