"""Owns what is counted for who leads, oversees and registers: counts, never content."""
