"""Owns the address book of a company: whom and what it names again and again."""
