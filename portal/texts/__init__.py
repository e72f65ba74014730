"""Owns the words by which what was filed and written is found again. For officers alone."""
