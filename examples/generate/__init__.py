"""Writes the synthetic estate and proposals, always the same bytes."""
