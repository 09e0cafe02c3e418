"""Learning points from safeguarding reviews, as PowerPoint decks with trainer notes and Word briefings."""

import os
import sys
from types import ModuleType

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some takes 15 ms of every start
if os.environ["PYDANTIC_DISABLE_PLUGINS"] == "__all__":  # and to load what would look for them 10 more
    _none = ModuleType("pydantic.plugin._loader")
    vars(_none)["get_plugins"] = tuple
    sys.modules.setdefault(_none.__name__, _none)

__version__ = "0.1.0"
