"""Whatever a template brings along, only its looks come through: nothing of somebody's, nothing that runs,
nothing that points away.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pptx
import pytest
from lxml import etree

from tests.conftest import TOP
from tests.odd import DECKS, odd, some
from toolkit.brand import lending
from toolkit.brand.lending import A4
from toolkit.office import hygiene
from toolkit.office.opc import A, P, Package, R, W, read_package, zipped
from toolkit.problems import Invalid

HOUSE_DECK = (TOP / "templates" / "brands" / "house" / "deck.pptx").read_bytes()
HOUSE_BRIEFING = (TOP / "templates" / "brands" / "house" / "briefing.docx").read_bytes()
Clean = Callable[[bytes, str], tuple[bytes, list[str]]]


def clean_deck(data: bytes, name: str) -> tuple[bytes, list[str]]:
    package, remarks = hygiene.clean_deck(read_package(data, name))
    return zipped(package.parts, compressed=True), remarks


def clean_document(data: bytes, name: str) -> tuple[bytes, list[str]]:
    package, remarks = hygiene.clean_document(read_package(data, name))
    return zipped(package.parts, compressed=True), remarks


def ensure_notes_master(deck: bytes, house: bytes, name: str = "a") -> tuple[bytes, list[str]]:
    package, remarks = lending.ensure_notes_master(read_package(deck, name), read_package(house))
    return zipped(package.parts, compressed=True), remarks


def ensure_styles(
    document: bytes, house: bytes, wanted: dict[str, str]
) -> tuple[bytes, dict[str, str], list[str]]:
    package, called, remarks = lending.ensure_styles(read_package(document), read_package(house), wanted)
    return zipped(package.parts, compressed=True), called, remarks


def cleaner(name: str) -> Clean:
    return clean_deck if name in DECKS else clean_document


def everything(data: bytes) -> str:
    """All parts as one text."""
    return "\n".join(content.decode("utf-8", "replace") for content in read_package(data).parts.values())


def unreached(package: Package) -> set[str]:
    seen, waiting = {""}, [""]
    while waiting:
        part = waiting.pop()
        for rel in package.rels(part):
            assert rel.external or rel.target in package.parts, (
                f"{part} points at {rel.target}, which is not there"
            )
            if not rel.external and rel.target not in seen:
                seen.add(rel.target)
                waiting.append(rel.target)
    known = (
        seen
        | {posixpath.join(posixpath.dirname(p), "_rels", posixpath.basename(p) + ".rels") for p in seen}
        | {"[Content_Types].xml"}
    )
    return set(package.parts) - known


@pytest.mark.parametrize("name", some(odd.TEMPLATES, 8))
def test_a_clean_template_is_whole_quiet_and_the_same_each_time(name: str) -> None:
    raw = odd.TEMPLATES[name]()
    data, remarks = cleaner(name)(raw, name)
    assert cleaner(name)(raw, name) == (data, remarks)
    assert cleaner(name)(data, name)[0] == data  # nothing is left to clean
    package = read_package(data)
    assert unreached(package) == set()
    assert not [
        rel
        for part in ("", *package.parts)
        for rel in package.rels(part)
        if rel.external and rel.kind != "hyperlink"
    ]
    words = everything(data)
    for secret in (
        "private",
        "Somebody",
        "Old talk",
        "vbaProject",
        "ppaction://macro",
        "purl.oclc.org/ooxml",
        "example.org",
        "Steve Canny",
        "python-pptx",
        "python-docx",
    ):
        assert secret not in words, secret
    opened = pptx.Presentation(BytesIO(data)) if name in DECKS else docx.Document(BytesIO(data))
    assert opened.core_properties.author == ""
    assert not any(
        part.endswith((".bin", "custom.xml")) or part.startswith(("customXml", "docMetadata", "customUI"))
        for part in package.parts
    )


@pytest.mark.parametrize("name", DECKS)
def test_a_clean_deck_has_layouts_and_no_slides(name: str) -> None:
    data, _ = clean_deck(odd.TEMPLATES[name](), name)
    presentation = pptx.Presentation(BytesIO(data))
    assert len(presentation.slides) == 0
    assert any(len(master.slide_layouts) for master in presentation.slide_masters)
    root = read_package(data).root("ppt/presentation.xml")
    assert not [
        e
        for e in root.iter()
        if isinstance(e.tag, str)
        and e.tag.rpartition("}")[2] in ("sldIdLst", "custShowLst", "sectionLst", "modifyVerifier")
    ]
    assert "slideshow" not in everything(data).casefold()
    assert "presentation.main+xml" in everything(data)


def test_what_was_left_out_is_told() -> None:
    _, remarks = clean_deck(odd.TEMPLATES["left-over.pptx"](), "left-over.pptx")
    assert remarks == [
        "left out: custom properties",
        "left out: a sensitivity label",
        "left out: left-over slides (5)",
        "left out: comments",
        "left out: data of a document system or add-in",
        "left out: linked pictures, which are not in the file",
    ]
    assert "left out: macros" in clean_deck(odd.TEMPLATES["macros.potm"](), "macros.potm")[1]
    assert "left out: macros" in clean_document(odd.TEMPLATES["macros.docm"](), "macros.docm")[1]
    assert (
        "left out: the link to another template"
        in clean_document(odd.TEMPLATES["remote.dotx"](), "remote.dotx")[1]
    )


def test_a_linked_picture_goes_with_its_frame_and_the_rest_of_the_layout_stays() -> None:
    data, _ = clean_deck(odd.TEMPLATES["left-over.pptx"](), "left-over.pptx")
    layout = next(
        la for la in pptx.Presentation(BytesIO(data)).slide_layouts if la.name == "Title and Content"
    )
    assert len(list(layout.placeholders)) == 5
    assert not list(layout.element.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}pic"))


def test_a_button_that_runs_a_macro_keeps_its_looks_only() -> None:
    raw = odd.TEMPLATES["macros.potm"]()
    assert "ppaction://macro" in everything(raw)
    data, _ = clean_deck(raw, "macros.potm")
    assert 'name="Run"' in everything(data)


def test_a_strict_file_says_the_same_as_its_plain_twin() -> None:
    plain, _ = clean_deck(odd.TEMPLATES["wide.pptx"](), "a")
    strict, _ = clean_deck(odd.TEMPLATES["strict.pptx"](), "a")
    raw = odd.unpacked(odd.TEMPLATES["strict.pptx"]())
    assert b"http://purl.oclc.org/ooxml/" in raw["ppt/presentation.xml"]
    one, other = read_package(plain), read_package(strict)
    assert set(one.parts) == set(other.parts)

    def told(package: Package, part: str) -> list[tuple[str, dict[str, str]]]:
        return [(str(e.tag), dict(e.attrib.items())) for e in package.root(part).iter()]

    for part in one.parts:
        if part.endswith(".xml") and "theme" not in part:
            assert told(one, part) == told(other, part), part
    section = docx.Document(BytesIO(clean_document(odd.TEMPLATES["strict.docx"](), "b")[0])).sections[0]
    assert (
        section.page_width
        == docx.Document(BytesIO(odd.TEMPLATES["letterhead.docx"]())).sections[1].page_width
    )


# ---- documents


def test_a_clean_document_has_no_body_and_keeps_header_and_footer() -> None:
    data, remarks = clean_document(odd.TEMPLATES["letterhead.docx"](), "letterhead.docx")
    document = docx.Document(BytesIO(data))
    assert [p.text for p in document.paragraphs] == [""]
    assert "left out: the 9 words in the body; styles, headers and footers are kept" in remarks
    section = document.sections[0]
    assert len(document.sections) == 1
    assert section.header.paragraphs[0].text == "Our Board"
    assert section.footer.paragraphs[0].text == "Official"
    assert section.left_margin == docx.shared.Inches(1.5)  # the last section's page
    assert (
        len([p for p in read_package(data).parts if p.endswith(".png")]) == 1
    )  # the logo, and not the picture of the letter


def test_a_first_page_with_a_header_of_its_own_keeps_its_logo() -> None:
    section = docx.Document(BytesIO(clean_document(odd.TEMPLATES["letterhead.docx"](), "a")[0])).sections[0]
    assert section.first_page_header._element.findall(f".//{W}drawing")


def test_tracked_changes_in_a_header_are_accepted() -> None:
    parts = odd.unpacked(odd.TEMPLATES["letterhead.docx"]())
    header = next(n for n, c in parts.items() if re.fullmatch(r"word/header\d\.xml", n) and b"Our Board" in c)
    change = (
        '<w:del w:id="1" w:author="Somebody"><w:r><w:delText>Old Board</w:delText></w:r></w:del><w:ins'
        ' w:id="2" w:author="Somebody"><w:r><w:t>, new</w:t></w:r></w:ins></w:p>'
    )
    odd.swap(parts, header, "</w:p>", change)
    data, remarks = clean_document(odd.packed(parts), "a")
    assert docx.Document(BytesIO(data)).sections[0].header.paragraphs[0].text == "Our Board, new"
    assert "tracked changes in a header or footer were accepted" in remarks
    assert "Somebody" not in everything(data)


def test_a_ready_made_footer_comes_out_of_its_frame() -> None:
    """Word wraps its own page numbers in a content control, in which python-docx sees no paragraphs."""
    parts = odd.unpacked(odd.TEMPLATES["letterhead.docx"]())
    footer = next(n for n, c in parts.items() if re.fullmatch(r"word/footer\d\.xml", n) and b"Official" in c)
    parts[footer] = re.sub(
        r"(<w:p[ >].*</w:p>)",
        r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>",
        parts[footer].decode(),
        flags=re.S,
    ).encode()
    raw = odd.packed(parts)
    assert docx.Document(BytesIO(raw)).sections[0].footer.paragraphs == []
    data, _ = clean_document(raw, "a")
    assert [p.text for p in docx.Document(BytesIO(data)).sections[0].footer.paragraphs] == ["Official"]


@pytest.mark.parametrize("value, told", [("", True), (' w:val="true"', True), (' w:val="0"', False)])
def test_a_document_does_not_break_words_at_the_ends_of_lines(value: str, told: bool) -> None:
    parts = odd.unpacked(odd.document())
    odd.swap(parts, "word/settings.xml", "</w:settings>", f"<w:autoHyphenation{value}/></w:settings>")
    data, remarks = clean_document(odd.packed(parts), "a")
    assert "autoHyphenation" not in everything(data)
    assert ("left out: words broken at the ends of lines" in remarks) == told


def test_a_page_without_size_or_margins_is_a4() -> None:
    parts = odd.unpacked(odd.document())
    parts["word/document.xml"] = re.sub(rb"<w:pg(Sz|Mar)[^>]*/>", b"", parts["word/document.xml"])
    section = docx.Document(BytesIO(clean_document(odd.packed(parts), "a")[0])).sections[0]
    assert (
        round(section.page_width.cm, 1),
        round(section.page_height.cm, 1),
        round(section.left_margin.cm, 2),
    ) == (21.0, 29.7, 2.54)


def test_a_part_under_a_wrong_type_is_put_right() -> None:
    parts = odd.unpacked(odd.TEMPLATES["wide.pptx"]())
    odd.swap(parts, "[Content_Types].xml", "presentationml.slideMaster+xml", "presentationml.slide+xml")
    data, _ = clean_deck(odd.packed(parts), "a")
    assert len(pptx.Presentation(BytesIO(data)).slide_masters[0].slide_layouts) == 11


def test_missing_styles_come_from_the_house_without_its_colours() -> None:
    data, _ = clean_document(odd.TEMPLATES["few-styles.docx"](), "few-styles.docx")
    wanted = {
        "bullet": "List Bullet",
        "number": "List Number",
        "title": "Title",
        "callout": "Callout",
        "table": "Briefing Table",
    }
    made, called, remarks = ensure_styles(data, HOUSE_BRIEFING, wanted)
    assert called == wanted
    assert "List Bullet" in remarks[0]
    document = docx.Document(BytesIO(made))
    there = {style.name: style for style in document.styles}
    assert set(wanted.values()) <= set(there)
    package = read_package(made)
    numbering = package.root("word/numbering.xml")
    numbers = {
        n.get(f"{W}numId"): n.find(f"{W}abstractNumId").get(f"{W}val") for n in numbering.iter(f"{W}num")
    }
    kinds = {
        a.get(f"{W}abstractNumId"): a.find(f"{W}lvl/{W}numFmt").get(f"{W}val")
        for a in numbering.iter(f"{W}abstractNum")
    }
    for name, form in (("List Bullet", "bullet"), ("List Number", "decimal")):
        assert kinds[numbers[there[name].element.find(f".//{W}numId").get(f"{W}val")]] == form
    assert there["Callout"].element.find(f".//{W}shd").get(f"{W}fill") == "EDEDED"
    assert not list(there["Title"].element.iter(f"{W}color"))
    assert ensure_styles(data, HOUSE_BRIEFING, wanted)[0] == made


def test_a_style_of_the_same_name_is_left_as_it_is() -> None:
    data, _ = clean_document(odd.document(), "a")
    before = next(s for s in docx.Document(BytesIO(data)).styles if s.name == "List Bullet").element
    made, called, _ = ensure_styles(data, HOUSE_BRIEFING, {"bullet": "List Bullet"})
    assert called == {"bullet": "List Bullet 9"}
    after = next(s for s in docx.Document(BytesIO(made)).styles if s.name == "List Bullet").element
    assert docx.oxml.xmlchemy.serialize_for_reading(before) == docx.oxml.xmlchemy.serialize_for_reading(after)


# ---- notes pages


def notes_of(data: bytes) -> tuple[Any, Any]:
    package = read_package(data)
    root = package.root("ppt/presentation.xml")
    return root, package.root(package.related("ppt/presentation.xml", "notesMaster")[0])


@pytest.mark.slow
@pytest.mark.parametrize("name", DECKS)
def test_every_deck_gets_a_notes_page_that_prints_on_paper(name: str) -> None:
    data, _ = clean_deck(odd.TEMPLATES[name](), name)
    made, _ = ensure_notes_master(data, HOUSE_DECK, name)
    assert ensure_notes_master(made, HOUSE_DECK, name) == (made, [])
    assert unreached(read_package(made)) == set()
    root, master = notes_of(made)
    tags = [e.tag for e in root]
    assert tags.index(f"{P}notesMasterIdLst") == tags.index(f"{P}sldMasterIdLst") + 1
    size = root.find(f"{P}notesSz")
    assert (int(size.get("cx")), int(size.get("cy"))) == A4
    kinds = {ph.get("type") for ph in master.iter(f"{P}ph")}
    assert {"body", "sldImg", "hdr", "ftr", "sldNum"} <= kinds
    assert len(pptx.Presentation(BytesIO(made)).notes_master.placeholders) == len(kinds)


def test_the_picture_on_the_notes_page_has_the_shape_of_the_slides() -> None:
    for name in ("default-4x3.pptx", "letter-portrait.pptx", "wide.pptx"):
        made, _ = ensure_notes_master(clean_deck(odd.TEMPLATES[name](), name)[0], HOUSE_DECK, name)
        presentation = pptx.Presentation(BytesIO(made))
        picture = next(
            p for p in presentation.notes_master.placeholders if p.element.ph.get("type") == "sldImg"
        )
        assert picture.width / picture.height == pytest.approx(
            presentation.slide_width / presentation.slide_height, rel=0.01
        )


def changed_notes(old: str, new: str) -> bytes:
    parts = odd.unpacked(HOUSE_DECK)
    name = next(
        n
        for n in ("ppt/presentation.xml", "ppt/notesMasters/notesMaster1.xml")
        if re.search(old, parts[n].decode())
    )
    parts[name] = re.sub(old, new, parts[name].decode()).encode()
    return bytes(odd.packed(parts))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            '<p:notesSz cx="7560000" cy="10692000"/>',
            '<p:notesSz cx="6858000" cy="9144000"/>',
            "neither A4 nor Letter",
        ),
        ('type="sldNum"', 'type="dt"', "no page number"),
        ('type="sldImg"', 'type="pic"', "no picture of the slide"),
        (r'(type="body".*?<a:ext cx="\d+" cy=")\d+', r"\g<1>4000000", "too small a box"),
        (r'(type="body".*?<a:off x="\d+" y=")\d+', r"\g<1>9000000", "runs off the page"),
    ],
)
def test_a_notes_page_that_would_cut_notes_off_is_replaced(old: str, new: str, why: str) -> None:
    raw = changed_notes(old, new)
    made, remarks = ensure_notes_master(clean_deck(raw, "a")[0], HOUSE_DECK, "a")
    assert len(remarks) == 1
    assert why in remarks[0]
    assert ensure_notes_master(made, HOUSE_DECK)[1] == []


@pytest.mark.parametrize(("height", "kept"), [(6_415_200, True), (6_415_199, False)])
def test_a_notes_box_has_three_fifths_of_the_page(height: int, kept: bool) -> None:
    raw = changed_notes(r'(type="body".*?<a:ext cx="\d+" cy=")\d+', rf"\g<1>{height}")
    _, remarks = ensure_notes_master(clean_deck(raw, "a")[0], HOUSE_DECK, "a")
    assert (remarks == []) is kept


@pytest.mark.parametrize(
    ("place", "size", "kept"),
    [
        ((0, 0), (7_560_000, 10_692_000), True),  # the whole page
        ((-1, 0), (7_560_000, 10_692_000), False),
        ((0, -1), (7_560_000, 10_692_000), False),
        ((1, 0), (7_560_000, 10_692_000), False),
        ((0, 1), (7_560_000, 10_692_000), False),
        ((0, 0), (5_292_000, 10_692_000), True),  # seven tenths of its width
        ((0, 0), (5_291_999, 10_692_000), False),
    ],
)
def test_a_notes_box_is_wide_enough_and_stands_on_the_page(
    place: tuple[int, int], size: tuple[int, int], kept: bool
) -> None:
    numbers = (*place, *size)
    raw = changed_notes(
        r'(type="body".*?<a:off x=")\d+(" y=")\d+("/><a:ext cx=")\d+(" cy=")\d+',
        "".join(rf"\g<{n}>{number}" for n, number in enumerate(numbers, 1)),
    )
    _, remarks = ensure_notes_master(clean_deck(raw, "a")[0], HOUSE_DECK, "a")
    assert (remarks == []) is kept


def test_a_good_notes_page_of_the_templates_own_is_kept() -> None:
    raw = changed_notes('name="Header"', 'name="Our own header"')
    made, remarks = ensure_notes_master(clean_deck(raw, "a")[0], HOUSE_DECK, "a")
    assert remarks == []
    assert "Our own header" in everything(made)


# ---- what is refused


def without_layouts() -> bytes:
    parts = odd.unpacked(odd.TEMPLATES["only-blank.pptx"]())
    parts["ppt/slideMasters/_rels/slideMaster1.xml.rels"] = re.sub(
        rb"<Relationship [^>]*slideLayout\d*\.xml\"[^>]*/>",
        b"",
        parts["ppt/slideMasters/_rels/slideMaster1.xml.rels"],
    )
    return bytes(odd.packed(parts))


def changed(name: str, content: bytes) -> bytes:
    return bytes(odd.packed(odd.unpacked(HOUSE_DECK) | {name: content}))


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "words": (lambda: b"Dear Somebody", "not an Office file"),
    "old .ppt": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "truncated": (lambda: HOUSE_DECK[:-2000], "damaged"),
    "zip": (lambda: bytes(odd.packed({"a.txt": b"a"})), "not an Office file"),
    "a briefing": (lambda: HOUSE_BRIEFING, "Word file"),
    "entities": (
        lambda: changed("ppt/slideLayouts/slideLayout1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "document type definition",
    ),
    "not XML": (lambda: changed("ppt/slideLayouts/slideLayout1.xml", b"<p:sldLayout"), "damaged"),
    "path": (lambda: changed("../../evil.xml", b"<a/>"), "unsafe name"),
    "no layouts": (without_layouts, "no slide layout"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_faulty_file_is_refused_in_plain_words(fault: str) -> None:
    make, said = BROKEN[fault]
    with pytest.raises(Invalid) as error:
        clean_deck(make(), "our template.pptx")
    problem = error.value.problems[0]
    assert said in problem.message
    assert str(problem.place) == "our template.pptx"
    assert problem.hint


def test_a_deck_is_no_briefing() -> None:
    with pytest.raises(Invalid, match="PowerPoint file"):
        clean_document(HOUSE_DECK, "deck.pptx")


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("ppt/big.xml", "w", force_zip64=True) as part:
            for _ in range(520):
                part.write(bytes(1024 * 1024))
    with pytest.raises(Invalid, match="too large when unpacked"):
        clean_deck(out.getvalue(), "bomb.pptx")


# ---- links


@pytest.mark.parametrize(
    "target, kept",
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("mailto:a@example.org", True),
        ("tel:0123", True),
        ("file:///C:/Users/somebody/plan.docx", False),
        ("FILE:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("vbscript:x", False),
        ("ms-word:ofe|u|https://example.org", False),
        (r"\\server\share\plan.docx", False),
        ("//server/share/plan.docx", False),
        ("plan.docx", False),
        ("ftp://example.org", False),
        (" https://example.org", False),
        ("x https://example.org", False),
    ],
)
def test_only_links_to_the_web_mail_and_telephones_stay(target: str, kept: bool) -> None:
    """In a template's own shapes: all else would open a file or run something on somebody's machine."""
    deck = pptx.Presentation(BytesIO(HOUSE_DECK))
    shape = deck.slide_layouts[0].shapes[0]
    rel = shape.part.relate_to(
        target, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", True
    )
    link = f'<a:hlinkClick xmlns:a="{A[1:-1]}" xmlns:r="{R[1:-1]}" r:id="{rel}"/>'
    shape._element.nvSpPr.cNvPr.append(etree.fromstring(link))
    out = BytesIO()
    deck.save(out)
    data, remarks = clean_deck(out.getvalue(), "a deck")
    package = read_package(data)
    links = [r.target for part in package.parts for r in package.rels(part) if r.external]
    assert links == ([target] if kept else [])
    assert ("left out: links to files" in remarks) is not kept
