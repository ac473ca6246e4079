"""The check of many proposals at once: their reports, what belongs together, and the table over all."""
