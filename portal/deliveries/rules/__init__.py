"""What a plan needs, when it may start, which consents hold, and how its hours are drawn."""
