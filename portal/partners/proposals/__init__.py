"""Owns who is proposed as a recipient of a lead, and why."""
