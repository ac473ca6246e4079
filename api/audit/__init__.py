"""The audit log: who did what and when, in lines of which each holds the hash of the one before."""
