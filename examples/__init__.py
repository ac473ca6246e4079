"""A synthetic estate for trying the product; nothing in it describes a real system."""
