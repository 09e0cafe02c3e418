"""The pieces of a slide, layout or master as their XML says them: what each is, where it stands (ECMA-376
part 1, 19.3)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

from toolkit.office.boxes import Box, Outline
from toolkit.office.colour import whole
from toolkit.office.opc import A, P

TAGS = {P + tag: tag for tag in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart")}
_NAMED, _TEXT, _XFRM, _OFF, _EXT = f"{P}cNvPr", f"{A}t", f"{A}xfrm", f"{A}off", f"{A}ext"
_OWN, _HOLDER = f"{P}nvPr", f"{P}ph"
_PLACED = (f"{P}spPr", f"{P}grpSpPr")
_MEDIA = "{http://schemas.microsoft.com/office/powerpoint/2010/main}media"
_FILMS = (f"{A}videoFile", f"{A}audioFile", f"{A}wavAudioFile", _MEDIA)


class Scale(NamedTuple):
    """How coordinates inside a group become the slide's: factors, then offsets in EMU."""

    wide: float = 1.0
    high: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def of(self, box: Box) -> Box:
        """A box inside the group as the slide has it."""
        if self == PLAIN:
            return box
        return Box(
            round(box.x * self.wide + self.x),
            round(box.y * self.high + self.y),
            round(box.w * self.wide),
            round(box.h * self.high),
        )


PLAIN = Scale()


def find(element: Any, *tags: str) -> Any:
    """The first child of a tag, of that the first of the next, and so on; None where there is none.
    ElementTree is ten times slower with a path."""
    for tag in tags:
        if element is None:
            return None
        element = element.find(tag)
    return element


def about(element: Any) -> tuple[Any, Any]:
    """The p:cNvPr of a shape, and the p:ph that makes it a placeholder; None for what is not there."""
    for child in element:
        named, own = child.find(_NAMED), child.find(_OWN)
        if named is not None or own is not None:
            return named, own.find(_HOLDER) if own is not None else None
    return None, None


def kind_of(tag: str, element: Any) -> str:
    """What a shape is: text, picture, table, chart, diagram, object, media, line, shape or group. `tag` is
    its element's own name."""
    if tag == "pic":
        said = find(element, f"{P}nvPicPr", f"{P}nvPr")
        return "media" if said is not None and any(e.tag in _FILMS for e in said.iter()) else "picture"
    if tag == "graphicFrame":
        uri = next((e.get("uri") or "" for e in element.iter(f"{A}graphicData")), "").rpartition("/")[2]
        return uri if uri in ("table", "chart", "diagram") else "chart" if uri == "chartex" else "object"
    if tag == "sp":
        for words in element.iter(_TEXT):
            if words.text:
                return "text"
        return "shape"
    return {"cxnSp": "line", "grpSp": "group"}.get(tag, "object")


def frame(element: Any) -> Box | None:
    """Where a shape, picture, frame or group says that it stands; None when it says nothing."""
    for child in element:
        xfrm = child if child.tag == f"{P}xfrm" else child.find(_XFRM) if child.tag in _PLACED else None
        if xfrm is not None:
            off, ext = xfrm.find(_OFF), xfrm.find(_EXT)
            if off is None or ext is None:
                return None
            return Box(whole(off.get("x")), whole(off.get("y")), whole(ext.get("cx")), whole(ext.get("cy")))
    return None


def group_scale(group: Any, outer: Scale) -> Scale:
    """How coordinates inside a group become the slide's, where `outer` does so for the group's own."""
    box, xfrm = frame(group), find(group, f"{P}grpSpPr", _XFRM)
    off, ext = (xfrm.find(f"{A}chOff"), xfrm.find(f"{A}chExt")) if xfrm is not None else (None, None)
    if box is None or off is None or ext is None:
        return outer
    wide, high = box.w / (whole(ext.get("cx")) or box.w or 1), box.h / (whole(ext.get("cy")) or box.h or 1)
    x, y = box.x - whole(off.get("x")) * wide, box.y - whole(off.get("y")) * high
    return Scale(outer.wide * wide, outer.high * high, outer.wide * x + outer.x, outer.high * y + outer.y)


def turned(element: Any, box: Box) -> Box:
    """The room that a shape takes which stands at an angle."""
    properties = element.find(_PLACED[0])
    xfrm = properties.find(_XFRM) if properties is not None else None
    angle = math.radians(whole(xfrm.get("rot")) / 60_000) if xfrm is not None else 0.0
    if abs(math.sin(angle)) < 0.02:
        return box
    across, down = abs(math.cos(angle)), abs(math.sin(angle))
    wide, high = round(box.w * across + box.h * down), round(box.w * down + box.h * across)
    return Box(box.x + (box.w - wide) // 2, box.y + (box.h - high) // 2, wide, high)


MOST_CORNERS = 120  # of a freeform: its outline need not be truer
_ROUND = tuple((0.5 + math.cos(n * math.pi / 8) / 2, 0.5 + math.sin(n * math.pi / 8) / 2) for n in range(16))
_KNOWN = {
    "ellipse": _ROUND,
    "rtTriangle": ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "diamond": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
}


def outline_of(properties: Any) -> Outline:
    """The corners of a freeform, or of a shape with few, as parts of its box; none where they cannot be told,
    and not all of very many.
    """
    xfrm, box = find(properties, _XFRM), frame([properties]) if properties is not None else None
    if xfrm is None or box is None or not box.area or whole(xfrm.get("rot")):
        return ()
    flips = [xfrm.get(f"flip{side}") in ("1", "true") for side in "HV"]
    every = _corners(properties, box)
    step = 1 + sum(map(len, every)) // MOST_CORNERS
    return tuple(
        tuple((1 - x if flips[0] else x, 1 - y if flips[1] else y) for x, y in corners)
        for corners in (one[::step] for one in every)
        if len(corners) > 2
    )


def _corners(properties: Any, box: Box) -> Outline:
    preset = find(properties, f"{A}prstGeom")
    if preset is not None:
        name = preset.get("prst") or ""
        if name == "triangle":  # its top stands anywhere along its side
            said = next((one.get("fmla") or "" for one in preset.iter(f"{A}gd")), "val 50000")
            top = whole(said.removeprefix("val "), 50_000) / 100_000
            return (((top, 0.0), (1.0, 1.0), (0.0, 1.0)),)
        return (_KNOWN[name],) if name in _KNOWN else ()
    geometry = find(properties, f"{A}custGeom", f"{A}pathLst")
    if geometry is None:
        return ()
    found: list[tuple[tuple[float, float], ...]] = []
    for path in geometry:
        if path.get("fill") == "none":
            continue
        wide, high = whole(path.get("w")) or box.w, whole(path.get("h")) or box.h
        corners: list[tuple[float, float]] = []
        for step in path:
            kind, points = step.tag.removeprefix(A), []
            for point in step.iter(f"{A}pt"):
                try:
                    points.append((int(point.get("x") or "") / wide, int(point.get("y") or "") / high))
                except ValueError:  # a name, for what is worked out
                    return ()
            if kind == "arcTo":
                return ()
            if kind == "moveTo" and corners:
                found.append(tuple(corners))
                corners = []
            corners += (
                _bent(corners[-1], points) if kind in ("cubicBezTo", "quadBezTo") and corners else points
            )
        if len(corners) > 2:
            found.append(tuple(corners))
    return tuple(found)


def _bent(begin: tuple[float, float], points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Some points on a curve that begins at one and is bent by others (Bézier, by de Casteljau's rule)."""
    made = []
    for share in (0.25, 0.5, 0.75, 1.0):
        line = [begin, *points]
        while len(line) > 1:
            line = [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for (x1, y1), (x2, y2) in pairwise(line)]
        made.append(line[0])
    return made


def is_whole(outline: Outline) -> bool:
    """Whether a freeform is a rectangle that fills its box."""
    return (
        len(outline) == 1
        and all(min(x, 1 - x) < 0.01 or min(y, 1 - y) < 0.01 for x, y in outline[0])
        and _area(outline[0]) > 0.98
    )


def _area(corners: tuple[tuple[float, float], ...]) -> float:
    every = pairwise((*corners, corners[0]))
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in every)) / 2


_LIKE = {
    "ctrTitle": ("ctrTitle", "title"),
    "title": ("title", "ctrTitle"),
    **{kind: (kind,) for kind in ("dt", "ftr", "sldNum", "hdr", "sldImg")},
}


class Holders:
    """The placeholders of a layout or master."""

    def __init__(self, root: Any) -> None:
        self.every: list[
            tuple[Any, Any]
        ] = []  # those in no group, each with its p:ph, in the order of the file
        self._by_idx: dict[str, Any] = {}
        self._by_type: dict[str, Any] = {}
        tree = find(root, f"{P}cSld", f"{P}spTree")
        within = set(tree) if tree is not None else set()
        for element in tree.iter() if tree is not None else ():
            ph = about(element)[1] if element.tag in TAGS else None
            if ph is not None:
                self._by_idx.setdefault(ph.get("idx") or "0", element)
                self._by_type.setdefault(ph.get("type") or "obj", element)
                if element in within:
                    self.every.append((element, ph))

    def numbered(self, idx: int) -> Any:
        """The placeholder of a number, or None."""
        return self._by_idx.get(str(idx))

    def like(self, kind: str) -> Any:
        """The placeholder that one of a type inherits from, or None."""
        for same in _LIKE.get(kind, (kind, "body")):
            if same in self._by_type:
                return self._by_type[same]
        return None
