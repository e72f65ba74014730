"""Pages of pictures."""
