"""Reports as they come: what is read of each kind of file, and what is said of those that hold no words."""

from __future__ import annotations

import io
import random
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import typst
from pypdf import PdfWriter

from tests import reports
from toolkit.problems import Invalid
from toolkit.refresh.matches import find
from toolkit.refresh.passages import Passages
from toolkit.refresh.reports import Report, joined, read_report

EVERY = reports.sentences()


def read(folder: Path, name: str, data: bytes | str) -> Report:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_report(path)


def refused(folder: Path, name: str, data: bytes) -> str:
    """What is said of a file that cannot be read, with what to do."""
    with pytest.raises(Invalid) as caught:
        read(folder, name, data)
    (problem,) = caught.value.problems
    assert problem.hint
    return problem.message


def where(report: Report, quote: str) -> list[str]:
    return [match.where for match in find(report, quote)]


def locked(password: str) -> bytes:
    held = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(reports.pdf()[0]))
    writer.encrypt(password, "an owner’s")
    writer.write(held)
    return held.getvalue()


GREY = "#box(width: 5cm, height: 9cm, fill: luma(200))\n#pagebreak()\n"


# ---------------------------------------------------------------------------------------- what holds no words


def test_a_scan_is_said_to_be_one(tmp_path: Path) -> None:
    data = typst.compile((GREY * 4).encode())
    assert refused(tmp_path, "scan.pdf", data).startswith(
        "this PDF is a scan: pictures of pages, without words"
    )


def test_pages_without_words_are_named(tmp_path: Path) -> None:
    report = read(
        tmp_path, "some.pdf", typst.compile((GREY * 2 + "#lorem(300)\n#pagebreak()\n" * 4).encode())
    )
    assert report.remarks == ("there is next to no text on pages 1, 2, 7: words in pictures are not found",)


def test_a_password_is_said_to_be_one(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.pdf", locked("secret")) == "this PDF asks for a password"
    assert where(read(tmp_path, "b.pdf", locked("")), EVERY[0].words)  # it may be read, and not changed


@pytest.mark.parametrize("part", [2, 3, 50])
def test_a_damaged_pdf_is_said_to_be_one(tmp_path: Path, part: int) -> None:
    data = reports.pdf()[0]
    assert (
        refused(tmp_path, "a.pdf", data[: len(data) // part]) == "this PDF is damaged, and cannot be opened"
    )


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", reports.docx()[:9000], "the file is damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "this is a file of an old kind"),
        ("a.docx", reports.docx(()).replace(b"PK\x03\x04", b"PK\x03\x05", 1), "neither a PDF"),
        ("a.pdf", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "the file is empty"),
        ("a.txt", b"{\\rtf1\\ansi words}", "this is a rich text file"),
        ("a.txt", b"\n<!DOCTYPE html><html>words</html>", "this is a web page"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(99), "this is a picture"),
        ("a.txt", random.Random(1).randbytes(5000), "this is neither a PDF, a Word file nor a text"),
        ("a.txt", bytes(500), "this is neither"),
    ],
)
def test_what_is_no_report_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    assert told in refused(tmp_path, name, data)


def test_a_deck_is_no_report(tmp_path: Path) -> None:
    deck = Path(__file__).parent.parent / "templates" / "brands" / "house" / "deck.pptx"
    assert refused(tmp_path, "a.docx", deck.read_bytes()) == "this is not a Word file"


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="there is no such file"):
        read_report(tmp_path / "a.pdf")
    with pytest.raises(Invalid, match="this is a folder, not a file"):
        read_report(tmp_path)


@pytest.mark.slow
def test_damaged_files_are_read_or_refused_and_never_stop_us(tmp_path: Path) -> None:
    """Each with some bytes changed, or cut off."""
    luck = random.Random(4)
    for kind, whole in (("pdf", reports.pdf()[0]), ("docx", reports.docx())):
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(luck.choice((1, 20, 400))):
                data[luck.randrange(len(data))] = luck.randrange(256)
            try:
                read(
                    tmp_path, f"a.{kind}", bytes(data[: luck.choice((len(data), luck.randrange(len(data))))])
                )
            except Invalid as refusal:
                assert all(problem.message and problem.hint for problem in refusal.problems)


# ----------------------------------------------------------------------------------------- what a text may be


SAVED = [
    (encoding, ends)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    for ends in ("\n", "\r\n", "\r")
]
SAVED += [
    ("utf-16-le", "\r\n"),
    ("utf-16-be", "\n"),
    ("cp1252", "\n"),
    ("cp1252", "\r\n"),
    ("mac-roman", "\r"),
]


@pytest.mark.parametrize(("encoding", "ends"), SAVED)
def test_a_text_is_read_however_it_is_saved(tmp_path: Path, encoding: str, ends: str) -> None:
    text = reports.txt(EVERY[:30]).replace("\n", ends)
    report = read(tmp_path, "a.txt", text.encode(encoding))
    for sentence in EVERY[:30]:
        assert where(report, sentence.words) == [sentence.number]


def test_paragraphs_of_a_text_are_counted_where_they_have_no_numbers(tmp_path: Path) -> None:
    words = (
        "An invented title\n\nNobody saw Robin\nat home then.\n \nIt was a cold\u00a0winter there.\f"
        + "Next."
    )
    report = read(tmp_path, "a.txt", words)
    assert where(report, "Nobody saw Robin at home") == ["para 2"]
    assert where(report, "it was a cold winter") == []
    assert where(report, "was a cold winter there") == ["para 3"]
    lines = read(tmp_path, "b.txt", "Nobody saw Robin at home.\nIt was a cold winter there.\n")
    assert where(lines, "It was a cold winter") == ["para 2"]


# ------------------------------------------------------------------------------- what a program does to words

SEEN = "Nobody saw Robin at home in the winter"


@pytest.mark.parametrize(
    ("there", "quote"),
    [
        ("Nobody saw Rob-\nin at home in the winter", SEEN),
        ("Nobody saw Rob\u00ad\nin at home in the winter", SEEN),
        ("Nobody saw Ro\u00adbin at ho\u200bme in the winter", SEEN),
        ("Nobody   saw\u2009Robin\u00a0at\thome\nin the\u3000winter", SEEN),
        ("It was not a follow-\nup visit of theirs", "not a follow-up visit"),
        ("It was not a follow\u2011up visit of theirs", "not a follow-up visit"),
        ("a ﬁrst diﬃcult ﬂat in an oﬀice", "a first difficult flat in an office"),
        ("the child’s “own words” – and ‘more’ … of it", "the child's \"own words\" - and 'more' ... of it"),
        ("the cafe\u0301 on the corner there", "the café on the corner"),
        ("it was 5 – 7 days late then", "it was 5-7 days late"),
        ("after £5 was given, they said", "£5 was given, they said"),
        ("of them (ten of 12) had been seen", "(ten of 12) had been seen"),
        ("Was anybody told ? Nobody knows .", "Was anybody told? Nobody knows."),
    ],
)
def test_what_a_program_does_to_words_makes_no_difference(tmp_path: Path, there: str, quote: str) -> None:
    report = read(tmp_path, "a.txt", f"An invented title\n\n5.2 They wrote: {there}\n")
    assert where(report, quote) == ["5.2"]


@pytest.mark.parametrize(
    ("there", "quote"),
    [
        ("It is unlikely that he was seen", "likely that he was seen"),
        ("a non-accidental injury was found", "accidental injury was found"),
        ("a non-\naccidental injury was found", "accidental injury was found"),
        ("an in\u00adaccurate record was kept then", "accurate record was kept then"),
        ("they couldn’t say who had come", "they couldn say who had come"),
        ("nobody said that they could’nt come", "nobody said that they could"),
        ("there were 12 visits in 2012", "there were 12 visits in 201"),
        ("there were 112 visits in all", "12 visits in all"),
        ("there were 1,112 visits in all", "112 visits in all"),
        ("there were 3.5 visits in all", "5 visits in all then"),
        ("of them 1½ were seen in all", "of them 1 were seen in all"),
        ("it grew by 5 per cent to 10%", "by 5 per cent to 10"),
        ("a loss of -5 of them all", "5 of them all"),
        ("he was given £500 in all", "he was given 500 in all"),
        ("the visit was at 10:30 that day", "30 that day"),
        ("he was seen, not heard, by them", "he was seen, heard, by them"),
        ("he was seen: heard by nobody then", "he was seen heard by nobody"),
        ("re-sign the letter at once then", "resign the letter at once"),
        ("he was NOT seen at home then", "he was not seen at home"),
        ("of 12\ue004 of them were seen", "of 12 of them were seen"),
        ("they were seen on 12\x1a", "they were seen on 12"),
        ("Robin was seen.\n\nNot at home, they said", "Robin was seen at home"),
        ("Robin was seen … at home, they said", "Robin was seen at home"),
        ("Rоbin was seen at home (in other letters)", "Robin was seen at home"),
    ],
)
def test_a_letter_a_digit_or_a_sign_makes_one(tmp_path: Path, there: str, quote: str) -> None:
    report = read(tmp_path, "a.txt", f"An invented title\n\n5.2 {there}\n")
    assert where(report, quote) == []
    assert where(report, " ".join(there.split())) or "\x1a" in there


def test_a_denial_before_the_words_is_told(tmp_path: Path) -> None:
    words = "An invented title\n\n5.2 It is not the case that {0}. Then {0}. They couldn't say that {0}.\n"
    report = read(tmp_path, "a.txt", words.format("Robin was seen at home"))
    assert [one.denied for one in find(report, "Robin was seen at home")] == ["not", "", "n't"]


# -------------------------------------------------------------------------------------- heads, pages, numbers


def pages(*words: str) -> bytes:
    """A PDF with such pages, each with a head and a foot."""
    head = "#set page(width: 9cm, height: 9cm, header: [An invented report],"
    foot = " footer: context [Page #counter(page).display()])\n"
    return typst.compile((head + foot + "\n#pagebreak()\n".join(words)).encode())


def test_words_go_on_over_the_page_and_its_head(tmp_path: Path) -> None:
    filler = [f"Invented page {n}, which says so." for n in range(6)]
    report = read(tmp_path, "a.pdf", pages(*filler, "Nobody saw Robin", "at home in the winter."))
    assert where(report, SEEN) == ["p7–8"]
    assert where(report, "Robin An invented report at home") == []


def test_a_head_is_found_as_well_and_a_number_in_one_is_no_page(tmp_path: Path) -> None:
    report = read(
        tmp_path, "a.pdf", pages(*(f"Some invented words {n}.\n\n{n * n} visits" for n in range(6)))
    )
    assert where(report, "Some invented words 3. 9 visits") == ["p4"]
    assert len(find(report, "An invented report Some invented words")) == 6


def test_the_number_of_a_paragraph_is_told_from_others(tmp_path: Path) -> None:
    words = "5.1 First words of it all.\n\n5.2 Second words of it all.\n\n2.5 Visits were made a week.\n\n"
    report = read(tmp_path, "a.pdf", pages(words + "More words of it all.\n\n5.3 Third words of it all."))
    assert where(report, "More words of it all") == ["5.2, p1"]
    assert where(report, "Third words of it all") == ["5.3, p1"]


EXTRACT = (
    ("3.2", "Six visits were made to the house."),
    ("5.2", "At 4.30 Mr. Aspen of the nursery rang, and was not answered."),
    ("5.4", "Nobody asked the aunt about it."),
    ("5.6", "Two offices had a copy of the letter."),
    ("7.1", "The visits began again in the spring."),
)


@pytest.mark.parametrize("ends", ["\n\n", "\n"])
@pytest.mark.parametrize("kept", [(0, 1, 2, 3, 4), (1, 2), (0, 2, 4), (1, 3, 4), (0, 1, 2, 3)])
def test_numbers_are_found_though_an_extract_has_gaps(
    tmp_path: Path, kept: tuple[int, ...], ends: str
) -> None:
    some = [EXTRACT[n] for n in kept]
    first, *rest = [f"{number} {words}" for number, words in some]
    read_pdf = read(
        tmp_path, "a.pdf", pages(f"{first} More of it.", (ends if ends > "\n" else " \\\n").join(rest))
    )
    read_txt = read(tmp_path, "a.txt", f"An invented extract{ends}{first}{ends}{ends.join(rest)}\n")
    for at, (number, words) in enumerate(some):
        assert where(read_pdf, words) == [f"{number}, p{1 if at == 0 else 2}"]
        assert where(read_txt, words) == [number]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        # a line in the middle of a sentence, a time of day, a table, a wrong order: none is a number
        (
            ("3.1 A a a a.", "3.2 B b b b.", "They said that there were at the time", "5.2 Letters in all."),
            "",
        ),
        (("3.1 A a a a.", "3.2 B b b b.", "09.15 The aunt rang again.", "09.40 Nobody rang her."), ""),
        (("3.1 A a a a.", "3.2 B b b b.", "9.15 The aunt rang again.", "9.40 Nobody rang her."), ""),
        (("3.1 A a a a.", "3.2 B b b b.", "3.5 Visits", "3.8 Letters", "That was all they had."), ""),
        (("5.6 A a a a.", "5.2 The aunt rang them again."), ""),
        (("3.1 A a a a.", "3.2 B b b b.", "27.4 Visits were made each week."), ""),
        (("3.1 A a a a.", "3.2 B b b b.", "4.5 Visits were made each week."), ""),
        # between two that follow each other nothing is left out
        (("3.1 A a a a.", "3.2 B b b b.", "3.5 Visits were made.", "It went on.", "3.3 C c c c."), "3.2"),
        # a stray one does not hide the others
        (("4.2 A a a a.", "4.9 Visits were made then.", "4.4 C c c c.", "4.6 D d d d."), "4.6"),
        # a chapter whose first paragraph is left out
        (("3.2 A a a a.", "3.4 B b b b.", "5 Letters", "A few words before it.", "5.3 D d d d."), ""),
    ],
)
def test_a_number_that_is_not_sure_is_not_told(tmp_path: Path, lines: tuple[str, ...], told: str) -> None:
    report = read(tmp_path, "a.pdf", pages(" \\\n".join(lines)))
    at = -2 if "3.3" in lines[-1] or "5.3" in lines[-1] else -1
    words = re.sub(r"^[\d.]+ ", "", lines[at])
    if len(words.split()) < 3:
        words = lines[at]
    assert [one.removesuffix("p1").rstrip(", ") for one in where(report, words)] == [told]


def test_the_title_of_a_chapter_ends_the_paragraph_before(tmp_path: Path) -> None:
    words = "4.1 First words of it all.\n\n4.2 Second words of it all.\n\n5 An invented chapter\n\n"
    report = read(tmp_path, "a.pdf", pages(words + "More words of it all.\n\n5.1 Third words of it all."))
    assert where(report, "Second words of it all") == ["4.2, p1"]
    assert where(report, "More words of it all") == ["p1"]


def test_what_a_word_file_keeps_twice_is_read_once(tmp_path: Path) -> None:
    """Here runs; in the made report text boxes."""
    held = io.BytesIO()
    both = (
        "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
    )
    with zipfile.ZipFile(io.BytesIO(reports.docx(EVERY[:3]))) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            words = (
                f"<w:p>{reports.run('Robin was ')}{both.format(reports.run('seen at home'))}</w:p></w:body>"
            )
            new.writestr(name, text.replace("</w:body>", words))
    report = read(tmp_path, "a.docx", held.getvalue())
    assert report.texts[0].words.endswith("Robin was seen at home")


# ----------------------------------------------------------------------------------------- what comes nearest


@pytest.mark.parametrize("kind", ["pdf", "docx", "txt"])
def test_the_nearest_passage_is_the_one_that_was_changed_and_can_be_quoted(tmp_path: Path, kind: str) -> None:
    data = {"pdf": reports.pdf()[0], "docx": reports.docx(), "txt": reports.txt().encode()}[kind]
    report = read(tmp_path, f"a.{kind}", data)
    passages, luck = Passages(report), random.Random(2)
    for sentence in luck.sample(EVERY, 25):
        words = sentence.words.split()
        del words[luck.randrange(len(words))]
        near = passages.nearest(" ".join(words))
        assert sentence.words in [one.words for one in near[:2]]
        assert all(one.where in where(report, one.words) for one in near)
    assert passages.nearest("Zyx wvu tsr qpo") == []


def test_a_word_that_was_parted_is_offered_as_the_report_writes_it() -> None:
    text = joined(
        ["A follow-up call. The follow-", "up was made by the inde-", "pendent nurse there."], "abc", True
    )
    report = Report("a.pdf", "", "pdf", (text, text))
    (near, *_) = Passages(report).nearest("follow up independent nurse")
    assert near.words == "The follow-up was made by the independent nurse there."


# --------------------------------------------------------------------------------------------- large, others’


@pytest.mark.slow
def test_two_thousand_pages_are_read_in_seconds(tmp_path: Path) -> None:
    import time

    writer = PdfWriter()
    for _ in range(50):
        writer.append(io.BytesIO(reports.pdf()[0]))
    writer.write(str(tmp_path / "a.pdf"))
    began = time.process_time()
    report = read_report(tmp_path / "a.pdf")
    assert int(report.size.split()[0]) >= 2000
    assert find(report, "Nobody wrote these words anywhere") == []
    assert len(find(report, EVERY[0].words)) == 20  # and no more are told
    assert Passages(report).nearest(EVERY[0].words)
    assert time.process_time() - began < 20


@pytest.mark.office
@pytest.mark.parametrize("kind", ["docx", "odt", "pdf"])
def test_libreoffice_saves_the_report_and_it_is_still_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "invented.docx"
    path.write_bytes(reports.accepted(reports.docx()))
    for target in (kind, *(["docx"] if kind == "odt" else [])):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        words = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", tmp_path / "out", path]
        subprocess.run(words, check=True, capture_output=True)
        path = tmp_path / "out" / f"invented.{target}"
    report = read_report(path)
    missed = [one for one in EVERY if not find(report, one.words)]
    # What LibreOffice cuts off in a text box, and what a footnote parts at the foot of a page.
    assert len(missed) <= (len(EVERY) // 20 if kind == "pdf" else 0)
