"""Training of the static embedding model; needs the extra ``training``."""
