"""How a secret is found in a text whatever its disguise, and what to say instead."""
