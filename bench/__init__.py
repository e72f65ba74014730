"""Measures the portal side by side with a floor in the same run; `./dev bench`."""
