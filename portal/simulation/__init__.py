"""Owns the simulator: an invented country with its legal trade and planted schemes of known truth.

The same seed and size make the same records. Everything here is invented; nothing is ever made in
an installation that holds real people's data.
"""
