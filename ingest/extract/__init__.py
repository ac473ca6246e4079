"""Reads organs, systems, shared components, functions and their relations out of Chinese official prose."""
