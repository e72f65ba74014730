"""The pages of applying, of the registrar's desk, and of a company's own facts."""
