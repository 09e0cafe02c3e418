"""A compiled brand: all that fitting and drawing need of a board's templates, as plain data in a small file.

Only the standard library is used, so that a deck can be drawn where no Office file can be read. The file is a
zip: `brand.json` holds all values, and what is bytes (a part of a template, a picture) is a member of its
own.
"""

from __future__ import annotations

import json
import typing
import zipfile
from collections.abc import Callable
from dataclasses import field, fields, is_dataclass
from functools import cache
from io import BytesIO
from types import NoneType, UnionType
from typing import Any, Literal

from toolkit.brand.geometry import GROUNDS, Box, NotesLook, Outline, SlideLayout
from toolkit.late import dataclass
from toolkit.office.opc import zipped
from toolkit.plan.model import Page

PLAIN_GRID = (
    "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's "No Style, Table Grid", never defined in files
)
_VALUES = "brand.json"


@dataclass(frozen=True)
class DeckLayout:
    """The layout of a role as slides name it: the target of their relationship, and their `p:clrMapOvr`."""

    target: str
    colour_map: str


@dataclass(frozen=True)
class NotesHolder:
    """A placeholder of the notes master: its type, and the attributes of the `p:ph` of a notes page."""

    type: str
    attributes: str


@dataclass(frozen=True)
class DeckTemplate:
    """A deck without slides, ready to be filled.

    `parts` are copied as they are. `types`, `relations` and `presentation` are XML to go on from: the content
    types and the relationships of the presentation without their end, and the presentation before the list of
    slides, between it and the sections, and after them. Relationships may be numbered from `free`.
    `notes_master` is the target of every notes page.
    """

    parts: dict[str, bytes]
    types: str
    relations: str
    free: int
    presentation: tuple[str, str, str]
    layouts: dict[str, DeckLayout]
    notes_master: str
    notes: tuple[NotesHolder, ...]


@dataclass(frozen=True)
class Paint:
    """How a slot is painted, in #RRGGBB: words, headings, ground, outline, hard shadow, its offset in EMU."""

    ink: str
    accent: str
    fill: tuple[str, ...] = ()
    line: str = ""
    edge: tuple[int, int, str] | None = None
    anchor: str = "t"
    align: str = ""


@dataclass(frozen=True)
class Shown:
    """A shape or picture of a layout: DrawingML's name of the shape, its colours, and the picture's name; the
    corners of a freeform, as parts of its box.
    """

    box: Box
    shape: str
    fill: tuple[str, ...]
    picture: str
    outline: Outline = ()


@dataclass(frozen=True)
class Scene:
    """A layout as it is drawn without an office program: background, shapes, and the paint of each slot."""

    ground: tuple[str, ...]
    shown: tuple[Shown, ...]
    slots: dict[str, Paint]


@dataclass(frozen=True)
class DocumentTemplate:
    """A Word template, mended, with gaps where the words of a plan go.

    `parts` are copied as they are. `gapped` has the other parts as text: pieces of XML, and between each two
    the name of a gap. `styles` has the id of the style of each role, empty for the default paragraph style. A
    numbered list that begins anew counts as `abstract_list` says (empty: there is none) under a number from
    `next_list` on; relationships are free from `next_link` on. `width` is that of the text in twentieths of a
    point.
    """

    parts: dict[str, bytes]
    gapped: dict[str, tuple[str, ...]]
    styles: dict[str, str]
    abstract_list: str
    next_list: int
    next_link: int
    width: int


@dataclass(frozen=True)
class Brand:
    """Everything a renderer and `fit` need to know of a brand.

    By role: `layouts` says where words stand, `scenes` what they stand on. `accent` is the theme colour of
    headings inside slides; `accents` begins with it and has one for each part of a deck, with its #RRGGBB;
    `table_style` is the id of the style of tables in decks, `palette` the colours of PDFs by what they are
    for, `pictures` small PNG copies of the template's own; slides are written into `deck`, briefings into
    `document`. `sources` has the SHA-256 of every file that all this was read from, by
    its name as seen from the brand's folder.
    """

    slide: Box
    layouts: dict[str, SlideLayout]
    notes: NotesLook
    accent: str
    accents: tuple[tuple[str, str], ...]
    table_style: str
    deck: DeckTemplate
    scenes: dict[str, Scene]
    palette: dict[str, str]
    pictures: dict[str, bytes]
    document: DocumentTemplate
    sources: dict[str, str] = field(default_factory=dict)

    def accent_of(self, slide: Page) -> tuple[str, str]:
        """The theme colour of headings on a slide, and its #RRGGBB: each review of a deck has its own."""
        return self.accents[0 if slide.layout in GROUNDS else slide.accent % len(self.accents)]

    def layout(self, role: str) -> SlideLayout:
        """The layout that plays a role."""
        return self.layouts[role]


def dump(brand: Brand) -> bytes:
    """The file of a compiled brand; the same bytes from the same brand."""
    members: dict[str, bytes] = {}
    values = json.dumps(_plain(brand, "", members), ensure_ascii=False, separators=(",", ":"))
    return zipped({_VALUES: values.encode(), **members}, compressed=True)


def load(data: bytes) -> Brand:
    """The brand of a file that `dump` wrote. Raises ValueError for any other, and for a damaged one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        brand: Brand = _reader(Brand)(json.loads(members[_VALUES]), members)
    except Exception as error:  # a damaged zip raises errors of a dozen types
        raise ValueError(f"not a compiled brand: {error}") from None
    return brand


def _plain(value: Any, path: str, members: dict[str, bytes]) -> Any:
    """A value as JSON has it; bytes become members, the same bytes one, called after where they stand."""
    if isinstance(value, bytes):
        name = next((name for name, data in members.items() if data == value), path)
        members[name] = value
        return name
    if is_dataclass(value):
        return {
            f.name: _plain(getattr(value, f.name), f"{path}/{f.name}".strip("/"), members)
            for f in fields(value)
        }
    if isinstance(value, dict):
        return {key: _plain(inner, f"{path}/{key}", members) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(inner, f"{path}/{n}", members) for n, inner in enumerate(value)]
    return value


_Reader = Callable[[Any, dict[str, bytes]], Any]


@cache
def _reader(hint: Any) -> _Reader:
    """What makes a value of a type again from JSON and the members."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if hint is bytes:
        return lambda value, members: members[value]
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        read = [(f.name, _reader(hints[f.name])) for f in fields(hint)]
        make: Any = hint
        return lambda value, members: make(*[one(value[name], members) for name, one in read])
    if hint in (str, int, float, bool) or origin is Literal:
        return lambda value, members: value
    if origin is frozenset:
        return lambda value, members: frozenset(value)
    if origin is dict:
        entry = _reader(inside[1])
        return lambda value, members: {key: entry(inner, members) for key, inner in value.items()}
    if origin is tuple and inside[-1] is Ellipsis:
        item = _reader(inside[0])
        return lambda value, members: tuple([item(inner, members) for inner in value])
    if origin is tuple:
        items = [_reader(one) for one in inside]
        return lambda value, members: tuple(
            [one(inner, members) for one, inner in zip(items, value, strict=True)]
        )
    if origin in (typing.Union, UnionType) and len(inside) == 2 and NoneType in inside:
        there = _reader(next(one for one in inside if one is not NoneType))
        return lambda value, members: None if value is None else there(value, members)
    raise TypeError(f"{hint} cannot stand in a compiled brand")
