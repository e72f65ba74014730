"""Owns the partner's side of a hand-over: reading, asking, wanting more, saying what came of it."""
