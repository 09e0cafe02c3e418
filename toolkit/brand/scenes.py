"""What a layout looks like without an office program, and the few colours that every PDF of a brand has.

What the template draws as a freeform shape with unknown corners or as a vector picture is left out.
"""

from __future__ import annotations

import colorsys
import hashlib
from collections.abc import Collection, Sequence

from toolkit.brand.compiled import Paint, Scene, Shown
from toolkit.brand.geometry import Drawn, Sheet, SlideLayout, Slot
from toolkit.brand.inks import CLEAR, colours_behind, least_contrast
from toolkit.brand.pictures import small_copy
from toolkit.office.colour import Colour, contrast, from_hex, mixed, to_hex

PAPER: Colour = (1.0, 1.0, 1.0)
_SLATE, _STONE, _TEAL, _AMBER = (
    from_hex(c) or PAPER for c in ("1F2A30", "F4F2EE", "2F6F86", "8A5200")
)  # where a theme has nothing that serves
_SHAPES = ("rect", "roundRect", "ellipse")


def palette(theme: dict[str, Colour], accent: str) -> dict[str, str]:
    """The colours of a brand's PDFs by what they are for, as #RRGGBB: all can be read on white paper."""
    ink = readable(theme["dk1"], [PAPER], 7.0)
    deep = readable(theme.get(accent, ink), [PAPER], 7.0)
    first, second, light = (
        theme.get("accent1", _TEAL),
        theme.get("accent2", _AMBER),
        theme.get("lt2", _STONE),
    )
    edge = first if contrast(first, PAPER) >= 3 else deep
    stone = light if contrast(light, ink) >= 9 else _STONE
    warning = second if contrast(second, PAPER) >= 3 else ink
    found = {
        "ink": ink,
        "deep": deep,
        "edge": edge,
        "stone": stone,
        "warning": warning,
        "straw": _pale(warning),
        "muted": mixed(ink, PAPER, 0.82),
        "link": readable(theme.get("hlink", deep), [stone]),
        "line": mixed(ink, PAPER, 0.45),
    }
    return {name: to_hex(colour) for name, colour in found.items()}


def _pale(colour: Colour) -> Colour:
    """A colour as the tint that a strip stands on: as warm as it is, and nearly as light as paper."""
    hue, _, full = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, 0.92, min(full, 0.8))


def readable(ink: Colour, behind: Sequence[Colour], least: float = CLEAR) -> Colour:
    """The ink, or near-black or white where it cannot be read on what is behind it."""
    return (
        ink
        if least_contrast(ink, behind) >= least
        else max((_SLATE, PAPER), key=lambda colour: least_contrast(colour, behind))
    )


def scene(sheet: Sheet, layout: SlideLayout, accent: str, pictures: dict[str, bytes]) -> Scene:
    """A layout as it is drawn. Small copies of the pictures that it shows are added to `pictures` by name."""
    ground = _known(sheet.ground) or [sheet.scheme["bg1"]]
    shown = [
        Shown(d.box, d.shape, _hex(_known(d.fill)), _kept(d, pictures), d.outline)
        for d in sheet.drawn
        if (d.shape in _SHAPES or d.outline) and (d.picture or _known(d.fill))
    ]
    # A slot has the room of others that a page does not use: what it may stand on then counts always.
    painted = {name: _paint(sheet, layout.used([name])[name], accent, ground) for name in layout.slots}
    return Scene(_hex(ground), tuple(shown), painted)


def _paint(sheet: Sheet, slot: Slot, accent: str, ground: list[Colour]) -> Paint:
    holder = sheet.holder(slot)
    fill = [sheet.scheme[slot.fill]] if slot.fill else _known(holder.fill) if holder else []
    under = fill or _known(colours_behind(sheet, slot.box)) or ground
    ink = sheet.scheme.get(slot.colour) or (holder.ink if holder else None) or sheet.scheme["tx1"]
    words, headings = (to_hex(readable(c, under)) for c in (ink, sheet.scheme.get(accent, ink)))
    if holder is None:
        stands = "b" if slot.bare else slot.anchor or "t"
        return Paint(words, headings, _hex(fill), anchor=stands, align=slot.align)
    return Paint(
        words,
        headings,
        _hex(fill),
        to_hex(holder.line) if holder.line else "",
        (*holder.edge[:2], to_hex(holder.edge[2])) if holder.edge else None,
        "b" if slot.bare else slot.anchor or holder.anchor,
        slot.align or holder.align,
    )


def _known(colours: Sequence[Colour | None]) -> list[Colour]:
    """The colours of a fill, the stops of a gradient; none where there is a picture."""
    return [c for c in colours if c is not None]


def _hex(colours: Collection[Colour]) -> tuple[str, ...]:
    return tuple(to_hex(c) for c in colours)


def _kept(drawn: Drawn, pictures: dict[str, bytes]) -> str:
    """The name of a picture's small copy in `pictures`; empty for a shape, or where it cannot be read."""
    if not drawn.picture:
        return ""
    name = hashlib.sha256(drawn.picture + repr(drawn.crop).encode()).hexdigest()[:12]
    copy = pictures.get(name) or small_copy(drawn)
    if copy:
        pictures[name] = copy
    return name if copy else ""
