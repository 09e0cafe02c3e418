"""What a template draws besides words: shapes, pictures and backgrounds, and in which colours (ECMA-376 part 1, 19.3 and 20.1)."""

from __future__ import annotations

from typing import Any

from toolkit.brand.geometry import Box, Crop, Drawn
from toolkit.office.colour import MAPPED, Colour, read_colour, whole
from toolkit.office.opc import A, P, R
from toolkit.office.shapes import fill_of, frame


def drawings(
    parent: Any,
    scheme: dict[str, Colour],
    pictures: dict[str, bytes],
    scale: tuple[float, float, float, float] = (1.0, 1.0, 0.0, 0.0),
) -> list[Drawn]:
    """What a master or layout draws besides its placeholders, groups taken apart, from back to front. `pictures` are its own by relationship."""
    found: list[Drawn] = []
    for element in parent if parent is not None else ():
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag == "AlternateContent":
            found += drawings(element[0] if len(element) else None, scheme, pictures, scale)
            continue
        about = element.find(f"*/{P}cNvPr")
        if (
            tag not in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp")
            or about is None
            or about.get("hidden") in ("1", "true")
            or element.find(f"*/{P}nvPr/{P}ph") is not None
        ):
            continue
        said = frame(element)
        if said is None:
            continue
        box = Box(
            round(said[0] * scale[0] + scale[2]),
            round(said[1] * scale[1] + scale[3]),
            round(said[2] * scale[0]),
            round(said[3] * scale[1]),
        )
        if tag == "grpSp":
            inner = element.find(f"{P}grpSpPr/{A}xfrm")
            off, ext = inner.find(f"{A}chOff"), inner.find(f"{A}chExt")
            if off is not None and ext is not None:
                sx, sy = (box.w / (whole(ext.get("cx")) or 1), box.h / (whole(ext.get("cy")) or 1))
                found += drawings(
                    element,
                    scheme,
                    pictures,
                    (sx, sy, box.x - whole(off.get("x")) * sx, box.y - whole(off.get("y")) * sy),
                )
        elif tag in ("pic", "graphicFrame"):
            found.append(
                Drawn(box, (None,), "picture", "rect", *_picture(element.find(f"{P}blipFill"), pictures))
            )
        elif tag == "cxnSp":
            found.append(Drawn(box, (), "line"))
        else:
            fill = fill_colours(element.find(f"{P}spPr"), scheme)
            ref = element.find(f"{P}style/{A}fillRef")
            if fill is None:
                fill = (
                    (colour_of(ref[0], scheme),)
                    if ref is not None and whole(ref.get("idx")) and len(ref)
                    else ()
                )
            words = any((t.text or "").strip() for t in element.iter(f"{A}t"))
            geometry = element.find(f"{P}spPr/{A}prstGeom")
            shape = geometry.get("prst") or "" if geometry is not None else ""
            found.append(
                Drawn(
                    box,
                    fill,
                    "words" if words else "shape",
                    shape,
                    *_picture(element.find(f"{P}spPr/{A}blipFill"), pictures),
                )
            )
    return found


def background(holding: tuple[tuple[Any, dict[str, bytes]], ...], slide: Box) -> list[Drawn]:
    """The picture behind everything, if a layout or else its master has one."""
    for root, pictures in holding:
        element = root.find(f"{P}cSld/{P}bg")
        if element is not None:
            data, crop = _picture(element.find(f"{P}bgPr/{A}blipFill"), pictures)
            return [Drawn(slide, (None,), "picture", "rect", data, crop)] if data else []
    return []


def _picture(fill: Any, pictures: dict[str, bytes]) -> tuple[bytes, Crop]:
    blip = fill.find(f"{A}blip") if fill is not None else None
    data = pictures.get(blip.get(f"{R}embed") or "", b"") if blip is not None else b""
    cut = fill.find(f"{A}srcRect") if data else None
    left, top, right, bottom = (
        whole(cut.get(side)) / 100_000 if cut is not None else 0.0 for side in ("l", "t", "r", "b")
    )
    return data, (left, top, right, bottom)


def scheme_of(theme: Any, mapping: Any) -> dict[str, Colour]:
    """The theme's colours by the names that a slide uses."""
    found: dict[str, Colour] = {}
    scheme = theme.find(f"{A}themeElements/{A}clrScheme") if theme is not None else None
    for entry in scheme if scheme is not None else ():
        if isinstance(entry.tag, str) and len(entry) and (colour := colour_of(entry[0], {})) is not None:
            found[entry.tag.removeprefix(A)] = colour
    found.setdefault("dk1", (0.0, 0.0, 0.0))
    found.setdefault("lt1", (1.0, 1.0, 1.0))
    names = dict(mapping.attrib) if mapping is not None else MAPPED
    return found | {name: found[target] for name, target in {**MAPPED, **names}.items() if target in found}


def colour_of(element: Any, scheme: dict[str, Colour]) -> Colour | None:
    """A colour in a sheet's scheme, or None where it cannot be told or is more than half transparent."""
    return read_colour(element, scheme.get, 0.5)


def fill_colours(properties: Any, scheme: dict[str, Colour]) -> tuple[Colour | None, ...] | None:
    """The colours of a fill: one, every stop of a gradient, None for a picture; empty when one sees through; None when nothing is said."""
    fill = fill_of(properties)
    match fill.tag.removeprefix(A) if fill is not None else "":
        case "":
            return None
        case "noFill":
            return ()
        case "solidFill":
            return (colour_of(fill[0], scheme),) if len(fill) else (None,)
        case "gradFill":
            return tuple(
                colour_of(stop[0], scheme) for stop in fill.iterfind(f"{A}gsLst/{A}gs") if len(stop)
            ) or (None,)
    return (None,)


def ground_of(holding: tuple[Any, ...], theme: Any, scheme: dict[str, Colour]) -> tuple[Colour | None, ...]:
    """The colours of a layout's background: its own, or its master's."""
    for root in holding:
        background = root.find(f"{P}cSld/{P}bg")
        if background is None:
            continue
        reference = background.find(f"{P}bgRef")
        if reference is None:
            return fill_colours(background.find(f"{P}bgPr"), scheme) or (scheme["bg1"],)
        base = colour_of(reference[0], scheme) if len(reference) else None
        styles = theme.find(f"{A}themeElements/{A}fmtScheme/{A}bgFillStyleLst") if theme is not None else None
        at = whole(reference.get("idx")) - 1001
        if styles is None or not 0 <= at < len(styles) or base is None:
            return (base or scheme["bg1"],)
        return fill_colours([styles[at]], {**scheme, "phClr": base}) or (base,)
    return (scheme["bg1"],)
