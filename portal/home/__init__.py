"""Owns the first page: what the portal is, and where each role begins."""
