"""How texts of every script become words, and how the index is asked."""
