"""Owns the texts of the portal in other languages than English, and how they are found."""
