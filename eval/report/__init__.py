"""A run as a page to be looked at: one HTML file that needs nothing else."""
