"""A board's own look: templates taken apart, and what is written where, in which colours and sizes."""
