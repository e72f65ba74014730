"""Owns the first page of a company: its open duties and clocks, then what it filed last."""
