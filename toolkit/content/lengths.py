"""How long a title may be: a page of it is a slip, such as a missing quotation mark."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.problems import Node, Problem

LONGEST_TITLE = 500  # letters; the longest real one has under 150
_SHORT = ("title", "subtitle", "board", "name", "edition", "label", "role")


def too_long(node: Node) -> Iterator[Problem]:
    """The titles and names below a node that are too long to be any."""
    waiting = [node]
    for node in waiting:
        if isinstance(node.value, list):
            waiting += node.value
        elif isinstance(node.value, dict):
            for key, below in node.value.items():
                waiting.append(below)
                text = below.value
                if key in _SHORT and isinstance(text, str) and len(text) > LONGEST_TITLE:
                    message = f"this {key} is too long ({len(text):,} letters)"
                    hint = f"keep it under {LONGEST_TITLE} letters; look for a missing quotation mark"
                    yield Problem(below.place, message, hint)
