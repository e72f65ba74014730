"""Owns the return: what was handled of listed substances over a period, and whether it balances."""
