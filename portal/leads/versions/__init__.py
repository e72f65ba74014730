"""Owns the versions of a lead: what changed between two, field by field and word by word."""
