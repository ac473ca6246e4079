"""Compares many systems at once, with the same result as one comparison after the other."""
