"""In which colours slides, layouts and masters are drawn, and what lies behind words (ECMA-376 part 1, 20.1).

A colour is None where it cannot be told: nobody should guess. A thing has several where it runs from one to
another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.office.boxes import Box, Colour, Drawn
from toolkit.office.colour import MAPPED, read_colour, whole
from toolkit.office.opc import A, P
from toolkit.office.shapes import find

Palette = Mapping[str, Colour]  # a theme's colours by the names that a slide uses
Fill = tuple[Colour | None, ...]
FULL = ("rect", "roundRect", "round2SameRect", "snip1Rect", "flowChartProcess")
_FILLS = tuple(A + name for name in ("solidFill", "noFill", "gradFill", "blipFill", "pattFill", "grpFill"))


def palette_of(theme: Any, mapping: Mapping[str, str] | None, opaque: float, plain: Palette) -> Palette:
    """The theme's colours, or plain ones where it lacks them, by its own names and by those of a colour
    map."""
    found = dict(plain)
    scheme = theme.find(f"{A}themeElements/{A}clrScheme") if theme is not None else None
    for entry in scheme if scheme is not None else ():
        if len(entry) and (colour := read_colour(entry[0], lambda _: None, opaque)) is not None:
            found[entry.tag.removeprefix(A)] = colour
    names = {**MAPPED, **(mapping or {})}
    return {**found, **{name: found[other] for name, other in names.items() if other in found}}


def fill_of(properties: Any) -> Any:
    """The fill among drawing properties, or None."""
    for child in properties if properties is not None else ():
        if child.tag in _FILLS:
            return child
    return None


class Paint:
    """Reads colours by a palette and its theme; what is less opaque than `opaque`, 0 to 1, cannot be told."""

    def __init__(self, theme: Any, palette: Palette, opaque: float) -> None:
        self.theme, self.palette, self._opaque = theme, palette, opaque

    def colour(self, element: Any) -> Colour | None:
        """What a DrawingML colour stands for."""
        return read_colour(element, self.palette.get, self._opaque)

    def fill(self, properties: Any) -> Fill | None:
        """The colours of the fill among some properties: one, or every stop of a gradient; empty when one
        sees through; None when nothing is said."""
        fill = fill_of(properties)
        match fill.tag.removeprefix(A) if fill is not None else "":
            case "":
                return None
            case "noFill":
                return ()
            case "solidFill":
                return (self.colour(fill[0]),) if len(fill) else (None,)
            case "gradFill":
                stops = fill.iterfind(f"{A}gsLst/{A}gs")
                return tuple(self.colour(stop[0]) for stop in stops if len(stop)) or (None,)
        return (None,)

    def themed(self, reference: Any) -> Fill | None:
        """The colours of a fill of the theme that a shape or background names; None for no reference. A
        picture in two colours, as textures are, shows those and what lies between.
        """
        at = whole(reference.get("idx")) if reference is not None else 0
        if not at:
            return None
        base = self.colour(reference[0]) if len(reference) else None
        named, at = ("bgFillStyleLst", at - 1001) if at > 1000 else ("fillStyleLst", at - 1)
        path = f"{A}themeElements/{A}fmtScheme/{A}{named}"
        styles = self.theme.find(path) if self.theme is not None else None
        if styles is None or not 0 <= at < len(styles) or base is None:
            return (base,)
        own = Paint(self.theme, {**self.palette, "phClr": base}, self._opaque)
        tones = styles[at].find(f"{A}blip/{A}duotone")
        if tones is not None and len(tones):
            return tuple(own.colour(tone) for tone in tones)
        return own.fill([styles[at]]) or (base,)

    def ground(self, roots: Iterable[Any]) -> Fill:
        """The colours of a background: that of the first of some slides, layouts and masters that has one."""
        plain = (self.palette.get("bg1"),)
        for root in roots:
            background = find(root, f"{P}cSld", f"{P}bg")
            if background is not None:
                reference = background.find(f"{P}bgRef")
                if reference is None:
                    return self.fill(background.find(f"{P}bgPr")) or plain
                found = self.themed(reference)
                return plain if found in (None, (None,)) else found
        return plain


def colours_behind(
    ground: Fill,
    drawn: Iterable[Drawn],
    box: Box | None,
    look: Callable[[Drawn, Box], tuple[Fill, bool] | None] | None = None,
) -> Fill:
    """Every colour that words in a box may stand on: what is drawn beneath them, from back to front, else the
    ground.

    `look` may tell the colours of a picture, and whether one sees through it anywhere.
    """
    found = list(ground)
    if box is None or not box.area:
        return tuple(found)
    for thing in drawn:
        if not thing.fill or (part := thing.part_of(box)) < 0.02:
            continue
        seen = look(thing, box) if look is not None else None
        fill, through = seen or (thing.fill, False)
        full = thing.shape in FULL or bool(thing.outline)
        covers = part > 0.97 and full and not through and not thing.sheer
        found = list(fill) if covers else [*found, *fill]
    return tuple(dict.fromkeys(found))
