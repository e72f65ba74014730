"""Owns the report of a loss or theft."""
