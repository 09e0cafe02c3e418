"""The properties of every Office file: title, subject, the board as author, the edition as date, and whether
it is a draft.

No clock, no library's name, and no property that says nothing.
"""

from __future__ import annotations

from toolkit.office.opc import HEAD, escaped
from toolkit.plan.model import Plan
from toolkit.plan.typography import NBSP

PRODUCER = "Safeguarding learning toolkit"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"


def properties(plan: Plan, **counts: int) -> dict[str, bytes]:
    """The two parts with the properties of a plan's file; `counts` are elements of one, such as Slides."""
    year, month, day = (*plan.edition.split("-"), "01", "01")[:3]
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{year}-{month}-{day}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    board = plan.board.replace(NBSP, " ")
    state = "Draft" if plan.state else ""
    said = "".join(
        f"<{name}>{escaped(words.replace(NBSP, ' '))}</{name}>"
        for name, words in (
            ("dc:title", plan.full_title),
            ("dc:subject", plan.subtitle),
            ("dc:creator", board),
            ("cp:lastModifiedBy", board),
            ("dc:language", plan.language),
            ("dc:description", plan.state),
            ("cp:keywords", state),
            ("cp:contentStatus", state),
        )
        if words
    )
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{said}{dates}<cp:revision>1</cp:revision></cp:coreProperties>"
    )
    counted = {name: f"<{name}>{count}</{name}>" for name, count in counts.items()}
    words = counted.pop("Words", "")
    app = (
        f'{HEAD}<Properties xmlns="{_OFFICE}extended-properties">'
        f"{words}<Application>{PRODUCER}</Application>{''.join(counted.values())}"
        f"{f'<Company>{escaped(board)}</Company>' if board else ''}</Properties>"
    )
    return {"docProps/core.xml": core.encode(), "docProps/app.xml": app.encode()}
