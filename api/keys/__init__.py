"""API keys: their names, what each opens, and the file that keeps their digests."""
