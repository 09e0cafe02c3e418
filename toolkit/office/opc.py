"""An Office file as it really is: a zip of named parts that point at each other (ECMA-376 part 2, Open Packaging Conventions).

The file may come from anybody, so it is measured before it is unpacked, and XML that could reach beyond itself is refused.
Part names have no leading slash: `ppt/slides/slide1.xml`.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from toolkit.problems import Invalid, Place

MOST_PARTS = 20_000
LARGEST_FILE = 512 * 1024 * 1024  # bytes, packed or unpacked; a deck with a film in it is well under this
LARGEST_XML = 64 * 1024 * 1024  # bytes of one XML part; 1,000 slides have none above 2 MB

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"

TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Strict files (ISO/IEC 29500-1) have namespaces of their own for the same words.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


@dataclass(frozen=True)
class Rel:
    """A relationship: `target` is a part's name, or with `external` an address as it was written."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type, such as slideLayout."""
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Package:
    """The parts of an Office file by name, in the order of the zip, and the path to name in problems."""

    path: Path | None
    parts: dict[str, bytes]

    def xml(self, name: str) -> Any:
        """The root element of a part, parsed afresh, in transitional namespaces. Raises Invalid for no such part, not XML, a DOCTYPE, or too large."""
        from lxml import etree

        data = self.parts.get(name)
        if data is None:
            raise self._stop(f"a part of the file is missing ({name})", _AGAIN)
        if len(data) > LARGEST_XML:
            raise self._stop(
                f"a part of the file is too large ({name}, {len(data):,} bytes)",
                "this is no ordinary Office file; ask who made it",
            )
        # A document type can name other files or swell without end; Office never writes one.
        if any("<!DOCTYPE".encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")):
            raise self._stop(
                f"a part of the file has a document type definition ({name}), which Office never writes",
                "do not use this file; ask who made it",
            )
        try:
            root = etree.fromstring(
                _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data), _parser()
            )
        except (etree.XMLSyntaxError, ValueError):
            raise self._stop(f"a part of the file is damaged ({name})", _AGAIN) from None
        info = root.getroottree().docinfo
        if info.internalDTD is not None or info.doctype:
            raise self._stop(
                f"a part of the file has a document type definition ({name}), which Office never writes",
                "do not use this file; ask who made it",
            )
        return root

    def rels(self, part: str = "") -> list[Rel]:
        """The relationships of a part, or of the package itself, in their order; none if it has none. Raises Invalid as xml() does."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", name + ".rels")
        if source not in self.parts:
            return []
        found = []
        for element in self.xml(source).iter(f"{_REL}Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target") or ""
            found.append(
                Rel(
                    element.get("Id") or "",
                    element.get("Type") or "",
                    target if external else self._resolve(folder, target),
                    external,
                )
            )
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts, of those that are there, that `part` points at with relationships of one kind, such as slideLayout."""
        return [
            rel.target
            for rel in self.rels(part)
            if rel.kind == kind and not rel.external and rel.target in self.parts
        ]

    def main(self) -> str:
        """The name of the main part: the presentation or the document. Raises Invalid when there is none."""
        for name in self.related("", "officeDocument"):
            return name
        raise self._stop("this is not a PowerPoint or Word file", _KINDS)

    def kind(self) -> Literal["deck", "document"]:
        """What the main part says that the file is, whatever its name. Raises Invalid for a workbook or anything else."""
        said = self.content_type(self.main())
        if "presentationml" in said or "ms-powerpoint" in said:
            return "deck"
        if "wordprocessingml" in said or "ms-word" in said:
            return "document"
        raise self._stop(
            "this is an Excel workbook"
            if "spreadsheetml" in said or "ms-excel" in said
            else "this is not a PowerPoint or Word file",
            _KINDS,
        )

    def content_type(self, part: str) -> str:
        """What [Content_Types].xml says of a part: its own entry, else that of its extension, else nothing."""
        default = ""
        extension = part.rpartition(".")[2].casefold()
        for element in self.xml(TYPES):
            if (
                element.tag == f"{_CT}Override"
                and (element.get("PartName") or "").lstrip("/").casefold() == part.casefold()
            ):
                return element.get("ContentType") or ""
            if element.tag == f"{_CT}Default" and (element.get("Extension") or "").casefold() == extension:
                default = element.get("ContentType") or ""
        return default

    def _resolve(self, folder: str, target: str) -> str:
        name = posixpath.normpath(posixpath.join("/", folder, target.split("#")[0])).lstrip("/")
        if name not in self.parts and unquote(name) in self.parts:
            return unquote(name)
        if name not in self.parts:  # part names are equal whatever their case
            return next((part for part in self.parts if part.casefold() == name.casefold()), name)
        return name

    def _stop(self, message: str, hint: str) -> Invalid:
        return _stop(self.path or Path("the file"), message, hint)


_AGAIN = "open it in PowerPoint or Word, save it under a new name, and try that file"
_KINDS = "name a file that ends in .pptx, .potx, .docx or .dotx"


def read_package(source: Path | bytes, name: str = "the file") -> Package:
    """The parts of an Office file, from its path or its bytes (then `name` stands in problems).

    Raises Invalid for no such file, a folder, not an Office file, a damaged one, one with a password, and one that swells when unpacked.
    """
    path = Path(name) if isinstance(source, bytes) else source
    data = source if isinstance(source, bytes) else _read(source)
    if not data:
        raise _stop(
            path, "the file is empty", "it may not have been copied or downloaded to the end; get it again"
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _stop(
                path,
                "the file is protected with a password",
                "open it in Office, choose File, Info, Protect, remove the password, and save it",
            )
        raise _stop(
            path,
            "this is a file of an old kind, such as .ppt or .doc",
            "open it in Office and choose File, Save as, PowerPoint Presentation or Word Document",
        )
    if not data.startswith(b"PK"):
        raise _stop(
            path, "this is a PDF" if data.startswith(b"%PDF") else "this is not an Office file", _KINDS
        )
    try:
        parts = _unpack(path, data)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        LookupError,
    ):
        raise _stop(
            path, "the file is damaged", "get it again, or open it in Office, which may repair it"
        ) from None
    if TYPES not in parts:
        open_document = parts.get("mimetype", b"").startswith(b"application/vnd.oasis")
        raise _stop(
            path,
            "this is an OpenDocument file" if open_document else "this is a zip file, but not an Office file",
            _KINDS,
        )
    return Package(path, parts)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _stop(path, "this is a folder, not a file", _KINDS)
        if path.stat().st_size > LARGEST_FILE:
            raise _stop(
                path,
                f"the file is too large ({path.stat().st_size:,} bytes)",
                "make the pictures and films in it smaller",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise _stop(path, "there is no such file", "check the spelling of the name and the folder") from None
    except (OSError, ValueError) as error:
        raise _stop(
            path,
            f"the file cannot be read ({getattr(error, 'strerror', None) or error})",
            "close other programs that use it and check that you may open it",
        ) from None


def _unpack(path: Path, data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        size = sum(entry.file_size for entry in entries)
        # zipfile never unpacks more of an entry than its stated size, so that the stated sizes can be trusted as a limit.
        if len(entries) > MOST_PARTS or size > LARGEST_FILE:
            raise _stop(
                path,
                f"the file is too large when unpacked ({len(entries):,} parts, {size:,} bytes)",
                "do not use this file if you do not know who made it",
            )
        for entry in entries:
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                raise _stop(
                    path,
                    f"a part of the file has an unsafe name ({name[:60]})",
                    "do not use this file; ask who made it",
                )
            if name in parts:
                raise _stop(path, f"the file holds a part twice ({name})", _AGAIN)
            if entry.flag_bits & 1:
                raise _stop(
                    path,
                    "the file is a zip with a password",
                    "unpack it first, or ask for the file without a password",
                )
            parts[name] = archive.read(entry)
    return parts


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )


def _stop(path: Path, message: str, hint: str) -> Invalid:
    return Invalid.at(Place(path), message, hint)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The file of some parts: one order, one date, stored, so that any computer makes the same bytes.

    Written by itself (APPNOTE.TXT 4.3): zipfile takes 70 microseconds a part, which for 500 parts is longer than drawing them.
    """
    first = [name for name in (TYPES, "_rels/.rels") if name in parts]
    names = [*first, *sorted(parts.keys() - set(first))]
    chunks: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for part in names:
        name, data = part.encode(), parts[part]
        unicode = 0 if name.isascii() else 0x800
        about = struct.pack(
            "<5H3I2H", 20, unicode, 0, 0, _DAY, zlib.crc32(data), len(data), len(data), len(name), 0
        )
        chunks += (b"PK\3\4", about, name, data)
        listed.append(b"".join((b"PK\1\2\x14\0", about, struct.pack("<3H2I", 0, 0, 0, 0, at), name)))
        at += 30 + len(name) + len(data)
    directory = b"".join(listed)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), at, 0)
    return b"".join((*chunks, directory, end))


_DAY = 0x21  # 1 January 1980, the first date that a zip can hold
