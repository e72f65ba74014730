"""Owns the pictures of a lead: live while it is drafted, as they were once it is approved."""
