"""Owns the officers' side of a hand-over: to whom, until when, again, anew, and taking it back."""
