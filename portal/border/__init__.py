"""Owns what partners ask of the authority: checks at a border, and answers to their requests."""
