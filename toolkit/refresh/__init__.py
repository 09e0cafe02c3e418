"""What keeps files and their sources true: what is dated, what is affected, where words come from, what changed."""
