"""Pages of watch lists and of what stands on them."""
