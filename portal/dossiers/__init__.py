"""Owns the pages of entities: what is known of one, and the pairs that an analyst decides."""
