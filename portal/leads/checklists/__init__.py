"""Owns checklists: what is to be done for a lead of each category, and what was."""
