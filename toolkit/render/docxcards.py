"""What cards need of Word besides words: a section of their own, and boxes of one cell, two on a page.

A box holds its place whatever the template's fonts; one whose words take more room than was measured grows,
so that nothing is cut off.
"""

from __future__ import annotations

from toolkit.fit.cards import ABOVE, HIGH, SIDE, WIDE
from toolkit.fit.typeset import LINE, LINES_APART, Para
from toolkit.office.opc import HEAD, RELATIONSHIPS

_WIDE, _HIGH = round(WIDE * 20), round(HIGH * 20)  # twentieths of a point, as all lengths here
_SIDE, _ABOVE = round(SIDE * 20), round(ABOVE * 20)
_SMALL = 20  # the height of a paragraph that keeps two boxes apart
_SPARE = 100  # what the lower box leaves at the foot of the page, for that paragraph and the borders
_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SIDES = ("top", "left", "bottom", "right")
# Cards have no header and footer, so their section has empty ones: without any it takes those before it.
_EMPTY = {
    f"{side}-{kind}": (kind, side, f"word/cards-{side}-{kind}.xml")
    for side in ("default", "even")
    for kind in ("header", "footer")
}
SECTION = (
    "<w:sectPr>"
    + "".join(f'<w:{k}Reference w:type="{s}" r:id="cards-{id}"/>' for id, (k, s, _) in _EMPTY.items())
    + f'<w:type w:val="nextPage"/><w:pgSz w:w="{_WIDE}" w:h="{_HIGH}"/><w:pgMar'
    f' w:top="{_ABOVE}" w:right="{_SIDE}" w:bottom="{_ABOVE}" w:left="{_SIDE}"'
    ' w:header="340" w:footer="340" w:gutter="0"/></w:sectPr>'
)
_NO_MARGINS = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in _SIDES)
_NO_BORDERS = "".join(f'<w:{side} w:val="nil"/>' for side in _SIDES)


def parts() -> dict[str, bytes]:
    """The empty headers and footers."""
    roots = {"header": "hdr", "footer": "ftr"}
    return {
        name: f"{HEAD}<w:{roots[kind]} {_MAIN}>{unseen()}</w:{roots[kind]}>".encode()
        for kind, _, name in _EMPTY.values()
    }


def content_types() -> str:
    """What [Content_Types].xml has to say of them."""
    return "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}{kind}+xml"/>' for kind, _, name in _EMPTY.values()
    )


def relationships() -> str:
    """The relationships of the main part to them."""
    return "".join(
        f'<Relationship Id="cards-{id}" Type="{RELATIONSHIPS}{kind}" Target="cards-{id}.xml"/>'
        for id, (kind, _, _) in _EMPTY.items()
    )


def unseen(section: str = "", new_page: bool = False) -> str:
    """A paragraph that nobody sees: it keeps two boxes apart, begins a page, or ends a section."""
    begins = "<w:pageBreakBefore/>" if new_page else ""
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{_SMALL}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{begins}{spacing}{section}</w:pPr></w:p>"


def look(para: Para, style: str, numbers: str) -> str:
    """The properties of a paragraph of a card, whatever its style says of room and borders."""
    indent = round(para.indent * 20)
    hanging = (
        f'w:hanging="{indent}"' if para.kind in ("bullet", "number", "suggestion") else 'w:firstLine="0"'
    )
    return (
        f'<w:pPr>{style}<w:keepNext w:val="0"/><w:pageBreakBefore w:val="0"/>{numbers}'
        f'<w:pBdr>{_NO_BORDERS}</w:pBdr><w:spacing w:before="{round(para.before * 20)}"'
        ' w:beforeAutospacing="0" w:after="0" w:afterAutospacing="0"'
        f' w:line="{round(para.size * LINE * 20)}" w:lineRule="exact"/>'
        f'<w:ind w:left="{_SIDE + indent}" w:right="{_SIDE}" {hanging}/><w:jc w:val="left"/></w:pPr>'
    )


def rule(style: str, colour: str) -> str:
    """A line to write on: a paragraph with a border below, and between it and the next."""
    look = f'w:val="single" w:sz="4" w:space="0" w:color="{colour}"'
    return (
        f"<w:p><w:pPr>{style}<w:pBdr><w:bottom {look}/><w:between {look}/></w:pBdr>"
        f'<w:spacing w:before="0" w:after="0" w:line="{round(LINES_APART * 20)}" w:lineRule="exact"/>'
        f'<w:ind w:left="{_SIDE}" w:right="{_SIDE}" w:firstLine="0"/></w:pPr></w:p>'
    )


def box(paragraphs: str, upper: bool, colour: str) -> str:
    """A card: half a page; below the upper one is the line to cut along."""
    high = _HIGH // 2 - _ABOVE - (_SMALL if upper else _SPARE)
    edge = (
        f'<w:tcBorders><w:bottom w:val="dashed" w:sz="8" w:space="0" w:color="{colour}"/></w:tcBorders>'
        if upper
        else f'<w:tcMar><w:top w:w="{_ABOVE}" w:type="dxa"/></w:tcMar>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDE}" w:type="dxa"/><w:tblInd w:w="-{_SIDE}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_NO_MARGINS}</w:tblCellMar><w:tblLook w:val="0000"/>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="{_WIDE}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
        f'<w:trHeight w:val="{high}" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{_WIDE}" w:type="dxa"/>{edge}</w:tcPr>{paragraphs}</w:tc></w:tr></w:tbl>'
    )
