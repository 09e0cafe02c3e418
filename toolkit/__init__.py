"""Learning points from safeguarding reviews, as PowerPoint decks with trainer notes and Word briefings."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some takes 15 ms of every start

__version__ = "0.1.0"
