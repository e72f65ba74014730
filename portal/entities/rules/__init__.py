"""How two mentions are compared: names, addresses, numbers, weights; plain Python."""
