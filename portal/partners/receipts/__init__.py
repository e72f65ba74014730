"""Owns the signed receipt of a hand-over: what was given, and who read, took or acknowledged it."""
