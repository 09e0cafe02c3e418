#!/usr/bin/env python3
"""Make templates as boards really have them, and worse, to try brands with: other sizes, names, languages,
habits and faults.

    python tools/odd_templates.py FOLDER

Each is made from python-pptx's, python-docx's or the house brand's own template by code, so that a fault can
be read here. Nothing in them is anybody's; web addresses are of example.org. The same bytes each time.
"""

import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches as DocInches
from docx.shared import Pt as DocPt
from docx.shared import RGBColor
from lxml import etree
from pptx.oxml import parse_xml
from pptx.util import Inches

HERE = Path(__file__).resolve().parent.parent
HOUSE = HERE / "templates" / "brands" / "house"
Parts = dict[str, bytes]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NS = 'xmlns:a="{}" xmlns:p="{}" xmlns:r="{}"'.format(*(n[1:-1] for n in (A, P, R)))


# ---------------------------------------------------------------------------------------------- packages


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def swap(parts: Parts, name: str, old: str, new: str) -> None:
    """Replaces text in a part; it must be there."""
    text = parts[name].decode()
    assert old in text, f"{old!r} is not in {name}"
    parts[name] = text.replace(old, new).encode()


def relate(parts: Parts, source: str, number: str, kind: str, target: str, external: bool = False) -> None:
    """Adds a relationship to a part's list."""
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    mode = ' TargetMode="External"' if external else ""
    kind = kind if "://" in kind else RELATIONSHIPS + kind
    parts.setdefault(
        rels,
        b"<Relationships"
        b' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
    )
    swap(
        parts,
        rels,
        "</Relationships>",
        f'<Relationship Id="{number}" Type="{kind}" Target="{target}"{mode}/></Relationships>',
    )


def declare(parts: Parts, name: str, content_type: str) -> None:
    swap(
        parts,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>',
    )


def main_type(parts: Parts, new: str) -> Parts:
    """The package as another kind of file: template, macros."""
    kind = "presentationml.presentation" if "ppt/presentation.xml" in parts else "wordprocessingml.document"
    swap(parts, "[Content_Types].xml", f"application/vnd.openxmlformats-officedocument.{kind}.main+xml", new)
    return parts


def png(width: int = 40, height: int = 30, rgb: tuple[int, int, int] = (20, 60, 90)) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(rgb) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# ---------------------------------------------------------------------------------------------- decks


def deck(
    change: Callable[[Any], None] | None = None,
    size: tuple[float, float] = (40 / 3, 7.5),
    house: bool = False,
) -> bytes:
    """python-pptx's template (or the house's), made `size` inches large with all its boxes, then changed."""
    presentation = pptx.Presentation(str(HOUSE / "deck.pptx") if house else None)
    if not house:
        resize(presentation, size)
    if change:
        change(presentation)
    out = BytesIO()
    presentation.save(out)
    return packed(unpacked(out.getvalue()))


def resize(presentation: Any, size: tuple[float, float]) -> None:
    wide, high = size[0] / 10, size[1] / 7.5
    presentation.slide_width, presentation.slide_height = Inches(size[0]), Inches(size[1])
    root = presentation.element.find(f"{P}sldSz")
    if "type" in root.attrib and wide != 1:
        del root.attrib["type"]
    for holder in holders(presentation):
        for tag, along, down in (("off", "x", "y"), ("ext", "cx", "cy")):
            for element in holder.element.iter(A + tag):
                if element.get(along):
                    element.set(along, str(round(int(element.get(along)) * wide)))
                    element.set(down, str(round(int(element.get(down)) * high)))


def holders(presentation: Any) -> list[Any]:
    """Masters and layouts."""
    return [h for master in presentation.slide_masters for h in (master, *master.slide_layouts)]


def keep_layouts(presentation: Any, names: tuple[str, ...]) -> None:
    for layout in list(presentation.slide_layouts):
        if layout.name not in names:
            presentation.slide_layouts.remove(layout)


def drawn(shape: str, box: tuple[float, float, float, float], look: str, number: int = 90) -> Any:
    """A shape or picture for a master, in inches."""
    x, y, w, h = (round(v * 914_400) for v in box)
    place = (
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom'
        ' prst="rect"><a:avLst/></a:prstGeom>'
    )
    if shape == "pic":
        return parse_xml(
            f'<p:pic {NS}><p:nvPicPr><p:cNvPr id="{number}" name="Picture" descr=""/><p:cNvPicPr/><p:nvPr'
            ' userDrawn="1"/></p:nvPicPr>'
            f"<p:blipFill>{look}<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{place}</p:spPr></p:pic>"
        )
    return parse_xml(
        f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="{number}" name="Band"/><p:cNvSpPr/><p:nvPr'
        f' userDrawn="1"/></p:nvSpPr><p:spPr>{place}{look}</p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def picture(holder: Any, rgb: tuple[int, int, int]) -> str:
    """Puts a picture into a master or layout; the a:blip that shows it."""
    _, number = holder.part.get_or_add_image_part(BytesIO(png(rgb=rgb)))
    return f'<a:blip r:embed="{number}"/>'


def solid(rgb: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{rgb}"/></a:solidFill><a:ln><a:noFill/></a:ln>'


def put(shape: Any, box: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(v) for v in box)


GERMAN = {
    "Title Slide": "Titelfolie",
    "Title and Content": "Titel und Inhalt",
    "Section Header": "Abschnittsüberschrift",
    "Two Content": "Zwei Inhalte",
    "Comparison": "Vergleich",
    "Title Only": "Nur Titel",
    "Blank": "Leer",
    "Content with Caption": "Inhalt mit Überschrift",
    "Picture with Caption": "Bild mit Überschrift",
    "Title and Vertical Text": "Titel und vertikaler Text",
    "Vertical Title and Text": "Vertikaler Titel und Text",
}


def german(presentation: Any) -> None:
    """German names, no types, the other way round."""
    listed = presentation.slide_masters[0].element.find(f"{P}sldLayoutIdLst")
    for layout in presentation.slide_layouts:
        layout.name = GERMAN[layout.name]
        layout.element.attrib.pop("type", None)
        for shape in layout.placeholders:
            shape.name = re.sub(
                "^(Title|Content|Text|Subtitle).*",
                lambda m: (
                    {"Title": "Titel", "Content": "Inhalt", "Text": "Text", "Subtitle": "Untertitel"}[m[1]]
                    + " 7"
                ),
                shape.name,
            )
    listed[:] = listed[::-1]


def awkward(presentation: Any) -> None:
    """German names, no types, the other way round, and other numbers for the placeholders of every layout but
    the title's.
    """
    german(presentation)
    for n, layout in enumerate(presentation.slide_layouts):
        for ph in layout.element.iter(f"{P}ph"):
            if ph.get("type") not in ("title", "ctrTitle", "dt", "ftr", "sldNum"):
                ph.set("idx", str(40 + 7 * n - int(ph.get("idx") or "0")))


def dark(presentation: Any) -> None:
    """A dark ground by swapping the master's colours, and one layout that swaps them back."""
    master = presentation.slide_masters[0].element
    swapped = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}
    colours = master.find(f"{P}clrMap")
    for name, value in swapped.items():
        colours.set(name, value)
    back = dict(colours.attrib) | {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    override = next(la for la in presentation.slide_layouts if la.name == "Two Content").element.find(
        f"{P}clrMapOvr"
    )
    for child in list(override):
        override.remove(child)
    etree.SubElement(override, f"{A}overrideClrMapping", back)


def picture_ground(presentation: Any) -> None:
    """A photograph behind everything, with white words on it; the last words of the theme are black."""
    master = presentation.slide_masters[0]
    ground = master.element.find(f"{P}cSld/{P}bg")
    if ground is not None:
        ground.getparent().remove(ground)
    fill = (
        "<p:bg"
        f" {NS}><p:bgPr><a:blipFill>{picture(master, (20, 30, 60))}<a:stretch><a:fillRect/></a:stretch>"
        "</a:blipFill><a:effectLst/></p:bgPr></p:bg>"
    )
    master.element.find(f"{P}cSld").insert(0, etree.fromstring(fill))
    for style in ("titleStyle", "bodyStyle"):
        for colour in master.element.find(f"{P}txStyles/{P}{style}").iter(f"{A}schemeClr"):
            colour.set("val", "bg1")


def huge_title(presentation: Any) -> None:
    for run in presentation.slide_masters[0].element.find(f"{P}txStyles/{P}titleStyle").iter(f"{A}defRPr"):
        run.set("sz", "6000")


def tiny(presentation: Any) -> None:
    """Placeholders as small as a stamp, on top of each other or beside the slide."""
    for holder in holders(presentation):
        for n, shape in enumerate(holder.placeholders):
            put(shape, (13.5, 1, 4, 2) if n == 1 else (0.2 + 0.1 * n, 0.2, 1.1, 0.3))


def bottom_title(presentation: Any) -> None:
    for holder in holders(presentation):
        for shape in holder.placeholders:
            kind = shape.element.ph.get("type") or "obj"
            if kind in ("title", "ctrTitle"):
                put(shape, (0.7, 5.6, 11.9, 1.1))
            elif kind in ("obj", "body", "subTitle") and shape.width > Inches(3):
                shape.top, shape.height = Inches(0.5), min(shape.height, Inches(4.8))


def picture_band(presentation: Any) -> None:
    """A photograph down the right side of every slide, a logo at the top left, and a rule under the title,
    all on the master.
    """
    master = presentation.slide_masters[0]
    tree = master.element.find(f"{P}cSld/{P}spTree")
    for at, shape in enumerate(
        (
            drawn("pic", (9.9, 0, 3.44, 7.5), picture(master, (90, 120, 60)), 90),
            drawn("pic", (0.3, 0.2, 1.6, 0.5), picture(master, (160, 30, 60)), 91),
            drawn("sp", (0.5, 1.7, 9.2, 0.04), solid("A01E3C"), 92),
        )
    ):
        tree.insert(2 + at, shape)
    for holder in holders(presentation):
        for shape in holder.placeholders:
            if shape.element.spPr.find(f"{A}xfrm") is not None:
                if shape.left > Inches(9):
                    shape.left = Inches(6.5)
                shape.width = min(shape.width, Inches(9.7) - shape.left)


def side_title(presentation: Any) -> None:
    """A dark panel at the left with the title in it, white, and the words at the right."""
    master = presentation.slide_masters[0]
    master.element.find(f"{P}cSld/{P}spTree").insert(2, drawn("sp", (0, 0, 4.4, 7.5), solid("2B2140")))
    for style in master.element.find(f"{P}txStyles/{P}titleStyle").iter(f"{A}schemeClr"):
        style.set("val", "bg1")
    for holder in holders(presentation):
        for shape in holder.placeholders:
            kind = shape.element.ph.get("type") or "obj"
            if kind in ("title", "ctrTitle"):
                put(shape, (0.3, 0.6, 3.9, 5.8))
            elif kind in ("obj", "body", "subTitle"):
                put(shape, (4.8, 0.8, 8.0, 5.4))


def spread(presentation: Any) -> None:
    """Titles in spread-out capitals on lines that never break, justified text in two columns, and a title
    that stands on its side.
    """
    master = presentation.slide_masters[0].element
    for run in master.find(f"{P}txStyles/{P}titleStyle").iter(f"{A}defRPr"):
        run.set("cap", "all")
        run.set("spc", "600")
    for level in master.find(f"{P}txStyles/{P}bodyStyle"):
        level.set("algn", "just")
    for holder in holders(presentation):
        for shape in holder.placeholders:
            kind, body = shape.element.ph.get("type") or "obj", shape.element.find(f"{P}txBody/{A}bodyPr")
            if kind in ("title", "ctrTitle"):
                body.set("wrap", "none")
            elif kind in ("obj", "body"):
                body.set("numCol", "2")
    section = next(la for la in presentation.slide_layouts if la.name == "Section Header")
    section.placeholders[0].element.spPr.get_or_add_xfrm().set("rot", "16200000")


def gradient(presentation: Any) -> None:
    """A ground that goes from dark to pale, with a pale rounded panel for the text and a dark ellipse behind
    the footer.
    """
    master = presentation.slide_masters[0].element
    ground = master.find(f"{P}cSld/{P}bg")
    if ground is not None:
        ground.getparent().remove(ground)
    stops = "".join(
        f'<a:gs pos="{at}"><a:srgbClr val="{rgb}"/></a:gs>'
        for at, rgb in ((0, "10243A"), (100_000, "9FB4CC"))
    )
    fill = (
        f"<p:bg {NS}><p:bgPr><a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin"
        ' ang="5400000"/></a:gradFill><a:effectLst/></p:bgPr></p:bg>'
    )
    master.find(f"{P}cSld").insert(0, etree.fromstring(fill))
    tree = master.find(f"{P}cSld/{P}spTree")
    panel, foot = (
        drawn("sp", (0.4, 1.5, 12.5, 5.2), solid("F4F6F9"), 90),
        drawn("sp", (8.6, 6.7, 4.6, 0.8), solid("10243A"), 91),
    )
    panel.find(f".//{A}prstGeom").set("prst", "roundRect")
    foot.find(f".//{A}prstGeom").set("prst", "ellipse")
    for at, shape in enumerate((panel, foot)):
        tree.insert(2 + at, shape)


def small_footers(presentation: Any) -> None:
    """Footers of 7 points in pale grey, in a box too narrow for a board's name."""
    for holder in holders(presentation):
        for shape in holder.placeholders:
            if shape.element.ph.get("type") == "ftr":
                put(shape, (5.5, 6.95, 1.6, 0.3))
                for run in shape.element.iter(f"{A}defRPr"):
                    run.set("sz", "700")


def with_slides(presentation: Any) -> None:
    """Five slides of somebody's talk: pictures, notes, a table, a link, a jump from slide to slide."""
    for n in range(5):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Old talk {n + 1}"
        slide.placeholders[1].text = "Words that nobody wants in another deck"
        slide.shapes.add_picture(
            BytesIO(png(rgb=(30 * n, 80, 120))), Inches(1), Inches(3), Inches(2), Inches(1.5)
        )
        slide.notes_slide.notes_text_frame.text = f"Private notes {n + 1}"
    slides = list(presentation.slides)
    slides[0].shapes[0].click_action.target_slide = slides[4]
    slides[1].shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1))
    ids = [s.get("id") for s in presentation.slides._sldIdLst]
    listed = "".join(f'<p14:sldId id="{i}"/>' for i in ids)
    root = presentation.element
    shows = etree.fromstring(
        f'<p:custShowLst {NS}><p:custShow name="Short" id="0"><p:sldLst><p:sld'
        f' r:id="{presentation.slides._sldIdLst[0].rId}"/></p:sldLst></p:custShow></p:custShowLst>'
    )
    root.find(f"{P}notesSz").addnext(shows)
    extension = (
        f'<p:extLst {NS}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst'
        ' xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        '<p14:section name="Old"'
        f' id="{{0F0A0000-0000-4000-8000-000000000001}}"><p14:sldIdLst>{listed}</p14:sldIdLst>'
        "</p14:section></p14:sectionLst></p:ext></p:extLst>"
    )
    old = root.find(f"{P}extLst")
    if old is not None:
        root.remove(old)
    root.append(etree.fromstring(extension))


def left_over() -> bytes:
    """Somebody's talk with all that Office adds: comments, printer settings, custom XML, a linked picture, a
    sensitivity label.
    """
    parts = unpacked(deck(with_slides))
    parts["ppt/comments/comment1.xml"] = (
        f'<p:cmLst {NS}><p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>Private'
        " remark</p:text></p:cm></p:cmLst>".encode()
    )
    declare(
        parts,
        "ppt/comments/comment1.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
    )
    relate(parts, "ppt/slides/slide1.xml", "rId90", "comments", "../comments/comment1.xml")
    parts["ppt/commentAuthors.xml"] = (
        f'<p:cmAuthorLst {NS}><p:cmAuthor id="0" name="Somebody" initials="S" lastIdx="1"'
        ' clrIdx="0"/></p:cmAuthorLst>'.encode()
    )
    declare(
        parts,
        "ppt/commentAuthors.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml",
    )
    relate(parts, "ppt/presentation.xml", "rId90", "commentAuthors", "commentAuthors.xml")
    parts["customXml/item1.xml"] = b"<documents>private</documents>"
    relate(parts, "ppt/presentation.xml", "rId91", "customXml", "../customXml/item1.xml")
    layout = next(
        n
        for n in sorted(parts)
        if n.startswith("ppt/slideLayouts/slideLayout") and b'name="Title and Content"' in parts[n]
    )
    relate(parts, layout, "rId92", "image", "file:///C:/private/logo.png", external=True)
    linked = drawn("pic", (11, 0.2, 2, 0.6), '<a:blip r:link="rId92"/>')
    swap(parts, layout, "</p:spTree>", etree.tostring(linked).decode() + "</p:spTree>")
    parts["docProps/custom.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        b' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property'
        b' fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2"'
        b' name="Case"><vt:lpwstr>private</vt:lpwstr></property></Properties>'
    )
    declare(
        parts, "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    )
    relate(parts, "", "rId90", "custom-properties", "docProps/custom.xml")
    parts["docMetadata/LabelInfo.xml"] = (
        b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>'
    )
    declare(parts, "docMetadata/LabelInfo.xml", "application/vnd.ms-office.classificationlabels+xml")
    relate(
        parts,
        "",
        "rId91",
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
        "docMetadata/LabelInfo.xml",
    )
    return packed(parts)


STRICT = [
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    ),
    *(
        (f"http://schemas.openxmlformats.org/{area}/2006/{what}", f"http://purl.oclc.org/ooxml/{area}/{what}")
        for area, what in (
            ("presentationml", "main"),
            ("wordprocessingml", "main"),
            ("drawingml", "main"),
            ("drawingml", "wordprocessingDrawing"),
            ("drawingml", "picture"),
            ("officeDocument", "relationships"),
            ("officeDocument", "math"),
            ("officeDocument", "docPropsVTypes"),
        )
    ),
]


def strict(data: bytes) -> bytes:
    """The file as Office saves it as Strict Open XML: other namespaces, percentages with a sign, lengths with
    a unit.
    """
    parts = unpacked(data)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            text = content.decode()
            for old, new in STRICT:
                text = text.replace(old, new)
            text = re.sub(
                r'(<a:(?:spcPct|lumMod|tint|shade|satMod|alpha) val=")(\d+)000"', r'\g<1>\2%"', text
            )
            text = re.sub(r"<p:presentation ", '<p:presentation conformance="strict" ', text)
            text = re.sub(r"<w:document ", '<w:document w:conformance="strict" ', text)
            text = re.sub(r'(<w:pgSz [^>]*?w:w=")(\d+)"', lambda m: f'{m[1]}{int(m[2]) / 20:g}pt"', text)
            parts[name] = text.encode()
    return packed(parts)


def two_masters() -> bytes:
    """The house deck with a second master that has the same layouts under the same names."""
    parts = unpacked((HOUSE / "deck.pptx").read_bytes())
    second: Parts = {}
    ids = iter(range(2_147_484_000, 2_147_485_000))
    for name, content in parts.items():
        if match := re.fullmatch(r"ppt/slideLayouts/(_rels/)?slideLayout(\d+)\.xml(\.rels)?", name):
            new = f"ppt/slideLayouts/{match[1] or ''}slideLayout{int(match[2]) + 50}.xml{match[3] or ''}"
            second[new] = content.replace(b"slideMaster1.xml", b"slideMaster2.xml")
        elif re.fullmatch(r"ppt/slideMasters/(_rels/)?slideMaster1\.xml(\.rels)?", name):
            text = re.sub(
                r"slideLayout(\d+)\.xml", lambda m: f"slideLayout{int(m[1]) + 50}.xml", content.decode()
            ).replace("theme1.xml", "theme9.xml")
            text = re.sub(r'(<p:sldLayoutId id=")\d+', lambda m: f"{m[1]}{next(ids)}", text)
            second[name.replace("slideMaster1", "slideMaster2")] = text.encode()
    second["ppt/theme/theme9.xml"] = parts["ppt/theme/theme1.xml"].replace(b"12454F", b"5A1846")
    for name in second:
        kind = next(
            (k for k in ("slideLayout", "slideMaster", "theme") if re.search(rf"/{k}\d+\.xml$", name)), ""
        )
        if kind:
            declare(
                parts,
                name,
                "application/vnd.openxmlformats-officedocument."
                f"{'presentationml.' if kind != 'theme' else ''}{kind}+xml",
            )
    relate(parts, "ppt/presentation.xml", "rId90", "slideMaster", "slideMasters/slideMaster2.xml")
    swap(
        parts,
        "ppt/presentation.xml",
        "</p:sldMasterIdLst>",
        f'<p:sldMasterId id="{next(ids)}" r:id="rId90"/></p:sldMasterIdLst>',
    )
    return packed(parts | second)


def without_notes() -> bytes:
    parts = unpacked((HOUSE / "deck.pptx").read_bytes())
    for name in (
        "ppt/notesMasters/notesMaster1.xml",
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        "ppt/theme/theme2.xml",
    ):
        del parts[name]
    for name, pattern in (
        ("ppt/presentation.xml", r"<p:notesMasterIdLst>.*?</p:notesMasterIdLst>"),
        ("ppt/_rels/presentation.xml.rels", r'<Relationship [^>]*notesMaster1\.xml"/>'),
        (
            "[Content_Types].xml",
            r'<Override PartName="/ppt/(?:notesMasters/notesMaster1|theme/theme2)\.xml"[^>]*/>',
        ),
    ):
        parts[name] = re.sub(pattern, "", parts[name].decode()).encode()
    return packed(parts)


def notes_without_body() -> bytes:
    parts = unpacked((HOUSE / "deck.pptx").read_bytes())
    root = etree.fromstring(parts["ppt/notesMasters/notesMaster1.xml"])
    for shape in list(root.iter(f"{P}sp")):
        if any(ph.get("type") == "body" for ph in shape.iter(f"{P}ph")):
            shape.getparent().remove(shape)
    parts["ppt/notesMasters/notesMaster1.xml"] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return packed(parts)


def vertical_only(presentation: Any) -> None:
    keep_layouts(presentation, ("Title and Vertical Text", "Vertical Title and Text", "Picture with Caption"))


def macros(data: bytes, content_type: str) -> bytes:
    """The file with a macro project (a dummy), a button that runs it, and a ribbon."""
    parts = main_type(unpacked(data), content_type)
    main = "ppt/presentation.xml" if "ppt/presentation.xml" in parts else "word/document.xml"
    folder = main.split("/")[0]
    parts[f"{folder}/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a real project"
    declare(parts, f"{folder}/vbaProject.bin", "application/vnd.ms-office.vbaProject")
    relate(
        parts,
        main,
        "rId95",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
    )
    parts["customUI/customUI.xml"] = (
        b'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>'
    )
    relate(
        parts,
        "",
        "rId96",
        "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
        "customUI/customUI.xml",
    )
    if folder == "ppt":
        layout = "ppt/slideLayouts/slideLayout1.xml"
        swap(
            parts,
            layout,
            "</p:spTree>",
            etree.tostring(drawn("sp", (12, 7, 1, 0.4), solid("DDDDDD")))
            .decode()
            .replace(
                'name="Band"/>',
                'name="Run"><a:hlinkClick r:id="" action="ppaction://macro?name=Run"/></p:cNvPr>',
            )
            + "</p:spTree>",
        )
    return packed(parts)


def potx() -> bytes:
    return packed(
        main_type(
            unpacked(deck()), "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
        )
    )


# ---------------------------------------------------------------------------------------------- documents


def document(change: Callable[[Any], None] | None = None) -> bytes:
    made = docx.Document()
    if change:
        change(made)
    out = BytesIO()
    made.save(out)
    return packed(unpacked(out.getvalue()))


GERMAN_STYLES = {
    "Title": "Titel",
    "Subtitle": "Untertitel",
    "heading 1": "Überschrift 1",
    "heading 2": "Überschrift 2",
    "heading 3": "Überschrift 3",
    "Normal": "Standard",
    "List Bullet": "Aufzählungszeichen",
    "List Bullet 2": "Aufzählungszeichen 2",
    "List Number": "Listennummer",
    "Quote": "Zitat",
    "header": "Kopfzeile",
    "footer": "Fußzeile",
    "Table Grid": "Tabellenraster",
    "Strong": "Fett",
    "Emphasis": "Hervorhebung",
}


def german_styles() -> bytes:
    """Style names and ids in German, as LibreOffice and some converters write them."""
    parts = unpacked(document())
    root = etree.fromstring(parts["word/styles.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    ids = {}
    for style in root.iter(f"{w}style"):
        name = style.find(f"{w}name")
        if name.get(f"{w}val") in GERMAN_STYLES:
            name.set(f"{w}val", GERMAN_STYLES[name.get(f"{w}val")])
            ids[style.get(f"{w}styleId")] = re.sub(r"\W", "", name.get(f"{w}val"))
            style.set(f"{w}styleId", ids[style.get(f"{w}styleId")])
    for element in root.iter(f"{w}basedOn", f"{w}next", f"{w}link"):
        element.set(f"{w}val", ids.get(element.get(f"{w}val"), element.get(f"{w}val")))
    parts["word/styles.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    numbering = parts["word/numbering.xml"].decode()
    for old, new in ids.items():
        numbering = numbering.replace(f'<w:pStyle w:val="{old}"/>', f'<w:pStyle w:val="{new}"/>')
    parts["word/numbering.xml"] = numbering.encode()
    return packed(parts)


def few_styles(made: Any) -> None:
    """Only body text and headings, as in 26 of 28 real templates without List Bullet; and no numbering."""
    for style in list(made.styles):
        if style.name not in (
            "Normal",
            "Heading 1",
            "Heading 2",
            "Default Paragraph Font",
            "Normal Table",
            "No List",
        ):
            style.delete()


def without_numbering() -> bytes:
    parts = unpacked(document(few_styles))
    del parts["word/numbering.xml"]
    parts["word/_rels/document.xml.rels"] = re.sub(
        r"<Relationship [^>]*numbering\.xml\"[^>]*/>", "", parts["word/_rels/document.xml.rels"].decode()
    ).encode()
    parts["[Content_Types].xml"] = re.sub(
        r'<Override PartName="/word/numbering\.xml"[^>]*/>', "", parts["[Content_Types].xml"].decode()
    ).encode()
    return packed(parts)


def letterhead(made: Any) -> None:
    """A cover page with a header of its own and a logo, then a section that inherits it; somebody's letter in
    the body.
    """
    section = made.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run().add_picture(
        BytesIO(png(rgb=(160, 30, 60))), DocInches(1.5)
    )
    section.header.paragraphs[0].text = "Our Board"
    section.footer.paragraphs[0].text = "Official"
    made.add_paragraph("Dear Somebody, this is a private letter.")
    made.add_picture(BytesIO(png(rgb=(1, 2, 3))), DocInches(1))
    second = made.add_section()
    second.left_margin = DocInches(1.5)
    made.add_heading("Private heading", 1)


def newsletter(made: Any) -> None:
    """Two narrow columns of justified text in 9 points, headings in pale capitals, line numbers at the side,
    on a page turned on its side.
    """
    section = made.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    columns = section._sectPr.find(f"{W}cols")
    columns.set(f"{W}num", "2")
    columns.addprevious(etree.SubElement(section._sectPr, f"{W}lnNumType", {f"{W}countBy": "5"}))
    made.styles["Normal"].font.size = DocPt(9)
    made.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for n in (1, 2):
        made.styles[f"Heading {n}"].font.all_caps = True
        made.styles[f"Heading {n}"].font.color.rgb = RGBColor(0xC8, 0xD2, 0xE0)


def remote() -> bytes:
    """A .dotx attached to a template on somebody's server, with document variables and a linked picture in
    its header.
    """
    parts = unpacked(
        document(lambda made: setattr(made.sections[0].header.paragraphs[0], "text", "Our Board"))
    )
    swap(
        parts,
        "word/settings.xml",
        "</w:settings>",
        '<w:docVars><w:docVar w:name="Case" w:val="private"/></w:docVars></w:settings>',
    )
    parts["word/settings.xml"] = re.sub(
        r"(<w:settings[^>]*>)",
        r'\1<w:attachedTemplate xmlns:r="' + R[1:-1] + r'" r:id="rId1"/>',
        parts["word/settings.xml"].decode(),
    ).encode()
    relate(
        parts,
        "word/settings.xml",
        "rId1",
        "attachedTemplate",
        "https://templates.example.org/board.dotm",
        external=True,
    )
    header = next(n for n in sorted(parts) if re.fullmatch(r"word/header\d+\.xml", n))
    relate(parts, header, "rId9", "image", "https://pictures.example.org/seen.png", external=True)
    vml = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata xmlns:r="'
        + R[1:-1]
        + '" r:id="rId9"/></v:shape></w:pict></w:r>'
    )
    parts[header] = re.sub("</w:p>", vml + "</w:p>", parts[header].decode(), count=1).encode()
    return packed(
        main_type(parts, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")
    )


# ---------------------------------------------------------------------------------------------- all of them


POTM = "application/vnd.ms-powerpoint.template.macroEnabled.main+xml"
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATES: dict[str, Callable[[], bytes]] = {
    "default-4x3.pptx": lambda: deck(size=(10, 7.5)),
    "wide.pptx": deck,
    "a4-slide.pptx": lambda: deck(size=(10.833, 7.5)),
    "letter-portrait.pptx": lambda: deck(size=(7.5, 10)),
    "german.pptx": lambda: deck(german),
    "awkward.pptx": lambda: deck(awkward, size=(10, 7.5)),
    "title-only-and-blank.pptx": lambda: deck(lambda p: keep_layouts(p, ("Title Only", "Blank"))),
    "only-blank.pptx": lambda: deck(lambda p: keep_layouts(p, ("Blank",))),
    "vertical-only.pptx": lambda: deck(vertical_only),
    "two-masters.pptx": two_masters,
    "no-notes.pptx": without_notes,
    "notes-without-body.pptx": notes_without_body,
    "left-over.pptx": left_over,
    "strict.pptx": lambda: strict(deck()),
    "template.potx": potx,
    "macros.potm": lambda: macros(deck(), POTM),
    "dark.pptx": lambda: deck(dark),
    "picture-ground.pptx": lambda: deck(picture_ground),
    "huge-title.pptx": lambda: deck(huge_title),
    "tiny.pptx": lambda: deck(tiny),
    "bottom-title.pptx": lambda: deck(bottom_title),
    "side-title.pptx": lambda: deck(side_title),
    "picture-band.pptx": lambda: deck(picture_band),
    "small-footers.pptx": lambda: deck(small_footers),
    "spread.pptx": lambda: deck(spread),
    "gradient.pptx": lambda: deck(gradient),
    "remote.dotx": remote,
    "german.docx": german_styles,
    "few-styles.docx": without_numbering,
    "newsletter.docx": lambda: document(newsletter),
    "letterhead.docx": lambda: document(letterhead),
    "strict.docx": lambda: strict(document(letterhead)),
    "macros.docm": lambda: macros(document(), DOCM),
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        (folder / name).write_bytes(make())
        print(folder / name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: odd_templates.py FOLDER")
    main(Path(sys.argv[1]))
