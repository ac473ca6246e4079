"""Functions that running text and long cells name."""
