"""A PDF or a plain text as material, by the reader of reports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from toolkit import files
from toolkit.content.quotes import letters
from toolkit.intake.material import Material, Words, unwrapped
from toolkit.office.accessible.findings import Finding
from toolkit.refresh.matches import mended
from toolkit.refresh.reports import Text, read_report
from toolkit.safety.pdfhiding import wide


def printed(path: Path) -> Material:
    """A PDF or a text. Raises Invalid for what holds no words that can be read."""
    report = read_report(path)
    if report.kind == "pdf":
        whole = report.texts[0] if report.texts[0].words.strip() else report.texts[1]
        remarks = report.remarks
        if len(letters(whole.words)) < len(letters(report.texts[1].words)):
            remarks = (*remarks, "not read: heads and feet that stand on page after page")
        return _pdf(path, whole, remarks)
    words = [
        Words(place.replace("para", "Paragraph"), line)
        for place, part in _parts(report.texts[0])
        for line in unwrapped(part)
    ]
    return Material(path, "text", "", "", tuple(words), has_links=False)


def _parts(text: Text) -> Iterator[tuple[str, str]]:
    """What each page or paragraph is called, and its words."""
    ends = (*text.starts[1:], len(text.words))
    for name, start, end in zip(text.names, text.starts, ends):
        yield name, mended(text.words[start:end], text.words)


def _pdf(path: Path, text: Text, remarks: tuple[str, ...]) -> Material:
    words = [
        Words(place.replace("p", "Page "), line) for place, part in _parts(text) for line in unwrapped(part)
    ]
    title, language, barriers = _about(files.read(path))
    return Material(
        path, "pdf", title, language, tuple(words), (), (), tuple(barriers), False, remarks=remarks
    )


def _about(data: bytes) -> tuple[str, str, list[Finding]]:
    """The title and language of a PDF that can be opened, and what shuts readers out of it."""
    import pypdfium2  # heavy, and for PDFs alone
    import pypdfium2.raw as raw

    with pypdfium2.PdfDocument(data) as document:
        title = document.get_metadata_value("Title").strip()
        tagged = bool(raw.FPDFCatalog_IsTagged(document))
        language = wide(partial(raw.FPDFCatalog_GetLanguage, document)).strip()
    found = []
    if not tagged:
        message = "the PDF has no tags, so that a screen reader must guess the headings and the order"
        hint = "make it again from Word or PowerPoint: Save As, PDF, Options, Document structure tags"
        found.append(Finding("warning", "No tags", "The whole file", message, hint))
    if not title:
        hint = "write a title in the properties of the file that it was made from, and make the PDF again"
        found.append(
            Finding("warning", "Missing document title", "Properties", "the file has no title", hint)
        )
    if not language:
        hint = "set the language in the file that it was made from, and make the PDF again with tags"
        message = "the file does not say its language"
        found.append(Finding("warning", "Document language", "Properties", message, hint))
    return title, language, found
