"""Word lists of matching, kept as data and checked when loaded."""
