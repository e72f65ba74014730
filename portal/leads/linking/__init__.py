"""Owns what leads rest on and how they belong together: sources, links, merging, splitting."""
