"""One module for each command under ``yiju eval``."""
