"""Owns looking at what partners would receive of a lead, before it is handed over."""
