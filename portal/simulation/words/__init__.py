"""Tables of words: names, places, goods and phrases. No decisions."""
