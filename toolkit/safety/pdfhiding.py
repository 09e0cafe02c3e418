"""Every place of a PDF in which words can hide: pages, properties, remarks, links, outline, fields, files."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from toolkit.problems import Invalid, Place

LARGEST = 4 * 1024 * 1024  # bytes of one stream when it is unpacked
MOST_STREAMS = 20_000
_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
Found = tuple[str, str]
Read = Callable[[bytes, Path], Iterable[tuple[str, str, bool]]]


def words_of_pdf(data: bytes, path: Path, read: Read) -> Iterator[tuple[str, str, bool]]:
    """The places and words of a PDF, and whether they stand aside; attached files are `read`. Raises Invalid
    for one that nobody can open."""
    for place, text in _words(data, path, read):
        yield place, text, place.endswith(_WHOLE)


def _words(data: bytes, path: Path, read: Read) -> Iterator[Found]:
    import pypdfium2  # heavy, and for PDFs alone

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) in (4, 5):
            hint = "open it with the password, print it as a PDF without one, and take that"
            raise Invalid.at(Place(path), "this PDF asks for a password", hint) from None
        hint = "get it again, or make it again"
        raise Invalid.at(Place(path), "this PDF is damaged, and cannot be opened", hint) from None
    with document:
        for name in _INFO:
            if value := document.get_metadata_value(name):
                yield f"properties ({name})", value
        document.init_forms()
        for number in range(len(document)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                continue
            text = page.get_textpage()
            said = text.get_text_range()
            for line in _paragraphs(said):
                yield f"page {number + 1}", line
            yield f"page {number + 1}{_WHOLE}", said
            yield from _annotations(document, page, f"page {number + 1}")
            text.close()
            page.close()
        for mark in document.get_toc():
            yield "outline", mark.get_title()
        yield from _attachments(document, path, read)
    yield from _metadata(data)


_WHOLE = ", the page as a whole"


def _paragraphs(text: str) -> Iterator[str]:
    """The text of a page in pieces, which end where a line is short: each without the breaks of its lines."""
    lines = [" ".join(line.split()) for line in text.replace("\ufffe", "").splitlines()]
    wide = max(map(len, lines), default=0)
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if len(line) < 0.7 * wide:
            yield " ".join(piece)
            piece = []
    yield " ".join(piece)


_SAID = {"Contents": "remark", "T": "author of a remark", "Subj": "remark", "RC": "remark"}


def _annotations(document: Any, page: Any, place: str) -> Iterator[Found]:
    from pypdfium2 import raw

    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        for key, what in _SAID.items():
            asked = partial(raw.FPDFAnnot_GetStringValue, annotation, key.encode())
            if text := wide(asked):
                yield f"{place}, {what}", text
        if link := raw.FPDFAnnot_GetLink(annotation):
            yield from _link(document, link, place)
        if document.formenv:
            for ask, what in (
                (raw.FPDFAnnot_GetFormFieldName, "name of a field"),
                (raw.FPDFAnnot_GetFormFieldAlternateName, "help of a field"),
                (raw.FPDFAnnot_GetFormFieldValue, "what stands in a field"),
            ):
                if text := wide(partial(ask, document.formenv, annotation)):
                    yield f"{place}, {what}", text
        raw.FPDFPage_CloseAnnot(annotation)


def _link(document: Any, link: Any, place: str) -> Iterator[Found]:
    from pypdfium2 import raw

    if action := raw.FPDFLink_GetAction(link):
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if size > 1:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
            address = buffer.value.decode("utf-8", "replace")
            for text in dict.fromkeys((address, unquote(address))):
                yield f"{place}, address of a link", text


def _attachments(document: Any, path: Path, read: Read) -> Iterator[Found]:
    from toolkit.safety.details import strings

    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        name = attachment.get_name()
        yield "name of an attached file", name
        try:
            inside = bytes(attachment.get_data())
        except Exception:  # one that is named and not there
            continue
        try:
            for place, said, _ in read(inside, path):
                yield f"attached file {number + 1}: {place}", said
        except Invalid:
            for text in strings(inside[:LARGEST]):
                yield f"attached file {number + 1}", text


def wide(read: Callable[[Any, int], int]) -> str:
    """What pdfium gives as text of two bytes a letter."""
    from pypdfium2 import raw

    size = read(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


_STREAM = re.compile(rb"stream\r?\n")


def _metadata(data: bytes) -> Iterator[Found]:
    """The XMP of a PDF and of the pictures in it, and the details of these; pdfium does not give them."""
    from toolkit.safety.details import details

    for number, match in enumerate(_STREAM.finditer(data)):
        if number >= MOST_STREAMS:
            return
        start = match.end()
        head = data[start : start + 4]
        if head[:2] == b"\xff\xd8":
            end = data.find(b"endstream", start)
            for what, text in details(data[start : end if end > 0 else len(data)]):
                yield f"a picture, {what}", text
            continue
        if head[:1] == b"<":
            end = data.find(b"endstream", start)
            body = data[start : end if end > 0 else len(data)][:LARGEST]
        elif head[:1] in (b"x", b"h", b"H", b"X"):
            try:
                begin = zlib.decompressobj().decompress(data[start : start + 4096], 512)
                if b"xpacket" not in begin and b"xmpmeta" not in begin and b"rdf:RDF" not in begin:
                    continue
                body = zlib.decompressobj().decompress(data[start : start + LARGEST], LARGEST)
            except zlib.error:
                continue
        else:
            continue
        if b"xmpmeta" in body or b"rdf:RDF" in body:
            words = re.sub(r"<[^<>]*>", "\n", body.decode("utf-8", "replace"))
            for line in words.splitlines():
                if line.strip():
                    yield "properties (XMP)", line.strip()
