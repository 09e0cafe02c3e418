"""Where the templates, registers and example content that come with the toolkit lie."""

from __future__ import annotations

from pathlib import Path


def packaged() -> Path:
    """The folder with the toolkit's own templates and registers: in the wheel, or beside the code."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent


HOUSE = packaged() / "templates" / "brands" / "house"  # the brand that lends what another lacks
