"""The planted schemes: one function each, given the days on which its submissions are filed."""
