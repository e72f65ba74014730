"""Owns the operator's pages: work in the background, and whether the installation is ready."""
