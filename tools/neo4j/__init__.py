"""A real Neo4j Community server from its published artifacts, for trials and tests without Docker."""
