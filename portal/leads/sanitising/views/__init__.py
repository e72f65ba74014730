"""Owns the pages of sanitising: a lead side by side, and the number that the registrar sets."""
