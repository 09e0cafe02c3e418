"""Text as it stands in XML: the one place where the words of Office files are escaped."""

from __future__ import annotations

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def escaped(text: str) -> str:
    """Text as the content of an element. A bare carriage return would be read as a line feed (XML 1.0, 2.11)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def quoted(text: str) -> str:
    """Text as an attribute's value, quotes included. Bare tabs and line feeds would be read as spaces (3.3.3)."""
    text = escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f'"{text}"'
