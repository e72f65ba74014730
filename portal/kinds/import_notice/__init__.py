"""Owns the import notice: listed substances that come into the country."""
