"""Owns what happens to a notice after it was filed: the other country's word, release, shipment."""
