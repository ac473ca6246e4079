"""Measurements, each run by itself, with their results beside them."""
