"""Pages of bulletins: of companies, and of the officers who write and approve them."""
