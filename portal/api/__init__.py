"""Owns the way in for machines: keys, the interface under /api/v1, its documentation, webhooks."""
