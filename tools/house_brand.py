#!/usr/bin/env python3
"""Make the house brand: templates/brands/house/deck.pptx and briefing.docx, and both compiled in
compiled.zip.

    python tools/house_brand.py [FOLDER]

The two files hold looks only: a slide master, fifteen slide layouts, a notes page for A4 paper and a
table style for decks; paragraph, list, character and table styles, a header and a footer for briefings.
They hold no content.

They come from a script, and not from a session in PowerPoint or Word, so that a brand can be reviewed and
compared as text, and so that the files are clean: no author, no machine, no rsids, no left-over styles, the
same bytes each time. Nobody else needs the script: a board makes its own brand by changing copies of the two
files in PowerPoint and Word.

One place for each decision: colours in PALETTE, the boxes of a slide in LAYOUTS, Word's styles in
WORD_STYLES. Slide measures are inches on a page of 13.333 x 7.5 (the notes page: centimetres), type sizes
points, Word's measures twips (twentieths of a point).
"""

import posixpath
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from toolkit.brand.compiled import dump
from toolkit.brand.folder import compile_brand
from toolkit.brand.shelf import SHIPPED
from toolkit.plan.hours import parts

TITLE, MAKER, DATE, LANG, SCREEN, FONT, HEAD = (
    "House brand",
    "Safeguarding learning toolkit",
    "2026-01-01T00:00:00Z",
    "en-GB",
    "Calibri",  # of what is to be done, on slides: narrow, so that it can be large
    "Arial",  # of paper
    "Cambria",  # of titles and of what is said: a face of its own, and on every computer with Office
)

# Name: (RGB, the theme's name for it, or None for a tint that stands as RGB). Contrast on white unless said.
PALETTE = {
    "ink": ("1F2A30", "tx1"),  # text: 14.7 : 1
    "paper": ("FFFFFF", "bg1"),
    "cream": ("FDFBF6", None),  # the ground of slides, less glaring than white: ink on it 14.2 : 1
    "deep": ("12454F", "tx2"),  # titles, panels, header rows: 10.5 : 1 both ways
    "stone": ("F6F3EE", "bg2"),  # warm cards and pages, ink on it 13.3 : 1; text on deep 9.5 : 1
    "teal": ("2F7F86", "accent1"),  # edges of cards: 4.7 : 1
    "amber": ("9A5B00", "accent2"),  # edge of an evidence label: 5.4 : 1, on its own tint 4.8 : 1
    "muted": ("4A5459", "accent3"),  # sources, footers: 7.8 : 1, on stone 7.0 : 1
    "line": ("8C8478", "accent4"),  # hairlines: 3.7 : 1
    "hint": ("6E7579", None),  # words that wait to be typed over: 4.7 : 1
    "plum": ("6B4A5E", "accent5"),  # only offered in the colour picker
    "moss": ("55693F", "accent6"),  # only offered in the colour picker
    "link": ("0B5A6B", "hlink"),  # 7.8 : 1
    "visited": ("5A3E6B", "folHlink"),
    "mist": ("E8F0F0", None),  # cool grounds: ink on it 12.7 : 1
    "depth2": ("1D5560", None),  # dots of the motif on the deep ground, from dark to light
    "depth3": ("286571", None),
    "depth4": ("357683", None),
    "sand": ("F6E3BC", None),  # the panel on straw
    "bright": ("F4BC4C", None),  # what is seen first on deep grounds: 6.1 : 1
    "gold": ("C98A1B", None),  # lines on dark and warm grounds; no words on it
    "night": ("16242B", None),  # where the case stops: paper on it 15.9 : 1, stone 14.4 : 1
    "blush": ("F5E7E3", None),  # warm cards: ink on it 12.1 : 1
    "straw": ("FBF0D9", None),  # fill of an evidence label: ink on it 13.0 : 1
}
NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
NSW = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


# ---------------------------------------------------------------------------------------------- packages
class Package:
    """Parts, their content types and relationships, written as a zip that is the same each time."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.rels: dict[str, list[tuple[str, str]]] = {}

    def add(self, name: str, content_type: str, xml: str) -> None:
        self.parts[name] = xml
        self.types[name] = "application/vnd.openxmlformats-" + content_type + "+xml"

    def link(self, source: str, kind: str, target: str) -> str:
        """Relate two parts ("" is the package); return the relationship's id."""
        links = self.rels.setdefault(source, [])
        links.append((kind if "/" in kind else REL + kind, target))
        return f"rId{len(links)}"

    def save(self, path: Path) -> None:
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in sorted(self.types.items())
        )
        files = {
            "[Content_Types].xml": (
                f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels"'
                ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default'
                f' Extension="xml" ContentType="application/xml"/>{types}</Types>'
            )
        }
        for source, links in sorted(self.rels.items()):
            folder, _, name = source.rpartition("/")
            files[f"{folder}/_rels/{name}.rels".lstrip("/")] = (
                f'<Relationships xmlns="{PACKAGE}relationships">'
                + "".join(
                    f'<Relationship Id="rId{n}" Type="{kind}"'
                    f' Target="{posixpath.relpath(target, folder or ".")}"/>'
                    for n, (kind, target) in enumerate(links, 1)
                )
                + "</Relationships>"
            )
        files |= self.parts
        with zipfile.ZipFile(path, "w") as out:
            for name, xml in files.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
                out.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)


def add_properties(package: Package, extra: str) -> None:
    package.add(
        "docProps/core.xml",
        "package.core-properties",
        f'<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>{MAKER}</dc:creator>"
        f"<cp:lastModifiedBy>{MAKER}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{DATE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{DATE}</dcterms:modified>'
        f"<dc:language>{LANG}</dc:language></cp:coreProperties>",
    )
    package.add(
        "docProps/app.xml",
        "officedocument.extended-properties",
        "<Properties"
        f' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{MAKER}</Application>{extra}</Properties>',
    )
    package.link("", PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml")
    package.link("", "extended-properties", "docProps/app.xml")


# ---------------------------------------------------------------------------------------------- DrawingML
def inches(value: float) -> int:
    return round(value * 914400)


def cm(value: float) -> int:
    return round(value * 360000)


def colour(name: str) -> str:
    rgb, scheme = PALETTE[name]
    return f'<a:schemeClr val="{scheme}"/>' if scheme else f'<a:srgbClr val="{rgb}"/>'


def fill(name: str) -> str:
    return f"<a:solidFill>{colour(name)}</a:solidFill>" if name else "<a:noFill/>"


def theme(font: str = FONT) -> str:
    slots = {
        "dk1": "ink",
        "lt1": "paper",
        "dk2": "deep",
        "lt2": "stone",
        "accent1": "teal",
        "accent2": "amber",
        "accent3": "muted",
        "accent4": "line",
        "accent5": "plum",
        "accent6": "moss",
        "hlink": "link",
        "folHlink": "visited",
    }
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{PALETTE[name][0]}"/></a:{slot}>' for slot, name in slots.items()
    )
    head, text = (
        f'<a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface="{name}"/>' for name in (HEAD, font)
    )
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{w}" cap="flat" cmpd="sng" algn="ctr">{flat}<a:prstDash val="solid"/></a:ln>'
        for w in (6350, 12700, 19050)
    )
    return (
        f'<a:theme {NS.split(" ")[0]} name="House"><a:themeElements><a:clrScheme'
        f' name="House">{colours}</a:clrScheme>'
        "<a:fontScheme"
        f' name="House"><a:majorFont>{head}</a:majorFont><a:minorFont>{text}</a:minorFont></a:fontScheme>'
        "<a:fmtScheme"
        f' name="House"><a:fillStyleLst>{flat * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def level(
    tag: str,
    size: float,
    ink: str,
    *,
    bold: bool = False,
    align: str = "l",
    margin: int = 0,
    hang: int = 0,
    bullet: str = "",
    before: float = 0,
    line: int = 100,
    font: str = "",
) -> str:
    """One level of a list style."""
    mark = f'<a:buFont typeface="{FONT}"/><a:buChar char="{bullet}"/>' if bullet else "<a:buNone/>"
    latin, ea, cs = (FONT,) * 3 if font == FONT else (f"+{font}-{script}" for script in ("lt", "ea", "cs"))
    fonts = f'<a:latin typeface="{latin}"/><a:ea typeface="{ea}"/><a:cs typeface="{cs}"/>'
    return (
        f'<a:{tag} marL="{margin}" indent="{-hang}" algn="{align}" defTabSz="914400" rtl="0" eaLnBrk="1"'
        f' latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="{line}000"/></a:lnSpc><a:spcBef><a:spcPts'
        f' val="{before * 100:.0f}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>{mark}<a:defRPr'
        f' lang="{LANG}" sz="{size * 100:.0f}" b="{int(bold)}"'
        f' kern="1200">{fill(ink)}{fonts if font else ""}</a:defRPr></a:{tag}>'
    )


def levels(
    size: float,
    ink: str,
    *,
    bold: bool = False,
    align: str = "l",
    before: float = 0,
    line: int = 100,
    font: str = "",
    smallest: float = 20,
    count: int = 3,
) -> str:
    """Level 1 is a plain paragraph, those below it are bullets: typing in PowerPoint, Tab makes a list."""
    sizes = [max(min(size, smallest), size - 2 * n) for n in range(count)]
    return "".join(
        level(
            f"lvl{n + 1}pPr",
            sizes[n],
            ink,
            bold=bold and not n,
            align=align,
            before=before if not n else before / 2,
            line=line,
            margin=inches(0.3 * n),
            hang=inches(0.3) if n else 0,
            bullet="•–"[(n - 1) % 2] if n else "",
            font=font,
        )
        for n in range(count)
    )


def geometry() -> str:
    return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


@dataclass(frozen=True)
class Box:
    """A placeholder of a layout."""

    name: str
    kind: str  # type of placeholder
    idx: int | None
    at: tuple[float, float, float, float]  # left, top, width, height
    size: float = 24
    prompt: str = ""
    ink: str = "ink"
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    before: float = 0  # space before a paragraph, in points
    line: int = 100  # line spacing, per cent
    fill: str = ""
    inset: tuple[float, float, float, float] = (0, 0, 0, 0)  # left, top, right, bottom
    head: bool = False  # set in the face of titles


@dataclass(frozen=True)
class Band:
    """A plain shape behind the text, marked decorative."""

    name: str
    at: tuple[float, float, float, float]
    fill: str = "deep"
    corners: tuple[tuple[float, float], ...] = ()  # of a freeform, inches on the page


@dataclass(frozen=True)
class Layout:
    name: str
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...] = ()
    ground: str = ""  # colour of the page, or the master's
    kind: str = ""
    masters_bands: bool = True


LEFT, WIDTH, PAGE_W, PAGE_H = 0.8, 11.733, 40 / 3, 7.5  # one left edge, at 6 % of the width
TOP, BOTTOM = 2.1, 6.25  # of the content
TITLE_SIZE = 40
CARD = (0.3, 0.25, 0.3, 0.2)


def title(**change: object) -> Box:
    base = {
        "name": "Title",
        "kind": "title",
        "idx": None,
        "at": (LEFT, 0.78, WIDTH, 1.25),
        "size": TITLE_SIZE,
        "bold": True,
        "ink": "deep",
        "line": 95,
        "prompt": "The point of this slide, in one sentence",
    }
    return Box(**(base | change))  # type: ignore[arg-type]


def badge(ink: str = "amber", width: float = WIDTH, high: float = 0.38) -> Box:
    anchor = "t" if high > 0.4 else "b"
    return Box(
        "Badge",
        "body",
        20,
        (LEFT, 0.4 if high > 0.4 else 0.33, width, high),
        20,
        "Name of the review",
        ink,
        bold=True,
        anchor=anchor,
    )


def source(ink: str = "muted", left: float = LEFT, width: float = WIDTH) -> Box:
    prompt = "Source: title, publisher, paragraph or page"
    return Box("Source", "body", 22, (left, 6.34, width, 0.56), 12, prompt, ink, anchor="b")


def footers(ink: str = "muted", width: float = 10.4, number_ink: str = "") -> tuple[Box, Box]:
    return (
        Box("Footer", "ftr", 30, (LEFT, 6.98, width, 0.3), 12, "Board and edition", ink, anchor="ctr"),
        Box(
            "Slide number",
            "sldNum",
            31,
            (11.533, 6.98, 1.0, 0.3),
            12,
            "",
            number_ink or ink,
            align="r",
            anchor="ctr",
        ),
    )


def body(
    name: str, idx: int, at: tuple[float, float, float, float], size: float, prompt: str, **more: object
) -> Box:
    base = {"name": name, "kind": "body", "idx": idx, "at": at, "size": size, "prompt": prompt}
    return Box(**(base | {"before": 10, "line": 104} | more))  # type: ignore[arg-type]


def hours(x: float, y: float, outer: float, inner: float, tint: str, lit: str) -> tuple[Band, ...]:
    """The motif of the house: a day of 24 hours, and those that a school sees."""
    return tuple(
        wedge(f"Hour {n}", tuple((x + right, y + down) for right, down in corners), lit if seen else tint)
        for n, (corners, seen) in enumerate(parts(outer, inner, 2.2))
    )


def wedge(name: str, corners: tuple[tuple[float, float], ...], tint: str) -> Band:
    across, down = zip(*corners)
    box = (min(across), min(down), max(across) - min(across), max(down) - min(down))
    return Band(name, box, tint, corners)


def freeform(item: Band) -> str:
    """The geometry of a shape with straight sides."""
    left, top, wide, high = item.at
    points = [f'<a:pt x="{inches(x - left)}" y="{inches(y - top)}"/>' for x, y in item.corners]
    path = f"<a:moveTo>{points[0]}</a:moveTo>" + "".join(f"<a:lnTo>{p}</a:lnTo>" for p in points[1:])
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{inches(wide)}" h="{inches(high)}">{path}<a:close/></a:path></a:pathLst></a:custGeom>'
    )


WHOLE = (LEFT, TOP, WIDTH, BOTTOM - TOP)
FOOT = (source(), *footers())
DASH = Band("Dash", (LEFT, 0.27, 0.6, 0.07), "gold")
COVER = Band("Dash", (LEFT, 4.2, 1.1, 0.09), "gold")
HALF = 5.6
LAYOUTS = (
    Layout(
        "Title",
        (
            title(
                kind="ctrTitle",
                at=(LEFT, 0.8, 6.3, 3.2),
                size=64,
                ink="paper",
                anchor="b",
                prompt="Title of the session",
            ),
            Box(
                "Subtitle",
                "subTitle",
                1,
                (LEFT, 4.4, 6.2, 1.2),
                26,
                "What it is about, and for whom",
                "stone",
                before=4,
            ),
            Box(
                "Board",
                "body",
                18,
                (LEFT, 5.56, 6.2, 0.69),
                20,
                "Name of the safeguarding board or partnership",
                "paper",
                bold=True,
                anchor="b",
            ),
            Box(
                "Edition",
                "body",
                19,
                (LEFT, 6.25, 6.2, 0.8),
                20,
                "Edition or date of these materials",
                "stone",
            ),
            Box(
                "Motif",
                "body",
                17,
                (8.4, 2.3, 3.6, 2.9),
                30,
                "A few words on what the ring means, or nothing",
                "paper",
                align="ctr",
                anchor="ctr",
                before=6,
                head=True,
            ),
        ),
        (*hours(10.15, 3.75, 2.9, 2.2, "depth2", "bright"), COVER),
        ground="deep",
        kind="title",
        masters_bands=False,
    ),
    Layout(
        "Section",
        (
            title(at=(LEFT, 2.0, 6.3, 1.95), size=52, ink="paper", anchor="b", prompt="Name of the section"),
            Box(
                "Text",
                "body",
                10,
                (LEFT, 4.5, 6.2, 1.6),
                30,
                "A line or two, or nothing",
                "stone",
                before=6,
                line=104,
            ),
            *footers("stone"),
        ),
        (*hours(10.15, 3.75, 2.9, 2.2, "depth2", "depth4"), COVER),
        ground="deep",
        kind="secHead",
        masters_bands=False,
    ),
    Layout(
        "Care",
        (
            title(at=(LEFT, 0.8, 3.75, 5.4), size=36, anchor="ctr", prompt="How we look after each other"),
            body("Body", 10, (5.85, 0.7, 6.683, 5.6), 30, "Three short lines", before=8, anchor="ctr"),
            *footers(),
        ),
        (Band("Panel", (0, 0, 4.9, PAGE_H), "mist"), Band("Line", (5.35, 1.1, 0.07, 4.95), "gold")),
        masters_bands=False,
    ),
    Layout(
        "Child",
        (
            title(at=(LEFT, 0.8, 7.6, 1.2), ink="amber", size=60, prompt="The child’s name"),
            badge(width=7.6),
            body("Body", 10, (LEFT, 2.05, 7.45, 4.15), 40, "The child as a person", before=14),
            Box("Picture", "obj", 11, (9.0, 0.6, 3.833, 2.6), 20, "A picture, or nothing"),
            Box("Motif", "body", 17, (9.0, 0.6, 3.833, 2.6), 20, "A small drawing, or nothing"),
            body("Aside", 13, (9.0, 3.4, 3.833, 2.85), 30, "What nobody knows", before=6),
            source(width=7.7),
            *footers(),
        ),
        (Band("Panel", (8.65, 0, PAGE_W - 8.65, PAGE_H), "sand"),),
        ground="straw",
        masters_bands=False,
    ),
    Layout(
        "Drawing",
        (
            title(),
            badge(),
            Box("Drawing", "body", 17, (LEFT, 1.93, WIDTH, 4.36), 22, "A drawing, or a list"),
            *FOOT,
        ),
    ),
    Layout(
        "Finding",
        (
            title(
                at=(0, 0, 4.65, PAGE_H),
                size=36,
                ink="paper",
                anchor="ctr",
                inset=(LEFT, 0.9, 0.25, 0.7),
                prompt="The learning, in one sentence",
            ),
            badge("stone", 3.6, 0.8),
            body(
                "Body",
                10,
                (5.2, 0.8, 7.333, 5.45),
                34,
                "What was found, in one sentence",
                anchor="ctr",
                line=108,
                head=True,
            ),
            source(left=5.2, width=7.333),
            *footers("stone", 3.6, "muted"),
        ),
        (Band("Panel", (0, 0, 4.65, PAGE_H)),),
        masters_bands=False,
    ),
    Layout(
        "Actions",
        (
            title(),
            badge(),
            *(
                body(
                    name,
                    idx,
                    (LEFT + n * 2.983, 2.3, 2.783, 4.0),
                    28,
                    "One action; a ring after it where it is ours",
                    fill=tint,
                    inset=(0.25, 0.2, 0.1, 0.2),
                    before=0,
                )
                for n, (name, idx, tint) in enumerate(
                    (
                        ("First", 11, "mist"),
                        ("Second", 12, "straw"),
                        ("Third", 13, "blush"),
                        ("Fourth", 14, "stone"),
                    )
                )
            ),
            *FOOT,
        ),
    ),
    Layout(
        "Pause",
        (
            title(at=(LEFT, 0.8, WIDTH, 0.75), ink="paper", prompt="Stop and decide"),
            badge("stone"),
            body(
                "Body", 10, (LEFT, 1.55, WIDTH, 2.7), 26, "What was known then, in three lines", ink="stone"
            ),
            body(
                "Question",
                13,
                (LEFT, 4.4, 8.3, 1.7),
                36,
                "What would you do now?",
                ink="night",
                bold=True,
                anchor="ctr",
                head=True,
            ),
            body("How", 14, (9.5, 4.4, 3.033, 1.7), 22, "How to answer", ink="night", anchor="ctr"),
            source("stone"),
            *footers("stone"),
        ),
        (Band("Question ground", (0, 4.35, PAGE_W, 1.8), "gold"),),
        ground="night",
        masters_bands=False,
    ),
    Layout(
        "Number",
        (
            title(),
            badge(),
            body(
                "Figure",
                18,
                (LEFT, 1.95, 4.2, 4.1),
                230,
                "27",
                ink="deep",
                bold=True,
                align="ctr",
                anchor="ctr",
                before=0,
                head=True,
            ),
            body(
                "Body",
                10,
                (5.65, 1.95, 6.883, 4.1),
                38,
                "What it counts, when, and who says so",
                anchor="ctr",
                head=True,
            ),
            *FOOT,
        ),
        (Band("Line", (5.2, 2.6, 0.07, 2.8), "gold"),),
    ),
    Layout(
        "Content", (title(), badge(), body("Body", 10, WHOLE, 30, "Text; Tab makes a list", before=14), *FOOT)
    ),
    Layout(
        "Two columns",
        (
            title(at=(LEFT, 0.78, 5.9, 1.85), size=52),
            badge(width=5.9),
            body("Left", 11, (LEFT, 2.75, 5.9, 3.5), 30, "What people do", before=12),
            body(
                "Right",
                12,
                (7.65, 0.75, 5.083, 5.5),
                36,
                "What people see, or are asked",
                anchor="ctr",
                head=True,
            ),
            source(width=5.9),
            *footers(),
        ),
        (Band("Panel", (7.15, 0, PAGE_W - 7.15, PAGE_H), "straw"), DASH),
        masters_bands=False,
    ),
    Layout(
        "Quotation",
        (
            title(at=(LEFT, 0.8, WIDTH, 0.75), size=32, ink="stone"),
            badge("stone"),
            body(
                "Quotation",
                15,
                (LEFT, 1.65, WIDTH, 3.75),
                66,
                "The words, as they were published",
                ink="bright",
                head=True,
                before=8,
                anchor="ctr",
            ),
            body(
                "Attribution",
                16,
                (LEFT, 5.35, WIDTH, 0.9),
                26,
                "Who said it, and where",
                ink="paper",
                before=0,
            ),
            source("stone"),
            *footers("stone"),
        ),
        (DASH,),
        ground="deep",
        masters_bands=False,
    ),
    Layout(
        "Activity",
        (
            title(),
            badge(),
            body(
                "Question",
                13,
                (LEFT, 2.1, WIDTH, 1.2),
                34,
                "The question to talk about",
                bold=True,
                anchor="ctr",
                head=True,
            ),
            body("Picture", 17, (LEFT, 3.35, WIDTH, 2.35), 26, "A drawing of how it goes, or a list"),
            body(
                "How", 14, (LEFT, 5.75, WIDTH, 0.55), 24, "What to take in hand, or to remember", anchor="ctr"
            ),
            *FOOT,
        ),
        (Band("Side band", (0, 0, 0.3, PAGE_H), "gold"),),
        ground="stone",
        masters_bands=False,
    ),
    Layout(
        "Table", (title(), badge(), Box("Table", "tbl", 17, (LEFT, 1.93, WIDTH, 4.36), 22, "Table"), *FOOT)
    ),
    Layout(
        "Closing",
        (
            title(at=(LEFT, 0.8, 3.75, 1.6), ink="paper", prompt="Where to find help", size=TITLE_SIZE),
            body("Left", 11, (LEFT, 2.6, 3.75, 3.6), 44, "In danger", ink="bright", anchor="b", before=6),
            body("Right", 12, (5.2, 0.8, 7.333, 5.5), 24, "Who to call", anchor="ctr"),
            source(left=5.2, width=7.333),
            *footers("stone", 3.8, "muted"),
        ),
        (Band("Panel", (0, 0, 4.65, PAGE_H)),),
        masters_bands=False,
    ),
)
MASTER = Layout(
    "",
    (title(), Box("Body", "body", 1, WHOLE, 30, "Text", before=14, line=104), *footers()),
    (DASH,),
    ground="cream",
)


def place(left: int, top: int, width: int, height: int) -> str:
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def shape(
    number: int,
    name: str,
    look: str,
    *,
    ph: str = "",
    text: str = "",
    locks: str = "",
    decorative: bool = False,
) -> str:
    mark = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
        ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
        ' val="1"/></a:ext></a:extLst>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}"'
        f" name={quoteattr(name)}>{mark if decorative else ''}</p:cNvPr>"
        f"<p:cNvSpPr>{locks and f'<a:spLocks {locks}/>'}</p:cNvSpPr>"
        + (f"<p:nvPr>{ph}</p:nvPr>" if ph else '<p:nvPr userDrawn="1"/>')
        + f"</p:nvSpPr><p:spPr>{look}</p:spPr>{text}</p:sp>"
    )


def band(number: int, item: Band) -> str:
    form = freeform(item) if item.corners else geometry()
    look = place(*map(inches, item.at)) + form + fill(item.fill) + "<a:ln><a:noFill/></a:ln>"
    empty = f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{LANG}"/></a:p></p:txBody>'
    return shape(number, item.name, look, text=empty, decorative=True)


def text_body(style: str, paragraphs: str, inset: tuple[int, ...] = (0, 0, 0, 0), anchor: str = "t") -> str:
    sides = " ".join(f'{side}Ins="{value}"' for side, value in zip("ltrb", inset, strict=True))
    return (
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" {sides} rtlCol="0"'
        f' anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{paragraphs}</p:txBody>'
    )


def paragraph(text: str, kind: str = "") -> str:
    if kind == "sldNum":
        guid = "{7A3C5B1E-2D64-4F0A-9B8C-51E0D7A2C614}"
        return (
            f'<a:p><a:fld id="{guid}" type="slidenum"><a:rPr'
            f' lang="{LANG}"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="{LANG}"/></a:p>'
        )
    if not text:
        return f'<a:p><a:endParaRPr lang="{LANG}"/></a:p>'
    return (
        f'<a:p><a:r><a:rPr lang="{LANG}"/><a:t>{escape(text)}</a:t></a:r><a:endParaRPr lang="{LANG}"/></a:p>'
    )


def placeholder(number: int, box: Box, master: bool = False) -> str:
    left, top, width, height = map(inches, box.at)
    look = place(left, top, width, height) + geometry()
    if box.fill:
        look += fill(box.fill)
    style = levels(
        box.size,
        box.ink,
        bold=box.bold,
        align=box.align,
        before=box.before,
        line=box.line,
        font="mj" if box.head else "",
    )
    idx = "" if box.idx is None else f' idx="{box.idx}"'
    custom = "" if master or not box.prompt else ' hasCustomPrompt="1"'
    ph = f'<p:ph type="{box.kind}"{idx}{custom}/>'
    if master and box.kind in ("title", "body"):
        style = ""  # the master's txStyles say it
    text = text_body(style, paragraph(box.prompt, box.kind), tuple(map(inches, box.inset)), box.anchor)
    return shape(number, box.name, look, ph=ph, text=text, locks='noGrp="1"')


def tree(layout: Layout, master: bool = False) -> str:
    """Bands lie behind; then the title, which is read first, and the rest in reading order."""
    items = [band(n, item) for n, item in enumerate(layout.bands, 2)]
    items += [placeholder(n, box, master) for n, box in enumerate(layout.boxes, 2 + len(items))]
    ground = f"<p:bg><p:bgPr>{fill(layout.ground)}<a:effectLst/></p:bgPr></p:bg>" if layout.ground else ""
    return common_data(layout.name, ground, "".join(items))


def common_data(name: str, ground: str, shapes: str) -> str:
    return (
        f"<p:cSld{f' name={quoteattr(name)}' if name else ''}>{ground}<p:spTree><p:nvGrpSpPr><p:cNvPr"
        ' id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0"'
        ' y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0"'
        f' cy="0"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree></p:cSld>'
    )


COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3"'
    ' accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
WHITE = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def guides() -> str:
    """The grid, as guides that PowerPoint shows with Alt+F9; their places are in 576ths of an inch."""
    lines = [("", LEFT), ("", LEFT + WIDTH), ("horz", 0.8), ("horz", TOP), ("horz", BOTTOM)]
    found = "".join(
        f'<p15:guide id="{n}"{orient and f" orient={quoteattr(orient)}"} '
        f'pos="{round(at * 576)}" userDrawn="1">'
        f"<p15:clr>{colour('line')}</p15:clr></p15:guide>"
        for n, (orient, at) in enumerate(lines, 1)
    )
    uri, p15 = (
        "{27BBF7A9-308A-43DC-89C8-2F10F3537804}",
        "http://schemas.microsoft.com/office/powerpoint/2012/main",
    )
    return (
        f'<p:extLst><p:ext uri="{uri}"><p15:sldGuideLst xmlns:p15="{p15}">{found}</p15:sldGuideLst></p:ext>'
        "</p:extLst>"
    )


def slide_master(layout_ids: str) -> str:
    page = tree(MASTER, master=True)
    body = levels(30, "ink", before=14, line=104, font="mn", smallest=20, count=9)
    styles = (
        f"<p:titleStyle>{level('lvl1pPr', TITLE_SIZE, 'deep', bold=True, line=95, font='mj')}</p:titleStyle>"
        f"<p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{default_text()}</p:otherStyle>"
    )
    return (
        f"<p:sldMaster {NS}"
        f' preserve="1">{page}{COLOUR_MAP}<p:sldLayoutIdLst>{layout_ids}</p:sldLayoutIdLst><p:hf hdr="0"'
        f' dt="0"/><p:txStyles>{styles}</p:txStyles>{guides()}</p:sldMaster>'
    )


def slide_layout(layout: Layout) -> str:
    kind = f' type="{layout.kind}"' if layout.kind else ""
    shown = "" if layout.masters_bands else ' showMasterSp="0"'
    return (
        f'<p:sldLayout {NS}{shown}{kind} preserve="1"'
        f' userDrawn="1">{tree(layout)}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>'
    )


def default_text() -> str:
    plain = [
        level(f"lvl{n}pPr", 18, "ink", margin=457200 * (n - 1), font="mn").replace("<a:buNone/>", "")
        for n in range(1, 10)
    ]
    return f'<a:defPPr><a:defRPr lang="{LANG}"/></a:defPPr>' + "".join(plain)


EDGE, NOTES_WIDTH = 1.8, 21 - 2 * 1.8  # centimetres


def paper_box(
    number: int,
    name: str,
    kind: str,
    at: tuple[float, ...],
    style: str,
    anchor: str = "t",
    text: str = "",
    idx: int = 0,
) -> str:
    """A placeholder of a page of notes or of a handout; its place in centimetres."""
    number_attr = f' idx="{idx}"' if idx else ""
    size = ' sz="quarter"' if kind in ("hdr", "ftr", "sldNum") else ""
    return shape(
        number,
        name,
        place(*map(cm, at)) + geometry(),
        ph=f'<p:ph type="{kind}"{size}{number_attr}/>',
        text=text_body(style, paragraph(text, kind), anchor=anchor),
        locks='noGrp="1"',
    )


def running_boxes(first: int, idx: int) -> tuple[str, str, str]:
    """The header, footer and page number of notes pages and handouts."""
    small = levels(12, "muted", font=FONT, smallest=12)
    right = levels(12, "muted", align="r", font=FONT, smallest=12)
    foot = (EDGE + 14.8, 28.15, NOTES_WIDTH - 14.8, 0.6)
    return (
        paper_box(2, "Header", "hdr", (EDGE, 1.2, NOTES_WIDTH, 0.6), small),
        paper_box(first, "Footer", "ftr", (EDGE, 28.15, 14.4, 0.6), small, "b", idx=idx),
        paper_box(first + 1, "Page number", "sldNum", foot, right, "b", idx=idx + 1),
    )


def handout_master() -> str:
    """A4 upright, with the header and foot of the notes pages; PowerPoint places the slides."""
    shapes = "".join(running_boxes(3, 2))
    return (
        f'<p:handoutMaster {NS}>{common_data("", WHITE, shapes)}{COLOUR_MAP}<p:hf dt="0"/></p:handoutMaster>'
    )


def notes_master() -> str:
    """A4 upright.

    The picture of the slide, room for the clock beside it, and as many words as the page can hold. The PDF
    of notes pages (pdf.typ) has the picture at the same place.
    """
    body_style = levels(14, "ink", before=6, font=FONT, smallest=14, count=9)
    head, foot, number = running_boxes(5, 4)
    picture = shape(
        3,
        "Slide picture",
        place(cm(EDGE), cm(2.1), cm(11), cm(6.1875))
        + geometry()
        + f'<a:noFill/><a:ln w="6350">{fill("line")}</a:ln>',
        ph='<p:ph type="sldImg" idx="2"/>',
        locks='noGrp="1" noRot="1" noChangeAspect="1"',
    )
    prompt = "What to say, ask and listen for"
    body_box = paper_box(4, "Notes", "body", (EDGE, 8.6, NOTES_WIDTH, 19.3), body_style, text=prompt, idx=3)
    shapes = head + picture + body_box + foot + number
    return (
        f"<p:notesMaster {NS}>{common_data('', WHITE, shapes)}{COLOUR_MAP}<p:hf"
        f' dt="0"/><p:notesStyle>{body_style}</p:notesStyle></p:notesMaster>'
    )


TABLE_STYLE = "{6D0F5C52-3A8E-4B0B-9C41-2F7E86124510}"


def table_styles() -> str:
    def rule(side: str, width: int, ink: str) -> str:
        return f'<a:{side}><a:ln w="{width}" cmpd="sng">{fill(ink)}</a:ln></a:{side}>'

    def text(ink: str, bold: str = "") -> str:
        return (
            f'<a:tcTxStyle{bold}><a:fontRef idx="minor"><a:prstClr'
            f' val="black"/></a:fontRef>{colour(ink)}</a:tcTxStyle>'
        )

    bold = ' b="on"'
    sides = "".join(f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>" for side in ("left", "right"))
    upright = "<a:insideV><a:ln><a:noFill/></a:ln></a:insideV>"
    lines = sides + "".join(rule(side, 57150, "cream") for side in ("top", "bottom", "insideH")) + upright
    return (
        f'<a:tblStyleLst {NS.split(" ")[0]} def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}"'
        ' styleName="House">'
        f"<a:wholeTbl>{text('ink')}<a:tcStyle><a:tcBdr>{lines}</a:tcBdr><a:fill>{fill('mist')}</a:fill></a:tcStyle></a:wholeTbl>"
        '<a:firstCol><a:tcTxStyle b="on"/><a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>'
        f"<a:lastRow>{text('ink', bold)}<a:tcStyle><a:tcBdr>{rule('top', 19050, 'deep')}"
        "</a:tcBdr></a:tcStyle></a:lastRow>"
        f"<a:firstRow>{text('deep', bold)}<a:tcStyle><a:tcBdr>{rule('bottom', 19050, 'deep')}</a:tcBdr>"
        f"<a:fill>{fill('')}</a:fill></a:tcStyle></a:firstRow>"
        "</a:tblStyle></a:tblStyleLst>"
    )


def deck() -> Package:
    package, main = Package(), "ppt/presentation.xml"
    master, notes = "ppt/slideMasters/slideMaster1.xml", "ppt/notesMasters/notesMaster1.xml"
    handout = "ppt/handoutMasters/handoutMaster1.xml"
    kinds = "officedocument.presentationml."
    package.link("", "officeDocument", main)
    counts = "<Slides>0</Slides><Notes>0</Notes><HiddenSlides>0</HiddenSlides>"
    add_properties(package, f"<PresentationFormat>Widescreen</PresentationFormat>{counts}")
    master_id, notes_id = package.link(main, "slideMaster", master), package.link(main, "notesMaster", notes)
    handout_id = package.link(main, "handoutMaster", handout)
    layout_ids = ""
    for n, layout in enumerate(LAYOUTS, 1):
        part = f"ppt/slideLayouts/slideLayout{n}.xml"
        package.add(part, kinds + "slideLayout", slide_layout(layout))
        package.link(part, "slideMaster", master)
        layout_ids += (
            f'<p:sldLayoutId id="{2147483660 + n}" r:id="{package.link(master, "slideLayout", part)}"/>'
        )
    package.add(master, kinds + "slideMaster", slide_master(layout_ids))
    package.add(notes, kinds + "notesMaster", notes_master())
    package.add(handout, kinds + "handoutMaster", handout_master())
    for n, user in enumerate((master, notes, handout), 1):
        package.add(f"ppt/theme/theme{n}.xml", "officedocument.theme", theme(SCREEN if n == 1 else FONT))
        package.link(user, "theme", f"ppt/theme/theme{n}.xml")
    package.add("ppt/presProps.xml", kinds + "presProps", f"<p:presentationPr {NS}/>")
    view = (  # room for notes
        '<p:normalViewPr><p:restoredLeft sz="16000"/><p:restoredTop sz="72000"/></p:normalViewPr>'
    )
    package.add("ppt/viewProps.xml", kinds + "viewProps", f"<p:viewPr {NS}>{view}</p:viewPr>")
    package.add("ppt/tableStyles.xml", kinds + "tableStyles", table_styles())
    for kind in ("presProps", "viewProps", "tableStyles"):
        package.link(main, kind, f"ppt/{kind}.xml")
    package.link(main, "theme", "ppt/theme/theme1.xml")
    package.add(
        main,
        kinds + "presentation.main",
        f'<p:presentation {NS} saveSubsetFonts="1">'
        f'<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="{master_id}"/></p:sldMasterIdLst>'
        f'<p:notesMasterIdLst><p:notesMasterId r:id="{notes_id}"/></p:notesMasterIdLst>'
        f'<p:handoutMasterIdLst><p:handoutMasterId r:id="{handout_id}"/></p:handoutMasterIdLst>'
        '<p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="7560000" cy="10692000"/>'
        f"<p:defaultTextStyle>{default_text()}</p:defaultTextStyle></p:presentation>",
    )
    return package


# ----------------------------------------------------------------------------------------------
# WordprocessingML
EDGES = ("top", "left", "bottom", "right")
TEXT_WIDTH = 9866  # A4 less two margins of 1.8 cm


def rgb(name: str) -> str:
    return PALETTE[name][0]


def spacing(before: float = 0, after: float = 4, line: float = 1.0) -> str:
    return (
        f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="{line * 240:.0f}"'
        ' w:lineRule="auto"/>'
    )


def run(size: float = 0, ink: str = "", bold: bool = False, italic: bool = False) -> str:
    marks = (bold and "<w:b/><w:bCs/>") or ""
    marks += (italic and "<w:i/><w:iCs/>") or ""
    marks += f'<w:color w:val="{rgb(ink)}"/>' if ink else ""
    return marks + (f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>' if size else "")


def border(side: str, ink: str, eighths: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{rgb(ink)}"/>'


def boxed(tint: str, edge: str) -> str:
    """Tint and a left edge. Top and bottom lines in the tint are padding; equal neighbours share a box."""
    lines = (
        border("top", tint, 8, 4)
        + border("left", edge, 36, 8)
        + border("bottom", tint, 8, 4)
        + border("right", tint, 8, 8)
    )
    return f'<w:pBdr>{lines}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{rgb(tint)}"/>'


def numbered(num: int, lvl: int = 0) -> str:
    return (
        f"<w:numPr>{f'<w:ilvl w:val={chr(34)}{lvl}{chr(34)}/>' if lvl else ''}<w:numId"
        f' w:val="{num}"/></w:numPr>'
    )


def style(
    kind: str,
    name: str,
    *,
    ppr: str = "",
    rpr: str = "",
    rest: str = "",
    base: str = "",
    following: str = "",
    rank: int = 10,
    builtin: bool = True,
    shown: bool = True,
    default: bool = False,
    ident: str = "",
) -> str:
    ident = ident or (name[0].upper() + name[1:]).replace(" ", "").replace("heading", "Heading")
    attrs = (' w:default="1"' if default else "") + ("" if builtin else ' w:customStyle="1"')
    base = base or (
        ""
        if default
        else {"paragraph": "Normal", "character": "DefaultParagraphFont", "table": "TableNormal"}[kind]
    )
    return (
        f'<w:style w:type="{kind}"{attrs} w:styleId="{ident}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{rank}"/>'
        + (
            "<w:qFormat/>"
            if shown and kind != "table"
            else ""
            if kind == "table"
            else "<w:semiHidden/><w:unhideWhenUsed/>"
        )
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + rest
        + "</w:style>"
    )


KEEP = "<w:keepNext/><w:keepLines/>"
HEADED = (
    '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi"'
    ' w:cstheme="majorBidi"/>'
)
BANNER = "".join(border(side, "deep", 8, 7 if side in ("top", "bottom") else 10) for side in EDGES)
BANNER = f'<w:pBdr>{BANNER}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{PALETTE["deep"][0]}"/>'
IN_BANNER = '<w:ind w:left="220" w:right="220"/>'
BOX = '<w:ind w:left="255" w:right="180"/>'  # room for a box's edge and padding inside the margins


def heading(depth: int, size: float, ink: str, space: str, rule: str = "") -> str:
    return style(
        "paragraph",
        f"heading {depth}",
        ppr=f'{KEEP}{rule}{space}<w:outlineLvl w:val="{depth - 1}"/>',
        rpr=HEADED + run(size, ink, True),
        following="Normal",
        rank=9,
    )


def running(name: str, side: str) -> str:
    """The style of the header or footer: a hairline, and a tab at the right margin."""
    ppr = (
        f'<w:pBdr>{border(side, "line", 4, 4)}</w:pBdr><w:tabs><w:tab w:val="right"'
        f' w:pos="{TEXT_WIDTH}"/></w:tabs>'
    )
    return style("paragraph", name, ppr=ppr + spacing(0, 0, 1.0), rpr=run(12, "muted"), shown=False, rank=99)


def linked(name: str, ink: str, theme_colour: str) -> str:
    look = f'<w:color w:val="{rgb(ink)}" w:themeColor="{theme_colour}"/><w:u w:val="single"/>'
    return style("character", name, rpr=look, shown=False, rank=99)


PADDING = 57  # of a table's cell: 0.1 cm


def table_style(name: str, borders: str, rest: str = "", **more: object) -> str:
    cells = "".join(
        f'<w:{side} w:w="{PADDING}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
    )
    grid = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr>"
    return style("table", name, ppr=spacing(0, 0, 1.05), rest=grid + rest, **more)  # type: ignore[arg-type]


def rules(*sides: str) -> str:
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{rgb("line")}"/>' for side in sides
    )


BRIEFING_ROWS = (
    f'<w:tblStylePr w:type="firstRow"><w:pPr>{KEEP}</w:pPr><w:rPr>{run(0, "paper", True)}</w:rPr><w:tblPr/>'
    f"<w:trPr><w:tblHeader/></w:trPr><w:tcPr><w:tcBorders>{border('insideV', 'deep', 4, 0)}</w:tcBorders>"
    f'<w:shd w:val="clear" w:color="auto" w:fill="{rgb("deep")}"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="band2Horz"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto"'
    f' w:fill="{rgb("stone")}"/></w:tcPr></w:tblStylePr>'
    f'<w:tblStylePr w:type="firstCol"><w:rPr>{run(0, "", True)}</w:rPr></w:tblStylePr>'
)
WORD_STYLES = (
    style("paragraph", "Normal", rpr=run(12), default=True, rank=0),
    style("character", "Default Paragraph Font", default=True, rank=1, shown=False),
    (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal'
        ' Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0"'
        ' w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom'
        ' w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    ),
    (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority'
        ' w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    ),
    style("paragraph", "Body Text", rank=1),
    heading(1, 16, "deep", spacing(8, 2, 1.0), f"<w:pBdr>{border('top', 'deep', 12, 4)}</w:pBdr>"),
    heading(2, 14, "deep", spacing(6, 2, 1.0)),
    heading(3, 12, "ink", spacing(6, 2, 1.0)),
    style(
        "paragraph",
        "Banner",
        ppr=KEEP + BANNER + spacing(0, 2, 1.0) + IN_BANNER,
        rpr=run(12, "paper", True),
        following="Title",
        builtin=False,
        rank=9,
    ),
    style(
        "paragraph",
        "Title",
        ppr=KEEP + BANNER + spacing(0, 3, 1.0) + IN_BANNER,
        rpr=HEADED + run(26, "paper", True),
        following="Subtitle",
    ),
    style(
        "paragraph",
        "Subtitle",
        ppr=KEEP + BANNER + spacing(0, 0, 1.0) + IN_BANNER,
        rpr=run(12, "paper"),
        following="Normal",
        rank=11,
    ),
    style("paragraph", "List Bullet", ppr=numbered(1) + spacing(0, 2), rank=12),
    style("paragraph", "List Bullet 2", ppr=numbered(1, 1) + spacing(0, 2), rank=12),
    style("paragraph", "List Number", ppr=numbered(2) + spacing(0, 2), rank=12),
    style(
        "paragraph",
        "Quote",
        ppr=f"<w:keepLines/><w:pBdr>{border('left', 'teal', 18, 12)}</w:pBdr>"
        + spacing(8, 8, 1.15)
        + '<w:ind w:left="397" w:right="397"/>',
        rpr=HEADED + run(13, "deep"),
        following="Normal",
        rank=29,
    ),
    style(
        "paragraph",
        "Callout",
        ppr="<w:keepLines/>" + boxed("stone", "teal") + spacing(0, 3) + BOX,
        builtin=False,
        rank=30,
    ),
    style(
        "paragraph",
        "Label",
        ppr=KEEP + boxed("straw", "amber") + spacing(12, 6, 1.0) + BOX,
        rpr=run(12),
        following="Normal",
        builtin=False,
        rank=31,
    ),
    style("paragraph", "Suggestion", ppr=numbered(3) + spacing(0, 2), builtin=False, rank=32),
    style(
        "paragraph",
        "Source",
        ppr=spacing(0, 3, 1.0),
        rpr=run(12, "muted"),
        following="Normal",
        builtin=False,
        rank=33,
    ),
    style(
        "paragraph",
        "Table Heading",
        ppr=KEEP + spacing(0, 0, 1.0),
        rpr="<w:b/><w:bCs/>",
        builtin=False,
        rank=34,
    ),
    style("paragraph", "Table Text", ppr=spacing(0, 0, 1.0), builtin=False, rank=34),
    running("header", "bottom"),
    running("footer", "top"),
    style("character", "Placeholder Text", rpr=run(0, "hint"), shown=False, rank=99),
    style("character", "Strong", rpr="<w:b/><w:bCs/>", rank=22),
    style("character", "Emphasis", rpr="<w:i/><w:iCs/>", rank=20),
    linked("Hyperlink", "link", "hyperlink"),
    linked("FollowedHyperlink", "visited", "followedHyperlink"),
    table_style("Table Grid", rules("top", "left", "bottom", "right", "insideH", "insideV"), rank=39),
    table_style("Briefing Table", rules("top", "bottom", "insideH"), BRIEFING_ROWS, builtin=False, rank=40),
)


def word_styles() -> str:
    font = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"'
        ' w:cstheme="minorBidi"/>'
    )
    # Colour and spacing stand here and not in Normal: what Normal says would override the white of a table's
    # header row.
    return (
        f'<w:styles {NSW}><w:docDefaults><w:rPrDefault><w:rPr>{font}<w:color w:val="{rgb("ink")}"/><w:sz'
        f' w:val="24"/><w:szCs w:val="24"/><w:lang w:val="{LANG}" w:eastAsia="{LANG}"'
        ' w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{spacing()}</w:pPr></w:pPrDefault></w:docDefaults>"
        "<w:latentStyles"
        ' w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>' + "".join(WORD_STYLES) + "</w:styles>"
    )


def numbering() -> str:
    """Lists 1 (bullets), 2 (numbers) and 3 (suggestions).

    To start a numbered list afresh: a new w:num of list 2's abstractNum with a startOverride.
    """

    def one(
        ilvl: int, form: str, text: str, left: int, pstyle: str = "", ink: str = "deep", start: int = 1
    ) -> str:
        linked = f'<w:pStyle w:val="{pstyle}"/>' if pstyle else ""
        return (
            f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{linked}<w:lvlText'
            f' w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num"'
            f' w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="397"/></w:pPr><w:rPr><w:rFonts'
            f' w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{run(0, ink)}</w:rPr></w:lvl>'
        )

    lists = (
        (
            one(0, "bullet", "•", 397, "ListBullet"),
            one(1, "bullet", "–", 794, "ListBullet2"),
            one(2, "bullet", "•", 1191),
        ),
        (
            one(0, "decimal", "%1.", 397, "ListNumber"),
            one(1, "lowerLetter", "%2)", 794),
            one(2, "lowerRoman", "%3.", 1191),
        ),
        (one(0, "bullet", "○", 397, "Suggestion"), one(1, "bullet", "–", 794), one(2, "bullet", "○", 1191)),
    )
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="5A1B0{n}C0"/><w:multiLevelType'
        f' w:val="hybridMultilevel"/><w:tmpl w:val="7D2E0{n}40"/>{"".join(lvls)}</w:abstractNum>'
        for n, lvls in enumerate(lists)
    )
    nums = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))
    return f"<w:numbering {NSW}>{kinds}{nums}</w:numbering>"


def word_settings() -> str:
    uri = "http://schemas.microsoft.com/office/word"
    modes = (
        "overrideTableStyleFontSizeAndJustification enableOpenTypeFeatures doNotFlipMirrorIndents"
        " differentiateMultirowTableHeaders"
    )
    compat = f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
    compat += "".join(f'<w:compatSetting w:name="{mode}" w:uri="{uri}" w:val="1"/>' for mode in modes.split())
    names = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"} | {
        f"accent{n}": f"accent{n}" for n in range(1, 7)
    }
    names |= {"hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink"}
    mapping = " ".join(f'w:{key}="{value}"' for key, value in names.items())
    return (
        f'<w:settings {NSW}><w:zoom w:percent="100"/><w:defaultTabStop'
        ' w:val="567"/><w:characterSpacingControl'
        f' w:val="doNotCompress"/><w:compat>{compat}</w:compat><w:themeFontLang'
        f' w:val="{LANG}"/><w:clrSchemeMapping {mapping}/><w:decimalSymbol w:val="."/><w:listSeparator'
        ' w:val=","/></w:settings>'
    )


def field(code: str) -> str:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return (
        f'{begin}<w:r><w:instrText xml:space="preserve"> {code}'
        f" </w:instrText></w:r>{separate}{words('1')}{end}"
    )


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def briefing() -> Package:
    package, main, kinds = Package(), "word/document.xml", "officedocument.wordprocessingml."
    package.link("", "officeDocument", main)
    add_properties(package, "")
    footer = "<w:r><w:tab/></w:r>" + words("Page ") + field("PAGE") + words(" of ") + field("NUMPAGES")
    font = (
        f'<w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family'
        ' w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{HEAD}"><w:panose1 w:val="02040503050406030204"/><w:charset w:val="00"/><w:family'
        ' w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    parts = {
        "styles": word_styles(),
        "numbering": numbering(),
        "settings": word_settings(),
        "fontTable": f"<w:fonts {NSW}>{font}</w:fonts>",
        "header": f'<w:hdr {NSW}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>',
        "header-first": f"<w:hdr {NSW}><w:p/></w:hdr>",  # the banner says it
        "footer": f'<w:ftr {NSW}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{footer}</w:p></w:ftr>',
        "footer-first": f'<w:ftr {NSW}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{footer}</w:p></w:ftr>',
    }
    ids = {}
    for kind, xml in parts.items():
        called, _, first = kind.partition("-")
        number = "" if called not in ("header", "footer") else "2" if first else "1"
        part = f"word/{called}{number}.xml"
        package.add(part, kinds + called, xml)
        ids[kind] = package.link(main, called, part)
    package.add("word/theme/theme1.xml", "officedocument.theme", theme())
    package.link(main, "theme", "word/theme/theme1.xml")
    package.add(
        main,
        kinds + "document.main",
        f'<w:document {NSW}><w:body><w:p/><w:sectPr><w:headerReference w:type="default"'
        f' r:id="{ids["header"]}"/><w:footerReference w:type="default" r:id="{ids["footer"]}"/>'
        f'<w:headerReference w:type="first" r:id="{ids["header-first"]}"/>'
        f'<w:footerReference w:type="first" r:id="{ids["footer-first"]}"/><w:pgSz'
        ' w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="964" w:bottom="850" w:left="964"'
        ' w:header="510" w:footer="454" w:gutter="0"/><w:cols'
        ' w:space="708"/><w:titlePg/></w:sectPr></w:body></w:document>',
    )
    return package


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    deck().save(folder / "deck.pptx")
    briefing().save(folder / "briefing.docx")
    if (folder / "brand.yaml").exists():
        (folder / SHIPPED.name).write_bytes(dump(compile_brand(folder)[0]))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent / "templates" / "brands" / "house"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else here)
