"""Owns who, how much, where and when of a lead: rows that are typed or taken from its sources."""
