"""Scores predictions against labelled lines: pairs of systems, phrases, rankings."""
