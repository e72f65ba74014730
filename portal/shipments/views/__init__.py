"""Owns the pages of shipments: the company's, the officers', the other country's."""
