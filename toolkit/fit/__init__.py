"""How much room words take, and what is done when they do not fit."""
