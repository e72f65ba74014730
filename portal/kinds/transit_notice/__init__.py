"""Owns the transit notice: listed substances that only pass through the country."""
