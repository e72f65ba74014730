"""Owns how organisations come in: applying, being vetted, keeping their facts current."""
