"""Owns the sighting: what a partner saw at a border, a port or on the way."""
