"""Owns how officers read and share the queue: facets, views, presence, shifts."""
