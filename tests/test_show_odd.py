"""Office files as other programs and people leave them, as plain text: no word of them is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hostile import Parts, field, letter, run, simple
from tests.odd import odd
from toolkit.office.accessible import check_accessible
from toolkit.office.show import show

BODY = "word/document.xml"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
SMART = (
    f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<dgm:ptLst><dgm:pt modelId="0" type="doc"><dgm:t><a:p><a:r><a:t>not shown</a:t></a:r></a:p></dgm:t>'
    "</dgm:pt>"
    '<dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>Ask </a:t></a:r><a:r><a:t>the child</a:t></a:r></a:p></dgm:t>'
    '</dgm:pt><dgm:pt modelId="2" type="node"><dgm:t><a:p><a:r><a:t>Write it down</a:t></a:r></a:p></dgm:t>'
    "</dgm:pt></dgm:ptLst></dgm:dataModel>"
)


def said(parts: Parts, folder: Path, name: str = "a.docx") -> list[str]:
    (folder / name).write_bytes(odd.packed(parts))
    return [line.strip() for line in show(folder / name).splitlines()]


def with_body(words: str) -> Parts:
    parts = letter()
    parts[BODY] = re.sub(rb"(<w:body>)", rb"\1" + words.encode(), parts[BODY], count=1)
    return parts


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            field(' HYPERLINK "https://a.example.org/" ', result="the report"),
            "[the report](https://a.example.org/)",
        ),
        (field(' HYPERLINK "a.docx" \\\\l "here"', result="part two"), "[part two](a.docx#here)"),
        (
            simple(" HYPERLINK &quot;https://a.example.org/&quot;", "the report"),
            "[the report](https://a.example.org/)",
        ),
        (field(" PAGE ", result="7"), "{PAGE}"),
        (simple(" NUMPAGES ", "7"), "{NUMPAGES}"),
        (field(" REF _a ", result="as above"), "{REF _a: as above}"),
        (simple(" DOCPROPERTY Company ", "Our board"), "{DOCPROPERTY Company: Our board}"),
        (field(" FILE", "NAME ", result="a.docx"), "{FILENAME: a.docx}"),
        (
            field(" TOC ", result="One ").replace(
                "</w:t></w:r>", "</w:t></w:r>" + field(" PAGEREF a ", result="3")
            ),
            "{TOC: One {PAGEREF a}}",
        ),
        (
            '<w:r><w:t>We </w:t></w:r><w:del w:id="1"><w:r><w:delText>may</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="a"><w:r><w:t>must</w:t></w:r></w:ins><w:r><w:t> ask</w:t></w:r>',
            "We [-may-]{+must+} ask",
        ),
        (
            '<w:moveFrom w:id="1" w:author="a"><w:r><w:t>here</w:t></w:r></w:moveFrom><w:moveTo w:id="2"'
            ' w:author="a"><w:r><w:t>there</w:t></w:r></w:moveTo>',
            "[-here-]{+there+}",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>typed here</w:t></w:r></w:sdtContent></w:sdt>", "typed here"),
    ],
)
def test_fields_changes_and_controls_keep_their_words(words: str, shown: str, tmp_path: Path) -> None:
    assert f"[Normal] {shown}" in said(with_body(f"<w:p>{words}</w:p>"), tmp_path)


def test_a_field_over_several_paragraphs_keeps_all_its_words(tmp_path: Path) -> None:
    begin, _, rest = field(" INCLUDETEXT a ", result="first").partition('<w:fldChar w:fldCharType="end"/>')
    lines = said(with_body(f"<w:p>{begin}</w:r></w:p><w:p>{run('<w:t>second</w:t>')}</w:p>"), tmp_path)
    assert rest == "</w:r>"
    at = lines.index("[Normal] {INCLUDETEXT a: first}")
    assert lines[at + 1] == "[Normal] second"


def test_rows_and_cells_in_controls_are_rows_and_cells(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    table = (
        f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cell('a')}{control(cell('b'))}</w:tr>"
    )
    table += control(f"<w:tr>{cell('c')}{cell('d')}</w:tr>") + "</w:tbl>"
    lines = said(with_body(control(table)), tmp_path)
    assert "| a | b |" in lines and "| c | d |" in lines
    assert any("2 rows, 2 columns" in line for line in lines)


def test_a_table_in_a_text_box_is_read_once(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    assert said(with_body(box), tmp_path).count("| in a box |") == 1


def test_the_words_of_a_diagram_are_read_in_documents_and_decks(tmp_path: Path) -> None:
    graphic = (
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
        f' uri="{DIAGRAM}"><dgm:relIds xmlns:dgm="{DIAGRAM}" xmlns:r="{odd.R[1:-1]}" r:dm="rIdSmart"/>'
        "</a:graphicData></a:graphic>"
    )
    drawing = f'<w:drawing><wp:inline><wp:docPr id="9" name="SmartArt"/>{graphic}</wp:inline></w:drawing>'
    parts = with_body(f"<w:p><w:r>{drawing}</w:r></w:p>")
    parts["word/diagrams/data1.xml"] = SMART.encode()
    odd.relate(parts, BODY, "rIdSmart", "diagramData", "diagrams/data1.xml")
    lines = said(parts, tmp_path)
    assert lines[lines.index("• Ask the child") + 1] == "• Write it down"
    assert not any("not shown" in line for line in lines)

    parts = odd.unpacked(odd.deck(odd.with_slides))
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="99" name="Cycle"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm>'
        f"{graphic}</p:graphicFrame>"
    )
    odd.swap(parts, "ppt/slides/slide1.xml", "</p:spTree>", f"{frame}</p:spTree>")
    parts["ppt/diagrams/data1.xml"] = SMART.encode()
    odd.relate(parts, "ppt/slides/slide1.xml", "rIdSmart", "diagramData", "../diagrams/data1.xml")
    lines = said(parts, tmp_path, "a.pptx")
    assert lines[lines.index("• Ask the child") + 1] == "• Write it down"


def test_a_link_that_is_a_field_is_judged_as_a_link(tmp_path: Path) -> None:
    words = field(' HYPERLINK "https://a.example.org/" ', result="click here")
    parts = with_body(f"<w:p>{words}</w:p>")
    (tmp_path / "a.docx").write_bytes(odd.packed(parts))
    found = [f for f in check_accessible(tmp_path / "a.docx") if f.rule == "Link text"]
    assert [f.message for f in found] == ["the link “click here” does not say where it goes"]


@pytest.mark.parametrize("name", ["word/document2.xml", "other/main.xml", "document.xml"])
def test_the_main_part_may_have_any_name(name: str, tmp_path: Path) -> None:
    """Word for the web calls it document2.xml."""
    usual = said(with_body("<w:p><w:r><w:t>our words</w:t></w:r></w:p>"), tmp_path)
    parts = with_body("<w:p><w:r><w:t>our words</w:t></w:r></w:p>")
    folder, _, own = name.rpartition("/")
    parts[name] = parts.pop(BODY)
    rels = parts.pop("word/_rels/document.xml.rels")
    rels = re.sub(rb'Target="(?!\.\.)([^"]+)"', rb'Target="/word/\1"', rels).replace(b'"../', b'"/')
    parts[f"{folder}/_rels/{own}.rels".lstrip("/")] = rels
    odd.swap(parts, "_rels/.rels", '"word/document.xml"', f'"{name}"')
    odd.swap(parts, "[Content_Types].xml", '"/word/document.xml"', f'"/{name}"')
    assert said(parts, tmp_path) == usual
    assert check_accessible(tmp_path / "a.docx") != []


def test_a_main_part_of_the_right_kind_goes_before_one_that_only_sounds_like_it(tmp_path: Path) -> None:
    parts = with_body("<w:p><w:r><w:t>our words</w:t></w:r></w:p>")
    parts["evil.xml"] = b"<a/>"
    first = b'<Relationship Id="a" Type="https://evil.example.org/officeDocument" Target="evil.xml"/>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"<Relationship ", first + b"<Relationship ", 1)
    assert "[Normal] our words" in said(parts, tmp_path)
