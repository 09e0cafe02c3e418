"""XML parts that are changed: read with lxml, which keeps the names and prefixes that a file uses, and
written again."""

from __future__ import annotations

from typing import Any

from lxml import etree

from toolkit.office.opc import P, Package


def tree(package: Package, part: str) -> Any:
    """The root element of a part, to be changed. Raises Invalid as `Package.root` does."""
    try:
        root: Any = etree.fromstring(package.content(part), _parser())
    except (etree.XMLSyntaxError, ValueError):
        raise package.damaged(part) from None
    if root.getroottree().docinfo.doctype:  # in an encoding that only lxml knows
        raise package.damaged(part)
    return root


def _parser() -> etree.XMLParser:
    # Without huge_tree, lxml itself refuses what is nested deeper than `opc.DEEPEST_XML`.
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def xml_bytes(root: Any) -> bytes:
    """An XML part as it is written."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def new_element(tag: str, **attributes: str) -> Any:
    """An element that stands nowhere yet."""
    return etree.Element(tag, attributes)


def insert_after(root: Any, tags: tuple[str, ...], element: Any) -> None:
    """Puts an element of a presentation after the last of some others that are there."""
    at = max((root.index(child) + 1 for child in root if child.tag in {P + tag for tag in tags}), default=0)
    root.insert(at, element)
