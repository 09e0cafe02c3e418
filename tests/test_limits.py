"""Files that are too much, or bad in any way: read or refused in words, soon and with little memory, and
nothing is written outside the folder.
"""

from __future__ import annotations

import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import edit, run_here, tool
from tests.hostile import LAYOUT, deck, letter
from tests.odd import odd
from toolkit.brand.inspection import inspect
from toolkit.office.accessible import check_accessible
from toolkit.office.hygiene import clean_deck, clean_document
from toolkit.office.opc import P, W, read_package
from toolkit.office.show import show
from toolkit.problems import Invalid


@pytest.mark.parametrize(
    ("ending", "part", "close", "words"),
    [
        (".pptx", LAYOUT, "</p:spTree>", "<p:sp/>"),
        (".docx", "word/document.xml", "</w:body>", "<w:p/>"),
    ],
)
def test_millions_of_empty_elements_are_refused_at_once(
    ending: str, part: str, close: str, words: str, tmp_path: Path
) -> None:
    parts = deck() if ending == ".pptx" else letter()
    odd.swap(parts, part, close, words * 2_000_000 + close)
    file = tmp_path / f"a{ending}"
    file.write_bytes(odd.packed(parts))
    before = time.process_time()
    for command in (show, inspect):
        with pytest.raises(Invalid, match=r"holds too many pieces \(.*more than 600,000\)"):
            command(file)
    assert time.process_time() - before < 4


def test_a_document_that_was_just_drawn_may_have_as_many_pieces_as_it_needs(tmp_path: Path) -> None:
    parts = letter()
    odd.swap(parts, "word/document.xml", "</w:body>", "<w:p/>" * 600_001 + "</w:body>")
    drawn = odd.packed(parts)
    assert read_package(drawn).root("word/document.xml").tag == f"{W}document"
    with pytest.raises(Invalid, match="holds too many pieces"):
        read_package(drawn, "from elsewhere").root("word/document.xml")


def test_a_layout_with_thousands_of_shapes_is_refused() -> None:
    parts = deck()
    odd.swap(parts, LAYOUT, "</p:spTree>", "<p:sp></p:sp>" * 1_501 + "</p:spTree>")
    with pytest.raises(Invalid, match="draws more than 1,500 shapes"):
        clean_deck(read_package(odd.packed(parts)))


def test_a_layout_that_is_listed_again_and_again_is_one_layout() -> None:
    parts = deck()
    master = "ppt/slideMasters/slideMaster1.xml"
    one = parts[master].decode().partition("<p:sldLayoutIdLst>")[2].partition("/>")[0] + "/>"
    odd.swap(parts, master, "</p:sldLayoutIdLst>", one * 3_000 + "</p:sldLayoutIdLst>")
    package, _ = clean_deck(read_package(odd.packed(parts)))
    assert package.parts[master].count(b"sldLayoutId ") == 15


@pytest.mark.parametrize("size", ["0", "-5", "1.5", "99999999999999999999", "wide"])
def test_a_size_of_slides_that_cannot_be_is_told_and_mended(size: str) -> None:
    parts = deck()
    parts["ppt/presentation.xml"] = parts["ppt/presentation.xml"].replace(
        b'sldSz cx="', f'sldSz cx="{size}" a="'.encode()
    )
    package, remarks = clean_deck(read_package(odd.packed(parts)))
    found = package.root(package.main()).find(f"{P}sldSz")
    assert found is not None and dict(found.items()) == {"cx": "9144000", "cy": "6858000"}
    assert "the size of slides could not be read" in remarks


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pptx")
    with pytest.raises(Invalid, match="not an ordinary file"):
        show(tmp_path / "a.pptx")


def test_films_are_not_unpacked() -> None:
    parts = deck() | {"ppt/media/a.MP4": bytes(1000), "ppt/media/b.png": bytes(1000)}
    found = read_package(odd.packed(parts)).parts
    assert (found["ppt/media/a.MP4"], len(found["ppt/media/b.png"])) == (b"", 1000)


def test_names_that_differ_in_capitals_alone_are_a_part_twice() -> None:
    out = BytesIO(odd.packed(deck()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("PPT/Presentation.xml", "<a/>")
    with pytest.raises(Invalid, match="holds a part twice"):
        read_package(out.getvalue())


def styles(count: int, base: str) -> str:
    """So many styles, each based on what `base` says of its number."""
    one = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="X{0}"><w:name w:val="X {0}"/><w:basedOn'
        ' w:val="{1}"/><w:qFormat/><w:pPr><w:spacing w:before="120" w:after="120"/><w:jc w:val="both"/>'
        "</w:pPr>"
        '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/></w:rPr></w:style>'
    )
    return "".join(one.format(n, base.format(n + 1, n - 1)) for n in range(count))


@pytest.mark.slow
@pytest.mark.parametrize("base", ["Normal", "X{1}", "X{0}"])
def test_megabytes_of_styles_are_read_in_seconds(base: str, tmp_path: Path) -> None:
    parts = letter()
    odd.swap(parts, "word/styles.xml", "</w:styles>", styles(6_000, base) + "</w:styles>")
    assert len(parts["word/styles.xml"]) > 2_000_000
    (tmp_path / "a.docx").write_bytes(odd.packed(parts))
    for command in (show, inspect, check_accessible):
        before = time.process_time()
        command(tmp_path / "a.docx")
        assert time.process_time() - before < 10, "51 s before styles were looked up by name"


@pytest.mark.parametrize(("base", "told"), [("X{1}", True), ("X0", True), ("Normal", False)])
def test_no_style_is_based_on_itself_or_on_a_hundred_others(base: str, told: bool) -> None:
    parts = letter()
    odd.swap(parts, "word/styles.xml", "</w:styles>", styles(100, base) + "</w:styles>")
    package, remarks = clean_document(read_package(odd.packed(parts)))
    assert any("wrongly based on each other" in line for line in remarks) is told
    bases = {
        s.get(f"{W}styleId"): b.get(f"{W}val") if (b := s.find(f"{W}basedOn")) is not None else None
        for s in package.root("word/styles.xml").iter(f"{W}style")
    }
    for name in bases:
        at, steps = bases[name], 0
        while at in bases:
            at, steps = bases[at], steps + 1
        assert steps <= 31


@pytest.mark.skipif(os.name == "nt", reason="links need rights that Windows users have not")
@pytest.mark.parametrize("kind", ["reviews", "decks"])
def test_a_link_to_a_file_outside_the_folder_is_refused(kind: str, project: Path) -> None:
    secret = project.parent / "secret.yaml"
    path = next(iter(sorted((project / kind).glob("*.yaml"))))
    path.rename(secret)
    edit(secret, "title:", "colour: something secret\ntitle:") if kind == "decks" else None
    path.symlink_to(secret)
    ran = run_here("check", cwd=project)
    assert ran.code == 1
    assert "this is a link to a file outside the folder" in ran.err
    assert "secret" not in ran.out + ran.err
    inside = project / "kept" / path.name
    inside.parent.mkdir()
    path.unlink()
    secret.rename(inside)
    path.symlink_to(inside)
    assert "link" not in run_here("check", cwd=project).err


@pytest.mark.parametrize(
    ("file", "line"), [("decks/robin.yaml", "title: "), ("reviews/robin.yaml", "title: ")]
)
def test_a_title_of_pages_is_refused(file: str, line: str, project: Path) -> None:
    """17,900 letters made 257 slides without a word."""
    path = next(p for p in project.glob(f"{Path(file).parent}/*.yaml"))
    edit(path, line, line + "Robin " * 2_984)
    ran = run_here("check", cwd=project)
    assert ran.code == 1
    assert "this title is too long (17,9" in ran.err and "keep it under 500 letters" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="the generator measures what Windows does not tell")
@pytest.mark.parametrize(
    "seeds", [range(1000, 1012), pytest.param(range(1012, 1200), marks=pytest.mark.slow)]
)
def test_bad_packages_are_read_or_refused_in_words(seeds: range, tmp_path: Path) -> None:
    """A sample of what `python tools/bad_packages.py` makes by the thousand."""
    bad = tool("bad_packages")
    wrong = []
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        data, ending = bad.package(seed)
        wrong += [(seed, *found) for found in bad.tried(data, ending, folder, seed % 4 == 0)]
    assert wrong == []
    assert {path.name for path in tmp_path.iterdir()} == {str(seed) for seed in seeds}
