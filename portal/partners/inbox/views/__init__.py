"""The pages of the partner's side, and those on which officers answer."""
