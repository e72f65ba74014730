"""Owns what law, chemistry and geography give: substances, thresholds, factors, places, bodies."""
