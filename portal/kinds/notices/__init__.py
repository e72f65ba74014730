"""Owns what pre-export, import and transit notices share."""
