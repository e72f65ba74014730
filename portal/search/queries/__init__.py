"""Looking for what was typed, within what an officer may see."""
