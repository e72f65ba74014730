"""Owns the officers' search over everything that they may see."""
