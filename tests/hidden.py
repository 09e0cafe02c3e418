"""Files with invented words planted in every place in which words can hide."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pptx
from docx.oxml import parse_xml
from PIL import Image, PngImagePlugin
from pptx.util import Inches
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from toolkit.office.opc import TYPES, read_package, zipped

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Word = Callable[[str], str]  # gives the words to plant in the place that it is told


def png(words: str) -> bytes:
    """A picture with a text in it that nobody sees."""
    about = PngImagePlugin.PngInfo()
    about.add_itxt("Description", words, zip=True)
    file = BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, "PNG", pnginfo=about)
    return file.getvalue()


def jpeg(exif_words: str, comment: str, xmp: str, position: bool = True) -> bytes:
    """A picture with EXIF, a comment, XMP, and the place where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = exif_words
    if position:
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 8.0, 8.16), 3: "W", 4: (0.0, 28.0, 0.12)})
    file = BytesIO()
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a b="{xmp}"/></x:xmpmeta>'.encode()
    Image.new("RGB", (8, 8), "white").save(file, "JPEG", exif=exif, comment=comment.encode(), xmp=packet)
    return file.getvalue()


def workbook(words: str, comment: str) -> bytes:
    """A workbook with words in a cell and in a remark on it."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped(
        {
            TYPES: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/></Types>'.encode(),
            "_rels/.rels": _rels(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{space}"><sheets/></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": _rels(
                ("sharedStrings", "sharedStrings.xml"), ("comments", "c.xml")
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{space}"><si><t>{words}</t></si></sst>'.encode(),
            "xl/c.xml": f'<comments xmlns="{space}"><text><t>{comment}</t></text></comments>'.encode(),
        }
    )


def _rels(*every: tuple[str, str]) -> bytes:
    made = "".join(
        f'<Relationship Id="p{n}" Type="{_TYPE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(every)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{made}</Relationships>'.encode()


def _with_parts(data: bytes, main: str, parts: dict[str, tuple[str, bytes]]) -> bytes:
    """A file with more parts, each with the kind of relationship that leads from the main part to it."""
    package = dict(read_package(data).parts)
    folder = main.rpartition("/")[0]
    rels = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
    more = ""
    for number, (name, (kind, body)) in enumerate(parts.items()):
        package[f"{folder}/{name}"] = body
        more += f'<Relationship Id="q{number}" Type="{_TYPE}/{kind}" Target="{name}"/>'
    package[rels] = package[rels].replace(b"</Relationships>", f"{more}</Relationships>".encode())
    return zipped(package)


def deck(word: Word) -> bytes:
    """A deck with words in each of its places."""
    made = pptx.Presentation()
    made.core_properties.author = word("properties")
    made.core_properties.comments = word("properties, remarks")
    one, two = (made.slides.add_slide(made.slide_layouts[5]) for _ in range(2))
    one.shapes.title.text = word("slide 1")
    first, second = word("slide 1, in two runs").split(" ", 1)
    box = one.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    paragraph = box.text_frame.paragraphs[0]
    paragraph.add_run().text = f"{first} "
    paragraph.add_run().text = second
    paragraph.runs[
        0
    ].hyperlink.address = f"https://example.org/{word('address of a link').replace(' ', '%20')}"
    one.notes_slide.notes_text_frame.text = word("notes of slide 1")
    picture = one.shapes.add_picture(
        BytesIO(jpeg(word("EXIF"), word("comment in the picture"), word("XMP"))), Inches(1), Inches(3)
    )
    picture._element.nvPicPr.cNvPr.set("descr", word("alternative text"))
    picture._element.nvPicPr.cNvPr.set("title", word("title of a shape"))
    picture.name = word("name of a shape")
    one.shapes.add_picture(BytesIO(png(word("text of a PNG"))), Inches(4), Inches(3))
    table = one.shapes.add_table(1, 1, Inches(1), Inches(5), Inches(2), Inches(1)).table
    table.cell(0, 0).text = word("table")
    two._element.set("show", "0")
    two.shapes.title.text = word("hidden slide 2")
    made.slide_layouts[0].placeholders[0].text = word("layout")
    file = BytesIO()
    made.save(file)
    section = f'<p14:section name="{word("name of a section")}"/>'
    sections = f'<p14:sectionLst xmlns:p14="urn:p14">{section}</p14:sectionLst>'
    data = _with_parts(
        file.getvalue(),
        "ppt/presentation.xml",
        {
            "comment1.xml": ("comments", f'<a><cm text="x">{word("comments")}</cm></a>'.encode()),
            "people.xml": (
                "commentAuthors",
                f'<l><cmAuthor name="{word("authors of comments")}"/></l>'.encode(),
            ),
            "item1.xml": ("customXml", f"<story><who>{word('custom XML')}</who></story>".encode()),
            "table.xlsx": ("package", workbook(word("workbook"), word("remark in the workbook"))),
            "old.bin": (
                "oleObject",
                b"\xd0\xcf\x00\x01" + word("object inside the file").encode("utf-16-le"),
            ),
        },
    )
    parts = dict(read_package(data).parts)
    main = parts["ppt/presentation.xml"]
    parts["ppt/presentation.xml"] = main.replace(
        b"</p:presentation>", f"{sections}</p:presentation>".encode()
    )
    return zipped(parts)


def document(word: Word) -> bytes:
    """A document with words in each of its places."""
    made = docx.Document()
    made.core_properties.keywords = word("properties")
    paragraph = made.add_paragraph(word("body"))
    body = paragraph._p.getparent()
    for xml in (
        f'<w:p {_W}><w:ins w:id="1" w:author="{word("author of a change")}"><w:r>'
        f"<w:t>{word('tracked insertion')}</w:t></w:r></w:ins></w:p>",
        f'<w:p {_W}><w:del w:id="2" w:author="A"><w:r>'
        f"<w:delText>{word('tracked deletion')}</w:delText></w:r></w:del></w:p>",
        f'<w:p {_W}><w:bookmarkStart w:id="3" w:name="{word("bookmark")}"/><w:bookmarkEnd w:id="3"/></w:p>',
        f'<w:p {_W}><w:r><w:instrText>HYPERLINK "https://example.org/{word("field").replace(" ", "%20")}"'
        "</w:instrText></w:r></w:p>",
        f'<w:sdt {_W}><w:sdtPr><w:alias w:val="{word("title of a field")}"/></w:sdtPr>'
        f"<w:sdtContent><w:p><w:r><w:t>{word('content control')}</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ):
        body.insert(0, parse_xml(xml))
    made.sections[0].header.paragraphs[0].text = word("header")
    made.sections[0].footer.paragraphs[0].text = word("footer")
    made.settings.element.append(
        parse_xml(f'<w:docVars {_W}><w:docVar w:name="x" w:val="{word("document variable")}"/></w:docVars>')
    )
    made.add_comment(made.paragraphs[-1].runs, word("comment"), author=word("author of a comment"))
    file = BytesIO()
    made.save(file)
    note = f"<w:footnote><w:p><w:r><w:t>{word('footnotes')}</w:t></w:r></w:p></w:footnote>"
    note = f"<w:footnotes {_W}>{note}</w:footnotes>"
    return _with_parts(file.getvalue(), "word/document.xml", {"notes.xml": ("footnotes", note.encode())})


def pdf(word: Word) -> bytes:
    """A PDF with words in each of its places but for its pages."""
    made = PdfWriter()
    page = made.add_blank_page(200, 200)
    made.add_metadata({"/Title": word("properties"), "/Keywords": word("properties, keywords")})
    made.add_outline_item(title=word("outline"), page_number=0)
    made.add_annotation(0, FreeText(text=word("remark"), rect=(1, 1, 90, 90)))
    made.add_uri(0, f"https://example.org/{word('address of a link').replace(' ', '%20')}", (1, 1, 9, 9))
    made.add_attachment("a.txt", word("attached file").encode())
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("f"),
            NameObject("/V"): TextStringObject(word("field")),
            NameObject("/Rect"): page.mediabox,
        }
    )
    reference = made._add_object(field)
    page[NameObject("/Annots")].append(reference)  # type: ignore[attr-defined]
    made.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([reference])}
    )
    stream = StreamObject()
    stream._data = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{word('XMP')}</a></x:xmpmeta>".encode()
    packed = stream.flate_encode()
    made.root_object[NameObject("/Metadata")] = made._add_object(packed)
    file = BytesIO()
    made.write(file)
    return file.getvalue()
