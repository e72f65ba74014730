"""Owns what betrays a source: marks in the words for partners, and how each was answered."""
