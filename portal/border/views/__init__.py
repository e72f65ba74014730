"""The pages of checks at a border, of officers who see them, and of requests."""
