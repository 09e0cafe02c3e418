"""The shapes and paints of a drawing as DrawingML has them, in decks and in documents (ECMA-376, 20.1)."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from toolkit.brand.geometry import EMU
from toolkit.fit.drawing import Placed
from toolkit.plan.model import Tone

_FORMS = {
    "rectangle": "rect",
    "rounded": "roundRect",
    "ellipse": "ellipse",
    "diamond": "diamond",
    "words": "rect",
    "line": "line",
    "arrow": "line",
}
ALIGN = {"left": "l", "center": "ctr", "right": "r"}
_ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
_LIGHTER = '<a:satMod val="45000"/><a:lumMod val="15000"/><a:lumOff val="85000"/>'  # lighter, and greyer
_DARKER = '<a:lumMod val="20000"/>'


def paints(kind: str, accent: str, ink: str, paper: str, light_ink: bool) -> dict[Tone, str]:
    """The colour element of each tone; `kind` is schemeClr or srgbClr, and the others are values of it."""
    plain: dict[Tone, str] = {"accent": accent, "ink": ink, "paper": paper}
    found: dict[Tone, str] = {tone: f'<a:{kind} val="{value}"/>' for tone, value in plain.items()}
    found["pale"] = f'<a:{kind} val="{accent}">{_DARKER if light_ink else _LIGHTER}</a:{kind}>'
    return found


def hues(accent: str, ink: str, paper: str) -> dict[Tone, str]:
    """The colour of each tone, in #RRGGBB, `pale` mixed as Office does for `paints`."""
    red, green, blue = (int(accent[n : n + 2], 16) / 255 for n in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    dark = is_light(ink)
    mixed = colorsys.hls_to_rgb(
        hue, light * 0.2 if dark else light * 0.15 + 0.85, full if dark else full * 0.45
    )
    pale = "#" + "".join(f"{round(part * 255):02X}" for part in mixed)
    return {"accent": accent, "ink": ink, "paper": paper, "pale": pale, "none": ""}


MARKER = "#FBE0A0"  # behind the decisive words of a statement in dark ink, as a marker pen leaves it
GOLD = "#C98A1B"  # of the one dot of a banner


def dots(ground: str) -> str:
    """The colour of the other dots of a banner, a little lighter than its ground; both are #RRGGBB."""
    return "#" + "".join(f"{round(int(ground[n : n + 2], 16) * 0.85 + 255 * 0.15):02X}" for n in (1, 3, 5))


def is_light(colour: str) -> bool:
    """Whether a colour, #RRGGBB, is nearer to white than to black."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue > 127


def shape_properties(placed: Placed, x: int, y: int, paints: Mapping[Tone, str]) -> str:
    """Where a shape stands, its form and paint: what spPr holds. `x` and `y` are its drawing's, in EMU."""
    shape = placed.shape
    flips = "".join(f' flip{side}="1"' for side, n in (("H", placed.w), ("V", placed.h)) if n < 0)
    left, top = (min(at, at + by) * EMU for at, by in ((placed.x, placed.w), (placed.y, placed.h)))
    wide, high = (abs(n) * EMU for n in (placed.w, placed.h))
    fill = f"<a:solidFill>{paints[shape.fill]}</a:solidFill>" if shape.fill != "none" else "<a:noFill/>"
    outline = ""
    if shape.edge != "none":
        head = '<a:tailEnd type="triangle"/>' if shape.form == "arrow" else ""
        paint = f"<a:solidFill>{paints[shape.edge]}</a:solidFill>"
        outline = f'<a:ln w="{round(placed.weight * EMU)}">{paint}{head}</a:ln>'
    return (
        f'<a:xfrm{flips}><a:off x="{x + round(left)}" y="{y + round(top)}"/>'
        f'<a:ext cx="{round(wide)}" cy="{round(high)}"/></a:xfrm>'
        f'<a:prstGeom prst="{_FORMS[shape.form]}"><a:avLst/></a:prstGeom>{fill}{outline}'
    )


def body_attributes(placed: Placed) -> str:
    """How the words of a shape stand in it: the attributes of bodyPr."""
    inset = round(placed.inset * EMU)
    return (
        f'wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" rtlCol="0"'
        f' anchor="{_ANCHOR[placed.shape.anchor]}"'
    )
