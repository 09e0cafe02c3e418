"""Who cannot read this file, and why: Microsoft's Accessibility Checker rules by the names that Office shows,
and those it does not have.

Rules and their levels: Microsoft, "Rules for the Accessibility Checker"; Web Content Accessibility Guidelines
2.2; for print, the UK Association for Accessible Formats' clear print. What a program cannot see is left to a
person: words inside pictures, and whether an alternative text tells what the picture tells.
"""

from __future__ import annotations

from pathlib import Path

from toolkit.office.accessible.findings import Finding
from toolkit.office.opc import Package, read_package

__all__ = ["Finding", "check_accessible"]


def check_accessible(file: Path | bytes | Package) -> list[Finding]:
    """Everything found in a .pptx, .potx, .docx or .dotx, the file as a whole first, then in reading
    order. Raises Invalid for anything else."""
    package = read_package(file)
    if package.kind() == "deck":
        from toolkit.office.accessible.deck import check_deck

        return list(check_deck(package))
    from toolkit.office.accessible.document import check_document

    return list(check_document(package))
