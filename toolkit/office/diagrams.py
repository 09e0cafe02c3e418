"""The words of a diagram (SmartArt), which stand in a part of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.office.opc import OFFICE, A, Package, R

_D = f"{{{OFFICE}drawingml/2006/diagram}}"
_SAYS = (None, "node", "asst")  # the other points are lines between them, and the diagram itself


def diagram_words(package: Package, part: str, element: Any) -> Iterator[str]:
    """What a diagram in a part says, a line for each of its shapes; nothing for what is no diagram."""
    targets = {rel.id: rel.target for rel in package.rels(part) if not rel.external}
    for named in element.iter(f"{_D}relIds"):
        data = targets.get(named.get(f"{R}dm") or "", "")
        for point in package.root(data).iter(f"{_D}pt") if data in package.parts else ():
            if point.get("type") in _SAYS:
                for paragraph in point.iterfind(f"{_D}t/{A}p"):
                    if said := "".join(t.text or "" for t in paragraph.iter(f"{A}t")).strip():
                        yield said
