"""Owns what the authority tells companies: bulletins, editions, addressees, readings."""
