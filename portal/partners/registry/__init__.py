"""Owns the register of partners: posts, agreements, contacts, keys, and how each came about."""
