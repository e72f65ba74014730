"""Owns tasks: what a colleague is to do for a lead, until when."""
