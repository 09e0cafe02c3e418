"""The awkward templates of tools/odd_templates.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from tests.conftest import tool

odd = tool("odd_templates")
DECKS = [name for name in odd.TEMPLATES if "pp" in name or "pot" in name]
DOCUMENTS = [name for name in odd.TEMPLATES if name not in DECKS]


def some(names: Iterable[str], quick: int = 4) -> list[Any]:
    """Names to try: the first ones in the quick tests, the others with `make check` alone."""
    return [name if n < quick else pytest.param(name, marks=pytest.mark.slow) for n, name in enumerate(names)]
