"""Whether a translated file still says what the English says.

English stands in reference/words.yaml and in the templates. A translation of any of these files stands in a
folder named after its language beside it, and its first line says which English it was made from: `#
translation of words.yaml at 0123456789ab`. The twelve digits are a fingerprint of the English words, so that
a translation that has been overtaken stops the build instead of misleading.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from toolkit.content.nodes import parse, read_text
from toolkit.late import pattern
from toolkit.problems import Node, Place, Problem

_MADE_FROM = pattern(r"#\s*translation of (\S+) at ([0-9a-f]{12})\b")


def fingerprint(node: Node) -> str:
    """Twelve digits that change when any word of a file changes, but not with its remarks or line breaks."""
    return hashlib.sha256(json.dumps(node.plain(), ensure_ascii=False).encode("utf-8")).hexdigest()[:12]


def check_translation(translated: Path, original: Path) -> Problem | None:
    """What is wrong with a file as a translation of another: not there, not said, or overtaken."""
    now = fingerprint(parse(original, read_text(original)))
    line = f"# translation of {original.name} at {now}"
    if not translated.is_file():
        return Problem(
            Place(translated),
            f"there is no translation of {original.name}",
            f"a translator has to make it; its first line is: {line}",
        )
    match = _MADE_FROM.match(read_text(translated))
    if not match:
        return Problem(
            Place(translated, 1, 1),
            f"this file does not say which English it translates ({original.name})",
            f"once it is right, make its first line: {line}",
        )
    if match[2] != now:
        return Problem(
            Place(translated, 1, 1),
            f"the English of {original.name} has changed since this was translated",
            f"bring it up to date, then make its first line: {line}",
        )
    return None
