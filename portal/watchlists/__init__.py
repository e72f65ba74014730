"""Owns watch lists: what officers wait for, and where it came; only a list's readers know of it."""
