"""Owns the people of partners: who was admitted, on what grounds, and by whom."""
