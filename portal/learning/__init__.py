"""Owns what follows from outcomes: hit rates, what entities led to, thanks to companies."""
