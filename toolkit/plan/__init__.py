"""The waist: what a deck or briefing says, page by page; outlines, page templates and facts become a plan."""
