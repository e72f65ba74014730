"""Owns many at once: a sheet of orders, notices or returns, checked row by row and filed."""
