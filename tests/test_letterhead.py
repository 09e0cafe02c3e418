"""Any Word file as a letterhead: what of it comes into a briefing, what is put right, what stays behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.conftest import TOP, read_brand, run_here
from tests.odd import odd
from tests.test_word import briefing, opened, said, steps, told, with_template
from toolkit.brand.compiled import Brand
from toolkit.brand.document import prepare_document
from toolkit.brand.legible import make_legible
from toolkit.brand.mended import mend
from toolkit.brand.wordstyles import named_styles, own_styles
from toolkit.office.colour import contrast, from_hex
from toolkit.office.opc import Package, W, read_package
from toolkit.plan.model import Blocks, Bullets, Paragraph, Span
from toolkit.render.docx import render

NAMESPACE = f'xmlns:w="{W[1:-1]}"'
Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def house() -> Brand:
    return read_brand(TOP / "templates" / "brands" / "house")


def prepared(data: bytes) -> tuple[Package, list[str]]:
    return prepare_document(read_package(data))


def built(house: Brand, template: bytes, blocks: Blocks = (), size: float = 14.0) -> Any:
    """A briefing in a template, opened; it is valid."""
    blocks = blocks or (steps("first"), Bullets((said("one"),)), Paragraph(said("text")))
    data = render(briefing(blocks), with_template(house, template), size)
    return opened(data)


def valid(data: bytes, folder: Path) -> list[str]:
    (folder / "made.docx").write_bytes(data)
    return [error.description for error in OpenXmlValidator().validate(folder / "made.docx").errors]


def element(xml: str) -> Any:
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMESPACE}", xml))


def look(style: Any, kind: str, *xml: str) -> None:
    """Writes properties into a style, in place of its own of the same name."""
    about = style.element.get_or_add_pPr() if kind == "pPr" else style.element.get_or_add_rPr()
    for one in map(element, xml):
        for old in about.findall(one.tag):
            about.remove(old)
        about.append(one)


def styled(role_looks: dict[str, tuple[str, tuple[str, ...]]]) -> bytes:
    """A template whose styles say these things."""

    def change(made: Any) -> None:
        for name, (kind, xml) in role_looks.items():
            look(made.styles[name], kind, *xml)

    return bytes(odd.document(change))


def in_part(part: str, change: Callable[[str], str], data: bytes | None = None) -> bytes:
    """A template with one of its parts changed."""
    parts = odd.unpacked(data or odd.document())
    new = change(parts[part].decode())
    assert new != parts[part].decode()
    return bytes(odd.packed({**parts, part: new.encode()}))


def without_part(name: str) -> bytes:
    """A template without its styles or numbering."""
    parts = odd.unpacked(odd.document())
    del parts[f"word/{name}.xml"]
    for rels, pattern in (
        ("word/_rels/document.xml.rels", rf'<Relationship [^>]*"{name}\.xml"[^>]*/>'),
        ("[Content_Types].xml", rf'<Override PartName="/word/{name}\.xml"[^>]*/>'),
    ):
        parts[rels] = re.sub(pattern, "", parts[rels].decode()).encode()
    return bytes(odd.packed(parts))


# ---- habits of styles


HIDDEN = ("<w:vanish/>", "<w:webHidden/>", "<w:outline/>", '<w:spacing w:val="60"/>', "<w:strike/>")


@pytest.mark.parametrize("name", ["Title", "Heading 1", "Heading 2", "Heading 3", "Normal", "Quote"])
def test_no_style_hides_spreads_or_hollows_its_letters(name: str, house: Brand) -> None:
    style = built(house, styled({name: ("rPr", HIDDEN)})).styles[name]
    for tag in ("vanish", "webHidden", "outline", "strike"):
        assert style.element.find(f"{W}rPr/{W}{tag}").get(f"{W}val") == "0", tag
    assert style.element.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "0"


def test_letters_set_closer_stay_so(house: Brand) -> None:
    style = built(house, styled({"Title": ("rPr", ('<w:spacing w:val="-10"/>',))})).styles["Title"]
    assert style.element.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "-10"


@pytest.mark.parametrize("name", ["Heading 1", "Heading 2", "Normal", "Subtitle"])
def test_no_style_begins_a_page(name: str, house: Brand) -> None:
    habits = ("<w:pageBreakBefore/>", '<w:framePr w:w="2000" w:hSpace="200" w:wrap="around"/>')
    style = built(house, styled({name: ("pPr", habits)})).styles[name]
    assert style.paragraph_format.page_break_before is False
    assert style.element.find(f"{W}pPr/{W}framePr") is None


def test_a_habit_of_what_a_heading_is_based_on_is_taken_back_too(house: Brand) -> None:
    def based(made: Any) -> None:
        above = made.styles.add_style("Chapter", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        look(above, "pPr", "<w:pageBreakBefore/>", '<w:jc w:val="both"/>')
        look(above, "rPr", "<w:caps/>", "<w:vanish/>")
        made.styles["Heading 1"].base_style = above

    style = built(house, odd.document(based)).styles["Heading 1"]
    assert style.paragraph_format.page_break_before is False
    assert (style.font.all_caps, style.font.hidden) == (False, False)


def test_each_heading_has_its_own_level_and_text_has_none(house: Brand) -> None:
    level = ('<w:outlineLvl w:val="4"/>',)
    document = built(house, styled(dict.fromkeys(("Heading 1", "Heading 3", "Normal"), ("pPr", level))))
    found = {
        name: document.styles[name].element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")
        for name in ("Heading 1", "Heading 2", "Heading 3", "Normal")
    }
    assert found == {"Heading 1": "0", "Heading 2": "1", "Heading 3": "2", "Normal": "9"}


def test_headings_and_text_are_not_numbered(house: Brand) -> None:
    number = ('<w:numPr><w:numId w:val="1"/></w:numPr>',)
    document = built(house, styled(dict.fromkeys(("Heading 1", "Normal"), ("pPr", number))))
    for name in ("Heading 1", "Normal"):
        assert document.styles[name].element.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"


@pytest.mark.parametrize(
    ("line", "size", "least"), [("240", "16", 360), ("400", "24", 400), ("200", "24", 276)]
)
def test_an_exact_line_grows_with_its_size(line: str, size: str, least: int, house: Brand) -> None:
    def exact(made: Any) -> None:
        look(made.styles["Normal"], "rPr", f'<w:sz w:val="{size}"/>')
        look(made.styles["Normal"], "pPr", f'<w:spacing w:line="{line}" w:lineRule="exact"/>')

    spacing = built(house, odd.document(exact)).styles["Normal"].element.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == (str(least), "atLeast")


def test_an_exact_line_of_the_whole_document_is_seen(house: Brand) -> None:
    def exact(xml: str) -> str:
        return re.sub(r"<w:pPrDefault>.*?</w:pPrDefault>", DEFAULT, xml, flags=re.S)

    spacing = (
        built(house, in_part("word/styles.xml", exact)).styles["Normal"].element.find(f"{W}pPr/{W}spacing")
    )
    assert spacing.get(f"{W}lineRule") == "atLeast" and int(spacing.get(f"{W}line")) >= 276


DEFAULT = '<w:pPrDefault><w:pPr><w:spacing w:line="200" w:lineRule="exact"/></w:pPr></w:pPrDefault>'


def test_a_heading_is_not_smaller_than_its_text_and_a_title_fits_its_page(house: Brand) -> None:
    sizes = {"Normal": "32", "Heading 3": "20", "Title": "160"}
    document = built(house, styled({name: ("rPr", (f'<w:sz w:val="{n}"/>',)) for name, n in sizes.items()}))
    found = {name: document.styles[name].font.size.pt for name in sizes}
    assert found == {"Normal": 16, "Heading 3": 16, "Title": 40}


def test_a_heading_is_told_from_its_text_and_from_the_one_below(house: Brand) -> None:
    def plain(made: Any) -> None:
        for name, size in (("Heading 1", "24"), ("Heading 2", "30"), ("Heading 3", "24"), ("Normal", "24")):
            look(made.styles[name], "rPr", f'<w:sz w:val="{size}"/>', '<w:b w:val="0"/>')

    document = built(house, odd.document(plain))
    sizes = [document.styles[f"Heading {n}"].font.size.pt for n in (1, 2, 3)]
    assert sizes == [15, 15, 12]
    assert document.styles["Heading 3"].font.bold and not document.styles["Heading 1"].font.bold


def test_text_begins_at_the_margin_and_in_a_cell_at_its_edge(house: Brand) -> None:
    def indented(made: Any) -> None:
        look(made.styles["Normal"], "pPr", '<w:ind w:left="2835" w:firstLine="284"/>')
        look(made.styles["Heading 1"], "pPr", '<w:ind w:left="-400"/>')

    document = built(house, odd.document(indented))
    for name in ("Normal", "Table Text"):
        style = document.styles[name]
        while (found := style.element.find(f"{W}pPr/{W}ind")) is None:
            style = style.base_style
        assert {found.get(W + side) for side in ("left", "right", "firstLine")} == {"0"}, name
    assert document.styles["Heading 1"].element.find(f"{W}pPr/{W}ind").get(f"{W}left") == "-400"


def test_white_words_for_a_dark_page_become_black(house: Brand) -> None:
    style = built(house, styled({"Normal": ("rPr", ('<w:color w:val="FFFFFF"/>',))})).styles["Normal"]
    assert str(style.font.color.rgb) == "000000"


def test_a_header_is_not_at_the_very_edge_of_the_paper(house: Brand) -> None:
    def edge(made: Any) -> None:
        made.sections[0].header_distance = made.sections[0].footer_distance = 0

    section = built(house, odd.document(edge)).sections[0]
    assert section.header_distance >= Cm(0.49) and section.footer_distance >= Cm(0.49)


def test_word_styles_that_are_small_pale_or_in_capitals_are_put_right() -> None:
    package, _ = prepared(odd.TEMPLATES["newsletter.docx"]())
    root: Any = etree.fromstring(package.parts["word/styles.xml"])
    styles = named_styles(root, own_styles(package))
    for off in styles["bullet"].iter(f"{W}widowControl"):
        off.getparent().remove(off)
    styles["bullet"].find(f"{W}pPr").insert(0, element('<w:widowControl w:val="0"/>'))
    told_ = make_legible(root, styles)
    (about,) = [line for line in told_ if "no line of a paragraph alone on a page" in line]
    assert about.startswith("the style List Bullet: ")
    assert styles["bullet"].find(f"{W}pPr/{W}widowControl").get(f"{W}val") is None
    assert any(
        line.startswith("the style Normal: 9 points raised to 12, set left instead of justified")
        for line in told_
    )
    about = next(line for line in told_ if line.startswith("the style heading 1: capitals taken off"))
    assert "the colour #C8D2E0 made clearer" in about
    colour = styles["heading-1"].find(f"{W}rPr/{W}color").get(f"{W}val")
    assert contrast(from_hex(colour) or (0.5, 0.5, 0.5), (1.0, 1.0, 1.0)) >= 4.5
    assert make_legible(root, styles) == []


def test_large_print_finds_sizes_under_any_prefix(house: Brand) -> None:
    def renamed(xml: str) -> str:
        return re.sub(r"(</?|\s)w:", r"\1x-1:", xml).replace("xmlns:w=", "xmlns:x-1=")

    document = built(house, in_part("word/styles.xml", renamed), size=18.0)
    assert document.styles["Normal"].font.size.pt == 18


# ---- faulty XML


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('w:type="paragraph" w:styleId="Heading1"', 'w:styleId="Heading1"'),
        ('w:type="paragraph" w:styleId="Heading5"', 'w:type="para" w:styleId="Heading5"'),
        ('<w:name w:val="heading 1"/>', ""),
        ('<w:jc w:val="center"/>', '<w:jc w:val="start"/>'),
        ('<w:jc w:val="center"/>', '<w:jc w:val="middle"/>'),
        ('<w:sz w:val="28"/>', '<w:sz w:val="28.4"/>'),
        ('<w:sz w:val="28"/>', '<w:sz w:val="14pt"/>'),
        ('<w:sz w:val="28"/>', '<w:sz w:val="large"/>'),
        ('w:after="200"', 'w:after="10.5pt"'),
        ('<w:outlineLvl w:val="0"/>', '<w:outlineLvl w:val="x"/>'),
        ("<w:keepNext/>", '<w:keepNext w:val="yes"/>'),
        ('w:styleId="Heading9"', 'w:styleId="Heading8"'),
        ('<w:name w:val="heading 9"/>', '<w:name w:val="heading 8"/>'),
        ('<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Gone"/>'),
        ("<w:rPr><w:b/>", '<w:rPr><w:sz w:val="24"/><w:b/><w:rFonts w:ascii="Arial" w:hansi="Arial"/>'),
        ("</w:pPr><w:rPr>", "<w:rPr><w:b/></w:rPr></w:pPr><w:rPr>"),
        ('w:lineRule="auto"', 'w:lineRule="sometimes"'),
    ],
)
def test_faulty_styles_are_put_right(old: str, new: str, house: Brand, tmp_path: Path) -> None:
    def change(xml: str) -> str:
        xml = re.sub(r"\s*\n\s*", "", xml)
        assert old in xml, old
        return xml.replace(old, new, 1)

    brand = with_template(house, in_part("word/styles.xml", change, styled({"Quote": ("pPr", CENTRED)})))
    assert valid(render(briefing(), brand), tmp_path) == []


CENTRED = ('<w:jc w:val="center"/>',)


def test_a_style_whose_paragraphs_end_at_the_start_is_set_left() -> None:
    def change(xml: str) -> str:
        return re.sub(r"\s*\n\s*", "", xml).replace('<w:name w:val="Normal"/>', NORMAL, 1)

    root: Any = etree.fromstring(prepared(in_part("word/styles.xml", change))[0].parts["word/styles.xml"])
    assert next(root.iter(f"{W}jc")).get(f"{W}val") == "right"
    assert next(root.iter(f"{W}ind")).get(f"{W}left") == "100"


NORMAL = '<w:name w:val="Normal"/><w:pPr><w:jc w:val="end"/><w:ind w:start="5pt"/></w:pPr>'


def test_a_sound_part_is_left_as_it_is() -> None:
    root: Any = etree.fromstring(odd.unpacked(odd.document())["word/styles.xml"])
    assert not mend(root)


def test_a_document_without_styles_is_lent_all_of_them(house: Brand, tmp_path: Path) -> None:
    data = without_part("styles")
    assert own_styles(prepared(data)[0]) == {}
    rendered = render(briefing(), with_template(house, data))
    assert valid(rendered, tmp_path) == []
    assert "Robin" in told(opened(rendered))


def test_a_document_that_is_a_main_part_alone_is_a_template(house: Brand, tmp_path: Path) -> None:
    """Its main part is no word/document.xml, its prefixes are others’, and there is nothing else."""
    package = "http://schemas.openxmlformats.org/package/2006/"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/main2.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}relationships">'
        f'<Relationship Id="a" Type="{office}" Target="main2.xml"/></Relationships>',
        "main2.xml": f'<x:document xmlns:x="{W[1:-1]}"><x:body xmlns:w="urn:other" xmlns:r="urn:more"><x:p>'
        "<x:r><x:t>Private</x:t></x:r></x:p></x:body></x:document>",
    }
    data = odd.packed({name: xml.encode() for name, xml in parts.items()})
    link = Paragraph((Span("a link", link="https://example.org/"),))
    rendered = render(briefing((link,)), with_template(house, data))
    assert valid(rendered, tmp_path) == []
    document = opened(rendered)
    assert document.part.partname == "/word/document.xml"
    (found,) = document.element.body.iter(qn("w:hyperlink"))
    assert document.part.rels[found.get(qn("r:id"))].target_ref == "https://example.org/"
    assert "Private" not in told(document)


# ---- lists


def level(depth: int, kind: str, words: str, left: int = 720, style: str = "") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}'
        f'<w:lvlText w:val="{words}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}"'
        ' w:hanging="360"/></w:pPr></w:lvl>'
    )


def in_list(levels: str, *names: str, behind: str = "") -> bytes:
    """A template whose list styles are all set in a list of these levels."""

    def change(made: Any) -> None:
        numbering = made.part.numbering_part.element
        numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(element('<w:num w:numId="777"><w:abstractNumId w:val="77"/></w:num>'))
        if behind:
            numbering.append(element(behind))
        for name in names:
            look(made.styles[name], "pPr", '<w:numPr><w:numId w:val="777"/></w:numPr>')

    return bytes(odd.document(change))


def depth_of(document: Any, paragraph: Any) -> tuple[str, str, str]:
    """How a paragraph is numbered: with what, in which words, how far from the margin."""
    own = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
    numbered = own if own is not None else paragraph.style.element.find(f"{W}pPr/{W}numPr")
    number, depth = (numbered.find(W + tag).get(f"{W}val") for tag in ("numId", "ilvl"))
    numbering = document.part.numbering_part.element
    (num,) = (n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == number)
    abstract = num.find(f"{W}abstractNumId").get(f"{W}val")
    (found,) = (a for a in numbering.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == abstract)
    (at,) = (each for each in found.iter(f"{W}lvl") if each.get(f"{W}ilvl") == depth)
    said_ = [at.find(W + tag).get(f"{W}val") for tag in ("numFmt", "lvlText")]
    return said_[0], said_[1], at.find(f"{W}pPr/{W}ind").get(f"{W}left")


NO_SUCH_LIST = ('<w:numPr><w:numId w:val="4711"/></w:numPr>',)
MIXED: Blocks = (
    Bullets((said("one"), said("two"))),
    Bullets((said("deeper"),), "bullet-2"),
    steps("first", "second"),
    steps("third", start=3),
)


def test_a_list_is_at_the_depth_that_the_list_says_of_the_style(house: Brand, tmp_path: Path) -> None:
    levels = level(0, "decimal", "Article %1", 100) + level(1, "decimal", "%1.%2", 900, "ListNumber")
    levels += level(2, "bullet", "■", 1400, "ListBullet")
    template = in_list(levels, "List Bullet", "List Number", behind='<w:numIdMacAtCleanup w:val="9"/>')
    data = render(briefing(MIXED), with_template(house, template))
    assert valid(data, tmp_path) == []
    document = opened(data)
    by_text = {p.text: p for p in document.paragraphs}
    assert depth_of(document, by_text["one"]) == depth_of(document, by_text["two"]) == ("bullet", "■", "1400")
    counted = [depth_of(document, by_text[text]) for text in ("first", "second", "third")]
    assert counted == [("decimal", "%1.", "900")] * 3
    assert int(depth_of(document, by_text["deeper"])[2]) > 1400


def test_numbers_that_are_none_and_bullets_that_are_numbers_become_what_they_are_for(house: Brand) -> None:
    levels = level(0, "none", "")
    document = built(house, in_list(levels, "List Number", "List Bullet"), MIXED)
    by_text = {p.text: p for p in document.paragraphs}
    assert depth_of(document, by_text["first"])[:2] == ("decimal", "%1.")
    assert depth_of(document, by_text["one"])[:2] == ("bullet", "•")


def test_words_of_a_list_stand_clear_of_their_marks_and_inside_the_text(house: Brand) -> None:
    for left, hanging in ((0, 0), (9000, 360), (720, 5000)):
        levels = level(0, "decimal", "%1.", left).replace('w:hanging="360"', f'w:hanging="{hanging}"')
        document = built(house, in_list(levels, "List Number"), MIXED)
        first = next(p for p in document.paragraphs if p.text == "first")
        at = int(depth_of(document, first)[2])
        assert 284 <= at <= house.document.width // 4, (left, hanging)


@pytest.mark.parametrize(
    "template",
    [
        lambda: without_part("numbering"),
        lambda: styled(
            dict.fromkeys(
                ("List Bullet", "List Number"), ("pPr", ('<w:numPr><w:numId w:val="4711"/></w:numPr>',))
            )
        ),
        lambda: in_part(
            "word/numbering.xml",
            lambda xml: re.sub(r"<w:abstractNum .*</w:abstractNum>", "", xml, flags=re.S),
        ),
    ],
    ids=["no part", "no such list", "lists of nothing"],
)
def test_list_styles_without_a_list_are_lent_one(
    template: Callable[[], bytes], house: Brand, tmp_path: Path
) -> None:
    data = render(briefing(MIXED), with_template(house, template()))
    assert valid(data, tmp_path) == []
    document = opened(data)
    by_text = {p.text: p for p in document.paragraphs}
    assert depth_of(document, by_text["one"])[0] == "bullet"
    assert depth_of(document, by_text["first"])[:2] == ("decimal", "%1.")


def test_a_number_stands_before_what_a_mac_leaves_behind(house: Brand) -> None:
    def change(made: Any) -> None:
        made.part.numbering_part.element.insert(0, element('<w:numIdMacAtCleanup w:val="9"/>'))

    document = built(house, odd.document(change), MIXED)
    tags = [etree.QName(e).localname for e in document.part.numbering_part.element]
    order = ["abstractNum", "num", "numIdMacAtCleanup"]
    assert tags == sorted(tags, key=order.index) and tags[-1] == "numIdMacAtCleanup"


# ---- the page


def page(made: Any) -> tuple[int, int, int, str | None]:
    size, margins = (made.sections[0]._sectPr.find(W + tag) for tag in ("pgSz", "pgMar"))
    return (
        int(size.get(f"{W}w")),
        int(size.get(f"{W}h")),
        int(margins.get(f"{W}left")),
        size.get(f"{W}orient"),
    )


@pytest.mark.parametrize(
    ("size", "left", "found"),
    [
        ('w:w="11905.6" w:h="16837.8"', "1133.86", (11906, 16838, 1134, None)),
        ('w:w="21cm" w:h="297mm"', "1in", (11906, 16838, 1440, None)),
        ('w:w="11906" w:h="16838" w:orient="landscape"', "1000", (11906, 16838, 1000, None)),
        ('w:w="16838.4" w:h="11906" w:orient="portrait"', "1000", (16838, 11906, 1000, "landscape")),
        ('w:w="wide" w:h=""', "x", (11906, 16838, 1440, None)),
        ('w:w="4000" w:h="3000"', "200", (11906, 16838, 1440, None)),
        ('w:w="11906" w:h="16838"', "9000", (11906, 16838, 1440, None)),
    ],
)
def test_a_page_has_whole_numbers_and_room_for_text(
    size: str, left: str, found: tuple[int, int, int, str | None], house: Brand
) -> None:
    def change(xml: str) -> str:
        xml = re.sub(r"<w:pgSz[^>]*/>", f"<w:pgSz {size}/>", xml)
        return re.sub(r'(<w:pgMar[^>]*w:left=")[^"]*', rf"\g<1>{left}", xml)

    assert page(built(house, in_part("word/document.xml", change))) == found


def test_a_page_that_is_replaced_is_told() -> None:
    def card(made: Any) -> None:
        made.sections[0].page_width, made.sections[0].page_height = Cm(8.5), Cm(5.5)

    assert any("8.5 × 5.5 cm is too small" in remark for remark in prepared(odd.document(card))[1])


def test_the_last_upright_page_is_the_one_that_stays(house: Brand) -> None:
    def appendix(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Our Board"
        last = made.add_section()
        last.page_width, last.page_height = last.page_height, last.page_width
        last.header.is_linked_to_previous = False
        last.header.paragraphs[0].text = "Appendix on a family"

    document = built(house, odd.document(appendix))
    assert page(document)[0] < page(document)[1]
    assert document.sections[0].header.paragraphs[0].text == "Our Board"


# ---- what stays behind


def everything(data: bytes) -> str:
    return "\n".join(content.decode("utf-8", "replace") for content in read_package(data).parts.values())


def full(made: Any) -> None:
    """A report with three sections, each with its header, an even and a first header that no page shows, and
    a photograph."""
    made.sections[0].header.paragraphs[0].text = "First secret"
    for n, words in enumerate(("Second secret", "Our Board")):
        section = made.add_section()
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = words
        section.footer.paragraphs[0].text = f"Foot {n}"
    last = made.sections[-1]
    last.even_page_header.paragraphs[0].text = "Even secret"
    last.first_page_header.paragraphs[0].text = "Cover secret"
    last.different_first_page_header_footer = False
    made.add_picture(BytesIO(odd.png(rgb=(9, 9, 9))), Cm(3))
    made.add_paragraph("A secret in the body")


def test_only_what_pages_show_comes_into_a_briefing(house: Brand) -> None:
    data = render(briefing(), with_template(house, odd.document(full)))
    assert "secret" not in everything(data)
    assert not [name for name in read_package(data).parts if "media" in name]
    assert opened(data).sections[0].header.paragraphs[0].text == "Our Board"
    assert opened(data).sections[0].footer.paragraphs[0].text == "Foot 1"


def test_what_stays_behind_is_told() -> None:
    remarks = prepared(odd.document(full))[1]
    assert any("headers and footers that no page shows" in remark for remark in remarks)
    assert any("pictures in the body" in remark for remark in remarks)


def test_a_chart_and_what_belongs_to_it_stay_behind(house: Brand) -> None:
    parts = odd.unpacked(odd.document())
    parts["word/charts/chart1.xml"] = b'<c:chartSpace xmlns:c="urn:c">secret figures</c:chartSpace>'
    parts["word/embeddings/book.xlsx"] = b"PKsecret"
    odd.relate(parts, "word/document.xml", "rId91", "chart", "charts/chart1.xml")
    odd.relate(parts, "word/charts/chart1.xml", "rId1", "package", "../embeddings/book.xlsx")
    odd.declare(
        parts, "word/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    )
    data = odd.packed(parts)
    assert "left out: charts and diagrams" in prepared(data)[1]
    assert "secret" not in everything(render(briefing(), with_template(house, data)))


# ---- words of the head and foot


def headed(*lines: str) -> Change:
    def change(made: Any) -> None:
        header = made.sections[0].header
        header.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            header.add_paragraph(line)

    return change


LEFT_OVER = (
    "XX Months 20XX",
    "XX Month 20XX",
    "[Insert report title here]",
    "[Author name]",
    "<Document title>",
    "{{ client.name }}",
    "Click or tap here to enter text.",
    "Type the document title",
    "Your company name",
    "12 March 2019",
    "March 2019",
    "3rd Sept 2021",
    "04/11/2020",
    "2020-11-04",
    "Version 1.2",
    "v3",
    "DRAFT",
    "Draft for consultation",
    "Report final.docx",
    "Page 1 of 10",
    "Document title",
    "Date:",
    "Lorem ipsum dolor",
)
WANTED = (
    "Our Board",
    "OFFICIAL",
    "[OFFICIAL-SENSITIVE]",
    "Borough Hall, Cauldwell Street, Nowhere NW1 2AB",
    "01632 960001  |  hello@example.org",
    "Nowhere Safeguarding Children Partnership, a company limited by guarantee, no. 01234567",
    "www.example.org",
    "Maying House, 5 March Lane",
)


@pytest.mark.parametrize("words", LEFT_OVER)
def test_words_left_over_in_a_header_go_and_are_told(words: str, house: Brand) -> None:
    template = odd.document(headed(f"Our Board\t{words}", words))
    remarks = prepared(template)[1]
    assert any(f"“{words}”" in remark for remark in remarks), remarks
    header = built(house, template).sections[0].header
    assert [p.text for p in header.paragraphs] == ["Our Board\t", ""]


@pytest.mark.parametrize("words", WANTED)
def test_a_letterheads_own_words_stay(words: str, house: Brand) -> None:
    header = built(house, odd.document(headed(words))).sections[0].header
    assert header.paragraphs[0].text == words


def test_what_stands_beside_left_over_words_stays(house: Brand) -> None:
    header = built(house, odd.document(headed("Our Board | March 2019 | Official"))).sections[0].header
    assert header.paragraphs[0].text == "Our Board | Official"


def field(code: str, shows: str) -> Any:
    """A paragraph with a field whose instruction is cut in two."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    cut = "".join(
        f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (f" {code[:2]}", f"{code[2:]} ")
    )
    return element(
        f"<w:p><w:r><w:t>Board</w:t></w:r><w:r><w:tab/></w:r>{mark.format('begin')}{cut}"
        f"{mark.format('separate')}<w:r><w:t>{shows}</w:t></w:r>{mark.format('end')}</w:p>"
    )


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("TITLE", "Robin"),
        ('STYLEREF "Heading 1"', "Robin"),
        ("AUTHOR", ""),
        ("FILENAME \\p", ""),
        ("DATE", ""),
    ],
)
def test_a_field_says_nothing_of_another_document(code: str, shows: str, house: Brand) -> None:
    def change(made: Any) -> None:
        made.sections[0].header._element.append(field(code, "Another secret"))
        made.sections[0].header.paragraphs[0].text = "x"

    data = render(briefing(), with_template(house, odd.document(change)))
    header = opened(data).sections[0].header._element
    assert "secret" not in everything(data)
    codes = "".join(e.text or "" for e in header.iter(f"{W}instrText")).strip()
    assert codes == ("TITLE" if shows else "")
    assert "".join(t.text or "" for t in header.iter(f"{W}t")) == f"xBoard{shows}"


def test_a_page_that_is_counted_stays_and_is_not_counted_twice(house: Brand) -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "x"
        made.sections[0].header._element.append(field("PAGE", "3"))

    section = built(house, odd.document(change)).sections[0]
    assert "PAGE" in "".join(e.text or "" for e in section.header._element.iter(f"{W}instrText"))
    assert not list(section.footer._element.iter(f"{W}fldSimple"))


def control(words: str, about: str) -> Any:
    return element(
        f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent></w:sdt>"
    )


BOUND = '<w:alias w:val="{0}"/><w:dataBinding w:xpath="/a/{0}[1]" w:storeItemID="{{0}}"/>'


@pytest.mark.parametrize(
    ("about", "shows"),
    [
        (BOUND.format("title"), "Robin"),
        (BOUND.format("author"), ""),
        (BOUND.format("Company"), "Secret"),
        ("<w:showingPlcHdr/><w:text/>", ""),
        ("<w:date/>", ""),
        ('<w:alias w:val="Board"/><w:text/>', "Secret"),
    ],
)
def test_content_controls_say_what_is_ours(about: str, shows: str, house: Brand) -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "x"
        made.sections[0].header.paragraphs[0]._p.append(control("Secret", about))

    header = built(house, odd.document(change)).sections[0].header._element
    assert "".join(t.text or "" for t in header.iter(f"{W}t")) == f"x{shows}"
    assert not list(header.iter(f"{W}sdt"))


WATERMARK = (
    '<w:r xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="PowerPlusWaterMarkObject1"'
    ' style="position:absolute;width:400pt"><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'
)


def test_a_watermark_goes_and_is_told(house: Brand) -> None:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Our Board"
        made.sections[0].header.paragraphs[0]._p.append(element(WATERMARK))

    template = odd.document(change)
    assert any("“CONFIDENTIAL”" in remark for remark in prepared(template)[1])
    assert "CONFIDENTIAL" not in everything(render(briefing(), with_template(house, template)))


def table(made: Any) -> None:
    """A logo and an address side by side."""
    header = made.sections[0].header
    held = header.add_table(1, 2, Cm(16))
    held.cell(0, 0).paragraphs[0].add_run().add_picture(BytesIO(odd.png()), Cm(2))
    held.cell(0, 1).text = "Our Board"


@pytest.mark.parametrize("where", ["header", "footer"])
def test_a_letterhead_in_a_table_is_told_once_and_stops_no_build(where: str, project: Path) -> None:
    def change(made: Any) -> None:
        part = getattr(made.sections[0], where)
        held = part.add_table(2, 2, Cm(16))
        held.cell(0, 1).text, held.cell(1, 0).text = "Our Board", "An address"

    (project / "ours.docx").write_bytes(odd.document(change))
    ran = run_here("brand", "ours.docx", "--save", "ours", cwd=project)
    assert ran.code == 0, ran.err
    assert f"worth mending in the template: No header row specified, {where.capitalize()}" in ran.out
    target = next((project / "briefings").glob("*.yaml"))
    text = re.sub(r"(?m)^brand: .*\n", "", target.read_text())
    target.write_text(text + "brand: ours\n")
    ran = run_here("build", target.stem, "--only", "docx", cwd=project)
    assert ran.code == 0, ran.err
    assert "Our Board" in everything((project / "build" / "briefings" / f"{target.stem}.docx").read_bytes())


def test_a_header_with_a_logo_in_a_table_is_not_empty(house: Brand) -> None:
    document = built(house, odd.document(table))
    assert "Robin" not in [p.text for p in document.sections[0].header.paragraphs]
    (shown,) = document.sections[0].header._element.iter(qn("wp:docPr"))
    assert shown.get("descr")


def test_brand_says_what_stands_on_every_page(tmp_path: Path) -> None:
    (tmp_path / "ours.docx").write_bytes(odd.document(headed("Our Board")))
    ran = run_here("brand", "ours.docx", cwd=tmp_path)
    assert "the header says “Our Board” on every page" in ran.out


def test_a_prepared_document_needs_no_more_preparing() -> None:
    for template in (odd.document(full), odd.document(table), odd.document(headed("Our Board\tMarch 2019"))):
        once, _ = prepared(template)
        again, remarks = prepare_document(replace(once))
        assert dict(again.parts) == dict(once.parts)
        assert [r for r in remarks if not r.startswith("worth mending")] == []
