"""Reckons what a picture shows and where each part of it stands; plain Python."""
