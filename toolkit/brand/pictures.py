"""A template's pictures: their colours where words stand on them, and small copies.

Vector pictures, which Pillow does not read, are left out.
"""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image

from toolkit.brand.geometry import Box, Drawn
from toolkit.office.colour import Colour

SEEN = 0.04  # of the words' box: a colour with less of it is not counted
SMALL = 480  # pixels: 127 to the inch for the picture of a slide on a notes page
_GRAIN = 28  # pixels across and down that a box is looked at
_LARGEST = 640  # pixels across that a picture is kept at


@dataclass(frozen=True)
class Shades:
    """The colours behind a box, and whether one sees through to what is below as well."""

    colours: tuple[Colour, ...]
    see_through: bool


@lru_cache(maxsize=512)
def shades(drawn: Drawn, box: Box) -> Shades | None:
    """The colours of a drawn picture under a box, or None for a picture that cannot be read."""
    picture = _opened(drawn.picture) if drawn.picture else None
    if picture is None or not drawn.box.area:
        return None
    left, top, right, bottom = drawn.crop
    wide, high = (
        (1 - left - right) * picture.width / drawn.box.w,
        (1 - top - bottom) * picture.height / drawn.box.h,
    )
    part = box.within(drawn.box)
    x, y = (
        left * picture.width + (part.x - drawn.box.x) * wide,
        top * picture.height + (part.y - drawn.box.y) * high,
    )
    area = (
        max(0, int(x)),
        max(0, int(y)),
        min(picture.width, int(x + part.w * wide) + 1),
        min(picture.height, int(y + part.h * high) + 1),
    )
    if area[0] >= area[2] or area[1] >= area[3]:
        return None
    small = picture.crop(area).resize((_GRAIN, _GRAIN), Image.Resampling.BOX)
    found: Counter[Colour] = Counter()
    seen: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    pixels = small.tobytes()
    for at in range(0, len(pixels), 4):
        red, green, blue, alpha = pixels[at : at + 4]
        seen.setdefault((red // 43, green // 43, blue // 43) if alpha >= 128 else (), []).append(
            (red, green, blue)
        )
    for key, members in seen.items():
        if key and len(members) >= SEEN * _GRAIN**2:
            mean = tuple(sum(m[n] for m in members) / len(members) / 255 for n in range(3))
            found[mean[0], mean[1], mean[2]] = len(members)
    return Shades(
        tuple(colour for colour, _ in found.most_common()), len(seen.get((), ())) >= SEEN * _GRAIN**2
    )


def small_copy(drawn: Drawn) -> bytes:
    """A drawn picture as a PNG of at most SMALL pixels across, cropped as it is drawn; empty for one that
    cannot be read.
    """
    picture = _opened(drawn.picture) if drawn.picture else None
    if picture is None:
        return b""
    left, top, right, bottom = drawn.crop
    area = (
        round(left * picture.width),
        round(top * picture.height),
        round((1 - right) * picture.width),
        round((1 - bottom) * picture.height),
    )
    if area[0] >= area[2] or area[1] >= area[3]:
        return b""
    copy = picture.crop(area)
    copy.thumbnail((SMALL, SMALL))
    out = BytesIO()
    copy.save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=64)
def _opened(data: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data))
            picture.draft("RGB", (_LARGEST, _LARGEST))
            picture.thumbnail((_LARGEST, _LARGEST))
            return picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        return None
