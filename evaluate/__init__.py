"""Measurements against labelled data and other programs; needs `.venv-evaluate`."""
