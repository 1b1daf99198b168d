"""Documents to clauses to an index folder: read, clean, cut, read responsibility, search."""
