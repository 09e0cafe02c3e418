"""Templates that mean harm: nothing of it comes through, into a brand or into what is built with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import edit, run_here
from tests.hostile import (
    DECKS,
    DOCUMENTS,
    EVIL,
    Case,
    Parts,
    deck,
    everywhere,
    field,
    header,
    layout,
    letter,
    numbered,
    picture,
    related,
    run,
    shape,
    simple,
    svg,
)
from tests.odd import odd
from toolkit.brand.folder import compile_brand
from toolkit.brand.inspection import inspect, save_brand
from toolkit.office.accessible.active import active
from toolkit.office.hygiene import clean_deck, clean_document
from toolkit.office.opc import read_package, zipped

HARM = (
    *(EVIL, "ddeauto", "includetext", "includepicture", "macrobutton", " username ", " filename ", ".exe"),
    *("oleobject", "vbaproject", "invalidurl", "savethroughxslt", "attachedtemplate", "altchunk", "activex"),
    *("customui", "ppaction://p", "ppaction://m", "hlinkfile", "databinding"),
)


def harmless(data: bytes, case: Case, clean: str) -> None:
    package = read_package(data, clean)
    cleaned, remarks = (clean_deck if clean == "a.pptx" else clean_document)(package)
    text = everywhere(zipped(cleaned.parts))
    for words in case.gone:
        assert words.casefold() not in text.casefold(), words
    told = "\n".join(remarks)
    assert case.said in told, told
    again, more = (clean_deck if clean == "a.pptx" else clean_document)(cleaned)
    assert (again.parts, more) == (cleaned.parts, [])
    assert active(cleaned) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_word_template_that_means_harm_comes_through_without_it(name: str) -> None:
    parts = letter()
    case = DOCUMENTS[name]
    case.do(parts)
    data = odd.packed(parts)
    assert any(words in everywhere(data) for words in case.gone)
    harmless(data, case, "a.docx")


@pytest.mark.parametrize("name", DECKS)
def test_a_powerpoint_template_that_means_harm_comes_through_without_it(name: str) -> None:
    parts = deck()
    DECKS[name].do(parts)
    data = odd.packed(parts)
    assert EVIL in everywhere(data)
    harmless(data, DECKS[name], "a.pptx")


def test_nothing_of_all_harm_at_once_is_in_what_is_built(project: Path) -> None:
    """The same through `brand --save` and `build`, all cases in one template of each kind."""
    files = []
    for ending, parts, cases in ((".docx", letter(), DOCUMENTS), (".pptx", deck(), DECKS)):
        for number, (name, case) in enumerate(cases.items()):
            if name not in ("a theme that is none", "a field without an end"):
                numbered(case.do, number)(parts)
        files.append(project / f"evil{ending}")
        files[-1].write_bytes(odd.packed(parts))
        assert everywhere(files[-1].read_bytes()).count(EVIL) >= len(cases) - 12
    saved = run_here("brand", *files, "--save", "harmless", cwd=project)
    assert (saved.code, saved.err) == (0, ""), saved.err
    for kind in ("decks", "briefings"):
        edit(project / kind / "robin.yaml", "edition: ", "brand: harmless\nedition: ")
    built = run_here("build", "--only", "pptx,docx", cwd=project)
    assert built.code == 0, built.err
    made = [*project.glob("build/**/*.pptx"), *project.glob("build/**/*.docx")]
    made += [*project.glob("templates/brands/harmless/*.*x")]
    assert len(made) >= 4
    for file in made:
        text = everywhere(file.read_bytes()).casefold()
        assert [words for words in HARM if words in text] == []


# ---- what a decent template needs, stays


def kept(parts: dict[str, bytes]) -> str:
    package = read_package(odd.packed(parts), "a")
    clean = clean_deck if package.kind() == "deck" else clean_document
    cleaned, remarks = clean(package)
    assert not [line for line in remarks if "fields" in line or "outside" in line or "buttons" in line]
    return everywhere(zipped(cleaned.parts))


def test_fields_that_count_pages_and_links_to_the_web_stay() -> None:
    parts = letter()
    words = (
        field(" PAGE ", " \\* MERGEFORMAT ")
        + simple(" NUMPAGES ")
        + run('<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> IF </w:instrText>')
        + field(" PAGE ", result="1")
        + run("<w:instrText> = 1 a b</w:instrText>", '<w:fldChar w:fldCharType="end"/>')
        + field(' HYPERLINK "https://good.example.com/a" ')
        + field(" DATE ", ' \\@ "d MMMM yyyy" ')
        + field(' STYLEREF "Heading 1" ')
    )
    header(words)(parts)
    text = kept(parts)
    for code in ("MERGEFORMAT", "NUMPAGES", " IF ", "good.example.com", "d MMMM yyyy", "STYLEREF"):
        assert code in text, code
    assert text.count('w:fldCharType="begin"') == text.count('w:fldCharType="end"') == 6


def test_the_words_of_a_link_and_of_a_property_stay_when_the_field_goes() -> None:
    parts = letter()
    header(field(" DOCPROPERTY Company ", result="Our own board"))(parts)
    header(field(f' HYPERLINK "file:///{EVIL}" ', result="our strategy"))(parts)
    header(field(" FILENAME ", result="letter-of-somebody.docx"))(parts)
    package, remarks = clean_document(read_package(odd.packed(parts)))
    text = everywhere(zipped(package.parts))
    assert "Our own board" in text and "our strategy" in text
    assert "letter-of-somebody" not in text and "DOCPROPERTY" not in text
    assert "left out: fields that a template does not need: DOCPROPERTY, FILENAME, HYPERLINK" in remarks


def test_a_drawing_that_only_draws_stays_with_its_picture() -> None:
    parts = letter()
    svg('<defs><linearGradient id="a"/></defs><path fill="url(#a)" d="M0 0h9"/>')(parts)
    text = kept(parts)
    assert "word/media/evil.svg" in text and "svgBlip" in text and 'ContentType="image/svg+xml"' in text


@pytest.mark.parametrize("words", ["<script/>", '<a href="#b"/>', '<g xml:base="https://a.example.org/"/>'])
def test_a_drawing_that_does_more_goes_and_its_picture_stays(words: str) -> None:
    parts = letter()
    svg(words)(parts)
    text = everywhere(zipped(clean_document(read_package(odd.packed(parts)))[0].parts))
    assert "svg" not in text.casefold() and "word/media/kept.png" in text


def test_an_embedded_font_stays_and_is_known_by_its_bytes() -> None:
    key = bytes(range(16))
    name = "{00010203-0405-0607-0809-0A0B0C0D0E0F}"
    font = bytes(a ^ b for a, b in zip(b"\0\1\0\0" + bytes(28), key[::-1] * 2)) + bytes(100)
    parts = letter()
    related("font", "word/fonts/font1.odttf", font, source="word/fontTable.xml")(parts)
    embedded = f'<w:embedRegular r:id="rIdEvil" w:fontKey="{name}"/>'
    entry = f'<w:font w:name="Ours"><w:family w:val="auto"/>{embedded}</w:font></w:fonts>'
    if b"xmlns:r=" not in parts["word/fontTable.xml"]:
        entry = entry.replace("<w:font ", f'<w:font xmlns:r="{odd.R[1:-1]}" ')
    odd.swap(parts, "word/fontTable.xml", "</w:fonts>", entry)
    text = kept(parts)
    assert "word/fonts/font1.odttf" in text and "obfuscatedFont" in text and "embedRegular" in text


def test_a_picture_under_a_wrong_name_is_kept_under_one_that_says_what_it_is() -> None:
    parts = letter()
    related("image", "word/media/logo.bin", odd.png(9, 9), picture('<a:blip r:embed="rIdEvil"/>'))(parts)
    text = kept(parts)
    assert ".bin" not in text and "evil-frame" in text
    assert text.count(".png") >= 3


def test_buttons_that_go_from_slide_to_slide_stay() -> None:
    parts = deck()
    layout(shape('<a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/>'))(parts)
    assert "hlinkshowjump?jump=nextslide" in kept(parts)


def test_only_headers_that_a_page_shows_stay() -> None:
    parts = letter()
    parts["word/header9.xml"] = parts["word/header2.xml"].replace(b"Our Board", b"Words of an old letter")
    odd.relate(parts, "word/document.xml", "rIdOld", "header", "header9.xml")
    odd.declare(
        parts, "word/header9.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    )
    text = kept(parts)
    assert "Our Board" in text and "Words of an old letter" not in text


def test_a_template_without_a_theme_gets_the_house_theme(tmp_path: Path) -> None:
    parts = deck()
    for name in [name for name in parts if "/theme/" in name]:
        del parts[name]
    for name in [name for name in parts if name.endswith(".rels")]:
        parts[name] = re.sub(rb"<Relationship [^>]*/theme\"[^>]*/>", b"", parts[name])
    file = tmp_path / "a.pptx"
    file.write_bytes(odd.packed(parts))
    assert "has no theme" in "\n".join(inspect(file).remarks)
    saved = read_package(save_brand([file], "a", tmp_path) / "deck.pptx")
    masters = [
        part
        for kind in ("slideMaster", "notesMaster", "handoutMaster")
        for part in saved.related(saved.main(), kind)
    ]
    assert len(masters) == 3
    assert all(len(saved.related(master, "theme")) == 1 for master in masters)
    assert compile_brand(tmp_path / "a")[1] == []


QUIET = (  # what only a template must not bring along
    *("attached schema", "document variables", "bound to a store", "words of another program", "a comment"),
    *("an instruction for a program", "a sound on a click", "animations", "a field of a slide"),
    *("an unknown addition", "a theme that is none"),
)


@pytest.mark.parametrize(("cases", "good"), [(DOCUMENTS, letter), (DECKS, deck)])
def test_accessible_says_what_is_active_in_any_file(
    cases: dict[str, Case], good: Callable[[], Parts]
) -> None:
    assert active(read_package(odd.packed(good()))) == []
    for name, case in cases.items():
        parts = good()
        case.do(parts)
        assert (active(read_package(odd.packed(parts))) != []) is (name not in QUIET), name


def test_the_command_tells_it_under_a_heading_of_its_own(tmp_path: Path) -> None:
    parts = letter()
    header(field(f"DDEAUTO cmd {EVIL}"))(parts)
    (tmp_path / "a.docx").write_bytes(odd.packed(parts))
    ran = run_here("accessible", "a.docx", cwd=tmp_path)
    head, _, told = ran.out.partition("a.docx: active content")
    assert "DDEAUTO" not in head and f"the field DDEAUTO: DDEAUTO cmd {EVIL}, in word/header2.xml" in told


def test_code_of_typst_in_a_review_is_words(project: Path) -> None:
    """What a PDF is set with would read files and run if the words of a review were its code."""
    strange = '#read("/etc/hostname") #eval("1+1") $x^2$ `raw` @ref'
    edit(project / "reviews" / "robin.yaml", "Robin was not spoken to alone at any visit.", f"'{strange}'")
    built = run_here("build", "robin", "--only", "handout.pdf,guide.pdf", cwd=project)
    assert built.code == 0, built.err
    words = [re.sub(r"\s+", "", pdf_text(file)) for file in project.glob("build/decks/*.pdf")]
    assert any("#read(" in text and "#eval(" in text and "$x^2$" in text for text in words)


def pdf_text(file: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(file).pages)
