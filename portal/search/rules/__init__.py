"""How a typed search is read, and how its results are explained."""
