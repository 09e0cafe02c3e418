"""The pieces of a slide, layout or master as their XML says them: what each is, where it stands, how it is filled (ECMA-376 part 1, 19.3)."""

from __future__ import annotations

from typing import Any

from toolkit.office.colour import whole
from toolkit.office.opc import A, P

Box = tuple[float, float, float, float]  # x, y, width, height in EMU
_MEDIA = "{http://schemas.microsoft.com/office/powerpoint/2010/main}media"
# PowerPoint's default table style, Medium Style 2 - Accent 1, which files name without defining it.
OFFICE_TABLES = {
    "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}": {
        "wholeTbl": ("accent1:20000", "dk1:100000", False),
        "band1H": ("accent1:40000", "", False),
        "band1V": ("accent1:40000", "", False),
        **dict.fromkeys(
            ("firstRow", "lastRow", "firstCol", "lastCol"), ("accent1:100000", "lt1:100000", True)
        ),
    }
}


def table_colour(fill: Any) -> str:
    """A table style's colour as "scheme:tint"; anything but a plain scheme colour, hex colour or tint is "?"."""
    colour = fill[0] if len(fill) and (isinstance(fill, list) or fill.tag == f"{A}solidFill") else None
    if colour is None:
        return "" if not isinstance(fill, list) and fill.tag == f"{A}noFill" else "?"
    changes = [(c.tag.rpartition("}")[2], c.get("val")) for c in colour]
    if (
        any(name != "tint" for name, _ in changes)
        or len(changes) > 1
        or colour.tag not in (f"{A}schemeClr", f"{A}srgbClr")
    ):
        return "?"
    return (
        "#" if colour.tag == f"{A}srgbClr" else ""
    ) + f"{colour.get('val')}:{changes[0][1] if changes else 100000}"


def kind_of(tag: str, element: Any) -> str:
    """What a shape is: text, picture, table, chart, diagram, object, media, line, shape or group. `tag` is its element's own name."""
    if tag == "pic":
        about = element.find(f"{P}nvPicPr/{P}nvPr")
        film = about is not None and any(
            e.tag in (f"{A}videoFile", f"{A}audioFile", f"{A}wavAudioFile", _MEDIA) for e in about.iter()
        )
        return "media" if film else "picture"
    if tag == "graphicFrame":
        uri = next((e.get("uri") or "" for e in element.iter(f"{A}graphicData")), "").rpartition("/")[2]
        return uri if uri in ("table", "chart", "diagram") else "chart" if uri == "chartex" else "object"
    if tag == "sp":
        return "text" if any(t.text for t in element.iter(f"{A}t")) else "shape"
    return {"cxnSp": "line", "grpSp": "group"}.get(tag, "object")


def frame(element: Any) -> tuple[int, int, int, int] | None:
    """Where a shape, picture, frame or group says that it stands: x, y, width and height in EMU; None when it says nothing."""
    xfrm = next(
        (
            x
            for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm")
            if (x := element.find(path)) is not None
        ),
        None,
    )
    if xfrm is None or (off := xfrm.find(f"{A}off")) is None or (ext := xfrm.find(f"{A}ext")) is None:
        return None
    return (whole(off.get("x")), whole(off.get("y")), whole(ext.get("cx")), whole(ext.get("cy")))


def group_scale(group: Any, outer: Box) -> Box:
    """How coordinates inside a group become the slide's: factors and offsets for x and y."""
    xfrm = group.find(f"{P}grpSpPr/{A}xfrm")
    box, off, ext = (
        frame(group),
        xfrm.find(f"{A}chOff") if xfrm is not None else None,
        xfrm.find(f"{A}chExt") if xfrm is not None else None,
    )
    if box is None or off is None or ext is None:
        return outer
    sx, sy = box[2] / (whole(ext.get("cx")) or box[2] or 1), box[3] / (whole(ext.get("cy")) or box[3] or 1)
    x, y = box[0] - whole(off.get("x")) * sx, box[1] - whole(off.get("y")) * sy
    return (outer[0] * sx, outer[1] * sy, outer[0] * x + outer[2], outer[1] * y + outer[3])


def placeholders(root: Any) -> dict[tuple[str, str], Any]:
    """The placeholders of a layout or master by number and by type."""
    found: dict[tuple[str, str], Any] = {}
    for shape in root.iterfind(f"{P}cSld/{P}spTree//*"):
        ph = shape.find(f"*/{P}nvPr/{P}ph")
        if ph is not None:
            found.setdefault(("idx", ph.get("idx") or "0"), shape)
            found.setdefault(("type", ph.get("type") or "obj"), shape)
    return found


def same_kind(holders: dict[tuple[str, str], Any], holder: str) -> Any:
    """The placeholder of a master that one of a type inherits from, or None."""
    same = {
        "ctrTitle": ("ctrTitle", "title"),
        "title": ("title", "ctrTitle"),
        "dt": ("dt",),
        "ftr": ("ftr",),
        "sldNum": ("sldNum",),
        "hdr": ("hdr",),
        "sldImg": ("sldImg",),
    }
    return next(
        (holders[("type", kind)] for kind in same.get(holder, (holder, "body")) if ("type", kind) in holders),
        None,
    )


def fill_of(properties: Any) -> Any:
    """The fill among drawing properties, or None."""
    if properties is None:
        return None
    names = (f"{A}solidFill", f"{A}noFill", f"{A}gradFill", f"{A}blipFill", f"{A}pattFill", f"{A}grpFill")
    return next((child for child in properties if child.tag in names), None)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have anything in common."""
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def inside(one: Box, other: Box) -> bool:
    """Whether a box lies in another, give or take two points."""
    slack = 25_400  # EMU: 2 points
    return (
        one[0] >= other[0] - slack
        and one[1] >= other[1] - slack
        and one[0] + one[2] <= other[0] + other[2] + slack
        and one[1] + one[3] <= other[1] + other[3] + slack
    )
