"""What text looks like, wherever it stands: its size, weight and colour, how colours are written, changed and
compared.

What cannot be worked out (a picture or gradient behind the words, a style that Office keeps to itself) is
None: nobody should guess.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from typing import Any

from toolkit.late import dataclass
from toolkit.office.boxes import Colour as Colour

ON = ("1", "true", "on")
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
PRESETS = {
    "black": "000000",
    "white": "FFFFFF",
    "red": "FF0000",
    "green": "008000",
    "blue": "0000FF",
    "yellow": "FFFF00",
    "gray": "808080",
    "orange": "FFA500",
}
MAPPED = {
    "bg1": "lt1",
    "tx1": "dk1",
    "bg2": "lt2",
    "tx2": "dk2",
}  # what slides call the theme's colours, where no colour map says otherwise


@dataclass(frozen=True)
class RunLook:
    """How a run of text is set: points, and the colour where it is known."""

    size: float
    bold: bool
    caps: bool
    language: str
    colour: Colour | None


def linear(value: float) -> float:
    """One sRGB channel as light (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted(
        (0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]) for c in (one, other)),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def from_hex(value: str | None) -> Colour | None:
    """A colour written as six hexadecimal digits, or None."""
    try:
        return (
            (int(value[0:2], 16) / 255, int(value[2:4], 16) / 255, int(value[4:6], 16) / 255)
            if value and len(value) == 6
            else None
        )
    except ValueError:
        return None


def to_hex(colour: Colour) -> str:
    """#RRGGBB."""
    return "#" + "".join(f"{round(c * 255):02X}" for c in colour)


def whole(value: str | None, default: int = 0) -> int:
    """A whole number as files write it, or the default for what is none, and for one that nothing has."""
    try:
        number = int(value) if value else default
    except ValueError:
        return default
    return number if -_LARGEST <= number <= _LARGEST else default


_LARGEST = 10**12  # EMU: a thousand kilometres


def decorative(element: Any) -> bool:
    """Whether a drawing's properties are marked as decorative (Microsoft's 2017 extension)."""
    return any(mark.get("val", "1") in ON for mark in element.iter(_DECORATIVE))


def curved(value: float) -> float:
    """Light as one sRGB channel: the way back from linear()."""
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def tinted(base: Colour, part: float) -> Colour:
    """A colour mixed with white, in light rather than in numbers, as Office does."""
    red, green, blue = (curved(linear(c) * part + 1 - part) for c in base)
    return (red, green, blue)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of a colour, 0 to 1, and the rest of the other."""
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(one, other))
    return (red, green, blue)


def read_colour(element: Any, named: Callable[[str], Colour | None], opaque: float = 1.0) -> Colour | None:
    """A DrawingML colour (ECMA-376 part 1, 20.1.2.3), or None where it cannot be told or is less opaque than
    `opaque`, 0 to 1.

    `named` gives a scheme colour by its name.
    """
    tag, value = (
        element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "",
        element.get("val") or "",
    )
    base: Colour | None = None
    match tag:
        case "srgbClr":
            base = from_hex(value)
        case "sysClr":
            base = from_hex(element.get("lastClr")) or {
                "windowText": (0.0, 0.0, 0.0),
                "window": (1.0, 1.0, 1.0),
            }.get(value)
        case "schemeClr":
            base = named(value)
        case "prstClr":
            base = from_hex(PRESETS.get(value))
    for change in element:
        base = changed(base, change, opaque) if base is not None else None
    return base


def changed(base: Colour, change: Any, opaque: float = 1.0) -> Colour | None:
    """A colour after one of DrawingML's changes, or None for those that are rare or leave it less opaque
    than `opaque`, 0 to 1."""
    name, part = (
        change.tag.rpartition("}")[2] if isinstance(change.tag, str) else "",
        whole(change.get("val")) / 100_000,
    )
    hue, light, full = colorsys.rgb_to_hls(*base)
    match name:
        case "lumMod":
            return colorsys.hls_to_rgb(hue, min(1.0, light * part), full)
        case "lumOff":
            return colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light + part)), full)
        case "satMod":
            return colorsys.hls_to_rgb(hue, light, min(1.0, full * part))
        case "hueMod":
            return colorsys.hls_to_rgb(hue * part % 1.0, light, full)
        case "tint":
            return tinted(base, part)
        case "shade":
            red, green, blue = (curved(linear(c) * part) for c in base)
            return (red, green, blue)
        case "alpha":
            return base if part >= opaque else None
    return None
