"""Pages of controlled deliveries: writing, consents, life, log, and the printed plan."""
