"""The guide's slides in Word: a table of two columns, the picture of a slide and its words, and the script.

A table, and no picture that floats beside words: so it is read in the order in which it is seen, and its
header says what stands in each column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.brand.geometry import EMU
from toolkit.fit.script import BETWEEN, PICTURE
from toolkit.office.opc import RELATIONSHIPS, quoted

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
HEAD = '<w:spacing w:before="60" w:after="60"/>'  # room above and below the head of a column
_BETWEEN = round(BETWEEN * 20)  # twentieths of a point
_LEFT = round(PICTURE * 20) + _BETWEEN


def table(heads: Sequence[str], cells: Sequence[str], width: int, whole: bool, colour: str) -> str:
    """A header row of two paragraphs, and two cells of paragraphs below it, in a text `width` wide.

    On paper a `whole` one stands on one page.
    """
    widths = (_LEFT, width - _LEFT)
    sides = f'<w:left w:w="0" w:type="dxa"/><w:right w:w="{_BETWEEN}" w:type="dxa"/>'
    rule = f'<w:top w:val="single" w:sz="6" w:space="0" w:color="{colour}"/>'
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    rows = (
        _row(heads, widths, "<w:cantSplit/><w:tblHeader/>"),
        _row(cells, widths, "<w:cantSplit/>" * whole),
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{rule}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(cells: Sequence[str], widths: Sequence[int], about: str) -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, wide in zip(cells, widths)
    )
    return f"<w:tr>{f'<w:trPr>{about}</w:trPr>' if about else ''}{drawn}</w:tr>"


def picture(name: str, number: int, told: str, shape: float, colour: str) -> str:
    """A run with a picture in line with the text, `shape` times as wide as high, framed by a thin line."""
    size = f'cx="{round(PICTURE * EMU)}" cy="{round(PICTURE / shape * EMU)}"'
    about = f'id="{number}" name="Slide picture" descr={quoted(told)}'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}wordprocessingDrawing" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent {size}/><wp:docPr {about}/><wp:cNvGraphicFramePr><a:graphicFrameLocks'
        f' xmlns:a="{_DRAWING}main" noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic'
        f' xmlns:a="{_DRAWING}main"><a:graphicData uri="{_DRAWING}picture"><pic:pic'
        f' xmlns:pic="{_DRAWING}picture"><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def parts(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of the pictures, by the names that `picture` was given."""
    return {f"word/media/{name}.png": data for name, data in pictures.items()}


def content_types(pictures: Mapping[str, bytes]) -> str:
    """What [Content_Types].xml has to say of them."""
    return "".join(f'<Override PartName="/{part}" ContentType="image/png"/>' for part in parts(pictures))


def relationships(pictures: Mapping[str, bytes]) -> str:
    """The relationships of the main part to them."""
    return "".join(
        f'<Relationship Id="{name}" Type="{RELATIONSHIPS}image" Target="media/{name}.png"/>'
        for name in pictures
    )
