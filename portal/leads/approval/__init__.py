"""Owns who must agree to a lead before it leaves: steps, remarks, and release at once."""
