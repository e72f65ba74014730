"""Owns packages for partners without an account: sealed once, downloaded by who sends them."""
