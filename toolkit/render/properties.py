"""The properties of every Office file: title, subject, the board as author, the edition as date.

No clock, no library's name.
"""

from __future__ import annotations

from toolkit.office.opc import HEAD, escaped
from toolkit.plan.model import Plan

PRODUCER = "Safeguarding learning toolkit"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"


def properties(plan: Plan, **counts: int) -> dict[str, bytes]:
    """The two parts with the properties of a plan's file; `counts` are elements of one, such as Slides."""
    board = escaped(plan.board)
    year, month, day = (*plan.edition.split("-"), "01", "01")[:3]
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{year}-{month}-{day}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(plan.title)}</dc:title><dc:subject>{escaped(plan.subtitle)}</dc:subject>"
        f"<dc:creator>{board}</dc:creator><cp:lastModifiedBy>{board}</cp:lastModifiedBy>"
        f"<dc:language>{escaped(plan.language)}</dc:language>{dates}<cp:revision>1</cp:revision>"
        "</cp:coreProperties>"
    )
    counted = {name: f"<{name}>{count}</{name}>" for name, count in counts.items()}
    words = counted.pop("Words", "")
    app = (
        f'{HEAD}<Properties xmlns="{_OFFICE}extended-properties">'
        f"{words}<Application>{PRODUCER}</Application>{''.join(counted.values())}"
        f"<Company>{board}</Company></Properties>"
    )
    return {"docProps/core.xml": core.encode(), "docProps/app.xml": app.encode()}
