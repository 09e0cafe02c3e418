"""Any Office file: read, packed, shown, cleaned, and checked for what shuts a reader out. Knows no review."""
