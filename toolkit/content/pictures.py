"""A picture that a review brings: found, read and made anew, so that nothing goes on but its dots.

What a camera or a program writes into a file besides (places, names, dates, comments, profiles, a small copy
of what was there before somebody cut it) is left behind: what is handed on is a new file of the same dots.
"""

from __future__ import annotations

import io
import stat
import warnings
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from toolkit.content.model import Bitmap
from toolkit.late import dataclass

if TYPE_CHECKING:
    from PIL import Image as Images

FOLDER = "pictures"  # in the folder of the reviews
MOST_BYTES = 10 * 1024 * 1024
MOST_DOTS = 40_000_000  # a picture of a good telephone; unpacked it takes 160 MB
LONGEST_SIDE = 1600  # dots: twice what a picture has on any page of ours
_QUALITY = 90  # of a JPEG: the steps cannot be seen in print
_KINDS = ("PNG", "JPEG")
_AGAIN = "save it anew as PNG or JPEG from the program that made it"


@dataclass(frozen=True)
class Unfit:
    """What is wrong with the file of a picture, and what to do."""

    message: str
    hint: str


def find(folder: Path, name: str) -> Path | Unfit:
    """Where a picture lies that a review in `folder` calls by this name."""
    windows, steps = PureWindowsPath(name), PurePosixPath(name).parts
    if windows.is_absolute() or windows.drive or name.startswith(("/", "\\")) or ".." in windows.parts:
        return Unfit(
            f"“{name}” lies outside the folder of the reviews",
            f"copy the picture into reviews/{FOLDER}, and write file: {FOLDER}/{windows.name}",
        )
    if "\\" in name or len(steps) < 2 or steps[0] != FOLDER:
        return Unfit(
            f"“{name}” is not in the folder {FOLDER}",
            f"copy the picture into reviews/{FOLDER}, and write file: {FOLDER}/{windows.name}",
        )
    path = folder
    for step in steps:
        path = path / step
        if path.is_symlink():
            return Unfit(f"“{name}” is a link to another place", "put the picture itself there")
    return path


def read(path: Path, load: Callable[[Path], bytes]) -> Bitmap | Unfit:
    """The picture in a file, of which `load` gives the bytes, or what is wrong with it."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return Unfit(f"“{path.name}” is not a file", "name a picture: a PNG or JPEG")
        if about.st_size > MOST_BYTES:
            return Unfit(
                f"“{path.name}” is too large: {about.st_size / 2**20:.1f} MB, and 10 MB are the most",
                f"save it smaller: {LONGEST_SIDE} dots on its longer side are enough",
            )
        data = load(path)
    except FileNotFoundError:
        return Unfit(
            f"there is no picture “{path.name}” in reviews/{FOLDER}", "copy it there, or check the spelling"
        )
    except OSError as error:
        return Unfit(
            f"“{path.name}” cannot be read ({error.strerror})",
            "close other programs that use it and check that you may open it",
        )
    return opened(data, path.name)


def opened(data: bytes, name: str) -> Bitmap | Unfit:
    """The picture in some bytes; `name` is what the file is called in a message."""
    from PIL import Image, UnidentifiedImageError  # heavy, and for reviews with pictures alone

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which is left behind
        try:
            image = Image.open(io.BytesIO(data), formats=_KINDS)
            if image.width * image.height > MOST_DOTS:
                return _too_many(name, image.width, image.height)
            if image.format == "PNG" and getattr(image, "is_animated", False):
                return Unfit(f"“{name}” moves", "take one picture of it, which stands still")
            if image.format == "PNG":
                image.verify()  # reads each part to its end, and leaves the picture of no use
                image = Image.open(io.BytesIO(data), formats=_KINDS)
            image.load()
            return _anew(image)
        except UnidentifiedImageError:
            what = "a GIF" if data.startswith(b"GIF8") else "not a picture that can be used"
            return Unfit(f"“{name}” is {what}: it must be a PNG or JPEG", _AGAIN)
        except Image.DecompressionBombError:
            return _too_many(name)
        except Exception:  # damaged files raise errors of a dozen types
            return Unfit(f"“{name}” is damaged and cannot be shown", f"get it again, or {_AGAIN}")


def _too_many(name: str, width: int = 0, height: int = 0) -> Unfit:
    size = f" ({width:,} by {height:,} dots)" if width else ""
    return Unfit(
        f"“{name}” is too large{size}",
        f"save it with at most {LONGEST_SIDE} dots on its longer side",
    )


def _anew(image: Images.Image) -> Bitmap:
    """A new picture of the same dots: upright, in the colours of a screen, no larger than is of use.

    What is clear becomes white, as it is on paper: dark lines could not be seen on a dark slide.
    """
    from PIL import Image, ImageOps

    kind = "PNG" if image.format == "PNG" else "JPEG"
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):  # greys in more steps than anybody sees
        image = image.convert("I").point(lambda dot: dot / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if profile:
        image = _in_colours_of_a_screen(image, profile)
    image = image.convert("L" if image.mode in ("1", "L") else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG", compress_level=9)
    else:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Bitmap(out.getvalue(), *bare.size)


def _in_colours_of_a_screen(image: Images.Image, profile: bytes) -> Images.Image:
    """The picture as its profile means it, for programs that have no profile to go by."""
    from PIL import ImageCms

    try:
        if image.mode not in ("RGB", "CMYK"):
            return image
        own, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is none
        return image
    return made or image
