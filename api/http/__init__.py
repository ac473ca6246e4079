"""HTTP itself: who may ask, limits, caching, problems, uploads, metrics."""
