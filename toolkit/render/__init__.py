"""Renderers: each turns a fitted plan and a brand into the bytes of one file. To add a format, add a module and a line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from toolkit.brand import Brand
from toolkit.plan import Plan

Render = Callable[[Plan, Brand], bytes]

# Format: the module whose `render` makes it. Office libraries are imported only when a file is really built.
FORMATS = {"pptx": "toolkit.render.pptx", "docx": "toolkit.render.docx", "pdf": "toolkit.render.pdf"}


def renderer(format: str) -> Render:
    """The function that makes a format."""
    render: Render = import_module(FORMATS[format]).render
    return render
