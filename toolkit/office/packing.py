"""An Office file put together: its content types, its relationships, and the zip. The same parts give the same bytes."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from toolkit.office.opc import TYPES, P, Package, Rel
from toolkit.problems import Invalid, Place

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
OFFICE = "http://schemas.openxmlformats.org/"
RELATIONSHIPS = OFFICE + "officeDocument/2006/relationships/"
_PACKAGE = OFFICE + "package/2006/"
_MAIN = {
    "deck": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}

# The content type of a part by the relationship that leads to it; what the file itself says may be wrong.
_KINDS_OF_PARTS = {
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
    "theme": "theme",
}


def is_xml(part: str) -> bool:
    """Whether a part is XML, by its name."""
    return part.endswith((".xml", ".rels"))


@dataclass(frozen=True)
class _Kinds:
    """What [Content_Types].xml says: by part, and by extension."""

    parts: dict[str, str]
    extensions: dict[str, str]


def type_map(package: Package) -> dict[str, str]:
    """The content type of each part. A picture that the file forgot to declare is known by its extension."""
    kinds = _Kinds({}, {})
    for element in package.xml(TYPES):
        said = element.get("ContentType") or ""
        if element.get("PartName"):
            kinds.parts[element.get("PartName").lstrip("/").casefold()] = said
        elif element.get("Extension"):
            kinds.extensions[element.get("Extension").casefold()] = said
    forgotten = {
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "emf": "image/x-emf",
        "wmf": "image/x-wmf",
        "svg": "image/svg+xml",
    }
    found = {}
    for part in package.parts:
        extension = part.rpartition(".")[2].casefold()
        if part != TYPES and not part.endswith(".rels"):
            found[part] = (
                kinds.parts.get(part.casefold())
                or kinds.extensions.get(extension)
                or forgotten.get(extension, "application/octet-stream")
            )
    return found


def types_part(said: dict[str, str]) -> bytes:
    """[Content_Types].xml for parts and their content types."""
    overrides = "".join(
        f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>"
        for part, kind in sorted(said.items())
        if is_xml(part)
    )
    others = {
        part.rpartition(".")[2].casefold(): kind
        for part, kind in sorted(said.items(), reverse=True)
        if not is_xml(part) and "." in posixpath.basename(part)
    }
    defaults = "".join(
        f"<Default Extension={quoteattr(ext)} ContentType={quoteattr(kind)}/>"
        for ext, kind in sorted(others.items())
    )
    overrides += "".join(
        f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>"
        for part, kind in sorted(said.items())
        if not is_xml(part) and others.get(part.rpartition(".")[2].casefold()) != kind
    )
    rels = f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{defaults}'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">{rels}{overrides}</Types>'.encode()


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = {
    "docProps/core.xml": (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>',
        "application/vnd.openxmlformats-package.core-properties+xml",
        _PACKAGE + "relationships/metadata/core-properties",
    ),
    "docProps/app.xml": (
        f'{_HEAD}<Properties xmlns="{OFFICE}officeDocument/2006/extended-properties"/>',
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        RELATIONSHIPS + "extended-properties",
    ),
}


def pack(package: Package, kind: str) -> bytes:
    """The bytes of a package with the plain main type of its kind and empty properties: one order, one date."""
    main = package.main()
    said = {**type_map(package), main: _MAIN[kind]}
    for part in ("", *package.parts):
        for rel in package.rels(part):
            if rel.kind in _KINDS_OF_PARTS and rel.target in said and is_xml(rel.target):
                said[rel.target] = (
                    f"application/vnd.openxmlformats-officedocument.{_KINDS_OF_PARTS[rel.kind]}+xml"
                )
    parts = dict(package.parts)
    rels = [rel for rel in package.rels("") if rel.target not in _PROPERTIES]
    for name, (xml, content_type, type_) in _PROPERTIES.items():
        parts[name] = xml.encode()
        said[name] = content_type
        rels.append(Rel(free_id(rels), type_, name))
    parts["_rels/.rels"] = rels_part("", rels)
    parts[TYPES] = types_part(said)
    out = BytesIO()
    first = [TYPES, "_rels/.rels"]
    with zipfile.ZipFile(out, "w") as archive:
        for name in [*first, *sorted(set(parts) - set(first))]:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(info, parts[name])
    return out.getvalue()


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


def free_id(rels: list[Rel]) -> str:
    """An id that none of some relationships has."""
    taken = {rel.id for rel in rels}
    return next(f"rId{n}" for n in range(1, 99_999) if f"rId{n}" not in taken)


def rels_name(part: str) -> str:
    """The name of the part that holds the relationships of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def rels_part(part: str, rels: list[Rel]) -> bytes:
    """The part that holds these relationships of another."""
    folder = posixpath.dirname(part)

    def one(rel: Rel) -> str:
        target = rel.target if rel.external else posixpath.relpath(rel.target, folder or ".")
        mode = ' TargetMode="External"' if rel.external else ""
        return f"<Relationship Id={quoteattr(rel.id)} Type={quoteattr(rel.type)} Target={quoteattr(target)}{mode}/>"

    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(one(rel) for rel in rels)}</Relationships>'.encode()


def xml_bytes(root: Any) -> bytes:
    """An XML part as it is written."""
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def new_element(tag: str, **attributes: str) -> Any:
    """An element that stands nowhere yet."""
    from lxml import etree

    return etree.Element(tag, attributes)


def insert_after(root: Any, tags: tuple[str, ...], element: Any) -> None:
    """Puts an element of a presentation after the last of some others that are there."""
    at = max((root.index(child) + 1 for child in root if child.tag in {P + tag for tag in tags}), default=0)
    root.insert(at, element)


def stop(package: Package, message: str, hint: str) -> Invalid:
    """What is wrong with a file, to be raised."""
    return Invalid.at(Place(package.path or Path("the file")), message, hint)
