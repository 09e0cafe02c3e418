"""The awkward templates of tools/odd_templates.py."""

from __future__ import annotations

from tests.conftest import tool

odd = tool("odd_templates")
DECKS = [name for name in odd.TEMPLATES if "pp" in name or "pot" in name]
DOCUMENTS = [name for name in odd.TEMPLATES if name not in DECKS]
