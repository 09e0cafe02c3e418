"""What keeps reviews, decks and briefings true as guidance, words and sources change, and what shows it."""
