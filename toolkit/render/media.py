"""The pictures of an Office file: each a part once, however often it is shown."""

from __future__ import annotations

import base64
import hashlib

from toolkit.office.opc import RELATIONSHIPS, quoted
from toolkit.plan.model import Picture

DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


class Media:
    """The pictures that a file shows, in a folder of parts such as ppt/media."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._parts: dict[str, bytes] = {}

    def name(self, picture: Picture) -> str:
        """What the part of a picture is called in its folder: after its bytes."""
        name = f"picture-{hashlib.sha256(picture.data).hexdigest()[:16]}.{kind_of(picture)}"
        self._parts[f"{self._folder}/{name}"] = picture.data
        return name

    def parts(self) -> dict[str, bytes]:
        """The parts of all pictures that have been named."""
        return dict(self._parts)

    def types(self, there: str) -> str:
        """The content types that they need, besides those that are `there`."""
        kinds = sorted({name.rpartition(".")[2] for name in self._parts})
        known = there.casefold()
        return "".join(
            f'<Default Extension="{kind}" ContentType="image/{kind}"/>'
            for kind in kinds
            if f'extension="{kind}"' not in known
        )


class Shown:
    """The pictures that one part shows: each has one relationship there."""

    def __init__(self, media: Media, target: str) -> None:
        self._media, self._target = media, target
        self._numbers: dict[str, str] = {}

    def id(self, picture: Picture) -> str:
        """The relationship of a picture."""
        return self._numbers.setdefault(self._media.name(picture), f"rIdPicture{len(self._numbers) + 1}")

    def relationships(self) -> list[str]:
        """The relationships of all pictures that have been asked for."""
        return [
            f'<Relationship Id="{number}" Type="{RELATIONSHIPS}image" Target={quoted(self._target + name)}/>'
            for name, number in self._numbers.items()
        ]


def kind_of(picture: Picture) -> str:
    """The kind of a picture as its ending and its content type have it: png or jpeg."""
    return "png" if picture.data.startswith(b"\x89PNG") else "jpeg"


def for_typst(picture: Picture) -> tuple[str, bytes]:
    """The name of a picture as a file of typst's, and its bytes: in an SVG, for it takes files of text alone.

    The PDF then holds the picture's own bytes where it is a JPEG, else the same dots.
    """
    w, h, kind = picture.width, picture.height, kind_of(picture)
    inside = base64.b64encode(picture.data).decode()
    drawn = f'<image width="{w}" height="{h}" href="data:image/{kind};base64,{inside}"/>'
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">{drawn}</svg>'
    return f"{hashlib.sha256(picture.data).hexdigest()[:16]}.svg", whole.encode()


def said_of(picture: Picture) -> tuple[str, str]:
    """The alternative text as the attribute of a picture, and what marks one without as decorative."""
    return f"descr={quoted(picture.alt)}", "" if picture.alt else DECORATIVE
