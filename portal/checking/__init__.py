"""Owns the public check: whether a paper that somebody holds is genuine."""
