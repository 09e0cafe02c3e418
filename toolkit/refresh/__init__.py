"""What keeps reviews, decks and briefings true when guidance, words, sources or built files change."""
