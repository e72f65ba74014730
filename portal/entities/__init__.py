"""Owns entities: who and what is behind the mentions of many submissions, and why."""
