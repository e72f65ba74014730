"""Owns controlled deliveries: plans, the consents of countries on the route, the log."""
