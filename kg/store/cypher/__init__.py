"""The graph in a server that speaks Cypher: what stands where, and the questions in that language."""
