"""Owns the end-user declaration: what a customer says it will do with a substance."""
