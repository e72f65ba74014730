"""Owns the pictures that officers read: network, route, timeline, quantities, the desk's counts."""
