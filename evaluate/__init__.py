"""How well schemes are found and people recognised: on invented countries and labelled records."""
