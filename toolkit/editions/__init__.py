"""Editions of decks and briefings: what somebody has approved of each, and what has changed since."""
