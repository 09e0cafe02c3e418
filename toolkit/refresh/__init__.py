"""What keeps reviews, decks and briefings true as what they rest on changes, and what shows it."""
