"""Owns what the kinds that partners file share: the traces of people, goods and vehicles."""
