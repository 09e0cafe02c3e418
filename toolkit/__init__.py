"""Learning points from safeguarding reviews, as PowerPoint decks with trainer notes and Word briefings."""

__version__ = "0.1.0"
