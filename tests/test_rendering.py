"""What LibreOffice really draws: every word is on its page and inside its box, in our brand and in awkward
ones. Needs LibreOffice and poppler.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from tests.conftest import TOP, WORDING, edit, read_brand, run, tool
from tests.drawings import ring
from tests.odd import odd
from toolkit.brand.compiled import Brand
from toolkit.brand.geometry import EMU
from toolkit.brand.inspection import save_brand
from toolkit.fit.fit import fit_deck
from toolkit.fit.slides import FittedDeck
from toolkit.plan.model import Blocks, Bullets, Layout, Note, Page, Paragraph, Plan, Span, Table, words
from toolkit.problems import Place
from toolkit.proofs import prove
from toolkit.render.pptx import render

REQUIRED = os.environ.get("TOOLKIT_OFFICE_TESTS") == "required"
THERE = shutil.which("soffice") is not None and shutil.which("pdftotext") is not None
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not THERE and not REQUIRED, reason="LibreOffice or poppler is not installed"),
]
HOUSE = TOP / "templates" / "brands" / "house"
HERE = Place(Path("invented.yaml"), 3, 5)


@dataclass(frozen=True)
class Word:
    """A word as it is drawn, with its box in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def drawn(pdf: Path) -> list[list[Word]]:
    """The words of each page of a PDF."""
    found = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    return [
        [
            Word(html.unescape(m[5]), *(float(m[n]) for n in (1, 2, 3, 4)))
            for m in re.finditer(
                r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page
            )
        ]
        for page in found.split("<page ")[1:]
    ]


def numbered(mark: str, count: int) -> Paragraph:
    return Paragraph((Span(" ".join(f"{mark}{n}word" for n in range(count))),))


def page(layout: Layout, title: str, notes: Blocks = (), **slots: Blocks) -> Page:
    said = (Note("say", notes),) if notes else ()
    return Page(f"{layout}-1", layout, title, tuple(slots.items()), said, 5, 0, "Section", HERE)


def invented() -> Plan:
    """A deck whose every word occurs once in it, so that each can be looked for; made up throughout."""
    steps = Bullets(
        tuple((Span(f"step{n} " + " ".join(f"s{n}x{k}" for k in range(3 + n % 9))),) for n in range(40))
    )
    rows = tuple(
        ((Span(f"row{n}"),), (Span(" ".join(f"r{n}x{k}" for k in range(4 + n % 7))),)) for n in range(30)
    )
    pages = (
        page(
            "title",
            "Invented opening",
            subtitle=(numbered("sub", 9),),
            board=(numbered("board", 4),),
            edition=(numbered("edition", 3),),
        ),
        page(
            "content",
            "Invented list",
            tuple(numbered(f"note{n}x", 45) for n in range(24)),
            body=(steps, numbered("label", 8)),
            source=(numbered("source", 9),),
        ),
        page(
            "two-columns",
            "Invented columns",
            left=(numbered("left", 70),),
            right=(Bullets((numbered("right", 12).spans,)),),
        ),
        page(
            "table", "Invented table of thirty rows", table=(Table(((Span("Who"),), (Span("What"),)), rows),)
        ),
        page("content", "Invented ring", body=(ring(),)),
        page("content", "Invented word", body=(Paragraph((Span("unbroken" * 30),)),)),
    )
    return Plan(
        "invented", "An invented deck", "Made up", "Board of Nowhere", "2026-11", "en-GB", pages, WORDING
    )


@pytest.fixture(scope="module", params=["house", "spread.pptx", "side-title.pptx", "letter-portrait.pptx"])
def deck(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[FittedDeck, Brand, Path]:
    """The fitted deck, its brand, and the folder with LibreOffice's PDFs of it."""
    folder = tmp_path_factory.mktemp("drawn")
    brand = HOUSE
    if request.param != "house":
        (folder / request.param).write_bytes(odd.TEMPLATES[request.param]())
        brand = save_brand([folder / request.param], "awkward", folder)
    read = read_brand(brand)
    whole, _ = fit_deck(invented(), read)
    (folder / "invented.pptx").write_bytes(render(whole, read))
    prove(folder / "invented")
    return whole, read, folder / "proofs"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_word_of_a_slide_is_drawn_inside_its_box(deck: tuple[FittedDeck, Brand, Path]) -> None:
    fitted, brand, folder = deck
    shown = [p for p in fitted.slides if not p.hidden]
    pages = drawn(folder / "invented.slides.pdf")
    assert len(pages) == len(shown)
    for page, there in zip(shown, pages):
        slots = brand.layout(page.layout).used([name for name, _ in page.slots], page.rooms)
        every = squeezed("".join(w.text for w in there))
        for name, blocks in page.slots:
            box, slack = slots[name].box, 0.35 * (page.size(name) or slots[name].look.size)
            wanted = set(words(blocks).split())
            placed = [w for w in there if w.text in wanted]
            long = [w for w in wanted if w not in {p.text for p in placed}]
            assert all(w in every for w in long), (page.title, name, long)
            for word in placed:
                assert word.top >= box.y / EMU - slack and word.bottom <= box.bottom / EMU + slack, (
                    page.title,
                    name,
                    word,
                )
                assert word.left >= box.x / EMU - slack and word.right <= box.right / EMU + slack, (
                    page.title,
                    name,
                    word,
                )
        assert squeezed(page.title) in every, page.title
        assert all(
            w.left >= 0 and w.right <= brand.slide.w / EMU and w.top >= 0 and w.bottom <= brand.slide.h / EMU
            for w in there
        ), page.title


def test_every_word_of_the_notes_is_on_its_printed_page(deck: tuple[FittedDeck, Brand, Path]) -> None:
    fitted, brand, folder = deck
    pages = drawn(folder / "invented.printed-notes.pdf")
    assert len(pages) == len(fitted.slides) and any(p.hidden for p in fitted.slides)
    box = brand.notes.body.box
    for page, there in zip(fitted.slides, pages):
        wanted = re.findall(
            r"note\d+x\d+word", words(page.printed)
        )  # the heading and the picture of the slide share other words
        notes = [w for w in there if w.text in set(wanted)]
        assert [w for w in wanted if w not in {n.text for n in notes}] == [], page.title
        assert all(w.bottom <= box.bottom / EMU + 4 and w.right <= box.right / EMU + 4 for w in notes), (
            page.title
        )


@pytest.mark.parametrize("name", ["house", "newsletter.docx", "letterhead.docx"])
def test_every_word_of_a_briefing_is_printed(project: Path, name: str) -> None:
    if name != "house":
        (project / name).write_bytes(odd.TEMPLATES[name]())
        save_brand([project / name], "awkward", project / "templates" / "brands")
        edit(next((project / "briefings").glob("*.yaml")), "outline:", "brand: awkward\noutline:")
    target = next((project / "briefings").glob("*.yaml")).stem
    ran = run("build", f"briefings/{target}", "--with-office", cwd=project)
    assert ran.code == 0, ran.err
    made = project / "build" / "briefings"
    document = docx.Document(str(made / f"{target}.docx"))
    told = [p.text for p in document.paragraphs] + [
        c.text for t in document.tables for row in t.rows for c in row.cells
    ]
    pages = drawn(made / "proofs" / f"{target}.pages.pdf")
    printed = squeezed("".join(w.text for there in pages for w in there))
    assert [w for text in told for w in text.split() if squeezed(w) not in printed] == []
    assert (made / "proofs" / f"{target}.pages-1.png").exists()


def test_fit_counts_lines_as_libreoffice_draws_them(capsys: pytest.CaptureFixture[str]) -> None:
    same, worst = tool("lines").fit()
    assert same >= 0.98, capsys.readouterr().out
    assert worst <= 1


# ------------------------------------------------------------------------------ documents on so many sides


def sides(data: Path, folder: Path) -> list[list[Word]]:
    """The words of each side of a Word file, as LibreOffice draws it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, data]
    subprocess.run(command, check=True, capture_output=True)
    return drawn(folder / f"{data.stem}.pdf")


def test_briefings_team_sheets_and_handouts_have_the_same_sides_in_word_as_in_pdf(
    real: Path, tmp_path: Path
) -> None:
    briefings = [
        real / "build" / "briefings" / f"{path.stem}.docx" for path in (real / "briefings").glob("*.yaml")
    ]
    papers = [
        *(real / "build" / "decks").glob("*.team.docx"),
        *(real / "build" / "decks").glob("*.handout.docx"),
    ]
    assert len(briefings) == 7 and papers
    for path in (*briefings, *sorted(papers)):
        word, pdf = sides(path, tmp_path), drawn(path.with_suffix(".pdf"))
        assert len(word) == len(pdf), path.name
        assert path in papers or len(word) == 2, path.name
        assert ".team" not in path.name or len(word) == 1
        for one, other in zip(word[1:], pdf[1:]):
            heads = [
                " ".join(
                    w.text for w in sorted(side, key=lambda w: (round(w.top / 9), w.left)) if 50 < w.top < 92
                )
                for side in (one, other)
            ]
            assert heads[0].split()[:3] == heads[1].split()[:3], (path.name, heads)


@pytest.mark.parametrize("name", ["patrick", "daniel-pelka"])
def test_a_briefing_in_large_print_has_four_sides_at_most(name: str, tmp_path: Path) -> None:
    for folder in ("reviews", "briefings"):
        shutil.copytree(TOP / folder, tmp_path / folder)
    assert run("build", "--print", "large", f"briefings/{name}", cwd=tmp_path).code == 0
    path = tmp_path / "build" / "briefings" / f"{name}.docx"
    word, pdf = sides(path, tmp_path), drawn(path.with_suffix(".pdf"))
    assert len(word) == len(pdf) <= 4
