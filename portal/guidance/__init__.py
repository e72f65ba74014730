"""Owns the guidance: what is suspicious, what happens after, what must not be told; for anybody."""
