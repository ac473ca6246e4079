"""Fixed-layout documents of the national standard (OFD, GB/T 33190-2016)."""
