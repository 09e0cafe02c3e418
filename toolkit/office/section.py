"""The one section that a Word template keeps: its page, and the headers and footers that show on it."""

from __future__ import annotations

from typing import Any

from toolkit.late import pattern
from toolkit.office.colour import ON
from toolkit.office.editing import new_element
from toolkit.office.opc import W

# What a page is where the document does not say: A4 with margins of 2.54 cm, in twentieths of a point.
_PAGE = {"w": 11_906, "h": 16_838}
_MARGINS = {
    "top": 1440,
    "right": 1440,
    "bottom": 1440,
    "left": 1440,
    "header": 709,
    "footer": 709,
    "gutter": 0,
}
_NARROWEST = 4536  # 8 cm of text, across and down: in less no table of a briefing can be read
_EDGE = 283  # 0.5 cm, which printers leave white
_LARGEST = 31_680  # 22 inches, the largest page that Word knows
_MEASURE = pattern(r"\s*(-?\d{1,9}(?:\.\d{0,9})?)\s*(mm|cm|in|pt|pc|pi|)\s*")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}


def measured(value: str | None, per_point: int = 20) -> int | None:
    """A length as files write it, with decimals or a unit, in whole parts of a point; None for what is
    none."""
    found = _MEASURE.fullmatch(value or "")
    if found is None:
        return None
    points = float(found[1]) / per_point if not found[2] else float(found[1]) * _POINTS[found[2]]
    return round(points * per_point)


def kept_section(body: Any, remarks: list[str]) -> Any:
    """The properties of the last section that is upright, or of the last, with the headers and footers that
    it inherits from those before it; whole numbers, and nothing that a briefing has no use for."""
    sections = list(body.iter(f"{W}sectPr"))
    pages = [_page(section) for section in sections]
    upright = [n for n, page in enumerate(pages) if page["w"] <= page["h"]]
    last = upright[-1] if upright else len(sections) - 1
    every = sections[: last + 1]
    kept = new_element(f"{W}sectPr")
    titled = bool(every) and _is_on(every[-1].find(f"{W}titlePg"))
    references: dict[tuple[str, str], Any] = {}
    for section in every:
        for kind in ("header", "footer"):
            for ref in section.iterfind(f"{W}{kind}Reference"):
                references[kind, ref.get(f"{W}type") or "default"] = ref
    for (_, which), ref in sorted(references.items(), reverse=True):
        if which != "first" or titled:
            kept.append(ref)
    page = pages[last] if sections else dict(_PAGE)
    margins = _margins(every[-1] if every else None)
    if not _has_room(page, margins):
        if _has_room(page, _MARGINS):
            remarks.append("the margins leave no room for text; margins of 2.54 cm are used")
        else:
            remarks.append(f"the page of {_cm(page)} cm is too small or too large for a briefing; A4 is used")
            page = dict(_PAGE)
        margins = dict(_MARGINS)
    size = {f"{W}{side}": str(value) for side, value in page.items()}
    if page["w"] > page["h"]:
        size[f"{W}orient"] = "landscape"
    kept.append(new_element(f"{W}pgSz", **size))
    kept.append(new_element(f"{W}pgMar", **{f"{W}{side}": str(value) for side, value in margins.items()}))
    frame = every[-1].find(f"{W}pgBorders") if every else None
    if frame is not None and all(border.get(f"{W}val") in _PLAIN for border in frame):
        kept.append(frame)
    if titled:
        kept.append(new_element(f"{W}titlePg"))
    return kept


_PLAIN = ("single", "thick", "double", "dotted", "dashed", "nil", "none")  # others are little pictures


def _page(section: Any) -> dict[str, int]:
    size = section.find(f"{W}pgSz")
    found = {side: measured(size.get(W + side)) if size is not None else None for side in _PAGE}
    return {side: value or _PAGE[side] for side, value in found.items()}


def _margins(section: Any) -> dict[str, int]:
    own = section.find(f"{W}pgMar") if section is not None else None
    found = {side: measured(own.get(W + side)) if own is not None else None for side in _MARGINS}
    margins = {side: _MARGINS[side] if value is None else value for side, value in found.items()}
    # Above and below, less than nothing means that text may run into the header; elsewhere it means nothing.
    # What stands at the very edge of the paper is not printed.
    least = {"header": _EDGE, "footer": _EDGE, "top": -_LARGEST, "bottom": -_LARGEST}
    return {side: max(value, least.get(side, 0)) for side, value in margins.items()}


def _has_room(page: dict[str, int], margins: dict[str, int]) -> bool:
    wide = page["w"] - margins["left"] - margins["right"] - margins["gutter"]
    high = page["h"] - abs(margins["top"]) - abs(margins["bottom"])
    return min(wide, high) >= _NARROWEST and max(page.values()) <= _LARGEST


def _cm(page: dict[str, int]) -> str:
    return f"{page['w'] / 567:.1f} × {page['h'] / 567:.1f}"


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val") in (None, *ON)
