"""Owns packages that only one partner can open: what is in them, and their sealing."""
