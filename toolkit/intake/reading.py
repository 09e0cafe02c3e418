"""Any old file as material: what it is, told by its bytes, and who reads it."""

from __future__ import annotations

from pathlib import Path

from toolkit import files
from toolkit.intake.material import Material
from toolkit.office.opc import read_package
from toolkit.problems import Invalid, Place

_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body")
_SAVED = (b"mime-version:", b"from:", b"content-type: multipart/related")
_MOST = 20 * 1024 * 1024  # bytes of a web page; a saved one with its pictures has a few


def read_material(path: Path) -> Material:
    """A .pptx, .docx, .pdf, .txt or saved web page as material. Raises Invalid for what cannot be read."""
    data = files.read_named(path, "give the name of a file in it", "get it again from where you have it")
    if data.startswith(_OFFICE):
        package = read_package(data, str(path))
        if package.kind() == "deck":
            from toolkit.intake.decks import deck

            return deck(path, package)
        from toolkit.intake.documents import document

        return document(path, package)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    ending = path.suffix.lower()
    if start.startswith(_SAVED) and (ending in (".mht", ".mhtml") or b"multipart/related" in start):
        from toolkit.intake.webpages import saved_page

        return saved_page(path, _not_too_long(path, data))
    if start.startswith(_PAGES) or (ending in (".html", ".htm", ".xhtml") and b"<" in start):
        from toolkit.intake.webpages import page

        return page(path, _not_too_long(path, data))
    from toolkit.intake.prints import printed

    return printed(path)


def _not_too_long(path: Path, data: bytes) -> bytes:
    if len(data) > _MOST:
        message = f"this web page is larger than {_MOST // 1024 // 1024} MB"
        raise Invalid.at(Place(path), message, "print it as a PDF from your browser, and take that")
    return data
