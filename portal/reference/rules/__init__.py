"""Decisions of the reference data: chemistry, thresholds, working days, words to search by."""
