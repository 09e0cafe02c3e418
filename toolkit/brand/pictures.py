"""A template's pictures: their colours where words stand on them, what they show, and small copies.

Vector pictures, which Pillow does not read, are left out.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageFilter, ImageOps

from toolkit.brand.geometry import Box, Drawn
from toolkit.late import dataclass
from toolkit.office.colour import Colour
from toolkit.office.fills import FULL

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
    picture = _shown(drawn)
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
    picture = _shown(drawn)
    if picture is None:
        return b""
    copy = _cropped(picture, drawn)
    if copy is None:
        return b""
    copy.thumbnail((SMALL, SMALL))
    out = BytesIO()
    copy.save(out, "PNG")
    return out.getvalue()


def uncovered(drawn: list[Drawn], slide: Box) -> list[Drawn]:
    """What is seen of the drawings of a layout, from back to front: without what lies wholly under others."""
    found: list[Drawn] = []
    covers: list[Drawn] = []
    for thing in reversed(drawn):
        box = thing.box.within(slide)
        if not any(cover.part_of(box) > 0.99 for cover in covers):
            found.append(thing)
        full = thing.shape in FULL or thing.outline
        large = box.area > 0.1 * slide.area
        if thing.fill and full and large and not thing.sheer and _hides(thing):
            covers.append(thing)
    return found[::-1]


def _hides(thing: Drawn) -> bool:
    """Whether nothing is seen through a thing with a fill."""
    if thing.kind != "picture":
        return None not in thing.fill
    seen = shades(thing, thing.box)
    return seen is not None and not seen.see_through


ACROSS, DOWN = 64, 36  # places of a background picture that are looked at
_PLAIN = 10  # of 255: how much the edges of a plain place weigh at most
_GRAINY = 3  # times as much as its middle place: the same in a picture that has a grain, as paper has
_GRAIN = 30  # of 255: the most that a grain makes of it
_BUSY = 0.35  # of all places: a picture with more of what stands out is a photograph or a pattern
_EMBLEM = 0.12  # of the slide: the largest that is taken for a logo or an ornament


@lru_cache(maxsize=256)
def edges(drawn: Drawn) -> tuple[int, ...]:
    """How much the edges weigh in each place of a picture, ACROSS by DOWN; nothing for one that cannot be
    looked at.
    """
    picture = _shown(drawn)
    if picture is None or not drawn.box.area:
        return ()
    picture = _cropped(picture, drawn)
    if picture is None or picture.width < ACROSS or picture.height < DOWN:
        return ()
    ground = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    grey = Image.alpha_composite(ground, picture).convert("L")
    found = grey.filter(ImageFilter.FIND_EDGES)
    found.paste(0, (0, 0, found.width, 1))
    found.paste(0, (0, found.height - 1, found.width, found.height))
    found.paste(0, (0, 0, 1, found.height))
    found.paste(0, (found.width - 1, 0, found.width, found.height))
    return tuple(found.resize((ACROSS, DOWN), Image.Resampling.BOX).tobytes())


def _plain(grid: Sequence[int]) -> int:
    """How much the edges of a plain place of this picture weigh at most."""
    return max(_PLAIN, min(_GRAIN, _GRAINY * sorted(grid)[len(grid) // 2])) if grid else _PLAIN


def busy(drawn: Drawn, box: Box) -> float:
    """How much of a box lies on what stands out in a picture, 0 to 1."""
    wide, high = max(1, drawn.box.w / ACROSS), max(1, drawn.box.h / DOWN)
    part = box.within(drawn.box)
    across = range(
        int((part.x - drawn.box.x) / wide), min(ACROSS, int((part.right - drawn.box.x) / wide) + 1)
    )
    down = range(int((part.y - drawn.box.y) / high), min(DOWN, int((part.bottom - drawn.box.y) / high) + 1))
    grid = edges(drawn) if part.area else ()
    plain = _plain(grid)
    found = sum(grid[y * ACROSS + x] > plain for y in down for x in across) if grid else 0
    return found / (len(across) * len(down)) * part.area / box.area if found else 0.0


@lru_cache(maxsize=256)
def emblems(drawn: Drawn, slide: Box) -> tuple[Box, ...]:
    """What stands out in a picture that is plain elsewhere, as a logo inside the background does."""
    grid = edges(drawn)
    plain = _plain(grid)
    loud = {at for at, weight in enumerate(grid) if weight > plain}
    loud -= _ruled(loud)
    if not loud or len(loud) > _BUSY * ACROSS * DOWN:
        return ()
    found = []
    while loud:
        group, todo = set(), [loud.pop()]
        while todo:
            at = todo.pop()
            group.add(at)
            x, y = at % ACROSS, at // ACROSS
            for down in range(max(0, y - 2), min(DOWN, y + 3)):
                for over in range(max(0, x - 2), min(ACROSS, x + 3)):
                    if down * ACROSS + over in loud:
                        loud.discard(down * ACROSS + over)
                        todo.append(down * ACROSS + over)
        left, right = min(at % ACROSS for at in group), max(at % ACROSS for at in group) + 1
        top, bottom = min(at // ACROSS for at in group), max(at // ACROSS for at in group) + 1
        wide, high = drawn.box.w / ACROSS, drawn.box.h / DOWN
        box = Box(
            round(drawn.box.x + left * wide),
            round(drawn.box.y + top * high),
            round((right - left) * wide),
            round((bottom - top) * high),
        ).within(slide)
        if len(group) > 2 and box.area < _EMBLEM * slide.area:
            found.append(box)
    return tuple(sorted(found, key=lambda box: (box.y, box.x)))


def _ruled(loud: set[int]) -> set[int]:
    """The places of edges that go from side to side, as those of bands and frames do."""
    found: set[int] = set()
    for y in range(DOWN):
        row = {y * ACROSS + x for x in range(ACROSS)} & loud
        found |= row if len(row) > 0.6 * ACROSS else set()
    for x in range(ACROSS):
        column = {y * ACROSS + x for y in range(DOWN)} & loud
        found |= column if len(column) > 0.6 * DOWN else set()
    return found


def _shown(drawn: Drawn) -> Image.Image | None:
    """A drawn picture in the colours in which it is shown; None for one that cannot be read."""
    picture = _opened(drawn.picture) if drawn.picture else None
    if picture is None or drawn.tones is None:
        return picture
    dark, light = (tuple(round(part * 255) for part in colour) for colour in drawn.tones)
    toned = ImageOps.colorize(picture.convert("L"), dark, light).convert("RGBA")
    toned.putalpha(picture.getchannel("A"))
    return toned


def _cropped(picture: Image.Image, drawn: Drawn) -> Image.Image | None:
    """What is shown of a picture; None for nothing."""
    left, top, right, bottom = drawn.crop
    area = (
        round(left * picture.width),
        round(top * picture.height),
        round((1 - right) * picture.width),
        round((1 - bottom) * picture.height),
    )
    return picture.crop(area) if area[0] < area[2] and area[1] < area[3] else None


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
