"""What must not be printed: what may tell who somebody is, blame, and names that are kept out."""
