"""The edges: HTTP service and command line, over :mod:`rag`."""
