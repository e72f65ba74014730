"""The interface for machines, and the pages that manage access to it."""
