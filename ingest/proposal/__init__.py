"""Proposals read out of documents."""
