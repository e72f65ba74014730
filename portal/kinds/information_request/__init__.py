"""Owns the information request: what a partner asks the authority."""
