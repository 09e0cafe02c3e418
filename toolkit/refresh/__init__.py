"""What keeps decks and briefings true after their reviews, guidance or files have changed."""
