"""What every Office file has in common: clean properties, and the same bytes from the same plan."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from toolkit.office.opc import zipped
from toolkit.plan.model import Plan

PRODUCER = "Safeguarding learning toolkit"


def set_properties(properties: Any, plan: Plan) -> None:
    """Core properties from the plan: title, subject, the board as author, the edition as date. No clock, no library's name."""
    from datetime import datetime

    year, month, day = (*(int(part) for part in plan.edition.split("-")), 1, 1)[:3]
    when = datetime(year, month, day)
    properties.title, properties.subject, properties.author = plan.title, plan.subtitle, plan.board
    properties.last_modified_by, properties.language = plan.board, plan.language
    properties.created = properties.modified = when
    properties.revision, properties.keywords, properties.comments, properties.category = 1, "", "", ""
    for name in ("lastPrinted", "contentStatus", "identifier", "version"):
        for element in properties._element:
            if element.tag.endswith("}" + name):
                properties._element.remove(element)


def settle(data: bytes, app: str) -> bytes:
    """The same package with one date, one order and its own docProps/app.xml, stored so that any zlib gives the same bytes."""
    with zipfile.ZipFile(BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["docProps/app.xml"] = app.encode()
    types = parts["[Content_Types].xml"].decode("utf-8")
    if "/docProps/app.xml" not in types:
        override = '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        types = types.replace("</Types>", override + "</Types>")
        parts["[Content_Types].xml"] = types.encode()
        rels = parts["_rels/.rels"].decode("utf-8")
        used = re.findall(r'Id="([^"]+)"', rels)
        new = next(f"rId{n}" for n in range(1, 99) if f"rId{n}" not in used)
        link = f'<Relationship Id="{new}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>'
        parts["_rels/.rels"] = rels.replace("</Relationships>", link + "</Relationships>").encode()
    return zipped(parts)
