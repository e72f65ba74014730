"""Owns writing at a lead: pages kept as they are typed, quoting, saving, two versions that meet."""
