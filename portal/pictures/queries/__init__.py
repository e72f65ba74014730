"""Finds what pictures show: bounded look-ups, held to what the officer needs to know."""
