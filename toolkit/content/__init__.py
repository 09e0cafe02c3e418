"""What a person writes: reviews, decks, briefings and registers, read from YAML and checked."""
