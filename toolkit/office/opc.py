"""An Office file as it really is: a zip of named parts that point at each other (ECMA-376 part 2, Open
Packaging Conventions).

The file may come from anybody, so it is measured before it is unpacked, and XML that could reach beyond
itself is refused. Part names have no leading slash: `ppt/slides/slide1.xml`. Whatever is put together has one
order and one date, so that the same parts give the same bytes.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import XML, Element, ParseError

from toolkit.late import dataclass, replace
from toolkit.office.strict import STRICT, transitional
from toolkit.office.unzip import AGAIN, KINDS, unzipped
from toolkit.problems import Invalid, Place

LARGEST_XML = 64 * 1024 * 1024  # bytes of one XML part; 1,000 slides have none above 2 MB
MOST_MARKS = 600_000  # starts and ends of elements, and attributes, in one part: 100 MiB when they are read
KEPT = 1024 * 1024  # bytes of XML whose elements are kept, which take some fifteen times as much
THE_FILE = "the file"
DEEPEST_XML = 256  # elements inside each other; Office's own files have some twenty

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFFICE = "http://schemas.openxmlformats.org/"
RELATIONSHIPS = OFFICE + "officeDocument/2006/relationships/"
ORIGINS = "urn:safeguarding-learning-toolkit:origins"  # of our table of where words come from
_PACKAGE = OFFICE + "package/2006/"
_REL = f"{{{_PACKAGE}relationships}}Relationship"

TYPES = "[Content_Types].xml"
_DAY = 0x21  # 1 January 1980, the first date that a zip can hold
_DOCTYPE, _WIDE, _EDIW = ("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))

Kind = Literal["deck", "document"]


class Rel(NamedTuple):
    """A relationship: `target` is a part's name, or with `external` an address as it was written."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type, such as slideLayout."""
        return self.type.rsplit("/", 1)[-1]


Linked = tuple[tuple[str, str, str, str | None], ...]  # id, type, target and mode of relationships
_FEW_LINKED, _MOST_LINKED = 10, 2_000  # of a part, and such parts
_linked: dict[bytes, Linked] = {}


@dataclass
class _Read:
    """What has been read of a package already. Content types are by part and by extension, both in small
    letters."""

    rels: dict[str, list[Rel]] = field(default_factory=dict)
    types: tuple[dict[str, str], dict[str, str]] | None = None
    small: dict[str, str] = field(default_factory=dict)
    roots: dict[str, Element] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    size: int = 0


@dataclass(frozen=True)
class Package:
    """The parts of an Office file by name, in the order of the zip, and the path to name in problems, which
    what the toolkit has drawn itself has not."""

    path: Path | None
    parts: Mapping[str, bytes]
    _read: _Read = field(default_factory=_Read, init=False, repr=False, compare=False)

    def content(self, part: str) -> bytes:
        """A part that is to be read as XML. Raises Invalid for no such part, a DOCTYPE, or one too large."""
        data = self.parts.get(part)
        if data is None:
            raise self.stop(f"a part of the file is missing ({part})", AGAIN)
        if len(data) > LARGEST_XML:
            raise self.stop(
                f"a part of the file is too large ({part}, {len(data):,} bytes)",
                "this is no ordinary Office file; ask who made it",
            )
        if self.path and data.count(b"<") + data.count(b"=") > MOST_MARKS:
            raise self.stop(
                f"a part of the file holds too many pieces ({part}, more than {MOST_MARKS:,})",
                "this is no ordinary Office file; ask who made it, or cut the document in two",
            )
        # A document type can name other files or swell without end; Office never writes one. These are all
        # the ways in which a parser could read the word: every other encoding that it knows writes it as
        # ASCII does.
        if _DOCTYPE in data or _WIDE in data or _EDIW in data:
            raise self.stop(
                f"a part of the file has a document type definition ({part}), which Office never writes",
                "do not use this file; ask who made it",
            )
        return data

    def root(self, part: str) -> Element:
        """The root element of a part; do not change it. Raises Invalid as content() does, and for what is not
        XML.

        Parts of KEPT bytes in all are kept, so that whoever reads them next need not parse them again.
        """
        if part in self._read.roots:
            return self._read.roots[part]
        root = self._parsed(part)
        size = len(self.parts[part])
        if self._read.size + size <= KEPT:
            self._read.roots[part] = root
            self._read.size += size
        return root

    def rels(self, part: str = "") -> list[Rel]:
        """The relationships of a part, or of the package itself, in their order; none if it has none.
        Raises Invalid as root() does."""
        if part not in self._read.rels:
            source, folder = rels_name(part), posixpath.dirname(part)
            self._read.rels[part] = [self._rel(folder, *said) for said in self._said(source)]
        return self._read.rels[part]

    def _said(self, source: str) -> Linked:
        """What a part with relationships says. Those of a slide are the same in many decks."""
        data = self.parts.get(source)
        if data is None:
            return ()
        if data in _linked:
            return _linked[data]
        said = tuple(
            (one.get("Id") or "", one.get("Type") or "", one.get("Target") or "", one.get("TargetMode"))
            for one in self._parsed(source).iter(_REL)
        )
        if len(said) <= _FEW_LINKED and len(_linked) < _MOST_LINKED:
            _linked[data] = said
        return said

    def digest(self, part: str) -> bytes:
        """What tells a part and its relationships from others."""
        if part not in self._read.digests:
            linked = blake2b(self.parts.get(rels_name(part), b""), digest_size=16).digest()
            self._read.digests[part] = blake2b(self.parts[part], digest_size=16, key=linked).digest()
        return self._read.digests[part]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts, of those that are there, that `part` points at with relationships of one kind, such
        as slideLayout."""
        return [
            rel.target
            for rel in self.rels(part)
            if rel.kind == kind and not rel.external and rel.target in self.parts
        ]

    def main(self) -> str:
        """The name of the main part: the presentation or the document. Raises Invalid when there is none."""
        named = [rel for rel in self.rels("") if rel.kind == "officeDocument" and not rel.external]
        for rel in sorted(named, key=lambda rel: rel.type != RELATIONSHIPS + "officeDocument"):
            if rel.target in self.parts:
                return rel.target
        raise self.stop("this is not a PowerPoint or Word file", KINDS)

    def kind(self) -> Kind:
        """What the main part says that the file is, whatever its name. Raises Invalid for a workbook or
        anything else."""
        said = self.content_type(self.main())
        if "presentationml" in said or "ms-powerpoint" in said:
            return "deck"
        if "wordprocessingml" in said or "ms-word" in said:
            return "document"
        raise self.stop(
            "this is an Excel workbook"
            if "spreadsheetml" in said or "ms-excel" in said
            else "this is not a PowerPoint or Word file",
            KINDS,
        )

    def content_type(self, part: str) -> str:
        """What [Content_Types].xml says of a part: its own entry, else that of its extension, else
        nothing."""
        if self._read.types is None:
            parts: dict[str, str] = {}
            extensions: dict[str, str] = {}
            for element in self._parsed(TYPES):
                kind = element.get("ContentType") or ""
                if name := element.get("PartName"):
                    parts.setdefault(name.lstrip("/").casefold(), kind)
                elif extension := element.get("Extension"):
                    extensions[extension.casefold()] = kind
            self._read.types = parts, extensions
        own = self._read.types[0].get(part.casefold())
        return self._read.types[1].get(_extension(part), "") if own is None else own

    def stop(self, message: str, hint: str) -> Invalid:
        """What is wrong with the file, to be raised."""
        return _stop(self.path or Path(THE_FILE), message, hint)

    def damaged(self, part: str) -> Invalid:
        """That a part is not XML, to be raised."""
        return self.stop(f"a part of the file is damaged ({part})", AGAIN)

    def _parsed(self, part: str) -> Element:
        data = self.content(part)
        try:
            root = XML(data)
        except (ParseError, ValueError, LookupError):
            raise self.damaged(part) from None
        if b"\0" not in data[:4] and data.count(b"</") < DEEPEST_XML:
            return root
        level = [root]
        for _ in range(DEEPEST_XML):
            level = [child for element in level for child in element]
            if not level:
                return root
        raise self.damaged(part)

    def _rel(self, folder: str, id: str, kind: str, target: str, mode: str | None) -> Rel:
        external = mode == "External"
        return Rel(id, kind, target if external else self._resolve(folder, target), external)

    def _resolve(self, folder: str, target: str) -> str:
        near = posixpath.dirname(folder) + target[2:] if target.startswith("../") else f"{folder}/{target}"
        if near in self.parts:
            return near
        name = posixpath.normpath(posixpath.join("/", folder, target.split("#")[0])).lstrip("/")
        if name in self.parts:
            return name
        if unquote(name) in self.parts:
            return unquote(name)
        if not self._read.small:  # part names are equal whatever their case
            self._read.small.update((part.casefold(), part) for part in reversed(list(self.parts)))
        return self._read.small.get(name.casefold(), name)


def read_package(source: Path | bytes | Package, name: str = "") -> Package:
    """The parts of an Office file, from its path or its bytes (then `name` stands in problems; bytes without
    one are what the toolkit has just drawn, however many pieces that has), or as already read.

    Raises Invalid for no such file, a folder, not an Office file, a damaged one, one with a password, and one
    that swells when unpacked.
    """
    if isinstance(source, Package):
        return source
    path = Path(name or THE_FILE) if isinstance(source, bytes) else source
    parts = unzipped(source, path)
    if TYPES not in parts:
        open_document = parts.get("mimetype", b"").startswith(b"application/vnd.oasis")
        raise _stop(
            path,
            "this is an OpenDocument file" if open_document else "this is a zip file, but not an Office file",
            KINDS,
        )
    if any(STRICT in content for name, content in parts.items() if is_xml(name)):
        parts = {name: transitional(c) if is_xml(name) else c for name, c in parts.items()}
    return Package(None if isinstance(source, bytes) and not name else path, parts)


class Listed(NamedTuple):
    """A slide as a deck lists it: the number that the list gives it, its part, which may not be there, its
    notes pages, of which a good deck has one, and its entry in the list."""

    key: str
    part: str
    notes: tuple[str, ...]
    entry: Any


def slides(package: Package, root: Any = None) -> Iterator[Listed]:
    """The slides of a deck in the order of its list, as the main part has it, or `root`, a tree of that
    part. Raises Invalid."""
    main = package.main()
    targets = {rel.id: rel.target for rel in package.rels(main)}
    for entry in (package.root(main) if root is None else root).iter(f"{P}sldId"):
        part = targets.get(entry.get(f"{R}id") or "", "")
        yield Listed(entry.get("id") or "", part, tuple(package.related(part, "notesSlide")), entry)


def properties(package: Package) -> dict[str, str]:
    """What the file says of itself, by the names of the XML: title, creator, created, language,
    Application, Company …; empty ones left out."""
    found: dict[str, str] = {}
    for kind in ("core-properties", "extended-properties", "custom-properties"):
        for part in package.related("", kind):
            for element in package.root(part):
                if text := " ".join("".join(element.itertext()).split()):
                    name = element.get("name") or element.tag.rpartition("}")[2]
                    if name not in ("TitlesOfParts", "HeadingPairs"):
                        found[name] = text
    return found


def _stop(path: Path, message: str, hint: str) -> Invalid:
    return Invalid.at(Place(path), message, hint)


# ------------------------------------------------------------------------------------------- putting together

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def escaped(text: str) -> str:
    """Text as the content of an element. A bare carriage return would be read as a line feed (XML 1.0,
    2.11)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


@lru_cache(4096)
def quoted(text: str) -> str:
    """Text as an attribute's value, quotes included. Bare tabs and line feeds would be read as spaces
    (3.3.3)."""
    text = escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f'"{text}"'


def fingerprint(words: str) -> str:
    """A few letters that tell some words from others."""
    return f"{zlib.crc32(words.encode()):x}"


_MAIN = {
    "deck": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
# The content type of a part by the relationship that leads to it; what the file itself says may be wrong.
KINDS_OF_PARTS = {
    **{
        kind: f"presentationml.{kind}"
        for kind in ("slideMaster", "slideLayout", "notesMaster", "handoutMaster")
    },
    **{
        kind: f"wordprocessingml.{kind}"
        for kind in (
            "styles",
            "numbering",
            "settings",
            "header",
            "footer",
            "footnotes",
            "endnotes",
            "fontTable",
        )
    },
    **{kind: f"presentationml.{kind}" for kind in ("tableStyles", "presProps")},
    **{kind: kind for kind in ("theme", "themeOverride")},
}


def is_xml(part: str) -> bool:
    """Whether a part is XML, by its name."""
    return part.endswith((".xml", ".rels"))


def _extension(part: str) -> str:
    return part.rpartition(".")[2].casefold()


_FORGOTTEN = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "svg": "image/svg+xml",
}


def type_map(package: Package) -> dict[str, str]:
    """The content type of each part. A picture that the file forgot to declare is known by its extension."""
    return {
        part: package.content_type(part) or _FORGOTTEN.get(_extension(part), "application/octet-stream")
        for part in package.parts
        if part != TYPES and not part.endswith(".rels")
    }


def types_part(said: dict[str, str]) -> bytes:
    """[Content_Types].xml for parts and their content types."""
    overrides = "".join(
        f"<Override PartName={quoted('/' + part)} ContentType={quoted(kind)}/>"
        for part, kind in sorted(said.items())
        if is_xml(part)
    )
    others = {
        _extension(part): kind
        for part, kind in sorted(said.items(), reverse=True)
        if not is_xml(part) and "." in posixpath.basename(part)
    }
    defaults = "".join(
        f"<Default Extension={quoted(ext)} ContentType={quoted(kind)}/>"
        for ext, kind in sorted(others.items())
    )
    overrides += "".join(
        f"<Override PartName={quoted('/' + part)} ContentType={quoted(kind)}/>"
        for part, kind in sorted(said.items())
        if not is_xml(part) and others.get(_extension(part)) != kind
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    rels += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{_PACKAGE}content-types">{rels}{defaults}{overrides}</Types>'.encode()


_PROPERTIES = {
    "docProps/core.xml": (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>',
        "application/vnd.openxmlformats-package.core-properties+xml",
        _PACKAGE + "relationships/metadata/core-properties",
    ),
    "docProps/app.xml": (
        f'{HEAD}<Properties xmlns="{OFFICE}officeDocument/2006/extended-properties"/>',
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        RELATIONSHIPS + "extended-properties",
    ),
}


def settled(package: Package, kind: Kind) -> Package:
    """The package with the plain main type of its kind, content types that are right, and empty
    properties."""
    main = package.main()
    said = {**type_map(package), main: _MAIN[kind]}
    for part in ("", *package.parts):
        for rel in package.rels(part):
            if rel.kind in KINDS_OF_PARTS and rel.target in said and is_xml(rel.target):
                said[rel.target] = (
                    f"application/vnd.openxmlformats-officedocument.{KINDS_OF_PARTS[rel.kind]}+xml"
                )
    parts = dict(package.parts)
    rels = [rel for rel in package.rels("") if rel.target not in _PROPERTIES]
    for name, (xml, content_type, type_) in _PROPERTIES.items():
        parts[name] = xml.encode()
        said[name] = content_type
        rels.append(Rel(free_id(rels), type_, name))
    parts["_rels/.rels"] = rels_part("", rels)
    parts[TYPES] = types_part(said)
    return replace(package, parts=parts)


def zipped(parts: Mapping[str, bytes], compressed: bool = False) -> bytes:
    """The file of some parts: one order, one date. Stored, any zlib gives the same bytes; `compressed` is for
    templates.

    Written by itself (APPNOTE.TXT 4.3): zipfile takes 70 microseconds a part, which for 500 parts is longer
    than drawing them.
    """
    first = [name for name in (TYPES, "_rels/.rels") if name in parts]
    names = [*first, *sorted(parts.keys() - set(first))]
    method = 8 if compressed else 0
    chunks: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for part in names:
        name, data = part.encode(), parts[part]
        packed = zlib.compress(data, 9, -15) if compressed else data
        unicode = 0 if name.isascii() else 0x800
        sizes = (zlib.crc32(data), len(packed), len(data))
        about = struct.pack("<5H3I2H", 20, unicode, method, 0, _DAY, *sizes, len(name), 0)
        chunks += (b"PK\3\4", about, name, packed)
        listed.append(b"".join((b"PK\1\2\x14\0", about, struct.pack("<3H2I", 0, 0, 0, 0, at), name)))
        at += 30 + len(name) + len(packed)
    directory = b"".join(listed)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), at, 0)
    return b"".join((*chunks, directory, end))


def reachable(package: Package) -> Package:
    """The package without the parts that nothing points at."""
    seen, waiting = {""}, [""]
    while waiting:
        for rel in package.rels(waiting.pop()):
            if not rel.external and rel.target in package.parts and rel.target not in seen:
                seen.add(rel.target)
                waiting.append(rel.target)
    kept = {*seen, *(rels_name(part) for part in seen), TYPES}
    return replace(package, parts={part: content for part, content in package.parts.items() if part in kept})


def free_id(rels: Iterable[Rel]) -> str:
    """An id that none of some relationships has."""
    taken = {rel.id for rel in rels}
    return next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)


def rels_name(part: str) -> str:
    """The name of the part that holds the relationships of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def rels_part(part: str, rels: Iterable[Rel]) -> bytes:
    """The part that holds these relationships of another."""
    folder = posixpath.dirname(part)

    def one(rel: Rel) -> str:
        target = rel.target if rel.external else posixpath.relpath(rel.target, folder or ".")
        mode = ' TargetMode="External"' if rel.external else ""
        return f"<Relationship Id={quoted(rel.id)} Type={quoted(rel.type)} Target={quoted(target)}{mode}/>"

    every = "".join(one(rel) for rel in rels)
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{every}</Relationships>'.encode()
