"""The awkward templates of tools/odd_templates.py, made once for a test run."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from tests.conftest import TOP


def _made() -> Any:
    spec = importlib.util.spec_from_file_location("odd_templates", TOP / "tools" / "odd_templates.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["odd_templates"] = module
    spec.loader.exec_module(module)
    return module


odd = _made()
DECKS = [name for name in odd.TEMPLATES if "pp" in name or "pot" in name]
DOCUMENTS = [name for name in odd.TEMPLATES if name not in DECKS]
