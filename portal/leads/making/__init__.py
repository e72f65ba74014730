"""Owns how a lead begins: from submissions, a finding, an entity, or from nothing."""
